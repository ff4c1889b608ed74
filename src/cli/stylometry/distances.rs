//! `rhetor distances`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::distances;

use super::super::common::headline;
use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor distances novels -o near                           Cosine Delta of the 500 most frequent words
  rhetor distances novels -o near --distance delta,cosine-delta --mfw 100-1000:100
  rhetor distances novels -o near --group author            how often the nearest text is by the same author
  rhetor distances novels -o near --features char-ngrams -n 4 --voice author
  rhetor distances --table table_with_frequencies.txt -o near
  rhetor distances novels -o near --compat stylo --words stylo:english

A matrix for each measure, number of features and culling level; summary.csv has a row for each. frequencies.csv is
the table that the first of them was made from.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Distances {
    #[command(flatten)]
    arguments: StylometryArguments,
}

impl Distances {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.arguments.study()?;
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| distances(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            let mut text = headline(&report.run.corpus, report.run.texts, report.run.words, None);
            let _ = writeln!(text);
            for setting in report.settings.iter().take(12) {
                let _ = write!(text, "  {} of {} features", setting.measure, setting.features);
                if setting.culling > 0.0 {
                    let _ = write!(text, ", culled at {} %", setting.culling);
                }
                if let Some(nearest) = &setting.nearest {
                    let _ = write!(
                        text,
                        ": the nearest text is of the same {} for {} of {} ({:.1} %)",
                        report.group.as_deref().filter(|group| *group != "name").unwrap_or("group"),
                        nearest.hits,
                        nearest.of,
                        nearest.share * 100.0
                    );
                }
                if let Some(index) = setting.adjusted_rand_index {
                    let _ = write!(text, ", ARI {index:.3}");
                }
                let _ = writeln!(text);
            }
            if report.settings.len() > 12 {
                let _ = writeln!(text, "  {} more in summary.csv", report.settings.len() - 12);
            }
            text + &super::wrote(&report.run, output, elapsed, "summary.csv")
        };
        Ok(manner.tell(&report, &report.run.problems, output, elapsed, summary))
    }
}
