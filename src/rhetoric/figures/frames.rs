//! Figures that words announce: correlative pairs, antithesis by its frames, litotes.

use super::gaps::{BREAK, COLON, COMMA, GLUED, SEMICOLON};
use super::lists::{
    AUXILIARY, CONTRACTED_NOT, DETERMINER, FRAME, LITOTES, LITOTES_BETWEEN, LITOTES_NOUN, NEGATION,
    PREPOSITION, PRONOUN, SUBORDINATOR,
};
use super::paragraph::Unit;
use super::words::Named;
use super::{Figure, FigureKind, Passage};

/// Words between the two parts of a frame, at most.
const REACH: usize = 25;

/// Words between `not` and what it denies, at most.
const LITOTES_REACH: usize = 3;

/// Words that make an adverb of the denial that they follow.
const ADVERBIAL: [Named; 8] = [
    Named::Even,
    Named::That,
    Named::Least,
    Named::Yet,
    Named::Unlike,
    Named::Surprisingly,
    Named::Long,
    Named::At,
];

/// Finds the figures in every unit of a passage.
pub(super) fn find(passage: &Passage<'_>, figures: &mut Vec<Figure>) {
    let mut marks = passage.marks;
    for unit in passage.units {
        for at in marks.take(unit.start..unit.end).iter() {
            let word = passage.words[at];
            if word.is(FRAME) {
                frame(passage, unit, at, figures);
            }
            if word.is(FRAME | NEGATION) {
                figures.extend(litotes(passage, unit, at));
            }
        }
    }
}

/// A view of a unit from one of its words on.
struct View<'a> {
    passage: &'a Passage<'a>,
    end: usize,
}

impl View<'_> {
    fn is(&self, at: usize, word: Named) -> bool {
        at < self.end && self.passage.words[at].is_named(word)
    }

    /// These words stand at `at`, one after another.
    fn are(&self, at: usize, words: &[Named]) -> bool {
        words.iter().enumerate().all(|(place, word)| self.is(at + place, *word))
    }

    /// The next place of a word, within reach and before a question mark or the like.
    fn next(&self, from: usize, word: Named) -> Option<usize> {
        let end = self.end.min(from + REACH);
        self.passage.step(REACH);
        let words = self.passage.words.get(from..end)?;
        let bound =
            words.iter().skip(1).position(|word| word.gap & BREAK != 0).map_or(words.len(), |at| at + 1);
        words[..bound].iter().position(|next| next.is_named(word)).map(|at| from + at)
    }

    /// A figure of two places: the words that pair, or, in an antithesis, what they open. Score: 1.
    fn pair(
        &self,
        kind: FigureKind,
        [first, second]: [usize; 2],
        words: [usize; 2],
        rule: &'static str,
    ) -> Figure {
        let parts = match kind {
            FigureKind::CorrelativePair => [first..first + words[0], second..second + words[1]],
            _ => [first..second, second..self.member(second, (second - first).max(words[1] + 1) + 6)],
        };
        self.passage.figure(kind, parts.into_iter(), 1.0, rule, true)
    }

    /// Up to the next mark, or to the end of the unit, at most `length` words.
    fn member(&self, from: usize, length: usize) -> usize {
        let marks = COMMA | SEMICOLON | COLON | BREAK;
        let end = self.end.min(from + length.max(1));
        (from + 1..end).find(|at| self.passage.words[*at].gap & marks != 0).unwrap_or(end)
    }
}

