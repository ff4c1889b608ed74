//! Sums over pairs of rows, in tiles that stay in registers and blocks that stay in cache.
//!
//! A sum has the same order of additions wherever its pair stands: four lanes within a block of
//! features, then the blocks in order. So it depends neither on threads nor on the other texts.

use pulp::Arch;

const LANES: usize = 4;
/// Chunks of four features in a block: 4 kB a row.
const BLOCK: usize = 128;
/// Rows that one task compares with all others.
pub(super) const TASK: usize = 40;
const TILE: (usize, usize) = (2, 4);

/// Rows padded with zeros to whole chunks.
pub(super) struct Rows {
    chunks: Vec<[f64; LANES]>,
    width: usize,
    count: usize,
}

impl Rows {
    /// From values row by row, `features` in each, at least one row and one feature; `weights` are multiplied
    /// in if there are any.
    pub(super) fn new<'a>(
        rows: impl Iterator<Item = &'a [f64]>,
        features: usize,
        weights: Option<&[f64]>,
    ) -> Self {
        let width = features.div_ceil(LANES);
        let mut chunks = Vec::new();
        let mut count = 0;
        for row in rows {
            let start = chunks.len();
            chunks.resize(start + width, [0.0; LANES]);
            for (place, value) in row.iter().enumerate() {
                let weight = weights.map_or(1.0, |weights| weights[place]);
                chunks[start + place / LANES][place % LANES] = value * weight;
            }
            count += 1;
        }
        Self { chunks, width, count }
    }

    /// Part of a row; of the last one for numbers beyond, whose results nobody reads.
    #[inline(always)]
    fn part(&self, row: usize, block: &std::ops::Range<usize>) -> &[[f64; LANES]] {
        &self.chunks[row.min(self.count - 1) * self.width..][block.clone()]
    }
}

/// Σ step(a, b) for the rows `first..` of `a`, at most [`TASK`] of them, with each row of `b` from `from`
/// on. Row by row; the length of a row of the result is the number of rows of `b` less `from`.
pub(super) fn sums(
    a: &Rows,
    first: usize,
    b: &Rows,
    from: usize,
    step: impl Fn(f64, f64) -> f64 + Copy,
) -> Vec<f64> {
    let height = TASK.min(a.count - first);
    let length = b.count - from;
    let mut sums = vec![0.0; height * length];
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for start in (0..a.width).step_by(BLOCK) {
                let block = start..(start + BLOCK).min(a.width);
                for i in (0..height).step_by(TILE.0) {
                    let left: [_; TILE.0] = std::array::from_fn(|row| a.part(first + i + row, &block));
                    for j in (0..length).step_by(TILE.1) {
                        let right: [_; TILE.1] = std::array::from_fn(|row| b.part(from + j + row, &block));
                        let tile = tile(left, right, block.len(), step);
                        for (row, tile) in tile.iter().enumerate().take(height - i) {
                            let place = (i + row) * length + j;
                            let end = (place + TILE.1).min((i + row + 1) * length);
                            for (sum, part) in sums[place..end].iter_mut().zip(tile) {
                                *sum += part;
                            }
                        }
                    }
                }
            }
        },
    );
    sums
}

#[inline(always)]
fn tile<const A: usize, const B: usize>(
    left: [&[[f64; LANES]]; A],
    right: [&[[f64; LANES]]; B],
    chunks: usize,
    step: impl Fn(f64, f64) -> f64 + Copy,
) -> [[f64; B]; A] {
    let left = left.map(|row| &row[..chunks]);
    let right = right.map(|row| &row[..chunks]);
    let mut lanes = [[[0.0; LANES]; B]; A];
    for chunk in 0..chunks {
        for (row, lanes) in lanes.iter_mut().enumerate() {
            for (column, lanes) in lanes.iter_mut().enumerate() {
                for (lane, sum) in lanes.iter_mut().enumerate() {
                    *sum += step(left[row][chunk][lane], right[column][chunk][lane]);
                }
            }
        }
    }
    lanes.map(|row| row.map(|lane| (lane[0] + lane[1]) + (lane[2] + lane[3])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_place_of_a_pair_does_not_matter() {
        let features = 1_037;
        let values: Vec<f64> =
            (0..45 * features).map(|n| f64::from((n * 7_919) as u32 % 1_000) / 37.0).collect();
        let rows: Vec<&[f64]> = values.chunks(features).collect();
        let all = Rows::new(rows.iter().copied(), features, None);
        let absolute = |a: f64, b: f64| (a - b).abs();
        let sums_of_all = [sums(&all, 0, &all, 0, absolute), sums(&all, TASK, &all, 0, absolute)].concat();
        for (i, j) in [(0, 1), (3, 44), (44, 3), (41, 42)] {
            let pair = Rows::new([rows[i], rows[j]].into_iter(), features, None);
            assert_eq!(sums(&pair, 0, &pair, 1, absolute)[0].to_bits(), sums_of_all[i * 45 + j].to_bits());
        }
    }

    proptest! {
        #[test]
        fn as_the_obvious_loop(
            count in 1_usize..9, others in 1_usize..9, features in 1_usize..40, seed in 1_u64..1_000
        ) {
            let value = |n: usize| ((n as u64 + 1) * seed * 2_654_435_761 % 1_009) as f64 / 64.0;
            let left: Vec<f64> = (0..count * features).map(value).collect();
            let right: Vec<f64> = (0..others * features).map(|n| value(n + 5)).collect();
            let a = Rows::new(left.chunks(features), features, None);
            let b = Rows::new(right.chunks(features), features, None);
            let found = sums(&a, 0, &b, 0, |a, b| (a - b).abs());
            for i in 0..count {
                for j in 0..others {
                    let expected: f64 =
                        (0..features).map(|f| (left[i * features + f] - right[j * features + f]).abs()).sum();
                    // Multiples of 1/64: exact in any order.
                    prop_assert_eq!(found[i * others + j], expected);
                }
            }
        }
    }
}
