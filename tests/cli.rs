//! The command as its users meet it: results, messages, exit codes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use common::{Bench, Outcome, collect, rhetor};

impl Bench {
    /// Runs `analyze in -o out` and the arguments in the folder.
    fn analyze(&self, arguments: &[&str]) -> Outcome {
        self.run("analyze", arguments)
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found);
    found
}

const PROSE: &str = "It was perhaps a good bridge. “It will fall!” said Penn. Why did nobody listen? They did \
                     not listen because they had paid for it already, and clearly in advance.\n";

const EVERY_FILE: [&str; 42] = [
    "columns.csv",
    "documents.csv",
    "figure_rates.csv",
    "figures.csv",
    "hygiene.csv",
    "marker_bars.png",
    "marker_bars.svg",
    "marker_heatmap.png",
    "marker_heatmap.svg",
    "marker_hits.csv",
    "marker_strips.png",
    "marker_strips.svg",
    "marker_voices.png",
    "marker_voices.svg",
    "markers.csv",
    "problems.csv",
    "questions.csv",
    "rank_frequency.png",
    "rank_frequency.svg",
    "rhythm.png",
    "rhythm.svg",
    "run.json",
    "sentence_length_distributions.png",
    "sentence_length_distributions.svg",
    "sentence_lengths.csv",
    "sentence_lengths.png",
    "sentence_lengths.svg",
    "sentences.csv",
    "study.toml",
    "stylometry_distances.csv",
    "stylometry_evaluation.csv",
    "stylometry_map.csv",
    "stylometry_map.png",
    "stylometry_map.svg",
    "stylometry_tree.nwk",
    "stylometry_tree.png",
    "stylometry_tree.svg",
    "top_words.png",
    "top_words.svg",
    "voices.csv",
    "word_counts.csv",
    "words.csv",
];

#[test]
fn the_default_run_analyses_seeds_into_output() {
    let bench = Bench::new();
    let seeds = bench.path("seeds");
    fs::create_dir(&seeds).unwrap();
    for (name, content) in files(Path::new("seeds")) {
        fs::write(seeds.join(name), content).unwrap();
    }
    let output = rhetor().current_dir(bench.folder.path()).arg("analyze").output().unwrap();
    assert!(output.status.success());
    let summary = String::from_utf8(output.stdout).unwrap();
    assert!(summary.starts_with("seeds: 17 texts, 12,935 words"), "{summary}");
    let written = files(&bench.path("output"));
    assert_eq!(written.keys().map(String::as_str).collect::<Vec<_>>(), EVERY_FILE);
    for (name, content) in &written {
        if name.ends_with(".png") {
            assert!(content.starts_with(b"\x89PNG"), "{name}");
        }
    }
    // The README of the output folder explains every file that a run writes.
    let readme = fs::read_to_string("output/README.md").unwrap();
    for name in EVERY_FILE {
        let stem = name.strip_suffix(".svg").or(name.strip_suffix(".png")).unwrap_or(name);
        assert!(readme.contains(&format!("`{stem}")), "output/README.md says nothing of {name}");
    }
}

