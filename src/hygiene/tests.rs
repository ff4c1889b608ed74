//! Each finding fires where it should, and not on a clean text.

use proptest::prelude::*;

use super::*;
use crate::text::{FormId, Language};

fn checked(content: &str) -> Checked {
    let mut forms = Forms::new();
    let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
    Checker::default().check(&text, &forms)
}

/// The finding of this name, if there is one.
fn found(content: &str, name: &str) -> Option<Finding> {
    checked(content).findings.into_iter().find(|finding| finding.finding == name)
}

/// Names of all findings but the number of words and sentences.
fn names(content: &str) -> Vec<&'static str> {
    let findings = checked(content).findings;
    findings.iter().map(|finding| finding.finding).filter(|name| !name.starts_with("few_")).collect()
}

fn seed(name: &str) -> String {
    std::fs::read_to_string(format!("seeds/{name}.txt")).unwrap()
}

/// Forty paragraphs of some letters, in running prose.
fn prose() -> String {
    (0..40)
        .map(|number| {
            let town = ["Penn", "Crake", "Holloway", "Merrick", "Pell"][number % 5];
            format!(
                "In the year {} the people of {town} paid for the bridge, and they asked who had the money. It was \
                 said that nobody knew, and the book was closed before the council met again.\n\n",
                1700 + number
            )
        })
        .collect()
}

#[test]
fn a_clean_text_has_no_finding() {
    assert_eq!(names(&prose()), [""; 0]);
    for name in ["crake_1786_no-cut", "pell_1788_letter-to-a-friend", "merrick_1787_sermon-at-st-brides"] {
        assert_eq!(names(&seed(name)), [""; 0], "{name}");
    }
}

#[test]
fn every_name_is_listed_once_and_in_order() {
    assert!(FINDINGS.is_sorted_by(|a, b| a.0 < b.0));
    let readme = std::fs::read_to_string("output/README.md").unwrap();
    for (name, _) in FINDINGS {
        assert!(readme.contains(&format!("`{name}`")), "output/README.md says nothing of {name}");
    }
}

#[test]
fn characters_that_are_not_what_they_seem() {
    let cases = [
        ("control_characters", "The bridge\u{7} of Penn.", 10, Severity::Warning),
        ("invisible_characters", "The bri\u{2060}dge of Penn.", 7, Severity::Note),
        ("zero_width_spaces", "The bri\u{200b}dge of Penn.", 7, Severity::Warning),
        ("soft_hyphens", "The bri\u{ad}dge of Penn.", 7, Severity::Note),
        ("replacement_characters", "The caf\u{fffd} of Penn.", 7, Severity::Warning),
        ("private_use_characters", "The \u{e000} of Penn.", 4, Severity::Warning),
        ("not_nfc", "The cafe\u{301} of Penn.", 4, Severity::Note),
    ];
    for (name, content, place, severity) in cases {
        let content = prose() + content;
        let finding = found(&content, name).unwrap();
        let expected = (1, Some(prose().len() + place), severity);
        assert_eq!((finding.count, finding.place, finding.severity), expected, "{name}");
        assert_eq!(names(&content), [name]);
    }
    // A byte-order mark, composed letters and joiners are in order.
    assert_eq!(names(&("\u{feff}".to_owned() + &prose() + "A café, می\u{200c}خواهم.\u{c}")), [""; 0]);
}

/// Bytes are looked at in chunks: what is remarkable is found wherever it stands.
#[test]
fn characters_at_every_place_of_a_chunk() {
    for place in 0..70 {
        for (sign, name) in [("\u{7}", "control_characters"), ("\u{fffd}", "replacement_characters")] {
            let content = "a ".repeat(50);
            let content = [&content[..place], sign, &content[place..]].concat();
            let finding = found(&content, name).unwrap();
            assert_eq!((finding.count, finding.place), (1, Some(place)), "{name}");
        }
    }
}

#[test]
fn misread_encodings() {
    let wrong = prose() + "The cafÃ© of Penn â€“ or Crakeâ€™s â€œcafÃ©â€\u{9d} â€” is closed.";
    assert_eq!(found(&wrong, "misread_encoding").unwrap().count, 7);
    let cyrillic = prose() + "The word ÐœÐ¾ÑÑ‚ is Russian.";
    assert!(found(&cyrillic, "misread_encoding").is_some());
    // French and German as they should be.
    let right = "« À la fin, l’été », dit-elle, « CAFÉ » … Â… „Ätna“ und „Öl“, âme, GÊNÉ» été… âgé” ";
    assert!(found(&right.repeat(20), "misread_encoding").is_none());
}

