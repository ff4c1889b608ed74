//! Every stage from bytes to tables beside the plain way of doing the same, on several kinds of text; and
//! charts, which have no plain way here.
//!
//! ```text
//! cargo bench --bench stages
//! cargo bench --bench stages -- 'blocks|voices'
//! RHETOR_PORTABLE=1 cargo bench --bench stages   # by the ways that any processor can go
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

mod common;

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use rhetor::charts;

use common::inputs::{Input, inputs};
use common::{STAGES, output};

/// Bytes of an input: more than a level-2 cache, and small enough for a habit.
const LONGEST: usize = 2_000_000;

/// A group that takes a few seconds and tells bytes per second.
fn group<'c>(criterion: &'c mut Criterion, stage: &str, input: &Input) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(format!("{stage}/{}", input.name));
    group.throughput(Throughput::Bytes(input.bytes() as u64));
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1_000));
    group
}

/// What is done in parallel is done on one thread, the only one of the global pool.
fn stages(criterion: &mut Criterion) {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let inputs = inputs(LONGEST);
    for (name, stage) in STAGES {
        for input in &inputs {
            let mut group = group(criterion, name, input);
            for (way, run) in stage(input) {
                group.bench_function(way, |bencher| bencher.iter(&run));
            }
        }
    }
}

fn draw(criterion: &mut Criterion) {
    for input in inputs(LONGEST) {
        let data = output::charts(&input);
        let mut group = group(criterion, "charts", &input);
        for (name, draw) in charts::all() {
            group.bench_function(format!("{name}, SVG"), |bencher| bencher.iter(|| draw(&data).unwrap()));
            let chart = draw(&data).unwrap();
            group.bench_function(format!("{name}, PNG"), |bencher| {
                bencher.iter(|| charts::png(&chart.svg).unwrap());
            });
        }
    }
}

criterion_group!(benches, stages, draw);
criterion_main!(benches);
