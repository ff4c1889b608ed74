//! Counts of features in texts, and the ranking of the most frequent ones.

use std::borrow::Borrow;
use std::cmp::Reverse;

use hashbrown::HashMap;

use crate::profile::{Counts, Vocabulary};
use crate::stylometry::error::{Result, StylometryError, duplicate};

/// How often each feature occurs in each text.
///
/// Features are numbered in code-point order, so nothing depends on the order of counting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureCounts {
    texts: Vec<String>,
    totals: Vec<u64>,
    features: Vec<String>,
    /// By text: counts by number of the feature.
    counts: Vec<Counts>,
}

/// Counts features text by text.
///
/// ```
/// use rhetor::stylometry::CountsBuilder;
/// let mut builder = CountsBuilder::default();
/// for (name, text) in [("a", "to be or not to be"), ("b", "to err is human")] {
///     builder.text(name);
///     text.split(' ').for_each(|word| builder.add(word, 1));
/// }
/// let counts = builder.finish().unwrap();
/// assert_eq!(counts.most_frequent(None)[0], ("to", 3));
/// ```
#[derive(Clone, Debug, Default)]
pub struct CountsBuilder {
    texts: Vec<String>,
    numbers: HashMap<String, u32, foldhash::fast::RandomState>,
    finished: Vec<Vec<(u32, u64)>>,
    current: HashMap<u32, u64, foldhash::fast::RandomState>,
}

impl CountsBuilder {
    /// Begins a text; what is added from now on is counted for it.
    pub fn text(&mut self, name: impl Into<String>) {
        self.close();
        self.texts.push(name.into());
    }

    /// Counts a feature `count` times in the current text. Before the first text nothing is counted.
    pub fn add(&mut self, feature: &str, count: u64) {
        if self.texts.is_empty() || count == 0 {
            return;
        }
        let number = match self.numbers.get(feature) {
            Some(number) => *number,
            None => {
                let number = self.numbers.len() as u32;
                self.numbers.insert(feature.to_owned(), number);
                number
            }
        };
        *self.current.entry(number).or_default() += count;
    }

    fn close(&mut self) {
        if !self.texts.is_empty() {
            self.finished.push(self.current.drain().collect());
        }
    }

    /// The counts of all texts.
    ///
    /// # Errors
    /// If two texts have one name or nothing was counted.
    pub fn finish(mut self) -> Result<FeatureCounts> {
        self.close();
        duplicate("text", self.texts.iter().map(String::as_str))?;
        let mut features: Vec<(String, u32)> = self.numbers.into_iter().collect();
        if features.is_empty() {
            return Err(StylometryError::NoFeatures { reason: "nothing was counted".to_owned() });
        }
        features.sort_unstable();
        let mut renumbered = vec![0; features.len()];
        for (place, (_, number)) in features.iter().enumerate() {
            renumbered[*number as usize] = place as u32;
        }
        let renumber = |(number, count): (u32, u64)| (renumbered[number as usize], count);
        let counts: Vec<Counts> = self
            .finished
            .into_iter()
            .map(|text| Counts::from_pairs(text.into_iter().map(renumber).collect()))
            .collect();
        Ok(FeatureCounts {
            totals: counts.iter().map(Counts::tokens).collect(),
            texts: self.texts,
            features: features.into_iter().map(|(feature, _)| feature).collect(),
            counts,
        })
    }
}

