//! From a text to its profile, without an allocation or a lock per token.

use std::sync::Mutex;

use super::{Counts, Profile, Vocabulary, WordId};
use crate::text::{Forms, Text, Voice, pass};

/// A worker's counting table: one count per surface form and voice, drained after each text.
///
/// Surface forms are folded once each, when first met; the run's vocabulary is locked once per text.
#[derive(Debug, Default)]
pub struct Counter {
    /// Per surface form: its word, once known.
    words: Vec<WordId>,
    /// Per surface form: its length in characters.
    characters: Vec<u32>,
    /// Per surface form: counts of the current text by voice.
    counts: Vec<[u32; 2]>,
    /// Surface forms of the current text.
    touched: Vec<u32>,
}

impl Counter {
    /// Counts a text that was read with `forms`. Marker hits are added by whoever finds them.
    pub fn count(&mut self, text: &Text, forms: &Forms, vocabulary: &Mutex<Vocabulary>) -> Profile {
        let mut profile = Profile::default();
        self.learn(forms, vocabulary);
        self.count_words(text, &mut profile);
        self.drain(&mut profile);
        count_sentences(text, &mut profile);
        profile
    }

    /// Folds the surface forms met since the last text.
    fn learn(&mut self, forms: &Forms, vocabulary: &Mutex<Vocabulary>) {
        let known = self.words.len();
        self.counts.resize(forms.len(), [0, 0]);
        let lengths = (known..forms.len()).map(|id| forms.form(id as u32).chars().count() as u32);
        self.characters.extend(lengths);
        Vocabulary::learn(vocabulary, forms, &mut self.words);
    }

    fn count_words(&mut self, text: &Text, profile: &mut Profile) {
        let mut next = 0;
        for block in &text.blocks {
            let end = pass(&text.tokens, next, block.range.end);
            let tokens = &text.tokens[next..end];
            next = end;
            if !block.kind.is_counted() {
                profile.boilerplate_words += tokens.len() as u64;
                continue;
            }
            if block.kind.is_body() {
                let quoted = tokens.iter().filter(|token| token.voice == Voice::Quoted).count() as u64;
                profile.quoted.prose_words += quoted;
                profile.author.prose_words += tokens.len() as u64 - quoted;
                profile.paragraphs += u64::from(!tokens.is_empty());
            }
            for token in tokens {
                let counts = &mut self.counts[token.form as usize];
                if *counts == [0, 0] {
                    self.touched.push(token.form);
                }
                counts[token.voice as usize] += 1;
            }
        }
    }

    /// Turns the counts of the text into sparse vectors and leaves the table clean for the next.
    fn drain(&mut self, profile: &mut Profile) {
        let mut pairs: [Vec<(WordId, u64)>; 2] = [Vec::new(), Vec::new()];
        for form in self.touched.drain(..) {
            let counts = std::mem::take(&mut self.counts[form as usize]);
            for voice in Voice::ALL {
                let count = counts[voice as usize];
                if count > 0 {
                    pairs[voice as usize].push((self.words[form as usize], u64::from(count)));
                    let characters = self.characters[form as usize];
                    profile.voice_mut(voice).word_characters.add_times(characters, u64::from(count));
                }
            }
        }
        let [author, quoted] = pairs;
        profile.author.words = Counts::from_pairs(author);
        profile.quoted.words = Counts::from_pairs(quoted);
    }
}

fn count_sentences(text: &Text, profile: &mut Profile) {
    for sentence in text.body_sentences() {
        profile.voice_mut(sentence.voice).sentence_words.add(sentence.words() as u32);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::profile::Selection;
    use crate::text::Language;

    proptest! {
        /// Against a map over `unicode_words`, for texts counted one after another by one worker.
        #[test]
        fn equal_to_a_plain_map(texts in prop::collection::vec("[A-Ca-c .\"\u{e9}\u{c9}'\n]{0,80}", 1..5)) {
            let (mut forms, mut counter) = (Forms::new(), Counter::default());
            let vocabulary = Mutex::new(Vocabulary::default());
            for content in &texts {
                let text = Text::read(content.clone(), &Language::english(), &mut forms);
                let profile = counter.count(&text, &forms, &vocabulary);
                let vocabulary = vocabulary.lock().unwrap();
                let found: BTreeMap<String, u64> = profile
                    .select(Selection::All)
                    .words
                    .iter()
                    .map(|(id, count)| (vocabulary.word(id).to_owned(), count))
                    .collect();
                let mut plain: BTreeMap<String, u64> = BTreeMap::new();
                for word in content.unicode_words() {
                    *plain.entry(word.to_lowercase()).or_default() += 1;
                }
                prop_assert_eq!(found, plain);
            }
        }
    }
}
