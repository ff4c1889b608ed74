//! Words near nodes: every pair within a window, counted in one pass over packed numbers.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rayon::prelude::*;
use serde::Serialize;

use super::streams::{Stream, Streams};
use crate::measures::association::Joint;

/// What is counted of the words near a node, and what they are compared with. f(n) and f(c) are the
/// frequencies of node and collocate, w the words of a window, left and right together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowConvention {
    /// CWB and UCS: O₁₁ counts positions of the collocate in a window of the node, each once however many
    /// windows hold it; R₁ the positions in windows; nodes are no collocates, and N is all other words.
    #[default]
    Positions,
    /// Sketch Engine: O₁₁ counts pairs, R₁ = f(n), C₁ = f(c), N all words.
    Pairs,
    /// #LancsBox: pairs, with the expectation of the window, R₁ = f(n)·w (Brezina 2018).
    Corrected,
    /// NLTK: pairs over the words of a window, O₁₁/w, with R₁ = f(n), C₁ = f(c).
    Divided,
}

impl WindowConvention {
    /// All, in the order of the definitions.
    pub const ALL: [Self; 4] = [Self::Positions, Self::Pairs, Self::Corrected, Self::Divided];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positions => "positions",
            Self::Pairs => "pairs",
            Self::Corrected => "corrected",
            Self::Divided => "divided",
        }
    }
}

/// How often a node and a collocate meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    /// Positions or pairs.
    pub count: u32,
    /// Texts in which they do.
    pub texts: u32,
    /// The last of these, while counting.
    last: u32,
}

/// The pairs of a corpus.
pub(super) struct Windows {
    pub left: usize,
    pub right: usize,
    pub convention: WindowConvention,
    /// Node and collocate, packed.
    met: HashMap<u64, Met, FixedState>,
    /// Positions in windows of each node.
    positions: Vec<u64>,
    /// Occurrences of each word.
    pub counts: Vec<u64>,
    pub words: u64,
}

/// Which words are nodes, and which collocates.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub nodes: &'a [bool],
    pub collocates: &'a [bool],
}

impl Windows {
    /// Counts what stands at most `left` words before and `right` words after the nodes, within the units.
    pub fn count(
        streams: &Streams,
        wanted: Wanted<'_>,
        (left, right): (usize, usize),
        convention: WindowConvention,
    ) -> Self {
        let share = streams.texts.len().div_ceil(rayon::current_num_threads()).max(1);
        let count = |(chunk, texts): (usize, &[Stream])| {
            let mut counting = Counting::new(streams.vocabulary());
            for (text, index) in texts.iter().zip(chunk * share + 1..) {
                for unit in text.units() {
                    counting.unit(unit, index as u32, wanted, (left, right), convention);
                }
            }
            (counting.met, counting.positions)
        };
        let mut parts: Vec<_> = streams.texts.par_chunks(share).enumerate().map(count).collect();
        let (mut met, mut positions) = parts.pop().unwrap_or_default();
        for (other, others) in parts {
            for (pair, found) in other {
                let entry: &mut Met = met.entry(pair).or_default();
                entry.count += found.count;
                entry.texts += found.texts;
            }
            positions.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        }
        Self { left, right, convention, met, positions, counts: streams.counts(), words: streams.words() }
    }

    /// Pairs that met at least `least` times, in order of node and collocate.
    pub fn pairs(&self, least: u64) -> Vec<(u32, u32, Met)> {
        let frequent = self.met.iter().filter(|(_, met)| u64::from(met.count) >= least);
        let mut pairs: Vec<_> =
            frequent.map(|(pair, met)| ((pair >> 32) as u32, *pair as u32, *met)).collect();
        pairs.par_sort_unstable_by_key(|(node, collocate, _)| (*node, *collocate));
        pairs
    }

    /// The counts that measures of association need. With [`WindowConvention::Divided`] all four are multiplied
    /// by the words of a window, so that they stay whole.
    pub fn joint(&self, node: u32, collocate: u32, met: Met) -> Joint {
        let [f, g] = [node, collocate].map(|word| self.counts[word as usize]);
        let width = self.width();
        let (together, n) = (u64::from(met.count), self.words);
        let wide = |count: u64| count.saturating_mul(width);
        match self.convention {
            WindowConvention::Positions => {
                Joint { together, first: self.positions[node as usize], second: g, total: n - f }
            }
            WindowConvention::Pairs => Joint { together, first: f, second: g, total: n },
            WindowConvention::Corrected => Joint { together, first: wide(f), second: g, total: n },
            WindowConvention::Divided => Joint { together, first: wide(f), second: wide(g), total: wide(n) },
        }
    }

