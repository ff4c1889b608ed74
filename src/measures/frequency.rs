//! Frequency of a word: per million words, and on Zipf's scale.

use super::outcome::{Outcome, Undefined};

/// Occurrences per million words, 10⁶·f/N. Undefined without words.
pub fn per_million(count: u64, tokens: u64) -> Outcome {
    if tokens == 0 { Err(Undefined::Empty) } else { Ok(count as f64 * 1e6 / tokens as f64) }
}

/// Zipf value log₁₀(10⁶·f/N) + 3: about 1 for very rare to 7 for very frequent words (van Heuven et al.
/// 2014). Undefined if the word does not occur.
pub fn zipf_value(count: u64, tokens: u64) -> Outcome {
    let rate = per_million(count, tokens)?;
    if count == 0 { Err(Undefined::Absent) } else { Ok(rate.log10() + 3.0) }
}

/// Zipf value with one added to the count, so that it is defined for a word that does not occur:
/// log₁₀(10⁹·(f + 1)/(N + V)) for V types (van Heuven et al. 2014).
pub fn zipf_value_smoothed(count: u64, tokens: u64, types: u64) -> Outcome {
    if tokens == 0 {
        return Err(Undefined::Empty);
    }
    Ok(((count as f64 + 1.0) * 1e9 / (tokens as f64 + types as f64)).log10())
}

#[cfg(test)]
mod tests {
    use super::super::outcome::close;
    use super::*;

    #[test]
    fn once_in_a_million_is_three() {
        assert_eq!(zipf_value(1, 1_000_000), Ok(3.0));
        assert!(close(zipf_value(1000, 1_000_000).unwrap(), 6.0, 1e-15));
        assert_eq!(zipf_value(0, 10), Err(Undefined::Absent));
        assert_eq!(per_million(0, 0), Err(Undefined::Empty));
        assert!(zipf_value_smoothed(0, 10, 5).unwrap().is_finite());
    }
}
