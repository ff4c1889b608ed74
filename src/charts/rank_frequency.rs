//! Rank against frequency of words.

use super::layout::{Groups, Head, Legend, limit_note, line_colours, nothing, page};
use super::render::{Anchor, Canvas, regular};
use super::theme::{AXIS, GRID, INK, LABEL, MARGIN, MAX_LINES, MAX_ROWS, MUTED, SMALL, WIDTH, number};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name.
pub(crate) const NAME: &str = "rank_frequency";

/// The most points of a line.
const POINTS: usize = 200;

/// Draws the frequencies of words by rank. X axis: rank of the word among the
/// words of its text, the most frequent first; y axis: occurrences per million
/// words; both logarithmic. Each text is a thin line, coloured by group (by
/// text when there are at most six texts without groups, otherwise grey), the
/// whole corpus a thick dark line. Of more than 300 texts the first 300 are
/// drawn. Lines run through at most 200 points, evenly spaced along the
/// logarithm of the rank.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let mut head = Head {
        name: NAME,
        title: "Word frequency by rank",
        subtitle: "Occurrences per million words against the rank of the word, \
                   both axes logarithmic. One line for each text."
            .to_owned(),
        notes: Vec::new(),
    };
    let most = match data.documents.len() {
        0..=MAX_ROWS => POINTS,
        many => (24_000 / many.min(MAX_LINES)).min(POINTS),
    };
    let lines: Vec<Vec<(f64, f64)>> =
        data.documents.iter().take(MAX_LINES).map(|document| sample(&document.frequencies, most)).collect();
    let corpus = sample(&data.corpus_frequencies, POINTS);
    let mut points = lines.iter().chain([&corpus]).flatten().copied().peekable();
    if points.peek().is_none() {
        return nothing(data, head, "There are no words to rank.");
    }
    let (mut last_rank, mut low, mut high) = (0.0_f64, f64::INFINITY, f64::NEG_INFINITY);
    for (rank, frequency) in points {
        last_rank = last_rank.max(rank);
        low = low.min(frequency);
        high = high.max(frequency);
    }
    head.notes.extend(limit_note(data, MAX_LINES));

    let groups = Groups::new(data);
    let (colours, mut legend) = line_colours(data, &groups, 6);
    legend.insert(0, ("whole corpus".to_owned(), INK));
    let legend = Legend::new(&legend, WIDTH - 2.0 * MARGIN);
    let (left, right) = (MARGIN + 78.0, WIDTH - MARGIN - 10.0);
    let (plot_height, below) = (480.0, 50.0);
    let body = legend.height + 14.0 + plot_height + below;
    page(data, head, WIDTH, body, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 3.0);
        let top = top + legend.height + 14.0;
        let frame = Frame {
            x: (left, right),
            y: (top, top + plot_height),
            ranks: (0.0, (last_rank + 0.05).max(0.5)),
            rates: ((low - 0.1).min(high - 1.0), high + 0.1),
        };
        frame.axes(canvas);
        let thin = if lines.len() > 40 { 0.75 } else { 1.1 };
        for (line, colour) in lines.iter().zip(&colours) {
            frame.line(canvas, line, *colour, thin);
        }
        frame.line(canvas, &corpus, INK, 2.75);
        if lines.len() == 1
            && let (Some(line), Some(colour)) = (lines.first(), colours.first())
        {
            // The corpus is this text: both lines must be seen.
            frame.line(canvas, line, *colour, 1.1);
        }
    })
}

