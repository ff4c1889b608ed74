//! Words that come back: anadiplosis, epanalepsis, epizeuxis, diacope, polyptoton, and what antimetabole is made of.
//!
//! One pass over the words of a passage remembers the last two places of each root. What comes back within
//! thirty words is an echo; every figure here is made of echoes.

use super::antimetabole::{self, Weights};
use super::gaps::{BOUND, BREAK, COLON, GLUED, LINE_END, SEMICOLON, SIGN};
use super::lists::{
    AUXILIARY, CAPITAL, COORDINATOR, DETERMINER, DOUBLED, GRAMMATICAL_DOUBLE, LETTER, NUMBER, PREPOSITION,
    PRONOUN, STOP,
};
use super::openings::best;
use super::paragraph::Unit;
use super::words::Word;
use super::{Figure, FigureKind, Passage};

/// Furthest distance of an echo, in words.
pub(super) const WINDOW: usize = 30;

/// Furthest distance of a polyptoton of one lemma and of two.
const POLYPTOTON: [usize; 2] = [6, 12];

/// A content word and an earlier one of the same root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Echo {
    pub from: usize,
    pub to: usize,
}

/// Where roots were met last, in words read so far by this worker: nothing needs to be cleared before four thousand
/// million words.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    last: Vec<[u32; 2]>,
    read: u32,
    /// The places of the content words of the passage at hand.
    content: Vec<u32>,
    echoes: Vec<Echo>,
}

impl Echoes {
    /// Finds the figures of a passage that are made of echoes.
    pub fn find(&mut self, passage: &Passage<'_>, weights: &Weights, figures: &mut Vec<Figure>) {
        epizeuxis(passage, figures);
        if passage.lists.is_empty() {
            return;
        }
        figures.extend(anadiplosis(passage));
        figures.extend(passage.units.iter().filter_map(|unit| epanalepsis(passage, unit)));
        self.gather(passage);
        if self.echoes.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for echo in &self.echoes {
            found.extend(diacope(passage, *echo).or_else(|| polyptoton(passage, *echo)));
        }
        figures.extend(best(chained(found)));
        figures.extend(best(antimetabole::find(passage, &self.echoes, weights)));
    }

    fn gather(&mut self, passage: &Passage<'_>) {
        self.echoes.clear();
        self.last.resize(passage.known.names(), [0, 0]);
        let (Some(first), Some(last)) = (passage.units.first(), passage.units.last()) else { return };
        let words = &passage.words[first.start..last.end];
        if u32::MAX - self.read <= words.len() as u32 {
            self.last.fill([0, 0]);
            self.read = 0;
        }
        // Whether a word has content cannot be foreseen: their places are written without a branch, over those of words
        // that have none.
        self.content.resize(words.len() + 1, 0);
        let mut count = 0;
        for (at, word) in words.iter().enumerate() {
            self.content[count] = at as u32;
            count += usize::from(word.is_content());
        }
        // Places are counted from 1 on, so that 0 is before everything.
        let base = self.read + 1;
        for at in &self.content[..count] {
            let now = base + at;
            let places = &mut self.last[words[*at as usize].root as usize];
            let earliest = base.max(now.saturating_sub(WINDOW as u32));
            // The second of them is the earlier one.
            if places[0] >= earliest {
                let to = first.start + *at as usize;
                for place in places.iter().filter(|place| **place >= earliest) {
                    self.echoes.push(Echo { from: first.start + (place - base) as usize, to });
                }
            }
            *places = [now, places[0]];
        }
        self.read += words.len() as u32;
    }
}

/// Diacopes of the same word that share a part are one.
fn chained(found: Vec<Figure>) -> Vec<Figure> {
    let mut chained: Vec<Figure> = Vec::new();
    for figure in found {
        match chained.last_mut() {
            Some(last)
                if last.kind == FigureKind::Diacope
                    && figure.kind == FigureKind::Diacope
                    && last.rule == figure.rule
                    && last.parts.last() == figure.parts.first() =>
            {
                last.range.end = figure.range.end;
                last.parts.extend(figure.parts.into_iter().skip(1));
                last.score += figure.score;
            }
            _ => chained.push(figure),
        }
    }
    chained
}

