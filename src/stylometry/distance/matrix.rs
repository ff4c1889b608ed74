//! The distances of texts to each other.

use crate::stylometry::error::{Result, StylometryError, duplicate};

/// Rows that are laid out together where texts are selected.
const ROWS: usize = 32;

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
        let count = self.len();
        let place = |len: usize, a: usize, b: usize| a * (2 * len - a - 1) / 2 + b - a - 1;
        let mut condensed = vec![0.0; texts.len() * texts.len().saturating_sub(1) / 2];
        // Whole rows of texts that stand near one another, so that their column is read but once; from these rows
        // any order is taken in the first cache.
        let mut by_place: Vec<usize> = (0..texts.len()).collect();
        by_place.sort_by_key(|selected| texts[*selected]);
        let mut rows = vec![0.0; ROWS * count];
        for group in by_place.chunks(ROWS) {
            let last = group.last().map_or(0, |selected| texts[*selected]);
            for before in 0..last {
                let distances = &self.condensed[place(count, before, before + 1)..][..count - before - 1];
                for (row, selected) in group.iter().enumerate() {
                    if let Some(after) = texts[*selected].checked_sub(before + 1) {
                        rows[row * count + before] = distances[after];
                    }
                }
            }
            for (row, selected) in group.iter().enumerate() {
                let row = &mut rows[row * count..][..count];
                let text = texts[*selected];
                row[text] = 0.0;
                if text + 1 < count {
                    let after = &self.condensed[place(count, text, text + 1)..][..count - text - 1];
                    row[text + 1..].copy_from_slice(after);
                }
                let others = &texts[selected + 1..];
                if !others.is_empty() {
                    let to = &mut condensed[place(texts.len(), *selected, selected + 1)..][..others.len()];
                    for (distance, other) in to.iter_mut().zip(others) {
                        *distance = row[*other];
                    }
                }
            }
        }
        Self { texts: texts.iter().map(|text| self.texts[*text].clone()).collect(), condensed }
    }

    /// The texts in an order that their distances alone decide, so that where it matters (as between equal
    /// distances) their names and places do not. Texts that no distance tells apart stay as they are.
    pub fn own_order(&self) -> Vec<usize> {
        // The distances of a text as a set, and where that does not tell the texts apart, as a set of pairs with the
        // first number of the other text.
        let mut numbers = self.numbers(|_, bits| mixed(bits));
        let mut different = numbers.clone();
        different.sort_unstable();
        different.dedup();
        if different.len() < numbers.len() {
            let before = numbers;
            numbers = self.numbers(|other, bits| mixed(bits ^ before[other]));
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|text| numbers[*text]);
        order
    }

    /// For each text the sum, as whole numbers that wrap around, of a number for each other text and the bits of the
    /// distance to it.
    fn numbers(&self, number: impl Fn(usize, u64) -> u64) -> Vec<u64> {
        let mut numbers = vec![0_u64; self.len()];
        let mut rest = self.condensed.as_slice();
        for a in 0..self.len() {
            let (row, after) = rest.split_at(self.len() - a - 1);
            rest = after;
            if let [own, others @ ..] = &mut numbers[a..] {
                for (place, (distance, other)) in row.iter().zip(others).enumerate() {
                    *own = own.wrapping_add(number(a + 1 + place, distance.to_bits()));
                    *other = other.wrapping_add(number(a, distance.to_bits()));
                }
            }
        }
        numbers
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn selected_distances_are_those_of_the_pairs(
            count in 1_usize..90, picks in prop::collection::vec(0_usize..1_000, 0..80),
        ) {
            let names: Vec<String> = (0..count).map(|text| format!("t{text}")).collect();
            let pairs = count * (count - 1) / 2;
            let matrix = DistanceMatrix::new(names, (0..pairs).map(|pair| pair as f64).collect()).unwrap();
            let texts: Vec<usize> = picks.into_iter().map(|pick| pick % count).collect();
            let selected = matrix.select(&texts);
            for a in 0..texts.len() {
                prop_assert_eq!(&selected.texts()[a], &matrix.texts()[texts[a]]);
                for b in 0..texts.len() {
                    if a != b {
                        prop_assert_eq!(selected.get(a, b), matrix.get(texts[a], texts[b]));
                    }
                }
            }
        }
    }
}
