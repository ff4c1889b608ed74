//! Rates of marker categories: a heat map, and a panel for each category.

use super::heat::{HeatMap, Shade};
use super::layout::{Groups, Head, Legend, Rows, limit_note, nothing, page};
use super::render::{Anchor, Canvas, bold, regular, text_width};
use super::theme::{
    AXIS, GRID, INK, LABEL, MARGIN, MAX_BODY, MAX_ROWS, MUTED, PAPER, SMALL, cell, number, shorten, ticks,
};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name of the heat map.
pub(crate) const HEATMAP: &str = "marker_heatmap";
/// Stem of the file name of the panels.
pub(crate) const BARS: &str = "marker_bars";

/// The most categories that get a column or panel.
const CATEGORIES: usize = 100;
/// Texts up to which each gets a bar in every panel.
const BAR_TEXTS: usize = 25;
/// The most panels side by side; bars that would need more become dots.
const ACROSS: usize = 10;
/// Texts up to which the bars carry their values.
const VALUE_TEXTS: usize = 10;
/// Width of the chart unless many panels need more.
const WIDTH: f64 = 1080.0;

/// The rate of a text, if it is defined.
fn rate(data: &ChartData, text: usize, category: usize) -> Option<f64> {
    let rates = &data.documents.get(text)?.marker_rates;
    let rate = rates.get(category).copied().flatten()?.value;
    (rate.is_finite() && rate >= 0.0).then_some(rate)
}

/// Its interval, if there is one.
fn interval(data: &ChartData, text: usize, category: usize) -> Option<(f64, f64)> {
    data.documents.get(text)?.marker_rates.get(category).copied().flatten()?.interval
}

/// Draws a heat map with a row for each text and a column for each category
/// (at most 100), under the titles of their families. The colour is the share
/// of the highest rate of the category, which the row below gives; with less
/// than three texts it is the rate itself. Up to 40 texts the cells hold the
/// rate per 1,000 words of the author's own voice. Cells are hatched where the
/// rate is not defined. Of more than 120 texts the first 120 are shown.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw_heatmap(data: &ChartData) -> Result<Chart, ChartError> {
    let compared = data.documents.len() >= 3;
    let mut head = Head {
        name: HEATMAP,
        title: "Markers by text",
        subtitle: format!(
            "Occurrences per 1,000 words of the author's own voice. {}",
            if compared {
                "Colours compare the texts within a category, not the categories."
            } else {
                "Dark: often, light: seldom."
            }
        ),
        notes: Vec::new(),
    };
    if data.documents.is_empty() || data.categories.is_empty() {
        return nothing(data, head, "There are no marker rates to show.");
    }
    head.notes.extend(limit_note(data, MAX_ROWS));
    head.notes.extend(category_note(data));
    let count = data.categories.len().min(CATEGORIES);
    let mut families: Vec<(String, usize)> = Vec::new();
    for label in data.categories.iter().take(count) {
        match families.last_mut() {
            Some((name, span)) if *name == label.family => *span += 1,
            _ => families.push((label.family.clone(), 1)),
        }
    }
    let shown = data.categories.iter().take(count);
    HeatMap {
        columns: shown.map(|label| label.category.clone()).collect(),
        families,
        values: (0..data.documents.len())
            .map(|text| (0..count).map(|c| rate(data, text, c)).collect())
            .collect(),
        shade: if compared { Shade::Share } else { Shade::Rate },
        missing: "not defined",
    }
    .draw(data, head)
}

fn category_note(data: &ChartData) -> Option<String> {
    let count = data.categories.len();
    (count > CATEGORIES)
        .then(|| format!("The first {CATEGORIES} of {count} categories are shown; the tables hold all."))
}

/// A row of every panel.
struct Strip {
    texts: Vec<usize>,
    label: String,
}

