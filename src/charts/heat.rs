//! A heat map with a row for each text.

use super::layout::{Groups, Head, Legend, Rows, page};
use super::render::{Anchor, Canvas, bold, regular, text_width};
use super::theme::{
    AXIS, HATCH, INK, LABEL, MARGIN, MUTED, SMALL, WIDTH, cell, ink_on, number, sequential, shorten,
};
use super::{Chart, ChartData, ChartError};

/// Rows up to which the cells hold their values.
const VALUES: usize = 40;
/// Rows from which on the columns are labelled below as well.
const REPEAT: usize = 30;

/// What the colours of a heat map mean.
pub(crate) enum Shade {
    /// Standard deviations from the mean of the column, from −2.5 to 2.5.
    Deviation,
    /// Share of the highest value of the column.
    Share,
    /// The values themselves, on one scale for all columns.
    Rate,
}

/// How far the colours reach with [`Shade::Deviation`].
const DEVIATIONS: f64 = 2.5;

/// The columns of a heat map and their values.
pub(crate) struct HeatMap {
    /// Labels of the columns.
    pub(crate) columns: Vec<String>,
    /// Titles above the columns and how many columns each spans.
    pub(crate) families: Vec<(String, usize)>,
    /// Values by text, then by column.
    pub(crate) values: Vec<Vec<Option<f64>>>,
    /// The meaning of the colours.
    pub(crate) shade: Shade,
    /// What an empty cell means.
    pub(crate) missing: &'static str,
}

/// Mean, spread and highest value of a column.
struct Column {
    mean: f64,
    deviation: f64,
    highest: Option<f64>,
}

impl HeatMap {
    fn column(&self, index: usize) -> Column {
        let values: Vec<f64> =
            self.values.iter().filter_map(|row| row.get(index).copied().flatten()).collect();
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let square = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count;
        Column { mean, deviation: square.sqrt(), highest: values.iter().copied().reduce(f64::max) }
    }

    fn share(&self, value: f64, column: &Column, top: f64) -> f64 {
        let part = |of: f64| if of > 0.0 { value / of } else { 0.0 };
        match self.shade {
            Shade::Deviation if column.deviation > 1.0e-12 => {
                0.5 + (value - column.mean) / column.deviation / (2.0 * DEVIATIONS)
            }
            Shade::Deviation => 0.5,
            Shade::Share => part(column.highest.unwrap_or(0.0)),
            Shade::Rate => part(top),
        }
    }

    /// Title and tick labels of the colour bar, at shares of its length.
    fn scale(&self, top: f64) -> (&'static str, Vec<(f64, String)>) {
        match self.shade {
            Shade::Deviation => (
                "standard deviations from the mean of the texts",
                [-2.5, -1.0, 0.0, 1.0, 2.5]
                    .iter()
                    .map(|z| (0.5 + z / (2.0 * DEVIATIONS), signed(*z)))
                    .collect(),
            ),
            Shade::Share => (
                "share of the highest rate in the column",
                vec![(0.0, "0".to_owned()), (0.5, "half".to_owned()), (1.0, "highest".to_owned())],
            ),
            Shade::Rate => {
                ("per 1,000 words", vec![(0.0, "0".to_owned()), (0.5, cell(top / 2.0)), (1.0, cell(top))])
            }
        }
    }

    /// Draws the chart. Columns are labelled upwards above the cells, and
    /// below as well when there are many rows; unless the colours are the
    /// values, a last row gives the highest value of each column.
    pub(crate) fn draw(&self, data: &ChartData, head: Head) -> Result<Chart, ChartError> {
        let groups = Groups::new(data);
        let count = self.columns.len().max(1);
        let few = data.documents.len() <= VALUES;
        let rows = Rows::new(&groups, true, if few { 22.0 } else { 16.0 });
        let labels = rows.label_width(data, &groups, 230.0);
        let room = 1040.0 - 2.0 * MARGIN - labels;
        let wide = ((room / count as f64) * 2.0).floor() / 2.0;
        let least = match count {
            0..=60 if few => 26.0,
            0..=60 => 21.0,
            _ => 18.0,
        };
        let wide = wide.clamp(least, 44.0);
        let width = (2.0 * MARGIN + labels + wide * count as f64 + 8.0).max(WIDTH);
        let printed = few && wide >= 22.0;
        let legend = if rows.headed() {
            Legend::new(&[], 0.0)
        } else {
            Legend::new(&groups.legend(), width - 2.0 * MARGIN)
        };
        let names: Vec<String> = self.columns.iter().map(|name| shorten(name, LABEL, false, 150.0)).collect();
        let high = names.iter().map(|name| text_width(name, LABEL, false)).fold(0.0, f64::max) + 12.0;
        let titles = if self.families.is_empty() { 0.0 } else { 24.0 };
        let below = if rows.len() > REPEAT { high + 6.0 } else { 6.0 };
        let last = if matches!(self.shade, Shade::Rate) { 0.0 } else { 24.0 };
        let bar = 46.0;
        let height = legend.height + bar + titles + high + rows.height() + last + below;
        page(data, head, width, height, |canvas, top| {
            legend.draw(canvas, MARGIN, top, 10.0);
            let top = top + legend.height;
            let columns: Vec<Column> = (0..count).map(|index| self.column(index)).collect();
            let highest = columns.iter().filter_map(|c| c.highest).fold(0.0, f64::max);
            self.colour_bar(canvas, top, highest);
            let left = MARGIN + labels;
            let top = top + bar;
            let grid = Grid {
                left,
                top: top + titles + high,
                wide,
                size: match wide {
                    _ if !printed => 0.0,
                    w if w < 25.0 => 8.5,
                    _ => SMALL - 0.5,
                },
            };
            self.titles(canvas, &grid, top + 10.0);
            let edge = (left, grid.top);
            rows.labels(canvas, data, &groups, edge, labels);
            for (text, y) in rows.texts() {
                for (index, column) in columns.iter().enumerate() {
                    let value = self.values.get(text).and_then(|row| row.get(index));
                    let value = value.copied().flatten();
                    let share = value.map(|v| (v, self.share(v, column, highest)));
                    grid.cell(canvas, index, y, rows.pitch, share);
                }
            }
            let foot = grid.top + rows.height();
            for (index, name) in names.iter().enumerate() {
                let x = grid.middle(index);
                let kind = regular(LABEL, INK);
                canvas.upward(x, grid.top - 6.0, name, kind, Anchor::Start);
                if rows.len() > REPEAT {
                    canvas.upward(x, foot + last + 4.0, name, kind, Anchor::End);
                }
            }
            if last == 0.0 {
                return;
            }
            let small = regular(SMALL - 0.5, MUTED);
            canvas.text(left - 11.0, foot + 13.0, "highest", small, Anchor::End);
            for (index, column) in columns.iter().enumerate() {
                let x = grid.middle(index);
                let size = if wide < 22.0 { 7.5 } else { SMALL - 0.5 };
                let kind = regular(size, MUTED);
                let label = cell(column.highest.unwrap_or(f64::NAN));
                canvas.text(x, foot + 13.0, &label, kind, Anchor::Middle);
            }
        })
    }

