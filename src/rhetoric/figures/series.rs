//! Members joined: doublet, tricolon, polysyndeton, asyndeton.

use std::ops::Range;

use super::gaps::{BOUND, BREAK, COMMA, GLUED, Gap, SEMICOLON, SIGN};
use super::lists::{
    ABSTRACT, ADJECTIVE, AUXILIARY, CAPITAL, CONNECTIVE, COORDINATOR, DETERMINER, ED, ING, JOINER, LETTER,
    LY, MODAL, NUMBER, PAST, PREPOSITION, PRONOUN, STOP, SUBORDINATOR,
};
use super::paragraph::{Member, Unit};
use super::words::Word;
use super::{Figure, FigureKind, Passage};

/// What a word's ending tells of its class.
const ENDINGS: u32 = ING | ED | LY | ABSTRACT | ADJECTIVE;

/// Longest member of a tricolon, longest gap of a polysyndeton, longest member of an asyndeton, in words.
const LONGEST: usize = 8;
const LONGEST_GAP: usize = 8;
const LONGEST_BARE: usize = 6;

/// Finds the four figures in a passage.
///
/// `joiners` is room for the coordinators of a unit.
pub(super) fn find(passage: &Passage<'_>, joiners: &mut Vec<usize>, figures: &mut Vec<Figure>) {
    let mut marks = passage.marks;
    for unit in passage.units {
        joiners.clear();
        let marks = marks.take(unit.start..unit.end).iter();
        joiners.extend(marks.filter(|at| *at > unit.start && passage.words[*at].is(JOINER)));
        for at in joiners.iter() {
            figures.extend(doublet(passage, unit, *at));
            figures.extend(tricolon(passage, unit, *at));
        }
        if joiners.len() >= 3 {
            polysyndeton(passage, joiners, figures);
        }
    }
    asyndeton(passage, figures);
}

/// Two words joined by *and*, *or* or *nor* that are a phrase of their own: two modal verbs; two adverbs in
/// -ly; two words before which an article, preposition or pronoun stands, and after which no word that they
/// could belong to; two adjectives before a noun; `the X and the Y`. Words of classes that differ by their
/// endings are none, nor are names, numbers and the tail of a list. Score: 1, and 1 each for like endings,
/// opposites and the same first letter.
fn doublet(passage: &Passage<'_>, unit: &Unit, at: usize) -> Option<Figure> {
    const MARKS: Gap = BOUND | SIGN | GLUED;
    let words = passage.words;
    if at < unit.start + 1 || words[at].gap & MARKS != 0 {
        return None;
    }
    let first = at - 1;
    let inside = |at: usize| (unit.start..unit.end).contains(&at);
    let before = (first > unit.start && words[first].gap & MARKS == 0).then(|| words[first - 1]);
    // `the X and the Y`: the second article is stepped over.
    let repeated = before.filter(|word| {
        word.is(DETERMINER | PREPOSITION)
            && inside(at + 2)
            && words[at + 1].key == word.key
            && words[at + 2].gap & MARKS == 0
    });
    let second = at + 1 + usize::from(repeated.is_some());
    if !inside(second) || words[at + 1].gap & MARKS != 0 {
        return None;
    }
    let after = (inside(second + 1) && words[second + 1].gap & MARKS == 0).then(|| words[second + 1]);
    let (x, y) = (words[first], words[second]);
    if x.root == y.root || (x.is(CAPITAL) && y.is(CAPITAL)) || (x.traits | y.traits) & (NUMBER | LETTER) != 0
    {
        return None;
    }
    let opposed = passage.are_opposed(x, y);
    let rule = if x.is(MODAL) && y.is(MODAL) {
        "doublet:modals"
    } else if !x.is_content() || !y.is_content() {
        return None;
    } else if repeated.is_some() {
        if after.is_some_and(|word| word.is_content()) {
            return None;
        }
        "doublet:articles"
    } else {
        phrase([before, Some(x), Some(y), after], words[first].gap & COMMA != 0, opposed)?
    };
    let like = x.traits & y.traits & ENDINGS != 0;
    let initial = |word: Word| passage.known.name(word.key).chars().next();
    let score = [like, opposed, initial(x) == initial(y)].into_iter().filter(|holds| *holds).count() as f64;
    let parts = [first..first + 1, second..second + 1].into_iter();
    Some(passage.figure(FigureKind::Doublet, parts, 1.0 + score, rule, true))
}

