//! Segmentation measured on texts marked by other people, which are not part of the repository.
//!
//! They are looked for in `../shared`, or where `RHETOR_SHARED` says; where they are absent each test says
//! that it was skipped. Each test fails when its figure falls below what was reached. With
//! `RHETOR_ERRORS=1` the tests print where they differ from the gold.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use rhetor::text::{Forms, Language, Text, Voice};
use serde_json::Value;

type Span = (usize, usize);

fn say(line: &str) {
    // Not `println`: what passing tests print that way is not shown.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn gold(name: &str) -> Option<Vec<Value>> {
    let path = common::shared(&format!("reference/rhetoric/{name}"))?;
    let lines = fs::read_to_string(path).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn string<'a>(record: &'a Value, key: &str) -> &'a str {
    record[key].as_str().unwrap()
}

/// The places of `[start, end, …]` in characters, as bytes.
struct Bytes(Vec<usize>);

impl Bytes {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    fn span(&self, span: &Value) -> Span {
        let place = |index: usize| self.0[span[index].as_u64().unwrap() as usize];
        (place(0), place(1))
    }
}

fn trim(text: &str, (start, end): Span, junk: impl Fn(char) -> bool) -> Span {
    let inside = text[start..end].trim_start_matches(&junk);
    let start = end - inside.len();
    (start, start + inside.trim_end_matches(&junk).len())
}

/// What the comparison of quoted spans looks past, as the scorer that came with the gold does.
fn is_mark(c: char) -> bool {
    " \n\t\u{a0}\"'“”‘’«»_*—–―-".contains(c)
}

fn read(text: &str, language: &str) -> Text {
    Text::read(text.to_owned(), &Language::of(language).unwrap(), &mut Forms::new())
}

#[derive(Default)]
struct Score {
    both: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, name: &str, text: &str, found: &BTreeSet<Span>, gold: &BTreeSet<Span>) {
        self.both += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
        if std::env::var_os("RHETOR_ERRORS").is_some() {
            let mut wrong: Vec<(Span, &str)> = found.difference(gold).map(|span| (*span, "FOUND")).collect();
            wrong.extend(gold.difference(found).map(|span| (*span, "GOLD ")));
            wrong.sort_unstable();
            for ((start, end), side) in wrong {
                let head: String = text[start..end].chars().take(90).collect();
                let tail: String =
                    text[..end].chars().rev().take(30).collect::<Vec<_>>().iter().rev().collect();
                let after: String = text[end..].chars().take(25).collect();
                say(&format!("{name} {side} {start}-{end} {head:?} .. {tail:?} + {after:?}"));
            }
        }
    }

    fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.found + self.gold) as f64
    }

    fn report(&self, what: &str) -> f64 {
        say(&format!(
            "{what}: precision {:.3}, recall {:.3}, F1 {:.3} ({} found, {} gold, {} both)",
            self.both as f64 / self.found as f64,
            self.both as f64 / self.gold as f64,
            self.f1(),
            self.found,
            self.gold,
            self.both,
        ));
        self.f1()
    }
}

fn sentences(record: &Value, places: &Bytes) -> BTreeSet<Span> {
    let spans = record["sentences"].as_array().unwrap().iter();
    spans.map(|span| trim(string(record, "text"), places.span(span), char::is_whitespace)).collect()
}

fn score_sentences(what: &str, records: &[Value], language: &str) -> f64 {
    let mut score = Score::default();
    for record in records {
        let content = string(record, "text");
        let places = Bytes::of(content);
        let text = read(content, language);
        let found =
            text.sentences.iter().map(|sentence| (sentence.range.start, sentence.range.end)).collect();
        score.add(string(record, "doc"), content, &found, &sentences(record, &places));
    }
    score.report(what)
}

#[test]
fn sentences_of_gum() {
    let Some(mut records) = gold("gum_train.jsonl") else { return };
    records.retain(|record| string(record, "genre") != "interview");
    assert_eq!(records.len(), 91);
    for genre in ["academic", "bio", "court", "news", "speech", "textbook", "voyage"] {
        let some: Vec<Value> =
            records.iter().filter(|record| string(record, "genre") == genre).cloned().collect();
        if std::env::var_os("RHETOR_ERRORS").is_none() {
            score_sentences(genre, &some, "en");
        }
    }
    let f1 = score_sentences("sentences, GUM train without interviews", &records, "en");
    assert!(f1 >= 0.97, "{f1}");
}

