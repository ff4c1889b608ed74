//! Rates of markers in quotation against those in the author's own words.

use super::layout::{Head, nothing, page};
use super::render::{Anchor, Canvas, bold, regular, text_width};
use super::theme::{AXIS, GRID, INK, LABEL, MARGIN, MUTED, SERIES, SMALL, WIDTH, cell, shorten};
use super::{Chart, ChartData, ChartError, VoiceRates};

/// Stem of the file name.
pub(crate) const NAME: &str = "marker_voices";

/// Height of a row.
const PITCH: f64 = 18.0;
/// The farthest that the axis reaches, as a power of two.
const FARTHEST: f64 = 5.0;

/// A row: a heading, or a category with its rates.
enum Row<'a> {
    Family(&'a str),
    Category(&'a str, Ratio),
}

/// The rate in quotation as a multiple of that in the author's own words, as binary logarithms.
#[derive(Clone, Copy)]
struct Ratio {
    middle: f64,
    interval: Option<(f64, f64)>,
    rates: [f64; 2],
}

/// The ratio of two rates; none where one of them is 0. Its interval takes the two as independent: on the logarithmic
/// scale, where they are symmetric, the half widths add up as squares.
fn ratio(rates: &VoiceRates) -> Option<Ratio> {
    let (author, quoted) = (rates.author?, rates.quoted?);
    let middle = (quoted.value / author.value).log2();
    let half = |interval: Option<(f64, f64)>, value: f64| interval.map(|(_, upper)| (upper / value).log2());
    let interval = half(author.interval, author.value)
        .zip(half(quoted.interval, quoted.value))
        .map(|(a, b)| (middle - a.hypot(b), middle + a.hypot(b)));
    middle.is_finite().then_some(Ratio { middle, interval, rates: [author.value, quoted.value] })
}

/// Draws a row for each category of markers that both voices use: a dot at the rate in quoted matter as a multiple of that
/// in the authors' own words, over all texts, on a logarithmic axis, with its interval of 95 %; and the two rates per
/// 1,000 words of that voice.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let head = Head {
        name: NAME,
        title: "Markers in quotation and in the authors' own words",
        subtitle: "Rate in quoted matter as a multiple of that in the authors' own words, all texts together; logarithmic \
                   axis; lines: intervals of 95 %, paragraphs as units (none below five hits in either voice)."
            .to_owned(),
        notes: Vec::new(),
    };
    let mut rows = Vec::new();
    let mut family = "";
    for (label, rates) in data.categories.iter().zip(&data.voice_rates) {
        let Some(ratio) = ratio(rates) else { continue };
        if label.family != family {
            family = &label.family;
            rows.push(Row::Family(family));
        }
        rows.push(Row::Category(&label.category, ratio));
    }
    if rows.is_empty() {
        return nothing(
            data,
            head,
            "No category of markers is found both in quotation and in the authors' own words.",
        );
    }
    let reach = rows.iter().fold(1.0, |reach: f64, row| match row {
        Row::Category(_, ratio) => {
            let (lower, upper) = ratio.interval.unwrap_or((ratio.middle, ratio.middle));
            reach.max(lower.abs()).max(upper.abs())
        }
        Row::Family(_) => reach,
    });
    let reach = reach.ceil().min(FARTHEST);
    let labels = rows.iter().map(|row| match row {
        Row::Family(name) => text_width(name, LABEL, true),
        Row::Category(name, _) => text_width(name, LABEL, false) + 14.0,
    });
    let labels = labels.fold(60.0, f64::max).min(260.0) + 12.0;
    let numbers = 120.0;
    let frame = Frame { left: MARGIN + labels, right: WIDTH - MARGIN - numbers, reach };
    let height = rows.len() as f64 * PITCH;
    page(data, head, WIDTH, height + 62.0, |canvas, top| {
        let top = top + 22.0;
        frame.axis(canvas, top, height);
        for (index, name) in ["own words", "quoted"].iter().enumerate() {
            let x = frame.number(index);
            canvas.text(x, top - 12.0, name, regular(SMALL, MUTED), Anchor::End);
        }
        for (index, row) in rows.iter().enumerate() {
            let y = top + (index as f64 + 0.5) * PITCH;
            match row {
                Row::Family(name) => {
                    let name = shorten(name, LABEL, true, labels);
                    canvas.text(MARGIN, y, &name, bold(LABEL, INK), Anchor::Start);
                }
                Row::Category(name, ratio) => {
                    let name = shorten(name, LABEL, false, labels - 26.0);
                    canvas.text(MARGIN + 14.0, y, &name, regular(LABEL, INK), Anchor::Start);
                    frame.ratio(canvas, y, *ratio);
                }
            }
        }
    })
}

/// Where the axis stands.
struct Frame {
    left: f64,
    right: f64,
    reach: f64,
}

impl Frame {
    fn place(&self, ratio: f64) -> f64 {
        let share = (ratio.clamp(-self.reach, self.reach) + self.reach) / (2.0 * self.reach);
        self.left + share * (self.right - self.left)
    }

    /// Right end of the printed rates: those of the author, then of quoted matter.
    fn number(&self, index: usize) -> f64 {
        self.right + 66.0 + 54.0 * index as f64
    }

    fn axis(&self, canvas: &mut Canvas, top: f64, height: f64) {
        let bottom = top + height;
        let reach = self.reach as i32;
        for step in -reach..=reach {
            let x = self.place(f64::from(step));
            let (ink, width) = if step == 0 { (AXIS, 1.25) } else { (GRID, 0.75) };
            canvas.line((x, top), (x, bottom), ink, width);
            let label = if step < 0 { format!("1/{}×", 1 << -step) } else { format!("{}×", 1 << step) };
            canvas.text(x, bottom + 10.0, &label, regular(SMALL, MUTED), Anchor::Middle);
        }
        let (x, y) = ((self.left + self.right) / 2.0, bottom + 30.0);
        canvas.text(
            x,
            y,
            "rarer in quotation  ←   → more frequent in quotation",
            regular(LABEL, INK),
            Anchor::Middle,
        );
    }

    fn ratio(&self, canvas: &mut Canvas, y: f64, ratio: Ratio) {
        if let Some((lower, upper)) = ratio.interval {
            canvas.line((self.place(lower), y), (self.place(upper), y), INK, 1.25);
        }
        canvas.dot(self.place(ratio.middle), y, 3.5, if ratio.interval.is_some() { SERIES } else { AXIS });
        for (index, rate) in ratio.rates.iter().enumerate() {
            canvas.text(self.number(index), y, &cell(*rate), regular(SMALL, INK), Anchor::End);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Rate;

    #[test]
    fn ratios_are_symmetric() {
        let rate = |value: f64, interval| Some(Rate { value, interval });
        let rates = VoiceRates { author: rate(2.0, Some((1.0, 4.0))), quoted: rate(8.0, Some((8.0, 8.0))) };
        let found = ratio(&rates).unwrap();
        assert_eq!((found.middle, found.interval), (2.0, Some((1.0, 3.0))));
        assert!(ratio(&VoiceRates { author: rate(0.0, None), quoted: rate(1.0, None) }).is_none());
        assert!(ratio(&VoiceRates { author: None, quoted: rate(1.0, None) }).is_none());
    }
}
