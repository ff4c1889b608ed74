//! `rhetor measures` and `rhetor explain`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::measures::formulas::descriptions;
use rhetor::measures::{Needs, WORD_MEASURES, WordMeasure, measure, measures as all, word_measure};
use rhetor::run::{Explained, explain_measure, explain_word, measures};
use rhetor::study::Study;

use super::common::{Manner, Source, headline, number};
use super::{BAD_ARGUMENT, DONE, complain, print};

const EXAMPLES: &str = "\
Examples:
  rhetor measures pamphlets -o measured                 every statistic of every text
  rhetor measures tokens -o measured --words given      texts that are cut at spaces already
  rhetor measures novels -o diversity --measure mattr:100,mtld:lt:nomin
  rhetor explain mtld:lt:nomin                          how a statistic is computed

measures.csv has a row for each text, voice and statistic; a value that is not defined is empty, with the
reason. columns.csv explains every column and every statistic.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Measures {
    #[command(flatten)]
    source: Source,

    /// Compute this measure alone; may be repeated, or a list with commas [default: all]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    measure: Vec<String>,

    /// A list of familiar words, dale_chall=FILE or spache=FILE, with a word on each line
    #[arg(long, value_name = "NAME=FILE", value_parser = named_file)]
    word_list: Vec<(String, PathBuf)>,

    #[command(flatten)]
    manner: Manner,
}

/// Parses `NAME=FILE`.
fn named_file(argument: &str) -> std::result::Result<(String, PathBuf), String> {
    match argument.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => Ok((name.to_owned(), file.into())),
        _ => Err("give a name and a file, as in spache=words.txt".to_owned()),
    }
}

impl Measures {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.source.study()?;
        study.word_lists.extend(self.word_list);
        if !self.measure.is_empty() {
            study.measures = self.measure;
        }
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
    /// Id of a measure, of a column of documents.csv or of a distance measure; 'distances' lists these
    /// [default: list measures and columns]
    id: Option<String>,

    /// Corpus that the text is from [default: the text alone, if it is a file, else seeds]
    corpus: Vec<PathBuf>,

    /// Show the inputs and the arithmetic for this text: its id in the corpus, or its file
    #[arg(long, value_name = "TEXT")]
    document: Option<String>,

    /// Show the measures of a word in that text, and in the corpus
    #[arg(long, value_name = "WORD", requires = "document")]
    word: Option<String>,

    /// Print as JSON what is computed for a text
    #[arg(long, requires = "document")]
    json: bool,
}

impl Explain {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let Some(id) = &self.id else {
            match (&self.document, &self.word) {
                (Some(document), Some(word)) => print(&self.words(None, document, word)?),
                (Some(_), None) => return Ok(unknown("give the id of a measure, or --word")),
                (None, _) => print(&list()),
            }
            return Ok(DONE);
        };
        if let Some(entry) = word_measure(id) {
            match (&self.document, &self.word) {
                (Some(document), Some(word)) => print(&self.words(Some(entry), document, word)?),
                _ => print(&explanation(id).unwrap_or_default()),
            }
            return Ok(DONE);
        }
        if let Some(distance) = super::stylometry::explained(id) {
            print(&distance);
            return Ok(DONE);
        }
        let Some(text) = explanation(id) else {
            return Ok(unknown(&format!("there is no measure '{id}'. 'rhetor explain' lists them")));
        };
        match (&self.document, measure(id)) {
            (None, _) => print(&text),
            (Some(_), None) => return Ok(unknown(&format!("'{id}' is not a measure of one text"))),
            (Some(document), Some(entry)) => {
                let explained = explain_measure(&self.study(document), entry, document)?;
                print(&if self.json {
                    json(&explained)
                } else {
                    format!("{text}document    {document}\n\n{}", in_text(&explained))
                });
            }
        }
        Ok(DONE)
    }

    /// The corpus given; the text itself, if it is a file.
    fn study(&self, document: &str) -> Study {
        let mut study = Study::default();
        if !self.corpus.is_empty() {
            study.corpus.clone_from(&self.corpus);
        } else if Path::new(document).is_file() {
            study.corpus = vec![document.into()];
        }
        study
    }

    fn words(&self, only: Option<&WordMeasure>, document: &str, word: &str) -> Result<String> {
        let explained = explain_word(&self.study(document), only, document, word)?;
        if self.json {
            return Ok(json(&explained));
        }
        let mut text = format!("word        {word}\ndocument    {document}\n\n");
        for entry in &explained {
            // Writing to a string does not fail.
            let value =
                entry.value.map_or_else(|| format!("undefined: {}", entry.reason), |value| value.to_string());
            let _ = writeln!(
                text,
                "{:<17} {value}\n{:>19} {}\n{:>19} {}",
                entry.id, "=", entry.formula, "of", entry.inputs
            );
        }
        Ok(text)
    }
}

