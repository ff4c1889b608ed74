//! Which files are the texts of a corpus.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::metadata::{TABLES, attach};
use super::{Corpus, Document, Problem, Severity};
use crate::error::{Error, Result};

/// Extensions of plain text, lower case.
const EXTENSIONS: [&str; 2] = ["txt", "text"];
/// Extensions of files that accompany texts and are passed over in silence.
const COMPANIONS: [&str; 2] = ["csv", "md"];

/// A file name without its `.txt`.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_text_extension(extension) => stem,
        _ => name,
    }
}

fn is_text_extension(extension: &str) -> bool {
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// A file found, before it has an id.
struct Found {
    root: usize,
    relative: String,
    path: PathBuf,
    size: u64,
}

impl Corpus {
    /// Finds the texts under `paths`, folders or files.
    ///
    /// In a folder, regular files ending in `.txt` or `.text` are texts, at any depth. Hidden files, tables
    /// (`.csv`), pages (`.md`) and folders of rhetor's results are passed over; links, pipes and devices
    /// are never opened, and they and other files get a [`Problem`] that says so. A file named outright is
    /// taken whatever its extension, and a file given twice is taken once. `metadata.csv` or `labels.csv`
    /// in a folder is read as its metadata.
    ///
    /// # Errors
    /// If a path does not exist, a metadata table cannot be used, or no text is found.
    pub fn discover<P: AsRef<Path>>(paths: &[P]) -> Result<Self> {
        let mut corpus = Self::default();
        let mut found = Vec::new();
        let names: Vec<String> = paths.iter().map(|path| path.as_ref().display().to_string()).collect();
        corpus.name = paths.iter().map(|path| short_name(path.as_ref())).collect::<Vec<_>>().join(", ");
        for (root, path) in paths.iter().enumerate() {
            let path = path.as_ref();
            let about =
                fs::metadata(path).map_err(|source| Error::Corpus { path: path.to_owned(), source })?;
            if about.is_dir() {
                corpus.walk(root, path, &mut found)?;
            } else if about.is_file() && TABLES.iter().any(|table| path.ends_with(table)) {
                let message = "is a table of metadata and was left out. Give its folder as the corpus";
                corpus.problems.push(Problem::about(path, Severity::Note, "not_a_text", message.into()));
            } else if about.is_file() {
                let relative = path.file_name().map(OsStr::to_string_lossy).unwrap_or_default().into_owned();
                found.push(Found { root, relative, path: path.to_owned(), size: about.len() });
            } else {
                corpus.problems.push(not_regular(path));
            }
        }
        if paths.len() > 1 {
            corpus.drop_repeated(&mut found);
        }
        let places = corpus.name_documents(found, paths);
        for (root, path) in paths.iter().enumerate() {
            let mut tables =
                TABLES.iter().map(|name| path.as_ref().join(name)).filter(|table| table.is_file());
            if let Some(table) = tables.next() {
                let mut columns = std::mem::take(&mut corpus.columns);
                attach(&table, &places[root], &mut corpus.documents, &mut columns, &mut corpus.problems)?;
                corpus.columns = columns;
            }
            for table in tables {
                let message = "is not read, since there is another table of metadata";
                corpus.problems.push(Problem::about(
                    &table,
                    Severity::Warning,
                    "second_metadata",
                    message.into(),
                ));
            }
        }
        for document in &mut corpus.documents {
            document.metadata.resize(corpus.columns.len(), String::new());
        }
        if corpus.documents.is_empty() {
            let reason = match corpus.problems.len() {
                0 => "the folder is empty".to_owned(),
                1 => format!("the one file there {}", corpus.problems[0].message),
                count => format!("none of the {count} files there is a text"),
            };
            return Err(Error::Empty { corpus: format!("'{}'", names.join("', '")), reason });
        }
        corpus.problems.sort();
        Ok(corpus)
    }

    fn walk(&mut self, root: usize, folder: &Path, found: &mut Vec<Found>) -> Result<()> {
        let hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder).into_iter().filter_entry(|entry| {
            let result = entry.file_type().is_dir() && is_result(entry.path());
            entry.depth() == 0 || !(hidden(entry.file_name()) || result)
        });
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    if path == folder {
                        return Err(Error::Corpus { path, source: error.into() });
                    }
                    let message = format!("cannot be looked into: {error}");
                    self.problems.push(Problem::about(&path, Severity::Error, "unreadable", message));
                    continue;
                }
            };
            let path = entry.path();
            let kind = entry.file_type();
            if kind.is_dir() {
                continue;
            }
            if kind.is_symlink() {
                let message =
                    "is a link and was not followed. Give its target as a corpus if it belongs to it";
                self.problems.push(Problem::about(path, Severity::Note, "link", message.into()));
                continue;
            }
            let extension = path.extension().map(OsStr::to_string_lossy).unwrap_or_default();
            if !kind.is_file() {
                self.problems.push(not_regular(path));
            } else if COMPANIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
                // Metadata, or meant for people.
            } else if !is_text_extension(&extension) {
                let message = "does not end in .txt and was left out. Name it outright to analyse it";
                self.problems.push(Problem::about(path, Severity::Note, "not_a_text", message.into()));
            } else {
                let relative = path.strip_prefix(folder).unwrap_or(path);
                let relative: Vec<_> = relative.iter().map(OsStr::to_string_lossy).collect();
                // A size that cannot be had will show when the file is read.
                let size = entry.metadata().map_or(0, |about| about.len());
                found.push(Found { root, relative: relative.join("/"), path: path.to_owned(), size });
            }
        }
        Ok(())
    }

    /// A file reached by two of the paths given counts once.
    fn drop_repeated(&mut self, found: &mut Vec<Found>) {
        let mut seen = HashSet::new();
        found.retain(|file| {
            let new = fs::canonicalize(&file.path).map_or(true, |path| seen.insert(path));
            if !new {
                let message = "was given twice and is counted once";
                self.problems.push(Problem::about(&file.path, Severity::Note, "given_twice", message.into()));
            }
            new
        });
    }

    /// Gives ids, sorts, and returns for each root the paths and stems of its documents.
    fn name_documents<P: AsRef<Path>>(
        &mut self,
        found: Vec<Found>,
        roots: &[P],
    ) -> Vec<HashMap<String, usize>> {
        // Several roots are told apart by name; a file given outright stands for itself.
        let short = |root: &P| short_name(root.as_ref());
        let prefix = |file: &Found| match &roots[file.root] {
            root if roots.len() == 1 || root.as_ref() == file.path => String::new(),
            root if roots.iter().filter(|other| short(other) == short(root)).count() == 1 => {
                short(root) + "/"
            }
            root => root.as_ref().display().to_string().trim_matches(['.', '/']).to_owned() + "/",
        };
        let mut stems: HashMap<String, usize> = HashMap::new();
        for file in &found {
            *stems.entry(prefix(file) + stem(&file.relative)).or_default() += 1;
        }
        let mut named: Vec<(String, Found)> = found
            .into_iter()
            .map(|file| {
                let short = prefix(&file) + stem(&file.relative);
                let id = if stems[&short] > 1 { prefix(&file) + &file.relative } else { short };
                (id, file)
            })
            .collect();
        named.sort_by(|a, b| (&a.0, &a.1.path).cmp(&(&b.0, &b.1.path)));
        let mut places = vec![HashMap::new(); roots.len()];
        let mut ids = HashSet::new();
        for (id, file) in named {
            if !ids.insert(id.clone()) {
                let message =
                    format!("has the same name as another text, '{id}', and was left out. Rename one");
                self.problems.push(Problem::about(&file.path, Severity::Error, "same_name", message));
                continue;
            }
            let index = self.documents.len();
            let short = stem(&file.relative);
            if stems[&(prefix(&file) + short)] == 1 {
                places[file.root].insert(short.to_owned(), index);
            }
            places[file.root].insert(file.relative.clone(), index);
            self.documents.push(Document { id, path: file.path, size: file.size, metadata: Vec::new() });
        }
        places
    }
}

