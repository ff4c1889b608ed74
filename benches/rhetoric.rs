//! What rhetoric costs beside segmentation and counting. As in a run, each novel is read and counted, and while it is
//! in memory everything of rhetoric is found in it; the parts are timed in turn, by the CPU time of the one thread.
//!
//! ```text
//! cargo bench --bench rhetoric
//! cargo bench --bench rhetoric -- --once     # medians of a few passes in which all parts take turns, and ratios
//! ```

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

mod common;

use std::hint::black_box;
use std::sync::Mutex;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use rhetor::Study;
use rhetor::measures::{Per, clustered_rate};
use rhetor::profile::{Clustered, Counter, Paragraphs, Selection, Vocabulary};
use rhetor::rhetoric::{
    FigureKind, Finder, Lexicons, Lists, Matchers, QuestionFinder, QuestionWords, count_figures, count_hits,
    hits,
};
use rhetor::text::{Forms, Text, WordPolicy};

use common::clock::cpu_time;
use common::inputs::{Input, inputs};

/// Bytes of all texts: all 25 novels.
const LONGEST: usize = 30_000_000;
/// Bytes where a bench is only tried.
const SHORT: usize = 100_000;
/// Passes that a median is of.
const PASSES: usize = 7;
const LANGUAGE: &str = "en";
const SEED: u64 = 1;

/// What is timed. Rhetoric is the sum of the parts in [`RHETORIC`].
const PARTS: [&str; 9] = [
    "segmentation and counting",
    "rhetoric",
    "rhetoric: questions",
    "rhetoric: markers, and questions among them",
    "rhetoric: figures, and repetition against chance",
    "rhetoric: counts by paragraphs",
    "rhetoric: rates and intervals",
    "figures alone",
    "repetition against chance alone, words read again",
];
const RHETORIC: std::ops::Range<usize> = 2..7;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    let has = |name: &str| std::env::args().any(|argument| argument == name);
    let longest = if has("--test") { SHORT } else { LONGEST };
    let input = inputs(longest).into_iter().find(|input| input.name == "English").unwrap();
    let inputs = Inputs {
        lexicons: Lexicons::of_study(&Study::default()).unwrap(),
        lists: Lists::built_in(LANGUAGE).unwrap(),
        input,
    };
    if has("--once") {
        return once(&inputs);
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    let mut group = criterion.benchmark_group("rhetoric");
    group.throughput(Throughput::Bytes(inputs.input.bytes() as u64));
    for (part, name) in PARTS.into_iter().enumerate() {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|passes| (0..passes).map(|_| inputs.pass()[part]).sum());
        });
    }
    group.finish();
    criterion.final_summary();
}

/// Medians of a few passes, and multiples of the first.
fn once(inputs: &Inputs) {
    let passes: Vec<_> = (0..PASSES).map(|_| inputs.pass()).collect();
    let median = |part: usize| {
        let mut times: Vec<f64> = passes.iter().map(|pass| pass[part].as_secs_f64()).collect();
        times.sort_by(f64::total_cmp);
        times[PASSES / 2]
    };
    for (part, name) in PARTS.into_iter().enumerate() {
        println!("{name}\t{:.4} s\t{:.2}×", median(part), median(part) / median(0));
    }
}

struct Inputs {
    lexicons: Lexicons,
    lists: Lists,
    input: Input,
}

impl Inputs {
    /// Reads all texts, finds their rhetoric, and gives the time of each part.
    fn pass(&self) -> [Duration; PARTS.len()] {
        let (mut forms, mut counter) = (Forms::new(), Counter::default());
        let vocabulary = Mutex::new(Vocabulary::default());
        let words = QuestionWords::of(LANGUAGE);
        let (mut asking, mut matchers) = (QuestionFinder::default(), Matchers::new(&self.lexicons));
        let [mut finder, mut alone, mut by_chance] = [(); 3].map(|()| Finder::new(&self.lists));
        let mut times = [Duration::ZERO; PARTS.len()];
        for content in &self.input.texts {
            let (text, mut profile) = timed(&mut times[0], || {
                let policy = WordPolicy::default();
                let text = Text::read_with(content.clone(), &self.input.language, &policy, &mut forms);
                let profile = counter.count(&text, &forms, &vocabulary);
                (text, profile)
            });
            let questions = timed(&mut times[2], || asking.find(&text, &forms, words));
            let hits = timed(&mut times[3], || hits(&text, &forms, matchers.of(LANGUAGE), &questions, false));
            let found = timed(&mut times[4], || finder.analyse(&text, &forms, SEED));
            timed(&mut times[5], || {
                let paragraphs = Paragraphs::of(&text);
                profile.markers = count_hits(&paragraphs, &hits);
                profile.figures = count_figures(&paragraphs, &found.figures);
            });
            timed(&mut times[6], || {
                let categories = self.lexicons.categories().len();
                intervals(&profile.markers, categories) + intervals(&profile.figures, FigureKind::ALL.len())
            });
            timed(&mut times[7], || alone.find(&text, &forms));
            timed(&mut times[8], || by_chance.chance(&text, &forms, SEED));
        }
        times[1] = times[RHETORIC].iter().sum();
        times
    }
}

/// What a job makes; its time is added.
fn timed<T>(time: &mut Duration, job: impl FnOnce() -> T) -> T {
    let start = cpu_time();
    let made = black_box(job());
    *time += cpu_time() - start;
    made
}

/// The intervals of the rates of every kind of hit, as tables have them.
fn intervals(sums: &Clustered, kinds: usize) -> usize {
    let mut found = 0;
    for sums in Selection::ALL.map(|selection| sums.select(selection)) {
        for kind in 0..kinds as u16 {
            for per in [Per::ThousandWords, Per::HundredSentences] {
                let rate = clustered_rate(sums, kind, per);
                found += usize::from(rate.is_some_and(|rate| rate.interval.is_some()));
            }
        }
    }
    found
}
