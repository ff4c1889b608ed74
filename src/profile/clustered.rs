//! Sums over paragraphs, from which rates and their intervals follow.
//!
//! Hits of a marker come in clusters: a paragraph that hedges once hedges again. An interval that takes words as
//! independent is too narrow, so the paragraph is the unit. Of each kind of hit its number, the sum of its squares
//! and of its products with the size of the paragraph are kept: whole numbers that add up over texts, so that a
//! group or a corpus has its interval as a text has.

use std::collections::BTreeMap;

use crate::text::{Text, Voice};

/// Sums over the paragraphs of prose of a text or a group of texts, by voice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clustered {
    /// Both voices: a paragraph with a quotation is one paragraph.
    pub all: Sums,
    /// The author's own words.
    pub author: Sums,
    /// Quoted words.
    pub quoted: Sums,
}

/// Sums over paragraphs for one selection of voices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Paragraphs with words.
    pub paragraphs: u64,
    /// Words, and the sum of the squares of the words of each paragraph.
    pub words: Sizes,
    /// Sentences, and the sum of the squares of the sentences of each paragraph.
    pub sentences: Sizes,
    /// The hits of each kind that has any.
    pub hits: BTreeMap<u16, HitSums>,
}

/// Sizes of paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Σ w.
    pub total: u64,
    /// Σ w².
    pub squared: u128,
}

impl Sizes {
    fn add(&mut self, size: u64) {
        self.total += size;
        self.squared += u128::from(size) * u128::from(size);
    }

    fn merge(&mut self, other: Self) {
        self.total += other.total;
        self.squared += other.squared;
    }
}

/// Hits of one kind: h a paragraph, with w words and s sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HitSums {
    /// Σ h.
    pub hits: u64,
    /// Σ h².
    pub squared: u128,
    /// Σ h·w.
    pub by_words: u128,
    /// Σ h·s.
    pub by_sentences: u128,
}

impl HitSums {
    fn add(&mut self, hits: u64, words: u64, sentences: u64) {
        let product = |size: u64| u128::from(hits) * u128::from(size);
        self.hits += hits;
        self.squared += product(hits);
        self.by_words += product(words);
        self.by_sentences += product(sentences);
    }

    fn merge(&mut self, other: &Self) {
        self.hits += other.hits;
        self.squared += other.squared;
        self.by_words += other.by_words;
        self.by_sentences += other.by_sentences;
    }
}

impl Sums {
    fn add(&mut self, words: u64, sentences: u64, hits: &BTreeMap<u16, u64>) {
        if words == 0 && sentences == 0 && hits.is_empty() {
            return;
        }
        self.paragraphs += 1;
        self.words.add(words);
        self.sentences.add(sentences);
        for (kind, hits) in hits {
            self.hits.entry(*kind).or_default().add(*hits, words, sentences);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.paragraphs += other.paragraphs;
        self.words.merge(other.words);
        self.sentences.merge(other.sentences);
        for (kind, sums) in &other.hits {
            self.hits.entry(*kind).or_default().merge(sums);
        }
    }

    /// Hits of all kinds.
    pub fn total(&self) -> u64 {
        self.hits.values().map(|sums| sums.hits).sum()
    }

    /// Hits of a kind.
    pub fn count(&self, kind: u16) -> u64 {
        self.hits.get(&kind).map_or(0, |sums| sums.hits)
    }
}

impl Clustered {
    /// The sums of a text. `hits` are the sentence, voice and kind of each hit, by sentence.
    pub fn of(text: &Text, hits: impl IntoIterator<Item = (usize, Voice, u16)>) -> Self {
        let mut clustered = Self::default();
        let mut hits = hits.into_iter().peekable();
        let mut sentence = 0;
        while let Some(first) = text.sentences.get(sentence) {
            let mut paragraph = Paragraph::default();
            let body = text.kind_of(first).is_body();
            while let Some(next) = text.sentences.get(sentence).filter(|next| next.block == first.block) {
                while let Some((_, voice, kind)) = hits.next_if(|(at, ..)| *at <= sentence) {
                    paragraph.hit(voice, kind);
                }
                if body {
                    paragraph.sentence(text, next);
                }
                sentence += 1;
            }
            // A heading can be a question: it has no words of prose, but its hits count.
            if body || paragraph.hits.iter().any(|hits| !hits.is_empty()) {
                clustered.add(&paragraph);
            }
        }
        clustered
    }

