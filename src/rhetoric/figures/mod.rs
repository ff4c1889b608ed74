//! Figures of repetition and balance, every one with its place, its items and the rule that found it.
//!
//! Figures live in one paragraph or block quotation and in one stretch of one voice: a quotation, or the
//! author's words up to the next one. Headings, verse, lists, tables and page furniture have none: their
//! repetitions are layout. Marks are no words, and case is folded.
//!
//! A figure is *counted* where a rule makes it certain enough, or a *candidate* with a score, to be read
//! before it is believed. Definitions follow Lanham, *A Handlist of Rhetorical Terms* (1991), and Fahnestock,
//! *Rhetorical Style* (2011); each file states its rules. [`FigureKind::is_ranked`] names the kinds that are
//! candidates only.
//!
//! Time is linear in the text: no rule looks further than a fixed number of words, or at a word more than a
//! fixed number of times.

mod analysis;
mod antimetabole;
mod balance;
mod common;
mod echoes;
mod frames;
mod gaps;
mod lists;
mod openings;
mod paragraph;
mod parenthesis;
mod series;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

pub use analysis::{Figures, analyse, count_figures};
pub use antimetabole::Weights;
use common::Common;
pub use lists::Lists;
use paragraph::{Member, Paragraph, Places, Quotations, Unit};
use words::{Knowledge, Word};

use crate::text::{BlockKind, Forms, Text, Token, Voice};

/// The kinds of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKind {
    /// Neighbouring sentences or members begin with the same words.
    Anaphora,
    /// Neighbouring sentences or members end with the same words.
    Epistrophe,
    /// Neighbouring sentences or members begin alike and end alike.
    Symploce,
    /// A sentence or member takes up the last word of the one before; in a chain, gradatio.
    Anadiplosis,
    /// A sentence ends with the word it began with.
    Epanalepsis,
    /// A word is repeated at once.
    Epizeuxis,
    /// A word is repeated after one to three others.
    Diacope,
    /// A word is repeated in another form.
    Polyptoton,
    /// The same coordinator stands before every member.
    Polysyndeton,
    /// Members stand side by side without a coordinator.
    Asyndeton,
    /// Three members.
    Tricolon,
    /// Neighbouring members of equal length and like build.
    Isocolon,
    /// Members that are set against each other.
    Antithesis,
    /// Words return in reverse order: A B … B A.
    Antimetabole,
    /// A pair of words that join two members: *both … and*.
    CorrelativePair,
    /// Two words of like sense or build, joined: *can and must*.
    Doublet,
    /// An assertion by denial of the contrary: *not unkind*.
    Litotes,
    /// A stretch between brackets or between two dashes.
    Parenthesis,
    /// A stretch from a single dash to the end of its sentence.
    DashClause,
}

impl FigureKind {
    /// Every kind, in the order of tables.
    pub const ALL: [Self; 19] = [
        Self::Anaphora,
        Self::Epistrophe,
        Self::Symploce,
        Self::Anadiplosis,
        Self::Epanalepsis,
        Self::Epizeuxis,
        Self::Diacope,
        Self::Polyptoton,
        Self::Polysyndeton,
        Self::Asyndeton,
        Self::Tricolon,
        Self::Isocolon,
        Self::Antithesis,
        Self::Antimetabole,
        Self::CorrelativePair,
        Self::Doublet,
        Self::Litotes,
        Self::Parenthesis,
        Self::DashClause,
    ];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anaphora => "anaphora",
            Self::Epistrophe => "epistrophe",
            Self::Symploce => "symploce",
            Self::Anadiplosis => "anadiplosis",
            Self::Epanalepsis => "epanalepsis",
            Self::Epizeuxis => "epizeuxis",
            Self::Diacope => "diacope",
            Self::Polyptoton => "polyptoton",
            Self::Polysyndeton => "polysyndeton",
            Self::Asyndeton => "asyndeton",
            Self::Tricolon => "tricolon",
            Self::Isocolon => "isocolon",
            Self::Antithesis => "antithesis",
            Self::Antimetabole => "antimetabole",
            Self::CorrelativePair => "correlative_pair",
            Self::Doublet => "doublet",
            Self::Litotes => "litotes",
            Self::Parenthesis => "parenthesis",
            Self::DashClause => "dash_clause",
        }
    }

    /// Whether such figures are candidates only, never counted: published detectors of these find as many
    /// accidents as figures.
    pub fn is_ranked(self) -> bool {
        matches!(self, Self::Polyptoton | Self::Isocolon | Self::Antimetabole)
    }

    /// Whether it is found without word lists, so in every language.
    pub fn needs_no_list(self) -> bool {
        matches!(
            self,
            Self::Anaphora | Self::Epistrophe | Self::Epizeuxis | Self::Parenthesis | Self::DashClause
        )
    }
}

