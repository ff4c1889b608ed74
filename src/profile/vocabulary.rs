//! The words of a run as numbers.

use std::sync::{Mutex, PoisonError};

use rayon::slice::ParallelSliceMut;

use crate::text::{FormId, Forms, fold_onto};

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

    /// Adds the word of each surface form that has none yet to `words`, which holds those of the first forms.
    /// Each form is folded once, and the vocabulary locked once. Returns the number of words met.
    pub(super) fn learn<V: Copy + Default>(
        vocabulary: &Mutex<Self>,
        forms: &Forms<V>,
        words: &mut Vec<WordId>,
    ) -> usize {
        let (mut keys, mut places) = (String::new(), Vec::new());
        for form in words.len()..forms.len() {
            let start = keys.len();
            fold_onto(forms.form(form as FormId), &mut keys);
            places.push([start, keys.len()]);
        }
        // A panic elsewhere leaves the vocabulary whole: interning is the only change made to it.
        let mut vocabulary = vocabulary.lock().unwrap_or_else(PoisonError::into_inner);
        vocabulary.words.intern_each(&keys, &places, |word, ()| words.push(word));
        vocabulary.len()
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
        let mut order: Vec<_> = (0..self.len() as WordId)
            .map(|id| {
                let word = self.word(id);
                (first_bytes(word), word, id)
            })
            .collect();
        order.par_sort_unstable();
        let mut ranks = vec![0; order.len()];
        for (rank, (_, _, id)) in order.into_iter().enumerate() {
            ranks[id as usize] = rank as u32;
        }
        ranks
    }
}

/// The first eight bytes of a word as a number, which is in order where the words are, or even.
pub(crate) fn first_bytes(word: &str) -> u64 {
    let mut first = [0; 8];
    let length = word.len().min(first.len());
    first[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(first)
}
