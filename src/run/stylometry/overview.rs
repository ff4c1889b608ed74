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
use crate::run::drawing::Picture;
use crate::study::{MapKind, Study, StylometryOptions};
use crate::stylometry::{DistanceMatrix, StylometryError};
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

/// The distances, the tree and the map of a counted corpus.
pub(in crate::run) struct Overview {
    /// The files to be written, in their order.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is said of them; where they are not possible, why.
    pub report: StyleReport,
}

impl Overview {
    /// Of a counted corpus. Its parts are made in parallel.
    ///
    /// # Errors
    /// If a picture cannot be drawn or an option cannot be used.
    pub fn of(study: &Study, counted: &Counted) -> Result<Self> {
        let texts = long_enough(counted);
        let report = StyleReport { texts, ..StyleReport::default() };
        let mut overview = Self { files: Vec::new(), report };
        if !is_possible(counted) {
            let least = StylometryOptions::default().min_words;
            overview.report.skipped.push(if texts < LEAST {
                format!(
                    "no distances, tree and map: {texts} texts of at least {least} words, and {LEAST} are needed"
                )
            } else {
                format!("no distances, tree and map: {texts} texts are more than {MOST}; use rhetor distances, tree and map")
            });
            return Ok(overview);
        }
        let schemas = schemas();
        let mut rows = schemas.each_ref().map(Rows::with_header);
        // Texts that are all alike have no distances; the tables are there all the same, with a header alone.
        if let Err(error) = overview.fill(study, counted, &mut rows) {
            match error {
                crate::Error::Stylometry(reason) => {
                    overview.report.skipped.push(format!("no distances, tree and map: {reason}"))
                }
                other => return Err(other),
            }
        }
        let tables = schemas.iter().zip(rows);
        overview.files.extend(tables.map(|(schema, rows)| (schema.file.to_owned(), rows.into_bytes())));
        Ok(overview)
    }

    fn fill(&mut self, study: &Study, counted: &Counted, rows: &mut [Rows; 3]) -> Result<()> {
        let Self { files, report } = self;
        let [distance_rows, map_rows, evaluation_rows] = rows;
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
        let tree = || -> Result<_> {
            let trees = Trees::of(&material, 0)?;
            let name = "stylometry_tree";
            let drawn = study.charts.then(|| Picture::of(name, trees.drawn(&material, name)));
            Ok((trees, drawn))
        };
        let map = || -> std::result::Result<_, StylometryError> {
            let made = make(&material, &table, measure, MapKind::Mds)?;
            let drawn = study.charts.then(|| {
                let what = format!("{} words", table.features().len());
                let texts = material.labelled(table.texts(), material.row_groups(), &what);
                let drawing = MapDrawing { name: "stylometry_map", ..made.drawing.clone() };
                Picture::of("stylometry_map", draw(&texts, &drawing))
            });
            Ok((made, drawn))
        };
        let (left_out, (tree, map)) =
            rayon::join(|| one_left_out(&material, evaluation_rows), || rayon::join(tree, map));
        match left_out {
            Ok(found) => report.attribution = Some(found),
            Err(reason) => report.skipped.push(format!("no attribution: {reason}")),
        }
        let (trees, drawn) = tree?;
        files.push(("stylometry_tree.nwk".to_owned(), trees.newick().into_bytes()));
        if let Some(drawn) = drawn {
            files.extend(drawn?.files("stylometry_tree"));
        }
        match map {
            Ok((made, drawn)) => {
                made.write_coordinates(&table, &material.row_groups(), map_rows);
                if let Some(drawn) = drawn {
                    files.extend(drawn?.files("stylometry_map"));
                }
            }
            Err(reason) => report.skipped.push(format!("no map: {reason}")),
        }
        Ok(())
    }
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
