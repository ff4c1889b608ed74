//! `rhetor collocations`: which words stand near others more often than by chance.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::folder::Folder;
use super::progress::Progress;
use super::streams::{Scope, Streams, option};
use super::windows::{Met, Wanted, WindowConvention, Windows};
use crate::corpus::{Problem, Severity};
use crate::error::Result;
use crate::measures::association::{Joint, g2_signed, mutual_information};
use crate::measures::contingency::{Tail, log10_p};
use crate::measures::formulas::{ASSOCIATIONS, Formula};
use crate::measures::{Flag, Outcome, Undefined};
use crate::study::Study;
use crate::tables::{Rows, collocations_table};
use crate::text::{Forms, Language, Text, fold};

/// The widest side of a window.
pub const WIDEST_WINDOW: usize = 1000;
/// Rows made together.
const CHUNK: usize = 256;

/// What is asked of [`collocations`].
#[derive(Clone, Debug)]
pub struct CollocationOptions {
    /// Whose words, and what a window may not cross.
    pub scope: Scope,
    /// The nodes; every frequent word if empty.
    pub nodes: Vec<String>,
    /// Words of a window before and after the node.
    pub span: (usize, usize),
    /// What is counted.
    pub convention: WindowConvention,
    /// How often a node and a collocate must meet; without nodes named, also the fewest occurrences of either.
    pub min_count: u64,
    /// Id of the measure that rows are sorted by.
    pub sort: String,
    /// The most rows, none for all.
    pub top: Option<usize>,
    /// Fisher's exact test too: its cost grows with the frequency of the words.
    pub fisher: bool,
}

/// What a run found, in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct CollocationReport {
    /// What the corpus was given as.
    pub corpus: String,
    /// The folder of the results.
    pub output: String,
    /// Texts read.
    pub texts: usize,
    /// Words of all texts, in the voices asked for.
    pub words: u64,
    /// Nodes that occur.
    pub nodes: usize,
    /// Pairs that meet often enough.
    pub pairs: usize,
    /// Rows of `collocations.csv`.
    pub rows: usize,
    /// The convention, its window and unit in words.
    pub convention: String,
    /// The measure that rows are sorted by.
    pub sort: String,
    /// The first rows.
    pub top: Vec<TopPair>,
    /// What was found wrong with files and nodes, sorted.
    pub problems: Vec<Problem>,
    /// Files written, in order.
    pub files: Vec<String>,
}

/// A row for the eye.
#[derive(Clone, Debug, Serialize)]
pub struct TopPair {
    /// The node.
    pub node: String,
    /// The collocate.
    pub collocate: String,
    /// How often they meet.
    pub together: u64,
    /// Texts in which they do.
    pub documents: u64,
    /// logDice.
    pub log_dice: Option<f64>,
    /// Mutual information.
    pub mi: Option<f64>,
    /// G², signed.
    pub g2: Option<f64>,
}

/// A pair with what it is sorted by.
struct Pair {
    node: u32,
    collocate: u32,
    met: Met,
    joint: Joint,
    value: Outcome,
}

