//! The shape of a group of lines, from which its kind is guessed: heading, source line, list, verse, table.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::lines::{Layout, line_ends};
use super::{is_closing, is_dash, is_opening, is_stop};
use crate::text::language::{Language, words};
use crate::text::pairing::is_quotation_mark;
use crate::text::unicode::{is_alphabetic, is_alphanumeric};

/// Where a group stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Prose has been met, so this is not the head of the text.
    pub prose_seen: bool,
    /// What follows is longer, or a sentence.
    pub longer_follows: bool,
    /// What follows begins with a small letter.
    pub goes_on: bool,
    pub layout: &'a Layout,
    pub language: &'a Language,
}

/// A line that begins with the name of a division and its number, in either order: `CHAPTER IV`, `Book the
/// First`, `Erstes Kapitel`.
pub(super) fn is_division(line: &str, language: &Language) -> bool {
    // Most lines of prose are refused here.
    if !line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let mut words = words(line);
    let Some(first) = words.next() else { return false };
    if language.is_division(first) {
        return words.next().is_none_or(|second| is_division_number(second, language));
    }
    is_division_number(first, language)
        && words.next().is_some_and(|second| language.is_division(second))
        && words.next().is_none()
}

/// What the classification of a group rests on.
pub(super) struct Shape<'a> {
    pub text: &'a str,
    /// Words, counted up to one more than any rule asks for.
    pub words: usize,
}

const HEADING_WORDS: usize = 14;
const HEADING_CHARACTERS: usize = 110;
/// Characters of a heading in a script without capitals.
const CASELESS_HEADING: usize = 30;
const SOURCE_WORDS: usize = 30;

/// White-space separated words, counted up to one more than any rule asks for.
fn few_words(text: &str) -> usize {
    /// As many bytes are looked at together.
    const PIECE: usize = 128;
    let bytes = text.as_bytes();
    let space = |byte: &u8| byte.is_ascii_whitespace();
    let mut words = usize::from(bytes.first().is_some_and(|first| !space(first)));
    let mut from = 0;
    while from + 1 < bytes.len() && words <= SOURCE_WORDS {
        let end = bytes.len().min(from + PIECE);
        let pairs = bytes[from..end - 1].iter().zip(&bytes[from + 1..end]);
        let begun: u8 = pairs.map(|(before, after)| u8::from(space(before) & !space(after))).sum();
        words += usize::from(begun);
        from = end - 1;
    }
    words.min(SOURCE_WORDS + 1)
}

