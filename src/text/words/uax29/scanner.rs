//! Words by bit masks, 64 bytes at a time, on x86-64 processors with AVX2.
//!
//! A window of 64 bytes becomes [masks](super::masks) with a bit for each byte: letters, digits, marks. A
//! byte belongs to a word if it is part of a letter, a digit or `_`, or of a mark between two letters or
//! two digits; where that changes a word starts or ends. A character that has no mask is complex here: the
//! segment that may hold it is taken back and [cut by classes](super::portable), and so is what follows,
//! up to a boundary after which all is simple again.

use std::cell::Cell;

use super::class::{class_at, previous_character, segment_start};
use super::masks::{Ascii, Wide};
use super::portable::for_each_word_until;
use crate::text::vector::{self, WINDOW, Window};

/// Starts and ends that are kept before the words are handed on: 8 kB, a quarter of a level-1 cache.
const CAPACITY: usize = 1024;
/// What a window may add, and after it two words cut by classes before they ask whether to stop.
const ROOM: usize = WINDOW + 4;
/// The bytes ahead that must be simple before masks are used again: as many as are taken at once, and one.
/// A character cut by the end of the window counts as complex and must lie after them.
const CLEAR: u64 = (1 << 61) - 1;
/// Bytes taken of a window with characters that are not ASCII, at most. A mark of three bytes and the
/// first of the next character may lie across the last.
const WIDE_STEP: usize = WINDOW - 4;

/// Finds the words of a text, some at a time.
pub(in crate::text) struct Scanner<'t> {
    bytes: &'t [u8],
    /// Where the next window begins: no further than a character's first byte.
    at: usize,
    /// A boundary: what lies before it is cut for good.
    settled: usize,
    /// What the last byte before `at` was, as bit 0.
    before: Before,
    /// Starts and ends of words by turns. The last word may still be taken back by a complex character.
    found: Vec<usize>,
    length: usize,
    handed: usize,
    /// A word begins with an underscore and no letter or digit right after it, so that it may hold nothing else,
    /// and is none.
    underscores: bool,
}

#[derive(Clone, Copy, Default)]
struct Before {
    letter: u64,
    digit: u64,
    word: u64,
}

