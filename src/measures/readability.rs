//! Readability formulas, from counts that are to be printed beside every score.
//!
//! W words, S sentences, Y syllables, L letters and digits, P words of three or more syllables, G words of
//! seven or more letters, M words of one syllable, D percentage of unfamiliar words. All are undefined without
//! words or sentences; grades may be negative and are not clamped.

use super::outcome::{Flag, Outcome, Undefined};

/// What the formulas need to know of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingCounts {
    /// W.
    pub words: u64,
    /// S.
    pub sentences: u64,
    /// Y.
    pub syllables: u64,
    /// L, letters and digits; no punctuation.
    pub letters: u64,
    /// P, words of three or more syllables.
    pub polysyllables: u64,
    /// G, words of seven or more letters.
    pub long_words: u64,
    /// M, words of one syllable.
    pub monosyllables: u64,
    /// H, words of three or more syllables but for those that Gunning leaves out.
    pub hard_words: u64,
    /// Words that are not on a list of familiar words: Dale and Chall's, Spache's.
    pub unfamiliar: [u64; 2],
}

impl ReadingCounts {
    /// Adds the counts of `other` so many times.
    pub fn add_times(&mut self, other: &Self, times: u64) {
        self.words += other.words * times;
        self.sentences += other.sentences * times;
        self.syllables += other.syllables * times;
        self.letters += other.letters * times;
        self.polysyllables += other.polysyllables * times;
        self.long_words += other.long_words * times;
        self.monosyllables += other.monosyllables * times;
        self.hard_words += other.hard_words * times;
        for (sum, count) in self.unfamiliar.iter_mut().zip(other.unfamiliar) {
            *sum += count * times;
        }
    }

    /// A flag on texts of fewer than 30 sentences, for which SMOG was not normed and all formulas are
    /// unsteady.
    pub fn flag(&self) -> Option<Flag> {
        (self.sentences < 30).then_some(Flag::FewSentences)
    }

    /// Per word, and words per sentence.
    fn rates(&self) -> Result<Rates, Undefined> {
        if self.words == 0 || self.sentences == 0 {
            return Err(Undefined::Empty);
        }
        let (w, s) = (self.words as f64, self.sentences as f64);
        Ok(Rates {
            sentence: w / s,
            syllables: self.syllables as f64 / w,
            letters: self.letters as f64 / w,
            polysyllables: self.polysyllables as f64 / w,
            long: self.long_words as f64 / w,
            monosyllables: self.monosyllables as f64 / w,
        })
    }
}

struct Rates {
    sentence: f64,
    syllables: f64,
    letters: f64,
    polysyllables: f64,
    long: f64,
    monosyllables: f64,
}

/// Flesch reading ease 206.835 − 1.015·W/S − 84.6·Y/W, higher for easier texts (Flesch 1948).
pub fn flesch_reading_ease(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 206.835 - 1.015 * r.sentence - 84.6 * r.syllables)
}

/// Flesch–Kincaid grade 0.39·W/S + 11.8·Y/W − 15.59 (Kincaid et al. 1975).
pub fn flesch_kincaid_grade(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 0.39 * r.sentence + 11.8 * r.syllables - 15.59)
}

/// Gunning's Fog 0.4·(W/S + 100·P/W) with all words of three or more syllables. Gunning (1952) leaves out
/// proper names, easy compounds and words made long by -ed and -es: see [`gunning_fog_hard`].
pub fn gunning_fog(counts: &ReadingCounts) -> Outcome {
    gunning_fog_hard(counts, counts.polysyllables)
}

/// Gunning's Fog 0.4·(W/S + 100·H/W) with a count of hard words of your own (Gunning 1952).
pub fn gunning_fog_hard(counts: &ReadingCounts, hard: u64) -> Outcome {
    counts.rates().map(|r| 0.4 * (r.sentence + 100.0 * (hard as f64 / counts.words as f64)))
}

/// SMOG 3.1291 + 1.0430·√(30·P/S) (McLaughlin 1969), normed on 30 sentences.
pub fn smog(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 3.1291 + 1.043 * (30.0 * r.polysyllables * r.sentence).sqrt())
}

/// Automated readability index 4.71·L/W + 0.5·W/S − 21.43 (Smith & Senter 1967).
pub fn automated_readability_index(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 4.71 * r.letters + 0.5 * r.sentence - 21.43)
}

/// Coleman–Liau grade with rounded constants, 0.0588·(100·L/W) − 0.296·(100·S/W) − 15.8
/// (Coleman & Liau 1975).
pub fn coleman_liau(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 0.0588 * (100.0 * r.letters) - 0.296 * (100.0 / r.sentence) - 15.8)
}

/// Coleman–Liau estimated cloze percentage 141.8401 − 0.21459·(100·L/W) + 1.079812·(100·S/W), higher for
/// easier texts (Coleman & Liau 1975).
pub fn coleman_liau_cloze(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 141.8401 - 0.21459 * (100.0 * r.letters) + 1.079_812 * (100.0 / r.sentence))
}

