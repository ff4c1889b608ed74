//! `rhetor ngrams`.

use std::str::FromStr;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{NgramOptions, NgramReport, Scope, ngrams};

use super::common::{Manner, Source, headline, number};
use super::show::{VoiceChoice, WithinChoice, columns, short};

const EXAMPLES: &str = "\
Examples:
  rhetor ngrams pamphlets -o grams -n 2-4              two to four words that stand side by side
  rhetor ngrams pamphlets -o grams -n 3 --skip 2       three words, at most two left out between them
  rhetor ngrams pamphlets -o grams --bundles           lexical bundles

--bundles takes four words, at least 20 occurrences per million words, at least 5 texts; -n, --per-million and
--texts change each. A bundle of few texts is one writer's habit, not the genre's: see document_frequency and dp.";

/// One number of words, or two with a hyphen between.
#[derive(Clone, Copy, Debug)]
struct Span(usize, usize);

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        let parse = |text: &str| text.trim().parse().map_err(|_| "a number, or two such as 2-4".to_owned());
        Ok(Self(parse(low)?, parse(high)?))
    }
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Ngrams {
    #[command(flatten)]
    source: Source,

    /// Number of words, or two such as 2-4 [default: 2; with --bundles 4]
    #[arg(short, value_name = "N")]
    n: Option<Span>,

    /// Skip-grams: at most so many words are left out between those of an n-gram
    #[arg(long, value_name = "WORDS", default_value_t = 0)]
    skip: usize,

    /// Lexical bundles: n-grams that are frequent and in many texts
    #[arg(long)]
    bundles: bool,

    /// Fewest occurrences [default: 2; with --bundles 1]
    #[arg(long, value_name = "N")]
    min_count: Option<u64>,

    /// Fewest occurrences per million words [default: 0; with --bundles 20]
    #[arg(long, value_name = "RATE")]
    per_million: Option<f64>,

    /// Fewest texts [default: 1; with --bundles 5]
    #[arg(long, value_name = "N")]
    texts: Option<u64>,

    /// What an n-gram may not cross
    #[arg(long, value_enum, default_value_t)]
    within: WithinChoice,

    /// Whose words are counted
    #[arg(long, value_enum, default_value_t)]
    voice: VoiceChoice,

    #[command(flatten)]
    manner: Manner,
}

impl Ngrams {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.source.study()?;
        let usual = if self.bundles { NgramOptions::bundles() } else { NgramOptions::default() };
        let options = NgramOptions {
            scope: Scope { voice: self.voice.selection(), within: self.within.within() },
            n: self.n.map_or(usual.n, |Span(low, high)| (low, high)),
            skips: self.skip,
            min_count: self.min_count.unwrap_or(usual.min_count),
            min_per_million: self.per_million.unwrap_or(usual.min_per_million),
            min_texts: self.texts.unwrap_or(usual.min_texts),
        };
        let output = &self.source.output;
        let start = Instant::now();
        let report =
            self.manner.run(|progress| ngrams(&study, &options, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            format!(
                "{}\n{}  {} n-grams of {} occurrences pass: {}\nWrote {} files to {} in {:.2} s. Begin with \
                 ngrams.csv.\n",
                headline(&report.corpus, report.texts, report.words, None),
                top(&report),
                number(report.rows as u64),
                number(report.occurrences),
                thresholds(&report),
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            )
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn thresholds(report: &NgramReport) -> String {
    let (count, per_million, texts) = report.thresholds;
    format!("at least {count} times, {per_million} per million words, in {texts} or more texts")
}

fn top(report: &NgramReport) -> String {
    let rows: Vec<Vec<String>> = report
        .top
        .iter()
        .map(|gram| {
            vec![
                gram.ngram.clone(),
                number(gram.count),
                short(Some(gram.per_million)),
                number(gram.documents),
                short(gram.dp),
            ]
        })
        .collect();
    columns(&["n-gram", "count", "per million", "texts", "DP"], 1, &rows)
}
