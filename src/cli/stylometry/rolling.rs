//! `rhetor rolling`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::{RollingReport, rolling};

use super::super::common::number;
use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor rolling novels unknown -o along --text novel_of_two --group author
  rhetor rolling novels -o along --text Emma --window 5000 --overlap 4500 --method nearest
  rhetor rolling plays -o along --text Henry_VIII --milestones 4500,9200 --penalty 5

Every window of the text is given to the class that its words are most like; with centroid and nearest the scores
are distances. A change of class must pay --penalty, so that stray windows do not part the text; 0 follows every
window.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Rolling {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// Texts to roll, with commas between; the others are compared with [default: those without a class]
    #[arg(long, value_name = "TEXT", value_delimiter = ',', help_heading = "Rolling")]
    text: Vec<String>,

    /// Words of a window [default: 5000]
    #[arg(long, value_name = "WORDS", help_heading = "Rolling")]
    window: Option<usize>,

    /// Words that a window shares with the next [default: 4500]
    #[arg(long, value_name = "WORDS", help_heading = "Rolling")]
    overlap: Option<usize>,

    /// How a class is chosen, as in rhetor attribute [default: centroid]
    #[arg(long, value_name = "METHOD", help_heading = "Rolling")]
    method: Option<String>,

    /// The price of a change of class; a window costs at most 1 [default: 3]
    #[arg(long, value_name = "PRICE", help_heading = "Rolling")]
    penalty: Option<f64>,

    /// Words of the text that the chart marks, with commas between
    #[arg(long, value_name = "WORD", value_delimiter = ',', help_heading = "Rolling")]
    milestones: Vec<usize>,
}

impl Rolling {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.arguments.study()?;
        let options = study.rolling.get_or_insert_default();
        if !self.text.is_empty() {
            options.texts = self.text;
        }
        if !self.milestones.is_empty() {
            options.milestones = self.milestones;
        }
        options.window = self.window.unwrap_or(options.window);
        options.overlap = self.overlap.unwrap_or(options.overlap);
        options.method = self.method.unwrap_or(std::mem::take(&mut options.method));
        options.penalty = self.penalty.unwrap_or(options.penalty);
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| rolling(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, elapsed.as_secs_f64());
        Ok(manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn summary(report: &RollingReport, seconds: f64) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}: {} texts to compare with", report.corpus, report.training);
    for rolled in &report.texts {
        let _ = writeln!(text, "  {}, {} windows:", rolled.text, rolled.windows);
        for (class, from, to) in &rolled.stretches {
            let _ = writeln!(text, "    {} to {}  {class}", number(*from as u64), number(*to as u64));
        }
    }
    let _ = writeln!(
        text,
        "Wrote {} files to {} in {seconds:.2} s. Begin with rolling.png and stretches.csv.",
        report.files.len() + 1,
        report.output
    );
    text
}
