//! What keyness compares: words, lemmas, n-grams, categories of markers or punctuation, counted by text.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::super::grams::{Grams, Shape, spelled};
use super::super::pipeline::in_order;
use super::super::progress::Progress;
use super::super::reader::{ReadText, Reader};
use super::super::streams::{Scope, Streams, Within, option};
use super::super::{Input, Wanted, count_with, nothing_read};
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::profile::Selection;
use crate::study::Study;
use crate::text::{Forms, Text, Voice, fold};

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureKind {
    /// Words, by their counted keys.
    #[default]
    Words,
    /// Lemmas, by a list that is given.
    Lemmas,
    /// So many words side by side within a sentence.
    Ngrams(usize),
    /// Categories of rhetorical markers and questions; sizes are words of prose.
    Markers,
    /// Punctuation marks; sizes are words and marks.
    Punctuation,
}

/// A text as it was read.
pub(super) struct TextRead {
    pub document: usize,
    pub input: Input,
    /// What its counts are shares of.
    pub size: u64,
}

/// The features of a corpus, counted.
pub(super) struct Features {
    pub corpus: Corpus,
    pub texts: Vec<TextRead>,
    pub problems: Vec<Problem>,
    /// Names, in code-point order.
    pub names: Vec<String>,
    /// For each feature, the texts that hold it, ascending, with their counts.
    pub held: Vec<Vec<(u32, u64)>>,
}

