//! Classes along a text.

use plotters::style::RGBColor;

use super::layout::{Head, Legend, nothing, page};
use super::render::{Anchor, Canvas, bold, regular};
use super::theme::{
    AXIS, CATEGORIES, GRID, INK, LABEL, MARGIN, MUTED, PLAIN, SMALL, WIDTH, number, shorten, ticks, whole,
};
use super::{Chart, ChartData, ChartError};

/// Texts, window by window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RollingChart {
    /// What was counted, and with what.
    pub source: String,
    /// What a score is.
    pub score: String,
    /// Whether the nearest class has the smallest score.
    pub smaller_is_better: bool,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Words of a window, and from one window to the next.
    pub window: (usize, usize),
    /// The texts, one below the other.
    pub texts: Vec<RollingText>,
}

/// A text of the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RollingText {
    /// Its name.
    pub name: String,
    /// Its words.
    pub words: usize,
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
const STRIPS: [&str; 3] = ["nearest", "second", "stretches"];
/// Height of the name above a text, where there are several.
const NAMED: f64 = 30.0;
/// Height of a text with the numbers below it.
const HIGH: f64 = STRIPS.len() as f64 * (STRIP + 8.0) + 16.0 + LINES + 46.0;

/// Draws for each text strips of the first and the second class of each window, the stretches without stray windows,
/// and the score of each class as a line. Changes are marked. The eight classes nearest most often have colours of
/// their own.
///
/// # Errors
/// When the drawing fails.
pub fn rolling_chart(chart: &RollingChart) -> Result<Chart, ChartError> {
    let title = match chart.texts.as_slice() {
        [text] => text.name.clone(),
        texts => format!("{} texts", whole(texts.len() as u64)),
    };
    let data = ChartData { title, source: chart.source.clone(), ..ChartData::default() };
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
    let texts: Vec<&RollingText> =
        chart.texts.iter().filter(|text| !text.scores.is_empty() && text.words > 0).collect();
    if texts.is_empty() {
        return nothing(&data, head, "The text is shorter than a window.");
    }
    let orders: Vec<Vec<Vec<usize>>> =
        texts.iter().map(|text| text.scores.iter().map(|scores| order(chart, scores)).collect()).collect();
    let colours = colours(chart, &orders);
    let colour = |class: usize| colours.get(class).copied().unwrap_or(PLAIN);
    let named = chart.classes.iter().cloned().zip(colours.iter().copied());
    let mut entries: Vec<(String, RGBColor)> = named.filter(|(_, colour)| *colour != PLAIN).collect();
    if chart.classes.len() > entries.len() {
        entries.push(("other classes".to_owned(), PLAIN));
    }
    let legend = Legend::new(&entries, WIDTH - 2.0 * MARGIN);
    let above = if texts.len() > 1 { NAMED } else { 0.0 };
    let high = legend.height + texts.len() as f64 * (above + HIGH);
    page(&data, head, WIDTH, high, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 10.0);
        let mut top = top + legend.height;
        for (text, orders) in texts.iter().zip(&orders) {
            if above > 0.0 {
                let name = shorten(&text.name, LABEL, true, WIDTH - 2.0 * MARGIN);
                canvas.text(MARGIN, top + above / 2.0 - 4.0, &name, bold(LABEL, INK), Anchor::Start);
            }
            let frame =
                Frame { left: MARGIN + 70.0, wide: WIDTH - 2.0 * MARGIN - 76.0, window: chart.window, text };
            frame.draw(canvas, top + above, orders, colour);
            top += above + HIGH;
        }
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
fn colours(chart: &RollingChart, orders: &[Vec<Vec<usize>>]) -> Vec<RGBColor> {
    let count = |class: &usize| orders.iter().flatten().filter(|order| order.first() == Some(class)).count();
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

/// The words of a text from left to right.
struct Frame<'a> {
    left: f64,
    wide: f64,
    window: (usize, usize),
    text: &'a RollingText,
}

impl Frame<'_> {
    /// Draws the text; `orders` has the classes of each window, the nearest first.
    fn draw(
        &self,
        canvas: &mut Canvas,
        top: f64,
        orders: &[Vec<usize>],
        colour: impl Fn(usize) -> RGBColor + Copy,
    ) {
        for (place, name) in STRIPS.iter().enumerate() {
            let y = top + place as f64 * (STRIP + 8.0);
            canvas.text(self.left - 8.0, y + STRIP / 2.0, name, regular(LABEL, INK), Anchor::End);
            if place == 2 {
                for (class, from, to) in &self.text.stretches {
                    self.block(canvas, y, *from as f64, *to as f64, colour(*class));
                }
                continue;
            }
            // Windows of one class in a row are one block, without seams.
            let mut start = 0;
            for run in orders.chunk_by(|a, b| a.get(place) == b.get(place)) {
                let last = start + run.len() - 1;
                let (from, to) = (self.reach(start).0, self.reach(last).1);
                if let Some(class) = run[0].get(place) {
                    self.block(canvas, y, from, to, colour(*class));
                }
                start = last + 1;
            }
        }
        let lines = top + STRIPS.len() as f64 * (STRIP + 8.0) + 16.0;
        self.lines(canvas, lines, colour);
        let foot = lines + LINES;
        for (_, from, _) in self.text.stretches.iter().skip(1) {
            let x = self.x(*from as f64);
            canvas.line((x, top - 2.0), (x, foot), INK, 1.2);
            canvas.text(x, foot + 30.0, &whole(*from as u64), bold(SMALL, INK), Anchor::Middle);
        }
        for milestone in &self.text.milestones {
            self.dashes(canvas, *milestone as f64, top, foot);
        }
        let words = self.text.words as f64;
        for tick in ticks(words, 8).into_iter().filter(|tick| *tick <= words) {
            let x = self.x(tick);
            canvas.line((x, foot), (x, foot + 4.0), AXIS, 1.0);
            canvas.text(x, foot + 13.0, &number(tick), regular(SMALL, MUTED), Anchor::Middle);
        }
        canvas.text(self.left - 8.0, foot + 13.0, "word", regular(SMALL, MUTED), Anchor::End);
    }

    fn x(&self, word: f64) -> f64 {
        self.left + (word / self.text.words as f64).clamp(0.0, 1.0) * self.wide
    }

    /// The words that stand for a window: half a step on either side of its middle, the ends of the text included.
    fn reach(&self, window: usize) -> (f64, f64) {
        let (size, step) = (self.window.0 as f64, self.window.1 as f64);
        let middle = window as f64 * step + size / 2.0;
        let from = if window == 0 { 0.0 } else { middle - step / 2.0 };
        let last = window + 1 == self.text.scores.len();
        (from, if last { self.text.words as f64 } else { middle + step / 2.0 })
    }

    fn block(&self, canvas: &mut Canvas, y: f64, from: f64, to: f64, ink: RGBColor) {
        canvas.rect(self.x(from), y, self.x(to) - self.x(from), STRIP, ink);
    }

    fn lines(&self, canvas: &mut Canvas, top: f64, colour: impl Fn(usize) -> RGBColor) {
        let all = || self.text.scores.iter().flatten().copied().filter(|score| score.is_finite());
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
        for class in (0..self.text.scores.first().map_or(0, Vec::len)).rev() {
            let points: Vec<(f64, f64)> = self
                .text
                .scores
                .iter()
                .enumerate()
                .filter_map(|(window, scores)| {
                    let score = scores.get(class).copied().filter(|score| score.is_finite())?;
                    let (size, step) = (self.window.0 as f64, self.window.1 as f64);
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
        let text = RollingText {
            name: "a & b".to_owned(),
            words: 5_000,
            scores: vec![vec![0.5, 0.5]],
            stretches: vec![(0, 0, 5_000)],
            milestones: vec![1_000],
        };
        let chart = RollingChart {
            classes: vec!["<Ann>".to_owned(), "Bob".to_owned()],
            window: (5_000, 500),
            texts: vec![text.clone(), RollingText { name: "c".to_owned(), ..text }],
            ..RollingChart::default()
        };
        let svg = rolling_chart(&chart).unwrap().svg;
        assert!(svg.contains("&lt;Ann&gt;") && svg.contains("a &amp; b") && !svg.contains("NaN"));
        let empty = RollingChart { texts: Vec::new(), ..chart };
        assert!(rolling_chart(&empty).unwrap().svg.contains("shorter than a window"));
    }
}
