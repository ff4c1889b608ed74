//! Where the features stand that decide a verdict.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Material;
use super::occurrences::{Gatherer, counted_words};
use crate::corpus::Problem;
use crate::error::Result;
use crate::run::reader::{ReadText, Reader};
use crate::study::Features;
use crate::tables::{Rows, context_rows, contexts_schema};

/// Characters on either side.
const WIDTH: usize = 60;

/// A feature of a text whose places are looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// Place of the text in the corpus.
    pub document: usize,
    /// The feature.
    pub feature: String,
    /// What it adds to the verdict.
    pub contribution: f64,
}

/// `contexts.csv`: of each feature its first `most` places in the text, texts read again in parallel. Markers and
/// sentence lengths have none: their places are in the tables of an analysis.
///
/// # Errors
/// If the study names a language or encoding that cannot be used.
pub(super) fn find(material: &Material, wanted: &[Wanted], most: usize) -> Result<(Rows, Vec<Problem>)> {
    let mut rows = Rows::with_header(&contexts_schema());
    let kind = material.options.features;
    if most == 0 || wanted.is_empty() || matches!(kind, Features::Markers | Features::SentenceLengths) {
        return Ok((rows, Vec::new()));
    }
    let reader = Reader::new(&material.study, &material.corpus.columns)?;
    let mut by_text: BTreeMap<usize, Vec<&Wanted>> = BTreeMap::new();
    wanted.iter().for_each(|wanted| by_text.entry(wanted.document).or_default().push(wanted));
    let by_text: Vec<(usize, Vec<&Wanted>)> = by_text.into_iter().collect();
    let found: Vec<std::result::Result<Rows, Problem>> = by_text
        .par_iter()
        .map_init(Gatherer::default, |gatherer, (document, wanted)| {
            let document = &material.corpus.documents[*document];
            let ReadText { text, .. } = reader.read(document, &mut gatherer.forms)?;
            let stream = gatherer.stream(&text, &material.options, None);
            let words = counted_words(&text, &material.options);
            let mut rows = Rows::new();
            let mut seen: Vec<&str> = Vec::new();
            for Wanted { feature, contribution, .. } in wanted {
                // Samples of a text can share a feature.
                if seen.contains(&feature.as_str()) {
                    continue;
                }
                seen.push(feature);
                let number = gatherer.features.intern(feature, 0, feature.len());
                let places = stream.occurrences.iter().filter(|found| found.feature == number).take(most);
                for place in places {
                    let token = |word: u32| words.get(word as usize).map(|word| text.tokens[*word].range());
                    let (Some(first), Some(last)) = (token(place.first), token(place.last)) else { continue };
                    let bytes = first.start..last.end.max(first.end);
                    context_rows(&mut rows, &document.id, feature, *contribution, &text, bytes, WIDTH);
                }
            }
            Ok(rows)
        })
        .collect();
    let mut problems = Vec::new();
    for found in found {
        match found {
            Ok(found) => rows.append(found),
            // It could be read before, so the file has changed since.
            Err(problem) => problems.push(problem),
        }
    }
    Ok((rows, problems))
}
