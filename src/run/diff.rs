//! What differs between two runs: inputs, options, and the cells of tables.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fs::File;
use std::path::{Component, Path};

use serde::Serialize;
use serde_json::Value;

use super::output::{MANIFEST, PROGRAM};
use crate::error::{Error, Result};

/// The columns that name a row, in any table that has them; a column `id` does so alone.
const KEYS: [&str; 17] = [
    "table",
    "column",
    "file",
    "document",
    "first",
    "second",
    "kind",
    "voice",
    "measure",
    "word",
    "family",
    "category",
    "finding",
    "problem",
    "index",
    "start_byte",
    "block",
];
/// A table of lengths has a row for each, in the column of this name.
const LENGTHS: (&str, &str) = ("sentence_lengths.csv", "words");

/// What differs between two runs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RunDifference {
    /// Whether nothing does.
    pub identical: bool,
    /// Options, versions and lexicon, as `study.context`.
    pub options: Vec<Changed>,
    /// Texts, by their ids, with the BLAKE3 of their bytes.
    pub inputs: Vec<Changed>,
    /// Result files that only one run has, or that differ and are no tables; none has values.
    pub files: Vec<Changed>,
    /// Tables that differ.
    pub tables: Vec<TableDifference>,
    /// The cells that differ, as many as asked for.
    pub cells: Vec<CellDifference>,
}

/// A value that differs, or that only one run has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// What it is the value of.
    pub name: String,
    /// In the first run.
    pub first: Option<String>,
    /// In the second run.
    pub second: Option<String>,
}

/// How much of a table differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableDifference {
    /// File name.
    pub table: String,
    /// Rows that both have.
    pub rows: u64,
    /// Rows that only the first has.
    pub only_first: u64,
    /// Rows that only the second has.
    pub only_second: u64,
    /// Cells that differ, in rows and columns that both have.
    pub cells: u64,
    /// Columns that only the first has.
    pub columns_only_first: Vec<String>,
    /// Columns that only the second has.
    pub columns_only_second: Vec<String>,
}

/// A cell that differs, or a row that only one run has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellDifference {
    /// File name of the table.
    pub table: String,
    /// The cells that name the row, joined with ` | `.
    pub row: String,
    /// Name of the column; empty for a whole row.
    pub column: String,
    /// Value in the first run; none if it has no such row.
    pub first: Option<String>,
    /// Value in the second run; none if it has no such row.
    pub second: Option<String>,
}

/// Compares the results in two output folders. At most `most` differing cells are kept; all are counted.
///
/// Files whose hashes agree in both manifests are not opened. Tables are read row by row: rows are matched by the
/// columns that name them, and as many are in memory as their order differs.
///
/// # Errors
/// If a folder holds no whole result of rhetor, or a table of one cannot be read.
pub fn diff(first: &Path, second: &Path, most: usize) -> Result<RunDifference> {
    let manifests = [manifest(first)?, manifest(second)?];
    let [a, b] = &manifests;
    let mut difference = RunDifference { options: options(a, b), ..RunDifference::default() };
    difference.inputs = changed(&entries(a, "texts", "document"), &entries(b, "texts", "document"));
    for file in changed(&entries(a, "outputs", "file"), &entries(b, "outputs", "file")) {
        let both = file.first.is_some() && file.second.is_some();
        let is_table = file.name.ends_with(".csv") && is_plain(&file.name);
        if !both || !is_table {
            difference.files.push(file);
            continue;
        }
        let table = tables(first, second, &file.name, most, &mut difference.cells)?;
        difference.tables.push(table);
    }
    difference.identical = difference.options.is_empty()
        && difference.inputs.is_empty()
        && difference.files.is_empty()
        && difference.tables.is_empty();
    Ok(difference)
}

