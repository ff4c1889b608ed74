//! `rhetor zeta`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::{ZetaReport, contrast};

use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor zeta novels -o words --primary Austen              Austen against all others
  rhetor zeta novels -o words --primary Austen --secondary Bronte --segment 2000
  rhetor zeta speeches -o words --group side --contrast mann-whitney
  rhetor zeta novels -o words --primary Austen --lengths 500,1000,2000,5000

Texts are cut into segments; a word is distinctive where it stands in many segments of one set and in few of the
other. zeta.csv has every contrast of every word; zeta_sweep.csv the words of the chart at other lengths.";

/// Words printed on either side.
const SHOWN: usize = 12;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Zeta {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// Classes or texts of the primary set, with commas between [default: the first of two classes]
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Zeta")]
    primary: Vec<String>,

    /// Classes or texts of the secondary set [default: all others]
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Zeta")]
    secondary: Vec<String>,

    /// Words in a segment [default: 3000]
    #[arg(long, value_name = "WORDS", help_heading = "Zeta")]
    segment: Option<usize>,

    /// Other lengths of segments at which the words of the chart are looked at [default: 1000,2000,3000,5000]
    #[arg(long, value_name = "WORDS", value_delimiter = ',', help_heading = "Zeta")]
    lengths: Vec<usize>,

    /// The least count of a word in both sets together [default: 3]
    #[arg(long, value_name = "N", help_heading = "Zeta")]
    least: Option<u64>,

    /// What words are listed by: craig, eder, stylo-chi-square, chi-square, mann-whitney [default: craig]
    #[arg(long, value_name = "NAME", help_heading = "Zeta")]
    contrast: Option<String>,

    /// Beyond which value a word is preferred or avoided [default: 0.1, or 5 % of significance]
    #[arg(long, value_name = "VALUE", help_heading = "Zeta")]
    threshold: Option<f64>,
}

impl Zeta {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.arguments.study()?;
        let options = study.zeta.get_or_insert_default();
        if !self.primary.is_empty() {
            options.primary = self.primary;
        }
        if !self.secondary.is_empty() {
            options.secondary = self.secondary;
        }
        if !self.lengths.is_empty() {
            options.lengths = self.lengths;
        }
        options.segment = self.segment.unwrap_or(options.segment);
        options.least = self.least.unwrap_or(options.least);
        options.contrast = self.contrast.unwrap_or(std::mem::take(&mut options.contrast));
        options.threshold = self.threshold.or(options.threshold);
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| contrast(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, elapsed.as_secs_f64());
        Ok(manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn summary(report: &ZetaReport, seconds: f64) -> String {
    let mut text = format!("{}:", report.corpus);
    // Writing to a string does not fail.
    for (place, set) in report.sets.iter().enumerate() {
        let against = if place == 0 { "" } else { " against" };
        let _ = write!(text, "{against} {} ({} texts, {} segments)", set.name, set.texts, set.segments);
    }
    for (side, words) in [("prefers", &report.preferred), ("avoids", &report.avoided)] {
        let words: Vec<&str> = words.iter().take(SHOWN).map(|(word, _)| word.as_str()).collect();
        let words = if words.is_empty() { "nothing".to_owned() } else { words.join(", ") };
        let _ = write!(text, "\n  {side} {words}");
    }
    let _ = writeln!(
        text,
        "\nWrote {} files to {} in {seconds:.2} s. Begin with zeta.png and zeta.csv.",
        report.files.len() + 1,
        report.output
    );
    text
}
