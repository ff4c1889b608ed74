//! A text as stretches: where each of its sentences ends, for whoever needs no list of words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::blocks::{BlockKind, blocks};
use super::language::Language;
use super::sentences::{for_each_sentence, for_each_sentence_bound};

/// What a sentence is, where words and sentences are counted and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentenceRules {
    /// A sentence of a [`Text`](super::Text): blocks are told apart, abbreviations and reporting clauses known.
    #[default]
    Full,
    /// UAX #29 alone: every line end ends a sentence, and nothing is left out. `split_sentence_bounds` of the
    /// crate `unicode-segmentation`.
    Uax29,
}

impl SentenceRules {
    /// The name used in studies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Uax29 => "uax29",
        }
    }
}

impl fmt::Display for SentenceRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SentenceRules {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::Full, Self::Uax29];
        let found = all.into_iter().find(|rules| rules.name() == text);
        found.ok_or_else(|| format!("'{text}' names no rules for sentences. Choose full or uax29"))
    }
}

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

/// The stretches of a text: its sentences by `rules`, those without a word among them, and what is not
/// counted. A text longer than [`LONGEST_TEXT`](super::LONGEST_TEXT) is read up to there.
pub fn stretches(text: &str, rules: SentenceRules, language: &Language) -> Vec<Stretch> {
    let text = super::unicode::head(text, super::LONGEST_TEXT);
    // English prose has a sentence in a hundred bytes, and a line in seventy.
    let mut stretches = Vec::with_capacity(text.len() / 64);
    if rules == SentenceRules::Uax29 {
        for_each_sentence_bound(text, |end| {
            stretches.push(Stretch { end: end as u32, kind: StretchKind::Sentence });
        });
        return stretches;
    }
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
