//! Keyness: how much more frequent an item is in one text, or group of texts, than in another.
//!
//! a and b are its counts, N₁ and N₂ the sizes, p₁ = a/N₁, p₂ = b/N₂. Each function is given the [`Table`].
//! Given counts of texts that hold the item in place of its occurrences, each is a text-dispersion keyness
//! (Egbert & Biber 2019). G², χ² and Fisher's test are methods of the table.

use std::f64::consts::LN_2;

use statrs::function::beta::beta_reg;

use super::contingency::{Table, log2_ratio};
use super::outcome::{Outcome, Undefined, finite};

/// p₁ and p₂; undefined if a text is empty.
fn rates(table: &Table) -> Result<(f64, f64), Undefined> {
    if table.size_1() == 0 || table.size_2() == 0 {
        return Err(Undefined::Empty);
    }
    Ok((table.a as f64 / table.size_1() as f64, table.b as f64 / table.size_2() as f64))
}

/// What is done about counts of 0 in a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZeroCell {
    /// The ratio is undefined.
    Undefined,
    /// A count of 0 is taken as ½ (Hardie 2014).
    Half,
    /// ½ is added to both counts and both sizes (Walter 1975).
    AddHalf,
}

/// Log ratio log₂(p₁/p₂): how many times the frequency doubles (Hardie 2014). Undefined if the item is in
/// neither.
pub fn log_ratio(table: &Table, zero: ZeroCell) -> Outcome {
    rates(table)?;
    let [a, b, n1, n2] = [table.a, table.b, table.size_1(), table.size_2()].map(|count| count as f64);
    match (table.a, table.b, zero) {
        (0, 0, _) => Err(Undefined::Absent),
        (0, _, ZeroCell::Undefined) | (_, 0, ZeroCell::Undefined) => Err(Undefined::ZeroCell),
        (_, _, ZeroCell::AddHalf) => Ok(log2_ratio(a + 0.5, n1 + 0.5, b + 0.5, n2 + 0.5)),
        _ => Ok(log2_ratio(a.max(0.5), n1, b.max(0.5), n2)),
    }
}

/// Exact interval of the log ratio at confidence 1 − `level`, from that of Clopper & Pearson for a among
/// a + b. A bound at a count of 0 is infinite and given as `None`. Undefined if the item is in neither.
pub fn log_ratio_interval(table: &Table, level: f64) -> Result<(Option<f64>, Option<f64>), Undefined> {
    rates(table)?;
    if table.a == 0 && table.b == 0 {
        return Err(Undefined::Absent);
    }
    let (a, b) = (table.a as f64, table.b as f64);
    let sizes = (table.size_2() as f64 / table.size_1() as f64).ln() / LN_2;
    let bound = |a: f64, b: f64, share: f64| log_odds_of_beta(a, b, share) / LN_2 + sizes;
    let lower = (table.a > 0).then(|| bound(a, b + 1.0, level / 2.0));
    let upper = (table.b > 0).then(|| bound(a + 1.0, b, 1.0 - level / 2.0));
    Ok((lower, upper))
}

/// Conservative log ratio: the bound of the interval nearest 0, and 0 if the interval holds it (Evert 2022).
/// Divide `level` by the number of items tested, or pass it through [`sidak`](super::contingency::sidak).
pub fn conservative_log_ratio(table: &Table, level: f64) -> Outcome {
    log_ratio_interval(table, level).map(nearest_to_zero)
}

/// The bound of an interval that is nearest 0, and 0 if the interval holds it; a bound that is `None` is
/// infinite.
pub fn nearest_to_zero((lower, upper): (Option<f64>, Option<f64>)) -> f64 {
    match (lower, upper) {
        (Some(lower), _) if lower > 0.0 => lower,
        (_, Some(upper)) if upper < 0.0 => upper,
        _ => 0.0,
    }
}

