//! The rules of UAX #29 as an automaton: a table tells, for what was read and the next character, whether
//! a boundary lies between the two.
//!
//! Where a mark may join (`a:b`, `1,2`) the place before it is kept, and the next letter or digit tells
//! whether it was a boundary: no character is read more than once, whatever follows the mark.
//!
//! After ZWJ and a pictograph (WB3c) `unicode-segmentation` forgets which letter stood before and whether
//! a mark was waiting, so that `ZWJ ℹ b` is two segments and `a : ZWJ 😀` one, where the annex has one
//! and two. No text of any corpus tried holds such a sequence. The definition of a word is
//! `unicode-segmentation`, so the automaton does the same.

use std::ops::Range;

use super::class::{
    CLASSES, CR, Class, DOUBLE_QUOTE, EXTEND, EXTEND_NUM_LET, HEBREW_LETTER, KATAKANA, LETTER,
    LETTER_PICTOGRAPH, LF, MID_LETTER, MID_NUM, MID_NUM_LET, NEWLINE, NUMERIC, PICTOGRAPH,
    REGIONAL_INDICATOR, SINGLE_QUOTE, SPACE, ZWJ, class_at,
};

// What was read of the open segment, as far as the rules look back; Extend and ZWJ are passed over (WB4).
const ANY: u8 = 0;
const AFTER_LETTER: u8 = 1;
const AFTER_HEBREW: u8 = 2;
const AFTER_NUMERIC: u8 = 3;
const AFTER_KATAKANA: u8 = 4;
const AFTER_EXTEND_NUM_LET: u8 = 5;
const HALF_FLAG: u8 = 6;
const WHOLE_FLAG: u8 = 7;
const AFTER_SPACE: u8 = 8;
const AFTER_CR: u8 = 9;
const AFTER_LINE_END: u8 = 10;
const LETTER_MARK: u8 = 11;
const HEBREW_SINGLE_QUOTE: u8 = 12;
const HEBREW_DOUBLE_QUOTE: u8 = 13;
const NUMERIC_MARK: u8 = 14;
const STATES: usize = 15;
/// Added to a state: the last character was ZWJ.
const JOINER: u8 = 0x10;
const STATE: u8 = 0x1f;

// What to do before the next character is taken.
/// There is a boundary.
const BREAK: u8 = 0x80;
/// There may be one: keep the place.
const KEEP: u8 = 0x40;
/// The kept place was one.
const BREAK_AT_KEPT: u8 = 0x20;

const fn state_of_first(class: u8) -> u8 {
    match class {
        LETTER | LETTER_PICTOGRAPH => AFTER_LETTER,
        HEBREW_LETTER => AFTER_HEBREW,
        NUMERIC => AFTER_NUMERIC,
        KATAKANA => AFTER_KATAKANA,
        EXTEND_NUM_LET => AFTER_EXTEND_NUM_LET,
        REGIONAL_INDICATOR => HALF_FLAG,
        SPACE => AFTER_SPACE,
        CR => AFTER_CR,
        LF | NEWLINE => AFTER_LINE_END,
        ZWJ => ANY | JOINER,
        _ => ANY,
    }
}

