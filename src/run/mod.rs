//! Runs: from a corpus to counts, and from a study to a folder of results.
//!
//! [`count()`] reads, segments and counts a corpus in parallel and keeps a profile of each text;
//! [`analyze()`] does the same and writes every table and chart; [`count_words`] keeps no profile and writes
//! frequency lists, for corpora of any size; [`segments()`] counts nothing and writes how the texts were read;
//! [`measures()`] writes every statistic of each. Results do not depend on the number of threads: rows leave in
//! corpus order,
//! words are ranked by count and code point, and floating point is computed from merged integers.

mod analyze;
mod compare;
mod count;
mod diff;
mod drawing;
mod explain;
mod folder;
mod hygiene;
mod manifest;
mod measures;
mod output;
mod passages;
mod pipeline;
mod progress;
mod reader;
mod segments;

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

pub use analyze::{LanguageCount, Report, analyze};
pub use compare::{CompareReport, Comparison, FeatureDifference, SideReport, compare};
pub use count::{CountReport, Plan, count_words, plan_count};
pub use diff::{CellDifference, Changed, RunDifference, TableDifference, diff};
pub use explain::{Explained, ExplainedWord, explain_measure, explain_word};
pub use hygiene::FindingCount;
pub use measures::{MeasuresReport, WORD_LISTS, measures};
pub use progress::Progress;
use reader::{ReadText, Reader};
pub use segments::{SegmentsOptions, SegmentsReport, segments};

use crate::corpus::{Corpus, Document, Problem, Severity};
use crate::error::{Error, Result};
use crate::hygiene::{Checked, Checker, Finding};
use crate::profile::{Counter, Profile, Vocabulary};
use crate::rhetoric::{Hit, Lexicon, Matcher, hits, question_hits};
use crate::study::Study;
use crate::tables::Ranking;
use crate::text::{Forms, Text, language_name};

/// A corpus, read and counted.
#[derive(Debug)]
pub struct Counted {
    /// The corpus.
    pub corpus: Corpus,
    /// The marker lexicon it was counted with.
    pub lexicon: Lexicon,
    /// The lexicon was named for all texts, whatever their language.
    lexicon_for_all: bool,
    /// The words of the corpus.
    pub vocabulary: Vocabulary,
    /// The texts that could be read, in order of their ids.
    pub texts: Vec<CountedText>,
    /// What was found wrong with files, metadata and encodings, sorted.
    pub problems: Vec<Problem>,
}

/// A text, read and counted.
#[derive(Debug)]
pub struct CountedText {
    /// Its place in [`Corpus::documents`].
    pub document: usize,
    /// The file as it was read.
    pub input: Input,
    /// Its counts.
    pub profile: Profile,
    /// What is to be known of it; none where that was not asked for.
    pub checked: Option<Checked>,
}

impl CountedText {
    /// What is to be known of it, by name.
    pub fn findings(&self) -> &[Finding] {
        self.checked.as_ref().map_or(&[], |checked| &checked.findings)
    }
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// The encoding it was read in (WHATWG name).
    pub encoding: &'static str,
    /// The language it was read in: ISO 639-1 where there is a code, else ISO 639-3.
    pub language: &'static str,
    /// Who says so.
    pub language_source: LanguageSource,
}

/// Where the language of a text is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LanguageSource {
    /// The study names one language for all texts.
    Option,
    /// The metadata of the text.
    Metadata,
    /// The text itself.
    Detected,
    /// Nothing: the text is too short, or in a language that is not known.
    Default,
}

impl LanguageSource {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Metadata => "metadata",
            Self::Detected => "detected",
            Self::Default => "default",
        }
    }
}

/// A row of a frequency list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency<'c> {
    /// The word, folded.
    pub word: &'c str,
    /// Its occurrences.
    pub count: u64,
    /// Its occurrences per million words.
    pub per_million: f64,
}

impl Counted {
    /// A text's entry in the corpus.
    pub fn document(&self, text: &CountedText) -> &Document {
        &self.corpus.documents[text.document]
    }

    /// Whether the markers of the lexicon were counted in a text: they are where its language is that of the
    /// lexicon, and everywhere if the study names a lexicon. Questions are counted in every text.
    pub fn has_markers(&self, text: &CountedText) -> bool {
        self.lexicon_for_all || text.input.language == self.lexicon.language
    }

    /// The counts of the whole corpus.
    pub fn total(&self) -> Profile {
        let profiles: Vec<&Profile> = self.texts.iter().map(|text| &text.profile).collect();
        Profile::merge_all(&profiles)
    }

    /// The words of the corpus by count, then by code point.
    pub fn frequency_list(&self) -> Vec<Frequency<'_>> {
        let total = self.total();
        let words = total.words() as f64;
        let ranking = Ranking::new(&self.vocabulary);
        let list = ranking.ranked(&total);
        list.iter()
            .map(|word| Frequency {
                word: ranking.word(word.word),
                count: word.count(),
                per_million: word.count() as f64 * 1e6 / words,
            })
            .collect()
    }
}

