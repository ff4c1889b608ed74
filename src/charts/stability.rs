//! Which class each text is given to, setting by setting.

use plotters::style::RGBColor;

use super::layout::{Head, Legend, nothing, page};
use super::render::{Anchor, bold, regular};
use super::theme::{
    AXIS, CATEGORIES, HATCH, INK, LABEL, MARGIN, MAX_ROWS, MUTED, PLAIN, SMALL, WIDTH, number, shorten, whole,
};
use super::{Chart, ChartData, ChartError};

/// Attribution of texts under every setting of a sweep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StabilityMap {
    /// Name of the corpus.
    pub title: String,
    /// What was counted, and with what.
    pub source: String,
    /// How classes were chosen.
    pub method: String,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Names of the texts, each with a row.
    pub texts: Vec<String>,
    /// Numbers of features, each a column in every block.
    pub mfw: Vec<usize>,
    /// Culling levels in percent, each a block of columns.
    pub culling: Vec<f64>,
    /// By text, the class under each setting, by culling level, then by number of features; none where there
    /// is no such setting.
    pub chosen: Vec<Vec<Option<usize>>>,
}

/// Stem of the file name.
const NAME: &str = "stability";
/// Classes with a colour of their own; the others share one.
const COLOURED: usize = CATEGORIES.len();
/// Space between two blocks.
const GAP: f64 = 20.0;
/// Width of the column of shares on the right.
const SHARES: f64 = 126.0;

/// Draws a heat map with a row for each text and a column for each number of features, in a block for each culling
/// level; the colour is the class chosen. On the right the class that most settings choose, and their share.
/// The eight classes chosen most have colours. Of more than 120 texts the first 120 are shown.
///
/// # Errors
/// When the drawing fails.
pub fn stability_map(map: &StabilityMap) -> Result<Chart, ChartError> {
    let data = ChartData { title: map.title.clone(), source: map.source.clone(), ..ChartData::default() };
    let mut head = Head {
        name: NAME,
        title: "Attribution by number of features and culling",
        subtitle: format!(
            "The class that {} gives each text to, by the number of most frequent features (columns) and the percentage \
             of texts that must have a feature (blocks). A row of one colour does not depend on the setting.",
            map.method
        ),
        notes: Vec::new(),
    };
    if map.texts.is_empty() || map.mfw.is_empty() || map.culling.is_empty() {
        return nothing(&data, head, "There is nothing to attribute.");
    }
    let rows = map.texts.len().min(MAX_ROWS);
    if rows < map.texts.len() {
        head.notes.push(format!(
            "The first {rows} of {} texts are shown; the tables hold all.",
            whole(map.texts.len() as u64)
        ));
    }
    let colours = colours(map);
    let pitch = if rows <= 40 { 20.0 } else { 14.0 };
    let labels = 190.0;
    let (blocks, columns) = (map.culling.len() as f64, map.mfw.len() as f64);
    let room = WIDTH - 2.0 * MARGIN - labels - SHARES - GAP * (blocks - 1.0);
    let wide = (room / (blocks * columns)).clamp(4.0, 30.0);
    let width = WIDTH.max(2.0 * MARGIN + labels + SHARES + GAP * (blocks - 1.0) + wide * blocks * columns);
    let legend = Legend::new(&legend(map, &colours), width - 2.0 * MARGIN);
    let height = legend.height + 40.0 + pitch * rows as f64 + 8.0;
    page(&data, head, width, height, |canvas, top| {
        legend.draw(canvas, MARGIN, top, 10.0);
        let top = top + legend.height;
        let left = MARGIN + labels;
        let place =
            |block: usize, column: usize| left + block as f64 * (columns * wide + GAP) + column as f64 * wide;
        let small = regular(SMALL, MUTED);
        for (block, culling) in map.culling.iter().enumerate() {
            let (start, end) = (place(block, 0), place(block, map.mfw.len()));
            let title = format!("culling {} %", number(*culling));
            canvas.text(start, top + 8.0, &title, bold(LABEL, INK), Anchor::Start);
            canvas.line((start, top + 36.0), (end, top + 36.0), AXIS, 1.0);
            // As many labels as there is room for.
            let step = (36.0 / wide).ceil() as usize;
            for (column, mfw) in map.mfw.iter().enumerate() {
                // The first of a further block would run into the last of the block before.
                let tick = (column == 0 && block == 0) || (column + 1) % step.max(1) == 0;
                if tick && (column == 0 || column + 1 >= step) {
                    let x = place(block, column) + wide / 2.0;
                    canvas.text(x, top + 26.0, &whole(*mfw as u64), small, Anchor::Middle);
                }
            }
        }
        let right = place(map.culling.len() - 1, map.mfw.len()) + 18.0;
        canvas.text(right, top + 26.0, "most settings", small, Anchor::Start);
        let first = top + 40.0;
        for (row, name) in map.texts.iter().take(rows).enumerate() {
            let y = first + row as f64 * pitch;
            let middle = y + pitch / 2.0;
            let size = if pitch < 18.0 { SMALL - 0.5 } else { LABEL };
            let label = shorten(name, size, false, labels - 14.0);
            canvas.text(left - 9.0, middle, &label, regular(size, INK), Anchor::End);
            let Some(chosen) = map.chosen.get(row) else { continue };
            for (setting, class) in chosen.iter().enumerate() {
                let (block, column) = (setting / map.mfw.len(), setting % map.mfw.len());
                if block >= map.culling.len() {
                    break;
                }
                let (x, gap) = (place(block, column), if wide > 8.0 { 0.5 } else { 0.0 });
                match class {
                    Some(class) => {
                        let ink = colours.get(*class).copied().unwrap_or(PLAIN);
                        canvas.rect(x, y + 1.0, wide - gap, pitch - 2.0, ink);
                    }
                    None => canvas.line((x, middle), (x + wide, middle), HATCH, 1.0),
                }
            }
            if let Some((class, share)) = winner(chosen) {
                let name = map.classes.get(class).map_or("", String::as_str);
                let share = format!("{:.0} %", share * 100.0);
                let name = shorten(name, size, false, SHARES - 48.0);
                canvas.text(right, middle, &format!("{name} {share}"), regular(size, INK), Anchor::Start);
            }
        }
    })
}