/// Says what is wrong with the command line.
fn unknown(message: &str) -> u8 {
    complain(message);
    BAD_ARGUMENT
}

fn json(value: &impl serde::Serialize) -> String {
    format!("{:#}\n", serde_json::json!(value))
}

/// The inputs and the arithmetic of a measure, by voice.
fn in_text(explained: &[Explained]) -> String {
    let mut text = String::new();
    for entry in explained {
        let inputs: Vec<String> =
            entry.inputs.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}", entry.voice);
        if !inputs.is_empty() {
            let _ = writeln!(text, "  inputs    {}", inputs.join(", "));
        }
        let value =
            entry.value.map_or_else(|| format!("undefined: {}", entry.reason), |value| value.to_string());
        let _ = writeln!(text, "  value     {}\n            = {value}", entry.arithmetic);
        if let Some((low, high)) = entry.interval {
            let _ = writeln!(text, "  interval  {low} to {high}");
        }
    }
    text
}

fn list() -> String {
    let mut text = String::new();
    let words = WORD_MEASURES.iter().map(|entry| (entry.id, entry.name));
    let mut formulas: Vec<_> = descriptions().iter().map(|entry| (entry[0].1, entry[1].1)).collect();
    formulas.retain(|(id, _)| measure(id).is_none() && word_measure(id).is_none());
    formulas.dedup();
    for (id, name) in all().map(|entry| (entry.id, entry.name)).chain(words).chain(formulas) {
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
    if let Some(entry) = word_measure(id) {
        line("id", entry.id);
        line("name", entry.name);
        line("formula", entry.formula);
        line("unit", entry.unit);
        line("undefined", entry.undefined);
        line("source", entry.source);
        line("shown", "rhetor explain --document TEXT --word WORD CORPUS");
        return Some(text);
    }
    let Some(entry) = measure(id) else {
        let mut described = descriptions().into_iter().filter(|entry| entry[0].1 == id).peekable();
        described.peek()?;
        described.flatten().for_each(|(what, says)| line(what, says));
        return Some(text);
    };
    line("id", entry.id);
    line("name", entry.name);
    line("formula", entry.formula);
    line("unit", entry.unit);
    line("direction", entry.direction.name());
    line("undefined", entry.undefined);
    line("interval", &entry.interval.meaning());
    line("source", entry.source);
    let column = entry.column();
    let tables = match entry.needs {
        Needs::Text => "measures.csv".to_owned(),
        Needs::Counts => format!("measures.csv; documents.csv and voices.csv, column {column}"),
    };
    line("table", &tables);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_explained() {
        let list = list();
        for entry in all() {
            for id in [entry.id, &entry.column()] {
                // A column is explained under the name of its measure.
                let is_column = entry.needs == Needs::Counts || id == entry.id;
                assert_eq!(explanation(id).is_some_and(|text| text.contains(id)), is_column, "{id}");
            }
            assert!(list.contains(entry.id), "{}", entry.id);
        }
        for entry in WORD_MEASURES {
            assert!(explanation(entry.id).is_some() && list.contains(entry.id), "{}", entry.id);
        }
        assert_eq!(explanation("nothing"), None);
    }
}
