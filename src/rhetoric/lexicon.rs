//! The marker lexicon: data in TOML, one file a language, checked when it is loaded.
//!
//! An entry is a phrase with the constraints that make it a marker. The format is explained at the head
//! of `lexicon/en.toml`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::text::{fold, for_each_word};

const ENGLISH: &str = include_str!("lexicon/en.toml");

/// The families of markers, in the order of tables and charts.
pub const FAMILIES: [&str; 6] = ["organise", "stance", "engage", "question", "voice", "label"];

/// Family and category of an entry that blocks shorter markers and is not counted itself.
const NONE: &str = "none";

/// A category of markers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Category {
    /// What it does: `organise`, `stance`, `engage`, `question`, `voice`, `label`.
    pub family: String,
    /// Which kind: `contrast`, `hedge`.
    pub category: String,
}

impl Category {
    /// Whether its hits are found by rule, in every language: it is a category of questions.
    pub fn is_found_by_rule(&self) -> bool {
        self.family == "question" && QUESTIONS.contains(&self.category.as_str())
    }
}

/// Case that the words of a match must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// No condition.
    #[default]
    Any,
    /// No upper-case letter, unless the match opens its sentence.
    Lower,
    /// The first letter is upper case.
    Capital,
    /// Every letter is upper case.
    Upper,
}

/// Place that a match must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// No condition.
    #[default]
    Anywhere,
    /// No word stands before it in its sentence.
    SentenceInitial,
    /// It opens its sentence, or follows a comma, semicolon, colon, bracket, dash or quotation mark.
    ClauseInitial,
    /// It follows a comma.
    AfterComma,
    /// A word stands before it in its sentence.
    Medial,
}

/// Commas that must stand around a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comma {
    /// Right after it.
    After,
    /// Right before it.
    Before,
    /// On both sides.
    Both,
}

/// Whether a number must follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// A number follows.
    After,
    /// No number follows.
    NotAfter,
}

/// An entry as written in the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    marker: String,
    phrases: Vec<String>,
    family: String,
    category: String,
    #[serde(default)]
    sense: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    case: Case,
    #[serde(default)]
    position: Position,
    comma: Option<Comma>,
    before: Option<Vec<String>>,
    not_before: Option<Vec<String>>,
    after: Option<Vec<String>>,
    not_after: Option<Vec<String>>,
    number: Option<Number>,
    precision: Option<f64>,
    n: Option<u64>,
    source: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLexicon {
    language: String,
    version: String,
    #[serde(default)]
    sets: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    entry: Vec<toml::Spanned<RawEntry>>,
}

/// A word of the lexicon as a character, the symbol that the automaton reads.
///
/// `NO_WORD` stands for every word the lexicon does not know.
pub type Code = char;

/// The code of a word that no entry mentions.
pub const NO_WORD: Code = '\0';

/// A set of words, as codes in ascending order.
pub(super) type WordSet = Vec<Code>;

/// An entry ready to be matched.
#[derive(Debug)]
pub struct Entry {
    /// Name of the marker.
    pub marker: String,
    /// Its category; none for an entry that only blocks shorter ones.
    pub category: Option<u16>,
    /// PDTB-3 sense of a discourse connective, else empty.
    pub sense: String,
    /// Name of the rule that lets it in.
    pub rule: String,
    /// Precision where it was measured, with the number of occurrences and the source.
    pub measured: Option<(f64, u64, String)>,
    /// A remark for readers.
    pub note: String,
    pub(super) case: Case,
    pub(super) position: Position,
    pub(super) comma: Option<Comma>,
    pub(super) before: Option<WordSet>,
    pub(super) not_before: Option<WordSet>,
    pub(super) after: Option<WordSet>,
    pub(super) not_after: Option<WordSet>,
    pub(super) number: Option<Number>,
}

/// A phrase of the automaton.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Number of words.
    pub words: usize,
    /// Entries that have it, in the order of the file.
    pub entries: Vec<u32>,
}

