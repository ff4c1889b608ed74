//! Means and deviations of features over rows, of several features side by side.
//!
//! Every sum goes over the rows in their order, whatever the processor, so it is the sum that a plain loop makes.

use pulp::{Arch, Simd, WithSimd};

/// Features side by side: their parts of a usual number of rows stay in the first cache.
const TOGETHER: usize = 32;

/// Mean and sample standard deviation of every feature over `rows`, by two passes so that no digits are lost; a
/// feature without spread has the deviation 0, even where its mean is not exact.
pub(super) fn moments(rows: &[&[f64]], features: usize) -> Vec<(f64, f64)> {
    let mut moments = Vec::with_capacity(features);
    Arch::new().dispatch(Moments { rows, features, moments: &mut moments });
    moments
}

/// A type and no closure, as closures are not compiled for the processor at hand.
struct Moments<'a> {
    rows: &'a [&'a [f64]],
    features: usize,
    moments: &'a mut Vec<(f64, f64)>,
}

impl WithSimd for Moments<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<I: Simd>(self, _: I) {
        let Self { rows, features, moments } = self;
        let count = rows.len() as f64;
        for start in (0..features).step_by(TOGETHER) {
            let width = TOGETHER.min(features - start);
            let mut first = [0.0; TOGETHER];
            if let Some(row) = rows.first() {
                first[..width].copy_from_slice(&row[start..start + width]);
            }
            // The last features by themselves, the others in a number that is known.
            let (means, squares, varies) = if width == TOGETHER {
                let parts = rows.iter().filter_map(|row| row[start..].first_chunk::<TOGETHER>());
                of_parts(parts.copied(), &first, count)
            } else {
                let parts = rows.iter().map(|row| {
                    let mut part = [0.0; TOGETHER];
                    part[..width].copy_from_slice(&row[start..start + width]);
                    part
                });
                of_parts(parts, &first, count)
            };
            moments.extend((0..width).map(|lane| {
                let deviation = (squares[lane] / (count - 1.0)).sqrt();
                (means[lane], if varies[lane] { deviation } else { 0.0 })
            }));
        }
    }
}

/// Means, squared differences from them, and whether any value is not the first one.
#[inline(always)]
fn of_parts(
    parts: impl Iterator<Item = [f64; TOGETHER]> + Clone,
    first: &[f64; TOGETHER],
    count: f64,
) -> ([f64; TOGETHER], [f64; TOGETHER], [bool; TOGETHER]) {
    let mut means = [0.0; TOGETHER];
    // The span of the values tells whether they vary: the deviation of equal numbers can come out as 1e-17.
    let (mut least, mut most) = (*first, *first);
    for part in parts.clone() {
        for lane in 0..TOGETHER {
            means[lane] += part[lane];
            least[lane] = if part[lane] < least[lane] { part[lane] } else { least[lane] };
            most[lane] = if part[lane] > most[lane] { part[lane] } else { most[lane] };
        }
    }
    means.iter_mut().for_each(|sum| *sum /= count);
    let mut rests = [0.0; TOGETHER];
    for part in parts.clone() {
        for lane in 0..TOGETHER {
            rests[lane] += part[lane] - means[lane];
        }
    }
    means.iter_mut().zip(&rests).for_each(|(mean, rest)| *mean += rest / count);
    let mut squares = [0.0; TOGETHER];
    for part in parts {
        for lane in 0..TOGETHER {
            let difference = part[lane] - means[lane];
            squares[lane] += difference * difference;
        }
    }
    (means, squares, std::array::from_fn(|lane| least[lane] < most[lane]))
}

/// Takes from each value of a row its centre and divides by its scale.
pub(super) fn standardise(row: &mut [f64], centre: &[f64], scale: &[f64]) {
    Arch::new().dispatch(Standardise { row, centre, scale });
}

struct Standardise<'a> {
    row: &'a mut [f64],
    centre: &'a [f64],
    scale: &'a [f64],
}

impl WithSimd for Standardise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<I: Simd>(self, _: I) {
        for (value, (centre, scale)) in self.row.iter_mut().zip(self.centre.iter().zip(self.scale)) {
            *value = (*value - centre) / scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mean_and_deviation;
    use super::*;

    #[test]
    fn moments_side_by_side_are_those_of_each_feature() {
        let features = 2 * TOGETHER + 7;
        let value = |row: usize, place: usize| {
            if place % 9 == 4 { 0.3 } else { ((row * 31 + place * 17) % 23) as f64 / 7.0 }
        };
        let rows: Vec<Vec<f64>> =
            (0..7).map(|row| (0..features).map(|place| value(row, place)).collect()).collect();
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        for (feature, found) in moments(&rows, features).into_iter().enumerate() {
            let column: Vec<f64> = rows.iter().map(|row| row[feature]).collect();
            let (mean, deviation) = mean_and_deviation(&column);
            assert_eq!(found, (mean, if feature % 9 == 4 { 0.0 } else { deviation }), "{feature}");
        }
    }

    #[test]
    fn rows_are_standardised() {
        let mut row: Vec<f64> = (0..21).map(f64::from).collect();
        let (centre, scale): (Vec<f64>, Vec<f64>) =
            (0..21).map(|n| (f64::from(n) / 3.0, f64::from(n + 1))).unzip();
        standardise(&mut row, &centre, &scale);
        for (place, value) in row.iter().enumerate() {
            assert_eq!(*value, (place as f64 - centre[place]) / scale[place]);
        }
    }
}
