//! How stable a tree is: consensus over a sweep of settings, and bootstrap.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cluster::{Split, Tree, TreeMethod, TreeNode};
use super::distance::{DistanceMatrix, Measure, RowNormaliser, Scaled};
use super::error::{Result, StylometryError, enough};
use super::features::{FeatureCounts, FeatureSelection, Tabulate};
use super::table::FrequencyTable;
use crate::random::Random;

/// The settings of a sweep. Every combination is tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Numbers of most frequent features.
    pub mfw: Vec<usize>,
    /// Culling levels in percent.
    pub culling: Vec<f64>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// What is the same throughout: stop words, first rank, cut-off. Its `mfw` and `culling` are not used.
    pub selection: FeatureSelection,
}

impl Default for Sweep {
    /// Cosine Delta with 100, 200 … 2,000 features, no culling.
    fn default() -> Self {
        Self {
            mfw: (1..=20).map(|hundreds| hundreds * 100).collect(),
            culling: vec![0.0],
            measures: vec![Measure::default()],
            selection: FeatureSelection::default(),
        }
    }
}

/// One setting of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Features that were used: those asked for, or as many as there were.
    pub features: usize,
    /// Culling level in percent.
    pub culling: f64,
    /// The measure.
    pub measure: Measure,
}

/// Settings with the places of their tables.
type Jobs = Vec<(usize, Setting)>;

impl Sweep {
    /// Calls `each` for every setting, in parallel, and gives the results in order: by culling level, measure
    /// and number of features. Where fewer features are left than asked for, these are used once.
    ///
    /// # Errors
    /// If the sweep has no setting, a table cannot be made, or `each` fails.
    pub fn run<R: Send>(
        &self,
        counts: &impl Tabulate,
        each: impl Fn(Setting, &FrequencyTable) -> Result<R> + Sync,
    ) -> Result<Vec<(Setting, R)>> {
        let (tables, jobs) = self.jobs(counts)?;
        jobs.into_par_iter()
            .map(|(place, setting)| {
                let result = each(setting, &tables[place].first(setting.features))?;
                Ok((setting, result))
            })
            .collect()
    }

    /// A table of most features for each culling level, and the settings with the places of their tables.
    fn jobs(&self, counts: &impl Tabulate) -> Result<(Vec<FrequencyTable>, Jobs)> {
        let most = self.mfw.iter().copied().max().unwrap_or(0);
        if most == 0 || self.culling.is_empty() || self.measures.is_empty() {
            let reason = "name at least one number of features, one culling level and one measure".to_owned();
            return Err(StylometryError::Option { option: "sweep", reason });
        }
        let mut tables = Vec::with_capacity(self.culling.len());
        let mut jobs: Jobs = Vec::new();
        for (place, culling) in self.culling.iter().enumerate() {
            let selection = FeatureSelection { mfw: most, culling: *culling, ..self.selection.clone() };
            let table = counts.tabulate(&selection)?;
            let mut sizes: Vec<usize> =
                self.mfw.iter().map(|mfw| (*mfw).min(table.features().len())).collect();
            sizes.sort_unstable();
            sizes.dedup();
            for measure in &self.measures {
                for features in sizes.iter().copied().filter(|features| *features > 0) {
                    jobs.push((place, Setting { features, culling: *culling, measure: *measure }));
                }
            }
            tables.push(table);
        }
        Ok((tables, jobs))
    }

    /// The distances of every setting, as [`Measure::distances`] gives them for its table.
    ///
    /// # Errors
    /// As [`Sweep::run`], and as [`Measure::distances`].
    pub fn distances(&self, counts: &impl Tabulate) -> Result<Vec<(Setting, DistanceMatrix)>> {
        self.of_distances(counts, Ok)
    }

    /// One tree for every setting.
    ///
    /// # Errors
    /// As [`Sweep::distances`].
    pub fn trees(&self, counts: &impl Tabulate, method: TreeMethod) -> Result<Vec<(Setting, Tree)>> {
        self.of_distances(counts, |distances| method.tree(&distances))
    }

