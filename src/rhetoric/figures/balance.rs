//! Isocolon, and antithesis of balanced members.
//!
//! The shape of a member is the sequence of its words, where a function word is itself (determiners are one) and
//! any other is only what its ending or capital tells. Two members agree by the longest common subsequence of
//! their shapes.

use std::ops::Range;

use super::lists::{COORDINATOR, NEGATION, OPPOSED, SUBORDINATOR};
use super::openings::best;
use super::paragraph::Member;
use super::words::Word;
use super::{Figure, FigureKind, Passage};

/// Fewest and most words of a member.
const SHORTEST: usize = 4;
const LONGEST: usize = 30;

/// Least agreement of shapes.
const AGREEMENT: f64 = 0.6;

/// Finds isocola and balanced antitheses among neighbouring members.
pub(super) fn find(passage: &Passage<'_>, figures: &mut Vec<Figure>) {
    let mut found = Vec::new();
    for pair in passage.members.windows(2) {
        let [one, other] = pair else { continue };
        let [one, other] = [one, other].map(|member| body(passage, member));
        if one.len().abs_diff(other.len()) > 1 || one.len() < SHORTEST || one.len() > LONGEST {
            continue;
        }
        found.extend(antithesis(passage, [&one, &other]));
        found.extend(isocolon(passage, [one, other]));
    }
    figures.extend(best(found));
}

/// A member without the word that joins it to the one before.
fn body(passage: &Passage<'_>, member: &Member) -> Range<usize> {
    let joined = passage.words[member.start].is(COORDINATOR) && member.end > member.start + 1;
    member.start + usize::from(joined)..member.end
}

/// Two members of equal length, give or take a word, of four words and more, whose shapes agree by 0.6. Score:
/// the agreement, from 0 to 1, and 0.02 for each word of the shorter.
pub(super) fn isocolon(passage: &Passage<'_>, [one, other]: [Range<usize>; 2]) -> Option<Figure> {
    if one.len().abs_diff(other.len()) > 1
        || one.len().min(other.len()) < SHORTEST - 1
        || one.len().max(other.len()) < SHORTEST
    {
        return None;
    }
    let agreement = agreement(passage, &one, &other)?;
    if agreement < AGREEMENT {
        return None;
    }
    let score = agreement + 0.02 * one.len().min(other.len()) as f64;
    let parts = [one, other].into_iter();
    Some(passage.figure(FigureKind::Isocolon, parts, score, "isocolon", false))
}

/// The longest common subsequence of two shapes by the longer length, or nothing where that is certainly less than
/// [`AGREEMENT`]. Since lengths differ by one at most and agreement must be high, words are compared with those up to
/// two places away.
fn agreement(passage: &Passage<'_>, one: &Range<usize>, other: &Range<usize>) -> Option<f64> {
    const BAND: usize = 2;
    let (one, other) = (passage.words.get(one.clone())?, passage.words.get(other.clone())?);
    if one.len() > LONGEST || other.len() > LONGEST {
        return None;
    }
    passage.step(one.len() * (2 * BAND + 1));
    let longer = one.len().max(other.len());
    let least = (AGREEMENT * longer as f64) as usize;
    let mut row = [0_u8; LONGEST + 1];
    for (at, word) in one.iter().enumerate() {
        let first = at.saturating_sub(BAND);
        let end = other.len().min(at + BAND + 1);
        let mut diagonal = row[first];
        for place in first..end {
            // The place that is new in the band has what was reached beside it.
            let above = if place == at + BAND { diagonal } else { row[place + 1] };
            row[place + 1] = if word.is_like(other[place]) { diagonal + 1 } else { above.max(row[place]) };
            diagonal = above;
        }
        // Every word that is left can add one at most.
        if usize::from(row[end]) + one.len() - at - 1 < least {
            return None;
        }
    }
    Some(f64::from(row[other.len()]) / longer as f64)
}

/// Members of equal length of which one holds the opposite of a word of the other, or is denied, with a word in
/// common. A candidate. Score: 2 for each opposite, 1 for a negation in one of them, 1 for the same first word.
fn antithesis(passage: &Passage<'_>, [one, other]: [&Range<usize>; 2]) -> Option<Figure> {
    let words = passage.words;
    let opposed = |word: &&Word| word.is(OPPOSED);
    let mut pairs = 0;
    passage.step(one.len() + other.len());
    let traits = |range: &Range<usize>| words[range.clone()].iter().fold(0, |all, word| all | word.traits);
    let [one_has, other_has] = [one, other].map(traits);
    if one_has & other_has & OPPOSED != 0 {
        for word in words[one.clone()].iter().filter(opposed) {
            let meets = |other: &Word| passage.are_opposed(*word, *other);
            pairs += usize::from(words[other.clone()].iter().filter(opposed).any(meets));
        }
    }
    let negated = (one_has ^ other_has) & NEGATION != 0;
    let key = |range: &Range<usize>| words[range.start].key;
    let alike = key(one) == key(other) && !words[one.start].is(SUBORDINATOR);
    if pairs == 0 && !(negated && alike) {
        return None;
    }
    if pairs == 0 && agreement(passage, one, other)? < AGREEMENT {
        return None;
    }
    let score = (2 * pairs + usize::from(negated) + usize::from(alike)) as f64;
    let rule = if pairs > 0 { "antithesis:opposites" } else { "antithesis:negation" };
    let parts = [one.clone(), other.clone()].into_iter();
    Some(passage.figure(FigureKind::Antithesis, parts, score, rule, false))
}
