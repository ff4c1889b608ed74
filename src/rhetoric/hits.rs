//! Hits: every marker found, with the place it was found at.

use std::ops::Range;

use super::lexicon::{Category, Lexicon};
use super::matcher::Matcher;
use super::questions::{Question, QuestionKind};
use super::veto::Veto;
use crate::profile::{CategoryId, Clustered, Paragraphs};
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
    /// The user has taken it out.
    Veto,
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
            Self::Veto => "veto",
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
        self.entry.map_or(self.question_rule, |entry| &lexicon.entries[entry as usize].rule)
    }
}

/// Finds all markers of a text, in order of their place, with those of its questions that are counted. With
/// `rejected`, what was found and not counted is among the hits.
pub fn hits(
    text: &Text,
    forms: &Forms,
    matcher: &mut Matcher<'_>,
    questions: &[Question],
    rejected: bool,
) -> Vec<Hit> {
    let lexicon = matcher.lexicon();
    let categories =
        QuestionKind::ALL.map(|kind| kind.category().and_then(|name| lexicon.category("question", name)));
    let counted = questions.iter().filter_map(|question| {
        Some(Hit {
            category: categories[question.kind as usize]?,
            range: question.range.clone(),
            sentence: question.sentence,
            voice: question.voice,
            entry: None,
            question_rule: question.rule,
            status: Status::Counted,
        })
    });
    let key = |hit: &Hit| (hit.range.start, hit.range.end, hit.category);
    let mut counted: Vec<Hit> = counted.collect();
    counted.sort_by_key(key);
    let mut counted = counted.into_iter().peekable();
    let mut hits = Vec::new();
    matcher.find(text, forms, rejected, |hit| {
        while let Some(question) = counted.next_if(|question| key(question) <= key(&hit)) {
            hits.push(question);
        }
        hits.push(hit);
    });
    hits.extend(counted);
    // Markers come in order; what is rejected does not.
    if rejected {
        hits.sort_by_key(key);
    }
    hits
}

/// Takes out the hits of a text that the user has vetoed: they stay as rejected ones, or, without `rejected`, go. Gives
/// their number.
pub fn take_out(
    hits: &mut Vec<Hit>,
    veto: &Veto,
    document: &str,
    categories: &[Category],
    rejected: bool,
) -> usize {
    if veto.is_empty() {
        return 0;
    }
    let mut taken = 0;
    for hit in hits.iter_mut().filter(|hit| hit.status == Status::Counted) {
        if veto.holds(document, &hit.range, &categories[usize::from(hit.category)].category) {
            hit.status = Status::Rejected(Reason::Veto);
            taken += 1;
        }
    }
    if !rejected {
        hits.retain(|hit| hit.status == Status::Counted);
    }
    taken
}

/// The counted hits of a text by category, summed over its paragraphs.
pub fn count_hits(paragraphs: &Paragraphs, hits: &[Hit]) -> Clustered {
    let counted = hits.iter().filter(|hit| hit.status == Status::Counted);
    Clustered::of(paragraphs, counted.map(|hit| (hit.sentence, hit.voice, hit.category)))
}
