//! From bytes to words, blocks, voices and sentences: each stage beside the plain way of doing the same.
//!
//! ```text
//! cargo bench --bench segmentation
//! RHETOR_PORTABLE=1 cargo bench --bench segmentation   # by the ways that any processor can go
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

mod common;

use criterion::{Criterion, criterion_group, criterion_main};
use rhetor::text::{Block, Forms, blocks, for_each_sentence, for_each_word, segments};
use unicode_segmentation::UnicodeSegmentation;

use common::inputs::inputs;
use common::{CRITERION, group, plain};

/// The sum of lengths: every word is looked at.
fn scan(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let mut group = group(criterion, "scan", &input);
        group.bench_function("unicode_words", |bencher| {
            bencher.iter(|| {
                input
                    .texts
                    .iter()
                    .flat_map(|text| text.unicode_words())
                    .map(|word| word.len() + 1)
                    .sum::<usize>()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let mut sum = 0;
                input.texts.iter().for_each(|text| for_each_word(text, |range| sum += range.len() + 1));
                sum
            });
        });
    }
}

/// The plain way knows paragraphs only.
fn find_blocks(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let mut group = group(criterion, "blocks", &input);
        group.bench_function("lines", |bencher| {
            bencher.iter(|| input.texts.iter().map(|text| plain::paragraphs(text).len()).sum::<usize>());
        });
        group.bench_function("rhetor", |bencher| {
            bencher
                .iter(|| input.texts.iter().map(|text| blocks(text, &input.language).len()).sum::<usize>());
        });
    }
}

/// The plain way pairs each opening mark with the next closing one.
fn voices(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let blocks: Vec<Vec<Block>> = input.texts.iter().map(|text| blocks(text, &input.language)).collect();
        let mut group = group(criterion, "voices", &input);
        group.bench_function("characters", |bencher| {
            bencher.iter(|| input.texts.iter().map(|text| plain::quotations(text).len()).sum::<usize>());
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let pairs = input.texts.iter().zip(blocks.clone());
                pairs
                    .map(|(text, mut blocks)| segments(text, &mut blocks, &input.language).len())
                    .sum::<usize>()
            });
        });
    }
}

fn sentences(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let blocks: Vec<Vec<Block>> = input.texts.iter().map(|text| blocks(text, &input.language)).collect();
        let mut group = group(criterion, "sentences", &input);
        group.bench_function("unicode_sentences", |bencher| {
            bencher.iter(|| {
                input
                    .texts
                    .iter()
                    .flat_map(|text| text.unicode_sentences())
                    .map(|s| s.len() + 1)
                    .sum::<usize>()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let mut sum = 0;
                for (text, blocks) in input.texts.iter().zip(&blocks) {
                    for block in blocks.iter().filter(|block| block.kind.is_counted()) {
                        for_each_sentence(text, block.range.clone(), &input.language, |range| {
                            sum += range.len() + 1;
                        });
                    }
                }
                sum
            });
        });
    }
}

/// All of it: a text as spans.
fn read(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let mut group = group(criterion, "read", &input);
        group.bench_function("unicode_sentences, unicode_words", |bencher| {
            bencher.iter(|| {
                let sentences = input.texts.iter().flat_map(|text| text.unicode_sentences());
                sentences.map(|sentence| sentence.unicode_words().count() + 1).sum::<usize>()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| common::read(&input, &mut Forms::new()).len());
        });
    }
}

criterion_group!(benches, scan, find_blocks, voices, sentences, read);
criterion_main!(benches);
