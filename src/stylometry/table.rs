//! Tables of texts × features.

use super::error::{Result, StylometryError, duplicate};

/// Numbers for texts (rows) and features (columns, the most frequent first): usually the relative
/// frequencies in percent of all tokens of the text.
///
/// Names are unique and every number is finite; a table that is not so cannot be made.
#[derive(Clone, Debug, PartialEq)]
pub struct FrequencyTable {
    texts: Vec<String>,
    features: Vec<String>,
    values: Vec<f64>,
    /// Tokens of each text, where they are known.
    totals: Option<Vec<u64>>,
}

impl FrequencyTable {
    /// A table from its values, row by row.
    ///
    /// ```
    /// use rhetor::stylometry::FrequencyTable;
    /// let names = |names: [&str; 2]| names.map(str::to_owned).to_vec();
    /// let table = FrequencyTable::new(names(["a", "b"]), names(["the", "of"]), vec![4.0, 3.0, 5.0, 2.0]).unwrap();
    /// assert_eq!(table.row(1), [5.0, 2.0]);
    /// assert!(FrequencyTable::new(names(["a", "a"]), names(["the", "of"]), vec![0.0; 4]).is_err());
    /// ```
    ///
    /// # Errors
    /// If a name occurs twice, a number is not finite (or beyond 10¹⁰⁰), there are no texts or features, or too few or too many
    /// numbers.
    pub fn new(texts: Vec<String>, features: Vec<String>, values: Vec<f64>) -> Result<Self> {
        let wrong = |reason: String| Err(StylometryError::Table { reason });
        if texts.is_empty() || features.is_empty() {
            return wrong(format!("it has {} texts and {} features", texts.len(), features.len()));
        }
        if values.len() != texts.len() * features.len() {
            return wrong(format!(
                "{} values for {} texts of {} features",
                values.len(),
                texts.len(),
                features.len()
            ));
        }
        duplicate("text", texts.iter().map(String::as_str))?;
        duplicate("feature", features.iter().map(String::as_str))?;
        // Squares and sums of larger numbers would not be finite.
        if let Some(place) = values.iter().position(|value| !value.is_finite() || value.abs() > 1e100) {
            let (row, column) = (place / features.len(), place % features.len());
            return wrong(format!(
                "the value of '{}' in '{}' is {}, no frequency",
                features[column], texts[row], values[place]
            ));
        }
        Ok(Self { texts, features, values, totals: None })
    }

    /// Without the checks, from a table whose names and numbers were checked.
    pub(crate) fn unchecked(
        texts: Vec<String>,
        features: Vec<String>,
        values: Vec<f64>,
        totals: Option<Vec<u64>>,
    ) -> Self {
        Self { texts, features, values, totals }
    }

    /// With the number of tokens of each text, which some measures need. A table from counts has them.
    ///
    /// # Errors
    /// If there are not as many numbers as texts.
    pub fn with_totals(mut self, totals: Vec<u64>) -> Result<Self> {
        if totals.len() != self.texts.len() {
            let reason = format!("{} lengths for {} texts", totals.len(), self.texts.len());
            return Err(StylometryError::Table { reason });
        }
        self.totals = Some(totals);
        Ok(self)
    }

    /// Tokens of each text, where they are known.
    pub fn totals(&self) -> Option<&[u64]> {
        self.totals.as_deref()
    }

    /// Names of the texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Names of the features.
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// All numbers, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The numbers of a text.
    ///
    /// # Panics
    /// If there is no such text.
    pub fn row(&self, text: usize) -> &[f64] {
        &self.values[text * self.features.len()..][..self.features.len()]
    }

    /// What names a text by its numbers alone, whatever it is called and wherever it stands.
    pub(crate) fn key(&self, text: usize) -> [u8; 32] {
        let bytes: Vec<u8> = self.row(text).iter().flat_map(|value| value.to_le_bytes()).collect();
        *blake3::hash(&bytes).as_bytes()
    }