#[test]
fn line_ends_of_several_kinds() {
    let lines = "The bridge of Penn.\r\n".repeat(9);
    assert!(found(&lines, "mixed_line_ends").is_none());
    let mixed = found(&(lines + "The end.\n"), "mixed_line_ends").unwrap();
    assert_eq!((mixed.count, mixed.share), (1, Some(0.1)));
    assert!(found("One.\rTwo.\r\nThree.", "mixed_line_ends").is_some());
}

#[test]
fn quotation_marks_of_two_conventions() {
    let curly = "“It will fall, I tell you!” said Penn.\n\n".repeat(20);
    let straight = "\"It will stand, I tell you!\" said Crake.\n\n".repeat(6);
    assert!(found(&curly, "mixed_quotation_marks").is_none());
    let mixed = found(&(curly.clone() + &straight), "mixed_quotation_marks").unwrap();
    assert_eq!((mixed.count, mixed.place), (6, Some(curly.len())));
    // Single marks for speech beside double ones, but not for terms.
    let single = "‘It will stand, I tell you!’ said Crake.\n\n".repeat(20);
    assert!(found(&(curly.clone() + &single), "mixed_quotation_marks").is_some());
    let terms = "They sell us ‘progress’ by the yard.\n\n".repeat(20);
    assert!(found(&(curly + &terms), "mixed_quotation_marks").is_none());
}

#[test]
fn quotation_marks_without_a_partner() {
    let paired = "“It will fall, I tell you!” said Penn.\n\n".repeat(20);
    let paragraphs = "“It will fall, I tell you.\n\n“It will stand.” So he ended.\n\n".repeat(10);
    let german = "„Das ist gut“, sagte er.\n\n„So geht es nicht\", sagte sie.\n\n".repeat(10);
    let swedish = "”Det är bra”, sade han.\n\n".repeat(10);
    for text in [&paired, &paragraphs, &german, &swedish] {
        assert!(found(text, "unbalanced_quotation_marks").is_none(), "{text}");
    }
    for open in ["“It will fall, said Penn.\n\nHe left.\n\n", "\"It will fall, said Penn.\n\nHe left.\n\n"]
    {
        let unbalanced = found(&(paired.clone() + &open.repeat(6)), "unbalanced_quotation_marks").unwrap();
        assert!(unbalanced.count >= 5, "{unbalanced:?}");
    }
}

#[test]
fn words_cut_at_line_ends() {
    let cut =
        "The people of the town paid for the brid-\nge in advance, as they had been told they must do.\n\n";
    let finding = found(&(prose() + &cut.repeat(6)), "line_end_hyphens").unwrap();
    assert_eq!((finding.count, finding.severity), (6, Severity::Note));
    assert!(finding.example.contains("brid- ge"), "{finding:?}");
    assert!(finding.message.contains("6 of these words are counted in one piece"), "{finding:?}");
    // A few in a long text are not joined; a compound is in order, and so is a dash.
    let lines = "The people of the town\npaid for it.\n\n".repeat(150);
    let finding = found(&(prose() + &lines + &cut.repeat(6)), "line_end_hyphens").unwrap();
    assert_eq!((finding.count, finding.severity), (6, Severity::Warning));
    let compound = "The people of the town had a well-\nknown bridge, and paid for it --\nas they said.\n\n";
    let finding = found(&(prose() + &lines + &compound.repeat(6)), "line_end_hyphens").unwrap();
    assert_eq!((finding.count, finding.severity), (6, Severity::Note));
    assert!(found(&compound.replace("well-\nknown", "well-known").repeat(6), "line_end_hyphens").is_none());
}

#[test]
fn what_was_put_around_a_text() {
    let text = format!("Licence terms.\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\n{}", prose());
    let finding = found(&text, "boilerplate").unwrap();
    assert_eq!((finding.severity, finding.place), (Severity::Note, Some(0)));
    assert!(finding.share.unwrap() < 0.01);
    let headings =
        "CHAPTER THE FIRST OF THE BRIDGE\n\nIt was a day like any other day in the town of Penn.\n\n";
    assert!(found(&headings.repeat(20), "many_headings").is_some());
}

