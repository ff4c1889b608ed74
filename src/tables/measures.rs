//! `measures.csv`.

use super::rows::Rows;
use crate::measures::{Passage, STATISTICS, Undefined};
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

/// The rows of `measures.csv` for one text: every statistic over all words, the author's own and the quoted
/// ones, whose passages are given in the order of [`Selection::ALL`].
pub fn measures(document: &str, passages: &[Passage; 3]) -> MeasureRows {
    let mut rows = Rows::new();
    let (mut count, mut undefined) = (0, 0);
    for (selection, passage) in Selection::ALL.into_iter().zip(passages) {
        for statistic in STATISTICS {
            let value = (statistic.compute)(passage);
            let bounds = match (value, statistic.interval) {
                (Ok(_), Some(interval)) => interval(passage).ok().map(|(low, high)| (low, Some(high))),
                (Err(Undefined::NoFactor { at_least }), _) => Some((at_least as f64, None)),
                _ => None,
            };
            rows.text(document).text(selection.name()).text(statistic.id).number(value.ok());
            rows.number(bounds.map(|(low, _)| low)).number(bounds.and_then(|(_, high)| high));
            rows.integer(statistic.n(passage));
            let flag = statistic.flag(passage).filter(|_| value.is_ok());
            rows.text(flag.map_or("", |flag| flag.name()));
            rows.text(value.err().map_or("", Undefined::name)).end();
            count += 1;
            undefined += u64::from(value.is_err());
        }
    }
    MeasureRows { rows, count, undefined }
}
