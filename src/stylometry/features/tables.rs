//! Ready frequency tables: what stylo and spreadsheets write.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::table::FrequencyTable;

/// Reads a table of frequencies from the content of a file.
///
/// Three layouts are known by their header:
/// - **tidy**: a row for each text and feature, with columns named `text`, `feature` (or `word`) and `value`
///   (or `frequency`, `percent`, `count`), in any order among others; a pair that is absent is 0. Features
///   are sorted by the sum of their values, ties by code point.
/// - **stylo**: as `table_with_frequencies.txt`, a row for each feature and a column for each text, parted by
///   spaces, with a header that has one name fewer than the rows have fields.
/// - **texts in rows**: a row for each text, a column for each feature, with a first column of names.
///
/// Fields are parted by commas, semicolons, tabs or spaces, as the header shows, and may be in quotes.
///
/// ```
/// use rhetor::stylometry::read_table;
/// let tidy = read_table("text,feature,value\na,the,4.5\nb,of,2.5\n").unwrap();
/// let stylo = read_table("\"a\" \"b\"\n\"the\" 4.5 0\n\"of\" 0 2.5\n").unwrap();
/// let rows = read_table("text,the,of\na,4.5,0\nb,0,2.5\n").unwrap();
/// assert_eq!(tidy, stylo);
/// assert_eq!(tidy, rows);
/// ```
///
/// # Errors
/// If rows are of unequal length, a value is no finite number, a name occurs twice, or a pair of a tidy table
/// does.
pub fn read_table(content: &str) -> Result<FrequencyTable> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let header = content.lines().next().unwrap_or_default();
    let delimiter = delimiter(header);
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    if delimiter == b' ' {
        // R's write.table writes a quotation mark in a name so.
        reader.double_quote(false).escape(Some(b'\\'));
    }
    let mut records: Vec<(u64, StringRecord)> = Vec::new();
    for record in reader.from_reader(content.as_bytes()).into_records() {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        records.push((line, record));
    }
    let mut records = records.into_iter();
    let Some((_, header)) = records.next() else { return Err(wrong("it is empty".to_owned())) };
    let rows: Vec<_> = records.collect();
    let Some((_, first)) = rows.first() else {
        return Err(wrong("it has no row below the header".to_owned()));
    };
    if let Some(columns) = tidy_columns(&header) {
        return tidy(&rows, columns);
    }
    let in_rows = header.len() == first.len();
    let names: Vec<String> = header.iter().skip(usize::from(in_rows)).map(str::to_owned).collect();
    let mut labels = Vec::with_capacity(rows.len());
    let mut values = Vec::with_capacity(rows.len() * names.len());
    for (line, row) in &rows {
        if row.len() != names.len() + 1 {
            return Err(wrong(format!("line {line} has {} fields, expected {}", row.len(), names.len() + 1)));
        }
        labels.push(row[0].to_owned());
        for field in row.iter().skip(1) {
            values.push(number(field, *line)?);
        }
    }
    if in_rows {
        return FrequencyTable::new(labels, names, values);
    }
    let (texts, features) = (names.len(), labels.len());
    let transposed = (0..texts)
        .flat_map(|text| (0..features).map(move |feature| feature * texts + text))
        .map(|place| values[place]);
    let transposed = transposed.collect();
    FrequencyTable::new(names, labels, transposed)
}

fn wrong(reason: String) -> StylometryError {
    StylometryError::Table { reason }
}

/// What parts the fields of the header, outside quotation marks.
fn delimiter(header: &str) -> u8 {
    let mut quoted = false;
    let bare: Vec<u8> = header
        .bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted
        })
        .collect();
    [b',', b'\t', b';', b' '].into_iter().find(|byte| bare.contains(byte)).unwrap_or(b',')
}

/// Places of the columns text, feature and value.
fn tidy_columns(header: &StringRecord) -> Option<[usize; 3]> {
    let find = |names: &[&str]| {
        header.iter().position(|field| names.iter().any(|name| field.trim().eq_ignore_ascii_case(name)))
    };
    Some([find(&["text"])?, find(&["feature", "word"])?, find(&["value", "frequency", "percent", "count"])?])
}

