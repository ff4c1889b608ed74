//! Trees, their Newick form and their splits.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::stylometry::error::{Result, StylometryError};

/// A tree whose tips are texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    texts: Vec<String>,
    /// Children stand before their parents; the root is last.
    nodes: Vec<TreeNode>,
}

/// A node of a [`Tree`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeNode {
    /// The text, for a tip.
    pub text: Option<usize>,
    /// Places of the nodes below.
    pub children: Vec<usize>,
    /// Length of the branch above.
    pub length: Option<f64>,
    /// Support of the branch above, 0 to 1.
    pub support: Option<f64>,
}

impl TreeNode {
    pub(crate) fn tip(text: usize) -> Self {
        Self { text: Some(text), ..Self::default() }
    }

    pub(crate) fn inner(children: Vec<usize>) -> Self {
        Self { children, ..Self::default() }
    }
}

/// A branch as the texts on one side of it: of the two sides the one without the first text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Split(Vec<u64>);

impl Split {
    pub(crate) fn empty(texts: usize) -> Self {
        Self(vec![0; texts.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, text: usize) {
        self.0[text / 64] |= 1 << (text % 64);
    }

    /// Whether a text is on this side.
    pub fn contains(&self, text: usize) -> bool {
        self.0.get(text / 64).is_some_and(|word| word >> (text % 64) & 1 == 1)
    }

    /// Texts on this side.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether no text is on this side; no branch is so.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The texts on this side, in order.
    pub fn texts(&self) -> Vec<usize> {
        (0..self.0.len() * 64).filter(|text| self.contains(*text)).collect()
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(word, inner)| inner & !word == 0)
    }

    /// The side without the first text.
    fn normal(mut self, texts: usize) -> Self {
        if self.contains(0) {
            self.0.iter_mut().for_each(|word| *word = !*word);
            if let (Some(last), rest @ 1..) = (self.0.last_mut(), texts % 64) {
                *last &= (1 << rest) - 1;
            }
        }
        self
    }
}

impl Tree {
    pub(crate) fn new(texts: Vec<String>, nodes: Vec<TreeNode>) -> Self {
        Self { texts, nodes }
    }

    /// Names of the texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The nodes: children before their parents, the root last.
    pub fn nodes(&self) -> &[TreeNode] {
        &self.nodes
    }

    /// For each node the texts below it, in order.
    pub fn texts_below(&self) -> Vec<Vec<usize>> {
        self.below().iter().map(Split::texts).collect()
    }

    /// For each node the texts below it.
    fn below(&self) -> Vec<Split> {
        let mut below: Vec<Split> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let mut texts = Split::empty(self.texts.len());
            if let Some(text) = node.text {
                texts.insert(text);
            }
            for child in &node.children {
                texts.merge(&below[*child]);
            }
            below.push(texts);
        }
        below
    }

    /// The branches that part two or more texts from two or more, each once, in order. They do not depend on
    /// where the tree has its root.
    pub fn splits(&self) -> Vec<Split> {
        let mut splits: Vec<Split> = self.inner_branches().into_iter().map(|(_, split)| split).collect();
        splits.sort_unstable();
        splits.dedup();
        splits
    }

    fn inner_branches(&self) -> Vec<(usize, Split)> {
        let texts = self.texts.len();
        let root = self.nodes.len() - 1;
        self.below()
            .into_iter()
            .enumerate()
            .filter(|(node, side)| *node != root && side.len() >= 2 && side.len() + 2 <= texts)
            .map(|(node, side)| (node, side.normal(texts)))
            .collect()
    }

    /// This tree with the support of every inner branch: the share of `trees` that have it.
    #[must_use]
    pub fn with_support(mut self, trees: &[Tree]) -> Self {
        let mut counts: BTreeMap<Split, usize> = BTreeMap::new();
        for tree in trees {
            for split in tree.splits() {
                *counts.entry(split).or_default() += 1;
            }
        }
        for (node, split) in self.inner_branches() {
            let count = counts.get(&split).copied().unwrap_or(0);
            self.nodes[node].support = (!trees.is_empty()).then(|| count as f64 / trees.len() as f64);
        }
        self
    }

