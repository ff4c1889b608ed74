//! Folding: from a surface form to the key it is counted under.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The key of a surface form: canonical composition (NFC), lower case (Unicode default mapping, with
/// the word's final sigma), the typographic apostrophes ’ and ‘ as `'`, and without characters that only
/// direct the layout: soft hyphen, word joiner, directional marks, a narrow space at either end.
///
/// Folding changes what a token is counted under, never the text: `Don’t` and `don't` share the key
/// `don't` and keep their own spans. The joiners U+200C and U+200D stay: in Persian and in Indian scripts
/// they make other words.
///
/// ```
/// assert_eq!(rhetor::text::fold("Don’t"), "don't");
/// assert_eq!(rhetor::text::fold("ΛΌΓΟΣ"), "λόγος");
/// assert_eq!(rhetor::text::fold("man\u{2060}"), "man");
/// ```
pub fn fold(form: &str) -> Cow<'_, str> {
    let is_folded = if form.is_ascii() {
        !form.bytes().any(|byte| byte.is_ascii_uppercase())
    } else {
        form.chars().all(|c| is_simple(c) && simple(c) == c)
    };
    if is_folded {
        return Cow::Borrowed(form);
    }
    let mut key = String::with_capacity(form.len());
    fold_onto(form, &mut key);
    Cow::Owned(key)
}

/// Adds the key of a surface form to others.
pub(crate) fn fold_onto(form: &str, keys: &mut String) {
    let start = keys.len();
    if form.is_ascii() {
        keys.push_str(form);
        keys[start..].make_ascii_lowercase();
    } else if form.chars().all(is_simple) {
        keys.extend(form.chars().map(simple));
    } else {
        keys.push_str(&fold_any(form));
    }
}

/// A character that folds by itself, whatever stands beside it, and is composed: ASCII, Latin without `İ`, Greek
/// without `Σ`, which has two small letters, Cyrillic, an apostrophe.
fn is_simple(c: char) -> bool {
    matches!(
        c,
        '\0'..='\x7f'
            | 'À'..='\u{12f}'
            | '\u{131}'..='\u{24f}'
            | '\u{388}'..='\u{3a1}'
            | '\u{3a4}'..='\u{3ff}'
            | '\u{400}'..='\u{481}'
            | '\u{48a}'..='\u{52f}'
            | '\u{2018}'
            | '\u{2019}'
    )
}

/// What a simple character folds to.
fn simple(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        // Most letters, before the library looks up the others.
        'ß'..='ö' | 'ø'..='ÿ' | 'ά'..='ώ' | 'а'..='џ' => c,
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Τ'..='Ϋ' | 'А'..='Я' => {
            char::from_u32(u32::from(c) + 32).unwrap_or(c)
        }
        '\u{2018}' | '\u{2019}' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

fn fold_any(form: &str) -> String {
    let mut key = form.trim_matches('\u{202f}').to_lowercase();
    if key.contains(['\u{2019}', '\u{2018}']) {
        key = key.replace(['\u{2019}', '\u{2018}'], "'");
    }
    if key.contains(is_layout) {
        key.retain(|c| !is_layout(c));
    }
    if is_nfc_quick(key.chars()) != IsNormalized::Yes {
        key = key.nfc().collect();
    }
    key
}

/// A format character without a say in which word it is.
fn is_layout(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{2060}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_simple_character_folds_as_any() {
        for c in ('\0'..=char::MAX).filter(|c| is_simple(*c)) {
            for form in [format!("{c}"), format!("a{c}"), format!("Б{c}é"), format!("{c}Z{c}")] {
                assert_eq!(fold(&form), fold_any(&form), "{form:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn simple_forms_fold_as_any(form in "[A-Za-zÀ-ɏΈ-ΡΤ-ώА-я’'0-9]{0,12}") {
            prop_assert_eq!(fold(&form), fold_any(&form));
        }
    }

    #[test]
    fn composes_lowers_and_straightens() {
        assert_eq!(fold("plain"), "plain");
        assert_eq!(fold("PLAIN"), "plain");
        assert_eq!(fold("E\u{301}tat"), "\u{e9}tat");
        assert_eq!(fold("L\u{2019}\u{c9}tat"), "l'\u{e9}tat");
        assert_eq!(fold("Quoi\u{202f}"), "quoi");
        assert_eq!(fold("Pro\u{ad}gress"), "progress");
    }
}
