//! Finding the lexicon's phrases in a text.
//!
//! At each word that may open a phrase, the phrases are followed that open with it and the next ones. The longest one
//! wins that has an entry whose constraints hold; of winners that overlap the longest stays, then the leftmost. Time is
//! linear in the text.

mod place;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use super::hits::{Hit, Reason, Status};
use super::lexicon::{Code, Entry, Lexicon, Lexicons, NO_WORD, NodeId, SetId, Slot};
use crate::text::{FormId, Forms, Sentence, Text, fold};
use place::{Place, is_quotation_mark};

/// A worker's matcher: it knows what the lexicon knows of each surface form it has met.
#[derive(Debug)]
pub struct Matcher<'l> {
    lexicon: &'l Lexicon,
    words: Vec<Word>,
    /// Whether a phrase opens with a surface form. Most words are dismissed by this.
    opens: Bits,
    /// Whether a phrase goes on with it.
    goes_on: Bits,
    /// Those of the sentence at hand, in the order in which they are tried.
    candidates: Vec<Candidate>,
    winners: Vec<Winner>,
    /// Of winners that overlap: which words are taken, and the order in which they take them.
    taken: Vec<bool>,
    order: Vec<usize>,
}

/// What the lexicon knows of a surface form.
#[derive(Clone, Copy, Debug)]
struct Word {
    code: Code,
    /// Code of the longest ending of the lexicon that it has.
    ending: Code,
    /// The phrases that open with it.
    node: NodeId,
    /// The phrases that are just this ending.
    ending_node: NodeId,
}

const UNKNOWN: Word = Word { code: NO_WORD, ending: NO_WORD, node: 0, ending_node: 0 };

/// A bit for each surface form.
#[derive(Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    /// Sets the bit of the form after the last.
    fn push(&mut self, form: usize, bit: bool) {
        self.0.resize(form / 64 + 1, 0);
        self.0[form / 64] |= u64::from(bit) << (form % 64);
    }

    #[inline(always)]
    fn holds(&self, form: FormId) -> bool {
        self.0[form as usize / 64] >> (form % 64) & 1 == 1
    }
}

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

/// A candidate with the entry that lets it in.
#[derive(Clone, Copy, Debug)]
struct Winner {
    candidate: Candidate,
    entry: u32,
    /// Whether a better one has its words.
    beaten: bool,
}

