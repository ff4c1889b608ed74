//! `questions.csv`.

use super::context::{after, on_one_line};
use super::rows::{Cell, Rows};
use super::schema::{Column, Schema};
use crate::rhetoric::{Question, hit_id};
use crate::text::{LineNumbers, Text};

/// Characters of a question that a row shows.
const SHOWN: usize = 300;

/// The columns of `questions.csv`.
pub fn questions_schema() -> Schema {
    Schema {
        file: "questions.csv",
        row: "one question, or one part that a question plays; in reading order, a question may have several rows",
        columns: vec![
            Column::new(
                "document",
                "text",
                "",
                "Id of the text: its path below the corpus folder, without .txt",
            ),
            Column::new("start_byte", "integer", "bytes", "First byte in the text as read (UTF-8)"),
            Column::new("end_byte", "integer", "bytes", "Byte after the last"),
            Column::new(
                "kind",
                "text",
                "",
                "interrogative, heading_question, tag or embedded (no question mark); and besides series, \
                 hypophora_strong, hypophora_weak, rhetorical_candidate (to be read; never counted)",
            ),
            Column::new("voice", "text", "", "Voice of its first word: author or quoted"),
            Column {
                formula:
                    "1 for a question; questions of a series; signs of an answer; weight of the signs that \
                          nothing is asked"
                        .into(),
                ..Column::new(
                    "score",
                    "number",
                    "",
                    "How much speaks for the kind; to be compared within a kind",
                )
            },
            Column::new("line", "integer", "lines", "Line of the text, from 1"),
            Column::new("sentence", "integer", "", "Number of its (first) sentence, as in sentences.csv"),
            Column::new("rule", "text", "", "Rule that found it, or the strongest sign"),
            Column::new(
                "text",
                "text",
                "",
                "The question as it stands, at most 300 characters; white space as one space",
            ),
            Column::new(
                "answer_start_byte",
                "integer",
                "bytes",
                "First byte of the answer; empty but for hypophora",
            ),
            Column::new(
                "answer_end_byte",
                "integer",
                "bytes",
                "Byte after the answer; empty but for hypophora",
            ),
            Column::new("id", "text", "", "Its id, as in marker_hits.csv where it is counted there"),
        ],
    }
}

/// The rows of `questions.csv` for one text.
pub fn questions(document: &str, text: &Text, questions: &[Question]) -> Rows {
    let mut rows = Rows::new();
    let mut lines = LineNumbers::new(&text.content);
    let mut shown = String::new();
    let (id, document) = (document, Cell::new(document));
    for question in questions {
        rows.cell(&document).integer(question.range.start as u64).integer(question.range.end as u64);
        rows.text(question.kind.name()).text(question.voice.name()).number(Some(question.score));
        rows.integer(lines.of(question.range.start))
            .integer(question.sentence as u64 + 1)
            .text(question.rule);
        rows.text(on_one_line(after(&text.content[question.range.clone()], SHOWN), &mut shown));
        let answer = question.answer.as_ref();
        rows.count(answer.map(|answer| answer.start as u64));
        rows.count(answer.map(|answer| answer.end as u64));
        rows.text(&hit_id(id, &question.range, question.kind.in_ids())).end();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rhetoric::{QuestionWords, find_questions};
    use crate::text::{Forms, Language};

    #[test]
    fn a_row_has_every_column() {
        let mut forms = Forms::new();
        let content = "One line.\n\nWho  pays? Nobody, as it turns out in the end.";
        let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
        let found = find_questions(&text, &forms, QuestionWords::of("en"));
        let written = String::from_utf8(questions("=a", &text, &found).into_bytes()).unwrap();
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| row.len() == questions_schema().columns.len()));
        let question: Vec<&str> = rows[0].iter().collect();
        assert_eq!(question[..4], ["'=a", "11", "21", "interrogative"]);
        assert_eq!(question[6..12], ["3", "2", "question mark", "Who pays?", "", ""]);
        assert_eq!((question[12], &rows[1][12]), ("'=a:11-21:interrogative", "'=a:11-21:hypophora"));
        assert_eq!((&rows[1][3], &rows[1][10], &rows[1][11]), ("hypophora_strong", "22", "57"));
    }
}
