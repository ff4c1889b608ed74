//! Evaluation on texts that the classifier has not seen.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::classifier::Classifier;
use super::evaluation::{Evaluation, Prediction};
use crate::random::Random;
use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::features::{FeatureCounts, FeatureSelection};
use crate::stylometry::table::FrequencyTable;

/// Which texts are left out together.
#[derive(Clone, Debug, PartialEq)]
pub enum Folds {
    /// Each text alone.
    LeaveOneOut,
    /// So many parts, each with its share of every class, drawn by a seed.
    Stratified {
        /// Number of parts, at least 2.
        folds: usize,
        /// Seed.
        seed: u64,
    },
    /// All texts of a group (a work, a year), named for every text.
    Groups(Vec<String>),
}

/// What is classified.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// Counts: in each fold the features are chosen by the training texts alone.
    Counts(&'a FeatureCounts, &'a FeatureSelection),
    /// A ready table, whose features were chosen by whoever made it.
    Table(&'a FrequencyTable),
}

impl Source<'_> {
    fn texts(&self) -> &[String] {
        match self {
            Self::Counts(counts, _) => counts.texts(),
            Self::Table(table) => table.texts(),
        }
    }

    /// What names a text by what is counted alone.
    fn key(&self, text: usize) -> [u8; 32] {
        match self {
            Self::Counts(counts, _) => counts.key(&[text]),
            Self::Table(table) => table.key(text),
        }
    }
}

/// Classifies every text by the others.
///
/// Everything is learnt from the training texts inside each fold: most frequent features, culling, means and
/// deviations.
///
/// ```
/// use rhetor::stylometry::{Classifier, Folds, FrequencyTable, Source, cross_validate};
/// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
/// let values = vec![1.0, 5.0, 1.2, 5.1, 4.0, 2.0, 4.1, 2.2];
/// let table = FrequencyTable::new(names(&["a", "b", "c", "d"]), names(&["the", "of"]), values).unwrap();
/// let classes = names(&["Ann", "Ann", "Bob", "Bob"]);
/// let nearest = Classifier::Nearest("delta".parse().unwrap());
/// let found = cross_validate(Source::Table(&table), &classes, &nearest, &Folds::LeaveOneOut).unwrap();
/// assert_eq!(found.accuracy(), Some(1.0));
/// ```
///
/// # Errors
/// If the numbers of texts, classes and groups differ, there are fewer than two folds, or the classifier
/// cannot learn the training texts of a fold.
pub fn cross_validate(
    source: Source<'_>,
    classes: &[String],
    classifier: &Classifier,
    folds: &Folds,
) -> Result<Evaluation> {
    let texts = source.texts();
    if classes.len() != texts.len() {
        let reason = format!("{} classes for {} texts", classes.len(), texts.len());
        return Err(StylometryError::Option { option: "classes", reason });
    }
    let folds = parts(folds, classes, |text| source.key(text))?;
    if folds.len() < 2 {
        let reason = "all texts are in one fold, so nothing is left to learn from".to_owned();
        return Err(StylometryError::Option { option: "folds", reason });
    }
    let answers: Vec<Vec<(usize, Prediction)>> = folds
        .par_iter()
        .map(|tests| {
            let mut left_out = vec![false; texts.len()];
            tests.iter().for_each(|text| left_out[*text] = true);
            let training: Vec<usize> = (0..texts.len()).filter(|text| !left_out[*text]).collect();
            let made;
            let table = match source {
                Source::Table(table) => table,
                Source::Counts(counts, selection) => {
                    made = counts.table_of(selection, Some(&training))?;
                    &made
                }
            };
            let verdicts = classifier.classify(table, classes, &training, tests)?;
            Ok(verdicts
                .into_iter()
                .map(|verdict| {
                    let expected = &classes[verdict.text];
                    let prediction = Prediction {
                        text: texts[verdict.text].clone(),
                        expected: expected.clone(),
                        predicted: Some(verdict.class().to_owned()),
                        margin: verdict.margin(),
                        possible: training.iter().any(|text| classes[*text] == *expected),
                        candidates: verdict.candidates,
                    };
                    (verdict.text, prediction)
                })
                .collect())
        })
        .collect::<Result<_>>()?;
    let mut answers: Vec<(usize, Prediction)> = answers.into_iter().flatten().collect();
    answers.sort_by_key(|(text, _)| *text);
    Ok(Evaluation { predictions: answers.into_iter().map(|(_, prediction)| prediction).collect() })
}

