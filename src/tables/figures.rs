//! `figures.csv` and `figure_rates.csv`.

use std::borrow::Cow;

use super::context::{after, on_one_line};
use super::markers::rates;
use super::rows::{Cell, Rows};
use super::schema::{Column, Schema, rate_columns};
use crate::profile::{Clustered, Selection};
use crate::rhetoric::{Figure, FigureKind, Repetition, write_hit_id};
use crate::text::{LineNumbers, Text};

/// Characters of a figure that are shown.
const SHOWN: usize = 200;

/// Bytes of most rows without the name of the text.
const ROW: usize = 180;

/// Parts of a figure that are listed; those of a word repeated without end are cut.
const PARTS: usize = 50;

fn columns(columns: &[(&str, &'static str, &str, &str)]) -> Vec<Column> {
    columns
        .iter()
        .map(|&(name, kind, unit, meaning)| {
            let [name, unit, meaning] = [name, unit, meaning].map(str::to_owned);
            Column { name, kind, unit, meaning, formula: String::new() }
        })
        .collect()
}

/// The columns of `figures.csv`.
pub fn figures_schema() -> Schema {
    Schema {
        file: "figures.csv",
        row: "one figure or candidate; in order of place",
        columns: columns(&[
            ("document", "text", "", "Id of the text"),
            ("start_byte", "integer", "bytes", "First byte in the text as read (UTF-8)"),
            ("end_byte", "integer", "bytes", "Byte after the last"),
            ("line", "integer", "", "Line of the first byte, from 1"),
            ("sentence", "integer", "", "Number of the sentence it begins in, from 1, as in sentences.csv"),
            ("kind", "text", "", "Kind of figure"),
            ("voice", "text", "", "author or quoted"),
            ("score", "number", "", "How marked it is; comparable within a kind, not between kinds"),
            ("rule", "text", "", "The rule that found it"),
            ("status", "text", "", "counted, or candidate: to be read before it is believed"),
            ("parts", "text", "bytes", "Its items as start-end, parted by ;"),
            ("text", "text", "", "Its text, cut after 200 characters"),
            ("id", "text", "", "Its id, for --veto"),
        ]),
    }
}

/// The columns of `figure_rates.csv`.
pub fn figure_rates_schema() -> Schema {
    let mut all = columns(&[
        ("document", "text", "", "Id of the text"),
        ("voice", "text", "", "all, author (the author's own words) or quoted"),
        (
            "kind",
            "text",
            "",
            "Kind of figure; or a class of repetition: anaphora:k2:m3 is two words or more at the head of \
             three neighbouring sentences or more",
        ),
        (
            "count",
            "integer",
            "figures",
            "Counted figures, each a row of figures.csv; empty where the language has no word lists for the kind, and \
             for classes of repetition",
        ),
    ]);
    all.extend(rate_columns());
    all.extend(columns(&[
        ("observed", "integer", "runs", "Maximal runs of neighbouring sentences of this class"),
        ("expected", "number", "runs", "Their mean number in 200 random orders of the sentences"),
        ("ratio", "number", "", "Observed by expected; empty where nothing was expected"),
        ("p", "number", "", "(1 + random orders with as many or more) / 201"),
    ]));
    Schema {
        file: "figure_rates.csv",
        row: "one text, voice and kind of figure, or class of repetition",
        columns: all,
    }
}

/// The rows of `figures.csv` for one text.
pub fn figures(document: &str, text: &Text, figures: &[Figure]) -> Rows {
    let mut rows = Rows::with_room(figures.len() * (2 * document.len() + ROW));
    let (name, document) = (document, Cell::new(document));
    let mut lines = LineNumbers::new(&text.content);
    let (mut id, mut parts, mut around) = (String::new(), String::new(), String::new());
    for figure in figures {
        let range = figure.range.clone();
        parts.clear();
        for part in figure.parts.iter().take(PARTS) {
            let (mut start, mut end) = (itoa::Buffer::new(), itoa::Buffer::new());
            let separator = if parts.is_empty() { "" } else { ";" };
            for piece in [separator, start.format(part.start), "-", end.format(part.end)] {
                parts.push_str(piece);
            }
        }
        write_hit_id(&mut id, name, &figure.range, figure.kind.name());
        rows.cell(&document).integer(range.start as u64).integer(range.end as u64);
        rows.integer(lines.of(range.start)).integer(figure.sentence as u64 + 1);
        rows.text(figure.kind.name()).text(figure.voice.name()).number(Some(figure.score));
        rows.text(figure.rule).text(if figure.countable { "counted" } else { "candidate" });
        rows.text(&parts).text(&shown(&text.content[range], &mut around)).text(&id).end();
    }
    rows
}

/// The first characters of a text, on one line, which is made in `line` if need be.
fn shown<'t>(text: &'t str, line: &'t mut String) -> Cow<'t, str> {
    // White space is made one, so that four times as many are enough but for a text of hardly anything else.
    let read = after(text, 4 * SHOWN);
    let whole = on_one_line(read.trim(), line);
    let cut = after(whole, SHOWN);
    if cut.len() < whole.len() || read.len() < text.len() {
        Cow::Owned(format!("{cut}…"))
    } else {
        cut.into()
    }
}

/// The rows of `figure_rates.csv` for one text: for every selection of voices each kind that is counted, then each
/// class of repetition against chance. Kinds that are candidates only have no rate.
pub fn figure_rates(document: &str, sums: &Clustered, chance: &[Vec<Repetition>; 3], lists: bool) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for (voice, classes) in Selection::ALL.into_iter().zip(chance) {
        let sums = sums.select(voice);
        for kind in FigureKind::ALL.into_iter().filter(|kind| !kind.is_ranked()) {
            rows.cell(&document).text(voice.name()).text(kind.name());
            rates(&mut rows, sums, kind as u16, lists || kind.needs_no_list());
            rows.number(None).number(None).number(None).number(None).end();
        }
        for class in classes.iter().filter(|class| lists || class.kind != FigureKind::Anadiplosis) {
            rows.cell(&document).text(voice.name()).text(&class.name());
            rates(&mut rows, sums, u16::MAX, false);
            rows.integer(class.observed).number(Some(class.expected));
            rows.number(class.ratio()).number(Some(class.p)).end();
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Paragraphs;
    use crate::rhetoric::chance::SHUFFLES;
    use crate::rhetoric::{Figures, Lists, count_figures};
    use crate::text::{Forms, Language};

    fn analysed(content: &str, language: &str) -> (Text, Figures, Clustered, bool) {
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::of(language).unwrap(), &mut forms);
        let lists = Lists::built_in(language).unwrap();
        let found = crate::rhetoric::figures::analyse(&text, &forms, &lists, 1);
        let sums = count_figures(&Paragraphs::of(&text), &found.figures);
        (text, found, sums, !lists.is_empty())
    }

    fn lines(rows: Rows) -> Vec<Vec<String>> {
        let text = String::from_utf8(rows.into_bytes()).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_row_has_every_column() {
        let content = "The Toll\n\nTherefore the bridge is ours. Therefore we cross it (who else paid for it?). It was \
                       built by the town and for the town, and the town can and must keep it.";
        let (text, found, sums, lists) = analysed(content, "en");
        let rows = lines(figures("=a", &text, &found.figures));
        assert!(rows.len() >= 3, "{rows:?}");
        for row in &rows {
            assert_eq!(row.len(), figures_schema().columns.len());
            assert_eq!(row[0], "'=a");
            let [start, end] = [&row[1], &row[2]].map(|cell| cell.parse::<usize>().unwrap());
            assert_eq!(row[11], shown(&content[start..end], &mut String::new()));
        }
        let anaphora = rows.iter().find(|row| row[5] == "anaphora").unwrap();
        assert_eq!((anaphora[3].as_str(), anaphora[9].as_str()), ("3", "counted"));
        let rows = lines(figure_rates("a", &sums, &found.chance, lists));
        assert_eq!(rows.len(), 3 * (16 + 13));
        for row in &rows {
            assert_eq!(row.len(), figure_rates_schema().columns.len());
        }
        let doublets: Vec<_> =
            rows.iter().filter(|row| row[2] == "doublet").map(|row| row[3].as_str()).collect();
        assert_eq!(doublets, ["1", "1", "0"]);
        let class = rows.iter().find(|row| row[2] == "anaphora:k1:m2").unwrap();
        assert_eq!((class[3].as_str(), class[13].as_str()), ("", "1"));
        assert!(class[16].parse::<f64>().unwrap() > 0.0);
        assert_eq!(sums.select(Selection::All).count(FigureKind::Doublet as u16), 1);
        assert!(
            figure_rates_schema().columns.iter().any(|column| column.meaning.contains(&SHUFFLES.to_string()))
        );
    }

    #[test]
    fn a_language_without_lists_has_empty_counts() {
        let (_, found, sums, lists) = analysed(
            "Nous avons vu la mer (la grande mer). Nous avons vu la ville. Nous avons vu le pont.",
            "fr",
        );
        let rows = lines(figure_rates("a", &sums, &found.chance, lists));
        let count = |kind: &str| rows.iter().find(|row| row[2] == kind).map(|row| row[3].as_str());
        assert_eq!(count("doublet"), Some(""));
        assert_eq!(count("anaphora"), Some("1"));
        assert_eq!(count("parenthesis"), Some("1"));
        assert_eq!(count("anadiplosis:k1:m2"), None);
    }

    #[test]
    fn long_figures_are_cut() {
        let shown = |text: &str| shown(text, &mut String::new()).into_owned();
        assert_eq!(shown(" a\n  b "), "a b");
        let cut = shown(&"é ".repeat(9_000));
        assert_eq!(cut.chars().count(), SHOWN + 1);
        assert_eq!(shown(&"é ".repeat(SHOWN / 2)), "é ".repeat(SHOWN / 2).trim_end());
        assert!(shown(&" ".repeat(9_000)).chars().count() <= 1);
    }
}
