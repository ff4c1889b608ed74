//! `rhetor frequency`: every word with its frequency and spread; the vocabulary of each text as a whole.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::drawing::write_chart;
use super::folder::Folder;
use super::progress::Progress;
use super::streams::{Scope, Stream, Streams, Within, option};
use crate::charts::{self, ChartData, DocumentSeries};
use crate::corpus::Problem;
use crate::error::Result;
use crate::measures::dispersion::{
    PartSizes, Parts, average_logarithmic_distance, average_reduced_frequency, average_waiting_time,
    expected_dp,
};
use crate::measures::growth::{GrowthPoint, expected_types, heaps, vocabulary_growth, zipf_mandelbrot};
use crate::measures::{Sequence, Spectrum, Undefined};
use crate::profile::Selection;
use crate::study::Study;
use crate::tables::{FrequencyTables, Rows, WordRow, frequency_tables, word_row};
use crate::text::fold;

/// Points of a curve.
const POINTS: u64 = 100;
/// Words whose rows are made together.
const CHUNK: usize = 512;
/// Equal parts that a corpus may be cut into.
const MOST_PARTS: u64 = 10_000;

/// What is asked of [`frequency`].
#[derive(Clone, Debug)]
pub struct FrequencyOptions {
    /// The voices counted.
    pub voice: Selection,
    /// The words asked for; all if empty.
    pub only: Vec<String>,
    /// Fewest occurrences of a word that gets a row, where none are asked for.
    pub min_count: u64,
    /// Number of equal parts, cut through all texts in order, that dispersion is taken over; the texts
    /// themselves if none.
    pub parts: Option<u64>,
}

impl Default for FrequencyOptions {
    fn default() -> Self {
        Self { voice: Selection::All, only: Vec::new(), min_count: 1, parts: None }
    }
}

/// What a run found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct FrequencyReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read.
    pub texts: usize,
    /// N.
    pub words: u64,
    /// V.
    pub types: u64,
    /// Rows of `frequency.csv`.
    pub rows: usize,
    /// The first rows: word, count, per million, texts, DP.
    pub top: Vec<TopWord>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A row for the eye.
#[derive(Clone, Debug, Serialize)]
pub struct TopWord {
    /// The word.
    pub word: String,
    /// Its occurrences.
    pub count: u64,
    /// Per million words.
    pub per_million: f64,
    /// Texts that hold it.
    pub documents: u64,
    /// DP, where there are at least two parts.
    pub dp: Option<f64>,
}

/// Counts the words of `study`'s corpus and writes their frequency and dispersion, the frequency spectrum,
/// growth and rarefaction curves and fitted laws into the folder `output`.
///
/// # Errors
/// If no text can be read, an option cannot be used, or the results cannot be written. `output` then keeps
/// what it held before.
pub fn frequency(
    study: &Study,
    options: &FrequencyOptions,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<FrequencyReport> {
    if options.parts.is_some_and(|parts| !(2..=MOST_PARTS).contains(&parts)) {
        return Err(option("--parts is at least 2 and at most 10,000"));
    }
    let folder = Folder::claim(output, force)?;
    let scope = Scope { voice: options.voice, within: Within::Text };
    let streams = Streams::read(study, scope, progress)?;
    progress(Progress::Tables);
    let tables = frequency_tables(&match options.parts {
        Some(parts) => format!("{parts} equal parts, cut through all texts in order of their ids"),
        None => "the texts that have words".to_owned(),
    });
    let places = Places::new(&streams, options.parts);
    let chosen = places.chosen(&streams, options);
    let words: Vec<WordRow<'_>> = chosen.into_par_iter().map(|word| places.row(word)).collect();
    let mut report = FrequencyReport {
        corpus: streams.corpus.name.clone(),
        output: output.display().to_string(),
        texts: streams.texts.len(),
        words: places.tokens,
        types: places.types,
        rows: words.len(),
        top: words.iter().take(20).map(top_word).collect(),
        problems: streams.problems.clone(),
        files: Vec::new(),
    };
    let mut folder = folder;
    let mut file = folder.open(&tables.frequency)?;
    let parts: Vec<Rows> = words
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut rows = Rows::new();
            chunk.iter().for_each(|row| word_row(&mut rows, row));
            rows
        })
        .collect();
    for rows in parts {
        file.write(&rows.into_bytes())?;
    }
    folder.close(tables.frequency.file, file)?;
    let curves = write_curves(&mut folder, &tables, &streams)?;
    if study.charts {
        progress(Progress::Charts);
        draw(&mut folder, study, &streams, &curves)?;
    }
    let FrequencyTables { frequency, spectrum, growth, rarefaction, laws } = &tables;
    let listed = [frequency, spectrum, growth, rarefaction, laws];
    let described = serde_json::json!({
        "command": "frequency",
        "voice": options.voice.name(),
        "only": options.only,
        "min_count": options.min_count,
        "parts": options.parts,
    });
    report.files = streams.close(study, folder, &listed, described)?;
    Ok(report)
}

