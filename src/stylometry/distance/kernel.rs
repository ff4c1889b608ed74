//! Sums over pairs of rows, in tiles that stay in registers and blocks that stay in cache.
//!
//! A sum has the same order of additions wherever its pair stands: the features of a block in their order, then
//! the blocks. So it depends neither on threads nor on the other texts. Nor does it depend on the processor: vectors
//! hold different pairs, never parts of one sum, and a multiplication is either fused with its addition on every
//! processor ([`f64::mul_add`], in software where there is no instruction for it) or on none.

use pulp::{Arch, Simd, WithSimd};

/// Rows that one task compares with all others; a multiple of both sides of a tile.
pub(super) const TASK: usize = 40;
/// Rows of a tile on the left, and on the right: the right ones lie side by side in vectors.
const LEFT: usize = 4;
const RIGHT: usize = 8;
/// So few rows on the left are not worth a layout.
pub(super) const FEW: usize = 2;
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
    /// From the values of so many rows, one row after the other; at least one row.
    pub(super) fn new(values: Vec<f64>, count: usize) -> Self {
        let features = values.len() / count.max(1);
        let mut panels = Vec::with_capacity(count.div_ceil(RIGHT) * features);
        for group in values.chunks(RIGHT * features.max(1)) {
            let mut lanes: [&[f64]; RIGHT] = [&[]; RIGHT];
            for (lane, row) in lanes.iter_mut().zip(group.chunks_exact(features)) {
                *lane = row;
            }
            panels
                .extend((0..features).map(|place| lanes.map(|lane| lane.get(place).copied().unwrap_or(0.0))));
        }
        Self { values, panels, features, count }
    }

    /// Part of a row; of the last one for numbers beyond, whose results nobody reads.
    #[inline(always)]
    fn part(&self, row: usize, block: &std::ops::Range<usize>) -> &[f64] {
        &self.values[row.min(self.count - 1) * self.features..][block.clone()]
    }
}

/// The sum that `step` makes of every a and b, from 0, for the rows `first..` of `a`, at most [`TASK`] of them, with each row of `b` from `from` on, a
/// multiple of [`TASK`]. Row by row; the length of a row of the result is the number of rows of `b` less `from`.
pub(super) fn sums(
    a: &Rows,
    first: usize,
    b: &Rows,
    from: usize,
    step: impl Fn(f64, f64, f64) -> f64 + Copy,
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

impl<S: Fn(f64, f64, f64) -> f64 + Copy> WithSimd for Blocks<'_, S> {
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

/// The sums that [`sums`] makes, for a few rows: of `a` with each of `rows`, without a layout of their own. Four rows
/// at a time, as each addition waits for the one before it in its row.
pub(super) fn few(a: &[f64], rows: &[&[f64]], step: impl Fn(f64, f64, f64) -> f64 + Copy) -> Vec<f64> {
    let mut sums = vec![0.0; rows.len()];
    Arch::new().dispatch(Few { a, rows, step, sums: &mut sums });
    sums
}

struct Few<'a, S> {
    a: &'a [f64],
    rows: &'a [&'a [f64]],
    step: S,
    sums: &'a mut [f64],
}

impl<S: Fn(f64, f64, f64) -> f64 + Copy> WithSimd for Few<'_, S> {
    type Output = ();

    #[inline(always)]
    fn with_simd<I: Simd>(self, _: I) {
        let Self { a, rows, step, sums } = self;
        for start in (0..a.len()).step_by(BLOCK) {
            let block = start..(start + BLOCK).min(a.len());
            let left = &a[block.clone()];
            for (rows, sums) in rows.chunks(LEFT).zip(sums.chunks_mut(LEFT)) {
                let last = rows.len() - 1;
                let part = |row: usize| &rows[row.min(last)][block.clone()][..left.len()];
                let parts = [part(0), part(1), part(2), part(3)];
                let mut found = [0.0; LEFT];
                for (feature, value) in left.iter().enumerate() {
                    for row in 0..LEFT {
                        found[row] = step(found[row], *value, parts[row][feature]);
                    }
                }
                for (sum, found) in sums.iter_mut().zip(found) {
                    *sum += found;
                }
            }
        }
    }
}

#[inline(always)]
fn tile(
    left: [&[f64]; LEFT],
    panel: &[[f64; RIGHT]],
    step: impl Fn(f64, f64, f64) -> f64 + Copy,
) -> [[f64; RIGHT]; LEFT] {
    let features = panel.len();
    let left = [&left[0][..features], &left[1][..features], &left[2][..features], &left[3][..features]];
    let mut sums = [[0.0; RIGHT]; LEFT];
    for (feature, column) in panel.iter().enumerate() {
        for row in 0..LEFT {
            let value = left[row][feature];
            for lane in 0..RIGHT {
                sums[row][lane] = step(sums[row][lane], value, column[lane]);
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
        let all = Rows::new(values.clone(), rows.len());
        let absolute = |sum: f64, a: f64, b: f64| sum + (a - b).abs();
        let sums_of_all = [sums(&all, 0, &all, 0, absolute), sums(&all, TASK, &all, 0, absolute)].concat();
        for (i, j) in [(0, 1), (3, 44), (44, 3), (41, 42)] {
            let pair = Rows::new([rows[i], rows[j]].concat(), 2);
            assert_eq!(sums(&pair, 0, &pair, 0, absolute)[1].to_bits(), sums_of_all[i * 45 + j].to_bits());
        }
        for i in [0, 7, 44] {
            let found = few(rows[i], &rows, absolute);
            for j in 0..45 {
                assert_eq!(found[j].to_bits(), sums_of_all[i * 45 + j].to_bits());
            }
        }
    }

    #[test]
    fn products_are_fused_on_every_processor() {
        // The square of 1 + 2⁻³⁰ has a bit that is lost unless the addition is made before rounding.
        let value = 1.0 + 0.5_f64.powi(30);
        let rows: [&[f64]; 2] = [&[1.0, value], &[-1.0, value]];
        let table = Rows::new(rows.concat(), 2);
        let product = |sum: f64, a: f64, b: f64| a.mul_add(b, sum);
        let expected = value.mul_add(value, -1.0);
        assert_eq!(sums(&table, 0, &table, 0, product)[1].to_bits(), expected.to_bits());
        assert_eq!(few(rows[0], &rows, product)[1].to_bits(), expected.to_bits());
        assert_ne!(expected, value * value - 1.0);
    }

    proptest! {
        #[test]
        fn as_the_obvious_loop(
            count in 1_usize..9, others in 1_usize..9, features in 1_usize..40, seed in 1_u64..1_000
        ) {
            let value = |n: usize| ((n as u64 + 1) * seed * 2_654_435_761 % 1_009) as f64 / 64.0;
            let left: Vec<f64> = (0..count * features).map(value).collect();
            let right: Vec<f64> = (0..others * features).map(|n| value(n + 5)).collect();
            let a = Rows::new(left.clone(), count);
            let b = Rows::new(right.clone(), others);
            let found = sums(&a, 0, &b, 0, |sum, a, b| sum + (a - b).abs());
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
