//! Key words both ways, with intervals.

use super::layout::{Head, page};
use super::render::{Anchor, bold, regular, text_width};
use super::theme::{
    AXIS, CATEGORIES, GRID, INK, LABEL, MARGIN, MUTED, PAPER, SMALL, WIDTH, number, shorten, ticks,
};
use super::{Chart, ChartData, ChartError};

/// The most comparisons that get a panel.
const PANELS: usize = 8;
/// Height of a row.
const ROW: f64 = 19.0;
/// Bounds beyond this many doublings run off the panel.
const MOST: f64 = 12.0;

/// A comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyPanel {
    /// Name of the target.
    pub target: String,
    /// Name of the reference.
    pub reference: String,
    /// What is more frequent in the target, first things first.
    pub for_target: Vec<KeyBar>,
    /// What is more frequent in the reference.
    pub for_reference: Vec<KeyBar>,
}

/// A key word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyBar {
    /// The word.
    pub name: String,
    /// Its log ratio.
    pub value: f64,
    /// The interval of that, a bound that is infinite left out.
    pub interval: (Option<f64>, Option<f64>),
    /// Key because of one text.
    pub flagged: bool,
}

/// Draws, for each comparison, the words that favour the target and those that favour the reference. X axis: log
/// ratio, 1 for each doubling; the thin line is its interval, open at an arrow where it has no end. Words that
/// are key because of one text have an open bar and a star. Of more than eight comparisons the first eight are
/// drawn.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn keyness(title: &str, source: &str, panels: &[KeyPanel]) -> Result<Chart, ChartError> {
    let data = ChartData { title: title.to_owned(), source: source.to_owned(), ..ChartData::default() };
    let shown = &panels[..panels.len().min(PANELS)];
    let bars = || shown.iter().flat_map(|panel| panel.for_target.iter().chain(&panel.for_reference));
    let mut notes = Vec::new();
    if bars().any(|bar| bar.flagged) {
        notes.push(
            "* Key because of one text: look at it before you claim anything of the others.".to_owned(),
        );
    }
    if panels.len() > PANELS {
        notes.push(format!(
            "The first {PANELS} of {} comparisons are shown; the table holds all.",
            panels.len()
        ));
    }
    let head = Head {
        name: "keyness",
        title: "Key words",
        subtitle:
            "Log ratio: 1 is twice as frequent, 2 four times. Thin lines: 95 % intervals, corrected for \
                   the number of words tested."
                .to_owned(),
        notes,
    };
    let extent = bars().map(|bar| {
        let far = |bound: Option<f64>| bound.map_or(0.0, f64::abs);
        bar.value.abs().max(far(bar.interval.0)).max(far(bar.interval.1)).min(MOST)
    });
    let axis = ticks(extent.fold(0.5, f64::max), 4);
    let most = axis.last().copied().unwrap_or(1.0);
    let label = bars().map(|bar| text_width(&bar.name.chars().take(60).collect::<String>(), LABEL, false));
    let label = (label.fold(0.0, f64::max) + 24.0).clamp(60.0, 260.0);
    let (left, right) = (MARGIN + label, WIDTH - MARGIN - 12.0);
    let centre = f64::midpoint(left, right);
    let scale = (right - left) / 2.0 / most;
    let rows = |panel: &KeyPanel| panel.for_target.len() + panel.for_reference.len();
    let height = |panel: &KeyPanel| 74.0 + ROW * rows(panel).max(1) as f64;
    let body: f64 = shown.iter().map(height).sum();
    page(&data, head, WIDTH, body, |canvas, top| {
        let mut top = top;
        for panel in shown {
            let names = format!("{}, against {}", panel.target, panel.reference);
            let names = shorten(&names, LABEL, true, right - left);
            canvas.text(left, top + 14.0, &names, bold(LABEL, INK), Anchor::Start);
            let (first, last) = (top + 28.0, top + 28.0 + ROW * rows(panel).max(1) as f64);
            let small = regular(SMALL, MUTED);
            for tick in axis.iter().flat_map(|tick| [-tick, *tick]) {
                let x = centre + tick * scale;
                canvas.line((x, first), (x, last), if tick == 0.0 { AXIS } else { GRID }, 1.0);
                canvas.text(x, last + 12.0, &number(tick), small, Anchor::Middle);
            }
            let all = panel.for_target.iter().map(|bar| (bar, CATEGORIES[0]));
            let all = all.chain(panel.for_reference.iter().map(|bar| (bar, CATEGORIES[6])));
            for ((bar, colour), row) in all.zip(0_u32..) {
                let y = first + (f64::from(row) + 0.5) * ROW;
                let name = if bar.flagged { format!("{} *", bar.name) } else { bar.name.clone() };
                let name = shorten(&name, LABEL, false, label - 10.0);
                canvas.text(left - 8.0, y, &name, regular(LABEL, INK), Anchor::End);
                let place = |value: f64| centre + value.clamp(-most, most) * scale;
                let (from, to) = (centre.min(place(bar.value)), centre.max(place(bar.value)));
                canvas.rect(from, y - 5.0, to - from, 10.0, colour);
                if bar.flagged && to - from > 3.0 {
                    canvas.rect(from + 1.2, y - 3.8, to - from - 2.4, 7.6, PAPER);
                }
                let (low, high) = (bar.interval.0.map_or(left, place), bar.interval.1.map_or(right, place));
                canvas.line((low, y), (high, y), INK, 1.0);
                let ends = [(low, bar.interval.0.is_some(), 1.0), (high, bar.interval.1.is_some(), -1.0)];
                for (x, closed, inwards) in ends {
                    if closed {
                        canvas.line((x, y - 3.0), (x, y + 3.0), INK, 1.0);
                    } else {
                        canvas.path(
                            &[(x + 4.0 * inwards, y - 3.0), (x, y), (x + 4.0 * inwards, y + 3.0)],
                            INK,
                            1.0,
                        );
                    }
                }
            }
            if rows(panel) == 0 {
                let why = "nothing is frequent enough to be tested";
                canvas.text(left, first + 9.0, why, regular(LABEL, MUTED), Anchor::Start);
            }
            canvas.text(centre, last + 28.0, "log ratio", regular(SMALL, MUTED), Anchor::Middle);
            top += height(panel);
        }
    })
}
