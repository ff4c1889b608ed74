//! Dispersion: how evenly a word is spread over the parts of a corpus, or along a text.
//!
//! k parts of Wᵢ words hold the word vᵢ times; f = Σv, wᵢ = Wᵢ/ΣW, tᵢ = vᵢ/f, rᵢ = vᵢ/Wᵢ, ρᵢ = rᵢ/Σr. Each
//! measure says whether 0 or 1 is even.

use super::outcome::{Flag, Outcome, Undefined, finite};

/// The sizes of the parts of a corpus, those without words left out: no rate is defined for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartSizes {
    parts: u64,
    total: u64,
    smallest: u64,
}

impl PartSizes {
    /// The parts of these sizes.
    ///
    /// # Errors
    /// If there are fewer than two parts with words, or the sizes exceed 2⁶⁴.
    pub fn new(sizes: &[u64]) -> Result<Self, Undefined> {
        let total = sizes.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size));
        let Some(total) = total else { return Err(Undefined::Inconsistent) };
        let filled = || sizes.iter().copied().filter(|size| *size > 0);
        let parts = filled().count() as u64;
        if parts < 2 {
            return Err(Undefined::TooFew);
        }
        Ok(Self { parts, total, smallest: filled().min().unwrap_or(0) })
    }
}

/// A word's counts in the parts of a corpus. Only the parts that hold the word are kept, so that a rare word
/// costs little however many parts there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    hits: Vec<u64>,
    sizes: Vec<u64>,
    all: PartSizes,
    total_hits: u64,
    /// Words of the parts that hold the word.
    held: u64,
}

impl Parts {
    /// Counts and sizes of the parts, in their order. Parts without words are left out: no rate is defined
    /// for them.
    ///
    /// # Errors
    /// If there are fewer than two parts with words, the word does not occur, a part holds it more often than
    /// it has words, the sizes exceed 2⁶⁴, or the two lists differ in length.
    pub fn new(hits: &[u64], sizes: &[u64]) -> Result<Self, Undefined> {
        if hits.len() != sizes.len() || hits.iter().zip(sizes).any(|(hits, size)| hits > size) {
            return Err(Undefined::Inconsistent);
        }
        Self::sparse(hits.iter().copied().zip(sizes.iter().copied()), &PartSizes::new(sizes)?)
    }

    /// Count and size of each part that holds the word, in their order, among parts of known sizes.
    ///
    /// # Errors
    /// If the word does not occur, a part holds it more often than it has words, or the parts given are larger
    /// than all.
    pub fn sparse(held: impl IntoIterator<Item = (u64, u64)>, all: &PartSizes) -> Result<Self, Undefined> {
        let (hits, sizes): (Vec<u64>, Vec<u64>) = held.into_iter().filter(|(hits, _)| *hits > 0).unzip();
        let sum = |values: &[u64]| values.iter().try_fold(0_u64, |sum, value| sum.checked_add(*value));
        let (Some(total_hits), Some(held)) = (sum(&hits), sum(&sizes)) else {
            return Err(Undefined::Inconsistent);
        };
        if hits.iter().zip(&sizes).any(|(hits, size)| hits > size)
            || held > all.total
            || hits.len() as u64 > all.parts
        {
            return Err(Undefined::Inconsistent);
        }
        if total_hits == 0 {
            return Err(Undefined::Absent);
        }
        Ok(Self { hits, sizes, all: all.clone(), total_hits, held })
    }

    fn k(&self) -> f64 {
        self.all.parts as f64
    }

    fn f(&self) -> f64 {
        self.total_hits as f64
    }

    /// wᵢ and tᵢ of the parts that hold the word.
    fn shares(&self) -> impl Iterator<Item = (f64, f64)> {
        let (all, f) = (self.all.total as f64, self.f());
        self.sizes.iter().zip(&self.hits).map(move |(size, hits)| (*size as f64 / all, *hits as f64 / f))
    }

    /// rᵢ of the parts that hold the word.
    fn rates(&self) -> Vec<f64> {
        self.hits.iter().zip(&self.sizes).map(|(hits, size)| *hits as f64 / *size as f64).collect()
    }

    fn raw(&self) -> Vec<f64> {
        self.hits.iter().map(|hits| *hits as f64).collect()
    }

    /// Number of parts that hold the word.
    pub fn range(&self) -> u64 {
        self.hits.len() as u64
    }

    /// Number of parts that have words.
    pub fn parts(&self) -> u64 {
        self.all.parts
    }

