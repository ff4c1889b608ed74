//! What the charts have in common: the page with its head and foot, groups
//! and their colours, rows of texts, legends.

use plotters::style::RGBColor;

use super::render::{Anchor, Canvas, bold, paint, regular, text_width};
use super::theme::{
    CATEGORIES, INK, LABEL, MARGIN, MAX_BODY, MAX_COLOURS, MAX_ROWS, MUTED, PLAIN, SERIES, SMALL, SUBTITLE,
    TITLE, shorten, whole, wrap,
};
use super::{Chart, ChartData, ChartError};

/// The head of a chart.
pub(crate) struct Head {
    /// File stem of the chart.
    pub(crate) name: &'static str,
    /// What is shown, without the name of the corpus.
    pub(crate) title: &'static str,
    /// Unit, selection, how to read the chart.
    pub(crate) subtitle: String,
    /// Further sentences, such as how many texts are shown.
    pub(crate) notes: Vec<String>,
}

/// Draws head and foot and, between them, `body`, which is given the upper
/// edge of its area.
pub(crate) fn page(
    data: &ChartData,
    head: Head,
    width: f64,
    body_height: f64,
    body: impl FnOnce(&mut Canvas, f64),
) -> Result<Chart, ChartError> {
    let inner = width - 2.0 * MARGIN;
    let title = if data.title.trim().is_empty() {
        head.title.to_owned()
    } else {
        format!("{}: {}", head.title, data.title)
    };
    let subtitle = wrap(&head.subtitle, SUBTITLE, inner.min(1100.0));
    let notes: Vec<String> =
        head.notes.iter().flat_map(|note| wrap(note, SUBTITLE, inner.min(1100.0))).collect();
    let source = wrap(&data.source, SMALL, inner);
    let top = 64.0 + 17.0 * (subtitle.len() + notes.len()) as f64;
    let foot = 30.0 + 14.0 * source.len() as f64;
    let height = top + body_height + foot;
    let svg = paint((width, height), &title, |canvas| {
        let shown = shorten(&title, TITLE, true, inner);
        canvas.text(MARGIN, 32.0, &shown, bold(TITLE, INK), Anchor::Start);
        let mut y = 56.0;
        for line in &subtitle {
            canvas.text(MARGIN, y, line, regular(SUBTITLE, MUTED), Anchor::Start);
            y += 17.0;
        }
        for line in &notes {
            canvas.text(MARGIN, y, line, regular(SUBTITLE, INK), Anchor::Start);
            y += 17.0;
        }
        body(canvas, top);
        let mut y = top + body_height + 24.0;
        for line in &source {
            canvas.text(MARGIN, y, line, regular(SMALL, MUTED), Anchor::Start);
            y += 14.0;
        }
    })?;
    Ok(Chart { name: head.name, svg })
}

/// A chart that only says why there is nothing to draw.
pub(crate) fn nothing(data: &ChartData, head: Head, why: &str) -> Result<Chart, ChartError> {
    let head = Head { subtitle: String::new(), ..head };
    page(data, head, super::theme::WIDTH, 60.0, |canvas, top| {
        canvas.text(MARGIN, top + 30.0, why, regular(14.0, INK), Anchor::Start);
    })
}

/// The groups of the texts, in the order of their first text.
pub(crate) struct Groups {
    /// Group of each text, parallel to the documents.
    of: Vec<usize>,
    /// Names of the groups.
    pub(crate) names: Vec<String>,
}

impl Groups {
    /// Finds the groups; texts without one form a group of their own.
    pub(crate) fn new(data: &ChartData) -> Groups {
        let mut known = std::collections::HashMap::new();
        let mut names = Vec::new();
        let mut of = Vec::with_capacity(data.documents.len());
        for document in &data.documents {
            let group = document.group.as_deref().map_or("", str::trim);
            let index = *known.entry(group).or_insert_with(|| {
                names.push(if group.is_empty() { "(no group)".to_owned() } else { group.to_owned() });
                names.len() - 1
            });
            of.push(index);
        }
        Groups { of, names }
    }

