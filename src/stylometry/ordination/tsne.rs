//! t-SNE, computed exactly: a map that keeps neighbours together.

use super::scaling::classical_scaling;
use crate::stylometry::distance::DistanceMatrix;
use crate::stylometry::error::{Result, StylometryError, enough};

/// Options of [`neighbour_map`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeighbourMapOptions {
    /// How many neighbours a text is to have, at least 2 and at most a third of the other texts; 30, or that
    /// third, if absent.
    pub perplexity: Option<f64>,
    /// Steps of the descent.
    pub iterations: usize,
}

impl Default for NeighbourMapOptions {
    fn default() -> Self {
        Self { perplexity: None, iterations: 1_000 }
    }
}

/// A map by t-SNE. Only who is near whom has a meaning, not how far apart groups are.
#[derive(Clone, Debug, PartialEq)]
pub struct NeighbourMap {
    /// The place of each text.
    pub coordinates: Vec<[f64; 2]>,
    /// The perplexity that was used.
    pub perplexity: f64,
    /// Kullback–Leibler divergence between the neighbourhoods of the texts and of the map, in nats.
    pub divergence: f64,
}

/// The least perplexity that makes sense.
const LEAST: f64 = 2.0;
/// Steps with exaggerated attraction, at first.
const EARLY: usize = 250;
const EXAGGERATION: f64 = 12.0;

/// t-SNE (van der Maaten & Hinton 2008) of distances, all pairs computed. The descent begins with the map of
/// classical scaling, so there is nothing random in it. Identical texts share a place. The time grows with the
/// square of the number of texts.
///
/// # Errors
/// With fewer than seven texts, or if the perplexity does not fit the number of texts.
pub fn neighbour_map(distances: &DistanceMatrix, options: &NeighbourMapOptions) -> Result<NeighbourMap> {
    let texts = distances.len();
    enough("t-SNE", texts, 7)?;
    let most = (texts - 1) as f64 / 3.0;
    let perplexity = options.perplexity.unwrap_or_else(|| most.min(30.0));
    if !(LEAST..=most).contains(&perplexity) {
        return Err(StylometryError::Option {
            option: "perplexity",
            reason: format!("{perplexity} does not fit {texts} texts: take one from {LEAST} to {most:.1}"),
        });
    }
    let wanted = affinities(distances, perplexity);
    let start = classical_scaling(distances, 2)?;
    let spread = start.coordinates.iter().filter_map(|place| place.first()).map(|x| x * x).sum::<f64>();
    let spread = (spread / texts as f64).sqrt();
    let mut places: Vec<[f64; 2]> = start
        .coordinates
        .iter()
        .map(|place| {
            let x = place.first().map_or(0.0, |x| x / spread);
            // Texts on a line could never pass one another: bend it.
            let y = place.get(1).map_or(x * x / 100.0, |y| y / spread);
            [x * 1e-4, y * 1e-4]
        })
        .collect();
    let rate = (texts as f64 / EXAGGERATION / 4.0).max(50.0);
    let mut speed = vec![[0.0; 2]; texts];
    let mut gains = vec![[1.0_f64; 2]; texts];
    for step in 0..options.iterations {
        let early = step < EARLY.min(options.iterations / 2);
        let (exaggeration, momentum) = if early { (EXAGGERATION, 0.5) } else { (1.0, 0.8) };
        let gradient = gradient(&wanted, &places, exaggeration);
        for text in 0..texts {
            for axis in 0..2 {
                let (slope, gain) = (gradient[text][axis], &mut gains[text][axis]);
                let turned = slope * speed[text][axis] > 0.0;
                *gain = if turned { (*gain * 0.8).max(0.01) } else { *gain + 0.2 };
                speed[text][axis] = momentum * speed[text][axis] - rate * *gain * slope;
                places[text][axis] += speed[text][axis];
            }
        }
        for axis in 0..2 {
            let mean = places.iter().map(|place| place[axis]).sum::<f64>() / texts as f64;
            places.iter_mut().for_each(|place| place[axis] -= mean);
        }
    }
    let near = nearness(&places);
    let total: f64 = near.iter().sum();
    let divergence = wanted
        .iter()
        .zip(&near)
        .filter(|(p, _)| **p > 0.0)
        .map(|(p, near)| p * (p / (near / total).max(f64::MIN_POSITIVE)).ln())
        .sum();
    Ok(NeighbourMap { coordinates: places, perplexity, divergence })
}

