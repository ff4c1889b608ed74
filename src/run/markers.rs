//! Markers, questions and figures alone.

use std::path::Path;

use serde::Serialize;

use super::drawing::{self, Course};
use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::progress::Progress;
use super::rhetoric::{self, OccurrenceRows, Occurrences};
use super::{Counted, Wanted, count_with};
use crate::charts;
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::measures::{Per, clustered_rate};
use crate::profile::Profile;
use crate::study::Study;
use crate::tables::{self, Ranking, schemas};

/// What a run found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct MarkersReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read.
    pub texts: usize,
    /// Words of all texts.
    pub words: u64,
    /// Share of the words that are quoted; null without words.
    pub quoted_share: Option<f64>,
    /// Hits of markers, questions included.
    pub marker_hits: u64,
    /// The categories with the most hits, at most ten, most hits first.
    pub most_frequent: Vec<CategoryCount>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A category of markers in a corpus.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryCount {
    /// Its family.
    pub family: String,
    /// Its name.
    pub category: String,
    /// Hits in the authors' own words.
    pub hits: u64,
    /// Hits per 1,000 words of these.
    pub per_1000: f64,
}

/// What the manifest says of a text.
#[derive(Clone, Copy, Debug, Serialize)]
struct Numbers {
    words: u64,
    sentences: u64,
    paragraphs: u64,
}

/// Finds the markers, questions and figures of the corpus of `study` and writes their tables and charts into the folder
/// `output`. The numbers are those of `analyze`.
///
/// # Errors
/// If no text can be read, an option cannot be used, or the results cannot be written. `output` then
/// keeps what it held before.
pub fn markers(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<MarkersReport> {
    study.check()?;
    let corpus = Corpus::discover(&study.corpus)?;
    drawing::check_group(study, &corpus)?;
    let mut folder = Folder::claim(output, force)?;
    let opened = schemas(&[], &[]);
    let mut occurrences = Occurrences::open(&mut folder, &opened)?;
    let mut courses = Vec::with_capacity(corpus.documents.len());
    let of = corpus.documents.iter().map(|document| document.size).sum();
    let mut done = 0;
    let counted = count_with(
        corpus,
        study,
        Wanted::Figures,
        |lexicon, read| (OccurrenceRows::of(lexicon, &read, study.context), Course::of(lexicon, &read)),
        |_| Ok(()),
        |text, (rows, course)| {
            courses.push(course);
            done += text.input.bytes;
            progress(Progress::Reading { done, of });
            occurrences.write(&rows)
        },
    )?;
    occurrences.close(&mut folder, &opened)?;
    progress(Progress::Tables);
    let total = counted.total();
    let schemas = schemas(&counted.corpus.columns, counted.lexicons.categories());
    rhetoric::write_rates(&counted, &mut folder, &schemas)?;
    folder.write(schemas.problems.file, &tables::problems(&schemas, &counted.problems).into_bytes())?;
    folder.write(schemas.columns.file, &tables::dictionary(&schemas, &schemas.of_markers()).into_bytes())?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    if study.charts {
        progress(Progress::Charts);
        let ranking = Ranking::new(&counted.vocabulary);
        let list = ranking.ranked(&total);
        let data = drawing::data(study, &counted, &total, (&ranking, &list), courses);
        let of_markers: Vec<_> =
            charts::all().iter().filter(|(name, _)| name.starts_with("marker_")).copied().collect();
        drawing::draw(&of_markers, &data, &mut folder)?;
    }
    let report = report(&counted, &total, output, &folder);
    let manifest = Manifest::new(study, texts(&counted), &counted.problems)
        .with_lexicons(rhetoric::lexicons(&counted))
        .with_veto(&counted.veto);
    folder.finish(manifest)?;
    Ok(report)
}

fn texts(counted: &Counted) -> Vec<TextEntry<'_, Numbers>> {
    let numbers = |profile: &Profile| Numbers {
        words: profile.words(),
        sentences: profile.author.sentence_words.count() + profile.quoted.sentence_words.count(),
        paragraphs: profile.paragraphs,
    };
    let texts = counted.texts.iter();
    texts.map(|text| TextEntry::new(counted.document(text), &text.input, numbers(&text.profile))).collect()
}

fn report(counted: &Counted, total: &Profile, output: &Path, folder: &Folder) -> MarkersReport {
    const MOST: usize = 10;
    let words = total.words();
    let author = &total.markers.author;
    let categories = counted.lexicons.categories().iter().zip(0_u16..);
    let mut most_frequent: Vec<CategoryCount> = categories
        .filter_map(|(category, index)| {
            Some(CategoryCount {
                family: category.family.to_string(),
                category: category.category.to_string(),
                hits: author.count(index),
                per_1000: clustered_rate(author, index, Per::ThousandWords)?.value,
            })
        })
        .filter(|category| category.hits > 0)
        .collect();
    most_frequent.sort_by_key(|category| std::cmp::Reverse(category.hits));
    most_frequent.truncate(MOST);
    MarkersReport {
        corpus: counted.corpus.name.clone(),
        output: output.display().to_string(),
        texts: counted.texts.len(),
        words,
        quoted_share: (words > 0).then(|| total.quoted.words.tokens() as f64 / words as f64),
        marker_hits: total.markers.all.total(),
        most_frequent,
        problems: counted.problems.clone(),
        files: folder.files(),
    }
}
