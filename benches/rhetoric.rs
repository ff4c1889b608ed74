//! What rhetoric costs beside segmentation and counting: the novels are read and counted as an analysis does it,
//! and everything of rhetoric is found in the same texts, read already; then its parts. One thread.
//!
//! ```text
//! cargo bench --bench rhetoric
//! cargo bench --bench rhetoric -- --once            # medians of CPU time in turns, and multiples of the first
//! cargo bench --bench rhetoric -- --once questions  # one of them, for a profiler
//! ```

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

mod common;

use std::hint::black_box;
use std::sync::Mutex;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use rhetor::measures::{Per, clustered_rate};
use rhetor::profile::{Clustered, Counter, Profile, Selection, Vocabulary};
use rhetor::rhetoric::{
    Figure, FigureKind, Finder, Hit, Lexicons, Lists, Matchers, Question, QuestionWords, count_figures, count_hits,
    find_questions, hits,
};
use rhetor::text::{Forms, Text, WordPolicy};

use common::Variant;
use common::clock::cpu_time;
use common::inputs::{Input, inputs};

/// Bytes of all texts: all 25 novels.
const LONGEST: usize = 30_000_000;
/// Bytes where a bench is only tried.
const SHORT: usize = 100_000;
/// Turns that a median is of.
const TURNS: usize = 7;
const LANGUAGE: &str = "en";
const SEED: u64 = 1;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    let arguments: Vec<String> = std::env::args().collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let longest = if has("--test") { SHORT } else { LONGEST };
    let input = inputs(longest).into_iter().find(|input| input.name == "English").unwrap();
    let found = Found::of(&input);
    let jobs = found.jobs(&input);
    if let Some(once) = arguments.iter().position(|argument| argument == "--once") {
        return in_turns(&jobs, arguments.get(once + 1).filter(|name| !name.starts_with('-')));
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("rhetoric");
    group.throughput(Throughput::Bytes(input.bytes() as u64));
    for (name, job) in jobs {
        group.bench_function(name, |bencher| bencher.iter(&job));
    }
    group.finish();
    criterion.final_summary();
}

