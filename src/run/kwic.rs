//! `rhetor kwic`: every place where something stands, in its context.

use std::path::Path;
use std::str::FromStr;

use rayon::prelude::*;
use serde::Serialize;

use super::folder::Folder;
use super::manifest::{Manifest, TextEntry};
use super::pipeline::in_order;
use super::progress::Progress;
use super::query::{Match, Query, Search, Searcher};
use super::reader::{ReadText, Reader};
use super::streams::write_about;
use super::{Input, nothing_read, wordless};
use crate::corpus::{Corpus, Problem};
use crate::error::Result;
use crate::profile::Selection;
use crate::rhetoric::Lexicons;
use crate::study::Study;
use crate::tables::{self, Rows, kwic_table};
use crate::text::{Forms, Text, Voice, fold, line_ends};

/// The farthest word from a match that can be sorted by.
const FARTHEST: usize = 9;

/// What matches are sorted by: a word before or after, or the match itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// The n-th word before, `1L`.
    Left(usize),
    /// The words of the match.
    Match,
    /// The n-th word after, `1R`.
    Right(usize),
}

/// The keys of an order, the first first; none for the order of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KwicOrder(pub Vec<SortKey>);

impl FromStr for KwicOrder {
    type Err = String;

    /// `position`, `left` (1L, 2L, 3L), `right` (1R, 2R, 3R), `match`, or keys with commas between: `1R,2R,1L`.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        use SortKey::{Left, Match, Right};
        let key = |name: &str| {
            let wrong = || format!("'{name}' is none of position, left, right, match, 1L to 9L, 1R to 9R");
            let (number, side) = name.split_at_checked(1).ok_or_else(wrong)?;
            let number =
                number.parse().ok().filter(|number| (1..=FARTHEST).contains(number)).ok_or_else(wrong)?;
            match side {
                "L" | "l" => Ok(Left(number)),
                "R" | "r" => Ok(Right(number)),
                _ => Err(wrong()),
            }
        };
        let mut keys = Vec::new();
        for name in text.split(',').map(str::trim) {
            match name {
                "position" => {}
                "left" => keys.extend([Left(1), Left(2), Left(3)]),
                "right" => keys.extend([Right(1), Right(2), Right(3)]),
                "match" => keys.push(Match),
                name => keys.push(key(name)?),
            }
        }
        Ok(Self(keys))
    }
}

/// What is asked of [`kwic`].
#[derive(Clone, Debug)]
pub struct KwicOptions {
    /// What is looked for.
    pub query: Query,
    /// Whose words.
    pub voice: Selection,
    /// How matches are sorted.
    pub order: KwicOrder,
}

/// What a run found.
#[derive(Clone, Debug, Serialize)]
pub struct KwicReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts searched.
    pub texts: usize,
    /// Words of all texts.
    pub words: u64,
    /// Matches.
    pub matches: usize,
    /// Texts that hold one.
    pub documents: usize,
    /// The first matches.
    pub top: Vec<TopLine>,
    /// What was found wrong with files, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A match for the eye.
#[derive(Clone, Debug, Serialize)]
pub struct TopLine {
    /// The text it stands in.
    pub document: String,
    /// Before, in and after it.
    pub context: [String; 3],
}

/// A match with what is written of it.
struct Line {
    text: usize,
    hit: Match,
    line: u64,
    context: [String; 3],
    keys: Vec<String>,
}

/// What the manifest says of a text.
#[derive(Clone, Copy, Serialize)]
struct Numbers {
    words: u64,
    matches: u64,
}

