//! How good a set of answers is.

use std::collections::BTreeMap;

/// One answer and the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Name of the text.
    pub text: String,
    /// Its class.
    pub expected: String,
    /// The class that was answered; none if the classifier abstained.
    pub predicted: Option<String>,
    /// How far the answer is before the second best; see [`Verdict::margin`](super::Verdict::margin).
    pub margin: f64,
    /// Whether the right answer was possible: the class had training texts.
    pub possible: bool,
    /// All classes and their scores, the best first.
    pub candidates: Vec<super::Candidate>,
}

/// Answers with the numbers that sum them up. Texts whose class had no other text are not counted in any of
/// them, as no answer could be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// All answers, in the order of the texts.
    pub predictions: Vec<Prediction>,
}

/// Precision and recall of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassScores {
    /// The class.
    pub class: String,
    /// Texts of it.
    pub texts: usize,
    /// Right among the answers that name the class; none if no answer does.
    pub precision: Option<f64>,
    /// Right among the texts of the class.
    pub recall: f64,
    /// Harmonic mean of both; 0 if nothing was right.
    pub f1: f64,
}

impl Evaluation {
    /// The same answers, but none where the margin is below `least`.
    #[must_use]
    pub fn abstaining(&self, least: f64) -> Self {
        let mut abstaining = self.clone();
        for prediction in &mut abstaining.predictions {
            if prediction.margin < least {
                prediction.predicted = None;
            }
        }
        abstaining
    }

    fn counted(&self) -> impl Iterator<Item = &Prediction> {
        self.predictions.iter().filter(|prediction| prediction.possible)
    }

    /// Texts that count.
    pub fn texts(&self) -> usize {
        self.counted().count()
    }

    /// Texts that were answered.
    pub fn answered(&self) -> usize {
        self.counted().filter(|prediction| prediction.predicted.is_some()).count()
    }

    /// Right answers.
    pub fn correct(&self) -> usize {
        self.counted()
            .filter(|prediction| prediction.predicted.as_ref() == Some(&prediction.expected))
            .count()
    }

    /// Right answers among the texts that were answered; none without answers.
    pub fn accuracy(&self) -> Option<f64> {
        (self.answered() > 0).then(|| self.correct() as f64 / self.answered() as f64)
    }

    /// The 95 % interval of the accuracy (Wilson 1927); none without answers.
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson(self.correct(), self.answered())
    }

    /// The accuracy of always naming the class with most texts; none without texts.
    pub fn majority_baseline(&self) -> Option<f64> {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        self.counted().for_each(|prediction| *sizes.entry(&prediction.expected).or_default() += 1);
        let texts = self.texts();
        sizes.into_values().max().map(|most| most as f64 / texts as f64)
    }

    /// Expected and answered class (none for no answer) with the number of texts, in order.
    pub fn confusion(&self) -> Vec<(&str, Option<&str>, usize)> {
        let mut counts: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        for prediction in self.counted() {
            *counts.entry((&prediction.expected, prediction.predicted.as_deref())).or_default() += 1;
        }
        counts.into_iter().map(|((expected, predicted), count)| (expected, predicted, count)).collect()
    }

    /// Precision, recall and F1 of each class that has a text, in order.
    pub fn by_class(&self) -> Vec<ClassScores> {
        let mut classes: Vec<&str> = self.counted().map(|prediction| prediction.expected.as_str()).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
            .into_iter()
            .map(|class| {
                let texts = self.counted().filter(|p| p.expected == class).count();
                let named = self.counted().filter(|p| p.predicted.as_deref() == Some(class));
                let (named, right) = named.fold((0_usize, 0_usize), |(named, right), p| {
                    (named + 1, right + usize::from(p.expected == class))
                });
                ClassScores {
                    class: class.to_owned(),
                    texts,
                    precision: (named > 0).then(|| right as f64 / named as f64),
                    recall: right as f64 / texts as f64,
                    f1: 2.0 * right as f64 / (named + texts) as f64,
                }
            })
            .collect()
    }

    /// Mean precision (0 for a class never named), recall and F1 over the classes; none without texts.
    pub fn macro_means(&self) -> Option<(f64, f64, f64)> {
        let classes = self.by_class();
        let mean =
            |value: fn(&ClassScores) -> f64| classes.iter().map(value).sum::<f64>() / classes.len() as f64;
        (!classes.is_empty()).then(|| {
            (mean(|class| class.precision.unwrap_or(0.0)), mean(|class| class.recall), mean(|class| class.f1))
        })
    }
}

/// The 95 % interval of a share, from `right` of `all` (Wilson 1927); none if `all` is 0.
///
/// ```
/// let (low, high) = rhetor::stylometry::wilson(8, 10).unwrap();
/// assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4);
/// ```
pub fn wilson(right: usize, all: usize) -> Option<(f64, f64)> {
    if all == 0 {
        return None;
    }
    // 97.5 % of the normal distribution.
    let z = 1.959_963_984_540_054_f64;
    let (count, share) = (all as f64, right as f64 / all as f64);
    let centre = share + z * z / (2.0 * count);
    let half = z * (share * (1.0 - share) / count + z * z / (4.0 * count * count)).sqrt();
    let whole = 1.0 + z * z / count;
    Some((((centre - half) / whole).max(0.0), ((centre + half) / whole).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let prediction = |expected: &str, predicted: &str, margin: f64| Prediction {
            text: String::new(),
            expected: expected.to_owned(),
            predicted: Some(predicted.to_owned()),
            margin,
            possible: expected != "lone",
            candidates: Vec::new(),
        };
        let evaluation = Evaluation {
            predictions: vec![
                prediction("a", "a", 0.5),
                prediction("a", "a", 0.4),
                prediction("a", "b", 0.1),
                prediction("b", "b", 0.2),
                prediction("lone", "b", 0.9),
            ],
        };
        assert_eq!((evaluation.texts(), evaluation.correct(), evaluation.accuracy()), (4, 3, Some(0.75)));
        assert_eq!(evaluation.majority_baseline(), Some(0.75));
        assert_eq!(evaluation.confusion(), [("a", Some("a"), 2), ("a", Some("b"), 1), ("b", Some("b"), 1)]);
        let (precision, recall, f1) = evaluation.macro_means().unwrap();
        assert!((precision - 0.75).abs() < 1e-12 && (recall - 5.0 / 6.0).abs() < 1e-12);
        assert!((f1 - (0.8 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        let careful = evaluation.abstaining(0.15);
        assert_eq!((careful.answered(), careful.accuracy()), (3, Some(1.0)));
        let nothing = Evaluation { predictions: Vec::new() };
        assert_eq!((nothing.accuracy(), nothing.interval(), nothing.macro_means()), (None, None, None));
    }
}
