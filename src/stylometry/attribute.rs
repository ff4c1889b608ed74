//! Attribution: which class of texts a text is most like, and how often such an answer is right.

mod bayes;
mod classifier;
mod crossvalidation;
mod decision;
mod evaluation;
mod logistic;
mod shrunken;
mod stability;
mod svm;

pub use classifier::{Candidate, Classifier, Verdict};
pub use crossvalidation::{Folds, Source, cross_validate};
pub use decision::{DecidingFeature, Decision};
pub use evaluation::{ClassScores, Evaluation, Prediction, wilson};
pub use stability::{SettingVerdicts, Stability, stability};

use super::error::{Result, StylometryError};
use super::table::FrequencyTable;

/// Training texts by class.
#[derive(Debug)]
pub(super) struct Training<'a> {
    table: &'a FrequencyTable,
    /// Names of the classes, in code-point order.
    classes: Vec<&'a str>,
    /// Places of the training texts of each class, in the order of their numbers.
    members: Vec<Vec<usize>>,
}

impl<'a> Training<'a> {
    fn new(table: &'a FrequencyTable, classes: &'a [String], training: &[usize]) -> Result<Self> {
        let texts = table.texts().len();
        if classes.len() != texts {
            let reason = format!("{} classes for {texts} texts", classes.len());
            return Err(StylometryError::Option { option: "classes", reason });
        }
        if let Some(beyond) = training.iter().find(|text| **text >= texts) {
            let reason = format!("there are {texts} texts, asked for number {beyond}");
            return Err(StylometryError::Option { option: "training set", reason });
        }
        let mut names: Vec<&str> = training.iter().map(|text| classes[*text].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            return Err(StylometryError::TooFewTexts { analysis: "attribution", needed: 1, found: 0 });
        }
        // In an order of their own, so that names and places show in no last digit.
        let mut training = training.to_vec();
        table.sort(&mut training);
        let members = names
            .iter()
            .map(|name| training.iter().copied().filter(|text| classes[*text] == *name).collect())
            .collect();
        Ok(Self { table, classes: names, members })
    }

    /// An error unless every class has so many texts.
    fn needs(&self, analysis: &'static str, needed: usize) -> Result<()> {
        match self.members.iter().position(|members| members.len() < needed) {
            None => Ok(()),
            Some(class) => Err(StylometryError::Class {
                analysis,
                class: self.classes[class].to_owned(),
                needed,
                found: self.members[class].len(),
            }),
        }
    }

    fn needs_two_classes(&self, analysis: &'static str) -> Result<()> {
        if self.classes.len() >= 2 {
            return Ok(());
        }
        let reason = format!("{analysis} needs two classes, there is '{}' only", self.classes[0]);
        Err(StylometryError::Option { option: "classes", reason })
    }

    fn count(&self) -> usize {
        self.members.iter().map(Vec::len).sum()
    }

    /// Rows of the used features of the training texts, class by class, and of the tests.
    fn z_scores(&self, tests: &[usize]) -> Result<[Vec<Vec<f64>>; 2]> {
        use super::distance::{Normaliser, RowNormaliser, Scaling};
        let training: Vec<usize> = self.members.concat();
        let scaling = Scaling::fit(Normaliser::ZScore, RowNormaliser::None, self.table, Some(&training))?;
        let scaled = scaling.apply(self.table)?;
        let rows = |texts: &[usize]| texts.iter().map(|text| scaled.row(*text).to_vec()).collect();
        Ok([rows(&training), rows(tests)])
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
