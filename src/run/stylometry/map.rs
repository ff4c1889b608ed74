//! Maps of texts: principal components with loadings, classical scaling, t-SNE.

use std::path::Path;

use serde::Serialize;

use super::{Material, StylometryRun};
use crate::charts::stylometry::{Arrow, MapDrawing, map as draw};
use crate::error::Result;
use crate::run::drawing::write_chart;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::{MapKind, Study};
use crate::stylometry::{
    FrequencyTable, Measure, NeighbourMapOptions, PrincipalComponents, StylometryError, classical_scaling,
    neighbour_map, principal_components,
};
use crate::tables::stylometry as tables;
use crate::tables::{Rows, Schema};

/// Components written for each text.
const COMPONENTS: usize = 10;
/// Arrows drawn.
const ARROWS: usize = 12;

/// What a run of `map` found.
#[derive(Clone, Debug, Serialize)]
pub struct MapReport {
    /// The run.
    #[serde(flatten)]
    pub run: StylometryRun,
    /// Each map, and those that could not be made.
    pub maps: Vec<MapFound>,
}

/// What a map is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapFound {
    /// `pca-covariance`, `pca-correlation`, `mds` or `tsne`.
    pub kind: MapKind,
    /// Features used.
    pub features: usize,
    /// The distance measure, of maps made from distances.
    pub measure: Option<String>,
    /// Percent of the variance along each dimension; none for t-SNE.
    pub percent: Vec<f64>,
    /// Why there is no map.
    pub skipped: Option<String>,
}

/// A map with its numbers.
pub(in crate::run) struct Made {
    pub found: MapFound,
    pub drawing: MapDrawing,
    /// For each text its coordinates.
    coordinates: Vec<Vec<f64>>,
    components: Option<PrincipalComponents>,
}

/// Makes maps of the texts of a study.
///
/// # Errors
/// With fewer than three texts, if an option cannot be used, or the results cannot be written. `output` then keeps
/// what it held before.
pub fn map(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<MapReport> {
    let mut folder = Folder::claim(output, force)?;
    let material = Material::gather(study, progress)?;
    progress(Progress::Tables);
    let options = &material.options;
    let culling = options.culling().first().copied().unwrap_or(0.0);
    let table = material.table(options.main_mfw(), culling)?;
    let measure = options.measures()?.first().copied().unwrap_or_default();
    crate::stylometry::enough_texts("a map", table.texts().len(), 3)?;
    let asked: Vec<MapKind> = if options.maps.is_empty() {
        MapKind::ALL.into_iter().map(|(kind, _)| kind).collect()
    } else {
        options.maps.clone()
    };
    let (mut maps, mut made, mut first_error) = (Vec::new(), Vec::new(), None);
    for kind in asked {
        match make(&material, &table, measure, kind) {
            Ok(one) => {
                maps.push(one.found.clone());
                made.push(one);
            }
            // What was asked for by name has to be there.
            Err(error) if !options.maps.is_empty() => return Err(error.into()),
            Err(error) => {
                maps.push(skipped(&table, kind, error.to_string()));
                first_error.get_or_insert(error);
            }
        }
    }
    if let Some(error) = first_error.filter(|_| made.is_empty()) {
        return Err(error.into());
    }
    let schemas =
        [coordinates_schema(), loadings_schema(), tables::features_schema(), tables::frequencies_schema()];
    let mut coordinates = Rows::with_header(&schemas[0]);
    let mut loadings = Rows::with_header(&schemas[1]);
    let groups = material.row_groups();
    for one in &made {
        one.write_coordinates(&table, &groups, &mut coordinates);
        one.write_loadings(&table, &mut loadings);
    }
    folder.write(schemas[0].file, &coordinates.into_bytes())?;
    folder.write(schemas[1].file, &loadings.into_bytes())?;
    material.write_features(&mut folder)?;
    material.write_dictionary(&mut folder, &schemas)?;
    if material.study.charts {
        progress(Progress::Charts);
        let what = format!("{} {}", table.features().len(), options.features.name());
        let texts = material.labelled(table.texts(), groups, &what);
        for one in &made {
            write_chart(&mut folder, one.drawing.name, draw(&texts, &one.drawing))?;
        }
    }
    let run = material.finish(output, folder, serde_json::json!({ "maps": &maps }))?;
    Ok(MapReport { run, maps })
}

fn skipped(table: &FrequencyTable, kind: MapKind, reason: String) -> MapFound {
    MapFound {
        kind,
        features: table.features().len(),
        measure: None,
        percent: Vec::new(),
        skipped: Some(reason),
    }
}

/// The name of a kind of map.
fn name_of(kind: MapKind) -> &'static str {
    MapKind::ALL.iter().find(|(other, _)| *other == kind).map_or("", |(_, name)| name)
}

