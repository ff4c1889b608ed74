//! Finding the lexicon's phrases in a text: one walk of an automaton over the words of each sentence.
//!
//! All phrases that end at each word are candidates. At each word the longest one wins that has an entry
//! whose constraints hold; of winners that overlap the longest stays, then the leftmost. Time is linear in
//! the text.

use super::hits::Hit;
use super::lexicon::{Case, Code, Comma, Entry, Lexicon, NO_WORD, Number, Position};
use crate::text::{Forms, Sentence, Text, fold};

/// A worker's matcher: it knows the code of each surface form it has met.
#[derive(Debug)]
pub struct Matcher<'l> {
    lexicon: &'l Lexicon,
    codes: Vec<Code>,
    candidates: Vec<Candidate>,
    /// Which words of the sentence belong to a winner.
    taken: Vec<bool>,
}

/// A phrase found, before its constraints are looked at.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Index of its first token.
    start: usize,
    /// Index in the lexicon's phrases.
    phrase: usize,
    words: usize,
}

impl<'l> Matcher<'l> {
    /// A matcher for texts read with one [`Forms`] table.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, codes: Vec::new(), candidates: Vec::new(), taken: Vec::new() }
    }

    /// The lexicon it matches.
    pub fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// Finds the markers in the body of a text, sentence by sentence.
    pub fn find(&mut self, text: &Text, forms: &Forms, mut hit: impl FnMut(Hit)) {
        let lexicon = self.lexicon;
        self.codes
            .extend((self.codes.len()..forms.len()).map(|id| lexicon.code(&fold(forms.form(id as u32)))));
        for (index, sentence) in text.sentences.iter().enumerate() {
            if text.kind_of(sentence).is_body() {
                self.candidates(text, sentence);
                self.choose(text, index, sentence, &mut hit);
            }
        }
    }

    fn candidates(&mut self, text: &Text, sentence: &Sentence) {
        self.candidates.clear();
        let Some(automaton) = &self.lexicon.automaton else { return };
        let mut stepper = automaton.find_overlapping_stepper();
        for at in sentence.tokens.clone() {
            stepper.consume(self.codes[text.tokens[at].form as usize]);
            for found in stepper.matches() {
                let phrase = found.value() as usize;
                let words = self.lexicon.phrases[phrase].words;
                self.candidates.push(Candidate { start: at + 1 - words, phrase, words });
            }
        }
        self.candidates
            .sort_unstable_by_key(|candidate| (candidate.start, std::cmp::Reverse(candidate.words)));
    }

    fn choose(&mut self, text: &Text, index: usize, sentence: &Sentence, hit: &mut impl FnMut(Hit)) {
        let mut winners: Vec<(Candidate, u32)> = Vec::new();
        for candidate in &self.candidates {
            let decided = winners.last().is_some_and(|(winner, _)| winner.start == candidate.start);
            if !decided && is_unbroken(text, candidate) {
                let place = Place { matcher: self, text, sentence, candidate };
                let entries = &self.lexicon.phrases[candidate.phrase].entries;
                let entry = entries.iter().find(|id| place.admits(&self.lexicon.entries[**id as usize]));
                winners.extend(entry.map(|entry| (*candidate, *entry)));
            }
        }
        winners.sort_by_key(|(winner, _)| std::cmp::Reverse(winner.words));
        self.taken.clear();
        self.taken.resize(sentence.tokens.len(), false);
        for (Candidate { start, words, .. }, id) in winners {
            let place = start - sentence.tokens.start..start - sentence.tokens.start + words;
            if self.taken[place.clone()].contains(&true) {
                continue;
            }
            self.taken[place].fill(true);
            if let Some(category) = self.lexicon.entries[id as usize].category {
                let first = text.tokens[start];
                hit(Hit {
                    range: first.range().start..text.tokens[start + words - 1].range().end,
                    sentence: index,
                    voice: first.voice,
                    category,
                    entry: Some(id),
                    question_rule: "",
                });
            }
        }
    }

    fn code_at(&self, text: &Text, token: usize) -> Code {
        text.tokens.get(token).map_or(NO_WORD, |token| self.codes[token.form as usize])
    }
}

/// Only white space, or a hyphen, stands between the words.
fn is_unbroken(text: &Text, candidate: &Candidate) -> bool {
    text.tokens[candidate.start..candidate.start + candidate.words].windows(2).all(|pair| {
        let gap = &text.content[pair[0].range().end..pair[1].range().start];
        gap == " "
            || gap == "-"
            || gap == "\u{2010}"
            || gap == "\u{2011}"
            || gap.chars().all(char::is_whitespace)
    })
}

/// A candidate where it stands.
struct Place<'a> {
    matcher: &'a Matcher<'a>,
    text: &'a Text,
    sentence: &'a Sentence,
    candidate: &'a Candidate,
}