/// A word repeated at once: a content word or one that is doubled on purpose. Doubles of grammar (*that
/// that*), numbers, letters, parts of a compound and doubles across a line end, which are errors of printing,
/// are none. Score: repetitions.
fn epizeuxis(passage: &Passage<'_>, figures: &mut Vec<Figure>) {
    let words = passage.words;
    let (Some(first), Some(last)) = (passage.units.first(), passage.units.last()) else { return };
    let mut next = first.start + 1;
    for place in passage.marks.iter() {
        if place < next || words[place].key != words[place - 1].key {
            continue;
        }
        let (start, mut at) = (place - 1, place);
        while at < last.end && words[at].key == words[start].key && joins(passage, at) {
            at += 1;
        }
        next = at;
        if at - start < 2 {
            continue;
        }
        passage.step(at - start);
        let word = words[start];
        let marked = words[start + 1..at].iter().all(|word| word.gap & BOUND != 0);
        let named = words[start..at].iter().all(|word| word.is(CAPITAL)) && !marked;
        let on_purpose = if passage.lists.is_empty() {
            marked
        } else {
            word.is_content() || word.is(DOUBLED) || (marked && !word.is(GRAMMATICAL_DOUBLE | AUXILIARY))
        };
        if on_purpose && !named && !word.is(NUMBER | LETTER) && (marked || !word.is(GRAMMATICAL_DOUBLE)) {
            let sure = word.is_content() || word.is(DOUBLED);
            let parts = (start..at).map(|at| at..at + 1);
            let score = (at - start - 1) as f64;
            figures.push(passage.figure(FigureKind::Epizeuxis, parts, score, "epizeuxis", sure));
        }
    }
}

/// Whether a word that repeats the one before stands in one sentence with it, or makes one of its own.
fn joins(passage: &Passage<'_>, at: usize) -> bool {
    let gap = passage.words[at].gap;
    if gap & GLUED != 0 || (gap & LINE_END != 0 && gap & (BOUND | SIGN) == 0) {
        return false;
    }
    let unit = passage.units.partition_point(|unit| unit.end <= at);
    let Some(here) = passage.units.get(unit) else { return false };
    let alone = |unit: &Unit| unit.end - unit.start == 1;
    here.start < at || alone(here) || (unit > 0 && alone(&passage.units[unit - 1]))
}

/// A sentence that takes up the last word of the one before within its first three words, determiners skipped, or
/// a member that opens with the last word of the one before. Only content words count that are not among the
/// commonest hundredth of the text's words; names are candidates. In a chain of two and more: gradatio. Score: the
/// links.
fn anadiplosis(passage: &Passage<'_>) -> Vec<Figure> {
    let words = passage.words;
    let members = passage.members;
    // Per link: the word that is taken up, where, and the units and members it leads from and to.
    let mut links: Vec<[usize; 3]> = Vec::new();
    for (at, pair) in members.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let last = before.end - 1;
        let word = words[last];
        if !word.is_content() || word.is(LETTER) {
            continue;
        }
        let new_sentence = before.unit != after.unit;
        let mut opening = (after.start..after.end).filter(|at| !words[*at].is(DETERMINER));
        let found = if new_sentence {
            opening.take(3).find(|at| words[*at].key == word.key)
        } else {
            let skip = |at: &usize| !words[*at].is(COORDINATOR);
            opening.find(skip).filter(|at| words[*at].key == word.key)
        };
        // A member that is nothing but the word repeats it: epizeuxis.
        if let Some(found) = found
            && before.end - before.start > 1
            && after.end - after.start > 1
            && !passage.is_common(word)
        {
            links.push([last, found, at]);
        }
    }
    let mut figures = Vec::new();
    let mut at = 0;
    while at < links.len() {
        let goes_on = |pair: &[[usize; 3]]| {
            pair[1][2] == pair[0][2] + 1 || members[pair[1][2]].unit == members[pair[0][2] + 1].unit
        };
        let length = 1 + links[at..].windows(2).take_while(|pair| goes_on(pair)).count();
        let chain = &links[at..at + length];
        let parts = chain.iter().flat_map(|[last, found, _]| [*last..*last + 1, *found..*found + 1]);
        let name = chain.iter().all(|[last, ..]| words[*last].is(CAPITAL));
        let rule = match (length, name) {
            (_, true) => "anadiplosis:name",
            (1, _) => "anadiplosis",
            _ => "anadiplosis:gradatio",
        };
        figures.push(passage.figure(FigureKind::Anadiplosis, parts, length as f64, rule, !name));
        at += length;
    }
    figures
}