/// A compiled lexicon.
pub struct Lexicon {
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Version as stated in the file.
    pub version: String,
    /// BLAKE3 of the file, in hexadecimal.
    pub hash: String,
    /// Categories of its markers and of the questions found by rule, by family and then name.
    pub categories: Vec<Category>,
    /// Its entries, in the order of the file.
    pub entries: Vec<Entry>,
    pub(super) phrases: Vec<Phrase>,
    /// None without entries.
    pub(super) automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    codes: HashMap<String, Code>,
    /// Words for numbers, from the set `number`.
    pub(super) numbers: WordSet,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lexicon")
            .field("language", &self.language)
            .field("version", &self.version)
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
        match language {
            "en" => Self::parse("en.toml (built in)", ENGLISH),
            other => Ok(Self::without_entries(other)),
        }
    }

    fn without_entries(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            version: String::new(),
            hash: String::new(),
            categories: categories(&[]),
            entries: Vec::new(),
            phrases: Vec::new(),
            automaton: None,
            codes: HashMap::new(),
            numbers: WordSet::new(),
        }
    }

    /// Reads a lexicon. `name` is what messages call it.
    ///
    /// # Errors
    /// If the file is not TOML of the format, or an entry names an unknown family or set, has an empty
    /// or overlong phrase, or repeats another: the message names the line.
    pub fn parse(name: &str, content: &str) -> Result<Self> {
        let wrong = |reason: String| Error::Lexicon { name: name.to_owned(), reason };
        let raw: RawLexicon = toml::from_str(content).map_err(|error| wrong(error.to_string()))?;
        let mut builder = Builder::default();
        let categories = categories(&raw.entry);
        let sets: HashMap<&str, WordSet> =
            raw.sets.iter().map(|(name, words)| (name.as_str(), builder.set(words))).collect();
        let mut entries = Vec::with_capacity(raw.entry.len());
        let mut seen: HashMap<(String, String, String), Range<usize>> = HashMap::new();
        for spanned in raw.entry {
            let span = spanned.span();
            let entry = spanned.into_inner();
            let wrong = |reason: String| {
                let line = content[..span.start].lines().count() + 1;
                wrong(format!("line {line}, marker '{}': {reason}", entry.marker))
            };
            let id = entries.len() as u32;
            let mut words_of = |list: &Option<Vec<String>>| -> Result<Option<WordSet>> {
                let Some(list) = list else { return Ok(None) };
                let mut set = WordSet::new();
                for item in list {
                    match item.strip_prefix('%') {
                        Some(name) => {
                            let words = sets
                                .get(name)
                                .ok_or_else(|| wrong(format!("there is no set '{name}' under [sets]")))?;
                            set.extend(words);
                        }
                        None => set.extend(builder.set(std::slice::from_ref(item))),
                    }
                }
                set.sort_unstable();
                set.dedup();
                Ok(Some(set))
            };
            let before = words_of(&entry.before)?;
            let not_before = words_of(&entry.not_before)?;
            let after = words_of(&entry.after)?;
            let not_after = words_of(&entry.not_after)?;
            let category = categories
                .iter()
                .position(|known| known.family == entry.family && known.category == entry.category);
            if category.is_none() && (entry.family != NONE || entry.category != NONE) {
                return Err(wrong(format!(
                    "unknown family '{}'. The families are {}; an entry that only blocks has family and \
                     category 'none'",
                    entry.family,
                    FAMILIES.join(", ")
                )));
            }
            if entry.phrases.is_empty() {
                return Err(wrong("has no phrase".into()));
            }
            for phrase in &entry.phrases {
                let key = (phrase.clone(), entry.rule.clone(), entry.category.clone());
                if let Some(first) = seen.insert(key, span.clone()) {
                    let line = content[..first.start].lines().count() + 1;
                    return Err(wrong(format!(
                        "phrase '{phrase}' is there already with the same rule and category, in line {line}"
                    )));
                }
                builder.phrase(phrase, id).map_err(wrong)?;
            }
            let rule = if entry.rule.is_empty() { "phrase".to_owned() } else { entry.rule.clone() };
            entries.push(Entry {
                marker: entry.marker,
                category: category.map(|index| index as u16),
                sense: entry.sense,
                rule,
                measured: entry
                    .precision
                    .map(|precision| (precision, entry.n.unwrap_or(0), entry.source.unwrap_or_default())),
                note: entry.note.unwrap_or_default(),
                case: entry.case,
                position: entry.position,
                comma: entry.comma,
                before,
                not_before,
                after,
                not_after,
                number: entry.number,
            });
        }
        if entries.is_empty() {
            return Err(wrong("has no [[entry]]".into()));
        }
        let numbers = sets.get("number").cloned().unwrap_or_default();
        let (phrases, automaton) = builder.automaton().map_err(wrong)?;
        Ok(Self {
            language: raw.language,
            version: raw.version,
            hash: blake3::hash(content.as_bytes()).to_hex().to_string(),
            categories,
            entries,
            phrases,
            automaton: Some(automaton),
            codes: builder.codes,
            numbers,
        })
    }

    /// The code of a folded word.
    pub(super) fn code(&self, word: &str) -> Code {
        self.codes.get(word).copied().unwrap_or(NO_WORD)
    }

    /// The place of a category in [`Lexicon::categories`].
    pub fn category(&self, family: &str, category: &str) -> Option<u16> {
        self.categories
            .iter()
            .position(|known| known.family == family && known.category == category)
            .map(|index| index as u16)
    }
}