fn top_word(row: &WordRow<'_>) -> TopWord {
    TopWord {
        word: row.word.to_owned(),
        count: row.count,
        per_million: row.count as f64 * 1e6 / row.tokens.max(1) as f64,
        documents: row.documents,
        dp: row.parts.as_ref().ok().map(Parts::dp),
    }
}

/// Where every word stands, in all texts one after another.
struct Places {
    tokens: u64,
    types: u64,
    /// Texts with words.
    texts: u64,
    /// Where the places of each word begin in `places`.
    starts: Vec<usize>,
    places: Vec<u32>,
    document_ends: Vec<u64>,
    part_ends: Vec<u64>,
    sizes: std::result::Result<PartSizes, Undefined>,
    /// DP at random by number of occurrences.
    at_random: BTreeMap<u64, f64>,
}

/// A word to be shown.
struct Chosen<'s> {
    rank: Option<u64>,
    word: &'s str,
    key: Option<u32>,
}

impl Places {
    fn new(streams: &Streams, parts: Option<u64>) -> Self {
        let counts = streams.counts();
        let tokens = streams.words();
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut sum = 0;
        for count in &counts {
            starts.push(sum);
            sum += *count as usize;
        }
        starts.push(sum);
        let mut next = starts.clone();
        let mut places = vec![0; sum];
        let mut document_ends = Vec::with_capacity(streams.texts.len());
        let mut place = 0_u32;
        for text in &streams.texts {
            for key in &text.keys {
                let slot = &mut next[*key as usize];
                places[*slot] = place;
                *slot += 1;
                place += 1;
            }
            document_ends.push(u64::from(place));
        }
        let part_ends = match parts {
            None => document_ends.clone(),
            Some(k) => {
                (1..=k).map(|part| (u128::from(tokens) * u128::from(part) / u128::from(k)) as u64).collect()
            }
        };
        let sizes: Vec<u64> =
            part_ends.iter().scan(0, |before, end| Some(end - std::mem::replace(before, *end))).collect();
        let known = PartSizes::new(&sizes);
        let mut frequencies = counts.clone();
        frequencies.retain(|count| *count > 0);
        let types = frequencies.len() as u64;
        frequencies.sort_unstable();
        frequencies.dedup();
        let at_random = if known.is_ok() {
            let expected = |hits: &u64| Some((*hits, expected_dp(*hits, &sizes).ok()?));
            frequencies.par_iter().filter_map(expected).collect()
        } else {
            BTreeMap::new()
        };
        let texts = streams.texts.iter().filter(|text| !text.keys.is_empty()).count() as u64;
        Self { tokens, types, texts, starts, places, document_ends, part_ends, sizes: known, at_random }
    }

    fn count(&self, key: u32) -> u64 {
        (self.starts[key as usize + 1] - self.starts[key as usize]) as u64
    }

