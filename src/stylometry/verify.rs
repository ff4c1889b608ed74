//! Verification: whether a text is by a candidate at all, and how good such answers are.

mod imposters;
mod scores;

pub use imposters::{
    DistanceImposters, ImposterScore, ImpostersOptions, distance_imposters, general_imposters,
    imposters_one_left_out,
};
pub use scores::{Thresholds, area_under_curve, brier, c_at_1, cost_of_ratios, f1, f05u, tune_thresholds};
