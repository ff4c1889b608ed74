//! What decides a verdict, feature by feature.

use super::Training;
use super::classifier::{Classifier, Verdict, nearest_of, scaled_centroids};
use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::table::FrequencyTable;
use crate::stylometry::why::Explainer;

/// Why a text is given to one class and not to the second one.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// All classes, the best first.
    pub verdict: Verdict,
    /// The second class.
    pub rival: String,
    /// How far the class is before the rival, in the units that the classifier decides by: the sum of the
    /// contributions where it decides by distances; else of these and of what a text of mean frequencies would get.
    pub lead: f64,
    /// What each feature adds to the lead, positive for the class, negative for the rival; the largest in size
    /// first, ties in the order of the features.
    pub features: Vec<DecidingFeature>,
}

/// A feature of a [`Decision`].
#[derive(Clone, Debug, PartialEq)]
pub struct DecidingFeature {
    /// Place of the feature in the table.
    pub feature: usize,
    /// What it adds to the lead.
    pub contribution: f64,
    /// Its value in the text.
    pub text: f64,
    /// The mean of its values in the training texts of the class.
    pub class: f64,
    /// The mean of its values in the training texts of the rival.
    pub rival: f64,
}

impl Classifier {
    /// Classifies one text and takes the verdict apart.
    ///
    /// For distances the lead is the distance to the rival less that to the class: to their mean texts, or to their
    /// nearest ones, and contributions are exact shares of it. For the other classifiers a contribution is what the
    /// lead loses if the feature has its mean value over the training texts instead; for linear ones, all but naive
    /// Bayes, these sum to the lead, less a constant.
    ///
    /// None if there is one class only.
    ///
    /// ```
    /// use rhetor::stylometry::{Classifier, FrequencyTable};
    /// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    /// let values = vec![1.0, 5.0, 1.2, 5.1, 4.0, 5.2, 4.1, 5.0, 4.2, 5.1];
    /// let table = FrequencyTable::new(names(&["a", "b", "c", "d", "?"]), names(&["upon", "of"]), values).unwrap();
    /// let classes = names(&["Ann", "Ann", "Bob", "Bob", ""]);
    /// let nearest = Classifier::Nearest("delta".parse().unwrap());
    /// let decision = nearest.decide(&table, &classes, &[0, 1, 2, 3], 4).unwrap().unwrap();
    /// assert_eq!((decision.verdict.class(), decision.rival.as_str()), ("Bob", "Ann"));
    /// assert_eq!(decision.features[0].feature, 0);
    /// ```
    ///
    /// # Errors
    /// As [`Classifier::classify`].
    pub fn decide(
        &self,
        table: &FrequencyTable,
        classes: &[String],
        training: &[usize],
        text: usize,
    ) -> Result<Option<Decision>> {
        let Some(verdict) = self.classify(table, classes, training, &[text])?.pop() else { return Ok(None) };
        let [best, second, ..] = &verdict.candidates[..] else { return Ok(None) };
        let known = Training::new(table, classes, training)?;
        let place = |class: &str| known.classes.iter().position(|name| *name == class);
        let (Some(best), Some(second)) = (place(&best.class), place(&second.class)) else { return Ok(None) };
        let (lead, mut shares) = match *self {
            Self::Nearest(measure) | Self::Neighbours { measure, .. } => {
                let [near, far] = nearest_of(&known, &measure, text, [best, second])?;
                let all = known.members.concat();
                listed(&Explainer::new(table, measure, Some(&all))?, text, near, far)?
            }
            Self::Centroid { measure, balanced } => {
                let (scaled, rows) = scaled_centroids(&known, &measure, balanced, &[text])?;
                let explainer = Explainer::of_scaled(&rows, measure, scaled);
                listed(&explainer, known.classes.len(), best, second)?
            }
            _ => self.without_each(&known, text, [best, second])?,
        };
        shares.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        let mean = |class: usize, feature: usize| {
            let members = &known.members[class];
            members.iter().map(|text| table.row(*text)[feature]).sum::<f64>() / members.len() as f64
        };
        let features = shares
            .into_iter()
            .map(|(feature, contribution)| DecidingFeature {
                feature,
                contribution,
                text: table.row(text)[feature],
                class: mean(best, feature),
                rival: mean(second, feature),
            })
            .collect();
        let rival = known.classes[second].to_owned();
        Ok(Some(Decision { verdict, rival, lead, features }))
    }

