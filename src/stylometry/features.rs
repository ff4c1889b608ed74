//! Features: what is counted in a text, and which of it becomes a column.

mod counts;
mod function_words;
mod kinds;
mod pronouns;
mod selection;
mod tables;

pub use counts::{CountsBuilder, FeatureCounts};
pub use function_words::function_words;
pub use kinds::FeatureKind;
pub use pronouns::pronouns;
pub use selection::{FeatureSelection, Tabulate};
pub use tables::read_table;
