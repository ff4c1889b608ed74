//! Multinomial logistic regression with a penalty on large coefficients.

use libm::{exp, log};
use nalgebra::{DMatrix, SymmetricEigen};

use super::shrunken::posteriors;
use super::{Training, dot};
use crate::stylometry::error::{Result, StylometryError};

/// For each test and class the linear score and the probability.
pub(super) fn classify(known: &Training<'_>, penalty: f64, tests: &[usize]) -> Result<Vec<Vec<(f64, f64)>>> {
    known.needs_two_classes("logistic regression")?;
    if !(penalty.is_finite() && penalty > 0.0) {
        let reason = format!("the penalty must be above 0, it is {penalty}");
        return Err(StylometryError::Option { option: "logistic regression", reason });
    }
    let [training, tests] = reduced(known.z_scores(tests)?);
    let labels: Vec<usize> =
        known.members.iter().enumerate().flat_map(|(class, own)| own.iter().map(move |_| class)).collect();
    let problem = Problem {
        rows: &training,
        labels: &labels,
        classes: known.classes.len(),
        width: training[0].len(),
        penalty,
    };
    let weights = minimise(&problem);
    Ok(tests.iter().map(|test| posteriors(&problem.scores(&weights, test))).collect())
}

/// Training and test rows in the space that the training rows span, by the eigenvectors of their inner products.
/// Coefficients outside it cost a penalty and move no training text, so the fit is the same; with more
/// features than texts it is much smaller.
fn reduced([training, tests]: [Vec<Vec<f64>>; 2]) -> [Vec<Vec<f64>>; 2] {
    let count = training.len();
    if training[0].len() <= count {
        return [training, tests];
    }
    let inner = DMatrix::from_fn(count, count, |a, b| dot(&training[a], &training[b]));
    let Some(found) = SymmetricEigen::try_new(inner, f64::EPSILON, 1_000 + 100 * count) else {
        return [training, tests];
    };
    let largest = found.eigenvalues.max();
    let axes: Vec<usize> = (0..count).filter(|axis| found.eigenvalues[*axis] > largest * 1e-12).collect();
    let project = |rows: &[Vec<f64>]| {
        rows.iter()
            .map(|row| {
                let products: Vec<f64> = training.iter().map(|other| dot(row, other)).collect();
                axes.iter()
                    .map(|axis| {
                        let vector = found.eigenvectors.column(*axis);
                        dot(&products, vector.as_slice()) / found.eigenvalues[*axis].sqrt()
                    })
                    .collect()
            })
            .collect()
    };
    [project(&training), project(&tests)]
}

struct Problem<'a> {
    rows: &'a [Vec<f64>],
    labels: &'a [usize],
    classes: usize,
    width: usize,
    penalty: f64,
}

impl Problem<'_> {
    /// Weights of a class: the features, then a constant without penalty.
    fn of<'w>(&self, weights: &'w [f64], class: usize) -> &'w [f64] {
        &weights[class * (self.width + 1)..][..=self.width]
    }

    fn scores(&self, weights: &[f64], row: &[f64]) -> Vec<f64> {
        (0..self.classes)
            .map(|class| {
                let own = self.of(weights, class);
                dot(&own[..self.width], row) + own[self.width]
            })
            .collect()
    }

    /// −log likelihood + penalty/2·Σ weight², and its gradient.
    fn value(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let mut gradient = vec![0.0; weights.len()];
        let mut value = 0.0;
        for (row, label) in self.rows.iter().zip(self.labels) {
            let scores = self.scores(weights, row);
            let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|score| exp(score - largest)).sum();
            value += largest + log(total) - scores[*label];
            for (class, score) in scores.iter().enumerate() {
                let excess = exp(score - largest) / total - f64::from(u8::from(class == *label));
                let own = &mut gradient[class * (self.width + 1)..][..=self.width];
                for (sum, x) in own.iter_mut().zip(row) {
                    *sum += excess * x;
                }
                own[self.width] += excess;
            }
        }
        for (place, weight) in weights.iter().enumerate() {
            if place % (self.width + 1) < self.width {
                value += self.penalty / 2.0 * weight * weight;
                gradient[place] += self.penalty * weight;
            }
        }
        (value, gradient)
    }
}

/// The minimum of a convex function, by the limited-memory method of Broyden, Fletcher, Goldfarb and Shanno
/// with ten remembered steps (Nocedal & Wright 2006, algorithm 7.4) and halved step lengths.
fn minimise(problem: &Problem<'_>) -> Vec<f64> {
    const REMEMBERED: usize = 10;
    let mut weights = vec![0.0; problem.classes * (problem.width + 1)];
    let (mut value, mut gradient) = problem.value(&weights);
    let mut steps: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..1_000 {
        if gradient.iter().all(|slope| slope.abs() < 1e-7 * (1.0 + value.abs())) {
            break;
        }
        let mut direction: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
        let mut factors = Vec::new();
        for (step, change) in steps.iter().rev() {
            let factor = dot(step, &direction) / dot(step, change);
            direction.iter_mut().zip(change).for_each(|(d, c)| *d -= factor * c);
            factors.push(factor);
        }
        if let Some((step, change)) = steps.last() {
            let scale = dot(step, change) / dot(change, change);
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((step, change), factor) in steps.iter().zip(factors.iter().rev()) {
            let back = dot(change, &direction) / dot(step, change);
            direction.iter_mut().zip(step).for_each(|(d, s)| *d += (factor - back) * s);
        }
        let slope = dot(&gradient, &direction);
        let mut length = 1.0;
        let moved = loop {
            let next: Vec<f64> = weights.iter().zip(&direction).map(|(w, d)| w + length * d).collect();
            let (there, slopes) = problem.value(&next);
            if there <= value + 1e-4 * length * slope {
                break Some((next, there, slopes));
            }
            length /= 2.0;
            if length < 1e-12 {
                break None;
            }
        };
        let Some((next, there, slopes)) = moved else { break };
        let step: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = slopes.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        if dot(&step, &change) > 0.0 {
            steps.push((step, change));
            if steps.len() > REMEMBERED {
                steps.remove(0);
            }
        }
        (weights, value, gradient) = (next, there, slopes);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fewer texts than features: the same probabilities with and without the smaller space.
    #[test]
    fn the_smaller_space_changes_nothing() {
        let row = |text: u32| -> Vec<f64> {
            (0..12_u32)
                .map(|feature| f64::from((text * 7 + feature * (3 + text % 2)) % 11) / 4.0 - 1.2)
                .collect()
        };
        let training: Vec<Vec<f64>> = (0..6).map(row).collect();
        let tests = vec![row(8), row(9)];
        let labels = [0, 0, 1, 1, 2, 2];
        let probabilities = |[training, tests]: [Vec<Vec<f64>>; 2]| {
            let width = training[0].len();
            let problem = Problem { rows: &training, labels: &labels, classes: 3, width, penalty: 1.0 };
            let weights = minimise(&problem);
            tests.iter().flat_map(|test| posteriors(&problem.scores(&weights, test))).collect::<Vec<_>>()
        };
        let smaller = reduced([training.clone(), tests.clone()]);
        assert!(smaller[0][0].len() <= 6);
        for (a, b) in probabilities([training, tests]).iter().zip(probabilities(smaller)) {
            assert!((a.1 - b.1).abs() < 1e-6, "{a:?} {b:?}");
        }
    }
}
