//! Pages that show how a text was read, for a scholar who wants to know whether to trust the numbers.
//!
//! A [page](Pages::page) holds the text in full with its blocks, sentences and marked segments; an
//! [index](Pages::index) links the pages of a corpus. Pages need no script, no font and no other file, and
//! everything from texts and file names is escaped.

mod body;
mod pages;
mod runs;

pub use pages::{IndexEntry, Page, Pages};
