//! What printers and publishers put around a text: page numbers, running heads, licences.

use std::collections::HashMap;

use super::lines::Line;
use super::{Block, BlockKind, is_closing, is_dash, is_stop};
use crate::text::unicode::is_alphabetic;

/// Page numbers and running heads of a text must come at least so often to be seen as such.
const FEWEST: usize = 3;
/// Characters beyond which a line is no running head.
const LONGEST_HEAD: usize = 80;
/// Pages that may be missing between two page numbers.
const LARGEST_STEP: u32 = 12;

/// A line that may stand between two pages.
struct Candidate<'a> {
    line: usize,
    number: u32,
    /// The words beside the number; empty for a number alone.
    head: &'a str,
    /// The number is marked as a page: `[Pg 12]`, `Page 12`, `- 12 -`.
    marked: bool,
}

/// Which lines are page numbers or running heads.
///
/// Lines with the same words beside a growing number, or with a growing number alone, are page furniture if
/// they are marked as pages, or if a good part of them cuts a sentence in two: numbers over chapters do not.
/// A line without a number is a running head if it comes several times beside such lines.
pub(super) fn lines(text: &str, lines: &[Line]) -> Vec<bool> {
    let mut candidates: HashMap<&str, Vec<Candidate<'_>>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if !line.wordy
            && line.visible().len() <= LONGEST_HEAD
            && let Some(candidate) = candidate(&text[line.visible()], index)
        {
            candidates.entry(candidate.head).or_default().push(candidate);
        }
    }
    candidates.retain(|_, found| found.len() >= FEWEST);
    if candidates.is_empty() {
        return Vec::new();
    }
    let mut furniture = vec![false; lines.len()];
    let mut any = false;
    for found in candidates.values() {
        let growing = growing(found);
        if growing.len() < FEWEST {
            continue;
        }
        let cutting = growing.iter().filter(|candidate| cuts(text, lines, candidate.line)).count();
        let marked = growing.iter().filter(|candidate| candidate.marked).count();
        if cutting * 4 >= growing.len() || marked * 2 > growing.len() {
            any = true;
            for candidate in growing {
                furniture[candidate.line] = true;
            }
        }
    }
    if any {
        mark_heads(text, lines, &mut furniture);
        furniture
    } else {
        Vec::new()
    }
}

/// A line with a page number: alone, or at one end of a few words.
fn candidate(text: &str, line: usize) -> Option<Candidate<'_>> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_frame = |c: char| {
        c.is_whitespace() || is_dash(c) || matches!(c, '[' | ']' | '{' | '}' | '|' | '*' | '~' | '·' | '•')
    };
    let inside = text.trim_matches(is_frame);
    let framed = inside.len() < text.len();
    let lower = inside.get(..5).unwrap_or(inside).to_ascii_lowercase();
    let named = ["page ", "pag. ", "pg ", "p. "].iter().find(|name| lower.starts_with(*name));
    let rest = named.map_or(inside, |name| inside[name.len()..].trim_start());
    let first = rest.bytes().take_while(u8::is_ascii_digit).count();
    let last = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (number, head) = if first > 0 {
        (&rest[..first], rest[first..].trim_matches(is_frame))
    } else {
        (&rest[rest.len() - last..], rest[..rest.len() - last].trim_matches(is_frame))
    };
    // `12. Of Bread` is a heading, `12, 13` a list; a running head is words and nothing else.
    let is_head = head.is_empty()
        || (named.is_none()
            && head.starts_with(is_alphabetic)
            && !head.ends_with(['.', ',', ':', ';', '!', '?']));
    let number = number.parse().ok().filter(|number| (1..10_000).contains(number))?;
    is_head.then_some(Candidate {
        line,
        number,
        head,
        marked: head.is_empty() && (named.is_some() || framed),
    })
}

/// The longest run of candidates with growing numbers that starts at the first of them, gaps allowed.
fn growing<'c, 'a>(found: &'c [Candidate<'a>]) -> Vec<&'c Candidate<'a>> {
    let mut growing: Vec<&Candidate<'_>> = Vec::new();
    for candidate in found {
        let last = growing.last().map(|last| last.number);
        match last {
            Some(last) if candidate.number <= last => {}
            Some(last) if candidate.number > last + LARGEST_STEP => {
                // The run so far may have been a chance find.
                if growing.len() < FEWEST {
                    growing.clear();
                    growing.push(candidate);
                }
            }
            _ => growing.push(candidate),
        }
    }
    growing
}

fn visible<'t>(text: &'t str, lines: &[Line], indices: impl Iterator<Item = usize>) -> Option<&'t str> {
    const FARTHEST: usize = 4;
    let mut near = indices.take(FARTHEST).map(|index| &lines[index]);
    near.find(|line| !line.is_blank()).map(|line| &text[line.visible()])
}

/// Whether a sentence goes on over the line.
fn cuts(text: &str, lines: &[Line], line: usize) -> bool {
    let before = visible(text, lines, (0..line).rev());
    let after = visible(text, lines, line + 1..lines.len());
    before.is_some_and(|before| !before.ends_with(|c| is_stop(c) || is_closing(c) || c == ':'))
        && after.is_some_and(|after| after.starts_with(char::is_lowercase))
}

/// Marks lines that come beside several page numbers: running heads of their own.
fn mark_heads(text: &str, lines: &[Line], furniture: &mut [bool]) {
    const NEAR: usize = 3;
    /// Where a line stands, and the last number it stands beside.
    #[derive(Default)]
    struct Head {
        places: Vec<usize>,
        numbers: usize,
        last: Option<usize>,
    }
    let mut beside: HashMap<&str, Head> = HashMap::new();
    for number in (0..lines.len()).filter(|index| furniture[*index]) {
        let first = number.saturating_sub(NEAR);
        for index in (first..number).chain(number + 1..(number + 1 + NEAR).min(lines.len())) {
            let line = &lines[index];
            let seen = &text[line.visible()];
            // A head is no part of a sentence.
            let apart = !seen.starts_with(char::is_lowercase) && !seen.ends_with([',', ';', '-']);
            if !furniture[index] && !line.is_blank() && seen.len() <= LONGEST_HEAD && apart {
                let head = beside.entry(seen).or_default();
                head.places.push(index);
                head.numbers += usize::from(head.last != Some(number));
                head.last = Some(number);
            }
        }
    }
    for head in beside.into_values().filter(|head| head.numbers >= FEWEST) {
        for index in head.places {
            furniture[index] = true;
        }
    }
}

/// Project Gutenberg puts its licence before and after the text, between lines of this form.
pub(super) fn mark_boilerplate(text: &str, blocks: &mut [Block]) {
    let holds = |block: &Block, mark: &str| {
        let content = &text[block.range.clone()];
        content.starts_with("***")
            && content.lines().next().is_some_and(|line| line.contains(mark) && line.contains("GUTENBERG"))
    };
    let mark = |blocks: &mut [Block]| {
        for block in blocks.iter_mut().filter(|block| block.kind != BlockKind::Blank) {
            block.kind = BlockKind::Boilerplate;
        }
    };
    if let Some(head) = blocks.iter().position(|block| holds(block, "START OF TH")) {
        mark(&mut blocks[..=head]);
    }
    if let Some(tail) = blocks.iter().rposition(|block| holds(block, "END OF TH")) {
        mark(&mut blocks[tail..]);
    }
}