    /// A flag on words with fewer occurrences than parts, whose dispersion follows their frequency.
    pub fn flag(&self) -> Option<Flag> {
        (self.total_hits < self.all.parts).then_some(Flag::FewerThanParts)
    }

    /// Coefficient of variation of the counts, with the population's σ; 0 is even.
    pub fn variation(&self) -> f64 {
        variation(&self.raw(), self.k())
    }

    /// Juilland's D = 1 − V/√(k − 1) with the variation V of the rates and the population's σ; 1 is even
    /// (Juilland & Chang-Rodríguez 1964).
    pub fn juilland_d(&self) -> f64 {
        1.0 - variation(&self.rates(), self.k()) / (self.k() - 1.0).sqrt()
    }

    /// Juilland's D of the counts as they stand: for equal parts.
    pub fn juilland_d_equal(&self) -> f64 {
        1.0 - self.variation() / (self.k() - 1.0).sqrt()
    }

    /// Juilland's D of the rates with the sample's standard deviation, as some tools compute it: below 0 for a
    /// word in one part.
    pub fn juilland_d_sample(&self) -> f64 {
        1.0 - variation(&self.rates(), self.k()) * (self.k() / (self.k() - 1.0)).sqrt()
            / (self.k() - 1.0).sqrt()
    }

    /// Juilland's D of the counts with the sample's standard deviation.
    pub fn juilland_d_equal_sample(&self) -> f64 {
        1.0 - self.variation() * (self.k() / (self.k() - 1.0)).sqrt() / (self.k() - 1.0).sqrt()
    }

    /// Carroll's D₂ = −Σ ρᵢ·ln ρᵢ / ln k of the rates; 1 is even (Carroll 1970).
    pub fn carroll_d2(&self) -> f64 {
        entropy_share(&self.rates(), self.k())
    }

    /// Carroll's D₂ of the counts as they stand: for equal parts.
    pub fn carroll_d2_equal(&self) -> f64 {
        entropy_share(&self.raw(), self.k())
    }

    /// Rosengren's S = (Σ √(wᵢvᵢ))² / f; 1 is even (Rosengren 1971).
    pub fn rosengren_s(&self) -> f64 {
        self.shares().map(|(w, t)| (w * t).sqrt()).sum::<f64>().powi(2)
    }

    /// Rosengren's S for equal parts, (Σ √vᵢ)² / (k·f). Zhang's DC is the same (2004).
    pub fn zhang_dc(&self) -> f64 {
        self.raw().iter().map(|v| v.sqrt()).sum::<f64>().powi(2) / (self.k() * self.f())
    }

    /// Lyne's D₃ = 1 − χ²/(4f) for equal parts; 1 is even, and it can be negative (Lyne 1985).
    pub fn lyne_d3(&self) -> f64 {
        let mean = self.f() / self.k();
        let held: f64 = self.raw().iter().map(|v| (v - mean).powi(2) / mean).sum();
        let chi2 = held + (self.k() - self.hits.len() as f64) * mean;
        1.0 - chi2 / (4.0 * self.f())
    }

    /// Gries' deviation of proportions ½ Σ |tᵢ − wᵢ|; 0 is even (Gries 2008).
    pub fn dp(&self) -> f64 {
        // The differences as exact integers over f·ΣW; a part without the word differs by its size.
        let terms = self.hits.iter().zip(&self.sizes).map(|(hits, size)| {
            let (t, w) = (
                u128::from(*hits) * u128::from(self.all.total),
                u128::from(*size) * u128::from(self.total_hits),
            );
            t.abs_diff(w) as f64
        });
        let absent = (u128::from(self.all.total - self.held) * u128::from(self.total_hits)) as f64;
        (terms.sum::<f64>() + absent) / (2.0 * self.f() * self.all.total as f64)
    }

    /// DP / (1 − min wᵢ); 0 is even (Lijffijt & Gries 2012).
    pub fn dp_norm(&self) -> f64 {
        self.dp() / (1.0 - self.all.smallest as f64 / self.all.total as f64)
    }

    /// DP over one less the smallest part that holds the word; 0 is even. Egbert, Burch & Biber (2020) print
    /// 1 − this, where 1 is even.
    pub fn dp_egbert(&self) -> f64 {
        let smallest = self.sizes.iter().min().copied().unwrap_or(0);
        self.dp() / (1.0 - smallest as f64 / self.all.total as f64)
    }

