//! What can be said of a form is said once: its hash, its key, whether it looks like noise.
//!
//! A text is then one pass over its tokens: counts of keys, the sketch, and the few forms with a flag.

use hashbrown::HashTable;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Finding;
use super::characters::Seen;
use super::sketch::{ROOM, Sketcher, hash};
use crate::corpus::Severity;
use crate::text::{BlockKind, Forms, Text, fold, pass};

/// What is known of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// Hash of its folded key.
    pub hash: u64,
    /// Number of its key.
    pub key: u32,
    characters: u16,
    flags: u8,
}

const NOT_NFC: u8 = 1;
/// A digit between letters: `w0rd`.
const DIGIT_INSIDE: u8 = 2;
/// Five letters or more, none of them a vowel.
const NO_VOWEL: u8 = 4;
/// One letter of a script that has cases.
const ONE_LETTER: u8 = 8;
/// One letter or more of a script without cases, as `橋`, counted as one character.
const ONE_CHARACTER: u8 = 16;

/// A worker's table of the forms and keys it has met.
#[derive(Debug, Default)]
pub(super) struct FormTable {
    pub forms: Vec<Form>,
    /// The keys, found by their hashes.
    keys: HashTable<u32>,
    /// Per key: its hash.
    pub hashes: Vec<u64>,
    /// Per key: how often it stands in the text at hand.
    pub counts: Vec<u32>,
    /// Keys of the text at hand.
    pub touched: Vec<u32>,
    /// Per key: what marks it as one of the most frequent of the text at hand.
    pub marks: Vec<u8>,
}

/// A run of blocks that is long enough to have a language.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub tokens: std::ops::Range<usize>,
}

/// Letters of a [`Group`], at least.
const GROUP: usize = 500;

/// What a pass over the tokens of a text gives.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Words that are counted.
    pub words: usize,
    /// Words of some kinds of blocks.
    pub headings: usize,
    pub notes: usize,
    pub tables: usize,
    pub boilerplate: usize,
    pub furniture: usize,
    pub groups: Vec<Group>,
    pub sketch: Sketcher,
    /// Words of one character in a script without cases.
    pub one_character: usize,
    not_nfc: Seen,
    noise: Seen,
    examples: Vec<String>,
}

impl FormTable {
    /// Counts the words of a text that was read with `forms`.
    pub fn tally(&mut self, text: &Text, forms: &Forms) -> Tally {
        self.learn(forms);
        let mut tally = Tally::default();
        let (mut next, mut group, mut letters) = (0, 0, 0);
        for block in &text.blocks {
            let first = next;
            next = pass(&text.tokens, next, block.range.end);
            let words = next - first;
            match block.kind {
                BlockKind::Boilerplate => tally.boilerplate += words,
                BlockKind::PageFurniture => tally.furniture += words,
                BlockKind::Heading => tally.headings += words,
                BlockKind::Note => tally.notes += words,
                BlockKind::Table => tally.tables += words,
                _ => {}
            }
            if !block.kind.is_counted() {
                // No group reaches over words that are not counted.
                if words > 0 {
                    (group, letters) = (next, 0);
                }
                continue;
            }
            tally.words += words;
            letters += self.block(text, first..next, &mut tally);
            if letters >= GROUP {
                tally.groups.push(Group { tokens: group..next });
                (group, letters) = (next, 0);
            }
        }
        tally
    }

    /// Counts the words of a block; returns their characters.
    fn block(&mut self, text: &Text, tokens: std::ops::Range<usize>, tally: &mut Tally) -> usize {
        let mut characters = 0;
        let mut row = Row::default();
        let mut flagged: Vec<(usize, u8)> = Vec::new();
        let first = tokens.start;
        for (number, chunk) in text.tokens[tokens].chunks(ROOM).enumerate() {
            for (at, (hash, token)) in tally.sketch.room().iter_mut().zip(chunk).enumerate() {
                let form = self.forms[token.form as usize];
                *hash = form.hash;
                let count = &mut self.counts[form.key as usize];
                if *count == 0 {
                    self.touched.push(form.key);
                }
                *count += 1;
                characters += usize::from(form.characters);
                if form.flags != 0 {
                    flagged.push((first + number * ROOM + at, form.flags));
                }
            }
            tally.sketch.take(chunk.len());
            flagged.drain(..).for_each(|(index, flags)| tally.flagged(text, index, flags, &mut row));
        }
        characters
    }

