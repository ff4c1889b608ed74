//! `rhetor markers`, and the options on markers that it shares with `rhetor analyze`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::markers;
use rhetor::study::Study;

use super::common::{Manner, Source, headline, number};

const EXAMPLES: &str = "\
Examples:
  rhetor markers pamphlets -o rhetoric             markers, questions and figures alone
  rhetor markers pamphlets --rejected              what was found and not counted as well, with the reason
  rhetor markers pamphlets --veto wrong.csv        without the hits whose ids you list
  rhetor markers pamphlets --switch-on invective   with a category that is off by default
  rhetor markers pamphlets --lexicon mine.toml     with entries of your own

Every hit is a row of marker_hits.csv, questions.csv or figures.csv with its bytes, line and context. Copy the
rows that you do not agree with into a file of their own (the column id is enough) and give it back
with --veto: every count, rate, interval and chart follows.";

/// Which markers are looked for.
#[derive(Debug, Args)]
pub struct LexiconOptions {
    /// Marker lexicon of your own: one with a key 'extends = "en"' adds to the built-in lexicon of that
    /// language (several may be given), one without takes the place of all and is used for every text
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,

    /// Count markers that are off by default: names of categories or markers, as invective,honorific
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    switch_on: Vec<String>,

    /// Do not count these categories or markers
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    switch_off: Vec<String>,
}

impl LexiconOptions {
    /// Puts what was given over the options of the study.
    pub fn apply(&self, study: &mut Study) {
        for (given, kept) in
            [(&self.switch_on, &mut study.switch_on), (&self.switch_off, &mut study.switch_off)]
        {
            if !given.is_empty() {
                kept.clone_from(given);
            }
        }
        if !self.lexicon.is_empty() {
            study.lexicon.clone_from(&self.lexicon);
        }
    }
}

/// How markers are counted.
#[derive(Debug, Args)]
pub struct MarkerOptions {
    #[command(flatten)]
    lexicon: LexiconOptions,

    /// Take out the hits whose ids stand in this CSV file: a list with a column id, or rows of
    /// marker_hits.csv, questions.csv or figures.csv; with a column keep, those where it says no
    #[arg(long, value_name = "FILE")]
    veto: Option<PathBuf>,

    /// Write what was found and not counted too, with the reason
    #[arg(long)]
    rejected: bool,

    /// Characters of context on either side of a hit [default: 50]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    context: Option<u16>,
}

impl MarkerOptions {
    /// Puts what was given over the options of the study.
    pub fn apply(&self, study: &mut Study) {
        self.lexicon.apply(study);
        if let Some(context) = self.context {
            study.context = usize::from(context);
        }
        study.veto = self.veto.clone().or(study.veto.take());
        study.rejected |= self.rejected;
    }
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Markers {
    #[command(flatten)]
    source: Source,

    #[command(flatten)]
    markers: MarkerOptions,

    /// Metadata column that groups texts in charts [default: author, label, class or group]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,

    /// Write tables only
    #[arg(long)]
    no_charts: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Markers {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.source.study()?;
        self.markers.apply(&mut study);
        study.group = self.group.clone().or(study.group);
        study.charts &= !self.no_charts;
        let output = &self.source.output;
        let start = Instant::now();
        let report = self.manner.run(|progress| markers(&study, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            let mut text = headline(&report.corpus, report.texts, report.words, report.quoted_share);
            // Writing to a string does not fail.
            let _ = writeln!(text);
            let _ = writeln!(text, "  {} rhetorical markers and questions", number(report.marker_hits));
            for category in report.most_frequent.iter() {
                let _ = writeln!(
                    text,
                    "    {:<14} {:>10}  {:.1} per 1,000 words of the authors' own",
                    category.category,
                    number(category.hits),
                    category.per_1000
                );
            }
            let _ = writeln!(
                text,
                "Wrote {} files to {} in {:.2} s. Begin with markers.csv; every hit is a row of marker_hits.csv.",
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            );
            text
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}
