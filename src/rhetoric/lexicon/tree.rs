//! The phrases of a lexicon by the words they open with, as a tree in flat lists.
//!
//! `build.rs` includes this file to compile the built-in lexicons, so it names nothing of the crate.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::format::{Code, Slot};

/// Place of a node. That of the root stands for none: no word leads there.
pub type NodeId = u32;

/// A phrase: its opening words, and what follows them.
pub struct Phrase {
    pub head: Vec<Code>,
    pub slots: Vec<Slot>,
    /// Entries that have it, in the order in which they are tried.
    pub entries: Vec<u32>,
}

/// The opening words of a lexicon's phrases, and the phrases.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    nodes: Vec<Node>,
    /// The word that leads to each node, from that before it.
    words: Vec<Code>,
    /// By code: the node of phrases that open with this word.
    opening: Vec<NodeId>,
    /// The codes of words that stand second or later among opening words, in order.
    later: Vec<Code>,
    /// Where the slots and the entries of each phrase begin, and of the one after the last.
    phrases: Vec<(u32, u32)>,
    slots: Vec<Slot>,
    entries: Vec<u32>,
}

/// Words that phrases open with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Node {
    /// The phrases whose opening words these are, the first and the one after the last.
    phrases: (u32, u32),
    /// The nodes of one more word, which stand together in order of that word, the first and the one after the last.
    longer: (NodeId, NodeId),
    /// Which codes may follow: a bit for each by its last six.
    may: u64,
}

impl Tree {
    /// The tree of phrases in order of their opening words.
    pub fn of(phrases: &[Phrase]) -> Self {
        let mut tree = Self { nodes: vec![Node::default()], words: vec![0], ..Self::default() };
        for phrase in phrases {
            tree.phrases.push((tree.slots.len() as u32, tree.entries.len() as u32));
            tree.slots.extend_from_slice(&phrase.slots);
            tree.entries.extend_from_slice(&phrase.entries);
        }
        tree.phrases.push((tree.slots.len() as u32, tree.entries.len() as u32));
        tree.later = phrases.iter().flat_map(|phrase| &phrase.head[1..]).copied().collect();
        tree.later.sort_unstable();
        tree.later.dedup();
        tree.grow(0, 0, phrases, 0);
        for node in (tree.nodes[0].longer.0..tree.nodes[0].longer.1).rev() {
            let word = tree.words[node as usize] as usize;
            tree.opening.resize(tree.opening.len().max(word + 1), 0);
            tree.opening[word] = node;
        }
        tree
    }

    /// Adds what follows a node: these phrases, which begin at a place, share its words, of which there are
    /// `length`.
    fn grow(&mut self, node: NodeId, at: u32, phrases: &[Phrase], length: usize) {
        let own = phrases.iter().take_while(|phrase| phrase.head.len() == length).count();
        let (longer, first) = (&phrases[own..], self.nodes.len() as NodeId);
        let next = |phrase: &Phrase| phrase.head[length];
        let groups = || longer.chunk_by(|one, other| next(one) == next(other));
        let mut may = 0;
        for group in groups() {
            may |= bit(next(&group[0]));
            self.words.push(next(&group[0]));
            self.nodes.push(Node::default());
        }
        let mut at = at + own as u32;
        self.nodes[node as usize] =
            Node { phrases: (at - own as u32, at), longer: (first, self.nodes.len() as NodeId), may };
        for (node, group) in (first..).zip(groups()) {
            self.grow(node, at, group, length + 1);
            at += group.len() as u32;
        }
    }

    /// The node of phrases that open with a word; none is 0.
    pub fn opening(&self, code: Code) -> NodeId {
        self.opening.get(code as usize).copied().unwrap_or(0)
    }

    /// Whether any opening words go on with a word.
    pub fn goes_on(&self, code: Code) -> bool {
        self.later.binary_search(&code).is_ok()
    }

    /// The node of the words of a node and one more.
    #[inline(always)]
    pub fn following(&self, node: NodeId, code: Code) -> Option<NodeId> {
        let node = self.nodes.get(node as usize).filter(|node| node.may & bit(code) != 0)?;
        let words = &self.words[node.longer.0 as usize..node.longer.1 as usize];
        words.binary_search(&code).ok().map(|place| node.longer.0 + place as NodeId)
    }

    /// The phrases whose opening words are those of a node.
    #[inline(always)]
    pub fn phrases(&self, node: NodeId) -> Range<u32> {
        let (first, end) = self.nodes[node as usize].phrases;
        first..end
    }

    /// The slots of a phrase.
    #[inline(always)]
    pub fn slots(&self, phrase: u32) -> &[Slot] {
        let phrase = phrase as usize;
        &self.slots[self.phrases[phrase].0 as usize..self.phrases[phrase + 1].0 as usize]
    }

    /// The entries of a phrase, in the order in which they are tried.
    #[inline(always)]
    pub fn entries(&self, phrase: u32) -> &[u32] {
        let phrase = phrase as usize;
        &self.entries[self.phrases[phrase].1 as usize..self.phrases[phrase + 1].1 as usize]
    }
}

fn bit(code: Code) -> u64 {
    1 << (code % 64)
}
