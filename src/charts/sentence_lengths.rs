//! Lengths of sentences: box plots by text.

use super::layout::{Groups, Head, Legend, Rows, limit_note, nothing, page};
use super::render::{Anchor, regular};
use super::theme::{
    AXIS, GRID, INK, LABEL, MARGIN, MAX_ROWS, MUTED, PAPER, SMALL, WIDTH, number, ticks, whole,
};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name.
pub(crate) const NAME: &str = "sentence_lengths";
/// Draws a row for each text: the box holds the middle half of its sentences,
/// the whiskers reach from the shortest to the longest 5 %, the bar is the
/// median, the white dot the mean. X axis: words in a sentence; on the right
/// the number of sentences. The texts of a group stand together. Of more than
/// 120 texts the first 120 are shown.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let mut head = Head {
        name: NAME,
        title: "Sentence lengths by text",
        subtitle: "Words in a sentence. Box: the middle half of the sentences; whiskers: \
                   5 % to 95 %; bar: median; white dot: mean."
            .to_owned(),
        notes: Vec::new(),
    };
    let boxes: Vec<Option<Summary>> =
        data.documents.iter().map(|document| Summary::new(&document.sentence_lengths)).collect();
    if boxes.iter().all(Option::is_none) {
        return nothing(data, head, "There are no sentences to measure.");
    }
    head.notes.extend(limit_note(data, MAX_ROWS));
    let groups = Groups::new(data);
    let pitch = match data.documents.len() {
        0..=8 => 30.0,
        9..=40 => 24.0,
        _ => 16.0,
    };
    let rows = Rows::new(&groups, true, pitch);
    let labels = rows.label_width(data, &groups, 260.0);
    let legend = if rows.headed() {
        Legend::new(&[], 0.0)
    } else {
        Legend::new(&groups.legend(), WIDTH - 2.0 * MARGIN)
    };
    let widest = rows
        .texts()
        .filter_map(|(text, _)| boxes.get(text)?.as_ref())
        .map(|summary| summary.whiskers.1.max(summary.mean))
        .fold(1.0, f64::max);
    let axis = ticks(widest, 6);
    let end = axis.last().copied().unwrap_or(1.0);
    let (left, right) = (MARGIN + labels, WIDTH - MARGIN - 84.0);
    let place = |words: f64| left + (words / end).min(1.0) * (right - left);
    let height = legend.height + 24.0 + rows.height() + 44.0;
    page(data, head, WIDTH, height, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 10.0);
        let top = top + legend.height + 24.0;
        let bottom = top + rows.height();
        let small = regular(SMALL, MUTED);
        let count = WIDTH - MARGIN;
        canvas.text(count, top - 10.0, "sentences", small, Anchor::End);
        for tick in &axis {
            let x = place(*tick);
            canvas.line((x, top), (x, bottom), GRID, 1.0);
            let label = number(*tick);
            canvas.text(x, bottom + 12.0, &label, small, Anchor::Middle);
            if rows.len() > 30 {
                canvas.text(x, top - 10.0, &label, small, Anchor::Middle);
            }
        }
        canvas.line((left, bottom), (right, bottom), AXIS, 1.0);
        let middle = (left + right) / 2.0;
        let kind = regular(LABEL, INK);
        canvas.text(middle, bottom + 32.0, "words in a sentence", kind, Anchor::Middle);
        rows.labels(canvas, data, &groups, (left, top), labels);
        for (text, y) in rows.texts() {
            let y = top + y + rows.pitch / 2.0;
            let Some(summary) = boxes.get(text).and_then(Option::as_ref) else {
                canvas.text(count, y, "0", small, Anchor::End);
                continue;
            };
            canvas.text(count, y, &whole(summary.count), small, Anchor::End);
            canvas.line((left, y), (right, y), GRID, 0.75);
            let half = (rows.pitch * 0.31).min(9.0);
            let ink = groups.colour(text);
            let (low, high) = (place(summary.whiskers.0), place(summary.whiskers.1));
            canvas.line((low, y), (high, y), ink, 1.25);
            for x in [low, high] {
                canvas.line((x, y - half / 2.0), (x, y + half / 2.0), ink, 1.25);
            }
            let (low, high) = (place(summary.quartiles.0), place(summary.quartiles.1));
            let (wide, x) = ((high - low).max(2.0), low.min(high - 1.0));
            canvas.rect(x, y - half, wide, 2.0 * half, ink);
            let x = place(summary.median);
            canvas.rect(x - 2.5, y - half - 2.0, 5.0, 2.0 * half + 4.0, PAPER);
            canvas.rect(x - 1.25, y - half - 2.0, 2.5, 2.0 * half + 4.0, INK);
            let x = place(summary.mean);
            canvas.dot(x, y, (half * 0.62).max(2.5), INK);
            canvas.dot(x, y, (half * 0.62).max(2.5) - 1.0, PAPER);
        }
    })
}

/// What a box plot shows of a text.
struct Summary {
    count: u64,
    mean: f64,
    median: f64,
    quartiles: (f64, f64),
    whiskers: (f64, f64),
}

impl Summary {
    /// `None` without sentences.
    fn new(lengths: &[(u32, u64)]) -> Option<Summary> {
        let count = lengths.iter().fold(0_u64, |sum, (_, n)| sum.saturating_add(*n));
        if count == 0 {
            return None;
        }
        let words: f64 = lengths.iter().map(|(w, n)| f64::from(*w) * *n as f64).sum();
        // The shortest length that a share of the sentences do not exceed.
        // The value at a place, from 1, when all stand in order.
        let at = |place: u64| {
            let mut seen = 0_u64;
            for (words, sentences) in lengths {
                seen = seen.saturating_add(*sentences);
                if seen >= place {
                    return f64::from(*words);
                }
            }
            lengths.last().map_or(0.0, |(words, _)| f64::from(*words))
        };
        // Between two values their mean, so that the median is that of the tables.
        let quantile = |per_cent: u64| {
            let hundredfold = u128::from(count) * u128::from(per_cent);
            let place = u64::try_from(hundredfold / 100).unwrap_or(u64::MAX);
            if hundredfold.is_multiple_of(100) {
                (at(place.max(1)) + at(place + 1)) / 2.0
            } else {
                at(place + 1)
            }
        };
        Some(Summary {
            count,
            mean: words / count as f64,
            median: quantile(50),
            quartiles: (quantile(25), quantile(75)),
            whiskers: (quantile(5), quantile(95)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles() {
        assert!(Summary::new(&[]).is_none());
        assert!(Summary::new(&[(3, 0)]).is_none());
        let lengths: Vec<(u32, u64)> = (1..=100).map(|words| (words, 2)).collect();
        let summary = Summary::new(&lengths).expect("there are sentences");
        assert_eq!(summary.count, 200);
        assert_eq!(summary.median, 50.5);
        assert_eq!(summary.quartiles, (25.5, 75.5));
        assert_eq!(summary.whiskers, (5.5, 95.5));
        assert!((summary.mean - 50.5).abs() < 1.0e-9);
    }
}
