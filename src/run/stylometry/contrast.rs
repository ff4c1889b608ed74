//! `rhetor zeta`: words that one set of texts prefers and avoids.

use std::path::Path;

use serde::Serialize;

use super::groups::Groups;
use super::reading::resolved;
use super::words::Words;
use super::{drawn, finish};
use crate::charts::{ZetaBar, ZetaChart, whole, zeta_chart};
use crate::corpus::{Corpus, Problem, Severity};
use crate::error::Result;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::{ContrastOptions, Study};
use crate::stylometry::{Contrast, NamedWords, StylometryError, Zeta, ZetaOptions, zeta, zeta_sweep};
use crate::tables::{self, Rows};

/// Words of each side on the chart and in the sweep.
const SHOWN: usize = 40;

/// What a contrast found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct ZetaReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// The primary and the secondary set: name, texts, segments.
    pub sets: [SetReport; 2],
    /// The words that the primary set prefers most, with their contrast.
    pub preferred: Vec<(String, f64)>,
    /// The words that it avoids most.
    pub avoided: Vec<(String, f64)>,
    /// What was found wrong, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A set of texts.
#[derive(Clone, Debug, Serialize)]
pub struct SetReport {
    /// What it was named by.
    pub name: String,
    /// Its texts.
    pub texts: usize,
    /// Its segments.
    pub segments: usize,
}

