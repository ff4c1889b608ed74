//! `words.csv` and `word_counts.csv`.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut;

use super::rows::{Cell, Rows};
use super::schema::Schemas;
use crate::profile::{Counts, Frequency, Profile, Vocabulary, WordId, first_bytes};

/// The order of words in every output: count descending, then code point.
#[derive(Debug)]
pub struct Ranking<'v> {
    vocabulary: &'v Vocabulary,
    ranks: Vec<u32>,
}

/// A word's counts in both voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordCount {
    /// The word.
    pub word: WordId,
    /// In the author's voice.
    pub author: u64,
    /// In quoted matter.
    pub quoted: u64,
}

impl WordCount {
    /// In both voices.
    pub fn count(&self) -> u64 {
        self.author + self.quoted
    }
}

impl<'v> Ranking<'v> {
    /// Orders a vocabulary once, for any number of lists.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, ranks: vocabulary.ranks() }
    }

    /// The words of a profile by count, then by code point.
    pub fn ranked(&self, profile: &Profile) -> Vec<WordCount> {
        let mut list = self.unranked(profile);
        list.sort_unstable_by_key(|word| (Reverse(word.count()), self.ranks[word.word as usize]));
        list
    }

    /// The words of a profile in no order that may show.
    pub fn unranked(&self, profile: &Profile) -> Vec<WordCount> {
        both(&profile.author.words, &profile.quoted.words)
    }

    /// A word as text.
    pub fn word(&self, id: WordId) -> &'v str {
        self.vocabulary.word(id)
    }
}

/// Joins the counts of two voices.
fn both(author: &Counts, quoted: &Counts) -> Vec<WordCount> {
    let mut list: Vec<WordCount> =
        author.iter().map(|(word, author)| WordCount { word, author, quoted: 0 }).collect();
    let known = list.len();
    for (word, count) in quoted.iter() {
        match list[..known].binary_search_by_key(&word, |known| known.word) {
            Ok(at) => list[at].quoted = count,
            Err(_) => list.push(WordCount { word, author: 0, quoted: count }),
        }
    }
    list
}

/// `words.csv`: the frequency list of the corpus. `document_frequency` is indexed by word.
pub fn words(
    schemas: &Schemas,
    ranking: &Ranking<'_>,
    list: &[WordCount],
    document_frequency: &[u32],
) -> Rows {
    let mut rows = Rows::with_header(&schemas.words);
    let total: u64 = list.iter().map(WordCount::count).sum();
    for (word, rank) in list.iter().zip(1_u64..) {
        let per_million = word.count() as f64 * 1e6 / total as f64;
        rows.integer(rank).text(ranking.word(word.word)).integer(word.count()).number(Some(per_million));
        rows.integer(u64::from(document_frequency[word.word as usize]));
        rows.integer(word.author).integer(word.quoted).end();
    }
    rows
}

/// `frequency_list.csv`: the words of a corpus with their counts, by number of the word.
pub fn frequency_list(schemas: &Schemas, vocabulary: &Vocabulary, frequencies: &[Frequency]) -> Rows {
    let mut rows = Rows::with_header(&schemas.frequency_list);
    let total: u64 = frequencies.iter().map(|frequency| frequency.count).sum();
    // Sorted with the words themselves at hand, of which the first bytes decide most often.
    let mut list: Vec<_> = (0..)
        .zip(frequencies)
        .filter(|(_, frequency)| frequency.count > 0)
        .map(|(id, frequency)| {
            let word = vocabulary.word(id);
            (Reverse(frequency.count), first_bytes(word), word, frequency.documents)
        })
        .collect();
    list.par_sort_unstable();
    for ((Reverse(count), _, word, documents), rank) in list.into_iter().zip(1_u64..) {
        let per_million = count as f64 * 1e6 / total as f64;
        rows.integer(rank).text(word).integer(count).number(Some(per_million));
        rows.integer(documents).end();
    }
    rows
}

/// Bytes of most rows without the name of the text.
const ROW: usize = 30;

/// The rows of `word_counts.csv` for one text.
pub fn word_counts(ranking: &Ranking<'_>, document: &str, profile: &Profile) -> Rows {
    let words = ranking.ranked(profile);
    let mut rows = Rows::with_room(words.len() * (document.len() + ROW));
    let document = Cell::new(document);
    for word in words {
        rows.cell(&document).text(ranking.word(word.word)).integer(word.count());
        rows.integer(word.author).integer(word.quoted).end();
    }
    rows
}
