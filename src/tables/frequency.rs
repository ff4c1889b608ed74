//! The tables of `rhetor frequency`.

use super::formulas::{computed, formula_cells, formula_columns};
use super::rows::Rows;
use super::schema::{Column, Schema};
use crate::measures::dispersion::Parts;
use crate::measures::formulas::DISPERSIONS;
use crate::measures::frequency::{per_million, zipf_value, zipf_value_smoothed};
use crate::measures::{Outcome, Undefined};

/// The tables of `rhetor frequency`.
#[derive(Clone, Debug)]
pub struct FrequencyTables {
    /// One row a word.
    pub frequency: Schema,
    /// One row a number of occurrences.
    pub spectrum: Schema,
    /// One row a point of the growth of the vocabulary.
    pub growth: Schema,
    /// One row a point of a rarefaction curve.
    pub rarefaction: Schema,
    /// One row a text: the laws fitted to it.
    pub laws: Schema,
}

const OR_ALL: &str = "Id of the text; empty for all texts in order of their ids";

/// The tables of `rhetor frequency`, whose dispersion is taken over `parts`.
pub fn frequency_tables(parts: &str) -> FrequencyTables {
    let words = |meaning: &str| Column::new("words", "integer", "words", meaning);
    let mut columns = vec![
        Column::new(
            "rank",
            "integer",
            "",
            "Place among all words; words with equal counts have different ranks",
        ),
        Column::new(
            "word",
            "text",
            "",
            "The counted key: lower case, apostrophes as ', NFC, no invisible marks",
        ),
        Column::new("count", "integer", "words", "Occurrences in the voices asked for"),
        computed("per_million", "per million words", "Relative frequency", "f · 10⁶ / N"),
        computed(
            "zipf",
            "",
            "Zipf value: about 1 very rare, 7 very frequent",
            "log₁₀(f · 10⁶ / N) + 3 (van Heuven et al. 2014)",
        ),
        computed(
            "zipf:smoothed",
            "",
            "Zipf value with one added to the count",
            "log₁₀(10⁹ · (f + 1)/(N + V)) (van Heuven et al. 2014)",
        ),
        Column::new("document_frequency", "integer", "texts", "Texts that hold the word"),
        computed("document_share", "", "Share of the texts that hold the word", "document frequency / texts"),
        Column::new("range", "integer", "parts", &format!("Parts that hold the word; parts are {parts}")),
        computed("range_share", "", "Share of the parts that hold the word", "range / k"),
        computed(
            "arf",
            "words",
            "Average reduced frequency: 1 for one clump, f for an even spread; texts in order of their ids",
            "(1/u) · Σ min(d, u), u = N/f, over circular distances (Savický & Hlaváčová 2002)",
        ),
        computed(
            "awt",
            "words",
            "Average waiting time from a random place to the next occurrence",
            "½(1 + Σd²/N) (Savický & Hlaváčová 2002)",
        ),
        computed("ald", "", "Average logarithmic distance", "Σ d·log₁₀ d / N (Savický & Hlaváčová 2002)"),
    ];
    columns.extend(formula_columns(DISPERSIONS));
    columns.push(computed(
        "dp_at_random",
        "",
        "DP to be expected of a word of this frequency at random places: the yardstick of dp",
        "½ Σ E|X/f − wᵢ|, X binomial (de Moivre 1730)",
    ));
    columns.push(Column::new(
        "flag",
        "text",
        "",
        "fewer_than_parts: fewer occurrences than parts, so that dispersion follows frequency",
    ));
    columns.push(Column::new(
        "reason",
        "text",
        "",
        "Why there is no dispersion: too_few (fewer than two parts) or absent (no occurrence)",
    ));
    FrequencyTables {
        frequency: Schema { file: "frequency.csv", row: "one word; by count, then by code point", columns },
        spectrum: Schema {
            file: "frequency_spectrum.csv",
            row: "one number of occurrences, ascending",
            columns: vec![
                Column::new("occurrences", "integer", "words", "i"),
                Column::new("types", "integer", "words", "V(i): different words that occur i times"),
                Column::new("tokens", "integer", "words", "i·V(i): words of the corpus that they make up"),
            ],
        },
        growth: Schema {
            file: "vocabulary_growth.csv",
            row: "one point of a curve; the curve of all texts first, then each text",
            columns: vec![
                Column::new("document", "text", "", OR_ALL),
                words("Words read so far"),
                Column::new("types", "integer", "words", "Different words among them"),
                Column::new("hapaxes", "integer", "words", "Words among them that occurred once so far"),
            ],
        },
        rarefaction: Schema {
            file: "rarefaction.csv",
            row: "one point of a curve; the curve of all texts first, then each text",
            columns: vec![
                Column::new("document", "text", "", OR_ALL),
                words("Words drawn at random, without replacement"),
                computed(
                    "expected_types",
                    "words",
                    "Different words to be expected among them, exact",
                    "Σ Vᵢ·(1 − Π_{j<n} (N − i − j)/(N − j)) (Hurlbert 1971; Baayen 2001)",
                ),
            ],
        },
        laws: Schema {
            file: "frequency_laws.csv",
            row: "one text, all texts first: the laws fitted to its words",
            columns: vec![
                Column::new("document", "text", "", OR_ALL),
                words("N"),
                Column::new("types", "integer", "words", "V"),
                Column::new("hapaxes", "integer", "words", "V(1)"),
                computed(
                    "zipf_mandelbrot:a",
                    "",
                    "Exponent, by maximum likelihood; empty when: no finite fit",
                    "a of p(r) = C/(r + b)^a (Mandelbrot 1953; Izsák 2006)",
                ),
                computed("zipf_mandelbrot:b", "ranks", "Shift of the ranks", "b of p(r) = C/(r + b)^a"),
                computed(
                    "zipf_mandelbrot:c",
                    "",
                    "Constant that makes the probabilities of the V ranks sum to 1",
                    "C of p(r) = C/(r + b)^a",
                ),
                computed("log_likelihood", "", "Logarithm of the likelihood of the fit", "Σ f(r)·ln p(r)"),
                computed(
                    "divergence",
                    "bits",
                    "Distance of the counts from the law; 0 is a perfect fit",
                    "Σ p̂·log₂(p̂/p) (Kullback & Leibler 1951)",
                ),
                Column::new(
                    "flag",
                    "text",
                    "",
                    "Why the fit bears no claim, with spaces between: n_lt_1000 (words), b_at_bound (the likelihood rises to the end of the shifts tried), poor_fit (divergence above 0.1 bits)",
                ),
                Column::new("reason", "text", "", "Why there is no fit"),
                computed(
                    "heaps:k",
                    "",
                    "Constant of Herdan and Heaps, by least squares of the logarithms of the growth curve",
                    "K of V = K·n^β (Herdan 1964; Heaps 1978)",
                ),
                computed("heaps:beta", "", "Exponent of Herdan and Heaps", "β of V = K·n^β"),
            ],
        },
    }
}

