//! Which stretches ask: questions with their marks, and some without.

use std::ops::Range;

use memchr::{memchr_iter, memchr2_iter, memmem};

use super::{Asked, CLAUSE_MARKS, QuestionKind, Reader, class};
use crate::text::{BlockKind, SegmentKind, Sentence};

/// Question marks beyond ASCII: full width, Arabic, Armenian, reversed, Ethiopic.
const MARKS: [&str; 5] = ["？", "؟", "՞", "⸮", "፧"];
/// The Greek question mark, which most texts write as a semicolon.
const GREEK_MARK: &str = "\u{37e}";

/// The question marks of a text, in order.
fn marks(content: &str, semicolon_asks: bool) -> Vec<Range<usize>> {
    let bytes = content.as_bytes();
    let mut marks: Vec<Range<usize>> = if semicolon_asks {
        memchr2_iter(b'?', b';', bytes).map(|at| at..at + 1).collect()
    } else {
        memchr_iter(b'?', bytes).map(|at| at..at + 1).collect()
    };
    let ascii = marks.len();
    for mark in MARKS.into_iter().chain(semicolon_asks.then_some(GREEK_MARK)) {
        marks.extend(memmem::find_iter(bytes, mark).map(|at| at..at + mark.len()));
    }
    if marks.len() > ascii {
        marks.sort_unstable_by_key(|mark| mark.start);
    }
    marks
}

/// Every question with its mark, in running text and in headings.
pub(super) fn marked(reader: &Reader<'_>) -> Vec<Asked> {
    let text = reader.text;
    let mut asked: Vec<Asked> = Vec::new();
    let (mut index, mut segment, mut from) = (0, 0, 0);
    let mut seen = Openings::default();
    for mark in marks(&text.content, reader.words.semicolon_asks) {
        while text.sentences.get(index).is_some_and(|sentence| sentence.range.end <= mark.start) {
            index += 1;
        }
        let Some(sentence) = text.sentences.get(index) else { break };
        let heading = text.kind_of(sentence) == BlockKind::Heading;
        if sentence.range.start > mark.start || !(heading || text.kind_of(sentence).is_body()) {
            continue;
        }
        while text.segments.get(segment).is_some_and(|segment| segment.range.end <= mark.start) {
            segment += 1;
        }
        let inside = text.segments.get(segment).filter(|segment| segment.range.start < mark.start);
        from = from.max(sentence.tokens.start);
        if let Some(inside) = inside {
            from = from.max(place(reader, &sentence.tokens, inside.range.start));
        }
        let mut to = place(reader, &sentence.tokens, mark.start);
        // The Armenian mark stands inside the word that asks, and the sentence goes on.
        if to > from && text.tokens[to - 1].range().end > mark.start {
            to = sentence.tokens.end;
        }
        // `??` and a lone mark ask nothing more. The mark in `says huh?.` belongs to the word, that in `na?ve`
        // stands for a lost letter.
        let behind = &text.content[mark.end..];
        let of_a_word = (behind.starts_with('.') && !behind.starts_with(".."))
            || (text.content[mark.clone()] == *"?"
                && behind.starts_with(|c: char| c.is_lowercase() || c.is_uppercase()));
        if from >= to || of_a_word {
            continue;
        }
        let opens = || seen.any(reader, index, from, to);
        let question = Marked { reader, index, sentence, mark, from, to };
        let quoting = inside.map(|inside| inside.kind);
        if let Some(found) = question.read(quoting, heading, opens) {
            let segment = quoting.filter(|kind| is_quotation(*kind)).map(|_| segment);
            asked.push(Asked { segment, ..found });
            from = to;
        }
    }
    asked
}

fn is_quotation(kind: SegmentKind) -> bool {
    matches!(kind, SegmentKind::Quotation | SegmentKind::BlockQuotation)
}

/// The first of the sentence's tokens at or behind a byte.
fn place(reader: &Reader<'_>, tokens: &Range<usize>, byte: usize) -> usize {
    tokens.start + reader.text.tokens[tokens.clone()].partition_point(|token| (token.start as usize) < byte)
}

/// The openings of questions in the words that no question has taken. Each word is looked at once, however many
/// marks that ask nothing stand behind it.
#[derive(Default)]
struct Openings {
    from: usize,
    to: usize,
    question_word: Option<usize>,
    auxiliary: Option<usize>,
}

