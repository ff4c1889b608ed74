//! Random numbers that are the same on every machine and for every number of threads.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers, named by a seed, a purpose and a number.
///
/// Each text, replicate or iteration has its own stream, named by what it holds: neither the order in which they are
/// computed nor the order and names of the texts change anything.
#[derive(Clone, Debug)]
pub struct Random(ChaCha12Rng);

impl Random {
    /// The stream of a seed for `purpose` (such as the key of a text) and the `number` of a repetition.
    pub fn new(seed: u64, purpose: impl AsRef<[u8]>, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(&number.to_le_bytes());
        hasher.update(purpose.as_ref());
        Self(ChaCha12Rng::from_seed(*hasher.finalize().as_bytes()))
    }

    /// A number from 0 up to and without `bound`, each with the same chance; 0 if `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        let bound = bound as u64;
        loop {
            let number = self.0.next_u64();
            // The last, incomplete run of `bound` numbers would favour small ones; far from it nothing is divided.
            if number < u64::MAX - bound || number < u64::MAX - u64::MAX % bound {
                return (number % bound) as usize;
            }
        }
    }

    /// Puts a slice in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
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
            let mut random = Random::new(seed, purpose, number);
            (0..8).map(|_| random.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "a", 0), draw(1, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(2, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "b", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "a", 1));
    }

    #[test]
    fn samples_are_fair_and_without_repetition() {
        let mut hits = [0; 10];
        for number in 0..10_000 {
            let sample = Random::new(7, "fair", number).sample(10, 3);
            assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
            for item in sample {
                hits[item] += 1;
            }
        }
        // 3,000 expected, standard deviation 46.
        assert!(hits.iter().all(|count| (2_750..3_250).contains(count)), "{hits:?}");
        assert_eq!(Random::new(1, "", 0).sample(3, 9), [0, 1, 2]);
        assert_eq!(Random::new(1, "", 0).below(0), 0);
    }
}
