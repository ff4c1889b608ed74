//! What an analysis shows of style: distances, a tree and a map, where the corpus allows.

use serde::Serialize;

use super::attribution::one_left_out;
use super::distances::{agreement, nearest};
use super::map::make;
use super::tree::Trees;
use super::{Material, MethodReport, Nearest};
use crate::charts::stylometry::{MapDrawing, map as draw};
use crate::error::Result;
use crate::run::Counted;
use crate::run::drawing::write_chart;
use crate::run::folder::Folder;
use crate::study::{MapKind, Study, StylometryOptions};
use crate::stylometry::DistanceMatrix;
use crate::tables::stylometry as tables;
use crate::tables::{Rows, Schema};

/// Texts that a tree and a map need.
const LEAST: usize = 3;
/// Beyond so many texts the tables would be larger than all others together.
const MOST: usize = 500;

/// What an analysis says of style.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StyleReport {
    /// Texts compared; those of fewer than 100 words are not.
    pub texts: usize,
    /// Id of the distance measure.
    pub measure: String,
    /// Most frequent words used.
    pub features: usize,
    /// The metadata column of the groups.
    pub group: Option<String>,
    /// How often the nearest text is of the same group.
    pub nearest: Option<Nearest>,
    /// The adjusted Rand index of the groups and as many clusters.
    pub adjusted_rand_index: Option<f64>,
    /// How often texts that were left out in turn were given to their class.
    pub attribution: Option<MethodReport>,
    /// Why there are no distances, no tree or no map.
    pub skipped: Vec<String>,
}

/// Whether an analysis of these texts writes the tables of style.
pub(in crate::run) fn is_possible(counted: &Counted) -> bool {
    (LEAST..=MOST).contains(&long_enough(counted))
}

fn long_enough(counted: &Counted) -> usize {
    let least = StylometryOptions::default().min_words;
    counted.texts.iter().filter(|text| text.profile.words() >= least).count()
}

/// Writes the distances, the tree and the map of a counted corpus; where that is not possible, says why.
///
/// # Errors
/// If a file cannot be written.
pub(in crate::run) fn write_overview(
    study: &Study,
    counted: &Counted,
    folder: &mut Folder,
) -> Result<StyleReport> {
    let texts = long_enough(counted);
    let mut report = StyleReport { texts, ..StyleReport::default() };
    if !is_possible(counted) {
        let least = StylometryOptions::default().min_words;
        report.skipped.push(if texts < LEAST {
            format!(
                "no distances, tree and map: {texts} texts of at least {least} words, and {LEAST} are needed"
            )
        } else {
            format!("no distances, tree and map: {texts} texts are more than {MOST}; use rhetor distances, tree and map")
        });
        return Ok(report);
    }
    let [distances_schema, map_schema, evaluation_schema] = schemas();
    let mut distance_rows = Rows::with_header(&distances_schema);
    let mut map_rows = Rows::with_header(&map_schema);
    let mut evaluation_rows = Rows::with_header(&evaluation_schema);
    // Texts that are all alike have no distances; the tables are there all the same, with a header alone.
    if let Err(error) =
        fill(study, counted, folder, &mut report, &mut distance_rows, &mut map_rows, &mut evaluation_rows)
    {
        match error {
            crate::Error::Stylometry(reason) => {
                report.skipped.push(format!("no distances, tree and map: {reason}"))
            }
            other => return Err(other),
        }
    }
    folder.write(distances_schema.file, &distance_rows.into_bytes())?;
    folder.write(map_schema.file, &map_rows.into_bytes())?;
    folder.write(evaluation_schema.file, &evaluation_rows.into_bytes())?;
    Ok(report)
}

fn fill(
    study: &Study,
    counted: &Counted,
    folder: &mut Folder,
    report: &mut StyleReport,
    distance_rows: &mut Rows,
    map_rows: &mut Rows,
    evaluation_rows: &mut Rows,
) -> Result<()> {
    let material = Material::of_counted(study, counted)?;
    let options = &material.options;
    let table = material.table(options.main_mfw(), 0.0)?;
    let measure = options.measures()?.first().copied().unwrap_or_default();
    let distances = measure.distances(&table)?;
    report.measure = measure.id();
    report.features = table.features().len();
    if let Some(groups) = &material.groups {
        report.group = Some(groups.column.clone());
        report.nearest = nearest(&distances, &material.rows, groups);
        report.adjusted_rand_index = agreement(&distances, options.linkage()?, groups)?;
    }
    pairs(&distances, distance_rows);
    match one_left_out(&material, evaluation_rows) {
        Ok(found) => report.attribution = Some(found),
        Err(reason) => report.skipped.push(format!("no attribution: {reason}")),
    }
    let trees = Trees::of(&material, 0)?;
    folder.write("stylometry_tree.nwk", trees.newick().as_bytes())?;
    if study.charts {
        trees.draw(&material, folder, "stylometry_tree")?;
    }
    match make(&material, &table, measure, MapKind::Mds) {
        Ok(made) => {
            let groups = material.row_groups();
            made.write_coordinates(&table, &groups, map_rows);
            if study.charts {
                let what = format!("{} words", table.features().len());
                let texts = material.labelled(table.texts(), groups, &what);
                let drawing = MapDrawing { name: "stylometry_map", ..made.drawing };
                write_chart(folder, "stylometry_map", draw(&texts, &drawing))?;
            }
        }
        Err(reason) => report.skipped.push(format!("no map: {reason}")),
    }
    Ok(())
}

/// The tables that an analysis writes of style.
pub(in crate::run) fn schemas() -> [Schema; 3] {
    let column = tables::column;
    let distances = Schema {
        file: "stylometry_distances.csv",
        row: "one pair of texts; in order of the ids",
        columns: vec![
            tables::text_column(),
            column("other", "text", "", "Id of the other text", ""),
            column(
                "distance",
                "number",
                "",
                "Cosine Delta of the 500 most frequent words: 0 the same, 1 unlike, 2 opposite",
                "1 − cos(z, z′); z-scores of the frequencies over all texts (Smith & Aldridge 2011)",
            ),
        ],
    };
    let evaluation = Schema { file: "stylometry_evaluation.csv", ..crate::tables::evaluation_schema() };
    [distances, Schema { file: "stylometry_map.csv", ..super::map::coordinates_schema() }, evaluation]
}

fn pairs(distances: &DistanceMatrix, rows: &mut Rows) {
    for (place, text) in distances.texts().iter().enumerate() {
        for (other, name) in distances.texts().iter().enumerate().skip(place + 1) {
            rows.text(text).text(name).number(Some(distances.get(place, other))).end();
        }
    }
}
