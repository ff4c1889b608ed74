//! What a table beside the texts says about them: author, year, side.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::path::Path;

use super::{Document, Problem, Severity};
use crate::error::{Error, Result};

/// File names looked for in a corpus folder, the first found is used.
pub(super) const TABLES: [&str; 2] = ["metadata.csv", "labels.csv"];
/// Names of the column that says which text a row is about.
const KEYS: [&str; 6] = ["file", "document", "filename", "id", "text", "name"];

/// Reads the metadata of one corpus folder into its documents and returns the names of the columns.
///
/// The table is CSV in UTF-8 with a header. The column named `file`, else `document`, `filename`, `id`,
/// `text` or `name`, holds the path of a text below the folder, with or without its extension.
pub(super) fn attach(
    table: &Path,
    relative: &HashMap<String, usize>,
    documents: &mut [Document],
    columns: &mut Vec<String>,
    problems: &mut Vec<Problem>,
) -> Result<()> {
    let wrong = |reason: String| Error::Metadata { path: table.to_owned(), reason };
    let file = File::open(table).map_err(|error| wrong(error.to_string()))?;
    // Not flexible: a row with a cell too many or too few would put values into the wrong columns.
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let header: Vec<&str> = header.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
    let Some(key) = KEYS.iter().find_map(|key| header.iter().position(|name| name.eq_ignore_ascii_case(key)))
    else {
        return Err(wrong(format!(
            "no column is named {}. One must say which text a row is about",
            KEYS.join(", ")
        )));
    };
    for (index, name) in header.iter().enumerate() {
        if !name.is_empty() && header[..index].contains(name) {
            return Err(wrong(format!("two columns are named '{name}'. Rename one")));
        }
    }
    // Where each column of this table goes among the columns of the corpus.
    let places: Vec<(usize, usize)> = header
        .iter()
        .enumerate()
        .filter(|(index, name)| *index != key && !name.is_empty())
        .map(|(index, name)| {
            let place = columns.iter().position(|column| column == name).unwrap_or_else(|| {
                columns.push((*name).to_owned());
                columns.len() - 1
            });
            (index, place)
        })
        .collect();
    let mut seen = vec![false; documents.len()];
    let problem = |line: u64, problem, message: String| Problem {
        file: table.display().to_string(),
        severity: Severity::Warning,
        problem,
        place: format!("line {line}"),
        message,
    };
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(problem(line, "metadata_row", format!("cannot be read: {error}")));
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let name = row.get(key).unwrap_or_default().trim().replace('\\', "/");
        let name = name.trim_start_matches("./");
        let Some(&index) = relative.get(name) else {
            problems.push(problem(
                line,
                "metadata_without_text",
                format!("'{name}' is not a text of the corpus"),
            ));
            continue;
        };
        if std::mem::replace(&mut seen[index], true) {
            let message = format!("a second row for '{name}'; the first is used");
            problems.push(problem(line, "metadata_twice", message));
            continue;
        }
        let values = &mut documents[index].metadata;
        values.resize(columns.len().max(values.len()), String::new());
        for &(column, place) in &places {
            values[place] = row.get(column).unwrap_or_default().trim().to_owned();
        }
    }
    // Each text is there by its full name and, where that is unique, without its extension.
    let missing: BTreeSet<usize> = relative.values().copied().filter(|index| !seen[*index]).collect();
    for index in missing {
        let message = format!("has no row in {}", table.display());
        problems.push(Problem::about(&documents[index].path, Severity::Note, "no_metadata", message));
    }
    Ok(())
}
