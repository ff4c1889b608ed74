//! The lexicons of a run: one for each language, chosen by the language of a text.

use std::path::{Path, PathBuf};

use super::categories::Category;
use super::compile::{File, extends};
use super::{Entry, Lexicon, settle};
use crate::error::{Error, Result};
use crate::study::Study;

/// A lexicon that is part of the program: language, file, and what `build.rs` made of it.
pub(super) struct BuiltIn {
    pub language: &'static str,
    pub content: &'static str,
    pub compiled: &'static [u8],
}

macro_rules! built_in {
    ($($language:literal),*) => {
        /// Languages that have a built-in lexicon, by ISO 639-1 code.
        pub const LANGUAGES: &[&str] = &[$($language),*];

        pub(super) const BUILT_IN: &[BuiltIn] = &[$(BuiltIn {
            language: $language,
            content: include_str!(concat!($language, ".toml")),
            compiled: include_bytes!(concat!(env!("OUT_DIR"), "/lexicon_", $language)),
        }),*];
    };
}

built_in!("en", "pt");

/// What messages and manifests call a built-in file.
pub(super) fn name(language: &str) -> String {
    format!("{language}.toml (built in)")
}

/// The built-in lexicon of a language as `build.rs` compiled it; its categories must be settled yet.
pub(super) fn built_in(language: &str) -> Result<Option<Lexicon>> {
    let Some(pack) = BUILT_IN.iter().find(|pack| pack.language == language) else { return Ok(None) };
    let wrong = |reason: String| Error::Lexicon { reason: format!("{}: {reason}", name(language)) };
    let compiled = postcard::from_bytes(pack.compiled).map_err(|error| wrong(error.to_string()))?;
    Ok(Some(Lexicon::new(compiled)))
}

/// The lexicons of a run, which share their categories.
#[derive(Debug)]
pub struct Lexicons {
    /// One for each language that has markers, and last one without entries for all other languages.
    packs: Vec<Lexicon>,
    /// The first pack is meant for every text, whatever its language.
    for_all: bool,
    /// The texts of files from outside the program, with their paths.
    files: Vec<(String, String)>,
}

impl Lexicons {
    /// The built-in lexicons with files that add to them or take their place, and with what is switched on
    /// and off: names of categories (`invective`, `label.invective`), or of markers.
    ///
    /// A file with a key `extends` adds to the built-in lexicon of that language; one without takes the place
    /// of all built-in ones, for every text.
    ///
    /// # Errors
    /// If a file cannot be read or is wrong, if one without `extends` does not stand alone, or if nothing has
    /// a name to be switched.
    pub fn load(paths: &[PathBuf], on: &[String], off: &[String]) -> Result<Self> {
        let files = paths.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
        let mut added: Vec<(Option<String>, File<'_>)> = Vec::new();
        for (name, content) in &files {
            let file = File { name, content };
            let base = extends(file).map_err(|reason| Error::Lexicon { reason })?;
            if let Some(base) = base.as_ref().filter(|base| !LANGUAGES.contains(&base.as_str())) {
                let reason = format!(
                    "{name}: extends '{base}', for which there is no built-in lexicon. There are {}",
                    LANGUAGES.join(", ")
                );
                return Err(Error::Lexicon { reason });
            }
            added.push((base, file));
        }
        let own = added.iter().find(|(base, _)| base.is_none()).map(|(_, file)| *file);
        let mut packs = match own {
            Some(file) if added.len() > 1 => {
                let reason = format!(
                    "{}: has no 'extends', so it takes the place of the built-in lexicons and of the other files \
                     given. Give it alone, or say which lexicon it extends",
                    file.name
                );
                return Err(Error::Lexicon { reason });
            }
            Some(file) => vec![Lexicon::compile(&[file])?],
            None => BUILT_IN.iter().map(|pack| with_files(pack, &added)).collect::<Result<Vec<_>>>()?,
        };
        for (names, state) in [(on, false), (off, true)] {
            names.iter().try_for_each(|name| switch(&mut packs, name, state))?;
        }
        packs.push(Lexicon::without_entries(crate::text::UNDETERMINED));
        settle(&mut packs);
        Ok(Self { packs, for_all: own.is_some(), files })
    }

    /// Categories that are counted, the same in all lexicons.
    pub fn categories(&self) -> &[Category] {
        self.packs.first().map_or(&[], |pack| &pack.categories)
    }

    /// The lexicons that a study asks for.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn of_study(study: &Study) -> Result<Self> {
        Self::load(&study.lexicon, &study.switch_on, &study.switch_off)
    }

