//! Stylometry: from a corpus, or a ready table, to a folder of results.
//!
//! `Material::gather` reads a corpus in parallel and keeps of each text or sample the counts of its features;
//! every command makes its tables from these.

mod attribution;
mod contexts;
mod contrast;
mod distances;
mod ending;
mod groups;
mod map;
mod network;
mod occurrences;
pub(super) mod overview;
mod pictures;
mod reading;
mod roles;
mod rolling;
mod tree;
mod verification;
mod why;
mod words;

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

pub use attribution::{AttributionReport, MethodReport, VerdictReport, attribute};
pub use contrast::{SetReport, ZetaReport, contrast};
pub use rolling::{RolledText, RollingReport, rolling};
pub use verification::{CaseReport, VerificationReport, verify};

pub use distances::{DistancesReport, Nearest, SettingReport, distances};
pub use map::{MapFound, MapReport, map};
pub use network::{NetworkReport, network};
pub use overview::StyleReport;
pub use tree::{TreeFound, TreeReport, tree};
pub use why::{WhyReport, WordShare, why};

use self::ending::{describe, drawn, finish};
use self::groups::Groups;
use self::reading::{from_corpus, from_table, list, resolved};
use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::progress::Progress;
use super::{Counted, Input};
use crate::corpus::{Corpus, Document, Problem};
use crate::error::Result;
use crate::study::{Features, Study, StylometryOptions};
use crate::stylometry::{
    FeatureCounts, FeatureSelection, FrequencyTable, StylometryError, Tabulate, function_words, pronouns,
};
use crate::tables::Schema;

/// What a stylometric run read and wrote.
#[derive(Clone, Debug, Serialize)]
pub struct StylometryRun {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read, those too short too.
    pub texts: usize,
    /// Rows of the tables: texts, or samples of them.
    pub rows: usize,
    /// Words counted; 0 for a ready table.
    pub words: u64,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// What a stylometric command works on.
pub(crate) struct Material {
    /// The study, with what the compatibility asked for decides.
    pub study: Study,
    /// Its options.
    pub options: StylometryOptions,
    /// The corpus; without texts for a ready table.
    pub corpus: Corpus,
    /// The texts that were read, left-out ones too.
    pub texts: Vec<TextRead>,
    /// The rows of every table: texts, or samples of them.
    pub rows: Vec<Row>,
    /// What tables are made from.
    pub source: TableSource,
    /// The groups that rows belong to, if there are any.
    pub groups: Option<Groups>,
    /// What was found wrong, sorted.
    pub problems: Vec<Problem>,
    excluded: Vec<String>,
    given: Option<Vec<String>>,
}

/// A text that was read.
pub(crate) struct TextRead {
    /// Its place in [`Corpus::documents`].
    pub document: usize,
    /// The file as it was read.
    pub input: Input,
    /// Words counted.
    pub words: u64,
}

/// A row of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The id of the text, with a number for a sample; or the name in a ready table.
    pub name: String,
    /// Place of its text in [`Corpus::documents`]; none in a ready table.
    pub document: Option<usize>,
}

/// What tables are made from.
pub(crate) enum TableSource {
    /// Counts of a corpus.
    Counts(FeatureCounts),
    /// A ready table.
    Table(FrequencyTable),
}

impl Tabulate for TableSource {
    fn names(&self) -> &[String] {
        match self {
            Self::Counts(counts) => counts.names(),
            Self::Table(table) => table.names(),
        }
    }

    fn tabulate(&self, selection: &FeatureSelection) -> std::result::Result<FrequencyTable, StylometryError> {
        match self {
            Self::Counts(counts) => counts.tabulate(selection),
            Self::Table(table) => table.tabulate(selection),
        }
    }
}

/// What the manifest says of a text.
#[derive(Clone, Copy, Debug, Serialize)]
struct Numbers {
    words: u64,
}

impl Material {
    /// Reads what a study names: its table, or its corpus.
    ///
    /// # Errors
    /// If the corpus has no text of the least length, a list or the table cannot be read, or an option cannot be
    /// used.
    pub fn gather(study: &Study, progress: &(dyn Fn(Progress) + Sync)) -> Result<Self> {
        study.check()?;
        let study = resolved(study);
        let options = study.stylometry.clone().unwrap_or_default();
        options.check()?;
        let mut excluded = list(options.stop_words.as_deref())?.unwrap_or_default();
        let given = list(options.feature_list.as_deref())?;
        let mut material = match &options.table {
            Some(path) => from_table(study, options.clone(), path)?,
            None => from_corpus(study, options.clone(), progress)?,
        };
        let languages: BTreeSet<&str> = material.texts.iter().map(|text| text.input.language).collect();
        if options.delete_pronouns {
            let lists: Vec<_> = languages.iter().filter_map(|language| pronouns(language)).collect();
            if lists.is_empty() {
                let reason = "there is no list of pronouns for the language of these texts. Name one with --stop-words";
                return Err(
                    StylometryError::Option { option: "delete_pronouns", reason: reason.to_owned() }.into()
                );
            }
            excluded.extend(lists.concat().iter().map(|word| (*word).to_owned()));
        }
        material.excluded = excluded;
        material.given = match (given, options.features) {
            (Some(given), _) => Some(given),
            (None, Features::FunctionWords) => Some(material.function_words(&languages)?),
            (None, _) => None,
        };
        material.problems.sort();
        Ok(material)
    }

