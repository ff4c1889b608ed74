//! `rhetor network`.

use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::network;
use rhetor::study::{LinkWeightName, Steps, Study};

use super::super::common::{headline, number};
use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor network novels -o network
  rhetor network novels -o network --neighbours 5 --link-weight square --sweep 100-1000:100

network.graphml opens in Gephi, Cytoscape, igraph and networkx; network_nodes.csv and network_edges.csv are the tables
that Gephi imports. Each link is there once.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Network {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// Nearest texts that each text is linked to, in each setting [default: 3]
    #[arg(long, value_name = "K", help_heading = "Analysis")]
    neighbours: Option<usize>,

    /// What the nearest counts for: linear (k, k − 1 … 1), square, logarithm [default: linear]
    #[arg(long, value_name = "NAME", help_heading = "Analysis")]
    link_weight: Option<LinkWeightName>,

    /// Numbers of features of the sweep [default: the range of --mfw, else 100-2000:100]
    #[arg(long, value_name = "RANGE", help_heading = "Analysis")]
    sweep: Option<Steps>,
}

impl Network {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.study()?;
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| network(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            let within = report.within_groups.map_or_else(String::new, |share| {
                format!("; {:.1} % of their weight is within groups", share * 100.0)
            });
            format!(
                "{}\n  {} links over {} settings{within}\n{}",
                headline(&report.run.corpus, report.run.texts, report.run.words, None),
                number(report.links as u64),
                report.settings,
                super::wrote(&report.run, output, elapsed, "network.graphml")
            )
        };
        Ok(manner.tell(&report, &report.run.problems, output, elapsed, summary))
    }

    fn study(&self) -> Result<Study> {
        let mut study = self.arguments.study()?;
        let options = study.stylometry.get_or_insert_default();
        options.neighbours = self.neighbours.or(options.neighbours);
        options.link_weight = self.link_weight.unwrap_or(options.link_weight);
        options.sweep = self.sweep.or(options.sweep);
        Ok(study)
    }
}
