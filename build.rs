//! Writes the Sentence_Break property as a two-stage table.
//!
//! The property comes from `icu_properties` (build time only). Its data and that of
//! `unicode-segmentation` are both Unicode 17; a test compares the two.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

use icu_properties::CodePointMapData;
use icu_properties::props::SentenceBreak;

/// Code points in a block: the low six bits, so that the index of a character is its last UTF-8 byte.
const BLOCK: u32 = 64;

/// The numbers of `src/text/unicode.rs`, `SentenceClass`, in the same order.
fn class(value: SentenceBreak) -> u8 {
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let property = CodePointMapData::<SentenceBreak>::new();
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let mut seen: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut index = Vec::new();
    for block in 0..(0x11_0000 / BLOCK) {
        let values: Vec<u8> =
            (0..BLOCK).map(|offset| class(property.get32(block * BLOCK + offset))).collect();
        let id = *seen.entry(values.clone()).or_insert_with(|| {
            blocks.push(values);
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
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&folder).join("sentence_break.rs"), out)?;
    Ok(())
}
