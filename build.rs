//! Writes the Word_Break and Sentence_Break properties as two-stage tables, and compiles the lexicons
//! and word lists.
//!
//! The properties come from `icu_properties` (build time only). Its data and that of
//! `unicode-segmentation` are both Unicode 17; tests compare the two.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

use icu_properties::props::{Alphabetic, ExtendedPictographic, GeneralCategory, SentenceBreak, WordBreak};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_segmentation::UnicodeSegmentation;

#[allow(dead_code)]
#[path = "src/rhetoric/lexicon/categories.rs"]
mod categories;
#[allow(dead_code)]
#[path = "src/rhetoric/lexicon/compile.rs"]
mod compile;
#[allow(dead_code)]
#[path = "src/text/fold.rs"]
mod fold;
#[allow(dead_code)]
#[path = "src/rhetoric/lexicon/format.rs"]
mod format;
#[allow(dead_code)]
#[path = "src/rhetoric/lexicon/tree.rs"]
mod tree;

type Failure = Box<dyn std::error::Error>;

/// Code points in a block: the low six bits, so that the index of a character is its last UTF-8 byte.
const BLOCK: u32 = 64;

/// Code points of one or two UTF-8 bytes.
const SHORT: u32 = 0x800;

/// The numbers of `src/text/unicode.rs`, `SentenceClass`, in the same order.
fn sentence_class(value: SentenceBreak) -> u8 {
    match value {
        SentenceBreak::Extend | SentenceBreak::Format => 1,
        SentenceBreak::Sep | SentenceBreak::CR | SentenceBreak::LF => 2,
        SentenceBreak::Sp => 3,
        SentenceBreak::Lower => 4,
        SentenceBreak::Upper => 5,
        SentenceBreak::OLetter => 6,
        SentenceBreak::Numeric => 7,
        SentenceBreak::ATerm => 8,
        SentenceBreak::STerm => 9,
        SentenceBreak::Close => 10,
        SentenceBreak::SContinue => 11,
        _ => 0,
    }
}

/// The numbers of `src/text/words/uax29/class.rs`, in the same order.
fn word_class(value: WordBreak, pictograph: bool) -> Result<u8, Failure> {
    Ok(match value {
        WordBreak::Other if pictograph => 18,
        WordBreak::ALetter if pictograph => 19,
        _ if pictograph => return Err(format!("{value:?} with Extended_Pictographic has no class").into()),
        WordBreak::Other => 0,
        WordBreak::ALetter => 1,
        WordBreak::HebrewLetter => 2,
        WordBreak::Numeric => 3,
        WordBreak::Katakana => 4,
        WordBreak::ExtendNumLet => 5,
        WordBreak::RegionalIndicator => 6,
        WordBreak::WSegSpace => 7,
        WordBreak::CR => 8,
        WordBreak::LF => 9,
        WordBreak::Newline => 10,
        WordBreak::Extend | WordBreak::Format => 11,
        WordBreak::ZWJ => 12,
        WordBreak::MidLetter => 13,
        WordBreak::MidNum => 14,
        WordBreak::MidNumLet => 15,
        WordBreak::SingleQuote => 16,
        WordBreak::DoubleQuote => 17,
        _ => return Err(format!("{value:?} has no class").into()),
    })
}

/// The flags of `src/text/words/uax29/class.rs`.
const ALPHANUMERIC: u8 = 0x20;
const CORE: u8 = 0x40;
const COMPLEX: u8 = 0x80;

/// The class of a character with its flags.
fn flagged_word_class(code: u32, class: u8, alphanumeric: bool) -> u8 {
    let core = matches!(class, 1 | 3 | 5);
    let complex = match class {
        0 => alphanumeric,
        7 | 10 => code >= 0x80,
        2 | 4 | 6 | 11 | 12 | 19 => true,
        _ => false,
    };
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    class | flag(alphanumeric, ALPHANUMERIC) | flag(core, CORE) | flag(complex, COMPLEX)
}

