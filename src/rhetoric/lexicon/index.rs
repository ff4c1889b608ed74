//! What the matcher looks up of a lexicon: its phrases by their opening words, its sets of words as bits.

use super::format::{Code, Conditions, Entry, NO_WORD, SetId, Sets};
use super::tree::Tree;

/// The phrases of a lexicon, its sets of words and what its entries ask for.
#[derive(Debug, Default)]
pub(in crate::rhetoric) struct Index {
    pub tree: Tree,
    /// By entry.
    pub conditions: Vec<Conditions>,
    /// Words for numbers.
    pub numbers: SetId,
    pub(super) sets: Sets,
    /// By code, `width` numbers each: which sets hold the word.
    members: Vec<u64>,
    width: usize,
}

impl Index {
    pub fn of(tree: Tree, sets: Sets, numbers: SetId, entries: &[Entry]) -> Self {
        let width = sets.ends.len().div_ceil(64);
        let last = sets.codes.iter().max().copied().unwrap_or(NO_WORD);
        let mut members = vec![0; (last as usize + 1) * width];
        for id in 0..sets.ends.len() as SetId {
            for code in sets.of(id) {
                members[*code as usize * width + id as usize / 64] |= 1 << (id % 64);
            }
        }
        let conditions = entries.iter().map(|entry| entry.conditions).collect();
        Self { tree, conditions, numbers, sets, members, width }
    }

    /// The entries of a phrase that are not off, in the order in which they are tried.
    #[inline(always)]
    pub fn entries(&self, phrase: u32) -> impl Iterator<Item = u32> {
        let entries = self.tree.entries(phrase).iter().copied();
        entries.filter(|id| !self.conditions[*id as usize].off)
    }

    /// Takes over which entries are off.
    pub fn switch(&mut self, entries: &[Entry]) {
        for (conditions, entry) in self.conditions.iter_mut().zip(entries) {
            conditions.off = entry.off;
        }
    }

    /// Whether a set holds a word.
    #[inline(always)]
    pub fn holds(&self, set: SetId, code: Code) -> bool {
        let place = code as usize * self.width + set as usize / 64;
        self.members.get(place).is_some_and(|members| members >> (set % 64) & 1 == 1)
    }
}
