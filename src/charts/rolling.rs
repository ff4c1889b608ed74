//! Classes along a text.

use plotters::style::RGBColor;

use super::layout::{Head, Legend, nothing, page};
use super::render::{Anchor, Canvas, bold, regular};
use super::theme::{
    AXIS, CATEGORIES, GRID, INK, LABEL, MARGIN, MUTED, PLAIN, SMALL, WIDTH, number, ticks, whole,
};
use super::{Chart, ChartData, ChartError};

/// A text, window by window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RollingChart {
    /// Name of the text.
    pub title: String,
    /// What was counted, and with what.
    pub source: String,
    /// What a score is.
    pub score: String,
    /// Whether the nearest class has the smallest score.
    pub smaller_is_better: bool,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Words of the text.
    pub words: usize,
    /// Words of a window, and from one window to the next.
    pub window: (usize, usize),
    /// By window, the score of each class.
    pub scores: Vec<Vec<f64>>,
    /// Runs of one class: it, its first word and the word after its last.
    pub stretches: Vec<(usize, usize, usize)>,
    /// Words that are marked, such as the beginnings of acts.
    pub milestones: Vec<usize>,
}

/// Stem of the file name.
const NAME: &str = "rolling";
const STRIP: f64 = 22.0;
const LINES: f64 = 220.0;

/// Draws strips of the first and the second class of each window, the stretches without stray windows, and the score
/// of each class as a line. Changes are marked. The eight classes nearest most often have colours of their own.
///
/// # Errors
/// When the drawing fails.
pub fn rolling_chart(chart: &RollingChart) -> Result<Chart, ChartError> {
    let data = ChartData { title: chart.title.clone(), source: chart.source.clone(), ..ChartData::default() };
    let head = Head {
        name: NAME,
        title: "Along the text",
        subtitle: format!(
            "Windows of {} words, one every {}. {}; {} is nearer.",
            whole(chart.window.0 as u64),
            whole(chart.window.1 as u64),
            chart.score,
            if chart.smaller_is_better { "lower" } else { "higher" }
        ),
        notes: Vec::new(),
    };
    if chart.scores.is_empty() || chart.words == 0 {
        return nothing(&data, head, "The text is shorter than a window.");
    }
    let orders: Vec<Vec<usize>> = chart.scores.iter().map(|scores| order(chart, scores)).collect();
    let colours = colours(chart, &orders);
    let colour = |class: usize| colours.get(class).copied().unwrap_or(PLAIN);
    let named = chart.classes.iter().cloned().zip(colours.iter().copied());
    let mut entries: Vec<(String, RGBColor)> = named.filter(|(_, colour)| *colour != PLAIN).collect();
    if chart.classes.len() > entries.len() {
        entries.push(("other classes".to_owned(), PLAIN));
    }
    let legend = Legend::new(&entries, WIDTH - 2.0 * MARGIN);
    let strips = ["nearest", "second", "stretches"];
    let high = legend.height + strips.len() as f64 * (STRIP + 8.0) + 16.0 + LINES + 46.0;
    let frame = Frame { left: MARGIN + 70.0, wide: WIDTH - 2.0 * MARGIN - 76.0, words: chart.words as f64 };
    page(&data, head, WIDTH, high, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 10.0);
        let top = top + legend.height;
        for (place, name) in strips.iter().enumerate() {
            let y = top + place as f64 * (STRIP + 8.0);
            canvas.text(frame.left - 8.0, y + STRIP / 2.0, name, regular(LABEL, INK), Anchor::End);
            if place == 2 {
                for (class, from, to) in &chart.stretches {
                    frame.block(canvas, y, *from as f64, *to as f64, colour(*class));
                }
                continue;
            }
            // Windows of one class in a row are one block, without seams.
            let mut start = 0;
            for run in orders.chunk_by(|a, b| a.get(place) == b.get(place)) {
                let last = start + run.len() - 1;
                let (from, to) = (frame.reach(chart, start).0, frame.reach(chart, last).1);
                if let Some(class) = run[0].get(place) {
                    frame.block(canvas, y, from, to, colour(*class));
                }
                start = last + 1;
            }
        }
        let lines = top + strips.len() as f64 * (STRIP + 8.0) + 16.0;
        frame.lines(canvas, chart, lines, colour);
        let foot = lines + LINES;
        for (_, from, _) in chart.stretches.iter().skip(1) {
            let x = frame.x(*from as f64);
            canvas.line((x, top - 2.0), (x, foot), INK, 1.2);
            canvas.text(x, foot + 30.0, &whole(*from as u64), bold(SMALL, INK), Anchor::Middle);
        }
        for milestone in &chart.milestones {
            frame.dashes(canvas, *milestone as f64, top, foot);
        }
        for tick in ticks(chart.words as f64, 8).into_iter().filter(|tick| *tick <= chart.words as f64) {
            let x = frame.x(tick);
            canvas.line((x, foot), (x, foot + 4.0), AXIS, 1.0);
            canvas.text(x, foot + 13.0, &number(tick), regular(SMALL, MUTED), Anchor::Middle);
        }
        canvas.text(frame.left - 8.0, foot + 13.0, "word", regular(SMALL, MUTED), Anchor::End);
    })
}

