//! The stylometric commands, on tiny corpora.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Bench, Outcome};

/// Words that two hands use at rates of their own, and a little at the rates of a text.
fn prose(hand: usize, text: usize, words: usize) -> String {
    const WORDS: [&str; 12] =
        ["the", "of", "and", "to", "upon", "while", "whilst", "by", "on", "never", "house", "river"];
    let mut state = (hand * 7 + text * 1_001 + 17) as u64;
    let mut prose = String::new();
    for place in 0..words {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = (state >> 33) as usize;
        let word = if draw.is_multiple_of(3) { hand * 4 + draw / 3 % 4 } else { draw / 3 % 12 };
        prose.push_str(WORDS[word % 12]);
        prose.push_str(if place % 9 == 8 { ". " } else { " " });
    }
    prose
}

/// Nine texts by three hands.
fn bench() -> Bench {
    let mut bench = Bench::new();
    let mut metadata = "file,author\n".to_owned();
    for hand in 0..3 {
        for text in 0..3 {
            let name = format!("h{hand}_t{text}.txt");
            metadata += &format!("{name},hand {hand}\n");
            bench = bench.with(&name, prose(hand, text, 700));
        }
    }
    bench.with("metadata.csv", metadata)
}

/// Distances by the names of the texts.
fn matrix(bench: &Bench, name: &str) -> BTreeMap<(String, String), f64> {
    let mut distances = BTreeMap::new();
    for row in bench.table(name) {
        for (other, value) in row.iter().filter(|(column, _)| *column != "text") {
            distances.insert((row["text"].clone(), other.clone()), value.parse().unwrap());
        }
    }
    distances
}

/// No number of a table is NaN or infinite.
fn sound(bench: &Bench) {
    for (name, content) in bench.files() {
        if name.ends_with(".csv") || name.ends_with(".nwk") || name.ends_with(".graphml") {
            let text = String::from_utf8(content).unwrap();
            for bad in ["NaN", "inf,", ",inf", "-inf"] {
                assert!(!text.contains(bad), "{name}: {bad}");
            }
        }
    }
}

const MATRIX: &str = "distances_cosine-delta_mfw12_culling0.csv";

#[test]
fn distances_are_symmetrical_and_hands_are_found() {
    let bench = bench();
    let outcome = bench.succeed("distances", &["--json"]);
    let report: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(report["group"], "author");
    assert_eq!(report["settings"][0]["features"], 12);
    assert_eq!(report["settings"][0]["nearest"]["of"], 9);
    assert_eq!(report["settings"][0]["nearest"]["hits"], 9);
    assert_eq!(report["settings"][0]["adjusted_rand_index"], 1.0);
    let distances = matrix(&bench, MATRIX);
    assert_eq!(distances.len(), 81);
    for ((a, b), distance) in &distances {
        assert_eq!(*distance, distances[&(b.clone(), a.clone())]);
        assert_eq!(*distance == 0.0, a == b);
    }
    // The table that is written can be read again, with the same result.
    let table = bench.path("out").join("frequencies.csv");
    let again = Bench::new();
    std::fs::copy(table, again.path("table.csv")).unwrap();
    again.succeed("distances", &["--table", "table.csv"]);
    for (pair, distance) in matrix(&again, MATRIX) {
        assert!((distance - distances[&pair]).abs() < 1e-12);
    }
}

