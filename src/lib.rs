//! **rhetor**: corpus statistics and stylometry with numbers that can be audited.
//!
//! A corpus of texts is read, cut into words and sentences, and counted; tables and charts come out. The
//! flow goes from left to right, and each module uses only what stands to its left:
//!
//! ```text
//! corpus ──▶ text ──▶ profile ──▶ measures ──▶ tables ──▶ charts, report
//! read       segment    count       compute       rows       draw
//!               ├──▶ rhetoric (markers, questions) ┤
//!               └──▶ hygiene (findings, sketches) ─┘
//! ```
//!
//! - [`corpus`]: which files are texts, their metadata and encodings, and what is wrong with them.
//! - [`text`]: blocks, words, sentences and voices, as spans of a text that is never rewritten.
//! - [`hygiene`]: what to know about a text before its figures are trusted, and which texts share much.
//! - [`profile`]: exact integer counts by voice; profiles merge, so a corpus is the sum of its texts.
//! - [`rhetoric`]: a lexicon of markers with constraints; every hit keeps its place.
//! - [`stylometry`]: how texts lie to each other by their style: distances, trees, maps, verdicts.
//! - [`measures`]: the registry of what is computed from counts, with formulas and sources.
//! - [`tables`] and [`charts`]: CSV with a data dictionary; SVG and PNG.
//! - [`report`]: pages that show how a text was read.
//! - [`run`]: the parallel pipeline, the output folder and the manifest.
//!
//! The same input and options give the same bytes, on any number of threads.
//!
//! # A frequency list in ten lines
//!
//! ```
//! use rhetor::{Corpus, Study, count};
//!
//! fn main() -> rhetor::Result<()> {
//!     let counted = count(Corpus::discover(&["seeds"])?, &Study::default())?;
//!     for row in counted.frequency_list().iter().take(10) {
//!         println!("{:>8} {:>10.1} {}", row.count, row.per_million, row.word);
//!     }
//!     Ok(())
//! }
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod charts;
pub mod corpus;
pub mod error;
pub mod hygiene;
pub mod measures;
pub mod profile;
pub mod random;
pub mod report;
pub mod rhetoric;
pub mod run;
pub mod study;
pub mod stylometry;
pub mod tables;
pub mod text;

pub use corpus::Corpus;
pub use error::{Error, Result};
pub use run::{Counted, analyze, count, segments};
pub use study::Study;
