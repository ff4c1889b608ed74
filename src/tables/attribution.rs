//! Tables of attribution and verification.

use std::ops::Range;

use super::context::context as around;
use super::rows::Rows;
use super::schema::Schema;
use super::stylometry::column;
use crate::stylometry::{
    Decision, Evaluation, Stability, Thresholds, Verdict, area_under_curve, brier, c_at_1, cost_of_ratios,
    f1, f05u,
};
use crate::text::{Text, line_ends};

const TEXT: &str = "Id of the text, or of the sample of it";
const METHOD: &str = "Id of the classifier: its kind, then the distance it goes by";
const CULLING: &str = "Percent of the training texts that must have a feature";

/// `attribution.csv`.
pub fn attribution_schema() -> Schema {
    let score = "As the method scores: a distance (nearest, centroid), votes (neighbours), mean decision value (svm), \
                 probability (shrunken-centroids, naive-bayes, logistic)";
    let margin = "How far the first class is before the second: 0 is no difference; the same in all rows of a text \
                  and method";
    Schema {
        file: "attribution.csv",
        row: "one text, method and class; the best class first",
        columns: vec![
            column("text", "text", "", TEXT, ""),
            column("method", "text", "", METHOD, ""),
            column("rank", "integer", "", "Place of the class, from 1", ""),
            column("class", "text", "", "The class", ""),
            column("score", "number", "", score, ""),
            column("margin", "number", "share", margin, "|score 1 − score 2| / max(|score 1|, |score 2|)"),
            column(
                "verdict",
                "text",
                "",
                "chosen, abstained (the margin is below --abstain), or empty for other classes",
                "",
            ),
            column(
                "support",
                "number",
                "share",
                "Settings of stability.csv under which the first method gives the text to this class; empty for other methods",
                "",
            ),
        ],
    }
}

/// Verdicts of one method. `support` is asked for the place of a verdict and a class.
pub fn attribution_rows(
    rows: &mut Rows,
    texts: &[String],
    method: &str,
    verdicts: &[Verdict],
    least_margin: f64,
    support: impl Fn(usize, &str) -> Option<f64>,
) {
    for (place, verdict) in verdicts.iter().enumerate() {
        let margin = verdict.margin();
        let state = if margin < least_margin { "abstained" } else { "chosen" };
        for (rank, candidate) in verdict.candidates.iter().enumerate() {
            rows.text(texts.get(verdict.text).map_or("", String::as_str)).text(method);
            rows.integer(rank as u64 + 1).text(&candidate.class).number(Some(candidate.score));
            rows.number(Some(margin)).text(if rank == 0 { state } else { "" });
            rows.number(support(place, &candidate.class)).end();
        }
    }
}

/// `evaluation.csv`.
pub fn evaluation_schema() -> Schema {
    let value = "The value; empty where it is not defined";
    let measure = "texts (that could be answered rightly), answered, correct, accuracy (among the answered), \
                   coverage (answered among all), majority_baseline (always the largest class), precision, recall and \
                   f1 (of a class; with class empty their means over the classes)";
    Schema {
        file: "evaluation.csv",
        row: "one method, class and measure, over texts that were left out of training",
        columns: vec![
            column("method", "text", "", METHOD, ""),
            column("folds", "text", "", "What was left out: leave-one-out, folds:N, or groups:COLUMN", ""),
            column(
                "features",
                "integer",
                "features",
                "Most frequent features, chosen anew by the training texts of each fold",
                "",
            ),
            column("culling", "number", "percent", CULLING, ""),
            column("class", "text", "", "The class; empty for all together", ""),
            column("measure", "text", "", measure, ""),
            column("value", "number", "", value, ""),
            column("low", "number", "", "Lower end of the 95 % interval of the accuracy", "Wilson 1927"),
            column("high", "number", "", "Upper end of it", "Wilson 1927"),
        ],
    }
}

/// What an evaluation was made with.
#[derive(Clone, Debug)]
pub struct Evaluated<'a> {
    /// Id of the method.
    pub method: &'a str,
    /// What was left out.
    pub folds: &'a str,
    /// Number of features.
    pub features: usize,
    /// Culling level in percent.
    pub culling: f64,
}

