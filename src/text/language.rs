//! Languages: the word lists that sentence and voice rules need, one file each in `language/`.

use std::collections::HashSet;

use serde::Deserialize;

use crate::error::{Error, Result};

/// Word lists of one language. A language without a file has empty lists: the rules that rest on
/// characters alone still hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: String,
    /// Abbreviations after which no sentence ends: `mr`, `i.e`.
    #[serde(default)]
    never_final: HashSet<String>,
    /// Abbreviations that stand before a number: `p`, `vol`, `no`.
    #[serde(default)]
    before_number: HashSet<String>,
    /// Those of them that are words too: `no`, `art`.
    #[serde(default)]
    also_words: HashSet<String>,
    /// Abbreviations that end a sentence only where a usual first word follows: `jr`, `a.d`.
    #[serde(default)]
    seldom_final: HashSet<String>,
    /// Words that often open a sentence and are seldom names.
    #[serde(default)]
    openers: HashSet<String>,
    /// Words written with an apostrophe at their head, without it: `tis`, `em`.
    #[serde(default)]
    elided: HashSet<String>,
    /// Verbs of saying: `said`, `cried`.
    #[serde(default)]
    reporting: HashSet<String>,
    /// Words of speaker and addressee: `i`, `you`.
    #[serde(default)]
    speaker: HashSet<String>,
    /// Words near a title: `entitled`, `pamphlet`.
    #[serde(default)]
    title_cues: HashSet<String>,
    /// Words right before a term that is mentioned: `called`, `word`.
    #[serde(default)]
    term_cues: HashSet<String>,
}

const ENGLISH: &str = include_str!("language/en.toml");

impl Language {
    /// The built-in language of this code, or the plain rules where there is none.
    ///
    /// # Errors
    /// If the built-in file does not parse.
    pub fn of(code: &str) -> Result<Self> {
        match code {
            "en" => toml::from_str(ENGLISH)
                .map_err(|error| Error::Language { code: code.into(), reason: error.to_string() }),
            other => Ok(Self { code: other.to_owned(), ..Self::default() }),
        }
    }

    /// English.
    pub fn english() -> Self {
        // The embedded file is checked by a test; without it the plain rules would hold.
        Self::of("en").unwrap_or_default()
    }

    pub(super) fn is_never_final(&self, word: &str) -> bool {
        holds(&self.never_final, word)
    }

    pub(super) fn stands_before_number(&self, word: &str) -> bool {
        holds(&self.before_number, word)
    }

    pub(super) fn is_also_word(&self, word: &str) -> bool {
        holds(&self.also_words, word)
    }

    pub(super) fn is_seldom_final(&self, word: &str) -> bool {
        holds(&self.seldom_final, word)
    }

    pub(super) fn opens_sentences(&self, word: &str) -> bool {
        holds(&self.openers, word)
    }

    pub(super) fn is_elided(&self, word: &str) -> bool {
        holds(&self.elided, word)
    }

    pub(super) fn is_reporting(&self, word: &str) -> bool {
        holds(&self.reporting, word)
    }

    pub(super) fn is_speaker(&self, word: &str) -> bool {
        holds(&self.speaker, word)
    }

    pub(super) fn is_title_cue(&self, word: &str) -> bool {
        holds(&self.title_cues, word)
    }

    pub(super) fn is_term_cue(&self, word: &str) -> bool {
        holds(&self.term_cues, word)
    }
}

/// Longer words are in no list.
const LONGEST: usize = 24;

fn holds(list: &HashSet<String>, word: &str) -> bool {
    if word.is_empty() || word.len() > LONGEST || list.is_empty() {
        return false;
    }
    if word.chars().any(char::is_uppercase) {
        list.contains(&word.to_lowercase())
    } else {
        list.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_parses() {
        let english = Language::of("en").unwrap();
        assert!(english.is_never_final("Mr"));
        assert!(english.is_never_final("i.e"));
        assert!(!english.opens_sentences("Holloway"));
    }

    #[test]
    fn an_unknown_language_has_plain_rules() {
        assert!(!Language::of("xx").unwrap().is_never_final("Mr"));
    }
}
