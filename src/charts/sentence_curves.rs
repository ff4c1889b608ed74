//! Lengths of sentences: curves of their distribution.

use plotters::style::RGBColor;

use super::layout::{Groups, Head, Legend, line_colours, nothing, page};
use super::render::{Anchor, Canvas, regular};
use super::theme::{
    AXIS, BAND, BAND_CORE, CATEGORIES, GRID, INK, LABEL, MARGIN, MUTED, SMALL, WIDTH, number, ticks, whole,
};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name.
pub(crate) const NAME: &str = "sentence_length_distributions";

/// Sentences longer than this are counted as this long.
const LONGEST: u32 = 1000;
/// Texts up to which each has a curve of its own.
const TEXTS: usize = 6;
/// Sentences a text must have to count for the bands.
const SENTENCES: f64 = 50.0;
/// Texts of that size that make bands worth drawing.
const BAND_TEXTS: usize = 5;

/// Draws how sentence lengths are distributed. X axis: words in a sentence, to
/// about the length that 99 % of the sentences do not exceed; y axis: per cent
/// of the sentences, smoothed over neighbouring lengths (the chart says how
/// many). The whole corpus is a thick dark curve. Two to eight groups have a
/// curve each, otherwise up to six texts have one each; with more texts, bands
/// show between which values the curves of half and of four fifths of the texts
/// run, texts with less than 50 sentences left aside.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let mut head = Head {
        name: NAME,
        title: "Distribution of sentence lengths",
        subtitle: String::new(),
        notes: Vec::new(),
    };
    let groups = Groups::new(data);
    let counts = Counts::new(data, &groups);
    let Some(last) = counts.last() else {
        return nothing(data, head, "There are no sentences to measure.");
    };
    let axis = ticks(f64::from(last.max(5)), 8);
    let end = axis.last().copied().unwrap_or(1.0);
    let reach = ((end / 35.0).round() as i64).max(2);
    head.subtitle = format!(
        "Per cent of the sentences by number of words, smoothed over {} neighbouring lengths. \
         {} sentences; longer than {} words and not shown: {}.",
        2 * reach + 1,
        whole(counts.total() as u64),
        number(end),
        whole(counts.beyond(end) as u64)
    );
    let corpus = smooth(&counts.corpus, end, reach);
    let mut curves = Vec::new();
    let mut bands = Vec::new();
    let mut legend = vec![("whole corpus".to_owned(), INK)];
    if groups.coloured() || data.documents.len() <= TEXTS {
        let (_, entries) = line_colours(data, &groups, TEXTS);
        legend.extend(entries);
        let series = counts.series.iter().zip(CATEGORIES);
        curves = series.map(|(own, ink)| (smooth(own, end, reach), ink)).collect();
    } else {
        let large = counts.series.iter().filter(|own| sum(own) >= SENTENCES);
        let large: Vec<Vec<f64>> = large.map(|own| smooth(own, end, reach)).collect();
        if large.len() >= BAND_TEXTS {
            bands = vec![(band(&large, 0.1, 0.9), BAND), (band(&large, 0.25, 0.75), BAND_CORE)];
            legend.push(("half of the texts".to_owned(), BAND_CORE));
            legend.push(("four fifths of the texts".to_owned(), BAND));
            head.notes.push(format!(
                "Bands: the {} texts with at least {SENTENCES} sentences.",
                whole(large.len() as u64)
            ));
        }
    }
    let edges = bands.iter().flat_map(|(edges, _)| edges.iter().map(|edge| edge.1));
    let heights = curves.iter().flat_map(|(shares, _)| shares.iter().copied());
    let highest = corpus.iter().copied().chain(edges).chain(heights);
    let heights = ticks(highest.fold(0.0, f64::max), 5);
    let legend = Legend::new(&legend, WIDTH - 2.0 * MARGIN);
    let tall = 400.0;
    let body = legend.height + 14.0 + tall + 48.0;
    page(data, head, WIDTH, body, |canvas, top| {
        legend.draw(canvas, MARGIN, top, if bands.is_empty() { 3.0 } else { 8.0 });
        let top = top + legend.height + 14.0;
        let panel = Panel {
            left: MARGIN + 62.0,
            right: WIDTH - MARGIN - 10.0,
            top,
            bottom: top + tall,
            end,
            high: heights.last().copied().unwrap_or(1.0),
        };
        for (edges, ink) in &bands {
            panel.band(canvas, edges, *ink);
        }
        panel.axes(canvas, &axis, &heights);
        panel.curve(canvas, &corpus, INK, 2.75);
        for (shares, ink) in &curves {
            panel.curve(canvas, shares, *ink, 1.6);
        }
    })
}

fn sum(counts: &[f64]) -> f64 {
    counts.iter().sum()
}

/// Numbers of sentences by length, from 0 words on.
struct Counts {
    corpus: Vec<f64>,
    /// By group where groups have colours, else by text.
    series: Vec<Vec<f64>>,
}

impl Counts {
    fn new(data: &ChartData, groups: &Groups) -> Counts {
        let size = if groups.coloured() { groups.names.len() } else { data.documents.len() };
        let mut corpus = Vec::new();
        let mut series = vec![Vec::new(); size];
        for (text, document) in data.documents.iter().enumerate() {
            let place = if groups.coloured() { groups.of(text) } else { text };
            for (words, sentences) in &document.sentence_lengths {
                let index = (*words).min(LONGEST) as usize;
                for counts in series.get_mut(place).into_iter().chain([&mut corpus]) {
                    if counts.len() <= index {
                        counts.resize(index + 1, 0.0);
                    }
                    if let Some(count) = counts.get_mut(index) {
                        *count += *sentences as f64;
                    }
                }
            }
        }
        Counts { corpus, series }
    }

