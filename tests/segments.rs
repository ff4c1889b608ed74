//! `rhetor segments` as its users meet it: tables that lead back to the text, pages, messages, exit codes.
//!
//! Where a sentence ends and what is a quotation is tested beside the rules; here it is whether the results
//! agree with the text and with each other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Bench, Outcome};

const LETTER: &str = "A LETTER\n\n“Why did nobody listen?” asked Mr. Penn. “They had paid for it already,” he \
                      went on, “and clearly in advance. So it is!” They called it “progress” at the bridge.\n\nÉtienne \
                      saw it too — he didn’t speak.\n";
const LICENSED: &str = "Licence terms stand here.\n\n*** START OF THE PROJECT GUTENBERG EBOOK PENN ***\n\nIt was a day \
                        like any other day in the town of Penn.\n\n* * *\n\nNobody came.\n";

fn bench() -> Bench {
    Bench::new().with("letter.txt", LETTER).with("sub/licensed.txt", LICENSED)
}

impl Bench {
    fn segments(&self, arguments: &[&str]) {
        self.succeed("segments", arguments);
    }

    fn header(&self, name: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_path(self.path("out").join(name)).unwrap();
        reader.headers().unwrap().iter().map(str::to_owned).collect()
    }

    fn names(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }

    fn text(&self, document: &str) -> String {
        fs::read_to_string(self.path("in").join(format!("{document}.txt"))).unwrap()
    }
}

fn number(row: &BTreeMap<String, String>, column: &str) -> usize {
    row[column].parse().unwrap()
}

const TABLES: [(&str, &[&str]); 4] = [
    ("blocks.csv", &["document", "block", "start_byte", "end_byte", "kind", "role", "words", "sentences"]),
    (
        "sentences.csv",
        &["document", "index", "start_byte", "end_byte", "block", "kind", "voice", "words", "characters"],
    ),
    ("segments.csv", &["document", "start_byte", "end_byte", "kind", "voice"]),
    (
        "tokens.csv",
        &["document", "index", "start_byte", "end_byte", "token", "key", "sentence", "block", "voice"],
    ),
];

#[test]
fn tables_have_their_columns_and_the_dictionary_explains_them() {
    let bench = bench();
    bench.segments(&["--tokens"]);
    let every = [
        "blocks.csv",
        "columns.csv",
        "hygiene.csv",
        "problems.csv",
        "run.json",
        "segments.csv",
        "sentences.csv",
        "study.toml",
        "tokens.csv",
    ];
    assert_eq!(bench.names(), every);
    for (table, columns) in TABLES {
        assert_eq!(bench.header(table), columns, "{table}");
    }
    let mut described: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in bench.table("columns.csv") {
        assert!(!row["meaning"].is_empty(), "{row:?}");
        described.entry(row["table"].clone()).or_default().push(row["column"].clone());
    }
    for table in every.iter().filter(|name| name.ends_with(".csv")) {
        assert_eq!(described.remove(*table).unwrap(), bench.header(table), "{table}");
    }
    assert!(described.is_empty(), "{described:?}");
    // The README of the output folder explains every file.
    let readme = fs::read_to_string("output/README.md").unwrap();
    for name in every.iter().copied().chain(["index.html", "pages/"]) {
        assert!(readme.contains(&format!("`{name}`")), "output/README.md says nothing of {name}");
    }
    bench.segments(&[]);
    assert!(!bench.names().contains(&"tokens.csv".to_owned()));
    assert!(bench.table("columns.csv").iter().all(|row| row["table"] != "tokens.csv"));
}