impl FeatureCounts {
    /// The words of profiles that share a vocabulary.
    ///
    /// # Errors
    /// If two texts have one name or no text has a word.
    pub fn from_profiles<'a>(
        vocabulary: &Vocabulary,
        texts: impl IntoIterator<Item = (&'a str, &'a Counts)>,
    ) -> Result<Self> {
        let texts = texts.into_iter().map(|(name, counts)| (name.to_owned(), counts, counts.tokens()));
        Self::with_totals(vocabulary, texts)
    }

    /// Counts of anything that a vocabulary numbers, each with the total that its percentages are of.
    ///
    /// # Errors
    /// If two texts have one name or nothing was counted.
    pub(crate) fn with_totals<C: Borrow<Counts>>(
        vocabulary: &Vocabulary,
        texts: impl IntoIterator<Item = (String, C, u64)>,
    ) -> Result<Self> {
        let (mut names, mut totals, mut by_text) = (Vec::new(), Vec::new(), Vec::<Counts>::new());
        for (name, counts, total) in texts {
            names.push(name);
            totals.push(total);
            by_text.push(counts.borrow().clone());
        }
        duplicate("text", names.iter().map(String::as_str))?;
        let mut occurs = vec![false; vocabulary.len()];
        by_text.iter().flat_map(Counts::iter).for_each(|(word, _)| occurs[word as usize] = true);
        let mut order: Vec<u32> =
            (0..vocabulary.len() as u32).filter(|word| occurs[*word as usize]).collect();
        if order.is_empty() {
            return Err(StylometryError::NoFeatures { reason: "nothing was counted".to_owned() });
        }
        order.sort_unstable_by(|a, b| vocabulary.word(*a).cmp(vocabulary.word(*b)));
        let mut place = vec![0; vocabulary.len()];
        for (number, word) in order.iter().enumerate() {
            place[*word as usize] = number as u32;
        }
        for text in &mut by_text {
            let renumbered = text.iter().map(|(word, count)| (place[word as usize], count));
            *text = Counts::from_pairs(renumbered.collect());
        }
        let features = order.iter().map(|word| vocabulary.word(*word).to_owned()).collect();
        Ok(Self { texts: names, totals, features, counts: by_text })
    }

    /// Names of the texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// What the percentages of each text are of: usually its features, outside any list too.
    pub fn totals(&self) -> &[u64] {
        &self.totals
    }

    /// The different features, in code-point order.
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// Features and counts of a text, in code-point order of the features.
    ///
    /// # Panics
    /// If there is no such text.
    pub fn text(&self, text: usize) -> impl Iterator<Item = (&str, u64)> {
        self.counts[text].iter().map(|(feature, count)| (self.features[feature as usize].as_str(), count))
    }

    /// The count of a feature in a text; 0 if it does not occur.
    ///
    /// # Panics
    /// If there is no such text.
    pub fn count(&self, text: usize, feature: &str) -> u64 {
        let Ok(number) = self.features.binary_search_by(|other| other.as_str().cmp(feature)) else {
            return 0;
        };
        self.counts[text].get(number as u32)
    }

    /// What names some texts together by their counts alone, whatever they are called and wherever they stand.
    pub(crate) fn key(&self, texts: &[usize]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        for text in texts {
            for (feature, count) in self.counts[*text].iter() {
                hasher.update(&feature.to_le_bytes());
                hasher.update(&count.to_le_bytes());
            }
            hasher.update(&self.totals[*text].to_le_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    /// The counts of new texts, each put together from texts of this one; a text may be taken more than once.
    ///
    /// # Errors
    /// If two new texts have one name, or a text is asked for that does not exist.
    pub fn combined(&self, texts: &[(String, Vec<usize>)]) -> Result<Self> {
        duplicate("text", texts.iter().map(|(name, _)| name.as_str()))?;
        let mut counts = Vec::with_capacity(texts.len());
        let mut totals = Vec::with_capacity(texts.len());
        for (name, parts) in texts {
            if let Some(beyond) = parts.iter().find(|part| **part >= self.texts.len()) {
                let reason = format!("'{name}' is to have text {beyond} of {}", self.texts.len());
                return Err(StylometryError::Option { option: "texts", reason });
            }
            let sum = Counts::from_pairs(parts.iter().flat_map(|part| self.counts[*part].iter()).collect());
            counts.push(sum);
            totals.push(parts.iter().map(|part| self.totals[*part]).sum());
        }
        Ok(Self {
            texts: texts.iter().map(|(name, _)| name.clone()).collect(),
            totals,
            features: self.features.clone(),
            counts,
        })
    }

    /// Features by their count in all texts together, then by code point; in `texts` only, if given.
    pub fn most_frequent(&self, texts: Option<&[usize]>) -> Vec<(&str, u64)> {
        self.ranked(texts)
            .into_iter()
            .map(|(number, count)| (self.features[number as usize].as_str(), count))
            .collect()
    }

    pub(super) fn ranked(&self, texts: Option<&[usize]>) -> Vec<(u32, u64)> {
        self.first_ranked(texts, usize::MAX)
    }

    /// The first `most` of the ranked ones, without sorting the others.
    pub(super) fn first_ranked(&self, texts: Option<&[usize]>, most: usize) -> Vec<(u32, u64)> {
        let mut sums = vec![0_u64; self.features.len()];
        let mut add = |text: usize| {
            for (number, count) in self.counts.get(text).into_iter().flat_map(Counts::iter) {
                sums[number as usize] += count;
            }
        };
        match texts {
            Some(texts) => texts.iter().for_each(|text| add(*text)),
            None => (0..self.texts.len()).for_each(add),
        }
        let mut ranked: Vec<(u32, u64)> = sums
            .into_iter()
            .enumerate()
            .filter(|(_, sum)| *sum > 0)
            .map(|(n, sum)| (n as u32, sum))
            .collect();
        let key = |(number, count): &(u32, u64)| (Reverse(*count), *number);
        if most < ranked.len() {
            ranked.select_nth_unstable_by_key(most, key);
            ranked.truncate(most);
        }
        ranked.sort_unstable_by_key(key);
        ranked
    }

    pub(super) fn number(&self, feature: &str) -> Option<u32> {
        self.features.binary_search_by(|other| other.as_str().cmp(feature)).ok().map(|number| number as u32)
    }

    pub(in crate::stylometry) fn sparse(&self, text: usize) -> &Counts {
        &self.counts[text]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_by_code_point_whatever_the_order_of_counting() {
        let count = |words: &[&str]| {
            let mut builder = CountsBuilder::default();
            builder.add("lost", 1);
            builder.text("a");
            words.iter().for_each(|word| builder.add(word, 1));
            builder.finish().unwrap()
        };
        let counts = count(&["é", "z", "Z", "a", "a"]);
        assert_eq!(counts, count(&["a", "Z", "a", "é", "z"]));
        assert_eq!(counts.most_frequent(None), [("a", 2), ("Z", 1), ("z", 1), ("é", 1)]);
        assert_eq!((counts.totals(), counts.count(0, "a"), counts.count(0, "b")), (&[5][..], 2, 0));
    }

    #[test]
    fn the_ranking_of_some_texts() {
        let mut builder = CountsBuilder::default();
        for (name, words) in [("a", "x x y"), ("b", "y y y"), ("c", "")] {
            builder.text(name);
            words.split_whitespace().for_each(|word| builder.add(word, 1));
        }
        let counts = builder.finish().unwrap();
        assert_eq!(counts.most_frequent(None), [("y", 4), ("x", 2)]);
        assert_eq!(counts.most_frequent(Some(&[0])), [("x", 2), ("y", 1)]);
        assert_eq!(counts.most_frequent(Some(&[2])), []);
        assert_eq!(counts.totals(), [3, 3, 0]);
        let both = counts.combined(&[("ab".to_owned(), vec![1, 0, 1])]).unwrap();
        assert_eq!(both.text(0).collect::<Vec<_>>(), [("x", 2), ("y", 7)]);
        assert!(counts.combined(&[("d".to_owned(), vec![3])]).is_err());
    }

    #[test]
    fn nothing_and_doubles_are_errors() {
        assert!(CountsBuilder::default().finish().is_err());
        let mut builder = CountsBuilder::default();
        builder.text("a");
        builder.add("x", 1);
        builder.text("a");
        assert!(builder.finish().unwrap_err().to_string().contains("'a' occurs twice"));
    }
}
