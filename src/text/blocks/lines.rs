//! Lines, and the groups of lines that are one block each.
//!
//! Whether a line end inside a group ends a paragraph depends on the layout of the whole text: in
//! hard-wrapped text a group between blank lines is a paragraph, in unwrapped text each line is. Wrapped
//! text without blank lines ends a paragraph where the next word would still have fitted in the line, or
//! where the next line is indented.

use std::ops::Range;

use super::shape::is_division;
use super::{is_dash, is_opening};
use crate::text::dialogue::opening_dash;
use crate::text::language::Language;
use crate::text::places::{LINE_ENDS, Places};
use crate::text::unicode::{SentenceClass, is_alphanumeric, sentence_class};

/// A line, without its line end and the white space around it. A text has many: numbers are 32 bits wide.
pub(super) struct Line {
    /// What can be seen of it; empty for a blank line.
    start: u32,
    end: u32,
    /// White space before, in columns; a tab is four.
    indent: u32,
    /// Characters, the indent included.
    width: u32,
    /// Signs only, as between parts of a text: `* * *`.
    separates: bool,
    /// Ends in a stop or a closing mark.
    finished: bool,
    /// Begins with a capital or a digit.
    capital: bool,
    /// Begins with a dash.
    dashed: bool,
    /// Begins and ends with words or their marks, and not with `p`, so that no page number stands there.
    pub wordy: bool,
}

impl Line {
    fn new(text: &str, start: usize, end: usize) -> Self {
        let line = &text[start..end];
        let (before, seen) = match line.as_bytes() {
            // Most lines have nothing to trim.
            [b'!'..=b'~', .., b'!'..=b'~'] => ("", line),
            _ => {
                let indented = line.trim_start_matches(is_invisible);
                (&line[..line.len() - indented.len()], indented.trim_end_matches(is_invisible))
            }
        };
        let indent: usize = before.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let start = start + before.len();
        let characters = if seen.is_ascii() { seen.len() } else { seen.chars().count() };
        // Most lines begin with a letter, so this looks at one character.
        let separates = !seen.is_empty() && !seen.contains(is_alphanumeric);
        let first = seen.chars().next().unwrap_or(' ');
        let last = seen.chars().next_back().unwrap_or(' ');
        let (first_class, last_class) = (sentence_class(first), sentence_class(last));
        let in_words = |c: char, class: SentenceClass| {
            use SentenceClass::{AmbiguousStop, Close, Lower, OtherLetter, Stop, Upper};
            matches!(class, Lower | Upper | OtherLetter | AmbiguousStop | Stop)
                || matches!(c, ',' | ';')
                || (class == Close && !matches!(c, '[' | ']' | '{' | '}'))
        };
        Self {
            start: start as u32,
            end: (start + seen.len()) as u32,
            indent: indent as u32,
            width: (indent + characters) as u32,
            separates,
            finished: matches!(
                last_class,
                SentenceClass::AmbiguousStop | SentenceClass::Stop | SentenceClass::Close
            ),
            capital: first.is_uppercase() || first.is_ascii_digit(),
            dashed: is_dash(first),
            wordy: in_words(first, first_class) && in_words(last, last_class) && !matches!(first, 'p' | 'P'),
        }
    }

    pub fn visible(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn is_blank(&self) -> bool {
        self.start == self.end
    }

    fn width(&self) -> usize {
        self.width as usize
    }
}

/// White space, no-break spaces among it, and characters without any width.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// The lines of a text: LF, CR LF and CR end a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut ends = Places::new(bytes, 0, &LINE_ENDS);
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(end) = ends.next(start) {
        lines.push(Line::new(text, start, end));
        start = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
    }
    if start < text.len() {
        lines.push(Line::new(text, start, text.len()));
    }
    lines
}

/// The number of line ends in `text`, which is where [`lines`] cuts.
pub(crate) fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut ends = Places::new(bytes, 0, &LINE_ENDS);
    let (mut count, mut from) = (0, 0);
    while let Some(at) = ends.next(from) {
        count += usize::from(bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        from = at + 1;
    }
    count
}

/// The lines of places in a text, which are asked for in order.
pub(crate) struct LineNumbers<'t> {
    bytes: &'t [u8],
    ends: Places<'t>,
    /// The first line end that no place was behind.
    next: Option<usize>,
    line: u64,
}

impl<'t> LineNumbers<'t> {
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut ends = Places::new(bytes, 0, &LINE_ENDS);
        Self { bytes, next: ends.next(0), ends, line: 1 }
    }

    /// The line, from 1 on, of a byte that is not before the last one asked for.
    pub fn of(&mut self, byte: usize) -> u64 {
        while let Some(end) = self.next.filter(|end| *end < byte) {
            self.line += u64::from(self.bytes[end] == b'\n' || self.bytes.get(end + 1) != Some(&b'\n'));
            self.next = self.ends.next(end + 1);
        }
        self.line
    }
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
pub(super) const INDENT: u32 = 2;

