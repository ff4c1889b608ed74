//! Blocks: every byte of a text belongs to exactly one typed block.
//!
//! Lines come first, then groups of lines between blank ones, then a kind for each group by its shape
//! and place. A line that holds only white space (no-break spaces too) is blank. Whether a line end
//! inside a group ends a paragraph depends on the layout of the whole text: in hard-wrapped text a
//! group is a paragraph, in unwrapped text each line is.
//!
//! Block quotations in quotation marks are told from dialogue later, once the marks are paired
//! (see [`voices`](super::voices)).

use std::ops::Range;

use serde::Serialize;

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
    /// A paragraph that is wholly someone else's words.
    BlockQuotation,
    /// An item of a list.
    ListItem,
    /// Lines of verse.
    Verse,
    /// A footnote or endnote.
    Note,
    /// The head or tail that a publisher of electronic texts put around the text.
    Boilerplate,
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
            Self::BlockQuotation => "block_quotation",
            Self::ListItem => "list_item",
            Self::Verse => "verse",
            Self::Note => "note",
            Self::Boilerplate => "boilerplate",
            Self::Blank => "blank",
        }
    }

    /// The part a sentence of such a block plays: `body`, `heading`, `source`, `note` or `boilerplate`.
    pub fn role(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::SourceLine => "source",
            Self::Note => "note",
            Self::Boilerplate => "boilerplate",
            Self::Paragraph | Self::BlockQuotation | Self::ListItem | Self::Verse | Self::Blank => "body",
        }
    }

    /// Whether sentences of such a block are the text's own running sentences, the only ones that
    /// enter sentence lengths, markers and paragraphs.
    pub fn is_body(self) -> bool {
        self.role() == "body" && self != Self::Blank
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

/// A line without its line end.
struct Line {
    start: usize,
    end: usize,
    blank: bool,
}

/// Cuts `text` into blocks that cover it without gap or overlap. Time is linear.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let layout = Layout::of(text, &lines);
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

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}'))
}

fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if end < start {
            continue;
        }
        let next = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        lines.push(Line { start, end, blank: is_blank(&text[start..end]) });
        start = next;
    }
    if start < text.len() {
        lines.push(Line { start, end: text.len(), blank: is_blank(&text[start..]) });
    }
    lines
}

/// How the lines of a text relate to its paragraphs.
#[derive(Debug, PartialEq)]
struct Layout {
    /// Line ends inside a group do not end a paragraph.
    wrapped: bool,
    /// Characters of a full line, where wrapped.
    width: usize,
    /// Most lines open with white space, so indentation says nothing.
    indented: bool,
}

/// Lines longer than this are not the work of a line-wrapping editor.
const LONGEST_WRAPPED_LINE: usize = 100;
/// White space at the start of a line that counts as an indent.
const INDENT: usize = 2;

impl Layout {
    fn of(text: &str, lines: &[Line]) -> Self {
        let mut lengths: Vec<usize> = Vec::new();
        let (mut indented, mut followed) = (0, 0);
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.blank) {
            let content = &text[line.start..line.end];
            lengths.push(content.trim_end().chars().count());
            indented += usize::from(indent(content) >= INDENT);
            followed += usize::from(lines.get(index + 1).is_some_and(|next| !next.blank));
        }
        lengths.sort_unstable();
        let at = |share: usize| lengths.get(lengths.len() * share / 100).copied().unwrap_or(0);
        let width = at(90);
        Self {
            wrapped: followed * 4 >= lengths.len() && width <= LONGEST_WRAPPED_LINE && at(50) > 30,
            width,
            indented: indented * 2 > lengths.len(),
        }
    }
}

