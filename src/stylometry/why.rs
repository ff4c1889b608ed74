//! Why: the exact share of each feature in a distance.

use std::cmp::Ordering;

use super::distance::{DistanceMatrix, Measure, Metric, Scaled, Sums, divergence, labbe_terms, rank_weight};
use super::error::{Result, StylometryError};
use super::table::FrequencyTable;

/// What one feature adds to a distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Place of the feature in the table.
    pub feature: usize,
    /// Its share in the distance. For a single distance it is never negative.
    pub contribution: f64,
    /// Its normalised value in the first text (or the mean over the first group).
    pub first: f64,
    /// Its normalised value in the second text (or the mean over the second group).
    pub second: f64,
}

impl Contribution {
    /// The contribution with a sign: positive if the first text has more of the feature, negative if the
    /// second has.
    pub fn signed(&self) -> f64 {
        match self.first.partial_cmp(&self.second) {
            Some(Ordering::Less) => -self.contribution,
            _ => self.contribution,
        }
    }
}

/// A measure applied to a table, ready to be asked about.
#[derive(Clone, Debug)]
pub struct Explainer<'a> {
    table: &'a FrequencyTable,
    measure: Measure,
    scaled: Scaled,
}

impl<'a> Explainer<'a> {
    /// For the distances that [`Measure::distances`] gives; with `reference`, for those of
    /// [`Measure::distances_between`].
    ///
    /// ```
    /// use rhetor::stylometry::{Explainer, FrequencyTable, Measure};
    /// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    /// let values = vec![4.0, 3.0, 5.0, 2.0, 6.0, 4.0];
    /// let table = FrequencyTable::new(names(&["a", "b", "c"]), names(&["the", "of"]), values).unwrap();
    /// let measure: Measure = "manhattan".parse().unwrap();
    /// let why = Explainer::new(&table, measure, None).unwrap().pair(0, 2).unwrap();
    /// assert_eq!((why[0].feature, why[0].contribution, why[0].signed()), (0, 2.0, -2.0));
    /// let sum: f64 = why.iter().map(|feature| feature.contribution).sum();
    /// assert_eq!(sum, measure.distances(&table).unwrap().get(0, 2));
    /// ```
    ///
    /// # Errors
    /// As [`Measure::distances`].
    pub fn new(table: &'a FrequencyTable, measure: Measure, reference: Option<&[usize]>) -> Result<Self> {
        let scaled = measure.scaling(table, reference)?.apply(table)?;
        // What the metric cannot do it says here, once.
        let all: Vec<usize> = (0..table.texts().len()).collect();
        measure.check(&scaled, table, &all)?;
        Ok(Self { table, measure, scaled })
    }

    /// For values that are scaled already, of the texts of a table.
    pub(super) fn of_scaled(table: &'a FrequencyTable, measure: Measure, scaled: Scaled) -> Self {
        Self { table, measure, scaled }
    }

    /// What each feature adds to the distance of two texts, the largest first, ties in the order of the
    /// features. They sum to the distance; features without spread add nothing and are not listed.
    ///
    /// The square root of a sum (Euclid, Jensen–Shannon) is shared out as the terms under the root are. The
    /// share of a feature in a cosine distance is (a/|a| − b/|b|)²/2.
    ///
    /// # Errors
    /// If there is no such text.
    pub fn pair(&self, first: usize, second: usize) -> Result<Vec<Contribution>> {
        Ok(self.listed(self.shares(first, second)?, &[first], &[second]))
    }

    /// What each feature adds to the mean distance between the texts of two groups.
    ///
    /// # Errors
    /// If a group is empty or there is no such text.
    pub fn groups(&self, first: &[usize], second: &[usize]) -> Result<Vec<Contribution>> {
        Ok(self.listed(self.mean_shares(first, second)?, first, second))
    }

    /// Why `text` is nearer to `candidate` than to `rival`: what each feature adds to the distance to the
    /// rival less what it adds to that to the candidate. Positive speaks for the candidate, negative for the
    /// rival; the sum is the difference of the mean distances. `first` is the value in the text, `second`
    /// the mean of the candidate.
    ///
    /// # Errors
    /// If a group is empty or there is no such text.
    pub fn verdict(&self, text: usize, candidate: &[usize], rival: &[usize]) -> Result<Vec<Contribution>> {
        let mut shares = self.mean_shares(&[text], rival)?;
        for (share, near) in shares.iter_mut().zip(self.mean_shares(&[text], candidate)?) {
            *share -= near;
        }
        Ok(self.listed(shares, &[text], candidate))
    }

    /// What holds a cluster together and apart from `rest`: what each feature adds to the mean distance from
    /// its texts to the rest, less what it adds to the mean distance within. Positive parts the cluster from
    /// the rest. A cluster of one text has no distance within.
    ///
    /// # Errors
    /// If a group is empty or there is no such text.
    pub fn cluster(&self, cluster: &[usize], rest: &[usize]) -> Result<Vec<Contribution>> {
        let mut shares = self.mean_shares(cluster, rest)?;
        let pairs = cluster.len() * cluster.len().saturating_sub(1) / 2;
        for (place, first) in cluster.iter().enumerate() {
            for second in &cluster[place + 1..] {
                for (share, within) in shares.iter_mut().zip(self.shares(*first, *second)?) {
                    *share -= within / pairs as f64;
                }
            }
        }
        Ok(self.listed(shares, cluster, rest))
    }

