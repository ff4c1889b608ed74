//! The words of a text in their order, and lexical diversity in segments and windows of them: MSTTR, MATTR.

use std::hash::Hash;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::intervals::run;
use super::outcome::{Outcome, Undefined};
use super::spectrum::Spectrum;

/// The words of a text in their order, as numbers from 0 in order of first occurrence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    tokens: Vec<u32>,
    types: usize,
}

impl Sequence {
    /// Numbers the items of a text.
    pub fn new<T: Hash + Eq>(items: impl IntoIterator<Item = T>) -> Self {
        let mut numbers = HashMap::with_hasher(FixedState::default());
        let tokens = items
            .into_iter()
            .map(|item| {
                let next = numbers.len() as u32;
                *numbers.entry(item).or_insert(next)
            })
            .collect();
        Self { tokens, types: numbers.len() }
    }

    /// Words that are numbers already, from 0 in order of first occurrence and below `types`.
    pub(crate) fn of_numbers(tokens: Vec<u32>, types: usize) -> Self {
        Self { tokens, types }
    }

    /// Numbers the words of a text.
    pub fn of_words<S: AsRef<str>>(words: &[S]) -> Self {
        Self::new(words.iter().map(AsRef::as_ref))
    }

    /// The numbers, in the order of the text.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// Number of different words; every number is below it.
    pub fn types(&self) -> usize {
        self.types
    }

    /// How often each word occurs, by its number.
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0_u64; self.types];
        self.tokens.iter().for_each(|token| counts[*token as usize] += 1);
        counts
    }

    /// The frequencies of the words.
    pub fn spectrum(&self) -> Spectrum {
        Spectrum::from_counts(self.counts())
    }
}

/// Mean type–token ratio of the ⌊N/w⌋ full segments of `width` words; the remainder is dropped
/// (Johnson 1944). Undefined for fewer than w words.
pub fn msttr(sequence: &Sequence, width: usize) -> Outcome {
    let segments = check_width(sequence, width)?;
    let mut seen = Marks::new(sequence.types);
    let types: u64 = sequence
        .tokens
        .chunks_exact(width)
        .map(|segment| {
            seen.clear();
            segment.iter().filter(|token| seen.is_new(**token)).count() as u64
        })
        .sum();
    Ok(types as f64 / (segments as f64 * width as f64))
}

/// Mean type–token ratio of all N − w + 1 windows of `width` words (Covington & McFall 2010). Undefined for
/// fewer than w words; the window never shrinks.
pub fn mattr(sequence: &Sequence, width: usize) -> Outcome {
    check_width(sequence, width)?;
    let sum: u64 = window_runs(sequence, width, 1).iter().map(|(types, _)| types).sum();
    Ok(sum as f64 / ((sequence.tokens.len() - width + 1) as f64 * width as f64))
}

/// The windows of `width` words, cut into so many runs of successive ones: for each run the sum of their types,
/// and their number. Empty for fewer words than a window has.
pub fn window_runs(sequence: &Sequence, width: usize, runs: usize) -> Vec<(u64, u64)> {
    let tokens = &sequence.tokens;
    let windows = (tokens.len() + 1).saturating_sub(width);
    if width == 0 || windows == 0 {
        return Vec::new();
    }
    let mut counts = vec![0_u32; sequence.types];
    let mut types = 0_u64;
    for token in &tokens[..width] {
        let count = &mut counts[*token as usize];
        types += u64::from(*count == 0);
        *count += 1;
    }
    let mut sums = Vec::with_capacity(runs);
    for index in 0..runs {
        let run = run(index, runs, windows);
        let mut sum = 0;
        for start in run.clone() {
            sum += types;
            // On to the next window: one word goes, one comes.
            if let Some(coming) = tokens.get(start + width) {
                let count = &mut counts[tokens[start] as usize];
                *count -= 1;
                types -= u64::from(*count == 0);
                let count = &mut counts[*coming as usize];
                types += u64::from(*count == 0);
                *count += 1;
            }
        }
        sums.push((sum, run.len() as u64));
    }
    sums
}

/// Number of full segments.
fn check_width(sequence: &Sequence, width: usize) -> Result<usize, Undefined> {
    match sequence.tokens.len().checked_div(width) {
        None => Err(Undefined::TooFew),
        Some(0) if sequence.tokens.is_empty() => Err(Undefined::Empty),
        Some(0) => Err(Undefined::TooFew),
        Some(segments) => Ok(segments),
    }
}

/// Which words were seen since the last clearing, which costs nothing.
pub(super) struct Marks {
    round: u32,
    last: Vec<u32>,
}

impl Marks {
    pub(super) fn new(types: usize) -> Self {
        Self { round: 1, last: vec![0; types] }
    }

    pub(super) fn clear(&mut self) {
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.last.fill(0);
            1
        });
    }

    pub(super) fn is_new(&mut self, token: u32) -> bool {
        std::mem::replace(&mut self.last[token as usize], self.round) != self.round
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn slow_mattr(tokens: &[u32], width: usize) -> f64 {
        let windows = tokens.windows(width);
        let count = windows.len() as f64;
        windows.map(|window| window.iter().collect::<HashSet<_>>().len() as f64 / width as f64).sum::<f64>()
            / count
    }

    proptest! {
        #[test]
        fn windows_agree_with_the_obvious_way(
            words in prop::collection::vec(0_u32..25, 1..120), width in 1_usize..60,
        ) {
            let sequence = Sequence::new(words);
            match mattr(&sequence, width) {
                Ok(value) => prop_assert!((value - slow_mattr(sequence.tokens(), width)).abs() < 1e-12),
                Err(_) => prop_assert!(sequence.tokens().len() < width),
            }
        }
    }

    #[test]
    fn segments_at_the_edges() {
        // Half of it all different, half the same.
        let halves = Sequence::new((0..50).chain([99; 50]));
        assert_eq!(msttr(&halves, 50), Ok(0.51));
        assert_eq!(mattr(&halves, 101), Err(Undefined::TooFew));
        assert_eq!(msttr(&halves, 0), Err(Undefined::TooFew));
    }
}
