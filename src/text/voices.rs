//! Voices: which words are the author's own and which are quoted.
//!
//! Quotation marks are paired inside each paragraph (see `pairing.rs`). Marks are forgotten at the end of
//! the paragraph, unless the next paragraph opens with the same mark, as in a quotation of several
//! paragraphs. A marked span is then a quotation, or scare quotes, a title or a term at a distance:
//! only a quotation is someone else's voice.

use std::ops::Range;

use serde::Serialize;

use super::blocks::{Block, BlockKind};
use super::dialogue::speech;
use super::language::Language;
use super::pairing::{Convention, Pairing, marks};
use super::quotation::{classify, resumes};

/// Whose words they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The author's own prose, words at a distance (scare quotes) included.
    #[default]
    Author,
    /// Quotations, speech and block quotations.
    Quoted,
}

impl Voice {
    /// Both voices, in the order of tables.
    pub const ALL: [Self; 2] = [Self::Author, Self::Quoted];

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Quoted => "quoted",
        }
    }
}

/// What a stretch between quotation marks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// Speech or quotation inside a paragraph.
    Quotation,
    /// A whole paragraph of quotation.
    BlockQuotation,
    /// A word or phrase held at a distance.
    ScareQuotes,
    /// The title of a work.
    Title,
    /// A word mentioned rather than used.
    Term,
}

impl SegmentKind {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::BlockQuotation => "block_quotation",
            Self::ScareQuotes => "scare_quotes",
            Self::Title => "title",
            Self::Term => "term",
        }
    }

    /// Whose words such a segment holds.
    pub fn voice(self) -> Voice {
        match self {
            Self::Quotation | Self::BlockQuotation => Voice::Quoted,
            Self::ScareQuotes | Self::Title | Self::Term => Voice::Author,
        }
    }
}

/// A marked stretch of the text, its quotation marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SegmentKind,
}

/// Finds the marked segments of a text, outermost only, in order and without overlap.
///
/// Paragraphs that turn out to be quotation from end to end, and are long or introduced or followed by
/// a source, become blocks of the kind [`BlockKind::BlockQuotation`].
pub fn segments(text: &str, blocks: &mut [Block], language: &Language) -> Vec<Segment> {
    let marks = marks(text);
    let convention = Convention::of(text, &marks, blocks);
    let mut marks = marks.as_slice();
    let mut segments = Vec::new();
    for index in 0..blocks.len() {
        let Block { range, kind } = blocks[index].clone();
        let inside;
        (inside, marks) = marks.split_at(marks.iter().take_while(|(at, _)| *at < range.end).count());
        let set_off = matches!(kind, BlockKind::BlockQuotation | BlockKind::Epigraph);
        if !kind.is_counted() || (inside.is_empty() && !set_off && !convention.dashes) {
            continue;
        }
        if set_off {
            segments.push(Segment { range, kind: SegmentKind::BlockQuotation });
            continue;
        }
        if convention.dashes && kind.is_body() {
            let spoken = speech(text, &range, language);
            if !spoken.is_empty() {
                segments
                    .extend(spoken.into_iter().map(|range| Segment { range, kind: SegmentKind::Quotation }));
                continue;
            }
        }
        let mut pairing = Pairing::new(text, range.clone(), &convention);
        pairing.run(inside, language);
        // A mark left open runs to the end of the paragraph only if the quotation plainly goes on.
        if let Some((mark, start)) = pairing.unclosed() {
            let goes_on = start == range.start
                || following(blocks, index).is_some_and(|next| text[next.range.clone()].starts_with(mark));
            if goes_on {
                pairing.close_at_end(start);
            }
        }
        let whole = pairing.spans.len() == 1
            && pairing.spans[0].start == range.start
            && is_reference(&text[pairing.spans[0].end..range.end]);
        // One that is cited is a quotation; one that is introduced or long may be speech in a novel.
        let block = whole && kind == BlockKind::Paragraph && {
            let cited = pairing.spans[0].end + 2 < range.end
                || following(blocks, index).is_some_and(|next| next.kind == BlockKind::SourceLine);
            let introduced = preceding(blocks, index)
                .is_some_and(|before| text[before.range.clone()].trim_end().ends_with(':'));
            let words = text[range.clone()].split_whitespace().take(LONG_QUOTATION).count();
            let long = words == LONG_QUOTATION;
            cited || if convention.dialogue { introduced && long } else { introduced || long }
        };
        if block {
            blocks[index].kind = BlockKind::BlockQuotation;
        }
        let mut speech: Option<Range<usize>> = None;
        for span in pairing.spans {
            let mut kind = if block {
                SegmentKind::BlockQuotation
            } else {
                classify(text, &range, &span, convention.dialogue, language)
            };
            if kind == SegmentKind::ScareQuotes
                && speech.as_ref().is_some_and(|speech| resumes(text, speech, &span, language))
            {
                kind = SegmentKind::Quotation;
            }
            speech = (kind.voice() == Voice::Quoted).then(|| span.clone());
            segments.push(Segment { range: span, kind });
        }
    }
    segments
}

