//! Rows on their way to a file.

use std::io::Write as _;

use super::schema::Schema;

/// Rows of one table as CSV (RFC 4180, but lines end with a line feed alone), cell by cell. They are
/// written to memory, so writing cannot fail.
///
/// The bytes are those of [`csv::Writer`] with its defaults. Most cells need no quotes and are one look and one
/// copy here; the others are quoted by the core of that crate.
#[derive(Debug, Default)]
pub struct Rows {
    bytes: Vec<u8>,
    /// Where the row under way starts.
    start: usize,
    /// The row under way has a cell.
    begun: bool,
}

/// A cell of text as it stands in a row, for text that stands in many.
#[derive(Clone, Debug)]
pub struct Cell(Vec<u8>);

impl Cell {
    /// A cell of text, kept from being taken for a formula.
    pub fn new(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        write_text(&mut bytes, text);
        Self(bytes)
    }

    /// Cells of text that stand beside each other.
    pub(super) fn row_of(texts: &[&str]) -> Self {
        let mut bytes = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            if place > 0 {
                bytes.push(b',');
            }
            write_text(&mut bytes, text);
        }
        Self(bytes)
    }
}

/// Whether a byte can only stand in a cell between quotes. Compared one by one, which is done for many bytes together.
fn needs_quotes(byte: u8) -> bool {
    (byte == b',') | (byte == b'"') | (byte == b'\r') | (byte == b'\n')
}

/// Whether any byte of a text is such a one.
fn has(text: &str, is: impl Fn(u8) -> bool) -> bool {
    // Without a way out, so that the bytes of a block are looked at together.
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is(*byte));
    let (blocks, rest) = text.as_bytes().as_chunks::<16>();
    match text.as_bytes().last_chunk::<16>() {
        // The last bytes are looked at with those before them.
        Some(last) => blocks.iter().fold(any(last), |found, block| found | any(block)),
        None => rest.iter().any(|byte| is(*byte)),
    }
}

/// Whether a text can only stand in a cell between quotes.
pub(super) fn quoted(text: &str) -> bool {
    has(text, needs_quotes)
}

/// Whether a spreadsheet would take a cell for a formula.
fn is_formula(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    let (formula, quoted) = (is_formula(text), quoted(text));
    if quoted {
        bytes.push(b'"');
    }
    if formula {
        bytes.push(b'\'');
    }
    if quoted {
        // At most every byte is a quotation mark, and doubled.
        let start = bytes.len();
        bytes.resize(start + 2 * text.len(), 0);
        let (_, _, written) = csv_core::quote(text.as_bytes(), &mut bytes[start..], b'"', b'"', true);
        bytes.truncate(start + written);
        bytes.push(b'"');
    } else {
        bytes.extend_from_slice(text.as_bytes());
    }
}

/// The digits of [`Display`](std::fmt::Display), in less time.
fn write_number(bytes: &mut Vec<u8>, number: f64) {
    let mut buffer = zmij::Buffer::new();
    let digits = buffer.format(number);
    if number.is_finite() && !digits.contains('e') {
        bytes.extend_from_slice(digits.strip_suffix(".0").unwrap_or(digits).as_bytes());
    } else {
        // Very large and very small ones, without an exponent. Writing to memory does not fail.
        let _ = write!(bytes, "{number}");
    }
}

impl Rows {
    /// No rows and no header, for a part of a table.
    pub fn new() -> Self {
        Self::default()
    }

