//! The columns of every table: name, type, unit and meaning, in one place.

use super::figures::{figure_rates_schema, figures_schema};
use super::questions::questions_schema;
use super::rows::Rows;
use crate::measures::{Measure, columns};
use crate::rhetoric::Category;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// `text`, `integer` or `number`.
    pub kind: &'static str,
    /// What it counts in.
    pub unit: String,
    /// What a cell says.
    pub meaning: String,
    /// How it is computed, and the published source.
    pub formula: String,
}

impl Column {
    pub(super) fn new(name: &str, kind: &'static str, unit: &str, meaning: &str) -> Self {
        let [name, unit, meaning] = [name, unit, meaning].map(str::to_owned);
        Self { name, kind, unit, meaning, formula: String::new() }
    }
}

/// A table.
#[derive(Clone, Debug)]
pub struct Schema {
    /// File name.
    pub file: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// Every table that rhetor writes. Their columns depend on the metadata and the lexicon.
#[derive(Clone, Debug)]
pub struct Schemas {
    /// One row a text.
    pub documents: Schema,
    /// One row a text and voice.
    pub voices: Schema,
    /// One row a word.
    pub words: Schema,
    /// One row a word, where voices are not told apart.
    pub frequency_list: Schema,
    /// One row a text and word.
    pub word_counts: Schema,
    /// One row a sentence.
    pub sentences: Schema,
    /// One row a text, voice and length.
    pub sentence_lengths: Schema,
    /// One row a text, voice and category.
    pub markers: Schema,
    /// One row a hit.
    pub marker_hits: Schema,
    /// One row a question, or a part that it plays.
    pub questions: Schema,
    /// One row a figure or candidate.
    pub figures: Schema,
    /// One row a text, voice and kind of figure.
    pub figure_rates: Schema,
    /// One row a finding.
    pub hygiene: Schema,
    /// One row a block.
    pub blocks: Schema,
    /// One row a marked segment.
    pub segments: Schema,
    /// One row a word where it stands.
    pub tokens: Schema,
    /// One row a text, voice and statistic.
    pub measures: Schema,
    /// One row a problem.
    pub problems: Schema,
    /// One row a column.
    pub columns: Schema,
}

pub(super) const DOCUMENT: &str = "Id of the text: its path below the corpus folder, without .txt";
const START: &str = "First byte in the text as read (UTF-8)";
const END: &str = "Byte after the last";
const VOICE: &str = "all, author (the author's own words) or quoted";

/// The tables of a run, for a corpus with these metadata columns and a lexicon with these
/// categories.
pub fn schemas(metadata: &[String], categories: &[Category]) -> Schemas {
    Schemas {
        documents: documents(metadata, categories),
        voices: Schema {
            file: "voices.csv",
            row: "one text in one voice; texts in order of their ids",
            columns: [
                Column::new("document", "text", "", DOCUMENT),
                Column::new("voice", "text", "", VOICE),
            ]
            .into_iter()
            .chain(columns().map(measure))
            .collect(),
        },
        words: Schema {
            file: "words.csv",
            row: "one word of the corpus; by count, then by code point",
            columns: frequencies("Occurrences in the corpus, both voices")
                .into_iter()
                .chain([
                Column::new("author", "integer", "words", "Occurrences in the authors' own voice"),
                Column::new("quoted", "integer", "words", "Occurrences in quoted matter"),
                ])
                .collect(),
        },
        frequency_list: Schema {
            file: "frequency_list.csv",
            row: "one word of the corpus; by count, then by code point",
            columns: frequencies("Occurrences in the corpus"),
        },
        word_counts: Schema {
            file: "word_counts.csv",
            row: "one word of one text; texts in order of their ids, words by count, then by code point",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("word", "text", "", "The counted key, as in words.csv"),
                Column::new("count", "integer", "words", "Occurrences in the text, both voices"),
                Column::new("author", "integer", "words", "Occurrences in the author's own voice"),
                Column::new("quoted", "integer", "words", "Occurrences in quoted matter"),
            ],
        },
        sentences: Schema {
            file: "sentences.csv",
            row: "one sentence, heading, source line or the like; in reading order",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("index", "integer", "", "Number of the sentence in the text, from 1"),
                Column::new("start_byte", "integer", "bytes", START),
                Column::new("end_byte", "integer", "bytes", END),
                Column::new(
                    "block",
                    "integer",
                    "",
                    "Number of its block in the text, from 1, blank blocks not counted",
                ),
                Column::new("kind", "text", "", "body, heading, source, epigraph, stage, table or note"),
                Column::new("voice", "text", "", "Voice of most of its words: author or quoted"),
                Column::new("words", "integer", "words", "Its length"),
                Column::new("characters", "integer", "characters", "Its length with spaces and punctuation"),
            ],
        },
        sentence_lengths: Schema {
            file: "sentence_lengths.csv",
            row: "one length found in one text and voice; only sentences of prose",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("voice", "text", "", VOICE),
                Column::new("words", "integer", "words", "Length of a sentence"),
                Column::new("sentences", "integer", "sentences", "Sentences of that length"),
            ],
        },
        markers: Schema {
            file: "markers.csv",
            row: "one category of markers in one text and voice",
            columns: [
                Column::new("document", "text", "", DOCUMENT),
                Column::new("voice", "text", "", VOICE),
                Column::new("family", "text", "", "organise, stance, engage, question, voice or label"),
                Column::new("category", "text", "", "Kind of marker within the family"),
                Column::new(
                    "count",
                    "integer",
                    "hits",
                    "Hits, each a row of marker_hits.csv; empty when: no lexicon for its language has the category",
                ),
            ]
            .into_iter()
            .chain(rate_columns())
            .collect(),
        },
        marker_hits: Schema {
            file: "marker_hits.csv",
            row: "one marker where it stands; in reading order",
            columns: vec![
                Column::new("id", "text", "", "Id of the hit: text, bytes and category"),
                Column::new("document", "text", "", DOCUMENT),
                Column::new("start_byte", "integer", "bytes", START),
                Column::new("end_byte", "integer", "bytes", END),
                Column::new("line", "integer", "lines", "Line of the text, from 1"),
                Column::new("sentence", "integer", "", "Number of the sentence, as in sentences.csv"),
                Column::new("left", "text", "", "Text before it; white space as one space"),
                Column::new("match", "text", "", "The marker as it stands; white space as one space"),
                Column::new("right", "text", "", "Text after it; white space as one space"),
                Column::new("family", "text", "", "Family of the marker"),
                Column::new("category", "text", "", "Category of the marker"),
                Column::new("marker", "text", "", "Name of the marker in the lexicon"),
                Column::new(
                    "sense",
                    "text",
                    "",
                    "PDTB-3 sense of a discourse connective (Webber et al. 2019), else empty",
                ),
                Column::new("voice", "text", "", "Voice of its first word: author or quoted"),
                Column::new("rule", "text", "", "Rule of the lexicon that let it in"),
                Column::new("status", "text", "", "counted, or rejected: and the constraint that rejected it (with --rejected)"),
            ],
        },
        questions: questions_schema(),
        figures: figures_schema(),
        figure_rates: figure_rates_schema(),
        hygiene: Schema {
            file: "hygiene.csv",
            row: "one thing to know about a text before its figures are trusted; in order of texts, then of names",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("finding", "text", "", "Fixed short name of the finding"),
                Column::new("severity", "text", "", "note or warning (look at it)"),
                Column::new("count", "integer", "", "How often, in what the message says"),
                Column {
                    formula: "count / what share_of names; of a near duplicate, the estimated share c of its runs of \
                              five words that the other text holds too, from the lowest hashes of both, with a \
                              standard error of √(c·(1 − c)/n), n some 100 or more, or all runs of a shorter text \
                              (Broder 1997)"
                        .into(),
                    ..Column::new("share", "number", "0 to 1", "Share; empty where there is none")
                },
                Column::new("share_of", "text", "", "What the share is of"),
                Column::new(
                    "first_byte",
                    "integer",
                    "bytes",
                    "Where it is first found in the text as read (UTF-8); empty for the whole text",
                ),
                Column::new(
                    "example",
                    "text",
                    "",
                    "What stands there, invisible characters as <U+200B>; of a duplicate, the other text",
                ),
                Column::new("message", "text", "", "What the count is of, why it matters, and what to do"),
            ],
        },
        blocks: Schema {
            file: "blocks.csv",
            row: "one block that can be seen; in reading order",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("block", "integer", "", "Number of the block in the text, from 1"),
                Column::new("start_byte", "integer", "bytes", START),
                Column::new("end_byte", "integer", "bytes", END),
                Column::new(
                    "kind",
                    "text",
                    "",
                    "What it is: paragraph, heading, source_line, epigraph, block_quotation, list_item, verse, \
                     stage_direction, speaker_label, table, note, page_furniture, boilerplate or separator",
                ),
                Column::new(
                    "role",
                    "text",
                    "",
                    "The part it plays: body (counted in sentence lengths), heading, source, epigraph, stage, \
                     table or note (words counted), or page_furniture, boilerplate or separator (not counted)",
                ),
                Column::new("words", "integer", "words", "Words in it"),
                Column::new("sentences", "integer", "sentences", "Rows of sentences.csv in it"),
            ],
        },
        segments: Schema {
            file: "segments.csv",
            row: "one stretch between quotation marks, the marks included, or one block of quotation; in \
                  reading order",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("start_byte", "integer", "bytes", START),
                Column::new("end_byte", "integer", "bytes", END),
                Column::new(
                    "kind",
                    "text",
                    "",
                    "quotation, block_quotation, scare_quotes, title (of a work) or term (a word mentioned)",
                ),
                Column::new("voice", "text", "", "Whose words it holds: author or quoted"),
            ],
        },
        tokens: Schema {
            file: "tokens.csv",
            row: "one word where it stands; in reading order",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("index", "integer", "", "Number of the word in the text, from 1"),
                Column::new("start_byte", "integer", "bytes", START),
                Column::new("end_byte", "integer", "bytes", END),
                Column::new("token", "text", "", "The word as it stands in the text"),
                Column::new("key", "text", "", "What it is counted under, as in words.csv"),
                Column::new(
                    "sentence",
                    "integer",
                    "",
                    "Number of its sentence, as in sentences.csv; empty in boilerplate and page furniture",
                ),
                Column::new("block", "integer", "", "Number of its block, as in blocks.csv"),
                Column::new("voice", "text", "", "Whose word it is: author or quoted"),
            ],
        },
        measures: Schema {
            file: "measures.csv",
            row: "one text, voice and statistic; texts in order of their ids",
            columns: vec![
                Column::new("document", "text", "", DOCUMENT),
                Column::new("voice", "text", "", VOICE),
                Column::new("measure", "text", "", "Id of the statistic, with its variant; the rows below explain each"),
                Column::new("value", "number", "", "The value; empty if it is not defined"),
                Column::new(
                    "lower",
                    "number",
                    "",
                    "Lower bound: of the 95 % interval where there is one, or what an undefined value is at least",
                ),
                Column::new("upper", "number", "", "Upper bound of the 95 % interval where there is one"),
                Column::new("n", "integer", "", "Number of words or sentences that the value rests on"),
                Column::new(
                    "flag",
                    "text",
                    "",
                    "Why the value may bear no claim: n_lt_100 words, fewer_than_30_sentences",
                ),
                Column::new("reason", "text", "", "Why the value is not defined: a fixed short name"),
                Column::new(
                    "interval",
                    "text",
                    "",
                    "How the bounds were found: bootstrap_sentences, bootstrap_paragraphs, bootstrap_windows, \
                     bootstrap_words (1,000 resamples of at most 200 runs), order_statistics or at_least; or why \
                     there are none: count (not an estimate), depends_on_length, depends_on_order, no_method, \
                     too_few_units (fewer than 8)",
                ),
            ],
        },
        problems: Schema {
            file: "problems.csv",
            row: "one thing about a file that readers of the results should know",
            columns: vec![
                Column::new("file", "text", "", "The file, as it was found"),
                Column::new("severity", "text", "", "note, warning (look at it) or error (not analysed)"),
                Column::new("problem", "text", "", "Fixed short name of the problem"),
                Column::new("place", "text", "", "Byte or line, empty for the whole file"),
                Column::new("message", "text", "", "What is the matter and what to do"),
            ],
        },
        columns: Schema {
            file: "columns.csv",
            row: "one column of one table: the data dictionary",
            columns: vec![
                Column::new("table", "text", "", "File name of the table"),
                Column::new("row", "text", "", "What a row of the table is"),
                Column::new("column", "text", "", "Name of the column"),
                Column::new("type", "text", "", "text, integer or number"),
                Column::new("unit", "text", "", "What it counts in"),
                Column::new("meaning", "text", "", "What a cell says"),
                Column::new("formula", "text", "", "How it is computed, with its published source"),
            ],
        },
    }
}

