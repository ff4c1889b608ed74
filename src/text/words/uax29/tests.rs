//! Both paths against each other and against `unicode_words`.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::{for_each_word, portable};

/// Characters that the rules treat differently, so that short strings meet every rule.
const RELEVANT: &str = "aZ9_'.:,; \n\r\t\u{b}-\"(!?\u{a0}\u{a9}\u{e9}\u{df}\u{d7}\u{aa}\u{b7}\u{387}\u{3f6}\u{416}\u{483}\
    \u{2018}\u{2019}\u{201c}\u{2014}\u{2024}\u{2026}\u{2027}\u{203f}\u{202f}\u{2003}\u{3000}\u{301}\u{345}\u{200d}\u{200d}\
    \u{ad}\u{feff}\u{fe0f}\u{5d0}\u{5d0}\u{5f3}\u{30ab}\u{3042}\u{4e2d}\u{e01}\u{93e}\u{ac00}\u{1f600}\u{2139}\u{24c2}\
    \u{1f1e6}\u{660}\u{66b}\u{2028}\u{85}\u{3002}\u{2c2}\u{b2}\u{1d7d8}\u{10400}\u{1f3fb}\u{e0061}";

/// What stands in ordinary texts, so that most of a string is simple.
const ORDINARY: &str =
    "abcdeABC019   \n'.,:;_-\u{e9}\u{f6}\u{160}\u{3b1}\u{430}\u{431}\u{2019}\u{201d}\u{2014}\u{301}";

/// Strings whose words depend on what stands further off, or that end in the middle of a rule.
const KNOTS: [&str; 36] = [
    "a:b",
    "a'",
    "'a",
    "1,2",
    "1.",
    "a.1",
    "1'a",
    "_",
    "__",
    "a_",
    "_1",
    "a\u{2019}b",
    "1\u{2019}2",
    "a\u{2019}",
    "\u{2018}1",
    "\u{e9}\u{2019}\u{e9}",
    "e\u{301}",
    "a:\u{301}",
    "a:\u{301}b",
    "1,\u{301}2",
    "  \u{345}",
    "\n\u{345}",
    " \u{301}a",
    "\u{5d0}'",
    "\u{5d0}\"\u{5d0}",
    "\u{5d0}\"a",
    "\u{30ab}_\u{30ab}",
    "\u{4e2d}\u{4e2d}",
    "\u{1f1e6}\u{1f1e6}\u{1f1e6}",
    "\u{1f600}\u{200d}\u{1f600}",
    "a\u{200d}\u{2139}b",
    "a:\u{200d}\u{1f600}b",
    "\u{203f}",
    "\r\n",
    "\u{2014}",
    "\u{d7}",
];

fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for_each_word(text, |range| found.push(&text[range]));
    found
}

/// Ranges by the path that every processor has.
fn by_classes(text: &str) -> Vec<[usize; 2]> {
    let mut found = Vec::new();
    portable::for_each_word(text, |range| found.push([range.start, range.end]));
    found
}

/// Ranges by masks, where the processor can.
#[cfg(target_arch = "x86_64")]
fn by_masks(text: &str) -> Option<Vec<[usize; 2]>> {
    let mut scanner = super::scanner::Scanner::new(text)?;
    let mut found = Vec::new();
    while let Some(words) = scanner.next_words() {
        found.extend_from_slice(words);
    }
    Some(found)
}

#[cfg(not(target_arch = "x86_64"))]
fn by_masks(_: &str) -> Option<Vec<[usize; 2]>> {
    None
}

#[track_caller]
fn check(text: &str) {
    let expected: Vec<[usize; 2]> =
        text.unicode_word_indices().map(|(start, word)| [start, start + word.len()]).collect();
    assert_eq!(by_classes(text), expected, "by classes: {text:?}");
    if let Some(found) = by_masks(text) {
        assert_eq!(found, expected, "by masks: {text:?}");
    }
}