/// Reads and counts a corpus with the options of a study, on the threads of the current rayon pool.
///
/// ```no_run
/// # fn main() -> rhetor::error::Result<()> {
/// use rhetor::{Corpus, Study, count};
/// let counted = count(Corpus::discover(&["seeds"])?, &Study::default())?;
/// for row in counted.frequency_list().iter().take(10) {
///     println!("{:>8} {}", row.count, row.word);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If the study names a language, lexicon or encoding that cannot be used, or no text can be read.
pub fn count(corpus: Corpus, study: &Study) -> Result<Counted> {
    count_with(corpus, study, false, |_, _| (), |_, ()| Ok(()))
}

/// A text while it is in memory.
pub(crate) struct Read<'a> {
    document: &'a Document,
    text: &'a Text,
    profile: &'a Profile,
    hits: &'a [Hit],
}

/// As [`count()`]; `look` sees every text while it is in memory, on any thread, and `sink` gets what it
/// made of it, in corpus order. With `check`, each text has its findings.
pub(crate) fn count_with<R: Send>(
    corpus: Corpus,
    study: &Study,
    check: bool,
    look: impl Fn(&Lexicon, Read<'_>) -> R + Sync,
    mut sink: impl FnMut(&CountedText, R) -> Result<()> + Send,
) -> Result<Counted> {
    let reader = Reader::new(study, &corpus.columns)?;
    let lexicon = lexicon(study)?;
    let lexicon_for_all = study.lexicon.is_some();
    let vocabulary = Mutex::new(Vocabulary::default());
    let mut texts = Vec::with_capacity(corpus.documents.len());
    let mut problems = corpus.problems.clone();
    if lexicon.entries.is_empty() {
        problems.push(Problem {
            file: String::new(),
            severity: Severity::Warning,
            problem: "no_lexicon",
            place: String::new(),
            message: format!(
                "there is no marker lexicon for the language '{}': only questions are counted. Give one with --lexicon",
                lexicon.language
            ),
        });
    }
    let work = |worker: &mut (Forms, Counter, Matcher<'_>, Checker), item: usize| {
        let document = &corpus.documents[item];
        let (forms, counter, matcher, checker) = worker;
        let ReadText { input, text, mut problems } = reader.read(document, forms)?;
        let mut profile = counter.count(&text, forms, &vocabulary);
        let hits = if lexicon_for_all || input.language == lexicon.language {
            hits(&text, forms, matcher, &mut profile)
        } else {
            question_hits(&text, &lexicon, &mut profile)
        };
        problems.extend(wordless(document, profile.words()));
        let made = look(&lexicon, Read { document, text: &text, profile: &profile, hits: &hits });
        let checked = check.then(|| checker.check(&text, forms));
        Ok((CountedText { document: item, input, profile, checked }, made, problems))
    };
    pipeline::in_order(
        corpus.documents.len(),
        || (Forms::new(), Counter::default(), Matcher::new(&lexicon), Checker::default()),
        work,
        |_, result| {
            match result {
                Ok((text, made, found)) => {
                    sink(&text, made)?;
                    texts.push(text);
                    problems.extend(found);
                }
                Err(problem) => problems.push(problem),
            }
            Ok(())
        },
    )?;
    let mut checked: Vec<_> =
        texts.iter_mut().filter_map(|text| Some((text.document, text.checked.as_mut()?))).collect();
    hygiene::compare(&corpus, &mut checked);
    problems.extend(uncounted(&lexicon, lexicon_for_all, &texts));
    problems.sort();
    if texts.is_empty() {
        return Err(nothing_read(&corpus, &problems));
    }
    let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Counted { corpus, lexicon, lexicon_for_all, vocabulary, texts, problems })
}

fn lexicon(study: &Study) -> Result<Lexicon> {
    match &study.lexicon {
        Some(path) => {
            let name = path.display().to_string();
            let content = std::fs::read_to_string(path)
                .map_err(|error| Error::Lexicon { name: name.clone(), reason: error.to_string() })?;
            Lexicon::parse(&name, &content)
        }
        None => Lexicon::built_in(study.language()?.unwrap_or("en")),
    }
}

/// A note if texts are in other languages than the lexicon.
fn uncounted(lexicon: &Lexicon, for_all: bool, texts: &[CountedText]) -> Option<Problem> {
    let others = texts.iter().filter(|text| text.input.language != lexicon.language).count();
    let (texts, have) = if others == 1 { ("text is", "has") } else { ("texts are", "have") };
    (others > 0 && !for_all).then(|| Problem {
        file: String::new(),
        severity: Severity::Note,
        problem: "no_lexicon",
        place: String::new(),
        message: format!(
            "markers are counted for {} only: {others} {texts} in another language and {have} no rates. \
             Questions are counted in every language",
            language_name(&lexicon.language)
        ),
    })
}

/// The error of a run that has no text left.
fn nothing_read(corpus: &Corpus, problems: &[Problem]) -> Error {
    let reason = problems.iter().find(|problem| problem.severity == Severity::Error).map_or_else(
        || "no file could be read".to_owned(),
        |problem| format!("'{}' {}", problem.file, problem.message),
    );
    Error::Empty { corpus: format!("'{}'", corpus.name), reason }
}

fn wordless(document: &Document, words: u64) -> Option<Problem> {
    let message = "holds no word; its numbers are zeros and empty cells";
    (words == 0).then(|| Problem::about(&document.path, Severity::Warning, "no_words", message.to_owned()))
}
