//! Nearest shrunken centroids.

use libm::{exp, log};

use super::Training;
use crate::stylometry::error::{Result, StylometryError};

/// For each test and class the discriminant and the posterior probability (Tibshirani et al. 2002).
pub(super) fn classify(
    known: &Training<'_>,
    threshold: f64,
    tests: &[usize],
) -> Result<Vec<Vec<(f64, f64)>>> {
    known.needs_two_classes("nearest shrunken centroids")?;
    if !(threshold.is_finite() && threshold >= 0.0) {
        let reason = format!("the threshold must not be below 0, it is {threshold}");
        return Err(StylometryError::Option { option: "shrunken centroids", reason });
    }
    let texts = known.count() as f64;
    let classes = known.classes.len();
    if known.count() <= classes {
        // No deviation within classes.
        known.needs("nearest shrunken centroids", 2)?;
    }
    let features = known.table.features().len();
    let means: Vec<Vec<f64>> = known
        .members
        .iter()
        .map(|members| {
            let mut mean = vec![0.0; features];
            for text in members {
                for (sum, value) in mean.iter_mut().zip(known.table.row(*text)) {
                    *sum += value / members.len() as f64;
                }
            }
            mean
        })
        .collect();
    let overall: Vec<f64> = (0..features)
        .map(|feature| {
            means.iter().zip(&known.members).map(|(mean, own)| mean[feature] * own.len() as f64).sum::<f64>()
                / texts
        })
        .collect();
    let deviations: Vec<f64> = (0..features)
        .map(|feature| {
            let squares: f64 = known
                .members
                .iter()
                .zip(&means)
                .flat_map(|(members, mean)| {
                    members.iter().map(move |text| known.table.row(*text)[feature] - mean[feature])
                })
                .map(|difference| difference * difference)
                .sum();
            (squares / (texts - classes as f64)).sqrt()
        })
        .collect();
    let mut sorted = deviations.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let median =
        if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) };
    // Features that never vary within a class and have no guard either tell nothing that can be weighed.
    let scales: Vec<f64> = deviations.iter().map(|deviation| deviation + median).collect();
    let used: Vec<usize> = (0..features).filter(|feature| scales[*feature] > 0.0).collect();
    let shrunken: Vec<Vec<f64>> = known
        .members
        .iter()
        .zip(&means)
        .map(|(members, mean)| {
            let error = (1.0 / members.len() as f64 - 1.0 / texts).sqrt();
            used.iter()
                .map(|feature| {
                    let difference = (mean[*feature] - overall[*feature]) / scales[*feature] / error;
                    difference.signum() * (difference.abs() - threshold).max(0.0) * error
                })
                .collect()
        })
        .collect();
    Ok(tests
        .iter()
        .map(|text| {
            let row = known.table.row(*text);
            let discriminants: Vec<f64> = shrunken
                .iter()
                .zip(&known.members)
                .map(|(centre, members)| {
                    let sum: f64 = centre
                        .iter()
                        .zip(&used)
                        .map(|(centre, feature)| {
                            centre * ((row[*feature] - overall[*feature]) / scales[*feature] - centre / 2.0)
                        })
                        .sum();
                    sum + log(members.len() as f64 / texts)
                })
                .collect();
            posteriors(&discriminants)
        })
        .collect())
}

/// Logarithms of weights with the shares of the weights. Classes that are out of the question have −∞.
pub(super) fn posteriors(logarithms: &[f64]) -> Vec<(f64, f64)> {
    let largest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weight = |logarithm: f64| if largest.is_finite() { exp(logarithm - largest) } else { 1.0 };
    let total: f64 = logarithms.iter().map(|logarithm| weight(*logarithm)).sum();
    logarithms.iter().map(|logarithm| (*logarithm, weight(*logarithm) / total)).collect()
}
