//! The marker lexicon: data in TOML, one file a language, checked when it is loaded.
//!
//! An entry is a phrase with the constraints that make it a marker. The format is explained at the head
//! of `lexicon/en.toml`. The built-in files are compiled with the program.

mod categories;
mod compile;
mod describe;
mod format;
mod index;
mod packs;
mod tree;
mod words;

use std::fmt;

use super::questions::QuestionWords;
use crate::error::{Error, Result};
use crate::text::{fold, for_each_word};
pub use categories::{CATEGORIES, Category, FAMILIES};
use compile::{File, compile};
pub(super) use format::{Case, Code, Conditions, NO_WORD, Number, Position, SetId, Side, Slot};
use format::{Compiled, Ending};
pub use format::{Entry, Source};
use index::Index;
pub use packs::{LANGUAGES, Lexicons};
pub(super) use tree::NodeId;
use words::Words;

/// A compiled lexicon.
pub struct Lexicon {
    /// ISO 639-1 code of its language.
    pub language: String,
    /// The files it is made of; none where there is no lexicon for its language.
    pub sources: Vec<Source>,
    /// Categories that are counted in a run, by family and then name: those of its markers, of the other
    /// lexicons of the run, and of the questions found by rule.
    pub categories: Vec<Category>,
    /// Its entries, in the order in which they are tried.
    pub entries: Vec<Entry>,
    /// Which of the categories it can find.
    covered: Vec<bool>,
    declared: Vec<(Category, String)>,
    pub(super) index: Index,
    words: Words,
    endings: Vec<Ending>,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lexicon")
            .field("language", &self.language)
            .field("sources", &self.sources)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl Lexicon {
    /// The built-in lexicon of a language. Where there is none it has no entry, and only questions are
    /// found.
    ///
    /// # Errors
    /// If the built-in file is wrong, which a test excludes.
    pub fn built_in(language: &str) -> Result<Self> {
        let mut lexicon = packs::built_in(language)?.unwrap_or_else(|| Self::without_entries(language));
        settle(std::slice::from_mut(&mut lexicon));
        Ok(lexicon)
    }

    /// Reads a lexicon from a text that extends no other. `name` is what messages call it.
    ///
    /// # Errors
    /// If the text is not TOML of the format, or an entry names an unknown family, category or set, has an
    /// empty or overlong phrase, or repeats another: the message names the line.
    pub fn parse(name: &str, content: &str) -> Result<Self> {
        let mut lexicon = Self::compile(&[File { name, content }])?;
        settle(std::slice::from_mut(&mut lexicon));
        Ok(lexicon)
    }

    /// Compiles files; the categories must be settled yet.
    fn compile(files: &[File<'_>]) -> Result<Self> {
        let compiled = compile(files, words).map_err(|reason| Error::Lexicon { reason })?;
        Ok(Self::new(compiled))
    }

    fn new(compiled: Compiled) -> Self {
        let Compiled { language, sources, declared, entries, tree, sets, numbers, endings, words } = compiled;
        let index = Index::of(tree, sets, numbers, &entries);
        Self {
            language,
            sources,
            categories: Vec::new(),
            entries,
            covered: Vec::new(),
            declared,
            index,
            words: Words::new(words),
            endings,
        }
    }

    fn without_entries(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            sources: Vec::new(),
            categories: Vec::new(),
            entries: Vec::new(),
            covered: Vec::new(),
            declared: Vec::new(),
            index: Index::default(),
            words: Words::default(),
            endings: Vec::new(),
        }
    }

    /// The code of a folded word, and the longest ending of the lexicon that it has.
    pub(super) fn code(&self, word: &str) -> (Code, Option<&Ending>) {
        let code = self.words.code(word);
        let last = word.as_bytes().last();
        let has = |ending: &&Ending| {
            if ending.ending.as_bytes().last() != last {
                return false;
            }
            let stem = word.strip_suffix(ending.ending.as_str());
            stem.is_some_and(|stem| {
                stem.chars().take(usize::from(ending.stem)).count() == usize::from(ending.stem)
            })
        };
        let endings = self.endings.iter().filter(has);
        (code, endings.max_by_key(|ending| (ending.ending.len(), ending.stem)))
    }

    /// The place of a category in [`Lexicon::categories`].
    pub fn category(&self, family: &str, category: &str) -> Option<u16> {
        self.categories
            .iter()
            .position(|known| known.family == family && known.category == category)
            .map(|index| index as u16)
    }

    /// Whether markers of a category can be found with this lexicon in a text in a language: where they cannot,
    /// their number is not zero but not known. Questions are found in every language, but tags and answers are
    /// told by words of their own.
    pub fn covers(&self, category: u16, language: &str) -> bool {
        let by_words = |category: &Category| {
            category.is_found_by_rule() && QuestionWords::CODES.binary_search(&language).is_ok()
        };
        self.covered.get(usize::from(category)).copied().unwrap_or(false)
            || self.categories.get(usize::from(category)).is_some_and(by_words)
    }

    /// What a category holds; empty if there is none of this name.
    pub fn definition<'l>(&'l self, category: &Category) -> &'l str {
        match self.declared.iter().find(|(known, _)| known == category) {
            Some((_, definition)) => definition,
            None => category.definition(),
        }
    }
}

/// Gives lexicons that are used together the same categories: those of all entries that are not off. What was
/// switched on or off before holds from here on.
fn settle(lexicons: &mut [Lexicon]) {
    let mut categories: Vec<Category> = categories::QUESTIONS
        .iter()
        .map(|category| Category { family: "question".into(), category: (*category).into() })
        .collect();
    let on = lexicons.iter().flat_map(|lexicon| &lexicon.entries).filter(|entry| !entry.off);
    categories
        .extend(on.filter(|entry| entry.home.family != categories::NONE).map(|entry| entry.home.clone()));
    categories::sort(&mut categories);
    for lexicon in lexicons {
        let place = |category: &Category| categories.iter().position(|known| known == category);
        lexicon.covered = categories.iter().map(Category::is_found_by_marks).collect();
        for entry in &mut lexicon.entries {
            let home = place(&entry.home).filter(|_| !entry.off);
            let others = entry.also.iter().filter(|also| **also != entry.home && !entry.off);
            let also: Vec<usize> = others.filter_map(place).collect();
            for place in home.iter().chain(&also) {
                lexicon.covered[*place] = true;
            }
            entry.category = home.map(|place| place as u16);
            entry.places = home.iter().chain(&also).map(|place| *place as u16).collect();
            entry.places.sort_unstable();
        }
        lexicon.index.switch(&lexicon.entries);
        lexicon.categories.clone_from(&categories);
    }
}

/// The folded words of a phrase.
fn words(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(phrase, |range| words.push(fold(&phrase[range]).into_owned()));
    words
}

#[cfg(test)]
mod tests;