impl Features {
    /// Reads the corpus of a study and counts its features.
    ///
    /// # Errors
    /// If no text can be read, or an option or the list of lemmas cannot be used.
    pub fn read(
        study: &Study,
        kind: FeatureKind,
        voice: Selection,
        lemmas: Option<&Path>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self> {
        match kind {
            FeatureKind::Markers => Self::markers(study, voice),
            FeatureKind::Punctuation => Self::punctuation(study, voice, progress),
            _ => {
                let lemmas = lemmas.map(read_lemmas).transpose()?;
                let streams = Streams::read(study, Scope { voice, within: Within::Sentence }, progress)?;
                match kind {
                    FeatureKind::Ngrams(n) => Self::ngrams(streams, n),
                    _ => Ok(Self::words(streams, lemmas.as_ref())),
                }
            }
        }
    }

    fn words(streams: Streams, lemmas: Option<&HashMap<String, String>>) -> Self {
        let keys = 0..streams.vocabulary() as u32;
        let name = |key: u32| {
            let word = streams.word(key);
            lemmas.and_then(|lemmas| lemmas.get(word)).map_or(word, String::as_str)
        };
        let mut names: Vec<&str> = keys.clone().map(name).collect();
        names.sort_unstable();
        names.dedup();
        let place = |name: &str| names.binary_search(&name).unwrap_or_default();
        let feature: Vec<usize> = keys.map(|key| place(name(key))).collect();
        let mut held: Vec<Vec<(u32, u64)>> = vec![Vec::new(); names.len()];
        for (text, index) in streams.texts.iter().zip(0_u32..) {
            for key in &text.keys {
                let list = &mut held[feature[*key as usize]];
                match list.last_mut() {
                    Some((last, count)) if *last == index => *count += 1,
                    _ => list.push((index, 1)),
                }
            }
        }
        let names = names.into_iter().map(str::to_owned).collect();
        Self::of_streams(streams, names, held, None)
    }

    fn ngrams(streams: Streams, n: usize) -> Result<Self> {
        let grams = Grams::count(&streams, Shape { n, skips: 0 }, 1)?;
        let names = grams.iter().map(|gram| spelled(&streams, grams.words(gram))).collect();
        let widen = |(text, count): &(u32, u32)| (*text, u64::from(*count));
        let held = grams.iter().map(|gram| grams.texts(gram).iter().map(widen).collect()).collect();
        let sizes = grams.sizes.clone();
        Ok(Self::of_streams(streams, names, held, Some(sizes)))
    }

    fn of_streams(
        streams: Streams,
        names: Vec<String>,
        held: Vec<Vec<(u32, u64)>>,
        sizes: Option<Vec<u64>>,
    ) -> Self {
        let Streams { corpus, texts, problems, .. } = streams;
        let sizes = sizes.unwrap_or_else(|| texts.iter().map(|text| text.keys.len() as u64).collect());
        let texts = texts.into_iter().zip(sizes);
        let texts =
            texts.map(|(text, size)| TextRead { document: text.document, input: text.input, size }).collect();
        Self { corpus, texts, problems, names, held }
    }

    fn markers(study: &Study, voice: Selection) -> Result<Self> {
        study.check()?;
        let corpus = Corpus::discover(&study.corpus)?;
        let counted = count_with(corpus, study, Wanted::Counts, |_, _| (), |_| Ok(()), |_, ()| Ok(()))?;
        let mut counts: BTreeMap<String, Vec<(u32, u64)>> = BTreeMap::new();
        let mut sizes = Vec::with_capacity(counted.texts.len());
        for (text, index) in counted.texts.iter().zip(0_u32..) {
            let markers = text.profile.markers.select(voice);
            let words = text.profile.select(voice).prose_words;
            // In a text of another language markers are not looked for: it takes no part.
            let known = counted.has_markers(text);
            sizes.push(if known { words } else { 0 });
            for (category, place) in counted.lexicons.categories().iter().zip(0_u16..) {
                let name = format!("{}/{}", category.family, category.category);
                let list = counts.entry(name).or_default();
                let hits = markers.count(place);
                if known && hits > 0 {
                    list.push((index, hits));
                }
            }
        }
        let (names, held) = counts.into_iter().unzip();
        let texts = counted.texts.into_iter().zip(sizes).map(|(text, size)| TextRead {
            document: text.document,
            input: text.input,
            size,
        });
        Ok(Self { texts: texts.collect(), corpus: counted.corpus, problems: counted.problems, names, held })
    }

    fn punctuation(study: &Study, voice: Selection, progress: &(dyn Fn(Progress) + Sync)) -> Result<Self> {
        study.check()?;
        let corpus = Corpus::discover(&study.corpus)?;
        let reader = Reader::new(study, &corpus.columns)?;
        let documents = &corpus.documents;
        let (mut texts, mut problems) = (Vec::new(), corpus.problems.clone());
        let mut counts: BTreeMap<String, Vec<(u32, u64)>> = BTreeMap::new();
        let of = documents.iter().map(|document| document.size).sum();
        let mut done = 0;
        let work = |forms: &mut Forms, item: usize| {
            let ReadText { input, text, problems } = reader.read(&documents[item], forms)?;
            Ok((input, marks(&text, voice), problems))
        };
        in_order(documents.len(), Forms::new, work, |item, read| {
            match read {
                Ok((input, (found, words), noticed)) => {
                    let index = texts.len() as u32;
                    let size = words + found.values().sum::<u64>();
                    for (mark, count) in found {
                        counts.entry(mark.to_string()).or_default().push((index, count));
                    }
                    texts.push(TextRead { document: item, input, size });
                    problems.extend(noticed);
                }
                Err(problem) => problems.push(problem),
            }
            done += documents[item].size;
            progress(Progress::Reading { done, of });
            Ok(())
        })?;
        problems.sort();
        if texts.is_empty() {
            return Err(nothing_read(&corpus, &problems));
        }
        let (names, held) = counts.into_iter().unzip();
        Ok(Self { corpus, texts, problems, names, held })
    }

    /// Adds features that occur in a reference list alone, so that each name of the list has a place.
    pub fn with_names(mut self, others: &BTreeMap<String, u64>) -> Self {
        let known: BTreeMap<String, Vec<(u32, u64)>> =
            self.names.drain(..).zip(self.held.drain(..)).collect();
        let mut all: BTreeMap<String, Vec<(u32, u64)>> =
            others.keys().map(|name| (name.clone(), Vec::new())).collect();
        all.extend(known);
        (self.names, self.held) = all.into_iter().unzip();
        self
    }
}

/// Punctuation marks of a text outside words, and its words, in a selection of voices.
fn marks(text: &Text, voice: Selection) -> (BTreeMap<char, u64>, u64) {
    let has = |of: Voice| match voice {
        Selection::All => true,
        Selection::Only(only) => of == only,
    };
    let mut quoted = text.segments.iter().filter(|segment| segment.kind.voice() == Voice::Quoted).peekable();
    let mut counts = BTreeMap::new();
    let (mut words, mut token) = (0, 0);
    for block in text.blocks.iter().filter(|block| block.kind.is_counted()) {
        for (at, c) in text.content[block.range.clone()].char_indices() {
            let at = block.range.start + at;
            while text.tokens.get(token).is_some_and(|word| word.range().end <= at) {
                token += 1;
            }
            if !is_punctuation(c) || text.tokens.get(token).is_some_and(|word| word.range().start <= at) {
                continue;
            }
            while quoted.next_if(|segment| segment.range.end <= at).is_some() {}
            let inside = quoted.peek().is_some_and(|segment| segment.range.start <= at);
            if has(if inside { Voice::Quoted } else { Voice::Author }) {
                *counts.entry(c).or_default() += 1;
            }
        }
    }
    for sentence in &text.sentences {
        words += text.tokens[sentence.tokens.clone()].iter().filter(|token| has(token.voice)).count() as u64;
    }
    (counts, words)
}

/// Marks of ASCII but symbols of arithmetic and currency, of general punctuation, and of East Asian texts.
fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '!' | '"' | '#' | '%' | '&' | '\'' | '(' | ')' | '*' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '@'
            | '[' | '\\' | ']' | '_' | '{' | '}'
            | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{205e}'
            | '\u{2e00}'..='\u{2e5d}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
            | '\u{ff5b}'..='\u{ff65}' | '،' | '؛' | '؟' | '।' | '॥'
    )
}

