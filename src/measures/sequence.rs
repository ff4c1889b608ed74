//! Lexical diversity along the text: MSTTR, MATTR, MTLD and MTLD-MA.
//!
//! All counts and comparisons are of integers: a ratio can equal 0.72 exactly, as 18/25 does.

use std::hash::Hash;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::factor_tree::FactorTree;
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

/// When MTLD ends a factor: a threshold as a ratio of integers, the comparison, a least length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorRule {
    /// The threshold θ as numerator and denominator.
    pub threshold: (u32, u32),
    /// Whether a ratio equal to θ ends a factor (`<=`), as in lexicalrichness; else it must be below (`<`).
    pub at_threshold: bool,
    /// Fewest tokens of a factor: 1 for none, 10 in lexical-diversity and taaled.
    pub shortest: usize,
}

impl Default for FactorRule {
    /// `<` 0.72, no least length: the original.
    fn default() -> Self {
        Self { threshold: (72, 100), at_threshold: false, shortest: 1 }
    }
}

impl FactorRule {
    /// Whether `types` among `tokens` end a factor.
    fn ends(self, types: u64, tokens: u64) -> bool {
        let (numerator, denominator) = self.threshold;
        let (left, right) =
            (u128::from(denominator) * u128::from(types), u128::from(numerator) * u128::from(tokens));
        tokens >= self.shortest as u64 && (left < right || self.at_threshold && left == right)
    }

    fn is_sound(self) -> bool {
        0 < self.threshold.0 && self.threshold.0 < self.threshold.1
    }
}

/// MTLD: N over the number of factors, forwards and backwards, and the mean of the two quotients
/// (McCarthy 2005; McCarthy & Jarvis 2010). What is left at the end counts (1 − r)/(1 − θ) of a factor; a last
/// token that completes a factor makes one whole factor. Undefined if all words
/// are different: no factor has begun to fill, and the value is at least N.
pub fn mtld(sequence: &Sequence, rule: FactorRule) -> Outcome {
    let tokens = &sequence.tokens;
    if tokens.is_empty() || !rule.is_sound() {
        return Err(Undefined::Empty);
    }
    let mut seen = Marks::new(sequence.types);
    let forwards = factors(tokens.iter(), &mut seen, rule);
    let backwards = factors(tokens.iter().rev(), &mut seen, rule);
    if forwards <= 0.0 || backwards <= 0.0 {
        return Err(Undefined::NoFactor { at_least: tokens.len() as u64 });
    }
    let n = tokens.len() as f64;
    Ok(f64::midpoint(n / forwards, n / backwards))
}

fn factors<'a>(tokens: impl Iterator<Item = &'a u32>, seen: &mut Marks, rule: FactorRule) -> f64 {
    let (mut whole, mut length, mut types) = (0_u64, 0_u64, 0_u64);
    seen.clear();
    for token in tokens {
        length += 1;
        types += u64::from(seen.is_new(*token));
        if rule.ends(types, length) {
            whole += 1;
            (length, types) = (0, 0);
            seen.clear();
        }
    }
    let (numerator, denominator) = (f64::from(rule.threshold.0), f64::from(rule.threshold.1));
    let rest = if length == 0 {
        0.0
    } else {
        // (1 − t/n) / (1 − θ), with integers multiplied out.
        (length - types) as f64 * denominator / (length as f64 * (denominator - numerator))
    };
    whole as f64 + rest
}

/// MTLD-MA, read as a circle (MTLD-W): the mean length of the factor that begins at each word, where the text
/// goes on with its beginning, so that all N factors complete (in a text without repetition by wrapping alone).
/// Undefined without words.
///
/// Takes at most N·log N steps or a fixed number of steps for each word.
pub fn mtld_ma_wrap(sequence: &Sequence, rule: FactorRule) -> Outcome {
    let lengths = first_factors(sequence, rule, true)?;
    Ok(lengths.iter().map(|length| *length as u128).sum::<u128>() as f64 / lengths.len() as f64)
}

/// MTLD-MA without wrapping: the mean length of the factors that begin at each word and complete before the
/// text ends. Undefined if none does.
pub fn mtld_ma(sequence: &Sequence, rule: FactorRule) -> Outcome {
    let lengths = first_factors(sequence, rule, false)?;
    if lengths.is_empty() {
        return Err(Undefined::NoFactor { at_least: sequence.tokens.len() as u64 });
    }
    Ok(lengths.iter().map(|length| *length as u128).sum::<u128>() as f64 / lengths.len() as f64)
}

