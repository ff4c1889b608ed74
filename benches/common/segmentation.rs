//! From bytes to words, blocks, voices and sentences.

use std::rc::Rc;

use rhetor::text::{
    Block, Forms, blocks as blocks_of, for_each_sentence, for_each_sentence_bound, for_each_word, segments,
};
use unicode_segmentation::UnicodeSegmentation;

use super::inputs::Input;
use super::{Variant, plain, read};

/// The sum of lengths: every word is looked at. All texts are one, so that the way which `unicode_words` has
/// for texts that are ASCII from end to end is open to all of them or to none.
pub fn words(input: &Input) -> Vec<Variant<'_>> {
    let text = Rc::new(input.texts.concat());
    let same = text.clone();
    vec![
        ("unicode_words", Box::new(move || same.unicode_words().map(|word| word.len() + 1).sum())),
        (
            "rhetor",
            Box::new(move || {
                let mut sum = 0;
                for_each_word(&text, |range| sum += range.len() + 1);
                sum
            }),
        ),
    ]
}

/// The plain way knows paragraphs only.
pub fn blocks(input: &Input) -> Vec<Variant<'_>> {
    let texts = &input.texts;
    vec![
        ("paragraphs", Box::new(|| texts.iter().map(|text| plain::paragraphs(text).len()).sum())),
        ("rhetor", Box::new(|| texts.iter().map(|text| blocks_of(text, &input.language).len()).sum())),
    ]
}

/// The plain way pairs each opening mark with the next closing one.
pub fn voices(input: &Input) -> Vec<Variant<'_>> {
    let texts = &input.texts;
    let blocks = all_blocks(input);
    vec![
        ("pairs of marks", Box::new(|| texts.iter().map(|text| plain::quotations(text).len()).sum())),
        (
            "rhetor",
            Box::new(move || {
                let pairs = texts.iter().zip(blocks.clone());
                pairs.map(|(text, mut blocks)| segments(text, &mut blocks, &input.language).len()).sum()
            }),
        ),
    ]
}

/// The same sentences as the plain way has, and those of `rhetor`, in blocks that are known.
pub fn sentences(input: &Input) -> Vec<Variant<'_>> {
    let texts = &input.texts;
    let blocks = all_blocks(input);
    vec![
        (
            "unicode_sentences",
            Box::new(|| texts.iter().flat_map(|text| text.unicode_sentences()).map(|s| s.len() + 1).sum()),
        ),
        (
            "rhetor, UAX #29 alone",
            Box::new(|| {
                let mut sum = 0;
                texts.iter().for_each(|text| for_each_sentence_bound(text, |bound| sum += bound));
                sum
            }),
        ),
        (
            "rhetor",
            Box::new(move || {
                let mut sum = 0;
                for (text, blocks) in texts.iter().zip(&blocks) {
                    for block in blocks.iter().filter(|block| block.kind.is_counted()) {
                        let sentence = |range: std::ops::Range<usize>| sum += range.len() + 1;
                        for_each_sentence(text, block.range.clone(), &input.language, sentence);
                    }
                }
                sum
            }),
        ),
    ]
}

/// A text as spans. The plain way knows neither blocks nor voices.
pub fn reading(input: &Input) -> Vec<Variant<'_>> {
    vec![
        (
            "unicode_sentences, unicode_words",
            Box::new(|| {
                let sentences = input.texts.iter().flat_map(|text| text.unicode_sentences());
                sentences.map(|sentence| sentence.unicode_words().count() + 1).sum()
            }),
        ),
        ("rhetor", Box::new(|| read(input, &mut Forms::new()).iter().map(|text| text.sentences.len()).sum())),
    ]
}

fn all_blocks(input: &Input) -> Vec<Vec<Block>> {
    input.texts.iter().map(|text| blocks_of(text, &input.language)).collect()
}
