//! Dialogue set off by dashes, without quotation marks, as in French, Spanish, Polish, Russian, and Joyce.
//!
//! A paragraph that opens with a dash is speech. A reporting clause inside it is the narrator's: between
//! dashes wherever a lower-case word follows (`— Нет, — сказал он. — Я не пойду.`), else where it names a
//! speaker and a verb of saying (`—Thanks, Stephen said. I can’t.`, `— Non, dit-il, je reste.`). In a
//! language without a list of such verbs only dashes part the two voices.

use std::ops::Range;

use super::blocks::is_dash;
use super::language::{Language, words};
use super::unicode::{head, is_alphanumeric};

/// The end of the dash that `text` opens with as speech does: a long dash, two hyphens, or a hyphen and a
/// space or capital, then a letter, a digit or an opening mark. None if it opens otherwise.
pub(super) fn opening_dash(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(is_dash);
    let dash = &text[..text.len() - rest.len()];
    let after = rest.trim_start();
    let speech = after.starts_with(|c: char| {
        is_alphanumeric(c) || matches!(c, '¿' | '¡' | '«' | '“' | '„' | '"' | '…' | '.')
    });
    let plain = match dash {
        "" => false,
        // `-¿Quién?`, `-Sí`, but not `-ward`.
        "-" => {
            after.len() < rest.len()
                || after.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡' | '«'))
        }
        _ => dash.chars().count() <= 3,
    };
    (plain && speech).then_some(text.len() - after.len())
}

/// The stretches of a paragraph that opens with a dash which are speech, without the dashes around them.
pub(super) fn speech(text: &str, paragraph: &Range<usize>, language: &Language) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let Some(dash) = opening_dash(&text[paragraph.clone()]) else { return spans };
    // Where a hyphen does for a dash, it does so inside the paragraph too.
    let hyphens = dash == 1;
    let mut walk = Walk { text, end: paragraph.end, at: paragraph.start + dash, hyphens };
    let mut start = walk.at;
    while let Some(boundary) = walk.boundary() {
        let Some(clause) = boundary.reporting(&walk, language) else { continue };
        push(text, start..boundary.speech_end, &mut spans);
        walk.at = clause;
        start = walk.resume(boundary.dashed);
    }
    push(text, start..paragraph.end, &mut spans);
    spans
}

fn push(text: &str, span: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let outside = |c: char| c.is_whitespace() || is_dash(c);
    let inside = text[span.clone()].trim_start_matches(outside);
    let start = span.end - inside.len();
    let end = start + inside.trim_end_matches(outside).len();
    if text[start..end].contains(is_alphanumeric) {
        spans.push(start..end);
    }
}

struct Walk<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    /// A hyphen with a space on one side only is a dash: `-Sí -dijo-. No.`
    hyphens: bool,
}

/// A place where speech may give way to its reporting clause.
struct Boundary {
    /// Where the speech would end, its last mark included.
    speech_end: usize,
    /// Where the clause would begin.
    clause: usize,
    /// A dash stands between them.
    dashed: bool,
    /// A mark of punctuation stands before.
    marked: bool,
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '.' | '!' | '?' | '…' | ';' | ':')
}

