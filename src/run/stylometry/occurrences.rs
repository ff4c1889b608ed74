//! From a text to the places where its features occur.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::profile::Selection;
use crate::rhetoric::{Matcher, QuestionWords, find_questions, hits};
use crate::study::{Features, StylometryOptions};
use crate::text::{Forms, Sentence, StyloRules, Text, WordPolicy, WordRules, fold};

/// Sentence lengths are counted in classes of so many words.
const CLASS: usize = 5;
/// Longer sentences are one class.
const LONGEST: usize = 60;

/// A feature where it occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// The word it begins in, by its place among the words counted.
    pub first: u32,
    /// The word it ends in.
    pub last: u32,
    /// Number of the feature with this worker.
    pub feature: u32,
}

/// The features of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream {
    /// Words counted.
    pub words: usize,
    /// In the order of the text.
    pub occurrences: Vec<Occurrence>,
}

/// A worker's tables: each surface form is folded once, each feature has a number.
#[derive(Debug, Default)]
pub(super) struct Gatherer {
    pub forms: Forms,
    /// The features met.
    pub features: Forms,
    /// Surface forms are their own keys.
    unfolded: bool,
    /// Per surface form: its key.
    keys: Vec<u32>,
    key_forms: Forms,
}

impl Gatherer {
    /// A worker that cuts words by a policy. stylo's rules for Chinese, Japanese and Korean keep the case.
    pub fn new(words: WordPolicy) -> Self {
        Self { unfolded: words.rules == WordRules::Stylo(StyloRules::Cjk), ..Self::default() }
    }

    /// The features of a text that was read with `self.forms`. Hits of markers are found with `matcher`.
    pub fn stream(
        &mut self,
        text: &Text,
        options: &StylometryOptions,
        matcher: Option<&mut Matcher<'_>>,
    ) -> Stream {
        for id in self.keys.len()..self.forms.len() {
            let form = self.forms.form(id as u32);
            let key = if self.unfolded { Cow::Borrowed(form) } else { fold(form) };
            self.keys.push(self.key_forms.intern(&key, 0, key.len()));
        }
        let words = counted_words(text, options);
        let mut stream = Stream { words: words.len(), occurrences: Vec::new() };
        match options.features {
            Features::Words | Features::FunctionWords => self.word_runs(text, &words, 1, &mut stream),
            Features::WordNgrams => self.word_runs(text, &words, options.n(), &mut stream),
            Features::CharNgrams if options.is_stylo() => {
                let characters = self.key_characters(text, &words, true);
                self.character_runs(&[characters], options.n(), " ", &mut stream);
            }
            Features::CharNgrams => {
                let characters = characters(text, &words);
                self.character_runs(&[characters], options.n(), "", &mut stream);
            }
            Features::InnerCharNgrams => {
                let mut within: Vec<Vec<Character>> = Vec::with_capacity(words.len());
                for place in 0..words.len() {
                    let mut word = self.key_characters(text, &words[place..=place], false);
                    word.iter_mut().for_each(|character| {
                        character.first = place as u32;
                        character.last = place as u32;
                    });
                    within.push(word);
                }
                self.character_runs(&within, options.n(), "", &mut stream);
            }
            Features::Punctuation => self.punctuation(text, &words, &mut stream),
            Features::Markers => {
                if let Some(matcher) = matcher {
                    self.markers(text, &words, options.voice.selection(), matcher, &mut stream);
                }
            }
            Features::SentenceLengths => {
                self.sentence_lengths(text, &words, options.voice.selection(), &mut stream);
            }
        }
        stream
    }

    /// The words that are counted, by their places among the tokens of the text.
    pub fn words(&self, text: &Text, options: &StylometryOptions) -> Vec<usize> {
        counted_words(text, options)
    }

    fn push(&mut self, stream: &mut Stream, (first, last): (u32, u32), name: &str) {
        let feature = self.features.intern(name, 0, name.len());
        stream.occurrences.push(Occurrence { first, last, feature });
    }

    fn key(&self, text: &Text, word: usize) -> &str {
        self.key_forms.form(self.keys[text.tokens[word].form as usize])
    }

    fn word_runs(&mut self, text: &Text, words: &[usize], n: usize, stream: &mut Stream) {
        let mut gram = String::new();
        stream.occurrences.reserve(words.len());
        for (place, run) in words.windows(n).enumerate() {
            gram.clear();
            for (index, word) in run.iter().enumerate() {
                if index > 0 {
                    gram.push(' ');
                }
                gram.push_str(self.key(text, *word));
            }
            self.push(stream, (place as u32, (place + n - 1) as u32), &gram);
        }
    }