/// Draws a panel for each category (at most 100). X axis: occurrences per 1,000
/// words of the author's own voice, on a scale of its own in each panel; the
/// upright line is the mean of the texts. Up to 25 texts each has a bar, whose
/// value is printed when there are at most ten, and a line for its interval of 95 %, cut off where it runs far beyond
/// the highest rate; with more texts, or more panels
/// than fit, all of them are dots, in a row for each group when there are two to eight groups, and a
/// short line marks the mean of the row. A dash stands for a rate that is not
/// defined.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw_bars(data: &ChartData) -> Result<Chart, ChartError> {
    let count = data.categories.len().min(CATEGORIES);
    let texts = data.documents.len();
    let bars = texts <= BAR_TEXTS && count.div_ceil(deepest(height(true, texts))) <= ACROSS;
    let groups = Groups::new(data);
    let grouped = groups.coloured();
    let mut head = Head {
        name: BARS,
        title: "Markers by category",
        subtitle: format!(
            "Occurrences per 1,000 words of the author's own voice; each panel has its own scale. \
             {}{}",
            match (bars, grouped) {
                (true, _) => "One bar for each text, with a line for its interval of 95 %; – : not defined.",
                (false, true) => "One dot for each text; short line: mean of the row.",
                (false, false) => "One dot for each text.",
            },
            if data.documents.len() > 1 { " Upright line: mean of the texts." } else { "" }
        ),
        notes: Vec::new(),
    };
    if data.documents.is_empty() || count == 0 {
        return nothing(data, head, "There are no marker rates to show.");
    }
    head.notes.extend(category_note(data));
    let strips = strips(data, &groups, bars);
    let labelled = strips.len() > 1;
    let labels = strips
        .iter()
        .map(|strip| text_width(&shorten(&strip.label, LABEL, false, 180.0), LABEL, false))
        .fold(0.0, f64::max)
        + 14.0;
    let labels = if labelled { labels } else { 0.0 };
    let legend = Legend::new(&if bars { groups.legend() } else { Vec::new() }, WIDTH - 2.0 * MARGIN);
    let (panel, gap) = (170.0, 24.0);
    let pitch = pitch(bars, strips.len());
    let tall = height(bars, strips.len());
    let fitting = ((WIDTH - 2.0 * MARGIN - labels + gap) / (panel + gap)).floor() as usize;
    let needed = count.div_ceil(deepest(tall));
    let across = fitting.max(needed).clamp(1, count.max(1));
    let width = (2.0 * MARGIN + labels + across as f64 * (panel + gap) - gap).max(WIDTH);
    // Panels of an incomplete page fill its width.
    let room = width - 2.0 * MARGIN - labels + gap;
    let panel = (room / across as f64 - gap).min(420.0);
    let deep = count.div_ceil(across);
    let body = legend.height + deep as f64 * tall + 4.0;
    page(data, head, width, body, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 10.0);
        let top = top + legend.height;
        for (index, category) in data.categories.iter().take(count).enumerate() {
            let (row, column) = (index / across, index % across);
            let frame = Panel {
                left: MARGIN + labels + column as f64 * (panel + gap),
                top: top + row as f64 * tall + 24.0,
                width: panel,
                pitch,
                rows: strips.len(),
            };
            if column == 0 && labelled {
                frame.labels(canvas, &strips);
            }
            frame.title(canvas, &category.category, &category.family);
            let all = (0..data.documents.len()).filter_map(|text| rate(data, text, index));
            let all: Vec<f64> = all.collect();
            let highest = all.iter().copied().fold(0.0, f64::max);
            let bounds = (0..data.documents.len()).filter_map(|text| interval(data, text, index));
            let bounds = bounds.map(|(_, upper)| upper).filter(|_| bars).fold(highest, f64::max);
            let highest = bounds.min(2.0 * highest);
            let room = if bars && data.documents.len() <= VALUE_TEXTS { 1.22 } else { 1.0 };
            let axis = ticks(highest, 3);
            let end = axis.last().copied().unwrap_or(1.0).max(highest * room);
            frame.axis(canvas, &axis, end);
            for (row, strip) in strips.iter().enumerate() {
                if bars {
                    frame.bar(canvas, data, &groups, (row, strip), index, end);
                } else {
                    frame.dots(canvas, data, &groups, (row, strip), index, end);
                }
            }
            if all.len() > 1 {
                let mean = all.iter().sum::<f64>() / all.len() as f64;
                let x = frame.place(mean, end);
                canvas.line((x, frame.top - 2.0), (x, frame.bottom()), INK, 1.0);
            }
            if bars && data.documents.len() <= VALUE_TEXTS {
                for (row, strip) in strips.iter().enumerate() {
                    frame.value(canvas, data, (row, strip), index, end);
                }
            }
        }
    })
}