/// The columns of a frequency list, whose counts are `occurrences`.
fn frequencies(occurrences: &str) -> Vec<Column> {
    vec![
        Column::new("rank", "integer", "", "Place in the list; words with equal counts have different ranks"),
        Column::new(
            "word",
            "text",
            "",
            "The counted key: lower case, apostrophes as ', NFC, no invisible marks",
        ),
        Column::new("count", "integer", "words", occurrences),
        Column {
            formula: "count · 10⁶ / words of the corpus".into(),
            ..Column::new("per_million", "number", "per million words", "Relative frequency")
        },
        Column::new("document_frequency", "integer", "texts", "Texts that hold the word"),
    ]
}

/// The column of a measure.
fn measure(measure: &Measure) -> Column {
    Column {
        name: measure.column(),
        // Counts have no case in which they are undefined.
        kind: if measure.is_count() { "integer" } else { "number" },
        unit: measure.unit.to_owned(),
        meaning: measure.meaning(),
        formula: format!("{} ({})", measure.formula, measure.source),
    }
}

/// Measures of `measures.csv` for the data dictionary, each as if it were a column.
pub fn measures_dictionary(chosen: &[&Measure]) -> Schema {
    let columns =
        chosen.iter().map(|entry| Column { name: entry.id.to_owned(), kind: "number", ..measure(entry) });
    Schema { file: "measures.csv", row: "a value of the column measure", columns: columns.collect() }
}

