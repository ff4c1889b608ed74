//! How two texts are compared.

use std::ops::Range;

use rayon::prelude::*;

use super::kernel::{self, FEW, Panels, Row};
use super::matrix::DistanceMatrix;
use super::normaliser::Scaled;
use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::table::FrequencyTable;

/// What is computed from the values a and b of two texts; n features, in order of rank.
///
/// Σ runs over the features with spread; `n/u` scales a sum up where only u of n have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Σ|a − b| · n/u.
    Manhattan,
    /// Σ|a − b| / u.
    MeanManhattan,
    /// Σ w·|a − b| · n/u, w = (n − r + 2)/n for the feature of rank r: Eder's weights as stylo has them.
    RankWeighted,
    /// √(Σ(a − b)² · n/u).
    Euclidean,
    /// √(Σ(a − b)² · n/u) / n, which stylo calls Argamon's distance.
    EuclideanByCount,
    /// Σ(a − b)² / u.
    MeanSquare,
    /// 1 − Σab / (√Σa² √Σb²), from 0 to 2. Between a text without length and another it is 1, between two of
    /// them 0.
    Cosine,
    /// Σ |a − b|/|a + b| · n/m over the m features whose denominator is not 0. If there is none, 0.
    Canberra,
    /// 1 − Σ min(a, b) / Σ max(a, b), for values that are not negative (Ružička). Between texts without any
    /// feature 0.
    MinMax,
    /// The square root of the Jensen–Shannon divergence in bits, 0 to 1, of the texts as distributions over
    /// the features.
    JensenShannon,
    /// Labbé's intertextual distance, 0 to 1: the counts of the longer text are reduced to the length of the
    /// shorter one, A; Σ|a − b| / Σ(a + b) over the features in A or with a reduced count of at least 1.
    Labbe,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 11] = [
        Self::Manhattan,
        Self::MeanManhattan,
        Self::RankWeighted,
        Self::Euclidean,
        Self::EuclideanByCount,
        Self::MeanSquare,
        Self::Cosine,
        Self::Canberra,
        Self::MinMax,
        Self::JensenShannon,
        Self::Labbe,
    ];

    /// The name in the id of a measure.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manhattan => "manhattan",
            Self::MeanManhattan => "mean-manhattan",
            Self::RankWeighted => "rank-weighted",
            Self::Euclidean => "euclidean",
            Self::EuclideanByCount => "euclidean-by-count",
            Self::MeanSquare => "mean-square",
            Self::Cosine => "cosine",
            Self::Canberra => "canberra",
            Self::MinMax => "minmax",
            Self::JensenShannon => "jensen-shannon",
            Self::Labbe => "labbe",
        }
    }

    /// An error if it cannot be applied to the values of these texts.
    pub(super) fn check(self, scaled: &Scaled, table: &FrequencyTable, texts: &[usize]) -> Result<()> {
        let undefined =
            |reason: String| Err(StylometryError::Undefined { measure: self.name().to_owned(), reason });
        if self == Self::Labbe {
            if table.totals().is_none() {
                return undefined("the table does not know the length of the texts".to_owned());
            }
            if table.texts().len() * scaled.used.len() != scaled.values.len() {
                return undefined("it is made from whole texts".to_owned());
            }
        }
        if !matches!(self, Self::MinMax | Self::JensenShannon | Self::Labbe) {
            return Ok(());
        }
        for text in texts {
            let (row, name) = (scaled.row(*text), &table.texts()[*text]);
            if row.iter().any(|value| *value < 0.0) {
                return undefined(format!("'{name}' has negative values"));
            }
            if self == Self::JensenShannon && row.iter().all(|value| *value == 0.0) {
                return undefined(format!("'{name}' has none of the features"));
            }
        }
        Ok(())
    }

    /// The distances of all pairs of texts.
    pub(super) fn within(self, scaled: &Scaled, table: &FrequencyTable) -> Result<DistanceMatrix> {
        let count = table.texts().len();
        let all: Vec<usize> = (0..count).collect();
        let pairs = Pairs::new(self, scaled, table, &all, &all)?;
        let mut condensed = vec![0.0; count * (count - 1) / 2];
        let mut tasks = Vec::new();
        let height = kernel::task(count);
        let mut rest = condensed.as_mut_slice();
        for first in (0..count).step_by(height) {
            let rows = first..(first + height).min(count);
            let (part, after) = rest.split_at_mut(rows.clone().map(|row| count - 1 - row).sum());
            tasks.push((rows, part));
            rest = after;
        }
        tasks.into_par_iter().for_each(|(rows, part)| {
            let distances = pairs.block(rows.clone(), rows.start);
            let length = count - rows.start;
            let mut place = 0;
            for row in 0..rows.len() {
                let above = &distances[row * length + row + 1..(row + 1) * length];
                part[place..place + above.len()].copy_from_slice(above);
                place += above.len();
            }
        });
        Ok(DistanceMatrix::from_condensed(table.texts().to_vec(), condensed))
    }

    /// The distances of each of `left` to each of `right`.
    pub(super) fn between(
        self,
        scaled: &Scaled,
        table: &FrequencyTable,
        left: &[usize],
        right: &[usize],
    ) -> Result<Vec<Vec<f64>>> {
        if left.is_empty() || right.is_empty() {
            return Ok(vec![Vec::new(); left.len()]);
        }
        let pairs = Pairs::new(self, scaled, table, left, right)?;
        let height = kernel::task(left.len());
        let blocks: Vec<Vec<f64>> = (0..left.len())
            .into_par_iter()
            .step_by(height)
            .map(|first| pairs.block(first..(first + height).min(left.len()), 0))
            .collect();
        Ok(blocks.iter().flat_map(|block| block.chunks(right.len()).map(<[f64]>::to_vec)).collect())
    }
}

