//! What is counted of each unit of a side: a text, or a part of one.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::super::passages::Gatherer;
use super::super::reader::{ReadText, Reader};
use super::super::{Input, pipeline, wordless};
use super::sides::Side;
use crate::corpus::{Document, Problem};
use crate::error::Result;
use crate::measures::familiar::FamiliarWords;
use crate::measures::{Spectrum, measures};
use crate::profile::{Histogram, Vocabulary, WordId};
use crate::rhetoric::{Hit, Lexicons, Matchers, QuestionWords, find_questions, hits};
use crate::study::Study;
use crate::text::{Text, Voice};

/// Texts from which on a side is compared text by text; the texts of a smaller one are cut.
pub(super) const ENOUGH_TEXTS: usize = 8;
/// Bytes of a part, unless the side is too short for eight of them: some 1,000 words.
const PART: u64 = 6000;
/// Bytes of the shortest part: some 200 words.
const SHORTEST_PART: u64 = 1200;

/// The counts of a unit.
pub(super) struct Unit {
    pub words: u64,
    /// Words of the author's prose, the base of marker rates.
    pub prose: u64,
    /// Hits of each category in the author's voice; none where they were not looked for.
    pub markers: Vec<Option<u64>>,
    /// The value of every measure.
    pub values: Vec<Option<f64>>,
    pub counts: Vec<(WordId, u64)>,
    pub sentence_lengths: Histogram,
}

/// A text that was read.
pub(super) struct ReadDocument {
    pub side: usize,
    /// Its place in the documents of its side.
    pub document: usize,
    pub input: Input,
    pub units: Vec<Unit>,
}

/// Everything that was read.
pub(super) struct Counts {
    pub documents: Vec<ReadDocument>,
    pub vocabulary: Vocabulary,
    pub problems: Vec<Problem>,
    /// Whether units are parts of texts.
    pub parts: bool,
}

struct Worker<'l> {
    gatherer: Gatherer<'l>,
    matchers: Matchers<'l>,
    /// By number of a key: its number in the vocabulary of the run.
    words: Vec<Option<WordId>>,
}

impl Counts {
    /// Reads all texts of all sides.
    pub fn read(
        sides: &[Side],
        study: &Study,
        lexicons: &Lexicons,
        lists: [Option<&FamiliarWords>; 2],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Self> {
        let readers: Vec<Reader> =
            sides.iter().map(|side| Reader::new(study, &side.columns)).collect::<Result<_>>()?;
        let parts = sides.iter().any(|side| side.documents.len() < ENOUGH_TEXTS);
        let sizes: Vec<u64> = sides
            .iter()
            .map(|side| side.documents.iter().map(|document| document.size).sum::<u64>())
            .map(|bytes| (bytes / ENOUGH_TEXTS as u64).clamp(SHORTEST_PART, PART))
            .collect();
        let texts: Vec<(usize, usize)> = sides
            .iter()
            .enumerate()
            .flat_map(|(side, texts)| (0..texts.documents.len()).map(move |document| (side, document)))
            .collect();
        let vocabulary = Mutex::new(Vocabulary::default());
        let work = |worker: &mut Worker<'_>, item: usize| {
            let (side, document) = texts[item];
            let source: &Document = &sides[side].documents[document];
            let ReadText { input, text, mut problems } =
                readers[side].read(source, &mut worker.gatherer.forms)?;
            let forms = &worker.gatherer.forms;
            let questions = find_questions(&text, forms, QuestionWords::of(input.language));
            let matcher = worker.matchers.of(input.language);
            let found = hits(&text, forms, matcher, &questions, false);
            let lexicon = matcher.lexicon();
            let covers = |category: u16| lexicon.covers(category, input.language);
            let english = input.language == "en";
            let cuts = cut(&text, if parts { sizes[side] } else { u64::MAX });
            let units: Vec<Unit> = cuts
                .into_iter()
                .map(|blocks| {
                    let mut unit = worker.unit(&text, blocks.clone(), english, &vocabulary);
                    unit.markers = markers(&text, blocks, &found, lexicons.categories().len(), covers);
                    unit
                })
                .filter(|unit| unit.words > 0)
                .collect();
            problems.extend(wordless(source, units.iter().map(|unit| unit.words).sum()));
            Ok((ReadDocument { side, document, input, units }, problems))
        };
        let (mut documents, mut problems, mut done) = (Vec::new(), Vec::new(), 0);
        let worker = || Worker {
            gatherer: Gatherer::new(lists),
            matchers: Matchers::new(lexicons),
            words: Vec::new(),
        };
        pipeline::in_order(texts.len(), worker, work, |item, read| {
            match read {
                Ok((document, found)) => {
                    documents.push(document);
                    problems.extend(found);
                }
                Err(problem) => problems.push(problem),
            }
            let (side, document) = texts[item];
            done += sides[side].documents[document].size;
            progress(done);
            Ok(())
        })?;
        let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Self { documents, vocabulary, problems, parts })
    }

    /// The units of a side, in the order of its texts.
    pub fn units(&self, side: usize) -> impl Iterator<Item = &Unit> {
        self.documents
            .iter()
            .filter(move |document| document.side == side)
            .flat_map(|document| &document.units)
    }

    /// The frequencies of the words of a side.
    pub fn spectrum(&self, side: usize) -> Spectrum {
        let mut counts = vec![0; self.vocabulary.len()];
        for unit in self.units(side) {
            unit.counts.iter().for_each(|(word, count)| counts[*word as usize] += count);
        }
        Spectrum::from_counts(counts)
    }
}

