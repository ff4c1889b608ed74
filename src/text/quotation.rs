//! What a stretch between quotation marks is: quotation, scare quotes, title or term.
//!
//! Length decides most cases (Leech & Short's quotations are clauses, scare quotes a word or two); what
//! stands in and around the stretch decides the rest: a reporting verb near it, a verb or a speaker inside
//! it, final marks, a colon before it.

use std::cell::LazyCell;
use std::ops::Range;

use super::blocks::is_dash;
use super::language::{Language, in_word, words};
use super::pairing::is_quotation_mark;
use super::voices::SegmentKind;
use super::words::is_unspaced;
use crate::text::unicode::is_alphanumeric;

/// Words beyond which a stretch is a quotation, unless it is a title.
const SHORT_QUOTATION: usize = 5;

/// A script without spaces has about a word in two characters.
const CHARACTERS_A_WORD: usize = 2;

/// What the marked stretch `span` of a paragraph is.
pub(super) fn classify(
    text: &str,
    paragraph: &Range<usize>,
    span: &Range<usize>,
    dialogue: bool,
    language: &Language,
) -> SegmentKind {
    let marked = &text[span.clone()];
    let inside = marked.trim_matches(|c: char| is_quotation_mark(c) || c.is_whitespace());
    if marked.starts_with(['《', '〈']) {
        return SegmentKind::Title;
    }
    let inner: Vec<&str> = words(inside).take(SHORT_QUOTATION + 1).collect();
    let count = if inner.len() <= SHORT_QUOTATION { length(inside, inner.len()) } else { inner.len() };
    let before = text[paragraph.start..span.start].trim_end();
    let after = &text[span.end..paragraph.end];
    // Length decides most cases, so the neighbourhood is looked at late.
    let preceding = LazyCell::new(|| words(tail_of(before)).collect::<Vec<&str>>());
    let near = |reach: usize| preceding.iter().rev().take(reach);
    let reported = LazyCell::new(|| {
        near(5).any(|word| language.is_reporting(word))
            || words(head_of(after)).take(4).any(|word| language.is_reporting(word))
    });
    let speaker = LazyCell::new(|| inner.iter().any(|word| language.is_speaker(word)));
    let finite = LazyCell::new(|| inner.iter().any(|word| language.is_finite(word)));
    let capitals = inner.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    if inner.len() >= 2
        && capitals * 5 >= inner.len() * 3
        && near(3).any(|word| language.is_title_cue(word))
        && !*speaker
    {
        return SegmentKind::Title;
    }
    if is_title(inside, true) && is_title(inside, !dialogue && !*reported) && !*speaker {
        return SegmentKind::Title;
    }
    if count > SHORT_QUOTATION {
        return SegmentKind::Quotation;
    }
    let mentioned = near(1).any(|word| language.is_term_cue(word))
        || near(2).skip(1).any(|word| language.is_term_cue(word) && !language.is_reporting(word));
    if mentioned && !*speaker && !(*finite && count > 3) {
        return SegmentKind::Term;
    }
    let whole = before.is_empty() && after.chars().all(|c| !is_alphanumeric(c));
    let capital = inner.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    // A stop or comma is put inside the marks of any stretch in American use; what it ends must look
    // like a sentence.
    let stopped = inside.ends_with(['!', '?', '—', '…', '。', '！', '？', '؟'])
        || inside.ends_with("--")
        || (inside.ends_with('.') && (capital || *reported));
    let name = capitals == inner.len() && count <= 2 && !dialogue;
    let mut score = 0;
    score += 2 * i32::from(*reported);
    score += 2 * i32::from(stopped && !(name && inside.ends_with('.')));
    score += i32::from(inside.ends_with(','));
    score += i32::from(before.ends_with([':', ',', '：', '，']));
    score += i32::from(before.is_empty());
    score += 2 * i32::from(whole);
    score += i32::from(capital);
    score += 2 * i32::from(*speaker);
    score += 2 * i32::from(*finite);
    score += i32::from(count >= 4);
    if score >= 3 { SegmentKind::Quotation } else { SegmentKind::ScareQuotes }
}

/// Speech goes on after a reporting clause: “It is,” said she, “too late.”
pub(super) fn resumes(text: &str, speech: &Range<usize>, span: &Range<usize>, language: &Language) -> bool {
    const LONGEST_CLAUSE: usize = 100;
    let between = &text[speech.end..span.start];
    let broken_off = text[speech.clone()]
        .trim_end_matches(is_quotation_mark)
        .ends_with(|c: char| matches!(c, ',' | ';') || is_dash(c) || is_alphanumeric(c));
    broken_off
        && between.len() <= LONGEST_CLAUSE
        && !between.contains(['.', '!', '?'])
        && words(between).any(|word| language.is_reporting(word))
}

/// Number of words; for a script that does not part them, by the number of letters.
fn length(inside: &str, words: usize) -> usize {
    const LONGEST: usize = 64;
    let letters = inside.chars().take(LONGEST).filter(|c| is_unspaced(*c)).count();
    words.max(letters.div_ceil(CHARACTERS_A_WORD))
}

/// Every word of four letters and more has a capital, and no comma or mark of feeling ends it: a title of
/// some length. A full stop may end it where `stop` says so, as in a bibliography.
fn is_title(inside: &str, stop: bool) -> bool {
    const LONGEST_TITLE: usize = 20;
    let mut long = 0;
    // `Socio-economic` is one word here.
    let words = inside.split(|c: char| !(in_word(c) || c == '-')).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index == LONGEST_TITLE || (word.chars().count() >= 4 && !word.starts_with(char::is_uppercase)) {
            return false;
        }
        long += usize::from(word.chars().count() >= 4);
    }
    let ended = inside.ends_with([',', '!', '?', ';', ':', '—', '…']) || (inside.ends_with('.') && !stop);
    long >= 2 && !ended
}

/// The end of `text`, long enough for a few words.
fn tail_of(text: &str) -> &str {
    let start = text.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    &text[start..]
}

/// The start of `text`, long enough for a few words.
fn head_of(text: &str) -> &str {
    let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
