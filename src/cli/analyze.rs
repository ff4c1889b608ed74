//! `rhetor analyze`.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rhetor::corpus::Severity;
use rhetor::error::{Error, Result};
use rhetor::hygiene::FINDINGS;
use rhetor::run::{Progress, Report, analyze};
use rhetor::study::Study;
use rhetor::text::{UNDETERMINED, WordPolicy, language_name};

use super::{DONE, INCOMPLETE, complain, print};

const EXAMPLES: &str = "\
Examples:
  rhetor analyze                            the sample corpus seeds/ into output/
  rhetor analyze pamphlets -o results       a folder of .txt files
  rhetor analyze novels --group label       colour the charts by a metadata column
  rhetor analyze old --encoding latin1      texts that are not UTF-8
  rhetor analyze --study output/study.toml  the options of an earlier run again
  rhetor analyze pamphlets --json | jq .words

Metadata: a table metadata.csv or labels.csv in the corpus folder, with a column 'file', adds its
columns to documents.csv. README.md in the output folder explains every file.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Analyze {
    /// Folders of .txt files, or files [default: seeds]
    corpus: Vec<PathBuf>,

    /// Folder for the results
    #[arg(short, long, value_name = "FOLDER", default_value = "output")]
    output: PathBuf,

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

    /// Marker lexicon to use instead of the built-in one
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    /// Metadata column that groups texts in charts [default: author, label, class or group]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,

    /// Characters of context on either side of a hit [default: 50]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    context: Option<u16>,

    /// Words in the chart of the most frequent words [default: 30]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=60))]
    top_words: Option<u8>,

    /// Write tables only
    #[arg(long)]
    no_charts: bool,

    /// Write into a folder that holds other files; those with the names of results are replaced
    #[arg(long)]
    force: bool,

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

impl Analyze {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.study()?;
        let threads = usize::from(self.threads.unwrap_or(0));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Error::Threads { threads, reason: error.to_string() })?;
        let bar = self.progress_bar();
        let start = Instant::now();
        let report =
            pool.install(|| analyze(&study, &self.output, self.force, &|progress| show(&bar, progress)));
        let elapsed = start.elapsed();
        bar.finish_and_clear();
        let report = report?;
        for line in complaints(&report, &self.output) {
            complain(&line);
        }
        if self.json {
            print(&json(&report, elapsed));
        } else if !self.quiet {
            print(&summary(&report, &self.output, elapsed));
        }
        let errors = report.count(Severity::Error);
        Ok(if errors > 0 { INCOMPLETE } else { DONE })
    }

    /// The options of the study file, if any, with those of the command line over them.
    fn study(&self) -> Result<Study> {
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
        if let Some(context) = self.context {
            study.context = usize::from(context);
        }
        if let Some(top_words) = self.top_words {
            study.top_words = usize::from(top_words);
        }
        study.language = self.language.clone().or(study.language);
        study.encoding = self.encoding.clone().or(study.encoding);
        study.lexicon = self.lexicon.clone().or(study.lexicon);
        study.group = self.group.clone().or(study.group);
        study.charts &= !self.no_charts;
        Ok(study)
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

fn show(bar: &ProgressBar, progress: Progress) {
    let style =
        |template| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    match progress {
        Progress::Counting { done, of } => {
            if bar.length() != Some(of) {
                bar.set_length(of);
                bar.set_style(style("counting {wide_bar} {bytes}/{total_bytes} {eta}"));
            }
            bar.set_position(done);
        }
        Progress::Tables => bar.set_style(style("{spinner} writing tables")),
        Progress::Charts => bar.set_style(style("{spinner} drawing charts")),
    }
}

/// What the reader must know even of a quiet run: the first few errors and warnings.
fn complaints(report: &Report, output: &Path) -> Vec<String> {
    const MOST: usize = 5;
    let mut problems: Vec<_> =
        report.problems.iter().filter(|problem| problem.severity > Severity::Note).collect();
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

fn json(report: &Report, elapsed: Duration) -> String {
    let mut value = serde_json::json!(report);
    value["seconds"] = serde_json::json!(elapsed.as_secs_f64());
    format!("{value:#}\n")
}

/// How many texts are in which language, if there is more than one: `12 texts in German, 3 in Latin`.
fn languages(report: &Report) -> Option<String> {
    const MOST: usize = 5;
    let [first, others @ ..] = report.languages.as_slice() else { return None };
    if others.is_empty() {
        return None;
    }
    let name = |code: &'static str| match code {
        UNDETERMINED => "a language that is not known",
        code => language_name(code),
    };
    let mut line = format!(
        "{} {} in {}",
        first.texts,
        if first.texts == 1 { "text" } else { "texts" },
        name(first.language)
    );
    for count in others.iter().take(MOST - 1) {
        let _ = write!(line, ", {} in {}", count.texts, name(count.language));
    }
    if let Some(rest) = others.get(MOST - 1..).filter(|rest| !rest.is_empty()) {
        let texts: usize = rest.iter().map(|count| count.texts).sum();
        let _ = write!(line, ", {texts} in {} more", rest.len());
    }
    Some(line)
}

/// The warnings about texts: `Hygiene: 3 texts with mixed quotation marks, 1 identical to another`.
fn hygiene(report: &Report) -> Option<String> {
    let warnings = report.hygiene.iter().filter(|count| count.severity == Severity::Warning);
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

fn summary(report: &Report, output: &Path, elapsed: Duration) -> String {
    let mut text = String::new();
    let number = |number: u64| indicatif::HumanCount(number).to_string();
    let texts = if report.texts == 1 { "text" } else { "texts" };
    let share =
        report.quoted_share.map_or_else(String::new, |share| format!(", {:.1} % quoted", share * 100.0));
    let mean = report
        .sentence_length_mean
        .map_or_else(String::new, |mean| format!(" of {mean:.1} words on average"));
    // Writing to a string does not fail.
    let _ =
        writeln!(text, "{}: {} {texts}, {} words{share}", report.corpus, report.texts, number(report.words));
    if let Some(languages) = languages(report) {
        let _ = writeln!(text, "  {languages}");
    }
    let _ = writeln!(text, "  {} different words", number(report.types));
    let _ = writeln!(text, "  {} sentences{mean}", number(report.sentences));
    if let (Some((longest, most)), Some((shortest, least)), true) =
        (&report.longest_sentences, &report.shortest_sentences, report.texts > 1)
    {
        let _ = writeln!(text, "    longest in {longest} ({most:.1}), shortest in {shortest} ({least:.1})");
    }
    let _ = writeln!(text, "  {} rhetorical markers and questions", number(report.marker_hits));
    if let Some(hygiene) = hygiene(report) {
        let _ = writeln!(text, "{hygiene}");
    }
    let _ = writeln!(
        text,
        "Wrote {} files to {} in {:.2} s. Begin with {}; columns.csv explains every column.",
        report.files.len() + 1,
        output.display(),
        elapsed.as_secs_f64(),
        if report.files.iter().any(|file| file.ends_with(".png")) {
            "documents.csv and the charts (*.png)"
        } else {
            "documents.csv"
        }
    );
    text
}
