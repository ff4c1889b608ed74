//! The list of measures.

use std::borrow::Cow;

use crate::profile::{Profile, Selection, VoiceProfile};

/// What a measure gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// An exact count.
    Count(u64),
    /// A number computed from counts.
    Real(f64),
    /// Not defined for this text.
    Undefined,
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Undefined, Self::Real)
    }
}

/// A profile and the voices looked at.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The whole profile.
    pub profile: &'a Profile,
    /// The counts of the voices looked at.
    pub counts: Cow<'a, VoiceProfile>,
}

impl<'a> View<'a> {
    /// Looks at `selection` of a profile.
    pub fn new(profile: &'a Profile, selection: Selection) -> Self {
        let counts = match selection {
            Selection::Only(voice) => Cow::Borrowed(profile.voice(voice)),
            Selection::All => Cow::Owned(profile.select(selection)),
        };
        Self { profile, counts }
    }
}

/// One measure.
#[derive(Debug)]
pub struct Measure {
    /// Name of its column.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How it is computed. N tokens, V types, Vᵢ types that occur i times, S sentences of prose, x words
    /// of a sentence.
    pub formula: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// Published source, where it has one.
    pub source: &'static str,
    /// When it is not defined.
    pub undefined: &'static str,
    /// The computation.
    pub compute: fn(&View) -> Value,
}

/// `count` per 1,000 of `words`; undefined without words.
pub fn rate(count: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| count as f64 * 1000.0 / words as f64)
}

/// Every measure of a single text, in the order of the columns.
pub static MEASURES: &[Measure] = &[
    Measure {
        id: "words",
        name: "Words (tokens)",
        formula: "N",
        unit: "words",
        source: "Unicode Standard Annex #29, word boundaries",
        undefined: "",
        compute: |view| Value::Count(view.counts.words.tokens()),
    },
    Measure {
        id: "types",
        name: "Types (different words)",
        formula: "V",
        unit: "words",
        source: "",
        undefined: "",
        compute: |view| Value::Count(view.counts.words.types()),
    },
    Measure {
        id: "hapaxes",
        name: "Hapax legomena (words that occur once)",
        formula: "V₁",
        unit: "words",
        source: "",
        undefined: "",
        compute: |view| Value::Count(view.counts.words.types_occurring(1)),
    },
    Measure {
        id: "sentences",
        name: "Sentences of prose",
        formula: "S",
        unit: "sentences",
        source: "Unicode Standard Annex #29, sentence boundaries, mended for abbreviations, reported speech and note marks",
        undefined: "",
        compute: |view| Value::Count(view.counts.sentence_words.count()),
    },
    Measure {
        id: "paragraphs",
        name: "Paragraphs (blocks of prose), both voices",
        formula: "number of paragraphs, block quotations, list items and stanzas",
        unit: "paragraphs",
        source: "",
        undefined: "",
        compute: |view| Value::Count(view.profile.paragraphs),
    },
    Measure {
        id: "prose_words",
        name: "Words in prose, the base of marker rates",
        formula: "words outside headings, source lines and notes",
        unit: "words",
        source: "",
        undefined: "",
        compute: |view| Value::Count(view.counts.prose_words),
    },
    Measure {
        id: "sentence_length_mean",
        name: "Mean sentence length",
        formula: "Σx / S",
        unit: "words per sentence",
        source: "",
        undefined: "no sentence",
        compute: |view| view.counts.sentence_words.mean().into(),
    },
    Measure {
        id: "sentence_length_median",
        name: "Median sentence length",
        formula: "middle x, or the mean of the two middle ones",
        unit: "words per sentence",
        source: "",
        undefined: "no sentence",
        compute: |view| view.counts.sentence_words.median().into(),
    },
    Measure {
        id: "sentence_length_sd",
        name: "Standard deviation of sentence length (sample)",
        formula: "√((S·Σx² − (Σx)²) / (S·(S − 1)))",
        unit: "words per sentence",
        source: "",
        undefined: "fewer than two sentences",
        compute: |view| view.counts.sentence_words.standard_deviation().into(),
    },
    Measure {
        id: "word_length_mean",
        name: "Mean word length",
        formula: "characters of all words / N",
        unit: "characters per word",
        source: "",
        undefined: "no word",
        compute: |view| view.counts.word_characters.mean().into(),
    },
    Measure {
        id: "type_token_ratio",
        name: "Type–token ratio; falls as texts grow, so compare texts of equal length only",
        formula: "V / N",
        unit: "",
        source: "Johnson 1944",
        undefined: "no word",
        compute: |view| {
            let (types, tokens) = (view.counts.words.types(), view.counts.words.tokens());
            (tokens > 0).then(|| types as f64 / tokens as f64).into()
        },
    },
    Measure {
        id: "yule_k",
        name: "Yule's K, chance that two tokens drawn at random are the same word",
        formula: "10⁴ · (Σ i²·Vᵢ − N) / N²",
        unit: "",
        source: "Yule 1944",
        undefined: "no word",
        compute: |view| yule_k(&view.counts).into(),
    },
    Measure {
        id: "quoted_share",
        name: "Share of the words that are quoted",
        formula: "quoted words / words of both voices",
        unit: "0 to 1",
        source: "",
        undefined: "no word",
        compute: |view| {
            let words = view.profile.words();
            (words > 0).then(|| view.profile.quoted.words.tokens() as f64 / words as f64).into()
        },
    },
];

