//! Languages: the word lists that sentence and voice rules need, one file each in `language/`.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::text::unicode::is_alphanumeric;

/// A list of words, looked up at every candidate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
struct WordSet {
    words: HashSet<String, foldhash::fast::FixedState>,
    looks: Looks,
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> Self {
        Self { looks: Looks::of(&words), words: words.into_iter().collect() }
    }
}

/// Word lists of one language. A language without a file has empty lists: the rules that rest on
/// characters alone still hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: String,
    /// Abbreviations after which no sentence ends: `mr`, `i.e`.
    #[serde(default)]
    never_final: WordSet,
    /// Abbreviations that stand before a number: `p`, `vol`, `no`.
    #[serde(default)]
    before_number: WordSet,
    /// Those of them that are words too: `no`, `art`.
    #[serde(default)]
    also_words: WordSet,
    /// Abbreviations that end a sentence only where a usual first word follows: `jr`, `a.d`.
    #[serde(default)]
    seldom_final: WordSet,
    /// Words that often open a sentence and are seldom names.
    #[serde(default)]
    openers: WordSet,
    /// Words written with an apostrophe at their head, without it: `tis`, `em`.
    #[serde(default)]
    elided: WordSet,
    /// Words written with an apostrophe at their end, without it: `wi`, `th`.
    #[serde(default)]
    clipped: WordSet,
    /// Endings of such words: `in` of `goin'`.
    #[serde(default)]
    clipped_endings: Vec<String>,
    /// Verbs of saying: `said`, `cried`.
    #[serde(default)]
    reporting: WordSet,
    /// Particles that take up what was said, right after its closing mark, in a script without spaces.
    #[serde(default)]
    quotatives: Vec<String>,
    /// Words of speaker and addressee: `i`, `you`.
    #[serde(default)]
    speaker: WordSet,
    /// Auxiliaries and other verbs that are finite for certain: `is`, `must`.
    #[serde(default)]
    finite: WordSet,
    /// Words near a title: `entitled`, `pamphlet`.
    #[serde(default)]
    title_cues: WordSet,
    /// Words right before a term that is mentioned: `called`, `word`.
    #[serde(default)]
    term_cues: WordSet,
    /// A number with a full stop may be an ordinal: `3. Oktober`.
    #[serde(default)]
    ordinal_stop: bool,
    /// Words that follow such an ordinal, capitalised or not: months, `jahrhundert`.
    #[serde(default)]
    after_ordinal: WordSet,
    /// `;` is the question mark, as in Greek.
    #[serde(default)]
    semicolon_asks: bool,
    /// Words that end in an apostrophe before the next: `l`, `qu`, `dell`.
    #[serde(default)]
    elisions: WordSet,
    /// Words that open the credit of a picture: `image`, `photo`.
    #[serde(default)]
    credits: WordSet,
    /// Words that open a numbered or bare heading: `chapter`, `preface`.
    #[serde(default)]
    divisions: WordSet,
    /// Number words and articles that may follow the name of a division: `chapter the first`.
    #[serde(default)]
    division_numbers: WordSet,
}

/// Embeds `language/CODE.toml` for each code, as `build.rs` has written it.
macro_rules! word_lists {
    ($($code:literal)*) => {
        const CODES: &[&str] = &[$($code),*];

        fn file_of(code: &str) -> Option<&'static str> {
            match code {
                $($code => Some(include_str!(concat!(env!("OUT_DIR"), "/language_", $code, ".json"))),)*
                _ => None,
            }
        }
    };
}

word_lists!("cs" "da" "de" "el" "en" "es" "fi" "fr" "hu" "it" "ja" "la" "nl" "pl" "pt" "ro" "ru" "sr" "sv" "tr" "uk" "zh");

impl Language {
    /// The ISO 639-1 codes of the languages with word lists, sorted.
    ///
    /// ```
    /// assert!(rhetor::text::Language::CODES.contains(&"en"));
    /// ```
    pub const CODES: &[&str] = CODES;

    /// The built-in language of this code, or the plain rules where there is none. Only the file of
    /// this language is parsed.
    ///
    /// # Errors
    /// If the built-in file does not parse.
    pub fn of(code: &str) -> Result<Self> {
        let Some(file) = file_of(code) else {
            return Ok(Self { code: code.to_owned(), ..Self::default() });
        };
        serde_json::from_str(file)
            .map_err(|error| Error::Language { code: code.into(), reason: error.to_string() })
    }

    /// English.
    pub fn english() -> Self {
        // The embedded file is checked by a test; without it the plain rules would hold.
        Self::of("en").unwrap_or_default()
    }

    /// Whether a number with a full stop may be an ordinal in this language.
    pub(super) fn has_ordinal_stop(&self) -> bool {
        self.ordinal_stop
    }

