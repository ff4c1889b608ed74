//! Sentences: the candidates of UAX #29, decided with what the rules alone cannot know.
//!
//! A sentence may end at a stop (`.`, `?`, `!`, `。` …), with its closing marks, and does end at the end
//! of its block. Beyond UAX #29:
//!
//! - line ends inside a block are spaces; `…` is a stop, and so is `;` in Greek;
//! - abbreviations, initials, initialisms, ordinals and the numbers of headings and figures do not end a
//!   sentence (`abbreviations.rs`);
//! - neither does a stop before a lower-case word or before a reporting clause, so that
//!   “Stop!” he cried. and “Stop!” Holloway cried. are one sentence each;
//! - note marks, bracketed references and closing marks after a space belong to the sentence they follow
//!   (`tails.rs`).
//!
//! Each candidate is decided by looking at its neighbourhood once, so time is linear, unlike that of
//! `unicode_sentences`, which is quadratic in runs of closing marks or spaces.

mod abbreviations;
mod plain;
mod tails;
#[cfg(test)]
mod tests;
mod uax29;

use std::ops::Range;

pub use uax29::for_each_sentence_bound;

use super::blocks::{self, is_dash};
use super::language::{Language, in_word, words};
use super::pairing::is_quotation_mark;
use super::places::{ByteSet, Places};
use super::unicode::{SentenceClass, head, is_alphabetic, is_alphanumeric, sentence_class, tail};
use plain::Plain;

/// First bytes of characters that may be a stop: `.`, `?`, `!`, and from D6 on all but E4 to E9, which begin
/// the ideographs of Chinese and Japanese.
static STOPS: ByteSet = ByteSet::new(STOP);
/// Those and the question marks of Greek, `;` and U+037E.
static GREEK_STOPS: ByteSet =
    ByteSet::new(&[STOP[0], STOP[1], STOP[2], STOP[3], STOP[4], (&[3], &[11]), (&[12], &[13])]);

const STOP: &[(&[u8], &[u8])] = &[
    (&[2], &[1, 14]),
    (&[3], &[15]),
    (&[13], &[6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    (&[14], &[0, 1, 2, 3, 10, 11, 12, 13, 14, 15]),
    (&[15], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
];

/// Calls `sentence` with the byte range of every sentence of a block, without the white space between.
///
/// `block` begins and ends with a visible character. Stretches without a letter or digit come out too;
/// the caller, who has the words, drops them.
pub fn for_each_sentence(
    text: &str,
    block: Range<usize>,
    language: &Language,
    mut sentence: impl FnMut(Range<usize>),
) {
    let bounds = Bounds { text: &text[..block.end], block: block.start, language };
    let mut start = block.start;
    let mut at = block.start;
    if let Some(label) = bounds.bare_label() {
        sentence(start..label.sentence);
        start = label.next;
        at = label.next;
    }
    let credit = bounds.credit();
    let stops = if language.semicolon_asks() { &GREEK_STOPS } else { &STOPS };
    let mut stops = Places::new(bounds.text.as_bytes(), at, stops);
    loop {
        let stop = stops.next(at);
        if let Some(credit) = credit.filter(|credit| start < *credit && stop.is_none_or(|at| *credit <= at)) {
            sentence(start..bounds.text[..credit].trim_end_matches(is_space).len());
            start = credit;
        }
        let Some(stop) = stop else { break };
        let end = match bounds.glance(start, stop) {
            Plain::Ends(end) => Some(end),
            Plain::GoesOn => None,
            Plain::Unclear => Candidate::at(bounds, start, stop).and_then(Candidate::decide),
        };
        if let Some(end) = end {
            sentence(start..end.sentence);
            start = end.next;
            at = end.next;
        } else {
            at = stop + 1;
        }
    }
    if start < block.end {
        sentence(start..block.end);
    }
}

/// Bytes looked at beyond a candidate; what decides stands nearer, and time stays linear.
const REACH: usize = 96;

/// The end of a sentence and the start of the next.
#[derive(Debug, PartialEq)]
struct End {
    sentence: usize,
    next: usize,
}

/// What sentences are looked for in.
#[derive(Clone, Copy)]
struct Bounds<'a> {
    /// The text up to the end of the block.
    text: &'a str,
    /// Where the block begins.
    block: usize,
    language: &'a Language,
}

impl<'a> Bounds<'a> {
    fn skip_spaces(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        from + rest.find(|c| !is_space(c)).unwrap_or(rest.len())
    }

    /// The text from `from`, as far as a decision may look.
    fn ahead(&self, from: usize) -> &'a str {
        head(&self.text[from..], REACH)
    }

    /// The text between `start` and `to`, as far back as a decision may look.
    fn behind(&self, start: usize, to: usize) -> &'a str {
        tail(&self.text[start..to], REACH)
    }

    fn is_stop(&self, c: char) -> bool {
        is_stop(c) || (self.language.semicolon_asks() && matches!(c, ';' | '\u{37e}'))
    }

    fn word_at(&self, from: usize) -> &'a str {
        self.first_word(from).0
    }

    /// The first word from `from`, and what stands behind it.
    fn first_word(&self, from: usize) -> (&'a str, &'a str) {
        let ahead = self.ahead(from);
        let rest = &ahead[ahead.find(in_word).unwrap_or(ahead.len())..];
        rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()))
    }
}

