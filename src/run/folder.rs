//! The output folder of a run, and what was written into it.

use std::path::Path;

use serde::Serialize;

use super::manifest::{Manifest, Written};
use super::output::{Output, OutputFile};
use crate::error::Result;
use crate::tables::{Rows, Schema};

/// An output folder that keeps a list of its files for the manifest.
pub(super) struct Folder {
    output: Output,
    written: Vec<Written>,
}

impl Folder {
    /// Claims a folder for a run (see [`Output::claim`]).
    pub fn claim(folder: &Path, force: bool) -> Result<Self> {
        Ok(Self { output: Output::claim(folder, force)?, written: Vec::new() })
    }

    /// Writes a whole file.
    pub fn write(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let mut file = self.output.create(name)?;
        file.write(content)?;
        self.close(name, file)
    }

    /// Writes whole files, in their order.
    pub fn write_all(&mut self, files: &[(String, Vec<u8>)]) -> Result<()> {
        files.iter().try_for_each(|(name, content)| self.write(name, content))
    }

    /// Opens a table, with its header, for rows to come.
    pub fn open(&mut self, schema: &Schema) -> Result<OutputFile> {
        let mut file = self.output.create(schema.file)?;
        file.write(&Rows::with_header(schema).into_bytes())?;
        Ok(file)
    }

    /// Ends a file.
    pub fn close(&mut self, name: &str, file: OutputFile) -> Result<()> {
        let (bytes, blake3) = file.finish()?;
        self.written.push(Written { file: name.to_owned(), bytes, blake3 });
        Ok(())
    }

    /// Names of the files written so far, in order.
    pub fn files(&self) -> Vec<String> {
        self.written.iter().map(|written| written.file.clone()).collect()
    }

    /// Writes the manifest and moves everything into place.
    pub fn finish<T: Serialize>(self, manifest: Manifest<'_, T>) -> Result<()> {
        self.output.finish(&manifest.into_json(&self.written))
    }
}
