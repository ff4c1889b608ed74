//! The ways of merging: along chains of nearest neighbours, and by the nearest pair of all.

use std::cell::OnceCell;
use std::mem;

use super::linkage::{Cluster, Merge};
use crate::stylometry::distance::DistanceMatrix;
use crate::stylometry::numbers::Numbers;

/// One of the two parts of a merge, as a third cluster sees it.
#[derive(Clone, Copy)]
pub(super) struct Side {
    /// Texts in it.
    pub size: f64,
    /// Its distance to the third.
    pub distance: f64,
}

/// Clusters by the chain of nearest neighbours, in time and space that grow with the number of distances: from each
/// cluster on to its nearest, until two are the nearest of each other and are merged. Where no merged cluster is
/// nearer to a third than the nearer of its parts, this makes the merges of [`by_nearest_pair`], which are put in the
/// order of their heights. (F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms", *The
/// Computer Journal* 26, 1983.)
///
/// `merged` gives the distance of the merged cluster to a third of a given size; the height of the merge comes last.
/// It must be the same when the parts change places. Between equal distances [`DistanceMatrix::own_order`] decides.
pub(super) fn by_chain(
    distances: &DistanceMatrix,
    condensed: Numbers,
    merged: impl Fn(Side, Side, f64, f64) -> f64,
) -> Vec<Merge> {
    let mut clusters = Clusters::new(distances, condensed);
    let mut chain: Vec<usize> = Vec::new();
    while clusters.active.len() > 1 {
        if chain.is_empty() {
            chain.push(clusters.first());
        }
        let top = chain[chain.len() - 1];
        let near = clusters.nearest(top);
        // Of equals the one that led here is taken, or the chain would go in circles.
        match chain.len().checked_sub(2).map(|place| chain[place]) {
            Some(before) if clusters.distance(before, top) <= near.distance => {
                chain.truncate(chain.len() - 2);
                clusters.merge(before, top, near.distance, &merged);
            }
            _ => chain.push(near.place as usize),
        }
    }
    let mut joined = clusters.joined;
    joined.sort_by(|a, b| a.2.total_cmp(&b.2));
    in_order(distances.len(), &joined)
}

/// Clusters by merging the nearest pair again and again, as [`by_chain`] in all else.
pub(super) fn by_nearest_pair(
    distances: &DistanceMatrix,
    condensed: Numbers,
    merged: impl Fn(Side, Side, f64, f64) -> f64,
) -> Vec<Merge> {
    let mut clusters = Clusters::new(distances, condensed);
    while clusters.active.len() > 1 {
        let first = clusters.first();
        if clusters.near[first].gone {
            // It may be no longer the first when its nearest is known.
            clusters.nearest(first);
        } else {
            let Near { distance, place, .. } = clusters.near[first];
            clusters.merge(first, place as usize, distance, &merged);
        }
    }
    in_order(distances.len(), &clusters.joined)
}

/// The merges of pairs that are named by one text of each.
fn in_order(texts: usize, joined: &[(usize, usize, f64)]) -> Vec<Merge> {
    let mut above: Vec<usize> = (0..texts).collect();
    let mut clusters: Vec<(Cluster, usize)> = (0..texts).map(|text| (Cluster::Text(text), 1)).collect();
    let mut top = |mut text: usize, to: Option<usize>| {
        while above[text] != text {
            above[text] = above[above[text]];
            text = above[text];
        }
        above[text] = to.unwrap_or(text);
        text
    };
    joined
        .iter()
        .enumerate()
        .map(|(place, (a, b, height))| {
            let b = top(*b, None);
            let a = top(*a, Some(b));
            let ((first, size_a), (second, size_b)) = (clusters[a], clusters[b]);
            let size = size_a + size_b;
            clusters[b] = (Cluster::Merge(place), size);
            Merge { first: first.min(second), second: first.max(second), height: *height, size }
        })
        .collect()
}

