//! Vectors of the AVX2 instructions of x86-64: 64 bytes of a text at a time, and masks of them.
//!
//! This is the one file with `unsafe`: loading a vector, and calling code that is compiled for AVX2.

#![allow(unsafe_code)]

use core::arch::x86_64::{
    __m128i, __m256i, _MM_HINT_T0, _mm_loadu_si128, _mm_prefetch, _mm256_and_si256,
    _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8,
    _mm256_movemask_epi8, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16,
    _mm256_sub_epi8,
};

use std::sync::LazyLock;

use super::places::WINDOWS;
use super::words::Scanner;

/// Bytes of a window: as many as a mask has bits.
pub(in crate::text) const WINDOW: usize = 64;

/// Whether the processor has every feature that [`Scanner::scan`] is compiled for, and the environment does
/// not ask for the portable way with `RHETOR_PORTABLE`. The results are the same.
pub(in crate::text) fn is_available() -> bool {
    static AVAILABLE: LazyLock<bool> = LazyLock::new(|| {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
            && std::env::var_os("RHETOR_PORTABLE").is_none()
    });
    *AVAILABLE
}

/// Calls [`Scanner::scan`], if the processor can.
pub(in crate::text) fn scan(scanner: &mut Scanner) {
    if is_available() {
        // SAFETY: the processor has every feature that the function is compiled for.
        unsafe { scanner.scan() }
    }
}

/// The bytes of each of the windows from the start on that are in one of `sets`, the last of them filled up with NUL;
/// `false` where the processor cannot.
pub(in crate::text) fn members(bytes: &[u8], sets: &Nibbles, masks: &mut [u64; WINDOWS]) -> bool {
    #[target_feature(enable = "avx2")]
    fn members(bytes: &[u8], sets: &Nibbles, masks: &mut [u64; WINDOWS]) {
        let windows = (0..bytes.len()).step_by(WINDOW);
        for (mask, at) in masks.iter_mut().zip(windows) {
            *mask = Window::load(bytes, at).look_up(sets).any(!0);
        }
    }
    if is_available() {
        // SAFETY: the processor has every feature that the function is compiled for.
        unsafe { members(bytes, sets, masks) }
    }
    is_available()
}

/// Asks for an element of a slice to be brought near, where it will be needed soon.
#[inline(always)]
pub(in crate::text) fn prefetch<T>(elements: &[T], index: usize) {
    // SAFETY: the instruction is part of every x86-64 processor, and no address makes it fail.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(elements.as_ptr().wrapping_add(index).cast()) }
}

/// 64 bytes of a text, in halves.
pub(in crate::text) struct Window([__m256i; 2]);

impl Window {
    /// The bytes from `at`, and NUL after the end of the text.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in crate::text) fn load(bytes: &[u8], at: usize) -> Self {
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

    /// The bytes that are not ASCII.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in crate::text) fn beyond_ascii(&self) -> u64 {
        self.mask(|half| half)
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
    pub(in crate::text) fn equal(&self, byte: u8) -> u64 {
        let byte = _mm256_set1_epi8(byte as i8);
        self.mask(|half| _mm256_cmpeq_epi8(half, byte))
    }

    /// The bytes from `first` to `last`.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in crate::text) fn within(&self, first: u8, last: u8) -> u64 {
        let (offset, width) = (_mm256_set1_epi8(first as i8), _mm256_set1_epi8((last - first) as i8));
        self.mask(|half| {
            let distance = _mm256_sub_epi8(half, offset);
            _mm256_cmpeq_epi8(_mm256_min_epu8(distance, width), distance)
        })
    }

    /// The bytes that share a bit with `bits`.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in crate::text) fn any(&self, bits: u8) -> u64 {
        let bits = _mm256_set1_epi8(bits as i8);
        let none = _mm256_setzero_si256();
        !self.mask(|half| _mm256_cmpeq_epi8(_mm256_and_si256(half, bits), none))
    }

    /// Looks every byte up by its two hexadecimal digits and keeps the bits that both tables give.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in crate::text) fn look_up(&self, Nibbles { high, low }: &Nibbles) -> Self {
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
pub(in crate::text) struct Nibbles {
    high: [u8; 16],
    low: [u8; 16],
}

impl Nibbles {
    /// `sets`: the bit of a set, its first digits, its second digits.
    pub(in crate::text) const fn new(sets: &[(u8, &[u8], &[u8])]) -> Self {
        let mut tables = Self { high: [0; 16], low: [0; 16] };
        let mut set = 0;
        while set < sets.len() {
            let (bit, high, low) = sets[set];
            tables.add(bit, high, low);
            set += 1;
        }
        tables
    }

    /// Adds one set.
    pub(in crate::text) const fn add(&mut self, bit: u8, high: &[u8], low: &[u8]) {
        let mut digit = 0;
        while digit < high.len() {
            self.high[high[digit] as usize] |= bit;
            digit += 1;
        }
        let mut digit = 0;
        while digit < low.len() {
            self.low[low[digit] as usize] |= bit;
            digit += 1;
        }
    }
}
