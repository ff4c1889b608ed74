//! The class of a character: Word_Break, Extended_Pictographic and whether it is alphanumeric.
//!
//! The tables are written by `build.rs` from Unicode 17 and indexed straight from the UTF-8 bytes.

include!(concat!(env!("OUT_DIR"), "/word_break.rs"));

// Word_Break values (UAX #29, table 3); Other is 0. Extend and Format are one, as WB4 treats them alike.
pub(super) const LETTER: u8 = 1;
pub(super) const HEBREW_LETTER: u8 = 2;
pub(super) const NUMERIC: u8 = 3;
pub(super) const KATAKANA: u8 = 4;
pub(super) const EXTEND_NUM_LET: u8 = 5;
pub(super) const REGIONAL_INDICATOR: u8 = 6;
pub(super) const SPACE: u8 = 7;
pub(super) const CR: u8 = 8;
pub(super) const LF: u8 = 9;
pub(super) const NEWLINE: u8 = 10;
pub(super) const EXTEND: u8 = 11;
pub(super) const ZWJ: u8 = 12;
pub(super) const MID_LETTER: u8 = 13;
pub(super) const MID_NUM: u8 = 14;
pub(super) const MID_NUM_LET: u8 = 15;
pub(super) const SINGLE_QUOTE: u8 = 16;
pub(super) const DOUBLE_QUOTE: u8 = 17;
/// Other and Extended_Pictographic.
pub(super) const PICTOGRAPH: u8 = 18;
/// ALetter and Extended_Pictographic: ℹ, Ⓜ and letters in squares.
pub(super) const LETTER_PICTOGRAPH: u8 = 19;
pub(super) const CLASSES: usize = 20;

/// The bits that hold one of the values above.
const CLASS: u8 = 0x1f;
/// `char::is_alphanumeric`: a segment is a word when one of its characters is.
const ALPHANUMERIC: u8 = 0x20;
/// [`LETTER`], [`NUMERIC`] or [`EXTEND_NUM_LET`]: any two of these in a row belong together.
const CORE: u8 = 0x40;
/// Must be left to the [automaton](super::automaton): joins to what stands before it (Extend, ZWJ), has
/// rules of its own (Hebrew, Katakana, flags), or is a word by itself (Han, Hiragana, Thai).
const COMPLEX: u8 = 0x80;

/// A class and its flags; `|` of several tells what a segment holds.
#[derive(Clone, Copy, Default)]
pub(super) struct Class(u8);

impl Class {
    /// The Word_Break value.
    #[inline(always)]
    pub(super) fn value(self) -> u8 {
        self.0 & CLASS
    }

    #[inline(always)]
    pub(super) fn is_alphanumeric(self) -> bool {
        self.0 & ALPHANUMERIC != 0
    }

    #[inline(always)]
    pub(super) fn is_core(self) -> bool {
        self.0 & CORE != 0
    }

    #[inline(always)]
    pub(super) fn is_complex(self) -> bool {
        self.0 & COMPLEX != 0
    }

    /// May join two letters or two digits.
    #[inline(always)]
    pub(super) fn is_middle(self) -> bool {
        matches!(self.value(), MID_LETTER | MID_NUM | MID_NUM_LET | SINGLE_QUOTE)
    }

    /// Whether `self` joins the core characters around it (WB6, WB7, WB11, WB12).
    #[inline(always)]
    pub(super) fn joins(self, previous: Self, next: Self) -> bool {
        match (previous.value(), next.value()) {
            (LETTER, LETTER) => matches!(self.value(), MID_LETTER | MID_NUM_LET | SINGLE_QUOTE),
            (NUMERIC, NUMERIC) => matches!(self.value(), MID_NUM | MID_NUM_LET | SINGLE_QUOTE),
            _ => false,
        }
    }

    /// Notes the flags of `other` too. The value is of no use any more.
    #[inline(always)]
    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Class and bytes of the character that begins at `at`. `bytes` are those of a `str`.
#[inline(always)]
pub(super) fn class_at(bytes: &[u8], at: usize) -> (Class, usize) {
    let low = |offset: usize| usize::from(bytes[at + offset] & 0x3f);
    let first = bytes[at];
    match first {
        0..0x80 => (Class(SHORT[usize::from(first)]), 1),
        0x80..0xe0 => (Class(SHORT[usize::from(first & 0x1f) << 6 | low(1)]), 2),
        0xe0..0xf0 => {
            let block = INDEX[usize::from(first & 0xf) << 6 | low(1)];
            (Class(BLOCKS[usize::from(block)][low(2)]), 3)
        }
        0xf0.. => {
            let block = INDEX[usize::from(first & 7) << 12 | low(1) << 6 | low(2)];
            (Class(BLOCKS[usize::from(block)][low(3)]), 4)
        }
    }
}

/// Where the character begins that ends before `at`, which is not 0.
pub(super) fn previous_character(bytes: &[u8], at: usize) -> usize {
    let mut start = at - 1;
    while start > 0 && bytes[start] & 0xc0 == 0x80 {
        start -= 1;
    }
    start
}

/// Where the segment begins that holds the complex character at `at`, if no word ends there.
///
/// Spaces stay together (WB3d), and what is no line end keeps an Extend that follows it (WB4). `settled`
/// is a boundary at or before `at`; all characters from there on are simple.
pub(super) fn segment_start(bytes: &[u8], settled: usize, at: usize) -> usize {
    if at == settled {
        return at;
    }
    let mut start = previous_character(bytes, at);
    match class_at(bytes, start).0.value() {
        CR | LF | NEWLINE => return at,
        SPACE => {
            while start > settled && bytes[start - 1] == b' ' {
                start -= 1;
            }
        }
        _ => {}
    }
    start
}