/// The weight of the feature at a place (from 0) among n, by Eder.
pub(crate) fn rank_weight(place: usize, features: usize) -> f64 {
    (features - place + 1) as f64 / features as f64
}

/// The sums that turn terms of features into a distance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sums {
    /// n/u.
    pub scale_up: f64,
    /// n.
    pub features: f64,
    /// u.
    pub used: f64,
}

impl Sums {
    pub(crate) fn of(scaled: &Scaled) -> Self {
        Self { scale_up: scaled.scale_up(), features: scaled.features as f64, used: scaled.used.len() as f64 }
    }
}

/// Terms of Labbé's distance: counts of the shorter and reduced counts of the longer text by feature, without
/// those that are left out.
pub(crate) fn labbe_terms<'a>(
    a: (&'a [f64], f64),
    b: (&'a [f64], f64),
) -> impl Iterator<Item = Option<(f64, f64)>> + 'a {
    let length = a.1.min(b.1) / 100.0;
    let a_is_shorter = a.1 <= b.1;
    a.0.iter().zip(b.0).map(move |(a, b)| {
        let (a, b) = (a * length, b * length);
        let (short, long) = if a_is_shorter { (a, b) } else { (b, a) };
        // A hair below 1, for counts that went through percentages.
        (short > 0.0 || long >= 1.0 - 1e-9).then_some((a, b))
    })
}

struct Pairs<'a> {
    metric: Metric,
    sums: Sums,
    left: Side<'a>,
    /// None where the left ones are compared with one another.
    right: Option<Side<'a>>,
    /// The right ones in panels: of a few left ones they would cost more than they save, and some metrics take the
    /// pairs one by one.
    panels: Option<Panels>,
}

/// The texts on one side.
struct Side<'a> {
    /// Their values.
    values: Vec<&'a [f64]>,
    /// The values as the metric sums over them.
    rows: Vec<Row<'a>>,
    /// Σ, √Σ² or Σ² of the values of each text or its tokens, as the metric needs it.
    sums: Vec<f64>,
}

