//! How fast are segmentation, counting and the whole run, and how much faster than the plain way?
//!
//! The plain way is what one would write first: `unicode_sentences`, `unicode_words` in each,
//! `HashMap<String, u64>`. Both run on the same text in the same process; compare the throughputs.
//! The text is `seeds/` and, if `RHETOR_BENCH_CORPUS` names a folder, that folder too:
//!
//! ```text
//! RHETOR_BENCH_CORPUS=novels cargo bench
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

use std::collections::HashMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;
use rhetor::profile::{Counter, Vocabulary};
use rhetor::rhetoric::{Lexicon, Matcher};
use rhetor::text::{Forms, Language, Text, for_each_word};
use rhetor::{Corpus, Study, analyze, count};
use unicode_segmentation::UnicodeSegmentation;

struct Input {
    name: String,
    folder: PathBuf,
    texts: Vec<String>,
}

impl Input {
    fn bytes(&self) -> u64 {
        self.texts.iter().map(|text| text.len() as u64).sum()
    }

    fn study(&self, charts: bool) -> Study {
        Study { corpus: vec![self.folder.clone()], charts, ..Study::default() }
    }
}

fn inputs() -> Vec<Input> {
    let mut folders = vec![PathBuf::from("seeds")];
    folders.extend(std::env::var_os("RHETOR_BENCH_CORPUS").map(PathBuf::from));
    folders
        .into_iter()
        .map(|folder| {
            let corpus = Corpus::discover(&[&folder]).unwrap();
            let texts = corpus.documents.iter().map(|document| document.read(None).unwrap().text).collect();
            Input { name: corpus.name, folder, texts }
        })
        .collect()
}

/// Words per sentence and counts of lower-cased words, the plain way.
fn plain(text: &str) -> (Vec<usize>, HashMap<String, u64>) {
    let mut counts = HashMap::new();
    let lengths = text
        .unicode_sentences()
        .map(|sentence| {
            sentence.unicode_words().map(|word| *counts.entry(word.to_lowercase()).or_insert(0) += 1).count()
        })
        .collect();
    (lengths, counts)
}

fn plain_corpus(texts: &[String]) -> HashMap<String, u64> {
    texts.par_iter().map(|text| plain(text).1).reduce(HashMap::new, |mut all, one| {
        for (word, count) in one {
            *all.entry(word).or_insert(0) += count;
        }
        all
    })
}

fn group<'c>(
    criterion: &'c mut Criterion,
    name: &str,
    input: &Input,
) -> criterion::BenchmarkGroup<'c, criterion::measurement::WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(input.bytes()));
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    group
}

fn words(criterion: &mut Criterion) {
    for input in inputs() {
        let mut group = group(criterion, "words", &input);
        group.bench_with_input(BenchmarkId::new("plain", &input.name), &input, |bencher, input| {
            bencher.iter(|| input.texts.iter().map(|text| text.unicode_words().count()).sum::<usize>());
        });
        group.bench_with_input(BenchmarkId::new("rhetor", &input.name), &input, |bencher, input| {
            bencher.iter(|| {
                let mut words = 0;
                input.texts.iter().for_each(|text| for_each_word(text, |_| words += 1));
                words
            });
        });
    }
}

/// One thread: blocks, words, sentences, voices and counts against sentences, words and counts.
fn segment_and_count(criterion: &mut Criterion) {
    let language = Language::english();
    for input in inputs() {
        let mut group = group(criterion, "segment and count", &input);
        group.bench_with_input(BenchmarkId::new("plain", &input.name), &input, |bencher, input| {
            bencher.iter(|| input.texts.iter().for_each(|text| drop(black_box(plain(text)))));
        });
        group.bench_with_input(BenchmarkId::new("rhetor", &input.name), &input, |bencher, input| {
            bencher.iter(|| {
                let (mut forms, mut counter) = (Forms::new(), Counter::default());
                let vocabulary = Mutex::new(Vocabulary::default());
                for text in &input.texts {
                    let text = Text::read(text.clone(), &language, &mut forms);
                    black_box(counter.count(&text, &forms, &vocabulary));
                }
            });
        });
    }
}

fn markers(criterion: &mut Criterion) {
    let language = Language::english();
    let lexicon = Lexicon::built_in("en").unwrap();
    for input in inputs() {
        let mut forms = Forms::new();
        let texts: Vec<Text> =
            input.texts.iter().map(|text| Text::read(text.clone(), &language, &mut forms)).collect();
        group(criterion, "markers", &input).bench_with_input(
            BenchmarkId::new("rhetor", &input.name),
            &texts,
            |bencher, texts| {
                bencher.iter(|| {
                    let mut matcher = Matcher::new(&lexicon);
                    let mut hits = 0;
                    texts.iter().for_each(|text| matcher.find(text, &forms, |_| hits += 1));
                    hits
                });
            },
        );
    }
}

/// All threads: a corpus counted, and the whole run with tables and charts, against the plain pipeline.
fn whole(criterion: &mut Criterion) {
    let output = tempfile::tempdir().unwrap();
    for input in inputs() {
        let mut group = group(criterion, "corpus", &input);
        group.bench_with_input(BenchmarkId::new("plain", &input.name), &input, |bencher, input| {
            bencher.iter(|| plain_corpus(&input.texts));
        });
        group.bench_with_input(BenchmarkId::new("count", &input.name), &input, |bencher, input| {
            bencher.iter(|| count(Corpus::discover(&[&input.folder]).unwrap(), &input.study(false)).unwrap());
        });
        for (name, charts) in [("tables", false), ("tables and charts", true)] {
            group.bench_with_input(BenchmarkId::new(name, &input.name), &input, |bencher, input| {
                bencher.iter(|| analyze(&input.study(charts), output.path(), false, &|_| ()).unwrap());
            });
        }
    }
}

criterion_group!(benches, words, segment_and_count, markers, whole);
criterion_main!(benches);
