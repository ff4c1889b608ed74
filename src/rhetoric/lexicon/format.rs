//! The format of a lexicon: what its file holds, and what an entry becomes.
//!
//! `build.rs` includes this file to compile the built-in lexicons, so it names nothing of the crate.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::categories::Category;
use super::tree::Tree;

/// Case that the words of a match must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// No condition.
    #[default]
    Any,
    /// No upper-case letter, unless the match opens its sentence.
    Lower,
    /// The first letter is upper case.
    Capital,
    /// Every letter is upper case.
    Upper,
}

/// Place that a match must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// No condition.
    #[default]
    Anywhere,
    /// No word stands before it in its sentence.
    SentenceInitial,
    /// It opens its sentence, or follows a comma, semicolon, colon, bracket, dash or quotation mark.
    ClauseInitial,
    /// It follows a comma.
    AfterComma,
    /// A word stands before it in its sentence.
    Medial,
}

/// On which side of a match a mark must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Right after it.
    After,
    /// Right before it.
    Before,
    /// On both sides.
    Both,
    /// On one side or both.
    Either,
}

/// Whether a number must follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// A number follows.
    After,
    /// No number follows.
    NotAfter,
}

/// An entry as written in the file. One without phrases switches built-in markers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEntry {
    pub marker: String,
    pub phrases: Option<Vec<String>>,
    pub family: Option<String>,
    pub category: Option<String>,
    pub off: Option<bool>,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub sense: String,
    #[serde(default)]
    pub rule: String,
    #[serde(default)]
    pub case: Case,
    #[serde(default)]
    pub position: Position,
    pub comma: Option<Side>,
    pub quotation: Option<Side>,
    pub before: Option<Vec<String>>,
    pub not_before: Option<Vec<String>>,
    pub after: Option<Vec<String>>,
    pub not_after: Option<Vec<String>>,
    pub except: Option<Vec<String>>,
    pub number: Option<Number>,
    pub precision: Option<f64>,
    pub n: Option<u64>,
    pub source: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// A category of the file's own, or a switch for all entries of one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCategory {
    pub family: String,
    pub category: String,
    #[serde(default)]
    pub definition: String,
    pub off: Option<bool>,
}

/// A file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLexicon {
    pub language: Option<String>,
    pub version: String,
    pub extends: Option<String>,
    #[serde(default)]
    pub sets: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub category: Vec<toml::Spanned<RawCategory>>,
    #[serde(default)]
    pub entry: Vec<toml::Spanned<RawEntry>>,
}

/// The number of a word of the lexicon, from 1 on in the order of [`Compiled::words`]. Endings (`*ism`) have
/// codes too.
pub type Code = u32;

/// The code of a word that no entry mentions.
pub const NO_WORD: Code = 0;

/// A set of words and endings, as codes in ascending order.
pub type WordSet = Vec<Code>;

/// Number of a set of words among the different sets of a lexicon.
pub type SetId = u32;

/// The different sets of words of a lexicon, end to end.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sets {
    pub codes: Vec<Code>,
    /// Where each ends.
    pub ends: Vec<u32>,
}

impl Sets {
    /// The words of a set.
    pub fn of(&self, set: SetId) -> &[Code] {
        let set = set as usize;
        let start = if set == 0 { 0 } else { self.ends[set - 1] };
        &self.codes[start as usize..self.ends[set] as usize]
    }
}

/// What an entry asks for, close together, its sets of words by their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conditions {
    /// It is switched off; taken over from [`Entry::off`] when what is on and off is known.
    pub off: bool,
    /// It asks for nothing: its phrases are markers wherever they stand.
    pub none: bool,
    pub case: Case,
    pub position: Position,
    pub comma: Option<Side>,
    pub quotation: Option<Side>,
    pub number: Option<Number>,
    pub before: Option<SetId>,
    pub not_before: Option<SetId>,
    pub after: Option<SetId>,
    pub not_after: Option<SetId>,
    pub except: Option<SetId>,
}

/// An entry ready to be matched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the marker.
    #[serde(borrow)]
    pub marker: Cow<'static, str>,
    /// Its family and category; both are `none` for an entry that only blocks shorter ones.
    pub home: Category,
    /// Place of its category among those of the lexicon; none for an entry that blocks, or is off.
    pub category: Option<u16>,
    /// Other categories that its matches are counted in too.
    pub also: Vec<Category>,
    /// The places of its category and of these, without those that are switched off, in ascending order.
    pub(crate) places: Vec<u16>,
    /// Whether it is switched off: nothing is found by it.
    pub off: bool,
    /// PDTB-3 sense of a discourse connective, else empty.
    #[serde(borrow)]
    pub sense: Cow<'static, str>,
    /// Name of the rule that lets it in.
    #[serde(borrow)]
    pub rule: Cow<'static, str>,
    /// Precision where it was measured, with the number of occurrences and the source.
    pub measured: Option<(f64, u64, String)>,
    /// A remark for readers.
    #[serde(borrow)]
    pub note: Cow<'static, str>,
    /// Its file: place in the lexicon's sources.
    pub source: usize,
    /// Where it begins in that file, in bytes.
    pub at: usize,
    pub(crate) conditions: Conditions,
}

/// A part of a phrase after its opening words.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Slot {
    /// One word of a set.
    Word(SetId),
    /// One to so many words, whatever they are.
    Open(u8),
}

/// An ending of words.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// What words end in.
    pub ending: String,
    /// Letters that must stand before it.
    pub stem: u8,
    pub code: Code,
}

/// A file that a lexicon is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its path, or `built in`.
    pub file: String,
    /// Version as stated in it.
    pub version: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// Number of its entries.
    pub entries: usize,
}

/// A lexicon as it is kept in the program. What is long in it is borrowed or flat, so that it is read at once.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Compiled {
    pub language: String,
    pub sources: Vec<Source>,
    /// Categories that the files declare themselves, with their definitions.
    pub declared: Vec<(Category, String)>,
    pub entries: Vec<Entry>,
    pub tree: Tree,
    pub sets: Sets,
    /// Words for numbers.
    pub numbers: SetId,
    pub endings: Vec<Ending>,
    /// The words it knows in order of their codes, a line break after each.
    #[serde(borrow)]
    pub words: Cow<'static, str>,
}
