//! The pages of a corpus: names, numbers, templates.

use minijinja::{Environment, UndefinedBehavior, Value, context};
use unicode_normalization::UnicodeNormalization;

use super::body::body;
use crate::charts::whole;
use crate::corpus::{Document, Problem};
use crate::error::{Error, Result};
use crate::hygiene::Finding;
use crate::profile::Reading;
use crate::tables::Schema;
use crate::text::Text;

/// Sentences that a page links as its longest.
const LONGEST: usize = 10;
/// Characters of an id that go into the name of its page.
const SLUG: usize = 40;

const TEMPLATES: [(&str, &str); 4] = [
    ("head.html", include_str!("head.html")),
    ("page.html", include_str!("page.html")),
    ("index.html", include_str!("index.html")),
    ("style.css", include_str!("style.css")),
];

/// The pages of a corpus, one for each document, in the order of the corpus.
pub struct Pages<'c> {
    corpus: &'c str,
    documents: &'c [Document],
    files: Vec<String>,
    templates: Environment<'static>,
}

/// What a page shows.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Place of the document in the corpus.
    pub item: usize,
    /// The text.
    pub text: &'a Text,
    /// Its numbers.
    pub reading: &'a Reading,
    /// Its language as BCP 47 code, where it is known.
    pub language: Option<&'a str>,
    /// What was noticed about the file.
    pub problems: &'a [Problem],
    /// What is to be known before its figures are trusted.
    pub findings: &'a [Finding],
}

/// What the index says of a document.
#[derive(Clone, Debug)]
pub struct IndexEntry {
    item: usize,
    numbers: Option<Value>,
    problems: Vec<&'static str>,
}

impl IndexEntry {
    /// An entry for the document at a place of the corpus; it has no reading if it could not be read.
    pub fn new(item: usize, reading: Option<&Reading>, problems: &[Problem]) -> Self {
        let problems = problems.iter().map(|problem| problem.problem).collect();
        Self { item, numbers: reading.map(numbers), problems }
    }
}

/// The numbers of a text as they are printed.
fn numbers(reading: &Reading) -> Value {
    context! {
        words => whole(reading.words),
        sentences => whole(reading.sentences),
        mean => reading.sentence_length_mean().map(|mean| format!("{mean:.1}")),
        share => reading.quoted_share().map(|share| format!("{:.1} %", 100.0 * share)),
    }
}

