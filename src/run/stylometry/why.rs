//! Why two texts are near or far: what each feature adds to their distance, and where it stands in them.

use std::path::Path;

use serde::Serialize;

use super::occurrences::Gatherer;
use super::{Material, StylometryRun};
use crate::error::Result;
use crate::rhetoric::{Lexicons, Matchers};
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::run::reader::Reader;
use crate::study::{Features, Study};
use crate::stylometry::{Contribution, Explainer, FrequencyTable};
use crate::tables::stylometry as tables;
use crate::tables::{Rows, Schema};
use crate::text::{Text, line_ends};

/// Features that are shown where they stand.
const SHOWN: usize = 20;
/// Places of a feature in each text.
const PLACES: usize = 5;

/// Why two texts are as far apart as they are.
#[derive(Clone, Debug, Serialize)]
pub struct WhyReport {
    /// The run.
    #[serde(flatten)]
    pub run: StylometryRun,
    /// The two texts.
    pub pair: [String; 2],
    /// The measure.
    pub measure: String,
    /// Features of the table.
    pub features: usize,
    /// Their distance.
    pub distance: f64,
    /// Its place among the distances of the first text to all others, from 1.
    pub rank: usize,
    /// Other texts.
    pub others: usize,
    /// The features that add most, at most 20.
    pub words: Vec<WordShare>,
}

/// What a feature adds to a distance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordShare {
    /// The feature.
    pub feature: String,
    /// What it adds.
    pub contribution: f64,
    /// The same, negative if the second text has more of it.
    pub signed: f64,
    /// Its frequencies in the two texts, in percent.
    pub percent: [f64; 2],
}

/// Explains the distance of two texts of a study, by the main measure and number of features.
///
/// # Errors
/// If there are no such texts, an option cannot be used, or the results cannot be written. `output` then keeps what
/// it held before.
pub fn why(
    study: &Study,
    pair: [&str; 2],
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<WhyReport> {
    let mut folder = Folder::claim(output, force)?;
    let material = Material::gather(study, progress)?;
    progress(Progress::Tables);
    let [first, second] = [material.row(pair[0])?, material.row(pair[1])?];
    let options = &material.options;
    let table = material.table(options.main_mfw(), options.culling().first().copied().unwrap_or(0.0))?;
    let measure = options.measures()?.first().copied().unwrap_or_default();
    let distances = measure.distances(&table)?;
    let contributions = Explainer::new(&table, measure, None)?.pair(first, second)?;
    let distance = distances.get(first, second);
    let schemas = [contributions_schema(), concordance_schema()];
    let rows = listed(&material, &table, &contributions, [first, second], distance, &schemas[0]);
    folder.write(schemas[0].file, &rows.into_bytes())?;
    let shown: Vec<&str> =
        contributions.iter().take(SHOWN).map(|share| table.features()[share.feature].as_str()).collect();
    folder.write(
        schemas[1].file,
        &concordance(&material, &shown, [first, second], &schemas[1])?.into_bytes(),
    )?;
    material.write_dictionary(&mut folder, &schemas)?;
    let nearer =
        distances.row(first).enumerate().filter(|(other, d)| *other != first && *d < distance).count();
    let words = contributions.iter().take(SHOWN).map(|share| WordShare {
        feature: table.features()[share.feature].clone(),
        contribution: share.contribution,
        signed: share.signed(),
        percent: [table.row(first)[share.feature], table.row(second)[share.feature]],
    });
    let words: Vec<WordShare> = words.collect();
    let pair = [first, second].map(|row| material.rows[row].name.clone());
    let results = serde_json::json!({
        "pair": &pair, "measure": measure.id(), "features": table.features().len(), "distance": distance,
    });
    let others = material.rows.len() - 1;
    let run = material.finish(output, folder, results)?;
    Ok(WhyReport {
        run,
        pair,
        measure: measure.id(),
        features: table.features().len(),
        distance,
        rank: nearer + 1,
        others,
        words,
    })
}

fn contributions_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "contributions.csv",
        row: "one feature; by what it adds, ties in the order of the features",
        columns: vec![
            column("rank", "integer", "", "Place by contribution, from 1", ""),
            column("feature", "text", "", "The feature", ""),
            column(
                "contribution",
                "number",
                "",
                "What it adds to the distance; all of them sum to it",
                "the term of the feature in the measure; Cosine Delta: (z/|z| − z′/|z′|)²/2",
            ),
            column("signed", "number", "", "The same, negative if the second text has more of it", ""),
            column("share", "number", "", "Its part of the distance", "contribution / distance"),
            column("cumulative", "number", "", "Part of this and all features above", ""),
            column("first_percent", "number", "percent", "Frequency in the first text", ""),
            column("second_percent", "number", "percent", "Frequency in the second text", ""),
            column(
                "first_count",
                "integer",
                "",
                "Occurrences in the first text; empty for a ready table",
                "",
            ),
            column(
                "second_count",
                "integer",
                "",
                "Occurrences in the second text; empty for a ready table",
                "",
            ),
            column(
                "first_value",
                "number",
                "",
                "Its value as the measure compares it, as a z-score, in the first text",
                "",
            ),
            column("second_value", "number", "", "The same in the second text", ""),
        ],
    }
}