impl Worker<'_> {
    fn unit(
        &mut self,
        text: &Text,
        blocks: Range<usize>,
        english: bool,
        vocabulary: &Mutex<Vocabulary>,
    ) -> Unit {
        let (passage, keys) = self.gatherer.part(text, blocks.clone(), english);
        let last = keys.last().map_or(0, |(key, _)| *key as usize + 1);
        if self.words.len() < last {
            self.words.resize(last, None);
        }
        let mut vocabulary = vocabulary.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counts: Vec<(WordId, u64)> = Vec::with_capacity(keys.len());
        for (key, count) in keys {
            let word =
                *self.words[key as usize].get_or_insert_with(|| vocabulary.intern(self.gatherer.key(key)));
            counts.push((word, count));
        }
        drop(vocabulary);
        // Words are looked up by their numbers in the vocabulary, which keys are not in order of.
        counts.sort_unstable();
        Unit {
            words: passage.spectrum.tokens(),
            prose: prose(text, &blocks),
            markers: Vec::new(),
            values: measures().map(|measure| (measure.compute)(&passage).ok()).collect(),
            counts,
            sentence_lengths: passage.sentence_lengths,
        }
    }
}

/// Words of the author's prose in some blocks.
fn prose(text: &Text, blocks: &Range<usize>) -> u64 {
    let sentences = text.body_sentences().filter(|sentence| blocks.contains(&sentence.block));
    let tokens = sentences.flat_map(|sentence| &text.tokens[sentence.tokens.clone()]);
    tokens.filter(|token| token.voice == Voice::Author).count() as u64
}

/// The author's hits in some blocks, by category; none for a category that is not looked for.
fn markers(
    text: &Text,
    blocks: Range<usize>,
    hits: &[Hit],
    categories: usize,
    covers: impl Fn(u16) -> bool,
) -> Vec<Option<u64>> {
    let mut counts: Vec<Option<u64>> =
        (0_u16..).take(categories).map(|category| covers(category).then_some(0)).collect();
    let bytes = bytes(text, &blocks);
    for hit in hits.iter().filter(|hit| hit.voice == Voice::Author && bytes.contains(&hit.range.start)) {
        if let Some(Some(count)) = counts.get_mut(hit.category as usize) {
            *count += 1;
        }
    }
    counts
}

fn bytes(text: &Text, blocks: &Range<usize>) -> Range<usize> {
    let of = |index: usize| text.blocks.get(index).map(|block| block.range.clone()).unwrap_or_default();
    of(blocks.start).start..of(blocks.end.saturating_sub(1)).end
}

/// The blocks of a text in parts of some `size` bytes, cut between blocks.
fn cut(text: &Text, size: u64) -> Vec<Range<usize>> {
    let parts = (text.content.len() as u64 / size).max(1);
    let length = (text.content.len() as u64).div_ceil(parts);
    let mut cuts = Vec::new();
    let mut start = 0;
    for (index, block) in text.blocks.iter().enumerate() {
        let due = length * (cuts.len() as u64 + 1);
        if block.range.end as u64 >= due {
            cuts.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < text.blocks.len() {
        cuts.push(start..text.blocks.len());
    }
    cuts
}
