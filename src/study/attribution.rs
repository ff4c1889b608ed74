//! The options of attribution, verification, Zeta and rolling windows.

use serde::{Deserialize, Serialize};

use crate::stylometry::{Classifier, Contrast, Measure, StylometryError};

/// Which texts are in question. The others, where they have a class, are learnt from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AttributionOptions {
    /// Texts or classes in question, besides the texts that have no class.
    pub unknown: Vec<String>,
    /// How classes are chosen, the main way first: see [`method`].
    pub methods: Vec<String>,
    /// What is left out in turn to see how often answers are right: `leave-one-out`, `folds:N`, `groups:COLUMN` or
    /// `none`.
    pub evaluation: String,
    /// The least margin of an answer; below it the method abstains.
    pub abstain: f64,
    /// Features listed for each verdict.
    pub contributions: usize,
    /// Places shown of each feature that decides, for the features that decide most.
    pub contexts: usize,
}

impl AttributionOptions {
    /// The methods that are tried unless others are named.
    pub const METHODS: [&str; 7] =
        ["centroid", "nearest", "neighbours:3", "svm", "shrunken-centroids", "naive-bayes", "logistic"];
}

impl Default for AttributionOptions {
    fn default() -> Self {
        Self {
            unknown: Vec::new(),
            methods: Self::METHODS.map(str::to_owned).to_vec(),
            evaluation: "leave-one-out".to_owned(),
            abstain: 0.0,
            contributions: 50,
            contexts: 3,
        }
    }
}

/// A classifier by its name in options: `centroid` (classes weigh the same), `plain-centroid`, `nearest`,
/// `neighbours:N` (3), `svm:COST` (1), `shrunken-centroids:THRESHOLD` (1), `naive-bayes`, `logistic:PENALTY` (1).
/// The first four go by `measure`, the others by the frequencies themselves.
///
/// ```
/// use rhetor::study::method;
/// assert_eq!(method("svm:0.5", "delta".parse().unwrap()).unwrap().to_string(), "svm-0.5");
/// assert_eq!(method("nearest", "delta".parse().unwrap()).unwrap().to_string(), "nearest:delta");
/// assert!(method("guess", "delta".parse().unwrap()).is_err());
/// ```
///
/// # Errors
/// If there is no such method, or its number cannot be used.
pub fn method(name: &str, measure: Measure) -> Result<Classifier, StylometryError> {
    let (kind, value) = match name.split_once(':') {
        Some((kind, value)) => (kind, Some(value)),
        None => (name, None),
    };
    let unknown = || {
        StylometryError::Unknown {
        what: "method",
        name: name.to_owned(),
        known: "centroid, plain-centroid, nearest, neighbours:N, svm:COST, shrunken-centroids:THRESHOLD, naive-bayes, \
                logistic:PENALTY"
            .to_owned(),
    }
    };
    let number = || value.map_or(Some(1.0), |value| value.parse::<f64>().ok()).ok_or_else(unknown);
    let plain = |classifier| if value.is_none() { Ok(classifier) } else { Err(unknown()) };
    match kind {
        "centroid" => plain(Classifier::Centroid { measure, balanced: true }),
        "plain-centroid" => plain(Classifier::Centroid { measure, balanced: false }),
        "nearest" => plain(Classifier::Nearest(measure)),
        "neighbours" => {
            let neighbours = value.map_or(Some(3), |value| value.parse().ok()).filter(|count| *count > 0);
            neighbours.map(|neighbours| Classifier::Neighbours { measure, neighbours }).ok_or_else(unknown)
        }
        "svm" => Ok(Classifier::Svm { cost: number()? }),
        "shrunken-centroids" => Ok(Classifier::ShrunkenCentroids { threshold: number()? }),
        "naive-bayes" => plain(Classifier::NaiveBayes),
        "logistic" => Ok(Classifier::Logistic { penalty: number()? }),
        _ => Err(unknown()),
    }
}

