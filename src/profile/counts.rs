//! Word counts as a sparse vector.

use super::vocabulary::WordId;

/// What a small count that is too large for its byte is replaced by.
const LARGE: u8 = u8::MAX;

/// How often each word occurs: ascending word numbers and exact counts. Most words of a text are rare, so that a count
/// is a byte, and the few larger ones stand in a list of their own: 5 bytes a type, 16 more for those.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    ids: Vec<WordId>,
    /// The count of each word, or [`LARGE`].
    counts: Vec<u8>,
    /// The words with counts from [`LARGE`] on, and these.
    large: Vec<(WordId, u64)>,
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
        Self::from_sorted(&pairs)
    }

    /// From pairs in order, each word once.
    fn from_sorted(pairs: &[(WordId, u64)]) -> Self {
        // As long as they are, for they stay as long as the corpus is compared.
        let byte = |count| u8::try_from(count).unwrap_or(LARGE);
        let counts: Vec<u8> = pairs.iter().map(|pair| byte(pair.1)).collect();
        let mut large = Vec::with_capacity(counts.iter().filter(|count| **count == LARGE).count());
        large.extend(pairs.iter().filter(|pair| byte(pair.1) == LARGE));
        Self { ids: pairs.iter().map(|pair| pair.0).collect(), counts, large }
    }

    /// The count of a word; 0 if it does not occur.
    pub fn get(&self, id: WordId) -> u64 {
        let Ok(at) = self.ids.binary_search(&id) else { return 0 };
        match self.counts[at] {
            LARGE => self.large.binary_search_by_key(&id, |pair| pair.0).map_or(0, |at| self.large[at].1),
            count => u64::from(count),
        }
    }

    /// Words and counts, in order of the words' numbers.
    pub fn iter(&self) -> impl Iterator<Item = (WordId, u64)> {
        let mut large = self.large.iter();
        self.ids.iter().zip(&self.counts).map(move |(id, count)| match *count {
            LARGE => (*id, large.next().map_or(0, |(_, count)| *count)),
            count => (*id, u64::from(count)),
        })
    }

    /// Number of tokens.
    pub fn tokens(&self) -> u64 {
        self.iter().map(|(_, count)| count).sum()
    }

    /// Number of types: words that occur.
    pub fn types(&self) -> u64 {
        self.ids.len() as u64
    }

    /// Number of types that occur exactly `times` times; 1 gives the hapaxes.
    pub fn types_occurring(&self, times: u64) -> u64 {
        self.iter().filter(|(_, count)| *count == times).count() as u64
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        if self.ids.is_empty() {
            *self = other.clone();
            return;
        }
        let mut merged = Vec::with_capacity(self.ids.len().max(other.ids.len()));
        let mut others = other.iter().peekable();
        for (id, count) in self.iter() {
            while let Some(before) = others.next_if(|other| other.0 < id) {
                merged.push(before);
            }
            let same = others.next_if(|other| other.0 == id);
            merged.push((id, count + same.map_or(0, |(_, count)| count)));
        }
        merged.extend(others);
        *self = Self::from_sorted(&merged);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn counts() -> impl Strategy<Value = Vec<(WordId, u64)>> {
        let count = prop_oneof![0_u64..5, 250_u64..260, Just(u64::from(u32::MAX) + 1)];
        prop::collection::vec((0_u32..40, count), 0..80)
    }

    proptest! {
        #[test]
        fn equal_to_a_map(pairs in counts(), others in counts()) {
            let mut map: BTreeMap<WordId, u64> = BTreeMap::new();
            for (id, count) in pairs.iter().chain(&others).filter(|pair| pair.1 > 0) {
                *map.entry(*id).or_default() += count;
            }
            let mut merged = Counts::from_pairs(pairs.clone());
            merged.merge(&Counts::from_pairs(others.clone()));
            prop_assert_eq!(merged.iter().collect::<BTreeMap<_, _>>(), map.clone());
            prop_assert_eq!(&merged, &Counts::from_pairs([pairs, others].concat()));
            prop_assert_eq!(merged.tokens(), map.values().sum::<u64>());
            prop_assert_eq!(merged.types(), map.len() as u64);
            for times in [1, 254, 255] {
                let plain = map.values().filter(|count| **count == times).count() as u64;
                prop_assert_eq!(merged.types_occurring(times), plain);
            }
            for id in 0..40 {
                prop_assert_eq!(merged.get(id), map.get(&id).copied().unwrap_or(0));
            }
        }
    }
}
