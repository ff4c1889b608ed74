//! The text layer: blocks, words, sentences and voices as spans of a text that is never rewritten.
//!
//! [`Text::read`] does it all in a few linear passes: lines and [blocks](Block), then
//! [words](for_each_word) as numbers of a [`Forms`] table, then quotation marks
//! ([`Segment`], [`Voice`]), then sentences. Every byte belongs to one block; every word to one block,
//! one voice and, where its block is not boilerplate, one sentence. All offsets count UTF-8 bytes of the
//! text as read.

mod blocks;
mod detect;
mod dialogue;
mod fold;
mod forms;
mod language;
#[cfg(test)]
mod language_tests;
mod pairing;
mod places;
mod quotation;
mod sentences;
mod stretches;
mod unicode;
#[cfg(target_arch = "x86_64")]
mod vector;
mod voices;
mod words;

use std::ops::Range;

pub use blocks::{Block, BlockKind, blocks};
pub(crate) use blocks::{LineNumbers, line_ends};
pub use detect::{Detected, UNDETERMINED, detect, is_unnamed, language_code, language_name, undetected};
pub use fold::fold;
pub(crate) use fold::fold_onto;
pub use forms::{FormId, Forms};
pub(crate) use forms::{append, stretch};
pub use language::{Language, Languages};
pub use sentences::{for_each_sentence, for_each_sentence_bound};
pub use stretches::{SentenceRules, Stretch, StretchKind, stretches};
pub use unicode::{SentenceClass, UNICODE_VERSION, sentence_class};
pub use voices::{Segment, SegmentKind, Voice, segments};
pub use words::{Cut, Extras, StyloRules, WordPolicy, WordRules, for_each_cut, for_each_word};

/// The longest text that can be read in one piece, in bytes: spans are 32 bits wide.
pub const LONGEST_TEXT: usize = u32::MAX as usize;

/// One word where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The surface form, in the [`Forms`] the text was read with.
    pub form: FormId,
    /// Whose word it is.
    pub voice: Voice,
}

impl Token {
    /// The bytes of the word.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A sentence: a stretch of one block with at least one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes, without white space at either end.
    pub range: Range<usize>,
    /// Index of its block.
    pub block: usize,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// The voice of most of its words; the author's where they are even.
    pub voice: Voice,
}

impl Sentence {
    /// Number of words.
    pub fn words(&self) -> usize {
        self.tokens.len()
    }
}

/// A text read into blocks, tokens, sentences and marked segments, all as spans of `content`.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text as read.
    pub content: String,
    /// Blocks that cover the text.
    pub blocks: Vec<Block>,
    /// Every word, in order.
    pub tokens: Vec<Token>,
    /// Quotations, scare quotes, titles and terms, in order and apart.
    pub segments: Vec<Segment>,
    /// Every sentence, in order; boilerplate has none.
    pub sentences: Vec<Sentence>,
    /// Words cut by a hyphen at a line end that are counted as one. Their spans reach over the line end.
    pub rejoined: u64,
}

impl Text {
    /// Reads a text of at most [`LONGEST_TEXT`] bytes; anything beyond is left unread.
    ///
    /// ```
    /// use rhetor::text::{Forms, Language, Text, Voice};
    /// let mut forms = Forms::new();
    /// let text = Text::read("“Stop!” he cried. They did not.".into(), &Language::english(), &mut forms);
    /// assert_eq!(text.sentences.len(), 2);
    /// assert_eq!(text.tokens[0].voice, Voice::Quoted);
    /// assert_eq!(text.tokens[1].voice, Voice::Author);
    /// ```
    pub fn read(content: String, language: &Language, forms: &mut Forms) -> Self {
        Self::read_with(content, language, &WordPolicy::default(), forms)
    }

    /// As [`Text::read`], with a choice of what a word is.
    pub fn read_with(
        mut content: String,
        language: &Language,
        policy: &WordPolicy,
        forms: &mut Forms,
    ) -> Self {
        if content.len() > LONGEST_TEXT {
            content.truncate(unicode::head(&content, LONGEST_TEXT).len());
        }
        let mut blocks = blocks(&content, language);
        let segments = segments(&content, &mut blocks, language);
        let (tokens, rejoined) = tokens(&content, &segments, policy, language, forms);
        let sentences = sentences(&content, &blocks, &tokens, language);
        Self { content, blocks, tokens, segments, sentences, rejoined }
    }

