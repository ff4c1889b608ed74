//! `blocks.csv`.

use super::rows::Rows;
use crate::profile::{VisibleBlock, visible_blocks};
use crate::text::Text;

/// The rows of `blocks.csv` for one text.
pub fn blocks(document: &str, text: &Text) -> Rows {
    let mut rows = Rows::new();
    for VisibleBlock { number, block, tokens, sentences } in visible_blocks(text) {
        rows.text(document).integer(number as u64);
        rows.integer(block.range.start as u64).integer(block.range.end as u64);
        rows.text(block.kind.name()).text(block.kind.role());
        rows.integer(tokens.len() as u64).integer(sentences.len() as u64).end();
    }
    rows
}
