//! The network of nearest texts over a sweep.

use std::path::Path;

use serde::Serialize;

use super::{Material, StylometryRun};
use crate::error::Result;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::Study;
use crate::stylometry::{Network, network as link};
use crate::tables::stylometry as tables;
use crate::tables::{Rows, Schema};

/// Neighbours of each text.
const NEIGHBOURS: usize = 3;

/// What a run of `network` found.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkReport {
    /// The run.
    #[serde(flatten)]
    pub run: StylometryRun,
    /// Settings of the sweep.
    pub settings: usize,
    /// Neighbours that each text was linked to.
    pub neighbours: usize,
    /// Links, each once.
    pub links: usize,
    /// Share of the weight that is between texts of one group; none without groups.
    pub within_groups: Option<f64>,
}

/// Writes the network of the texts of a study, as GraphML and as the two tables that Gephi reads.
///
/// # Errors
/// With fewer than two texts, if an option cannot be used, or the results cannot be written. `output` then keeps
/// what it held before.
pub fn network(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<NetworkReport> {
    let mut folder = Folder::claim(output, force)?;
    let material = Material::gather(study, progress)?;
    progress(Progress::Tables);
    let options = &material.options;
    let neighbours = options.neighbours.unwrap_or(NEIGHBOURS);
    let swept = material.sweep(&options.sweep())?.distances(&material.source)?;
    let distances: Vec<_> = swept.into_iter().map(|(_, distances)| distances).collect();
    let found = link(&distances, neighbours, options.link_weight.weight())?;
    let groups = material.row_groups();
    folder.write("network.graphml", found.graphml(&groups)?.as_bytes())?;
    let schemas = [nodes_schema(), edges_schema(), tables::features_schema(), tables::frequencies_schema()];
    folder.write(schemas[0].file, &nodes(&schemas[0], &found, &groups).into_bytes())?;
    folder.write(schemas[1].file, &edges(&schemas[1], &found).into_bytes())?;
    material.write_features(&mut folder)?;
    material.write_dictionary(&mut folder, &schemas)?;
    let within = material.groups.is_some().then(|| {
        let of = |wanted: bool| {
            let links = found.links.iter().filter(|link| {
                !wanted || (groups[link.source] == groups[link.target] && !groups[link.source].is_empty())
            });
            links.map(|link| link.weight).sum::<f64>()
        };
        of(true) / of(false)
    });
    let results = serde_json::json!({
        "settings": distances.len(), "neighbours": neighbours, "links": found.links.len(), "within_groups": within,
    });
    let run = material.finish(output, folder, results)?;
    Ok(NetworkReport {
        run,
        settings: distances.len(),
        neighbours,
        links: found.links.len(),
        within_groups: within,
    })
}

fn nodes_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "network_nodes.csv",
        row: "one text",
        columns: vec![
            column("Id", "integer", "", "Number of the text, from 0", ""),
            column("Label", "text", "", "Id of the text", ""),
            column("Class", "text", "", "Its group, if there are groups", ""),
        ],
    }
}

fn nodes(schema: &Schema, network: &Network, groups: &[String]) -> Rows {
    let mut rows = Rows::with_header(schema);
    for (place, (text, group)) in network.texts.iter().zip(groups).enumerate() {
        rows.integer(place as u64).text(text).text(group).end();
    }
    rows
}

fn edges_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "network_edges.csv",
        row: "one link, once; by source and target",
        columns: vec![
            column("Source", "integer", "", "Number of the text that comes first", ""),
            column("Target", "integer", "", "Number of the other", ""),
            column(
                "Weight",
                "number",
                "",
                "Strength of the link over all settings, both directions together",
                "Σ over settings: the nearest of k neighbours counts k, the next k − 1 … 1 (or their squares or logarithms)",
            ),
            column("Type", "text", "", "Undirected", ""),
        ],
    }
}

fn edges(schema: &Schema, network: &Network) -> Rows {
    let mut rows = Rows::with_header(schema);
    for link in &network.links {
        rows.integer(link.source as u64).integer(link.target as u64).number(Some(link.weight));
        rows.text("Undirected").end();
    }
    rows
}
