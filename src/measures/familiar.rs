//! Lists of familiar words, as the formulas of Dale and Chall and of Spache need them.
//!
//! The lists themselves are not part of rhetor: their licences are unclear. They are read from a file of the
//! user's, with a word on each line; what Dale and Chall (1948) say of inflected forms is code.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::text::fold;

/// A list of familiar words.
#[derive(Clone, Debug, Default)]
pub struct FamiliarWords {
    words: HashSet<String, FixedState>,
}

impl FamiliarWords {
    /// A list with a word on each line; what follows `#`, and lines without a word, are passed over.
    pub fn parse(content: &str) -> Self {
        let lines = content.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        Self { words: lines.filter(|word| !word.is_empty()).map(|word| fold(word).into_owned()).collect() }
    }

    /// Number of words on the list.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a word in lower case is familiar: on the list itself, by a regular ending of a word on it (-s, -es,
    /// -'s, -ies, -d, -ed, -ied, -ing, -r, -er, -ier, -st, -est, -iest, -n, also after a doubled consonant), as
    /// compound of familiar parts with hyphens, or as number in digits (Dale & Chall 1948, instructions).
    pub fn holds(&self, word: &str) -> bool {
        if self.words.contains(word) || word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
            return true;
        }
        if word.contains('-') {
            return word.split('-').all(|part| self.holds(part));
        }
        ["'s", "s'", "s", "es", "d", "ed", "ing", "r", "er", "st", "est", "n"].iter().any(|ending| {
            let Some(stem) = word.strip_suffix(ending) else { return false };
            self.is_stem(stem, *ending == "ing")
        })
    }

    /// Whether what is left of a word without its ending is on the list, with *e* restored, a doubled consonant
    /// undone, or *i* back to *y*.
    fn is_stem(&self, stem: &str, lost_e: bool) -> bool {
        if stem.is_empty() {
            return false;
        }
        let has = |word: &str| self.words.contains(word);
        let mut last = stem.chars().rev();
        let doubled = last.next() == last.next() && last.next().is_some();
        let shorter = &stem[..stem.char_indices().next_back().map_or(0, |(at, _)| at)];
        has(stem)
            || lost_e && has(&format!("{stem}e"))
            || doubled && has(shorter)
            || stem
                .strip_suffix('i')
                .or_else(|| stem.strip_suffix("ie"))
                .is_some_and(|y| has(&format!("{y}y")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_are_familiar() {
        let list = FamiliarWords::parse("# a few\ncarry\nHope\nstop\nwell\nknown # x\nday\nbox\nold\n\n");
        assert_eq!(list.len(), 8);
        for word in [
            "carry",
            "carries",
            "carried",
            "carrier",
            "carrying",
            "hopes",
            "hoped",
            "hoping",
            "stopped",
            "stopping",
            "well-known",
            "day's",
            "days'",
            "boxes",
            "older",
            "oldest",
            "1776",
            "known",
        ] {
            assert!(list.holds(word), "{word}");
        }
        for word in ["hop", "carriage", "well-read", "s", "ing", "", "daze"] {
            assert_eq!(list.holds(word), word.is_empty(), "{word}");
        }
    }
}
