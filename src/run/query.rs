//! What a concordance looks for in a text.

use regex::{Regex, RegexBuilder};

use super::streams::option;
use crate::error::Result;
use crate::rhetoric::{Lexicons, Matchers, QuestionWords, find_questions, hits};
use crate::text::{Cut, Forms, Language, Text, Voice, WordPolicy, fold, for_each_cut};

/// Most bytes that a compiled regular expression may take.
const REGEX_SIZE: usize = 1 << 20;
/// Most bytes of a query.
const LONGEST_QUERY: usize = 10_000;
/// A sentence longer than this is searched by a regular expression in pieces, which bounds the time that an
/// expression with many starts can take.
const PIECE: usize = 1 << 14;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Words that stand side by side: `of course`, `right|rights of man`, `govern*`.
    Words(String),
    /// As [`Query::Words`], each word a regular expression of whole counted keys.
    WordRegex(String),
    /// A regular expression over the text of each sentence.
    Regex(String),
    /// A category of markers, `stance/hedge`, or a family, `stance`.
    Category(String),
    /// A marker of the lexicon by name.
    Marker(String),
}

/// A match in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub start: usize,
    pub end: usize,
    /// Index of its sentence.
    pub sentence: usize,
    pub voice: Voice,
}

/// A query, compiled.
pub(super) enum Search {
    Words(Vec<Vec<Pattern>>),
    Regex(Regex),
    /// Categories or a marker of the lexicon.
    Lexicon {
        categories: Vec<bool>,
        marker: Option<String>,
    },
}

/// What a word must be.
pub(super) enum Pattern {
    Key(String),
    Regex(Regex),
}

impl Pattern {
    fn admits(&self, key: &str) -> bool {
        match self {
            Self::Key(word) => word == key,
            Self::Regex(regex) => regex.is_match(key),
        }
    }
}

impl Search {
    /// Compiles a query.
    ///
    /// # Errors
    /// If it holds no word, an expression is wrong or too large, or the lexicon has no such category or marker.
    pub fn new(query: &Query, words: &WordPolicy, lexicons: &Lexicons) -> Result<Self> {
        let text = match query {
            Query::Words(text) | Query::WordRegex(text) | Query::Regex(text) => text,
            Query::Category(name) => return category(lexicons, name),
            Query::Marker(name) => return marker(lexicons, name),
        };
        if text.len() > LONGEST_QUERY {
            return Err(option(&format!("the query is longer than {LONGEST_QUERY} bytes")));
        }
        let words = match query {
            Query::Regex(_) => return Ok(Self::Regex(compile(text)?)),
            Query::WordRegex(_) => text
                .split_whitespace()
                .map(|word| Ok(vec![Pattern::Regex(compile(&format!("^(?:{word})$"))?)]))
                .collect::<Result<Vec<_>>>()?,
            _ => phrase(text, words)?,
        };
        if words.is_empty() {
            return Err(option("the query holds no word"));
        }
        Ok(Self::Words(words))
    }
}

/// A regular expression of bounded size. Matching takes linear time whatever it is.
fn compile(pattern: &str) -> Result<Regex> {
    RegexBuilder::new(pattern)
        .size_limit(REGEX_SIZE)
        .dfa_size_limit(2 * REGEX_SIZE)
        .nest_limit(100)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => {
                option("the regular expression is too large; repeat less, or name fewer characters")
            }
            error => option(&format!("the regular expression cannot be used: {error}")),
        })
}

