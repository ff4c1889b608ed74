//! `rhetor why`, also `rhetor explain CORPUS --pair A B`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::{WhyReport, why};

use super::super::common::headline;
use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor why novels --pair Austen_Emma Dickens_Bleak -o why
  rhetor explain novels --pair Austen_Emma Dickens_Bleak -o why     the same

contributions.csv has what each feature adds to the distance; they sum to it. concordance.csv shows the features that add
most where they stand in either text.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Why {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// The two texts, by their ids or by an end of them that no other text has
    #[arg(long, num_args = 2, value_names = ["TEXT", "TEXT"], required = true)]
    pair: Vec<String>,
}

impl Why {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.arguments.study()?;
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let pair = [&self.pair[0], &self.pair[1]].map(String::as_str);
        let start = Instant::now();
        let report = manner.run(|progress| why(&study, pair, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report) + &super::wrote(&report.run, output, elapsed, "contributions.csv");
        Ok(manner.tell(&report, &report.run.problems, output, elapsed, summary))
    }
}

fn summary(report: &WhyReport) -> String {
    let mut text = headline(&report.run.corpus, report.run.texts, report.run.words, None);
    let [first, second] = &report.pair;
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "\n  {first} and {second}: {} {:.4} of {} features; {second} is number {} of {} by nearness",
        report.measure, report.distance, report.features, report.rank, report.others
    );
    let _ = writeln!(
        text,
        "  {:<20} {:>9} {:>7}  {:>8} {:>8}",
        "feature", "adds", "share", "first %", "second %"
    );
    for word in report.words.iter().take(12) {
        let share = if report.distance > 0.0 { word.contribution / report.distance * 100.0 } else { 0.0 };
        let _ = writeln!(
            text,
            "  {:<20} {:>9.5} {share:>5.1} %  {:>8.4} {:>8.4}",
            word.feature, word.contribution, word.percent[0], word.percent[1]
        );
    }
    text
}
