//! Words of the scripts that do not part them: the runs that UAX #29 leaves to a dictionary.
//!
//! The dictionaries are those of ICU4X (`icu_segmenter`), which fall back to the longest match.

use std::ops::Range;
use std::sync::OnceLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::uax29;
use crate::text::places::{ByteSet, Places};
use crate::text::unicode::is_alphanumeric;

/// A longer run is cut into pieces, so that memory stays bounded on a text without any mark.
const LONGEST_RUN: usize = 1 << 14;

fn segmenter() -> WordSegmenterBorrowed<'static> {
    static SEGMENTER: OnceLock<WordSegmenterBorrowed<'static>> = OnceLock::new();
    *SEGMENTER.get_or_init(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
}

/// A character of a script that parts no words: Thai, Lao, Burmese, Khmer, kana, Han.
pub(in crate::text) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e01}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a9e0}'..='\u{a9fe}'
            | '\u{aa60}'..='\u{aa7f}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Whether the text may hold a character of such a script: one by the first byte of its characters, which
/// leaves out all of Latin, Greek and Cyrillic and the marks that are typed with them.
fn may_hold_unspaced(text: &str) -> bool {
    static FIRST: ByteSet = ByteSet::new(&[
        (&[14], &[0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
        (&[15], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    ]);
    !text.is_ascii() && Places::new(text.as_bytes(), 0, &FIRST).next(0).is_some()
}

/// As [`uax29::for_each_batch`], with words of unspaced scripts that touch taken together and cut by
/// dictionary.
pub(super) fn for_each_batch(text: &str, mut take: impl FnMut(&[[usize; 2]])) {
    if !may_hold_unspaced(text) {
        return uax29::for_each_batch(text, take);
    }
    let mut word = |range: Range<usize>| take(&[[range.start, range.end]]);
    let bytes = text.as_bytes();
    let mut run: Option<Range<usize>> = None;
    uax29::for_each_word(text, |range| {
        // Such characters begin with E0 or more; most words are decided here.
        let unspaced =
            bytes[range.start] >= 0xe0 && text[range.clone()].chars().next().is_some_and(is_unspaced);
        if let Some(open) = &mut run {
            if unspaced && range.start == open.end && range.end - open.start <= LONGEST_RUN {
                open.end = range.end;
                return;
            }
            cut(text, open.clone(), &mut word);
            run = None;
        }
        if unspaced {
            run = Some(range);
        } else {
            word(range);
        }
    });
    if let Some(open) = run {
        cut(text, open, &mut word);
    }
}

fn cut(text: &str, run: Range<usize>, word: &mut impl FnMut(Range<usize>)) {
    let piece = &text[run.clone()];
    let mut start = 0;
    for end in segmenter().segment_str(piece) {
        if piece[start..end].contains(is_alphanumeric) {
            word(run.start + start..run.start + end);
        }
        start = end;
    }
}
