//! `rhetor attribute`, `verify`, `zeta` and `rolling` on small corpora made by a rule.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::{Bench, Outcome};

const COMMON: [&str; 16] = [
    "the", "of", "and", "to", "in", "that", "was", "his", "with", "for", "had", "not", "but", "from", "this",
    "all",
];
/// Words that each author writes more than the other.
const OWN: [[&str; 6]; 2] = [
    ["upon", "whilst", "river", "seldom", "thou", "stone"],
    ["on", "while", "harbour", "often", "you", "timber"],
];

/// A text of an author: sentences of ten words, by a rule that differs from text to text.
fn text(author: usize, seed: usize, words: usize) -> String {
    let mut state = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut content = String::new();
    for place in 0..words {
        let word = match next(10) {
            0 | 1 => OWN[author][next(6)],
            2 => OWN[1 - author][next(6)],
            _ => COMMON[next(16).min(next(16))],
        };
        content.push_str(word);
        content.push_str(if place % 10 == 9 { ".\n" } else { " " });
    }
    content
}

/// Four texts of each author and two in question, one of either.
fn bench() -> Bench {
    let mut bench = Bench::new();
    for author in 0..2 {
        for number in 0..4 {
            let name = format!("{}_{number}.txt", ["Ann", "Bob"][author]);
            bench = bench.with(&name, text(author, author * 10 + number, 1_500));
        }
    }
    bench.with("Unknown_a.txt", text(0, 100, 1_500)).with("Unknown_b.txt", text(1, 200, 1_500))
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

/// Every number is one, every column is described, every file is named in the README of results.
fn is_sound(bench: &Bench) {
    let readme = fs::read_to_string("output/README.md").unwrap();
    let described: BTreeSet<(String, String)> = rows(&bench.path("out/columns.csv"))
        .into_iter()
        .map(|row| (row["table"].clone(), row["column"].clone()))
        .collect();
    for (name, content) in files(&bench.path("out")) {
        let stem = name.split('.').next().unwrap();
        assert!(readme.contains(&format!("`{stem}")), "output/README.md says nothing of {name}");
        if !name.ends_with(".csv") {
            continue;
        }
        let mut reader = csv::Reader::from_reader(content.as_slice());
        for column in reader.headers().unwrap().clone().iter() {
            assert!(described.contains(&(name.clone(), column.to_owned())), "{name}: {column}");
        }
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(!["NaN", "inf", "-inf"].contains(&cell), "{name}: {cell}");
            }
        }
    }
}

fn succeeded(outcome: &Outcome) {
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
}

