//! Whether a verdict depends on the number of features and on culling.

use rayon::prelude::*;

use super::classifier::{Classifier, Verdict};
use super::crossvalidation::Source;
use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::features::FeatureSelection;
use crate::stylometry::table::FrequencyTable;

/// Texts to learn from, and texts to judge.
type Part = (Vec<usize>, Vec<usize>);

/// The verdicts of one setting.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingVerdicts {
    /// Culling level in percent.
    pub culling: f64,
    /// Number of most frequent features asked for.
    pub mfw: usize,
    /// A verdict for each test, in the order of the tests; none where no feature is left, or where fewer are left
    /// than were asked for, which is the setting before again.
    pub verdicts: Vec<Option<Verdict>>,
}

/// The verdicts of texts under many settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// The settings, by culling level, then by number of features.
    pub settings: Vec<SettingVerdicts>,
}

impl Stability {
    /// The share of the settings with a verdict that give a test to `class`; none without any.
    pub fn support(&self, test: usize, class: &str) -> Option<f64> {
        let verdicts = || self.settings.iter().filter_map(|setting| setting.verdicts.get(test)?.as_ref());
        let all = verdicts().count();
        (all > 0).then(|| verdicts().filter(|verdict| verdict.class() == class).count() as f64 / all as f64)
    }
}

/// Judges tests under every number of features and culling level. `parts` are sets of training texts and of tests;
/// in each, features are chosen and everything is learnt by the training texts alone. The verdicts of a setting are
/// those of the first part's tests, then of the second's, and so on.
///
/// ```
/// use rhetor::stylometry::{Classifier, CountsBuilder, FeatureSelection, Source, stability};
/// let mut builder = CountsBuilder::default();
/// for (name, text) in [("a", "x x x y z"), ("b", "x x y y z"), ("c", "z z z y w"), ("d", "z z w y w"), ("?", "z w z y")] {
///     builder.text(name);
///     text.split(' ').for_each(|word| builder.add(word, 1));
/// }
/// let counts = builder.finish().unwrap();
/// let classes = ["Ann", "Ann", "Bob", "Bob", ""].map(str::to_owned);
/// let source = Source::Counts(&counts, &FeatureSelection::default());
/// let nearest = Classifier::Nearest("manhattan".parse().unwrap());
/// let parts = [(vec![0, 1, 2, 3], vec![4])];
/// let found = stability(source, &classes, &nearest, &[2, 3], &[0.0], &parts).unwrap();
/// assert_eq!(found.support(0, "Bob"), Some(1.0));
/// ```
///
/// # Errors
/// If a number of features is 0 or a culling level no percentage, and as [`Classifier::classify`].
pub fn stability(
    source: Source<'_>,
    classes: &[String],
    classifier: &Classifier,
    mfw: &[usize],
    culling: &[f64],
    parts: &[Part],
) -> Result<Stability> {
    if mfw.is_empty() || mfw.contains(&0) || culling.is_empty() {
        let reason = "name at least one number of features, from 1 on, and one culling level".to_owned();
        return Err(StylometryError::Option { option: "stability", reason });
    }
    let mut sizes = mfw.to_vec();
    sizes.sort_unstable();
    sizes.dedup();
    let jobs: Vec<(f64, &Part)> =
        culling.iter().flat_map(|culling| parts.iter().map(move |part| (*culling, part))).collect();
    // By job: for each size the verdicts of the part's tests.
    let found: Vec<Vec<Vec<Option<Verdict>>>> = jobs
        .into_par_iter()
        .map(|(culling, (training, tests))| {
            let nothing = || vec![None; tests.len()];
            let most = sizes[sizes.len() - 1];
            let table = match tabulated(source, most, culling, training) {
                Ok(table) => table,
                Err(StylometryError::NoFeatures { .. }) => return Ok(vec![nothing(); sizes.len()]),
                Err(error) => return Err(error),
            };
            let all = table.features().len();
            sizes
                .iter()
                .enumerate()
                .map(|(place, size)| {
                    if place > 0 && sizes[place - 1] >= all {
                        return Ok(nothing());
                    }
                    match classifier.classify(&table.first(*size), classes, training, tests) {
                        Ok(verdicts) => Ok(verdicts.into_iter().map(Some).collect()),
                        Err(StylometryError::AllConstant) => Ok(nothing()),
                        Err(error) => Err(error),
                    }
                })
                .collect()
        })
        .collect::<Result<_>>()?;
    let mut settings = Vec::with_capacity(culling.len() * sizes.len());
    for (level, parts) in culling.iter().zip(found.chunks(parts.len().max(1))) {
        for (place, size) in sizes.iter().enumerate() {
            let verdicts = parts.iter().flat_map(|part| part[place].iter().cloned()).collect();
            settings.push(SettingVerdicts { culling: *level, mfw: *size, verdicts });
        }
    }
    Ok(Stability { settings })
}

fn tabulated(source: Source<'_>, mfw: usize, culling: f64, training: &[usize]) -> Result<FrequencyTable> {
    match source {
        Source::Counts(counts, selection) => {
            let selection = FeatureSelection { mfw, culling, ..selection.clone() };
            counts.table_of(&selection, Some(training))
        }
        Source::Table(table) => {
            let kept = table.select_texts(training).kept_by_culling(culling)?;
            Ok(table.columns(&kept).first(mfw))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::features::CountsBuilder;

    #[test]
    fn settings_without_features_of_their_own_have_no_verdict() {
        let mut builder = CountsBuilder::default();
        for (name, text) in
            [("a", "x x y"), ("b", "x y y y"), ("c", "z z z y"), ("d", "z z y y"), ("?", "z y")]
        {
            builder.text(name);
            text.split(' ').for_each(|word| builder.add(word, 1));
        }
        let counts = builder.finish().unwrap();
        let classes = ["A", "A", "B", "B", ""].map(str::to_owned);
        let selection = FeatureSelection::default();
        let delta = Classifier::Nearest("delta".parse().unwrap());
        let parts = [(vec![0, 1, 2, 3], vec![4])];
        let run = |mfw: &[usize], culling: &[f64]| {
            stability(Source::Counts(&counts, &selection), &classes, &delta, mfw, culling, &parts)
        };
        let found = run(&[3, 1, 9, 20], &[0.0, 100.0]).unwrap();
        let there: Vec<_> = found
            .settings
            .iter()
            .map(|setting| (setting.culling, setting.mfw, setting.verdicts[0].is_some()))
            .collect();
        // There are three words, and one that every text has.
        let expected = [
            (0.0, 1, true),
            (0.0, 3, true),
            (0.0, 9, false),
            (0.0, 20, false),
            (100.0, 1, true),
            (100.0, 3, false),
            (100.0, 9, false),
            (100.0, 20, false),
        ];
        assert_eq!(there, expected);
        assert!(run(&[0], &[0.0]).is_err() && run(&[1], &[]).is_err() && run(&[1], &[101.0]).is_err());
        let table = counts.table(&selection).unwrap();
        let of_table = stability(Source::Table(&table), &classes, &delta, &[3], &[0.0], &parts).unwrap();
        assert_eq!(of_table.support(0, "B"), Some(1.0));
        assert_eq!(of_table.support(7, "B"), None);
    }
}