/// A stop and what stands around it.
struct Candidate<'a> {
    bounds: Bounds<'a>,
    /// Where the sentence began.
    start: usize,
    /// Where the stop stands.
    at: usize,
    /// The stop.
    mark: char,
    /// A full stop or ellipsis, which may mean something else.
    ambiguous: bool,
    /// After the stop and its closing marks.
    closed: usize,
    /// One of the closing marks is a quotation mark.
    quotation: bool,
}

fn is_stop(c: char) -> bool {
    c == '…' || blocks::is_stop(c)
}

/// A bracket that opens, or a mark that opens where a word follows at once.
fn opens(mark: char, rest: &str) -> bool {
    match mark {
        '(' | '[' | '{' | '「' | '『' | '（' | '〈' | '《' | '【' | '〔' => true,
        '“' | '‘' | '„' | '‚' | '«' | '‹' => rest.starts_with(is_alphanumeric),
        _ => false,
    }
}

fn is_space(c: char) -> bool {
    matches!(sentence_class(c), SentenceClass::Space | SentenceClass::Separator | SentenceClass::Extend)
}

impl<'a> Candidate<'a> {
    /// None if the character at `at` is no stop, or another stop follows at once (SB8a).
    fn at(bounds: Bounds<'a>, start: usize, at: usize) -> Option<Self> {
        let mark = bounds.text[at..].chars().next().filter(|mark| bounds.is_stop(*mark))?;
        let mut closed = at + mark.len_utf8();
        let mut quotation = false;
        let mut first = true;
        for c in bounds.text[closed..].chars() {
            match sentence_class(c) {
                SentenceClass::Extend => {}
                // `end.[2]`, `end.(See below.)`, `。「`: what opens closes nothing.
                SentenceClass::Close if opens(c, &bounds.text[closed + c.len_utf8()..]) => break,
                SentenceClass::Close => quotation |= is_quotation_mark(c),
                _ if first && is_stop(c) => return None,
                _ => break,
            }
            first &= sentence_class(c) == SentenceClass::Extend;
            closed += c.len_utf8();
        }
        let ambiguous = mark == '…' || sentence_class(mark) == SentenceClass::AmbiguousStop;
        let ambiguous = ambiguous && !bounds.text[start..at].ends_with(['?', '!']);
        Some(Self { bounds, start, at, mark, ambiguous, closed, quotation })
    }

