//! Tables: what each holds, column by column, and how its rows are written.
//!
//! Tables are CSV in UTF-8 with a header, rows in a fixed order, numbers with a point and full precision,
//! undefined values as empty cells. A text cell that a spreadsheet would take for a formula gets a `'` in
//! front. [`dictionary()`] describes every column of every table.

mod blocks;
mod documents;
mod figures;
mod hygiene;
mod markers;
mod measures;
mod rows;
mod schema;
mod segments;
mod sentences;
mod tokens;
mod words;

pub use blocks::blocks;
pub use documents::{DocumentRow, documents, problems, voices};
pub use figures::{FigureRate, figure_rates, figure_rates_of, figure_rates_schema, figures, figures_schema};
pub use hygiene::findings;
pub use markers::{marker_hits, markers};
pub use measures::{MeasureRows, measures};
pub use rows::{Cell, Rows};
pub use schema::{Column, Schema, Schemas, dictionary, measures_dictionary, schemas};
pub use segments::segments;
pub use sentences::{lengths_of_all, sentence_lengths, sentences};
pub use tokens::tokens;
pub use words::{Ranking, WordCount, frequency_list, word_counts, words};
