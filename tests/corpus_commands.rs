//! The commands on words: frequency, n-grams, collocations, concordances, keyness.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Bench, rhetor, shared};

type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {:?}", row[column]))
}

fn find<'r>(rows: &'r [Row], cells: &[(&str, &str)]) -> &'r Row {
    let is_it = |row: &&Row| cells.iter().all(|(column, cell)| row[*column] == *cell);
    rows.iter().find(is_it).unwrap_or_else(|| panic!("no row {cells:?}"))
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

/// Two texts of eight and four words; the tanner speaks in the second.
fn small() -> Bench {
    Bench::new()
        .with("a.txt", "The tanner saw the river. The river rose.\n")
        .with("b.txt", "“The river!” he cried.\n")
        .with("metadata.csv", "file,side\na.txt,left\nb.txt,right\n")
}

#[test]
fn frequency_by_hand() {
    let bench = small();
    bench.succeed("frequency", &["--no-charts"]);
    let rows = bench.table("frequency.csv");
    let words: Vec<&str> = rows.iter().map(|row| row["word"].as_str()).collect();
    assert_eq!(words, ["the", "river", "cried", "he", "rose", "saw", "tanner"]);
    let the = &rows[0];
    assert_eq!(
        (the["count"].as_str(), the["document_frequency"].as_str(), the["range"].as_str()),
        ("4", "2", "2")
    );
    assert!(close(number(the, "per_million"), 4e6 / 12.0));
    assert!(close(number(the, "zipf"), (4e9_f64 / 12.0).log10()));
    // Parts of 8 and 4 words hold it 3 times and once: DP = |3/4 − 2/3| = 1/12.
    assert!(close(number(the, "dp"), 1.0 / 12.0));
    assert!(close(number(the, "dp_norm"), 1.0 / 8.0));
    // At 0, 3, 5 and 8 of 12: distances 3, 2, 3, 4; u = 3.
    assert!(close(number(the, "arf"), (3.0 + 2.0 + 3.0 + 3.0) / 3.0));
    assert!(close(number(the, "awt"), 0.5 * (1.0 + 38.0 / 12.0)));
    assert_eq!(rows[2]["flag"], "fewer_than_parts");
    // S = (√(8/12·3) + √(4/12·1))²/4.
    assert!(close(number(the, "rosengren_s"), (2.0_f64.sqrt() + (1.0_f64 / 3.0).sqrt()).powi(2) / 4.0));

    let spectrum: Vec<String> = bench
        .table("frequency_spectrum.csv")
        .iter()
        .map(|row| format!("{}:{}:{}", row["occurrences"], row["types"], row["tokens"]))
        .collect();
    assert_eq!(spectrum, ["1:5:5", "3:1:3", "4:1:4"]);
    let growth = bench.table("vocabulary_growth.csv");
    let last = growth.iter().rfind(|row| row["document"].is_empty()).unwrap();
    assert_eq!((last["words"].as_str(), last["types"].as_str(), last["hapaxes"].as_str()), ("12", "7", "5"));
    let rarefaction = bench.table("rarefaction.csv");
    // Of two words drawn: 2 − Σ f(f − 1)/(N(N − 1)) = 2 − 18/132.
    let two = find(&rarefaction, &[("document", ""), ("words", "2")]);
    assert!(close(number(two, "expected_types"), 2.0 - 18.0 / 132.0));
    assert_eq!(find(&bench.table("frequency_laws.csv"), &[("document", "")])["flag"], "n_lt_1000");
}

#[test]
fn frequency_of_chosen_words_parts_and_voices() {
    let bench = small();
    bench.succeed("frequency", &["--no-charts", "--only", "River,weir", "--parts", "3"]);
    let rows = bench.table("frequency.csv");
    assert_eq!(rows.len(), 2);
    // Parts of four words: the tanner saw the | river the river rose | the river he cried.
    assert_eq!(
        (rows[0]["word"].as_str(), rows[0]["rank"].as_str(), rows[0]["range"].as_str()),
        ("river", "2", "2")
    );
    assert!(close(number(&rows[0], "dp"), 1.0 / 3.0));
    assert_eq!((rows[1]["count"].as_str(), rows[1]["reason"].as_str()), ("0", "absent"));
    bench.succeed("frequency", &["--no-charts", "--voice", "quoted"]);
    let words: Vec<String> = bench.table("frequency.csv").iter().map(|row| row["word"].clone()).collect();
    assert_eq!(words, ["river", "the"]);
    let outcome = bench.run("frequency", &["--parts", "1"]);
    assert!(outcome.code == 3 && outcome.stderr.contains("--parts"), "{}", outcome.stderr);
}

