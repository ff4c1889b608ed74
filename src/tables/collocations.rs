//! The table of `rhetor collocations`.

use super::formulas::{computed, formula_columns};
use super::schema::{Column, Schema};
use crate::measures::formulas::ASSOCIATIONS;

/// `collocations.csv`, in which `first` says what O₁₁, R₁, C₁ and N are; with `fisher`, Fisher's test too.
pub fn collocations_table(first: &str, fisher: bool) -> Schema {
    let mut columns = vec![
        Column::new("node", "text", "", "The word whose neighbours are counted"),
        Column::new("collocate", "text", "", "A word in its windows"),
        Column::new("rank", "integer", "", "Place among the rows of the node, or among all with --all"),
        Column::new("together", "integer", "words", &format!("How often they meet in a window; {first}")),
        Column::new("documents", "integer", "texts", "Texts in which they do"),
        Column::new("node_count", "integer", "words", "f(n): occurrences of the node"),
        Column::new("collocate_count", "integer", "words", "f(c): occurrences of the collocate"),
        Column::new("o11", "number", "words", "O₁₁, as the convention counts it"),
        Column::new("r1", "integer", "words", "R₁"),
        Column::new("c1", "integer", "words", "C₁"),
        Column::new("n", "integer", "words", "N"),
        computed("expected", "words", "E₁₁: how often they would meet by chance", "R₁·C₁/N"),
    ];
    columns.extend(formula_columns(ASSOCIATIONS));
    if fisher {
        columns.push(computed(
            "fisher_log10_p",
            "",
            "log₁₀ of the p-value of Fisher's exact test, upper tail; empty when: counts are fractions",
            "Σ of the tables in which they meet at least as often (Fisher 1935; Pedersen 1996)",
        ));
    }
    columns.push(Column::new(
        "flag",
        "text",
        "",
        "expected_lt_5: E₁₁ is below 5, where χ², z, and the p-value of G² are poor",
    ));
    columns.push(Column::new(
        "reason",
        "text",
        "",
        "Why there is no measure at all: inconsistent_counts (the convention lets O₁₁ or R₁ exceed a margin)",
    ));
    Schema {
        file: "collocations.csv",
        row: "one node and collocate; by node, then by the measure asked for, then by collocate; with --all by \
              the measure, then by node",
        columns,
    }
}
