//! Full stops that end a word, not a sentence: abbreviations, initials, ordinals, labels.

use super::{Bounds, Candidate, End, is_space};
use crate::text::unicode::{is_alphabetic, is_alphanumeric, tail};

/// Names before the number of a figure, table or the like.
const LABELS: [&str; 8] = ["figure", "fig.", "fig", "table", "listing", "plate", "map", "box"];

impl Bounds<'_> {
    /// Where the credit of a picture begins that ends the block without a stop before it:
    /// `The sluice in 1789 Image: A. Penn.`
    pub(super) fn credit(&self) -> Option<usize> {
        const LONGEST: usize = 80;
        let block = &self.text[self.block..];
        let end = tail(block, LONGEST);
        let colon = memchr::memchr_iter(b':', end.as_bytes()).find(|at| end[at + 1..].starts_with(' '))?;
        let colon = block.len() - end.len() + colon;
        let word = colon - block[..colon].rsplit(is_space).next().map_or(0, str::len);
        let named =
            block[word..].starts_with(char::is_uppercase) && self.language.is_credit(&block[word..colon]);
        let free = block[..word].trim_end().ends_with(|c: char| is_alphanumeric(c) || c == ')');
        (named && free).then_some(self.block + word)
    }

    /// The label of a caption that no stop sets off from it: `Figure 1.3 This map shows the fen.`
    pub(super) fn bare_label(&self) -> Option<End> {
        const LONGEST_NUMBER: usize = 8;
        let block = &self.text[self.block..];
        // Most blocks are refused here.
        if !block.starts_with(|c: char| matches!(c.to_ascii_lowercase(), 'f' | 't' | 'l' | 'p' | 'm' | 'b')) {
            return None;
        }
        let name = LABELS
            .iter()
            .filter(|label| label.ends_with(is_alphabetic))
            .find(|label| block.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label)))?;
        let rest = block[name.len()..].strip_prefix(' ')?;
        let number = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let label = name.len() + 1 + number;
        let after = rest[number..].trim_start_matches(is_space);
        let next = block.len() - after.len();
        let whole = block.ends_with(|c| self.is_stop(c) || c == ')');
        let capital = after.starts_with(|c: char| c.is_uppercase() || c == '(');
        let numbered =
            (1..=LONGEST_NUMBER).contains(&number) && rest[..number].ends_with(|c: char| c.is_ascii_digit());
        (numbered && next > label && capital && whole)
            .then_some(End { sentence: self.block + label, next: self.block + next })
    }
}

