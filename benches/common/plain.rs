//! The plain way: what one would write first with the usual crates. Ratios are taken to it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Counts of words in lower case.
pub type Counts = HashMap<String, u64>;

/// Words per sentence, and counts: `unicode_sentences`, `unicode_words` in each, a map.
pub fn count(text: &str) -> (Vec<usize>, Counts) {
    let mut counts = Counts::new();
    let lengths = text
        .unicode_sentences()
        .map(|sentence| {
            sentence.unicode_words().map(|word| *counts.entry(word.to_lowercase()).or_insert(0) += 1).count()
        })
        .collect();
    (lengths, counts)
}

/// Adds the counts of a text to those of all.
pub fn merge(mut all: Counts, one: Counts) -> Counts {
    for (word, count) in one {
        *all.entry(word).or_insert(0) += count;
    }
    all
}

/// The counts of each text, then their merge; the lengths of all sentences. On one thread.
pub fn corpus(texts: &[String]) -> (Vec<usize>, Counts) {
    let counted: Vec<_> = texts.iter().map(|text| count(text)).collect();
    let mut lengths = Vec::new();
    let mut all = Counts::new();
    for (some, counts) in counted {
        lengths.extend(some);
        all = merge(all, counts);
    }
    (lengths, all)
}

/// As [`corpus`], on all threads of the pool.
pub fn corpus_parallel(texts: &[String]) -> Counts {
    texts.par_iter().map(|text| count(text).1).reduce(Counts::new, merge)
}

/// Paragraphs: runs of lines that are not blank.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            open = false;
        } else {
            match paragraphs.last_mut().filter(|_| open) {
                Some(paragraph) => paragraph.end = end,
                None => paragraphs.push(at..end),
            }
            open = true;
        }
        at = end;
    }
    paragraphs
}

/// Quotations: from an opening mark to the next closing one, character by character.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c, start) {
            ('"' | '“' | '«', None) => start = Some(at),
            ('"' | '”' | '»', Some(from)) => {
                quotations.push(from..at + c.len_utf8());
                start = None;
            }
            _ => {}
        }
    }
    quotations
}

/// Phrases of up to four words, each run of words looked up in a set.
pub fn phrases(text: &str, words: &[Range<usize>], set: &HashSet<String>) -> usize {
    let lower: Vec<String> = words.iter().map(|word| text[word.clone()].to_lowercase()).collect();
    let found = |at: usize| {
        (1..=4).filter(|n| at + n <= lower.len() && set.contains(&lower[at..at + n].join(" "))).count()
    };
    (0..lower.len()).map(found).sum()
}

/// A frequency list as CSV, by the crate `csv`, a string for each cell.
pub fn frequency_list(counts: &Counts) -> Vec<u8> {
    let mut list: Vec<(&String, &u64)> = counts.iter().collect();
    list.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let total: u64 = counts.values().sum();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["rank", "word", "count", "per_million"]).unwrap();
    for (rank, (word, count)) in list.into_iter().enumerate() {
        let per_million = *count as f64 * 1e6 / total as f64;
        let cells = [(rank + 1).to_string(), word.clone(), count.to_string(), per_million.to_string()];
        writer.write_record(cells).unwrap();
    }
    writer.into_inner().unwrap()
}