/// The categories of some entries and of questions, by family and then by name.
fn categories(entries: &[toml::Spanned<RawEntry>]) -> Vec<Category> {
    let categories: BTreeSet<(usize, &str)> = entries
        .iter()
        .map(|entry| (entry.get_ref().family.as_str(), entry.get_ref().category.as_str()))
        .chain(QUESTIONS.map(|category| ("question", category)))
        .filter_map(|(family, category)| {
            Some((FAMILIES.iter().position(|known| *known == family)?, category))
        })
        .collect();
    categories
        .into_iter()
        .map(|(family, category)| Category {
            family: FAMILIES[family].to_owned(),
            category: category.to_owned(),
        })
        .collect()
}

/// Categories of questions, which are found by rule and not by phrase.
pub(super) const QUESTIONS: [&str; 2] = ["interrogative", "heading_question"];

/// Words of a phrase; no marker of a language is longer.
const LONGEST_PHRASE: usize = 16;
/// Ways to read the alternatives of one phrase.
const MOST_ALTERNATIVES: usize = 256;

#[derive(Default)]
struct Builder {
    codes: HashMap<String, Code>,
    phrases: BTreeMap<String, Phrase>,
}

impl Builder {
    fn code(&mut self, word: &str) -> Code {
        let next = self.codes.len() as u32;
        *self.codes.entry(word.to_owned()).or_insert_with(|| {
            // Codes start after NO_WORD and leave out the surrogates, which are no characters.
            let code = if next + 1 < 0xd800 { next + 1 } else { next + 1 + 0x800 };
            char::from_u32(code).unwrap_or(NO_WORD)
        })
    }

    fn words(&mut self, phrase: &str) -> Vec<Code> {
        let mut words = Vec::new();
        for_each_word(phrase, |range| words.push(fold(&phrase[range]).into_owned()));
        words.iter().map(|word| self.code(word)).collect()
    }

