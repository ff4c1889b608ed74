//! Frequency lists and sentence lengths alone: texts of any size, in memory that does not grow with them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::reader::Reader;
use super::{Input, LanguageCount, Progress, nothing_read, wordless};
use crate::corpus::{Corpus, Document, LONGEST_WHOLE, Problem, Scan, parts, plain_utf8};
use crate::error::{Error, Result};
use crate::profile::{Frequency, Lengths, Tally, Vocabulary, WordsMet};
use crate::study::Study;
use crate::tables::{self, schemas};
use crate::text::Language;

/// What a run counted, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct CountReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts counted.
    pub texts: usize,
    /// The languages of the texts and how many are in each, most texts first, then by code.
    pub languages: Vec<LanguageCount>,
    /// Bytes of all texts.
    pub bytes: u64,
    /// Words of all texts.
    pub words: u64,
    /// Different words.
    pub types: u64,
    /// Sentences.
    pub sentences: u64,
    /// Mean words per sentence; null without sentences.
    pub sentence_length_mean: Option<f64>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// What a run of [`count_words`] would need, estimated from the sizes of the files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What the corpus was given as.
    pub corpus: String,
    /// Files that would be read.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Bytes of the largest.
    pub largest: u64,
    /// Files that would be read in parts.
    pub long_files: usize,
    /// Threads that would work.
    pub threads: usize,
    /// Bytes of memory the texts in flight would take at most, on all threads.
    pub memory_texts: u64,
    /// Bytes of memory the words would take: a hundred for each of the 44 · n^½ different words that Heaps' law
    /// gives for n words of six bytes.
    pub memory_words: u64,
}

/// Bytes of memory beside texts and words.
const BASE: u64 = 12 << 20;

/// Bytes of memory that reading and counting `bytes` of text takes at most: the bytes, and the lines, blocks and
/// sentences found in them, as measured on novels.
fn memory_of(bytes: u64) -> u64 {
    5 * bytes.min(LONGEST_WHOLE as u64) + (1 << 16)
}

/// What counting the corpus of `study` would need, on the threads of the current rayon pool.
///
/// # Errors
/// If the corpus cannot be read.
pub fn plan_count(study: &Study, memory: Option<u64>) -> Result<Plan> {
    study.check()?;
    let corpus = Corpus::discover(&study.corpus)?;
    let sizes = || corpus.documents.iter().map(|document| document.size);
    let (bytes, largest) = (sizes().sum::<u64>(), sizes().max().unwrap_or(0));
    let threads = rayon::current_num_threads();
    let mut largest_first: Vec<u64> = corpus.documents.iter().flat_map(pieces).collect();
    largest_first.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
    let together: u64 = largest_first.into_iter().take(threads).map(memory_of).sum();
    let memory_texts = memory.map_or(together, |memory| together.min(memory.max(memory_of(largest))));
    let types = 44.0 * (bytes as f64 / 6.0).sqrt();
    Ok(Plan {
        corpus: corpus.name.clone(),
        files: corpus.documents.len(),
        bytes,
        largest,
        long_files: corpus.documents.iter().filter(|document| document.is_long()).count(),
        threads,
        memory_texts: BASE + memory_texts,
        memory_words: 100 * types as u64,
    })
}

/// Sizes of the parts a file would be read in, about.
fn pieces(document: &Document) -> impl Iterator<Item = u64> + use<> {
    let parts = document.size.div_ceil(LONGEST_WHOLE as u64).max(1);
    let size = document.size / parts;
    std::iter::repeat_n(size, parts as usize)
}