/// Counts the collocations of `study`'s corpus into the folder `output`.
///
/// # Errors
/// If no text can be read, no node occurs, an option cannot be used, or the results cannot be written. `output`
/// then keeps what it held before.
pub fn collocations(
    study: &Study,
    options: &CollocationOptions,
    output: &Path,
    force: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<CollocationReport> {
    let Some(sort) = ASSOCIATIONS.iter().find(|entry| entry.id == options.sort) else {
        let ids: Vec<&str> = ASSOCIATIONS.iter().map(|entry| entry.id).collect();
        return Err(option(&format!(
            "there is no measure '{}'; --sort takes {}",
            options.sort,
            ids.join(", ")
        )));
    };
    let (left, right) = options.span;
    if left > WIDEST_WINDOW || right > WIDEST_WINDOW || left + right == 0 {
        return Err(option(&format!(
            "--span is from 1 to {WIDEST_WINDOW} words, or two numbers such as 0:3"
        )));
    }
    let nodes = options.nodes.iter().map(|node| one_word(study, node)).collect::<Result<Vec<String>>>()?;
    let mut folder = Folder::claim(output, force)?;
    let mut streams = Streams::read(study, options.scope, progress)?;
    progress(Progress::Tables);
    let counts = streams.counts();
    let is_node = nodes_of(&mut streams, &nodes, &counts, options.min_count)?;
    let collocates: Vec<bool> = counts.iter().map(|count| *count >= options.min_count).collect();
    let wanted = Wanted { nodes: &is_node, collocates: &collocates };
    let windows = Windows::count(&streams, wanted, options.span, options.convention);
    let found = windows.pairs(options.min_count);
    let mut pairs: Vec<Pair> = found
        .into_par_iter()
        .map(|(node, collocate, met)| {
            let joint = windows.joint(node, collocate, met);
            Pair { node, collocate, met, joint, value: measured(sort, &joint, &windows) }
        })
        .collect();
    let all = nodes.is_empty();
    // What is not defined comes last; ties in order of the words.
    let value = |pair: &Pair| pair.value.unwrap_or(f64::NEG_INFINITY);
    pairs.par_sort_by(|a, b| {
        let by_node = if all { std::cmp::Ordering::Equal } else { a.node.cmp(&b.node) };
        by_node
            .then_with(|| value(b).total_cmp(&value(a)))
            .then_with(|| (a.node, a.collocate).cmp(&(b.node, b.collocate)))
    });
    let met = pairs.len();
    let mut ranked: Vec<(u64, Pair)> = Vec::with_capacity(met);
    for pair in pairs {
        let rank = match ranked.last() {
            Some((rank, last)) if all || last.node == pair.node => rank + 1,
            _ => 1,
        };
        ranked.push((rank, pair));
    }
    if let Some(top) = options.top {
        ranked.retain(|(rank, _)| *rank <= top as u64);
    }
    let convention = described(options);
    let schema = collocations_table(&convention, options.fisher);
    let table = Table { streams: &streams, windows: &windows, fisher: options.fisher };
    let mut file = folder.open(&schema)?;
    let chunks: Vec<Rows> = ranked.par_chunks(CHUNK).map(|chunk| table.rows(chunk)).collect();
    for chunk in chunks {
        file.write(&chunk.into_bytes())?;
    }
    folder.close(schema.file, file)?;
    let mut report = CollocationReport {
        corpus: streams.corpus.name.clone(),
        output: output.display().to_string(),
        texts: streams.texts.len(),
        words: windows.words,
        nodes: is_node.iter().filter(|node| **node).count(),
        pairs: met,
        rows: ranked.len(),
        convention,
        sort: sort.id.to_owned(),
        top: ranked.iter().take(20).map(|(_, pair)| table.top(pair)).collect(),
        problems: streams.problems.clone(),
        files: Vec::new(),
    };
    let manifest = serde_json::json!({
        "command": "collocations",
        "voice": options.scope.voice.name(),
        "within": options.scope.within,
        "nodes": nodes,
        "span": options.span,
        "convention": options.convention,
        "min_count": options.min_count,
        "sort": options.sort,
        "top": options.top,
        "fisher": options.fisher,
    });
    report.files = streams.close(study, folder, &[&schema], manifest)?;
    Ok(report)
}

/// The counted key of a node, which must be one word.
fn one_word(study: &Study, node: &str) -> Result<String> {
    let mut forms = Forms::new();
    let text = Text::read_with(node.to_owned(), &Language::english(), &study.words, &mut forms);
    match text.tokens.as_slice() {
        [token] => Ok(fold(forms.form(token.form)).into_owned()),
        _ => Err(option(&format!("the node '{node}' is not one word"))),
    }
}

/// Which words are nodes: those asked for that occur, or every frequent word.
fn nodes_of(streams: &mut Streams, nodes: &[String], counts: &[u64], least: u64) -> Result<Vec<bool>> {
    if nodes.is_empty() {
        return Ok(counts.iter().map(|count| *count > 0 && *count >= least).collect());
    }
    let mut is_node = vec![false; counts.len()];
    let mut absent = Vec::new();
    for node in nodes {
        match streams.key(node).filter(|key| counts[*key as usize] > 0) {
            Some(key) => is_node[key as usize] = true,
            None => absent.push(node.as_str()),
        }
    }
    if absent.len() == nodes.len() {
        return Err(option(&format!("no node occurs in the corpus: {}", absent.join(", "))));
    }
    streams.problems.extend(absent.iter().map(|node| Problem {
        file: String::new(),
        severity: Severity::Warning,
        problem: "node_absent",
        place: String::new(),
        message: format!("the node '{node}' does not occur"),
    }));
    streams.problems.sort();
    Ok(is_node)
}

/// The convention in words, for the data dictionary.
fn described(options: &CollocationOptions) -> String {
    let (left, right) = options.span;
    let counted = match options.convention {
        WindowConvention::Positions => {
            "positions in a window, each once (CWB, UCS): O₁₁ = together, R₁ = all positions in windows of the \
             node, C₁ = f(c), N = all words but the node"
        }
        WindowConvention::Pairs => {
            "pairs (Sketch Engine): O₁₁ = together, R₁ = f(n), C₁ = f(c), N = all words"
        }
        WindowConvention::Corrected => {
            "pairs, with the expectation of the window (#LancsBox): O₁₁ = together, R₁ = f(n) · words of a \
             window, C₁ = f(c), N = all words"
        }
        WindowConvention::Divided => {
            "pairs over the words of a window (NLTK): O₁₁ = together / words of a window, R₁ = f(n), C₁ = f(c), \
             N = all words"
        }
    };
    let within = match options.scope.within {
        super::Within::Sentence => "sentence",
        super::Within::Text => "text",
    };
    format!("window of {left} words before and {right} after, within the {within}; {counted}")
}

/// A measure of a pair.
fn measured(entry: &Formula<Joint>, joint: &Joint, windows: &Windows) -> Outcome {
    if windows.convention == WindowConvention::Divided {
        divided(entry, joint, windows.width())
    } else {
        (entry.compute)(joint)
    }
}

/// A measure of counts that were multiplied by `width`, as it is of the counts themselves. Sums of counts are
/// `width` times too large, their roots √width times; what is made of shares is right. Undefined where a
/// constant is added to counts.
fn divided(entry: &Formula<Joint>, joint: &Joint, width: u64) -> Outcome {
    let wide = width as f64;
    match entry.id {
        "lmi:log2" | "lmi:log10" | "g2" | "simple_ll" | "chi2" => Ok((entry.compute)(joint)? / wide),
        "t_score" | "z_score" | "z_score:berry_rogghe" => Ok((entry.compute)(joint)? / wide.sqrt()),
        "mi2" => Ok((entry.compute)(joint)? - wide.log2()),
        "mi3" => Ok((entry.compute)(joint)? - 2.0 * wide.log2()),
        "mi_log_f" => Ok(mutual_information(joint)? * (joint.together as f64 / wide).ln_1p()),
        "log10_p" => Ok(log10_p(g2_signed(joint)?.abs() / wide)),
        "lambda" | "lambda_z" => Err(Undefined::Inconsistent),
        "log_ratio" if joint.together == joint.second => Err(Undefined::ZeroCell),
        _ => (entry.compute)(joint),
    }
}

struct Table<'a> {
    streams: &'a Streams,
    windows: &'a Windows,
    fisher: bool,
}

