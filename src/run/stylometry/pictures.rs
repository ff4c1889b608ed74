//! Pictures of trees and maps, from results to drawings.

use super::Material;
use crate::charts::stylometry::{DrawnNode, Labelled};
use crate::study::SamplingRule;
use crate::stylometry::{Dendrogram, Tree};

/// Beyond so many texts no picture is drawn: nobody could read it.
pub(super) const MOST_DRAWN: usize = 1_000;

impl Material {
    /// Names and groups of these texts, and what stands below a picture of them.
    pub(super) fn labelled(&self, names: &[String], groups: Vec<String>, what: &str) -> Labelled {
        let texts = names.len();
        let noun = |count: usize| match (
            texts == self.rows.len() && self.options.sampling != SamplingRule::None,
            count,
        ) {
            (true, 1) => "sample",
            (true, _) => "samples",
            (false, 1) => "text",
            (false, _) => "texts",
        };
        Labelled {
            title: self.corpus.name.clone(),
            source: format!("{texts} {}, {what}. rhetor {}", noun(texts), env!("CARGO_PKG_VERSION")),
            names: names.to_vec(),
            groups,
        }
    }

    /// The group of every row, empty where there is none.
    pub(super) fn row_groups(&self) -> Vec<String> {
        self.groups.as_ref().map_or_else(|| vec![String::new(); self.rows.len()], |groups| groups.of.clone())
    }
}

/// The nodes of a clustering at their heights.
pub(super) fn at_heights(
    dendrogram: &Dendrogram,
    tree: &Tree,
    support: impl Fn(usize) -> String,
) -> Vec<DrawnNode> {
    let texts = dendrogram.texts().len();
    tree.nodes()
        .iter()
        .enumerate()
        .map(|(place, node)| DrawnNode {
            text: node.text,
            children: node.children.clone(),
            at: place.checked_sub(texts).map_or(0.0, |merge| dendrogram.merges()[merge].height),
            support: support(place),
        })
        .collect()
}

/// The nodes of a tree by the length of the way from its root; negative branches are drawn as none.
pub(super) fn along_branches(tree: &Tree, support: impl Fn(usize) -> String) -> Vec<DrawnNode> {
    let mut nodes = shape(tree, support);
    for place in (0..nodes.len()).rev() {
        for child in nodes[place].children.clone() {
            let length = tree.nodes()[child].length.unwrap_or(0.0).max(0.0);
            nodes[child].at = nodes[place].at + length;
        }
    }
    nodes
}

/// The nodes of a tree whose branches have no length: each as far from the texts as there are branches between.
pub(super) fn by_levels(tree: &Tree, support: impl Fn(usize) -> String) -> Vec<DrawnNode> {
    let mut nodes = shape(tree, support);
    for place in 0..nodes.len() {
        let below = nodes[place].children.iter().map(|child| nodes[*child].at + 1.0);
        nodes[place].at = below.fold(0.0, f64::max);
    }
    nodes
}

fn shape(tree: &Tree, support: impl Fn(usize) -> String) -> Vec<DrawnNode> {
    tree.nodes()
        .iter()
        .enumerate()
        .map(|(place, node)| DrawnNode {
            text: node.text,
            children: node.children.clone(),
            at: 0.0,
            support: support(place),
        })
        .collect()
}

/// A share as a whole percentage, without its sign.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}
