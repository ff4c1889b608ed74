//! Questions: by their marks, by their words, in series, asked and answered, asked for effect.
//!
//! | kind | rule |
//! |---|---|
//! | [`Interrogative`](QuestionKind::Interrogative) | a question mark at the end of a sentence or of a quotation, or within a sentence behind words that open a question |
//! | [`HeadingQuestion`](QuestionKind::HeadingQuestion) | the same in a heading |
//! | [`Tag`](QuestionKind::Tag) | the same, where what follows the last comma is a tag: *isn't it?* |
//! | [`Embedded`](QuestionKind::Embedded) | no mark: *The dispute was: could the bridge be built*; *How do you know.* |
//! | [`Series`](QuestionKind::Series) | two or more, one after the other, in one paragraph and voice (pysma) |
//! | [`HypophoraStrong`](QuestionKind::HypophoraStrong), [`HypophoraWeak`](QuestionKind::HypophoraWeak) | the next sentence of the same paragraph and voice answers |
//! | [`RhetoricalCandidate`](QuestionKind::RhetoricalCandidate) | ranked by signs that nothing is asked; never counted |
//!
//! Every question has one of the first four kinds, and besides may begin or belong to any of the others. The
//! distinctions are those of Quirk et al. (1985: 11.4–23) and Ilie (1994).

mod answers;
mod candidates;
mod marks;
mod words;

use std::cell::Cell;
use std::ops::Range;

use crate::text::{Forms, Text, Voice, fold};
use words::{Phrases, class};

pub use words::QuestionWords;

/// What a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionKind {
    /// A question in running text, with its mark.
    Interrogative,
    /// A question in a heading, with its mark.
    HeadingQuestion,
    /// A statement with a tag that asks: *isn't it?*, *right?*
    Tag,
    /// A question without a mark.
    Embedded,
    /// Adjacent questions.
    Series,
    /// A question whose answer shows itself as one by its words.
    HypophoraStrong,
    /// A question that a statement follows which nothing shows not to be its answer.
    HypophoraWeak,
    /// A question that may ask nothing.
    RhetoricalCandidate,
}

impl QuestionKind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [Self; 8] = [
        Self::Interrogative,
        Self::HeadingQuestion,
        Self::Tag,
        Self::Embedded,
        Self::Series,
        Self::HypophoraStrong,
        Self::HypophoraWeak,
        Self::RhetoricalCandidate,
    ];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interrogative => "interrogative",
            Self::HeadingQuestion => "heading_question",
            Self::Tag => "tag",
            Self::Embedded => "embedded",
            Self::Series => "series",
            Self::HypophoraStrong => "hypophora_strong",
            Self::HypophoraWeak => "hypophora_weak",
            Self::RhetoricalCandidate => "rhetorical_candidate",
        }
    }

    /// What it is called in ids: its category of markers, or itself where it is not counted.
    pub fn in_ids(self) -> &'static str {
        self.category().unwrap_or(self.name())
    }

    /// The category of markers it is counted under; none for what is listed to be read, not counted.
    pub fn category(self) -> Option<&'static str> {
        match self {
            Self::Interrogative => Some("interrogative"),
            Self::HeadingQuestion => Some("heading_question"),
            Self::Tag => Some("tag"),
            Self::Series => Some("series"),
            Self::HypophoraStrong => Some("hypophora"),
            Self::Embedded | Self::HypophoraWeak | Self::RhetoricalCandidate => None,
        }
    }
}

/// A question, or what a question does, where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Bytes of the text: the whole sentence where it is all question, else from the first word of the
    /// question. A series reaches from its first question to its last; an author's hypophora is the whole
    /// sentence that asks.
    pub range: Range<usize>,
    /// Index of its sentence, for a series that of its first question.
    pub sentence: usize,
    /// What it is.
    pub kind: QuestionKind,
    /// Voice of its first word.
    pub voice: Voice,
    /// 1 for a question; the number of questions of a series; the number of signs of an answer; the weight of
    /// the signs that nothing is asked.
    pub score: f64,
    /// Name of the rule, or of the strongest sign.
    pub rule: &'static str,
    /// Bytes of the sentence that answers, for hypophora.
    pub answer: Option<Range<usize>>,
}

