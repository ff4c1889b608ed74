//! Where a run is.

/// Where a run is, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes of the corpus have been read, and counted if they are to be.
    Reading {
        /// Bytes done.
        done: u64,
        /// Bytes of the corpus.
        of: u64,
    },
    /// Tables of the whole corpus are being written.
    Tables,
    /// Charts are being drawn.
    Charts,
}
