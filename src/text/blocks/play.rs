//! Plays, interviews and records: who speaks, and what the actors do.

use std::collections::HashMap;

use super::{Block, BlockKind};
use crate::text::language::Language;
use crate::text::unicode::{head, is_alphabetic};

/// A name must open so many blocks, and so many names must, for the text to be a play or a record.
const FEWEST_SPEECHES: usize = 3;
const FEWEST_SPEAKERS: usize = 2;
/// Words and bytes of a speaker's name.
const LONGEST_NAME: usize = 4;
const NAME_BYTES: usize = 40;

/// The speaker's name that a block opens with, and the byte after its mark: `HOLLOWAY.`, `Mrs. Pell:`, or a
/// name in capitals on a line of its own.
fn label<'a>(block: &'a str, language: &Language) -> Option<(&'a str, usize)> {
    if !block.starts_with(char::is_uppercase) {
        return None;
    }
    let head = head(block, NAME_BYTES);
    let line = memchr::memchr2(b'\n', b'\r', head.as_bytes());
    let first_line = &head[..line.unwrap_or(head.len())];
    let (name, end) = if let Some(at) = memchr::memchr(b':', first_line.as_bytes()) {
        (&first_line[..at], at + 1)
    } else {
        let at = memchr::memchr(b'.', first_line.as_bytes()).filter(|at| {
            let after = &first_line[at + 1..];
            after.is_empty() || after.starts_with([' ', '—', '-'])
        });
        match at {
            Some(at) => (&first_line[..at], at + 1),
            None if line.is_some() || block.len() == head.len() => (first_line, first_line.len()),
            None => return None,
        }
    };
    let marked = end > name.len();
    let colon = block[..end].ends_with(':');
    let mut words = 0;
    for word in name.split([' ', '\u{a0}']).filter(|word| !word.is_empty()) {
        let plain = word.chars().all(|c| is_alphabetic(c) || matches!(c, '.' | '-' | '\'' | '’'));
        let capitals = word.chars().all(|c| !c.is_lowercase());
        let named = capitals || (colon && word.starts_with(char::is_uppercase));
        if !plain || !named {
            return None;
        }
        words += 1;
    }
    let first = name.split(' ').next().unwrap_or_default();
    let fits = (1..=LONGEST_NAME).contains(&words) && !language.is_division(first);
    (fits && (marked || words <= 2)).then_some((name, end))
}

/// Cuts the names of speakers off the blocks they open, in a text that is a play or a record; says whether
/// it is.
pub(super) fn split_labels(text: &str, blocks: &mut Vec<Block>, language: &Language) -> bool {
    let labels: Vec<Option<(&str, usize)>> = blocks
        .iter()
        .map(|block| {
            label(&text[block.range.clone()], language).filter(|_| block.kind == BlockKind::Paragraph)
        })
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (name, _) in labels.iter().flatten() {
        *times.entry(name).or_default() += 1;
    }
    times.retain(|_, times| *times >= FEWEST_SPEECHES);
    let speeches: usize = times.values().sum();
    if times.len() < FEWEST_SPEAKERS || speeches * 10 < blocks.len() {
        return false;
    }
    let mut split = Vec::with_capacity(blocks.len() + speeches);
    for (block, label) in blocks.drain(..).zip(labels) {
        let Some((_, length)) = label.filter(|(name, _)| times.contains_key(name)) else {
            split.push(block);
            continue;
        };
        let end = block.range.start + length;
        let rest = &text[end..block.range.end];
        let speech = block.range.end - rest.trim_start().len();
        split.push(Block { range: block.range.start..end, kind: BlockKind::SpeakerLabel });
        if speech < block.range.end {
            split.push(Block { range: speech..block.range.end, kind: BlockKind::Paragraph });
        }
    }
    *blocks = split;
    true
}

/// A block that tells what the actors do: wholly in brackets, or opening with a word of the stage in a play.
pub(super) fn is_direction(block: &str, is_play: bool) -> bool {
    const LONGEST: usize = 400;
    const LONGEST_ASIDE: usize = 40;
    if block.len() > LONGEST {
        return false;
    }
    let inside = block.trim_matches('_');
    if !is_play && !inside.starts_with('[') {
        return false;
    }
    let square = inside.starts_with('[') && inside.trim_end_matches('.').ends_with(']');
    let round = inside.starts_with('(') && inside.trim_end_matches('.').ends_with(')');
    let one = || inside.bytes().filter(|byte| matches!(byte, b'[' | b'(')).count() == 1;
    let word = inside
        .trim_start_matches(['[', '(', '_'])
        .split(|c: char| !is_alphabetic(c))
        .next()
        .unwrap_or_default();
    let staged = ["enter", "exit", "exeunt", "reenter"].iter().any(|stage| word.eq_ignore_ascii_case(stage));
    let letters = || inside.contains(is_alphabetic);
    if is_play {
        return (square || round) && letters() && one() || (staged && inside.matches('.').count() <= 2);
    }
    // `[Applause.]` in a speech.
    square
        && letters()
        && one()
        && inside.len() <= LONGEST_ASIDE
        && inside[1..].starts_with(char::is_uppercase)
}
