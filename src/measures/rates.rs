//! Rates of hits, with intervals that know that hits cluster in paragraphs.

use super::ratio::Ratio;
use crate::profile::{HitSums, Sums};

/// Hits below which a rate has no interval: the figure says little more than that there are few.
pub const FEWEST_HITS: u64 = 5;
/// Paragraphs below which an interval is marked: the spread between so few is itself uncertain.
pub const FEW_PARAGRAPHS: u64 = 20;

/// What hits are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// 1,000 words of prose in that voice.
    ThousandWords,
    /// 100 sentences in that voice.
    HundredSentences,
}

/// A rate, and an interval of 95 % where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Hits per 1,000 words or per 100 sentences.
    pub value: f64,
    /// Lower and upper bound; none below five hits, and with fewer than two paragraphs.
    pub interval: Option<(f64, f64)>,
}

/// The rate of hits of one kind, R = Σh / Σw over paragraphs; `None` without words or sentences.
///
/// The standard error is that of [`Ratio`], from sums over paragraphs of h hits and w words:
/// s² = n/(n − 1) · (Σh² − 2R·Σh·w + R²·Σw²) / (Σw)².
///
/// The interval is [`Ratio::interval`]. Simulated, it holds the truth in 93 to 97 of 100 samples from some 40 paragraphs and
/// 20 hits on, and in 91 where a strongly clustered marker is seen in ten paragraphs only, which is why fewer than
/// [`FEW_PARAGRAPHS`] are marked.
pub fn clustered_rate(sums: &Sums, kind: u16, per: Per) -> Option<Rate> {
    let hits = sums.hits.get(&kind).copied().unwrap_or_default();
    let HitSums { hits: count, squared, by_words, by_sentences } = hits;
    let (sizes, product, scale) = match per {
        Per::ThousandWords => (sums.words, by_words, 1000.0),
        Per::HundredSentences => (sums.sentences, by_sentences, 100.0),
    };
    if sizes.total == 0 {
        return None;
    }
    let size = sizes.total as f64;
    let rate = count as f64 / size;
    let value = count as f64 * scale / size;
    let interval = (count >= FEWEST_HITS && sums.paragraphs >= 2).then(|| {
        let spread = squared as f64 - 2.0 * rate * product as f64 + rate * rate * sizes.squared as f64;
        let (lower, upper) = Ratio::of_sums(rate, spread, size, sums.paragraphs).interval().ok()?;
        Some((lower * scale, upper * scale))
    });
    Some(Rate { value, interval: interval.flatten() })
}