/// Clusters under way, each at the place of one of its texts.
struct Clusters<'a> {
    matrix: &'a DistanceMatrix,
    /// By place: where the first of its texts stands in the order that decides between equals; made when first asked
    /// for.
    rank: OnceCell<Vec<usize>>,
    /// What was merged: two places, of which the second is kept, and the height.
    joined: Vec<(usize, usize, f64)>,
    /// Distances of clusters, as in a condensed matrix.
    distances: Numbers,
    /// Places of the clusters that there are, rising.
    active: Vec<usize>,
    /// For each of these, what with a later place added gives where their distance is.
    starts: Vec<usize>,
    /// By place: number of texts.
    sizes: Vec<f64>,
    /// By place: its nearest.
    near: Vec<Near>,
    /// Rows under way.
    buffers: [Vec<f64>; 2],
}

/// What is known of the nearest of a cluster.
#[derive(Clone, Copy)]
struct Near {
    /// Its distance; if it is gone, none is nearer.
    distance: f64,
    place: u32,
    /// Whether it has been merged since.
    gone: bool,
}

impl Near {
    const NONE: Self = Self { distance: f64::INFINITY, place: 0, gone: true };
}

impl<'a> Clusters<'a> {
    fn new(matrix: &'a DistanceMatrix, distances: Numbers) -> Self {
        let texts = matrix.len();
        let start = |place: usize| (place * (2 * texts - place - 1) / 2).wrapping_sub(place + 1);
        let mut clusters = Self {
            matrix,
            rank: OnceCell::new(),
            joined: Vec::with_capacity(texts),
            distances,
            active: (0..texts).collect(),
            starts: (0..texts).map(start).collect(),
            sizes: vec![1.0; texts],
            near: vec![],
            buffers: [vec![], vec![]],
        };
        let mut near = vec![Near::NONE; texts];
        let mut rest = &clusters.distances[..];
        for a in 0..texts {
            let (row, after) = rest.split_at(texts - a - 1);
            rest = after;
            let [own, others @ ..] = &mut near[a..] else { break };
            for ((distance, other), b) in row.iter().zip(others).zip(a + 1..) {
                clusters.offer(own, b, *distance);
                clusters.offer(other, a, *distance);
            }
        }
        clusters.near = near;
        clusters
    }

    /// Takes a cluster for the nearest if it is.
    #[inline]
    fn offer(&self, near: &mut Near, place: usize, distance: f64) {
        let nearer = distance < near.distance
            || distance == near.distance && self.rank(place) < self.rank(near.place as usize);
        if nearer {
            *near = Near { distance, place: place as u32, gone: false };
        }
    }

    #[cold]
    fn rank(&self, place: usize) -> usize {
        let rank = self.rank.get_or_init(|| {
            let mut rank = vec![0; self.matrix.len()];
            for (place, text) in self.matrix.own_order().into_iter().enumerate() {
                rank[text] = place;
            }
            for (gone, kept, _) in &self.joined {
                rank[*kept] = rank[*kept].min(rank[*gone]);
            }
            rank
        });
        rank[place]
    }

    /// Where a place stands among those that there are, or would stand.
    fn index(&self, place: usize) -> usize {
        self.active.partition_point(|other| *other < place)
    }

    fn distance(&self, a: usize, b: usize) -> f64 {
        self.distances[self.starts[self.index(a.min(b))].wrapping_add(a.max(b))]
    }

    /// Where a chain starts: at the cluster with the least distance to its nearest, as far as that is known.
    fn first(&self) -> usize {
        let near = |place: &usize| self.near[*place];
        let least = self.active.iter().map(|place| near(place).distance).fold(f64::INFINITY, f64::min);
        let equals = || self.active.iter().copied().filter(|place| near(place).distance == least);
        let mut some = equals();
        match [some.next(), some.next(), some.next()] {
            [Some(one), None, None] => one,
            // A chain takes both, whichever it starts at.
            [Some(a), Some(b), None]
                if !near(&a).gone && near(&a).place as usize == b
                    || !near(&b).gone && near(&b).place as usize == a =>
            {
                a
            }
            _ => equals().min_by_key(|place| self.rank(*place)).unwrap_or_default(),
        }
    }

