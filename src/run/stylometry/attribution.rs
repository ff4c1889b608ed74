//! `rhetor attribute`: classes of texts in question, how often such answers are right, and what decides them.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::contexts::{self, Wanted};
use super::roles::{Known, Roles, table_by};
use super::{Material, TableSource, drawn};
use crate::charts::{StabilityMap, stability_map, whole};
use crate::corpus::{Problem, Severity};
use crate::error::{Error, Result};
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::{AttributionOptions, Study, method};
use crate::stylometry::{
    Classifier, Decision, Evaluation, FeatureSelection, Folds, Source, Stability, StylometryError, Verdict,
    cross_validate, stability,
};
use crate::tables::{self, Evaluated, Rows};

/// Numbers of features at which texts with a class are left out in turn, unless a sweep is asked for.
const FEW: [usize; 5] = [100, 200, 500, 1_000, 2_000];
/// Culling levels of the stability map, unless others are asked for.
const CULLING: [f64; 3] = [0.0, 20.0, 40.0];
/// Features of each side whose places are shown.
const SHOWN: usize = 10;

/// What an attribution found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct AttributionReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts, or samples, that were learnt from.
    pub training: usize,
    /// Classes and the number of their texts or samples.
    pub classes: BTreeMap<String, usize>,
    /// How often each method was right about texts that were left out, the main one first.
    pub evaluation: Vec<MethodReport>,
    /// The answers of the main method for the texts in question.
    pub verdicts: Vec<VerdictReport>,
    /// What was found wrong, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// How often a method was right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodReport {
    /// Id of the method.
    pub method: String,
    /// Texts that could be answered rightly.
    pub texts: usize,
    /// Texts that were answered.
    pub answered: usize,
    /// Right answers.
    pub correct: usize,
    /// Right among the answered; null without answers.
    pub accuracy: Option<f64>,
    /// The 95 % interval of the accuracy.
    pub interval: Option<(f64, f64)>,
    /// The accuracy of always naming the largest class.
    pub majority_baseline: Option<f64>,
}

/// The answer for a text in question.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictReport {
    /// The text, or sample.
    pub text: String,
    /// The class; null where the method abstained.
    pub class: Option<String>,
    /// How far it is before the second one.
    pub margin: f64,
    /// Share of the settings that give the same class; null if there are none.
    pub support: Option<f64>,
    /// Methods that give the same class, and methods asked.
    pub methods: (usize, usize),
    /// The features that speak most for the class.
    pub features: Vec<String>,
}

/// Everything that is computed before it is written.
struct Found {
    evaluations: Vec<(String, Evaluation)>,
    verdicts: Vec<(String, Vec<Verdict>)>,
    /// Rows of the stability map and of the decisions.
    judged: Vec<usize>,
    stability: Option<Stability>,
    decisions: Vec<(usize, Vec<String>, Decision)>,
}

