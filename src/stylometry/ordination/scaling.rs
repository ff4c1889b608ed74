//! Principal components and classical scaling, both by the eigenvectors of a symmetric matrix.

use nalgebra::{DMatrix, SymmetricEigen};

use crate::stylometry::distance::{DistanceMatrix, Normaliser, RowNormaliser, Scaling};
use crate::stylometry::error::{Result, StylometryError, enough};
use crate::stylometry::table::FrequencyTable;

/// The principal components of a table.
///
/// Signs are arbitrary in the method; here the largest loading of each component is positive.
#[derive(Clone, Debug, PartialEq)]
pub struct PrincipalComponents {
    /// Standard deviation along each component, the largest first: as many as there are texts or features,
    /// whichever are fewer. What is 0 but for rounding is 0.
    pub deviations: Vec<f64>,
    /// For each text its place along each component of `loadings`.
    pub scores: Vec<Vec<f64>>,
    /// For each component that was asked for the weight of each used feature. They have unit length.
    pub loadings: Vec<Vec<f64>>,
    /// Places in the table of the features used: all, or with `correlation` those with spread.
    pub features: Vec<usize>,
}

impl PrincipalComponents {
    /// Percent of the variance along each component; 0 if there is no variance at all.
    pub fn percent(&self) -> Vec<f64> {
        shares(self.deviations.iter().map(|deviation| deviation * deviation))
    }
}

fn shares(variances: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let total: f64 = variances.clone().sum();
    variances.map(|variance| if total > 0.0 { variance * 100.0 / total } else { 0.0 }).collect()
}

/// The first `components` principal components of a table: of the values as they are (covariance), or of
/// z-scores (`correlation`). There are never more than have a deviation.
///
/// ```
/// use rhetor::stylometry::{FrequencyTable, principal_components};
/// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
/// let values = vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0];
/// let table = FrequencyTable::new(names(&["a", "b", "c"]), names(&["the", "of"]), values).unwrap();
/// let found = principal_components(&table, false, 2).unwrap();
/// assert!((found.deviations[0] - 2_f64.sqrt()).abs() < 1e-12);
/// assert_eq!(found.loadings.len(), 1);
/// assert!((found.percent()[0] - 100.0).abs() < 1e-9);
/// ```
///
/// # Errors
/// With fewer than two texts; with `correlation` if all features are constant.
pub fn principal_components(
    table: &FrequencyTable,
    correlation: bool,
    components: usize,
) -> Result<PrincipalComponents> {
    let texts = table.texts().len();
    enough("principal components", texts, 2)?;
    let normaliser = if correlation { Normaliser::ZScore } else { Normaliser::Frequency };
    let scaling = Scaling::fit(normaliser, RowNormaliser::None, table, None)?;
    let features = scaling.used().len();
    let mut centred = DMatrix::from_row_slice(texts, features, &scaling.values(table)?);
    for mut column in centred.column_iter_mut() {
        let mean = column.iter().sum::<f64>() / texts as f64;
        column.add_scalar_mut(-mean);
        // Once more: what rounding left of the mean.
        let mean = column.iter().sum::<f64>() / texts as f64;
        column.add_scalar_mut(-mean);
    }
    // The smaller of XXᵀ and XᵀX has all the eigenvalues that are not 0.
    let by_text = texts <= features;
    let product = if by_text { &centred * centred.transpose() } else { centred.transpose() * &centred };
    let (values, vectors) = eigen(product, "principal components")?;
    let there = values.iter().take(components).filter(|value| **value > 0.0).count();
    let mut loadings = Vec::with_capacity(there);
    let mut scores = vec![Vec::with_capacity(there); texts];
    for (component, value) in values.iter().enumerate().take(there) {
        let length = value.sqrt();
        let vector = vectors.column(component);
        let (mut loading, mut score): (Vec<f64>, Vec<f64>) = if by_text {
            let loading = centred.tr_mul(&vector) / length;
            (loading.iter().copied().collect(), vector.iter().map(|value| value * length).collect())
        } else {
            let score = &centred * vector;
            (vector.iter().copied().collect(), score.iter().copied().collect())
        };
        if largest_is_negative(&loading) {
            loading.iter_mut().chain(&mut score).for_each(|value| *value = -*value);
        }
        for (text, value) in scores.iter_mut().zip(score) {
            text.push(value);
        }
        loadings.push(loading);
    }
    let deviations = values.iter().map(|value| (value / (texts as f64 - 1.0)).sqrt()).collect();
    Ok(PrincipalComponents { deviations, scores, loadings, features: scaling.used().to_vec() })
}

fn largest_is_negative(values: &[f64]) -> bool {
    let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    // Of several equally large ones, up to rounding, the first.
    values.iter().find(|value| value.abs() >= largest * (1.0 - 1e-9)).is_some_and(|value| *value < 0.0)
}

/// Eigenvalues of a symmetric matrix from the largest to the smallest, with their vectors; those that are 0
/// but for rounding are 0.
fn eigen(matrix: DMatrix<f64>, analysis: &'static str) -> Result<(Vec<f64>, DMatrix<f64>)> {
    let size = matrix.nrows();
    let limit = 1_000 + 100 * size;
    let Some(found) = SymmetricEigen::try_new(matrix, f64::EPSILON, limit) else {
        return Err(StylometryError::Undefined {
            measure: analysis.to_owned(),
            reason: "the eigenvalues were not found".to_owned(),
        });
    };
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|a, b| found.eigenvalues[*b].total_cmp(&found.eigenvalues[*a]));
    let largest = found.eigenvalues.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let rounding = largest * f64::EPSILON * size as f64;
    let values = order
        .iter()
        .map(|place| found.eigenvalues[*place])
        .map(|value| if value.abs() <= rounding { 0.0 } else { value })
        .collect();
    Ok((values, found.eigenvectors.select_columns(&order)))
}

