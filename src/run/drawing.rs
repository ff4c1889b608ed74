//! From counts to the numbers that charts are drawn from.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::folder::Folder;
use super::{Counted, Read};
use crate::charts::{
    self, CategoryLabel, Chart, ChartData, ChartError, DocumentSeries, RhythmBin, VoiceRates,
};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::measures::{Per, clustered_rate, rate};
use crate::profile::Profile;
use crate::rhetoric::{Category, Hit, Lexicon, Status};
use crate::study::Study;
use crate::tables::{Ranking, WordCount};
use crate::text::{Text, Voice};

/// Bins of the rhythm chart.
const BINS: usize = 100;
/// Stretches of a text in the chart of where markers fall, and words that a stretch has at least.
const STRETCHES: usize = 50;
const STRETCH: usize = 50;
/// Metadata columns that charts group texts by, the first that exists.
pub(super) const GROUPS: [&str; 4] = ["author", "label", "class", "group"];

/// Mean sentence length along a text, in at most [`BINS`] runs of equally many sentences.
fn rhythm(text: &Text, profile: &Profile) -> Vec<RhythmBin> {
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

/// Families of some categories, in their order.
fn families(categories: &[Category]) -> Vec<&str> {
    let mut families: Vec<&str> = categories.iter().map(|category| &*category.family).collect();
    families.dedup();
    families
}

/// Hits per 1,000 words along a text, by family: in at most [`STRETCHES`] of equally many words, each hit at the beginning
/// of its sentence.
fn family_rates(text: &Text, hits: &[Hit], categories: &[Category]) -> Vec<Vec<f64>> {
    let families = families(categories);
    let family_of: Vec<usize> = categories
        .iter()
        .filter_map(|category| families.iter().position(|family| *family == category.family))
        .collect();
    let words = text.tokens.len();
    let stretches = (words / STRETCH).clamp(1, STRETCHES);
    let mut counts = vec![vec![0_u32; stretches]; families.len()];
    for hit in hits.iter().filter(|hit| hit.status == Status::Counted) {
        let at = text.sentences[hit.sentence].tokens.start.min(words.saturating_sub(1));
        if let Some(count) =
            counts[family_of[usize::from(hit.category)]].get_mut(at * stretches / words.max(1))
        {
            *count += 1;
        }
    }
    let long = words.max(1) as f64 / stretches as f64;
    counts
        .into_iter()
        .map(|counts| counts.into_iter().map(|count| f64::from(count) * 1000.0 / long).collect())
        .collect()
}

/// What the charts show of a text that is seen only while it is in memory.
pub(super) struct Course {
    /// Sentence length along it.
    rhythm: Vec<RhythmBin>,
    /// Markers along it, by family.
    family_rates: Vec<Vec<f64>>,
}

impl Course {
    /// Of a text while it is in memory.
    pub fn of(lexicon: &Lexicon, read: &Read<'_>) -> Self {
        Self {
            rhythm: rhythm(read.text, read.profile),
            family_rates: family_rates(read.text, read.hits, &lexicon.categories),
        }
    }
}

/// Checks that the column to group by exists.
pub(super) fn check_group(study: &Study, corpus: &Corpus) -> Result<()> {
    let Some(name) = study.group.as_ref().filter(|name| !corpus.columns.contains(name)) else {
        return Ok(());
    };
    let columns = if corpus.columns.is_empty() { "none".to_owned() } else { corpus.columns.join(", ") };
    let reason = format!("there is no metadata column '{name}' to group by. The columns are: {columns}");
    Err(Error::Study { path: "options".into(), reason })
}

/// Draws charts in parallel, each as SVG and PNG, and writes them in their order.
pub(super) fn draw(charts: &[(&str, charts::Draw)], data: &ChartData, folder: &mut Folder) -> Result<()> {
    folder.write_all(&pictures(charts, data)?)
}

/// Draws charts in parallel, each as SVG and PNG: the files in order.
pub(super) fn pictures(charts: &[(&str, charts::Draw)], data: &ChartData) -> Result<Vec<(String, Vec<u8>)>> {
    // One chart is as much work as several others: threads take them one by one.
    let pictures: Vec<Result<Picture>> =
        charts.par_iter().with_max_len(1).map(|(name, draw)| Picture::of(name, draw(data))).collect();
    let mut files = Vec::with_capacity(2 * charts.len());
    for ((name, _), picture) in charts.iter().zip(pictures) {
        files.extend(picture?.files(name));
    }
    Ok(files)
}

/// A chart in both forms.
pub(super) struct Picture {
    pub svg: String,
    pub png: Vec<u8>,
}

impl Picture {
    /// Turns what was drawn into an image. `name` is what a failure calls it.
    pub fn of(name: &str, drawn: std::result::Result<Chart, ChartError>) -> Result<Self> {
        let wrong = |error: ChartError| Error::Chart { name: name.to_owned(), reason: error.to_string() };
        let svg = drawn.map_err(wrong)?.svg;
        let png = charts::png(&svg).map_err(wrong)?;
        Ok(Self { svg, png })
    }

    /// Both as files.
    pub fn files(self, name: &str) -> [(String, Vec<u8>); 2] {
        [(format!("{name}.svg"), self.svg.into_bytes()), (format!("{name}.png"), self.png)]
    }
}

/// Writes a chart as SVG and PNG.
pub(super) fn write_chart(
    folder: &mut Folder,
    name: &str,
    drawn: std::result::Result<Chart, ChartError>,
) -> Result<()> {
    folder.write_all(&Picture::of(name, drawn)?.files(name))
}

/// The metadata column that charts group texts by.
pub(super) fn group_column(study: &Study, columns: &[String]) -> Option<usize> {
    match &study.group {
        Some(name) => columns.iter().position(|column| column == name),
        None => GROUPS.iter().find_map(|name| columns.iter().position(|column| column == name)),
    }
}

/// How often words occur, most frequent first.
fn frequencies(words: &[WordCount]) -> Vec<u64> {
    let mut counts: Vec<u64> = words.iter().map(WordCount::count).collect();
    counts.sort_unstable_by_key(|count| Reverse(*count));
    counts
}

/// Gathers what the charts show, with the words of the corpus in their order.
pub(super) fn data(
    study: &Study,
    counted: &Counted,
    total: &Profile,
    (ranking, list): (&Ranking<'_>, &[WordCount]),
    courses: Vec<Course>,
) -> ChartData {
    let categories = counted.lexicons.categories();
    let top: Vec<_> = list.iter().take(study.top_words).collect();
    let columns = &counted.corpus.columns;
    let group = group_column(study, columns);
    let documents = counted
        .texts
        .par_iter()
        .zip(courses)
        .map(|(text, Course { rhythm, family_rates })| {
            let document = counted.document(text);
            let profile = &text.profile;
            let words = profile.words();
            let mut lengths = profile.author.sentence_words.clone();
            lengths.merge(&profile.quoted.sentence_words);
            let occurrences = |word| profile.author.words.get(word) + profile.quoted.words.get(word);
            let lexicon = counted.lexicon(text);
            let marker_rate = |index: u16| {
                let sums = &profile.markers.author;
                clustered_rate(sums, index, Per::ThousandWords)
                    .filter(|_| lexicon.covers(index, text.input.language))
            };
            DocumentSeries {
                name: document.id.clone(),
                group: group
                    .map(|column| document.metadata[column].clone())
                    .filter(|value| !value.is_empty()),
                words,
                frequencies: frequencies(&ranking.unranked(profile)),
                top_word_rates: top
                    .iter()
                    .map(|word| rate(occurrences(word.word), words).unwrap_or(0.0))
                    .collect(),
                sentence_lengths: lengths.iter().collect(),
                rhythm,
                marker_rates: (0_u16..).take(categories.len()).map(marker_rate).collect(),
                family_rates,
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
        voice_rates: (0_u16..)
            .take(categories.len())
            .map(|index| {
                let rate = |sums| clustered_rate(sums, index, Per::ThousandWords);
                VoiceRates { author: rate(&total.markers.author), quoted: rate(&total.markers.quoted) }
            })
            .collect(),
        families: families(categories).iter().map(|family| family.replace('_', " ")).collect(),
        top_words: top.iter().map(|word| ranking.word(word.word).to_owned()).collect(),
        corpus_frequencies: list.iter().map(|word| word.count()).collect(),
    }
}
