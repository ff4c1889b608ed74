//! How texts are read: blocks, sentences, marked segments, words; no counting, no lexicon.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::output::OutputFile;
use super::pipeline::in_order;
use super::progress::Progress;
use super::reader::{ReadText, Reader};
use super::{FindingCount, Input, hygiene, nothing_read, wordless};
use crate::corpus::{Corpus, Document, Problem};
use crate::error::Result;
use crate::hygiene::{Checked, Checker};
use crate::profile::Reading;
use crate::report::{IndexEntry, Page, Pages};
use crate::study::Study;
use crate::tables::{self, Schema, Schemas, schemas};
use crate::text::{BlockKind, Forms, SegmentKind, UNDETERMINED};

/// What is written besides the tables of blocks, sentences and segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentsOptions {
    /// A table with a row for every word.
    pub tokens: bool,
    /// A page for each text that shows its reading, and an index of them.
    pub html: bool,
}

/// What a run read, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct SegmentsReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read.
    pub texts: usize,
    /// Words of all texts.
    pub words: u64,
    /// Sentences of prose.
    pub sentences: u64,
    /// Mean words per sentence; null without sentences.
    pub sentence_length_mean: Option<f64>,
    /// Share of the words that are quoted; null without words.
    pub quoted_share: Option<f64>,
    /// Blocks by kind, blank ones left out.
    pub blocks: BTreeMap<BlockKind, u64>,
    /// Marked segments by kind.
    pub segments: BTreeMap<SegmentKind, u64>,
    /// How many texts have which findings, by name.
    pub hygiene: Vec<FindingCount>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// Reads the corpus of `study` and writes into the folder `output` how each text was read: tables of blocks,
