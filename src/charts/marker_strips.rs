//! Where in each text the markers of each family fall.

use super::layout::{Groups, Head, Rows, limit_note, nothing, page};
use super::render::{Anchor, Canvas, bold, regular};
use super::theme::{AXIS, INK, LABEL, MARGIN, MAX_BODY, MAX_ROWS, MUTED, SMALL, cell, sequential, shorten};
use super::{Chart, ChartData, ChartError};

/// Stem of the file name.
pub(crate) const NAME: &str = "marker_strips";

/// Width of the chart.
const WIDTH: f64 = 1080.0;
/// Share of the stretches that the darkest colour stands for, and all above it.
const DARK: f64 = 0.99;

/// Draws a panel for each family of markers with a strip for each text. X axis: position in the text in per cent of its
/// words; colour: hits per 1,000 words, both voices, in each of the equally long stretches of the text, from white (none) to
/// the darkest colour of the panel, which stands for the rate printed at its title and all above. Of more than
/// 120 texts the first 120 are shown.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let mut head = Head {
        name: NAME,
        title: "Where markers fall",
        subtitle:
            "Hits per 1,000 words along each text, both voices. Each panel has its own scale: white is none, \
                   the darkest colour the rate given at its title, and above."
                .to_owned(),
        notes: Vec::new(),
    };
    let families: Vec<usize> =
        (0..data.families.len()).filter(|family| darkest(data, *family) > 0.0).collect();
    if families.is_empty() {
        return nothing(data, head, "There are no markers to show.");
    }
    head.notes.extend(limit_note(data, MAX_ROWS));
    let groups = Groups::new(data);
    let across = families.len().min(3);
    let deep = families.len().div_ceil(across);
    // Panels that stand below each other share the height.
    let slots = Rows::new(&groups, true, 1.0).height();
    let room = (MAX_BODY - 200.0) / deep as f64 - 62.0;
    let rows = Rows::new(&groups, true, (room / slots).clamp(1.0, 15.0));
    let labels = rows.label_width(data, &groups, 220.0);
    let (left, gap) = (MARGIN + labels, 20.0);
    let wide = (WIDTH - MARGIN - left + gap) / across as f64 - gap;
    let pitch = rows.height() + 62.0;
    page(data, head, WIDTH, deep as f64 * pitch + 14.0, |canvas, top| {
        for (place, family) in families.iter().enumerate() {
            let (row, column) = (place / across, place % across);
            let panel = Panel {
                left: left + column as f64 * (wide + gap),
                top: top + row as f64 * pitch + 24.0,
                wide,
            };
            if column == 0 {
                rows.labels(canvas, data, &groups, (left, panel.top), labels);
            }
            panel.draw(canvas, data, *family, &rows);
        }
        let (x, y) = ((left + WIDTH - MARGIN) / 2.0, top + deep as f64 * pitch + 2.0);
        canvas.text(x, y, "position in the text, per cent", regular(LABEL, INK), Anchor::Middle);
    })
}

/// The rates of a family along a text.
fn rates(data: &ChartData, text: usize, family: usize) -> &[f64] {
    let document = data.documents.get(text);
    document.and_then(|document| document.family_rates.get(family)).map_or(&[], Vec::as_slice)
}

/// The rate that the darkest colour stands for: that which few stretches exceed.
fn darkest(data: &ChartData, family: usize) -> f64 {
    let mut all: Vec<f64> =
        (0..data.documents.len()).flat_map(|text| rates(data, text, family)).copied().collect();
    all.retain(|rate| rate.is_finite() && *rate > 0.0);
    all.sort_by(f64::total_cmp);
    all.get(((all.len() as f64 * DARK) as usize).min(all.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Where a panel stands.
struct Panel {
    left: f64,
    top: f64,
    wide: f64,
}

impl Panel {
    fn draw(&self, canvas: &mut Canvas, data: &ChartData, family: usize, rows: &Rows) {
        let darkest = darkest(data, family);
        let name = data.families.get(family).map_or("", String::as_str);
        let name = shorten(name, LABEL, true, self.wide - 120.0);
        canvas.text(self.left, self.top - 11.0, &name, bold(LABEL, INK), Anchor::Start);
        let scale = format!("darkest: {}", cell(darkest));
        let right = self.left + self.wide;
        canvas.text(right, self.top - 11.0, &scale, regular(SMALL, MUTED), Anchor::End);
        // Of many texts the stretches are drawn in pairs or more, lest the picture grow beyond use.
        let together = (rows.len() / 50 + 1).min(4);
        for (text, y) in rows.texts() {
            let rates = rates(data, text, family).chunks(together);
            let rates: Vec<f64> = rates.map(|some| some.iter().sum::<f64>() / some.len() as f64).collect();
            let cell = self.wide / rates.len().max(1) as f64;
            for (bin, rate) in rates.iter().enumerate() {
                if *rate > 0.0 {
                    let x = self.left + bin as f64 * cell;
                    let high = (rows.pitch - 1.0).max(1.0);
                    canvas.rect(x, self.top + y, cell, high, sequential((rate / darkest).min(1.0)));
                }
            }
        }
        let bottom = self.top + rows.height() + 1.0;
        canvas.line((self.left, bottom), (right, bottom), AXIS, 0.75);
        for per_cent in [0_u8, 50, 100] {
            let x = self.left + f64::from(per_cent) / 100.0 * self.wide;
            canvas.line((x, bottom), (x, bottom + 3.0), AXIS, 0.75);
            let kind = regular(SMALL - 1.0, MUTED);
            canvas.text(x, bottom + 11.0, &per_cent.to_string(), kind, Anchor::Middle);
        }
    }
}
