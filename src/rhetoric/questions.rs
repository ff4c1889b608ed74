//! Questions: what ends in a question mark.

use super::hits::{Hit, Status};
use super::lexicon::Lexicon;
use crate::text::{BlockKind, Text};

/// Question marks of the world's scripts (`;` in Greek is left to a language's own rules).
const MARKS: [char; 6] = ['?', '？', '؟', '՞', '⸮', '፧'];

/// Calls `hit` for every question: from the start of its sentence, or of the quotation it stands in, to
/// its question mark. Questions in headings are a category of their own.
pub fn find(text: &Text, lexicon: &Lexicon, mut hit: impl FnMut(Hit)) {
    let (Some(running), Some(heading)) =
        (lexicon.category("question", "interrogative"), lexicon.category("question", "heading_question"))
    else {
        return;
    };
    let mut segments = text.segments.iter().peekable();
    for (index, sentence) in text.sentences.iter().enumerate() {
        let category = match text.kind_of(sentence) {
            BlockKind::Heading => heading,
            kind if kind.is_body() => running,
            _ => continue,
        };
        let content = &text.content[sentence.range.clone()];
        let mut start = sentence.range.start;
        for (at, mark) in content.match_indices(MARKS) {
            let end = sentence.range.start + at + mark.len();
            while segments.next_if(|segment| segment.range.end < end).is_some() {}
            if let Some(segment) = segments.peek().filter(|segment| segment.range.start < end) {
                start = start.max(segment.range.start);
            }
            let tokens = &text.tokens[sentence.tokens.clone()];
            let from = tokens.partition_point(|token| token.range().start < start);
            let to = tokens.partition_point(|token| token.range().start < end);
            // `??` and a lone mark ask nothing more.
            if let [first, ..] = &tokens[from..to] {
                hit(Hit {
                    range: first.range().start..end,
                    sentence: index,
                    voice: first.voice,
                    category,
                    entry: None,
                    status: Status::Counted,
                });
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Forms, Language};

    #[test]
    fn one_hit_a_question() {
        let content = "Who Pays the Piper?\n\nShe asked, “Why not?” and left. What do they want?? They \
                       want the meadow, every foot of it.";
        let text = Text::read(content.to_owned(), &Language::english(), &mut Forms::new());
        let lexicon = Lexicon::built_in("en").unwrap();
        let mut hits = Vec::new();
        find(&text, &lexicon, |hit| {
            let category = lexicon.categories[hit.category as usize].category.clone();
            hits.push((category, text.content[hit.range].to_owned()));
        });
        let hits: Vec<_> = hits.iter().map(|(category, hit)| (category.as_str(), hit.as_str())).collect();
        assert_eq!(
            hits,
            [
                ("heading_question", "Who Pays the Piper?"),
                ("interrogative", "Why not?"),
                ("interrogative", "What do they want?"),
            ]
        );
    }
}