/// Searches the corpus of `study` and writes `kwic.csv` into the folder `output`.
///
/// # Errors
/// If no text can be read, the query or an option cannot be used, or the results cannot be written. `output`
/// then keeps what it held before.
pub fn kwic(
    study: &Study,
    options: &KwicOptions,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<KwicReport> {
    study.check()?;
    let lexicons = Lexicons::of_study(study)?;
    let search = Search::new(&options.query, &study.words, &lexicons)?;
    let by_lexicon = matches!(options.query, Query::Category(_) | Query::Marker(_));
    let corpus = Corpus::discover(&study.corpus)?;
    let documents = &corpus.documents;
    let reader = Reader::new(study, &corpus.columns)?;
    let mut folder = Folder::claim(output, force)?;
    let of = documents.iter().map(|document| document.size).sum();
    let (mut texts, mut lines, mut problems) = (Vec::new(), Vec::new(), corpus.problems.clone());
    let mut done = 0;
    let has = |voice: Voice| match options.voice {
        Selection::All => true,
        Selection::Only(only) => voice == only,
    };
    let work = |(forms, searcher): &mut (Forms, Searcher<'_>), item: usize| {
        let ReadText { input, text, mut problems } = reader.read(&documents[item], forms)?;
        let mut found = searcher.find(&text, forms, input.language);
        found.retain(|hit| has(hit.voice));
        let words = text.sentences.iter().map(|sentence| sentence.words() as u64).sum();
        problems.extend(wordless(&documents[item], words));
        let lines = found_lines(&text, forms, item, found, &options.order, study.context);
        Ok((input, words, lines, problems))
    };
    let worker = || (Forms::new(), Searcher::new(&search, &lexicons));
    in_order(documents.len(), worker, work, |item, read| {
        match read {
            Ok((input, words, found, noticed)) => {
                texts.push((item, input, Numbers { words, matches: found.len() as u64 }));
                lines.extend(found);
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
    progress(Progress::Tables);
    // Stable: equal ones stay in order of text and place.
    lines.par_sort_by(|a: &Line, b: &Line| a.keys.cmp(&b.keys));
    let schema = kwic_table();
    let mut rows = Rows::with_header(&schema);
    for line in &lines {
        let Line { text, hit, line, context: [left, matched, right], .. } = line;
        let id = &documents[*text].id;
        rows.text(&format!("{id}:{}-{}", hit.start, hit.end)).text(id).integer(*line);
        rows.integer(hit.sentence as u64 + 1).text(hit.voice.name());
        rows.integer(hit.start as u64).integer(hit.end as u64);
        rows.text(left).text(matched).text(right).end();
    }
    folder.write(schema.file, &rows.into_bytes())?;
    write_about(&mut folder, study, &[&schema], &problems)?;
    let report = KwicReport {
        corpus: corpus.name.clone(),
        output: output.display().to_string(),
        texts: texts.len(),
        words: texts.iter().map(|(_, _, numbers)| numbers.words).sum(),
        matches: lines.len(),
        documents: texts.iter().filter(|(_, _, numbers)| numbers.matches > 0).count(),
        top: lines
            .iter()
            .take(40)
            .map(|line| TopLine { document: documents[line.text].id.clone(), context: line.context.clone() })
            .collect(),
        problems,
        files: folder.files(),
    };
    let entry = |(item, input, numbers): &'_ (usize, Input, Numbers)| (*item, input.clone(), *numbers);
    let kept: Vec<(usize, Input, Numbers)> = texts.iter().map(entry).collect();
    let entries = kept
        .iter()
        .map(|(item, input, numbers)| TextEntry::new(&documents[*item], input, *numbers))
        .collect();
    let (kind, query) = match &options.query {
        Query::Words(query) => ("words", query),
        Query::WordRegex(query) => ("word_regex", query),
        Query::Regex(query) => ("regex", query),
        Query::Category(query) => ("category", query),
        Query::Marker(query) => ("marker", query),
    };
    let described = serde_json::json!({
        "command": "kwic",
        "query": query,
        "kind": kind,
        "voice": options.voice.name(),
        "sort": options.order,
    });
    let mut manifest = Manifest::new(study, entries, &report.problems).with_options(described);
    if by_lexicon {
        manifest = manifest.with_lexicons(lexicons.packs().iter().collect());
    }
    folder.finish(manifest)?;
    Ok(report)
}

/// The matches of a text with their lines, contexts and keys.
fn found_lines(
    text: &Text,
    forms: &Forms,
    item: usize,
    found: Vec<Match>,
    order: &KwicOrder,
    context: usize,
) -> Vec<Line> {
    let (mut line, mut counted) = (1, 0);
    found
        .into_iter()
        .map(|hit| {
            if hit.start >= counted {
                line += line_ends(&text.content[counted..hit.start]) as u64;
                counted = hit.start;
            }
            let keys = keys(text, forms, &hit, order);
            let context = tables::context(&text.content, hit.start..hit.end, context);
            Line { text: item, line, context, keys, hit }
        })
        .collect()
}

/// What a match is sorted by. Words near it are those of the whole text, sentence ends passed over.
fn keys(text: &Text, forms: &Forms, hit: &Match, order: &KwicOrder) -> Vec<String> {
    if order.0.is_empty() {
        return Vec::new();
    }
    let first = text.tokens.partition_point(|token| token.range().end <= hit.start);
    let next = text.tokens.partition_point(|token| token.range().start < hit.end);
    let key = |place: Option<usize>| {
        place
            .and_then(|place| text.tokens.get(place))
            .map_or_else(String::new, |token| fold(forms.form(token.form)).into_owned())
    };
    order
        .0
        .iter()
        .map(|sort| match sort {
            SortKey::Left(n) => key(first.checked_sub(*n)),
            SortKey::Right(n) => key(Some(next + n - 1)),
            SortKey::Match => fold(&text.content[hit.start..hit.end]).into_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read() {
        use SortKey::{Left, Right};
        let order = |text: &str| text.parse::<KwicOrder>().map(|order| order.0);
        assert_eq!(order("position"), Ok(Vec::new()));
        assert_eq!(order("1R, 2l"), Ok(vec![Right(1), Left(2)]));
        assert_eq!(order("left"), Ok(vec![Left(1), Left(2), Left(3)]));
        for wrong in ["", "0L", "é", "1X", "12R"] {
            assert!(order(wrong).is_err(), "{wrong}");
        }
    }
}
