//! Which rows are learnt from, and which are in question.

use std::collections::BTreeMap;

use super::Material;
use crate::corpus::{Problem, Severity};
use crate::error::Result;
use crate::stylometry::{FeatureCounts, FeatureSelection, FrequencyTable, Source, StylometryError};

use super::TableSource;

/// The rows of a material by what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Roles {
    /// The class of each row; empty for rows in question.
    pub classes: Vec<String>,
    /// Rows that have a class.
    pub training: Vec<usize>,
    /// Rows in question.
    pub unknown: Vec<usize>,
}

impl Roles {
    /// Rows without a class are in question, and those of the texts and classes named by `unknown`.
    ///
    /// # Errors
    /// If a name stands for nothing, no row has a class, or all have the same.
    pub fn find(material: &Material, unknown: &[String], analysis: &'static str) -> Result<Self> {
        let Some(groups) = &material.groups else {
            let reason = format!(
                "{analysis} needs classes: name a metadata column with --group, or let file names begin with \
                 CLASS_"
            );
            return Err(StylometryError::Option { option: "group", reason }.into());
        };
        let mut classes = groups.of.clone();
        for name in unknown {
            let mut found = false;
            for (class, row) in classes.iter_mut().zip(&groups.of) {
                if row == name {
                    class.clear();
                    found = true;
                }
            }
            if !found {
                for row in rows_of(material, name)? {
                    classes[row].clear();
                }
            }
        }
        let (training, unknown): (Vec<usize>, Vec<usize>) =
            (0..classes.len()).partition(|row| !classes[*row].is_empty());
        let roles = Self { classes, training, unknown };
        let names = roles.by_class();
        if names.len() < 2 {
            let only = names.keys().next().map_or_else(String::new, |name| format!(": only '{name}'"));
            let reason = format!(
                "{analysis} needs texts of two classes, by the {} there are {}{only}",
                described(&groups.column),
                names.len()
            );
            return Err(StylometryError::Option { option: "group", reason }.into());
        }
        Ok(roles)
    }

    /// The rows of each class, in code-point order of the classes.
    pub fn by_class(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut classes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in &self.training {
            classes.entry(&self.classes[*row]).or_default().push(*row);
        }
        classes
    }

    /// For each training row the text it is from: a text is left out with all its samples.
    pub fn texts(&self, material: &Material) -> Vec<String> {
        self.training
            .iter()
            .map(|row| match material.rows[*row].document {
                Some(document) => material.corpus.documents[document].id.clone(),
                None => material.rows[*row].name.clone(),
            })
            .collect()
    }

    /// Whether at least two classes have at least two texts, so that leaving one out tells something.
    pub fn can_be_evaluated(&self, material: &Material) -> bool {
        let texts = self.texts(material);
        let mut by_class: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (row, text) in self.training.iter().zip(&texts) {
            let own = by_class.entry(&self.classes[*row]).or_default();
            if own.last() != Some(&text.as_str()) {
                own.push(text);
            }
        }
        by_class.values().filter(|texts| texts.len() >= 2).count() >= 2
    }

    /// Notes about classes of one text.
    pub fn problems(&self) -> Vec<Problem> {
        let lone: Vec<&str> =
            self.by_class().into_iter().filter(|(_, rows)| rows.len() == 1).map(|(class, _)| class).collect();
        let message = match lone[..] {
            [] => return Vec::new(),
            [one] => format!(
                "the class '{one}' has a single text, which cannot be found by others when it is left out"
            ),
            _ => format!(
                "{} classes have a single text, which cannot be found by others when it is left out: {}",
                lone.len(),
                lone.join(", ")
            ),
        };
        vec![Problem {
            file: String::new(),
            severity: Severity::Note,
            problem: "lone_text",
            place: String::new(),
            message,
        }]
    }
}

fn described(column: &str) -> String {
    match column {
        "name" => "names of the files".to_owned(),
        "folder" => "folders".to_owned(),
        column => format!("metadata column '{column}'"),
    }
}

/// The rows of a text, all its samples, or one row by its name.
pub(super) fn rows_of(material: &Material, name: &str) -> Result<Vec<usize>> {
    let plain = name.strip_suffix(".txt").unwrap_or(name);
    let of_text: Vec<usize> = (0..material.rows.len())
        .filter(|row| material.document(*row).is_some_and(|document| document.id == plain))
        .collect();
    if of_text.is_empty() { Ok(vec![material.row(name)?]) } else { Ok(of_text) }
}

/// The training rows alone, in their order: counts, or the table with the features that the selection takes.
pub(super) enum Known {
    /// Of a corpus.
    Counts(FeatureCounts),
    /// Of a ready table.
    Table(FrequencyTable),
}

impl Known {
    /// These rows of a material.
    ///
    /// # Errors
    /// If no feature is left.
    pub fn of(material: &Material, rows: &[usize], selection: &FeatureSelection) -> Result<Self> {
        Ok(match &material.source {
            TableSource::Counts(counts) => {
                let alone: Vec<(String, Vec<usize>)> =
                    rows.iter().map(|row| (material.rows[*row].name.clone(), vec![*row])).collect();
                Self::Counts(counts.combined(&alone)?)
            }
            TableSource::Table(_) => {
                Self::Table(material.table(selection.mfw, selection.culling)?.select_texts(rows))
            }
        })
    }

    /// What classifiers take.
    pub fn source<'a>(&'a self, selection: &'a FeatureSelection) -> Source<'a> {
        match self {
            Self::Counts(counts) => Source::Counts(counts, selection),
            Self::Table(table) => Source::Table(table),
        }
    }
}

/// The table of a selection whose features are chosen by the training rows alone. It has every row.
pub(super) fn table_by(
    material: &Material,
    selection: &FeatureSelection,
    training: &[usize],
) -> Result<FrequencyTable> {
    match &material.source {
        TableSource::Counts(counts) => Ok(counts.table_of(selection, Some(training))?),
        TableSource::Table(_) => material.table(selection.mfw, selection.culling),
    }
}
