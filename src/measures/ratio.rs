//! Ratios of sums over units, as rates and mean values, with intervals that know that what is counted clusters.
//!
//! The standard error is that of the bootstrap over units: what the spread of endless resamples tends to, to first
//! order, which a sum gives without drawing any (the infinitesimal jackknife: Efron 1982, *The Jackknife, the
//! Bootstrap and Other Resampling Plans*, ch. 6; of a ratio: Cochran 1977, *Sampling Techniques*, 2.11).

use std::cell::Cell;

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::outcome::Undefined;

/// A ratio R = Σa / Σb over units, as a rate of hits per word, or a mean length with b = 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// R.
    pub value: f64,
    /// Its standard error s, with s² = n/(n − 1) · Σ(a − R·b)² / (Σb)².
    pub error: f64,
    /// Number of units n, two or more.
    pub units: u64,
}

impl Ratio {
    /// The ratio of units given as (a, b).
    ///
    /// # Errors
    /// If there are fewer than two units, or Σb is not above 0.
    pub fn of(units: &[(f64, f64)]) -> Result<Self, Undefined> {
        if units.len() < 2 {
            return Err(Undefined::TooFew);
        }
        let (above, below) = units.iter().fold((0.0, 0.0), |sums, unit| (sums.0 + unit.0, sums.1 + unit.1));
        if below.is_nan() || below <= 0.0 {
            return Err(Undefined::Empty);
        }
        let value = above / below;
        let spread = units.iter().map(|(a, b)| (a - value * b) * (a - value * b)).sum();
        Ok(Self::of_sums(value, spread, below, units.len() as u64))
    }

    /// The ratio with this value, Σ(a − R·b)² and Σb.
    pub(super) fn of_sums(value: f64, spread: f64, below: f64, units: u64) -> Self {
        let n = units as f64;
        Self { value, error: (n / (n - 1.0) * spread.max(0.0)).sqrt() / below, units }
    }

    /// Interval of 95 % of a ratio above 0, R · exp(± t · s/R), with t the quantile of Student's distribution with
    /// n − 1 degrees of freedom: rates are skewed and never below 0.
    ///
    /// # Errors
    /// If the ratio is not above 0, or a bound is beyond any number.
    pub fn interval(&self) -> Result<(f64, f64), Undefined> {
        let factor = (student(self.units.saturating_sub(1) as f64) * self.error / self.value).exp();
        let (lower, upper) = (self.value / factor, self.value * factor);
        // Neither holds of a ratio of 0 nor of NaN.
        if self.value > 0.0 && upper.is_finite() { Ok((lower, upper)) } else { Err(Undefined::TooFew) }
    }

    /// Interval of 95 % of the difference of two ratios of independent samples, this less the other:
    /// d ± t · √(s₁² + s₂²), with the degrees of freedom of Welch (1947, *Biometrika* 34),
    /// (s₁² + s₂²)² / (s₁⁴/(n₁ − 1) + s₂⁴/(n₂ − 1)).
    ///
    /// It is a single point if neither side spreads. Simulated, it holds the truth in 94 to 96 of 100 samples of 40
    /// units, and in some 92 where there are no more than ten hits on each side.
    ///
    /// # Errors
    /// If a bound is beyond any number.
    pub fn difference(&self, other: &Self) -> Result<(f64, f64), Undefined> {
        let difference = self.value - other.value;
        let squares = [self, other].map(|side| side.error * side.error);
        let sum = squares[0] + squares[1];
        let freedom = sum * sum
            / (squares[0] * squares[0] / self.units.saturating_sub(1) as f64
                + squares[1] * squares[1] / other.units.saturating_sub(1) as f64);
        // Without spread the degrees of freedom are 0/0.
        let reach = if sum > 0.0 { student(freedom) * sum.sqrt() } else { 0.0 };
        let (lower, upper) = (difference - reach, difference + reach);
        if lower.is_finite() && upper.is_finite() { Ok((lower, upper)) } else { Err(Undefined::TooFew) }
    }
}

