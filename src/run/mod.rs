//! Runs: from a corpus to counts, and from a study to a folder of results.
//!
//! [`count()`] reads, segments and counts a corpus in parallel and keeps a profile of each text;
//! [`analyze()`] does the same and writes every table and chart; [`count_words`] keeps no profile and writes
//! frequency lists, for corpora of any size; [`segments()`] counts nothing and writes how the texts were read;
//! [`markers()`] finds markers, questions and figures alone; [`measures()`] writes every statistic of each. Results do not depend on the number of threads: rows leave in
//! corpus order,
//! words are ranked by count and code point, and floating point is computed from merged integers.

mod analyze;
mod collocations;
mod compare;
mod count;
mod diff;
mod drawing;
mod explain;
mod folder;
mod frequency;
mod grams;
mod hygiene;
mod keyness;
mod kwic;
mod manifest;
mod markers;
mod measures;
mod ngrams;
mod output;
mod passages;
mod pipeline;
mod progress;
mod query;
mod reader;
mod rhetoric;
mod segments;
mod sharing;
mod streams;
pub mod stylometry;
mod windows;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

pub use analyze::{LanguageCount, Report, analyze};
pub use collocations::{CollocationOptions, CollocationReport, TopPair, WIDEST_WINDOW, collocations};
pub use compare::{CompareReport, Comparison, FeatureDifference, SideReport, compare};
pub use count::{CountReport, Plan, count_words, plan_count};
pub use diff::{CellDifference, Changed, RunDifference, TableDifference, diff};
pub use explain::{Explained, ExplainedWord, explain_measure, explain_word};
pub use frequency::{FrequencyOptions, FrequencyReport, TopWord, frequency};
pub use hygiene::FindingCount;
pub use keyness::{ComparisonReport, FeatureKind, KeyOrder, KeynessOptions, KeynessReport, TopKey, keyness};
pub use kwic::{KwicOptions, KwicOrder, KwicReport, SortKey, TopLine, kwic};
pub use markers::{CategoryCount, MarkersReport, markers};
pub use measures::{MeasuresReport, WORD_LISTS, measures};
pub use ngrams::{LONGEST_GRAM, MOST_SKIPS, NgramOptions, NgramReport, TopGram, ngrams};
use pipeline::{Handed, Parts};
pub use progress::Progress;
pub use query::Query;
use reader::{ReadText, Reader};
pub use segments::{SegmentsOptions, SegmentsReport, segments};
use sharing::Sharing;
pub use streams::{Scope, Within};
pub use windows::WindowConvention;

use crate::corpus::{Corpus, Document, Problem, Severity};
use crate::error::{Error, Result};
use crate::hygiene::{Checked, Checker, Finding};
use crate::profile::{Counter, Paragraphs, Profile, Vocabulary};
use crate::rhetoric::{
    Figure, Figures, Finder, Hit, Lexicon, Lexicons, Lists, Matchers, Question, QuestionFinder,
    QuestionWords, Repetition, Veto, count_figures, count_hits, hits, take_out,
};
use crate::study::Study;
use crate::tables::Ranking;
use crate::text::{Forms, Text, language_name};

/// A corpus, read and counted.
#[derive(Debug)]
pub struct Counted {
    /// The corpus.
    pub corpus: Corpus,
    /// The marker lexicons it was counted with.
    pub lexicons: Lexicons,
    /// The hits that the user has taken out.
    pub veto: Veto,
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
    /// How its repetitions stand against chance, for every selection of voices; empty where figures were not
    /// asked for.
    pub chance: [Vec<Repetition>; 3],
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

    /// The lexicon of a text; one without entries where there is none for its language.
    pub fn lexicon(&self, text: &CountedText) -> &Lexicon {
        self.lexicons.of(text.input.language)
    }

    /// Whether markers were counted in a text: they are where there is a lexicon for its language, and
    /// everywhere if the study names one for all texts. Questions are counted in every text.
    pub fn has_markers(&self, text: &CountedText) -> bool {
        self.lexicons.has(text.input.language)
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
    count_with(corpus, study, Wanted::Counts, |_, _| (), |_| Ok(()), |_, ()| Ok(()))
}

/// A text while it is in memory.
pub(crate) struct Read<'a> {
    document: &'a Document,
    text: &'a Text,
    profile: &'a Profile,
    hits: &'a [Hit],
    questions: &'a [Question],
    figures: &'a [Figure],
    /// Where rows of the text may be left while others are made.
    parts: &'a Parts<'a>,
    sharing: &'a Sharing,
}

/// What is wanted of each text beside the counts of its words and markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing.
    Counts,
    /// Its figures.
    Figures,
    /// Its figures, and what is to be known before it is trusted.
    FiguresAndFindings,
}

/// Seed of the random orders of sentences that repetition is compared with.
const CHANCE_SEED: u64 = 1;

/// A thread's tables, which learn from text to text.
struct Worker<'a> {
    forms: Forms,
    counter: Counter,
    asking: QuestionFinder,
    matchers: Matchers<'a>,
    /// For texts in English, and for all others.
    finders: [Finder<'a>; 2],
    checker: Checker,
}

