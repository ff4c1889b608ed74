//! `rhetor collocations`.

use std::str::FromStr;
use std::time::Instant;

use clap::{Args, ValueEnum};
use rhetor::error::Result;
use rhetor::run::{CollocationOptions, CollocationReport, Scope, WindowConvention, collocations};

use super::common::{Manner, Source, headline, number};
use super::show::{VoiceChoice, WithinChoice, columns, short};

const EXAMPLES: &str = "\
Examples:
  rhetor collocations pamphlets -o near --node liberty,right      the company of two words
  rhetor collocations pamphlets -o near --all                     every pair of frequent words
  rhetor collocations pamphlets -o near --node war --span 3:0     at most three words before it
  rhetor collocations pamphlets -o near --node war --convention pairs

Programs count windows in four ways, and their measures differ by the way (--convention):
  positions  CWB, UCS: a position counts once however many windows hold it; nodes are no collocates
  pairs      Sketch Engine: each pair counts, the node's frequency is its margin
  corrected  #LancsBox: pairs; the expectation is that of a window
  divided    NLTK: pairs over the words of a window
columns.csv says which was taken, and has the formulas. Where expected_lt_5 stands, tests are poor: trust logDice.";

/// Words before and after the node.
#[derive(Clone, Copy, Debug)]
struct Span(usize, usize);

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (left, right) = text.split_once(':').unwrap_or((text, text));
        let parse = |text: &str| text.trim().parse().map_err(|_| "a number, or two such as 3:0".to_owned());
        Ok(Self(parse(left)?, parse(right)?))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Convention {
    /// Positions in windows, as CWB and UCS count
    #[default]
    Positions,
    /// Pairs, as Sketch Engine counts
    Pairs,
    /// Pairs with the expectation of the window, as #LancsBox counts
    Corrected,
    /// Pairs over the words of a window, as NLTK counts
    Divided,
}

impl Convention {
    fn of_library(self) -> WindowConvention {
        match self {
            Self::Positions => WindowConvention::Positions,
            Self::Pairs => WindowConvention::Pairs,
            Self::Corrected => WindowConvention::Corrected,
            Self::Divided => WindowConvention::Divided,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Collocations {
    #[command(flatten)]
    source: Source,

    /// The words whose neighbours are counted, with commas between
    #[arg(long, value_name = "WORDS", value_delimiter = ',', required_unless_present = "all")]
    node: Vec<String>,

    /// Every frequent word is a node
    #[arg(long, conflicts_with = "node")]
    all: bool,

    /// Words of a window on either side, or before and after the node with a colon between
    #[arg(long, value_name = "WORDS", default_value = "5")]
    span: Span,

    /// What is counted in windows
    #[arg(long, value_enum, default_value_t)]
    convention: Convention,

    /// How often a pair must meet; with --all, also how often either word occurs [default: 2; with --all 5]
    #[arg(long, value_name = "N")]
    min_count: Option<u64>,

    /// Measure that rows are sorted by, as log_dice, mi, g2, t_score
    #[arg(long, value_name = "MEASURE", default_value = "g2")]
    sort: String,

    /// Most rows, for each node or with --all in all; 0 for all of them [default: 0; with --all 10000]
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// Fisher's exact test too, which takes long for frequent words
    #[arg(long)]
    fisher: bool,

    /// What a window may not cross
    #[arg(long, value_enum, default_value_t)]
    within: WithinChoice,

    /// Whose words are counted
    #[arg(long, value_enum, default_value_t)]
    voice: VoiceChoice,

    #[command(flatten)]
    manner: Manner,
}

impl Collocations {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.source.study()?;
        let top = self.top.unwrap_or(if self.all { 10_000 } else { 0 });
        let options = CollocationOptions {
            scope: Scope { voice: self.voice.selection(), within: self.within.within() },
            nodes: self.node,
            span: (self.span.0, self.span.1),
            convention: self.convention.of_library(),
            min_count: self.min_count.unwrap_or(if self.all { 5 } else { 2 }).max(1),
            sort: self.sort,
            top: (top > 0).then_some(top),
            fisher: self.fisher,
        };
        let output = &self.source.output;
        let start = Instant::now();
        let report = self
            .manner
            .run(|progress| collocations(&study, &options, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            format!(
                "{}\n  {}\n{}  {} of {} pairs, sorted by {}\nWrote {} files to {} in {:.2} s. Begin with \
                 collocations.csv; columns.csv has the formulas.\n",
                headline(&report.corpus, report.texts, report.words, None),
                report.convention,
                rows(&report),
                number(report.rows as u64),
                number(report.pairs as u64),
                report.sort,
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            )
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn rows(report: &CollocationReport) -> String {
    let rows: Vec<Vec<String>> = report
        .top
        .iter()
        .map(|pair| {
            vec![
                pair.node.clone(),
                pair.collocate.clone(),
                number(pair.together),
                number(pair.documents),
                short(pair.log_dice),
                short(pair.mi),
                short(pair.g2),
            ]
        })
        .collect();
    columns(&["node", "collocate", "together", "texts", "logDice", "MI", "G²"], 2, &rows)
}
