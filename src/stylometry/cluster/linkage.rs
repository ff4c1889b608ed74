//! Linkages.

use std::fmt;
use std::str::FromStr;

use super::merging::{Side, by_chain, by_nearest_pair};
use super::tree::{Tree, TreeNode};
use crate::stylometry::distance::DistanceMatrix;
use crate::stylometry::error::{Result, StylometryError, enough};
use crate::stylometry::numbers::Numbers;

/// How the distance of a merged cluster to another is computed, named as in R's `hclust`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Linkage {
    /// Ward's update applied to the plain distances, as R did before 2014 and stylo does by default. It is
    /// Ward's method only for squared Euclidean distances.
    WardD,
    /// Ward's method: the update is applied to the squares, heights are distances.
    #[default]
    WardD2,
    /// The smallest distance between members.
    Single,
    /// The largest distance between members.
    Complete,
    /// The mean distance between members (UPGMA).
    Average,
    /// The mean of the distances of the two parts (WPGMA).
    McQuitty,
    /// Gower's median update (WPGMC) of the plain distances. Heights can fall.
    Median,
    /// The centroid update (UPGMC) of the plain distances. Heights can fall.
    Centroid,
}

impl Linkage {
    /// Every linkage.
    pub const ALL: [Self; 8] = [
        Self::WardD,
        Self::WardD2,
        Self::Single,
        Self::Complete,
        Self::Average,
        Self::McQuitty,
        Self::Median,
        Self::Centroid,
    ];

    /// R's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::WardD => "ward.D",
            Self::WardD2 => "ward.D2",
            Self::Single => "single",
            Self::Complete => "complete",
            Self::Average => "average",
            Self::McQuitty => "mcquitty",
            Self::Median => "median",
            Self::Centroid => "centroid",
        }
    }

    /// Clusters the texts.
    ///
    /// Between equal distances the other distances of the texts decide, and R may decide otherwise. The order and
    /// the names of the texts change nothing.
    ///
    /// ```
    /// use rhetor::stylometry::{Cluster, DistanceMatrix, Linkage};
    /// let texts = ["a", "b", "c"].map(str::to_owned).to_vec();
    /// let distances = DistanceMatrix::new(texts, vec![1.0, 4.0, 6.0]).unwrap();
    /// let dendrogram = Linkage::Average.cluster(&distances).unwrap();
    /// assert_eq!(dendrogram.merges()[1].first, Cluster::Text(2));
    /// assert_eq!(dendrogram.merges()[1].height, 5.0);
    /// assert_eq!(dendrogram.tree().newick(), "(c:2.5,(a:0.5,b:0.5):2);");
    /// ```
    ///
    /// # Errors
    /// With fewer than two texts.
    pub fn cluster(self, distances: &DistanceMatrix) -> Result<Dendrogram> {
        enough("clustering", distances.len(), 2)?;
        Ok(Dendrogram { texts: distances.texts().to_vec(), merges: self.merges(distances) })
    }

    fn merges(self, distances: &DistanceMatrix) -> Vec<Merge> {
        let plain = || Numbers::of(distances.condensed(), |distance| distance);
        let ward = |a: Side, b: Side, size: f64, height: f64| {
            ((a.size + size) * a.distance + (b.size + size) * b.distance - size * height)
                / (a.size + b.size + size)
        };
        match self {
            Self::WardD => by_chain(distances, plain(), ward),
            Self::WardD2 => {
                let squares =
                    Numbers::of(distances.condensed(), |distance| (distance * distance).min(f64::MAX));
                let mut merges = by_chain(distances, squares, ward);
                merges.iter_mut().for_each(|merge| merge.height = merge.height.sqrt());
                merges
            }
            Self::Single => by_chain(distances, plain(), |a, b, _, _| a.distance.min(b.distance)),
            Self::Complete => by_chain(distances, plain(), |a, b, _, _| a.distance.max(b.distance)),
            Self::Average => by_chain(distances, plain(), |a, b, _, _| {
                (a.size * a.distance + b.size * b.distance) / (a.size + b.size)
            }),
            Self::McQuitty => {
                by_chain(distances, plain(), |a, b, _, _| f64::midpoint(a.distance, b.distance))
            }
            Self::Median => by_nearest_pair(distances, plain(), |a, b, _, height| {
                f64::midpoint(a.distance, b.distance) - height / 4.0
            }),
            Self::Centroid => by_nearest_pair(distances, plain(), |a, b, _, height| {
                let size = a.size + b.size;
                (a.size * a.distance + b.size * b.distance) / size - a.size * b.size * height / (size * size)
            }),
        }
    }
}