/// A sentence of six words and more whose first content word, among its first three, is its last word. Score: its
/// words by ten, at most 3.
fn epanalepsis(passage: &Passage<'_>, unit: &Unit) -> Option<Figure> {
    const SHORTEST: usize = 6;
    let words = passage.words;
    let length = unit.end - unit.start;
    if length < SHORTEST {
        return None;
    }
    let last = unit.end - 1;
    let first = (unit.start..unit.start + 3).find(|at| words[*at].is_content())?;
    if words[first].key != words[last].key || passage.is_common(words[last]) || words[last].is(LETTER) {
        return None;
    }
    let parts = [first..first + 1, last..last + 1].into_iter();
    let score = (length as f64 / 10.0).min(3.0);
    Some(passage.figure(FigureKind::Epanalepsis, parts, score, "epanalepsis", true))
}

/// The same word after one to three others of which none is a finite verb for certain, in one sentence and
/// across nothing stronger than a comma. *More and more* and *day by day* are set phrases, and names come
/// back with their subject: candidates. Score: four less the words between.
fn diacope(passage: &Passage<'_>, Echo { from, to }: Echo) -> Option<Figure> {
    let words = passage.words;
    let distance = to - from;
    if !(2..=4).contains(&distance) || words[from].key != words[to].key {
        return None;
    }
    let between = &words[from + 1..to];
    let strong = BREAK | SEMICOLON | COLON;
    if between.iter().any(|word| word.is(AUXILIARY) || word.key == words[from].key)
        || words[from + 1..=to].iter().any(|word| word.gap & strong != 0)
        || words[from].is(LETTER)
        || passage.sentence(from) != passage.sentence(to)
    {
        return None;
    }
    let (rule, counted) = match between {
        [word] if word.is(COORDINATOR) => ("diacope:w_and_w", false),
        [word] if word.is(PREPOSITION) => ("diacope:w_by_w", false),
        _ if words[from].is(CAPITAL) && words[to].is(CAPITAL) => ("diacope:name", false),
        _ if passage.is_common(words[to]) => ("diacope:common", false),
        _ if between.iter().all(|word| word.is(STOP) && !word.is(COORDINATOR | PRONOUN)) => {
            ("diacope:near", true)
        }
        _ => ("diacope", true),
    };
    let parts = [from..from + 1, to..to + 1].into_iter();
    Some(passage.figure(FigureKind::Diacope, parts, (5 - distance) as f64, rule, counted))
}

/// Another form of the word within six words, or another word of its root within twelve, in one sentence.
/// Score: twelve less the distance, and four more for another word of the root.
fn polyptoton(passage: &Passage<'_>, Echo { from, to }: Echo) -> Option<Figure> {
    let [one, other]: [Word; 2] = [passage.words[from], passage.words[to]];
    if one.key == other.key {
        return None;
    }
    let distance = to - from;
    if distance > POLYPTOTON[1] || passage.sentence(from) != passage.sentence(to) {
        return None;
    }
    let derived = passage.known.lemma(one.key) != passage.known.lemma(other.key);
    if distance > POLYPTOTON[usize::from(derived)] {
        return None;
    }
    let names = [passage.known.name(one.key), passage.known.name(other.key)];
    let possessive = names.iter().any(|name| name.contains('\''));
    let singular = |name: &str| name.strip_suffix('s').is_some_and(|name| names.contains(&name));
    if possessive || (!derived && names.into_iter().any(singular)) {
        return None;
    }
    let score = 12.0 - distance as f64 + if derived { 4.0 } else { 0.0 };
    let rule = if derived { "polyptoton:derived" } else { "polyptoton:inflected" };
    let parts = [from..from + 1, to..to + 1].into_iter();
    Some(passage.figure(FigureKind::Polyptoton, parts, score, rule, false))
}