    /// What `each` makes of the distances of every setting. How a feature is scaled does not depend on how many
    /// others there are, so it is done once for each normaliser and culling level.
    fn of_distances<R: Send>(
        &self,
        counts: &impl Tabulate,
        each: impl Fn(DistanceMatrix) -> Result<R> + Sync,
    ) -> Result<Vec<(Setting, R)>> {
        enough("a distance", counts.names().len(), 2)?;
        let (tables, jobs) = self.jobs(counts)?;
        let mut plain: Vec<Measure> = Vec::new();
        for measure in &self.measures {
            if plain.iter().all(|other| other.normaliser != measure.normaliser) {
                plain.push(Measure { rows: RowNormaliser::None, ..*measure });
            }
        }
        let scaled: Vec<Vec<Scaled>> = tables
            .par_iter()
            .map(|table| plain.iter().map(|measure| measure.scaling(table, None)?.apply(table)).collect())
            .collect::<Result<_>>()?;
        jobs.into_par_iter()
            .map(|(place, setting)| {
                let measure = setting.measure;
                let same = plain.iter().position(|other| other.normaliser == measure.normaliser);
                let scaled = scaled[place][same.unwrap_or_default()].first(setting.features, measure.rows)?;
                Ok((setting, each(measure.within_scaled(&scaled, &tables[place])?)?))
            })
            .collect()
    }
}

/// The majority-rule consensus of trees of the same texts: the branches that more than `strength` of them
/// have, with that share as their support. Trees are taken as unrooted; the result is drawn from its
/// first text.
///
/// With a strength above 0.5 a branch is kept that exactly so many trees have, as in the package ape; at 0.5
/// more than half must have it, as only such branches always fit together.
///
/// ```
/// use rhetor::stylometry::{Tree, consensus};
/// let texts = ["a", "b", "c", "d", "e"].map(str::to_owned);
/// let trees = ["((a,b),(c,(d,e)));", "((a,b),(d,(c,e)));", "((a,b),(c,(d,e)));"];
/// let trees: Vec<Tree> = trees.iter().map(|tree| Tree::read(tree, &texts).unwrap()).collect();
/// assert_eq!(consensus(&trees, 0.7).unwrap().newick(), "(a,b,(c,d,e)1);");
/// ```
///
/// # Errors
/// Without trees, if their texts differ, or if the strength is not from 0.5 to 1.
pub fn consensus(trees: &[Tree], strength: f64) -> Result<Tree> {
    let Some(first) = trees.first() else {
        return Err(StylometryError::Option { option: "consensus", reason: "there is no tree".to_owned() });
    };
    if !(0.5..=1.0).contains(&strength) {
        return Err(StylometryError::Option {
            option: "consensus strength",
            reason: format!("{strength} is not from 0.5 to 1"),
        });
    }
    if trees.iter().any(|tree| tree.texts() != first.texts()) {
        let reason = "the trees have different texts".to_owned();
        return Err(StylometryError::Option { option: "consensus", reason });
    }
    let mut counts: BTreeMap<Split, usize> = BTreeMap::new();
    for tree in trees {
        for split in tree.splits() {
            *counts.entry(split).or_default() += 1;
        }
    }
    let total = trees.len() as f64;
    let kept = |count: usize| 2 * count > trees.len() && count as f64 >= strength * total - 1e-9;
    let mut splits: Vec<(Split, f64)> = counts
        .into_iter()
        .filter(|(_, count)| kept(*count))
        .map(|(split, count)| (split, count as f64 / total))
        .collect();
    splits.sort_by(|a, b| a.0.len().cmp(&b.0.len()).then_with(|| a.0.cmp(&b.0)));
    Ok(nested(first.texts(), &splits))
}