#[test]
fn the_tables_agree_with_each_other_and_with_the_texts() {
    let bench = Bench::new();
    for (name, content) in files(Path::new("seeds")) {
        fs::write(bench.path("in").join(name), content).unwrap();
    }
    assert_eq!(bench.analyze(&["--no-charts"]).code, 0);
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<u64>().unwrap();

    let documents = bench.table("documents.csv");
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    let mut corpus: BTreeMap<String, u64> = BTreeMap::new();
    for row in bench.table("word_counts.csv") {
        assert_eq!(number(&row, "count"), number(&row, "author") + number(&row, "quoted"));
        *words.entry(row["document"].clone()).or_default() += number(&row, "count");
        *corpus.entry(row["word"].clone()).or_default() += number(&row, "count");
    }
    for row in &documents {
        assert_eq!(number(row, "words"), words[&row["document"]]);
    }
    for row in bench.table("words.csv") {
        assert_eq!(number(&row, "count"), corpus.remove(&row["word"]).unwrap());
    }
    assert!(corpus.is_empty());

    let mut hits: BTreeMap<(String, String, String), u64> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for row in bench.table("marker_hits.csv") {
        let key = |voice: &str| (row["document"].clone(), voice.to_owned(), row["category"].clone());
        *hits.entry(key(&row["voice"])).or_default() += 1;
        *hits.entry(key("all")).or_default() += 1;
        let text = fs::read_to_string(format!("seeds/{}.txt", row["document"])).unwrap();
        let place = number(&row, "start_byte") as usize..number(&row, "end_byte") as usize;
        let at_place: Vec<&str> = text[place.clone()].split_whitespace().collect();
        assert_eq!(row["match"], at_place.join(" "));
        assert_eq!(number(&row, "line") as usize, text[..place.start].matches('\n').count() + 1);
        assert!(ids.insert(row["id"].clone()), "two hits are called {}", row["id"]);
    }
    for row in bench.table("markers.csv") {
        let key = (row["document"].clone(), row["voice"].clone(), row["category"].clone());
        assert_eq!(number(&row, "count"), hits.remove(&key).unwrap_or(0), "{key:?}");
    }
    assert!(hits.is_empty(), "{hits:?}");

    let mut lengths: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in bench.table("sentences.csv").iter().filter(|row| row["kind"] == "body") {
        *lengths.entry((row["document"].clone(), row["words"].clone())).or_default() += 1;
    }
    for row in bench.table("sentence_lengths.csv").iter().filter(|row| row["voice"] == "all") {
        let key = (row["document"].clone(), row["words"].clone());
        assert_eq!(number(row, "sentences"), lengths.remove(&key).unwrap());
    }
    assert!(lengths.is_empty());
}

#[test]
fn every_column_is_in_the_dictionary() {
    let bench = Bench::new().with("a.txt", PROSE).with("metadata.csv", "file,author\na.txt,Penn\n");
    assert_eq!(bench.analyze(&["--no-charts"]).code, 0);
    let mut described: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in bench.table("columns.csv") {
        described.entry(row["table"].clone()).or_default().push(row["column"].clone());
    }
    for (name, _) in bench.files().iter().filter(|(name, _)| name.ends_with(".csv")) {
        let mut reader = csv::Reader::from_path(bench.path("out").join(name)).unwrap();
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(described.remove(name).unwrap(), header, "{name}");
    }
    assert!(described.is_empty(), "{described:?}");
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let mut bench = Bench::new();
    for number in 0..20 {
        bench = bench.with(&format!("t{number}.txt"), PROSE.repeat(1 + number % 5));
    }
    let mut first = None;
    for threads in ["1", "2", "8"] {
        assert_eq!(bench.analyze(&["--threads", threads]).code, 0);
        let files = bench.files();
        assert!(*first.get_or_insert_with(|| files.clone()) == files, "{threads} threads differ");
    }
}

#[test]
fn a_study_can_be_run_again() {
    let bench = Bench::new().with("a.txt", PROSE);
    assert_eq!(bench.analyze(&["--context", "7", "--no-charts"]).code, 0);
    let first = bench.files();
    fs::copy(bench.path("out/study.toml"), bench.path("study.toml")).unwrap();
    let again = ["analyze", "--study", "study.toml", "-o", "out"];
    rhetor().current_dir(bench.folder.path()).args(again).assert().success();
    assert_eq!(first, bench.files());
}

