//! Folding: from a surface form to the key it is counted under.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The key of a surface form: canonical composition (NFC), lower case (Unicode default mapping, with
/// the word's final sigma), and the typographic apostrophes ’ and ‘ as `'`.
///
/// Folding changes what a token is counted under, never the text: `Don’t` and `don't` share the key
/// `don't` and keep their own spans.
///
/// ```
/// assert_eq!(rhetor::text::fold("Don’t"), "don't");
/// assert_eq!(rhetor::text::fold("ΛΌΓΟΣ"), "λόγος");
/// ```
pub fn fold(form: &str) -> Cow<'_, str> {
    if form.is_ascii() {
        return if form.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(form.to_ascii_lowercase())
        } else {
            Cow::Borrowed(form)
        };
    }
    let mut key = form.to_lowercase();
    if key.contains(['\u{2019}', '\u{2018}']) {
        key = key.replace(['\u{2019}', '\u{2018}'], "'");
    }
    if is_nfc_quick(key.chars()) != IsNormalized::Yes {
        key = key.nfc().collect();
    }
    Cow::Owned(key)
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
    }
}
