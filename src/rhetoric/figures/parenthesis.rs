//! Parentheses between brackets and dashes.
//!
//! Brackets pair by a stack, inside a paragraph. A bracket glued to the word before it belongs to the word
//! (`CPSU(B)`). A closing bracket of another kind than the last opened one closes it all the same, and the
//! parenthesis is flagged; one that is never closed ends with the paragraph, and is flagged. Dashes pair inside
//! a sentence and inside the same brackets.

use std::ops::Range;

use super::gaps::{ASIDE, gap};
use super::{Figure, FigureKind};
use crate::text::{Sentence, Text, Token, Voice};

/// Up to this many words, what brackets hold is looked at for a year, a page or a reference.
const REFERENCE: usize = 12;

/// Finds the parentheses of a paragraph by its tokens and sentences. `asides` are its words before which a bracket or a
/// dash may stand, in order, counted from its first one.
pub(super) fn find(
    text: &Text,
    tokens: Range<usize>,
    sentences: Range<usize>,
    asides: &[usize],
    figures: &mut Vec<Figure>,
) {
    let end = text.tokens[tokens.end - 1].end as usize;
    let after = gap(&text.content, end..text.sentences[sentences.end - 1].range.end.max(end));
    if !asides.is_empty() || after & ASIDE != 0 {
        Scan::new(text, tokens, sentences).run(asides, figures);
    }
}

/// An opened bracket, or the place of one.
struct Open {
    close: char,
    at: usize,
    /// Index of the first token behind it.
    token: usize,
    voice: Voice,
}

/// A dash that waits for another.
#[derive(Clone, Copy)]
struct Dash {
    at: usize,
    token: usize,
    depth: usize,
}

