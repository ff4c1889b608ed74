//! The method of imposters.

use rayon::prelude::*;

use crate::random::Random;
use crate::stylometry::distance::{Measure, Metric, Scaled, Scaling, mean_and_deviation};
use crate::stylometry::error::{Result, StylometryError};
use crate::stylometry::table::FrequencyTable;

/// Options of the imposters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImpostersOptions {
    /// The distance.
    pub measure: Measure,
    /// Draws.
    pub iterations: usize,
    /// Share of the features in a draw, above 0 and at most 1.
    pub features: f64,
    /// Share of the imposters in a draw, above 0 and at most 1. Distance imposters draw one.
    pub imposters: f64,
    /// Seed.
    pub seed: u64,
}

impl Default for ImpostersOptions {
    /// Cosine Delta, 100 draws of half the features and half the imposters.
    fn default() -> Self {
        Self { measure: Measure::default(), iterations: 100, features: 0.5, imposters: 0.5, seed: 1 }
    }
}

/// How often a candidate held against imposters.
#[derive(Clone, Debug, PartialEq)]
pub struct ImposterScore {
    /// The candidate.
    pub class: String,
    /// Share of the draws in which a text of the candidate was the nearest, 0 to 1; a draw in which an imposter
    /// was equally near counts half.
    pub score: f64,
}

/// How much nearer a candidate is than imposters.
#[derive(Clone, Debug, PartialEq)]
pub struct DistanceImposters {
    /// The candidate.
    pub class: String,
    /// For each draw the distance to an imposter less that to a text of the candidate, ascending.
    pub differences: Vec<f64>,
}

impl DistanceImposters {
    /// Mean of the differences.
    pub fn mean(&self) -> f64 {
        self.differences.iter().sum::<f64>() / self.differences.len() as f64
    }

    /// Their sample standard deviation; none with a single draw.
    pub fn deviation(&self) -> Option<f64> {
        (self.differences.len() > 1).then(|| mean_and_deviation(&self.differences).1)
    }

    /// Share of the draws in which the candidate was nearer, ties counting half.
    pub fn score(&self) -> f64 {
        let wins = self.differences.iter().map(|difference| {
            if *difference > 0.0 {
                1.0
            } else if *difference == 0.0 {
                0.5
            } else {
                0.0
            }
        });
        wins.sum::<f64>() / self.differences.len() as f64
    }
}

/// What a test is held against.
struct Panel<'a> {
    table: &'a FrequencyTable,
    scaled: Scaled,
    /// Names of the classes, in code-point order, with their texts.
    classes: Vec<(&'a str, Vec<usize>)>,
    /// What names the text in question and each class by their numbers alone.
    keys: Vec<[u8; 64]>,
    test: usize,
    options: &'a ImpostersOptions,
}

