//! Against data that are not part of the repository: real corpora, and sentences marked by hand.
//!
//! They are looked for in `../shared`, or where `RHETOR_SHARED` says. Where they are absent each test
//! says that it was skipped.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use common::shared;
use rhetor::corpus::decode;
use rhetor::profile::Selection;
use rhetor::text::{BlockKind, Forms, Language, Text, detect};
use rhetor::{Corpus, Study, count};
use unicode_segmentation::UnicodeSegmentation;

fn read(path: &Path) -> Text {
    let content = fs::read_to_string(path).unwrap();
    Text::read(content, &Language::english(), &mut Forms::new())
}

#[test]
fn the_sentences_of_the_seed_page() {
    let Some(gold) = shared("reference/seed/sentences.json") else { return };
    let gold: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(gold).unwrap()).unwrap();
    let text = read(Path::new("seeds/brar_1993_trotskyism-or-leninism.txt"));
    let found: Vec<_> = text
        .sentences
        .iter()
        .map(|sentence| {
            (
                sentence.range.clone(),
                text.kind_of(sentence).role().to_owned(),
                sentence.voice.name().to_owned(),
            )
        })
        .collect();
    let expected: Vec<_> = gold
        .iter()
        .map(|sentence| {
            let number = |key: &str| sentence[key].as_u64().unwrap() as usize;
            let name = |key: &str| sentence[key].as_str().unwrap().to_owned();
            (number("start")..number("end"), name("kind"), name("voice"))
        })
        .collect();
    assert_eq!(found, expected);
    for (sentence, (range, _, _)) in text.sentences.iter().zip(&found) {
        assert_eq!(sentence.words(), text.content[range.clone()].unicode_words().count());
    }
}

/// Every text file of the corpora, whatever its encoding.
fn every_file(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_file(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "txt" || extension == "xml") {
            files.push(path);
        }
    }
}

#[test]
fn words_are_those_of_unicode_segmentation_in_every_corpus() {
    let Some(folder) = shared("corpora") else { return };
    let mut files = Vec::new();
    every_file(&folder, &mut files);
    assert!(files.len() > 500, "{} files", files.len());
    let mut undecoded = Vec::new();
    for path in &files {
        let name = path.display().to_string();
        let Ok(decoded) = decode(&name, fs::read(path).unwrap(), None) else {
            undecoded.push(name);
            continue;
        };
        let uax29 = "uax29".parse().unwrap();
        let text = Text::read_with(decoded.text, &Language::english(), &uax29, &mut Forms::new());
        let mut words = text.content.unicode_words();
        for token in &text.tokens {
            assert_eq!(Some(&text.content[token.range()]), words.next(), "{name}");
        }
        assert_eq!(words.next(), None, "{name}");
        let mut end = 0;
        for block in &text.blocks {
            assert_eq!(block.range.start, end, "{name}");
            end = block.range.end;
        }
        assert_eq!(end, text.content.len(), "{name}");
    }
    assert!(undecoded.is_empty(), "{undecoded:?}");
}

