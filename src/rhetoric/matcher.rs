//! Finding the lexicon's phrases in a text: one walk of an automaton over the words of each sentence.
//!
//! All phrases whose opening words end at a word are candidates. At each word the longest one wins that has
//! an entry whose constraints hold; of winners that overlap the longest stays, then the leftmost. Time is
//! linear in the text.

use std::collections::HashSet;

use super::hits::{Hit, Reason, Status};
use super::lexicon::{Case, Code, Entry, Lexicon, Lexicons, NO_WORD, Number, Position, Side, Slot, WordSet};
use crate::text::{Forms, Sentence, Text, fold};

/// A worker's matcher: it knows the code of each surface form it has met.
#[derive(Debug)]
pub struct Matcher<'l> {
    lexicon: &'l Lexicon,
    words: Vec<Word>,
    candidates: Vec<Candidate>,
    /// Which words of the sentence belong to a winner.
    taken: Vec<bool>,
}

/// What the lexicon knows of a surface form.
#[derive(Clone, Copy, Debug)]
struct Word {
    code: Code,
    /// Code of the longest ending of the lexicon that it has.
    ending: Code,
    /// Opening words that are just this ending.
    head: Option<u32>,
}

const UNKNOWN: Word = Word { code: NO_WORD, ending: NO_WORD, head: None };

/// A phrase found, before its constraints are looked at.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Index of its first token.
    start: usize,
    /// Number of its tokens.
    words: usize,
    /// A word known by its ending alone: it is tried after phrases of its length.
    ending: bool,
    /// Index in the lexicon's phrases.
    phrase: u32,
}

