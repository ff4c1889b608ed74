//! The options of stylometry.

mod choices;
mod ranges;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::lossy_path;
use crate::stylometry::{COMPRESSION_DISTANCE, Linkage, Measure, StylometryError, TreeMethod};
pub use choices::{Compatibility, Features, LinkWeightName, MapKind, VoiceChoice};
pub use ranges::{SamplingRule, Steps};

/// Replicates beyond which a bootstrap tells nothing more.
const MOST_REPLICATES: usize = 10_000;
/// Words below which a text is left out, unless a study says otherwise.
const LEAST_WORDS: u64 = 100;

/// What the stylometric commands share. An option that is absent has the default of the command, or stylo's
/// with `compat = "stylo"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StylometryOptions {
    /// What is counted.
    pub features: Features,
    /// Length of n-grams: 2 words or 3 characters if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<usize>,
    /// Numbers of most frequent features: `500`, `100-2000:100`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfw: Option<Steps>,
    /// Percent of the texts that must have a feature: `0`, `0-60:20`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub culling: Option<Steps>,
    /// Ids of distance measures, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub distances: Vec<String>,
    /// A file of features that are left out, one a line.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "lossy_path")]
    pub stop_words: Option<PathBuf>,
    /// Whether personal pronouns are left out, in the languages that have a list.
    pub delete_pronouns: bool,
    /// A file of the features to take instead of the most frequent ones, one a line.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "lossy_path")]
    pub feature_list: Option<PathBuf>,
    /// A ready table of frequencies, read instead of a corpus.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "lossy_path")]
    pub table: Option<PathBuf>,
    /// How texts are cut into samples.
    pub sampling: SamplingRule,
    /// Seed of everything that is drawn at random.
    pub seed: u64,
    /// Whose words are counted.
    pub voice: VoiceChoice,
    /// Words below which a text is left out.
    pub min_words: u64,
    /// Whose defaults are taken, and whose way of making features.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compat: Option<Compatibility>,
    /// How trees are made: `ward.D2` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linkage: Option<String>,
    /// Numbers of features over which the stability of trees and networks is tried, as `mfw`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<Steps>,
    /// Percent of the trees that must have a branch for it to be in their consensus: more than 50 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consensus: Option<usize>,
    /// Replicates of the bootstrap: 100 if absent; 0 for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<usize>,
    /// Whether the bootstrap draws from the samples of each text, and the texts are the tips of the tree; else it
    /// draws from the features.
    #[serde(skip_serializing_if = "is_false")]
    pub bootstrap_samples: bool,
    /// Kinds of maps, those of [`MapKind::ALL`] if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub maps: Vec<MapKind>,
    /// Neighbours that t-SNE takes each text to have; what fits the number of texts if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perplexity: Option<usize>,
    /// Features drawn as arrows in a map of principal components: 12 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrows: Option<usize>,
    /// Neighbours that each text is linked to in a network: 3 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<usize>,
    /// What a link to the nearest of them counts for.
    #[serde(skip_serializing_if = "is_linear")]
    pub link_weight: LinkWeightName,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_linear(weight: &LinkWeightName) -> bool {
    *weight == LinkWeightName::Linear
}

impl Default for StylometryOptions {
    fn default() -> Self {
        Self {
            features: Features::Words,
            n: None,
            mfw: None,
            culling: None,
            distances: Vec::new(),
            stop_words: None,
            delete_pronouns: false,
            feature_list: None,
            table: None,
            sampling: SamplingRule::None,
            seed: 1,
            voice: VoiceChoice::All,
            min_words: LEAST_WORDS,
            compat: None,
            linkage: None,
            sweep: None,
            consensus: None,
            bootstrap: None,
            bootstrap_samples: false,
            maps: Vec::new(),
            perplexity: None,
            arrows: None,
            neighbours: None,
            link_weight: LinkWeightName::Linear,
        }
    }
}

impl StylometryOptions {
    /// Whether features are made, and defaults taken, as by stylo.
    pub fn is_stylo(&self) -> bool {
        self.compat == Some(Compatibility::Stylo)
    }

