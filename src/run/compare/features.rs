//! Features of the units, and how far two sides lie apart in each.

use rayon::prelude::*;
use serde::Serialize;

use super::units::{Counts, Unit};
use crate::measures::contingency::{Table, benjamini_hochberg, log10_p, sidak};
use crate::measures::effect::{rank_difference, weighted_mean};
use crate::measures::keyness::{ZeroCell, conservative_log_ratio, log_ratio};
use crate::measures::ratio::Ratio;
use crate::measures::{Interval, subjects};
use crate::profile::WordId;
use crate::rhetoric::Lexicons;

/// Fewest occurrences of a word on both sides together.
const FEWEST_COUNT: u64 = 5;
/// Rows that have an interval, from the first.
const WITH_INTERVAL: usize = 200;

/// A kind of property that units have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// A word.
    Word(WordId),
    /// A category of markers.
    Marker(usize),
    /// A measure.
    Measure(usize),
}

/// How a feature differs between two sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureDifference {
    /// words, markers, or the subject of a measure.
    pub family: &'static str,
    /// The word, the category, the id of the measure.
    pub feature: String,
    /// Value of the first side.
    pub first: f64,
    /// Value of the second side.
    pub second: f64,
    /// Interval of the difference, for the first rows.
    pub interval: Option<(f64, f64)>,
    /// Cliff's delta over the units.
    pub delta: f64,
    /// log₁₀ of the two-sided p of Mann and Whitney.
    pub log10_p: f64,
    /// The same, adjusted after Benjamini and Hochberg.
    pub log10_q: f64,
    /// Units of the first and second side for which it is defined.
    pub units: [usize; 2],
    #[serde(skip)]
    pub(super) kind: Feature,
}

impl FeatureDifference {
    /// First over second, of rates.
    pub fn ratio(&self) -> Option<f64> {
        let is_rate = !matches!(self.kind, Feature::Measure(_));
        (is_rate && self.second > 0.0).then(|| self.first / self.second)
    }
}

/// The sides of one comparison.
pub(super) struct Pair<'c> {
    pub first: Vec<&'c Unit>,
    pub second: Vec<&'c Unit>,
}

/// Names of marker categories.
pub(super) fn marker_name(lexicons: &Lexicons, category: usize) -> String {
    lexicons
        .categories()
        .get(category)
        .map_or_else(String::new, |it| format!("{}/{}", it.family, it.category))
}

/// The value of a unit times its weight, and the weight; none where it is not defined.
fn marker_value(unit: &Unit, category: usize) -> Option<(f64, f64)> {
    let hits = unit.markers.get(category).copied().flatten()?;
    (unit.prose > 0).then_some((hits as f64 * 1000.0, unit.prose as f64))
}

fn measure_value(unit: &Unit, place: usize) -> Option<(f64, f64)> {
    unit.values.get(place).copied().flatten().map(|value| (value, 1.0))
}

fn word_value(unit: &Unit, word: WordId) -> Option<(f64, f64)> {
    let count =
        unit.counts.binary_search_by_key(&word, |(known, _)| *known).map_or(0, |at| unit.counts[at].1);
    (unit.words > 0).then_some((count as f64 * 1000.0, unit.words as f64))
}

fn value(unit: &Unit, feature: Feature) -> Option<(f64, f64)> {
    match feature {
        Feature::Word(word) => word_value(unit, word),
        Feature::Marker(category) => marker_value(unit, category),
        Feature::Measure(place) => measure_value(unit, place),
    }
}

/// The value of a side, and the number of its units for which it is defined.
pub(super) fn side_value(units: &[&Unit], feature: Feature) -> (Option<f64>, usize) {
    let values: Vec<_> = units.iter().filter_map(|unit| value(unit, feature)).collect();
    (weighted_mean(&values).ok(), values.len())
}

/// The words of both sides that occur often enough, with their counts on each.
fn words(counts: &Counts, pair: &Pair<'_>) -> Vec<(WordId, [u64; 2])> {
    let mut sums = vec![[0_u64; 2]; counts.vocabulary.len()];
    for (place, units) in [&pair.first, &pair.second].into_iter().enumerate() {
        for (word, count) in units.iter().flat_map(|unit| &unit.counts) {
            sums[*word as usize][place] += count;
        }
    }
    let mut words: Vec<_> =
        (0..).zip(sums).filter(|(_, sums): &(WordId, _)| sums[0] + sums[1] >= FEWEST_COUNT).collect();
    words.sort_by(|(a, _), (b, _)| counts.vocabulary.word(*a).cmp(counts.vocabulary.word(*b)));
    words
}