    /// The kind of a sentence's block.
    pub fn kind_of(&self, sentence: &Sentence) -> BlockKind {
        self.blocks[sentence.block].kind
    }

    /// The sentences of running prose, verse and lists, which statistics of sentences rest on; headings,
    /// source lines and notes are left out.
    pub fn body_sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(|sentence| self.kind_of(sentence).is_body())
    }
}

fn tokens(
    content: &str,
    segments: &[Segment],
    policy: &WordPolicy,
    language: &Language,
    forms: &mut Forms,
) -> (Vec<Token>, u64) {
    // English has a word in five and a half bytes.
    let mut tokens = Vec::with_capacity(content.len() / 5);
    let mut quoted = segments.iter().filter(|segment| segment.kind.voice() == Voice::Quoted);
    let mut next = move || quoted.next().map_or(usize::MAX..usize::MAX, |segment| segment.range.clone());
    let mut segment = next();
    let mut voice_at = |start: usize| {
        while segment.end <= start {
            segment = next();
        }
        if segment.start <= start { Voice::Quoted } else { Voice::Author }
    };
    let rejoined = for_each_cut(content, policy, language, |cut| match cut {
        Cut::Plain(words) => {
            let mut words_left = words.iter();
            forms.intern_each(content, words, |form, ()| {
                if let Some(&[start, end]) = words_left.next() {
                    tokens.push(Token { start: start as u32, end: end as u32, form, voice: voice_at(start) });
                }
            });
        }
        Cut::Reshaped(range, form) => tokens.push(Token {
            start: range.start as u32,
            end: range.end as u32,
            form: forms.intern(form, 0, form.len()),
            voice: voice_at(range.start),
        }),
    });
    (tokens, rejoined)
}

/// The first token from `next` on that begins at the byte `end` or after it. Tokens are passed one by one: a search would
/// jump about in memory for every block, and most are short.
pub(crate) fn pass(tokens: &[Token], mut next: usize, end: usize) -> usize {
    while tokens.get(next).is_some_and(|token| (token.start as usize) < end) {
        next += 1;
    }
    next
}

fn sentences(content: &str, blocks: &[Block], tokens: &[Token], language: &Language) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut next = 0;
    for (index, block) in blocks.iter().enumerate() {
        if !block.kind.is_counted() {
            next = pass(tokens, next, block.range.end);
            continue;
        }
        for_each_sentence(content, block.range.clone(), language, |range| {
            let first = next;
            let mut quoted = 0;
            while let Some(token) = tokens.get(next).filter(|token| (token.start as usize) < range.end) {
                quoted += usize::from(token.voice == Voice::Quoted);
                next += 1;
            }
            if next > first {
                let voice = if quoted * 2 > next - first { Voice::Quoted } else { Voice::Author };
                sentences.push(Sentence { range, block: index, tokens: first..next, voice });
            }
        });
    }
    sentences
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn read(text: &str) -> Text {
        Text::read(text.to_owned(), &Language::english(), &mut Forms::new())
    }

    proptest! {
        #[test]
        fn every_word_has_one_sentence(text in "[A-Za-z0-9 .,?!\"“”‘’()\n\u{a0}\u{301}…-]{0,300}") {
            let read = read(&text);
            let words: Vec<&str> = text.unicode_words().collect();
            let tokens: Vec<&str> = read.tokens.iter().map(|token| &text[token.range()]).collect();
            prop_assert_eq!(&tokens, &words);
            let mut next = 0;
            for sentence in &read.sentences {
                prop_assert_eq!(sentence.tokens.start, next);
                prop_assert!(sentence.tokens.end > next);
                next = sentence.tokens.end;
                let block = &read.blocks[sentence.block];
                prop_assert!(block.range.start <= sentence.range.start);
                prop_assert!(sentence.range.end <= block.range.end);
            }
            prop_assert_eq!(next, read.tokens.len());
        }

        #[test]
        fn any_string_is_read(text in any::<String>()) {
            let policy = "uax29".parse().unwrap();
            let read = Text::read_with(text.clone(), &Language::english(), &policy, &mut Forms::new());
            prop_assert_eq!(read.tokens.len(), text.unicode_words().count());
        }
    }

    #[test]
    fn boilerplate_has_words_but_no_sentences() {
        let text = read(
            "Licence terms.\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nIt was a day like any other \
             day in the town of Penn.",
        );
        assert_eq!(text.sentences.len(), 1);
        assert_eq!(text.tokens.len(), 21);
    }
}
