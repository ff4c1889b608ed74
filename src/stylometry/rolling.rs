//! Rolling attribution: who wrote like whom, window by window of one text.

use super::attribute::Verdict;
use super::error::{Result, StylometryError};

/// A run of windows given to one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// The class.
    pub class: String,
    /// Its first window.
    pub first: usize,
    /// The window after its last.
    pub end: usize,
    /// Token of the text at which it begins: half-way between the middles of the windows on either side; 0 for
    /// the first stretch.
    pub start_token: usize,
}

/// The token in the middle of a window, counted from 0; where it is drawn.
pub fn middle(window: usize, size: usize, overlap: usize) -> usize {
    window * size.saturating_sub(overlap) + size / 2
}

/// Parts a rolled text where its author changes: the sequence of classes with the least sum of the windows'
/// losses and of `penalty` for every change.
///
/// The loss of a class in a window is how far its score is behind the best score there, as a share of the
/// spread of scores in that window, so from 0 to 1. A penalty of 0 follows the best class of every window; with
/// overlapping windows one of 2 to 5 leaves changes that last.
///
/// `windows` are verdicts with all classes in each, in the order of the text; `size` and `overlap` are those of
/// the windows.
///
/// ```
/// use rhetor::stylometry::{Candidate, Verdict, stretches};
/// let verdict = |text, class: &str, other: &str| Verdict {
///     text,
///     candidates: vec![
///         Candidate { class: class.to_owned(), score: 0.5 },
///         Candidate { class: other.to_owned(), score: 0.8 },
///     ],
/// };
/// // One stray window in the first half.
/// let windows: Vec<Verdict> = "aabaaabbbb"
///     .chars()
///     .enumerate()
///     .map(|(text, class)| if class == 'a' { verdict(text, "Ann", "Bob") } else { verdict(text, "Bob", "Ann") })
///     .collect();
/// let found = stretches(&windows, 100, 0, 2.0).unwrap();
/// assert_eq!(found.iter().map(|stretch| stretch.class.as_str()).collect::<Vec<_>>(), ["Ann", "Bob"]);
/// assert_eq!(found[1].start_token, 600);
/// ```
///
/// # Errors
/// If there is no window, the windows name different classes, or the penalty is negative or not finite.
pub fn stretches(windows: &[Verdict], size: usize, overlap: usize, penalty: f64) -> Result<Vec<Stretch>> {
    let wrong = |reason: &str| Err(StylometryError::Option { option: "rolling", reason: reason.to_owned() });
    if !(penalty.is_finite() && penalty >= 0.0) {
        return wrong("the penalty for a change must not be negative");
    }
    let Some(first) = windows.first().filter(|window| !window.candidates.is_empty()) else {
        return wrong("there is no window");
    };
    let mut classes: Vec<&str> = first.candidates.iter().map(|candidate| candidate.class.as_str()).collect();
    classes.sort_unstable();
    let mut losses: Vec<Vec<f64>> = Vec::with_capacity(windows.len());
    for window in windows {
        let mut row = vec![f64::NAN; classes.len()];
        let best = window.candidates.first().map_or(0.0, |candidate| candidate.score);
        let behind = |score: f64| (score - best).abs();
        let spread = window.candidates.iter().map(|candidate| behind(candidate.score)).fold(0.0, f64::max);
        for candidate in &window.candidates {
            let Ok(place) = classes.binary_search(&candidate.class.as_str()) else {
                return wrong("the windows name different classes");
            };
            row[place] = if spread > 0.0 { behind(candidate.score) / spread } else { 0.0 };
        }
        if row.iter().any(|loss| loss.is_nan()) {
            return wrong("the windows name different classes");
        }
        losses.push(row);
    }
    // A change needs some gain.
    let penalty = penalty.max(1e-9);
    // The least sum that ends in each class, and from which class it came.
    let least = |sums: &[f64]| (0..sums.len()).min_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(0);
    let mut sums = losses[0].clone();
    let mut from: Vec<Vec<usize>> = vec![(0..classes.len()).collect()];
    for row in &losses[1..] {
        let best = least(&sums);
        let came: Vec<usize> = (0..classes.len())
            .map(|class| if sums[best] + penalty < sums[class] { best } else { class })
            .collect();
        sums = (0..classes.len())
            .map(|class| row[class] + if came[class] == class { sums[class] } else { sums[best] + penalty })
            .collect();
        from.push(came);
    }
    let mut path = vec![least(&sums); windows.len()];
    for window in (1..windows.len()).rev() {
        path[window - 1] = from[window][path[window]];
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for (window, class) in path.iter().enumerate() {
        match stretches.last_mut() {
            Some(last) if last.class == classes[*class] => last.end = window + 1,
            before => {
                let start_token = if before.is_none() {
                    0
                } else {
                    usize::midpoint(middle(window - 1, size, overlap), middle(window, size, overlap))
                };
                stretches.push(Stretch {
                    class: classes[*class].to_owned(),
                    first: window,
                    end: window + 1,
                    start_token,
                });
            }
        }
    }
    Ok(stretches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylometry::attribute::Candidate;

    fn window(scores: &[(&str, f64)]) -> Verdict {
        let candidates = scores
            .iter()
            .map(|(class, score)| Candidate { class: (*class).to_owned(), score: *score })
            .collect();
        Verdict { text: 0, candidates }
    }

    #[test]
    fn without_penalty_every_window_decides() {
        let windows = [
            window(&[("a", 1.0), ("b", 2.0)]),
            window(&[("b", 1.0), ("a", 2.0)]),
            window(&[("a", 1.0), ("b", 1.0)]),
        ];
        let found = stretches(&windows, 10, 5, 0.0).unwrap();
        assert_eq!(
            found.iter().map(|stretch| (stretch.first, stretch.end)).collect::<Vec<_>>(),
            [(0, 1), (1, 3)]
        );
        assert_eq!(found[1].start_token, 7);
        let steady = stretches(&windows, 10, 5, 5.0).unwrap();
        assert_eq!(steady.len(), 1);
    }

    #[test]
    fn bad_windows() {
        assert!(stretches(&[], 10, 5, 1.0).is_err());
        assert!(stretches(&[window(&[])], 10, 5, 1.0).is_err());
        let one = window(&[("a", 1.0)]);
        assert!(stretches(&[one.clone(), window(&[("b", 1.0)])], 10, 5, 1.0).is_err());
        assert!(stretches(&[window(&[("a", 1.0), ("b", 2.0)]), one.clone()], 10, 5, 1.0).is_err());
        assert!(stretches(std::slice::from_ref(&one), 10, 5, f64::NAN).is_err());
        assert_eq!(stretches(&[one], 10, 5, 1.0).unwrap().len(), 1);
    }
}
