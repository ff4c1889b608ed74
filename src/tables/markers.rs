//! `markers.csv` and `marker_hits.csv`.

use super::rows::{Cell, Rows};
use crate::measures::rate;
use crate::profile::{Profile, Selection};
use crate::rhetoric::{Hit, Lexicon};
use crate::text::{Text, line_ends};

/// The rows of `markers.csv` for one text: every category in every selection of voices, zeros too. Where
/// `counted` is false, the markers of the lexicon were not looked for: only questions have counts.
pub fn markers(document: &str, lexicon: &Lexicon, profile: &Profile, counted: bool) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for selection in Selection::ALL {
        let counts = profile.select(selection);
        for (category, index) in lexicon.categories.iter().zip(0_u16..) {
            let hits = counts.markers.get(&index).copied().unwrap_or(0);
            rows.cell(&document).text(selection.name()).text(&category.family).text(&category.category);
            let counted = counted || category.is_found_by_rule();
            rows.count(counted.then_some(hits)).integer(counts.prose_words);
            rows.number(rate(hits, counts.prose_words).filter(|_| counted)).end();
        }
    }
    rows
}

/// The rows of `marker_hits.csv` for one text, with `context` characters on either side.
pub fn marker_hits(document: &str, lexicon: &Lexicon, text: &Text, hits: &[Hit], context: usize) -> Rows {
    let mut rows = Rows::new();
    let (mut line, mut counted) = (1, 0);
    let (mut id, mut shown) = (String::new(), String::new());
    let (mut start, mut end) = (itoa::Buffer::new(), itoa::Buffer::new());
    let cell = Cell::new(document);
    for hit in hits {
        let category = &lexicon.categories[hit.category as usize];
        line += line_ends(&text.content[counted..hit.range.start]) as u64;
        counted = hit.range.start;
        id.clear();
        let (start, end) = (start.format(hit.range.start), end.format(hit.range.end));
        for part in [document, ":", start, "-", end, ":", &category.category] {
            id.push_str(part);
        }
        rows.text(&id).cell(&cell);
        rows.integer(hit.range.start as u64).integer(hit.range.end as u64);
        rows.integer(line).integer(hit.sentence as u64 + 1);
        rows.text(on_one_line(before(&text.content[..hit.range.start], context), &mut shown));
        rows.text(on_one_line(&text.content[hit.range.clone()], &mut shown));
        rows.text(on_one_line(after(&text.content[hit.range.end..], context), &mut shown));
        rows.text(&category.family).text(&category.category);
        rows.text(hit.marker(lexicon)).text(hit.sense(lexicon)).text(hit.voice.name());
        rows.text(hit.rule(lexicon)).text("counted").end();
    }
    rows
}

/// What stands before a place, there, and after it, with `count` characters on either side and white space as
/// one space.
pub fn context(content: &str, range: std::ops::Range<usize>, count: usize) -> [String; 3] {
    let mut line = String::new();
    [before(&content[..range.start], count), &content[range.clone()], after(&content[range.end..], count)]
        .map(|part| on_one_line(part, &mut line).to_owned())
}

/// The last `count` characters.
fn before(text: &str, count: usize) -> &str {
    let bytes = text.as_bytes();
    if let Some(at) = bytes.len().checked_sub(count)
        && bytes[at..].is_ascii()
    {
        return &text[at..];
    }
    let start = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    &text[start..]
}

/// The first `count` characters.
fn after(text: &str, count: usize) -> &str {
    if text.as_bytes().get(..count).is_some_and(<[u8]>::is_ascii) {
        return &text[..count];
    }
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Runs of white space as one space; written to `line` where that changes the text.
fn on_one_line<'t>(text: &'t str, line: &'t mut String) -> &'t str {
    let mut spaced = false;
    let plain = text.bytes().all(|byte| {
        let twice = byte == b' ' && spaced;
        spaced = byte == b' ';
        byte >= b' ' && !twice && byte.is_ascii()
    });
    if plain {
        return text;
    }
    line.clear();
    // Characters from here on are not copied yet.
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let length = match byte {
            b'\t'..=b'\r' | b' ' => 1,
            // The first bytes of all other white space.
            0xc2 | 0xe1..=0xe3 => match text[at..].chars().next() {
                Some(c) if c.is_whitespace() => c.len_utf8(),
                _ => continue,
            },
            _ => continue,
        };
        line.push_str(&text[from..at]);
        from = at + length;
        if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.push_str(&text[from..]);
    line
}

#[cfg(test)]
mod tests {
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
}