/// Rust source of `values`, one for each code point, as the statics `INDEX` and `BLOCKS`.
fn two_stage(values: &[u8]) -> Result<String, Failure> {
    let mut blocks: Vec<&[u8]> = Vec::new();
    let mut seen: HashMap<&[u8], usize> = HashMap::new();
    let mut index = Vec::new();
    for block in values.chunks(BLOCK as usize) {
        let id = *seen.entry(block).or_insert_with(|| {
            blocks.push(block);
            blocks.len() - 1
        });
        index.push(u16::try_from(id)?);
    }
    let mut out = String::new();
    writeln!(
        out,
        "/// First stage: block number of each run of 64 code points.\n\
         static INDEX: [u16; {}] = {index:?};",
        index.len()
    )?;
    writeln!(
        out,
        "/// Second stage: the class of each code point of a block.\n\
         static BLOCKS: [[u8; {BLOCK}]; {}] = {blocks:?};",
        blocks.len()
    )?;
    Ok(out)
}

/// Languages of the built-in lexicons.
const LEXICONS: [&str; 2] = ["en", "pt"];

/// Writes a built-in lexicon as the program keeps it. Words are cut as the crate cuts them; a test compares.
fn lexicon(language: &str, folder: &Path) -> Result<(), Failure> {
    let file = format!("src/rhetoric/lexicon/{language}.toml");
    println!("cargo::rerun-if-changed={file}");
    let words = |phrase: &str| phrase.unicode_words().map(|word| fold::fold(word).into_owned()).collect();
    let (name, content) = (format!("{language}.toml (built in)"), fs::read_to_string(file)?);
    let compiled = compile::compile(&[compile::File { name: &name, content: &content }], words)?;
    fs::write(folder.join(format!("lexicon_{language}")), postcard::to_allocvec(&compiled)?)?;
    Ok(())
}

/// Folders of word lists, a file a language, with the name of what the program reads.
const WORD_LISTS: [(&str, &str); 3] = [
    ("src/text/language", "language"),
    ("src/rhetoric/questions/words", "questions"),
    ("src/rhetoric/figures", "figures"),
];

/// Writes the word lists of a folder as JSON, which a start of the program reads in a fraction of the time.
fn word_lists(source: &str, name: &str, folder: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(source)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            let lists: toml::Table = toml::from_str(&fs::read_to_string(&path)?)?;
            let language = path.file_stem().unwrap_or_default().to_string_lossy();
            fs::write(folder.join(format!("{name}_{language}.json")), serde_json::to_string(&lists)?)?;
        }
    }
    Ok(())
}

fn main() -> Result<(), Failure> {
    for file in ["build.rs", "src/text/fold.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    for file in ["categories", "compile", "format", "tree"] {
        println!("cargo::rerun-if-changed=src/rhetoric/lexicon/{file}.rs");
    }
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let folder = Path::new(&folder);
    LEXICONS.iter().try_for_each(|language| lexicon(language, folder))?;
    WORD_LISTS.iter().try_for_each(|(source, name)| word_lists(source, name, folder))?;

    let sentence_break = CodePointMapData::<SentenceBreak>::new();
    let sentences: Vec<u8> = (0..0x11_0000).map(|code| sentence_class(sentence_break.get32(code))).collect();
    fs::write(folder.join("sentence_break.rs"), two_stage(&sentences)?)?;

    let word_break = CodePointMapData::<WordBreak>::new();
    let category = CodePointMapData::<GeneralCategory>::new();
    let pictographic = CodePointSetData::new::<ExtendedPictographic>();
    let alphabetic = CodePointSetData::new::<Alphabetic>();
    let words = (0..0x11_0000)
        .map(|code| {
            let number = matches!(
                category.get32(code),
                GeneralCategory::DecimalNumber | GeneralCategory::LetterNumber | GeneralCategory::OtherNumber
            );
            let class = word_class(word_break.get32(code), pictographic.contains32(code))?;
            Ok(flagged_word_class(code, class, number || alphabetic.contains32(code)))
        })
        .collect::<Result<Vec<u8>, Failure>>()?;
    let mut out = two_stage(&words)?;
    writeln!(
        out,
        "/// The classes of the characters of one or two bytes once more, in one stage.\n\
         static SHORT: [u8; {SHORT}] = {:?};",
        &words[..SHORT as usize]
    )?;
    fs::write(folder.join("word_break.rs"), out)?;
    Ok(())
}