    /// The lead, and what it loses without each feature in turn.
    fn without_each(
        &self,
        known: &Training<'_>,
        text: usize,
        [best, second]: [usize; 2],
    ) -> Result<(f64, Vec<(usize, f64)>)> {
        let table = known.table;
        let members = known.members.concat();
        let width = table.features().len();
        let mut mean = vec![0.0; width];
        for member in &members {
            for (sum, value) in mean.iter_mut().zip(table.row(*member)) {
                *sum += value / members.len() as f64;
            }
        }
        // The training texts, the text, and the text with the mean value in the place of each of its own.
        let mut values: Vec<f64> = members.iter().flat_map(|member| table.row(*member)).copied().collect();
        values.extend_from_slice(table.row(text));
        for (feature, value) in mean.iter().enumerate() {
            let start = values.len();
            values.extend_from_slice(table.row(text));
            values[start + feature] = *value;
        }
        let rows = members.len() + 1 + width;
        let names = (0..rows).map(|row| row.to_string()).collect();
        let varied = FrequencyTable::unchecked(names, table.features().to_vec(), values, None);
        let mut labels: Vec<String> = known
            .classes
            .iter()
            .zip(&known.members)
            .flat_map(|(class, own)| vec![(*class).to_owned(); own.len()])
            .collect();
        labels.resize(rows, String::new());
        let training: Vec<usize> = (0..members.len()).collect();
        let tests: Vec<usize> = (members.len()..rows).collect();
        let again = Training::new(&varied, &labels, &training)?;
        let scores = self.linear_scores(&again, &tests)?;
        let leads: Vec<f64> = scores.iter().map(|scores| scores[best] - scores[second]).collect();
        if leads.iter().any(|lead| !lead.is_finite()) {
            let reason = "a class is out of the question, so nothing can be weighed against it".to_owned();
            return Err(StylometryError::Undefined { measure: self.to_string(), reason });
        }
        let shares = leads[1..].iter().enumerate().map(|(feature, lead)| (feature, leads[0] - lead));
        Ok((leads[0], shares.collect()))
    }
}

