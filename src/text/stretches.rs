//! A text as stretches: where each of its sentences ends, for whoever needs no list of words.

use super::blocks::{BlockKind, blocks};
use super::language::Language;
use super::sentences::for_each_sentence;

/// What a stretch of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// A sentence of prose.
    Sentence,
    /// A sentence of a heading, a note or the like: its words count, its length does not.
    Other,
    /// Boilerplate or page furniture.
    Uncounted,
}

/// A stretch of a text, from the end of the one before. White space belongs to either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The byte after its last.
    pub end: u32,
    /// What it is.
    pub kind: StretchKind,
}

/// The stretches of a text: the sentences of [`Text`](super::Text), those without a word among them, and
/// what is not counted. A text longer than [`LONGEST_TEXT`](super::LONGEST_TEXT) is read up to there.
pub fn stretches(text: &str, language: &Language) -> Vec<Stretch> {
    let text = super::unicode::head(text, super::LONGEST_TEXT);
    // English prose has a sentence in a hundred bytes.
    let mut stretches = Vec::with_capacity(text.len() / 64);
    for block in blocks(text, language) {
        if block.kind == BlockKind::Blank {
            continue;
        }
        if !block.kind.is_counted() {
            stretches.push(Stretch { end: block.range.end as u32, kind: StretchKind::Uncounted });
            continue;
        }
        let kind = if block.kind.is_body() { StretchKind::Sentence } else { StretchKind::Other };
        for_each_sentence(text, block.range, language, |range| {
            stretches.push(Stretch { end: range.end as u32, kind });
        });
    }
    stretches
}