impl<'a> Side<'a> {
    fn new(metric: Metric, scaled: &'a Scaled, table: &FrequencyTable, texts: &[usize]) -> Self {
        let values: Vec<&[f64]> = texts.iter().map(|text| scaled.row(*text)).collect();
        let totals = table.totals().unwrap_or_default();
        let sum = |(text, row): (&usize, &&[f64])| match metric {
            Metric::Cosine => sum_of_squares(row).sqrt(),
            Metric::Euclidean | Metric::EuclideanByCount | Metric::MeanSquare => sum_of_squares(row),
            Metric::Labbe => totals[*text] as f64,
            Metric::JensenShannon | Metric::MinMax => row.iter().sum(),
            _ => 0.0,
        };
        let sums: Vec<f64> = texts.iter().zip(&values).map(sum).collect();
        let rows = match metric {
            Metric::JensenShannon => {
                let shares = |(row, sum): (&&[f64], &f64)| row.iter().map(|value| value / sum).collect();
                values.iter().zip(&sums).map(shares).collect()
            }
            Metric::RankWeighted => {
                let weights: Vec<f64> =
                    scaled.used.iter().map(|place| rank_weight(*place, scaled.features)).collect();
                let weighted =
                    |row: &&[f64]| row.iter().zip(&weights).map(|(value, weight)| weight * value).collect();
                values.iter().map(weighted).collect()
            }
            _ => values.iter().map(|row| Row::from(*row)).collect(),
        };
        Self { values, rows, sums }
    }
}

/// Σ value², in eight sums side by side.
fn sum_of_squares(row: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (parts, rest) = row.as_chunks::<8>();
    for part in parts {
        for (lane, value) in lanes.iter_mut().zip(part) {
            *lane += value * value;
        }
    }
    lanes.iter().sum::<f64>() + rest.iter().map(|value| value * value).sum::<f64>()
}

impl<'a> Pairs<'a> {
    fn new(
        metric: Metric,
        scaled: &'a Scaled,
        table: &FrequencyTable,
        left: &[usize],
        right: &[usize],
    ) -> Result<Self> {
        metric.check(scaled, table, left)?;
        metric.check(scaled, table, right)?;
        let side = |texts: &[usize]| Side::new(metric, scaled, table, texts);
        let (left, right) = (side(left), (left != right).then(|| side(right)));
        let plain = metric == Metric::Labbe || (right.is_some() && left.rows.len() <= FEW);
        let panels = (!plain).then(|| Panels::new(&right.as_ref().unwrap_or(&left).rows));
        Ok(Self { metric, sums: Sums::of(scaled), left, right, panels })
    }

