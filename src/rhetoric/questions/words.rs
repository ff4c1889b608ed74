//! The words by which questions and answers are told, by language: `words/*.toml`.

use std::sync::OnceLock;

use hashbrown::HashMap;
use serde::Deserialize;

use crate::text::{fold, for_each_word};

/// Word lists of one language. A language without a file has empty lists: its questions are found by their
/// marks alone, and neither tags nor answers are looked for.
#[derive(Debug, Default)]
pub struct QuestionWords {
    /// `;` is the question mark, as in Greek.
    pub(super) semicolon_asks: bool,
    /// Only question words and auxiliaries open questions.
    pub(super) fronted: bool,
    /// The classes of each listed word, as bits.
    classes: HashMap<String, u32, foldhash::fast::FixedState>,
    /// First letters of question words, as bits from `a`, by either case.
    initials: u32,
    pub(super) tags: Phrases,
    pub(super) answers: Phrases,
    pub(super) purposes: Phrases,
    pub(super) asides: Phrases,
    pub(super) frames: Phrases,
    pub(super) polarity: Phrases,
    pub(super) boosters: Phrases,
}

/// Phrases as words.
#[derive(Debug, Default)]
pub(super) struct Phrases(Vec<Vec<String>>);

impl Phrases {
    fn of(phrases: &[String]) -> Self {
        Self(phrases.iter().map(|phrase| words(phrase)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of words of the longest phrase that `words` begin with; `word` gives the folded word at a
    /// place, or none behind the last.
    pub(super) fn length_at<S: AsRef<str>>(&self, mut word: impl FnMut(usize) -> Option<S>) -> Option<usize> {
        let mut held: Vec<S> = Vec::new();
        let mut longest = None;
        for phrase in &self.0 {
            let matches = phrase.iter().enumerate().all(|(place, wanted)| {
                while held.len() <= place {
                    match word(held.len()) {
                        Some(next) => held.push(next),
                        None => return false,
                    }
                }
                held[place].as_ref() == wanted
            });
            if matches {
                longest = longest.max(Some(phrase.len()));
            }
        }
        longest
    }
}

fn words(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(phrase, |range| words.push(fold(&phrase[range]).into_owned()));
    words
}

/// Classes of words.
pub(super) mod class {
    /// `what`, `why`.
    pub const QUESTION_WORD: u32 = 1;
    /// `does`, `shall`.
    pub const AUXILIARY: u32 = 1 << 1;
    /// Auxiliaries that support a question before a pronoun: `do`, `can`.
    pub const SUPPORTING: u32 = 1 << 2;
    /// `not`, `isn't`.
    pub const NEGATIVE: u32 = 1 << 3;
    /// What may follow an auxiliary before its verb: `the`, `they`.
    pub const SUBJECT: u32 = 1 << 4;
    /// What may follow the auxiliary of a tag.
    pub const PRONOUN: u32 = 1 << 5;
    /// `you`.
    pub const SECOND_PERSON: u32 = 1 << 6;
    /// What may stand before the opening of a question.
    pub const LEADING: u32 = 1 << 7;
    /// Conjunctions that bind a question to what was said.
    pub const BINDING: u32 = 1 << 8;
    /// `controversy`, `asked`.
    pub const QUESTION_NOUN: u32 = 1 << 9;
    /// Words that carry no subject matter.
    pub const FUNCTION: u32 = 1 << 10;
    /// `following`: the question is set to the reader.
    pub const ENQUIRING: u32 = 1 << 11;
    /// First words of phrases.
    pub const TAG: u32 = 1 << 12;
    pub const ANSWER: u32 = 1 << 13;
    pub const PURPOSE: u32 = 1 << 14;
    pub const ASIDE: u32 = 1 << 15;
    pub const FRAME: u32 = 1 << 16;
    pub const POLARITY: u32 = 1 << 17;
    pub const BOOSTER: u32 = 1 << 18;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Lists {
    code: String,
    semicolon_asks: bool,
    fronted: bool,
    question_words: Vec<String>,
    auxiliaries: Vec<String>,
    supporting: Vec<String>,
    negatives: Vec<String>,
    subjects: Vec<String>,
    pronouns: Vec<String>,
    second_person: Vec<String>,
    leading: Vec<String>,
    binding: Vec<String>,
    question_nouns: Vec<String>,
    function: Vec<String>,
    enquiring: Vec<String>,
    tags: Vec<String>,
    answers: Vec<String>,
    purposes: Vec<String>,
    aside: Vec<String>,
    frames: Vec<String>,
    polarity: Vec<String>,
    boosters: Vec<String>,
}

impl From<Lists> for QuestionWords {
    fn from(lists: Lists) -> Self {
        let mut classes: HashMap<String, u32, _> = HashMap::default();
        let single = [
            (&lists.question_words, class::QUESTION_WORD),
            (&lists.auxiliaries, class::AUXILIARY),
            (&lists.supporting, class::SUPPORTING),
            (&lists.negatives, class::NEGATIVE),
            (&lists.subjects, class::SUBJECT),
            (&lists.pronouns, class::PRONOUN),
            (&lists.second_person, class::SECOND_PERSON),
            (&lists.leading, class::LEADING),
            (&lists.binding, class::BINDING),
            (&lists.question_nouns, class::QUESTION_NOUN),
            (&lists.function, class::FUNCTION),
            (&lists.enquiring, class::ENQUIRING),
        ];
        for (list, class) in single {
            for word in list {
                *classes.entry(word.clone()).or_default() |= class;
            }
        }
        let phrases = [
            (&lists.tags, class::TAG),
            (&lists.answers, class::ANSWER),
            (&lists.purposes, class::PURPOSE),
            (&lists.aside, class::ASIDE),
            (&lists.frames, class::FRAME),
            (&lists.polarity, class::POLARITY),
            (&lists.boosters, class::BOOSTER),
        ]
        .map(|(list, class)| {
            let phrases = Phrases::of(list);
            for first in phrases.0.iter().filter_map(|phrase| phrase.first()) {
                *classes.entry(first.clone()).or_default() |= class;
            }
            phrases
        });
        let [tags, answers, purposes, asides, frames, polarity, boosters] = phrases;
        let initials = lists.question_words.iter().filter_map(|word| word.bytes().next());
        Self {
            semicolon_asks: lists.semicolon_asks,
            fronted: lists.fronted,
            classes,
            initials: initials.fold(0, |bits, first| bits | bit(first)),
            tags,
            answers,
            purposes,
            asides,
            frames,
            polarity,
            boosters,
        }
    }
}

fn bit(first: u8) -> u32 {
    1 << (first & 31)
}

/// Embeds `words/CODE.toml` for each code.
macro_rules! question_words {
    ($($code:literal)*) => {
        const CODES: &[&str] = &[$($code),*];

        fn list_of(code: &str) -> Option<(&'static OnceLock<QuestionWords>, &'static str)> {
            match code {
                $($code => {
                    static WORDS: OnceLock<QuestionWords> = OnceLock::new();
                    Some((&WORDS, include_str!(concat!(env!("OUT_DIR"), "/questions_", $code, ".json"))))
                })*
                _ => None,
            }
        }
    };
}

question_words!("de" "el" "en" "es" "fr" "grc" "it" "nl" "pt" "ru");

impl QuestionWords {
    /// The ISO 639 codes of the languages with word lists, sorted.
    pub const CODES: &[&str] = CODES;

    /// The lists of a language; empty where there are none. Each file is parsed once.
    pub fn of(code: &str) -> &'static Self {
        static NONE: OnceLock<QuestionWords> = OnceLock::new();
        match list_of(code) {
            // Embedded files are checked by a test; without them the plain rules would hold.
            Some((words, file)) => {
                words.get_or_init(|| serde_json::from_str::<Lists>(file).unwrap_or_default().into())
            }
            None => NONE.get_or_init(Self::default),
        }
    }

    /// The classes of a word.
    pub(super) fn classes(&self, word: &str) -> u32 {
        self.classes.get(word).copied().unwrap_or(0)
    }

    /// Whether a word with this first byte may be a question word.
    pub(super) fn may_ask(&self, first: u8) -> bool {
        !first.is_ascii() || self.initials & bit(first) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_holds_words_as_they_are_looked_up() {
        assert!(QuestionWords::CODES.is_sorted());
        for code in QuestionWords::CODES {
            let (_, file) = list_of(code).unwrap();
            let lists: Lists = serde_json::from_str(file).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(lists.code, *code);
            let table: serde_json::Map<_, _> = serde_json::from_str(file).unwrap();
            for (field, value) in &table {
                let Some(list) = value.as_array() else { continue };
                let mut seen = std::collections::HashSet::new();
                for entry in list {
                    let entry = entry.as_str().unwrap();
                    assert!(seen.insert(entry), "{code} {field}: {entry:?} stands twice");
                    let phrase = words(entry);
                    let kept = phrase.join(" ");
                    let plain = entry.replace(['-', '\u{2019}'], " ").replace("  ", " ");
                    assert!(kept == entry || kept == plain, "{code} {field}: {entry:?} is {phrase:?}");
                }
            }
        }
    }

    #[test]
    fn the_longest_phrase_is_taken() {
        let words = QuestionWords::of("en");
        let place = |text: &'static str| move |at: usize| text.split(' ').nth(at);
        assert_eq!(words.answers.length_at(place("no one came")), Some(2));
        assert_eq!(words.answers.length_at(place("no man came")), Some(1));
        assert_eq!(words.answers.length_at(place("men came")), None);
        assert_eq!(words.answers.length_at(place("of")), None);
    }

    #[test]
    fn a_language_without_a_file_has_no_words() {
        let none = QuestionWords::of("xx");
        assert!(none.tags.is_empty() && none.classes("what") == 0);
        assert!(QuestionWords::of("en").classes("what") & class::QUESTION_WORD != 0);
    }
}