/// The measures of one evaluation.
pub fn evaluation_rows(rows: &mut Rows, with: &Evaluated<'_>, evaluation: &Evaluation) {
    let mut row = |class: &str, measure: &str, value: Option<f64>, interval: Option<(f64, f64)>| {
        rows.text(with.method).text(with.folds).integer(with.features as u64).number(Some(with.culling));
        rows.text(class).text(measure).number(value);
        rows.number(interval.map(|(low, _)| low)).number(interval.map(|(_, high)| high)).end();
    };
    let (texts, answered) = (evaluation.texts(), evaluation.answered());
    let share = (texts > 0).then(|| answered as f64 / texts as f64);
    let means = evaluation.macro_means();
    row("", "texts", Some(texts as f64), None);
    row("", "answered", Some(answered as f64), None);
    row("", "correct", Some(evaluation.correct() as f64), None);
    row("", "accuracy", evaluation.accuracy(), evaluation.interval());
    row("", "coverage", share, None);
    row("", "majority_baseline", evaluation.majority_baseline(), None);
    row("", "precision", means.map(|means| means.0), None);
    row("", "recall", means.map(|means| means.1), None);
    row("", "f1", means.map(|means| means.2), None);
    for class in evaluation.by_class() {
        row(&class.class, "texts", Some(class.texts as f64), None);
        row(&class.class, "precision", class.precision, None);
        row(&class.class, "recall", Some(class.recall), None);
        row(&class.class, "f1", Some(class.f1), None);
    }
}

/// `predictions.csv`.
pub fn predictions_schema() -> Schema {
    Schema {
        file: "predictions.csv",
        row: "one method and text, left out of training",
        columns: vec![
            column("method", "text", "", METHOD, ""),
            column("text", "text", "", TEXT, ""),
            column("expected", "text", "", "Its class", ""),
            column("predicted", "text", "", "The class given to it; empty where the method abstained", ""),
            column(
                "correct",
                "text",
                "",
                "yes, no, abstained, or impossible: no other text of its class was left to learn from, and it counts nowhere",
                "",
            ),
            column("second", "text", "", "The second class", ""),
            column(
                "margin",
                "number",
                "share",
                "As in attribution.csv",
                "|score 1 − score 2| / max(|score 1|, |score 2|)",
            ),
        ],
    }
}

/// Every answer of one evaluation.
pub fn prediction_rows(rows: &mut Rows, method: &str, evaluation: &Evaluation) {
    for answer in &evaluation.predictions {
        let outcome = match &answer.predicted {
            _ if !answer.possible => "impossible",
            None => "abstained",
            Some(class) if *class == answer.expected => "yes",
            Some(_) => "no",
        };
        let second = answer.candidates.get(1).map_or("", |candidate| candidate.class.as_str());
        rows.text(method).text(&answer.text).text(&answer.expected);
        rows.text(answer.predicted.as_deref().unwrap_or("")).text(outcome).text(second);
        rows.number(Some(answer.margin)).end();
    }
}

/// `confusion.csv`.
pub fn confusion_schema() -> Schema {
    Schema {
        file: "confusion.csv",
        row: "one method, class and answer that occurred",
        columns: vec![
            column("method", "text", "", METHOD, ""),
            column("expected", "text", "", "The class of the texts", ""),
            column("predicted", "text", "", "The class given to them; empty where the method abstained", ""),
            column("texts", "integer", "texts", "How many", ""),
        ],
    }
}

/// The confusions of one evaluation.
pub fn confusion_rows(rows: &mut Rows, method: &str, evaluation: &Evaluation) {
    for (expected, predicted, texts) in evaluation.confusion() {
        rows.text(method).text(expected).text(predicted.unwrap_or("")).integer(texts as u64).end();
    }
}

/// `stability.csv`.
pub fn stability_schema() -> Schema {
    let features = "Most frequent features asked for. Where fewer are left the setting stands once, at the first number above";
    Schema {
        file: "stability.csv",
        row: "one text, culling level and number of features",
        columns: vec![
            column("text", "text", "", TEXT, ""),
            column("culling", "number", "percent", CULLING, ""),
            column("features", "integer", "features", features, ""),
            column("class", "text", "", "The class chosen", ""),
            column("score", "number", "", "Its score, as in attribution.csv", ""),
            column("second", "text", "", "The second class", ""),
            column(
                "margin",
                "number",
                "share",
                "As in attribution.csv",
                "|score 1 − score 2| / max(|score 1|, |score 2|)",
            ),
        ],
    }
}

/// The verdicts under every setting, text by text.
pub fn stability_rows(rows: &mut Rows, texts: &[&str], stability: &Stability) {
    for (place, text) in texts.iter().enumerate() {
        for setting in &stability.settings {
            let Some(verdict) = setting.verdicts.get(place).and_then(Option::as_ref) else { continue };
            let candidate = |rank: usize| verdict.candidates.get(rank);
            rows.text(text).number(Some(setting.culling)).integer(setting.mfw as u64).text(verdict.class());
            rows.number(candidate(0).map(|candidate| candidate.score));
            rows.text(candidate(1).map_or("", |candidate| candidate.class.as_str()));
            rows.number(Some(verdict.margin())).end();
        }
    }
}