/// Attributes the texts of `study` and writes the tables and the stability map into the folder `output`.
///
/// Texts in question are judged by all others. Where there are none, every text is judged by the others.
///
/// # Errors
/// If there are no two classes, a name or an option cannot be used, no method can learn these texts, or the results
/// cannot be written. `output` then keeps what it held before.
pub fn attribute(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<AttributionReport> {
    let options = study.attribution.clone().unwrap_or_default();
    let mut folder = Folder::claim(output, force)?;
    let mut material = Material::gather(study, progress)?;
    material.study.attribution = Some(options.clone());
    progress(Progress::Tables);
    let roles = Roles::find(&material, &options.unknown, "attribution")?;
    material.problems.extend(roles.problems());
    let selection = material.selection(material.options.main_mfw(), material.options.culling()[0]);
    let found = find(&mut material, &roles, &options, &selection)?;
    let written = Written { material: &material, roles: &roles, options: &options, selection: &selection };
    let mut problems = written.tables(&mut folder, &found)?;
    if study.charts
        && let (Some(stability), Some((main, _))) = (&found.stability, found.named().first())
    {
        progress(Progress::Charts);
        drawn(&mut folder, stability_map(&written.map(&found.judged, stability, main)))?;
    }
    material.problems.append(&mut problems);
    material.problems.sort();
    let evaluation: Vec<MethodReport> =
        found.evaluations.iter().map(|(id, evaluation)| method_report(id, evaluation)).collect();
    let verdicts = verdict_reports(&material, &found, &options);
    let results = serde_json::json!({ "evaluation": evaluation, "verdicts": verdicts });
    let files = material.finish(output, folder, results)?.files;
    Ok(AttributionReport {
        corpus: material.corpus.name.clone(),
        output: output.display().to_string(),
        training: roles.training.len(),
        classes: roles.by_class().into_iter().map(|(class, rows)| (class.to_owned(), rows.len())).collect(),
        evaluation,
        verdicts,
        problems: material.problems,
        files,
    })
}

impl Found {
    /// The methods that gave an answer, the main one first.
    fn named(&self) -> Vec<(&str, ())> {
        let evaluated = self.evaluations.iter().map(|(id, _)| id.as_str());
        let judged = self.verdicts.iter().map(|(id, _)| id.as_str());
        let mut named: Vec<(&str, ())> = judged.map(|id| (id, ())).collect();
        named.extend(
            evaluated.filter(|id| self.verdicts.iter().all(|(other, _)| other != id)).map(|id| (id, ())),
        );
        named
    }
}

/// Which texts are left out in turn; none for no evaluation.
fn folds(material: &Material, roles: &Roles, options: &AttributionOptions) -> Result<Option<Folds>> {
    let wrong = |reason: String| StylometryError::Option { option: "evaluation", reason };
    let name = options.evaluation.as_str();
    if name == "none" {
        return Ok(None);
    }
    if name == "leave-one-out" {
        return Ok(Some(Folds::Groups(roles.texts(material))));
    }
    if let Some(number) = name.strip_prefix("folds:") {
        let folds = number.parse().ok().filter(|number| *number >= 2);
        let folds = folds.ok_or_else(|| wrong(format!("'{name}' has no number of folds from 2 on")))?;
        return Ok(Some(Folds::Stratified { folds, seed: material.options.seed }));
    }
    if let Some(column) = name.strip_prefix("groups:") {
        let place = material.corpus.columns.iter().position(|known| known == column).ok_or_else(|| {
            wrong(format!(
                "there is no metadata column '{column}'. The columns are: {}",
                material.corpus.columns.join(", ")
            ))
        })?;
        // A text without a value is a group of its own.
        let groups = roles.training.iter().zip(roles.texts(material)).map(|(row, text)| {
            let value = material.document(*row).and_then(|document| document.metadata.get(place));
            value
                .filter(|value| !value.is_empty())
                .map_or_else(|| format!("text {text}"), |value| format!("group {value}"))
        });
        return Ok(Some(Folds::Groups(groups.collect())));
    }
    Err(wrong(format!("'{name}' is not known. Known: leave-one-out, folds:N, groups:COLUMN, none")).into())
}

fn find(
    material: &mut Material,
    roles: &Roles,
    options: &AttributionOptions,
    selection: &FeatureSelection,
) -> Result<Found> {
    let measure = material.options.measures()?[0];
    let classifiers: Vec<Classifier> =
        options.methods.iter().map(|name| method(name, measure)).collect::<std::result::Result<_, _>>()?;
    let folds = folds(material, roles, options)?;
    let mut skipped: Vec<Problem> = Vec::new();
    let mut last_error = None;
    let known = Known::of(material, &roles.training, selection)?;
    let own: Vec<String> = roles.training.iter().map(|row| roles.classes[*row].clone()).collect();
    let mut evaluations = Vec::new();
    let can = roles.can_be_evaluated(material);
    if let (Some(folds), true) = (&folds, can) {
        for classifier in &classifiers {
            match cross_validate(known.source(selection), &own, classifier, folds) {
                Ok(found) => evaluations.push((classifier.to_string(), found.abstaining(options.abstain))),
                Err(error) => {
                    skipped.push(without(classifier, &error));
                    last_error = Some(error);
                }
            }
        }
    } else if folds.is_some() {
        skipped.push(note(
            "no_evaluation",
            "fewer than two classes have two texts: nothing can be left out and found again, so nobody knows how often \
             answers are right".to_owned(),
        ));
    }
    let mut verdicts = Vec::new();
    let mut main = None;
    let table = table_by(material, selection, &roles.training)?;
    for classifier in &classifiers {
        if roles.unknown.is_empty() {
            main = main.or_else(|| {
                evaluations.first().and_then(|(id, _)| (*id == classifier.to_string()).then_some(*classifier))
            });
            continue;
        }
        match classifier.classify(&table, &roles.classes, &roles.training, &roles.unknown) {
            Ok(found) => {
                main = main.or(Some(*classifier));
                verdicts.push((classifier.to_string(), found));
            }
            Err(error) => {
                skipped.push(without(classifier, &error));
                last_error = Some(error);
            }
        }
    }
    skipped.sort();
    skipped.dedup();
    material.problems.extend(skipped);
    let Some(main) = main else {
        return match last_error {
            Some(error) => Err(error.into()),
            None => Err(StylometryError::Option {
                option: "unknown",
                reason: "no text is in question, and none can be left out and found again. Name texts or classes with \
                         --unknown"
                    .to_owned(),
            }
            .into()),
        };
    };
    let judged = if roles.unknown.is_empty() { roles.training.clone() } else { roles.unknown.clone() };
    let parts = parts(material, roles);
    let stability = settled(material, roles, &main, selection, &parts)?;
    let decisions = decided(material, roles, &main, selection, &parts)?;
    Ok(Found { evaluations, verdicts, judged, stability: Some(stability), decisions })
}

fn note(problem: &'static str, message: String) -> Problem {
    Problem { file: String::new(), severity: Severity::Note, problem, place: String::new(), message }
}

fn without(classifier: &Classifier, error: &StylometryError) -> Problem {
    let message = format!("the method {classifier} is left out: {error}");
    Problem { severity: Severity::Warning, ..note("method_left_out", message) }
}

/// Sets of rows to learn from and rows to judge: all texts in question by the others; or each text by the others.
fn parts(material: &Material, roles: &Roles) -> Vec<(Vec<usize>, Vec<usize>)> {
    if !roles.unknown.is_empty() {
        return vec![(roles.training.clone(), roles.unknown.clone())];
    }
    let texts = roles.texts(material);
    let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    let rows = || roles.training.iter().zip(&texts);
    for text in texts.iter().collect::<std::collections::BTreeSet<_>>() {
        let pick =
            |own: bool| rows().filter(|(_, other)| (*other == text) == own).map(|(row, _)| *row).collect();
        parts.push((pick(false), pick(true)));
    }
    // In the order of the rows.
    parts.sort_by_key(|(_, tests)| tests.first().copied());
    parts
}

fn settled(
    material: &Material,
    roles: &Roles,
    main: &Classifier,
    selection: &FeatureSelection,
    parts: &[(Vec<usize>, Vec<usize>)],
) -> Result<Stability> {
    let options = &material.options;
    let asked = options.sweep.is_some() || options.mfw.is_some_and(|steps| steps.from < steps.to);
    let mfw = if asked || !roles.unknown.is_empty() { options.sweep() } else { FEW.to_vec() };
    let culling = options.culling.map_or(CULLING.to_vec(), |_| options.culling());
    let whole_table;
    let source = match &material.source {
        TableSource::Counts(counts) => Source::Counts(counts, selection),
        TableSource::Table(table) => {
            whole_table = material.table(table.features().len(), 0.0)?;
            Source::Table(&whole_table)
        }
    };
    Ok(stability(source, &roles.classes, main, &mfw, &culling, parts)?)
}

/// For each row that is judged: the features of its table, and what decides.
fn decided(
    material: &Material,
    roles: &Roles,
    main: &Classifier,
    selection: &FeatureSelection,
    parts: &[(Vec<usize>, Vec<usize>)],
) -> Result<Vec<(usize, Vec<String>, Decision)>> {
    let found: Vec<Vec<(usize, Vec<String>, Decision)>> = parts
        .par_iter()
        .map(|(training, tests)| {
            let table = table_by(material, selection, training)?;
            let mut decisions = Vec::with_capacity(tests.len());
            for test in tests {
                match main.decide(&table, &roles.classes, training, *test) {
                    Ok(Some(decision)) => decisions.push((*test, table.features().to_vec(), decision)),
                    Ok(None) | Err(StylometryError::Undefined { .. }) => {}
                    Err(error) => return Err(Error::from(error)),
                }
            }
            Ok(decisions)
        })
        .collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

struct Written<'a> {
    material: &'a Material,
    roles: &'a Roles,
    options: &'a AttributionOptions,
    selection: &'a FeatureSelection,
}

impl Written<'_> {
    fn name(&self, row: usize) -> &str {
        &self.material.rows[row].name
    }

    /// Writes every table; gives what went wrong with the places.
    fn tables(&self, folder: &mut Folder, found: &Found) -> Result<Vec<Problem>> {
        let names: Vec<String> = self.material.rows.iter().map(|row| row.name.clone()).collect();
        let mut schemas = Vec::new();
        let mut write = |folder: &mut Folder, schema: tables::Schema, fill: &dyn Fn(&mut Rows)| {
            let mut rows = Rows::with_header(&schema);
            fill(&mut rows);
            folder.write(schema.file, &rows.into_bytes())?;
            schemas.push(schema);
            Ok::<(), Error>(())
        };
        write(folder, tables::attribution_schema(), &|rows| {
            for (place, (id, verdicts)) in found.verdicts.iter().enumerate() {
                tables::attribution_rows(rows, &names, id, verdicts, self.options.abstain, |test, class| {
                    found.stability.as_ref().filter(|_| place == 0)?.support(test, class)
                });
            }
        })?;
        write(folder, tables::evaluation_schema(), &|rows| {
            for (id, evaluation) in &found.evaluations {
                let with = Evaluated {
                    method: id,
                    folds: &self.options.evaluation,
                    features: self.selection.mfw,
                    culling: self.selection.culling,
                };
                tables::evaluation_rows(rows, &with, evaluation);
            }
        })?;
        write(folder, tables::predictions_schema(), &|rows| {
            found
                .evaluations
                .iter()
                .for_each(|(id, evaluation)| tables::prediction_rows(rows, id, evaluation));
        })?;
        write(folder, tables::confusion_schema(), &|rows| {
            found
                .evaluations
                .iter()
                .for_each(|(id, evaluation)| tables::confusion_rows(rows, id, evaluation));
        })?;
        write(folder, tables::stability_schema(), &|rows| {
            let judged: Vec<&str> = found.judged.iter().map(|row| self.name(*row)).collect();
            if let Some(stability) = &found.stability {
                tables::stability_rows(rows, &judged, stability);
            }
        })?;
        let named = found.named();
        let main = named.first().map_or("", |(id, ())| *id);
        write(folder, tables::contributions_schema(), &|rows| {
            for (row, features, decision) in &found.decisions {
                let most = self.options.contributions;
                tables::contribution_rows(rows, self.name(*row), main, features, decision, most);
            }
        })?;
        let (contexts, problems) = contexts::find(self.material, &self.wanted(found), self.options.contexts)?;
        folder.write(tables::contexts_schema().file, &contexts.into_bytes())?;
        schemas.push(tables::contexts_schema());
        super::describe(folder, &schemas)?;
        Ok(problems)
    }

    /// The features whose places are shown.
    fn wanted(&self, found: &Found) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for (row, features, decision) in &found.decisions {
            let Some(document) = self.material.rows[*row].document else { continue };
            let sides = [1.0, -1.0].map(|side| {
                decision.features.iter().filter(move |found| found.contribution * side > 0.0).take(SHOWN)
            });
            for found in sides.into_iter().flatten() {
                let feature = features[found.feature].clone();
                wanted.push(Wanted { document, feature, contribution: found.contribution });
            }
        }
        wanted
    }

    fn map(&self, judged: &[usize], stability: &Stability, main: &str) -> StabilityMap {
        let classes: Vec<String> = self.roles.by_class().into_keys().map(str::to_owned).collect();
        let mut mfw: Vec<usize> = stability.settings.iter().map(|setting| setting.mfw).collect();
        mfw.sort_unstable();
        mfw.dedup();
        let mut culling: Vec<f64> = stability.settings.iter().map(|setting| setting.culling).collect();
        culling.dedup();
        let chosen = (0..judged.len()).map(|text| {
            let class = |verdict: &Verdict| classes.iter().position(|class| class == verdict.class());
            stability
                .settings
                .iter()
                .map(|setting| setting.verdicts.get(text)?.as_ref().and_then(class))
                .collect()
        });
        StabilityMap {
            title: self.material.corpus.name.clone(),
            source: format!(
                "{} texts of {} classes to learn from. rhetor {}",
                whole(self.roles.training.len() as u64),
                classes.len(),
                env!("CARGO_PKG_VERSION")
            ),
            method: main.to_owned(),
            texts: judged.iter().map(|row| self.name(*row).to_owned()).collect(),
            chosen: chosen.collect(),
            classes,
            mfw,
            culling,
        }
    }
}