impl<'a> Shape<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, words: few_words(text) }
    }

    pub fn ends_stop(&self) -> bool {
        self.text.trim_end_matches(is_closing).ends_with(is_stop)
    }

    pub fn lines(&self) -> usize {
        line_ends(self.text) + 1
    }

    /// Short enough for a heading.
    pub fn may_head(&self) -> bool {
        self.words <= HEADING_WORDS
    }

    /// Cells rather than sentences: columns set apart by tabs, bars or three spaces and more, or the
    /// dots that lead to a page number in a list of contents.
    pub fn is_table(&self) -> bool {
        // Most paragraphs of prose are refused here.
        static SPACES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("   "));
        let bytes = self.text.as_bytes();
        let dotted =
            || memchr::memchr_iter(b'.', bytes).any(|at| at > 0 && matches!(bytes[at - 1], b' ' | b'.'));
        let apart = memchr::memchr2(b'\t', b'|', bytes).is_some()
            || SPACES.find(bytes).is_some()
            || (dotted() && has_leader(self.text));
        if !apart {
            return false;
        }
        let mut rows = 0;
        let mut count = 0;
        for line in lines(self.text).map(str::trim).filter(|line| !line.is_empty()) {
            count += 1;
            let cells = line.split(['\t', '|']).flat_map(|cell| cell.split("   "));
            let cells = cells.filter(|cell| !cell.trim().is_empty()).count();
            let leads = line.ends_with(|c: char| c.is_ascii_digit()) && has_leader(line);
            rows += usize::from(cells >= 3 || leads);
        }
        rows > 0 && rows * 3 >= count * 2
    }

    /// What an editor put in brackets of its own: `[Illustration: The sluice]`, `[Footnote 3: Ibid.]`.
    pub fn is_editorial(&self) -> bool {
        let Some(inside) = self.text.strip_prefix('[') else { return false };
        let name = inside.split(|c: char| !is_alphabetic(c)).next().unwrap_or_default();
        self.text.ends_with(']')
            && ["illustration", "footnote", "transcriber", "note", "editor"]
                .iter()
                .any(|word| name.eq_ignore_ascii_case(word))
    }

    /// Words between quotation marks, with a source behind a dash: `“The sea is patient.”—Penn`.
    pub fn is_sourced_quotation(&self) -> bool {
        const LONGEST_SOURCE: usize = 80;
        if !self.text.starts_with(is_opening) {
            return false;
        }
        let Some((at, mark)) =
            self.text.char_indices().rfind(|(_, c)| is_quotation_mark(*c) && *c != '\'' && *c != '’')
        else {
            return false;
        };
        let rest = self.text[at + mark.len_utf8()..].trim_start();
        let source = rest.trim_start_matches(is_dash).trim();
        source.len() < rest.len()
            && !source.is_empty()
            && source.len() <= LONGEST_SOURCE
            && source.starts_with(char::is_uppercase)
    }

    fn first(&self) -> Option<char> {
        self.text.chars().next()
    }

    fn characters(&self) -> usize {
        self.text.chars().count()
    }

    fn letters(&self) -> impl Iterator<Item = char> {
        self.text.chars().filter(|c| is_alphabetic(*c))
    }

    pub fn is_source_line(&self, prose_seen: bool, after_quotation: bool) -> bool {
        if self.words > SOURCE_WORDS || self.words < 2 {
            return false;
        }
        let dash = self.text.starts_with(['—', '–', '―']) || self.text.starts_with("--");
        if dash {
            let named = self.text.trim_start_matches(is_dash).trim_start().starts_with(char::is_uppercase);
            let open_ended = self.text.ends_with(|c: char| matches!(c, '?' | '!') || is_dash(c));
            return after_quotation
                && named
                && !open_ended
                && (has_reference(self.text) || !self.ends_stop());
        }
        let bracketed = self.text.starts_with(['(', '[', '{'])
            && self.text.trim_end_matches('.').ends_with([')', ']', '}']);
        if bracketed {
            return prose_seen && has_reference(self.text);
        }
        let few_lower = || {
            let lower = self.long_words().filter(|word| word.starts_with(char::is_lowercase)).count();
            lower * 2 <= self.long_words().count()
        };
        !prose_seen
            && self.first().is_some_and(char::is_uppercase)
            && few_lower()
            && self.text.contains(',')
            && has_year(self.text)
            && has_reference(self.text)
    }

    pub fn is_heading(&self, place: &Place<'_>) -> bool {
        let Place { prose_seen, longer_follows, goes_on, layout, language } = *place;
        let (wrapped, width) = (layout.wrapped, layout.width);
        let Some(first) = self.first() else { return false };
        if !self.may_head() || is_opening(first) || self.characters() > HEADING_CHARACTERS || self.lines() > 3
        {
            return false;
        }
        if is_dash(first) {
            // `— I —`, but not speech.
            return self.text.ends_with(is_dash) && self.words <= 5 && self.text.contains(is_alphanumeric);
        }
        let trimmed = self.text.trim_end_matches('.');
        let cased = self.letters().any(|c| c.is_uppercase() || c.is_lowercase());
        let upper = self.letters().all(|c| !c.is_lowercase())
            && self.letters().filter(|c| c.is_uppercase()).count() >= 2;
        // `IV`, `[ 1 ]`
        let number =
            trimmed.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '*'));
        let bracketed = number.len() < trimmed.len();
        let roman = !number.is_empty()
            && (number.bytes().all(|byte| b"IVXLCDM".contains(&byte))
                || (bracketed && number.bytes().all(|byte| byte.is_ascii_digit())));
        if roman
            || is_division(self.text, language)
            || self.is_numbered_word()
            || (upper && is_alphanumeric(first))
        {
            return true;
        }
        // Scripts without capitals: only a short line can be told from a paragraph.
        let opens = if cased {
            first.is_uppercase() || first.is_ascii_digit()
        } else {
            is_alphanumeric(first) && self.characters() <= CASELESS_HEADING
        };
        // At the head of a text a title need not be followed by anything longer: another may follow.
        let titled = !prose_seen && self.is_title_case() && self.text.ends_with(is_alphanumeric);
        if !(longer_follows || titled) || !opens {
            return false;
        }
        // A line of prose cut by the end of a page has neither the width nor the wording of a heading.
        let stop_inside = || self.long_words().any(|word| word.ends_with('.') && !self.text.ends_with(word));
        let prose = || goes_on || stop_inside() || (wrapped && self.characters() * 5 >= width * 4);
        let unpunctuated = self.text.ends_with(|c: char| is_alphanumeric(c) || c == ')') && !prose();
        let question = self.text.ends_with(['?', '!']);
        unpunctuated || (question && (!prose_seen || self.is_title_case()))
    }

    /// Words of four letters and more, which titles write with a capital.
    fn long_words(&self) -> impl Iterator<Item = &'a str> {
        self.text.split_whitespace().filter(|word| word.chars().count() >= 4)
    }

    /// A word and a number, with or without a stop, as over the articles of a law: `Article 1`, `Стаття 1.`
    fn is_numbered_word(&self) -> bool {
        // A stop or colon may stand by itself.
        if self.words > 3 {
            return false;
        }
        let mut parts = self.text.trim_end_matches(['.', ':']).split_whitespace();
        let capital = |word: &str| word.starts_with(|c: char| is_alphabetic(c) && !c.is_lowercase());
        let digits = |word: &str| word.trim_end_matches('.').chars().all(char::is_numeric);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(word), Some(number), None) if capital(word) => digits(number),
            (Some(number), Some(word), None) => digits(number) && word.chars().all(is_alphabetic),
            _ => false,
        }
    }

    /// The first of two words, the second of up to three letters, in a script without capitals.
    pub fn caseless_label(&self) -> Option<&'a str> {
        if self.words != 2 {
            return None;
        }
        let (label, number) = self.text.split_once(char::is_whitespace)?;
        let number = number.trim_end_matches(['.', ':']);
        let caseless =
            |word: &str| word.chars().all(|c| is_alphanumeric(c) && !c.is_lowercase() && !c.is_uppercase());
        ((1..=3).contains(&number.chars().count())
            && caseless(number)
            && label.chars().all(|c| !c.is_lowercase() && !c.is_uppercase()))
        .then_some(label)
    }

    /// All words of four letters and more begin with a capital.
    fn is_title_case(&self) -> bool {
        self.words >= 3 && self.long_words().all(|word| !word.starts_with(char::is_lowercase))
    }

    pub fn is_list_item(&self) -> bool {
        let bullet = self.text.starts_with(['•', '‣', '▪', '◦']) || self.text.starts_with("* ");
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = (1..=3).contains(&digits)
            && (self.text[digits..].starts_with(". ") || self.text[digits..].starts_with(") "));
        let lettered = self.text.starts_with('(')
            && self.text.find(") ").is_some_and(|end| (2..=5).contains(&end))
            && !self.text[1..].starts_with(char::is_uppercase);
        bullet || numbered || lettered
    }

    pub fn is_verse(&self, layout: &Layout) -> bool {
        if memchr::memchr2(b'\n', b'\r', self.text.as_bytes()).is_none() {
            return false;
        }
        let longest = if layout.wrapped { layout.width * 4 / 5 } else { HEADING_CHARACTERS };
        let lines = || lines(self.text).filter(|line| !line.is_empty());
        // The first line of prose is full, and most are counted no further.
        if !lines().all(|line| line.trim().chars().count() < longest) {
            return false;
        }
        let count = self.lines();
        if count < 3 {
            return false;
        }
        let capitals = lines()
            .filter(|line| line.chars().find(|c| is_alphabetic(*c)).is_some_and(char::is_uppercase))
            .count();
        // Dialogue has short lines too, but they open with quotation marks and are whole sentences.
        let spoken = lines().filter(|line| line.trim_start().starts_with(is_opening)).count();
        let stopped = lines().filter(|line| line.trim_end().ends_with(|c| is_stop(c) || is_closing(c)));
        capitals * 5 >= count * 4 && spoken * 3 <= count && stopped.count() < count
    }
}