#[test]
fn quiet_and_json() {
    let bench = Bench::new().with("a.txt", PROSE);
    let quiet = bench.analyze(&["--quiet", "--no-charts"]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (0, "", ""));
    let json = bench.analyze(&["--json", "--no-charts"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["texts"], 1);
    assert_eq!(report["sentences"], 4);
}

#[test]
fn an_empty_folder_and_a_missing_one() {
    let bench = Bench::new();
    let empty = bench.analyze(&[]);
    assert_eq!(empty.code, 3);
    assert!(empty.stderr.contains("the folder is empty"), "{}", empty.stderr);
    assert!(!bench.path("out").exists());
    fs::remove_dir(bench.path("in")).unwrap();
    let missing = bench.analyze(&[]);
    assert_eq!(missing.code, 3);
    assert!(missing.stderr.contains("cannot read the corpus 'in'"), "{}", missing.stderr);
}

#[test]
fn bad_files_get_a_row_and_the_others_go_on() {
    let bench = Bench::new()
        .with("good.txt", PROSE)
        .with("empty.txt", "")
        .with("binary.txt", b"\x7fELF\0\0\x01")
        .with("latin.txt", b"Le caf\xe9 est ferm\xe9 depuis l'\xe9t\xe9, et personne ne sait pourquoi.")
        .with("broken.txt", b"\xff\xfe\x00\xd8\x00\xd8")
        .with("picture.png", b"\x89PNG");
    let outcome = bench.analyze(&["--no-charts"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    let problems: Vec<(String, String)> = bench
        .table("problems.csv")
        .into_iter()
        .map(|row| (row["file"].rsplit(['/', '\\']).next().unwrap().to_owned(), row["problem"].clone()))
        .collect();
    let expected = [
        ("binary.txt", "binary"),
        ("broken.txt", "invalid_encoding"),
        ("empty.txt", "no_words"),
        ("latin.txt", "guessed_encoding"),
        ("picture.png", "not_a_text"),
    ];
    let problems: Vec<(&str, &str)> =
        problems.iter().map(|(file, problem)| (file.as_str(), problem.as_str())).collect();
    assert_eq!(problems, expected);
    let documents: Vec<String> =
        bench.table("documents.csv").into_iter().map(|row| row["document"].clone()).collect();
    assert_eq!(documents, ["empty", "good", "latin"]);
    assert!(outcome.stderr.contains("binary.txt"), "{}", outcome.stderr);
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_not_opened() {
    let bench = Bench::new().with("good.txt", PROSE);
    let made = Process::new("mkfifo").arg(bench.path("in/pipe.txt")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/etc", bench.path("in/link")).unwrap();
    // Nor where a manifest of results might be.
    fs::create_dir(bench.path("in/sub")).unwrap();
    assert!(Process::new("mkfifo").arg(bench.path("in/sub/run.json")).status().unwrap().success());
    let outcome = bench.analyze(&["--no-charts"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let problems: Vec<String> =
        bench.table("problems.csv").into_iter().map(|row| row["problem"].clone()).collect();
    assert_eq!(problems, ["link", "not_a_file", "not_a_file"]);
}

#[test]
fn names_and_texts_are_not_trusted() {
    let bench =
        Bench::new().with("=cmd.txt", "=HYPERLINK perhaps. -perhaps, he said.").with("<b>&.txt", PROSE);
    assert_eq!(bench.analyze(&[]).code, 0);
    let documents: Vec<String> =
        bench.table("documents.csv").into_iter().map(|row| row["document"].clone()).collect();
    assert_eq!(documents, ["<b>&", "'=cmd"]);
    for (name, content) in bench.files().iter().filter(|(name, _)| name.ends_with(".svg")) {
        let svg = String::from_utf8_lossy(content);
        assert!(!svg.contains("<b>"), "{name}");
    }
    for (_, content) in bench.files().iter().filter(|(name, _)| name.ends_with(".csv")) {
        let table = String::from_utf8_lossy(content);
        assert!(!table.lines().any(|line| line.starts_with(['=', '-', '+', '@'])));
        assert!(!table.contains(",=") && !table.contains(",@"));
    }
}

#[test]
fn a_folder_of_other_files_is_not_touched() {
    let bench = Bench::new().with("a.txt", PROSE);
    fs::create_dir(bench.path("out")).unwrap();
    fs::write(bench.path("out/thesis.doc"), "mine").unwrap();
    let refused = bench.analyze(&["--no-charts"]);
    assert_eq!(refused.code, 4);
    assert!(refused.stderr.contains("thesis.doc") && refused.stderr.contains("--force"));
    assert_eq!(bench.files().len(), 1);
    assert_eq!(bench.analyze(&["--no-charts", "--force"]).code, 0);
    assert_eq!(bench.files()["thesis.doc"], b"mine");
}

#[test]
fn a_killed_run_leaves_nothing_that_looks_whole() {
    let mut bench = Bench::new();
    for number in 0..40 {
        bench = bench.with(&format!("t{number}.txt"), PROSE.repeat(2_000));
    }
    let mut run = Process::new(assert_cmd::cargo::cargo_bin!("rhetor"))
        .current_dir(bench.folder.path())
        .args(["analyze", "in", "-o", "out"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = bench.path("out/.rhetor-partial/marker_hits.csv");
    let start = Instant::now();
    while !begun.exists() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let left: Vec<String> = bench.files_and_folders();
    assert!(left.iter().all(|name| name.starts_with(".rhetor")), "{left:?}");
    // The next run sweeps up.
    assert_eq!(bench.analyze(&["--no-charts"]).code, 0);
    assert!(bench.files_and_folders().iter().all(|name| !name.starts_with('.')));
}

impl Bench {
    fn files_and_folders(&self) -> Vec<String> {
        fs::read_dir(self.path("out"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    }
}

#[test]
fn wrong_options_are_explained() {
    let bench = Bench::new().with("a.txt", PROSE);
    assert_eq!(bench.analyze(&["--colour"]).code, 2);
    let encoding = bench.analyze(&["--encoding", "klingon"]);
    assert_eq!(encoding.code, 3);
    assert!(encoding.stderr.contains("klingon"), "{}", encoding.stderr);
    let language = bench.analyze(&["--language", "entish"]);
    assert_eq!(language.code, 3);
    assert!(language.stderr.contains("entish"), "{}", language.stderr);
    fs::write(bench.path("bad.toml"), "language = \"en\"\nversion = \"1\"\n[[entry]]\nmarker = 1\n").unwrap();
    let lexicon = bench.analyze(&["--lexicon", "bad.toml"]);
    assert_eq!(lexicon.code, 3);
    assert!(lexicon.stderr.contains("bad.toml") && lexicon.stderr.contains("line"), "{}", lexicon.stderr);
    let output = rhetor().arg("--help").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Exit codes"));
}

#[test]
fn a_language_without_a_lexicon_says_so() {
    let bench = Bench::new().with("a.txt", "Pourquoi pas ? Je ne sais pas.");
    let outcome = bench.analyze(&["--language", "fr", "--no-charts"]);
    assert_eq!(outcome.code, 0);
    assert!(outcome.stderr.contains("no marker lexicon for the language 'fr'"), "{}", outcome.stderr);
    let found: Vec<_> = bench.table("marker_hits.csv").iter().map(|row| row["category"].clone()).collect();
    assert_eq!(found, ["hypophora", "interrogative"]);
}

const GERMAN: &str = "Vielleicht war es eine gute Brücke. „Sie wird fallen!“, sagte Penn. Warum hat niemand \
                      zugehört? Sie haben nicht zugehört, weil sie schon bezahlt hatten.\n";

#[test]
fn each_text_has_a_language_and_says_where_it_is_from() {
    let bench = Bench::new()
        .with("de.txt", GERMAN)
        .with("en.txt", PROSE)
        .with("named.txt", PROSE)
        .with("short.txt", "Perhaps.")
        .with("greek.txt", "Ίσως.")
        .with("wrong.txt", PROSE)
        .with("metadata.csv", "file,language\nnamed.txt,Latin\nwrong.txt,Entish\n");
    let outcome = bench.analyze(&["--no-charts"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let languages: Vec<[String; 4]> = bench
        .table("documents.csv")
        .into_iter()
        .map(|row| {
            ["document", "metadata_language", "language", "language_source"].map(|name| row[name].clone())
        })
        .collect();
    let expected = [
        ["de", "", "de", "detected"],
        ["en", "", "en", "detected"],
        ["greek", "", "und", "default"],
        ["named", "Latin", "la", "metadata"],
        ["short", "", "en", "default"],
        ["wrong", "Entish", "en", "detected"],
    ];
    assert_eq!(languages, expected);
    let problems: Vec<(String, String)> = bench
        .table("problems.csv")
        .into_iter()
        .filter(|row| row["problem"] != "no_metadata")
        .map(|row| (row["severity"].clone(), row["problem"].clone()))
        .collect();
    let expected = [("note", "no_lexicon"), ("warning", "unknown_language")];
    assert_eq!(problems, expected.map(|(severity, problem)| (severity.to_owned(), problem.to_owned())));
    let line = "3 texts in English, 1 in German, 1 in Latin, 1 in a language that is not known";
    assert!(outcome.stdout.contains(line), "{}", outcome.stdout);
    let run: serde_json::Value = serde_json::from_slice(&bench.files()["run.json"]).unwrap();
    assert_eq!(
        (&run["texts"][0]["language"], &run["texts"][0]["language_source"]),
        (&"de".into(), &"detected".into())
    );
    // One language asked for goes before all of that.
    let outcome = bench.analyze(&["--no-charts", "--language", "eng"]);
    assert!(!outcome.stdout.contains("texts in English"), "{}", outcome.stdout);
    assert!(
        bench
            .table("documents.csv")
            .iter()
            .all(|row| row["language"] == "en" && row["language_source"] == "option")
    );
}

#[test]
fn markers_of_another_language_are_empty_and_not_zero() {
    let bench = Bench::new().with("de.txt", GERMAN).with("en.txt", PROSE);
    let hedges = |bench: &Bench| -> Vec<String> {
        bench.table("documents.csv").iter().map(|row| row["stance_hedge_per_1000"].clone()).collect()
    };
    assert_eq!(bench.analyze(&[]).code, 0);
    assert!(hedges(&bench)[0].is_empty() && hedges(&bench)[1].parse::<f64>().unwrap() > 0.0);
    for row in bench.table("markers.csv").iter().filter(|row| row["document"] == "de") {
        let found = row["family"] == "question";
        assert_eq!((row["count"].is_empty(), row["per_1000"].is_empty()), (!found, !found), "{row:?}");
    }
    let questions = |row: &&BTreeMap<String, String>| row["document"] == "de" && row["family"] == "question";
    assert_eq!(bench.table("marker_hits.csv").iter().filter(questions).count(), 1);
    assert_eq!(bench.table("marker_hits.csv").iter().filter(|row| row["document"] == "de").count(), 1);
    // A lexicon that is named is meant for every text.
    let lexicon = "language = \"de\"\nversion = \"1\"\n[[entry]]\nmarker = \"vielleicht\"\nphrases = \
                   [\"vielleicht\", \"perhaps\"]\nfamily = \"stance\"\ncategory = \"hedge\"\n";
    fs::write(bench.path("lexicon.toml"), lexicon).unwrap();
    assert_eq!(bench.analyze(&["--lexicon", "lexicon.toml", "--no-charts"]).code, 0);
    assert!(hedges(&bench).iter().all(|rate| rate.parse::<f64>().unwrap() > 0.0), "{:?}", hedges(&bench));
    assert!(bench.table("problems.csv").is_empty());
}

#[test]
fn what_to_know_about_the_texts() {
    let mut bench = Bench::new();
    let paragraphs = |name: &str| -> String {
        (0..60)
            .map(|number| {
                format!("In {number} the people of {name} paid for the bridge, all {number} of them.\n\n")
            })
            .collect()
    };
    let other: String = (0..60).map(|number| format!("Nobody had asked {number} of them.\n\n")).collect();
    for (file, content) in [
        ("a.txt", paragraphs("Penn")),
        ("b.txt", other.clone() + "The caf\u{fffd} is closed."),
        ("c.txt", paragraphs("Penn")),
        ("d.txt", paragraphs("Penn") + "And that was the end of it."),
    ] {
        bench = bench.with(file, content);
    }
    let outcome = bench.analyze(&["--no-charts"]);
    let line = "Hygiene: 1 text identical to another, 2 that share much with another, 1 with characters lost in \
                conversion; see hygiene.csv.";
    assert!(outcome.stdout.contains(line), "{}", outcome.stdout);
    let rows: Vec<[String; 4]> = bench
        .table("hygiene.csv")
        .into_iter()
        .filter(|row| row["severity"] == "warning")
        .map(|row| ["document", "finding", "example", "first_byte"].map(|column| row[column].clone()))
        .collect();
    let place = (other.len() + "The caf".len()).to_string();
    let expected = [
        ["a", "near_duplicate", "d", ""],
        ["b", "replacement_characters", "them. The caf\u{fffd} is closed.", &place],
        ["c", "duplicate", "a", ""],
        ["d", "near_duplicate", "a", ""],
    ];
    assert_eq!(rows, expected);
    let run: serde_json::Value = serde_json::from_slice(&bench.files()["run.json"]).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&bench.analyze(&["--no-charts", "--json"]).stdout).unwrap();
    assert_eq!(run["hygiene"], json["hygiene"]);
    let duplicates = serde_json::json!({ "finding": "duplicate", "severity": "warning", "texts": 1 });
    assert!(json["hygiene"].as_array().unwrap().contains(&duplicates), "{json}");
    // Nothing to say of texts that are in order.
    let clean = Bench::new().with("a.txt", paragraphs("Penn"));
    assert!(!clean.analyze(&["--no-charts"]).stdout.contains("Hygiene"));
}

#[test]
fn completions_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        let output = rhetor().args(["completions", shell]).output().unwrap();
        assert!(output.status.success() && output.stdout.len() > 500);
    }
}