fn listed(
    material: &Material,
    table: &FrequencyTable,
    contributions: &[Contribution],
    [first, second]: [usize; 2],
    distance: f64,
    schema: &Schema,
) -> Rows {
    let counts = material.counts().ok();
    let mut rows = Rows::with_header(schema);
    let mut sum = 0.0;
    let part = |value: f64| (distance > 0.0).then(|| value / distance);
    for (place, share) in contributions.iter().enumerate() {
        let feature = &table.features()[share.feature];
        sum += share.contribution;
        rows.integer(place as u64 + 1).text(feature);
        rows.number(Some(share.contribution)).number(Some(share.signed()));
        rows.number(part(share.contribution)).number(part(sum));
        rows.number(Some(table.row(first)[share.feature])).number(Some(table.row(second)[share.feature]));
        rows.count(counts.map(|counts| counts.count(first, feature)));
        rows.count(counts.map(|counts| counts.count(second, feature)));
        rows.number(Some(share.first)).number(Some(share.second)).end();
    }
    rows
}

fn concordance_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "concordance.csv",
        row: "one place of one of the features that add most, at most five in each text, spread over it",
        columns: vec![
            column("feature", "text", "", "The feature", ""),
            tables::text_column(),
            column("start_byte", "integer", "bytes", "First byte in the text as read (UTF-8)", ""),
            column("end_byte", "integer", "bytes", "Byte after the last", ""),
            column("line", "integer", "", "Line of the text, from 1", ""),
            column("before", "text", "", "Text before it, white space as one space", ""),
            column("match", "text", "", "The words that it is in", ""),
            column("after", "text", "", "Text after it", ""),
        ],
    }
}

/// The places of features in two texts; none for a ready table. With random samples the places are of the whole text.
fn concordance(material: &Material, shown: &[&str], pair: [usize; 2], schema: &Schema) -> Result<Rows> {
    let mut rows = Rows::with_header(schema);
    let reader = Reader::new(&material.study, &material.corpus.columns)?;
    let lexicons = (material.options.features == Features::Markers)
        .then(|| Lexicons::of_study(&material.study))
        .transpose()?;
    let mut found: Vec<Vec<Place>> = Vec::new();
    for row in pair {
        let mut gatherer = Gatherer::new(material.study.words);
        let Some(document) = material.document(row) else { return Ok(rows) };
        // It was read before; what went wrong meanwhile leaves it without places.
        let Ok(read) = reader.read(document, &mut gatherer.forms) else { return Ok(rows) };
        let mut matchers = lexicons.as_ref().map(Matchers::new);
        let matcher = matchers.as_mut().map(|matchers| matchers.of(read.input.language));
        let stream = gatherer.stream(&read.text, &material.options, matcher);
        let within = material.stretch(row, stream.words)?;
        let words = gatherer.words(&read.text, &material.options);
        let features = &gatherer.features;
        found.extend(shown.iter().map(|feature| {
            let here: Vec<_> = stream
                .occurrences
                .iter()
                .filter(|at| within.contains(&(at.first as usize)) && features.form(at.feature) == *feature)
                .collect();
            let taken = here.len().min(PLACES);
            let spread = (0..taken).map(|place| here[place * here.len() / taken]);
            spread
                .map(|at| {
                    Place::of(
                        &read.text,
                        [words[at.first as usize], words[at.last as usize]],
                        material.study.context,
                    )
                })
                .collect()
        }));
    }
    for (place, feature) in shown.iter().enumerate() {
        for (text, row) in pair.into_iter().enumerate() {
            for place in &found[text * shown.len() + place] {
                rows.text(feature).text(&material.rows[row].name);
                rows.integer(place.start as u64).integer(place.end as u64).integer(place.line);
                rows.text(&place.before).text(&place.matched).text(&place.after).end();
            }
        }
    }
    Ok(rows)
}

/// A place of a feature, in context.
struct Place {
    start: usize,
    end: usize,
    line: u64,
    before: String,
    matched: String,
    after: String,
}

impl Place {
    /// From the first of two words to the last.
    fn of(text: &Text, [first, last]: [usize; 2], context: usize) -> Self {
        let content = text.content.as_str();
        let (start, end) = (text.tokens[first].start as usize, text.tokens[last].end as usize);
        let end = end.max(start);
        let head = content[..start].char_indices().rev().take(context).last().map_or(start, |(at, _)| at);
        let tail = content[end..].char_indices().nth(context).map_or(content.len(), |(at, _)| end + at);
        let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            start,
            end,
            line: line_ends(&content[..start]) as u64 + 1,
            before: on_one_line(&content[head..start]),
            matched: on_one_line(&content[start..end]),
            after: on_one_line(&content[end..tail]),
        }
    }
}

impl Material {
    /// The words of a row among those of its text: all of them but for a sequential sample.
    fn stretch(&self, row: usize, words: usize) -> Result<std::ops::Range<usize>> {
        let Some(document) = self.document(row) else { return Ok(0..0) };
        let samples = self.options.sampling.with_seed(self.options.seed).samples(&document.id, words)?;
        let own = samples.into_iter().find(|sample| sample.name == self.rows[row].name);
        Ok(match own.map(|sample| sample.tokens) {
            Some(crate::stylometry::Tokens::Run(run)) => run,
            _ => 0..words,
        })
    }
}