    pub(super) fn follows_ordinal(&self, word: &str) -> bool {
        holds(&self.after_ordinal, word)
    }

    /// Whether `;` asks a question in this language.
    pub(super) fn semicolon_asks(&self) -> bool {
        self.semicolon_asks
    }

    pub(super) fn is_elision(&self, word: &str) -> bool {
        holds(&self.elisions, word)
    }

    pub(super) fn is_credit(&self, word: &str) -> bool {
        holds(&self.credits, word)
    }

    pub(super) fn is_division(&self, word: &str) -> bool {
        holds(&self.divisions, word)
    }

    pub(super) fn is_division_number(&self, word: &str) -> bool {
        holds(&self.division_numbers, word)
    }

    /// Whether a word looks as if it stood in a list of abbreviations, which most words do not.
    pub(super) fn may_abbreviate(&self, word: &str) -> bool {
        let lists = [&self.never_final, &self.before_number, &self.seldom_final];
        lists.iter().any(|list| list.looks.may_hold(word))
    }

    pub(super) fn is_never_final(&self, word: &str) -> bool {
        holds(&self.never_final, word)
    }

    pub(super) fn stands_before_number(&self, word: &str) -> bool {
        holds(&self.before_number, word)
    }

    pub(super) fn is_also_word(&self, word: &str) -> bool {
        holds(&self.also_words, word)
    }

    pub(super) fn is_seldom_final(&self, word: &str) -> bool {
        holds(&self.seldom_final, word)
    }

    pub(super) fn opens_sentences(&self, word: &str) -> bool {
        holds(&self.openers, word)
    }

    pub(super) fn is_elided(&self, word: &str) -> bool {
        holds(&self.elided, word)
    }

    pub(super) fn is_clipped(&self, word: &str) -> bool {
        const SHORTEST: usize = 4;
        holds(&self.clipped, word)
            || (word.len() >= SHORTEST
                && self.clipped_endings.iter().any(|ending| word.ends_with(ending.as_str())))
    }

    pub(super) fn is_reporting(&self, word: &str) -> bool {
        self.holds_a_part(&self.reporting, word)
    }

    /// Whether `clause`, in a script without spaces, reports the speech right before it: it begins with a
    /// particle that takes the speech up, or ends in a verb of saying.
    pub(super) fn reports_unspaced(&self, clause: &str) -> bool {
        self.quotatives.iter().any(|particle| clause.starts_with(particle.as_str()))
            || (self.quotatives.is_empty()
                && self.reporting.words.iter().any(|verb| clause.ends_with(verb.as_str())))
    }

    pub(super) fn is_speaker(&self, word: &str) -> bool {
        self.holds_a_part(&self.speaker, word)
    }

    pub(super) fn is_finite(&self, word: &str) -> bool {
        self.holds_a_part(&self.finite, word)
    }

    pub(super) fn is_title_cue(&self, word: &str) -> bool {
        self.holds_a_part(&self.title_cues, word)
    }

    pub(super) fn is_term_cue(&self, word: &str) -> bool {
        self.holds_a_part(&self.term_cues, word)
    }

    /// The word, or what stands before or after its elision, is in the list: `s’écria`, `j’ai`.
    fn holds_a_part(&self, list: &WordSet, word: &str) -> bool {
        holds(list, word)
            || word
                .split_once(['\'', '’'])
                .is_some_and(|(head, rest)| self.is_elision(head) && (holds(list, head) || holds(list, rest)))
    }
}

/// Which lengths the words of a list have, and with which first and last letters.
#[derive(Clone, Copy, Debug, Default)]
struct Looks {
    /// By a letter's [place](Self::place): the lengths, as bits.
    first: [u32; 32],
    last: [u32; 32],
}

impl Looks {
    /// What these words look like, of up to [`LONGEST`] bytes each.
    fn of(words: &[String]) -> Self {
        let mut looks = Self::default();
        for word in words {
            let length = 1 << word.len().min(LONGEST);
            if let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) {
                looks.first[Self::place(first)] |= length;
                looks.last[Self::place(last)] |= length;
            }
        }
        looks
    }

    /// Whether one of the words may be this one, in any case.
    fn may_hold(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
        if word.len() > LONGEST {
            return false;
        }
        if word.is_ascii() {
            let lengths = self.first[usize::from(first & 31)] & self.last[usize::from(last & 31)];
            return lengths >> word.len() & 1 == 1;
        }
        // Beyond ASCII the small letter may be shorter.
        const SHORTER: usize = 3;
        let letters = [word.chars().next(), word.chars().next_back()];
        let [first, last] = letters.map(|letter| letter.map_or(0, Self::place));
        let near = ((2 << SHORTER) - 1) << word.len() >> SHORTER;
        self.first[first] & self.last[last] & near != 0
    }

    /// The last five bits of the small letter, which those of ASCII share with the large one.
    fn place(letter: char) -> usize {
        let small = match letter {
            // One letter, of which the one ends a word.
            'ς' => 'σ',
            _ if letter.is_ascii() => letter,
            _ => letter.to_lowercase().next().unwrap_or(letter),
        };
        small as usize & 31
    }
}

