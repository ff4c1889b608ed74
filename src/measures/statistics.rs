//! The statistics of `measures.csv`: each variant one entry, found by its id.

use std::cell::OnceCell;

use super::diversity::{self, Base};
use super::growth::{self, ZipfMandelbrot};
use super::outcome::{Flag, Outcome, Undefined};
use super::readability::{self, ReadingCounts};
use super::resample::Bootstrap;
use super::rhythm;
use super::sequence::{self, FactorRule, Sequence};
use super::spectrum::Spectrum;

/// A text, or one voice of it, as the statistics need it.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The counted words in their order, equal where their keys are.
    pub sequence: Sequence,
    /// Their frequencies.
    pub spectrum: Spectrum,
    /// Words of each sentence of prose, in the order of the text.
    pub sentence_words: Vec<u32>,
    /// Counts over the sentences of prose.
    pub reading: ReadingCounts,
    /// Whether the rule of syllables is one for the language of the text.
    pub has_syllables: bool,
    /// The law of Zipf and Mandelbrot, once fitted: three statistics share the fit.
    pub zipf_mandelbrot: OnceCell<Result<ZipfMandelbrot, Undefined>>,
}

/// Computes the lower and upper bound of a value.
pub type Interval = fn(&Passage) -> Result<(f64, f64), Undefined>;

/// What a statistic rests on: it decides its n and its flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The words counted; flagged below 100.
    Words,
    /// The sentences of prose; flagged below 30.
    Sentences,
}

/// What a greater value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A richer vocabulary.
    Richer,
    /// A poorer, more repetitive vocabulary.
    Poorer,
    /// A text that is harder to read.
    Harder,
    /// A text that is easier to read.
    Easier,
    /// Neither better nor worse; the name says what.
    More,
}

impl Direction {
    /// What is said of a greater value.
    pub fn name(self) -> &'static str {
        match self {
            Self::Richer => "greater is richer",
            Self::Poorer => "greater is more repetitive",
            Self::Harder => "greater is harder to read",
            Self::Easier => "greater is easier to read",
            Self::More => "greater is more",
        }
    }
}

/// One statistic in one variant.
#[derive(Debug)]
pub struct Statistic {
    /// Its name in tables, with the variant after colons.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// What a greater value means.
    pub direction: Direction,
    /// Published source.
    pub source: &'static str,
    /// When it is not defined.
    pub undefined: &'static str,
    /// What it rests on.
    pub basis: Basis,
    /// The computation.
    pub compute: fn(&Passage) -> Outcome,
    /// Bounds of a 95 % interval, where one is computed.
    pub interval: Option<Interval>,
}

impl Statistic {
    /// Number of words or sentences it rests on.
    pub fn n(&self, passage: &Passage) -> u64 {
        match self.basis {
            Basis::Words => passage.spectrum.tokens(),
            Basis::Sentences => passage.sentence_words.len() as u64,
        }
    }

    /// Why its value may bear no claim.
    pub fn flag(&self, passage: &Passage) -> Option<Flag> {
        match self.basis {
            Basis::Words => passage.spectrum.flag(),
            Basis::Sentences => (self.n(passage) < 30).then_some(Flag::FewSentences),
        }
    }
}

/// The statistic with this id.
pub fn statistic(id: &str) -> Option<&'static Statistic> {
    STATISTICS.iter().find(|statistic| statistic.id == id)
}

const MIN10: FactorRule = FactorRule { threshold: (72, 100), at_threshold: false, shortest: 10 };
const AT: FactorRule = FactorRule { threshold: (72, 100), at_threshold: true, shortest: 1 };

/// An entry on words or sentences.
macro_rules! entry {
    ($basis:ident, $id:literal, $name:literal, $formula:literal, $unit:literal, $direction:ident, $source:literal,
     $undefined:literal, $compute:expr) => {
        Statistic {
            id: $id,
            name: $name,
            formula: $formula,
            unit: $unit,
            direction: Direction::$direction,
            source: $source,
            undefined: $undefined,
            basis: Basis::$basis,
            compute: $compute,
            interval: None,
        }
    };
}

fn quantile(passage: &Passage, share: f64) -> Outcome {
    let mut sorted: Vec<f64> = passage.sentence_words.iter().map(|words| f64::from(*words)).collect();
    sorted.sort_by(f64::total_cmp);
    rhythm::quantile(&sorted, share)
}