    fn mean_shares(&self, first: &[usize], second: &[usize]) -> Result<Vec<f64>> {
        if first.is_empty() || second.is_empty() {
            return Err(StylometryError::TooFewTexts { analysis: "an explanation", needed: 1, found: 0 });
        }
        let pairs = (first.len() * second.len()) as f64;
        let mut shares = vec![0.0; self.scaled.used.len()];
        for a in first {
            for b in second {
                for (sum, share) in shares.iter_mut().zip(self.shares(*a, *b)?) {
                    *sum += share / pairs;
                }
            }
        }
        Ok(shares)
    }

    fn listed(&self, shares: Vec<f64>, first: &[usize], second: &[usize]) -> Vec<Contribution> {
        let mean = |texts: &[usize], place: usize| {
            texts.iter().map(|text| self.scaled.row(*text)[place]).sum::<f64>() / texts.len() as f64
        };
        let mut listed: Vec<Contribution> = shares
            .into_iter()
            .enumerate()
            .map(|(place, contribution)| Contribution {
                feature: self.scaled.used[place],
                contribution,
                first: mean(first, place),
                second: mean(second, place),
            })
            .collect();
        listed.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        listed
    }

    /// What each used feature adds to the distance of two texts.
    fn shares(&self, first: usize, second: usize) -> Result<Vec<f64>> {
        let texts = self.table.texts().len();
        if first >= texts || second >= texts {
            let reason = format!("there are {texts} texts, asked for number {}", first.max(second));
            return Err(StylometryError::Option { option: "text", reason });
        }
        let (a, b) = (self.scaled.row(first), self.scaled.row(second));
        let Sums { scale_up, features, used } = Sums::of(&self.scaled);
        let terms = |term: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| term(*a, *b)).collect();
        let absolute = |factor: f64| terms(&|a, b| (a - b).abs() * factor);
        let square = |a: f64, b: f64| (a - b) * (a - b);
        // √Σt is shared out as t/√Σt.
        let rooted = |mut terms: Vec<f64>, factor: f64| {
            let root = terms.iter().sum::<f64>().sqrt();
            terms.iter_mut().for_each(|term| *term = if root > 0.0 { *term / root * factor } else { 0.0 });
            terms
        };
        Ok(match self.measure.metric {
            Metric::Manhattan => absolute(scale_up),
            Metric::MeanManhattan => absolute(1.0 / used),
            Metric::RankWeighted => {
                let mut terms: Vec<f64> = absolute(scale_up);
                for (term, place) in terms.iter_mut().zip(&self.scaled.used) {
                    *term *= rank_weight(*place, self.scaled.features);
                }
                terms
            }
            Metric::Euclidean => rooted(terms(&square), scale_up.sqrt()),
            Metric::EuclideanByCount => rooted(terms(&square), scale_up.sqrt() / features),
            Metric::MeanSquare => terms(&|a, b| square(a, b) / used),
            Metric::Cosine => {
                let length = |row: &[f64]| row.iter().map(|value| value * value).sum::<f64>().sqrt();
                let (x, y) = (length(a), length(b));
                match (x > 0.0, y > 0.0) {
                    (true, true) => terms(&|a, b| square(a / x, b / y) / 2.0),
                    // The distance is 1 by definition; it is all of the text that has a length.
                    (true, false) => terms(&|a, _| (a / x) * (a / x)),
                    (false, true) => terms(&|_, b| (b / y) * (b / y)),
                    (false, false) => terms(&|_, _| 0.0),
                }
            }
            Metric::Canberra => {
                let there = a.iter().zip(b).filter(|(a, b)| *a + *b != 0.0).count() as f64;
                terms(&|a, b| {
                    if a + b == 0.0 { 0.0 } else { (a - b).abs() / (a + b).abs() * features / there }
                })
            }
            Metric::MinMax => {
                let most: f64 = a.iter().zip(b).map(|(a, b)| a.max(*b)).sum();
                absolute(if most > 0.0 { 1.0 / most } else { 0.0 })
            }
            Metric::JensenShannon => {
                let (x, y): (f64, f64) = (a.iter().sum(), b.iter().sum());
                let bits = 2.0 * std::f64::consts::LN_2;
                // A term can be −1e-20 by rounding.
                rooted(terms(&|a, b| divergence(a / x, b / y).max(0.0) / bits), 1.0)
            }
            Metric::Labbe => {
                let total = |text: usize| self.table.totals().map_or(0.0, |totals| totals[text] as f64);
                let kept: Vec<Option<(f64, f64)>> =
                    labbe_terms((a, total(first)), (b, total(second))).collect();
                let whole: f64 = kept.iter().flatten().map(|(a, b)| a + b).sum();
                kept.into_iter().map(|term| term.map_or(0.0, |(a, b)| (a - b).abs() / whole)).collect()
            }
        })
    }
}

