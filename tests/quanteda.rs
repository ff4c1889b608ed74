//! The tables of quanteda from the texts themselves: its words, and every figure from them.
//!
//! quanteda 4.3.1 on `corpora/polemic`, looked for in `../shared`, or where `RHETOR_SHARED` says. Where they are absent
//! each test says that it was skipped. Formulas that take quanteda's own counts are in `tests/measures.rs`.
//!
//! quanteda's words are not rhetor's: it joins what dashes hold together without a space, so that "man—that" is one
//! word, and it errs in counting a full stop with a word joiner (U+2060) as a word. [`words`] cuts as it does, but for
//! that error, so that what is compared are the same words counted twice.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use common::shared;
use rhetor::measures::association::{Joint, lambda};
use rhetor::measures::contingency::Table;
use rhetor::measures::{Outcome, Sequence, Spectrum, diversity, keyness, sequence, similarity};
use unicode_segmentation::UnicodeSegmentation;

type Row = HashMap<String, String>;

/// What quanteda counts as a word and is none: a full stop with a word joiner after it.
const NO_WORD: &str = ".\u{2060}";

fn rows(name: &str) -> Option<Vec<Row>> {
    let path = shared("reference/quanteda/polemic")?.join(name);
    Some(csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect())
}

fn number(row: &Row, name: &str) -> f64 {
    row[name].parse().unwrap()
}

fn whole(row: &Row, name: &str) -> u64 {
    row[name].parse().unwrap()
}

fn is_dash(segment: &str) -> bool {
    segment.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2060}'))
        && segment.starts_with(|c| c != '\u{2060}')
}

/// A number, with the marks in it, which quanteda removes.
fn is_number(word: &str) -> bool {
    word.starts_with(char::is_numeric)
        && word.chars().all(|c| c.is_numeric() || (!c.is_alphabetic() && c != '\u{2060}'))
}

/// Words of Unicode's rules, joined where only dashes stand between them; without numbers, in lower case.
fn words(text: &str) -> Vec<String> {
    let segments: Vec<&str> = text.split_word_bounds().collect();
    let is_word = |at: usize| segments.get(at).is_some_and(|it| it.contains(char::is_alphanumeric));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < segments.len() {
        if !is_word(at) {
            at += 1;
            continue;
        }
        let mut word = segments[at].to_lowercase();
        at += 1;
        loop {
            let dashes = segments[at..].iter().take_while(|segment| is_dash(segment)).count();
            if dashes == 0 || !is_word(at + dashes) {
                break;
            }
            segments[at..=at + dashes].iter().for_each(|part| word.push_str(&part.to_lowercase()));
            at += dashes + 1;
        }
        if !is_number(&word) {
            found.push(word);
        }
    }
    found
}

/// The words of each text by its name.
fn corpus() -> Option<BTreeMap<String, Vec<String>>> {
    let folder = shared("corpora/polemic")?;
    let read = |path: &Path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(path).unwrap();
        (name, words(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n")))
    };
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    Some(
        files.filter(|path| path.extension().is_some_and(|it| it == "txt")).map(|path| read(&path)).collect(),
    )
}

fn counts<'w>(words: impl IntoIterator<Item = &'w String>) -> HashMap<&'w str, u64> {
    let mut counts = HashMap::new();
    for word in words {
        *counts.entry(word.as_str()).or_default() += 1;
    }
    counts
}

fn spectrum(words: &[String]) -> Spectrum {
    Spectrum::from_counts(counts(words).into_values())
}

#[track_caller]
fn assert_close(found: Outcome, expected: f64, tolerance: f64, what: &str) {
    let found = found.unwrap();
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{what}: {found}, not {expected}");
}

/// Words and types: less by what quanteda counts and is no word, no text by more than one in 1,000.
#[test]
fn words_and_types() {
    let (Some(rows), Some(corpus)) = (rows("counts.csv"), corpus()) else { return };
    assert_eq!(rows.len(), corpus.len());
    for row in rows {
        let words = &corpus[&row["document"]];
        let types: BTreeSet<_> = words.iter().collect();
        for (found, column) in [(words.len(), "tokens_words"), (types.len(), "types_words")] {
            let expected = whole(&row, column);
            assert!((found as u64).abs_diff(expected) * 1000 <= expected, "{row:?}: {column} {found}");
        }
    }
}

/// The thousand commonest words, exactly; quanteda's full stop with a word joiner is none.
#[test]
fn frequencies_of_words() {
    let (Some(rows), Some(corpus)) = (rows("frequency_top1000.csv"), corpus()) else { return };
    let all = counts(corpus.values().flatten());
    let texts: Vec<_> = corpus.values().map(counts).collect();
    for row in rows.iter().filter(|row| row["feature"] != NO_WORD) {
        let word = row["feature"].as_str();
        assert_eq!(all[word], whole(row, "frequency"), "{word}");
        let holding = texts.iter().filter(|text| text.contains_key(word)).count() as u64;
        assert_eq!(holding, whole(row, "docfreq"), "{word}");
    }
    assert_eq!(rows.len(), 1000);
}