fn mean_sentence(passage: &Passage) -> Outcome {
    let sum: u64 = passage.sentence_words.iter().map(|words| u64::from(*words)).sum();
    match passage.sentence_words.len() {
        0 => Err(Undefined::Empty),
        sentences => Ok(sum as f64 / sentences as f64),
    }
}

fn mean_sentence_interval(passage: &Passage) -> Result<(f64, f64), Undefined> {
    let units: Vec<(u64, u64)> = passage.sentence_words.iter().map(|words| (u64::from(*words), 1)).collect();
    Bootstrap::default().ratio(&units)
}

fn law(passage: &Passage) -> Result<ZipfMandelbrot, Undefined> {
    *passage.zipf_mandelbrot.get_or_init(|| growth::zipf_mandelbrot(&passage.spectrum))
}

/// A formula that needs syllables.
fn with_syllables(passage: &Passage, formula: fn(&ReadingCounts) -> Outcome) -> Outcome {
    if passage.has_syllables { formula(&passage.reading) } else { Err(Undefined::NoSyllableRule) }
}

/// A count that scores rest on.
fn reading_count(passage: &Passage, count: fn(&ReadingCounts) -> u64) -> Outcome {
    Ok(count(&passage.reading) as f64)
}

/// Every statistic of a single text, in the order of the rows. N tokens, V types, Vᵢ types that occur i times,
/// M₂ = Σ i²·Vᵢ; S sentences of prose and W the words in them, Y syllables, L letters and digits, P words of
/// three or more syllables, M of one, G words of seven or more letters; xₜ words of the sentence t.
#[rustfmt::skip]
pub static STATISTICS: &[Statistic] = &[
    entry!(Words, "tokens", "Words (tokens)", "N", "words", More, "Unicode Standard Annex #29", "", |p| Ok(p.spectrum.tokens() as f64)),
    entry!(Words, "types", "Types (different words)", "V", "words", More, "Herdan 1960", "", |p| Ok(p.spectrum.types() as f64)),
    entry!(Words, "hapaxes", "Hapax legomena", "V₁", "words", More, "Herdan 1960", "", |p| Ok(p.spectrum.types_occurring(1) as f64)),
    entry!(Words, "hapax_share", "Share of the types that occur once", "V₁ / V", "", Richer, "Baayen 2001", "no word", |p| diversity::hapax_share(&p.spectrum)),
    entry!(Words, "ttr", "Type–token ratio; falls as texts grow", "V / N", "", Richer, "Johnson 1944", "no word", |p| diversity::type_token_ratio(&p.spectrum)),
    entry!(Words, "guiraud_r", "Guiraud's R", "V / √N", "", Richer, "Guiraud 1954", "no word", |p| diversity::guiraud_r(&p.spectrum)),
    entry!(Words, "cttr", "Corrected type–token ratio", "V / √(2N)", "", Richer, "Carroll 1964", "no word", |p| diversity::carroll_cttr(&p.spectrum)),
    entry!(Words, "herdan_c", "Herdan's C", "ln V / ln N", "", Richer, "Herdan 1960", "fewer than two words", |p| diversity::herdan_c(&p.spectrum)),
    entry!(Words, "somers_s:ln", "Somers' S, to base e", "ln ln V / ln ln N", "", Richer, "Somers 1966", "ln V ≤ 0", |p| diversity::somers_s(&p.spectrum, Base::E)),
    entry!(Words, "maas_a2:ln", "Maas' a², to base e", "(ln N − ln V) / (ln N)²", "", Poorer, "Maas 1972", "fewer than two words", |p| diversity::maas_a2(&p.spectrum, Base::E)),
    entry!(Words, "maas_a2:log10", "Maas' a², to base 10", "(log₁₀ N − log₁₀ V) / (log₁₀ N)²", "", Poorer, "Maas 1972", "fewer than two words", |p| diversity::maas_a2(&p.spectrum, Base::Ten)),
    entry!(Words, "maas_log_v0:log10", "Maas' log V₀, to base 10", "log₁₀ V / √(1 − (log V / log N)²)", "", Richer, "Maas 1972", "fewer than two words, or all different", |p| diversity::maas_log_v0(&p.spectrum, Base::Ten)),
    entry!(Words, "dugast_u:ln", "Dugast's U, to base e", "(ln N)² / (ln N − ln V)", "", Richer, "Dugast 1978", "fewer than two words, or all different", |p| diversity::dugast_u(&p.spectrum, Base::E)),
    entry!(Words, "dugast_u:log10", "Dugast's U, to base 10", "(log₁₀ N)² / (log₁₀ N − log₁₀ V)", "", Richer, "Dugast 1978", "fewer than two words, or all different", |p| diversity::dugast_u(&p.spectrum, Base::Ten)),
    entry!(Words, "dugast_k", "Dugast's k", "ln V / ln ln N", "", Richer, "Dugast 1979", "fewer than three words", |p| diversity::dugast_k(&p.spectrum)),
    entry!(Words, "tuldava_ln", "Tuldava's LN", "(1 − V²) / (V²·ln N)", "", Richer, "Tuldava 1977", "fewer than two words", |p| diversity::tuldava_ln(&p.spectrum)),
    entry!(Words, "yule_k", "Yule's K", "10⁴·(M₂ − N) / N²", "", Poorer, "Yule 1944; Tweedie & Baayen 1998, eq. 16", "no word", |p| diversity::yule_k(&p.spectrum)),
    entry!(Words, "yule_i:types", "Yule's I, by types", "V² / (M₂ − V)", "", Richer, "Yule 1944", "all words different", |p| diversity::yule_i_types(&p.spectrum)),
    entry!(Words, "yule_i:tokens", "Yule's I, by tokens", "N² / (M₂ − N)", "", Richer, "Williams 1970", "all words different", |p| diversity::yule_i_tokens(&p.spectrum)),
    entry!(Words, "simpson_d", "Simpson's D", "Σ Vᵢ·i(i − 1) / (N(N − 1))", "", Poorer, "Simpson 1949", "fewer than two words", |p| diversity::simpson_d(&p.spectrum)),
    entry!(Words, "herdan_vm", "Herdan's V_m", "√(M₂/N² − 1/V)", "", Poorer, "Herdan 1955", "no word", |p| diversity::herdan_vm(&p.spectrum)),
    entry!(Words, "honore_h:ln", "Honoré's H, to base e", "100·ln N / (1 − V₁/V)", "", Richer, "Honoré 1979", "every word occurs once", |p| diversity::honore_h(&p.spectrum, Base::E)),
    entry!(Words, "sichel_s", "Sichel's S", "V₂ / V", "", More, "Sichel 1975", "no word", |p| diversity::sichel_s(&p.spectrum)),
    entry!(Words, "michea_m", "Michéa's M", "V / V₂", "", More, "Michéa 1969", "no word occurs twice", |p| diversity::michea_m(&p.spectrum)),
    entry!(Words, "brunet_w:0.172", "Brunet's W, a = 0.172", "N^(V^−0.172)", "", Poorer, "Brunet 1978", "no word", |p| diversity::brunet_w(&p.spectrum, 0.172)),
    entry!(Words, "entropy:bits", "Entropy of the words", "−Σ Vᵢ·(i/N)·log₂(i/N)", "bits", Richer, "Shannon 1948", "no word", |p| diversity::entropy(&p.spectrum)),
    entry!(Words, "entropy:relative", "Entropy over its highest value", "entropy / log₂ V", "0 to 1", Richer, "Shannon 1948", "fewer than two types", |p| diversity::relative_entropy(&p.spectrum)),
    entry!(Words, "msttr:50", "Mean segmental type–token ratio, 50 words", "mean V/50 of the ⌊N/50⌋ full segments", "", Richer, "Johnson 1944", "fewer than 50 words", |p| sequence::msttr(&p.sequence, 50)),
    entry!(Words, "mattr:50", "Moving-average type–token ratio, 50 words", "mean V/50 of all N − 49 windows", "", Richer, "Covington & McFall 2010", "fewer than 50 words", |p| sequence::mattr(&p.sequence, 50)),
    entry!(Words, "mattr:100", "Moving-average type–token ratio, 100 words", "mean V/100 of all N − 99 windows", "", Richer, "Covington & McFall 2010", "fewer than 100 words", |p| sequence::mattr(&p.sequence, 100)),
    entry!(Words, "mattr:500", "Moving-average type–token ratio, 500 words", "mean V/500 of all N − 499 windows", "", Richer, "Covington & McFall 2010", "fewer than 500 words", |p| sequence::mattr(&p.sequence, 500)),
    entry!(Words, "mtld:lt:nomin", "MTLD, ratio below 0.72, no least length", "mean of N/factors forwards and backwards", "words", Richer, "McCarthy & Jarvis 2010", "all words different: at least N, given as lower bound", |p| sequence::mtld(&p.sequence, FactorRule::default())),
    entry!(Words, "mtld:lt:min10", "MTLD, ratio below 0.72, factors of at least 10 words", "mean of N/factors forwards and backwards", "words", Richer, "McCarthy & Jarvis 2010; as lexical-diversity counts", "all words different: at least N, given as lower bound", |p| sequence::mtld(&p.sequence, MIN10)),
    entry!(Words, "mtld:le:nomin", "MTLD, ratio at most 0.72, no least length", "mean of N/factors forwards and backwards", "words", Richer, "McCarthy & Jarvis 2010; as lexicalrichness counts", "all words different: at least N, given as lower bound", |p| sequence::mtld(&p.sequence, AT)),
    entry!(Words, "mtld_ma:wrap", "MTLD-MA, read as a circle", "mean length of the first factor from every word", "words", Richer, "McCarthy & Jarvis 2010", "no word", |p| sequence::mtld_ma_wrap(&p.sequence, FactorRule::default())),
    entry!(Words, "mtld_ma:wrap:min10", "MTLD-MA, read as a circle, factors of at least 10 words", "mean length of the first factor from every word", "words", Richer, "McCarthy & Jarvis 2010; as lexical-diversity counts", "no word", |p| sequence::mtld_ma_wrap(&p.sequence, MIN10)),
    entry!(Words, "mtld_ma:nowrap", "MTLD-MA, complete factors only", "mean length of the first factors that complete", "words", Richer, "McCarthy & Jarvis 2010", "no factor completes", |p| sequence::mtld_ma(&p.sequence, FactorRule::default())),
    entry!(Words, "hdd:42", "HD-D, expected type–token ratio of 42 words", "Σ Vᵢ·(1 − Π_{j<42} (N − i − j)/(N − j)) / 42", "", Richer, "McCarthy & Jarvis 2007", "fewer than 42 words", |p| growth::hdd(&p.spectrum, 42)),
    entry!(Words, "vocd_d:exact", "vocd-D, fitted to exact expectations", "least squares of D/n·(√(1 + 2n/D) − 1) to HD-D(n), n = 35 … 50", "", Richer, "Malvern & Richards 1997; McKee et al. 2000", "fewer than 50 words, or all different", |p| growth::vocd_d(&p.spectrum)),
    entry!(Words, "expected_types:100", "Types to be expected among 100 words", "Σ Vᵢ·(1 − Π_{j<100} (N − i − j)/(N − j))", "words", Richer, "Hurlbert 1971; Baayen 2001", "fewer than 100 words", |p| growth::expected_types(&p.spectrum, 100)),
    entry!(Words, "expected_types:1000", "Types to be expected among 1,000 words", "Σ Vᵢ·(1 − Π_{j<1000} (N − i − j)/(N − j))", "words", Richer, "Hurlbert 1971; Baayen 2001", "fewer than 1,000 words", |p| growth::expected_types(&p.spectrum, 1000)),
    entry!(Words, "zipf_mandelbrot:a", "Exponent of Zipf and Mandelbrot, by maximum likelihood", "a of p(r) = C/(r + b)^a", "", More, "Mandelbrot 1953; Izsák 2006", "fewer than three types, equal counts, or no finite fit", |p| law(p).map(|law| law.a)),
    entry!(Words, "zipf_mandelbrot:b", "Shift of Zipf and Mandelbrot, by maximum likelihood", "b of p(r) = C/(r + b)^a", "ranks", More, "Mandelbrot 1953; Izsák 2006", "fewer than three types, equal counts, or no finite fit", |p| law(p).map(|law| law.b)),
    entry!(Words, "zipf_mandelbrot:divergence", "Distance of the counts from the fitted law", "Σ p̂·log₂(p̂/p)", "bits", More, "Kullback & Leibler 1951", "fewer than three types, equal counts, or no finite fit", |p| law(p).map(|law| law.divergence)),
    Statistic { interval: Some(mean_sentence_interval), ..entry!(Sentences, "sentence_length:mean", "Mean sentence length; interval by bootstrap over sentences", "Σxₜ / S", "words", More, "Yule 1939", "no sentence", mean_sentence) },
    entry!(Sentences, "sentence_length:q10", "Tenth percentile of sentence length", "quantile 0.1, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", |p| quantile(p, 0.1)),
    entry!(Sentences, "sentence_length:q25", "First quartile of sentence length", "quantile 0.25, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", |p| quantile(p, 0.25)),
    entry!(Sentences, "sentence_length:q50", "Median of sentence length", "quantile 0.5", "words", More, "Hyndman & Fan 1996", "no sentence", |p| quantile(p, 0.5)),
    entry!(Sentences, "sentence_length:q75", "Third quartile of sentence length", "quantile 0.75, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", |p| quantile(p, 0.75)),
    entry!(Sentences, "sentence_length:q90", "Ninetieth percentile of sentence length", "quantile 0.9, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", |p| quantile(p, 0.9)),
    entry!(Sentences, "sentence_length:cv", "Variation of sentence length", "sample standard deviation / mean", "", More, "Pearson 1896", "fewer than two sentences", |p| rhythm::coefficient_of_variation(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:acf1", "Autocorrelation of successive sentence lengths", "Σ (xₜ − x̄)(xₜ₊₁ − x̄) / Σ (xₜ − x̄)²", "−1 to 1", More, "Box & Jenkins 1976", "fewer than three sentences, or all equal", |p| rhythm::autocorrelation(&p.sentence_words, 1)),
    entry!(Sentences, "sentence_rhythm:mean_step", "Mean absolute difference of successive sentence lengths", "Σ |xₜ₊₁ − xₜ| / (S − 1)", "words", More, "von Neumann et al. 1941", "fewer than two sentences", |p| rhythm::mean_absolute_difference(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:rms_step", "Root mean square of successive differences", "√(Σ (xₜ₊₁ − xₜ)² / (S − 1))", "words", More, "von Neumann et al. 1941", "fewer than two sentences", |p| rhythm::root_mean_square_difference(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:von_neumann", "Von Neumann's ratio; about 2 at random", "mean square of successive differences / variance", "", More, "von Neumann 1941", "fewer than two sentences, or all equal", |p| rhythm::von_neumann_ratio(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:npvi", "Normalised pairwise variability of sentence length", "100/(S − 1)·Σ |xₜ − xₜ₊₁| / ((xₜ + xₜ₊₁)/2)", "", More, "Grabe & Low 2002", "fewer than two sentences", |p| rhythm::pairwise_variability(&p.sentence_words)),
    entry!(Sentences, "reading:words", "Words in sentences of prose", "W", "words", More, "input of the scores of readability", "", |p| reading_count(p, |counts| counts.words)),
    entry!(Sentences, "reading:sentences", "Sentences of prose", "S", "sentences", More, "input of the scores of readability", "", |p| reading_count(p, |counts| counts.sentences)),
    entry!(Sentences, "reading:letters", "Letters and digits", "L", "characters", More, "input of the scores of readability", "", |p| reading_count(p, |counts| counts.letters)),
    entry!(Sentences, "reading:long_words", "Words of seven or more letters", "G", "words", More, "input of the scores of readability", "", |p| reading_count(p, |counts| counts.long_words)),
    entry!(Sentences, "reading:syllables:rule", "Syllables, by spelling", "Y", "syllables", More, "input of the scores of readability", "another language than English", |p| with_syllables(p, |counts| Ok(counts.syllables as f64))),
    entry!(Sentences, "reading:polysyllables:rule", "Words of three or more syllables, by spelling", "P", "words", More, "input of the scores of readability", "another language than English", |p| with_syllables(p, |counts| Ok(counts.polysyllables as f64))),
    entry!(Sentences, "reading:monosyllables:rule", "Words of one syllable, by spelling", "M", "words", More, "input of the scores of readability", "another language than English", |p| with_syllables(p, |counts| Ok(counts.monosyllables as f64))),
    entry!(Sentences, "flesch_reading_ease", "Flesch reading ease", "206.835 − 1.015·W/S − 84.6·Y/W", "", Easier, "Flesch 1948", "no sentence, or another language than English", |p| with_syllables(p, readability::flesch_reading_ease)),
    entry!(Sentences, "flesch_kincaid_grade", "Flesch–Kincaid grade", "0.39·W/S + 11.8·Y/W − 15.59", "school years", Harder, "Kincaid et al. 1975", "no sentence, or another language than English", |p| with_syllables(p, readability::flesch_kincaid_grade)),
    entry!(Sentences, "gunning_fog:polysyllables", "Gunning's Fog, all words of three or more syllables hard", "0.4·(W/S + 100·P/W)", "school years", Harder, "Gunning 1952", "no sentence, or another language than English", |p| with_syllables(p, readability::gunning_fog)),
    entry!(Sentences, "smog", "SMOG", "3.1291 + 1.0430·√(30·P/S)", "school years", Harder, "McLaughlin 1969", "no sentence, or another language than English", |p| with_syllables(p, readability::smog)),
    entry!(Sentences, "forcast:whole_text", "FORCAST, of the whole text", "20 − 15·M/W", "school years", Harder, "Caylor & Sticht 1973", "no sentence, or another language than English", |p| with_syllables(p, readability::forcast)),
    entry!(Sentences, "linsear_write:whole_text", "Linsear Write, of the whole text", "r = (W − P + 3P)/S; r/2 above 20, else (r − 2)/2", "school years", Harder, "in common use, first source unclear", "no sentence, or another language than English", |p| with_syllables(p, readability::linsear_write)),
    entry!(Sentences, "ari", "Automated readability index", "4.71·L/W + 0.5·W/S − 21.43", "school years", Harder, "Smith & Senter 1967", "no sentence", |p| readability::automated_readability_index(&p.reading)),
    entry!(Sentences, "coleman_liau:rounded", "Coleman–Liau grade, rounded constants", "0.0588·(100·L/W) − 0.296·(100·S/W) − 15.8", "school years", Harder, "Coleman & Liau 1975", "no sentence", |p| readability::coleman_liau(&p.reading)),
    entry!(Sentences, "coleman_liau:cloze", "Coleman–Liau estimated cloze percentage", "141.8401 − 0.21459·(100·L/W) + 1.079812·(100·S/W)", "per cent", Easier, "Coleman & Liau 1975", "no sentence", |p| readability::coleman_liau_cloze(&p.reading)),
    entry!(Sentences, "lix", "LIX", "W/S + 100·G/W", "", Harder, "Björnsson 1968", "no sentence", |p| readability::lix(&p.reading)),
    entry!(Sentences, "rix", "RIX", "G/S", "long words per sentence", Harder, "Anderson 1983", "no sentence", |p| readability::rix(&p.reading)),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_statistic_is_described_once_and_undefined_or_finite() {
        let ids: HashSet<_> = STATISTICS.iter().map(|statistic| statistic.id).collect();
        assert_eq!(ids.len(), STATISTICS.len());
        let sequence = Sequence::new((0..400_u32).map(|at| at * at % 101).chain([500, 500]));
        let reading =
            ReadingCounts { words: 400, sentences: 40, syllables: 600, letters: 1800, ..Default::default() };
        let full = Passage {
            spectrum: sequence.spectrum(),
            sequence,
            sentence_words: (0..40).map(|at| 5 + at * 7 % 11).collect(),
            reading,
            has_syllables: true,
            ..Passage::default()
        };
        for statistic in STATISTICS {
            let Statistic { id, name, formula, source, undefined, .. } = statistic;
            assert!(!name.is_empty() && !formula.is_empty() && !source.is_empty(), "{id}");
            assert!(
                id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:.".contains(c)),
                "{id}"
            );
            let empty = (statistic.compute)(&Passage::default());
            assert!(
                empty == Ok(0.0) && undefined.is_empty() || empty.is_err() && !undefined.is_empty(),
                "{id}"
            );
            let long = ["mattr:500", "expected_types:1000"].contains(id);
            match (statistic.compute)(&full) {
                Ok(value) => assert!(value.is_finite() && !long, "{id}"),
                Err(reason) => assert!(long, "{id}: {reason:?}"),
            }
            if let Some(interval) = statistic.interval {
                let ((low, high), value) = (interval(&full).unwrap(), (statistic.compute)(&full).unwrap());
                assert!(low < value && value < high, "{id}");
            }
        }
        assert!(statistic("mtld:lt:nomin").is_some() && statistic("mtld").is_none());
    }
}
