//! Rows on their way to a file.

use std::fmt::Write as _;

use super::schema::Schema;
use crate::measures::Value;

/// Rows of one table as CSV, cell by cell. They are written to memory, so writing cannot fail.
#[derive(Debug)]
pub struct Rows {
    writer: csv::Writer<Vec<u8>>,
    cell: String,
}

impl Default for Rows {
    fn default() -> Self {
        Self::new()
    }
}

impl Rows {
    /// No rows and no header, for a part of a table.
    pub fn new() -> Self {
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        Self { writer, cell: String::new() }
    }

    /// The header of a table.
    pub fn with_header(schema: &Schema) -> Self {
        let mut rows = Self::new();
        for column in &schema.columns {
            rows.text(&column.name);
        }
        rows.end();
        rows
    }

    /// A cell of text, kept from being taken for a formula.
    pub fn text(&mut self, text: &str) -> &mut Self {
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            self.cell.clear();
            self.cell.push('\'');
            self.cell.push_str(text);
            let cell = std::mem::take(&mut self.cell);
            self.raw(&cell);
            self.cell = cell;
        } else {
            self.raw(text);
        }
        self
    }

    /// A whole number.
    pub fn integer(&mut self, number: u64) -> &mut Self {
        self.format(format_args!("{number}"))
    }

    /// A whole number, empty if it was not counted.
    pub fn count(&mut self, count: Option<u64>) -> &mut Self {
        match count {
            Some(count) => self.integer(count),
            None => self.number(None),
        }
    }

    /// A number, empty if it is undefined. The shortest digits that give the number back.
    pub fn number(&mut self, number: Option<f64>) -> &mut Self {
        match number {
            Some(number) => self.format(format_args!("{number}")),
            None => {
                self.raw("");
                self
            }
        }
    }

    /// What a measure gave.
    pub fn value(&mut self, value: Value) -> &mut Self {
        match value {
            Value::Count(count) => self.integer(count),
            Value::Real(number) => self.number(Some(number)),
            Value::Undefined => self.number(None),
        }
    }

    /// The end of a row.
    pub fn end(&mut self) {
        // Writing to memory does not fail.
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The rows as bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }

    fn format(&mut self, arguments: std::fmt::Arguments<'_>) -> &mut Self {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        let _ = cell.write_fmt(arguments);
        self.raw(&cell);
        self.cell = cell;
        self
    }

    fn raw(&mut self, cell: &str) {
        let _ = self.writer.write_field(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Rows)) -> String {
        let mut rows = Rows::new();
        write(&mut rows);
        String::from_utf8(rows.into_bytes()).unwrap()
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        let cells = written(|rows| {
            rows.text("=1+1").text("-x").text("a-b").text("@x").number(Some(-0.5)).end();
        });
        assert_eq!(cells, "'=1+1,'-x,a-b,'@x,-0.5\n");
    }

    #[test]
    fn quotes_and_line_ends_are_kept() {
        let cells = written(|rows| rows.text("a \"b\", c\nd").integer(7).number(None).end());
        assert_eq!(cells, "\"a \"\"b\"\", c\nd\",7,\n");
    }
}