    /// Kullback–Leibler divergence of the word from the parts' sizes, Σ tᵢ·log₂(tᵢ/wᵢ) bits; 0 is even
    /// (Gries 2020).
    pub fn kld(&self) -> f64 {
        self.shares().map(|(w, t)| t * (t / w).log2()).sum::<f64>().max(0.0)
    }

    /// 1 − e^(−KLD), with KLD in bits; 0 is even (Gries 2020).
    pub fn kld_norm_exp(&self) -> f64 {
        -(-self.kld()).exp_m1()
    }

    /// 1 − 2^(−KLD); 0 is even.
    pub fn kld_norm_2(&self) -> f64 {
        1.0 - (-self.kld()).exp2()
    }

    /// KLD/(1 + KLD); 0 is even.
    pub fn kld_norm_odds(&self) -> f64 {
        self.kld() / (1.0 + self.kld())
    }

    /// Inverse document frequency log₂(k / range).
    pub fn idf(&self) -> f64 {
        (self.k() / self.range() as f64).log2()
    }

    /// D_A = 2(Σ i·ρ₍ᵢ₎ − 1)/(k − 1) with ρ descending; 1 is even (Burch, Egbert & Biber 2017).
    pub fn da(&self) -> f64 {
        let mut rates = self.rates();
        rates.sort_by(|a, b| b.total_cmp(a));
        let sum: f64 = rates.iter().sum();
        let weighted: f64 = (1..).zip(&rates).map(|(i, rate)| f64::from(i) * rate / sum).sum();
        2.0 * (weighted - 1.0) / (self.k() - 1.0)
    }

    /// Juilland's usage coefficient U = f·D.
    pub fn juilland_u(&self) -> f64 {
        self.f() * self.juilland_d()
    }

    /// Carroll's U_m = f·D₂ + (1 − D₂)·f/k.
    pub fn carroll_um(&self) -> f64 {
        let d2 = self.carroll_d2();
        self.f() * d2 + (1.0 - d2) * self.f() / self.k()
    }

    /// Rosengren's adjusted frequency KF = f·S.
    pub fn rosengren_kf(&self) -> f64 {
        self.f() * self.rosengren_s()
    }

    /// Engvall's FM = f·range/k.
    pub fn engvall_fm(&self) -> f64 {
        self.f() * self.range() as f64 / self.k()
    }
}

/// σ/mean of k values with the population's σ; those not given are 0.
fn variation(values: &[f64], k: f64) -> f64 {
    let mean = values.iter().sum::<f64>() / k;
    let zeros = (k - values.len() as f64) * mean * mean;
    ((values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() + zeros) / k).sqrt() / mean
}

/// Entropy of the shares of k values over its highest value; those not given are 0.
fn entropy_share(values: &[f64], k: f64) -> f64 {
    let sum: f64 = values.iter().sum();
    let shares = values.iter().map(|value| value / sum);
    shares.map(|share| share * -share.ln()).sum::<f64>() / k.ln()
}

/// Distances between occurrences, the last one going round the end of the text. Undefined without
/// occurrences, or if a position is not below `tokens` or does not ascend.
fn distances(positions: &[u64], tokens: u64) -> Result<Vec<u64>, Undefined> {
    let (Some(first), Some(last)) = (positions.first(), positions.last()) else {
        return Err(Undefined::Absent);
    };
    if *last >= tokens || !positions.is_sorted_by(|a, b| a < b) {
        return Err(Undefined::Inconsistent);
    }
    let mut distances: Vec<u64> = positions.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.push(first + (tokens - last));
    Ok(distances)
}

/// Average reduced frequency (1/u)·Σ min(dᵢ, u), u = N/f, over circular distances: from 1 for a clump to f for
/// an even spread (Savický & Hlaváčová 2002). The order of the texts of a corpus matters.
pub fn average_reduced_frequency(positions: &[u64], tokens: u64) -> Outcome {
    let distances = distances(positions, tokens)?;
    // min(d, N/f)·f/N = min(d·f, N)/N, in integers.
    let f = distances.len() as u128;
    let sum: u128 = distances.iter().map(|d| (u128::from(*d) * f).min(u128::from(tokens))).sum();
    Ok(sum as f64 / tokens as f64)
}

