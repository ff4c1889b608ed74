//! Frequency lists and sentence lengths, counted without a list of the words of a text.

use std::sync::{Mutex, PoisonError};

use super::{Histogram, Vocabulary, WordId};
use crate::text::{
    Cut, FormId, Forms, Language, SentenceRules, Stretch, StretchKind, WordPolicy, for_each_cut, stretches,
};

/// Lengths counted by place in a list; longer sentences are few.
const SHORT: usize = 256;

/// A worker's counts of many texts, both voices together.
///
/// The same words and sentences as those of a [`Profile`](super::Profile), in memory that does not grow with
/// the texts: each surface form has one count.
#[derive(Debug, Default)]
pub struct Tally {
    forms: Forms<Seen>,
    /// Bytes of the texts that the counts of forms are of.
    unsettled: usize,
    /// Per surface form: its word.
    words: Vec<WordId>,
    /// Surface forms of the text at hand.
    touched: Vec<FormId>,
    /// Per word: the texts that hold it, and the last of them.
    holders: Vec<Holders>,
    /// Per word: its occurrences, but those that forms still count.
    totals: Vec<u64>,
    read: u32,
}

/// A surface form so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    count: u32,
    /// The last text that holds it, the first being 1.
    last: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Holders {
    documents: u32,
    last: u32,
}

/// What was counted in one text or part, besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Words in every block but boilerplate and page furniture.
    pub words: u64,
    /// Words in boilerplate and page furniture.
    pub boilerplate_words: u64,
    /// Words per sentence of prose.
    pub sentence_words: Histogram,
}

impl Lengths {
    /// Adds the numbers of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.words += other.words;
        self.boilerplate_words += other.boilerplate_words;
        self.sentence_words.merge(&other.sentence_words);
    }
}

/// The words met in a text that is read in parts, by any thread.
#[derive(Debug, Default)]
pub struct WordsMet(Mutex<Vec<u64>>);

/// A word of a frequency list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Its occurrences.
    pub count: u64,
    /// The texts that hold it.
    pub documents: u64,
}

impl Tally {
    /// Counts a text, or, with `met`, a part of one.
    pub fn add(
        &mut self,
        text: &str,
        language: &Language,
        rules: (&WordPolicy, SentenceRules),
        vocabulary: &Mutex<Vocabulary>,
        met: Option<&WordsMet>,
    ) -> Lengths {
        let (policy, sentences) = rules;
        // The counts of forms, which are small, hold as many words as there are bytes.
        if self.unsettled.saturating_add(text.len()) > u32::MAX as usize {
            self.settle();
        }
        self.unsettled += text.len();
        self.read += 1;
        let stretches = stretches(text, sentences, language);
        let lengths = self.count(text, &stretches, language, policy);
        self.learn(vocabulary);
        self.take_up(met);
        lengths
    }

    fn count(
        &mut self,
        text: &str,
        stretches: &[Stretch],
        language: &Language,
        policy: &WordPolicy,
    ) -> Lengths {
        let mut walk = Walk::new(stretches);
        for_each_cut(text, policy, language, |cut| match cut {
            Cut::Plain(words) => {
                // Words of stretches that count are looked up together.
                let (mut from, mut at) = (0, 0);
                loop {
                    at += walk.inside(&words[at..]);
                    if !walk.is_counted() {
                        from = at;
                    }
                    let Some(&[start, _]) = words.get(at) else { break };
                    let counted = walk.is_counted();
                    walk.reach(start);
                    if counted && !walk.is_counted() {
                        self.meet(text, &words[from..at]);
                    }
                }
                self.meet(text, &words[from..]);
            }
            Cut::Reshaped(range, form) => {
                walk.reach(range.start);
                walk.inside(&[[range.start, range.end]]);
                if walk.is_counted() {
                    self.meet(form, &[[0, form.len()]]);
                }
            }
        });
        walk.finish()
    }