    fn right(&self) -> &Side<'a> {
        self.right.as_ref().unwrap_or(&self.left)
    }

    /// The sums that `step` makes, of some of the left texts with the right ones from `from` on.
    fn sums(&self, texts: Range<usize>, from: usize, step: impl Fn(f64, f64, f64) -> f64 + Copy) -> Vec<f64> {
        let left = &self.left.rows[texts];
        match &self.panels {
            Some(panels) => kernel::sums(left, panels, from, step),
            None => left.iter().flat_map(|row| kernel::few(row, &self.right().rows[from..], step)).collect(),
        }
    }

    /// Distances of some of the left texts to the right ones from `from` on.
    fn block(&self, texts: Range<usize>, from: usize) -> Vec<f64> {
        let (left, right) = (&self.left, self.right());
        let length = right.rows.len() - from;
        let Sums { scale_up, features, used } = self.sums;
        let finish = |mut values: Vec<f64>, distance: &dyn Fn(usize, usize, f64) -> f64| {
            for (place, value) in values.iter_mut().enumerate() {
                *value = distance(texts.start + place / length, from + place % length, *value);
            }
            values
        };
        let absolute = |sum: f64, a: f64, b: f64| sum + (a - b).abs();
        let product = |sum: f64, a: f64, b: f64| a.mul_add(b, sum);
        match self.metric {
            Metric::JensenShannon => {
                let sums = self.sums(texts.clone(), from, |sum, a, b| sum + divergence(a, b));
                finish(sums, &|_, _, sum| (sum.max(0.0) / (2.0 * std::f64::consts::LN_2)).sqrt())
            }
            Metric::Canberra => {
                let there =
                    self.sums(texts.clone(), from, |sum, a, b| sum + f64::from(u8::from(a + b != 0.0)));
                let mut sums = self.sums(texts.clone(), from, |sum, a, b| {
                    let whole = (a + b).abs();
                    sum + if whole > 0.0 { (a - b).abs() / whole } else { 0.0 }
                });
                for (sum, there) in sums.iter_mut().zip(there) {
                    *sum = if there > 0.0 { *sum * features / there } else { 0.0 };
                }
                sums
            }
            Metric::MeanManhattan => {
                finish(self.sums(texts.clone(), from, absolute), &|_, _, sum| sum / used)
            }
            // Σmax − Σmin = Σ|a − b| and Σmax + Σmin = Σa + Σb.
            Metric::MinMax => finish(self.sums(texts.clone(), from, absolute), &|i, j, sum| {
                let whole = left.sums[i] + right.sums[j] + sum;
                if whole > 0.0 { 2.0 * sum / whole } else { 0.0 }
            }),
            Metric::Manhattan | Metric::RankWeighted => {
                finish(self.sums(texts.clone(), from, absolute), &|_, _, sum| sum * scale_up)
            }
            Metric::Cosine => {
                finish(self.sums(texts.clone(), from, product), &|i, j, product| self.cosine(i, j, product))
            }
            Metric::Euclidean | Metric::EuclideanByCount | Metric::MeanSquare => {
                finish(self.sums(texts.clone(), from, product), &|i, j, product| {
                    let squares = self.squares(i, j, product);
                    match self.metric {
                        Metric::Euclidean => (squares * scale_up).sqrt(),
                        Metric::EuclideanByCount => (squares * scale_up).sqrt() / features,
                        _ => squares / used,
                    }
                })
            }
            Metric::Labbe => finish(vec![0.0; texts.len() * length], &|i, j, _| {
                let terms = labbe_terms((left.values[i], left.sums[i]), (right.values[j], right.sums[j]));
                let (mut difference, mut whole) = (0.0, 0.0);
                for (a, b) in terms.flatten() {
                    difference += (a - b).abs();
                    whole += a + b;
                }
                if whole > 0.0 { difference / whole } else { 0.0 }
            }),
        }
    }

    /// Σ(a − b)² from Σab. Where the texts are near one another it is summed anew: a difference of large
    /// numbers would lose its digits.
    fn squares(&self, i: usize, j: usize, product: f64) -> f64 {
        let (left, right) = (&self.left, self.right());
        let whole = left.sums[i] + right.sums[j];
        let squares = whole - 2.0 * product;
        if squares > whole * 1e-3 {
            return squares;
        }
        left.values[i].iter().zip(right.values[j]).map(|(a, b)| (a - b) * (a - b)).sum()
    }

    /// 1 − cos from Σab, near 0 as Σ(a/|a| − b/|b|)²/2.
    fn cosine(&self, i: usize, j: usize, product: f64) -> f64 {
        let (left, right) = (&self.left, self.right());
        let (a, b) = (left.sums[i], right.sums[j]);
        if a == 0.0 || b == 0.0 {
            return if a == b { 0.0 } else { 1.0 };
        }
        let distance = 1.0 - product / (a * b);
        if distance > 1e-3 {
            return distance;
        }
        let squares = left.values[i].iter().zip(right.values[j]).map(|(x, y)| {
            let difference = x / a - y / b;
            difference * difference
        });
        squares.sum::<f64>() / 2.0
    }
}

/// The term of a feature in twice the Jensen–Shannon divergence in nats.
#[inline(always)]
pub(crate) fn divergence(p: f64, q: f64) -> f64 {
    let whole = p + q;
    let part = |share: f64| if share > 0.0 { share * libm::log(2.0 * share / whole) } else { 0.0 };
    part(p) + part(q)
}
