//! The words of a text as numbers, with what stands before each, and the stretches that figures live in.

use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::lists::{CAPITAL, DETERMINER, ED, ING, LY, Lists, NUMBER, STOP, Traits};
use crate::text::{BlockKind, Forms, Text, Voice, fold};

/// What stands between a word and the one before it, as bits.
pub(super) type Gap = u16;

pub(super) const COMMA: Gap = 1;
pub(super) const SEMICOLON: Gap = 1 << 1;
pub(super) const COLON: Gap = 1 << 2;
/// `?`, `!`, `…`: inside a sentence a full stop belongs to an abbreviation.
pub(super) const BREAK: Gap = 1 << 3;
/// An em dash, `--`, or a spaced en dash or hyphen.
pub(super) const DASH: Gap = 1 << 4;
/// An opening or a closing bracket.
pub(super) const BRACKET: Gap = 1 << 5;
/// A quotation mark or another sign.
pub(super) const SIGN: Gap = 1 << 6;
/// A line end.
pub(super) const LINE_END: Gap = 1 << 7;
/// No white space: the two are parts of a compound.
pub(super) const GLUED: Gap = 1 << 8;
/// Bounds a member of a sentence.
pub(super) const BOUND: Gap = COMMA | SEMICOLON | COLON | BREAK | DASH | BRACKET;

/// A word of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// The number of its key: words that differ in case share it.
    pub key: u32,
    /// The number of its root: words of a family mostly share it.
    pub root: u32,
    pub traits: Traits,
    /// What stands before it.
    pub gap: Gap,
}

impl Word {
    pub fn is(self, traits: Traits) -> bool {
        self.traits & traits != 0
    }

    pub fn is_content(self) -> bool {
        self.traits & (STOP | NUMBER) == 0
    }

    /// What it is for the shape of a member: a function word itself, or the kind of another word.
    pub fn shape(self) -> u32 {
        const KINDS: u32 = 8;
        match self.traits {
            traits if traits & DETERMINER != 0 => 1,
            traits if traits & STOP != 0 => self.key + KINDS,
            traits if traits & NUMBER != 0 => 2,
            traits if traits & CAPITAL != 0 => 3,
            traits if traits & ING != 0 => 4,
            traits if traits & ED != 0 => 5,
            traits if traits & LY != 0 => 6,
            _ => 7,
        }
    }
}

/// The part of a sentence that is in one voice.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub start: usize,
    pub end: usize,
    pub sentence: usize,
}

/// A stretch of a unit between marks, or between two sentences.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub start: usize,
    pub end: usize,
    /// Index of its unit in the units of its run.
    pub unit: usize,
}

/// Consecutive units in one voice segment of one paragraph.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub units: Range<usize>,
    pub voice: Voice,
}

/// A worker's knowledge of the forms it has met: what they are is looked up once for each.
#[derive(Debug)]
pub(super) struct Knowledge {
    forms: Vec<Word>,
    keys: HashMap<String, u32, FixedState>,
    /// By key: its text and the number of its lemma.
    pub names: Vec<(String, u32)>,
    lemmas: HashMap<String, u32, FixedState>,
    lemma_names: Vec<String>,
    roots: HashMap<String, u32, FixedState>,
}

fn intern(map: &mut HashMap<String, u32, FixedState>, word: &str) -> u32 {
    let next = map.len() as u32;
    *map.entry_ref(word).or_insert(next)
}

impl Knowledge {
    pub fn new() -> Self {
        let map = || HashMap::with_hasher(FixedState::default());
        Self {
            forms: Vec::new(),
            keys: map(),
            names: Vec::new(),
            lemmas: map(),
            lemma_names: Vec::new(),
            roots: map(),
        }
    }

    /// Looks up the forms met since the last text.
    pub fn learn(&mut self, forms: &Forms, lists: &Lists) {
        for id in self.forms.len()..forms.len() {
            let form = forms.form(id as u32);
            let folded = fold(form);
            let key = intern(&mut self.keys, &folded);
            if key as usize == self.names.len() {
                let name = lists.lemma(&folded);
                let lemma = intern(&mut self.lemmas, &name);
                if lemma as usize == self.lemma_names.len() {
                    self.lemma_names.push(name);
                }
                self.names.push((folded.clone().into_owned(), lemma));
            }
            let lemma = self.lemma(key);
            let root = intern(&mut self.roots, &lists.root(&self.lemma_names[lemma as usize]));
            self.forms.push(Word { key, root, traits: lists.traits(form, &folded), gap: 0 });
        }
    }

    /// The number of the lemma of a key.
    pub fn lemma(&self, key: u32) -> u32 {
        self.names[key as usize].1
    }

    /// The number of a key, if it has been met.
    pub fn key(&self, word: &str) -> Option<u32> {
        self.keys.get(word).copied()
    }