    /// The nearest of a cluster; of equals the first in rank.
    fn nearest(&mut self, place: usize) -> Near {
        if self.near[place].gone {
            let mut row = mem::take(&mut self.buffers[0]);
            self.read(place, &mut row);
            self.near[place] = self.least(&row);
            self.buffers[0] = row;
        }
        self.near[place]
    }

    /// The nearest by a row of distances.
    fn least(&self, row: &[f64]) -> Near {
        let mut near = Near::NONE;
        for (distance, place) in row.iter().zip(&self.active) {
            if *distance <= near.distance && distance.is_finite() {
                self.offer(&mut near, *place, *distance);
            }
        }
        near
    }

    /// The distances of a cluster to all that there are, infinite to itself. They lie far apart, so as many as can be
    /// are asked for at once, and nothing else is done on the way.
    fn read(&self, place: usize, row: &mut Vec<f64>) {
        let index = self.index(place);
        let distances = &self.distances[..];
        row.clear();
        row.extend(self.starts[..index].iter().map(|start| distances[start.wrapping_add(place)]));
        row.push(f64::INFINITY);
        let start = self.starts[index];
        row.extend(self.active[index + 1..].iter().map(|other| distances[start.wrapping_add(*other)]));
    }

    /// Writes what [`read`](Self::read) reads.
    fn write(&mut self, place: usize, row: &[f64]) {
        let index = self.index(place);
        let distances = &mut self.distances[..];
        for (start, distance) in self.starts[..index].iter().zip(row) {
            distances[start.wrapping_add(place)] = *distance;
        }
        let start = self.starts[index];
        for (other, distance) in self.active[index + 1..].iter().zip(&row[index + 1..]) {
            distances[start.wrapping_add(*other)] = *distance;
        }
    }

    /// Merges two clusters. The later one stays, so that what is left draws together at the end of the matrix.
    fn merge(&mut self, one: usize, other: usize, height: f64, merged: impl Fn(Side, Side, f64, f64) -> f64) {
        let (a, b) = (one.min(other), one.max(other));
        self.joined.push((a, b, height));
        if let Some(rank) = self.rank.get_mut() {
            rank[b] = rank[b].min(rank[a]);
        }
        let [mut from_a, mut row] = mem::take(&mut self.buffers);
        self.read(a, &mut from_a);
        let gone = self.index(a);
        for lists in [&mut self.active, &mut self.starts] {
            lists.remove(gone);
        }
        from_a.remove(gone);
        self.read(b, &mut row);
        for ((distance, to_a), place) in row.iter_mut().zip(&from_a).zip(&self.active) {
            let first = Side { size: self.sizes[a], distance: *to_a };
            let second = Side { size: self.sizes[b], distance: *distance };
            // Beyond the largest number there is no order.
            *distance = merged(first, second, self.sizes[*place], height).min(f64::MAX);
        }
        row[self.index(b)] = f64::INFINITY;
        self.write(b, &row);
        for (distance, place) in row.iter().zip(&self.active) {
            let near = self.near[*place];
            let named = near.place as usize == a || near.place as usize == b;
            if named || *distance <= near.distance {
                self.near[*place] = self.after_merge(near, named, b, *distance);
            }
        }
        self.near[b] = self.least(&row);
        self.sizes[b] += self.sizes[a];
        self.buffers = [from_a, row];
    }

    /// The nearest of a cluster at some distance from the one just merged, with a part of which its nearest may have
    /// had the name.
    fn after_merge(&self, mut near: Near, named: bool, merged: usize, distance: f64) -> Near {
        if distance < near.distance || named && !near.gone && distance == near.distance {
            // Of equals it is the first in rank, as its part was.
            Near { distance, place: merged as u32, gone: false }
        } else {
            near.gone |= named;
            if !near.gone {
                self.offer(&mut near, merged, distance);
            }
            near
        }
    }
}