#[test]
fn every_row_leads_to_the_text() {
    let bench = bench();
    bench.segments(&["--tokens"]);
    let blocks = bench.table("blocks.csv");
    let sentences = bench.table("sentences.csv");
    let tokens = bench.table("tokens.csv");
    let segments = bench.table("segments.csv");
    let of = |document: &str| {
        let document = document.to_owned();
        move |row: &&BTreeMap<String, String>| row["document"] == document
    };
    let place = |row: &BTreeMap<String, String>| number(row, "start_byte")..number(row, "end_byte");
    for document in ["letter", "sub/licensed"] {
        let text = bench.text(document);
        let mut gaps = text.clone();
        for (row, index) in blocks.iter().filter(of(document)).zip(1..) {
            assert_eq!(number(row, "block"), index);
            let inside = |other: &&BTreeMap<String, String>| number(other, "block") == index;
            assert_eq!(
                number(row, "words"),
                tokens.iter().filter(of(document)).filter(inside).count(),
                "{row:?}"
            );
            assert_eq!(
                number(row, "sentences"),
                sentences.iter().filter(of(document)).filter(inside).count()
            );
            assert_eq!(text[place(row)].trim(), &text[place(row)]);
            // Blanked out, so that only what lies between the blocks is left.
            gaps.replace_range(place(row), &" ".repeat(place(row).len()));
        }
        assert!(gaps.trim().is_empty(), "{gaps}");
        for (row, index) in tokens.iter().filter(of(document)).zip(1..) {
            assert_eq!(number(row, "index"), index);
            assert_eq!(text[place(row)], row["token"]);
            assert_eq!(row["key"], rhetor::text::fold(&row["token"]));
            let block = blocks.iter().filter(of(document)).nth(number(row, "block") - 1).unwrap();
            assert!(place(block).start <= place(row).start && place(row).end <= place(block).end);
            if row["sentence"].is_empty() {
                assert!(["boilerplate", "page_furniture"].contains(&block["kind"].as_str()), "{row:?}");
            } else {
                let sentence =
                    sentences.iter().filter(of(document)).nth(number(row, "sentence") - 1).unwrap();
                assert!(place(sentence).start <= place(row).start && place(row).end <= place(sentence).end);
            }
            let quoted = segments
                .iter()
                .filter(of(document))
                .any(|segment| segment["voice"] == "quoted" && place(segment).contains(&place(row).start));
            assert_eq!(row["voice"] == "quoted", quoted, "{row:?}");
        }
        for row in segments.iter().filter(of(document)) {
            assert!(text.get(place(row)).is_some_and(|segment| !segment.is_empty()), "{row:?}");
        }
    }
    let kinds: BTreeSet<&str> = segments.iter().map(|row| row["kind"].as_str()).collect();
    assert!(kinds.contains("quotation") && kinds.contains("scare_quotes"), "{kinds:?}");
    assert!(blocks.iter().any(|row| row["kind"] == "boilerplate"));
}

#[test]
fn it_agrees_with_analyze() {
    let mut bench = bench();
    for entry in fs::read_dir("seeds").unwrap() {
        let path = entry.unwrap().path();
        bench = bench.with(&path.file_name().unwrap().to_string_lossy(), fs::read(&path).unwrap());
    }
    let report = |outcome: Outcome| serde_json::from_str::<serde_json::Value>(&outcome.stdout).unwrap();
    let analysed = report(bench.run("analyze", &["--json", "--no-charts"]));
    let sentences = bench.files().remove("sentences.csv").unwrap();
    let dictionary = bench.table("columns.csv");
    for table in ["blocks.csv", "segments.csv", "tokens.csv"] {
        assert!(dictionary.iter().all(|row| row["table"] != table));
    }
    let read = report(bench.run("segments", &["--json"]));
    for key in ["texts", "words", "sentences", "sentence_length_mean", "quoted_share", "problems"] {
        assert_eq!(read[key], analysed[key], "{key}");
    }
    let files = bench.files();
    assert!(files["sentences.csv"] == sentences, "sentences.csv differs");
    // What the other command wrote is gone.
    assert!(!files.contains_key("words.csv"));
    let count = |table: &str| bench.table(table).len() as u64;
    for (key, table) in [("blocks", "blocks.csv"), ("segments", "segments.csv")] {
        let kinds = read[key].as_object().unwrap();
        assert_eq!(kinds.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), count(table));
    }
}

