//! `rhetor ngrams`: sequences of words, skip-grams, lexical bundles.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::folder::Folder;
use super::grams::{Gram, Grams, Shape, spelled};
use super::progress::Progress;
use super::streams::{Scope, Streams, Within, option};
use crate::corpus::Problem;
use crate::error::Result;
use crate::measures::dispersion::{PartSizes, Parts};
use crate::study::Study;
use crate::tables::{Rows, ngrams_table};

/// The longest n-gram.
pub const LONGEST_GRAM: usize = 12;
/// The most words left out in a skip-gram.
pub const MOST_SKIPS: usize = 8;
/// Rows made together.
const CHUNK: usize = 1024;

/// What is asked of [`ngrams`].
#[derive(Clone, Debug)]
pub struct NgramOptions {
    /// Whose words, and what an n-gram may not cross.
    pub scope: Scope,
    /// Fewest and most words.
    pub n: (usize, usize),
    /// Words that may be left out between those of an n-gram, in all.
    pub skips: usize,
    /// Fewest occurrences.
    pub min_count: u64,
    /// Fewest occurrences per million words.
    pub min_per_million: f64,
    /// Fewest texts.
    pub min_texts: u64,
}

impl Default for NgramOptions {
    fn default() -> Self {
        Self {
            scope: Scope::default(),
            n: (2, 2),
            skips: 0,
            min_count: 2,
            min_per_million: 0.0,
            min_texts: 1,
        }
    }
}

/// What a run found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct NgramReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read.
    pub texts: usize,
    /// Words of all texts, in the voices asked for.
    pub words: u64,
    /// n-grams of these numbers of words, of any frequency: occurrences.
    pub occurrences: u64,
    /// Rows of `ngrams.csv`.
    pub rows: usize,
    /// The thresholds they pass: occurrences, per million words, texts.
    pub thresholds: (u64, f64, u64),
    /// The first rows.
    pub top: Vec<TopGram>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A row for the eye.
#[derive(Clone, Debug, Serialize)]
pub struct TopGram {
    /// The n-gram.
    pub ngram: String,
    /// Its occurrences.
    pub count: u64,
    /// Per million words.
    pub per_million: f64,
    /// Texts that hold it.
    pub documents: u64,
    /// DP over the texts, where there are at least two.
    pub dp: Option<f64>,
}

/// Counts the n-grams of `study`'s corpus into the folder `output`.
///
/// # Errors
/// If no text can be read, an option cannot be used, or the results cannot be written. `output` then keeps
/// what it held before.
pub fn ngrams(
    study: &Study,
    options: &NgramOptions,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<NgramReport> {
    let (fewest, most) = options.n;
    if fewest == 0 || most > LONGEST_GRAM || fewest > most {
        return Err(option(&format!("-n is a number from 1 to {LONGEST_GRAM}, or two such as 2-4")));
    }
    if options.skips > MOST_SKIPS {
        return Err(option(&format!("--skip is at most {MOST_SKIPS}")));
    }
    if !(options.min_per_million >= 0.0 && options.min_per_million.is_finite()) {
        return Err(option("--per-million is a number that is not negative"));
    }
    let mut folder = Folder::claim(output, force)?;
    let streams = Streams::read(study, options.scope, progress)?;
    progress(Progress::Tables);
    let schema = ngrams_table(options.skips);
    let mut file = folder.open(&schema)?;
    let words = streams.words();
    // The least whole number of occurrences that makes the rate.
    let rate = (options.min_per_million * words as f64 / 1e6).ceil() as u64;
    let least = options.min_count.max(rate).max(1);
    let (mut rows, mut occurrences, mut top) = (0, 0, Vec::new());
    for n in fewest..=most {
        let grams = Grams::count(&streams, Shape { n, skips: options.skips }, least)?;
        occurrences += grams.sizes.iter().sum::<u64>();
        let texts_with_words = streams.texts.iter().filter(|text| !text.keys.is_empty()).count();
        let table = Table {
            streams: &streams,
            sizes: PartSizes::new(&grams.sizes),
            grams: &grams,
            words,
            texts_with_words,
        };
        let mut list: Vec<&Gram> =
            grams.iter().filter(|gram| grams.texts(gram).len() as u64 >= options.min_texts).collect();
        list.par_sort_by_key(|gram| std::cmp::Reverse(gram.count));
        if top.len() < 20 {
            top.extend(list.iter().take(20 - top.len()).map(|gram| table.top(gram)));
        }
        let chunks: Vec<Rows> = list
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, list)| table.rows(n, chunk * CHUNK, list))
            .collect();
        for chunk in chunks {
            file.write(&chunk.into_bytes())?;
        }
        rows += list.len();
    }
    folder.close(schema.file, file)?;
    let described = serde_json::json!({
        "command": "ngrams",
        "voice": options.scope.voice.name(),
        "within": options.scope.within,
        "n": options.n,
        "skip": options.skips,
        "min_count": options.min_count,
        "min_per_million": options.min_per_million,
        "min_texts": options.min_texts,
    });
    let mut report = NgramReport {
        corpus: streams.corpus.name.clone(),
        output: output.display().to_string(),
        texts: streams.texts.len(),
        words,
        occurrences,
        rows,
        thresholds: (options.min_count, options.min_per_million, options.min_texts),
        top,
        problems: streams.problems.clone(),
        files: Vec::new(),
    };
    report.files = streams.close(study, folder, &[&schema], described)?;
    Ok(report)
}

