//! Measures of a single word: its frequency in a text, and its dispersion over the texts of a corpus.

use super::dispersion::{Parts, average_reduced_frequency};
use super::frequency::{per_million, zipf_value};
use super::outcome::{Outcome, Undefined};

/// A word in a text, and in the corpus that the text is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordPlaces {
    /// f, its occurrences in the text.
    pub count: u64,
    /// N, the words of the text.
    pub tokens: u64,
    /// Where it stands in the text, in words from 0.
    pub positions: Vec<u64>,
    /// vᵢ, its occurrences in each text of the corpus.
    pub hits: Vec<u64>,
    /// Wᵢ, the words of each text of the corpus.
    pub sizes: Vec<u64>,
}

/// A measure of a word.
#[derive(Debug)]
pub struct WordMeasure {
    /// Its name, with the variant after colons.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// Published source.
    pub source: &'static str,
    /// When it is not defined.
    pub undefined: &'static str,
    /// Whether it is computed over the texts of the corpus.
    pub of_corpus: bool,
    /// The computation.
    pub compute: fn(&WordPlaces) -> Outcome,
}

fn dispersed(places: &WordPlaces, measure: impl Fn(&Parts) -> f64) -> Outcome {
    Parts::new(&places.hits, &places.sizes).map(|parts| measure(&parts))
}

macro_rules! entry {
    ($of_corpus:literal, $id:literal, $name:literal, $formula:literal, $unit:literal, $source:literal,
     $undefined:literal, $compute:expr) => {
        WordMeasure {
            id: $id,
            name: $name,
            formula: $formula,
            unit: $unit,
            source: $source,
            undefined: $undefined,
            of_corpus: $of_corpus,
            compute: $compute,
        }
    };
}

/// Every measure of a word. f occurrences among N words of the text; vᵢ occurrences among Wᵢ words of the text i of
/// k, wᵢ = Wᵢ/ΣW, tᵢ = vᵢ/Σv, ρᵢ the share of the rate vᵢ/Wᵢ in the sum of all.
#[rustfmt::skip]
pub static WORD_MEASURES: &[WordMeasure] = &[
    entry!(false, "word:frequency", "Occurrences of a word in the text", "f", "words", "Unicode Standard Annex #29", "", |w| Ok(w.count as f64)),
    entry!(false, "word:per_million", "Occurrences per million words", "10⁶·f/N", "per million words", "McEnery & Hardie 2012", "no word", |w| per_million(w.count, w.tokens)),
    entry!(false, "word:zipf", "Zipf value", "log₁₀(10⁶·f/N) + 3", "", "van Heuven et al. 2014", "no word, or the word does not occur", |w| zipf_value(w.count, w.tokens)),
    entry!(false, "word:arf", "Average reduced frequency in the text; from 1 for a clump to f", "(1/u)·Σ min(dᵢ, u), u = N/f, dᵢ distances on the circle", "words", "Savický & Hlaváčová 2002", "the word does not occur", |w| average_reduced_frequency(&w.positions, w.tokens)),
    entry!(true, "word:range", "Texts that hold the word", "number of texts with vᵢ > 0", "texts", "Unicode Standard Annex #29", "fewer than two texts, or the word does not occur", |w| dispersed(w, |parts| parts.range() as f64)),
    entry!(true, "word:dp", "Gries' deviation of proportions; 0 is even", "½·Σ |tᵢ − wᵢ|", "0 to 1", "Gries 2008", "fewer than two texts, or the word does not occur", |w| dispersed(w, Parts::dp)),
    entry!(true, "word:dp_norm", "The same, over its highest value; 0 is even", "DP / (1 − min wᵢ)", "0 to 1", "Lijffijt & Gries 2012", "fewer than two texts, or the word does not occur", |w| dispersed(w, Parts::dp_norm)),
    entry!(true, "word:juilland_d", "Juilland's D of the rates; 1 is even", "1 − (σ/mean of the rates)/√(k − 1), σ of the population", "", "Juilland & Chang-Rodríguez 1964", "fewer than two texts, or the word does not occur", |w| dispersed(w, Parts::juilland_d)),
    entry!(true, "word:carroll_d2", "Carroll's D₂ of the rates; 1 is even", "−Σ ρᵢ·ln ρᵢ / ln k", "0 to 1", "Carroll 1970", "fewer than two texts, or the word does not occur", |w| dispersed(w, Parts::carroll_d2)),
    entry!(true, "word:rosengren_s", "Rosengren's S; 1 is even", "(Σ √(wᵢ·vᵢ))² / Σv", "0 to 1", "Rosengren 1971", "fewer than two texts, or the word does not occur", |w| dispersed(w, Parts::rosengren_s)),
    entry!(true, "word:kld", "Divergence from the sizes of the texts; 0 is even", "Σ tᵢ·log₂(tᵢ/wᵢ)", "bits", "Gries 2020", "fewer than two texts, or the word does not occur", |w| dispersed(w, Parts::kld)),
];

/// The measure of a word with this id.
pub fn word_measure(id: &str) -> Option<&'static WordMeasure> {
    WORD_MEASURES.iter().find(|measure| measure.id == id)
}

impl WordPlaces {
    /// Why no measure is defined, if none is.
    pub fn absent(&self) -> Option<Undefined> {
        self.hits.iter().all(|hits| *hits == 0).then_some(Undefined::Absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_two_texts() {
        let places = WordPlaces {
            count: 2,
            tokens: 100,
            positions: vec![0, 50],
            hits: vec![2, 2],
            sizes: vec![100, 100],
        };
        for measure in WORD_MEASURES {
            assert!(!measure.formula.is_empty() && !measure.source.is_empty(), "{}", measure.id);
            let value = (measure.compute)(&places).unwrap();
            assert!(value.is_finite(), "{}", measure.id);
            let empty = (measure.compute)(&WordPlaces::default());
            assert_eq!(empty.is_ok(), measure.undefined.is_empty(), "{}", measure.id);
        }
        let value = |id| (word_measure(id).unwrap().compute)(&places);
        assert_eq!(value("word:per_million"), Ok(20_000.0));
        assert_eq!((value("word:dp"), value("word:arf")), (Ok(0.0), Ok(2.0)));
        assert_eq!(WordPlaces::default().absent(), Some(Undefined::Absent));
    }
}
