//! Markers measured on texts marked by other people, which are not part of the repository.
//!
//! They are looked for in `../shared`, or where `RHETOR_SHARED` says; where they are absent each test says that
//! it was skipped. Each test fails when its figure falls below what was reached. With `RHETOR_ERRORS=1` the
//! tests print where they differ from the gold; with `RHETOR_LEXICON=FILE` they measure another lexicon.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use common::shared;
use rhetor::rhetoric::{Hit, Lexicons, Matchers};
use rhetor::text::{Forms, Language, Text, Voice};
use serde_json::Value;

type Span = (usize, usize);

fn say(line: &str) {
    // Not `println`: what passing tests print that way is not shown.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn lexicons(on: &[&str]) -> Lexicons {
    let files: Vec<PathBuf> = std::env::var_os("RHETOR_LEXICON").map(PathBuf::from).into_iter().collect();
    let on: Vec<String> = on.iter().map(|name| (*name).to_owned()).collect();
    Lexicons::load(&files, &on, &[]).unwrap()
}

/// The markers of a text.
fn markers(content: &str, language: &str, lexicons: &Lexicons) -> (Text, Vec<Hit>) {
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::of(language).unwrap(), &mut forms);
    let mut hits = Vec::new();
    Matchers::new(lexicons).of(language).find(&text, &forms, false, |hit| hits.push(hit));
    (text, hits)
}

/// The spans of discourse connectives: markers with a sense.
fn connectives(content: &str, language: &str, lexicons: &Lexicons) -> BTreeSet<Span> {
    let lexicon = lexicons.of(language);
    let (_, hits) = markers(content, language, lexicons);
    let connectives = hits.iter().filter(|hit| !hit.sense(lexicon).is_empty());
    connectives.map(|hit| (hit.range.start, hit.range.end)).collect()
}

#[derive(Clone, Copy, Default)]
struct Score {
    both: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn of(name: &str, content: &str, found: &BTreeSet<Span>, gold: &BTreeSet<Span>) -> Self {
        if std::env::var_os("RHETOR_ERRORS").is_some() {
            let mut wrong: Vec<(Span, &str)> = found.difference(gold).map(|span| (*span, "FOUND")).collect();
            wrong.extend(gold.difference(found).map(|span| (*span, "GOLD ")));
            for ((start, end), side) in wrong {
                let before: Vec<char> = content[..start].chars().rev().take(40).collect();
                let before: String = before.iter().rev().collect();
                let after: String = content[end..].chars().take(40).collect();
                say(&format!("{name} {side} {before}[{}]{after}", &content[start..end]).replace('\n', " "));
            }
        }
        Self { both: found.intersection(gold).count(), found: found.len(), gold: gold.len() }
    }

    fn add(&mut self, other: Self) {
        self.both += other.both;
        self.found += other.found;
        self.gold += other.gold;
    }

    fn without(mut self, other: Self) -> Self {
        self.both -= other.both;
        self.found -= other.found;
        self.gold -= other.gold;
        self
    }

    fn f1(self) -> f64 {
        2.0 * self.both as f64 / (self.found + self.gold) as f64
    }

