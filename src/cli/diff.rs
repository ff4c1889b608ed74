//! `rhetor diff`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{Changed, RunDifference, diff};
use rhetor::tables::Rows;

use super::{DONE, INCOMPLETE, print};

const EXAMPLES: &str = "\
Examples:
  rhetor diff before after               what differs between two output folders
  rhetor diff before after --csv         the differing cells as a table
  rhetor diff before after --most 5000   more of them

Exit codes:
  0  the runs are identical
  1  they differ
  2  the command line is wrong
  3  a folder holds no whole result of rhetor";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Diff {
    /// Output folder of a run
    first: PathBuf,

    /// Output folder of another run
    second: PathBuf,

    /// Most differing cells to show; all are counted
    #[arg(long, value_name = "N", default_value_t = 100)]
    most: usize,

    /// Print everything as JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// Print the differing cells as CSV
    #[arg(long)]
    csv: bool,
}

impl Diff {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let difference = diff(&self.first, &self.second, self.most)?;
        if self.json {
            print(&format!("{:#}\n", serde_json::json!(difference)));
        } else if self.csv {
            print(&csv(&difference));
        } else {
            print(&summary(&difference));
        }
        Ok(if difference.identical { DONE } else { INCOMPLETE })
    }
}

fn csv(difference: &RunDifference) -> String {
    let mut rows = Rows::new();
    ["table", "row", "column", "first", "second"].iter().for_each(|name| {
        rows.text(name);
    });
    rows.end();
    for cell in &difference.cells {
        rows.text(&cell.table).text(&cell.row).text(&cell.column);
        rows.text(cell.first.as_deref().unwrap_or_default());
        rows.text(cell.second.as_deref().unwrap_or_default()).end();
    }
    String::from_utf8_lossy(&rows.into_bytes()).into_owned()
}

/// Most lines of one kind in a summary.
const MOST_LINES: usize = 20;

fn summary(difference: &RunDifference) -> String {
    if difference.identical {
        return "The runs are identical: the same inputs, options and results.\n".to_owned();
    }
    let mut text = String::new();
    list(&mut text, "Options", &difference.options);
    list(&mut text, "Texts", &difference.inputs);
    list(&mut text, "Files", &difference.files);
    // Writing to a string does not fail.
    for table in &difference.tables {
        let _ = writeln!(
            text,
            "{}: {} cells differ in {} rows that both have; {} rows only in the first, {} only in the second",
            table.table, table.cells, table.rows, table.only_first, table.only_second
        );
        for (columns, run) in [(&table.columns_only_first, "first"), (&table.columns_only_second, "second")] {
            if !columns.is_empty() {
                let _ = writeln!(text, "  columns only in the {run}: {}", columns.join(", "));
            }
        }
        let cells: Vec<_> = difference.cells.iter().filter(|cell| cell.table == table.table).collect();
        for cell in cells.iter().take(MOST_LINES) {
            let column = if cell.column.is_empty() { String::new() } else { format!(", {}", cell.column) };
            let _ =
                writeln!(text, "  {}{column}: {} → {}", cell.row, shown(&cell.first), shown(&cell.second));
        }
        let all = table.cells + table.only_first + table.only_second;
        let more = all.saturating_sub(cells.len().min(MOST_LINES) as u64);
        if more > 0 {
            let _ = writeln!(text, "  and {more} more; see --csv and --most");
        }
    }
    text
}

fn shown(value: &Option<String>) -> &str {
    match value.as_deref() {
        None => "(none)",
        Some("") => "(empty)",
        Some(value) => value,
    }
}

fn list(text: &mut String, what: &str, values: &[Changed]) {
    if values.is_empty() {
        return;
    }
    let _ = writeln!(text, "{what} that differ: {}", values.len());
    for value in values.iter().take(MOST_LINES) {
        let _ = writeln!(text, "  {}: {} → {}", value.name, shown(&value.first), shown(&value.second));
    }
    if values.len() > MOST_LINES {
        let _ = writeln!(text, "  and {} more; see --json", values.len() - MOST_LINES);
    }
}
