//! What tests of measures share.

use super::resample::Bootstrap;
use super::{Passage, SentenceCounts, Sequence};
use crate::measures::readability::ReadingCounts;
use crate::profile::Histogram;
use crate::random::Random;

/// A passage for which every measure but those of long texts is defined.
pub(crate) fn full() -> Passage {
    let sequence = Sequence::new((0..400_u32).map(|at| at * at % 101).chain([500, 500]));
    let sentence_words: Vec<u32> = (0..40).map(|at| 5 + at * 7 % 11).collect();
    let mut passage = Passage {
        spectrum: sequence.spectrum(),
        sequence,
        prose_words: 400,
        paragraphs: 12,
        words_of_text: 402,
        quoted_words: 40,
        paragraph_lengths: (0..12).map(|at| (30 + at * 5 % 7, 3)).collect(),
        has_syllables: true,
        has_list: [true, true],
        unfamiliar_types: 9,
        ..Passage::default()
    };
    passage.word_characters = Histogram::default();
    (0..402).for_each(|at| passage.word_characters.add(1 + at * at % 9));
    for words in &sentence_words {
        passage.sentence_lengths.add(*words);
        let words = u64::from(*words);
        let reading = ReadingCounts {
            words,
            sentences: 1,
            syllables: words + words / 2,
            letters: words * 4,
            polysyllables: words / 5,
            long_words: words / 4,
            monosyllables: words / 2,
            hard_words: words / 6,
            unfamiliar: [words / 7, words / 8],
        };
        let mut sentence = SentenceCounts { reading, characters: words * 6, ..SentenceCounts::default() };
        sentence.marks.add(", . ; : ? ! -- ( \" ...");
        passage.sums += &sentence;
        passage.sentences.push(sentence);
    }
    passage.sentence_words = sentence_words;
    passage
}

/// Seeds of simulated samples: what holds for one may be luck.
pub(crate) const SEEDS: [u64; 2] = [42, 7];

/// Share of intervals that hold the truth, over so many simulated samples, each with resamples of its own.
pub(crate) fn share_held(
    seed: u64,
    samples: u32,
    truth: f64,
    sample: impl Fn(&mut Random, Bootstrap) -> Option<(f64, f64)>,
) -> f64 {
    let mut random = Random::new(seed);
    let held = (0..samples)
        .filter(|seed| {
            let bootstrap = Bootstrap { draws: 400, seed: u64::from(*seed), ..Bootstrap::default() };
            sample(&mut random, bootstrap).is_some_and(|(low, high)| (low..=high).contains(&truth))
        })
        .count();
    held as f64 / f64::from(samples)
}
