//! Lengths of sentences, words and paragraphs, and their rhythm.

use super::super::intervals::Interval;
use super::super::outcome::{Outcome, Undefined};
use super::super::rhythm;
use super::{Basis, Direction, Measure, Needs, Passage, entry};

fn quantile(passage: &Passage, share: f64) -> Outcome {
    rhythm::quantile_of(passage.sentence_words.clone(), share)
}

fn characters(passage: &Passage, share: f64) -> Outcome {
    rhythm::quantile_of(passage.sentence_characters(), share)
}

fn mean_characters(passage: &Passage) -> Outcome {
    match passage.sums.reading.sentences {
        0 => Err(Undefined::Empty),
        sentences => Ok(passage.sums.characters as f64 / sentences as f64),
    }
}

fn word_deviation(passage: &Passage) -> Outcome {
    let few = if passage.word_characters.count() == 0 { Undefined::Empty } else { Undefined::TooFew };
    passage.word_characters.standard_deviation().ok_or(few)
}

fn long_share(passage: &Passage) -> Outcome {
    let long: u64 =
        passage.word_characters.iter().filter(|(length, _)| *length >= 7).map(|(_, times)| times).sum();
    match passage.word_characters.count() {
        0 => Err(Undefined::Empty),
        words => Ok(long as f64 / words as f64),
    }
}

fn per_paragraph(passage: &Passage, length: fn(&(u32, u32)) -> u32) -> Outcome {
    let sum: u64 = passage.paragraph_lengths.iter().map(|paragraph| u64::from(length(paragraph))).sum();
    match passage.paragraph_lengths.len() {
        0 => Err(Undefined::Empty),
        paragraphs => Ok(sum as f64 / paragraphs as f64),
    }
}

fn median_paragraph(passage: &Passage) -> Outcome {
    rhythm::quantile_of(passage.paragraph_lengths.iter().map(|paragraph| paragraph.0).collect(), 0.5)
}