impl<'a> Panel<'a> {
    fn new(
        table: &'a FrequencyTable,
        classes: &'a [String],
        training: &[usize],
        test: usize,
        options: &'a ImpostersOptions,
    ) -> Result<Self> {
        let texts = table.texts().len();
        let wrong = |option: &'static str, reason: String| Err(StylometryError::Option { option, reason });
        if classes.len() != texts {
            return wrong("classes", format!("{} classes for {texts} texts", classes.len()));
        }
        if let Some(beyond) = training.iter().chain([&test]).find(|text| **text >= texts) {
            return wrong("texts", format!("there are {texts} texts, asked for number {beyond}"));
        }
        let share = |share: f64| share > 0.0 && share <= 1.0;
        if options.iterations == 0 || !share(options.features) || !share(options.imposters) {
            let reason = "at least one draw, and shares above 0 and at most 1".to_owned();
            return wrong("imposters", reason);
        }
        if options.measure.metric == Metric::Labbe {
            let reason = "features are drawn, so texts are not whole".to_owned();
            return Err(StylometryError::Undefined { measure: options.measure.to_string(), reason });
        }
        let mut names: Vec<&str> = training.iter().map(|text| classes[*text].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() < 2 {
            return wrong(
                "imposters",
                format!("there are {} classes, so there are no imposters", names.len()),
            );
        }
        // By their numbers, so that the order and names of the texts change no draw.
        let mut training = training.to_vec();
        training.sort_unstable();
        training.dedup();
        table.sort(&mut training);
        let own = |name: &str| {
            training
                .iter()
                .copied()
                .filter(|text| classes[*text] == name && *text != test)
                .collect::<Vec<_>>()
        };
        let classes: Vec<(&str, Vec<usize>)> = names.into_iter().map(|name| (name, own(name))).collect();
        // The text in question belongs to those that the scores are standardised by, as in stylo.
        let mut reference = training.clone();
        if !reference.contains(&test) {
            reference.push(test);
        }
        let scaling =
            Scaling::fit(options.measure.normaliser, options.measure.rows, table, Some(&reference))?;
        let own = table.key(test);
        let key = |texts: &Vec<usize>| {
            let mut key = [0; 64];
            key[..32].copy_from_slice(&own);
            if let Some(first) = texts.first() {
                key[32..].copy_from_slice(&table.key(*first));
            }
            key
        };
        let keys = classes.iter().map(|(_, texts)| key(texts)).collect();
        Ok(Self { table, scaled: scaling.apply(table)?, classes, keys, test, options })
    }

    /// Distances of the test to `others` by some of the features, in their order of rank, scaled over these
    /// texts alone. None if no feature tells them apart. `drawn` is room for the values.
    fn distances_in_draw(
        &self,
        features: &[usize],
        others: &[usize],
        drawn: &mut Vec<f64>,
    ) -> Result<Option<Vec<f64>>> {
        let measure = &self.options.measure;
        drawn.clear();
        for text in [&self.test].into_iter().chain(others) {
            let row = self.table.row(*text);
            drawn.extend(features.iter().map(|place| row[*place]));
        }
        let rows: Vec<&[f64]> = drawn.chunks_exact(features.len()).collect();
        // The texts come in the order of their numbers.
        let scaling = Scaling::fit_rows(measure.normaliser, measure.rows, features.len(), &rows, false);
        match scaling {
            Err(StylometryError::AllConstant) => Ok(None),
            scaling => {
                let scaled = scaling?.apply_rows(&rows)?;
                measure.distances_from_first(&scaled, self.table, others.len()).map(Some)
            }
        }
    }

    /// Distances of the test to `others` by some of the features, scaled over all texts.
    fn distances(&self, features: &[usize], others: &[usize]) -> Result<Vec<f64>> {
        let mut values = Vec::with_capacity(features.len() * (others.len() + 1));
        for text in [&self.test].into_iter().chain(others) {
            let row = self.scaled.row(*text);
            let start = values.len();
            values.extend(features.iter().map(|place| row[*place]));
            self.options.measure.rows.apply(&mut values[start..]);
        }
        let used = (0..features.len()).collect();
        let scaled = Scaled { values, used, features: features.len() };
        self.options.measure.distances_from_first(&scaled, self.table, others.len())
    }

    /// A share of `all` features.
    fn draw(&self, random: &mut Random, all: usize) -> Vec<usize> {
        random.sample(all, part(all, self.options.features))
    }

    /// The texts of a class and those of all others, both in the order of their numbers.
    fn sides(&self, class: usize) -> (&[usize], Vec<usize>) {
        let others = self.classes.iter().enumerate().filter(|(other, _)| *other != class);
        let mut others: Vec<usize> = others.flat_map(|(_, (_, texts))| texts).copied().collect();
        self.table.sort(&mut others);
        (&self.classes[class].1, others)
    }

    fn random(&self, class: usize, iteration: usize) -> Random {
        Random::named(self.options.seed, self.keys[class], iteration as u64)
    }
}

/// A share of a number, rounded, at least 1.
fn part(all: usize, share: f64) -> usize {
    ((all as f64 * share).round() as usize).max(1)
}

/// General Imposters (Koppel & Winter 2014): in each draw of features and imposters, whether the text `test`
/// is nearest to a text of the candidate. Every class of `training` is the candidate in turn, all texts of the
/// others are the imposters; `test` itself is never among them. In the order of the classes.
///
/// Means and deviations are taken within each draw, over the text, the candidate's texts and the imposters
/// drawn. A draw in which no feature tells them apart counts half. Features stay in their order of rank, for measures that weigh by it; stylo 0.7.7 shuffles them.
///
/// # Errors
/// If there are fewer than two classes, one is without texts, an option is out of its range, or a distance
/// cannot be computed.
///
/// ```
/// use rhetor::stylometry::{FrequencyTable, ImpostersOptions, general_imposters};
/// let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
/// let values = vec![1.0, 5.0, 1.2, 5.1, 4.0, 2.0, 4.1, 2.2, 4.2, 1.9];
/// let table = FrequencyTable::new(names(&["a", "b", "c", "d", "?"]), names(&["the", "of"]), values).unwrap();
/// let classes = names(&["Ann", "Ann", "Bob", "Bob", ""]);
/// let options = ImpostersOptions { measure: "delta".parse().unwrap(), ..ImpostersOptions::default() };
/// let scores = general_imposters(&table, &classes, &[0, 1, 2, 3], 4, &options).unwrap();
/// assert_eq!((scores[0].score, scores[1].score), (0.0, 1.0));
/// ```
pub fn general_imposters(
    table: &FrequencyTable,
    classes: &[String],
    training: &[usize],
    test: usize,
    options: &ImpostersOptions,
) -> Result<Vec<ImposterScore>> {
    let panel = Panel::new(table, classes, training, test, options)?;
    (0..panel.classes.len())
        .into_par_iter()
        .map(|class| {
            let (own, others) = panel.sides(class);
            needs_texts(&panel, class, own)?;
            let mut wins = 0.0;
            let mut values = Vec::new();
            for iteration in 0..options.iterations {
                let mut random = panel.random(class, iteration);
                let features = panel.draw(&mut random, table.features().len());
                let drawn = random.sample(others.len(), part(others.len(), options.imposters));
                let texts: Vec<usize> =
                    own.iter().copied().chain(drawn.into_iter().map(|place| others[place])).collect();
                let Some(distances) = panel.distances_in_draw(&features, &texts, &mut values)? else {
                    wins += 0.5;
                    continue;
                };
                let least = |distances: &[f64]| distances.iter().copied().fold(f64::INFINITY, f64::min);
                let (candidate, imposter) = (least(&distances[..own.len()]), least(&distances[own.len()..]));
                wins += if candidate < imposter {
                    1.0
                } else if candidate == imposter {
                    0.5
                } else {
                    0.0
                };
            }
            Ok(ImposterScore {
                class: panel.classes[class].0.to_owned(),
                score: wins / options.iterations as f64,
            })
        })
        .collect()
}

/// Imposters by distance (Nagy 2024): in each draw of features the distance to one imposter less that to one
/// text of the candidate, both drawn. In the order of the classes.
///
/// # Errors
/// As [`general_imposters`].
pub fn distance_imposters(
    table: &FrequencyTable,
    classes: &[String],
    training: &[usize],
    test: usize,
    options: &ImpostersOptions,
) -> Result<Vec<DistanceImposters>> {
    let panel = Panel::new(table, classes, training, test, options)?;
    (0..panel.classes.len())
        .into_par_iter()
        .map(|class| {
            let (own, others) = panel.sides(class);
            needs_texts(&panel, class, own)?;
            let mut differences = Vec::with_capacity(options.iterations);
            for iteration in 0..options.iterations {
                let mut random = panel.random(class, iteration);
                let features = panel.draw(&mut random, panel.scaled.used.len());
                let pair = [own[random.below(own.len())], others[random.below(others.len())]];
                let distances = panel.distances(&features, &pair)?;
                differences.push(distances[1] - distances[0]);
            }
            differences.sort_unstable_by(f64::total_cmp);
            Ok(DistanceImposters { class: panel.classes[class].0.to_owned(), differences })
        })
        .collect()
}

fn needs_texts(panel: &Panel<'_>, class: usize, own: &[usize]) -> Result<()> {
    if !own.is_empty() {
        return Ok(());
    }
    let class = panel.classes[class].0.to_owned();
    Err(StylometryError::Class { analysis: "the method of imposters", class, needed: 1, found: 0 })
}

/// The General Imposters of every text whose class has other texts, each left out in turn: scores of each
/// class with whether it is the text's own, for [`tune_thresholds`](super::tune_thresholds). With the place of
/// the text.
///
/// # Errors
/// As [`general_imposters`].
pub fn imposters_one_left_out(
    table: &FrequencyTable,
    classes: &[String],
    options: &ImpostersOptions,
) -> Result<Vec<(usize, ImposterScore, bool)>> {
    let all: Vec<usize> = (0..table.texts().len()).collect();
    let mut answers = Vec::new();
    for test in all.iter().copied() {
        if classes.get(test).is_none_or(|own| classes.iter().filter(|class| *class == own).count() < 2) {
            continue;
        }
        for score in general_imposters(table, classes, &all, test, options)? {
            let own = score.class == classes[test];
            answers.push((test, score, own));
        }
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::distance::MEASURES;

    /// Three classes of three texts that differ in a third of the features each.
    fn table() -> (FrequencyTable, Vec<String>) {
        let mut values = Vec::new();
        for text in 0..9_u32 {
            for feature in 0..30_u32 {
                let own = f64::from(u8::from(feature % 3 == text / 3)) * 1.5;
                values.push(3.0 + own + f64::from((text * 17 + feature * 13) % 29) / 20.0);
            }
        }
        let texts = (0..9).map(|text| format!("t{text}")).collect();
        let features = (0..30).map(|feature| format!("f{feature}")).collect();
        let classes = (0..9).map(|text| ["x", "y", "z"][text / 3].to_owned()).collect();
        (FrequencyTable::new(texts, features, values).unwrap().with_totals(vec![1_000; 9]).unwrap(), classes)
    }

    #[test]
    fn the_own_class_holds_with_every_measure() {
        let (table, classes) = table();
        let training: Vec<usize> = (1..9).collect();
        for named in MEASURES.iter().filter(|named| named.name != "labbe") {
            let options =
                ImpostersOptions { measure: named.measure, iterations: 20, ..ImpostersOptions::default() };
            let scores = general_imposters(&table, &classes, &training, 0, &options).unwrap();
            assert!(scores[0].score > 0.8 && scores[1].score < 0.3, "{} {scores:?}", named.name);
            let distances = distance_imposters(&table, &classes, &training, 0, &options).unwrap();
            assert!(distances[0].mean() > 0.0 && distances[0].score() > 0.7, "{}", named.name);
            assert!(distances[1].mean() < 0.0 && distances[1].deviation().is_some(), "{}", named.name);
            assert_eq!(scores, general_imposters(&table, &classes, &training, 0, &options).unwrap());
        }
    }

    #[test]
    fn the_order_and_names_of_texts_and_classes_change_nothing() {
        let (table, classes) = table();
        let order = [4, 8, 0, 3, 7, 1, 6, 2, 5];
        let turned = table.select_texts(&order);
        let names = order.iter().map(|text| format!("{}{text}", ["p", "o", "n"][text % 3])).collect();
        let turned = FrequencyTable::new(names, table.features().to_vec(), turned.values().to_vec()).unwrap();
        // x is now c, y is b, z is a.
        let turned_classes: Vec<String> =
            order.iter().map(|text| ["c", "b", "a"][text / 3].to_owned()).collect();
        let options = ImpostersOptions { iterations: 30, features: 0.1, ..ImpostersOptions::default() };
        let all: Vec<usize> = (0..9).collect();
        let of = |table, classes: &[String], test| {
            let scores = general_imposters(table, classes, &all, test, &options).unwrap();
            scores.into_iter().map(|score| score.score).collect::<Vec<_>>()
        };
        let turned_scores: Vec<f64> = of(&turned, &turned_classes, 0).into_iter().rev().collect();
        assert_eq!(of(&table, &classes, 4), turned_scores);
        let of = |table, classes: &[String], test| {
            let found = distance_imposters(table, classes, &all, test, &options).unwrap();
            found.into_iter().map(|found| found.differences).collect::<Vec<_>>()
        };
        let turned: Vec<Vec<f64>> = of(&turned, &turned_classes, 0).into_iter().rev().collect();
        assert_eq!(of(&table, &classes, 4), turned);
    }

    #[test]
    fn thresholds_from_texts_left_out() {
        let (table, classes) = table();
        let answers = imposters_one_left_out(&table, &classes, &ImpostersOptions::default()).unwrap();
        assert_eq!(answers.len(), 27);
        let scores: Vec<(f64, bool)> = answers.iter().map(|(_, score, own)| (score.score, *own)).collect();
        assert!(super::super::tune_thresholds(&scores).unwrap().c_at_1 > 0.95);
    }

    #[test]
    fn bad_input() {
        let (table, classes) = table();
        let options = ImpostersOptions::default();
        let run = |training: &[usize], test: usize, options: &ImpostersOptions| {
            general_imposters(&table, &classes, training, test, options).unwrap_err().to_string()
        };
        assert!(run(&[1, 2], 0, &options).contains("no imposters"));
        assert!(run(&[0, 3, 4], 0, &options).contains("the class 'x' has 0 texts"));
        assert!(run(&[1, 3, 99], 0, &options).contains("number 99"));
        assert!(run(&[1, 3], 0, &ImpostersOptions { features: 0.0, ..options }).contains("shares"));
        assert!(run(&[1, 3], 0, &ImpostersOptions { iterations: 0, ..options }).contains("one draw"));
        let labbe = ImpostersOptions { measure: "labbe".parse().unwrap(), ..options };
        assert!(run(&[1, 3], 0, &labbe).contains("labbe"));
    }
}
