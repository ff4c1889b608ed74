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
    if form.is_ascii() {
        return if form.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(form.to_ascii_lowercase())
        } else {
            Cow::Borrowed(form)
        };
    }
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
    Cow::Owned(key)
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
    use super::*;

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
