//! What the matcher looks up of a lexicon: its phrases by their opening words, its sets of words as bits.

use super::format::{Code, Conditions, Entry, NO_WORD, SetId, Sets};
use super::tree::Tree;
use crate::profile::CategoryId;

/// The phrases of a lexicon, its sets of words and what its entries ask for.
#[derive(Debug, Default)]
pub(in crate::rhetoric) struct Index {
    pub tree: Tree,
    /// By entry.
    pub conditions: Vec<Conditions>,
    /// By entry, and after the last: where its categories begin.
    homes: Vec<u32>,
    categories: Vec<CategoryId>,
    /// Words for numbers.
    pub numbers: SetId,
    pub(super) sets: Sets,
    /// By code, `width` numbers each: which sets hold the word.
    members: Vec<u64>,
    width: usize,
}

impl Index {
    /// The index of a lexicon that is to be settled yet: see [`Index::switch`].
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
        Self { tree, conditions, numbers, sets, members, width, ..Self::default() }
    }

    /// The entries of a phrase that are not off, in the order in which they are tried.
    #[inline(always)]
    pub fn entries(&self, phrase: u32) -> impl Iterator<Item = u32> {
        let entries = self.tree.entries(phrase).iter().copied();
        entries.filter(|id| !self.conditions[*id as usize].off)
    }

    /// The categories that the matches of an entry are counted in, in ascending order.
    #[inline(always)]
    pub fn categories(&self, entry: u32) -> &[CategoryId] {
        let [start, end] = [self.homes[entry as usize], self.homes[entry as usize + 1]];
        &self.categories[start as usize..end as usize]
    }

    /// Takes over which entries and categories are off.
    pub fn switch(&mut self, entries: &[Entry]) {
        self.categories = entries.iter().flat_map(|entry| &entry.places).copied().collect();
        self.homes = std::iter::once(0)
            .chain(entries.iter().scan(0, |end, entry| {
                *end += entry.places.len() as u32;
                Some(*end)
            }))
            .collect();
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
