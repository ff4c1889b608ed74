//! How the value of a measure comes about in one text.

use serde::Serialize;

use super::measures::word_lists;
use super::passages::Gatherer;
use super::reader::Reader;
use crate::corpus::{Corpus, Document};
use crate::error::{Error, Result};
use crate::measures::{
    Measure, Outcome, Undefined, WORD_MEASURES, WordMeasure, WordPlaces, arithmetic, inputs, interval,
};
use crate::profile::Selection;
use crate::study::Study;
use crate::text::fold;

/// A measure of a text in one voice, with what it was computed from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// all, author or quoted.
    pub voice: &'static str,
    /// The symbols of the formula and their values.
    pub inputs: Vec<(&'static str, f64)>,
    /// The formula with the values in place of the symbols.
    pub arithmetic: String,
    /// The value, if it is defined.
    pub value: Option<f64>,
    /// Why it is not.
    pub reason: &'static str,
    /// The interval of 95 %, if there is one.
    pub interval: Option<(f64, f64)>,
}

/// A measure of a word, with what it was computed from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedWord {
    /// Id of the measure.
    pub id: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// The inputs, as `f = 3, N = 1200`.
    pub inputs: String,
    /// The value, if it is defined.
    pub value: Option<f64>,
    /// Why it is not.
    pub reason: &'static str,
}

/// The document of a corpus with this id, or this path.
fn document<'c>(corpus: &'c Corpus, name: &str) -> Result<&'c Document> {
    let named = |document: &&Document| document.id == name || document.path == std::path::Path::new(name);
    corpus.documents.iter().find(named).ok_or_else(|| Error::Empty {
        corpus: format!("'{}'", corpus.name),
        reason: format!("there is no text '{name}' in it"),
    })
}

fn split(outcome: Outcome) -> (Option<f64>, &'static str) {
    (outcome.ok(), outcome.err().map_or("", Undefined::name))
}

/// Computes a measure for one text of a corpus, in each voice.
///
/// # Errors
/// If the corpus holds no such text, it cannot be read, or an option cannot be used.
pub fn explain_measure(study: &Study, measure: &Measure, name: &str) -> Result<Vec<Explained>> {
    let corpus = Corpus::discover(&study.corpus)?;
    let document = document(&corpus, name)?;
    let reader = Reader::new(study, &corpus.columns)?;
    let lists = word_lists(study)?;
    let mut gatherer = Gatherer::new(lists.each_ref().map(Option::as_ref));
    let read = reader
        .read(document, &mut gatherer.forms)
        .map_err(|problem| unreadable(&corpus, &problem.message))?;
    let passages = gatherer.passages(&read.text, read.input.language == "en");
    Ok(Selection::ALL
        .into_iter()
        .zip(&passages)
        .map(|(selection, passage)| {
            let (value, reason) = split((measure.compute)(passage));
            Explained {
                voice: selection.name(),
                inputs: inputs(measure, passage),
                arithmetic: arithmetic(measure, passage),
                value,
                reason,
                interval: value.and(interval(measure, passage).ok()).map(|bounds| (bounds.low, bounds.high)),
            }
        })
        .collect())
}

fn unreadable(corpus: &Corpus, reason: &str) -> Error {
    Error::Empty { corpus: format!("'{}'", corpus.name), reason: format!("the text {reason}") }
}

/// Computes the measures of a word in one text of a corpus, all of them or the one asked for.
///
/// # Errors
/// As [`explain_measure`].
pub fn explain_word(
    study: &Study,
    only: Option<&WordMeasure>,
    name: &str,
    word: &str,
) -> Result<Vec<ExplainedWord>> {
    let corpus = Corpus::discover(&study.corpus)?;
    let place = document(&corpus, name)?;
    let reader = Reader::new(study, &corpus.columns)?;
    let key = fold(word);
    let mut places = WordPlaces::default();
    for other in &corpus.documents {
        let mut forms = crate::text::Forms::new();
        let Ok(read) = reader.read(other, &mut forms) else { continue };
        let is_key: Vec<bool> = (0..forms.len()).map(|form| fold(forms.form(form as u32)) == key).collect();
        let words =
            read.text.sentences.iter().flat_map(|sentence| &read.text.tokens[sentence.tokens.clone()]);
        let (mut size, mut positions) = (0, Vec::new());
        for token in words {
            if is_key[token.form as usize] {
                positions.push(size);
            }
            size += 1;
        }
        places.hits.push(positions.len() as u64);
        places.sizes.push(size);
        if other.id == place.id {
            (places.count, places.tokens, places.positions) = (positions.len() as u64, size, positions);
        }
    }
    let shown = |measure: &WordMeasure| {
        if measure.of_corpus {
            let (hits, words) = (places.hits.iter().sum::<u64>(), places.sizes.iter().sum::<u64>());
            format!("k = {}, Σv = {hits}, ΣW = {words}", places.sizes.len())
        } else {
            format!("f = {}, N = {}", places.count, places.tokens)
        }
    };
    Ok(WORD_MEASURES
        .iter()
        .filter(|measure| only.is_none_or(|only| only.id == measure.id))
        .map(|measure| {
            let (value, reason) = split((measure.compute)(&places));
            ExplainedWord { id: measure.id, formula: measure.formula, inputs: shown(measure), value, reason }
        })
        .collect())
}