    /// Numbers of most frequent features, ascending: 500, with stylo's defaults 100.
    pub fn mfw(&self) -> Vec<usize> {
        self.mfw.map_or_else(|| vec![if self.is_stylo() { 100 } else { 500 }], Steps::values)
    }

    /// The one of them that trees and maps are made of: 500 if it is there, else the largest below, else the
    /// smallest; with stylo's defaults 100 in the place of 500.
    pub fn main_mfw(&self) -> usize {
        let usual = if self.is_stylo() { 100 } else { 500 };
        let values = self.mfw();
        values.iter().copied().rfind(|mfw| *mfw <= usual).or_else(|| values.first().copied()).unwrap_or(usual)
    }

    /// Numbers of features of a sweep: those of `sweep`, else those of `mfw` if there are several, else 100,
    /// 200 … 2,000.
    pub fn sweep(&self) -> Vec<usize> {
        let several = self.mfw.filter(|steps| steps.from < steps.to);
        self.sweep.or(several).unwrap_or(Steps { from: 100, to: 2_000, by: 100 }).values()
    }

    /// Culling levels in percent, ascending: 0 if none is asked for.
    pub fn culling(&self) -> Vec<f64> {
        let steps = self.culling.map_or_else(|| vec![0], Steps::values);
        steps.into_iter().map(|percent| percent as f64).collect()
    }

    /// The measures, the main one first: Cosine Delta, with stylo's defaults Burrows's Delta.
    ///
    /// # Errors
    /// If an id stands for no measure, or for compression.
    pub fn measures(&self) -> Result<Vec<Measure>, StylometryError> {
        if self.compression() {
            let reason = format!(
                "{COMPRESSION_DISTANCE} compares whole texts: it is there for rhetor distances alone"
            );
            return Err(StylometryError::Option { option: "distance", reason });
        }
        self.measures_of_tables()
    }