    /// The characters of the keys of words, with a space between two words if there is to be one.
    fn key_characters(&self, text: &Text, words: &[usize], spaced: bool) -> Vec<Character> {
        let mut characters = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let at = place as u32;
            if spaced && place > 0 {
                characters.push(Character { character: ' ', first: at - 1, last: at });
            }
            let word = self.key(text, *word).chars();
            characters.extend(word.map(|character| Character { character, first: at, last: at }));
        }
        characters
    }

    fn character_runs(&mut self, texts: &[Vec<Character>], n: usize, between: &str, stream: &mut Stream) {
        let mut gram = String::new();
        for run in texts.iter().flat_map(|text| text.windows(n)) {
            gram.clear();
            for (index, character) in run.iter().enumerate() {
                if index > 0 {
                    gram.push_str(between);
                }
                gram.push(character.character);
            }
            self.push(stream, (run[0].first, run[n - 1].last), &gram);
        }
    }

    fn punctuation(&mut self, text: &Text, words: &[usize], stream: &mut Stream) {
        for_each_stretch(text, words, |place, word, stretch| {
            let token = &text.tokens[word];
            let at = place as u32;
            for (offset, character) in text.content[stretch.clone()].char_indices() {
                let byte = stretch.start + offset;
                if !token.range().contains(&byte) && is_mark(character) {
                    self.push(stream, (at, at), character.encode_utf8(&mut [0; 4]));
                }
            }
        });
    }

    fn markers(
        &mut self,
        text: &Text,
        words: &[usize],
        voices: Selection,
        matcher: &mut Matcher<'_>,
        stream: &mut Stream,
    ) {
        let lexicon = matcher.lexicon();
        let questions = find_questions(text, &self.forms, QuestionWords::of(&lexicon.language));
        for hit in hits(text, &self.forms, matcher, &questions, false) {
            if matches!(voices, Selection::Only(voice) if voice != hit.voice) {
                continue;
            }
            let place = words
                .partition_point(|word| (text.tokens[*word].start as usize) < hit.range.start)
                .min(words.len().saturating_sub(1)) as u32;
            let category = &lexicon.categories[usize::from(hit.category)].category;
            let name = format!("{category}: {}", hit.marker(lexicon));
            self.push(stream, (place, place), &name);
        }
    }

    fn sentence_lengths(&mut self, text: &Text, words: &[usize], voices: Selection, stream: &mut Stream) {
        let has = |sentence: &&Sentence| match voices {
            Selection::All => true,
            Selection::Only(voice) => sentence.voice == voice,
        };
        for sentence in text.body_sentences().filter(has) {
            let first = words.partition_point(|word| *word < sentence.tokens.start);
            let last = words.partition_point(|word| *word < sentence.tokens.end);
            if first == last {
                continue;
            }
            let class = (sentence.words() - 1) / CLASS;
            let name = if sentence.words() > LONGEST {
                format!("more than {LONGEST} words")
            } else {
                format!("{:02}-{:02} words", class * CLASS + 1, (class + 1) * CLASS)
            };
            self.push(stream, (first as u32, (last - 1) as u32), &name);
        }
    }
}

/// The words that are counted, by their places among the tokens: those of sentences in the voice asked for;
/// with stylo's way all of the file.
pub(super) fn counted_words(text: &Text, options: &StylometryOptions) -> Vec<usize> {
    let has = |token: &usize| match options.voice.selection() {
        Selection::All => true,
        Selection::Only(voice) => text.tokens[*token].voice == voice,
    };
    if options.is_stylo() {
        return (0..text.tokens.len()).filter(has).collect();
    }
    text.sentences.iter().flat_map(|sentence| sentence.tokens.clone()).filter(has).collect()
}

/// A character and the words that it belongs to; white space belongs to the words on either side.
#[derive(Clone, Copy, Debug)]
struct Character {
    character: char,
    first: u32,
    last: u32,
}

/// The characters of the text as it stands, composed, around the words that are counted. Runs of white space are
/// one space, and where something is left out there is a space.
fn characters(text: &Text, words: &[usize]) -> Vec<Character> {
    let mut characters: Vec<Character> = Vec::new();
    let mut end = 0;
    for_each_stretch(text, words, |place, _, stretch| {
        let at = place as u32;
        let mut push = |character: char| {
            let space = character.is_whitespace();
            let spaced = characters.last().is_none_or(|last| last.character == ' ');
            if space && !spaced {
                characters.push(Character { character: ' ', first: at, last: at + 1 });
            } else if !space {
                characters.push(Character { character, first: at, last: at });
            }
        };
        if stretch.start != end {
            push(' ');
        }
        end = stretch.end;
        text.content[stretch].nfc().for_each(&mut push);
    });
    while characters.last().is_some_and(|last| last.character == ' ') {
        characters.pop();
    }
    // A space pushed at the head of a stretch stands before its word.
    for place in 1..characters.len() {
        if characters[place].character == ' ' && characters[place - 1].last < characters[place].first {
            characters[place].first = characters[place - 1].last;
            characters[place].last = characters[place].first + 1;
        }
    }
    characters
}

