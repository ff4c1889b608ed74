//! Kinds of features that are made from words or characters.

use std::fmt;
use std::str::FromStr;

use crate::stylometry::error::StylometryError;

/// What is counted. Written as `words`, `words-2`, `characters-3`, `stylo-characters-3`,
/// `inner-characters-2`.
///
/// ```
/// use rhetor::stylometry::FeatureKind;
/// let kind: FeatureKind = "stylo-characters-3".parse().unwrap();
/// let mut grams = Vec::new();
/// kind.for_each(&["of", "a"], "of a", |gram| grams.push(gram.to_owned()));
/// assert_eq!(grams, ["o f  ", "f   a"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeatureKind {
    /// Runs of this many consecutive words, joined by spaces; 1 is the words themselves.
    Words(usize),
    /// Runs of this many consecutive characters of the text as it stands, punctuation and case included;
    /// each run of white space is one space.
    Characters(usize),
    /// Character n-grams as stylo 0.7.7 makes them: the words joined by single spaces, n consecutive
    /// characters of that, shown with a space between them. They cross the borders of words.
    StyloCharacters(usize),
    /// Character n-grams within words, never across a border.
    InnerCharacters(usize),
}

impl FeatureKind {
    /// Calls `feature` with every feature of a text in order, given its `words` and the `text` itself, of
    /// which only [`FeatureKind::Characters`] takes note.
    pub fn for_each(self, words: &[&str], text: &str, mut feature: impl FnMut(&str)) {
        match self {
            Self::Words(1) => words.iter().for_each(|word| feature(word)),
            Self::Words(n) => {
                let mut gram = String::new();
                for run in words.windows(n.max(1)) {
                    gram.clear();
                    for (place, word) in run.iter().enumerate() {
                        if place > 0 {
                            gram.push(' ');
                        }
                        gram.push_str(word);
                    }
                    feature(&gram);
                }
            }
            Self::Characters(n) => {
                let mut spaced = true;
                let characters = text.chars().filter_map(|character| {
                    let space = character.is_whitespace();
                    let kept = (!(space && spaced)).then_some(if space { ' ' } else { character });
                    spaced = space;
                    kept
                });
                windows(characters, n, "", &mut feature);
            }
            Self::StyloCharacters(n) => {
                let characters = words
                    .iter()
                    .enumerate()
                    .flat_map(|(place, word)| (place > 0).then_some(' ').into_iter().chain(word.chars()));
                windows(characters, n, " ", &mut feature);
            }
            Self::InnerCharacters(n) => {
                for word in words {
                    windows(word.chars(), n, "", &mut feature);
                }
            }
        }
    }
}

/// Every `n` consecutive characters, with `between` between them.
fn windows(characters: impl Iterator<Item = char>, n: usize, between: &str, feature: &mut impl FnMut(&str)) {
    let n = n.max(1);
    let mut ring = std::collections::VecDeque::with_capacity(n);
    let mut gram = String::new();
    for character in characters {
        if ring.len() == n {
            ring.pop_front();
        }
        ring.push_back(character);
        if ring.len() == n {
            gram.clear();
            for (place, character) in ring.iter().enumerate() {
                if place > 0 {
                    gram.push_str(between);
                }
                gram.push(*character);
            }
            feature(&gram);
        }
    }
}

impl fmt::Display for FeatureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(1) => f.write_str("words"),
            Self::Words(n) => write!(f, "words-{n}"),
            Self::Characters(n) => write!(f, "characters-{n}"),
            Self::StyloCharacters(n) => write!(f, "stylo-characters-{n}"),
            Self::InnerCharacters(n) => write!(f, "inner-characters-{n}"),
        }
    }
}

impl FromStr for FeatureKind {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let unknown = || StylometryError::Unknown {
            what: "kind of feature",
            name: name.to_owned(),
            known: "words, words-N, characters-N, stylo-characters-N, inner-characters-N with N from 1 to 20"
                .to_owned(),
        };
        if name == "words" {
            return Ok(Self::Words(1));
        }
        let (kind, n) = name.rsplit_once('-').ok_or_else(unknown)?;
        let n = n.parse().ok().filter(|n| (1..=20).contains(n)).ok_or_else(unknown)?;
        match kind {
            "words" => Ok(Self::Words(n)),
            "characters" => Ok(Self::Characters(n)),
            "stylo-characters" => Ok(Self::StyloCharacters(n)),
            "inner-characters" => Ok(Self::InnerCharacters(n)),
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(kind: &str, words: &[&str], text: &str) -> Vec<String> {
        let mut found = Vec::new();
        kind.parse::<FeatureKind>().unwrap().for_each(words, text, |feature| found.push(feature.to_owned()));
        found
    }

    #[test]
    fn every_kind() {
        let words = ["in", "the", "beginning"];
        assert_eq!(features("words", &words, ""), words);
        assert_eq!(features("words-2", &words, ""), ["in the", "the beginning"]);
        assert_eq!(features("words-4", &words, ""), [""; 0]);
        assert_eq!(features("characters-2", &[], "  It's\n\t a"), ["It", "t'", "'s", "s ", " a"]);
        assert_eq!(features("stylo-characters-2", &["一", "ab"], ""), ["一  ", "  a", "a b"]);
        assert_eq!(features("inner-characters-2", &["宝玉笑", "道", "ab"], ""), ["宝玉", "玉笑", "ab"]);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["words", "words-3", "characters-1", "stylo-characters-3", "inner-characters-2"] {
            assert_eq!(name.parse::<FeatureKind>().unwrap().to_string(), name);
        }
        assert_eq!("words-1".parse::<FeatureKind>().unwrap().to_string(), "words");
        for name in ["", "word", "words-0", "words-21", "characters", "chars-3", "words--1"] {
            assert!(name.parse::<FeatureKind>().is_err(), "{name}");
        }
    }
}
