//! Scores of readability, with the counts they rest on.

use super::super::intervals::Interval;
use super::super::outcome::{Outcome, Undefined};
use super::super::readability::{self, ReadingCounts};
use super::{Basis, Direction, Measure, Needs, Passage, entry};

/// A formula that needs syllables.
fn with_syllables(passage: &Passage, formula: fn(&ReadingCounts) -> Outcome) -> Outcome {
    if passage.has_syllables { formula(&passage.sums.reading) } else { Err(Undefined::NoSyllableRule) }
}

/// A formula that needs a list of familiar words.
fn with_list(passage: &Passage, list: usize, formula: impl Fn(&ReadingCounts, u64) -> Outcome) -> Outcome {
    if !passage.has_list[list] {
        return Err(Undefined::NoWordList);
    }
    formula(&passage.sums.reading, passage.sums.reading.unfamiliar[list])
}

/// A count that scores rest on.
fn reading_count(passage: &Passage, count: fn(&ReadingCounts) -> u64) -> Outcome {
    Ok(count(&passage.sums.reading) as f64)
}

#[rustfmt::skip]
pub(super) static MEASURES: &[Measure] = &[
    entry!(Sentences, "reading:words", "Words in sentences of prose", "W", "words", More, "input of the scores of readability", "", Interval::COUNT, |p| reading_count(p, |counts| counts.words)),
    entry!(Sentences, "reading:letters", "Letters and digits", "L", "characters", More, "input of the scores of readability", "", Interval::COUNT, |p| reading_count(p, |counts| counts.letters)),
    entry!(Sentences, "reading:long_words", "Words of seven or more letters", "G", "words", More, "input of the scores of readability", "", Interval::COUNT, |p| reading_count(p, |counts| counts.long_words)),
    entry!(Sentences, "reading:syllables", "Syllables", "Y", "syllables", More, "input of the scores of readability", "another language than English", Interval::COUNT, |p| with_syllables(p, |counts| Ok(counts.syllables as f64))),
    entry!(Sentences, "reading:polysyllables", "Words of three or more syllables", "P", "words", More, "input of the scores of readability", "another language than English", Interval::COUNT, |p| with_syllables(p, |counts| Ok(counts.polysyllables as f64))),
    entry!(Sentences, "reading:monosyllables", "Words of one syllable", "M", "words", More, "input of the scores of readability", "another language than English", Interval::COUNT, |p| with_syllables(p, |counts| Ok(counts.monosyllables as f64))),
    entry!(Sentences, "reading:hard_words", "Words that are hard in the sense of Gunning", "H", "words", More, "input of the scores of readability", "another language than English", Interval::COUNT, |p| with_syllables(p, |counts| Ok(counts.hard_words as f64))),
    entry!(Sentences, "reading:unfamiliar:dale_chall", "Words that are not on the list given as dale_chall", "D·W/100", "words", More, "input of the scores of readability", "another language than English, or no --word-list dale_chall=FILE", Interval::COUNT, |p| with_list(p, 0, |_, count| Ok(count as f64))),
    entry!(Sentences, "reading:unfamiliar:spache", "Words that are not on the list given as spache", "D·W/100", "words", More, "input of the scores of readability", "another language than English, or no --word-list spache=FILE", Interval::COUNT, |p| with_list(p, 1, |_, count| Ok(count as f64))),
    entry!(Sentences, "flesch_reading_ease", "Flesch reading ease", "206.835 − 1.015·W/S − 84.6·Y/W", "", Easier, "Flesch 1948", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, readability::flesch_reading_ease)),
    entry!(Sentences, "flesch_kincaid_grade", "Flesch–Kincaid grade", "0.39·W/S + 11.8·Y/W − 15.59", "school years", Harder, "Kincaid et al. 1975", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, readability::flesch_kincaid_grade)),
    entry!(Sentences, "gunning_fog:polysyllables", "Gunning's Fog, all words of three or more syllables hard", "0.4·(W/S + 100·P/W)", "school years", Harder, "Gunning 1952", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, readability::gunning_fog)),
    entry!(Sentences, "gunning_fog:exclusions", "Gunning's Fog without names, easy compounds and words that -ed or -es made long", "0.4·(W/S + 100·H/W)", "school years", Harder, "Gunning 1952", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, |counts| readability::gunning_fog_hard(counts, counts.hard_words))),
    entry!(Sentences, "dale_chall:1948", "Dale–Chall, for the list given as dale_chall", "0.1579·D + 0.0496·W/S, plus 3.6365 if D > 5", "", Harder, "Dale & Chall 1948", "no sentence, another language than English, or no --word-list dale_chall=FILE", Interval::Sentences, |p| with_list(p, 0, readability::dale_chall)),
    entry!(Sentences, "dale_chall:1995", "New Dale–Chall cloze score, for the list given as dale_chall", "64 − 0.95·D − 0.69·W/S", "", Easier, "Chall & Dale 1995", "no sentence, another language than English, or no --word-list dale_chall=FILE", Interval::Sentences, |p| with_list(p, 0, readability::dale_chall_cloze)),
    entry!(Sentences, "spache:1953", "Spache, for the list given as spache", "0.141·W/S + 0.086·D + 0.839", "school years", Harder, "Spache 1953", "no sentence, another language than English, or no --word-list spache=FILE", Interval::Sentences, |p| with_list(p, 1, readability::spache_1953)),
    entry!(Sentences, "spache:1974", "Spache, revised, each unfamiliar word counted once, for the list given as spache", "0.121·W/S + 0.082·D + 0.659", "school years", Harder, "Spache 1974", "no sentence, another language than English, or no --word-list spache=FILE", Interval::LENGTH, |p| with_list(p, 1, |counts, _| readability::spache_1974(counts, p.unfamiliar_types))),
    entry!(Sentences, "smog", "SMOG", "3.1291 + 1.0430·√(30·P/S)", "school years", Harder, "McLaughlin 1969", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, readability::smog)),
    entry!(Sentences, "forcast:whole_text", "FORCAST, of the whole text", "20 − 15·M/W", "school years", Harder, "Caylor & Sticht 1973", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, readability::forcast)),
    entry!(Sentences, "linsear_write:whole_text", "Linsear Write, of the whole text", "r = (W − P + 3P)/S; r/2 above 20, else (r − 2)/2", "school years", Harder, "in common use, first source unclear", "no sentence, or another language than English", Interval::Sentences, |p| with_syllables(p, readability::linsear_write)),
    entry!(Sentences, "ari", "Automated readability index", "4.71·L/W + 0.5·W/S − 21.43", "school years", Harder, "Smith & Senter 1967", "no sentence", Interval::Sentences, |p| readability::automated_readability_index(&p.sums.reading)),
    entry!(Sentences, "coleman_liau:rounded", "Coleman–Liau grade, rounded constants", "0.0588·(100·L/W) − 0.296·(100·S/W) − 15.8", "school years", Harder, "Coleman & Liau 1975", "no sentence", Interval::Sentences, |p| readability::coleman_liau(&p.sums.reading)),
    entry!(Sentences, "coleman_liau:cloze", "Coleman–Liau estimated cloze percentage", "141.8401 − 0.21459·(100·L/W) + 1.079812·(100·S/W)", "per cent", Easier, "Coleman & Liau 1975", "no sentence", Interval::Sentences, |p| readability::coleman_liau_cloze(&p.sums.reading)),
    entry!(Sentences, "lix", "LIX", "W/S + 100·G/W", "", Harder, "Björnsson 1968", "no sentence", Interval::Sentences, |p| readability::lix(&p.sums.reading)),
    entry!(Sentences, "rix", "RIX", "G/S", "long words per sentence", Harder, "Anderson 1983", "no sentence", Interval::Sentences, |p| readability::rix(&p.sums.reading)),
];
