//! The words of a lexicon by their text.

use std::borrow::Cow;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::format::{Code, NO_WORD};

/// The words a lexicon knows, with their codes.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// A line break after each, in order of their codes.
    text: Cow<'static, str>,
    /// By code: where the word begins, and of the one after the last.
    starts: Vec<u32>,
    codes: HashTable<Code>,
}

impl Words {
    pub fn new(text: Cow<'static, str>) -> Self {
        // No word has the first code.
        let mut starts = vec![0, 0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end as u32 + 1));
        let mut words = Self { codes: HashTable::with_capacity(starts.len()), text, starts };
        for code in NO_WORD + 1..words.starts.len() as Code - 1 {
            let Self { text, starts, codes } = &mut words;
            codes.insert_unique(hash(word(text, starts, code)), code, |code| hash(word(text, starts, *code)));
        }
        words
    }

    /// The code of a word, or that of no word.
    pub fn code(&self, word: &str) -> Code {
        let known = |code: &Code| self::word(&self.text, &self.starts, *code) == word;
        self.codes.find(hash(word), known).copied().unwrap_or(NO_WORD)
    }
}

fn word<'w>(text: &'w str, starts: &[u32], code: Code) -> &'w str {
    let code = code as usize;
    &text[starts[code] as usize..starts[code + 1] as usize - 1]
}

fn hash(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}
