//! Stylometry: who wrote like whom, by the frequencies of many small features.
//!
//! Counts of features become a table of texts × features, the table becomes distances, distances become
//! trees, maps and verdicts. Every step is a plain function of its input: no result depends on threads,
//! hash seeds or the order of the texts, and what cannot be computed is an error, never NaN.
//!
//! Definitions follow the published literature. Where the R package stylo computes something else, its
//! variant has a name of its own.

mod attribute;
mod cluster;
mod compression;
mod consensus;
mod distance;
mod error;
mod features;
mod network;
mod numbers;
mod ordination;
mod rolling;
mod sampling;
mod table;
mod verify;
mod why;
mod zeta;

pub use attribute::{
    Candidate, ClassScores, Classifier, Evaluation, Folds, Prediction, Source, Verdict, cross_validate,
    wilson,
};
pub use attribute::{DecidingFeature, Decision, SettingVerdicts, Stability, stability};
pub use cluster::{
    Cluster, Dendrogram, Linkage, Merge, Split, Tree, TreeMethod, TreeNode, adjusted_rand_index,
    neighbour_joining,
};
pub use compression::{COMPRESSION_DISTANCE, compression_distances};
pub use consensus::{Setting, Sweep, bootstrap_features, bootstrap_samples, consensus};
pub use distance::{
    DistanceMatrix, MEASURES, Measure, Metric, NamedMeasure, Normaliser, RowNormaliser, Scaling,
};
pub(crate) use error::enough as enough_texts;
pub use error::{Result, StylometryError};
pub use features::{
    CountsBuilder, FeatureCounts, FeatureKind, FeatureSelection, Tabulate, function_words, pronouns,
    read_table,
};
pub use network::{Link, LinkWeight, Network, network};
pub use ordination::{
    ClassicalScaling, NeighbourMap, NeighbourMapOptions, PrincipalComponents, classical_scaling,
    neighbour_map, principal_components,
};
pub use rolling::{Stretch, middle, stretches};
pub use sampling::{Sample, Sampling, Tokens};
pub use table::FrequencyTable;
pub use verify::{
    DistanceImposters, ImposterScore, ImpostersOptions, Thresholds, area_under_curve, brier, c_at_1,
    cost_of_ratios, distance_imposters, f1, f05u, general_imposters, imposters_one_left_out, tune_thresholds,
};
pub use why::{Contribution, Explainer, nearest_and_rival};
pub use zeta::{Contrast, NamedWords, Zeta, ZetaOptions, ZetaWord, zeta, zeta_sweep};
