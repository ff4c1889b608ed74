//! Hits that the user takes out.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use crate::error::{Error, Result};

/// Hits by their ids, taken out of every count, rate and chart.
///
/// The file is CSV with a column `id`, as `marker_hits.csv`, `questions.csv` and `figures.csv` have it: a list of ids, or
/// one of these tables with rows removed. Every id of the file is taken out; if it has a column `keep` or `veto` as well, those
/// whose `keep` is no, n, false or 0, or whose `veto` is yes, y, x, true or 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veto {
    /// BLAKE3 of the file, in hexadecimal; empty without a file.
    pub blake3: String,
    /// Number of ids.
    pub ids: usize,
    by_document: HashMap<String, HashMap<(usize, usize), Vec<String>>>,
}

/// The id of a hit: `document:start-end:name`, the bytes and the category of a marker or the kind of a figure. It
/// stays the same in every run over the same text.
pub fn hit_id(document: &str, range: &Range<usize>, name: &str) -> String {
    let mut id = String::with_capacity(document.len() + name.len() + 20);
    write_hit_id(&mut id, document, range, name);
    id
}

/// As [`hit_id`], in place of what `id` held.
pub(crate) fn write_hit_id(id: &mut String, document: &str, range: &Range<usize>, name: &str) {
    id.clear();
    let (mut start, mut end) = (itoa::Buffer::new(), itoa::Buffer::new());
    for part in [document, ":", start.format(range.start), "-", end.format(range.end), ":", name] {
        id.push_str(part);
    }
}

/// The parts of an id.
fn parts(id: &str) -> Option<(&str, usize, usize, &str)> {
    let (rest, name) = id.rsplit_once(':')?;
    let (document, bytes) = rest.rsplit_once(':')?;
    let (start, end) = bytes.split_once('-')?;
    Some((document, start.parse().ok()?, end.parse().ok()?, name))
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

impl Veto {
    /// Reads a file of ids.
    ///
    /// # Errors
    /// If it cannot be read, is not CSV in UTF-8, has no column `id`, or holds something that is no id: the message
    /// names the line.
    pub fn load(path: &Path) -> Result<Self> {
        let content = std::fs::read(path)
            .map_err(|error| Error::Veto { path: path.to_owned(), reason: error.to_string() })?;
        Self::parse(&content).map_err(|reason| Error::Veto { path: path.to_owned(), reason })
    }

    fn parse(content: &[u8]) -> std::result::Result<Self, String> {
        // Flexible: rows that a spreadsheet has cut short are still ids.
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(content);
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        let column = |name: &str| {
            let trimmed = |cell: &str| cell.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name);
            header.iter().position(trimmed)
        };
        let id = column("id").ok_or_else(|| {
            "has no column 'id'. The first line names the columns, as in marker_hits.csv".to_owned()
        })?;
        let (keep, veto) = (column("keep"), column("veto"));
        let says = |row: &csv::StringRecord, column: Option<usize>, words: &[&str]| {
            let cell = column.and_then(|column| row.get(column)).unwrap_or_default().trim();
            words.iter().any(|word| cell.eq_ignore_ascii_case(word))
        };
        let mut read = Self { blake3: blake3::hash(content).to_hex().to_string(), ..Self::default() };
        for row in reader.records() {
            let row = row.map_err(|error| error.to_string())?;
            let taken = (keep.is_none() && veto.is_none())
                || says(&row, keep, &["no", "n", "false", "0"])
                || says(&row, veto, &["yes", "y", "x", "true", "1"]);
            let cell = plain(row.get(id).unwrap_or_default().trim());
            if !taken || cell.is_empty() {
                continue;
            }
            let line = row.position().map_or(0, csv::Position::line);
            let Some((document, start, end, name)) = parts(cell) else {
                let shown: String = cell.chars().take(60).collect();
                return Err(format!(
                    "line {line}: '{shown}' is no id. Ids look like pamphlet:1204-1212:hedge"
                ));
            };
            let names =
                read.by_document.entry(document.to_owned()).or_default().entry((start, end)).or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
                read.ids += 1;
            }
        }
        Ok(read)
    }

    /// Whether it holds no id.
    pub fn is_empty(&self) -> bool {
        self.ids == 0
    }

    /// Whether a hit of a text is taken out: its bytes, and its category or kind.
    pub fn holds(&self, document: &str, range: &Range<usize>, name: &str) -> bool {
        let names = self.by_document.get(document).and_then(|hits| hits.get(&(range.start, range.end)));
        names.is_some_and(|names| names.iter().any(|known| known == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veto(content: &str) -> Veto {
        Veto::parse(content.as_bytes()).unwrap()
    }

    #[test]
    fn every_id_of_a_list_is_taken_out() {
        let veto = veto("id,right\n\"a:b, c:10-14:hedge\",x\n\"a:b, c:10-14:hedge\"\n'=d:1-2:booster\n\n");
        assert_eq!(veto.ids, 2);
        assert!(veto.holds("a:b, c", &(10..14), "hedge") && veto.holds("=d", &(1..2), "booster"));
        assert!(!veto.holds("a:b, c", &(10..14), "booster") && !veto.holds("a", &(10..14), "hedge"));
        assert_eq!(hit_id("a:b, c", &(10..14), "hedge"), "a:b, c:10-14:hedge");
        assert!(!Veto::default().holds("a", &(1..2), "hedge"));
    }

    #[test]
    fn a_column_can_decide() {
        let kept = veto("id,keep\na:1-2:hedge,\na:3-4:hedge,N\na:5-6:hedge,y\n");
        assert!(kept.holds("a", &(3..4), "hedge") && kept.ids == 1);
        let vetoed = veto("\u{feff}ID,veto\na:1-2:hedge,x\na:3-4:hedge,\n");
        assert!(vetoed.holds("a", &(1..2), "hedge") && vetoed.ids == 1);
    }

    #[test]
    fn what_is_no_id_is_named_with_its_line() {
        assert!(Veto::parse(b"id\na:1-2:hedge\nhedge\n").unwrap_err().contains("line 3: 'hedge' is no id"));
        assert!(Veto::parse(b"document,start\n").unwrap_err().contains("no column 'id'"));
        assert!(Veto::parse(b"id\n\xff\n").is_err());
    }
}