/// The rule by which two content words between these neighbours are a phrase.
fn phrase(
    [before, x, y, after]: [Option<Word>; 4],
    after_comma: bool,
    opposed: bool,
) -> Option<&'static str> {
    let (x, y) = (x?, y?);
    let either = |traits| x.is(traits) || y.is(traits);
    let both = |traits| x.is(traits) && y.is(traits);
    if both(LY) {
        return Some("doublet:adverbs");
    }
    let verb = |word: Word| word.is(PAST | ED);
    if either(LY) || after_comma {
        return None;
    }
    // `the bread and went`: what follows an article is a noun.
    let nominal = before.is_none_or(|word| word.is(DETERMINER | PREPOSITION));
    let object = after.is_some_and(|word| word.is(DETERMINER));
    if nominal && before.is_some() && (object || (y.is(ED) && !x.is(ED | ADJECTIVE) && after.is_some())) {
        return None;
    }
    if (nominal && y.is(PAST)) || (y.is(PAST) && !verb(x)) || (x.is(PAST) && !verb(y)) {
        return None;
    }
    // `the mouth and showing signs`: a participle goes with an adjective or another participle.
    if x.is(ING) != y.is(ING) && !either(ADJECTIVE | ED) {
        return None;
    }
    if (x.is(ABSTRACT) && y.is(ED | ING | ADJECTIVE)) || (y.is(ABSTRACT) && x.is(ED | ADJECTIVE)) {
        return None;
    }
    let free = |word: Option<Word>| word.is_none_or(|word| word.is(STOP));
    match (free(before), free(after)) {
        (true, true) if before.is_some() || after.is_some() => Some("doublet:phrase"),
        (true, false)
            if before.is_some() && (either(ADJECTIVE | ED | ING) || opposed) && !either(ABSTRACT) =>
        {
            Some("doublet:adjectives")
        }
        (_, true) if opposed || both(ABSTRACT) || both(ADJECTIVE) => Some("doublet:like endings"),
        _ => None,
    }
}

/// `X, Y, and Z` with one to eight words in Y, none of them a pronoun or an auxiliary, unless all three begin
/// with the same word. Counted with the comma before *and*, or with members of equal length (give or take one
/// word); else a candidate. Lists of four and more are none. Score: 1 each for the comma, for equal length,
/// and for the same first word.
fn tricolon(passage: &Passage<'_>, unit: &Unit, at: usize) -> Option<Figure> {
    let words = passage.words;
    let marks = BOUND | SIGN;
    let serial = words[at].gap & COMMA != 0;
    if at + 1 >= unit.end || (words[at].gap & BOUND) & !COMMA != 0 || words[at + 1].gap & marks != 0 {
        return None;
    }
    // The first word of the member that ends before `end`.
    let head = |end: usize| {
        let least = end.saturating_sub(LONGEST + 1).max(unit.start);
        (least..end).rev().find(|at| words[*at].gap & marks != 0 || *at == unit.start)
    };
    passage.step(3 * LONGEST);
    let middle = head(at).filter(|start| *start > unit.start && words[*start].gap & marks == COMMA)?;
    let length = at - middle;
    if length > LONGEST {
        return None;
    }
    let end = (at + 2..unit.end.min(at + 2 + LONGEST)).find(|at| words[*at].gap & marks != 0);
    let bounded = end.is_some() || unit.end <= at + 2 + LONGEST;
    let end = end.unwrap_or(unit.end.min(at + 1 + length));
    let start = head(middle);
    let parallel = start.is_some_and(|start| words[start].key == words[middle].key)
        && words[middle].key == words[at + 1].key
        && words[middle].is(STOP);
    let clean = |range: Range<usize>| {
        let words = &words[range];
        let head_fits = !words[0].is(CONNECTIVE | COORDINATOR | SUBORDINATOR);
        head_fits
            && words.iter().any(|word| word.is_content())
            && !words.iter().any(|word| word.is(AUXILIARY | PRONOUN))
    };
    let opens_clause =
        words[at + 1].is(AUXILIARY | PRONOUN) || start.is_some_and(|at| words[at].is(SUBORDINATOR));
    if !parallel && (opens_clause || !clean(middle..at)) {
        return None;
    }
    // A member before the first that is as short makes a list of it.
    if let Some(start) = start
        && start > unit.start
        && words[start].gap & marks == COMMA
        && middle - start <= LONGEST
        && (parallel || clean(start..middle))
        && head(start).is_some_and(|before| !parallel || words[before].key == words[middle].key)
    {
        return None;
    }
    let first = start
        .filter(|start| middle - start <= length + 1)
        .unwrap_or(middle - length.min(middle - unit.start));
    if !words[middle - 1].is_content() && !parallel {
        return None;
    }
    let last = if bounded { end } else { end.min(at + 1 + length) };
    let third = at + 1..last.min(at + 1 + LONGEST).max(at + 2);
    let lengths = [middle - first, length, third.len()];
    let spread = lengths.iter().max()? - lengths.iter().min()?;
    // Short of a mark the third member is as long as one likes.
    let equal = bounded && spread <= 1 && start == Some(first);
    let third =
        if bounded && third.len() <= length + 1 { third } else { at + 1..third.end.min(at + 1 + length) };
    let score = [serial, equal, parallel].into_iter().filter(|holds| *holds).count() as f64;
    let rule = match (serial, parallel) {
        (_, true) => "tricolon:parallel",
        (true, _) => "tricolon:serial comma",
        _ if equal => "tricolon:equal members",
        _ => "tricolon:no serial comma",
    };
    let parts = [first..middle, middle..at, third].into_iter();
    Some(passage.figure(FigureKind::Tricolon, parts, score, rule, serial || equal || parallel))
}

