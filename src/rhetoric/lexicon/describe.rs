//! The conditions of an entry in a few words.

use super::Lexicon;
use super::format::{Case, Entry, Number, Position, SetId, Side};

impl Lexicon {
    /// The conditions of one of its entries in short, in the order in which they are tried: `before 12 words; comma after`. Empty if it
    /// has none.
    pub fn conditions(&self, entry: &Entry) -> String {
        let conditions = entry.conditions;
        let words = |name: &str, set: Option<SetId>| {
            let number = self.index.sets.of(set?).len();
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
        let case = match conditions.case {
            Case::Any => None,
            Case::Lower => Some("case lower"),
            Case::Capital => Some("case capital"),
            Case::Upper => Some("case upper"),
        };
        let position = match conditions.position {
            Position::Anywhere => None,
            Position::SentenceInitial => Some("sentence_initial"),
            Position::ClauseInitial => Some("clause_initial"),
            Position::AfterComma => Some("after_comma"),
            Position::Medial => Some("medial"),
        };
        let number = conditions.number.map(|number| match number {
            Number::After => "number after",
            Number::NotAfter => "number not_after",
        });
        let all = [
            words("before", conditions.before),
            words("not_before", conditions.not_before),
            words("after", conditions.after),
            words("not_after", conditions.not_after),
            words("except", conditions.except),
            case.map(str::to_owned),
            position.map(str::to_owned),
            side("comma", conditions.comma),
            side("quotation", conditions.quotation),
            number.map(str::to_owned),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}
