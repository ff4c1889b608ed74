//! How many times as fast as the plain way? The variants take turns in one process, so that a change in the
//! load of the machine meets all; medians of the CPU time of one thread; Markdown tables of ratios. A second
//! process does all of it again by the ways that any processor can go.
//!
//! ```text
//! cargo bench --bench ratios
//! cargo bench --bench ratios -- --rounds 9 English Russian
//! cargo bench --bench ratios -- --stages       # every stage, on less text
//! ```
//!
//! `--samples FOLDER` writes the first megabyte of each input as a file; `--plain THREADS FILES`
//! is the plain way as a whole program, `--same FILES` its job done by rhetor on one thread.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

mod common;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use rayon::prelude::*;
use rhetor::text::{Language, SentenceRules};

use common::clock::cpu_time;
use common::counting::tallied;
use common::inputs::{Input, boundary, inputs};
use common::{STAGES, Variant, plain};

/// The stages that are measured without being asked for.
const USUAL: [&str; 3] = ["words", "sentences", "words, sentence lengths, counts of each text, merge"];
/// Bytes of an input, and of one when every stage is measured.
const LONGEST: usize = 30_000_000;
const SHORTER: usize = 4_000_000;
/// Bytes of a sample.
const SAMPLE: usize = 1_000_000;
/// Asks rhetor for the ways that any processor can go.
const PORTABLE: &str = "RHETOR_PORTABLE";
/// A turn is at least as long, in seconds: shorter jobs are repeated.
const TURN: f64 = 0.05;

struct Options {
    rounds: usize,
    longest: usize,
    stages: bool,
    names: Vec<String>,
}

fn main() {
    let mut options = Options { rounds: 5, longest: LONGEST, stages: false, names: Vec::new() };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} needs a value"));
        match argument.as_str() {
            // Cargo's own, and that of benches that are only tried.
            "--bench" => {}
            "--test" => (options.rounds, options.longest, options.stages) = (1, 100_000, true),
            "--stages" => (options.longest, options.stages) = (SHORTER, true),
            "--rounds" => options.rounds = value().parse().unwrap(),
            "--samples" => return write_samples(Path::new(&value())),
            "--plain" => {
                let threads = value().parse().unwrap();
                return once(&arguments.collect::<Vec<_>>(), threads);
            }
            "--same" => return same(&arguments.collect::<Vec<_>>()),
            name => options.names.push(name.to_owned()),
        }
    }
    // What rhetor does in parallel stays on this one thread, whose time is measured.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let portable = std::env::var_os(PORTABLE).is_some();
    let way = if portable { "on any processor" } else { "as on this processor" };
    println!("# {way}: CPU time of one thread, medians of {} rounds, variants in turn", options.rounds);
    pool.install(|| ratios(&options));
    if !portable {
        println!();
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args(std::env::args_os().skip(1)).env(PORTABLE, "1");
        assert!(again.status().unwrap().success());
    }
}

fn ratios(options: &Options) {
    let chosen = |input: &Input| {
        options.names.is_empty() || options.names.iter().any(|name| name.eq_ignore_ascii_case(input.name))
    };
    let inputs: Vec<Input> =
        inputs(options.longest).into_iter().flat_map(with_ascii).filter(chosen).collect();
    for (name, stage) in STAGES.into_iter().filter(|(name, _)| options.stages || USUAL.contains(name)) {
        println!("\n## {name}\n");
        for (at, input) in inputs.iter().enumerate() {
            let variants = stage(input);
            if at == 0 {
                println!("{}", head(&variants));
            }
            println!("{}", row(input, &medians(&variants, options.rounds)));
        }
    }
}

/// `unicode_words` has a way of its own for texts that are ASCII from end to end; one accent, and it is lost.
/// So English comes as it is, and without its few other characters.
fn with_ascii(input: Input) -> Vec<Input> {
    if input.name != "English" {
        return vec![input];
    }
    let texts = input.texts.iter().map(|text| text.chars().filter(char::is_ascii).collect()).collect();
    let ascii = Input { name: "ASCII", language: input.language.clone(), texts };
    vec![ascii, input]
}

/// Seconds of each variant: the median of its turns.
fn medians(variants: &[Variant<'_>], rounds: usize) -> Vec<f64> {
    // The first run warms caches and tells how often a turn repeats the job.
    let repeats: Vec<u32> = variants
        .iter()
        .map(|variant| if rounds == 1 { 1 } else { (TURN / seconds(variant, 1)).ceil().max(1.0) as u32 })
        .collect();
    let mut turns = vec![Vec::with_capacity(rounds); variants.len()];
    for _ in 0..rounds {
        for ((variant, repeats), turns) in variants.iter().zip(&repeats).zip(&mut turns) {
            turns.push(seconds(variant, *repeats));
        }
    }
    turns
        .into_iter()
        .map(|mut turns| {
            turns.sort_by(f64::total_cmp);
            (turns[(rounds - 1) / 2] + turns[rounds / 2]) / 2.0
        })
        .collect()
}

/// CPU seconds of one run.
fn seconds((_, run): &Variant<'_>, repeats: u32) -> f64 {
    let start = cpu_time();
    for _ in 0..repeats {
        black_box(run());
    }
    (cpu_time() - start).as_secs_f64() / f64::from(repeats)
}

fn head(variants: &[Variant<'_>]) -> String {
    let mut head = format!("| input | MB | {}, MB/s |", variants[0].0);
    let mut rule = "|---|---:|---:|".to_owned();
    for (name, _) in &variants[1..] {
        head += &format!(" {name}, MB/s | × |");
        rule += "---:|---:|";
    }
    format!("{head}\n{rule}")
}

fn row(input: &Input, medians: &[f64]) -> String {
    let megabytes = input.bytes() as f64 / 1e6;
    let mut row = format!("| {} | {megabytes:.1} | {:.1} |", input.name, megabytes / medians[0]);
    for seconds in &medians[1..] {
        let times = medians[0] / seconds;
        let places = if times < 2.0 { 2 } else { 1 };
        row += &format!(" {:.0} | {times:.places$} |", megabytes / seconds);
    }
    row
}

fn write_samples(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for input in inputs(LONGEST) {
        let text = input.texts.concat();
        let sample = &text[..boundary(&text, SAMPLE)];
        std::fs::write(folder.join(input.name).with_extension("txt"), sample).unwrap();
    }
}

/// Reads the files and counts them the plain way, a whole program as one would write it.
fn once(files: &[String], threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let counts = pool.install(|| {
        let counted: Vec<_> =
            files.par_iter().map(|file| plain::count(&std::fs::read_to_string(file).unwrap())).collect();
        let mut lengths: BTreeMap<usize, u64> = BTreeMap::new();
        let mut all = plain::Counts::new();
        for (some, counts) in counted {
            some.into_iter().for_each(|length| *lengths.entry(length).or_insert(0) += 1);
            all = plain::merge(all, counts);
        }
        black_box(lengths);
        all
    });
    println!("{{\"words\": {}, \"types\": {}}}", counts.values().sum::<u64>(), counts.len());
}

/// Reads the files and does the job of the plain way with rhetor's functions. By UAX #29 alone the language of a text
/// changes nothing.
fn same(files: &[String]) {
    let texts: Vec<_> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    println!("{}", tallied(&texts, &Language::english(), SentenceRules::Uax29));
}