#[test]
fn ngrams_stay_within_sentences() {
    let bench = small();
    let grams = |arguments: &[&str]| -> Vec<String> {
        bench.succeed("ngrams", arguments);
        bench.table("ngrams.csv").iter().map(|row| format!("{}:{}", row["ngram"], row["count"])).collect()
    };
    assert_eq!(grams(&[]), ["the river:3"]);
    assert!(close(number(&bench.table("ngrams.csv")[0], "per_million"), 3e6 / 12.0));
    // Six bigrams in a, three in b: the shares of the three are 2/3 and 1/3.
    assert!(close(number(&bench.table("ngrams.csv")[0], "dp"), 0.0));
    assert!(grams(&["--min-count", "1"]).len() == 7);
    assert!(grams(&["--min-count", "1", "--within", "text"]).contains(&"river the:1".to_owned()));
    let skips = grams(&["--min-count", "1", "--skip", "1", "-n", "2"]);
    assert!(skips.contains(&"the saw:1".to_owned()) && skips.contains(&"the river:3".to_owned()));
    assert!(skips.contains(&"the rose:1".to_owned()) && !skips.contains(&"the he:2".to_owned()));
    assert_eq!(grams(&["-n", "3-4", "--min-count", "2"]), Vec::<String>::new());
    let bundles = grams(&["--bundles", "-n", "2", "--texts", "2", "--per-million", "250000"]);
    assert_eq!(bundles, ["the river:3"]);
    assert!(grams(&["--bundles", "-n", "2", "--texts", "2", "--per-million", "250001"]).is_empty());
    assert!(grams(&["--voice", "author", "--min-count", "1"]).contains(&"he cried:1".to_owned()));
    assert_eq!(bench.run("ngrams", &["-n", "40"]).code, 3);
    assert_eq!(bench.run("ngrams", &["-n", "two"]).code, 2);
}

/// Against plain counting over the words of the sample corpus.
#[test]
fn ngrams_agree_with_plain_counting() {
    let bench = Bench::with_seeds();
    bench.succeed("segments", &["--tokens"]);
    let mut sentences: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in bench.table("tokens.csv").into_iter().filter(|row| !row["sentence"].is_empty()) {
        sentences
            .entry((row["document"].clone(), row["sentence"].clone()))
            .or_default()
            .push(row["key"].clone());
    }
    for n in [1, 2, 3, 7] {
        let mut plain: BTreeMap<String, u64> = BTreeMap::new();
        for words in sentences.values() {
            for gram in words.windows(n) {
                *plain.entry(gram.join(" ")).or_default() += 1;
            }
        }
        fs::remove_dir_all(bench.path("out")).unwrap();
        bench.succeed("ngrams", &["-n", &n.to_string(), "--min-count", "1"]);
        let found: BTreeMap<String, u64> = bench
            .table("ngrams.csv")
            .iter()
            .map(|row| (row["ngram"].clone(), row["count"].parse().unwrap()))
            .collect();
        assert_eq!(found, plain, "{n}");
    }
}

