//! From a text to the passages that measures are computed from.

use std::ops::Range;

use crate::measures::familiar::FamiliarWords;
use crate::measures::syllables::Syllables;
use crate::measures::{Passage, SentenceCounts, Sequence};
use crate::profile::Selection;
use crate::text::{Forms, Text, Voice, fold};

/// What is known of a surface form.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Number of its key; equal for forms that count as one word.
    key: u32,
    characters: u32,
    letters: u32,
    syllables: u32,
    /// Long by more than an ending (see [`Syllables::is_hard`]).
    hard: bool,
    capital: bool,
    /// Not on Dale and Chall's list, not on Spache's.
    unfamiliar: [bool; 2],
}

/// Where a word stands.
#[derive(Clone, Copy, Debug)]
struct Word {
    block: usize,
    is_body: bool,
    voice: Voice,
}

/// A worker's table of surface forms: each is folded and looked at once, when first met.
#[derive(Default)]
pub(super) struct Gatherer<'l> {
    pub forms: Forms,
    keys: Forms,
    known: Vec<Form>,
    syllables: Syllables,
    lists: [Option<&'l FamiliarWords>; 2],
    /// By key: its number in the passage under way, and the passage that is from.
    numbers: Vec<(u32, u32)>,
    passage: u32,
}

impl<'l> Gatherer<'l> {
    /// A table with lists of familiar words: Dale and Chall's, Spache's.
    pub fn new(lists: [Option<&'l FamiliarWords>; 2]) -> Self {
        Self { lists, syllables: Syllables::built_in(), ..Self::default() }
    }

    /// The passages of a text, in the order of [`Selection::ALL`].
    pub fn passages(&mut self, text: &Text, english: bool) -> [Passage; 3] {
        self.learn();
        Selection::ALL.map(|selection| self.passage(text, 0..text.blocks.len(), selection, english))
    }

    /// Some blocks of a text, in both voices, with the counts of its words by the number of their keys.
    pub fn part(&mut self, text: &Text, blocks: Range<usize>, english: bool) -> (Passage, Vec<(u32, u64)>) {
        self.learn();
        let passage = self.passage(text, blocks.clone(), Selection::All, english);
        let mut keys = Vec::with_capacity(passage.sequence.tokens().len());
        self.for_each_word(text, &blocks, |_, form| keys.push(form.key));
        keys.sort_unstable();
        let counts = keys.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect();
        (passage, counts)
    }

    /// The key with this number.
    pub fn key(&self, number: u32) -> &str {
        self.keys.form(number)
    }

    /// The words of the blocks that are counted, with the kind of their block.
    fn for_each_word(&self, text: &Text, blocks: &Range<usize>, mut look: impl FnMut(Word, Form)) {
        let mut next = 0;
        for (index, block) in text.blocks.iter().enumerate() {
            let first = next;
            while text.tokens.get(next).is_some_and(|token| (token.start as usize) < block.range.end) {
                next += 1;
            }
            if !block.kind.is_counted() || !blocks.contains(&index) {
                continue;
            }
            for token in &text.tokens[first..next] {
                let word = Word { block: index, is_body: block.kind.is_body(), voice: token.voice };
                look(word, self.known[token.form as usize]);
            }
        }
    }

    /// Looks at the surface forms met since the last text.
    fn learn(&mut self) {
        for id in self.known.len()..self.forms.len() {
            let form = self.forms.form(id as u32);
            let key = fold(form);
            let (syllables, _) = self.syllables.count(&key);
            self.known.push(Form {
                characters: form.chars().count() as u32,
                letters: key.chars().filter(|letter| letter.is_alphanumeric()).count() as u32,
                syllables,
                hard: self.syllables.is_hard(&key),
                capital: form.chars().next().is_some_and(char::is_uppercase),
                unfamiliar: self.lists.map(|list| list.is_some_and(|list| !list.holds(&key))),
                key: self.keys.intern(&key, 0, key.len()),
            });
        }
    }

    fn passage(&mut self, text: &Text, blocks: Range<usize>, selection: Selection, english: bool) -> Passage {
        let has = |voice: Voice| match selection {
            Selection::All => true,
            Selection::Only(only) => voice == only,
        };
        let mut passage = Passage {
            has_syllables: english,
            has_list: self.lists.map(|list| list.is_some() && english),
            ..Passage::default()
        };
        self.words(text, &blocks, has, &mut passage);
        let mut spache: Vec<u32> = Vec::new();
        let mut paragraph = None;
        for sentence in text.body_sentences().filter(|it| has(it.voice) && blocks.contains(&it.block)) {
            let tokens = &text.tokens[sentence.tokens.clone()];
            let mut counts = SentenceCounts::default();
            counts.reading.sentences = 1;
            counts.characters = text.content[sentence.range.clone()].chars().count() as u64;
            let mut end = sentence.range.start;
            for (place, token) in tokens.iter().enumerate() {
                let form = self.known[token.form as usize];
                let reading = &mut counts.reading;
                reading.words += 1;
                reading.letters += u64::from(form.letters);
                reading.syllables += u64::from(form.syllables);
                reading.long_words += u64::from(form.letters >= 7);
                reading.polysyllables += u64::from(form.syllables >= 3);
                reading.monosyllables += u64::from(form.syllables == 1);
                // A capital within a sentence: a name.
                let name = form.capital && place > 0;
                reading.hard_words += u64::from(form.hard && !name);
                let strange = form.unfamiliar.map(|unfamiliar| unfamiliar && !name);
                for (count, strange) in reading.unfamiliar.iter_mut().zip(strange) {
                    *count += u64::from(strange);
                }
                if strange[1] {
                    spache.push(form.key);
                }
                counts.marks.add(text.content.get(end..token.start as usize).unwrap_or_default());
                end = token.end as usize;
            }
            counts.marks.add(text.content.get(end..sentence.range.end).unwrap_or_default());
            if paragraph != Some(sentence.block) {
                paragraph = Some(sentence.block);
                passage.paragraph_lengths.push((0, 0));
            }
            if let Some(lengths) = passage.paragraph_lengths.last_mut() {
                lengths.0 += tokens.len() as u32;
                lengths.1 += 1;
            }
            passage.sentence_words.push(tokens.len() as u32);
            passage.sentence_lengths.add(tokens.len() as u32);
            passage.sums += &counts;
            passage.sentences.push(counts);
        }
        spache.sort_unstable();
        spache.dedup();
        passage.unfamiliar_types = spache.len() as u64;
        passage
    }

    /// The words of the blocks that are counted, in their order.
    fn words(
        &mut self,
        text: &Text,
        blocks: &Range<usize>,
        has: impl Fn(Voice) -> bool,
        passage: &mut Passage,
    ) {
        self.passage += 1;
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.resize(self.keys.len(), (0, 0));
        let mut words = Vec::new();
        let mut types = 0;
        let mut characters = Vec::new();
        let mut paragraph = None;
        self.for_each_word(text, blocks, |word, form| {
            passage.words_of_text += 1;
            passage.quoted_words += u64::from(word.voice == Voice::Quoted);
            if word.is_body && paragraph != Some(word.block) {
                paragraph = Some(word.block);
                passage.paragraphs += 1;
            }
            if !has(word.voice) {
                return;
            }
            passage.prose_words += u64::from(word.is_body);
            if characters.len() <= form.characters as usize {
                characters.resize(form.characters as usize + 1, 0);
            }
            characters[form.characters as usize] += 1;
            let number = &mut numbers[form.key as usize];
            if number.1 != self.passage {
                *number = (types, self.passage);
                types += 1;
            }
            words.push(number.0);
        });
        self.numbers = numbers;
        for (length, times) in (0..).zip(characters).filter(|(_, times)| *times > 0) {
            passage.word_characters.add_times(length, times);
        }
        passage.sequence = Sequence::of_numbers(words, types as usize);
        passage.spectrum = passage.sequence.spectrum();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measures::{interval, measures};
    use crate::text::Language;

    fn passages(content: &str) -> [Passage; 3] {
        let mut gatherer = Gatherer::new([None, None]);
        let text = Text::read(content.to_owned(), &Language::english(), &mut gatherer.forms);
        gatherer.passages(&text, true)
    }

    #[test]
    fn passages_by_voice() {
        let [all, author, quoted] = passages(
            "*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nThe Tanner saw the tanner. “Stop at once, my good \
             man!” he cried.",
        );
        assert_eq!((all.spectrum.tokens(), author.spectrum.tokens(), quoted.spectrum.tokens()), (13, 7, 6));
        // The and the, Tanner and tanner are one word each.
        assert_eq!(author.sequence.tokens(), [0, 1, 2, 0, 1, 3, 4]);
        assert_eq!(all.sentence_words, [5, 8]);
        assert_eq!(all.sums.reading.words, 13);
        assert_eq!((author.sums.reading.sentences, quoted.sums.reading.sentences), (1, 1));
        assert_eq!((all.words_of_text, quoted.quoted_words, all.paragraphs), (13, 6, 1));
    }

    #[test]
    fn names_and_endings_are_not_hard() {
        let [all, ..] =
            passages("Considering it, we visited Alexandria, whose library they created and admired.");
        // Considering and library; neither Alexandria nor created, which -ed made long.
        assert_eq!((all.sums.reading.polysyllables, all.sums.reading.hard_words), (6, 2));
    }

    /// The value and the interval of every measure of a text, in every voice.
    fn measured(gatherer: &mut Gatherer<'_>, content: &str) -> Vec<String> {
        let text = Text::read(content.to_owned(), &Language::english(), &mut gatherer.forms);
        let passages = gatherer.passages(&text, true);
        let of = |passage| {
            measures()
                .map(move |entry| format!("{:?} {:?}", (entry.compute)(passage), interval(entry, passage)))
        };
        passages.iter().flat_map(of).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Another text of the corpus, read before, changes no value of a text.
        #[test]
        fn texts_do_not_touch_each_other(
            words in prop::collection::vec("[A-Ca-c]{1,4}[,;.]? ?(“[a-b]{1,3}!” )?", 1..150), other in "[A-Da-d .“”]{0,300}",
        ) {
            let content = words.join(" ");
            let list = FamiliarWords::parse("a\nab");
            let lists = [Some(&list), Some(&list)];
            let alone = measured(&mut Gatherer::new(lists), &content);
            let mut gatherer = Gatherer::new(lists);
            measured(&mut gatherer, &other);
            prop_assert_eq!(measured(&mut gatherer, &content), alone);
        }
    }
}
