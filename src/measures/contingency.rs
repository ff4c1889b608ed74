//! Two-by-two tables: G², χ², Fisher's test, p-values of any size. Keyness and collocation rest on them.
//!
//! All four differences O − E are ±(ad − bc)/N, so that one exact integer gives them without cancellation.

use std::f64::consts::{LN_2, LN_10, PI};

use super::outcome::{Flag, Outcome, Undefined};

/// A table of counts: an item and all others, in a first text (or with a first word) and a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// The item in the first.
    pub(crate) a: u64,
    /// The item in the second.
    pub(crate) b: u64,
    /// All else in the first.
    pub(crate) c: u64,
    /// All else in the second.
    pub(crate) d: u64,
}

impl Table {
    /// From the item's counts in two texts of these sizes.
    ///
    /// # Errors
    /// If a count is greater than its text, or the sum of all exceeds 2⁶⁴.
    pub fn of_texts(a: u64, b: u64, size_1: u64, size_2: u64) -> Result<Self, Undefined> {
        let (Some(c), Some(d), Some(_)) =
            (size_1.checked_sub(a), size_2.checked_sub(b), size_1.checked_add(size_2))
        else {
            return Err(Undefined::Inconsistent);
        };
        Ok(Self { a, b, c, d })
    }

    /// Size of the first text, a + c.
    pub fn size_1(&self) -> u64 {
        self.a + self.c
    }

    /// Size of the second text, b + d.
    pub fn size_2(&self) -> u64 {
        self.b + self.d
    }

    /// N, the sum of all cells.
    pub fn total(&self) -> u64 {
        self.size_1() + self.size_2()
    }

    /// E₁ and E₂, the counts expected of the item if it were equally frequent in both.
    pub fn expected(&self) -> (f64, f64) {
        let share = (u128::from(self.a) + u128::from(self.b)) as f64 / self.total() as f64;
        (self.size_1() as f64 * share, self.size_2() as f64 * share)
    }

    /// Whether the item is relatively more frequent in the first.
    pub fn is_first_higher(&self) -> bool {
        let (positive, _) = self.cross();
        positive && u128::from(self.a) * u128::from(self.d) > u128::from(self.b) * u128::from(self.c)
    }

    /// A flag on tables with an expected count below 5, compared as integers.
    pub fn flag(&self) -> Option<Flag> {
        let five = 5 * u128::from(self.total());
        let rows = [u128::from(self.a) + u128::from(self.b), u128::from(self.c) + u128::from(self.d)];
        let smallest = rows[0].min(rows[1]) * u128::from(self.size_1().min(self.size_2()));
        (smallest < five).then_some(Flag::SmallExpectation)
    }

    /// Sign (whether not negative) and size of ad − bc, exact.
    fn cross(&self) -> (bool, u128) {
        let (ad, bc) = (u128::from(self.a) * u128::from(self.d), u128::from(self.b) * u128::from(self.c));
        (ad >= bc, ad.abs_diff(bc))
    }

    fn cross_as_float(&self) -> f64 {
        let (positive, size) = self.cross();
        if positive { size as f64 } else { -(size as f64) }
    }

    /// The margins as numbers: a + b, c + d, a + c, b + d.
    fn margins(&self) -> Result<[f64; 4], Undefined> {
        let sum = |x: u64, y: u64| (u128::from(x) + u128::from(y)) as f64;
        let margins = [sum(self.a, self.b), sum(self.c, self.d), sum(self.a, self.c), sum(self.b, self.d)];
        if margins[0] == 0.0 {
            return Err(Undefined::Absent);
        }
        if margins.contains(&0.0) {
            return Err(Undefined::Empty);
        }
        Ok(margins)
    }

    /// G² over all four cells, 2 Σ O·ln(O/E) (Dunning 1993). Defined where a or b is 0; undefined if the item
    /// or a text is empty.
    pub fn g2(&self) -> Outcome {
        let [item, rest, first, second] = self.margins()?;
        let (n, cross) = (self.total() as f64, self.cross_as_float());
        let cell =
            |row: f64, column: f64, sign: f64| row * column / n * excess(sign * cross / (row * column));
        Ok(2.0
            * (cell(item, first, 1.0)
                + cell(item, second, -1.0)
                + cell(rest, first, -1.0)
                + cell(rest, second, 1.0)))
    }

    /// G² over the item's two cells, 2 (a·ln(a/E₁) + b·ln(b/E₂)), slightly smaller than over four
    /// (Rayson & Garside 2000).
    pub fn g2_two_cells(&self) -> Outcome {
        let [item, _, first, second] = self.margins()?;
        let (n, cross) = (self.total() as f64, self.cross_as_float());
        let cell = |column: f64, sign: f64| item * column / n * excess(sign * cross / (item * column));
        Ok(2.0 * (cell(first, 1.0) + cell(second, -1.0)))
    }

