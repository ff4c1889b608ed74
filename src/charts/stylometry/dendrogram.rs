//! Trees: texts on the right, one a row, branches to the left.

use super::Labelled;
use super::marks::Marks;
use crate::charts::layout::{Head, page};
use crate::charts::render::{Anchor, regular, text_width};
use crate::charts::theme::{
    AXIS, GRID, INK, LABEL, MARGIN, MUTED, PAPER, SMALL, WIDTH, number, shorten, ticks,
};
use crate::charts::{Chart, ChartError};

/// Room for the branches.
const BRANCHES: f64 = 620.0;
/// The widest label.
const WIDEST: f64 = 420.0;

/// A tree to be drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawing {
    /// Stem of the file.
    pub name: &'static str,
    /// What is shown.
    pub title: &'static str,
    /// How it was made and how to read it.
    pub subtitle: String,
    /// Children stand before their parents; the root is last.
    pub nodes: Vec<DrawnNode>,
    /// What the axis counts in; none where the lengths of branches mean nothing.
    pub axis: Option<&'static str>,
    /// The axis counts from the texts, as heights do, not from the root.
    pub from_texts: bool,
}

/// A node of a [`Drawing`].
#[derive(Clone, Debug, Default)]
pub(crate) struct DrawnNode {
    /// The text, for a tip.
    pub text: Option<usize>,
    /// Places of the nodes below.
    pub children: Vec<usize>,
    /// Its place on the axis.
    pub at: f64,
    /// What is written at the branch above it.
    pub support: String,
}

/// Draws a tree with a row for each text.
///
/// # Errors
/// If the drawing fails.
pub(crate) fn dendrogram(texts: &Labelled, tree: &Drawing) -> Result<Chart, ChartError> {
    let marks = Marks::new(texts);
    let rows = rows(&tree.nodes);
    let count = rows.iter().filter(|row| row.is_some()).count().max(1);
    let pitch: f64 = match count {
        0..=12 => 26.0,
        13..=60 => 20.0,
        61..=150 => 15.0,
        _ => 12.0,
    };
    let size = LABEL.min(pitch * 0.78);
    let label = |text: usize| {
        let name = texts.names.get(text).map_or("", String::as_str);
        shorten(name, size, false, WIDEST)
    };
    // The largest place on the axis, which has round ends.
    let most = tree.nodes.iter().map(|node| node.at).filter(|at| at.is_finite()).fold(0.0, f64::max);
    let axis = ticks(most, 5);
    let end = if tree.axis.is_some() { axis.last().copied().unwrap_or(1.0) } else { most.max(1.0) };
    let left = MARGIN + 14.0;
    let x_of = |at: f64| {
        let share = (at / end).clamp(0.0, 1.0);
        left + BRANCHES * if tree.from_texts { 1.0 - share } else { share }
    };
    // Labels begin where their branch ends, so the picture is as wide as the farthest one needs.
    let labels_end = tree.nodes.iter().filter_map(|node| {
        let text = node.text?;
        Some(x_of(node.at) + 20.0 + text_width(&label(text), size, false))
    });
    let width = labels_end.fold(left + BRANCHES, f64::max) + MARGIN;
    let width = width.max(WIDTH);
    let legend = marks.legend(width - 2.0 * MARGIN);
    let top_room = if tree.axis.is_some() && count > 30 { 24.0 } else { 8.0 };
    let foot = if tree.axis.is_some() { 44.0 } else { 8.0 };
    let height = legend.height + top_room + count as f64 * pitch + foot;
    let y_of = middles(&tree.nodes, &rows);
    let groups = common_groups(&tree.nodes, &marks);
    let head =
        Head { name: tree.name, title: tree.title, subtitle: tree.subtitle.clone(), notes: Vec::new() };
    page(&texts.page(), head, width, height, |canvas, top| {
        legend.draw(canvas, MARGIN, top);
        let top = top + legend.height + top_room;
        let bottom = top + count as f64 * pitch;
        let y = |node: usize| top + (y_of[node] + 0.5) * pitch;
        if let Some(unit) = tree.axis {
            for tick in &axis {
                let x = x_of(*tick);
                canvas.line((x, top), (x, bottom), GRID, 1.0);
                canvas.text(x, bottom + 12.0, &number(*tick), regular(SMALL, MUTED), Anchor::Middle);
                if count > 30 {
                    canvas.text(x, top - 10.0, &number(*tick), regular(SMALL, MUTED), Anchor::Middle);
                }
            }
            canvas.line((left, bottom), (left + BRANCHES, bottom), AXIS, 1.0);
            canvas.text(left + BRANCHES / 2.0, bottom + 30.0, unit, regular(LABEL, INK), Anchor::Middle);
        }
        let ink = |node: usize| match groups[node] {
            Some(Some(group)) => marks.mark(Some(group)).colour,
            _ => INK,
        };
        for (place, node) in tree.nodes.iter().enumerate() {
            let x = x_of(node.at);
            if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
                // Two strokes, so that each half has the colour of what it leads to.
                for child in [first, last] {
                    let colour = if ink(place) == INK { INK } else { ink(*child) };
                    canvas.line((x, y(place)), (x, y(*child)), colour, 1.25);
                }
            }
            for child in &node.children {
                canvas.line((x, y(*child)), (x_of(tree.nodes[*child].at), y(*child)), ink(*child), 1.25);
            }
        }
        if let Some(root) = tree.nodes.len().checked_sub(1) {
            let x = x_of(tree.nodes[root].at);
            canvas.line((x - 8.0, y(root)), (x, y(root)), INK, 1.25);
        }
        for (place, node) in tree.nodes.iter().enumerate().filter(|(_, node)| !node.support.is_empty()) {
            let kind = (pitch * 0.62).min(9.0);
            let wide = text_width(&node.support, kind, false);
            let (right, middle) = (x_of(node.at) - 2.5, y(place) - kind * 0.62);
            let start = (right - wide).max(MARGIN / 2.0);
            canvas.rect(start - 1.0, middle - kind * 0.52, wide + 2.0, kind * 1.02, PAPER);
            canvas.text(start, middle, &node.support, regular(kind, INK), Anchor::Start);
        }
        for (place, node) in tree.nodes.iter().enumerate() {
            let Some(text) = node.text else { continue };
            let x = x_of(node.at);
            marks.of_text(text).draw(canvas, (x + 8.0, y(place)), (pitch * 0.24).min(4.0));
            canvas.text(x + 17.0, y(place), &label(text), regular(size, INK), Anchor::Start);
        }
    })
}

