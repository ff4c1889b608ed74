//! A study: every option that decides what a run's results are.

mod attribution;
mod stylometry;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::text::{SentenceRules, WordPolicy, language_code};

pub use attribution::{AttributionOptions, ContrastOptions, RollingOptions, VerificationOptions, method};
pub use stylometry::{
    Compatibility, Features, LinkWeightName, MapKind, SamplingRule, Steps, StylometryOptions, VoiceChoice,
};

/// The options of a run. Two runs of the same study over the same files give the same bytes; what cannot
/// change them (threads, progress, the place of the results) is no part of it.
///
/// A run writes its study as `study.toml`; that file can be given back with `--study`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Study {
    /// Folders and files of the corpus.
    #[serde(serialize_with = "lossy_paths")]
    pub corpus: Vec<PathBuf>,
    /// Language of all texts, a code of ISO 639 or an English name: decides abbreviations and the marker
    /// lexicon. If absent, each text has the language that its metadata name, or that it is found to be in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Encoding of texts that are not UTF-8 (WHATWG name); guessed if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What is a word: `unicode`, `uax29+hyphens`, `given`, `stylo:english.all`; see [`WordPolicy`].
    pub words: WordPolicy,
    /// What is a sentence where words are counted and nothing else: `full` or `uax29`; see [`SentenceRules`].
    #[serde(skip_serializing_if = "is_default")]
    pub sentences: SentenceRules,
    /// Marker lexicons: files that add to the built-in ones, or one that takes their place.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "lossy_paths",
        deserialize_with = "one_or_more"
    )]
    pub lexicon: Vec<PathBuf>,
    /// Categories or markers of the lexicons that are counted though they are off by default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub switch_on: Vec<String>,
    /// Categories or markers of the lexicons that are not counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub switch_off: Vec<String>,
    /// A table of ids of hits that are taken out.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "lossy_path")]
    pub veto: Option<PathBuf>,
    /// Whether `marker_hits.csv` holds what was found and not counted, with the reason.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rejected: bool,
    /// Files of familiar words by name, `dale_chall` and `spache`, for the formulas that need them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", serialize_with = "lossy_named_paths")]
    pub word_lists: BTreeMap<String, PathBuf>,
    /// Ids of the measures that `rhetor measures` computes; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Metadata column that groups texts in charts; `author`, `label`, `class` or `group` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Values of that column to compare; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<String>,
    /// Characters of context on either side of a hit.
    pub context: usize,
    /// Words in the chart of the most frequent words.
    pub top_words: usize,
    /// Whether charts are drawn.
    pub charts: bool,
    /// Options of the stylometric commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stylometry: Option<StylometryOptions>,
    /// Options of `rhetor attribute`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<AttributionOptions>,
    /// Options of `rhetor verify`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationOptions>,
    /// Options of `rhetor zeta`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zeta: Option<ContrastOptions>,
    /// Options of `rhetor rolling`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolling: Option<RollingOptions>,
}

/// Paths that are not Unicode have no form in TOML and JSON; their nearest reading is written.
fn lossy_paths<S: Serializer>(paths: &[PathBuf], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_seq(paths.iter().map(|path| path.to_string_lossy()))
}

/// A list of paths, or one path.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<PathBuf>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Paths {
        One(PathBuf),
        More(Vec<PathBuf>),
    }
    Ok(match Paths::deserialize(deserializer)? {
        Paths::One(path) => vec![path],
        Paths::More(paths) => paths,
    })
}

fn lossy_path<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    path.as_ref().map(|path| path.to_string_lossy()).serialize(serializer)
}

fn lossy_named_paths<S: Serializer>(
    paths: &BTreeMap<String, PathBuf>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_map(paths.iter().map(|(name, path)| (name, path.to_string_lossy())))
}

fn is_default(rules: &SentenceRules) -> bool {
    *rules == SentenceRules::default()
}

/// Characters of context beyond which a table of hits is no table any more.
const MOST_CONTEXT: usize = 1000;
/// Words that a chart has room for.
const MOST_TOP_WORDS: usize = 60;

impl Default for Study {
    fn default() -> Self {
        Self {
            corpus: vec![PathBuf::from("seeds")],
            language: None,
            encoding: None,
            words: WordPolicy::default(),
            sentences: SentenceRules::default(),
            lexicon: Vec::new(),
            switch_on: Vec::new(),
            switch_off: Vec::new(),
            veto: None,
            rejected: false,
            word_lists: BTreeMap::new(),
            measures: Vec::new(),
            group: None,
            sides: Vec::new(),
            context: 50,
            top_words: 30,
            charts: true,
            stylometry: None,
            attribution: None,
            verification: None,
            zeta: None,
            rolling: None,
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

    /// Checks what the types of the options do not.
    ///
    /// # Errors
    /// If a number is out of its range.
    pub fn check(&self) -> Result<()> {
        let wrong = |option: &str, most: usize| Error::Study {
            path: PathBuf::from("options"),
            reason: format!("{option} is at most {most}"),
        };
        if self.context > MOST_CONTEXT {
            return Err(wrong("context", MOST_CONTEXT));
        }
        if !(1..=MOST_TOP_WORDS).contains(&self.top_words) {
            return Err(wrong("top_words is at least 1 and", MOST_TOP_WORDS));
        }
        Ok(())
    }

    /// The study as a file.
    pub fn to_toml(&self) -> String {
        // Strings, numbers and truth values always have a form in TOML; paths are written as strings.
        toml::to_string(self).unwrap_or_default()
    }

    /// The code of the language asked for.
    ///
    /// # Errors
    /// If there is no language of that code or name.
    pub fn language(&self) -> Result<Option<&'static str>> {
        let Some(name) = &self.language else { return Ok(None) };
        let code = language_code(name).ok_or_else(|| Error::Study {
            path: PathBuf::from("options"),
            reason: format!("there is no language '{name}'. Use a code of ISO 639 such as en, de or grc"),
        })?;
        Ok(Some(code))
    }

    /// The encoding asked for.
    ///
    /// # Errors
    /// If there is no encoding of that name.
    pub fn encoding(&self) -> Result<Option<&'static Encoding>> {
        let Some(name) = &self.encoding else { return Ok(None) };
        let encoding = Encoding::for_label(name.as_bytes()).ok_or_else(|| Error::Study {
            path: PathBuf::from("options"),
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
    fn languages_are_known_by_code_and_name() {
        let study = |name: &str| Study { language: Some(name.into()), ..Study::default() };
        assert_eq!(study("German").language().unwrap(), Some("de"));
        assert!(study("Entish").language().unwrap_err().to_string().contains("Entish"));
    }

    #[test]
    fn encodings_are_known_by_name() {
        let study = Study { encoding: Some("no-such".into()), ..Study::default() };
        assert!(study.encoding().unwrap_err().to_string().contains("no-such"));
    }
}
