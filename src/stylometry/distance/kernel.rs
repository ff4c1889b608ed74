//! Sums over pairs of rows, in tiles that stay in registers and blocks that stay in cache.
//!
//! A sum has the same order of additions wherever its pair stands: the features of a block in their order, then
//! the blocks. So it depends neither on threads nor on the other texts.

use pulp::{Arch, Simd, WithSimd};

/// Rows that one task compares with all others; a multiple of both sides of a tile.
pub(super) const TASK: usize = 40;
/// Rows of a tile on the left, and on the right: the right ones lie side by side in vectors.
const LEFT: usize = 4;
const RIGHT: usize = 8;
/// Features in a block: 4 kB a row.
const BLOCK: usize = 512;

/// Rows, and the same rows in panels of eight: of each feature the values of eight rows together.
pub(super) struct Rows {
    values: Vec<f64>,
    panels: Vec<[f64; RIGHT]>,
    features: usize,
    count: usize,
}

impl Rows {
    /// From values row by row, `features` in each, at least one row; `weights` are multiplied in if there are any.
    pub(super) fn new<'a>(
        rows: impl Iterator<Item = &'a [f64]>,
        features: usize,
        weights: Option<&[f64]>,
    ) -> Self {
        let (mut values, mut panels) = (Vec::new(), Vec::new());
        let mut count = 0;
        for row in rows {
            let start = count / RIGHT * features;
            panels.resize(start + features, [0.0; RIGHT]);
            for (place, value) in row.iter().enumerate() {
                let value = weights.map_or(*value, |weights| weights[place] * value);
                values.push(value);
                panels[start + place][count % RIGHT] = value;
            }
            count += 1;
        }
        Self { values, panels, features, count }
    }

    /// Part of a row; of the last one for numbers beyond, whose results nobody reads.
    #[inline(always)]
    fn part(&self, row: usize, block: &std::ops::Range<usize>) -> &[f64] {
        &self.values[row.min(self.count - 1) * self.features..][block.clone()]
    }
}

/// Σ step(a, b) for the rows `first..` of `a`, at most [`TASK`] of them, with each row of `b` from `from` on, a
/// multiple of [`TASK`]. Row by row; the length of a row of the result is the number of rows of `b` less `from`.
pub(super) fn sums(
    a: &Rows,
    first: usize,
    b: &Rows,
    from: usize,
    step: impl Fn(f64, f64) -> f64 + Copy,
) -> Vec<f64> {
    let mut sums = vec![0.0; TASK.min(a.count - first) * (b.count - from)];
    Arch::new().dispatch(Blocks { a, first, b, from, step, sums: &mut sums });
    sums
}

/// The loops over blocks and tiles. A type and no closure, as closures are not compiled for the processor at hand.
struct Blocks<'a, S> {
    a: &'a Rows,
    first: usize,
    b: &'a Rows,
    from: usize,
    step: S,
    sums: &'a mut [f64],
}

impl<S: Fn(f64, f64) -> f64 + Copy> WithSimd for Blocks<'_, S> {
    type Output = ();

    #[inline(always)]
    fn with_simd<I: Simd>(self, _: I) {
        let Self { a, first, b, from, step, sums } = self;
        let height = TASK.min(a.count - first);
        let length = b.count - from;
        for start in (0..a.features).step_by(BLOCK) {
            let block = start..(start + BLOCK).min(a.features);
            for j in (0..length).step_by(RIGHT) {
                let panel = &b.panels[(from + j) / RIGHT * b.features..][block.clone()];
                for i in (0..height).step_by(LEFT) {
                    let i_of = first + i;
                    let left = [
                        a.part(i_of, &block),
                        a.part(i_of + 1, &block),
                        a.part(i_of + 2, &block),
                        a.part(i_of + 3, &block),
                    ];
                    let tile = tile(left, panel, step);
                    for (row, tile) in tile.iter().enumerate().take(height - i) {
                        let place = (i + row) * length + j;
                        let end = (place + RIGHT).min((i + row + 1) * length);
                        for (sum, part) in sums[place..end].iter_mut().zip(tile) {
                            *sum += part;
                        }
                    }
                }
            }
        }
    }
}

#[inline(always)]
fn tile(
    left: [&[f64]; LEFT],
    panel: &[[f64; RIGHT]],
    step: impl Fn(f64, f64) -> f64 + Copy,
) -> [[f64; RIGHT]; LEFT] {
    let features = panel.len();
    let left = [&left[0][..features], &left[1][..features], &left[2][..features], &left[3][..features]];
    let mut sums = [[0.0; RIGHT]; LEFT];
    for (feature, column) in panel.iter().enumerate() {
        for row in 0..LEFT {
            let value = left[row][feature];
            for lane in 0..RIGHT {
                sums[row][lane] += step(value, column[lane]);
            }
        }
    }
    sums
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
            assert_eq!(sums(&pair, 0, &pair, 0, absolute)[1].to_bits(), sums_of_all[i * 45 + j].to_bits());
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
