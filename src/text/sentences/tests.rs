use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations::is_roman;
use super::*;

fn split(text: &str) -> Vec<&str> {
    let english = Language::english();
    let mut sentences = Vec::new();
    for_each_sentence(text, 0..text.len(), &english, |range| sentences.push(&text[range]));
    sentences
}

/// A whole text, in blocks.
#[track_caller]
fn check_text(code: &str, text: &str, expected: &[&str]) {
    use crate::text::{Forms, Text};
    let text = Text::read(text.to_owned(), &Language::of(code).unwrap(), &mut Forms::new());
    let found: Vec<&str> =
        text.sentences.iter().map(|sentence| &text.content[sentence.range.clone()]).collect();
    assert_eq!(found, expected);
}

/// Sentences on which published tools disagree.
#[test]
fn where_other_tools_disagree() {
    check(&["Mr. Smith went to Washington, D.C. on Jan. 5.", "He met Dr. Jones."]);
    check(&["“Stop!” he cried.", "“Stop at once!”", "She ran."]);
    check(&["Hello.", "Yes.", "No way."]);
    check(&["He paid $3.50 for it.", "1984 was the year."]);
    check(&["The U.S. is large.", "The U.S. Army is too."]);
    check(&["Wait... what?", "Really?!", "Yes!"]);
    let text = "The Price of Bread\n\nAn Account in Two Parts\n\nIt rose again before the harvest was in.";
    check_text("en", text, &text.split("\n\n").collect::<Vec<_>>());
}

#[test]
fn a_reporting_clause_may_begin_with_a_name() {
    check(&["“Stop!” Holloway cried.", "“Why?” I asked.", "“Never!” Mr. Crake shouted back."]);
    check(&["“Stop!”", "Holloway had gone.", "“Why?”", "He did not say."]);
    check(&["“It is done.”", "Holloway said nothing more."]);
}

#[test]
fn marks_before_the_next_word_are_looked_past() {
    check_text("en", "AA.<’\r", &["AA."]);
    check_text("en", "Aa.&’\n", &["Aa."]);
}

#[test]
fn numbers_of_headings_and_figures_end_nothing() {
    check(&["2.1. The Fen before the Cut"]);
    check(&["Figure 3. The sluice after the flood."]);
    check(&["Figure 1.3", "This map shows the fen in 1786."]);
    check(&["IV. Of the Common"]);
    check(&["The sluice in the year of the flood", "Image: A. Penn."]);
}

#[test]
fn notes_and_brackets_after_a_space() {
    check(&["The cut was dug in 1787. [1] [2]", "It broke in 1789. [citation needed]", "Nobody paid."]);
    check(&["He would not pay the fee. 8", "Yet some did."]);
    check(&["They sang Hurrah! (1786), and then went home."]);
    check(&["The bank held for a year.", "(drawing: A. Penn)"]);
    check(&["He had a son, Thomas (b. March 1770), and a daughter (d. 1772).", "They left."]);
}

#[test]
fn dots_that_stand_free_mark_a_gap() {
    check(&["The song was Ten Days ... Ten Nights, and long."]);
    check(&["He thought of it ...", "Then he slept."]);
    check(&["No...", "Holloway left."]);
}

#[test]
fn other_languages_and_scripts() {
    check_text("fr", "« Arrête ! » cria-t-il. Elle partit.", &["« Arrête ! » cria-t-il.", "Elle partit."]);
    check_text("fr", "Il cria : « Arrête ! » Elle partit.", &["Il cria : « Arrête ! »", "Elle partit."]);
    check_text("ru", "«Стой!» — крикнул он. Она ушла.", &["«Стой!» — крикнул он.", "Она ушла."]);
    check_text(
        "es",
        "¿Quién va? ¡Nadie! La casa está vacía.",
        &["¿Quién va?", "¡Nadie!", "La casa está vacía."],
    );
    check_text("el", "Ποιος είναι; Κανένας δεν ξέρει.", &["Ποιος είναι;", "Κανένας δεν ξέρει."]);
    check_text("en", "Who is it; Nobody knows.", &["Who is it; Nobody knows."]);
    check_text("hi", "वह आया। वह गया॥ फिर रात हुई।", &["वह आया।", "वह गया॥", "फिर रात हुई।"]);
    check_text(
        "ja",
        "雨が降った。「行こう！」と彼は言った。",
        &["雨が降った。", "「行こう！」と彼は言った。"],
    );
    let pushkin = "А. С. Пушкин родился в Москве, т. е. Там он жил.";
    check_text("ru", pushkin, &[pushkin]);
    let train = "Am 3. Oktober kam er, z. B. Mit dem Zug.";
    check_text("de", &format!("{train} Dann ging er."), &[train, "Dann ging er."]);
    check_text("pl", "Zapytał. — Nic. — I poszedł.", &["Zapytał.", "— Nic.", "— I poszedł."]);
    check_text(
        "zh",
        "“走吧！”他说。她走了。“好！”天黑了。",
        &["“走吧！”他说。", "她走了。", "“好！”", "天黑了。"],
    );
    check_text("hy", "Նա եկավ։ Նա գնաց։", &["Նա եկավ։", "Նա գնաց։"]);
}

