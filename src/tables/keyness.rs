//! The table of `rhetor keyness`.

use super::formulas::{computed, formula_cells, formula_columns};
use super::rows::Rows;
use super::schema::{Column, Schema};
use crate::measures::contingency::Table;
use crate::measures::dispersion::Parts;
use crate::measures::formulas::KEYNESSES;
use crate::measures::keyness::{Variance, fightin_words};

/// `keyness.csv`, for features called `feature` that are shares of `unit`, with a prior of `prior` in all.
pub fn keyness_table(feature: &str, unit: &str, prior: f64) -> Schema {
    let count = |name: &str, meaning: &str| Column::new(name, "integer", unit, meaning);
    let rate = |name: &str, side: &str| {
        computed(
            name,
            &format!("per million {unit}"),
            &format!("Relative frequency in the {side}"),
            "f · 10⁶ / N",
        )
    };
    let mut columns = vec![
        Column::new("target", "text", "", "The texts that are asked about"),
        Column::new("reference", "text", "", "The texts they are compared with"),
        Column::new("favours", "text", "", "target or reference: where it is relatively more frequent"),
        Column::new("rank", "integer", "", "Place among those that favour the same side"),
        Column::new("feature", "text", "", feature),
        count("target_count", "a: occurrences in the target"),
        count("reference_count", "b: occurrences in the reference"),
        count("target_size", "N₁"),
        count("reference_size", "N₂"),
        rate("target_per_million", "target"),
        rate("reference_per_million", "reference"),
        Column::new("target_range", "integer", "texts", "Texts of the target that hold it"),
        Column::new(
            "reference_range",
            "integer",
            "texts",
            "Texts of the reference that hold it; empty for a list",
        ),
        computed(
            "target_dp",
            "",
            "Deviation of proportions over the texts of the target; 0 = even",
            "½ Σ |tᵢ − wᵢ| (Gries 2008)",
        ),
        computed(
            "reference_dp",
            "",
            "Deviation of proportions over the texts of the reference; 0 = even",
            "½ Σ |tᵢ − wᵢ| (Gries 2008)",
        ),
        computed(
            "conservative_log_ratio",
            "doublings",
            "Bound of the interval of the log ratio nearest 0; 0 if the interval holds 0",
            "exact interval of Clopper & Pearson, level 0.05 by Šidák over all features tested (Evert 2022)",
        ),
        computed(
            "log_ratio_lower",
            "doublings",
            "Lower bound of that interval; empty if infinite",
            "quantile of the beta distribution (Clopper & Pearson 1934)",
        ),
        computed(
            "log_ratio_upper",
            "doublings",
            "Upper bound of that interval; empty if infinite",
            "quantile of the beta distribution (Clopper & Pearson 1934)",
        ),
        computed("log10_p", "", "log₁₀ of the p-value of g2:4cell", "log₁₀ erfc(√(G²/2))"),
        computed(
            "log10_q",
            "",
            "log₁₀ of the p-value adjusted for all features tested",
            "Benjamini & Hochberg 1995",
        ),
    ];
    columns.extend(formula_columns(KEYNESSES));
    let words = format!(
        "δ/σ with a prior in proportion to the counts of both sides, {prior} in all (Monroe, Colaresi & Quinn 2008)"
    );
    columns.extend([
        computed("fightin_words:full", "", "Fightin' Words: z of the log odds ratio, variance with all terms", &words),
        computed("fightin_words:approximate", "", "Fightin' Words: z of the log odds ratio, variance as in the paper", &words),
        computed("text_dispersion:g2", "", "G² over four cells of the texts that hold it, negative where the reference is higher; empty with fewer than two texts a side", "2 Σ O·ln(O/E) (Egbert & Biber 2019)"),
        computed("text_dispersion:log_ratio", "doublings", "Log ratio of the shares of texts that hold it", "log₂ of the shares, a count of 0 taken as ½ (Egbert & Biber 2019; Hardie 2014)"),
        Column::new("flag", "text", "", "With spaces between: one_text (key because of one text, which holds more than half of the occurrences on its side: without this text it would not pass the same test), expected_lt_5, few_texts (fewer than two texts on a side)"),
    ]);
    Schema {
        file: "keyness.csv",
        row: "one feature of one comparison; comparisons by target, those that favour the target first, then by \
              the measure asked for (its absolute value), then by |G²|, then by code point",
        columns,
    }
}

/// What a row of `keyness.csv` is made of.
#[derive(Debug)]
pub struct KeyRow<'a> {
    /// Name of the feature.
    pub feature: &'a str,
    /// Its counts.
    pub table: Table,
    /// Whether the target has relatively more of it.
    pub favours_target: bool,
    /// Texts that hold it.
    pub range: (u64, Option<u64>),
    /// Its spread over the texts of either side.
    pub parts: [Option<Parts>; 2],
    /// Bounds of the log ratio.
    pub interval: (Option<f64>, Option<f64>),
    /// The bound nearest 0.
    pub conservative: f64,
    /// log₁₀ of p and q.
    pub log10: (f64, f64),
    /// Its share of the prior, and all of it.
    pub prior: (f64, f64),
    /// Counts of texts.
    pub texts: Option<Table>,
    /// Why it may bear no claim.
    pub flags: Vec<&'static str>,
}

/// Writes a row of `keyness.csv`.
pub fn key_row(rows: &mut Rows, (target, reference): (&str, &str), rank: u64, row: &KeyRow<'_>) {
    let table = &row.table;
    let favours = if row.favours_target { "target" } else { "reference" };
    rows.text(target).text(reference).text(favours).integer(rank).text(row.feature);
    rows.integer(table.a).integer(table.b).integer(table.size_1()).integer(table.size_2());
    rows.number(Some(table.a as f64 * 1e6 / table.size_1() as f64));
    rows.number(Some(table.b as f64 * 1e6 / table.size_2() as f64));
    rows.integer(row.range.0).count(row.range.1);
    for parts in &row.parts {
        rows.number(parts.as_ref().map(Parts::dp));
    }
    rows.number(Some(row.conservative)).number(row.interval.0).number(row.interval.1);
    rows.number(Some(row.log10.0)).number(Some(row.log10.1));
    formula_cells(rows, KEYNESSES, Ok(table));
    for variance in [Variance::Full, Variance::Approximate] {
        rows.number(fightin_words(table, row.prior.0, row.prior.1, variance).ok());
    }
    for id in ["g2:4cell", "log_ratio"] {
        let entry = KEYNESSES.iter().find(|entry| entry.id == id);
        rows.number(entry.zip(row.texts.as_ref()).and_then(|(entry, texts)| (entry.compute)(texts).ok()));
    }
    rows.text(&row.flags.join(" ")).end();
}
