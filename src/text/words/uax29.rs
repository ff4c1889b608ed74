//! Words: UAX #29 word segments that hold a letter or a digit.
//!
//! The definition is `unicode_words` of the crate `unicode-segmentation`; tests hold the two equal. Runs of
//! simple characters (letters, digits, marks that only ever stand between them) are cut by their
//! [classes](class), or 64 bytes at a time where the processor can; a segment that touches any other
//! character is cut by an [automaton].

mod automaton;
mod class;
mod portable;

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
pub fn for_each_word(text: &str, word: impl FnMut(Range<usize>)) {
    portable::for_each_word(text, word);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for_each_word(text, |range| found.push(&text[range]));
        found
    }

    /// Characters that the rules treat differently, so that short strings meet every rule.
    fn relevant() -> impl Strategy<Value = String> {
        let alphabet: Vec<char> = "aZ9_'.:,; \n\r\t-\"(!?\u{a0}\u{e9}\u{df}\u{2019}\u{201c}\u{2014}\
             \u{301}\u{200d}\u{ad}\u{5d0}\u{5f3}\u{22}\u{30ab}\u{4e2d}\u{e01}\u{1f600}\u{2139}\
             \u{1f1e6}\u{660}\u{2028}\u{85}\u{fe0f}\u{3002}\u{b7}\u{387}"
            .chars()
            .collect();
        prop::collection::vec(prop::sample::select(alphabet), 0..40)
            .prop_map(|characters| characters.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn equal_to_unicode_words_on_relevant_characters(text in relevant()) {
            prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }

        #[test]
        fn equal_to_unicode_words_on_any_string(text in any::<String>()) {
            prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }
    }

    #[test]
    fn words_of_known_strings() {
        assert_eq!(
            words("don't i.e. 3.14 1,000; well-known CPSU(B)"),
            ["don't", "i.e", "3.14", "1,000", "well", "known", "CPSU", "B"]
        );
        assert_eq!(words("___ a_b \u{feff}The"), ["a_b", "The"]);
        assert_eq!(words(""), [""; 0]);
    }
}
