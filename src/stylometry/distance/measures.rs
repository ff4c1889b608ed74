//! Measures by name.

use std::fmt;
use std::str::FromStr;

use super::metric::Metric;
use super::normaliser::{Normaliser, RowNormaliser};
use crate::stylometry::error::StylometryError;

/// A distance measure: normalise the features, then the texts, then compare.
///
/// Written by its name if it has one (`cosine-delta`), else by its parts: `z+unit+mean-manhattan`.
///
/// ```
/// use rhetor::stylometry::Measure;
/// let composed: Measure = "z-clamped-2+cosine".parse().unwrap();
/// assert_eq!(composed.to_string(), "z-clamped-2+cosine");
/// // The same measure has the same id, however it was written.
/// assert_eq!("z+cosine".parse::<Measure>().unwrap().to_string(), "cosine-delta");
/// assert_eq!("wurzburg".parse::<Measure>().unwrap().to_string(), "cosine-delta");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What is done to each feature.
    pub normaliser: Normaliser,
    /// What is done to each text.
    pub rows: RowNormaliser,
    /// How texts are compared.
    pub metric: Metric,
}

/// A measure of the literature.
#[derive(Debug)]
pub struct NamedMeasure {
    /// Its id.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// The computation.
    pub measure: Measure,
    /// What it is. f frequencies in percent, z their z-scores, n features.
    pub formula: &'static str,
    /// Where it is from.
    pub source: &'static str,
}

const fn named(
    name: &'static str,
    aliases: &'static [&'static str],
    parts: (Normaliser, RowNormaliser, Metric),
    formula: &'static str,
    source: &'static str,
) -> NamedMeasure {
    let measure = Measure { normaliser: parts.0, rows: parts.1, metric: parts.2 };
    NamedMeasure { name, aliases, measure, formula, source }
}

use Normaliser::{Clamped, Entropy, Frequency, MedianDeviation, Root, Ternary, ZScore};
use RowNormaliser::{None as Plain, Unit};

/// Every measure that has a name.
pub static MEASURES: &[NamedMeasure] = &[
    named("delta", &["burrows"], (ZScore, Plain, Metric::MeanManhattan), "Σ|z − z′| / n", "Burrows 2002"),
    named(
        "cosine-delta",
        &["wurzburg"],
        (ZScore, Plain, Metric::Cosine),
        "1 − cos(z, z′)",
        "Smith & Aldridge 2011; Jannidis et al. 2015",
    ),
    named(
        "argamon-linear",
        &[],
        (MedianDeviation, Plain, Metric::MeanManhattan),
        "Σ|f − f′|/b / n, b the mean absolute deviation from the median",
        "Argamon 2008, Linear Delta",
    ),
    named(
        "argamon-quadratic",
        &[],
        (ZScore, Plain, Metric::MeanSquare),
        "Σ(z − z′)² / n",
        "Argamon 2008, Quadratic Delta",
    ),
    named(
        "stylo-argamon",
        &["argamon"],
        (ZScore, Plain, Metric::EuclideanByCount),
        "√Σ(z − z′)² / n",
        "stylo's Linear Delta: orders pairs as Argamon's Quadratic Delta does",
    ),
    named(
        "eder",
        &["stylo-eder"],
        (ZScore, Plain, Metric::RankWeighted),
        "Σ|z − z′|·(n − r + 2)/n, r the rank of the feature",
        "Eder 2015, as in stylo",
    ),
    named("simple", &["eder-simple"], (Root, Plain, Metric::Manhattan), "Σ|√f − √f′|", "Eder, as in stylo"),
    named("cosine", &[], (Frequency, Plain, Metric::Cosine), "1 − cos(f, f′)", ""),
    named("euclidean", &[], (Frequency, Plain, Metric::Euclidean), "√Σ(f − f′)²", ""),
    named("manhattan", &[], (Frequency, Plain, Metric::Manhattan), "Σ|f − f′|", ""),
    named(
        "canberra",
        &[],
        (Frequency, Plain, Metric::Canberra),
        "Σ|f − f′|/|f + f′|·n/m over the m features that either text has",
        "Lance & Williams 1966; absent features as in R",
    ),
    named(
        "minmax",
        &["ruzicka"],
        (Frequency, Plain, Metric::MinMax),
        "1 − Σmin(f, f′)/Σmax(f, f′)",
        "Ružička 1958; Koppel & Winter 2014",
    ),
    named(
        "entropy",
        &[],
        (Entropy, Plain, Metric::Manhattan),
        "Σ|g − g′|, g = ln(f + 2)/H, H the entropy of the feature over the texts",
        "as in stylo, after Juola & Baayen 2005",
    ),
    named(
        "delta-unit",
        &["burrows-l2"],
        (ZScore, Unit, Metric::MeanManhattan),
        "Σ|z/|z| − z′/|z′|| / n",
        "Evert et al. 2017",
    ),
    named(
        "delta-clamped",
        &[],
        (Clamped(1.0), Plain, Metric::MeanManhattan),
        "Delta of z cut off at ±1",
        "Evert et al. 2017",
    ),
    named(
        "cosine-delta-clamped",
        &[],
        (Clamped(1.0), Plain, Metric::Cosine),
        "Cosine Delta of z cut off at ±1",
        "Evert et al. 2017",
    ),
    named(
        "delta-ternary",
        &[],
        (Ternary(0.43), Plain, Metric::MeanManhattan),
        "Delta of −1, 0, 1 for z below −0.43, between, above 0.43",
        "Evert et al. 2017",
    ),
    named(
        "cosine-delta-ternary",
        &[],
        (Ternary(0.43), Plain, Metric::Cosine),
        "Cosine Delta of −1, 0, 1 for z below −0.43, between, above 0.43",
        "Evert et al. 2017",
    ),
    named(
        "jensen-shannon",
        &[],
        (Frequency, Plain, Metric::JensenShannon),
        "√(H(m) − (H(p) + H(q))/2) in bits, p and q the shares of the features, m their mean",
        "Lin 1991; Endres & Schindelin 2003",
    ),
    named(
        "labbe",
        &["intertextual"],
        (Frequency, Plain, Metric::Labbe),
        "Σ|a − b|/Σ(a + b), the counts of the longer text reduced to the length of the shorter",
        "Labbé & Labbé 2001",
    ),
];

