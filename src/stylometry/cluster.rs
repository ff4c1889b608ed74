//! Hierarchical clustering, with the linkages, merges and heights of R's `hclust`; neighbour joining.

mod agreement;
mod joining;
mod linkage;
mod merging;
mod tree;

pub use agreement::adjusted_rand_index;
pub use joining::neighbour_joining;
pub use linkage::{Cluster, Dendrogram, Linkage, Merge};
pub use tree::{Split, Tree, TreeNode};

use std::fmt;
use std::str::FromStr;

use super::distance::DistanceMatrix;
use super::error::{Result, StylometryError};

/// How a tree is made from distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TreeMethod {
    /// Hierarchical clustering.
    Linkage(Linkage),
    /// Neighbour joining; written `nj`.
    NeighbourJoining,
}

impl Default for TreeMethod {
    fn default() -> Self {
        Self::Linkage(Linkage::default())
    }
}

impl TreeMethod {
    /// The tree of these distances.
    ///
    /// # Errors
    /// With fewer than two texts.
    pub fn tree(self, distances: &DistanceMatrix) -> Result<Tree> {
        match self {
            Self::Linkage(linkage) => Ok(linkage.cluster(distances)?.tree()),
            Self::NeighbourJoining => neighbour_joining(distances),
        }
    }
}

impl fmt::Display for TreeMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Linkage(linkage) => linkage.fmt(f),
            Self::NeighbourJoining => f.write_str("nj"),
        }
    }
}

impl FromStr for TreeMethod {
    type Err = StylometryError;

    fn from_str(name: &str) -> Result<Self> {
        if name == "nj" { Ok(Self::NeighbourJoining) } else { name.parse().map(Self::Linkage) }
    }
}