/// A map by classical scaling.
///
/// Signs are arbitrary in the method; here the largest coordinate of each dimension is positive.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassicalScaling {
    /// For each text its coordinates.
    pub coordinates: Vec<Vec<f64>>,
    /// All eigenvalues, the largest first; negative ones show how far the distances are from those of points
    /// in space.
    pub eigenvalues: Vec<f64>,
}

impl ClassicalScaling {
    /// Percent that each dimension has of the sum of the absolute eigenvalues.
    pub fn percent(&self) -> Vec<f64> {
        shares(self.eigenvalues.iter().map(|value| value.abs()))
    }
}

/// Classical (Torgerson) multidimensional scaling, as R's `cmdscale`. There are never more dimensions than
/// positive eigenvalues; identical texts alone have none.
///
/// ```
/// use rhetor::stylometry::{DistanceMatrix, classical_scaling};
/// let texts = ["a", "b", "c"].map(str::to_owned).to_vec();
/// let distances = DistanceMatrix::new(texts, vec![1.0, 3.0, 2.0]).unwrap();
/// let found = classical_scaling(&distances, 2).unwrap();
/// let [a, c] = [found.coordinates[0][0], found.coordinates[2][0]];
/// assert!(((a - c).abs() - 3.0).abs() < 1e-9);
/// ```
///
/// # Errors
/// With fewer than two texts.
pub fn classical_scaling(distances: &DistanceMatrix, dimensions: usize) -> Result<ClassicalScaling> {
    let texts = distances.len();
    enough("classical scaling", texts, 2)?;
    let mut matrix = DMatrix::from_fn(texts, texts, |a, b| {
        let distance = distances.get(a, b);
        -distance * distance / 2.0
    });
    let means: Vec<f64> = matrix.row_iter().map(|row| row.iter().sum::<f64>() / texts as f64).collect();
    let mean = means.iter().sum::<f64>() / texts as f64;
    for a in 0..texts {
        for b in 0..texts {
            matrix[(a, b)] += mean - means[a] - means[b];
        }
    }
    let (eigenvalues, vectors) = eigen(matrix, "classical scaling")?;
    let mut coordinates = vec![Vec::new(); texts];
    for (dimension, value) in
        eigenvalues.iter().enumerate().take(dimensions).filter(|(_, value)| **value > 0.0)
    {
        let mut column: Vec<f64> =
            vectors.column(dimension).iter().map(|place| place * value.sqrt()).collect();
        if largest_is_negative(&column) {
            column.iter_mut().for_each(|place| *place = -*place);
        }
        for (text, place) in coordinates.iter_mut().zip(column) {
            text.push(place);
        }
    }
    Ok(ClassicalScaling { coordinates, eigenvalues })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(texts: usize, features: usize, values: &[f64]) -> FrequencyTable {
        let names = |letter: char, count: usize| (0..count).map(|n| format!("{letter}{n}")).collect();
        FrequencyTable::new(names('t', texts), names('f', features), values.to_vec()).unwrap()
    }

    proptest! {
        /// All components together keep every distance, and the loadings are orthonormal.
        #[test]
        fn nothing_is_lost(texts in 2_usize..7, features in 1_usize..7, values in prop::collection::vec(0.0_f64..9.0, 49)) {
            let table = table(texts, features, &values[..texts * features]);
            let found = principal_components(&table, false, 99).unwrap();
            prop_assert!(found.loadings.len() < texts);
            for a in 0..texts {
                for b in 0..texts {
                    let square = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum::<f64>();
                    let kept = square(&found.scores[a], &found.scores[b]);
                    prop_assert!((kept - square(table.row(a), table.row(b))).abs() < 1e-7);
                }
            }
            for (i, a) in found.loadings.iter().enumerate() {
                let length: f64 = a.iter().map(|x| x * x).sum();
                prop_assert!((length - 1.0).abs() < 1e-9 || found.deviations[i] < 1e-5, "{}", length);
            }
            // Classical scaling of Euclidean distances is the same map.
            let distances = "euclidean".parse::<crate::stylometry::Measure>().unwrap().distances(&table).unwrap();
            let scaled = classical_scaling(&distances, 99).unwrap();
            for (value, deviation) in scaled.eigenvalues.iter().zip(&found.deviations) {
                prop_assert!((value - deviation * deviation * (texts as f64 - 1.0)).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn constant_tables_have_no_component() {
        let flat = table(3, 2, &[1.0, 2.0, 1.0, 2.0, 1.0, 2.0]);
        let found = principal_components(&flat, false, 2).unwrap();
        assert_eq!((found.deviations, found.loadings.len()), (vec![0.0, 0.0], 0));
        assert_eq!(principal_components(&flat, true, 2), Err(StylometryError::AllConstant));
        assert!(principal_components(&flat.select_texts(&[0]), false, 2).is_err());
        let distances = DistanceMatrix::new(["a", "b"].map(str::to_owned).to_vec(), vec![0.0]).unwrap();
        assert_eq!(classical_scaling(&distances, 2).unwrap().coordinates, [[0.0; 0], [0.0; 0]]);
        let half = table(3, 2, &[1.0, 2.0, 1.0, 3.0, 1.0, 4.0]);
        assert_eq!(principal_components(&half, true, 2).unwrap().features, [1]);
    }
}
