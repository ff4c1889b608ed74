//! `rhetor count`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use rhetor::error::Result;
use rhetor::run::{CountReport, Plan, count_words, plan_count};
use rhetor::text::SentenceRules;

use super::common::{Manner, Source, headline, number, sentence_line};

const EXAMPLES: &str = "\
Examples:
  rhetor count                                the sample corpus seeds/ into output/
  rhetor count corpus -o counts               any number of files, of any size
  rhetor count corpus --plan                  what that would take, without doing it
  rhetor count corpus --memory 200            in at most 200 MB for the texts being read
  rhetor count corpus --sentences uax29       sentences as Unicode defines them, nothing left out
  rhetor count huge.txt -o counts --json | jq .types

frequency_list.csv has the words, sentence_lengths.csv the sentences of each text by length. The
counts are those of rhetor analyze, which also tells voices apart, finds markers and draws charts.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Count {
    #[command(flatten)]
    source: Source,

    /// What is a sentence: full (as everywhere in rhetor) or uax29 (Unicode's rules alone: every line end
    /// ends one, and boilerplate is counted too) [default: full]
    #[arg(long, value_name = "RULES")]
    sentences: Option<SentenceRules>,

    /// Most megabytes for the texts that are read at once; words take about 100 bytes each beside them
    /// [default: as many texts as threads]
    #[arg(long, value_name = "MB")]
    memory: Option<u64>,

    /// Say what the run would read and need, and do nothing
    #[arg(long)]
    plan: bool,

    #[command(flatten)]
    manner: Manner,
}

impl Count {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.source.study()?;
        study.sentences = self.sentences.unwrap_or(study.sentences);
        let memory = self.memory.map(|megabytes| megabytes.saturating_mul(1_000_000));
        let output = &self.source.output;
        let start = Instant::now();
        if self.plan {
            let plan = self.manner.run(|_| plan_count(&study, memory))?;
            return Ok(self.manner.tell(&plan, &[], output, start.elapsed(), || plan_summary(&plan)));
        }
        let report =
            self.manner.run(|progress| count_words(&study, memory, output, self.manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, output, elapsed);
        Ok(self.manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn summary(report: &CountReport, output: &Path, elapsed: Duration) -> String {
    let mut text = headline(&report.corpus, report.texts, report.words, None);
    // Writing to a string does not fail.
    let _ = write!(
        text,
        ", {} different\n{}\nWrote {} files to {} in {:.2} s ({:.0} MB a second). Begin with frequency_list.csv; \
         columns.csv explains every column.\n",
        number(report.types),
        sentence_line(report.sentences, report.sentence_length_mean),
        report.files.len() + 1,
        output.display(),
        elapsed.as_secs_f64(),
        report.bytes as f64 / 1e6 / elapsed.as_secs_f64().max(1e-9),
    );
    text
}

fn plan_summary(plan: &Plan) -> String {
    let megabytes = |bytes: u64| number(bytes.div_ceil(1_000_000));
    let files = if plan.files == 1 { "file" } else { "files" };
    format!(
        "{}: {} {files}, {} MB, the largest of {} MB\n  {} read in parts\n  {} threads, at most {} MB for texts and \
         about {} MB for words\n",
        plan.corpus,
        number(plan.files as u64),
        megabytes(plan.bytes),
        megabytes(plan.largest),
        number(plan.long_files as u64),
        plan.threads,
        megabytes(plan.memory_texts),
        megabytes(plan.memory_words),
    )
}
