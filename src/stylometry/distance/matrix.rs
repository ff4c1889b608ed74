//! The distances of texts to each other.

use crate::stylometry::error::{Result, StylometryError, duplicate};

/// A symmetric matrix with zeros on its diagonal, one triangle of which is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct DistanceMatrix {
    texts: Vec<String>,
    condensed: Vec<f64>,
}

impl DistanceMatrix {
    /// From the upper triangle, row by row: (0, 1), (0, 2) … (1, 2) ….
    ///
    /// # Errors
    /// If the number of distances does not fit, a name occurs twice, or a distance is negative or not finite.
    pub fn new(texts: Vec<String>, condensed: Vec<f64>) -> Result<Self> {
        duplicate("text", texts.iter().map(String::as_str))?;
        let pairs = texts.len() * texts.len().saturating_sub(1) / 2;
        if condensed.len() != pairs {
            let reason = format!("{} distances for {} texts, expected {pairs}", condensed.len(), texts.len());
            return Err(StylometryError::Table { reason });
        }
        if let Some(distance) = condensed.iter().find(|distance| !distance.is_finite() || **distance < 0.0) {
            return Err(StylometryError::Table { reason: format!("{distance} is no distance") });
        }
        Ok(Self { texts, condensed })
    }

    pub(crate) fn from_condensed(texts: Vec<String>, condensed: Vec<f64>) -> Self {
        Self { texts, condensed }
    }

    /// Names of the texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The upper triangle, row by row.
    pub fn condensed(&self) -> &[f64] {
        &self.condensed
    }

    /// The distance of two texts.
    ///
    /// # Panics
    /// If there is no such text.
    pub fn get(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (a.min(b), a.max(b));
        assert!(b < self.len(), "there is no text {b}");
        if a == b { 0.0 } else { self.condensed[a * (2 * self.len() - a - 1) / 2 + b - a - 1] }
    }

    /// The distances of a text to each text, itself included.
    pub fn row(&self, text: usize) -> impl Iterator<Item = f64> {
        (0..self.len()).map(move |other| self.get(text, other))
    }

    /// The distances of some texts, in this order.
    ///
    /// # Panics
    /// If there is no such text.
    #[must_use]
    pub fn select(&self, texts: &[usize]) -> Self {
        let mut condensed = Vec::with_capacity(texts.len() * texts.len().saturating_sub(1) / 2);
        for (place, a) in texts.iter().enumerate() {
            condensed.extend(texts[place + 1..].iter().map(|b| self.get(*a, *b)));
        }
        Self { texts: texts.iter().map(|text| self.texts[*text].clone()).collect(), condensed }
    }

    /// The texts in an order that their distances alone decide, so that where it matters (as between equal
    /// distances) their names and places do not. Texts that no distance tells apart stay as they are.
    pub fn own_order(&self) -> Vec<usize> {
        // The distances of a text as a set, then as a set of pairs with the first number of the other text.
        let round = |before: &[u64]| -> Vec<u64> {
            let mut numbers = vec![0_u64; self.len()];
            let mut condensed = self.condensed.iter();
            for a in 0..self.len() {
                for b in a + 1..self.len() {
                    let bits = condensed.next().map_or(0, |distance| distance.to_bits());
                    numbers[a] = numbers[a].wrapping_add(mixed(bits ^ before[b]));
                    numbers[b] = numbers[b].wrapping_add(mixed(bits ^ before[a]));
                }
            }
            numbers
        };
        let numbers = round(&round(&vec![0; self.len()]));
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|text| numbers[*text]);
        order
    }

    /// The other texts from the nearest to the farthest, ties in the order of the texts.
    pub fn neighbours(&self, text: usize) -> Vec<(usize, f64)> {
        let mut others: Vec<(usize, f64)> =
            self.row(text).enumerate().filter(|(other, _)| *other != text).collect();
        others.sort_by(|a, b| a.1.total_cmp(&b.1));
        others
    }
}

/// Spreads the bits of a number (the last step of splitmix64).
fn mixed(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
