//! What the benches share: real texts to measure on, and the stages, each with the plain way beside it.

#![allow(dead_code, reason = "each bench uses a part")]

pub mod clock;
pub mod counting;
pub mod inputs;
pub mod output;
pub mod plain;
pub mod segmentation;

use std::sync::Mutex;

use rhetor::profile::{Counter, Profile, Vocabulary};
use rhetor::text::{Forms, Text, WordPolicy};

use inputs::Input;

/// A way of doing the work of a stage, and its name; gives something that depends on all of the work.
pub type Variant<'a> = (&'static str, Box<dyn Fn() -> usize + 'a>);

/// Prepares the ways of doing the work of a stage on an input, the plain one first.
pub type Stage = fn(&Input) -> Vec<Variant<'_>>;

/// The stages from bytes to tables, in order.
pub const STAGES: [(&str, Stage); 13] = [
    ("words", segmentation::words),
    ("blocks", segmentation::blocks),
    ("voices", segmentation::voices),
    ("sentences", segmentation::sentences),
    ("reading: all of these", segmentation::reading),
    ("counts of forms", counting::forms),
    ("keys", counting::keys),
    ("profiles", counting::profiles),
    ("markers", counting::markers),
    ("merge of chapters", counting::merge),
    ("words, sentence lengths, counts of each text, merge", counting::whole),
    ("frequency list", output::frequency_list),
    ("rows of sentences", output::sentence_rows),
];

/// Words by UAX #29 alone, as the plain way has them.
pub fn uax29() -> WordPolicy {
    "uax29".parse().unwrap()
}

/// The texts of an input, read.
pub fn read(input: &Input, forms: &mut Forms) -> Vec<Text> {
    let policy = uax29();
    let read = |text: &String| Text::read_with(text.clone(), &input.language, &policy, forms);
    input.texts.iter().map(read).collect()
}

/// The profiles of texts that were read with `forms`.
pub fn profiles(texts: &[Text], forms: &Forms, vocabulary: &Mutex<Vocabulary>) -> Vec<Profile> {
    let mut counter = Counter::default();
    texts.iter().map(|text| counter.count(text, forms, vocabulary)).collect()
}
