//! n-grams, skip-grams, lexical bundles, and words that stand near a node.
//!
//! Words are numbers; units that nothing crosses, such as sentences, are slices.

use std::collections::BTreeMap;

use super::association::Joint;
use super::outcome::Undefined;

/// How often each n-gram occurs within the units, in order of the words' numbers. None for n = 0.
pub fn ngrams<'a>(units: impl IntoIterator<Item = &'a [u32]>, n: usize) -> BTreeMap<&'a [u32], u64> {
    let mut counts = BTreeMap::new();
    if n > 0 {
        for unit in units {
            for words in unit.windows(n) {
                *counts.entry(words).or_default() += 1;
            }
        }
    }
    counts
}

/// Skip-grams of a unit: all sequences of n of its words, in order, with at most `skips` words left out
/// between them in all (Guthrie et al. 2006). Each is as often given as it occurs, by its first word, then by
/// the places of the others.
pub fn skip_grams(unit: &[u32], n: usize, skips: usize) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    for_each_skip_gram(unit, n, skips, |words| found.push(words.to_vec()));
    found
}

/// As [`skip_grams`], without an allocation for each.
pub fn for_each_skip_gram(unit: &[u32], n: usize, skips: usize, mut found: impl FnMut(&[u32])) {
    let mut words = Vec::with_capacity(n);
    if n > 0 {
        for start in 0..unit.len() {
            words.push(unit[start]);
            extend(unit, start, &mut words, n, skips, &mut found);
            words.pop();
        }
    }
}

/// Gives all skip-grams that begin with `words`, the last of which stands at `last`.
fn extend(
    unit: &[u32],
    last: usize,
    words: &mut Vec<u32>,
    n: usize,
    skips: usize,
    found: &mut impl FnMut(&[u32]),
) {
    if words.len() == n {
        found(words);
        return;
    }
    for skipped in 0..=skips {
        let Some(word) = unit.get(last + 1 + skipped) else { break };
        words.push(*word);
        extend(unit, last + 1 + skipped, words, n, skips - skipped, found);
        words.pop();
    }
}

/// When an n-gram is a lexical bundle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BundleRule {
    /// Number of words, usually 4.
    pub n: usize,
    /// Fewest occurrences per million words.
    pub per_million: f64,
    /// Fewest texts.
    pub texts: u64,
}

/// A lexical bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Its words.
    pub words: Vec<u32>,
    /// Occurrences.
    pub count: u64,
    /// Texts that hold it.
    pub texts: u64,
}

/// Lexical bundles: n-grams that are frequent enough and in enough texts (Biber et al. 1999). Each text is
/// the list of its units. By count, then by the words' numbers.
pub fn bundles(texts: &[Vec<&[u32]>], rule: BundleRule) -> Vec<Bundle> {
    let mut found: BTreeMap<&[u32], (u64, u64)> = BTreeMap::new();
    for text in texts {
        for (words, count) in ngrams(text.iter().copied(), rule.n) {
            let entry = found.entry(words).or_default();
            entry.0 += count;
            entry.1 += 1;
        }
    }
    let tokens: usize = texts.iter().flatten().map(|unit| unit.len()).sum();
    let least = rule.per_million * tokens as f64 / 1e6;
    let mut bundles: Vec<Bundle> = found
        .into_iter()
        .filter(|(_, (count, texts))| *count as f64 >= least && *texts >= rule.texts)
        .map(|(words, (count, texts))| Bundle { words: words.to_vec(), count, texts })
        .collect();
    bundles.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.words.cmp(&b.words)));
    bundles
}

/// How words near a node are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// CWB and UCS: R₁ is the number of positions that stand in a window, each once however many windows it
    /// stands in; nodes are no collocates, and N is all other words.
    Positions,
    /// Sketch Engine: O₁₁ is the number of pairs, R₁ the frequency of the node, N all words.
    Pairs,
}

