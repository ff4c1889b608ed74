//! What measures are computed from: a text, or one voice of it, as counts and, where it was read, in its order.

use std::cell::OnceCell;
use std::ops::AddAssign;

use super::growth::{self, ZipfMandelbrot};
use super::outcome::Undefined;
use super::punctuation::MarkCounts;
use super::readability::ReadingCounts;
use super::sequence::Sequence;
use super::spectrum::Spectrum;
use crate::profile::{Histogram, Profile, Selection};

/// A text, or one voice of it, as the measures need it.
///
/// [`of_profile`](Self::of_profile) knows the counts that a profile has; measures that need more
/// ([`Needs::Text`](super::Needs)) are computed from the passages of [`run::measures`](crate::run::measures()).
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Frequencies of the counted words.
    pub spectrum: Spectrum,
    /// Words per sentence of prose.
    pub sentence_lengths: Histogram,
    /// Characters per word.
    pub word_characters: Histogram,
    /// Words in prose, the base of marker rates.
    pub prose_words: u64,
    /// Paragraphs of the text, of both voices.
    pub paragraphs: u64,
    /// Words of the whole text, of both voices.
    pub words_of_text: u64,
    /// Quoted words of the whole text.
    pub quoted_words: u64,
    /// Sums over the sentences of prose.
    pub sums: SentenceCounts,
    /// The counted words in their order, equal where their keys are.
    pub sequence: Sequence,
    /// The sentences of prose, in the order of the text.
    pub sentences: Vec<SentenceCounts>,
    /// Words of each of them.
    pub sentence_words: Vec<u32>,
    /// Words and sentences of each paragraph.
    pub paragraph_lengths: Vec<(u32, u32)>,
    /// Whether syllables can be counted in the language of the text.
    pub has_syllables: bool,
    /// Which lists of familiar words were given: Dale and Chall's, Spache's.
    pub has_list: [bool; 2],
    /// Different words that are not on Spache's list.
    pub unfamiliar_types: u64,
    /// The law of Zipf and Mandelbrot, once fitted: three measures share the fit.
    pub(crate) law: OnceCell<Result<ZipfMandelbrot, Undefined>>,
    /// Resampled sums, once drawn: all measures of sentences share them.
    pub(crate) resampled: OnceCell<Vec<SentenceCounts>>,
}

/// What is counted in a sentence; sums of it are what scores and rates are computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentenceCounts {
    /// Words, syllables, letters.
    pub reading: ReadingCounts,
    /// Punctuation marks.
    pub marks: MarkCounts,
    /// Characters, with spaces and punctuation.
    pub characters: u64,
}

impl SentenceCounts {
    /// Adds the counts of `other` so many times.
    pub fn add_times(&mut self, other: &Self, times: u64) {
        self.reading.add_times(&other.reading, times);
        self.marks.add_times(&other.marks, times);
        self.characters += other.characters * times;
    }
}

impl AddAssign<&Self> for SentenceCounts {
    fn add_assign(&mut self, other: &Self) {
        self.add_times(other, 1);
    }
}

impl Passage {
    /// A selection of voices of a profile: counts without order.
    pub fn of_profile(profile: &Profile, selection: Selection) -> Self {
        let owned;
        let counts = match selection {
            Selection::Only(voice) => profile.voice(voice),
            Selection::All => {
                owned = profile.select(selection);
                &owned
            }
        };
        let mut passage = Self {
            spectrum: Spectrum::from(&counts.words),
            sentence_lengths: counts.sentence_words.clone(),
            word_characters: counts.word_characters.clone(),
            prose_words: counts.prose_words,
            paragraphs: profile.paragraphs,
            words_of_text: profile.words(),
            quoted_words: profile.quoted.words.tokens(),
            ..Self::default()
        };
        passage.sums.reading.words = counts.sentence_words.sum();
        passage.sums.reading.sentences = counts.sentence_words.count();
        passage
    }

    /// The law of Zipf and Mandelbrot, fitted once.
    pub(super) fn law(&self) -> Result<ZipfMandelbrot, Undefined> {
        *self.law.get_or_init(|| growth::zipf_mandelbrot(&self.spectrum))
    }
}
