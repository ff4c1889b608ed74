//! The table of `rhetor kwic`.

use super::schema::{Column, DOCUMENT, Schema};

/// `kwic.csv`.
pub fn kwic_table() -> Schema {
    Schema {
        file: "kwic.csv",
        row: "one match; in the order asked for, equal ones by text and place",
        columns: vec![
            Column::new("id", "text", "", "Id of the match: text and bytes"),
            Column::new("document", "text", "", DOCUMENT),
            Column::new("line", "integer", "lines", "Line of the text, from 1"),
            Column::new(
                "sentence",
                "integer",
                "",
                "Number of the sentence, as in sentences.csv of rhetor segments",
            ),
            Column::new("voice", "text", "", "Voice of its first word: author or quoted"),
            Column::new("start_byte", "integer", "bytes", "First byte in the text as read (UTF-8)"),
            Column::new("end_byte", "integer", "bytes", "Byte after the last"),
            Column::new("left", "text", "", "Text before it; white space as one space"),
            Column::new("match", "text", "", "What was found, as it stands; white space as one space"),
            Column::new("right", "text", "", "Text after it; white space as one space"),
        ],
    }
}
