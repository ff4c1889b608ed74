//! The first factor from every word of a text, as MTLD-MA needs them.
//!
//! Walking from a start, each repeated word moves the balance θ·n − t up by θ, each new one down by 1 − θ, in whole
//! numbers; the factor ends where the balance passes 0. Most factors are short, and starts that stand side by side
//! walk together, in the lanes of vectors. A text whose walks are long is left to a tree.

use pulp::{Arch, Simd, WithSimd};

use super::factor_tree::FactorTree;
use super::mtld::FactorRule;
use super::sequence::Sequence;

/// Starts that walk together.
const LANES: usize = 16;
/// Places a walk may pass on average.
const PLACES_PER_WALK: usize = 1_024;

/// For each start, in order, the length of the first complete factor; starts without one are left out. Of a text
/// that is read as a circle, if `wrap`. There must be a word, and the threshold between 0 and 1.
///
/// Takes at most N·log N steps or a fixed number of steps for each word.
pub(super) fn first_factors(sequence: &Sequence, rule: FactorRule, wrap: bool) -> Vec<u64> {
    walked_factors(sequence, rule, wrap).unwrap_or_else(|| found_factors(sequence, rule, wrap))
}

/// Places of a walk: those of the text, or of the text as a circle until every factor has completed.
fn span(sequence: &Sequence, rule: FactorRule, wrap: bool) -> usize {
    let length = sequence.tokens().len();
    let (numerator, denominator) = rule.threshold;
    // After a whole round no word is new, and at most N·(1 − θ)/θ more steps bring the balance up to 0.
    let beyond = (length as u128 * u128::from(denominator - numerator) / u128::from(numerator)) as usize;
    if wrap { 2 * length + beyond + rule.shortest + 1 } else { length }
}

/// The factors by a walk from each start, unless these pass too many places, or numbers become too large.
fn walked_factors(sequence: &Sequence, rule: FactorRule, wrap: bool) -> Option<Vec<u64>> {
    let tokens = sequence.tokens();
    let length = tokens.len();
    let span = span(sequence, rule, wrap);
    i32::try_from(span + LANES).ok()?;
    let shortest = i32::try_from(rule.shortest.max(1)).ok()?;
    // The place after the former one of the same word: a word is new to a start that is not before it.
    let mut since = vec![0_i32; sequence.types()];
    let rounds = if wrap { 2 } else { 1 };
    let mut formers = Vec::with_capacity(rounds * length);
    for round in 0..rounds {
        for (place, token) in tokens.iter().enumerate() {
            let next = (round * length + place) as i32 + 1;
            formers.push(std::mem::replace(&mut since[*token as usize], next));
        }
    }
    let (at_new, at_met) = rule.steps();
    let mut lengths = Vec::with_capacity(length);
    let walk = Walk {
        formers: &formers,
        length,
        span,
        at_new: at_new as i32,
        at_met: at_met as i32,
        above: rule.above() as i32,
        shortest,
        lengths: &mut lengths,
    };
    Arch::new().dispatch(walk).then_some(lengths)
}

/// The walks of all starts. A type and no closure, as closures are not compiled for the processor at hand.
struct Walk<'a> {
    formers: &'a [i32],
    length: usize,
    span: usize,
    at_new: i32,
    at_met: i32,
    above: i32,
    shortest: i32,
    lengths: &'a mut Vec<u64>,
}