impl Layout {
    /// Looks at the lengths, ends and indents of all lines.
    pub fn of(lines: &[Line]) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        let (mut indented, mut followed) = (0, 0);
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
            widths.push(line.width());
            indented += usize::from(line.indent >= INDENT);
            followed += usize::from(lines.get(index + 1).is_some_and(|next| !next.is_blank()));
        }
        let visible = widths.len();
        let mut at = |share: usize| {
            let place = visible * share / 100;
            if place < visible { *widths.select_nth_unstable(place).1 } else { 0 }
        };
        let width = at(90);
        let mut wrapped = followed * 4 >= visible && width <= LONGEST_WRAPPED_LINE && at(50) > 30;
        if wrapped {
            // Of wrapped lines that another follows, many are full and end in the middle of a sentence.
            let runs_on = lines
                .windows(2)
                .filter(|pair| !pair[0].is_blank() && !pair[1].is_blank() && pair[0].width() * 5 >= width * 3)
                .filter(|pair| !pair[0].finished)
                .count();
            wrapped = runs_on * 5 >= followed * 2;
        }
        Self {
            wrapped,
            width,
            indented: indented * 2 > visible,
            // A blank line after the title is not yet a habit.
            spaced: (lines.len() - visible) * 20 >= visible,
        }
    }

    /// Whether a paragraph ends between two lines of a group in wrapped text.
    fn parts(&self, text: &str, before: &Line, after: &Line) -> bool {
        if before.separates || after.separates {
            return true;
        }
        if !self.indented && after.indent >= INDENT && before.indent < INDENT {
            return true;
        }
        let seen = |line: &Line| &text[line.visible()];
        // A line that opens with a dash after a finished one is the next speech.
        if after.dashed
            && opening_dash(seen(after)).is_some()
            && (before.finished || seen(before).ends_with([':', '…']))
        {
            return true;
        }
        if self.spaced || before.width() >= self.width {
            return false;
        }
        let second = seen(after);
        let opens = second.starts_with(|c: char| c.is_uppercase() || is_opening(c));
        if opens && before.width() * 5 < self.width * 4 {
            return true;
        }
        let word = second.split_whitespace().next().map_or(0, |word| word.chars().count());
        before.width() + word + 3 <= self.width && before.finished
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
    let heads = |line: &Line| line.capital && is_division(&text[line.visible()], language);
    let verses = if layout.wrapped { Vec::new() } else { verses(text, lines) };
    // Whether the line before heads a division, once that is known.
    let mut headed = None;
    let mut groups: Vec<(Range<usize>, bool)> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() || is_furniture(index) {
            groups.extend(open.take().map(|range| (range, false)));
            headed = None;
            if !line.is_blank() {
                groups.push((line.visible(), true));
            }
            continue;
        }
        match &mut open {
            Some(range) => {
                // A block is open, so there is a line before.
                let begins = if layout.wrapped {
                    let before = &lines[index - 1];
                    let after_head = headed.unwrap_or_else(|| heads(before));
                    let is_head = heads(line);
                    headed = Some(is_head);
                    after_head || is_head || layout.parts(text, before, line)
                } else {
                    !verses[index]
                };
                if begins {
                    groups.push((std::mem::replace(range, line.visible()), false));
                } else {
                    range.end = line.visible().end;
                }
            }
            None => open = Some(line.visible()),
        }
    }
    groups.extend(open.map(|range| (range, false)));
    groups
}

/// In unwrapped text, the lines that go on with verse: the second and third of three short capitalised lines in
/// a row, as in a stanza. Lines that open with a quotation mark, or are sentences one and all, are dialogue;
/// lines in capitals are headings.
fn verses(text: &str, lines: &[Line]) -> Vec<bool> {
    const LONGEST_VERSE_LINE: usize = 60;
    let short = |line: &Line| {
        let seen = &text[line.visible()];
        line.width() <= LONGEST_VERSE_LINE
            && seen.starts_with(char::is_uppercase)
            && seen.contains(char::is_lowercase)
    };
    let short: Vec<bool> = lines.iter().map(short).collect();
    let mut verses = vec![false; lines.len()];
    for (first, three) in lines.windows(3).enumerate() {
        if short[first..first + 3] == [true; 3] && three.iter().any(|line| !line.finished) {
            verses[first + 1..first + 3].fill(true);
        }
    }
    verses
}