/// For each start, in order, the length of the first complete factor; starts without one are left out.
///
/// Most factors are short, and walking them costs less than anything else. A text whose walks take more than
/// [`STEPS_PER_START`] steps each, on average, is left to the tree.
fn first_factors(sequence: &Sequence, rule: FactorRule, wrap: bool) -> Result<Vec<usize>, Undefined> {
    if sequence.tokens.is_empty() || !rule.is_sound() {
        return Err(Undefined::Empty);
    }
    Ok(walked_factors(sequence, rule, wrap).unwrap_or_else(|| found_factors(sequence, rule, wrap)))
}

/// Steps of a walk that a start may take on average.
const STEPS_PER_START: usize = 256;

/// Places of a walk: those of the text, or of the text as a circle until every factor has completed.
fn span(sequence: &Sequence, rule: FactorRule, wrap: bool) -> usize {
    let length = sequence.tokens.len();
    let (numerator, denominator) = rule.threshold;
    // After a whole round no word is new, and at most N·(1 − θ)/θ more steps bring the balance up to 0.
    let beyond = (length as u128 * u128::from(denominator - numerator) / u128::from(numerator)) as usize;
    if wrap { 2 * length + beyond + rule.shortest + 1 } else { length }
}

/// The factors by a walk from each start, unless these take too many steps.
fn walked_factors(sequence: &Sequence, rule: FactorRule, wrap: bool) -> Option<Vec<usize>> {
    let tokens = &sequence.tokens;
    let length = tokens.len();
    // The place after the former one of the same word: a word is new to a start that is not before it.
    let mut since = vec![0_usize; sequence.types];
    let places: Vec<usize> = (0..if wrap { 2 * length } else { length })
        .map(|place| std::mem::replace(&mut since[tokens[place % length] as usize], place + 1))
        .collect();
    let span = span(sequence, rule, wrap);
    let (up, down) = (i64::from(rule.threshold.0), i64::from(rule.threshold.1) - i64::from(rule.threshold.0));
    let above = if rule.at_threshold { -1 } else { 0 };
    let mut steps = length.saturating_mul(STEPS_PER_START);
    let mut lengths = Vec::with_capacity(length);
    for start in 0..length {
        let fewest = start + rule.shortest.max(1) - 1;
        let mut balance = 0;
        let mut place = start;
        while place < span {
            // Beyond a whole round every word was met.
            let is_new = places.get(place).is_some_and(|former| *former <= start) && place < start + length;
            balance += if is_new { -down } else { up };
            if balance > above && place >= fewest {
                lengths.push(place + 1 - start);
                break;
            }
            place += 1;
        }
        steps = steps.checked_sub(place + 1 - start)?;
    }
    Some(lengths)
}

/// The factors by a tree.
///
/// Walking from a start, each repeated word moves the balance θ·n − t up by θ, each new one down by 1 − θ; the
/// factor ends where it passes 0. Going on to the next start changes two steps of that walk only, so a tree of
/// partial sums finds each end in log N steps.
fn found_factors(sequence: &Sequence, rule: FactorRule, wrap: bool) -> Vec<usize> {
    let tokens = &sequence.tokens;
    let length = tokens.len();
    let (numerator, denominator) = (i64::from(rule.threshold.0), i64::from(rule.threshold.1));
    let span = span(sequence, rule, wrap);
    let at = |place: usize| tokens[place % length] as usize;
    let mut next = vec![usize::MAX; span];
    let mut latest = vec![usize::MAX; sequence.types];
    for place in (0..span).rev() {
        next[place] = std::mem::replace(&mut latest[at(place)], place);
    }
    // `latest` now holds first occurrences: those are new words for the first start, all others repeats.
    let steps =
        (0..span).map(|place| if latest[at(place)] == place { numerator - denominator } else { numerator });
    let mut tree = FactorTree::new(steps);
    let above = if rule.at_threshold { -1 } else { 0 };
    let mut lengths = Vec::with_capacity(length);
    for start in 0..length {
        let fewest = start + rule.shortest.max(1) - 1;
        if let Some(end) = tree.first_above(fewest, above) {
            lengths.push(end + 1 - start);
        }
        tree.set(start, 0);
        if let Some(place) = next.get(start).filter(|place| **place < span) {
            tree.set(*place, numerator - denominator);
        }
    }
    lengths
}

