//! Syllables of English words: a pronouncing dictionary, and a rule for words it does not hold.
//!
//! The built-in list is made from the CMU Pronouncing Dictionary (© Carnegie Mellon University; licence in
//! `syllables/LICENSE-cmudict`) by `scripts/compact_cmudict.py`.

use std::io::BufRead;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// The words of the CMU Pronouncing Dictionary, each with its number of syllables (see the script).
const CMUDICT: &str = include_str!("syllables/cmudict.txt");

/// Words in order of their bytes, one after another in a string, and their syllables.
#[derive(Debug, Default)]
struct WordList {
    letters: String,
    ends: Vec<u32>,
    syllables: Vec<u8>,
}

impl WordList {
    /// The built-in list, unpacked once.
    fn built_in() -> &'static Self {
        static LIST: OnceLock<WordList> = OnceLock::new();
        LIST.get_or_init(|| Self::unpack(CMUDICT))
    }

    /// From lines of shared letters, other letters and syllables; a line of another form ends the list.
    fn unpack(lines: &str) -> Self {
        let mut list = Self::default();
        let mut before = 0;
        for line in lines.lines() {
            let (Some(shared), Some(syllables)) = (line.chars().next(), line.chars().next_back()) else {
                break;
            };
            let (Some(shared), Some(syllables)) = (shared.to_digit(36), syllables.to_digit(10)) else {
                break;
            };
            let start = list.letters.len();
            let Some(letters) = line.get(1..line.len() - 1) else { break };
            if before + shared as usize > start {
                break;
            }
            // The list holds ASCII alone.
            let shared = list.letters.get(before..before + shared as usize).unwrap_or_default().to_owned();
            list.letters.push_str(&shared);
            list.letters.push_str(letters);
            list.ends.push(list.letters.len() as u32);
            list.syllables.push(syllables as u8);
            before = start;
        }
        list
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.letters[start..self.ends[at] as usize]
    }

    fn get(&self, word: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.word(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(u32::from(self.syllables[middle])),
            }
        }
        None
    }
}

/// Counts syllables.
#[derive(Clone, Debug, Default)]
pub struct Syllables {
    dictionary: HashMap<String, u32, FixedState>,
    built_in: Option<&'static WordList>,
}

impl Syllables {
    /// A counter that knows the rule only.
    pub fn by_rule() -> Self {
        Self::default()
    }

    /// A counter with the words of the CMU Pronouncing Dictionary.
    pub fn built_in() -> Self {
        Self { built_in: Some(WordList::built_in()), ..Self::default() }
    }

    fn look_up(&self, word: &str) -> Option<u32> {
        self.dictionary.get(word).copied().or_else(|| self.built_in?.get(word))
    }

    /// Whether a word in lower case is hard in the sense of Gunning (1952): three or more syllables, but not a
    /// compound of shorter words with hyphens, and not brought to three by -ed or -es.
    pub fn is_hard(&self, word: &str) -> bool {
        if word.contains(['-', '\u{2010}', '\u{2011}']) {
            return word.split(['-', '\u{2010}', '\u{2011}']).any(|part| self.is_hard(part));
        }
        let (syllables, _) = self.count(word);
        let stem = word.strip_suffix("ed").or_else(|| word.strip_suffix("es"));
        let by_ending = || {
            stem.is_some_and(|stem| {
                // *created* is *create* and -d: the vowel before the ending is the stem's own.
                let bare = self.count(stem).0;
                let with_e = self.count(&format!("{stem}e")).0;
                bare.min(with_e) < 3
            })
        };
        syllables > 3 || syllables == 3 && !by_ending()
    }

    /// A counter with a dictionary in the format of the CMU Pronouncing Dictionary: a word, then its sounds, of
    /// which vowels end in a digit. The first pronunciation of a word counts, `(2)` and the like are passed over;
    /// so are comments, after `;;;` or `#`, and lines without a vowel.
    ///
    /// # Errors
    /// If the source cannot be read as UTF-8.
    pub fn from_pronunciations(source: impl BufRead) -> std::io::Result<Self> {
        let mut dictionary = HashMap::with_hasher(FixedState::default());
        for line in source.lines() {
            let line = line?;
            if line.starts_with(";;;") {
                continue;
            }
            let line = line.split('#').next().unwrap_or_default();
            let mut parts = line.split_whitespace();
            let Some(word) = parts.next().filter(|word| !word.ends_with(')')) else { continue };
            let vowels = parts.filter(|sound| sound.ends_with(|last: char| last.is_ascii_digit())).count();
            if vowels > 0 {
                dictionary.entry(word.to_lowercase()).or_insert(vowels as u32);
            }
        }
        Ok(Self { dictionary, built_in: None })
    }

    /// Number of words in the dictionary.
    pub fn known(&self) -> usize {
        self.dictionary.len() + self.built_in.map_or(0, |list| list.ends.len())
    }

    /// The syllables of a word in lower case, and whether the dictionary holds it. Parts joined by hyphens are
    /// counted each; a word without a vowel has one syllable, as have numbers.
    pub fn count(&self, word: &str) -> (u32, bool) {
        if let Some(count) = self.look_up(word) {
            return (count, true);
        }
        let parts = word.split(['-', '\u{2010}', '\u{2011}']).filter(|part| !part.is_empty());
        let (mut sum, mut known) = (0, true);
        for part in parts {
            let bare = part.strip_suffix("'s").unwrap_or(part);
            match self.look_up(part) {
                Some(count) => sum += count,
                None => {
                    // *horse's* has one more than *horse*, *cat's* has not.
                    let hisses = bare.len() < part.len() && ends_in_a_hiss(bare);
                    let count = self.look_up(bare);
                    known &= count.is_some();
                    sum += count.unwrap_or_else(|| by_rule(bare)) + u32::from(hisses);
                }
            }
        }
        if sum == 0 { (1, false) } else { (sum, known) }
    }
}

