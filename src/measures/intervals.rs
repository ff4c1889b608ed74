//! The 95 % interval of a measure: how it is found, or why there is none.
//!
//! A text is taken as a sample of what its author might have written. Its sentences, or runs of successive
//! ones where there are more than 200, are drawn with replacement ([`Bootstrap`]): runs keep what neighbours
//! have in common. Measures whose value shifts with length or order have no such interval.

use super::Measure;
use super::outcome::Undefined;
use super::passage::{Passage, SentenceCounts};
use super::resample::Bootstrap;
use super::sequence::window_runs;
use super::spectrum::Spectrum;

/// Most units that are drawn from.
const MOST_UNITS: usize = 200;
/// Fewest units that bear an interval.
const FEWEST_UNITS: usize = 8;
/// Length of a run of windows, in widths of a window: neighbouring runs then hardly depend on each other.
const WIDTHS_PER_RUN: usize = 4;
/// Least length of a run of words.
const WORDS_PER_RUN: usize = 25;

/// How the 95 % interval of a measure is found.
#[derive(Clone, Copy, Debug)]
pub enum Interval {
    /// It has none; the fixed name says why.
    None(&'static str),
    /// Bootstrap over sentences, for measures computed from sums over them.
    Sentences,
    /// Bootstrap over paragraphs, for their mean lengths.
    Paragraphs,
    /// From the order of the sentence lengths in words: ranks of the binomial distribution for this share,
    /// without assumptions (David & Nagaraja 2003, § 7.1).
    SentenceQuantile(f64),
    /// The same, of lengths in characters.
    CharacterQuantile(f64),
    /// Bootstrap over runs of windows of this many words.
    Windows(usize),
    /// Bootstrap over runs of words of the measure's linear part: the function gives its slope by the share of
    /// a word that occurs so often (the infinitesimal jackknife of Jaeckel 1972).
    Words(fn(&Spectrum, u64) -> f64),
}

impl Interval {
    /// A count says what stands in the text; there is nothing to estimate.
    pub const COUNT: Self = Self::None("count");
    /// A resample repeats words, so that its vocabulary is smaller: the value would shift.
    pub const LENGTH: Self = Self::None("depends_on_length");
    /// A resample has another order.
    pub const ORDER: Self = Self::None("depends_on_order");
    /// No method is implemented.
    pub const NO_METHOD: Self = Self::None("no_method");
}

impl Interval {
    /// What it is, in words.
    pub fn meaning(self) -> String {
        match self {
            Self::None("count") => "none: a count says what is there".to_owned(),
            Self::None("depends_on_length") => {
                "none: resamples repeat words, which shifts the value".to_owned()
            }
            Self::None("depends_on_order") => "none: resamples have another order".to_owned(),
            Self::None(_) => "none: no method is implemented".to_owned(),
            Self::Sentences => "95 %, bootstrap over sentences, or 200 runs of them".to_owned(),
            Self::Paragraphs => "95 %, bootstrap over paragraphs, or 200 runs of them".to_owned(),
            Self::SentenceQuantile(_) | Self::CharacterQuantile(_) => {
                "95 %, from the order of the lengths (David & Nagaraja 2003)".to_owned()
            }
            Self::Windows(width) => {
                format!("95 %, bootstrap over runs of {} windows or more", WIDTHS_PER_RUN * width)
            }
            Self::Words(_) => format!(
                "95 %, bootstrap of the linear part over runs of {WORDS_PER_RUN} words or more (Jaeckel 1972)"
            ),
        }
    }
}

/// An interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// What was drawn or counted: the name used in tables.
    pub method: &'static str,
}

/// The interval of a measure of a passage.
///
/// # Errors
/// The name of the reason if there is none: that of [`Interval::None`], or `too_few_units`.
pub fn interval(measure: &Measure, passage: &Passage) -> Result<Bounds, &'static str> {
    let (bounds, method) = match measure.interval {
        Interval::None(reason) => return Err(reason),
        Interval::Sentences => (of_sums(measure, passage), "bootstrap_sentences"),
        Interval::Paragraphs => (of_paragraphs(measure, passage), "bootstrap_paragraphs"),
        Interval::SentenceQuantile(share) => {
            (of_quantile(passage.sentence_words.clone(), share), "order_statistics")
        }
        Interval::CharacterQuantile(share) => {
            (of_quantile(passage.sentence_characters(), share), "order_statistics")
        }
        Interval::Windows(width) => (of_windows(passage, width), "bootstrap_windows"),
        Interval::Words(slope) => (of_words(measure, passage, slope), "bootstrap_words"),
    };
    bounds.map(|(low, high)| Bounds { low, high, method }).map_err(|_| "too_few_units")
}