#[test]
fn names_and_order_of_texts_change_no_number() {
    let first = bench();
    first.succeed("distances", &["--distance", "cosine-delta,delta,eder,entropy,minmax"]);
    let renamed = |name: &str| {
        // Another order: the last text comes first.
        format!("{}{name}", (b'z' - name.as_bytes()[1] * 3 % 7 - name.as_bytes()[4] % 3) as char)
    };
    let mut second = Bench::new();
    for hand in 0..3 {
        for text in 0..3 {
            second =
                second.with(&format!("{}.txt", renamed(&format!("h{hand}_t{text}"))), prose(hand, text, 700));
        }
    }
    second.succeed("distances", &["--distance", "cosine-delta,delta,eder,entropy,minmax"]);
    for measure in ["cosine-delta", "delta", "eder", "entropy", "minmax"] {
        let name = format!("distances_{measure}_mfw12_culling0.csv");
        let (a, b) = (matrix(&first, &name), matrix(&second, &name));
        for ((one, other), distance) in a {
            assert_eq!(distance.to_bits(), b[&(renamed(&one), renamed(&other))].to_bits(), "{measure}");
        }
    }
    let heights = |bench: &Bench| -> Vec<String> {
        bench.succeed("tree", &["--no-charts"]);
        bench.table("merges.csv").iter().map(|row| row["height"].clone()).collect()
    };
    assert_eq!(heights(&first), heights(&second));
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let bench = bench();
    let commands: [(&str, &[&str]); 5] = [
        ("distances", &["--mfw", "4-12:4", "--culling", "0-100:50", "--distance", "delta,cosine-delta"]),
        ("tree", &["--sampling", "200", "--bootstrap-samples", "--bootstrap", "20", "--no-charts"]),
        ("map", &["--no-charts"]),
        ("network", &["--features", "char-ngrams", "-n", "2"]),
        ("why", &["--pair", "h0_t0", "h1_t1"]),
    ];
    for (command, options) in commands {
        let run = |threads: &str| {
            let arguments = [options, &["--threads", threads]].concat();
            bench.succeed(command, &arguments);
            sound(&bench);
            bench.files()
        };
        let one = run("1");
        assert!(run("2") == one, "{command}");
        assert!(run("8") == one, "{command}");
    }
}

#[test]
fn every_file_and_column_is_explained() {
    let bench = bench();
    let readme = std::fs::read_to_string("output/README.md").unwrap();
    for (command, options) in [
        ("distances", &[][..]),
        ("tree", &[]),
        ("map", &[]),
        ("network", &[]),
        ("why", &["--pair", "h0_t0", "h1_t1"]),
    ] {
        bench.succeed(command, options);
        let columns: BTreeSet<(String, String)> = bench
            .table("columns.csv")
            .iter()
            .map(|row| (row["table"].clone(), row["column"].clone()))
            .collect();
        for name in bench.files().keys() {
            let stem = name.strip_suffix(".svg").or(name.strip_suffix(".png")).unwrap_or(name);
            let stem = if stem.starts_with("distances_") { "distances_MEASURE" } else { stem };
            assert!(readme.contains(&format!("`{stem}")), "output/README.md says nothing of {name}");
            let open = ["distances_", "frequencies.csv"].iter().any(|wide| name.starts_with(wide));
            if !name.ends_with(".csv") || open {
                continue;
            }
            let mut reader = csv::Reader::from_path(bench.path("out").join(name)).unwrap();
            for column in reader.headers().unwrap() {
                assert!(columns.contains(&(name.clone(), column.to_owned())), "{name}: {column}");
            }
        }
    }
}

#[test]
fn trees_carry_their_support() {
    let bench = bench();
    bench.succeed("tree", &[]);
    let tree = String::from_utf8(bench.files()["tree.nwk"].clone()).unwrap();
    assert!(tree.trim_end().ends_with(';') && tree.contains("h0_t0:"), "{tree}");
    let branches = bench.table("branches.csv");
    assert_eq!(branches.len(), 17);
    let hand = branches.iter().find(|row| row["members"] == "h1_t0; h1_t1; h1_t2").unwrap();
    assert!(hand["sweep_support"].parse::<f64>().unwrap() > 0.5);
    assert!(hand["bootstrap_support"].parse::<f64>().unwrap() > 0.5);
    assert_eq!(bench.table("merges.csv").len(), 8);
    for linkage in ["ward.D", "centroid", "nj"] {
        bench.succeed("tree", &["--linkage", linkage, "--bootstrap", "5", "--no-charts"]);
        sound(&bench);
        assert_eq!(bench.files().contains_key("merges.csv"), linkage != "nj");
    }
}

