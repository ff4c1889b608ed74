//! Questions that may ask nothing: ranked by signs, never counted.

use super::{Asked, Question, QuestionKind, Reader, class};
use crate::text::{BlockKind, SegmentKind};

/// The weight from which a question is listed.
const LEAST: f64 = 2.0;

/// The row of a question that may be rhetorical, with the sum of its signs as score.
///
/// For it speak: a frame that expects no answer (*who would*, *what is the use*) and a negative opening
/// (*isn't it*), 2 each; no answer after it; a series; *But*, *And*, *So* before its opening; a word that
/// wants a denial (*ever*, *any*, *at all*); a booster at the head of the next sentence; an exclamation mark
/// beside the question mark; 1 each. Against it: an answer, speech, a list, *following* and the like, 2 each;
/// the reader's or hearer's *you*, 1. The signs are those of Ilie (1994) and of Oraby et al. (2017); the
/// weights are not fitted to anything.
pub(super) fn candidate(reader: &Reader<'_>, asked: &Asked, answered: bool) -> Option<Question> {
    let text = reader.text;
    let sentence = &text.sentences[asked.sentence];
    if asked.kind != QuestionKind::Interrogative || !reader.words.fronted {
        return None;
    }
    let speech = asked.segment.is_some_and(|segment| text.segments[segment].kind == SegmentKind::Quotation);
    let opening = reader.opening(asked.tokens.clone());
    let start = opening.map_or(asked.tokens.start, |(word, _)| word);
    let classes = reader.classes(start);
    let frame =
        reader.phrase(&(start..asked.tokens.end), classes, class::FRAME, &reader.words.frames).is_some();
    // *Isn't it*, *is it not*, *do they not*.
    let negative = opening.is_some_and(|(word, classes)| {
        classes & class::AUXILIARY != 0
            && (word..asked.tokens.end.min(word + 3))
                .any(|token| reader.classes(token) & class::NEGATIVE != 0)
    });
    let bound = start > asked.tokens.start && reader.classes(asked.tokens.start) & class::BINDING != 0;
    let (mut polar, mut addressed, mut set) = (false, false, false);
    for token in asked.tokens.clone() {
        let classes = reader.classes(token);
        let rest = token..asked.tokens.end;
        polar |= reader.phrase(&rest, classes, class::POLARITY, &reader.words.polarity).is_some();
        addressed |= classes & class::SECOND_PERSON != 0;
        set |= classes & class::ENQUIRING != 0;
    }
    let next =
        text.sentences.get(asked.sentence + 1).filter(|next| asked.last && next.block == sentence.block);
    let boosted = next.is_some_and(|next| {
        let classes = reader.classes(next.tokens.start);
        reader.phrase(&next.tokens, classes, class::BOOSTER, &reader.words.boosters).is_some()
    });
    let marks = text.content[asked.range.clone()].rsplit(char::is_alphanumeric).next().unwrap_or_default();
    let item = text.kind_of(sentence) == BlockKind::ListItem;
    let signs = [
        (frame, 2.0, "frame that expects no answer"),
        (negative, 2.0, "negative opening"),
        (polar, 1.0, "word that wants a denial"),
        (bound, 1.0, "bound to what was said"),
        (asked.series > 1, 1.0, "in a series"),
        (boosted, 1.0, "booster follows"),
        (marks.contains('!'), 1.0, "exclamation mark"),
        (!answered, 1.0, "no answer"),
        (answered, -2.0, ""),
        (speech, -2.0, ""),
        (item, -2.0, ""),
        (set, -2.0, ""),
        (addressed, -1.0, ""),
    ];
    let score: f64 = signs.iter().filter(|(holds, ..)| *holds).map(|(_, weight, _)| weight).sum();
    let (_, _, strongest) = signs.iter().find(|(holds, ..)| *holds)?;
    (score >= LEAST).then(|| reader.row(asked, QuestionKind::RhetoricalCandidate, score, strongest))
}