    /// The lexicon for texts in a language; where there is none, one without entries.
    pub fn of(&self, language: &str) -> &Lexicon {
        &self.packs[self.place(language)]
    }

    /// Whether there are markers for texts in a language.
    pub fn has(&self, language: &str) -> bool {
        !self.of(language).entries.is_empty()
    }

    /// The lexicons with entries.
    pub fn packs(&self) -> &[Lexicon] {
        self.packs.split_last().map_or(&[], |(_, packs)| packs)
    }

    /// An entry as it is written in its file.
    pub fn written(&self, lexicon: &Lexicon, entry: &Entry) -> &str {
        let rest = self.content(lexicon, entry).get(entry.at..).unwrap_or_default();
        // The next table ends it; comments before that belong to what follows.
        let mut entry = &rest[..rest[1.min(rest.len())..].find("\n[").map_or(rest.len(), |end| end + 2)];
        loop {
            entry = entry.trim_end();
            match entry.rfind('\n') {
                Some(line) if entry[line + 1..].starts_with('#') => entry = &entry[..line],
                _ => return entry,
            }
        }
    }

    /// The line of its file that an entry begins in.
    pub fn line(&self, lexicon: &Lexicon, entry: &Entry) -> usize {
        let before = self.content(lexicon, entry).as_bytes().get(..entry.at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// The text of the file that an entry is from.
    fn content(&self, lexicon: &Lexicon, entry: &Entry) -> &str {
        let file = &lexicon.sources[entry.source].file;
        if let Some((_, content)) = self.files.iter().find(|(name, _)| name == file) {
            return content;
        }
        BUILT_IN.iter().find(|pack| pack.language == lexicon.language).map_or("", |pack| pack.content)
    }

    pub(in crate::rhetoric) fn place(&self, language: &str) -> usize {
        let last = self.packs.len() - 1;
        if self.for_all {
            return 0;
        }
        self.packs[..last].iter().position(|pack| pack.language == language).unwrap_or(last)
    }

    pub(in crate::rhetoric) fn at(&self, place: usize) -> &Lexicon {
        &self.packs[place]
    }
}

/// A built-in lexicon with the files that extend it.
fn with_files(pack: &BuiltIn, added: &[(Option<String>, File<'_>)]) -> Result<Lexicon> {
    let name = name(pack.language);
    let mut files = vec![File { name: &name, content: pack.content }];
    files.extend(
        added.iter().filter(|(base, _)| base.as_deref() == Some(pack.language)).map(|(_, file)| *file),
    );
    match built_in(pack.language)? {
        Some(lexicon) if files.len() == 1 => Ok(lexicon),
        _ => Lexicon::compile(&files),
    }
}

fn read(path: &Path) -> Result<(String, String)> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path)
        .map_err(|error| Error::Lexicon { reason: format!("{name}: cannot be read: {error}") })?;
    let content = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::Lexicon { reason: format!("{name}, line {line}: is not UTF-8") }
    })?;
    Ok((name, content))
}

/// Switches every entry of a category or marker.
fn switch(packs: &mut [Lexicon], name: &str, off: bool) -> Result<()> {
    let entries = || packs.iter().flat_map(|pack| &pack.entries);
    let is_category = |home: &Category| {
        home.category == name || name.split_once('.') == Some((&*home.family, &*home.category))
    };
    let by_category = entries().any(|entry| is_category(&entry.home));
    if !by_category && !entries().any(|entry| entry.marker == name) {
        let reason = format!("no category or marker is called '{name}'. 'rhetor lexicon list' shows them");
        return Err(Error::Lexicon { reason });
    }
    for entry in packs.iter_mut().flat_map(|pack| &mut pack.entries) {
        let named = if by_category { is_category(&entry.home) } else { entry.marker == name };
        if named {
            entry.off = off;
        }
    }
    Ok(())
}
