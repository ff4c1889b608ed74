//! Columns of the measures that are described as formulas.

use super::rows::Rows;
use super::schema::Column;
use crate::measures::formulas::Formula;
use crate::measures::{Outcome, Undefined};

/// A column for each formula of a list.
pub(super) fn formula_columns<T>(list: &[Formula<T>]) -> impl Iterator<Item = Column> {
    list.iter().map(|entry| {
        let undefined = match entry.undefined {
            "" => String::new(),
            when => format!("; empty when: {when}"),
        };
        Column {
            formula: format!("{} ({})", entry.formula, entry.source),
            ..Column::new(entry.id, "number", entry.unit, &format!("{}{undefined}", entry.name))
        }
    })
}

/// A column with a formula.
pub(super) fn computed(name: &str, unit: &str, meaning: &str, formula: &str) -> Column {
    Column { formula: formula.to_owned(), ..Column::new(name, "number", unit, meaning) }
}

/// The cells of a list of formulas, empty where undefined.
pub(super) fn formula_cells<T>(rows: &mut Rows, list: &[Formula<T>], counts: Result<&T, Undefined>) {
    for entry in list {
        let value: Outcome = counts.and_then(|counts| (entry.compute)(counts));
        rows.number(value.ok());
    }
}
