//! The features of texts in their order, for what goes by places in a text.

use std::sync::{Mutex, PoisonError};

use super::occurrences::{Gatherer, Occurrence};
use super::{Material, Row, TextRead};
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::profile::Vocabulary;
use crate::run::nothing_read;
use crate::run::pipeline::in_order;
use crate::run::progress::Progress;
use crate::run::reader::{ReadText, Reader};
use crate::study::{Features, SamplingRule, Study, StylometryOptions};
use crate::stylometry::{DistanceMatrix, StylometryError, compression_distances};

/// The texts of a corpus, feature by feature.
pub(super) struct Words {
    /// Names of the features, by number.
    vocabulary: Vocabulary,
    /// The texts that could be read and are long enough, in corpus order.
    pub texts: Vec<TextWords>,
    /// What was found wrong.
    pub problems: Vec<Problem>,
}

/// The distances of the texts by compression, of their features with a space between two.
///
/// # Errors
/// If texts are cut into samples, or as [`Words::read`] and [`compression_distances`].
pub(super) fn compressed(
    material: &Material,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<DistanceMatrix> {
    if material.options.sampling != SamplingRule::None {
        let reason = "compression compares whole texts, not samples".to_owned();
        return Err(StylometryError::Option { option: "sampling", reason }.into());
    }
    let words = Words::read(&material.study, &material.options, &material.corpus, progress)?;
    let contents: Vec<String> = words.texts.iter().map(|text| words.of(text).join(" ")).collect();
    let named: Vec<(&str, &str)> = words
        .texts
        .iter()
        .zip(&contents)
        .map(|(text, content)| (text.name.as_str(), content.as_str()))
        .collect();
    Ok(compression_distances(&named)?)
}

/// A text, feature by feature.
pub(super) struct TextWords {
    /// The file, and its place in the corpus.
    pub read: TextRead,
    /// Its id.
    pub name: String,
    /// Where its features occur, their numbers those of the vocabulary.
    pub occurrences: Vec<Occurrence>,
}

impl Words {
    /// Reads a corpus in parallel.
    ///
    /// # Errors
    /// If no text can be read, or the features are none that stand in an order.
    pub fn read(
        study: &Study,
        options: &StylometryOptions,
        corpus: &Corpus,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self> {
        if options.features == Features::Markers || options.table.is_some() {
            let reason =
                "words in their order are needed: give a corpus, and words, n-grams or marks as features";
            return Err(StylometryError::Option { option: "features", reason: reason.to_owned() }.into());
        }
        let reader = Reader::new(study, &corpus.columns)?;
        let documents = &corpus.documents;
        let vocabulary = Mutex::new(Vocabulary::default());
        let of = documents.iter().map(|document| document.size).sum();
        let (mut texts, mut problems, mut done) = (Vec::new(), corpus.problems.clone(), 0);
        let work = |(gatherer, numbers): &mut (Gatherer, Vec<u32>), item: usize| {
            let ReadText { input, text, problems } = reader.read(&documents[item], &mut gatherer.forms)?;
            let mut stream = gatherer.stream(&text, options, None);
            {
                // A panic elsewhere leaves the vocabulary whole: interning is the only change made to it.
                let mut vocabulary = vocabulary.lock().unwrap_or_else(PoisonError::into_inner);
                let new = numbers.len()..gatherer.features.len();
                numbers.extend(new.map(|id| vocabulary.intern(gatherer.features.form(id as u32))));
            }
            stream.occurrences.iter_mut().for_each(|found| found.feature = numbers[found.feature as usize]);
            Ok((input, stream, problems))
        };
        in_order(documents.len(), Default::default, work, |item, read| {
            match read {
                Ok((input, stream, found)) => {
                    problems.extend(found);
                    let words = stream.words as u64;
                    let short = super::reading::too_short(&documents[item], words, options, false);
                    let left_out = short.is_some();
                    problems.extend(short);
                    if !left_out {
                        texts.push(TextWords {
                            read: TextRead { document: item, input, words },
                            name: documents[item].id.clone(),
                            occurrences: stream.occurrences,
                        });
                    }
                }
                Err(problem) => problems.push(problem),
            }
            done += documents[item].size;
            progress(Progress::Reading { done, of });
            Ok(())
        })?;
        problems.sort();
        if texts.is_empty() {
            return Err(nothing_read(corpus, &problems));
        }
        let vocabulary = vocabulary.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Self { vocabulary, texts, problems })
    }

    /// The name of a feature.
    pub fn name(&self, occurrence: &Occurrence) -> &str {
        self.vocabulary.word(occurrence.feature)
    }

    /// The features of a text in their order.
    pub fn of(&self, text: &TextWords) -> Vec<&str> {
        text.occurrences.iter().map(|occurrence| self.name(occurrence)).collect()
    }

    /// A row for each text.
    pub fn rows(&self) -> Vec<Row> {
        self.texts
            .iter()
            .map(|text| Row { name: text.name.clone(), document: Some(text.read.document) })
            .collect()
    }

    /// The places of the texts of a class, or the text of that id.
    ///
    /// # Errors
    /// If there is neither.
    pub fn named(&self, name: &str, classes: &[String]) -> Result<Vec<usize>> {
        let of_class: Vec<usize> = (0..self.texts.len()).filter(|text| classes[*text] == name).collect();
        if !of_class.is_empty() {
            return Ok(of_class);
        }
        let plain = name.strip_suffix(".txt").unwrap_or(name);
        if let Some(text) = self.texts.iter().position(|text| text.name == plain) {
            return Ok(vec![text]);
        }
        // Of several corpora a text may be named without its folder, if no other has the same name.
        let within =
            |text: &TextWords| text.name.strip_suffix(plain).is_some_and(|folder| folder.ends_with('/'));
        let found: Vec<usize> = (0..self.texts.len()).filter(|text| within(&self.texts[*text])).collect();
        if found.len() == 1 {
            return Ok(found);
        }
        let mut known: Vec<&str> =
            classes.iter().map(String::as_str).filter(|class| !class.is_empty()).collect();
        known.sort_unstable();
        known.dedup();
        known.extend(self.texts.iter().take(5).map(|text| text.name.as_str()));
        let error = StylometryError::Unknown {
            what: "class or text",
            name: name.to_owned(),
            known: known.join(", "),
        };
        Err(error.into())
    }
}
