//! Words by bit masks, 64 bytes at a time, on x86-64 processors with AVX2.
//!
//! A window of 64 bytes becomes masks with a bit for each byte: letters, digits, marks. A byte belongs to a
//! word if it is a letter, a digit or `_`, or a mark between two letters or two digits; the places where
//! that changes are the ends of words. The commonest characters of two and three bytes (letters of the
//! Latin, Greek and Cyrillic scripts, curly quotation marks, dashes, `…`, NBSP, `«`, `»`) have masks too.
//! Any other character is [complex](super::class) here: the open segment is taken back and cut by the
//! automaton, up to a boundary after which all is simple again.
//!
//! This is the one file with `unsafe`: loading a vector, and calling code compiled for AVX2.

#![allow(unsafe_code)]

use core::arch::x86_64::{
    __m128i, __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8,
    _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_set1_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_srli_epi16, _mm256_sub_epi8,
};

use super::class::{class_at, previous_character, segment_start};
use super::portable::for_each_word_until;

/// Bytes of a window: as many as a mask has bits.
const WINDOW: usize = 64;
/// Starts and ends of words that are kept before they are handed on: 8 kB, a quarter of a level-1 cache.
const CAPACITY: usize = 1024;
/// What a window, and the automaton between two questions, may add.
const ROOM: usize = WINDOW + 4;
/// The automaton goes on until this many bytes ahead are simple: half a window less what a character
/// cut by its end may hide.
const CLEAR: u64 = (1 << 61) - 1;

/// Finds the words of a text, some at a time.
pub(super) struct Scanner<'t> {
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
    /// An underscore was seen, so that a word may hold nothing else, and is none.
    underscores: bool,
}

#[derive(Clone, Copy, Default)]
struct Before {
    letter: u64,
    digit: u64,
    word: u64,
}

