//! Why the numbers of a text may not bear a claim.

use crate::profile::Profile;

/// `count` per 1,000 of `words`; undefined without words.
pub fn rate(count: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| count as f64 * 1000.0 / words as f64)
}

/// Fewer words bear no claim about style.
const FEWEST_WORDS: u64 = 100;
/// Fewer sentences bear no claim about sentence length.
const FEWEST_SENTENCES: u64 = 30;

/// Why the numbers of a text may not bear a claim: fixed names, explained in the data dictionary.
pub fn warnings(profile: &Profile) -> Vec<&'static str> {
    let words = profile.words();
    let sentences = profile.author.sentence_words.count() + profile.quoted.sentence_words.count();
    let mut warnings = Vec::new();
    if words == 0 {
        warnings.push("no_words");
    } else if words < FEWEST_WORDS {
        warnings.push("fewer_than_100_words");
    }
    if words > 0 && sentences < FEWEST_SENTENCES {
        warnings.push("fewer_than_30_sentences");
    }
    if profile.boilerplate_words > 0 {
        warnings.push("boilerplate_left_out");
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Counts;

    #[test]
    fn short_texts_are_flagged() {
        let mut profile = Profile::default();
        assert_eq!(warnings(&profile), ["no_words"]);
        profile.author.words = Counts::from_pairs(vec![(0, 3)]);
        assert_eq!(warnings(&profile), ["fewer_than_100_words", "fewer_than_30_sentences"]);
    }
}
