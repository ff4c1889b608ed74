//! More than one language in a text.
//!
//! Detecting the language of every paragraph would take longer than everything else. But words such as *the*
//! and *of* stand in nearly every paragraph of a language, so a paragraph is looked at only if it has few of
//! the text's most frequent words, or if these are missing from many paragraphs.

use std::collections::BTreeMap;

use super::Finding;
use super::forms::{FormTable, Group, Tally};
use crate::corpus::Severity;
use crate::text::{Text, detect, language_name};

/// Words that a language is known by.
const FREQUENT: usize = 10;
/// Of these, words that nearly every paragraph has.
const EVERYWHERE: usize = 3;
/// The mark of a frequent word; the bits above it tell those that nearly every paragraph has.
const FREQUENT_WORD: u8 = 1;
/// They are missing from many if they have less than this share of the paragraphs, on average.
const PRESENT: f64 = 0.7;
/// A paragraph has few frequent words if their share is less than this part of the text's.
const FEW: f64 = 0.5;
/// Paragraphs of a text that are looked at, at most, at equal distances.
const MOST_LOOKED_AT: usize = 64;
/// Of those with their share of frequent words, as many are enough to know the main language by.
const FEW_LOOKED_AT: usize = 3;
/// The share of other languages that is worth a word.
const LEAST: f64 = 0.05;

/// What the languages of the paragraphs say.
pub(super) fn findings(text: &Text, tally: &Tally, table: &mut FormTable, findings: &mut Vec<Finding>) {
    if tally.groups.len() < 2 {
        return;
    }
    let (suspects, others): (Vec<_>, Vec<_>) = suspects(text, tally, table);
    let words = |groups: &[&Group]| groups.iter().map(|group| group.tokens.len()).sum::<usize>();
    let (suspected, rest) = (words(&suspects), words(&others));
    let all = suspected + rest;
    if suspected as f64 <= LEAST * all as f64 {
        return;
    }
    // Those that are looked at stand for all of their kind.
    let some = some_of(&suspects, MOST_LOOKED_AT);
    let seen = words(&some);
    let mut shares: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for group in &some {
        let range = range(text, group);
        if let Some(found) = detect(&text.content[range.clone()]) {
            let (words, first) = shares.entry(found.code).or_insert((0, range.start));
            *words += group.tokens.len();
            *first = range.start.min(*first);
        }
    }
    shares.values_mut().for_each(|(words, _)| *words = *words * suspected / seen.max(1));
    for group in some_of(&others, FEW_LOOKED_AT) {
        if let Some(found) = detect(&text.content[range(text, group)]) {
            shares.entry(found.code).or_insert((0, 0)).0 += rest / FEW_LOOKED_AT.min(others.len());
        }
    }
    let Some((main, _)) = shares.iter().max_by_key(|(code, (words, _))| (*words, std::cmp::Reverse(**code)))
    else {
        return;
    };
    let main = *main;
    shares.remove(main);
    let foreign: usize = shares.values().map(|(words, _)| words).sum();
    let first = shares.values().map(|(_, first)| *first).min();
    let Some(first) = first.filter(|_| foreign as f64 > LEAST * all as f64) else { return };
    let mut others: Vec<_> = shares.into_iter().map(|(code, (words, _))| (code, words)).collect();
    others.sort_by_key(|(code, words)| (std::cmp::Reverse(*words), *code));
    let share = |words: usize| words as f64 * 100.0 / all as f64;
    let list: Vec<String> = others
        .iter()
        .map(|(code, words)| format!("{} {:.0} %", language_name(code), share(*words)))
        .collect();
    let message = format!(
        "words are in paragraphs of another language than {} ({}). The rules of one language were applied to all; \
         part the text if this matters",
        language_name(main),
        list.join(", ")
    );
    let found = Finding::new("mixed_languages", Severity::Warning, foreign, message);
    findings.push(found.of(all, "words of paragraphs").at(&text.content, first));
}

fn range(text: &Text, group: &Group) -> std::ops::Range<usize> {
    let tokens = &text.tokens[group.tokens.clone()];
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.range().start..last.range().end,
        _ => 0..0,
    }
}

/// At most `most` of some paragraphs, at equal distances.
fn some_of<'a>(groups: &[&'a Group], most: usize) -> Vec<&'a Group> {
    let count = groups.len().min(most);
    (0..count).map(|step| groups[step * groups.len() / count]).collect()
}

/// The paragraphs whose language may be another, and the rest: all are suspects if the most frequent words are
/// missing from many.
fn suspects<'a>(text: &Text, tally: &'a Tally, table: &mut FormTable) -> (Vec<&'a Group>, Vec<&'a Group>) {
    let FormTable { forms, hashes, counts, touched, marks, .. } = table;
    // Keys have other numbers on other threads, so equal counts are told apart by hash.
    let order = |key: &u32| (std::cmp::Reverse(counts[*key as usize]), hashes[*key as usize]);
    let frequent = if touched.len() > FREQUENT {
        touched.select_nth_unstable_by_key(FREQUENT, order);
        &mut touched[..FREQUENT]
    } else {
        &mut touched[..]
    };
    frequent.sort_unstable_by_key(order);
    for (rank, key) in frequent.iter().enumerate() {
        let everywhere = if rank < EVERYWHERE { FREQUENT_WORD << (rank + 1) } else { 0 };
        marks[*key as usize] = FREQUENT_WORD | everywhere;
    }
    let mut present = 0;
    let mut covered: Vec<usize> = Vec::with_capacity(tally.groups.len());
    for group in &tally.groups {
        let (mut count, mut seen) = (0, 0);
        for token in &text.tokens[group.tokens.clone()] {
            let mark = marks[forms[token.form as usize].key as usize];
            count += usize::from(mark & FREQUENT_WORD);
            seen |= mark;
        }
        covered.push(count);
        present += (seen & !FREQUENT_WORD).count_ones();
    }
    for key in frequent.iter() {
        marks[*key as usize] = 0;
    }
    let all: usize = tally.groups.iter().map(|group| group.tokens.len()).sum();
    let share = covered.iter().sum::<usize>() as f64 / all.max(1) as f64;
    if f64::from(present) < PRESENT * (EVERYWHERE * tally.groups.len()) as f64 {
        return (tally.groups.iter().collect(), Vec::new());
    }
    let mut covered = covered.into_iter();
    tally.groups.iter().partition(|group| {
        covered.next().is_some_and(|count| (count as f64) < FEW * share * group.tokens.len() as f64)
    })
}