    fn decide(mut self) -> Option<End> {
        let text = self.bounds.text;
        self.close_after_space();
        if let Some(noted) = self.note_mark() {
            self.closed = noted;
        }
        self.closed = self.spaced_notes(self.closed);
        let next = self.bounds.skip_spaces(self.closed);
        if next == text.len() {
            return Some(End { sentence: next, next });
        }
        if let Some(end) = self.reference(next) {
            return Some(end);
        }
        let following = text[next..].chars().next()?;
        let spaced = next > self.closed;
        match sentence_class(following) {
            SentenceClass::Continue if !is_dash(following) => return None,
            SentenceClass::AmbiguousStop | SentenceClass::Stop | SentenceClass::Lower => return None,
            // SB7, and for letters without case too: the stop joins them to one word.
            SentenceClass::Upper | SentenceClass::OtherLetter
                if self.mark == '.' && self.ambiguous && !spaced && self.follows_letter() =>
            {
                return None;
            }
            SentenceClass::Numeric if self.ambiguous && !spaced => return None,
            _ if following == '…' || (following == '/' && !spaced) => return None,
            _ => {}
        }
        if let Some(goes_on) = self.bracket_goes_on(next) {
            return if goes_on { None } else { Some(End { sentence: self.closed, next }) };
        }
        let ends = !self.dash_goes_on(next)
            && !(self.ambiguous && (self.lower_case_follows(next) || self.is_abbreviation(next)))
            && !self.is_loose_ellipsis(next)
            && !self.is_reported(next);
        ends.then_some(End { sentence: self.closed, next })
    }

    fn follows_letter(&self) -> bool {
        self.closed == self.at + self.mark.len_utf8()
            && self.bounds.text[self.start..self.at].ends_with(is_alphabetic)
    }

    /// SB8: a lower-case letter follows before any other letter or stop.
    fn lower_case_follows(&self, next: usize) -> bool {
        for c in self.bounds.ahead(next).chars() {
            match sentence_class(c) {
                SentenceClass::Lower => return true,
                SentenceClass::Upper
                | SentenceClass::OtherLetter
                | SentenceClass::Numeric
                | SentenceClass::AmbiguousStop
                | SentenceClass::Stop => return false,
                _ => {}
            }
        }
        false
    }

    /// Speech goes on after a dash: `«Стой!» — крикнул он`, `– Nie! – krzyknął`.
    fn dash_goes_on(&self, next: usize) -> bool {
        let rest = self.bounds.ahead(next);
        let after = rest.trim_start_matches(is_dash).trim_start_matches(is_space);
        after.len() < rest.len() && rest.starts_with(is_dash) && after.starts_with(char::is_lowercase)
    }

    /// `Seven Days ... Seven Nights`: dots that stand free mark a gap; a usual first word after them begins
    /// a sentence.
    fn is_loose_ellipsis(&self, next: usize) -> bool {
        let before = self.bounds.behind(self.start, self.at);
        let dots = before.trim_end_matches('.');
        let ellipsis = self.mark == '…' || before.len() - dots.len() >= 2;
        ellipsis
            && dots.ends_with(char::is_whitespace)
            && self.closed == self.at + self.mark.len_utf8()
            && self.bounds.text[next..].starts_with(char::is_uppercase)
            && !self.bounds.language.opens_sentences(self.bounds.word_at(next))
    }

    /// A reporting clause that begins with a name: “Stop!” Holloway cried, “Why?” I asked. A full stop would
    /// have been a comma, so it ends the sentence.
    fn is_reported(&self, next: usize) -> bool {
        const LONGEST_NAME: usize = 3;
        const LONGEST_CLAUSE: usize = 12;
        let language = self.bounds.language;
        let next_class = self.bounds.text[next..].chars().next().map(sentence_class);
        if self.quotation && next == self.closed && next_class == Some(SentenceClass::OtherLetter) {
            // `“走吧！”他说。`, `「行こう！」と彼は言った。`, but `“走吧！”他道：“好。”` introduces the next.
            let ahead = self.bounds.ahead(next);
            let clause = &ahead[..ahead.find(|c: char| !is_alphanumeric(c)).unwrap_or(ahead.len())];
            let introduces = ahead[clause.len()..].starts_with(['：', ':', '“', '「', '『', '‘', '"']);
            return !introduces
                && clause.chars().count() <= LONGEST_CLAUSE
                && language.reports_unspaced(clause);
        }
        if !self.quotation || self.mark == '.' || !self.bounds.text[next..].starts_with(char::is_uppercase) {
            return false;
        }
        for (index, word) in words(self.bounds.ahead(next)).take(LONGEST_NAME + 1).enumerate() {
            if index > 0 && language.is_reporting(word) {
                return true;
            }
            let name =
                word.starts_with(char::is_uppercase) && (word == "I" || !language.opens_sentences(word));
            if !name {
                return false;
            }
        }
        false
    }
}