impl Table<'_> {
    fn rows(&self, pairs: &[(u64, Pair)]) -> Rows {
        let mut rows = Rows::new();
        let windows = self.windows;
        let divided = windows.convention == WindowConvention::Divided;
        let scale = if divided { windows.width() } else { 1 };
        for (rank, pair) in pairs {
            let Pair { node, collocate, met, joint, .. } = pair;
            rows.text(self.streams.word(*node)).text(self.streams.word(*collocate)).integer(*rank);
            rows.integer(u64::from(met.count)).integer(u64::from(met.texts));
            rows.integer(windows.counts[*node as usize]).integer(windows.counts[*collocate as usize]);
            rows.number(Some(joint.together as f64 / scale as f64));
            rows.integer(joint.first / scale).integer(joint.second / scale).integer(joint.total / scale);
            rows.number(Some(joint.expected() / scale as f64));
            for entry in ASSOCIATIONS {
                rows.number(measured(entry, joint, windows).ok());
            }
            let table = joint.table();
            if self.fisher {
                let tail = table.and_then(|table| table.fisher(Tail::Greater));
                rows.number(tail.ok().filter(|_| !divided));
            }
            let small = joint.expected() < 5.0 * scale as f64;
            rows.text(if small { Flag::SmallExpectation.name() } else { "" });
            rows.text(table.err().map_or("", |reason| reason.name())).end();
        }
        rows
    }

    fn top(&self, pair: &Pair) -> TopPair {
        let of = |id: &str| {
            let entry = ASSOCIATIONS.iter().find(|entry| entry.id == id)?;
            measured(entry, &pair.joint, self.windows).ok()
        };
        TopPair {
            node: self.streams.word(pair.node).to_owned(),
            collocate: self.streams.word(pair.collocate).to_owned(),
            together: u64::from(pair.met.count),
            documents: u64::from(pair.met.texts),
            log_dice: of("log_dice"),
            mi: of("mi"),
            g2: of("g2"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::association::{t_score, z_score};

    #[test]
    fn fractions_of_counts_are_measured_as_such() {
        // O₁₁ = 8/4, R₁ = 16, C₁ = 32, N = 1024: E₁₁ = ½.
        let joint = Joint { together: 8, first: 64, second: 128, total: 4096 };
        let of = |id: &str| {
            let entry = ASSOCIATIONS.iter().find(|entry| entry.id == id).unwrap();
            divided(entry, &joint, 4).unwrap()
        };
        // What the same table gives in whole numbers.
        let whole = Joint { together: 2, first: 16, second: 32, total: 1024 };
        for entry in ASSOCIATIONS.iter().filter(|entry| !entry.id.starts_with("lambda")) {
            let expected = (entry.compute)(&whole).unwrap();
            assert!((of(entry.id) - expected).abs() < 1e-9 * expected.abs().max(1.0), "{}", entry.id);
        }
        assert_eq!(of("mi"), 2.0);
        assert!(t_score(&whole).unwrap() > 0.0 && z_score(&whole).unwrap() > 0.0);
    }
}
