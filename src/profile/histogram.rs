//! Distributions of whole numbers, such as words per sentence.

use std::collections::BTreeMap;

/// How often each value occurs. Means and deviations are computed from exact integer sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    bins: BTreeMap<u32, u64>,
}

impl Histogram {
    /// Counts one more `value`.
    pub fn add(&mut self, value: u32) {
        self.add_times(value, 1);
    }

    /// Counts `value` so many more times.
    pub fn add_times(&mut self, value: u32, times: u64) {
        *self.bins.entry(value).or_default() += times;
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (value, times) in other.iter() {
            self.add_times(value, times);
        }
    }

    /// Values, ascending, with how often each occurs.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        self.bins.iter().map(|(value, times)| (*value, *times))
    }

    /// Number of values.
    pub fn count(&self) -> u64 {
        self.bins.values().sum()
    }

    /// Sum of all values.
    pub fn sum(&self) -> u64 {
        self.iter().map(|(value, times)| u64::from(value) * times).sum()
    }

    /// Arithmetic mean; undefined without values.
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum() as f64 / count as f64)
    }

    /// Median: the middle value, or the mean of the two middle ones; undefined without values.
    pub fn median(&self) -> Option<f64> {
        let count = self.count();
        let last = count.checked_sub(1)?;
        Some((f64::from(self.at(last / 2)?) + f64::from(self.at(count / 2)?)) / 2.0)
    }

    /// Sample standard deviation, √((nΣx² − (Σx)²) / n(n−1)); undefined for fewer than two values.
    pub fn standard_deviation(&self) -> Option<f64> {
        let count = u128::from(self.count());
        if count < 2 {
            return None;
        }
        let sum = u128::from(self.sum());
        let squares: u128 =
            self.iter().map(|(value, times)| u128::from(value) * u128::from(value) * u128::from(times)).sum();
        let spread = count * squares - sum * sum;
        Some((spread as f64 / (count * (count - 1)) as f64).sqrt())
    }

    /// The value at `place`, from 0, when all values stand in ascending order.
    fn at(&self, place: u64) -> Option<u32> {
        let mut before = 0;
        self.iter()
            .find(|(_, times)| {
                before += times;
                before > place
            })
            .map(|(value, _)| value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(values: &[u32]) -> Histogram {
        let mut histogram = Histogram::default();
        values.iter().for_each(|value| histogram.add(*value));
        histogram
    }

    #[test]
    fn known_values() {
        let histogram = of(&[2, 4, 4, 4, 5, 5, 7, 9]);
        assert_eq!(histogram.mean(), Some(5.0));
        assert_eq!(histogram.median(), Some(4.5));
        // Sum of squared deviations 32, over 7.
        assert!((histogram.standard_deviation().unwrap() - (32.0_f64 / 7.0).sqrt()).abs() < 1e-15);
        assert_eq!(of(&[]).mean(), None);
        assert_eq!(of(&[]).median(), None);
        assert_eq!(of(&[3]).standard_deviation(), None);
        assert_eq!(of(&[3]).median(), Some(3.0));
    }

    proptest! {
        #[test]
        fn agrees_with_the_obvious_computation(mut values in prop::collection::vec(0_u32..200, 2..60)) {
            let histogram = of(&values);
            values.sort_unstable();
            let n = values.len() as f64;
            let mean = values.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
            let squares = values.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>();
            let middle = (values[(values.len() - 1) / 2] + values[values.len() / 2]) as f64 / 2.0;
            prop_assert!((histogram.mean().unwrap() - mean).abs() < 1e-9);
            prop_assert!((histogram.standard_deviation().unwrap() - (squares / (n - 1.0)).sqrt()).abs() < 1e-9);
            prop_assert_eq!(histogram.median().unwrap(), middle);
        }
    }
}
