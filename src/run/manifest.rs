//! `run.json`: what was run on what, and what came out.

use serde::Serialize;

use super::output::PROGRAM;
use super::{FindingCount, Input};
use crate::corpus::{Document, Problem};
use crate::rhetoric::{Lexicon, Source, Veto};
use crate::study::Study;
use crate::text::UNICODE_VERSION;

/// A file of the result.
#[derive(Clone, Debug, Serialize)]
pub struct Written {
    /// Its name.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
}

/// The manifest of a run. It holds nothing that another run of the same study would not repeat: no time,
/// no thread count, no place of the results. `T` is what the run says of each text.
#[derive(Serialize)]
pub struct Manifest<'a, T> {
    program: &'static str,
    version: &'static str,
    unicode: String,
    study: &'a Study,
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    options: serde_json::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    lexicons: Option<Vec<LexiconEntry<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    veto: Option<VetoEntry<'a>>,
    texts: Vec<TextEntry<'a, T>>,
    /// What the command found, where that is a few numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<serde_json::Value>,
    hygiene: Vec<FindingCount>,
    problems: &'a [Problem],
    outputs: &'a [Written],
}

#[derive(Serialize)]
struct LexiconEntry<'a> {
    language: &'a str,
    #[serde(flatten)]
    source: &'a Source,
}

#[derive(Serialize)]
struct VetoEntry<'a> {
    blake3: &'a str,
    ids: usize,
}

/// What the manifest says of a text.
#[derive(Serialize)]
pub struct TextEntry<'a, T> {
    document: &'a str,
    path: String,
    #[serde(flatten)]
    input: &'a Input,
    #[serde(flatten)]
    numbers: T,
}

impl<'a, T: Serialize> TextEntry<'a, T> {
    /// A text, as it was read and what came of it.
    pub fn new(document: &'a Document, input: &'a Input, numbers: T) -> Self {
        Self { document: &document.id, path: document.path.display().to_string(), input, numbers }
    }
}

impl<'a, T: Serialize> Manifest<'a, T> {
    /// The manifest of a run that used no lexicon.
    pub fn new(study: &'a Study, texts: Vec<TextEntry<'a, T>>, problems: &'a [Problem]) -> Self {
        let (major, minor, update) = UNICODE_VERSION;
        Self {
            program: PROGRAM,
            version: env!("CARGO_PKG_VERSION"),
            unicode: format!("{major}.{minor}.{update}"),
            study,
            lexicons: None,
            veto: None,
            options: serde_json::Value::Null,
            texts,
            results: None,
            hygiene: Vec::new(),
            problems,
            outputs: &[],
        }
    }

    /// The lexicons that markers were found with: every file of each.
    pub fn with_lexicons(mut self, lexicons: Vec<&'a Lexicon>) -> Self {
        let sources = |lexicon: &'a Lexicon| {
            let sources = lexicon.sources.iter();
            sources.map(|source| LexiconEntry { language: &lexicon.language, source })
        };
        self.lexicons = Some(lexicons.into_iter().flat_map(sources).collect());
        self
    }

    /// The hits that were taken out, if any were to be.
    pub fn with_veto(mut self, veto: &'a Veto) -> Self {
        self.veto = (!veto.blake3.is_empty()).then_some(VetoEntry { blake3: &veto.blake3, ids: veto.ids });
        self
    }

    /// The options of the command beside the study.
    pub fn with_options(mut self, options: serde_json::Value) -> Self {
        self.options = options;
        self
    }

    /// What the command found, in a few numbers.
    pub fn with_results(mut self, results: serde_json::Value) -> Self {
        self.results = Some(results);
        self
    }

    /// What there is to know of the texts before their figures are trusted.
    pub fn with_hygiene(mut self, findings: Vec<FindingCount>) -> Self {
        self.hygiene = findings;
        self
    }

    /// The manifest as a file, with the files that were written.
    pub fn into_json(mut self, outputs: &'a [Written]) -> Vec<u8> {
        self.outputs = outputs;
        // Strings and numbers always have a form in JSON.
        let mut json = serde_json::to_vec_pretty(&self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}