/// Contrasts two sets of the texts of `study` and writes `zeta.csv`, `zeta_sweep.csv` and the chart into the folder
/// `output`.
///
/// # Errors
/// If a set is empty or has no text of one segment, a text is in both, a name or an option cannot be used, or the
/// results cannot be written. `output` then keeps what it held before.
pub fn contrast(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ZetaReport> {
    study.check()?;
    let mut study = resolved(study);
    let options = study.zeta.clone().unwrap_or_default();
    study.zeta = Some(options.clone());
    let (by, threshold) = (options.contrast()?, options.threshold);
    let threshold = threshold.unwrap_or_else(|| by.threshold());
    let features = study.stylometry.clone().unwrap_or_default();
    features.check()?;
    let mut folder = Folder::claim(output, force)?;
    let corpus = Corpus::discover(&study.corpus)?;
    let words = Words::read(&study, &features, &corpus, progress)?;
    progress(Progress::Tables);
    let groups = Groups::find(&study, &corpus, &words.rows())?;
    let classes = groups.map_or_else(|| vec![String::new(); words.texts.len()], |groups| groups.of);
    let (names, sets) = sets(&words, &classes, &options)?;
    let texts: Vec<Vec<&str>> = words.texts.iter().map(|text| words.of(text)).collect();
    let [primary, secondary] = sets.each_ref().map(|set| {
        let named = set.iter().map(|text| (words.texts[*text].name.as_str(), texts[*text].as_slice()));
        named.collect::<Vec<NamedWords<'_>>>()
    });
    let found = zeta(&primary, &secondary, &ZetaOptions { segment: options.segment, least: options.least })?;
    let mut problems = words.problems.clone();
    problems.extend(too_short(&found, options.segment));
    let (preferred, avoided) = (found.preferred(by, threshold), found.avoided(by, threshold));
    let schema = tables::zeta_schema();
    let mut rows = Rows::with_header(&schema);
    tables::zeta_rows(&mut rows, &found, by, threshold);
    folder.write(schema.file, &rows.into_bytes())?;
    let shown: Vec<(&str, &str)> = preferred
        .iter()
        .take(SHOWN)
        .map(|(word, _)| (word.word.as_str(), "preferred"))
        .chain(avoided.iter().take(SHOWN).map(|(word, _)| (word.word.as_str(), "avoided")))
        .collect();
    let mut lengths = options.lengths.clone();
    lengths.push(options.segment);
    lengths.sort_unstable();
    lengths.dedup();
    let sweep = zeta_sweep(&primary, &secondary, &lengths, options.least);
    problems.extend(sweep.iter().filter_map(|(length, swept)| {
        let error = swept.as_ref().err()?;
        Some(note("no_segments", format!("segments of {length} words: {error}")))
    }));
    let sweep_schema = tables::zeta_sweep_schema();
    let mut rows = Rows::with_header(&sweep_schema);
    for (word, side) in &shown {
        for (length, swept) in &sweep {
            if let Ok(swept) = swept {
                sweep_row(&mut rows, (word, side), *length, swept, by, threshold);
            }
        }
    }
    folder.write(sweep_schema.file, &rows.into_bytes())?;
    super::describe(&mut folder, &[schema, sweep_schema])?;
    if study.charts {
        progress(Progress::Charts);
        let bars = |listed: &[(&crate::stylometry::ZetaWord, f64)]| {
            let bar = |(word, score): &(&crate::stylometry::ZetaWord, f64)| ZetaBar {
                word: word.word.clone(),
                score: *score,
                interval: (by == Contrast::Craig).then(|| found.interval(word)),
            };
            listed.iter().take(SHOWN).map(bar).collect::<Vec<_>>()
        };
        let chart = ZetaChart {
            title: corpus.name.clone(),
            source: format!(
                "{} and {} segments of {} words. rhetor {}",
                whole(found.primary_segments as u64),
                whole(found.secondary_segments as u64),
                whole(options.segment as u64),
                env!("CARGO_PKG_VERSION")
            ),
            contrast: described(by).to_owned(),
            sets: names.clone(),
            words: [bars(&preferred), bars(&avoided)],
        };
        drawn(&mut folder, zeta_chart(&chart))?;
    }
    problems.sort();
    let list = |listed: &[(&crate::stylometry::ZetaWord, f64)]| {
        listed.iter().take(20).map(|(word, score)| (word.word.clone(), *score)).collect::<Vec<_>>()
    };
    let [first, second] = names;
    let sets = [
        SetReport { name: first, texts: sets[0].len(), segments: found.primary_segments },
        SetReport { name: second, texts: sets[1].len(), segments: found.secondary_segments },
    ];
    let read = words.texts.iter().map(|text| &text.read);
    let results = serde_json::json!({ "sets": sets });
    let files = finish(folder, &study, &corpus, read, &problems, results)?;
    Ok(ZetaReport {
        corpus: corpus.name.clone(),
        output: output.display().to_string(),
        sets,
        preferred: list(&preferred),
        avoided: list(&avoided),
        problems,
        files,
    })
}

fn note(problem: &'static str, message: String) -> Problem {
    Problem { file: String::new(), severity: Severity::Note, problem, place: String::new(), message }
}

fn too_short(found: &Zeta, segment: usize) -> Option<Problem> {
    let shown: Vec<&str> = found.too_short.iter().take(5).map(String::as_str).collect();
    let more = if found.too_short.len() > shown.len() { ", …" } else { "" };
    (!shown.is_empty()).then(|| {
        let message = format!(
            "{} texts have fewer than {segment} words, no segment, and were left out: {}{more}. Try --segment",
            found.too_short.len(),
            shown.join(", ")
        );
        Problem { severity: Severity::Warning, ..note("too_short", message) }
    })
}

/// The places of the texts of either set, with names for the sets.
fn sets(
    words: &Words,
    classes: &[String],
    options: &ContrastOptions,
) -> Result<([String; 2], [Vec<usize>; 2])> {
    let wrong = |reason: String| StylometryError::Option { option: "primary", reason };
    let mut known: Vec<&str> = classes.iter().map(String::as_str).filter(|class| !class.is_empty()).collect();
    known.sort_unstable();
    known.dedup();
    let mut primary = options.primary.clone();
    if primary.is_empty() {
        let [first, _] = known[..] else {
            let reason =
                format!("name the texts or the class of the primary set. Classes: {}", known.join(", "));
            return Err(wrong(reason).into());
        };
        primary = vec![first.to_owned()];
    }
    let places = |names: &[String]| {
        let mut places: Vec<usize> = Vec::new();
        for name in names {
            places.extend(words.named(name, classes)?);
        }
        places.sort_unstable();
        places.dedup();
        Ok::<_, crate::error::Error>(places)
    };
    let first = places(&primary)?;
    let (second, other) = if options.secondary.is_empty() {
        let rest: Vec<usize> = (0..words.texts.len()).filter(|text| !first.contains(text)).collect();
        let name = known.iter().filter(|class| rest.iter().any(|text| classes[*text] == **class));
        let names: Vec<&str> = name.copied().collect();
        (rest, if let [only] = names[..] { only.to_owned() } else { "the others".to_owned() })
    } else {
        (places(&options.secondary)?, options.secondary.join(" + "))
    };
    if let Some(both) = first.iter().find(|text| second.contains(text)) {
        return Err(wrong(format!("'{}' would be in both sets", words.texts[*both].name)).into());
    }
    if second.is_empty() {
        return Err(wrong("no text is left for the secondary set".to_owned()).into());
    }
    Ok(([primary.join(" + "), other], [first, second]))
}

fn sweep_row(
    rows: &mut Rows,
    (word, side): (&str, &str),
    length: usize,
    found: &Zeta,
    by: Contrast,
    threshold: f64,
) {
    let place = |listed: Vec<(&crate::stylometry::ZetaWord, f64)>| {
        listed.iter().position(|(other, _)| other.word == word).map(|place| place as u64 + 1)
    };
    let score = found.words.iter().find(|other| other.word == word).and_then(|word| found.score(word, by));
    let rank = place(found.preferred(by, threshold)).or_else(|| place(found.avoided(by, threshold)));
    rows.text(word).text(side).integer(length as u64);
    rows.integer(found.primary_segments as u64).integer(found.secondary_segments as u64);
    rows.number(score).count(rank).end();
}

fn described(by: Contrast) -> &'static str {
    match by {
        Contrast::Craig => {
            "Craig's Zeta: the share of segments that have the word, less that of the other set; 95 % intervals over segments"
        }
        Contrast::Eder => {
            "Eder's Zeta: the difference of the shares of segments that have the word, over their sum"
        }
        Contrast::ChiSquareOfPercentages => "χ² of the percentages of segments, as stylo has it",
        Contrast::ChiSquare => "Pearson's χ² of the segments with and without the word",
        Contrast::MannWhitney => "Standard score of the rank sum of the word's counts in the segments",
    }
}