impl Measure {
    /// The measure's name, or its parts.
    pub fn id(&self) -> String {
        self.to_string()
    }
}

impl Default for Measure {
    /// Cosine Delta, the most accurate of the common ones on novels in three languages.
    fn default() -> Self {
        Self { normaliser: ZScore, rows: Plain, metric: Metric::Cosine }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(named) = MEASURES.iter().find(|named| named.measure == *self) {
            return f.write_str(named.name);
        }
        write!(f, "{}+", self.normaliser)?;
        if self.rows != Plain {
            write!(f, "{}+", self.rows.name())?;
        }
        f.write_str(self.metric.name())
    }
}

impl FromStr for Measure {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let by_name = |named: &&NamedMeasure| named.name == name || named.aliases.contains(&name);
        if let Some(named) = MEASURES.iter().find(by_name) {
            return Ok(named.measure);
        }
        composed(name).ok_or_else(|| StylometryError::Unknown {
            what: "measure",
            name: name.to_owned(),
            known: format!(
                "{}; or NORMALISER+METRIC, NORMALISER+unit+METRIC, NORMALISER+share+METRIC with the normalisers \
                 frequency, root, z, z-clamped-LIMIT, z-ternary-LIMIT, median-deviation, entropy and the metrics {}",
                MEASURES.iter().map(|named| named.name).collect::<Vec<_>>().join(", "),
                Metric::ALL.map(Metric::name).join(", ")
            ),
        })
    }
}

fn composed(name: &str) -> Option<Measure> {
    let parts: Vec<&str> = name.split('+').collect();
    let (first, rows, last) = match parts[..] {
        [first, last] => (first, Plain, last),
        [first, "unit", last] => (first, Unit, last),
        [first, "share", last] => (first, RowNormaliser::Share, last),
        _ => return None,
    };
    let metric = Metric::ALL.into_iter().find(|metric| metric.name() == last)?;
    Some(Measure { normaliser: Normaliser::of(first)?, rows, metric })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_stands_for_one_measure_and_back() {
        let mut names = BTreeSet::new();
        for named in MEASURES {
            for name in named.aliases.iter().chain([&named.name]) {
                assert!(names.insert(name), "{name}");
                assert_eq!(name.parse::<Measure>().unwrap(), named.measure);
            }
            assert_eq!(named.measure.id(), named.name);
        }
    }

    #[test]
    fn every_combination_has_an_id() {
        let mut ids = BTreeSet::new();
        let normalisers = [Frequency, Root, ZScore, Clamped(1.5), Ternary(0.5), MedianDeviation, Entropy];
        for normaliser in normalisers {
            for rows in [Plain, Unit, RowNormaliser::Share] {
                for metric in Metric::ALL {
                    let measure = Measure { normaliser, rows, metric };
                    assert_eq!(measure.id().parse::<Measure>().unwrap(), measure);
                    assert!(ids.insert(measure.id()));
                }
            }
        }
        for name in
            ["", "z", "z+", "+cosine", "z+unit", "z-clamped-0+cosine", "z-clamped-NaN+cosine", "z+l3+cosine"]
        {
            assert!(name.parse::<Measure>().is_err(), "{name}");
        }
    }
}