impl<'l> Matcher<'l> {
    /// A matcher for texts read with one [`Forms`] table.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, words: Vec::new(), candidates: Vec::new(), taken: Vec::new() }
    }

    /// The lexicon it matches.
    pub fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// Finds the markers in the body of a text, sentence by sentence. With `rejected`, `hit` gets the phrases
    /// too that were found and not counted, each with the reason ([`Status::Rejected`]): one for each span and
    /// category, unless the span is counted in that category. What a blocking phrase covers is among them.
    pub fn find(&mut self, text: &Text, forms: &Forms, rejected: bool, mut hit: impl FnMut(Hit)) {
        let lexicon = self.lexicon;
        self.words.extend((self.words.len()..forms.len()).map(|id| {
            let (code, ending) = lexicon.code(&fold(forms.form(id as u32)));
            ending.map_or(Word { code, ..UNKNOWN }, |ending| Word {
                code,
                ending: ending.code,
                head: ending.head,
            })
        }));
        for (index, sentence) in text.sentences.iter().enumerate() {
            if text.kind_of(sentence).is_body() {
                self.candidates(text, sentence);
                if rejected {
                    let mut counted = Vec::new();
                    self.choose(text, index, sentence, &mut |found| counted.push(found));
                    self.reject(text, index, sentence, &counted, &mut hit);
                    counted.into_iter().for_each(&mut hit);
                } else {
                    self.choose(text, index, sentence, &mut hit);
                }
            }
        }
    }

    fn candidates(&mut self, text: &Text, sentence: &Sentence) {
        self.candidates.clear();
        let Some(automaton) = &self.lexicon.automaton else { return };
        let mut stepper = automaton.find_overlapping_stepper();
        for at in sentence.tokens.clone() {
            let word = self.words[text.tokens[at].form as usize];
            stepper.consume(word.code);
            for number in stepper.matches().map(|found| found.value()).chain(word.head) {
                let head = &self.lexicon.heads[number as usize];
                for phrase in head.phrases.0..head.phrases.1 {
                    let slots = &self.lexicon.phrases[phrase as usize].slots;
                    let end = if slots.is_empty() {
                        Some(at + 1)
                    } else {
                        self.filled(text, sentence, at + 1, slots)
                    };
                    let start = at + 1 - head.words;
                    let ending = word.head == Some(number);
                    self.candidates.extend(end.map(|end| Candidate {
                        start,
                        words: end - start,
                        ending,
                        phrase,
                    }));
                }
            }
        }
        self.candidates.sort_unstable_by_key(|found| {
            (found.start, std::cmp::Reverse(found.words), found.ending, found.phrase)
        });
    }

    /// The token after the words that fill these slots from `at` on, if they can be filled.
    fn filled(&self, text: &Text, sentence: &Sentence, at: usize, slots: &[Slot]) -> Option<usize> {
        let Some((slot, others)) = slots.split_first() else { return Some(at) };
        match slot {
            Slot::Word(set) => {
                let fits = at < sentence.tokens.end && holds(set, self.word_at(text, at));
                if fits { self.filled(text, sentence, at + 1, others) } else { None }
            }
            // A lexicon has at most two of these in a phrase, of a few words each.
            Slot::Open(most) => (1..=usize::from(*most))
                .take_while(|words| at + words < sentence.tokens.end)
                .find_map(|words| self.filled(text, sentence, at + words, others)),
        }
    }

    fn choose(&mut self, text: &Text, index: usize, sentence: &Sentence, hit: &mut impl FnMut(Hit)) {
        let mut winners: Vec<(Candidate, u32)> = Vec::new();
        for candidate in &self.candidates {
            let decided = winners.last().is_some_and(|(winner, _)| winner.start == candidate.start);
            if !decided && self.is_unbroken(text, candidate) {
                let place = Place { matcher: self, text, sentence, candidate };
                let entry = self.entries_of(candidate).find(|(_, entry)| place.refusal(entry).is_none());
                winners.extend(entry.map(|(id, _)| (*candidate, id)));
            }
        }
        winners.sort_by_key(|(winner, _)| std::cmp::Reverse(winner.words));
        self.taken.clear();
        self.taken.resize(sentence.tokens.len(), false);
        for (candidate, id) in winners {
            let first = candidate.start - sentence.tokens.start;
            let place = first..first + candidate.words;
            if self.taken[place.clone()].contains(&true) {
                continue;
            }
            self.taken[place].fill(true);
            let entry = &self.lexicon.entries[id as usize];
            for category in entry.category.iter().chain(&entry.also_places) {
                hit(candidate.hit(text, index, *category, id, Status::Counted));
            }
        }
    }

    /// Tells what of the candidates of a sentence was not counted, and why.
    fn reject(
        &self,
        text: &Text,
        index: usize,
        sentence: &Sentence,
        counted: &[Hit],
        hit: &mut impl FnMut(Hit),
    ) {
        let key = |hit: &Hit| (hit.range.start, hit.range.end, hit.category);
        let mut told: HashSet<_> = counted.iter().map(key).collect();
        for candidate in &self.candidates {
            let unbroken = self.is_unbroken(text, candidate);
            let place = Place { matcher: self, text, sentence, candidate };
            for (id, entry) in self.entries_of(candidate) {
                let reason = if unbroken { place.refusal(entry) } else { Some(Reason::MarkInside) };
                let status = Status::Rejected(reason.unwrap_or(Reason::Overlap));
                for category in entry.category.iter().chain(&entry.also_places) {
                    let rejected = candidate.hit(text, index, *category, id, status);
                    if told.insert(key(&rejected)) {
                        hit(rejected);
                    }
                }
            }
        }
    }

    /// The entries of a candidate's phrase that are not off.
    fn entries_of(&self, candidate: &Candidate) -> impl Iterator<Item = (u32, &'l Entry)> + use<'l> {
        let lexicon = self.lexicon;
        let entries = lexicon.phrases[candidate.phrase as usize].entries.iter();
        entries.map(|id| (*id, &lexicon.entries[*id as usize])).filter(|(_, entry)| !entry.off)
    }

    fn word_at(&self, text: &Text, token: usize) -> Word {
        text.tokens.get(token).map_or(UNKNOWN, |token| self.words[token.form as usize])
    }

    /// Only white space, or a hyphen, stands between the words; beside an open slot and in it, commas and
    /// quotation marks may stand too.
    fn is_unbroken(&self, text: &Text, candidate: &Candidate) -> bool {
        let slots = &self.lexicon.phrases[candidate.phrase as usize].slots;
        let open = slots.iter().any(|slot| matches!(slot, Slot::Open(_)));
        text.tokens[candidate.start..candidate.start + candidate.words].windows(2).all(|pair| {
            let gap = &text.content[pair[0].range().end..pair[1].range().start];
            gap == " "
                || gap == "-"
                || gap == "\u{2010}"
                || gap == "\u{2011}"
                || gap.chars().all(|c| c.is_whitespace() || open && (c == ',' || is_quotation_mark(c)))
        })
    }
}

