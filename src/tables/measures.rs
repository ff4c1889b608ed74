//! `measures.csv`.

use super::rows::Rows;
use crate::measures::{Measure, Passage, Undefined, interval};
use crate::profile::Selection;

/// The rows of one text.
#[derive(Debug)]
pub struct MeasureRows {
    /// The rows.
    pub rows: Rows,
    /// How many they are.
    pub count: u64,
    /// How many of them have no value.
    pub undefined: u64,
}

/// The rows of `measures.csv` for one text: the chosen measures over all words, the author's own and the quoted
/// ones, whose passages are given in the order of [`Selection::ALL`].
pub fn measures(document: &str, chosen: &[&Measure], passages: &[Passage; 3]) -> MeasureRows {
    let mut rows = Rows::new();
    let (mut count, mut undefined) = (0, 0);
    for (selection, passage) in Selection::ALL.into_iter().zip(passages) {
        for measure in chosen.iter().copied() {
            let value = (measure.compute)(passage);
            let (low, high, method) = match value {
                Ok(_) => match interval(measure, passage) {
                    Ok(bounds) => (Some(bounds.low), Some(bounds.high), bounds.method),
                    Err(reason) => (None, None, reason),
                },
                Err(Undefined::NoFactor { at_least }) => (Some(at_least as f64), None, "at_least"),
                Err(_) => (None, None, ""),
            };
            rows.text(document).text(selection.name()).text(measure.id).number(value.ok());
            rows.number(low).number(high).integer(measure.n(passage));
            let flag = measure.flag(passage).filter(|_| value.is_ok());
            rows.text(flag.map_or("", |flag| flag.name()));
            rows.text(value.err().map_or("", Undefined::name)).text(method).end();
            count += 1;
            undefined += u64::from(value.is_err());
        }
    }
    MeasureRows { rows, count, undefined }
}
