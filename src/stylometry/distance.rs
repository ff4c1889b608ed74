//! Distances: a [normaliser](Normaliser) of the features, a [normaliser](RowNormaliser) of the texts, a
//! [metric](Metric). Every combination has an id; the ones of the literature have names.

mod columns;
mod kernel;
mod matrix;
mod measures;
mod metric;
mod normaliser;

pub use matrix::DistanceMatrix;
pub use measures::{MEASURES, Measure, NamedMeasure};
pub use metric::Metric;
pub use normaliser::{Normaliser, RowNormaliser, Scaling};

pub(crate) use metric::{Sums, divergence, labbe_terms, rank_weight};
pub(crate) use normaliser::{Scaled, mean_and_deviation};

use super::error::{Result, StylometryError, enough};
use super::table::FrequencyTable;

impl Measure {
    /// The distance of every text of a table to every other one.
    ///
    /// ```
    /// use rhetor::stylometry::{FrequencyTable, Measure};
    /// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    /// let values = vec![4.0, 3.0, 5.0, 2.0, 6.0, 4.0];
    /// let table = FrequencyTable::new(names(&["a", "b", "c"]), names(&["the", "of"]), values).unwrap();
    /// let measure: Measure = "delta".parse().unwrap();
    /// let distances = measure.distances(&table).unwrap();
    /// assert_eq!(distances.get(0, 1), 1.0);
    /// ```
    ///
    /// # Errors
    /// With fewer than two texts, if all columns are constant and the normaliser needs their spread, or if the
    /// metric is not defined for the values (such as negative ones).
    pub fn distances(&self, table: &FrequencyTable) -> Result<DistanceMatrix> {
        enough("a distance", table.texts().len(), 2)?;
        let scaled = self.scaling(table, None)?.apply(table)?;
        self.metric.within(&scaled, table)
    }

    /// The distance of each text of `tests` to each text of `training`, both places in the table, with
    /// the features scaled by the texts of `reference`, or by all of them. A row for each of `tests`.
    ///
    /// # Errors
    /// As [`Measure::distances`].
    pub fn distances_between(
        &self,
        table: &FrequencyTable,
        tests: &[usize],
        training: &[usize],
        reference: Option<&[usize]>,
    ) -> Result<Vec<Vec<f64>>> {
        let scaled = self.scaling(table, reference)?.apply(table)?;
        self.metric.between(&scaled, table, tests, training)
    }

    /// The distances of values that are scaled already.
    pub(crate) fn between_scaled(
        &self,
        scaled: &Scaled,
        table: &FrequencyTable,
        tests: &[usize],
        training: &[usize],
    ) -> Result<Vec<Vec<f64>>> {
        self.metric.between(scaled, table, tests, training)
    }

    /// The distances of the first row to the `count` rows after it. The table gives names to errors.
    pub(crate) fn distances_from_first(
        &self,
        scaled: &Scaled,
        table: &FrequencyTable,
        count: usize,
    ) -> Result<Vec<f64>> {
        let others: Vec<usize> = (1..=count).collect();
        Ok(self.metric.between(scaled, table, &[0], &others)?.concat())
    }

    /// An error if the metric cannot be applied to the values of these texts.
    pub(crate) fn check(&self, scaled: &Scaled, table: &FrequencyTable, texts: &[usize]) -> Result<()> {
        self.metric.check(scaled, table, texts)
    }

    /// The scaling of this measure, with means and deviations of the texts of `reference`, or of all.
    ///
    /// # Errors
    /// If the normaliser cannot be applied.
    pub fn scaling(&self, table: &FrequencyTable, reference: Option<&[usize]>) -> Result<Scaling> {
        if self.metric == Metric::Labbe
            && (self.normaliser, self.rows) != (Normaliser::Frequency, RowNormaliser::None)
        {
            return Err(StylometryError::Undefined {
                measure: self.to_string(),
                reason: "it is made from frequencies as they are".to_owned(),
            });
        }
        Scaling::fit(self.normaliser, self.rows, table, reference)
    }

    /// The distances of values that are scaled already, of the texts of a table.
    pub(crate) fn within_scaled(&self, scaled: &Scaled, table: &FrequencyTable) -> Result<DistanceMatrix> {
        self.metric.within(scaled, table)
    }
}