#[rustfmt::skip]
pub(super) static MEASURES: &[Measure] = &[
    entry!(Sentences, "sentence_length:q10", "Tenth percentile of sentence length", "quantile 0.1, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", Interval::SentenceQuantile(0.10), |p| quantile(p, 0.1)),
    entry!(Sentences, "sentence_length:q25", "First quartile of sentence length", "quantile 0.25, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", Interval::SentenceQuantile(0.25), |p| quantile(p, 0.25)),
    entry!(Sentences, "sentence_length:q75", "Third quartile of sentence length", "quantile 0.75, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", Interval::SentenceQuantile(0.75), |p| quantile(p, 0.75)),
    entry!(Sentences, "sentence_length:q90", "Ninetieth percentile of sentence length", "quantile 0.9, interpolated (type 7)", "words", More, "Hyndman & Fan 1996", "no sentence", Interval::SentenceQuantile(0.90), |p| quantile(p, 0.9)),
    entry!(Sentences, "sentence_length:cv", "Variation of sentence length", "sample standard deviation / mean", "", More, "Pearson 1896", "fewer than two sentences", Interval::NO_METHOD, |p| rhythm::coefficient_of_variation(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:acf1", "Autocorrelation of successive sentence lengths", "Σ (xₜ − x̄)(xₜ₊₁ − x̄) / Σ (xₜ − x̄)²", "−1 to 1", More, "Box & Jenkins 1976", "fewer than three sentences, or all equal", Interval::ORDER, |p| rhythm::autocorrelation(&p.sentence_words, 1)),
    entry!(Sentences, "sentence_rhythm:mean_step", "Mean absolute difference of successive sentence lengths", "Σ |xₜ₊₁ − xₜ| / (S − 1)", "words", More, "von Neumann et al. 1941", "fewer than two sentences", Interval::ORDER, |p| rhythm::mean_absolute_difference(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:rms_step", "Root mean square of successive differences", "√(Σ (xₜ₊₁ − xₜ)² / (S − 1))", "words", More, "von Neumann et al. 1941", "fewer than two sentences", Interval::ORDER, |p| rhythm::root_mean_square_difference(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:von_neumann", "Von Neumann's ratio; about 2 at random", "mean square of successive differences / variance", "", More, "von Neumann 1941", "fewer than two sentences, or all equal", Interval::ORDER, |p| rhythm::von_neumann_ratio(&p.sentence_words)),
    entry!(Sentences, "sentence_rhythm:npvi", "Normalised pairwise variability of sentence length", "100/(S − 1)·Σ |xₜ − xₜ₊₁| / ((xₜ + xₜ₊₁)/2)", "", More, "Grabe & Low 2002", "fewer than two sentences", Interval::ORDER, |p| rhythm::pairwise_variability(&p.sentence_words)),
    entry!(Sentences, "sentence_characters:mean", "Mean sentence length in characters, with spaces and punctuation", "characters of the sentences / S", "characters", More, "Yule 1939", "no sentence", Interval::Sentences, mean_characters),
    entry!(Sentences, "sentence_characters:q10", "Tenth percentile of sentence length in characters", "quantile 0.10, interpolated (type 7)", "characters", More, "Hyndman & Fan 1996", "no sentence", Interval::CharacterQuantile(0.10), |p| characters(p, 0.10)),
    entry!(Sentences, "sentence_characters:q25", "First quartile of sentence length in characters", "quantile 0.25, interpolated (type 7)", "characters", More, "Hyndman & Fan 1996", "no sentence", Interval::CharacterQuantile(0.25), |p| characters(p, 0.25)),
    entry!(Sentences, "sentence_characters:median", "Median of sentence length in characters", "quantile 0.50, interpolated (type 7)", "characters", More, "Hyndman & Fan 1996", "no sentence", Interval::CharacterQuantile(0.50), |p| characters(p, 0.50)),
    entry!(Sentences, "sentence_characters:q75", "Third quartile of sentence length in characters", "quantile 0.75, interpolated (type 7)", "characters", More, "Hyndman & Fan 1996", "no sentence", Interval::CharacterQuantile(0.75), |p| characters(p, 0.75)),
    entry!(Sentences, "sentence_characters:q90", "Ninetieth percentile of sentence length in characters", "quantile 0.90, interpolated (type 7)", "characters", More, "Hyndman & Fan 1996", "no sentence", Interval::CharacterQuantile(0.90), |p| characters(p, 0.90)),
    entry!(Words, "word_length:median", "Median word length", "quantile 0.5 of the characters of all words", "characters", More, "Mendenhall 1887", "no word", Interval::NO_METHOD, |p| p.word_characters.median().ok_or(Undefined::Empty)),
    entry!(Words, "word_length:sd", "Standard deviation of word length (sample)", "√((N·Σx² − (Σx)²) / (N·(N − 1))) for x characters of a word", "characters", More, "Mendenhall 1887", "fewer than two words", Interval::NO_METHOD, word_deviation),
    entry!(Words, "word_length:long_share", "Share of the words of seven or more characters", "words of seven or more characters / N", "0 to 1", More, "Björnsson 1968", "no word", Interval::NO_METHOD, long_share),
    entry!(Sentences, "paragraph_length:mean", "Mean paragraph length in words", "W/Q", "words", More, "Lewis 1894", "no paragraph", Interval::Paragraphs, |p| per_paragraph(p, |paragraph| paragraph.0)),
    entry!(Sentences, "paragraph_length:median", "Median paragraph length in words", "quantile 0.5, interpolated (type 7)", "words", More, "Lewis 1894", "no paragraph", Interval::NO_METHOD, median_paragraph),
    entry!(Sentences, "paragraph_sentences:mean", "Mean paragraph length in sentences", "S/Q", "sentences", More, "Lewis 1894", "no paragraph", Interval::Paragraphs, |p| per_paragraph(p, |paragraph| paragraph.1)),
];