/// One figure where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub kind: FigureKind,
    /// Bytes of the text, from its first item to its last.
    pub range: Range<usize>,
    /// Bytes of the items that make it: the repeated words, the members.
    pub parts: Vec<Range<usize>>,
    /// Index of the sentence it begins in.
    pub sentence: usize,
    /// Whose words it is in.
    pub voice: Voice,
    /// How marked it is, comparable within a kind; each kind's file has the formula.
    pub score: f64,
    /// The rule that found it.
    pub rule: &'static str,
    /// Whether it is counted; else a candidate.
    pub countable: bool,
}

/// A stretch of text in one voice and one paragraph, with what the rules need to know of it.
struct Passage<'a> {
    /// Those of the paragraph, as words and as they stand in the text.
    words: &'a [Word],
    tokens: &'a [Token],
    /// Where rules start.
    marks: Places<'a>,
    units: &'a [Unit],
    members: &'a [Member],
    voice: Voice,
    lists: &'a Lists,
    known: &'a Knowledge,
    common: &'a Common,
    #[cfg(test)]
    steps: &'a std::cell::Cell<usize>,
}

impl Passage<'_> {
    /// Bytes of a range of words.
    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let start = self.tokens[words.start].start;
        let end = self.tokens[words.end.max(words.start + 1) - 1].end;
        start as usize..end as usize
    }

    /// The sentence of a word.
    fn sentence(&self, word: usize) -> usize {
        let unit = self.units.partition_point(|unit| unit.end <= word);
        self.units.get(unit).map_or(0, |unit| unit.sentence)
    }

    /// A figure of these ranges of words, of which there is at least one.
    fn figure(
        &self,
        kind: FigureKind,
        parts: impl Iterator<Item = Range<usize>>,
        score: f64,
        rule: &'static str,
        countable: bool,
    ) -> Figure {
        let mut first = None;
        let parts: Vec<_> = parts
            .map(|part| {
                first.get_or_insert(part.start);
                self.bytes(&part)
            })
            .collect();
        let start = parts.iter().map(|part| part.start).min().unwrap_or(0);
        let end = parts.iter().map(|part| part.end).max().unwrap_or(0);
        let sentence = self.sentence(first.unwrap_or(0));
        Figure { kind, range: start..end, parts, sentence, voice: self.voice, score, rule, countable }
    }

    /// Whether two words are opposites.
    fn are_opposed(&self, one: Word, other: Word) -> bool {
        one.is(lists::OPPOSED) && other.is(lists::OPPOSED) && self.known.are_opposed(one.key, other.key)
    }

    /// Whether a word is one of the commonest of the text.
    fn is_common(&self, word: Word) -> bool {
        self.common.holds(word.key)
    }

    /// Counts work, so that a test can see that it grows with the text and no faster.
    #[inline(always)]
    fn step(&self, _steps: usize) {
        #[cfg(test)]
        self.steps.set(self.steps.get() + _steps);
    }
}

