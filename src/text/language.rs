//! Languages: the word lists that sentence and voice rules need, one file each in `language/`.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// Particles that take up what was said, right after its closing mark, in a script without spaces.
    #[serde(default)]
    quotatives: Vec<String>,
    /// Words of speaker and addressee: `i`, `you`.
    #[serde(default)]
    speaker: HashSet<String>,
    /// Auxiliaries and other verbs that are finite for certain: `is`, `must`.
    #[serde(default)]
    finite: HashSet<String>,
    /// Words near a title: `entitled`, `pamphlet`.
    #[serde(default)]
    title_cues: HashSet<String>,
    /// Words right before a term that is mentioned: `called`, `word`.
    #[serde(default)]
    term_cues: HashSet<String>,
    /// A number with a full stop may be an ordinal: `3. Oktober`.
    #[serde(default)]
    ordinal_stop: bool,
    /// Words that follow such an ordinal, capitalised or not: months, `jahrhundert`.
    #[serde(default)]
    after_ordinal: HashSet<String>,
    /// `;` is the question mark, as in Greek.
    #[serde(default)]
    semicolon_asks: bool,
    /// Words that end in an apostrophe before the next: `l`, `qu`, `dell`.
    #[serde(default)]
    elisions: HashSet<String>,
    /// Words that open a numbered or bare heading: `chapter`, `preface`.
    #[serde(default)]
    divisions: HashSet<String>,
    /// Number words and articles that may follow the name of a division: `chapter the first`.
    #[serde(default)]
    division_numbers: HashSet<String>,
}

const ENGLISH: &str = include_str!("language/en.toml");
const CHINESE: &str = include_str!("language/zh.toml");
const JAPANESE: &str = include_str!("language/ja.toml");

impl Language {
    /// The built-in language of this code, or the plain rules where there is none.
    ///
    /// # Errors
    /// If the built-in file does not parse.
    pub fn of(code: &str) -> Result<Self> {
        let file = match code {
            "en" => ENGLISH,
            "ja" => JAPANESE,
            "zh" => CHINESE,
            other => return Ok(Self { code: other.to_owned(), ..Self::default() }),
        };
        toml::from_str(file).map_err(|error| Error::Language { code: code.into(), reason: error.to_string() })
    }

    /// English.
    pub fn english() -> Self {
        // The embedded file is checked by a test; without it the plain rules would hold.
        Self::of("en").unwrap_or_default()
    }

    /// Whether a number with a full stop may be an ordinal in this language.
    pub(super) fn has_ordinal_stop(&self) -> bool {
        self.ordinal_stop
    }

    pub(super) fn follows_ordinal(&self, word: &str) -> bool {
        holds(&self.after_ordinal, word)
    }

    /// Whether `;` asks a question in this language.
    pub(super) fn semicolon_asks(&self) -> bool {
        self.semicolon_asks
    }

    pub(super) fn is_elision(&self, word: &str) -> bool {
        holds(&self.elisions, word)
    }

    pub(super) fn is_division(&self, word: &str) -> bool {
        holds(&self.divisions, word)
    }

    pub(super) fn is_division_number(&self, word: &str) -> bool {
        holds(&self.division_numbers, word)
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

    /// Whether `clause`, in a script without spaces, reports the speech right before it: it begins with a
    /// particle that takes the speech up, or holds a verb of saying.
    pub(super) fn reports_unspaced(&self, clause: &str) -> bool {
        self.quotatives.iter().any(|particle| clause.starts_with(particle.as_str()))
            || (self.quotatives.is_empty()
                && self.reporting.iter().any(|verb| clause.contains(verb.as_str())))
    }

    pub(super) fn is_speaker(&self, word: &str) -> bool {
        holds(&self.speaker, word)
    }

    pub(super) fn is_finite(&self, word: &str) -> bool {
        holds(&self.finite, word)
    }

    pub(super) fn is_title_cue(&self, word: &str) -> bool {
        holds(&self.title_cues, word)
    }

    pub(super) fn is_term_cue(&self, word: &str) -> bool {
        holds(&self.term_cues, word)
    }
}

/// Languages that have been asked for, each parsed once; shared by all threads of a run.
#[derive(Debug, Default)]
pub struct Languages {
    known: Mutex<HashMap<String, Arc<Language>>>,
}

impl Languages {
    /// The language of this code, as [`Language::of`] gives it.
    ///
    /// # Errors
    /// If the built-in file does not parse.
    pub fn get(&self, code: &str) -> Result<Arc<Language>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(language) = known.get(code) {
            return Ok(Arc::clone(language));
        }
        let language = Arc::new(Language::of(code)?);
        known.insert(code.to_owned(), Arc::clone(&language));
        Ok(language)
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