    /// This tree with these supports, one for each node.
    #[must_use]
    pub(crate) fn with_supports(mut self, supports: &[Option<f64>]) -> Self {
        for (node, support) in self.nodes.iter_mut().zip(supports) {
            node.support = *support;
        }
        self
    }

    /// The length of the way from one text to another along the branches.
    pub fn path_length(&self, a: usize, b: usize) -> f64 {
        self.below()
            .iter()
            .zip(&self.nodes)
            .filter(|(below, _)| below.contains(a) != below.contains(b))
            .filter_map(|(_, node)| node.length)
            .sum()
    }

    /// The tree in Newick form, with branch lengths, and supports as names of nodes. Names that hold
    /// anything but letters, digits and `_.-` are in quotation marks.
    pub fn newick(&self) -> String {
        let mut text = String::new();
        // A node, and how many of its children are written.
        let mut open: Vec<(usize, usize)> = vec![(self.nodes.len() - 1, 0)];
        while let Some((place, written)) = open.pop() {
            let node = &self.nodes[place];
            if let Some(child) = node.children.get(written) {
                text.push(if written == 0 { '(' } else { ',' });
                open.push((place, written + 1));
                open.push((*child, 0));
                continue;
            }
            if !node.children.is_empty() {
                text.push(')');
            }
            if let Some(name) = node.text {
                push_name(&mut text, &self.texts[name]);
            }
            // Writing to a string does not fail.
            if let Some(support) = node.support {
                let _ = write!(text, "{support}");
            }
            if let Some(length) = node.length {
                let _ = write!(text, ":{length}");
            }
        }
        text.push(';');
        text
    }

    /// Reads a tree in Newick form whose tips are `texts`; numbers after inner nodes are supports.
    ///
    /// ```
    /// use rhetor::stylometry::Tree;
    /// let texts = ["a", "b", "c"].map(str::to_owned);
    /// let tree = Tree::read("((c:1,'a':2)0.75:0.5,b:1.5);", &texts).unwrap();
    /// assert_eq!(tree.newick(), "((c:1,a:2)0.75:0.5,b:1.5);");
    /// ```
    ///
    /// # Errors
    /// If it is no tree, or its tips are not the texts, each once.
    pub fn read(newick: &str, texts: &[String]) -> Result<Self> {
        let wrong = |reason: &str| StylometryError::Table { reason: format!("Newick: {reason}") };
        let places: BTreeMap<&str, usize> =
            texts.iter().enumerate().map(|(place, text)| (text.as_str(), place)).collect();
        let mut nodes: Vec<TreeNode> = Vec::new();
        // Children of the nodes that are open; the outermost level holds the root.
        let mut levels: Vec<Vec<usize>> = vec![Vec::new()];
        let mut seen = vec![false; texts.len()];
        let mut rest = newick.trim();
        loop {
            if let Some(after) = rest.strip_prefix('(') {
                levels.push(Vec::new());
                rest = after.trim_start();
                continue;
            }
            let (name, length, after) = label(rest).ok_or_else(|| wrong("a length is no number"))?;
            let place = *places.get(name.as_str()).ok_or_else(|| wrong(&format!("no text '{name}'")))?;
            if std::mem::replace(&mut seen[place], true) {
                return Err(wrong(&format!("the text '{name}' occurs twice")));
            }
            nodes.push(TreeNode { length, ..TreeNode::tip(place) });
            if let Some(level) = levels.last_mut() {
                level.push(nodes.len() - 1);
            }
            rest = after;
            while let Some(after) = rest.strip_prefix(')') {
                let children = levels.pop().unwrap_or_default();
                let Some(level) = levels.last_mut() else { return Err(wrong("too many ')'")) };
                let (name, length, after) = label(after).ok_or_else(|| wrong("a length is no number"))?;
                nodes.push(TreeNode { length, support: name.parse().ok(), ..TreeNode::inner(children) });
                level.push(nodes.len() - 1);
                rest = after;
            }
            match rest.strip_prefix(',') {
                Some(after) => rest = after.trim_start(),
                None => break,
            }
        }
        if rest.trim() != ";" || levels.len() != 1 || levels[0].len() != 1 {
            return Err(wrong("brackets or the semicolon at the end do not fit"));
        }
        if let Some(missing) = seen.iter().position(|seen| !seen) {
            return Err(wrong(&format!("the text '{}' is missing", texts[missing])));
        }
        Ok(Self::new(texts.to_vec(), nodes))
    }
}

