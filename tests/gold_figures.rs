//! Figures measured on marked texts: chiasmus on sentences written for it, and the hand-marked seed page where
//! the shared gold is present.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::io::Write;

use rhetor::rhetoric::figures::{Figure, FigureKind, Finder, Lists, Weights};
use rhetor::text::{Forms, Language, Text, Voice};
use serde_json::Value;

fn say(line: &str) {
    // Not `println`: what passing tests print that way is not shown.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Average precision of the ranking of sentences by their best candidate: the mean, over all true ones, of the
/// precision at their rank; true ones without a candidate add nothing. Ties are taken at their worst.
fn average_precision(weights: Weights) -> f64 {
    let lists = Lists::built_in("en").unwrap();
    let mut finder = Finder::new(&lists).with_weights(weights);
    let mut forms = Forms::new();
    let mut ranked: Vec<(f64, bool, &str)> = Vec::new();
    let (mut all, mut near) = (0, 0);
    let records: Vec<Value> =
        include_str!("data/chiasmus.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for record in &records {
        let (sentence, holds) = (record["text"].as_str().unwrap(), record["chiasmus"].as_bool().unwrap());
        all += usize::from(holds);
        near += usize::from(!holds);
        let text = Text::read(sentence.to_owned(), &Language::english(), &mut forms);
        let figures = finder.find(&text, &forms);
        let scores = figures.iter().filter(|figure| figure.kind == FigureKind::Antimetabole);
        match scores.map(|figure| figure.score).max_by(f64::total_cmp) {
            Some(best) => ranked.push((best, holds, sentence)),
            None if holds && std::env::var_os("RHETOR_ERRORS").is_some() => {
                say(&format!("no candidate: {sentence}"))
            }
            None => {}
        }
    }
    assert!(all >= 30 && near >= 300, "{all} true, {near} others");
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut hits, mut sum) = (0, 0.0);
    for (rank, (score, holds, sentence)) in ranked.iter().enumerate() {
        if *holds {
            hits += 1;
            sum += f64::from(hits) / (rank + 1) as f64;
        }
        if std::env::var_os("RHETOR_ERRORS").is_some() {
            say(&format!("{} {score:.1} {sentence}", if *holds { '+' } else { '-' }));
        }
    }
    say(&format!(
        "{}: {hits} of {all} true, {} candidates, AP {:.3}",
        weights.name,
        ranked.len(),
        sum / all as f64
    ));
    sum / all as f64
}

#[test]
fn chiasmus_is_ranked_before_its_likes() {
    let [own, published] = [Weights::RHETOR, Weights::DUBREMETZ_2015].map(average_precision);
    assert!(own >= 0.6, "{own}");
    assert!(published >= 0.4, "{published}");
}

/// Every span that is marked as a figure for certain is found, with its voice.
#[test]
fn the_marked_figures_of_the_seed_page() {
    let Some(path) = common::shared("reference/seed/markers.jsonl") else { return };
    let content = std::fs::read_to_string("seeds/brar_1993_trotskyism-or-leninism.txt").unwrap();
    let places: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
    let mut forms = Forms::new();
    let text = Text::read(content.clone(), &Language::english(), &mut forms);
    let lists = Lists::built_in("en").unwrap();
    let figures = Finder::new(&lists).find(&text, &forms);
    let mut checked = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let category = record["category"].as_str().unwrap();
        let kind = FigureKind::ALL.into_iter().find(|kind| kind.name() == category);
        let Some(kind) = kind.filter(|_| record["firm"] == true) else { continue };
        let [start, end] = ["start", "end"].map(|side| places[record[side].as_u64().unwrap() as usize]);
        let voice = if record["voice"] == "author" { Voice::Author } else { Voice::Quoted };
        let meets = |figure: &Figure| {
            let covers = |range: &std::ops::Range<usize>| range.start < end && start < range.end;
            figure.kind == kind && figure.voice == voice && figure.parts.iter().any(covers)
        };
        assert!(figures.iter().any(meets), "{category} {:?}", &content[start..end]);
        checked += 1;
    }
    assert!(checked >= 11, "{checked}");
}
