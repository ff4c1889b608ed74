//! Measures: numbers computed from a profile, each described in one place.
//!
//! The registry, [`measures()`], is walked by the tables, the data dictionary, `rhetor explain` and the tests: to
//! add a measure is to add one entry. A value that is not defined is an empty cell with a reason, never 0.
//!
//! The formulas are pure functions, a file for each subject. They give an [`Outcome`]: a finite number, or the
//! reason why there is none. Counts are whole numbers, compared as such; what is compared with a threshold or
//! cancels is computed from exact integers.

mod arithmetic;
pub mod association;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod effect;
mod factor_tree;
pub mod familiar;
mod first_factors;
pub mod formulas;
pub mod frequency;
pub mod growth;
mod intervals;
pub mod keyness;
pub mod mtld;
pub mod ngrams;
mod outcome;
mod passage;
pub mod punctuation;
mod rates;
pub mod ratio;
pub mod readability;
mod registry;
pub mod resample;
pub mod rhythm;
pub mod sequence;
pub mod similarity;
mod spectrum;
pub mod syllables;
#[cfg(test)]
mod testing;
mod warnings;
mod word_measures;

pub use arithmetic::{arithmetic, inputs};
pub use intervals::{Bounds, Interval, interval, sentence_units};
pub use outcome::{Flag, Outcome, Undefined};
pub use passage::{Passage, SentenceCounts};
pub use rates::{FEW_PARAGRAPHS, FEWEST_HITS, Per, Rate, clustered_rate, rate_flag};
pub use registry::{Basis, Direction, Measure, Needs, columns, measure, measures, subjects};
pub use sequence::Sequence;
pub use spectrum::Spectrum;
pub use warnings::{rate, warnings};
pub use word_measures::{WORD_MEASURES, WordMeasure, WordPlaces, word_measure};
