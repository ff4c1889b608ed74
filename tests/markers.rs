//! `rhetor markers`: every hit with its id, hits taken out, what was rejected, the same numbers as `analyze`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::Bench;

type Row = BTreeMap<String, String>;

const TEXT: &str = "Perhaps the toll is just. However, nobody has said so since the bridge was built, because nobody \
                    dares. Who pays it? We pay it, and we must pay it.\n\nTherefore we wait. Therefore we count our coins, \
                    and perhaps we shall pay. The keeper said: \u{201c}You must pay, because everyone must pay at once.\u{201d}\n";

fn bench() -> Bench {
    Bench::new().with("a.txt", TEXT).with("b.txt", "Perhaps it rains. It may rain in May.\n")
}

fn count(rows: &[Row], document: &str, voice: &str, category: &str) -> u64 {
    let is = |row: &&Row| row["document"] == document && row["voice"] == voice && row["category"] == category;
    rows.iter().find(is).unwrap()["count"].parse().unwrap()
}

#[test]
fn every_count_is_the_number_of_its_hits() {
    let bench = bench();
    bench.succeed("markers", &["--no-charts"]);
    let (markers, hits) = (bench.table("markers.csv"), bench.table("marker_hits.csv"));
    for row in &markers {
        let is = |hit: &&Row| {
            hit["document"] == row["document"]
                && hit["category"] == row["category"]
                && (row["voice"] == "all" || hit["voice"] == row["voice"])
        };
        let found = hits.iter().filter(is).count();
        assert_eq!(row["count"], found.to_string(), "{row:?}");
        let (count, words): (f64, f64) = (row["count"].parse().unwrap(), row["words"].parse().unwrap());
        let rate = if words > 0.0 { (count * 1000.0 / words).to_string() } else { String::new() };
        assert_eq!(row["per_1000"], rate);
    }
    for hit in &hits {
        let [start, end] = ["start_byte", "end_byte"].map(|end| hit[end].parse::<usize>().unwrap());
        let text = fs::read_to_string(bench.path("in").join(format!("{}.txt", hit["document"]))).unwrap();
        let matched: Vec<&str> = text[start..end].split_whitespace().collect();
        assert_eq!(hit["match"], matched.join(" "));
        assert_eq!(hit["id"], format!("{}:{start}-{end}:{}", hit["document"], hit["category"]));
        assert_eq!(hit["status"], "counted");
    }
    assert!(count(&markers, "a", "quoted", "obligation") >= 1);
}

#[test]
fn markers_alone_are_those_of_the_analysis() {
    let (alone, whole) = (bench(), bench());
    alone.succeed("markers", &["--no-charts"]);
    whole.succeed("analyze", &["--no-charts"]);
    for table in ["markers.csv", "marker_hits.csv", "questions.csv", "figures.csv", "figure_rates.csv"] {
        let read = |bench: &Bench| fs::read(bench.path("out").join(table)).unwrap();
        assert!(read(&alone) == read(&whole), "{table}");
    }
}

