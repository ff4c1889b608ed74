//! Reading one text of a corpus: bytes, encoding, language, segmentation.

use encoding_rs::Encoding;

use super::{Input, LanguageSource};
use crate::corpus::{Document, Problem, Severity, decode};
use crate::error::Result;
use crate::study::Study;
use crate::text::{
    Forms, Languages, Text, WordPolicy, detect, is_unnamed, language_code, language_name, undetected,
};

/// Names of the metadata column that says what language a text is in, the first that exists.
const COLUMNS: [&str; 2] = ["language", "lang"];

/// Reads texts as a study asks for; shared by all threads of a run.
#[derive(Debug)]
pub(crate) struct Reader {
    encoding: Option<&'static Encoding>,
    /// The language of all texts, if one is asked for.
    language: Option<&'static str>,
    /// Place of the language among the metadata.
    column: Option<usize>,
    languages: Languages,
    words: WordPolicy,
}

/// A text as it was read.
pub(crate) struct ReadText {
    pub input: Input,
    pub text: Text,
    /// What was noticed about the file on the way.
    pub problems: Vec<Problem>,
}

impl Reader {
    /// A reader of a corpus with these metadata columns.
    ///
    /// # Errors
    /// If the study names a language or an encoding that cannot be used.
    pub fn new(study: &Study, columns: &[String]) -> Result<Self> {
        let place = |name: &str| columns.iter().position(|column| column.eq_ignore_ascii_case(name));
        Ok(Self {
            encoding: study.encoding()?,
            language: study.language()?,
            column: COLUMNS.into_iter().find_map(place),
            languages: Languages::default(),
            words: study.words,
        })
    }

    /// Reads one text. A [`Problem`] leaves out this text only.
    pub fn read(&self, document: &Document, forms: &mut Forms) -> std::result::Result<ReadText, Problem> {
        let bytes = document.bytes()?;
        let size = bytes.len() as u64;
        let blake3 = blake3::hash(&bytes).to_hex().to_string();
        let decoded = decode(&document.path.display().to_string(), bytes, self.encoding)?;
        let mut problems: Vec<Problem> = decoded.problem.into_iter().collect();
        problems.extend(overlong(document, &decoded.text));
        let (code, language_source) = self.language_of(document, &decoded.text, &mut problems);
        // The built-in files parse, as a test shows.
        let language = self.languages.get(code).map_err(|error| {
            Problem::about(&document.path, Severity::Error, "language", error.to_string())
        })?;
        let input =
            Input { bytes: size, blake3, encoding: decoded.encoding, language: code, language_source };
        let text = Text::read_with(decoded.text, &language, &self.words, forms);
        Ok(ReadText { input, text, problems })
    }

    /// The language of a text: the one asked for, else what its metadata say, else what it is found to be
    /// in, else a default.
    fn language_of(
        &self,
        document: &Document,
        text: &str,
        problems: &mut Vec<Problem>,
    ) -> (&'static str, LanguageSource) {
        if let Some(code) = self.language {
            return (code, LanguageSource::Option);
        }
        let named = self.column.and_then(|column| document.metadata.get(column)).map_or("", String::as_str);
        if let Some(code) = language_code(named) {
            return (code, LanguageSource::Metadata);
        }
        let (code, source) = match detect(text) {
            Some(detected) => (detected.code, LanguageSource::Detected),
            None => (undetected(text), LanguageSource::Default),
        };
        if !is_unnamed(named) {
            let message = format!(
                "has the language '{named}' in its metadata, which ISO 639 does not know, and was read as {}. \
                 Use a code such as en, de or grc",
                language_name(code)
            );
            problems.push(Problem::about(&document.path, Severity::Warning, "unknown_language", message));
        }
        (code, source)
    }
}

fn overlong(document: &Document, text: &str) -> Option<Problem> {
    (text.len() > crate::text::LONGEST_TEXT).then(|| {
        let message = "is longer than 4 GB; the rest was not read. Cut it into several files";
        Problem::about(&document.path, Severity::Warning, "overlong", message.to_owned())
    })
}
