//! Lexical diversity from the frequency spectrum: indices that do not depend on the order of the words.
//!
//! N tokens, V types, Vᵢ types that occur i times, M₂ = Σ i²·Vᵢ; ln is the natural logarithm. Indices whose
//! value depends on the base of the logarithm say so and take it.

use super::outcome::{Outcome, Undefined, finite};
use super::spectrum::Spectrum;

/// Base of a logarithm, for the indices that depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// e.
    E,
    /// 10.
    Ten,
}

impl Base {
    fn log(self, value: f64) -> f64 {
        match self {
            Self::E => value.ln(),
            Self::Ten => value.log10(),
        }
    }
}

/// N and V as floating-point numbers, if there are at least `fewest` tokens.
fn sizes(spectrum: &Spectrum, fewest: u64) -> Result<(f64, f64), Undefined> {
    match spectrum.tokens() {
        0 => Err(Undefined::Empty),
        tokens if tokens < fewest => Err(Undefined::TooFew),
        tokens => Ok((tokens as f64, spectrum.types() as f64)),
    }
}

/// Type–token ratio V / N (Johnson 1944). Undefined without words.
pub fn type_token_ratio(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 1).map(|(n, v)| v / n)
}

/// Guiraud's R = V / √N (Guiraud 1954). Undefined without words.
pub fn guiraud_r(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 1).map(|(n, v)| v / n.sqrt())
}

/// Corrected type–token ratio V / √(2N) (Carroll 1964). Undefined without words.
pub fn carroll_cttr(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 1).map(|(n, v)| v / (2.0 * n).sqrt())
}

/// Herdan's C = ln V / ln N, the same in any base (Herdan 1960). Undefined for fewer than two words.
pub fn herdan_c(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 2).map(|(n, v)| v.ln() / n.ln())
}

/// Somers' S = log log V / log log N (Somers 1966, often misspelt Summer). Depends on the base. Undefined
/// unless log V > 0 and log log N ≠ 0.
pub fn somers_s(spectrum: &Spectrum, base: Base) -> Outcome {
    let (n, v) = sizes(spectrum, 2)?;
    let (log_n, log_v) = (base.log(n), base.log(v));
    if log_v <= 0.0 || base.log(log_n) == 0.0 {
        return Err(Undefined::LogarithmUndefined);
    }
    finite(base.log(log_v) / base.log(log_n), Undefined::LogarithmUndefined)
}

/// Maas' a² = (log N − log V) / (log N)², lower for richer texts (Maas 1972). Depends on the base:
/// a² to base 10 is a² to base e times ln 10. Undefined for fewer than two words.
pub fn maas_a2(spectrum: &Spectrum, base: Base) -> Outcome {
    let (n, v) = sizes(spectrum, 2)?;
    let log = base.log(n);
    Ok((log - base.log(v)) / (log * log))
}

/// Maas' a = √a² (Maas 1972). Undefined for fewer than two words.
pub fn maas_a(spectrum: &Spectrum, base: Base) -> Outcome {
    maas_a2(spectrum, base).map(f64::sqrt)
}

/// Maas' log V₀ = log V / √(1 − (log V / log N)²) (Maas 1972). Depends on the base. Undefined if all words
/// are different or for fewer than two words.
pub fn maas_log_v0(spectrum: &Spectrum, base: Base) -> Outcome {
    let (n, v) = sizes(spectrum, 2)?;
    if spectrum.types() == spectrum.tokens() {
        return Err(Undefined::AllDifferent);
    }
    let ratio = v.ln() / n.ln();
    Ok(base.log(v) / (1.0 - ratio * ratio).sqrt())
}

/// Dugast's U = (log N)² / (log N − log V) (Dugast 1978). Depends on the base. Undefined if all words are
/// different or for fewer than two words.
pub fn dugast_u(spectrum: &Spectrum, base: Base) -> Outcome {
    let (n, v) = sizes(spectrum, 2)?;
    if spectrum.types() == spectrum.tokens() {
        return Err(Undefined::AllDifferent);
    }
    let log = base.log(n);
    Ok(log * log / (log - base.log(v)))
}