/// Calls `each` with the place of each word, the word, and the bytes of it and what follows it up to the next word
/// or the end of its sentence; what stands before the first word of a sentence belongs to that.
fn for_each_stretch(
    text: &Text,
    words: &[usize],
    mut each: impl FnMut(usize, usize, std::ops::Range<usize>),
) {
    let mut place = 0;
    for sentence in &text.sentences {
        while let Some(word) = words.get(place).copied().filter(|word| *word < sentence.tokens.end) {
            let first = word == sentence.tokens.start;
            let start = if first { sentence.range.start } else { text.tokens[word].start as usize };
            let end = if word + 1 < sentence.tokens.end {
                text.tokens[word + 1].start as usize
            } else {
                sentence.range.end
            };
            // A token can reach over the end of a sentence where a policy joins words.
            each(place, word, start..end.max(start));
            place += 1;
        }
    }
}

/// A mark: no letter, digit, space, control character or accent.
fn is_mark(character: char) -> bool {
    !character.is_alphanumeric()
        && !character.is_whitespace()
        && !character.is_control()
        && !is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Compatibility, VoiceChoice};
    use crate::text::Language;

    fn found(options: &StylometryOptions, content: &str) -> Vec<(String, u32, u32)> {
        let mut gatherer = Gatherer::default();
        let text = Text::read(content.to_owned(), &Language::english(), &mut gatherer.forms);
        let stream = gatherer.stream(&text, options, None);
        let name = |occurrence: &Occurrence| gatherer.features.form(occurrence.feature).to_owned();
        stream.occurrences.iter().map(|found| (name(found), found.first, found.last)).collect()
    }

    fn names(options: &StylometryOptions, content: &str) -> Vec<String> {
        found(options, content).into_iter().map(|(name, ..)| name).collect()
    }

    fn of(features: Features, n: usize) -> StylometryOptions {
        StylometryOptions { features, n: Some(n), ..StylometryOptions::default() }
    }

    #[test]
    fn every_kind_of_feature() {
        let text = "Don’t go!  “He did,” said I.";
        assert_eq!(names(&of(Features::Words, 1), text), ["don't", "go", "he", "did", "said", "i"]);
        assert_eq!(names(&of(Features::WordNgrams, 5), text), ["don't go he did said", "go he did said i"]);
        assert_eq!(names(&of(Features::Punctuation, 1), text), ["!", "“", ",", "”", "."]);
        assert_eq!(names(&of(Features::InnerCharNgrams, 4), text), ["don'", "on't", "said"]);
        assert_eq!(
            found(&of(Features::CharNgrams, 3), "Go on, he."),
            [
                ("Go ", 0, 1),
                ("o o", 0, 1),
                (" on", 0, 1),
                ("on,", 1, 1),
                ("n, ", 1, 2),
                (", h", 1, 2),
                (" he", 1, 2),
                ("he.", 2, 2)
            ]
            .map(|(name, first, last)| (name.to_owned(), first, last))
        );
        assert_eq!(found(&of(Features::SentenceLengths, 1), text).len(), 2);
        assert_eq!(found(&of(Features::SentenceLengths, 1), text)[1], ("01-05 words".to_owned(), 2, 5));
    }

    #[test]
    fn stylo_joins_the_words_with_spaces() {
        let options = StylometryOptions { compat: Some(Compatibility::Stylo), ..of(Features::CharNgrams, 3) };
        assert_eq!(
            found(&options, "To be."),
            [("t o  ", 0, 1), ("o   b", 0, 1), ("  b e", 0, 1)].map(|(name, first, last)| (
                name.to_owned(),
                first,
                last
            ))
        );
    }

    #[test]
    fn one_voice_alone() {
        let text = "“Stop, thief!” he cried. They ran.";
        let author = StylometryOptions { voice: VoiceChoice::Author, ..of(Features::Words, 1) };
        assert_eq!(names(&author, text), ["he", "cried", "they", "ran"]);
        let quoted = StylometryOptions { voice: VoiceChoice::Quoted, ..of(Features::CharNgrams, 4) };
        let grams = names(&quoted, text);
        assert!(
            grams.contains(&"p, t".to_owned()) && !grams.iter().any(|gram| gram.contains("cri")),
            "{grams:?}"
        );
    }

    #[test]
    fn nothing_gives_nothing() {
        for (features, _) in Features::ALL {
            for text in ["", "…", "!!", "\u{301}"] {
                let stream = found(&of(features, 3), text);
                assert!(stream.is_empty(), "{features:?} {text:?} {stream:?}");
            }
        }
    }
}