impl<'l> Matcher<'l> {
    /// A matcher for texts read with one [`Forms`] table.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            words: Vec::new(),
            opens: Bits::default(),
            goes_on: Bits::default(),
            candidates: Vec::new(),
            winners: Vec::new(),
            taken: Vec::new(),
            order: Vec::new(),
        }
    }

    /// The lexicon it matches.
    pub fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// Finds the markers in the body of a text, in order of their place. With `rejected`, `hit` gets the phrases
    /// too that were found and not counted, each with the reason ([`Status::Rejected`]): one for each span and
    /// category, unless the span is counted in that category. What a blocking phrase covers is among them; those of
    /// a sentence come before its markers.
    pub fn find(&mut self, text: &Text, forms: &Forms, rejected: bool, mut hit: impl FnMut(Hit)) {
        self.learn(forms);
        for (index, sentence) in text.sentences.iter().enumerate() {
            if !text.kind_of(sentence).is_body() {
                continue;
            }
            self.candidates.clear();
            self.winners.clear();
            for at in sentence.tokens.clone() {
                let form = text.tokens[at].form;
                if self.opens.holds(form) {
                    let first = self.candidates.len();
                    self.gather(text, sentence, at, self.words[form as usize]);
                    if self.candidates.len() > first {
                        self.choose(text, sentence, first);
                    }
                }
            }
            self.settle();
            if rejected {
                let mut counted = Vec::new();
                self.tell(text, index, &mut |found| counted.push(found));
                self.reject(text, index, sentence, &counted, &mut hit);
                counted.into_iter().for_each(&mut hit);
            } else {
                self.tell(text, index, &mut hit);
            }
        }
    }

    /// Looks up the forms met since the last text.
    fn learn(&mut self, forms: &Forms) {
        for id in self.words.len()..forms.len() {
            let (code, ending) = self.lexicon.code(&fold(forms.form(id as u32)));
            let mut word = Word { code, node: self.lexicon.index.tree.opening(code), ..UNKNOWN };
            if let Some(ending) = ending {
                (word.ending, word.ending_node) = (ending.code, self.lexicon.index.tree.opening(ending.code));
            }
            self.opens.push(id, word.node != 0 || word.ending_node != 0);
            self.goes_on.push(id, self.lexicon.index.tree.goes_on(code));
            self.words.push(word);
        }
    }

    /// Adds the candidates that open with the word at a place.
    #[inline]
    fn gather(&mut self, text: &Text, sentence: &Sentence, at: usize, word: Word) {
        let index = &self.lexicon.index;
        let (mut node, mut end) = (word.node, at + 1);
        while node != 0 {
            self.add(text, sentence, at..end, node, false);
            let next = (end < sentence.tokens.end).then(|| text.tokens[end].form);
            let next = next.filter(|form| self.goes_on.holds(*form));
            node =
                next.and_then(|form| index.tree.following(node, self.words[form as usize].code)).unwrap_or(0);
            end += 1;
        }
        if word.ending_node != 0 {
            self.add(text, sentence, at..at + 1, word.ending_node, true);
        }
    }

    /// Adds the best of the candidates from `first` on, which open with one word, to the winners: the first of them
    /// whose constraints hold.
    fn choose(&mut self, text: &Text, sentence: &Sentence, first: usize) {
        let candidates = &mut self.candidates[first..];
        if candidates.len() > 1 {
            candidates.sort_unstable_by_key(|found| (Reverse(found.words), found.ending, found.phrase));
        }
        let mut unbroken = self.candidates[first..].iter().filter(|found| self.is_unbroken(text, found));
        let winner = unbroken.find_map(|found| {
            let place = Place::of(self, text, sentence, found);
            let mut entries = self.lexicon.index.entries(found.phrase);
            let entry = entries.find(|id| place.refusal(*id).is_none())?;
            Some(Winner { candidate: *found, entry, beaten: false })
        });
        self.winners.extend(winner);
    }

    /// Adds the phrases of a node whose words stand at a place and whose slots can be filled.
    #[inline]
    fn add(&mut self, text: &Text, sentence: &Sentence, words: Range<usize>, node: NodeId, ending: bool) {
        for phrase in self.lexicon.index.tree.phrases(node) {
            let slots = self.lexicon.index.tree.slots(phrase);
            // Most phrases have none.
            let end = if slots.is_empty() {
                Some(words.end)
            } else {
                self.filled(text, sentence, words.end, slots)
            };
            if let Some(end) = end {
                let words = end - words.start;
                self.candidates.push(Candidate { start: end - words, words, ending, phrase });
            }
        }
    }

    /// The token after the words that fill these slots from `at` on, if they can be filled.
    fn filled(&self, text: &Text, sentence: &Sentence, at: usize, slots: &[Slot]) -> Option<usize> {
        let Some((slot, others)) = slots.split_first() else { return Some(at) };
        match slot {
            Slot::Word(set) => {
                let fits = at < sentence.tokens.end && self.holds(*set, self.word_at(text, at));
                if fits { self.filled(text, sentence, at + 1, others) } else { None }
            }
            // A lexicon has at most two of these in a phrase, of a few words each.
            Slot::Open(most) => (1..=usize::from(*most))
                .take_while(|words| at + words < sentence.tokens.end)
                .find_map(|words| self.filled(text, sentence, at + words, others)),
        }
    }

    /// Of winners that overlap, marks those as beaten that do not stay.
    fn settle(&mut self) {
        let mut rest = &mut self.winners[..];
        while let Some(first) = rest.first() {
            // Those that overlap, each with one before it.
            let (start, mut end) = (first.start(), first.end());
            let overlapping = rest.iter().take_while(|next| {
                let within = next.start() < end;
                end = end.max(next.end());
                within
            });
            let count = overlapping.count();
            let (group, after) = rest.split_at_mut(count);
            rest = after;
            if let [_] = group {
                continue;
            }
            self.taken.clear();
            self.taken.resize(group.iter().map(Winner::end).max().unwrap_or(start) - start, false);
            self.order.clear();
            self.order.extend(0..count);
            self.order.sort_by_key(|place| Reverse(group[*place].candidate.words));
            for place in &self.order {
                let winner = &mut group[*place];
                let words = &mut self.taken[winner.start() - start..winner.end() - start];
                winner.beaten = words.contains(&true);
                if !winner.beaten {
                    words.fill(true);
                }
            }
        }
    }

    /// Tells the markers of a sentence.
    fn tell(&self, text: &Text, index: usize, hit: &mut impl FnMut(Hit)) {
        for winner in self.winners.iter().filter(|winner| !winner.beaten) {
            for category in self.lexicon.index.categories(winner.entry) {
                hit(winner.candidate.hit(text, index, *category, winner.entry, Status::Counted));
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
            let place = Place::of(self, text, sentence, candidate);
            for (id, entry) in self.entries_of(candidate) {
                let reason = if unbroken { place.refusal(id) } else { Some(Reason::MarkInside) };
                let status = Status::Rejected(reason.unwrap_or(Reason::Overlap));
                for category in &entry.places {
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
        lexicon.index.entries(candidate.phrase).map(|id| (id, &lexicon.entries[id as usize]))
    }

    fn word_at(&self, text: &Text, token: usize) -> Word {
        text.tokens.get(token).map_or(UNKNOWN, |token| self.words[token.form as usize])
    }

    /// Whether a set holds a word or its ending.
    fn holds(&self, set: SetId, word: Word) -> bool {
        let index = &self.lexicon.index;
        index.holds(set, word.code) || word.ending != NO_WORD && index.holds(set, word.ending)
    }

    /// Only white space, or a hyphen, stands between the words; beside an open slot and in it, commas and
    /// quotation marks may stand too.
    fn is_unbroken(&self, text: &Text, candidate: &Candidate) -> bool {
        let open = || {
            let slots = self.lexicon.index.tree.slots(candidate.phrase);
            slots.iter().any(|slot| matches!(slot, Slot::Open(_)))
        };
        text.tokens[candidate.start..candidate.start + candidate.words].windows(2).all(|pair| {
            let gap = pair[0].range().end..pair[1].range().start;
            if gap.len() == 1 && text.content.as_bytes()[gap.start] == b' ' {
                return true;
            }
            let gap = &text.content[gap];
            gap == "-"
                || gap == "\u{2010}"
                || gap == "\u{2011}"
                || gap.chars().all(|c| c.is_whitespace() || (c == ',' || is_quotation_mark(c)) && open())
        })
    }
}

impl Winner {
    fn start(&self) -> usize {
        self.candidate.start
    }

    /// The token after its last.
    fn end(&self) -> usize {
        self.candidate.start + self.candidate.words
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