/// The same coordinator three times and more in a sentence, with at most eight words between neighbours and no
/// comma but before it. Counted from four on, or three at almost even distances of at most six words. Score:
/// two each, less half of what the distances differ by.
fn polysyndeton(passage: &Passage<'_>, joiners: &[usize], figures: &mut Vec<Figure>) {
    let words = passage.words;
    let mut at = 0;
    while at < joiners.len() {
        let goes_on = |pair: &[usize]| {
            let [one, other] = [pair[0], pair[1]];
            words[one].key == words[other].key
                && other - one - 1 <= LONGEST_GAP
                && other - one > 1
                && words[one + 1..other].iter().all(|word| word.gap & BOUND == 0)
                && words[other].gap & BREAK == 0
        };
        let length = 1 + joiners[at..].windows(2).take_while(|pair| goes_on(pair)).count();
        passage.step(length * LONGEST_GAP);
        if length >= 3 {
            let places = &joiners[at..at + length];
            let gaps = || places.windows(2).map(|pair| pair[1] - pair[0] - 1);
            let (most, least) = (gaps().max().unwrap_or(0), gaps().min().unwrap_or(0));
            let score = 2.0 * length as f64 - (most - least) as f64 / 2.0;
            let counted = length >= 4 || (most - least <= 2 && most <= 6);
            let parts = places.iter().map(|at| *at..*at + 1);
            figures.push(passage.figure(FigureKind::Polysyndeton, parts, score, "polysyndeton", counted));
        }
        at += length;
    }
}

/// Three and more members of up to six words up to the end of the clause, none of them opened by a word that
/// joins, that open with the same word, or with words of one class and are of equal length (give or take one
/// word). Names, numbers and set-off adverbs are none. Score: the number of members, and 1 for the same first
/// word.
fn asyndeton(passage: &Passage<'_>, figures: &mut Vec<Figure>) {
    let words = passage.words;
    let members = passage.members;
    let joined = |member: &Member, next: &Member| {
        member.unit == next.unit && matches!(words[next.start].gap & BOUND, COMMA | SEMICOLON)
    };
    let bare = |member: &Member| {
        let inside = &words[member.start..member.end];
        inside.len() <= LONGEST_BARE
            && !inside[0].is(COORDINATOR | SUBORDINATOR | CONNECTIVE | LY)
            && !inside.iter().any(|word| word.is(NUMBER | JOINER))
            && inside.iter().any(|word| word.is_content() || word.is(AUXILIARY))
            && !inside.iter().all(|word| word.is(CAPITAL))
    };
    let mut at = 0;
    while at + 2 < members.len() {
        let like = |pair: &[Member]| {
            let [one, other] = pair else { return false };
            joined(one, other) && bare(one) && bare(other) && alike(words, one, other)
        };
        let length = 1 + members[at..].windows(2).take_while(|pair| like(pair)).count();
        passage.step(length * LONGEST_BARE);
        if length < 3 {
            at += length;
            continue;
        }
        let last = at + length - 1;
        let ends = members.get(last + 1).is_none_or(|next| !joined(&members[last], next));
        let opened = |next: &Member| words[next.start].is(COORDINATOR);
        let goes_on = length >= 4 && members.get(last + 1).is_some_and(|next| !opened(next));
        if ends || goes_on {
            let members = &members[at..at + length];
            let key = |member: &Member| words[member.start].key;
            let same = members.iter().all(|member| key(member) == key(&members[0]));
            let whole_same = members
                .iter()
                .all(|member| member.end - member.start == 1 && key(member) == key(&members[0]));
            if !whole_same {
                let score = length as f64 + if same { 1.0 } else { 0.0 };
                let parts = members.iter().map(|member| member.start..member.end);
                figures.push(passage.figure(FigureKind::Asyndeton, parts, score, "asyndeton", true));
            }
        }
        at += length;
    }
}

/// Whether two members open with the same word, or with words of one class and are equally long.
fn alike(words: &[Word], one: &Member, other: &Member) -> bool {
    const CLASSES: u32 = DETERMINER | PRONOUN | PREPOSITION | AUXILIARY | ENDINGS | STOP;
    let [a, b] = [words[one.start], words[other.start]];
    let [long, short] = [one.end - one.start, other.end - other.start];
    let classes = [a, b].map(|word| word.traits & CLASSES);
    (a.key == b.key && (long.abs_diff(short) <= 2 || a.is(STOP)))
        || (long.abs_diff(short) <= 1 && classes[0] == classes[1] && (classes[0] & STOP == 0 || long > 1))
}