impl Layout {
    /// Whether a paragraph ends with the line `before`, in wrapped text without blank lines: the first
    /// word of the line after would still have fitted in.
    fn ends_short(&self, before: &str, after: &str) -> bool {
        let before = before.trim();
        let length = before.chars().count();
        let word = after.split_whitespace().next().map_or(0, |word| word.chars().count());
        let stopped = before.ends_with(|c| is_stop(c) || is_closing(c)) && length + word + 3 <= self.width;
        let opens = after.trim_start().starts_with(|c: char| c.is_uppercase() || is_opening(c));
        stopped || (opens && length * 5 < self.width * 4)
    }
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Ranges of blocks, from the first to the last visible character of each.
fn groups(text: &str, lines: &[Line], layout: &Layout) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let blank_lines = lines.iter().any(|line| line.blank);
    let mut open: Option<Range<usize>> = None;
    for (index, line) in lines.iter().enumerate() {
        if line.blank {
            groups.extend(open.take());
            continue;
        }
        let content = &text[line.start..line.end];
        let visible =
            line.start + content.len() - content.trim_start().len()..line.start + content.trim_end().len();
        let begins = match index.checked_sub(1).map(|previous| &lines[previous]) {
            _ if open.is_none() => true,
            _ if !layout.wrapped => !is_verse(text, lines, index),
            Some(previous) => {
                let before = &text[previous.start..previous.end];
                let indented = !layout.indented && indent(content) >= INDENT && indent(before) < INDENT;
                let short = !blank_lines && layout.ends_short(before, content);
                indented || short
            }
            None => true,
        };
        match &mut open {
            Some(range) if !begins => range.end = visible.end,
            _ => {
                groups.extend(open.take());
                open = Some(visible);
            }
        }
    }
    groups.extend(open);
    groups
}

/// In unwrapped text: the line and the one before are two short capitalised lines, as in a stanza.
fn is_verse(text: &str, lines: &[Line], index: usize) -> bool {
    const LONGEST_VERSE_LINE: usize = 60;
    let short = |line: &Line| {
        let content = text[line.start..line.end].trim();
        !line.blank
            && content.chars().count() <= LONGEST_VERSE_LINE
            && content.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    };
    let run = |range: &mut dyn Iterator<Item = usize>| {
        range.take(2).take_while(|at| lines.get(*at).is_some_and(short)).count()
    };
    let before = run(&mut (0..index).rev());
    let after = run(&mut (index..lines.len()));
    before >= 1 && before + after >= 3
}

