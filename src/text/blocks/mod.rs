//! Blocks: every byte of a text belongs to exactly one typed block.
//!
//! Groups of lines come first (`lines.rs`; running heads and page numbers are found in `furniture.rs`), then
//! a kind for each group by its shape (`shape.rs`) and place; in plays and records, names of speakers and
//! stage directions (`play.rs`).
//!
//! Block quotations in quotation marks are told from dialogue later, once the marks are paired
//! (see [`voices`](super::voices)).

mod furniture;
mod lines;
mod play;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::Serialize;

use lines::{INDENT, Layout, groups, lines};
pub(crate) use lines::{LineNumbers, line_ends};
use shape::{Place, Shape};

use super::language::Language;
use super::pairing::is_quotation_mark;
use super::unicode::{SentenceClass, is_alphanumeric, sentence_class};

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
pub fn blocks(text: &str, language: &Language) -> Vec<Block> {
    let lines = lines(text);
    let layout = Layout::of(&lines);
    let furniture = furniture::lines(text, &lines);
    let mut visible: Vec<Block> = Vec::new();
    for (range, is_furniture) in groups(text, &lines, &layout, &furniture, language) {
        let kind = if is_furniture { BlockKind::PageFurniture } else { BlockKind::Paragraph };
        visible.push(Block { range, kind });
    }
    let is_play = play::split_labels(text, &mut visible, language);
    classify(text, &layout, is_play, language, &mut visible);
    mark_epigraphs(text, &mut visible);
    furniture::mark_boilerplate(text, &mut visible);
    tile(text, visible)
}

/// Fills the gaps between visible blocks.
fn tile(text: &str, visible: Vec<Block>) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(visible.len() * 2 + 1);
    let mut end = 0;
    for block in visible {
        if end < block.range.start {
            blocks.push(Block { range: end..block.range.start, kind: BlockKind::Blank });
        }
        end = block.range.end;
        blocks.push(block);
    }
    if end < text.len() {
        blocks.push(Block { range: end..text.len(), kind: BlockKind::Blank });
    }
    blocks
}

fn classify(text: &str, layout: &Layout, is_play: bool, language: &Language, blocks: &mut [Block]) {
    let shapes: Vec<Shape<'_>> = blocks.iter().map(|block| Shape::of(&text[block.range.clone()])).collect();
    let references = references(text);
    let labels = caseless_labels(&shapes);
    let mut prose_seen = false;
    let mut after_quotation = false;
    for (index, shape) in shapes.iter().enumerate() {
        if blocks[index].kind != BlockKind::Paragraph {
            continue;
        }
        let heads = || {
            let next = (index + 1..blocks.len())
                .find(|next| blocks[*next].kind != BlockKind::PageFurniture)
                .map(|next| &shapes[next]);
            shape.is_heading(&Place {
                prose_seen,
                longer_follows: next.is_some_and(|next| next.words > shape.words || next.ends_stop()),
                goes_on: next.is_some_and(|next| next.text.starts_with(char::is_lowercase)),
                layout,
                language,
            })
        };
        let kind = if !shape.text.contains(is_alphanumeric) {
            BlockKind::Separator
        } else if note_mark(shape.text).is_some_and(|mark| references.contains(mark)) || shape.is_editorial()
        {
            BlockKind::Note
        } else if play::is_direction(shape.text, is_play) {
            BlockKind::StageDirection
        } else if shape.is_source_line(prose_seen, after_quotation) {
            BlockKind::SourceLine
        } else if shape.is_table() {
            BlockKind::Table
        } else if (shape.may_head() && heads())
            || shape.caseless_label().is_some_and(|label| labels.contains(label))
        {
            BlockKind::Heading
        } else if shape.is_list_item() {
            BlockKind::ListItem
        } else if shape.is_verse(layout) {
            BlockKind::Verse
        } else if !layout.indented && every_line_indented(text, &blocks[index].range) && shape.lines() >= 2 {
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
}

/// A motto: verse or a quotation that stands at the head of the text or right below a heading, with its
/// source in the line after it or behind a dash.
fn mark_epigraphs(text: &str, blocks: &mut [Block]) {
    let mut at_head = true;
    for index in 0..blocks.len() {
        let content = &text[blocks[index].range.clone()];
        let kind = blocks[index].kind;
        match kind {
            BlockKind::Heading => at_head = true,
            BlockKind::SourceLine | BlockKind::Separator | BlockKind::PageFurniture | BlockKind::Note => {}
            _ if at_head => {
                let sourced = blocks.get(index + 1).is_some_and(|next| next.kind == BlockKind::SourceLine);
                let quoted = matches!(kind, BlockKind::Verse | BlockKind::BlockQuotation)
                    || content.starts_with(is_opening);
                let motto = quoted && (sourced || Shape::of(content).is_sourced_quotation());
                if motto {
                    blocks[index].kind = BlockKind::Epigraph;
                } else {
                    at_head = false;
                }
            }
            _ => {}
        }
    }
}

/// In scripts without capitals: the words that head several blocks of two words, the second of which is a
/// number or a letter, as over the articles of a law.
fn caseless_labels<'a>(shapes: &[Shape<'a>]) -> HashSet<&'a str> {
    const FEWEST: usize = 3;
    let mut times: HashMap<&str, usize> = HashMap::new();
    for label in shapes.iter().filter_map(Shape::caseless_label) {
        *times.entry(label).or_default() += 1;
    }
    times.into_iter().filter(|(_, times)| *times >= FEWEST).map(|(label, _)| label).collect()
}

/// The note marks that stand in running text, glued to what comes before: `end.[3]`, `end¹`.
fn references(text: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    // First bytes of `[`, of ¹ ² ³ and of † ‡ ⁴ to ⁹.
    for at in memchr::memchr3_iter(b'[', 0xc2, 0xe2, text.as_bytes()) {
        if let Some(mark) = note_mark(&text[at..])
            && text[..at].ends_with(|c: char| !c.is_whitespace())
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
    bracketed_number(text).map(|length| &text[..length])
}

/// The length of `[12]`, a number of up to three digits.
pub(super) fn bracketed_number(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && inside[digits..].starts_with(']')).then_some(digits + 2)
}

fn every_line_indented(text: &str, range: &Range<usize>) -> bool {
    // The range begins at the first visible character, so its first line is looked at from its start.
    let start = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..range.start]).map_or(0, |at| at + 1);
    text[start..range.end]
        .lines()
        .all(|line| line.chars().take_while(|c| c.is_whitespace()).count() >= INDENT as usize)
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
