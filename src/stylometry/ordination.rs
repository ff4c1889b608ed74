//! Maps: principal components, classical scaling, t-SNE.

mod scaling;
mod tsne;

pub use scaling::{ClassicalScaling, PrincipalComponents, classical_scaling, principal_components};
pub use tsne::{NeighbourMap, NeighbourMapOptions, neighbour_map};