#[test]
fn collocations_by_hand_in_four_conventions() {
    // War and peace stand side by side twice; in the last sentence both wars see the one peace.
    let text = "War peace came. They saw a long road home. War peace war ended here. The road was long.\n";
    let bench = Bench::new().with("a.txt", text);
    let of = |convention: &str| {
        bench.succeed(
            "collocations",
            &["--node", "war", "--span", "2", "--convention", convention, "--min-count", "1", "--fisher"],
        );
        find(&bench.table("collocations.csv"), &[("collocate", "peace")]).clone()
    };
    // 3 + 6 + 5 + 4 = 18 words; war 3 times.
    // Positions in windows of two: peace, came; peace, ended, here.
    let row = of("positions");
    let cells = |row: &Row| ["together", "o11", "r1", "c1", "n"].map(|column| row[column].clone());
    assert_eq!(cells(&row), ["2", "2", "5", "2", "15"]);
    assert!(close(number(&row, "expected"), 10.0 / 15.0));
    assert!(close(number(&row, "mi"), (2.0_f64 * 15.0 / 10.0).log2()));
    assert!(close(number(&row, "log_dice"), 14.0 + (4.0_f64 / 7.0).log2()));
    // C(5, 2)/C(15, 2).
    assert!(close(number(&row, "fisher_log10_p"), (10.0_f64 / 105.0).log10()));
    assert_eq!(row["flag"], "expected_lt_5");
    let row = of("pairs");
    assert_eq!(cells(&row), ["3", "3", "3", "2", "18"]);
    assert_eq!(row["reason"], "inconsistent_counts");
    let row = of("corrected");
    assert_eq!(cells(&row), ["3", "3", "12", "2", "18"]);
    let row = of("divided");
    assert_eq!(cells(&row), ["3", "0.75", "3", "2", "18"]);
    assert!(close(number(&row, "mi"), (0.75_f64 * 18.0 / 6.0).log2()));
    assert!(close(number(&row, "t_score"), (0.75 - 6.0 / 18.0) / 0.75_f64.sqrt()));
    assert_eq!(row["lambda"], "");
}

#[test]
fn all_pairs_and_what_cannot_be_a_node() {
    let bench = Bench::with_seeds();
    bench.succeed("collocations", &["--all", "--top", "0"]);
    let all = bench.table("collocations.csv");
    assert!(all.len() > 100);
    let g2: Vec<f64> = all.iter().map(|row| number(row, "g2")).collect();
    assert!(g2.windows(2).all(|pair| pair[0] >= pair[1]));
    // A node by itself has the same numbers.
    bench.succeed("collocations", &["--node", "The", "--min-count", "5"]);
    for row in bench.table("collocations.csv") {
        let same = find(&all, &[("node", "the"), ("collocate", &row["collocate"])]);
        for column in ["together", "documents", "r1", "c1", "n", "g2", "log_dice"] {
            assert_eq!(row[column], same[column], "{} {column}", row["collocate"]);
        }
    }
    let absent = bench.run("collocations", &["--node", "qwxz"]);
    assert!(absent.code == 3 && absent.stderr.contains("qwxz"), "{}", absent.stderr);
    assert!(bench.run("collocations", &["--node", "two words"]).stderr.contains("not one word"));
    assert!(bench.run("collocations", &["--node", "the", "--sort", "luck"]).stderr.contains("log_dice"));
    assert_eq!(bench.run("collocations", &[]).code, 2);
    bench.succeed("collocations", &["--node", "the,qwxz"]);
    assert_eq!(bench.table("problems.csv")[0]["problem"], "node_absent");
}

#[test]
fn concordances() {
    let text =
        "The river rose.\nThe mill by the river stood. “A river!” he cried.\nSince he came, no river fell.\n";
    let bench = Bench::new().with("a.txt", text);
    let matches = |arguments: &[&str]| -> Vec<String> {
        let mut command = rhetor();
        command.current_dir(bench.folder.path()).args(["kwic", "in", "-o", "out"]).args(arguments);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rows = bench.table("kwic.csv");
        for row in &rows {
            let place = number(row, "start_byte") as usize..number(row, "end_byte") as usize;
            assert_eq!(text[place.clone()], row["match"]);
            let line = text[..place.start].matches('\n').count() + 1;
            assert_eq!(row["line"], line.to_string());
            let whole: String = [&row["left"], &row["match"], &row["right"]].map(String::as_str).concat();
            assert!(text.replace('\n', " ").contains(whole.trim()), "{whole}");
        }
        rows.iter()
            .map(|row| format!("{}{}", row["match"], row["right"].split(['.', '!']).next().unwrap()))
            .collect()
    };
    assert_eq!(matches(&["river"]), ["river rose", "river stood", "river", "river fell"]);
    assert_eq!(matches(&["river", "--sort", "1R"]), ["river fell", "river", "river rose", "river stood"]);
    assert_eq!(matches(&["river", "--sort", "left"])[0], "river");
    assert_eq!(matches(&["the|a river"]), ["The river rose", "the river stood", "A river"]);
    assert_eq!(matches(&["r*", "--voice", "quoted"]), ["river"]);
    assert_eq!(matches(&["--regex", "r[a-z]+ [rf]"]).len(), 2);
    assert_eq!(matches(&["--word-regex", "(mill|he) ."]), Vec::<String>::new());
    assert_eq!(matches(&["--word-regex", "(mill|he) (by|came)"]).len(), 2);
    bench.succeed("kwic", &["river"]);
    assert_eq!(bench.table("kwic.csv")[0]["id"], "a:4-9");
    for wrong in [
        vec!["--regex", "(a{1000}){1000}"],
        vec!["--regex", "("],
        vec!["--category", "stance/none"],
        vec!["--marker", "nothing at all"],
        vec!["—"],
    ] {
        let outcome = bench.run("kwic", &wrong);
        assert!(outcome.code == 3 && outcome.stderr.starts_with("rhetor: "), "{wrong:?} {}", outcome.stderr);
    }
    assert_eq!(bench.run("kwic", &[]).code, 3);
}