struct Scan<'t> {
    text: &'t Text,
    tokens: Range<usize>,
    sentences: Range<usize>,
    open: Vec<Open>,
    dashes: Vec<Dash>,
    /// The sentence that is being read.
    sentence: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t Text, tokens: Range<usize>, sentences: Range<usize>) -> Self {
        let sentence = sentences.start;
        Self { text, tokens, sentences, open: Vec::new(), dashes: Vec::new(), sentence }
    }

    fn token(&self, at: usize) -> Option<&'t Token> {
        self.text.tokens.get(at).filter(|_| self.tokens.contains(&at))
    }

    fn run(&mut self, asides: &[usize], figures: &mut Vec<Figure>) {
        let start = self.text.tokens[self.tokens.start].start as usize;
        // What stands before the first word.
        let Some(first) = self.text.sentences.get(self.sentences.start) else { return };
        self.gap(first.range.start.min(start)..start, self.tokens.start, figures);
        for aside in asides {
            let at = self.tokens.start + aside;
            if at > self.tokens.start {
                self.enter(at - 1, figures);
                let [before, token] = [self.text.tokens[at - 1], self.text.tokens[at]];
                self.gap(before.end as usize..token.start as usize, at, figures);
            }
        }
        self.enter(self.tokens.end - 1, figures);
        let end = self.text.tokens[self.tokens.end - 1].end as usize;
        let Some(last) = self.sentences.clone().next_back().map(|last| self.text.sentences[last].range.end)
        else {
            return;
        };
        self.gap(end..last.max(end), self.tokens.end, figures);
        self.flush(0, self.tokens.end, last.max(end), figures);
        self.unclosed(last, figures);
    }

    /// Goes on to the sentence of a token; dashes do not reach over the end of one.
    fn enter(&mut self, token: usize, figures: &mut Vec<Figure>) {
        while let Some(sentence) = self.text.sentences.get(self.sentence)
            && sentence.tokens.end <= token
            && self.sentence + 1 < self.sentences.end
        {
            let (next, end) = (sentence.tokens.end, sentence.range.end);
            self.flush(0, next, end, figures);
            self.sentence += 1;
        }
    }

    /// The marks between two words, of which the second has the number `token`.
    fn gap(&mut self, range: Range<usize>, token: usize, figures: &mut Vec<Figure>) {
        let content = self.text.content.as_str();
        let Some(marks) = content.get(range.clone()) else { return };
        let glued = range.start > 0 && content[..range.start].ends_with(char::is_alphanumeric);
        // `1786 - 1790` is a range.
        let digit = |c: char| c.is_ascii_digit();
        let years = content[..range.start].ends_with(digit) && content[range.end..].starts_with(digit);
        let mut before = None;
        for (offset, c) in marks.char_indices() {
            let at = range.start + offset;
            match c {
                '(' | '[' | '{' | '（' if before.is_none() && glued => {
                    self.open.push(Open { close: '\0', at, token, voice: Voice::Author });
                }
                '(' | '[' | '{' | '（' => {
                    let close = match c {
                        '(' => ')',
                        '[' => ']',
                        '{' => '}',
                        _ => '）',
                    };
                    let voice = self.voice(at, token);
                    self.open.push(Open { close, at, token, voice });
                }
                ')' | ']' | '}' | '）' => self.close(c, at, token, figures),
                _ => {}
            }
            let after = marks[offset + c.len_utf8()..].chars().next();
            let spaced = before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace);
            let dash = match c {
                '—' | '―' => before != Some(c),
                '-' => after == Some('-') && before != Some('-') || spaced,
                '–' => spaced,
                _ => false,
            };
            if dash && !years {
                self.dash(at, token, figures);
            }
            before = Some(c);
        }
    }

    /// Whose bracket it is: that of the quotation it stands in.
    fn voice(&self, at: usize, token: usize) -> Voice {
        match (self.token(token), token.checked_sub(1).and_then(|before| self.token(before))) {
            (Some(next), Some(before)) if next.voice != before.voice => {
                let segments = &self.text.segments;
                let place = segments.partition_point(|segment| segment.range.end <= at);
                match segments.get(place) {
                    Some(segment) if segment.range.start <= at => segment.kind.voice(),
                    _ => Voice::Author,
                }
            }
            (Some(next), _) => next.voice,
            (None, Some(before)) => before.voice,
            (None, None) => Voice::Author,
        }
    }

    fn close(&mut self, mark: char, at: usize, token: usize, figures: &mut Vec<Figure>) {
        let depth = self.open.len();
        let Some(open) = self.open.pop() else { return };
        self.flush(depth, token, at, figures);
        if open.close == '\0' || token <= open.token {
            return;
        }
        let words = open.token..token;
        let reference = self.is_reference(&words);
        let same_voice = self.voice(at, token) == open.voice;
        let (rule, counted) = match (open.close == mark, same_voice) {
            (false, _) => ("brackets:mismatched", false),
            (true, false) => ("brackets:across voices", false),
            (true, true) if reference => return,
            (true, true) => ("brackets", true),
        };
        let range = open.at..at + mark.len_utf8();
        figures.push(self.figure(FigureKind::Parenthesis, range, words, open.voice, rule, counted));
    }

    /// A year, a page, a number of a list, or a name and a year: what refers and is no aside.
    fn is_reference(&self, words: &Range<usize>) -> bool {
        if words.len() > REFERENCE {
            return false;
        }
        let forms = || words.clone().map(|at| &self.text.content[self.text.tokens[at].range()]);
        let digits = |form: &str| form.starts_with(|c: char| c.is_ascii_digit());
        let numeral = |form: &str| form.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
        let pages = [
            "p", "pp", "page", "pages", "vol", "ch", "chap", "chapter", "no", "ibid", "see", "cf", "art",
            "fig",
        ];
        let page = |form: &str| pages.iter().any(|page| form.eq_ignore_ascii_case(page));
        if words.len() == 1 {
            let form = forms().next().unwrap_or_default();
            return digits(form) || numeral(form) || form.chars().nth(1).is_none() || page(form);
        }
        let numbers = forms().filter(|form| digits(form)).count();
        let plain = forms().all(|form| digits(form) || numeral(form) || page(form));
        let capital = |form: &str| form.starts_with(char::is_uppercase);
        // *(Smith 1990: 3)*, *(Foundations of Leninism, p. 12)*: capitals and numbers but for small words.
        let others =
            forms().filter(|form| !digits(form) && !capital(form) && !page(form) && form.len() > 3).count();
        plain
            || (numbers > 0 && forms().next().is_some_and(|form| capital(form) || page(form)) && others == 0)
    }

    fn dash(&mut self, at: usize, token: usize, figures: &mut Vec<Figure>) {
        self.enter(token.min(self.tokens.end - 1), figures);
        let depth = self.open.len();
        let first = self.text.sentences.get(self.sentence).map_or(0, |sentence| sentence.tokens.start);
        // The dash of a dialogue stands before the first word.
        if token <= first {
            return;
        }
        match self.dashes.last().copied() {
            Some(open) if open.depth == depth && token >= open.token + 2 => {
                self.dashes.pop();
                let mark = self.mark_length(at);
                let voice = self.voice(open.at, open.token);
                let same = self.voice(at, token) == voice;
                let rule = if same { "dashes" } else { "dashes:across voices" };
                let words = open.token..token;
                figures.push(self.figure(
                    FigureKind::Parenthesis,
                    open.at..at + mark,
                    words,
                    voice,
                    rule,
                    same,
                ));
            }
            Some(open) if open.depth == depth => {}
            _ => self.dashes.push(Dash { at, token, depth }),
        }
    }

    fn mark_length(&self, at: usize) -> usize {
        let rest = &self.text.content[at..];
        rest.chars()
            .take_while(|c| matches!(c, '-' | '—' | '–' | '―'))
            .map(char::len_utf8)
            .sum::<usize>()
            .max(1)
    }

    /// Dashes at this depth and deeper have met no second one: each opens a clause, if two words follow.
    fn flush(&mut self, depth: usize, token: usize, end: usize, figures: &mut Vec<Figure>) {
        if self.dashes.last().is_none_or(|dash| dash.depth < depth) {
            return;
        }
        let content = &self.text.content[..end];
        let end = content.trim_end_matches(['.', '\u{201d}', '"', ' ', '\n']).len();
        // Where the words from the last dash on leave its voice; earlier dashes look no further.
        let (mut known, mut leaves) = (token, token);
        while let Some(dash) = self.dashes.pop_if(|dash| dash.depth >= depth) {
            let voice = self.voice(dash.at, dash.token);
            let same = |at: &usize| self.text.tokens[*at].voice == voice;
            let run = dash.token + (dash.token..known).take_while(same).count();
            let stop = if run == known && known < token && same(&known) { leaves } else { run };
            (known, leaves) = (dash.token, stop);
            if stop < dash.token + 2 {
                continue;
            }
            let last = self.text.tokens[stop - 1].range().end;
            let end = if stop == token { end.max(last) } else { last };
            let rule = "dash";
            let words = dash.token..stop;
            figures.push(self.figure(FigureKind::DashClause, dash.at..end, words, voice, rule, true));
        }
    }

    /// What stays open ends with the paragraph: the outermost bracket is reported.
    fn unclosed(&mut self, end: usize, figures: &mut Vec<Figure>) {
        let open = std::mem::take(&mut self.open);
        if let Some(open) = open.into_iter().find(|open| open.close != '\0' && open.token < self.tokens.end) {
            let words = open.token..self.tokens.end;
            let range = open.at..end.max(open.at + 1);
            let rule = "brackets:unclosed";
            figures.push(self.figure(FigureKind::Parenthesis, range, words, open.voice, rule, false));
        }
    }

    /// A figure of one part. Score: its words.
    fn figure(
        &self,
        kind: FigureKind,
        range: Range<usize>,
        words: Range<usize>,
        voice: Voice,
        rule: &'static str,
        countable: bool,
    ) -> Figure {
        let sentences = &self.text.sentences[self.sentences.clone()];
        let holds = |sentence: &Sentence| sentence.tokens.end <= words.start;
        let sentence =
            self.sentences.start + sentences.partition_point(holds).min(sentences.len().saturating_sub(1));
        Figure {
            kind,
            parts: vec![range.clone()],
            range,
            sentence,
            voice,
            score: words.len() as f64,
            rule,
            countable,
        }
    }
}
