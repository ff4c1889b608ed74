//! Closed word lists of a language, and what a word form is by them.

use std::borrow::Cow;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use serde::Deserialize;

use crate::error::{Error, Result};

/// What a word form is, as bits.
pub(super) type Traits = u32;

/// A function word, or an adverb or particle without content.
pub(super) const STOP: Traits = 1;
/// `the`, `my`, `every`.
pub(super) const DETERMINER: Traits = 1 << 1;
/// `he`, `something`, `there's`.
pub(super) const PRONOUN: Traits = 1 << 2;
/// `is`, `did`, `they've`.
pub(super) const AUXILIARY: Traits = 1 << 3;
/// `can`, `must`.
pub(super) const MODAL: Traits = 1 << 4;
/// `of`, `with`.
pub(super) const PREPOSITION: Traits = 1 << 5;
/// `and`, `or`, `but`, `nor`.
pub(super) const COORDINATOR: Traits = 1 << 6;
/// `that`, `because`.
pub(super) const SUBORDINATOR: Traits = 1 << 7;
/// `therefore`, `however`.
pub(super) const CONNECTIVE: Traits = 1 << 8;
/// Carries an anaphora of three members alone: `if`, `no`, `why`.
pub(super) const STRONG: Traits = 1 << 9;
/// `not`, `never`, `can't`.
pub(super) const NEGATION: Traits = 1 << 10;
/// Doubled on purpose though no content word: `never, never`.
pub(super) const DOUBLED: Traits = 1 << 11;
/// Doubled by grammar: `that that`.
pub(super) const GRAMMATICAL_DOUBLE: Traits = 1 << 12;
/// Litotes where denied: `unkind`, `without`.
pub(super) const LITOTES: Traits = 1 << 13;
/// Litotes after `no`: `small`.
pub(super) const LITOTES_NOUN: Traits = 1 << 14;
/// May stand between `not` and what it denies.
pub(super) const LITOTES_BETWEEN: Traits = 1 << 15;
/// Has an opposite in the list.
pub(super) const OPPOSED: Traits = 1 << 16;
/// Opens a frame of two members: `either`, `not`, `less`, `whereas`.
pub(super) const FRAME: Traits = 1 << 17;
/// `I`, `he`.
pub(super) const PERSONAL: Traits = 1 << 18;
/// `and`, `or`, `nor`: joins like to like.
pub(super) const JOINER: Traits = 1 << 19;
/// Begins with a capital.
pub(super) const CAPITAL: Traits = 1 << 20;
/// Holds a digit.
pub(super) const NUMBER: Traits = 1 << 21;
/// Ends in -ing.
pub(super) const ING: Traits = 1 << 22;
/// Ends in -ed.
pub(super) const ED: Traits = 1 << 23;
/// Ends in -ly.
pub(super) const LY: Traits = 1 << 24;
/// Has the ending of a noun of quality or action: -ness, -ity, -tion, -ment.
pub(super) const ABSTRACT: Traits = 1 << 25;
/// Has the ending of an adjective: -al, -ous, -ive, -ful.
pub(super) const ADJECTIVE: Traits = 1 << 26;
/// One letter.
pub(super) const LETTER: Traits = 1 << 27;
/// A verb in the past tense without -ed: `went`.
pub(super) const PAST: Traits = 1 << 28;

/// Ends in n't.
pub(super) const CONTRACTED_NOT: Traits = 1 << 29;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    stemming: String,
    determiners: String,
    pronouns: String,
    personal: String,
    auxiliaries: String,
    modals: String,
    prepositions: String,
    coordinators: String,
    joiners: String,
    past: String,
    subordinators: String,
    connectives: String,
    strong: String,
    negations: String,
    doubled: String,
    grammatical_doubles: String,
    others: String,
    lemmas: Vec<String>,
    litotes: String,
    litotes_words: String,
    litotes_nouns: String,
    litotes_between: String,
    antonyms: Vec<String>,
}

