//! Every statistic of every text and voice, as rows.

use std::path::Path;

use serde::Serialize;

use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::passages::Gatherer;
use super::pipeline::in_order;
use super::progress::Progress;
use super::reader::{ReadText, Reader};
use super::{Input, nothing_read, wordless};
use crate::corpus::{Corpus, Problem};
use crate::error::{Error, Result};
use crate::measures::familiar::FamiliarWords;
use crate::measures::{Measure, measure, measures as all_measures};
use crate::study::Study;
use crate::tables::{self, measures_dictionary, schemas};

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
/// text, or those that the study names, over all words, the author's own and the quoted ones.
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
    let lists = word_lists(study)?;
    let chosen = chosen(study)?;
    let mut folder = Folder::claim(output, force)?;
    let schemas = schemas(&[], &[]);
    let mut file = folder.open(&schemas.measures)?;
    let mut problems = corpus.problems.clone();
    let mut texts: Vec<(usize, Input, Numbers)> = Vec::with_capacity(documents.len());
    let (mut rows, mut undefined, mut done) = (0, 0, 0);
    let of = documents.iter().map(|document| document.size).sum();
    let work = |worker: &mut Gatherer<'_>, item: usize| {
        let ReadText { input, text, mut problems } = reader.read(&documents[item], &mut worker.forms)?;
        let passages = worker.passages(&text, input.language == "en");
        let numbers =
            Numbers { words: passages[0].spectrum.tokens(), sentences: passages[0].sums.reading.sentences };
        problems.extend(wordless(&documents[item], numbers.words));
        let measured = tables::measures(&documents[item].id, &chosen, &passages);
        Ok((input, numbers, measured, problems))
    };
    in_order(
        documents.len(),
        || Gatherer::new(lists.each_ref().map(Option::as_ref)),
        work,
        |item, measured| {
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
        },
    )?;
    problems.sort();
    if texts.is_empty() {
        return Err(nothing_read(&corpus, &problems));
    }
    folder.close(schemas.measures.file, file)?;
    folder.write(schemas.problems.file, &tables::problems(&schemas, &problems).into_bytes())?;
    let described = measures_dictionary(&chosen);
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

/// The measures that a study names, in the order of the registry; all if it names none.
///
/// # Errors
/// If there is no measure of a name.
fn chosen(study: &Study) -> Result<Vec<&'static Measure>> {
    if let Some(unknown) = study.measures.iter().find(|id| measure(id).is_none()) {
        return Err(Error::Study {
            path: "options".into(),
            reason: format!("there is no measure '{unknown}'. 'rhetor explain' lists them"),
        });
    }
    let named =
        |entry: &&Measure| study.measures.is_empty() || study.measures.iter().any(|id| id == entry.id);
    Ok(all_measures().filter(named).collect())
}

/// Names under which lists of familiar words are given.
pub const WORD_LISTS: [&str; 2] = ["dale_chall", "spache"];

/// The lists of familiar words that a study names, in the order of [`WORD_LISTS`].
///
/// # Errors
/// If one of them cannot be read, holds no word, or has a name that nothing asks for.
pub(super) fn word_lists(study: &Study) -> Result<[Option<FamiliarWords>; 2]> {
    let mut lists = [None, None];
    for (name, path) in &study.word_lists {
        let wrong = |reason: String| Error::Study { path: path.clone(), reason };
        let place = WORD_LISTS.iter().position(|known| known == name).ok_or_else(|| {
            wrong(format!(
                "there is no use for a word list '{name}'. The names are: {}",
                WORD_LISTS.join(", ")
            ))
        })?;
        let list = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let list = FamiliarWords::parse(&list);
        if list.is_empty() {
            return Err(wrong("holds no word. Give a file with a word on each line".to_owned()));
        }
        lists[place] = Some(list);
    }
    Ok(lists)
}
