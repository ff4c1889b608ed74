//! Intervals by resampling: the bootstrap, seeded, the same on any machine and number of threads.

use super::outcome::Undefined;
use super::rhythm::quantile;
use crate::random::Random;

/// How an interval is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    /// Number of resamples, usually 1,000 to 10,000.
    pub draws: usize,
    /// 1 − confidence: 0.05 for an interval of 95 %.
    pub level: f64,
    /// Seed of chance.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { draws: 1000, level: 0.05, seed: 1 }
    }
}

impl Bootstrap {
    /// Percentile interval of a statistic over units drawn with replacement (Efron 1979). The statistic is
    /// given how often each unit was drawn; resamples for which it gives `None` are left out.
    ///
    /// The percentiles are widened by √(n/(n − 1)) about their median and to the quantiles of Student's t,
    /// without which the interval of few units is too narrow (Hesterberg 2015, "expanded percentile").
    ///
    /// # Errors
    /// If there are fewer than two units, or the statistic is undefined for half of the resamples or more.
    pub fn interval(
        &self,
        units: usize,
        statistic: impl Fn(&[u32]) -> Option<f64>,
    ) -> Result<(f64, f64), Undefined> {
        if units < 2 {
            return Err(Undefined::TooFew);
        }
        let mut values = Vec::with_capacity(self.draws);
        self.each(units, |times| values.extend(statistic(times)));
        self.percentiles(values, units)
    }

    /// Draws every resample, and gives how often each unit is in it.
    pub fn each(&self, units: usize, mut look: impl FnMut(&[u32])) {
        let mut random = Random::new(self.seed);
        let mut times = vec![0_u32; units];
        for _ in 0..self.draws {
            times.fill(0);
            for _ in 0..units {
                times[random.below(units)] += 1;
            }
            look(&times);
        }
    }

    /// The interval from the values of a statistic for the resamples of so many units.
    ///
    /// # Errors
    /// As [`interval`](Self::interval).
    pub fn percentiles(&self, mut values: Vec<f64>, units: usize) -> Result<(f64, f64), Undefined> {
        values.retain(|value| value.is_finite());
        if units < 2 || values.is_empty() || 2 * values.len() <= self.draws {
            return Err(Undefined::TooFew);
        }
        values.sort_by(f64::total_cmp);
        let tail = expanded_tail(self.level / 2.0, units);
        Ok((quantile(&values, tail)?, quantile(&values, 1.0 - tail)?))
    }
}

/// The share of resamples to cut off at each end: Φ(√(n/(n − 1))·t) for the quantile t of Student's
/// distribution at `tail` (Hesterberg 2015).
fn expanded_tail(tail: f64, units: usize) -> f64 {
    use statrs::distribution::{ContinuousCDF, StudentsT};
    let n = units as f64;
    let Ok(student) = StudentsT::new(0.0, 1.0, n - 1.0) else { return tail };
    let t = student.inverse_cdf(tail.clamp(1e-9, 0.5));
    libm::erfc(-t * (n / (n - 1.0)).sqrt() / std::f64::consts::SQRT_2) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::testing::{SEEDS, share_held};

    #[test]
    fn intervals_cover_the_truth() {
        // Lengths from 5 to 40, skewed to the right: the lesser of two numbers from 0 to 35, and 5.
        let lesser: f64 = (0..36).map(|x| f64::from(x) * f64::from(71 - 2 * x)).sum::<f64>() / 1296.0;
        for seed in SEEDS {
            let mean = share_held(seed, 1000, 5.0 + lesser, |chance, bootstrap| {
                let lengths: Vec<_> = (0..60).map(|_| 5 + chance.below(36).min(chance.below(36))).collect();
                let mean = |times: &[u32]| {
                    let sum: usize =
                        lengths.iter().zip(times).map(|(length, times)| length * *times as usize).sum();
                    Some(sum as f64 / lengths.len() as f64)
                };
                bootstrap.interval(lengths.len(), mean).ok()
            });
            assert!((0.93..=0.97).contains(&mean), "mean {mean}, seed {seed}");
        }
    }

    #[test]
    fn too_few_units() {
        let bootstrap = Bootstrap::default();
        assert_eq!(bootstrap.interval(1, |_| Some(1.0)), Err(Undefined::TooFew));
        assert_eq!(bootstrap.interval(2, |_| None), Err(Undefined::TooFew));
        assert_eq!(bootstrap.interval(2, |_| Some(f64::NAN)), Err(Undefined::TooFew));
    }
}