/// Why a rate may bear no claim: `fewer_than_5_hits`, `fewer_than_20_paragraphs`, or empty.
pub fn rate_flag(sums: &Sums, kind: u16) -> &'static str {
    if sums.count(kind) < FEWEST_HITS {
        "fewer_than_5_hits"
    } else if sums.paragraphs < FEW_PARAGRAPHS {
        "fewer_than_20_paragraphs"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::profile::{Clustered, Paragraphs};
    use crate::random::Random;
    use crate::text::{Forms, Language, Text, Voice};

    /// A text of `paragraphs` of some sentences of ten words, in which each word is a hit with a chance of
    /// `per_thousand`, doubled or taken away by paragraph if `clustered`; and its hits by sentence.
    fn drawn(
        chance: &mut Random,
        paragraphs: usize,
        per_thousand: u64,
        clustered: bool,
    ) -> (String, Vec<(usize, Voice, u16)>) {
        let (mut content, mut hits, mut sentence) = (String::new(), Vec::new(), 0);
        for _ in 0..paragraphs {
            let chances = match clustered {
                true => 2 * per_thousand * chance.below(2) as u64,
                false => per_thousand,
            };
            for _ in 0..2 + chance.below(10) {
                let found = (0..10).filter(|_| (chance.below(1000) as u64) < chances).count();
                hits.extend(std::iter::repeat_n((sentence, Voice::Author, 0), found));
                let _ = write!(content, "The ten words of it stand here to be counted. ");
                sentence += 1;
            }
            content.push_str("\n\n");
        }
        (content, hits)
    }

    fn coverage(paragraphs: usize, per_thousand: u64, clustered: bool, per: Per) -> f64 {
        const DRAWS: usize = 1000;
        let (mut chance, mut forms) = (Random::new(7), Forms::new());
        let truth = per_thousand as f64;
        let held = (0..DRAWS)
            .filter(|_| {
                let (content, hits) = drawn(&mut chance, paragraphs, per_thousand, clustered);
                let text = Text::read(content, &Language::english(), &mut forms);
                let sums = Clustered::of(&Paragraphs::of(&text), hits).author;
                assert_eq!(sums.words.total, 10 * sums.sentences.total);
                let rate = clustered_rate(&sums, 0, per).unwrap();
                rate.interval.is_some_and(|(lower, upper)| (lower..=upper).contains(&truth))
            })
            .count();
        held as f64 / DRAWS as f64
    }

    /// Texts with known rates, read as any other: even hits and hits that cluster, by words and by sentences (of ten
    /// words, so that 1,000 words and 100 sentences are the same).
    #[test]
    fn intervals_hold_the_truth() {
        for (paragraphs, per_thousand, clustered, per) in [
            (40, 15, false, Per::ThousandWords),
            (40, 15, true, Per::ThousandWords),
            (60, 30, true, Per::HundredSentences),
        ] {
            let covered = coverage(paragraphs, per_thousand, clustered, per);
            assert!((0.93..=0.97).contains(&covered), "{paragraphs} {per_thousand} {clustered}: {covered}");
        }
    }

    fn sums(paragraphs: &[(u64, u64)]) -> Sums {
        let mut sums = Sums { paragraphs: paragraphs.len() as u64, ..Sums::default() };
        let mut all = HitSums::default();
        for (hits, words) in paragraphs {
            sums.words.total += words;
            sums.words.squared += u128::from(words * words);
            all.hits += hits;
            all.squared += u128::from(hits * hits);
            all.by_words += u128::from(hits * words);
        }
        sums.hits.insert(0, all);
        sums
    }

    /// The formula written out by paragraph.
    #[test]
    fn the_standard_error_of_a_ratio() {
        let paragraphs = [(2, 100), (0, 40), (3, 60), (1, 80)];
        let rate = 6.0 / 280.0;
        let spread: f64 = paragraphs.iter().map(|(h, w)| (*h as f64 - rate * *w as f64).powi(2)).sum();
        let error = (4.0 / 3.0 * spread).sqrt() / 280.0;
        // t of 3 degrees of freedom.
        let factor = (3.182_446_305_284_263 * error / rate).exp();
        let found = clustered_rate(&sums(&paragraphs), 0, Per::ThousandWords).unwrap();
        let (lower, upper) = found.interval.unwrap();
        assert!((found.value - 1000.0 * rate).abs() < 1e-12);
        assert!(
            (lower - 1000.0 * rate / factor).abs() < 1e-8 && (upper - 1000.0 * rate * factor).abs() < 1e-8
        );
    }

    #[test]
    fn few_hits_have_no_interval() {
        let rate = |paragraphs: &[(u64, u64)]| clustered_rate(&sums(paragraphs), 0, Per::ThousandWords);
        assert_eq!(rate(&[]), None);
        assert_eq!(rate(&[(0, 0)]), None);
        assert_eq!(rate(&[(0, 50), (0, 50)]), Some(Rate { value: 0.0, interval: None }));
        assert_eq!(rate(&[(9, 1000)]), Some(Rate { value: 9.0, interval: None }));
        assert_eq!(rate(&[(2, 500), (2, 500)]), Some(Rate { value: 4.0, interval: None }));
        let even = rate(&[(5, 500), (5, 500)]).unwrap();
        assert_eq!(even.interval, Some((10.0, 10.0)));
        assert_eq!(rate_flag(&sums(&[(2, 500)]), 0), "fewer_than_5_hits");
        assert_eq!(rate_flag(&sums(&[(9, 500)]), 0), "fewer_than_20_paragraphs");
    }
}
