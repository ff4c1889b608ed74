//! Sentences: the candidates of UAX #29, decided with what the rules alone cannot know.
//!
//! A sentence may end at a stop (`.`, `?`, `!`, `。` …), with its closing marks, and does end at the end
//! of its block. Beyond UAX #29: line ends inside a block are spaces; abbreviations, initials and
//! initialisms do not end a sentence; neither does a stop before a lower-case word, so that
//! “Stop!” he cried. is one sentence; a note mark glued to the stop belongs to the sentence it ends; a
//! bracketed reference right after a quotation belongs to it; `…` is a stop.
//!
//! Each candidate is decided by looking at its neighbourhood once, so time is linear, unlike that of
//! `unicode_sentences`, which is quadratic in runs of closing marks or spaces.

use std::ops::Range;

use super::blocks;
use super::language::Language;
use super::pairing::is_quotation_mark;
use super::unicode::{SentenceClass, sentence_class};

/// First bytes of characters that may be a stop; the others are skipped without a look.
static CANDIDATE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0xd6;
    while byte < 256 {
        table[byte] = !(byte >= 0xe4 && byte <= 0xe9);
        byte += 1;
    }
    table[b'.' as usize] = true;
    table[b'?' as usize] = true;
    table[b'!' as usize] = true;
    table
};

/// Calls `sentence` with the byte range of every sentence of a block, without the white space between.
///
/// `block` begins and ends with a visible character. Stretches without a letter or digit come out too;
/// the caller, who has the words, drops them.
pub fn for_each_sentence(
    text: &str,
    block: Range<usize>,
    language: &Language,
    mut sentence: impl FnMut(Range<usize>),
) {
    let block_text = &text[..block.end];
    let bytes = block_text.as_bytes();
    let mut start = block.start;
    let mut at = block.start;
    while at < block.end {
        if !CANDIDATE[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let Some(mark) = block_text[at..].chars().next() else { break };
        if let Some(end) =
            Candidate::at(block_text, start, at, mark).and_then(|candidate| candidate.decide(language))
        {
            sentence(start..end.sentence);
            start = end.next;
            at = end.next;
        } else {
            at += mark.len_utf8();
        }
    }
    if start < block.end {
        sentence(start..block.end);
    }
}

/// Characters looked at beyond a candidate; what decides stands nearer, and time stays linear.
const REACH: usize = 64;

/// The end of a sentence and the start of the next.
struct End {
    sentence: usize,
    next: usize,
}

/// A stop and what stands around it.
struct Candidate<'a> {
    /// The text up to the end of the block.
    text: &'a str,
    /// Where the sentence began.
    start: usize,
    /// Where the stop stands.
    at: usize,
    /// A full stop or ellipsis, which may mean something else.
    ambiguous: bool,
    /// After the stop and its closing marks.
    closed: usize,
    /// One of the closing marks is a quotation mark.
    quotation: bool,
}

fn is_stop(c: char) -> bool {
    c == '…' || blocks::is_stop(c)
}

fn is_space(c: char) -> bool {
    matches!(sentence_class(c), SentenceClass::Space | SentenceClass::Separator | SentenceClass::Extend)
}

impl<'a> Candidate<'a> {
    /// None if the character at `at` is no stop, or another stop follows at once (SB8a).
    fn at(text: &'a str, start: usize, at: usize, mark: char) -> Option<Self> {
        if !is_stop(mark) {
            return None;
        }
        let mut closed = at + mark.len_utf8();
        let mut quotation = false;
        let mut first = true;
        for c in text[closed..].chars() {
            match sentence_class(c) {
                SentenceClass::Extend => {}
                // `end.[2]`, `end.(See below.)`: an opening bracket closes nothing.
                SentenceClass::Close if matches!(c, '(' | '[' | '{') => break,
                SentenceClass::Close => quotation |= is_quotation_mark(c),
                _ if first && is_stop(c) => return None,
                _ => break,
            }
            first &= sentence_class(c) == SentenceClass::Extend;
            closed += c.len_utf8();
        }
        let ambiguous = mark == '…' || sentence_class(mark) == SentenceClass::AmbiguousStop;
        let ambiguous = ambiguous && !text[start..at].ends_with(['?', '!']);
        Some(Self { text, start, at, ambiguous, closed, quotation })
    }

