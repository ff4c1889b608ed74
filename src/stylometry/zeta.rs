//! Zeta: words that one set of texts uses all over and another avoids.

use super::attribute::wilson;
use super::error::{Result, StylometryError};
use super::features::{CountsBuilder, FeatureCounts};
use super::sampling::{Sampling, Tokens};

/// A text: its name and its words in order.
pub type NamedWords<'a> = (&'a str, &'a [&'a str]);

/// Options of [`zeta`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZetaOptions {
    /// Words in a segment. A rest of a text is left out.
    pub segment: usize,
    /// The least count of a word in both sets together, rests included.
    pub least: u64,
}

impl Default for ZetaOptions {
    /// Segments of 3,000 words, words that occur three times, as in stylo.
    fn default() -> Self {
        Self { segment: 3_000, least: 3 }
    }
}

/// How a word contrasts two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contrast {
    /// p − q, from −1 to 1 (Craig & Kinney 2009, whose p + (1 − q) is this plus 1).
    Craig,
    /// (p − q)/(p + q), as Eder's Canberra-like Zeta in stylo. Not defined where p or q is 0, as it is
    /// then 1 or −1 however rare the word.
    Eder,
    /// (P − Q)²/(P + Q) of the percentages P and Q with the sign of P − Q, as stylo has it. It does not
    /// know how many segments there are, so it is no test.
    ChiSquareOfPercentages,
    /// Pearson's χ² of the segments with and without the word in either set, 1 degree of freedom, with the
    /// sign of p − q.
    ChiSquare,
    /// The standard score of the Mann–Whitney rank sum of the word's frequencies in the segments, corrected
    /// for ties; positive if the primary set has more. Not defined where all segments are alike.
    MannWhitney,
}

impl Contrast {
    /// Every contrast.
    pub const ALL: [Self; 5] =
        [Self::Craig, Self::Eder, Self::ChiSquareOfPercentages, Self::ChiSquare, Self::MannWhitney];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Craig => "craig",
            Self::Eder => "eder",
            Self::ChiSquareOfPercentages => "stylo-chi-square",
            Self::ChiSquare => "chi-square",
            Self::MannWhitney => "mann-whitney",
        }
    }

    /// Beyond which value words are usually listed: 0.1 for Craig and Eder as in stylo, 5 % of significance
    /// for the others.
    pub fn threshold(self) -> f64 {
        match self {
            Self::Craig | Self::Eder => 0.1,
            Self::ChiSquareOfPercentages | Self::ChiSquare => 3.841_458_820_694_124,
            Self::MannWhitney => 1.959_963_984_540_054,
        }
    }
}

/// A word of a [`Zeta`].
#[derive(Clone, Debug, PartialEq)]
pub struct ZetaWord {
    /// The word.
    pub word: String,
    /// Segments of the primary set that have it.
    pub primary: usize,
    /// Segments of the secondary set that have it.
    pub secondary: usize,
    /// Standard score of the rank sum.
    rank_score: Option<f64>,
}

/// The contrast of two sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Zeta {
    /// Segments of the primary set.
    pub primary_segments: usize,
    /// Segments of the secondary set.
    pub secondary_segments: usize,
    /// Words of the segments, by their count in both sets, then by code point.
    pub words: Vec<ZetaWord>,
    /// Texts too short for one segment, which are left out.
    pub too_short: Vec<String>,
}

/// Contrasts two sets of texts by the segments that have a word.
///
/// ```
/// use rhetor::stylometry::{Contrast, ZetaOptions, zeta};
/// let ours = ["the", "sea", "and", "the", "sea", "again"];
/// let theirs = ["the", "hill", "and", "the", "hill", "again"];
/// let options = ZetaOptions { segment: 3, least: 2 };
/// let found = zeta(&[("a", &ours)], &[("b", &theirs)], &options).unwrap();
/// let preferred = found.preferred(Contrast::Craig, 0.5);
/// assert_eq!(preferred[0].0.word, "sea");
/// assert_eq!(preferred[0].1, 1.0);
/// ```
///
/// # Errors
/// If the length of a segment is 0, or a set has no segment.
pub fn zeta(primary: &[NamedWords<'_>], secondary: &[NamedWords<'_>], options: &ZetaOptions) -> Result<Zeta> {
    let mut segments = CountsBuilder::default();
    let mut whole = CountsBuilder::default();
    let mut too_short = Vec::new();
    let mut sizes = [0, 0];
    for (set, texts) in [primary, secondary].into_iter().enumerate() {
        for (name, words) in texts {
            let samples =
                Sampling::Sequential { size: options.segment, overlap: 0 }.samples(name, words.len())?;
            if samples.is_empty() {
                too_short.push((*name).to_owned());
            }
            for sample in &samples {
                segments.text(format!("{set} {}", sample.name));
                sizes[set] += 1;
                let Tokens::Run(range) = &sample.tokens else { continue };
                words[range.clone()].iter().for_each(|word| segments.add(word, 1));
            }
            whole.text(format!("{set} {name}"));
            words.iter().for_each(|word| whole.add(word, 1));
        }
    }
    for (set, name) in ["primary", "secondary"].into_iter().enumerate() {
        if sizes[set] == 0 {
            let reason = format!("no text of the {name} set has {} words", options.segment);
            return Err(StylometryError::Option { option: "segments", reason });
        }
    }
    let (segments, whole) = (segments.finish()?, whole.finish()?);
    let mut words: Vec<Option<ZetaWord>> = by_segment(&segments, sizes).into_iter().map(Some).collect();
    let words = whole
        .most_frequent(None)
        .into_iter()
        .take_while(|(_, count)| *count >= options.least)
        .filter_map(|(word, _)| {
            let place = segments.features().binary_search_by(|other| other.as_str().cmp(word)).ok()?;
            words[place].take()
        })
        .collect();
    Ok(Zeta { primary_segments: sizes[0], secondary_segments: sizes[1], words, too_short })
}

