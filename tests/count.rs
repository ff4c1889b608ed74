//! `rhetor count` as its users meet it: the numbers of the analysis, long files in parts, bounds of memory.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::Bench;
use unicode_segmentation::UnicodeSegmentation;

const PARAGRAPH: &str = "The ferry left at six — nobody had paid. “Stop!” cried Mr. Penn; it did not stop, and\n\
                         so they went on, all of them, to the other bank.\n\n";

/// Longer than what is read in one piece.
fn long_text() -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() > 12 << 20 {
            break;
        }
        text.push_str(PARAGRAPH);
        if number % 97 == 0 {
            text.push_str(&format!("Paragraph {number} is the rarest of all.\n\n"));
        }
    }
    text
}

#[test]
fn the_numbers_are_those_of_the_analysis() {
    let bench = Bench::with_seeds().with(
        "licensed.txt",
        "Licence terms.\n\n*** START OF THE PROJECT GUTENBERG EBOOK PENN ***\n\nIt was a day. Nobody came.\n",
    );
    bench.succeed("analyze", &["--no-charts"]);
    let words = bench.table("words.csv");
    let lengths = bench.table("sentence_lengths.csv");
    bench.succeed("count", &[]);
    let list = bench.table("frequency_list.csv");
    assert_eq!(list.len(), words.len());
    for (row, word) in list.iter().zip(&words) {
        for column in ["rank", "word", "count", "per_million", "document_frequency"] {
            assert_eq!(row[column], word[column], "{word:?}");
        }
    }
    let of_both = lengths.into_iter().filter(|row| row["voice"] == "all").collect::<Vec<_>>();
    assert_eq!(bench.table("sentence_lengths.csv"), of_both);
}

#[test]
fn files_are_documented_and_no_other_is_left() {
    let bench = Bench::with_seeds();
    bench.succeed("analyze", &["--no-charts"]);
    bench.succeed("count", &[]);
    let readme = fs::read_to_string("output/README.md").unwrap();
    let names: Vec<String> = bench.files().into_keys().collect();
    for name in &names {
        let stem = name.split('.').next().unwrap();
        assert!(readme.contains(&format!("`{stem}")), "output/README.md says nothing of {name}");
    }
    assert!(names.contains(&"run.json".to_owned()) && !names.contains(&"marker_hits.csv".to_owned()));
}

/// Against the plain way, word for word and sentence for sentence.
#[test]
fn sentences_by_unicode_alone_are_those_of_the_plain_way() {
    let bench = Bench::with_seeds().with("wrapped.txt", PARAGRAPH.repeat(9));
    bench.succeed("count", &["--words", "uax29+keep-line-ends", "--sentences", "uax29"]);
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut lengths: BTreeMap<(String, String), u64> = BTreeMap::new();
    for entry in fs::read_dir(bench.path("in")).unwrap().map(Result::unwrap) {
        let Some(document) = entry.file_name().to_str().unwrap().strip_suffix(".txt").map(str::to_owned)
        else {
            continue;
        };
        let text = fs::read_to_string(entry.path()).unwrap();
        for sentence in text.unicode_sentences() {
            let words = sentence.unicode_words().map(|word| rhetor::text::fold(word).into_owned());
            let words: Vec<String> = words.collect();
            *lengths.entry((document.clone(), words.len().to_string())).or_default() += 1;
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
    }
    let found: BTreeMap<String, u64> = bench
        .table("frequency_list.csv")
        .into_iter()
        .map(|row| (row["word"].trim_start_matches('\'').to_owned(), row["count"].parse().unwrap()))
        .collect();
    assert_eq!(found, counts);
    let found: BTreeMap<(String, String), u64> = bench
        .table("sentence_lengths.csv")
        .into_iter()
        .map(|row| ((row["document"].clone(), row["words"].clone()), row["sentences"].parse().unwrap()))
        .collect();
    assert_eq!(found, lengths);
}

#[test]
fn a_long_file_gives_the_same_bytes_however_it_is_read() {
    let text = long_text();
    let bench = Bench::new().with("long.txt", &text).with("short.txt", PARAGRAPH.repeat(50));
    bench.succeed("count", &["--threads", "1"]);
    let first = bench.files();
    for arguments in [&["--threads", "2"][..], &["--threads", "5"], &["--threads", "4", "--memory", "50"]] {
        bench.succeed("count", arguments);
        assert_eq!(bench.files(), first, "{arguments:?}");
    }
    let list = bench.table("frequency_list.csv");
    let of = |word: &str| list.iter().find(|row| row["word"] == word).unwrap().clone();
    let paragraphs = text.matches("ferry").count() + 50;
    assert_eq!(
        (of("ferry")["count"].as_str(), of("ferry")["document_frequency"].as_str()),
        (&*paragraphs.to_string(), "2")
    );
    assert_eq!(of("rarest")["document_frequency"], "1");
    // No sentence was cut where a part ends.
    let longest = bench
        .table("sentence_lengths.csv")
        .iter()
        .map(|row| row["words"].clone())
        .collect::<std::collections::BTreeSet<_>>();
    let of_short = bench
        .table("sentence_lengths.csv")
        .iter()
        .filter(|row| row["document"] == "short")
        .map(|row| row["words"].clone())
        .chain(["7".to_owned()])
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(longest, of_short);
}

#[test]
fn a_long_file_in_another_encoding_is_read_whole() {
    let latin: Vec<u8> = "Le café est fermé depuis l'été dernier, et la place est vide.\n\n"
        .repeat(170_000)
        .chars()
        .map(|c| c as u8)
        .collect();
    assert!(latin.len() > 10 << 20);
    let bench = Bench::new().with("long.txt", latin);
    bench.succeed("count", &[]);
    let row = bench.table("frequency_list.csv").into_iter().find(|row| row["word"] == "café").unwrap();
    assert_eq!(row["count"], "170000");
    assert_eq!(bench.table("problems.csv")[0]["problem"], "guessed_encoding");
}

#[test]
fn a_plan_says_what_a_run_needs_and_does_nothing() {
    let bench = Bench::new().with("long.txt", long_text()).with("short.txt", PARAGRAPH);
    let plan: serde_json::Value =
        serde_json::from_str(&bench.succeed("count", &["--plan", "--json", "--threads", "3"]).stdout)
            .unwrap();
    assert_eq!((plan["files"].as_u64(), plan["long_files"].as_u64()), (Some(2), Some(1)));
    assert_eq!(plan["threads"], 3);
    assert!(plan["memory_texts"].as_u64() > Some(8 << 20));
    assert!(bench.succeed("count", &["--plan"]).stdout.contains("2 files"));
    assert!(!bench.path("out").exists());
}

#[test]
fn too_little_memory_is_refused_with_what_is_needed() {
    let bench = Bench::new().with("long.txt", long_text());
    let refused = bench.run("count", &["--memory", "9"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("--memory is too small: the largest text needs"), "{}", refused.stderr);
}

#[test]
fn a_file_that_cannot_be_read_is_a_problem_and_the_others_go_on() {
    let bench = Bench::new().with("good.txt", PARAGRAPH).with("bad.txt", b"\x7fELF\0\0\0");
    let outcome = bench.run("count", &[]);
    assert_eq!(outcome.code, 1);
    assert_eq!(bench.table("problems.csv")[0]["problem"], "binary");
    assert_eq!(bench.table("frequency_list.csv")[0]["count"], "2");
}
