//! Sums over paragraphs, from which rates and their intervals follow.
//!
//! Hits of a marker come in clusters: a paragraph that hedges once hedges again. An interval that takes words as
//! independent is too narrow, so the paragraph is the unit. Of each kind of hit its number, the sum of its squares
//! and of its products with the size of the paragraph are kept: whole numbers that add up over texts, so that a
//! group or a corpus has its interval as a text has.

use std::collections::BTreeMap;

use crate::text::{Sentence, Text, Voice};

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

/// The paragraphs of a text and their sizes: the units that hits are summed over.
#[derive(Clone, Debug)]
pub struct Paragraphs(Vec<Paragraph>);

/// A paragraph, or another block with sentences.
#[derive(Clone, Debug)]
struct Paragraph {
    /// The sentence after its last.
    end: usize,
    /// Its words and sentences of prose by voice; none where it is no prose.
    sizes: Option<[[u64; 2]; 2]>,
}

impl Paragraphs {
    /// Those of a text.
    pub fn of(text: &Text) -> Self {
        let mut end = 0;
        let blocks = text.sentences.chunk_by(|one, other| one.block == other.block).map(|sentences| {
            end += sentences.len();
            let sizes = text.kind_of(&sentences[0]).is_body().then(|| sizes(text, sentences));
            Paragraph { end, sizes }
        });
        Self(blocks.collect())
    }
}

/// Words and sentences by voice.
fn sizes(text: &Text, sentences: &[Sentence]) -> [[u64; 2]; 2] {
    let tokens = sentences.iter().flat_map(|sentence| &text.tokens[sentence.tokens.clone()]);
    let quoted_words = tokens.filter(|token| token.voice == Voice::Quoted).count() as u64;
    let words: usize = sentences.iter().map(Sentence::words).sum();
    let quoted = sentences.iter().filter(|sentence| sentence.voice == Voice::Quoted).count() as u64;
    [[words as u64 - quoted_words, quoted_words], [sentences.len() as u64 - quoted, quoted]]
}

impl Clustered {
    /// The sums of a text. `hits` are the sentence, voice and kind of each hit, by sentence.
    pub fn of(paragraphs: &Paragraphs, hits: impl IntoIterator<Item = (usize, Voice, u16)>) -> Self {
        let mut summing = Summing::default();
        let mut hits = hits.into_iter().peekable();
        for paragraph in &paragraphs.0 {
            while let Some((_, voice, kind)) = hits.next_if(|(at, ..)| *at < paragraph.end) {
                summing.hit(voice, kind);
            }
            summing.end_paragraph(paragraph.sizes);
        }
        summing.sums()
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
}

/// Sums that grow paragraph by paragraph: of all voices, the author's, and quoted ones.
#[derive(Default)]
struct Summing {
    sums: [Sums; 3],
    /// The hits of these, by kind.
    by_kind: Vec<[HitSums; 3]>,
    /// By kind: hits of the paragraph at hand by voice.
    hits: Vec<[u64; 2]>,
    /// The kinds that it has.
    kinds: Vec<u16>,
}

impl Summing {
    fn hit(&mut self, voice: Voice, kind: u16) {
        let place = usize::from(kind);
        if self.hits.len() <= place {
            self.hits.resize(place + 1, [0; 2]);
            self.by_kind.resize(place + 1, [HitSums::default(); 3]);
        }
        if self.hits[place] == [0; 2] {
            self.kinds.push(kind);
        }
        self.hits[place][voice as usize] += 1;
    }

    /// Adds the paragraph at hand. A heading can be a question: it has no words of prose, but its hits count.
    fn end_paragraph(&mut self, sizes: Option<[[u64; 2]; 2]>) {
        if sizes.is_none() && self.kinds.is_empty() {
            return;
        }
        let [words, sentences] =
            sizes.unwrap_or_default().map(|[author, quoted]| [author + quoted, author, quoted]);
        let mut any = [false; 3];
        for kind in self.kinds.drain(..) {
            let [author, quoted] = std::mem::take(&mut self.hits[usize::from(kind)]);
            for (voices, hits) in [author + quoted, author, quoted].into_iter().enumerate() {
                if hits > 0 {
                    any[voices] = true;
                    self.by_kind[usize::from(kind)][voices].add(hits, words[voices], sentences[voices]);
                }
            }
        }
        for (voices, sums) in self.sums.iter_mut().enumerate() {
            if any[voices] || words[voices] > 0 || sentences[voices] > 0 {
                sums.paragraphs += 1;
                sums.words.add(words[voices]);
                sums.sentences.add(sentences[voices]);
            }
        }
    }

    /// The sums of all paragraphs.
    fn sums(self) -> Clustered {
        let mut sums = self.sums;
        for (kind, by_voices) in self.by_kind.into_iter().enumerate() {
            for (sums, hits) in sums.iter_mut().zip(by_voices).filter(|(_, hits)| hits.hits > 0) {
                sums.hits.insert(kind as u16, hits);
            }
        }
        let [all, author, quoted] = sums;
        Clustered { all, author, quoted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Forms, Language};

    fn text(content: &str) -> Paragraphs {
        Paragraphs::of(&Text::read(content.to_owned(), &Language::english(), &mut Forms::new()))
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