fn ends_in_a_hiss(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze"].iter().any(|ending| word.ends_with(ending))
}

/// Syllables of an English word by its spelling: groups of vowel letters, less silent ones, at least one.
/// Spelling does not tell *created* from *heated*: this is what is left for words that no dictionary holds.
fn by_rule(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).map(plain).collect();
    let is_vowel =
        |at: usize| matches!(letters[at], 'a' | 'e' | 'i' | 'o' | 'u') || letters[at] == 'y' && at > 0;
    let mut groups = 0;
    let mut inside = false;
    for at in 0..letters.len() {
        let vowel = is_vowel(at);
        groups += u32::from(vowel && !inside);
        // Two vowels that are seldom one sound: *idea*, *science*, *create*, *museum*, *doing*.
        if vowel && inside {
            groups += u32::from(is_hiatus(&letters, at));
        }
        inside = vowel;
    }
    let spelt: String = letters.iter().collect();
    groups.saturating_sub(silent(&spelt, &letters)).max(1)
}

fn is_hiatus(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(2).map(|place| letters[place]);
    let rest = &letters[at..];
    match (letters[at - 1], letters[at]) {
        ('i', 'a') => !matches!(before, Some('c' | 't')),
        ('i', 'o') => !matches!(before, Some('t' | 's' | 'g' | 'c' | 'x')),
        ('i', 'e') => rest.starts_with(&['e', 'n']) && !matches!(before, Some('r' | 'c' | 't' | 'f')),
        ('i', 'u') | ('u', 'a' | 'o') => !matches!(before, Some('q' | 'g')),
        ('e', 'o') => !matches!(before, Some('p')),
        ('e' | 'o' | 'u' | 'y', 'i') => rest.starts_with(&['i', 'n', 'g']),
        _ => false,
    }
}

/// Silent endings: *e* after a consonant, *-es* and *-ed* but after a hiss or a *t* or *d*.
fn silent(spelt: &str, letters: &[char]) -> u32 {
    let count = letters.len();
    let consonant = |from_end: usize| {
        count > from_end && !matches!(letters[count - 1 - from_end], 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    };
    if spelt.ends_with("le") && consonant(2) {
        return 0;
    }
    let silent =
        if spelt.ends_with("ely") && consonant(3) || spelt.ends_with("eless") || spelt.ends_with("eful") {
            true
        } else if let Some(stem) = spelt.strip_suffix("es") {
            let voiced =
                ends_in_a_hiss(stem) || stem.ends_with(['c', 'g']) || stem.ends_with('l') && consonant(3);
            consonant(2) && !voiced
        } else if spelt.ends_with("ed") {
            consonant(2) && !spelt.ends_with("ted") && !spelt.ends_with("ded")
        } else {
            spelt.ends_with('e') && consonant(1)
        };
    u32::from(silent)
}

/// The letter without its accent, where it has one of Western Europe.
fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'æ' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' | 'ø' | 'œ' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_by_rule() {
        let counter = Syllables::by_rule();
        let words = [
            ("the", 1),
            ("people", 2),
            ("nation", 2),
            ("liberty", 3),
            ("walked", 1),
            ("wanted", 2),
            ("makes", 1),
            ("houses", 2),
            ("table", 2),
            ("tables", 2),
            ("doing", 2),
            ("rhythm", 1),
            ("lovely", 2),
            ("careless", 2),
            ("queen", 1),
            ("beautiful", 3),
            ("well-known", 2),
            ("horse's", 2),
            ("cat's", 1),
            ("1776", 1),
            ("", 1),
            ("naïve", 1),
            ("special", 2),
        ];
        for (word, expected) in words {
            assert_eq!(counter.count(word), (expected, false), "{word}");
        }
    }

    #[test]
    fn the_built_in_dictionary() {
        let counter = Syllables::built_in();
        assert_eq!(counter.known(), CMUDICT.lines().count());
        for (word, expected) in [("rhythm", 2), ("created", 3), ("o'clock", 2), ("zygote", 2), ("'bout", 1)] {
            assert_eq!(counter.count(word), (expected, true), "{word}");
        }
        assert!(!counter.count("whilstly").1);
        for (word, hard) in [("library", true), ("admired", false), ("visited", false), ("considered", true)]
        {
            assert_eq!(counter.is_hard(word), hard, "{word}");
        }
    }

    #[test]
    fn a_dictionary_goes_first() {
        let data = ";;; comment\nRHYTHM  R IH1 DH AH0 M\nREAD  R EH1 D\nread(2) R IY1 D\nNAIVE N AY2 IY1 V # x\nHM HH M\n";
        let counter = Syllables::from_pronunciations(data.as_bytes()).unwrap();
        assert_eq!(counter.known(), 3);
        assert_eq!(counter.count("rhythm"), (2, true));
        assert_eq!(counter.count("naive-read"), (3, true));
        assert_eq!(counter.count("naive-table"), (4, false));
        assert_eq!(counter.count("read's"), (1, true));
    }
}