/// Height of a row of a panel.
fn pitch(bars: bool, rows: usize) -> f64 {
    match (bars, rows) {
        (true, 0..=10) => 17.0,
        (true, _) => 14.0,
        (false, 1) => 48.0,
        (false, _) => 26.0,
    }
}

/// Height of a panel with its title and axis.
fn height(bars: bool, rows: usize) -> f64 {
    24.0 + pitch(bars, rows) * rows as f64 + 34.0
}

/// How many panels of a height may stand below each other.
fn deepest(tall: f64) -> usize {
    (((MAX_BODY - 60.0) / tall).floor() as usize).max(1)
}

/// The rows of the panels: texts, groups, or a single one.
fn strips(data: &ChartData, groups: &Groups, bars: bool) -> Vec<Strip> {
    if bars {
        let rows = Rows::new(groups, false, 16.0);
        let strip = |text: usize| Strip {
            texts: vec![text],
            label: data.documents.get(text).map_or(String::new(), |d| d.name.clone()),
        };
        return rows.texts().map(|(text, _)| strip(text)).collect();
    }
    let all = 0..data.documents.len();
    if !groups.coloured() {
        return vec![Strip { texts: all.collect(), label: String::new() }];
    }
    let strip = |(index, name): (usize, &String)| Strip {
        texts: all.clone().filter(|text| groups.of(*text) == index).collect(),
        label: name.clone(),
    };
    groups.names.iter().enumerate().map(strip).collect()
}

/// Where a panel stands.
struct Panel {
    left: f64,
    top: f64,
    width: f64,
    pitch: f64,
    rows: usize,
}

impl Panel {
    fn bottom(&self) -> f64 {
        self.top + self.pitch * self.rows as f64
    }

    fn middle(&self, row: usize) -> f64 {
        self.top + (row as f64 + 0.5) * self.pitch
    }

    fn place(&self, rate: f64, end: f64) -> f64 {
        self.left + (rate / end).min(1.0) * self.width
    }

    fn labels(&self, canvas: &mut Canvas, strips: &[Strip]) {
        for (row, strip) in strips.iter().enumerate() {
            let label = shorten(&strip.label, LABEL, false, 180.0);
            let (x, kind) = (self.left - 8.0, regular(LABEL, INK));
            canvas.text(x, self.middle(row), &label, kind, Anchor::End);
        }
    }

    fn title(&self, canvas: &mut Canvas, category: &str, family: &str) {
        let y = self.top - 11.0;
        let name = shorten(category, LABEL, true, self.width);
        canvas.text(self.left, y, &name, bold(LABEL, INK), Anchor::Start);
        let used = text_width(&name, LABEL, true) + 8.0;
        let room = self.width - used;
        // A stub of a name is worse than none.
        if room >= text_width(family, SMALL, false).min(60.0) {
            let family = shorten(family, SMALL, false, room);
            let kind = regular(SMALL, MUTED);
            canvas.text(self.left + used, y, &family, kind, Anchor::Start);
        }
    }