/// The hundred commonest words of each author, exactly, with their ranks.
#[test]
fn frequencies_by_author() {
    let (Some(rows), Some(corpus)) = (rows("frequency_top100_by_author.csv"), corpus()) else { return };
    let mut authors: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (name, words) in &corpus {
        authors.entry(name.split_once('_').unwrap().0).or_default().extend(words);
    }
    let authors: BTreeMap<_, _> = authors.into_iter().map(|(name, words)| (name, counts(words))).collect();
    for row in rows.iter().filter(|row| row["feature"] != NO_WORD) {
        let counts = &authors[row["group"].as_str()];
        let count = counts[row["feature"].as_str()];
        assert_eq!(count, whole(row, "frequency"), "{row:?}");
        let above = counts.values().filter(|other| **other > count).count() as u64;
        assert_eq!(above + 1, whole(row, "rank"), "{row:?}");
    }
    assert!(rows.len() >= 800, "{}", rows.len());
}

fn paine_and_rest(corpus: &BTreeMap<String, Vec<String>>) -> [HashMap<&str, u64>; 2] {
    [true, false].map(|is_paine| {
        let texts = corpus.iter().filter(|(name, _)| name.starts_with("Paine") == is_paine);
        counts(texts.flat_map(|(_, words)| words))
    })
}

/// G² after Yates: each cell ½ nearer to its expectation.
fn g2_moved(table: &Table, [a, b]: [u64; 2]) -> f64 {
    let (c, d) = (table.size_1() - a, table.size_2() - b);
    let step = if table.is_first_higher() { 0.5 } else { -0.5 };
    let cells = [a as f64 - step, b as f64 + step, c as f64 + step, d as f64 - step];
    let total = table.total() as f64;
    let items = cells[0] + cells[1];
    let (first, second) = (table.size_1() as f64 / total, table.size_2() as f64 / total);
    let expected = [first * items, second * items, first * (total - items), second * (total - items)];
    let term = |(cell, expected): (&f64, &f64)| if *cell > 0.0 { cell * (cell / expected).ln() } else { 0.0 };
    2.0 * cells.iter().zip(&expected).map(term).sum::<f64>()
}

/// G² of four cells. quanteda adds 10⁻⁹ within the logarithms, which adds 2·10⁻⁹·N to each value, and where a count is
/// expected below 5 moves each cell by ½ towards its expectation (Yates), which mixes two statistics in one list; rhetor
/// flags those and does not move them. quanteda's sizes hold what is no word.
#[test]
fn keyness_by_log_likelihood() {
    let (Some(sizes), Some(corpus)) = (rows("counts.csv"), corpus()) else { return };
    let [paine, rest] = paine_and_rest(&corpus);
    let (mut target, mut reference) = (0, 0);
    for row in &sizes {
        let sum = if row["document"].starts_with("Paine") { &mut target } else { &mut reference };
        *sum += whole(row, "tokens_words");
    }
    let mut compared = 0;
    for name in ["keyness_lr_Paine_vs_rest.csv", "keyness_lr_Paine_negative.csv"] {
        let Some(rows) = rows(name) else { return };
        for row in rows.iter().filter(|row| row["feature"] != NO_WORD) {
            let word = row["feature"].as_str();
            let found = [&paine, &rest].map(|side| side.get(word).copied().unwrap_or(0));
            assert_eq!(found, [whole(row, "n_target"), whole(row, "n_reference")], "{name}, {word}");
            let table = Table::of_texts(found[0], found[1], target, reference).unwrap();
            let g2 = if table.flag().is_some() { g2_moved(&table, found) } else { table.g2().unwrap() };
            let found = g2 + 2e-9 * (target + reference) as f64;
            let signed = if table.is_first_higher() { found } else { -found };
            let expected = number(row, "G2");
            assert!((signed - expected).abs() < 1e-5, "{name}, {word}: {signed}, not {expected}");
            compared += 1;
        }
    }
    assert!(compared >= 695, "{compared}");
}

