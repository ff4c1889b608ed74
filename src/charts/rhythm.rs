//! Sentence length along the text.

use plotters::style::RGBColor;

use super::layout::{Groups, Head, Legend, Rows, limit_note, nothing, page};
use super::render::{Anchor, Canvas, regular};
use super::theme::{
    AXIS, GRID, INK, LABEL, MARGIN, MAX_ROWS, MUTED, SMALL, TINT, WIDTH, number, shorten, ticks,
};
use super::{Chart, ChartData, ChartError, DocumentSeries, RhythmBin};

/// Stem of the file name.
pub(crate) const NAME: &str = "rhythm";

/// Share of quoted words from which a bin is tinted.
const QUOTED: f64 = 0.5;

/// Draws a panel for each text. X axis: position in the text in per cent of its
/// words; y axis: mean words in a sentence in each bin of consecutive
/// sentences, on a scale common to all panels. The thin level line is the mean
/// of all sentences of the text; the background is tinted where at least half
/// of the words are in quotation. A mark at the name tells the group. The panels
/// stand in one to four columns; of more than 120 texts the first 120 are shown.
/// When a few bins exceed all others by far, the scale ends below them and the
/// chart says so.
///
/// # Errors
///
/// When the drawing fails.
pub(crate) fn draw(data: &ChartData) -> Result<Chart, ChartError> {
    let mut head = Head {
        name: NAME,
        title: "Sentence length along the text",
        subtitle: String::new(),
        notes: Vec::new(),
    };
    let groups = Groups::new(data);
    let rows = Rows::new(&groups, false, 20.0);
    let texts: Vec<(usize, &DocumentSeries)> =
        rows.texts().filter_map(|(text, _)| Some((text, data.documents.get(text)?))).collect();
    let mut means: Vec<f64> =
        texts.iter().flat_map(|(_, document)| sound(&document.rhythm)).map(|bin| bin.mean_words).collect();
    means.sort_by(f64::total_cmp);
    let Some(highest) = means.last().copied() else {
        return nothing(data, head, "There are no sentences to measure.");
    };
    let usual = means.get(means.len() * 99 / 100).copied();
    let usual = usual.unwrap_or(highest);
    let cut = highest > 2.0 * usual;
    let axis = ticks(if cut { usual * 1.1 } else { highest }, 3);
    let end = axis.last().copied().unwrap_or(1.0);
    head.subtitle = format!(
        "Mean words in a sentence, in bins of consecutive sentences; scale from 0 to {} words. \
         Level line: mean of the text.",
        number(end)
    );
    if cut {
        head.notes.push(format!(
            "Single bins reach {} words; they are cut off at {}.",
            number(highest.round()),
            number(end)
        ));
    }
    head.notes.extend(limit_note(data, MAX_ROWS));
    let (across, tall) = match texts.len() {
        0..=1 => (1, 280.0),
        2..=3 => (1, 150.0),
        4..=8 => (2, 120.0),
        9..=36 => (3, 88.0),
        _ => (4, 54.0),
    };
    let (left, gap) = (MARGIN + 44.0, 18.0);
    let wide = (WIDTH - MARGIN - 8.0 - left + gap) / f64::from(across) - gap;
    let across = across as usize;
    let pitch = tall + 28.0;
    let deep = texts.len().div_ceil(across);
    let mut legend = groups.legend();
    legend.push(("at least half in quotation".to_owned(), TINT));
    let legend = Legend::new(&legend, WIDTH - 2.0 * MARGIN);
    let body = legend.height + deep as f64 * pitch + 36.0;
    page(data, head, WIDTH, body, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 10.0);
        let top = top + legend.height;
        for (place, (text, document)) in texts.iter().enumerate() {
            let (row, column) = (place / across, place % across);
            let panel = Panel {
                left: left + column as f64 * (wide + gap),
                top: top + row as f64 * pitch + 20.0,
                wide,
                tall,
                end,
            };
            let bins: Vec<&RhythmBin> = sound(&document.rhythm).collect();
            panel.tint(canvas, &bins);
            panel.frame(canvas, &axis, column == 0, place + across >= texts.len());
            let mark = groups.coloured().then(|| groups.colour(*text));
            panel.name(canvas, &document.name, mark);
            let ink = if mark.is_some() { INK } else { groups.colour(*text) };
            panel.draw(canvas, &bins, mean(document), ink);
        }
        let bottom = top + deep as f64 * pitch - 8.0;
        let kind = regular(LABEL, INK);
        let (x, y) = ((left + WIDTH - MARGIN) / 2.0, bottom + 34.0);
        canvas.text(x, y, "position in the text, per cent", kind, Anchor::Middle);
        let y = (top + 20.0 + bottom) / 2.0;
        canvas.upward(MARGIN + 6.0, y, "mean words in a sentence", kind, Anchor::Middle);
    })
}

/// The bins that can be drawn.
fn sound(bins: &[RhythmBin]) -> impl Iterator<Item = &RhythmBin> {
    bins.iter().filter(|bin| bin.position.is_finite() && bin.mean_words.is_finite() && bin.mean_words >= 0.0)
}