/// The bounds of run `index` when `length` items are cut into `runs` of nearly equal length.
pub(super) fn run(index: usize, runs: usize, length: usize) -> std::ops::Range<usize> {
    let at = |index: usize| (index as u128 * length as u128 / runs as u128) as usize;
    at(index)..at(index + 1)
}

fn enough(units: usize) -> Result<usize, Undefined> {
    if units < FEWEST_UNITS { Err(Undefined::TooFew) } else { Ok(units) }
}

impl Passage {
    /// Characters of each sentence.
    pub(super) fn sentence_characters(&self) -> Vec<u32> {
        self.sentences.iter().map(|sentence| u32::try_from(sentence.characters).unwrap_or(u32::MAX)).collect()
    }

    /// Sums over resampled sentences, drawn once.
    fn resampled(&self) -> &[SentenceCounts] {
        self.resampled.get_or_init(|| {
            let units = sentence_units(&self.sentences);
            let mut sums = Vec::new();
            Bootstrap::default().each(units.len(), |times| {
                let mut sum = SentenceCounts::default();
                for (unit, times) in units.iter().zip(times) {
                    sum.add_times(unit, u64::from(*times));
                }
                sums.push(sum);
            });
            sums
        })
    }
}

/// Sentences, or runs of them where they are many, as what is drawn.
pub fn sentence_units(sentences: &[SentenceCounts]) -> Vec<SentenceCounts> {
    let runs = sentences.len().min(MOST_UNITS);
    let sum = |index: usize| {
        let mut sum = SentenceCounts::default();
        sentences[run(index, runs, sentences.len())].iter().for_each(|sentence| sum += sentence);
        sum
    };
    (0..runs).map(sum).collect()
}

fn of_sums(measure: &Measure, passage: &Passage) -> Result<(f64, f64), Undefined> {
    let units = enough(passage.sentences.len().min(MOST_UNITS))?;
    let mut scratch =
        Passage { has_syllables: passage.has_syllables, has_list: passage.has_list, ..Passage::default() };
    let values = passage.resampled().iter().filter_map(|sums| {
        scratch.sums = *sums;
        (measure.compute)(&scratch).ok()
    });
    Bootstrap::default().percentiles(values.collect(), units)
}

fn of_paragraphs(measure: &Measure, passage: &Passage) -> Result<(f64, f64), Undefined> {
    let paragraphs = &passage.paragraph_lengths;
    let units = enough(paragraphs.len().min(MOST_UNITS))?;
    // Runs of paragraphs keep their number, so that the mean of a resample is a ratio of sums.
    let runs: Vec<Passage> = (0..units)
        .map(|index| Passage {
            paragraph_lengths: paragraphs[run(index, units, paragraphs.len())].to_vec(),
            ..Passage::default()
        })
        .collect();
    let mut sums = Vec::with_capacity(units);
    for run in &runs {
        let count = run.paragraph_lengths.len() as f64;
        sums.push(((measure.compute)(run)? * count, count));
    }
    Bootstrap::default().interval(units, |times| weighted_ratio(&sums, times))
}

fn weighted_ratio(units: &[(f64, f64)], times: &[u32]) -> Option<f64> {
    let (mut above, mut below) = (0.0, 0.0);
    for ((a, b), times) in units.iter().zip(times) {
        above += a * f64::from(*times);
        below += b * f64::from(*times);
    }
    (below > 0.0).then(|| above / below)
}

/// The interval of a quantile by ranks: those whose number of values below is as likely as 2.5 and 97.5 %, by
/// the normal approximation of the binomial.
fn of_quantile(mut values: Vec<u32>, share: f64) -> Result<(f64, f64), Undefined> {
    let n = values.len() as f64;
    let spread = 1.959_963_984_540_054 * (n * share * (1.0 - share)).sqrt();
    let (low, high) = ((n * share - spread).floor(), (n * share + spread).ceil());
    if values.is_empty() || low < 1.0 || high > n {
        return Err(Undefined::TooFew);
    }
    values.sort_unstable();
    Ok((f64::from(values[low as usize - 1]), f64::from(values[high as usize - 1])))
}

fn of_windows(passage: &Passage, width: usize) -> Result<(f64, f64), Undefined> {
    let windows = (passage.sequence.tokens().len() + 1).saturating_sub(width);
    let runs = enough((windows / (WIDTHS_PER_RUN * width).max(1)).min(MOST_UNITS))?;
    let sums: Vec<(f64, f64)> = window_runs(&passage.sequence, width, runs)
        .into_iter()
        .map(|(types, windows)| (types as f64, windows as f64))
        .collect();
    let (low, high) = Bootstrap::default().interval(runs, |times| weighted_ratio(&sums, times))?;
    Ok((low / width as f64, high / width as f64))
}

