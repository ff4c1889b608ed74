//! `run.json`: what was run on what, and what came out.

use serde::Serialize;

use super::output::PROGRAM;
use super::{Counted, FindingCount, Input, hygiene};
use crate::corpus::Problem;
use crate::measures::warnings;
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

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    unicode: String,
    study: &'a Study,
    lexicon: LexiconEntry<'a>,
    texts: Vec<TextEntry<'a>>,
    hygiene: Vec<FindingCount>,
    problems: &'a [Problem],
    outputs: &'a [Written],
}

#[derive(Serialize)]
struct LexiconEntry<'a> {
    language: &'a str,
    version: &'a str,
    blake3: &'a str,
    entries: usize,
}

#[derive(Serialize)]
struct TextEntry<'a> {
    document: &'a str,
    path: String,
    #[serde(flatten)]
    input: &'a Input,
    words: u64,
    sentences: u64,
    paragraphs: u64,
    boilerplate_words: u64,
    warnings: Vec<&'static str>,
}

/// The manifest of a run. It holds nothing that another run of the same study would not repeat: no time,
/// no thread count, no place of the results.
pub fn manifest(study: &Study, counted: &Counted, outputs: &[Written]) -> Vec<u8> {
    let texts = counted
        .texts
        .iter()
        .map(|text| {
            let document = counted.document(text);
            let profile = &text.profile;
            TextEntry {
                document: &document.id,
                path: document.path.display().to_string(),
                input: &text.input,
                words: profile.words(),
                sentences: profile.author.sentence_words.count() + profile.quoted.sentence_words.count(),
                paragraphs: profile.paragraphs,
                boilerplate_words: profile.boilerplate_words,
                warnings: warnings(profile),
            }
        })
        .collect();
    let lexicon = &counted.lexicon;
    let manifest = Manifest {
        program: PROGRAM,
        version: env!("CARGO_PKG_VERSION"),
        unicode: format!("{}.{}.{}", UNICODE_VERSION.0, UNICODE_VERSION.1, UNICODE_VERSION.2),
        study,
        lexicon: LexiconEntry {
            language: &lexicon.language,
            version: &lexicon.version,
            blake3: &lexicon.hash,
            entries: lexicon.entries.len(),
        },
        texts,
        hygiene: hygiene::summary(&counted.texts),
        problems: &counted.problems,
        outputs,
    };
    // Strings and numbers always have a form in JSON.
    let mut json = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    json.push(b'\n');
    json
}