/// The class that most settings choose, the first of several, and its share.
fn winner(chosen: &[Option<usize>]) -> Option<(usize, f64)> {
    let counts = counts(chosen.iter().flatten().copied());
    let all: usize = counts.iter().sum();
    let best = (0..counts.len()).rev().max_by_key(|class| counts[*class])?;
    Some((best, counts[best] as f64 / all as f64))
}

fn counts(classes: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut counts = Vec::new();
    for class in classes {
        if counts.len() <= class {
            counts.resize(class + 1, 0);
        }
        counts[class] += 1;
    }
    counts
}

/// The colour of each class.
fn colours(map: &StabilityMap) -> Vec<RGBColor> {
    let counts = counts(map.chosen.iter().flatten().flatten().copied());
    let mut order: Vec<usize> = (0..map.classes.len()).collect();
    order.sort_by_key(|class| std::cmp::Reverse(counts.get(*class).copied().unwrap_or(0)));
    order.truncate(COLOURED);
    order.sort_unstable();
    let mut colours = vec![PLAIN; map.classes.len()];
    for (class, colour) in order.into_iter().zip(CATEGORIES) {
        colours[class] = colour;
    }
    colours
}

fn legend(map: &StabilityMap, colours: &[RGBColor]) -> Vec<(String, RGBColor)> {
    let named = map.classes.iter().cloned().zip(colours.iter().copied());
    let mut entries: Vec<_> = named.filter(|(_, colour)| *colour != PLAIN).collect();
    if map.classes.len() > COLOURED {
        entries.push(("other classes".to_owned(), PLAIN));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_most_settings_choose() {
        assert_eq!(winner(&[Some(1), None, Some(1), Some(0)]), Some((1, 2.0 / 3.0)));
        assert_eq!(winner(&[Some(1), Some(0)]), Some((0, 0.5)));
        assert_eq!(winner(&[None]), None);
    }

    #[test]
    fn many_classes_and_names_that_look_like_markup() {
        let classes: Vec<String> = (0..12).map(|class| format!("<class {class}>")).collect();
        let map = StabilityMap {
            title: "A & B".to_owned(),
            method: "Delta".to_owned(),
            texts: (0..150).map(|text| format!("text {text}")).collect(),
            mfw: vec![100, 200],
            culling: vec![0.0, 20.0],
            chosen: (0..150).map(|text| vec![Some(text % 12), None, Some(0), Some(11)]).collect(),
            classes,
            ..StabilityMap::default()
        };
        let svg = stability_map(&map).unwrap().svg;
        assert!(svg.contains("The first 120 of 150 texts") && svg.contains("other classes"));
        assert!(svg.contains("&lt;class 0&gt;") && !svg.contains("<class"));
        assert!(stability_map(&StabilityMap::default()).unwrap().svg.contains("nothing to attribute"));
    }
}
