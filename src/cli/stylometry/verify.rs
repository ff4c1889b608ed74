//! `rhetor verify`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::{VerificationReport, verify};

use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor verify papers -o proof --group label --unknown Disputed
  rhetor verify papers -o proof --unknown letter_12 --candidate Madison
  rhetor verify novels -o proof --distance minmax --features char-ngrams -n 3 --mfw 1000

General imposters: in each draw of features and of texts by others, is the text nearest to one of the candidate's?
Distance imposters: how much nearer is a text of the candidate than one by another? The same is asked for every text
whose class is known, left out; the thresholds between which no answer is given have the highest c@1 on these.";

/// Most verdicts printed.
const SHOWN: usize = 24;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// Texts or classes in question, with commas between; besides the texts without a class
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Verification")]
    unknown: Vec<String>,

    /// Candidates, with commas between [default: every class]
    #[arg(long, value_name = "CLASS", value_delimiter = ',', help_heading = "Verification")]
    candidate: Vec<String>,

    /// Draws [default: 100]
    #[arg(long, value_name = "N", help_heading = "Verification")]
    iterations: Option<usize>,

    /// Share of the features in a draw [default: 0.5]
    #[arg(long, value_name = "SHARE", help_heading = "Verification")]
    feature_share: Option<f64>,

    /// Share of the imposters in a draw [default: 0.5]
    #[arg(long, value_name = "SHARE", help_heading = "Verification")]
    imposter_share: Option<f64>,
}

impl Verify {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let mut study = self.arguments.study()?;
        let options = study.verification.get_or_insert_default();
        if !self.unknown.is_empty() {
            options.unknown = self.unknown;
        }
        if !self.candidate.is_empty() {
            options.candidates = self.candidate;
        }
        options.iterations = self.iterations.unwrap_or(options.iterations);
        options.feature_share = self.feature_share.unwrap_or(options.feature_share);
        options.imposter_share = self.imposter_share.unwrap_or(options.imposter_share);
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| verify(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || summary(&report, elapsed.as_secs_f64());
        Ok(manner.tell(&report, &report.problems, output, elapsed, summary))
    }
}

fn summary(report: &VerificationReport, seconds: f64) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}: {} cases whose truth is known", report.corpus, report.cases);
    if let (Some(c_at_1), Some(auc)) = (report.c_at_1, report.auc) {
        let _ = writeln!(text, "  general imposters: c@1 {c_at_1:.3}, AUC {auc:.3}");
    }
    if let Some((low, high)) = report.thresholds {
        let _ = writeln!(text, "  no answer from {low} to {high}");
    }
    for case in report.verdicts.iter().take(SHOWN) {
        let answer = match case.answer {
            Some(true) => "yes",
            Some(false) => "no",
            None => "no answer",
        };
        let _ = writeln!(text, "  {} by {}? {answer} ({:.2})", case.text, case.candidate, case.score);
    }
    if report.verdicts.len() > SHOWN {
        let _ = writeln!(text, "  {} more in verification.csv", report.verdicts.len() - SHOWN);
    }
    let _ = writeln!(
        text,
        "Wrote {} files to {} in {seconds:.2} s. Begin with verification.csv.",
        report.files.len() + 1,
        report.output
    );
    text
}