/// SplitMix64: the same strings in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ bits >> 31) % limit as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Checks `count` strings of up to 16 characters, by turns relevant, ordinary, and any at all.
fn check_short_strings(seed: u64, count: usize) {
    let (relevant, ordinary): (Vec<char>, Vec<char>) =
        (RELEVANT.chars().collect(), ORDINARY.chars().collect());
    let mut random = Random(seed);
    let mut text = String::new();
    for number in 0..count {
        text.clear();
        for _ in 0..random.below(17) {
            text.push(match number % 4 {
                0 | 1 => random.one_of(&relevant),
                2 => random.one_of(&ordinary),
                _ => char::from_u32(random.below(0x11_0000) as u32).unwrap_or('a'),
            });
        }
        check(&text);
    }
}

#[test]
fn a_million_short_strings() {
    check_short_strings(17, 1_000_000);
}

#[test]
#[ignore = "takes minutes; run it with --release"]
fn a_hundred_million_short_strings() {
    check_short_strings(29, 100_000_000);
    check_long_texts(31, 1_000_000_000);
}

/// Checks texts assembled of knots, ordinary runs and single characters, `bytes` in all.
fn check_long_texts(seed: u64, bytes: usize) {
    let (relevant, ordinary): (Vec<char>, Vec<char>) =
        (RELEVANT.chars().collect(), ORDINARY.chars().collect());
    let mut random = Random(seed);
    let mut done = 0;
    while done < bytes {
        let length = random.one_of(&[100, 300, 1_000, 9_000]);
        // How often what is not ordinary comes in: from never to nearly always.
        let rare = random.one_of(&[2, 5, 20, 100, 10_000]);
        let mut text = String::new();
        while text.len() < length {
            match random.below(rare) {
                0 => text.push_str(random.one_of(&KNOTS)),
                1 => text.push(random.one_of(&relevant)),
                _ => match random.below(12) {
                    0 => (0..random.below(80)).for_each(|_| text.push(random.one_of(&ordinary))),
                    1 => text.push_str(&"a".repeat(random.below(80))),
                    2 => text.push_str(&" ".repeat(random.below(80))),
                    3 => text.push_str(&"\u{431}".repeat(random.below(40))),
                    _ => {
                        text.push_str("word");
                        text.push(random.one_of(&ordinary));
                    }
                },
            }
        }
        check(&text);
        done += text.len();
    }
}

#[test]
fn ten_million_bytes_of_long_texts() {
    check_long_texts(5, 10_000_000);
}

/// Every knot at every place of a window, before and after characters of one, two and three bytes.
#[test]
fn knots_at_every_phase() {
    for knot in KNOTS {
        for (before, after) in [
            ("a", "a"),
            (" ", "b "),
            (".", " c"),
            ("\u{e9}", "\u{e9}"),
            ("\u{2019}", "\u{2026}"),
            ("1", "2, "),
        ] {
            for phase in 0..=130 {
                let mut text = before.repeat(phase / before.len());
                text.push_str(&"-".repeat(phase - text.len()));
                text.push_str(knot);
                check(&text);
                text.push_str(&after.repeat(70));
                check(&text);
            }
        }
    }
}

/// Every knot where found words are handed on.
#[test]
fn knots_after_hundreds_of_words() {
    let every = KNOTS.join(" a");
    for number in 440..520 {
        check(&format!("{}{every} a", "a ".repeat(number)));
    }
    for number in 508..516 {
        KNOTS.iter().for_each(|knot| check(&format!("{}a{knot}b{knot} c", "a ".repeat(number))));
    }
}

/// Every character alone, between letters, between digits, and before ZWJ and a pictograph.
#[test]
fn every_character() {
    let mut text = String::new();
    // The planes between have no characters; the short strings take some of their code points.
    for character in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}') {
        text.clear();
        for part in ["", " a", "b 1", "2 ", " \u{5d0}", "\u{5d0} '", ".\u{200d}", "\n"] {
            text.push_str(part);
            text.push(character);
        }
        check(&text);
    }
}