/// PMI, ln(a/E). quanteda keeps ranges of page numbers as words where a word joiner stands in them, and gives a p of χ²,
/// which says nothing of it.
#[test]
fn keyness_by_mutual_information() {
    let (Some(rows), Some(sizes), Some(corpus)) =
        (rows("keyness_pmi_Paine_vs_rest.csv"), rows("counts.csv"), corpus())
    else {
        return;
    };
    let [paine, rest] = paine_and_rest(&corpus);
    let size = |is_paine: bool| -> u64 {
        let rows = sizes.iter().filter(|row| row["document"].starts_with("Paine") == is_paine);
        rows.map(|row| whole(row, "tokens_words")).sum()
    };
    let mut compared = 0;
    for row in rows.iter().filter(|row| !row["feature"].contains('\u{2060}')) {
        let word = row["feature"].as_str();
        let found = [&paine, &rest].map(|side| side.get(word).copied().unwrap_or(0));
        assert_eq!(found, [whole(row, "n_target"), whole(row, "n_reference")], "{word}");
        let table = Table::of_texts(found[0], found[1], size(true), size(false)).unwrap();
        let natural = keyness::mutual_information(&table);
        assert_close(natural, number(row, "pmi"), 1e-8, word);
        compared += 1;
    }
    assert!(compared >= 450, "{compared}");
}

/// Bigrams over all marks, as quanteda joins words once punctuation is removed: their counts exactly; λ within 0.001 and z
/// within 0.1 %, for its margins hold the full stops with a word joiner and what it joins to them.
#[test]
fn collocations() {
    let (Some(rows), Some(corpus)) = (rows("collocations_bigrams.csv"), corpus()) else { return };
    let mut pairs: HashMap<(&str, &str), u64> = HashMap::new();
    let (mut first, mut second, mut total) = (HashMap::<&str, u64>::new(), HashMap::<&str, u64>::new(), 0);
    for pair in corpus.values().flat_map(|words| words.windows(2)) {
        let (a, b) = (pair[0].as_str(), pair[1].as_str());
        *pairs.entry((a, b)).or_default() += 1;
        *first.entry(a).or_default() += 1;
        *second.entry(b).or_default() += 1;
        total += 1;
    }
    for row in &rows {
        let (a, b) = row["collocation"].split_once(' ').unwrap();
        let together = pairs[&(a, b)];
        assert_eq!(together, whole(row, "count"), "{a} {b}");
        let (value, z) = lambda(&Joint { together, first: first[a], second: second[b], total }).unwrap();
        assert!((value - number(row, "lambda")).abs() < 0.001, "{a} {b}: λ {value}");
        assert!((z / number(row, "z") - 1.0).abs() < 0.001, "{a} {b}: z {z}");
    }
    assert_eq!(rows.len(), 300);
}

/// Measures of the spectrum, and windows of 500 words; as near as the words are.
#[test]
fn lexical_diversity() {
    let (Some(rows), Some(corpus)) = (rows("lexdiv.csv"), corpus()) else { return };
    for row in rows {
        let words = &corpus[&row["document"]];
        let spectrum = spectrum(words);
        for (name, found) in [
            ("TTR", diversity::type_token_ratio(&spectrum)),
            ("K", diversity::yule_k(&spectrum)),
            ("D", diversity::simpson_d(&spectrum)),
            ("I", diversity::yule_i_types(&spectrum)),
            ("Vm", diversity::herdan_vm(&spectrum)),
        ] {
            assert_close(found, number(&row, name), 2e-3, &format!("{} {name}", row["document"]));
        }
    }
    let Some(rows) = self::rows("lexdiv_mattr500_msttr500.csv") else { return };
    for row in rows {
        let sequence = Sequence::new(&corpus[&row["document"]]);
        assert_close(sequence::mattr(&sequence, 500), number(&row, "MATTR"), 1e-3, "MATTR");
        assert_close(sequence::msttr(&sequence, 500), number(&row, "MSTTR"), 5e-3, "MSTTR");
    }
}

/// A table of quanteda and the measure it holds.
type Named = (&'static str, fn(&[(u64, u64)]) -> Outcome);

/// Cosine and the distance of Manhattan of shares among the hundred commonest words.
#[test]
fn likeness_of_texts() {
    let (Some(frequency), Some(corpus)) = (rows("frequency_top1000.csv"), corpus()) else { return };
    let top: Vec<&str> = frequency[..100].iter().map(|row| row["feature"].as_str()).collect();
    let texts: BTreeMap<_, _> = corpus.iter().map(|(name, words)| (name.as_str(), counts(words))).collect();
    let measures: [Named; 2] = [
        ("cosine_similarity_top100_prop.csv", similarity::cosine),
        ("manhattan_top100_prop.csv", similarity::manhattan),
    ];
    for (file, measure) in measures {
        let Some(rows) = rows(file) else { return };
        for row in &rows {
            let name = row[""].as_str();
            for (other, counts) in &texts {
                let count = |text: &HashMap<&str, u64>, word: &str| text.get(word).copied().unwrap_or(0);
                let pairs: Vec<_> =
                    top.iter().map(|word| (count(&texts[name], word), count(counts, word))).collect();
                let (found, expected) = (measure(&pairs).unwrap(), number(row, other));
                assert!((found - expected).abs() < 1e-6, "{file}: {name}, {other}: {found}, not {expected}");
            }
        }
        assert_eq!(rows.len(), 12);
    }
}