impl Place<'_> {
    fn admits(&self, entry: &Entry) -> bool {
        let Candidate { start, words, .. } = *self.candidate;
        let end = start + words;
        let initial = start == self.sentence.tokens.start;
        let next = (end < self.sentence.tokens.end).then(|| self.matcher.code_at(self.text, end));
        let previous = (!initial).then(|| self.matcher.code_at(self.text, start - 1));
        let within = |set: &Option<Vec<Code>>, word: Option<Code>| {
            set.as_ref().map(|set| word.is_some_and(|word| set.binary_search(&word).is_ok()))
        };
        within(&entry.before, next) != Some(false)
            && within(&entry.not_before, next) != Some(true)
            && within(&entry.after, previous) != Some(false)
            && within(&entry.not_after, previous) != Some(true)
            && self.case_holds(entry.case, initial)
            && self.position_holds(entry.position, initial)
            && entry.comma.is_none_or(|comma| self.comma_holds(comma))
            && entry.number.is_none_or(|number| self.number_follows(end, next) == (number == Number::After))
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
                            matches!(c, ',' | ';' | ':' | '(' | '[' | '—' | '–' | '―')
                                || matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '«' | '»' | '„')
                        }
                        None => true,
                    }
            }
        }
    }

    fn comma_holds(&self, comma: Comma) -> bool {
        let before = || self.before().trim_end().ends_with(',');
        // The stop of an abbreviation stands outside the word: `i.e.,`.
        let after = || self.after().trim_start_matches('.').trim_start().starts_with(',');
        match comma {
            Comma::Before => before(),
            Comma::After => after(),
            Comma::Both => before() && after(),
        }
    }

    fn number_follows(&self, end: usize, next: Option<Code>) -> bool {
        let Some(code) = next else { return false };
        let word = &self.text.content[self.text.tokens[end].range()];
        word.starts_with(|c: char| c.is_numeric())
            || self.matcher.lexicon.numbers.binary_search(&code).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, Voice};

    fn found(entries: &str, content: &str) -> Vec<(String, Voice)> {
        let lexicon = format!("language = \"en\"\nversion = \"1\"\n[sets]\nnumber = [\"ten\"]\n{entries}");
        let lexicon = Lexicon::parse("test", &lexicon).unwrap();
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
        let mut hits = Vec::new();
        Matcher::new(&lexicon).find(&text, &forms, |hit| {
            hits.push((text.content[hit.range].to_owned(), hit.voice));
        });
        hits
    }

    fn strings(entries: &str, content: &str) -> Vec<String> {
        found(entries, content).into_iter().map(|(hit, _)| hit).collect()
    }

    fn entry(phrases: &str, rest: &str) -> String {
        format!(
            "[[entry]]\nmarker = \"m{phrases}\"\nphrases = [{phrases:?}]\nfamily = \"stance\"\n\
             category = \"hedge\"\n{rest}\n"
        )
    }

    #[test]
    fn the_longest_phrase_wins_and_blocks() {
        let entries = entry("as", "") + &entry("as well", "");
        assert_eq!(strings(&entries, "As well he might, as ever."), ["As well", "as"]);
        let blocker =
            "[[entry]]\nmarker = \"as to\"\nphrases = [\"as to\"]\nfamily = \"none\"\ncategory = \"none\"\n";
        assert_eq!(strings(&(entry("as", "") + blocker), "They agreed as to the need as friends."), ["as"]);
    }

    #[test]
    fn a_shorter_phrase_stands_in_when_the_longer_one_is_refused() {
        let entries = entry("so", "") + &entry("so that", "comma = \"before\"");
        let mut found = strings(&entries, "He spoke so that all heard, so that all left.");
        found.sort();
        assert_eq!(found, ["so", "so that"]);
    }

    #[test]
    fn of_overlapping_phrases_the_longest_stays() {
        let entries = entry("and so", "") + &entry("so as to", "");
        assert_eq!(strings(&entries, "He ran and so as to win."), ["so as to"]);
    }

    #[test]
    fn constraints() {
        let may = entry("may", "case = \"lower\"");
        assert_eq!(strings(&may, "They may come in May. May they come?"), ["may", "May"]);
        let about = entry("about", "number = \"after\"");
        assert_eq!(strings(&about, "About ten men spoke about 12 things about bread."), ["About", "about"]);
        let us = entry("us", "case = \"lower\"");
        assert_eq!(strings(&us, "The US gave us bread."), ["us"]);
        let indeed = entry("indeed", "position = \"clause_initial\"");
        assert_eq!(
            strings(&indeed, "He did indeed come; indeed, he came - indeed ran."),
            ["indeed", "indeed"]
        );
        let then = entry("then", "position = \"sentence_initial\"\ncomma = \"after\"");
        assert_eq!(strings(&then, "Then, they left. Then they left, and then, they ran."), ["Then"]);
        let since = entry("since", "before = [\"he\", \"they\"]\nnot_after = [\"ever\"]");
        assert_eq!(strings(&since, "Since he came, and since then, and ever since they left."), ["Since"]);
    }

    #[test]
    fn phrases_do_not_cross_marks_or_sentences() {
        let entries = entry("of course", "");
        assert_eq!(
            strings(&entries, "Made of, course by course. It is of. Course it is, of\ncourse."),
            ["of\ncourse"]
        );
    }

    #[test]
    fn hits_have_the_voice_of_their_first_word() {
        let hits = found(&entry("perhaps", ""), "“Perhaps you are right,” he said, but perhaps not.");
        let voices: Vec<_> = hits.into_iter().map(|(_, voice)| voice).collect();
        assert_eq!(voices, [Voice::Quoted, Voice::Author]);
    }
}
