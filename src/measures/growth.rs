//! Growth of the vocabulary: exact rarefaction, HD-D and vocd-D on one kernel, growth curves, Zipf–Mandelbrot.

use super::outcome::{Outcome, Undefined};
use super::sequence::Sequence;
use super::spectrum::Spectrum;

/// Expected number of types among `draws` tokens drawn without replacement, Σ Vᵢ·(1 − p₀(i)), where
/// p₀(i) = Π_{j<n} (N−i−j)/(N−j) (Hurlbert 1971; Baayen 2001). Exact: sums of log1p and expm1, never
/// differences of log-gamma. It gives texts of unequal length a common one. Undefined for N < n.
///
/// Costs the lesser of classes·n and the highest frequency.
pub fn expected_types(spectrum: &Spectrum, draws: u64) -> Outcome {
    let tokens = spectrum.tokens();
    if tokens == 0 {
        return Err(Undefined::Empty);
    }
    if tokens < draws {
        return Err(Undefined::TooFew);
    }
    let n = tokens as f64;
    let by_draws = (spectrum.classes() as u64).saturating_mul(draws) < spectrum.highest();
    // The product over the draws equals the product over the i tokens of a type, Π_{j<i} (1 − n/(N−j)), whose
    // partial products serve all classes, as these ascend.
    let (mut log, mut next) = (0.0_f64, 0_u64);
    let mut expected = 0.0;
    for (times, types) in spectrum.iter() {
        let seen = if tokens - times < draws {
            1.0
        } else if by_draws {
            -(0..draws).map(|j| (-(times as f64) / (n - j as f64)).ln_1p()).sum::<f64>().exp_m1()
        } else {
            while next < times {
                log += (-(draws as f64) / (n - next as f64)).ln_1p();
                next += 1;
            }
            -log.exp_m1()
        };
        expected += types as f64 * seen;
    }
    Ok(expected)
}

/// HD-D as a mean: expected type–token ratio of `draws` words drawn without replacement, 42 by convention
/// (McCarthy & Jarvis 2007). Undefined for fewer words than draws.
pub fn hdd(spectrum: &Spectrum, draws: u64) -> Outcome {
    if draws == 0 {
        return Err(Undefined::TooFew);
    }
    expected_types(spectrum, draws).map(|types| types / draws as f64)
}

/// vocd-D without chance: the D whose curve D/n·(√(1 + 2n/D) − 1) lies nearest, by least squares, to the
/// exact expected type–token ratios of n = 35 … 50 words (Malvern & Richards 1997; McKee et al. 2000, who
/// sample them). Undefined for fewer than 50 words, or if all words are different: no finite D then fits.
pub fn vocd_d(spectrum: &Spectrum) -> Outcome {
    let mut expected = Vec::with_capacity(16);
    for draws in 35..=50_u64 {
        expected.push((draws as f64, hdd(spectrum, draws)?));
    }
    // Half of the derivative of the sum of squares by D, up to a positive factor: −Σ (T̂ − T)·T′.
    let slope = |d: f64| -> f64 {
        let terms = expected.iter().map(|(n, ratio)| {
            let q = (1.0 + 2.0 * n / d).sqrt();
            (2.0 / (q + 1.0) - ratio) * n / (q * (q + 1.0) * (q + 1.0))
        });
        terms.sum()
    };
    let (mut low, mut high) = (1e-6_f64.ln(), 1e9_f64.ln());
    if spectrum.types() == spectrum.tokens() || slope(high.exp()) <= 0.0 || slope(low.exp()) >= 0.0 {
        return Err(Undefined::NoFit);
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if slope(middle.exp()) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(f64::midpoint(low, high).exp())
}

/// A point of a growth curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrowthPoint {
    /// Words read.
    pub tokens: u64,
    /// Different words among them.
    pub types: u64,
    /// Words among them that occurred once so far.
    pub hapaxes: u64,
}

