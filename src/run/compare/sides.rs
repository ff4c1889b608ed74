//! Which texts stand on which side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::diff::manifest;
use super::super::output::MANIFEST;
use crate::corpus::{Corpus, Document, Problem};
use crate::error::{Error, Result};
use crate::study::Study;

/// Texts that are compared as one.
pub(super) struct Side {
    pub name: String,
    pub documents: Vec<Document>,
    /// Names of the metadata columns of these documents.
    pub columns: Vec<String>,
}

/// The sides of a study: a side for each path of the corpus, or for each value of the metadata column `group`.
///
/// A path is a file, a folder of texts, or an output folder of an earlier run, which stands for the texts of that
/// run. Sides of a column come in the order of `study.sides`, else in code-point order; texts without a value
/// stand on none.
pub(super) fn sides(study: &Study) -> Result<(Vec<Side>, Vec<Problem>)> {
    let (sides, problems) = match &study.group {
        Some(column) => by_column(study, column)?,
        None => by_path(study)?,
    };
    if sides.len() < 2 {
        return Err(wrong(match study.group {
            Some(_) => "a comparison needs a metadata column with two values or more".to_owned(),
            None => "a comparison needs two files or folders or more, or --group COLUMN".to_owned(),
        }));
    }
    Ok((sides, problems))
}

fn wrong(reason: String) -> Error {
    Error::Study { path: "options".into(), reason }
}

fn by_column(study: &Study, column: &str) -> Result<(Vec<Side>, Vec<Problem>)> {
    let corpus = Corpus::discover(&study.corpus)?;
    let Some(place) = corpus.columns.iter().position(|known| known == column) else {
        let columns = if corpus.columns.is_empty() { "none".to_owned() } else { corpus.columns.join(", ") };
        return Err(wrong(format!(
            "there is no metadata column '{column}' to group by. The columns are: {columns}"
        )));
    };
    let mut groups: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for document in corpus.documents {
        if let Some(value) = document.metadata.get(place).filter(|value| !value.is_empty()).cloned() {
            groups.entry(value).or_default().push(document);
        }
    }
    let names: Vec<String> =
        if study.sides.is_empty() { groups.keys().cloned().collect() } else { study.sides.clone() };
    let mut sides: Vec<Side> = Vec::with_capacity(names.len());
    for name in names {
        let Some(documents) = groups.remove(&name) else {
            let known: Vec<&str> = groups.keys().map(String::as_str).collect();
            return Err(wrong(format!(
                "no text has '{name}' in the column '{column}', or it is named twice. Others are: {}",
                known.join(", ")
            )));
        };
        sides.push(Side { name, documents, columns: corpus.columns.clone() });
    }
    Ok((sides, corpus.problems))
}

fn by_path(study: &Study) -> Result<(Vec<Side>, Vec<Problem>)> {
    let (mut sides, mut problems): (Vec<Side>, _) = (Vec::new(), Vec::new());
    for path in &study.corpus {
        let paths = if path.join(MANIFEST).is_file() { texts_of_run(path)? } else { vec![path.clone()] };
        let corpus = Corpus::discover(&paths)?;
        problems.extend(corpus.problems);
        let mut name =
            if paths.len() == 1 && paths[0] == *path { corpus.name } else { path.display().to_string() };
        if sides.iter().any(|side| side.name == name) {
            name = path.display().to_string();
        }
        if sides.iter().any(|side| side.name == name) {
            return Err(wrong(format!("'{name}' is given twice")));
        }
        sides.push(Side { name, documents: corpus.documents, columns: corpus.columns });
    }
    Ok((sides, problems))
}

/// The files that a run read.
fn texts_of_run(folder: &Path) -> Result<Vec<PathBuf>> {
    let manifest = manifest(folder)?;
    let texts = manifest.get("texts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let paths: Vec<PathBuf> =
        texts.iter().filter_map(|text| text.get("path").and_then(Value::as_str)).map(PathBuf::from).collect();
    if paths.is_empty() {
        return Err(Error::Run {
            path: folder.to_owned(),
            reason: "names no text in its run.json".to_owned(),
        });
    }
    Ok(paths)
}