/// Counts of every word near a node, at most `left` words before and `right` after it in the same unit, for
/// the measures of [`association`](super::association). In order of the words' numbers.
///
/// Positions are the default of the field. With [`Convention::Pairs`] a joint count can exceed its margin;
/// such a word gives no table, and measures say so.
///
/// # Errors
/// If the node does not occur.
pub fn collocates(
    units: &[&[u32]],
    node: u32,
    left: usize,
    right: usize,
    convention: Convention,
) -> Result<BTreeMap<u32, Joint>, Undefined> {
    let mut near: BTreeMap<u32, u64> = BTreeMap::new();
    let mut all: BTreeMap<u32, u64> = BTreeMap::new();
    let (mut positions, mut nodes, mut total) = (0_u64, 0_u64, 0_u64);
    for unit in units {
        total += unit.len() as u64;
        // Nodes whose window holds the place: those from `place − right` to `place + left`.
        let (mut inside, mut enter) = (0_u64, 0_usize);
        for (place, word) in unit.iter().enumerate() {
            while enter <= place.saturating_add(left) && enter < unit.len() {
                inside += u64::from(unit[enter] == node);
                enter += 1;
            }
            if let Some(gone) = place.checked_sub(right.saturating_add(1)) {
                inside -= u64::from(unit[gone] == node);
            }
            *all.entry(*word).or_default() += 1;
            if *word == node {
                nodes += 1;
            } else if inside > 0 {
                positions += 1;
                *near.entry(*word).or_default() += match convention {
                    Convention::Positions => 1,
                    Convention::Pairs => inside,
                };
            }
        }
    }
    if nodes == 0 {
        return Err(Undefined::Absent);
    }
    let (first, total) = match convention {
        Convention::Positions => (positions, total - nodes),
        Convention::Pairs => (nodes, total),
    };
    Ok(near
        .into_iter()
        .map(|(word, together)| {
            let second = all.get(&word).copied().unwrap_or_default();
            (word, Joint { together, first, second, total })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn grams_do_not_cross_units() {
        let units: [&[u32]; 2] = [&[1, 2, 1, 2], &[1, 2]];
        let counts = ngrams(units, 2);
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(&[1, 2][..], 3), (&[2, 1][..], 1)]);
        assert!(ngrams(units, 0).is_empty() && ngrams(units, 5).is_empty());
    }

    #[test]
    fn skip_grams_of_five_words() {
        // ab ac ad bc bd be cd ce de.
        let found = skip_grams(&[1, 2, 3, 4, 5], 2, 2);
        let expected: [[u32; 2]; 9] =
            [[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [2, 5], [3, 4], [3, 5], [4, 5]];
        assert_eq!(found, expected);
        // Skips are counted in all: 1 2 3, 1 2 4, 1 3 4, 2 3 4.
        assert_eq!(skip_grams(&[1, 2, 3, 4], 3, 1).len(), 4);
    }

    #[test]
    fn bundles_pass_both_thresholds() {
        let texts: [Vec<&[u32]>; 2] = [vec![&[1, 2, 3], &[1, 2, 9]], vec![&[1, 2, 4], &[3, 9, 9, 9]]];
        let rule = BundleRule { n: 2, per_million: 200_000.0, texts: 2 };
        assert_eq!(bundles(&texts, rule), [Bundle { words: vec![1, 2], count: 3, texts: 2 }]);
    }

    proptest! {
        #[test]
        fn windows_agree_with_the_obvious_way(
            units in prop::collection::vec(prop::collection::vec(0_u32..6, 0..20), 1..4),
            left in 0_usize..4, right in 0_usize..4,
        ) {
            let units: Vec<&[u32]> = units.iter().map(Vec::as_slice).collect();
            let (mut positions, mut pairs, mut spots) = (BTreeMap::new(), BTreeMap::new(), 0);
            for unit in &units {
                for (at, word) in unit.iter().enumerate().filter(|(_, word)| **word != 0) {
                    let nodes = unit.iter().enumerate().filter(|(node, word)| {
                        **word == 0 && at + left >= *node && at <= *node + right
                    }).count() as u64;
                    if nodes > 0 {
                        spots += 1;
                        *positions.entry(*word).or_insert(0) += 1;
                        *pairs.entry(*word).or_insert(0) += nodes;
                    }
                }
            }
            for (convention, expected) in [(Convention::Positions, positions), (Convention::Pairs, pairs)] {
                match collocates(&units, 0, left, right, convention) {
                    Ok(found) => {
                        let together: BTreeMap<u32, u64> =
                            found.iter().map(|(word, joint)| (*word, joint.together)).collect();
                        prop_assert_eq!(together, expected);
                        if convention == Convention::Positions {
                            prop_assert!(found.values().all(|joint| joint.first == spots));
                        }
                    }
                    Err(reason) => prop_assert_eq!(reason, Undefined::Absent),
                }
            }
        }
    }
}
