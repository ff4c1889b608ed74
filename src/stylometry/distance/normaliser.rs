//! What is done to the numbers before they are compared.

use super::columns;
use std::fmt;

use crate::stylometry::error::{Result, StylometryError, enough};
use crate::stylometry::table::FrequencyTable;

/// What is done to each feature, over the texts. f is the value in the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Normaliser {
    /// f.
    Frequency,
    /// √f.
    Root,
    /// z = (f − mean) / s, s the sample standard deviation (divided by N − 1) of the reference texts.
    ZScore,
    /// z, cut off at ± the limit.
    Clamped(f64),
    /// −1, 0 or 1: z below −limit, between, above. With 0.43 each is a third of a normal distribution (Evert
    /// et al. 2017).
    Ternary(f64),
    /// (f − median) / (mean absolute deviation from the median): Argamon's (2008) scaling for texts whose
    /// frequencies follow a Laplace distribution.
    MedianDeviation,
    /// ln(f + 2) / H, with H = −Σ a·ln a over the reference texts, a = (f + 1) / Σ(f + 1): the entropy
    /// distance of stylo.
    Entropy,
}

/// What is done to each text, over its features, afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowNormaliser {
    /// Nothing.
    #[default]
    None,
    /// Divided by the Euclidean length. A text without length stays as it is.
    Unit,
    /// Divided by the sum, for texts as distributions over the features. A text without sum stays as it is.
    Share,
}

impl fmt::Display for Normaliser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frequency => f.write_str("frequency"),
            Self::Root => f.write_str("root"),
            Self::ZScore => f.write_str("z"),
            Self::Clamped(limit) => write!(f, "z-clamped-{limit}"),
            Self::Ternary(limit) => write!(f, "z-ternary-{limit}"),
            Self::MedianDeviation => f.write_str("median-deviation"),
            Self::Entropy => f.write_str("entropy"),
        }
    }
}

impl Normaliser {
    pub(super) fn of(name: &str) -> Option<Self> {
        let limit = |text: &str| text.parse::<f64>().ok().filter(|limit| limit.is_finite() && *limit > 0.0);
        Some(match name {
            "frequency" => Self::Frequency,
            "root" => Self::Root,
            "z" => Self::ZScore,
            "median-deviation" => Self::MedianDeviation,
            "entropy" => Self::Entropy,
            _ => match name.strip_prefix("z-clamped-") {
                Some(text) => Self::Clamped(limit(text)?),
                None => Self::Ternary(limit(name.strip_prefix("z-ternary-")?)?),
            },
        })
    }

    /// Whether a feature that is the same in all reference texts has no value and is left out.
    fn needs_spread(self) -> bool {
        !matches!(self, Self::Frequency | Self::Root)
    }
}

impl RowNormaliser {
    /// Normalises the values of one text.
    pub(crate) fn apply(self, row: &mut [f64]) {
        let length = match self {
            Self::None => return,
            Self::Unit => row.iter().map(|value| value * value).sum::<f64>().sqrt(),
            Self::Share => row.iter().sum(),
        };
        if length > 0.0 {
            row.iter_mut().for_each(|value| *value /= length);
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Unit => "unit",
            Self::Share => "share",
        }
    }
}

/// A normaliser fitted to reference texts: the means and deviations, to be applied to any texts.
///
/// Features without spread among the reference texts have no z-score; they are left out, and sums over
/// features are then scaled up by n / (features used), as R's `dist` does for missing values. Means stay
/// means over the features used.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    normaliser: Normaliser,
    rows: RowNormaliser,
    /// Places of the features used.
    used: Vec<usize>,
    features: usize,
    /// Of the used features.
    centre: Vec<f64>,
    scale: Vec<f64>,
}

/// Values ready to be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scaled {
    /// Row by row, of the used features.
    pub values: Vec<f64>,
    /// Places of the used features in the table.
    pub used: Vec<usize>,
    /// Features of the table.
    pub features: usize,
}

impl Scaled {
    /// What sums over the used features are multiplied by.
    pub fn scale_up(&self) -> f64 {
        if self.used.len() == self.features { 1.0 } else { self.features as f64 / self.used.len() as f64 }
    }