    /// The sums of one selection.
    pub fn select(&self, selection: super::Selection) -> &Sums {
        match selection {
            super::Selection::All => &self.all,
            super::Selection::Only(Voice::Author) => &self.author,
            super::Selection::Only(Voice::Quoted) => &self.quoted,
        }
    }

    /// Adds the sums of other texts.
    pub fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        self.author.merge(&other.author);
        self.quoted.merge(&other.quoted);
    }

    fn add(&mut self, paragraph: &Paragraph) {
        let [author, quoted] = &paragraph.hits;
        let mut all = author.clone();
        for (kind, hits) in quoted {
            *all.entry(*kind).or_default() += hits;
        }
        let Paragraph { words, sentences, .. } = paragraph;
        self.all.add(words.iter().sum(), sentences.iter().sum(), &all);
        self.author.add(words[0], sentences[0], author);
        self.quoted.add(words[1], sentences[1], quoted);
    }
}

/// What a paragraph holds, by voice.
#[derive(Default)]
struct Paragraph {
    words: [u64; 2],
    sentences: [u64; 2],
    hits: [BTreeMap<u16, u64>; 2],
}

impl Paragraph {
    fn hit(&mut self, voice: Voice, kind: u16) {
        *self.hits[voice as usize].entry(kind).or_default() += 1;
    }

    fn sentence(&mut self, text: &Text, sentence: &crate::text::Sentence) {
        self.sentences[sentence.voice as usize] += 1;
        for token in &text.tokens[sentence.tokens.clone()] {
            self.words[token.voice as usize] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Forms, Language};

    fn text(content: &str) -> Text {
        Text::read(content.to_owned(), &Language::english(), &mut Forms::new())
    }

    #[test]
    fn paragraphs_are_the_units() {
        let text = text("One two three. Four five.\n\nSix seven eight nine.\n");
        let hits =
            [(0, Voice::Author, 7), (1, Voice::Author, 7), (2, Voice::Author, 7), (2, Voice::Author, 8)];
        let sums = Clustered::of(&text, hits).author;
        assert_eq!(sums.paragraphs, 2);
        assert_eq!(sums.words, Sizes { total: 9, squared: 25 + 16 });
        assert_eq!(sums.sentences, Sizes { total: 3, squared: 4 + 1 });
        let seven = HitSums { hits: 3, squared: 4 + 1, by_words: 2 * 5 + 4, by_sentences: 2 * 2 + 1 };
        assert_eq!(sums.hits[&7], seven);
        assert_eq!(sums.hits[&8], HitSums { hits: 1, squared: 1, by_words: 4, by_sentences: 1 });
    }

    #[test]
    fn voices_add_up_within_a_paragraph() {
        let text = text("He said: “We must go now, all of us, at once.” Nobody moved from the table.\n");
        let hits = [(0, Voice::Author, 1), (0, Voice::Quoted, 1)];
        let Clustered { all, author, quoted } = Clustered::of(&text, hits);
        assert_eq!(all.words.total, author.words.total + quoted.words.total);
        assert_eq!(all.sentences.total, author.sentences.total + quoted.sentences.total);
        assert_eq!((author.count(1), quoted.count(1), all.hits[&1].squared), (1, 1, 4));
        assert_eq!(all.paragraphs, 1);
    }

    #[test]
    fn sums_of_texts_merge() {
        let (first, second) = ("One two. Three four five.\n\nSix.\n", "Seven eight.\n");
        let mut merged = Clustered::of(&text(first), [(0, Voice::Author, 3)]);
        merged.merge(&Clustered::of(&text(second), [(0, Voice::Author, 3)]));
        let both = text(&format!("{first}\n{second}"));
        assert_eq!(merged, Clustered::of(&both, [(0, Voice::Author, 3), (3, Voice::Author, 3)]));
    }
}
