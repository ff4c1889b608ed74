//! What the tests share: a folder to run the command in, and its results; data from outside the repository.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every test uses all of it; one that cannot go on fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

pub fn rhetor() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("rhetor"))
}

/// A folder with a corpus `in` and a place `out` for results.
pub struct Bench {
    pub folder: TempDir,
}

pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        Self { folder }
    }

    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// A bench with the sample corpus.
    pub fn with_seeds() -> Self {
        let seeds = fs::read_dir("seeds").unwrap().map(|entry| entry.unwrap().path());
        seeds.filter(|path| path.is_file()).fold(Self::new(), |bench, path| {
            bench.with(path.file_name().unwrap().to_str().unwrap(), fs::read(&path).unwrap())
        })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a subcommand on `in` in the folder, with results in `out`.
    pub fn run(&self, subcommand: &str, arguments: &[&str]) -> Outcome {
        let mut command = rhetor();
        command.current_dir(self.folder.path()).args([subcommand, "in", "-o", "out"]).args(arguments);
        let output = command.output().unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// As [`Bench::run`], for a run that must succeed.
    #[track_caller]
    pub fn succeed(&self, subcommand: &str, arguments: &[&str]) -> Outcome {
        let outcome = self.run(subcommand, arguments);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        outcome
    }

    pub fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.path("out").join(name)).unwrap();
        reader.deserialize().map(Result::unwrap).collect()
    }

    /// The files of the results, those in folders too.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path("out"), "", &mut files);
        files
    }
}

/// Adds the files of a folder, by their path below it.
pub fn collect(folder: &Path, before: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// A part of the data that are not in the repository; where it is absent, says that the test was skipped.
pub fn shared(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("RHETOR_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let path = root.join(part);
    if !path.exists() {
        // Not `eprintln`: what passing tests print that way is not shown.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {} is absent", path.display());
        return None;
    }
    // Whole, for commands that run in another folder.
    Some(fs::canonicalize(path).unwrap())
}
