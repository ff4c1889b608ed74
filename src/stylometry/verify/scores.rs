//! Scores for answers that are probabilities, 0.5 of which means no answer.

use crate::stylometry::error::{Result, StylometryError};

/// The share of right answers, where a score above 0.5 says yes, one below says no, and 0.5 is no answer; what
/// is not answered counts by the share of right answers among all: (1/n)(c + u·c/n) (Peñas & Rodrigo 2011).
/// None without answers.
///
/// ```
/// // Two right, one wrong, one without answer.
/// let score = rhetor::stylometry::c_at_1(&[(0.9, true), (0.1, false), (0.8, false), (0.5, true)]);
/// assert_eq!(score, Some((2.0 + 1.0 * 2.0 / 4.0) / 4.0));
/// ```
pub fn c_at_1(answers: &[(f64, bool)]) -> Option<f64> {
    let count = answers.len() as f64;
    let right =
        answers.iter().filter(|(score, truth)| *score != 0.5 && (*score > 0.5) == *truth).count() as f64;
    let unanswered = answers.iter().filter(|(score, _)| *score == 0.5).count() as f64;
    (!answers.is_empty()).then(|| (right + unanswered * right / count) / count)
}

/// The chance that a true case scores higher than a false one, ties counting half: the area under the ROC
/// curve. None unless there are both.
pub fn area_under_curve(answers: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = answers.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positive = answers.iter().filter(|(_, truth)| *truth).count() as f64;
    let negative = answers.len() as f64 - positive;
    if positive == 0.0 || negative == 0.0 {
        return None;
    }
    let (mut below, mut area) = (0.0, 0.0);
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let yes = group.iter().filter(|(_, truth)| *truth).count() as f64;
        let no = group.len() as f64 - yes;
        area += yes * (below + no / 2.0);
        below += no;
    }
    Some(area / (positive * negative))
}

/// F₀.₅ᵤ (Bevendorff et al. 2019): precision weighs more, no answer counts as a false no. None if nothing is
/// true, answered yes or unanswered.
pub fn f05u(answers: &[(f64, bool)]) -> Option<f64> {
    let count = |wanted: fn(f64, bool) -> bool| {
        answers.iter().filter(|(score, truth)| wanted(*score, *truth)).count() as f64
    };
    let right = count(|score, truth| score > 0.5 && truth);
    let missed = count(|score, truth| score < 0.5 && truth);
    let wrong = count(|score, truth| score > 0.5 && !truth);
    let unanswered = count(|score, _| score == 0.5);
    let whole = 1.25 * right + 0.25 * (missed + unanswered) + wrong;
    (whole > 0.0).then(|| 1.25 * right / whole)
}

/// F₁ of the answer yes, over the cases that are answered. None if none of them is true or answered yes.
pub fn f1(answers: &[(f64, bool)]) -> Option<f64> {
    let answered = || answers.iter().filter(|(score, _)| *score != 0.5);
    let right = answered().filter(|(score, truth)| *score > 0.5 && *truth).count() as f64;
    let wrong = answered().filter(|(score, truth)| (*score > 0.5) != *truth).count() as f64;
    (right + wrong > 0.0 && answered().any(|(score, truth)| *score > 0.5 || *truth))
        .then(|| 2.0 * right / (2.0 * right + wrong))
}

/// The mean squared difference of score and truth, 0 to 1, the smaller the better (Brier 1950). The PAN
/// shared tasks report 1 less this. None without answers.
pub fn brier(answers: &[(f64, bool)]) -> Option<f64> {
    let squares: f64 =
        answers.iter().map(|(score, truth)| (score - f64::from(u8::from(*truth))).powi(2)).sum();
    (!answers.is_empty()).then(|| squares / answers.len() as f64)
}

/// The cost of the likelihood ratios in bits, Cllr (Brümmer & du Preez 2006), of scores read as probabilities
/// with even odds before; 0 is perfect, 1 is a score that says nothing. Scores are kept at least 10⁻⁶ from 0 and
/// 1, as a single certain error would cost an infinite sum. None unless there are true and false cases.
pub fn cost_of_ratios(answers: &[(f64, bool)]) -> Option<f64> {
    let mean = |truth: bool| {
        let costs: Vec<f64> = answers
            .iter()
            .filter(|answer| answer.1 == truth)
            .map(|(score, _)| {
                let score = score.clamp(1e-6, 1.0 - 1e-6);
                let odds = if truth { (1.0 - score) / score } else { score / (1.0 - score) };
                libm::log1p(odds) / std::f64::consts::LN_2
            })
            .collect();
        (!costs.is_empty()).then(|| costs.iter().sum::<f64>() / costs.len() as f64)
    };
    Some((mean(true)? + mean(false)?) / 2.0)
}

/// Between which scores no answer is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Below it the answer is no.
    pub low: f64,
    /// Above it the answer is yes.
    pub high: f64,
    /// c@1 of the cases they were tuned on, which flatters.
    pub c_at_1: f64,
}

impl Thresholds {
    /// A score as a probability: 0.5 between the thresholds, both included; below them drawn towards 0, above
    /// them towards 1 (Kestemont et al. 2016).
    pub fn rescaled(&self, score: f64) -> f64 {
        if score < self.low {
            self.low * score
        } else if score > self.high {
            self.high + (1.0 - self.high) * score
        } else {
            0.5
        }
    }

