//! `rhetor segments`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{SegmentsOptions, SegmentsReport, segments};

use super::common::{Manner, Source, headline, hygiene_line, number, sentence_line};

const EXAMPLES: &str = "\
Examples:
  rhetor segments                            the sample corpus seeds/ into output/
  rhetor segments pamphlets -o read --html   look at the texts as they were read
  rhetor segments pamphlets -o read --tokens every word with its bytes, for other programs
  rhetor segments novel.txt -o read --json | jq .segments

blocks.csv, sentences.csv and segments.csv give bytes of the text as read, in UTF-8. Pages
show each text in full, with its blocks, sentences and quotations marked; begin with index.html.
columns.csv explains every column.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Segments {
    #[command(flatten)]
    source: Source,

    /// Write tokens.csv too: a row for every word
    #[arg(long)]
    tokens: bool,

    /// Write a page for each text that shows how it was read, and index.html
    #[arg(long)]
    html: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Segments {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.source.study()?;
        let options = SegmentsOptions { tokens: self.tokens, html: self.html };
        let output = &self.source.output;
        let start = Instant::now();
        let report =
            self.manner.run(|progress| segments(&study, &options, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, self.html, output, elapsed);
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn summary(report: &SegmentsReport, html: bool, output: &Path, elapsed: Duration) -> String {
    let mut text = headline(&report.corpus, report.texts, report.words, report.quoted_share);
    let blocks: u64 = report.blocks.values().sum();
    let segments: u64 = report.segments.values().sum();
    let blocks = kinds(blocks, "blocks", report.blocks.iter().map(|(kind, count)| (kind.name(), *count)));
    let segments =
        kinds(segments, "marked segments", report.segments.iter().map(|(kind, count)| (kind.name(), *count)));
    // Writing to a string does not fail.
    let hygiene = hygiene_line(&report.hygiene).map_or_else(String::new, |line| line + "\n");
    let _ = write!(
        text,
        "\n{}\n{blocks}{segments}{hygiene}Wrote {} files to {} in {:.2} s. Begin with {}; columns.csv explains every \
         column.\n",
        sentence_line(report.sentences, report.sentence_length_mean),
        report.files.len() + 1,
        output.display(),
        elapsed.as_secs_f64(),
        if html { "index.html" } else { "blocks.csv" }
    );
    text
}

/// `  1,234 blocks: paragraph 1,200, heading 34`, with line breaks.
fn kinds<'a>(all: u64, what: &str, counts: impl Iterator<Item = (&'a str, u64)>) -> String {
    const WIDTH: usize = 96;
    let mut text = format!("  {} {what}", number(all));
    let mut column = text.len();
    for (index, (kind, count)) in counts.enumerate() {
        let item = format!("{} {}", kind.replace('_', " "), number(count));
        text.push_str(if index == 0 { ":" } else { "," });
        if column + item.len() + 2 > WIDTH {
            text.push_str("\n   ");
            column = 3;
        }
        column += item.len() + 2;
        text.push(' ');
        text.push_str(&item);
    }
    text.push('\n');
    text
}
