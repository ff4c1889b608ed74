//! Sentence boundaries by UAX #29 alone, in linear time.
//!
//! A boundary needs a stop or a line end before it, so only these are looked at. What is looked at behind a
//! stop ends at the next one, and no character is looked at more than a few times.

use crate::text::places::{ByteSet, Places};
use crate::text::unicode::{SentenceClass, sentence_class};

/// First bytes of characters that may be a stop or end a line: ASCII ones, and what follows C2 and from D6 on,
/// but for E4 to E9, which begin ideographs.
static CANDIDATES: ByteSet = ByteSet::new(&[
    (&[2], &[1, 14]),
    (&[3], &[15]),
    (&[0], &[10, 13]),
    (&[12], &[2]),
    (&[13], &[6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    (&[14], &[0, 1, 2, 3, 10, 11, 12, 13, 14, 15]),
    (&[15], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
]);

/// Calls `bound` with the end of every sentence of `text` by UAX #29, in order; the last is the end of the text.
///
/// Every line end ends a sentence, so that hard-wrapped prose has one in each line, and so does the stop of
/// `Mr. Smith`. The boundaries are those of `split_sentence_bounds` of the crate `unicode-segmentation`, whose
/// time is quadratic in runs of closing marks or spaces.
///
/// ```
/// let mut bounds = Vec::new();
/// rhetor::text::for_each_sentence_bound("Stop! Mr. Smith ran.", |bound| bounds.push(bound));
/// assert_eq!(bounds, [6, 10, 20]);
/// ```
pub fn for_each_sentence_bound(text: &str, mut bound: impl FnMut(usize)) {
    let mut places = Places::new(text.as_bytes(), 0, &CANDIDATES);
    let mut from = 0;
    while let Some(at) = places.next(from) {
        from = at + 1;
        if let Some(end) = end(text, at).filter(|end| *end < text.len()) {
            bound(end);
            from = from.max(end);
        }
    }
    if !text.is_empty() {
        bound(text.len());
    }
}

/// Where the sentence ends that the character at `at` ends, if it does.
fn end(text: &str, at: usize) -> Option<usize> {
    use SentenceClass::{
        AmbiguousStop, Close, Continue, Extend, Lower, Numeric, OtherLetter, Separator, Space, Stop, Upper,
    };
    // Most are the line ends of hard-wrapped text. SB3, SB4.
    match text.as_bytes()[at] {
        b'\n' => return Some(at + 1),
        b'\r' => return (text.as_bytes().get(at + 1) != Some(&b'\n')).then_some(at + 1),
        _ => {}
    }
    // SB8, SB11: most stops stand before a space and a letter.
    if let [mark, b' ', letter, ..] = text.as_bytes()[at..]
        && mark.is_ascii()
        && letter.is_ascii_alphabetic()
    {
        return (mark != b'.' || letter.is_ascii_uppercase()).then_some(at + 2);
    }
    let mark = text[at..].chars().next()?;
    let mut next = at + mark.len_utf8();
    let class = sentence_class(mark);
    match class {
        Separator => return Some(next),
        AmbiguousStop | Stop => {}
        _ => return None,
    }
    let (mut closed, mut spaced) = (false, false);
    let following = loop {
        let Some(c) = text[next..].chars().next() else { return Some(next) };
        match sentence_class(c) {
            // SB5
            Extend => {}
            Close if !spaced => closed = true,
            Space => spaced = true,
            class => break class,
        }
        next += c.len_utf8();
    };
    match following {
        // SB9 to SB11: the separator is the end.
        Separator => return None,
        // SB8a
        Continue | AmbiguousStop | Stop => return None,
        _ => {}
    }
    if class == AmbiguousStop {
        // SB6, SB7
        if !closed && !spaced {
            if following == Numeric {
                return None;
            }
            let before = || text[..at].chars().rev().map(sentence_class).find(|class| *class != Extend);
            if following == Upper && matches!(before(), Some(Upper | Lower)) {
                return None;
            }
        }
        // SB8
        let mut ahead = text[next..].chars().map(sentence_class);
        let decides = |class: &SentenceClass| {
            matches!(class, Lower | OtherLetter | Upper | Separator | AmbiguousStop | Stop)
        };
        if ahead.find(decides) == Some(Lower) {
            return None;
        }
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn check(text: &str) {
        let mut found = Vec::new();
        for_each_sentence_bound(text, |bound| found.push(bound));
        let mut at = 0;
        let expected: Vec<usize> = text
            .split_sentence_bounds()
            .map(|part| {
                at += part.len();
                at
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn known_strings() {
        for text in [
            "",
            "a",
            ". ",
            "a.b",
            "a.B",
            "3.4",
            "e.g. so",
            "So.) \u{301}He",
            "a\r\nb\rc\n",
            "._\n",
            "\u{301}.\u{301}A",
        ] {
            check(text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_bounds_are_those_of_unicode_segmentation(
            parts in prop::collection::vec(
                prop_oneof![
                    any::<char>().prop_map(String::from),
                    prop::sample::select(vec![
                        ". ", ".", "? ", "!”", "…", "a", "B", "7", ",", "\n", "\r", "\u{301}", "(", " ", "\u{85}", "\u{2028}",
                        "\u{a0}", "。", "א", "\u{200d}", "_", "—",
                    ])
                    .prop_map(String::from),
                ],
                0..14,
            )
        ) {
            check(&parts.concat());
        }
    }

    #[test]
    fn time_is_linear() {
        for tail in [")", " ", "\u{301}"] {
            let text = format!(".{}", tail.repeat(1 << 20));
            for_each_sentence_bound(&text, |_| {});
        }
    }
}
