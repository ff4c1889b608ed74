//! The frequency spectrum: how many types occur once, twice, three times …

use std::collections::BTreeMap;

use super::outcome::Flag;
use crate::profile::Counts;

/// Number of types Vᵢ for each frequency i, with N, V and M₂ = Σ i²·Vᵢ as exact integers. Everything that
/// does not depend on the order of the words is computed from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spectrum {
    classes: Vec<(u64, u64)>,
    tokens: u64,
    types: u64,
    squares: u128,
}

impl Spectrum {
    /// From the count of each type; zeros are passed over.
    pub fn from_counts(counts: impl IntoIterator<Item = u64>) -> Self {
        // Nearly all types are rare.
        let mut rare = [0_u64; 256];
        let mut frequent = BTreeMap::new();
        for count in counts.into_iter().filter(|count| *count > 0) {
            match rare.get_mut(usize::try_from(count).unwrap_or(usize::MAX)) {
                Some(types) => *types += 1,
                None => *frequent.entry(count).or_insert(0_u64) += 1,
            }
        }
        let rare = (0..).zip(rare).filter(|(_, types)| *types > 0);
        let classes: Vec<_> = rare.chain(frequent).collect();
        let tokens = classes.iter().map(|(times, types)| times * types).sum();
        let types = classes.iter().map(|(_, types)| types).sum();
        let squares = classes.iter().map(|(i, v)| u128::from(*i) * u128::from(*i) * u128::from(*v)).sum();
        Self { classes, tokens, types, squares }
    }

    /// Frequencies, ascending, each with its number of types.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> {
        self.classes.iter().copied()
    }

    /// Number of different frequencies.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// N, the number of tokens.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// V, the number of types.
    pub fn types(&self) -> u64 {
        self.types
    }

    /// M₂ = Σ i²·Vᵢ.
    pub fn squares(&self) -> u128 {
        self.squares
    }

    /// Vᵢ, the number of types that occur exactly `times` times.
    pub fn types_occurring(&self, times: u64) -> u64 {
        self.classes.binary_search_by_key(&times, |class| class.0).map_or(0, |at| self.classes[at].1)
    }

    /// The highest frequency; 0 without words.
    pub fn highest(&self) -> u64 {
        self.classes.last().map_or(0, |class| class.0)
    }

    /// A flag on texts of fewer than 100 words.
    pub fn flag(&self) -> Option<Flag> {
        (self.tokens < 100).then_some(Flag::FewWords)
    }
}

impl From<&Counts> for Spectrum {
    fn from(counts: &Counts) -> Self {
        Self::from_counts(counts.iter().map(|(_, count)| count))
    }
}