    /// The words asked for, or all that are frequent enough, by count and then by code point.
    fn chosen<'s>(&self, streams: &'s Streams, options: &'s FrequencyOptions) -> Vec<Chosen<'s>> {
        let mut keys: Vec<u32> =
            (0..streams.vocabulary() as u32).filter(|key| self.count(*key) > 0).collect();
        keys.par_sort_by_key(|key| std::cmp::Reverse(self.count(*key)));
        if options.only.is_empty() {
            return (1..)
                .zip(keys)
                .filter(|(_, key)| self.count(*key) >= options.min_count)
                .map(|(rank, key)| Chosen { rank: Some(rank), word: streams.word(key), key: Some(key) })
                .collect();
        }
        let ranks: BTreeMap<u32, u64> = keys.into_iter().zip(1..).collect();
        let mut chosen: Vec<Chosen<'s>> = options
            .only
            .iter()
            .map(|word| {
                let key = streams.key(&fold(word)).filter(|key| ranks.contains_key(key));
                let rank = key.and_then(|key| ranks.get(&key).copied());
                Chosen { rank, word: key.map_or(word.as_str(), |key| streams.word(key)), key }
            })
            .collect();
        chosen
            .sort_by(|a, b| (a.rank.unwrap_or(u64::MAX), a.word).cmp(&(b.rank.unwrap_or(u64::MAX), b.word)));
        chosen.dedup_by(|a, b| a.word == b.word);
        chosen
    }

    fn row<'s>(&self, Chosen { rank, word, key }: Chosen<'s>) -> WordRow<'s> {
        let places =
            key.map_or(&[][..], |key| &self.places[self.starts[key as usize]..self.starts[key as usize + 1]]);
        let wide: Vec<u64> = places.iter().map(|place| u64::from(*place)).collect();
        let distances = [average_reduced_frequency, average_waiting_time, average_logarithmic_distance]
            .map(|measure| measure(&wide, self.tokens));
        let parts = match &self.sizes {
            Ok(sizes) => Parts::sparse(held(&wide, &self.part_ends), sizes),
            Err(reason) => Err(*reason),
        };
        let count = places.len() as u64;
        WordRow {
            rank,
            word,
            count,
            tokens: self.tokens,
            types: self.types,
            documents: held(&wide, &self.document_ends).len() as u64,
            texts: self.texts,
            distances,
            parts,
            expected_dp: self.at_random.get(&count).copied(),
        }
    }
}

/// How many of these places each part holds, with its size: the parts that hold none are left out.
fn held(places: &[u64], ends: &[u64]) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    let mut rest = places;
    while let Some(place) = rest.first() {
        let part = ends.partition_point(|end| end <= place);
        let Some(end) = ends.get(part) else { break };
        let start = part.checked_sub(1).map_or(0, |before| ends[before]);
        let inside = rest.partition_point(|place| place < end);
        found.push((inside as u64, end - start));
        rest = &rest[inside..];
    }
    found
}

/// The curves of a text, or of all.
struct Curves {
    growth: Vec<GrowthPoint>,
    rarefaction: Vec<(u64, f64)>,
    laws: Rows,
}

impl Curves {
    fn new(document: &str, keys: impl Iterator<Item = u32>) -> Self {
        let sequence = Sequence::new(keys);
        let spectrum = sequence.spectrum();
        let tokens = spectrum.tokens();
        let step = tokens.div_ceil(POINTS).max(1);
        let growth = vocabulary_growth(&sequence, step as usize);
        let rarefaction = growth
            .iter()
            .filter_map(|point| Some((point.tokens, expected_types(&spectrum, point.tokens).ok()?)))
            .collect();
        let laws = laws(document, &spectrum, &growth);
        Self { growth, rarefaction, laws }
    }
}

fn laws(document: &str, spectrum: &Spectrum, growth: &[GrowthPoint]) -> Rows {
    let mut rows = Rows::new();
    let law = zipf_mandelbrot(spectrum);
    rows.text(document).integer(spectrum.tokens()).integer(spectrum.types());
    rows.integer(spectrum.types_occurring(1));
    let fit = law.ok();
    rows.number(fit.map(|law| law.a)).number(fit.map(|law| law.b)).number(fit.map(|law| law.c));
    rows.number(fit.map(|law| law.log_likelihood)).number(fit.map(|law| law.divergence));
    let flags = fit.map_or_else(Vec::new, |law| {
        [
            (spectrum.tokens() < 1000, "n_lt_1000"),
            (law.b < -0.998, "b_at_bound"),
            (law.divergence > 0.1, "poor_fit"),
        ]
        .into_iter()
        .filter_map(|(holds, name)| holds.then_some(name))
        .collect()
    });
    rows.text(&flags.join(" ")).text(law.err().map_or("", |reason| reason.name()));
    let growth = heaps(growth).ok();
    rows.number(growth.map(|law| law.k)).number(growth.map(|law| law.beta)).end();
    rows
}

