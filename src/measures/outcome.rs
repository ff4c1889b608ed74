//! What a measure gives: a number, or the reason why there is none; and flags on numbers that bear no claim.

/// Why a measure is not defined. Never shown as 0 or infinity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Undefined {
    /// There is no word, sentence or value to compute from.
    Empty,
    /// There are fewer words, values or parts than the formula needs.
    TooFew,
    /// All words are different, and the formula divides by repetition.
    AllDifferent,
    /// No word occurs exactly twice.
    NoDisLegomenon,
    /// Every word occurs once, and the formula divides by the others.
    OnlyHapaxes,
    /// A logarithm of the formula is taken of a number that is too small.
    LogarithmUndefined,
    /// No factor was completed; the true value is at least this.
    NoFactor {
        /// Number of tokens, which the measure cannot be below.
        at_least: u64,
    },
    /// A cell that the formula divides by, or takes the logarithm of, is 0.
    ZeroCell,
    /// The item does not occur in either text.
    Absent,
    /// The counts contradict one another, as a joint count above its margins.
    Inconsistent,
    /// All values are equal, and the formula divides by their spread.
    NoSpread,
    /// The best fit lies at no finite value.
    NoFit,
    /// No rule of syllables is known for the language of the text.
    NoSyllableRule,
    /// No list of familiar words was given, or the text is not in English.
    NoWordList,
}

impl Undefined {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooFew => "too_few",
            Self::AllDifferent => "all_different",
            Self::NoDisLegomenon => "no_word_occurs_twice",
            Self::OnlyHapaxes => "only_hapaxes",
            Self::LogarithmUndefined => "logarithm_undefined",
            Self::NoFactor { .. } => "no_factor",
            Self::ZeroCell => "zero_cell",
            Self::Absent => "absent",
            Self::Inconsistent => "inconsistent_counts",
            Self::NoSpread => "no_spread",
            Self::NoFit => "no_fit",
            Self::NoSyllableRule => "no_syllable_rule",
            Self::NoWordList => "no_word_list",
        }
    }
}

/// A number, or the reason why there is none. The number is finite.
pub type Outcome = Result<f64, Undefined>;

/// `value` if it is finite, else the reason.
pub(crate) fn finite(value: f64, reason: Undefined) -> Outcome {
    if value.is_finite() { Ok(value) } else { Err(reason) }
}

/// Why a defined number may bear no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Fewer than 100 words.
    FewWords,
    /// Fewer than 30 sentences.
    FewSentences,
    /// An expected count below 5, where χ² and G² are poor approximations.
    SmallExpectation,
    /// Fewer occurrences than parts: dispersion then follows frequency.
    FewerThanParts,
}

impl Flag {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::FewWords => "n_lt_100",
            Self::FewSentences => "fewer_than_30_sentences",
            Self::SmallExpectation => "expected_lt_5",
            Self::FewerThanParts => "fewer_than_parts",
        }
    }
}

#[cfg(test)]
pub(crate) fn close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs().max(1e-300) || found == expected
}