/// Which words were seen since the last clearing, which costs nothing.
struct Marks {
    round: u32,
    last: Vec<u32>,
}

impl Marks {
    fn new(types: usize) -> Self {
        Self { round: 1, last: vec![0; types] }
    }

    fn clear(&mut self) {
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.last.fill(0);
            1
        });
    }

    fn is_new(&mut self, token: u32) -> bool {
        std::mem::replace(&mut self.last[token as usize], self.round) != self.round
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::super::outcome::close;
    use super::*;

    fn slow_mattr(tokens: &[u32], width: usize) -> f64 {
        let windows = tokens.windows(width);
        let count = windows.len() as f64;
        windows.map(|window| window.iter().collect::<HashSet<_>>().len() as f64 / width as f64).sum::<f64>()
            / count
    }

    fn slow_first_factors(tokens: &[u32], rule: FactorRule, wrap: bool) -> Vec<usize> {
        let n = tokens.len();
        (0..n)
            .filter_map(|start| {
                let mut seen = HashSet::new();
                let last = if wrap { 4 * n + rule.shortest + 9 } else { n - start };
                (1..=last).find(|length| {
                    seen.insert(tokens[(start + length - 1) % n]);
                    rule.ends(seen.len() as u64, *length as u64)
                })
            })
            .collect()
    }

    fn rule() -> impl Strategy<Value = FactorRule> {
        (prop::bool::ANY, 1_usize..14, prop::sample::select(vec![(72, 100), (1, 2), (9, 10)]))
            .prop_map(|(at_threshold, shortest, threshold)| FactorRule { threshold, at_threshold, shortest })
    }

    proptest! {
        #[test]
        fn windows_and_factors_agree_with_the_obvious_way(
            words in prop::collection::vec(0_u32..25, 1..120), width in 1_usize..60, rule in rule(),
        ) {
            let sequence = Sequence::new(words);
            let tokens = sequence.tokens();
            match mattr(&sequence, width) {
                Ok(value) => prop_assert!((value - slow_mattr(tokens, width)).abs() < 1e-12),
                Err(_) => prop_assert!(tokens.len() < width),
            }
            for wrap in [true, false] {
                let expected = slow_first_factors(tokens, rule, wrap);
                prop_assert_eq!(&found_factors(&sequence, rule, wrap), &expected);
                if let Some(walked) = walked_factors(&sequence, rule, wrap) {
                    prop_assert_eq!(walked, expected);
                }
            }
        }
    }

    #[test]
    fn factors_at_the_edges() {
        let unique = Sequence::new(0..10);
        assert_eq!(mtld(&unique, FactorRule::default()), Err(Undefined::NoFactor { at_least: 10 }));
        assert_eq!(mtld(&Sequence::default(), FactorRule::default()), Err(Undefined::Empty));
        // Ten times the same word: five factors of two words.
        assert_eq!(mtld(&Sequence::new([7; 10]), FactorRule::default()), Ok(2.0));
        // Half of it all different, half the same.
        let halves = Sequence::new((0..50).chain([99; 50]));
        assert_eq!(msttr(&halves, 50), Ok(0.51));
        assert_eq!(mattr(&halves, 101), Err(Undefined::TooFew));
        assert_eq!(msttr(&halves, 0), Err(Undefined::TooFew));
    }

    #[test]
    fn a_ratio_equal_to_the_threshold() {
        // 18 types among 25 words is 0.72: the comparison decides.
        let words: Vec<u32> = (0..18).chain([0; 7]).collect();
        let sequence = Sequence::new(words);
        let at = FactorRule { at_threshold: true, ..FactorRule::default() };
        assert!(close(factors(sequence.tokens.iter(), &mut Marks::new(18), at), 1.0, 1e-15));
        assert!(close(
            factors(sequence.tokens.iter(), &mut Marks::new(18), FactorRule::default()),
            1.0,
            1e-15
        ));
        assert!(at.ends(18, 25) && !FactorRule::default().ends(18, 25));
    }
}