/// Writes the tables of the vocabulary as a whole; gives the growth curve of each text.
fn write_curves(
    folder: &mut Folder,
    tables: &FrequencyTables,
    streams: &Streams,
) -> Result<Vec<Vec<GrowthPoint>>> {
    let mut rows = Rows::with_header(&tables.spectrum);
    let counts = streams.counts();
    for (times, types) in Spectrum::from_counts(counts.iter().copied()).iter() {
        rows.integer(times).integer(types).integer(times * types).end();
    }
    folder.write(tables.spectrum.file, &rows.into_bytes())?;
    let all = || streams.texts.iter().flat_map(|text| text.keys.iter().copied());
    let of_text = |text: &Stream| Curves::new(streams.id(text), text.keys.iter().copied());
    let (whole, of_texts) =
        rayon::join(|| Curves::new("", all()), || streams.texts.par_iter().map(of_text).collect::<Vec<_>>());
    let [mut growth, mut rarefaction, mut laws] = [&tables.growth, &tables.rarefaction, &tables.laws]
        .map(|schema| Rows::with_header(schema).into_bytes());
    let ids = std::iter::once("").chain(streams.texts.iter().map(|text| streams.id(text)));
    let mut drawn = Vec::with_capacity(of_texts.len());
    for (index, (id, curves)) in ids.zip(std::iter::once(whole).chain(of_texts)).enumerate() {
        let (mut points, mut expected) = (Rows::new(), Rows::new());
        for point in &curves.growth {
            points.text(id).integer(point.tokens).integer(point.types).integer(point.hapaxes).end();
        }
        for (draws, types) in &curves.rarefaction {
            expected.text(id).integer(*draws).number(Some(*types)).end();
        }
        growth.extend(points.into_bytes());
        rarefaction.extend(expected.into_bytes());
        laws.extend(curves.laws.into_bytes());
        if index > 0 {
            drawn.push(curves.growth);
        }
    }
    folder.write(tables.growth.file, &growth)?;
    folder.write(tables.rarefaction.file, &rarefaction)?;
    folder.write(tables.laws.file, &laws)?;
    Ok(drawn)
}

fn draw(folder: &mut Folder, study: &Study, streams: &Streams, curves: &[Vec<GrowthPoint>]) -> Result<()> {
    let data = chart_data(study, streams);
    let curves: Vec<Vec<(f64, f64)>> = curves
        .iter()
        .map(|curve| curve.iter().map(|point| (point.tokens as f64, point.types as f64)).collect())
        .collect();
    write_chart(folder, "vocabulary_growth", charts::growth(&data, &curves))
}

/// Names and groups of the texts, for charts.
pub(super) fn chart_data(study: &Study, streams: &Streams) -> ChartData {
    let columns = &streams.corpus.columns;
    let group = super::drawing::group_column(study, columns);
    ChartData {
        title: streams.corpus.name.clone(),
        source: format!(
            "{} {}, {} words. rhetor {}",
            streams.texts.len(),
            if streams.texts.len() == 1 { "text" } else { "texts" },
            charts::whole(streams.words()),
            env!("CARGO_PKG_VERSION")
        ),
        documents: streams
            .texts
            .iter()
            .map(|text| {
                let document = &streams.corpus.documents[text.document];
                DocumentSeries {
                    name: document.id.clone(),
                    group: group
                        .map(|column| document.metadata[column].clone())
                        .filter(|value| !value.is_empty()),
                    words: text.keys.len() as u64,
                    ..DocumentSeries::default()
                }
            })
            .collect(),
        ..ChartData::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_fall_into_their_parts() {
        assert_eq!(held(&[0, 1, 4, 9], &[2, 2, 4, 10]), [(2, 2), (2, 6)]);
        assert_eq!(held(&[3], &[2, 4]), [(1, 2)]);
        assert!(held(&[], &[5]).is_empty());
    }
}