/// The closed word lists that rules for figures ask for.
///
/// English has them (`figures/en.toml`). For any other language there are none, and only those figures
/// are found that need none: see [`find`](super::find).
#[derive(Clone, Debug, Default)]
pub struct Lists {
    language: String,
    traits: HashMap<String, Traits, FixedState>,
    lemmas: HashMap<String, String, FixedState>,
    pairs: HashSet<(String, String), FixedState>,
    english: bool,
}

impl Lists {
    /// Whether there are lists for a language.
    pub fn exist(language: &str) -> bool {
        language == "en"
    }

    /// The built-in lists of a language, by its ISO 639-1 code; empty where there are none.
    ///
    /// # Errors
    /// If the built-in file does not parse, which a test excludes.
    pub fn built_in(language: &str) -> Result<Self> {
        match language {
            "en" => Self::parse(include_str!(concat!(env!("OUT_DIR"), "/figures_en.json"))),
            _ => Ok(Self { language: language.to_owned(), ..Self::default() }),
        }
    }

    fn parse(file: &str) -> Result<Self> {
        let wrong = |reason: String| Error::Language { code: "en (figures)".into(), reason };
        let file: File = serde_json::from_str(file).map_err(|error| wrong(error.to_string()))?;
        let mut lists =
            Self { language: file.language, english: file.stemming == "english", ..Self::default() };
        for (words, traits) in [
            (&file.determiners, STOP | DETERMINER),
            (&file.pronouns, STOP | PRONOUN),
            (&file.personal, STOP | PERSONAL),
            (&file.auxiliaries, STOP | AUXILIARY),
            (&file.modals, STOP | AUXILIARY | MODAL),
            (&file.prepositions, STOP | PREPOSITION),
            (&file.coordinators, STOP | COORDINATOR),
            (&file.joiners, JOINER),
            (&file.past, PAST),
            (&file.subordinators, STOP | SUBORDINATOR),
            (&file.connectives, STOP | CONNECTIVE),
            (&file.strong, STRONG),
            (&file.negations, STOP | NEGATION),
            (&file.doubled, DOUBLED),
            (&file.grammatical_doubles, GRAMMATICAL_DOUBLE),
            (&file.others, STOP),
            (&file.litotes, LITOTES),
            (&file.litotes_words, LITOTES),
            (&file.litotes_nouns, LITOTES_NOUN),
            (&file.litotes_between, LITOTES_BETWEEN),
        ] {
            for word in words.split_whitespace() {
                lists.add(word, traits);
            }
        }
        for frame in ["not", "either", "neither", "both", "less", "rather", "whereas", "whether", "on", "no"]
        {
            lists.add(frame, FRAME);
        }
        for pair in &file.lemmas {
            let (form, lemma) = pair.split_once(' ').ok_or_else(|| wrong(format!("no pair: {pair}")))?;
            lists.lemmas.insert(form.to_owned(), lemma.to_owned());
        }
        for pair in &file.antonyms {
            let (one, other) = pair.split_once(' ').ok_or_else(|| wrong(format!("no pair: {pair}")))?;
            lists.add(one, OPPOSED);
            lists.add(other, OPPOSED);
            let (one, other) = if one < other { (one, other) } else { (other, one) };
            lists.pairs.insert((one.to_owned(), other.to_owned()));
        }
        Ok(lists)
    }

    fn add(&mut self, word: &str, traits: Traits) {
        *self.traits.entry(word.to_owned()).or_default() |= traits;
    }

    /// ISO 639-1 code.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether there is no list, so that function words cannot be told from others.
    pub fn is_empty(&self) -> bool {
        self.traits.is_empty()
    }

