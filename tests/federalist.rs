//! The Federalist papers, by the way that `rhetor attribute` goes unless it is told otherwise: Cosine Delta of the 500
//! most frequent words, nearest mean text, classes weighing the same.
//!
//! They are looked for in `../shared`, or where `RHETOR_SHARED` says. Where they are absent each test says that it was
//! skipped.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{rhetor, shared};

/// Rows of a table, by the names of its columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn seventy_papers_are_found_again_and_the_disputed_ones_are_by_madison() {
    let Some(corpus) = shared("corpora/federalist") else { return };
    let folder = tempfile::tempdir().unwrap();
    let run = |output: &str, threads: &str| {
        let output = folder.path().join(output);
        let mut command = rhetor();
        command.arg("attribute").arg(&corpus).args(["--group", "label", "--unknown", "Disputed,Joint"]);
        command
            .args(["--method", "centroid,nearest,svm", "--threads", threads, "--quiet", "-o"])
            .arg(&output);
        command.assert().success();
        output
    };
    let output = run("1", "1");
    let main = "balanced-centroid:cosine-delta";
    let evaluation = rows(&output.join("evaluation.csv"));
    let value = |measure: &str| -> f64 {
        let found = evaluation
            .iter()
            .find(|row| row["method"] == main && row["class"].is_empty() && row["measure"] == measure)
            .unwrap();
        found["value"].parse().unwrap()
    };
    assert_eq!(value("texts"), 70.0);
    assert!(value("correct") >= 68.0, "{} of 70", value("correct"));
    assert!(value("accuracy") > value("majority_baseline") + 0.2);
    let attribution = rows(&output.join("attribution.csv"));
    let disputed: Vec<_> = attribution
        .iter()
        .filter(|row| row["method"] == main && row["rank"] == "1" && row["text"].starts_with("Disputed"))
        .collect();
    assert_eq!(disputed.len(), 12);
    let contributions = rows(&output.join("contributions.csv"));
    let contexts = rows(&output.join("contexts.csv"));
    for row in disputed {
        assert_eq!((row["class"].as_str(), row["verdict"].as_str()), ("Madison", "chosen"), "{row:?}");
        assert!(row["support"].parse::<f64>().unwrap() > 0.5, "{row:?}");
        let deciding: Vec<_> = contributions.iter().filter(|other| other["text"] == row["text"]).collect();
        assert!(deciding.iter().any(|word| word["contribution"].parse::<f64>().unwrap() > 0.0));
        assert!(contexts.iter().any(|place| place["text"] == row["text"]));
    }
    // Words known to part the two since Mosteller and Wallace: Hamilton writes upon, Madison on.
    let parting = |word: &str| {
        let all =
            contributions.iter().filter(|row| row["text"].starts_with("Disputed") && row["feature"] == word);
        all.filter(|row| row["contribution"].parse::<f64>().unwrap() > 0.0).count()
    };
    assert!(parting("upon") >= 8 && parting("on") >= 6, "{} {}", parting("upon"), parting("on"));
    for threads in ["2", "8"] {
        let other = run(threads, threads);
        for entry in fs::read_dir(&output).unwrap() {
            let name = entry.unwrap().file_name();
            assert_eq!(
                fs::read(output.join(&name)).unwrap(),
                fs::read(other.join(&name)).unwrap(),
                "{name:?}"
            );
        }
    }
}
