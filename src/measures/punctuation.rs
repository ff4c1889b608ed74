//! Punctuation: how often each class of marks stands between the words of sentences.

use super::outcome::{Outcome, Undefined};

/// A class of punctuation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `,` and its like in other scripts.
    Comma,
    /// `;` and its like.
    Semicolon,
    /// `:` and its like.
    Colon,
    /// `.` outside of words, those after abbreviations too, and its like.
    FullStop,
    /// `?` and its like.
    Question,
    /// `!` and its like.
    Exclamation,
    /// A dash, or two or more hyphens in a row; hyphens alone are none.
    Dash,
    /// An opening bracket of any kind.
    Bracket,
    /// A double quotation mark, guillemet or corner bracket, opening or closing. Single ones are not told from
    /// apostrophes and left out.
    Quotation,
    /// `…`, or three or more full stops in a row.
    Ellipsis,
}

impl Mark {
    /// Every class, in the order of tables.
    pub const ALL: [Self; 10] = [
        Self::Comma,
        Self::Semicolon,
        Self::Colon,
        Self::FullStop,
        Self::Question,
        Self::Exclamation,
        Self::Dash,
        Self::Bracket,
        Self::Quotation,
        Self::Ellipsis,
    ];

    /// The class of a character that stands alone.
    fn of(mark: char) -> Option<Self> {
        Some(match mark {
            ',' | '\u{60c}' | '\u{3001}' | '\u{ff0c}' => Self::Comma,
            ';' | '\u{61b}' | '\u{ff1b}' => Self::Semicolon,
            ':' | '\u{ff1a}' => Self::Colon,
            '.' | '\u{589}' | '\u{6d4}' | '\u{964}' | '\u{3002}' | '\u{ff0e}' => Self::FullStop,
            '?' | '\u{37e}' | '\u{55e}' | '\u{61f}' | '\u{ff1f}' => Self::Question,
            '!' | '\u{55c}' | '\u{ff01}' => Self::Exclamation,
            '\u{2012}'..='\u{2015}' | '\u{2e3a}' | '\u{2e3b}' => Self::Dash,
            '(' | '[' | '{' | '\u{ff08}' | '\u{ff3b}' | '\u{3010}' => Self::Bracket,
            '"' | '\u{ab}' | '\u{bb}' | '\u{201c}'..='\u{201f}' | '\u{300c}'..='\u{300f}' => Self::Quotation,
            '\u{2026}' => Self::Ellipsis,
            _ => return None,
        })
    }
}

/// How many marks of each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCounts([u64; Mark::ALL.len()]);

impl MarkCounts {
    /// The marks of a class.
    pub fn get(&self, mark: Mark) -> u64 {
        self.0[mark as usize]
    }

    /// The marks of all classes.
    pub fn sum(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Adds the counts of `other` so many times.
    pub fn add_times(&mut self, other: &Self, times: u64) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count * times;
        }
    }

    /// Counts the marks of a text between two words.
    pub fn add(&mut self, between: &str) {
        // Nearly always a single space.
        if between == " " {
            return;
        }
        let mut rest = between.chars().peekable();
        while let Some(first) = rest.next() {
            let mut run = 1;
            if matches!(first, '.' | '-') {
                while rest.next_if_eq(&first).is_some() {
                    run += 1;
                }
            }
            let (mark, times) = match (first, run) {
                ('-', 1) => continue,
                ('-', _) => (Mark::Dash, 1),
                ('.', 3..) => (Mark::Ellipsis, 1),
                _ => match Mark::of(first) {
                    Some(mark) => (mark, run),
                    None => continue,
                },
            };
            self.0[mark as usize] += times;
        }
    }
}

/// Marks per 1,000 words. Undefined without words.
pub fn per_thousand(marks: u64, words: u64) -> Outcome {
    if words == 0 { Err(Undefined::Empty) } else { Ok(marks as f64 * 1000.0 / words as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_by_class() {
        let mut counts = MarkCounts::default();
        for between in [", ", "--", " - ", "... ", ". . ", "?!", " (", ") ", "\u{201d}\u{2014}\u{201c}", " "]
        {
            counts.add(between);
        }
        let found: Vec<u64> = Mark::ALL.iter().map(|mark| counts.get(*mark)).collect();
        assert_eq!(found, [1, 0, 0, 2, 1, 1, 2, 1, 2, 1]);
        assert_eq!(counts.sum(), 11);
        assert_eq!(per_thousand(1, 0), Err(Undefined::Empty));
    }
}