    /// What the forms of a key are. A capital is a matter of the form.
    pub(super) fn traits(&self, key: &str) -> Traits {
        let mut traits = self.traits.get(key).copied().unwrap_or(0);
        let mut letters = key.chars().filter(|c| c.is_alphanumeric());
        if letters.next().is_some() && letters.next().is_none() {
            traits |= LETTER;
        }
        if key.contains(|c: char| c.is_numeric()) {
            traits |= NUMBER;
        }
        if key.ends_with("n't") {
            traits |= CONTRACTED_NOT;
        }
        if self.english && traits & STOP == 0 {
            traits |= ending(key);
        }
        traits
    }

    /// The pairs of opposites, by their keys.
    pub(super) fn opposites(&self) -> impl Iterator<Item = [&str; 2]> {
        self.pairs.iter().map(|(one, other)| [one.as_str(), other])
    }

    /// The lemma of a key, or what stands for it: inflected forms of one word mostly share it.
    pub(super) fn lemma<'k>(&'k self, key: &'k str) -> Cow<'k, str> {
        if !self.english {
            return Cow::Borrowed(key);
        }
        let key = key.strip_suffix("'s").or_else(|| key.strip_suffix('\'')).unwrap_or(key);
        without_inflection(self.lemmas.get(key).map_or(key, String::as_str))
    }

    /// The lemma without endings that make other words of it: `revolut` of *revolutionary*.
    pub(super) fn root<'l>(&self, lemma: &'l str) -> &'l str {
        if self.english { without_derivation(lemma) } else { lemma }
    }
}

/// What the ending of an English word tells.
fn ending(key: &str) -> Traits {
    // By last letter, each with the length that a word has at least; none is an ending of another.
    let endings: &[(&str, usize, Traits)] = match key.as_bytes().last() {
        Some(b'c') => &[("ic", 5, ADJECTIVE)],
        Some(b'd') => &[("ed", 5, ED), ("hood", 7, ABSTRACT)],
        Some(b'e') => &[
            ("ance", 6, ABSTRACT),
            ("ence", 6, ABSTRACT),
            ("ive", 6, ADJECTIVE),
            ("able", 6, ADJECTIVE),
            ("ible", 6, ADJECTIVE),
        ],
        Some(b'g') => &[("ing", 6, ING)],
        Some(b'h') => &[("ish", 6, ADJECTIVE)],
        Some(b'l') => &[("al", 5, ADJECTIVE), ("ful", 6, ADJECTIVE)],
        Some(b'm') => &[("ism", 6, ABSTRACT), ("dom", 6, ABSTRACT)],
        Some(b'n') => &[("tion", 6, ABSTRACT), ("sion", 6, ABSTRACT)],
        Some(b'p') => &[("ship", 7, ABSTRACT)],
        Some(b's') => &[("ness", 7, ABSTRACT), ("ous", 6, ADJECTIVE), ("less", 7, ADJECTIVE)],
        Some(b't') => &[("ment", 7, ABSTRACT)],
        Some(b'y') => &[("ly", 5, LY), ("ity", 6, ABSTRACT), ("ary", 6, ADJECTIVE)],
        _ => &[],
    };
    let found = endings.iter().find(|(ending, length, _)| key.len() >= *length && key.ends_with(ending));
    found.map_or(0, |(_, _, traits)| *traits)
}

fn has_vowel(stem: &str) -> bool {
    stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// Takes off -s, -ed, -ing and what they changed; a final e goes too, so that *hope* and *hoping* meet.
fn without_inflection(key: &str) -> Cow<'_, str> {
    if !key.is_ascii() || key.len() < 4 {
        return Cow::Borrowed(key);
    }
    if let Some(head) = key.strip_suffix("ies").or_else(|| key.strip_suffix("ied")) {
        return Cow::Owned(format!("{head}y"));
    }
    let length = if ["sses", "xes", "ches", "shes", "zes"].iter().any(|ending| key.ends_with(ending)) {
        key.len() - 2
    } else if key.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| key.ends_with(ending)) {
        key.len() - 1
    } else if let Some(head) = key.strip_suffix("ing").or_else(|| key.strip_suffix("ed"))
        && head.len() >= 3
        && has_vowel(head)
    {
        let bytes = head.as_bytes();
        let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
        let undouble = doubled && !matches!(bytes[bytes.len() - 1], b'l' | b's' | b'z' | b'f' | b'e' | b'o');
        head.len() - usize::from(undouble)
    } else {
        key.len()
    };
    let stem = &key[..length];
    Cow::Borrowed(if stem.len() > 3 { stem.strip_suffix('e').unwrap_or(stem) } else { stem })
}