fn frame(passage: &Passage<'_>, unit: &Unit, at: usize, figures: &mut Vec<Figure>) {
    let view = View { passage, end: unit.end };
    let mut pair = |kind, second, second_words, first_words, rule| {
        figures.push(view.pair(kind, [at, second], [first_words, second_words], rule));
    };
    if view.is(at, Named::Either) {
        if let Some(second) = view.next(at + 2, Named::Or) {
            pair(FigureKind::CorrelativePair, second, 1, 1, "either … or");
        }
    } else if view.is(at, Named::Neither) {
        if let Some(second) = view.next(at + 2, Named::Nor) {
            pair(FigureKind::CorrelativePair, second, 1, 1, "neither … nor");
        }
    } else if view.is(at, Named::Whether) {
        // `whether or not` and `whether to` leave one member out.
        if !view.is(at + 1, Named::Or)
            && let Some(second) = view.next(at + 2, Named::Or)
        {
            pair(FigureKind::CorrelativePair, second, 1, 1, "whether … or");
        }
    } else if view.is(at, Named::Both) {
        let next = view.next(at + 2, Named::And).filter(|second| second - at <= 10);
        // `both of them`, `we both came and saw`.
        if let Some(second) = next
            && !view.is(at + 1, Named::Of)
            && !(at > unit.start && passage.words[at - 1].is(PRONOUN))
        {
            pair(FigureKind::CorrelativePair, second, 1, 1, "both … and");
        }
    } else if view.is(at, Named::Not) {
        not_but(&view, unit, at, figures);
    } else if view.is(at, Named::No) && view.are(at, &[Named::No, Named::Sooner]) {
        if let Some(second) = view.next(at + 3, Named::Than) {
            pair(FigureKind::CorrelativePair, second, 1, 2, "no sooner … than");
        }
    } else if view.is(at, Named::Less) {
        if let Some(second) =
            view.next(at + 2, Named::Than).filter(|second| balanced(passage, at, *second, unit.end))
        {
            pair(FigureKind::Antithesis, second, 1, 1, "less … than");
        }
    } else if view.is(at, Named::Rather) {
        // `rather X than Y`; `rather than` compares, and `would rather` wishes.
        if !view.is(at + 1, Named::Than)
            && let Some(second) = view.next(at + 2, Named::Than).filter(|second| second - at <= 8)
        {
            pair(FigureKind::Antithesis, second, 1, 1, "rather … than");
        }
    } else if view.are(at, &[Named::On, Named::The, Named::One, Named::Hand])
        || view.are(at, &[Named::On, Named::One, Named::Hand])
    {
        let other = |second: &usize| view.is(second + 1, Named::Hand);
        if let Some(second) = view.next(at + 4, Named::Other).filter(other) {
            pair(FigureKind::Antithesis, second, 2, 4, "on the one hand … on the other");
        }
    }
    if view.is(at, Named::Whereas) {
        whereas(&view, unit, at, figures);
    }
}

/// `not only X but also Y`, `not so much X as Y`, `not X but Y`, and `X, not Y`.
fn not_but(view: &View<'_>, unit: &Unit, at: usize, figures: &mut Vec<Figure>) {
    let words = view.passage.words;
    if [Named::Only, Named::Merely, Named::Simply, Named::Alone].iter().any(|word| view.is(at + 1, *word)) {
        if let Some(second) = view.next(at + 3, Named::But) {
            let also = usize::from(view.is(second + 1, Named::Also));
            figures.push(view.pair(
                FigureKind::CorrelativePair,
                [at, second],
                [2, 1 + also],
                "not only … but",
            ));
        }
        return;
    }
    if view.are(at, &[Named::Not, Named::So, Named::Much]) {
        if let Some(second) = view.next(at + 4, Named::As) {
            figures.push(view.pair(FigureKind::Antithesis, [at, second], [3, 1], "not so much … as"));
        }
        return;
    }
    if let Some(second) = view.next(at + 2, Named::But) {
        let (x, y) = (words[at + 1], words.get(second + 1).filter(|_| second + 1 < unit.end));
        // `but` must take up the same kind of thing, not open a clause with a subject and verb of its own.
        let takes_up = y.is_some_and(|y| {
            let class = DETERMINER | PREPOSITION | SUBORDINATOR;
            let clause =
                y.is(PRONOUN) || words[second + 1..unit.end].iter().take(4).any(|word| word.is(AUXILIARY));
            let same = x.key == y.key || x.traits & y.traits & class != 0;
            let short = second - at <= 12;
            let adjacent = words[at + 1..second].iter().all(|word| word.gap & (SEMICOLON | COLON) == 0);
            short && adjacent && (x.key == y.key || (!clause && (same || second - at <= 7)))
        });
        if takes_up && words[second].gap & (SEMICOLON | COLON) == 0 {
            figures.push(view.pair(FigureKind::Antithesis, [at, second], [1, 1], "not … but"));
            return;
        }
    }
    // `X, not Y`: a short member that denies what could stand in the place of the last one.
    if at > unit.start + 1 && words[at].gap & COMMA != 0 && at + 1 < unit.end {
        let end = view.member(at, 9);
        let short =
            end - at <= 8 && (end == unit.end || words[end].gap & (COMMA | SEMICOLON | COLON | BREAK) != 0);
        let verbless = !words[at + 1..end].iter().any(|word| word.is(AUXILIARY));
        let set = ADVERBIAL.iter().any(|word| view.is(at + 1, *word));
        if short && verbless && !set && end > at + 1 {
            // X is as long as Y, if the words before reach so far.
            let start = unit.start.max(at.saturating_sub(end - at - 1));
            figures.push(view.passage.figure(
                FigureKind::Antithesis,
                [start..at, at..end].into_iter(),
                1.0,
                "X, not Y",
                true,
            ));
        }
    }
}