    fn colour_bar(&self, canvas: &mut Canvas, top: f64, highest: f64) {
        let (title, ticks) = self.scale(highest);
        let (left, long, steps) = (MARGIN, 256.0, 64);
        for step in 0..steps {
            let share = f64::from(step) / f64::from(steps - 1);
            let wide = long / f64::from(steps);
            let x = left + f64::from(step) * wide;
            canvas.rect(x, top + 4.0, wide, 12.0, sequential(share));
        }
        for (share, label) in ticks {
            let x = left + share * long;
            canvas.line((x, top + 16.0), (x, top + 20.0), AXIS, 1.0);
            let anchor = match share {
                s if s <= 0.0 => Anchor::Start,
                s if s >= 1.0 => Anchor::End,
                _ => Anchor::Middle,
            };
            canvas.text(x, top + 27.0, &label, regular(SMALL, MUTED), anchor);
        }
        let (kind, x) = (regular(LABEL, INK), left + long + 14.0);
        canvas.text(x, top + 10.0, title, kind, Anchor::Start);
        if self.values.iter().any(|row| row.iter().any(Option::is_none)) {
            let x = x + text_width(title, LABEL, false) + 30.0;
            hatch(canvas, x, top + 4.0, 20.0, 12.0);
            canvas.text(x + 27.0, top + 10.0, self.missing, kind, Anchor::Start);
        }
    }

    fn titles(&self, canvas: &mut Canvas, grid: &Grid, y: f64) {
        let mut first = 0;
        for (index, (name, span)) in self.families.iter().enumerate() {
            let x = grid.left + first as f64 * grid.wide;
            let long = *span as f64 * grid.wide - 5.0;
            // The last title may run into the margin.
            let room = if index + 1 == self.families.len() { long + 0.8 * MARGIN } else { long };
            let name = shorten(name, LABEL, true, room);
            if text_width(&name, LABEL, true) <= room + 4.0 {
                canvas.text(x, y, &name, bold(LABEL, INK), Anchor::Start);
            }
            canvas.line((x, y + 11.0), (x + long, y + 11.0), AXIS, 1.0);
            first += span;
        }
    }
}

/// Where the cells are.
struct Grid {
    left: f64,
    top: f64,
    wide: f64,
    /// Font size of the values; 0 when they are not printed.
    size: f64,
}

impl Grid {
    fn middle(&self, column: usize) -> f64 {
        self.left + (column as f64 + 0.5) * self.wide
    }

    fn cell(&self, canvas: &mut Canvas, column: usize, y: f64, pitch: f64, value: Option<(f64, f64)>) {
        let (x, y) = (self.left + column as f64 * self.wide, self.top + y);
        let gap = if self.size > 0.0 { 1.0 } else { 0.5 };
        let (wide, high) = (self.wide - gap, pitch - gap);
        let Some((value, share)) = value else {
            hatch(canvas, x, y, wide, high);
            return;
        };
        let ground = sequential(share);
        canvas.rect(x, y, wide, high, ground);
        if self.size > 0.0 {
            let (x, y) = (x + wide / 2.0, y + high / 2.0);
            let kind = regular(self.size, ink_on(ground));
            canvas.text(x, y, &cell(value), kind, Anchor::Middle);
        }
    }
}

/// A field of thin slanting lines.
pub(crate) fn hatch(canvas: &mut Canvas, x: f64, y: f64, wide: f64, high: f64) {
    let step = 5.0;
    let mut start = step;
    while start < wide + high {
        let from = (x + start.min(wide), y + (start - wide).max(0.0));
        let to = (x + (start - high).max(0.0), y + start.min(high));
        canvas.line(from, to, HATCH, 0.75);
        start += step;
    }
}

fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", number(value)) } else { number(value) }
}