    fn decide(mut self, language: &Language) -> Option<End> {
        if let Some(noted) = self.note_mark(language) {
            self.closed = noted;
        }
        let next = self.skip_spaces(self.closed);
        if next == self.text.len() {
            return Some(End { sentence: next, next });
        }
        if let Some(end) = self.reference(next) {
            return Some(end);
        }
        let following = self.text[next..].chars().next()?;
        let spaced = next > self.closed;
        match sentence_class(following) {
            SentenceClass::Continue | SentenceClass::AmbiguousStop | SentenceClass::Stop => return None,
            SentenceClass::Lower => return None,
            // SB7, and for letters without case too: the stop joins them to one word.
            SentenceClass::Upper | SentenceClass::OtherLetter
                if self.ambiguous && !spaced && self.follows_letter() =>
            {
                return None;
            }
            SentenceClass::Numeric if self.ambiguous && !spaced => return None,
            _ if following == '…' => return None,
            _ => {}
        }
        if self.ambiguous && (self.lower_case_follows(next) || self.is_abbreviation(next, language)) {
            return None;
        }
        Some(End { sentence: self.closed, next })
    }

    fn skip_spaces(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        from + rest.find(|c| !is_space(c)).unwrap_or(rest.len())
    }

    fn follows_letter(&self) -> bool {
        let stop = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.closed == self.at + stop && self.text[self.start..self.at].ends_with(char::is_alphabetic)
    }

    /// The word before the stop, with the stops inside it: `i.e`, `U.S.S.R`.
    fn word_before(&self) -> &'a str {
        const LONGEST: usize = 24;
        let before = &self.text[self.start..self.at];
        let mut start = before.len();
        for (at, c) in before.char_indices().rev() {
            if !(c.is_alphanumeric() || c == '.' || c == '-') || before.len() - at > LONGEST {
                break;
            }
            start = at;
        }
        before[start..].trim_start_matches(['.', '-'])
    }

    fn word_at(&self, from: usize) -> &'a str {
        let rest = &self.text[from..];
        let rest = &rest[..rest.char_indices().nth(REACH).map_or(rest.len(), |(at, _)| at)];
        let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        &rest[..end]
    }

    /// A note mark glued to the stop or its closing mark: `affirmative.2 History`, `end.”12`, `end.[3]`,
    /// `end.¹`. Returns the place after it.
    fn note_mark(&self, language: &Language) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let after_stop = self.at + self.text[self.at..].chars().next().map_or(1, char::len_utf8);
        let digits =
            |from: usize| bytes[from..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        if bytes.get(self.closed) == Some(&b'[') {
            let end = self.closed + 1 + digits(self.closed + 1);
            let marked = (self.closed + 2..self.closed + 5).contains(&end) && bytes.get(end) == Some(&b']');
            return marked.then_some(end + 1);
        }
        let raised: usize = self.text[self.closed..]
            .chars()
            .take_while(|c| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹' | '†' | '‡' | '*'))
            .map(char::len_utf8)
            .sum();
        if raised > 0 {
            return Some(self.closed + raised);
        }
        let count = digits(self.closed);
        if !(1..=3).contains(&count) {
            return None;
        }
        let end = self.closed + count;
        let rest = &self.text[end..];
        let opens = rest.trim_start_matches(is_space);
        let free = rest.is_empty()
            || (opens.len() < rest.len()
                && opens.chars().take(REACH).find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase()));
        let word = self.word_before();
        let is_word = self.closed > after_stop
            || !self.ambiguous
            || (word.chars().count() >= 3
                && word.chars().all(char::is_alphabetic)
                && !language.stands_before_number(word)
                && !language.is_never_final(word));
        (free && is_word).then_some(end)
    }

    /// A bracket right after a quotation whose own stop stands outside: `…” (Smith, p. 4).`
    fn reference(&self, next: usize) -> Option<End> {
        const LONGEST: usize = 200;
        if !self.quotation || !self.text[next..].starts_with(['(', '[', '{']) {
            return None;
        }
        let rest = &self.text[next..];
        let close = rest.char_indices().take(LONGEST).skip(1).find(|(_, c)| matches!(c, ')' | ']' | '}'))?.0;
        let inside = rest[1..close].trim_end();
        if inside.is_empty() || inside.ends_with(is_stop) {
            return None;
        }
        let mut sentence = next + close + 1;
        let tail = &self.text[sentence..];
        sentence += tail.find(|c| !is_stop(c)).unwrap_or(tail.len());
        let after = self.skip_spaces(sentence);
        let opens = self.text[after..]
            .chars()
            .take(REACH)
            .find(|c| c.is_alphanumeric())
            .is_none_or(|c| !c.is_lowercase());
        (opens || sentence > next + close + 1).then_some(End { sentence, next: after })
    }

    /// SB8: a lower-case letter follows before any other letter or stop.
    fn lower_case_follows(&self, next: usize) -> bool {
        for c in self.text[next..].chars().take(REACH) {
            match sentence_class(c) {
                SentenceClass::Lower => return true,
                SentenceClass::Upper
                | SentenceClass::OtherLetter
                | SentenceClass::Numeric
                | SentenceClass::AmbiguousStop
                | SentenceClass::Stop => return false,
                _ => {}
            }
        }
        false
    }

    fn is_abbreviation(&self, next: usize, language: &Language) -> bool {
        if self.closed != self.at + 1 || !self.text[self.at..].starts_with('.') {
            return false;
        }
        let word = self.word_before();
        if word.is_empty() {
            return false;
        }
        let following = self.word_at(next);
        if following.is_empty() {
            return false;
        }
        let opener = language.opens_sentences(following);
        // `He said no. I left.`: after an abbreviation that is also a word, I is the speaker.
        let speaker = following == "I" && language.is_also_word(word);
        if language.stands_before_number(word) && is_number(following) && !speaker {
            return true;
        }
        if language.is_never_final(word) {
            return true;
        }
        let initialism = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        (initialism || initial || language.is_seldom_final(word)) && !opener
    }
}

