//! Every statistic of every text and voice, as rows.

use std::path::Path;

use serde::Serialize;

use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::pipeline::in_order;
use super::progress::Progress;
use super::reader::{ReadText, Reader};
use super::{Input, nothing_read, wordless};
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::measures::syllables::Syllables;
use crate::measures::{Passage, Sequence};
use crate::profile::Selection;
use crate::study::Study;
use crate::tables::{self, measures_dictionary, schemas};
use crate::text::{Forms, Text, Voice, fold};

/// What a run measured, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct MeasuresReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts measured.
    pub texts: usize,
    /// Words of all texts.
    pub words: u64,
    /// Rows of `measures.csv`.
    pub rows: u64,
    /// Rows without a value, which have a reason.
    pub undefined: u64,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// What the manifest says of a text.
#[derive(Clone, Copy, Debug, Serialize)]
struct Numbers {
    words: u64,
    sentences: u64,
}

/// Measures the corpus of `study` and writes `measures.csv` into the folder `output`: every statistic of each
/// text, over all words, the author's own and the quoted ones.
///
/// # Errors
/// If no text can be read, an option cannot be used, or the results cannot be written. `output` then
/// keeps what it held before.
pub fn measures(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<MeasuresReport> {
    study.check()?;
    let corpus = Corpus::discover(&study.corpus)?;
    let documents = &corpus.documents;
    let reader = Reader::new(study, &corpus.columns)?;
    let mut folder = Folder::claim(output, force)?;
    let schemas = schemas(&[], &[]);
    let mut file = folder.open(&schemas.measures)?;
    let mut problems = corpus.problems.clone();
    let mut texts: Vec<(usize, Input, Numbers)> = Vec::with_capacity(documents.len());
    let (mut rows, mut undefined, mut done) = (0, 0, 0);
    let of = documents.iter().map(|document| document.size).sum();
    let work = |worker: &mut Gatherer, item: usize| {
        let ReadText { input, text, mut problems } = reader.read(&documents[item], &mut worker.forms)?;
        let passages = worker.passages(&text, input.language == "en");
        let numbers = Numbers {
            words: passages[0].spectrum.tokens(),
            sentences: passages[0].sentence_words.len() as u64,
        };
        problems.extend(wordless(&documents[item], numbers.words));
        let measured = tables::measures(&documents[item].id, &passages);
        Ok((input, numbers, measured, problems))
    };
    in_order(documents.len(), Gatherer::default, work, |item, measured| {
        match measured {
            Ok((input, numbers, measured, found)) => {
                file.write(&measured.rows.into_bytes())?;
                rows += measured.count;
                undefined += measured.undefined;
                texts.push((item, input, numbers));
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
    folder.close(schemas.measures.file, file)?;
    folder.write(schemas.problems.file, &tables::problems(&schemas, &problems).into_bytes())?;
    let described = measures_dictionary();
    let mut listed = schemas.of_measures();
    listed.insert(1, &described);
    folder.write(schemas.columns.file, &tables::dictionary(&schemas, &listed).into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    let report = MeasuresReport {
        corpus: corpus.name.clone(),
        output: output.display().to_string(),
        texts: texts.len(),
        words: texts.iter().map(|(_, _, numbers)| numbers.words).sum(),
        rows,
        undefined,
        problems,
        files: folder.files(),
    };
    let entries = texts
        .iter()
        .map(|(item, input, numbers)| TextEntry::new(&documents[*item], input, *numbers))
        .collect();
    folder.finish(Manifest::new(study, entries, &report.problems))?;
    Ok(report)
}

/// What is known of a surface form.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Number of its key; equal for forms that count as one word.
    key: u32,
    letters: u32,
    syllables: u32,
}

/// A worker's table of surface forms: each is folded and looked at once, when first met.
#[derive(Default)]
struct Gatherer {
    forms: Forms,
    keys: Forms,
    known: Vec<Form>,
    syllables: Syllables,
}

impl Gatherer {
    /// The passages of a text, in the order of [`Selection::ALL`].
    fn passages(&mut self, text: &Text, english: bool) -> [Passage; 3] {
        for id in self.known.len()..self.forms.len() {
            let form = self.forms.form(id as u32);
            let key = fold(form);
            let letters = key.chars().filter(|letter| letter.is_alphanumeric()).count() as u32;
            let (syllables, _) = self.syllables.count(&key);
            let key = self.keys.intern(&key, 0, key.len());
            self.known.push(Form { key, letters, syllables });
        }
        Selection::ALL.map(|selection| self.passage(text, selection, english))
    }

    fn passage(&self, text: &Text, selection: Selection, english: bool) -> Passage {
        let has = |voice: Voice| match selection {
            Selection::All => true,
            Selection::Only(only) => voice == only,
        };
        // Sentences hold the words of every block that is counted, and no others.
        let tokens = text.sentences.iter().flat_map(|sentence| &text.tokens[sentence.tokens.clone()]);
        let keys = tokens.filter(|token| has(token.voice)).map(|token| self.known[token.form as usize].key);
        let sequence = Sequence::new(keys);
        let mut passage = Passage { spectrum: sequence.spectrum(), sequence, ..Passage::default() };
        passage.has_syllables = english;
        for sentence in text.body_sentences().filter(|sentence| has(sentence.voice)) {
            let tokens = &text.tokens[sentence.tokens.clone()];
            passage.sentence_words.push(tokens.len() as u32);
            let counts = &mut passage.reading;
            counts.sentences += 1;
            for token in tokens {
                let form = self.known[token.form as usize];
                counts.words += 1;
                counts.letters += u64::from(form.letters);
                counts.syllables += u64::from(form.syllables);
                counts.long_words += u64::from(form.letters >= 7);
                counts.polysyllables += u64::from(form.syllables >= 3);
                counts.monosyllables += u64::from(form.syllables == 1);
            }
        }
        passage
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn passages_by_voice() {
        let mut gatherer = Gatherer::default();
        let content = "*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nThe Tanner saw the tanner. “Stop at \
                       once, my good man!” he cried.";
        let text = Text::read(content.to_owned(), &Language::english(), &mut gatherer.forms);
        let [all, author, quoted] = gatherer.passages(&text, true);
        assert_eq!((all.spectrum.tokens(), author.spectrum.tokens(), quoted.spectrum.tokens()), (13, 7, 6));
        // The and the, Tanner and tanner are one word each.
        assert_eq!(author.sequence.tokens(), [0, 1, 2, 0, 1, 3, 4]);
        assert_eq!(all.sentence_words, [5, 8]);
        assert_eq!(all.reading.words, 13);
        assert_eq!((author.reading.sentences, quoted.reading.sentences), (1, 1));
    }
}
