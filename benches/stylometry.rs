//! Stylometry at its largest usual sizes beside the plain way: distances of 1,000 texts by 5,000 features, a
//! sweep of settings with its consensus tree, imposters, linkage of 5,000 texts. One thread.
//!
//! ```text
//! cargo bench --bench stylometry
//! cargo bench --bench stylometry -- distances
//! cargo bench --bench stylometry -- --once     # one turn of each by CPU time, for scripts/compare_stylometry.py
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros; a bench that cannot go on stops")]

#[path = "common/clock.rs"]
mod clock;

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use rhetor::stylometry::{
    CountsBuilder, DistanceMatrix, FeatureCounts, FeatureSelection, FrequencyTable, ImpostersOptions,
    Linkage, Measure, Sweep, TreeMethod, consensus, general_imposters,
};

use clock::cpu_time;

/// Texts and features of the tables that distances are measured on.
const TEXTS: usize = 1_000;
const FEATURES: usize = 5_000;
/// Texts that are clustered.
const CLUSTERED: usize = 5_000;
/// The measures of the sweep.
const MEASURES: [&str; 5] = ["delta", "cosine-delta", "eder", "minmax", "manhattan"];

fn main() {
    // The thread whose time is taken is the only one that works.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    if std::env::args().any(|argument| argument == "--once") {
        return once();
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let inputs = Inputs::new(std::env::args().any(|argument| argument == "--test"));
    for (stage, ways) in jobs(&inputs) {
        let mut group = criterion.benchmark_group(stage);
        for (way, run) in ways {
            group.bench_function(way, |bencher| bencher.iter(&run));
        }
    }
    criterion.final_summary();
}

/// One turn of rhetor's way of each job: its name and the seconds of CPU time, a line each.
fn once() {
    let inputs = Inputs::new(false);
    for (stage, ways) in jobs(&inputs) {
        let (_, run) = &ways[0];
        let start = cpu_time();
        run();
        println!("{stage}\t{}", (cpu_time() - start).as_secs_f64());
    }
}

struct Inputs {
    table: FrequencyTable,
    counts: FeatureCounts,
    sweep: Sweep,
    imposters: (FrequencyTable, Vec<String>, Vec<usize>),
    clustered: DistanceMatrix,
}

