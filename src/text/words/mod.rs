//! Words: what is one, by a named policy.
//!
//! The published default is Unicode Standard Annex #29 exactly ([`for_each_word`]), with the runs of the
//! scripts that part no words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) cut by dictionary, as the
//! annex asks. Everything else is a choice that has a name, and the name is in every result.

mod dictionary;
mod joins;
mod line_ends;
mod stylo;
mod uax29;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub(super) use dictionary::is_unspaced;
pub use stylo::StyloRules;
#[cfg(target_arch = "x86_64")]
pub(super) use uax29::Scanner;
pub use uax29::for_each_word;

use super::language::Language;

/// What is a word.
///
/// Written as a name with `+` parts: `unicode`, `uax29`, `unicode+hyphens+urls`, `given`,
/// `stylo:english.all`.
///
/// ```
/// use rhetor::text::WordPolicy;
/// let policy: WordPolicy = "uax29+hyphens+elisions".parse().unwrap();
/// assert_eq!(policy.to_string(), "uax29+hyphens+elisions");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WordPolicy {
    /// Where words are cut.
    pub rules: WordRules,
    /// What is joined or cut beyond the rules; nothing with [`WordRules::Given`] and [`WordRules::Stylo`].
    pub extras: Extras,
}

/// Where words are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordRules {
    /// UAX #29, and a dictionary for runs of Chinese, Japanese, Thai, Lao, Khmer and Burmese.
    #[default]
    Unicode,
    /// UAX #29 alone, in every script: `unicode_words` of the crate `unicode-segmentation`.
    Uax29,
    /// At white space only, for texts whose words have been cut by another tool.
    Given,
    /// As the R package stylo does.
    Stylo(StyloRules),
}

/// What is joined to one word, or cut, beyond the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// `well-known`, `mother-in-law`: parts with a hyphen between them are one word.
    pub hyphens: bool,
    /// `l’ | homme`, `dell’ | arte`: an elided word of the language is a word of its own, its apostrophe
    /// included. Nothing changes in a language without such words.
    pub elisions: bool,
    /// `don | t`: every apostrophe cuts.
    pub apostrophes: bool,
    /// `12:30`, `1914–18`, `1 000 000` (with narrow or no-break spaces), `3/4`: a number is one word.
    pub numbers: bool,
    /// A URL or an e-mail address is one word.
    pub urls: bool,
    /// `U.S.S.R.`, `i.e.`, `U. S.`, `CPSU(B)`, `R&D`: an initialism is one word, its last stop included.
    pub abbreviations: bool,
    /// A word cut at a line end is counted as one even where the text does not look hyphenated; see
    /// [`Text::rejoined`](super::Text::rejoined).
    pub rejoin: bool,
    /// A word cut at a line end is never rejoined.
    pub keep_line_ends: bool,
}

impl Extras {
    /// Names and values, in the order in which they are written.
    fn named(&self) -> [(&'static str, bool); 8] {
        [
            ("hyphens", self.hyphens),
            ("elisions", self.elisions),
            ("apostrophes", self.apostrophes),
            ("numbers", self.numbers),
            ("urls", self.urls),
            ("abbreviations", self.abbreviations),
            ("rejoin", self.rejoin),
            ("keep-line-ends", self.keep_line_ends),
        ]
    }

    fn set(&mut self, name: &str) -> bool {
        let extra = match name {
            "hyphens" => &mut self.hyphens,
            "elisions" => &mut self.elisions,
            "apostrophes" => &mut self.apostrophes,
            "numbers" => &mut self.numbers,
            "urls" => &mut self.urls,
            "abbreviations" => &mut self.abbreviations,
            "rejoin" => &mut self.rejoin,
            "keep-line-ends" => &mut self.keep_line_ends,
            _ => return false,
        };
        *extra = true;
        true
    }

    /// Whether words are joined or cut anew, line ends aside.
    fn reshape(&self) -> bool {
        self.hyphens || self.elisions || self.apostrophes || self.numbers || self.urls || self.abbreviations
    }
}

impl fmt::Display for WordPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rules {
            WordRules::Unicode => f.write_str("unicode")?,
            WordRules::Uax29 => f.write_str("uax29")?,
            WordRules::Given => f.write_str("given")?,
            WordRules::Stylo(rules) => write!(f, "stylo:{}", rules.name())?,
        }
        self.extras.named().iter().filter(|(_, set)| *set).try_for_each(|(name, _)| write!(f, "+{name}"))
    }
}