    /// Pearson's χ² = N(ad − bc)² / ((a+b)(c+d)(a+c)(b+d)), without correction.
    pub fn chi2(&self) -> Outcome {
        let [item, rest, first, second] = self.margins()?;
        let cross = self.cross_as_float();
        Ok(self.total() as f64 * (cross / (item * rest)) * (cross / (first * second)))
    }

    /// χ² with the correction of Yates (1934), N·max(0, |ad − bc| − N/2)² / (…), for any table.
    pub fn chi2_yates(&self) -> Outcome {
        let [item, rest, first, second] = self.margins()?;
        let (_, cross) = self.cross();
        let half = u128::from(self.total());
        let corrected = match cross.checked_mul(2) {
            Some(double) => double.saturating_sub(half) as f64 / 2.0,
            None => (cross - half / 2) as f64,
        };
        Ok(self.total() as f64 * (corrected / (item * rest)) * (corrected / (first * second)))
    }

    /// Fisher's exact test: log₁₀ p of the table, given its margins. Terms are added by their ratios, never by
    /// log-gamma. Takes as many steps as the smallest margin.
    pub fn fisher(&self, tail: Tail) -> Outcome {
        self.margins()?;
        let (item, first) = (self.a + self.b, self.a + self.c);
        let low = item.saturating_sub(self.size_2());
        let high = item.min(first);
        // ln of P(k + 1) / P(k).
        let ratio = |k: u64| {
            let up = (item - k) as f64 * (first - k) as f64;
            let down = (k + 1) as f64 * (self.size_2() - (item - k) + 1) as f64;
            (up / down).ln()
        };
        // Logarithms of all probabilities, relative to that of the smallest k.
        let mut logs = Vec::with_capacity((high - low + 1) as usize);
        let (mut log, mut lost) = (0.0, 0.0);
        logs.push(log);
        for k in low..high {
            let step = ratio(k) - lost;
            let sum = log + step;
            lost = (sum - log) - step;
            log = sum;
            logs.push(log);
        }
        let observed = (self.a - low) as usize;
        let all = log_sum(logs.iter().copied());
        let part = match tail {
            Tail::Greater => log_sum(logs[observed..].iter().copied()),
            Tail::Less => log_sum(logs[..=observed].iter().copied()),
            Tail::Both => log_sum(logs.iter().copied().filter(|log| *log <= logs[observed] + 1e-7)),
        };
        Ok(((part - all) / LN_10).min(0.0))
    }
}

/// Which tables Fisher's test takes for at least as extreme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Those with the item at least as frequent in the first.
    Greater,
    /// Those with the item at most as frequent in the first.
    Less,
    /// Those that are at most as probable, within a ratio of 1 + 10⁻⁷, as R and scipy do.
    Both,
}

/// ln Σ exp(xᵢ).
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let highest = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    highest + logs.map(|log| (log - highest).exp()).sum::<f64>().ln()
}

/// (1 + x)·ln(1 + x) − x for x ≥ −1: what a cell that deviates by x·E gives to G², over 2E. Never negative, so
/// that nothing cancels.
pub(crate) fn excess(x: f64) -> f64 {
    if x.abs() < 0.1 {
        // Σ (−x)^k / (k(k−1)) from k = 2.
        let (mut power, mut sum) = (x * x, 0.0);
        for k in 2..24 {
            sum += power / f64::from(k * (k - 1));
            power *= -x;
        }
        sum
    } else if x <= -1.0 {
        1.0
    } else {
        (1.0 + x) * x.ln_1p() - x
    }
}

/// log₁₀ of the chance that χ² of one degree of freedom is at least `statistic`: log₁₀ erfc(√(x/2)). Finite
/// where p itself is too small for a floating-point number.
pub fn log10_p(statistic: f64) -> f64 {
    let half = statistic.max(0.0) / 2.0;
    if half < 200.0 {
        return libm::erfc(half.sqrt()).log10();
    }
    // erfc(x) = e^(−x²) / (x√π) · (1 − 1/(2x²) + 3/(2x²)² − …); 12 terms are exact for x² ≥ 200.
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..12 {
        term *= -f64::from(2 * k - 1) / (2.0 * half);
        sum += term;
    }
    (-half + (sum / (half * PI).sqrt()).ln()) / LN_10
}

/// The level of each of `tests` tests that keeps the chance of any false finding at `level`, if they were
/// independent: 1 − (1 − α)^(1/m) (Šidák 1967).
pub fn sidak(level: f64, tests: u64) -> f64 {
    -((-level).ln_1p() / tests.max(1) as f64).exp_m1()
}

