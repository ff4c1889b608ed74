//! Words: UAX #29 word segments that hold a letter or a digit.
//!
//! The definition is `unicode_words` of the crate `unicode-segmentation`; tests hold the two equal. Runs of
//! simple characters (letters, digits, marks that only ever stand between them) are cut by their
//! [classes](class), or 64 bytes at a time where the processor can; a segment that touches any other
//! character is cut by an [automaton].

mod automaton;
mod class;
mod portable;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod vector;

use std::ops::Range;

/// Calls `word` with the byte range of every word of `text`, in order.
///
/// A word is a segment between two UAX #29 word boundaries that holds at least one alphanumeric
/// character: `don't`, `3.14` and `i.e` are one word each, `well-known` is two. Time is linear.
///
/// ```
/// let text = "“Stop!” he cried.";
/// let mut words = Vec::new();
/// rhetor::text::for_each_word(text, |range| words.push(&text[range]));
/// assert_eq!(words, ["Stop", "he", "cried"]);
/// ```
pub fn for_each_word(text: &str, mut word: impl FnMut(Range<usize>)) {
    #[cfg(target_arch = "x86_64")]
    if let Some(mut scanner) = vector::Scanner::new(text) {
        while let Some(words) = scanner.next_words() {
            words.iter().for_each(|&[start, end]| word(start..end));
        }
        return;
    }
    portable::for_each_word(text, word);
}
