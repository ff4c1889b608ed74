//! `rhetor verify`: whether a text may be by a candidate at all.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::Material;
use super::roles::{Roles, table_by};
use crate::corpus::{Problem, Severity};
use crate::error::Result;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::Study;
use crate::stylometry::{
    DistanceImposters, FrequencyTable, ImpostersOptions, StylometryError, Thresholds, area_under_curve,
    c_at_1, distance_imposters, general_imposters, tune_thresholds,
};
use crate::tables::{self, Rows};

/// What a verification found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct VerificationReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Cases whose truth is known.
    pub cases: usize,
    /// c@1 of general imposters on these, thresholds tuned on other texts; null without cases of both kinds.
    pub c_at_1: Option<f64>,
    /// Area under the curve of the scores; null without cases of both kinds.
    pub auc: Option<f64>,
    /// Between which scores no answer is given; null where nothing could be tuned.
    pub thresholds: Option<(f64, f64)>,
    /// Texts in question and candidates, with score and answer.
    pub verdicts: Vec<CaseReport>,
    /// What was found wrong, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A text in question and a candidate.
#[derive(Clone, Debug, Serialize)]
pub struct CaseReport {
    /// The text, or sample.
    pub text: String,
    /// The candidate.
    pub candidate: String,
    /// Share of the draws in which the candidate was nearest.
    pub score: f64,
    /// Yes, no, or no answer.
    pub answer: Option<bool>,
}

/// A text and a candidate.
struct Case {
    row: usize,
    /// None for a text in question.
    truth: Option<bool>,
    general: f64,
    distances: DistanceImposters,
}