/// Adjusted p-values that control the share of false findings (Benjamini & Hochberg 1995), in the order of the
/// log₁₀ p given, as log₁₀ q.
pub fn benjamini_hochberg(log10_ps: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..log10_ps.len()).collect();
    order.sort_by(|a, b| log10_ps[*a].total_cmp(&log10_ps[*b]).then(a.cmp(b)));
    let tests = (log10_ps.len() as f64).log10();
    let mut adjusted = vec![0.0; log10_ps.len()];
    let mut least = 0.0_f64;
    for (rank, index) in order.iter().enumerate().rev() {
        least = least.min(log10_ps[*index] + tests - ((rank + 1) as f64).log10());
        adjusted[*index] = least;
    }
    adjusted
}

/// log₂ of a ratio of counts over sizes, (a/n₁) / (b/n₂).
pub(crate) fn log2_ratio(a: f64, size_1: f64, b: f64, size_2: f64) -> f64 {
    let ratio = (a / b) * (size_2 / size_1);
    ratio.ln() / LN_2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outcome::close;
    use super::*;

    fn table(a: u64, b: u64, size_1: u64, size_2: u64) -> Table {
        Table::of_texts(a, b, size_1, size_2).unwrap()
    }

    proptest! {
        #[test]
        fn g2_and_chi2_agree_with_the_plain_formulas(a in 0_u64..50, b in 0_u64..50, c in 1_u64..90, d in 1_u64..90) {
            prop_assume!(a + b > 0);
            let table = Table { a, b, c, d };
            let (n, cells) = ((a + b + c + d) as f64, [a, b, c, d].map(|count| count as f64));
            let rows = [(a + b) as f64, (c + d) as f64];
            let columns = [(a + c) as f64, (b + d) as f64];
            let (mut g2, mut chi2) = (0.0, 0.0);
            for (index, observed) in cells.into_iter().enumerate() {
                let expected = rows[index / 2] * columns[index % 2] / n;
                if observed > 0.0 { g2 += 2.0 * observed * (observed / expected).ln(); }
                chi2 += (observed - expected).powi(2) / expected;
            }
            prop_assert!((table.g2().unwrap() - g2).abs() < 1e-9);
            prop_assert!((table.chi2().unwrap() - chi2).abs() < 1e-9);
            let p = 10_f64.powf(table.fisher(Tail::Both).unwrap());
            prop_assert!(p > 0.0 && p <= 1.0);
        }
    }

    #[test]
    fn the_tea_tasting_lady() {
        // Fisher 1935: three of four cups right; 17/70 in the upper tail, 34/70 in both.
        let table = table(3, 1, 4, 4);
        assert!(close(10_f64.powf(table.fisher(Tail::Greater).unwrap()), 17.0 / 70.0, 1e-13));
        assert!(close(10_f64.powf(table.fisher(Tail::Both).unwrap()), 34.0 / 70.0, 1e-13));
        assert!(close(10_f64.powf(table.fisher(Tail::Less).unwrap()), 69.0 / 70.0, 1e-13));
    }

    #[test]
    fn extremes_are_finite_or_undefined() {
        let most = u64::MAX / 2;
        let huge = table(most, 0, most, most);
        assert!(huge.g2().unwrap().is_finite() && huge.chi2_yates().unwrap().is_finite());
        assert_eq!(table(0, 0, 5, 5).g2(), Err(Undefined::Absent));
        assert_eq!(table(0, 1, 0, 5).chi2(), Err(Undefined::Empty));
        assert_eq!(Table::of_texts(6, 0, 5, 5), Err(Undefined::Inconsistent));
        assert_eq!(Table::of_texts(1, 1, u64::MAX, 1), Err(Undefined::Inconsistent));
        assert!(log10_p(0.0) == 0.0 && log10_p(1e12).is_finite());
        // The two ways of computing erfc meet.
        assert!(close(log10_p(399.999_999), log10_p(400.000_001), 1e-7));
    }

    #[test]
    fn adjusted_p_values() {
        // Benjamini & Hochberg by hand: 0.01·3/1, 0.02·3/2 and 0.5, made monotone.
        let logs = [0.5_f64, 0.01, 0.02].map(f64::log10);
        let found: Vec<f64> = benjamini_hochberg(&logs).iter().map(|log| 10_f64.powf(*log)).collect();
        for (found, expected) in found.iter().zip([0.5, 0.03, 0.03]) {
            assert!(close(*found, expected, 1e-12));
        }
        assert!(close(sidak(0.05, 1), 0.05, 1e-14));
    }
}
