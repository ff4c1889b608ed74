//! `rhetor map`.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use rhetor::error::Result;
use rhetor::run::stylometry::map;
use rhetor::study::{MapKind, Study};

use super::super::common::headline;
use super::StylometryArguments;

const EXAMPLES: &str = "\
Examples:
  rhetor map novels -o map                               all four maps
  rhetor map novels -o map --map pca-correlation --arrows 20
  rhetor map novels -o map --map tsne --perplexity 5 --distance delta

coordinates.csv has the place of each text in each map, loadings.csv the weight of each feature in each principal
component.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Map {
    #[command(flatten)]
    arguments: StylometryArguments,

    /// Maps to make, with commas between: pca-covariance, pca-correlation, mds, tsne [default: all that the number of
    /// texts allows]
    #[arg(long = "map", value_name = "KIND", value_delimiter = ',', help_heading = "Analysis")]
    maps: Vec<MapKind>,

    /// Neighbours that t-SNE takes each text to have [default: 30, or a third of the texts]
    #[arg(long, value_name = "N", help_heading = "Analysis")]
    perplexity: Option<usize>,

    /// Features drawn as arrows in maps of principal components [default: 12]
    #[arg(long, value_name = "N", help_heading = "Analysis")]
    arrows: Option<usize>,

    /// Write tables only
    #[arg(long)]
    no_charts: bool,
}

impl Map {
    /// Runs the command; gives the exit code.
    pub fn run(self) -> Result<u8> {
        let study = self.study()?;
        let output = &self.arguments.source.output;
        let manner = &self.arguments.manner;
        let start = Instant::now();
        let report = manner.run(|progress| map(&study, output, manner.force, progress))?;
        let elapsed = start.elapsed();
        let summary = || {
            let mut text = headline(&report.run.corpus, report.run.texts, report.run.words, None) + "\n";
            for map in &report.maps {
                let name =
                    MapKind::ALL.iter().find(|(kind, _)| *kind == map.kind).map_or("", |(_, name)| name);
                // Writing to a string does not fail.
                let _ = match (&map.skipped, &map.percent[..]) {
                    (Some(reason), _) => writeln!(text, "  no {name}: {reason}"),
                    (None, [first, second, ..]) => {
                        writeln!(text, "  {name}: {first:.1} % and {second:.1} % of the variance")
                    }
                    (None, _) => writeln!(text, "  {name}"),
                };
            }
            text + &super::wrote(&report.run, output, elapsed, "coordinates.csv and the maps (*.png)")
        };
        Ok(manner.tell(&report, &report.run.problems, output, elapsed, summary))
    }

    fn study(&self) -> Result<Study> {
        let mut study = self.arguments.study()?;
        study.charts &= !self.no_charts;
        let options = study.stylometry.get_or_insert_default();
        if !self.maps.is_empty() {
            options.maps.clone_from(&self.maps);
        }
        options.perplexity = self.perplexity.or(options.perplexity);
        options.arrows = self.arrows.or(options.arrows);
        Ok(study)
    }
}