/// Asks for each text in question and each candidate whether the candidate holds against imposters, and for each text
/// whose class is known the same with that text left out, to see how often such answers are right and to tune when no
/// answer is given.
///
/// # Errors
/// If there are no two classes, a name or an option cannot be used, there is no case, or the results cannot be
/// written. `output` then keeps what it held before.
pub fn verify(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<VerificationReport> {
    let options = study.verification.clone().unwrap_or_default();
    let mut folder = Folder::claim(output, force)?;
    let mut material = Material::gather(study, progress)?;
    material.study.verification = Some(options.clone());
    progress(Progress::Tables);
    let roles = Roles::find(&material, &options.unknown, "verification")?;
    let names: Vec<String> = roles.by_class().into_keys().map(str::to_owned).collect();
    if let Some(unknown) = options.candidates.iter().find(|candidate| !names.contains(candidate)) {
        let error =
            StylometryError::Unknown { what: "candidate", name: unknown.clone(), known: names.join(", ") };
        return Err(error.into());
    }
    let imposters = ImpostersOptions {
        measure: material.options.measures()?[0],
        iterations: options.iterations,
        features: options.feature_share,
        imposters: options.imposter_share,
        seed: material.options.seed,
    };
    let selection = material.selection(material.options.main_mfw(), material.options.culling()[0]);
    let table = table_by(&material, &selection, &roles.training)?;
    let mut cases = cases(&material, &roles, &table, &imposters)?;
    cases.retain(|case| options.candidates.is_empty() || options.candidates.contains(&case.distances.class));
    if cases.is_empty() {
        let reason = "no text is in question, and no class has two texts of which one could be left out. Name texts or \
                      classes with --unknown";
        return Err(StylometryError::Option { option: "unknown", reason: reason.to_owned() }.into());
    }
    if cases.iter().all(|case| case.truth.is_none()) {
        material.problems.push(Problem {
            file: String::new(),
            severity: Severity::Note,
            problem: "no_thresholds",
            place: String::new(),
            message: "no class has two texts, so nothing says which score is enough: there are scores and no answers"
                .to_owned(),
        });
    }
    let general = Tuned::new(&cases, |case| case.general)?;
    let by_distance = Tuned::new(&cases, |case| case.distances.score())?;
    write(&mut folder, &material, &cases, [&general, &by_distance])?;
    let thresholds = general.thresholds;
    let verdicts: Vec<CaseReport> = cases
        .iter()
        .filter(|case| case.truth.is_none())
        .map(|case| CaseReport {
            text: material.rows[case.row].name.clone(),
            candidate: case.distances.class.clone(),
            score: case.general,
            answer: thresholds.and_then(|thresholds| thresholds.answer(case.general)),
        })
        .collect();
    material.problems.sort();
    let (both, auc) = (general.both_kinds(), area_under_curve(&general.raw));
    let c_at_1 = c_at_1(&general.held_out).filter(|_| both);
    let results = serde_json::json!({ "c_at_1": c_at_1, "auc": auc, "verdicts": verdicts });
    let files = material.finish(output, folder, results)?.files;
    Ok(VerificationReport {
        corpus: material.corpus.name.clone(),
        output: output.display().to_string(),
        cases: general.raw.len(),
        c_at_1,
        auc,
        thresholds: thresholds.map(|thresholds| (thresholds.low, thresholds.high)),
        verdicts,
        problems: material.problems,
        files,
    })
}

/// Every text in question, then every text that can be left out, with every candidate.
fn cases(
    material: &Material,
    roles: &Roles,
    table: &FrequencyTable,
    options: &ImpostersOptions,
) -> Result<Vec<Case>> {
    let texts = roles.texts(material);
    let of_text =
        |row: usize| roles.training.iter().position(|other| *other == row).map(|place| &texts[place]);
    let rows: Vec<usize> = roles.unknown.iter().chain(&roles.training).copied().collect();
    let cases: Vec<Vec<Case>> = rows
        .par_iter()
        .map(|row| {
            let own = of_text(*row);
            // Other samples of the same text are left out with it.
            let others: Vec<usize> = roles
                .training
                .iter()
                .copied()
                .filter(|other| own.is_none() || of_text(*other) != own)
                .collect();
            let class = &roles.classes[*row];
            let mut left: Vec<&str> = others.iter().map(|other| roles.classes[*other].as_str()).collect();
            left.sort_unstable();
            left.dedup();
            // Without its class, or without any other, there is no case.
            if left.len() < 2 || (own.is_some() && !left.contains(&class.as_str())) {
                return Ok(Vec::new());
            }
            let general = general_imposters(table, &roles.classes, &others, *row, options)?;
            let distances = distance_imposters(table, &roles.classes, &others, *row, options)?;
            Ok(general
                .into_iter()
                .zip(distances)
                .map(|(general, distances)| Case {
                    row: *row,
                    truth: own.map(|_| general.class == *class),
                    general: general.score,
                    distances,
                })
                .collect())
        })
        .collect::<Result<_>>()?;
    Ok(cases.into_iter().flatten().collect())
}

/// The known cases of one method.
struct Tuned {
    thresholds: Option<Thresholds>,
    raw: Vec<(f64, bool)>,
    /// As answered by thresholds tuned on all of them.
    same: Vec<(f64, bool)>,
    /// As answered by thresholds tuned on the cases of all other texts.
    held_out: Vec<(f64, bool)>,
}

impl Tuned {
    fn new(cases: &[Case], score: impl Fn(&Case) -> f64) -> Result<Self> {
        let known: Vec<(usize, f64, bool)> =
            cases.iter().filter_map(|case| Some((case.row, score(case), case.truth?))).collect();
        let raw: Vec<(f64, bool)> = known.iter().map(|(_, score, truth)| (*score, *truth)).collect();
        if raw.is_empty() {
            return Ok(Self { thresholds: None, raw: Vec::new(), same: Vec::new(), held_out: Vec::new() });
        }
        let tuned = tune_thresholds(&raw)?;
        let same = raw.iter().map(|(score, truth)| (tuned.rescaled(*score), *truth)).collect();
        let mut held_out = Vec::with_capacity(raw.len());
        for own in known.chunk_by(|a, b| a.0 == b.0) {
            let others: Vec<(f64, bool)> = known
                .iter()
                .filter(|(row, ..)| *row != own[0].0)
                .map(|(_, score, truth)| (*score, *truth))
                .collect();
            if !others.is_empty() {
                let tuned = tune_thresholds(&others)?;
                held_out.extend(own.iter().map(|(_, score, truth)| (tuned.rescaled(*score), *truth)));
            }
        }
        Ok(Self { thresholds: Some(tuned), raw, same, held_out })
    }

    fn both_kinds(&self) -> bool {
        self.raw.iter().any(|(_, truth)| *truth) && self.raw.iter().any(|(_, truth)| !truth)
    }
}

fn write(
    folder: &mut Folder,
    material: &Material,
    cases: &[Case],
    [general, by_distance]: [&Tuned; 2],
) -> Result<()> {
    let schema = tables::verification_schema();
    let mut rows = Rows::with_header(&schema);
    for case in cases {
        let differences = &case.distances.differences;
        let quantile = |share: f64| {
            let place = (share * (differences.len().max(1) - 1) as f64).round() as usize;
            differences.get(place).copied()
        };
        let answer = match general.thresholds.map(|thresholds| thresholds.answer(case.general)) {
            None => "",
            Some(None) => "unanswered",
            Some(Some(true)) => "yes",
            Some(Some(false)) => "no",
        };
        rows.text(&material.rows[case.row].name).text(&case.distances.class);
        rows.text(case.truth.map_or("", |truth| if truth { "yes" } else { "no" }));
        rows.number(Some(case.general)).text(answer).number(Some(case.distances.score()));
        rows.number(Some(case.distances.mean())).number(case.distances.deviation());
        rows.number(quantile(0.025)).number(quantile(0.975)).end();
    }
    folder.write(schema.file, &rows.into_bytes())?;
    let scores = tables::verification_scores_schema();
    let mut rows = Rows::with_header(&scores);
    for (method, tuned) in [("general-imposters", general), ("distance-imposters", by_distance)] {
        tables::verification_score_rows(&mut rows, method, "all", tuned.thresholds, &tuned.raw, &tuned.same);
        tables::verification_score_rows(
            &mut rows,
            method,
            "cross-validated",
            None,
            &tuned.raw,
            &tuned.held_out,
        );
    }
    folder.write(scores.file, &rows.into_bytes())?;
    super::describe(folder, &[schema, scores])
}
