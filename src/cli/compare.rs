//! `rhetor compare`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{CompareReport, FeatureDifference, compare};

use super::common::{Manner, Source, number};
use super::markers::LexiconOptions;

const EXAMPLES: &str = "\
Examples:
  rhetor compare mine.txt theirs.txt -o compared           two texts
  rhetor compare hamilton/ madison/ -o compared            two folders
  rhetor compare federalist --group label --side Hamilton --side Madison -o compared
  rhetor compare run-1 run-2 -o compared                   the texts of two earlier runs

A side with fewer than 8 texts is cut into parts of some 1,000 words. Of more than two sides, each is compared
with all others together. differences.csv ranks all features; evidence.csv shows words and markers in context.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Compare {
    #[command(flatten)]
    source: Source,

    /// Metadata column whose values are the sides [default: each path given is a side]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,

    /// A value of that column to compare; give it for each side [default: all values]
    #[arg(long, value_name = "VALUE")]
    side: Vec<String>,

    #[command(flatten)]
    lexicon: LexiconOptions,

    /// Write tables only
    #[arg(long)]
    no_charts: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Compare {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.source.study()?;
        study.group = self.group.or(study.group);
        if !self.side.is_empty() {
            study.sides = self.side;
        }
        self.lexicon.apply(&mut study);
        study.charts &= !self.no_charts;
        let output = &self.source.output;
        let start = Instant::now();
        let report = self.manner.run(|progress| compare(&study, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, output, elapsed);
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

/// Differences of each comparison in the summary.
const SHOWN: usize = 15;

fn summary(report: &CompareReport, output: &Path, elapsed: Duration) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for side in &report.sides {
        let _ = write!(
            text,
            "{}: {} texts, {} words, {} units ({}s); {} types",
            side.name,
            side.texts,
            number(side.words),
            side.units,
            report.unit,
            number(side.types)
        );
        if let Some(types) = side.types_at_common_length {
            let _ = write!(text, ", {types:.0} at the common length");
        }
        let mean = side
            .sentence_length_mean
            .map_or_else(String::new, |mean| format!("; {mean:.1} words a sentence"));
        let _ = writeln!(text, "{mean}");
    }
    for comparison in &report.comparisons {
        let _ = writeln!(
            text,
            "\n{} and {}: {} of {} features differ (q ≤ 0.05)",
            comparison.first,
            comparison.second,
            number(comparison.found as u64),
            number(comparison.features as u64)
        );
        let _ = writeln!(
            text,
            "  {:<12} {:<32} {:>10} {:>10} {:>22} {:>7}",
            "", "", comparison.first, comparison.second, "difference, 95 %", "delta"
        );
        for difference in comparison.differences.iter().take(SHOWN) {
            let _ = writeln!(text, "{}", line(difference));
        }
    }
    let _ = writeln!(
        text,
        "\nWrote {} files to {} in {:.2} s. Begin with differences.csv, whose column evidence says where to look; \
         columns.csv explains every column.",
        report.files.len() + 1,
        output.display(),
        elapsed.as_secs_f64()
    );
    text
}

fn line(difference: &FeatureDifference) -> String {
    let interval =
        difference.interval.map_or_else(String::new, |(low, high)| format!("{low:.2} to {high:.2}"));
    format!(
        "  {:<12} {:<32} {:>10.2} {:>10.2} {interval:>22} {:>7.2}",
        difference.family, difference.feature, difference.first, difference.second, difference.delta
    )
}
