//! Measures: numbers computed from a profile, each described in one place.
//!
//! The [registry](MEASURES) is walked by the tables, the data dictionary and the tests: to add a measure
//! is to add one entry. A value that is not defined is an empty cell with a reason, never 0.

mod registry;

pub use registry::{MEASURES, Measure, Value, View, rate, warnings};