    /// Yes, no, or no answer.
    pub fn answer(&self, score: f64) -> Option<bool> {
        if score < self.low {
            Some(false)
        } else if score > self.high {
            Some(true)
        } else {
            None
        }
    }
}

/// The thresholds with the highest c@1, out of all low ≤ high in steps of 0.01. Of several pairs the narrowest,
/// then the one nearest to 0.5 in its middle, then the lowest.
///
/// stylo's `imposters.optimize` searches the same pairs but reads another one back, so published pairs
/// are often not the best ones.
///
/// # Errors
/// If there is no score, or one is not from 0 to 1.
pub fn tune_thresholds(answers: &[(f64, bool)]) -> Result<Thresholds> {
    if answers.is_empty() || answers.iter().any(|(score, _)| !(0.0..=1.0).contains(score)) {
        let reason = "thresholds are tuned on scores from 0 to 1, at least one".to_owned();
        return Err(StylometryError::Option { option: "scores", reason });
    }
    let count = answers.len() as f64;
    // Right answers no below a threshold, right answers yes above one, and scores up to one.
    let step = |place: usize| place as f64 / 100.0;
    let number = |wanted: &dyn Fn(f64, bool) -> bool| {
        answers.iter().filter(|(score, truth)| wanted(*score, *truth)).count()
    };
    let below: Vec<(usize, usize)> = (0..=100)
        .map(|p| (number(&|score, truth| score < step(p) && !truth), number(&|score, _| score < step(p))))
        .collect();
    let above: Vec<(usize, usize)> = (0..=100)
        .map(|p| (number(&|score, truth| score > step(p) && truth), number(&|score, _| score > step(p))))
        .collect();
    let mut best: Option<(f64, usize, usize)> = None;
    for (low, below) in below.iter().enumerate() {
        for (high, above) in above.iter().enumerate().skip(low) {
            let right = (below.0 + above.0) as f64;
            let unanswered = count - (below.1 + above.1) as f64;
            let value = (right + unanswered * right / count) / count;
            let better = best.is_none_or(|(most, other_low, other_high)| {
                let order = |low: usize, high: usize| (high - low, (low + high).abs_diff(100), low);
                value > most + 1e-12
                    || ((value - most).abs() <= 1e-12 && order(low, high) < order(other_low, other_high))
            });
            if better {
                best = Some((value, low, high));
            }
        }
    }
    let (value, low, high) = best.unwrap_or((0.0, 50, 50));
    Ok(Thresholds { low: step(low), high: step(high), c_at_1: value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn by_hand() {
        let answers = [(0.9, true), (0.6, true), (0.6, false), (0.5, true), (0.2, false), (0.4, true)];
        // Pairs of true and false: 0.9 over both, 0.6 ties one and beats one, 0.5 and 0.4 beat one.
        assert_eq!(area_under_curve(&answers), Some((2.0 + 1.5 + 1.0 + 1.0) / 8.0));
        assert_eq!(c_at_1(&answers), Some((3.0 + 3.0 / 6.0) / 6.0));
        assert_eq!(f05u(&answers), Some(2.5 / (2.5 + 0.25 * 2.0 + 1.0)));
        assert_eq!(f1(&answers), Some(4.0 / 6.0));
        let squares = 0.01 + 0.16 + 0.36 + 0.25 + 0.04 + 0.36;
        assert!((brier(&answers).unwrap() - squares / 6.0).abs() < 1e-12);
        assert_eq!(cost_of_ratios(&[(0.5, true), (0.5, false)]), Some(1.0));
        assert!(cost_of_ratios(&[(0.0, true), (0.5, false)]).unwrap() < 11.0);
        for empty in [c_at_1(&[]), area_under_curve(&[(0.3, true)]), f05u(&[]), f1(&[]), brier(&[])] {
            assert_eq!(empty, None);
        }
        assert_eq!(cost_of_ratios(&[(0.3, true)]), None);
    }

    proptest! {
        #[test]
        fn thresholds_are_the_best_of_all(answers in prop::collection::vec((0_u32..=100, any::<bool>()), 1..30)) {
            let answers: Vec<(f64, bool)> =
                answers.iter().map(|(score, truth)| (f64::from(*score) / 100.0, *truth)).collect();
            let found = tune_thresholds(&answers).unwrap();
            let value = |thresholds: &Thresholds| {
                let rescaled: Vec<_> =
                    answers.iter().map(|(score, truth)| (match thresholds.answer(*score) {
                        Some(true) => 1.0, Some(false) => 0.0, None => 0.5
                    }, *truth)).collect();
                c_at_1(&rescaled).unwrap()
            };
            prop_assert!((value(&found) - found.c_at_1).abs() < 1e-12);
            for low in 0..=100 {
                for high in low..=100 {
                    let other = Thresholds { low: f64::from(low) / 100.0, high: f64::from(high) / 100.0, c_at_1: 0.0 };
                    prop_assert!(value(&other) <= found.c_at_1 + 1e-12);
                }
            }
        }
    }

    #[test]
    fn rescaling_keeps_the_answer() {
        let thresholds = Thresholds { low: 0.4, high: 0.6, c_at_1: 0.0 };
        assert_eq!(thresholds.rescaled(0.4), 0.5);
        assert!(thresholds.rescaled(0.3) < 0.5 && thresholds.rescaled(0.7) > 0.5);
        assert!(tune_thresholds(&[]).is_err());
        assert!(tune_thresholds(&[(1.5, true)]).is_err());
    }
}
