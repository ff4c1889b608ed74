//! Reading what a stylometric command works on: a corpus, in parallel, or a ready table.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::groups::{self, Groups};
use super::occurrences::{Gatherer, Occurrence, Stream};
use super::{Material, Row, TableSource, TextRead};
use crate::corpus::{Corpus, Document, Problem, Severity};
use crate::error::{Error, Result};
use crate::profile::{Counts, Vocabulary};
use crate::rhetoric::{Lexicons, Matchers};
use crate::run::nothing_read;
use crate::run::pipeline::in_order;
use crate::run::progress::Progress;
use crate::run::reader::{ReadText, Reader};
use crate::study::{Features, SamplingRule, Study, StylometryOptions};
use crate::stylometry::{FeatureCounts, Tokens, read_table};
use crate::text::{StyloRules, WordPolicy, WordRules, language_name};

/// Below so many words attribution is known to be unsure (Eder 2015).
const SURE: u64 = 5_000;

/// The study with stylo's words where its way is asked for and no other words are.
pub(super) fn resolved(study: &Study) -> Study {
    let mut study = study.clone();
    let options = study.stylometry.get_or_insert_default();
    if options.is_stylo() && study.words == WordPolicy::default() {
        study.words = WordPolicy { rules: WordRules::Stylo(StyloRules::EnglishAll), ..WordPolicy::default() };
    }
    study
}

/// The lines of a file, trimmed; lines that are empty or begin with `#` are none.
pub(super) fn list(path: Option<&Path>) -> Result<Option<Vec<String>>> {
    let Some(path) = path else { return Ok(None) };
    let content = read(path)?;
    let mut words: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for line in content.trim_start_matches('\u{feff}').lines() {
        // Not the space at either end of a character n-gram.
        let word = line.trim_end_matches('\r');
        if !word.trim().is_empty() && !word.starts_with('#') && seen.insert(word) {
            words.push(word.to_owned());
        }
    }
    Ok(Some(words))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| Error::List { path: path.to_owned(), reason: error.to_string() })
}

pub(super) fn from_table(study: Study, options: StylometryOptions, path: &Path) -> Result<Material> {
    let table = read_table(&read(path)?)
        .map_err(|error| Error::List { path: path.to_owned(), reason: error.to_string() })?;
    let corpus = Corpus { name: path.display().to_string(), ..Corpus::default() };
    let rows: Vec<Row> =
        table.texts().iter().map(|name| Row { name: name.clone(), document: None }).collect();
    let groups = Groups::find(&study, &corpus, &rows)?;
    Ok(Material {
        study,
        options,
        corpus,
        texts: Vec::new(),
        rows,
        source: TableSource::Table(table),
        groups,
        problems: Vec::new(),
        excluded: Vec::new(),
        given: None,
    })
}

