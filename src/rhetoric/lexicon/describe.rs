//! The conditions of an entry in a few words.

use super::format::{Case, Entry, Number, Position, Side, WordSet};

impl Entry {
    /// Its conditions in short, in the order in which they are tried: `before 12 words; comma after`. Empty if it
    /// has none.
    pub fn conditions(&self) -> String {
        let words = |name: &str, set: &Option<WordSet>| {
            let number = set.as_ref()?.len();
            Some(format!("{name} {number} {}", if number == 1 { "word" } else { "words" }))
        };
        let side = |name: &str, side: Option<Side>| {
            let side = match side? {
                Side::After => "after",
                Side::Before => "before",
                Side::Both => "both",
                Side::Either => "either",
            };
            Some(format!("{name} {side}"))
        };
        let case = match self.case {
            Case::Any => None,
            Case::Lower => Some("case lower"),
            Case::Capital => Some("case capital"),
            Case::Upper => Some("case upper"),
        };
        let position = match self.position {
            Position::Anywhere => None,
            Position::SentenceInitial => Some("sentence_initial"),
            Position::ClauseInitial => Some("clause_initial"),
            Position::AfterComma => Some("after_comma"),
            Position::Medial => Some("medial"),
        };
        let number = self.number.map(|number| match number {
            Number::After => "number after",
            Number::NotAfter => "number not_after",
        });
        let conditions = [
            words("before", &self.before),
            words("not_before", &self.not_before),
            words("after", &self.after),
            words("not_after", &self.not_after),
            words("except", &self.except),
            case.map(str::to_owned),
            position.map(str::to_owned),
            side("comma", self.comma),
            side("quotation", self.quotation),
            number.map(str::to_owned),
        ];
        conditions.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}