fn parts(folds: &Folds, classes: &[String], key: impl Fn(usize) -> [u8; 32]) -> Result<Vec<Vec<usize>>> {
    match folds {
        Folds::LeaveOneOut => Ok((0..classes.len()).map(|text| vec![text]).collect()),
        Folds::Groups(groups) => {
            if groups.len() != classes.len() {
                let reason = format!("{} groups for {} texts", groups.len(), classes.len());
                return Err(StylometryError::Option { option: "groups", reason });
            }
            let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (text, group) in groups.iter().enumerate() {
                parts.entry(group).or_default().push(text);
            }
            Ok(parts.into_values().collect())
        }
        Folds::Stratified { folds, seed } => {
            if *folds < 2 {
                let reason = format!("there must be at least 2, not {folds}");
                return Err(StylometryError::Option { option: "folds", reason });
            }
            let mut members: BTreeMap<&str, Vec<([u8; 32], usize)>> = BTreeMap::new();
            for (text, class) in classes.iter().enumerate() {
                members.entry(class).or_default().push((key(text), text));
            }
            // Texts and classes by what they hold, as their names and places must decide nothing.
            let mut members: Vec<_> = members.into_values().collect();
            members.iter_mut().for_each(|texts| texts.sort_unstable());
            members.sort_unstable();
            let mut parts = vec![Vec::new(); *folds];
            // Where the last class ended the next begins, so that small classes do not all fill the first part.
            let mut next = 0;
            for mut texts in members {
                Random::named(*seed, texts[0].0, 0).shuffle(&mut texts);
                for (_, text) in texts {
                    parts[next % folds].push(text);
                    next += 1;
                }
            }
            parts.retain(|part: &Vec<usize>| !part.is_empty());
            parts.iter_mut().for_each(|part| part.sort_unstable());
            Ok(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::error::StylometryError;

    /// Three classes of four texts; the features differ by class, a little by text.
    fn table() -> (FrequencyTable, Vec<String>) {
        let mut values = Vec::new();
        for text in 0..12_u32 {
            for feature in 0..9_u32 {
                let class = text / 4;
                let own = f64::from(u8::from(feature % 3 == class)) * 2.0;
                values.push(3.0 + own + f64::from((text * 7 + feature * 5) % 11) / 10.0);
            }
        }
        let texts = (0..12).map(|text| format!("t{text}")).collect();
        let features = (0..9).map(|feature| format!("f{feature}")).collect();
        let classes = (0..12).map(|text| ["x", "y", "z"][text / 4].to_owned()).collect();
        (FrequencyTable::new(texts, features, values).unwrap(), classes)
    }

    fn every_classifier() -> Vec<Classifier> {
        let measure = "cosine-delta".parse().unwrap();
        vec![
            Classifier::Nearest(measure),
            Classifier::Neighbours { measure, neighbours: 3 },
            Classifier::Centroid { measure, balanced: true },
            Classifier::Centroid { measure, balanced: false },
            Classifier::Svm { cost: 1.0 },
            Classifier::SvmByScore { cost: 1.0 },
            Classifier::ShrunkenCentroids { threshold: 1.0 },
            Classifier::NaiveBayes,
            Classifier::NaiveBayesOfR,
            Classifier::Logistic { penalty: 1.0 },
        ]
    }

    #[test]
    fn clear_classes_are_found_by_all() {
        let (table, classes) = table();
        let groups = (0..12).map(|text| format!("g{}", text % 4)).collect();
        for classifier in every_classifier() {
            for folds in [
                Folds::LeaveOneOut,
                Folds::Stratified { folds: 4, seed: 1 },
                Folds::Groups(Clone::clone(&groups)),
            ] {
                let found = cross_validate(Source::Table(&table), &classes, &classifier, &folds).unwrap();
                assert_eq!(found.texts(), 12);
                assert_eq!(found.accuracy(), Some(1.0), "{classifier} {folds:?}");
                for prediction in &found.predictions {
                    assert_eq!(prediction.candidates.len(), 3);
                    assert!(prediction.candidates.iter().all(|candidate| candidate.score.is_finite()));
                }
            }
        }
    }

    #[test]
    fn the_order_and_names_of_texts_and_classes_change_nothing() {
        let (table, classes) = table();
        let order = [7, 2, 11, 0, 5, 9, 3, 10, 1, 8, 4, 6];
        let turned = table.select_texts(&order);
        let names = order.iter().map(|text| format!("{}{text}", ["p", "o", "n"][text % 3])).collect();
        let turned = FrequencyTable::new(names, table.features().to_vec(), turned.values().to_vec()).unwrap();
        // Classes keep their order here: between equal scores it decides.
        let turned_classes: Vec<String> =
            order.iter().map(|text| format!("new {}", classes[*text])).collect();
        for classifier in every_classifier() {
            for folds in [Folds::LeaveOneOut, Folds::Stratified { folds: 3, seed: 7 }] {
                let of = |table, classes: &[String]| {
                    cross_validate(Source::Table(table), classes, &classifier, &folds).unwrap().predictions
                };
                let (found, again) = (of(&table, &classes), of(&turned, &turned_classes));
                for (place, text) in order.iter().enumerate() {
                    let scores = |prediction: &Prediction| {
                        prediction.candidates.iter().map(|candidate| candidate.score).collect::<Vec<_>>()
                    };
                    assert_eq!(scores(&found[*text]), scores(&again[place]), "{classifier} {folds:?}");
                }
            }
        }
    }

    #[test]
    fn poor_training_sets_end_in_words() {
        let (table, mut classes) = table();
        // A lone text in a class of its own, and identical texts.
        classes[11] = "lone".to_owned();
        let same = table.select_texts(&[0; 1]).row(0).to_vec();
        let mut values = table.values().to_vec();
        values[9..18].copy_from_slice(&same);
        let table = FrequencyTable::new(table.texts().to_vec(), table.features().to_vec(), values).unwrap();
        for classifier in every_classifier() {
            let found =
                cross_validate(Source::Table(&table), &classes, &classifier, &Folds::LeaveOneOut).unwrap();
            assert_eq!(found.texts(), 11, "{classifier}");
            assert!(!found.predictions[11].possible);
            assert!(found.predictions.iter().flat_map(|p| &p.candidates).all(|c| !c.score.is_nan()));
            // One text of each of two classes.
            let _ = classifier.classify(&table, &classes, &[0, 4], &[1]).map(|verdicts| {
                assert!(
                    verdicts[0].candidates.iter().all(|candidate| !candidate.score.is_nan()),
                    "{classifier}"
                );
            });
            assert!(classifier.classify(&table, &classes, &[], &[1]).is_err());
            assert!(classifier.classify(&table, &classes, &[0, 99], &[1]).is_err());
            assert!(classifier.classify(&table, &classes, &[0, 4], &[99]).is_err());
            assert!(classifier.classify(&table, &classes[1..], &[0, 4], &[1]).is_err());
        }
        let bayes = Classifier::NaiveBayes.classify(&table, &classes, &[0, 4], &[1]).unwrap_err();
        assert_eq!(
            bayes,
            StylometryError::Class { analysis: "naive Bayes", class: "x".into(), needed: 2, found: 1 }
        );
        for wrong in [
            Classifier::Svm { cost: 0.0 },
            Classifier::Logistic { penalty: f64::NAN },
            Classifier::ShrunkenCentroids { threshold: -1.0 },
            Classifier::Neighbours { measure: "delta".parse().unwrap(), neighbours: 0 },
        ] {
            assert!(wrong.classify(&table, &classes, &[0, 1, 4, 5], &[2]).is_err(), "{wrong}");
        }
        let one_group = Folds::Groups(vec!["g".to_owned(); 12]);
        let nearest = Classifier::Nearest("delta".parse().unwrap());
        assert!(cross_validate(Source::Table(&table), &classes, &nearest, &one_group).is_err());
        let folds = Folds::Stratified { folds: 1, seed: 1 };
        assert!(cross_validate(Source::Table(&table), &classes, &nearest, &folds).is_err());
    }
}
