//! What stands after a stop and still belongs to its sentence, and brackets that come after it.

use super::{Candidate, End, is_space};
use crate::text::blocks::bracketed_number;
use crate::text::unicode::{is_alphabetic, is_alphanumeric};

impl Candidate<'_> {
    /// `« Non ! » dit-il`: French sets a space before the closing mark.
    pub(super) fn close_after_space(&mut self) {
        let text = self.bounds.text;
        let next = self.bounds.skip_spaces(self.closed);
        let closing = |c: &char| matches!(c, '»' | '›' | '”' | '"');
        let Some(mark) = text[next..].chars().next().filter(closing) else { return };
        let after = next + mark.len_utf8();
        // `»so«` opens with it.
        let opens = text[after..].starts_with(is_alphanumeric);
        let closes = mark != '"' || (text[after..].starts_with(is_space) && self.straight_mark_is_open());
        if next > self.closed && !opens && closes {
            self.closed = after;
            self.quotation = true;
        }
    }

    /// A straight quotation mark stands open in the sentence.
    fn straight_mark_is_open(&self) -> bool {
        const LONGEST: usize = 2_000;
        self.at - self.start <= LONGEST
            && memchr::memchr_iter(b'"', &self.bounds.text.as_bytes()[self.start..self.at]).count() % 2 == 1
    }

    /// A note mark glued to the stop or its closing mark: `affirmative.2 History`, `end.”12`, `end.[3]`,
    /// `end.¹`. Returns the place after it.
    pub(super) fn note_mark(&self) -> Option<usize> {
        let text = self.bounds.text;
        let language = self.bounds.language;
        if let Some(length) = bracketed_number(&text[self.closed..]) {
            return Some(self.closed + length);
        }
        let raised: usize = text[self.closed..]
            .chars()
            .take_while(|c| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹' | '†' | '‡' | '*'))
            .map(char::len_utf8)
            .sum();
        if raised > 0 {
            return Some(self.closed + raised);
        }
        let count = leading_digits(&text[self.closed..]);
        if !(1..=3).contains(&count) {
            return None;
        }
        let end = self.closed + count;
        let opens = self.bounds.skip_spaces(end);
        let free = end == text.len()
            || (opens > end
                && self
                    .bounds
                    .ahead(opens)
                    .chars()
                    .find(|c| is_alphanumeric(*c))
                    .is_none_or(|c| !c.is_lowercase()));
        let word = self.word_before();
        let is_word = self.closed > self.at + self.mark.len_utf8()
            || !self.ambiguous
            || (word.chars().count() >= 3
                && word.chars().all(is_alphabetic)
                && !language.stands_before_number(word)
                && !language.is_never_final(word));
        (free && is_word).then_some(end)
    }

    /// Note marks after a space: `in 1971. [1] [2] Fillmore`, `needed. [citation needed] Yet`,
    /// `to pay a fee. 8 Yet some`. Returns the place after them, or `from`.
    pub(super) fn spaced_notes(&self, from: usize) -> usize {
        const MOST: usize = 8;
        let text = self.bounds.text;
        let mut end = from;
        for _ in 0..MOST {
            let next = self.bounds.skip_spaces(end);
            let rest = &text[next..];
            let Some(length) = bracketed_number(rest).or_else(|| bracketed_remark(rest)) else { break };
            end = next + length;
        }
        if end > from {
            let goes_on = text[self.bounds.skip_spaces(end)..].starts_with(char::is_lowercase);
            return if goes_on { from } else { end };
        }
        let next = self.bounds.skip_spaces(from);
        let digits = leading_digits(&text[next..]);
        let rest = &text[next + digits..];
        let noted = next > from
            && (1..=3).contains(&digits)
            && rest.starts_with(' ')
            && rest[1..].starts_with(char::is_uppercase)
            && self.bounds.language.opens_sentences(self.bounds.word_at(next + digits));
        if noted { next + digits } else { from }
    }

    /// A bracket right after a quotation whose own stop stands outside: `…” (Smith, p. 4).`
    pub(super) fn reference(&self, next: usize) -> Option<End> {
        if !self.quotation {
            return None;
        }
        let text = self.bounds.text;
        let close = bracket(&text[next..])?;
        let inside = text[next + 1..next + close - 1].trim_end();
        if inside.is_empty() || inside.ends_with(|c| self.bounds.is_stop(c)) {
            return None;
        }
        let mut sentence = next + close;
        let tail = &text[sentence..];
        sentence += tail.find(|c| !self.bounds.is_stop(c)).unwrap_or(tail.len());
        let after = self.bounds.skip_spaces(sentence);
        let ahead = self.bounds.ahead(after);
        let opens = ahead.chars().find(|c| is_alphanumeric(*c)).is_none_or(|c| !c.is_lowercase());
        (opens || sentence > next + close).then_some(End { sentence, next: after })
    }

    /// A bracket after a stop: the sentence goes on where it goes on behind the bracket (`Viva Maria! (1965),
    /// and then`); a bracket that stands between two sentences, or at the end of the block, is one of its own
    /// (`in a year. (credit: K. Thomas)`). None where there is no bracket, or another rule must decide.
    pub(super) fn bracket_goes_on(&self, next: usize) -> Option<bool> {
        let text = self.bounds.text;
        let close = bracket(&text[next..])?;
        let after = self.bounds.skip_spaces(next + close);
        let Some(c) = text[after..].chars().next() else {
            let word = self.word_before();
            let plain = word.chars().count() >= 3 && !self.bounds.language.is_never_final(word);
            return plain.then_some(false);
        };
        (matches!(c, ',' | ';' | ':') || c.is_lowercase()).then_some(true)
    }
}

/// The length of a bracket and what it holds, if it opens here and closes soon.
fn bracket(rest: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    if !rest.starts_with(['(', '[', '{']) {
        return None;
    }
    let mut open = 0;
    for (at, c) in rest.char_indices().take(LONGEST) {
        match c {
            '(' | '[' | '{' => open += 1,
            // One of the wrong kind closes it all the same.
            ')' | ']' | '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at + 1);
        }
    }
    None
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take(4).take_while(u8::is_ascii_digit).count()
}

/// The length of an editor's remark: `[citation needed]`, `[sic]`.
fn bracketed_remark(rest: &str) -> Option<usize> {
    const LONGEST: usize = 32;
    let inside = rest.strip_prefix('[')?;
    let close = inside.char_indices().take(LONGEST).find(|(_, c)| *c == ']')?.0;
    let remark = inside[..close].chars().all(|c| c.is_lowercase() || c == ' ');
    (close > 0 && remark && !inside[..close].ends_with(is_space)).then_some(close + 2)
}
