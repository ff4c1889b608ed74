//! Character properties that segmentation needs: the Sentence_Break class of a character.
//!
//! The table is written at build time from Unicode 17 (see `build.rs`), the version that
//! `unicode-segmentation` 1.13 carries too.

include!(concat!(env!("OUT_DIR"), "/sentence_break.rs"));

/// The Unicode version of every table in the program.
pub const UNICODE_VERSION: (u64, u64, u64) = unicode_segmentation::UNICODE_VERSION;

/// Sentence_Break class of a character (UAX #29, table 4).
///
/// Extend and Format are one class, and so are Sep, CR and LF: the rules treat each pair alike
/// once the characters of a CR LF are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceClass {
    /// Any other character.
    Other,
    /// A combining or invisible character that belongs to the one before it.
    Extend,
    /// A character that ends a paragraph or a line.
    Separator,
    /// A space.
    Space,
    /// A lower-case letter.
    Lower,
    /// An upper-case letter.
    Upper,
    /// A letter without case.
    OtherLetter,
    /// A digit.
    Numeric,
    /// A full stop, which may also end an abbreviation.
    AmbiguousStop,
    /// A mark that ends a sentence, such as `?` or `。`.
    Stop,
    /// A quotation mark or bracket.
    Close,
    /// A mark after which a sentence goes on, such as a comma.
    Continue,
}

const CLASSES: [SentenceClass; 12] = [
    SentenceClass::Other,
    SentenceClass::Extend,
    SentenceClass::Separator,
    SentenceClass::Space,
    SentenceClass::Lower,
    SentenceClass::Upper,
    SentenceClass::OtherLetter,
    SentenceClass::Numeric,
    SentenceClass::AmbiguousStop,
    SentenceClass::Stop,
    SentenceClass::Close,
    SentenceClass::Continue,
];

/// Sentence_Break class of `character`.
///
/// ```
/// use rhetor::text::{SentenceClass, sentence_class};
/// assert_eq!(sentence_class('。'), SentenceClass::Stop);
/// ```
pub fn sentence_class(character: char) -> SentenceClass {
    let code = character as usize;
    let block = usize::from(INDEX[code >> 6]);
    CLASSES[usize::from(BLOCKS[block][code & 63])]
}

/// `char::is_alphabetic`, which is slow beyond ASCII.
pub(super) fn is_alphabetic(c: char) -> bool {
    use SentenceClass::{
        AmbiguousStop, Close, Continue, Extend, Lower, Numeric, Other, OtherLetter, Separator, Space, Stop,
        Upper,
    };
    match sentence_class(c) {
        Lower | Upper => true,
        OtherLetter => c != '\u{5f3}',
        AmbiguousStop | Stop | Close | Continue | Separator | Space | Numeric => false,
        Extend | Other => c.is_alphabetic(),
    }
}

/// `char::is_alphanumeric`, which is slow beyond ASCII.
pub(super) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || c.is_numeric()
}

/// At most the first `size` bytes, cut between characters.
pub(super) fn head(text: &str, size: usize) -> &str {
    let end = (0..=size.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// At most the last `size` bytes, cut between characters.
pub(super) fn tail(text: &str, size: usize) -> &str {
    let start = (text.len().saturating_sub(size)..text.len()).find(|at| text.is_char_boundary(*at));
    &text[start.unwrap_or(text.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unicode_version_everywhere() {
        assert_eq!(UNICODE_VERSION.0, u64::from(char::UNICODE_VERSION.0));
    }

    #[test]
    fn letters_and_digits_are_those_of_the_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn classes_of_known_characters() {
        for (character, class) in [
            ('a', SentenceClass::Lower),
            ('\u{c9}', SentenceClass::Upper),
            ('\u{5d0}', SentenceClass::OtherLetter),
            ('7', SentenceClass::Numeric),
            ('.', SentenceClass::AmbiguousStop),
            ('\u{964}', SentenceClass::Stop),
            ('\u{201d}', SentenceClass::Close),
            (',', SentenceClass::Continue),
            ('\u{a0}', SentenceClass::Space),
            ('\u{2029}', SentenceClass::Separator),
            ('\u{301}', SentenceClass::Extend),
            ('=', SentenceClass::Other),
        ] {
            assert_eq!(sentence_class(character), class, "{character:?}");
        }
    }
}
