//! `figures.csv` and `figure_rates.csv`.

use super::rows::{Cell, Rows};
use super::schema::{Column, Schema};
use crate::measures::rate;
use crate::profile::{Profile, Selection};
use crate::rhetoric::chance::Repetition;
use crate::rhetoric::figures::{Figure, FigureKind, Figures, Lists};
use crate::text::{Text, line_ends};

/// Characters of a figure that are shown.
const SHOWN: usize = 200;

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
        ]),
    }
}

/// The columns of `figure_rates.csv`.
pub fn figure_rates_schema() -> Schema {
    Schema {
        file: "figure_rates.csv",
        row: "one text, voice and kind of figure, or class of repetition",
        columns: columns(&[
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
                "Counted figures; empty where the language has no lists for the kind",
            ),
            ("per_1000_words", "number", "per 1,000 words", "Count per 1,000 words of prose in this voice"),
            ("lower", "number", "per 1,000 words", "Lower end of the interval of that rate"),
            ("upper", "number", "per 1,000 words", "Upper end of the interval of that rate"),
            (
                "per_100_sentences",
                "number",
                "per 100 sentences",
                "Count per 100 sentences of prose in this voice",
            ),
            ("observed", "integer", "runs", "Maximal runs of neighbouring sentences of this class"),
            ("expected", "number", "runs", "Their mean number in 200 random orders of the sentences"),
            ("ratio", "number", "", "Observed by expected; empty where nothing was expected"),
            ("p", "number", "", "(1 + random orders with as many or more) / 201"),
        ]),
    }
}

/// The rows of `figures.csv` for one text.
pub fn figures(document: &str, text: &Text, figures: &[Figure]) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    let (mut line, mut counted) = (1, 0);
    for figure in figures {
        let range = figure.range.clone();
        if range.start > counted {
            line += line_ends(&text.content[counted..range.start]) as u64;
            counted = range.start;
        }
        let parts: Vec<String> =
            figure.parts.iter().take(PARTS).map(|part| format!("{}-{}", part.start, part.end)).collect();
        rows.cell(&document).integer(range.start as u64).integer(range.end as u64);
        rows.integer(line).integer(figure.sentence as u64 + 1);
        rows.text(figure.kind.name()).text(figure.voice.name()).number(Some(figure.score));
        rows.text(figure.rule).text(if figure.countable { "counted" } else { "candidate" });
        rows.text(&parts.join(";")).text(&shown(&text.content[range])).end();
    }
    rows
}

/// The first characters of a text, on one line.
fn shown(text: &str) -> String {
    // White space is made one, so that four times as many are enough but for a text of hardly anything else.
    let end = text.char_indices().nth(4 * SHOWN).map_or(text.len(), |(at, _)| at);
    let mut words = text[..end].split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    let cut = line.char_indices().nth(SHOWN).map(|(at, _)| at);
    if let Some(cut) = cut {
        line.truncate(cut);
        line.push('…');
    } else if end < text.len() {
        line.push('…');
    }
    line
}

/// One row of `figure_rates.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRate {
    /// Whose figures.
    pub voice: Selection,
    /// Kind of figure or class of repetition.
    pub kind: String,
    /// How many; none where they were not looked for.
    pub count: Option<u64>,
    /// Words of prose in this voice.
    pub words: u64,
    /// Sentences of prose in this voice.
    pub sentences: u64,
    /// Lower and upper end of an interval of the rate per 1,000 words, by whoever computes one.
    pub interval: Option<(f64, f64)>,
    /// The class against chance.
    pub chance: Option<Repetition>,
}

/// The rates of one text: for every selection of voices each kind that is counted, then each class of
/// repetition. Kinds that are candidates only have no rate.
pub fn figure_rates_of(found: &Figures, profile: &Profile, lists: &Lists) -> Vec<FigureRate> {
    let mut rates = Vec::new();
    for (voice, chance) in Selection::ALL.into_iter().zip(&found.chance) {
        let counts = found.counts(voice);
        let selected = profile.select(voice);
        let (words, sentences) = (selected.prose_words, selected.sentence_words.count());
        let row = |kind: String, count, chance| FigureRate {
            voice,
            kind,
            count,
            words,
            sentences,
            interval: None,
            chance,
        };
        for kind in FigureKind::ALL.into_iter().filter(|kind| !kind.is_ranked()) {
            let looked_for = !lists.is_empty() || kind.needs_no_list();
            let count = looked_for.then(|| counts.get(&kind).copied().unwrap_or(0));
            rates.push(row(kind.name().to_owned(), count, None));
        }
        for class in chance {
            let looked_for = !lists.is_empty() || class.kind != FigureKind::Anadiplosis;
            if looked_for {
                rates.push(row(class.name(), Some(class.observed), Some(class.clone())));
            }
        }
    }
    rates
}

