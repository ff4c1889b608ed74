//! What every command writes in the end.

use super::{Numbers, TextRead};
use crate::charts::{Chart, ChartError};
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::run::drawing::Picture;
use crate::run::folder::Folder;
use crate::run::manifest::{Manifest, TextEntry};
use crate::study::Study;
use crate::tables::{self, Schema};

/// Writes `columns.csv`, which describes the columns of these tables.
pub(super) fn describe(folder: &mut Folder, schemas: &[Schema]) -> Result<()> {
    let common = tables::schemas(&[], &[]);
    let listed: Vec<&Schema> = schemas.iter().chain([&common.problems, &common.columns]).collect();
    folder.write(common.columns.file, &tables::dictionary(&common, &listed).into_bytes())
}

/// Writes a chart, as PNG and as SVG.
pub(super) fn drawn(folder: &mut Folder, chart: std::result::Result<Chart, ChartError>) -> Result<()> {
    let name = chart.as_ref().map_or("chart", |chart| chart.name);
    let picture = Picture::of(name, chart)?;
    folder.write(&format!("{name}.png"), &picture.png)?;
    folder.write(&format!("{name}.svg"), picture.svg.as_bytes())
}

/// Writes `problems.csv`, `study.toml` and the manifest with `results`, and moves everything into place. Gives the
/// files.
pub(super) fn finish<'a>(
    mut folder: Folder,
    study: &Study,
    corpus: &'a Corpus,
    texts: impl Iterator<Item = &'a TextRead>,
    problems: &[Problem],
    results: serde_json::Value,
) -> Result<Vec<String>> {
    let schemas = tables::schemas(&[], &[]);
    folder.write(schemas.problems.file, &tables::problems(&schemas, problems).into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    let files = folder.files();
    let entries = texts.map(|text| {
        TextEntry::new(&corpus.documents[text.document], &text.input, Numbers { words: text.words })
    });
    folder.finish(Manifest::new(study, entries.collect(), problems).with_results(results))?;
    Ok(files)
}