/// The last part of a path, for titles; all of it for `.` and `/`.
fn short_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// A folder that an earlier run wrote its results into.
fn is_result(folder: &Path) -> bool {
    const HEAD: u64 = 100;
    let path = folder.join("run.json");
    let mut head = Vec::new();
    path.is_file()
        && fs::File::open(path).is_ok_and(|file| file.take(HEAD).read_to_end(&mut head).is_ok())
        && memchr::memmem::find(&head, b"\"program\": \"rhetor\"").is_some()
}

fn not_regular(path: &Path) -> Problem {
    let message = "is a pipe, a socket or a device, not a file, and was not opened";
    Problem::about(path, Severity::Warning, "not_a_file", message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn ids(corpus: &Corpus) -> Vec<&str> {
        corpus.documents.iter().map(|document| document.id.as_str()).collect()
    }

    #[test]
    fn texts_in_code_point_order_of_their_ids() {
        let folder =
            folder(&[("b.txt", ""), ("Z.TXT", ""), ("sub/a.text", ""), ("image.png", ""), ("README.md", "")]);
        let corpus = Corpus::discover(&[folder.path()]).unwrap();
        assert_eq!(ids(&corpus), ["Z", "b", "sub/a"]);
        assert_eq!(corpus.problems.len(), 1);
        assert_eq!(corpus.problems[0].problem, "not_a_text");
    }

    #[test]
    fn equal_stems_keep_their_extensions() {
        let folder = folder(&[("a.txt", ""), ("a.text", "")]);
        assert_eq!(ids(&Corpus::discover(&[folder.path()]).unwrap()), ["a.text", "a.txt"]);
    }

    #[test]
    fn metadata_is_matched_with_and_without_extension() {
        let table = "file,author\na.txt,Penn\nsub/b,Holloway\nmissing.txt,Nobody\n";
        let folder = folder(&[("a.txt", ""), ("sub/b.txt", ""), ("c.txt", ""), ("labels.csv", table)]);
        let corpus = Corpus::discover(&[folder.path()]).unwrap();
        let authors: Vec<_> = corpus.documents.iter().map(|document| document.metadata[0].as_str()).collect();
        assert_eq!(authors, ["Penn", "", "Holloway"]);
        let problems: Vec<_> = corpus.problems.iter().map(|problem| problem.problem).collect();
        assert_eq!(problems, ["no_metadata", "metadata_without_text"]);
    }

    #[test]
    fn a_row_with_a_cell_too_many_is_reported_and_shifts_nothing() {
        let table = "file,author,year\na.text,Smith, John,1900\na.txt,Penn,1801\n";
        let folder = folder(&[("a.txt", ""), ("a.text", ""), ("metadata.csv", table)]);
        let corpus = Corpus::discover(&[folder.path()]).unwrap();
        let values: Vec<_> = corpus.documents.iter().map(|document| document.metadata.join("|")).collect();
        assert_eq!(values, ["|", "Penn|1801"]);
        assert!(corpus.problems.iter().any(|problem| problem.problem == "metadata_row"));
    }

    #[test]
    fn a_file_given_twice_counts_once() {
        let folder = folder(&[("one/a.txt", ""), ("one/sub/b.txt", "")]);
        let roots =
            [folder.path().join("one"), folder.path().join("one/sub"), folder.path().join("one/a.txt")];
        let corpus = Corpus::discover(&roots).unwrap();
        assert_eq!(ids(&corpus), ["one/a", "one/sub/b"]);
        assert_eq!(corpus.problems.len(), 2);
    }

    #[test]
    fn an_empty_folder_is_an_error_with_advice() {
        let folder = folder(&[]);
        let error = Corpus::discover(&[folder.path()]).unwrap_err().to_string();
        assert!(error.contains("the folder is empty") && error.contains(".txt"), "{error}");
    }

    #[test]
    fn two_folders_are_told_apart_by_name() {
        let folder = folder(&[("one/a.txt", ""), ("two/a.txt", "")]);
        let roots = [folder.path().join("one"), folder.path().join("two")];
        assert_eq!(ids(&Corpus::discover(&roots).unwrap()), ["one/a", "two/a"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = folder(&[("a.txt", "")]);
        std::os::unix::fs::symlink("/", folder.path().join("all")).unwrap();
        let corpus = Corpus::discover(&[folder.path()]).unwrap();
        assert_eq!(ids(&corpus), ["a"]);
        assert_eq!(corpus.problems[0].problem, "link");
    }
}
