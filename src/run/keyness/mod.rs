//! `rhetor keyness`: what is more frequent in one set of texts than in another.

mod features;
mod sides;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

pub use features::FeatureKind;
use features::{Features, read_list};
use sides::{Comparison, comparisons};

use super::drawing::write_chart;
use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::ngrams::LONGEST_GRAM;
use super::progress::Progress;
use super::streams::{option, write_about};
use crate::charts::{self, KeyBar, KeyPanel};
use crate::corpus::Problem;
use crate::error::Result;
use crate::measures::contingency::{Table, benjamini_hochberg, log10_p, sidak};
use crate::measures::dispersion::{PartSizes, Parts};
use crate::measures::keyness::{
    Variance, ZeroCell, fightin_words, log_ratio, log_ratio_interval, nearest_to_zero,
};
use crate::profile::Selection;
use crate::study::Study;
use crate::tables::{KeyRow, Rows, key_row, keyness_table};

/// The level of intervals and of what counts as key.
const LEVEL: f64 = 0.05;
/// Rows made together.
const CHUNK: usize = 128;

/// What rows are sorted by within a side, by absolute value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyOrder {
    /// The bound of the log ratio nearest 0.
    #[default]
    ConservativeLogRatio,
    /// The log ratio.
    LogRatio,
    /// G² over four cells.
    G2,
    /// Fightin' Words with the full variance.
    FightinWords,
}

/// What is asked of [`keyness`].
#[derive(Clone, Debug)]
pub struct KeynessOptions {
    /// What is compared.
    pub features: FeatureKind,
    /// Whose words.
    pub voice: Selection,
    /// A list of forms and lemmas.
    pub lemmas: Option<PathBuf>,
    /// Metadata column that groups the texts, or `folder` for the first folder of their ids.
    pub group: Option<String>,
    /// Value of the group that is the target; each in turn if none.
    pub target: Option<String>,
    /// Value of the group that is the reference; all others if none, or `rest`.
    pub reference: Option<String>,
    /// A file with an id or path of a text a line: the target.
    pub target_files: Option<PathBuf>,
    /// As `target_files`: the reference, all other texts if none.
    pub reference_files: Option<PathBuf>,
    /// A frequency list as reference.
    pub reference_list: Option<PathBuf>,
    /// Fewest occurrences, target and reference together, of a feature that is tested.
    pub min_count: u64,
    /// What rows are sorted by.
    pub sort: KeyOrder,
    /// Sum of the prior of Fightin' Words.
    pub prior: f64,
}

impl Default for KeynessOptions {
    fn default() -> Self {
        Self {
            features: FeatureKind::Words,
            voice: Selection::All,
            lemmas: None,
            group: None,
            target: None,
            reference: None,
            target_files: None,
            reference_files: None,
            reference_list: None,
            min_count: 5,
            sort: KeyOrder::default(),
            prior: 500.0,
        }
    }
}

/// What a run found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct KeynessReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read.
    pub texts: usize,
    /// The comparisons, by target.
    pub comparisons: Vec<ComparisonReport>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// What a comparison found.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonReport {
    /// The target.
    pub target: String,
    /// The reference.
    pub reference: String,
    /// Texts of either; none in a list.
    pub texts: (usize, usize),
    /// Sizes of either.
    pub sizes: (u64, u64),
    /// Features tested.
    pub tested: usize,
    /// Features with q ≤ 0.05 that favour the target, and the reference.
    pub key: (usize, usize),
    /// Of these, flagged as key because of one text.
    pub one_text: usize,
    /// The first that favour the target.
    pub target_top: Vec<TopKey>,
    /// The first that favour the reference.
    pub reference_top: Vec<TopKey>,
}

/// A row for the eye.
#[derive(Clone, Debug, Serialize)]
pub struct TopKey {
    /// The feature.
    pub feature: String,
    /// Occurrences in target and reference.
    pub counts: (u64, u64),
    /// Log ratio, ½ for 0.
    pub log_ratio: Option<f64>,
    /// Conservative log ratio.
    pub conservative_log_ratio: f64,
    /// log₁₀ q.
    pub log10_q: f64,
    /// Flags, with spaces between.
    pub flag: String,
}