/// Some letters of some words read as other signs, as a bad scan does.
fn degrade(text: &str, every: usize) -> String {
    let words = text.split(' ').enumerate().map(|(index, word)| {
        if index % every == 0 {
            match index / every % 4 {
                0 => word.replacen('o', "0", 1).replacen('i', "1", 1),
                1 => word.replacen('l', "|", 1).replacen('e', "^", 1),
                2 => word.replace(['a', 'e', 'i', 'o', 'u'], "c"),
                _ => word.chars().flat_map(|c| [c, ' ']).collect(),
            }
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn noise_of_optical_recognition() {
    for name in ["crake_1787_letter-to-the-company", "holloway_1788_reply-to-mr-crake"] {
        let text = seed(name);
        assert!(found(&text, "ocr_noise").is_none());
        let noise = found(&degrade(&text, 15), "ocr_noise").unwrap();
        assert!(noise.share.unwrap() > 0.01, "{noise:?}");
    }
    // Ordinals, initials, Roman numerals, abbreviations, Czech, Chinese.
    let odd =
        "The 1st of May, J. R. T. Penn, MDCCCLXXVIII, the CPSU, A4, scvrkl se čtvrt prst, 一 二 三 四 五. ";
    assert!(found(&odd.repeat(20), "ocr_noise").is_none());
}

#[test]
fn sentences_that_cannot_be_true() {
    let long = format!("{}They paid{}.", prose(), " and paid".repeat(150));
    let finding = found(&long, "longest_sentence").unwrap();
    assert_eq!((finding.count, finding.place), (302, Some(prose().len())));
    assert!(
        found("the bridge of penn is paid for and will stand ".repeat(20).as_str(), "no_sentence_marks")
            .is_some()
    );
    let cells = "Penn.\n\nHe paid for it.\n\n".repeat(30);
    assert!(found(&cells, "many_one_word_sentences").is_some());
}

#[test]
fn few_words_by_what_they_bear() {
    let severity = |words: usize| {
        found(&"They paid for it. ".repeat(words / 4), "few_words").map(|finding| finding.severity)
    };
    assert_eq!(severity(80), Some(Severity::Warning));
    assert_eq!(severity(400), Some(Severity::Note));
    assert_eq!(severity(4_000), Some(Severity::Note));
    assert_eq!(severity(8_000), None);
    assert!(found(&"They paid. ".repeat(29), "few_sentences").is_some());
    assert!(found(&"They paid. ".repeat(30), "few_sentences").is_none());
}

const GERMAN: [&str; 4] = [
    "Im Jahre des Baues bezahlten die Leute für die Brücke, und sie fragten, wer das Geld habe. ",
    "Man sagte, dass es niemand wisse, und das Buch wurde geschlossen, bevor der Rat wieder zusammentrat. ",
    "Wer über den Fluss will, der soll zahlen, so steht es an dem Tor, und wer nicht zahlt, der geht zu Fuß. ",
    "Am Ende aber wird die Brücke stehen, und keiner wird mehr wissen, wessen Geld es war. ",
];

#[test]
fn two_languages_in_one_text() {
    let paragraph = GERMAN.concat() + &GERMAN.concat() + "\n\n";
    let finding = found(&(prose() + &paragraph.repeat(4)), "mixed_languages").unwrap();
    assert!((0.1..0.5).contains(&finding.share.unwrap()), "{finding:?}");
    assert!(finding.message.contains("German"), "{finding:?}");
    // Half and half, in turns.
    let english: Vec<String> = prose().split("\n\n").map(str::to_owned).collect();
    let turns: String = english.chunks(4).map(|some| some.join(" ") + "\n\n" + &paragraph).collect();
    assert!(found(&turns, "mixed_languages").is_some());
    // A quotation in German is no second language.
    assert!(found(&(prose() + GERMAN[0]), "mixed_languages").is_none());
}

fn sketches(texts: &[String]) -> Vec<Sketch> {
    texts.iter().map(|text| checked(text).sketch).collect()
}

fn share(texts: &[String]) -> Vec<Shared> {
    shared(&sketches(texts).iter().collect::<Vec<_>>())
}

/// Words without order, the same for the same seed.
fn random_words(seed: u64, count: usize) -> Vec<String> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("w{}", (state >> 33) % 5_000)
        })
        .collect()
}

/// A sketch knows words, not how they are parted into paragraphs.
#[test]
fn paragraphs_make_no_other_sketch() {
    let words = random_words(1, 1_000);
    let expected = sketches(&[words.join(" ")]);
    for length in [1, 2, 4, 5, 63, 64, 65, 200] {
        let parted: Vec<String> = words.chunks(length).map(|some| some.join(" ") + ".").collect();
        assert_eq!(sketches(&[parted.join("\n\n")]), expected, "{length}");
    }
}

#[test]
fn identical_texts_are_duplicates_of_the_first() {
    let one = random_words(1, 300).join(" ");
    let texts = [one.clone(), random_words(2, 300).join(" "), one.to_uppercase(), one];
    let expected = [Shared { text: 2, other: 0, share: None }, Shared { text: 3, other: 0, share: None }];
    assert_eq!(share(&texts), expected);
    // Nothing is no duplicate of nothing.
    assert_eq!(share(&[String::new(), String::new()]), []);
}

#[test]
fn near_duplicates_by_their_share() {
    // The second holds nine tenths of the first; the third holds all of the first and as much again.
    let words = random_words(1, 20_000);
    let others = random_words(2, 20_000);
    let part = words[..18_000].iter().chain(&others[..2_000]).cloned().collect::<Vec<_>>().join(" ");
    let twice = words.iter().chain(&others).cloned().collect::<Vec<_>>().join(" ");
    let texts = [words.join(" "), part, twice, random_words(3, 20_000).join(" ")];
    let found = share(&texts);
    let of = |text, other| {
        found
            .iter()
            .find(|shared| (shared.text, shared.other) == (text, other))
            .and_then(|shared| shared.share)
    };
    let near =
        |share: Option<f64>, expected: f64| assert!((share.unwrap() - expected).abs() < 0.08, "{found:?}");
    near(of(0, 1), 0.9);
    near(of(1, 0), 0.9);
    near(of(0, 2), 1.0);
    near(of(2, 0), 0.5);
    assert!(found.iter().all(|shared| shared.text != 3 && shared.other != 3));
}

/// The estimate against the true share, on many small texts.
#[test]
fn estimates_are_as_good_as_they_say() {
    let (mut square, mut times) = (0.0, 0);
    for seed in 0..60 {
        let words = random_words(seed, 1_000);
        let other = random_words(seed + 1_000, 1_000);
        let mixed: Vec<String> = words[..700].iter().chain(&other[..300]).cloned().collect();
        let sketches = sketches(&[words.join(" "), mixed.join(" ")]);
        let share = sketches[0].share_in(&sketches[1]).unwrap();
        square += (share - 696.0_f64 / 996.0).powi(2);
        times += 1;
    }
    let error = (square / f64::from(times)).sqrt();
    // √(0.7 · 0.3 / n), with n of some 110 below the lower bound of two sketches of 128.
    assert!((0.025..0.06).contains(&error), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_string_is_checked(text in any::<String>(), times in 1_usize..50) {
        let text = text.repeat(times);
        for finding in checked(&text).findings {
            prop_assert!(FINDINGS.iter().any(|(name, _)| *name == finding.finding));
            prop_assert!(finding.place.is_none_or(|place| text.is_char_boundary(place)));
        }
    }

    #[test]
    fn odd_characters_are_checked(text in "[a-zà-öÃâ€™“”„«»\"'0-9 .\n\r\u{ad}\u{200b}|-]{0,400}") {
        for finding in checked(&text).findings {
            prop_assert!(finding.place.is_none_or(|place| text.is_char_boundary(place)));
        }
    }

    /// A worker that has met other texts finds the same.
    #[test]
    fn what_came_before_does_not_matter(texts in prop::collection::vec("[a-d0 .é\n]{0,300}", 1..5)) {
        let (mut forms, mut checker) = (Forms::new(), Checker::default());
        let _: FormId = forms.intern("before", 0, 6);
        for content in &texts {
            let text = Text::read(content.clone(), &Language::english(), &mut forms);
            prop_assert_eq!(checker.check(&text, &forms), checked(content));
        }
    }
}
