//! Sums over pairs of rows, in tiles that stay in registers and blocks that stay in cache.
//!
//! A sum has the same order of additions wherever its pair stands: the features of a block in their order, then
//! the blocks. So it depends neither on threads nor on the other texts. Nor does it depend on the processor: vectors
//! hold different pairs, never parts of one sum, and a multiplication is either fused with its addition on every
//! processor ([`f64::mul_add`], in software where there is no instruction for it) or on none.

use std::borrow::Cow;

use pulp::{Arch, Simd, WithSimd};

use crate::stylometry::numbers::Numbers;

/// Rows of a tile on the right, side by side in vectors.
const RIGHT: usize = 8;
/// So few rows on the left are not worth a layout.
pub(super) const FEW: usize = 2;
/// Rows that are taken together where there are few.
const TOGETHER: usize = 4;
/// Features in a block: 2 kB a row, so that eight rows on the left and a panel stay in the first cache.
const BLOCK: usize = 256;
/// Most rows of a task: each task reads all panels, so few tasks spare the memory; a block of the rows must stay in
/// the second cache.
const MOST: usize = 96;

/// Rows that one task compares with all others, of so many: a multiple of both sides of a tile, and about a dozen
/// tasks to share among threads.
pub(super) fn task(rows: usize) -> usize {
    rows.div_ceil(12).next_multiple_of(RIGHT).clamp(RIGHT, MOST)
}

/// A row of values, as it is or made anew for a metric.
pub(super) type Row<'a> = Cow<'a, [f64]>;

/// Rows in panels of eight: of each feature the values of eight rows together, 0 for rows beyond the last.
pub(super) struct Panels {
    values: Numbers,
    features: usize,
    count: usize,
}

impl Panels {
    /// From rows of one length.
    pub(super) fn new(rows: &[Row<'_>]) -> Self {
        let features = rows.first().map_or(0, |row| row.len());
        let mut values = Numbers::zeros(rows.len().div_ceil(RIGHT) * features * RIGHT);
        let panels = values.as_chunks_mut::<RIGHT>().0.chunks_mut(features.max(1));
        for (group, panel) in rows.chunks(RIGHT).zip(panels) {
            if let Ok(group) = <&[Row<'_>; RIGHT]>::try_from(group) {
                let lanes = group.each_ref().map(|row| &row[..features]);
                for (place, column) in panel.iter_mut().enumerate() {
                    *column = lanes.map(|lane| lane[place]);
                }
            } else {
                for (lane, row) in group.iter().enumerate() {
                    for (column, value) in panel.iter_mut().zip(&row[..features]) {
                        column[lane] = *value;
                    }
                }
            }
        }
        Self { values, features, count: rows.len() }
    }
}

/// The sum that `step` makes of every a and b, from 0, for the rows `left` with each row on
/// the right from `from` on, a multiple of [`RIGHT`]. Row by row; the length of a row of the result is the number of
/// rows on the right less `from`.
pub(super) fn sums(
    left: &[Row<'_>],
    right: &Panels,
    from: usize,
    step: impl Fn(f64, f64, f64) -> f64 + Copy,
) -> Vec<f64> {
    let mut sums = vec![0.0; left.len() * (right.count - from)];
    Arch::new().dispatch(Blocks { left, right, from, step, sums: &mut sums });
    sums
}

/// The loops over blocks and tiles. A type and no closure, as closures are not compiled for the processor at hand.
struct Blocks<'a, S> {
    left: &'a [Row<'a>],
    right: &'a Panels,
    from: usize,
    step: S,
    sums: &'a mut [f64],
}

impl<S: Fn(f64, f64, f64) -> f64 + Copy> WithSimd for Blocks<'_, S> {
    type Output = ();

    #[inline(always)]
    fn with_simd<I: Simd>(self, _: I) {
        // As many rows on the left as there are registers for their sums.
        if I::F64_LANES == RIGHT { self.in_tiles::<8>() } else { self.in_tiles::<4>() }
    }
}

