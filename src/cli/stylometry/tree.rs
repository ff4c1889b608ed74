//! `rhetor tree`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::tree;
use rhetor::study::{Steps, Study};

use super::super::common::headline;
use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor tree novels -o tree                             Cosine Delta, 500 words, ward.D2, with support
  rhetor tree novels -o tree --linkage nj --sweep 100-1000:100 --culling 0-40:20 --distance cosine-delta,delta
  rhetor tree novels -o tree --sampling 2000 --bootstrap-samples --bootstrap 500
  rhetor tree novels -o tree --compat stylo --words stylo:english --mfw 100-1000:100

The tree is made of one setting: the first measure, the lowest culling level, 500 features (or the nearest number below
in --mfw). Its branches carry their support: the share of the trees of a sweep over all settings, and of a bootstrap,
that have them. consensus.nwk is the majority-rule consensus of the sweep.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Tree {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// ward.D2, ward.D, average, complete, single, mcquitty, median, centroid, or nj for neighbour joining
    /// [default: ward.D2]
    #[arg(long, value_name = "NAME", help_heading = "Analysis")]
    linkage: Option<String>,

    /// Numbers of features of the sweep [default: the range of --mfw, else 100-2000:100]
    #[arg(long, value_name = "RANGE", help_heading = "Analysis")]
    sweep: Option<Steps>,

    /// Percent of the trees that must have a branch for it to be in the consensus [default: more than 50]
    #[arg(long, value_name = "PERCENT", help_heading = "Analysis")]
    consensus: Option<usize>,

    /// Trees of the bootstrap, from features drawn with replacement; 0 for none [default: 100]
    #[arg(long, value_name = "N", help_heading = "Analysis")]
    bootstrap: Option<usize>,

    /// Draw from the samples of each text instead, and make a tree of texts
    #[arg(long, requires = "sampling", help_heading = "Analysis")]
    bootstrap_samples: bool,

    /// Write tables and trees only
    #[arg(long)]
    no_charts: bool,
}

impl Tree {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.study()?;
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| tree(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            let found = &report.found;
            let mut text = headline(&report.run.corpus, report.run.texts, report.run.words, None);
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "\n  {} of {} features, {}: {} of {} branches are in more than half of {} trees of the sweep",
                found.measure,
                found.features,
                found.linkage,
                found.stable_branches,
                found.branches,
                found.sweep_trees
            );
            let _ = writeln!(text, "  the consensus has {} branches", found.consensus_branches);
            text + &super::wrote(
                &report.run,
                output,
                elapsed,
                if study.charts { "tree.png" } else { "tree.nwk" },
            )
        };
        Ok(manner.tell(&report, &report.run.problems, output, elapsed, summary))
    }

    fn study(&self) -> Result<Study> {
        let mut study = self.arguments.study()?;
        study.charts &= !self.no_charts;
        let options = study.stylometry.get_or_insert_default();
        options.linkage = self.linkage.clone().or(options.linkage.take());
        options.sweep = self.sweep.or(options.sweep);
        options.consensus = self.consensus.or(options.consensus);
        options.bootstrap = self.bootstrap.or(options.bootstrap);
        options.bootstrap_samples |= self.bootstrap_samples;
        Ok(study)
    }
}
