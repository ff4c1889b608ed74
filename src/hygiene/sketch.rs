//! Sketches: which texts share much, without comparing them word by word.
//!
//! A shingle is a run of five words, by their folded keys. A sketch keeps the lowest hashes of a text's
//! shingles: one in 64 of them, and at least the 128 lowest. Below the lower of two texts' bounds both
//! sketches hold every shingle that the texts have, which is a sample drawn without regard to what the
//! shingles say (bottom-k sampling; Broder 1997, *On the resemblance and containment of documents*). The
//! share c of a text's shingles that another holds too is estimated from it with a standard error of
//! √(c·(1 − c)/n), n the sampled shingles of the text: for c = 0.5 and 100 shingles, 0.05.
//!
//! Hashes are FNV-1a with a finisher, with fixed seeds, so that a sketch is the same everywhere.

use std::collections::BTreeMap;

use rayon::prelude::*;

/// Words of a shingle.
const SHINGLE: usize = 5;
/// The lowest hashes that a sketch keeps in any case.
const LOWEST: usize = 128;
/// Hashes below this are kept, one in 64.
const FRACTION: u64 = u64::MAX / 64;
/// Sampled shingles of a text from which a share is estimated, at least.
const FEWEST: usize = 16;
/// The share from which two texts are near duplicates.
const NEAR: f64 = 0.5;
/// Texts that a shingle leads to, at most: a phrase that thousands of texts have tells little, and comparing
/// all of them would take quadratic time.
const MOST_HOLDERS: usize = 64;
/// Partners of a text that are reported, at most.
const MOST_PARTNERS: usize = 10;

/// What a text is compared with others by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of all words in order.
    words: u64,
    /// Number of words.
    count: u64,
    /// Hashes of shingles, ascending: all that the text has up to `bound`.
    values: Vec<u64>,
    bound: u64,
}

/// What a text shares with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// Number of the text.
    pub text: usize,
    /// Number of the other.
    pub other: usize,
    /// Estimated share of the text's runs of five words that the other holds too; none if the two have the
    /// same words in the same order.
    pub share: Option<f64>,
}

/// Hash of a word's key, whose bytes these are.
pub(super) fn hash(key: impl Iterator<Item = u8>) -> u64 {
    mix(key.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    }))
}

/// The finisher of SplitMix64: every bit of the input reaches every bit of the output.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Base of the rolling hash of a shingle.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// BASE to the power of SHINGLE.
const LEAVING: u64 = BASE.wrapping_mul(BASE).wrapping_mul(BASE).wrapping_mul(BASE).wrapping_mul(BASE);

/// Words that a [`Sketcher`] takes together, at most.
pub(super) const ROOM: usize = 64;

/// Makes a [`Sketch`], some words at a time.
#[derive(Debug)]
pub(super) struct Sketcher {
    words: u64,
    count: usize,
    /// Hashes of the last words, and room for those of some more.
    hashes: [u64; SHINGLE + ROOM],
    rolling: u64,
    values: Vec<u64>,
    bound: u64,
    /// Values from which the vector is made shorter.
    limit: usize,
}

impl Default for Sketcher {
    fn default() -> Self {
        let limit = 8 * LOWEST;
        Self {
            words: 0,
            count: 0,
            hashes: [0; SHINGLE + ROOM],
            rolling: 0,
            values: Vec::new(),
            bound: u64::MAX,
            limit,
        }
    }
}

impl Sketcher {
    /// Where to write the hashes of the next words before [`Self::take`].
    pub fn room(&mut self) -> &mut [u64] {
        &mut self.hashes[SHINGLE..]
    }

    /// Adds the first `words` words of the room.
    // Not inlined, so that what every word changes is kept in registers.
    #[inline(never)]
    pub fn take(&mut self, words: usize) {
        let words = words.min(ROOM);
        let Self { hashes, values, bound, .. } = self;
        let (mut all, mut rolling) = (self.words, self.rolling);
        for (at, window) in hashes[..SHINGLE + words].windows(SHINGLE + 1).enumerate() {
            let (leaving, word) = (window[0], window[SHINGLE]);
            all = (all.rotate_left(5) ^ word).wrapping_mul(BASE);
            rolling =
                rolling.wrapping_mul(BASE).wrapping_add(word).wrapping_sub(leaving.wrapping_mul(LEAVING));
            let value = mix(rolling);
            // The first words make no shingle yet.
            if value <= *bound && self.count + at + 1 >= SHINGLE {
                values.push(value);
            }
        }
        (self.words, self.rolling) = (all, rolling);
        self.count += words;
        self.hashes.copy_within(words..words + SHINGLE, 0);
        if self.values.len() >= self.limit {
            self.shorten();
        }
    }