#[test]
fn texts_in_question_are_attributed_with_what_decides() {
    let bench = bench();
    let outcome = bench.run("attribute", &["--unknown", "Unknown", "--mfw", "28"]);
    succeeded(&outcome);
    assert!(
        outcome.stdout.contains("Unknown_a → Ann") && outcome.stdout.contains("Unknown_b → Bob"),
        "{}",
        outcome.stdout
    );
    is_sound(&bench);
    let attribution = rows(&bench.path("out/attribution.csv"));
    let methods: BTreeSet<&str> = attribution.iter().map(|row| row["method"].as_str()).collect();
    assert_eq!(methods.len(), 7, "{methods:?}");
    for row in attribution.iter().filter(|row| row["rank"] == "1") {
        assert_eq!(row["class"], if row["text"] == "Unknown_a" { "Ann" } else { "Bob" }, "{row:?}");
    }
    let evaluation = rows(&bench.path("out/evaluation.csv"));
    let accuracy: Vec<_> = evaluation.iter().filter(|row| row["measure"] == "accuracy").collect();
    assert_eq!(accuracy.len(), 7);
    assert!(accuracy.iter().all(|row| row["value"] == "1" && row["low"].parse::<f64>().unwrap() < 0.7));
    let contributions = rows(&bench.path("out/contributions.csv"));
    for text in ["Unknown_a", "Unknown_b"] {
        let shares: Vec<(&str, f64)> = contributions
            .iter()
            .filter(|row| row["text"] == text)
            .map(|row| (row["feature"].as_str(), row["contribution"].parse().unwrap()))
            .collect();
        let lead: f64 =
            contributions.iter().find(|row| row["text"] == text).unwrap()["lead"].parse().unwrap();
        assert_eq!(shares.len(), 28);
        assert!(shares.is_sorted_by(|a, b| a.1.abs() >= b.1.abs()), "{shares:?}");
        assert!((shares.iter().map(|share| share.1).sum::<f64>() - lead).abs() < 1e-9, "{lead} {shares:?}");
        // A common word can weigh much by chance, for either side; the words of the authors all speak for the right
        // one, and the others come to little.
        let own = |word: &str| OWN.concat().contains(&word);
        assert!(shares.iter().all(|share| share.1 > 0.0 || !own(share.0)), "{text} {shares:?}");
        let common: f64 = shares.iter().filter(|share| !own(share.0)).map(|share| share.1).sum();
        assert!(common.abs() < lead / 5.0, "{text} {common} {lead}");
    }
    let contexts = rows(&bench.path("out/contexts.csv"));
    for place in &contexts {
        let content = fs::read_to_string(bench.path("in").join(format!("{}.txt", place["text"]))).unwrap();
        let range = place["start"].parse().unwrap()..place["end"].parse().unwrap();
        assert_eq!(content[range], place["feature"]);
    }
    assert!(contexts.iter().any(|place| place["text"] == "Unknown_b"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(bench.path("out/run.json")).unwrap()).unwrap();
    assert_eq!(manifest["results"]["verdicts"][0]["class"], "Ann");
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_from_the_study() {
    let bench = bench();
    for (command, arguments) in [
        ("attribute", vec!["--unknown", "Unknown", "--method", "centroid,svm,logistic"]),
        ("verify", vec!["--unknown", "Unknown", "--iterations", "20"]),
        ("zeta", vec!["--primary", "Ann", "--secondary", "Bob", "--segment", "300"]),
        ("rolling", vec!["--text", "Unknown_a", "--window", "300", "--overlap", "200"]),
    ] {
        succeeded(&bench.run(command, &[&arguments[..], &["--threads", "1"]].concat()));
        is_sound(&bench);
        let once = files(&bench.path("out"));
        for threads in ["2", "8"] {
            succeeded(&bench.run(command, &[&arguments[..], &["--threads", threads]].concat()));
            assert!(files(&bench.path("out")) == once, "{command} on {threads} threads");
        }
        let study = bench.path("study.toml");
        fs::copy(bench.path("out/study.toml"), &study).unwrap();
        succeeded(&bench.run(command, &["--study", study.to_str().unwrap()]));
        assert!(files(&bench.path("out")) == once, "{command} from its study");
    }
}

#[test]
fn without_texts_in_question_each_is_judged_by_the_others() {
    let bench = bench();
    for folds in ["leave-one-out", "folds:4"] {
        succeeded(
            &bench.run("attribute", &["--evaluation", folds, "--method", "nearest", "--abstain", "0.02"]),
        );
        is_sound(&bench);
        assert_eq!(rows(&bench.path("out/predictions.csv")).len(), 10);
        assert!(!rows(&bench.path("out/stability.csv")).is_empty());
    }
    // Samples of a text never help to find each other.
    succeeded(
        &bench
            .run("attribute", &["--method", "nearest", "--sampling", "500", "--evaluation", "leave-one-out"]),
    );
    assert_eq!(rows(&bench.path("out/predictions.csv")).len(), 30);
}

#[test]
fn candidates_hold_or_fall_against_imposters() {
    let bench = bench();
    succeeded(&bench.run("verify", &["--unknown", "Unknown", "--mfw", "28"]));
    is_sound(&bench);
    let cases = rows(&bench.path("out/verification.csv"));
    assert_eq!(cases.iter().filter(|case| case["truth"].is_empty()).count(), 4);
    for case in cases.iter().filter(|case| case["truth"].is_empty()) {
        let own = (case["text"] == "Unknown_a") == (case["candidate"] == "Ann");
        assert_eq!(case["answer"], if own { "yes" } else { "no" }, "{case:?}");
        assert_eq!(case["difference_mean"].parse::<f64>().unwrap() > 0.0, own, "{case:?}");
    }
    let scores = rows(&bench.path("out/verification_scores.csv"));
    let value = |measure: &str| {
        let found =
            scores.iter().find(|row| row["measure"] == measure && row["thresholds"] == "cross-validated");
        found.unwrap()["value"].parse::<f64>().unwrap()
    };
    assert!(value("auc") > 0.95 && value("c_at_1") > 0.9);
    assert!(value("brier") < 0.1 && value("cllr") < 0.7);
}

#[test]
fn distinctive_words_of_two_sets() {
    let bench = bench();
    succeeded(&bench.run(
        "zeta",
        &["--primary", "Ann", "--secondary", "Bob", "--segment", "50", "--lengths", "25,100,9000"],
    ));
    is_sound(&bench);
    let words = rows(&bench.path("out/zeta.csv"));
    let verdict = |word: &str| words.iter().find(|row| row["word"] == word).unwrap()["verdict"].clone();
    for (word, other) in OWN[0].iter().zip(OWN[1]) {
        assert_eq!(
            (verdict(word), verdict(other)),
            ("preferred".to_owned(), "avoided".to_owned()),
            "{word} {other}"
        );
    }
    let sweep = rows(&bench.path("out/zeta_sweep.csv"));
    let lengths: BTreeSet<&str> = sweep.iter().map(|row| row["segment"].as_str()).collect();
    assert_eq!(lengths, BTreeSet::from(["25", "50", "100"]));
}

#[test]
fn a_text_of_two_authors_is_parted_where_they_change() {
    let both = format!("{}{}", text(0, 300, 3_000), text(1, 400, 2_000));
    let bench = bench().with("Both_1.txt", both);
    for method in ["centroid", "nearest", "svm"] {
        let arguments =
            ["--text", "Both_1", "--window", "500", "--overlap", "400", "--method", method, "--mfw", "28"];
        let hidden = ["--group", "name"];
        let outcome = bench.run("rolling", &[&arguments[..], &hidden].concat());
        succeeded(&outcome);
        is_sound(&bench);
        let stretches = rows(&bench.path("out/stretches.csv"));
        let classes: Vec<&str> = stretches.iter().map(|row| row["class"].as_str()).collect();
        // The texts in question are a class here; only the border matters.
        let border = stretches.iter().find(|row| row["first_word"].parse::<i64>().unwrap() > 2_000);
        let border: i64 = border.map_or(0, |row| row["first_word"].parse().unwrap());
        assert!((border - 3_000).abs() < 400, "{method} {classes:?} {border}");
    }
}

#[test]
fn bad_input_ends_in_words() {
    let says = |bench: &Bench, command: &str, arguments: &[&str], code: i32, words: &str| {
        let outcome = bench.run(command, arguments);
        assert_eq!(outcome.code, code, "{command} {arguments:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(words), "{command} {arguments:?}: {}", outcome.stderr);
        assert!(!bench.path("out").exists() || code < 2, "{command} {arguments:?}");
    };
    let bench = bench();
    says(&bench, "attribute", &["--unknown", "Nobody"], 3, "unknown text 'Nobody'");
    says(&bench, "attribute", &["--unknown", "Ann,Bob"], 3, "two classes");
    says(&bench, "attribute", &["--method", "guess"], 3, "unknown method 'guess'");
    says(&bench, "attribute", &["--evaluation", "folds:1"], 3, "from 2 on");
    says(&bench, "attribute", &["--evaluation", "groups:year"], 3, "no metadata column 'year'");
    says(&bench, "attribute", &["--group", "year"], 3, "no metadata column 'year'");
    says(&bench, "attribute", &["--distance", "near"], 3, "near");
    says(&bench, "verify", &["--unknown", "Unknown", "--candidate", "Cid"], 3, "unknown candidate 'Cid'");
    says(&bench, "verify", &["--feature-share", "0"], 3, "shares");
    says(&bench, "zeta", &[], 3, "name the texts or the class");
    says(&bench, "zeta", &["--primary", "Ann", "--secondary", "Ann"], 3, "in both sets");
    says(&bench, "zeta", &["--primary", "Ann", "--segment", "9000"], 3, "has 9000 words");
    says(&bench, "zeta", &["--primary", "Ann", "--segment", "0"], 3, "larger than the overlap");
    says(&bench, "zeta", &["--primary", "Ann", "--contrast", "near"], 3, "unknown contrast");
    says(&bench, "rolling", &[], 3, "--text");
    says(&bench, "rolling", &["--text", "Unknown_a", "--window", "9000"], 3, "--window");
    says(
        &bench,
        "rolling",
        &["--text", "Unknown_a", "--window", "10", "--overlap", "10"],
        3,
        "larger than the overlap",
    );
    let alone = Bench::new().with("Ann_1.txt", text(0, 1, 500)).with("Bob_1.txt", text(1, 2, 500));
    says(&alone, "attribute", &[], 3, "--unknown");
    says(&alone, "verify", &[], 3, "--unknown");
    let same = Bench::new().with("Ann_1.txt", "a b ".repeat(99)).with("Bob_1.txt", "a b ".repeat(99));
    let same = same.with("Ann_2.txt", "a b ".repeat(99)).with("Bob_2.txt", "a b ".repeat(99));
    says(&same, "attribute", &["--method", "centroid,nearest"], 3, "same value in all texts");
}

#[test]
fn few_texts_and_features_are_no_failure() {
    // A class of one text, more features asked for than there are, a text in question without a word of theirs.
    let bench = Bench::new()
        .with("Ann_1.txt", text(0, 1, 400))
        .with("Ann_2.txt", text(0, 2, 400))
        .with("Bob_1.txt", text(1, 3, 400))
        .with("Cid_1.txt", text(1, 4, 400))
        .with("X_1.txt", "zebra quagga okapi. ".repeat(50));
    let outcome = bench.run("attribute", &["--unknown", "X", "--mfw", "5000"]);
    assert!(outcome.code < 2, "{}", outcome.stderr);
    is_sound(&bench);
    let problems = fs::read_to_string(bench.path("out/problems.csv")).unwrap();
    assert!(problems.contains("lone_text") && problems.contains("no_evaluation"), "{problems}");
    let outcome = bench.run("verify", &["--unknown", "X"]);
    assert!(outcome.code < 2, "{}", outcome.stderr);
    is_sound(&bench);
}
