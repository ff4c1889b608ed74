//! Inner products of rows, by matrix multiplication.

use nalgebra::{DMatrix, DMatrixView};

use super::kernel::TASK;

/// Rows laid out for inner products, padded with zeros: below six rows or columns nalgebra multiplies in
/// another order, and the number of texts would show in the last digit.
pub(super) struct GramRows {
    values: Vec<f64>,
    width: usize,
    count: usize,
}

const LEAST: usize = 8;

impl GramRows {
    pub(super) fn new<'a>(rows: impl Iterator<Item = &'a [f64]>, features: usize) -> Self {
        let width = features.next_multiple_of(LEAST);
        let mut values = Vec::new();
        let mut count = 0;
        for row in rows {
            values.extend_from_slice(row);
            values.resize(values.len() + width - features, 0.0);
            count += 1;
        }
        Self { values, width, count }
    }

    /// Columns `first..` of the transposed matrix, `count` of them, padded.
    fn columns(&self, first: usize, count: usize) -> DMatrix<f64> {
        let there = count.min(self.count - first);
        let values = &self.values[first * self.width..][..there * self.width];
        let view = DMatrixView::from_slice(values, self.width, there);
        let mut columns = DMatrix::zeros(self.width, count.max(LEAST));
        columns.columns_mut(0, there).copy_from(&view);
        columns
    }

    /// Inner products of the rows `first..` of `a`, at most [`TASK`], with the rows of `b` from `from` on, row
    /// by row.
    pub(super) fn products(&self, first: usize, b: &Self, from: usize) -> Vec<f64> {
        let height = TASK.min(self.count - first);
        let length = b.count - from;
        let left = self.columns(first, height.max(LEAST)).transpose();
        let mut products = vec![0.0; height * length];
        let mut start = from;
        while start < b.count {
            let there = PANEL.min(b.count - start);
            let right = b.columns(start, there.max(LEAST));
            let block = &left * right;
            for row in 0..height {
                for column in 0..there {
                    products[row * length + start - from + column] = block[(row, column)];
                }
            }
            start += there;
        }
        products
    }
}

/// Rows of `b` multiplied at a time.
const PANEL: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_pair_does_not_matter() {
        let features = 1_003;
        let values: Vec<f64> =
            (0..301 * features).map(|n| f64::from((n * 7_919) as u32 % 1_000) / 37.0).collect();
        let rows: Vec<&[f64]> = values.chunks(features).collect();
        let all = GramRows::new(rows.iter().copied(), features);
        for (i, j) in [(0, 1), (3, 300), (39, 257), (7, 255)] {
            let pair = GramRows::new([rows[i], rows[j]].into_iter(), features);
            let product = pair.products(0, &pair, 1)[0];
            let expected: f64 = rows[i].iter().zip(rows[j]).map(|(a, b)| a * b).sum();
            assert!((product - expected).abs() <= 1e-12 * expected, "{product} {expected}");
            assert_eq!(product.to_bits(), all.products(0, &all, 0)[i * 301 + j].to_bits());
            let turned = all.products(j / TASK * TASK, &all, 0);
            assert_eq!(product.to_bits(), turned[(j % TASK) * 301 + i].to_bits());
        }
    }
}
