//! Reading one text of a corpus: bytes, encoding, language, segmentation.

use encoding_rs::Encoding;

use super::Input;
use crate::corpus::{Document, Problem, Severity, decode};
use crate::error::Result;
use crate::study::Study;
use crate::text::{Forms, Language, Text};

/// Reads texts as a study asks for; shared by all threads of a run.
#[derive(Debug)]
pub(crate) struct Reader {
    encoding: Option<&'static Encoding>,
    language: Language,
}

/// A text as it was read.
pub(crate) struct ReadText {
    pub input: Input,
    pub text: Text,
    /// What was noticed about the file on the way.
    pub problems: Vec<Problem>,
}

impl Reader {
    /// # Errors
    /// If the study names a language or an encoding that cannot be used.
    pub fn new(study: &Study) -> Result<Self> {
        Ok(Self { encoding: study.encoding()?, language: Language::of(&study.language)? })
    }

    /// Reads one text. The outer error ends the run; a [`Problem`] leaves out this text only.
    pub fn read(&self, document: &Document, forms: &mut Forms) -> std::result::Result<ReadText, Problem> {
        let bytes = document.bytes()?;
        let size = bytes.len() as u64;
        let blake3 = blake3::hash(&bytes).to_hex().to_string();
        let decoded = decode(&document.path.display().to_string(), bytes, self.encoding)?;
        let input = Input { bytes: size, blake3, encoding: decoded.encoding };
        let mut problems: Vec<Problem> = decoded.problem.into_iter().collect();
        problems.extend(overlong(document, &decoded.text));
        let text = Text::read(decoded.text, &self.language, forms);
        Ok(ReadText { input, text, problems })
    }
}

fn overlong(document: &Document, text: &str) -> Option<Problem> {
    (text.len() > crate::text::LONGEST_TEXT).then(|| {
        let message = "is longer than 4 GB; the rest was not read. Cut it into several files";
        Problem::about(&document.path, Severity::Warning, "overlong", message.to_owned())
    })
}
