//! Rhythm: how the lengths of sentences, or other values, follow one another, and how they are distributed.

use super::outcome::{Outcome, Undefined};

/// Autocorrelation at a distance of `lag`: Σ (xₜ − x̄)(xₜ₊ₖ − x̄) / Σ (xₜ − x̄)², as R's `acf` (Box & Jenkins
/// 1976). Above 0 if long follows long, below 0 if long and short take turns. Undefined for fewer than lag + 2
/// values, or if all are equal.
pub fn autocorrelation(values: &[u32], lag: usize) -> Outcome {
    if values.len() < lag.saturating_add(2) {
        return Err(if values.is_empty() { Undefined::Empty } else { Undefined::TooFew });
    }
    let n = values.len() as i128;
    let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
    // Deviations times n, which are whole numbers.
    let deviation = |value: &u32| i128::from(*value) * n - sum;
    let spread: f64 = values.iter().map(|value| (deviation(value) as f64).powi(2)).sum();
    if spread == 0.0 {
        return Err(Undefined::NoSpread);
    }
    let pairs = values.iter().zip(&values[lag..]);
    Ok(pairs.map(|(x, y)| deviation(x) as f64 * deviation(y) as f64).sum::<f64>() / spread)
}

/// Differences of each value and the next.
fn steps(values: &[u32]) -> Result<impl Iterator<Item = u64>, Undefined> {
    match values.len() {
        0 => Err(Undefined::Empty),
        1 => Err(Undefined::TooFew),
        _ => Ok(values.windows(2).map(|pair| u64::from(pair[0].abs_diff(pair[1])))),
    }
}

/// Mean absolute difference of successive values. Undefined for fewer than two.
pub fn mean_absolute_difference(values: &[u32]) -> Outcome {
    Ok(steps(values)?.sum::<u64>() as f64 / (values.len() - 1) as f64)
}

/// Root mean square of successive differences, √(Σ (xₜ₊₁ − xₜ)² / (n − 1)) (von Neumann et al. 1941).
/// Undefined for fewer than two values.
pub fn root_mean_square_difference(values: &[u32]) -> Outcome {
    let sum: u128 = steps(values)?.map(|step| u128::from(step) * u128::from(step)).sum();
    Ok((sum as f64 / (values.len() - 1) as f64).sqrt())
}

/// Von Neumann's ratio: mean square of successive differences over the sample's variance; about 2 for values
/// in random order, lower for drifts, higher for alternation (von Neumann 1941). Undefined for fewer than two
/// values, or if all are equal.
pub fn von_neumann_ratio(values: &[u32]) -> Outcome {
    let squares: u128 = steps(values)?.map(|step| u128::from(step) * u128::from(step)).sum();
    let n = values.len() as u128;
    let sum: u128 = values.iter().map(|value| u128::from(*value)).sum();
    let powers: u128 = values.iter().map(|value| u128::from(*value) * u128::from(*value)).sum();
    match n * powers - sum * sum {
        0 => Err(Undefined::NoSpread),
        // Both divisors are n − 1.
        spread => Ok(squares as f64 * n as f64 / spread as f64),
    }
}

/// Normalised pairwise variability index, 100/(n − 1)·Σ |xₜ − xₜ₊₁| / ((xₜ + xₜ₊₁)/2) (Grabe & Low 2002).
/// Undefined for fewer than two values; two zeros in a row do not differ.
pub fn pairwise_variability(values: &[u32]) -> Outcome {
    let sums = values.windows(2).map(|pair| u64::from(pair[0]) + u64::from(pair[1]));
    let terms = steps(values)?.zip(sums).map(|(step, sum)| 2.0 * step as f64 / sum.max(1) as f64);
    Ok(100.0 * terms.sum::<f64>() / (values.len() - 1) as f64)
}

/// The quantile of a share from 0 to 1, interpolated between the two nearest values as R does by default
/// (type 7 of Hyndman & Fan 1996). Takes values in ascending order. Undefined without values, or for a share
/// out of bounds.
pub fn quantile(sorted: &[f64], share: f64) -> Outcome {
    let Some(last) = sorted.len().checked_sub(1) else { return Err(Undefined::Empty) };
    if !(0.0..=1.0).contains(&share) {
        return Err(Undefined::Inconsistent);
    }
    let place = share * last as f64;
    let below = sorted[place.floor() as usize];
    let above = sorted[(place.ceil() as usize).min(last)];
    Ok(below + (above - below) * (place - place.floor()))
}

/// The [`quantile`] of whole numbers in any order.
pub fn quantile_of(mut values: Vec<u32>, share: f64) -> Outcome {
    values.sort_unstable();
    let sorted: Vec<f64> = values.into_iter().map(f64::from).collect();
    quantile(&sorted, share)
}

/// Coefficient of variation: the sample's standard deviation over the mean. Undefined for fewer than two
/// values, or if their mean is 0.
pub fn coefficient_of_variation(values: &[u32]) -> Outcome {
    let n = values.len() as u128;
    if n < 2 {
        return Err(if n == 0 { Undefined::Empty } else { Undefined::TooFew });
    }
    let sum: u128 = values.iter().map(|value| u128::from(*value)).sum();
    let powers: u128 = values.iter().map(|value| u128::from(*value) * u128::from(*value)).sum();
    if sum == 0 {
        return Err(Undefined::NoSpread);
    }
    let deviation = ((n * powers - sum * sum) as f64 / (n * (n - 1)) as f64).sqrt();
    Ok(deviation * n as f64 / sum as f64)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn turns_and_drifts() {
        // R: acf(1:5)$acf[2] is 0.4, acf(c(1,9,1,9))$acf[2] is −0.75.
        assert!(close(autocorrelation(&[1, 2, 3, 4, 5], 1).unwrap(), 0.4, 1e-14));
        assert!(close(autocorrelation(&[1, 9, 1, 9], 1).unwrap(), -0.75, 1e-14));
        assert_eq!(autocorrelation(&[4, 4, 4], 1), Err(Undefined::NoSpread));
        assert_eq!(autocorrelation(&[4, 5], 1), Err(Undefined::TooFew));
        assert_eq!(mean_absolute_difference(&[1, 4, 2]), Ok(2.5));
        assert_eq!(root_mean_square_difference(&[1, 4, 0]), Ok(12.5_f64.sqrt()));
        // Differences 1, variance 2.5.
        assert!(close(von_neumann_ratio(&[1, 2, 3, 4, 5]).unwrap(), 0.4, 1e-14));
        assert!(close(pairwise_variability(&[2, 6, 2]).unwrap(), 100.0, 1e-14));
        assert_eq!(pairwise_variability(&[0, 0]), Ok(0.0));
    }

    #[test]
    fn quantiles_as_in_r() {
        // R: quantile(c(1, 2, 3, 4), c(.25, .5, .9)) is 1.75, 2.5, 3.7.
        let values = [1.0, 2.0, 3.0, 4.0];
        for (share, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)] {
            assert!(close(quantile(&values, share).unwrap(), expected, 1e-14));
        }
        assert_eq!(quantile(&[], 0.5), Err(Undefined::Empty));
        assert_eq!(quantile(&values, f64::NAN), Err(Undefined::Inconsistent));
        assert!(close(coefficient_of_variation(&[1, 2, 3]).unwrap(), 0.5, 1e-14));
    }
}
