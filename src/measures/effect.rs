//! How far two samples of values lie apart, without assumptions about their distributions.

use super::contingency::log10_p;
use super::outcome::{Outcome, Undefined};

/// What the ranks of two samples say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankDifference {
    /// Cliff's delta (1993): the share of pairs in which the first is greater less the share in which it is
    /// smaller, from −1 to 1.
    pub delta: f64,
    /// log₁₀ of the two-sided p of the test of Mann and Whitney (1947), by the normal approximation with the
    /// correction for ties; 0 if all values are equal.
    pub log10_p: f64,
}

/// Compares two samples by their ranks.
///
/// # Errors
/// If one of them is empty.
pub fn rank_difference(first: &[f64], second: &[f64]) -> Result<RankDifference, Undefined> {
    if first.is_empty() || second.is_empty() {
        return Err(Undefined::Empty);
    }
    let mut all: Vec<(f64, bool)> =
        first.iter().map(|value| (*value, true)).chain(second.iter().map(|value| (*value, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Pairs won less pairs lost, of the first, and Σ t³ − t over ties.
    let (mut balance, mut ties) = (0_i128, 0_u128);
    let (mut below, mut place) = (0_i128, 0);
    while place < all.len() {
        let run = all[place..].iter().take_while(|(value, _)| value.total_cmp(&all[place].0).is_eq());
        let (mut firsts, mut seconds) = (0_i128, 0_i128);
        run.for_each(|(_, is_first)| if *is_first { firsts += 1 } else { seconds += 1 });
        // Each first here is above all seconds before, and below all seconds after.
        let after = second.len() as i128 - below - seconds;
        balance += firsts * (below - after);
        below += seconds;
        let tied = (firsts + seconds) as u128;
        ties += tied * tied * tied - tied;
        place += tied as usize;
    }
    let (m, n) = (first.len() as f64, second.len() as f64);
    let total = m + n;
    let variance = m * n / 12.0 * (total + 1.0 - ties as f64 / (total * (total - 1.0)));
    // The balance is 2·U − m·n.
    let deviation = balance as f64 / 2.0;
    let z2 = if variance > 0.0 { deviation * deviation / variance } else { 0.0 };
    Ok(RankDifference { delta: balance as f64 / (m * n), log10_p: log10_p(z2) })
}

/// Mean of values with weights, Σ of the first over Σ of the second of each pair; undefined if that is 0.
pub fn weighted_mean(units: &[(f64, f64)]) -> Outcome {
    let (above, below) = units.iter().fold((0.0, 0.0), |sums, unit| (sums.0 + unit.0, sums.1 + unit.1));
    if below > 0.0 { Ok(above / below) } else { Err(Undefined::Empty) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_all_pairs(
            first in prop::collection::vec(0_u8..9, 1..20), second in prop::collection::vec(0_u8..9, 1..20),
        ) {
            let of = |values: &[u8]| values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
            let found = rank_difference(&of(&first), &of(&second)).unwrap();
            let pairs = first.iter().flat_map(|a| second.iter().map(move |b| i64::from(a > b) - i64::from(a < b)));
            let expected = pairs.sum::<i64>() as f64 / (first.len() * second.len()) as f64;
            prop_assert!((found.delta - expected).abs() < 1e-12);
            prop_assert!(found.log10_p <= 0.0);
        }
    }

    #[test]
    fn apart_and_alike() {
        let (low, high): (Vec<f64>, Vec<f64>) =
            (vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![6.0, 7.0, 8.0, 9.0, 10.0]);
        let found = rank_difference(&low, &high).unwrap();
        assert_eq!(found.delta, -1.0);
        // R: wilcox.test(1:5, 6:10, exact = FALSE, correct = FALSE)$p.value is 0.009023.
        assert!((10_f64.powf(found.log10_p) - 0.009_023_4).abs() < 1e-6);
        assert_eq!(rank_difference(&low, &low).unwrap(), RankDifference { delta: 0.0, log10_p: 0.0 });
        assert_eq!(rank_difference(&[], &low), Err(Undefined::Empty));
        assert_eq!(weighted_mean(&[(2.0, 1.0), (4.0, 1.0)]), Ok(3.0));
    }
}
