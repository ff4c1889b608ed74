//! Hits: every marker found, with the place it was found at.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::matcher::Matcher;
use super::questions;
use crate::profile::{CategoryId, Profile};
use crate::text::{Forms, Text, Voice};

/// One occurrence of a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Index of its sentence.
    pub sentence: usize,
    /// Voice of its first word.
    pub voice: Voice,
    /// Place of its category in the lexicon's categories.
    pub category: CategoryId,
    /// The entry that let it in; none for questions, which are found by rule.
    pub entry: Option<u32>,
    /// Whether it counts.
    pub status: Status,
}

/// Whether a phrase that was found counts as a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Counted,
    /// It does not, for this reason.
    Rejected(Reason),
}

/// Why a phrase that was found is no marker: the first constraint of its entry that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The next word is none of those that must follow.
    Before,
    /// The next word is one of those that must not follow.
    NotBefore,
    /// The word before is none of those that must stand there.
    After,
    /// The word before is one of those that must not stand there.
    NotAfter,
    /// One of its words is on the entry's list of exceptions.
    Except,
    /// Its letters have not the case asked for.
    Case,
    /// It stands at another place of the sentence.
    Position,
    /// No comma stands where one must.
    Comma,
    /// No quotation mark stands where one must.
    Quotation,
    /// A number follows, or does not.
    Number,
    /// A mark of punctuation stands between its words.
    MarkInside,
    /// Its constraints hold, but a longer phrase, or an entry before it, has its words.
    Overlap,
}

impl Status {
    /// The name used in tables: `counted`, or the constraint that failed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Rejected(reason) => reason.name(),
        }
    }
}

impl Reason {
    /// The constraint as lexicons name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::NotBefore => "not_before",
            Self::After => "after",
            Self::NotAfter => "not_after",
            Self::Except => "except",
            Self::Case => "case",
            Self::Position => "position",
            Self::Comma => "comma",
            Self::Quotation => "quotation",
            Self::Number => "number",
            Self::MarkInside => "mark_inside",
            Self::Overlap => "overlap",
        }
    }
}

impl Hit {
    /// Name of the marker.
    pub fn marker<'l>(&self, lexicon: &'l Lexicon) -> &'l str {
        self.entry.map_or("question", |entry| &lexicon.entries[entry as usize].marker)
    }

    /// PDTB-3 sense of a discourse connective, else empty.
    pub fn sense<'l>(&self, lexicon: &'l Lexicon) -> &'l str {
        self.entry.map_or("", |entry| &lexicon.entries[entry as usize].sense)
    }

    /// Name of the rule that let it in.
    pub fn rule<'l>(&self, lexicon: &'l Lexicon) -> &'l str {
        self.entry.map_or("question mark", |entry| &lexicon.entries[entry as usize].rule)
    }
}

/// Finds all markers of a text, in order of their place, and adds their counts to its profile. With
/// `rejected`, what was found and not counted is among the hits.
pub fn hits(
    text: &Text,
    forms: &Forms,
    matcher: &mut Matcher<'_>,
    profile: &mut Profile,
    rejected: bool,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    questions::find(text, matcher.lexicon(), |hit| hits.push(hit));
    matcher.find(text, forms, rejected, |hit| hits.push(hit));
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.category));
    for hit in hits.iter().filter(|hit| hit.status == Status::Counted) {
        *profile.voice_mut(hit.voice).markers.entry(hit.category).or_default() += 1;
    }
    hits
}
