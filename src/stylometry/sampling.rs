//! Samples: a long text cut into pieces of equal length, or bags of words drawn from it.

use std::ops::Range;

use super::error::{Result, StylometryError};
use crate::random::Random;

/// How texts become samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// Each text is one sample.
    #[default]
    None,
    /// Pieces of `size` tokens, each beginning `size − overlap` after the one before; a shorter rest is
    /// left out.
    Sequential {
        /// Tokens of a sample.
        size: usize,
        /// Tokens that a sample shares with the next.
        overlap: usize,
    },
    /// `samples` bags of `size` tokens drawn from the text.
    Random {
        /// Tokens of a sample.
        size: usize,
        /// Samples of each text.
        samples: usize,
        /// Whether a token may be drawn more than once into a bag.
        replacement: bool,
        /// Seed: the same seed draws the same bags from a text, whatever other texts there are.
        seed: u64,
    },
}

/// A sample: its name and the tokens in it by their places in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The name of the text; with sampling `NAME_1`, `NAME_2` and so on.
    pub name: String,
    /// Places of its tokens, in the order they stand in the sample.
    pub tokens: Tokens,
}

/// The tokens of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// Consecutive ones.
    Run(Range<usize>),
    /// Drawn ones.
    Drawn(Vec<usize>),
}

impl Tokens {
    /// The tokens themselves.
    pub fn of<T: Copy>(&self, text: &[T]) -> Vec<T> {
        match self {
            Self::Run(range) => text.get(range.clone()).unwrap_or_default().to_vec(),
            Self::Drawn(places) => places.iter().filter_map(|place| text.get(*place).copied()).collect(),
        }
    }
}

impl Sampling {
    /// The samples of a text of `length` tokens. None if the text is too short: it is then to be reported
    /// and left out. There are ⌊(length − overlap)/(size − overlap)⌋ sequential samples.
    ///
    /// ```
    /// use rhetor::stylometry::{Sampling, Tokens};
    /// let samples = Sampling::Sequential { size: 30, overlap: 10 }.samples("Emma", 100).unwrap();
    /// assert_eq!(samples.len(), 4);
    /// assert_eq!(samples[3].name, "Emma_4");
    /// assert_eq!(samples[3].tokens, Tokens::Run(60..90));
    /// ```
    ///
    /// # Errors
    /// If a size is 0, or the overlap is not smaller than the size.
    pub fn samples(&self, name: &str, length: usize) -> Result<Vec<Sample>> {
        match *self {
            Self::None => Ok(vec![Sample { name: name.to_owned(), tokens: Tokens::Run(0..length) }]),
            Self::Sequential { size, overlap } => {
                if size <= overlap {
                    return Err(StylometryError::Option {
                        option: "sampling",
                        reason: format!(
                            "the size of a sample ({size}) must be larger than the overlap ({overlap})"
                        ),
                    });
                }
                let number = length.saturating_sub(overlap) / (size - overlap);
                Ok((0..number)
                    .map(|sample| {
                        let start = sample * (size - overlap);
                        Sample {
                            name: format!("{name}_{}", sample + 1),
                            tokens: Tokens::Run(start..start + size),
                        }
                    })
                    .collect())
            }
            Self::Random { size, samples, replacement, seed } => {
                if size == 0 || samples == 0 {
                    return Err(StylometryError::Option {
                        option: "sampling",
                        reason: "the size and the number of samples must be at least 1".to_owned(),
                    });
                }
                if length < size {
                    return Ok(Vec::new());
                }
                Ok((0..samples)
                    .map(|sample| {
                        let mut random = Random::named(seed, length.to_le_bytes(), sample as u64);
                        let places = if replacement {
                            (0..size).map(|_| random.below(length)).collect()
                        } else {
                            random.sample(length, size)
                        };
                        Sample { name: format!("{name}_{}", sample + 1), tokens: Tokens::Drawn(places) }
                    })
                    .collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn too_short_gives_none_and_bad_sizes_are_errors() {
        let sequential = |size, overlap| Sampling::Sequential { size, overlap };
        assert_eq!(sequential(30, 10).samples("a", 29).unwrap(), []);
        assert_eq!(sequential(30, 0).samples("a", 30).unwrap().len(), 1);
        assert!(sequential(10, 10).samples("a", 100).is_err());
        assert!(sequential(0, 0).samples("a", 100).is_err());
        let bags = Sampling::Random { size: 5, samples: 3, replacement: false, seed: 1 };
        assert_eq!(bags.samples("a", 4).unwrap(), []);
        assert_eq!(bags.samples("a", 5).unwrap().len(), 3);
        assert_ne!(bags.samples("a", 50).unwrap()[0], bags.samples("a", 50).unwrap()[1]);
        assert!(
            Sampling::Random { size: 0, samples: 3, replacement: false, seed: 1 }.samples("a", 4).is_err()
        );
    }

    proptest! {
        #[test]
        fn sequential_samples_lie_within_the_text(length in 0_usize..400, size in 1_usize..60, overlap in 0_usize..59) {
            prop_assume!(overlap < size);
            let samples = Sampling::Sequential { size, overlap }.samples("t", length).unwrap();
            let mut end = 0;
            for sample in &samples {
                let Tokens::Run(range) = &sample.tokens else { panic!("drawn") };
                prop_assert_eq!(range.len(), size);
                end = range.end;
            }
            // Each within, and no further one would fit.
            prop_assert!(end <= length);
            let next = if samples.is_empty() { size } else { end + size - overlap };
            prop_assert!(next > length);
        }

        #[test]
        fn bags_without_replacement_hold_a_token_once(length in 1_usize..50, seed: u64) {
            let size = length.div_ceil(2);
            for sample in (Sampling::Random { size, samples: 2, replacement: false, seed }).samples("t", length).unwrap() {
                let Tokens::Drawn(mut places) = sample.tokens else { panic!("a run") };
                places.sort_unstable();
                places.dedup();
                prop_assert_eq!(places.len(), size);
            }
        }
    }
}
