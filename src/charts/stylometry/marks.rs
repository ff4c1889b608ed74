//! Marks of groups: a colour and a shape for each.

use std::collections::BTreeMap;

use plotters::style::RGBColor;

use super::Labelled;
use crate::charts::render::{Anchor, Canvas, regular, text_width};
use crate::charts::theme::{CATEGORIES, INK, LABEL, MUTED, PAPER, SERIES, shorten};

/// Groups that a legend has room for.
const MOST_NAMED: usize = 40;

/// The mark of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub colour: RGBColor,
    shape: u8,
    hollow: bool,
}

impl Mark {
    /// Of the 48 combinations neighbours differ in both colour and shape.
    fn of(group: usize) -> Self {
        Self {
            colour: CATEGORIES[group % CATEGORIES.len()],
            shape: (group % 6) as u8,
            hollow: group / 24 % 2 == 1,
        }
    }

    /// Draws the mark around a point.
    pub fn draw(self, canvas: &mut Canvas, (x, y): (f64, f64), radius: f64) {
        self.fill(canvas, (x, y), radius, self.colour);
        if self.hollow {
            self.fill(canvas, (x, y), radius * 0.5, PAPER);
        }
    }

    fn fill(self, canvas: &mut Canvas, (x, y): (f64, f64), r: f64, ink: RGBColor) {
        let place =
            |points: &[(f64, f64)]| points.iter().map(|(a, b)| (x + a * r, y + b * r)).collect::<Vec<_>>();
        match self.shape {
            0 => canvas.dot(x, y, r, ink),
            1 => canvas.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r, ink),
            2 => canvas.polygon(&place(&[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)]), ink),
            3 => canvas.polygon(&place(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]), ink),
            4 => canvas.polygon(&place(&[(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)]), ink),
            _ => {
                canvas.rect(x - 1.2 * r, y - 0.4 * r, 2.4 * r, 0.8 * r, ink);
                canvas.rect(x - 0.4 * r, y - 1.2 * r, 0.8 * r, 2.4 * r, ink);
            }
        }
    }
}

/// The marks of texts.
pub(super) struct Marks {
    /// Group of each text; none without groups.
    of: Vec<Option<usize>>,
    names: Vec<String>,
}

impl Marks {
    /// Groups in code-point order of their names.
    pub fn new(texts: &Labelled) -> Self {
        let mut names: Vec<String> = texts.groups.iter().filter(|name| !name.is_empty()).cloned().collect();
        names.sort_unstable();
        names.dedup();
        let places: BTreeMap<&str, usize> =
            names.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
        let of = (0..texts.names.len())
            .map(|text| texts.groups.get(text).and_then(|name| places.get(name.as_str())).copied())
            .collect();
        Self { of, names }
    }

    /// The group of a text.
    pub fn group(&self, text: usize) -> Option<usize> {
        self.of.get(text).copied().flatten()
    }

    /// The mark of a group, or of texts without one.
    pub fn mark(&self, group: Option<usize>) -> Mark {
        match group {
            Some(group) if self.names.len() > 1 => Mark::of(group),
            _ if self.names.len() > 1 => Mark { colour: MUTED, shape: 0, hollow: true },
            _ => Mark { colour: SERIES, shape: 0, hollow: false },
        }
    }

    /// The mark of a text.
    pub fn of_text(&self, text: usize) -> Mark {
        self.mark(self.group(text))
    }

    /// A legend for a width: where its entries stand, and its height; nothing with one group or too many.
    pub fn legend(&self, width: f64) -> Legend {
        let mut legend = Legend { entries: Vec::new(), height: 0.0 };
        if !(2..=MOST_NAMED).contains(&self.names.len()) {
            return legend;
        }
        let (mut x, mut y) = (0.0, 0.0);
        let mut entries: Vec<(Option<usize>, &str)> =
            self.names.iter().enumerate().map(|(group, name)| (Some(group), name.as_str())).collect();
        if self.of.contains(&None) {
            entries.push((None, "(no group)"));
        }
        for (group, name) in entries {
            let name = shorten(name, LABEL, false, 220.0);
            let wide = 18.0 + text_width(&name, LABEL, false);
            if x > 0.0 && x + wide > width {
                (x, y) = (0.0, y + 18.0);
            }
            legend.entries.push((x, y, name, self.mark(group)));
            x += wide + 18.0;
        }
        legend.height = y + 26.0;
        legend
    }
}

/// A legend of marks.
pub(super) struct Legend {
    entries: Vec<(f64, f64, String, Mark)>,
    /// Its height; 0 without entries.
    pub height: f64,
}

impl Legend {
    /// Draws it with its upper left corner at a point.
    pub fn draw(&self, canvas: &mut Canvas, x: f64, y: f64) {
        for (left, top, name, mark) in &self.entries {
            let middle = y + top + 9.0;
            mark.draw(canvas, (x + left + 5.0, middle), 4.5);
            canvas.text(x + left + 15.0, middle, name, regular(LABEL, INK), Anchor::Start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_eight_marks_are_different() {
        for a in 0..48 {
            for b in 0..a {
                assert_ne!(Mark::of(a), Mark::of(b), "{a} {b}");
            }
            let (one, next) = (Mark::of(a), Mark::of(a + 1));
            assert!(one.colour != next.colour && one.shape != next.shape);
        }
    }
}
