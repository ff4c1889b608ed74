//! What a text was read as, in a few numbers that add up.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::text::{Block, BlockKind, SegmentKind, Text, Voice, pass};

/// A block that can be seen, with its words and sentences.
#[derive(Clone, Debug)]
pub struct VisibleBlock<'t> {
    /// Its number in the text, from 1, blank blocks not counted.
    pub number: usize,
    /// The block.
    pub block: &'t Block,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// Indices of its sentences.
    pub sentences: Range<usize>,
}

/// The blocks of a text but the blank ones, in order.
pub fn visible_blocks(text: &Text) -> impl Iterator<Item = VisibleBlock<'_>> {
    let (mut number, mut token, mut sentence) = (0, 0, 0);
    text.blocks.iter().enumerate().filter_map(move |(index, block)| {
        let tokens = token..pass(&text.tokens, token, block.range.end);
        let in_block = text.sentences[sentence..].iter().take_while(|sentence| sentence.block <= index);
        let sentences = sentence..sentence + in_block.count();
        (token, sentence) = (tokens.end, sentences.end);
        (block.kind != BlockKind::Blank).then(|| {
            number += 1;
            VisibleBlock { number, block, tokens, sentences }
        })
    })
}

/// What a text, or a corpus, was read as. The reading of a corpus is the merge of its texts' readings.
///
/// The numbers are those of a [`Profile`](super::Profile) of the same text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Words in every block but boilerplate and page furniture.
    pub words: u64,
    /// Those of them that are quoted.
    pub quoted_words: u64,
    /// Sentences of prose.
    pub sentences: u64,
    /// Words of these sentences.
    pub sentence_words: u64,
    /// Blocks of prose with at least one word.
    pub paragraphs: u64,
    /// Words in boilerplate and page furniture, which nothing else counts.
    pub boilerplate_words: u64,
    /// Blocks by kind, blank ones left out.
    pub blocks: BTreeMap<BlockKind, u64>,
    /// Marked segments by kind.
    pub segments: BTreeMap<SegmentKind, u64>,
}

impl Reading {
    /// The reading of one text.
    pub fn of(text: &Text) -> Self {
        let mut reading = Self::default();
        for VisibleBlock { block, tokens, sentences, .. } in visible_blocks(text) {
            *reading.blocks.entry(block.kind).or_default() += 1;
            let words = tokens.len() as u64;
            if !block.kind.is_counted() {
                reading.boilerplate_words += words;
                continue;
            }
            reading.words += words;
            let quoted = text.tokens[tokens].iter().filter(|token| token.voice == Voice::Quoted);
            reading.quoted_words += quoted.count() as u64;
            if block.kind.is_body() {
                reading.paragraphs += u64::from(words > 0);
                reading.sentences += sentences.len() as u64;
                reading.sentence_words +=
                    text.sentences[sentences].iter().map(|s| s.words() as u64).sum::<u64>();
            }
        }
        for segment in &text.segments {
            *reading.segments.entry(segment.kind).or_default() += 1;
        }
        reading
    }

    /// Adds the numbers of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.words += other.words;
        self.quoted_words += other.quoted_words;
        self.sentences += other.sentences;
        self.sentence_words += other.sentence_words;
        self.paragraphs += other.paragraphs;
        self.boilerplate_words += other.boilerplate_words;
        for (kind, blocks) in &other.blocks {
            *self.blocks.entry(*kind).or_default() += blocks;
        }
        for (kind, segments) in &other.segments {
            *self.segments.entry(*kind).or_default() += segments;
        }
    }

    /// Mean words per sentence of prose; none without sentences.
    pub fn sentence_length_mean(&self) -> Option<f64> {
        (self.sentences > 0).then(|| self.sentence_words as f64 / self.sentences as f64)
    }

    /// Share of the words that are quoted, from 0 to 1; none without words.
    pub fn quoted_share(&self) -> Option<f64> {
        (self.words > 0).then(|| self.quoted_words as f64 / self.words as f64)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use proptest::prelude::*;

    use super::*;
    use crate::profile::{Counter, Vocabulary};
    use crate::text::{Forms, Language};

    proptest! {
        #[test]
        fn agrees_with_the_profile(content in "[A-Za-z0-9 .?\"“”\n*:-]{0,300}") {
            let mut forms = Forms::new();
            let text = Text::read(content, &Language::english(), &mut forms);
            let profile = Counter::default().count(&text, &forms, &Mutex::new(Vocabulary::default()));
            let reading = Reading::of(&text);
            let lengths = [&profile.author.sentence_words, &profile.quoted.sentence_words];
            prop_assert_eq!(reading.words, profile.words());
            prop_assert_eq!(reading.quoted_words, profile.quoted.words.tokens());
            prop_assert_eq!(reading.sentences, lengths.iter().map(|lengths| lengths.count()).sum::<u64>());
            prop_assert_eq!(reading.sentence_words, profile.author.prose_words + profile.quoted.prose_words);
            prop_assert_eq!(reading.paragraphs, profile.paragraphs);
            prop_assert_eq!(reading.boilerplate_words, profile.boilerplate_words);
        }

        #[test]
        fn merging_has_no_order(one in "[a-z .“”\n]{0,80}", other in "[a-z .“”\n]{0,80}") {
            let read = |content| Reading::of(&Text::read(content, &Language::english(), &mut Forms::new()));
            let (one, other) = (read(one), read(other));
            let merged = |first: &Reading, second: &Reading| {
                let mut merged = first.clone();
                merged.merge(second);
                merged
            };
            prop_assert_eq!(merged(&one, &other), merged(&other, &one));
            prop_assert_eq!(merged(&one, &Reading::default()), one.clone());
            prop_assert_eq!(merged(&Reading::default(), &one), one);
        }
    }
}