#[test]
fn the_strings_of_the_word_break_test() {
    let file = include_str!("../../../../tests/data/WordBreakTest-17.0.0.txt");
    let mut all = String::new();
    for line in file.lines() {
        let codes = line.split('#').next().unwrap_or_default().split_whitespace();
        let text: String =
            codes.filter_map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32)).collect();
        check(&text);
        all.push_str(&text);
        all.push_str("\n-");
    }
    assert!(all.len() > 10_000);
    (0..64).for_each(|shift| check(&format!("{}{all}", "-".repeat(shift))));
}

/// Directly after LF a text may be cut: the words of the parts are the words of the whole.
#[test]
fn parts_cut_after_line_ends_have_the_words_of_the_whole() {
    let relevant: Vec<char> = format!("{RELEVANT}\n\n\n\n\n\n").chars().collect();
    let mut random = Random(3);
    for _ in 0..20_000 {
        let text: String = (0..random.below(120)).map(|_| random.one_of(&relevant)).collect();
        let parts: Vec<&str> = text.split_inclusive('\n').flat_map(words).collect();
        assert_eq!(parts, words(&text), "{text:?}");
    }
}

/// What costs more than linear time in a careless implementation.
#[test]
fn time_is_linear_on_hostile_texts() {
    let hostile: [(&str, &str); 16] = [
        ("a:", "\u{301}"),
        ("", "\u{200d}"),
        ("", "a'"),
        ("", "a\u{2019}"),
        ("", "\u{1f1e6}"),
        ("", "a"),
        ("", "\u{431}"),
        ("", " "),
        ("", "_"),
        ("", "1,"),
        ("a", ":"),
        ("", " \u{301}"),
        ("", "a\u{301}"),
        ("", "\u{5d0}\""),
        ("", "                                                                        \u{200d}"),
        ("", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\u{4e2d}"),
    ];
    for (first, run) in hostile {
        check(&format!("{first}{}", run.repeat(20_000 / run.len())));
        let text = format!("{first}{}", run.repeat(2_000_000 / run.len()));
        let start = Instant::now();
        let by_classes = by_classes(&text);
        if let Some(by_masks) = by_masks(&text) {
            assert!(by_masks == by_classes, "{run:?}");
        }
        // A tenth of a second when linear; a square would take hours.
        assert!(start.elapsed() < Duration::from_secs(20), "{run:?}: {:?}", start.elapsed());
    }
}

/// Where `unicode-segmentation` departs from the annex (see the automaton), rhetor follows it.
#[test]
fn after_a_joiner_and_a_pictograph() {
    assert_eq!(words("\u{200d}\u{2139}b"), ["\u{200d}\u{2139}", "b"]);
    assert_eq!(words("a:\u{200d}\u{1f600}b"), ["a:\u{200d}\u{1f600}", "b"]);
}

#[test]
fn words_of_known_strings() {
    assert_eq!(
        words("don't i.e. 3.14 1,000; well-known CPSU(B)"),
        ["don't", "i.e", "3.14", "1,000", "well", "known", "CPSU", "B"]
    );
    assert_eq!(words("___ a_b \u{feff}The"), ["a_b", "The"]);
    assert_eq!(words("L\u{2019}été, \u{ab}\u{a0}où\u{a0}\u{bb}"), ["L\u{2019}été", "où"]);
    assert_eq!(words("Что-то, где\u{2014}там"), ["Что", "то", "где", "там"]);
    assert_eq!(words(""), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn equal_to_unicode_words_on_relevant_characters(
        text in prop::collection::vec(prop::sample::select(RELEVANT.chars().collect::<Vec<_>>()), 0..60)
    ) {
        check(&text.into_iter().collect::<String>());
    }

    #[test]
    fn equal_to_unicode_words_on_any_string(text in any::<String>()) {
        check(&text);
    }
}
