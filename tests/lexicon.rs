//! `rhetor lexicon`, and lexicons of one's own in a run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;

use common::{Bench, rhetor};
use serde_json::Value;

const PROSE: &str = "Perhaps the liar was right, since he knew it. But we often go to the river, and the reactionaries \
                     shouted at us. It was a fine day in the town of Penn, and nobody said a word.\n";
const PORTUGUESE: &str = "Talvez o rio fosse largo, mas nós não sabíamos. Se chovesse, ficávamos em casa porque a ponte \
                          era velha. Depois disso todos os homens da vila foram para a cidade e nunca mais voltaram.\n";

fn lexicon(arguments: &[&str]) -> (i32, String, String) {
    let output = rhetor().arg("lexicon").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn markers_are_listed() {
    let (code, text, _) = lexicon(&["list"]);
    assert_eq!(code, 0);
    assert!(
        text.lines().any(|line| line.starts_with("en  since") && line.contains("organise.cause")),
        "{text}"
    );
    assert!(text.lines().any(|line| line.starts_with("pt  talvez") && line.contains("stance.hedge")));
    let (_, json, _) = lexicon(&["list", "--json", "--language", "pt"]);
    let entries: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert!(entries.len() > 50 && entries.iter().all(|entry| entry["language"] == "pt"));
    assert!(entries.iter().all(|entry| entry["entry"]["phrases"].is_array()));
    let (_, csv, _) = lexicon(&["list", "--csv"]);
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), text.lines().count());
}

#[test]
fn entries_are_shown_and_can_be_copied() {
    let (code, hedges, _) = lexicon(&["show", "stance.hedge", "--language", "en"]);
    assert_eq!(code, 0);
    let bench = Bench::new();
    fs::write(bench.path("mine.toml"), format!("extends = \"en\"\nversion = \"1\"\n{hedges}")).unwrap();
    let path = bench.path("mine.toml");
    let (code, said, complaint) = lexicon(&["check", path.to_str().unwrap()]);
    assert_eq!(code, 0, "{complaint}");
    assert!(said.contains("sound; extends the built-in lexicon 'en'"), "{said}");
    let (code, _, complaint) = lexicon(&["show", "no such marker"]);
    assert_eq!(code, 2);
    assert!(complaint.contains("no such marker"));
}

/// Every file that cannot be used: one line, which names it, and exit code 3.
#[test]
fn bad_lexicons_are_refused_in_one_line() {
    let head = "extends = \"en\"\nversion = \"1\"\n[[entry]]\nmarker = \"m\"\nfamily = \"stance\"\ncategory = \"hedge\"\n";
    let entry = |rest: &str| format!("{head}{rest}\n").into_bytes();
    let cases: [(&str, Vec<u8>, &[&str]); 9] = [
        ("a key with a typing error", entry("phrases = [\"a\"]\nbefor = [\"b\"]"), &["line 8", "befor"]),
        (
            "an unknown category",
            String::from_utf8(entry("phrases = [\"a\"]")).unwrap().replace("hedge", "hegde").into_bytes(),
            &["line 3", "'hegde'", "hedge"],
        ),
        ("an unknown value", entry("phrases = [\"a\"]\nposition = \"intial\""), &["line 8", "intial"]),
        ("a duplicate", entry("phrases = [\"a b\", \"a b\"]"), &["line 3", "'a b' is there already"]),
        ("an empty phrase", entry("phrases = [\"\"]"), &["line 3", "holds no word"]),
        (
            "a phrase of 10,000 words",
            entry(&format!("phrases = [\"{}\"]", "word ".repeat(10_000))),
            &["line 3", "10000 words"],
        ),
        ("alternatives without end", entry(&format!("phrases = [\"{}\"]", "a|b ".repeat(40))), &["readings"]),
        ("not UTF-8", [entry("phrases = [\"a\"]"), b"# \xff\n".to_vec()].concat(), &["line 8", "UTF-8"]),
        ("not TOML", b"\x7fELF\0\x01".to_vec(), &["line 1"]),
    ];
    for (what, content, reasons) in cases {
        let bench = Bench::new().with("a.txt", PROSE);
        fs::write(bench.path("bad.toml"), content).unwrap();
        let outcome = bench.run("analyze", &["--no-charts", "--lexicon", "bad.toml"]);
        assert_eq!(outcome.code, 3, "{what}");
        assert_eq!(outcome.stderr.lines().count(), 1, "{what}: {}", outcome.stderr);
        for part in reasons.iter().chain(&["bad.toml"]) {
            assert!(outcome.stderr.contains(part), "{what}, {part}: {}", outcome.stderr);
        }
        let path = bench.path("bad.toml");
        let (code, _, complaint) = lexicon(&["check", path.to_str().unwrap()]);
        assert_eq!((code, complaint.lines().count()), (3, 1), "{what}: {complaint}");
    }
}