#[track_caller]
fn check(expected: &[&str]) {
    assert_eq!(split(&expected.join(" ")), expected);
}

#[test]
fn reporting_clauses_stay_with_speech() {
    check(&["“Stop!” he cried.", "They stopped."]);
    check(&["\"Why?\" asked the old man.", "Nobody knew."]);
}

#[test]
fn abbreviations_and_initials() {
    check(&["Mr. J. R. Holloway met Dr. Penn at No. 4.", "They spoke."]);
    check(&["See p. 12 and vol. ii of the book, i.e. The Works.", "It is long."]);
    check(&["The C.T.C. Board met in the U.S.S.R.", "The board agreed."]);
    check(&["It came to 3.5 per cent.", "No more."]);
}

#[test]
fn words_that_look_like_abbreviations_or_numerals() {
    check(&["He asked and she said no.", "I left.", "It was a work of art.", "I liked it."]);
    check(&["He drove the car.", "Did it stop?"]);
    check(&["It was plan c.", "The end came soon."]);
    check(&["See vol. I of the works and ch. xiv of the next."]);
    assert!(["I", "IV", "XIX", "MDCCLXXXIX"].iter().all(|word| is_roman(word)));
    assert!(!["", "IIII", "VX", "DID", "MILD"].iter().any(|word| is_roman(word)));
}

/// Twice the text takes about twice the time, whatever stands between the stops. Steps are not
/// counted: the test would not end within minutes if time were quadratic.
#[test]
fn long_runs_without_letters_end() {
    for filler in ["… * ", ". * ", ".” (*) ", ". ", "” "] {
        let text = format!("Word {}", filler.repeat(400_000));
        assert!(!split(&text).is_empty());
    }
}

#[test]
fn an_initialism_ends_a_sentence_before_a_usual_first_word() {
    check(&["They moved to the U.S.S.R.", "The rest stayed."]);
    check(&["That was plan B.", "It failed."]);
}

#[test]
fn note_marks_belong_to_the_sentence_they_end() {
    check(&["He answered in the affirmative.2", "History has agreed."]);
    check(&["“So be it.”12", "The rest is known."]);
    check(&["It ended.[3]", "Nothing followed."]);
    check(&["It ended.¹", "Nothing followed."]);
    check(&["You ate it!1", "There is a system in that."]);
    check(&["It cost 3.2 Pounds and No.2 Cost more."]);
}

#[test]
fn references_belong_to_the_quotation() {
    check(&["“So it was.” (Letters, p. 4).", "He agreed."]);
    check(&["“So it was.” {Stalin, Foundations, emphasis added).", "He agreed."]);
    check(&["“So it was.”", "(He was wrong.)", "They left."]);
}

#[test]
fn ellipses_and_runs_of_stops() {
    check(&["Wait… he said nothing.", "What?!", "Well...", "No."]);
    check(&["He stopped…", "Then he went on."]);
    check(&["He paused . . . and went on."]);
}

#[test]
fn line_ends_inside_a_block_are_spaces() {
    check(&["He was\nready to go.", "They\r\nwere not."]);
}

#[test]
fn stops_of_other_scripts() {
    assert_eq!(split("他来了。她走了！"), ["他来了。", "她走了！"]);
    assert_eq!(split("وہ آیا۔ وہ گیا؟ نہیں۔").len(), 3);
    assert_eq!(split("그는 말했다.그리고 갔다.").len(), 1);
}

#[test]
fn every_stop_is_a_candidate() {
    for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| is_stop(*c)) {
        let mut bytes = [0; 4];
        c.encode_utf8(&mut bytes);
        assert_eq!(Places::new(&bytes, 0, &STOPS).next(0), Some(0), "{c:?}");
    }
}