impl Openings {
    /// Whether a question opens at the word `from` or behind a comma, dash or bracket before `to`.
    fn any(&mut self, reader: &Reader<'_>, sentence: usize, from: usize, to: usize) -> bool {
        if self.from != from || self.to < from {
            *self = Self { from, to: from, ..Self::default() };
        }
        for (word, classes) in reader.openings(sentence, from, self.to..to) {
            let first = if classes & class::QUESTION_WORD != 0 {
                &mut self.question_word
            } else {
                &mut self.auxiliary
            };
            first.get_or_insert(word);
        }
        self.to = to;
        // *is huh?*: too short for a verb and what it is said of.
        self.question_word.is_some_and(|word| to - word > 1)
            || self.auxiliary.is_some_and(|word| to - word > 2)
    }
}

/// A question mark and the words it may ask with.
struct Marked<'a> {
    reader: &'a Reader<'a>,
    index: usize,
    sentence: &'a Sentence,
    mark: Range<usize>,
    from: usize,
    to: usize,
}

impl Marked<'_> {
    /// The question, if it is one; `opens` tells whether its words open one.
    fn read(
        &self,
        quoting: Option<SegmentKind>,
        heading: bool,
        opens: impl FnOnce() -> bool,
    ) -> Option<Asked> {
        let Self { reader, sentence, from, to, .. } = *self;
        let last = to == sentence.tokens.end;
        let whole = last && from == sentence.tokens.start;
        let quoted = quoting.is_some_and(is_quotation);
        // *That “Huh?” is universal*, *the film Who's There? of 1950*: a mark that belongs to a name or to
        // a word that is spoken of.
        let named = quoting.is_some_and(|kind| !is_quotation(kind)) && !whole;
        if named && (!last || quoting == Some(SegmentKind::Title)) {
            return None;
        }
        if reader.words.fronted && !quoted && (named || !last) && !opens() {
            return None;
        }
        let start = match () {
            () if quoted => from,
            () if last => self.behind_preamble(),
            () => self.behind_bracket(),
        };
        let first = reader.text.tokens[start].range().start;
        let range = match () {
            () if whole && start == from => sentence.range.clone(),
            () if last && !quoted => first..sentence.range.end,
            () => first..self.mark.end,
        };
        let (kind, rule) = if heading {
            (QuestionKind::HeadingQuestion, "question mark in a heading")
        } else if let Some(rule) = self.tag() {
            (QuestionKind::Tag, rule)
        } else if last {
            (QuestionKind::Interrogative, "question mark")
        } else {
            (QuestionKind::Interrogative, "question mark within the sentence")
        };
        Some(Asked {
            range,
            tokens: start..to,
            sentence: self.index,
            kind,
            rule,
            segment: None,
            last,
            series: 1,
        })
    }

    /// Where the question begins: behind the colon or semicolon of a preamble, *This is the question: …*, where
    /// what follows begins as a question does.
    fn behind_preamble(&self) -> usize {
        const SHORTEST: usize = 3;
        let Self { reader, index, from, to, .. } = *self;
        if !reader.words.fronted || reader.opening(from..to).is_some() {
            return from;
        }
        let last = (from + 1..to).rev().find(|token| reader.gap(index, *token).contains([':', ';']));
        let asks = |start: &usize| {
            let classes = reader.classes(*start);
            to - start >= SHORTEST
                && classes & class::BINDING == 0
                && (classes & class::AUXILIARY != 0 || reader.opening(*start..to).is_some())
        };
        last.filter(asks).unwrap_or(from)
    }

    /// Where a question within a sentence begins: behind the last bracket that opens before it, if the question does.
    fn behind_bracket(&self) -> usize {
        let Self { reader, index, from, to, .. } = *self;
        let behind = (from + 1..to).rev().find(|token| reader.gap(index, *token).contains(['(', '[']));
        behind.filter(|token| reader.opening(*token..to).is_some()).unwrap_or(from)
    }

    /// The rule by which what follows the last comma is a tag.
    fn tag(&self) -> Option<&'static str> {
        const SHORTEST_STATEMENT: usize = 2;
        const LONGEST: usize = 4;
        let Self { reader, index, from, to, .. } = *self;
        if reader.words.tags.is_empty() {
            return None;
        }
        let nearest = (from + SHORTEST_STATEMENT).max(to.saturating_sub(LONGEST))..to;
        let start = nearest.rev().find(|token| reader.gap(index, *token).contains(CLAUSE_MARKS))?;
        let classes = reader.classes(start);
        let pronouns = || (start + 1..to).all(|token| reader.classes(token) & class::PRONOUN != 0);
        if classes & class::AUXILIARY != 0 && (2..=3).contains(&(to - start)) && pronouns() {
            return Some("tag of auxiliary and pronoun");
        }
        let length = reader.phrase(&(start..to), classes, class::TAG, &reader.words.tags)?;
        (length == to - start).then_some("tag word")
    }
}