    /// The values of the first `features` features of the table, each text normalised over them.
    pub fn first(&self, features: usize, rows: RowNormaliser) -> Result<Self> {
        let count = self.used.partition_point(|place| *place < features);
        if count == 0 {
            return Err(StylometryError::AllConstant);
        }
        let mut values = Vec::with_capacity(self.values.len() / self.used.len() * count);
        for row in self.values.chunks_exact(self.used.len()) {
            let start = values.len();
            values.extend_from_slice(&row[..count]);
            rows.apply(&mut values[start..]);
        }
        Ok(Self { values, used: self.used[..count].to_vec(), features })
    }

    pub fn row(&self, text: usize) -> &[f64] {
        &self.values[text * self.used.len()..][..self.used.len()]
    }
}

impl Scaling {
    /// Fits to the texts of `reference`, or to all.
    ///
    /// # Errors
    /// If there are fewer than two reference texts or all features are constant and the normaliser needs
    /// spread; or if a root is to be taken of a negative value.
    pub fn fit(
        normaliser: Normaliser,
        rows: RowNormaliser,
        table: &FrequencyTable,
        reference: Option<&[usize]>,
    ) -> Result<Self> {
        let all: Vec<usize> = (0..table.texts().len()).collect();
        let reference: Vec<&[f64]> = reference.unwrap_or(&all).iter().map(|text| table.row(*text)).collect();
        // In order of size, so that the order of the texts does not show in the last digit.
        Self::fit_rows(normaliser, rows, table.features().len(), &reference, true)
    }

    /// As [`Scaling::fit`], from rows; the values of a feature are summed in order of size if `sorted`, else in the
    /// order of the rows, which is faster.
    pub(crate) fn fit_rows(
        normaliser: Normaliser,
        rows: RowNormaliser,
        features: usize,
        reference: &[&[f64]],
        sorted: bool,
    ) -> Result<Self> {
        let everything = |centre: f64, scale: f64| Self {
            normaliser,
            rows,
            used: (0..features).collect(),
            features,
            centre: vec![centre; features],
            scale: vec![scale; features],
        };
        if !normaliser.needs_spread() {
            return Ok(everything(0.0, 1.0));
        }
        enough("scaling by the spread of each feature", reference.len(), 2)?;
        let mut fitted =
            Self { used: Vec::new(), centre: Vec::new(), scale: Vec::new(), ..everything(0.0, 1.0) };
        let mut column = Vec::with_capacity(reference.len());
        let of_moments =
            matches!(normaliser, Normaliser::ZScore | Normaliser::Clamped(_) | Normaliser::Ternary(_));
        if !sorted && of_moments {
            for (feature, (centre, scale)) in columns::moments(reference, features).into_iter().enumerate() {
                if scale > 0.0 && scale.is_finite() {
                    fitted.used.push(feature);
                    fitted.centre.push(centre);
                    fitted.scale.push(scale);
                }
            }
            return if fitted.used.is_empty() { Err(StylometryError::AllConstant) } else { Ok(fitted) };
        }
        for feature in 0..features {
            column.clear();
            column.extend(reference.iter().map(|row| row[feature]));
            if sorted {
                sort(&mut column);
            }
            // Compared, not computed: the deviation of equal numbers can come out as 1e-17.
            let constant = column.iter().all(|value| *value == column[0]);
            let (centre, scale) = match normaliser {
                Normaliser::MedianDeviation => median_and_deviation(&mut column),
                Normaliser::Entropy => (0.0, entropy(&column)),
                _ => mean_and_deviation(&column),
            };
            if (constant && normaliser != Normaliser::Entropy) || scale <= 0.0 || !scale.is_finite() {
                continue;
            }
            fitted.used.push(feature);
            fitted.centre.push(centre);
            fitted.scale.push(scale);
        }
        if fitted.used.is_empty() {
            return Err(StylometryError::AllConstant);
        }
        Ok(fitted)
    }