/// A name that leads to no place outside its folder.
fn is_plain(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

fn wrong(path: &Path, reason: impl Into<String>) -> Error {
    Error::Run { path: path.to_owned(), reason: reason.into() }
}

/// The manifest of a run.
pub(super) fn manifest(folder: &Path) -> Result<Value> {
    let path = folder.join(MANIFEST);
    let content = std::fs::read(&path).map_err(|error| wrong(&path, error.to_string()))?;
    let manifest: Value =
        serde_json::from_slice(&content).map_err(|error| wrong(&path, error.to_string()))?;
    if manifest.get("program").and_then(Value::as_str) != Some(PROGRAM) {
        return Err(wrong(&path, "is not the manifest of a run of rhetor"));
    }
    Ok(manifest)
}

/// The hashes of a list of the manifest, by name.
fn entries(manifest: &Value, list: &str, name: &str) -> BTreeMap<String, String> {
    let entries = manifest.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text =
        |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    entries.iter().map(|entry| (text(entry, name), text(entry, "blake3"))).collect()
}

/// Everything that a manifest says of how the run was run, by name.
fn options(a: &Value, b: &Value) -> Vec<Changed> {
    let flat = |manifest: &Value| {
        let mut values = BTreeMap::new();
        for key in ["version", "unicode", "study", "lexicon"] {
            if let Some(value) = manifest.get(key) {
                flatten(key, value, &mut values);
            }
        }
        values
    };
    changed(&flat(a), &flat(b))
}

fn flatten(name: &str, value: &Value, values: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| flatten(&format!("{name}.{key}"), value, values));
        }
        Value::String(text) => {
            values.insert(name.to_owned(), text.clone());
        }
        other => {
            values.insert(name.to_owned(), other.to_string());
        }
    }
}

fn changed(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> Vec<Changed> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let both = names.into_iter().map(|name| (name, a.get(name), b.get(name)));
    both.filter(|(_, first, second)| first != second)
        .map(|(name, first, second)| Changed {
            name: name.clone(),
            first: first.cloned(),
            second: second.cloned(),
        })
        .collect()
}

/// One side of a table: its reader, and the rows that wait for their like on the other side.
struct Side {
    rows: csv::StringRecordsIntoIter<File>,
    header: csv::StringRecord,
    /// Places of the columns that name a row.
    key: Vec<usize>,
    waiting: HashMap<Vec<String>, VecDeque<(u64, csv::StringRecord)>>,
    read: u64,
}

impl Side {
    fn open(folder: &Path, name: &str) -> Result<Self> {
        let path = folder.join(name);
        let mut reader = csv::Reader::from_path(&path)
            .map_err(|error| wrong(&path, format!("cannot be read: {error}")))?;
        let header = reader.headers().map_err(|error| wrong(&path, error.to_string()))?.clone();
        let place = |wanted: &str| header.iter().position(|column| column == wanted);
        let mut key: Vec<usize> = match place("id") {
            Some(id) => vec![id],
            None => KEYS.into_iter().filter_map(place).collect(),
        };
        key.extend((name == LENGTHS.0).then(|| place(LENGTHS.1)).flatten());
        Ok(Self { rows: reader.into_records(), header, key, waiting: HashMap::new(), read: 0 })
    }

    /// The next row with the cells that name it; its number where no column does.
    fn next(&mut self, path: &Path) -> Result<Option<(Vec<String>, csv::StringRecord)>> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        let row = row.map_err(|error| wrong(path, error.to_string()))?;
        self.read += 1;
        let key = if self.key.is_empty() {
            vec![format!("row {}", self.read)]
        } else {
            self.key.iter().map(|place| row.get(*place).unwrap_or_default().to_owned()).collect()
        };
        Ok(Some((key, row)))
    }

    fn take(&mut self, key: &[String]) -> Option<csv::StringRecord> {
        let rows = self.waiting.get_mut(key)?;
        let row = rows.pop_front().map(|(_, row)| row);
        if rows.is_empty() {
            self.waiting.remove(key);
        }
        row
    }

    /// The names of rows that found no like, in the order of the table.
    fn left(self) -> Vec<String> {
        let mut left: Vec<(u64, String)> = self
            .waiting
            .into_iter()
            .flat_map(|(key, rows)| rows.into_iter().map(move |(place, _)| (place, key.join(" | "))))
            .collect();
        left.sort();
        left.into_iter().map(|(_, key)| key).collect()
    }
}

