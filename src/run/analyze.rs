//! The main job: a study in, a folder of tables and charts out.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::drawing::{self, Course};
use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::progress::Progress;
use super::rhetoric;
use super::stylometry::StyleReport;
use super::stylometry::overview::{Overview, is_possible, schemas as style_schemas};
use super::{Counted, CountedText, FindingCount, Read, Wanted, count_with, hygiene};
use crate::charts;
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::measures::warnings;
use crate::profile::Profile;
use crate::study::Study;
use crate::tables::{self, DocumentRow, Ranking, WordCount, schemas};

/// What a run did, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts analysed.
    pub texts: usize,
    /// The languages of the texts and how many are in each, most texts first, then by code.
    pub languages: Vec<LanguageCount>,
    /// Words of all texts.
    pub words: u64,
    /// Different words.
    pub types: u64,
    /// Sentences of prose.
    pub sentences: u64,
    /// Mean words per sentence; null without sentences.
    pub sentence_length_mean: Option<f64>,
    /// Share of the words that are quoted; null without words.
    pub quoted_share: Option<f64>,
    /// Hits of markers, questions included.
    pub marker_hits: u64,
    /// The text with the longest mean sentence, and that mean.
    pub longest_sentences: Option<(String, f64)>,
    /// The text with the shortest mean sentence, and that mean.
    pub shortest_sentences: Option<(String, f64)>,
    /// What their style shows: distances, and why there is no tree or map, if so.
    pub style: StyleReport,
    /// How many texts have which findings, by name.
    pub hygiene: Vec<FindingCount>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// How many texts are in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageCount {
    /// ISO 639 code; `und` where the language is not known.
    pub language: &'static str,
    /// Number of texts.
    pub texts: usize,
}

/// How many of these texts are in each language.
pub(super) fn languages(texts: impl Iterator<Item = &'static str>) -> Vec<LanguageCount> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for language in texts {
        *counts.entry(language).or_default() += 1;
    }
    let mut counts: Vec<_> =
        counts.into_iter().map(|(language, texts)| LanguageCount { language, texts }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.texts));
    counts
}