/// The same contrast for several lengths of segments: a word that is distinctive at one length only owes it
/// to the length. A length that leaves a set without segments gives its error.
pub fn zeta_sweep(
    primary: &[NamedWords<'_>],
    secondary: &[NamedWords<'_>],
    lengths: &[usize],
    least: u64,
) -> Vec<(usize, Result<Zeta>)> {
    lengths
        .iter()
        .map(|length| (*length, zeta(primary, secondary, &ZetaOptions { segment: *length, least })))
        .collect()
}

/// For each feature of the segments, the first `sizes[0]` of which are primary.
fn by_segment(segments: &FeatureCounts, sizes: [usize; 2]) -> Vec<ZetaWord> {
    // By feature: the counts in the segments that have it.
    let mut counts: Vec<[Vec<u64>; 2]> = vec![Default::default(); segments.features().len()];
    for segment in 0..segments.texts().len() {
        for (feature, count) in segments.sparse(segment).iter() {
            counts[feature as usize][usize::from(segment >= sizes[0])].push(count);
        }
    }
    counts
        .into_iter()
        .zip(segments.features())
        .map(|(counts, word)| ZetaWord {
            word: word.clone(),
            primary: counts[0].len(),
            secondary: counts[1].len(),
            rank_score: rank_score(&counts, sizes),
        })
        .collect()
}

/// Segments have one length, so counts rank as frequencies do. Segments without the word share the lowest rank.
fn rank_score(counts: &[Vec<u64>; 2], sizes: [usize; 2]) -> Option<f64> {
    let mut sorted: Vec<(u64, usize)> = counts
        .iter()
        .enumerate()
        .flat_map(|(set, counts)| counts.iter().map(move |count| (*count, set)))
        .collect();
    sorted.sort_unstable();
    let absent = [sizes[0] - counts[0].len(), sizes[1] - counts[1].len()];
    let zeros = absent[0] + absent[1];
    let cube = |tied: usize| (tied as f64).powi(3) - tied as f64;
    let mut ranks = absent[0] as f64 * (zeros as f64 + 1.0) / 2.0;
    let mut ties = cube(zeros);
    let mut below = zeros;
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let rank = below as f64 + (group.len() as f64 + 1.0) / 2.0;
        ranks += rank * group.iter().filter(|(_, set)| *set == 0).count() as f64;
        ties += cube(group.len());
        below += group.len();
    }
    let [m, n] = sizes.map(|size| size as f64);
    let all = m + n;
    let u = ranks - m * (m + 1.0) / 2.0;
    let variance = m * n / 12.0 * (all + 1.0 - ties / (all * (all - 1.0)));
    (variance > 1e-9).then(|| (u - m * n / 2.0) / variance.sqrt())
}

impl Zeta {
    /// The shares of segments with the word, primary and secondary, from 0 to 1.
    pub fn shares(&self, word: &ZetaWord) -> (f64, f64) {
        (
            word.primary as f64 / self.primary_segments as f64,
            word.secondary as f64 / self.secondary_segments as f64,
        )
    }

    /// The contrast of a word; none where it is not defined.
    pub fn score(&self, word: &ZetaWord, contrast: Contrast) -> Option<f64> {
        let (p, q) = self.shares(word);
        match contrast {
            Contrast::Craig => Some(p - q),
            Contrast::Eder => (word.primary > 0 && word.secondary > 0).then(|| (p - q) / (p + q)),
            Contrast::ChiSquareOfPercentages => {
                let (p, q) = (100.0 * p, 100.0 * q);
                (p + q > 0.0).then(|| (p - q) * (p - q).abs() / (p + q))
            }
            Contrast::ChiSquare => {
                let (m, n) = (self.primary_segments as f64, self.secondary_segments as f64);
                let share = (word.primary + word.secondary) as f64 / (m + n);
                let spread = share * (1.0 - share) * (1.0 / m + 1.0 / n);
                (spread > 0.0).then(|| (p - q) * (p - q).abs() / spread)
            }
            Contrast::MannWhitney => word.rank_score,
        }
    }

    /// The 95 % interval of Craig's Zeta of a word over segments (Newcombe 1998, method 10). Segments of one
    /// text are more alike than the interval supposes.
    pub fn interval(&self, word: &ZetaWord) -> (f64, f64) {
        let (p, q) = self.shares(word);
        let (low_p, high_p) = wilson(word.primary, self.primary_segments).unwrap_or((0.0, 1.0));
        let (low_q, high_q) = wilson(word.secondary, self.secondary_segments).unwrap_or((0.0, 1.0));
        let down = ((p - low_p).powi(2) + (high_q - q).powi(2)).sqrt();
        let up = ((high_p - p).powi(2) + (q - low_q).powi(2)).sqrt();
        (p - q - down, p - q + up)
    }

    /// Words with a contrast above `threshold`, the largest first, ties by count, then by code point.
    pub fn preferred(&self, contrast: Contrast, threshold: f64) -> Vec<(&ZetaWord, f64)> {
        self.listed(|word| self.score(word, contrast).filter(|score| *score > threshold))
    }

    /// Words with a contrast below `−threshold`, the smallest first, ties by count, then by code point. Scores
    /// are negative.
    pub fn avoided(&self, contrast: Contrast, threshold: f64) -> Vec<(&ZetaWord, f64)> {
        let mut listed = self
            .listed(|word| self.score(word, contrast).map(|score| -score).filter(|score| *score > threshold));
        listed.iter_mut().for_each(|(_, score)| *score = -*score);
        listed
    }

    fn listed(&self, score: impl Fn(&ZetaWord) -> Option<f64>) -> Vec<(&ZetaWord, f64)> {
        let mut listed: Vec<(&ZetaWord, f64)> =
            self.words.iter().filter_map(|word| Some((word, score(word)?))).collect();
        listed.sort_by(|a, b| b.1.total_cmp(&a.1));
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(primary: usize, secondary: usize) -> (Zeta, ZetaWord) {
        let word = ZetaWord { word: "w".into(), primary, secondary, rank_score: None };
        let zeta = Zeta {
            primary_segments: 10,
            secondary_segments: 20,
            words: vec![word.clone()],
            too_short: Vec::new(),
        };
        (zeta, word)
    }

    #[test]
    fn by_hand() {
        let (zeta, word) = of(8, 5);
        // p = 0.8, q = 0.25.
        let near = |contrast, expected: f64| {
            let found = zeta.score(&word, contrast).unwrap();
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        };
        near(Contrast::Craig, 0.55);
        near(Contrast::Eder, 0.55 / 1.05);
        near(Contrast::ChiSquareOfPercentages, 55.0 * 55.0 / 105.0);
        // 8 2 / 5 15: (8·15 − 2·5)²·30 / (10·20·13·17).
        near(Contrast::ChiSquare, 110.0 * 110.0 * 30.0 / (10.0 * 20.0 * 13.0 * 17.0));
        let (low, high) = zeta.interval(&word);
        assert!(0.1 < low && low < 0.55 && 0.55 < high && high < 0.9, "{low} {high}");
        let (zeta, word) = of(0, 5);
        assert_eq!(zeta.score(&word, Contrast::Eder), None);
        assert_eq!(zeta.avoided(Contrast::Craig, 0.1), [(&word, -0.25)]);
        assert_eq!(zeta.preferred(Contrast::Craig, 0.1), []);
    }

    #[test]
    fn rank_sums() {
        // 3, 1 and one without against 0, 0, 1: ranks 6, 4.5, 2 of 2, 2, 4.5.
        let found = rank_score(&[vec![3, 1], vec![1]], [3, 3]).unwrap();
        let variance: f64 = 9.0 / 12.0 * (7.0 - (24.0 + 6.0) / 30.0);
        assert!((found - (12.5 - 6.0 - 4.5) / variance.sqrt()).abs() < 1e-12, "{found}");
        assert_eq!(rank_score(&[vec![1, 1], vec![1]], [2, 1]), None);
        assert_eq!(rank_score(&[vec![], vec![]], [2, 1]), None);
    }

    #[test]
    fn short_texts_and_empty_sets() {
        let long = ["a"; 20];
        let texts: [NamedWords<'_>; 2] = [("long", &long), ("short", &long[..9])];
        let options = ZetaOptions { segment: 10, least: 1 };
        let found = zeta(&texts, &[("other", &long)], &options).unwrap();
        assert_eq!((found.primary_segments, found.secondary_segments), (2, 2));
        assert_eq!(found.too_short, ["short"]);
        let error = zeta(&texts, &texts[1..], &options).unwrap_err().to_string();
        assert!(error.contains("no text of the secondary set has 10 words"), "{error}");
        assert!(zeta(&texts, &texts, &ZetaOptions { segment: 0, least: 1 }).is_err());
        let sweep = zeta_sweep(&texts, &texts[1..], &[5, 10], 1);
        assert!(sweep[0].1.is_ok() && sweep[1].1.is_err());
    }
}
