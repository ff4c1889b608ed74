//! Random numbers that are the same on every machine and for every number of threads.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Random(ChaCha8Rng);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// The stream of a seed for `purpose` (such as the key of a text) and the `number` of a repetition.
    ///
    /// Each text, replicate or iteration has its own, named by what it holds: neither the order in which they are
    /// computed nor the order and names of the texts change anything.
    pub fn named(seed: u64, purpose: impl AsRef<[u8]>, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(&number.to_le_bytes());
        hasher.update(purpose.as_ref());
        Self(ChaCha8Rng::from_seed(*hasher.finalize().as_bytes()))
    }

    /// A number from 0 up to and without `bound`, each with the same chance (Lemire 2019); 0 if `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let product = |random: &mut Self| u128::from(random.0.next_u64()) * u128::from(bound);
        let mut drawn = product(self);
        // The high half of a product is refused where it would favour some numbers.
        if (drawn as u64) < bound {
            let refused = bound.wrapping_neg() % bound;
            while (drawn as u64) < refused {
                drawn = product(self);
            }
        }
        (drawn >> 64) as usize
    }

    /// As [`Random::below`] for small bounds, from half as many random bits.
    fn below_small(&mut self, bound: u32) -> u32 {
        let product = |random: &mut Self| u64::from(random.0.next_u32()) * u64::from(bound);
        let mut drawn = product(self);
        if (drawn as u32) < bound {
            let refused = bound.wrapping_neg() % bound;
            while (drawn as u32) < refused {
                drawn = product(self);
            }
        }
        (drawn >> 32) as u32
    }

    /// Puts a slice of fewer than 2³² items in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below_small(last as u32 + 1) as usize);
        }
    }

    /// `count` different numbers below `bound`, ascending; all of them if `count` is larger.
    pub fn sample(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..bound).collect();
        let count = count.min(bound);
        for place in 0..count {
            let other = place + self.below(bound - place);
            all.swap(place, other);
        }
        // Ascending by marks, as a share of all is faster marked than sorted.
        let mut drawn = vec![false; bound];
        all[..count].iter().for_each(|place| drawn[*place] = true);
        (0..bound).filter(|place| drawn[*place]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_independent_and_repeat() {
        let draw = |seed, purpose, number| {
            let mut random = Random::named(seed, purpose, number);
            (0..8).map(|_| random.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "a", 0), draw(1, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(2, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "b", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "a", 1));
    }

    #[test]
    fn numbers_are_even() {
        let mut random = Random::new(7);
        let first: Vec<usize> = (0..5).map(|_| random.below(1000)).collect();
        let mut again = Random::new(7);
        assert_eq!(first, (0..5).map(|_| again.below(1000)).collect::<Vec<_>>());
        let (mut bins, mut small) = ([0_u32; 6], [0_u32; 6]);
        for _ in 0..60_000 {
            bins[random.below(6)] += 1;
            small[random.below_small(6) as usize] += 1;
        }
        // Five standard deviations of a binomial of 60,000 and 1/6.
        assert!(bins.iter().chain(&small).all(|bin| bin.abs_diff(10_000) < 457), "{bins:?} {small:?}");
    }

    #[test]
    fn samples_are_fair_and_without_repetition() {
        let mut hits = [0; 10];
        for number in 0..10_000 {
            let sample = Random::named(7, "fair", number).sample(10, 3);
            assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
            for item in sample {
                hits[item] += 1;
            }
        }
        // 3,000 expected, standard deviation 46.
        assert!(hits.iter().all(|count| (2_750..3_250).contains(count)), "{hits:?}");
        assert_eq!(Random::new(1).sample(3, 9), [0, 1, 2]);
        assert_eq!(Random::new(1).below(0), 0);
    }
}