pub(super) fn from_corpus(
    study: Study,
    options: StylometryOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Material> {
    let corpus = Corpus::discover(&study.corpus)?;
    groups::check(&study, &corpus)?;
    let documents = &corpus.documents;
    let reader = Reader::new(&study, &corpus.columns)?;
    let lexicons = (options.features == Features::Markers).then(|| Lexicons::of_study(&study)).transpose()?;
    let vocabulary = Mutex::new(Vocabulary::default());
    let worker = || {
        let sampler = Sampler { gatherer: Gatherer::new(study.words), ..Sampler::default() };
        (sampler, lexicons.as_ref().map(Matchers::new))
    };
    let work = |(sampler, matchers): &mut (Sampler, Option<Matchers<'_>>), item: usize| {
        let ReadText { input, text, problems } =
            reader.read(&documents[item], &mut sampler.gatherer.forms)?;
        if lexicons.as_ref().is_some_and(|lexicons| !lexicons.has(input.language)) {
            return Err(unmarked(&documents[item], input.language));
        }
        let matcher = matchers.as_mut().map(|matchers| matchers.of(input.language));
        let stream = sampler.gatherer.stream(&text, &options, matcher);
        drop(text);
        let samples = sampler.samples(&documents[item].id, &stream, &options, &vocabulary);
        Ok((input, stream.words as u64, samples, problems))
    };
    let mut problems = corpus.problems.clone();
    let mut texts = Vec::with_capacity(documents.len());
    let mut rows = Vec::with_capacity(documents.len());
    let mut counted = Vec::with_capacity(documents.len());
    let mut done = 0;
    let of = documents.iter().map(|document| document.size).sum();
    in_order(documents.len(), worker, work, |item, read| {
        match read {
            Ok((input, words, samples, found)) => {
                problems.extend(found);
                let samples: Vec<Sampled> = samples?;
                if let Some(problem) = too_short(&documents[item], words, &options, samples.is_empty()) {
                    problems.push(problem);
                } else {
                    for (name, counts, total) in samples {
                        rows.push(Row { name: name.clone(), document: Some(item) });
                        counted.push((name, counts, total));
                    }
                }
                texts.push(TextRead { document: item, input, words });
            }
            Err(problem) => problems.push(problem),
        }
        done += documents[item].size;
        progress(Progress::Reading { done, of });
        Ok(())
    })?;
    if texts.is_empty() {
        problems.sort();
        return Err(nothing_read(&corpus, &problems));
    }
    if rows.is_empty() {
        let reason = format!("all {} texts are too short: {}", texts.len(), shortness(&options));
        return Err(Error::Empty { corpus: format!("'{}'", corpus.name), reason });
    }
    problems.extend(unsure(&texts, &options));
    let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
    let counts = FeatureCounts::with_totals(&vocabulary, counted)?;
    let groups = Groups::find(&study, &corpus, &rows)?;
    Ok(Material {
        study,
        options,
        corpus,
        texts,
        rows,
        source: TableSource::Counts(counts),
        groups,
        problems,
        excluded: Vec::new(),
        given: None,
    })
}

/// Name of a sample, its counts, and what percentages are of.
type Sampled = (String, Counts, u64);

/// A worker: makes features, and samples of them.
#[derive(Default)]
struct Sampler {
    gatherer: Gatherer,
    /// Per feature of this worker: its number in the vocabulary.
    numbers: Vec<u32>,
    counts: Vec<u64>,
    touched: Vec<u32>,
}

impl Sampler {
    /// The samples of a text.
    fn samples(
        &mut self,
        name: &str,
        stream: &Stream,
        options: &StylometryOptions,
        vocabulary: &Mutex<Vocabulary>,
    ) -> Result<Vec<Sampled>> {
        self.learn(vocabulary);
        let of_words = options.features == Features::Markers;
        let random = matches!(options.sampling, SamplingRule::Random { .. });
        let length = if random { stream.occurrences.len() } else { stream.words };
        let samples = options.sampling.with_seed(options.seed).samples(name, length)?;
        let samples = samples.into_iter().map(|sample| match sample.tokens {
            Tokens::Drawn(places) => {
                let total = places.len() as u64;
                (sample.name, self.count(places.iter().map(|place| stream.occurrences[*place])), total)
            }
            Tokens::Run(run) => {
                let start =
                    stream.occurrences.partition_point(|occurrence| (occurrence.first as usize) < run.start);
                let within = stream.occurrences[start..]
                    .iter()
                    .take_while(|occurrence| (occurrence.first as usize) < run.end)
                    .filter(|occurrence| (occurrence.last as usize) < run.end);
                let counts = self.count(within.copied());
                let total = if of_words { run.len() as u64 } else { counts.tokens() };
                (sample.name, counts, total)
            }
        });
        Ok(samples.collect())
    }

    /// Enters the features met since the last text into the vocabulary.
    fn learn(&mut self, vocabulary: &Mutex<Vocabulary>) {
        let features = &self.gatherer.features;
        self.counts.resize(features.len(), 0);
        // A panic elsewhere leaves the vocabulary whole: interning is the only change made to it.
        let mut vocabulary = vocabulary.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.numbers.len();
        self.numbers.extend((known..features.len()).map(|id| vocabulary.intern(features.form(id as u32))));
    }

    fn count(&mut self, occurrences: impl Iterator<Item = Occurrence>) -> Counts {
        for occurrence in occurrences {
            let count = &mut self.counts[occurrence.feature as usize];
            if *count == 0 {
                self.touched.push(occurrence.feature);
            }
            *count += 1;
        }
        let pairs = self.touched.drain(..).map(|feature| {
            (self.numbers[feature as usize], std::mem::take(&mut self.counts[feature as usize]))
        });
        Counts::from_pairs(pairs.collect())
    }
}

/// The problem of a text that is left out.
pub(super) fn too_short(
    document: &Document,
    words: u64,
    options: &StylometryOptions,
    without_sample: bool,
) -> Option<Problem> {
    let short = words < options.min_words.max(1) || without_sample;
    short.then(|| {
        let message = format!("has {words} words and was left out: {}", shortness(options));
        Problem::about(&document.path, Severity::Warning, "too_short", message)
    })
}

/// The problem of a text for whose language there is no lexicon.
fn unmarked(document: &Document, language: &str) -> Problem {
    let message = format!(
        "is in {} and was left out: there is no marker lexicon for it. Give one with --lexicon",
        language_name(language)
    );
    Problem::about(&document.path, Severity::Warning, "no_lexicon", message)
}

fn shortness(options: &StylometryOptions) -> String {
    let least = options.min_words.max(1);
    let noun = if least == 1 { "word" } else { "words" };
    match options.sampling {
        SamplingRule::None => format!("a text needs {least} {noun} (--min-words)"),
        rule => {
            format!("a text needs {least} {noun} (--min-words) and enough for one sample (--sampling {rule})")
        }
    }
}

/// A note if texts or samples are shorter than attribution needs.
fn unsure(texts: &[TextRead], options: &StylometryOptions) -> Option<Problem> {
    let least = options.min_words.max(1);
    let short =
        match options.sampling {
            SamplingRule::None => texts.iter().filter(|text| (least..SURE).contains(&text.words)).count(),
            SamplingRule::Sequential { size, .. } | SamplingRule::Random { size, .. } => {
                if (size as u64) < SURE { texts.len() } else { 0 }
            }
        };
    (short > 0).then(|| Problem {
        file: String::new(),
        severity: Severity::Note,
        problem: "short_texts",
        place: String::new(),
        message: format!(
            "{short} of {} texts or their samples have fewer than {SURE} words: below that attribution is known to \
             be unsure (Eder 2015)",
            texts.len()
        ),
    })
}