/// Every feature, most telling first: by q, then by the size of Cliff's delta, then by name. Counts, and measures
/// that depend on the length of a text, are left out: they differ wherever lengths do.
pub(super) fn differences(counts: &Counts, lexicons: &Lexicons, pair: &Pair<'_>) -> Vec<FeatureDifference> {
    let mut features: Vec<(&'static str, String, Feature)> = words(counts, pair)
        .into_iter()
        .map(|(word, _)| ("words", counts.vocabulary.word(word).to_owned(), Feature::Word(word)))
        .collect();
    features.extend(
        (0..lexicons.categories().len())
            .map(|category| ("markers", marker_name(lexicons, category), Feature::Marker(category))),
    );
    features.extend(subjects().enumerate().filter_map(|(place, (subject, measure))| {
        let by_length = matches!(measure.interval, Interval::None("count" | "depends_on_length"));
        (!by_length).then(|| (subject, measure.id.to_owned(), Feature::Measure(place)))
    }));
    let mut found: Vec<FeatureDifference> = features
        .into_par_iter()
        .filter_map(|(family, feature, kind)| {
            let values =
                |units: &[&Unit]| units.iter().filter_map(|unit| value(unit, kind)).collect::<Vec<_>>();
            let (first, second) = (values(&pair.first), values(&pair.second));
            let rates = |values: &[(f64, f64)]| values.iter().map(|(a, b)| a / b).collect::<Vec<_>>();
            let ranks = rank_difference(&rates(&first), &rates(&second)).ok()?;
            Some(FeatureDifference {
                family,
                feature,
                first: weighted_mean(&first).ok()?,
                second: weighted_mean(&second).ok()?,
                interval: None,
                delta: ranks.delta,
                log10_p: ranks.log10_p,
                log10_q: 0.0,
                units: [first.len(), second.len()],
                kind,
            })
        })
        .collect();
    let adjusted = benjamini_hochberg(&found.iter().map(|difference| difference.log10_p).collect::<Vec<_>>());
    for (difference, log10_q) in found.iter_mut().zip(adjusted) {
        difference.log10_q = log10_q;
    }
    found.sort_by(|a, b| {
        let size = b.delta.abs().total_cmp(&a.delta.abs());
        a.log10_q
            .total_cmp(&b.log10_q)
            .then(size)
            .then_with(|| (a.family, &a.feature).cmp(&(b.family, &b.feature)))
    });
    found.par_iter_mut().take(WITH_INTERVAL).for_each(|difference| {
        let values = |units: &[&Unit]| {
            units.iter().filter_map(|unit| value(unit, difference.kind)).collect::<Vec<_>>()
        };
        let (first, second) = (Ratio::of(&values(&pair.first)), Ratio::of(&values(&pair.second)));
        difference.interval = first.and_then(|first| first.difference(&second?)).ok();
    });
    found
}

/// A word of one side against the other.
pub(super) struct KeyWord {
    pub word: WordId,
    pub counts: [u64; 2],
    pub units: [u64; 2],
    pub sizes: [u64; 2],
    pub is_first_higher: bool,
    pub log_ratio: Option<f64>,
    pub conservative: Option<f64>,
    pub g2: Option<f64>,
    pub log10_p: f64,
    pub log10_q: f64,
}

/// The keyness of every word of a comparison, both ways.
pub(super) fn key_words(counts: &Counts, pair: &Pair<'_>) -> Vec<KeyWord> {
    let sizes = [&pair.first, &pair.second].map(|units| units.iter().map(|unit| unit.words).sum::<u64>());
    let words = words(counts, pair);
    let level = sidak(0.05, words.len() as u64);
    let mut found: Vec<KeyWord> = words
        .into_par_iter()
        .filter_map(|(word, sums)| {
            let table = Table::of_texts(sums[0], sums[1], sizes[0], sizes[1]).ok()?;
            let g2 = table.g2().ok();
            let holding = |units: &[&Unit]| {
                units
                    .iter()
                    .filter(|unit| unit.counts.binary_search_by_key(&word, |(known, _)| *known).is_ok())
                    .count()
            };
            Some(KeyWord {
                word,
                counts: sums,
                units: [holding(&pair.first) as u64, holding(&pair.second) as u64],
                sizes,
                is_first_higher: table.is_first_higher(),
                log_ratio: log_ratio(&table, ZeroCell::Half).ok(),
                conservative: conservative_log_ratio(&table, level).ok(),
                g2,
                log10_p: g2.map_or(0.0, log10_p),
                log10_q: 0.0,
            })
        })
        .collect();
    let adjusted = benjamini_hochberg(&found.iter().map(|word| word.log10_p).collect::<Vec<_>>());
    for (word, log10_q) in found.iter_mut().zip(adjusted) {
        word.log10_q = log10_q;
    }
    let size = |value: Option<f64>| value.unwrap_or(0.0).abs();
    found.sort_by(|a, b| {
        b.is_first_higher
            .cmp(&a.is_first_higher)
            .then(size(b.conservative).total_cmp(&size(a.conservative)))
            .then(size(b.g2).total_cmp(&size(a.g2)))
            .then_with(|| counts.vocabulary.word(a.word).cmp(counts.vocabulary.word(b.word)))
    });
    found
}
