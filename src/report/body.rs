//! The body of a page: the whole text, marked up with its blocks, sentences and segments.

use std::fmt::Write as _;
use std::ops::Range;

use super::runs::{Run, runs};
use crate::charts::whole;
use crate::profile::{VisibleBlock, visible_blocks};
use crate::text::{BlockKind, SegmentKind, Text};

/// The text as HTML. Without its markup and the summaries of boilerplate it is the text, byte for byte.
///
/// Sentences are `e` and `o` in turn, with the id `s` and their number; segments have the class of
/// [`segment_class`], and `f` where they begin; blocks have their kind as class and `b` and their number as
/// id. Ids and attributes are kept short: a novel has ten thousand sentences.
pub fn body(text: &Text) -> String {
    let runs = runs(text);
    let visible: Vec<VisibleBlock<'_>> = visible_blocks(text).collect();
    let mut body = Body { text, html: String::with_capacity(3 * text.content.len()), in_details: false };
    let mut runs = runs.as_slice();
    let mut next = 0;
    let mut indent = 0..0;
    for (index, block) in text.blocks.iter().enumerate() {
        let inside;
        (inside, runs) = runs.split_at(runs.iter().take_while(|run| run.block == index).count());
        if block.kind == BlockKind::Blank {
            indent =
                body.blank(&block.range, visible.get(next).is_some_and(|next| keeps_lines(next.block.kind)));
            continue;
        }
        body.block(&visible, next, std::mem::take(&mut indent), inside);
        next += 1;
    }
    body.close_details();
    body.html
}

/// The class of a kind of segment.
fn segment_class(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Quotation => "q",
        SegmentKind::BlockQuotation => "b",
        SegmentKind::ScareQuotes => "s",
        SegmentKind::Title => "t",
        SegmentKind::Term => "m",
    }
}

/// Whether lines and indents of such a block mean something.
fn keeps_lines(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Verse | BlockKind::Table | BlockKind::Epigraph)
}

struct Body<'t> {
    text: &'t Text,
    html: String,
    /// A fold of boilerplate is open.
    in_details: bool,
}