/// Languages that have been asked for, each parsed once; shared by all threads of a run.
#[derive(Debug, Default)]
pub struct Languages {
    known: Mutex<HashMap<String, Arc<Language>>>,
}

impl Languages {
    /// The language of this code, as [`Language::of`] gives it.
    ///
    /// # Errors
    /// If the built-in file does not parse.
    pub fn get(&self, code: &str) -> Result<Arc<Language>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(language) = known.get(code) {
            return Ok(Arc::clone(language));
        }
        let language = Arc::new(Language::of(code)?);
        known.insert(code.to_owned(), Arc::clone(&language));
        Ok(language)
    }
}

/// The words of a text as the lists hold them, apostrophes inside: rules look words up by it that need not
/// know what is counted as one.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !in_word(c)).filter(|word| !word.is_empty())
}

pub(super) fn in_word(c: char) -> bool {
    is_alphanumeric(c) || matches!(c, '\'' | '’')
}

/// Longer words are in no list.
const LONGEST: usize = 24;

fn holds(list: &WordSet, word: &str) -> bool {
    if !list.looks.may_hold(word) {
        return false;
    }
    if word.is_ascii() {
        // The usual case, without an allocation.
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return std::str::from_utf8(lower).is_ok_and(|word| list.words.contains(word));
    }
    if word.chars().any(char::is_uppercase) {
        // The Turkish capital of `i` has a dot, which lower case by default keeps as a mark of its own.
        list.words.contains(&word.to_lowercase().replace("i\u{307}", "i"))
    } else {
        list.words.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_file_parses_and_bears_its_code() {
        for code in Language::CODES {
            assert_eq!(Language::of(code).unwrap().code, *code);
        }
        assert!(Language::CODES.is_sorted());
    }

    /// The entries as they stand in the file, where a list may still hold one twice.
    #[test]
    fn entries_are_written_as_they_are_looked_up() {
        for code in Language::CODES {
            let table: serde_json::Map<_, _> = serde_json::from_str(file_of(code).unwrap()).unwrap();
            for (field, value) in &table {
                let Some(list) = value.as_array() else { continue };
                let mut seen = HashSet::new();
                // What a word may hold where the list is looked up: see `word_before`, `word_at` and
                // `word_strings`.
                let marks = match field.as_str() {
                    "never_final" | "before_number" | "also_words" | "seldom_final" => ".-",
                    "openers" | "elided" | "elisions" | "after_ordinal" => "",
                    _ => "-'’",
                };
                for entry in list {
                    let entry = entry.as_str().unwrap();
                    let folded = entry.to_lowercase().replace("i\u{307}", "i");
                    assert!(!entry.is_empty() && entry.len() <= LONGEST, "{code} {field} {entry:?}");
                    let whole = entry.chars().all(|c| c.is_alphanumeric() || marks.contains(c));
                    assert!(whole && !entry.ends_with('.'), "{code} {field} {entry:?}");
                    assert_eq!(entry, folded, "{code} {field}");
                    assert!(seen.insert(entry), "{code} {field} {entry:?} stands twice");
                }
                assert!(!list.is_empty(), "{code} {field} is empty");
            }
            let language = Language::of(code).unwrap();
            let both: Vec<_> =
                language.never_final.words.intersection(&language.seldom_final.words).collect();
            assert!(both.is_empty(), "{code}: {both:?} never and seldom end a sentence");
            let lost: Vec<_> = language.also_words.words.difference(&language.before_number.words).collect();
            assert!(lost.is_empty(), "{code}: {lost:?} stand before no number");
        }
    }

    #[test]
    fn english_knows_titles_and_no_names() {
        let english = Language::english();
        assert!(english.is_never_final("Mr"));
        assert!(english.is_never_final("i.e"));
        assert!(!english.opens_sentences("Holloway"));
    }

    #[test]
    fn an_unknown_language_has_plain_rules() {
        assert!(!Language::of("xx").unwrap().is_never_final("Mr"));
    }

    #[test]
    fn words_are_found_behind_an_elision() {
        let french = Language::of("fr").unwrap();
        assert!(french.is_reporting("s’écria") && french.is_reporting("S'écria"));
        assert!(french.is_speaker("j’ai") && french.is_title_cue("l'article"));
        assert!(!french.is_reporting("aujourd'hui"));
        assert!(!Language::english().is_reporting("o'said"));
    }

    #[test]
    fn a_turkish_capital_is_found() {
        assert!(Language::of("tr").unwrap().opens_sentences("İki"));
    }
}
