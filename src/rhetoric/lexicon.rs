//! The marker lexicon: data in TOML, one file a language, checked when it is loaded.
//!
//! An entry is a phrase with the constraints that make it a marker. The format is explained at the head
//! of `lexicon/en.toml`. The built-in file is compiled with the program.

mod format;

use std::fmt;

use hashbrown::HashMap;

use crate::error::{Error, Result};
use crate::text::{fold, for_each_word};
use format::{Automaton, Compiled, Phrase, WordSet, code_of};
pub(super) use format::{Case, Code, Comma, NO_WORD, Number, Position};
pub use format::{Category, Entry, FAMILIES};

/// A compiled lexicon.
pub struct Lexicon {
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Version as stated in the file.
    pub version: String,
    /// BLAKE3 of the file, in hexadecimal.
    pub hash: String,
    /// Categories of its markers and of the questions found by rule, by family and then name.
    pub categories: Vec<Category>,
    /// Its entries, in the order of the file.
    pub entries: Vec<Entry>,
    pub(super) phrases: Vec<Phrase>,
    /// None without entries.
    pub(super) automaton: Option<Automaton>,
    codes: HashMap<String, Code, foldhash::fast::RandomState>,
    /// Words for numbers, from the set `number`.
    pub(super) numbers: WordSet,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lexicon")
            .field("language", &self.language)
            .field("version", &self.version)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl Lexicon {
    /// The built-in lexicon of a language. Where there is none it has no entry, and only questions are
    /// found.
    ///
    /// # Errors
    /// If the built-in file is wrong, which a test excludes.
    pub fn built_in(language: &str) -> Result<Self> {
        match language {
            "en" => {
                let (compiled, automaton) = english()?;
                Ok(Self::new(compiled, automaton))
            }
            other => Ok(Self::without_entries(other)),
        }
    }

    fn new(compiled: Compiled, automaton: Automaton) -> Self {
        let Compiled { language, version, hash, categories, entries, phrases, words, numbers } = compiled;
        let codes = words.into_iter().enumerate().map(|(place, word)| (word, code_of(place))).collect();
        Self {
            language,
            version,
            hash,
            categories,
            entries,
            phrases,
            automaton: Some(automaton),
            codes,
            numbers,
        }
    }

    fn without_entries(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            version: String::new(),
            hash: String::new(),
            categories: format::categories(std::iter::empty()),
            entries: Vec::new(),
            phrases: Vec::new(),
            automaton: None,
            codes: HashMap::default(),
            numbers: WordSet::new(),
        }
    }

    /// Reads a lexicon. `name` is what messages call it.
    ///
    /// # Errors
    /// If the file is not TOML of the format, or an entry names an unknown family or set, has an empty
    /// or overlong phrase, or repeats another: the message names the line.
    pub fn parse(name: &str, content: &str) -> Result<Self> {
        let (compiled, automaton) = format::compile(content, words)
            .map_err(|reason| Error::Lexicon { name: name.to_owned(), reason })?;
        Ok(Self::new(compiled, automaton))
    }

    /// The code of a folded word.
    pub(super) fn code(&self, word: &str) -> Code {
        self.codes.get(word).copied().unwrap_or(NO_WORD)
    }

    /// The place of a category in [`Lexicon::categories`].
    pub fn category(&self, family: &str, category: &str) -> Option<u16> {
        self.categories
            .iter()
            .position(|known| known.family == family && known.category == category)
            .map(|index| index as u16)
    }
}

/// The folded words of a phrase.
fn words(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(phrase, |range| words.push(fold(&phrase[range]).into_owned()));
    words
}

/// The English lexicon as `build.rs` compiled it.
fn english() -> Result<(Compiled, Automaton)> {
    const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon_en"));
    const AUTOMATON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon_en_automaton"));
    let wrong = |reason: String| Error::Lexicon { name: "en.toml (built in)".into(), reason };
    let compiled = postcard::from_bytes(LEXICON).map_err(|error| wrong(error.to_string()))?;
    let (automaton, _) = Automaton::deserialize(AUTOMATON).map_err(|error| wrong(error.to_string()))?;
    Ok((compiled, automaton))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(content: &str) -> String {
        Lexicon::parse("test", content).unwrap_err().to_string()
    }

    const HEAD: &str = "language = \"en\"\nversion = \"1\"\n";

    fn entry(rest: &str) -> String {
        format!("{HEAD}[[entry]]\nmarker = \"m\"\nfamily = \"stance\"\ncategory = \"hedge\"\n{rest}\n")
    }

    #[test]
    fn the_built_in_lexicon_is_sound() {
        let lexicon = Lexicon::built_in("en").unwrap();
        assert!(lexicon.entries.len() > 200, "{}", lexicon.entries.len());
        for category in ["contrast", "cause", "condition"] {
            assert!(lexicon.category("organise", category).is_some(), "{category}");
        }
        for category in ["hedge", "booster", "intensifier", "self_mention"] {
            assert!(lexicon.category("stance", category).is_some(), "{category}");
        }
        assert!(lexicon.category("engage", "reader_address").is_some());
        assert!(lexicon.category("question", "interrogative").is_some());
    }

    /// The build cuts words with `unicode-segmentation`, whose words are those of the crate.
    #[test]
    fn the_built_in_lexicon_is_that_of_the_file() {
        let (compiled, automaton) = english().unwrap();
        let (parsed, expected) = format::compile(include_str!("lexicon/en.toml"), words).unwrap();
        assert_eq!(compiled, parsed);
        assert!(automaton.serialize() == expected.serialize());
    }

    #[test]
    fn a_bad_entry_is_named_with_its_line() {
        let message = error(&entry("phrases = [\"a\"]\nbefore = [\"%none\"]"));
        assert!(message.contains("line 3") && message.contains("set 'none'"), "{message}");
        assert!(error(&entry("phrases = [\" \"]")).contains("holds no word"));
        assert!(error(&entry("phrases = []")).contains("has no phrase"));
        assert!(error(&entry("phrases = [\"a\", \"a\"]")).contains("there already"));
        assert!(error(&entry("phrase = [\"a\"]")).contains("phrase"));
        assert!(error(&entry(&format!("phrases = [\"{}\"]", "a ".repeat(10_000)))).contains("10000 words"));
        assert!(error(HEAD).contains("no [[entry]]"));
        let unknown = entry("phrases = [\"a\"]").replace("stance", "stanza");
        assert!(error(&unknown).contains("unknown family 'stanza'"));
    }

    #[test]
    fn alternatives_are_readings() {
        let lexicon = Lexicon::parse("test", &entry("phrases = [\"in my|our view|opinion\"]")).unwrap();
        assert_eq!(lexicon.phrases.len(), 4);
    }
}
