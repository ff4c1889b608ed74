//! Linear support vector machines, by sequential minimal optimisation.

use super::{Training, dot};
use crate::stylometry::error::{Result, StylometryError};

/// How near to the optimum is near enough, as in libsvm.
const TOLERANCE: f64 = 1e-3;

/// For each test and class the votes and the mean decision value.
pub(super) fn classify(known: &Training<'_>, cost: f64, tests: &[usize]) -> Result<Vec<Vec<(f64, f64)>>> {
    known.needs_two_classes("a support vector machine")?;
    if !(cost.is_finite() && cost > 0.0) {
        let reason = format!("the cost must be above 0, it is {cost}");
        return Err(StylometryError::Option { option: "svm", reason });
    }
    let [training, tests] = known.z_scores(tests)?;
    let inner: Vec<Vec<f64>> =
        training.iter().map(|a| training.iter().map(|b| dot(a, b)).collect()).collect();
    let mut starts = vec![0];
    for members in &known.members {
        starts.push(starts[starts.len() - 1] + members.len());
    }
    let classes = known.classes.len();
    let mut scores = vec![vec![(0.0, 0.0); classes]; tests.len()];
    for first in 0..classes {
        for second in first + 1..classes {
            let texts: Vec<usize> =
                (starts[first]..starts[first + 1]).chain(starts[second]..starts[second + 1]).collect();
            let sides: Vec<f64> =
                texts.iter().map(|text| if *text < starts[first + 1] { 1.0 } else { -1.0 }).collect();
            let (weights, offset) = separate(&inner, &texts, &sides, cost);
            let mut normal = vec![0.0; training[0].len()];
            for (weight, text) in weights.iter().zip(&texts) {
                for (sum, value) in normal.iter_mut().zip(&training[*text]) {
                    *sum += weight * value;
                }
            }
            for (test, scores) in tests.iter().zip(&mut scores) {
                let decision = dot(&normal, test) - offset;
                scores[if decision > 0.0 { first } else { second }].0 += 1.0;
                scores[first].1 += decision / (classes - 1) as f64;
                scores[second].1 -= decision / (classes - 1) as f64;
            }
        }
    }
    Ok(scores)
}

/// The weights (with their sides) of the texts and the offset of the plane between two classes: working sets
/// by second-order information (Fan, Chen & Lin 2005).
fn separate(inner: &[Vec<f64>], texts: &[usize], sides: &[f64], cost: f64) -> (Vec<f64>, f64) {
    let count = texts.len();
    let kernel = |i: usize, j: usize| inner[texts[i]][texts[j]];
    let mut alphas = vec![0.0_f64; count];
    let mut gradient = vec![-1.0_f64; count];
    // It ends long before; the bound is for data on which rounding keeps it going.
    for _ in 0..10_000_000_usize.max(100 * count) {
        let up = |i: usize| if sides[i] > 0.0 { alphas[i] < cost } else { alphas[i] > 0.0 };
        let down = |i: usize| if sides[i] > 0.0 { alphas[i] > 0.0 } else { alphas[i] < cost };
        let mut i = None;
        let mut highest = f64::NEG_INFINITY;
        for t in (0..count).filter(|t| up(*t)) {
            if -sides[t] * gradient[t] >= highest {
                highest = -sides[t] * gradient[t];
                i = Some(t);
            }
        }
        let Some(i) = i else { break };
        let mut j = None;
        let (mut lowest, mut best) = (f64::NEG_INFINITY, f64::INFINITY);
        for t in (0..count).filter(|t| down(*t)) {
            lowest = lowest.max(sides[t] * gradient[t]);
            let difference = highest + sides[t] * gradient[t];
            if difference > 0.0 {
                let curve = (kernel(i, i) + kernel(t, t) - 2.0 * kernel(i, t)).max(1e-12);
                let gain = -difference * difference / curve;
                if gain <= best {
                    best = gain;
                    j = Some(t);
                }
            }
        }
        let Some(j) = j.filter(|_| highest + lowest >= TOLERANCE) else { break };
        let curve = (kernel(i, i) + kernel(j, j) - 2.0 * kernel(i, j)).max(1e-12);
        // Along the line on which Σ side·alpha stays the same, within the box.
        let mut step = (-sides[i] * gradient[i] + sides[j] * gradient[j]) / curve;
        let room = |t: usize, direction: f64| if direction > 0.0 { cost - alphas[t] } else { alphas[t] };
        step = step.min(room(i, sides[i])).min(room(j, -sides[j]));
        let (old_i, old_j) = (alphas[i], alphas[j]);
        alphas[i] = (old_i + sides[i] * step).clamp(0.0, cost);
        alphas[j] = (old_j - sides[j] * step).clamp(0.0, cost);
        let (moved_i, moved_j) = (alphas[i] - old_i, alphas[j] - old_j);
        if moved_i == 0.0 && moved_j == 0.0 {
            break;
        }
        for t in 0..count {
            gradient[t] += sides[t] * (sides[i] * kernel(t, i) * moved_i + sides[j] * kernel(t, j) * moved_j);
        }
    }
    let (mut free, mut sum) = (0_usize, 0.0);
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for t in 0..count {
        let value = sides[t] * gradient[t];
        if alphas[t] > 0.0 && alphas[t] < cost {
            free += 1;
            sum += value;
        } else if (alphas[t] >= cost) == (sides[t] < 0.0) {
            least = least.min(value);
        } else {
            most = most.max(value);
        }
    }
    let offset = if free > 0 { sum / free as f64 } else { f64::midpoint(least, most) };
    (alphas.iter().zip(sides).map(|(alpha, side)| alpha * side).collect(), offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_margin_on_a_line() {
        // Points 0, 1 against 3, 5: the plane lies in the middle of 1 and 3, with margin 1 on either side.
        let points = [0.0, 1.0, 3.0, 5.0];
        let inner: Vec<Vec<f64>> = points.iter().map(|a| points.iter().map(|b| a * b).collect()).collect();
        let (weights, offset) = separate(&inner, &[0, 1, 2, 3], &[1.0, 1.0, -1.0, -1.0], 100.0);
        let normal: f64 = weights.iter().zip(points).map(|(weight, point)| weight * point).sum();
        assert!((normal + 1.0).abs() < 1e-2 && (offset + 2.0).abs() < 1e-2, "{normal} {offset}");
        // Two texts that are alike on both sides end too.
        let (weights, offset) = separate(&[vec![1.0, 1.0], vec![1.0, 1.0]], &[0, 1], &[1.0, -1.0], 1.0);
        assert!(weights.iter().all(|weight| weight.is_finite()) && offset.is_finite());
    }
}
