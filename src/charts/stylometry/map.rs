//! Maps: texts as points, near one another where they are alike.

use super::Labelled;
use super::marks::Marks;
use crate::charts::layout::{Head, page};
use crate::charts::render::{Anchor, bold, regular, text_width};
use crate::charts::theme::{
    AXIS, GRID, HATCH, INK, LABEL, MARGIN, MUTED, PAPER, SMALL, WIDTH, number, shorten,
};
use crate::charts::{Chart, ChartError};

/// The widest label.
const WIDEST: f64 = 190.0;
/// Beyond so many texts no names are written.
const MOST_NAMED: usize = 300;
/// Height of the frame.
const HEIGHT: f64 = 640.0;

/// A map to be drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct MapDrawing {
    /// Stem of the file.
    pub name: &'static str,
    /// What is shown.
    pub title: &'static str,
    /// How it was made and how to read it.
    pub subtitle: String,
    /// The place of each text.
    pub points: Vec<[f64; 2]>,
    /// Titles of the axes.
    pub axes: [String; 2],
    /// Whether numbers on the axes mean something.
    pub numbered: bool,
    /// Features as arrows from the centre.
    pub arrows: Vec<Arrow>,
}

/// A feature in a map: where more of it leads to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrow {
    /// Name of the feature.
    pub name: String,
    /// Its weights along the axes.
    pub to: [f64; 2],
}

/// A rectangle that something stands in.
#[derive(Clone, Copy, Debug)]
struct Box2 {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Box2 {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn within(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }
}

/// Draws a map. Names are placed where they meet neither marks nor other names, with a thin line to their mark if
/// they stand farther off; a note says how many found no room.
///
/// # Errors
/// If the drawing fails.
pub(crate) fn map(texts: &Labelled, drawing: &MapDrawing) -> Result<Chart, ChartError> {
    let marks = Marks::new(texts);
    let legend = marks.legend(WIDTH - 2.0 * MARGIN);
    let (left, right) = (MARGIN + 46.0, WIDTH - MARGIN);
    let frame = Box2 { left, top: 0.0, right, bottom: HEIGHT };
    let scale = Scale::new(drawing, &frame);
    let places: Vec<(f64, f64)> = drawing.points.iter().map(|point| scale.place(*point)).collect();
    let radius = if places.len() > 120 { 3.5 } else { 4.5 };
    let mut taken: Vec<Box2> = places.iter().map(|place| around(*place, radius + 1.0)).collect();
    let names: Vec<String> = if places.len() > MOST_NAMED {
        Vec::new()
    } else {
        texts.names.iter().map(|name| shorten(name, SMALL, false, WIDEST)).collect()
    };
    let labels = placed(&names, &places, &frame, &mut taken);
    let arrows = arrows(&scale, &drawing.arrows, &frame);
    let mut arrow_labels = Vec::with_capacity(arrows.len());
    for (name, tip) in &arrows {
        let name = shorten(name, LABEL, true, 120.0);
        let found = room(*tip, text_width(&name, LABEL, true) + 2.0, &frame, &taken);
        taken.extend(found.map(|(label, _)| label));
        arrow_labels.push((name, *tip, found));
    }
    let nameless =
        if names.is_empty() { places.len() } else { labels.iter().filter(|label| label.is_none()).count() };
    let notes = (nameless > 0).then(|| {
        format!("{nameless} of {} names found no room; the table of coordinates has all.", places.len())
    });
    let head = Head {
        name: drawing.name,
        title: drawing.title,
        subtitle: drawing.subtitle.clone(),
        notes: notes.into_iter().collect(),
    };
    let height = legend.height + 8.0 + HEIGHT + 46.0;
    page(&texts.page(), head, WIDTH, height, |canvas, top| {
        legend.draw(canvas, MARGIN, top);
        let top = top + legend.height + 8.0;
        let bottom = top + HEIGHT;
        let down = |(x, y): (f64, f64)| (x, top + y);
        for axis in [0, 1] {
            for tick in scale.ticks(axis) {
                let mut point = [0.0, 0.0];
                point[axis] = tick;
                let (x, y) = down(scale.place(point));
                let (from, to) = if axis == 0 { ((x, top), (x, bottom)) } else { ((left, y), (right, y)) };
                canvas.line(from, to, if tick == 0.0 { AXIS } else { GRID }, 1.0);
                if drawing.numbered && axis == 0 {
                    canvas.text(x, bottom + 12.0, &number(tick), regular(SMALL, MUTED), Anchor::Middle);
                } else if drawing.numbered {
                    canvas.text(left - 5.0, y, &number(tick), regular(SMALL, MUTED), Anchor::End);
                }
            }
        }
        for (from, to) in [
            ((left, top), (right, top)),
            ((right, top), (right, bottom)),
            ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)),
        ] {
            canvas.line(from, to, AXIS, 1.0);
        }
        canvas.text(
            (left + right) / 2.0,
            bottom + 31.0,
            &drawing.axes[0],
            regular(LABEL, INK),
            Anchor::Middle,
        );
        canvas.upward(
            MARGIN + 2.0,
            (top + bottom) / 2.0,
            &drawing.axes[1],
            regular(LABEL, INK),
            Anchor::Middle,
        );
        let centre = down(scale.place([0.0, 0.0]));
        for (name, tip, label) in &arrow_labels {
            let to = down(*tip);
            canvas.line(centre, to, HATCH, 1.0);
            canvas.dot(to.0, to.1, 2.0, MUTED);
            if let Some((label, _)) = label {
                let at = down((label.left + 1.0, (label.top + label.bottom) / 2.0));
                canvas.text(at.0, at.1, name, bold(LABEL, MUTED), Anchor::Start);
            }
        }
        for (label, place) in labels.iter().zip(&places) {
            if let Some((label, true)) = label {
                let near = (place.0.clamp(label.left, label.right), place.1.clamp(label.top, label.bottom));
                canvas.line(down(*place), down(near), AXIS, 0.5);
            }
        }
        for (text, place) in places.iter().enumerate() {
            marks.of_text(text).draw(canvas, down(*place), radius);
        }
        for (label, name) in labels.iter().zip(&names) {
            if let Some((label, _)) = label {
                let corner = down((label.left, label.top));
                canvas.rect(corner.0, corner.1, label.right - label.left, label.bottom - label.top, PAPER);
                let at = down((label.left + 1.0, (label.top + label.bottom) / 2.0));
                canvas.text(at.0, at.1, name, regular(SMALL, INK), Anchor::Start);
            }
        }
    })
}

