//! From words to counts: numbers for forms, keys, profiles, markers, and the merge of many texts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Mutex;

use rhetor::profile::{Counter, Lengths, Profile, Tally, Vocabulary};
use rhetor::rhetoric::{Lexicon, Matcher};
use rhetor::text::{Forms, Language, SentenceRules, Text, fold, for_each_word};
use unicode_segmentation::UnicodeSegmentation;

use super::inputs::{Input, boundary};
use super::{Variant, plain, profiles as profiles_of, read, uax29};

/// Words that are cut already, to counts of surface forms.
pub fn forms(input: &Input) -> Vec<Variant<'_>> {
    let words = Rc::new(cut(input));
    let same = words.clone();
    vec![
        (
            "HashMap<String, u64>",
            Box::new(move || {
                let mut counts: HashMap<String, u64> = HashMap::new();
                for (text, words) in input.texts.iter().zip(&*same) {
                    for word in words {
                        *counts.entry(text[word.clone()].to_owned()).or_insert(0) += 1;
                    }
                }
                counts.len()
            }),
        ),
        (
            "rhetor",
            Box::new(move || {
                let mut forms = Forms::new();
                let mut counts: Vec<u64> = Vec::new();
                for (text, words) in input.texts.iter().zip(&*words) {
                    for word in words {
                        let form = forms.intern(text, word.start, word.end) as usize;
                        if form == counts.len() {
                            counts.push(0);
                        }
                        counts[form] += 1;
                    }
                }
                counts.len()
            }),
        ),
    ]
}

/// Lower case for each token, and a key for each form.
pub fn keys(input: &Input) -> Vec<Variant<'_>> {
    let words = cut(input);
    let mut forms = Forms::new();
    for (text, words) in input.texts.iter().zip(&words) {
        for word in words {
            forms.intern(text, word.start, word.end);
        }
    }
    vec![
        (
            "to_lowercase",
            Box::new(move || {
                let mut sum = 0;
                for (text, words) in input.texts.iter().zip(&words) {
                    sum += words.iter().map(|word| text[word.clone()].to_lowercase().len()).sum::<usize>();
                }
                sum
            }),
        ),
        ("rhetor", Box::new(move || (0..forms.len()).map(|form| fold(forms.form(form as u32)).len()).sum())),
    ]
}

/// Texts that are read already, to profiles; the plain way cuts words too, since it has no tokens.
pub fn profiles(input: &Input) -> Vec<Variant<'_>> {
    let mut forms = Forms::new();
    let texts = read(input, &mut forms);
    vec![
        (
            "unicode_words, HashMap<String, u64>",
            Box::new(|| {
                let count = |text: &String| {
                    let mut counts = plain::Counts::new();
                    text.unicode_words()
                        .for_each(|word| *counts.entry(word.to_lowercase()).or_insert(0) += 1);
                    counts.len()
                };
                input.texts.iter().map(count).sum()
            }),
        ),
        ("rhetor", Box::new(move || profiles_of(&texts, &forms, &Mutex::new(Vocabulary::default())).len())),
    ]
}

/// The English lexicon in every script, so that texts without a hit are measured too. The plain way looks
/// runs of words up in a set: it knows the markers by their names only, and none of their constraints.
pub fn markers(input: &Input) -> Vec<Variant<'_>> {
    let lexicon = Lexicon::built_in("en").unwrap();
    let names: HashSet<String> = lexicon.entries.iter().map(|entry| entry.marker.to_lowercase()).collect();
    let words = cut(input);
    let mut forms = Forms::new();
    let texts = read(input, &mut forms);
    vec![
        (
            "HashSet<String>",
            Box::new(move || {
                let texts = input.texts.iter().zip(&words);
                texts.map(|(text, words)| plain::phrases(text, words, &names)).sum()
            }),
        ),
        (
            "rhetor",
            Box::new(move || {
                let mut matcher = Matcher::new(&lexicon);
                let mut hits = 0;
                texts.iter().for_each(|text| matcher.find(text, &forms, false, |_| hits += 1));
                hits
            }),
        ),
    ]
}

/// The counts of texts as long as chapters, so that there are many to merge.
pub fn merge(input: &Input) -> Vec<Variant<'_>> {
    let chapters = chapters(&input.texts);
    let counts: Vec<plain::Counts> = chapters.iter().map(|text| plain::count(text).1).collect();
    let (mut forms, policy) = (Forms::new(), uax29());
    let read = |text| Text::read_with(text, &input.language, &policy, &mut forms);
    let texts: Vec<Text> = chapters.into_iter().map(read).collect();
    let profiles = profiles_of(&texts, &forms, &Mutex::new(Vocabulary::default()));
    vec![
        (
            "HashMap<String, u64>",
            Box::new(move || {
                let mut all = plain::Counts::new();
                for (word, count) in counts.iter().flatten() {
                    match all.get_mut(word) {
                        Some(sum) => *sum += count,
                        None => drop(all.insert(word.clone(), *count)),
                    }
                }
                all.len()
            }),
        ),
        (
            "rhetor",
            Box::new(move || Profile::merge_all(&profiles.iter().collect::<Vec<_>>()).words() as usize),
        ),
    ]
}

/// The whole job: with the same sentences as the plain way, with those of `rhetor count`, and with counts of each
/// text and voice, as `rhetor analyze` needs them. On one thread, if the pool has one.
pub fn whole(input: &Input) -> Vec<Variant<'_>> {
    vec![
        (
            "plain",
            Box::new(|| {
                let (lengths, counts) = plain::corpus(&input.texts);
                lengths.len() + counts.len()
            }),
        ),
        ("rhetor, UAX #29 alone", Box::new(|| tallied(&input.texts, &input.language, SentenceRules::Uax29))),
        ("rhetor", Box::new(|| tallied(&input.texts, &input.language, SentenceRules::Full))),
        (
            "rhetor, texts and voices apart",
            Box::new(|| {
                let (mut forms, mut counter, policy) = (Forms::new(), Counter::default(), uax29());
                let vocabulary = Mutex::new(Vocabulary::default());
                let profile = |text: &String| {
                    let text = Text::read_with(text.clone(), &input.language, &policy, &mut forms);
                    counter.count(&text, &forms, &vocabulary)
                };
                let profiles: Vec<Profile> = input.texts.iter().map(profile).collect();
                Profile::merge_all(&profiles.iter().collect::<Vec<_>>()).words() as usize
            }),
        ),
    ]
}

/// Words, sentence lengths and their merge by rhetor: the different words and the sentences.
pub fn tallied(texts: &[String], language: &Language, sentences: SentenceRules) -> usize {
    let (mut tally, mut lengths, policy) = (Tally::default(), Lengths::default(), uax29());
    let vocabulary = Mutex::new(Vocabulary::default());
    for text in texts {
        lengths.merge(&tally.add(text, language, (&policy, sentences), &vocabulary, None));
    }
    let types = Tally::merge(vec![tally]).iter().filter(|word| word.count > 0).count();
    lengths.sentence_words.count() as usize + types
}

/// Where the words are.
fn cut(input: &Input) -> Vec<Vec<Range<usize>>> {
    let ranges = |text: &String| {
        let mut words = Vec::new();
        for_each_word(text, |range| words.push(range));
        words
    };
    input.texts.iter().map(ranges).collect()
}

fn chapters(texts: &[String]) -> Vec<String> {
    const CHAPTER: usize = 25_000;
    let mut chapters = Vec::new();
    for text in texts {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (chapter, after) = rest.split_at(boundary(rest, CHAPTER));
            chapters.push(chapter.to_owned());
            rest = after;
        }
    }
    chapters
}