impl fmt::Display for Linkage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Linkage {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|linkage| linkage.name() == name).ok_or_else(|| StylometryError::Unknown {
            what: "linkage",
            name: name.to_owned(),
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}

/// What a merge joins. Texts come before merges, earlier ones before later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cluster {
    /// A text, by its place.
    Text(usize),
    /// An earlier merge, by its place.
    Merge(usize),
}

/// One step of the clustering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// The one that comes first, as R writes it: texts before merges.
    pub first: Cluster,
    /// The other one.
    pub second: Cluster,
    /// Their distance.
    pub height: f64,
    /// Texts in the new cluster.
    pub size: usize,
}

/// The merges of a clustering, in the order in which they were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Dendrogram {
    texts: Vec<String>,
    merges: Vec<Merge>,
}

impl Dendrogram {
    /// Names of the texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The merges.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// A merge's parts as R numbers them: texts from −1 down, merges from 1 up.
    pub fn numbers_of_r(merge: &Merge) -> (i64, i64) {
        let number = |cluster| match cluster {
            Cluster::Text(text) => -(text as i64) - 1,
            Cluster::Merge(merge) => merge as i64 + 1,
        };
        (number(merge.first), number(merge.second))
    }

    /// The texts in the order in which a drawing of the tree shows them, as R's `order`.
    pub fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.texts.len());
        let mut open: Vec<Cluster> =
            self.merges.len().checked_sub(1).map(Cluster::Merge).into_iter().collect();
        while let Some(cluster) = open.pop() {
            match cluster {
                Cluster::Text(text) => order.push(text),
                Cluster::Merge(merge) => open.extend([self.merges[merge].second, self.merges[merge].first]),
            }
        }
        order
    }

    /// The cluster of each text when there are `clusters` of them, numbered from 0 in the order of their
    /// first texts, as R's `cutree` does from 1. The number is brought between 1 and the number of texts.
    pub fn cut(&self, clusters: usize) -> Vec<usize> {
        let texts = self.texts.len();
        let clusters = clusters.clamp(1, texts);
        // The merge that each text or merge went into, among those that are made.
        let made = texts - clusters;
        let mut above: Vec<usize> = (0..texts + made).collect();
        let place = |cluster| match cluster {
            Cluster::Text(text) => text,
            Cluster::Merge(merge) => texts + merge,
        };
        for (number, merge) in self.merges.iter().take(made).enumerate() {
            above[place(merge.first)] = texts + number;
            above[place(merge.second)] = texts + number;
        }
        // Parents stand after their parts.
        for place in (0..above.len()).rev() {
            above[place] = above[above[place]];
        }
        let mut numbers: Vec<usize> = Vec::with_capacity(clusters);
        (0..texts)
            .map(|text| {
                numbers.iter().position(|top| *top == above[text]).unwrap_or_else(|| {
                    numbers.push(above[text]);
                    numbers.len() - 1
                })
            })
            .collect()
    }

    /// The tree; a branch is half the difference of the heights at its ends, as the package ape has it.
    pub fn tree(&self) -> Tree {
        let texts = self.texts.len();
        let mut nodes: Vec<TreeNode> = (0..texts).map(TreeNode::tip).collect();
        let height = |cluster| match cluster {
            Cluster::Text(_) => 0.0,
            Cluster::Merge(merge) => self.merges[merge].height,
        };
        for merge in &self.merges {
            let children = [merge.first, merge.second].map(|part| {
                let place = match part {
                    Cluster::Text(text) => text,
                    Cluster::Merge(merge) => texts + merge,
                };
                nodes[place].length = Some((merge.height - height(part)) / 2.0);
                place
            });
            nodes.push(TreeNode::inner(children.to_vec()));
        }
        Tree::new(self.texts.clone(), nodes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matrix(condensed: Vec<f64>) -> DistanceMatrix {
        let texts = (1..).find(|texts| texts * (texts - 1) / 2 == condensed.len()).unwrap();
        DistanceMatrix::new((0..texts).map(|text| format!("t{text}")).collect(), condensed).unwrap()
    }

    /// Merges the nearest pair of all, every time anew, with the general formula of Lance and Williams.
    fn obvious(linkage: Linkage, distances: &DistanceMatrix) -> Vec<f64> {
        let square = linkage == Linkage::WardD2;
        let mut clusters: Vec<(f64, Vec<f64>)> = (0..distances.len())
            .map(|text| (1.0, distances.row(text).map(|d| if square { d * d } else { d }).collect()))
            .collect();
        let mut heights = Vec::new();
        while clusters.len() > 1 {
            let pairs = (0..clusters.len()).flat_map(|i| (i + 1..clusters.len()).map(move |j| (i, j)));
            let (i, j) = pairs.min_by(|a, b| clusters[a.0].1[a.1].total_cmp(&clusters[b.0].1[b.1])).unwrap();
            let (a, b, height) = (clusters[i].0, clusters[j].0, clusters[i].1[j]);
            for k in (0..clusters.len()).filter(|k| *k != i && *k != j) {
                let (x, y, c) = (clusters[i].1[k], clusters[j].1[k], clusters[k].0);
                let merged = match linkage {
                    Linkage::WardD | Linkage::WardD2 => {
                        ((a + c) * x + (b + c) * y - c * height) / (a + b + c)
                    }
                    Linkage::Single => x.min(y),
                    Linkage::Complete => x.max(y),
                    Linkage::Average => (a * x + b * y) / (a + b),
                    Linkage::McQuitty => (x + y) / 2.0,
                    Linkage::Median => (x + y) / 2.0 - height / 4.0,
                    Linkage::Centroid => (a * x + b * y) / (a + b) - a * b * height / ((a + b) * (a + b)),
                };
                clusters[i].1[k] = merged;
                clusters[k].1[i] = merged;
            }
            clusters[i].0 = a + b;
            clusters.remove(j);
            for cluster in &mut clusters {
                cluster.1.remove(j);
            }
            heights.push(if square { height.sqrt() } else { height });
        }
        heights
    }

    proptest! {
        #[test]
        fn heights_as_the_obvious_way(
            (texts, mut distances) in (2_usize..14)
                .prop_flat_map(|n| (Just(n), prop::collection::vec(0.1_f64..9.0, n * (n - 1) / 2)))
        ) {
            // No two alike: ties may be broken either way.
            for (place, distance) in distances.iter_mut().enumerate() {
                *distance += place as f64 * 1e-7;
            }
            let distances = matrix(distances);
            for linkage in Linkage::ALL {
                let found = linkage.cluster(&distances).unwrap();
                prop_assert_eq!(found.merges().len(), texts - 1);
                for (merge, expected) in found.merges().iter().zip(obvious(linkage, &distances)) {
                    prop_assert!((merge.height - expected).abs() <= 1e-9, "{} {} {}", linkage, merge.height, expected);
                }
                let mut order = found.order();
                for clusters in 1..=texts {
                    let cut = found.cut(clusters);
                    prop_assert_eq!(cut.iter().max(), Some(&(clusters - 1)));
                    // A cluster lies together in the drawing.
                    let runs = order.windows(2).filter(|pair| cut[pair[0]] != cut[pair[1]]).count();
                    prop_assert_eq!(runs, clusters - 1);
                }
                order.sort_unstable();
                prop_assert_eq!(order, (0..texts).collect::<Vec<_>>());
            }
        }
    }

    proptest! {
        /// Distances of few kinds, so that many are equal.
        #[test]
        fn the_order_of_texts_changes_nothing(
            (texts, distances) in (2_usize..12)
                .prop_flat_map(|n| (Just(n), prop::collection::vec(1_u8..5, n * (n - 1) / 2))),
            seed in 0_u64..1_000,
        ) {
            let distances = matrix(distances.into_iter().map(|d| f64::from(d) + 0.1).collect());
            let mut order: Vec<usize> = (0..texts).collect();
            crate::random::Random::named(seed, "order", 0).shuffle(&mut order);
            let turned = distances.select(&order);
            for linkage in Linkage::ALL {
                let heights = |matrix: &DistanceMatrix| -> Vec<u64> {
                    linkage.cluster(matrix).unwrap().merges().iter().map(|merge| merge.height.to_bits()).collect()
                };
                // Texts alike in all their distances may still not be alike; their numbers tell.
                let numbers = |matrix: &DistanceMatrix| -> Vec<Vec<u64>> {
                    let rows = (0..texts).map(|text| matrix.row(text).map(f64::to_bits).collect::<Vec<_>>());
                    let mut rows: Vec<Vec<u64>> = rows.map(|mut row| { row.sort_unstable(); row }).collect();
                    rows.sort_unstable();
                    rows.dedup();
                    rows
                };
                if numbers(&distances).len() == texts {
                    prop_assert_eq!(heights(&distances), heights(&turned), "{}", linkage);
                }
            }
        }
    }

    #[test]
    fn distances_at_the_end_of_numbers() {
        let distances = matrix(vec![1e300, f64::MAX, f64::MAX, 1e200, 3.0, f64::MAX]);
        for linkage in Linkage::ALL {
            let found = linkage.cluster(&distances).unwrap();
            assert!(found.merges().iter().all(|merge| merge.height.is_finite()), "{linkage}");
            assert_eq!(found.merges()[0].height, 3.0);
        }
    }

    /// One text near to all, which are far from each other: the nearest of all of them changes with every merge.
    #[test]
    fn one_text_near_to_all() {
        let texts = 400;
        let pairs = (0..texts).flat_map(|a| (a + 1..texts).map(move |b| (a, b)));
        let distances: Vec<f64> =
            pairs.map(|(a, b)| if a == 0 { 1.0 + b as f64 * 1e-6 } else { 2.0 }).collect();
        let found = Linkage::Average.cluster(&matrix(distances)).unwrap();
        for (place, merge) in found.merges().iter().enumerate() {
            // The mean of one distance of about 1 and as many of 2 as were there before.
            let before = place as f64;
            assert!((merge.height - (1.0 + 2.0 * before) / (before + 1.0)).abs() < 1e-3);
            assert_eq!(merge.size, place + 2);
        }
    }

    #[test]
    fn identical_texts_and_too_few() {
        let distances = matrix(vec![0.0, 3.0, 3.0, 3.0, 3.0, 0.0]);
        for linkage in Linkage::ALL {
            let found = linkage.cluster(&distances).unwrap();
            assert!(found.merges().iter().all(|merge| merge.height.is_finite() && merge.height >= 0.0));
            assert_eq!(found.cut(2), [0, 0, 1, 1], "{linkage}");
            assert_eq!(linkage.name().parse::<Linkage>().unwrap(), linkage);
        }
        let one = DistanceMatrix::new(vec!["a".into()], vec![]).unwrap();
        assert!(Linkage::WardD2.cluster(&one).is_err());
        assert!("ward".parse::<Linkage>().is_err());
    }
}