/// Dugast's k = ln V / ln ln N (Dugast 1979). Undefined for N ≤ e.
pub fn dugast_k(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 3).map(|(n, v)| v.ln() / n.ln().ln())
}

/// Tuldava's LN = (1 − V²) / (V² · ln N) (Tuldava 1977). Undefined for fewer than two words.
pub fn tuldava_ln(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 2).map(|(n, v)| (1.0 - v * v) / (v * v * n.ln()))
}

/// M₂ − N, exact.
fn repeats(spectrum: &Spectrum) -> u128 {
    spectrum.squares() - u128::from(spectrum.tokens())
}

/// Yule's K = 10⁴ · (M₂ − N) / N² (Yule 1944; Tweedie & Baayen 1998, eq. 16). Undefined without words.
pub fn yule_k(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 1).map(|(n, _)| 1e4 * repeats(spectrum) as f64 / (n * n))
}

/// Yule's I as V² / (M₂ − V), with the number of types. Undefined if all words are different.
pub fn yule_i_types(spectrum: &Spectrum) -> Outcome {
    let (_, v) = sizes(spectrum, 1)?;
    match spectrum.squares() - u128::from(spectrum.types()) {
        0 => Err(Undefined::AllDifferent),
        rest => Ok(v * v / rest as f64),
    }
}

/// Yule's I as N² / (M₂ − N) = 10⁴ / K, with the number of tokens (Williams 1970). Undefined if all words
/// are different.
pub fn yule_i_tokens(spectrum: &Spectrum) -> Outcome {
    let (n, _) = sizes(spectrum, 1)?;
    match repeats(spectrum) {
        0 => Err(Undefined::AllDifferent),
        rest => Ok(n * n / rest as f64),
    }
}

/// Simpson's D = Σ Vᵢ·i(i−1) / (N(N−1)): the chance that two words drawn without replacement are the same
/// (Simpson 1949). Undefined for fewer than two words.
pub fn simpson_d(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 2).map(|(n, _)| repeats(spectrum) as f64 / (n * (n - 1.0)))
}

/// Herdan's V_m = √(M₂/N² − 1/V) (Herdan 1955). What rounding leaves below 0 is 0. Undefined without words.
pub fn herdan_vm(spectrum: &Spectrum) -> Outcome {
    let (n, v) = sizes(spectrum, 1)?;
    Ok((spectrum.squares() as f64 / (n * n) - 1.0 / v).max(0.0).sqrt())
}

/// Honoré's H = 100 · log N / (1 − V₁/V) (Honoré 1979). Depends on the base, which the literature leaves
/// open. Undefined if every word occurs once.
pub fn honore_h(spectrum: &Spectrum, base: Base) -> Outcome {
    let (n, v) = sizes(spectrum, 1)?;
    match spectrum.types() - spectrum.types_occurring(1) {
        0 => Err(Undefined::OnlyHapaxes),
        others => Ok(100.0 * base.log(n) * v / others as f64),
    }
}

/// Sichel's S = V₂ / V (Sichel 1975). Undefined without words.
pub fn sichel_s(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 1).map(|(_, v)| spectrum.types_occurring(2) as f64 / v)
}

/// Michéa's M = V / V₂ (Michéa 1969). Undefined if no word occurs exactly twice.
pub fn michea_m(spectrum: &Spectrum) -> Outcome {
    let (_, v) = sizes(spectrum, 1)?;
    match spectrum.types_occurring(2) {
        0 => Err(Undefined::NoDisLegomenon),
        twice => Ok(v / twice as f64),
    }
}

/// Brunet's W = N^(V^−a), usually with a = 0.172, lower for richer texts (Brunet 1978). Undefined without
/// words.
pub fn brunet_w(spectrum: &Spectrum, a: f64) -> Outcome {
    sizes(spectrum, 1).map(|(n, v)| n.powf(v.powf(-a)))
}