fn documents(metadata: &[String], categories: &[Category]) -> Schema {
    let mut columns = vec![
        Column::new(
            "language",
            "text",
            "",
            "Language the text was read in: ISO 639-1 code, or ISO 639-3 where there is none; und if unknown",
        ),
        Column::new(
            "language_source",
            "text",
            "",
            "Where the language is from: option (--language), metadata, detected (from the text) or default \
             (too short to tell)",
        ),
    ];
    columns.extend(crate::measures::columns().map(measure));
    for category in categories {
        let undefined = if category.is_found_by_rule() {
            "the author has no words"
        } else {
            "the author has no words, or no lexicon for its language has the category"
        };
        let Category { family, category } = category;
        columns.push(Column {
            formula: "hits in the author's voice · 1000 / words of prose in the author's voice".into(),
            ..Column::new(
                &format!("{family}_{category}_per_1000"),
                "number",
                "per 1,000 words",
                &format!("Rate of the category in the author's own voice; empty when: {undefined}"),
            )
        });
    }
    columns.push(Column::new(
        "warnings",
        "text",
        "",
        "Why the numbers may not bear a claim, with spaces between: no_words, fewer_than_100_words, \
         fewer_than_30_sentences, boilerplate_left_out (a publisher's head or tail is not counted)",
    ));
    let mut all = vec![Column::new("document", "text", "", DOCUMENT)];
    for name in metadata {
        // Its own name, unless a column of rhetor's has it.
        let mut name = name.clone();
        while all.iter().chain(&columns).any(|column| column.name == name) {
            name.insert_str(0, "metadata_");
        }
        all.push(Column::new(&name, "text", "", "As in the metadata table of the corpus"));
    }
    all.append(&mut columns);
    Schema { file: "documents.csv", row: "one text; in code-point order of the ids", columns: all }
}