impl<'a> Candidate<'a> {
    /// The word before the stop, with the stops inside it: `i.e`, `U.S.S.R`.
    pub(super) fn word_before(&self) -> &'a str {
        const LONGEST: usize = 24;
        let before = &self.bounds.text[self.start..self.at];
        let mut start = before.len();
        for (at, c) in before.char_indices().rev() {
            if !(is_alphanumeric(c) || c == '.' || c == '-') || before.len() - at > LONGEST {
                break;
            }
            start = at;
        }
        // The dots of an ellipsis end no word.
        let word = before[start..].trim_start_matches(['.', '-']);
        if word.ends_with('.') { "" } else { word }
    }

    /// The word before the stop with the short ones that stand before it, each with its stop: `z. B`, `т. е`
    /// are `z.B`, `т.е`.
    fn spaced_word(&self, word: &str) -> Option<String> {
        const LONGEST_PART: usize = 2;
        const MOST_PARTS: usize = 3;
        let short = |part: &str| {
            (1..=LONGEST_PART).contains(&part.chars().count()) && part.chars().all(is_alphabetic)
        };
        let mut before = self.bounds.behind(self.start, self.at - word.len());
        let mut parts = vec![word];
        while short(parts[parts.len() - 1]) && parts.len() < MOST_PARTS {
            let Some(rest) = before.trim_end().strip_suffix('.') else { break };
            let start = rest
                .rfind(|c: char| !is_alphanumeric(c))
                .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
            if !short(&rest[start..]) {
                break;
            }
            parts.push(&rest[start..]);
            before = &rest[..start];
        }
        parts.reverse();
        (parts.len() > 1).then(|| parts.join("."))
    }

    pub(super) fn is_abbreviation(&self, next: usize) -> bool {
        if self.mark != '.' || self.closed != self.at + 1 {
            return false;
        }
        let language = self.bounds.language;
        let word = self.word_before();
        if word.is_empty() {
            return false;
        }
        if self.is_label(word) || self.is_bracketed(word) {
            return true;
        }
        let (following, after) = self.bounds.first_word(next);
        if following.is_empty() {
            return false;
        }
        // `А. С. Пушкин`: a letter with a stop is an initial, whatever word it may be elsewhere.
        let initial_follows = following.chars().count() == 1 && after.starts_with('.');
        let opener = || !initial_follows && language.opens_sentences(following);
        let listed = language.may_abbreviate(word);
        // `He said no. I left.`: after an abbreviation that is also a word, I is the speaker.
        let speaker = || following == "I" && language.is_also_word(word);
        if listed && language.stands_before_number(word) && is_number(following) && !speaker() {
            return true;
        }
        if language.has_ordinal_stop() && is_ordinal(word) {
            // `S. 12. Andere`: a number after an abbreviation is a reference.
            let cited = self.bounds.text[self.start..self.at - word.len()].trim_end().ends_with('.');
            if language.follows_ordinal(following) || !(opener() || cited) {
                return true;
            }
        }
        // `A newer IE. Its`: capitals are an abbreviation of the list only among capitals.
        let shouted = || word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase);
        if listed
            && language.is_never_final(word)
            && (!shouted() || following.chars().all(char::is_uppercase))
        {
            return true;
        }
        if self.spaced_word(word).is_some_and(|spaced| {
            language.is_never_final(&spaced) || (language.is_seldom_final(&spaced) && !opener())
        }) {
            return true;
        }
        let initialism = word.contains('.')
            && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(is_alphabetic));
        // `(b. March 2009)` too, but hardly a letter that is a word of its own.
        let initial = word.chars().count() == 1 && word.chars().all(is_alphabetic);
        (initialism || initial || (listed && language.is_seldom_final(word))) && !opener()
    }

    /// The number of a heading, list item or figure, at the head of its block: `2.1. Results`, `Figure 3. A`.
    fn is_label(&self, word: &str) -> bool {
        const LONGEST_NUMBER: usize = 8;
        const LONGEST_LABEL: usize = 24;
        let before =
            self.bounds.text[self.bounds.block..self.at].trim_start_matches(['(', '[', '§', '#', '*']);
        if before.len() > LONGEST_LABEL || word.len() > LONGEST_NUMBER {
            return false;
        }
        let number = word.split('.').all(|part| is_number(part) || part.chars().count() == 1);
        let named = || {
            let name = before[..before.len() - word.len()].trim_end();
            LABELS.iter().any(|label| name.eq_ignore_ascii_case(label))
        };
        number && (before == word || named())
    }

    /// A short lower-case word inside a bracket, as in `(div. 1964)`, `(rev. Smith)`.
    fn is_bracketed(&self, word: &str) -> bool {
        if word.chars().count() > 5 || !word.chars().all(char::is_lowercase) {
            return false;
        }
        let before = self.bounds.behind(self.start, self.at);
        let open = before.rfind(['(', '[']).is_some_and(|at| !before[at..].contains([')', ']']));
        let closes = self.bounds.ahead(self.closed).find([')', ']', '(', '.', '!', '?']);
        open && closes.is_some_and(|at| self.bounds.text[self.closed + at..].starts_with([')', ']']))
    }
}

/// Digits or a Roman numeral, written in one case.
fn is_number(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_numeric()) {
        return true;
    }
    let upper = word.to_ascii_uppercase();
    (word == upper || word == word.to_ascii_lowercase()) && is_roman(&upper)
}

/// A number that may be an ordinal: one or two digits, or a Roman numeral in capitals.
fn is_ordinal(word: &str) -> bool {
    (word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())) || is_roman(word)
}

/// A well-formed Roman numeral in capitals.
pub(super) fn is_roman(word: &str) -> bool {
    let mut rest = word.trim_start_matches('M');
    for [nine, four, five, one] in [["CM", "CD", "D", "C"], ["XC", "XL", "L", "X"], ["IX", "IV", "V", "I"]] {
        if let Some(after) = rest.strip_prefix(nine).or(rest.strip_prefix(four)) {
            rest = after;
            continue;
        }
        rest = rest.strip_prefix(five).unwrap_or(rest);
        for _ in 0..3 {
            rest = rest.strip_prefix(one).unwrap_or(rest);
        }
    }
    !word.is_empty() && rest.is_empty()
}
