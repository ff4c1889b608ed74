//! What can fail, where, and what to do about it.

use std::path::PathBuf;

/// The result of everything in rhetor that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error that ends a run. What is wrong with a single text does not: it becomes a
/// [`Problem`](crate::corpus::Problem), and the run goes on with the other texts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A path given as corpus does not exist or cannot be looked into.
    #[error(
        "cannot read the corpus '{path}': {source}. Give a folder of .txt files, or the files themselves"
    )]
    Corpus {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No text was left to analyse.
    #[error("no text to analyse in {corpus}: {reason}. Give a folder that holds .txt files")]
    Empty {
        /// The corpus as given.
        corpus: String,
        /// What was found instead.
        reason: String,
    },
    /// The metadata table cannot be used.
    #[error("cannot use the metadata '{path}': {reason}")]
    Metadata {
        /// The table.
        path: PathBuf,
        /// What is wrong, with the line where known.
        reason: String,
    },
    /// A marker lexicon is wrong.
    #[error("lexicon {reason}")]
    Lexicon {
        /// The file, the line where known, and what is wrong.
        reason: String,
    },
    /// A file of hits to take out is wrong.
    #[error("veto '{path}' {reason}")]
    Veto {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line where known.
        reason: String,
    },
    /// A language file is wrong.
    #[error("language '{code}': {reason}")]
    Language {
        /// ISO 639-1 code.
        code: String,
        /// What is wrong.
        reason: String,
    },
    /// An option of a study is wrong.
    #[error("study ({path}): {reason}")]
    Study {
        /// The file, or `options` where it came from the command line.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The folder of an earlier run cannot be used.
    #[error("run '{path}': {reason}. Give an output folder that holds run.json")]
    Run {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The memory allowed does not hold the largest text or part of one.
    #[error("--memory is too small: the largest text needs {} MB", needed.div_ceil(1_000_000))]
    Memory {
        /// Bytes needed.
        needed: u64,
    },
    /// A file was written to while its parts were read.
    #[error("'{path}' {reason}")]
    Changed {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The output folder holds something that rhetor did not write.
    #[error(
        "the output folder '{path}' holds files that rhetor did not write ({example}). \
         Choose another folder with --output, or use --force to write beside them"
    )]
    ForeignOutput {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        example: String,
    },
    /// Another run is writing into the output folder.
    #[error("another run is writing into '{path}'. Wait for it, or choose another folder with --output")]
    OutputBusy {
        /// The folder.
        path: PathBuf,
    },
    /// A result cannot be written.
    #[error("cannot write '{path}': {source}. The results of this run were not kept")]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A chart cannot be drawn.
    #[error("cannot draw the chart '{name}': {reason}")]
    Chart {
        /// File stem of the chart.
        name: String,
        /// What went wrong.
        reason: String,
    },
    /// A page of the report cannot be made.
    #[error("cannot make the page '{name}': {reason}")]
    Page {
        /// File name of the page.
        name: String,
        /// What went wrong.
        reason: String,
    },
    /// A stylometric analysis cannot be made of these texts and options.
    #[error(transparent)]
    Stylometry(#[from] crate::stylometry::StylometryError),
    /// A list of words or a table of frequencies cannot be read.
    #[error("cannot read '{path}': {reason}")]
    List {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The number of threads asked for cannot be had.
    #[error("cannot start {threads} threads: {reason}")]
    Threads {
        /// As asked for.
        threads: usize,
        /// What went wrong.
        reason: String,
    },
}

impl Error {
    /// For `map_err`: a failure to write `path`.
    pub(crate) fn output(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Output { path, source }
    }
}
