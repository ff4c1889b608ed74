//! Tables of stylometry.

use super::rows::Rows;
use super::schema::{Column, Schema};
use crate::stylometry::{DistanceMatrix, FeatureCounts, FrequencyTable};

/// File of the features of a run.
pub(crate) const FEATURES: &str = "features.csv";
/// File of their frequencies.
pub(crate) const FREQUENCIES: &str = "frequencies.csv";

/// A column with a formula.
pub(crate) fn column(name: &str, kind: &'static str, unit: &str, meaning: &str, formula: &str) -> Column {
    Column {
        name: name.to_owned(),
        kind,
        unit: unit.to_owned(),
        meaning: meaning.to_owned(),
        formula: formula.to_owned(),
    }
}

/// The column of a text or sample.
pub(crate) fn text_column() -> Column {
    column("text", "text", "", "Id of the text, with a number for a sample of it", "")
}

/// The columns of the matrices.
pub(crate) fn matrix_schema() -> Schema {
    Schema {
        file: "distances_*.csv",
        row: "one text; a file for each measure, number of most frequent features and culling level in percent",
        columns: vec![
            text_column(),
            column(
                "(each text)",
                "number",
                "",
                "Distance of the two texts; 0 to itself",
                "that of the measure; rhetor explain ID",
            ),
        ],
    }
}

/// A matrix: the text, then a column for each text.
pub(crate) fn matrix(distances: &DistanceMatrix) -> Rows {
    let mut rows = Rows::new();
    rows.text("text");
    distances.texts().iter().for_each(|text| {
        rows.text(text);
    });
    rows.end();
    for (text, name) in distances.texts().iter().enumerate() {
        rows.text(name);
        for distance in distances.row(text) {
            rows.number(Some(distance));
        }
        rows.end();
    }
    rows
}

/// The columns of `summary.csv`.
pub(crate) fn summary_schema() -> Schema {
    Schema {
        file: "summary.csv",
        row: "one setting; by culling level, measure, number of features",
        columns: vec![
            column("measure", "text", "", "Id of the distance measure", ""),
            column(
                "features",
                "integer",
                "features",
                "Most frequent features used: those asked for, or as many as there are",
                "",
            ),
            column(
                "culling",
                "number",
                "percent",
                "Least percentage of the texts that have each feature",
                "",
            ),
            column("file", "text", "", "The matrix", ""),
            column(
                "nearest_hits",
                "integer",
                "texts",
                "Texts whose nearest text is of their group; empty without groups of two texts",
                "",
            ),
            column("nearest_of", "integer", "texts", "Texts that have another text of their group", ""),
            column(
                "nearest_share",
                "number",
                "",
                "Accuracy of the nearest neighbour",
                "nearest_hits / nearest_of",
            ),
            column(
                "adjusted_rand_index",
                "number",
                "",
                "Agreement of the groups with as many clusters of the tree; 1 the same, 0 as by chance; empty if not defined",
                "Hubert & Arabie 1985",
            ),
        ],
    }
}

/// The columns of `features.csv`.
pub(crate) fn features_schema() -> Schema {
    Schema {
        file: FEATURES,
        row: "one feature; in the order of the table",
        columns: vec![
            column("rank", "integer", "", "Place of the feature, from 1", ""),
            column("feature", "text", "", "The feature: the key of a word, an n-gram, a mark", ""),
            column("count", "integer", "", "Occurrences in all texts; empty for a ready table", ""),
            column(
                "mean_percent",
                "number",
                "percent",
                "Mean of its frequency over the texts",
                "Σ percent / texts",
            ),
            column("texts", "integer", "texts", "Texts that have it", ""),
        ],
    }
}

/// `features.csv`.
pub(crate) fn features(table: &FrequencyTable, counts: Option<&FeatureCounts>) -> Rows {
    let mut rows = Rows::with_header(&features_schema());
    let texts = table.texts().len();
    for (place, feature) in table.features().iter().enumerate() {
        let mut values: Vec<f64> = table.rows().map(|row| row[place]).collect();
        // In order of size, so that the order of the texts does not show in the last digit.
        values.sort_unstable_by(f64::total_cmp);
        let count = counts.map(|counts| (0..texts).map(|text| counts.count(text, feature)).sum());
        rows.integer(place as u64 + 1).text(feature).count(count);
        rows.number(Some(values.iter().sum::<f64>() / texts as f64));
        rows.integer(values.iter().filter(|value| **value > 0.0).count() as u64).end();
    }
    rows
}

/// The columns of `frequencies.csv`.
pub(crate) fn frequencies_schema() -> Schema {
    Schema {
        file: FREQUENCIES,
        row: "one text; the largest table of the first culling level; --table reads it again",
        columns: vec![
            text_column(),
            column(
                "(each feature)",
                "number",
                "percent",
                "Frequency in the text",
                "100 · count / all features of the text",
            ),
        ],
    }
}

/// `frequencies.csv`: the text, then a column for each feature.
pub(crate) fn frequencies(table: &FrequencyTable) -> Rows {
    let mut rows = Rows::new();
    rows.text("text");
    table.features().iter().for_each(|feature| {
        rows.text(feature);
    });
    rows.end();
    for (name, row) in table.texts().iter().zip(table.rows()) {
        rows.text(name);
        row.iter().for_each(|value| {
            rows.number(Some(*value));
        });
        rows.end();
    }
    rows
}