    /// Words of a window.
    pub fn width(&self) -> u64 {
        (self.left + self.right) as u64
    }
}

/// The counts of a thread.
struct Counting {
    met: HashMap<u64, Met, FixedState>,
    positions: Vec<u64>,
    /// Where each word last stood in this unit, from 1; only what is not before `base` counts.
    last: Vec<u64>,
    /// Where each word of the unit stood before, counted as in `last`.
    previous: Vec<u64>,
    /// Words of all units before.
    base: u64,
}

impl Counting {
    fn new(vocabulary: usize) -> Self {
        Self {
            met: HashMap::with_hasher(FixedState::default()),
            positions: vec![0; vocabulary],
            last: vec![0; vocabulary],
            previous: Vec::new(),
            base: 1,
        }
    }

    fn unit(
        &mut self,
        unit: &[u32],
        text: u32,
        wanted: Wanted<'_>,
        (left, right): (usize, usize),
        convention: WindowConvention,
    ) {
        let once = convention == WindowConvention::Positions;
        if once {
            self.previous.clear();
            for (place, word) in (self.base..).zip(unit) {
                self.previous.push(std::mem::replace(&mut self.last[*word as usize], place));
            }
        }
        for (place, word) in unit.iter().enumerate() {
            let collocate = wanted.collocates[*word as usize];
            if !collocate && !once {
                continue;
            }
            // A node sees this place if it stands at most `right` before or `left` after it.
            let from = place.saturating_sub(right);
            let to = (place + left + 1).min(unit.len());
            let window = self.base + from as u64;
            for (at, node) in unit.iter().copied().enumerate().take(to).skip(from) {
                if node == *word || !wanted.nodes[node as usize] {
                    continue;
                }
                if once {
                    // Another occurrence in this window has counted.
                    if self.previous[at] >= window {
                        continue;
                    }
                    self.positions[node as usize] += 1;
                    if !collocate {
                        continue;
                    }
                }
                let met = self.met.entry(u64::from(node) << 32 | u64::from(*word)).or_default();
                met.count += 1;
                met.texts += u32::from(met.last != text);
                met.last = text;
            }
        }
        self.base += unit.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measures::ngrams::{Convention, collocates};

    proptest! {
        #[test]
        fn pairs_agree_with_a_walk_for_each_node(
            units in prop::collection::vec(prop::collection::vec(0_u32..6, 1..20), 1..5),
            left in 0_usize..4, right in 0_usize..4,
        ) {
            let slices: Vec<&[u32]> = units.iter().map(Vec::as_slice).collect();
            let all = [true; 6];
            let wanted = Wanted { nodes: &all, collocates: &all };
            let mut counts = vec![0_u64; 6];
            slices.iter().copied().flatten().for_each(|word| counts[*word as usize] += 1);
            let words = counts.iter().sum();
            for (convention, slow) in [
                (WindowConvention::Positions, Convention::Positions),
                (WindowConvention::Pairs, Convention::Pairs),
            ] {
                let mut counting = Counting::new(6);
                for unit in &slices {
                    counting.unit(unit, 1, wanted, (left, right), convention);
                }
                let windows = Windows {
                    left, right, convention, met: counting.met, positions: counting.positions,
                    counts: counts.clone(), words,
                };
                let found = windows.pairs(1);
                for node in (0..6).filter(|node| counts[*node as usize] > 0) {
                    let expected: Vec<_> = collocates(&slices, node, left, right, slow).unwrap().into_iter().collect();
                    let of_node: Vec<_> = found
                        .iter()
                        .filter(|pair| pair.0 == node)
                        .map(|(node, collocate, met)| (*collocate, windows.joint(*node, *collocate, *met)))
                        .collect();
                    prop_assert_eq!(of_node, expected);
                }
            }
        }
    }
}