/// A question by its form.
struct Asked {
    range: Range<usize>,
    /// Its words.
    tokens: Range<usize>,
    sentence: usize,
    kind: QuestionKind,
    rule: &'static str,
    /// The quotation it stands in.
    segment: Option<usize>,
    /// No word of its sentence follows.
    last: bool,
    /// How many questions stand in its series.
    series: usize,
}

/// Finds the questions of a text, by their place, those of one place by kind. `words` are those of the text's
/// language.
///
/// Marks are looked for once; words only in questions, in the sentences that follow them, and at colons.
///
/// ```
/// use rhetor::rhetoric::{QuestionKind, QuestionWords, find_questions};
/// use rhetor::text::{Forms, Language, Text};
/// let mut forms = Forms::new();
/// let text = "Who is to pay? Nobody, it seems.";
/// let text = Text::read(text.into(), &Language::english(), &mut forms);
/// let kinds: Vec<_> = find_questions(&text, &forms, QuestionWords::of("en"))
///     .into_iter()
///     .map(|question| question.kind)
///     .collect();
/// assert_eq!(kinds, [QuestionKind::Interrogative, QuestionKind::HypophoraStrong]);
/// ```
pub fn find(text: &Text, forms: &Forms, words: &QuestionWords) -> Vec<Question> {
    read(&Reader { text, forms, words, classes: &[] })
}

/// A worker's finder of questions: it looks up the classes of a surface form once.
#[derive(Debug, Default)]
pub struct QuestionFinder {
    /// By list of words: the classes of each form, or [`UNKNOWN`].
    known: Vec<(&'static QuestionWords, Vec<Cell<u32>>)>,
}

/// A form that has not been looked up.
const UNKNOWN: u32 = u32::MAX;

impl QuestionFinder {
    /// As the function [`find`], for texts read with one [`Forms`] table.
    pub fn find(&mut self, text: &Text, forms: &Forms, words: &'static QuestionWords) -> Vec<Question> {
        let place = self.known.iter().position(|(known, _)| std::ptr::eq(*known, words));
        let place = place.unwrap_or_else(|| {
            self.known.push((words, Vec::new()));
            self.known.len() - 1
        });
        let classes = &mut self.known[place].1;
        classes.resize(forms.len(), Cell::new(UNKNOWN));
        read(&Reader { text, forms, words, classes })
    }
}

fn read(reader: &Reader<'_>) -> Vec<Question> {
    let text = reader.text;
    let mut asked = marks::marked(reader);
    marks::unmarked(reader, &mut asked);
    let mut questions = Vec::with_capacity(asked.len());
    series(reader, &mut asked, &mut questions);
    for (index, question) in asked.iter().enumerate() {
        questions.push(reader.row(question, question.kind, 1.0, question.rule));
        let answer = answers::answer(reader, &asked, index);
        if let Some(answer) = &answer {
            // The author's is the whole sentence, with what introduces the question.
            let sentence = &text.sentences[question.sentence].range;
            let range = if question.segment.is_none() { sentence.clone() } else { question.range.clone() };
            questions.push(Question {
                range,
                answer: Some(text.sentences[question.sentence + 1].range.clone()),
                ..reader.row(question, answer.kind, answer.signs, answer.rule)
            });
        }
        let answered = answer.is_some_and(|answer| answer.kind == QuestionKind::HypophoraStrong);
        questions.extend(candidates::candidate(reader, question, answered));
    }
    questions.sort_by_key(|question| (question.range.start, question.range.end, question.kind));
    questions
}

/// Counts the questions of each series, and adds a row for each.
fn series(reader: &Reader<'_>, asked: &mut [Asked], questions: &mut Vec<Question>) {
    let text = reader.text;
    let continues = |before: &Asked, next: &Asked| {
        let (block, next_block) =
            (text.sentences[before.sentence].block, text.sentences[next.sentence].block);
        block == next_block
            && before.kind != QuestionKind::HeadingQuestion
            && before.segment == next.segment
            && (before.sentence == next.sentence || (before.last && before.sentence + 1 == next.sentence))
    };
    for group in asked.chunk_by_mut(|before, next| continues(before, next)) {
        let questions_of_series = group.len();
        group.iter_mut().for_each(|question| question.series = questions_of_series);
        if let [first, .., last] = group {
            let end = last.range.end;
            let row =
                reader.row(first, QuestionKind::Series, questions_of_series as f64, "adjacent questions");
            questions.push(Question { range: row.range.start..end, ..row });
        }
    }
}

/// Marks that stand before a clause.
const CLAUSE_MARKS: [char; 10] = [',', ';', ':', '(', '—', '–', '―', '،', '，', '、'];

/// A text, its words and the lists to look them up in.
struct Reader<'a> {
    text: &'a Text,
    forms: &'a Forms,
    words: &'a QuestionWords,
    /// By form: its classes, or [`UNKNOWN`]; empty where they are not kept.
    classes: &'a [Cell<u32>],
}