/// How much each text counts as a neighbour of each other one, both ways, summing to 1; row by row.
fn affinities(distances: &DistanceMatrix, perplexity: f64) -> Vec<f64> {
    let texts = distances.len();
    // Distances of about 1, so that the search for a width begins near its end.
    let mean = distances.condensed().iter().sum::<f64>() / distances.condensed().len() as f64;
    let unit = if mean > 0.0 { mean } else { 1.0 };
    let mut wanted = vec![0.0; texts * texts];
    for text in 0..texts {
        let squares: Vec<f64> = distances.row(text).map(|d| (d / unit) * (d / unit)).collect();
        let nearest =
            (0..texts).filter(|other| *other != text).map(|other| squares[other]).fold(f64::MAX, f64::min);
        let (mut low, mut high, mut width) = (0.0, f64::INFINITY, 1.0);
        let mut row = vec![0.0; texts];
        for _ in 0..200 {
            for other in 0..texts {
                // Less the nearest, which cancels out and keeps the sum from vanishing.
                row[other] = if other == text { 0.0 } else { (-(squares[other] - nearest) * width).exp() };
            }
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share /= sum);
            let entropy: f64 = row.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum();
            let excess = entropy - perplexity.ln();
            if excess.abs() < 1e-10 {
                break;
            }
            if excess > 0.0 {
                low = width;
                width = if high.is_finite() { f64::midpoint(low, high) } else { width * 2.0 };
            } else {
                high = width;
                width = f64::midpoint(low, high);
            }
        }
        wanted[text * texts..(text + 1) * texts].copy_from_slice(&row);
    }
    (0..texts * texts)
        .map(|place| (wanted[place] + wanted[place % texts * texts + place / texts]) / (2.0 * texts as f64))
        .collect()
}

/// 1/(1 + d²) for each pair of places, 0 for a place and itself.
fn nearness(places: &[[f64; 2]]) -> Vec<f64> {
    let mut near = Vec::with_capacity(places.len() * places.len());
    for (one, a) in places.iter().enumerate() {
        for (other, b) in places.iter().enumerate() {
            let (x, y) = (a[0] - b[0], a[1] - b[1]);
            near.push(if one == other { 0.0 } else { 1.0 / (1.0 + x * x + y * y) });
        }
    }
    near
}

fn gradient(wanted: &[f64], places: &[[f64; 2]], exaggeration: f64) -> Vec<[f64; 2]> {
    let texts = places.len();
    let near = nearness(places);
    let total: f64 = near.iter().sum();
    (0..texts)
        .map(|one| {
            let mut sum = [0.0; 2];
            for other in 0..texts {
                let weight = near[one * texts + other];
                let pull = 4.0 * (exaggeration * wanted[one * texts + other] - weight / total) * weight;
                for axis in 0..2 {
                    sum[axis] += pull * (places[one][axis] - places[other][axis]);
                }
            }
            sum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three groups of five on a line, far apart.
    fn groups(texts: usize) -> DistanceMatrix {
        let place = |text: usize| (text / 5) as f64 * 10.0 + (text % 5) as f64 * 0.3;
        let pairs =
            (0..texts).flat_map(|a| (a + 1..texts).map(move |b| (place(a) - place(b)).abs())).collect();
        DistanceMatrix::new((0..texts).map(|text| format!("t{text}")).collect(), pairs).unwrap()
    }

    #[test]
    fn groups_stay_together() {
        let map = neighbour_map(&groups(15), &NeighbourMapOptions::default()).unwrap();
        assert!((map.perplexity - 14.0 / 3.0).abs() < 1e-12);
        let square = |a: usize, b: usize| {
            let [x, y] = [0, 1].map(|axis| map.coordinates[a][axis] - map.coordinates[b][axis]);
            x * x + y * y
        };
        for text in 0..15 {
            let mut others: Vec<usize> = (0..15).filter(|other| *other != text).collect();
            others.sort_by(|a, b| square(text, *a).total_cmp(&square(text, *b)));
            assert!(others[..4].iter().all(|other| other / 5 == text / 5), "{text}: {others:?}");
        }
        assert!(
            map.divergence.is_finite() && map.divergence >= 0.0 && map.divergence < 1.0,
            "{}",
            map.divergence
        );
        assert_eq!(map, neighbour_map(&groups(15), &NeighbourMapOptions::default()).unwrap());
    }

    #[test]
    fn what_does_not_fit() {
        let options = |perplexity| NeighbourMapOptions { perplexity: Some(perplexity), iterations: 50 };
        assert!(neighbour_map(&groups(6), &NeighbourMapOptions::default()).is_err());
        assert!(neighbour_map(&groups(15), &options(50.0)).unwrap_err().to_string().contains("2 to 4.7"));
        assert!(neighbour_map(&groups(15), &options(f64::NAN)).is_err());
        let same =
            DistanceMatrix::new((0..7).map(|text| format!("t{text}")).collect(), vec![0.0; 21]).unwrap();
        let map = neighbour_map(&same, &NeighbourMapOptions::default()).unwrap();
        assert!(map.coordinates.iter().flatten().all(|place| *place == 0.0));
    }
}