impl<'t> Scanner<'t> {
    /// `None` where the processor lacks what this file needs.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let able = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        able.then(|| Self {
            bytes: text.as_bytes(),
            at: 0,
            settled: 0,
            before: Before::default(),
            found: vec![0; CAPACITY + ROOM],
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
        // SAFETY: `new` gave a scanner, so the processor has every feature `scan` is compiled for.
        unsafe { self.scan() };
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
    fn scan(&mut self) {
        while self.at < self.bytes.len() && self.length <= CAPACITY {
            let window = Window::load(self.bytes, self.at);
            let ascii = Ascii::of(&window);
            let left = self.bytes.len() - self.at;
            let mut letter = ascii.letter;
            let mut quote = 0;
            // Bytes to take: what follows the last of them, as far as it matters, is in the window.
            let mut take = left.min(WINDOW - 1);
            if left == WINDOW {
                take = WINDOW;
            }
            let mut complex = false;
            if ascii.beyond != 0 {
                let wide = Wide::of(&window, ascii.beyond);
                letter |= wide.letter;
                quote = wide.quote;
                if left > WINDOW {
                    take = WINDOW - 4;
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
            self.underscores |= ascii.underscore != 0;
            self.push_changes((word ^ (word << 1 | self.before.word)) & taken);
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
        if let Some(room) = self.found[self.length..].first_chunk_mut::<WINDOW>() {
            for eight in room.as_chunks_mut::<8>().0 {
                for place in eight {
                    *place = self.at + changes.trailing_zeros() as usize;
                    changes &= changes.wrapping_sub(1);
                }
                if changes == 0 {
                    break;
                }
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
        let length = std::cell::Cell::new(*length);
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
                let beyond = window.mask(|half| half);
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

/// 64 bytes of a text, in halves.
struct Window([__m256i; 2]);

impl Window {
    /// The bytes from `at`, and NUL after the end of the text.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(bytes: &[u8], at: usize) -> Self {
        let ahead = &bytes[at..];
        let mut padded = [0; WINDOW];
        let window = ahead.first_chunk().unwrap_or_else(|| {
            padded[..ahead.len()].copy_from_slice(ahead);
            &padded
        });
        let pointer = window.as_ptr().cast::<__m256i>();
        // SAFETY: `window` has 64 bytes, which are two vectors of 32; they need not be aligned.
        unsafe { Self([_mm256_loadu_si256(pointer), _mm256_loadu_si256(pointer.add(1))]) }
    }

    /// The highest bit of every byte of what `select` makes of the halves.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn mask(&self, select: impl Fn(__m256i) -> __m256i) -> u64 {
        let [low, high] = self.0;
        let (low, high) = (_mm256_movemask_epi8(select(low)), _mm256_movemask_epi8(select(high)));
        u64::from(low as u32) | u64::from(high as u32) << 32
    }

    /// The bytes that equal `byte`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn equal(&self, byte: u8) -> u64 {
        let byte = _mm256_set1_epi8(byte as i8);
        self.mask(|half| _mm256_cmpeq_epi8(half, byte))
    }

    /// The bytes from `first` to `last`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn within(&self, first: u8, last: u8) -> u64 {
        let (offset, width) = (_mm256_set1_epi8(first as i8), _mm256_set1_epi8((last - first) as i8));
        self.mask(|half| {
            let distance = _mm256_sub_epi8(half, offset);
            _mm256_cmpeq_epi8(_mm256_min_epu8(distance, width), distance)
        })
    }

    /// The bytes that share a bit with `bits`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn any(&self, bits: u8) -> u64 {
        let bits = _mm256_set1_epi8(bits as i8);
        let none = _mm256_setzero_si256();
        !self.mask(|half| _mm256_cmpeq_epi8(_mm256_and_si256(half, bits), none))
    }

    /// Looks every byte up by its two hexadecimal digits and keeps the bits that both tables give.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn look_up(&self, Nibbles { high, low }: &Nibbles) -> Self {
        let (high, low) = (lanes(high), lanes(low));
        let digit = _mm256_set1_epi8(0x0f);
        let look_up = |half| {
            let first = _mm256_and_si256(_mm256_srli_epi16::<4>(half), digit);
            let second = _mm256_and_si256(half, digit);
            _mm256_and_si256(_mm256_shuffle_epi8(high, first), _mm256_shuffle_epi8(low, second))
        };
        let [low_half, high_half] = self.0;
        Self([look_up(low_half), look_up(high_half)])
    }
}

/// The sixteen bytes, twice.
#[inline]
#[target_feature(enable = "avx2")]
fn lanes(table: &[u8; 16]) -> __m256i {
    // SAFETY: `table` has 16 bytes, which are one vector; they need not be aligned.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast::<__m128i>()) })
}

/// Sets of bytes, at most eight, each a rectangle of first and second hexadecimal digits.
struct Nibbles {
    high: [u8; 16],
    low: [u8; 16],
}

impl Nibbles {
    /// `sets`: the bit of a set, its first digits, its second digits.
    const fn new(sets: &[(u8, &[u8], &[u8])]) -> Self {
        let mut tables = Self { high: [0; 16], low: [0; 16] };
        let mut set = 0;
        while set < sets.len() {
            let (bit, high, low) = sets[set];
            let mut digit = 0;
            while digit < high.len() {
                tables.high[high[digit] as usize] |= bit;
                digit += 1;
            }
            let mut digit = 0;
            while digit < low.len() {
                tables.low[low[digit] as usize] |= bit;
                digit += 1;
            }
            set += 1;
        }
        tables
    }
}

/// Masks of the ASCII characters that matter.
struct Ascii {
    letter: u64,
    digit: u64,
    underscore: u64,
    middle_letter: u64,
    middle_number: u64,
    /// Bytes that are not ASCII.
    beyond: u64,
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
    fn of(window: &Window) -> Self {
        let sets = window.look_up(&Self::SETS);
        Self {
            letter: sets.any(Self::LETTER),
            digit: sets.any(Self::DIGIT),
            underscore: sets.any(Self::UNDERSCORE),
            middle_letter: sets.any(Self::FULL_STOP | Self::COLON),
            middle_number: sets.any(Self::FULL_STOP | Self::COMMA | Self::SEMICOLON),
            beyond: window.mask(|half| half),
        }
    }
}

/// Masks of the characters of two and three bytes that are simple.
struct Wide {
    /// Both bytes of every letter.
    letter: u64,
    /// The first byte of ‘ and ’, which join letters and digits.
    quote: u64,
    /// Bytes of all other characters that are not ASCII. Characters cut by the end of the window are among
    /// them.
    complex: u64,
    /// Bytes that are not the first of a character.
    continuation: u64,
}

impl Wide {
    /// U+0100 to U+027F.
    const LATIN: u8 = 1;
    /// U+0400 to U+047F, U+04C0 to U+04FF.
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
    const SETS: Nibbles = Nibbles::new(&[
        (Self::LATIN, &[0xc], &[4, 5, 6, 7, 8, 9]),
        (Self::CYRILLIC, &[0xd], &[0, 1, 3]),
        (Self::LATIN_1, &[0xc], &[3]),
        (Self::GREEK, &[0xc], &[0xe]),
        (Self::GREEK_MORE, &[0xc], &[0xf]),
        (Self::SIGNS, &[0xc], &[2]),
        (Self::PUNCTUATION, &[0xe], &[2]),
    ]);

    #[inline]
    #[target_feature(enable = "avx2")]
    fn of(window: &Window, beyond: u64) -> Self {
        let sets = window.look_up(&Self::SETS);
        let continuation = window.within(0x80, 0xbf);
        let mut letter = sets.any(Self::LATIN | Self::CYRILLIC);
        let mut sign = 0;
        if sets.any(Self::LATIN_1 | Self::SIGNS) != 0 {
            let latin = sets.any(Self::LATIN_1);
            // × and ÷
            let operator = (window.equal(0x97) | window.equal(0xb7)) >> 1;
            letter |= latin & !operator;
            // NBSP £ § « ° »
            let simple = window.equal(0xa0)
                | window.equal(0xa3)
                | window.equal(0xa7)
                | window.equal(0xab)
                | window.equal(0xb0)
                | window.equal(0xbb);
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
        let (mut mark, mut quote) = (0, 0);
        let punctuation = sets.any(Self::PUNCTUATION);
        if punctuation != 0 {
            let general = punctuation & window.equal(0x80) >> 1;
            // U+2010 to U+2023, … and ‥
            mark = general & (window.within(0x90, 0xa3) | window.within(0xa5, 0xa6)) >> 2;
            quote = general & window.within(0x98, 0x99) >> 2;
        }
        let simple = letter | letter << 1 | sign | sign << 1 | mark | mark << 1 | mark << 2;
        Self { letter: letter | letter << 1, quote, complex: beyond & !simple, continuation }
    }
}
