//! Blocks: every byte of a text belongs to exactly one typed block.
//!
//! Groups of lines come first (see `lines.rs`), then a kind for each group by its shape and place.
//!
//! Block quotations in quotation marks are told from dialogue later, once the marks are paired
//! (see [`voices`](super::voices)).

use std::collections::HashSet;
use std::ops::Range;

use serde::Serialize;

use super::lines::{INDENT, Layout, groups, line_ends, lines};
use super::pairing::is_quotation_mark;
use super::unicode::{SentenceClass, sentence_class};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Running prose.
    Paragraph,
    /// A title or the heading of a section, on lines of its own.
    Heading,
    /// A line that names a source: author, title, year, page.
    SourceLine,
    /// A motto at the head of a text or chapter, in someone else's words.
    Epigraph,
    /// A paragraph that is wholly someone else's words.
    BlockQuotation,
    /// An item of a list.
    ListItem,
    /// Lines of verse.
    Verse,
    /// What the actors do, in a play: `[Exit Holloway.]`.
    StageDirection,
    /// The name of whoever speaks next, in a play, an interview or a record.
    SpeakerLabel,
    /// A line of a table: cells rather than sentences.
    Table,
    /// A footnote or endnote.
    Note,
    /// A running head or a page number, between two pages of the text.
    PageFurniture,
    /// The head or tail that a publisher of electronic texts put around the text.
    Boilerplate,
    /// Signs between parts, without a word: `* * *`.
    Separator,
    /// White space between blocks.
    Blank,
}

impl BlockKind {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::SourceLine => "source_line",
            Self::Epigraph => "epigraph",
            Self::BlockQuotation => "block_quotation",
            Self::ListItem => "list_item",
            Self::Verse => "verse",
            Self::StageDirection => "stage_direction",
            Self::SpeakerLabel => "speaker_label",
            Self::Table => "table",
            Self::Note => "note",
            Self::PageFurniture => "page_furniture",
            Self::Boilerplate => "boilerplate",
            Self::Separator => "separator",
            Self::Blank => "blank",
        }
    }

    /// The part such a block plays: `body`, `heading`, `source`, `epigraph`, `stage`, `table`, `note`, or one
    /// that holds no sentence.
    pub fn role(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::SourceLine => "source",
            Self::Epigraph => "epigraph",
            Self::StageDirection | Self::SpeakerLabel => "stage",
            Self::Table => "table",
            Self::Note => "note",
            Self::PageFurniture => "page_furniture",
            Self::Boilerplate => "boilerplate",
            Self::Separator => "separator",
            Self::Blank => "blank",
            Self::Paragraph | Self::BlockQuotation | Self::ListItem | Self::Verse => "body",
        }
    }

    /// Whether the text consists of such blocks: their words are counted and have sentences. The rest is
    /// what was put around it, or holds no words.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::PageFurniture | Self::Boilerplate | Self::Separator | Self::Blank)
    }

    /// Whether sentences of such a block are the text's own running sentences, the only ones that
    /// enter sentence lengths, markers and paragraphs.
    pub fn is_body(self) -> bool {
        self.role() == "body"
    }
}

/// A typed stretch of the text. Blocks follow one another without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// Cuts `text` into blocks that cover it without gap or overlap. Time is linear.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let layout = Layout::of(&lines);
    let mut blocks = Vec::new();
    for group in groups(text, &lines, &layout) {
        let start = blocks.last().map_or(0, |block: &Block| block.range.end);
        if start < group.start {
            blocks.push(Block { range: start..group.start, kind: BlockKind::Blank });
        }
        blocks.push(Block { range: group, kind: BlockKind::Paragraph });
    }
    let end = blocks.last().map_or(0, |block| block.range.end);
    if end < text.len() {
        blocks.push(Block { range: end..text.len(), kind: BlockKind::Blank });
    }
    classify(text, &layout, &mut blocks);
    blocks
}

