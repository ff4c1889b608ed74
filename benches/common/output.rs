//! From counts to files: tables as CSV beside the crate `csv` with a string for each cell, and charts.

use std::rc::Rc;
use std::sync::Mutex;

use rhetor::charts::{CategoryLabel, ChartData, DocumentSeries, RhythmBin};
use rhetor::measures::Rate;
use rhetor::profile::{Profile, Selection, Vocabulary};
use rhetor::rhetoric::{Category, Lexicon};
use rhetor::tables::{self, Ranking, schemas};
use rhetor::text::{Forms, Text};

use super::inputs::Input;
use super::{Variant, plain, profiles, read};

/// Words put in order, and written.
pub fn frequency_list(input: &Input) -> Vec<Variant<'_>> {
    let counts = plain::corpus(&input.texts).1;
    let (profiles, vocabulary) = counted(input);
    let total = Profile::merge_all(&profiles.iter().collect::<Vec<_>>());
    let schemas = schemas(&[], &[]);
    let document_frequency = vec![1; vocabulary.len()];
    vec![
        ("csv", Box::new(move || plain::frequency_list(&counts).len())),
        (
            "rhetor",
            Box::new(move || {
                let ranking = Ranking::new(&vocabulary);
                let list = ranking.ranked(&total);
                tables::words(&schemas, &ranking, &list, &document_frequency).into_bytes().len()
            }),
        ),
    ]
}

/// A row for each sentence.
pub fn sentence_rows(input: &Input) -> Vec<Variant<'_>> {
    let texts = Rc::new(read(input, &mut Forms::new()));
    let same = texts.clone();
    vec![
        ("csv", Box::new(move || same.iter().map(|text| plain_sentences(text).len()).sum())),
        (
            "rhetor",
            Box::new(move || {
                texts.iter().map(|text| tables::sentences("text", text).into_bytes().len()).sum()
            }),
        ),
    ]
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

/// What the charts of an input are drawn from. Words and sentence lengths are those of the input; rates and
/// the course of lengths are made up, since they change nothing in the work.
pub fn charts(input: &Input) -> ChartData {
    let (profiles, vocabulary) = counted(input);
    let lexicon = Lexicon::built_in("en").unwrap();
    chart_data(input.name, &profiles, &Ranking::new(&vocabulary), &lexicon)
}

fn counted(input: &Input) -> (Vec<Profile>, Vocabulary) {
    let mut forms = Forms::new();
    let vocabulary = Mutex::new(Vocabulary::default());
    let texts = read(input, &mut forms);
    let profiles = profiles(&texts, &forms, &vocabulary);
    (profiles, vocabulary.into_inner().unwrap())
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
            sentence_lengths: profile.select(Selection::All).sentence_words.iter().collect(),
            rhythm: rhythm.collect(),
            marker_rates: (0..lexicon.categories.len())
                .map(|category| Some(Rate { value: category as f64, interval: None }))
                .collect(),
            family_rates: (0..6)
                .map(|family| (0..50).map(|bin| f64::from((bin + family) % 7)).collect())
                .collect(),
            ..DocumentSeries::default()
        }
    });
    let label = |category: &Category| CategoryLabel {
        family: category.family.to_string(),
        category: category.category.to_string(),
    };
    ChartData {
        title: title.to_owned(),
        source: format!("{} texts", profiles.len()),
        documents: documents.collect(),
        categories: lexicon.categories.iter().map(label).collect(),
        voice_rates: Vec::new(),
        families: (0..6).map(|family| format!("family {family}")).collect(),
        top_words: ranking
            .ranked(&total)
            .iter()
            .take(TOP)
            .map(|word| ranking.word(word.word).to_owned())
            .collect(),
        corpus_frequencies: frequencies(&total),
    }
}
