//! What the subcommands share: arguments, threads, progress, and what is said of a run.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rhetor::corpus::{Problem, Severity};
use rhetor::error::{Error, Result};
use rhetor::hygiene::FINDINGS;
use rhetor::run::{FindingCount, Progress};
use rhetor::study::Study;
use rhetor::text::WordPolicy;
use serde::Serialize;

use super::{DONE, INCOMPLETE, complain, print};

/// Which texts, and where the results go.
#[derive(Debug, Args)]
pub struct Source {
    /// Folders of .txt files, or files [default: seeds]
    corpus: Vec<PathBuf>,

    /// Folder for the results
    #[arg(short, long, value_name = "FOLDER", default_value = "output")]
    pub output: PathBuf,

    /// Take the options of an earlier run from its study.toml; options given here go first
    #[arg(long, value_name = "FILE")]
    study: Option<PathBuf>,

    /// Language of all texts, as ISO 639 code [default: metadata column language, else detected]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,

    /// Encoding of texts that are not UTF-8, as windows-1252 or shift_jis [default: a guess, reported]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// What is a word: unicode, uax29, given (cut at spaces) or stylo:RULES, with +hyphens, +elisions,
    /// +numbers, +urls, +abbreviations and more [default: unicode]
    #[arg(long, value_name = "POLICY")]
    words: Option<WordPolicy>,
}

impl Source {
    /// Takes the last of several arguments, or the only one if it is no path, as something else than a corpus.
    pub fn take_last(&mut self) -> Option<String> {
        let only = self.corpus.len() == 1;
        let last = self.corpus.pop_if(|last| !(only && last.exists()))?;
        Some(last.to_string_lossy().into_owned())
    }

    /// The options of the study file, if any, with those of the command line over them.
    pub fn study(&self) -> Result<Study> {
        let mut study = match &self.study {
            Some(path) => Study::load(path)?,
            None => Study::default(),
        };
        if !self.corpus.is_empty() {
            study.corpus.clone_from(&self.corpus);
        }
        if let Some(words) = self.words {
            study.words = words;
        }
        study.language = self.language.clone().or(study.language);
        study.encoding = self.encoding.clone().or(study.encoding);
        Ok(study)
    }
}

/// How a run is run and what it prints.
#[derive(Debug, Args)]
pub struct Manner {
    /// Write into a folder that holds other files; those with the names of results are replaced
    #[arg(long)]
    pub force: bool,

    /// Threads to use [default: all cores]; never changes a result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Print no summary and no progress, only what went wrong
    #[arg(short, long)]
    quiet: bool,

    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

impl Manner {
    /// Runs a job on as many threads as asked for, with a progress bar.
    pub fn run<R: Send>(
        &self,
        job: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> Result<R> + Send,
    ) -> Result<R> {
        let threads = usize::from(self.threads.unwrap_or(0));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Error::Threads { threads, reason: error.to_string() })?;
        let bar = self.progress_bar();
        let result = pool.install(|| job(&|progress| show(&bar, progress)));
        bar.finish_and_clear();
        result
    }

    /// Prints what is to be known of a run, and gives its exit code.
    pub fn tell(
        &self,
        report: &impl Serialize,
        problems: &[Problem],
        output: &Path,
        elapsed: Duration,
        summary: impl FnOnce() -> String,
    ) -> u8 {
        for line in complaints(problems, output) {
            complain(&line);
        }
        if self.json {
            print(&json(report, elapsed));
        } else if !self.quiet {
            print(&summary());
        }
        let errors = problems.iter().any(|problem| problem.severity == Severity::Error);
        if errors { INCOMPLETE } else { DONE }
    }

    fn progress_bar(&self) -> ProgressBar {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}

/// A number with separators of thousands.
pub fn number(number: u64) -> String {
    indicatif::HumanCount(number).to_string()
}

/// The first line of a summary: `seeds: 17 texts, 12,935 words, 6.6 % quoted`.
pub fn headline(corpus: &str, texts: usize, words: u64, quoted_share: Option<f64>) -> String {
    let noun = if texts == 1 { "text" } else { "texts" };
    let share = quoted_share.map_or_else(String::new, |share| format!(", {:.1} % quoted", share * 100.0));
    format!("{corpus}: {texts} {noun}, {} words{share}", number(words))
}

/// The line of a summary on sentences.
pub fn sentence_line(sentences: u64, mean: Option<f64>) -> String {
    let mean = mean.map_or_else(String::new, |mean| format!(" of {mean:.1} words on average"));
    format!("  {} sentences{mean}", number(sentences))
}

/// The warnings about texts: `Hygiene: 3 texts with mixed quotation marks, 1 identical to another`.
pub fn hygiene_line(findings: &[FindingCount]) -> Option<String> {
    let warnings = findings.iter().filter(|count| count.severity == Severity::Warning);
    let parts: Vec<String> = warnings
        .enumerate()
        .map(|(index, count)| {
            let phrase = FINDINGS.iter().find(|(name, _)| *name == count.finding);
            let texts = match (index, count.texts) {
                (0, 1) => " text",
                (0, _) => " texts",
                _ => "",
            };
            format!("{}{texts} {}", count.texts, phrase.map_or(count.finding, |(_, phrase)| phrase))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("Hygiene: {}; see hygiene.csv.", parts.join(", ")))
}

fn show(bar: &ProgressBar, progress: Progress) {
    let style =
        |template| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    match progress {
        Progress::Reading { done, of } => {
            if bar.length() != Some(of) {
                bar.set_length(of);
                bar.set_style(style("reading {wide_bar} {bytes}/{total_bytes} {eta}"));
            }
            bar.set_position(done);
        }
        Progress::Tables => bar.set_style(style("{spinner} writing tables")),
        Progress::Charts => bar.set_style(style("{spinner} drawing charts")),
    }
}

/// What the reader must know even of a quiet run: the first few errors and warnings.
fn complaints(problems: &[Problem], output: &Path) -> Vec<String> {
    const MOST: usize = 5;
    let mut problems: Vec<_> = problems.iter().filter(|problem| problem.severity > Severity::Note).collect();
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    let mut lines: Vec<String> = problems
        .iter()
        .take(MOST)
        .map(|problem| {
            let place =
                if problem.place.is_empty() { String::new() } else { format!(" ({})", problem.place) };
            let file = if problem.file.is_empty() { String::new() } else { format!(" '{}'", problem.file) };
            format!("{}:{file}{place} {}", problem.severity.name(), problem.message)
        })
        .collect();
    if problems.len() > MOST {
        let more = problems.len() - MOST;
        lines.push(format!("{more} more errors and warnings in {}", output.join("problems.csv").display()));
    }
    lines
}

fn json(report: &impl Serialize, elapsed: Duration) -> String {
    let mut value = serde_json::json!(report);
    value["seconds"] = serde_json::json!(elapsed.as_secs_f64());
    format!("{value:#}\n")
}
