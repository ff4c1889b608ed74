//! `rhetor analyze`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{Report, analyze};
use rhetor::study::Study;
use rhetor::text::{UNDETERMINED, language_name};

use super::common::{Manner, Source, headline, hygiene_line, number, sentence_line};
use super::markers::MarkerOptions;

const EXAMPLES: &str = "\
Examples:
  rhetor analyze                            the sample corpus seeds/ into output/
  rhetor analyze pamphlets -o results       a folder of .txt files
  rhetor analyze novels --group label       colour the charts by a metadata column
  rhetor analyze old --encoding latin1      texts that are not UTF-8
  rhetor analyze --study output/study.toml  the options of an earlier run again
  rhetor analyze pamphlets --json | jq .words

Metadata: a table metadata.csv or labels.csv in the corpus folder, with a column 'file', adds its
columns to documents.csv. README.md in the output folder explains every file.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Analyze {
    #[command(flatten)]
    source: Source,

    #[command(flatten)]
    markers: MarkerOptions,

    /// Metadata column that groups texts in charts [default: author, label, class or group]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,

    /// Words in the chart of the most frequent words [default: 30]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=60))]
    top_words: Option<u8>,

    /// Write tables only
    #[arg(long)]
    no_charts: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Analyze {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.study()?;
        let output = &self.source.output;
        let start = Instant::now();
        let report = self.manner.run(|progress| analyze(&study, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, output, elapsed);
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }

    /// The options of the study file, if any, with those of the command line over them.
    fn study(&self) -> Result<Study> {
        let mut study = self.source.study()?;
        self.markers.apply(&mut study);
        if let Some(top_words) = self.top_words {
            study.top_words = usize::from(top_words);
        }
        study.group = self.group.clone().or(study.group);
        study.charts &= !self.no_charts;
        Ok(study)
    }
}

/// How many texts are in which language, if there is more than one: `12 texts in German, 3 in Latin`.
fn languages(report: &Report) -> Option<String> {
    const MOST: usize = 5;
    let [first, others @ ..] = report.languages.as_slice() else { return None };
    if others.is_empty() {
        return None;
    }
    let name = |code: &'static str| match code {
        UNDETERMINED => "a language that is not known",
        code => language_name(code),
    };
    let mut line = format!(
        "{} {} in {}",
        first.texts,
        if first.texts == 1 { "text" } else { "texts" },
        name(first.language)
    );
    for count in others.iter().take(MOST - 1) {
        let _ = write!(line, ", {} in {}", count.texts, name(count.language));
    }
    if let Some(rest) = others.get(MOST - 1..).filter(|rest| !rest.is_empty()) {
        let texts: usize = rest.iter().map(|count| count.texts).sum();
        let _ = write!(line, ", {texts} in {} more", rest.len());
    }
    Some(line)
}

/// How near texts of one group are, and what was not done.
fn style_lines(report: &Report) -> String {
    let style = &report.style;
    let mut text = String::new();
    if let (Some(nearest), Some(group)) = (&style.nearest, &style.group) {
        let group = if group == "name" { "group" } else { group };
        let _ = writeln!(
            text,
            "  style: the nearest text is of the same {group} for {} of {} texts",
            nearest.hits, nearest.of
        );
    }
    if let Some(found) = &style.attribution {
        let _ =
            writeln!(text, "  left out, {} of {} texts are given to their class", found.correct, found.texts);
    }
    for reason in &style.skipped {
        let _ = writeln!(text, "  {reason}");
    }
    text
}

fn summary(report: &Report, output: &Path, elapsed: Duration) -> String {
    let mut text = headline(&report.corpus, report.texts, report.words, report.quoted_share);
    // Writing to a string does not fail.
    let _ = writeln!(text);
    if let Some(languages) = languages(report) {
        let _ = writeln!(text, "  {languages}");
    }
    let _ = writeln!(text, "  {} different words", number(report.types));
    let _ = writeln!(text, "{}", sentence_line(report.sentences, report.sentence_length_mean));
    if let (Some((longest, most)), Some((shortest, least)), true) =
        (&report.longest_sentences, &report.shortest_sentences, report.texts > 1)
    {
        let _ = writeln!(text, "    longest in {longest} ({most:.1}), shortest in {shortest} ({least:.1})");
    }
    let _ = writeln!(text, "  {} rhetorical markers and questions", number(report.marker_hits));
    let _ = write!(text, "{}", style_lines(report));
    if let Some(hygiene) = hygiene_line(&report.hygiene) {
        let _ = writeln!(text, "{hygiene}");
    }
    let _ = writeln!(
        text,
        "Wrote {} files to {} in {:.2} s. Begin with {}; columns.csv explains every column.",
        report.files.len() + 1,
        output.display(),
        elapsed.as_secs_f64(),
        if report.files.iter().any(|file| file.ends_with(".png")) {
            "documents.csv and the charts (*.png)"
        } else {
            "documents.csv"
        }
    );
    text
}
