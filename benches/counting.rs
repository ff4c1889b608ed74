//! From words to counts: numbers for forms, keys, profiles, markers, and the merge of many texts, each
//! beside the plain way of doing the same.
//!
//! ```text
//! cargo bench --bench counting
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

mod common;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Mutex;

use criterion::{Criterion, criterion_group, criterion_main};
use rhetor::profile::{Profile, Vocabulary};
use rhetor::rhetoric::{Lexicon, Matcher};
use rhetor::text::{Forms, fold, for_each_word};
use unicode_segmentation::UnicodeSegmentation;

use common::inputs::{Input, boundary, inputs};
use common::{CRITERION, group, plain};

/// Where the words are.
fn words(input: &Input) -> Vec<Vec<Range<usize>>> {
    let ranges = |text: &String| {
        let mut words = Vec::new();
        for_each_word(text, |range| words.push(range));
        words
    };
    input.texts.iter().map(ranges).collect()
}

/// Words that are cut already, to counts of surface forms: a map of strings, and the table of forms.
fn count(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let words = words(&input);
        let mut group = group(criterion, "count", &input);
        group.bench_function("HashMap<String, u64>", |bencher| {
            bencher.iter(|| {
                let mut counts: HashMap<String, u64> = HashMap::new();
                for (text, words) in input.texts.iter().zip(&words) {
                    for word in words {
                        *counts.entry(text[word.clone()].to_owned()).or_insert(0) += 1;
                    }
                }
                counts
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let mut forms = Forms::new();
                let mut counts: Vec<u64> = Vec::new();
                for (text, words) in input.texts.iter().zip(&words) {
                    for word in words {
                        let form = forms.intern(text, word.start, word.end) as usize;
                        if form == counts.len() {
                            counts.push(0);
                        }
                        counts[form] += 1;
                    }
                }
                (forms, counts)
            });
        });
    }
}

/// Lower case for each token, and a key for each form.
fn keys(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let words = words(&input);
        let mut forms = Forms::new();
        for (text, words) in input.texts.iter().zip(&words) {
            for word in words {
                forms.intern(text, word.start, word.end);
            }
        }
        let mut group = group(criterion, "fold", &input);
        group.bench_function("to_lowercase", |bencher| {
            bencher.iter(|| {
                let texts = input.texts.iter().zip(&words);
                texts
                    .flat_map(|(text, words)| {
                        words.iter().map(|word| text[word.clone()].to_lowercase().len())
                    })
                    .sum::<usize>()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| (0..forms.len()).map(|form| fold(forms.form(form as u32)).len()).sum::<usize>());
        });
    }
}

/// Texts that are read already, to profiles; the plain way cuts words too, since it has no tokens.
fn profiles(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let mut forms = Forms::new();
        let texts = common::read(&input, &mut forms);
        let mut group = group(criterion, "profile", &input);
        group.bench_function("unicode_words, HashMap<String, u64>", |bencher| {
            bencher.iter(|| {
                let count = |text: &String| {
                    let mut counts = plain::Counts::new();
                    text.unicode_words()
                        .for_each(|word| *counts.entry(word.to_lowercase()).or_insert(0) += 1);
                    counts
                };
                input.texts.iter().map(count).collect::<Vec<_>>()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| common::profiles(&texts, &forms, &Mutex::new(Vocabulary::default())));
        });
    }
}

fn merge(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        // A text of the bench is as long as a chapter, so that there are many to merge.
        let input = Input { texts: chapters(&input.texts), ..input };
        let mut forms = Forms::new();
        let vocabulary = Mutex::new(Vocabulary::default());
        let texts = common::read(&input, &mut forms);
        let profiles = common::profiles(&texts, &forms, &vocabulary);
        let profiles: Vec<&Profile> = profiles.iter().collect();
        let counts: Vec<plain::Counts> = input.texts.iter().map(|text| plain::count(text).1).collect();
        let mut group = group(criterion, "merge", &input);
        group.bench_function("HashMap<String, u64>", |bencher| {
            bencher.iter(|| {
                let mut all = plain::Counts::new();
                for (word, count) in counts.iter().flatten() {
                    match all.get_mut(word) {
                        Some(sum) => *sum += count,
                        None => drop(all.insert(word.clone(), *count)),
                    }
                }
                all
            });
        });
        group.bench_function("rhetor", |bencher| bencher.iter(|| Profile::merge_all(&profiles)));
    }
}

fn chapters(texts: &[String]) -> Vec<String> {
    const CHAPTER: usize = 25_000;
    let mut chapters = Vec::new();
    for text in texts {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (chapter, after) = rest.split_at(boundary(rest, CHAPTER));
            chapters.push(chapter.to_owned());
            rest = after;
        }
    }
    chapters
}

/// The English lexicon in every script, so that texts without a hit are measured too. The plain way looks
/// runs of words up in a set: it knows the markers by their names only, and none of their constraints.
fn markers(criterion: &mut Criterion) {
    let lexicon = Lexicon::built_in("en").unwrap();
    let names: HashSet<String> = lexicon.entries.iter().map(|entry| entry.marker.to_lowercase()).collect();
    for input in inputs(CRITERION) {
        let words = words(&input);
        let mut forms = Forms::new();
        let texts = common::read(&input, &mut forms);
        let mut group = group(criterion, "markers", &input);
        group.bench_function("HashSet<String>", |bencher| {
            bencher.iter(|| {
                let texts = input.texts.iter().zip(&words);
                texts.map(|(text, words)| plain::phrases(text, words, &names)).sum::<usize>()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let mut matcher = Matcher::new(&lexicon);
                let mut hits = 0;
                texts.iter().for_each(|text| matcher.find(text, &forms, |_| hits += 1));
                hits
            });
        });
    }
}

/// Words, sentence lengths and counts of each text, and their merge, on one thread.
fn whole(criterion: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for input in inputs(CRITERION) {
        let mut group = group(criterion, "segment and count", &input);
        group.bench_function("plain", |bencher| bencher.iter(|| plain::corpus(&input.texts)));
        group.bench_function("rhetor", |bencher| {
            pool.install(|| bencher.iter(|| common::corpus(&input)));
        });
    }
}

criterion_group!(benches, count, keys, profiles, merge, markers, whole);
criterion_main!(benches);