    /// Puts texts in an order that their numbers alone decide.
    pub(crate) fn sort(&self, texts: &mut [usize]) {
        let by_value = |(a, b): (&f64, &f64)| a.total_cmp(b);
        texts.sort_by(|a, b| {
            let mut places = self.row(*a).iter().zip(self.row(*b)).map(by_value);
            places.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
        });
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.features.len())
    }

    /// The first `count` features; all of them if there are fewer.
    pub fn first(&self, count: usize) -> Self {
        self.columns(&(0..count.clamp(1, self.features.len())).collect::<Vec<_>>())
    }

    /// These features, in this order. A feature may come more than once, as a bootstrap draws it.
    pub(crate) fn columns(&self, columns: &[usize]) -> Self {
        let values = self.rows().flat_map(|row| columns.iter().map(|column| row[*column])).collect();
        let features = columns.iter().map(|column| self.features[*column].clone()).collect();
        Self { texts: self.texts.clone(), features, values, totals: self.totals.clone() }
    }

    /// These texts, in this order.
    ///
    /// # Panics
    /// If there is no such text.
    pub fn select_texts(&self, texts: &[usize]) -> Self {
        Self {
            texts: texts.iter().map(|text| self.texts[*text].clone()).collect(),
            features: self.features.clone(),
            values: texts.iter().flat_map(|text| self.row(*text)).copied().collect(),
            totals: self.totals.as_ref().map(|totals| texts.iter().map(|text| totals[*text]).collect()),
        }
    }

    /// Features that at least `percent` percent of the texts have.
    ///
    /// # Errors
    /// If none is left, or `percent` is not between 0 and 100.
    pub fn culled(&self, percent: f64) -> Result<Self> {
        let kept = self.kept_by_culling(percent)?;
        Ok(if kept.len() == self.features.len() { self.clone() } else { self.columns(&kept) })
    }

    pub(super) fn kept_by_culling(&self, percent: f64) -> Result<Vec<usize>> {
        check_culling(percent)?;
        let mut present = vec![0_usize; self.features.len()];
        for row in self.rows() {
            for (count, value) in present.iter_mut().zip(row) {
                *count += usize::from(*value > 0.0);
            }
        }
        let kept: Vec<usize> = (0..present.len())
            .filter(|column| survives(present[*column], self.texts.len(), percent))
            .collect();
        if kept.is_empty() {
            return Err(StylometryError::NoFeatures {
                reason: format!("none is in {percent} % of the {} texts", self.texts.len()),
            });
        }
        Ok(kept)
    }
}

/// An error unless a culling level can be one.
pub(crate) fn check_culling(percent: f64) -> Result<()> {
    if (0.0..=100.0).contains(&percent) {
        return Ok(());
    }
    Err(StylometryError::Option {
        option: "culling",
        reason: format!("{percent} is not a percentage from 0 to 100"),
    })
}

/// Whether a feature that `present` of `texts` have survives culling: at least `percent` percent, inclusive.
pub(crate) fn survives(present: usize, texts: usize, percent: f64) -> bool {
    // Multiplied out, so that 1 of 5 is 20 % exactly.
    present as f64 * 100.0 >= percent * texts as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_is_wrong_with_a_table_is_said() {
        let message = |texts: &[&str], features: &[&str], values: Vec<f64>| {
            FrequencyTable::new(names(texts), names(features), values).unwrap_err().to_string()
        };
        assert_eq!(
            message(&["a", "b"], &["x"], vec![1.0, f64::NAN]),
            "table: the value of 'x' in 'b' is NaN, no frequency"
        );
        assert!(message(&["a", "a"], &["x"], vec![1.0, 2.0]).contains("text 'a' occurs twice"));
        assert!(message(&["a"], &["x", "x"], vec![1.0, 2.0]).contains("feature 'x' occurs twice"));
        assert!(message(&["a"], &["x"], vec![1.0, 2.0]).contains("2 values"));
        assert!(message(&[], &["x"], vec![]).contains("0 texts"));
    }

    #[test]
    fn culling_is_inclusive() {
        let values = vec![1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 2.0];
        let table =
            FrequencyTable::new(names(&["a", "b", "c", "d", "e"]), names(&["x", "y"]), values).unwrap();
        assert_eq!(table.culled(20.0).unwrap().features(), ["x", "y"]);
        assert_eq!(table.culled(20.1).unwrap().features(), ["x"]);
        assert!(table.culled(f64::NAN).is_err());
        assert_eq!(table.first(9), table);
        assert_eq!(table.select_texts(&[4, 0]).values(), [1.0, 2.0, 1.0, 0.0]);
        let sparse = FrequencyTable::new(names(&["a", "b"]), names(&["x"]), vec![1.0, 0.0]).unwrap();
        assert!(sparse.culled(60.0).unwrap_err().to_string().contains("60 %"));
    }
}