/// The difference of the distances of `text` to `far` and `near`, and the share of each feature in it.
fn listed(
    explainer: &Explainer<'_>,
    text: usize,
    near: usize,
    far: usize,
) -> Result<(f64, Vec<(usize, f64)>)> {
    let shares = explainer.verdict(text, &[near], &[far])?;
    let lead = shares.iter().map(|share| share.contribution).sum();
    Ok((lead, shares.into_iter().map(|share| (share.feature, share.contribution)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two classes of four texts and one more; only the first two features tell them apart. The others have the same
    /// values in both classes, or chance would decide: z-scores make as much of it as of what parts the classes.
    fn table() -> (FrequencyTable, Vec<String>) {
        let mut values = Vec::new();
        for text in 0..9_u32 {
            let second = f64::from(u8::from((4..8).contains(&text)));
            let noise = if text < 8 { text % 4 } else { text };
            for feature in 0..6_u32 {
                let own = match feature {
                    0 => second * 4.0,
                    1 => 4.0 - second * 3.0,
                    _ => 2.0,
                };
                values.push(own + f64::from((noise * 5 + feature * 7) % 9) / 10.0);
            }
        }
        let texts = (0..9).map(|text| format!("t{text}")).collect();
        let features = (0..6).map(|feature| format!("f{feature}")).collect();
        let classes = (0..9).map(|text| ["x", "y", ""][text / 4].to_owned()).collect();
        (FrequencyTable::new(texts, features, values).unwrap(), classes)
    }

    fn classifiers() -> Vec<Classifier> {
        let mut all = vec![
            Classifier::Svm { cost: 1.0 },
            Classifier::ShrunkenCentroids { threshold: 0.5 },
            Classifier::NaiveBayes,
            Classifier::Logistic { penalty: 1.0 },
        ];
        for measure in ["delta", "cosine-delta", "minmax"] {
            let measure = measure.parse().unwrap();
            all.push(Classifier::Nearest(measure));
            all.push(Classifier::Neighbours { measure, neighbours: 3 });
            all.push(Classifier::Centroid { measure, balanced: true });
        }
        all
    }

    #[test]
    fn the_features_that_differ_decide() {
        let (table, classes) = table();
        let training: Vec<usize> = (0..8).collect();
        for classifier in classifiers() {
            let decision = classifier.decide(&table, &classes, &training, 8).unwrap().unwrap();
            assert_eq!((decision.verdict.class(), decision.rival.as_str()), ("x", "y"), "{classifier}");
            let mut leading: Vec<usize> = decision.features[..2].iter().map(|found| found.feature).collect();
            leading.sort_unstable();
            assert_eq!(leading, [0, 1], "{classifier} {decision:?}");
            assert!(decision.lead > 0.0 && decision.features[0].contribution > 0.0, "{classifier}");
            assert_eq!(decision.features[0].text, table.row(8)[decision.features[0].feature]);
        }
    }

    #[test]
    fn the_nearest_texts_by_hand() {
        let (table, classes) = table();
        let training: Vec<usize> = (0..8).collect();
        let nearest = Classifier::Nearest("delta".parse().unwrap());
        let decision = nearest.decide(&table, &classes, &training, 8).unwrap().unwrap();
        // The nearest texts are the second of either class. The first two features have the deviations s and t.
        let deviation = |feature: usize| {
            let mean = training.iter().map(|text| table.row(*text)[feature]).sum::<f64>() / 8.0;
            let square = |text: &usize| (table.row(*text)[feature] - mean).powi(2);
            (training.iter().map(square).sum::<f64>() / 7.0).sqrt()
        };
        // |0.4 − 4.5| − |0.4 − 0.5| and |4.2 − 1.3| − |4.2 − 4.3|, each one of six features.
        let (s, t) = (deviation(0), deviation(1));
        for (found, (feature, expected)) in
            decision.features.iter().zip([(0, 4.0 / s / 6.0), (1, 2.8 / t / 6.0)])
        {
            assert_eq!(found.feature, feature);
            assert!((found.contribution - expected).abs() < 1e-12, "{found:?} {expected}");
        }
        assert!(decision.features[2..].iter().all(|found| found.contribution.abs() < 1e-12));
    }

    #[test]
    fn contributions_sum_to_the_lead() {
        let (table, classes) = table();
        let training: Vec<usize> = (0..8).collect();
        for classifier in classifiers() {
            let decision = classifier.decide(&table, &classes, &training, 8).unwrap().unwrap();
            let sum: f64 = decision.features.iter().map(|found| found.contribution).sum();
            let constant = match classifier {
                // What a text of mean frequencies would get: by the symmetry of the classes almost nothing.
                Classifier::NaiveBayes => continue,
                Classifier::Svm { .. }
                | Classifier::Logistic { .. }
                | Classifier::ShrunkenCentroids { .. } => 0.3,
                _ => 1e-9,
            };
            assert!((sum - decision.lead).abs() <= constant, "{classifier} {sum} {}", decision.lead);
        }
        let one: Vec<String> = vec!["x".to_owned(); 9];
        let nearest = Classifier::Nearest("delta".parse().unwrap());
        assert_eq!(nearest.decide(&table, &one, &training, 8), Ok(None));
    }
}