fn of_words(
    measure: &Measure,
    passage: &Passage,
    slope: fn(&Spectrum, u64) -> f64,
) -> Result<(f64, f64), Undefined> {
    let value = (measure.compute)(passage)?;
    let tokens = passage.sequence.tokens();
    let units = enough((tokens.len() / WORDS_PER_RUN).min(MOST_UNITS))?;
    let slopes: Vec<f64> =
        passage.sequence.counts().iter().map(|times| slope(&passage.spectrum, *times)).collect();
    let sums: Vec<(f64, f64)> = (0..units)
        .map(|index| {
            let run = &tokens[run(index, units, tokens.len())];
            (run.iter().map(|token| slopes[*token as usize]).sum(), run.len() as f64)
        })
        .collect();
    let mean = weighted_ratio(&sums, &vec![1; units]).ok_or(Undefined::Empty)?;
    Bootstrap::default().interval(units, |times| Some(value + weighted_ratio(&sums, times)? - mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::testing::{SEEDS, full, share_held};
    use crate::measures::{Sequence, measure, measures};
    use crate::random::Random;

    #[test]
    fn intervals_hold_the_value_or_have_a_reason() {
        let full = full();
        let mut bounded = 0;
        for entry in measures() {
            match (interval(entry, &full), (entry.compute)(&full)) {
                (Ok(bounds), Ok(value)) => {
                    assert!(bounds.low <= value && value <= bounds.high, "{}: {value} {bounds:?}", entry.id);
                    bounded += 1;
                }
                (Err(reason), _) => assert!(!reason.is_empty(), "{}", entry.id),
                (Ok(_), Err(reason)) => panic!("{}: an interval of {reason:?}", entry.id),
            }
            assert!(interval(entry, &Passage::default()).is_err(), "{}", entry.id);
        }
        assert!(bounded > 20, "{bounded}");
    }

    /// Words of 200 kinds, the kind k with a chance in proportion to 200 − k.
    fn word(chance: &mut Random) -> u64 {
        chance.below(200).min(chance.below(200)) as u64
    }

    fn passage(chance: &mut Random, words: usize) -> Passage {
        let sequence = Sequence::new((0..words).map(|_| word(chance)));
        Passage { spectrum: sequence.spectrum(), sequence, ..Passage::default() }
    }

    /// Expected number of types among `draws` words.
    fn expected(draws: i32) -> f64 {
        // The lesser of two numbers below 200 is k with the chance (2·(200 − k) − 1)/200².
        (0..200).map(|k| 1.0 - (1.0 - f64::from(2 * (200 - k) - 1) / 40_000.0).powi(draws)).sum()
    }

    #[test]
    fn moving_windows_and_expected_types_are_covered() {
        let cases = [
            ("mattr:50", 3000, expected(50) / 50.0),
            ("hdd:42", 1000, expected(42) / 42.0),
            ("expected_types:100", 1000, expected(100)),
        ];
        for (id, words, truth) in cases {
            let entry = measure(id).unwrap();
            for seed in SEEDS {
                let held = share_held(seed, 1000, truth, |chance, _| {
                    let bounds = interval(entry, &passage(chance, words)).ok()?;
                    Some((bounds.low, bounds.high))
                });
                assert!((0.93..=0.97).contains(&held), "{id}: {held}, seed {seed}");
            }
        }
    }

    /// Sentences of 5 to 40 words, the lesser of two numbers from 0 to 35, and 5.
    #[test]
    fn mean_sentence_length_is_covered() {
        let lesser: f64 = (0..36).map(|x| f64::from(x) * f64::from(71 - 2 * x)).sum::<f64>() / 1296.0;
        let entry = measure("sentence_length:mean").unwrap();
        for seed in SEEDS {
            let held = share_held(seed, 1000, 5.0 + lesser, |chance, _| {
                let mut passage = Passage::default();
                for _ in 0..60 {
                    let mut sentence = SentenceCounts::default();
                    sentence.reading.words = 5 + chance.below(36).min(chance.below(36)) as u64;
                    sentence.reading.sentences = 1;
                    passage.sums += &sentence;
                    passage.sentences.push(sentence);
                }
                let bounds = interval(entry, &passage).ok()?;
                Some((bounds.low, bounds.high))
            });
            assert!((0.93..=0.97).contains(&held), "{held}, seed {seed}");
        }
    }

    #[test]
    fn quantiles_are_covered() {
        let held = share_held(42, 1000, 24.5, |chance, _| {
            let lengths: Vec<u32> = (0..120).map(|_| 5 + chance.below(40) as u32).collect();
            of_quantile(lengths, 0.5).ok()
        });
        // Discrete ranks cover a little more.
        assert!((0.93..=0.98).contains(&held), "{held}");
    }
}