    /// As [`Rows::new`], with room for so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), ..Self::default() }
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
        self.begin();
        write_text(&mut self.bytes, text);
        self
    }

    /// A cell of text whose quotation marks are doubled already, kept from being taken for a formula.
    pub(super) fn doubled(&mut self, text: &str) -> &mut Self {
        self.begin();
        let (formula, quoted) = (is_formula(text), has(text, |byte| (byte == b',') | (byte == b'"')));
        self.bytes.reserve(text.len() + 3);
        if quoted {
            self.bytes.push(b'"');
        }
        if formula {
            self.bytes.push(b'\'');
        }
        self.bytes.extend_from_slice(text.as_bytes());
        if quoted {
            self.bytes.push(b'"');
        }
        self
    }

    /// A cell of several texts in one; `quoted` is whether any of them is [`quoted`].
    pub(super) fn joined(&mut self, texts: &[&str], quoted: bool) -> &mut Self {
        if quoted {
            return self.text(&texts.concat());
        }
        self.begin();
        if texts.iter().find(|text| !text.is_empty()).is_some_and(|first| is_formula(first)) {
            self.bytes.push(b'\'');
        }
        texts.iter().for_each(|text| self.bytes.extend_from_slice(text.as_bytes()));
        self
    }

    /// Digits of a whole number.
    pub(super) fn digits(&mut self, digits: &str) -> &mut Self {
        self.begin();
        self.bytes.extend_from_slice(digits.as_bytes());
        self
    }

    /// A cell that was made before.
    pub fn cell(&mut self, cell: &Cell) -> &mut Self {
        self.begin();
        self.bytes.extend_from_slice(&cell.0);
        self
    }

    /// A whole number.
    pub fn integer(&mut self, number: u64) -> &mut Self {
        self.begin();
        self.bytes.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
        self
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
        self.begin();
        if let Some(number) = number {
            write_number(&mut self.bytes, number);
        }
        self
    }

    /// The end of a row.
    pub fn end(&mut self) {
        if self.bytes.len() == self.start {
            // An empty line would be taken for no row.
            self.bytes.extend_from_slice(b"\"\"");
        }
        self.bytes.push(b'\n');
        self.start = self.bytes.len();
        self.begun = false;
    }

    /// The rows of a part behind these.
    pub fn append(&mut self, part: Self) {
        self.bytes.extend_from_slice(&part.bytes);
        self.start = self.bytes.len();
    }

    /// The rows so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// No rows, with the room of these.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.start = 0;
        self.begun = false;
    }

    /// The rows as bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn begin(&mut self) {
        if self.begun {
            self.bytes.push(b',');
        }
        self.begun = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// The same rows by the CSV library.
    fn by_the_library(rows: &[Vec<String>]) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in rows {
            for text in row {
                let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
                writer.write_field(if formula { format!("'{text}") } else { text.clone() }).unwrap();
            }
            writer.write_record(None::<&[u8]>).unwrap();
        }
        writer.into_inner().unwrap()
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_library(
            table in prop::collection::vec(
                prop::collection::vec("[a=+@,\"\r\n\t é'#-]{0,6}|[a-f]{12,40}[,\"b]?[g-l]{0,20}", 0..4),
                0..6,
            ),
        ) {
            let (mut texts, mut cells, mut joined) = (Rows::new(), Rows::new(), Rows::new());
            for row in &table {
                for text in row {
                    texts.text(text);
                    cells.cell(&Cell::new(text));
                    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
                    joined.joined(&[&text[..middle], &text[middle..]], quoted(text));
                }
                texts.end();
                cells.end();
                joined.end();
            }
            let expected = by_the_library(&table);
            prop_assert_eq!(texts.into_bytes(), expected.clone());
            prop_assert_eq!(cells.into_bytes(), expected.clone());
            prop_assert_eq!(joined.into_bytes(), expected);
        }

        #[test]
        fn numbers_are_written_as_they_display(
            number in prop_oneof![
                any::<f64>(),
                -1e9..1e9,
                (0_u32..10_000_000, 1_u32..100_000).prop_map(|(count, total)| f64::from(count) / f64::from(total)),
                (-400_i32..400).prop_map(|power| 10_f64.powi(power)),
            ],
        ) {
            let cells = written(|rows| rows.number(Some(number)).number(None).end());
            prop_assert_eq!(cells, format!("{number},\n"));
        }

        #[test]
        fn whole_numbers_are_written_as_they_display(number: u64) {
            let cells = written(|rows| rows.integer(number).count(Some(number)).count(None).end());
            prop_assert_eq!(cells, format!("{number},{number},\n"));
        }
    }
}
