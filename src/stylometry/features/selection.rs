//! Which features become the columns of a table.

use std::collections::{HashMap, HashSet};

use super::counts::FeatureCounts;
use crate::stylometry::error::{Result, StylometryError, duplicate};
use crate::stylometry::table::{FrequencyTable, check_culling, survives};

/// Which features a table has.
///
/// They are the most frequent ones of the texts together, ties by code point: the first `cutoff` of them;
/// of these, those in at least `culling` percent of the texts; without the `excluded` ones; of these,
/// `mfw` from the rank `start_at` on. That is the order in which stylo goes.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureSelection {
    /// Number of most frequent features. If fewer are left, the table has those.
    pub mfw: usize,
    /// The first rank taken, from 1.
    pub start_at: usize,
    /// Percent of the texts that must have a feature, 0 to 100, inclusive.
    pub culling: f64,
    /// Length of the list of most frequent features before culling; stylo has 5,000.
    pub cutoff: Option<usize>,
    /// Features left out: stop words, [pronouns](super::pronouns()).
    pub excluded: Vec<String>,
    /// The features to take, in this order, instead of the most frequent ones.
    pub given: Option<Vec<String>>,
}

impl Default for FeatureSelection {
    /// The 500 most frequent features, no culling.
    fn default() -> Self {
        Self { mfw: 500, start_at: 1, culling: 0.0, cutoff: None, excluded: Vec::new(), given: None }
    }
}

impl FeatureSelection {
    /// As stylo selects: `mfw` features out of a list of 5,000, culled.
    pub fn stylo(mfw: usize, culling: f64) -> Self {
        Self { mfw, culling, cutoff: Some(5_000), ..Self::default() }
    }
}

/// Anything that tables of selected features can be made from.
pub trait Tabulate: Sync {
    /// Names of the texts.
    fn names(&self) -> &[String];

    /// The table of the selected features.
    ///
    /// # Errors
    /// If no feature is left, or an option is out of its range.
    fn tabulate(&self, selection: &FeatureSelection) -> Result<FrequencyTable>;
}

impl Tabulate for FeatureCounts {
    fn names(&self) -> &[String] {
        self.texts()
    }

    fn tabulate(&self, selection: &FeatureSelection) -> Result<FrequencyTable> {
        self.table(selection)
    }
}

/// The columns stand for the list of most frequent features, in their order.
impl Tabulate for FrequencyTable {
    fn names(&self) -> &[String] {
        self.texts()
    }

    fn tabulate(&self, selection: &FeatureSelection) -> Result<FrequencyTable> {
        check_culling(selection.culling)?;
        check_ranks(selection)?;
        let places: HashMap<&str, usize> =
            self.features().iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
        let mut chosen: Vec<usize> = match &selection.given {
            None => (0..self.features().len()).take(selection.cutoff.unwrap_or(usize::MAX)).collect(),
            Some(given) => {
                duplicate("feature", given.iter().map(String::as_str))?;
                given.iter().filter_map(|name| places.get(name.as_str()).copied()).collect()
            }
        };
        if selection.culling > 0.0 {
            let present = |column: usize| self.rows().filter(|row| row[column] > 0.0).count();
            chosen.retain(|column| survives(present(*column), self.texts().len(), selection.culling));
        }
        let excluded: HashSet<&str> = selection.excluded.iter().map(String::as_str).collect();
        chosen.retain(|column| !excluded.contains(self.features()[*column].as_str()));
        let left = chosen.len();
        let chosen: Vec<usize> =
            chosen.into_iter().skip(selection.start_at - 1).take(selection.mfw).collect();
        if chosen.is_empty() {
            return Err(none_left(left, selection.start_at));
        }
        Ok(self.columns(&chosen))
    }
}

fn check_ranks(selection: &FeatureSelection) -> Result<()> {
    if selection.mfw == 0 || selection.start_at == 0 {
        return Err(StylometryError::Option {
            option: "features",
            reason: "the number of features and the first rank are at least 1".to_owned(),
        });
    }
    Ok(())
}

fn none_left(left: usize, start_at: usize) -> StylometryError {
    StylometryError::NoFeatures {
        reason: format!(
            "{left} are left after culling and stop words, the first rank asked for is {start_at}"
        ),
    }
}

impl FeatureCounts {
    /// The relative frequencies, in percent of all features of the text, of the selected features.
    ///
    /// A text with nothing in it has zeros.
    ///
    /// ```
    /// use rhetor::stylometry::{CountsBuilder, FeatureSelection};
    /// let mut builder = CountsBuilder::default();
    /// for (name, text) in [("a", "to be or not to be"), ("b", "to err is human")] {
    ///     builder.text(name);
    ///     text.split(' ').for_each(|word| builder.add(word, 1));
    /// }
    /// let counts = builder.finish().unwrap();
    /// let table = counts.table(&FeatureSelection { mfw: 2, ..FeatureSelection::default() }).unwrap();
    /// assert_eq!(table.features(), ["to", "be"]);
    /// assert_eq!(table.row(1), [25.0, 0.0]);
    /// ```
    ///
    /// # Errors
    /// If no feature is left, or an option is out of its range.
    pub fn table(&self, selection: &FeatureSelection) -> Result<FrequencyTable> {
        self.table_of(selection, None)
    }