fn classify(text: &str, layout: &Layout, blocks: &mut [Block]) {
    let visible: Vec<usize> =
        (0..blocks.len()).filter(|index| blocks[*index].kind != BlockKind::Blank).collect();
    let mut prose_seen = false;
    for (place, &index) in visible.iter().enumerate() {
        let range = blocks[index].range.clone();
        let shape = Shape::of(&text[range.clone()]);
        let previous = place.checked_sub(1).map(|before| blocks[visible[before]].kind);
        let next = visible.get(place + 1).map(|after| {
            let range = blocks[*after].range.clone();
            (range.clone(), Shape::of(&text[range]))
        });
        let longer_follows =
            next.as_ref().is_some_and(|(_, next)| next.words > shape.words || next.ends_stop);
        let kind = if shape.is_note() {
            BlockKind::Note
        } else if shape.is_source_line(prose_seen, previous) {
            BlockKind::SourceLine
        } else if shape.is_heading(prose_seen, longer_follows) {
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
        blocks[index].kind = kind;
    }
    mark_boilerplate(text, blocks);
}

fn every_line_indented(text: &str, range: &Range<usize>) -> bool {
    // The range begins at the first visible character, so its first line is looked at from its start.
    let start = text[..range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    text[start..range.end].lines().all(|line| indent(line) >= INDENT)
}

/// Project Gutenberg puts its licence before and after the text, between lines of this form.
fn mark_boilerplate(text: &str, blocks: &mut [Block]) {
    let holds = |block: &Block, mark: &str| {
        let content = &text[block.range.clone()];
        content.starts_with("***") && content.get(..80.min(content.len())).unwrap_or(content).contains(mark)
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

/// What the classification of a group rests on.
struct Shape<'a> {
    text: &'a str,
    lines: usize,
    words: usize,
    characters: usize,
    ends_stop: bool,
}

const HEADING_WORDS: usize = 14;
const HEADING_CHARACTERS: usize = 110;
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

impl<'a> Shape<'a> {
    fn of(text: &'a str) -> Self {
        let head = text.split_whitespace().take(SOURCE_WORDS + 1).count();
        Self {
            text,
            lines: text.lines().count(),
            words: head,
            characters: text.chars().take(10 * HEADING_CHARACTERS).count(),
            ends_stop: text.trim_end_matches(is_closing).ends_with(is_stop),
        }
    }

    fn first(&self) -> Option<char> {
        self.text.chars().next()
    }

    fn letters(&self) -> impl Iterator<Item = char> {
        self.text.chars().filter(|c| c.is_alphabetic())
    }

    fn is_note(&self) -> bool {
        let Some(rest) = self.text.strip_prefix('[') else {
            return matches!(self.first(), Some('¹' | '²' | '³' | '⁴'..='⁹' | '†' | '‡'));
        };
        rest.find(']')
            .is_some_and(|end| (1..=3).contains(&end) && rest[..end].bytes().all(|b| b.is_ascii_digit()))
    }

    fn is_source_line(&self, prose_seen: bool, previous: Option<BlockKind>) -> bool {
        if self.words > SOURCE_WORDS || self.words < 2 {
            return false;
        }
        let after_quotation = prose_seen && previous.is_some_and(BlockKind::is_body);
        let dash = self.text.starts_with(['—', '–', '―']) || self.text.starts_with("--");
        let named = self.text.trim_start_matches(is_dash).trim_start().starts_with(char::is_uppercase);
        if after_quotation && dash && named && self.words <= 20 && !self.text.ends_with(['?', '!']) {
            return has_reference(self.text) || !self.ends_stop;
        }
        let bracketed = self.text.starts_with(['(', '[', '{'])
            && self.text.trim_end_matches('.').ends_with([')', ']', '}']);
        if after_quotation && bracketed {
            return has_reference(self.text);
        }
        !prose_seen
            && self.first().is_some_and(char::is_uppercase)
            && self.text.contains(',')
            && has_year(self.text)
            && has_reference(self.text)
    }

    fn is_heading(&self, prose_seen: bool, longer_follows: bool) -> bool {
        if self.words > HEADING_WORDS || self.characters > HEADING_CHARACTERS || self.lines > 3 {
            return false;
        }
        let Some(first) = self.first() else { return false };
        let trimmed = self.text.trim_end_matches('.');
        let upper = self.letters().count() >= 2 && self.letters().all(|c| !c.is_lowercase());
        let roman = !trimmed.is_empty() && trimmed.bytes().all(|byte| b"IVXLCDM".contains(&byte));
        let division = {
            let mut words = self.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let opens = words
                .next()
                .is_some_and(|word| DIVISIONS.iter().any(|division| word.eq_ignore_ascii_case(division)));
            opens && words.next().is_none_or(is_number)
        };
        if is_dash(first) || is_opening(first) {
            return false;
        }
        if roman || division || (upper && first.is_alphanumeric()) {
            return true;
        }
        if !longer_follows || !(first.is_uppercase() || first.is_ascii_digit()) {
            return false;
        }
        let unpunctuated = self.text.ends_with(|c: char| c.is_alphanumeric() || c == ')');
        let question = self.text.ends_with(['?', '!']);
        unpunctuated || (question && (!prose_seen || self.is_title_case()))
    }

    /// All words of four letters and more begin with a capital.
    fn is_title_case(&self) -> bool {
        self.words >= 3
            && self
                .text
                .split_whitespace()
                .filter(|word| word.chars().count() >= 4)
                .all(|word| !word.starts_with(char::is_lowercase))
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
        let short = self.text.lines().all(|line| line.trim().chars().count() < longest);
        let capitals = self
            .text
            .lines()
            .filter(|line| line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
            .count();
        short && capitals * 5 >= self.lines * 4
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || word.bytes().all(|byte| b"IVXLCDMivxlcdm".contains(&byte))
        || ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "the"]
            .iter()
            .any(|number| word.eq_ignore_ascii_case(number))
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '‘' | '«' | '‹' | '「' | '『' | '\'')
}

fn is_closing(c: char) -> bool {
    sentence_class(c) == SentenceClass::Close
}

fn is_stop(c: char) -> bool {
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
    fn gutenberg_head_and_tail() {
        let text = "Produced by hand\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nText stands \
                    here.\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nLicence";
        let kinds: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["boilerplate", "boilerplate", "paragraph", "boilerplate", "boilerplate"]);
    }
}