/// Entropy of the words in bits, −Σ Vᵢ·(i/N)·log₂(i/N) (Shannon 1948). Undefined without words.
pub fn entropy(spectrum: &Spectrum) -> Outcome {
    let (n, _) = sizes(spectrum, 1)?;
    let sum: f64 =
        spectrum.iter().map(|(i, types)| types as f64 * (i as f64 / n) * (n / i as f64).log2()).sum();
    Ok(sum)
}

/// Entropy over its highest possible value, log₂ V. Undefined for fewer than two types.
pub fn relative_entropy(spectrum: &Spectrum) -> Outcome {
    let entropy = entropy(spectrum)?;
    if spectrum.types() < 2 {
        return Err(Undefined::TooFew);
    }
    Ok(entropy / (spectrum.types() as f64).log2())
}

/// Share of the types that occur once, V₁ / V. Undefined without words.
pub fn hapax_share(spectrum: &Spectrum) -> Outcome {
    sizes(spectrum, 1).map(|(_, v)| spectrum.types_occurring(1) as f64 / v)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn a_small_spectrum_by_hand() {
        // the ×4, cat ×2, sat, on, mat, and, ate, rat: N = 12, V = 8, M₂ = 16 + 4 + 6 = 26.
        let spectrum = Spectrum::from_counts([4, 2, 1, 1, 1, 1, 1, 1]);
        assert_eq!((spectrum.tokens(), spectrum.types(), spectrum.squares()), (12, 8, 26));
        assert_eq!(yule_k(&spectrum), Ok(1e4 * 14.0 / 144.0));
        assert_eq!(simpson_d(&spectrum), Ok(14.0 / 132.0));
        assert_eq!(yule_i_types(&spectrum), Ok(64.0 / 18.0));
        assert_eq!(yule_i_tokens(&spectrum), Ok(144.0 / 14.0));
        assert_eq!(sichel_s(&spectrum), Ok(0.125));
        assert_eq!(michea_m(&spectrum), Ok(8.0));
        assert!(close(honore_h(&spectrum, Base::E).unwrap(), 400.0 * 12.0_f64.ln(), 1e-14));
        // To base 10 the sign of Somers' S turns for fewer than ten types: −1.34.
        assert!((somers_s(&spectrum, Base::Ten).unwrap() + 1.34).abs() < 0.005);
        let ratio = maas_a2(&spectrum, Base::Ten).unwrap() / maas_a2(&spectrum, Base::E).unwrap();
        assert!(close(ratio, 10.0_f64.ln(), 1e-13));
    }

    #[test]
    fn nothing_and_little_are_undefined_and_never_infinite() {
        let all: [fn(&Spectrum) -> Outcome; 20] = [
            type_token_ratio,
            guiraud_r,
            carroll_cttr,
            herdan_c,
            |spectrum| somers_s(spectrum, Base::E),
            |spectrum| maas_a2(spectrum, Base::E),
            |spectrum| maas_a(spectrum, Base::E),
            |spectrum| maas_log_v0(spectrum, Base::Ten),
            |spectrum| dugast_u(spectrum, Base::E),
            dugast_k,
            tuldava_ln,
            yule_k,
            yule_i_types,
            simpson_d,
            herdan_vm,
            |spectrum| honore_h(spectrum, Base::E),
            sichel_s,
            michea_m,
            entropy,
            relative_entropy,
        ];
        for (index, measure) in all.into_iter().enumerate() {
            assert_eq!(measure(&Spectrum::default()), Err(Undefined::Empty), "{index}");
            for counts in [vec![1], vec![2], vec![1; 2], vec![1; 10], vec![10], vec![1, 2], vec![1; 27]] {
                if let Ok(value) = measure(&Spectrum::from_counts(counts.clone())) {
                    assert!(value.is_finite(), "{index} {counts:?}");
                }
            }
        }
        let unique = Spectrum::from_counts(vec![1; 10]);
        assert_eq!(herdan_vm(&unique), Ok(0.0));
        assert_eq!(dugast_u(&unique, Base::E), Err(Undefined::AllDifferent));
        assert_eq!(honore_h(&unique, Base::E), Err(Undefined::OnlyHapaxes));
    }
}
