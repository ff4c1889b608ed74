//! Pairing of quotation marks, inside one paragraph, in one pass and linear time.
//!
//! Directional marks pair by a stack, straight marks by turns, single marks only where they cannot be
//! apostrophes. Which mark is the text's main one is put to a vote.

use std::ops::Range;

use super::blocks::{Block, is_dash};
use super::dialogue::opening_dash;
use super::language::Language;
use super::places::{ByteSet, Places};
use crate::text::unicode::{is_alphabetic, is_alphanumeric};

/// The marks a text quotes with, by vote over its opening positions.
pub(super) struct Convention {
    /// Single marks are the main ones, so speech of any length may stand between them.
    single: bool,
    /// `»so«` rather than `«so»`.
    inward: bool,
    /// Many paragraphs open with a mark, as in a novel.
    pub dialogue: bool,
    /// Speech is set off by dashes instead of marks.
    pub dashes: bool,
}

impl Convention {
    pub fn of(text: &str, marks: &[Mark], blocks: &[Block]) -> Self {
        let (mut double, mut single, mut inward, mut outward) = (0_u64, 0_u64, 0_u64, 0_u64);
        for &(at, mark) in marks {
            let before = text[..at].chars().next_back();
            let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[') || is_dash(c));
            if !opens {
                continue;
            }
            match mark {
                '"' | '“' | '„' | '「' => double += 1,
                '‘' => single += 1,
                // An apostrophe may stand before a lower-case word, as in 'tis.
                '\'' if text[at + 1..].starts_with(char::is_uppercase) => single += 1,
                '«' => outward += 1,
                '»' => inward += 1,
                _ => {}
            }
        }
        let paragraphs = || blocks.iter().filter(|block| block.kind.is_body());
        let spoken =
            paragraphs().filter(|block| text[block.range.clone()].starts_with(is_quotation_mark)).count();
        let dashed = paragraphs().filter(|block| opening_dash(&text[block.range.clone()]).is_some()).count();
        Self {
            single: single > 4 * double.max(1),
            inward: inward > outward,
            dialogue: spoken >= 10 && spoken * 10 >= paragraphs().count(),
            // French opens a dialogue with a guillemet, each further turn with a dash.
            dashes: dashed >= 3 && (dashed >= 2 * spoken || outward > double + single),
        }
    }
}

/// A quotation mark or apostrophe and where it stands.
pub(super) type Mark = (usize, char);

/// All quotation marks and apostrophes of a text.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    /// First bytes of quotation marks.
    static FIRST: ByteSet = ByteSet::new(&[(&[2], &[2, 7]), (&[12], &[2]), (&[14], &[2, 3])]);
    let mut places = Places::new(text.as_bytes(), 0, &FIRST);
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(at) = places.next(from) {
        if let Some(mark) = text[at..].chars().next().filter(|c| is_quotation_mark(*c)) {
            marks.push((at, mark));
        }
        from = at + 1;
    }
    marks
}

/// A mark that is open: the character and where it stands.
pub(super) type Open = (char, usize);

pub(super) struct Pairing<'a> {
    text: &'a str,
    range: Range<usize>,
    convention: &'a Convention,
    stack: Vec<Open>,
    /// Spans found, marks included; after [`Pairing::run`] the outermost only, in order.
    pub spans: Vec<Range<usize>>,
}

/// Bytes within which a single mark must find its partner where single marks are not the main ones.
const SHORT_SPAN: usize = 60;

/// Marks open at once; more is no quotation but a run of stray marks, and would cost time.
const DEEPEST: usize = 8;

impl<'a> Pairing<'a> {
    pub fn new(text: &'a str, range: Range<usize>, convention: &'a Convention) -> Self {
        Self { text, range, convention, stack: Vec::new(), spans: Vec::new() }
    }

    pub fn unclosed(&self) -> Option<Open> {
        self.stack.first().copied()
    }

    pub fn close_at_end(&mut self, start: usize) {
        self.spans.retain(|span| span.start < start);
        self.spans.push(start..self.range.end);
    }

    pub fn run(&mut self, marks: &[Mark], language: &Language) {
        for &(at, mark) in marks {
            self.meet(mark, at, language);
        }
        self.drop_stray();
    }

    /// A straight or single mark opened in vain hides nothing behind it: only what was paired counts.
    fn drop_stray(&mut self) {
        self.spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        self.spans.retain(|span| {
            let outermost = span.start >= end;
            end = end.max(span.end);
            outermost
        });
    }

    fn open(&mut self, mark: char, at: usize) {
        if self.stack.len() == DEEPEST {
            self.stack.remove(0);
        }
        self.stack.push((mark, at));
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[self.range.start..at].chars().next_back()
    }

    fn after(&self, at: usize, mark: char) -> Option<char> {
        self.text[at + mark.len_utf8()..self.range.end].chars().next()
    }

