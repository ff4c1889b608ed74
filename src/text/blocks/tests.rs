use proptest::prelude::*;

use super::*;

fn kinds(text: &str) -> Vec<(&'static str, &str)> {
    blocks(text, &Language::english())
        .into_iter()
        .filter(|block| block.kind != BlockKind::Blank)
        .map(|block| (block.kind.name(), &text[block.range]))
        .collect()
}

proptest! {
    #[test]
    fn blocks_tile_the_text(text in "[A-Za-z .,?\"“”‘’\u{a0}\n\r\t(0-9)*-]{0,200}") {
        let mut end = 0;
        for block in blocks(&text, &Language::english()) {
            prop_assert_eq!(block.range.start, end);
            prop_assert!(block.range.end > end);
            end = block.range.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn numbers_of_lines_are_those_of_lines(
        text in prop_oneof!["[ab\n\r]{0,40}", "([a-z]{0,700}(\n|\r\n|\r)?){0,6}"],
        places in prop::collection::vec(0_usize..4000, 0..20),
    ) {
        let mut places: Vec<usize> = places.into_iter().map(|place| place.min(text.len())).collect();
        places.sort_unstable();
        let mut numbers = LineNumbers::new(&text);
        for place in places {
            // Nothing that is looked up stands inside a line end.
            if !(text[..place].ends_with('\r') && text[place..].starts_with('\n')) {
                prop_assert_eq!(numbers.of(place), line_ends(&text[..place]) as u64 + 1);
            }
        }
    }
}

#[test]
fn lines_of_no_break_spaces_are_blank() {
    let text = "One paragraph here.\n\u{a0}\nAnother paragraph here.";
    assert_eq!(kinds(text), [("paragraph", "One paragraph here."), ("paragraph", "Another paragraph here.")]);
}

#[test]
fn source_line_and_question_heading_at_the_front() {
    let text = "Ada Penn, On Bridges (1801), 12-3.\n\nWas the bridge needed?\n\nIt was needed by \
                those who lived on the far side, and by no one else at all.";
    let kinds: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["source_line", "heading", "paragraph"]);
}

#[test]
fn hard_wrapped_paragraphs_are_one_block_each() {
    let text = "The first line of this paragraph is as long as a line is\nand the second line \
                runs on to about the same length again\nuntil it stops.\n\nA second paragraph \
                begins here and fills its line too,\nthen stops as well.\n";
    assert_eq!(kinds(text).len(), 2);
}

#[test]
fn unwrapped_lines_are_paragraphs_without_blank_lines() {
    let line = "This line is a paragraph of its own and much longer than any editor would wrap it, \
                since nobody has put a line end into it anywhere.";
    assert_eq!(kinds(&format!("{line}\n{line}\n{line}")).len(), 3);
}

#[test]
fn headings_need_something_to_head() {
    let prose = "It was a long day and nobody in the town could say how it would end, or when.";
    assert_eq!(kinds(&format!("CHAPTER IV.\n\n{prose}"))[0].0, "heading");
    assert_eq!(kinds(&format!("The Price of Bread\n\n{prose}"))[0].0, "heading");
    assert_eq!(kinds(&format!("{prose}\n\n“No!”\n\n{prose}"))[1].0, "paragraph");
}

#[test]
fn scripts_without_capitals_have_paragraphs() {
    let text = "第一条\n\n人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。\n\n第二条\n\n人人有资格享有本宣言所载的一切权利和自由。";
    let kinds: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["heading", "paragraph", "heading", "paragraph"]);
}

#[test]
fn gutenberg_head_and_tail() {
    let text = "Produced by hand\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nText stands \
                here.\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nLicence";
    let kinds: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["boilerplate", "boilerplate", "paragraph", "boilerplate", "boilerplate"]);
}

fn names(text: &str) -> Vec<&'static str> {
    kinds(text).into_iter().map(|(kind, _)| kind).collect()
}

const PROSE: &str =
    "It was a long day and nobody in the town could say how it would end, or when, or for whom.";

/// A page of a wrapped text: the sentence goes on over the page.
fn page(number: u32, head: &str) -> String {
    let line = format!("and the water stood {number} feet over the meadow as it had in the year");
    format!("{line}\n{line}\n{line}\n{line}\n\n{head}{number}\n\n")
}

