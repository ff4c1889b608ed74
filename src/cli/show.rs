//! What the commands on words share: whose words, within what, and tables for the terminal.

use clap::ValueEnum;
use rhetor::profile::Selection;
use rhetor::run::Within;
use rhetor::text::Voice;

/// Widest column of a table on the terminal.
const WIDEST: usize = 40;

/// Whose words are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum VoiceChoice {
    /// The author's own and the quoted words
    #[default]
    All,
    /// The author's own words
    Author,
    /// Quoted words
    Quoted,
}

impl VoiceChoice {
    /// The selection of the library.
    pub fn selection(self) -> Selection {
        match self {
            Self::All => Selection::All,
            Self::Author => Selection::Only(Voice::Author),
            Self::Quoted => Selection::Only(Voice::Quoted),
        }
    }
}

/// What words counted together may not cross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WithinChoice {
    /// The end of a sentence
    #[default]
    Sentence,
    /// The end of the text
    Text,
}

impl WithinChoice {
    /// The unit of the library.
    pub fn within(self) -> Within {
        match self {
            Self::Sentence => Within::Sentence,
            Self::Text => Within::Text,
        }
    }
}

/// `text` without characters that move the cursor, colour the terminal or turn the direction of writing.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A number for the eye.
pub fn short(number: Option<f64>) -> String {
    match number {
        None => "–".to_owned(),
        Some(value) if value != 0.0 && value.abs() < 0.001 => format!("{value:.1e}"),
        Some(value) if value.abs() >= 1000.0 => format!("{value:.0}"),
        Some(value) if value.abs() >= 10.0 => format!("{value:.1}"),
        Some(value) => format!("{value:.3}"),
    }
}

/// Rows under a head, in columns: the first `texts` columns to the left, numbers to the right.
pub fn columns(head: &[&str], texts: usize, rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cut(&plain(cell))).collect()).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([head[column].chars().count()]).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: &[String]| {
        let mut line = String::new();
        for ((column, cell), width) in cells.iter().enumerate().zip(&widths) {
            let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
            line.push_str("  ");
            line.push_str(&if column < texts { format!("{cell}{pad}") } else { format!("{pad}{cell}") });
        }
        line.trim_end().to_owned() + "\n"
    };
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    std::iter::once(line(&head)).chain(rows.iter().map(|row| line(row))).collect()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}\tc"), "a [31mb c");
        let table =
            columns(&["word", "n"], 1, &[vec!["é".into(), "12".into()], vec!["abc".into(), "3".into()]]);
        assert_eq!(table, "  word   n\n  é     12\n  abc    3\n");
        assert_eq!(
            columns(&["w"], 1, &[vec!["x".repeat(50)]]).lines().last().map(|l| l.chars().count()),
            Some(43)
        );
        assert_eq!([short(None), short(Some(12.345)), short(Some(0.0001))], ["–", "12.3", "1.0e-4"]);
    }
}