/// Makes a map.
pub(in crate::run) fn make(
    material: &Material,
    table: &FrequencyTable,
    measure: Measure,
    kind: MapKind,
) -> std::result::Result<Made, StylometryError> {
    let what = format!("{} most frequent {}", table.features().len(), material.options.features.name());
    let mut found = MapFound {
        kind,
        features: table.features().len(),
        measure: None,
        percent: Vec::new(),
        skipped: None,
    };
    let axis = |name: &str, place: usize, percent: &[f64]| {
        format!("{name} {} ({:.1} %)", place + 1, percent.get(place).copied().unwrap_or(0.0))
    };
    match kind {
        MapKind::PcaCovariance | MapKind::PcaCorrelation => {
            let correlation = kind == MapKind::PcaCorrelation;
            let components = principal_components(table, correlation, COMPONENTS)?;
            if components.loadings.is_empty() {
                return Err(StylometryError::AllConstant);
            }
            found.percent = components.percent().into_iter().take(components.loadings.len()).collect();
            let values = if correlation { "z-scores" } else { "frequencies in percent" };
            let drawing = MapDrawing {
                name: if correlation { "map_pca_correlation" } else { "map_pca_covariance" },
                title: if correlation {
                    "Principal components of z-scores"
                } else {
                    "Principal components of frequencies"
                },
                subtitle: format!(
                    "{what}, {values}. Arrows: the features with the largest weights, and where more of them leads to. \
                     In brackets: share of the variance."
                ),
                points: plane(&components.scores),
                axes: [axis("component", 0, &found.percent), axis("component", 1, &found.percent)],
                numbered: true,
                arrows: arrows(table, &components, material.options.arrows.unwrap_or(ARROWS)),
            };
            let coordinates = components.scores.clone();
            Ok(Made { found, drawing, coordinates, components: Some(components) })
        }
        MapKind::Mds => {
            let scaled = classical_scaling(&measure.distances(table)?, COMPONENTS)?;
            if scaled.coordinates.first().is_none_or(Vec::is_empty) {
                return Err(StylometryError::AllConstant);
            }
            found.measure = Some(measure.id());
            found.percent = scaled.percent().into_iter().take(scaled.coordinates[0].len()).collect();
            let drawing = MapDrawing {
                name: "map_mds",
                title: "Classical multidimensional scaling",
                subtitle: format!(
                    "{measure} of the {what}. In brackets: share of the sum of the eigenvalues."
                ),
                points: plane(&scaled.coordinates),
                axes: [axis("dimension", 0, &found.percent), axis("dimension", 1, &found.percent)],
                numbered: true,
                arrows: Vec::new(),
            };
            Ok(Made { found, drawing, coordinates: scaled.coordinates, components: None })
        }
        MapKind::Tsne => {
            let perplexity = material.options.perplexity.map(|perplexity| perplexity as f64);
            let options = NeighbourMapOptions { perplexity, ..NeighbourMapOptions::default() };
            let placed = neighbour_map(&measure.distances(table)?, &options)?;
            found.measure = Some(measure.id());
            let drawing = MapDrawing {
                name: "map_tsne",
                title: "t-SNE",
                subtitle: format!(
                    "{measure} of the {what}, perplexity {:.1}. Who is near whom has a meaning; how far groups are \
                     apart, and the axes, have none.",
                    placed.perplexity
                ),
                points: placed.coordinates.clone(),
                axes: [String::new(), String::new()],
                numbered: false,
                arrows: Vec::new(),
            };
            let coordinates = placed.coordinates.iter().map(|place| place.to_vec()).collect();
            Ok(Made { found, drawing, coordinates, components: None })
        }
    }
}

