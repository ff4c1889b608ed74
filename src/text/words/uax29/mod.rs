//! Words: UAX #29 word segments that hold a letter or a digit.
//!
//! The definition is `unicode_words` of the crate `unicode-segmentation`; tests hold the two equal. Three
//! ways do the work, each faster than the next and with less that it can cut, so that it leaves the rest:
//!
//! 1. bit masks of 64 bytes, where the processor can: `scanner`, `masks`;
//! 2. runs of characters by their classes, with a look at the mark between two of them: [`portable`];
//! 3. a table of all the rules: [`automaton`].

mod automaton;
mod class;
#[cfg(target_arch = "x86_64")]
mod masks;
mod portable;
#[cfg(target_arch = "x86_64")]
mod scanner;
#[cfg(test)]
mod tests;

use std::ops::Range;

#[cfg(target_arch = "x86_64")]
pub(in crate::text) use scanner::Scanner;

/// Calls `word` with the byte range of every word of `text`, in order.
///
/// A word is a segment between two UAX #29 word boundaries that holds at least one alphanumeric
/// character: `don't`, `3.14` and `i.e` are one word each, `well-known` is two. Time is linear.
///
/// The words are those of `unicode_words` in the crate `unicode-segmentation`, also in the one place where
/// it departs from the annex: it always ends a segment after a zero-width joiner with a pictograph, and
/// takes in a mark that stands before the joiner.
///
/// ```
/// let text = "“Stop!” he cried.";
/// let mut words = Vec::new();
/// rhetor::text::for_each_word(text, |range| words.push(&text[range]));
/// assert_eq!(words, ["Stop", "he", "cried"]);
/// ```
pub fn for_each_word(text: &str, mut word: impl FnMut(Range<usize>)) {
    for_each_batch(text, |words| words.iter().for_each(|&[start, end]| word(start..end)));
}

/// As [`for_each_word`], some words at a time: the start and end of each.
pub(super) fn for_each_batch(text: &str, mut take: impl FnMut(&[[usize; 2]])) {
    #[cfg(target_arch = "x86_64")]
    if let Some(mut scanner) = scanner::Scanner::new(text) {
        while let Some(words) = scanner.next_words() {
            take(words);
        }
        return;
    }
    let mut words = [[0; 2]; 256];
    let mut length = 0;
    portable::for_each_word(text, |word| {
        if length == words.len() {
            take(&words);
            length = 0;
        }
        words[length] = [word.start, word.end];
        length += 1;
    });
    take(&words[..length]);
}