/// The tree of splits that fit together, the smallest first.
fn nested(texts: &[String], splits: &[(Split, f64)]) -> Tree {
    let mut nodes: Vec<TreeNode> = (0..texts.len()).map(TreeNode::tip).collect();
    // Nodes that have no parent yet, with the texts below them.
    let mut tops: Vec<(usize, Split)> = (0..texts.len())
        .map(|text| {
            let mut below = Split::empty(texts.len());
            below.insert(text);
            (text, below)
        })
        .collect();
    for (split, support) in splits {
        let (children, rest): (Vec<_>, Vec<_>) = tops.into_iter().partition(|(_, below)| split.holds(below));
        let children = children.into_iter().map(|(node, _)| node).collect();
        nodes.push(TreeNode { support: Some(*support), ..TreeNode::inner(children) });
        tops = rest;
        tops.push((nodes.len() - 1, split.clone()));
    }
    nodes.push(TreeNode::inner(tops.into_iter().map(|(node, _)| node).collect()));
    Tree::new(texts.to_vec(), nodes)
}

/// Trees from as many features drawn with replacement from the table's own (Felsenstein's bootstrap), in
/// their order of rank.
///
/// `tree.with_support(&trees)` then says how often each branch is found again.
///
/// # Errors
/// As for a single tree. A draw in which all features are constant is drawn anew, up to a hundred times.
pub fn bootstrap_features(
    table: &FrequencyTable,
    measure: Measure,
    method: TreeMethod,
    replicates: usize,
    seed: u64,
) -> Result<Vec<Tree>> {
    enough("a bootstrap", table.texts().len(), 2)?;
    let features = table.features().len();
    (0..replicates as u64)
        .into_par_iter()
        .map(|replicate| {
            let mut random = Random::named(seed, "features", replicate);
            for attempt in 1.. {
                let mut drawn: Vec<usize> = (0..features).map(|_| random.below(features)).collect();
                drawn.sort_unstable();
                match measure.distances(&table.columns(&drawn)) {
                    Err(StylometryError::AllConstant) if attempt < 100 => {}
                    distances => return method.tree(&distances?),
                }
            }
            Err(StylometryError::AllConstant)
        })
        .collect()
}

