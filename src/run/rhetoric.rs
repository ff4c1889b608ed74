//! The tables of markers, questions and figures, which `analyze` and `markers` write alike.

use super::folder::Folder;
use super::output::OutputFile;
use super::{Counted, Read};
use crate::error::Result;
use crate::rhetoric::{Lexicon, Lists};
use crate::tables::{self, Schemas};

/// The tables with a row for every occurrence, open for the rows of texts in their order.
pub(super) struct Occurrences {
    hits: OutputFile,
    questions: OutputFile,
    figures: OutputFile,
}

/// The rows of one text for them.
pub(super) struct OccurrenceRows {
    hits: Vec<u8>,
    questions: Vec<u8>,
    figures: Vec<u8>,
}

impl OccurrenceRows {
    /// The rows of a text while it is in memory, with `context` characters on either side of a hit.
    pub fn of(lexicon: &Lexicon, read: &Read<'_>, context: usize) -> Self {
        let id = &read.document.id;
        Self {
            hits: tables::marker_hits(id, lexicon, read.text, read.hits, context).into_bytes(),
            questions: tables::questions(id, read.text, read.questions).into_bytes(),
            figures: tables::figures(id, read.text, read.figures).into_bytes(),
        }
    }
}

impl Occurrences {
    pub fn open(folder: &mut Folder, schemas: &Schemas) -> Result<Self> {
        Ok(Self {
            hits: folder.open(&schemas.marker_hits)?,
            questions: folder.open(&schemas.questions)?,
            figures: folder.open(&schemas.figures)?,
        })
    }

    pub fn write(&mut self, rows: &OccurrenceRows) -> Result<()> {
        self.hits.write(&rows.hits)?;
        self.questions.write(&rows.questions)?;
        self.figures.write(&rows.figures)
    }

    pub fn close(self, folder: &mut Folder, schemas: &Schemas) -> Result<()> {
        folder.close(schemas.marker_hits.file, self.hits)?;
        folder.close(schemas.questions.file, self.questions)?;
        folder.close(schemas.figures.file, self.figures)
    }
}

/// Writes the tables of counts and rates.
pub(super) fn write_rates(counted: &Counted, folder: &mut Folder, schemas: &Schemas) -> Result<()> {
    let mut markers = folder.open(&schemas.markers)?;
    for text in &counted.texts {
        let id = &counted.document(text).id;
        markers.write(
            &tables::markers(id, text.input.language, counted.lexicon(text), &text.profile).into_bytes(),
        )?;
    }
    folder.close(schemas.markers.file, markers)?;
    let mut figures = folder.open(&schemas.figure_rates)?;
    for text in &counted.texts {
        let has_lists = Lists::exist(text.input.language);
        let rows =
            tables::figure_rates(&counted.document(text).id, &text.profile.figures, &text.chance, has_lists);
        figures.write(&rows.into_bytes())?;
    }
    folder.close(schemas.figure_rates.file, figures)
}

/// The lexicons that the texts were counted with.
pub(super) fn lexicons(counted: &Counted) -> Vec<&Lexicon> {
    let languages = || counted.texts.iter().map(|text| counted.lexicon(text).language.as_str());
    let packs = counted.lexicons.packs().iter();
    packs.filter(|pack| languages().any(|language| language == pack.language)).collect()
}