fn yule_k(counts: &VoiceProfile) -> Option<f64> {
    let tokens = u128::from(counts.words.tokens());
    if tokens == 0 {
        return None;
    }
    let squares: u128 = counts.words.iter().map(|(_, count)| u128::from(count) * u128::from(count)).sum();
    Some(1e4 * (squares - tokens) as f64 / (tokens as f64 * tokens as f64))
}

/// Fewer words bear no claim about style.
const FEWEST_WORDS: u64 = 100;
/// Fewer sentences bear no claim about sentence length.
const FEWEST_SENTENCES: u64 = 30;

/// Why the numbers of a text may not bear a claim: fixed names, explained in the data dictionary.
pub fn warnings(profile: &Profile) -> Vec<&'static str> {
    let words = profile.words();
    let sentences = profile.author.sentence_words.count() + profile.quoted.sentence_words.count();
    let mut warnings = Vec::new();
    if words == 0 {
        warnings.push("no_words");
    } else if words < FEWEST_WORDS {
        warnings.push("fewer_than_100_words");
    }
    if words > 0 && sentences < FEWEST_SENTENCES {
        warnings.push("fewer_than_30_sentences");
    }
    if profile.boilerplate_words > 0 {
        warnings.push("boilerplate_left_out");
    }
    warnings
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::profile::Counts;

    fn measure(id: &str, profile: &Profile) -> Value {
        let measure = MEASURES.iter().find(|measure| measure.id == id).unwrap();
        (measure.compute)(&View::new(profile, Selection::All))
    }

    #[test]
    fn every_measure_is_described_once() {
        let ids: HashSet<_> = MEASURES.iter().map(|measure| measure.id).collect();
        assert_eq!(ids.len(), MEASURES.len());
        for measure in MEASURES {
            assert!(!measure.name.is_empty() && !measure.formula.is_empty(), "{}", measure.id);
        }
    }

    #[test]
    fn nothing_is_undefined_or_zero_and_never_not_a_number() {
        for measure in MEASURES {
            match (measure.compute)(&View::new(&Profile::default(), Selection::All)) {
                Value::Real(value) => panic!("{}: {value}", measure.id),
                Value::Count(count) => assert_eq!(count, 0),
                Value::Undefined => assert!(!measure.undefined.is_empty(), "{}", measure.id),
            }
        }
    }

    #[test]
    fn yule_of_a_small_spectrum() {
        // Counts 3, 2, 1: N = 6, Σi²Vᵢ = 14, so K = 10⁴·8/36.
        let mut profile = Profile::default();
        profile.author.words = Counts::from_pairs(vec![(0, 3), (1, 2), (2, 1)]);
        assert_eq!(measure("yule_k", &profile), Value::Real(1e4 * 8.0 / 36.0));
        assert_eq!(measure("hapaxes", &profile), Value::Count(1));
        assert_eq!(measure("type_token_ratio", &profile), Value::Real(0.5));
    }

    #[test]
    fn short_texts_are_flagged() {
        let mut profile = Profile::default();
        assert_eq!(warnings(&profile), ["no_words"]);
        profile.author.words = Counts::from_pairs(vec![(0, 3)]);
        assert_eq!(warnings(&profile), ["fewer_than_100_words", "fewer_than_30_sentences"]);
    }
}
