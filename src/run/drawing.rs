//! From counts to the numbers that charts are drawn from.

use super::Counted;
use crate::charts::{self, CategoryLabel, ChartData, DocumentSeries, RhythmBin};
use crate::measures::rate;
use crate::profile::Profile;
use crate::rhetoric::Category;
use crate::study::Study;
use crate::tables::Ranking;
use crate::text::{Text, Voice};

/// Bins of the rhythm chart.
const BINS: usize = 100;
/// Metadata columns that charts group texts by, the first that exists.
pub(super) const GROUPS: [&str; 4] = ["author", "label", "class", "group"];

/// Mean sentence length along a text, in at most [`BINS`] runs of equally many sentences.
pub(super) fn rhythm(text: &Text, profile: &Profile) -> Vec<RhythmBin> {
    let words = (profile.author.prose_words + profile.quoted.prose_words) as f64;
    let sentences: Vec<_> = text.body_sentences().collect();
    let bins = sentences.len().min(BINS);
    let mut before = 0;
    (0..bins)
        .map(|bin| {
            let run = &sentences[bin * sentences.len() / bins..(bin + 1) * sentences.len() / bins];
            let length: usize = run.iter().map(|sentence| sentence.words()).sum();
            let quoted = run
                .iter()
                .flat_map(|sentence| &text.tokens[sentence.tokens.clone()])
                .filter(|token| token.voice == Voice::Quoted)
                .count();
            let middle = before as f64 + length as f64 / 2.0;
            before += length;
            RhythmBin {
                position: middle / words,
                mean_words: length as f64 / run.len() as f64,
                quoted: quoted as f64 / length as f64,
            }
        })
        .collect()
}

/// Gathers what the charts show.
pub(super) fn data(
    study: &Study,
    counted: &Counted,
    total: &Profile,
    ranking: &Ranking<'_>,
    rhythms: Vec<Vec<RhythmBin>>,
) -> ChartData {
    let categories = &counted.lexicon.categories;
    let list = ranking.ranked(total);
    let top: Vec<_> = list.iter().take(study.top_words).collect();
    let columns = &counted.corpus.columns;
    let group = match &study.group {
        Some(name) => columns.iter().position(|column| column == name),
        None => GROUPS.iter().find_map(|name| columns.iter().position(|column| column == name)),
    };
    let documents = counted
        .texts
        .iter()
        .zip(rhythms)
        .map(|(text, rhythm)| {
            let document = counted.document(text);
            let profile = &text.profile;
            let words = profile.words();
            let mut lengths = profile.author.sentence_words.clone();
            lengths.merge(&profile.quoted.sentence_words);
            let occurrences = |word| profile.author.words.get(word) + profile.quoted.words.get(word);
            let markers = counted.has_markers(text);
            let marker_rate = |category: &Category, index: u16| {
                let hits = profile.author.markers.get(&index).copied().unwrap_or(0);
                let counted = markers || category.is_found_by_rule();
                rate(hits, profile.author.prose_words).filter(|_| counted)
            };
            DocumentSeries {
                name: document.id.clone(),
                group: group
                    .map(|column| document.metadata[column].clone())
                    .filter(|value| !value.is_empty()),
                words,
                frequencies: ranking.ranked(profile).iter().map(|word| word.count()).collect(),
                top_word_rates: top
                    .iter()
                    .map(|word| rate(occurrences(word.word), words).unwrap_or(0.0))
                    .collect(),
                sentence_lengths: lengths.iter().collect(),
                rhythm,
                marker_rates: categories
                    .iter()
                    .zip(0_u16..)
                    .map(|(category, index)| marker_rate(category, index))
                    .collect(),
            }
        })
        .collect();
    ChartData {
        title: counted.corpus.name.clone(),
        source: format!(
            "{} {}, {} words. rhetor {}",
            counted.texts.len(),
            if counted.texts.len() == 1 { "text" } else { "texts" },
            charts::whole(total.words()),
            env!("CARGO_PKG_VERSION")
        ),
        documents,
        categories: categories
            .iter()
            .map(|category| CategoryLabel {
                family: category.family.replace('_', " "),
                category: category.category.replace('_', " "),
            })
            .collect(),
        top_words: top.iter().map(|word| ranking.word(word.word).to_owned()).collect(),
        corpus_frequencies: list.iter().map(|word| word.count()).collect(),
    }
}
