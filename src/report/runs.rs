//! A text as a flat list of runs.

use std::ops::Range;

use crate::text::Text;

/// A stretch of a text that no border of a block, sentence or segment cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Index of its block.
    pub block: usize,
    /// Index of the sentence it lies in.
    pub sentence: Option<usize>,
    /// Index of the marked segment it lies in.
    pub segment: Option<usize>,
}

/// Cuts a text at every border of a block, a sentence and a segment. A sentence may cross the borders of
/// segments and a segment those of sentences; a run crosses none. The runs cover the text, in order. Time is
/// linear.
pub fn runs(text: &Text) -> Vec<Run> {
    let mut runs = Vec::with_capacity(2 * text.sentences.len() + text.segments.len() + text.blocks.len());
    let mut blocks = Spans::new(text.blocks.iter().map(|block| &block.range));
    let mut sentences = Spans::new(text.sentences.iter().map(|sentence| &sentence.range));
    let mut segments = Spans::new(text.segments.iter().map(|segment| &segment.range));
    let mut start = 0;
    while start < text.content.len() {
        let (block, block_border) = blocks.at(start);
        let (sentence, sentence_border) = sentences.at(start);
        let (segment, segment_border) = segments.at(start);
        let borders = [block_border, sentence_border, segment_border];
        let end = borders.into_iter().flatten().min().unwrap_or(text.content.len());
        runs.push(Run { range: start..end, block: block.unwrap_or_default(), sentence, segment });
        start = end;
    }
    runs
}

/// Spans in order and apart, looked at from left to right.
struct Spans<'t, I: Iterator<Item = &'t Range<usize>>> {
    spans: std::iter::Peekable<std::iter::Enumerate<I>>,
}

impl<'t, I: Iterator<Item = &'t Range<usize>>> Spans<'t, I> {
    fn new(spans: I) -> Self {
        Self { spans: spans.enumerate().peekable() }
    }

    /// The span that holds a byte, and where next a span begins or ends. `byte` never decreases.
    fn at(&mut self, byte: usize) -> (Option<usize>, Option<usize>) {
        while self.spans.next_if(|(_, span)| span.end <= byte).is_some() {}
        match self.spans.peek() {
            Some((_, span)) if byte < span.start => (None, Some(span.start)),
            Some((index, span)) => (Some(*index), Some(span.end)),
            None => (None, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Forms, Language};

    proptest! {
        #[test]
        fn runs_cover_the_text_and_cross_no_border(content in "[A-Za-z .,?!\"“”‘’<&>\n*-]{0,300}") {
            let text = Text::read(content, &Language::english(), &mut Forms::new());
            let runs = runs(&text);
            let joined: String = runs.iter().map(|run| &text.content[run.range.clone()]).collect();
            prop_assert_eq!(&joined, &text.content);
            let holder = |mut spans: Box<dyn Iterator<Item = &Range<usize>> + '_>, run: &Run| {
                spans.position(|span| span.start < run.range.end && run.range.start < span.end)
            };
            for run in &runs {
                prop_assert!(!run.range.is_empty());
                let block = &text.blocks[run.block].range;
                prop_assert!(block.start <= run.range.start && run.range.end <= block.end);
                prop_assert_eq!(holder(Box::new(text.sentences.iter().map(|s| &s.range)), run), run.sentence);
                prop_assert_eq!(holder(Box::new(text.segments.iter().map(|s| &s.range)), run), run.segment);
                for span in [
                    run.sentence.map(|index| &text.sentences[index].range),
                    run.segment.map(|index| &text.segments[index].range),
                ]
                .into_iter()
                .flatten()
                {
                    prop_assert!(span.start <= run.range.start && run.range.end <= span.end);
                }
            }
        }
    }
}