fn classify(text: &str, layout: &Layout, blocks: &mut [Block]) {
    let visible: Vec<usize> =
        (0..blocks.len()).filter(|index| blocks[*index].kind != BlockKind::Blank).collect();
    let shapes: Vec<Shape<'_>> =
        visible.iter().map(|index| Shape::of(&text[blocks[*index].range.clone()])).collect();
    let references = references(text);
    let mut prose_seen = false;
    let mut after_quotation = false;
    for ((&index, shape), next) in
        visible.iter().zip(&shapes).zip(shapes.iter().skip(1).map(Some).chain([None]))
    {
        let range = blocks[index].range.clone();
        let goes_on = next.is_some_and(|next| next.text.starts_with(char::is_lowercase));
        let longer_follows = next.is_some_and(|next| next.words > shape.words || next.ends_stop);
        let kind = if !shape.text.contains(char::is_alphanumeric) {
            BlockKind::Separator
        } else if note_mark(shape.text).is_some_and(|mark| references.contains(mark)) {
            BlockKind::Note
        } else if shape.is_source_line(prose_seen, after_quotation) {
            BlockKind::SourceLine
        } else if shape.is_heading(prose_seen, longer_follows, goes_on, layout) {
            BlockKind::Heading
        } else if shape.is_list_item() {
            BlockKind::ListItem
        } else if shape.is_verse(layout) {
            BlockKind::Verse
        } else if !layout.indented && shape.lines >= 2 && every_line_indented(text, &range) {
            BlockKind::BlockQuotation
        } else {
            BlockKind::Paragraph
        };
        prose_seen |= kind.is_body() && shape.words > 12;
        after_quotation = matches!(kind, BlockKind::Verse | BlockKind::BlockQuotation)
            || (kind == BlockKind::Paragraph
                && shape.text.trim_end_matches(is_stop).ends_with(is_quotation_mark));
        blocks[index].kind = kind;
    }
    mark_boilerplate(text, blocks);
}

/// The note marks that stand in running text, glued to what comes before: `end.[3]`, `end¹`.
fn references(text: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    // First bytes of `[`, of ¹ ² ³ and of † ‡ ⁴ to ⁹.
    for at in memchr::memchr3_iter(b'[', 0xc2, 0xe2, text.as_bytes()) {
        if text[..at].ends_with(|c: char| !c.is_whitespace())
            && let Some(mark) = note_mark(&text[at..])
        {
            found.insert(mark);
        }
    }
    found
}

/// The mark that a note begins with: `[3]`, `†`, `²`.
fn note_mark(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    if first != '[' {
        let raised = matches!(first, '¹' | '²' | '³' | '⁴'..='⁹' | '†' | '‡');
        return raised.then(|| &text[..first.len_utf8()]);
    }
    let digits = text[1..].bytes().take(4).take_while(u8::is_ascii_digit).count();
    let marked = (1..=3).contains(&digits) && text[1 + digits..].starts_with(']');
    marked.then(|| &text[..digits + 2])
}

fn every_line_indented(text: &str, range: &Range<usize>) -> bool {
    // The range begins at the first visible character, so its first line is looked at from its start.
    let start = text[..range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    text[start..range.end]
        .lines()
        .all(|line| line.chars().take_while(|c| c.is_whitespace()).count() >= INDENT)
}

/// Project Gutenberg puts its licence before and after the text, between lines of this form.
fn mark_boilerplate(text: &str, blocks: &mut [Block]) {
    let holds = |block: &Block, mark: &str| {
        let content = &text[block.range.clone()];
        content.starts_with("***")
            && content.lines().next().is_some_and(|line| line.contains(mark) && line.contains("GUTENBERG"))
    };
    let mark = |blocks: &mut [Block]| {
        for block in blocks.iter_mut().filter(|block| block.kind != BlockKind::Blank) {
            block.kind = BlockKind::Boilerplate;
        }
    };
    if let Some(head) = blocks.iter().position(|block| holds(block, "START OF TH")) {
        mark(&mut blocks[..=head]);
    }
    if let Some(tail) = blocks.iter().rposition(|block| holds(block, "END OF TH")) {
        mark(&mut blocks[tail..]);
    }
}

/// A line that begins with the name of a division and its number: `CHAPTER IV`, `Book the First`.
pub(super) fn is_division(line: &str) -> bool {
    // Most lines of prose are refused here.
    if !line.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let opens =
        words.next().is_some_and(|word| DIVISIONS.iter().any(|division| word.eq_ignore_ascii_case(division)));
    opens && words.next().is_none_or(is_division_number)
}

/// What the classification of a group rests on.
struct Shape<'a> {
    text: &'a str,
    lines: usize,
    words: usize,
    ends_stop: bool,
}

