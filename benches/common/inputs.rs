//! Real texts: English, the same with typographic marks, French, Russian plays, Ukrainian novels, and scripts
//! in turn.
//!
//! They are taken from the folders of corpora that `RHETOR_BENCH_CORPORA` names, else those beside the
//! repository. Where these are absent, `seeds/` stands in for the English texts, and the others are left out.

use std::fs;
use std::path::{Path, PathBuf};

use rhetor::text::Language;

/// Characters of one script before the next comes, in the mixed input.
const TURN: usize = 20_000;

/// Texts to measure on.
pub struct Input {
    /// `English`, `curly`, `French`, `Russian`, `Ukrainian` or `mixed`.
    pub name: &'static str,
    /// The language whose rules hold.
    pub language: Language,
    /// The texts, each a document.
    pub texts: Vec<String>,
}

impl Input {
    fn new(name: &'static str, language: &str, texts: Vec<String>) -> Option<Self> {
        let language = Language::of(language).unwrap();
        (!texts.is_empty()).then_some(Self { name, language, texts })
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }
}

/// All inputs that can be made, each of at most `longest` bytes.
pub fn inputs(longest: usize) -> Vec<Input> {
    let mut english = folder("british_fiction");
    if english.is_empty() {
        english = texts(Path::new("seeds"));
    }
    let french = folder("eltec_multilingual/fra");
    let russian: Vec<String> = folder("russian_drama_tei").iter().map(|text| without_markup(text)).collect();
    let scripts = [
        russian.concat(),
        folder("greek_prose").concat(),
        french.concat(),
        folder("chinese_hongloumeng").concat(),
        folder("udhr_utf8/udhr_arb.txt").concat(),
    ];
    let mixed = if scripts.iter().any(String::is_empty) { vec![] } else { vec![shuffled(&scripts)] };
    let curled = english.iter().map(|text| curled(text)).collect();
    [
        ("English", "en", english),
        ("curly", "en", curled),
        ("French", "fr", french),
        ("Russian", "ru", russian),
        ("Ukrainian", "uk", folder("eltec_multilingual/ukr")),
        ("mixed", "und", mixed),
    ]
    .into_iter()
    .filter_map(|(name, language, texts)| Input::new(name, language, first(texts, longest)))
    .collect()
}

/// The texts of a folder of the corpora, or one file; none if it is absent.
fn folder(name: &str) -> Vec<String> {
    let corpora =
        std::env::var_os("RHETOR_BENCH_CORPORA").map_or_else(|| "../shared/corpora".into(), PathBuf::from);
    texts(&corpora.join(name))
}

fn texts(path: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = match fs::read_dir(path) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) if path.is_file() => vec![path.to_owned()],
        Err(_) => vec![],
    };
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt" || end == "xml"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The first texts, the last of them cut, so that they hold at most `longest` bytes.
fn first(texts: Vec<String>, longest: usize) -> Vec<String> {
    let mut left = longest;
    let cut = |mut text: String| {
        text.truncate(boundary(&text, left));
        left -= text.len();
        text
    };
    texts.into_iter().map(cut).filter(|text| !text.is_empty()).collect()
}

/// The last place up to `at` where a text may be cut.
pub fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text of a TEI file, without its header, each paragraph, line, heading and speaker on a line of its own.
fn without_markup(text: &str) -> String {
    let body = text.split_once("</teiHeader>").map_or(text, |(_, body)| body);
    let mut out = String::with_capacity(body.len());
    for part in body.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        if matches!(tag, "/p" | "/l" | "/head" | "/speaker" | "/stage") {
            out.push('\n');
        }
        // Line ends are those of the markup.
        let mut words = text.split_whitespace();
        if let Some(first) = words.next() {
            let apart = text.starts_with(char::is_whitespace) && !out.ends_with('\n');
            out.extend([if apart { " " } else { "" }, first]);
            words.for_each(|word| out.extend([" ", word]));
            out.extend(text.ends_with(char::is_whitespace).then_some(' '));
        }
    }
    out
}

/// Straight quotation marks, dashes and dots as a printer sets them.
fn curled(text: &str) -> String {
    let mut previous = ' ';
    let mut out = String::with_capacity(text.len() * 11 / 10);
    for character in text.replace("--", "\u{2014}").replace("...", "\u{2026}").chars() {
        let opens = previous.is_whitespace() || matches!(previous, '(' | '[' | '\u{2014}' | '\u{201c}');
        out.push(match character {
            '"' if opens => '\u{201c}',
            '"' => '\u{201d}',
            '\'' if opens => '\u{2018}',
            '\'' => '\u{2019}',
            other => other,
        });
        previous = character;
    }
    out
}

/// Runs of [`TURN`] characters of all texts, in an order that is always the same and follows no rule.
fn shuffled(texts: &[String]) -> String {
    let mut runs = Vec::new();
    for text in texts {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let end = rest.char_indices().nth(TURN).map_or(rest.len(), |(at, _)| at);
            runs.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    // Fisher and Yates, with the generator SplitMix64.
    let mut state = 0_u64;
    for last in (1..runs.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut random = state;
        random = (random ^ (random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        random = (random ^ (random >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        runs.swap(last, ((random ^ (random >> 31)) % (last as u64 + 1)) as usize);
    }
    runs.join("\n")
}