/// The words of a phrase: alternatives with `|` between, `*` for any letters, `?` for one.
fn phrase(text: &str, policy: &WordPolicy) -> Result<Vec<Vec<Pattern>>> {
    let mut words: Vec<Vec<Pattern>> = Vec::new();
    for piece in text.split_whitespace() {
        let alternatives: Vec<&str> = piece.split('|').filter(|word| !word.is_empty()).collect();
        if let [word] = alternatives.as_slice()
            && !word.contains(['*', '?'])
        {
            // May be several words, as `well-known` is.
            words.extend(cut(word, policy).into_iter().map(|word| vec![Pattern::Key(word)]));
            continue;
        }
        let mut patterns = Vec::new();
        for word in alternatives {
            if word.contains(['*', '?']) {
                let escaped = regex::escape(&fold(word)).replace(r"\*", ".*").replace(r"\?", ".");
                patterns.push(Pattern::Regex(compile(&format!("^(?s:{escaped})$"))?));
            } else {
                match cut(word, policy).as_slice() {
                    [only] => patterns.push(Pattern::Key(only.clone())),
                    _ => return Err(option(&format!("'{word}' is not one word; alternatives are"))),
                }
            }
        }
        if !patterns.is_empty() {
            words.push(patterns);
        }
    }
    Ok(words)
}

/// The counted keys of the words of `text`.
fn cut(text: &str, policy: &WordPolicy) -> Vec<String> {
    let mut keys = Vec::new();
    for_each_cut(text, policy, &Language::english(), |cut| match cut {
        Cut::Plain(words) => {
            keys.extend(words.iter().map(|&[start, end]| fold(&text[start..end]).into_owned()));
        }
        Cut::Reshaped(_, form) => keys.push(fold(form).into_owned()),
    });
    keys
}

fn category(lexicons: &Lexicons, name: &str) -> Result<Search> {
    let is_asked = |category: &crate::rhetoric::Category| {
        category.family == name || format!("{}/{}", category.family, category.category) == name
    };
    let categories: Vec<bool> = lexicons.categories().iter().map(is_asked).collect();
    if categories.contains(&true) {
        return Ok(Search::Lexicon { categories, marker: None });
    }
    let known: Vec<String> = lexicons
        .categories()
        .iter()
        .map(|category| format!("{}/{}", category.family, category.category))
        .collect();
    Err(option(&format!("the lexicon has no category '{name}'. It has: {}", known.join(", "))))
}

fn marker(lexicons: &Lexicons, name: &str) -> Result<Search> {
    let entries = || lexicons.packs().iter().flat_map(|pack| &pack.entries);
    if entries().any(|entry| entry.marker == name) {
        let categories = vec![true; lexicons.categories().len()];
        return Ok(Search::Lexicon { categories, marker: Some(name.to_owned()) });
    }
    let mut near: Vec<&str> = entries()
        .map(|entry| &*entry.marker)
        .filter(|marker| marker.contains(name) || name.contains(marker))
        .collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(10);
    let hint = if near.is_empty() { String::new() } else { format!(". It has: {}", near.join(", ")) };
    Err(option(&format!("the lexicon has no marker '{name}'{hint}")))
}

/// A worker that searches texts read with one [`Forms`] table.
pub(super) struct Searcher<'s> {
    search: &'s Search,
    matchers: Matchers<'s>,
    /// For each surface form and word of the phrase whether it is admitted.
    admitted: Vec<bool>,
}

impl<'s> Searcher<'s> {
    pub fn new(search: &'s Search, lexicons: &'s Lexicons) -> Self {
        Self { search, matchers: Matchers::new(lexicons), admitted: Vec::new() }
    }

    /// The matches in a text in a language, in order of their places.
    pub fn find(&mut self, text: &Text, forms: &Forms, language: &str) -> Vec<Match> {
        match self.search {
            Search::Words(words) => self.phrases(words, text, forms),
            Search::Regex(regex) => expressions(regex, text),
            Search::Lexicon { categories, marker } => {
                let questions = find_questions(text, forms, QuestionWords::of(language));
                let matcher = self.matchers.of(language);
                let found = hits(text, forms, matcher, &questions, false);
                let lexicon = matcher.lexicon();
                found
                    .into_iter()
                    .filter(|hit| categories.get(usize::from(hit.category)).copied().unwrap_or(false))
                    .filter(|hit| marker.as_ref().is_none_or(|marker| hit.marker(lexicon) == marker))
                    .map(|hit| Match {
                        start: hit.range.start,
                        end: hit.range.end,
                        sentence: hit.sentence,
                        voice: hit.voice,
                    })
                    .collect()
            }
        }
    }