    fn report(self, what: &str) -> f64 {
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

/// Function words that are connectives in a small part of their places; figures are given without them too.
const FUNCTION_WORDS: [&str; 9] = ["and", "or", "but", "as", "by", "for", "with", "in", "to"];

/// GUM's explicit connectives, by exact span. The rules were drawn up with these texts in view; so that a figure
/// says how they do on texts of another kind, each genre is a figure of its own, and the lowest is held too.
#[test]
fn connectives_of_gum() {
    let Some(path) = shared("reference/rhetoric/gum_train.jsonl") else { return };
    let lexicons = lexicons(&[]);
    let mut genres: BTreeMap<String, (Score, Score)> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let content = record["text"].as_str().unwrap();
        let places: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
        let place = |span: &Value, side: usize| places[span[side].as_u64().unwrap() as usize];
        let explicit = |connective: &&Value| connective["kind"] == "Explicit";
        let gold: BTreeSet<Span> = record["connectives"]
            .as_array()
            .unwrap()
            .iter()
            .filter(explicit)
            .flat_map(|connective| connective["spans"].as_array().unwrap())
            .map(|span| (place(span, 0), place(span, 1)))
            .collect();
        let found = connectives(content, "en", &lexicons);
        let name = record["doc"].as_str().unwrap();
        let all = Score::of(name, content, &found, &gold);
        let is_function_word =
            |span: &&Span| FUNCTION_WORDS.contains(&content[span.0..span.1].to_lowercase().as_str());
        let some = |spans: &BTreeSet<Span>| spans.iter().filter(is_function_word).copied().collect();
        let (found, gold): (BTreeSet<Span>, BTreeSet<Span>) = (some(&found), some(&gold));
        let function_words =
            Score { both: found.intersection(&gold).count(), found: found.len(), gold: gold.len() };
        let scores = genres.entry(record["genre"].as_str().unwrap().to_owned()).or_default();
        scores.0.add(all);
        scores.1.add(all.without(function_words));
    }
    let mut total = (Score::default(), Score::default());
    let mut lowest = (1.0_f64, 1.0_f64);
    for (genre, (all, without)) in &genres {
        lowest.0 = lowest.0.min(all.report(genre));
        lowest.1 = lowest.1.min(without.report(&format!("{genre}, without function words")));
        total.0.add(*all);
        total.1.add(*without);
    }
    let all = total.0.report("connectives, GUM train");
    let without = total.1.report("connectives, GUM train, without function words");
    assert!(all >= 0.84, "{all}");
    assert!(without >= 0.90, "{without}");
    assert!(lowest.0 >= 0.75 && lowest.1 >= 0.80, "{lowest:?}");
}

/// Categories of the marks on the page in `seeds/`, by layer and name, and the categories of the lexicon that
/// answer to them. A mark is found when a hit of one of these categories and of its voice overlaps it: marks are
/// whole phrases ("the well-known pronouncement on this subject by Comrade Stalin"), of which a hit is the part
/// that makes it a marker.
const CATEGORIES: [(&str, &str, &[&str]); 12] = [
    ("connective", "connective", &["addition", "contrast", "cause", "condition", "time"]),
    ("connective", "concession", &["contrast"]),
    ("stance", "booster", &["booster", "intensifier"]),
    ("stance", "hedge_generalisation", &["hedge"]),
    ("stance", "emphatic_do", &["emphatic_do"]),
    ("stance", "ist_ism_ite_epithet", &["ist_ism_ite"]),
    ("stance", "invective", &["invective"]),
    ("engagement", "generalised_reader", &["reader_address"]),
    ("engagement", "directive_inclusive", &["directive"]),
    ("engagement", "evidential", &["evidential"]),
    ("engagement", "endophoric", &["endophoric"]),
    ("engagement", "self_mention", &["self_mention"]),
];

/// What must not fire: a category that the words look like, in the author's voice.
const TRAPS: [&str; 8] =
    ["addition", "contrast", "cause", "condition", "time", "sequence", "hedge", "obligation"];

#[test]
fn the_marks_of_the_seed_page() {
    let Some(path) = shared("reference/seed/markers.jsonl") else { return };
    let lexicons = lexicons(&["invective", "honorific"]);
    let content = fs::read_to_string("seeds/brar_1993_trotskyism-or-leninism.txt").unwrap();
    let (text, hits) = markers(&content, "en", &lexicons);
    let places: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
    let category = |hit: &Hit| &*lexicons.categories()[usize::from(hit.category)].category;
    let (mut wrong, mut held, mut traps, mut loose) = (Vec::new(), 0, 0, (0, 0));
    for line in fs::read_to_string(path).unwrap().lines() {
        let mark: Value = serde_json::from_str(line).unwrap();
        let place = |key: &str| places[mark[key].as_u64().unwrap() as usize];
        let (start, end) = (place("start"), place("end"));
        assert_eq!(&content[start..end], mark["text"].as_str().unwrap());
        let voice = if mark["voice"] == "author" { Voice::Author } else { Voice::Quoted };
        let (layer, name) = (mark["layer"].as_str().unwrap(), mark["category"].as_str().unwrap());
        let mut over = hits.iter().filter(|hit| hit.range.start < end && hit.range.end > start);
        if layer == "trap" {
            traps += 1;
            let fired = over.find(|hit| hit.voice == Voice::Author && TRAPS.contains(&category(hit)));
            wrong.extend(fired.map(|hit| format!("{mark} fires: {}", &content[hit.range.clone()])));
            continue;
        }
        let Some((.., wanted)) = CATEGORIES.iter().find(|known| (known.0, known.1) == (layer, name)) else {
            let firm = ["connective", "stance", "engagement"].contains(&layer) && mark["firm"] == true;
            assert!(!firm, "{mark} has no category");
            continue;
        };
        let found = over.any(|hit| hit.voice == voice && wanted.contains(&category(hit)));
        if mark["firm"] == true {
            held += 1;
            wrong.extend((!found).then(|| format!("{mark} is not found")));
        } else {
            loose.0 += usize::from(found);
            loose.1 += 1;
        }
    }
    say(&format!(
        "seed page: {} of {held} firm marks found, {traps} traps; of others {} of {}; {} hits",
        held - wrong.len().min(held),
        loose.0,
        loose.1,
        hits.len()
    ));
    if std::env::var_os("RHETOR_ERRORS").is_some() {
        hits.iter().for_each(|hit| {
            say(&format!("  {} {} {}", &content[hit.range.clone()], category(hit), hit.voice.name()));
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((held > 40, traps), (true, 4));
    assert!(!text.sentences.is_empty());
}

/// Words that Portuguese writes together, by what opens them: `de` + `o` is *do*, `em` + `isso` is *nisso*.
fn contracted(first: &str, second: &str) -> String {
    let capital = first.starts_with(char::is_uppercase);
    let stem = match first.to_lowercase().as_str() {
        "de" => "d",
        "em" => "n",
        "a" if second.starts_with('a') => return format!("à{}", &second[1..]),
        "por" => return format!("pel{second}"),
        _ => first,
    };
    let word = format!("{stem}{second}");
    if capital { word[..1].to_uppercase() + &word[1..] } else { word }
}

/// Tokens as text, with the bytes of each: contractions share theirs. `de_` belongs to the next token, `-se` to
/// the one before.
fn joined(tokens: &[String]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        let closes = token.chars().all(|c| ".,;:?!…)”»".contains(c));
        if !closes && !token.starts_with('-') && !text.is_empty() && !text.ends_with(['(', '“', '«', '\n'])
        {
            text.push(' ');
        }
        let start = text.len();
        match (token.strip_suffix('_'), tokens.peek()) {
            (Some(first), Some(second)) => {
                text.push_str(&contracted(first, second));
                spans.extend([(start, text.len()); 2]);
                tokens.next();
            }
            _ => {
                text.push_str(token);
                spans.push((start, text.len()));
            }
        }
    }
    (text, spans)
}

/// Talks in Portuguese with their connectives: a token a line, and whether it opens or continues one.
#[test]
fn connectives_of_portuguese_talks() {
    let Some(path) = shared("reference/rhetoric/tedmdb_por.tsv") else { return };
    let lexicons = lexicons(&[]);
    let content = fs::read_to_string(path).unwrap();
    let mut total = Score::default();
    for talk in content.split("# doc = ").skip(1) {
        let name = talk.split_whitespace().next().unwrap();
        let (mut text, mut gold) = (String::new(), BTreeSet::new());
        for sentence in talk.split("\n\n") {
            let rows: Vec<Vec<&str>> = sentence
                .lines()
                .map(|line| line.split('\t').collect())
                .filter(|row: &Vec<_>| row.len() == 3)
                .collect();
            let tokens: Vec<String> = rows.iter().map(|row| row[0].to_owned()).collect();
            let (sentence, spans) = joined(&tokens);
            let mut open: Option<Span> = None;
            for (row, span) in rows.iter().zip(&spans) {
                let span = (text.len() + span.0, text.len() + span.1);
                open = match (row[1], open) {
                    ("B", before) => {
                        gold.extend(before);
                        Some(span)
                    }
                    ("I", Some((start, _))) => Some((start, span.1)),
                    (_, before) => {
                        gold.extend(before);
                        None
                    }
                };
            }
            gold.extend(open);
            text.push_str(&sentence);
            text.push('\n');
        }
        total.add(Score::of(name, &text, &connectives(&text, "pt", &lexicons), &gold));
    }
    let f1 = total.report("connectives, Portuguese talks");
    assert!(f1 >= 0.60, "{f1}");
}