    /// How often a key stands in the text at hand.
    pub fn count(&self, key: &str) -> u32 {
        let hash = hash(key.bytes());
        let key = self.keys.find(hash, |key| self.hashes[*key as usize] == hash);
        key.map_or(0, |key| self.counts[*key as usize])
    }

    /// Makes ready for the next text.
    pub fn forget(&mut self) {
        for key in self.touched.drain(..) {
            self.counts[key as usize] = 0;
        }
    }

    fn learn(&mut self, forms: &Forms) {
        for id in self.forms.len()..forms.len() {
            let form = forms.form(id as u32);
            let seen = form.bytes().fold(0, |seen, byte| seen | CLASSES[usize::from(byte)]);
            let (hash, characters) = if seen & BEYOND_ASCII == 0 {
                (hash(form.bytes().map(|byte| byte.to_ascii_lowercase())), form.len())
            } else {
                (hash(fold(form).bytes()), form.chars().count())
            };
            let next = self.hashes.len() as u32;
            let hashes = &self.hashes;
            let known =
                self.keys.entry(hash, |key| hashes[*key as usize] == hash, |key| hashes[*key as usize]);
            let key = *known.or_insert(next).get();
            if key == next {
                self.hashes.push(hash);
            }
            let characters = characters.min(usize::from(u16::MAX)) as u16;
            // Most forms have a vowel, no digit, and more than one letter.
            let plain = seen == VOWEL && form.len() > 1;
            let flags = if plain { 0 } else { flags(form) };
            self.forms.push(Form { hash, key, characters, flags });
        }
        self.counts.resize(self.hashes.len(), 0);
        self.marks.resize(self.hashes.len(), 0);
    }
}

/// Single letters in a row.
#[derive(Debug, Default)]
struct Row {
    letters: usize,
    /// The end of the last.
    end: u32,
}

impl Tally {
    /// Counts what the flags of a token say.
    fn flagged(&mut self, text: &Text, index: usize, flags: u8, row: &mut Row) {
        let token = text.tokens[index];
        if flags & ONE_LETTER != 0 {
            let goes_on = row.letters > 0 && row.end + 1 == token.start;
            *row = Row { letters: if goes_on { row.letters + 1 } else { 1 }, end: token.end };
            match row.letters {
                0..LONGEST_ROW => {}
                LONGEST_ROW => (0..LONGEST_ROW).for_each(|back| {
                    self.noise(text, index - (LONGEST_ROW - 1) + back);
                }),
                _ => self.noise(text, index),
            }
        }
        self.one_character += usize::from(flags & ONE_CHARACTER != 0);
        if flags & NOT_NFC != 0 {
            self.not_nfc.add(token.range().start);
        }
        if flags & (DIGIT_INSIDE | NO_VOWEL) != 0 {
            self.noise(text, index);
        }
    }

    fn noise(&mut self, text: &Text, token: usize) {
        const EXAMPLES: usize = 6;
        let range = text.tokens[token].range();
        let form = &text.content[range.clone()];
        if self.examples.len() < EXAMPLES && !self.examples.iter().any(|example| example == form) {
            self.examples.push(form.to_owned());
        }
        self.noise.add(range.start);
    }
}

/// Single letters in a row, with one space between, that are no initials.
const LONGEST_ROW: usize = 4;

/// Classes of bytes: a vowel of ASCII, a byte of another character that may bear on the flags.
const VOWEL: u8 = 1;
const DIGIT: u8 = 2;
const BEYOND_ASCII: u8 = 4;

static CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            0x80.. => BEYOND_ASCII,
            b'0'..=b'9' => DIGIT,
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' => VOWEL,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// What is odd about a form; nothing about one of ASCII letters, more than one, with a vowel.
fn flags(form: &str) -> u8 {
    let mut flags = 0;
    if !form.is_ascii() && !is_nfc(form) {
        flags |= NOT_NFC;
    }
    let mut characters = form.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return flags
            | match only {
                only if only.is_lowercase() || only.is_uppercase() => ONE_LETTER,
                only if only.is_alphabetic() => ONE_CHARACTER,
                _ => 0,
            };
    }
    if has_digit_inside(form) {
        flags |= DIGIT_INSIDE;
    }
    if lacks_vowel(form) {
        flags |= NO_VOWEL;
    }
    flags
}

/// A letter, digits, and a letter again, of a script that has cases: `w0rd`, but neither `1st` nor `A4`.
fn has_digit_inside(form: &str) -> bool {
    if !form.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let (mut letter, mut digit) = (false, false);
    for c in form.chars() {
        if c.is_ascii_digit() {
            digit = letter;
        } else if c.is_lowercase() || c.is_uppercase() {
            if digit {
                return true;
            }
            letter = true;
        } else {
            (letter, digit) = (false, false);
        }
    }
    false
}

/// Five Latin, Greek or Cyrillic letters or more without a vowel, not all of them capitals. `l` and `r`, which
/// Czech and Serbian words may rest on, count as vowels.
fn lacks_vowel(form: &str) -> bool {
    const FEWEST: usize = 5;
    if form.len() < FEWEST || form.bytes().any(|byte| CLASSES[usize::from(byte)] == VOWEL) {
        return false;
    }
    let (mut letters, mut lower) = (0, false);
    for c in form.nfd().flat_map(char::to_lowercase) {
        let alphabetic = matches!(c, 'a'..='z' | 'ß' | 'ð' | 'þ' | 'đ' | 'ł' | 'α'..='ω' | 'а'..='џ' | 'ґ');
        if alphabetic {
            letters += 1;
        } else if c.is_alphabetic() {
            return false;
        }
        if "aeiouywlrαεηιουωаеиоуыэюяіїєёѝўъьлр".contains(c) {
            return false;
        }
    }
    for c in form.chars() {
        lower |= c.is_lowercase();
    }
    letters >= FEWEST && lower
}

/// Less than this share of the words is no noise.
const NOISE: f64 = 0.005;
/// Fewer places are no noise.
const FEWEST_NOISE: usize = 5;

/// What the forms say; `symbols` are signs that optical recognition puts for others.
pub(super) fn findings(text: &Text, tally: &Tally, symbols: Seen, findings: &mut Vec<Finding>) {
    if tally.not_nfc.count > 0 {
        let message = "words are written with decomposed characters (not NFC). They are counted in composed form; \
                       other programs may not find them";
        let found = Finding::new("not_nfc", Severity::Note, tally.not_nfc.count, message);
        findings.push(found.of(tally.words, "words").at(&text.content, tally.not_nfc.first));
    }
    let noise = tally.noise.count + symbols.count;
    if noise >= FEWEST_NOISE && noise as f64 >= NOISE * tally.words as f64 {
        let message = "places look misread: digits inside words, words without a vowel, single letters in a row, \
                       stray signs. Correct the text, or trust no count of rare words";
        let mut found = Finding::new("ocr_noise", Severity::Warning, noise, message).of(tally.words, "words");
        let first = if tally.noise.count > 0 { tally.noise.first } else { symbols.first };
        found = found.at(&text.content, first);
        if !tally.examples.is_empty() {
            found.example = tally.examples.join(", ");
        }
        findings.push(found);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The short way through forms of ASCII says what the long one does.
        #[test]
        fn a_form_is_known_by_its_key(forms in prop::collection::vec("[a-zA-Z0-9']{1,8}|[bcd1é]{1,8}", 1..20)) {
            let mut known = Forms::new();
            let mut table = FormTable::default();
            for form in &forms {
                let id = known.intern(form, 0, form.len());
                table.learn(&known);
                let found = table.forms[id as usize];
                prop_assert_eq!(found.hash, hash(fold(form).bytes()));
                prop_assert_eq!(found.hash, table.hashes[found.key as usize]);
                prop_assert_eq!(found.flags, flags(form));
                prop_assert_eq!(usize::from(found.characters), form.chars().count());
            }
        }
    }
}