/// sentences and marked segments, and what `options` asks for besides.
///
/// # Errors
/// If no text can be read, an option cannot be used, or the results cannot be written. `output` then
/// keeps what it held before.
pub fn segments(
    study: &Study,
    options: &SegmentsOptions,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<SegmentsReport> {
    study.check()?;
    let corpus = Corpus::discover(&study.corpus)?;
    let mut folder = Folder::claim(output, force)?;
    let schemas = schemas(&[], &[]);
    let (mut texts, problems) = read_and_stream(&corpus, study, options, &schemas, &mut folder, progress)?;
    progress(Progress::Tables);
    let mut checked: Vec<_> = texts.iter_mut().map(|text| (text.document, &mut text.checked)).collect();
    hygiene::compare(&corpus, &mut checked);
    let mut findings = folder.open(&schemas.hygiene)?;
    for text in &texts {
        let id = &corpus.documents[text.document].id;
        findings.write(&tables::findings(id, &text.checked.findings).into_bytes())?;
    }
    folder.close(schemas.hygiene.file, findings)?;
    folder.write(schemas.problems.file, &tables::problems(&schemas, &problems).into_bytes())?;
    let dictionary = tables::dictionary(&schemas, &schemas.of_segments(options.tokens));
    folder.write(schemas.columns.file, &dictionary.into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    let mut total = Reading::default();
    texts.iter().for_each(|text| total.merge(&text.reading));
    let report = SegmentsReport {
        corpus: corpus.name.clone(),
        output: output.display().to_string(),
        texts: texts.len(),
        words: total.words,
        sentences: total.sentences,
        sentence_length_mean: total.sentence_length_mean(),
        quoted_share: total.quoted_share(),
        blocks: total.blocks,
        segments: total.segments,
        hygiene: hygiene::summary(texts.iter().map(|text| text.checked.findings.as_slice())),
        problems,
        files: folder.files(),
    };
    let entries = texts
        .iter()
        .map(|text| TextEntry::new(&corpus.documents[text.document], &text.input, &text.reading))
        .collect();
    folder.finish(Manifest::new(study, entries, &report.problems).with_hygiene(report.hygiene.clone()))?;
    Ok(report)
}

/// A text that was read.
struct TextRead {
    /// Its place in [`Corpus::documents`].
    document: usize,
    input: Input,
    reading: Reading,
    checked: Checked,
}

/// What a worker made of a text.
struct Made {
    text: TextRead,
    /// Rows of the tables, in the order of [`Schemas::of_segments`].
    rows: Vec<Vec<u8>>,
    page: Option<Result<String>>,
    problems: Vec<Problem>,
}

/// Reads the corpus; rows and pages are written on the way, so that they are never in memory as a whole.
fn read_and_stream(
    corpus: &Corpus,
    study: &Study,
    options: &SegmentsOptions,
    schemas: &Schemas,
    folder: &mut Folder,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Vec<TextRead>, Vec<Problem>)> {
    let documents = &corpus.documents;
    let reader = Reader::new(study, &corpus.columns)?;
    let pages = options.html.then(|| Pages::new(&corpus.name, documents));
    let mut streamed = vec![&schemas.blocks, &schemas.sentences, &schemas.segments];
    streamed.extend(options.tokens.then_some(&schemas.tokens));
    let mut files = open(folder, &streamed)?;
    let mut texts = Vec::with_capacity(documents.len());
    let mut problems = corpus.problems.clone();
    let mut index = Vec::new();
    let of = documents.iter().map(|document| document.size).sum();
    let mut done = 0;
    let work = |worker: &mut (Forms, Checker), item: usize| {
        let (forms, checker) = worker;
        let read = reader.read(&documents[item], forms)?;
        let checked = checker.check(&read.text, forms);
        Ok(make(item, &documents[item], read, checked, forms, options, pages.as_ref()))
    };
    in_order(
        documents.len(),
        || (Forms::new(), Checker::default()),
        work,
        |item, made| {
            let entry = match made {
                Ok(Made { text, rows, page, problems: found }) => {
                    for (file, rows) in files.iter_mut().zip(&rows) {
                        file.write(rows)?;
                    }
                    if let (Some(pages), Some(page)) = (&pages, page) {
                        folder.write(pages.file(item), page?.as_bytes())?;
                    }
                    let entry = IndexEntry::new(item, Some(&text.reading), &found);
                    texts.push(text);
                    problems.extend(found);
                    entry
                }
                Err(problem) => {
                    let found = [problem];
                    if let Some(pages) = &pages {
                        folder.write(pages.file(item), pages.unread(item, &found)?.as_bytes())?;
                    }
                    let entry = IndexEntry::new(item, None, &found);
                    problems.extend(found);
                    entry
                }
            };
            if pages.is_some() {
                index.push(entry);
            }
            done += documents[item].size;
            progress(Progress::Reading { done, of });
            Ok(())
        },
    )?;
    problems.sort();
    if texts.is_empty() {
        return Err(nothing_read(corpus, &problems));
    }
    for (schema, file) in streamed.iter().zip(files) {
        folder.close(schema.file, file)?;
    }
    if let Some(pages) = pages {
        let tables = schemas.of_segments(options.tokens);
        folder.write(Pages::INDEX, pages.index(&index, &tables, problems.len())?.as_bytes())?;
    }
    Ok((texts, problems))
}

fn open(folder: &mut Folder, schemas: &[&Schema]) -> Result<Vec<OutputFile>> {
    schemas.iter().map(|schema| folder.open(schema)).collect()
}

/// Everything that is written of one text.
fn make(
    item: usize,
    document: &Document,
    read: ReadText,
    checked: Checked,
    forms: &Forms,
    options: &SegmentsOptions,
    pages: Option<&Pages<'_>>,
) -> Made {
    let ReadText { input, text, mut problems } = read;
    let id = &document.id;
    let reading = Reading::of(&text);
    problems.extend(wordless(document, reading.words));
    let mut rows = vec![tables::blocks(id, &text), tables::sentences(id, &text), tables::segments(id, &text)];
    rows.extend(options.tokens.then(|| tables::tokens(id, &text, forms)));
    let rows = rows.into_iter().map(tables::Rows::into_bytes).collect();
    let language = Some(input.language).filter(|code| *code != UNDETERMINED);
    let page = pages.map(|pages| {
        let findings = &checked.findings;
        pages.page(&Page { item, text: &text, reading: &reading, language, problems: &problems, findings })
    });
    Made { text: TextRead { document: item, input, reading, checked }, rows, page, problems }
}