/// A place for the label of each point, and whether it needs a line; none where there is no room.
fn placed(
    names: &[String],
    places: &[(f64, f64)],
    frame: &Box2,
    taken: &mut Vec<Box2>,
) -> Vec<Option<(Box2, bool)>> {
    let mut labels = Vec::with_capacity(names.len());
    for (name, place) in names.iter().zip(places) {
        let found = room(*place, text_width(name, SMALL, false) + 2.0, frame, taken);
        taken.extend(found.map(|(label, _)| label));
        labels.push(found);
    }
    labels
}

fn around((x, y): (f64, f64), radius: f64) -> Box2 {
    Box2 { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
}

/// A free place for a label near a point, and whether it needs a line to it.
fn room((x, y): (f64, f64), width: f64, frame: &Box2, taken: &[Box2]) -> Option<(Box2, bool)> {
    let half = SMALL * 0.62;
    // Right, left, above, below, then ever wider rings.
    let beside = [(7.0, 0.0), (-7.0 - width, 0.0), (-width / 2.0, -12.0), (-width / 2.0, 12.0)];
    let corners = [(5.0, -9.0), (5.0, 9.0), (-5.0 - width, -9.0), (-5.0 - width, 9.0)];
    let near = beside.into_iter().chain(corners).map(|offset| (offset, false));
    let rings = [18.0, 28.0, 40.0, 56.0, 76.0, 100.0, 130.0].into_iter().flat_map(|radius: f64| {
        (0..16).flat_map(move |step| {
            let angle = f64::from(step) * std::f64::consts::TAU / 16.0;
            let (dx, dy) = (radius * angle.cos(), radius * angle.sin());
            let start = if angle.cos() >= 0.0 { dx } else { dx - width };
            [((start, dy), true), ((dx - width / 2.0, dy), true)]
        })
    });
    near.chain(rings)
        .map(|((dx, dy), far)| {
            let (left, middle) = (x + dx, y + dy);
            (Box2 { left, top: middle - half, right: left + width, bottom: middle + half }, far)
        })
        .find(|(label, _)| label.within(frame) && !taken.iter().any(|other| label.meets(other)))
}

/// Names and tips of arrows: the longest reaches to two fifths of the frame.
fn arrows(scale: &Scale, arrows: &[Arrow], frame: &Box2) -> Vec<(String, (f64, f64))> {
    let longest = arrows.iter().map(|arrow| arrow.to[0].hypot(arrow.to[1])).fold(0.0, f64::max);
    if longest <= 0.0 {
        return Vec::new();
    }
    let reach = (frame.bottom - frame.top) * 0.4 / longest;
    let (x, y) = scale.place([0.0, 0.0]);
    arrows
        .iter()
        .map(|arrow| {
            let tip = (x + arrow.to[0] * reach, y - arrow.to[1] * reach);
            let tip = (
                tip.0.clamp(frame.left + 4.0, frame.right - 4.0),
                tip.1.clamp(frame.top + 4.0, frame.bottom - 4.0),
            );
            (arrow.name.clone(), tip)
        })
        .collect()
}

/// From coordinates to places in the frame; both axes have one scale, so that distances can be compared.
struct Scale {
    /// Coordinates in the middle of the frame.
    middle: [f64; 2],
    /// The place of the middle.
    at: (f64, f64),
    /// Pixels for 1.
    pixels: f64,
    /// Half of the frame, in coordinates.
    half: [f64; 2],
}

impl Scale {
    fn new(drawing: &MapDrawing, frame: &Box2) -> Self {
        let range = |axis: usize| {
            let values = drawing.points.iter().map(|point| point[axis]).filter(|value| value.is_finite());
            // The origin is in the picture, as arrows begin there.
            let origin = (!drawing.arrows.is_empty()).then_some(0.0);
            values
                .chain(origin)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ranges = [range(0), range(1)];
        let middle = ranges.map(|(low, high)| if low <= high { f64::midpoint(low, high) } else { 0.0 });
        let (wide, high) = (frame.right - frame.left - 120.0, frame.bottom - frame.top - 70.0);
        let spans = ranges.map(|(low, high)| if low < high { high - low } else { 0.0 });
        let fit = (wide / spans[0]).min(high / spans[1]);
        let pixels = if fit.is_finite() && fit > 0.0 { fit } else { 1.0 };
        Self {
            middle,
            at: (f64::midpoint(frame.left, frame.right), f64::midpoint(frame.top, frame.bottom)),
            pixels,
            half: [(frame.right - frame.left) / 2.0 / pixels, (frame.bottom - frame.top) / 2.0 / pixels],
        }
    }

    fn place(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        (self.at.0 + (x - self.middle[0]) * self.pixels, self.at.1 - (y - self.middle[1]) * self.pixels)
    }

    /// Round numbers along an axis, the same step on both.
    fn ticks(&self, axis: usize) -> Vec<f64> {
        let raw = self.half[0] / 4.0;
        let power = 10f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .iter()
            .map(|factor| factor * power)
            .find(|step| *step >= raw)
            .unwrap_or(raw);
        let (low, high) = (self.middle[axis] - self.half[axis], self.middle[axis] + self.half[axis]);
        let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
        (first..=last.min(first.saturating_add(40))).map(|tick| tick as f64 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(count: usize) -> Labelled {
        let name = |text: usize| match text % 4 {
            0 => format!("紅樓夢_第{text}回"),
            1 => format!("Достоевский_Преступление и наказание {text}"),
            2 => format!("<a & b>\u{202e}_{}", "long ".repeat(60)),
            _ => format!("t{text}"),
        };
        Labelled {
            title: "corpus".to_owned(),
            source: String::new(),
            names: (0..count).map(name).collect(),
            groups: (0..count).map(|text| format!("g{}", text % 50)).collect(),
        }
    }

    fn points(count: usize) -> Vec<[f64; 2]> {
        (0..count).map(|text| [(text * 37 % 101) as f64, (text * 53 % 97) as f64 / 3.0]).collect()
    }

    #[test]
    fn names_meet_nothing() {
        let frame = Box2 { left: 70.0, top: 0.0, right: 930.0, bottom: HEIGHT };
        let drawing = MapDrawing { points: points(100), ..MapDrawing::default() };
        let scale = Scale::new(&drawing, &frame);
        let places: Vec<(f64, f64)> = drawing.points.iter().map(|point| scale.place(*point)).collect();
        let mut taken: Vec<Box2> = places.iter().map(|place| around(*place, 5.0)).collect();
        let labels = placed(&texts(100).names, &places, &frame, &mut taken);
        assert!(labels.iter().flatten().count() > 60);
        for (index, one) in taken.iter().enumerate().skip(100) {
            assert!(one.within(&frame));
            assert!(taken[..index].iter().all(|other| !one.meets(other)));
        }
    }

    #[test]
    fn any_number_of_texts_is_drawn() {
        for count in [1, 2, 3, 301] {
            let arrow = Arrow { name: "the".to_owned(), to: [0.5, -0.2] };
            let drawing = MapDrawing {
                name: "m",
                title: "Map",
                points: points(count),
                numbered: true,
                arrows: vec![arrow],
                ..MapDrawing::default()
            };
            let svg = map(&texts(count), &drawing).unwrap().svg;
            assert_eq!(svg, map(&texts(count), &drawing).unwrap().svg);
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
        }
        // All in one place.
        let same = MapDrawing { points: vec![[1.0, 1.0]; 5], ..MapDrawing::default() };
        assert!(!map(&texts(5), &same).unwrap().svg.contains("NaN"));
    }
}