impl FromStr for WordPolicy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split('+').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let rules = match name {
            "unicode" => WordRules::Unicode,
            "uax29" => WordRules::Uax29,
            "given" => WordRules::Given,
            _ => match name.strip_prefix("stylo:").and_then(StyloRules::of) {
                Some(rules) => WordRules::Stylo(rules),
                None => {
                    return Err(format!(
                        "'{name}' names no rules for words. Choose unicode, uax29, given, or one of {}",
                        StyloRules::ALL.map(|rules| format!("stylo:{}", rules.name())).join(", ")
                    ));
                }
            },
        };
        let mut extras = Extras::default();
        for part in parts {
            if !extras.set(part) {
                let known = extras.named().map(|(name, _)| name).join(", ");
                return Err(format!("'{part}' names nothing that can be added. Choose from {known}"));
            }
        }
        let plain = matches!(rules, WordRules::Given | WordRules::Stylo(_));
        if plain && extras != Extras::default() {
            return Err(format!("nothing can be added to '{name}', which takes words as they are"));
        }
        if extras.elisions && extras.apostrophes {
            return Err("elisions and apostrophes cannot both decide where an apostrophe cuts".to_owned());
        }
        if extras.rejoin && extras.keep_line_ends {
            return Err("words cut at line ends cannot be both rejoined and kept".to_owned());
        }
        Ok(Self { rules, extras })
    }
}