#[test]
fn contributions_sum_to_the_distance_and_stand_in_the_texts() {
    let bench = bench();
    bench.succeed("distances", &[]);
    let distances = matrix(&bench, MATRIX);
    for command in ["why", "explain"] {
        bench.succeed(command, &["--pair", "h0_t0", "h2_t1"]);
        let rows = bench.table("contributions.csv");
        let sum: f64 = rows.iter().map(|row| row["contribution"].parse::<f64>().unwrap()).sum();
        let distance = distances[&("h0_t0".to_owned(), "h2_t1".to_owned())];
        assert!((sum - distance).abs() <= 1e-12 * distance, "{sum} {distance}");
        for row in &rows {
            let number = |column: &str| row[column].parse::<f64>().unwrap();
            assert_eq!(number("signed").abs(), number("contribution"));
            assert!(
                number("contribution") == 0.0
                    || (number("signed") < 0.0) == (number("first_percent") < number("second_percent"))
            );
        }
        let lines = bench.table("concordance.csv");
        assert!(lines.len() > 50);
        for line in lines {
            let text =
                std::fs::read_to_string(bench.path("in").join(format!("{}.txt", line["text"]))).unwrap();
            let place = line["start_byte"].parse::<usize>().unwrap()..line["end_byte"].parse().unwrap();
            assert_eq!((&text[place], &line["match"]), (line["feature"].as_str(), &line["feature"]));
        }
    }
    let unknown = bench.run("why", &["--pair", "h0_t0", "nobody"]);
    assert!(unknown.code == 3 && unknown.stderr.contains("unknown text 'nobody'"), "{}", unknown.stderr);
}

#[test]
fn every_kind_of_feature_and_the_lists() {
    let bench = bench();
    for features in
        ["words", "word-ngrams", "char-ngrams", "inner-char-ngrams", "function-words", "sentence-lengths"]
    {
        let outcome = bench.run("distances", &["--features", features]);
        // All sentences have nine words: nothing tells the texts apart, and that is said.
        let constant =
            features == "sentence-lengths" && outcome.stderr.contains("the same value in all texts");
        assert!(outcome.code == 0 || constant, "{features}: {}", outcome.stderr);
        sound(&bench);
    }
    std::fs::write(bench.path("stop.txt"), "the\nriver\n").unwrap();
    bench.succeed("distances", &["--stop-words", "stop.txt"]);
    let features: Vec<String> =
        bench.table("features.csv").iter().map(|row| row["feature"].clone()).collect();
    assert!(features.len() == 10 && !features.contains(&"the".to_owned()));
    std::fs::write(bench.path("list.txt"), "river\nthe\nnowhere\n").unwrap();
    bench.succeed("distances", &["--feature-list", "list.txt"]);
    let features: Vec<String> =
        bench.table("features.csv").iter().map(|row| row["feature"].clone()).collect();
    assert_eq!(features, ["river", "the"]);
    bench.succeed("distances", &["--sampling", "200:100"]);
    assert_eq!(bench.table("frequencies.csv").len(), 9 * 6);
    bench.succeed("distances", &["--sampling", "random:200:2", "--seed", "7"]);
    assert_eq!(bench.table("frequencies.csv").len(), 9 * 2);
    let study = std::fs::read_to_string(bench.path("out").join("study.toml")).unwrap();
    assert!(study.contains("sampling = \"random:200:2\"") && study.contains("seed = 7"), "{study}");
}

fn fails(outcome: &Outcome, says: &str) {
    assert!(outcome.code == 3 && outcome.stderr.contains(says), "{} {}", outcome.code, outcome.stderr);
}

