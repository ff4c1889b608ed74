//! Words on any processor: runs of simple characters by their classes, the rest by the automaton.

use std::ops::Range;

use super::automaton;
use super::class::{class_at, segment_start};

/// Calls `word` with the range of every word of `text`, in order.
#[inline]
pub(super) fn for_each_word(text: &str, word: impl FnMut(Range<usize>)) {
    for_each_word_until(text.as_bytes(), 0, word, |_| false);
}

/// Calls `word` with the range of every word from `start`, a boundary, up to the first later boundary
/// where `stop` holds; returns that boundary, or the end.
///
/// `stop` is asked after every word, and `word` called at most twice between two questions.
#[inline]
pub(super) fn for_each_word_until(
    bytes: &[u8],
    start: usize,
    mut word: impl FnMut(Range<usize>),
    mut stop: impl FnMut(usize) -> bool,
) -> usize {
    // A boundary: everything before it is cut for good.
    let mut settled = start;
    let mut at = start;
    while at < bytes.len() {
        let (mut previous, length) = class_at(bytes, at);
        let mut start = at;
        let mut complex = previous.is_complex();
        if previous.is_core() {
            let mut held = previous;
            at += run(bytes, at, length);
            while at < bytes.len() {
                let (class, length) = class_at(bytes, at);
                if class.is_core() {
                    held.add(class);
                    previous = class;
                    at += run(bytes, at, length);
                    continue;
                }
                complex = class.is_complex();
                if class.is_middle() && at + length < bytes.len() {
                    let (next, next_length) = class_at(bytes, at + length);
                    if class.joins(previous, next) {
                        held.add(next);
                        previous = next;
                        at += length + next_length;
                        continue;
                    }
                    complex = next.is_complex();
                }
                break;
            }
            if !complex {
                if held.is_alphanumeric() {
                    word(start..at);
                }
                settled = at;
                if stop(at) {
                    return at;
                }
                continue;
            }
        } else if complex {
            start = segment_start(bytes, settled, at);
        } else {
            at += length;
            continue;
        }
        let mut stopped = false;
        at = automaton::for_each_word_until(bytes, start, &mut word, |at, class| {
            stopped = stop(at);
            // Not sooner: what follows a space or a mark may be complex again.
            stopped || class.is_core()
        });
        if stopped {
            return at;
        }
        settled = at;
    }
    at
}

/// Bytes of the core character at `at`, which has `length`, and of those after it that are surely of its
/// class: up to eight ASCII letters are found at once, so that no branch depends on how many they are.
#[inline(always)]
fn run(bytes: &[u8], at: usize, length: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    if length > 1 {
        return length;
    }
    let Some(eight) = bytes[at..].first_chunk() else { return 1 };
    let eight = u64::from_le_bytes(*eight);
    let lower = (eight | (0x20 * ONES)) & !HIGH;
    let from_a = lower + (0x80 - b'a' as u64) * ONES;
    let after_z = lower + (0x7f - b'z' as u64) * ONES;
    let letters = from_a & !after_z & !eight & HIGH;
    ((letters ^ HIGH).trailing_zeros() as usize / 8).max(1)
}
