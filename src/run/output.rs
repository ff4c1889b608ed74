//! The output folder: written aside, moved in at the end.
//!
//! Everything is written into a hidden folder inside the output folder. Only when all of it is there are
//! the files moved to their places, `run.json` last: a folder without `run.json` is not a whole result,
//! and a run that is killed leaves the former result, or nothing that looks like one.
//!
//! A result may lie in a folder of the output folder: its name is then `pages/a.html`, with `/` on every
//! system. Such a folder is made when it is needed and goes when its last file does.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

use crate::error::{Error, Result};

/// Name of the manifest.
pub const MANIFEST: &str = "run.json";
/// What a manifest of ours says of itself.
pub const PROGRAM: &str = "rhetor";

/// Hidden folder of a run under way.
const STAGING: &str = ".rhetor-partial";
/// Hidden file that only one run at a time can hold.
const LOCK: &str = ".rhetor-lock";
/// Files that may stand in an output folder before the first run.
const GUESTS: [&str; 4] = ["README.md", ".gitignore", ".gitkeep", ".DS_Store"];

/// Folder inside the hidden one where the former result waits while it is replaced.
const FORMER: &str = "former";

/// What is read back of a manifest.
#[derive(Deserialize)]
struct Manifest {
    program: String,
    outputs: Vec<ManifestEntry>,
}

#[derive(Deserialize)]
struct ManifestEntry {
    file: String,
    blake3: String,
}

/// An output folder while a run writes into it.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// This run made the folder.
    made: bool,
    force: bool,
    lock: File,
    /// Files of former runs in this folder, with their hashes.
    former: HashMap<String, String>,
    /// Files written so far.
    files: Vec<String>,
    finished: bool,
}

impl Output {
    /// Claims `folder` for a run, making it if need be.
    ///
    /// # Errors
    /// If it holds files that rhetor did not write and `force` is not given, if another run holds it, or
    /// if it cannot be written to.
    pub fn claim(folder: &Path, force: bool) -> Result<Self> {
        let made = !folder.exists();
        fs::create_dir_all(folder).map_err(Error::output(folder))?;
        let path = folder.join(LOCK);
        if !force {
            // Looked at before anything is written, the lock included.
            refuse_foreign(folder)?;
        }
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::output(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::OutputBusy { path: folder.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(Error::Output { path, source }),
        }
        let former = ours(folder);
        let output =
            Self { folder: folder.to_owned(), made, force, lock, former, files: Vec::new(), finished: false };
        let staging = folder.join(STAGING);
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(Error::output(&staging))?;
        }
        fs::create_dir(&staging).map_err(Error::output(&staging))?;
        Ok(output)
    }