#[test]
fn pages_show_the_texts_and_escape_them() {
    let bench = bench()
        .with(
            "<script>a&b.txt",
            "He wrote “<script>alert('x')</script> & nothing else at all” to the Company.\n",
        )
        .with("红楼.txt", "宝玉来了。")
        .with("bad.txt", b"\x7fELF\0\0\x01");
    let output = bench.run("segments", &["--html"]);
    assert_eq!(output.code, 1, "a file could not be read");
    let files = bench.files();
    let pages: Vec<&str> =
        files.keys().map(String::as_str).filter(|name| name.starts_with("pages/")).collect();
    let expected = [
        "pages/0001-script-a-b.html",
        "pages/0002-bad.html",
        "pages/0003-letter.html",
        "pages/0004-sub-licensed.html",
        "pages/0005.html",
    ];
    assert_eq!(pages, expected);
    let page = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    for name in pages.iter().copied().chain(["index.html"]) {
        let html = page(name);
        assert!(!html.contains("<script"), "{name}");
        assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"), "{name}");
        // Every link leads to a file or to a sentence of the page.
        for link in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(html.contains(&format!("id={anchor} ")), "{name} {link}");
                continue;
            }
            let target = match (link.strip_prefix("../"), name.starts_with("pages/")) {
                (Some(above), _) => above.to_owned(),
                (None, true) => format!("pages/{link}"),
                (None, false) => link.to_owned(),
            };
            assert!(files.contains_key(&target), "{name} links {link}");
        }
    }
    let index = page("index.html");
    assert!(expected.iter().all(|page| index.contains(page)), "{index}");
    assert!(index.contains("not read") && index.contains("&lt;script&gt;a&amp;b"), "{index}");
    assert!(page(expected[0]).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;"));
    assert!(page("pages/0002-bad.html").contains("is not a text"));
    let letter = page("pages/0003-letter.html");
    for row in bench.table("sentences.csv").iter().filter(|row| row["document"] == "letter") {
        assert_eq!(letter.matches(&format!("id=s{} ", row["index"])).count(), 1);
    }
    assert!(page("pages/0004-sub-licensed.html").contains("<details>"));
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let mut bench = bench();
    for number in 0..20 {
        bench = bench.with(&format!("t{number}.txt"), LETTER.repeat(1 + number % 5));
    }
    let mut first = None;
    for threads in ["1", "2", "8"] {
        bench.segments(&["--html", "--tokens", "--threads", threads]);
        let files = bench.files();
        assert!(*first.get_or_insert_with(|| files.clone()) == files, "{threads} threads differ");
    }
}

#[test]
fn a_second_run_replaces_the_first_and_keeps_what_is_not_ours() {
    let bench = bench();
    bench.segments(&["--html"]);
    fs::write(bench.path("out/pages/notes.txt"), "mine").unwrap();
    bench.segments(&[]);
    let left: Vec<String> = bench.names().into_iter().filter(|name| name.starts_with("pages/")).collect();
    assert_eq!(left, ["pages/notes.txt"]);
    fs::remove_file(bench.path("out/pages/notes.txt")).unwrap();
    bench.segments(&["--html"]);
    bench.segments(&[]);
    assert!(!bench.path("out/pages").exists());
    fs::write(bench.path("out/blocks.csv"), "mine").unwrap();
    let refused = bench.run("segments", &[]);
    assert_eq!(refused.code, 4);
    assert!(refused.stderr.contains("blocks.csv"));
    assert_eq!(fs::read(bench.path("out/blocks.csv")).unwrap(), b"mine");
}

#[test]
fn the_manifest_has_no_lexicon_and_a_hash_of_every_file() {
    let bench = bench();
    bench.segments(&["--html", "--tokens"]);
    let files = bench.files();
    let manifest: serde_json::Value = serde_json::from_slice(&files["run.json"]).unwrap();
    assert!(manifest.get("lexicon").is_none());
    assert_eq!(manifest["texts"][0]["document"], "letter");
    assert_eq!(manifest["texts"][1]["blocks"]["separator"], 1);
    let hashes: BTreeMap<&str, &str> = manifest["outputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["file"].as_str().unwrap(), entry["blake3"].as_str().unwrap()))
        .collect();
    let written: Vec<&str> = files.keys().map(String::as_str).filter(|name| *name != "run.json").collect();
    assert_eq!(hashes.keys().copied().collect::<Vec<_>>(), written);
    assert!(hashes.values().all(|hash| hash.len() == 64));
}

#[test]
fn what_is_printed() {
    let bench = bench();
    let summary = bench.run("segments", &[]).stdout;
    assert!(summary.starts_with("in: 2 texts, "), "{summary}");
    assert!(summary.contains(" blocks: ") && summary.contains(" marked segments: "), "{summary}");
    let quiet = bench.run("segments", &["--quiet"]);
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty());
    let missing = bench.run("segments", &["--encoding", "no-such"]);
    assert_eq!(missing.code, 3);
    fs::remove_dir_all(bench.path("in")).unwrap();
    assert_eq!(bench.run("segments", &[]).code, 3);
}
