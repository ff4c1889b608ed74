//! Hygiene: what to know about a text before its figures are trusted.
//!
//! A [`Checker`] looks at a text that has been read and gives [`Finding`]s: marks of several conventions,
//! characters that are not what they seem, words cut at line ends, noise of optical recognition, sentences
//! too long to be true, a second language, too few words. Its [`Sketch`]es of several texts tell which of
//! them share much ([`shared`]). Nothing is changed or left out.
//!
//! The checks ride on the tokens, forms, blocks and sentences that are there: what can be said of a form is
//! said once a form, and texts are looked at in one pass over the tokens and one over the bytes.

mod characters;
mod forms;
mod languages;
mod layout;
mod quotation;
mod sentences;
mod sketch;

use serde::Serialize;

pub use sketch::{Shared, Sketch, shared};

use crate::corpus::Severity;
use crate::text::{Forms, Text};
use forms::FormTable;

/// Something about a text that the reader of its figures should know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its fixed name, one of [`FINDINGS`].
    pub finding: &'static str,
    /// Note or warning.
    pub severity: Severity,
    /// How often, in what the message says.
    pub count: u64,
    /// The count as a share.
    pub share: Option<f64>,
    /// What it is a share of; empty without a share.
    pub share_of: &'static str,
    /// The first byte it was found at, in the text as read; none for the whole text.
    pub place: Option<usize>,
    /// What stands there, on one line, or the other text it shares much with.
    pub example: String,
    /// What is the matter and what to do.
    pub message: String,
}

impl Finding {
    fn new(finding: &'static str, severity: Severity, count: usize, message: impl Into<String>) -> Self {
        Self {
            finding,
            severity,
            count: count as u64,
            share: None,
            share_of: "",
            place: None,
            example: String::new(),
            message: message.into(),
        }
    }

    /// With its count as a share of `whole`, which is counted in `share_of`.
    fn of(mut self, whole: usize, share_of: &'static str) -> Self {
        self.share = (whole > 0).then(|| self.count as f64 / whole as f64);
        self.share_of = share_of;
        self
    }

    /// With its place, and what stands there as an example.
    fn at(mut self, text: &str, place: usize) -> Self {
        self.example = excerpt(text, place);
        self.place = Some(place);
        self
    }
}

/// Every finding: its name, and how a summary speaks of the texts that have it.
pub const FINDINGS: [(&str, &str); 26] = [
    ("boilerplate", "with a publisher's head or tail"),
    ("control_characters", "with control characters"),
    ("duplicate", "identical to another"),
    ("few_sentences", "of fewer than 30 sentences"),
    ("few_words", "of fewer than 100 words"),
    ("invisible_characters", "with invisible characters"),
    ("line_end_hyphens", "with words cut at line ends"),
    ("longest_sentence", "with a sentence of more than 200 words"),
    ("many_headings", "that are headings to a large part"),
    ("many_notes", "that are notes to a large part"),
    ("many_one_word_sentences", "with many sentences of one word"),
    ("many_tables", "that are tables to a large part"),
    ("misread_encoding", "with misread characters (Ã©)"),
    ("mixed_languages", "in more than one language"),
    ("mixed_line_ends", "with line ends of several kinds"),
    ("mixed_quotation_marks", "with mixed quotation marks"),
    ("near_duplicate", "that share much with another"),
    ("no_sentence_marks", "without sentence marks"),
    ("not_nfc", "with decomposed characters"),
    ("ocr_noise", "with noise of optical recognition"),
    ("page_furniture", "with page numbers and running heads"),
    ("private_use_characters", "with private-use characters"),
    ("replacement_characters", "with characters lost in conversion"),
    ("soft_hyphens", "with soft hyphens"),
    ("unbalanced_quotation_marks", "with unbalanced quotation marks"),
    ("zero_width_spaces", "with zero-width spaces"),
];

/// What was found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The findings, by name.
    pub findings: Vec<Finding>,
    /// What the text is compared with others by.
    pub sketch: Sketch,
}

/// Looks at texts, one after another, that were read with the same [`Forms`].
#[derive(Debug, Default)]
pub struct Checker {
    table: FormTable,
}

impl Checker {
    /// Looks at one text. Time is linear in its length.
    pub fn check(&mut self, text: &Text, forms: &Forms) -> Checked {
        let tally = self.table.tally(text, forms);
        let scan = characters::scan(&text.content);
        let mut findings = Vec::new();
        characters::findings(text, &scan, &mut findings);
        quotation::findings(text, &scan.marks, &mut findings);
        forms::findings(text, &tally, scan.symbols, &mut findings);
        layout::findings(text, &tally, &self.table, &mut findings);
        sentences::findings(text, &tally, &mut findings);
        languages::findings(text, &tally, &mut self.table, &mut findings);
        self.table.forget();
        findings.sort_by_key(|finding| finding.finding);
        Checked { findings, sketch: tally.sketch.finish() }
    }
}

/// The findings of one text, by name; see [`Checker`] for many.
///
/// ```
/// use rhetor::hygiene;
/// use rhetor::text::{Forms, Language, Text};
/// let mut forms = Forms::new();
/// let text = Text::read("Too short\u{fffd}.".into(), &Language::english(), &mut forms);
/// let names: Vec<_> = hygiene::check(&text, &forms).iter().map(|finding| finding.finding).collect();
/// assert_eq!(names, ["few_sentences", "few_words", "replacement_characters"]);
/// ```
pub fn check(text: &Text, forms: &Forms) -> Vec<Finding> {
    Checker::default().check(text, forms).findings
}

/// Characters of an example before its place, and from it on.
const BEFORE: usize = 15;
const AFTER: usize = 45;

/// What stands at a place, on one line; characters that cannot be seen are written as `<U+200B>`.
fn excerpt(text: &str, place: usize) -> String {
    let start = text[..place].char_indices().rev().take(BEFORE).last().map_or(place, |(at, _)| at);
    let end = text[place..].char_indices().nth(AFTER).map_or(text.len(), |(at, _)| place + at);
    let mut example = String::new();
    for c in text[start..end].trim().chars() {
        if c.is_whitespace() {
            if !example.ends_with(' ') {
                example.push(' ');
            }
        } else if c.is_control() || characters::is_unseen(c) {
            example.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            example.push(c);
        }
    }
    example
}

#[cfg(test)]
mod tests;
