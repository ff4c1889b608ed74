//! Anaphora, epistrophe and symploce: neighbouring units that begin or end alike.

use std::cmp::Reverse;
use std::ops::Range;

use super::lists::{CONNECTIVE, COORDINATOR, NEGATION, STRONG, SUBORDINATOR};
use super::words::Word;
use super::{Figure, FigureKind, Passage};

/// Words compared at either end of a unit.
const LONGEST: usize = 16;

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Sentences,
    /// What stands between marks, without a coordinator at its head.
    Members,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    No,
    Candidate,
    Counted,
}

/// Finds the three figures in a passage, in the sentences and in the members of sentences; of overlapping
/// ones of a kind the better stays.
pub(super) fn find(passage: &Passage<'_>, figures: &mut Vec<Figure>) {
    let mut found = Vec::new();
    let sentences = || passage.units.iter().map(|unit| unit.start..unit.end);
    if any_alike(passage, sentences(), sentences()) {
        let sentences: Vec<_> = sentences().collect();
        search(passage, Level::Sentences, &sentences, &sentences, &mut found);
    }
    if passage.members.len() > passage.units.len() {
        let whole = || passage.members.iter().map(|member| member.start..member.end);
        let members = || {
            whole().map(|member| {
                let joined = member.len() > 1 && passage.words[member.start].is(COORDINATOR);
                member.start + usize::from(joined)..member.end
            })
        };
        if any_alike(passage, members(), whole()) {
            let (members, whole): (Vec<_>, Vec<_>) = (members().collect(), whole().collect());
            search(passage, Level::Members, &members, &whole, &mut found);
        }
    }
    figures.extend(best(found));
}

/// Whether any neighbours begin with the same word, or end with it: most passages have none.
fn any_alike(
    passage: &Passage<'_>,
    spans: impl Iterator<Item = Range<usize>>,
    whole: impl Iterator<Item = Range<usize>>,
) -> bool {
    // Keys count from 0 and are never as many.
    let (mut head, mut end) = (u32::MAX, u32::MAX);
    let key = |at: usize| passage.words[at].key;
    spans.zip(whole).any(|(span, whole)| {
        let [before, last] = [head, end];
        (head, end) = (key(span.start), key(whole.end - 1));
        before == head || last == end
    })
}

/// Of figures that overlap, those that are counted before candidates, then those of higher score, then the
/// first.
pub(super) fn best(mut found: Vec<Figure>) -> Vec<Figure> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by(|a, b| {
        let rank = |figure: &Figure| (figure.kind, Reverse(figure.countable));
        rank(a).cmp(&rank(b)).then(b.score.total_cmp(&a.score)).then(a.range.start.cmp(&b.range.start))
    });
    let mut taken = std::collections::BTreeMap::new();
    let mut kind = None;
    found.retain(|figure| {
        if kind != Some(figure.kind) {
            kind = Some(figure.kind);
            taken.clear();
        }
        let before = taken.range(..figure.range.end).next_back();
        let free = before.is_none_or(|(_, end)| *end <= figure.range.start);
        if free {
            taken.insert(figure.range.start, figure.range.end);
        }
        free
    });
    found
}

/// The number of words that two spans share at the head, or at the end.
fn shared(passage: &Passage<'_>, one: &Range<usize>, other: &Range<usize>, at_end: bool) -> usize {
    let words = passage.words;
    let length = one.len().min(other.len()).min(LONGEST);
    let same = |place: usize| {
        let (a, b) = if at_end {
            (one.end - 1 - place, other.end - 1 - place)
        } else {
            (one.start + place, other.start + place)
        };
        words[a].key == words[b].key
    };
    let count = (0..length).take_while(|place| same(*place)).count();
    passage.step(count + 1);
    count
}

fn search(
    passage: &Passage<'_>,
    level: Level,
    spans: &[Range<usize>],
    whole: &[Range<usize>],
    found: &mut Vec<Figure>,
) {
    if spans.len() < 2 {
        return;
    }
    let heads: Vec<usize> = spans.windows(2).map(|pair| shared(passage, &pair[0], &pair[1], false)).collect();
    let ends: Vec<usize> = whole.windows(2).map(|pair| shared(passage, &pair[0], &pair[1], true)).collect();
    for (kind, spans, shared) in
        [(FigureKind::Anaphora, spans, &heads), (FigureKind::Epistrophe, whole, &ends)]
    {
        let search = Search { passage, level, kind, spans, shared };
        search.stretches(0..shared.len(), 1, found);
    }
    symploce(passage, spans, [&heads, &ends], found);
}

struct Search<'a> {
    passage: &'a Passage<'a>,
    level: Level,
    kind: FigureKind,
    spans: &'a [Range<usize>],
    /// How many words each span shares with the next.
    shared: &'a [usize],
}