/// Mean of all sentences, from their lengths or else from the bins.
fn mean(document: &DocumentSeries) -> Option<f64> {
    let lengths = &document.sentence_lengths;
    let sentences: f64 = lengths.iter().map(|(_, n)| *n as f64).sum();
    if sentences > 0.0 {
        let words = lengths.iter().map(|(w, n)| f64::from(*w) * *n as f64);
        return Some(words.sum::<f64>() / sentences);
    }
    let bins: Vec<f64> = sound(&document.rhythm).map(|bin| bin.mean_words).collect();
    (!bins.is_empty()).then(|| bins.iter().sum::<f64>() / bins.len() as f64)
}

/// Left and right end of each bin: half way to its neighbours.
fn edges(bins: &[&RhythmBin]) -> Vec<(f64, f64)> {
    let place = |index: usize| bins.get(index).map(|bin| bin.position.clamp(0.0, 1.0));
    (0..bins.len())
        .map(|index| {
            let own = place(index).unwrap_or(0.0);
            let before = index.checked_sub(1).and_then(place);
            let after = place(index + 1);
            (before.map_or(0.0, |other| (other + own) / 2.0), after.map_or(1.0, |other| (other + own) / 2.0))
        })
        .collect()
}

/// Where a panel stands, and the end of its scale.
struct Panel {
    left: f64,
    top: f64,
    wide: f64,
    tall: f64,
    end: f64,
}

impl Panel {
    fn across(&self, position: f64) -> f64 {
        self.left + position.clamp(0.0, 1.0) * self.wide
    }

    fn up(&self, words: f64) -> f64 {
        self.top + self.tall - (words / self.end).clamp(0.0, 1.0) * self.tall
    }

    fn frame(&self, canvas: &mut Canvas, axis: &[f64], first: bool, last: bool) {
        let (right, bottom) = (self.left + self.wide, self.top + self.tall);
        let kind = regular(SMALL - 1.0, MUTED);
        for tick in axis {
            let y = self.up(*tick);
            canvas.line((self.left, y), (right, y), GRID, 0.75);
            if first {
                canvas.text(self.left - 6.0, y, &number(*tick), kind, Anchor::End);
            }
        }
        canvas.line((self.left, bottom), (right, bottom), AXIS, 0.75);
        if last {
            let steps: &[u32] = if self.wide > 400.0 { &[0, 20, 40, 60, 80, 100] } else { &[0, 50, 100] };
            for per_cent in steps {
                let x = self.across(f64::from(*per_cent) / 100.0);
                canvas.line((x, bottom), (x, bottom + 3.0), AXIS, 0.75);
                let label = per_cent.to_string();
                canvas.text(x, bottom + 11.0, &label, kind, Anchor::Middle);
            }
        }
    }

    /// The name above the panel, behind the mark of its group.
    fn name(&self, canvas: &mut Canvas, name: &str, mark: Option<RGBColor>) {
        let indent = if let Some(colour) = mark {
            canvas.rect(self.left, self.top - 12.0, 8.0, 8.0, colour);
            13.0
        } else {
            0.0
        };
        let name = shorten(name, SMALL, false, self.wide - indent);
        let (x, y) = (self.left + indent, self.top - 8.0);
        canvas.text(x, y, &name, regular(SMALL, INK), Anchor::Start);
    }

    /// Tints the bins that are mostly quotation.
    fn tint(&self, canvas: &mut Canvas, bins: &[&RhythmBin]) {
        let mut tinted: Vec<(f64, f64)> = Vec::new();
        for (bin, (from, to)) in bins.iter().zip(edges(bins)) {
            if bin.quoted.is_nan() || bin.quoted < QUOTED {
                continue;
            }
            match tinted.last_mut() {
                Some(last) if last.1 >= from => last.1 = to,
                _ => tinted.push((from, to)),
            }
        }
        for (from, to) in tinted {
            let (from, to) = (self.across(from), self.across(to));
            canvas.rect(from, self.top, to - from, self.tall, TINT);
        }
    }

    fn draw(&self, canvas: &mut Canvas, bins: &[&RhythmBin], mean: Option<f64>, ink: RGBColor) {
        if bins.is_empty() {
            let (x, y) = (self.left + self.wide / 2.0, self.top + self.tall / 2.0);
            let kind = regular(SMALL, MUTED);
            canvas.text(x, y, "no sentences", kind, Anchor::Middle);
            return;
        }
        if let Some(mean) = mean {
            let y = self.up(mean);
            canvas.line((self.left, y), (self.left + self.wide, y), MUTED, 0.75);
        }
        let points = bins.iter().map(|bin| (self.across(bin.position), self.up(bin.mean_words)));
        match points.collect::<Vec<_>>().as_slice() {
            [(x, y)] => canvas.dot(*x, *y, 2.5, ink),
            line => canvas.path(line, ink, if self.tall > 100.0 { 1.5 } else { 1.1 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_touch() {
        let bins: Vec<RhythmBin> = [0.1, 0.4, 0.9]
            .iter()
            .map(|position| RhythmBin { position: *position, ..RhythmBin::default() })
            .collect();
        let bins: Vec<&RhythmBin> = bins.iter().collect();
        assert_eq!(edges(&bins), vec![(0.0, 0.25), (0.25, 0.65), (0.65, 1.0)]);
        assert!(edges(&[]).is_empty());
    }
}
