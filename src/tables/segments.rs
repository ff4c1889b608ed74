//! `segments.csv`.

use super::rows::Rows;
use crate::text::Text;

/// The rows of `segments.csv` for one text.
pub fn segments(document: &str, text: &Text) -> Rows {
    let mut rows = Rows::new();
    for segment in &text.segments {
        rows.text(document).integer(segment.range.start as u64).integer(segment.range.end as u64);
        rows.text(segment.kind.name()).text(segment.kind.voice().name()).end();
    }
    rows
}
