//! Words that one set of texts prefers and avoids.

use super::layout::{Head, nothing, page};
use super::render::{Anchor, Canvas, bold, regular};
use super::theme::{AXIS, CATEGORIES, GRID, INK, LABEL, MARGIN, MUTED, SMALL, WIDTH, number, shorten};
use super::{Chart, ChartData, ChartError};

/// The most distinctive words of two sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ZetaChart {
    /// Name of the corpus.
    pub title: String,
    /// What was counted, and with what.
    pub source: String,
    /// Name of the contrast and what its numbers are.
    pub contrast: String,
    /// Names of the primary and the secondary set.
    pub sets: [String; 2],
    /// Words that the primary set prefers, then those that it avoids, each the most distinctive first.
    pub words: [Vec<ZetaBar>; 2],
}

/// A word of the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ZetaBar {
    /// The word.
    pub word: String,
    /// The contrast; its sign does not show.
    pub score: f64,
    /// Its interval, where it has one.
    pub interval: Option<(f64, f64)>,
}

/// Stem of the file name.
const NAME: &str = "zeta";
/// Words on either side.
const WORDS: usize = 40;
const PITCH: f64 = 17.0;

/// Draws two panels of bars: on the left the words that the primary set prefers, on the right those that it avoids,
/// at most 40 each. Whiskers are intervals.
///
/// # Errors
/// When the drawing fails.
pub fn zeta_chart(chart: &ZetaChart) -> Result<Chart, ChartError> {
    let data = ChartData { title: chart.title.clone(), source: chart.source.clone(), ..ChartData::default() };
    let head = Head {
        name: NAME,
        title: "Distinctive words",
        subtitle: format!("{}; the most distinctive first.", chart.contrast),
        notes: Vec::new(),
    };
    let rows = chart.words.iter().map(|words| words.len().min(WORDS)).max().unwrap_or(0);
    if rows == 0 {
        return nothing(&data, head, "No word is distinctive.");
    }
    let bars = || chart.words.iter().flat_map(|words| words.iter().take(WORDS));
    let reach = |bar: &ZetaBar| {
        let (low, high) = bar.interval.unwrap_or((bar.score, bar.score));
        low.abs().max(high.abs()).max(bar.score.abs())
    };
    let most = bars().map(reach).filter(|most| most.is_finite()).fold(0.0, f64::max).max(1e-9);
    let [primary, secondary] = &chart.sets;
    let titles = [format!("{primary} prefers"), format!("{primary} avoids ({secondary} prefers)")];
    let panel = (WIDTH - 2.0 * MARGIN - 40.0) / 2.0;
    page(&data, head, WIDTH, 34.0 + rows as f64 * PITCH + 24.0, |canvas, top| {
        for (side, (words, title)) in chart.words.iter().zip(&titles).enumerate() {
            let left = MARGIN + side as f64 * (panel + 40.0);
            let title = shorten(title, LABEL, true, panel);
            canvas.text(left, top + 8.0, &title, bold(LABEL, INK), Anchor::Start);
            let scale = Scale { left: left + 130.0, wide: panel - 140.0, most };
            scale.grid(canvas, top + 24.0, rows as f64 * PITCH);
            for (row, bar) in words.iter().take(WORDS).enumerate() {
                let y = top + 24.0 + (row as f64 + 0.5) * PITCH;
                let word = shorten(&bar.word, LABEL, false, 120.0);
                canvas.text(scale.left - 7.0, y, &word, regular(LABEL, INK), Anchor::End);
                scale.bar(canvas, y, bar, side);
            }
        }
    })
}

/// Where the bars of a panel are.
struct Scale {
    left: f64,
    wide: f64,
    most: f64,
}

impl Scale {
    fn x(&self, value: f64) -> f64 {
        self.left + (value / self.most).clamp(0.0, 1.0) * self.wide
    }

    fn grid(&self, canvas: &mut Canvas, top: f64, high: f64) {
        for share in [0.0, 0.5, 1.0] {
            let x = self.left + share * self.wide;
            canvas.line((x, top), (x, top + high), if share > 0.0 { GRID } else { AXIS }, 1.0);
            let label = number((share * self.most * 1_000.0).round() / 1_000.0);
            canvas.text(x, top + high + 12.0, &label, regular(SMALL, MUTED), Anchor::Middle);
        }
    }

    fn bar(&self, canvas: &mut Canvas, y: f64, bar: &ZetaBar, side: usize) {
        let sign = if side == 0 { 1.0 } else { -1.0 };
        let end = self.x(bar.score * sign);
        canvas.rect(self.left, y - 5.5, end - self.left, 11.0, CATEGORIES[side]);
        if let Some((low, high)) = bar.interval {
            let (from, to) = (self.x((low * sign).min(high * sign)), self.x((low * sign).max(high * sign)));
            canvas.line((from, y), (to, y), INK, 1.0);
            for x in [from, to] {
                canvas.line((x, y - 3.0), (x, y + 3.0), INK, 1.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_side_may_be_empty() {
        let bar = |word: &str, score| ZetaBar { word: word.to_owned(), score, interval: Some((0.1, 0.9)) };
        let chart = ZetaChart {
            sets: ["<a>".to_owned(), "b".to_owned()],
            words: [vec![bar("&", 0.4), bar("x", 0.3)], Vec::new()],
            ..ZetaChart::default()
        };
        let svg = zeta_chart(&chart).unwrap().svg;
        assert!(svg.contains("&lt;a&gt; prefers") && svg.contains("&amp;"));
        assert!(zeta_chart(&ZetaChart::default()).unwrap().svg.contains("No word is distinctive"));
        let strange = ZetaChart { words: [vec![bar("x", f64::NAN)], Vec::new()], ..ZetaChart::default() };
        assert!(!zeta_chart(&strange).unwrap().svg.contains("NaN"));
    }
}
