//! `distances_*.csv`: how far every text is from every other.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::groups::Groups;
use super::{Material, Row, StylometryRun};
use crate::error::Result;
use crate::run::folder::Folder;
use crate::run::progress::Progress;
use crate::study::Study;
use crate::stylometry::{
    COMPRESSION_DISTANCE, DistanceMatrix, Measure, Setting, StylometryError, Sweep, Tabulate, TreeMethod,
    adjusted_rand_index,
};
use crate::tables::stylometry as tables;
use crate::tables::{Rows, Schema};

/// What a run of `distances` found.
#[derive(Clone, Debug, Serialize)]
pub struct DistancesReport {
    /// The run.
    #[serde(flatten)]
    pub run: StylometryRun,
    /// The metadata column that groups texts, or `name`.
    pub group: Option<String>,
    /// Each setting, in order: culling level, measure, number of features.
    pub settings: Vec<SettingReport>,
}

/// What one setting found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingReport {
    /// Id of the measure.
    pub measure: String,
    /// Features used.
    pub features: usize,
    /// Culling level in percent.
    pub culling: f64,
    /// The file of its matrix.
    pub file: String,
    /// How often the nearest text is of the same group; none without groups of two texts.
    pub nearest: Option<Nearest>,
    /// The adjusted Rand index of the groups and as many clusters; none where it is not defined, or the tree has no
    /// clusters.
    pub adjusted_rand_index: Option<f64>,
}

/// How often the nearest text is of the same group.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Nearest {
    /// Texts whose nearest one is of their group.
    pub hits: usize,
    /// Texts that have another text of their group.
    pub of: usize,
    /// The quotient.
    pub share: f64,
}