#[test]
fn what_is_vetoed_is_gone_from_every_table() {
    let bench = bench();
    bench.succeed("markers", &["--no-charts"]);
    let before = bench.table("markers.csv");
    let hits = bench.table("marker_hits.csv");
    let hedge = hits.iter().find(|hit| hit["category"] == "hedge" && hit["document"] == "a").unwrap();
    let question = hits.iter().find(|hit| hit["category"] == "interrogative").unwrap();
    let figure = bench.table("figures.csv").iter().find(|row| row["kind"] == "anaphora").unwrap().clone();
    let list =
        format!("note,id\nno hedge,{}\n,{}\n,{}\n,c:1-2:hedge\n", hedge["id"], question["id"], figure["id"]);
    fs::write(bench.path("veto.csv"), &list).unwrap();
    let outcome = bench.succeed("markers", &["--no-charts", "--veto", "veto.csv"]);
    assert!(
        outcome.stderr.contains("1 of the 4 ids of the veto belong to no counted hit"),
        "{}",
        outcome.stderr
    );
    let after = bench.table("markers.csv");
    for category in ["hedge", "interrogative"] {
        assert_eq!(
            count(&before, "a", "author", category),
            count(&after, "a", "author", category) + 1,
            "{category}"
        );
    }
    assert_eq!(count(&before, "b", "author", "hedge"), count(&after, "b", "author", "hedge"));
    assert!(bench.table("marker_hits.csv").iter().all(|hit| hit["id"] != hedge["id"]));
    assert!(bench.table("questions.csv").iter().all(|row| row["id"] != question["id"]));
    assert!(bench.table("figures.csv").iter().all(|row| row["id"] != figure["id"]));
    let rates = bench.table("figure_rates.csv");
    assert_eq!(count_of_kind(&rates, "anaphora"), 0);
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(bench.path("out/run.json")).unwrap()).unwrap();
    assert_eq!(run["veto"]["blake3"], blake3_of(list.as_bytes()));
    // With the rejected ones it is there, and says why it does not count.
    bench.succeed("markers", &["--no-charts", "--veto", "veto.csv", "--rejected"]);
    let hits = bench.table("marker_hits.csv");
    assert_eq!(hits.iter().find(|hit| hit["id"] == hedge["id"]).unwrap()["status"], "rejected:veto");
    assert_eq!(bench.table("markers.csv"), after);
}

fn count_of_kind(rates: &[Row], kind: &str) -> u64 {
    let is = |row: &&Row| row["document"] == "a" && row["voice"] == "all" && row["kind"] == kind;
    rates.iter().find(is).unwrap()["count"].parse().unwrap()
}

fn blake3_of(content: &[u8]) -> String {
    blake3::hash(content).to_hex().to_string()
}

#[test]
fn what_is_rejected_says_why() {
    let bench = bench();
    bench.succeed("markers", &["--no-charts", "--rejected"]);
    let hits = bench.table("marker_hits.csv");
    let month = hits.iter().find(|hit| hit["document"] == "b" && hit["match"] == "May").unwrap();
    assert_eq!((month["category"].as_str(), month["status"].as_str()), ("hedge", "rejected:case"));
    let counted = hits.iter().filter(|hit| hit["status"] == "counted").count();
    bench.succeed("markers", &["--no-charts"]);
    assert_eq!(bench.table("marker_hits.csv").len(), counted);
}

#[test]
fn a_bad_veto_is_one_clear_message() {
    let bench = bench();
    for (content, message) in [
        ("document\na\n", "no column 'id'"),
        ("id\na:1-2:hedge\nnonsense\n", "line 3"),
        ("id\n\u{0}\n", "is no id"),
    ] {
        fs::write(bench.path("veto.csv"), content).unwrap();
        let outcome = bench.run("markers", &["--veto", "veto.csv"]);
        assert_eq!(outcome.code, 3);
        assert!(
            outcome.stderr.contains(message) && outcome.stderr.lines().count() == 1,
            "{}",
            outcome.stderr
        );
    }
    assert_eq!(bench.run("markers", &["--veto", "none.csv"]).code, 3);
}

#[test]
fn charts_and_dictionary_are_there() {
    let bench = bench();
    bench.succeed("markers", &[]);
    for chart in ["marker_heatmap", "marker_bars", "marker_strips", "marker_voices"] {
        let image = fs::read(bench.path("out").join(format!("{chart}.png"))).unwrap();
        assert!(image.starts_with(b"\x89PNG"), "{chart}");
    }
    let described = bench.table("columns.csv");
    for table in ["markers.csv", "marker_hits.csv", "questions.csv", "figures.csv", "figure_rates.csv"] {
        let mut reader = csv::Reader::from_path(bench.path("out").join(table)).unwrap();
        let columns: Vec<&str> =
            described.iter().filter(|row| row["table"] == table).map(|row| row["column"].as_str()).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), columns, "{table}");
    }
}