/// Texts up to which an analysis leaves out each in turn.
const FEW_TEXTS: usize = 100;

/// For an analysis: each text left out and found again by the main method. `Err` says why not.
pub(super) fn one_left_out(
    material: &Material,
    rows: &mut Rows,
) -> std::result::Result<MethodReport, String> {
    let roles = Roles::find(material, &[], "attribution").map_err(|error| error.to_string())?;
    if !roles.can_be_evaluated(material) {
        return Err("it needs two classes of two texts".to_owned());
    }
    if roles.training.len() > FEW_TEXTS {
        return Err(format!(
            "{} texts are more than {FEW_TEXTS}; use rhetor attribute",
            roles.training.len()
        ));
    }
    let selection = material.selection(material.options.main_mfw(), 0.0);
    let found = || -> Result<(String, Evaluation)> {
        let measure = material.options.measures()?[0];
        let classifier = method(AttributionOptions::METHODS[0], measure)?;
        let known = Known::of(material, &roles.training, &selection)?;
        let own: Vec<String> = roles.training.iter().map(|row| roles.classes[*row].clone()).collect();
        let found = cross_validate(known.source(&selection), &own, &classifier, &Folds::LeaveOneOut)?;
        Ok((classifier.to_string(), found))
    };
    let (id, evaluation) = found().map_err(|error| error.to_string())?;
    let with = Evaluated { method: &id, folds: "leave-one-out", features: selection.mfw, culling: 0.0 };
    tables::evaluation_rows(rows, &with, &evaluation);
    Ok(method_report(&id, &evaluation))
}

