//! Measures: numbers computed from a profile, each described in one place.
//!
//! The [registry](MEASURES) of counts and the [statistics](STATISTICS) of words in their order are walked by the
//! tables, the data dictionary and the tests: to add a measure is to add one entry. A value that is not defined is an empty cell with a reason, never 0.
//!
//! The formulas are pure functions, a file for each subject. They give an [`Outcome`]: a finite number, or the
//! reason why there is none. Counts are whole numbers, compared as such; what is compared with a threshold or
//! cancels is computed from exact integers.

pub mod association;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
mod factor_tree;
pub mod formulas;
pub mod frequency;
pub mod growth;
pub mod keyness;
pub mod ngrams;
mod outcome;
mod rates;
pub mod readability;
mod registry;
pub mod resample;
pub mod rhythm;
pub mod sequence;
pub mod similarity;
mod spectrum;
mod statistics;
pub mod syllables;

pub use outcome::{Flag, Outcome, Undefined};
pub use rates::{FEW_PARAGRAPHS, FEWEST_HITS, Per, Rate, clustered_rate, rate_flag};
pub use registry::{MEASURES, Measure, Value, View, rate, warnings};
pub use sequence::Sequence;
pub use spectrum::Spectrum;
pub use statistics::{Basis, Direction, Interval, Passage, STATISTICS, Statistic, statistic};