    fn meet(&mut self, mark: char, at: usize, language: &Language) {
        let before = self.before(at);
        let after = self.after(at, mark);
        let opening_place = before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '{') || is_dash(c) || is_quotation_mark(c)
        });
        match mark {
            '“' => {
                let closed = self.close(&['„'], at, mark);
                if !closed {
                    self.open(mark, at);
                }
            }
            '„' | '‚' | '‹' | '「' | '『' | '《' | '〈' => self.open(mark, at),
            '”' => {
                // Swedish and Finnish open with it too.
                let opens = opening_place && after.is_some_and(is_alphanumeric);
                if !self.close(&['“', '„', '”'], at, mark) && opens {
                    self.open(mark, at);
                }
            }
            '›' => {
                self.close(&['‹'], at, mark);
            }
            '」' => {
                self.close(&['「'], at, mark);
            }
            '』' => {
                self.close(&['『'], at, mark);
            }
            '«' if self.convention.inward => {
                self.close(&['»'], at, mark);
            }
            '》' => {
                self.close(&['《'], at, mark);
            }
            '〉' => {
                self.close(&['〈'], at, mark);
            }
            '»' if self.convention.inward => self.open(mark, at),
            '«' => self.open(mark, at),
            '»' => {
                self.close(&['«'], at, mark);
            }
            '"' => {
                let opens = opening_place && after.is_some_and(|c| !c.is_whitespace());
                let open = self.stack.iter().any(|(open, _)| *open == '"');
                if open && !(opens && before.is_some_and(char::is_whitespace)) {
                    self.close(&['"'], at, mark);
                } else if opens {
                    // The one before was never closed: its partner is missing, not this one's.
                    self.stack.retain(|(open, _)| *open != '"');
                    self.open(mark, at);
                }
            }
            '‘' if self.stack.iter().any(|(open, _)| *open == '‚') => {
                self.close(&['‚'], at, mark);
            }
            '‘' if after.is_some_and(is_quotation_mark)
                || (after.is_some_and(is_alphanumeric) && !self.is_elision(at, mark, language)) =>
            {
                self.open(mark, at);
            }
            '\'' if opening_place
                && after.is_some_and(|c| is_alphanumeric(c) || is_quotation_mark(c))
                && !self.is_elision(at, mark, language)
                && !self.stack.iter().any(|(open, _)| *open == '\'') =>
            {
                self.open(mark, at);
            }
            '’' | '\'' => self.meet_apostrophe(mark, at, before, after, language),
            _ => {}
        }
    }

    /// `’` or `'` where a quotation may close, or an apostrophe stand.
    fn meet_apostrophe(
        &mut self,
        mark: char,
        at: usize,
        before: Option<char>,
        after: Option<char>,
        language: &Language,
    ) {
        if after.is_some_and(is_alphanumeric) {
            return;
        }
        let partner = if mark == '’' { ['‘', '‚'] } else { ['\'', '\''] };
        let Some(&(_, start)) = self.stack.iter().rev().find(|(open, _)| partner.contains(open)) else {
            return;
        };
        let stopped = before.is_some_and(|c| {
            matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '…' | ')') || is_dash(c) || is_quotation_mark(c)
        });
        let stopped = stopped || (self.convention.single && after.is_some_and(is_dash));
        let rest = &self.text[at + mark.len_utf8()..self.range.end];
        let goes_on =
            rest.trim_start().len() < rest.len() && rest.trim_start().starts_with(char::is_lowercase);
        if !stopped && goes_on && language.is_clipped(last_word(&self.text[start..at])) {
            return;
        }
        let short = at - start <= SHORT_SPAN;
        // `the boys’ books`: a possessive plural, unless the quotation can only end here.
        let possessive = before == Some('s')
            && after == Some(' ')
            && self.convention.single
            && self.text[at..self.range.end].chars().skip(1).any(|c| c == mark);
        if stopped || (short && !possessive) {
            self.close(&partner, at, mark);
        } else if !self.convention.single {
            // Too far away for a term: the opening mark was an apostrophe.
            self.stack.retain(|(open, _)| !partner.contains(open));
        }
    }

    /// `'tis`, `’em`, `'90s`: an apostrophe at the head of a word.
    fn is_elision(&self, at: usize, mark: char, language: &Language) -> bool {
        let rest = &self.text[at + mark.len_utf8()..self.range.end];
        let end = rest.find(|c: char| !is_alphanumeric(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        if word.len() >= 2 && word.starts_with(|c: char| c.is_ascii_digit()) {
            return word.bytes().take(2).all(|byte| byte.is_ascii_digit());
        }
        if !language.is_elided(word) || rest[end..].starts_with(['\'', '’']) {
            return false;
        }
        // `'and let me see'`: what is a word without the apostrophe too may open a quotation after a mark of
        // punctuation or with a capital.
        let common = language.opens_sentences(word);
        let before = self.text[self.range.start..at].trim_end();
        let clause = before.is_empty() || before.ends_with(|c: char| c.is_ascii_punctuation() || c == '’');
        !(common && self.convention.single && (clause || word.starts_with(char::is_uppercase)))
    }

    /// Pairs the mark at `at` with the nearest open partner; marks opened inside are forgotten.
    fn close(&mut self, partners: &[char], at: usize, mark: char) -> bool {
        let Some(found) = self.stack.iter().rposition(|(open, _)| partners.contains(open)) else {
            return false;
        };
        let (_, start) = self.stack[found];
        self.stack.truncate(found);
        self.spans.push(start..at + mark.len_utf8());
        true
    }
}

/// The letters that `text` ends in.
fn last_word(text: &str) -> &str {
    &text[text
        .rfind(|c: char| !is_alphabetic(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))..]
}

/// Any quotation mark.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '〈'
            | '〉'
    )
}