/// Compares the texts of `study`'s corpus and writes `keyness.csv` and a chart into the folder `output`.
///
/// # Errors
/// If no text can be read, the sides cannot be told apart or are empty, an option cannot be used, or the
/// results cannot be written. `output` then keeps what it held before.
pub fn keyness(
    study: &Study,
    options: &KeynessOptions,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<KeynessReport> {
    if !(options.prior > 0.0 && options.prior.is_finite()) {
        return Err(option("--prior is a number above 0"));
    }
    if let FeatureKind::Ngrams(n) = options.features
        && !(1..=LONGEST_GRAM).contains(&n)
    {
        return Err(option(&format!("n-grams have from 1 to {LONGEST_GRAM} words")));
    }
    if options.features == FeatureKind::Lemmas && options.lemmas.is_none() {
        return Err(option("lemmas need a list of forms: give --lemmas FILE"));
    }
    let list = options.reference_list.as_deref().map(read_list).transpose()?;
    if list.is_some() && matches!(options.features, FeatureKind::Markers | FeatureKind::Punctuation) {
        return Err(option("--reference-list holds words; markers and punctuation need texts as reference"));
    }
    let mut folder = Folder::claim(output, force)?;
    let mut features =
        Features::read(study, options.features, options.voice, options.lemmas.as_deref(), progress)?;
    if let Some(list) = &list {
        features = features.with_names(list);
    }
    progress(Progress::Tables);
    let compared = comparisons(&features, study.corpus.len(), options, list.as_ref())?;
    let (name, unit) = match options.features {
        FeatureKind::Words => ("A word, by its counted key", "words"),
        FeatureKind::Lemmas => ("A lemma; a form that the list lacks stands for itself", "words"),
        FeatureKind::Ngrams(_) => ("Words side by side within a sentence", "n-grams"),
        FeatureKind::Markers => ("A category of markers, as family/category", "words of prose"),
        FeatureKind::Punctuation => ("A punctuation mark", "words and marks"),
    };
    let schema = keyness_table(name, unit, options.prior);
    let mut file = folder.open(&schema)?;
    let (mut reports, mut panels) = (Vec::new(), Vec::new());
    for comparison in &compared {
        let rows = key_rows(&features, comparison, list.as_ref(), options);
        let favoured = rows.iter().filter(|row| row.favours_target).count();
        let sides = (comparison.target.as_str(), comparison.reference.as_str());
        let chunks: Vec<Rows> = rows
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, list)| {
                let mut made = Rows::new();
                for (row, at) in list.iter().zip(chunk * CHUNK..) {
                    let rank = if at < favoured { at } else { at - favoured } as u64 + 1;
                    key_row(&mut made, sides, rank, row);
                }
                made
            })
            .collect();
        for chunk in chunks {
            file.write(&chunk.into_bytes())?;
        }
        let (target, reference) = rows.split_at(favoured);
        reports.push(report_of(comparison, target, reference));
        panels.push(panel(sides, target, reference, compared.len()));
    }
    folder.close(schema.file, file)?;
    if study.charts {
        progress(Progress::Charts);
        let source = format!("{} texts. rhetor {}", features.texts.len(), env!("CARGO_PKG_VERSION"));
        let chart = charts::keyness(&features.corpus.name, &source, &panels);
        write_chart(&mut folder, "keyness", chart)?;
    }
    write_about(&mut folder, study, &[&schema], &features.problems)?;
    let report = KeynessReport {
        corpus: features.corpus.name.clone(),
        output: output.display().to_string(),
        texts: features.texts.len(),
        comparisons: reports,
        problems: features.problems.clone(),
        files: folder.files(),
    };
    #[derive(Serialize)]
    struct Size {
        size: u64,
    }
    let entries = features.texts.iter().map(|text| {
        TextEntry::new(&features.corpus.documents[text.document], &text.input, Size { size: text.size })
    });
    let manifest = serde_json::json!({
        "command": "keyness",
        "features": options.features,
        "voice": options.voice.name(),
        "lemmas": options.lemmas.as_ref().map(|path| path.display().to_string()),
        "group": options.group,
        "target": options.target,
        "reference": options.reference,
        "target_files": options.target_files.as_ref().map(|path| path.display().to_string()),
        "reference_files": options.reference_files.as_ref().map(|path| path.display().to_string()),
        "reference_list": options.reference_list.as_ref().map(|path| path.display().to_string()),
        "min_count": options.min_count,
        "sort": options.sort,
        "prior": options.prior,
    });
    folder.finish(Manifest::new(study, entries.collect(), &features.problems).with_options(manifest))?;
    Ok(report)
}

