//! `rhetor measures` and `rhetor explain`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::measures::formulas::descriptions;
use rhetor::measures::{MEASURES, STATISTICS, statistic};
use rhetor::run::measures;

use super::common::{Manner, Source, headline, number};
use super::{BAD_ARGUMENT, DONE, complain, print};

const EXAMPLES: &str = "\
Examples:
  rhetor measures pamphlets -o measured                 every statistic of every text
  rhetor measures tokens -o measured --words given      texts that are cut at spaces already
  rhetor explain mtld:lt:nomin                          how a statistic is computed

measures.csv has a row for each text, voice and statistic; a value that is not defined is empty, with the
reason. columns.csv explains every column and every statistic.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Measures {
    #[command(flatten)]
    source: Source,

    #[command(flatten)]
    manner: Manner,
}

impl Measures {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.source.study()?;
        let output = &self.source.output;
        let start = Instant::now();
        let report = self.manner.run(|progress| measures(&study, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            format!(
                "{}\n  {} values, {} undefined\nWrote {} files to {} in {:.2} s. Begin with measures.csv; \
                 columns.csv explains every statistic.\n",
                headline(&report.corpus, report.texts, report.words, None),
                number(report.rows - report.undefined),
                number(report.undefined),
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            )
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

#[derive(Debug, Args)]
pub struct Explain {
    /// Id of a statistic or of a column of documents.csv [default: list them]
    id: Option<String>,
}

impl Explain {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> u8 {
        let Some(id) = self.id else {
            print(&list());
            return DONE;
        };
        match explanation(&id) {
            Some(text) => {
                print(&text);
                DONE
            }
            None => {
                complain(&format!("there is no measure '{id}'. 'rhetor explain' lists them"));
                BAD_ARGUMENT
            }
        }
    }
}

fn list() -> String {
    let ids = STATISTICS.iter().map(|entry| (entry.id, entry.name));
    let columns = MEASURES.iter().filter(|entry| statistic(entry.id).is_none());
    let mut described: Vec<_> = descriptions().iter().map(|entry| (entry[0].1, entry[1].1)).collect();
    described.retain(|(id, _)| statistic(id).is_none());
    let mut text = String::new();
    for (id, name) in ids.chain(columns.map(|entry| (entry.id, entry.name))).chain(described) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{id:<28} {name}");
    }
    text
}

fn explanation(id: &str) -> Option<String> {
    let mut text = String::new();
    let mut line = |what: &str, says: &str| {
        if !says.is_empty() {
            let _ = writeln!(text, "{what:<11} {says}");
        }
    };
    if let Some(entry) = statistic(id) {
        line("id", entry.id);
        line("name", entry.name);
        line("formula", entry.formula);
        line("unit", entry.unit);
        line("direction", entry.direction.name());
        line("undefined", entry.undefined);
        line("source", entry.source);
        let both = MEASURES.iter().any(|column| column.id == id);
        line("table", if both { "measures.csv, documents.csv, voices.csv" } else { "measures.csv" });
        return Some(text);
    }
    let described: Vec<_> = descriptions().into_iter().filter(|entry| entry[0].1 == id).collect();
    if !described.is_empty() && MEASURES.iter().all(|entry| entry.id != id) {
        for entry in described {
            entry.iter().for_each(|(what, says)| line(what, says));
        }
        return Some(text);
    }
    let entry = MEASURES.iter().find(|entry| entry.id == id)?;
    line("id", entry.id);
    line("name", entry.name);
    line("formula", entry.formula);
    line("unit", entry.unit);
    line("undefined", entry.undefined);
    line("source", entry.source);
    line("table", "documents.csv, voices.csv");
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_explained() {
        let list = list();
        let ids = STATISTICS.iter().map(|entry| entry.id).chain(MEASURES.iter().map(|entry| entry.id));
        for id in ids {
            assert!(explanation(id).is_some_and(|text| text.contains(id)), "{id}");
            assert!(list.contains(id), "{id}");
        }
        assert_eq!(explanation("nothing"), None);
    }
}