/// ln(x/(1 − x)) of the quantile x of a beta distribution.
fn log_odds_of_beta(a: f64, b: f64, share: f64) -> f64 {
    let (mut low, mut high) = (-60.0_f64, 60.0_f64);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        let x = 1.0 / (1.0 + (-middle).exp());
        if beta_reg(a, b, x) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// %DIFF, 100·(p₁ − p₂)/p₂ (Gabrielatos & Marchi 2011). Undefined if the item is absent from the reference.
pub fn percent_difference(table: &Table) -> Outcome {
    let (p1, p2) = rates(table)?;
    if table.b == 0 { Err(Undefined::ZeroCell) } else { Ok(100.0 * (p1 / p2 - 1.0)) }
}

/// Relative risk p₁/p₂ (Damerau 1993). Undefined if the item is absent from the reference.
pub fn relative_risk(table: &Table) -> Outcome {
    let (p1, p2) = rates(table)?;
    if table.b == 0 { Err(Undefined::ZeroCell) } else { Ok(p1 / p2) }
}

/// Odds ratio ad/(bc) (Pojanapunya & Todd 2016). Undefined if b or c is 0.
pub fn odds_ratio(table: &Table) -> Outcome {
    rates(table)?;
    let [a, b, c, d] = [table.a, table.b, table.c, table.d].map(|count| count as f64);
    finite(a / b * (d / c), Undefined::ZeroCell)
}

/// Odds ratio with ½ added to every cell if any is 0 (Haldane 1956).
pub fn odds_ratio_haldane(table: &Table) -> Outcome {
    rates(table)?;
    let mut cells = [table.a, table.b, table.c, table.d].map(|count| count as f64);
    if cells.contains(&0.0) {
        cells = cells.map(|cell| cell + 0.5);
    }
    let [a, b, c, d] = cells;
    Ok(a / b * (d / c))
}

/// Difference coefficient (p₁ − p₂)/(p₁ + p₂), from −1 to 1 (Hofland & Johansson 1982). Undefined if the item
/// is in neither.
pub fn difference_coefficient(table: &Table) -> Outcome {
    let (p1, p2) = rates(table)?;
    if table.a == 0 && table.b == 0 { Err(Undefined::Absent) } else { Ok((p1 - p2) / (p1 + p2)) }
}

/// BIC = G² − ln N for one degree of freedom (Wilson 2013), from either G².
pub fn bic(g2: f64, table: &Table) -> Outcome {
    finite(g2 - (table.total() as f64).ln(), Undefined::Empty)
}

/// Effect size of a G²: G² / (N·ln E_min), with the smaller of E₁ and E₂ (Johnston, Berry & Mielke 2006; the
/// UCREL calculator takes its two-cell G²). Negative for E_min below 1, undefined at 1.
pub fn effect_size_ell(g2: f64, table: &Table) -> Outcome {
    rates(table)?;
    let (e1, e2) = table.expected();
    finite(g2 / (table.total() as f64 * e1.min(e2).ln()), Undefined::LogarithmUndefined)
}

/// Simple maths, (10⁶p₁ + k)/(10⁶p₂ + k): greater k favours more frequent items (Kilgarriff 2009). Undefined
/// for k ≤ 0.
pub fn simple_maths(table: &Table, k: f64) -> Outcome {
    let (p1, p2) = rates(table)?;
    if k > 0.0 { Ok((1e6 * p1 + k) / (1e6 * p2 + k)) } else { Err(Undefined::ZeroCell) }
}

/// ln(a/E₁), the pointwise mutual information of item and text. Undefined for a = 0.
pub fn mutual_information(table: &Table) -> Outcome {
    rates(table)?;
    if table.a == 0 { Err(Undefined::ZeroCell) } else { Ok((table.a as f64 / table.expected().0).ln()) }
}

/// How the variance of Fightin' Words is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variance {
    /// 1/(a + α) + 1/(b + α), as in the paper.
    Approximate,
    /// With the terms of all other words, as in scattertext.
    Full,
}

/// Fightin' Words: the log odds ratio with an informative Dirichlet prior, over its standard deviation
/// (Monroe, Colaresi & Quinn 2008). `prior` is α of the item, `prior_total` the sum of α over all items, a
/// choice that matters and is to be reported. Undefined for α ≤ 0 or a prior greater than its total.
pub fn fightin_words(table: &Table, prior: f64, prior_total: f64, variance: Variance) -> Outcome {
    let [a, b, c, d] = [table.a, table.b, table.c, table.d].map(|count| count as f64);
    let rest = prior_total - prior;
    // Written so that a prior that is not a number is refused too.
    if !(prior > 0.0 && rest >= 0.0) {
        return Err(Undefined::ZeroCell);
    }
    let (a, b, c, d) = (a + prior, b + prior, c + rest, d + rest);
    let delta = (a / c).ln() - (b / d).ln();
    let spread = match variance {
        Variance::Approximate => 1.0 / a + 1.0 / b,
        Variance::Full => 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d,
    };
    finite(delta / spread.sqrt(), Undefined::ZeroCell)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    fn table(a: u64, b: u64, size_1: u64, size_2: u64) -> Table {
        Table::of_texts(a, b, size_1, size_2).unwrap()
    }

    #[test]
    fn ratios_by_hand() {
        let double = table(20, 10, 1000, 1000);
        assert!(close(log_ratio(&double, ZeroCell::Half).unwrap(), 1.0, 1e-14));
        assert!(close(percent_difference(&double).unwrap(), 100.0, 1e-13));
        assert!(close(difference_coefficient(&double).unwrap(), 1.0 / 3.0, 1e-14));
        assert_eq!(relative_risk(&table(1, 0, 5, 5)), Err(Undefined::ZeroCell));
        assert_eq!(log_ratio(&table(0, 0, 5, 5), ZeroCell::Half), Err(Undefined::Absent));
        assert_eq!(odds_ratio(&table(5, 1, 5, 5)), Err(Undefined::ZeroCell));
        assert!(odds_ratio_haldane(&table(5, 0, 5, 5)).unwrap().is_finite());
        assert_eq!(simple_maths(&table(0, 1, 0, 5), 1.0), Err(Undefined::Empty));
    }

    #[test]
    fn the_exact_interval_of_clopper_and_pearson() {
        // 2 of 10: 95 % from 0.02521 to 0.55610 (Clopper & Pearson 1934, as printed by R's binom.test).
        let (lower, upper) = log_ratio_interval(&table(2, 8, 100, 100), 0.05).unwrap();
        let share = |bound: f64| 1.0 / (1.0 + 2_f64.powf(-bound));
        assert!((share(lower.unwrap()) - 0.025_210_73).abs() < 1e-7);
        assert!((share(upper.unwrap()) - 0.556_095_46).abs() < 1e-7);
        assert_eq!(conservative_log_ratio(&table(5, 5, 100, 100), 0.05), Ok(0.0));
        assert!(conservative_log_ratio(&table(60, 5, 100, 100), 0.05).unwrap() > 0.0);
        assert!(conservative_log_ratio(&table(0, 50, 100, 100), 0.05).unwrap() < 0.0);
        assert_eq!(log_ratio_interval(&table(0, 5, 9, 9), 0.05).unwrap().0, None);
    }
}