/// As [`count()`]; `look` sees every text while it is in memory, on any thread, and `sink` gets what it
/// made of it, in corpus order; before that, `early` gets what it left in [`Read::parts`].
pub(crate) fn count_with<R: Send>(
    corpus: Corpus,
    study: &Study,
    wanted: Wanted,
    look: impl Fn(&Lexicon, Read<'_>) -> R + Sync,
    mut early: impl FnMut(&[u8]) -> Result<()> + Send,
    mut sink: impl FnMut(&CountedText, R) -> Result<()> + Send,
) -> Result<Counted> {
    let reader = Reader::new(study, &corpus.columns)?;
    let lexicons = Lexicons::of_study(study)?;
    let veto = study.veto.as_deref().map_or_else(|| Ok(Veto::default()), Veto::load)?;
    let vetoed = AtomicUsize::new(0);
    let vocabulary = Mutex::new(Vocabulary::default());
    let mut texts = Vec::with_capacity(corpus.documents.len());
    let mut problems = corpus.problems.clone();
    let lists = [Lists::built_in("en")?, Lists::default()];
    let sharing = Sharing::claim();
    let work = |worker: &mut Worker<'_>, item: usize, parts: &Parts<'_>| {
        let document = &corpus.documents[item];
        let Worker { forms, counter, asking, matchers, finders, checker } = worker;
        let ReadText { input, text, mut problems } = reader.read(document, forms)?;
        let mut profile = counter.count(&text, forms, &vocabulary);
        let forms: &Forms = forms;
        let matcher = matchers.of(input.language);
        let finder = &mut finders[usize::from(!Lists::exist(input.language))];
        let paragraphs = Paragraphs::of(&text);
        let ((questions, hits), mut found) = sharing.join(
            || {
                let mut questions = asking.find(&text, forms, QuestionWords::of(input.language));
                let mut hits = hits(&text, forms, matcher, &questions, study.rejected);
                // Those that are counted are taken out as hits, too.
                let mut taken = 0;
                questions.retain(|question| {
                    let held = veto.holds(&document.id, &question.range, question.kind.in_ids());
                    taken += usize::from(held && question.kind.category().is_none());
                    !held
                });
                let categories = &matcher.lexicon().categories;
                taken += take_out(&mut hits, &veto, &document.id, categories, study.rejected);
                vetoed.fetch_add(taken, Ordering::Relaxed);
                profile.markers = count_hits(&paragraphs, &hits);
                (questions, hits)
            },
            || match wanted {
                Wanted::Counts => Figures::default(),
                _ => finder.analyse(&text, forms, CHANCE_SEED),
            },
        );
        let figures = found.figures.len();
        found.figures.retain(|figure| !veto.holds(&document.id, &figure.range, figure.kind.name()));
        vetoed.fetch_add(figures - found.figures.len(), Ordering::Relaxed);
        profile.figures = count_figures(&paragraphs, &found.figures);
        problems.extend(wordless(document, profile.words()));
        let read = Read {
            document,
            text: &text,
            profile: &profile,
            hits: &hits,
            questions: &questions,
            figures: &found.figures,
            parts,
            sharing: &sharing,
        };
        let (made, checked) = sharing.join(
            || look(matcher.lexicon(), read),
            || (wanted == Wanted::FiguresAndFindings).then(|| checker.check(&text, forms)),
        );
        Ok((CountedText { document: item, input, profile, chance: found.chance, checked }, made, problems))
    };
    pipeline::in_order_with_parts(
        corpus.documents.len(),
        || Worker {
            forms: Forms::new(),
            counter: Counter::default(),
            asking: QuestionFinder::default(),
            matchers: Matchers::new(&lexicons),
            finders: lists.each_ref().map(Finder::new),
            checker: Checker::default(),
        },
        work,
        |_, handed| {
            match handed {
                Handed::Part(part) => early(part)?,
                Handed::Result(Ok((text, made, found))) => {
                    sink(&text, made)?;
                    texts.push(text);
                    problems.extend(found);
                }
                Handed::Result(Err(problem)) => problems.push(problem),
            }
            Ok(())
        },
    )?;
    let mut checked: Vec<_> =
        texts.iter_mut().filter_map(|text| Some((text.document, text.checked.as_mut()?))).collect();
    hygiene::compare(&corpus, &mut checked);
    problems.extend(uncounted(&lexicons, &texts));
    problems.extend(unmatched(&veto, vetoed.into_inner()));
    problems.sort();
    if texts.is_empty() {
        return Err(nothing_read(&corpus, &problems));
    }
    let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Counted { corpus, lexicons, veto, vocabulary, texts, problems })
}

/// A warning if ids of the veto belong to no hit: of another corpus, or of hits that are not counted any more.
fn unmatched(veto: &Veto, taken: usize) -> Option<Problem> {
    let rest = veto.ids.saturating_sub(taken);
    (rest > 0).then(|| Problem {
        file: String::new(),
        severity: Severity::Warning,
        problem: "veto_unmatched",
        place: String::new(),
        message: format!(
            "{rest} of the {} ids of the veto belong to no counted hit of these texts and took nothing out",
            veto.ids
        ),
    })
}

/// A note if texts are in languages without a lexicon; a warning if all are.
fn uncounted(lexicons: &Lexicons, texts: &[CountedText]) -> Option<Problem> {
    let mut others: Vec<&str> = texts.iter().map(|text| text.input.language).collect();
    others.retain(|language| !lexicons.has(language));
    let (number, all) = (others.len(), others.len() == texts.len());
    others.sort_unstable();
    others.dedup();
    let (severity, message) = match others[..] {
        [] => return None,
        [language] if all => (
            Severity::Warning,
            format!(
                "there is no marker lexicon for the language '{language}': markers are not available, only \
                 questions are counted. Give one with --lexicon"
            ),
        ),
        _ => (
            if all { Severity::Warning } else { Severity::Note },
            format!(
                "markers are not available for {number} {} in a language without a lexicon ({}), and their cells \
                 are empty. Questions are counted in every language",
                if number == 1 { "text" } else { "texts" },
                others.iter().map(|code| language_name(code)).collect::<Vec<_>>().join(", ")
            ),
        ),
    };
    Some(Problem { file: String::new(), severity, problem: "no_lexicon", place: String::new(), message })
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