/// Takes off up to three endings of derivation, as long as four letters stay.
fn without_derivation(lemma: &str) -> &str {
    if !lemma.is_ascii() {
        return lemma;
    }
    let mut root = lemma;
    for _ in 0..3 {
        // By last letter, longer ones first.
        let suffixes: &[&str] = match root.as_bytes().last() {
            Some(b'c') => &["anc", "enc", "ic"],
            Some(b'd') => &["hood"],
            Some(b'e') => &["ance", "ence"],
            Some(b'l') => &["abl", "ibl", "ful", "al"],
            Some(b'm') => &["ism", "dom"],
            Some(b'n') => &["ization", "isation", "ation", "ition", "ian", "ion"],
            Some(b'p') => &["ship"],
            Some(b'r') => &["er", "or"],
            Some(b's') => &["iveness", "fulness", "ousness", "ness", "less", "ous", "is"],
            Some(b't') => &["ment", "ist", "ant", "ent", "it"],
            Some(b'v') => &["iv"],
            Some(b'y') => &["ability", "ibility", "ity", "ary", "ly"],
            Some(b'z') => &["iz"],
            _ => &[],
        };
        let found = suffixes
            .iter()
            .find(|suffix| root.len() >= suffix.len() + 4 && root.ends_with(**suffix))
            .map(|suffix| suffix.len());
        let Some(length) = found else { break };
        root = &root[..root.len() - length];
    }
    if root.len() < lemma.len() && root.len() > 4 {
        root = root.strip_suffix(['e', 'i', 'y']).unwrap_or(root);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_file_is_sound() {
        let lists = Lists::built_in("en").unwrap();
        assert!(!lists.is_empty() && lists.language() == "en");
        assert!((300..=600).contains(&lists.pairs.len()), "{}", lists.pairs.len());
        assert!(lists.opposites().any(|pair| pair == ["evil", "good"]));
        assert!(!lists.opposites().any(|pair| pair == ["good", "good"]));
        assert!(lists.pairs.iter().all(|(one, other)| one < other));
        assert!(Lists::built_in("fr").unwrap().is_empty());
    }

    #[test]
    fn inflected_forms_share_a_lemma() {
        let lists = Lists::built_in("en").unwrap();
        for forms in [
            ["hope", "hoping"],
            ["trusts", "trusted"],
            ["stopped", "stop"],
            ["cities", "city"],
            ["classes", "class"],
            ["men", "man's"],
            ["wrote", "write"],
            ["fails", "failing"],
        ] {
            assert_eq!(lists.lemma(forms[0]), lists.lemma(forms[1]), "{forms:?}");
        }
        for forms in [["king", "kin"], ["need", "nee"], ["bring", "br"], ["bus", "bu"]] {
            assert_ne!(lists.lemma(forms[0]), lists.lemma(forms[1]), "{forms:?}");
        }
    }

    #[test]
    fn words_of_a_family_share_a_root() {
        let lists = Lists::built_in("en").unwrap();
        let root = |word: &str| lists.root(&lists.lemma(word)).to_owned();
        assert_eq!(root("revolutions"), root("revolutionary"));
        assert_eq!(root("nation"), root("national"));
        assert_eq!(root("Trotskyist"), root("Trotskyism"));
        assert_ne!(root("party"), root("part"));
        assert_ne!(root("ration"), root("rate"));
    }
}