/// Writes the distances of the texts of a study, a matrix for each setting.
///
/// # Errors
/// With fewer than two texts, if an option cannot be used, or the results cannot be written. `output` then keeps
/// what it held before.
pub fn distances(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<DistancesReport> {
    let mut folder = Folder::claim(output, force)?;
    let material = Material::gather(study, progress)?;
    progress(Progress::Tables);
    let measures = material.options.measures_of_tables()?;
    let found = if measures.is_empty() {
        Vec::new()
    } else {
        material.sweep_of(&material.options.mfw(), measures).distances(&material.source)?
    };
    let method = material.options.linkage()?;
    let mut settings = Vec::with_capacity(found.len());
    // A few at a time: all threads make rows, memory holds a bounded part of the files.
    for some in found.chunks(2 * rayon::current_num_threads()) {
        let made: Vec<(SettingReport, Vec<u8>)> = some
            .par_iter()
            .map(|(setting, distances)| {
                let report = report(&material, Named::of(setting), distances, method)?;
                Ok((report, tables::matrix(distances).into_bytes()))
            })
            .collect::<std::result::Result<_, StylometryError>>()?;
        for (report, matrix) in made {
            folder.write(&report.file, &matrix)?;
            settings.push(report);
        }
    }
    if material.options.compression() {
        let distances = super::words::compressed(&material, progress)?;
        let report = report(&material, Named::compression(), &distances, method)?;
        folder.write(&report.file, &tables::matrix(&distances).into_bytes())?;
        settings.push(report);
    }
    let schemas = [
        tables::matrix_schema(),
        tables::summary_schema(),
        tables::features_schema(),
        tables::frequencies_schema(),
    ];
    folder.write(schemas[1].file, &summary(&schemas[1], &settings).into_bytes())?;
    material.write_features(&mut folder)?;
    material.write_dictionary(&mut folder, &schemas)?;
    let group = material.groups.as_ref().map(|groups| groups.column.clone());
    let results = serde_json::json!({ "group": &group, "settings": &settings });
    let run = material.finish(output, folder, results)?;
    Ok(DistancesReport { run, group, settings })
}

/// The rows of `summary.csv`.
fn summary(schema: &Schema, settings: &[SettingReport]) -> Rows {
    let mut rows = Rows::with_header(schema);
    for setting in settings {
        rows.text(&setting.measure).integer(setting.features as u64).number(Some(setting.culling));
        rows.text(&setting.file);
        rows.count(setting.nearest.map(|nearest| nearest.hits as u64));
        rows.count(setting.nearest.map(|nearest| nearest.of as u64));
        rows.number(setting.nearest.map(|nearest| nearest.share)).number(setting.adjusted_rand_index).end();
    }
    rows
}

/// The name of a matrix: `distances_cosine-delta_mfw500_culling0.csv`.
fn file(measure: Measure, features: usize, culling: f64) -> String {
    format!("distances_{measure}_mfw{features}_culling{culling}.csv")
}

/// What a matrix is called.
struct Named {
    measure: String,
    features: usize,
    culling: f64,
    file: String,
}

impl Named {
    fn of(setting: &Setting) -> Self {
        let Setting { measure, features, culling } = *setting;
        Self { measure: measure.id(), features, culling, file: file(measure, features, culling) }
    }

    /// Compression knows no features.
    fn compression() -> Self {
        let measure = COMPRESSION_DISTANCE.to_owned();
        let file = format!("distances_{measure}.csv");
        Self { measure, features: 0, culling: 0.0, file }
    }
}

/// What a matrix says of the groups.
fn report(
    material: &Material,
    named: Named,
    distances: &DistanceMatrix,
    method: TreeMethod,
) -> std::result::Result<SettingReport, StylometryError> {
    let (nearest, adjusted_rand_index) = match &material.groups {
        Some(groups) => (nearest(distances, &material.rows, groups), agreement(distances, method, groups)?),
        None => (None, None),
    };
    let Named { measure, features, culling, file } = named;
    Ok(SettingReport { measure, features, culling, file, nearest, adjusted_rand_index })
}

/// How often the nearest text is of the same group. A sample is compared with those of other texts only; where
/// several are equally near, all of them must be of the group.
pub(super) fn nearest(distances: &DistanceMatrix, rows: &[Row], groups: &Groups) -> Option<Nearest> {
    let alike = |a: usize, b: usize| groups.of[a] == groups.of[b];
    let other =
        |a: usize, b: usize| a != b && (rows[a].document.is_none() || rows[a].document != rows[b].document);
    let (mut hits, mut of) = (0, 0);
    for text in (0..rows.len()).filter(|text| !groups.of[*text].is_empty()) {
        let others: Vec<usize> = (0..rows.len()).filter(|b| other(text, *b)).collect();
        if !others.iter().any(|b| alike(text, *b)) {
            continue;
        }
        let least = others.iter().map(|b| distances.get(text, *b)).fold(f64::INFINITY, f64::min);
        of += 1;
        let mut near = others.iter().filter(|b| distances.get(text, **b) <= least);
        hits += usize::from(near.all(|b| alike(text, *b)));
    }
    (of > 0).then(|| Nearest { hits, of, share: hits as f64 / of as f64 })
}

/// The adjusted Rand index of the groups and of as many clusters; texts without a group are left out.
pub(super) fn agreement(
    distances: &DistanceMatrix,
    method: TreeMethod,
    groups: &Groups,
) -> std::result::Result<Option<f64>, StylometryError> {
    let TreeMethod::Linkage(linkage) = method else { return Ok(None) };
    let grouped: Vec<usize> = (0..groups.of.len()).filter(|text| !groups.of[*text].is_empty()).collect();
    if grouped.len() < 2 {
        return Ok(None);
    }
    let clusters = linkage.cluster(&distances.select(&grouped))?.cut(groups.names().len());
    let classes: Vec<&str> = grouped.iter().map(|text| groups.of[*text].as_str()).collect();
    adjusted_rand_index(&classes, &clusters)
}

impl Material {
    /// The sweep of the measures and culling levels of the study over numbers of features.
    pub(super) fn sweep(&self, mfw: &[usize]) -> Result<Sweep> {
        Ok(self.sweep_of(mfw, self.options.measures()?))
    }

    /// The same of these measures.
    fn sweep_of(&self, mfw: &[usize], measures: Vec<Measure>) -> Sweep {
        Sweep {
            mfw: mfw.to_vec(),
            culling: self.options.culling(),
            measures,
            selection: self.selection(1, 0.0),
        }
    }

    /// Writes `features.csv` and `frequencies.csv`: what the first table of the study is made of.
    pub(super) fn write_features(&self, folder: &mut Folder) -> Result<()> {
        let most = self.options.mfw().into_iter().max().unwrap_or(1);
        let table = self.table(most, self.options.culling().first().copied().unwrap_or(0.0))?;
        let counts = self.counts().ok();
        folder.write(tables::FEATURES, &tables::features(&table, counts).into_bytes())?;
        folder.write(tables::FREQUENCIES, &tables::frequencies(&table).into_bytes())?;
        debug_assert_eq!(table.texts(), self.source.names());
        Ok(())
    }
}