/// The columns of the rates of a count, after the count itself.
pub(super) fn rate_columns() -> Vec<Column> {
    const BOUND: &str = "R · exp(± t · s/R), s² = n/(n − 1) · Σ(h − R·w)² / (Σw)² over the n paragraphs: the standard error of \
                         the bootstrap over paragraphs to first order (Efron 1982, ch. 6; Cochran 1977, 2.11)";
    let mut columns = vec![
        Column::new("words", "integer", "words", "Words of prose in that voice"),
        Column::new("sentences", "integer", "sentences", "Sentences of prose in that voice"),
    ];
    for (name, unit, formula) in [
        ("per_1000", "per 1,000 words", "count · 1000 / words"),
        ("per_100_sentences", "per 100 sentences", "count · 100 / sentences"),
    ] {
        columns.push(Column {
            formula: formula.into(),
            ..Column::new(name, "number", unit, "Rate; empty without words, sentences or count")
        });
        for end in ["lower", "upper"] {
            let meaning = format!(
                "The {end} bound of an interval of 95 %, paragraphs as units; empty below 5 hits or 2 paragraphs"
            );
            columns.push(Column {
                formula: BOUND.into(),
                ..Column::new(&format!("{name}_{end}"), "number", unit, &meaning)
            });
        }
    }
    columns.push(Column::new(
        "flag",
        "text",
        "",
        "Why the rate may bear no claim: fewer_than_5_hits, fewer_than_20_paragraphs, or empty",
    ));
    columns
}

