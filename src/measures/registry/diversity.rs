//! Lexical diversity and the laws of word frequency.

use super::super::diversity::{self, Base};
use super::super::growth;
use super::super::intervals::Interval;
use super::super::mtld::{self, FactorRule};
use super::super::sequence;
use super::super::spectrum::Spectrum;
use super::{Basis, Direction, Measure, Needs, entry};

const MIN10: FactorRule = FactorRule { threshold: (72, 100), at_threshold: false, shortest: 10 };
const AT: FactorRule = FactorRule { threshold: (72, 100), at_threshold: true, shortest: 1 };

/// Chance that none of `draws` − 1 other words is a certain word that occurs `times` times: how fast the
/// expected number of types, over `draws`, grows with the share of that word.
fn unseen(spectrum: &Spectrum, times: u64, draws: u64) -> f64 {
    let share = times as f64 / spectrum.tokens() as f64;
    (1.0 - share).max(0.0).powf(draws as f64 - 1.0)
}

#[rustfmt::skip]
pub(super) static MEASURES: &[Measure] = &[
    entry!(Words, "hapax_share", "Share of the types that occur once", "V₁ / V", "", Richer, "Baayen 2001", "no word", Interval::LENGTH, |p| diversity::hapax_share(&p.spectrum)),
    entry!(Words, "guiraud_r", "Guiraud's R", "V / √N", "", Richer, "Guiraud 1954", "no word", Interval::LENGTH, |p| diversity::guiraud_r(&p.spectrum)),
    entry!(Words, "cttr", "Corrected type–token ratio", "V / √(2N)", "", Richer, "Carroll 1964", "no word", Interval::LENGTH, |p| diversity::carroll_cttr(&p.spectrum)),
    entry!(Words, "herdan_c", "Herdan's C", "ln V / ln N", "", Richer, "Herdan 1960", "fewer than two words", Interval::LENGTH, |p| diversity::herdan_c(&p.spectrum)),
    entry!(Words, "somers_s:ln", "Somers' S, to base e", "ln ln V / ln ln N", "", Richer, "Somers 1966", "ln V ≤ 0", Interval::LENGTH, |p| diversity::somers_s(&p.spectrum, Base::E)),
    entry!(Words, "maas_a2:ln", "Maas' a², to base e", "(ln N − ln V) / (ln N)²", "", Poorer, "Maas 1972", "fewer than two words", Interval::LENGTH, |p| diversity::maas_a2(&p.spectrum, Base::E)),
    entry!(Words, "maas_a2:log10", "Maas' a², to base 10", "(log₁₀ N − log₁₀ V) / (log₁₀ N)²", "", Poorer, "Maas 1972", "fewer than two words", Interval::LENGTH, |p| diversity::maas_a2(&p.spectrum, Base::Ten)),
    entry!(Words, "maas_log_v0:log10", "Maas' log V₀, to base 10", "log₁₀ V / √(1 − (log V / log N)²)", "", Richer, "Maas 1972", "fewer than two words, or all different", Interval::LENGTH, |p| diversity::maas_log_v0(&p.spectrum, Base::Ten)),
    entry!(Words, "dugast_u:ln", "Dugast's U, to base e", "(ln N)² / (ln N − ln V)", "", Richer, "Dugast 1978", "fewer than two words, or all different", Interval::LENGTH, |p| diversity::dugast_u(&p.spectrum, Base::E)),
    entry!(Words, "dugast_u:log10", "Dugast's U, to base 10", "(log₁₀ N)² / (log₁₀ N − log₁₀ V)", "", Richer, "Dugast 1978", "fewer than two words, or all different", Interval::LENGTH, |p| diversity::dugast_u(&p.spectrum, Base::Ten)),
    entry!(Words, "dugast_k", "Dugast's k", "ln V / ln ln N", "", Richer, "Dugast 1979", "fewer than three words", Interval::LENGTH, |p| diversity::dugast_k(&p.spectrum)),
    entry!(Words, "tuldava_ln", "Tuldava's LN", "(1 − V²) / (V²·ln N)", "", Richer, "Tuldava 1977", "fewer than two words", Interval::LENGTH, |p| diversity::tuldava_ln(&p.spectrum)),
    entry!(Words, "yule_i:types", "Yule's I, by types", "V² / (M₂ − V)", "", Richer, "Yule 1944", "all words different", Interval::LENGTH, |p| diversity::yule_i_types(&p.spectrum)),
    entry!(Words, "yule_i:tokens", "Yule's I, by tokens", "N² / (M₂ − N)", "", Richer, "Williams 1970", "all words different", Interval::LENGTH, |p| diversity::yule_i_tokens(&p.spectrum)),
    entry!(Words, "simpson_d", "Simpson's D", "Σ Vᵢ·i(i − 1) / (N(N − 1))", "", Poorer, "Simpson 1949", "fewer than two words", Interval::Words(|spectrum, times| 2.0 * times as f64 / spectrum.tokens() as f64), |p| diversity::simpson_d(&p.spectrum)),
    entry!(Words, "herdan_vm", "Herdan's V_m", "√(M₂/N² − 1/V)", "", Poorer, "Herdan 1955", "no word", Interval::LENGTH, |p| diversity::herdan_vm(&p.spectrum)),
    entry!(Words, "honore_h:ln", "Honoré's H, to base e", "100·ln N / (1 − V₁/V)", "", Richer, "Honoré 1979", "every word occurs once", Interval::LENGTH, |p| diversity::honore_h(&p.spectrum, Base::E)),
    entry!(Words, "sichel_s", "Sichel's S", "V₂ / V", "", More, "Sichel 1975", "no word", Interval::LENGTH, |p| diversity::sichel_s(&p.spectrum)),
    entry!(Words, "michea_m", "Michéa's M", "V / V₂", "", More, "Michéa 1969", "no word occurs twice", Interval::LENGTH, |p| diversity::michea_m(&p.spectrum)),
    entry!(Words, "brunet_w:0.172", "Brunet's W, a = 0.172", "N^(V^−0.172)", "", Poorer, "Brunet 1978", "no word", Interval::LENGTH, |p| diversity::brunet_w(&p.spectrum, 0.172)),
    entry!(Words, "entropy:bits", "Entropy of the words", "−Σ Vᵢ·(i/N)·log₂(i/N)", "bits", Richer, "Shannon 1948", "no word", Interval::LENGTH, |p| diversity::entropy(&p.spectrum)),
    entry!(Words, "entropy:relative", "Entropy over its highest value", "entropy / log₂ V", "0 to 1", Richer, "Shannon 1948", "fewer than two types", Interval::LENGTH, |p| diversity::relative_entropy(&p.spectrum)),
    entry!(Words, "msttr:50", "Mean segmental type–token ratio, 50 words", "mean V/50 of the ⌊N/50⌋ full segments", "", Richer, "Johnson 1944", "fewer than 50 words", Interval::NO_METHOD, |p| sequence::msttr(&p.sequence, 50)),
    entry!(Words, "mattr:50", "Moving-average type–token ratio, 50 words", "mean V/50 of all N − 49 windows", "", Richer, "Covington & McFall 2010", "fewer than 50 words", Interval::Windows(50), |p| sequence::mattr(&p.sequence, 50)),
    entry!(Words, "mattr:100", "Moving-average type–token ratio, 100 words", "mean V/100 of all N − 99 windows", "", Richer, "Covington & McFall 2010", "fewer than 100 words", Interval::Windows(100), |p| sequence::mattr(&p.sequence, 100)),
    entry!(Words, "mattr:500", "Moving-average type–token ratio, 500 words", "mean V/500 of all N − 499 windows", "", Richer, "Covington & McFall 2010", "fewer than 500 words", Interval::Windows(500), |p| sequence::mattr(&p.sequence, 500)),
    entry!(Words, "mtld:lt:nomin", "MTLD, ratio below 0.72, no least length", "mean of N/factors forwards and backwards", "words", Richer, "McCarthy & Jarvis 2010", "all words different: at least N, given as lower bound", Interval::NO_METHOD, |p| mtld::mtld(&p.sequence, FactorRule::default())),
    entry!(Words, "mtld:lt:min10", "MTLD, ratio below 0.72, factors of at least 10 words", "mean of N/factors forwards and backwards", "words", Richer, "McCarthy & Jarvis 2010; as lexical-diversity counts", "all words different: at least N, given as lower bound", Interval::NO_METHOD, |p| mtld::mtld(&p.sequence, MIN10)),
    entry!(Words, "mtld:le:nomin", "MTLD, ratio at most 0.72, no least length", "mean of N/factors forwards and backwards", "words", Richer, "McCarthy & Jarvis 2010; as lexicalrichness counts", "all words different: at least N, given as lower bound", Interval::NO_METHOD, |p| mtld::mtld(&p.sequence, AT)),
    entry!(Words, "mtld_ma:wrap", "MTLD-MA, read as a circle", "mean length of the first factor from every word", "words", Richer, "McCarthy & Jarvis 2010", "no word", Interval::NO_METHOD, |p| mtld::mtld_ma_wrap(&p.sequence, FactorRule::default())),
    entry!(Words, "mtld_ma:wrap:min10", "MTLD-MA, read as a circle, factors of at least 10 words", "mean length of the first factor from every word", "words", Richer, "McCarthy & Jarvis 2010; as lexical-diversity counts", "no word", Interval::NO_METHOD, |p| mtld::mtld_ma_wrap(&p.sequence, MIN10)),
    entry!(Words, "mtld_ma:nowrap", "MTLD-MA, complete factors only", "mean length of the first factors that complete", "words", Richer, "McCarthy & Jarvis 2010", "no factor completes", Interval::NO_METHOD, |p| mtld::mtld_ma(&p.sequence, FactorRule::default())),
    entry!(Words, "hdd:42", "HD-D, expected type–token ratio of 42 words", "Σ Vᵢ·(1 − Π_{j<42} (N − i − j)/(N − j)) / 42", "", Richer, "McCarthy & Jarvis 2007", "fewer than 42 words", Interval::Words(|spectrum, times| unseen(spectrum, times, 42)), |p| growth::hdd(&p.spectrum, 42)),
    entry!(Words, "vocd_d:exact", "vocd-D, fitted to exact expectations", "least squares of D/n·(√(1 + 2n/D) − 1) to HD-D(n), n = 35 … 50", "", Richer, "Malvern & Richards 1997; McKee et al. 2000", "fewer than 50 words, or all different", Interval::NO_METHOD, |p| growth::vocd_d(&p.spectrum)),
    entry!(Words, "expected_types:100", "Types to be expected among 100 words", "Σ Vᵢ·(1 − Π_{j<100} (N − i − j)/(N − j))", "words", Richer, "Hurlbert 1971; Baayen 2001", "fewer than 100 words", Interval::Words(|spectrum, times| unseen(spectrum, times, 100) * 100.0), |p| growth::expected_types(&p.spectrum, 100)),
    entry!(Words, "expected_types:1000", "Types to be expected among 1,000 words", "Σ Vᵢ·(1 − Π_{j<1000} (N − i − j)/(N − j))", "words", Richer, "Hurlbert 1971; Baayen 2001", "fewer than 1,000 words", Interval::Words(|spectrum, times| unseen(spectrum, times, 1000) * 1000.0), |p| growth::expected_types(&p.spectrum, 1000)),
    entry!(Words, "zipf_mandelbrot:a", "Exponent of Zipf and Mandelbrot, by maximum likelihood", "a of p(r) = C/(r + b)^a", "", More, "Mandelbrot 1953; Izsák 2006", "fewer than three types, equal counts, or no finite fit", Interval::NO_METHOD, |p| p.law().map(|law| law.a)),
    entry!(Words, "zipf_mandelbrot:b", "Shift of Zipf and Mandelbrot, by maximum likelihood", "b of p(r) = C/(r + b)^a", "ranks", More, "Mandelbrot 1953; Izsák 2006", "fewer than three types, equal counts, or no finite fit", Interval::NO_METHOD, |p| p.law().map(|law| law.b)),
    entry!(Words, "zipf_mandelbrot:divergence", "Distance of the counts from the fitted law", "Σ p̂·log₂(p̂/p)", "bits", More, "Kullback & Leibler 1951", "fewer than three types, equal counts, or no finite fit", Interval::NO_METHOD, |p| p.law().map(|law| law.divergence)),
];