    fn set(&mut self, words: &[String]) -> WordSet {
        let mut set: WordSet = words.iter().flat_map(|word| self.words(word)).collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// Adds every reading of `phrase`, whose slots may hold alternatives: `in my|our view`.
    fn phrase(&mut self, phrase: &str, entry: u32) -> std::result::Result<(), String> {
        let mut readings = vec![String::new()];
        for slot in phrase.split_whitespace() {
            let alternatives: Vec<&str> = slot.split('|').collect();
            readings = readings
                .iter()
                .flat_map(|reading| alternatives.iter().map(move |word| format!("{reading} {word}")))
                .collect();
            if readings.len() > MOST_ALTERNATIVES {
                return Err(format!("phrase '{phrase}' has more than {MOST_ALTERNATIVES} readings"));
            }
        }
        for reading in readings {
            let words = self.words(&reading);
            if words.is_empty() {
                return Err(format!("phrase '{phrase}' holds no word"));
            }
            if words.len() > LONGEST_PHRASE {
                return Err(format!(
                    "a phrase has {} words, more than {LONGEST_PHRASE}: '{}…'",
                    words.len(),
                    reading.trim().chars().take(40).collect::<String>()
                ));
            }
            let entries = &mut self
                .phrases
                .entry(words.iter().collect())
                .or_insert_with(|| Phrase { words: words.len(), entries: Vec::new() })
                .entries;
            if entries.last() != Some(&entry) {
                entries.push(entry);
            }
        }
        Ok(())
    }

    fn automaton(
        &mut self,
    ) -> std::result::Result<(Vec<Phrase>, CharwiseDoubleArrayAhoCorasick<u32>), String> {
        let (patterns, phrases): (Vec<String>, Vec<Phrase>) =
            std::mem::take(&mut self.phrases).into_iter().unzip();
        let patterns = patterns.into_iter().zip(0_u32..);
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(patterns)
            .map_err(|error| format!("cannot be compiled: {error}"))?;
        Ok((phrases, automaton))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(content: &str) -> String {
        Lexicon::parse("test", content).unwrap_err().to_string()
    }

    const HEAD: &str = "language = \"en\"\nversion = \"1\"\n";

    fn entry(rest: &str) -> String {
        format!("{HEAD}[[entry]]\nmarker = \"m\"\nfamily = \"stance\"\ncategory = \"hedge\"\n{rest}\n")
    }

    #[test]
    fn the_built_in_lexicon_is_sound() {
        let lexicon = Lexicon::built_in("en").unwrap();
        assert!(lexicon.entries.len() > 200, "{}", lexicon.entries.len());
        for category in ["contrast", "cause", "condition"] {
            assert!(lexicon.category("organise", category).is_some(), "{category}");
        }
        for category in ["hedge", "booster", "intensifier", "self_mention"] {
            assert!(lexicon.category("stance", category).is_some(), "{category}");
        }
        assert!(lexicon.category("engage", "reader_address").is_some());
        assert!(lexicon.category("question", "interrogative").is_some());
    }

    #[test]
    fn a_bad_entry_is_named_with_its_line() {
        let message = error(&entry("phrases = [\"a\"]\nbefore = [\"%none\"]"));
        assert!(message.contains("line 3") && message.contains("set 'none'"), "{message}");
        assert!(error(&entry("phrases = [\" \"]")).contains("holds no word"));
        assert!(error(&entry("phrases = []")).contains("has no phrase"));
        assert!(error(&entry("phrases = [\"a\", \"a\"]")).contains("there already"));
        assert!(error(&entry("phrase = [\"a\"]")).contains("phrase"));
        assert!(error(&entry(&format!("phrases = [\"{}\"]", "a ".repeat(10_000)))).contains("10000 words"));
        assert!(error(HEAD).contains("no [[entry]]"));
        let unknown = entry("phrases = [\"a\"]").replace("stance", "stanza");
        assert!(error(&unknown).contains("unknown family 'stanza'"));
    }

    #[test]
    fn alternatives_are_readings() {
        let lexicon = Lexicon::parse("test", &entry("phrases = [\"in my|our view|opinion\"]")).unwrap();
        assert_eq!(lexicon.phrases.len(), 4);
    }
}