    fn axis(&self, canvas: &mut Canvas, axis: &[f64], end: f64) {
        let bottom = self.bottom();
        for tick in axis {
            let x = self.place(*tick, end);
            canvas.line((x, self.top), (x, bottom), GRID, 1.0);
            let label = number(*tick);
            let kind = regular(SMALL - 1.0, MUTED);
            canvas.text(x, bottom + 9.0, &label, kind, Anchor::Middle);
        }
        let right = self.left + self.width;
        canvas.line((self.left, bottom), (right, bottom), AXIS, 1.0);
    }

    fn bar(
        &self,
        canvas: &mut Canvas,
        data: &ChartData,
        groups: &Groups,
        (row, strip): (usize, &Strip),
        category: usize,
        end: f64,
    ) {
        let Some(text) = strip.texts.first().copied() else {
            return;
        };
        let y = self.middle(row);
        let Some(rate) = rate(data, text, category) else {
            let kind = regular(SMALL, MUTED);
            canvas.text(self.left + 4.0, y, "–", kind, Anchor::Start);
            return;
        };
        let half = (self.pitch * 0.36).min(7.0);
        let x = self.place(rate, end);
        let wide = (x - self.left).max(1.0);
        canvas.rect(self.left, y - half, wide, 2.0 * half, groups.colour(text));
        if let Some((lower, upper)) = interval(data, text, category) {
            let (from, to) = ((self.place(lower, end), y), (self.place(upper, end), y));
            // On a light ground, to be seen on dark bars.
            canvas.line(from, to, PAPER, 3.0);
            canvas.line(from, to, INK, 1.25);
        }
    }

    /// The value at the end of a bar, on a ground that hides the mean line.
    fn value(
        &self,
        canvas: &mut Canvas,
        data: &ChartData,
        (row, strip): (usize, &Strip),
        category: usize,
        end: f64,
    ) {
        let text = strip.texts.first().copied();
        let Some(rate) = text.and_then(|text| rate(data, text, category)) else {
            return;
        };
        let upper = text.and_then(|text| interval(data, text, category)).map_or(rate, |(_, upper)| upper);
        let (x, y, size) = (self.place(upper, end) + 4.0, self.middle(row), SMALL - 1.0);
        let label = cell(rate);
        let wide = text_width(&label, size, false);
        canvas.rect(x - 1.0, y - size / 2.0 - 0.5, wide + 2.0, size + 1.0, PAPER);
        canvas.text(x, y, &label, regular(size, INK), Anchor::Start);
    }

    /// Dots that would cover each other are moved up and down alternately.
    fn dots(
        &self,
        canvas: &mut Canvas,
        data: &ChartData,
        groups: &Groups,
        (row, strip): (usize, &Strip),
        category: usize,
        end: f64,
    ) {
        let (y, radius) = (self.middle(row), 1.75);
        let half = self.pitch / 2.0 - radius - 1.0;
        let rates = strip.texts.iter().filter_map(|text| {
            let rate = rate(data, *text, category)?;
            Some((self.place(rate, end), *text, rate))
        });
        let rates: Vec<(f64, usize, f64)> = rates.collect();
        let column = |x: f64| ((x - self.left) / (2.0 * radius)).round() as i64;
        let mut filled = std::collections::BTreeMap::<i64, Vec<(f64, usize)>>::new();
        for (x, text, _) in &rates {
            filled.entry(column(*x)).or_default().push((*x, *text));
        }
        for dots in filled.values() {
            let step = (2.0 * half / dots.len() as f64).min(2.0 * radius);
            for (index, (x, text)) in dots.iter().enumerate() {
                let level = index.div_ceil(2) as f64 * if index % 2 == 0 { 1.0 } else { -1.0 };
                let lift = (level * step).clamp(-half, half);
                canvas.dot(*x, y + lift, radius, groups.colour(*text));
            }
        }
        if self.rows > 1 && !rates.is_empty() {
            let mean = rates.iter().map(|(.., rate)| rate).sum::<f64>() / rates.len() as f64;
            let (x, half) = (self.place(mean, end), self.pitch * 0.38);
            canvas.line((x, y - half), (x, y + half), INK, 2.25);
        }
    }
}
