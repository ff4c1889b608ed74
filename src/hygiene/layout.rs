//! What of a text is not its running words: cut words, page furniture, publishers' matter.

use super::Finding;
use super::characters::Seen;
use super::forms::{FormTable, Tally};
use crate::corpus::Severity;
use crate::text::{BlockKind, Text, fold};

/// Fewer cut words are an accident.
const FEWEST_CUT: usize = 5;

/// What blocks and line ends say.
pub(super) fn findings(text: &Text, tally: &Tally, table: &FormTable, findings: &mut Vec<Finding>) {
    let all = tally.words + tally.boilerplate + tally.furniture;
    let left_out = [
        (
            tally.boilerplate,
            BlockKind::Boilerplate,
            "boilerplate",
            "words of a publisher's head or tail are not counted. See that none of the text is among them",
        ),
        (
            tally.furniture,
            BlockKind::PageFurniture,
            "page_furniture",
            "words of running heads and page numbers are not counted. See that none of the text is among them",
        ),
    ];
    for (words, kind, name, message) in left_out {
        if words > 0 {
            let found = Finding::new(name, Severity::Note, words, message).of(all, "all words");
            findings.push(place(text, kind, found));
        }
    }
    let unusual = [
        (tally.headings, BlockKind::Heading, "many_headings", 0.15, "headings"),
        (tally.notes, BlockKind::Note, "many_notes", 0.3, "notes"),
        (tally.tables, BlockKind::Table, "many_tables", 0.1, "tables"),
    ];
    for (words, kind, name, least, what) in unusual {
        if words as f64 > least * tally.words as f64 {
            let message = format!(
                "words are in {what}. They count as words but are in no sentence of prose and no marker rate; see \
                 that they were taken for {what} rightly"
            );
            let found = Finding::new(name, Severity::Note, words, message).of(tally.words, "counted words");
            findings.push(place(text, kind, found));
        }
    }
    findings.extend(cut_words(text, table));
}

/// With the place of the first block of a kind.
fn place(text: &Text, kind: BlockKind, finding: Finding) -> Finding {
    match text.blocks.iter().find(|block| block.kind == kind) {
        Some(block) => finding.at(&text.content, block.range.start),
        None => finding,
    }
}

/// Lines that end in a letter and a hyphen, before a line that begins with a lower-case letter.
fn cut_words(text: &Text, table: &FormTable) -> Option<Finding> {
    let content = &text.content;
    let (mut lines, mut known) = (1, 0);
    let mut cut = Seen::default();
    for end in memchr::memchr_iter(b'\n', content.as_bytes()) {
        lines += 1;
        let last = content.as_bytes()[..end].iter().rfind(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        // The last bytes of `-`, U+00AD and U+2010.
        if !matches!(last, Some(b'-' | 0xad | 0x90)) {
            continue;
        }
        let line = content[..end].trim_end_matches([' ', '\t', '\r']);
        if !line.ends_with(['-', '\u{ad}', '\u{2010}']) {
            continue;
        }
        let before = line.trim_end_matches(['-', '\u{ad}', '\u{2010}']);
        let after = content[end + 1..].trim_start_matches([' ', '\t']);
        if !before.ends_with(char::is_alphabetic) || !after.starts_with(char::is_lowercase) {
            continue;
        }
        // A dash of two hyphens is no hyphen.
        if line[before.len()..].chars().count() != 1 {
            continue;
        }
        cut.add(word_start(before));
        let left = &before[word_start(before)..];
        let right = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
        known += usize::from(
            right.len() + left.len() < LONGEST && table.count(&fold(&[left, right].concat())) > 0,
        );
    }
    if cut.count < FEWEST_CUT {
        return None;
    }
    // Compounds at line ends are in order; words that stand elsewhere without the hyphen were cut.
    let apart = known * 3 >= cut.count && text.rejoined == 0;
    let severity = if apart { Severity::Warning } else { Severity::Note };
    let message = if text.rejoined > 0 {
        format!(
            "lines end in a hyphen inside a word, and {} of these words are counted in one piece; use --words \
             unicode+keep-line-ends to count their parts",
            text.rejoined
        )
    } else {
        format!(
            "lines end in a hyphen inside a word, and {known} of these words stand elsewhere in one piece. Each is \
             counted as two words; use --words unicode+rejoin to join them"
        )
    };
    let found = Finding::new("line_end_hyphens", severity, cut.count, message);
    Some(found.of(lines, "lines").at(content, cut.first))
}

/// Bytes beyond which what stands at a line end is no word.
const LONGEST: usize = 200;

/// The start of the word that `text` ends in.
fn word_start(text: &str) -> usize {
    text.char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(text.len(), |(at, _)| at)
}
