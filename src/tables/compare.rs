//! The tables of `rhetor compare`.

use super::schema::{Column, Schema};

const SIDE: &str = "Name of the side: a file, a folder, a run, or a value of the metadata column";
const FAMILY: &str = "words, markers, counts, vocabulary, sentences, readability or punctuation";
const FEATURE: &str = "The word, family/category of a marker, or id of the measure (see rhetor explain)";
const UNIT: &str = "texts, or parts of texts where a side has fewer than 8 (see unit in run.json)";

/// `comparison.csv`: features side by side.
pub fn comparison_schema() -> Schema {
    Schema {
        file: "comparison.csv",
        row: "one feature on one side; every measure, marker category, and vocabulary at a common length",
        columns: vec![
            Column::new("family", "text", "", FAMILY),
            Column::new("feature", "text", "", FEATURE),
            Column::new("side", "text", "", SIDE),
            Column {
                formula: "markers: hits · 1000 / words of the author's prose; measures: mean over the units; \
                          :whole and :common: of all words of the side, the latter by rarefaction (Hurlbert 1971)"
                    .into(),
                ..Column::new("value", "number", "", "The value; empty if it is not defined")
            },
            Column::new("units", "integer", UNIT, "Units for which it is defined"),
            Column::new("words", "integer", "words", "Words that it rests on"),
        ],
    }
}

/// `differences.csv`: what differs most.
pub fn differences_schema() -> Schema {
    let number = |name, unit, meaning, formula: &str| Column {
        formula: formula.to_owned(),
        ..Column::new(name, "number", unit, meaning)
    };
    Schema {
        file: "differences.csv",
        row: "one feature of one comparison; by comparison, then by log10_q, size of delta and name",
        columns: vec![
            Column::new("first", "text", "", SIDE),
            Column::new("second", "text", "", "The other side, or 'the rest' where there are more than two"),
            Column::new("rank", "integer", "", "Place among the differences of this comparison, from 1"),
            Column::new("family", "text", "", FAMILY),
            Column::new("feature", "text", "", FEATURE),
            number(
                "value_first",
                "",
                "Value of the first side",
                "words and markers: per 1,000 words; measures: mean over the units",
            ),
            number("value_second", "", "Value of the second side", "as value_first"),
            number("difference", "", "First less second", "value_first − value_second"),
            number(
                "lower",
                "",
                "Lower bound of its 95 % interval; empty beyond the first rows and for fewer than 2 units",
                "d ± t · √(s₁² + s₂²), s that of a ratio of sums over units (Cochran 1977, 2.11), t with Welch's degrees of freedom (1947)",
            ),
            number("upper", "", "Upper bound of its 95 % interval", "as lower"),
            number(
                "ratio",
                "",
                "First over second, of words and markers; empty if the second is 0",
                "value_first / value_second",
            ),
            number(
                "delta",
                "−1 to 1",
                "Cliff's delta over the units",
                "share of pairs won less share lost (Cliff 1993)",
            ),
            number(
                "log10_p",
                "",
                "log₁₀ of p, two-sided",
                "Mann & Whitney 1947, normal approximation, corrected for ties",
            ),
            number(
                "log10_q",
                "",
                "log₁₀ of p, adjusted over all features of the comparison",
                "Benjamini & Hochberg 1995",
            ),
            Column::new("units_first", "integer", UNIT, "Units of the first side for which it is defined"),
            Column::new("units_second", "integer", UNIT, "Units of the second side for which it is defined"),
            Column::new("evidence", "text", "", "Where to look: rows of evidence.csv, or a command"),
        ],
    }
}

/// `side_keyness.csv`: the words of each side against the other.
pub fn keyness_schema() -> Schema {
    let number = |name, unit, meaning, formula: &str| Column {
        formula: formula.to_owned(),
        ..Column::new(name, "number", unit, meaning)
    };
    Schema {
        file: "side_keyness.csv",
        row: "one word of one comparison, at least 5 times on both sides together; words of the first side first, \
              by size of the conservative log ratio, then of G²",
        columns: vec![
            Column::new("first", "text", "", SIDE),
            Column::new("second", "text", "", "The other side, or 'the rest' where there are more than two"),
            Column::new("word", "text", "", "The counted key, as in words.csv"),
            Column::new("key_in", "text", "", "first or second: where it is more frequent"),
            Column::new("count_first", "integer", "words", "Occurrences in the first"),
            Column::new("count_second", "integer", "words", "Occurrences in the second"),
            Column::new("units_first", "integer", UNIT, "Units of the first that hold it"),
            Column::new("units_second", "integer", UNIT, "Units of the second that hold it"),
            number("per_million_first", "per million words", "Rate in the first", "10⁶·count/words"),
            number("per_million_second", "per million words", "Rate in the second", "10⁶·count/words"),
            number(
                "log_ratio",
                "",
                "Times the rate doubles from second to first",
                "log₂(p₁/p₂), a count of 0 as ½ (Hardie 2014)",
            ),
            number(
                "conservative",
                "",
                "Bound of its interval nearest 0; 0 if that holds 0",
                "Evert 2022, level 5 % after Šidák for all words",
            ),
            number("g2", "", "G² over four cells", "2 Σ O·ln(O/E) (Dunning 1993)"),
            number("log10_p", "", "log₁₀ of its p", "χ² distribution, one degree of freedom"),
            number("log10_q", "", "log₁₀ of p, adjusted over the words", "Benjamini & Hochberg 1995"),
        ],
    }
}

/// `evidence.csv`: the words and markers that differ most, where they stand.
pub fn evidence_schema() -> Schema {
    Schema {
        file: "evidence.csv",
        row: "one occurrence of a word or marker among the differences; a bounded number for each side, in reading order",
        columns: vec![
            Column::new("feature", "text", "", FEATURE),
            Column::new("family", "text", "", "words or markers"),
            Column::new("side", "text", "", SIDE),
            Column::new(
                "document",
                "text",
                "",
                "Id of the text: its path below the folder of its side, without .txt",
            ),
            Column::new("start_byte", "integer", "bytes", "First byte in the text as read (UTF-8)"),
            Column::new("end_byte", "integer", "bytes", "Byte after the last"),
            Column::new("left", "text", "", "Text before it; white space as one space"),
            Column::new("match", "text", "", "As it stands"),
            Column::new("right", "text", "", "Text after it; white space as one space"),
        ],
    }
}