/// The number at a place of an endless sequence, from 0 to 1 (SplitMix64). `scripts/compare_stylometry.py` makes
/// the same ones.
fn value(place: usize) -> f64 {
    let mut x = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn names(letter: char, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{letter}{number}")).collect()
}

/// Counts as a corpus has them: falling with the rank, rare words absent from many texts.
fn counts(texts: usize, features: usize) -> FeatureCounts {
    let mut builder = CountsBuilder::default();
    for (number, name) in names('t', texts).into_iter().enumerate() {
        builder.text(name);
        for feature in 0..features {
            let expected = 60_000.0 / (feature as f64 + 10.0);
            let count = (expected * 2.0 * value(number * features + feature)).floor();
            builder.add(&format!("f{feature}"), count as u64);
        }
    }
    builder.finish().unwrap()
}

impl Inputs {
    /// Smaller where the bench is only tried.
    fn new(tried: bool) -> Self {
        let scale = if tried { 20 } else { 1 };
        let (texts, features, clustered) = (TEXTS / scale, FEATURES / scale, CLUSTERED / scale);
        let values = (0..texts * features).map(value).collect();
        let table = FrequencyTable::new(names('t', texts), names('f', features), values).unwrap();
        let sweep = Sweep {
            culling: vec![0.0, 20.0, 40.0],
            measures: MEASURES.iter().map(|name| name.parse().unwrap()).collect(),
            ..Sweep::default()
        };
        let selection = FeatureSelection { mfw: 500, ..FeatureSelection::default() };
        // 25 candidates of three texts, and the text in question.
        let imposters = counts(76, 1_000).table(&selection).unwrap();
        let classes = (0..76).map(|text| format!("c{}", text / 3)).collect();
        let pairs = clustered * (clustered - 1) / 2;
        Self {
            table,
            counts: counts(100 / scale.min(5), 5_000),
            sweep,
            imposters: (imposters, classes, (0..75).collect()),
            clustered: DistanceMatrix::new(names('t', clustered), (0..pairs).map(value).collect()).unwrap(),
        }
    }
}

type Ways<'a> = Vec<(&'static str, Box<dyn Fn() + 'a>)>;

/// Each job with the ways of doing it, rhetor's first.
fn jobs(inputs: &Inputs) -> Vec<(&'static str, Ways<'_>)> {
    let distances = |name: &str, plain: fn(&[f64], &[f64]) -> f64| -> Ways<'_> {
        let measure: Measure = name.parse().unwrap();
        let rows = scaled(&inputs.table, measure);
        vec![
            ("rhetor", Box::new(move || drop(black_box(measure.distances(&inputs.table).unwrap())))),
            ("plain", Box::new(move || drop(black_box(all_pairs(&rows, plain))))),
        ]
    };
    vec![
        ("distances, Manhattan", distances("manhattan", manhattan)),
        ("distances, Burrows", distances("delta", manhattan)),
        ("distances, cosine", distances("cosine", cosine)),
        ("distances, Cosine Delta", distances("cosine-delta", cosine)),
        (
            "sweep of 300 settings, consensus, support",
            vec![
                ("rhetor", Box::new(|| drop(black_box(sweep(inputs))))),
                ("plain", Box::new(|| plain_sweep(inputs))),
            ],
        ),
        (
            "imposters",
            vec![(
                "rhetor",
                Box::new(|| {
                    let (table, classes, training) = &inputs.imposters;
                    let options = ImpostersOptions { measure: Measure::default(), ..Default::default() };
                    black_box(general_imposters(table, classes, training, 75, &options).unwrap());
                }),
            )],
        ),
        (
            "linkage, ward",
            vec![(
                "rhetor",
                Box::new(|| drop(black_box(Linkage::WardD2.cluster(&inputs.clustered).unwrap()))),
            )],
        ),
        (
            "linkage, average",
            vec![(
                "rhetor",
                Box::new(|| drop(black_box(Linkage::Average.cluster(&inputs.clustered).unwrap()))),
            )],
        ),
    ]
}

/// A tree for every setting, what most of them have, and how many have each branch of the first.
fn sweep(inputs: &Inputs) -> (String, String) {
    let trees = inputs.sweep.trees(&inputs.counts, TreeMethod::Linkage(Linkage::WardD2)).unwrap();
    let trees: Vec<_> = trees.into_iter().map(|(_, tree)| tree).collect();
    let agreed = consensus(&trees, 0.5).unwrap();
    let supported = trees[0].clone().with_support(&trees);
    (agreed.newick(), supported.newick())
}

/// The distances of the same settings, each by itself.
fn plain_sweep(inputs: &Inputs) {
    let Sweep { mfw, culling, measures, .. } = &inputs.sweep;
    for culling in culling {
        for mfw in mfw {
            for measure in measures {
                let selection =
                    FeatureSelection { mfw: *mfw, culling: *culling, ..FeatureSelection::default() };
                let table = inputs.counts.table(&selection).unwrap();
                let cosines = measure.id().starts_with("cosine");
                let rows = scaled(&table, *measure);
                let plain = if cosines { cosine } else { manhattan };
                let distances = DistanceMatrix::new(table.texts().to_vec(), all_pairs(&rows, plain)).unwrap();
                black_box(Linkage::WardD2.cluster(&distances).unwrap());
            }
        }
    }
}

fn scaled(table: &FrequencyTable, measure: Measure) -> Vec<Vec<f64>> {
    let scaling = measure.scaling(table, None).unwrap();
    let values = scaling.values(table).unwrap();
    values.chunks(scaling.used().len()).map(<[f64]>::to_vec).collect()
}

fn all_pairs(rows: &[Vec<f64>], distance: fn(&[f64], &[f64]) -> f64) -> Vec<f64> {
    let pairs = (0..rows.len()).flat_map(|i| (i + 1..rows.len()).map(move |j| (i, j)));
    pairs.map(|(i, j)| distance(&rows[i], &rows[j])).collect()
}

fn manhattan(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    1.0 - dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}