/// Sentence bounds by the letter of UAX #29 over the generated table, slow and obvious.
fn plain_bounds(text: &str) -> Vec<usize> {
    use SentenceClass as S;
    let all: Vec<(usize, char)> = text.char_indices().collect();
    // SB5: Extend and Format take on the character before, except after a separator.
    let mut kept: Vec<(usize, char, S)> = Vec::new();
    for &(at, c) in &all {
        let class = sentence_class(c);
        if class == S::Extend && kept.last().is_some_and(|(_, _, before)| *before != S::Separator) {
            continue;
        }
        kept.push((at, c, class));
    }
    let mut bounds = Vec::new();
    for index in 1..kept.len() {
        let before = &kept[..index];
        let (at, c, class) = kept[index];
        let last = before[index - 1];
        if last.1 == '\r' && c == '\n' {
            continue;
        }
        if last.2 == S::Separator {
            bounds.push(at);
            continue;
        }
        let mut back = index;
        while back > 0 && before[back - 1].2 == S::Space {
            back -= 1;
        }
        let spaces = index - back;
        let after_close = back;
        while back > 0 && before[back - 1].2 == S::Close {
            back -= 1;
        }
        let closes = after_close - back;
        let Some(stop) = back.checked_sub(1).map(|stop| before[stop].2) else { continue };
        if !matches!(stop, S::AmbiguousStop | S::Stop) {
            continue;
        }
        let ambiguous = stop == S::AmbiguousStop;
        if ambiguous && spaces + closes == 0 {
            let cased = back >= 2 && matches!(before[back - 2].2, S::Upper | S::Lower);
            if class == S::Numeric || (cased && class == S::Upper) {
                continue;
            }
        }
        let lower = kept[index..]
            .iter()
            .find(|(_, _, class)| {
                matches!(
                    class,
                    S::OtherLetter | S::Upper | S::Lower | S::Separator | S::AmbiguousStop | S::Stop
                )
            })
            .is_some_and(|(_, _, class)| *class == S::Lower);
        if (ambiguous && lower)
            || matches!(class, S::Continue | S::AmbiguousStop | S::Stop)
            || (spaces == 0 && matches!(class, S::Close | S::Space | S::Separator))
            || matches!(class, S::Space | S::Separator)
        {
            continue;
        }
        bounds.push(at);
    }
    if !text.is_empty() {
        bounds.push(text.len());
    }
    bounds
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// The generated table and `unicode-segmentation` know the same characters.
    #[test]
    fn the_table_gives_the_bounds_of_unicode_segmentation(
        parts in prop::collection::vec(
            prop_oneof![
                any::<char>().prop_map(String::from),
                prop::sample::select(vec![". ", "? ", "!\u{201d} ", "a", "B", "7", ",", "\n", "\u{301}"])
                    .prop_map(String::from),
            ],
            0..12,
        )
    ) {
        let text = parts.concat();
        let mut end = 0;
        let expected: Vec<usize> = text
            .split_sentence_bounds()
            .map(|sentence| { end += sentence.len(); end })
            .collect();
        prop_assert_eq!(plain_bounds(&text), expected, "{:?}", text);
    }

    /// A stop that is decided at a glance is decided alike by a closer look.
    #[test]
    fn a_glance_agrees_with_a_closer_look(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                ". ", ".", "? ", "! ", "!", ".\r\n", ".” ", "?’ ", ".) ", ".' ", ", ", " ", "\n", "(", "[", "§", "…", "..",
                "A", "The", "I", "Mr", "St", "No", "no", "pp", "etc", "i.e", "D.C", "b", "IV", "x", "12", "Fig", "it",
                "don’t", "Été", "école", "Он", "т", "е", "др", "сказал", "İ", "gate-", "gates", "Holloway", "said", "“", "\"",
            ]),
            1..14,
        ),
        code in prop::sample::select(vec!["en", "de", "fr", "ru", "tr", "el"]),
        begins in 0_usize..6,
    ) {
        let text = parts.concat();
        let language = Language::of(code).unwrap();
        let bounds = Bounds { text: &text, block: 0, language: &language };
        let start = (0..begins).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        for (at, _) in text.match_indices(['.', '?', '!']).filter(|(at, _)| *at >= start) {
            let close = Candidate::at(bounds, start, at).and_then(Candidate::decide);
            match bounds.glance(start, at) {
                Plain::Ends(end) => prop_assert_eq!(Some(end), close, "{:?} at {}", text, at),
                Plain::GoesOn => prop_assert_eq!(None, close, "{:?} at {}", text, at),
                Plain::Unclear => {}
            }
        }
    }

    #[test]
    fn sentences_are_ordered_and_lose_only_white_space(text in "[A-Za-z0-9.?! ,;()\"“”…\n\u{301}]{0,120}") {
        let text = text.trim();
        let english = Language::english();
        let mut end = 0;
        for_each_sentence(text, 0..text.len(), &english, |range| {
            assert!(range.start >= end && range.end > range.start);
            assert!(text[end..range.start].chars().all(is_space), "{text:?}");
            end = range.end;
        });
        prop_assert!(text[end..].chars().all(is_space));
    }
}