    /// Whether the groups are told apart by colour.
    pub(crate) fn coloured(&self) -> bool {
        (2..=MAX_COLOURS).contains(&self.names.len())
    }

    /// Group of a text.
    pub(crate) fn of(&self, text: usize) -> usize {
        self.of.get(text).copied().unwrap_or(0)
    }

    /// Colour of a text: that of its group, or that of all.
    pub(crate) fn colour(&self, text: usize) -> RGBColor {
        if self.coloured() {
            CATEGORIES[self.of(text) % MAX_COLOURS]
        } else if self.names.len() > MAX_COLOURS {
            MUTED
        } else {
            SERIES
        }
    }

    /// Legend of the group colours; empty where there are none.
    pub(crate) fn legend(&self) -> Vec<(String, RGBColor)> {
        if !self.coloured() {
            return Vec::new();
        }
        self.names.iter().cloned().zip(CATEGORIES).collect()
    }
}

/// Colours of the lines of texts in a common panel, and their legend: by
/// group, by text when there are few, otherwise all grey.
pub(crate) fn line_colours(
    data: &ChartData,
    groups: &Groups,
    by_text: usize,
) -> (Vec<RGBColor>, Vec<(String, RGBColor)>) {
    let count = data.documents.len();
    if groups.coloured() {
        let colours = (0..count).map(|text| groups.colour(text)).collect();
        (colours, groups.legend())
    } else if count <= by_text.min(MAX_COLOURS) {
        let names = data.documents.iter().map(|d| d.name.clone());
        (CATEGORIES[..count].to_vec(), names.zip(CATEGORIES).collect())
    } else {
        let entry = (format!("{} texts", whole(count as u64)), PLAIN);
        (vec![PLAIN; count], vec![entry])
    }
}

/// One line of a chart with a row for each text.
pub(crate) enum Slot {
    /// Name of the group that follows.
    Heading(usize),
    /// A text, by its index.
    Text(usize),
}

/// The rows of a chart with a row for each text, group by group.
pub(crate) struct Rows {
    slots: Vec<Slot>,
    /// Height of a row.
    pub(crate) pitch: f64,
}

impl Rows {
    /// Rows of the wanted height, less where there are many.
    pub(crate) fn new(groups: &Groups, headings: bool, pitch: f64) -> Rows {
        let shown = groups.of.len().min(MAX_ROWS);
        let used: std::collections::BTreeSet<usize> = (0..shown).map(|t| groups.of(t)).collect();
        let headings = headings && used.len() > 1 && used.len() * 2 <= shown;
        let mut slots = Vec::new();
        for group in used {
            if headings {
                slots.push(Slot::Heading(group));
            }
            slots.extend((0..shown).filter(|text| groups.of(*text) == group).map(Slot::Text));
        }
        let most = (MAX_BODY - 300.0) / slots.len().max(1) as f64;
        // Whole image pixels, so that edges are sharp.
        let pitch = (pitch.min(most) * 2.0).floor() / 2.0;
        Rows { slots, pitch }
    }

    /// Number of rows that hold a text.
    pub(crate) fn len(&self) -> usize {
        self.texts().count()
    }

    /// Height of all rows.
    pub(crate) fn height(&self) -> f64 {
        self.slots.len() as f64 * self.pitch
    }

    /// Whether the rows name the groups.
    pub(crate) fn headed(&self) -> bool {
        self.slots.iter().any(|slot| matches!(slot, Slot::Heading(_)))
    }

