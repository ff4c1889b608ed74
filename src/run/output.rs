//! The output folder: written aside, moved in at the end.
//!
//! Everything is written into a hidden folder inside the output folder. Only when all of it is there are
//! the files moved to their places, `run.json` last: a folder without `run.json` is not a whole result,
//! and a run that is killed leaves the former result, or nothing that looks like one.

use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

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

/// What is read back of a manifest.
#[derive(Deserialize)]
struct Former {
    program: String,
    outputs: Vec<FormerOutput>,
}

#[derive(Deserialize)]
struct FormerOutput {
    file: String,
}

/// An output folder while a run writes into it.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    lock: File,
    /// Files of the former run in this folder.
    former: Vec<String>,
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
        fs::create_dir_all(folder).map_err(Error::output(folder))?;
        let former = former(folder);
        let interrupted = folder.join(STAGING).exists() || folder.join(LOCK).exists();
        if former.is_none() && !interrupted && !force {
            refuse_foreign(folder)?;
        }
        let path = folder.join(LOCK);
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
        let staging = folder.join(STAGING);
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(Error::output(&staging))?;
        }
        fs::create_dir(&staging).map_err(Error::output(&staging))?;
        let former = former.unwrap_or_default();
        Ok(Self { folder: folder.to_owned(), lock, former, files: Vec::new(), finished: false })
    }

    /// A new file of the result.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn create(&mut self, name: &str) -> Result<OutputFile> {
        self.files.push(name.to_owned());
        let path = self.folder.join(STAGING).join(name);
        let shown = self.folder.join(name);
        let file = File::create(&path).map_err(Error::output(&shown))?;
        Ok(OutputFile {
            writer: BufWriter::with_capacity(1 << 16, file),
            shown,
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })
    }

    /// Moves everything into place. `manifest` is written last.
    ///
    /// # Errors
    /// If a file cannot be moved; the folder then has no `run.json`.
    pub fn finish(mut self, manifest: &[u8]) -> Result<()> {
        let mut file = self.create(MANIFEST)?;
        file.write(manifest)?;
        file.finish()?;
        let place = self.folder.join(MANIFEST);
        if place.exists() {
            fs::remove_file(&place).map_err(Error::output(&place))?;
        }
        for name in self.former.iter().filter(|name| !self.files.contains(name)) {
            // A file of the former run that is gone already is no loss.
            let _ = fs::remove_file(self.folder.join(name));
        }
        for name in &self.files {
            let place = self.folder.join(name);
            fs::rename(self.folder.join(STAGING).join(name), &place).map_err(Error::output(&place))?;
        }
        self.finished = true;
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What cannot be tidied up now is tidied up by the next run.
        let _ = fs::remove_dir_all(self.folder.join(STAGING));
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = self.lock.unlock();
        if !self.finished {
            // Only an empty folder, one that this run made, goes away.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// The files of the run whose manifest stands in `folder`, if it is one of ours.
fn former(folder: &Path) -> Option<Vec<String>> {
    let content = fs::read(folder.join(MANIFEST)).ok()?;
    let former: Former = serde_json::from_slice(&content).ok()?;
    let plain = |name: &String| Path::new(name).components().count() == 1 && !name.starts_with('.');
    (former.program == PROGRAM)
        .then(|| former.outputs.into_iter().map(|output| output.file).filter(plain).collect())
}

fn refuse_foreign(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Error::output(folder))? {
        let name = entry.map_err(Error::output(folder))?.file_name();
        if !GUESTS.iter().any(|guest| name == *guest) {
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

    fn manifest(files: &[&str]) -> Vec<u8> {
        let outputs: Vec<_> = files.iter().map(|file| serde_json::json!({ "file": file })).collect();
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
        output.finish(&manifest(files)).unwrap();
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
        output.finish(&manifest(&[])).unwrap();
        assert_eq!(names(folder.path()), ["run.json", "thesis.doc"]);
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
        fs::write(inside.join(MANIFEST), manifest(&["../mine"])).unwrap();
        run(&inside, &["a.csv"]);
        assert!(folder.path().join("mine").exists());
    }
}
