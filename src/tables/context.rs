//! What stands around a place of a text, on one line.

use std::ops::Range;

use super::rows::Rows;

/// What stands before a place, there, and after it, with `count` characters on either side and white space as
/// one space.
pub fn context(content: &str, range: Range<usize>, count: usize) -> [String; 3] {
    let mut line = String::new();
    [before(&content[..range.start], count), &content[range.clone()], after(&content[range.end..], count)]
        .map(|part| on_one_line(part, &mut line).to_owned())
}

/// Whether a byte begins a character.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Characters that begin in some bytes.
fn firsts(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    // In bytes, of which many are added together.
    let few = |bytes: &[u8]| bytes.iter().fold(0, |sum: u8, byte| sum + u8::from(is_first(*byte)));
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(few(bytes))).sum()
}

/// The last `count` characters.
pub(super) fn before(text: &str, mut count: usize) -> &str {
    let bytes = text.as_bytes();
    let mut start = bytes.len();
    while count > 0 && start > 0 {
        let from = start.saturating_sub(count);
        count -= firsts(&bytes[from..start]);
        start = from;
    }
    // The character that is cut here is one too many.
    while bytes.get(start).is_some_and(|byte| !is_first(*byte)) {
        start += 1;
    }
    &text[start..]
}

/// The first `count` characters.
pub(super) fn after(text: &str, mut count: usize) -> &str {
    let bytes = text.as_bytes();
    let mut end = 0;
    while count > 0 && end < bytes.len() {
        let to = bytes.len().min(end + count);
        count -= firsts(&bytes[end..to]);
        end = to;
    }
    // The rest of the last character.
    while bytes.get(end).is_some_and(|byte| !is_first(*byte)) {
        end += 1;
    }
    &text[..end]
}

/// Runs of white space as one space; written to `line` where that changes the text.
pub(super) fn on_one_line<'t>(text: &'t str, line: &'t mut String) -> &'t str {
    // Without a way out, so that many bytes are looked at together.
    let bytes = text.as_bytes();
    let printed = bytes.iter().fold(true, |printed, byte| printed & (*byte >= b' ') & byte.is_ascii());
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    if printed && pairs.fold(true, |single, (a, b)| single & ((*a != b' ') | (*b != b' '))) {
        return text;
    }
    line.clear();
    // Characters from here on are not copied yet.
    let mut from = 0;
    while let Some(run) = changed(text, from, WHITE) {
        line.push_str(&text[from..run.start]);
        line.push(' ');
        from = run.end;
    }
    line.push_str(&text[from..]);
    line
}

/// What a byte may be the beginning of.
const BLANK: u8 = 1;
const WHITE: u8 = 2;
const QUOTE: u8 = 4;
const CLASS: [u8; 256] = {
    let mut classes = [0; 256];
    classes[b' ' as usize] = BLANK;
    classes[b'"' as usize] = QUOTE;
    let mut byte = b'\t';
    while byte <= b'\r' {
        classes[byte as usize] = WHITE;
        byte += 1;
    }
    // The first bytes of all white space that is not ASCII.
    classes[0xc2] = WHITE;
    classes[0xe1] = WHITE;
    classes[0xe2] = WHITE;
    classes[0xe3] = WHITE;
    classes
};

/// The next run of white space from a place on that is not one blank, or the next character of another class
/// that is asked for.
fn changed(text: &str, from: usize, asked: u8) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut last) = (from, 0);
    loop {
        let found = bytes[at..].iter().position(|byte| {
            let class = CLASS[usize::from(*byte)];
            // A blank is looked at if another stands before it.
            let stop = class & (asked | last & BLANK);
            last = class;
            stop != 0
        })?;
        at += found;
        if bytes[at] == b'"' {
            return Some(at..at + 1);
        }
        let white = text[at..].len() - text[at..].trim_start().len();
        if white > 0 {
            let blank = at > from && bytes[at - 1] == b' ';
            return Some(at - usize::from(blank)..at + white);
        }
        at += 1;
    }
}

/// Bytes of a text that are taken together.
const PIECE: usize = 1 << 15;

/// A piece of a text as it stands in the cells of a table: white space is one space, quotation marks are doubled. The
/// contexts of neighbouring places overlap, and what they share is looked at once.
#[derive(Debug, Default)]
pub(super) struct OneLine {
    /// The bytes of the text.
    range: Range<usize>,
    line: String,
    /// Where the piece is longer or shorter than the text, in order.
    changes: Vec<Change>,
    /// The first change that does not end before the last place asked for.
    next: usize,
}

/// A run of white space or a quotation mark.
#[derive(Debug)]
struct Change {
    /// Its bytes in the text.
    start: usize,
    end: usize,
    /// Its first byte and the byte after its last in the piece.
    from: usize,
    to: usize,
}

impl OneLine {
    /// Three cells: what stands before a place, there, and after it, with `count` characters on either side. Fast for
    /// places in order.
    pub fn cells(&mut self, rows: &mut Rows, content: &str, range: Range<usize>, count: usize) {
        let start = range.start - before(&content[..range.start], count).len();
        let end = range.end + after(&content[range.end..], count).len();
        if start < self.range.start || end > self.range.end {
            self.fill(content, start..end);
        }
        for part in [start..range.start, range.clone(), range.end..end] {
            rows.doubled(self.part(part));
        }
    }

