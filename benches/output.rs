//! From counts to files: the order of words, tables as CSV beside the crate `csv` with a string for each
//! cell, and charts, which have no plain way here: their time is to be seen beside that of the tables.
//!
//! ```text
//! cargo bench --bench output
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

mod common;

use std::sync::Mutex;

use criterion::{Criterion, criterion_group, criterion_main};
use rhetor::charts::{self, CategoryLabel, ChartData, DocumentSeries, RhythmBin};
use rhetor::profile::{Profile, Vocabulary};
use rhetor::rhetoric::{Lexicon, Matcher, hits};
use rhetor::tables::{self, Ranking, schemas};
use rhetor::text::{Forms, Text};

use common::inputs::inputs;
use common::{CRITERION, group, plain};

/// The frequency list: ranked, then written.
fn frequency_list(criterion: &mut Criterion) {
    let schemas = schemas(&[], &[]);
    for input in inputs(CRITERION) {
        let counts = plain::corpus(&input.texts).1;
        let mut forms = Forms::new();
        let vocabulary = Mutex::new(Vocabulary::default());
        let texts = common::read(&input, &mut forms);
        let profiles = common::profiles(&texts, &forms, &vocabulary);
        let total = Profile::merge_all(&profiles.iter().collect::<Vec<_>>());
        let vocabulary = vocabulary.into_inner().unwrap();
        let document_frequency = vec![1; vocabulary.len()];
        let mut group = group(criterion, "frequency list", &input);
        group.bench_function("csv", |bencher| bencher.iter(|| plain::frequency_list(&counts)));
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let ranking = Ranking::new(&vocabulary);
                let list = ranking.ranked(&total);
                tables::words(&schemas, &ranking, &list, &document_frequency).into_bytes()
            });
        });
    }
}

/// A row for each sentence.
fn sentence_table(criterion: &mut Criterion) {
    for input in inputs(CRITERION) {
        let mut forms = Forms::new();
        let texts = common::read(&input, &mut forms);
        let mut group = group(criterion, "sentences table", &input);
        group.bench_function("csv", |bencher| {
            bencher.iter(|| texts.iter().map(|text| plain_sentences(text).len()).sum::<usize>());
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                texts.iter().map(|text| tables::sentences("text", text).into_bytes().len()).sum::<usize>()
            });
        });
    }
}

/// The same rows by the crate `csv`, a string for each cell.
fn plain_sentences(text: &Text) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (number, sentence) in text.sentences.iter().enumerate() {
        let content = &text.content[sentence.range.clone()];
        let cells = [
            "text".to_owned(),
            (number + 1).to_string(),
            sentence.range.start.to_string(),
            sentence.range.end.to_string(),
            (sentence.block + 1).to_string(),
            text.kind_of(sentence).role().to_owned(),
            sentence.voice.name().to_owned(),
            sentence.words().to_string(),
            content.chars().count().to_string(),
        ];
        writer.write_record(cells).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A row with its context for each hit. The plain way looks for nothing but the context.
fn hit_table(criterion: &mut Criterion) {
    const CONTEXT: usize = 50;
    let lexicon = Lexicon::built_in("en").unwrap();
    for input in inputs(CRITERION) {
        let mut forms = Forms::new();
        let texts = common::read(&input, &mut forms);
        let mut matcher = Matcher::new(&lexicon);
        let mut profile = Profile::default();
        let found: Vec<_> = texts.iter().map(|text| hits(text, &forms, &mut matcher, &mut profile)).collect();
        let mut group = group(criterion, "marker hits table", &input);
        group.bench_function("csv", |bencher| {
            bencher.iter(|| {
                let mut writer = csv::Writer::from_writer(Vec::new());
                for (text, hits) in texts.iter().zip(&found) {
                    for hit in hits {
                        let before: Vec<char> =
                            text.content[..hit.range.start].chars().rev().take(CONTEXT).collect();
                        let before: String = before.into_iter().rev().collect();
                        let after: String = text.content[hit.range.end..].chars().take(CONTEXT).collect();
                        let cells = [
                            "text".to_owned(),
                            hit.range.start.to_string(),
                            hit.range.end.to_string(),
                            before,
                            text.content[hit.range.clone()].to_owned(),
                            after,
                            hit.marker(&lexicon).to_owned(),
                            hit.voice.name().to_owned(),
                        ];
                        writer.write_record(cells).unwrap();
                    }
                }
                writer.into_inner().unwrap()
            });
        });
        group.bench_function("rhetor", |bencher| {
            bencher.iter(|| {
                let rows = texts.iter().zip(&found).map(|(text, hits)| {
                    tables::marker_hits("text", &lexicon, text, hits, CONTEXT).into_bytes().len()
                });
                rows.sum::<usize>()
            });
        });
    }
}

/// Every chart of an input, drawn and turned into an image. Words and sentence lengths are those of the
/// input; rates and the course of lengths are made up, since they change nothing in the work.
fn draw(criterion: &mut Criterion) {
    let lexicon = Lexicon::built_in("en").unwrap();
    for input in inputs(CRITERION) {
        let mut forms = Forms::new();
        let vocabulary = Mutex::new(Vocabulary::default());
        let texts = common::read(&input, &mut forms);
        let profiles = common::profiles(&texts, &forms, &vocabulary);
        let vocabulary = vocabulary.into_inner().unwrap();
        let ranking = Ranking::new(&vocabulary);
        let data = chart_data(input.name, &profiles, &ranking, &lexicon);
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

fn chart_data(title: &str, profiles: &[Profile], ranking: &Ranking<'_>, lexicon: &Lexicon) -> ChartData {
    const TOP: usize = 30;
    let frequencies =
        |profile: &Profile| ranking.ranked(profile).iter().map(|word| word.count()).collect::<Vec<_>>();
    let total = Profile::merge_all(&profiles.iter().collect::<Vec<_>>());
    let documents = profiles.iter().enumerate().map(|(number, profile)| {
        let frequencies = frequencies(profile);
        let words = profile.words();
        let rates = frequencies.iter().take(TOP).map(|count| *count as f64 * 1e3 / words as f64);
        let rhythm = (0..100).map(|bin| RhythmBin {
            position: f64::from(bin) / 100.0,
            mean_words: f64::from(10 + bin % 17),
            quoted: f64::from(bin % 5) / 5.0,
        });
        DocumentSeries {
            name: format!("text {number}"),
            words,
            top_word_rates: rates.collect(),
            frequencies,
            sentence_lengths: profile.select(rhetor::profile::Selection::All).sentence_words.iter().collect(),
            rhythm: rhythm.collect(),
            marker_rates: (0..lexicon.categories.len()).map(|category| Some(category as f64)).collect(),
            ..DocumentSeries::default()
        }
    });
    let label = |category: &rhetor::rhetoric::Category| CategoryLabel {
        family: category.family.clone(),
        category: category.category.clone(),
    };
    ChartData {
        title: title.to_owned(),
        source: format!("{} texts", profiles.len()),
        documents: documents.collect(),
        categories: lexicon.categories.iter().map(label).collect(),
        top_words: ranking
            .ranked(&total)
            .iter()
            .take(TOP)
            .map(|word| ranking.word(word.word).to_owned())
            .collect(),
        corpus_frequencies: frequencies(&total),
    }
}

criterion_group!(benches, frequency_list, sentence_table, hit_table, draw);
criterion_main!(benches);
