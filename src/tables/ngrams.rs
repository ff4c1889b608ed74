//! The table of `rhetor ngrams`.

use super::formulas::computed;
use super::schema::{Column, Schema};

/// `ngrams.csv`; with `skips`, of skip-grams.
pub fn ngrams_table(skips: usize) -> Schema {
    let kind = if skips > 0 {
        format!("A skip-gram: words in order, at most {skips} left out between them in all")
    } else {
        "Words that stand side by side".to_owned()
    };
    Schema {
        file: "ngrams.csv",
        row: "one n-gram; by number of words, then by count, then by code point",
        columns: vec![
            Column::new("n", "integer", "words", "Number of its words"),
            Column::new("rank", "integer", "", "Place among those of the same number of words"),
            Column::new("ngram", "text", "", &format!("{kind}; counted keys with spaces between")),
            Column::new("count", "integer", "", "Occurrences"),
            computed(
                "per_million",
                "per million words",
                "Relative frequency",
                "f · 10⁶ / words (Biber et al. 1999)",
            ),
            Column::new("document_frequency", "integer", "texts", "Texts that hold it"),
            computed(
                "document_share",
                "",
                "Share of the texts that hold it",
                "document frequency / texts with words",
            ),
            computed(
                "dp",
                "",
                "Deviation of proportions over the texts, whose sizes are their n-grams; 0 = even",
                "½ Σ |tᵢ − wᵢ| (Gries 2008)",
            ),
            computed(
                "dp_norm",
                "",
                "Deviation of proportions over its highest value; 0 = even",
                "DP / (1 − min wᵢ) (Lijffijt & Gries 2012)",
            ),
            Column::new(
                "flag",
                "text",
                "",
                "fewer_than_parts: fewer occurrences than texts, so that dispersion follows frequency",
            ),
        ],
    }
}
