//! The format of a lexicon, and what is made of it: codes for words, phrases and their automaton.
//!
//! `build.rs` includes this file to compile the built-in lexicon, so it names nothing of the crate.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use serde::{Deserialize, Serialize};

/// The families of markers, in the order of tables and charts.
pub const FAMILIES: [&str; 6] = ["organise", "stance", "engage", "question", "voice", "label"];

/// Family and category of an entry that blocks shorter markers and is not counted itself.
const NONE: &str = "none";

/// A category of markers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Category {
    /// What it does: `organise`, `stance`, `engage`, `question`, `voice`, `label`.
    pub family: String,
    /// Which kind: `contrast`, `hedge`.
    pub category: String,
}

impl Category {
    /// Whether its hits are found by rule, in every language: it is a category of questions told by their
    /// marks. Tags and answers are told by words.
    pub fn is_found_by_rule(&self) -> bool {
        self.family == "question"
            && ["interrogative", "heading_question", "series"].contains(&self.category.as_str())
    }
}

/// Case that the words of a match must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
pub type WordSet = Vec<Code>;

/// An entry ready to be matched.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
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
    pub(crate) case: Case,
    pub(crate) position: Position,
    pub(crate) comma: Option<Comma>,
    pub(crate) before: Option<WordSet>,
    pub(crate) not_before: Option<WordSet>,
    pub(crate) after: Option<WordSet>,
    pub(crate) not_after: Option<WordSet>,
    pub(crate) number: Option<Number>,
}

/// A phrase of the automaton.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// Number of words.
    pub words: usize,
    /// Entries that have it, in the order of the file.
    pub entries: Vec<u32>,
}

/// A lexicon but for its automaton, as it is kept in the program.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Compiled {
    pub language: String,
    pub version: String,
    pub hash: String,
    pub categories: Vec<Category>,
    pub entries: Vec<Entry>,
    pub phrases: Vec<Phrase>,
    /// The words it knows, by [`code_of`].
    pub words: Vec<String>,
    pub numbers: WordSet,
}

/// Finds phrases; the value of each is its place in [`Compiled::phrases`].
pub type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// The folded words of a phrase.
pub type Words = fn(&str) -> Vec<String>;

/// Reads a lexicon; a failure says what is wrong, with the line of an entry.
pub fn compile(content: &str, words: Words) -> Result<(Compiled, Automaton), String> {
    let raw: RawLexicon = toml::from_str(content).map_err(|error| error.to_string())?;
    let mut builder = Builder { words_of: words, codes: HashMap::new(), phrases: BTreeMap::new() };
    let categories = categories(raw.entry.iter().map(|entry| {
        let entry = entry.get_ref();
        (entry.family.as_str(), entry.category.as_str())
    }));
    let sets: HashMap<&str, WordSet> =
        raw.sets.iter().map(|(name, words)| (name.as_str(), builder.set(words))).collect();
    let mut entries = Vec::with_capacity(raw.entry.len());
    let mut seen: HashMap<(String, String, String), Range<usize>> = HashMap::new();
    for spanned in raw.entry {
        let span = spanned.span();
        let entry = spanned.into_inner();
        let wrong = |reason: String| {
            let line = content[..span.start].lines().count() + 1;
            format!("line {line}, marker '{}': {reason}", entry.marker)
        };
        let id = entries.len() as u32;
        let mut words_of = |list: &Option<Vec<String>>| -> Result<Option<WordSet>, String> {
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
        return Err("has no [[entry]]".into());
    }
    let numbers = sets.get("number").cloned().unwrap_or_default();
    let (phrases, automaton) = builder.automaton()?;
    let mut words: Vec<(String, Code)> = builder.codes.into_iter().collect();
    words.sort_unstable_by_key(|(_, code)| *code);
    let compiled = Compiled {
        language: raw.language,
        version: raw.version,
        hash: blake3::hash(content.as_bytes()).to_hex().to_string(),
        categories,
        entries,
        phrases,
        words: words.into_iter().map(|(word, _)| word).collect(),
        numbers,
    };
    Ok((compiled, automaton))
}

/// The code of a word by its place in [`Compiled::words`].
pub fn code_of(place: usize) -> Code {
    // Codes start after NO_WORD and leave out the surrogates, which are no characters.
    let code = if place + 1 < 0xd800 { place + 1 } else { place + 1 + 0x800 };
    u32::try_from(code).ok().and_then(char::from_u32).unwrap_or(NO_WORD)
}

/// The categories of some entries, each with its family, and of questions, by family and then by name.
pub fn categories<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Category> {
    let categories: BTreeSet<(usize, &str)> = entries
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
pub const QUESTIONS: [&str; 5] = ["interrogative", "heading_question", "tag", "series", "hypophora"];

/// Words of a phrase; no marker of a language is longer.
const LONGEST_PHRASE: usize = 16;
/// Ways to read the alternatives of one phrase.
const MOST_ALTERNATIVES: usize = 256;

struct Builder {
    words_of: Words,
    codes: HashMap<String, Code>,
    phrases: BTreeMap<String, Phrase>,
}

impl Builder {
    fn code(&mut self, word: &str) -> Code {
        let next = code_of(self.codes.len());
        *self.codes.entry(word.to_owned()).or_insert(next)
    }

    fn words(&mut self, phrase: &str) -> Vec<Code> {
        (self.words_of)(phrase).iter().map(|word| self.code(word)).collect()
    }

    fn set(&mut self, words: &[String]) -> WordSet {
        let mut set: WordSet = words.iter().flat_map(|word| self.words(word)).collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// Adds every reading of `phrase`, whose slots may hold alternatives: `in my|our view`.
    fn phrase(&mut self, phrase: &str, entry: u32) -> Result<(), String> {
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

    fn automaton(&mut self) -> Result<(Vec<Phrase>, Automaton), String> {
        let (patterns, phrases): (Vec<String>, Vec<Phrase>) =
            std::mem::take(&mut self.phrases).into_iter().unzip();
        let patterns = patterns.into_iter().zip(0_u32..);
        let automaton =
            Automaton::with_values(patterns).map_err(|error| format!("cannot be compiled: {error}"))?;
        Ok((phrases, automaton))
    }
}
