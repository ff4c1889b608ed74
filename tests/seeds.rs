//! What was planted in the sample corpus is found (`seeds/planted.csv`, `seeds/README.md`).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use rhetor::text::{BlockKind, Forms, Language, SegmentKind, Text, Voice};

#[derive(Debug)]
struct Planted {
    file: String,
    kind: String,
    text: String,
    note: String,
}

fn planted() -> Vec<Planted> {
    let mut reader = csv::Reader::from_path("seeds/planted.csv").unwrap();
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cell = |index: usize| row[index].to_owned();
            Planted { file: cell(0), kind: cell(1), text: cell(3), note: cell(4) }
        })
        .collect()
}

fn texts() -> BTreeMap<String, Text> {
    let mut forms = Forms::new();
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir("seeds").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let content = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            texts.insert(name, Text::read(content, &Language::english(), &mut forms));
        }
    }
    texts
}

/// Where each planted item of a kind stands.
fn places<'t>(
    kind: &str,
    texts: &'t BTreeMap<String, Text>,
    planted: &'t [Planted],
) -> Vec<(&'t Planted, &'t Text, Range<usize>)> {
    let mut places = Vec::new();
    for item in planted.iter().filter(|item| item.kind == kind) {
        let text = &texts[&item.file];
        for (at, found) in text.content.match_indices(&item.text) {
            places.push((item, text, at..at + found.len()));
        }
    }
    assert!(places.len() >= 3, "too few of {kind}");
    places
}

/// Shares of planted items that must be found; they were reached and must not fall.
fn assert_share(kind: &str, found: usize, of: usize, least: f64) {
    let share = found as f64 / of as f64;
    assert!(share >= least, "{kind}: {found} of {of}, {share:.3} < {least}");
}

#[test]
fn headings_are_headings_and_nothing_else_is() {
    let (texts, planted) = (texts(), planted());
    for (file, text) in texts.iter().filter(|(file, _)| !file.starts_with("brar")) {
        let expected: Vec<&str> = planted
            .iter()
            .filter(|item| item.kind == "heading" && item.file == *file)
            .map(|item| item.text.as_str())
            .collect();
        let mut found: Vec<&str> = text
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Heading)
            .map(|block| &text.content[block.range.clone()])
            .collect();
        let mut expected = expected;
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn block_quotations_are_quoted_to_the_last_word() {
    let (texts, planted) = (texts(), planted());
    for (item, text, place) in places("block_quotation", &texts, &planted) {
        let segment = text.segments.iter().find(|segment| segment.range.contains(&place.start)).unwrap();
        assert_eq!(segment.kind, SegmentKind::BlockQuotation, "{item:?}");
        assert!(segment.range.end >= place.end, "{item:?}");
    }
}

#[test]
fn source_lines_are_the_authors() {
    let (texts, planted) = (texts(), planted());
    for (item, text, place) in places("source_line", &texts, &planted) {
        let token = text.tokens.iter().find(|token| token.range().start >= place.start).unwrap();
        assert_eq!(token.voice, Voice::Author, "{item:?}");
        if !item.text.starts_with('(') {
            let block = text.blocks.iter().find(|block| block.range.contains(&place.start)).unwrap();
            assert_eq!(block.kind, BlockKind::SourceLine, "{item:?}");
        }
    }
}

#[test]
fn quotations_and_scare_quotes_are_told_apart() {
    let (texts, planted) = (texts(), planted());
    for (kind, quoted, least) in [("quotation", true, 0.98), ("scare_quotes", false, 0.92)] {
        let places = places(kind, &texts, &planted);
        let mut found = 0;
        for (item, text, place) in &places {
            // The same words may stand without marks elsewhere, where they are the author's.
            let segment = text.segments.iter().find(|segment| segment.range.contains(&place.start));
            let right = match segment {
                Some(segment) => (segment.kind.voice() == Voice::Quoted) == quoted,
                None => !quoted && !text.content[..place.start].ends_with(['‘', '“', '"', '\'']),
            };
            if !right {
                println!("{kind} missed: {item:?}");
            }
            found += usize::from(right);
        }
        assert_share(kind, found, places.len(), least);
    }
}

#[test]
fn no_sentence_ends_at_an_abbreviation() {
    let (texts, planted) = (texts(), planted());
    for (item, text, place) in places("abbreviation", &texts, &planted) {
        let name = item.note.split_whitespace().next().unwrap();
        let Some(at) = item.text.find(name) else { continue };
        let end = place.start + at + name.len();
        assert!(!text.sentences.iter().any(|sentence| sentence.range.end == end), "{item:?}");
    }
}

#[test]
fn decimals_and_speeches_are_not_cut() {
    let (texts, planted) = (texts(), planted());
    for (item, text, place) in places("decimal", &texts, &planted) {
        let cut = text
            .sentences
            .iter()
            .any(|sentence| place.start < sentence.range.end && sentence.range.end < place.end);
        assert!(!cut, "{item:?}");
    }
    let speeches = places("dialogue", &texts, &planted);
    let cut = speeches
        .iter()
        .filter(|(_, text, place)| {
            // The reporting clause goes on in lower case: no sentence may end at the closing mark.
            let rest = &text.content[place.end..];
            let clause = rest.trim_start_matches(['”', '’', '"', '\'']).trim_start();
            let ends = |sentence: &Range<usize>| sentence.end > place.end && sentence.end <= place.end + 4;
            clause.starts_with(char::is_lowercase)
                && text.sentences.iter().any(|sentence| ends(&sentence.range))
        })
        .count();
    assert_eq!(cut, 0);
}

#[test]
fn a_note_digit_ends_its_sentence() {
    let (texts, planted) = (texts(), planted());
    for (item, text, place) in places("footnote_digit", &texts, &planted) {
        let digit = place.start + item.text.find(|c: char| c.is_ascii_digit()).unwrap() + 1;
        assert!(text.sentences.iter().any(|sentence| sentence.range.end == digit), "{item:?}");
    }
}

/// The marks of each author's prose, as `seeds/README.md` states them.
#[test]
fn each_author_writes_as_described() {
    let texts = texts();
    let mean = |author: &str| {
        let lengths: Vec<usize> = texts
            .iter()
            .filter(|(file, _)| file.starts_with(author))
            .flat_map(|(_, text)| text.body_sentences().map(|sentence| sentence.words()))
            .collect();
        lengths.iter().sum::<usize>() as f64 / lengths.len() as f64
    };
    assert!(mean("holloway") > 35.0, "{}", mean("holloway"));
    assert!(mean("crake") < 9.0, "{}", mean("crake"));
    let quoted = |author: &str| {
        let tokens =
            || texts.iter().filter(|(file, _)| file.starts_with(author)).flat_map(|(_, text)| &text.tokens);
        tokens().filter(|token| token.voice == Voice::Quoted).count() as f64 / tokens().count() as f64
    };
    assert!(quoted("pell") > 3.0 * quoted("crake"), "{} {}", quoted("pell"), quoted("crake"));
    assert!(Path::new("seeds/metadata.csv").exists());
}
