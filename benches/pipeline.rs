//! Whole runs, from a folder of files to a folder of results, on all threads: beside the plain pipeline,
//! which reads the same files, counts words and sentence lengths, and writes a frequency list.
//!
//! ```text
//! cargo bench --bench pipeline
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rhetor::{Corpus, Study, analyze, count};

use common::inputs::{Input, inputs};
use common::plain;

/// Bytes of an input.
const LONGEST: usize = 8_000_000;

/// The texts of an input as files.
fn files(input: &Input, folder: &Path) -> Vec<PathBuf> {
    fs::create_dir(folder).unwrap();
    let write = |(number, text): (usize, &String)| {
        let path = folder.join(format!("{number}.txt"));
        fs::write(&path, text).unwrap();
        path
    };
    input.texts.iter().enumerate().map(write).collect()
}

fn whole(criterion: &mut Criterion) {
    let work = tempfile::tempdir().unwrap();
    for input in inputs(LONGEST) {
        let folder = work.path().join(input.name);
        let paths = files(&input, &folder);
        let output = work.path().join("output");
        let study = |charts| Study { corpus: vec![folder.clone()], charts, ..Study::default() };
        let mut group = criterion.benchmark_group(format!("run/{}", input.name));
        group.throughput(Throughput::Bytes(input.bytes() as u64));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        group.bench_function("plain", |bencher| {
            bencher.iter(|| {
                let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
                let list = plain::frequency_list(&plain::corpus_parallel(&texts));
                fs::write(work.path().join("words.csv"), list).unwrap();
            });
        });
        group.bench_function("rhetor, counts", |bencher| {
            bencher.iter(|| count(Corpus::discover(&[&folder]).unwrap(), &study(false)).unwrap());
        });
        for (name, charts) in [("rhetor, tables", false), ("rhetor, tables and charts", true)] {
            group.bench_function(name, |bencher| {
                bencher.iter(|| analyze(&study(charts), &output, true, &|_| ()).unwrap());
            });
        }
    }
}

criterion_group!(benches, whole);
criterion_main!(benches);
