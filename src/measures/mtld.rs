//! Lexical diversity by factors, stretches of the text in which the type–token ratio falls to a threshold: MTLD
//! and MTLD-MA.
//!
//! All counts and comparisons are of integers: a ratio can equal 0.72 exactly, as 18/25 does.

use super::first_factors::first_factors;
use super::outcome::{Outcome, Undefined};
use super::sequence::{Marks, Sequence};

/// When MTLD ends a factor: a threshold as a ratio of integers, the comparison, a least length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorRule {
    /// The threshold θ as numerator and denominator.
    pub threshold: (u16, u16),
    /// Whether a ratio equal to θ ends a factor (`<=`), as in lexicalrichness; else it must be below (`<`).
    pub at_threshold: bool,
    /// Fewest tokens of a factor: 1 for none, 10 in lexical-diversity and taaled.
    pub shortest: usize,
}

impl Default for FactorRule {
    /// `<` 0.72, no least length: the original.
    fn default() -> Self {
        Self { threshold: (72, 100), at_threshold: false, shortest: 1 }
    }
}

impl FactorRule {
    /// What a walk adds to its balance θ·n − t, in whole numbers, at a new word and at one it has met.
    pub(super) fn steps(self) -> (i64, i64) {
        let (numerator, denominator) = (i64::from(self.threshold.0), i64::from(self.threshold.1));
        (numerator - denominator, numerator)
    }

    /// The balance above which a factor ends.
    pub(super) fn above(self) -> i64 {
        if self.at_threshold { -1 } else { 0 }
    }

    fn is_sound(self) -> bool {
        0 < self.threshold.0 && self.threshold.0 < self.threshold.1
    }
}

/// MTLD: N over the number of factors, forwards and backwards, and the mean of the two quotients
/// (McCarthy 2005; McCarthy & Jarvis 2010). What is left at the end counts (1 − r)/(1 − θ) of a factor; a last
/// token that completes a factor makes one whole factor. Undefined if all words
/// are different: no factor has begun to fill, and the value is at least N.
pub fn mtld(sequence: &Sequence, rule: FactorRule) -> Outcome {
    let tokens = sequence.tokens();
    if tokens.is_empty() || !rule.is_sound() {
        return Err(Undefined::Empty);
    }
    let mut seen = Marks::new(sequence.types());
    let forwards = factors(tokens.iter(), &mut seen, rule);
    let backwards = factors(tokens.iter().rev(), &mut seen, rule);
    if forwards <= 0.0 || backwards <= 0.0 {
        return Err(Undefined::NoFactor { at_least: tokens.len() as u64 });
    }
    let n = tokens.len() as f64;
    Ok(f64::midpoint(n / forwards, n / backwards))
}

fn factors<'a>(tokens: impl Iterator<Item = &'a u32>, seen: &mut Marks, rule: FactorRule) -> f64 {
    let (at_new, at_met) = rule.steps();
    let (above, shortest) = (rule.above(), rule.shortest as u64);
    let (mut whole, mut length, mut types, mut balance) = (0_u64, 0_u64, 0_u64, 0_i64);
    seen.clear();
    for token in tokens {
        length += 1;
        let is_new = seen.is_new(*token);
        types += u64::from(is_new);
        balance += if is_new { at_new } else { at_met };
        if balance > above && length >= shortest {
            whole += 1;
            (length, types, balance) = (0, 0, 0);
            seen.clear();
        }
    }
    // (1 − t/n) / (1 − θ), with integers multiplied out.
    let (numerator, denominator) = (f64::from(rule.threshold.0), f64::from(rule.threshold.1));
    let rest = if length == 0 {
        0.0
    } else {
        (length - types) as f64 * denominator / (length as f64 * (denominator - numerator))
    };
    whole as f64 + rest
}

/// MTLD-MA, read as a circle (MTLD-W): the mean length of the factor that begins at each word, where the text
/// goes on with its beginning, so that all N factors complete (in a text without repetition by wrapping alone).
/// Undefined without words.
///
/// Takes at most N·log N steps or a fixed number of steps for each word.
pub fn mtld_ma_wrap(sequence: &Sequence, rule: FactorRule) -> Outcome {
    if sequence.tokens().is_empty() || !rule.is_sound() {
        return Err(Undefined::Empty);
    }
    Ok(mean(&first_factors(sequence, rule, true)))
}

/// MTLD-MA without wrapping: the mean length of the factors that begin at each word and complete before the
/// text ends. Undefined if none does.
pub fn mtld_ma(sequence: &Sequence, rule: FactorRule) -> Outcome {
    if sequence.tokens().is_empty() || !rule.is_sound() {
        return Err(Undefined::Empty);
    }
    let lengths = first_factors(sequence, rule, false);
    if lengths.is_empty() {
        return Err(Undefined::NoFactor { at_least: sequence.tokens().len() as u64 });
    }
    Ok(mean(&lengths))
}

fn mean(lengths: &[u64]) -> f64 {
    lengths.iter().map(|length| u128::from(*length)).sum::<u128>() as f64 / lengths.len() as f64
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn factors_at_the_edges() {
        let unique = Sequence::new(0..10);
        assert_eq!(mtld(&unique, FactorRule::default()), Err(Undefined::NoFactor { at_least: 10 }));
        assert_eq!(mtld(&Sequence::default(), FactorRule::default()), Err(Undefined::Empty));
        // Ten times the same word: five factors of two words.
        assert_eq!(mtld(&Sequence::new([7; 10]), FactorRule::default()), Ok(2.0));
    }

    #[test]
    fn a_ratio_equal_to_the_threshold() {
        // 18 types among 25 words is 0.72: the comparison decides, but the rest of a factor is a whole one.
        let words: Vec<u32> = (0..18).chain([0; 7]).collect();
        let sequence = Sequence::new(words);
        let at = FactorRule { at_threshold: true, ..FactorRule::default() };
        for rule in [at, FactorRule::default()] {
            assert!(close(factors(sequence.tokens().iter(), &mut Marks::new(18), rule), 1.0, 1e-15));
        }
        assert_eq!(first_factors(&sequence, at, false)[0], 25);
        assert_eq!(first_factors(&sequence, FactorRule::default(), false).len(), 20);
        assert_eq!(first_factors(&sequence, FactorRule::default(), true)[0], 26);
    }
}
