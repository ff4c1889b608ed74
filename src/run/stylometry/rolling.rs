//! `rhetor rolling`: whose texts a text is like, window by window.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::groups::Groups;
use super::reading::{list, resolved};
use super::words::{TextWords, Words};
use super::{drawn, finish};
use crate::charts::{RollingChart, RollingText, rolling_chart, whole};
use crate::corpus::{Corpus, Problem, Severity};
use crate::error::Result;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::{Features, RollingOptions, Study, StylometryOptions, method};
use crate::stylometry::{
    Classifier, CountsBuilder, FeatureSelection, Sampling, Stretch, StylometryError, Tokens, Verdict,
    function_words, pronouns, stretches,
};
use crate::tables::{self, Rows};

/// What rolling found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct RollingReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts that were learnt from.
    pub training: usize,
    /// Each rolled text.
    pub texts: Vec<RolledText>,
    /// What was found wrong, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A rolled text.
#[derive(Clone, Debug, Serialize)]
pub struct RolledText {
    /// Its id.
    pub text: String,
    /// Its words.
    pub words: usize,
    /// Its windows.
    pub windows: usize,
    /// Its stretches: class, first word, word after the last.
    pub stretches: Vec<(String, usize, usize)>,
}

/// A text with the verdicts of its windows.
struct Rolled<'a> {
    text: &'a TextWords,
    windows: Vec<Verdict>,
    stretches: Vec<Stretch>,
}

impl Rolled<'_> {
    fn words(&self) -> usize {
        self.text.read.words as usize
    }

    /// The stretches with their ends.
    fn ends(&self) -> Vec<(&str, usize, usize)> {
        let starts = self.stretches.iter().map(|stretch| stretch.start_token);
        let ends = starts.clone().skip(1).chain([self.words()]);
        let classes = self.stretches.iter().map(|stretch| stretch.class.as_str());
        classes.zip(starts).zip(ends).map(|((class, start), end)| (class, start, end)).collect()
    }
}

/// Texts in a chart.
const MOST_DRAWN: usize = 12;

/// Rolls texts over those that have a class and writes `rolling.csv`, `stretches.csv` and a chart into
/// the folder `output`.
///
/// # Errors
/// If there are no two classes, no text to roll or none of a window, a name or an option cannot be used, or the
/// results cannot be written. `output` then keeps what it held before.
pub fn rolling(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<RollingReport> {
    study.check()?;
    let mut study = resolved(study);
    let options = study.rolling.clone().unwrap_or_default();
    study.rolling = Some(options.clone());
    let features = study.stylometry.clone().unwrap_or_default();
    features.check()?;
    let classifier = method(&options.method, features.measures()?[0])?;
    let mut folder = Folder::claim(output, force)?;
    let corpus = Corpus::discover(&study.corpus)?;
    let words = Words::read(&study, &features, &corpus, progress)?;
    progress(Progress::Tables);
    let groups = Groups::find(&study, &corpus, &words.rows())?;
    let mut classes = groups.map_or_else(|| vec![String::new(); words.texts.len()], |groups| groups.of);
    let rolled = rolled(&words, &classes, &options)?;
    rolled.iter().for_each(|text| classes[*text].clear());
    let training: Vec<usize> = (0..classes.len()).filter(|text| !classes[*text].is_empty()).collect();
    let mut names: Vec<String> = training.iter().map(|text| classes[*text].clone()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        let reason = format!("there must be texts of two classes to compare with, there are {}", names.len());
        return Err(StylometryError::Option { option: "group", reason }.into());
    }
    let (excluded, given) = lists(&features, &words)?;
    let selection = FeatureSelection {
        mfw: features.main_mfw(),
        culling: features.culling()[0],
        cutoff: features.cutoff(),
        excluded,
        given,
        ..FeatureSelection::default()
    };
    let mut problems = words.problems.clone();
    let mut done: Vec<Rolled<'_>> = Vec::new();
    for text in rolled {
        let text = &words.texts[text];
        if (text.read.words as usize) < options.window {
            let message = format!("has {} words, fewer than a window of {}", text.read.words, options.window);
            let path = &corpus.documents[text.read.document].path;
            problems.push(Problem::about(path, Severity::Warning, "too_short", message));
            continue;
        }
        let windows = windows(&words, text, &training, &classes, &selection, &classifier, &options)?;
        let stretches = stretches(&windows, options.window, options.overlap, options.penalty)?;
        done.push(Rolled { text, windows, stretches });
    }
    if done.is_empty() {
        let reason = format!("no text to roll has a window of {} words. Try --window", options.window);
        return Err(StylometryError::Option { option: "window", reason }.into());
    }
    let schemas = [tables::rolling_schema(), tables::stretches_schema()];
    let mut rows = schemas.each_ref().map(Rows::with_header);
    for Rolled { text, windows, stretches } in &done {
        let words = text.read.words as usize;
        tables::rolling_rows(&mut rows[0], &text.name, windows, stretches, options.window, options.overlap);
        tables::stretch_rows(&mut rows[1], &text.name, words, windows, stretches);
    }
    for (schema, rows) in schemas.iter().zip(rows) {
        folder.write(schema.file, &rows.into_bytes())?;
    }
    super::describe(&mut folder, &schemas)?;
    if study.charts {
        progress(Progress::Charts);
        let shown = &done[..done.len().min(MOST_DRAWN)];
        drawn(&mut folder, rolling_chart(&chart(shown, &names, &classifier, &options, training.len())))?;
        if done.len() > shown.len() {
            let message =
                format!("the chart shows the first {MOST_DRAWN} texts; the tables hold all {}", done.len());
            let severity = Severity::Note;
            let (file, place) = (String::new(), String::new());
            problems.push(Problem { file, severity, problem: "not_all_drawn", place, message });
        }
    }
    problems.sort();
    let texts: Vec<RolledText> = done
        .iter()
        .map(|rolled| RolledText {
            text: rolled.text.name.clone(),
            words: rolled.words(),
            windows: rolled.windows.len(),
            stretches: rolled
                .ends()
                .into_iter()
                .map(|(class, from, to)| (class.to_owned(), from, to))
                .collect(),
        })
        .collect();
    let read = words.texts.iter().map(|text| &text.read);
    let results = serde_json::json!({ "texts": texts });
    let files = finish(folder, &study, &corpus, read, &problems, results)?;
    Ok(RollingReport {
        corpus: corpus.name.clone(),
        output: output.display().to_string(),
        training: training.len(),
        texts,
        problems,
        files,
    })
}

/// Features left out, and the features to take where they are named: function words in the order of their lists.
fn lists(features: &StylometryOptions, words: &Words) -> Result<(Vec<String>, Option<Vec<String>>)> {
    let mut excluded = list(features.stop_words.as_deref())?.unwrap_or_default();
    let languages: BTreeSet<&str> = words.texts.iter().map(|text| text.read.input.language).collect();
    let of_all = |of: fn(&str) -> Option<Vec<&'static str>>| -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for word in languages.iter().filter_map(|language| of(language)).flatten() {
            if !all.iter().any(|other| other == word) {
                all.push(word.to_owned());
            }
        }
        all
    };
    if features.delete_pronouns {
        excluded.extend(of_all(|language| pronouns(language).map(<[&str]>::to_vec)));
    }
    let mut given = list(features.feature_list.as_deref())?;
    if given.is_none() && features.features == Features::FunctionWords {
        given = Some(of_all(function_words));
    }
    Ok((excluded, given))
}