/// Coleman–Liau grade from the cloze percentage, 23.06395 − 0.274004·ECP (Coleman & Liau 1975).
pub fn coleman_liau_cloze_grade(counts: &ReadingCounts) -> Outcome {
    coleman_liau_cloze(counts).map(|cloze| 23.06395 - 0.274_004 * cloze)
}

/// LIX W/S + 100·G/W (Björnsson 1968).
pub fn lix(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| r.sentence + 100.0 * r.long)
}

/// RIX G/S (Anderson 1983).
pub fn rix(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|_| counts.long_words as f64 / counts.sentences as f64)
}

/// FORCAST 20 − 15·M/W, of the whole text in place of samples of 150 words (Caylor & Sticht 1973).
pub fn forcast(counts: &ReadingCounts) -> Outcome {
    counts.rates().map(|r| 20.0 - 15.0 * r.monosyllables)
}

/// Linsear Write: r = (easy + 3·hard)/S, halved if above 20, else (r − 2)/2; hard words have three or more
/// syllables. The form in common use, of unclear source, of the whole text in place of samples of 100 words.
pub fn linsear_write(counts: &ReadingCounts) -> Outcome {
    counts.rates()?;
    let easy = counts.words.saturating_sub(counts.polysyllables);
    let points = u128::from(easy) + 3 * u128::from(counts.polysyllables);
    let r = points as f64 / counts.sentences as f64;
    Ok(if points > 20 * u128::from(counts.sentences) { r / 2.0 } else { (r - 2.0) / 2.0 })
}

/// Dale–Chall 0.1579·D + 0.0496·W/S, plus 3.6365 if D is above 5 (Dale & Chall 1948), for a count of words
/// that are not on their list.
pub fn dale_chall(counts: &ReadingCounts, unfamiliar: u64) -> Outcome {
    let rates = counts.rates()?;
    let percent = 100.0 * unfamiliar as f64 / counts.words as f64;
    let above = 20 * u128::from(unfamiliar) > u128::from(counts.words);
    Ok(0.1579 * percent + 0.0496 * rates.sentence + if above { 3.6365 } else { 0.0 })
}

/// New Dale–Chall cloze score 64 − 0.95·D − 0.69·W/S, higher for easier texts (Chall & Dale 1995).
pub fn dale_chall_cloze(counts: &ReadingCounts, unfamiliar: u64) -> Outcome {
    let rates = counts.rates()?;
    Ok(64.0 - 0.95 * (100.0 * unfamiliar as f64 / counts.words as f64) - 0.69 * rates.sentence)
}

/// Spache 0.141·W/S + 0.086·D + 0.839 (Spache 1953), for a count of words that are not on the list.
pub fn spache_1953(counts: &ReadingCounts, unfamiliar: u64) -> Outcome {
    let rates = counts.rates()?;
    Ok(0.141 * rates.sentence + 0.086 * (100.0 * unfamiliar as f64 / counts.words as f64) + 0.839)
}

/// Spache, revised, 0.121·W/S + 0.082·D + 0.659 (Spache 1974); each unfamiliar word counts once, however often
/// it occurs.
pub fn spache_1974(counts: &ReadingCounts, unfamiliar_types: u64) -> Outcome {
    let rates = counts.rates()?;
    Ok(0.121 * rates.sentence + 0.082 * (100.0 * unfamiliar_types as f64 / counts.words as f64) + 0.659)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn round_counts_by_hand() {
        let counts = ReadingCounts {
            words: 100,
            sentences: 5,
            syllables: 150,
            letters: 450,
            polysyllables: 10,
            long_words: 20,
            monosyllables: 60,
            ..ReadingCounts::default()
        };
        let cases: [(Outcome, f64); 12] = [
            (flesch_reading_ease(&counts), 206.835 - 20.3 - 126.9),
            (flesch_kincaid_grade(&counts), 7.8 + 17.7 - 15.59),
            (gunning_fog(&counts), 12.0),
            (smog(&counts), 3.1291 + 1.043 * 60.0_f64.sqrt()),
            (automated_readability_index(&counts), 21.195 + 10.0 - 21.43),
            (coleman_liau(&counts), 26.46 - 1.48 - 15.8),
            (lix(&counts), 40.0),
            (rix(&counts), 4.0),
            (forcast(&counts), 11.0),
            (linsear_write(&counts), 12.0),
            // Five per cent is not above five.
            (dale_chall(&counts, 5), 0.7895 + 0.992),
            (dale_chall(&counts, 6), 0.9474 + 0.992 + 3.6365),
        ];
        for (index, (found, expected)) in cases.into_iter().enumerate() {
            assert!(close(found.unwrap(), expected, 1e-12), "{index}");
        }
        assert_eq!(smog(&ReadingCounts::default()), Err(Undefined::Empty));
        assert_eq!(counts.flag(), Some(Flag::FewSentences));
    }
}
