//! `markers.csv` and `marker_hits.csv`.

use std::borrow::Cow;

use super::rows::Rows;
use crate::measures::rate;
use crate::profile::{Profile, Selection};
use crate::rhetoric::{Hit, Lexicon};
use crate::text::{Text, line_ends};

/// The rows of `markers.csv` for one text: every category in every selection of voices, zeros too. Where
/// `counted` is false, the markers of the lexicon were not looked for: only questions have counts.
pub fn markers(document: &str, lexicon: &Lexicon, profile: &Profile, counted: bool) -> Rows {
    let mut rows = Rows::new();
    for selection in Selection::ALL {
        let counts = profile.select(selection);
        for (category, index) in lexicon.categories.iter().zip(0_u16..) {
            let hits = counts.markers.get(&index).copied().unwrap_or(0);
            rows.text(document).text(selection.name()).text(&category.family).text(&category.category);
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
    let mut id = String::new();
    for hit in hits {
        let category = &lexicon.categories[hit.category as usize];
        line += line_ends(&text.content[counted..hit.range.start]) as u64;
        counted = hit.range.start;
        id.clear();
        let (start, end) = (hit.range.start.to_string(), hit.range.end.to_string());
        id.extend([document, ":", &start, "-", &end, ":", &category.category]);
        rows.text(&id).text(document);
        rows.integer(hit.range.start as u64).integer(hit.range.end as u64);
        rows.integer(line).integer(hit.sentence as u64 + 1);
        rows.text(&on_one_line(before(&text.content[..hit.range.start], context)));
        rows.text(&on_one_line(&text.content[hit.range.clone()]));
        rows.text(&on_one_line(after(&text.content[hit.range.end..], context)));
        rows.text(&category.family).text(&category.category);
        rows.text(hit.marker(lexicon)).text(hit.sense(lexicon)).text(hit.voice.name());
        rows.text(hit.rule(lexicon)).text("counted").end();
    }
    rows
}

/// The last `count` characters.
fn before(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    if count == 0 { "" } else { &text[start..] }
}

/// The first `count` characters.
fn after(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Runs of white space as one space.
fn on_one_line(text: &str) -> Cow<'_, str> {
    let mut spaced = false;
    let plain = text.bytes().all(|byte| {
        let twice = byte == b' ' && spaced;
        spaced = byte == b' ';
        byte >= b' ' && !twice && byte.is_ascii()
    });
    if plain {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    Cow::Owned(line)
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
        assert_eq!(on_one_line("a\r\n  b\u{a0}c"), "a b c");
        assert_eq!(on_one_line("\u{e9}t\u{e9}  1786"), "\u{e9}t\u{e9} 1786");
    }
}