/// The vocabulary as the text is read: a point every `step` tokens and one at the end. Empty for a step of 0.
pub fn vocabulary_growth(sequence: &Sequence, step: usize) -> Vec<GrowthPoint> {
    let mut counts = vec![0_u32; sequence.types()];
    let (mut types, mut hapaxes) = (0, 0);
    let mut points = Vec::new();
    if step == 0 {
        return points;
    }
    let last = sequence.tokens().len();
    for (read, token) in (1..).zip(sequence.tokens()) {
        let count = &mut counts[*token as usize];
        match *count {
            0 => {
                types += 1;
                hapaxes += 1;
            }
            1 => hapaxes -= 1,
            _ => {}
        }
        *count = count.saturating_add(1);
        if read % step == 0 || read == last {
            points.push(GrowthPoint { tokens: read as u64, types, hapaxes });
        }
    }
    points
}

/// The law of Herdan and Heaps, V = K·n^β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heaps {
    /// K.
    pub k: f64,
    /// β.
    pub beta: f64,
}

/// Fits V = K·n^β to a growth curve by least squares of the logarithms (Herdan 1964; Heaps 1978). Undefined
/// for fewer than two points with words.
pub fn heaps(points: &[GrowthPoint]) -> Result<Heaps, Undefined> {
    let logs: Vec<(f64, f64)> = points
        .iter()
        .filter(|point| point.types > 0)
        .map(|point| ((point.tokens as f64).ln(), (point.types as f64).ln()))
        .collect();
    let n = logs.len() as f64;
    let (mean_x, mean_y) = (
        logs.iter().map(|point| point.0).sum::<f64>() / n,
        logs.iter().map(|point| point.1).sum::<f64>() / n,
    );
    let spread: f64 = logs.iter().map(|point| (point.0 - mean_x).powi(2)).sum();
    if logs.len() < 2 || spread == 0.0 {
        return Err(Undefined::TooFew);
    }
    let beta = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>() / spread;
    Ok(Heaps { k: (mean_y - beta * mean_x).exp(), beta })
}

/// The law of Zipf and Mandelbrot, p(r) = C / (r + b)^a over the ranks 1 to V.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZipfMandelbrot {
    /// Exponent.
    pub a: f64,
    /// Shift of the ranks, above −1.
    pub b: f64,
    /// Constant that makes the probabilities sum to 1.
    pub c: f64,
    /// Log-likelihood of the fit (natural logarithm).
    pub log_likelihood: f64,
    /// Distance of the observed shares from the fitted ones, Σ p̂·log₂(p̂/p), in bits: 0 is a perfect fit.
    pub divergence: f64,
}

