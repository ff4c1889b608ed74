//! The classifiers.

use std::cmp::Ordering;
use std::fmt;

use super::{Training, bayes, logistic, shrunken, svm};
use crate::stylometry::distance::{Measure, Scaled, Scaling};
use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::table::FrequencyTable;

/// How a class is chosen. Means, deviations and everything learnt come from the training texts alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Classifier {
    /// The class of the nearest training text. The score is the distance to the nearest text of the class.
    Nearest(Measure),
    /// The class of most of the `neighbours` nearest texts, ties by their nearest text. The score is the number
    /// of them.
    Neighbours {
        /// The distance.
        measure: Measure,
        /// How many vote.
        neighbours: usize,
    },
    /// The class with the nearest mean text. The score is the distance.
    ///
    /// `balanced`: means and deviations of the features give every class the same weight. Otherwise the mean
    /// text of a class that is most of the training set lies where all z-scores are 0, and cosine distances
    /// from there mean nothing.
    Centroid {
        /// The distance.
        measure: Measure,
        /// Whether classes have equal weight in z-scores.
        balanced: bool,
    },
    /// A linear support vector machine on z-scores, each class against each other one; the class with most
    /// votes, ties by score. The score is the mean decision value against the other classes.
    Svm {
        /// The cost of a text on the wrong side, above 0; 1 is usual.
        cost: f64,
    },
    /// The same machine, but the class with the highest score, whatever the votes, as stylo has it.
    SvmByScore {
        /// The cost of a text on the wrong side, above 0; 1 is usual.
        cost: f64,
    },
    /// Nearest shrunken centroids (Tibshirani et al. 2002). The score is the posterior probability.
    ShrunkenCentroids {
        /// How far centroids are drawn to the mean of all, in standard errors; stylo has 1.
        threshold: f64,
    },
    /// Gaussian naive Bayes; the variance of a feature in a class is averaged with that within all classes,
    /// which counts as one text. The score is the posterior probability.
    NaiveBayes,
    /// Gaussian naive Bayes as R's package e1071 computes it: classes of one text are never chosen, and a
    /// density too small to be represented counts as 0.001, so that texts far from all classes are judged
    /// by chance. For comparison only.
    NaiveBayesOfR,
    /// Multinomial logistic regression on z-scores. The score is the probability.
    Logistic {
        /// The weight of the squared coefficients, above 0; 1 is usual.
        penalty: f64,
    },
}

/// A class with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The class.
    pub class: String,
    /// As the classifier scores: a distance, or a number that is larger for a better one.
    pub score: f64,
}

/// The answer for one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Place of the text.
    pub text: usize,
    /// All classes, the best first; ties in code-point order of the classes.
    pub candidates: Vec<Candidate>,
}

impl Verdict {
    /// The class chosen.
    pub fn class(&self) -> &str {
        self.candidates.first().map_or("", |candidate| candidate.class.as_str())
    }

    /// How far the best class is before the second: the difference of their scores as a share of the larger
    /// one in absolute value, 0 to 2; 1 if there is one class only.
    pub fn margin(&self) -> f64 {
        let [first, second, ..] = &self.candidates[..] else { return 1.0 };
        let larger = first.score.abs().max(second.score.abs());
        if larger > 0.0 { (first.score - second.score).abs() / larger } else { 0.0 }
    }
}

impl fmt::Display for Classifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nearest(measure) => write!(f, "nearest:{measure}"),
            Self::Neighbours { measure, neighbours } => write!(f, "neighbours-{neighbours}:{measure}"),
            Self::Centroid { measure, balanced: true } => write!(f, "balanced-centroid:{measure}"),
            Self::Centroid { measure, balanced: false } => write!(f, "centroid:{measure}"),
            Self::Svm { cost } => write!(f, "svm-{cost}"),
            Self::SvmByScore { cost } => write!(f, "svm-by-score-{cost}"),
            Self::ShrunkenCentroids { threshold } => write!(f, "shrunken-centroids-{threshold}"),
            Self::NaiveBayes => f.write_str("naive-bayes"),
            Self::NaiveBayesOfR => f.write_str("naive-bayes-of-r"),
            Self::Logistic { penalty } => write!(f, "logistic-{penalty}"),
        }
    }
}

impl Classifier {
    /// Whether a smaller score is better.
    pub fn scores_are_distances(&self) -> bool {
        matches!(self, Self::Nearest(_) | Self::Centroid { .. })
    }

