//! Options of stylometry that are one of several names.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::profile::Selection;
use crate::stylometry::{LinkWeight, StylometryError};
use crate::text::Voice;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Features {
    /// Words, under their keys.
    #[default]
    Words,
    /// Runs of n words.
    WordNgrams,
    /// Runs of n characters of the text as it stands, with spaces, punctuation and case.
    CharNgrams,
    /// Runs of n characters within words.
    InnerCharNgrams,
    /// Marks of punctuation, in percent of all marks.
    Punctuation,
    /// Words of the closed classes.
    FunctionWords,
    /// Markers of the lexicon, in percent of the words.
    Markers,
    /// Sentences by length, in percent of all sentences.
    SentenceLengths,
}

impl Features {
    /// Every kind with its name.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Words, "words"),
        (Self::WordNgrams, "word-ngrams"),
        (Self::CharNgrams, "char-ngrams"),
        (Self::InnerCharNgrams, "inner-char-ngrams"),
        (Self::Punctuation, "punctuation"),
        (Self::FunctionWords, "function-words"),
        (Self::Markers, "markers"),
        (Self::SentenceLengths, "sentence-lengths"),
    ];

    /// The name in options.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

impl FromStr for Features {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        of_name("kind of feature", name, &Self::ALL)
    }
}

/// Whose words are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceChoice {
    /// All of them.
    #[default]
    All,
    /// The author's own.
    Author,
    /// The quoted ones.
    Quoted,
}

impl VoiceChoice {
    /// The choice as a selection of voices.
    pub fn selection(self) -> Selection {
        match self {
            Self::All => Selection::All,
            Self::Author => Selection::Only(Voice::Author),
            Self::Quoted => Selection::Only(Voice::Quoted),
        }
    }
}

impl FromStr for VoiceChoice {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let all = [(Self::All, "all"), (Self::Author, "author"), (Self::Quoted, "quoted")];
        of_name("voice", name, &all)
    }
}

/// A kind of map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MapKind {
    /// Principal components of the frequencies as they are: the most frequent features weigh most.
    PcaCovariance,
    /// Principal components of z-scores: all features weigh alike.
    PcaCorrelation,
    /// Classical multidimensional scaling of the distances.
    Mds,
    /// t-SNE of the distances.
    Tsne,
}

impl MapKind {
    /// Every kind with its name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::PcaCovariance, "pca-covariance"),
        (Self::PcaCorrelation, "pca-correlation"),
        (Self::Mds, "mds"),
        (Self::Tsne, "tsne"),
    ];
}

impl FromStr for MapKind {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        of_name("kind of map", name, &Self::ALL)
    }
}

/// The name of a [`LinkWeight`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkWeightName {
    /// k, k − 1 … 1.
    #[default]
    Linear,
    /// Their squares.
    Square,
    /// Their logarithms, ln(1 + k) … ln 2.
    Logarithm,
}

impl LinkWeightName {
    /// The weight of this name.
    pub fn weight(self) -> LinkWeight {
        match self {
            Self::Linear => LinkWeight::Linear,
            Self::Square => LinkWeight::Square,
            Self::Logarithm => LinkWeight::Logarithm,
        }
    }
}

impl FromStr for LinkWeightName {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let all = [(Self::Linear, "linear"), (Self::Square, "square"), (Self::Logarithm, "logarithm")];
        of_name("weight", name, &all)
    }
}

/// Whose results are to be reproduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compatibility {
    /// The R package stylo 0.7.7.
    Stylo,
}

impl FromStr for Compatibility {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        of_name("program", name, &[(Self::Stylo, "stylo")])
    }
}

fn of_name<T: Copy>(what: &'static str, name: &str, all: &[(T, &str)]) -> Result<T, StylometryError> {
    all.iter().find(|(_, known)| *known == name).map(|(value, _)| *value).ok_or_else(|| {
        let known = all.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
        StylometryError::Unknown { what, name: name.to_owned(), known }
    })
}