/// Average waiting time ½(1 + Σd²/N): how far the next occurrence is from a random place
/// (Savický & Hlaváčová 2002).
pub fn average_waiting_time(positions: &[u64], tokens: u64) -> Outcome {
    let squares: u128 = distances(positions, tokens)?.iter().map(|d| u128::from(*d) * u128::from(*d)).sum();
    Ok(0.5 * (1.0 + squares as f64 / tokens as f64))
}

/// Average logarithmic distance Σ d·log₁₀ d / N (Savický & Hlaváčová 2002).
pub fn average_logarithmic_distance(positions: &[u64], tokens: u64) -> Outcome {
    let sum: f64 = distances(positions, tokens)?.iter().map(|d| *d as f64 * (*d as f64).log10()).sum();
    finite(sum / tokens as f64, Undefined::Empty)
}

/// Expected DP of a word that occurs f times at random in parts of these sizes, exact for each part: the
/// yardstick of a measured one, which frequency alone pushes up. Half the sum of the mean absolute deviations
/// of binomial shares (de Moivre: 2·w·(1 − w)·P of the mode among f − 1 draws).
pub fn expected_dp(hits: u64, sizes: &[u64]) -> Outcome {
    let Some(total) = sizes.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size)) else {
        return Err(Undefined::Inconsistent);
    };
    if hits == 0 || total == 0 {
        return Err(Undefined::Absent);
    }
    let n = hits as f64;
    let deviation = |size: u64| -> f64 {
        let p = size as f64 / total as f64;
        if size == 0 || size == total {
            return 0.0;
        }
        // E|X − np| = 2·m·(1 − p)·P(X = m) with m = ⌊np⌋ + 1 (de Moivre 1730).
        let m = (u128::from(hits) * u128::from(size) / u128::from(total)) as u64 + 1;
        if m > hits {
            return 0.0;
        }
        // ln P(X = m) by products of ratios.
        let log: f64 = (1..=m).map(|i| ((n - m as f64 + i as f64) / i as f64 * p).ln()).sum::<f64>()
            + (n - m as f64) * (-p).ln_1p();
        2.0 * m as f64 * (1.0 - p) * log.exp() / n
    };
    Ok(0.5 * sizes.iter().map(|size| deviation(*size)).sum::<f64>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outcome::close;
    use super::*;

    proptest! {
        #[test]
        fn everything_is_finite_and_in_its_bounds(pairs in prop::collection::vec((0_u64..9, 9_u64..99), 2..12)) {
            let (hits, sizes): (Vec<u64>, Vec<u64>) = pairs.into_iter().unzip();
            let Ok(parts) = Parts::new(&hits, &sizes) else { return Ok(()) };
            let bounded = [
                parts.juilland_d(), parts.carroll_d2(), parts.rosengren_s(), parts.dp(), parts.dp_norm(),
                parts.kld_norm_2(), parts.kld_norm_exp(), parts.kld_norm_odds(), parts.da(), parts.zhang_dc(),
            ];
            for (index, value) in bounded.into_iter().enumerate() {
                prop_assert!((-1e-12..=1.0 + 1e-12).contains(&value), "{}: {}", index, value);
            }
        }

        #[test]
        fn the_expected_deviation_is_the_mean_over_all_outcomes(hits in 1_u64..9, size in 1_u64..9) {
            // Two parts: DP = |X/f − w|, X binomial.
            let p = size as f64 / 10.0;
            let mut weight = (1.0 - p).powi(hits as i32);
            let mut mean = 0.0;
            for x in 0..=hits {
                mean += weight * (x as f64 / hits as f64 - p).abs();
                weight *= (hits - x) as f64 / (x + 1) as f64 * p / (1.0 - p);
            }
            prop_assert!(close(expected_dp(hits, &[size, 10 - size]).unwrap(), mean, 1e-9));
        }
    }

    #[test]
    fn undefined_parts() {
        assert_eq!(Parts::new(&[1], &[5]), Err(Undefined::TooFew));
        assert_eq!(Parts::new(&[0, 0], &[5, 5]), Err(Undefined::Absent));
        assert_eq!(Parts::new(&[6, 0], &[5, 5]), Err(Undefined::Inconsistent));
        assert_eq!(average_reduced_frequency(&[], 5), Err(Undefined::Absent));
        assert_eq!(average_reduced_frequency(&[5], 5), Err(Undefined::Inconsistent));
        assert_eq!(average_reduced_frequency(&[3], 5), Ok(1.0));
        assert_eq!(average_reduced_frequency(&[0, 2, 4, 6], 8), Ok(4.0));
    }
}
