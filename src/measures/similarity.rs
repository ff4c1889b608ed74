//! How alike two frequency lists are.

use super::outcome::{Outcome, Undefined, finite};

/// Two lists over the same words: the word's count in either.
pub type Pairs<'a> = &'a [(u64, u64)];

/// Sums of both; undefined if one is empty.
fn sums(pairs: Pairs<'_>) -> Result<(f64, f64), Undefined> {
    let sum = pairs
        .iter()
        .fold((0_u128, 0_u128), |sum, pair| (sum.0 + u128::from(pair.0), sum.1 + u128::from(pair.1)));
    if sum.0 == 0 || sum.1 == 0 { Err(Undefined::Empty) } else { Ok((sum.0 as f64, sum.1 as f64)) }
}

/// Relative frequencies.
fn shares(pairs: Pairs<'_>) -> Result<impl Iterator<Item = (f64, f64)>, Undefined> {
    let (first, second) = sums(pairs)?;
    Ok(pairs.iter().map(move |(a, b)| (*a as f64 / first, *b as f64 / second)))
}

/// Cosine of the angle between both, from 0 to 1.
pub fn cosine(pairs: Pairs<'_>) -> Outcome {
    let (mut product, mut first, mut second) = (0.0, 0.0, 0.0);
    for (a, b) in shares(pairs)? {
        product += a * b;
        first += a * a;
        second += b * b;
    }
    Ok(product / (first.sqrt() * second.sqrt()))
}

/// Types in both, in the first, in the second.
fn types(pairs: Pairs<'_>) -> Result<(f64, f64, f64), Undefined> {
    sums(pairs)?;
    let count = |holds: fn(&(u64, u64)) -> bool| pairs.iter().filter(|pair| holds(pair)).count() as f64;
    Ok((count(|(a, b)| *a > 0 && *b > 0), count(|(a, _)| *a > 0), count(|(_, b)| *b > 0)))
}

/// Jaccard coefficient of the types: common ones over all (Jaccard 1901).
pub fn jaccard(pairs: Pairs<'_>) -> Outcome {
    types(pairs).map(|(both, first, second)| both / (first + second - both))
}

/// Dice coefficient of the types: twice the common ones over the sum of both (Dice 1945).
pub fn dice(pairs: Pairs<'_>) -> Outcome {
    types(pairs).map(|(both, first, second)| 2.0 * both / (first + second))
}

/// Jensen–Shannon divergence in bits, from 0 to 1 (Lin 1991). Its square root is a distance.
pub fn jensen_shannon(pairs: Pairs<'_>) -> Outcome {
    let part = |x: f64, middle: f64| if x > 0.0 { x * (x / middle).log2() } else { 0.0 };
    let sum: f64 = shares(pairs)?
        .map(|(a, b)| {
            let middle = f64::midpoint(a, b);
            part(a, middle) + part(b, middle)
        })
        .sum();
    Ok((sum / 2.0).max(0.0))
}

/// Hellinger distance √(½ Σ (√p − √q)²), from 0 to 1.
pub fn hellinger(pairs: Pairs<'_>) -> Outcome {
    Ok((shares(pairs)?.map(|(a, b)| (a.sqrt() - b.sqrt()).powi(2)).sum::<f64>() / 2.0).sqrt())
}

/// Euclidean distance of the counts.
pub fn euclidean(pairs: Pairs<'_>) -> Outcome {
    sums(pairs)?;
    let sum: f64 = pairs.iter().map(|(a, b)| (a.abs_diff(*b) as f64).powi(2)).sum();
    Ok(sum.sqrt())
}

/// Sum of the absolute differences of relative frequencies, from 0 to 2.
pub fn manhattan(pairs: Pairs<'_>) -> Outcome {
    Ok(shares(pairs)?.map(|(a, b)| (a - b).abs()).sum())
}

/// Pearson's correlation of the counts over the words given. Undefined if either does not vary.
pub fn pearson(pairs: Pairs<'_>) -> Outcome {
    sums(pairs)?;
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(a, b)| (*a as f64, *b as f64)).unzip();
    correlation(&first, &second)
}

/// Spearman's rank correlation over the words given, equal counts at their mean rank. Undefined if either
/// does not vary.
pub fn spearman(pairs: Pairs<'_>) -> Outcome {
    sums(pairs)?;
    let (first, second): (Vec<u64>, Vec<u64>) = pairs.iter().copied().unzip();
    correlation(&ranks(&first), &ranks(&second))
}

fn ranks(values: &[u64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|index| values[*index]);
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = before as f64 + (tied.len() as f64 + 1.0) / 2.0;
        tied.iter().for_each(|index| ranks[*index] = rank);
        before += tied.len();
    }
    ranks
}

fn correlation(first: &[f64], second: &[f64]) -> Outcome {
    let n = first.len() as f64;
    let (mean_x, mean_y) = (first.iter().sum::<f64>() / n, second.iter().sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in first.iter().zip(second) {
        let (x, y) = (x - mean_x, y - mean_y);
        xy += x * y;
        xx += x * x;
        yy += y * y;
    }
    finite(xy / (xx.sqrt() * yy.sqrt()), Undefined::NoSpread)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn same_and_disjoint() {
        let (same, disjoint) = ([(1, 2), (3, 6)], [(1, 0), (0, 4)]);
        assert!(close(cosine(&same).unwrap(), 1.0, 1e-15));
        assert_eq!((jensen_shannon(&same), jensen_shannon(&disjoint)), (Ok(0.0), Ok(1.0)));
        assert!(close(hellinger(&disjoint).unwrap(), 1.0, 1e-15));
        assert_eq!((jaccard(&disjoint), dice(&same)), (Ok(0.0), Ok(1.0)));
        assert_eq!(manhattan(&disjoint), Ok(2.0));
        assert_eq!(pearson(&[(1, 1), (1, 2)]), Err(Undefined::NoSpread));
        assert_eq!(cosine(&[(1, 0)]), Err(Undefined::Empty));
        // Ranks 1, 2.5, 2.5, 4.
        assert_eq!(ranks(&[0, 7, 7, 9]), [1.0, 2.5, 2.5, 4.0]);
    }
}
