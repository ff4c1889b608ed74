//! The arithmetic of a measure for one text: the symbols of its formula and their values.

use super::{Measure, Passage};

/// Subscripts that are part of a symbol, as in `V₁`.
const DIGITS: [char; 2] = ['₁', '₂'];

/// The symbols that a formula may hold, with their values for a passage: see the list of measures.
fn symbols(passage: &Passage) -> Vec<(&'static str, f64)> {
    let (spectrum, reading) = (&passage.spectrum, &passage.sums.reading);
    let list = if passage.has_list[0] { reading.unfamiliar[0] } else { 0 };
    let counts = [
        ("N", spectrum.tokens()),
        ("V", spectrum.types()),
        ("V₁", spectrum.types_occurring(1)),
        ("V₂", spectrum.types_occurring(2)),
        ("S", reading.sentences),
        ("W", reading.words),
        ("Y", reading.syllables),
        ("L", reading.letters),
        ("P", reading.polysyllables),
        ("H", reading.hard_words),
        ("M", reading.monosyllables),
        ("G", reading.long_words),
        ("Q", passage.paragraph_lengths.len() as u64),
    ];
    let mut symbols: Vec<_> = counts.into_iter().map(|(name, count)| (name, count as f64)).collect();
    symbols.push(("M₂", spectrum.squares() as f64));
    if reading.words > 0 {
        symbols.push(("D", 100.0 * list as f64 / reading.words as f64));
    }
    symbols
}

/// The formula of a measure in pieces: symbols, and what stands between them.
fn pieces(formula: &str) -> Vec<(String, bool)> {
    let letters: Vec<char> = formula.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphabetic());
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while at < letters.len() {
        let subscript = letters.get(at + 1).is_some_and(|next| DIGITS.contains(next));
        let end = at + 1 + usize::from(subscript);
        let alone = !is_letter(at.checked_sub(1)) && !is_letter(Some(end));
        // A variable such as Vᵢ is none of the text's counts, nor is V₀.
        let other = letters.get(end).is_some_and(|next| matches!(next, 'ᵢ' | 'ₜ' | '₀' | '̂'));
        if letters[at].is_ascii_uppercase() && alone && !other {
            pieces.push((std::mem::take(&mut plain), false));
            pieces.push((letters[at..end].iter().collect(), true));
            at = end;
        } else {
            plain.push(letters[at]);
            at += 1;
        }
    }
    pieces.push((plain, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The inputs of a measure's formula, by symbol.
pub fn inputs(measure: &Measure, passage: &Passage) -> Vec<(&'static str, f64)> {
    let pieces = pieces(measure.formula);
    symbols(passage)
        .into_iter()
        .filter(|(name, _)| pieces.iter().any(|(piece, is_symbol)| *is_symbol && piece == name))
        .collect()
}

/// The formula of a measure with the values of the passage in place of its symbols.
pub fn arithmetic(measure: &Measure, passage: &Passage) -> String {
    let symbols = symbols(passage);
    pieces(measure.formula)
        .into_iter()
        .map(|(piece, is_symbol)| match symbols.iter().find(|(name, _)| is_symbol && *name == piece) {
            Some((_, value)) => value.to_string(),
            None => piece,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::measure;
    use crate::measures::testing::full;

    #[test]
    fn symbols_are_replaced_and_variables_are_not() {
        let full = full();
        let shown = |id: &str| arithmetic(measure(id).unwrap(), &full);
        let types = full.spectrum.types();
        assert_eq!(shown("type_token_ratio"), format!("{types} / 402"));
        assert_eq!(shown("yule_k"), format!("10⁴·({} − 402) / 402²", full.spectrum.squares()));
        assert!(shown("simpson_d").contains("Vᵢ") && shown("simpson_d").contains("402"));
        assert_eq!(inputs(measure("lix").unwrap(), &full).len(), 3);
        assert_eq!(inputs(measure("punctuation:all").unwrap(), &full).len(), 1);
    }
}