impl<'t> Scanner<'t> {
    /// `None` where the processor cannot.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        vector::is_available().then(|| Self {
            bytes: text.as_bytes(),
            at: 0,
            settled: 0,
            before: Before::default(),
            found: vec![0; CAPACITY.min(text.len()) + ROOM],
            length: 0,
            handed: 0,
            underscores: false,
        })
    }

    /// The start and end of each of the next words, or `None` at the end of the text.
    pub(super) fn next_words(&mut self) -> Option<&[[usize; 2]]> {
        self.found.copy_within(self.handed..self.length, 0);
        self.length -= self.handed;
        self.handed = 0;
        if self.at == self.bytes.len() {
            return None;
        }
        self.underscores = self.length > 0 && self.bytes[self.found[0]] == b'_';
        vector::scan(self);
        self.handed = if self.at == self.bytes.len() {
            self.length
        } else {
            // An open word, or the last closed one, stays.
            self.length.saturating_sub(2 - self.length % 2)
        };
        let mut words = self.found[..self.handed].as_chunks_mut::<2>().0;
        if self.underscores {
            let mut kept = 0;
            for index in 0..words.len() {
                let [start, end] = words[index];
                if self.bytes[start..end].iter().any(|byte| *byte != b'_') {
                    words[kept] = [start, end];
                    kept += 1;
                }
            }
            words = &mut words[..kept];
        }
        Some(words)
    }

    /// Adds words until there is no more room or no more text.
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(in crate::text) fn scan(&mut self) {
        while self.at < self.bytes.len() && self.length <= CAPACITY {
            let window = Window::load(self.bytes, self.at);
            let ascii = Ascii::of(&window);
            let left = self.bytes.len() - self.at;
            // How many bytes to take. Whether the last of them joins depends on the character after it, and
            // that must be in the window.
            let mut take = if left > WINDOW { WINDOW - 1 } else { left };
            let mut letter = ascii.letter;
            let mut quote = 0;
            let mut complex = false;
            if ascii.beyond != 0 {
                let wide = Wide::of(&window, ascii.beyond);
                letter |= wide.letter;
                quote = wide.quote;
                if left > WINDOW {
                    take = WIDE_STEP;
                    while wide.continuation >> take & 1 != 0 {
                        take -= 1;
                    }
                }
                let first = wide.complex.trailing_zeros() as usize;
                if first < take {
                    take = first;
                    complex = true;
                }
            }
            let digit = ascii.digit;
            let (letters, digits) = (letter << 1 | self.before.letter, digit << 1 | self.before.digit);
            let mut word = letter
                | digit
                | ascii.underscore
                | ascii.middle_letter & letters & letter >> 1
                | ascii.middle_number & digits & digit >> 1;
            if quote != 0 {
                let joins = quote & (letters & letter >> 3 | digits & digit >> 3);
                word |= joins | joins << 1 | joins << 2;
            }
            let taken = if take == WINDOW { !0 } else { (1 << take) - 1 };
            word &= taken;
            let changes = (word ^ (word << 1 | self.before.word)) & taken;
            self.underscores |= changes & ascii.underscore & !((letter | digit) >> 1) != 0;
            self.push_changes(changes);
            if take > 0 {
                let last = take - 1;
                self.before =
                    Before { letter: letter >> last & 1, digit: digit >> last & 1, word: word >> last & 1 };
            }
            self.at += take;
            if complex {
                self.leave_to_classes();
            }
        }
        if self.at == self.bytes.len() && self.before.word != 0 {
            self.found[self.length] = self.at;
            self.length += 1;
            self.before.word = 0;
        }
    }

    /// Adds the place of each bit of `changes`, eight at a time: what is too many is written over.
    #[inline]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn push_changes(&mut self, mut changes: u64) {
        let count = changes.count_ones() as usize;
        let room = &mut self.found[self.length..self.length + WINDOW];
        for eight in room.as_chunks_mut::<8>().0 {
            for place in eight {
                *place = self.at + changes.trailing_zeros() as usize;
                changes &= changes.wrapping_sub(1);
            }
            if changes == 0 {
                break;
            }
        }
        self.length += count;
    }

    /// Cuts from the start of the segment that holds the complex character at `at`.
    #[inline(never)]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn leave_to_classes(&mut self) {
        let complex = self.at;
        let mut start = complex;
        if self.before.word != 0 {
            // The start of the word that is open.
            self.length -= 1;
            start = self.found[self.length];
        } else if complex > self.settled {
            let previous = previous_character(self.bytes, complex);
            let marked = previous > self.settled
                && self.length > 0
                && self.found[self.length - 1] == previous
                && class_at(self.bytes, previous).0.is_middle();
            if marked {
                self.length -= 2;
                start = self.found[self.length];
            } else {
                start = segment_start(self.bytes, self.settled, complex);
            }
        }
        let Self { bytes, found, length, .. } = self;
        let length = Cell::new(*length);
        // No place before this one has simple characters ahead.
        let mut hopeful = complex + 1;
        self.at = for_each_word_until(
            bytes,
            start,
            |word| {
                let next = length.get();
                found[next] = word.start;
                found[next + 1] = word.end;
                length.set(next + 2);
            },
            |at| {
                if length.get() > CAPACITY {
                    return true;
                }
                if at < hopeful || bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
                    return false;
                }
                let window = Window::load(bytes, at);
                let beyond = window.beyond_ascii();
                if beyond == 0 {
                    return true;
                }
                let complex = Wide::of(&window, beyond).complex & CLEAR;
                hopeful = at + WINDOW - complex.leading_zeros() as usize;
                complex == 0
            },
        );
        self.length = length.get();
        self.settled = self.at;
        self.before = Before::default();
    }
}
