//! Rhetoric: markers and questions, every hit with its place.
//!
//! A [`Lexicon`] is data: phrases with the constraints that make them markers; [`Lexicons`] chooses one by the
//! language of a text. A [`Matcher`] finds them
//! in the words of a text; [questions](find_questions) are found by marks and words, [`figures`] by repetition
//! and build. Each [`Hit`] keeps its span, so that every
//! count leads back to its occurrences.

pub mod chance;
pub mod figures;
mod hits;
mod lexicon;
mod matcher;
mod questions;
mod veto;

pub use chance::Repetition;
pub use figures::{Figure, FigureKind, Figures, Finder, Lists, count_figures};
pub use hits::{Hit, Reason, Status, count_hits, hits, take_out};
pub use lexicon::{CATEGORIES, Category, Entry, FAMILIES, LANGUAGES, Lexicon, Lexicons, Source};
pub use matcher::{Matcher, Matchers};
pub use questions::{Question, QuestionFinder, QuestionKind, QuestionWords, find as find_questions};
pub(crate) use veto::write_hit_id;
pub use veto::{Veto, hit_id};
