//! What can be wrong with the data of an analysis.

/// The result of everything in stylometry that can fail.
pub type Result<T> = std::result::Result<T, StylometryError>;

/// Why an analysis cannot be made. Nothing here panics or gives NaN instead.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StylometryError {
    /// Fewer texts than the analysis needs.
    #[error("{found} texts are too few: {analysis} needs at least {needed}")]
    TooFewTexts {
        /// What was asked for.
        analysis: &'static str,
        /// How many it needs.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// No feature is left.
    #[error("no feature is left: {reason}")]
    NoFeatures {
        /// What took the last one.
        reason: String,
    },
    /// Every text has the same value of every feature.
    #[error("every feature has the same value in all texts, so no text can be told from another")]
    AllConstant,
    /// Two texts or two features have one name.
    #[error("the {what} '{name}' occurs twice: give each its own name")]
    Duplicate {
        /// `text` or `feature`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A table cannot be used.
    #[error("table: {reason}")]
    Table {
        /// What is wrong, with line or cell where known.
        reason: String,
    },
    /// A measure is not defined for these values.
    #[error("the measure '{measure}' is not defined here: {reason}")]
    Undefined {
        /// Id of the measure.
        measure: String,
        /// Why.
        reason: String,
    },
    /// A class has too few texts.
    #[error("the class '{class}' has {found} texts in the training set: {analysis} needs at least {needed}")]
    Class {
        /// What was asked for.
        analysis: &'static str,
        /// The class.
        class: String,
        /// How many texts it needs.
        needed: usize,
        /// How many it has.
        found: usize,
    },
    /// An option has a value that cannot be used.
    #[error("{option}: {reason}")]
    Option {
        /// Which option.
        option: &'static str,
        /// What is wrong and what is allowed.
        reason: String,
    },
    /// A name that stands for nothing.
    #[error("unknown {what} '{name}'. Known: {known}")]
    Unknown {
        /// `measure`, `linkage` and the like.
        what: &'static str,
        /// As given.
        name: String,
        /// What could have been given.
        known: String,
    },
}

/// The first name that occurs twice.
pub(crate) fn duplicate<'a>(what: &'static str, names: impl IntoIterator<Item = &'a str>) -> Result<()> {
    let mut sorted: Vec<&str> = names.into_iter().collect();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(StylometryError::Duplicate { what, name: pair[0].to_owned() }),
        None => Ok(()),
    }
}

/// An error unless there are enough texts.
pub(crate) fn enough(analysis: &'static str, found: usize, needed: usize) -> Result<()> {
    if found < needed {
        return Err(StylometryError::TooFewTexts { analysis, needed, found });
    }
    Ok(())
}
