//! A study: every option that decides what a run's results are.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The options of a run. Two runs of the same study over the same files give the same bytes; what cannot
/// change them (threads, progress, the place of the results) is no part of it.
///
/// A run writes its study as `study.toml`; that file can be given back with `--study`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Study {
    /// Folders and files of the corpus.
    pub corpus: Vec<PathBuf>,
    /// Language of the texts, ISO 639-1: decides abbreviations and the marker lexicon.
    pub language: String,
    /// Encoding of texts that are not UTF-8 (WHATWG name); guessed if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// A marker lexicon used instead of the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<PathBuf>,
    /// Metadata column that groups texts in charts; `author`, `label`, `class` or `group` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Characters of context on either side of a hit.
    pub context: usize,
    /// Words in the chart of the most frequent words.
    pub top_words: usize,
    /// Whether charts are drawn.
    pub charts: bool,
}

impl Default for Study {
    fn default() -> Self {
        Self {
            corpus: vec![PathBuf::from("seeds")],
            language: "en".into(),
            encoding: None,
            lexicon: None,
            group: None,
            context: 50,
            top_words: 30,
            charts: true,
        }
    }
}

impl Study {
    /// Reads a study file.
    ///
    /// # Errors
    /// If it cannot be read, is not TOML, or has an option that does not exist.
    pub fn load(path: &Path) -> Result<Self> {
        let wrong = |reason: String| Error::Study { path: path.to_owned(), reason };
        let content = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        toml::from_str(&content).map_err(|error| wrong(error.to_string()))
    }

    /// The study as a file.
    pub fn to_toml(&self) -> String {
        // Strings, numbers and truth values always have a form in TOML.
        toml::to_string(self).unwrap_or_default()
    }

    /// The encoding asked for.
    ///
    /// # Errors
    /// If there is no encoding of that name.
    pub fn encoding(&self) -> Result<Option<&'static Encoding>> {
        let Some(name) = &self.encoding else { return Ok(None) };
        let encoding = Encoding::for_label(name.as_bytes()).ok_or_else(|| Error::Study {
            path: PathBuf::from("--encoding"),
            reason: format!(
                "there is no encoding '{name}'. Use a WHATWG name such as windows-1252 or shift_jis"
            ),
        })?;
        Ok(Some(encoding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_survives_its_file() {
        let study = Study { encoding: Some("latin1".into()), ..Study::default() };
        assert_eq!(toml::from_str::<Study>(&study.to_toml()).unwrap(), study);
    }

    #[test]
    fn unknown_options_are_refused() {
        assert!(toml::from_str::<Study>("colour = true").is_err());
    }

    #[test]
    fn encodings_are_known_by_name() {
        let study = Study { encoding: Some("no-such".into()), ..Study::default() };
        assert!(study.encoding().unwrap_err().to_string().contains("no-such"));
    }
}
