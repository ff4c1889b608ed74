//! Gaussian naive Bayes.

use libm::{exp, log};

use super::Training;
use super::shrunken::posteriors;
use crate::stylometry::error::{Result, StylometryError};

/// Mean and sum of squared differences of each feature in a class.
fn moments(known: &Training<'_>, members: &[usize]) -> Vec<(f64, f64)> {
    (0..known.table.features().len())
        .map(|feature| {
            let values = members.iter().map(|text| known.table.row(*text)[feature]);
            let mean = values.clone().sum::<f64>() / members.len() as f64;
            (mean, values.map(|value| (value - mean) * (value - mean)).sum())
        })
        .collect()
}

fn log_density(value: f64, mean: f64, variance: f64) -> f64 {
    let difference = value - mean;
    -0.5 * (difference * difference / variance + log(std::f64::consts::TAU * variance))
}

/// For each test and class the logarithm of prior and likelihood, and the posterior probability.
pub(super) fn classify(known: &Training<'_>, tests: &[usize]) -> Result<Vec<Vec<(f64, f64)>>> {
    let texts = known.count();
    let classes = known.classes.len();
    if texts <= classes {
        known.needs("naive Bayes", 2)?;
    }
    let moments: Vec<_> = known.members.iter().map(|members| moments(known, members)).collect();
    let features = known.table.features().len();
    let within: Vec<f64> = (0..features)
        .map(|feature| moments.iter().map(|class| class[feature].1).sum::<f64>() / (texts - classes) as f64)
        .collect();
    // A feature that never varies within a class has no density.
    let used: Vec<usize> = (0..features).filter(|feature| within[*feature] > 0.0).collect();
    if used.is_empty() {
        return Err(StylometryError::AllConstant);
    }
    Ok(tests
        .iter()
        .map(|text| {
            let row = known.table.row(*text);
            let logarithms: Vec<f64> = known
                .members
                .iter()
                .zip(&moments)
                .map(|(members, moments)| {
                    let own = members.len() as f64;
                    let likelihood: f64 = used
                        .iter()
                        .map(|feature| {
                            let (mean, squares) = moments[*feature];
                            log_density(row[*feature], mean, (squares + within[*feature]) / own)
                        })
                        .sum();
                    log(own / texts as f64) + likelihood
                })
                .collect();
            posteriors(&logarithms)
        })
        .collect())
}

/// As [`classify`], with the rules of e1071.
pub(super) fn classify_as_r(known: &Training<'_>, tests: &[usize]) -> Result<Vec<Vec<(f64, f64)>>> {
    const THRESHOLD: f64 = 0.001;
    let texts = known.count();
    let moments: Vec<_> = known.members.iter().map(|members| moments(known, members)).collect();
    Ok(tests
        .iter()
        .map(|text| {
            let row = known.table.row(*text);
            let logarithms: Vec<f64> = known
                .members
                .iter()
                .zip(&moments)
                .map(|(members, moments)| {
                    if members.len() < 2 {
                        return f64::NEG_INFINITY;
                    }
                    let likelihood: f64 = row
                        .iter()
                        .zip(moments)
                        .map(|(value, (mean, squares))| {
                            let deviation = (squares / (members.len() as f64 - 1.0)).sqrt();
                            let deviation = if deviation <= 0.0 { THRESHOLD } else { deviation };
                            let density = exp(log_density(*value, *mean, deviation * deviation));
                            if density <= 0.0 { log(THRESHOLD) } else { log(density) }
                        })
                        .sum();
                    log(members.len() as f64 / texts as f64) + likelihood
                })
                .collect();
            posteriors(&logarithms)
        })
        .collect())
}
