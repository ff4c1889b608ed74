//! Words cut by a hyphen at the end of a line, as printers do: `free-⏎holders`.
//!
//! A hard-wrapped text of our day has such line ends too, where a compound happened to break there. A text
//! is taken for hyphenated if so many of its lines end that way that a typesetter must have done it. Then a
//! word is rejoined if it stands in one piece elsewhere in the text, more often than with a hyphen; where it
//! stands nowhere else, it is rejoined unless both its parts are words of the text.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::Extras;
use crate::text::places::{LINE_ENDS, Places};
use crate::text::unicode::is_alphabetic;

/// A text is hyphenated if at least one line in so many ends in a hyphen. Modern e-texts of novels have
/// one in 120 and fewer, OCR of set type one in 5 to 20.
const LINES_A_HYPHEN: usize = 50;
/// Fewer may be chance.
const FEWEST: usize = 3;

/// Decides which words of a text are rejoined.
pub(super) struct Rejoiner {
    /// How often each candidate stands elsewhere, in one word and with a hyphen.
    wholes: HashMap<String, Times>,
    /// How often each part of a candidate stands elsewhere.
    parts: HashMap<String, i64>,
}

#[derive(Clone, Copy, Default)]
struct Times {
    plain: u32,
    hyphened: u32,
}

/// The parts of a word around a line end, if `gap` is a hyphen or a soft hyphen at one.
fn is_cut(text: &str, before: &Range<usize>, after: &Range<usize>) -> bool {
    let gap = &text[before.end..after.start];
    let soft = text[..before.end].ends_with('\u{ad}');
    let rest = gap.strip_prefix(['-', '\u{2010}', '\u{ad}', '\u{ac}']).or(soft.then_some(gap));
    rest.is_some_and(|rest| rest.contains(['\n', '\r']) && rest.chars().all(char::is_whitespace))
        && rest.is_some_and(|rest| rest.matches('\n').count() <= 1)
        && text[before.clone()].ends_with(|c: char| is_alphabetic(c) || c == '\u{ad}')
        && text[after.clone()].starts_with(char::is_lowercase)
}

impl Rejoiner {
    /// None if no word of the text is to be rejoined.
    pub fn of(text: &str, extras: &Extras) -> Option<Self> {
        if extras.keep_line_ends {
            return None;
        }
        let hyphens = line_end_hyphens(text);
        let hyphenated = hyphens >= FEWEST && !has_lines(text, hyphens * LINES_A_HYPHEN);
        (hyphens > 0 && (hyphenated || extras.rejoin))
            .then(|| Self { wholes: HashMap::new(), parts: HashMap::new() })
    }

    /// Calls `word` for every word, cut ones joined; returns how many were.
    pub fn rejoin(
        mut self,
        text: &str,
        words: &[Range<usize>],
        mut word: impl FnMut(Range<usize>, Option<&str>),
    ) -> u64 {
        self.learn(text, words);
        let mut rejoined = 0;
        let mut index = 0;
        while index < words.len() {
            let pair = &words[index..(index + 2).min(words.len())];
            if let [before, after] = pair
                && is_cut(text, before, after)
                && self.is_whole(text, before, after)
            {
                let form: String = pair
                    .iter()
                    .flat_map(|range| text[range.clone()].chars())
                    .filter(|c| *c != '\u{ad}')
                    .collect();
                word(before.start..after.end, Some(&form));
                rejoined += 1;
                index += 2;
            } else {
                word(words[index].clone(), None);
                index += 1;
            }
        }
        rejoined
    }

    /// Counts how the candidates and their parts stand elsewhere.
    fn learn(&mut self, text: &str, words: &[Range<usize>]) {
        for pair in words.windows(2).filter(|pair| is_cut(text, &pair[0], &pair[1])) {
            let [before, after] = [folded(text, &pair[0]), folded(text, &pair[1])];
            self.wholes.insert([before.as_str(), after.as_str()].concat(), Times::default());
            // Its occurrence here counts for nothing.
            *self.parts.entry(before).or_default() -= 1;
            *self.parts.entry(after).or_default() -= 1;
        }
        for (index, range) in words.iter().enumerate() {
            let word = folded(text, range);
            if let Some(times) = self.wholes.get_mut(&word) {
                times.plain += 1;
            }
            if let Some(times) = self.parts.get_mut(&word) {
                *times += 1;
            }
            if let Some(next) = words.get(index + 1).filter(|next| &text[range.end..next.start] == "-")
                && let Some(times) = self.wholes.get_mut(&(word + &folded(text, next)))
            {
                times.hyphened += 1;
            }
        }
    }

    fn is_whole(&self, text: &str, before: &Range<usize>, after: &Range<usize>) -> bool {
        let [before, after] = [folded(text, before), folded(text, after)];
        let times = self.wholes.get(&[before.as_str(), after.as_str()].concat()).copied().unwrap_or_default();
        let stands = |part: &str| self.parts.get(part).is_some_and(|times| *times > 0);
        match times.plain.cmp(&times.hyphened) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => !(stands(&before) && stands(&after)),
        }
    }
}

/// A word in lower case, without soft hyphens.
fn folded(text: &str, range: &Range<usize>) -> String {
    text[range.clone()].replace('\u{ad}', "").to_lowercase()
}

/// Whether a text has so many line ends, or more.
fn has_lines(text: &str, many: usize) -> bool {
    let mut ends = Places::new(text.as_bytes(), 0, &LINE_ENDS);
    let mut from = 0;
    for _ in 0..many {
        let Some(at) = ends.next(from) else { return false };
        from = if text[at..].starts_with("\r\n") { at + 2 } else { at + 1 };
    }
    true
}

/// How many lines end in a letter and a hyphen.
fn line_end_hyphens(text: &str) -> usize {
    let bytes = text.as_bytes();
    // The bytes that hyphens end in; there are fewer of them than lines.
    let ends = memchr::memchr_iter(b'-', bytes).chain(memchr::memchr3_iter(0x90, 0xac, 0xad, bytes));
    let cut = |end: &usize| {
        matches!(bytes.get(end + 1), Some(b'\n' | b'\r')) && {
            let mut last = text[..=*end].chars().rev();
            let hyphen = last.next().is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{ad}' | '\u{ac}'));
            hyphen && last.next().is_some_and(is_alphabetic)
        }
    };
    ends.filter(cut).count()
}