#[test]
fn markers_in_a_concordance_are_those_of_the_analysis() {
    let bench = Bench::with_seeds();
    bench.succeed("analyze", &["--no-charts"]);
    let hedges: Vec<(String, String)> = bench
        .table("marker_hits.csv")
        .into_iter()
        .filter(|row| row["category"] == "hedge")
        .map(|row| (row["document"].clone(), row["start_byte"].clone()))
        .collect();
    assert!(!hedges.is_empty());
    fs::remove_dir_all(bench.path("out")).unwrap();
    bench.succeed("kwic", &["--category", "stance/hedge"]);
    let found: Vec<(String, String)> = bench
        .table("kwic.csv")
        .into_iter()
        .map(|row| (row["document"].clone(), row["start_byte"].clone()))
        .collect();
    assert_eq!(found, hedges);
}

#[test]
fn keyness_by_hand() {
    // Left: 20 words in two texts, *weir* four times; right: 20 words, once.
    let bench = Bench::new()
        .with("a.txt", "weir weir mill road home bread salt corn wheat rye\n")
        .with("b.txt", "weir weir mill road home bread salt corn wheat rye\n")
        .with("c.txt", "weir hill mill road home bread salt corn wheat rye\n")
        .with("d.txt", "hill hill mill road home bread salt corn wheat rye\n")
        .with("metadata.csv", "file,side\na.txt,left\nb.txt,left\nc.txt,right\nd.txt,right\n");
    let output = bench.succeed("keyness", &["--group", "side", "--target", "left", "--min-count", "1"]);
    assert!(output.stdout.contains("left"), "{}", output.stdout);
    let rows = bench.table("keyness.csv");
    let weir = find(&rows, &[("feature", "weir")]);
    assert_eq!((weir["favours"].as_str(), weir["reference"].as_str()), ("target", "right"));
    assert_eq!((weir["target_count"].as_str(), weir["reference_count"].as_str()), ("4", "1"));
    assert_eq!((weir["target_range"].as_str(), weir["reference_range"].as_str()), ("2", "1"));
    assert!(close(number(weir, "log_ratio"), 2.0));
    let cell = |observed: f64, expected: f64| observed * (observed / expected).ln();
    let g2 = 2.0 * (cell(4.0, 2.5) + cell(1.0, 2.5) + cell(16.0, 17.5) + cell(19.0, 17.5));
    assert!(close(number(weir, "g2:4cell"), g2));
    assert!(close(number(weir, "g2:2cell"), 2.0 * (cell(4.0, 2.5) + cell(1.0, 2.5))));
    assert!(close(number(weir, "percent_difference"), 300.0));
    assert!(close(number(weir, "target_dp"), 0.0) && close(number(weir, "reference_dp"), 0.5));
    assert_eq!(number(weir, "conservative_log_ratio"), 0.0);
    assert!(number(weir, "log_ratio_lower") < 2.0 && number(weir, "log_ratio_upper") > 2.0);
    let hill = find(&rows, &[("feature", "hill")]);
    assert_eq!((hill["favours"].as_str(), hill["percent_difference"].as_str()), ("reference", "-100"));
    assert_eq!(hill["log_ratio_lower"], "");
    assert!(number(hill, "g2:4cell") < 0.0);
    // Two texts of two, one of two.
    let texts = 2.0 * (cell(2.0, 1.5) + cell(1.0, 1.5) + cell(1.0, 0.5));
    assert!(close(number(weir, "text_dispersion:g2"), texts));
    assert_eq!(find(&rows, &[("feature", "mill")])["text_dispersion:g2"], "");
    for name in ["keyness.svg", "keyness.png"] {
        assert!(bench.path("out").join(name).exists());
    }
}

