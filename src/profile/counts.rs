//! Word counts as a sparse vector.

use super::vocabulary::WordId;

/// How often each word occurs: ascending word numbers and exact counts, 12 bytes a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    ids: Vec<WordId>,
    counts: Vec<u64>,
}

impl Counts {
    /// From pairs in any order; a word that comes more than once is summed.
    pub fn from_pairs(mut pairs: Vec<(WordId, u64)>) -> Self {
        pairs.sort_unstable_by_key(|(id, _)| *id);
        pairs.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        pairs.retain(|(_, count)| *count > 0);
        // As long as they are, for they stay as long as the corpus is compared.
        Self {
            ids: pairs.iter().map(|pair| pair.0).collect(),
            counts: pairs.iter().map(|pair| pair.1).collect(),
        }
    }

    /// The count of a word; 0 if it does not occur.
    pub fn get(&self, id: WordId) -> u64 {
        self.ids.binary_search(&id).map_or(0, |at| self.counts[at])
    }

    /// Words and counts, in order of the words' numbers.
    pub fn iter(&self) -> impl Iterator<Item = (WordId, u64)> {
        self.ids.iter().copied().zip(self.counts.iter().copied())
    }

    /// Number of tokens.
    pub fn tokens(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Number of types: words that occur.
    pub fn types(&self) -> u64 {
        self.ids.len() as u64
    }

    /// Number of types that occur exactly `times` times; 1 gives the hapaxes.
    pub fn types_occurring(&self, times: u64) -> u64 {
        self.counts.iter().filter(|count| **count == times).count() as u64
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        if self.ids.is_empty() {
            *self = other.clone();
            return;
        }
        let longest = self.ids.len().max(other.ids.len());
        let mut merged = Self { ids: Vec::with_capacity(longest), counts: Vec::with_capacity(longest) };
        let (mut a, mut b) = (0, 0);
        while a < self.ids.len() || b < other.ids.len() {
            let id = match (self.ids.get(a), other.ids.get(b)) {
                (Some(left), Some(right)) => *left.min(right),
                (Some(only), None) | (None, Some(only)) => *only,
                (None, None) => break,
            };
            let mut count = 0;
            if self.ids.get(a) == Some(&id) {
                count += self.counts[a];
                a += 1;
            }
            if other.ids.get(b) == Some(&id) {
                count += other.counts[b];
                b += 1;
            }
            merged.ids.push(id);
            merged.counts.push(count);
        }
        *self = merged;
    }
}
