//! Trees of texts: one of the main setting with the support of its branches, and the consensus of a sweep.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::pictures::{MOST_DRAWN, along_branches, at_heights, by_levels, percent};
use super::{Material, StylometryRun};
use crate::charts::stylometry::{Drawing, dendrogram};
use crate::charts::{Chart, ChartError};
use crate::error::Result;
use crate::run::drawing::write_chart;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::Study;
use crate::stylometry::{
    Dendrogram, FeatureCounts, FrequencyTable, Tabulate, Tree, TreeMethod, bootstrap_features,
    bootstrap_samples, consensus,
};
use crate::tables::stylometry as tables;
use crate::tables::{Rows, Schema};

/// Replicates of a bootstrap.
const REPLICATES: usize = 100;

/// What a run of `tree` found.
#[derive(Clone, Debug, Serialize)]
pub struct TreeReport {
    /// The run.
    #[serde(flatten)]
    pub run: StylometryRun,
    /// What the trees are.
    #[serde(flatten)]
    pub found: TreeFound,
}

/// What the trees are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeFound {
    /// How trees were made.
    pub linkage: String,
    /// The measure of the main tree.
    pub measure: String,
    /// Features of the main tree.
    pub features: usize,
    /// Culling level of the main tree, in percent.
    pub culling: f64,
    /// Trees of the sweep.
    pub sweep_trees: usize,
    /// Trees of the bootstrap.
    pub bootstrap_trees: usize,
    /// Branches that part two or more texts from two or more, in the main tree.
    pub branches: usize,
    /// Those of them that more than half of the trees of the sweep have.
    pub stable_branches: usize,
    /// Branches of the consensus.
    pub consensus_branches: usize,
}

/// The trees of a study.
pub(in crate::run) struct Trees {
    /// The clustering, where the tree is one.
    dendrogram: Option<Dendrogram>,
    tree: Tree,
    /// Support of each node by the sweep and by the bootstrap.
    sweep: Vec<Option<f64>>,
    bootstrap: Vec<Option<f64>>,
    consensus: Tree,
    groups: Vec<String>,
    /// What it was made of, in words.
    setting: String,
    pub found: TreeFound,
}