/// Whether the members on either side of `second` are of like length.
fn balanced(passage: &Passage<'_>, first: usize, second: usize, end: usize) -> bool {
    let view = View { passage, end };
    let after = view.member(second + 1, REACH) - second;
    let before = second - first;
    before <= 8 && before.abs_diff(after) <= 3 && !passage.words[first + 1].is(PREPOSITION)
}

/// `whereas` between two clauses neither of which is twice as long as the other.
fn whereas(view: &View<'_>, unit: &Unit, at: usize, figures: &mut Vec<Figure>) {
    let passage = view.passage;
    let words = passage.words;
    if at < unit.start + 3 || at + 3 >= unit.end {
        return;
    }
    let least = unit.start.max(at.saturating_sub(REACH));
    passage.step(2 * REACH);
    let marks = COMMA | SEMICOLON | COLON | BREAK;
    let opens = |place: &usize| {
        *place < at
            && (words[*place].gap & marks != 0 || words[place - 1].is(SUBORDINATOR))
            && *place > unit.start
    };
    let start = (least + 1..at).rev().find(opens).unwrap_or(least);
    let closes = |place: &usize| words[*place].gap & marks != 0 || words[*place].is(SUBORDINATOR);
    let end = (at + 2..unit.end.min(at + REACH)).find(closes).unwrap_or(unit.end.min(at + REACH));
    let (one, other) = (at - start, end - at - 1);
    if one >= 3 && other >= 3 && one <= 2 * other && other <= 2 * one {
        let parts = [start..at, at + 1..end];
        let score = 10.0 - one.abs_diff(other) as f64;
        figures.push(passage.figure(
            FigureKind::Antithesis,
            parts.clone().into_iter(),
            score,
            "whereas",
            true,
        ));
        figures.extend(super::balance::isocolon(passage, parts));
    }
}

/// `not` (and up to two words that weigh nothing) before a word that denies or belittles: `not unkind`, `not
/// without merit`, `no small part`.
fn litotes(passage: &Passage<'_>, unit: &Unit, at: usize) -> Option<Figure> {
    let view = View { passage, end: unit.end };
    let words = passage.words;
    let no = view.is(at, Named::No);
    let never = view.is(at, Named::Never) || view.is(at, Named::Nothing) || view.is(at, Named::Nor);
    let denies = view.is(at, Named::Not) || words[at].is(CONTRACTED_NOT);
    if !no && !denies && !never {
        return None;
    }
    let last = unit.end.min(at + 1 + LITOTES_REACH);
    let mut next = at + 1;
    while next < last {
        let word = words[next];
        if word.gap & (COMMA | SEMICOLON | COLON | BREAK | GLUED) != 0 {
            return None;
        }
        let found = if no { word.is(LITOTES_NOUN | LITOTES) } else { word.is(LITOTES) };
        if found {
            let few = view.is(next, Named::Few) || view.is(next, Named::Little);
            if (few && !view.is(next - 1, Named::A)) || (no && next > at + 1) {
                return None;
            }
            let prefixed = !word.is(LITOTES_NOUN) && !word.is(super::lists::PREPOSITION);
            let score = if prefixed { 2.0 } else { 1.0 };
            let parts = [at..at + 1, next..next + 1].into_iter();
            let rule = if no { "no + belittling word" } else { "not + denying word" };
            return Some(passage.figure(FigureKind::Litotes, parts, score, rule, !never));
        }
        if !word.is(LITOTES_BETWEEN) {
            return None;
        }
        next += 1;
    }
    None
}