/// The first two coordinates; 0 where there is but one.
fn plane(coordinates: &[Vec<f64>]) -> Vec<[f64; 2]> {
    coordinates.iter().map(|place| [0, 1].map(|axis| place.get(axis).copied().unwrap_or(0.0))).collect()
}

/// The features with the longest weights in the plane.
fn arrows(table: &FrequencyTable, components: &PrincipalComponents, count: usize) -> Vec<Arrow> {
    let weight =
        |axis: usize, place: usize| components.loadings.get(axis).map_or(0.0, |weights| weights[place]);
    let mut arrows: Vec<Arrow> = components
        .features
        .iter()
        .enumerate()
        .map(|(place, feature)| Arrow {
            name: table.features()[*feature].clone(),
            to: [weight(0, place), weight(1, place)],
        })
        .collect();
    let length = |arrow: &Arrow| arrow.to[0].hypot(arrow.to[1]);
    arrows.sort_by(|a, b| length(b).total_cmp(&length(a)));
    arrows.truncate(count);
    arrows
}

impl Made {
    /// A row for each text.
    pub fn write_coordinates(&self, table: &FrequencyTable, groups: &[String], rows: &mut Rows) {
        for (text, coordinates) in self.coordinates.iter().enumerate() {
            rows.text(name_of(self.found.kind)).text(&table.texts()[text]);
            rows.text(groups.get(text).map_or("", String::as_str));
            for dimension in 0..COMPONENTS {
                rows.number(coordinates.get(dimension).copied());
            }
            rows.end();
        }
    }

    fn write_loadings(&self, table: &FrequencyTable, rows: &mut Rows) {
        let Some(components) = &self.components else { return };
        for (component, weights) in components.loadings.iter().enumerate() {
            for (feature, weight) in components.features.iter().zip(weights) {
                rows.text(name_of(self.found.kind)).integer(component as u64 + 1);
                rows.number(self.found.percent.get(component).copied());
                rows.text(&table.features()[*feature]).number(Some(*weight)).end();
            }
        }
    }
}

/// The columns of `coordinates.csv`.
pub(in crate::run) fn coordinates_schema() -> Schema {
    let column = tables::column;
    let mut columns = vec![
        column("map", "text", "", "pca-covariance, pca-correlation, mds or tsne", ""),
        tables::text_column(),
        column("group", "text", "", "The group of the text, if there are groups", ""),
    ];
    columns.extend((1..=COMPONENTS).map(|dimension| {
        column(
            &format!("dimension_{dimension}"),
            "number",
            "",
            "Its place along the dimension; empty where there are fewer",
            "principal components: centred values times loadings; mds: as R's cmdscale. Signs: the largest loading (mds: coordinate) is positive",
        )
    }));
    Schema { file: "coordinates.csv", row: "one text in one map; texts in order of their ids", columns }
}

fn loadings_schema() -> Schema {
    let column = tables::column;
    Schema {
        file: "loadings.csv",
        row: "one feature in one principal component, in the order of the features",
        columns: vec![
            column("map", "text", "", "pca-covariance or pca-correlation", ""),
            column("component", "integer", "", "Number of the component", ""),
            column("percent", "number", "percent", "Share of the variance along the component", ""),
            column("feature", "text", "", "The feature", ""),
            column("loading", "number", "", "Its weight; those of a component have unit length", ""),
        ],
    }
}
