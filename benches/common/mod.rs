//! What the benches share: real texts to measure on, and the plain way of doing the same.

#![allow(dead_code, reason = "each bench uses a part")]

pub mod inputs;
pub mod plain;

use std::sync::Mutex;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use rhetor::profile::{Counter, Profile, Vocabulary};
use rhetor::text::{Forms, Text, WordPolicy};

use inputs::Input;

/// Bytes of an input of a criterion bench: more than a level-2 cache, and small enough for a habit.
pub const CRITERION: usize = 2_000_000;

/// A criterion group that takes a few seconds and tells bytes per second.
pub fn group<'c>(criterion: &'c mut Criterion, stage: &str, input: &Input) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(format!("{stage}/{}", input.name));
    group.throughput(Throughput::Bytes(input.bytes() as u64));
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1_000));
    group
}

/// Words by UAX #29 alone, as the plain way has them.
pub fn uax29() -> WordPolicy {
    "uax29".parse().unwrap()
}

/// The texts of an input, read.
pub fn read(input: &Input, forms: &mut Forms) -> Vec<Text> {
    let policy = uax29();
    let read = |text: &String| Text::read_with(text.clone(), &input.language, &policy, forms);
    input.texts.iter().map(read).collect()
}

/// The profiles of texts that were read with `forms`.
pub fn profiles(texts: &[Text], forms: &Forms, vocabulary: &Mutex<Vocabulary>) -> Vec<Profile> {
    let mut counter = Counter::default();
    texts.iter().map(|text| counter.count(text, forms, vocabulary)).collect()
}

/// The same work as [`plain::corpus`], and blocks and voices: words, sentences, counts of each text, and
/// their merge. On one thread, if the pool has one.
pub fn corpus(input: &Input) -> Profile {
    let policy = uax29();
    let (mut forms, mut counter) = (Forms::new(), Counter::default());
    let vocabulary = Mutex::new(Vocabulary::default());
    let profiles: Vec<Profile> = input
        .texts
        .iter()
        .map(|text| {
            let text = Text::read_with(text.clone(), &input.language, &policy, &mut forms);
            counter.count(&text, &forms, &vocabulary)
        })
        .collect();
    Profile::merge_all(&profiles.iter().collect::<Vec<_>>())
}
