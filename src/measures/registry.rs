//! The one list of measures: every column of `documents.csv` and `voices.csv`, every row of `measures.csv`,
//! every line of the data dictionary and every answer of `rhetor explain` comes from it.

mod counts;
mod diversity;
mod punctuation;
mod readability;
mod sentences;

use super::intervals::Interval;
use super::outcome::{Flag, Outcome};
use super::passage::Passage;

/// What a measure rests on: it decides its n and its flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The words counted; flagged below 100.
    Words,
    /// The sentences of prose; flagged below 30.
    Sentences,
}

/// What must be known of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Counts that merge: the measure is a column of `documents.csv` and `voices.csv` too.
    Counts,
    /// The words and sentences in their order.
    Text,
}

/// What a greater value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A richer vocabulary.
    Richer,
    /// A poorer, more repetitive vocabulary.
    Poorer,
    /// A text that is harder to read.
    Harder,
    /// A text that is easier to read.
    Easier,
    /// Neither better nor worse; the name says what.
    More,
}

impl Direction {
    /// What is said of a greater value.
    pub fn name(self) -> &'static str {
        match self {
            Self::Richer => "greater is richer",
            Self::Poorer => "greater is more repetitive",
            Self::Harder => "greater is harder to read",
            Self::Easier => "greater is easier to read",
            Self::More => "greater is more",
        }
    }
}

/// One measure in one variant.
#[derive(Debug)]
pub struct Measure {
    /// Its name, with the variant after colons.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// What a greater value means.
    pub direction: Direction,
    /// Published source.
    pub source: &'static str,
    /// When it is not defined; empty for counts, which always are.
    pub undefined: &'static str,
    /// What it rests on.
    pub basis: Basis,
    /// What must be known of a text.
    pub needs: Needs,
    /// How its 95 % interval is found, or why it has none.
    pub interval: Interval,
    /// The computation.
    pub compute: fn(&Passage) -> Outcome,
}

impl Measure {
    /// Name of its column in `documents.csv` and `voices.csv`: the id with `_` for `:` and `.`, as names of
    /// variables are in R and Python.
    pub fn column(&self) -> String {
        self.id.replace([':', '.'], "_")
    }

    /// Whether it counts, and so is a whole number and always defined.
    pub fn is_count(&self) -> bool {
        self.undefined.is_empty()
    }

    /// What it says: name, direction, and when it is not defined.
    pub fn meaning(&self) -> String {
        let undefined = match self.undefined {
            "" => String::new(),
            when => format!("; empty when: {when}"),
        };
        format!("{}; {}{undefined}", self.name, self.direction.name())
    }

    /// Number of words or sentences it rests on.
    pub fn n(&self, passage: &Passage) -> u64 {
        match self.basis {
            Basis::Words => passage.spectrum.tokens(),
            Basis::Sentences => passage.sums.reading.sentences,
        }
    }

    /// Why its value may bear no claim.
    pub fn flag(&self, passage: &Passage) -> Option<Flag> {
        match self.basis {
            Basis::Words => passage.spectrum.flag(),
            Basis::Sentences => (self.n(passage) < 30).then_some(Flag::FewSentences),
        }
    }
}

/// An entry: basis, id, name, formula, unit, direction, source, undefined when, interval, computation.
macro_rules! entry {
    ($basis:ident, $id:literal, $name:literal, $formula:literal, $unit:literal, $direction:ident, $source:literal,
     $undefined:literal, $interval:expr, $compute:expr) => {
        Measure {
            id: $id,
            name: $name,
            formula: $formula,
            unit: $unit,
            direction: Direction::$direction,
            source: $source,
            undefined: $undefined,
            basis: Basis::$basis,
            needs: Needs::Text,
            interval: $interval,
            compute: $compute,
        }
    };
}
use entry;

/// The measures by subject. N tokens, V types, Vᵢ types that occur i times, M₂ = Σ i²·Vᵢ; S sentences of prose
/// and W the words in them, Y syllables, L letters and digits, P words of three or more syllables, H hard words,
/// M words of one syllable, G words of seven or more letters, D percentage of unfamiliar words; xₜ words of the
/// sentence t, Q paragraphs.
static SUBJECTS: [(&str, &[Measure]); 5] = [
    ("counts", counts::MEASURES),
    ("vocabulary", diversity::MEASURES),
    ("sentences", sentences::MEASURES),
    ("readability", readability::MEASURES),
    ("punctuation", punctuation::MEASURES),
];

/// Every measure with its subject.
pub fn subjects() -> impl Iterator<Item = (&'static str, &'static Measure)> {
    SUBJECTS.iter().flat_map(|(subject, measures)| measures.iter().map(move |measure| (*subject, measure)))
}

/// Every measure of a single text, in the order of rows and columns.
pub fn measures() -> impl Iterator<Item = &'static Measure> {
    subjects().map(|(_, measure)| measure)
}

/// The measures that are columns of `documents.csv` and `voices.csv`, in their order.
pub fn columns() -> impl Iterator<Item = &'static Measure> {
    measures().filter(|measure| measure.needs == Needs::Counts)
}

/// The measure with this id, or with this column.
pub fn measure(id: &str) -> Option<&'static Measure> {
    measures().find(|measure| measure.id == id).or_else(|| columns().find(|measure| measure.column() == id))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::measures::testing::full;
    use crate::profile::{Profile, Selection};

    #[test]
    fn every_measure_is_described_once_and_undefined_or_finite() {
        let ids: HashSet<_> = measures().map(Measure::column).collect();
        assert_eq!(ids.len(), measures().count());
        let full = full();
        for entry in measures() {
            let Measure { id, name, formula, source, undefined, .. } = entry;
            assert!(!name.is_empty() && !formula.is_empty() && !source.is_empty(), "{id}");
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:.".contains(c);
            assert!(id.chars().all(plain), "{id}");
            let empty = (entry.compute)(&Passage::default());
            assert!(
                empty == Ok(0.0) && undefined.is_empty() || empty.is_err() && !undefined.is_empty(),
                "{id}"
            );
            let long = ["mattr:500", "expected_types:1000"].contains(id);
            match (entry.compute)(&full) {
                Ok(value) => assert!(value.is_finite() && !long, "{id}"),
                Err(reason) => assert!(long, "{id}: {reason:?}"),
            }
            assert_eq!(measure(id).map(|found| found.id), Some(*id));
        }
        assert!(measure("mtld").is_none());
        assert_eq!(measure("sentence_length_mean").map(|found| found.id), Some("sentence_length:mean"));
    }

    #[test]
    fn columns_need_nothing_but_counts() {
        for entry in columns() {
            let passage = Passage::of_profile(&Profile::default(), Selection::All);
            let value = (entry.compute)(&passage);
            assert!(
                value == Ok(0.0) && entry.is_count() || value.is_err() && !entry.is_count(),
                "{}",
                entry.id
            );
        }
        let first: Vec<_> = columns().map(|entry| entry.id).take(3).collect();
        assert_eq!(first, ["words", "types", "hapaxes"]);
    }
}