/// Analyses the corpus of `study` into the folder `output`: every table, chart and the manifest.
///
/// # Errors
/// If no text can be read, an option cannot be used, or the results cannot be written. `output` then
/// keeps what it held before.
pub fn analyze(
    study: &Study,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report> {
    study.check()?;
    let corpus = Corpus::discover(&study.corpus)?;
    drawing::check_group(study, &corpus)?;
    let mut folder = Folder::claim(output, force)?;
    let (counted, courses) = count_and_stream(corpus, study, &mut folder, progress)?;
    progress(Progress::Tables);
    let total = counted.total();
    let ranking = Ranking::new(&counted.vocabulary);
    let list = ranking.ranked(&total);
    // Charts and style are made beside the tables and written after them.
    let (written, (pictures, overview)) = rayon::join(
        || {
            let written = write_tables(&counted, &ranking, &list, &mut folder);
            if study.charts {
                progress(Progress::Charts);
            }
            written
        },
        || {
            rayon::join(
                || {
                    let data = study
                        .charts
                        .then(|| drawing::data(study, &counted, &total, (&ranking, &list), courses));
                    data.map_or_else(|| Ok(Vec::new()), |data| drawing::pictures(charts::all(), &data))
                },
                || Overview::of(study, &counted),
            )
        },
    );
    written?;
    folder.write("study.toml", study.to_toml().as_bytes())?;
    folder.write_all(&pictures?)?;
    let Overview { files, report: style } = overview?;
    folder.write_all(&files)?;
    let results = serde_json::json!({ "style": &style });
    let report = report(&counted, &total, style, output, &folder);
    let manifest = Manifest::new(study, texts(&counted), &counted.problems)
        .with_results(results)
        .with_lexicons(rhetoric::lexicons(&counted))
        .with_veto(&counted.veto)
        .with_hygiene(hygiene::summary(counted.texts.iter().map(CountedText::findings)));
    folder.finish(manifest)?;
    Ok(report)
}

/// Counts the corpus; the tables with a row for every sentence and hit are written on the way, so that
/// they are never in memory as a whole.
fn count_and_stream(
    corpus: Corpus,
    study: &Study,
    folder: &mut Folder,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Counted, Vec<Course>)> {
    let schemas = schemas(&[], &[]);
    let mut sentences = folder.open(&schemas.sentences)?;
    let mut hits = folder.open(&schemas.marker_hits)?;
    let mut questions = folder.open(&schemas.questions)?;
    let mut figures = folder.open(&schemas.figures)?;
    let mut courses = Vec::new();
    let of = corpus.documents.iter().map(|document| document.size).sum();
    let mut done = 0;
    let counted = count_with(
        corpus,
        study,
        Wanted::FiguresAndFindings,
        |lexicon, read| {
            let Read { text, .. } = read;
            let id = &read.document.id;
            // Hits are several times as large as the text.
            let hand_on = |rows: &[u8]| read.parts.hand_on(rows);
            let ((), rows) = read.sharing.join(
                || tables::marker_hits_in_parts(id, lexicon, text, read.hits, study.context, hand_on),
                || TextRows {
                    sentences: tables::sentences(id, text).into_bytes(),
                    questions: tables::questions(id, text, read.questions).into_bytes(),
                    figures: tables::figures(id, text, read.figures).into_bytes(),
                    course: Course::of(lexicon, &read),
                },
            );
            rows
        },
        |rows| hits.write(rows),
        |text, rows| {
            courses.push(rows.course);
            done += text.input.bytes;
            progress(Progress::Reading { done, of });
            sentences.write(&rows.sentences)?;
            questions.write(&rows.questions)?;
            figures.write(&rows.figures)
        },
    )?;
    folder.close(schemas.sentences.file, sentences)?;
    folder.close(schemas.marker_hits.file, hits)?;
    folder.close(schemas.questions.file, questions)?;
    folder.close(schemas.figures.file, figures)?;
    Ok((counted, courses))
}

/// What is made of a text while it is in memory, beside the rows of its hits.
struct TextRows {
    sentences: Vec<u8>,
    questions: Vec<u8>,
    figures: Vec<u8>,
    course: Course,
}

fn write_tables(
    counted: &Counted,
    ranking: &Ranking<'_>,
    list: &[WordCount],
    folder: &mut Folder,
) -> Result<()> {
    let Counted { corpus, lexicons, texts, .. } = counted;
    let schemas = schemas(&corpus.columns, lexicons.categories());
    let rows = texts.iter().map(|text| DocumentRow {
        document: counted.document(text),
        language: text.input.language,
        language_source: text.input.language_source.name(),
        profile: &text.profile,
        lexicon: counted.lexicon(text),
    });
    let documents = tables::documents(&schemas, rows);
    folder.write(schemas.documents.file, &documents.into_bytes())?;
    let mut voices = folder.open(&schemas.voices)?;
    for text in texts {
        voices.write(&tables::voices(&counted.document(text).id, &text.profile).into_bytes())?;
    }
    folder.close(schemas.voices.file, voices)?;

    let mut document_frequency = vec![0; counted.vocabulary.len()];
    for text in texts {
        for word in ranking.unranked(&text.profile) {
            document_frequency[word.word as usize] += 1;
        }
    }
    let words = tables::words(&schemas, ranking, list, &document_frequency);
    folder.write(schemas.words.file, &words.into_bytes())?;

    // A few texts at a time: all threads make rows, memory holds a bounded part of the table.
    let mut word_counts = folder.open(&schemas.word_counts)?;
    for some in texts.chunks(4 * rayon::current_num_threads()) {
        let rows: Vec<Vec<u8>> = some
            .par_iter()
            .map(|text| tables::word_counts(ranking, &counted.document(text).id, &text.profile).into_bytes())
            .collect();
        rows.iter().try_for_each(|rows| word_counts.write(rows))?;
    }
    folder.close(schemas.word_counts.file, word_counts)?;

    let mut lengths = folder.open(&schemas.sentence_lengths)?;
    let mut hygiene = folder.open(&schemas.hygiene)?;
    for text in texts {
        let id = &counted.document(text).id;
        hygiene.write(&tables::findings(id, text.findings()).into_bytes())?;
        lengths.write(&tables::sentence_lengths(id, &text.profile).into_bytes())?;
    }
    folder.close(schemas.sentence_lengths.file, lengths)?;
    rhetoric::write_rates(counted, folder, &schemas)?;
    folder.close(schemas.hygiene.file, hygiene)?;
    folder.write(schemas.problems.file, &tables::problems(&schemas, &counted.problems).into_bytes())?;
    let style = style_schemas();
    let mut listed = schemas.of_analysis();
    if is_possible(counted) {
        listed.extend(&style);
    }
    folder.write(schemas.columns.file, &tables::dictionary(&schemas, &listed).into_bytes())
}

/// What `run.json` says of a text.
#[derive(Serialize)]
struct Numbers {
    words: u64,
    sentences: u64,
    paragraphs: u64,
    boilerplate_words: u64,
    warnings: Vec<&'static str>,
}

fn texts(counted: &Counted) -> Vec<TextEntry<'_, Numbers>> {
    let numbers = |profile: &Profile| Numbers {
        words: profile.words(),
        sentences: profile.author.sentence_words.count() + profile.quoted.sentence_words.count(),
        paragraphs: profile.paragraphs,
        boilerplate_words: profile.boilerplate_words,
        warnings: warnings(profile),
    };
    let texts = counted.texts.iter();
    texts.map(|text| TextEntry::new(counted.document(text), &text.input, numbers(&text.profile))).collect()
}

fn report(counted: &Counted, total: &Profile, style: StyleReport, output: &Path, folder: &Folder) -> Report {
    let all = total.select(crate::profile::Selection::All);
    let words = total.words();
    let quoted_share = (words > 0).then(|| total.quoted.words.tokens() as f64 / words as f64);
    let mut means: Vec<(f64, &str)> = counted
        .texts
        .iter()
        .filter_map(|text| {
            let mut lengths = text.profile.author.sentence_words.clone();
            lengths.merge(&text.profile.quoted.sentence_words);
            Some((lengths.mean()?, counted.document(text).id.as_str()))
        })
        .collect();
    means.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    let named = |(mean, id): &(f64, &str)| ((*id).to_owned(), *mean);
    Report {
        corpus: counted.corpus.name.clone(),
        output: output.display().to_string(),
        texts: counted.texts.len(),
        languages: languages(counted.texts.iter().map(|text| text.input.language)),
        words,
        types: all.words.types(),
        sentences: all.sentence_words.count(),
        sentence_length_mean: all.sentence_words.mean(),
        quoted_share,
        marker_hits: total.markers.all.total(),
        longest_sentences: means.last().map(named),
        shortest_sentences: means.first().map(named),
        style,
        hygiene: hygiene::summary(counted.texts.iter().map(CountedText::findings)),
        problems: counted.problems.clone(),
        files: folder.files(),
    }
}