/// What is known of a side of a comparison.
struct Side {
    size: u64,
    texts: u64,
    parts: Option<PartSizes>,
}

impl Side {
    fn new(features: &Features, members: &[bool]) -> Self {
        let sizes: Vec<u64> = members
            .iter()
            .zip(&features.texts)
            .filter(|(member, text)| **member && text.size > 0)
            .map(|(_, text)| text.size)
            .collect();
        Self { size: sizes.iter().sum(), texts: sizes.len() as u64, parts: PartSizes::new(&sizes).ok() }
    }
}

/// A feature's counts on a side: in all, the number of texts, and count and size of the text with the most.
struct Held {
    count: u64,
    range: u64,
    most: (u64, u64),
    parts: Option<Parts>,
}

impl Held {
    fn new(features: &Features, feature: usize, members: &[bool], side: &Side) -> Self {
        let texts: Vec<(u64, u64)> = features.held[feature]
            .iter()
            .filter(|(text, _)| members[*text as usize])
            .map(|(text, count)| (*count, features.texts[*text as usize].size))
            .collect();
        Self {
            count: texts.iter().map(|(count, _)| count).sum(),
            range: texts.len() as u64,
            most: texts.iter().copied().max().unwrap_or_default(),
            parts: side.parts.as_ref().and_then(|all| Parts::sparse(texts, all).ok()),
        }
    }
}

/// The rows of a comparison, in their order: those that favour the target first.
fn key_rows<'f>(
    features: &'f Features,
    comparison: &Comparison,
    list: Option<&BTreeMap<String, u64>>,
    options: &KeynessOptions,
) -> Vec<KeyRow<'f>> {
    let [one, other] = [&comparison.in_target, &comparison.in_reference];
    let sides = [Side::new(features, one), Side::new(features, other)];
    let reference_size = list.map_or(sides[1].size, |list| list.values().sum());
    let counted = |feature: usize| {
        let target = Held::new(features, feature, one, &sides[0]);
        let mut reference = Held::new(features, feature, other, &sides[1]);
        if let Some(list) = list {
            reference.count = list.get(&features.names[feature]).copied().unwrap_or(0);
        }
        (target.count + reference.count >= options.min_count.max(1)).then_some((feature, target, reference))
    };
    let tested: Vec<(usize, Held, Held)> =
        (0..features.names.len()).into_par_iter().filter_map(counted).collect();
    let level = sidak(LEVEL, tested.len() as u64);
    let all = (sides[0].size + reference_size) as f64;
    let mut rows: Vec<(KeyRow<'f>, [(u64, u64); 2])> = tested
        .into_par_iter()
        .filter_map(|(feature, target, reference)| {
            let table = Table::of_texts(target.count, reference.count, sides[0].size, reference_size).ok()?;
            let interval = log_ratio_interval(&table, level).ok()?;
            let few = sides[0].texts < 2 || (list.is_none() && sides[1].texts < 2);
            let texts = (!few && list.is_none())
                .then(|| Table::of_texts(target.range, reference.range, sides[0].texts, sides[1].texts).ok());
            let mut flags = Vec::new();
            flags.extend(table.flag().map(|flag| flag.name()));
            if few {
                flags.push("few_texts");
            }
            let row = KeyRow {
                feature: &features.names[feature],
                table,
                favours_target: table.is_first_higher(),
                range: (target.range, list.is_none().then_some(reference.range)),
                parts: [target.parts, reference.parts],
                interval,
                conservative: nearest_to_zero(interval),
                log10: (log10_p(table.g2().ok()?), 0.0),
                prior: (options.prior * (target.count + reference.count) as f64 / all, options.prior),
                texts: texts.flatten(),
                flags,
            };
            Some((row, [target.most, reference.most]))
        })
        .collect();
    let logs: Vec<f64> = rows.iter().map(|(row, _)| row.log10.0).collect();
    let adjusted = benjamini_hochberg(&logs);
    // The greatest p-value that passes.
    let passes = |q: f64| q <= LEVEL.log10();
    let cut = logs.iter().zip(&adjusted).filter(|(_, q)| passes(**q)).map(|(p, _)| *p);
    let cut = cut.fold(f64::NEG_INFINITY, f64::max);
    for ((row, most), q) in rows.iter_mut().zip(&adjusted) {
        row.log10.1 = *q;
        if passes(*q) && rests_on_one_text(row, *most, cut) {
            row.flags.insert(0, "one_text");
        }
    }
    let mut rows: Vec<KeyRow<'f>> = rows.into_iter().map(|(row, _)| row).collect();
    let g2 = |row: &KeyRow<'_>| row.table.g2().unwrap_or(0.0);
    let strength = |row: &KeyRow<'_>| {
        let value = match options.sort {
            KeyOrder::ConservativeLogRatio => Ok(row.conservative),
            KeyOrder::LogRatio => log_ratio(&row.table, ZeroCell::Half),
            KeyOrder::G2 => Ok(g2(row)),
            KeyOrder::FightinWords => fightin_words(&row.table, row.prior.0, row.prior.1, Variance::Full),
        };
        value.unwrap_or(0.0).abs()
    };
    rows.par_sort_by(|a, b| {
        b.favours_target
            .cmp(&a.favours_target)
            .then_with(|| strength(b).total_cmp(&strength(a)))
            .then_with(|| g2(b).total_cmp(&g2(a)))
            .then_with(|| a.feature.cmp(b.feature))
    });
    rows
}

