//! Named additions to UAX #29: words joined over hyphens, numbers, URLs, initialisms; words cut at
//! apostrophes.

use std::ops::Range;

use super::Extras;
use crate::text::language::Language;
use crate::text::unicode::{is_alphabetic, is_alphanumeric};

/// Joins and cuts `words`, which are in order. Each word is looked at once, so time is linear.
pub(super) fn reshape(
    text: &str,
    words: &[Range<usize>],
    extras: &Extras,
    language: &Language,
) -> Vec<Range<usize>> {
    let mut shaped = Vec::with_capacity(words.len());
    let mut index = 0;
    while index < words.len() {
        let walk = Walk { text, words: &words[index..] };
        let (range, used) = walk.next(extras);
        index += used;
        if used == 1 && (extras.elisions || extras.apostrophes) {
            cut_apostrophes(text, range, extras, language, &mut shaped);
        } else {
            shaped.push(range);
        }
    }
    shaped
}

/// The words from here on.
struct Walk<'a> {
    text: &'a str,
    words: &'a [Range<usize>],
}

impl Walk<'_> {
    /// The next word and how many of the old ones it takes.
    fn next(&self, extras: &Extras) -> (Range<usize>, usize) {
        let mut end = self.words[0].end;
        if extras.urls {
            end = end.max(self.url());
        }
        if extras.abbreviations {
            end = end.max(self.initialism());
        }
        let mut used = self.words.iter().take_while(|word| word.start < end).count();
        // A chain: `sixty-two-year-old`, `1914-18`.
        while let (Some(last), Some(next)) = (self.words.get(used - 1), self.words.get(used)) {
            if end > last.end || !self.chains(last, next, extras) {
                break;
            }
            end = next.end;
            used += 1;
        }
        (self.words[0].start..end.max(self.words[used - 1].end), used)
    }

    fn chains(&self, last: &Range<usize>, next: &Range<usize>, extras: &Extras) -> bool {
        let gap = &self.text[last.end..next.start];
        let (before, after) = (&self.text[last.clone()], &self.text[next.clone()]);
        let mut marks = gap.chars();
        let (Some(mark), None) = (marks.next(), marks.next()) else { return false };
        if extras.hyphens && matches!(mark, '-' | '\u{2010}' | '\u{2011}') {
            return true;
        }
        let digits =
            before.ends_with(|c: char| c.is_numeric()) && after.starts_with(|c: char| c.is_numeric());
        let thousand = || after.len() == 3 && after.bytes().all(|byte| byte.is_ascii_digit());
        extras.numbers
            && digits
            && match mark {
                '.' | ',' | ':' | '/' | '-' | '–' | '\u{2011}' | '\'' | '’' | '·' => true,
                '\u{a0}' | '\u{202f}' | '\u{2009}' => thousand(),
                _ => false,
            }
    }

    /// The end of a URL or e-mail address that begins with the first word, or 0.
    fn url(&self) -> usize {
        const LONGEST: usize = 2_000;
        let start = self.words[0].start;
        let first = &self.text[self.words[0].clone()];
        let rest = &self.text[self.words[0].end..];
        let scheme = rest.starts_with("://") && first.chars().all(|c| c.is_ascii_alphanumeric());
        let host = first.len() > 4 && first.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."));
        let all = &self.text[start..];
        let end = all
            .char_indices()
            .take(LONGEST)
            .find(|(_, c)| {
                c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '{' | '}' | '|')
            })
            .map_or_else(|| all.char_indices().nth(LONGEST).map_or(all.len(), |(at, _)| at), |(at, _)| at);
        let found = &all[..end];
        let trimmed = found.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']']);
        let trimmed = if trimmed.contains('(') { trimmed } else { trimmed.trim_end_matches(')') };
        if scheme || host {
            return start + trimmed.len();
        }
        let local = |c: char| is_alphanumeric(c) || matches!(c, '.' | '_' | '+' | '-' | '%');
        let Some((name, domain)) = trimmed.split_once('@') else { return 0 };
        let domain = &domain[..domain
            .find(|c: char| !(is_alphanumeric(c) || matches!(c, '.' | '-')))
            .unwrap_or(domain.len())];
        let domain = domain.trim_end_matches(['.', '-']);
        let mail =
            !name.is_empty() && name.chars().all(local) && domain.contains('.') && !domain.starts_with('.');
        if mail { start + name.len() + 1 + domain.len() } else { 0 }
    }

    /// The end of an initialism that begins with the first word, or 0: with stops (`U.S.`, `U. S.`, `i.e.`),
    /// with letters in brackets (`CPSU(B)`), with `&` (`R&D`).
    fn initialism(&self) -> usize {
        let first = &self.words[0];
        let word = &self.text[first.clone()];
        let capitals = word.chars().all(char::is_uppercase);
        let rest = &self.text[first.end..];
        if capitals && word.chars().nth(1).is_some() {
            let inside =
                rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
            if let Some(inside) = inside
                .filter(|inside| (1..=2).contains(&inside.len()) && inside.chars().all(char::is_uppercase))
            {
                return first.end + inside.len() + 2;
            }
        }
        if capitals && rest.starts_with('&') {
            let end = self.words.get(1).filter(|next| next.start == first.end + 1);
            return end
                .filter(|next| self.text[(*next).clone()].chars().all(char::is_uppercase))
                .map_or(0, |next| next.end);
        }
        let mut end = 0;
        for (index, part) in self.words.iter().enumerate() {
            let letters = &self.text[part.clone()];
            let short = letters
                .split('.')
                .all(|letters| letters.chars().count() == 1 && letters.chars().all(is_alphabetic));
            let joined = index == 0
                || matches!(
                    &self.text[self.words[index - 1].end..part.start],
                    "." | ". " | ".\u{a0}" | ".\u{202f}"
                );
            // In running text the letters of `U. S.` are capitals; `i. e.` are two.
            let spaced = index > 0 && self.text[..part.start].ends_with(|c: char| c.is_whitespace());
            let likely =
                !spaced || letters.starts_with(char::is_uppercase) == word.starts_with(char::is_uppercase);
            if !(short && joined && likely && self.text[part.end..].starts_with('.')) {
                break;
            }
            if index > 0 || letters.contains('.') {
                end = part.end + 1;
            }
        }
        end
    }
}

fn cut_apostrophes(
    text: &str,
    range: Range<usize>,
    extras: &Extras,
    language: &Language,
    shaped: &mut Vec<Range<usize>>,
) {
    let mut start = range.start;
    for (at, mark) in text[range.clone()].match_indices(['\'', '’']) {
        let at = range.start + at;
        let after = at + mark.len();
        if after >= range.end || at == start {
            continue;
        }
        if extras.apostrophes {
            shaped.push(start..at);
            start = after;
        } else if language.is_elision(&text[start..at]) {
            shaped.push(start..after);
            start = after;
        }
    }
    shaped.push(start..range.end);
}
