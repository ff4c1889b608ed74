//! Antimetabole (chiasmus): A … B … B … A over lemmas, ranked by features of the surface.
//!
//! Dubremetz & Nivre, Rhetorical figure detection: the case of chiasmus (2015), and later papers: candidates
//! within thirty words, each with a score that sums features by weights set by hand. True ones are rare, so
//! there is a list by rank, never a count.

use std::ops::Range;

use super::echoes::{Echo, WINDOW};
use super::gaps::{BRACKET, BREAK, COLON, COMMA, Gap, SEMICOLON};
use super::lists::{COORDINATOR, NEGATION, SUBORDINATOR};
use super::words::Named;
use super::{Figure, FigureKind, Passage};

/// Echoes inside an outer one that are looked at.
const INNER: usize = 60;

/// What each feature of a candidate weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Name of the rule.
    pub name: &'static str,
    /// Candidates below are left out.
    pub cutoff: f64,
    /// Each mark stronger than a comma, or bracket, between A and B or B' and A'.
    pub hard_mark: f64,
    /// Each comma there.
    pub comma: f64,
    /// Each such strong mark between B and B'.
    pub central_mark: f64,
    /// Each word by which A … B and B' … A' differ in length.
    pub difference: f64,
    /// Each word from B to B'.
    pub distance: f64,
    /// What stands between A and B stands between B' and A' too.
    pub same: f64,
    /// Each lemma that stands in both.
    pub shared_word: f64,
    /// The share of such lemmas.
    pub shared_share: f64,
    /// Each pair of words that stands in both.
    pub shared_pair: f64,
    /// Each three words that stand in both.
    pub shared_three: f64,
    /// A coordinator or subordinator between B and B'.
    pub joined: f64,
    /// A negation anywhere.
    pub negation: f64,
    /// *From … to*, or *to* or *into* on both sides.
    pub from_to: f64,
    /// Each further occurrence of A or B inside.
    pub repeated: f64,
    /// A or B comes back in another form.
    pub other_form: f64,
    /// A or B is a name or one of the commonest words of the text.
    pub common: f64,
}

impl Weights {
    /// The weights published in 2015, with content words only for A and B: a function word costs −10 there,
    /// which leaves no chance. Candidates above 0 are kept.
    pub const DUBREMETZ_2015: Self = Self {
        name: "antimetabole:dubremetz2015",
        cutoff: 0.0,
        hard_mark: -10.0,
        comma: -10.0,
        central_mark: -5.0,
        difference: -1.0,
        distance: -1.0,
        same: 5.0,
        shared_word: 1.0,
        shared_share: 10.0,
        shared_pair: 2.0,
        shared_three: 4.0,
        joined: 2.0,
        negation: 2.0,
        from_to: 2.0,
        repeated: -5.0,
        other_form: 0.0,
        common: 0.0,
    };

    /// rhetor's own. Against those of 2015: the middle may be longer (half the price a word) and hold a
    /// strong mark, since the two halves are often two clauses or sentences; other forms and common words
    /// cost something; candidates from −2 on are kept, where the halves share no word but are short.
    pub const RHETOR: Self = Self {
        name: "antimetabole",
        cutoff: -2.0,
        central_mark: -1.0,
        distance: -0.5,
        other_form: -1.0,
        common: -2.0,
        ..Self::DUBREMETZ_2015
    };
}

impl Default for Weights {
    fn default() -> Self {
        Self::RHETOR
    }
}

/// The candidates of a passage, for every outer pair the best inner one.
pub(super) fn find(passage: &Passage<'_>, echoes: &[Echo], weights: &Weights) -> Vec<Figure> {
    let mut found = Vec::new();
    for (index, outer) in echoes.iter().enumerate() {
        if !same_lemma(passage, *outer) || outer.to - outer.from < 3 {
            continue;
        }
        let root = passage.words[outer.from].root;
        // Echoes are in order of their second word.
        let inner = echoes[..index].iter().rev().take(INNER).take_while(|echo| echo.to > outer.from);
        let mut best: Option<(f64, Echo)> = None;
        for inner in inner {
            passage.step(1);
            if inner.from <= outer.from
                || inner.to >= outer.to
                || passage.words[inner.from].root == root
                || !same_lemma(passage, *inner)
            {
                continue;
            }
            let score =
                Candidate { passage, places: [outer.from, inner.from, inner.to, outer.to] }.score(weights);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, *inner));
            }
        }
        if let Some((score, inner)) = best
            && score >= weights.cutoff
        {
            let parts = [outer.from, inner.from, inner.to, outer.to].into_iter().map(|at| at..at + 1);
            found.push(passage.figure(FigureKind::Antimetabole, parts, score, weights.name, false));
        }
    }
    found
}