impl Search<'_> {
    /// Looks at every maximal stretch of pairs that share at least `least` words. Whether one was found.
    fn stretches(&self, pairs: Range<usize>, least: usize, found: &mut Vec<Figure>) -> bool {
        self.passage.step(pairs.len());
        let mut any = false;
        let mut at = pairs.start;
        while at < pairs.end {
            if self.shared[at] < least {
                at += 1;
                continue;
            }
            let length = self.shared[at..pairs.end].iter().take_while(|shared| **shared >= least).count();
            any |= self.stretch(at..at + length, found);
            at += length;
        }
        any
    }

    fn stretch(&self, pairs: Range<usize>, found: &mut Vec<Figure>) -> bool {
        let Some(length) = self.shared[pairs.clone()].iter().min().copied() else { return false };
        let spans = &self.spans[pairs.start..pairs.end + 1];
        let at_end = self.kind == FigureKind::Epistrophe;
        let part = |span: &Range<usize>| {
            if at_end { span.end - length..span.end } else { span.start..span.start + length }
        };
        let repeated = &self.passage.words[part(&spans[0])];
        // Units that are nothing but what is repeated neither begin nor end alike.
        let wholly = spans.iter().all(|span| span.len() == length);
        let verdict = if wholly { Verdict::No } else { self.verdict(repeated, spans.len()) };
        if verdict != Verdict::Counted && length < LONGEST && self.stretches(pairs.clone(), length + 1, found)
        {
            return true;
        }
        if verdict == Verdict::No {
            return false;
        }
        let content = repeated.iter().any(|word| word.is_content());
        let score = (length * (spans.len() - 1)) as f64 + if content { 1.0 } else { 0.0 };
        let rule = match (self.kind, self.level) {
            (FigureKind::Anaphora, Level::Sentences) => "anaphora:sentences",
            (FigureKind::Anaphora, Level::Members) => "anaphora:members",
            (_, Level::Sentences) => "epistrophe:sentences",
            (_, Level::Members) => "epistrophe:members",
        };
        let parts = spans.iter().map(part);
        found.push(self.passage.figure(self.kind, parts, score, rule, verdict == Verdict::Counted));
        true
    }

    fn verdict(&self, repeated: &[Word], units: usize) -> Verdict {
        let length = repeated.len();
        let content = repeated.iter().any(|word| word.is_content());
        if self.passage.lists.is_empty() {
            return if length >= 2 && units >= 3 { Verdict::Counted } else { Verdict::No };
        }
        let sentences = self.level == Level::Sentences;
        let first = repeated[0];
        if self.kind == FigureKind::Anaphora {
            let carries = first.is_content() || first.is(CONNECTIVE);
            if (length >= 2 && units >= 3)
                || (length >= 3 && content)
                || (sentences && carries)
                || (units >= 3 && first.is(STRONG | CONNECTIVE) && (sentences || !first.is(COORDINATOR)))
            {
                return Verdict::Counted;
            }
            let candidate = units >= 3 && (sentences || first.is(SUBORDINATOR | NEGATION) || length >= 2)
                || length >= 3
                || (length == 2 && content);
            return if candidate { Verdict::Candidate } else { Verdict::No };
        }
        if content && (units >= 3 || (length >= 2 && sentences)) {
            Verdict::Counted
        } else if (content && (sentences || length >= 2)) || (length >= 2 && units >= 3) {
            Verdict::Candidate
        } else {
            Verdict::No
        }
    }
}

/// Neighbours that both begin and end alike, with something else between.
fn symploce(
    passage: &Passage<'_>,
    spans: &[Range<usize>],
    [heads, ends]: [&[usize]; 2],
    found: &mut Vec<Figure>,
) {
    if passage.lists.is_empty() {
        return;
    }
    let holds = |pair: usize| {
        let shorter = spans[pair].len().min(spans[pair + 1].len());
        heads[pair] > 0 && ends[pair] > 0 && heads[pair] + ends[pair] < shorter
    };
    let mut at = 0;
    while at < heads.len() {
        let length = (at..heads.len()).take_while(|pair| holds(*pair)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let least = |shared: &[usize]| shared[at..at + length].iter().min().copied().unwrap_or(0);
        let (head, end) = (least(heads), least(ends));
        let spans = &spans[at..at + length + 1];
        let parts = |span: &Range<usize>| [span.start..span.start + head, span.end - end..span.end];
        let content = parts(&spans[0]).into_iter().flatten().any(|at| passage.words[at].is_content());
        if content && head + end >= 3 - usize::from(length >= 2) {
            let score = ((head + end) * length) as f64;
            let parts = spans.iter().flat_map(parts);
            found.push(passage.figure(FigureKind::Symploce, parts, score, "symploce", true));
        }
        at += length;
    }
}