impl<S: Fn(f64, f64, f64) -> f64 + Copy> Blocks<'_, S> {
    #[inline(always)]
    fn in_tiles<const LEFT: usize>(self) {
        let Self { left, right, from, step, sums } = self;
        let length = right.count - from;
        let values = right.values.as_chunks::<RIGHT>().0;
        for start in (0..right.features).step_by(BLOCK) {
            let block = start..(start + BLOCK).min(right.features);
            for j in (0..length).step_by(RIGHT) {
                let panel = &values[(from + j) / RIGHT * right.features..][block.clone()];
                for i in (0..left.len()).step_by(LEFT) {
                    // The last row again for rows beyond, whose results nobody reads.
                    let rows: [&[f64]; LEFT] =
                        std::array::from_fn(|row| &left[(i + row).min(left.len() - 1)][block.clone()]);
                    let tile = tile(rows, panel, step);
                    for (row, tile) in tile.iter().enumerate().take(left.len() - i) {
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
pub(super) fn few(a: &[f64], rows: &[Row<'_>], step: impl Fn(f64, f64, f64) -> f64 + Copy) -> Vec<f64> {
    let mut sums = vec![0.0; rows.len()];
    Arch::new().dispatch(Few { a, rows, step, sums: &mut sums });
    sums
}

struct Few<'a, S> {
    a: &'a [f64],
    rows: &'a [Row<'a>],
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
            for (rows, sums) in rows.chunks(TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
                let last = rows.len() - 1;
                let part = |row: usize| &rows[row.min(last)][block.clone()][..left.len()];
                let parts = [part(0), part(1), part(2), part(3)];
                let mut found = [0.0; TOGETHER];
                for (feature, value) in left.iter().enumerate() {
                    for row in 0..TOGETHER {
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
fn tile<const LEFT: usize>(
    left: [&[f64]; LEFT],
    panel: &[[f64; RIGHT]],
    step: impl Fn(f64, f64, f64) -> f64 + Copy,
) -> [[f64; RIGHT]; LEFT] {
    let left = left.map(|row| &row[..panel.len()]);
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
        let rows: Vec<Row<'_>> = values.chunks(features).map(Row::from).collect();
        let all = Panels::new(&rows);
        let absolute = |sum: f64, a: f64, b: f64| sum + (a - b).abs();
        let sums_of_all =
            [sums(&rows[..40], &all, 0, absolute), sums(&rows[40..], &all, 0, absolute)].concat();
        for (i, j) in [(0, 1), (3, 44), (44, 3), (41, 42)] {
            let pair = [rows[i].clone(), rows[j].clone()];
            assert_eq!(
                sums(&pair, &Panels::new(&pair), 0, absolute)[1].to_bits(),
                sums_of_all[i * 45 + j].to_bits()
            );
        }
        for i in [0, 7, 44] {
            let found = few(&rows[i], &rows, absolute);
            for j in 0..45 {
                assert_eq!(found[j].to_bits(), sums_of_all[i * 45 + j].to_bits());
            }
        }
    }

    #[test]
    fn products_are_fused_on_every_processor() {
        // The square of 1 + 2⁻³⁰ has a bit that is lost unless the addition is made before rounding.
        let value = 1.0 + 0.5_f64.powi(30);
        let rows = [Row::from(vec![1.0, value]), Row::from(vec![-1.0, value])];
        let product = |sum: f64, a: f64, b: f64| a.mul_add(b, sum);
        let expected = value.mul_add(value, -1.0);
        assert_eq!(sums(&rows, &Panels::new(&rows), 0, product)[1].to_bits(), expected.to_bits());
        assert_eq!(few(&rows[0], &rows, product)[1].to_bits(), expected.to_bits());
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
            let rows = |values: &'_ [f64]| values.chunks(features).map(|row| Row::from(row.to_vec())).collect::<Vec<_>>();
            let found = sums(&rows(&left), &Panels::new(&rows(&right)), 0, |sum, a, b| sum + (a - b).abs());
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
