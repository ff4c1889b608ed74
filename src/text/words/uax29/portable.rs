//! Words on any processor: runs of simple characters by their classes, the rest by the automaton.

use std::ops::Range;

use super::automaton::for_each_word_until;
use super::class::{SPACE, class_at, segment_start};

/// Calls `word` with the range of every word of `text`, in order.
#[inline]
pub(super) fn for_each_word(text: &str, mut word: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    // A boundary: everything before it is cut for good.
    let mut settled = 0;
    let mut at = 0;
    while at < bytes.len() {
        let (mut previous, length) = class_at(bytes, at);
        let mut start = at;
        let mut complex = previous.is_complex();
        if previous.is_core() {
            let mut held = previous;
            at += length;
            while at < bytes.len() {
                let (class, length) = class_at(bytes, at);
                if class.is_core() {
                    held.add(class);
                    previous = class;
                    at += length;
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
                continue;
            }
        } else if complex {
            start = segment_start(bytes, settled, at);
        } else {
            at += length;
            continue;
        }
        // Not before a space: what follows it may be complex again.
        at = for_each_word_until(bytes, start, &mut word, |_, class| {
            !class.is_complex() && class.value() != SPACE
        });
        settled = at;
    }
}
