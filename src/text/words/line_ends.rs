//! Words cut by a hyphen at the end of a line, as printers do: `free-⏎holders`.
//!
//! A hard-wrapped text of our day has such line ends too, where a compound happened to break there. A text
//! is taken for hyphenated if so many of its lines end that way that a typesetter must have done it; then a
//! word is rejoined unless its two parts stand with a hyphen elsewhere in the text, and more often than
//! without one.

use std::collections::HashMap;
use std::ops::Range;

use super::Extras;

/// A text is hyphenated if at least one line in so many ends in a hyphen. Modern e-texts of novels have
/// one in 120 and fewer, OCR of set type one in 5 to 20.
const LINES_A_HYPHEN: usize = 50;
/// Fewer may be chance.
const FEWEST: usize = 3;

/// Decides which words of a text are rejoined.
pub(super) struct Rejoiner {
    /// How often each candidate stands elsewhere: in one word, and with a hyphen.
    known: HashMap<String, (u32, u32)>,
}

/// The parts of a word around a line end, if `gap` is a hyphen or a soft hyphen at one.
fn is_cut(text: &str, before: &Range<usize>, after: &Range<usize>) -> bool {
    let gap = &text[before.end..after.start];
    let soft = text[..before.end].ends_with('\u{ad}');
    let rest = gap.strip_prefix(['-', '\u{2010}', '\u{ad}', '\u{ac}']).or(soft.then_some(gap));
    rest.is_some_and(|rest| rest.contains(['\n', '\r']) && rest.chars().all(char::is_whitespace))
        && rest.is_some_and(|rest| rest.matches('\n').count() <= 1)
        && text[before.clone()].ends_with(|c: char| c.is_alphabetic() || c == '\u{ad}')
        && text[after.clone()].starts_with(char::is_lowercase)
}

impl Rejoiner {
    /// None if no word of the text is to be rejoined.
    pub fn of(text: &str, extras: &Extras) -> Option<Self> {
        if extras.keep_line_ends {
            return None;
        }
        let hyphens = line_end_hyphens(text);
        let hyphenated = hyphens >= FEWEST && hyphens * LINES_A_HYPHEN >= super::super::line_ends(text) + 1;
        (hyphens > 0 && (hyphenated || extras.rejoin)).then(|| Self { known: HashMap::new() })
    }

    /// Calls `word` for every word, cut ones joined; returns how many were.
    pub fn rejoin(
        mut self,
        text: &str,
        words: &[Range<usize>],
        mut word: impl FnMut(Range<usize>, Option<&str>),
    ) -> u64 {
        for pair in words.windows(2).filter(|pair| is_cut(text, &pair[0], &pair[1])) {
            self.known.insert(joined(text, pair), (0, 0));
        }
        let mut compound = String::new();
        for (index, range) in words.iter().enumerate() {
            if let Some((plain, _)) = self.known.get_mut(text[range.clone()].to_lowercase().as_str()) {
                *plain += 1;
            }
            if let Some(next) = words.get(index + 1).filter(|next| &text[range.end..next.start] == "-") {
                compound.clear();
                compound.push_str(&text[range.clone()]);
                compound.push_str(&text[next.clone()]);
                if let Some((_, hyphened)) = self.known.get_mut(compound.to_lowercase().as_str()) {
                    *hyphened += 1;
                }
            }
        }
        let mut rejoined = 0;
        let mut index = 0;
        while index < words.len() {
            let pair = &words[index..(index + 2).min(words.len())];
            if let [before, after] = pair
                && is_cut(text, before, after)
                && self.known.get(&joined(text, pair)).is_none_or(|(plain, hyphened)| plain >= hyphened)
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
}

/// Both parts as one word, in lower case.
fn joined(text: &str, pair: &[Range<usize>]) -> String {
    let parts: String = pair.iter().map(|range| &text[range.clone()]).collect();
    parts.replace('\u{ad}', "").to_lowercase()
}

/// Lines that end in a letter and a hyphen.
fn line_end_hyphens(text: &str) -> usize {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| {
            let line = &text[..*at];
            line.ends_with(['-', '\u{2010}', '\u{ad}', '\u{ac}'])
                && line.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        })
        .count()
}