    /// Makes the piece one that holds these bytes.
    fn fill(&mut self, content: &str, needed: Range<usize>) {
        let mut end = needed.end.max(needed.start.saturating_add(PIECE)).min(content.len());
        while !content.is_char_boundary(end) {
            end += 1;
        }
        let text = &content[needed.start..end];
        self.range = needed.start..end;
        self.line.clear();
        self.changes.clear();
        self.next = 0;
        let mut copied = 0;
        while let Some(run) = changed(text, copied, WHITE | QUOTE) {
            self.line.push_str(&text[copied..run.start]);
            copied = run.end;
            let from = self.line.len();
            self.line.push_str(if text.as_bytes()[run.start] == b'"' { "\"\"" } else { " " });
            let (start, end) = (needed.start + run.start, needed.start + run.end);
            if run.len() != self.line.len() - from {
                self.changes.push(Change { start, end, from, to: self.line.len() });
            }
        }
        self.line.push_str(&text[copied..]);
    }

    /// The bytes of a range.
    fn part(&mut self, range: Range<usize>) -> &str {
        if range.is_empty() {
            return "";
        }
        let start = match self.seek(range.start) {
            // What is left of the run is a space too.
            Some(change) if change.start <= range.start => change.from,
            _ => self.place(range.start),
        };
        let end = match self.seek(range.end) {
            Some(change) if change.start < range.end => change.to,
            _ => self.place(range.end),
        };
        &self.line[start..end]
    }

    /// The first change that ends after a byte.
    fn seek(&mut self, byte: usize) -> Option<&Change> {
        while self.next > 0 && self.changes[self.next - 1].end > byte {
            self.next -= 1;
        }
        while self.changes.get(self.next).is_some_and(|change| change.end <= byte) {
            self.next += 1;
        }
        self.changes.get(self.next)
    }

    /// Where a byte stands in the piece, after the change before the one sought.
    fn place(&self, byte: usize) -> usize {
        match self.next.checked_sub(1).and_then(|last| self.changes.get(last)) {
            Some(last) => last.to + (byte - last.end),
            None => byte - self.range.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn context_is_cut_at_characters() {
        assert_eq!(before("für das Brot", 3), "rot");
        assert_eq!(before("né", 9), "né");
        assert_eq!(before("né", 0), "");
        assert_eq!(after("été 1786", 2), "ét");
        assert_eq!(before("für das Brot", 9), " das Brot");
        assert_eq!(after("été 1786", 0), "");
        assert_eq!(after("né", 9), "né");
    }

    #[test]
    fn white_space_is_one_space() {
        let mut line = String::new();
        assert_eq!(on_one_line("a\r\n  b\u{a0}c", &mut line), "a b c");
        assert_eq!(on_one_line("\u{e9}t\u{e9}  1786", &mut line), "\u{e9}t\u{e9} 1786");
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let shown = if c.is_whitespace() { "a b".to_owned() } else { format!("a {c}b") };
            assert_eq!(on_one_line(&format!("a\n{c}b"), &mut line), shown);
        }
    }

    /// The same by the letter.
    fn plain(text: &str) -> String {
        let mut line = String::new();
        for c in text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
            if c != ' ' || !line.ends_with(' ') {
                line.push(c);
            }
        }
        line
    }

    proptest! {
        #[test]
        fn cells_are_those_of_texts_made_one_by_one(
            text in "[ab=éж\"“, \n\r\t\u{a0}\u{2003}]{0,40}",
            mut places in prop::collection::vec((0_usize..40, 0_usize..40), 1..12),
            count in 0_usize..12,
            sorted: bool,
        ) {
            if sorted {
                places.sort_unstable();
            }
            let bounds: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let (mut rows, mut expected) = (Rows::new(), Rows::new());
            let mut line = OneLine::default();
            for (a, b) in places {
                let (a, b) = (bounds[a.min(bounds.len() - 1)], bounds[b.min(bounds.len() - 1)]);
                let range = a.min(b)..a.max(b);
                line.cells(&mut rows, &text, range.clone(), count);
                rows.end();
                let all: Vec<char> = text[..range.start].chars().collect();
                let left: String = all[all.len().saturating_sub(count)..].iter().collect();
                let right: String = text[range.end..].chars().take(count).collect();
                for part in [&left, &text[range.clone()], &right] {
                    expected.text(&plain(part));
                }
                expected.end();
                let parts = [&left, &text[range.clone()], &right].map(plain);
                prop_assert_eq!(context(&text, range, count), parts);
            }
            prop_assert_eq!(rows.into_bytes(), expected.into_bytes());
        }
    }

    #[test]
    fn pieces_follow_each_other() {
        let text = "“One,”  said \"he\",\r\nand no more. ".repeat(PIECE / 20);
        let (mut rows, mut expected) = (Rows::new(), Rows::new());
        let mut line = OneLine::default();
        for at in (0..text.len() - 30).filter(|at| at % 13 == 0 && text.is_char_boundary(*at)) {
            let end = (at + 20..).find(|end| text.is_char_boundary(*end)).unwrap();
            line.cells(&mut rows, &text, at..end, 50);
            rows.end();
            for part in context(&text, at..end, 50) {
                expected.text(&part);
            }
            expected.end();
        }
        assert_eq!(rows.into_bytes(), expected.into_bytes());
    }
}