impl Schemas {
    /// The tables of `rhetor analyze`.
    pub fn of_analysis(&self) -> Vec<&Schema> {
        vec![
            &self.documents,
            &self.voices,
            &self.words,
            &self.word_counts,
            &self.sentences,
            &self.sentence_lengths,
            &self.markers,
            &self.marker_hits,
            &self.questions,
            &self.figures,
            &self.figure_rates,
            &self.hygiene,
            &self.problems,
            &self.columns,
        ]
    }

    /// The tables of `rhetor count`.
    pub fn of_count(&self) -> Vec<&Schema> {
        vec![&self.frequency_list, &self.sentence_lengths, &self.problems, &self.columns]
    }

    /// The tables of `rhetor markers`.
    pub fn of_markers(&self) -> Vec<&Schema> {
        vec![
            &self.markers,
            &self.marker_hits,
            &self.questions,
            &self.figures,
            &self.figure_rates,
            &self.problems,
            &self.columns,
        ]
    }

    /// The tables of `rhetor measures`.
    pub fn of_measures(&self) -> Vec<&Schema> {
        vec![&self.measures, &self.problems, &self.columns]
    }

    /// The tables of `rhetor segments`, with or without one of every word.
    pub fn of_segments(&self, tokens: bool) -> Vec<&Schema> {
        let mut tables = vec![&self.blocks, &self.sentences, &self.segments];
        tables.extend(tokens.then_some(&self.tokens));
        tables.extend([&self.hygiene, &self.problems, &self.columns]);
        tables
    }
}

/// `columns.csv`: a row for every column of these tables.
pub fn dictionary(schemas: &Schemas, tables: &[&Schema]) -> Rows {
    let mut rows = Rows::with_header(&schemas.columns);
    for schema in tables {
        for column in &schema.columns {
            rows.text(schema.file).text(schema.row).text(&column.name).text(column.kind);
            rows.text(&column.unit).text(&column.meaning).text(&column.formula).end();
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn column_names_are_unique_and_described() {
        let metadata =
            ["words", "author", "metadata_words", "stance_hedge_per_1000", "document"].map(str::to_owned);
        let categories = [Category { family: "stance".into(), category: "hedge".into() }];
        let schemas = schemas(&metadata, &categories);
        for schema in
            [schemas.of_analysis(), schemas.of_segments(true), schemas.of_count(), schemas.of_measures()]
                .concat()
        {
            let names: HashSet<_> = schema.columns.iter().map(|column| &column.name).collect();
            assert_eq!(names.len(), schema.columns.len(), "{}", schema.file);
            assert!(schema.columns.iter().all(|column| !column.meaning.is_empty()));
        }
    }
}
