//! Distance by compression: how much of one text a compressor can say with pieces of another.

use std::io::{self, Write};

use lzma_rust2::{LzmaOptions, LzmaWriter};
use rayon::prelude::*;

use super::distance::DistanceMatrix;
use super::error::{Result, StylometryError, enough};

/// The id of [`compression_distances`] where a measure is named.
pub const COMPRESSION_DISTANCE: &str = "ncd";

/// The compressor looks back over both texts, up to so many bytes.
const WINDOW: usize = 1 << 28;
/// The least window of LZMA.
const LEAST: usize = 1 << 12;

/// The normalised compression distance of every text to every other one (Li et al. 2004; Cilibrasi & Vitányi 2005):
/// (C(xy) − min(C(x), C(y))) / max(C(x), C(y)), C the bytes after compression by LZMA, whose window holds both
/// texts. About 0 for texts that say the same, about 1 for texts that share nothing; never below 0, a little
/// above 1 at most.
///
/// The longer text stands first in xy, of two equally long ones that with the lower bytes, so that the order of
/// the texts changes nothing. Texts are `(name, content)`, compressed as they are: differences of case, layout and
/// encoding count. Time grows with the square of the number of texts: about a second for 2 MB of pairs.
///
/// ```
/// use rhetor::stylometry::compression_distances;
/// let sea = "The sea was calm and the ship lay still upon the water. ".repeat(20);
/// let hill = "Few farmers climb such hills before breakfast, for dew makes boots heavy! ".repeat(20);
/// let texts = [("a", sea.as_str()), ("b", &sea[3..]), ("c", hill.as_str())];
/// let distances = compression_distances(&texts).unwrap();
/// assert!(distances.get(0, 1) < 0.2 && distances.get(0, 2) > 0.6);
/// ```
///
/// # Errors
/// With fewer than two texts, if a text is empty, two have one name, or one is so long that the window does not
/// hold two of them (128 MB).
pub fn compression_distances(texts: &[(&str, &str)]) -> Result<DistanceMatrix> {
    enough("a distance", texts.len(), 2)?;
    let undefined =
        |reason: String| Err(StylometryError::Undefined { measure: COMPRESSION_DISTANCE.to_owned(), reason });
    for (name, content) in texts {
        if content.is_empty() {
            return undefined(format!("'{name}' is empty"));
        }
        if content.len() > WINDOW / 2 {
            return undefined(format!("'{name}' is longer than {} MB", WINDOW >> 21));
        }
    }
    let alone: Vec<u64> = texts
        .par_iter()
        .map(|(_, content)| compressed(&[content]))
        .collect::<io::Result<_>>()
        .or_else(failed)?;
    let pairs: Vec<(usize, usize)> =
        (0..texts.len()).flat_map(|i| (i + 1..texts.len()).map(move |j| (i, j))).collect();
    let condensed: Vec<f64> = pairs
        .par_iter()
        .map(|(i, j)| {
            let (x, y) = (texts[*i].1, texts[*j].1);
            let first_comes_first = (y.len(), x) <= (x.len(), y);
            let both = if first_comes_first { compressed(&[x, y])? } else { compressed(&[y, x])? };
            let (least, most) = (alone[*i].min(alone[*j]), alone[*i].max(alone[*j]));
            Ok(both.saturating_sub(least) as f64 / most as f64)
        })
        .collect::<io::Result<_>>()
        .or_else(failed)?;
    DistanceMatrix::new(texts.iter().map(|(name, _)| (*name).to_owned()).collect(), condensed)
}

fn failed<T>(error: io::Error) -> Result<T> {
    Err(StylometryError::Undefined { measure: COMPRESSION_DISTANCE.to_owned(), reason: error.to_string() })
}

/// Counts bytes and keeps none.
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes of the parts, one after the other, after compression; no header.
fn compressed(parts: &[&str]) -> io::Result<u64> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut options = LzmaOptions::with_preset(6);
    options.dict_size = length.clamp(LEAST, WINDOW) as u32;
    // Text has no alignment to four bytes.
    options.pb = 0;
    let mut writer = LzmaWriter::new_no_header(Counter(0), &options, false)?;
    for part in parts {
        writer.write_all(part.as_bytes())?;
    }
    Ok(writer.finish()?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences by a rule, with words of their own for each `author`.
    fn text(author: usize, length: usize) -> String {
        let words = ["of", "the", "river", "stone", "and", "walks", "under", "bright", "seldom", "gate"];
        (0..length).map(|n| words[(n * n * (author + 3) + n / 7 * author) % 10]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_order_of_texts_changes_nothing() {
        let texts: Vec<String> = (0..5).map(|author| text(author, 400 + author % 2)).collect();
        let named: Vec<(&str, &str)> =
            ["a", "b", "c", "d", "e"].into_iter().zip(texts.iter().map(String::as_str)).collect();
        let turned: Vec<(&str, &str)> = named.iter().rev().copied().collect();
        let (a, b) = (compression_distances(&named).unwrap(), compression_distances(&turned).unwrap());
        for i in 0..5 {
            for j in 0..5 {
                assert_eq!(a.get(i, j).to_bits(), b.get(4 - i, 4 - j).to_bits());
                assert!((0.0..1.2).contains(&a.get(i, j)));
            }
        }
    }

    #[test]
    fn texts_far_apart_in_a_long_pair_are_seen() {
        // Longer than the 32 kB that DEFLATE looks back; random letters, so that nothing repeats within.
        let letters = |seed: u64| -> String {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b'a' + (state >> 33) as u8 % 26)
            };
            (0..100_000).map(|_| next()).collect()
        };
        let (one, other) = (letters(1), letters(2));
        let found = compression_distances(&[("a", &one), ("b", &one), ("c", &other)]).unwrap();
        assert!(found.get(0, 1) < 0.01 && found.get(0, 2) > 0.95, "{found:?}");
    }

    #[test]
    fn what_cannot_be_compared() {
        let message = |texts: &[(&str, &str)]| compression_distances(texts).unwrap_err().to_string();
        assert!(message(&[("a", "x")]).contains("too few"));
        assert!(message(&[("a", "x"), ("b", "")]).contains("'b' is empty"));
        assert!(message(&[("a", "x"), ("a", "y")]).contains("twice"));
    }
}
