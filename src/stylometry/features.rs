//! Features: what is counted in a text, and which of it becomes a column.

mod counts;
mod kinds;
mod pronouns;
mod selection;
mod tables;

pub use counts::{CountsBuilder, FeatureCounts};
pub use kinds::FeatureKind;
pub use pronouns::pronouns;
pub use selection::FeatureSelection;
pub use tables::read_table;