/// Counts the words of the corpus of `study` and the lengths of its sentences, both voices together, into the
/// folder `output`: a frequency list, sentence lengths by text, and the manifest.
///
/// Files of more than [`LONGEST_WHOLE`] bytes are read in parts, by all threads. With `memory`, no more texts are
/// read at once than fit into so many bytes; the results are the same.
///
/// # Errors
/// If no text can be read, an option cannot be used, `memory` does not hold the largest text or part, or the
/// results cannot be written. `output` then keeps what it held before.
pub fn count_words(
    study: &Study,
    memory: Option<u64>,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<CountReport> {
    study.check()?;
    let corpus = Corpus::discover(&study.corpus)?;
    let mut folder = Folder::claim(output, force)?;
    let gate = Gate::new(&corpus, memory)?;
    let counted = count(&corpus, study, &gate, progress)?;
    progress(Progress::Tables);
    let Counted { vocabulary, frequencies, texts, problems } = counted;
    let schemas = schemas(&corpus.columns, &[]);
    let list = tables::frequency_list(&schemas, &vocabulary, &frequencies);
    folder.write(schemas.frequency_list.file, &list.into_bytes())?;
    let mut total = Lengths::default();
    let mut lengths = folder.open(&schemas.sentence_lengths)?;
    for text in &texts {
        let document = &corpus.documents[text.document].id;
        lengths.write(&tables::lengths_of_all(document, &text.lengths.sentence_words).into_bytes())?;
        total.merge(&text.lengths);
    }
    folder.close(schemas.sentence_lengths.file, lengths)?;
    folder.write(schemas.problems.file, &tables::problems(&schemas, &problems).into_bytes())?;
    let dictionary = tables::dictionary(&schemas, &schemas.of_count());
    folder.write(schemas.columns.file, &dictionary.into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    let report = CountReport {
        corpus: corpus.name.clone(),
        output: output.display().to_string(),
        texts: texts.len(),
        languages: super::analyze::languages(texts.iter().map(|text| text.input.language)),
        bytes: texts.iter().map(|text| text.input.bytes).sum(),
        words: total.words,
        types: frequencies.iter().filter(|frequency| frequency.count > 0).count() as u64,
        sentences: total.sentence_words.count(),
        sentence_length_mean: total.sentence_words.mean(),
        problems,
        files: folder.files(),
    };
    let entries = texts.iter().map(|text| {
        let numbers = Numbers {
            words: text.lengths.words,
            sentences: text.lengths.sentence_words.count(),
            boilerplate_words: text.lengths.boilerplate_words,
        };
        TextEntry::new(&corpus.documents[text.document], &text.input, numbers)
    });
    folder.finish(Manifest::new(study, entries.collect(), &report.problems))?;
    Ok(report)
}

/// What `run.json` says of a text.
#[derive(Serialize)]
struct Numbers {
    words: u64,
    sentences: u64,
    boilerplate_words: u64,
}

/// A text that was counted.
struct CountedText {
    /// Its place in [`Corpus::documents`].
    document: usize,
    input: Input,
    lengths: Lengths,
}

struct Counted {
    vocabulary: Vocabulary,
    frequencies: Vec<Frequency>,
    texts: Vec<CountedText>,
    problems: Vec<Problem>,
}

/// A text or a part of one, to be counted by whoever takes it.
struct Item {
    document: usize,
    part: Option<Range<u64>>,
    size: u64,
}

/// What is known of a text that is read in parts before they are read.
struct Long {
    input: Input,
    language: Arc<Language>,
    met: WordsMet,
    problems: Vec<Problem>,
}

/// A long file and its parts; none if it must be read whole.
type Scanned = std::result::Result<Option<(Long, Vec<Range<u64>>)>, Problem>;

/// A text, and what came of it or of a part of it.
type Outcome = (usize, std::result::Result<Done, Problem>);

/// What was counted of an item.
struct Done {
    /// None for a part: its text has one already.
    input: Option<Input>,
    lengths: Lengths,
    problems: Vec<Problem>,
}

fn count(
    corpus: &Corpus,
    study: &Study,
    gate: &Gate,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Counted> {
    let reader = Reader::new(study, &corpus.columns)?;
    let documents = &corpus.documents;
    let mut problems = corpus.problems.clone();
    let (mut longs, mut items, mut failed) = (HashMap::new(), Vec::new(), HashSet::new());
    for (document, scanned) in scan_long(documents, &reader) {
        match scanned {
            Ok(Some((long, parts))) => {
                items.extend(parts.into_iter().map(|part| Item {
                    document,
                    size: part.end - part.start,
                    part: Some(part),
                }));
                longs.insert(document, long);
            }
            // Not plain UTF-8: it is read whole.
            Ok(None) => {}
            Err(problem) => {
                problems.push(problem);
                failed.insert(document);
            }
        }
    }
    items.extend(
        (0..documents.len())
            .filter(|document| !longs.contains_key(document) && !failed.contains(document))
            .map(|document| Item { document, part: None, size: documents[document].size }),
    );
    // A large text begun last would keep one thread busy while the others have nothing left.
    items.sort_by_key(|item| std::cmp::Reverse(item.size));
    let of = documents.iter().map(|document| document.size).sum();
    let (next, done) = (AtomicUsize::new(0), AtomicU64::new(0));
    let vocabulary = Mutex::new(Vocabulary::default());
    let rules = (&study.words, study.sentences);
    let outcomes = rayon::broadcast(|_| {
        let (mut tally, mut outcomes, mut buffer) = (Tally::default(), Vec::<Outcome>::new(), Vec::new());
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            let _pass = gate.enter(memory_of(item.size));
            let long = longs.get(&item.document);
            let document = &documents[item.document];
            let mut count = |text: &str, language: &Language, met: Option<&WordsMet>| {
                tally.add(text, language, rules, &vocabulary, met)
            };
            let counted = match (&item.part, long) {
                (Some(part), Some(long)) => count_part(document, part, long, &mut buffer, &mut count),
                _ => count_whole(document, &reader, &mut buffer, &mut count),
            };
            outcomes.push((item.document, counted));
            let so_far = done.fetch_add(item.size, Ordering::Relaxed) + item.size;
            progress(Progress::Reading { done: so_far, of });
        }
        (tally, outcomes)
    });
    let (tallies, outcomes): (Vec<Tally>, Vec<_>) = outcomes.into_iter().unzip();
    let texts = gather(outcomes.into_iter().flatten(), longs, documents, &mut problems)?;
    problems.sort();
    if texts.is_empty() {
        return Err(nothing_read(corpus, &problems));
    }
    let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Counted { vocabulary, frequencies: Tally::merge(tallies), texts, problems })
}

/// Reads the long files through and cuts them into parts.
fn scan_long(documents: &[Document], reader: &Reader) -> Vec<(usize, Scanned)> {
    let scan = |document: &Document| {
        let Scan { parts, bytes, blake3, head } = document.scan()?;
        if parts.is_empty() {
            return Ok(None);
        }
        let mut problems = Vec::new();
        let (language, code, language_source) = reader.language(document, &head, &mut problems)?;
        let input = Input { bytes, blake3, encoding: "UTF-8", language: code, language_source };
        Ok(Some((Long { input, language, met: WordsMet::default(), problems }, parts)))
    };
    let long: Vec<usize> = (0..documents.len()).filter(|index| documents[*index].is_long()).collect();
    long.into_par_iter().map(|index| (index, scan(&documents[index]))).collect()
}

type Count<'c> = &'c mut dyn FnMut(&str, &Language, Option<&WordsMet>) -> Lengths;

fn count_part(
    document: &Document,
    part: &Range<u64>,
    long: &Long,
    buffer: &mut Vec<u8>,
    count: Count<'_>,
) -> std::result::Result<Done, Problem> {
    document.read_into(Some(part), buffer)?;
    let text = plain_utf8(buffer).ok_or_else(|| document.changed())?;
    let lengths = count(text, &long.language, Some(&long.met));
    Ok(Done { input: None, lengths, problems: Vec::new() })
}

fn count_whole(
    document: &Document,
    reader: &Reader,
    buffer: &mut Vec<u8>,
    count: Count<'_>,
) -> std::result::Result<Done, Problem> {
    document.read_into(None, buffer)?;
    let mut opened = reader.open(document, buffer)?;
    let mut lengths = Lengths::default();
    let parts = parts(&opened.text);
    let met = (parts.len() > 1).then(WordsMet::default);
    for part in parts {
        lengths.merge(&count(&opened.text[part], &opened.language, met.as_ref()));
    }
    opened.problems.extend(wordless(document, lengths.words));
    Ok(Done { input: Some(opened.input), lengths, problems: opened.problems })
}

/// Puts the parts of texts together, in order of the texts. A text that failed is left out; one of which a part
/// failed ends the run.
fn gather(
    outcomes: impl Iterator<Item = Outcome>,
    longs: HashMap<usize, Long>,
    documents: &[Document],
    problems: &mut Vec<Problem>,
) -> Result<Vec<CountedText>> {
    let mut texts: HashMap<usize, CountedText> = HashMap::new();
    for (document, Long { input, problems: found, .. }) in longs {
        problems.extend(found);
        texts.insert(document, CountedText { document, input, lengths: Lengths::default() });
    }
    for (document, outcome) in outcomes {
        match outcome {
            Ok(Done { input: Some(input), lengths, problems: found }) => {
                problems.extend(found);
                texts.insert(document, CountedText { document, input, lengths });
            }
            Ok(Done { input: None, lengths, .. }) => {
                if let Some(text) = texts.get_mut(&document) {
                    text.lengths.merge(&lengths);
                }
            }
            // The other parts are in the frequency list already: half a text is no result.
            Err(problem) if texts.contains_key(&document) => {
                return Err(Error::Changed {
                    path: documents[document].path.clone(),
                    reason: problem.message,
                });
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut texts: Vec<CountedText> = texts.into_values().collect();
    texts.sort_by_key(|text| text.document);
    for text in texts.iter().filter(|text| documents[text.document].is_long()) {
        problems.extend(wordless(&documents[text.document], text.lengths.words));
    }
    Ok(texts)
}

/// Lets no more texts into memory than fit.
struct Gate {
    left: Mutex<u64>,
    moved: Condvar,
    limit: u64,
}

impl Gate {
    fn new(corpus: &Corpus, memory: Option<u64>) -> Result<Self> {
        let largest = corpus.documents.iter().flat_map(pieces).max().unwrap_or(0);
        let limit = memory.map_or(u64::MAX, |memory| memory.saturating_sub(BASE));
        if limit < memory_of(largest) {
            return Err(Error::Memory { needed: BASE + memory_of(largest) });
        }
        Ok(Self { left: Mutex::new(limit), moved: Condvar::new(), limit })
    }

    /// Waits until there is room.
    fn enter(&self, memory: u64) -> Pass<'_> {
        let memory = memory.min(self.limit);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < memory {
            left = self.moved.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        *left -= memory;
        Pass { gate: self, memory }
    }
}

/// Room that is given back when its text is done.
struct Pass<'g> {
    gate: &'g Gate,
    memory: u64,
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.gate.left.lock().unwrap_or_else(PoisonError::into_inner) += self.memory;
        self.gate.moved.notify_all();
    }
}
