//! The words and markers that differ most, where they stand.

use std::collections::BTreeMap;

use super::super::pipeline::in_order;
use super::super::reader::Reader;
use super::features::{Feature, FeatureDifference, marker_name};
use super::sides::Side;
use super::units::Counts;
use crate::error::Result;
use crate::rhetoric::{Hit, Lexicons, Matchers, QuestionWords, find_questions, hits};
use crate::study::Study;
use crate::tables::{Rows, context, evidence_schema};
use crate::text::{Forms, Voice, fold};

/// Words and markers of each comparison that are shown.
const FEATURES: usize = 50;
/// Occurrences of each that are shown from a text …
const PER_TEXT: usize = 4;
/// … and from a side.
const PER_SIDE: usize = 20;

/// The features to show, by name.
#[derive(Default)]
pub(super) struct Chosen {
    /// Words, with their places among all chosen.
    words: BTreeMap<String, usize>,
    /// Places of categories in the lexicons, and theirs among all chosen.
    categories: BTreeMap<usize, usize>,
    /// Family and name of each.
    names: Vec<(&'static str, String)>,
}

/// An occurrence, ready to be written.
struct Place {
    feature: usize,
    start: usize,
    end: usize,
    context: [String; 3],
}

impl Chosen {
    /// Adds the first words and markers of a comparison.
    pub fn choose(&mut self, differences: &[FeatureDifference], counts: &Counts, lexicons: &Lexicons) {
        let shown = differences.iter().filter(|difference| !matches!(difference.kind, Feature::Measure(_)));
        for difference in shown.take(FEATURES) {
            let next = self.names.len();
            let (place, name) = match difference.kind {
                Feature::Word(word) => {
                    let word = counts.vocabulary.word(word).to_owned();
                    (*self.words.entry(word.clone()).or_insert(next), ("words", word))
                }
                Feature::Marker(category) => {
                    let name = marker_name(lexicons, category);
                    (*self.categories.entry(category).or_insert(next), ("markers", name))
                }
                Feature::Measure(_) => continue,
            };
            if place == next {
                self.names.push(name);
            }
        }
    }

    /// Where the evidence of a difference is.
    pub fn where_to_look(&self, difference: &FeatureDifference) -> String {
        let feature = &difference.feature;
        let shown = self.names.iter().any(|(family, name)| *family == difference.family && name == feature);
        match difference.kind {
            Feature::Measure(_) => format!("rhetor explain {feature} --document TEXT CORPUS"),
            _ if shown => format!("evidence.csv: family {}, feature {feature}", difference.family),
            Feature::Word(_) => format!("rhetor segments --tokens: tokens.csv, key {feature}"),
            Feature::Marker(_) => format!("rhetor analyze: marker_hits.csv, {feature}"),
        }
    }
}

/// The rows of `evidence.csv`: the texts are read once more, so that none has to stay in memory.
pub(super) fn rows(sides: &[Side], study: &Study, lexicons: &Lexicons, chosen: &Chosen) -> Result<Rows> {
    let readers: Vec<Reader> =
        sides.iter().map(|side| Reader::new(study, &side.columns)).collect::<Result<_>>()?;
    let texts: Vec<(usize, usize)> = sides
        .iter()
        .enumerate()
        .flat_map(|(side, texts)| (0..texts.documents.len()).map(move |document| (side, document)))
        .collect();
    let work = |(forms, matchers): &mut (Forms, Matchers<'_>), item: usize| {
        let (side, document) = texts[item];
        let Ok(read) = readers[side].read(&sides[side].documents[document], forms) else { return Vec::new() };
        let text = &read.text;
        let mut found: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        let mut shown = vec![0_usize; chosen.names.len()];
        let mut show = |feature: usize, range: std::ops::Range<usize>| {
            shown[feature] += 1;
            if shown[feature] <= PER_TEXT {
                found.push((feature, range));
            }
        };
        let words: Vec<Option<usize>> = (0..forms.len())
            .map(|form| chosen.words.get(fold(forms.form(form as u32)).as_ref()).copied())
            .collect();
        for token in text.sentences.iter().flat_map(|sentence| &text.tokens[sentence.tokens.clone()]) {
            if let Some(feature) = words[token.form as usize] {
                show(feature, token.range());
            }
        }
        let language = read.input.language;
        let questions = find_questions(text, forms, QuestionWords::of(language));
        let marked: Vec<Hit> = hits(text, forms, matchers.of(language), &questions, false);
        for hit in marked.iter().filter(|hit| hit.voice == Voice::Author) {
            if let Some(feature) = chosen.categories.get(&(hit.category as usize)) {
                show(*feature, hit.range.clone());
            }
        }
        let place = |(feature, range): (usize, std::ops::Range<usize>)| Place {
            feature,
            start: range.start,
            end: range.end,
            context: context(&text.content, range, study.context),
        };
        found.into_iter().map(place).collect()
    };
    let mut shown: BTreeMap<(usize, usize), Vec<(usize, Place)>> = BTreeMap::new();
    in_order(
        texts.len(),
        || (Forms::new(), Matchers::new(lexicons)),
        work,
        |item, places| {
            for place in places {
                let of_side = shown.entry((place.feature, texts[item].0)).or_default();
                if of_side.len() < PER_SIDE {
                    of_side.push((item, place));
                }
            }
            Ok(())
        },
    )?;
    let mut rows = Rows::with_header(&evidence_schema());
    for ((feature, _), places) in shown {
        let (family, name) = &chosen.names[feature];
        for (item, place) in places {
            let (side, document) = texts[item];
            rows.text(name).text(family).text(&sides[side].name).text(&sides[side].documents[document].id);
            rows.integer(place.start as u64).integer(place.end as u64);
            let [left, found, right] = &place.context;
            rows.text(left).text(found).text(right).end();
        }
    }
    Ok(rows)
}
