//! Sentences too long, too short or too few to be true.

use super::Finding;
use super::forms::Tally;
use crate::corpus::Severity;
use crate::text::{Sentence, SentenceClass, Text, sentence_class};

/// Words above which a sentence is looked at.
const LONG: usize = 200;
/// Where words are cut into single characters, as in Chinese, a sentence holds so many times more of them.
const CHARACTERS_A_WORD: usize = 3;
/// The share of sentences of one word that is looked at, and the fewest sentences that make it one.
const ONE_WORD: f64 = 0.25;
const FEWEST_ONE_WORD: usize = 20;

/// Fewer words bear no claim about style; fewer no rate of a marker; fewer no attribution.
const WORDS: [usize; 3] = [100, 1_000, 5_000];
/// Fewer sentences bear no claim about sentence length.
const SENTENCES: usize = 30;
/// Words from which a text without a sentence mark is odd.
const UNMARKED: usize = 100;

/// What the sentences say.
pub(super) fn findings(text: &Text, tally: &Tally, findings: &mut Vec<Finding>) {
    let words = tally.words;
    let few = [
        (Severity::Warning, "words in all: too few for any claim about style"),
        (Severity::Note, "words in all: a marker at 1 per 1,000 words occurs less than once here"),
        (Severity::Note, "words in all: attributions by frequent words want 5,000 or more"),
    ];
    if let Some(step) = WORDS.iter().position(|least| words < *least) {
        let (severity, message) = few[step];
        findings.push(Finding::new("few_words", severity, words, message));
    }
    let sentences: Vec<&Sentence> = text.body_sentences().collect();
    if sentences.len() < SENTENCES {
        let message = "sentences of prose: too few for any claim about sentence length";
        findings.push(Finding::new("few_sentences", Severity::Warning, sentences.len(), message));
    }
    let marked = |sentence: &&&Sentence| {
        text.content[sentence.range.clone()].chars().rev().take(8).any(|c| {
            matches!(sentence_class(c), SentenceClass::Stop | SentenceClass::AmbiguousStop)
                || matches!(c, ';' | ':' | '…')
        })
    };
    if words >= UNMARKED && !sentences.iter().any(|sentence| marked(&sentence)) {
        let message = "words and no mark that ends a sentence. Sentences are paragraphs or lines here; trust no \
                       sentence length";
        findings.push(Finding::new("no_sentence_marks", Severity::Warning, words, message));
        return;
    }
    let characters = if tally.one_character * 2 > words { CHARACTERS_A_WORD } else { 1 };
    // The first of the longest.
    if let Some(longest) = sentences.iter().rev().max_by_key(|sentence| sentence.words())
        && longest.words() > LONG * characters
    {
        let message = "words are in one sentence, the longest. Look at it: marks or paragraphs may be missing, or \
                       it is a list or a table";
        let found = Finding::new("longest_sentence", Severity::Warning, longest.words(), message);
        findings.push(found.at(&text.content, longest.range.start));
    }
    let mut short = sentences.iter().filter(|sentence| sentence.words() == 1);
    let count = short.clone().count();
    if let Some(first) = short.next()
        && count >= FEWEST_ONE_WORD
        && count as f64 >= ONE_WORD * sentences.len() as f64
    {
        let message = "sentences have one word. They may be numbers of paragraphs, names of speakers, cells of a \
                       table, or abbreviations that were taken for sentences";
        let found = Finding::new("many_one_word_sentences", Severity::Warning, count, message);
        findings.push(found.of(sentences.len(), "sentences of prose").at(&text.content, first.range.start));
    }
}
