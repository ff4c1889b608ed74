//! The corpus: which files are its texts, what is said about them, and what is wrong with them.
//!
//! [`Corpus::discover`] looks at names only; [`Document::read`] reads and decodes one text. What is
//! wrong with a file never ends a run: it becomes a [`Problem`] with the file, the place and what to do.

mod decode;
mod discover;
mod metadata;
mod parts;

use std::path::{Path, PathBuf};

use serde::Serialize;

pub use decode::{Decoded, decode, plain_utf8};
pub use parts::{LONGEST_WHOLE, PART, Scan, parts};

/// The texts to analyse, in code-point order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// What the corpus was given as, for titles: `seeds`.
    pub name: String,
    /// The texts.
    pub documents: Vec<Document>,
    /// Names of the metadata columns.
    pub columns: Vec<String>,
    /// Files left out and metadata that fits nothing.
    pub problems: Vec<Problem>,
}

/// One text of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Path below the corpus folder with `/`, without `.txt`; the name used in every output.
    pub id: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes, when the corpus was discovered.
    pub size: u64,
    /// A value for each of the corpus's metadata columns; empty where the table says nothing.
    pub metadata: Vec<String>,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the results.
    Note,
    /// The text was analysed, but look at it.
    Warning,
    /// The file was not analysed.
    Error,
}

impl Severity {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something about a file that the reader of the results should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, as it was found.
    pub file: String,
    /// How much it matters.
    pub severity: Severity,
    /// A short fixed name: `invalid_utf8`, `empty`.
    pub problem: &'static str,
    /// Where in the file: a byte or a line, with its unit; empty for the whole file.
    pub place: String,
    /// What is the matter and what to do.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn about(path: &Path, severity: Severity, problem: &'static str, message: String) -> Self {
        Self { file: path.display().to_string(), severity, problem, place: String::new(), message }
    }
}
