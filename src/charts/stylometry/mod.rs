//! Pictures of how texts lie to each other: trees and maps.
//!
//! Groups are told apart by colour and by the shape of their marks, so that they stay apart in grey and for readers
//! with colour-vision deficiencies; labels never lie over one another and never leave the picture.

mod dendrogram;
mod map;
mod marks;

pub(crate) use dendrogram::{Drawing, DrawnNode, dendrogram};
pub(crate) use map::{Arrow, MapDrawing, map};

use super::ChartData;

/// What every picture says of its texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labelled {
    /// Name of the corpus.
    pub title: String,
    /// The footer: what was counted, and with what.
    pub source: String,
    /// Names of the texts.
    pub names: Vec<String>,
    /// The group of each text, or none; empty where it is not known.
    pub groups: Vec<String>,
}

impl Labelled {
    /// Title and footer as the page takes them.
    fn page(&self) -> ChartData {
        ChartData { title: self.title.clone(), source: self.source.clone(), ..ChartData::default() }
    }
}