/// `contributions.csv`.
pub fn contributions_schema() -> Schema {
    let contribution = "What the feature adds to the lead of the class over the rival: positive speaks for the class, \
                        negative for the rival";
    let formula = "distances: share of the feature in d(text, rival) − d(text, class); else the lead less the lead with \
                   the feature at its mean over the training texts";
    Schema {
        file: "contributions.csv",
        row: "one text and feature; the features that decide most first",
        columns: vec![
            column("text", "text", "", TEXT, ""),
            column("method", "text", "", METHOD, ""),
            column("class", "text", "", "The class chosen", ""),
            column("rival", "text", "", "The second class", ""),
            column(
                "lead",
                "number",
                "",
                "How far the class is before the rival, in the units of the method; the same in all rows of a text",
                "",
            ),
            column("rank", "integer", "", "Place of the feature by the size of its contribution, from 1", ""),
            column("feature", "text", "", "The feature", ""),
            column("contribution", "number", "", contribution, formula),
            column("text_percent", "number", "percent", "Frequency of the feature in the text", ""),
            column(
                "class_percent",
                "number",
                "percent",
                "Its mean frequency in the training texts of the class",
                "",
            ),
            column(
                "rival_percent",
                "number",
                "percent",
                "Its mean frequency in the training texts of the rival",
                "",
            ),
        ],
    }
}

/// The features that decide one verdict, at most `most` of them.
pub fn contribution_rows(
    rows: &mut Rows,
    text: &str,
    method: &str,
    features: &[String],
    decision: &Decision,
    most: usize,
) {
    for (rank, found) in decision.features.iter().take(most).enumerate() {
        rows.text(text).text(method).text(decision.verdict.class()).text(&decision.rival);
        rows.number(Some(decision.lead)).integer(rank as u64 + 1);
        rows.text(features.get(found.feature).map_or("", String::as_str)).number(Some(found.contribution));
        rows.number(Some(found.text)).number(Some(found.class)).number(Some(found.rival)).end();
    }
}

/// `contexts.csv`: where the features stand that decide.
pub fn contexts_schema() -> Schema {
    Schema {
        file: "contexts.csv",
        row: "one place in a text where a feature stands that decides",
        columns: vec![
            column("text", "text", "", "Id of the text", ""),
            column("feature", "text", "", "The feature", ""),
            column("contribution", "number", "", "As in contributions.csv", ""),
            column("line", "integer", "", "Line of the file, from 1", ""),
            column("start", "integer", "bytes", "First byte in the text as read (UTF-8)", ""),
            column("end", "integer", "bytes", "Byte after the last", ""),
            column("left", "text", "", "What stands before", ""),
            column("found", "text", "", "The words that hold the feature", ""),
            column("right", "text", "", "What stands behind", ""),
        ],
    }
}

/// A place of a feature, with `context` characters on either side.
pub fn context_rows(
    rows: &mut Rows,
    document: &str,
    feature: &str,
    contribution: f64,
    text: &Text,
    bytes: Range<usize>,
    context: usize,
) {
    let content = &text.content;
    rows.text(document).text(feature).number(Some(contribution));
    rows.integer(line_ends(&content[..bytes.start]) as u64 + 1);
    rows.integer(bytes.start as u64).integer(bytes.end as u64);
    around(content, bytes, context).iter().for_each(|part| {
        rows.text(part);
    });
    rows.end();
}

/// `verification.csv`.
pub fn verification_schema() -> Schema {
    let score = "General imposters: share of the draws in which a text of the candidate was nearest of all. Distance \
                 imposters: share of the draws in which the candidate's text was nearer than the imposter's";
    Schema {
        file: "verification.csv",
        row: "one text and candidate",
        columns: vec![
            column("text", "text", "", TEXT, ""),
            column("candidate", "text", "", "The class that may have written it", ""),
            column(
                "truth",
                "text",
                "",
                "yes or no where the class of the text is known; the text is then left out of its class. Empty if unknown",
                "",
            ),
            column("general_imposters", "number", "share", score, "Koppel & Winter 2014"),
            column(
                "answer",
                "text",
                "",
                "yes, no, or unanswered between the thresholds of verification_scores.csv",
                "",
            ),
            column("distance_imposters", "number", "share", score, "Nagy 2024"),
            column(
                "difference_mean",
                "number",
                "distance",
                "Distance imposters: mean of the distance to the imposter less that to the candidate",
                "Nagy 2024",
            ),
            column("difference_sd", "number", "distance", "Its sample standard deviation over the draws", ""),
            column("difference_low", "number", "distance", "The 2.5 % quantile of the differences", ""),
            column("difference_high", "number", "distance", "The 97.5 % quantile of the differences", ""),
        ],
    }
}

