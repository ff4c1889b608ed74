//! Stops that need no closer look, as most do: behind a usual word, or its closing mark, and a space stands
//! a letter, and its case decides.

use super::{Bounds, End};
use crate::text::unicode::{SentenceClass, is_alphabetic, is_alphanumeric, sentence_class};

/// What a stop is seen to be at a glance.
#[derive(Debug, PartialEq)]
pub(super) enum Plain {
    /// The end of a sentence.
    Ends(End),
    /// No end.
    GoesOn,
    /// It takes a closer look.
    Unclear,
}

impl Bounds<'_> {
    /// Decides the stop at `at` in a sentence that began at `start`, as [`Candidate`](super::Candidate) does,
    /// where that takes no word list.
    pub(super) fn glance(&self, start: usize, at: usize) -> Plain {
        let bytes = self.text.as_bytes();
        let mark = bytes[at];
        if !matches!(mark, b'.' | b'?' | b'!') || at == start || matches!(bytes[at - 1], b'.' | b'?' | b'!') {
            return Plain::Unclear;
        }
        let mut closed = at + 1;
        let quotation = matches!(bytes[closed..], [b'"' | b'\'', ..] | [0xe2, 0x80, 0x99 | 0x9d, ..]);
        match bytes[closed..] {
            [b',', ..] => return Plain::GoesOn,
            [b'"' | b'\'' | b')', ..] => closed += 1,
            [0xe2, 0x80, 0x99 | 0x9d, ..] => closed += 3,
            _ => {}
        }
        if closed == bytes.len() {
            return Plain::Ends(End { sentence: closed, next: closed });
        }
        let spaces = bytes[closed..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
        let next = closed + spaces.count();
        let Some(following) = self.text[next..].chars().next().filter(|_| next > closed) else {
            return Plain::Unclear;
        };
        match sentence_class(following) {
            SentenceClass::Lower => Plain::GoesOn,
            SentenceClass::Upper => {
                let ends = match mark {
                    b'.' if closed == at + 1 => self.ends_in_word(start, at),
                    b'.' => Some(true),
                    // A reporting clause may follow a question in quotation marks.
                    _ => (!quotation).then_some(true),
                };
                match ends {
                    Some(true) => Plain::Ends(End { sentence: closed, next }),
                    Some(false) => Plain::GoesOn,
                    None => Plain::Unclear,
                }
            }
            _ => Plain::Unclear,
        }
    }

    /// Whether the full stop ends a sentence and not a word, if it stands behind a plain word, and a capital
    /// follows: `None` for what may be an abbreviation, a number or a label.
    fn ends_in_word(&self, start: usize, at: usize) -> Option<bool> {
        /// As many letters are looked at for a word.
        const LONGEST: usize = 24;
        /// Bytes of the longest label, with its brackets.
        const LABEL: usize = 24;
        /// Letters of a word that may be an abbreviation in a bracket, and bytes up to its bracket.
        const BRACKETED: usize = 5;
        const REACH: usize = 96;
        let bytes = self.text.as_bytes();
        let before = &self.text[start..at];
        let letters = before.bytes().rev().take(LONGEST).take_while(u8::is_ascii_lowercase).count();
        let (head, word) = if letters > 0 {
            // A capital may stand before them.
            let small = before.len() - letters;
            let capital = bytes[start..start + small].last().is_some_and(u8::is_ascii_uppercase);
            before.split_at(small - usize::from(capital))
        } else {
            if !before.ends_with(char::is_lowercase) {
                return None;
            }
            let letters = before.char_indices().rev().take_while(|(_, c)| is_alphabetic(*c));
            before.split_at(letters.take(LONGEST).last().map_or(before.len(), |(at, _)| at))
        };
        let joined = match head.as_bytes().last() {
            Some(b' ' | b'\n' | b'"' | b'(') | None => false,
            _ => head.ends_with(|c: char| is_alphanumeric(c) || matches!(c, '.' | '-')),
        };
        let short = word.len() <= 2 || (!word.is_ascii() && word.chars().nth(2).is_none());
        if joined || (short && (word.chars().nth(1).is_none() || head.trim_end().ends_with('.'))) {
            return None;
        }
        let number = word.bytes().all(|byte| b"ivxlcdm".contains(&byte.to_ascii_lowercase()));
        let labelled =
            at - self.block <= LABEL || matches!(bytes[self.block], b'(' | b'[' | b'#' | b'*' | 0xc2);
        let near = &bytes[start.max(at.saturating_sub(REACH))..at];
        let bracketed =
            (word.len() <= BRACKETED || !word.is_ascii()) && memchr::memrchr2(b'(', b'[', near).is_some();
        if (labelled && number) || bracketed {
            return None;
        }
        if !self.language.may_abbreviate(word) {
            return Some(true);
        }
        if self.language.is_never_final(word) {
            return Some(false);
        }
        let seldom = self.language.stands_before_number(word) || self.language.is_seldom_final(word);
        (!seldom).then_some(true)
    }
}