/// A list of lemmas: a line a form, `form`, a tab, `lemma`; both are folded. The first line of a form counts.
fn read_lemmas(path: &Path) -> Result<HashMap<String, String>> {
    let wrong = |reason: String| option(&format!("--lemmas '{}': {reason}", path.display()));
    let content = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    let mut lemmas = HashMap::new();
    for (line, number) in content.lines().zip(1_usize..) {
        if line.trim().is_empty() {
            continue;
        }
        let Some((form, lemma)) = line.split_once('\t') else {
            return Err(wrong(format!("line {number} has no tab between form and lemma")));
        };
        let lemma = lemma.split('\t').next().unwrap_or_default();
        let [form, lemma] = [form, lemma].map(|word| fold(word.trim()).into_owned());
        if form.is_empty() || lemma.is_empty() {
            return Err(wrong(format!("line {number} has an empty form or lemma")));
        }
        lemmas.entry(form).or_insert(lemma);
    }
    if lemmas.is_empty() {
        return Err(wrong("is empty".to_owned()));
    }
    Ok(lemmas)
}

/// A frequency list as CSV: the columns `word` and `count`, or the first two. Words are folded, equal ones
/// added up.
///
/// # Errors
/// If it cannot be read, a count is no whole number, or all are 0.
pub(super) fn read_list(path: &Path) -> Result<BTreeMap<String, u64>> {
    let wrong = |reason: String| option(&format!("--reference-list '{}': {reason}", path.display()));
    let content = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content.as_bytes());
    let (mut columns, mut list) = ((0, 1), BTreeMap::<String, u64>::new());
    for (record, line) in reader.records().zip(1_usize..) {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let place = |name: &str| record.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        if line == 1
            && let (Some(word), Some(count)) = (place("word"), place("count"))
        {
            columns = (word, count);
            continue;
        }
        let count = record.get(columns.1).map(|cell| cell.trim().parse::<u64>());
        match (record.get(columns.0), count) {
            (Some(word), Some(Ok(count))) => {
                let sum = list.entry(fold(word.trim()).into_owned()).or_default();
                *sum = sum.saturating_add(count);
            }
            // A head with other names.
            _ if line == 1 => {}
            _ => return Err(wrong(format!("record {line} is not a word and its count"))),
        }
    }
    let total = list.par_iter().map(|(_, count)| u128::from(*count)).sum::<u128>();
    if total == 0 || total > u128::from(u64::MAX / 4) {
        return Err(wrong("holds no counts, or too great ones".to_owned()));
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn punctuation_outside_words() {
        let content = "“Don’t go,” said Penn - the tanner's son; “stop!”";
        let text = Text::read(content.to_owned(), &Language::english(), &mut Forms::new());
        let of = |voice| {
            let (counts, words) = marks(&text, voice);
            (counts.into_iter().map(|(c, n)| format!("{c}{n}")).collect::<Vec<_>>().join(" "), words)
        };
        assert_eq!(of(Selection::All), ("!1 ,1 -1 ;1 “2 ”2".to_owned(), 8));
        assert_eq!(of(Selection::Only(Voice::Author)), ("-1 ;1".to_owned(), 5));
    }

    #[test]
    fn lists_with_and_without_a_head() {
        let folder = tempfile::tempdir().unwrap();
        let list = |content: &str| {
            let path = folder.path().join("list.csv");
            std::fs::write(&path, content).unwrap();
            read_list(&path).map(|list| list.into_iter().collect::<Vec<_>>()).map_err(|e| e.to_string())
        };
        let expected = vec![("a".to_owned(), 3), ("b".to_owned(), 5)];
        assert_eq!(list("rank,word,count\n1,b,5\n2,A,1\n3,a,2\n").unwrap(), expected);
        assert_eq!(list("b,5\na,3\n").unwrap(), expected);
        assert_eq!(list("form;n,freq\nb,5\na,3\n").unwrap(), expected);
        assert!(list("b,5\na,x\n").unwrap_err().contains("record 2"));
        assert!(list("").unwrap_err().contains("no counts"));
    }
}