/// Whether one text holds more than half of the occurrences of a key feature on its side, and without this text the
/// feature would not pass.
fn rests_on_one_text(row: &KeyRow<'_>, most: [(u64, u64); 2], cut: f64) -> bool {
    let table = &row.table;
    let side = usize::from(!row.favours_target);
    let (count, size) = most[side];
    let mut counts = [table.a, table.b];
    let mut sizes = [table.size_1(), table.size_2()];
    counts[side] = counts[side].saturating_sub(count);
    sizes[side] = sizes[side].saturating_sub(size);
    // Of a rare feature any text may tip the scales. A list has no texts.
    if size == 0 || 2 * count <= [table.a, table.b][side] {
        return false;
    }
    let Ok(without) = Table::of_texts(counts[0], counts[1], sizes[0], sizes[1]) else { return true };
    let same_way = match side {
        0 => without.is_first_higher(),
        _ => Table::of_texts(counts[1], counts[0], sizes[1], sizes[0]).is_ok_and(|t| t.is_first_higher()),
    };
    !same_way || without.g2().map_or(true, |g2| log10_p(g2) > cut)
}

fn top_key(row: &KeyRow<'_>) -> TopKey {
    TopKey {
        feature: row.feature.to_owned(),
        counts: (row.table.a, row.table.b),
        log_ratio: log_ratio(&row.table, ZeroCell::Half).ok(),
        conservative_log_ratio: row.conservative,
        log10_q: row.log10.1,
        flag: row.flags.join(" "),
    }
}

fn report_of(comparison: &Comparison, target: &[KeyRow<'_>], reference: &[KeyRow<'_>]) -> ComparisonReport {
    let is_key = |row: &&KeyRow<'_>| row.log10.1 <= LEVEL.log10();
    let members = |side: &[bool]| side.iter().filter(|member| **member).count();
    let sizes =
        target.first().or(reference.first()).map_or((0, 0), |row| (row.table.size_1(), row.table.size_2()));
    let tops = |rows: &[KeyRow<'_>]| rows.iter().take(15).map(top_key).collect();
    ComparisonReport {
        target: comparison.target.clone(),
        reference: comparison.reference.clone(),
        texts: (members(&comparison.in_target), members(&comparison.in_reference)),
        sizes,
        tested: target.len() + reference.len(),
        key: (target.iter().filter(is_key).count(), reference.iter().filter(is_key).count()),
        one_text: target.iter().chain(reference).filter(|row| row.flags.contains(&"one_text")).count(),
        target_top: tops(target),
        reference_top: tops(reference),
    }
}

fn panel(sides: (&str, &str), target: &[KeyRow<'_>], reference: &[KeyRow<'_>], of: usize) -> KeyPanel {
    let most = if of == 1 { 20 } else { 8 };
    let bar = |row: &KeyRow<'_>| KeyBar {
        name: row.feature.to_owned(),
        value: log_ratio(&row.table, ZeroCell::Half).unwrap_or(0.0),
        interval: row.interval,
        flagged: row.flags.contains(&"one_text"),
    };
    let bars = |rows: &[KeyRow<'_>]| rows.iter().take(most).map(bar).collect();
    KeyPanel {
        target: sides.0.to_owned(),
        reference: sides.1.to_owned(),
        for_target: bars(target),
        for_reference: bars(reference),
    }
}
