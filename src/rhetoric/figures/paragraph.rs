//! The words of a paragraph, with what stands before each, and the stretches that figures live in.

use std::ops::Range;

use super::gaps::{ASIDE, BOUND, gap};
use super::lists::{FRAME, JOINER, NEGATION, Traits};
use super::words::{Knowledge, Word};
use crate::text::{Segment, Sentence, Text, Voice};

/// The part of a sentence that is in one voice. Its words are counted from the first of the paragraph.
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

/// Consecutive units of a paragraph in one voice segment.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub units: Range<usize>,
    pub voice: Voice,
    /// Where its segment ends, or the next one begins.
    bound: usize,
}

/// Places in order, taken stretch by stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'p>(pub &'p [u32]);

impl<'p> Places<'p> {
    /// Those of the next stretch, which are taken.
    pub fn take(&mut self, stretch: Range<usize>) -> Self {
        let before = |places: &[u32], bound: usize| {
            places.iter().take_while(|place| (**place as usize) < bound).count()
        };
        let rest = &self.0[before(self.0, stretch.start)..];
        let (taken, rest) = rest.split_at(before(rest, stretch.end));
        self.0 = rest;
        Self(taken)
    }

    /// The places.
    pub fn iter(self) -> impl Iterator<Item = usize> + use<'p> {
        self.0.iter().map(|place| *place as usize)
    }
}

/// A paragraph with its words and the stretches that figures live in.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// The place of its first word in the text.
    pub first: usize,
    pub words: Vec<Word>,
    /// The places of those that rules start from: that are [`MARKED`], repeat the one before, or have a mark before them.
    pub marks: Vec<u32>,
    /// The places of those that [`ASIDE`] stands before.
    pub asides: Vec<usize>,
    pub units: Vec<Unit>,
    pub runs: Vec<Run>,
}

/// Words that figures start from.
const MARKED: Traits = FRAME | NEGATION | JOINER;

impl Paragraph {
    /// Reads a paragraph by its sentences, of which there is at least one. `quotations` are the quoted segments from
    /// some place before it on.
    pub fn read(
        &mut self,
        text: &Text,
        known: &Knowledge,
        sentences: Range<usize>,
        quotations: &mut Quotations<'_>,
    ) {
        let tokens = |sentence: usize| &text.sentences[sentence].tokens;
        self.read_words(text, known, tokens(sentences.start).start..tokens(sentences.end - 1).end);
        self.units.clear();
        self.runs.clear();
        for sentence in sentences {
            self.cut(text, sentence, quotations);
        }
    }

    fn read_words(&mut self, text: &Text, known: &Knowledge, tokens: Range<usize>) {
        let Self { first, words, marks, asides, .. } = self;
        *first = tokens.start;
        let mut end = tokens.start.checked_sub(1).map_or(0, |before| text.tokens[before].end as usize);
        let tokens = &text.tokens[tokens];
        // Words are looked up one after another, before what stands between them is looked at: the branches there would
        // make the processor wait for each.
        words.clear();
        words.extend(tokens.iter().map(|token| known.word(token.form)));
        asides.clear();
        // Marks are written without a branch: the place after the last one is written over.
        marks.resize(tokens.len() + 1, 0);
        let (mut marked, mut key) = (0, u32::MAX);
        for (at, (word, token)) in words.iter_mut().zip(tokens).enumerate() {
            word.gap = gap(&text.content, end..token.start as usize);
            end = token.end as usize;
            if word.gap & ASIDE != 0 {
                asides.push(at);
            }
            marks[marked] = at as u32;
            marked += usize::from((word.gap & BOUND != 0) | word.is(MARKED) | (word.key == key));
            key = word.key;
        }
        marks.truncate(marked);
    }

    /// Cuts a sentence into units, and these into runs: in one voice, and, where that is quoted, between one pair of
    /// marks.
    fn cut(&mut self, text: &Text, index: usize, quotations: &mut Quotations<'_>) {
        let sentence = &text.sentences[index];
        let mut start = sentence.tokens.start;
        while start < sentence.tokens.end {
            // Words up to this byte are in the same voice and segment. The author's words between two quotations are a
            // stretch of their own: they follow the end of the last one.
            let (voice, bound) = match quotations.at(text, sentence, start) {
                Some((range, true)) => (Voice::Quoted, range.end),
                Some((range, false)) => (Voice::Author, range.start),
                None => (Voice::Author, usize::MAX),
            };
            let tokens = &text.tokens[start..sentence.tokens.end];
            let end = if bound >= sentence.range.end {
                sentence.tokens.end
            } else {
                start + tokens.iter().take_while(|token| (token.start as usize) < bound).count().max(1)
            };
            match self.runs.last_mut().filter(|run| run.bound == bound && run.voice == voice) {
                Some(run) => run.units.end += 1,
                None => self.runs.push(Run { units: self.units.len()..self.units.len() + 1, voice, bound }),
            }
            self.units.push(Unit { start: start - self.first, end: end - self.first, sentence: index });
            start = end;
        }
    }
}

/// The quoted segments of a text, passed one after another.
pub(super) struct Quotations<'t> {
    rest: &'t [Segment],
}

impl<'t> Quotations<'t> {
    pub fn of(text: &'t Text) -> Self {
        Self { rest: &text.segments }
    }

    /// Where the next one is from a word of a sentence on, and whether the word is inside.
    fn at(&mut self, text: &Text, sentence: &Sentence, word: usize) -> Option<(Range<usize>, bool)> {
        // Most sentences are between quotations or inside one: their words need not be looked at.
        let at = match self.next() {
            Some(next) if next.start < sentence.range.end => {
                if next.start <= sentence.range.start && next.end >= sentence.range.end {
                    next.start
                } else {
                    text.tokens[word].start as usize
                }
            }
            _ => sentence.range.start,
        };
        while self.next().is_some_and(|next| next.end <= at) {
            self.rest = &self.rest[1..];
        }
        self.next().map(|next| (next.clone(), next.start <= at))
    }

    fn next(&mut self) -> Option<&'t Range<usize>> {
        while let Some((segment, rest)) = self.rest.split_first() {
            if segment.kind.voice() == Voice::Quoted {
                return Some(&segment.range);
            }
            self.rest = rest;
        }
        None
    }
}

/// Cuts the units of a run into members, at marks and between units.
pub(super) fn members(words: &[Word], units: &[Unit], mut marks: Places<'_>, members: &mut Vec<Member>) {
    members.clear();
    for (unit, &Unit { start, end, .. }) in units.iter().enumerate() {
        let mut from = start;
        for at in marks.take(start..end).iter().filter(|at| *at > start && words[*at].gap & BOUND != 0) {
            members.push(Member { start: from, end: at, unit });
            from = at;
        }
        members.push(Member { start: from, end, unit });
    }
}
