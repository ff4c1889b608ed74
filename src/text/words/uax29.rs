//! Words: UAX #29 word segments that hold a letter or a digit.
//!
//! The definition is [`UnicodeSegmentation::unicode_words`]. Runs of ASCII, which make up nearly all
//! of an English text, are cut by a class table; a segment that touches any other character is left
//! to `unicode-segmentation`. A property test holds the two equal.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const UNDERSCORE: u8 = 4;
/// May stand inside a word: letters, digits and the underscore.
const CORE: u8 = LETTER | DIGIT | UNDERSCORE;
/// Joins two letters (WB6, WB7): `'`, `.`, `:`.
const MIDDLE_LETTER: u8 = 8;
/// Joins two digits (WB11, WB12): `'`, `.`, `,`, `;`.
const MIDDLE_NUMBER: u8 = 16;
const LINE_END: u8 = 32;
const NOT_ASCII: u8 = 64;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => UNDERSCORE,
            b'\'' | b'.' => MIDDLE_LETTER | MIDDLE_NUMBER,
            b':' => MIDDLE_LETTER,
            b',' | b';' => MIDDLE_NUMBER,
            0x0a..=0x0d => LINE_END,
            0x80..=0xff => NOT_ASCII,
            _ => 0,
        };
        byte += 1;
    }
    table
};

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
    let bytes = text.as_bytes();
    let class = |at: usize| CLASS[usize::from(bytes[at])];
    // Everything before `settled` is cut for good.
    let mut settled = 0;
    let mut at = 0;
    while at < bytes.len() {
        let first = class(at);
        if first & CORE != 0 {
            let start = at;
            let mut all = first;
            let mut previous = first;
            at += 1;
            let mut plain = true;
            while at < bytes.len() {
                let here = class(at);
                if here & CORE != 0 {
                    all |= here;
                    previous = here;
                    at += 1;
                    continue;
                }
                if here & NOT_ASCII != 0 {
                    plain = false;
                    break;
                }
                if here & (MIDDLE_LETTER | MIDDLE_NUMBER) != 0 && at + 1 < bytes.len() {
                    let next = class(at + 1);
                    if next & NOT_ASCII != 0 {
                        plain = false;
                        break;
                    }
                    let joins_letters = here & MIDDLE_LETTER != 0 && previous & next & LETTER != 0;
                    let joins_digits = here & MIDDLE_NUMBER != 0 && previous & next & DIGIT != 0;
                    if joins_letters || joins_digits {
                        all |= next;
                        previous = next;
                        at += 2;
                        continue;
                    }
                }
                break;
            }
            if plain {
                if all & (LETTER | DIGIT) != 0 {
                    word(start..at);
                }
            } else {
                at = segments_until_ascii(text, start, &mut word);
            }
            settled = at;
        } else if first & NOT_ASCII != 0 {
            // The segment may have begun before this character: spaces join (WB3d), and anything but
            // a line end takes a following Extend (WB4).
            let mut start = at;
            if start > settled {
                if bytes[start - 1] == b' ' {
                    while start > settled && bytes[start - 1] == b' ' {
                        start -= 1;
                    }
                } else if class(start - 1) & LINE_END == 0 {
                    start -= 1;
                }
            }
            at = segments_until_ascii(text, start, &mut word);
            settled = at;
        } else {
            at += 1;
        }
    }
}

/// Cuts from `start`, a word boundary, up to the first boundary before an ASCII character.
#[inline(never)]
fn segments_until_ascii(text: &str, start: usize, word: &mut impl FnMut(Range<usize>)) -> usize {
    let mut at = start;
    for segment in text[start..].split_word_bounds() {
        let end = at + segment.len();
        if segment.chars().any(char::is_alphanumeric) {
            word(at..end);
        }
        at = end;
        if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
