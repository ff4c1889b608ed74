//! Punctuation: marks per 1,000 words, by class.

use super::super::intervals::Interval;
use super::super::outcome::Outcome;
use super::super::punctuation::{Mark, per_thousand};
use super::{Basis, Direction, Measure, Needs, Passage, entry};

fn rate(passage: &Passage, mark: Mark) -> Outcome {
    per_thousand(passage.sums.marks.get(mark), passage.sums.reading.words)
}

#[rustfmt::skip]
pub(super) static MEASURES: &[Measure] = &[
    entry!(Sentences, "punctuation:commas", "Commas", "1000·commas / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Comma)),
    entry!(Sentences, "punctuation:semicolons", "Semicolons", "1000·semicolons / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Semicolon)),
    entry!(Sentences, "punctuation:colons", "Colons", "1000·colons / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Colon)),
    entry!(Sentences, "punctuation:full_stops", "Full stops, those after abbreviations too", "1000·full stops / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::FullStop)),
    entry!(Sentences, "punctuation:question_marks", "Question marks", "1000·question marks / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Question)),
    entry!(Sentences, "punctuation:exclamation_marks", "Exclamation marks", "1000·exclamation marks / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Exclamation)),
    entry!(Sentences, "punctuation:dashes", "Dashes, and hyphens in a row", "1000·dashes / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Dash)),
    entry!(Sentences, "punctuation:brackets", "Opening brackets", "1000·brackets / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Bracket)),
    entry!(Sentences, "punctuation:quotation_marks", "Double quotation marks and guillemets, opening and closing", "1000·quotation marks / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Quotation)),
    entry!(Sentences, "punctuation:ellipses", "Ellipses, and three or more full stops in a row", "1000·ellipses / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| rate(p, Mark::Ellipsis)),
    entry!(Sentences, "punctuation:all", "Marks of all classes", "1000·marks / W", "per 1,000 words", More, "rhetor, docs/measures.md", "no sentence", Interval::Sentences, |p| per_thousand(p.sums.marks.sum(), p.sums.reading.words)),
];
