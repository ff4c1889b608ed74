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

    /// The other texts from the nearest to the farthest, ties in the order of the texts.
    pub fn neighbours(&self, text: usize) -> Vec<(usize, f64)> {
        let mut others: Vec<(usize, f64)> =
            self.row(text).enumerate().filter(|(other, _)| *other != text).collect();
        others.sort_by(|a, b| a.1.total_cmp(&b.1));
        others
    }
}