/// How many there are of each kind.
fn counts(counts: impl Iterator<Item = (&'static str, u64)>) -> Vec<Value> {
    counts.map(|(kind, count)| context! { name => kind.replace('_', " "), count => whole(count) }).collect()
}

/// A finding as it is printed.
fn finding(finding: &Finding) -> Value {
    let Finding { finding, severity, count, message, .. } = finding;
    context! { name => finding.replace('_', " "), severity => severity.name(), count => whole(*count), message }
}

impl<'c> Pages<'c> {
    /// File name of the index.
    pub const INDEX: &'static str = "index.html";

    /// The pages of a corpus of this name.
    pub fn new(corpus: &'c str, documents: &'c [Document]) -> Self {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in TEMPLATES {
            // The embedded templates are checked by a test; one that is missing is an error when it is used.
            let _ = templates.add_template(name, source);
        }
        let width = documents.len().to_string().len().max(4);
        let files = documents.iter().zip(1_usize..).map(|(document, number)| match slug(&document.id) {
            slug if slug.is_empty() => format!("pages/{number:0width$}.html"),
            slug => format!("pages/{number:0width$}-{slug}.html"),
        });
        Self { corpus, documents, files: files.collect(), templates }
    }

    /// File name of the page of a document: ASCII only, whatever its id.
    pub fn file(&self, item: usize) -> &str {
        &self.files[item]
    }

    /// The page of a text.
    ///
    /// # Errors
    /// If the template cannot be filled.
    pub fn page(&self, page: &Page<'_>) -> Result<String> {
        let Page { item, text, reading, language, problems, findings } = *page;
        let longest = longest(text).into_iter().map(|(number, words)| context! { number, words });
        self.fill(
            "page.html",
            self.file(item),
            context! {
                numbers => numbers(reading),
                uncounted => (reading.boilerplate_words > 0).then(|| whole(reading.boilerplate_words)),
                blocks => counts(reading.blocks.iter().map(|(kind, count)| (kind.name(), *count))),
                segments => counts(reading.segments.iter().map(|(kind, count)| (kind.name(), *count))),
                longest => longest.collect::<Vec<_>>(),
                language,
                body => Value::from_safe_string(body(text)),
                findings => findings.iter().map(finding).collect::<Vec<_>>(),
                ..self.frame(item, problems)
            },
        )
    }

    /// The page of a document that could not be read: it says why.
    ///
    /// # Errors
    /// If the template cannot be filled.
    pub fn unread(&self, item: usize, problems: &[Problem]) -> Result<String> {
        let numbers = Value::from(());
        self.fill("page.html", self.file(item), context! { numbers, ..self.frame(item, problems) })
    }

    /// The index of all pages, with links to the tables that lie beside it.
    ///
    /// # Errors
    /// If the template cannot be filled.
    pub fn index(&self, entries: &[IndexEntry], tables: &[&Schema], problems: usize) -> Result<String> {
        let rows = entries.iter().map(|entry| {
            let IndexEntry { item, numbers, problems } = entry;
            let name = &self.documents[*item].id;
            let href = Value::from_safe_string(self.file(*item).to_owned());
            context! { href, name, numbers, problems => problems.join(", ") }
        });
        let tables = tables.iter().map(|table| context! { file => table.file, row => table.row });
        self.fill(
            Self::INDEX,
            Self::INDEX,
            context! {
                corpus => self.corpus,
                rows => rows.collect::<Vec<_>>(),
                tables => tables.collect::<Vec<_>>(),
                problems,
                version => env!("CARGO_PKG_VERSION"),
            },
        )
    }

    /// What every page has.
    fn frame(&self, item: usize, problems: &[Problem]) -> Value {
        let link = |item: usize| {
            let name = &self.documents.get(item)?.id;
            // Pages lie in one folder.
            let href = self.files[item].trim_start_matches("pages/").to_owned();
            Some(context! { href => Value::from_safe_string(href), name })
        };
        let problems = problems.iter().map(|problem| {
            let Problem { severity, place, message, .. } = problem;
            context! { severity => severity.name(), place, message }
        });
        context! {
            corpus => self.corpus,
            name => &self.documents[item].id,
            number => item + 1,
            of => self.documents.len(),
            previous => item.checked_sub(1).and_then(link),
            next => link(item + 1),
            problems => problems.collect::<Vec<_>>(),
            version => env!("CARGO_PKG_VERSION"),
        }
    }

    fn fill(&self, template: &str, name: &str, context: Value) -> Result<String> {
        let filled = self.templates.get_template(template).and_then(|template| template.render(context));
        filled.map_err(|error| Error::Page { name: name.to_owned(), reason: format!("{error:#}") })
    }
}

/// The longest sentences of prose, number and words: by words, then in reading order.
fn longest(text: &Text) -> Vec<(usize, usize)> {
    let sentences = text.sentences.iter().zip(1_usize..);
    let mut longest: Vec<(usize, usize)> = sentences
        .filter(|(sentence, _)| text.kind_of(sentence).is_body())
        .map(|(sentence, number)| (number, sentence.words()))
        .collect();
    longest.sort_unstable_by_key(|(number, words)| (std::cmp::Reverse(*words), *number));
    longest.truncate(LONGEST);
    longest
}

/// The ASCII letters and digits of an id in lower case, accents taken off, with a hyphen for what lies between
/// them; empty for an id without any.
fn slug(id: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for c in id.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if !c.is_ascii_alphanumeric() {
            gap = !slug.is_empty();
            continue;
        }
        if slug.len() + usize::from(gap) >= SLUG {
            break;
        }
        if std::mem::take(&mut gap) {
            slug.push('-');
        }
        slug.push(c.to_ascii_lowercase());
    }
    slug
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::corpus::Severity;
    use crate::tables::schemas;
    use crate::text::{Forms, Language};

    fn document(id: &str) -> Document {
        Document { id: id.to_owned(), path: PathBuf::from(id), size: 0, metadata: Vec::new() }
    }

    fn text(content: &str) -> Text {
        Text::read(content.to_owned(), &Language::english(), &mut Forms::new())
    }

    #[test]
    fn names_of_pages_are_safe() {
        let long = "x".repeat(300);
        let ids = ["holloway_1787", "a/../b", "<b>&", "Ébène/Ñu", "红楼梦", &long, "--a--b--"];
        let documents: Vec<_> = ids.iter().map(|id| document(id)).collect();
        let pages = Pages::new("c", &documents);
        let long = format!("pages/0006-{}.html", "x".repeat(SLUG));
        let expected = [
            "pages/0001-holloway-1787.html",
            "pages/0002-a-b.html",
            "pages/0003-b.html",
            "pages/0004-ebene-nu.html",
            "pages/0005.html",
            &long,
            "pages/0007-a-b.html",
        ];
        let names: Vec<_> = (0..ids.len()).map(|item| pages.file(item)).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn a_page_is_filled_and_escaped() {
        let documents = [document("<script>alert(1)</script>"), document("b&\"'"), document("c")];
        let pages = Pages::new("<i>", &documents);
        let text = text("He wrote “<script>alert(2)</script> & so it is with them all” and left.");
        let message = "<script>alert(3)</script>".to_owned();
        let problems = [Problem::about(&documents[1].path, Severity::Note, "odd", message)];
        let reading = Reading::of(&text);
        let page = Page {
            item: 1,
            text: &text,
            reading: &reading,
            language: Some("en\"><script>"),
            problems: &problems,
            findings: &[],
        };
        for html in [pages.page(&page).unwrap(), pages.unread(1, &problems).unwrap()] {
            assert!(!html.contains("<script"), "{html}");
            assert!(html.contains("0001-script-alert-1-script.html"), "{html}");
            assert!(html.contains("0003-c.html"), "{html}");
            assert!(html.contains("alert(3)"), "{html}");
        }
        let entries = [IndexEntry::new(0, Some(&reading), &problems), IndexEntry::new(1, None, &problems)];
        let index = pages.index(&entries, &schemas(&[], &[]).of_segments(true), 2).unwrap();
        assert!(!index.contains("<script"), "{index}");
        assert!(index.contains("pages/0002-b.html") && index.contains("tokens.csv"), "{index}");
    }

    #[test]
    fn an_empty_text_has_a_page() {
        let documents = [document("a")];
        let text = text("");
        let reading = Reading::of(&text);
        let page =
            Page { item: 0, text: &text, reading: &reading, language: None, problems: &[], findings: &[] };
        assert!(Pages::new("c", &documents).page(&page).is_ok());
    }

    #[test]
    fn the_longest_sentences_come_first() {
        let text = text("One two. One two three. One. Two three.");
        assert_eq!(longest(&text), [(2, 3), (1, 2), (4, 2), (3, 1)]);
    }
}
