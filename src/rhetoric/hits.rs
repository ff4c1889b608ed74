//! Hits: every marker found, with the place it was found at.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::matcher::Matcher;
use super::questions;
use crate::profile::{CategoryId, Clustered, Profile};
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

/// Finds all markers of a text, in order of their place, and adds their counts to its profile.
pub fn hits(text: &Text, forms: &Forms, matcher: &mut Matcher<'_>, profile: &mut Profile) -> Vec<Hit> {
    let mut hits = Vec::new();
    questions::find(text, matcher.lexicon(), |hit| hits.push(hit));
    matcher.find(text, forms, |hit| hits.push(hit));
    count(text, hits, profile)
}

/// As [`hits`], questions only: for a text in another language than the lexicon's.
pub fn question_hits(text: &Text, lexicon: &Lexicon, profile: &mut Profile) -> Vec<Hit> {
    let mut hits = Vec::new();
    questions::find(text, lexicon, |hit| hits.push(hit));
    count(text, hits, profile)
}

fn count(text: &Text, mut hits: Vec<Hit>, profile: &mut Profile) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.category));
    for hit in &hits {
        *profile.voice_mut(hit.voice).markers.entry(hit.category).or_default() += 1;
    }
    profile.markers = Clustered::of(text, hits.iter().map(|hit| (hit.sentence, hit.voice, hit.category)));
    hits
}