    /// Counts words.
    fn meet(&mut self, text: &str, words: &[[usize; 2]]) {
        let Self { forms, touched, read, .. } = self;
        forms.intern_each(text, words, |form, seen| {
            seen.count += 1;
            if seen.last != *read {
                seen.last = *read;
                touched.push(form);
            }
        });
    }

    /// Folds the surface forms met for the first time.
    fn learn(&mut self, vocabulary: &Mutex<Vocabulary>) {
        if self.words.len() == self.forms.len() {
            return;
        }
        let words = Vocabulary::learn(vocabulary, &self.forms, &mut self.words);
        self.holders.resize(words, Holders::default());
    }

    /// Adds the text to those that hold its words.
    fn take_up(&mut self, met: Option<&WordsMet>) {
        let mut met = met.map(|met| met.0.lock().unwrap_or_else(PoisonError::into_inner));
        for form in self.touched.drain(..) {
            let word = self.words[form as usize] as usize;
            let holders = &mut self.holders[word];
            if std::mem::replace(&mut holders.last, self.read) == self.read {
                continue;
            }
            let first = met.as_mut().is_none_or(|met| {
                let (place, bit) = (word / 64, 1 << (word % 64));
                if met.len() <= place {
                    met.resize(place + 1, 0);
                }
                let first = met[place] & bit == 0;
                met[place] |= bit;
                first
            });
            holders.documents += u32::from(first);
        }
    }

    /// Takes the counts of forms up into those of words.
    fn settle(&mut self) {
        self.unsettled = 0;
        self.totals.resize(self.holders.len(), 0);
        for (form, seen) in self.forms.values_mut() {
            self.totals[self.words[form as usize] as usize] += u64::from(std::mem::take(&mut seen.count));
        }
    }

    /// The counts of all workers, by number of the word.
    pub fn merge(tallies: Vec<Self>) -> Vec<Frequency> {
        let words = tallies.iter().map(|tally| tally.holders.len()).max().unwrap_or(0);
        let mut merged = vec![Frequency::default(); words];
        for mut tally in tallies {
            tally.settle();
            for (sum, (count, holders)) in merged.iter_mut().zip(tally.totals.iter().zip(&tally.holders)) {
                sum.count += count;
                sum.documents += u64::from(holders.documents);
            }
        }
        merged
    }
}

/// A walk over the stretches of a text, which counts the words of each.
struct Walk<'s> {
    stretches: std::slice::Iter<'s, Stretch>,
    /// The stretch at hand, and its words so far.
    stretch: Stretch,
    words: u32,
    lengths: Lengths,
    /// Sentences of each length below [`SHORT`].
    short: [u64; SHORT],
}

impl<'s> Walk<'s> {
    fn new(stretches: &'s [Stretch]) -> Self {
        Self {
            stretches: stretches.iter(),
            stretch: Stretch { end: 0, kind: StretchKind::Uncounted },
            words: 0,
            lengths: Lengths::default(),
            short: [0; SHORT],
        }
    }

    /// Whether the words of the stretch at hand count.
    fn is_counted(&self) -> bool {
        self.stretch.kind != StretchKind::Uncounted
    }

    /// Takes as many of `words` as are in the stretch at hand; returns how many they are.
    fn inside(&mut self, words: &[[usize; 2]]) -> usize {
        let end = self.stretch.end as usize;
        let inside = words.iter().position(|&[start, _]| start >= end).unwrap_or(words.len());
        self.words += inside as u32;
        inside
    }

    /// Goes on to the stretch that holds the byte `start`.
    fn reach(&mut self, start: usize) {
        while start >= self.stretch.end as usize {
            self.end_stretch();
            let beyond = Stretch { end: u32::MAX, kind: StretchKind::Uncounted };
            self.stretch = self.stretches.next().copied().unwrap_or(beyond);
        }
    }

    fn end_stretch(&mut self) {
        let words = std::mem::take(&mut self.words);
        match self.stretch.kind {
            StretchKind::Uncounted => self.lengths.boilerplate_words += u64::from(words),
            kind => {
                self.lengths.words += u64::from(words);
                if kind == StretchKind::Sentence && words > 0 {
                    match self.short.get_mut(words as usize) {
                        Some(times) => *times += 1,
                        None => self.lengths.sentence_words.add(words),
                    }
                }
            }
        }
    }

