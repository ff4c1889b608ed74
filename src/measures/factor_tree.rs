//! Where a walk of integer steps first rises above a height, while single steps change.

/// A binary tree over the steps of a walk: each node knows the sum of its steps and how high the walk rises
/// within it.
#[derive(Debug)]
pub(crate) struct FactorTree {
    /// Leaves stand at `leaves..2·leaves`; the children of node i are 2i and 2i + 1.
    nodes: Vec<Node>,
    leaves: usize,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    sum: i64,
    /// Highest sum of a non-empty beginning.
    peak: i64,
}

impl Node {
    /// A step that is not there: far too low to be the first above anything.
    const NONE: Self = Self { sum: 0, peak: i64::MIN / 4 };

    fn join(left: Self, right: Self) -> Self {
        Self { sum: left.sum + right.sum, peak: left.peak.max(left.sum + right.peak) }
    }
}

impl FactorTree {
    /// A tree over these steps.
    pub fn new(steps: impl ExactSizeIterator<Item = i64>) -> Self {
        let leaves = steps.len().next_power_of_two();
        let mut nodes = vec![Node::NONE; 2 * leaves];
        for (place, step) in steps.enumerate() {
            nodes[leaves + place] = Node { sum: step, peak: step };
        }
        for at in (1..leaves).rev() {
            nodes[at] = Node::join(nodes[2 * at], nodes[2 * at + 1]);
        }
        Self { nodes, leaves }
    }

    /// Changes a step.
    pub fn set(&mut self, place: usize, step: i64) {
        let mut at = self.leaves + place;
        self.nodes[at] = Node { sum: step, peak: step };
        while at > 1 {
            at /= 2;
            self.nodes[at] = Node::join(self.nodes[2 * at], self.nodes[2 * at + 1]);
        }
    }

    /// The first place, not before `from`, where the sum of all steps up to and with it is above `height`.
    pub fn first_above(&self, from: usize, height: i64) -> Option<usize> {
        if from >= self.leaves {
            return None;
        }
        let mut at = self.leaves + from;
        let mut sum = self.before(at);
        // Up to the first subtree that rises high enough …
        while sum + self.nodes[at].peak <= height {
            sum += self.nodes[at].sum;
            while at % 2 == 1 {
                at /= 2;
                if at <= 1 {
                    return None;
                }
            }
            if at <= 1 {
                return None;
            }
            at += 1;
        }
        // … and down in it.
        while at < self.leaves {
            at *= 2;
            if sum + self.nodes[at].peak <= height {
                sum += self.nodes[at].sum;
                at += 1;
            }
        }
        Some(at - self.leaves)
    }

    /// Sum of the steps before a node.
    fn before(&self, mut at: usize) -> i64 {
        let mut sum = 0;
        while at > 1 {
            if at % 2 == 1 {
                sum += self.nodes[at - 1].sum;
            }
            at /= 2;
        }
        sum
    }
}