#[test]
fn page_numbers_and_running_heads_cut_sentences() {
    let numbers: String = (12..18).map(|number| page(number, "")).collect();
    assert_eq!(names(&numbers)[..4], ["paragraph", "page_furniture", "paragraph", "page_furniture"]);
    let heads: String = (12..18).map(|number| page(number, "ON THE FEN ")).collect();
    assert_eq!(names(&heads)[..2], ["paragraph", "page_furniture"]);
    let apart: String = (12..18).map(|number| page(number, "On the Fen\n\n")).collect();
    assert_eq!(names(&apart)[..3], ["paragraph", "page_furniture", "page_furniture"]);
    let marked: String = (7..12).map(|number| format!("{PROSE}\n\n[Pg {number}]\n\n")).collect();
    assert_eq!(names(&marked)[..2], ["paragraph", "page_furniture"]);
}

#[test]
fn numbers_over_chapters_are_headings() {
    let chapters: String = (1..6).map(|number| format!("{number}\n\n{PROSE}\n\n")).collect();
    assert_eq!(names(&chapters)[..4], ["heading", "paragraph", "heading", "paragraph"]);
    let named: String = (1..6).map(|number| format!("Letter {number}\n\n{PROSE}\n\n")).collect();
    assert!(names(&named).iter().all(|kind| *kind != "page_furniture"));
}

#[test]
fn speakers_and_what_they_do() {
    let play = format!(
        "ACT I\n\n[Enter Penn and Marl.]\n\nPENN. {PROSE}\n\nMARL. No.\n\nPENN. Why not?\n\nMARL. {PROSE}\n\n\
         (He sits.)\n\nPENN.\nThen let it fall.\n\nMARL. It will."
    );
    let kinds = kinds(&play);
    let of = |kind: &str| {
        kinds.iter().filter(|(found, _)| *found == kind).map(|(_, text)| *text).collect::<Vec<_>>()
    };
    assert_eq!(of("stage_direction"), ["[Enter Penn and Marl.]", "(He sits.)"]);
    assert_eq!(of("speaker_label"), ["PENN.", "MARL.", "PENN.", "MARL.", "PENN.", "MARL."]);
    assert_eq!(of("heading"), ["ACT I"]);
    let talk =
        "Q: Who dug it?\n\nA: The town.\n\nQ: When?\n\nA: In spring.\n\nQ: Why?\n\nA: For the water.\n";
    assert_eq!(names(talk)[..2], ["speaker_label", "paragraph"]);
    assert_eq!(names(&format!("NOTE: {PROSE}\n\n{PROSE}")), ["paragraph", "paragraph"]);
}

#[test]
fn a_motto_with_its_source_is_an_epigraph() {
    let motto = format!("CHAPTER I\n\n“The sea is patient.”\n\n—A. Penn\n\n{PROSE}");
    assert_eq!(names(&motto), ["heading", "epigraph", "source_line", "paragraph"]);
    let inside = format!("CHAPTER I\n\n“The sea is patient.”—Penn\n\n{PROSE}");
    assert_eq!(names(&inside), ["heading", "epigraph", "paragraph"]);
    let speech = format!("CHAPTER I\n\n“The sea is patient,” he said.\n\n{PROSE}");
    assert_eq!(names(&speech), ["heading", "paragraph", "paragraph"]);
}

#[test]
fn cells_and_leaders_are_tables() {
    let table = format!("{PROSE}\n\nAcres\tRent\tYear\n900\t12\t1786\n100\t4\t1787\n\n{PROSE}");
    assert_eq!(names(&table), ["paragraph", "table", "table", "table", "paragraph"]);
    let contents = format!("Of the Fen ........ 12\nOf the Bank ........ 40\n\n{PROSE}");
    assert_eq!(names(&contents), ["table", "table", "paragraph"]);
}

#[test]
fn what_an_editor_put_in_brackets_is_a_note() {
    assert_eq!(names(&format!("{PROSE}\n\n[Illustration: The sluice in 1789]\n\n{PROSE}"))[1], "note");
    assert_eq!(names(&format!("{PROSE}\n\n[Applause.]\n\n{PROSE}"))[1], "stage_direction");
}

#[test]
fn dashes_open_paragraphs_in_text_without_blank_lines() {
    let line = "and the water stood as high upon the meadow as it had in the year of the flood";
    let text = format!("{line}\n{line}\n{line}.\n— Who shut it?\n— Nobody knows who did.\n{line}\n{line}.");
    assert_eq!(kinds(&text)[1].1, "— Who shut it?");
}
