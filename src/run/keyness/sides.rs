//! Which texts are compared with which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::KeynessOptions;
use super::features::Features;
use crate::error::Result;
use crate::run::streams::option;

/// Name of all texts that are not the target.
const REST: &str = "rest";
/// Groups by the first folder of the ids.
const FOLDER: &str = "folder";

/// Two sets of texts.
pub(super) struct Comparison {
    pub target: String,
    pub reference: String,
    /// For each text whether it belongs to the target.
    pub in_target: Vec<bool>,
    /// For each text whether it belongs to the reference; none where a list is the reference.
    pub in_reference: Vec<bool>,
}

/// The comparisons that are asked for, by target. `paths` is the number of paths the corpus was given as.
///
/// # Errors
/// If the sides are not told apart by an option, or one of them has no words.
pub(super) fn comparisons(
    features: &Features,
    paths: usize,
    options: &KeynessOptions,
    list: Option<&BTreeMap<String, u64>>,
) -> Result<Vec<Comparison>> {
    let mut found = by_options(features, paths, options, list.is_some())?;
    if list.is_some() {
        for comparison in &mut found {
            comparison.reference = file_name(options.reference_list.as_deref());
            comparison.in_reference.fill(false);
        }
    }
    for Comparison { target, reference, in_target, in_reference } in &found {
        let size = |side: &[bool]| -> u64 {
            side.iter().zip(&features.texts).filter(|(member, _)| **member).map(|(_, text)| text.size).sum()
        };
        for (name, empty) in
            [(target, size(in_target) == 0), (reference, list.is_none() && size(in_reference) == 0)]
        {
            if empty {
                return Err(option(&format!(
                    "'{name}' has nothing to compare: no text, or none with words in this voice"
                )));
            }
        }
    }
    Ok(found)
}

fn file_name(path: Option<&Path>) -> String {
    path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn by_options(
    features: &Features,
    paths: usize,
    options: &KeynessOptions,
    has_list: bool,
) -> Result<Vec<Comparison>> {
    let all = vec![true; features.texts.len()];
    if let Some(path) = &options.target_files {
        let in_target = listed(features, path)?;
        let (reference, in_reference) = match &options.reference_files {
            Some(other) => (file_name(Some(other)), listed(features, other)?),
            None => (REST.to_owned(), in_target.iter().map(|member| !member).collect()),
        };
        if in_target.iter().zip(&in_reference).any(|(one, other)| *one && *other) {
            return Err(option("a text is named both in --target-files and in --reference-files"));
        }
        return Ok(vec![Comparison { target: file_name(Some(path)), reference, in_target, in_reference }]);
    }
    if options.reference_files.is_some() {
        return Err(option("--reference-files needs --target-files"));
    }
    let group = match &options.group {
        Some(group) => group.as_str(),
        None if paths > 1 => FOLDER,
        None if has_list => {
            let target = features.corpus.name.clone();
            let in_reference = vec![false; all.len()];
            return Ok(vec![Comparison { target, reference: String::new(), in_target: all, in_reference }]);
        }
        None => {
            return Err(option(&format!(
                "say what to compare: --group with a column of the metadata ({}) or 'folder', two folders, \
                 --target-files, or --reference-list",
                columns(features)
            )));
        }
    };
    let values = values(features, group)?;
    let known: BTreeSet<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
    let check = |name: &str, value: &str| {
        if known.contains(value) {
            return Ok(());
        }
        let known: Vec<&str> = known.iter().copied().take(20).collect();
        Err(option(&format!("{name} '{value}' is no value of '{group}', which has: {}", known.join(", "))))
    };
    let reference = options.reference.as_deref().filter(|reference| *reference != REST);
    if let Some(reference) = reference {
        check("--reference", reference)?;
    }
    let targets: Vec<&str> = match &options.target {
        Some(target) => {
            check("--target", target)?;
            vec![target]
        }
        // Two folders are one comparison, the first against the second.
        None if options.group.is_none() && known.len() == 2 => {
            vec![first_folder(&values, &known, features)]
        }
        None => known.iter().copied().filter(|value| Some(*value) != reference).collect(),
    };
    if reference == options.target.as_deref() && reference.is_some() {
        return Err(option("--target and --reference are the same"));
    }
    if known.len() < 2 && !has_list {
        return Err(option(&format!(
            "all texts have the same value of '{group}': there is nothing to compare"
        )));
    }
    let members = |wanted: &dyn Fn(&str) -> bool| -> Vec<bool> {
        values.iter().map(|value| !value.is_empty() && wanted(value)).collect()
    };
    Ok(targets
        .into_iter()
        .map(|target| {
            let other =
                if known.len() == 2 { known.iter().copied().find(|value| *value != target) } else { None };
            let named = reference.or(other);
            Comparison {
                target: target.to_owned(),
                reference: named.unwrap_or(REST).to_owned(),
                in_target: members(&|value| value == target),
                in_reference: members(&|value| match named {
                    Some(named) => value == named,
                    None => value != target,
                }),
            }
        })
        .collect())
}

/// Of two folders, the one that was given first.
fn first_folder<'v>(values: &[String], known: &BTreeSet<&'v str>, features: &Features) -> &'v str {
    // The name of the corpus lists the folders in the order given.
    let first = features.corpus.name.split(", ").next().unwrap_or_default();
    let given = known.iter().copied().find(|value| *value == first);
    given
        .or_else(|| known.iter().copied().find(|value| values.first().is_some_and(|v| v == value)))
        .unwrap_or_default()
}

fn columns(features: &Features) -> String {
    if features.corpus.columns.is_empty() {
        "there is none".to_owned()
    } else {
        features.corpus.columns.join(", ")
    }
}

/// The group of each text; empty where it has none.
fn values(features: &Features, group: &str) -> Result<Vec<String>> {
    let column = features.corpus.columns.iter().position(|column| column == group);
    let documents = features.texts.iter().map(|text| &features.corpus.documents[text.document]);
    match column {
        Some(column) => Ok(documents.map(|document| document.metadata[column].trim().to_owned()).collect()),
        None if group == FOLDER => Ok(documents
            .map(|document| document.id.split_once('/').map_or("", |(folder, _)| folder).to_owned())
            .collect()),
        None => Err(option(&format!(
            "there is no metadata column '{group}'. There are: {}; 'folder' groups by folder",
            columns(features)
        ))),
    }
}

/// The texts that a file names, by id or path, one a line.
fn listed(features: &Features, path: &Path) -> Result<Vec<bool>> {
    let wrong = |reason: String| option(&format!("'{}': {reason}", path.display()));
    let content = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    let wanted: BTreeSet<&str> = content.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut met: BTreeSet<String> = BTreeSet::new();
    let members = features
        .texts
        .iter()
        .map(|text| {
            let document = &features.corpus.documents[text.document];
            let path = document.path.display().to_string();
            let file = document.id.clone() + ".txt";
            let names = [document.id.as_str(), &path, &file];
            let before = met.len();
            met.extend(names.into_iter().filter(|name| wanted.contains(name)).map(str::to_owned));
            met.len() > before
        })
        .collect();
    match wanted.iter().find(|name| !met.contains(**name)) {
        Some(missing) => Err(wrong(format!("there is no text '{missing}'"))),
        None => Ok(members),
    }
}
