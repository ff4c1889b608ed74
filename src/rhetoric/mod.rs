//! Rhetoric: markers and questions, every hit with its place.
//!
//! A [`Lexicon`] is data: phrases with the constraints that make them markers. A [`Matcher`] finds them
//! in the words of a text; questions are found by their marks. Each [`Hit`] keeps its span, so that every
//! count leads back to its occurrences.

pub mod chance;
pub mod figures;
mod hits;
mod lexicon;
mod matcher;
mod questions;

pub use hits::{Hit, hits, question_hits};
pub use lexicon::{Category, Entry, FAMILIES, Lexicon};
pub use matcher::Matcher;
