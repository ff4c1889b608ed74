//! Measures of counts that merge: the columns of `documents.csv` and `voices.csv`.

use super::super::diversity;
use super::super::intervals::Interval;
use super::super::outcome::{Outcome, Undefined};
use super::{Basis, Direction, Measure, Needs, Passage};

/// An entry that needs counts alone.
macro_rules! counted {
    ($($entry:tt)*) => {
        Measure { needs: Needs::Counts, ..super::entry!($($entry)*) }
    };
}

fn defined(value: Option<f64>, otherwise: Undefined) -> Outcome {
    value.ok_or(otherwise)
}

fn mean_sentence(passage: &Passage) -> Outcome {
    let counts = &passage.sums.reading;
    defined((counts.sentences > 0).then(|| counts.words as f64 / counts.sentences as f64), Undefined::Empty)
}

fn sentence_deviation(passage: &Passage) -> Outcome {
    let few = if passage.sentence_lengths.count() == 0 { Undefined::Empty } else { Undefined::TooFew };
    defined(passage.sentence_lengths.standard_deviation(), few)
}

fn quoted_share(passage: &Passage) -> Outcome {
    let words = passage.words_of_text;
    defined((words > 0).then(|| passage.quoted_words as f64 / words as f64), Undefined::Empty)
}

#[rustfmt::skip]
pub(super) static MEASURES: &[Measure] = &[
    counted!(Words, "words", "Words (tokens)", "N", "words", More, "Unicode Standard Annex #29, word boundaries", "", Interval::COUNT, |p| Ok(p.spectrum.tokens() as f64)),
    counted!(Words, "types", "Types (different words)", "V", "words", More, "Herdan 1960", "", Interval::COUNT, |p| Ok(p.spectrum.types() as f64)),
    counted!(Words, "hapaxes", "Hapax legomena (words that occur once)", "V₁", "words", More, "Herdan 1960", "", Interval::COUNT, |p| Ok(p.spectrum.types_occurring(1) as f64)),
    counted!(Sentences, "sentences", "Sentences of prose", "S", "sentences", More, "Unicode Standard Annex #29, sentence boundaries, mended for abbreviations, reported speech and note marks", "", Interval::COUNT, |p| Ok(p.sums.reading.sentences as f64)),
    counted!(Words, "paragraphs", "Paragraphs (blocks of prose), both voices", "number of paragraphs, block quotations, list items and stanzas", "paragraphs", More, "rhetor, docs/segmentation.md", "", Interval::COUNT, |p| Ok(p.paragraphs as f64)),
    counted!(Words, "prose_words", "Words in prose, the base of marker rates", "words outside headings, source lines and notes", "words", More, "rhetor, docs/segmentation.md", "", Interval::COUNT, |p| Ok(p.prose_words as f64)),
    counted!(Sentences, "sentence_length:mean", "Mean sentence length", "W/S", "words per sentence", More, "Yule 1939", "no sentence", Interval::Sentences, mean_sentence),
    counted!(Sentences, "sentence_length:median", "Median sentence length", "middle x, or the mean of the two middle ones", "words per sentence", More, "Yule 1939", "no sentence", Interval::SentenceQuantile(0.5), |p| defined(p.sentence_lengths.median(), Undefined::Empty)),
    counted!(Sentences, "sentence_length:sd", "Standard deviation of sentence length (sample)", "√((S·Σx² − (Σx)²) / (S·(S − 1)))", "words per sentence", More, "Yule 1939", "fewer than two sentences", Interval::NO_METHOD, sentence_deviation),
    counted!(Words, "word_length:mean", "Mean word length", "characters of all words / N", "characters per word", More, "Mendenhall 1887", "no word", Interval::NO_METHOD, |p| defined(p.word_characters.mean(), Undefined::Empty)),
    counted!(Words, "type_token_ratio", "Type–token ratio; falls as texts grow, so compare texts of equal length only", "V / N", "", Richer, "Johnson 1944", "no word", Interval::LENGTH, |p| diversity::type_token_ratio(&p.spectrum)),
    counted!(Words, "yule_k", "Yule's K, chance that two tokens drawn at random are the same word", "10⁴·(M₂ − N) / N²", "", Poorer, "Yule 1944; Tweedie & Baayen 1998, eq. 16", "no word", Interval::Words(|spectrum, times| 2e4 * times as f64 / spectrum.tokens() as f64), |p| diversity::yule_k(&p.spectrum)),
    counted!(Words, "quoted_share", "Share of the words that are quoted", "quoted words / words of both voices", "0 to 1", More, "rhetor, docs/segmentation.md", "no word", Interval::NO_METHOD, quoted_share),
];