fn tables(
    first: &Path,
    second: &Path,
    name: &str,
    most: usize,
    cells: &mut Vec<CellDifference>,
) -> Result<TableDifference> {
    let (mut a, mut b) = (Side::open(first, name)?, Side::open(second, name)?);
    let mut table = TableDifference { table: name.to_owned(), ..TableDifference::default() };
    let missing = |from: &csv::StringRecord, other: &csv::StringRecord| -> Vec<String> {
        from.iter().filter(|column| !other.iter().any(|known| known == *column)).map(str::to_owned).collect()
    };
    table.columns_only_first = missing(&a.header, &b.header);
    table.columns_only_second = missing(&b.header, &a.header);
    let shared: Vec<(String, usize, usize)> = a
        .header
        .iter()
        .enumerate()
        .filter_map(|(place, column)| {
            Some((column.to_owned(), place, b.header.iter().position(|other| other == column)?))
        })
        .collect();
    let mut compare = |key: &[String], one: &csv::StringRecord, other: &csv::StringRecord| {
        table.rows += 1;
        for (column, at, there) in &shared {
            let (left, right) = (one.get(*at).unwrap_or_default(), other.get(*there).unwrap_or_default());
            if left == right {
                continue;
            }
            table.cells += 1;
            if cells.len() < most {
                cells.push(CellDifference {
                    table: name.to_owned(),
                    row: key.join(" | "),
                    column: column.clone(),
                    first: Some(left.to_owned()),
                    second: Some(right.to_owned()),
                });
            }
        }
    };
    loop {
        let (one, other) = (a.next(&first.join(name))?, b.next(&second.join(name))?);
        if one.is_none() && other.is_none() {
            break;
        }
        match (one, other) {
            (Some((key, row)), Some((there, like))) if key == there && !a.waiting.contains_key(&key) => {
                match b.take(&key) {
                    // An earlier row of the same name waits already.
                    Some(earlier) => {
                        compare(&key, &row, &earlier);
                        let place = b.read;
                        b.waiting.entry(there).or_default().push_back((place, like));
                    }
                    None => compare(&key, &row, &like),
                }
            }
            (one, other) => {
                if let Some((key, row)) = one {
                    match b.take(&key) {
                        Some(like) => compare(&key, &row, &like),
                        None => {
                            let place = a.read;
                            a.waiting.entry(key).or_default().push_back((place, row));
                        }
                    }
                }
                if let Some((key, row)) = other {
                    match a.take(&key) {
                        Some(like) => compare(&key, &like, &row),
                        None => {
                            let place = b.read;
                            b.waiting.entry(key).or_default().push_back((place, row));
                        }
                    }
                }
            }
        }
    }
    let (left, right) = (a.left(), b.left());
    (table.only_first, table.only_second) = (left.len() as u64, right.len() as u64);
    let rows = left.into_iter().map(|row| (row, true)).chain(right.into_iter().map(|row| (row, false)));
    for (row, is_first) in rows.take(most.saturating_sub(cells.len())) {
        let here = Some("(row)".to_owned());
        let (one, other) = if is_first { (here, None) } else { (None, here) };
        let table = name.to_owned();
        cells.push(CellDifference { table, row, column: String::new(), first: one, second: other });
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn run(folder: &Path, context: u64, table: &str) {
        fs::write(folder.join("measures.csv"), table).unwrap();
        let blake3 = blake3::hash(table.as_bytes()).to_hex().to_string();
        let manifest = serde_json::json!({
            "program": PROGRAM, "study": { "context": context }, "texts": [{ "document": "a", "blake3": "1" }],
            "outputs": [{ "file": "measures.csv", "blake3": blake3 }],
        });
        fs::write(folder.join(MANIFEST), manifest.to_string()).unwrap();
    }

    #[test]
    fn cells_rows_and_options() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        run(one.path(), 50, "document,measure,value\na,x,1\na,y,2\na,z,3\nb,x,4\n");
        run(other.path(), 50, "document,measure,value\na,x,1\na,y,2\na,z,3\nb,x,4\n");
        assert!(diff(one.path(), other.path(), 9).unwrap().identical);
        // A row more at the start, one changed, one less, another order.
        run(other.path(), 40, "document,measure,value\na,w,0\na,x,1\na,z,3\na,y,7\n");
        let found = diff(one.path(), other.path(), 9).unwrap();
        assert!(!found.identical);
        assert_eq!(found.options[0].name, "study.context");
        let table = &found.tables[0];
        assert_eq!((table.rows, table.cells, table.only_first, table.only_second), (3, 1, 1, 1));
        let cells: Vec<_> =
            found.cells.iter().map(|cell| (cell.row.as_str(), cell.column.as_str())).collect();
        assert_eq!(cells, [("a | y", "value"), ("b | x", ""), ("a | w", "")]);
        assert_eq!(diff(one.path(), other.path(), 1).unwrap().cells.len(), 1);
    }

    #[test]
    fn a_folder_without_a_result_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(diff(folder.path(), folder.path(), 9).is_err());
        fs::write(folder.path().join(MANIFEST), "{}").unwrap();
        assert!(diff(folder.path(), folder.path(), 9).is_err());
    }
}