/// Digits or a Roman numeral, written in one case.
fn is_number(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_numeric()) {
        return true;
    }
    let upper = word.to_ascii_uppercase();
    (word == upper || word == word.to_ascii_lowercase()) && is_roman(&upper)
}

/// A well-formed Roman numeral in capitals.
fn is_roman(word: &str) -> bool {
    let mut rest = word.trim_start_matches('M');
    for [nine, four, five, one] in [["CM", "CD", "D", "C"], ["XC", "XL", "L", "X"], ["IX", "IV", "V", "I"]] {
        if let Some(after) = rest.strip_prefix(nine).or(rest.strip_prefix(four)) {
            rest = after;
            continue;
        }
        rest = rest.strip_prefix(five).unwrap_or(rest);
        for _ in 0..3 {
            rest = rest.strip_prefix(one).unwrap_or(rest);
        }
    }
    !word.is_empty() && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let english = Language::english();
        let mut sentences = Vec::new();
        for_each_sentence(text, 0..text.len(), &english, |range| sentences.push(&text[range]));
        sentences
    }

    #[track_caller]
    fn check(expected: &[&str]) {
        assert_eq!(split(&expected.join(" ")), expected);
    }

    #[test]
    fn reporting_clauses_stay_with_speech() {
        check(&["“Stop!” he cried.", "They stopped."]);
        check(&["\"Why?\" asked the old man.", "Nobody knew."]);
    }

    #[test]
    fn abbreviations_and_initials() {
        check(&["Mr. J. R. Holloway met Dr. Penn at No. 4.", "They spoke."]);
        check(&["See p. 12 and vol. ii of the book, i.e. The Works.", "It is long."]);
        check(&["The C.T.C. Board met in the U.S.S.R.", "The board agreed."]);
        check(&["It came to 3.5 per cent.", "No more."]);
    }

    #[test]
    fn words_that_look_like_abbreviations_or_numerals() {
        check(&["He asked and she said no.", "I left.", "It was a work of art.", "I liked it."]);
        check(&["He drove the car.", "Did it stop?"]);
        check(&["It was plan c.", "The end came soon."]);
        check(&["See vol. I of the works and ch. xiv of the next."]);
        assert!(["I", "IV", "XIX", "MDCCLXXXIX"].iter().all(|word| is_roman(word)));
        assert!(!["", "IIII", "VX", "DID", "MILD"].iter().any(|word| is_roman(word)));
    }

    /// Twice the text takes about twice the time, whatever stands between the stops. Steps are not
    /// counted: the test would not end within minutes if time were quadratic.
    #[test]
    fn long_runs_without_letters_end() {
        for filler in ["… * ", ". * ", ".” (*) ", ". ", "” "] {
            let text = format!("Word {}", filler.repeat(400_000));
            assert!(!split(&text).is_empty());
        }
    }

    #[test]
    fn an_initialism_ends_a_sentence_before_a_usual_first_word() {
        check(&["They moved to the U.S.S.R.", "The rest stayed."]);
        check(&["That was plan B.", "It failed."]);
    }

    #[test]
    fn note_marks_belong_to_the_sentence_they_end() {
        check(&["He answered in the affirmative.2", "History has agreed."]);
        check(&["“So be it.”12", "The rest is known."]);
        check(&["It ended.[3]", "Nothing followed."]);
        check(&["It ended.¹", "Nothing followed."]);
        check(&["You ate it!1", "There is a system in that."]);
        check(&["It cost 3.2 Pounds and No.2 Cost more."]);
    }

    #[test]
    fn references_belong_to_the_quotation() {
        check(&["“So it was.” (Letters, p. 4).", "He agreed."]);
        check(&["“So it was.” {Stalin, Foundations, emphasis added).", "He agreed."]);
        check(&["“So it was.”", "(He was wrong.)", "They left."]);
    }

    #[test]
    fn ellipses_and_runs_of_stops() {
        check(&["Wait… he said nothing.", "What?!", "Well...", "No."]);
        check(&["He stopped…", "Then he went on."]);
        check(&["He paused . . . and went on."]);
    }

    #[test]
    fn line_ends_inside_a_block_are_spaces() {
        check(&["He was\nready to go.", "They\r\nwere not."]);
    }

    #[test]
    fn stops_of_other_scripts() {
        assert_eq!(split("他来了。她走了！"), ["他来了。", "她走了！"]);
        assert_eq!(split("وہ آیا۔ وہ گیا؟ نہیں۔").len(), 3);
        assert_eq!(split("그는 말했다.그리고 갔다.").len(), 1);
    }

    #[test]
    fn every_stop_is_a_candidate() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| is_stop(*c)) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes);
            assert!(CANDIDATE[usize::from(bytes[0])], "{c:?}");
        }
    }

    /// Sentence bounds by the letter of UAX #29 over the generated table, slow and obvious.
    fn plain_bounds(text: &str) -> Vec<usize> {
        use SentenceClass as S;
        let all: Vec<(usize, char)> = text.char_indices().collect();
        // SB5: Extend and Format take on the character before, except after a separator.
        let mut kept: Vec<(usize, char, S)> = Vec::new();
        for &(at, c) in &all {
            let class = sentence_class(c);
            if class == S::Extend && kept.last().is_some_and(|(_, _, before)| *before != S::Separator) {
                continue;
            }
            kept.push((at, c, class));
        }
        let mut bounds = Vec::new();
        for index in 1..kept.len() {
            let before = &kept[..index];
            let (at, c, class) = kept[index];
            let last = before[index - 1];
            if last.1 == '\r' && c == '\n' {
                continue;
            }
            if last.2 == S::Separator {
                bounds.push(at);
                continue;
            }
            let mut back = index;
            while back > 0 && before[back - 1].2 == S::Space {
                back -= 1;
            }
            let spaces = index - back;
            let after_close = back;
            while back > 0 && before[back - 1].2 == S::Close {
                back -= 1;
            }
            let closes = after_close - back;
            let Some(stop) = back.checked_sub(1).map(|stop| before[stop].2) else { continue };
            if !matches!(stop, S::AmbiguousStop | S::Stop) {
                continue;
            }
            let ambiguous = stop == S::AmbiguousStop;
            if ambiguous && spaces + closes == 0 {
                let cased = back >= 2 && matches!(before[back - 2].2, S::Upper | S::Lower);
                if class == S::Numeric || (cased && class == S::Upper) {
                    continue;
                }
            }
            let lower = kept[index..]
                .iter()
                .find(|(_, _, class)| {
                    matches!(
                        class,
                        S::OtherLetter | S::Upper | S::Lower | S::Separator | S::AmbiguousStop | S::Stop
                    )
                })
                .is_some_and(|(_, _, class)| *class == S::Lower);
            if (ambiguous && lower)
                || matches!(class, S::Continue | S::AmbiguousStop | S::Stop)
                || (spaces == 0 && matches!(class, S::Close | S::Space | S::Separator))
                || matches!(class, S::Space | S::Separator)
            {
                continue;
            }
            bounds.push(at);
        }
        if !text.is_empty() {
            bounds.push(text.len());
        }
        bounds
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        /// The generated table and `unicode-segmentation` know the same characters.
        #[test]
        fn the_table_gives_the_bounds_of_unicode_segmentation(
            parts in prop::collection::vec(
                prop_oneof![
                    any::<char>().prop_map(String::from),
                    prop::sample::select(vec![". ", "? ", "!\u{201d} ", "a", "B", "7", ",", "\n", "\u{301}"])
                        .prop_map(String::from),
                ],
                0..12,
            )
        ) {
            let text = parts.concat();
            let mut end = 0;
            let expected: Vec<usize> = text
                .split_sentence_bounds()
                .map(|sentence| { end += sentence.len(); end })
                .collect();
            prop_assert_eq!(plain_bounds(&text), expected, "{:?}", text);
        }

        #[test]
        fn sentences_are_ordered_and_lose_only_white_space(text in "[A-Za-z0-9.?! ,;()\"“”…\n\u{301}]{0,120}") {
            let text = text.trim();
            let english = Language::english();
            let mut end = 0;
            for_each_sentence(text, 0..text.len(), &english, |range| {
                assert!(range.start >= end && range.end > range.start);
                assert!(text[end..range.start].chars().all(is_space), "{text:?}");
                end = range.end;
            });
            prop_assert!(text[end..].chars().all(is_space));
        }
    }
}