/// The state after a character of `class` that follows `state` without ZWJ between, and what to do before.
const fn step(state: u8, class: u8) -> u8 {
    let first = state_of_first(class);
    let cut = BREAK | first;
    match (state, class) {
        // WB3, WB3a, WB3b
        (AFTER_CR, LF) => AFTER_LINE_END,
        (AFTER_CR | AFTER_LINE_END, _) => cut,
        // WB3d, WB4
        (AFTER_SPACE, SPACE) => AFTER_SPACE,
        (AFTER_SPACE, EXTEND) => ANY,
        (AFTER_SPACE, ZWJ) => ANY | JOINER,
        (_, EXTEND) => state,
        (_, ZWJ) => state | JOINER,
        // WB5, WB8 to WB10, WB13a, WB13b
        (
            AFTER_LETTER | AFTER_HEBREW | AFTER_NUMERIC | AFTER_EXTEND_NUM_LET,
            LETTER | LETTER_PICTOGRAPH | HEBREW_LETTER | NUMERIC | EXTEND_NUM_LET,
        ) => first,
        (AFTER_KATAKANA, KATAKANA | EXTEND_NUM_LET) | (AFTER_EXTEND_NUM_LET, KATAKANA) => first,
        // WB6, WB7, WB7a to WB7c
        (AFTER_HEBREW, SINGLE_QUOTE) => HEBREW_SINGLE_QUOTE,
        (AFTER_HEBREW, DOUBLE_QUOTE) => KEEP | HEBREW_DOUBLE_QUOTE,
        (AFTER_LETTER | AFTER_HEBREW, MID_LETTER | MID_NUM_LET | SINGLE_QUOTE) => KEEP | LETTER_MARK,
        (LETTER_MARK | HEBREW_SINGLE_QUOTE, LETTER | LETTER_PICTOGRAPH | HEBREW_LETTER) => first,
        (HEBREW_DOUBLE_QUOTE, HEBREW_LETTER) => first,
        // WB11, WB12
        (AFTER_NUMERIC, MID_NUM | MID_NUM_LET | SINGLE_QUOTE) => KEEP | NUMERIC_MARK,
        (NUMERIC_MARK, NUMERIC) => first,
        (LETTER_MARK | HEBREW_DOUBLE_QUOTE | NUMERIC_MARK, _) => BREAK_AT_KEPT | cut,
        // WB15, WB16
        (HALF_FLAG, REGIONAL_INDICATOR) => WHOLE_FLAG,
        // WB999
        _ => cut,
    }
}

static STEPS: [[u8; 32]; 32] = {
    let mut table = [[0; 32]; 32];
    let mut state = 0;
    while state < STATES {
        let mut class = 0;
        while class < CLASSES {
            let next = step(state as u8, class as u8);
            table[state][class] = next;
            table[state | JOINER as usize][class] = match class as u8 {
                // WB3c, as `unicode-segmentation` has it.
                PICTOGRAPH | LETTER_PICTOGRAPH => ANY,
                // Extend parts ZWJ from a pictograph; what follows a line end begins anew.
                _ => next,
            };
            class += 1;
        }
        state += 1;
    }
    table
};

/// Calls `word` with the range of every word from `start`, a boundary, up to the first later boundary
/// where `stop` holds, which is told the class of the next character; returns that boundary, or the end.
///
/// `word` is called at most twice between two questions to `stop`.
pub(super) fn for_each_word_until(
    bytes: &[u8],
    start: usize,
    mut word: impl FnMut(Range<usize>),
    mut stop: impl FnMut(usize, Class) -> bool,
) -> usize {
    let Some(mut at) = (start < bytes.len()).then_some(start) else { return start };
    let mut begin = start;
    let mut kept = start;
    let (mut held, length) = class_at(bytes, at);
    // What the segment holds up to the kept place.
    let mut held_before = Class::default();
    let mut state = state_of_first(held.value());
    at += length;
    while at < bytes.len() {
        let (class, length) = class_at(bytes, at);
        let next = STEPS[usize::from(state & STATE)][usize::from(class.value())];
        if next & !STATE != 0 {
            if next & KEEP != 0 {
                kept = at;
                held_before.add(held);
                held = Class::default();
            } else {
                if next & BREAK_AT_KEPT != 0 {
                    if held_before.is_alphanumeric() {
                        word(begin..kept);
                    }
                    begin = kept;
                    held_before = Class::default();
                }
                held.add(held_before);
                if held.is_alphanumeric() {
                    word(begin..at);
                }
                if stop(at, class) {
                    return at;
                }
                begin = at;
                held = Class::default();
                held_before = Class::default();
            }
        }
        held.add(class);
        state = next;
        at += length;
    }
    if matches!(state & 0xf, LETTER_MARK | HEBREW_DOUBLE_QUOTE | NUMERIC_MARK) {
        if held_before.is_alphanumeric() {
            word(begin..kept);
        }
        begin = kept;
    } else {
        held.add(held_before);
    }
    if held.is_alphanumeric() {
        word(begin..at);
    }
    at
}