/// Options of verification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerificationOptions {
    /// Texts or classes in question, besides the texts that have no class.
    pub unknown: Vec<String>,
    /// Candidates; every class if there are none.
    pub candidates: Vec<String>,
    /// Draws.
    pub iterations: usize,
    /// Share of the features in a draw.
    pub feature_share: f64,
    /// Share of the imposters in a draw.
    pub imposter_share: f64,
}

impl Default for VerificationOptions {
    fn default() -> Self {
        Self {
            unknown: Vec::new(),
            candidates: Vec::new(),
            iterations: 100,
            feature_share: 0.5,
            imposter_share: 0.5,
        }
    }
}

/// Options of Zeta.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContrastOptions {
    /// Texts or classes of the primary set; with none and two classes the first class.
    pub primary: Vec<String>,
    /// Texts or classes of the secondary set; all other texts if there are none.
    pub secondary: Vec<String>,
    /// Words in a segment.
    pub segment: usize,
    /// Further lengths at which the words of the chart are looked at again.
    pub lengths: Vec<usize>,
    /// The least count of a word in both sets.
    pub least: u64,
    /// The contrast that words are listed by.
    pub contrast: String,
    /// Beyond which value words are preferred or avoided; that of the contrast if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
}

impl Default for ContrastOptions {
    fn default() -> Self {
        Self {
            primary: Vec::new(),
            secondary: Vec::new(),
            segment: 3_000,
            lengths: vec![1_000, 2_000, 3_000, 5_000],
            least: 3,
            contrast: Contrast::Craig.name().to_owned(),
            threshold: None,
        }
    }
}

impl ContrastOptions {
    /// The contrast that words are listed by.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn contrast(&self) -> Result<Contrast, StylometryError> {
        Contrast::ALL.into_iter().find(|contrast| contrast.name() == self.contrast).ok_or_else(|| {
            StylometryError::Unknown {
                what: "contrast",
                name: self.contrast.clone(),
                known: Contrast::ALL.map(Contrast::name).join(", "),
            }
        })
    }
}

/// Options of rolling windows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RollingOptions {
    /// The texts that are rolled; those without a class if there are none.
    pub texts: Vec<String>,
    /// Words of a window.
    pub window: usize,
    /// Words that a window shares with the next.
    pub overlap: usize,
    /// How classes are chosen: see [`method`].
    pub method: String,
    /// The price of a change of class between two windows, in the losses of a window.
    pub penalty: f64,
    /// Words of the text that the chart marks.
    pub milestones: Vec<usize>,
}

impl Default for RollingOptions {
    fn default() -> Self {
        Self {
            texts: Vec::new(),
            window: 5_000,
            overlap: 4_500,
            method: "centroid".to_owned(),
            penalty: 3.0,
            milestones: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_method_is_known() {
        let measure = Measure::default();
        let ids: Vec<String> = AttributionOptions::METHODS
            .iter()
            .map(|name| method(name, measure).unwrap().to_string())
            .collect();
        assert_eq!(ids[0], "balanced-centroid:cosine-delta");
        assert_eq!(ids[2], "neighbours-3:cosine-delta");
        for wrong in ["", "svm:x", "nearest:3", "neighbours:0", "logistic:", "naive-bayes:1"] {
            assert!(method(wrong, measure).is_err(), "{wrong}");
        }
    }

    #[test]
    fn options_are_read_as_they_are_written() {
        let contrast = ContrastOptions {
            primary: vec!["Austen".to_owned()],
            threshold: Some(0.2),
            ..ContrastOptions::default()
        };
        let written = toml::to_string(&contrast).unwrap();
        assert_eq!(toml::from_str::<ContrastOptions>(&written).unwrap(), contrast);
        assert!(toml::from_str::<RollingOptions>("windows = 5").is_err());
        let usual = AttributionOptions::default();
        assert_eq!((usual.methods.len(), usual.evaluation.as_str()), (7, "leave-one-out"));
        assert!(ContrastOptions { contrast: "near".to_owned(), ..contrast }.contrast().is_err());
    }
}