/// The texts nearest to a text, for a verdict: `(nearest, the nearest of another class)`. None if there is
/// no other class.
pub fn nearest_and_rival(
    distances: &DistanceMatrix,
    text: usize,
    classes: &[String],
) -> Option<(usize, usize)> {
    let neighbours = distances.neighbours(text);
    let nearest = neighbours.first()?.0;
    let rival = neighbours.iter().find(|(other, _)| classes.get(*other) != classes.get(nearest))?.0;
    Some((nearest, rival))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stylometry::distance::{MEASURES, Normaliser, RowNormaliser};

    fn table(rows: usize, features: usize, values: Vec<f64>) -> FrequencyTable {
        let names = |letter: char, count: usize| (0..count).map(|n| format!("{letter}{n}")).collect();
        FrequencyTable::new(names('t', rows), names('f', features), values)
            .unwrap()
            .with_totals((0..rows).map(|row| 3_000 + 777 * row as u64).collect())
            .unwrap()
    }

    fn tables() -> impl Strategy<Value = FrequencyTable> {
        (3_usize..7, 1_usize..30).prop_flat_map(|(rows, features)| {
            // Many zeros, as in real tables.
            let value = prop_oneof![Just(0.0), 0.0..5.0, 0.0..0.1];
            prop::collection::vec(value, rows * features)
                .prop_map(move |values| table(rows, features, values))
        })
    }

    fn every_measure() -> Vec<Measure> {
        let mut measures: Vec<Measure> = MEASURES.iter().map(|named| named.measure).collect();
        for metric in Metric::ALL {
            for rows in [RowNormaliser::Unit, RowNormaliser::Share] {
                measures.push(Measure { normaliser: Normaliser::Frequency, rows, metric });
                measures.push(Measure { normaliser: Normaliser::ZScore, rows, metric });
            }
        }
        measures
    }

    proptest! {
        #[test]
        fn contributions_sum_to_the_distance(table in tables()) {
            for measure in every_measure() {
                let Ok(distances) = measure.distances(&table) else { continue };
                let why = Explainer::new(&table, measure, None).unwrap();
                for (i, j) in [(0, 1), (1, 2), (2, 0)] {
                    let found: f64 = why.pair(i, j).unwrap().iter().map(|share| share.contribution).sum();
                    let expected = distances.get(i, j);
                    prop_assert!(
                        (found - expected).abs() <= 1e-12 * expected.max(1e-3), "{} {} {}", measure, found, expected
                    );
                }
                let verdict: f64 = why.verdict(0, &[1], &[2]).unwrap().iter().map(|c| c.contribution).sum();
                let (near, far) = (distances.get(0, 1), distances.get(0, 2));
                prop_assert!((verdict - (far - near)).abs() <= 1e-12 * (far + near).max(1e-3), "{}", measure);
            }
        }

        #[test]
        fn the_order_of_texts_changes_no_digit(table in tables()) {
            let count = table.texts().len();
            let reversed: Vec<usize> = (0..count).rev().collect();
            let turned = table.select_texts(&reversed);
            for measure in every_measure() {
                match (measure.distances(&table), measure.distances(&turned)) {
                    (Ok(a), Ok(b)) => for i in 0..count {
                        for j in 0..count {
                            prop_assert!(a.get(i, j) >= 0.0 && a.get(i, j).is_finite());
                            prop_assert_eq!(
                                a.get(i, j).to_bits(), b.get(count - 1 - i, count - 1 - j).to_bits(), "{}", measure
                            );
                        }
                    },
                    (Err(_), Err(_)) => {}
                    other => prop_assert!(false, "{}: {:?}", measure, other),
                }
            }
        }
    }

    #[test]
    fn identical_texts_have_no_distance() {
        let row = [3.1, 0.0, 2.7, 0.3];
        let values = [row, [1.0, 2.0, 0.0, 0.9], row, [0.5, 0.5, 1.5, 2.0]].concat();
        let table = table(4, 4, values).with_totals(vec![1_000; 4]).unwrap();
        for measure in every_measure() {
            let Ok(distances) = measure.distances(&table) else { continue };
            assert_eq!(distances.get(0, 2), 0.0, "{measure}");
            assert!(distances.get(0, 1) > 0.0, "{measure}");
        }
    }

    #[test]
    fn groups_clusters_and_bad_numbers() {
        let table = table(4, 2, vec![1.0, 5.0, 2.0, 5.0, 8.0, 4.0, 9.0, 4.5]);
        let why = Explainer::new(&table, "manhattan".parse().unwrap(), None).unwrap();
        let between = why.groups(&[0, 1], &[2, 3]).unwrap();
        assert_eq!((between[0].feature, between[0].contribution, between[0].signed()), (0, 7.0, -7.0));
        let cluster = why.cluster(&[0, 1], &[2, 3]).unwrap();
        assert_eq!((cluster[0].contribution, cluster[1].contribution), (6.0, 0.75));
        assert!(why.pair(0, 4).is_err());
        assert!(why.groups(&[], &[1]).is_err());
    }
}