#[test]
fn sentences_of_french_texts() {
    let Some(records) = gold("sentences_fr.jsonl") else { return };
    let f1 = score_sentences("sentences, UD French GSD", &records, "fr");
    assert!(f1 >= 0.92, "{f1}");
    let mut score = Score::default();
    for record in &records {
        let content = string(record, "text");
        let places = Bytes::of(content);
        let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
        let bounds: Vec<usize> = segmenter.segment_str(content).collect();
        let found =
            bounds.windows(2).map(|pair| trim(content, (pair[0], pair[1]), char::is_whitespace)).collect();
        score.add("icu", content, &found, &sentences(record, &places));
    }
    let icu = score.report("the same, icu_segmenter");
    assert!(f1 >= icu, "{f1} against {icu}");
}

#[test]
fn direct_speech_of_litbank() {
    let Some(records) = gold("litbank_quotes.jsonl") else { return };
    let mut spans = Score::default();
    let mut characters = Score::default();
    for record in &records {
        let content = string(record, "text");
        let places = Bytes::of(content);
        let text = read(content, "en");
        let found: BTreeSet<Span> = text
            .segments
            .iter()
            .filter(|segment| segment.kind.voice() == Voice::Quoted)
            .map(|segment| trim(content, (segment.range.start, segment.range.end), is_mark))
            .collect();
        let gold: BTreeSet<Span> = record["quotes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|quote| trim(content, places.span(&quote["span"]), is_mark))
            .collect();
        spans.add(string(record, "doc"), content, &found, &gold);
        let inside = |spans: &BTreeSet<Span>| -> BTreeSet<usize> {
            spans.iter().flat_map(|(start, end)| *start..*end).collect()
        };
        let (found, gold) = (inside(&found), inside(&gold));
        characters.both += found.intersection(&gold).count();
        characters.found += found.len();
        characters.gold += gold.len();
    }
    let by_character = characters.report("direct speech, LitBank, by character");
    let by_span = spans.report("direct speech, LitBank, by span");
    assert!(by_character >= 0.975, "{by_character}");
    assert!(by_span >= 0.94, "{by_span}");
}

#[test]
fn quotation_against_scare_quotes_of_gum() {
    let Some(records) = gold("gum_train.jsonl") else { return };
    let (mut right, mut all) = (0, 0);
    for record in &records {
        let content = string(record, "text");
        let places = Bytes::of(content);
        let text = read(content, "en");
        for quote in record["quotes"].as_array().unwrap() {
            let gold = trim(content, places.span(&quote["span"]), is_mark);
            let same =
                |range: &std::ops::Range<usize>| trim(content, (range.start, range.end), is_mark) == gold;
            let Some(segment) = text.segments.iter().find(|segment| same(&segment.range)) else { continue };
            let quoted = string(quote, "type") == "quote";
            all += 1;
            right += usize::from(quoted == (segment.kind.voice() == Voice::Quoted));
            if quoted != (segment.kind.voice() == Voice::Quoted)
                && std::env::var_os("RHETOR_ERRORS").is_some()
            {
                let start = content[..gold.0].char_indices().rev().nth(50).map_or(0, |(at, _)| at);
                let end =
                    content[gold.1..].char_indices().nth(40).map_or(content.len(), |(at, _)| gold.1 + at);
                say(&format!(
                    "{} gold {} found {:?}: {:?}",
                    string(record, "doc"),
                    string(quote, "type"),
                    segment.kind,
                    &content[start..end]
                ));
            }
        }
    }
    let accuracy = right as f64 / all as f64;
    say(&format!(
        "quotation against scare quotes, GUM train: accuracy {accuracy:.3} ({right} of {all} spans)"
    ));
    assert!(accuracy >= 0.92, "{accuracy}");
}
