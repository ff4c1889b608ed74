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
