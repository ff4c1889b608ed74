//! The constraints of an entry where a candidate stands.

use super::{Candidate, Matcher, Word};
use crate::rhetoric::hits::Reason;
use crate::rhetoric::lexicon::{Case, Conditions, Number, Position, SetId, Side};
use crate::text::{Sentence, Text};

/// A candidate where it stands.
pub(super) struct Place<'a> {
    matcher: &'a Matcher<'a>,
    text: &'a Text,
    sentence: &'a Sentence,
    candidate: &'a Candidate,
}

impl<'a> Place<'a> {
    pub fn of(
        matcher: &'a Matcher<'a>,
        text: &'a Text,
        sentence: &'a Sentence,
        candidate: &'a Candidate,
    ) -> Self {
        Self { matcher, text, sentence, candidate }
    }

    /// Whether no word stands before it in its sentence.
    fn is_initial(&self) -> bool {
        self.candidate.start == self.sentence.tokens.start
    }

    /// The word before it in its sentence.
    fn previous(&self) -> Option<Word> {
        (!self.is_initial()).then(|| self.matcher.word_at(self.text, self.candidate.start - 1))
    }

    /// The word after it in its sentence.
    fn next(&self) -> Option<Word> {
        let end = self.candidate.start + self.candidate.words;
        (end < self.sentence.tokens.end).then(|| self.matcher.word_at(self.text, end))
    }

    /// The constraint of an entry that does not hold, if there is one.
    #[inline]
    pub fn refusal(&self, id: u32) -> Option<Reason> {
        let conditions = &self.matcher.lexicon.index.conditions[id as usize];
        if conditions.none { None } else { self.refusal_by(conditions) }
    }

    fn refusal_by(&self, conditions: &Conditions) -> Option<Reason> {
        let initial = self.is_initial();
        let (previous, next) = (|| self.previous(), || self.next());
        let stands = |set: Option<SetId>, word: &dyn Fn() -> Option<Word>| {
            set.map(|set| word().is_some_and(|word| self.matcher.holds(set, word)))
        };
        let refused = |fails: bool, reason: Reason| fails.then_some(reason);
        refused(stands(conditions.before, &next) == Some(false), Reason::Before)
            .or_else(|| refused(stands(conditions.not_before, &next) == Some(true), Reason::NotBefore))
            .or_else(|| refused(stands(conditions.after, &previous) == Some(false), Reason::After))
            .or_else(|| refused(stands(conditions.not_after, &previous) == Some(true), Reason::NotAfter))
            .or_else(|| refused(conditions.except.is_some_and(|set| self.any_in(set)), Reason::Except))
            .or_else(|| refused(!self.case_holds(conditions.case, initial), Reason::Case))
            .or_else(|| refused(!self.position_holds(conditions.position, initial), Reason::Position))
            .or_else(|| refused(conditions.comma.is_some_and(|side| !self.comma_holds(side)), Reason::Comma))
            .or_else(|| {
                refused(
                    conditions.quotation.is_some_and(|side| !self.quotation_holds(side)),
                    Reason::Quotation,
                )
            })
            .or_else(|| {
                let holds = |number| self.number_follows() == (number == Number::After);
                refused(conditions.number.is_some_and(|number| !holds(number)), Reason::Number)
            })
    }

    /// Whether a set holds any of its words.
    fn any_in(&self, set: SetId) -> bool {
        let words = self.candidate.start..self.candidate.start + self.candidate.words;
        words.into_iter().any(|at| self.matcher.holds(set, self.matcher.word_at(self.text, at)))
    }

    fn matched(&self) -> &str {
        let first = self.text.tokens[self.candidate.start];
        let last = self.text.tokens[self.candidate.start + self.candidate.words - 1];
        &self.text.content[first.range().start..last.range().end]
    }

    fn before(&self) -> &str {
        let start = self.text.tokens[self.candidate.start].range().start;
        &self.text.content[self.sentence.range.start..start]
    }

    fn after(&self) -> &str {
        let last = self.text.tokens[self.candidate.start + self.candidate.words - 1];
        &self.text.content[last.range().end..self.sentence.range.end]
    }

    fn case_holds(&self, case: Case, initial: bool) -> bool {
        if case == Case::Any {
            return true;
        }
        let mut letters = self.matched().chars().filter(|c| c.is_alphabetic());
        match case {
            Case::Any => true,
            Case::Lower => letters.skip(usize::from(initial)).all(|c| !c.is_uppercase()),
            Case::Capital => letters.next().is_some_and(char::is_uppercase),
            Case::Upper => letters.all(char::is_uppercase),
        }
    }

    fn position_holds(&self, position: Position, initial: bool) -> bool {
        match position {
            Position::Anywhere => true,
            Position::SentenceInitial => initial,
            Position::Medial => !initial,
            Position::AfterComma => self.before().trim_end().ends_with(','),
            Position::ClauseInitial => {
                let before = self.before();
                let mut back = before.trim_end().chars().rev();
                let spaced = before.ends_with(char::is_whitespace);
                initial
                    || match back.next() {
                        Some('-') => spaced && back.next().is_some_and(|c| c.is_whitespace() || c == '-'),
                        Some(c) => {
                            matches!(c, ',' | ';' | ':' | '(' | '[' | '—' | '–' | '―') || is_quotation_mark(c)
                        }
                        None => true,
                    }
            }
        }
    }

    fn comma_holds(&self, side: Side) -> bool {
        let before = || self.before().trim_end().ends_with(',');
        // The stop of an abbreviation stands outside the word: `i.e.,`.
        let after = || self.after().trim_start_matches('.').trim_start().starts_with(',');
        side_holds(side, before, after)
    }

    /// A quotation mark stands beside the match, with a comma, colon or other mark between them or not.
    fn quotation_holds(&self, side: Side) -> bool {
        let between =
            |c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '.' | '?' | '!' | '—' | '–' | '-');
        let before = || self.before().trim_end_matches(between).ends_with(is_quotation_mark);
        let after = || self.after().trim_start_matches(between).starts_with(is_quotation_mark);
        side_holds(side, before, after)
    }

    fn number_follows(&self) -> bool {
        let Some(next) = self.next() else { return false };
        let end = self.candidate.start + self.candidate.words;
        let word = &self.text.content[self.text.tokens[end].range()];
        word.starts_with(|c: char| c.is_numeric())
            || self.matcher.holds(self.matcher.lexicon.index.numbers, next)
    }
}

fn side_holds(side: Side, before: impl Fn() -> bool, after: impl Fn() -> bool) -> bool {
    match side {
        Side::Before => before(),
        Side::After => after(),
        Side::Both => before() && after(),
        Side::Either => before() || after(),
    }
}

pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '«' | '»' | '„')
}
