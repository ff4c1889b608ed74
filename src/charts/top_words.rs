//! The most frequent words, text by text.

use super::heat::{HeatMap, Shade};
use super::layout::{Head, limit_note, nothing};
use super::theme::{MAX_ROWS, whole};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name.
pub(crate) const NAME: &str = "top_words";

/// The most words that get a column.
const WORDS: usize = 60;

/// Draws a heat map with a row for each text and a column for each of the most
/// frequent words of the corpus, at most 60. The colour is the distance of the
/// rate from the mean of all texts in standard deviations of the word, so that
/// frequent and rare words can be compared; with less than three texts it is
/// the rate itself. Up to 40 texts the cells hold the rate per 1,000 words; the
/// row below gives the highest rate of each word. Texts without words are
/// hatched. Of more than 120 texts the first 120 are shown, but mean and
/// standard deviation are those of all.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let mut head =
        Head { name: NAME, title: "Most frequent words by text", subtitle: String::new(), notes: Vec::new() };
    if data.documents.is_empty() || data.top_words.is_empty() {
        return nothing(data, head, "There are no words to show.");
    }
    let columns: Vec<String> = data.top_words.iter().take(WORDS).cloned().collect();
    let values: Vec<Vec<Option<f64>>> = data
        .documents
        .iter()
        .map(|document| {
            (0..columns.len())
                .map(|index| {
                    let rate = document.top_word_rates.get(index).copied();
                    rate.filter(|rate| document.words > 0 && rate.is_finite() && *rate >= 0.0)
                })
                .collect()
        })
        .collect();
    let defined = values.iter().filter(|row| row.iter().any(Option::is_some)).count();
    let compared = defined >= 3;
    head.subtitle = format!(
        "Occurrences per 1,000 words; the {} most frequent words of the corpus, most frequent first. {}",
        whole(columns.len() as u64),
        if compared {
            "Dark: more often than in the other texts, light: less often."
        } else {
            "Dark: often, light: seldom."
        }
    );
    head.notes.extend(limit_note(data, MAX_ROWS));
    HeatMap {
        columns,
        families: Vec::new(),
        values,
        shade: if compared { Shade::Deviation } else { Shade::Rate },
        missing: "text without words",
    }
    .draw(data, head)
}