impl Walk<'_> {
    /// A dash between words or clauses: two hyphens are one, a single one needs spaces around it.
    fn dash_length(&self, rest: &str, spaced: bool) -> usize {
        let tail = rest.trim_start_matches(is_dash);
        let dash = &rest[..rest.len() - tail.len()];
        let apart = tail.starts_with(char::is_whitespace);
        let glued = self.hyphens && (spaced || apart || tail.starts_with(is_mark));
        if dash == "-" && !(spaced && apart) && !glued { 0 } else { dash.len() }
    }

    /// The next mark or dash; the walk goes on behind it.
    fn boundary(&mut self) -> Option<Boundary> {
        let rest = &self.text[self.at..self.end];
        let mut spaced = false;
        for (offset, c) in rest.char_indices() {
            let here = self.at + offset;
            if is_mark(c) {
                let marks = &self.text[here..self.end];
                let after = marks.trim_start_matches(is_mark);
                let speech_end = self.end - after.len();
                let clause = after.trim_start();
                let dash = self.dash_length(clause, clause.len() < after.len());
                let clause = clause[dash..].trim_start();
                self.at = speech_end;
                return Some(Boundary {
                    speech_end,
                    clause: self.end - clause.len(),
                    dashed: dash > 0,
                    marked: true,
                });
            }
            if is_dash(c) {
                let dash = self.dash_length(&rest[offset..], spaced);
                if dash > 0 {
                    let clause = rest[offset + dash..].trim_start();
                    // `—No —dijo Juan—. Ven`: Spanish glues the dash to the clause it opens.
                    let glued = spaced && clause.len() == rest.len() - offset - dash;
                    self.at = here + dash;
                    return Some(Boundary {
                        speech_end: here,
                        clause: self.end - clause.len(),
                        dashed: glued,
                        marked: false,
                    });
                }
            }
            spaced = c.is_whitespace();
        }
        None
    }

    /// The end of a reporting clause that begins here, where speech goes on, or the end of the paragraph.
    fn resume(&mut self, dashed: bool) -> usize {
        let rest = &self.text[self.at..self.end];
        let mut spaced = false;
        for (offset, c) in rest.char_indices() {
            let length = if dashed {
                if is_dash(c) { self.dash_length(&rest[offset..], spaced) } else { 0 }
            } else if is_mark(c) {
                rest[offset..].len() - rest[offset..].trim_start_matches(is_mark).len()
            } else {
                0
            };
            if length > 0 {
                // `—dijo Juan—. Ven`: the stop of the speech stands behind the dash.
                let after = rest[offset + length..].trim_start_matches(is_mark).trim_start();
                self.at = self.end - after.len();
                return self.at;
            }
            spaced = c.is_whitespace();
        }
        self.at = self.end;
        self.end
    }
}

impl Boundary {
    /// Where the reporting clause begins, if one does.
    fn reporting(&self, walk: &Walk<'_>, language: &Language) -> Option<usize> {
        /// Words in which the verb must stand, and bytes they are looked for in.
        const NEAR: usize = 4;
        const REACH: usize = 80;
        let clause = head(&walk.text[self.clause..walk.end], REACH);
        if self.dashed && clause.starts_with(char::is_lowercase) {
            return Some(self.clause);
        }
        if !self.marked || walk.text[..self.speech_end].ends_with('.') {
            return None;
        }
        let clause = &clause[..clause.find(|c| is_mark(c) || c == '—').unwrap_or(clause.len())];
        for word in words(clause).take(NEAR) {
            if language.is_reporting(word) {
                return Some(self.clause);
            }
            let subject = word.starts_with(char::is_uppercase) || language.opens_sentences(word);
            if !subject {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(text: &'a str, language: &Language) -> Vec<&'a str> {
        speech(text, &(0..text.len()), language).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn names_and_verbs_of_saying_part_speech_from_narration() {
        let english = Language::english();
        assert_eq!(found("—Who goes there?", &english), ["Who goes there?"]);
        assert_eq!(
            found("—The sluice is shut, Crake said slowly. Go home, all of you.", &english),
            ["The sluice is shut,", "Go home, all of you."]
        );
        assert_eq!(found("--No! he cried.", &english), ["No!"]);
        assert_eq!(
            found("—When he asked me, I had gone.", &english),
            ["When he asked me, I had gone."],
            "a verb of saying inside the speech"
        );
    }

    #[test]
    fn dashes_part_speech_from_narration_in_any_language() {
        let plain = Language::default();
        assert_eq!(found("— Стойте, — сказал мельник. — Дальше вода.", &plain), ["Стойте,", "Дальше вода."]);
        assert_eq!(
            found("—Espera —dijo Marta—. El puente no existe.", &plain),
            ["Espera", "El puente no existe."]
        );
        assert_eq!(
            found("-Sí, señor -contestole el más grande-; nosotros somos los otros.", &plain),
            ["Sí, señor", "nosotros somos los otros."]
        );
        assert_eq!(found("– Dokąd idziesz? – zapytała.", &plain), ["Dokąd idziesz?"]);
        assert_eq!(found("— Вода — это жизнь.", &plain), ["Вода — это жизнь."]);
    }

    #[test]
    fn lists_and_broken_lines_are_no_speech() {
        assert_eq!(opening_dash("-ward"), None);
        assert_eq!(opening_dash("----------"), None);
        assert_eq!(opening_dash("— ¿Quién?"), Some("— ".len()));
    }

    proptest! {
        #[test]
        fn spans_are_ordered_and_inside(text in "[—-]{1,2}[A-Za-zа-я ,.!?—–-]{0,120}") {
            let mut end = 0;
            for span in speech(&text, &(0..text.len()), &Language::english()) {
                prop_assert!(span.start >= end && span.end > span.start && span.end <= text.len());
                end = span.end;
                prop_assert!(text.get(span).is_some());
            }
        }
    }
}