    /// Fits with the same weight for every group of texts, whatever its size: the mean is the mean of the
    /// groups' means, the variance the mean of the groups' mean squared distances from it. Median deviations and
    /// entropies are those of all texts of the groups.
    ///
    /// # Errors
    /// As [`Scaling::fit`].
    pub fn fit_balanced(
        normaliser: Normaliser,
        rows: RowNormaliser,
        table: &FrequencyTable,
        groups: &[Vec<usize>],
    ) -> Result<Self> {
        let mut fitted = Self::fit(normaliser, rows, table, Some(&groups.concat()))?;
        if !matches!(normaliser, Normaliser::ZScore | Normaliser::Clamped(_) | Normaliser::Ternary(_)) {
            return Ok(fitted);
        }
        let groups: Vec<&Vec<usize>> = groups.iter().filter(|group| !group.is_empty()).collect();
        let balanced = |value: &dyn Fn(usize) -> f64| {
            let means = groups
                .iter()
                .map(|group| group.iter().map(|text| value(*text)).sum::<f64>() / group.len() as f64);
            means.sum::<f64>() / groups.len() as f64
        };
        for (place, feature) in fitted.used.iter().enumerate() {
            let mean = balanced(&|text| table.row(text)[*feature]);
            let square =
                |text: usize| (table.row(text)[*feature] - mean) * (table.row(text)[*feature] - mean);
            fitted.centre[place] = mean;
            fitted.scale[place] = balanced(&square).sqrt();
        }
        Ok(fitted)
    }

    /// The places in the table of the features that are used; the others are constant.
    pub fn used(&self) -> &[usize] {
        &self.used
    }

    /// What is taken from each used feature (mean, median or 0).
    pub fn centre(&self) -> &[f64] {
        &self.centre
    }

    /// What each used feature is divided by.
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    /// The scaled values of the used features of every text, row by row.
    ///
    /// # Errors
    /// If a root is to be taken of a negative value.
    ///
    /// # Panics
    /// If the table has not the features it was fitted to.
    pub fn values(&self, table: &FrequencyTable) -> Result<Vec<f64>> {
        self.apply(table).map(|scaled| scaled.values)
    }

    pub(crate) fn apply(&self, table: &FrequencyTable) -> Result<Scaled> {
        self.apply_rows(&table.rows().collect::<Vec<_>>())
    }

    /// As [`Scaling::apply`], to rows.
    pub(crate) fn apply_rows(&self, rows: &[&[f64]]) -> Result<Scaled> {
        let negative = || StylometryError::Undefined {
            measure: self.normaliser.to_string(),
            reason: "the table has negative values".to_owned(),
        };
        let logarithm = self.normaliser == Normaliser::Entropy;
        if (logarithm || self.normaliser == Normaliser::Root)
            && rows.iter().copied().flatten().any(|value| *value < 0.0)
        {
            return Err(negative());
        }
        let mut values = Vec::with_capacity(self.used.len() * rows.len());
        for row in rows {
            let start = values.len();
            // Every feature is used: no place is looked up, and the loop can go by vectors.
            if self.used.len() == row.len() {
                match self.normaliser {
                    Normaliser::Frequency => values.extend_from_slice(row),
                    Normaliser::ZScore | Normaliser::MedianDeviation => {
                        values.extend_from_slice(row);
                        columns::standardise(&mut values[start..], &self.centre, &self.scale);
                    }
                    _ => {}
                }
                if values.len() > start {
                    self.rows.apply(&mut values[start..]);
                    continue;
                }
            }
            values.extend(self.used.iter().zip(&self.centre).zip(&self.scale).map(
                |((feature, centre), scale)| {
                    let value = row[*feature];
                    match self.normaliser {
                        Normaliser::Frequency => value,
                        Normaliser::Root => value.sqrt(),
                        Normaliser::Entropy => libm::log(value + 2.0) / scale,
                        Normaliser::ZScore | Normaliser::MedianDeviation => (value - centre) / scale,
                        Normaliser::Clamped(limit) => ((value - centre) / scale).clamp(-limit, limit),
                        Normaliser::Ternary(limit) => match (value - centre) / scale {
                            z if z > limit => 1.0,
                            z if z < -limit => -1.0,
                            _ => 0.0,
                        },
                    }
                },
            ));
            self.rows.apply(&mut values[start..]);
        }
        Ok(Scaled { values, used: self.used.clone(), features: self.features })
    }
}

/// Puts numbers, none of them NaN, in ascending order: as whole numbers that are in the same order, which is faster.
fn sort(values: &mut [f64]) {
    const SIGN: u64 = 1 << 63;
    let mut keys: Vec<u64> = values
        .iter()
        .map(|value| {
            let bits = value.to_bits();
            if bits & SIGN == 0 { bits | SIGN } else { !bits }
        })
        .collect();
    keys.sort_unstable();
    for (value, key) in values.iter_mut().zip(keys) {
        *value = f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN });
    }
}