    /// A new file of the result: `words.csv`, or `pages/a.html` in a folder of its own.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn create(&mut self, name: &str) -> Result<OutputFile> {
        debug_assert!(is_result_name(name), "{name}");
        self.files.push(name.to_owned());
        let staging = self.folder.join(STAGING);
        let path = staging.join(name);
        let shown = self.folder.join(name);
        if let Some(inner) = folder_of(name) {
            fs::create_dir_all(staging.join(inner)).map_err(Error::output(&shown))?;
        }
        let file = File::create(&path).map_err(Error::output(&shown))?;
        Ok(OutputFile {
            writer: BufWriter::with_capacity(1 << 16, file),
            shown,
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })
    }

    /// Moves everything into place. `manifest` comes last.
    ///
    /// # Errors
    /// If a file of the user's stands in the way, or a file cannot be moved; the folder then holds what it
    /// held before.
    pub fn finish(mut self, manifest: &[u8]) -> Result<()> {
        let mut file = self.create(MANIFEST)?;
        file.write(manifest)?;
        file.finish()?;
        let staging = self.folder.join(STAGING);
        let aside = staging.join(FORMER);
        fs::create_dir(&aside).map_err(Error::output(&aside))?;
        // The manifest goes first and comes last.
        let known = std::iter::once(MANIFEST).chain(self.former.keys().map(String::as_str));
        let known: Vec<&str> = known.collect();
        let mut going: Vec<&str> =
            known.into_par_iter().with_max_len(1).filter(|name| self.is_former(name)).collect();
        let inner: BTreeSet<&str> = self.files.iter().filter_map(|name| folder_of(name)).collect();
        let known: HashSet<&str> = going.iter().copied().collect();
        let in_the_way: Vec<&str> = self
            .files
            .iter()
            .map(String::as_str)
            .filter(|name| !known.contains(name) && self.folder.join(name).exists())
            // A file or a link with the name of a folder: what is written through it would lie elsewhere.
            .filter(|name| folder_of(name).is_none_or(|inner| is_folder(&self.folder.join(inner))))
            .chain(inner.iter().copied().filter(|inner| {
                let path = self.folder.join(inner);
                !known.contains(inner) && path.symlink_metadata().is_ok() && !is_folder(&path)
            }))
            .collect();
        if let Some(first) = in_the_way.first().filter(|_| !self.force) {
            return Err(Error::ForeignOutput { path: self.folder.clone(), example: (*first).to_owned() });
        }
        going.extend(in_the_way);
        let emptied: BTreeSet<&str> = going.iter().filter_map(|name| folder_of(name)).collect();
        let mut steps: Vec<Step> = Vec::new();
        steps.extend(emptied.iter().map(|inner| Step::Make(aside.join(inner))));
        steps.extend(going.iter().map(|name| Step::Move(self.folder.join(name), aside.join(name))));
        steps.extend(inner.iter().map(|inner| Step::Make(self.folder.join(inner))));
        steps.extend(self.files.iter().map(|name| Step::Move(staging.join(name), self.folder.join(name))));
        take(&steps)?;
        for inner in emptied {
            // Goes away only if it is empty.
            let _ = fs::remove_dir(self.folder.join(inner));
        }
        self.finished = true;
        Ok(())
    }

    /// Whether a file stands in the folder as a former run left it.
    fn is_former(&self, name: &str) -> bool {
        let path = self.folder.join(name);
        if name == MANIFEST {
            return manifest(&path).is_some();
        }
        if folder_of(name).is_some_and(|inner| !is_folder(&self.folder.join(inner))) {
            // What lies behind a link is not in this folder.
            return false;
        }
        // A pipe put in the place of a result must not be opened.
        let hash = if path.is_file() { hash_of(&path).ok() } else { None };
        hash.is_some_and(|hash| self.former.get(name).is_some_and(|former| *former == *hash.to_hex()))
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What cannot be tidied up now is tidied up by the next run.
        let _ = fs::remove_dir_all(self.folder.join(STAGING));
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = self.lock.unlock();
        if self.made && !self.finished {
            // Goes away only if it is empty.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Bytes of a file that are read while those before them are hashed.
const AHEAD: usize = 1 << 18;

/// The hash of a file. It is read on one thread and hashed on another, if two are free.
fn hash_of(path: &Path) -> io::Result<blake3::Hash> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let (mut read, mut next) = (Vec::new(), Vec::new());
    loop {
        let fill = || {
            next.clear();
            (&mut file).take(AHEAD as u64).read_to_end(&mut next)
        };
        let (_, filled) = rayon::join(|| hasher.update(&read).count(), fill);
        if filled? == 0 {
            return Ok(hasher.finalize());
        }
        std::mem::swap(&mut read, &mut next);
    }
}

/// A step of putting a result in its place.
enum Step {
    /// Makes a folder, if it is not there.
    Make(PathBuf),
    /// Moves a file from one place to another.
    Move(PathBuf, PathBuf),
}

/// Takes all steps, or none: at the first that fails, those before it are taken back.
fn take(steps: &[Step]) -> Result<()> {
    // The steps that changed something.
    let mut taken: Vec<&Step> = Vec::with_capacity(steps.len());
    for step in steps {
        let outcome = match step {
            Step::Make(folder) if is_folder(folder) => continue,
            Step::Make(folder) => fs::create_dir(folder),
            Step::Move(from, to) => fs::rename(from, to),
        };
        let Err(source) = outcome else {
            taken.push(step);
            continue;
        };
        for step in taken.iter().rev() {
            // Back as it was; what cannot be moved back is reported with the first error.
            let _ = match step {
                Step::Make(folder) => fs::remove_dir(folder),
                Step::Move(from, to) => fs::rename(to, from),
            };
        }
        let (Step::Make(path) | Step::Move(_, path)) = step;
        return Err(Error::Output { path: path.clone(), source });
    }
    Ok(())
}

/// The folder that a result lies in, below the output folder.
fn folder_of(name: &str) -> Option<&str> {
    name.split_once('/').map(|(folder, _)| folder)
}

/// A folder itself, not a link to one.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

/// Whether a result may have this name: a plain file name, or one in one folder, nothing hidden, no way
/// out of the output folder.
fn is_result_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let plain = |part: &&str| {
        !part.starts_with('.') && Path::new(part).components().eq([Component::Normal(part.as_ref())])
    };
    parts.len() <= 2 && parts.iter().all(plain)
}

/// A manifest of ours, read back.
fn manifest(path: &Path) -> Option<Manifest> {
    if !path.is_file() {
        return None;
    }
    let manifest: Manifest = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (manifest.program == PROGRAM).then_some(manifest)
}

/// The files of former runs, with their hashes: of the whole one, and of one that was stopped while it
/// moved its files into place.
fn ours(folder: &Path) -> HashMap<String, String> {
    [folder.join(STAGING).join(FORMER), folder.join(STAGING), folder.to_owned()]
        .iter()
        .filter_map(|folder| manifest(&folder.join(MANIFEST)))
        .flat_map(|manifest| manifest.outputs)
        .filter(|entry| is_result_name(&entry.file))
        .map(|entry| (entry.file, entry.blake3))
        .collect()
}