/// Whether dots lead from one end of a line to the other.
fn has_leader(text: &str) -> bool {
    text.contains("....") || text.contains(". . . .")
}

/// What stands between CR and LF; nothing, between those of a CR LF.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let rest = &text[start?..];
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
        start = end.map(|end| text.len() - rest.len() + end + 1);
        Some(&rest[..end.unwrap_or(rest.len())])
    })
}

/// What may follow the name of a division: digits, a Roman numeral, a number word, `the`.
fn is_division_number(word: &str, language: &Language) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || word.bytes().all(|byte| b"IVXLCDMivxlcdm".contains(&byte))
        || language.is_division_number(word)
}

/// A year from 1400 to 2099 that stands by itself.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !is_alphanumeric(c))
        .any(|word| word.len() == 4 && word.parse().is_ok_and(|year: u32| (1400..2100).contains(&year)))
}

/// A year, a page (`p. 12`, `146-7`), a volume or a number: what a reference has and a sentence seldom.
fn has_reference(text: &str) -> bool {
    let pages = text.split_whitespace().any(|word| {
        let mut halves = word.trim_matches(|c: char| !c.is_ascii_digit()).split(['-', '–']);
        let digits = |half: Option<&str>| {
            half.is_some_and(|half| !half.is_empty() && half.bytes().all(|byte| byte.is_ascii_digit()))
        };
        digits(halves.next()) && digits(halves.next())
    });
    let page = ["p. ", "pp. ", "vol. ", "Vol. ", "ch. ", "No. "].iter().any(|mark| text.contains(mark));
    has_year(text) || pages || page
}
