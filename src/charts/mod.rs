//! Charts of a corpus, drawn from numbers that are already computed.
//!
//! Every chart is drawn once, as SVG, by a function of [`all`]; [`png()`] turns
//! the same drawing into an image. Neither needs a font of the system: DejaVu
//! Sans is built in, and only characters it lacks (Chinese, for instance) are
//! looked for among the installed fonts. The same data always give the same
//! SVG, and on one machine the same PNG.
//!
//! All charts are legible with one text and with hundreds: heights grow with
//! the number of rows, up to 120 texts get a row or panel of their own, and a
//! sentence on the chart says when there are more. Long names are shortened
//! with … in the middle. Texts of the same group stand together; up to eight
//! groups are told apart by colour. Where a value is not defined, or a text
//! has no words, the place stays hatched or empty; it is never shown as 0.
//!
//! | name | drawn |
//! |---|---|
//! | `rank_frequency` | frequency of words by rank, both axes logarithmic |
//! | `top_words` | heat map of the most frequent words by text |
//! | `sentence_lengths` | box plots of sentence lengths, a row for each text |
//! | `sentence_length_distributions` | curves of the share of sentences by length |
//! | `marker_heatmap` | heat map of marker rates, texts by categories |
//! | `marker_bars` | marker rates with intervals, a panel for each category |
//! | `marker_strips` | where in each text the markers of each family fall |
//! | `marker_voices` | marker rates in quotation against those in the authors' own words |
//! | `rhythm` | sentence length along each text |

mod growth;
mod heat;
mod keyness;
mod layout;
mod marker_rates;
mod marker_strips;
mod marker_voices;
mod rank_frequency;
mod render;
mod rhythm;
mod rolling;
mod sentence_curves;
mod sentence_lengths;
mod stability;
pub(crate) mod stylometry;
mod theme;
mod top_words;
mod zeta;

#[cfg(test)]
mod tests;

pub(crate) use growth::growth;
pub(crate) use keyness::keyness;
pub use keyness::{KeyBar, KeyPanel};
pub use render::png;
pub use rolling::{RollingChart, RollingText, rolling_chart};
pub use stability::{StabilityMap, stability_map};
pub(crate) use theme::whole;
pub use zeta::{ZetaBar, ZetaChart, zeta_chart};

use crate::measures::Rate;

/// Everything the charts are drawn from: plain numbers, already computed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartData {
    /// Name of the corpus, part of every title.
    pub title: String,
    /// The footer of every chart: what was counted, and with what.
    pub source: String,
    /// The texts in corpus order.
    pub documents: Vec<DocumentSeries>,
    /// The marker categories; those of a family stand together.
    pub categories: Vec<CategoryLabel>,
    /// Rates of all texts together by voice, parallel to [`ChartData::categories`].
    pub voice_rates: Vec<VoiceRates>,
    /// The families of markers.
    pub families: Vec<String>,
    /// The most frequent words of the corpus, most frequent first.
    pub top_words: Vec<String>,
    /// Counts of all types of the corpus, descending.
    pub corpus_frequencies: Vec<u64>,
}

/// Name of a marker category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoryLabel {
    /// The family it belongs to.
    pub family: String,
    /// The category itself.
    pub category: String,
}

/// Rates of a category per 1,000 words of each voice; `None` where they are not defined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VoiceRates {
    /// In the author's own words.
    pub author: Option<Rate>,
    /// In quoted matter.
    pub quoted: Option<Rate>,
}

/// The numbers of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentSeries {
    /// Its name, in any script and of any length.
    pub name: String,
    /// What it is grouped by (its author, say), if anything.
    pub group: Option<String>,
    /// Its number of words.
    pub words: u64,
    /// Counts of its types, descending.
    pub frequencies: Vec<u64>,
    /// Rates per 1,000 words, parallel to [`ChartData::top_words`].
    pub top_word_rates: Vec<f64>,
    /// Words in a sentence and the number of such sentences, ascending.
    pub sentence_lengths: Vec<(u32, u64)>,
    /// Bins of consecutive sentences in reading order.
    pub rhythm: Vec<RhythmBin>,
    /// Rates per 1,000 words of the author's own voice, parallel to
    /// [`ChartData::categories`]; `None` where the rate is not defined.
    pub marker_rates: Vec<Option<Rate>>,
    /// Hits per 1,000 words in stretches of equally many words, both voices, for each of
    /// [`ChartData::families`].
    pub family_rates: Vec<Vec<f64>>,
}

/// A run of consecutive sentences of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RhythmBin {
    /// Middle of the bin by words, as a share of the text from 0 to 1.
    pub position: f64,
    /// Mean words in a sentence.
    pub mean_words: f64,
    /// Share of the bin's words in quotation, from 0 to 1.
    pub quoted: f64,
}

/// A finished chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Stem of the file name.
    pub name: &'static str,
    /// The drawing, a complete SVG document.
    pub svg: String,
}

/// Why a chart could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// The SVG could not be drawn.
    #[error("the chart could not be drawn: {0}")]
    Draw(String),
    /// The PNG could not be made from the SVG.
    #[error("the chart could not be turned into an image: {0}")]
    Image(String),
}

/// A function that draws one chart.
pub type Draw = fn(&ChartData) -> Result<Chart, ChartError>;

/// The charts in a fixed order: the stem of the file name and the function
/// that draws it. The functions share nothing, so that they may run in
/// parallel.
pub fn all() -> &'static [(&'static str, Draw)] {
    &[
        (rank_frequency::NAME, rank_frequency::draw),
        (top_words::NAME, top_words::draw),
        (sentence_lengths::NAME, sentence_lengths::draw),
        (sentence_curves::NAME, sentence_curves::draw),
        (marker_rates::HEATMAP, marker_rates::draw_heatmap),
        (marker_rates::BARS, marker_rates::draw_bars),
        (marker_strips::NAME, marker_strips::draw),
        (marker_voices::NAME, marker_voices::draw),
        (rhythm::NAME, rhythm::draw),
    ]
}
