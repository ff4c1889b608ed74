//! Two sides or more beside each other: every measure, marker and word, and what differs most.

mod evidence;
mod features;
mod sides;
mod units;

use std::path::Path;

use serde::Serialize;

pub use features::FeatureDifference;
use features::{Feature, Pair, differences, key_words, marker_name, side_value};
use sides::Side;
use units::{Counts, Unit};

use super::drawing::write_chart;
use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::measures::word_lists;
use super::nothing_read;
use super::progress::Progress;
use crate::charts::{self, ChartData, DocumentSeries};
use crate::corpus::{Corpus, Problem, Severity};
use crate::error::Result;
use crate::measures::{growth, subjects};
use crate::profile::Histogram;
use crate::rhetoric::Lexicons;
use crate::study::Study;
use crate::tables::{
    self, Rows, comparison_schema, differences_schema, evidence_schema, keyness_schema, schemas,
};

/// The name of all other sides together.
const REST: &str = "the rest";
/// Fewest words of a side that most measures are steady for.
const FEW_WORDS: u64 = 5000;
/// How many times as long a side may be as another before it is said.
const UNEQUAL: u64 = 3;
/// Differences of each comparison that the report holds.
const MOST_REPORTED: usize = 25;
/// The chart that is drawn.
const CHART: &str = "sentence_length_distributions";

/// What a comparison found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct CompareReport {
    /// The sides.
    pub sides: Vec<SideReport>,
    /// What a unit is: `text`, or `part` of a text where a side has fewer than 8.
    pub unit: &'static str,
    /// Each comparison: the pair, or each side against all others where there are more than two.
    pub comparisons: Vec<Comparison>,
    /// What was found wrong with files and sides, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A side in a few numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SideReport {
    /// Its name.
    pub name: String,
    /// Texts read.
    pub texts: usize,
    /// Their words.
    pub words: u64,
    /// Units that are compared.
    pub units: usize,
    /// Different words.
    pub types: u64,
    /// Different words to be expected among as many words as the shortest side has.
    pub types_at_common_length: Option<f64>,
    /// Mean words per sentence.
    pub sentence_length_mean: Option<f64>,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The first side.
    pub first: String,
    /// The second.
    pub second: String,
    /// Features compared.
    pub features: usize,
    /// Those that differ at a share of false findings of 5 %.
    pub found: usize,
    /// The first of them, most telling first.
    pub differences: Vec<FeatureDifference>,
}

/// What the manifest says of a text.
#[derive(Serialize)]
struct Numbers<'a> {
    side: &'a str,
    words: u64,
    units: usize,
}

