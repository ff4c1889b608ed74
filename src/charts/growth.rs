//! Growth of the vocabulary.

use super::layout::{Groups, Head, Legend, limit_note, line_colours, nothing, page};
use super::render::{Anchor, regular};
use super::theme::{AXIS, GRID, INK, LABEL, MARGIN, MAX_LINES, MUTED, SMALL, WIDTH, number, ticks};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name.
pub(crate) const NAME: &str = "vocabulary_growth";

/// Draws the growth of each text's vocabulary. X axis: words read; y axis: different words among them; both
/// linear from 0. Each text is a line, coloured by group (by text when there are at most six texts without
/// groups, otherwise grey). `curves` are parallel to the texts of `data`; of more than 300 the first 300 are
/// drawn.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn growth(data: &ChartData, curves: &[Vec<(f64, f64)>]) -> Result<Chart, ChartError> {
    let mut head = Head {
        name: NAME,
        title: "Growth of the vocabulary",
        subtitle: "Different words against words read. One line for each text; compare texts at the same \
                   number of words."
            .to_owned(),
        notes: Vec::new(),
    };
    let curves = &curves[..curves.len().min(MAX_LINES)];
    let highest = |of: fn(&(f64, f64)) -> f64| curves.iter().flatten().map(of).fold(0.0, f64::max);
    let (words, types) = (highest(|point| point.0), highest(|point| point.1));
    if types == 0.0 {
        return nothing(data, head, "There are no words to count.");
    }
    head.notes.extend(limit_note(data, MAX_LINES));
    let groups = Groups::new(data);
    let (colours, legend) = line_colours(data, &groups, 6);
    let legend = Legend::new(&legend, WIDTH - 2.0 * MARGIN);
    let (left, right) = (MARGIN + 78.0, WIDTH - MARGIN - 10.0);
    let (height, below) = (440.0, 50.0);
    let body = legend.height + 14.0 + height + below;
    let (across, up) = (ticks(words, 6), ticks(types, 5));
    let last = |ticks: &[f64]| ticks.last().copied().unwrap_or(1.0);
    let (most_words, most_types) = (last(&across), last(&up));
    page(data, head, WIDTH, body, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 3.0);
        let top = top + legend.height + 14.0;
        let bottom = top + height;
        let place = |(words, types): (f64, f64)| {
            (left + words / most_words * (right - left), bottom - types / most_types * height)
        };
        let small = regular(SMALL, MUTED);
        for tick in &across {
            let (x, _) = place((*tick, 0.0));
            canvas.line((x, top), (x, bottom), GRID, 1.0);
            canvas.line((x, bottom), (x, bottom + 5.0), AXIS, 1.0);
            canvas.text(x, bottom + 14.0, &number(*tick), small, Anchor::Middle);
        }
        for tick in &up {
            let (_, y) = place((0.0, *tick));
            canvas.line((left, y), (right, y), GRID, 1.0);
            canvas.text(left - 8.0, y, &number(*tick), small, Anchor::End);
        }
        canvas.line((left, bottom), (right, bottom), AXIS, 1.0);
        let kind = regular(LABEL, INK);
        canvas.text((left + right) / 2.0, bottom + 36.0, "words read", kind, Anchor::Middle);
        canvas.upward(MARGIN + 7.0, (top + bottom) / 2.0, "different words", kind, Anchor::Middle);
        let width = if curves.len() > 40 { 0.75 } else { 1.4 };
        for (curve, colour) in curves.iter().zip(&colours) {
            let line: Vec<(f64, f64)> =
                std::iter::once((0.0, 0.0)).chain(curve.iter().copied()).map(place).collect();
            canvas.path(&line, *colour, width);
        }
    })
}