/// Medians of the CPU time of each job, one turn after another; of the job of this name alone, a single turn.
fn in_turns(jobs: &[Variant<'_>], name: Option<&String>) {
    let jobs: Vec<_> = jobs.iter().filter(|(job, _)| name.is_none_or(|name| name == job)).collect();
    let turns = if name.is_some() { 1 } else { TURNS };
    let mut seconds = vec![Vec::new(); jobs.len()];
    for _ in 0..turns {
        for ((_, job), seconds) in jobs.iter().zip(&mut seconds) {
            let start = cpu_time();
            black_box(job());
            seconds.push((cpu_time() - start).as_secs_f64());
        }
    }
    seconds.iter_mut().for_each(|seconds| seconds.sort_by(f64::total_cmp));
    for ((job, _), own) in jobs.iter().zip(&seconds) {
        println!("{job}\t{:.4} s\t{:.2}×", own[turns / 2], own[turns / 2] / seconds[0][turns / 2]);
    }
}

/// Texts that were read, and what each part of rhetoric found for the next.
struct Found {
    forms: Forms,
    lexicons: Lexicons,
    lists: Lists,
    texts: Vec<Text>,
    questions: Vec<Vec<Question>>,
    hits: Vec<Vec<Hit>>,
    figures: Vec<Vec<Figure>>,
    sums: Vec<Clustered>,
}

impl Found {
    fn of(input: &Input) -> Self {
        let mut forms = Forms::new();
        let texts: Vec<Text> = input.texts.iter().map(|text| read(text, input, &mut forms)).collect();
        let lexicons = Lexicons::of_study(&rhetor::Study::default()).unwrap();
        let lists = Lists::built_in(LANGUAGE).unwrap();
        let words = QuestionWords::of(LANGUAGE);
        let questions: Vec<_> = texts.iter().map(|text| find_questions(text, &forms, words)).collect();
        let mut matchers = Matchers::new(&lexicons);
        let hits: Vec<_> = texts
            .iter()
            .zip(&questions)
            .map(|(text, questions)| hits(text, &forms, matchers.of(LANGUAGE), questions, false))
            .collect();
        let mut finder = Finder::new(&lists);
        let figures: Vec<_> = texts.iter().map(|text| finder.find(text, &forms)).collect();
        let sums = texts.iter().zip(&hits).map(|(text, hits)| {
            let mut profile = Profile::default();
            count_hits(text, hits, &mut profile);
            profile.markers
        });
        let sums = sums.collect();
        Self { forms, lexicons, lists, texts, questions, hits, figures, sums }
    }

    /// What is compared, the first with all others.
    fn jobs<'a>(&'a self, input: &'a Input) -> Vec<Variant<'a>> {
        let Self { forms, lexicons, lists, texts, .. } = self;
        let words = QuestionWords::of(LANGUAGE);
        vec![
            ("segmentation and counting", Box::new(|| segment_and_count(input))),
            ("rhetoric", Box::new(|| self.whole())),
            (
                "questions",
                Box::new(move || texts.iter().map(|text| find_questions(text, forms, words).len()).sum()),
            ),
            (
                "markers",
                Box::new(move || {
                    let mut matchers = Matchers::new(lexicons);
                    let mut found = 0;
                    for text in texts {
                        matchers.of(LANGUAGE).find(text, forms, false, |_| found += 1);
                    }
                    found
                }),
            ),
            (
                "hits: markers and questions by place",
                Box::new(move || {
                    let mut matchers = Matchers::new(lexicons);
                    let texts = texts.iter().zip(&self.questions);
                    let hits = texts.map(|(text, questions)| {
                        hits(text, forms, matchers.of(LANGUAGE), questions, false).len()
                    });
                    hits.sum()
                }),
            ),
            (
                "figures",
                Box::new(move || {
                    let mut finder = Finder::new(lists);
                    texts.iter().map(|text| finder.find(text, forms).len()).sum()
                }),
            ),
            (
                "repetition against chance",
                Box::new(move || {
                    let mut finder = Finder::new(lists);
                    let chance = texts.iter().map(|text| finder.chance(text, forms, SEED));
                    chance.flatten().flatten().map(|class| class.observed as usize).sum()
                }),
            ),
            (
                "counts of hits and figures by paragraphs",
                Box::new(move || {
                    let mut total = 0;
                    for ((text, hits), figures) in texts.iter().zip(&self.hits).zip(&self.figures) {
                        let mut profile = Profile::default();
                        count_hits(text, hits, &mut profile);
                        profile.figures = count_figures(text, figures);
                        total += profile.markers.all.total() + profile.figures.all.total();
                    }
                    total as usize
                }),
            ),
            (
                "rates and intervals",
                Box::new(|| self.sums.iter().map(|sums| intervals(sums, self.categories())).sum()),
            ),
        ]
    }

    fn categories(&self) -> usize {
        self.lexicons.categories().len()
    }

    /// Everything of rhetoric, in the order of a run.
    fn whole(&self) -> usize {
        let Self { forms, lexicons, lists, texts, .. } = self;
        let (mut matchers, mut finder) = (Matchers::new(lexicons), Finder::new(lists));
        let mut found = 0;
        for text in texts {
            let mut profile = Profile::default();
            let questions = find_questions(text, forms, QuestionWords::of(LANGUAGE));
            let hits = hits(text, forms, matchers.of(LANGUAGE), &questions, false);
            count_hits(text, &hits, &mut profile);
            let figures = finder.analyse(text, forms, SEED);
            profile.figures = count_figures(text, &figures.figures);
            found += hits.len() + figures.figures.len() + figures.chance[0].len();
            found += intervals(&profile.markers, self.categories());
            found += intervals(&profile.figures, FigureKind::ALL.len());
        }
        found
    }
}

fn read(text: &str, input: &Input, forms: &mut Forms) -> Text {
    Text::read_with(text.to_owned(), &input.language, &WordPolicy::default(), forms)
}

/// As an analysis does it before it looks for rhetoric.
fn segment_and_count(input: &Input) -> usize {
    let (mut forms, mut counter) = (Forms::new(), Counter::default());
    let vocabulary = Mutex::new(Vocabulary::default());
    let mut words = 0;
    for text in &input.texts {
        let text = read(text, input, &mut forms);
        words += counter.count(&text, &forms, &vocabulary).words();
    }
    words as usize
}

/// The intervals of the rates of every category, as tables have them.
fn intervals(sums: &Clustered, categories: usize) -> usize {
    let mut found = 0;
    for sums in Selection::ALL.map(|selection| sums.select(selection)) {
        for kind in 0..categories as u16 {
            for per in [Per::ThousandWords, Per::HundredSentences] {
                let rate = clustered_rate(sums, kind, per);
                found += usize::from(rate.is_some_and(|rate| rate.interval.is_some()));
            }
        }
    }
    found
}
