//! Tables: what each holds, column by column, and how its rows are written.
//!
//! Tables are CSV in UTF-8 with a header, rows in a fixed order, numbers with a point and full precision,
//! undefined values as empty cells. A text cell that a spreadsheet would take for a formula gets a `'` in
//! front. [`dictionary()`] describes every column of every table.

mod attribution;
mod blocks;
mod collocations;
mod compare;
mod context;
mod contrast;
mod documents;
mod figures;
mod formulas;
mod frequency;
mod hygiene;
mod keyness;
mod kwic;
mod markers;
mod measures;
mod ngrams;
mod questions;
mod rows;
mod schema;
mod segments;
mod sentences;
pub(crate) mod stylometry;
mod tokens;
mod words;

pub use attribution::{
    Evaluated, attribution_rows, attribution_schema, confusion_rows, confusion_schema, context_rows,
    contexts_schema, contribution_rows, contributions_schema, evaluation_rows, evaluation_schema,
    prediction_rows, predictions_schema, stability_rows, stability_schema, verification_schema,
    verification_score_rows, verification_scores_schema,
};
pub use blocks::blocks;
pub use collocations::collocations_table;
pub use compare::{comparison_schema, differences_schema, evidence_schema, keyness_schema};
pub use context::context;
pub use contrast::{
    rolling_rows, rolling_schema, stretch_rows, stretches_schema, zeta_rows, zeta_schema, zeta_sweep_schema,
};
pub use documents::{DocumentRow, documents, problems, voices};
pub use figures::{figure_rates, figures};
pub use frequency::{FrequencyTables, WordRow, frequency_tables, word_row};
pub use hygiene::findings;
pub use keyness::{KeyRow, key_row, keyness_table};
pub use kwic::kwic_table;
pub use markers::{marker_hits, marker_hits_in_parts, markers};
pub use measures::{MeasureRows, measures};
pub use ngrams::ngrams_table;
pub use questions::questions;
pub use rows::{Cell, Rows};
pub use schema::{Column, Schema, Schemas, dictionary, measures_dictionary, schemas};
pub use segments::segments;
pub use sentences::{lengths_of_all, sentence_lengths, sentences};
pub use tokens::tokens;
pub use words::{Ranking, WordCount, frequency_list, word_counts, words};
