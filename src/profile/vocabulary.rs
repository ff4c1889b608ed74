//! The words of a run as numbers.

use crate::text::Forms;

/// Number of a word in the run's [`Vocabulary`]. It depends on the order of reading, so it never shows
/// in a result.
pub type WordId = u32;

/// An interner of counted words: folded keys, one number each for a whole run.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Forms,
}

impl Vocabulary {
    /// The number of a word, new if it has not been met.
    pub fn intern(&mut self, word: &str) -> WordId {
        self.words.intern(word, 0, word.len())
    }

    /// The word with this number, which must come from this vocabulary.
    pub fn word(&self, id: WordId) -> &str {
        self.words.form(id)
    }

    /// Number of words met.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word has been met.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// For each word its place in code-point order: outputs sort by it without touching the strings.
    pub fn ranks(&self) -> Vec<u32> {
        use rayon::slice::ParallelSliceMut;
        let mut order: Vec<WordId> = (0..self.len() as WordId).collect();
        order.par_sort_unstable_by(|a, b| self.word(*a).cmp(self.word(*b)));
        let mut ranks = vec![0; order.len()];
        for (rank, id) in order.into_iter().enumerate() {
            ranks[id as usize] = rank as u32;
        }
        ranks
    }
}