/// `verification_scores.csv`.
pub fn verification_scores_schema() -> Schema {
    let measure = "cases, true_cases; low and high, the thresholds between which no answer is given; c_at_1 (Peñas & Rodrigo \
                   2011), auc, f05u (Bevendorff et al. 2019), f1, brier (the smaller the better), cllr (bits, the \
                   smaller the better; Brümmer & du Preez 2006)";
    let cases = "all: thresholds tuned on the same cases, which flatters; cross-validated: the thresholds for the cases \
                 of each text are tuned on those of all other texts";
    Schema {
        file: "verification_scores.csv",
        row: "one method, way of tuning and measure, over the cases whose truth is known",
        columns: vec![
            column("method", "text", "", "general-imposters or distance-imposters", ""),
            column("thresholds", "text", "", cases, ""),
            column("measure", "text", "", measure, ""),
            column("value", "number", "", "The value; empty where it is not defined", ""),
        ],
    }
}

/// The scores of one method. `answers` are scores as probabilities after the thresholds, with the truth; `raw` the
/// scores before.
pub fn verification_score_rows(
    rows: &mut Rows,
    method: &str,
    tuned: &str,
    thresholds: Option<Thresholds>,
    raw: &[(f64, bool)],
    answers: &[(f64, bool)],
) {
    let mut row = |measure: &str, value: Option<f64>| {
        rows.text(method).text(tuned).text(measure).number(value).end();
    };
    row("cases", Some(answers.len() as f64));
    row("true_cases", Some(answers.iter().filter(|(_, truth)| *truth).count() as f64));
    if let Some(thresholds) = thresholds {
        row("low", Some(thresholds.low));
        row("high", Some(thresholds.high));
    }
    row("c_at_1", c_at_1(answers));
    // Ranks and probabilities are those of the scores themselves: a threshold only cuts them.
    row("auc", area_under_curve(raw));
    row("f05u", f05u(answers));
    row("f1", f1(answers));
    row("brier", brier(raw));
    row("cllr", cost_of_ratios(raw));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::{Candidate, SettingVerdicts};

    fn verdict(text: usize) -> Verdict {
        let candidates =
            [("=Ann", 1.0), ("Bob", 2.0)].map(|(class, score)| Candidate { class: class.to_owned(), score });
        Verdict { text, candidates: candidates.to_vec() }
    }

    fn lines(rows: Rows) -> Vec<String> {
        String::from_utf8(rows.into_bytes()).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn rows_fit_their_columns() {
        let texts = vec!["a,b".to_owned()];
        let mut rows = Rows::with_header(&attribution_schema());
        attribution_rows(&mut rows, &texts, "nearest:delta", &[verdict(0)], 0.6, |_, class| {
            (class == "Bob").then_some(0.25)
        });
        let lines = lines(rows);
        assert_eq!(lines[1], "\"a,b\",nearest:delta,1,'=Ann,1,0.5,abstained,");
        assert_eq!(lines[2], "\"a,b\",nearest:delta,2,Bob,2,0.5,,0.25");
        assert_eq!(lines[0].split(',').count(), attribution_schema().columns.len());
    }

    #[test]
    fn settings_without_a_verdict_have_no_row() {
        let setting = |mfw, verdicts| SettingVerdicts { culling: 20.0, mfw, verdicts };
        let stability =
            Stability { settings: vec![setting(100, vec![Some(verdict(0))]), setting(200, vec![None])] };
        let mut rows = Rows::new();
        stability_rows(&mut rows, &["a"], &stability);
        assert_eq!(lines(rows), ["a,20,100,'=Ann,1,Bob,0.5"]);
    }

    #[test]
    fn scores_before_and_after_the_thresholds() {
        let mut rows = Rows::new();
        let raw = [(0.9, true), (0.4, true), (0.1, false)];
        let answers = [(0.9, true), (0.5, true), (0.1, false)];
        verification_score_rows(&mut rows, "general-imposters", "all", None, &raw, &answers);
        let lines = lines(rows);
        assert!(lines.contains(&"general-imposters,all,auc,1".to_owned()), "{lines:?}");
        assert!(lines.contains(&format!("general-imposters,all,c_at_1,{}", (2.0 + 2.0 / 3.0) / 3.0)));
    }
}
