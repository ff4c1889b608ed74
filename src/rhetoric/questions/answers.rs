//! Hypophora: a question that its own asker answers.

use super::{Asked, QuestionKind, Reader, class};
use crate::text::SegmentKind;

/// What shows that a sentence answers.
pub(super) struct Answer {
    pub(super) kind: QuestionKind,
    /// How many signs.
    pub(super) signs: f64,
    pub(super) rule: &'static str,
}

/// Whether the sentence after a question answers it.
///
/// It must stand in the same paragraph, voice and quotation, and be no question. It is an answer for certain if
/// it opens with a word of answering (*No*, *Because*), names a purpose after a question word (*To …*), is
/// short and does not open with *And* or the like, or takes up two words of the question or its auxiliary. Any
/// other statement behind a question word may be one, unless it speaks about the question or leads elsewhere
/// (*These questions …*, *Let us …*); a question that wants a yes or no wants one of the signs. In speech, where
/// people ask each other, only a word of answering will do.
pub(super) fn answer(reader: &Reader<'_>, asked: &[Asked], index: usize) -> Option<Answer> {
    const SHORT: usize = 6;
    let text = reader.text;
    let question = &asked[index];
    let (sentence, next) =
        (text.sentences.get(question.sentence)?, text.sentences.get(question.sentence + 1)?);
    let asks_on = asked.get(index + 1).is_some_and(|after| after.sentence <= question.sentence + 1);
    if !question.last
        || asks_on
        || question.kind == QuestionKind::HeadingQuestion
        || reader.words.answers.is_empty()
        || next.block != sentence.block
    {
        return None;
    }
    let first = text.tokens[next.tokens.start];
    if first.voice != text.tokens[question.tokens.start].voice || first.voice != next.voice {
        return None;
    }
    let quotation = question.segment.map(|segment| &text.segments[segment]);
    if quotation.is_some_and(|quotation| quotation.range.end <= first.start as usize) {
        return None;
    }
    let speech = quotation.is_some_and(|quotation| quotation.kind == SegmentKind::Quotation);

    let classes = reader.classes(next.tokens.start);
    let opens = |class, phrases| reader.phrase(&next.tokens, classes, class, phrases).is_some();
    let asks_word =
        reader.opening(question.tokens.clone()).is_some_and(|(_, c)| c & class::QUESTION_WORD != 0);
    let aside = opens(class::ASIDE, &reader.words.asides)
        || speaks_of_question(reader, next.tokens.start, next.words());
    let signs = [
        (opens(class::ANSWER, &reader.words.answers), "answer word"),
        (
            !speech && asks_word && opens(class::PURPOSE, &reader.words.purposes),
            "purpose after a question word",
        ),
        (
            !speech && !aside && echoes_auxiliary(reader, question, next.tokens.start, next.words()),
            "auxiliary taken up",
        ),
        (!speech && !aside && next.words() <= SHORT && classes & class::BINDING == 0, "short answer"),
        (
            !speech && !aside && shared_words(reader, question, next.tokens.start, next.words()) >= 2,
            "words taken up",
        ),
    ];
    let strong = signs.iter().filter(|(holds, _)| *holds).count();
    match signs.iter().find(|(holds, _)| *holds) {
        Some((_, rule)) => Some(Answer { kind: QuestionKind::HypophoraStrong, signs: strong as f64, rule }),
        None if speech || aside || !asks_word || question.kind != QuestionKind::Interrogative => None,
        None => Some(Answer { kind: QuestionKind::HypophoraWeak, signs: 0.0, rule: "statement follows" }),
    }
}

/// *This question …*, *All these problems …*: a word for a question among the first of the sentence.
fn speaks_of_question(reader: &Reader<'_>, start: usize, words: usize) -> bool {
    const NEAR: usize = 4;
    (start..start + words.min(NEAR)).any(|token| reader.classes(token) & class::QUESTION_NOUN != 0)
}

/// *Does it matter? It does not.*: subject and auxiliary at the head, the auxiliary that of the question.
fn echoes_auxiliary(reader: &Reader<'_>, question: &Asked, start: usize, words: usize) -> bool {
    let Some((opening, classes)) = reader.opening(question.tokens.clone()) else { return false };
    let asked = reader.text.tokens[opening].form;
    classes & class::AUXILIARY != 0
        && words >= 2
        && reader.classes(start) & class::PRONOUN != 0
        && same_word(reader, asked, reader.text.tokens[start + 1].form)
}

fn same_word(reader: &Reader<'_>, one: u32, other: u32) -> bool {
    one == other || reader.forms.form(one).eq_ignore_ascii_case(reader.forms.form(other))
}

/// How many content words of the question the answer takes up.
fn shared_words(reader: &Reader<'_>, question: &Asked, start: usize, words: usize) -> usize {
    const SHORTEST: usize = 4;
    /// Words of either that are looked at.
    const MOST: usize = 60;
    let form = |token: usize| reader.text.tokens[token].form;
    let mut asked: Vec<u32> = question
        .tokens
        .clone()
        .take(MOST)
        .filter(|token| {
            let word = reader.forms.form(form(*token));
            word.chars().count() >= SHORTEST
                && word.chars().any(char::is_alphabetic)
                && reader.classes(*token) & (class::FUNCTION | class::QUESTION_WORD | class::AUXILIARY) == 0
        })
        .map(form)
        .collect();
    asked.sort_unstable();
    asked.dedup();
    let taken = |asked: &u32| (start..start + words.min(MOST)).any(|token| form(token) == *asked);
    asked.iter().filter(|form| taken(form)).count()
}