impl WithSimd for Walk<'_> {
    /// Whether all walks came to their ends.
    type Output = bool;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> bool {
        let Self { formers, length, span, at_new, at_met, above, shortest, lengths } = self;
        let longest = (i32::MAX / at_met.max(-at_new)) as usize - LANES;
        let mut places = length.div_ceil(LANES).saturating_mul(PLACES_PER_WALK);
        for first in (0..length).step_by(LANES) {
            let starts: [i32; LANES] = std::array::from_fn(|lane| (first + lane) as i32);
            let round = starts.map(|start| start + length as i32);
            let earliest = starts.map(|start| start + shortest - 1);
            let mut balance = [0_i32; LANES];
            // Where the factor of a lane ended; 0 while it has not.
            let mut ends = [0_i32; LANES];
            let last = span.min(first + longest);
            let mut place = first;
            while place < last && ends[..LANES.min(length - first)].contains(&0) {
                for here in place..last.min(place + LANES) {
                    // Beyond a second round every word was met.
                    let former = formers.get(here).copied().unwrap_or(i32::MAX);
                    let here = here as i32;
                    for lane in 0..LANES {
                        let is_new = (former <= starts[lane]) & (here < round[lane]);
                        let step = if is_new { at_new } else { at_met };
                        balance[lane] += if here >= starts[lane] { step } else { 0 };
                        let ended = (balance[lane] > above) & (here >= earliest[lane]) & (ends[lane] == 0);
                        ends[lane] = if ended { here + 1 } else { ends[lane] };
                    }
                }
                place += LANES;
            }
            let walked = place - first;
            if places < walked || (last < span && ends[..LANES.min(length - first)].contains(&0)) {
                return false;
            }
            places -= walked;
            let complete =
                starts.iter().zip(ends).filter(|(start, end)| (**start as usize) < length && *end > 0);
            lengths.extend(complete.map(|(start, end)| (end - start) as u64));
        }
        true
    }
}

/// The factors by a tree: going on to the next start changes two steps of a walk only, so a tree of partial sums
/// finds each end in log N steps.
fn found_factors(sequence: &Sequence, rule: FactorRule, wrap: bool) -> Vec<u64> {
    let tokens = sequence.tokens();
    let length = tokens.len();
    let (at_new, at_met) = rule.steps();
    let span = span(sequence, rule, wrap);
    let at = |place: usize| tokens[place % length] as usize;
    let mut next = vec![usize::MAX; span];
    let mut latest = vec![usize::MAX; sequence.types()];
    for place in (0..span).rev() {
        next[place] = std::mem::replace(&mut latest[at(place)], place);
    }
    // `latest` now holds first occurrences: those are new words for the first start, all others repeats.
    let steps = (0..span).map(|place| if latest[at(place)] == place { at_new } else { at_met });
    let mut tree = FactorTree::new(steps);
    let mut lengths = Vec::with_capacity(length);
    for start in 0..length {
        let fewest = start + rule.shortest.max(1) - 1;
        if let Some(end) = tree.first_above(fewest, rule.above()) {
            lengths.push((end + 1 - start) as u64);
        }
        tree.set(start, 0);
        if let Some(place) = next.get(start).filter(|place| **place < span) {
            tree.set(*place, at_new);
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn slow(tokens: &[u32], rule: FactorRule, wrap: bool) -> Vec<u64> {
        let n = tokens.len();
        let (numerator, denominator) = (usize::from(rule.threshold.0), usize::from(rule.threshold.1));
        (0..n)
            .filter_map(|start| {
                let mut seen = HashSet::new();
                let last = if wrap { 4 * n + rule.shortest + 9 } else { n - start };
                (1..=last).find(|length| {
                    seen.insert(tokens[(start + length - 1) % n]);
                    let (types, words) = (seen.len() * denominator, length * numerator);
                    *length >= rule.shortest && (types < words || rule.at_threshold && types == words)
                })
            })
            .map(|length| length as u64)
            .collect()
    }

    fn rule() -> impl Strategy<Value = FactorRule> {
        (prop::bool::ANY, 0_usize..40, prop::sample::select(vec![(72, 100), (1, 2), (9, 10)]))
            .prop_map(|(at_threshold, shortest, threshold)| FactorRule { threshold, at_threshold, shortest })
    }

    proptest! {
        #[test]
        fn factors_agree_with_the_obvious_way(
            words in prop::collection::vec(0_u32..60, 1..160), rule in rule(),
        ) {
            let sequence = Sequence::new(words);
            for wrap in [true, false] {
                let expected = slow(sequence.tokens(), rule, wrap);
                prop_assert_eq!(&found_factors(&sequence, rule, wrap), &expected);
                prop_assert_eq!(walked_factors(&sequence, rule, wrap), Some(expected));
            }
        }
    }

    #[test]
    fn long_walks_are_left_to_the_tree() {
        // No word comes back for 60,000 words: the walks would take billions of steps.
        let sequence = Sequence::new((0..60_000).chain(0..60_000));
        assert_eq!(walked_factors(&sequence, FactorRule::default(), false), None);
        // From the first word the second time round: 60,000 types among 83,334 words.
        assert_eq!(first_factors(&sequence, FactorRule::default(), false)[0], 83_334);
    }
}