/// Trees from texts put together anew from their own samples: of each text as many samples as it has are
/// drawn with replacement and counted together.
///
/// `counts` counts the samples, `texts` names for each text its samples by their places.
///
/// # Errors
/// As for a single tree, and if a text has no sample or one that does not exist.
pub fn bootstrap_samples(
    counts: &FeatureCounts,
    texts: &[(String, Vec<usize>)],
    selection: &FeatureSelection,
    measure: Measure,
    method: TreeMethod,
    replicates: usize,
    seed: u64,
) -> Result<Vec<Tree>> {
    enough("a bootstrap", texts.len(), 2)?;
    if let Some((name, _)) = texts.iter().find(|(_, samples)| samples.is_empty()) {
        let reason = format!("the text '{name}' has no sample");
        return Err(StylometryError::Option { option: "samples", reason });
    }
    let known = counts.texts().len();
    if let Some((name, _)) = texts.iter().find(|(_, samples)| samples.iter().any(|sample| *sample >= known)) {
        let reason = format!("the text '{name}' has a sample beyond the {known} that there are");
        return Err(StylometryError::Option { option: "samples", reason });
    }
    let keys: Vec<[u8; 32]> = texts.iter().map(|(_, samples)| counts.key(samples)).collect();
    (0..replicates as u64)
        .into_par_iter()
        .map(|replicate| {
            let drawn: Vec<(String, Vec<usize>)> = texts
                .iter()
                .zip(&keys)
                .map(|((name, samples), key)| {
                    let mut random = Random::named(seed, key, replicate);
                    let drawn = samples.iter().map(|_| samples[random.below(samples.len())]).collect();
                    (name.clone(), drawn)
                })
                .collect();
            method.tree(&measure.distances(&counts.combined(&drawn)?.table(selection)?)?)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::features::CountsBuilder;

    /// Six texts by three hands: the rates of four words differ by hand, little by text.
    fn counts(samples: usize) -> FeatureCounts {
        let mut builder = CountsBuilder::default();
        for hand in 0..3_u64 {
            for text in 0..2_u64 {
                for sample in 0..samples as u64 {
                    builder.text(format!("h{hand}t{text}_{sample}"));
                    for word in 0..12_u64 {
                        let rate = 20 + 9 * ((word * 5 + hand * (word % 4) * 7) % 11);
                        builder.add(&format!("w{word}"), rate + (word + 3 * text + 5 * sample) % 4);
                    }
                }
            }
        }
        builder.finish().unwrap()
    }

    #[test]
    fn three_hands_are_found_in_every_way() {
        let counts = counts(1);
        let sweep = Sweep { mfw: vec![6, 9, 12, 500], ..Sweep::default() };
        let trees = sweep.trees(&counts, TreeMethod::default()).unwrap();
        // 500 are 12 again.
        assert_eq!(trees.iter().map(|(setting, _)| setting.features).collect::<Vec<_>>(), [6, 9, 12]);
        let trees: Vec<Tree> = trees.into_iter().map(|(_, tree)| tree).collect();
        let agreed = consensus(&trees, 0.5).unwrap();
        let hands: Vec<Vec<usize>> = agreed.splits().iter().map(Split::texts).collect();
        for hand in [vec![2, 3], vec![4, 5], vec![2, 3, 4, 5]] {
            assert!(hands.contains(&hand), "{hands:?}");
        }
        let table = counts.table(&FeatureSelection::default()).unwrap();
        let bootstrap =
            || bootstrap_features(&table, Measure::default(), TreeMethod::NeighbourJoining, 50, 3).unwrap();
        let supported = agreed.with_support(&bootstrap());
        assert!(supported.nodes().iter().filter_map(|node| node.support).any(|support| support > 0.8));
        assert_eq!(bootstrap(), bootstrap());
    }

    #[test]
    fn a_sweep_is_as_each_setting_by_itself() {
        let counts = counts(2);
        let names = ["delta", "argamon", "eder", "entropy", "z+unit+manhattan", "cosine-delta", "labbe"];
        let measures = names.map(|name| name.parse().unwrap()).to_vec();
        let sweep = Sweep { mfw: vec![4, 7, 12], culling: vec![0.0, 100.0], measures, ..Sweep::default() };
        let alone = sweep.run(&counts, |setting, table| setting.measure.distances(table)).unwrap();
        assert_eq!(alone.len(), 42);
        for ((setting, one), (_, other)) in alone.iter().zip(sweep.distances(&counts).unwrap()) {
            assert_eq!(*one, other, "{setting:?}");
        }
        let wrong = Sweep { measures: vec!["z+labbe".parse().unwrap()], ..Sweep::default() };
        assert!(wrong.distances(&counts).is_err());
    }

    #[test]
    fn samples_are_drawn_within_their_text() {
        let counts = counts(4);
        let texts: Vec<(String, Vec<usize>)> =
            (0..6).map(|text| (format!("t{text}"), (4 * text..4 * text + 4).collect())).collect();
        let selection = FeatureSelection::default();
        let method = TreeMethod::default();
        let trees =
            bootstrap_samples(&counts, &texts, &selection, Measure::default(), method, 20, 1).unwrap();
        assert_eq!(trees.len(), 20);
        for tree in &trees {
            assert!(tree.splits().iter().any(|split| split.texts() == [2, 3]));
        }
        let none = [("a".to_owned(), vec![0]), ("b".to_owned(), vec![])];
        assert!(bootstrap_samples(&counts, &none, &selection, Measure::default(), method, 1, 1).is_err());
    }

    #[test]
    fn what_cannot_agree() {
        assert!(consensus(&[], 0.5).is_err());
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let trees = ["((a,b),c,d);", "((a,c),b,d);"].map(|tree| Tree::read(tree, &names).unwrap());
        // Half is not more than half.
        assert_eq!(consensus(&trees, 0.5).unwrap().newick(), "(a,b,c,d);");
        assert!(consensus(&trees, 0.3).is_err());
        assert!(Sweep { mfw: vec![], ..Sweep::default() }.trees(&counts(1), TreeMethod::default()).is_err());
    }
}