fn same_lemma(passage: &Passage<'_>, echo: Echo) -> bool {
    let [one, other] = [echo.from, echo.to].map(|at| passage.words[at].key);
    one == other || passage.known.lemma(one) == passage.known.lemma(other)
}

struct Candidate<'a> {
    passage: &'a Passage<'a>,
    /// A, B, B', A'.
    places: [usize; 4],
}

impl Candidate<'_> {
    fn score(&self, weights: &Weights) -> f64 {
        const HARD: Gap = BREAK | SEMICOLON | COLON | BRACKET;
        let [a, b, b2, a2] = self.places;
        let passage = self.passage;
        let words = passage.words;
        passage.step(WINDOW);
        // Marks stand before words, so those between A and B before the words after A up to B.
        let marks = |range: Range<usize>, mark: Gap| {
            let ends = range
                .clone()
                .filter(|at| words[*at].gap & mark != 0 || (mark & BREAK != 0 && self.opens_unit(*at)));
            ends.count() as f64
        };
        let (first, second) = (a + 1..b, b2 + 1..a2);
        let outer = |mark| marks(a + 1..b + 1, mark) + marks(b2 + 1..a2 + 1, mark);
        let lemma = |at: usize| passage.known.lemma(words[at].key);
        let [one, two]: [Vec<u32>; 2] =
            [first.clone(), second.clone()].map(|range| range.map(lemma).collect());
        let runs = |length: usize| -> f64 {
            if one.len() < length || two.len() < length {
                return 0.0;
            }
            one.windows(length).filter(|run| two.windows(length).any(|other| other == *run)).count() as f64
        };
        let shared = runs(1);
        let longer = one.len().max(two.len());
        let share = if longer == 0 { 0.0 } else { shared / longer as f64 };
        let is = |at: usize, word: Named| words[at].is_named(word);
        let middle = b + 1..b2;
        let joined = middle.clone().any(|at| words[at].is(COORDINATOR | SUBORDINATOR));
        let negation = (a.saturating_sub(3)..a2).any(|at| words[at].is(NEGATION));
        let to = |range: Range<usize>| range.into_iter().any(|at| is(at, Named::To) || is(at, Named::Into));
        let from_to = (to(first.clone()) && to(second.clone()))
            || ((a.saturating_sub(2)..a2).any(|at| is(at, Named::From)) && to(a + 1..a2));
        let repeated = (a + 1..a2)
            .filter(|at| *at != b && *at != b2)
            .filter(|at| lemma(*at) == lemma(a) || lemma(*at) == lemma(b))
            .count() as f64;
        let changed =
            [(a, a2), (b, b2)].iter().filter(|(x, y)| words[*x].key != words[*y].key).count() as f64;
        let common = [a, b].iter().filter(|at| passage.is_common(words[**at])).count() as f64;
        let flag = |holds: bool| f64::from(u8::from(holds));
        weights.hard_mark * outer(HARD)
            + weights.comma * outer(COMMA)
            + weights.central_mark * marks(b + 1..b2 + 1, HARD)
            + weights.difference * one.len().abs_diff(two.len()) as f64
            + weights.distance * (b2 - b) as f64
            + weights.same * flag(one == two)
            + weights.shared_word * shared
            + weights.shared_share * share
            + weights.shared_pair * runs(2)
            + weights.shared_three * runs(3)
            + weights.joined * flag(joined)
            + weights.negation * flag(negation)
            + weights.from_to * flag(from_to)
            + weights.repeated * repeated
            + weights.other_form * changed
            + weights.common * common
    }

    fn opens_unit(&self, at: usize) -> bool {
        self.passage.units.binary_search_by_key(&at, |unit| unit.start).is_ok()
    }
}