    /// Keeps the values that a sketch may need.
    fn shorten(&mut self) {
        self.values.sort_unstable();
        self.values.dedup();
        if let Some(&lowest) = self.values.get(LOWEST - 1) {
            self.bound = self.bound.min(lowest.max(FRACTION));
            self.values.truncate(self.values.partition_point(|value| *value <= self.bound));
        }
        self.limit = 8 * LOWEST + 2 * self.values.len();
    }

    pub fn finish(mut self) -> Sketch {
        self.shorten();
        self.values.shrink_to_fit();
        Sketch { words: self.words, count: self.count as u64, values: self.values, bound: self.bound }
    }
}

impl Sketch {
    /// The shingles below the bounds of both texts.
    fn sampled(&self, other: &Self) -> &[u64] {
        let bound = self.bound.min(other.bound);
        &self.values[..self.values.partition_point(|value| *value <= bound)]
    }

    /// Estimated share of this text's shingles that `other` holds too; none with too few to tell.
    pub fn share_in(&self, other: &Self) -> Option<f64> {
        let (mine, theirs) = (self.sampled(other), other.sampled(self));
        if mine.len() < FEWEST {
            return None;
        }
        let mut rest = theirs.iter().peekable();
        let both = mine
            .iter()
            .filter(|value| {
                while rest.next_if(|other| other < value).is_some() {}
                rest.peek() == Some(value)
            })
            .count();
        Some(both as f64 / mine.len() as f64)
    }
}

/// Which texts share at least half of their runs of five words with another, or all their words. A text has
/// at most ten entries, the largest shares first; of texts with the same words each but the first names
/// the first. Ordered by text.
///
/// Pairs are found by the shingles they share. Time is linear in the texts; of the texts that hold a shingle,
/// the first 64 are looked at.
pub fn shared(sketches: &[&Sketch]) -> Vec<Shared> {
    let mut first: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    let mut found = Vec::new();
    let mut different = Vec::new();
    for (text, sketch) in sketches.iter().enumerate().filter(|(_, sketch)| sketch.count > 0) {
        match first.get(&(sketch.words, sketch.count)) {
            Some(&other) => found.push(Shared { text, other, share: None }),
            None => {
                first.insert((sketch.words, sketch.count), text);
                different.push(text);
            }
        }
    }
    found.extend(near(sketches, &different));
    let key = |shared: &Shared| std::cmp::Reverse(shared.share.map(f64::to_bits));
    found.sort_by_key(|shared| (shared.text, shared.share.is_some(), key(shared), shared.other));
    let mut of = (usize::MAX, 0);
    found.retain(|shared| {
        of = if of.0 == shared.text { (shared.text, of.1 + 1) } else { (shared.text, 1) };
        of.1 <= MOST_PARTNERS
    });
    found
}

fn near(sketches: &[&Sketch], texts: &[usize]) -> Vec<Shared> {
    let mut holders: Vec<(u64, usize)> =
        texts.iter().flat_map(|text| sketches[*text].values.iter().map(|value| (*value, *text))).collect();
    holders.par_sort_unstable();
    // For each text, where the holders of those of its shingles begin that an earlier text holds too.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for run in holders.chunk_by(|a, b| a.0 == b.0) {
        runs.extend(run[1..].iter().map(|(_, text)| (*text, start)));
        start += run.len();
    }
    runs.sort_unstable();
    let pairs: Vec<Vec<Shared>> = runs
        .chunk_by(|a, b| a.0 == b.0)
        .collect::<Vec<_>>()
        .par_iter()
        .map(|runs| {
            let text = runs[0].0;
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            // Shingles that have more holders than are looked at.
            let mut common = 0;
            for (_, start) in *runs {
                let is_earlier =
                    |(value, other): &&(u64, usize)| *value == holders[*start].0 && *other < text;
                let earlier = holders[*start..].iter().take(MOST_HOLDERS).take_while(is_earlier);
                earlier.for_each(|(_, other)| *counts.entry(*other).or_default() += 1);
                common += usize::from(holders.get(*start + MOST_HOLDERS).as_ref().is_some_and(is_earlier));
            }
            counts
                .into_iter()
                .filter(|(_, count)| *count * 4 >= FEWEST)
                .flat_map(|(other, count)| [(text, other, count), (other, text, count)])
                .filter_map(|(text, other, count)| {
                    // Most pairs share so little that their sketches need not be gone through.
                    let most = (count + common) as f64;
                    if most < NEAR * sketches[text].sampled(sketches[other]).len() as f64 {
                        return None;
                    }
                    let share = sketches[text].share_in(sketches[other]).filter(|share| *share >= NEAR)?;
                    Some(Shared { text, other, share: Some(share) })
                })
                .collect()
        })
        .collect();
    pairs.into_iter().flatten().collect()
}
