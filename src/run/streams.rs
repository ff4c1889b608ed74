//! A corpus as streams of numbers: the words of each text in their order, cut into units that nothing crosses.
//!
//! Words are numbered by the code-point order of their keys, so that sorting numbers sorts words, and neither
//! threads nor hash seeds show. A word takes 4 bytes of memory.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::pipeline::in_order;
use super::progress::Progress;
use super::reader::{ReadText, Reader};
use super::{Input, nothing_read, wordless};
use crate::corpus::{Corpus, Problem};
use crate::error::{Error, Result};
use crate::profile::{Selection, Vocabulary, WordId};
use crate::study::Study;
use crate::tables::{self, Schema, schemas};
use crate::text::{Forms, Text, Voice, fold};

/// What nothing counted together may cross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The end of a sentence, a heading, a source line and the like.
    #[default]
    Sentence,
    /// The end of a text alone.
    Text,
}

/// Which words are counted, and what holds them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The voices.
    pub voice: Selection,
    /// What nothing crosses. With one voice, units also end where the other begins: the words before and after
    /// a quotation do not stand side by side.
    pub within: Within,
}

impl Default for Scope {
    fn default() -> Self {
        Self { voice: Selection::All, within: Within::Sentence }
    }
}

/// The words of a text.
#[derive(Debug)]
pub(super) struct Stream {
    /// Its place in the documents of the corpus.
    pub document: usize,
    /// The file as it was read.
    pub input: Input,
    /// The words, by number.
    pub keys: Vec<u32>,
    /// Where each unit ends among the words.
    pub ends: Vec<u32>,
}

impl Stream {
    /// The units, in order; none is empty.
    pub fn units(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.keys[start as usize..*end as usize])
    }
}

/// The words of a corpus.
#[derive(Debug)]
pub(super) struct Streams {
    pub corpus: Corpus,
    /// The texts that could be read, in order of their ids.
    pub texts: Vec<Stream>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    vocabulary: Vocabulary,
    /// The words in code-point order.
    order: Vec<WordId>,
}

/// A worker: surface forms, and the word of each.
#[derive(Default)]
struct Worker {
    forms: Forms,
    words: Vec<WordId>,
}

impl Worker {
    /// Folds the surface forms met since the last text.
    fn learn(&mut self, vocabulary: &Mutex<Vocabulary>) {
        let known = self.words.len();
        let keys: Vec<_> =
            (known..self.forms.len()).map(|id| fold(self.forms.form(id as u32)).into_owned()).collect();
        // A panic elsewhere leaves the vocabulary whole: interning is the only change made to it.
        let mut vocabulary = vocabulary.lock().unwrap_or_else(PoisonError::into_inner);
        self.words.extend(keys.iter().map(|key| vocabulary.intern(key)));
    }

    /// The words of a text that are counted, and where its units end.
    fn stream(&self, text: &Text, scope: Scope) -> (Vec<u32>, Vec<u32>) {
        let has = |voice: Voice| match scope.voice {
            Selection::All => true,
            Selection::Only(only) => voice == only,
        };
        let mut keys = Vec::with_capacity(text.tokens.len());
        let mut ends: Vec<u32> = Vec::with_capacity(text.sentences.len());
        let cut = |keys: &Vec<u32>, ends: &mut Vec<u32>| {
            if keys.len() as u32 > ends.last().copied().unwrap_or(0) {
                ends.push(keys.len() as u32);
            }
        };
        for sentence in &text.sentences {
            for token in &text.tokens[sentence.tokens.clone()] {
                if has(token.voice) {
                    keys.push(self.words[token.form as usize]);
                } else {
                    cut(&keys, &mut ends);
                }
            }
            if scope.within == Within::Sentence {
                cut(&keys, &mut ends);
            }
        }
        cut(&keys, &mut ends);
        (keys, ends)
    }
}

impl Streams {
    /// Reads the corpus of a study.
    ///
    /// # Errors
    /// If no text can be read, an option cannot be used, or there are more than 2³² words.
    pub fn read(study: &Study, scope: Scope, progress: &(dyn Fn(Progress) + Sync)) -> Result<Self> {
        study.check()?;
        let corpus = Corpus::discover(&study.corpus)?;
        let reader = Reader::new(study, &corpus.columns)?;
        let vocabulary = Mutex::new(Vocabulary::default());
        let documents = &corpus.documents;
        let of = documents.iter().map(|document| document.size).sum();
        let (mut texts, mut problems) = (Vec::with_capacity(documents.len()), corpus.problems.clone());
        let (mut done, mut words) = (0, 0_u64);
        let work = |worker: &mut Worker, item: usize| {
            let ReadText { input, text, mut problems } = reader.read(&documents[item], &mut worker.forms)?;
            worker.learn(&vocabulary);
            let (keys, ends) = worker.stream(&text, scope);
            if scope.voice == Selection::All {
                problems.extend(wordless(&documents[item], keys.len() as u64));
            }
            Ok((Stream { document: item, input, keys, ends }, problems))
        };
        in_order(documents.len(), Worker::default, work, |item, read| {
            match read {
                Ok((text, found)) => {
                    words += text.keys.len() as u64;
                    if words > u64::from(u32::MAX) {
                        return Err(option(
                            "the corpus has more than 4,294,967,295 words; give a part of it",
                        ));
                    }
                    texts.push(text);
                    problems.extend(found);
                }
                Err(problem) => problems.push(problem),
            }
            done += documents[item].size;
            progress(Progress::Reading { done, of });
            Ok(())
        })?;
        problems.sort();
        if texts.is_empty() {
            return Err(nothing_read(&corpus, &problems));
        }
        let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
        let ranks = vocabulary.ranks();
        let mut order = vec![0; ranks.len()];
        for (word, rank) in (0..).zip(&ranks) {
            order[*rank as usize] = word;
        }
        texts.par_iter_mut().for_each(|text| {
            text.keys.iter_mut().for_each(|key| *key = ranks[*key as usize]);
        });
        Ok(Self { corpus, texts, problems, vocabulary, order })
    }