/// The frequency list of the novels, against a map filled the plain way.
#[test]
fn the_frequency_list_of_the_novels() {
    let Some(folder) = shared("corpora/british_fiction") else { return };
    let corpus = Corpus::discover(&[&folder]).unwrap();
    let mut plain: BTreeMap<String, u64> = BTreeMap::new();
    for document in &corpus.documents {
        for word in fs::read_to_string(&document.path).unwrap().unicode_words() {
            *plain.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let counted = count(corpus, &Study::default()).unwrap();
    let list = counted.frequency_list();
    assert_eq!(list.len(), plain.len());
    for row in &list {
        assert_eq!(Some(&row.count), plain.get(row.word), "{}", row.word);
    }
    assert!(list.windows(2).all(|pair| (pair[1].count, pair[0].word) < (pair[0].count, pair[1].word)));
}

/// The sentences of each article of the Universal Declaration of Human Rights: those of every block between
/// two headings, paragraphs and list items alike.
fn articles(path: &Path) -> (String, Vec<usize>) {
    let content = fs::read_to_string(path).unwrap();
    let code = detect(&content).map_or("und", |detected| detected.code);
    let text = Text::read(content, &Language::of(code).unwrap(), &mut Forms::new());
    let mut articles = vec![0];
    let mut sentences = text.sentences.iter().peekable();
    for (index, block) in text.blocks.iter().enumerate() {
        let mut found = 0;
        while sentences.next_if(|sentence| sentence.block == index).is_some() {
            found += 1;
        }
        let content = &text.content[block.range.clone()];
        assert!(!block.kind.is_counted() || found > 0, "{}: {content}", path.display());
        if block.kind == BlockKind::Heading {
            articles.push(0);
        } else {
            *articles.last_mut().unwrap() += found;
        }
    }
    (code.to_owned(), articles)
}

/// Translations punctuate alike but not all the same: Thai writes no stop, so that each paragraph is a
/// sentence; Arabic, Hindi, Korean and Japanese cut long sentences in two; Vietnamese draws paragraphs
/// together; a heading of the Ukrainian text has lost its first letter. An article may therefore differ from
/// the English one by up to four sentences, the thirty together by up to ten of 53; half of the languages do
/// not differ by more than one.
#[test]
fn sentences_of_the_declaration_in_every_language() {
    const ARTICLES: usize = 30;
    let Some(folder) = shared("corpora/udhr_utf8") else { return };
    let mut files = Vec::new();
    every_file(&folder, &mut files);
    assert_eq!(files.len(), 21);
    let last = |path: &Path| {
        let (code, articles) = articles(path);
        assert!(articles.len() > ARTICLES, "{code}: {} headings", articles.len() - 1);
        (code, articles[articles.len() - ARTICLES..].to_vec())
    };
    let (_, english) = last(&folder.join("udhr_eng.txt"));
    let mut near = 0;
    for path in &files {
        let (code, found) = last(path);
        let differences: Vec<usize> = found.iter().zip(&english).map(|(a, b)| a.abs_diff(*b)).collect();
        let sum: usize = differences.iter().sum();
        assert!(differences.iter().all(|difference| *difference <= 4), "{code}: {found:?}");
        assert!(sum <= 10, "{code}: {found:?}");
        near += usize::from(sum <= 2);
    }
    assert!(near * 2 >= files.len(), "{near} of {} languages", files.len());
}

/// Words and sentences of Chinese and Japanese beside those of ICU4X, which knows neither blocks nor
/// reporting clauses: it cuts at every line end, and after every closing mark.
#[test]
fn chinese_and_japanese_beside_icu4x() {
    use icu_segmenter::options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions};
    use icu_segmenter::{SentenceSegmenter, WordSegmenter};
    for (corpus, code, characters_a_word) in
        [("chinese_hongloumeng", "zh", 1.2..1.7), ("japanese_aozora", "ja", 1.5..2.4)]
    {
        let Some(folder) = shared(&format!("corpora/{corpus}")) else { return };
        let mut files = Vec::new();
        every_file(&folder, &mut files);
        let language = Language::of(code).unwrap();
        let (mut words, mut sentences, mut icu_words, mut icu_sentences, mut letters) = (0, 0, 0, 0, 0);
        for path in &files {
            let text = Text::read(fs::read_to_string(path).unwrap(), &language, &mut Forms::new());
            words += text.tokens.len();
            sentences += text.sentences.len();
            letters += text.content.chars().filter(|c| c.is_alphanumeric()).count();
            let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
            let bounds: Vec<usize> = segmenter.segment_str(&text.content).collect();
            icu_words += wordy(&text.content, &bounds);
            let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
            let bounds: Vec<usize> = segmenter.segment_str(&text.content).collect();
            icu_sentences += wordy(&text.content, &bounds);
        }
        let line = format!(
            "{corpus}: {words} words (ICU4X {icu_words}), {sentences} sentences (ICU4X {icu_sentences}), {letters} letters"
        );
        let _ = writeln!(std::io::stderr(), "{line}");
        assert!(words.abs_diff(icu_words) * 100 <= icu_words, "{line}");
        assert!(characters_a_word.contains(&(letters as f64 / words as f64)), "{line}");
        assert!(sentences <= icu_sentences && sentences * 10 >= icu_sentences * 7, "{line}");
    }
}

/// Segments with a letter or a digit.
fn wordy(content: &str, bounds: &[usize]) -> usize {
    bounds.windows(2).filter(|pair| content[pair[0]..pair[1]].contains(char::is_alphanumeric)).count()
}

#[test]
fn thai_is_cut_into_words() {
    let Some(folder) = shared("corpora/udhr_utf8") else { return };
    let content = fs::read_to_string(folder.join("udhr_tha.txt")).unwrap();
    let text = Text::read(content, &Language::of("th").unwrap(), &mut Forms::new());
    let words: Vec<&str> = text.tokens.iter().map(|token| &text.content[token.range()]).collect();
    // Of the first line, "Universal Declaration of Human Rights".
    assert_eq!(words[..6], ["ปฏิญญา", "สากล", "ว่า", "ด้วย", "สิทธิ", "มนุษย"]);
    let characters: usize = words.iter().map(|word| word.chars().count()).sum();
    assert!((3..7).contains(&(characters / words.len())), "{characters} characters in {} words", words.len());
}

/// Tokens and types of each text as the R package stylo counted them.
#[test]
fn words_by_the_rules_of_stylo() {
    for (corpus, rules) in [
        ("latin_prose", "stylo:latin.corr"),
        ("federalist", "stylo:english"),
        ("british_fiction", "stylo:english"),
    ] {
        let Some(reference) = shared(&format!("reference/stylo/{corpus}/texts.csv")) else { return };
        let Some(folder) = shared(&format!("corpora/{corpus}")) else { return };
        let study = Study { words: rules.parse().unwrap(), ..Study::default() };
        let counted = count(Corpus::discover(&[folder]).unwrap(), &study).unwrap();
        let mut rows = 0;
        for row in csv::Reader::from_path(reference).unwrap().records() {
            let row = row.unwrap();
            let text = counted.texts.iter().find(|text| counted.document(text).id == row[0]).unwrap();
            let words = text.profile.select(Selection::All).words;
            let found = (words.tokens().to_string(), words.types().to_string());
            assert_eq!(found, (row[2].to_owned(), row[3].to_owned()), "{corpus}, {}", &row[0]);
            rows += 1;
        }
        assert_eq!(rows, counted.texts.len(), "{corpus}");
    }
}

/// The most frequent words of the novels under the other rules of stylo.
#[test]
fn frequency_lists_by_the_rules_of_stylo() {
    for (list, rules) in [("English.all", "stylo:english.all"), ("English.contr", "stylo:english.contr")] {
        let Some(reference) = shared(&format!("reference/stylo/british_fiction/mfw_list_{list}.csv")) else {
            return;
        };
        let Some(folder) = shared("corpora/british_fiction") else { return };
        let study = Study { words: rules.parse().unwrap(), ..Study::default() };
        let counted = count(Corpus::discover(&[folder]).unwrap(), &study).unwrap();
        let found = counted.frequency_list();
        let mut rows = 0;
        for (row, found) in csv::Reader::from_path(reference).unwrap().records().zip(&found) {
            let row = row.unwrap();
            assert_eq!((found.word, found.count.to_string().as_str()), (&row[1], &row[2]), "{list}, {row:?}");
            rows += 1;
        }
        assert!(rows >= 1_000, "{list}: {rows} rows");
    }
}