/// Makes the trees of the texts of a study.
///
/// # Errors
/// With fewer than three texts, if an option cannot be used, or the results cannot be written. `output` then keeps
/// what it held before.
pub fn tree(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<TreeReport> {
    let mut folder = Folder::claim(output, force)?;
    let material = Material::gather(study, progress)?;
    progress(Progress::Tables);
    let replicates = material.options.bootstrap.unwrap_or(REPLICATES);
    let trees = Trees::of(&material, replicates)?;
    folder.write("tree.nwk", line(&trees.tree_with(&trees.sweep)).as_bytes())?;
    if trees.found.bootstrap_trees > 0 {
        folder.write("tree_bootstrap.nwk", line(&trees.tree_with(&trees.bootstrap)).as_bytes())?;
    }
    folder.write("consensus.nwk", line(&trees.consensus).as_bytes())?;
    let mut schemas = vec![branches_schema()];
    folder.write("branches.csv", &trees.branches(&schemas[0]).into_bytes())?;
    if let Some(dendrogram) = &trees.dendrogram {
        schemas.push(merges_schema());
        folder.write("merges.csv", &merges(&schemas[1], dendrogram).into_bytes())?;
    }
    schemas.extend([tables::features_schema(), tables::frequencies_schema()]);
    material.write_features(&mut folder)?;
    material.write_dictionary(&mut folder, &schemas)?;
    if material.study.charts && trees.tree.texts().len() <= MOST_DRAWN {
        progress(Progress::Charts);
        write_chart(&mut folder, "tree", trees.drawn(&material, "tree"))?;
        trees.draw_consensus(&material, &mut folder)?;
    }
    let results = serde_json::to_value(&trees.found).unwrap_or_default();
    let run = material.finish(output, folder, results)?;
    Ok(TreeReport { run, found: trees.found })
}

fn line(tree: &Tree) -> String {
    tree.newick() + "\n"
}

impl Trees {
    /// The tree of the main setting, its support by the sweep and by `replicates` of the bootstrap, the consensus.
    pub fn of(material: &Material, replicates: usize) -> Result<Self> {
        let options = &material.options;
        let method = options.linkage()?;
        let measure = options.measures()?.first().copied().unwrap_or_default();
        let culling = options.culling().first().copied().unwrap_or(0.0);
        let selection = material.selection(options.main_mfw(), culling);
        let sweep = material.sweep(&options.sweep())?;
        // Where they are made of samples, the texts of the tree and their samples.
        let texts = if options.bootstrap_samples { Some(material.texts_of_samples()) } else { None };
        let combined: Option<FeatureCounts> = texts
            .as_ref()
            .map(|texts| material.counts()?.combined(texts).map_err(crate::Error::from))
            .transpose()?;
        let (table, swept): (FrequencyTable, Vec<Tree>) = match &combined {
            Some(counts) => (counts.tabulate(&selection)?, trees(sweep.trees(counts, method)?)),
            None => (material.source.tabulate(&selection)?, trees(sweep.trees(&material.source, method)?)),
        };
        crate::stylometry::enough_texts("a tree", table.texts().len(), 3)?;
        let bootstrapped = match (&texts, replicates) {
            (_, 0) => Vec::new(),
            (Some(texts), _) => bootstrap_samples(
                material.counts()?,
                texts,
                &selection,
                measure,
                method,
                replicates,
                options.seed,
            )?,
            (None, _) => bootstrap_features(&table, measure, method, replicates, options.seed)?,
        };
        let distances = measure.distances(&table)?;
        let dendrogram = match method {
            TreeMethod::Linkage(linkage) => Some(linkage.cluster(&distances)?),
            TreeMethod::NeighbourJoining => None,
        };
        let tree = match &dendrogram {
            Some(dendrogram) => dendrogram.tree(),
            None => method.tree(&distances)?,
        };
        let strength = options.consensus.unwrap_or(50) as f64 / 100.0;
        let agreed = consensus(&swept, strength)?;
        let support = |trees: &[Tree]| -> Vec<Option<f64>> {
            tree.clone().with_support(trees).nodes().iter().map(|node| node.support).collect()
        };
        let (by_sweep, by_bootstrap) = (support(&swept), support(&bootstrapped));
        let found = TreeFound {
            linkage: method.to_string(),
            measure: measure.id(),
            features: table.features().len(),
            culling,
            sweep_trees: swept.len(),
            bootstrap_trees: bootstrapped.len(),
            branches: tree.splits().len(),
            stable_branches: stable(&tree, &swept),
            consensus_branches: agreed.splits().len(),
        };
        let groups = match &texts {
            Some(texts) => texts.iter().map(|(_, rows)| material.row_groups()[rows[0]].clone()).collect(),
            None => material.row_groups(),
        };
        let setting = format!(
            "{} of {} {}{}, {}",
            found.measure,
            found.features,
            material.options.features.name(),
            if culling > 0.0 { format!(" culled at {culling} %") } else { String::new() },
            if method == TreeMethod::NeighbourJoining {
                "neighbour joining".to_owned()
            } else {
                found.linkage.clone()
            },
        );
        Ok(Self {
            dendrogram,
            tree,
            sweep: by_sweep,
            bootstrap: by_bootstrap,
            consensus: agreed,
            groups,
            setting,
            found,
        })
    }

    /// The tree with one kind of support, in Newick form.
    pub fn newick(&self) -> String {
        line(&self.tree_with(&self.sweep))
    }

    fn tree_with(&self, support: &[Option<f64>]) -> Tree {
        self.tree.clone().with_supports(support)
    }

    /// Draws the tree of the main setting.
    pub fn drawn(&self, material: &Material, name: &'static str) -> std::result::Result<Chart, ChartError> {
        let root = self.tree.nodes().len() - 1;
        let two = self.found.bootstrap_trees > 0;
        let support = |node: usize| {
            // Of two branches at the root, which are one, the lower has the number.
            let twin =
                self.tree.nodes()[root].children.len() == 2 && self.tree.nodes()[root].children[0] == node;
            match (self.sweep[node], self.bootstrap[node]) {
                _ if twin => String::new(),
                (Some(sweep), Some(bootstrap)) => format!("{}/{}", percent(sweep), percent(bootstrap)),
                (Some(share), None) | (None, Some(share)) => percent(share),
                (None, None) => String::new(),
            }
        };
        let (nodes, axis, from_texts) = match &self.dendrogram {
            Some(dendrogram) => (at_heights(dendrogram, &self.tree, support), "height of the merge", true),
            None => (along_branches(&self.tree, support), "length of the branches", false),
        };
        let drawn_from = if material.options.bootstrap_samples { "samples" } else { "features" };
        let numbers = if two {
            format!(
                "Numbers: percent of {} trees of a sweep over {} features / of {} bootstrap trees (drawn from {drawn_from}) that have the branch.",
                self.found.sweep_trees,
                range(&material.options.sweep()),
                self.found.bootstrap_trees
            )
        } else {
            format!(
                "Numbers: percent of {} trees of a sweep over {} features that have the branch.",
                self.found.sweep_trees,
                range(&material.options.sweep())
            )
        };
        let root_means = if from_texts { "" } else { " The root has no meaning." };
        let drawing = Drawing {
            name,
            title: "Tree of texts",
            subtitle: format!("{}. {numbers}{root_means}", capital(&self.setting)),
            nodes,
            axis: Some(axis),
            from_texts,
        };
        let texts = material.labelled(self.tree.texts(), self.groups.clone(), &self.setting);
        dendrogram(&texts, &drawing)
    }

    fn draw_consensus(&self, material: &Material, folder: &mut Folder) -> Result<()> {
        let support = |node: usize| self.consensus.nodes()[node].support.map_or_else(String::new, percent);
        let least = material.options.consensus.unwrap_or(50);
        let drawing = Drawing {
            name: "consensus",
            title: "Consensus of trees",
            subtitle: format!(
                "Branches that {} of {} trees have: {} of {} features, {}. Numbers: percent of the trees. \
                 The root and the lengths of the branches have no meaning.",
                if least == 50 { "more than half".to_owned() } else { format!("at least {least} %") },
                self.found.sweep_trees,
                material
                    .options
                    .measures()?
                    .iter()
                    .map(|measure| measure.id())
                    .collect::<Vec<_>>()
                    .join(", "),
                range(&material.options.sweep()),
                self.found.linkage
            ),
            nodes: by_levels(&self.consensus, support),
            axis: None,
            from_texts: true,
        };
        let texts = material.labelled(self.consensus.texts(), self.groups.clone(), "majority-rule consensus");
        write_chart(folder, "consensus", dendrogram(&texts, &drawing))
    }

    fn branches(&self, schema: &Schema) -> Rows {
        let nodes = self.tree.nodes();
        let mut parents = vec![None; nodes.len()];
        for (place, node) in nodes.iter().enumerate() {
            node.children.iter().for_each(|child| parents[*child] = Some(place));
        }
        let below = self.tree.texts_below();
        let mut rows = Rows::with_header(schema);
        for (place, node) in nodes.iter().enumerate() {
            rows.integer(place as u64 + 1).count(parents[place].map(|parent: usize| parent as u64 + 1));
            rows.text(node.text.map_or("", |text| self.tree.texts()[text].as_str()));
            rows.integer(below[place].len() as u64).number(node.length);
            rows.number(self.sweep[place]).number(self.bootstrap[place]);
            let names: Vec<&str> =
                below[place].iter().map(|text| self.tree.texts()[*text].as_str()).collect();
            rows.text(&if node.text.is_some() { String::new() } else { names.join("; ") }).end();
        }
        rows
    }
}

fn trees(of: Vec<(crate::stylometry::Setting, Tree)>) -> Vec<Tree> {
    of.into_iter().map(|(_, tree)| tree).collect()
}

/// Branches of a tree that more than half of others have.
fn stable(tree: &Tree, others: &[Tree]) -> usize {
    let mut counts: BTreeMap<_, usize> = tree.splits().into_iter().map(|split| (split, 0)).collect();
    for split in others.iter().flat_map(Tree::splits) {
        if let Some(count) = counts.get_mut(&split) {
            *count += 1;
        }
    }
    counts.values().filter(|count| 2 * **count > others.len()).count()
}

/// `100 to 2,000`.
fn range(numbers: &[usize]) -> String {
    let whole = |number: Option<&usize>| crate::charts::whole(number.copied().unwrap_or(0) as u64);
    if numbers.len() < 2 {
        whole(numbers.first())
    } else {
        format!("{} to {}", whole(numbers.first()), whole(numbers.last()))
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Material {
    /// The texts with the places of their samples.
    fn texts_of_samples(&self) -> Vec<(String, Vec<usize>)> {
        let mut texts: Vec<(String, Vec<usize>)> = Vec::new();
        let mut last = None;
        for (place, row) in self.rows.iter().enumerate() {
            if row.document != last || texts.is_empty() {
                let name =
                    self.document(place).map_or_else(|| row.name.clone(), |document| document.id.clone());
                texts.push((name, Vec::new()));
                last = row.document;
            }
            if let Some((_, rows)) = texts.last_mut() {
                rows.push(place);
            }
        }
        texts
    }
}

fn branches_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "branches.csv",
        row: "one node of the tree of the main setting and the branch above it; children before their parents",
        columns: vec![
            column("node", "integer", "", "Number of the node", ""),
            column("parent", "integer", "", "Number of the node above; empty for the root", ""),
            column("text", "text", "", "Id of the text, for a tip", ""),
            column("texts", "integer", "texts", "Texts below the node", ""),
            column(
                "length",
                "number",
                "",
                "Length of the branch",
                "clusters: half the difference of the heights at its ends",
            ),
            column(
                "sweep_support",
                "number",
                "",
                "Share of the trees of the sweep that have the branch; empty for a branch that every tree has",
                "",
            ),
            column(
                "bootstrap_support",
                "number",
                "",
                "Share of the bootstrap trees that have the branch",
                "Felsenstein 1985",
            ),
            column(
                "members",
                "text",
                "",
                "Ids of the texts below an inner node, with semicolons between",
                "",
            ),
        ],
    }
}

fn merges_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "merges.csv",
        row: "one merge of the clustering of the main setting, in their order",
        columns: vec![
            column("merge", "integer", "", "Number of the merge", ""),
            column(
                "first",
                "integer",
                "",
                "One part as R's hclust numbers it: a text −1, −2 … in order of the ids, an earlier merge 1, 2 …",
                "",
            ),
            column("second", "integer", "", "The other part", ""),
            column("height", "number", "", "Distance of the parts", "that of the linkage, as R's hclust"),
            column("texts", "integer", "texts", "Texts of the new cluster", ""),
        ],
    }
}

fn merges(schema: &Schema, dendrogram: &Dendrogram) -> Rows {
    let mut rows = Rows::with_header(schema);
    for (place, merge) in dendrogram.merges().iter().enumerate() {
        let (first, second) = Dendrogram::numbers_of_r(merge);
        rows.integer(place as u64 + 1).number(Some(first as f64)).number(Some(second as f64));
        rows.number(Some(merge.height)).integer(merge.size as u64).end();
    }
    rows
}