    /// What was counted.
    fn finish(mut self) -> Lengths {
        self.end_stretch();
        for (length, times) in self.short.iter().enumerate().filter(|(_, times)| **times > 0) {
            self.lengths.sentence_words.add_times(length as u32, *times);
        }
        self.lengths
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::profile::{Counter, Profile, Selection};
    use crate::text::Text;

    /// A corpus counted as profiles: words, texts that hold them, and lengths of sentences.
    fn by_profiles(texts: &[String]) -> (Vec<(String, Frequency)>, Lengths) {
        let vocabulary = Mutex::new(Vocabulary::default());
        let (mut forms, mut counter) = (Forms::new(), Counter::default());
        let english = Language::english();
        let profiles: Vec<Profile> = texts
            .iter()
            .map(|text| counter.count(&Text::read(text.clone(), &english, &mut forms), &forms, &vocabulary))
            .collect();
        let vocabulary = vocabulary.into_inner().unwrap();
        let mut list: Vec<(String, Frequency)> = (0..vocabulary.len() as WordId)
            .map(|id| {
                let counts = profiles.iter().map(|profile| profile.select(Selection::All).words.get(id));
                let counts: Vec<u64> = counts.collect();
                let documents = counts.iter().filter(|count| **count > 0).count() as u64;
                (vocabulary.word(id).to_owned(), Frequency { count: counts.iter().sum(), documents })
            })
            .filter(|(_, frequency)| frequency.count > 0)
            .collect();
        list.sort_by(|a, b| a.0.cmp(&b.0));
        let mut lengths = Lengths::default();
        for profile in &profiles {
            lengths.words += profile.words();
            lengths.boilerplate_words += profile.boilerplate_words;
            lengths.sentence_words.merge(&profile.select(Selection::All).sentence_words);
        }
        (list, lengths)
    }

    proptest! {
        #[test]
        fn counts_are_those_of_profiles(
            texts in prop::collection::vec("([A-Da-d]{1,3}[ .?\"“”\n*:1é-]{1,3}){0,40}", 1..5),
            workers in 1_usize..3,
        ) {
            let vocabulary = Mutex::new(Vocabulary::default());
            let english = Language::english();
            let mut tallies: Vec<Tally> = (0..workers).map(|_| Tally::default()).collect();
            let mut lengths = Lengths::default();
            let rules = (&WordPolicy::default(), SentenceRules::Full);
            for (index, text) in texts.iter().enumerate() {
                let tally = &mut tallies[index % workers];
                lengths.merge(&tally.add(text, &english, rules, &vocabulary, None));
                if index % 3 == 0 {
                    tally.settle();
                }
            }
            let vocabulary = vocabulary.into_inner().unwrap();
            let mut list: Vec<(String, Frequency)> = Tally::merge(tallies)
                .into_iter()
                .enumerate()
                .map(|(id, frequency)| (vocabulary.word(id as WordId).to_owned(), frequency))
                .collect();
            list.sort_by(|a, b| a.0.cmp(&b.0));
            prop_assert_eq!((list, lengths), by_profiles(&texts));
        }
    }

    #[test]
    fn a_text_in_parts_holds_a_word_once() {
        let vocabulary = Mutex::new(Vocabulary::default());
        let english = Language::english();
        let met = WordsMet::default();
        let rules = (&WordPolicy::default(), SentenceRules::Full);
        let mut tallies = [Tally::default(), Tally::default()];
        for (tally, part) in tallies.iter_mut().zip(["The sluice. The bank.", "the sluice"]) {
            tally.add(part, &english, rules, &vocabulary, Some(&met));
        }
        let vocabulary = vocabulary.into_inner().unwrap();
        let list = Tally::merge(tallies.into());
        let the = (0..3).find(|id| vocabulary.word(*id) == "the").unwrap();
        assert_eq!(list[the as usize], Frequency { count: 3, documents: 1 });
    }
}