    fn phrases(&mut self, words: &[Vec<Pattern>], text: &Text, forms: &Forms) -> Vec<Match> {
        let width = words.len();
        for form in self.admitted.len() / width..forms.len() {
            let key = fold(forms.form(form as u32));
            self.admitted.extend(words.iter().map(|word| word.iter().any(|pattern| pattern.admits(&key))));
        }
        let mut found = Vec::new();
        for (sentence, place) in text.sentences.iter().zip(0..) {
            for window in text.tokens[sentence.tokens.clone()].windows(width) {
                let is_match = window
                    .iter()
                    .enumerate()
                    .all(|(word, token)| self.admitted[token.form as usize * width + word]);
                if let ([first, ..], [.., last], true) = (window, window, is_match) {
                    found.push(Match {
                        start: first.range().start,
                        end: last.range().end,
                        sentence: place,
                        voice: first.voice,
                    });
                }
            }
        }
        found
    }
}

/// The matches of an expression, sentence by sentence; empty ones are passed over.
fn expressions(regex: &Regex, text: &Text) -> Vec<Match> {
    let mut found = Vec::new();
    for (sentence, place) in text.sentences.iter().zip(0..) {
        let mut start = sentence.range.start;
        while start < sentence.range.end {
            let mut end = (start + PIECE).min(sentence.range.end);
            while !text.content.is_char_boundary(end) {
                end -= 1;
            }
            for hit in regex.find_iter(&text.content[start..end]).filter(|hit| !hit.is_empty()) {
                let (from, to) = (start + hit.start(), start + hit.end());
                let tokens = &text.tokens[sentence.tokens.clone()];
                let at = tokens.partition_point(|token| token.range().end <= from);
                let voice = tokens.get(at).or(tokens.last()).map_or(sentence.voice, |token| token.voice);
                found.push(Match { start: from, end: to, sentence: place, voice });
            }
            start = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &Query, content: &str) -> Vec<String> {
        let lexicons = Lexicons::load(&[], &[], &[]).unwrap();
        let search = Search::new(query, &WordPolicy::default(), &lexicons).unwrap();
        let mut forms = Forms::new();
        let text = Text::read(content.to_owned(), &Language::english(), &mut forms);
        let matches = Searcher::new(&search, &lexicons).find(&text, &forms, "en");
        matches.iter().map(|hit| text.content[hit.start..hit.end].to_owned()).collect()
    }

    #[test]
    fn words_phrases_and_expressions() {
        let content = "The well-known Tanner tanned. A tan, of course. Of\ncourse! Of. Course.";
        let words = |query: &str| found(&Query::Words(query.into()), content);
        assert_eq!(words("TAN"), ["tan"]);
        assert_eq!(words("tan*"), ["Tanner", "tanned", "tan"]);
        assert_eq!(words("well-known tanner"), ["well-known Tanner"]);
        assert_eq!(words("of|a course|tan"), ["A tan", "of course", "Of\ncourse"]);
        assert_eq!(found(&Query::WordRegex("t.nn(er|ed)".into()), content), ["Tanner", "tanned"]);
        assert_eq!(found(&Query::Regex(r"(?i)tan\w+ \w+".into()), content), ["Tanner tanned"]);
        assert!(found(&Query::Regex("x*".into()), content).is_empty());
    }

    #[test]
    fn bad_queries_are_refused() {
        let lexicons = Lexicons::load(&[], &[], &[]).unwrap();
        let error = |query: Query| match Search::new(&query, &WordPolicy::default(), &lexicons) {
            Ok(_) => panic!("{query:?} was taken"),
            Err(error) => error.to_string(),
        };
        assert!(error(Query::Regex("(".into())).contains("cannot be used"));
        assert!(error(Query::Regex("(a{1000}){1000}".into())).contains("too large"));
        assert!(error(Query::Regex("(".repeat(5000))).contains("regular expression"));
        assert!(error(Query::Words("- ,".into())).contains("no word"));
        assert!(error(Query::Words("x".repeat(20_000))).contains("longer"));
        assert!(error(Query::Category("stance/none".into())).contains("stance/hedge"));
        assert!(error(Query::Marker("qqq".into())).contains("no marker"));
    }
}
