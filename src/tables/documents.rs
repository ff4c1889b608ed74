//! `documents.csv` and `problems.csv`.

use super::rows::Rows;
use super::schema::Schemas;
use crate::corpus::{Document, Problem};
use crate::measures::{MEASURES, View, rate, warnings};
use crate::profile::{Profile, Selection};

/// `documents.csv`: one row a text that was analysed, with every measure and marker rate.
pub fn documents<'a>(
    schemas: &Schemas,
    categories: usize,
    documents: impl Iterator<Item = (&'a Document, &'a Profile)>,
) -> Rows {
    let mut rows = Rows::with_header(&schemas.documents);
    for (document, profile) in documents {
        rows.text(&document.id);
        for value in &document.metadata {
            rows.text(value);
        }
        let view = View::new(profile, Selection::All);
        for measure in MEASURES {
            rows.value((measure.compute)(&view));
        }
        let author = &profile.author;
        for category in 0..categories {
            let hits = author.markers.get(&(category as u16)).copied().unwrap_or(0);
            rows.number(rate(hits, author.prose_words));
        }
        rows.text(&warnings(profile).join(" ")).end();
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