    /// The text of a key.
    pub fn name(&self, key: u32) -> &str {
        &self.names[key as usize].0
    }

    /// Number of distinct keys.
    pub fn keys(&self) -> usize {
        self.names.len()
    }

    /// Number of distinct roots.
    pub fn roots(&self) -> usize {
        self.roots.len()
    }

    /// The words of a text.
    pub fn words(&self, text: &Text, words: &mut Vec<Word>) {
        words.clear();
        words.reserve(text.tokens.len());
        let bytes = text.content.as_bytes();
        let mut end = 0;
        words.extend(text.tokens.iter().map(|token| {
            let start = token.start as usize;
            let gap = if start == end + 1 && bytes[end] == b' ' { 0 } else { gap(&text.content, end..start) };
            end = token.end as usize;
            Word { gap, ..self.forms[token.form as usize] }
        }));
    }
}

/// What a stretch between two words holds.
fn gap(content: &str, range: Range<usize>) -> Gap {
    let text = content.get(range).unwrap_or_default();
    match text {
        "" => return GLUED,
        ", " => return COMMA,
        ". " => return SIGN,
        "\n" => return LINE_END,
        _ => {}
    }
    let (mut gap, mut spaced) = (0, false);
    let mut before = 'x';
    for c in text.chars() {
        gap |= match c {
            ',' | '，' | '、' | '،' => COMMA,
            ';' | '；' | '؛' => SEMICOLON,
            ':' | '：' => COLON,
            '.' if before == '.' => BREAK,
            '?' | '!' | '…' | '？' | '！' | '؟' => BREAK,
            '—' | '―' | '⸺' => DASH,
            '-' if before == '-' => DASH,
            '–' | '-' if before.is_whitespace() && text.ends_with(char::is_whitespace) => DASH,
            '(' | '[' | '{' | ')' | ']' | '}' | '（' | '）' => BRACKET,
            '\n' | '\r' => LINE_END,
            c if c.is_whitespace() => 0,
            _ => SIGN,
        };
        spaced |= c.is_whitespace();
        before = c;
    }
    if !spaced && gap & BOUND == 0 { gap | GLUED } else { gap }
}

/// Cuts the prose of a text into units and runs of units: in one paragraph or block quotation, in one
/// voice, and, where that is quoted, between one pair of marks.
pub(super) fn runs(text: &Text, units: &mut Vec<Unit>, runs: &mut Vec<Run>) {
    units.clear();
    runs.clear();
    let mut segments = text.segments.iter().filter(|segment| segment.kind.voice() == Voice::Quoted);
    let mut segment = segments.next();
    // Block and, for quoted words, the start of the segment.
    let mut place = (usize::MAX, 0);
    for (index, sentence) in text.sentences.iter().enumerate() {
        let kind = text.blocks[sentence.block].kind;
        if !matches!(kind, BlockKind::Paragraph | BlockKind::BlockQuotation) {
            continue;
        }
        let mut start = sentence.tokens.start;
        while start < sentence.tokens.end {
            let at = text.tokens[start].start as usize;
            while segment.is_some_and(|segment| segment.range.end <= at) {
                segment = segments.next();
            }
            let inside = segment.filter(|segment| segment.range.start <= at);
            // Words up to this byte are in the same voice and segment.
            let bound = match (inside, segment) {
                (Some(inside), _) => inside.range.end,
                (None, Some(next)) => next.range.start,
                (None, None) => usize::MAX,
            };
            let tokens = &text.tokens[start..sentence.tokens.end];
            let end = if bound >= sentence.range.end {
                sentence.tokens.end
            } else {
                start + tokens.iter().take_while(|token| (token.start as usize) < bound).count().max(1)
            };
            // The author's words between two quotations are a stretch of their own: they follow the end of the
            // last one.
            let voice = if inside.is_some() { Voice::Quoted } else { Voice::Author };
            let here = (sentence.block, bound);
            if here == place && runs.last().is_some_and(|run: &Run| run.voice == voice) {
                if let Some(run) = runs.last_mut() {
                    run.units.end = units.len() + 1;
                }
            } else {
                runs.push(Run { units: units.len()..units.len() + 1, voice });
                place = here;
            }
            units.push(Unit { start, end, sentence: index });
            start = end;
        }
    }
}

/// Cuts the units of a run into members, at marks and between units.
pub(super) fn members(words: &[Word], units: &[Unit], members: &mut Vec<Member>) {
    members.clear();
    for (unit, &Unit { start, end, .. }) in units.iter().enumerate() {
        let mut from = start;
        for (at, word) in words[start..end].iter().enumerate().skip(1) {
            if word.gap & BOUND != 0 {
                members.push(Member { start: from, end: start + at, unit });
                from = start + at;
            }
        }
        members.push(Member { start: from, end, unit });
    }
}