#[test]
fn a_word_of_one_text_is_flagged() {
    let filler = "The road to the mill is long and the bread is dear. ".repeat(20);
    let mut bench = Bench::new();
    let mut table = "file,side\n".to_owned();
    for (index, side) in ["l", "l", "l", "r", "r", "r"].into_iter().enumerate() {
        // The quern is the first text's alone, the weir belongs to all of the left.
        let quern = if index == 0 {
            "A quern, a quern, another quern stood there. ".repeat(10)
        } else {
            String::new()
        };
        let weir = if side == "l" { "A weir stood by the weir. ".repeat(8) } else { String::new() };
        bench = bench.with(&format!("{index}.txt"), format!("{filler}{quern}{weir}\n"));
        table += &format!("{index}.txt,{side}\n");
    }
    let bench = bench.with("metadata.csv", table);
    bench.succeed("keyness", &["--group", "side", "--target", "l", "--no-charts"]);
    let rows = bench.table("keyness.csv");
    let flag = |word: &str| find(&rows, &[("feature", word)])["flag"].clone();
    assert!(flag("quern").contains("one_text"), "{}", flag("quern"));
    assert!(!flag("weir").contains("one_text"));
    assert!(number(find(&rows, &[("feature", "weir")]), "conservative_log_ratio") > 0.0);
}

#[test]
fn keyness_of_folders_lists_and_other_features() {
    let bench = Bench::new()
        .with("one/a.txt", "The mill stood; the mills rose; perhaps they fell.\n")
        .with("one/b.txt", "A mill; perhaps a mill.\n")
        .with("two/c.txt", "The road, the roads, and the weir.\n");
    let features = |arguments: &[&str]| -> Vec<String> {
        bench.succeed("keyness", &[&["--min-count", "1", "--no-charts"][..], arguments].concat());
        bench
            .table("keyness.csv")
            .iter()
            .map(|row| format!("{} {}", row["favours"], row["feature"]))
            .collect()
    };
    assert!(features(&["--group", "folder", "--target", "one"]).contains(&"target mill".to_owned()));
    assert!(features(&["--group", "folder", "--features", "punctuation"]).contains(&"target ;".to_owned()));
    assert!(
        features(&["--group", "folder", "--features", "ngrams:2"]).contains(&"target perhaps a".to_owned())
    );
    assert!(
        features(&["--group", "folder", "--features", "markers"]).contains(&"target stance/hedge".to_owned())
    );
    fs::write(bench.path("lemmas.tsv"), "mills\tmill\nroads\troad\n").unwrap();
    features(&["--group", "folder", "--lemmas", "lemmas.tsv"]);
    let mill = find(&bench.table("keyness.csv"), &[("feature", "mill"), ("target", "one")]).clone();
    assert_eq!(mill["target_count"], "4");
    fs::write(bench.path("list.csv"), "word,count\nthe,500\nof,300\nmill,1\n").unwrap();
    let found = features(&["--reference-list", "list.csv"]);
    assert!(found.contains(&"target mill".to_owned()) && found.contains(&"reference of".to_owned()));
    let the = find(&bench.table("keyness.csv"), &[("feature", "the")]).clone();
    assert_eq!((the["reference_size"].as_str(), the["reference_range"].as_str()), ("801", ""));
    fs::write(bench.path("texts"), "one/a\n").unwrap();
    assert!(features(&["--target-files", "texts"]).contains(&"target mills".to_owned()));
    // Two folders: the first against the second.
    let mut command = rhetor();
    command.current_dir(bench.folder.path()).args([
        "keyness",
        "in/two",
        "in/one",
        "-o",
        "out",
        "--min-count",
        "1",
    ]);
    assert!(command.output().unwrap().status.success());
    let rows = bench.table("keyness.csv");
    assert!(rows.iter().all(|row| row["target"] == "two" && row["reference"] == "one"));
    assert_eq!(find(&rows, &[("feature", "road")])["favours"], "target");

    for (arguments, says) in [
        (vec![], "say what to compare"),
        (vec!["--group", "author"], "no metadata column"),
        (vec!["--group", "folder", "--target", "three"], "is no value"),
        (vec!["--features", "lemmas", "--group", "folder"], "--lemmas"),
        (vec!["--reference-list", "texts"], "no counts"),
    ] {
        let outcome = bench.run("keyness", &arguments);
        assert!(outcome.code == 3 && outcome.stderr.contains(says), "{arguments:?}: {}", outcome.stderr);
    }
}

