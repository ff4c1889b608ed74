//! `sentences.csv` and `sentence_lengths.csv`.

use super::rows::{Cell, Rows};
use crate::profile::{Histogram, Profile, Selection};
use crate::text::{BlockKind, Text};

/// Bytes of most rows without the name of the text.
const ROW: usize = 60;

/// The rows of `sentences.csv` for one text.
pub fn sentences(document: &str, text: &Text) -> Rows {
    let mut rows = Rows::with_room(text.sentences.len() * (document.len() + ROW));
    let document = Cell::new(document);
    let mut block = 0;
    let mut visible = 0;
    for (sentence, index) in text.sentences.iter().zip(1_u64..) {
        while block <= sentence.block {
            visible += u64::from(text.blocks[block].kind != BlockKind::Blank);
            block += 1;
        }
        rows.cell(&document).integer(index);
        rows.integer(sentence.range.start as u64).integer(sentence.range.end as u64);
        rows.integer(visible).text(text.kind_of(sentence).role()).text(sentence.voice.name());
        let characters = text.content[sentence.range.clone()].chars().count();
        rows.integer(sentence.words() as u64).integer(characters as u64).end();
    }
    rows
}

/// The rows of `sentence_lengths.csv` for one text whose voices were not told apart.
pub fn lengths_of_all(document: &str, lengths: &Histogram) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for (length, sentences) in lengths.iter() {
        rows.cell(&document).text(Selection::All.name()).integer(u64::from(length)).integer(sentences).end();
    }
    rows
}

/// The rows of `sentence_lengths.csv` for one text.
pub fn sentence_lengths(document: &str, profile: &Profile) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for selection in Selection::ALL {
        let counts = profile.select(selection);
        for (length, sentences) in counts.sentence_words.iter() {
            rows.cell(&document).text(selection.name()).integer(u64::from(length)).integer(sentences).end();
        }
    }
    rows
}
