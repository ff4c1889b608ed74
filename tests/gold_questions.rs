//! Questions measured on texts marked by other people, which are not part of the repository.
//!
//! They are looked for in `../shared`, or where `RHETOR_SHARED` says; where they are absent each test says
//! that it was skipped. Each test fails when its figure falls below what was reached. With
//! `RHETOR_ERRORS=1` the tests print where they differ from the gold.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;

use rhetor::rhetoric::{Question, QuestionKind, QuestionWords, find_questions};
use rhetor::text::{Forms, Language, Text, Voice};
use serde_json::Value;

type Span = (usize, usize);

fn say(line: &str) {
    // Not `println`: what passing tests print that way is not shown.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn shared(part: &str) -> Option<String> {
    common::shared(part).map(|path| fs::read_to_string(path).unwrap())
}

/// A document of the gold, with spans in bytes.
struct Gold {
    genre: String,
    content: String,
    /// Sentences that ask.
    questions: BTreeSet<Span>,
    /// Sentences whose question the author answers; none where several people speak.
    hypophora: BTreeSet<Span>,
    speakers: u64,
}

fn gum() -> Option<Vec<Gold>> {
    let lines = shared("reference/rhetoric/gum_train.jsonl")?;
    let records = lines.lines().map(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        let content = record["text"].as_str().unwrap().to_owned();
        let bytes: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
        let span = |span: &Value| {
            let place = |index: usize| bytes[span[index].as_u64().unwrap() as usize];
            (place(0), place(1))
        };
        let sentences: Vec<(Span, &str)> = record["sentences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|sentence| (span(sentence), sentence[2].as_str().unwrap()))
            .collect();
        let asks = |kind: &str| matches!(kind, "q" | "wh");
        let questions = sentences.iter().filter(|(_, kind)| asks(kind)).map(|(span, _)| *span).collect();
        let speakers = record["speakers"].as_u64().unwrap();
        let ends = record["hypophora"].as_array().unwrap().iter().map(|pair| {
            let question = pair["q"].as_array().unwrap().last().unwrap();
            span(question).1
        });
        let hypophora = ends
            .filter(|_| speakers <= 1)
            .filter_map(|end| sentences.iter().find(|((a, b), _)| *a < end && end <= *b))
            .map(|(span, _)| *span)
            .collect();
        let genre = record["genre"].as_str().unwrap().to_owned();
        Gold { genre, content, questions, hypophora, speakers }
    });
    Some(records.collect())
}

fn read(content: &str) -> (Text, Vec<Question>) {
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
    let questions = find_questions(&text, &forms, QuestionWords::of("en"));
    (text, questions)
}

#[derive(Clone, Copy, Default)]
struct Score {
    both: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn of(content: &str, found: &BTreeSet<Span>, gold: &BTreeSet<Span>) -> Self {
        if std::env::var_os("RHETOR_ERRORS").is_some() {
            for (side, spans) in [("FOUND", found - gold), ("GOLD ", gold - found), ("both ", found & gold)] {
                for (start, end) in spans {
                    let after: String = content[end..].chars().take(70).collect();
                    say(&format!("{side} {start}-{end} {:?} + {after:?}", &content[start..end]));
                }
            }
        }
        Self { both: found.intersection(gold).count(), found: found.len(), gold: gold.len() }
    }

    fn add(&mut self, other: Self) {
        self.both += other.both;
        self.found += other.found;
        self.gold += other.gold;
    }

    fn precision(&self) -> f64 {
        self.both as f64 / self.found as f64
    }

    fn recall(&self) -> f64 {
        self.both as f64 / self.gold as f64
    }

    fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.found + self.gold) as f64
    }

    fn report(&self, what: &str) {
        say(&format!(
            "{what}: precision {:.3}, recall {:.3}, F1 {:.3} ({} found, {} gold, {} both)",
            self.precision(),
            self.recall(),
            self.f1(),
            self.found,
            self.gold,
            self.both,
        ));
    }
}