const HEADING_WORDS: usize = 14;
const HEADING_CHARACTERS: usize = 110;
/// Characters of a heading in a script without capitals.
const CASELESS_HEADING: usize = 30;
const SOURCE_WORDS: usize = 30;

/// Words that open a numbered or bare heading.
const DIVISIONS: [&str; 18] = [
    "chapter",
    "book",
    "part",
    "section",
    "act",
    "scene",
    "letter",
    "volume",
    "canto",
    "appendix",
    "preface",
    "introduction",
    "conclusion",
    "prologue",
    "epilogue",
    "contents",
    "notes",
    "stave",
];

/// White-space separated words, counted up to one more than any rule asks for.
fn few_words(text: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    for byte in text.bytes() {
        let space = byte.is_ascii_whitespace();
        words += usize::from(!space && !inside);
        inside = !space;
        if words > SOURCE_WORDS {
            break;
        }
    }
    words
}

impl<'a> Shape<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            lines: line_ends(text) + 1,
            words: few_words(text),
            ends_stop: text.trim_end_matches(is_closing).ends_with(is_stop),
        }
    }

    fn first(&self) -> Option<char> {
        self.text.chars().next()
    }

    fn characters(&self) -> usize {
        self.text.chars().count()
    }

    fn letters(&self) -> impl Iterator<Item = char> {
        self.text.chars().filter(|c| c.is_alphabetic())
    }

    fn is_source_line(&self, prose_seen: bool, after_quotation: bool) -> bool {
        if self.words > SOURCE_WORDS || self.words < 2 {
            return false;
        }
        let dash = self.text.starts_with(['—', '–', '―']) || self.text.starts_with("--");
        let named = self.text.trim_start_matches(is_dash).trim_start().starts_with(char::is_uppercase);
        if dash {
            let open_ended = self.text.ends_with(|c: char| matches!(c, '?' | '!') || is_dash(c));
            return prose_seen
                && after_quotation
                && named
                && !open_ended
                && (has_reference(self.text) || !self.ends_stop);
        }
        let bracketed = self.text.starts_with(['(', '[', '{'])
            && self.text.trim_end_matches('.').ends_with([')', ']', '}']);
        if bracketed {
            return prose_seen && has_reference(self.text);
        }
        let lower = self.long_words().filter(|word| word.starts_with(char::is_lowercase)).count();
        !prose_seen
            && self.first().is_some_and(char::is_uppercase)
            && lower * 2 <= self.long_words().count()
            && self.text.contains(',')
            && has_year(self.text)
            && has_reference(self.text)
    }

    fn is_heading(&self, prose_seen: bool, longer_follows: bool, goes_on: bool, layout: &Layout) -> bool {
        let (wrapped, width) = (layout.wrapped, layout.width);
        if self.words > HEADING_WORDS || self.characters() > HEADING_CHARACTERS || self.lines > 3 {
            return false;
        }
        let Some(first) = self.first() else { return false };
        let trimmed = self.text.trim_end_matches('.');
        let cased = self.letters().any(|c| c.is_uppercase() || c.is_lowercase());
        let upper = self.letters().filter(|c| c.is_uppercase()).count() >= 2
            && self.letters().all(|c| !c.is_lowercase());
        let roman = !trimmed.is_empty() && trimmed.bytes().all(|byte| b"IVXLCDM".contains(&byte));
        if is_dash(first) || is_opening(first) {
            return false;
        }
        if roman || is_division(self.text) || self.is_numbered_word() || (upper && first.is_alphanumeric()) {
            return true;
        }
        // Scripts without capitals: only a short line can be told from a paragraph.
        let opens = if cased {
            first.is_uppercase() || first.is_ascii_digit()
        } else {
            first.is_alphanumeric() && self.characters() <= CASELESS_HEADING
        };
        if !longer_follows || !opens {
            return false;
        }
        // A line of prose cut by the end of a page has neither the width nor the wording of a heading.
        let stop_inside = self.long_words().any(|word| word.ends_with('.') && !self.text.ends_with(word));
        let prose = goes_on || stop_inside || (wrapped && self.characters() * 5 >= width * 4);
        let unpunctuated = !prose && self.text.ends_with(|c: char| c.is_alphanumeric() || c == ')');
        let question = self.text.ends_with(['?', '!']);
        unpunctuated || (question && (!prose_seen || self.is_title_case()))
    }

    /// Words of four letters and more, which titles write with a capital.
    fn long_words(&self) -> impl Iterator<Item = &'a str> {
        self.text.split_whitespace().filter(|word| word.chars().count() >= 4)
    }

    /// A word and a number, with or without a stop, as over the articles of a law: `Article 1`, `Стаття 1.`
    fn is_numbered_word(&self) -> bool {
        let mut parts = self.text.trim_end_matches(['.', ':']).split_whitespace();
        let capital = |word: &str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        let digits = |word: &str| word.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit());
        match (parts.next(), parts.next(), parts.next()) {
            (Some(word), Some(number), None) if capital(word) => digits(number),
            (Some(number), Some(word), None) => digits(number) && word.chars().all(char::is_alphabetic),
            _ => false,
        }
    }

    /// All words of four letters and more begin with a capital.
    fn is_title_case(&self) -> bool {
        self.words >= 3 && self.long_words().all(|word| !word.starts_with(char::is_lowercase))
    }

    fn is_list_item(&self) -> bool {
        let bullet = self.text.starts_with(['•', '‣', '▪', '◦']) || self.text.starts_with("* ");
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = (1..=3).contains(&digits)
            && (self.text[digits..].starts_with(". ") || self.text[digits..].starts_with(") "));
        let lettered = self.text.starts_with('(')
            && self.text.find(") ").is_some_and(|end| (2..=5).contains(&end))
            && !self.text[1..].starts_with(char::is_uppercase);
        bullet || numbered || lettered
    }

    fn is_verse(&self, layout: &Layout) -> bool {
        if self.lines < 3 {
            return false;
        }
        let longest = if layout.wrapped { layout.width * 4 / 5 } else { HEADING_CHARACTERS };
        let lines = || self.text.split(['\n', '\r']).filter(|line| !line.is_empty());
        if !lines().all(|line| line.trim().chars().count() < longest) {
            return false;
        }
        let capitals = lines()
            .filter(|line| line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
            .count();
        // Dialogue has short lines too, but they open with quotation marks and are whole sentences.
        let spoken = lines().filter(|line| line.trim_start().starts_with(is_opening)).count();
        let stopped = lines().filter(|line| line.trim_end().ends_with(|c| is_stop(c) || is_closing(c)));
        capitals * 5 >= self.lines * 4 && spoken * 3 <= self.lines && stopped.count() < self.lines
    }
}

/// What may follow the name of a division: digits, a Roman numeral, a number word, `the`.
fn is_division_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || word.bytes().all(|byte| b"IVXLCDMivxlcdm".contains(&byte))
        || ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "the"]
            .iter()
            .any(|number| word.eq_ignore_ascii_case(number))
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '‘' | '«' | '‹' | '「' | '『' | '\'')
}

pub(super) fn is_closing(c: char) -> bool {
    sentence_class(c) == SentenceClass::Close
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(sentence_class(c), SentenceClass::AmbiguousStop | SentenceClass::Stop)
}

/// A year from 1400 to 2099 that stands by itself.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<(&'static str, &str)> {
        blocks(text)
            .into_iter()
            .filter(|block| block.kind != BlockKind::Blank)
            .map(|block| (block.kind.name(), &text[block.range]))
            .collect()
    }

    proptest! {
        #[test]
        fn blocks_tile_the_text(text in "[A-Za-z .,?\"“”‘’\u{a0}\n\r\t(0-9)*-]{0,200}") {
            let mut end = 0;
            for block in blocks(&text) {
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
        assert_eq!(
            kinds(text),
            [("paragraph", "One paragraph here."), ("paragraph", "Another paragraph here.")]
        );
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
}