#[test]
fn every_command_says_what_it_writes_and_gives_the_same_bytes_on_any_threads() {
    let readme = fs::read_to_string("output/README.md").unwrap();
    let commands: [(&str, &[&str]); 5] = [
        ("frequency", &[]),
        ("ngrams", &["-n", "1-3"]),
        ("collocations", &["--all"]),
        ("kwic", &["the"]),
        ("keyness", &["--group", "author"]),
    ];
    let bench = Bench::with_seeds();
    for (command, arguments) in commands {
        let mut results = Vec::new();
        for threads in ["1", "2", "8"] {
            let outcome = bench.succeed(command, &[arguments, &["--threads", threads, "--json"]].concat());
            let summary: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
            assert!(summary["texts"].as_u64().unwrap() > 1);
            results.push(bench.files());
            fs::remove_dir_all(bench.path("out")).unwrap();
        }
        assert!(results[0] == results[1] && results[0] == results[2], "{command}");
        for name in results[0].keys() {
            let stem = name.strip_suffix(".svg").or(name.strip_suffix(".png")).unwrap_or(name);
            assert!(readme.contains(&format!("`{stem}")), "output/README.md says nothing of {name}");
        }
        // Every column of every table is explained.
        let dictionary = String::from_utf8(results[0]["columns.csv"].clone()).unwrap();
        for (name, content) in results[0].iter().filter(|(name, _)| name.ends_with(".csv")) {
            let head = String::from_utf8_lossy(content).lines().next().unwrap().to_owned();
            for column in head.split(',') {
                assert!(
                    dictionary
                        .lines()
                        .any(|line| line.starts_with(&format!("{name},")) && line.contains(column)),
                    "{name}: {column}"
                );
            }
        }
    }
}

#[test]
fn hostile_corpora_end_with_a_message() {
    let commands: [(&str, &[&str]); 5] = [
        ("frequency", &[]),
        ("ngrams", &[]),
        ("collocations", &["--all"]),
        ("kwic", &["the"]),
        ("keyness", &["--group", "folder"]),
    ];
    for (command, arguments) in commands {
        let empty = Bench::new().run(command, arguments);
        assert!(
            empty.code == 3 && empty.stderr.contains("the folder is empty"),
            "{command}: {}",
            empty.stderr
        );
        let binary =
            Bench::new().with("a.txt", [0_u8, 1, 2, 255, 0, 0, 7].repeat(100)).run(command, arguments);
        assert_eq!(binary.code, 3, "{command}: {}", binary.stderr);
        let mixed = Bench::new()
            .with("x/a.txt", [0_u8, 1, 2, 255, 0, 0, 7].repeat(100))
            .with("x/b.txt", "The road the road the road the road the road.\n")
            .with("y/c.txt", "")
            .with("y/d.txt", "=The+ \u{1b}[31m the the the weir weir weir\u{202e}.\n");
        let outcome = mixed.run(command, arguments);
        assert_eq!(outcome.code, 1, "{command}: {}", outcome.stderr);
        assert!(!outcome.stdout.contains('\u{1b}') && !outcome.stdout.contains('\u{202e}'), "{command}");
        assert!(mixed.path("out/problems.csv").exists());
    }
}

#[test]
fn hamilton_writes_upon_and_madison_whilst() {
    let Some(federalist) = shared("corpora/federalist") else { return };
    let bench = Bench::new();
    let mut command = rhetor();
    command.current_dir(bench.folder.path()).arg("keyness").arg(&federalist).args(["-o", "out"]);
    command.args(["--group", "label", "--target", "Hamilton", "--reference", "Madison"]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = bench.table("keyness.csv");
    let rank =
        |word: &str, favours: &str| number(find(&rows, &[("feature", word), ("favours", favours)]), "rank");
    assert!(rank("upon", "target") <= 1.0, "{}", rank("upon", "target"));
    assert!(rank("whilst", "reference") <= 15.0, "{}", rank("whilst", "reference"));
    assert!(rank("on", "reference") <= 10.0, "{}", rank("on", "reference"));
    let upon = find(&rows, &[("feature", "upon")]);
    assert!(upon["flag"].is_empty() && number(upon, "log10_q") < -20.0);
}
