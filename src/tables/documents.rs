//! `documents.csv`, `voices.csv` and `problems.csv`.

use super::rows::Rows;
use super::schema::Schemas;
use crate::corpus::{Document, Problem};
use crate::measures::{Passage, columns, rate, warnings};
use crate::profile::{Profile, Selection};
use crate::rhetoric::Lexicon;

/// What a row of `documents.csv` is made from.
#[derive(Clone, Copy, Debug)]
pub struct DocumentRow<'a> {
    /// The text.
    pub document: &'a Document,
    /// The language it was read in.
    pub language: &'a str,
    /// Where the language is from.
    pub language_source: &'static str,
    /// Its counts.
    pub profile: &'a Profile,
    /// The lexicon of its language.
    pub lexicon: &'a Lexicon,
}

/// `documents.csv`: one row a text that was analysed, with every measure and marker rate.
pub fn documents<'a>(schemas: &Schemas, documents: impl Iterator<Item = DocumentRow<'a>>) -> Rows {
    let mut rows = Rows::with_header(&schemas.documents);
    for DocumentRow { document, language, language_source, profile, lexicon } in documents {
        rows.text(&document.id);
        for value in &document.metadata {
            rows.text(value);
        }
        rows.text(language).text(language_source);
        let passage = Passage::of_profile(profile, Selection::All);
        for measure in columns() {
            rows.number((measure.compute)(&passage).ok());
        }
        let author = &profile.author;
        for index in (0_u16..).take(lexicon.categories.len()) {
            let hits = profile.markers.author.count(index);
            rows.number(rate(hits, author.prose_words).filter(|_| lexicon.covers(index, language)));
        }
        rows.text(&warnings(profile).join(" ")).end();
    }
    rows
}

/// The rows of `voices.csv` for one text: every measure over all words, the author's own and the quoted ones.
pub fn voices(document: &str, profile: &Profile) -> Rows {
    let mut rows = Rows::new();
    for selection in Selection::ALL {
        rows.text(document).text(selection.name());
        let passage = Passage::of_profile(profile, selection);
        for measure in columns() {
            rows.number((measure.compute)(&passage).ok());
        }
        rows.end();
    }
    rows
}

/// `problems.csv`: everything noticed about the files.
pub fn problems(schemas: &Schemas, problems: &[Problem]) -> Rows {
    let mut rows = Rows::with_header(&schemas.problems);
    for problem in problems {
        rows.text(&problem.file).text(problem.severity.name()).text(problem.problem);
        rows.text(&problem.place).text(&problem.message).end();
    }
    rows
}