/// What a row of `frequency.csv` is made of.
#[derive(Debug)]
pub struct WordRow<'a> {
    /// Place among all words; none for a word that does not occur.
    pub rank: Option<u64>,
    /// The word.
    pub word: &'a str,
    /// Its occurrences.
    pub count: u64,
    /// N.
    pub tokens: u64,
    /// V.
    pub types: u64,
    /// Texts that hold it.
    pub documents: u64,
    /// Texts with words.
    pub texts: u64,
    /// ARF, AWT and ALD.
    pub distances: [Outcome; 3],
    /// Its parts, or why there is no dispersion.
    pub parts: Result<Parts, Undefined>,
    /// The DP to be expected.
    pub expected_dp: Option<f64>,
}

/// Writes a row of `frequency.csv`.
pub fn word_row(rows: &mut Rows, row: &WordRow<'_>) {
    rows.count(row.rank).text(row.word).integer(row.count);
    rows.number(per_million(row.count, row.tokens).ok()).number(zipf_value(row.count, row.tokens).ok());
    rows.number(zipf_value_smoothed(row.count, row.tokens, row.types).ok()).integer(row.documents);
    rows.number((row.texts > 0).then(|| row.documents as f64 / row.texts as f64));
    let parts = row.parts.as_ref();
    rows.count(parts.ok().map(Parts::range));
    rows.number(parts.ok().map(|parts| parts.range() as f64 / parts.parts() as f64));
    for distance in row.distances {
        rows.number(distance.ok());
    }
    formula_cells(rows, DISPERSIONS, parts.map_err(|reason| *reason));
    rows.number(row.expected_dp);
    rows.text(parts.ok().and_then(Parts::flag).map_or("", |flag| flag.name()));
    rows.text(parts.err().map_or("", |reason| reason.name())).end();
}