fn method_report(id: &str, evaluation: &Evaluation) -> MethodReport {
    MethodReport {
        method: id.to_owned(),
        texts: evaluation.texts(),
        answered: evaluation.answered(),
        correct: evaluation.correct(),
        accuracy: evaluation.accuracy(),
        interval: evaluation.interval(),
        majority_baseline: evaluation.majority_baseline(),
    }
}

fn verdict_reports(material: &Material, found: &Found, options: &AttributionOptions) -> Vec<VerdictReport> {
    let Some((_, verdicts)) = found.verdicts.first() else { return Vec::new() };
    verdicts
        .iter()
        .enumerate()
        .map(|(place, verdict)| {
            let agreeing =
                found.verdicts.iter().filter(|(_, others)| others[place].class() == verdict.class());
            let decision = found.decisions.iter().find(|(row, ..)| *row == verdict.text);
            let features = decision.map_or_else(Vec::new, |(_, features, decision)| {
                let speaking = decision.features.iter().filter(|found| found.contribution > 0.0);
                speaking.take(5).map(|found| features[found.feature].clone()).collect()
            });
            VerdictReport {
                text: material.rows[verdict.text].name.clone(),
                class: (verdict.margin() >= options.abstain).then(|| verdict.class().to_owned()),
                margin: verdict.margin(),
                support: found
                    .stability
                    .as_ref()
                    .and_then(|stability| stability.support(place, verdict.class())),
                methods: (agreeing.count(), found.verdicts.len()),
                features,
            }
        })
        .collect()
}
