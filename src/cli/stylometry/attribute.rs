//! `rhetor attribute`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::{AttributionReport, MethodReport, attribute};

use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor attribute novels -o who                            every text by the others, seven methods
  rhetor attribute papers -o who --group label --unknown Disputed
  rhetor attribute papers -o who --unknown letter_12 --method svm,nearest --distance delta --mfw 200
  rhetor attribute novels -o who --evaluation groups:work   all texts of a work left out together
  rhetor attribute novels -o who --abstain 0.05

Texts have a class by --group: a metadata column, the folder ('folder') or what stands before the first _ of a file
name ('name'). Those without one, and those named by --unknown, are in question. Most frequent words, culling, means
and deviations come from the training texts alone, in every fold. The first method gives the verdicts, the stability
map and the words that decide.";

/// Most verdicts printed.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Attribute {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// Texts or classes in question, with commas between; besides the texts without a class
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Attribution")]
    unknown: Vec<String>,

    /// How classes are chosen, the main way first: centroid, plain-centroid, nearest, neighbours:N, svm:COST,
    /// shrunken-centroids:THRESHOLD, naive-bayes, logistic:PENALTY [default: all but plain-centroid]
    #[arg(long, value_name = "METHOD", value_delimiter = ',', help_heading = "Attribution")]
    method: Vec<String>,

    /// What is left out in turn: leave-one-out, folds:N, groups:COLUMN or none [default: leave-one-out]
    #[arg(long, value_name = "FOLDS", help_heading = "Attribution")]
    evaluation: Option<String>,

    /// Give no answer where the best class is before the second by a smaller share of the score [default: 0]
    #[arg(long, value_name = "MARGIN", help_heading = "Attribution")]
    abstain: Option<f64>,

    /// Features listed for each verdict [default: 50]
    #[arg(long, value_name = "N", help_heading = "Attribution")]
    contributions: Option<usize>,

    /// Places shown of each feature that decides [default: 3]
    #[arg(long, value_name = "N", help_heading = "Attribution")]
    contexts: Option<usize>,
}

impl Attribute {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.arguments.study()?;
        let options = study.attribution.get_or_insert_default();
        if !self.unknown.is_empty() {
            options.unknown = self.unknown;
        }
        if !self.method.is_empty() {
            options.methods = self.method;
        }
        options.evaluation = self.evaluation.unwrap_or(std::mem::take(&mut options.evaluation));
        options.abstain = self.abstain.unwrap_or(options.abstain);
        options.contributions = self.contributions.unwrap_or(options.contributions);
        options.contexts = self.contexts.unwrap_or(options.contexts);
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| attribute(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, elapsed.as_secs_f64());
        Ok(manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn summary(report: &AttributionReport, seconds: f64) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "{}: {} texts of {} classes to learn from",
        report.corpus,
        report.training,
        report.classes.len()
    );
    if let Some(baseline) = report.evaluation.first().and_then(|method| method.majority_baseline) {
        let _ =
            writeln!(text, "Left out and found again (always the largest class: {:.1} %):", baseline * 100.0);
    }
    for method in &report.evaluation {
        let _ = writeln!(text, "  {}", evaluated(method));
    }
    for verdict in report.verdicts.iter().take(SHOWN) {
        let class = verdict.class.as_deref().unwrap_or("no answer");
        let support =
            verdict.support.map_or_else(String::new, |share| format!(", {:.0} % of settings", share * 100.0));
        let (agreeing, all) = verdict.methods;
        let words = if verdict.features.is_empty() {
            String::new()
        } else {
            format!(": {}", verdict.features.join(", "))
        };
        let _ = writeln!(text, "  {} → {class} ({agreeing} of {all} methods{support}){words}", verdict.text);
    }
    if report.verdicts.len() > SHOWN {
        let _ = writeln!(text, "  {} more in attribution.csv", report.verdicts.len() - SHOWN);
    }
    let begin = if report.verdicts.is_empty() { "evaluation.csv" } else { "attribution.csv" };
    let _ = writeln!(
        text,
        "Wrote {} files to {} in {seconds:.2} s. Begin with {begin} and stability.png.",
        report.files.len() + 1,
        report.output
    );
    text
}

fn evaluated(method: &MethodReport) -> String {
    let mut text = format!("{:<38} {:>4} of {}", method.method, method.correct, method.answered);
    if let (Some(accuracy), Some((low, high))) = (method.accuracy, method.interval) {
        let _ = write!(
            text,
            " right, {:.1} % (95 % interval {:.1}–{:.1})",
            accuracy * 100.0,
            low * 100.0,
            high * 100.0
        );
    }
    if method.answered < method.texts {
        let _ = write!(text, ", {} not answered", method.texts - method.answered);
    }
    text
}