/// The texts that are rolled: those named, else those without a class.
fn rolled(words: &Words, classes: &[String], options: &RollingOptions) -> Result<Vec<usize>> {
    let mut rolled: Vec<usize> = Vec::new();
    for name in &options.texts {
        rolled.extend(words.named(name, classes)?);
    }
    if options.texts.is_empty() {
        rolled.extend((0..classes.len()).filter(|text| classes[*text].is_empty()));
    }
    rolled.sort_unstable();
    rolled.dedup();
    if rolled.is_empty() {
        let reason = "every text has a class: name the text to roll with --text".to_owned();
        return Err(StylometryError::Option { option: "text", reason }.into());
    }
    Ok(rolled)
}

/// The verdicts of the windows of a text. Features are chosen, and everything is learnt, by the training texts alone.
fn windows(
    words: &Words,
    text: &TextWords,
    training: &[usize],
    classes: &[String],
    selection: &FeatureSelection,
    classifier: &Classifier,
    options: &RollingOptions,
) -> Result<Vec<Verdict>> {
    let sampling = Sampling::Sequential { size: options.window, overlap: options.overlap };
    let samples = sampling.samples(&text.name, text.read.words as usize)?;
    let mut builder = CountsBuilder::default();
    let mut labels = Vec::with_capacity(training.len() + samples.len());
    for place in training {
        let known = &words.texts[*place];
        // No window can have this name.
        builder.text(format!("{}/", known.name));
        known.occurrences.iter().for_each(|found| builder.add(words.name(found), 1));
        labels.push(classes[*place].clone());
    }
    for sample in &samples {
        let Tokens::Run(run) = &sample.tokens else { continue };
        builder.text(&sample.name);
        labels.push(String::new());
        let start = text.occurrences.partition_point(|found| (found.first as usize) < run.start);
        let within = text.occurrences[start..].iter().take_while(|found| (found.first as usize) < run.end);
        within
            .filter(|found| (found.last as usize) < run.end)
            .for_each(|found| builder.add(words.name(found), 1));
    }
    let counts = builder.finish()?;
    let known: Vec<usize> = (0..training.len()).collect();
    let tests: Vec<usize> = (training.len()..labels.len()).collect();
    let table = counts.table_of(selection, Some(&known))?;
    Ok(classifier.classify(&table, &labels, &known, &tests)?)
}

fn chart(
    rolled: &[Rolled<'_>],
    names: &[String],
    classifier: &Classifier,
    options: &RollingOptions,
    training: usize,
) -> RollingChart {
    let place = |class: &str| names.iter().position(|name| name == class).unwrap_or(0);
    let text = |rolled: &Rolled<'_>| {
        let scores = rolled.windows.iter().map(|verdict| {
            let mut scores = vec![f64::NAN; names.len()];
            verdict.candidates.iter().for_each(|candidate| scores[place(&candidate.class)] = candidate.score);
            scores
        });
        RollingText {
            name: rolled.text.name.clone(),
            words: rolled.words(),
            scores: scores.collect(),
            stretches: rolled.ends().into_iter().map(|(class, from, to)| (place(class), from, to)).collect(),
            milestones: options.milestones.clone(),
        }
    };
    RollingChart {
        source: format!(
            "{} words in {} windows, by {} texts. rhetor {}",
            whole(rolled.iter().map(|rolled| rolled.text.read.words).sum()),
            whole(rolled.iter().map(|rolled| rolled.windows.len() as u64).sum()),
            whole(training as u64),
            env!("CARGO_PKG_VERSION")
        ),
        score: format!("Scores of {classifier}"),
        smaller_is_better: classifier.scores_are_distances(),
        classes: names.to_vec(),
        window: (options.window, options.window.saturating_sub(options.overlap)),
        texts: rolled.iter().map(text).collect(),
    }
}