    /// The texts with the upper edges of their rows, from 0.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.slots.iter().enumerate().filter_map(|(index, slot)| match slot {
            Slot::Text(text) => Some((*text, index as f64 * self.pitch)),
            Slot::Heading(_) => None,
        })
    }

    fn size(&self) -> f64 {
        LABEL.min(self.pitch * 0.74)
    }

    /// Room the labels need, within limits.
    pub(crate) fn label_width(&self, data: &ChartData, groups: &Groups, most: f64) -> f64 {
        let texts = self.texts().filter_map(|(text, _)| {
            let name = &data.documents.get(text)?.name;
            let start: String = name.chars().take(100).collect();
            Some(text_width(&start, self.size(), false))
        });
        let heads = self.slots.iter().filter_map(|slot| match slot {
            Slot::Heading(group) => groups.names.get(*group),
            Slot::Text(_) => None,
        });
        let heads = heads.map(|name| text_width(name, self.size(), true));
        let widest = texts.chain(heads).fold(0.0, f64::max);
        (widest + 16.0).clamp(60.0, most).ceil()
    }

    /// Writes names and group marks, ending at `right`.
    pub(crate) fn labels(
        &self,
        canvas: &mut Canvas,
        data: &ChartData,
        groups: &Groups,
        (right, top): (f64, f64),
        width: f64,
    ) {
        let size = self.size();
        for (index, slot) in self.slots.iter().enumerate() {
            let y = top + (index as f64 + 0.5) * self.pitch;
            let (name, kind, heavy) = match slot {
                Slot::Heading(group) => {
                    let name = groups.names.get(*group).cloned().unwrap_or_default();
                    (name, bold(size, INK), true)
                }
                Slot::Text(text) => {
                    if groups.coloured() {
                        let (y, high) = (y - self.pitch / 2.0, self.pitch);
                        canvas.rect(right - 7.0, y, 3.0, high, groups.colour(*text));
                    }
                    let name = data.documents.get(*text).map_or("", |d| &d.name);
                    (name.to_owned(), regular(size, INK), false)
                }
            };
            let name = shorten(&name, size, heavy, width - 14.0);
            canvas.text(right - 11.0, y, &name, kind, Anchor::End);
        }
    }
}

/// The sentence that says how many of the texts are shown, if not all are.
pub(crate) fn limit_note(data: &ChartData, limit: usize) -> Option<String> {
    let count = data.documents.len();
    (count > limit).then(|| {
        format!(
            "The first {} of {} texts are shown; the tables hold all.",
            whole(limit as u64),
            whole(count as u64)
        )
    })
}

/// A legend of coloured marks in lines of text.
pub(crate) struct Legend {
    entries: Vec<(f64, f64, String, RGBColor)>,
    /// Height of the legend; 0 without entries.
    pub(crate) height: f64,
}

impl Legend {
    /// Sets the entries in lines of a width.
    pub(crate) fn new(entries: &[(String, RGBColor)], width: f64) -> Legend {
        let (mut x, mut y) = (0.0, 0.0);
        let mut placed = Vec::new();
        for (name, colour) in entries {
            let name = shorten(name, LABEL, false, width.min(260.0) - 24.0);
            let wide = 24.0 + text_width(&name, LABEL, false);
            if x > 0.0 && x + wide > width {
                (x, y) = (0.0, y + 18.0);
            }
            placed.push((x, y, name, *colour));
            x += wide + 18.0;
        }
        let height = if placed.is_empty() { 0.0 } else { y + 24.0 };
        Legend { entries: placed, height }
    }

    /// Draws the legend with its upper left corner at `x`, `y`; `stroke` is
    /// the height of the marks.
    pub(crate) fn draw(&self, canvas: &mut Canvas, x: f64, y: f64, stroke: f64) {
        for (left, top, name, colour) in &self.entries {
            let (left, middle) = (x + left, y + top + 9.0);
            canvas.rect(left, middle - stroke / 2.0, 18.0, stroke, *colour);
            let kind = regular(LABEL, INK);
            canvas.text(left + 24.0, middle, name, kind, Anchor::Start);
        }
    }
}