/// Refuses a folder that holds files and no result of ours.
fn refuse_foreign(folder: &Path) -> Result<()> {
    if !ours(folder).is_empty() || manifest(&folder.join(MANIFEST)).is_some() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(Error::output(folder))? {
        let name = entry.map_err(Error::output(folder))?.file_name();
        if !GUESTS.iter().any(|guest| name == *guest) && name != LOCK && name != STAGING {
            return Err(Error::ForeignOutput {
                path: folder.to_owned(),
                example: name.to_string_lossy().into_owned(),
            });
        }
    }
    Ok(())
}

/// A file of a result on its way.
#[derive(Debug)]
pub struct OutputFile {
    writer: BufWriter<File>,
    shown: PathBuf,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl OutputFile {
    /// Appends bytes.
    ///
    /// # Errors
    /// If they cannot be written, as on a full disk.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        self.writer.write_all(bytes).map_err(Error::output(&self.shown))
    }

    /// Ends the file; returns its size and BLAKE3.
    ///
    /// # Errors
    /// If the last bytes cannot be written.
    pub fn finish(mut self) -> Result<(u64, String)> {
        self.writer.flush().map_err(Error::output(&self.shown))?;
        Ok((self.bytes, self.hasher.finalize().to_hex().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest_of(files: &[&str]) -> Vec<u8> {
        let blake3 = blake3::hash(b"x").to_hex().to_string();
        let outputs: Vec<_> =
            files.iter().map(|file| serde_json::json!({ "file": file, "blake3": blake3 })).collect();
        serde_json::json!({ "program": PROGRAM, "outputs": outputs }).to_string().into_bytes()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn run(folder: &Path, files: &[&str]) {
        let mut output = Output::claim(folder, false).unwrap();
        for name in files {
            let mut file = output.create(name).unwrap();
            file.write(b"x").unwrap();
            file.finish().unwrap();
        }
        output.finish(&manifest_of(files)).unwrap();
    }

    #[test]
    fn a_second_run_replaces_the_files_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &["a.csv", "b.csv"]);
        run(folder.path(), &["b.csv", "c.csv"]);
        assert_eq!(names(folder.path()), ["b.csv", "c.csv", "run.json"]);
    }

    #[test]
    fn nothing_is_seen_of_a_run_that_stops() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &["a.csv"]);
        let mut output = Output::claim(folder.path(), false).unwrap();
        output.create("b.csv").unwrap().write(b"half").unwrap();
        drop(output);
        assert_eq!(names(folder.path()), ["a.csv", "run.json"]);
    }

