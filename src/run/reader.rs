//! Reading one text of a corpus: bytes, encoding, language, segmentation.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use super::{Input, LanguageSource};
use crate::corpus::{Document, Problem, Severity, decode, plain_utf8};
use crate::error::Result;
use crate::study::Study;
use crate::text::{
    Forms, Language, Languages, Text, WordPolicy, detect, is_unnamed, language_code, language_name,
    undetected,
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

/// A text that is not yet segmented.
pub(crate) struct Opened<'b> {
    pub input: Input,
    pub text: Cow<'b, str>,
    pub language: Arc<Language>,
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
        let Opened { input, text, language, mut problems } = self.open(document, &bytes)?;
        problems.extend(overlong(document, &text));
        let text = text.into_owned();
        drop(bytes);
        let text = Text::read_with(text, &language, &self.words, forms);
        Ok(ReadText { input, text, problems })
    }

    /// The text of a file with these bytes, and the language it is to be read in.
    pub fn open<'b>(&self, document: &Document, bytes: &'b [u8]) -> std::result::Result<Opened<'b>, Problem> {
        let blake3 = blake3::hash(bytes).to_hex().to_string();
        let named_wide = self.encoding.is_some_and(|encoding| !encoding.is_ascii_compatible());
        let mut problems = Vec::new();
        let (text, encoding) = match plain_utf8(bytes).filter(|_| !named_wide) {
            Some(text) => (Cow::Borrowed(text), UTF_8.name()),
            None => {
                let decoded = decode(&document.path.display().to_string(), bytes.to_vec(), self.encoding)?;
                problems.extend(decoded.problem);
                (Cow::Owned(decoded.text), decoded.encoding)
            }
        };
        let (language, code, language_source) = self.language(document, &text, &mut problems)?;
        let input = Input { bytes: bytes.len() as u64, blake3, encoding, language: code, language_source };
        Ok(Opened { input, text, language, problems })
    }

    /// The language of a text that begins with `text`: its rules, its code, and who says so.
    pub fn language(
        &self,
        document: &Document,
        text: &str,
        problems: &mut Vec<Problem>,
    ) -> std::result::Result<(Arc<Language>, &'static str, LanguageSource), Problem> {
        let (code, source) = self.language_of(document, text, problems);
        // The built-in files parse, as a test shows.
        let language = self.languages.get(code).map_err(|error| {
            Problem::about(&document.path, Severity::Error, "language", error.to_string())
        })?;
        Ok((language, code, source))
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