fn push_name(newick: &mut String, name: &str) {
    let plain = |character: char| character.is_alphanumeric() || "_.-".contains(character);
    if !name.is_empty() && name.chars().all(plain) {
        newick.push_str(name);
    } else {
        let _ = write!(newick, "'{}'", name.replace('\'', "''"));
    }
}

/// Name and length at the head of `text`, and what follows.
fn label(text: &str) -> Option<(String, Option<f64>, &str)> {
    let mut name = String::new();
    let mut rest = text;
    if let Some(mut quoted) = rest.strip_prefix('\'') {
        loop {
            let (part, after) = quoted.split_once('\'')?;
            name.push_str(part);
            rest = after;
            let Some(more) = after.strip_prefix('\'') else { break };
            name.push('\'');
            quoted = more;
        }
    } else {
        let end = rest.find([':', ',', '(', ')', ';']).unwrap_or(rest.len());
        name.push_str(rest[..end].trim());
        rest = &rest[end..];
    }
    let Some(after) = rest.strip_prefix(':') else { return Some((name, None, rest)) };
    let end = after.find([',', '(', ')', ';']).unwrap_or(after.len());
    Some((name, Some(after[..end].trim().parse().ok()?), &after[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn splits_do_not_depend_on_the_root() {
        let names = texts(&["a", "b", "c", "d", "e"]);
        let read = |newick: &str| Tree::read(newick, &names).unwrap();
        let splits = read("((a,b),(c,(d,e)));").splits();
        assert_eq!(splits, read("(b,(c,(e,d)),a);").splits());
        assert_eq!(splits.iter().map(Split::texts).collect::<Vec<_>>(), [vec![3, 4], vec![2, 3, 4]]);
        assert_ne!(splits, read("((a,c),(b,(d,e)));").splits());
        let supported =
            read("((a,b),(c,(d,e)));").with_support(&[read("((a,b),c,(d,e));"), read("((a,c),b,(d,e));")]);
        assert_eq!(supported.newick(), "((a,b)0.5,(c,(d,e)1)0.5);");
    }

    #[test]
    fn more_than_64_texts() {
        let names: Vec<String> = (0..130).map(|text| format!("t{text}")).collect();
        let newick = format!("(({}),({}));", names[..70].join(","), names[70..].join(","));
        let tree = Tree::read(&newick, &names).unwrap();
        assert_eq!(
            tree.splits().iter().map(Split::texts).collect::<Vec<_>>(),
            [(70..130).collect::<Vec<_>>()]
        );
    }

    #[test]
    fn odd_names_and_broken_trees() {
        let names = texts(&["it's (1)", "b:c", "日本"]);
        let newick = "('it''s (1)':1.5,('b:c':1,日本:2):-0.5);";
        assert_eq!(Tree::read(newick, &names).unwrap().newick(), newick);
        let names = texts(&["a", "b"]);
        for broken in [
            "", ";", "(a,b)", "(a,b;", "(a,b));", "(a);", "(a,a,b);", "(a,x);", "(a:x,b);", "('a,b);", "a,b;",
        ] {
            assert!(Tree::read(broken, &names).is_err(), "{broken}");
        }
    }
}