    /// Learns the `training` texts of a table and judges the `tests`; `classes` names the class of every text
    /// of the table, of which those of the tests are not looked at.
    ///
    /// ```
    /// use rhetor::stylometry::{Classifier, FrequencyTable};
    /// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    /// let values = vec![1.0, 5.0, 1.2, 5.1, 4.0, 2.0, 4.1, 2.2, 4.2, 1.9];
    /// let table = FrequencyTable::new(names(&["a", "b", "c", "d", "?"]), names(&["the", "of"]), values).unwrap();
    /// let classes = names(&["Ann", "Ann", "Bob", "Bob", ""]);
    /// let nearest = Classifier::Nearest("delta".parse().unwrap());
    /// let verdicts = nearest.classify(&table, &classes, &[0, 1, 2, 3], &[4]).unwrap();
    /// assert_eq!(verdicts[0].class(), "Bob");
    /// ```
    ///
    /// # Errors
    /// If a class has too few texts for the classifier, an option is out of its range, or a distance cannot be
    /// computed.
    pub fn classify(
        &self,
        table: &FrequencyTable,
        classes: &[String],
        training: &[usize],
        tests: &[usize],
    ) -> Result<Vec<Verdict>> {
        let known = Training::new(table, classes, training)?;
        if let Some(beyond) = tests.iter().find(|text| **text >= table.texts().len()) {
            let reason = format!("there are {} texts, asked for number {beyond}", table.texts().len());
            return Err(StylometryError::Option { option: "test set", reason });
        }
        let ranked = self.ranked(&known, tests)?;
        Ok(tests
            .iter()
            .zip(ranked)
            .map(|(text, scores)| {
                let mut order: Vec<usize> = (0..scores.len()).collect();
                order.sort_by(|a, b| {
                    scores[*b].0.partial_cmp(&scores[*a].0).unwrap_or(Ordering::Equal).then_with(|| {
                        let better = scores[*b].1.total_cmp(&scores[*a].1);
                        if self.scores_are_distances() { better.reverse() } else { better }
                    })
                });
                let candidates = order
                    .into_iter()
                    .map(|class| Candidate { class: known.classes[class].to_owned(), score: scores[class].1 })
                    .collect();
                Verdict { text: *text, candidates }
            })
            .collect())
    }

    /// By test and class: what ranks the classes (larger is better), and the score.
    fn ranked(&self, known: &Training<'_>, tests: &[usize]) -> Result<Vec<Vec<(f64, f64)>>> {
        match *self {
            Self::Nearest(measure) => nearest(known, &measure, tests),
            Self::Neighbours { measure, neighbours } => votes(known, &measure, neighbours, tests),
            Self::Centroid { measure, balanced } => centroids(known, &measure, balanced, tests),
            Self::Svm { cost } => svm::classify(known, cost, tests),
            Self::SvmByScore { cost } => {
                let mut scores = svm::classify(known, cost, tests)?;
                scores.iter_mut().flatten().for_each(|score| score.0 = score.1);
                Ok(scores)
            }
            Self::ShrunkenCentroids { threshold } => shrunken::classify(known, threshold, tests),
            Self::NaiveBayes => bayes::classify(known, tests),
            Self::NaiveBayesOfR => bayes::classify_as_r(known, tests),
            Self::Logistic { penalty } => logistic::classify(known, penalty, tests),
        }
    }

    /// By test and class a score that is a sum over features: decision values, discriminants, logarithms of
    /// probabilities before they are made to sum to 1.
    pub(super) fn linear_scores(&self, known: &Training<'_>, tests: &[usize]) -> Result<Vec<Vec<f64>>> {
        let by_score = matches!(self, Self::Svm { .. } | Self::SvmByScore { .. });
        let pick = |(rank, score): (f64, f64)| if by_score { score } else { rank };
        Ok(self.ranked(known, tests)?.into_iter().map(|row| row.into_iter().map(pick).collect()).collect())
    }
}

fn nearest(known: &Training<'_>, measure: &Measure, tests: &[usize]) -> Result<Vec<Vec<(f64, f64)>>> {
    let training = known.members.concat();
    let distances = measure.distances_between(known.table, tests, &training, Some(&training))?;
    Ok(distances
        .iter()
        .map(|row| {
            let mut rest = row.as_slice();
            known
                .members
                .iter()
                .map(|members| {
                    let (own, after) = rest.split_at(members.len());
                    rest = after;
                    let least = own.iter().copied().fold(f64::INFINITY, f64::min);
                    (-least, least)
                })
                .collect()
        })
        .collect())
}

