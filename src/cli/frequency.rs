//! `rhetor frequency`.

use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{FrequencyOptions, FrequencyReport, frequency};

use super::common::{Manner, Source, headline, number};
use super::show::{VoiceChoice, columns, short};

const EXAMPLES: &str = "\
Examples:
  rhetor frequency pamphlets -o words                        every word
  rhetor frequency pamphlets -o words --only liberty,right   two words
  rhetor frequency novel.txt -o words --parts 20             spread over twenty equal parts of one text

frequency.csv has a row for each word: how often, in how many texts, how evenly. The other tables describe the
vocabulary as a whole: its spectrum, growth, rarefaction curves, fitted laws. columns.csv has the formulas.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Frequency {
    #[command(flatten)]
    source: Source,

    /// Whose words are counted
    #[arg(long, value_enum, default_value_t)]
    voice: VoiceChoice,

    /// Only these words, with commas between
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    only: Vec<String>,

    /// Only words that occur at least so often
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "only")]
    min_count: u64,

    /// Take dispersion over N equal parts of all texts in order [default: over the texts]
    #[arg(long, value_name = "N")]
    parts: Option<u64>,

    /// Metadata column that groups texts in the chart [default: author, label, class or group]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,

    /// Draw no chart
    #[arg(long)]
    no_charts: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Frequency {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.source.study()?;
        study.group = self.group.or(study.group);
        study.charts &= !self.no_charts;
        let options = FrequencyOptions {
            voice: self.voice.selection(),
            only: self.only,
            min_count: self.min_count,
            parts: self.parts,
        };
        let output = &self.source.output;
        let start = Instant::now();
        let report =
            self.manner.run(|progress| frequency(&study, &options, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            format!(
                "{}, {} different\n{}Wrote {} files to {} in {:.2} s. Begin with frequency.csv; columns.csv \
                 explains every column.\n",
                headline(&report.corpus, report.texts, report.words, None),
                number(report.types),
                top(&report),
                report.files.len() + 1,
                output.display(),
                elapsed.as_secs_f64()
            )
        };
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn top(report: &FrequencyReport) -> String {
    let rows: Vec<Vec<String>> = report
        .top
        .iter()
        .map(|word| {
            vec![
                word.word.clone(),
                number(word.count),
                short(Some(word.per_million)),
                number(word.documents),
                short(word.dp),
            ]
        })
        .collect();
    columns(&["word", "count", "per million", "texts", "DP"], 1, &rows)
}