impl NgramOptions {
    /// Lexical bundles as they are usually taken: four words, at least 20 times per million words and in at
    /// least five texts (after Biber et al. 1999, who ask for 10 and five, and later work that asks for 20 to
    /// 40).
    pub fn bundles() -> Self {
        Self {
            scope: Scope { within: Within::Sentence, ..Scope::default() },
            n: (4, 4),
            min_count: 1,
            min_per_million: 20.0,
            min_texts: 5,
            ..Self::default()
        }
    }
}

/// What the rows of one number of words are made from.
struct Table<'a> {
    streams: &'a Streams,
    grams: &'a Grams,
    sizes: std::result::Result<PartSizes, crate::measures::Undefined>,
    words: u64,
    texts_with_words: usize,
}

impl Table<'_> {
    fn parts(&self, gram: &Gram) -> Option<Parts> {
        let held = self.grams.texts(gram).iter();
        let held = held.map(|(text, count)| (u64::from(*count), self.grams.sizes[*text as usize]));
        Parts::sparse(held, self.sizes.as_ref().ok()?).ok()
    }

    fn per_million(&self, gram: &Gram) -> f64 {
        gram.count as f64 * 1e6 / self.words as f64
    }

    fn rows(&self, n: usize, before: usize, list: &[&Gram]) -> Rows {
        let mut rows = Rows::new();
        for (gram, rank) in list.iter().zip(before as u64 + 1..) {
            let texts = self.grams.texts(gram).len() as u64;
            let parts = self.parts(gram);
            rows.integer(n as u64).integer(rank).text(&spelled(self.streams, self.grams.words(gram)));
            rows.integer(gram.count).number(Some(self.per_million(gram))).integer(texts);
            rows.number(Some(texts as f64 / self.texts_with_words as f64));
            rows.number(parts.as_ref().map(Parts::dp)).number(parts.as_ref().map(Parts::dp_norm));
            rows.text(parts.as_ref().and_then(Parts::flag).map_or("", |flag| flag.name())).end();
        }
        rows
    }

    fn top(&self, gram: &Gram) -> TopGram {
        TopGram {
            ngram: spelled(self.streams, self.grams.words(gram)),
            count: gram.count,
            per_million: self.per_million(gram),
            documents: self.grams.texts(gram).len() as u64,
            dp: self.parts(gram).map(|parts| parts.dp()),
        }
    }
}
