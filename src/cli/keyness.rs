//! `rhetor keyness`.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Instant;

use clap::{Args, ValueEnum};
use rhetor::error::Result;
use rhetor::run::{ComparisonReport, FeatureKind, KeyOrder, KeynessOptions, TopKey, keyness};

use super::common::{Manner, Source, number};
use super::markers::LexiconOptions;
use super::show::{VoiceChoice, columns, plain, short};

const EXAMPLES: &str = "\
Examples:
  rhetor keyness pamphlets -o key --group author --target Paine --reference rest
  rhetor keyness pamphlets -o key --group author             each author against all others
  rhetor keyness whigs tories -o key                         the first folder against the second
  rhetor keyness pamphlets -o key --reference-list bnc.csv   against a list of words and counts
  rhetor keyness pamphlets -o key --group author --features markers

Rank by the conservative log ratio: how many times the frequency doubles, at the least. A word that is key because of
one text is flagged one_text; ranges and DP say how many texts bear a word. columns.csv has the formulas.";

/// What is compared.
#[derive(Clone, Copy, Debug)]
struct Features(FeatureKind);

impl FromStr for Features {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || "words, lemmas, ngrams:N, markers or punctuation".to_owned();
        Ok(Self(match text {
            "words" => FeatureKind::Words,
            "lemmas" => FeatureKind::Lemmas,
            "ngrams" => FeatureKind::Ngrams(2),
            "markers" => FeatureKind::Markers,
            "punctuation" => FeatureKind::Punctuation,
            _ => FeatureKind::Ngrams(
                text.strip_prefix("ngrams:").ok_or_else(wrong)?.parse().map_err(|_| wrong())?,
            ),
        }))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The bound of the log ratio nearest 0
    #[default]
    ConservativeLogRatio,
    /// The log ratio
    LogRatio,
    /// G² over four cells
    G2,
    /// Fightin' Words
    FightinWords,
}

impl Order {
    fn of_library(self) -> KeyOrder {
        match self {
            Self::ConservativeLogRatio => KeyOrder::ConservativeLogRatio,
            Self::LogRatio => KeyOrder::LogRatio,
            Self::G2 => KeyOrder::G2,
            Self::FightinWords => KeyOrder::FightinWords,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Keyness {
    #[command(flatten)]
    source: Source,

    /// Metadata column that tells the texts apart, or 'folder' [default: folder, if several are given]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,

    /// Value of the column that is the target [default: each in turn]
    #[arg(long, value_name = "VALUE")]
    target: Option<String>,

    /// Value of the column that is the reference, or 'rest' [default: rest]
    #[arg(long, value_name = "VALUE")]
    reference: Option<String>,

    /// File that names the texts of the target, one a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["group", "target", "reference"])]
    target_files: Option<PathBuf>,

    /// File that names the texts of the reference [default: all others]
    #[arg(long, value_name = "FILE", requires = "target_files")]
    reference_files: Option<PathBuf>,

    /// Frequency list as reference: CSV with the columns word and count
    #[arg(long, value_name = "FILE", conflicts_with_all = ["reference", "reference_files"])]
    reference_list: Option<PathBuf>,

    /// What is compared: words, lemmas, ngrams:N, markers (categories) or punctuation
    #[arg(long, value_name = "KIND", default_value = "words")]
    features: Features,

    /// Forms and their lemmas, one a line with a tab between; compares lemmas
    #[arg(long, value_name = "FILE")]
    lemmas: Option<PathBuf>,

    /// Fewest occurrences, target and reference together, of what is tested
    #[arg(long, value_name = "N", default_value_t = 5)]
    min_count: u64,

    /// What rows are sorted by
    #[arg(long, value_enum, default_value_t)]
    sort: Order,

    /// Sum of the prior of Fightin' Words
    #[arg(long, value_name = "NUMBER", default_value_t = 500.0)]
    prior: f64,

    /// Whose words are counted
    #[arg(long, value_enum, default_value_t)]
    voice: VoiceChoice,

    #[command(flatten)]
    lexicon: LexiconOptions,

    /// Draw no chart
    #[arg(long)]
    no_charts: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Keyness {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.source.study()?;
        self.lexicon.apply(&mut study);
        study.charts &= !self.no_charts;
        let Features(features) = self.features;
        let lemmatised = features == FeatureKind::Words && self.lemmas.is_some();
        let options = KeynessOptions {
            features: if lemmatised { FeatureKind::Lemmas } else { features },
            voice: self.voice.selection(),
            lemmas: self.lemmas,
            group: self.group.or_else(|| study.group.clone()),
            target: self.target,
            reference: self.reference,
            target_files: self.target_files,
            reference_files: self.reference_files,
            reference_list: self.reference_list,
            min_count: self.min_count,
            sort: self.sort.of_library(),
            prior: self.prior,
        };
        let output = &self.source.output;
        let start = Instant::now();
        let report =
            self.manner.run(|progress| keyness(&study, &options, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            let shown: Vec<String> = report.comparisons.iter().take(3).map(compared).collect();
            let more = report.comparisons.len().saturating_sub(shown.len());
            format!(
                "{}: {} texts\n{}{}Wrote {} files to {} in {:.2} s. Begin with keyness.csv; columns.csv explains \
                 every column.\n",
                plain(&report.corpus),
                number(report.texts as u64),
                shown.concat(),
                if more > 0 { format!("{more} more comparisons in keyness.csv\n") } else { String::new() },
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            )
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn compared(comparison: &ComparisonReport) -> String {
    let [target, reference] = [&comparison.target, &comparison.reference].map(|name| plain(name));
    let note = match comparison.one_text {
        0 => String::new(),
        count => format!(", {count} of them because of one text (*)"),
    };
    format!(
        "{target} ({}) against {reference} ({}): {} tested, {} key for {target}, {} for {reference}{note}\n{}{}",
        number(comparison.sizes.0),
        number(comparison.sizes.1),
        number(comparison.tested as u64),
        number(comparison.key.0 as u64),
        number(comparison.key.1 as u64),
        top(&target, &comparison.target_top),
        top(&reference, &comparison.reference_top),
    )
}

fn top(side: &str, list: &[TopKey]) -> String {
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|key| {
            let mark = if key.flag.split(' ').any(|flag| flag == "one_text") { " *" } else { "" };
            vec![
                format!("{}{mark}", key.feature),
                number(key.counts.0),
                number(key.counts.1),
                short(key.log_ratio),
                short(Some(key.conservative_log_ratio)),
                short(Some(key.log10_q)),
            ]
        })
        .collect();
    columns(&[side, "target", "reference", "log ratio", "at least", "log10 q"], 1, &rows)
}
