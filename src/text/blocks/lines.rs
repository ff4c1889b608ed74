//! Lines, and the groups of lines that are one block each.
//!
//! Whether a line end inside a group ends a paragraph depends on the layout of the whole text: in
//! hard-wrapped text a group between blank lines is a paragraph, in unwrapped text each line is. Wrapped
//! text without blank lines ends a paragraph where the next word would still have fitted in the line, or
//! where the next line is indented.

use std::ops::Range;

use super::shape::is_division;
use super::{is_closing, is_dash, is_opening, is_stop};
use crate::text::dialogue::opening_dash;
use crate::text::language::Language;

/// A line, without its line end and the white space around it.
pub(super) struct Line {
    /// What can be seen of it; empty for a blank line.
    pub visible: Range<usize>,
    /// White space before, in columns; a tab is four.
    indent: usize,
    /// Characters, the indent included.
    width: usize,
    /// Signs only, as between parts of a text: `* * *`.
    separates: bool,
}

impl Line {
    fn new(text: &str, start: usize, end: usize) -> Self {
        let line = &text[start..end];
        let indented = line.trim_start_matches(is_invisible);
        let seen = indented.trim_end_matches(is_invisible);
        let before = &line[..line.len() - indented.len()];
        let indent = before.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let start = start + before.len();
        let characters = if seen.is_ascii() { seen.len() } else { seen.chars().count() };
        // Most lines begin with a letter, so this looks at one character.
        let separates = !seen.is_empty() && !seen.contains(char::is_alphanumeric);
        Self { visible: start..start + seen.len(), indent, width: indent + characters, separates }
    }

    pub fn is_blank(&self) -> bool {
        self.visible.is_empty()
    }
}

/// White space, no-break spaces among it, and characters without any width.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// The lines of a text: LF, CR LF and CR end a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        // The LF of a CR LF has been passed with its CR.
        if end >= start {
            lines.push(Line::new(text, start, end));
            start = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        }
    }
    if start < text.len() {
        lines.push(Line::new(text, start, text.len()));
    }
    lines
}

/// The number of line ends in `text`, which is where [`lines`] cuts.
pub(crate) fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .count()
}

/// How the lines of a text relate to its paragraphs.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    /// Line ends inside a group do not end a paragraph.
    pub wrapped: bool,
    /// Characters of a full line, where wrapped.
    pub width: usize,
    /// Most lines open with white space, so indentation says nothing.
    pub indented: bool,
    /// Blank lines stand between paragraphs.
    spaced: bool,
}

/// Lines longer than this are not the work of a line-wrapping editor.
const LONGEST_WRAPPED_LINE: usize = 100;
/// White space at the start of a line that counts as an indent.
pub(super) const INDENT: usize = 2;

impl Layout {
    /// Looks at the lengths, ends and indents of all lines.
    pub fn of(text: &str, lines: &[Line]) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        let (mut indented, mut followed) = (0, 0);
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
            widths.push(line.width);
            indented += usize::from(line.indent >= INDENT);
            followed += usize::from(lines.get(index + 1).is_some_and(|next| !next.is_blank()));
        }
        widths.sort_unstable();
        let at = |share: usize| widths.get(widths.len() * share / 100).copied().unwrap_or(0);
        let width = at(90);
        let mut wrapped = followed * 4 >= widths.len() && width <= LONGEST_WRAPPED_LINE && at(50) > 30;
        if wrapped {
            // Of wrapped lines that another follows, many are full and end in the middle of a sentence.
            let runs_on = lines
                .windows(2)
                .filter(|pair| !pair[0].is_blank() && !pair[1].is_blank() && pair[0].width * 5 >= width * 3)
                .filter(|pair| !text[pair[0].visible.clone()].ends_with(|c| is_stop(c) || is_closing(c)))
                .count();
            wrapped = runs_on * 5 >= followed * 2;
        }
        Self {
            wrapped,
            width,
            indented: indented * 2 > widths.len(),
            // A blank line after the title is not yet a habit.
            spaced: (lines.len() - widths.len()) * 20 >= widths.len(),
        }
    }

    /// Whether a paragraph ends between two lines of a group in wrapped text.
    fn parts(&self, text: &str, before: &Line, after: &Line, language: &Language) -> bool {
        let heads = |line: &Line| is_division(&text[line.visible.clone()], language);
        if before.separates || after.separates || heads(before) || heads(after) {
            return true;
        }
        if !self.indented && after.indent >= INDENT && before.indent < INDENT {
            return true;
        }
        let seen = |line: &Line| &text[line.visible.clone()];
        // A line that opens with a dash after a finished one is the next speech.
        if seen(after).starts_with(is_dash)
            && opening_dash(seen(after)).is_some()
            && seen(before).ends_with(|c| is_stop(c) || is_closing(c) || matches!(c, ':' | '…'))
        {
            return true;
        }
        if self.spaced || before.width >= self.width {
            return false;
        }
        let (first, second) = (&text[before.visible.clone()], &text[after.visible.clone()]);
        let opens = second.starts_with(|c: char| c.is_uppercase() || is_opening(c));
        if opens && before.width * 5 < self.width * 4 {
            return true;
        }
        let word = second.split_whitespace().next().map_or(0, |word| word.chars().count());
        before.width + word + 3 <= self.width && first.ends_with(|c| is_stop(c) || is_closing(c))
    }
}

/// Ranges of blocks, from the first to the last visible character of each, and whether it is page
/// furniture, which `furniture` says of each line.
pub(super) fn groups(
    text: &str,
    lines: &[Line],
    layout: &Layout,
    furniture: &[bool],
    language: &Language,
) -> Vec<(Range<usize>, bool)> {
    let is_furniture = |index: usize| furniture.get(index).copied().unwrap_or(false);
    let mut groups: Vec<(Range<usize>, bool)> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() || is_furniture(index) {
            groups.extend(open.take().map(|range| (range, false)));
            if !line.is_blank() {
                groups.push((line.visible.clone(), true));
            }
            continue;
        }
        match &mut open {
            Some(range) => {
                // A block is open, so there is a line before.
                let begins = if layout.wrapped {
                    layout.parts(text, &lines[index - 1], line, language)
                } else {
                    !is_verse(text, lines, index)
                };
                if begins {
                    groups.push((std::mem::replace(range, line.visible.clone()), false));
                } else {
                    range.end = line.visible.end;
                }
            }
            None => open = Some(line.visible.clone()),
        }
    }
    groups.extend(open.map(|range| (range, false)));
    groups
}

/// In unwrapped text: three short capitalised lines in a row, this one not the first, as in a stanza.
/// Lines that open with a quotation mark, or are sentences one and all, are dialogue; lines in capitals are
/// headings.
fn is_verse(text: &str, lines: &[Line], index: usize) -> bool {
    const LONGEST_VERSE_LINE: usize = 60;
    let seen = |at: usize| text.get(lines.get(at)?.visible.clone());
    let short = |at: usize| {
        lines.get(at).is_some_and(|line| line.width <= LONGEST_VERSE_LINE)
            && seen(at)
                .is_some_and(|line| line.starts_with(char::is_uppercase) && line.contains(char::is_lowercase))
    };
    let runs_on = |at: usize| seen(at).is_some_and(|line| !line.ends_with(|c| is_stop(c) || is_closing(c)));
    let three = |first: usize| (first..first + 3).all(short) && (first..first + 3).any(runs_on);
    index > 0 && (three(index - 1) || (index > 1 && three(index - 2)))
}