/// The quantile of 97.5 % of Student's distribution.
fn student(freedom: f64) -> f64 {
    thread_local! {
        // The rates of a text are over the same paragraphs: the quantile is found once for all of them.
        static LAST: Cell<(f64, f64)> = const { Cell::new((f64::NAN, f64::NAN)) };
    }
    let (known, quantile) = LAST.get();
    if known == freedom {
        return quantile;
    }
    let quantile =
        StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |student| student.inverse_cdf(0.975));
    LAST.set((freedom, quantile));
    quantile
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::testing::SEEDS;
    use crate::random::Random;

    fn sample(chance: &mut Random, units: usize, per_thousand: u64) -> Ratio {
        let unit = |chance: &mut Random| {
            let words = 60 + chance.below(81);
            ((0..words).filter(|_| (chance.below(1000) as u64) < per_thousand).count() as f64, words as f64)
        };
        Ratio::of(&(0..units).map(|_| unit(chance)).collect::<Vec<_>>()).unwrap()
    }

    fn share(seed: u64, truth: f64, sample: impl Fn(&mut Random) -> (f64, f64)) -> f64 {
        let mut chance = Random::new(seed);
        let held =
            (0..1000).map(|_| sample(&mut chance)).filter(|(low, high)| *low <= truth && truth <= *high);
        held.count() as f64 / 1000.0
    }

    #[test]
    fn intervals_cover_the_truth() {
        for seed in SEEDS {
            let rate = share(seed, 0.03, |chance| sample(chance, 40, 30).interval().unwrap());
            assert!((0.93..=0.97).contains(&rate), "rate {rate}, seed {seed}");
            let equal = share(seed, 0.02, |chance| {
                sample(chance, 40, 50).difference(&sample(chance, 40, 30)).unwrap()
            });
            assert!((0.93..=0.97).contains(&equal), "difference {equal}, seed {seed}");
            let unequal = share(seed, -0.02, |chance| {
                sample(chance, 15, 20).difference(&sample(chance, 60, 40)).unwrap()
            });
            assert!((0.93..=0.97).contains(&unequal), "unequal numbers {unequal}, seed {seed}");
        }
    }

    /// Welch's test of 1, 2, 3, 4 against 2, 4, 6: d = −1.5, s₁² = 5/12, s₂² = 4/3, 1323/409 degrees of freedom.
    #[test]
    fn a_difference_by_hand() {
        let ratio = |values: &[f64]| {
            Ratio::of(&values.iter().map(|value| (*value, 1.0)).collect::<Vec<_>>()).unwrap()
        };
        let (first, second) = (ratio(&[1.0, 2.0, 3.0, 4.0]), ratio(&[2.0, 4.0, 6.0]));
        assert!((first.error * first.error - 5.0 / 12.0).abs() < 1e-12);
        assert!((second.error * second.error - 4.0 / 3.0).abs() < 1e-12);
        let (lower, upper) = first.difference(&second).unwrap();
        let freedom = 1.75_f64.powi(2) / ((5.0_f64 / 12.0).powi(2) / 3.0 + (4.0_f64 / 3.0).powi(2) / 2.0);
        assert!((freedom - 1323.0 / 409.0).abs() < 1e-12, "{freedom}");
        let t = StudentsT::new(0.0, 1.0, freedom).unwrap();
        // The bounds are where the test rejects with p = 0.05.
        for bound in [lower, upper] {
            let tail = t.cdf(-((-1.5 - bound).abs()) / 1.75_f64.sqrt());
            assert!((2.0 * tail - 0.05).abs() < 1e-6, "{tail}");
        }
        let even = ratio(&[2.0, 2.0]);
        assert_eq!(even.difference(&even), Ok((0.0, 0.0)));
        assert_eq!(even.interval(), Ok((2.0, 2.0)));
    }

    #[test]
    fn what_has_no_interval() {
        assert_eq!(Ratio::of(&[(1.0, 2.0)]), Err(Undefined::TooFew));
        assert_eq!(Ratio::of(&[(0.0, 0.0), (0.0, 0.0)]), Err(Undefined::Empty));
        let none = Ratio::of(&[(0.0, 5.0), (0.0, 5.0)]).unwrap();
        assert_eq!(none.interval(), Err(Undefined::TooFew));
        assert_eq!(Ratio::of(&[(0.0, 1.0), (1e-300, 1.0)]).unwrap().units, 2);
        let far = Ratio { value: 1e300, error: 1e308, units: 2 };
        assert_eq!(far.interval(), Err(Undefined::TooFew));
        assert_eq!(far.difference(&far), Err(Undefined::TooFew));
    }
}