impl Reader<'_> {
    fn row(&self, asked: &Asked, kind: QuestionKind, score: f64, rule: &'static str) -> Question {
        Question {
            range: asked.range.clone(),
            sentence: asked.sentence,
            kind,
            voice: self.text.tokens[asked.tokens.start].voice,
            score,
            rule,
            answer: None,
        }
    }

    /// The classes of the word at a place.
    fn classes(&self, token: usize) -> u32 {
        let form = self.text.tokens[token].form;
        let known = self.classes.get(form as usize);
        if let Some(classes) = known.map(Cell::get).filter(|classes| *classes != UNKNOWN) {
            return classes;
        }
        let classes = self.words.classes(&fold(self.forms.form(form)));
        if let Some(known) = known {
            known.set(classes);
        }
        classes
    }

    /// The number of words of the longest phrase that stands at the head of these tokens, whose first word has
    /// these classes.
    fn phrase(&self, tokens: &Range<usize>, classes: u32, class: u32, phrases: &Phrases) -> Option<usize> {
        if classes & class == 0 {
            return None;
        }
        phrases.length_at(|place| {
            let token = Some(tokens.start + place).filter(|token| *token < tokens.end)?;
            Some(fold(self.forms.form(self.text.tokens[token].form)))
        })
    }

    /// What stands between the word before `token` and it; from the head of its sentence for the first.
    fn gap(&self, sentence: usize, token: usize) -> &str {
        let sentence = &self.text.sentences[sentence];
        let start = if token > sentence.tokens.start {
            self.text.tokens[token - 1].range().end
        } else {
            sentence.range.start
        };
        self.text.content.get(start..self.text.tokens[token].range().start).unwrap_or_default()
    }

    /// The classes of the word that opens a question at `start`, behind words that may stand before it, and
    /// the place of that word.
    fn opening(&self, tokens: Range<usize>) -> Option<(usize, u32)> {
        const MOST_LEADING: usize = 3;
        let end = tokens.end;
        for token in tokens.take(MOST_LEADING + 1) {
            let classes = self.classes(token);
            if classes & class::QUESTION_WORD != 0
                || (classes & class::AUXILIARY != 0 && token + 1 < end && self.is_subject(token + 1))
            {
                return Some((token, classes));
            }
            if classes & class::LEADING == 0 {
                return None;
            }
        }
        None
    }

    /// The openings in `tokens`, at the word `first` and behind commas, dashes and brackets.
    fn openings(
        &self,
        sentence: usize,
        first: usize,
        tokens: Range<usize>,
    ) -> impl Iterator<Item = (usize, u32)> {
        let end = tokens.end;
        let begins =
            move |token: &usize| *token == first || self.gap(sentence, *token).contains(CLAUSE_MARKS);
        tokens.filter(begins).filter_map(move |token| self.opening(token..end))
    }

    /// Whether a word may be a subject: it is in the list, a negation before one, or a name.
    fn is_subject(&self, token: usize) -> bool {
        let word = &self.text.content[self.text.tokens[token].range()];
        word.starts_with(char::is_uppercase)
            || self.classes(token) & (class::SUBJECT | class::NEGATIVE | class::PRONOUN) != 0
    }
}

#[cfg(test)]
mod tests;
