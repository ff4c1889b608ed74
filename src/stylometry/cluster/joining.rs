//! Neighbour joining.

use super::tree::{Tree, TreeNode};
use crate::stylometry::distance::DistanceMatrix;
use crate::stylometry::error::{Result, enough};

/// The unrooted tree of neighbour joining (Saitou & Nei 1987, in the form of Studier & Keppler 1988).
///
/// The root of the result is the last node joined; it has three branches and no meaning. Branches can have
/// negative lengths where the distances are not those of a tree. Which of equally good pairs is joined first the
/// other distances of the texts decide, not their order. The time grows with the cube of the number of texts.
///
/// ```
/// use rhetor::stylometry::{DistanceMatrix, neighbour_joining};
/// let texts = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
/// let distances = DistanceMatrix::new(texts, vec![3.0, 8.0, 9.0, 9.0, 10.0, 7.0]).unwrap();
/// let tree = neighbour_joining(&distances).unwrap();
/// assert_eq!(tree.newick(), "(b:2,a:1,(d:4,c:3):4);");
/// ```
///
/// # Errors
/// With fewer than two texts.
pub fn neighbour_joining(distances: &DistanceMatrix) -> Result<Tree> {
    let texts = distances.len();
    enough("a tree", texts, 2)?;
    let order = distances.own_order();
    let mut nodes: Vec<TreeNode> = order.iter().map(|text| TreeNode::tip(*text)).collect();
    let own = distances.select(&order);
    let mut matrix: Vec<Vec<f64>> = (0..texts).map(|text| own.row(text).collect()).collect();
    // Places in the matrix that are in use, and the node each stands for.
    let mut active: Vec<usize> = (0..texts).collect();
    let mut node_of: Vec<usize> = (0..texts).collect();
    while active.len() > 3 {
        let others = (active.len() - 2) as f64;
        let mut sums = vec![0.0; texts];
        for one in &active {
            sums[*one] = active.iter().map(|other| matrix[*one][*other]).sum();
        }
        let mut best = (f64::INFINITY, active[0], active[1]);
        for (place, one) in active.iter().enumerate() {
            for other in &active[place + 1..] {
                let value = others * matrix[*one][*other] - sums[*one] - sums[*other];
                if value < best.0 {
                    best = (value, *one, *other);
                }
            }
        }
        let (_, a, b) = best;
        let half = (matrix[a][b] + (sums[a] - sums[b]) / others) / 2.0;
        nodes[node_of[a]].length = Some(half);
        nodes[node_of[b]].length = Some(matrix[a][b] - half);
        nodes.push(TreeNode::inner(vec![node_of[a], node_of[b]]));
        active.retain(|place| *place != b);
        let joined = matrix[a][b];
        for other in active.iter().copied().filter(|other| *other != a) {
            let distance = (matrix[a][other] + matrix[b][other] - joined) / 2.0;
            matrix[a][other] = distance;
            matrix[other][a] = distance;
        }
        node_of[a] = nodes.len() - 1;
    }
    match active[..] {
        [a, b] => {
            for one in [a, b] {
                nodes[node_of[one]].length = Some(matrix[a][b] / 2.0);
            }
        }
        [a, b, c] => {
            for (one, x, y) in [(a, b, c), (b, a, c), (c, a, b)] {
                nodes[node_of[one]].length = Some((matrix[one][x] + matrix[one][y] - matrix[x][y]) / 2.0);
            }
        }
        _ => {}
    }
    let mut last: Vec<usize> = active.iter().map(|place| node_of[*place]).collect();
    last.sort_unstable();
    nodes.push(TreeNode::inner(last));
    Ok(Tree::new(distances.texts().to_vec(), nodes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Where the distances are those of a tree, neighbour joining finds that tree.
        #[test]
        fn a_tree_is_found_again(lengths in prop::collection::vec(0.1_f64..5.0, 12), texts in 2_usize..7) {
            // A caterpillar: tip t hangs at the inner node t, inner nodes are in a row.
            let along = |a: usize, b: usize| lengths[6 + a..6 + b].iter().sum::<f64>();
            let mut condensed = Vec::new();
            for a in 0..texts {
                for b in a + 1..texts {
                    condensed.push(lengths[a] + along(a, b) + lengths[b]);
                }
            }
            let names: Vec<String> = (0..texts).map(|text| format!("t{text}")).collect();
            let distances = DistanceMatrix::new(names, condensed).unwrap();
            let tree = neighbour_joining(&distances).unwrap();
            for a in 0..texts {
                for b in 0..texts {
                    prop_assert!((tree.path_length(a, b) - distances.get(a, b)).abs() < 1e-9);
                }
            }
        }
    }
}
