//! `markers.csv` and `marker_hits.csv`.

use super::rows::{Cell, Rows};
use crate::measures::{Per, clustered_rate, rate_flag};
use crate::profile::{Profile, Selection, Sums};
use crate::rhetoric::{Hit, Lexicon, Status, write_hit_id};
use crate::text::{Text, line_ends};

/// The rows of `markers.csv` for one text: every category in every selection of voices, zeros too. Categories
/// that the lexicon of the text's language does not cover were not looked for and have no counts.
pub fn markers(document: &str, language: &str, lexicon: &Lexicon, profile: &Profile) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for selection in Selection::ALL {
        let sums = profile.markers.select(selection);
        for (category, index) in lexicon.categories.iter().zip(0_u16..) {
            rows.cell(&document).text(selection.name()).text(&category.family).text(&category.category);
            rates(&mut rows, sums, index, lexicon.covers(index, language));
            rows.end();
        }
    }
    rows
}

/// The cells of a count and its rates: count, words, sentences, both rates with their bounds, flag.
pub(super) fn rates(rows: &mut Rows, sums: &Sums, kind: u16, counted: bool) {
    rows.count(counted.then(|| sums.count(kind))).integer(sums.words.total).integer(sums.sentences.total);
    for per in [Per::ThousandWords, Per::HundredSentences] {
        let rate = clustered_rate(sums, kind, per).filter(|_| counted);
        let interval = rate.and_then(|rate| rate.interval);
        rows.number(rate.map(|rate| rate.value));
        rows.number(interval.map(|(lower, _)| lower)).number(interval.map(|(_, upper)| upper));
    }
    rows.text(if counted { rate_flag(sums, kind) } else { "" });
}

/// The rows of `marker_hits.csv` for one text, with `context` characters on either side.
pub fn marker_hits(document: &str, lexicon: &Lexicon, text: &Text, hits: &[Hit], context: usize) -> Rows {
    let mut rows = Rows::new();
    let (mut line, mut counted) = (1, 0);
    let (mut id, mut shown) = (String::new(), String::new());
    let cell = Cell::new(document);
    for hit in hits {
        let category = &lexicon.categories[hit.category as usize];
        line += line_ends(&text.content[counted..hit.range.start]) as u64;
        counted = hit.range.start;
        write_hit_id(&mut id, document, &hit.range, &category.category);
        rows.text(&id).cell(&cell);
        rows.integer(hit.range.start as u64).integer(hit.range.end as u64);
        rows.integer(line).integer(hit.sentence as u64 + 1);
        rows.text(on_one_line(before(&text.content[..hit.range.start], context), &mut shown));
        rows.text(on_one_line(&text.content[hit.range.clone()], &mut shown));
        rows.text(on_one_line(after(&text.content[hit.range.end..], context), &mut shown));
        rows.text(&category.family).text(&category.category);
        rows.text(hit.marker(lexicon)).text(hit.sense(lexicon)).text(hit.voice.name());
        rows.text(hit.rule(lexicon));
        match hit.status {
            Status::Counted => rows.text("counted"),
            Status::Rejected(reason) => rows.text(&format!("rejected:{}", reason.name())),
        };
        rows.end();
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
pub(super) fn before(text: &str, count: usize) -> &str {
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
pub(super) fn after(text: &str, count: usize) -> &str {
    if text.as_bytes().get(..count).is_some_and(<[u8]>::is_ascii) {
        return &text[..count];
    }
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
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