/// Words from which a paragraph wholly in quotation marks is a block quotation rather than speech.
const LONG_QUOTATION: usize = 60;

fn following(blocks: &[Block], index: usize) -> Option<&Block> {
    blocks[index + 1..].iter().find(|block| block.kind != BlockKind::Blank)
}

fn preceding(blocks: &[Block], index: usize) -> Option<&Block> {
    blocks[..index].iter().rfind(|block| block.kind != BlockKind::Blank)
}

/// Nothing but a stop, a note mark or a bracketed reference stands after a whole quotation.
fn is_reference(rest: &str) -> bool {
    let rest = rest.trim();
    let marks = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || c == '—';
    rest.chars().all(marks)
        || (rest.starts_with(['(', '[', '{'])
            && rest.trim_end_matches(['.', ',', ';']).ends_with([')', ']', '}']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::blocks::blocks;

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let mut blocks = blocks(text, &Language::english());
        segments(text, &mut blocks, &Language::english())
            .into_iter()
            .map(|segment| (segment.kind.name(), &text[segment.range]))
            .collect()
    }

    #[test]
    fn speech_is_quotation_and_a_term_at_a_distance_is_not() {
        assert_eq!(found("“Stop!” he cried."), [("quotation", "“Stop!”")]);
        assert_eq!(
            found("His 'permanent revolution', according to which it failed."),
            [("scare_quotes", "'permanent revolution'")]
        );
        assert_eq!(found("They sell us “progress” by the yard."), [("scare_quotes", "“progress”")]);
    }

    #[test]
    fn apostrophes_open_nothing() {
        assert_eq!(found("'Tis the boys' own don't-care that 'em all feared."), []);
        assert_eq!(found("’Tis said the men’s and the dogs’ days are over."), []);
    }

    #[test]
    fn words_clipped_in_dialect_close_nothing() {
        let text = "'I ha' come,' he began, 'to ask o' thee wi' th' others.' 'Aye?' 'I were goin' home.' 'No.' 'Well.'";
        assert_eq!(
            found(text).into_iter().map(|(_, span)| span).collect::<Vec<_>>(),
            [
                "'I ha' come,'",
                "'to ask o' thee wi' th' others.'",
                "'Aye?'",
                "'I were goin' home.'",
                "'No.'",
                "'Well.'"
            ]
        );
    }

    #[test]
    fn single_marks_may_be_the_main_ones() {
        let text = "‘I do not think the men’s case is so very strong,’ said she. ‘No,’ he said. ‘Well?’ \
                    she asked. ‘It isn’t,’ he said. ‘Oh,’ she said.";
        assert_eq!(found(text).len(), 5);
        assert!(found(text)[0].1.ends_with("strong,’"));
    }

    #[test]
    fn speech_resumed_is_speech_and_a_long_title_is_a_title() {
        let kinds: Vec<_> =
            found("“It is,” said she, “too late,” and went.").into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["quotation", "quotation"]);
        assert_eq!(found("He read “A Discourse on the Arts and Sciences of Our Time” aloud.")[0].0, "title");
    }

    #[test]
    fn a_quotation_of_several_paragraphs_goes_on() {
        let text = "“One paragraph of a long speech stands here\n\n“and the second ends it.” Then he sat.";
        assert_eq!(found(text).len(), 2);
        assert!(found(text)[0].1.ends_with("here"));
    }

    #[test]
    fn marks_of_other_languages() {
        assert_eq!(found("Er sagte: „Das ist doch gar nicht wahr, mein Herr.“ Dann ging er.").len(), 1);
        assert_eq!(found("Il dit : « Je ne le crois pas du tout, monsieur. » Puis il sortit.").len(), 1);
    }

    #[test]
    fn a_cited_paragraph_is_a_block_quotation() {
        let text = "He wrote of it thus:\n\n“The bridge belongs to those who cross it.” (Letters, p. 4).";
        assert_eq!(found(text)[0].0, "block_quotation");
    }

    proptest! {
        #[test]
        fn segments_are_ordered_and_apart(text in "[A-Za-z .,?\"'“”‘’«»„\n]{0,200}") {
            let mut blocks = blocks(&text, &Language::english());
            let mut end = 0;
            for segment in segments(&text, &mut blocks, &Language::english()) {
                prop_assert!(segment.range.start >= end);
                end = segment.range.end;
                prop_assert!(text.get(segment.range).is_some());
            }
        }
    }
}