impl TryFrom<String> for WordPolicy {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<WordPolicy> for String {
    fn from(policy: WordPolicy) -> Self {
        policy.to_string()
    }
}

/// Words of a text, in order.
#[derive(Debug)]
pub enum Cut<'a> {
    /// Words that are counted as they stand: the start and end of each.
    Plain(&'a [[usize; 2]]),
    /// One that is counted under another form.
    Reshaped(Range<usize>, &'a str),
}

/// Calls `take` with the words by `policy`, in order, some at a time. Returns how many words cut at line ends
/// were rejoined.
pub fn for_each_cut(
    text: &str,
    policy: &WordPolicy,
    language: &Language,
    mut take: impl FnMut(Cut<'_>),
) -> u64 {
    let mut word = |range: Range<usize>, form: Option<&str>| match form {
        Some(form) => take(Cut::Reshaped(range, form)),
        None => take(Cut::Plain(&[[range.start, range.end]])),
    };
    match policy.rules {
        WordRules::Given => {
            for_each_given(text, |range| word(range, None));
            return 0;
        }
        WordRules::Stylo(rules) => {
            stylo::for_each_word(text, rules, word);
            return 0;
        }
        WordRules::Unicode | WordRules::Uax29 => {}
    }
    let rejoiner = line_ends::Rejoiner::of(text, &policy.extras);
    if rejoiner.is_none() && !policy.extras.reshape() {
        // The usual way, without a list of words in between.
        cut(text, policy.rules, |words| take(Cut::Plain(words)));
        return 0;
    }
    let mut words = Vec::new();
    cut(text, policy.rules, |cut| words.extend(cut.iter().map(|&[start, end]| start..end)));
    if policy.extras.reshape() {
        words = joins::reshape(text, &words, &policy.extras, language);
    }
    // `U. S.` and `1 000` are counted without the spaces inside them.
    let mut closed = |range: Range<usize>, form: Option<&str>| match form {
        None if text[range.clone()].contains(char::is_whitespace) => {
            let form: String = text[range.clone()].split_whitespace().collect();
            word(range, Some(&form));
        }
        form => word(range, form),
    };
    match rejoiner {
        Some(rejoiner) => rejoiner.rejoin(text, &words, closed),
        None => {
            words.into_iter().for_each(|range| closed(range, None));
            0
        }
    }
}

/// Calls `take` with the words by UAX #29, with dictionaries or without, some at a time.
fn cut(text: &str, rules: WordRules, take: impl FnMut(&[[usize; 2]])) {
    match rules {
        WordRules::Unicode => dictionary::for_each_batch(text, take),
        _ => uax29::for_each_batch(text, take),
    }
}

/// Runs of characters other than white space.
fn for_each_given(text: &str, mut word: impl FnMut(Range<usize>)) {
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if let Some(start) = start.take() {
                word(start..at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        word(start..text.len());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn cut(policy: &str, code: &str, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        let language = Language::of(code).unwrap();
        for_each_cut(text, &policy.parse().unwrap(), &language, |cut| match cut {
            Cut::Plain(plain) => words.extend(plain.iter().map(|&[start, end]| text[start..end].to_owned())),
            Cut::Reshaped(_, form) => words.push(form.to_owned()),
        });
        words
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["unicode", "uax29+hyphens+numbers+urls", "given", "stylo:latin.corr", "unicode+rejoin"] {
            assert_eq!(name.parse::<WordPolicy>().unwrap().to_string(), name);
        }
        for name in ["", "words", "given+hyphens", "unicode+hyphen", "uax29+elisions+apostrophes", "stylo:"] {
            assert!(name.parse::<WordPolicy>().is_err(), "{name}");
        }
    }

    #[test]
    fn extras_join_and_cut() {
        let text = "The well-known don’t-care, at 12:30 in 1914–18, see https://a.b/c?d=e, or x.y@z.org.";
        assert_eq!(
            cut("uax29+hyphens+numbers+urls", "en", text),
            [
                "The",
                "well-known",
                "don’t-care",
                "at",
                "12:30",
                "in",
                "1914–18",
                "see",
                "https://a.b/c?d=e",
                "or",
                "x.y@z.org"
            ]
        );
        assert_eq!(cut("uax29+apostrophes", "en", "don’t go"), ["don", "t", "go"]);
        assert_eq!(
            cut("uax29+abbreviations", "en", "the CPSU(B) of the U.S.S.R. and, i.e., the U. S. Army; R&D"),
            ["the", "CPSU(B)", "of", "the", "U.S.S.R.", "and", "i.e.", "the", "U.S.", "Army", "R&D"]
        );
        assert_eq!(cut("uax29", "en", "a--b c - d"), cut("uax29+hyphens", "en", "a--b c - d"));
    }

    #[test]
    fn given_words_are_taken_as_they_are() {
        assert_eq!(cut("given", "en", " He 's  not-there ,\n\u{a0}. "), ["He", "'s", "not-there", ",", "."]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_by_dictionary() {
        assert_eq!(cut("unicode", "th", "ภาษาไทยง่าย"), ["ภาษา", "ไทย", "ง่าย"]);
        assert!(cut("uax29", "th", "ภาษาไทยง่าย").len() > 3);
        let words = cut("unicode", "zh", "人人生而自由，在尊严和权利上一律平等。");
        assert!(words.contains(&"自由".to_owned()) && words.contains(&"尊严".to_owned()), "{words:?}");
    }

    #[test]
    fn words_cut_at_line_ends_are_rejoined_where_the_text_is_hyphenated() {
        let line =
            "the free-\nholders of the fen and the com-\nmon people of the town have a con-\ncern in it\n";
        let words = cut("uax29", "en", line);
        assert!(
            words.contains(&"freeholders".to_owned()) && words.contains(&"concern".to_owned()),
            "{words:?}"
        );
        assert!(cut("uax29+keep-line-ends", "en", line).contains(&"holders".to_owned()));
        let known = format!("{line}a well-known well-known thing is well-\nknown\n");
        let parts =
            format!("{line}what is known is well with-\nout a bank or with it, and out well-\nknown\n");
        assert!(!cut("uax29", "en", &parts).contains(&"wellknown".to_owned()));
        assert!(cut("uax29", "en", &known).contains(&"known".to_owned()));
        assert!(!cut("uax29", "en", &known).contains(&"wellknown".to_owned()));
    }

    /// Every usable line of the test file of Unicode.
    #[test]
    fn the_word_break_test_of_unicode() {
        let file = include_str!("../../../tests/data/WordBreakTest-17.0.0.txt");
        let mut lines = 0;
        for (number, line) in file.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            lines += 1;
            let mut text = String::new();
            let mut bounds = vec![];
            for part in line.split_whitespace() {
                match part {
                    "÷" => bounds.push(text.len()),
                    "×" => {}
                    code => text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()),
                }
            }
            let expected: Vec<&str> = bounds
                .windows(2)
                .map(|pair| &text[pair[0]..pair[1]])
                .filter(|segment| segment.contains(char::is_alphanumeric))
                .collect();
            let mut found = Vec::new();
            for_each_word(&text, |range| found.push(&text[range]));
            assert_eq!(found, expected, "line {} of the file: {line}", number + 1);
        }
        assert!(lines > 1_900, "{lines}");
    }

    proptest! {
        #[test]
        fn every_policy_gives_ordered_words(
            text in "[A-Ca-c0-9 .,'’&()@:/\u{2010}\n-]{0,80}|[ก-๙一-二ぁ-ん a-c\n]{0,40}",
            policy in prop::sample::select(vec![
                "unicode", "unicode+hyphens+elisions+numbers+urls+abbreviations+rejoin", "uax29+apostrophes+urls",
                "given", "stylo:english", "stylo:english.contr", "stylo:english.all", "stylo:latin.corr", "stylo:cjk",
            ])
        ) {
            let mut end = 0;
            let language = Language::english();
            let mut check = |range: Range<usize>| {
                assert!(range.start >= end && range.end > range.start, "{text:?}");
                assert!(text.get(range.clone()).is_some());
                end = range.end;
            };
            for_each_cut(&text, &policy.parse().unwrap(), &language, |cut| match cut {
                Cut::Plain(words) => words.iter().for_each(|&[start, end]| check(start..end)),
                Cut::Reshaped(range, _) => check(range),
            });
        }

        #[test]
        fn without_extras_the_annex_holds(text in "[A-Za-zé0-9 .,'’\n:;_-]{0,80}") {
            let language = Language::english();
            let mut found = Vec::new();
            for_each_cut(&text, &"uax29+keep-line-ends".parse().unwrap(), &language, |cut| match cut {
                Cut::Plain(words) => found.extend(words.iter().map(|&[start, end]| &text[start..end])),
                Cut::Reshaped(range, _) => found.push(&text[range]),
            });
            prop_assert_eq!(found, text.unicode_words().collect::<Vec<_>>());
        }
    }
}