/// A worker's finder: it knows the word forms it has met.
#[derive(Debug)]
pub struct Finder<'l> {
    lists: &'l Lists,
    known: Knowledge,
    paragraph: Paragraph,
    members: Vec<Member>,
    joiners: Vec<usize>,
    common: Common,
    echoes: echoes::Echoes,
    weights: Weights,
    #[cfg(test)]
    steps: std::cell::Cell<usize>,
}

impl<'l> Finder<'l> {
    /// A finder for texts in the language of `lists`, read with one [`Forms`] table.
    pub fn new(lists: &'l Lists) -> Self {
        Self {
            lists,
            known: Knowledge::new(lists),
            paragraph: Paragraph::default(),
            members: Vec::new(),
            joiners: Vec::new(),
            common: Common::default(),
            echoes: echoes::Echoes::default(),
            weights: Weights::default(),
            #[cfg(test)]
            steps: std::cell::Cell::new(0),
        }
    }

    /// The same with other weights for antimetabole.
    pub fn with_weights(self, weights: Weights) -> Self {
        Self { weights, ..self }
    }

    /// The figures of a text, by place, then kind.
    pub fn find(&mut self, text: &Text, forms: &Forms) -> Vec<Figure> {
        let mut figures = Vec::new();
        self.read(text, forms, |finder, sentences| finder.find_in(text, sentences, &mut figures));
        figures
    }

    /// Reads the prose of a text, paragraph by paragraph; `each` looks at each of them, and gets its sentences.
    fn read(&mut self, text: &Text, forms: &Forms, mut each: impl FnMut(&mut Self, Range<usize>)) {
        self.known.learn(forms, self.lists);
        self.common.count(&text.tokens, &self.known);
        let mut quotations = Quotations::of(text);
        let mut next = 0;
        // Every word of a paragraph is in one of its sentences.
        for paragraph in text.sentences.chunk_by(|one, other| one.block == other.block) {
            let sentences = next..next + paragraph.len();
            next = sentences.end;
            let kind = text.blocks[paragraph[0].block].kind;
            if matches!(kind, BlockKind::Paragraph | BlockKind::BlockQuotation) {
                self.paragraph.read(text, &self.known, sentences.clone(), &mut quotations);
                each(self, sentences);
            }
        }
    }

    /// The figures of the paragraph at hand, which has these sentences.
    fn find_in(&mut self, text: &Text, sentences: Range<usize>, figures: &mut Vec<Figure>) {
        let Paragraph { first, words, marks, asides, units, runs } = &self.paragraph;
        let before = figures.len();
        let mut marks = Places(marks);
        for run in runs {
            let units = &units[run.units.clone()];
            let (Some(start), Some(end)) = (units.first(), units.last()) else { continue };
            let marks = marks.take(start.start..end.end);
            paragraph::members(words, units, marks, &mut self.members);
            let passage = Passage {
                words,
                tokens: &text.tokens[*first..first + words.len()],
                marks,
                units,
                members: &self.members,
                voice: run.voice,
                lists: self.lists,
                known: &self.known,
                common: &self.common,
                #[cfg(test)]
                steps: &self.steps,
            };
            openings::find(&passage, figures);
            if !self.lists.is_empty() {
                series::find(&passage, &mut self.joiners, figures);
                balance::find(&passage, figures);
                frames::find(&passage, figures);
            }
            self.echoes.find(&passage, &self.weights, figures);
        }
        parenthesis::find(text, *first..first + words.len(), sentences, asides, figures);
        figures[before..].sort_by_key(|figure| (figure.range.start, figure.range.end, figure.kind));
    }
}

/// Finds the figures of one text; a worker that reads many keeps a [`Finder`].
///
/// In a language without [`Lists`] only those kinds are found that need none
/// ([`FigureKind::needs_no_list`]): anaphora and epistrophe of two words and more in three units and more,
/// epizeuxis across a mark, parentheses and dashes.
pub fn find(text: &Text, forms: &Forms, lists: &Lists) -> Vec<Figure> {
    Finder::new(lists).find(text, forms)
}