fn votes(
    known: &Training<'_>,
    measure: &Measure,
    neighbours: usize,
    tests: &[usize],
) -> Result<Vec<Vec<(f64, f64)>>> {
    if neighbours == 0 {
        let reason = "at least one neighbour must vote".to_owned();
        return Err(StylometryError::Option { option: "neighbours", reason });
    }
    let training = known.members.concat();
    let class_of: Vec<usize> =
        known.members.iter().enumerate().flat_map(|(class, own)| own.iter().map(move |_| class)).collect();
    let distances = measure.distances_between(known.table, tests, &training, Some(&training))?;
    Ok(distances
        .iter()
        .map(|row| {
            let mut order: Vec<usize> = (0..row.len()).collect();
            order.sort_by(|a, b| row[*a].total_cmp(&row[*b]));
            let mut scores = vec![(0.0, 0.0); known.classes.len()];
            for (rank, place) in order.iter().enumerate() {
                let score = &mut scores[class_of[*place]];
                if rank < neighbours {
                    score.1 += 1.0;
                }
                // The earlier a class first occurs, the larger a part below 1.
                if score.0 == 0.0 {
                    score.0 = 1.0 / (rank as f64 + 2.0);
                }
            }
            scores.into_iter().map(|(first, votes)| (votes + first, votes)).collect()
        })
        .collect())
}

fn centroids(
    known: &Training<'_>,
    measure: &Measure,
    balanced: bool,
    tests: &[usize],
) -> Result<Vec<Vec<(f64, f64)>>> {
    let (scaled, rows) = scaled_centroids(known, measure, balanced, tests)?;
    let classes: Vec<usize> = (0..known.classes.len()).collect();
    let tests: Vec<usize> = (classes.len()..classes.len() + tests.len()).collect();
    let distances = measure.between_scaled(&scaled, &rows, &tests, &classes)?;
    Ok(distances.iter().map(|row| row.iter().map(|distance| (-distance, *distance)).collect()).collect())
}

/// The scaled mean text of each class, then the scaled tests, with a table that gives them names.
pub(super) fn scaled_centroids(
    known: &Training<'_>,
    measure: &Measure,
    balanced: bool,
    tests: &[usize],
) -> Result<(Scaled, FrequencyTable)> {
    let training = known.members.concat();
    let scaling = if balanced {
        Scaling::fit_balanced(measure.normaliser, measure.rows, known.table, &known.members)?
    } else {
        Scaling::fit(measure.normaliser, measure.rows, known.table, Some(&training))?
    };
    let scaled = scaling.apply(known.table)?;
    let width = scaled.used.len();
    let mut values = Vec::with_capacity(width * (known.classes.len() + tests.len()));
    for members in &known.members {
        let start = values.len();
        values.resize(start + width, 0.0);
        for text in members {
            for (sum, value) in values[start..].iter_mut().zip(scaled.row(*text)) {
                *sum += value / members.len() as f64;
            }
        }
    }
    for text in tests {
        values.extend_from_slice(scaled.row(*text));
    }
    let names = (0..known.classes.len()).map(|class| format!("the mean of {}", known.classes[class]));
    let names = names.chain(tests.iter().map(|text| known.table.texts()[*text].clone())).collect();
    let features = (0..width).map(|place| known.table.features()[scaled.used[place]].clone()).collect();
    let rows = FrequencyTable::unchecked(names, features, values.clone(), None);
    Ok((Scaled { values, used: scaled.used, features: scaled.features }, rows))
}

/// The text of each of two classes that is nearest to a text.
pub(super) fn nearest_of(
    known: &Training<'_>,
    measure: &Measure,
    text: usize,
    classes: [usize; 2],
) -> Result<[usize; 2]> {
    let training = known.members.concat();
    let distances = measure.distances_between(known.table, &[text], &training, Some(&training))?.concat();
    let nearest = |class: usize| {
        let start: usize = known.members[..class].iter().map(Vec::len).sum();
        let members = &known.members[class];
        let own = &distances[start..start + members.len()];
        let place = (0..own.len()).min_by(|a, b| own[*a].total_cmp(&own[*b])).unwrap_or(0);
        members[place]
    };
    Ok(classes.map(nearest))
}
