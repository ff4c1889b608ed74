//! Which bytes of a window are letters, digits and marks.
//!
//! Beside ASCII the commonest characters of two and three bytes have masks: the letters of the Latin, Greek
//! and Cyrillic scripts, curly quotation marks, dashes, and the punctuation of Latin-1. A test holds every
//! one equal to its [class](super::class).

use crate::text::vector::{Nibbles, Window};

/// Masks of the ASCII characters that matter.
pub(super) struct Ascii {
    pub(super) letter: u64,
    pub(super) digit: u64,
    pub(super) underscore: u64,
    pub(super) middle_letter: u64,
    pub(super) middle_number: u64,
    /// Bytes that are not ASCII.
    pub(super) beyond: u64,
}

impl Ascii {
    const LETTER: u8 = 3;
    const DIGIT: u8 = 1 << 2;
    const UNDERSCORE: u8 = 1 << 3;
    const FULL_STOP: u8 = 1 << 4;
    const COLON: u8 = 1 << 5;
    const COMMA: u8 = 1 << 6;
    const SEMICOLON: u8 = 1 << 7;
    const SETS: Nibbles = Nibbles::new(&[
        (1, &[4, 6], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
        (2, &[5, 7], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (Self::DIGIT, &[3], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (Self::UNDERSCORE, &[5], &[15]),
        // The apostrophe too.
        (Self::FULL_STOP, &[2], &[7, 14]),
        (Self::COLON, &[3], &[10]),
        (Self::COMMA, &[2], &[12]),
        (Self::SEMICOLON, &[3], &[11]),
    ]);

    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn of(window: &Window) -> Self {
        let sets = window.look_up(&Self::SETS);
        Self {
            letter: sets.any(Self::LETTER),
            digit: sets.any(Self::DIGIT),
            underscore: sets.any(Self::UNDERSCORE),
            middle_letter: sets.any(Self::FULL_STOP | Self::COLON),
            middle_number: sets.any(Self::FULL_STOP | Self::COMMA | Self::SEMICOLON),
            beyond: window.beyond_ascii(),
        }
    }
}

/// Masks of the characters of two and three bytes that are simple.
pub(super) struct Wide {
    /// All bytes of every letter.
    pub(super) letter: u64,
    /// The first byte of ‘ and ’, which join letters and digits.
    pub(super) quote: u64,
    /// Bytes of all other characters that are not ASCII. Characters cut by the end of the window are among
    /// them.
    pub(super) complex: u64,
    /// Bytes that are not the first of a character.
    pub(super) continuation: u64,
}

impl Wide {
    /// U+0100 to U+027F.
    const LATIN: u8 = 1;
    /// U+0400 to U+04FF, where U+0480 to U+0489 are no letters, or rare ones.
    const CYRILLIC: u8 = 1 << 1;
    /// U+00C0 to U+00FF.
    const LATIN_1: u8 = 1 << 2;
    /// U+0380 to U+03BF.
    const GREEK: u8 = 1 << 3;
    /// U+03C0 to U+03FF.
    const GREEK_MORE: u8 = 1 << 4;
    /// U+0080 to U+00BF.
    const SIGNS: u8 = 1 << 5;
    /// U+2000 to U+2FFF.
    const PUNCTUATION: u8 = 1 << 6;
    /// U+1000 to U+1FFF.
    const EXTENDED: u8 = 1 << 7;
    const SETS: Nibbles = Nibbles::new(&[
        (Self::LATIN, &[0xc], &[4, 5, 6, 7, 8, 9]),
        (Self::CYRILLIC, &[0xd], &[0, 1, 2, 3]),
        (Self::LATIN_1, &[0xc], &[3]),
        (Self::GREEK, &[0xc], &[0xe]),
        (Self::GREEK_MORE, &[0xc], &[0xf]),
        (Self::SIGNS, &[0xc], &[2]),
        (Self::PUNCTUATION, &[0xe], &[2]),
        (Self::EXTENDED, &[0xe], &[1]),
    ]);

    /// Third bytes of the characters from U+1F00 to U+1FFF that are no letters, with the second bytes
    /// that they follow.
    const GAPS_BC: u8 = 1;
    const GAPS_BD: u8 = 1 << 1 | 1 << 2 | 1 << 3;
    const GAPS_BE: u8 = 1 << 4;
    const GAPS_BF: u8 = 1 << 5 | 1 << 6 | 1 << 7;
    const GAPS: Nibbles = Nibbles::new(&[
        (1, &[9], &[6, 7, 14, 15]),
        (1 << 1, &[8], &[6, 7, 14, 15]),
        (1 << 2, &[9], &[8, 10, 12, 14]),
        (1 << 3, &[11], &[14, 15]),
        (1 << 4, &[11], &[5, 13, 15]),
        (1 << 5, &[8, 11], &[0, 1, 5, 13, 14, 15]),
        (1 << 6, &[9], &[4, 5, 12, 13, 14, 15]),
        (1 << 7, &[10], &[13, 14, 15]),
    ]);

    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn of(window: &Window, beyond: u64) -> Self {
        let sets = window.look_up(&Self::SETS);
        let continuation = window.within(0x80, 0xbf);
        let mut letter = sets.any(Self::LATIN | Self::CYRILLIC);
        let late = window.equal(0xd2);
        if late != 0 {
            letter &= !(late & window.within(0x80, 0x89) >> 1);
        }
        let mut sign = 0;
        if sets.any(Self::LATIN_1 | Self::SIGNS) != 0 {
            let latin = sets.any(Self::LATIN_1);
            // × and ÷
            let operator = (window.equal(0x97) | window.equal(0xb7)) >> 1;
            letter |= latin & !operator;
            // NBSP ¡ £ § « ° » ¿
            let simple = window.within(0xa0, 0xa1)
                | window.equal(0xa3)
                | window.equal(0xa7)
                | window.equal(0xab)
                | window.equal(0xb0)
                | window.equal(0xbb)
                | window.equal(0xbf);
            sign = latin & operator | sets.any(Self::SIGNS) & simple >> 1;
        }
        if sets.any(Self::GREEK | Self::GREEK_MORE) != 0 {
            let simple = window.equal(0x86)
                | window.within(0x88, 0x8a)
                | window.equal(0x8c)
                | window.within(0x8e, 0xa1)
                | window.within(0xa3, 0xbf);
            letter |= sets.any(Self::GREEK) & simple >> 1;
            // Not ϶, a sign of mathematics.
            letter |= sets.any(Self::GREEK_MORE) & !(window.equal(0xb6) >> 1);
        }
        letter &= continuation >> 1;
        letter |= letter << 1;
        let extended = sets.any(Self::EXTENDED);
        if extended != 0 {
            let gaps = window.look_up(&Self::GAPS);
            let second = |byte| extended & window.equal(byte) >> 1;
            // Vietnamese and other Latin letters, then Greek ones.
            let long = second(0xba)
                | second(0xbb)
                | second(0xbc) & !(gaps.any(Self::GAPS_BC) >> 2)
                | second(0xbd) & !(gaps.any(Self::GAPS_BD) >> 2)
                | second(0xbe) & !(gaps.any(Self::GAPS_BE) >> 2)
                | second(0xbf) & !(gaps.any(Self::GAPS_BF) >> 2);
            letter |= long | long << 1 | long << 2;
        }
        let (mut mark, mut quote) = (0, 0);
        let punctuation = sets.any(Self::PUNCTUATION);
        if punctuation != 0 {
            let general = punctuation & window.equal(0x80) >> 1;
            // U+2010 to U+2023, ‥ … ‹ ›
            let third = window.within(0x90, 0xa3) | window.within(0xa5, 0xa6) | window.within(0xb9, 0xba);
            mark = general & third >> 2;
            quote = general & window.within(0x98, 0x99) >> 2;
        }
        let simple = letter | sign | sign << 1 | mark | mark << 1 | mark << 2;
        Self { letter, quote, complex: beyond & !simple, continuation }
    }
}
