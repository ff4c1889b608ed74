//! `rhetor compare`, `rhetor diff` and `rhetor explain --document`, through the program.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::shared;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Runs the program; gives its exit code and what it printed.
fn rhetor(arguments: &[&str]) -> (i32, String) {
    let output = assert_cmd::Command::cargo_bin("rhetor").unwrap().args(arguments).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), printed + &complaints)
}

/// The rows of a table, cells by name.
fn rows(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// The features of `differences.csv` that are words, most telling first, with the sign of their delta.
fn words_that_differ(folder: &Path, first: &str) -> Vec<(String, bool)> {
    rows(&folder.join("differences.csv"))
        .into_iter()
        .filter(|row| row["family"] == "words" && row["first"] == first)
        .map(|row| (row["feature"].clone(), !row["delta"].starts_with('-')))
        .collect()
}

#[test]
fn hamilton_and_madison() {
    let Some(corpus) = shared("corpora/federalist") else { return };
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out");
    let (code, printed) = rhetor(&[
        "compare",
        corpus.to_str().unwrap(),
        "--group",
        "label",
        "--side",
        "Hamilton",
        "--side",
        "Madison",
        "-o",
        output.to_str().unwrap(),
    ]);
    assert_eq!(code, 0, "{printed}");
    let words = words_that_differ(&output, "Hamilton");
    // Mosteller & Wallace (1964): upon is Hamilton's; on and whilst are Madison's.
    let place = |word: &str, hamilton: bool| {
        words.iter().position(|(known, higher)| known == word && *higher == hamilton).unwrap()
    };
    println!("upon {}, on {}, whilst {}", place("upon", true), place("on", false), place("whilst", false));
    assert!(place("upon", true) < 5, "{:?}", &words[..20]);
    assert!(place("on", false) < 5, "{:?}", &words[..20]);
    assert!(place("whilst", false) < 5, "{:?}", &words[..20]);
    assert!(printed.contains("upon"), "{printed}");
    let evidence = rows(&output.join("evidence.csv"));
    assert!(evidence.iter().any(|row| row["feature"] == "upon" && row["match"].eq_ignore_ascii_case("upon")));
    let keys = rows(&output.join("side_keyness.csv"));
    let upon = keys.iter().find(|row| row["word"] == "upon").unwrap();
    assert_eq!(upon["key_in"], "first");
    assert!(upon["conservative"].parse::<f64>().unwrap() > 1.0, "{upon:?}");
    assert!(output.join("sentence_length_distributions.png").exists());
}

#[test]
fn authors_of_polemic() {
    let Some(corpus) = shared("corpora/polemic_chapters") else { return };
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out");
    let (code, printed) = rhetor(&[
        "compare",
        corpus.to_str().unwrap(),
        "--group",
        "author",
        "--no-charts",
        "-o",
        output.to_str().unwrap(),
    ]);
    assert!(code == 0, "{printed}");
    let table = rows(&output.join("differences.csv"));
    let first: Vec<_> = table.iter().filter(|row| row["rank"] == "1").collect();
    assert!(first.len() >= 2, "a most telling difference for each author");
    assert!(first.iter().all(|row| row["log10_q"].parse::<f64>().unwrap() < -2.0), "{first:?}");
}

#[test]
fn two_files_and_their_tables() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
    let paragraph =
        |word: &str| format!("It is {word} that we speak of the matter. Nobody, {word}, will ask.\n\n");
    fs::write(&one, paragraph("whilst").repeat(120)).unwrap();
    fs::write(&other, paragraph("while").repeat(60)).unwrap();
    let run = |output: &Path| {
        rhetor(&["compare", one.to_str().unwrap(), other.to_str().unwrap(), "-o", output.to_str().unwrap()])
    };
    let output = folder.path().join("out");
    let (code, printed) = run(&output);
    assert_eq!(code, 0, "{printed}");
    // Both are short, which is said.
    assert!(printed.contains("short") || printed.contains("measures need"), "{printed}");
    let table = rows(&output.join("differences.csv"));
    let whilst = table.iter().find(|row| row["feature"] == "whilst").unwrap();
    assert_eq!((whilst["delta"].as_str(), whilst["value_second"].as_str()), ("1", "0"));
    assert!(whilst["evidence"].starts_with("evidence.csv"), "{whilst:?}");
    // Values at a common length: the longer one has fewer types to be expected than it has, or as many.
    let comparison = rows(&output.join("comparison.csv"));
    let value = |feature: &str, side: &str| -> f64 {
        let row = comparison.iter().find(|row| row["feature"] == feature && row["side"] == side).unwrap();
        row["value"].parse().unwrap()
    };
    assert!(value("types:common", "a.txt") <= value("types:whole", "a.txt"));
    assert!(value("type_token_ratio:common", "a.txt") > value("type_token_ratio:whole", "a.txt"));
    let dictionary = fs::read_to_string(output.join("columns.csv")).unwrap();
    let readme = fs::read_to_string("output/README.md").unwrap();
    for file in fs::read_dir(&output).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        let stem = name.strip_suffix(".png").or_else(|| name.strip_suffix(".svg")).unwrap_or(&name);
        assert!(readme.contains(&format!("`{stem}")), "output/README.md says nothing of {name}");
        assert!(!name.ends_with(".csv") || dictionary.contains(&name), "{name}");
    }
    // The same again, and then without one paragraph.
    let again = folder.path().join("again");
    run(&again);
    let diff = |options: &[&str]| {
        rhetor(&[&["diff", output.to_str().unwrap(), again.to_str().unwrap()], options].concat())
    };
    let (code, printed) = diff(&[]);
    assert_eq!((code, printed.contains("identical")), (0, true), "{printed}");
    fs::write(&other, paragraph("while").repeat(59)).unwrap();
    run(&again);
    let (code, printed) = diff(&["--csv", "--most", "7"]);
    assert_eq!((code, printed.lines().count()), (1, 8), "{printed}");
    let (code, printed) = diff(&["--json"]);
    let parsed: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((code, parsed["inputs"][0]["name"].as_str()), (1, Some("b")), "{printed}");
    // A run stands for its texts.
    let of_runs = folder.path().join("of_runs");
    let (code, printed) = rhetor(&[
        "compare",
        output.to_str().unwrap(),
        other.to_str().unwrap(),
        "--no-charts",
        "-o",
        of_runs.to_str().unwrap(),
    ]);
    assert_eq!(code, 0, "{printed}");
    assert_eq!(rhetor(&["diff", one.to_str().unwrap(), other.to_str().unwrap()]).0, 3);
    assert_eq!(rhetor(&["compare", one.to_str().unwrap(), "-o", of_runs.to_str().unwrap()]).0, 3);
}

#[test]
fn a_measure_is_explained_in_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, "The cat saw the dog. The dog ran.").unwrap();
    let text = file.to_str().unwrap();
    let (code, printed) = rhetor(&["explain", "sentence_length:mean", "--document", text]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("W = 8") && printed.contains("8/2") && printed.contains("= 4"), "{printed}");
    let (code, printed) = rhetor(&["explain", "--document", text, "--word", "The"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("f = 3, N = 8") && printed.contains("375000"), "{printed}");
    let (_, printed) = rhetor(&["explain", "word:zipf", "--document", text, "--word", "cat", "--json"]);
    let parsed: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert!((parsed[0]["value"].as_f64().unwrap() - 8.0969).abs() < 1e-4, "{printed}");
    assert_eq!(rhetor(&["explain", "lix", "--document", "absent.txt", text]).0, 3);
    assert_eq!(rhetor(&["explain", "no_such"]).0, 2);
}