/// The points (log10 of rank, log10 of occurrences per million) of a list of
/// descending counts, at most `most` of them.
fn sample(counts: &[u64], most: usize) -> Vec<(f64, f64)> {
    let counts: Vec<u64> = counts.iter().copied().take_while(|n| *n > 0).collect();
    let total: f64 = counts.iter().map(|n| *n as f64).sum();
    let last = counts.len();
    let most = most.max(2);
    let mut ranks: Vec<usize> = if last <= most {
        (1..=last).collect()
    } else {
        let step = (last as f64).ln() / (most - 1) as f64;
        (0..most).map(|index| ((index as f64 * step).exp().round() as usize).clamp(1, last)).collect()
    };
    ranks.dedup();
    ranks
        .into_iter()
        .filter_map(|rank| {
            let count = *counts.get(rank - 1)? as f64;
            Some(((rank as f64).log10(), (count / total * 1.0e6).log10()))
        })
        .collect()
}

/// The panel: where it stands and the powers of ten at its edges.
struct Frame {
    x: (f64, f64),
    y: (f64, f64),
    ranks: (f64, f64),
    rates: (f64, f64),
}

impl Frame {
    fn place(&self, (rank, rate): (f64, f64)) -> (f64, f64) {
        let across = (rank - self.ranks.0) / (self.ranks.1 - self.ranks.0);
        let down = (self.rates.1 - rate) / (self.rates.1 - self.rates.0);
        (self.x.0 + across * (self.x.1 - self.x.0), self.y.0 + down * (self.y.1 - self.y.0))
    }

    fn line(&self, canvas: &mut Canvas, points: &[(f64, f64)], ink: plotters::style::RGBColor, width: f64) {
        let placed: Vec<(f64, f64)> = points.iter().map(|p| self.place(*p)).collect();
        match placed.as_slice() {
            [] => {}
            [(x, y)] => canvas.dot(*x, *y, width * 1.8, ink),
            line => canvas.path(line, ink, width),
        }
    }

    fn axes(&self, canvas: &mut Canvas) {
        let small = regular(SMALL, MUTED);
        for power in decades(self.ranks) {
            let (x, _) = self.place((power, self.rates.0));
            canvas.line((x, self.y.0), (x, self.y.1), GRID, 1.0);
            canvas.line((x, self.y.1), (x, self.y.1 + 5.0), AXIS, 1.0);
            let label = number(10f64.powf(power));
            canvas.text(x, self.y.1 + 14.0, &label, small, Anchor::Middle);
        }
        for power in decades(self.rates) {
            let (_, y) = self.place((self.ranks.0, power));
            canvas.line((self.x.0, y), (self.x.1, y), GRID, 1.0);
            let label = number(10f64.powf(power));
            canvas.text(self.x.0 - 8.0, y, &label, small, Anchor::End);
        }
        canvas.line((self.x.0, self.y.1), (self.x.1, self.y.1), AXIS, 1.0);
        let kind = regular(LABEL, INK);
        let middle = (self.x.0 + self.x.1) / 2.0;
        canvas.text(middle, self.y.1 + 36.0, "rank of the word", kind, Anchor::Middle);
        let middle = (self.y.0 + self.y.1) / 2.0;
        let title = "occurrences per million words";
        canvas.upward(MARGIN + 7.0, middle, title, kind, Anchor::Middle);
    }
}

/// The whole powers of ten of a range.
fn decades((from, to): (f64, f64)) -> impl Iterator<Item = f64> {
    let (from, to) = (from.ceil() as i32, to.floor() as i32);
    (from..=to).map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_small_and_keep_their_ends() {
        let counts: Vec<u64> = (1..=50_000u64).map(|rank| 1 + 60_000 / rank).collect();
        let points = sample(&counts, POINTS);
        assert!(points.len() <= POINTS && points.len() > 100);
        assert_eq!(points.first().map(|p| p.0), Some(0.0));
        assert!((points[points.len() - 1].0 - 50_000f64.log10()).abs() < 1.0e-9);
        assert!(points.windows(2).all(|p| p[0].0 < p[1].0 && p[0].1 >= p[1].1));
    }

    #[test]
    fn degenerate_counts() {
        assert!(sample(&[], POINTS).is_empty());
        assert!(sample(&[0, 0], POINTS).is_empty());
        assert_eq!(sample(&[7], POINTS), vec![(0.0, 6.0)]);
    }
}