impl Body<'_> {
    /// White space between blocks. The indent of a first line that means something is left for its block.
    fn blank(&mut self, range: &Range<usize>, keep_indent: bool) -> Range<usize> {
        let content = &self.text.content[range.clone()];
        let indent =
            if keep_indent { content.rfind(['\n', '\r']).map_or(0, |at| at + 1) } else { content.len() };
        // No-break spaces would open a line of their own.
        let plain = content[..indent].bytes().all(|byte| byte.is_ascii_whitespace());
        self.html.push_str(if plain { "" } else { "<i hidden>" });
        escape(&mut self.html, &content[..indent]);
        self.html.push_str(if plain { "" } else { "</i>" });
        range.start + indent..range.end
    }

    fn block(&mut self, visible: &[VisibleBlock<'_>], index: usize, indent: Range<usize>, runs: &[Run]) {
        let VisibleBlock { number, block, .. } = &visible[index];
        if block.kind == BlockKind::Boilerplate {
            self.open_details(&visible[index..]);
        } else {
            self.close_details();
        }
        let element = if block.kind == BlockKind::Heading { "h2" } else { "p" };
        // Writing to a string does not fail.
        let _ = match block.kind {
            BlockKind::Paragraph => write!(self.html, "<p id=b{number} data-k={number} dir=auto>"),
            kind => write!(
                self.html,
                "<{element} id=b{number} class={} data-k=\"{number} {}\" dir=auto>",
                kind.name(),
                kind.name().replace('_', " ")
            ),
        };
        escape(&mut self.html, &self.text.content[indent]);
        let mut sentence = None;
        for run in runs {
            if run.sentence != sentence {
                self.end_span(sentence.is_some());
                sentence = run.sentence;
                sentence.into_iter().for_each(|sentence| self.begin_sentence(sentence));
            }
            let segment = run.segment.map(|segment| &self.text.segments[segment]);
            if let Some(segment) = segment {
                let class = segment_class(segment.kind);
                let first = segment.range.start == run.range.start;
                let _ = match first {
                    true => write!(self.html, "<span class=\"{class} f\">"),
                    false => write!(self.html, "<span class={class}>"),
                };
            }
            escape(&mut self.html, &self.text.content[run.range.clone()]);
            self.end_span(segment.is_some());
        }
        self.end_span(sentence.is_some());
        let _ = write!(self.html, "</{element}>");
    }

    fn begin_sentence(&mut self, index: usize) {
        let sentence = &self.text.sentences[index];
        let class = if index.is_multiple_of(2) { 'o' } else { 'e' };
        let number = index + 1;
        let words = sentence.words();
        let Range { start, end } = sentence.range;
        let _ = write!(
            self.html,
            "<span class={class} id=s{number} tabindex=0 title=\"{number}: {words} word{}, {}, bytes {start}–{end}\">",
            if words == 1 { "" } else { "s" },
            sentence.voice.name()
        );
    }

    fn end_span(&mut self, open: bool) {
        if open {
            self.html.push_str("</span>");
        }
    }

    /// Folds the boilerplate away that begins here.
    fn open_details(&mut self, blocks: &[VisibleBlock<'_>]) {
        if std::mem::replace(&mut self.in_details, true) {
            return;
        }
        let boilerplate = blocks.iter().take_while(|block| block.block.kind == BlockKind::Boilerplate);
        let words: usize = boilerplate.map(|block| block.tokens.len()).sum();
        let words = whole(words as u64);
        let _ = write!(self.html, "<details><summary>Boilerplate, not counted: {words} words</summary>");
    }

    fn close_details(&mut self) {
        if std::mem::take(&mut self.in_details) {
            self.html.push_str("</details>");
        }
    }
}

/// Appends text with everything escaped that HTML gives a meaning.
fn escape(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Forms, Language};

    fn html(content: &str) -> String {
        body(&Text::read(content.to_owned(), &Language::english(), &mut Forms::new()))
    }

    /// The text of a body: markup and summaries taken out, entities resolved.
    fn plain(html: &str) -> String {
        let mut plain = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            plain.push_str(&rest[..at]);
            let end = if rest[at..].starts_with("<summary>") { "</summary>" } else { ">" };
            rest = &rest[at + rest[at..].find(end).unwrap() + end.len()..];
        }
        plain.push_str(rest);
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        entities.iter().fold(plain, |plain, (entity, text)| plain.replace(entity, text))
    }

    /// Every element is closed in the order in which it was opened.
    fn nests(html: &str) -> bool {
        let mut open = Vec::new();
        for tag in html.split('<').skip(1) {
            let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
            match name.strip_prefix('/') {
                Some(name) if open.pop().as_deref() == Some(name) => {}
                Some(_) => return false,
                None => open.push(name),
            }
        }
        open.is_empty()
    }

    proptest! {
        #[test]
        fn without_markup_it_is_the_text(content in "[A-Za-z .,?!\"'“”‘’<&>;\n\r\t\u{a0}*-]{0,300}") {
            let html = html(&content);
            prop_assert_eq!(plain(&html), content);
            prop_assert!(nests(&html), "{}", html);
        }
    }

    #[test]
    fn sentences_and_segments_cross() {
        let html =
            html("“Stop here. Do not go on with it,” he said to them. They called it “progress” then.");
        assert!(html.contains(">“Stop here.</span></span>"), "{html}");
        assert!(html.contains("<span class=q>Do not go on with it,”</span> he said"), "{html}");
        assert!(html.contains("<span class=\"s f\">“progress”</span> then."), "{html}");
        assert!(
            html.contains("<span class=o id=s1 tabindex=0 title=\"1: 2 words, quoted, bytes 0–"),
            "{html}"
        );
    }

    #[test]
    fn boilerplate_is_folded_once() {
        let html = html(
            "The licence says this.\n\nAnd it says that.\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nIt \
             was a day like any other day in the town of Penn.",
        );
        assert_eq!(html.matches("<details>").count(), 1);
        assert!(html.find("</details>").unwrap() < html.find("It was a day").unwrap());
        assert!(nests(&html));
    }

    #[test]
    fn verse_keeps_the_indent_of_its_first_line() {
        let content = "He read it out to everybody who had come to the Moot Hall that night to hear of it:\n\n    \
                       The frogs sat down upon the stone\n    And sang of what they had not known,\n    And all \
                       the marsh replied to them\n    With one long night of requiem.\n";
        let text = Text::read(content.to_owned(), &Language::english(), &mut Forms::new());
        assert!(text.blocks.iter().any(|block| block.kind == BlockKind::Verse), "{:?}", text.blocks);
        let html = body(&text);
        assert!(html.contains("dir=auto>    <span"), "{html}");
        assert_eq!(plain(&html), content);
    }
}