    /// As [`FeatureCounts::table`], with the features selected by the texts `chosen_by` alone (a training
    /// set): their counts rank, their number is what culling goes by. The table has every text.
    ///
    /// # Errors
    /// As [`FeatureCounts::table`].
    pub fn table_of(
        &self,
        selection: &FeatureSelection,
        chosen_by: Option<&[usize]>,
    ) -> Result<FrequencyTable> {
        let columns = self.select(selection, chosen_by)?;
        let mut place = vec![usize::MAX; self.features().len()];
        for (column, number) in columns.iter().enumerate() {
            place[*number as usize] = column;
        }
        let mut values = vec![0.0; columns.len() * self.texts().len()];
        for (text, row) in values.chunks_exact_mut(columns.len()).enumerate() {
            let total = self.totals()[text] as f64;
            for (number, count) in self.sparse(text).iter() {
                if let Some(value) = row.get_mut(place[number as usize]) {
                    // A total of 0 has counts only where it is of other things than the features.
                    *value = if total > 0.0 { count as f64 / total * 100.0 } else { 0.0 };
                }
            }
        }
        let features = columns.iter().map(|number| self.features()[*number as usize].clone()).collect();
        Ok(FrequencyTable::unchecked(self.texts().to_vec(), features, values, Some(self.totals().to_vec())))
    }

    fn select(&self, selection: &FeatureSelection, chosen_by: Option<&[usize]>) -> Result<Vec<u32>> {
        check_culling(selection.culling)?;
        check_ranks(selection)?;
        // Of those further down none can be chosen, unless others before them fall out.
        let most = if selection.given.is_none() && selection.culling <= 0.0 {
            let first = selection.mfw.saturating_add(selection.start_at - 1);
            first.saturating_add(selection.excluded.len())
        } else {
            usize::MAX
        };
        let ranked = self.first_ranked(chosen_by, most).into_iter().map(|(number, _)| number);
        let mut chosen: Vec<u32> = match &selection.given {
            None => ranked.take(selection.cutoff.unwrap_or(usize::MAX)).collect(),
            Some(given) => {
                duplicate("feature", given.iter().map(String::as_str))?;
                let occurring: HashSet<u32> = ranked.collect();
                given
                    .iter()
                    .filter_map(|feature| self.number(feature))
                    .filter(|n| occurring.contains(n))
                    .collect()
            }
        };
        if chosen.is_empty() {
            let reason = "no text has any of the features asked for".to_owned();
            return Err(StylometryError::NoFeatures { reason });
        }
        if selection.culling > 0.0 {
            let all: Vec<usize> = (0..self.texts().len()).collect();
            let texts = chosen_by.unwrap_or(&all);
            let mut present = vec![0_usize; self.features().len()];
            for text in texts {
                for (number, _) in self.sparse(*text).iter() {
                    present[number as usize] += 1;
                }
            }
            chosen.retain(|number| survives(present[*number as usize], texts.len(), selection.culling));
            if chosen.is_empty() {
                let reason = format!("none is in {} % of the {} texts", selection.culling, texts.len());
                return Err(StylometryError::NoFeatures { reason });
            }
        }
        let excluded: HashSet<&str> = selection.excluded.iter().map(String::as_str).collect();
        chosen.retain(|number| !excluded.contains(self.features()[*number as usize].as_str()));
        let left = chosen.len();
        let chosen: Vec<u32> = chosen.into_iter().skip(selection.start_at - 1).take(selection.mfw).collect();
        if chosen.is_empty() {
            return Err(none_left(left, selection.start_at));
        }
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::features::CountsBuilder;

    fn counts() -> FeatureCounts {
        let mut builder = CountsBuilder::default();
        for (name, words) in [("a", "x x x y z"), ("b", "x y y w"), ("c", "x v v v v")] {
            builder.text(name);
            words.split(' ').for_each(|word| builder.add(word, 1));
        }
        builder.finish().unwrap()
    }

    fn selected(selection: FeatureSelection) -> Vec<String> {
        counts().table(&selection).unwrap().features().to_vec()
    }

    #[test]
    fn the_steps_in_their_order() {
        let all = FeatureSelection::default();
        assert_eq!(selected(all.clone()), ["x", "v", "y", "w", "z"]);
        assert_eq!(selected(FeatureSelection { mfw: 2, start_at: 2, ..all.clone() }), ["v", "y"]);
        assert_eq!(selected(FeatureSelection { culling: 50.0, ..all.clone() }), ["x", "y"]);
        // The cut comes before culling, so y is not there any more.
        assert_eq!(selected(FeatureSelection { culling: 50.0, cutoff: Some(2), ..all.clone() }), ["x"]);
        let excluded = vec!["x".to_owned()];
        assert_eq!(selected(FeatureSelection { excluded, mfw: 2, ..all.clone() }), ["v", "y"]);
        let given = Some(["w", "nowhere", "x"].map(str::to_owned).to_vec());
        assert_eq!(selected(FeatureSelection { given, ..all }), ["w", "x"]);
    }

    #[test]
    fn of_a_training_set_only() {
        let counts = counts();
        let training = FeatureSelection { mfw: 3, culling: 60.0, ..FeatureSelection::default() };
        let table = counts.table_of(&training, Some(&[0, 1])).unwrap();
        assert_eq!(table.features(), ["x", "y"]);
        assert_eq!(table.row(2), [20.0, 0.0]);
    }

    #[test]
    fn nothing_left_is_said() {
        let message = |selection: FeatureSelection| counts().table(&selection).unwrap_err().to_string();
        let all = FeatureSelection::default();
        assert!(message(FeatureSelection { start_at: 6, ..all.clone() }).contains("5 are left"));
        assert!(message(FeatureSelection { mfw: 0, ..all.clone() }).contains("at least 1"));
        assert!(message(FeatureSelection { culling: 101.0, ..all.clone() }).contains("0 to 100"));
        assert!(
            message(FeatureSelection { given: Some(vec!["q".into()]), ..all.clone() }).contains("no text")
        );
        let excluded = ["x", "v", "y", "w", "z"].map(str::to_owned).to_vec();
        assert!(message(FeatureSelection { excluded, ..all }).contains("0 are left"));
    }
}