/// The classes of a window, the nearest first.
fn order(chart: &RollingChart, scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| {
        let ascending = scores[*a].total_cmp(&scores[*b]);
        if chart.smaller_is_better { ascending } else { ascending.reverse() }
    });
    order
}

/// The colours of the classes: the eight that are nearest most often have their own.
fn colours(chart: &RollingChart, orders: &[Vec<usize>]) -> Vec<RGBColor> {
    let count = |class: &usize| orders.iter().filter(|order| order.first() == Some(class)).count();
    let mut shown: Vec<usize> = (0..chart.classes.len()).collect();
    shown.sort_by_key(|class| std::cmp::Reverse(count(class)));
    shown.truncate(CATEGORIES.len());
    shown.sort_unstable();
    let mut colours = vec![PLAIN; chart.classes.len()];
    for (class, colour) in shown.into_iter().zip(CATEGORIES) {
        colours[class] = colour;
    }
    colours
}

/// The words from left to right.
struct Frame {
    left: f64,
    wide: f64,
    words: f64,
}

impl Frame {
    fn x(&self, word: f64) -> f64 {
        self.left + (word / self.words).clamp(0.0, 1.0) * self.wide
    }

    /// The words that stand for a window: half a step on either side of its middle, the ends of the text included.
    fn reach(&self, chart: &RollingChart, window: usize) -> (f64, f64) {
        let (size, step) = (chart.window.0 as f64, chart.window.1 as f64);
        let middle = window as f64 * step + size / 2.0;
        let from = if window == 0 { 0.0 } else { middle - step / 2.0 };
        let last = window + 1 == chart.scores.len();
        (from, if last { self.words } else { middle + step / 2.0 })
    }

    fn block(&self, canvas: &mut Canvas, y: f64, from: f64, to: f64, ink: RGBColor) {
        canvas.rect(self.x(from), y, self.x(to) - self.x(from), STRIP, ink);
    }

    fn lines(&self, canvas: &mut Canvas, chart: &RollingChart, top: f64, colour: impl Fn(usize) -> RGBColor) {
        let all = || chart.scores.iter().flatten().copied().filter(|score| score.is_finite());
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        if low > high {
            return;
        }
        let spread = (high - low).max(1e-12);
        let y = |score: f64| top + LINES - 6.0 - (score - low) / spread * (LINES - 12.0);
        for score in [low, low + spread / 2.0, high] {
            canvas.line((self.left, y(score)), (self.left + self.wide, y(score)), GRID, 1.0);
            let label = number((score * 1_000.0).round() / 1_000.0);
            canvas.text(self.left - 8.0, y(score), &label, regular(SMALL, MUTED), Anchor::End);
        }
        canvas.line((self.left, top + LINES), (self.left + self.wide, top + LINES), AXIS, 1.0);
        // Classes without a colour first, below the others.
        for class in (0..chart.classes.len()).rev() {
            let points: Vec<(f64, f64)> = chart
                .scores
                .iter()
                .enumerate()
                .filter_map(|(window, scores)| {
                    let score = scores.get(class).copied().filter(|score| score.is_finite())?;
                    let (size, step) = (chart.window.0 as f64, chart.window.1 as f64);
                    Some((self.x(window as f64 * step + size / 2.0), y(score)))
                })
                .collect();
            match points[..] {
                [(x, y)] => canvas.dot(x, y, 3.0, colour(class)),
                _ => canvas.path(&points, colour(class), 1.6),
            }
        }
    }

    fn dashes(&self, canvas: &mut Canvas, word: f64, top: f64, foot: f64) {
        let x = self.x(word);
        let mut y = top;
        while y < foot {
            canvas.line((x, y), (x, (y + 4.0).min(foot)), MUTED, 1.0);
            y += 8.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_window_and_none() {
        let chart = RollingChart {
            classes: vec!["<Ann>".to_owned(), "Bob".to_owned()],
            words: 5_000,
            window: (5_000, 500),
            scores: vec![vec![0.5, 0.5]],
            stretches: vec![(0, 0, 5_000)],
            milestones: vec![1_000],
            ..RollingChart::default()
        };
        let svg = rolling_chart(&chart).unwrap().svg;
        assert!(svg.contains("&lt;Ann&gt;") && !svg.contains("NaN"));
        let empty = RollingChart { scores: Vec::new(), ..chart };
        assert!(rolling_chart(&empty).unwrap().svg.contains("shorter than a window"));
    }
}