/// Compares the sides of a study (see [`Study::group`] and [`Study::sides`]) and writes the results into the folder
/// `output`.
///
/// A feature is compared by the units of both sides: texts, or parts of some 1,000 words where a side has fewer
/// than 8 texts, so that no single passage decides. Their ranks give Cliff's delta and a p, adjusted over all
/// features of the comparison.
///
/// # Errors
/// If there are fewer than two sides, a side has no text that can be read, an option cannot be used, or the results
/// cannot be written. `output` then keeps what it held before.
pub fn compare(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<CompareReport> {
    study.check()?;
    let (sides, mut problems) = sides::sides(study)?;
    let lexicons = Lexicons::of_study(study)?;
    let lists = word_lists(study)?;
    let mut folder = Folder::claim(output, force)?;
    let of = sides.iter().flat_map(|side| &side.documents).map(|document| document.size).sum();
    let reading = |done| progress(Progress::Reading { done, of });
    let counts = Counts::read(&sides, study, &lexicons, lists.each_ref().map(Option::as_ref), &reading)?;
    problems.extend_from_slice(&counts.problems);
    for (place, side) in sides.iter().enumerate() {
        if counts.units(place).next().is_none() {
            let corpus = Corpus { name: side.name.clone(), ..Corpus::default() };
            return Err(nothing_read(&corpus, &problems));
        }
    }
    progress(Progress::Tables);
    let reports = side_reports(&sides, &counts);
    problems.extend(warnings(&reports));
    problems.sort();
    let comparison = comparison_rows(&sides, &counts, &lexicons, &reports);
    folder.write(comparison_schema().file, &comparison.into_bytes())?;
    let (comparisons, chosen) = write_differences(&sides, &counts, &lexicons, &mut folder)?;
    let evidence = evidence::rows(&sides, study, &lexicons, &chosen)?;
    folder.write(evidence_schema().file, &evidence.into_bytes())?;
    let known = schemas(&[], &[]);
    folder.write(known.problems.file, &tables::problems(&known, &problems).into_bytes())?;
    let described = [comparison_schema(), differences_schema(), keyness_schema(), evidence_schema()];
    let listed: Vec<_> = described.iter().chain([&known.problems, &known.columns]).collect();
    folder.write(known.columns.file, &tables::dictionary(&known, &listed).into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    if study.charts {
        progress(Progress::Charts);
        draw(&sides, &counts, &mut folder)?;
    }
    let report = CompareReport {
        sides: reports,
        unit: if counts.parts { "part" } else { "text" },
        comparisons,
        problems,
        files: folder.files(),
    };
    let entries = counts
        .documents
        .iter()
        .map(|read| {
            let side = &sides[read.side];
            let words = read.units.iter().map(|unit| unit.words).sum();
            let numbers = Numbers { side: &side.name, words, units: read.units.len() };
            TextEntry::new(&side.documents[read.document], &read.input, numbers)
        })
        .collect();
    folder.finish(
        Manifest::new(study, entries, &report.problems).with_lexicons(lexicons.packs().iter().collect()),
    )?;
    Ok(report)
}

fn side_reports(sides: &[Side], counts: &Counts) -> Vec<SideReport> {
    let spectra: Vec<_> = (0..sides.len()).map(|side| counts.spectrum(side)).collect();
    let common = spectra.iter().map(|spectrum| spectrum.tokens()).min().unwrap_or(0);
    sides
        .iter()
        .zip(&spectra)
        .enumerate()
        .map(|(place, (side, spectrum))| SideReport {
            name: side.name.clone(),
            texts: counts.documents.iter().filter(|read| read.side == place).count(),
            words: spectrum.tokens(),
            units: counts.units(place).count(),
            types: spectrum.types(),
            types_at_common_length: growth::expected_types(spectrum, common).ok(),
            sentence_length_mean: lengths(counts, place).mean(),
        })
        .collect()
}

/// Sentence lengths of a side.
fn lengths(counts: &Counts, side: usize) -> Histogram {
    let mut lengths = Histogram::default();
    counts.units(side).for_each(|unit| lengths.merge(&unit.sentence_lengths));
    lengths
}

/// What makes the sides bad to compare.
fn warnings(sides: &[SideReport]) -> Vec<Problem> {
    let problem = |name: &str, problem, message: String| Problem {
        file: name.to_owned(),
        severity: Severity::Warning,
        problem,
        place: String::new(),
        message,
    };
    let longest = sides.iter().map(|side| side.words).max().unwrap_or(0);
    let mut found = Vec::new();
    for side in sides {
        if side.words < FEW_WORDS {
            let message = format!(
                "has {} words: most measures need {FEW_WORDS} or more to be steady. Add texts, or trust words and \
                 markers with narrow intervals only",
                side.words
            );
            found.push(problem(&side.name, "short_side", message));
        }
        if side.words.saturating_mul(UNEQUAL) < longest {
            let message = format!(
                "has less than a third of the words of the longest side: compare types and type–token ratio at the \
                 common length of {} words only (rows :common of comparison.csv)",
                sides.iter().map(|side| side.words).min().unwrap_or(0)
            );
            found.push(problem(&side.name, "unequal_sides", message));
        }
    }
    found
}

/// The rows of `comparison.csv`.
fn comparison_rows(sides: &[Side], counts: &Counts, lexicons: &Lexicons, reports: &[SideReport]) -> Rows {
    let mut rows = Rows::with_header(&comparison_schema());
    let common = reports.iter().map(|side| side.words).min().unwrap_or(0);
    for side in reports {
        let mut row = |feature: &str, value: Option<f64>, words: u64| {
            rows.text("vocabulary").text(feature).text(&side.name).number(value);
            rows.integer(side.units as u64).integer(words).end();
        };
        let per_word = |types: f64, words: u64| (words > 0).then(|| types / words as f64);
        row("types:whole", Some(side.types as f64), side.words);
        row("types:common", side.types_at_common_length, common);
        row("type_token_ratio:whole", per_word(side.types as f64, side.words), side.words);
        let ratio = side.types_at_common_length.and_then(|types| per_word(types, common));
        row("type_token_ratio:common", ratio, common);
    }
    let units: Vec<Vec<&Unit>> = (0..sides.len()).map(|side| counts.units(side).collect()).collect();
    let measures = subjects()
        .enumerate()
        .map(|(place, (subject, measure))| (subject, measure.id.to_owned(), Feature::Measure(place)));
    let markers = (0..lexicons.categories().len())
        .map(|category| ("markers", marker_name(lexicons, category), Feature::Marker(category)));
    for (family, feature, kind) in measures.chain(markers) {
        for (side, units) in sides.iter().zip(&units) {
            let (value, defined) = side_value(units, kind);
            let words = match kind {
                Feature::Marker(_) => units.iter().map(|unit| unit.prose).sum(),
                _ => units.iter().map(|unit| unit.words).sum(),
            };
            rows.text(family).text(&feature).text(&side.name).number(value);
            rows.integer(defined as u64).integer(words).end();
        }
    }
    rows
}

/// Writes `differences.csv` and `side_keyness.csv`; gives the reports, and the features to show in their places.
fn write_differences(
    sides: &[Side],
    counts: &Counts,
    lexicons: &Lexicons,
    folder: &mut Folder,
) -> Result<(Vec<Comparison>, evidence::Chosen)> {
    let mut rows = Rows::with_header(&differences_schema());
    let mut keys = Rows::with_header(&keyness_schema());
    let mut chosen = evidence::Chosen::default();
    let mut comparisons = Vec::new();
    // Two sides are one pair; of more, each is held against all others.
    let firsts = if sides.len() == 2 { 1 } else { sides.len() };
    for first in 0..firsts {
        let others = (0..sides.len()).filter(|other| *other != first);
        let pair = Pair {
            first: counts.units(first).collect(),
            second: others.flat_map(|other| counts.units(other)).collect(),
        };
        let (one, other) =
            (sides[first].name.as_str(), if firsts == 1 { sides[1].name.as_str() } else { REST });
        let found = differences(counts, lexicons, &pair);
        chosen.choose(&found, counts, lexicons);
        for (difference, rank) in found.iter().zip(1_u64..) {
            rows.text(one).text(other).integer(rank).text(difference.family).text(&difference.feature);
            rows.number(Some(difference.first)).number(Some(difference.second));
            rows.number(Some(difference.first - difference.second));
            rows.number(difference.interval.map(|bounds| bounds.0))
                .number(difference.interval.map(|bounds| bounds.1));
            rows.number(difference.ratio()).number(Some(difference.delta));
            rows.number(Some(difference.log10_p)).number(Some(difference.log10_q));
            rows.integer(difference.units[0] as u64).integer(difference.units[1] as u64);
            rows.text(&chosen.where_to_look(difference)).end();
        }
        for word in key_words(counts, &pair) {
            let rate = |place: usize| word.counts[place] as f64 * 1e6 / word.sizes[place].max(1) as f64;
            keys.text(one).text(other).text(counts.vocabulary.word(word.word));
            keys.text(if word.is_first_higher { "first" } else { "second" });
            keys.integer(word.counts[0]).integer(word.counts[1]);
            keys.integer(word.units[0]).integer(word.units[1]);
            keys.number(Some(rate(0))).number(Some(rate(1)));
            keys.number(word.log_ratio).number(word.conservative).number(word.g2);
            keys.number(Some(word.log10_p)).number(Some(word.log10_q)).end();
        }
        let level = 0.05_f64.log10();
        comparisons.push(Comparison {
            first: one.to_owned(),
            second: other.to_owned(),
            features: found.len(),
            found: found.iter().filter(|difference| difference.log10_q <= level).count(),
            differences: found.into_iter().take(MOST_REPORTED).collect(),
        });
    }
    folder.write(differences_schema().file, &rows.into_bytes())?;
    folder.write(keyness_schema().file, &keys.into_bytes())?;
    Ok((comparisons, chosen))
}

/// Draws the distributions of sentence lengths over each other.
fn draw(sides: &[Side], counts: &Counts, folder: &mut Folder) -> Result<()> {
    let words: u64 = counts.documents.iter().flat_map(|read| &read.units).map(|unit| unit.words).sum();
    let data = ChartData {
        title: sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>().join(", "),
        source: format!(
            "{} sides, {} words. rhetor {}",
            sides.len(),
            charts::whole(words),
            env!("CARGO_PKG_VERSION")
        ),
        documents: sides
            .iter()
            .enumerate()
            .map(|(place, side)| DocumentSeries {
                name: side.name.clone(),
                group: Some(side.name.clone()),
                words: counts.units(place).map(|unit| unit.words).sum(),
                sentence_lengths: lengths(counts, place).iter().collect(),
                ..DocumentSeries::default()
            })
            .collect(),
        ..ChartData::default()
    };
    let mut lengths = charts::all().iter().filter(|(name, _)| *name == CHART);
    lengths.try_for_each(|(name, draw)| write_chart(folder, name, draw(&data)))
}