    #[test]
    fn what_a_killed_run_left_is_swept_up() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(STAGING)).unwrap();
        fs::write(folder.path().join(STAGING).join("a.csv"), "half").unwrap();
        run(folder.path(), &["a.csv"]);
        assert_eq!(names(folder.path()), ["a.csv", "run.json"]);
    }

    #[test]
    fn a_folder_of_other_files_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.doc"), "mine").unwrap();
        let error = Output::claim(folder.path(), false).unwrap_err();
        assert!(matches!(error, Error::ForeignOutput { .. }));
        assert_eq!(names(folder.path()), ["thesis.doc"]);
        let output = Output::claim(folder.path(), true).unwrap();
        output.finish(&manifest_of(&[])).unwrap();
        assert_eq!(names(folder.path()), ["run.json", "thesis.doc"]);
    }

    #[test]
    fn files_of_the_user_among_the_results_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &["a.csv", "b.csv"]);
        // One that a later run has no name for, one that the user has changed, one with a name to come.
        fs::write(folder.path().join("b.csv"), "mine").unwrap();
        run(folder.path(), &["a.csv"]);
        assert_eq!(fs::read(folder.path().join("b.csv")).unwrap(), b"mine");
        let mut output = Output::claim(folder.path(), false).unwrap();
        output.create("b.csv").unwrap().write(b"x").unwrap();
        let error = output.finish(&manifest_of(&["b.csv"])).unwrap_err();
        assert!(matches!(error, Error::ForeignOutput { .. }));
        assert_eq!(names(folder.path()), ["a.csv", "b.csv", "run.json"]);
        assert_eq!(fs::read(folder.path().join("b.csv")).unwrap(), b"mine");
    }

    #[test]
    fn a_stray_lock_makes_no_folder_ours() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOCK), "").unwrap();
        fs::write(folder.path().join("words.csv"), "mine").unwrap();
        assert!(matches!(Output::claim(folder.path(), false).unwrap_err(), Error::ForeignOutput { .. }));
    }

    #[test]
    fn an_empty_folder_of_the_users_stays() {
        let folder = tempfile::tempdir().unwrap();
        drop(Output::claim(folder.path(), false).unwrap());
        assert!(folder.path().exists());
    }

    #[test]
    fn a_run_stopped_while_it_moved_its_files_is_swept_up() {
        let folder = tempfile::tempdir().unwrap();
        let staging = folder.path().join(STAGING);
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join(MANIFEST), manifest_of(&["a.csv", "b.csv"])).unwrap();
        fs::write(folder.path().join("a.csv"), "x").unwrap();
        run(folder.path(), &["a.csv"]);
        assert_eq!(names(folder.path()), ["a.csv", "run.json"]);
    }

    #[test]
    fn one_run_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Output::claim(folder.path(), false).unwrap();
        assert!(matches!(Output::claim(folder.path(), false).unwrap_err(), Error::OutputBusy { .. }));
        drop(first);
        assert!(Output::claim(folder.path(), false).is_ok());
    }

    #[test]
    fn a_manifest_cannot_make_a_run_remove_other_files() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("out");
        fs::create_dir(&inside).unwrap();
        fs::write(folder.path().join("mine"), "x").unwrap();
        fs::write(inside.join(MANIFEST), manifest_of(&["../mine"])).unwrap();
        run(&inside, &["a.csv"]);
        assert!(folder.path().join("mine").exists());
    }

    #[test]
    fn folders_of_results_come_and_go() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &["a.csv", "pages/a.html", "pages/b.html"]);
        assert_eq!(names(&folder.path().join("pages")), ["a.html", "b.html"]);
        run(folder.path(), &["a.csv", "pages/b.html"]);
        assert_eq!(names(&folder.path().join("pages")), ["b.html"]);
        run(folder.path(), &["a.csv"]);
        assert_eq!(names(folder.path()), ["a.csv", "run.json"]);
    }

    #[test]
    fn files_of_the_user_in_a_folder_of_results_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let pages = folder.path().join("pages");
        run(folder.path(), &["pages/a.html", "pages/b.html"]);
        fs::write(pages.join("notes.txt"), "mine").unwrap();
        fs::write(pages.join("b.html"), "mine").unwrap();
        run(folder.path(), &["a.csv"]);
        assert_eq!(names(&pages), ["b.html", "notes.txt"]);
        let mut output = Output::claim(folder.path(), false).unwrap();
        output.create("pages/b.html").unwrap().write(b"x").unwrap();
        assert!(matches!(output.finish(&manifest_of(&[])).unwrap_err(), Error::ForeignOutput { .. }));
        assert_eq!(fs::read(pages.join("b.html")).unwrap(), b"mine");
        assert_eq!(names(folder.path()), ["a.csv", "pages", "run.json"]);
    }

    #[test]
    fn a_file_with_the_name_of_a_folder_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &["a.csv"]);
        fs::write(folder.path().join("pages"), "mine").unwrap();
        let claim = |force| {
            let mut output = Output::claim(folder.path(), force).unwrap();
            output.create("pages/a.html").unwrap().write(b"x").unwrap();
            output.finish(&manifest_of(&["pages/a.html"]))
        };
        assert!(matches!(claim(false).unwrap_err(), Error::ForeignOutput { .. }));
        assert_eq!(names(folder.path()), ["a.csv", "pages", "run.json"]);
        claim(true).unwrap();
        assert_eq!(names(&folder.path().join("pages")), ["a.html"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_folder_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        run(folder.path(), &["pages/a.html"]);
        fs::rename(folder.path().join("pages/a.html"), elsewhere.path().join("a.html")).unwrap();
        fs::remove_dir(folder.path().join("pages")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("pages")).unwrap();
        let mut output = Output::claim(folder.path(), false).unwrap();
        output.create("pages/a.html").unwrap().write(b"y").unwrap();
        assert!(matches!(output.finish(&manifest_of(&[])).unwrap_err(), Error::ForeignOutput { .. }));
        run(folder.path(), &["a.csv"]);
        assert_eq!(fs::read(elsewhere.path().join("a.html")).unwrap(), b"x");
    }

    #[test]
    fn steps_are_taken_all_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "x").unwrap();
        let steps = [
            Step::Make(path("inner")),
            Step::Move(path("a"), path("inner/a")),
            Step::Move(path("missing"), path("b")),
        ];
        assert!(matches!(take(&steps).unwrap_err(), Error::Output { .. }));
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn names_of_results_stay_in_the_folder() {
        for name in ["words.csv", "pages/0001-a.html"] {
            assert!(is_result_name(name), "{name}");
        }
        for name in
            ["", "/a", "../a", "a/../b", "a/b/c", "a//b", "a/", "./a", "a/.", ".a", "a/.b", ".a/b", "..", "/"]
        {
            assert!(!is_result_name(name), "{name}");
        }
    }
}
