//! Counting sequences of words: each occurrence is a number of words packed into 64 bits and the place of the
//! rest, sorted. No word is copied, and the order of the result is that of the words.

use rayon::prelude::*;

use super::streams::{Streams, option};
use crate::error::Result;
use crate::measures::ngrams::for_each_skip_gram;

/// Most occurrences of sequences that are counted at once.
const MOST: u64 = 1 << 31;

/// Sequences of `n` words, with at most `skips` words left out between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub n: usize,
    pub skips: usize,
}

/// The sequences of a corpus, counted.
pub(super) struct Grams {
    n: usize,
    /// The words of all occurrences.
    flat: Vec<u32>,
    /// How many sequences each text holds.
    pub sizes: Vec<u64>,
    /// The different sequences, in order of their words.
    grams: Vec<Gram>,
    /// Text and count, for each sequence in each text that holds it.
    held: Vec<(u32, u32)>,
}

/// A sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram {
    /// Where its words begin in `flat`.
    at: usize,
    /// Its occurrences.
    pub count: u64,
    /// Where its texts begin and end in `held`.
    held: (usize, usize),
}

impl Grams {
    /// Counts the sequences of a shape within the units, those that occur at least `least` times.
    ///
    /// # Errors
    /// If there are too many to count.
    pub fn count(streams: &Streams, Shape { n, skips }: Shape, least: u64) -> Result<Self> {
        let bits = (usize::BITS - streams.vocabulary().leading_zeros()).max(1) as usize;
        let packed = (u64::BITS as usize / bits).min(n);
        let (mut flat, mut starts, mut ends) =
            (Vec::new(), Vec::new(), Vec::with_capacity(streams.texts.len()));
        if skips > 0 && streams.words().saturating_mul(ways(n, skips)) > MOST {
            return Err(option("there are too many skip-grams; ask for fewer words or skips"));
        }
        if skips == 0 {
            flat.reserve(streams.words() as usize);
        }
        let mut sizes = Vec::with_capacity(streams.texts.len());
        for text in &streams.texts {
            let before = starts.len();
            for unit in text.units() {
                if skips == 0 {
                    let base = flat.len();
                    flat.extend_from_slice(unit);
                    starts.extend(base..(base + unit.len() + 1).saturating_sub(n).max(base));
                } else {
                    for_each_skip_gram(unit, n, skips, |words| {
                        starts.push(flat.len());
                        flat.extend_from_slice(words);
                    });
                }
            }
            sizes.push((starts.len() - before) as u64);
            ends.push(flat.len());
        }
        let prefix =
            |at: usize| flat[at..at + packed].iter().fold(0, |key, word| key << bits | u64::from(*word));
        let mut keyed: Vec<(u64, usize)> = starts.into_par_iter().map(|at| (prefix(at), at)).collect();
        let rest = |at: usize| &flat[at + packed..at + n];
        if packed == n {
            keyed.par_sort_unstable();
        } else {
            keyed.par_sort_unstable_by(|(key, at), (other, place)| {
                key.cmp(other).then_with(|| rest(*at).cmp(rest(*place))).then(at.cmp(place))
            });
        }
        let (mut grams, mut held) = (Vec::new(), Vec::new());
        for same in keyed.chunk_by(|(key, at), (other, place)| key == other && rest(*at) == rest(*place)) {
            let count = same.len() as u64;
            if count < least {
                continue;
            }
            let first = held.len();
            let mut left = same;
            while let Some((_, at)) = left.first() {
                let text = ends.partition_point(|end| end <= at);
                let inside = left.partition_point(|(_, at)| *at < ends[text]);
                held.push((text as u32, inside as u32));
                left = &left[inside..];
            }
            grams.push(Gram { at: same[0].1, count, held: (first, held.len()) });
        }
        Ok(Self { n, flat, sizes, grams, held })
    }

    /// The sequences, in order of their words.
    pub fn iter(&self) -> impl Iterator<Item = &Gram> {
        self.grams.iter()
    }

    /// The words of a sequence.
    pub fn words(&self, gram: &Gram) -> &[u32] {
        &self.flat[gram.at..gram.at + self.n]
    }

    /// The texts that hold a sequence, by their places, each with its count.
    pub fn texts(&self, gram: &Gram) -> &[(u32, u32)] {
        &self.held[gram.held.0..gram.held.1]
    }
}

/// In how many ways n − 1 words can follow one with at most `skips` left out: C(n − 1 + skips, skips).
fn ways(n: usize, skips: usize) -> u64 {
    let mut ways = 1_u64;
    for step in 1..=skips as u64 {
        ways = ways.saturating_mul(n as u64 - 1 + step) / step;
    }
    ways
}

/// The words of a sequence as text, with spaces between.
pub(super) fn spelled(streams: &Streams, words: &[u32]) -> String {
    let words: Vec<&str> = words.iter().map(|word| streams.word(*word)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_skip() {
        assert_eq!([ways(2, 0), ways(2, 2), ways(3, 1), ways(4, 2)], [1, 3, 3, 10]);
    }
}