fn number(field: &str, line: u64) -> Result<f64> {
    match field.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(wrong(format!("line {line}: '{}' is not a finite number", field.escape_debug()))),
    }
}

fn tidy(rows: &[(u64, StringRecord)], [text, feature, value]: [usize; 3]) -> Result<FrequencyTable> {
    let mut texts: Vec<String> = Vec::new();
    let mut text_numbers: HashMap<&str, usize> = HashMap::new();
    let mut features: HashMap<&str, Vec<(usize, f64)>> = HashMap::new();
    for (line, row) in rows {
        let field =
            |place: usize| row.get(place).ok_or_else(|| wrong(format!("line {line} has too few fields")));
        let (name, word) = (field(text)?, field(feature)?);
        let value = number(field(value)?, *line)?;
        let number = *text_numbers.entry(name).or_insert_with(|| {
            texts.push(name.to_owned());
            texts.len() - 1
        });
        features.entry(word).or_default().push((number, value));
    }
    for values in features.values_mut() {
        values.sort_by_key(|(text, _)| *text);
    }
    let sum = |values: &[(usize, f64)]| values.iter().map(|(_, value)| value).sum::<f64>();
    let mut columns: Vec<_> = features.into_iter().collect();
    columns.sort_by(|(a, values), (b, others)| sum(others).total_cmp(&sum(values)).then_with(|| a.cmp(b)));
    let width = columns.len();
    let mut table = vec![0.0; texts.len() * width];
    for (column, (word, values)) in columns.iter().enumerate() {
        if let Some(pair) = values.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(wrong(format!("'{word}' has two values in '{}'", texts[pair[0].0])));
        }
        for (text, value) in values {
            table[*text * width + column] = *value;
        }
    }
    let names = columns.iter().map(|(word, _)| (*word).to_owned()).collect();
    FrequencyTable::new(texts, names, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        let expected = FrequencyTable::new(
            vec!["a".into(), "b b".into()],
            vec!["the".into(), "o\"f".into(), ",".into()],
            vec![4.0, 3.0, 0.0, 5.0, 1.0, 2.5],
        );
        let expected = expected.unwrap();
        for content in [
            "\"\",\"the\",\"o\"\"f\",\",\"\n\"a\",4,3,0\n\"b b\",5,1,2.5\n",
            "\"a\" \"b b\"\n\"the\" 4 5\n\"o\\\"f\" 3 1\n\",\" 0 2.5\n",
            "n\tWord\tText\tcount\n1\tthe\ta\t4\n2\to\"f\ta\t3\n3\tthe\tb b\t5\n4\to\"f\tb b\t1\n5\t,\tb b\t2.5\n",
        ] {
            assert_eq!(read_table(content).as_ref(), Ok(&expected), "{content}");
        }
    }

    #[test]
    fn semicolons_and_a_byte_order_mark() {
        let table = read_table("\u{feff}x;the;of\r\na;4;3\r\nb;5;1\r\n").unwrap();
        assert_eq!((table.texts()[1].as_str(), table.row(1)), ("b", &[5.0, 1.0][..]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (content, message) in [
            ("", "empty"),
            ("text,the\n", "no row"),
            ("text,the,of\na,1,2\nb,1\n", "line 3 has 2 fields"),
            ("text,the\na,NA\n", "line 2: 'NA'"),
            ("text,the\na,NaN\n", "line 2: 'NaN'"),
            ("text,the\na,1\na,2\n", "'a' occurs twice"),
            ("text,the,the\na,1,1\n", "'the' occurs twice"),
            ("text,feature,value\na,the,1\na,the,2\n", "two values"),
            ("text,feature,value\na,the\n", "too few"),
        ] {
            let error = read_table(content).unwrap_err().to_string();
            assert!(error.contains(message), "{content:?}: {error}");
        }
    }
}