/// Mean and sample standard deviation, by two passes so that no digits are lost.
pub(crate) fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let mean = mean + values.iter().map(|value| value - mean).sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

fn median_and_deviation(values: &mut [f64]) -> (f64, f64) {
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    let median =
        if values.len() % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) };
    (median, values.iter().map(|value| (value - median).abs()).sum::<f64>() / values.len() as f64)
}

fn entropy(values: &[f64]) -> f64 {
    let sum: f64 = values.iter().map(|value| value + 1.0).sum();
    -values
        .iter()
        .map(|value| {
            let share = (value + 1.0) / sum;
            share * libm::log(share)
        })
        .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f64]]) -> FrequencyTable {
        let name = |letter: char, count: usize| (0..count).map(|n| format!("{letter}{n}")).collect();
        FrequencyTable::new(name('t', rows.len()), name('f', rows[0].len()), rows.concat()).unwrap()
    }

    fn scaled(normaliser: Normaliser, rows: RowNormaliser, table: &FrequencyTable) -> Vec<f64> {
        Scaling::fit(normaliser, rows, table, None).unwrap().values(table).unwrap()
    }

    #[test]
    fn by_hand() {
        let table = table(&[&[1.0, 7.0], &[2.0, 7.0], &[6.0, 7.0]]);
        // Mean 3, deviations −2, −1, 3, variance 14/2.
        let s = 7_f64.sqrt();
        assert_eq!(scaled(Normaliser::ZScore, RowNormaliser::None, &table), [-2.0 / s, -1.0 / s, 3.0 / s]);
        assert_eq!(scaled(Normaliser::Clamped(1.0), RowNormaliser::None, &table), [-2.0 / s, -1.0 / s, 1.0]);
        assert_eq!(scaled(Normaliser::Ternary(0.43), RowNormaliser::None, &table), [-1.0, 0.0, 1.0]);
        // Median 2, mean absolute deviation (1 + 0 + 4)/3.
        let expected = [-1.0, 0.0, 4.0].map(|value: f64| value / (5.0 / 3.0));
        assert_eq!(scaled(Normaliser::MedianDeviation, RowNormaliser::None, &table), expected);
        assert_eq!(scaled(Normaliser::ZScore, RowNormaliser::Unit, &table), [-1.0, -1.0, 1.0]);
        assert_eq!(scaled(Normaliser::Frequency, RowNormaliser::Share, &table)[..2], [0.125, 0.875]);
    }

    #[test]
    fn numbers_are_sorted_as_they_are_compared() {
        let mut values = vec![0.5, -0.0, 3.0, 0.0, -7.5, 1e-310, 100.0, -1e-9];
        let mut expected = values.clone();
        expected.sort_by(f64::total_cmp);
        sort(&mut values);
        assert_eq!(
            values.iter().map(|v| v.to_bits()).collect::<Vec<_>>(),
            expected.iter().map(|v| v.to_bits()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn constant_columns_are_left_out_and_reported() {
        let table = table(&[&[0.1, 7.3], &[0.2, 7.3], &[0.6, 7.3]]);
        let scaling = Scaling::fit(Normaliser::ZScore, RowNormaliser::None, &table, None).unwrap();
        assert_eq!(scaling.used(), [0]);
        assert_eq!(scaling.apply(&table).unwrap().scale_up(), 2.0);
        let error = Scaling::fit(
            Normaliser::ZScore,
            RowNormaliser::None,
            &table.select_texts(&[0, 1]).columns(&[1]),
            None,
        );
        assert_eq!(error, Err(StylometryError::AllConstant));
        assert!(Scaling::fit(Normaliser::ZScore, RowNormaliser::None, &table, Some(&[1])).is_err());
    }

    #[test]
    fn negative_values_have_no_root() {
        let table = table(&[&[-1.0], &[2.0]]);
        let scaling = Scaling::fit(Normaliser::Root, RowNormaliser::None, &table, None).unwrap();
        assert!(scaling.values(&table).unwrap_err().to_string().contains("negative"));
    }
}