impl Candidate {
    fn hit(&self, text: &Text, sentence: usize, category: u16, entry: u32, status: Status) -> Hit {
        let first = text.tokens[self.start];
        Hit {
            range: first.range().start..text.tokens[self.start + self.words - 1].range().end,
            sentence,
            voice: first.voice,
            category,
            entry: Some(entry),
            question_rule: "",
            status,
        }
    }
}

/// A worker's matchers, one for each lexicon of a run, made when a text asks for it.
#[derive(Debug)]
pub struct Matchers<'l> {
    lexicons: &'l Lexicons,
    /// By place of the lexicon.
    made: Vec<Option<Matcher<'l>>>,
}

impl<'l> Matchers<'l> {
    /// Matchers for texts read with one [`Forms`] table.
    pub fn new(lexicons: &'l Lexicons) -> Self {
        Self { lexicons, made: Vec::new() }
    }

    /// The matcher for texts in a language.
    pub fn of(&mut self, language: &str) -> &mut Matcher<'l> {
        let place = self.lexicons.place(language);
        if self.made.len() <= place {
            self.made.resize_with(place + 1, || None);
        }
        self.made[place].get_or_insert_with(|| Matcher::new(self.lexicons.at(place)))
    }
}

/// Whether a set holds a word or its ending.
fn holds(set: &WordSet, word: Word) -> bool {
    set.binary_search(&word.code).is_ok() || word.ending != NO_WORD && set.binary_search(&word.ending).is_ok()
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '«' | '»' | '„')
}

/// A candidate where it stands.
struct Place<'a> {
    matcher: &'a Matcher<'a>,
    text: &'a Text,
    sentence: &'a Sentence,
    candidate: &'a Candidate,
}

