//! Hits: every marker found, with the place it was found at.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::matcher::Matcher;
use super::questions::{self, QuestionWords};
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
    /// The rule that found a question, else empty.
    pub question_rule: &'static str,
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
        self.entry.map_or(self.question_rule, |entry| &lexicon.entries[entry as usize].rule)
    }
}

/// Finds all markers of a text in this language, in order of their place, and adds their counts to its profile.
pub fn hits(
    text: &Text,
    forms: &Forms,
    language: &str,
    matcher: &mut Matcher<'_>,
    profile: &mut Profile,
) -> Vec<Hit> {
    let mut hits = questions(text, forms, language, matcher.lexicon());
    matcher.find(text, forms, |hit| hits.push(hit));
    count(hits, profile)
}

/// As [`hits`], questions only: for a text in another language than the lexicon's.
pub fn question_hits(
    text: &Text,
    forms: &Forms,
    language: &str,
    lexicon: &Lexicon,
    profile: &mut Profile,
) -> Vec<Hit> {
    count(questions(text, forms, language, lexicon), profile)
}

/// The questions that are counted.
fn questions(text: &Text, forms: &Forms, language: &str, lexicon: &Lexicon) -> Vec<Hit> {
    questions::find(text, forms, QuestionWords::of(language))
        .into_iter()
        .filter_map(|question| {
            Some(Hit {
                category: lexicon.category("question", question.kind.category()?)?,
                range: question.range,
                sentence: question.sentence,
                voice: question.voice,
                entry: None,
                question_rule: question.rule,
            })
        })
        .collect()
}

fn count(mut hits: Vec<Hit>, profile: &mut Profile) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.category));
    for hit in &hits {
        *profile.voice_mut(hit.voice).markers.entry(hit.category).or_default() += 1;
    }
    hits
}