/// The rows of `figure_rates.csv` for one text.
pub fn figure_rates(document: &str, rates: &[FigureRate]) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for row in rates {
        let per = |base: u64| row.count.and_then(|count| rate(count, base));
        rows.cell(&document).text(row.voice.name()).text(&row.kind).count(row.count);
        rows.number(per(row.words));
        rows.number(row.interval.map(|(lower, _)| lower)).number(row.interval.map(|(_, upper)| upper));
        // `rate` is by the thousand.
        rows.number(per(row.sentences).map(|rate| rate / 10.0));
        let chance = row.chance.as_ref();
        rows.count(chance.map(|class| class.observed)).number(chance.map(|class| class.expected));
        rows.number(chance.and_then(Repetition::ratio)).number(chance.map(|class| class.p)).end();
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::profile::{Counter, Vocabulary};
    use crate::rhetoric::chance::SHUFFLES;
    use crate::text::{Forms, Language};

    fn analysed(content: &str, language: &str) -> (Text, Figures, Profile, Lists) {
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::of(language).unwrap(), &mut forms);
        let lists = Lists::built_in(language).unwrap();
        let found = crate::rhetoric::figures::analyse(&text, &forms, &lists, 1);
        let profile = Counter::default().count(&text, &forms, &Mutex::new(Vocabulary::default()));
        (text, found, profile, lists)
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
        let (text, found, profile, lists) = analysed(content, "en");
        let rows = lines(figures("=a", &text, &found.figures));
        assert!(rows.len() >= 3, "{rows:?}");
        for row in &rows {
            assert_eq!(row.len(), figures_schema().columns.len());
            assert_eq!(row[0], "'=a");
            let [start, end] = [&row[1], &row[2]].map(|cell| cell.parse::<usize>().unwrap());
            assert_eq!(row[11], shown(&content[start..end]));
        }
        let anaphora = rows.iter().find(|row| row[5] == "anaphora").unwrap();
        assert_eq!((anaphora[3].as_str(), anaphora[9].as_str()), ("3", "counted"));
        let rates = figure_rates_of(&found, &profile, &lists);
        let rows = lines(figure_rates("a", &rates));
        assert_eq!(rows.len(), 3 * (16 + 13));
        for row in &rows {
            assert_eq!(row.len(), figure_rates_schema().columns.len());
        }
        let doublets: Vec<_> =
            rows.iter().filter(|row| row[2] == "doublet").map(|row| row[3].as_str()).collect();
        assert_eq!(doublets, ["1", "1", "0"]);
        let class = rows.iter().find(|row| row[2] == "anaphora:k1:m2").unwrap();
        assert_eq!(class[8], "1");
        assert!(class[11].parse::<f64>().unwrap() > 0.0);
        assert_eq!(Figures::counts(&found, Selection::All).get(&FigureKind::Doublet), Some(&1));
        assert!(
            figure_rates_schema().columns.iter().any(|column| column.meaning.contains(&SHUFFLES.to_string()))
        );
    }

    #[test]
    fn a_language_without_lists_has_empty_counts() {
        let (_, found, profile, lists) = analysed(
            "Nous avons vu la mer (la grande mer). Nous avons vu la ville. Nous avons vu le pont.",
            "fr",
        );
        let rates = figure_rates_of(&found, &profile, &lists);
        let count = |kind: &str| rates.iter().find(|rate| rate.kind == kind).map(|rate| rate.count);
        assert_eq!(count("doublet"), Some(None));
        assert_eq!(count("anaphora"), Some(Some(1)));
        assert_eq!(count("parenthesis"), Some(Some(1)));
        assert_eq!(count("anadiplosis:k1:m2"), None);
    }

    #[test]
    fn long_figures_are_cut() {
        assert_eq!(shown("a\n  b"), "a b");
        let cut = shown(&"é ".repeat(9_000));
        assert_eq!(cut.chars().count(), SHOWN + 1);
        assert!(shown(&" ".repeat(9_000)).chars().count() <= 1);
    }
}
