//! Quotation marks: of one convention, and in pairs?

use super::Finding;
use super::characters::Seen;
use crate::corpus::Severity;
use crate::text::{BlockKind, Segment, SegmentKind, Text};

/// Fewer of a second kind are an accident.
const FEWEST_MIXED: usize = 5;
/// From this share on, double marks of a second kind are mixed in.
const MIXED_DOUBLE: f64 = 0.02;
/// From this share on, single marks are main marks beside double ones.
const MIXED_SINGLE: f64 = 0.3;
/// From this number and share of the paragraphs with marks on, unbalanced marks bear on the counts of voices.
const FEWEST_UNBALANCED: usize = 5;
const UNBALANCED: f64 = 0.05;

/// What the double marks, with their places, and the marked segments say.
pub(super) fn findings(text: &Text, marks: &[(usize, char)], findings: &mut Vec<Finding>) {
    findings.extend(mixed(text));
    findings.extend(unbalanced(text, marks));
}

/// Kinds of marks that open a quotation.
const KINDS: [(char, &str); 8] = [
    ('"', "\"…\""),
    ('“', "“…”"),
    ('„', "„…“"),
    ('«', "«…»"),
    ('»', "»…«"),
    ('「', "「…」"),
    ('‘', "‘…’"),
    ('\'', "'…'"),
];
/// Those that are double.
const DOUBLE: usize = 6;

fn mixed(text: &Text) -> Option<Finding> {
    let mut seen = [Seen::default(); KINDS.len()];
    for segment in &text.segments {
        let opening = text.content[segment.range.clone()].chars().next();
        let Some(kind) = KINDS.iter().position(|(mark, _)| Some(*mark) == opening) else { continue };
        // Single marks are the usual ones of scare quotes, titles and terms, beside double ones.
        let quoted = matches!(segment.kind, SegmentKind::Quotation | SegmentKind::BlockQuotation);
        if kind < DOUBLE || quoted {
            seen[kind].add(segment.range.start);
        }
    }
    let all: usize = seen.iter().map(|seen| seen.count).sum();
    let main = (0..KINDS.len()).max_by_key(|kind| (seen[*kind].count, std::cmp::Reverse(*kind)))?;
    let second = (0..KINDS.len())
        .filter(|kind| *kind != main)
        .filter(|kind| {
            let least = if (*kind < DOUBLE) == (main < DOUBLE) { MIXED_DOUBLE } else { MIXED_SINGLE };
            seen[*kind].count >= FEWEST_MIXED && seen[*kind].count as f64 >= least * all as f64
        })
        .max_by_key(|kind| (seen[*kind].count, std::cmp::Reverse(*kind)))?;
    let message = format!(
        "quotations are in {} beside {} in {}. The text may be put together from several sources; make the marks \
         alike if the counts of voices matter",
        KINDS[second].1, seen[main].count, KINDS[main].1
    );
    let found = Finding::new("mixed_quotation_marks", Severity::Warning, seen[second].count, message);
    Some(found.of(all, "quotations").at(&text.content, seen[second].first))
}

/// Paragraphs in which double marks do not pair. A quotation that goes on in the next paragraph, which
/// opens with the same mark, is in order. Guillemets and corner brackets are not looked at: they may close
/// many paragraphs later.
fn unbalanced(text: &Text, mut marks: &[(usize, char)]) -> Option<Finding> {
    // Beside single marks, double ones are quotations inside quotations, which may open and not close.
    let opens = |segment: &&Segment, mark: [char; 2]| text.content[segment.range.clone()].starts_with(mark);
    let single = text.segments.iter().filter(|segment| opens(segment, ['‘', '\''])).count();
    if single * 2 > text.segments.len() {
        return None;
    }
    let mut seen = Seen::default();
    let mut marked = 0;
    let mut blocks = text.blocks.iter().filter(|block| block.kind != BlockKind::Blank).peekable();
    while let Some(block) = blocks.next() {
        let skipped = marks.partition_point(|(at, _)| *at < block.range.start);
        let inside = marks[skipped..].partition_point(|(at, _)| *at < block.range.end);
        let (here, rest) = marks[skipped..].split_at(inside);
        marks = rest;
        if here.is_empty() || !block.kind.is_body() {
            continue;
        }
        marked += 1;
        let next = blocks.peek().map_or("", |next| &text.content[next.range.clone()]);
        if !balanced(here, next) {
            seen.add(here[0].0);
        }
    }
    let share = seen.count as f64 / marked.max(1) as f64;
    if seen.count < FEWEST_UNBALANCED || share < UNBALANCED {
        return None;
    }
    let message = "paragraphs have double quotation marks without a partner. Words may be counted in the wrong \
                   voice there; look at the marks";
    let found = Finding::new("unbalanced_quotation_marks", Severity::Warning, seen.count, message);
    Some(found.of(marked, "paragraphs with double marks").at(&text.content, seen.first))
}

/// Whether the double marks of a paragraph pair, before a paragraph that begins as `next` does.
fn balanced(marks: &[(usize, char)], next: &str) -> bool {
    let count = |mark: char| marks.iter().filter(|(_, c)| *c == mark).count();
    let [low, high, right, straight] = ['„', '“', '”', '"'].map(count);
    if low > 0 {
        // In German the closing mark is “, in Polish ”, and often a straight one.
        let closed = high + right + straight;
        return low == closed || (low == closed + 1 && next.starts_with('„'));
    }
    // In Swedish and Finnish ” stands on both sides.
    let paired =
        high == right || (high == right + 1 && next.starts_with('“')) || (high == 0 && right % 2 == 0);
    paired && (straight % 2 == 0 || next.starts_with('"'))
}
