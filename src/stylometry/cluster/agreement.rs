//! How far two groupings of the same texts agree.

use std::collections::BTreeMap;

use crate::stylometry::error::{Result, StylometryError};

/// The adjusted Rand index of two groupings (Hubert & Arabie 1985): 1 if they are the same, about 0 if they
/// agree as by chance. None where it is not defined, as both groupings put all texts together or all apart;
/// they are then the same.
///
/// ```
/// use rhetor::stylometry::adjusted_rand_index;
/// let authors = ["a", "a", "a", "b", "b", "b"];
/// let index = adjusted_rand_index(&authors, &[0, 0, 1, 1, 2, 2]).unwrap().unwrap();
/// assert!((index - 8.0 / 33.0).abs() < 1e-12);
/// ```
///
/// # Errors
/// If the groupings are not of the same number of texts.
pub fn adjusted_rand_index<A: Ord, B: Ord>(first: &[A], second: &[B]) -> Result<Option<f64>> {
    if first.len() != second.len() {
        let reason = format!("one is of {} texts, the other of {}", first.len(), second.len());
        return Err(StylometryError::Option { option: "groupings", reason });
    }
    let mut rows: BTreeMap<&A, u64> = BTreeMap::new();
    let mut columns: BTreeMap<&B, u64> = BTreeMap::new();
    let mut both: BTreeMap<(&A, &B), u64> = BTreeMap::new();
    for pair in first.iter().zip(second) {
        *rows.entry(pair.0).or_default() += 1;
        *columns.entry(pair.1).or_default() += 1;
        *both.entry(pair).or_default() += 1;
    }
    let pairs = |count: u64| count as f64 * (count as f64 - 1.0) / 2.0;
    let sum = |counts: &mut dyn Iterator<Item = u64>| counts.map(pairs).sum::<f64>();
    let (rows, columns, both) =
        (sum(&mut rows.into_values()), sum(&mut columns.into_values()), sum(&mut both.into_values()));
    let all = pairs(first.len() as u64);
    let expected = if all > 0.0 { rows * columns / all } else { 0.0 };
    let most = f64::midpoint(rows, columns);
    Ok((most - expected > 0.0).then(|| (both - expected) / (most - expected)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_the_opposite_and_the_undefined() {
        let index = |a: &[u8], b: &[u8]| adjusted_rand_index(a, b).unwrap();
        assert_eq!(index(&[0, 0, 1, 1], &[5, 5, 3, 3]), Some(1.0));
        assert!((index(&[0, 0, 1, 1], &[0, 1, 0, 1]).unwrap() + 0.5).abs() < 1e-12);
        for same in [&[][..], &[1], &[1, 1, 1], &[1, 2, 3]] {
            assert_eq!(index(same, same), None);
        }
        assert_eq!(index(&[1, 1, 1], &[1, 2, 3]), Some(0.0));
        assert!(adjusted_rand_index(&[1], &[1, 2]).is_err());
    }
}