    /// The words of a corpus that was counted, all voices, of the texts that are long enough.
    ///
    /// # Errors
    /// If no text is.
    pub fn of_counted(study: &Study, counted: &Counted) -> Result<Self> {
        let options = StylometryOptions::default();
        let long: Vec<_> =
            counted.texts.iter().filter(|text| text.profile.words() >= options.min_words).collect();
        // One by one, so that not all of them are there twice.
        let counts = long.iter().map(|text| {
            let mut words = text.profile.author.words.clone();
            words.merge(&text.profile.quoted.words);
            let total = words.tokens();
            (counted.document(text).id.clone(), words, total)
        });
        let rows: Vec<Row> = long
            .iter()
            .map(|text| Row { name: counted.document(text).id.clone(), document: Some(text.document) })
            .collect();
        Ok(Self {
            study: study.clone(),
            source: TableSource::Counts(FeatureCounts::with_totals(&counted.vocabulary, counts)?),
            groups: Groups::find(study, &counted.corpus, &rows)?,
            options,
            corpus: counted.corpus.clone(),
            texts: Vec::new(),
            rows,
            problems: Vec::new(),
            excluded: Vec::new(),
            given: None,
        })
    }

    /// The selection of so many features at a culling level, with the lists of the study.
    pub fn selection(&self, mfw: usize, culling: f64) -> FeatureSelection {
        FeatureSelection {
            mfw,
            culling,
            cutoff: self.options.cutoff(),
            excluded: self.excluded.clone(),
            given: self.given.clone(),
            ..FeatureSelection::default()
        }
    }

    /// The table of so many features at a culling level.
    ///
    /// # Errors
    /// If no feature is left.
    pub fn table(&self, mfw: usize, culling: f64) -> Result<FrequencyTable> {
        Ok(self.source.tabulate(&self.selection(mfw, culling))?)
    }

    /// The counts, where the rows are of a corpus.
    ///
    /// # Errors
    /// If they are of a ready table.
    pub fn counts(&self) -> Result<&FeatureCounts> {
        match &self.source {
            TableSource::Counts(counts) => Ok(counts),
            TableSource::Table(_) => {
                let reason = "this needs counts of words, and a ready table has none".to_owned();
                Err(StylometryError::Option { option: "table", reason }.into())
            }
        }
    }

    /// The place of a row by its name, or by a name that only one row ends with.
    ///
    /// # Errors
    /// If there is no such row, or more than one.
    pub fn row(&self, name: &str) -> Result<usize> {
        if let Some(place) = self.rows.iter().position(|row| row.name == name) {
            return Ok(place);
        }
        let name = name.strip_suffix(".txt").unwrap_or(name);
        let found: Vec<usize> =
            (0..self.rows.len()).filter(|place| self.rows[*place].name.ends_with(name)).collect();
        match found[..] {
            [only] => Ok(only),
            _ => {
                let known: Vec<&str> = self.rows.iter().take(10).map(|row| row.name.as_str()).collect();
                let more = if self.rows.len() > known.len() { ", …" } else { "" };
                Err(StylometryError::Unknown {
                    what: "text",
                    name: name.to_owned(),
                    known: format!("{}{more}", known.join(", ")),
                }
                .into())
            }
        }
    }

    /// The document of a row.
    pub fn document(&self, row: usize) -> Option<&Document> {
        self.corpus.documents.get(self.rows.get(row)?.document?)
    }

    /// Writes `columns.csv` for these tables and that of problems.
    pub(in crate::run) fn write_dictionary(&self, folder: &mut Folder, schemas: &[Schema]) -> Result<()> {
        let common = crate::tables::schemas(&[], &[]);
        let listed: Vec<&Schema> = schemas.iter().chain([&common.problems, &common.columns]).collect();
        folder.write(common.columns.file, &crate::tables::dictionary(&common, &listed).into_bytes())
    }

    /// Writes `problems.csv`, `study.toml` and the manifest with `results`, and moves everything into place.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(in crate::run) fn finish(
        &self,
        output: &Path,
        mut folder: Folder,
        results: serde_json::Value,
    ) -> Result<StylometryRun> {
        let schemas = crate::tables::schemas(&[], &[]);
        folder
            .write(schemas.problems.file, &crate::tables::problems(&schemas, &self.problems).into_bytes())?;
        folder.write("study.toml", self.study.to_toml().as_bytes())?;
        let run = StylometryRun {
            corpus: self.corpus.name.clone(),
            output: output.display().to_string(),
            texts: if self.texts.is_empty() { self.rows.len() } else { self.texts.len() },
            rows: self.rows.len(),
            words: self.texts.iter().map(|text| text.words).sum(),
            problems: self.problems.clone(),
            files: folder.files(),
        };
        let entries = self.texts.iter().map(|text| {
            TextEntry::new(&self.corpus.documents[text.document], &text.input, Numbers { words: text.words })
        });
        folder.finish(Manifest::new(&self.study, entries.collect(), &self.problems).with_results(results))?;
        Ok(run)
    }

    /// Words of the closed classes of these languages, the most frequent first.
    fn function_words(&self, languages: &BTreeSet<&str>) -> Result<Vec<String>> {
        let lists: Vec<_> = languages.iter().filter_map(|language| function_words(language)).collect();
        if lists.is_empty() {
            let reason = "there is no list of function words for the language of these texts. Name one with --feature-list";
            return Err(StylometryError::Option { option: "features", reason: reason.to_owned() }.into());
        }
        let known: BTreeSet<&str> = lists.concat().into_iter().collect();
        let ranked = self.counts()?.most_frequent(None);
        let found = ranked.into_iter().filter(|(word, _)| known.contains(word));
        Ok(found.map(|(word, _)| word.to_owned()).collect())
    }
}
