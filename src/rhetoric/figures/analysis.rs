//! A text's figures, their counts by voice, and how its repetitions stand against chance.

use super::lists::DETERMINER;
use super::paragraph::Paragraph;
use super::words::Word;
use super::{Figure, Finder};
use crate::profile::{Clustered, Paragraphs};
use crate::rhetoric::chance::{Repetition, Sentence, Shuffled};
use crate::text::{Forms, Text, Voice};

/// Everything about the figures of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// The figures by place.
    pub figures: Vec<Figure>,
    /// For every selection of voices, in the order of [`Selection::ALL`](crate::profile::Selection::ALL): classes of repetition in the text and
    /// in random orders of its sentences.
    pub chance: [Vec<Repetition>; 3],
}

impl Finder<'_> {
    /// The figures of a text with their chance. The same `seed` gives the same random orders.
    pub fn analyse(&mut self, text: &Text, forms: &Forms, seed: u64) -> Figures {
        let (mut figures, mut compared) = (Vec::new(), Compared::default());
        self.read(text, forms, |finder, sentences| {
            finder.find_in(text, sentences, &mut figures);
            finder.compare(&mut compared);
        });
        Figures { figures, chance: shuffled(&compared, seed) }
    }

    /// How often neighbouring sentences begin and end alike, against random orders of the sentences: for all
    /// voices, the author's, and quoted ones.
    pub fn chance(&mut self, text: &Text, forms: &Forms, seed: u64) -> [Vec<Repetition>; 3] {
        let mut compared = Compared::default();
        self.read(text, forms, |finder, _| finder.compare(&mut compared));
        shuffled(&compared, seed)
    }

    /// Adds what is compared of the sentences of the paragraph at hand that have a neighbour.
    fn compare(&self, compared: &mut Compared) {
        let Paragraph { words, units, runs, .. } = &self.paragraph;
        for run in runs.iter().filter(|run| run.units.len() > 1) {
            let sentences = &mut compared[run.voice as usize];
            for (place, unit) in units[run.units.clone()].iter().enumerate() {
                let words = &words[unit.start..unit.end];
                // Numbers that no key has, each used once.
                let mut missing = u32::MAX - 10 * sentences.len() as u32;
                let mut or_missing = |key: Option<u32>| {
                    missing -= 1;
                    key.unwrap_or(missing)
                };
                let head = std::array::from_fn(|at| or_missing(words.get(at).map(|word| word.key)));
                let end = std::array::from_fn(|at| {
                    or_missing(words.len().checked_sub(at + 1).map(|at| words[at].key))
                });
                let takes_up = |word: &&Word| word.is_content() && !self.common.holds(word.key);
                let with_lists = !self.lists.is_empty();
                let last =
                    or_missing(words.last().filter(|word| with_lists && takes_up(word)).map(|word| word.key));
                let mut first = words.iter().filter(|word| !word.is(DETERMINER)).map(|word| word.key);
                let first = std::array::from_fn(|_| or_missing(first.next()));
                sentences.push(Sentence { head, end, last, first, opens: place == 0 });
            }
        }
    }
}

/// What is compared of the sentences of each voice, in the order of [`Voice::ALL`].
type Compared = [Vec<Sentence>; 2];

fn shuffled(compared: &Compared, seed: u64) -> [Vec<Repetition>; 3] {
    let [author, quoted] = Voice::ALL.map(|voice| {
        // Each voice has random orders of its own.
        Shuffled::of(&compared[voice as usize], seed ^ ((voice as u64) << 63))
    });
    let mut all = author.clone();
    all.add(&quoted);
    [all.repetitions(), author.repetitions(), quoted.repetitions()]
}

/// As [`Finder::analyse`], for one text.
pub fn analyse(text: &Text, forms: &Forms, lists: &super::Lists, seed: u64) -> Figures {
    Finder::new(lists).analyse(text, forms, seed)
}

/// The counted figures of a text by kind, the kinds by their place in [`FigureKind::ALL`](super::FigureKind::ALL), summed over paragraphs.
pub fn count_figures(paragraphs: &Paragraphs, figures: &[Figure]) -> Clustered {
    let counted = figures.iter().filter(|figure| figure.countable);
    Clustered::of(paragraphs, counted.map(|figure| (figure.sentence, figure.voice, figure.kind as u16)))
}
