//! Profiles: exact integer counts of a text, by voice, that add up.
//!
//! A [`Profile`] is a commutative monoid: the empty profile changes nothing, and the profile of a group,
//! an author or a corpus is the merge of its texts' profiles in any order. Everything computed with
//! floating point comes after, from these integers.

mod clustered;
mod counter;
mod counts;
mod histogram;
mod reading;
mod tally;
mod vocabulary;

use rayon::prelude::*;

pub use clustered::{Clustered, HitSums, Paragraphs, Sizes, Sums};
pub use counter::Counter;
pub use counts::Counts;
pub use histogram::Histogram;
pub use reading::{Reading, VisibleBlock, visible_blocks};
pub use tally::{Frequency, Lengths, Tally, WordsMet};
pub(crate) use vocabulary::first_bytes;
pub use vocabulary::{Vocabulary, WordId};

use crate::text::Voice;

/// Place of a marker category in the lexicon's list of categories.
pub type CategoryId = u16;

/// The counts of one voice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceProfile {
    /// Words in every block but boilerplate.
    pub words: Counts,
    /// Words in prose: paragraphs, block quotations, lists and verse. The base of marker rates.
    pub prose_words: u64,
    /// Words per sentence of prose.
    pub sentence_words: Histogram,
    /// Characters per word.
    pub word_characters: Histogram,
}

impl VoiceProfile {
    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.words.merge(&other.words);
        self.prose_words += other.prose_words;
        self.sentence_words.merge(&other.sentence_words);
        self.word_characters.merge(&other.word_characters);
    }
}

/// Which voices a figure is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Both voices.
    All,
    /// One voice.
    Only(Voice),
}

impl Selection {
    /// Every selection, in the order of tables.
    pub const ALL: [Self; 3] = [Self::All, Self::Only(Voice::Author), Self::Only(Voice::Quoted)];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Only(voice) => voice.name(),
        }
    }
}

/// The counts of a text or of a group of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The author's own words.
    pub author: VoiceProfile,
    /// Quoted words.
    pub quoted: VoiceProfile,
    /// Blocks of prose with at least one word.
    pub paragraphs: u64,
    /// Words in boilerplate, which nothing else counts.
    pub boilerplate_words: u64,
    /// Marker hits by category, summed over paragraphs.
    pub markers: Clustered,
    /// Figures by kind, summed over paragraphs.
    pub figures: Clustered,
}

impl Profile {
    /// The counts of one voice.
    pub fn voice(&self, voice: Voice) -> &VoiceProfile {
        match voice {
            Voice::Author => &self.author,
            Voice::Quoted => &self.quoted,
        }
    }

    pub(crate) fn voice_mut(&mut self, voice: Voice) -> &mut VoiceProfile {
        match voice {
            Voice::Author => &mut self.author,
            Voice::Quoted => &mut self.quoted,
        }
    }

    /// The counts of a selection of voices.
    pub fn select(&self, selection: Selection) -> VoiceProfile {
        match selection {
            Selection::Only(voice) => self.voice(voice).clone(),
            Selection::All => {
                let mut all = self.author.clone();
                all.merge(&self.quoted);
                all
            }
        }
    }

    /// Number of words, both voices.
    pub fn words(&self) -> u64 {
        self.author.words.tokens() + self.quoted.words.tokens()
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.author.merge(&other.author);
        self.quoted.merge(&other.quoted);
        self.paragraphs += other.paragraphs;
        self.boilerplate_words += other.boilerplate_words;
        self.markers.merge(&other.markers);
        self.figures.merge(&other.figures);
    }

    /// The merge of many profiles, by halves and in parallel.
    pub fn merge_all(profiles: &[&Self]) -> Self {
        match profiles {
            [] => Self::default(),
            [only] => (*only).clone(),
            _ => profiles
                .par_chunks(2)
                .map(|pair| {
                    let mut merged = pair[0].clone();
                    if let Some(second) = pair.get(1) {
                        merged.merge(second);
                    }
                    merged
                })
                .reduce(Self::default, |mut a, b| {
                    a.merge(&b);
                    a
                }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn voice() -> impl Strategy<Value = VoiceProfile> {
        let pairs = prop::collection::vec((0_u32..20, 1_u64..9), 0..12);
        let lengths = prop::collection::vec(1_u32..30, 0..12);
        (pairs, lengths, 0_u64..99).prop_map(|(pairs, lengths, prose_words)| {
            let mut profile =
                VoiceProfile { words: Counts::from_pairs(pairs), prose_words, ..VoiceProfile::default() };
            for length in lengths {
                profile.sentence_words.add(length);
                profile.word_characters.add(length / 3);
            }
            profile
        })
    }

    fn profile() -> impl Strategy<Value = Profile> {
        (voice(), voice(), 0_u64..9, 0_u64..9).prop_map(|(author, quoted, paragraphs, boilerplate_words)| {
            Profile { author, quoted, paragraphs, boilerplate_words, ..Profile::default() }
        })
    }

    fn merged(a: &Profile, b: &Profile) -> Profile {
        let mut merged = a.clone();
        merged.merge(b);
        merged
    }

    proptest! {
        #[test]
        fn a_commutative_monoid(a in profile(), b in profile(), c in profile()) {
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &Profile::default()), a.clone());
            prop_assert_eq!(merged(&Profile::default(), &a), a.clone());
            prop_assert_eq!(Profile::merge_all(&[&a, &b, &c]), merged(&merged(&a, &b), &c));
        }
    }

    #[test]
    fn the_merge_of_nothing_is_empty() {
        assert_eq!(Profile::merge_all(&[]), Profile::default());
    }
}