/// The row of each tip, from the top, by the order of the tree.
fn rows(nodes: &[DrawnNode]) -> Vec<Option<usize>> {
    let mut rows = vec![None; nodes.len()];
    let mut next = 0;
    let mut open: Vec<usize> = nodes.len().checked_sub(1).into_iter().collect();
    while let Some(node) = open.pop() {
        if nodes[node].text.is_some() {
            rows[node] = Some(next);
            next += 1;
        }
        open.extend(nodes[node].children.iter().rev());
    }
    rows
}

/// The height of each node in rows: between its first and its last child.
fn middles(nodes: &[DrawnNode], rows: &[Option<usize>]) -> Vec<f64> {
    let mut middles = vec![0.0; nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        middles[place] = match (rows[place], node.children.first(), node.children.last()) {
            (None, Some(first), Some(last)) => f64::midpoint(middles[*first], middles[*last]),
            (row, ..) => row.unwrap_or(0) as f64,
        };
    }
    middles
}

/// The group that all texts below a node share: none where they differ, `Some(None)` where none has a group.
fn common_groups(nodes: &[DrawnNode], marks: &Marks) -> Vec<Option<Option<usize>>> {
    let mut common: Vec<Option<Option<usize>>> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let group = match node.text {
            Some(text) => Some(marks.group(text)),
            None => {
                let mut below = node.children.iter().map(|child| common[*child]);
                let first = below.next().flatten();
                if below.all(|other| other == first) { first } else { None }
            }
        };
        common.push(group);
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree in which one text after another joins.
    fn ladder(count: usize) -> (Labelled, Drawing) {
        let mut nodes: Vec<DrawnNode> =
            (0..count).map(|text| DrawnNode { text: Some(text), ..DrawnNode::default() }).collect();
        for text in 1..count {
            let below = if text == 1 { 0 } else { nodes.len() - 1 };
            nodes.push(DrawnNode {
                children: vec![below, text],
                at: text as f64,
                support: "100/7".to_owned(),
                ..DrawnNode::default()
            });
        }
        let texts = Labelled {
            names: (0..count).map(|text| format!("text {text} {}", "紅 long ".repeat(text % 40))).collect(),
            groups: (0..count)
                .map(|text| if text % 3 == 0 { String::new() } else { format!("g{}", text % 9) })
                .collect(),
            ..Labelled::default()
        };
        (
            texts,
            Drawing {
                name: "t",
                title: "Tree",
                nodes,
                axis: Some("height"),
                from_texts: true,
                ..Drawing::default()
            },
        )
    }

    #[test]
    fn every_text_has_a_row_and_room() {
        for count in [1, 2, 3, 27, 300] {
            let (texts, tree) = ladder(count);
            let svg = dendrogram(&texts, &tree).unwrap().svg;
            assert_eq!(svg, dendrogram(&texts, &tree).unwrap().svg);
            assert!(!svg.contains("NaN"));
            let width: f64 =
                svg.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            let size = if count > 150 { 12.0 * 0.78 } else { LABEL };
            for name in &texts.names {
                let label = shorten(name, size, false, WIDEST);
                assert!(svg.contains(label.trim_end().split('&').next().unwrap_or_default()), "{label}");
                assert!(
                    MARGIN + 14.0 + BRANCHES + 17.0 + text_width(&label, size, false) <= width,
                    "{label}"
                );
            }
        }
    }

    #[test]
    fn rows_are_in_the_order_of_the_tree() {
        let (_, tree) = ladder(4);
        let rows = rows(&tree.nodes);
        assert_eq!(rows[..4], [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(middles(&tree.nodes, &rows)[4..], [0.5, 1.25, 2.125]);
    }
}