#[test]
fn bad_input_is_said() {
    // One text.
    let one = Bench::new().with("a.txt", prose(0, 0, 300));
    for command in ["distances", "tree", "map", "network"] {
        fails(&one.run(command, &[]), "too few");
    }
    // Texts too short.
    let short = one.with("b.txt", "Too short.").with("c.txt", prose(1, 0, 300));
    let outcome = short.succeed("distances", &[]);
    assert!(outcome.stderr.contains("left out"), "{}", outcome.stderr);
    assert!(short.table("problems.csv").iter().any(|row| row["problem"] == "too_short"));
    fails(&short.run("distances", &["--min-words", "1000"]), "all 3 texts are too short");
    // Texts that are all the same.
    let same = prose(0, 0, 300);
    let alike = Bench::new().with("a.txt", &same).with("b.txt", &same).with("c.txt", &same);
    for command in ["distances", "tree", "map", "network"] {
        let outcome = alike.run(command, &[]);
        assert!(outcome.code == 3 || command == "map", "{command}");
        assert!(
            outcome.code == 0 || outcome.stderr.contains("same value in all texts"),
            "{}",
            outcome.stderr
        );
    }
    // Two of them, and more features than there are.
    let two = bench().with("h9_same.txt", prose(1, 1, 700));
    for command in ["distances", "tree", "map", "network"] {
        two.succeed(command, &["--mfw", "100000"]);
        sound(&two);
    }
    two.succeed("distances", &["--mfw", "100000"]);
    assert_eq!(matrix(&two, MATRIX)[&("h1_t1".to_owned(), "h9_same".to_owned())], 0.0);
    // Tables.
    for (table, says) in [
        ("text,a,b\nx,1,2\ny,NaN,1\nz,2,2\n", "'NaN' is not a finite number"),
        ("text,a,b\nx,1,2\nx,1,1\n", "the text 'x' occurs twice"),
        ("text,a,b\nx,1,2\ny,1\n", "line 3"),
        ("", "empty"),
    ] {
        std::fs::write(two.path("table.csv"), table).unwrap();
        fails(&two.run("distances", &["--table", "table.csv"]), says);
    }
    std::fs::write(two.path("table.csv"), "text,a,b,c\nx,1,2,5\ny,1,1,4\nz,1,4,4\n").unwrap();
    for command in ["distances", "tree", "map", "network"] {
        // The column a is constant.
        two.succeed(command, &["--table", "table.csv"]);
        sound(&two);
    }
    fails(&two.run("distances", &["--table", "nowhere.csv"]), "nowhere.csv");
    fails(&two.run("distances", &["--distance", "near"]), "unknown measure 'near'");
    fails(&two.run("tree", &["--linkage", "ward"]), "unknown linkage 'ward'");
    fails(&two.run("map", &["--map", "tsne", "--perplexity", "50"]), "perplexity");
    fails(&two.run("distances", &["--group", "colour"]), "no metadata column 'colour'");
    assert_eq!(two.run("distances", &["--mfw", "5-1:1"]).code, 2);
    assert_eq!(two.run("distances", &["--features", "feelings"]).code, 2);
}

#[test]
fn an_analysis_shows_style_where_it_can() {
    let bench = bench();
    bench.succeed("analyze", &["--no-charts"]);
    assert_eq!(bench.table("stylometry_distances.csv").len(), 36);
    assert_eq!(bench.table("stylometry_map.csv").len(), 9);
    assert!(bench.files().contains_key("stylometry_tree.nwk"));
    let run: serde_json::Value = serde_json::from_slice(&bench.files()["run.json"]).unwrap();
    assert_eq!(run["results"]["style"]["nearest"]["of"], 9);
    let few = Bench::new().with("a.txt", prose(0, 0, 300)).with("b.txt", prose(0, 1, 300));
    let outcome = few.succeed("analyze", &["--no-charts"]);
    assert!(outcome.stdout.contains("2 texts of at least 100 words, and 3 are needed"), "{}", outcome.stdout);
    assert!(!few.files().contains_key("stylometry_distances.csv"));
}
