//! Groups: which rows belong together, by metadata or by name.

use super::Row;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::run::drawing::GROUPS;
use crate::study::Study;

/// The name of a way of making a group from the id of a text, and the way.
type Way = (&'static str, fn(&str) -> Option<String>);

/// A group for every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Groups {
    /// The metadata column, or `name` if they are from the names of the texts.
    pub column: String,
    /// The group of each row; empty where the metadata say nothing.
    pub of: Vec<String>,
}

impl Groups {
    /// The groups of rows: by the metadata column that the study names; else by the first of `author`, `label`,
    /// `class` and `group` that exists; else, where every name has one, by what stands before the first `_`, as
    /// stylo has it; else, where every text is in a folder of the corpus, by that folder. `name` and `folder` can be
    /// asked for too, and texts without one are then in no group.
    pub fn find(study: &Study, corpus: &Corpus, rows: &[Row]) -> Result<Option<Self>> {
        check(study, corpus)?;
        let columns = &corpus.columns;
        let column = match &study.group {
            Some(name) => columns.iter().position(|column| column == name),
            None => GROUPS.iter().find_map(|name| columns.iter().position(|column| column == name)),
        };
        if let Some(column) = column {
            let of = rows.iter().map(|row| {
                let document = row.document.and_then(|document| corpus.documents.get(document));
                document.and_then(|document| document.metadata.get(column)).cloned().unwrap_or_default()
            });
            return Ok(Some(Self { column: columns[column].clone(), of: of.collect() }));
        }
        let id = |row: &Row| {
            let document = row.document.and_then(|document| corpus.documents.get(document));
            document.map_or(row.name.clone(), |document| document.id.clone())
        };
        let ways: [Way; 2] = [("name", before_underscore), ("folder", folder)];
        for (way, of) in ways {
            let found: Vec<Option<String>> = rows.iter().map(|row| of(&id(row))).collect();
            let asked_for = study.group.as_deref() == Some(way);
            if asked_for || (study.group.is_none() && found.iter().all(Option::is_some)) {
                let of = found.into_iter().map(Option::unwrap_or_default).collect();
                return Ok(Some(Self { column: way.to_owned(), of }));
            }
        }
        Ok(None)
    }

    /// Names of the groups, in code-point order, without the empty one.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.of.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// An error if the study names a column that does not exist. For `name` and `folder` there need be none.
pub(super) fn check(study: &Study, corpus: &Corpus) -> Result<()> {
    let Some(name) = study.group.as_ref().filter(|name| !corpus.columns.contains(name)) else {
        return Ok(());
    };
    if name == "name" || name == "folder" {
        return Ok(());
    }
    let columns = if corpus.columns.is_empty() { "none".to_owned() } else { corpus.columns.join(", ") };
    let reason = format!(
        "there is no metadata column '{name}' to group by. The columns are: {columns}; 'name' takes what stands \
         before the first _ of a name, 'folder' the folder that a text is in"
    );
    Err(Error::Study { path: "options".into(), reason })
}

/// What stands before the first `_` of the file name of a text.
fn before_underscore(id: &str) -> Option<String> {
    let file = id.rsplit('/').next().unwrap_or(id);
    file.split_once('_').map(|(before, _)| before.to_owned()).filter(|before| !before.is_empty())
}

/// The folder that a text is in, below that of the corpus.
fn folder(id: &str) -> Option<String> {
    id.rsplit_once('/').map(|(folder, _)| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_as_stylo_takes_them() {
        assert_eq!(before_underscore("novels/Austen_Emma_1"), Some("Austen".to_owned()));
        assert_eq!(before_underscore("Emma"), None);
        assert_eq!(before_underscore("_Emma"), None);
        assert_eq!(folder("Austen/early/Emma"), Some("Austen/early".to_owned()));
        assert_eq!(folder("Emma"), None);
    }
}