/// The score of all documents, after those of all genres but one.
fn score(
    what: &str,
    records: &[Gold],
    kinds: &[QuestionKind],
    gold: impl Fn(&Gold) -> &BTreeSet<Span>,
) -> Score {
    let mut genres: BTreeMap<&str, Score> = BTreeMap::new();
    for record in records {
        let (_, questions) = read(&record.content);
        let spans = questions.iter().filter(|question| kinds.contains(&question.kind));
        let found = spans.map(|question| (question.range.start, question.range.end)).collect();
        genres.entry(&record.genre).or_default().add(Score::of(&record.content, &found, gold(record)));
    }
    let sum = |left_out: &str| {
        let mut sum = Score::default();
        genres.iter().filter(|(genre, _)| **genre != left_out).for_each(|(_, score)| sum.add(*score));
        sum
    };
    for genre in genres.keys() {
        sum(genre).report(&format!("{what} without {genre}"));
    }
    let all = sum("");
    all.report(what);
    all
}

#[test]
fn questions_of_gum() {
    use QuestionKind::{Embedded, HeadingQuestion, Interrogative, Tag};
    let Some(records) = gum() else { return };
    let with_tags = [Interrogative, HeadingQuestion, Embedded, Tag];
    let all = score("questions and tags, GUM train", &records, &with_tags, |record| &record.questions);
    let score = score("questions, GUM train", &records, &with_tags[..3], |record| &record.questions);
    assert!(score.recall() >= 0.98 && score.precision() >= 0.88, "{} {}", score.recall(), score.precision());
    assert!(all.recall() >= 0.99, "{}", all.recall());
}

#[test]
fn hypophora_of_gum() {
    use QuestionKind::{HypophoraStrong, HypophoraWeak};
    let Some(mut records) = gum() else { return };
    records.retain(|record| record.speakers <= 1);
    let strong =
        score("strong hypophora, GUM train", &records, &[HypophoraStrong], |record| &record.hypophora);
    let kinds = [HypophoraStrong, HypophoraWeak];
    let all = score("hypophora, GUM train", &records, &kinds, |record| &record.hypophora);
    assert!(all.f1() >= 0.68, "{}", all.f1());
    assert!(strong.precision() >= 0.77, "{}", strong.precision());
}

#[test]
fn questions_of_the_seed_page() {
    let Some(lines) = shared("reference/seed/markers.jsonl") else { return };
    let content = fs::read_to_string("seeds/brar_1993_trotskyism-or-leninism.txt").unwrap();
    let (text, questions) = read(&content);
    let bytes: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
    let found = |kind: QuestionKind, gold: &Value| {
        let place = |key: &str| bytes[gold[key].as_u64().unwrap() as usize];
        let range = place("start")..place("end");
        let voice = if gold["voice"] == "author" { Voice::Author } else { Voice::Quoted };
        let same = |question: &&Question| {
            // The gold leaves out the stop behind a question without a mark.
            let end = question.range.start + text.content[question.range.clone()].trim_end_matches('.').len();
            question.kind == kind && question.voice == voice && (question.range.start..end) == range
        };
        questions.iter().find(same).unwrap_or_else(|| panic!("{kind:?} at {range:?} of {questions:?}"))
    };
    let mut seen = BTreeSet::new();
    let gold: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for mark in &gold {
        let category = mark["category"].as_str().unwrap();
        seen.insert(category);
        match category {
            "heading_question" => drop(found(QuestionKind::HeadingQuestion, mark)),
            "embedded_question" => drop(found(QuestionKind::Embedded, mark)),
            "hypophora" => {
                let hypophora = found(QuestionKind::HypophoraStrong, mark);
                let answer = gold.iter().find(|mark| mark["category"] == "hypophora_answer").unwrap();
                assert_eq!(&content[hypophora.answer.clone().unwrap()], answer["text"].as_str().unwrap());
            }
            _ => {}
        }
    }
    assert!(["heading_question", "embedded_question", "hypophora"].iter().all(|kind| seen.contains(kind)));
    let marked = questions.iter().filter(|question| question.kind == QuestionKind::Interrogative).count();
    assert_eq!(marked, 1, "{questions:?}");
}
