//! How fast are words found, by `unicode_words`, by classes on any processor, and by the way chosen at run time?
//!
//! Real texts are taken from the folder of corpora beside the repository, or the one that
//! `RHETOR_BENCH_CORPORA` names; where one is absent, `seeds/` stands in. Compare the throughputs in a group:
//!
//! ```text
//! cargo bench --bench scan
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rhetor::text::for_each_word;
use unicode_segmentation::UnicodeSegmentation;

// The portable way is not public where a faster one is chosen at run time: it is compiled here once more.
#[path = "../src/text/words/uax29/automaton.rs"]
mod automaton;
#[path = "../src/text/words/uax29/class.rs"]
#[allow(dead_code, reason = "masks use more of it")]
mod class;
#[path = "../src/text/words/uax29/portable.rs"]
mod portable;

/// Enough for a steady figure, and more than a level-2 cache.
const LONGEST: usize = 8_000_000;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "txt" || end == "xml") {
            found.push(path);
        }
    }
}

/// The texts of the folders one after the other, up to [`LONGEST`].
fn read(folders: &[&str]) -> String {
    let root =
        std::env::var_os("RHETOR_BENCH_CORPORA").map_or_else(|| "../shared/corpora".into(), PathBuf::from);
    let mut paths = Vec::new();
    folders.iter().for_each(|folder| files(&root.join(folder), &mut paths));
    if paths.is_empty() {
        files(Path::new("seeds"), &mut paths);
    }
    paths.sort();
    let mut text = String::new();
    for path in paths {
        if text.len() < LONGEST {
            text.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
        }
    }
    text
}

/// The text of TEI files.
fn without_tags(text: &str) -> String {
    text.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after)).collect()
}

/// Straight quotation marks and dashes as a printer sets them.
fn curly(text: &str) -> String {
    let mut previous = ' ';
    let mut out = String::with_capacity(text.len() * 11 / 10);
    for character in text.replace("--", "\u{2014}").chars() {
        let opens = previous.is_whitespace() || matches!(previous, '(' | '[' | '\u{2014}' | '\u{201c}');
        out.push(match character {
            '"' if opens => '\u{201c}',
            '"' => '\u{201d}',
            '\'' if opens => '\u{2018}',
            '\'' => '\u{2019}',
            other => other,
        });
        previous = character;
    }
    out
}

fn scan(criterion: &mut Criterion) {
    let english = read(&["british_fiction"]);
    let texts = [
        ("curly", curly(&english)),
        ("English", english),
        ("French", read(&["eltec_multilingual/fra"])),
        ("Russian", without_tags(&read(&["russian_drama_tei"]))),
        ("Cyrillic", read(&["eltec_multilingual/srp", "eltec_multilingual/ukr"])),
        ("Greek", read(&["greek_prose"])),
        ("Chinese", read(&["chinese_hongloumeng"])),
        ("mixed", read(&["udhr_utf8"])),
    ];
    for (name, text) in &texts {
        let mut group = criterion.benchmark_group(*name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(2));
        // The sum of lengths: every range is looked at.
        group.bench_function("unicode_words", |bencher| {
            bencher.iter(|| text.unicode_words().map(|word| word.len() + 1).sum::<usize>());
        });
        group.bench_function("portable", |bencher| {
            bencher.iter(|| {
                let mut sum = 0;
                portable::for_each_word(text, |range| sum += range.len() + 1);
                sum
            });
        });
        group.bench_function("chosen", |bencher| {
            bencher.iter(|| {
                let mut sum = 0;
                for_each_word(text, |range| sum += range.len() + 1);
                sum
            });
        });
    }
}

criterion_group!(benches, scan);
criterion_main!(benches);