    /// A word as text.
    pub fn word(&self, key: u32) -> &str {
        self.vocabulary.word(self.order[key as usize])
    }

    /// The number of a folded word, if it was met.
    pub fn key(&self, word: &str) -> Option<u32> {
        self.order.binary_search_by(|id| self.vocabulary.word(*id).cmp(word)).ok().map(|rank| rank as u32)
    }

    /// Words met in any voice; numbers are below it.
    pub fn vocabulary(&self) -> usize {
        self.order.len()
    }

    /// Number of words counted.
    pub fn words(&self) -> u64 {
        self.texts.iter().map(|text| text.keys.len() as u64).sum()
    }

    /// Id of a text.
    pub fn id(&self, text: &Stream) -> &str {
        &self.corpus.documents[text.document].id
    }

    /// How often each word occurs, by number.
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.vocabulary()];
        for key in self.texts.iter().flat_map(|text| &text.keys) {
            counts[*key as usize] += 1;
        }
        counts
    }

    /// Writes what every run ends with: problems, data dictionary, study and manifest. Gives the files written.
    pub fn close(
        &self,
        study: &Study,
        mut folder: Folder,
        tables: &[&Schema],
        options: serde_json::Value,
    ) -> Result<Vec<String>> {
        #[derive(Serialize)]
        struct Words {
            words: u64,
        }
        let entries = self.texts.iter().map(|text| {
            let numbers = Words { words: text.keys.len() as u64 };
            TextEntry::new(&self.corpus.documents[text.document], &text.input, numbers)
        });
        write_about(&mut folder, study, tables, &self.problems)?;
        let files = folder.files();
        let manifest = Manifest::new(study, entries.collect(), &self.problems).with_options(options);
        folder.finish(manifest)?;
        Ok(files)
    }
}

/// Writes `problems.csv`, `columns.csv` for these tables, and `study.toml`.
pub(super) fn write_about(
    folder: &mut Folder,
    study: &Study,
    tables: &[&Schema],
    problems: &[Problem],
) -> Result<()> {
    let schemas = schemas(&[], &[]);
    folder.write(schemas.problems.file, &tables::problems(&schemas, problems).into_bytes())?;
    let mut listed = tables.to_vec();
    listed.extend([&schemas.problems, &schemas.columns]);
    folder.write(schemas.columns.file, &tables::dictionary(&schemas, &listed).into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())
}

/// The error of an option that cannot be used.
pub(super) fn option(reason: &str) -> Error {
    Error::Study { path: "options".into(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn units(content: &str, scope: Scope) -> Vec<Vec<String>> {
        let mut worker = Worker::default();
        let vocabulary = Mutex::new(Vocabulary::default());
        let text = Text::read(content.to_owned(), &Language::english(), &mut worker.forms);
        worker.learn(&vocabulary);
        let (keys, ends) = worker.stream(&text, scope);
        let vocabulary = vocabulary.into_inner().unwrap();
        let mut start = 0;
        ends.iter()
            .map(|end| {
                let words = keys[start..*end as usize].iter().map(|key| vocabulary.word(*key).to_owned());
                start = *end as usize;
                words.collect()
            })
            .collect()
    }

    #[test]
    fn units_end_with_sentences_and_where_the_voice_changes() {
        let content = "He said, “Go home at once, my friend,” and left. They went.";
        let author = Scope { voice: Selection::Only(Voice::Author), within: Within::Sentence };
        assert_eq!(units(content, author), [vec!["he", "said"], vec!["and", "left"], vec!["they", "went"]]);
        assert_eq!(units(content, Scope::default()).len(), 2);
        let text = Scope { within: Within::Text, ..Scope::default() };
        assert_eq!(units(content, text).len(), 1);
        let joined = Scope { within: Within::Text, ..author };
        assert_eq!(units(content, joined), [vec!["he", "said"], vec!["and", "left", "they", "went"]]);
        assert!(units("", Scope::default()).is_empty());
    }
}
