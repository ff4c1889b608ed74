//! Words as the R package stylo 0.7.7 cuts them, for comparison with published results.
//!
//! Eder, Rybicki & Kestemont (2016), Stylometry with R, *The R Journal* 8(1). The rules are those that the
//! package executes: a text is split at everything outside a fixed set of letters; digits part words; the
//! typographic apostrophe is no letter in any of them.

use std::ops::Range;

/// The value of stylo's option `corpus.lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyloRules {
    /// Letters only: `don't` is *don*, *t*. Also German, French and every other language of stylo's.
    English,
    /// Contractions are kept, with `^` for the apostrophe: `don^t`.
    EnglishContractions,
    /// Contractions and hyphens are kept: `mother-in-law`. stylo's default.
    EnglishAll,
    /// Letters only, v as u and j as i.
    LatinCorrected,
    /// Letters only; a run of Chinese characters is one word.
    Cjk,
}

impl StyloRules {
    /// All of them, in the order of stylo's manual.
    pub const ALL: [Self; 5] =
        [Self::English, Self::EnglishContractions, Self::EnglishAll, Self::LatinCorrected, Self::Cjk];

    /// The name in `stylo:NAME`: stylo's own, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::EnglishContractions => "english.contr",
            Self::EnglishAll => "english.all",
            Self::LatinCorrected => "latin.corr",
            Self::Cjk => "cjk",
        }
    }

    /// The rules of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rules| rules.name() == name)
    }
}

/// stylo's letters. × and ÷ are among them, as they lie between letters.
fn is_letter(c: char) -> bool {
    matches!(
        c,
        'A'..='Z' | 'a'..='z'
            | '\u{c0}'..='\u{1bf}'
            | '\u{1c4}'..='\u{2af}'
            | '\u{386}'
            | '\u{388}'..='\u{3ff}'
            | '\u{400}'..='\u{481}'
            | '\u{48a}'..='\u{527}'
            | '\u{5d0}'..='\u{5ea}'
            | '\u{5f0}'..='\u{5f4}'
            | '\u{620}'..='\u{65f}'
            | '\u{66e}'..='\u{6d3}'
            | '\u{6d5}'
            | '\u{6dc}'
            | '\u{10a0}'..='\u{10ff}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{1f00}'..='\u{1fbc}'
            | '\u{1fc2}'..='\u{1fcc}'
            | '\u{1fd0}'..='\u{1fdb}'
            | '\u{1fe0}'..='\u{1fec}'
            | '\u{1ff2}'..='\u{1ffc}'
            | '\u{2c80}'..='\u{2cf3}'
            | '\u{3005}'
            | '\u{3031}'..='\u{3035}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
    )
}

/// The letters under `CJK`: Latin, kana, Han and Hangul only. × and ÷ part words there.
fn is_cjk_letter(c: char) -> bool {
    is_letter(c)
        && !matches!(c, '×' | '÷')
        && matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{3000}'..)
}

/// Calls `word` with every word and, where it differs from the text, its form.
pub(super) fn for_each_word(text: &str, rules: StyloRules, mut word: impl FnMut(Range<usize>, Option<&str>)) {
    let mut form = String::new();
    let mut start = None;
    let mut at = 0;
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else { break };
        let length = joins(text, at, c, rules);
        if length > 0 {
            start.get_or_insert(at);
            at += length;
            continue;
        }
        if let Some(start) = start.take() {
            emit(text, start..at, rules, &mut form, &mut word);
        }
        at += gap(text, at, c);
    }
    if let Some(start) = start {
        emit(text, start..text.len(), rules, &mut form, &mut word);
    }
}

/// Bytes from `at` that belong to a word; 0 where words part.
fn joins(text: &str, at: usize, c: char, rules: StyloRules) -> usize {
    if if rules == StyloRules::Cjk { is_cjk_letter(c) } else { is_letter(c) } {
        return c.len_utf8();
    }
    let contractions = matches!(rules, StyloRules::EnglishContractions | StyloRules::EnglishAll);
    if contractions && c == '\'' && is_contraction(text, at) {
        return 1;
    }
    usize::from(rules == StyloRules::EnglishAll && c == '-' && hyphens(text, at) == 1)
}

/// Bytes to go over where words part. Hyphens are dashes, taken in fives: the last of six is one of the next
/// word.
fn gap(text: &str, at: usize, c: char) -> usize {
    match hyphens(text, at) {
        0 | 1 => c.len_utf8(),
        run => run - usize::from(run % 5 == 1),
    }
}

/// The run of hyphens at `at`.
fn hyphens(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().take_while(|byte| **byte == b'-').count()
}

/// `don't`, `he'll`: a letter, the apostrophe, and one of stylo's endings at the end of a word.
fn is_contraction(text: &str, at: usize) -> bool {
    const ENDINGS: [&str; 9] = ["t", "s", "d", "m", "ll", "ve", "em", "im", "re"];
    let after = &text[at + 1..];
    text[..at].ends_with(char::is_alphabetic)
        && ENDINGS.iter().any(|ending| {
            after.get(..ending.len()).is_some_and(|head| head.eq_ignore_ascii_case(ending))
                && !after[ending.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        })
}

fn emit(
    text: &str,
    range: Range<usize>,
    rules: StyloRules,
    form: &mut String,
    word: &mut impl FnMut(Range<usize>, Option<&str>),
) {
    let written = &text[range.clone()];
    if written.bytes().all(|byte| byte == b'-') {
        return;
    }
    let changed: fn(char) -> char = match rules {
        StyloRules::LatinCorrected => |c| match c {
            'v' => 'u',
            'V' => 'U',
            'j' => 'i',
            'J' => 'I',
            other => other,
        },
        _ => |c| if c == '\'' { '^' } else { c },
    };
    if written.chars().all(|c| changed(c) == c) {
        word(range, None);
    } else {
        form.clear();
        form.extend(written.chars().map(changed));
        word(range, Some(form));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(rules: &str, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(text, StyloRules::of(rules).unwrap(), |range, form| {
            words.push(form.unwrap_or(&text[range]).to_owned());
        });
        words
    }

    #[test]
    fn as_stylo_executes_them() {
        assert_eq!(cut("english", "don't 3rd"), ["don", "t", "rd"]);
        assert_eq!(cut("english.contr", "don't it's"), ["don^t", "it^s"]);
        assert_eq!(cut("english.all", "mother-in-law don't -- -"), ["mother-in-law", "don^t"]);
        assert_eq!(cut("english.all", "d----n d------n"), ["d", "n", "d", "-n"]);
        assert_eq!(cut("english.all", "a--b don\u{2019}t"), ["a", "b", "don", "t"]);
        assert_eq!(cut("latin.corr", "iuvenis Jovis"), ["iuuenis", "Iouis"]);
        assert_eq!(cut("cjk", "人人生而自由，在"), ["人人生而自由", "在"]);
        assert_eq!(cut("cjk", "人λ人×ǎ÷人"), ["人", "人", "ǎ", "人"]);
        assert_eq!(cut("english", "cafe\u{301} \u{d7}"), ["cafe", "\u{d7}"]);
    }
}
