//! Arrays of numbers that are too large for the caches.

use std::ops::{Deref, DerefMut};

use memmap2::MmapMut;

/// From this size on, in bytes, large pages are asked for.
const LARGE: usize = 4 << 20;

/// Numbers, all zero at first. Many of them lie in large pages where the system has such, as numpy's do: a walk down
/// the columns of a matrix of 100 MB takes half the time then.
pub(crate) enum Numbers {
    Few(Vec<f64>),
    Many(MmapMut),
}

impl Numbers {
    /// So many zeros.
    pub fn zeros(count: usize) -> Self {
        let bytes = count.saturating_mul(size_of::<f64>());
        match (bytes >= LARGE).then(|| MmapMut::map_anon(bytes)) {
            Some(Ok(map)) => {
                // It is advice: where it is not taken, all goes on as before.
                #[cfg(target_os = "linux")]
                let _ = map.advise(memmap2::Advice::HugePage);
                Self::Many(map)
            }
            _ => Self::Few(vec![0.0; count]),
        }
    }

    /// What a function makes of each number.
    pub fn of(numbers: &[f64], made: impl Fn(f64) -> f64) -> Self {
        let mut all = Self::zeros(numbers.len());
        for (to, from) in all.iter_mut().zip(numbers) {
            *to = made(*from);
        }
        all
    }
}

impl Deref for Numbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        match self {
            Self::Few(numbers) => numbers,
            Self::Many(map) => bytemuck::cast_slice(map),
        }
    }
}

impl DerefMut for Numbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        match self {
            Self::Few(numbers) => numbers,
            Self::Many(map) => bytemuck::cast_slice_mut(map),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many() {
        for count in [0, 1, 1_000, LARGE / size_of::<f64>() + 1] {
            let mut numbers = Numbers::zeros(count);
            assert_eq!(numbers.len(), count);
            assert!(numbers.iter().all(|number| *number == 0.0));
            numbers.fill(2.0);
            assert_eq!(Numbers::of(&numbers, |number| number / 4.0).iter().sum::<f64>(), count as f64 / 2.0);
            assert_eq!(matches!(numbers, Numbers::Many(_)), count * size_of::<f64>() >= LARGE);
        }
    }
}
