//! `tokens.csv`.

use super::rows::{Cell, Rows};
use crate::profile::{VisibleBlock, visible_blocks};
use crate::text::{Forms, Text, fold};

/// The rows of `tokens.csv` for one text that was read with `forms`.
pub fn tokens(document: &str, text: &Text, forms: &Forms) -> Rows {
    let mut rows = Rows::new();
    let document = Cell::new(document);
    for VisibleBlock { number, tokens, sentences, .. } in visible_blocks(text) {
        let mut sentence = sentences.start;
        for index in tokens {
            while sentence < sentences.end && text.sentences[sentence].tokens.end <= index {
                sentence += 1;
            }
            let token = &text.tokens[index];
            rows.cell(&document).integer(index as u64 + 1);
            rows.integer(u64::from(token.start)).integer(u64::from(token.end));
            let form = forms.form(token.form);
            rows.text(form).text(&fold(form));
            if sentence < sentences.end {
                rows.integer(sentence as u64 + 1);
            } else {
                rows.text("");
            }
            rows.integer(number as u64).text(token.voice.name()).end();
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_word_leads_to_the_text() {
        let content =
            "*** START OF THE PROJECT GUTENBERG EBOOK ***\n\n“Élan!” he said. It didn’t help the men.";
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
        let rows = tokens("a", &text, &forms).into_bytes();
        let mut found = 0;
        for (record, token) in csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(rows.as_slice())
            .records()
            .map(Result::unwrap)
            .zip(&text.tokens)
        {
            let [start, end] = [2, 3].map(|cell| record[cell].parse::<usize>().unwrap());
            assert_eq!(&content[start..end], &record[4]);
            assert_eq!(&record[5], fold(&record[4]));
            let sentence = text.sentences.iter().position(|s| s.range.contains(&start));
            assert_eq!(record[6], sentence.map_or_else(String::new, |index| (index + 1).to_string()));
            assert_eq!(&record[8], token.voice.name());
            found += 1;
        }
        assert_eq!(found, text.tokens.len());
        assert!(text.sentences[0].tokens.start > 0, "boilerplate has no sentence");
    }
}