impl Place<'_> {
    /// The constraint of an entry that does not hold, if there is one.
    fn refusal(&self, entry: &Entry) -> Option<Reason> {
        let Candidate { start, words, .. } = *self.candidate;
        let end = start + words;
        let initial = start == self.sentence.tokens.start;
        let next = (end < self.sentence.tokens.end).then(|| self.matcher.word_at(self.text, end));
        let previous = (!initial).then(|| self.matcher.word_at(self.text, start - 1));
        let within = |set: &Option<WordSet>, word: Option<Word>| {
            set.as_ref().map(|set| word.is_some_and(|word| holds(set, word)))
        };
        let excepted = |set: &WordSet| (start..end).any(|at| holds(set, self.matcher.word_at(self.text, at)));
        let refused = |fails: bool, reason: Reason| fails.then_some(reason);
        refused(within(&entry.before, next) == Some(false), Reason::Before)
            .or_else(|| refused(within(&entry.not_before, next) == Some(true), Reason::NotBefore))
            .or_else(|| refused(within(&entry.after, previous) == Some(false), Reason::After))
            .or_else(|| refused(within(&entry.not_after, previous) == Some(true), Reason::NotAfter))
            .or_else(|| refused(entry.except.as_ref().is_some_and(excepted), Reason::Except))
            .or_else(|| refused(!self.case_holds(entry.case, initial), Reason::Case))
            .or_else(|| refused(!self.position_holds(entry.position, initial), Reason::Position))
            .or_else(|| refused(entry.comma.is_some_and(|side| !self.comma_holds(side)), Reason::Comma))
            .or_else(|| {
                refused(entry.quotation.is_some_and(|side| !self.quotation_holds(side)), Reason::Quotation)
            })
            .or_else(|| {
                let holds = |number| self.number_follows(end, next) == (number == Number::After);
                refused(entry.number.is_some_and(|number| !holds(number)), Reason::Number)
            })
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

    fn number_follows(&self, end: usize, next: Option<Word>) -> bool {
        let Some(next) = next else { return false };
        let word = &self.text.content[self.text.tokens[end].range()];
        word.starts_with(|c: char| c.is_numeric()) || holds(&self.matcher.lexicon.numbers, next)
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
        Matcher::new(&lexicon).find(&text, &forms, false, |hit| {
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

    fn outcomes(entries: &str, content: &str) -> Vec<(String, &'static str)> {
        let lexicon = format!("language = \"en\"\nversion = \"1\"\n{entries}");
        let lexicon = Lexicon::parse("test", &lexicon).unwrap();
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
        let mut hits = Vec::new();
        Matcher::new(&lexicon).find(&text, &forms, true, |hit| hits.push(hit));
        hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.category));
        hits.into_iter().map(|hit| (text.content[hit.range].to_owned(), hit.status.name())).collect()
    }

    #[test]
    fn what_is_rejected_says_why() {
        let entries = entry("since", "before = [\"he\"]\nposition = \"sentence_initial\"")
            + &entry("ever since", "")
            + &entry("of course", "")
            + "[[entry]]\nmarker = \"as to\"\nphrases = [\"as to\"]\nfamily = \"none\"\ncategory = \"none\"\n"
            + &entry("as", "");
        let found = outcomes(
            &entries,
            "Since he came, since he left, since then and ever since, of, course. They agreed as to that.",
        );
        let expected = [
            ("Since", "counted"),
            ("since", "position"),
            ("since", "before"),
            ("ever since", "counted"),
            ("since", "before"),
            ("of, course", "mark_inside"),
            ("as", "overlap"),
        ];
        assert_eq!(found, expected.map(|(hit, status)| (hit.to_owned(), status)));
    }

    #[test]
    fn a_span_has_one_outcome_in_a_category() {
        let entries =
            entry("so", "comma = \"after\"") + &entry("so", "comma = \"before\"").replace("mso", "n");
        let entries = entries.replace("[[entry]]\nmarker = \"n\"", "[[entry]]\nrule = \"2\"\nmarker = \"n\"");
        assert_eq!(
            outcomes(&entries, "They came, so we left so late."),
            [("so".to_owned(), "counted"), ("so".to_owned(), "comma")]
        );
    }

    #[test]
    fn slots() {
        let not_only = entry("not only * but", "except = [\"whether\"]");
        assert_eq!(
            strings(
                &not_only,
                "Not only bread, but also wine; not only the old bread but wine; not only whether \
                                but; not only a b c d but e; not only but."
            ),
            ["not only the old bread but", "Not only bread, but"]
        );
        let did = "verb = [\"come\", \"see\"]\n".to_owned() + &entry("do|does|did really|truly|%verb", "");
        assert_eq!(
            strings(&did, "He did come; she did truly sing; they did not see."),
            ["did come", "did truly"]
        );
        let five = entry("from *5 to", "");
        assert_eq!(strings(&five, "From a b c d e to f. From (a) to b."), ["From a b c d e to"]);
    }

    #[test]
    fn endings() {
        let entries = entry("4*ism|4*ist", "except = [\"tourist\", \"*ologist\"]")
            + &entry("narrow", "before = [\"4*ist\"]");
        assert_eq!(
            strings(
                &entries,
                "A narrow nationalist, an Owenist, a tourist, a biologist, a narrow list of isms, a schism, \
                               criticism."
            ),
            ["narrow", "nationalist", "Owenist", "criticism"]
        );
    }

    #[test]
    fn quotation_marks_beside_a_match() {
        let said = entry("said", "quotation = \"either\"");
        assert_eq!(
            strings(&said, "“Stop,” said he. He said, “Stop.” He said so, and she said it."),
            ["said", "said"]
        );
    }

    #[test]
    fn a_match_may_count_in_two_categories() {
        let entries = entry("liar", "also = [\"label.invective\", \"stance.hedge\"]");
        assert_eq!(found(&entries, "The liar left.").len(), 1);
        let entries = entries + &entry("knave", "").replace("stance", "label").replace("hedge", "invective");
        assert_eq!(found(&entries, "The liar left.").len(), 2);
    }

    #[test]
    fn hits_have_the_voice_of_their_first_word() {
        let hits = found(&entry("perhaps", ""), "“Perhaps you are right,” he said, but perhaps not.");
        let voices: Vec<_> = hits.into_iter().map(|(_, voice)| voice).collect();
        assert_eq!(voices, [Voice::Quoted, Voice::Author]);
    }
}