/// Fits the law to the ranked counts by maximum likelihood of the tokens' ranks, not by least squares on
/// logarithms (Mandelbrot 1953; Izsák 2006). Undefined for fewer than three types, for equal counts, and if no
/// shift below 10⁶ is best.
///
/// For a given b the likelihood is concave in a and solved by Newton's method; b by golden section.
pub fn zipf_mandelbrot(spectrum: &Spectrum) -> Result<ZipfMandelbrot, Undefined> {
    if spectrum.types() < 3 {
        return Err(if spectrum.types() == 0 { Undefined::Empty } else { Undefined::TooFew });
    }
    if spectrum.classes() < 2 {
        return Err(Undefined::NoSpread);
    }
    let counts: Vec<f64> =
        spectrum.iter().rev().flat_map(|(times, types)| (0..types).map(move |_| times as f64)).collect();
    let n = spectrum.tokens() as f64;
    // Newton's method begins at the exponent of the shift before, which is near.
    let mut a = 1.0_f64;
    let mut fit = |shift: f64| -> (f64, f64, f64) {
        let b = shift.exp() - 1.0;
        let logs: Vec<f64> = (1..).zip(&counts).map(|(rank, _)| (f64::from(rank) + b).ln()).collect();
        let weighted: f64 = logs.iter().zip(&counts).map(|(log, count)| log * count).sum();
        // ln Σ (r+b)^−a with the first term taken out, and its first two derivatives.
        let sums = |a: f64| {
            let (mut s0, mut s1, mut s2) = (0.0, 0.0, 0.0);
            for log in &logs {
                let term = (-a * (log - logs[0])).exp();
                s0 += term;
                s1 += term * log;
                s2 += term * log * log;
            }
            (s0.ln() - a * logs[0], s1 / s0, s2 / s0 - (s1 / s0).powi(2))
        };
        for _ in 0..40 {
            let (_, mean, variance) = sums(a);
            let step = ((mean - weighted / n) / variance.max(1e-12)).clamp(-a.max(1.0), a.max(1.0));
            a += step;
            if step.abs() <= 1e-10 * a.abs() {
                break;
            }
        }
        let (norm, _, _) = sums(a);
        (-a * weighted - n * norm, a, norm)
    };
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.001_f64.ln(), 1e6_f64.ln());
    let top = high;
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (fit(left).0, fit(right).0);
    for _ in 0..45 {
        if at_left >= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = fit(left).0;
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = fit(right).0;
        }
    }
    let shift = f64::midpoint(low, high);
    let (log_likelihood, a, norm) = fit(shift);
    if top - shift < 1e-3 || !log_likelihood.is_finite() || !a.is_finite() {
        return Err(Undefined::NoFit);
    }
    let entropy: f64 = counts.iter().map(|count| count * (count / n).ln()).sum();
    let divergence = (entropy - log_likelihood) / n / std::f64::consts::LN_2;
    Ok(ZipfMandelbrot { a, b: shift.exp() - 1.0, c: (-norm).exp(), log_likelihood, divergence })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outcome::close;
    use super::*;

    /// The chance that a type is not drawn, as a plain product.
    fn slow(counts: &[u64], draws: u64) -> f64 {
        let n: u64 = counts.iter().sum();
        let missed = |count: u64| {
            (0..draws).map(|j| (n - count).saturating_sub(j) as f64 / (n - j) as f64).product::<f64>()
        };
        counts.iter().map(|count| 1.0 - missed(*count)).sum()
    }

    proptest! {
        #[test]
        fn expectations_agree_with_the_plain_product(
            counts in prop::collection::vec(1_u64..300, 1..30), share in 0.0_f64..1.0,
        ) {
            let n: u64 = counts.iter().sum();
            let draws = (share * n as f64) as u64;
            let found = expected_types(&Spectrum::from_counts(counts.clone()), draws).unwrap();
            prop_assert!((found - slow(&counts, draws)).abs() < 1e-9 * counts.len() as f64);
        }
    }

    #[test]
    fn the_ends_of_rarefaction() {
        let spectrum = Spectrum::from_counts([5, 3, 1, 1]);
        assert_eq!(expected_types(&spectrum, 10), Ok(4.0));
        assert!(close(expected_types(&spectrum, 1).unwrap(), 1.0, 1e-14));
        assert_eq!(expected_types(&spectrum, 11), Err(Undefined::TooFew));
    }

    #[test]
    fn a_curve_of_known_d_gives_it_back() {
        // All words equal: the ratio is 1/n, near the curve of a tiny D.
        let d = vocd_d(&Spectrum::from_counts([100])).unwrap();
        assert!((0.005..0.02).contains(&d), "{d}");
        assert_eq!(vocd_d(&Spectrum::from_counts(vec![1; 60])), Err(Undefined::NoFit));
    }

    #[test]
    fn growth_by_hand() {
        let sequence = Sequence::of_words(&["a", "b", "a", "c", "c"]);
        let points: Vec<_> = vocabulary_growth(&sequence, 2)
            .iter()
            .map(|point| (point.tokens, point.types, point.hapaxes))
            .collect();
        assert_eq!(points, [(2, 2, 2), (4, 3, 2), (5, 3, 1)]);
    }

    #[test]
    fn laws_are_found_again() {
        let points: Vec<_> =
            (1..200).map(|n| GrowthPoint { tokens: n * n, types: 3 * n, hapaxes: 0 }).collect();
        let law = heaps(&points).unwrap();
        assert!(close(law.k, 3.0, 1e-12) && close(law.beta, 0.5, 1e-12));
        let counts = (1..=2000).map(|rank| (1e9 / f64::powf(f64::from(rank) + 2.7, 1.15)) as u64);
        let fit = zipf_mandelbrot(&Spectrum::from_counts(counts)).unwrap();
        assert!((fit.a - 1.15).abs() < 1e-4 && (fit.b - 2.7).abs() < 1e-3, "{fit:?}");
        assert!(fit.divergence.abs() < 1e-6);
    }
}
