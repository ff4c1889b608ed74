//! Whole tables of a tiny corpus, compared byte for byte with `tests/golden/expected/`.
//!
//! After an intended change: `RHETOR_BLESS=1 cargo test --test golden`, then read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

const TABLES: [&str; 10] = [
    "columns.csv",
    "documents.csv",
    "hygiene.csv",
    "marker_hits.csv",
    "markers.csv",
    "sentence_lengths.csv",
    "sentences.csv",
    "voices.csv",
    "word_counts.csv",
    "words.csv",
];

#[test]
fn the_tables_of_a_tiny_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let study = rhetor::Study {
        corpus: vec!["tests/golden/corpus".into()],
        charts: false,
        ..rhetor::Study::default()
    };
    rhetor::analyze(&study, folder.path(), false, &|_| ()).unwrap();
    let expected = Path::new("tests/golden/expected");
    for name in TABLES {
        let found = fs::read_to_string(folder.path().join(name)).unwrap();
        if std::env::var_os("RHETOR_BLESS").is_some() {
            fs::create_dir_all(expected).unwrap();
            fs::write(expected.join(name), found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(expected.join(name)).unwrap();
        for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
            assert_eq!(found, expected, "{name}, line {}", number + 1);
        }
        assert_eq!(found.lines().count(), expected.lines().count(), "{name}");
    }
}