/// Questions without a mark, added in order of their place: behind a colon that follows a word for asking, and
/// sentences that begin as only a question can.
pub(super) fn unmarked(reader: &Reader<'_>, asked: &mut Vec<Asked>) {
    if !reader.words.fronted {
        return;
    }
    let marked = asked.len();
    let mut next = 0;
    let mut colons = memchr_iter(b':', reader.text.content.as_bytes()).peekable();
    for (index, sentence) in reader.text.sentences.iter().enumerate() {
        while colons.next_if(|at| *at < sentence.range.start).is_some() {}
        let colon = colons.peek().is_some_and(|at| *at < sentence.range.end);
        let unmistakable = opens_unmistakably(reader, sentence);
        if !colon && !unmistakable {
            continue;
        }
        while asked[..marked].get(next).is_some_and(|question| question.sentence < index) {
            next += 1;
        }
        let kind = reader.text.kind_of(sentence);
        let free = asked[..marked].get(next).is_none_or(|question| question.sentence > index);
        if !free || !(kind.is_body() || kind == BlockKind::Heading) {
            continue;
        }
        let content = &reader.text.content[sentence.range.clone()];
        if content.ends_with('!') {
            continue;
        }
        let found = if unmistakable {
            Some((sentence.tokens.start, "question word, auxiliary and subject; no mark"))
        } else if kind.is_body() {
            behind_colon(reader, sentence).map(|start| (start, "colon behind a word for asking; no mark"))
        } else {
            None
        };
        if let Some((start, rule)) = found {
            let tokens = start..sentence.tokens.end;
            let first = reader.text.tokens[start].range().start;
            let start = if start == sentence.tokens.start { sentence.range.start } else { first };
            let end = sentence.range.end;
            let kind = QuestionKind::Embedded;
            let segment = None;
            let last = true;
            asked.push(Asked {
                range: start..end,
                tokens,
                sentence: index,
                kind,
                rule,
                segment,
                last,
                series: 1,
            });
        }
    }
    asked.sort_by_key(|question| question.range.start);
}

/// *How do you know.*: a question word, an auxiliary that only a question puts before a pronoun, the pronoun.
fn opens_unmistakably(reader: &Reader<'_>, sentence: &Sentence) -> bool {
    const SHORTEST: usize = 5;
    let text = reader.text;
    let first = sentence.tokens.start;
    let [what, .., end] = &text.tokens[sentence.tokens.clone()] else { return false };
    sentence.words() >= SHORTEST
        && text.content.as_bytes().get(what.start as usize).is_some_and(|byte| reader.words.may_ask(*byte))
        && reader.classes(first) & class::QUESTION_WORD != 0
        && reader.classes(first + 1) & class::SUPPORTING != 0
        && reader.classes(first + 2) & (class::PRONOUN | class::NEGATIVE) == class::PRONOUN
        && what.voice == end.voice
}

/// The word behind a colon where what follows opens a question and what precedes speaks of one.
fn behind_colon(reader: &Reader<'_>, sentence: &Sentence) -> Option<usize> {
    /// Words before the colon that may speak of a question.
    const NEAR: usize = 6;
    /// Words of the shortest question.
    const SHORTEST: usize = 4;
    let content = &reader.text.content[sentence.range.clone()];
    memchr_iter(b':', content.as_bytes()).find_map(|at| {
        let start = place(reader, &sentence.tokens, sentence.range.start + at);
        let speaks = || {
            (sentence.tokens.start.max(start.saturating_sub(NEAR))..start)
                .any(|token| reader.classes(token) & class::QUESTION_NOUN != 0)
        };
        let long = sentence.tokens.end - start >= SHORTEST;
        let opens = |start| match reader.opening(start..sentence.tokens.end) {
            Some((word, classes)) => {
                classes & class::AUXILIARY != 0
                    || (word + 1 < sentence.tokens.end && reader.classes(word + 1) & class::AUXILIARY != 0)
            }
            None => false,
        };
        (long && opens(start) && speaks()).then_some(start)
    })
}