#[test]
fn each_text_has_the_lexicon_of_its_language() {
    let french = "Peut-être que la rivière était large, mais nous ne le savions pas, parce que personne ne nous l'avait dit.\n";
    let bench = Bench::new().with("en.txt", PROSE).with("fr.txt", french).with("pt.txt", PORTUGUESE);
    fs::write(
        bench.path("mine.toml"),
        "extends = \"en\"\nversion = \"7\"\n[[entry]]\nmarker = \"often\"\noff = true\n[[category]]\nfamily = \
         \"label\"\ncategory = \"invective\"\noff = false\n",
    )
    .unwrap();
    let hits = |bench: &Bench, document: &str| -> Vec<String> {
        let hits = bench.table("marker_hits.csv").into_iter().filter(|row| row["document"] == document);
        hits.map(|row| row["marker"].clone()).collect()
    };
    bench.succeed("analyze", &["--no-charts"]);
    assert!(
        hits(&bench, "en").contains(&"often".to_owned()) && !hits(&bench, "en").contains(&"liar".to_owned())
    );
    assert!(hits(&bench, "pt").contains(&"talvez".to_owned()) && hits(&bench, "fr").is_empty());
    let documents = bench.table("documents.csv");
    assert!(!documents[0].contains_key("label_invective_per_1000"));
    let rate = |row: usize, column: &str| documents[row][column].clone();
    assert_eq!(rate(1, "stance_hedge_per_1000"), "", "no lexicon for French");
    assert_ne!(rate(2, "stance_hedge_per_1000"), "");
    assert_eq!(rate(2, "stance_emphatic_do_per_1000"), "", "no such category in Portuguese");
    let problems = bench.table("problems.csv");
    let note = problems.iter().find(|row| row["problem"] == "no_lexicon").unwrap();
    assert!(
        note["message"].contains("not available for 1 text") && note["message"].contains("French"),
        "{note:?}"
    );

    bench.succeed("analyze", &["--no-charts", "--lexicon", "mine.toml"]);
    assert!(
        !hits(&bench, "en").contains(&"often".to_owned()) && hits(&bench, "en").contains(&"liar".to_owned())
    );
    assert!(hits(&bench, "pt").contains(&"talvez".to_owned()));
    let run: Value = serde_json::from_slice(&bench.files()["run.json"]).unwrap();
    let lexicons: Vec<(String, String)> = run["lexicons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lexicon| (lexicon["language"].to_string(), lexicon["file"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(lexicons.len(), 3, "{lexicons:?}");
    assert_eq!(lexicons[1].1, "mine.toml");
    let hash = blake3::hash(&fs::read(bench.path("mine.toml")).unwrap()).to_hex().to_string();
    assert_eq!((&run["lexicons"][1]["blake3"], &run["lexicons"][1]["version"]), (&hash.into(), &"7".into()));

    let on = bench
        .succeed("analyze", &["--no-charts", "--switch-on", "invective,honorific", "--switch-off", "hedge"]);
    assert!(
        hits(&bench, "en").contains(&"liar".to_owned())
            && !hits(&bench, "en").contains(&"perhaps".to_owned()),
        "{}",
        on.stderr
    );
    assert!(!bench.table("documents.csv")[0].contains_key("stance_hedge_per_1000"));
    // The study of a run repeats it.
    let hits_before = bench.files()["marker_hits.csv"].clone();
    fs::copy(bench.path("out/study.toml"), bench.path("study.toml")).unwrap();
    bench.succeed("analyze", &["--study", "study.toml"]);
    assert_eq!(bench.files()["marker_hits.csv"], hits_before);
    let unknown = bench.run("analyze", &["--switch-on", "invectives"]);
    assert_eq!(unknown.code, 3);
    assert!(unknown.stderr.contains("'invectives'"), "{}", unknown.stderr);
}