    /// As [`StylometryOptions::measures`], of the measures named beside compression; none if that is named alone.
    ///
    /// # Errors
    /// If an id stands for no measure.
    pub fn measures_of_tables(&self) -> Result<Vec<Measure>, StylometryError> {
        if self.distances.is_empty() {
            let usual = if self.is_stylo() { "delta".parse()? } else { Measure::default() };
            return Ok(vec![usual]);
        }
        let mut measures: Vec<Measure> = Vec::new();
        for id in self.distances.iter().filter(|id| *id != COMPRESSION_DISTANCE) {
            let measure = id.parse()?;
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        Ok(measures)
    }

    /// Whether texts are compared by compression too, which is no measure of a table.
    pub fn compression(&self) -> bool {
        self.distances.iter().any(|id| id == COMPRESSION_DISTANCE)
    }

    /// How trees are made: ward.D2, with stylo's defaults ward.D.
    ///
    /// # Errors
    /// If there is no such linkage.
    pub fn linkage(&self) -> Result<TreeMethod, StylometryError> {
        match &self.linkage {
            Some(name) => name.parse(),
            None if self.is_stylo() => Ok(TreeMethod::Linkage(Linkage::WardD)),
            None => Ok(TreeMethod::default()),
        }
    }

    /// Length of n-grams.
    pub fn n(&self) -> usize {
        self.n.unwrap_or(if self.features == Features::WordNgrams { 2 } else { 3 })
    }

    /// The longest list that features are culled from: 5,000 with stylo's defaults.
    pub fn cutoff(&self) -> Option<usize> {
        self.is_stylo().then_some(5_000)
    }

    /// Checks what the types of the options do not.
    ///
    /// # Errors
    /// If a number is out of its range, a name unknown, or two options exclude one another.
    pub fn check(&self) -> Result<(), StylometryError> {
        let wrong = |option: &'static str, reason: String| Err(StylometryError::Option { option, reason });
        if !(1..=20).contains(&self.n()) {
            return wrong("n", format!("{} is not from 1 to 20", self.n()));
        }
        for steps in [self.mfw, self.sweep].into_iter().flatten() {
            if steps.from == 0 {
                return wrong("mfw", "the number of features is at least 1".to_owned());
            }
        }
        if self.culling.is_some_and(|steps| steps.to > 100) {
            return wrong("culling", "it is a percentage from 0 to 100".to_owned());
        }
        if self.consensus.is_some_and(|percent| !(50..=100).contains(&percent)) {
            return wrong("consensus", "it is a percentage from 50 to 100".to_owned());
        }
        if self.bootstrap.is_some_and(|replicates| replicates > MOST_REPLICATES) {
            return wrong("bootstrap", format!("there are at most {MOST_REPLICATES} replicates"));
        }
        if self.bootstrap_samples && self.sampling == SamplingRule::None {
            let reason = "texts must be cut into samples to draw from: give --sampling SIZE".to_owned();
            return wrong("bootstrap_samples", reason);
        }
        if self.neighbours == Some(0) {
            return wrong("neighbours", "there is at least 1".to_owned());
        }
        if self.table.is_some() && self.sampling != SamplingRule::None {
            return wrong("sampling", "a ready table has no words to draw from".to_owned());
        }
        self.measures_of_tables()?;
        self.linkage()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["500", "100-2000:100", "0-60:20"] {
            assert_eq!(text.parse::<Steps>().unwrap().to_string(), text);
        }
        for text in ["none", "5000", "5000:4500", "random:1000:20", "random-with-replacement:1000:20"] {
            assert_eq!(text.parse::<SamplingRule>().unwrap().to_string(), text);
        }
        for (kind, name) in Features::ALL {
            assert_eq!((name.parse::<Features>().unwrap(), kind.name()), (kind, name));
        }
        let options = StylometryOptions {
            mfw: Some("100-300:100".parse().unwrap()),
            sampling: "500:100".parse().unwrap(),
            distances: vec!["delta".to_owned()],
            compat: Some(Compatibility::Stylo),
            ..StylometryOptions::default()
        };
        let written = toml::to_string(&options).unwrap();
        assert_eq!(toml::from_str::<StylometryOptions>(&written).unwrap(), options);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for text in ["", "x", "1-", "5-1:1", "1-5", "1-5:0", "1-9999999:1", "-5"] {
            assert!(text.parse::<Steps>().is_err(), "{text}");
        }
        for text in ["", "x", "0", "5:5", "random:0:5", "random:5:0", "random:5", "5:1:1"] {
            assert!(text.parse::<SamplingRule>().is_err(), "{text}");
        }
        let check = |options: StylometryOptions| options.check().unwrap_err().to_string();
        let plain = StylometryOptions::default();
        assert!(check(StylometryOptions { n: Some(21), ..plain.clone() }).contains("1 to 20"));
        assert!(
            check(StylometryOptions { mfw: Some("0".parse().unwrap()), ..plain.clone() })
                .contains("at least 1")
        );
        let culling = Some("0-120:20".parse().unwrap());
        assert!(check(StylometryOptions { culling, ..plain.clone() }).contains("percentage"));
        assert!(check(StylometryOptions { distances: vec!["near".into()], ..plain }).contains("near"));
    }

    #[test]
    fn defaults_of_rhetor_and_of_stylo() {
        let plain = StylometryOptions::default();
        assert_eq!((plain.main_mfw(), plain.sweep().len(), plain.culling()), (500, 20, vec![0.0]));
        assert_eq!(plain.measures().unwrap()[0].id(), "cosine-delta");
        let stylo = StylometryOptions { compat: Some(Compatibility::Stylo), ..plain.clone() };
        assert_eq!((stylo.main_mfw(), stylo.measures().unwrap()[0].id()), (100, "delta".to_owned()));
        assert_eq!(stylo.linkage().unwrap().to_string(), "ward.D");
        let range = StylometryOptions { mfw: Some("200-900:200".parse().unwrap()), ..plain };
        assert_eq!((range.main_mfw(), range.sweep()), (400, vec![200, 400, 600, 800]));
    }
}