    fn total(&self) -> f64 {
        sum(&self.corpus)
    }

    /// The length that 99 % of the sentences do not exceed.
    fn last(&self) -> Option<u32> {
        let total = self.total();
        let mut seen = 0.0;
        let found = self.corpus.iter().position(|count| {
            seen += count;
            seen >= 0.99 * total
        })?;
        (total > 0.0).then_some(found as u32)
    }

    /// Number of sentences with more than `end` words.
    fn beyond(&self, end: f64) -> f64 {
        self.corpus.iter().skip(end as usize + 1).sum()
    }
}

/// Shares in per cent for 1 to `end` words, each the mean of its neighbours up
/// to `reach` words away, the nearer ones weighing more. Empty without counts.
fn smooth(counts: &[f64], end: f64, reach: i64) -> Vec<f64> {
    let total = sum(counts);
    if total <= 0.0 {
        return Vec::new();
    }
    let share = |words: i64| {
        // Below one word the distribution is mirrored, so that nothing is lost.
        let words = if words < 1 { 1 - words } else { words };
        counts.get(words as usize).copied().unwrap_or(0.0) / total * 100.0
    };
    let weights = ((reach + 1) * (reach + 1)) as f64;
    (1..=end as i64)
        .map(|middle| {
            (-reach..=reach)
                .map(|step| share(middle + step) * (reach + 1 - step.abs()) as f64 / weights)
                .sum()
        })
        .collect()
}

/// The values that shares `low` and `high` of the curves stay below.
fn band(curves: &[Vec<f64>], low: f64, high: f64) -> Vec<(f64, f64)> {
    let length = curves.iter().map(Vec::len).max().unwrap_or(0);
    (0..length)
        .map(|index| {
            let values = curves.iter().filter_map(|curve| curve.get(index).copied());
            let mut values: Vec<f64> = values.collect();
            values.sort_by(f64::total_cmp);
            let last = values.len().saturating_sub(1) as f64;
            let at = |share: f64| {
                let value = values.get((share * last).round() as usize);
                value.copied().unwrap_or(0.0)
            };
            (at(low), at(high))
        })
        .collect()
}

/// Where the panel stands and what its axes reach to.
struct Panel {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    end: f64,
    high: f64,
}

impl Panel {
    fn across(&self, words: f64) -> f64 {
        self.left + words / self.end * (self.right - self.left)
    }

    fn up(&self, share: f64) -> f64 {
        self.bottom - share.min(self.high) / self.high * (self.bottom - self.top)
    }

    /// Points of values for 1, 2, 3 … words.
    fn points(&self, values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
        let place = |(index, share): (usize, f64)| (self.across(index as f64 + 1.0), self.up(share));
        values.enumerate().map(place).collect()
    }

    fn curve(&self, canvas: &mut Canvas, shares: &[f64], ink: RGBColor, width: f64) {
        let points = self.points(shares.iter().copied());
        if points.len() > 1 {
            canvas.path(&points, ink, width);
        }
    }

    fn band(&self, canvas: &mut Canvas, edges: &[(f64, f64)], ink: RGBColor) {
        let mut points = self.points(edges.iter().map(|edge| edge.0));
        let upper = self.points(edges.iter().map(|edge| edge.1));
        points.extend(upper.into_iter().rev());
        canvas.polygon(&points, ink);
    }

    fn axes(&self, canvas: &mut Canvas, words: &[f64], shares: &[f64]) {
        let small = regular(SMALL, MUTED);
        for tick in words {
            let x = self.across(*tick);
            canvas.line((x, self.top), (x, self.bottom), GRID, 1.0);
            let label = number(*tick);
            canvas.text(x, self.bottom + 12.0, &label, small, Anchor::Middle);
        }
        for tick in shares {
            let y = self.up(*tick);
            canvas.line((self.left, y), (self.right, y), GRID, 1.0);
            canvas.text(self.left - 8.0, y, &number(*tick), small, Anchor::End);
        }
        let (from, to) = ((self.left, self.bottom), (self.right, self.bottom));
        canvas.line(from, to, AXIS, 1.0);
        let kind = regular(LABEL, INK);
        let (x, y) = ((self.left + self.right) / 2.0, self.bottom + 34.0);
        canvas.text(x, y, "words in a sentence", kind, Anchor::Middle);
        let y = (self.top + self.bottom) / 2.0;
        let title = "per cent of the sentences";
        canvas.upward(MARGIN + 7.0, y, title, kind, Anchor::Middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_hold_all_sentences() {
        let mut counts = vec![0.0; 40];
        counts[1] = 3.0;
        counts[20] = 7.0;
        for reach in [2, 9] {
            let all = sum(&smooth(&counts, 60.0, reach));
            assert!((all - 100.0).abs() < 1.0e-9);
        }
        assert!(smooth(&[], 60.0, 2).is_empty());
    }

    #[test]
    fn bands_lie_between_the_curves() {
        let curves: Vec<Vec<f64>> = (0..=10).map(|n| vec![f64::from(n); 3]).collect();
        assert_eq!(band(&curves, 0.1, 0.9), vec![(1.0, 9.0); 3]);
        assert!(band(&[], 0.1, 0.9).is_empty());
    }
}
