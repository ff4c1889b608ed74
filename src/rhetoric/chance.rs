//! Repetition against chance: what the same sentences would repeat in random order.
//!
//! Two neighbours that open with the same word say little: in running English every twenty-fifth pair does, in
//! any order of the sentences. So each class of anaphora and epistrophe is counted in the text, and again in 200
//! random orders of its sentences. The places stay as they are, with their paragraphs and voices; the sentences
//! of a voice are dealt over the places of that voice. Only sentences with a neighbour in the same paragraph and
//! voice take part: where there is none, nothing can be repeated. The text is one such order if its author pays
//! no heed to how neighbours begin and end.
//!
//! The 200 orders are products of 16 and of 13 random permutations: each is random with equal chance for
//! every order, and any two of them are independent, so that the mean and the share of orders beyond the
//! observed count are as exact as from 200 separate ones, at a fraction of the work.
//!
//! Epanalepsis is left out: a sentence that ends with the word it began with does so in any order.

use super::figures::FigureKind;
use crate::random::Random;

/// Random orders of the sentences.
pub const SHUFFLES: usize = 200;

/// Permutations of the first kind: as many as are compared at once.
const LANES: usize = 16;
/// Keys of a sentence that are compared at once.
const COMPARED: usize = 6;

/// Longest beginning or end that is told apart, in words.
const LONGEST: usize = 3;

/// Anaphora and epistrophe by length, in two sentences and in three, and anadiplosis.
const CLASSES: usize = 4 * LONGEST + 1;
const ANADIPLOSIS: usize = CLASSES - 1;

/// What is compared of a sentence. Numbers are keys of words; a missing word has a number that no other
/// sentence has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Its first words, in order.
    pub head: [u32; LONGEST],
    /// Its last words, from the end.
    pub end: [u32; LONGEST],
    /// What anadiplosis takes up: its last word, if that is a content word and not too common.
    pub last: u32,
    /// What may take it up: its first words that are no determiners.
    pub first: [u32; 3],
    /// Whether no sentence before it is in the same paragraph and voice.
    pub opens: bool,
}

/// One class of repetition, in the text and in random orders of its sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Repetition {
    /// Anaphora, epistrophe or anadiplosis.
    pub kind: FigureKind,
    /// Words repeated, at least.
    pub words: usize,
    /// Neighbouring sentences that repeat them, at least.
    pub sentences: usize,
    /// Maximal runs of neighbours of this class in the text.
    pub observed: u64,
    /// Their mean number in [`SHUFFLES`] random orders.
    pub expected: f64,
    /// Chance of as many or more in a random order: (1 + orders with as many) / (1 + orders).
    pub p: f64,
}

impl Repetition {
    /// Observed over expected; none where nothing was expected.
    pub fn ratio(&self) -> Option<f64> {
        (self.expected > 0.0).then(|| self.observed as f64 / self.expected)
    }

    /// The name used in tables: `anaphora:k2:m3` for two words in three sentences.
    pub fn name(&self) -> String {
        format!("{}:k{}:m{}", self.kind.name(), self.words, self.sentences)
    }
}

/// The counts of one voice, which add up: in the text, and in each random order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shuffled {
    observed: [u32; CLASSES],
    orders: Vec<[u32; CLASSES]>,
}

impl Shuffled {
    /// Counts the repetitions of the sentences of one voice, and those of random orders by `seed`.
    pub fn of(sentences: &[Sentence], seed: u64) -> Self {
        let mut observed = Tally::default();
        for (at, pair) in sentences.windows(2).enumerate() {
            if !pair[1].opens {
                observed.add(at as u32 + 1, &pair[0], &pair[1]);
            }
        }
        let mut shuffled = Self { observed: observed.counts, orders: vec![[0; CLASSES]; SHUFFLES] };
        if repeats(sentences) {
            shuffled.shuffle(sentences, seed);
        }
        shuffled
    }

    /// Adds the counts of another voice.
    pub fn add(&mut self, other: &Self) {
        let pairs = self.orders.iter_mut().zip(&other.orders);
        for (own, other) in pairs.chain([(&mut self.observed, &other.observed)]) {
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
    }

    /// The classes by kind, words and sentences.
    pub fn repetitions(&self) -> Vec<Repetition> {
        let class = |class: usize| {
            let (kind, words, sentences) = match class {
                ANADIPLOSIS => (FigureKind::Anadiplosis, 1, 2),
                class if class < 2 * LONGEST => (FigureKind::Anaphora, class / 2 + 1, class % 2 + 2),
                class => (FigureKind::Epistrophe, (class - 2 * LONGEST) / 2 + 1, class % 2 + 2),
            };
            let observed = self.observed[class];
            let counts = || self.orders.iter().map(|order| order[class]);
            let total: u64 = counts().map(u64::from).sum();
            let beyond = counts().filter(|count| *count >= observed).count();
            Repetition {
                kind,
                words,
                sentences,
                observed: u64::from(observed),
                expected: total as f64 / SHUFFLES as f64,
                p: (1 + beyond) as f64 / (1 + SHUFFLES) as f64,
            }
        };
        (0..CLASSES).map(class).collect()
    }

    fn shuffle(&mut self, sentences: &[Sentence], seed: u64) {
        let mut random = Random::new(seed);
        let mut order: Vec<u32> = (0..sentences.len() as u32).collect();
        // Row by row: the sentence that each of the first permutations puts there, and its words as lanes.
        let mut rows = vec![[0_u32; LANES]; sentences.len()];
        for lane in 0..LANES {
            random.shuffle(&mut order);
            rows.iter_mut().zip(&order).for_each(|(row, sentence)| row[lane] = *sentence);
        }
        let compared: Vec<[u8; COMPARED]> = sentences.iter().map(Sentence::compared).collect();
        let lanes: Vec<Lanes> = rows.iter().map(|row| Lanes::of(row, &compared)).collect();
        let opens: Vec<bool> = sentences.iter().map(|sentence| sentence.opens).collect();
        // Places and lanes that may repeat. They are gathered without a branch, so that the rows after, which stand
        // anywhere, are loaded meanwhile.
        let mut met = vec![(0, 0); sentences.len()];
        for orders in self.orders.chunks_mut(LANES) {
            random.shuffle(&mut order);
            // The last orders may be fewer than there are lanes.
            let wanted = u128::MAX >> (8 * (LANES - orders.len()));
            let mut count = 0;
            for (at, (pair, opens)) in order.windows(2).zip(&opens[1..]).enumerate() {
                let found = lanes[pair[0] as usize].meets(&lanes[pair[1] as usize]) & wanted;
                met[count] = (at, found);
                count += usize::from((found != 0) & !opens);
            }
            let mut tallies = [Tally::default(); LANES];
            for (at, found) in &met[..count] {
                let (before, after) = (&rows[order[*at] as usize], &rows[order[at + 1] as usize]);
                for lane in lanes_of(*found) {
                    let [one, other] = [before[lane], after[lane]].map(|at| &sentences[at as usize]);
                    tallies[lane].add(*at as u32 + 1, one, other);
                }
            }
            orders.iter_mut().zip(tallies).for_each(|(order, tally)| *order = tally.counts);
        }
    }
}

impl Sentence {
    /// What is compared first, as eight bits each: the word at either end, the last word, and those that may take
    /// one up.
    fn compared(&self) -> [u8; COMPARED] {
        let [one, two, three] = self.first;
        [self.head[0], self.end[0], self.last, one, two, three]
            .map(|key| (key.wrapping_mul(0x9e37_79b1) >> 24) as u8)
    }
}

/// Whether any two sentences have anything in common that is compared.
fn repeats(sentences: &[Sentence]) -> bool {
    let twice = |mut keys: Vec<u32>| {
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    };
    let keys = |key: fn(&Sentence) -> u32| sentences.iter().map(key).collect();
    twice(keys(|sentence| sentence.head[0]))
        || twice(keys(|sentence| sentence.end[0]))
        || twice(
            sentences.iter().flat_map(|sentence| sentence.first.into_iter().chain([sentence.last])).collect(),
        )
}

/// Runs of neighbours met so far, in one order.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    counts: [u32; CLASSES],
    /// By end and length: the place of the last pair, and how many pairs its run has.
    last: [[(u32, u32); LONGEST]; 2],
}

impl Tally {
    /// A pair of neighbours of which the second is at `place`, from 1 on.
    fn add(&mut self, place: u32, one: &Sentence, other: &Sentence) {
        for (side, (one_words, other_words)) in
            [(one.head, other.head), (one.end, other.end)].into_iter().enumerate()
        {
            for length in 0..LONGEST {
                if one_words[length] != other_words[length] {
                    break;
                }
                let (last, pairs) = &mut self.last[side][length];
                *pairs = if *last + 1 == place && *last > 0 { *pairs + 1 } else { 1 };
                *last = place;
                let class = 2 * (side * LONGEST + length);
                self.counts[class] += u32::from(*pairs == 1);
                self.counts[class + 1] += u32::from(*pairs == 2);
            }
        }
        self.counts[ANADIPLOSIS] += u32::from(other.first.contains(&one.last));
    }
}

/// What is compared of the sentences of a row: a byte for each lane. What seems equal is looked at again.
#[derive(Clone, Copy)]
struct Lanes([[u8; LANES]; COMPARED]);

impl Lanes {
    fn of(row: &[u32; LANES], compared: &[[u8; COMPARED]]) -> Self {
        let row = row.map(|sentence| compared[sentence as usize]);
        Self(std::array::from_fn(|key| row.map(|compared| compared[key])))
    }

    /// The lanes in which the sentence after may repeat something of the one before, a bit for each: see [`lanes_of`].
    #[inline(always)]
    fn meets(&self, after: &Self) -> u128 {
        let [head, end, last, ..] = &self.0;
        let [next_head, next_end, _, first @ ..] = &after.0;
        // A byte for each lane, so that all are compared at once.
        u128::from_le_bytes(std::array::from_fn(|lane| {
            u8::from(
                (head[lane] == next_head[lane])
                    | (end[lane] == next_end[lane])
                    | (last[lane] == first[0][lane])
                    | (last[lane] == first[1][lane])
                    | (last[lane] == first[2][lane]),
            )
        }))
    }
}

/// The lanes that [`Lanes::meets`] gives, in order.
fn lanes_of(mut met: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = (met != 0).then(|| met.trailing_zeros() as usize / 8);
        met &= met.wrapping_sub(1);
        lane
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of one word at either end, by these numbers; every number once again for what takes up.
    fn sentences(heads: &[u32], ends: &[u32]) -> Vec<Sentence> {
        let missing = |at: usize, place: u32| 1_000_000 + 10 * at as u32 + place;
        heads
            .iter()
            .zip(ends)
            .enumerate()
            .map(|(at, (head, end))| Sentence {
                head: [*head, missing(at, 0), missing(at, 1)],
                end: [*end, missing(at, 2), missing(at, 3)],
                last: *end,
                first: [*head, missing(at, 4), missing(at, 5)],
                opens: at == 0,
            })
            .collect()
    }

    fn class(found: &[Repetition], kind: FigureKind, words: usize, sentences: usize) -> Repetition {
        let holds =
            |class: &&Repetition| class.kind == kind && class.words == words && class.sentences == sentences;
        found.iter().find(holds).unwrap().clone()
    }

    /// Against the mean of all 720 orders of six sentences.
    #[test]
    fn the_mean_is_that_of_all_orders() {
        let all = sentences(&[1, 1, 1, 2, 2, 3], &[4, 4, 5, 1, 6, 7]);
        let mut sums = [0_u32; CLASSES];
        let mut orders = 0;
        let mut places: Vec<usize> = Vec::new();
        fn permute(places: &mut Vec<usize>, visit: &mut impl FnMut(&[usize])) {
            if places.len() == 6 {
                visit(places);
                return;
            }
            for next in 0..6 {
                if !places.contains(&next) {
                    places.push(next);
                    permute(places, visit);
                    places.pop();
                }
            }
        }
        permute(&mut places, &mut |order| {
            let mut tally = Tally::default();
            for (at, pair) in order.windows(2).enumerate() {
                tally.add(at as u32 + 1, &all[pair[0]], &all[pair[1]]);
            }
            orders += 1;
            sums.iter_mut().zip(tally.counts).for_each(|(sum, count)| *sum += count);
        });
        assert_eq!(orders, 720);
        // Twenty seeds: the standard error of a mean of 4,000 orders is below 0.012.
        let mut means = [0.0; CLASSES];
        for seed in 0..20 {
            for (mean, class) in means.iter_mut().zip(Shuffled::of(&all, seed).repetitions()) {
                *mean += class.expected / 20.0;
            }
        }
        for (mean, sum) in means.iter().zip(sums) {
            assert!((mean - f64::from(sum) / 720.0).abs() < 0.05, "{means:?} {sums:?}");
        }
    }

    /// Texts in random order have no more small values of p than chance gives.
    #[test]
    fn p_is_even_where_order_is_random() {
        let mut random = Random::new(3);
        let (mut small, mut texts) = (0, 0);
        for seed in 0..400 {
            let draw = |random: &mut Random| (0..120).map(|_| random.below(12) as u32).collect::<Vec<_>>();
            let all = sentences(&draw(&mut random), &draw(&mut random));
            let found = Shuffled::of(&all, seed).repetitions();
            small += usize::from(class(&found, FigureKind::Anaphora, 1, 2).p <= 0.05);
            texts += 1;
        }
        // Ten or less are expected to be beyond five standard deviations of a binomial of 400 and 0.05.
        assert!(small <= 42, "{small} of {texts}");
        assert!(small >= 4, "{small} of {texts}");
    }

    #[test]
    fn planted_repetition_is_beyond_chance() {
        let heads: Vec<u32> = (0..90).map(|at| if at % 9 < 3 { at / 9 } else { 100 + at }).collect();
        let ends: Vec<u32> = (0..90).map(|at| 1000 + at).collect();
        let all = sentences(&heads, &ends);
        let found = Shuffled::of(&all, 1).repetitions();
        let anaphora = class(&found, FigureKind::Anaphora, 1, 3);
        assert_eq!((anaphora.observed, anaphora.p), (10, 1.0 / 201.0));
        assert!(anaphora.expected < 0.5);
        let epistrophe = class(&found, FigureKind::Epistrophe, 1, 2);
        assert_eq!((epistrophe.observed, epistrophe.expected, epistrophe.p), (0, 0.0, 1.0));
        assert_eq!(epistrophe.ratio(), None);
        assert_eq!(found, Shuffled::of(&all, 1).repetitions());
        assert_ne!(found, Shuffled::of(&all, 2).repetitions());
    }

    #[test]
    fn places_keep_their_paragraphs() {
        // Pairs of sentences: no run of three is possible in any order.
        let mut all = sentences(&[1; 40], &[2; 40]);
        all.iter_mut().enumerate().for_each(|(at, sentence)| sentence.opens = at % 2 == 0);
        let found = Shuffled::of(&all, 1).repetitions();
        let pairs = class(&found, FigureKind::Anaphora, 1, 2);
        assert_eq!((pairs.observed, pairs.expected, pairs.p), (20, 20.0, 1.0));
        assert_eq!(class(&found, FigureKind::Epistrophe, 1, 3).expected, 0.0);
    }

    #[test]
    fn lanes_find_what_is_equal() {
        let all = sentences(&[1, 2, 3, 4, 5, 6, 7, 8, 3, 9], &[10, 11, 12, 13, 14, 15, 16, 17, 18, 6]);
        let compared: Vec<_> = all.iter().map(Sentence::compared).collect();
        let row =
            |first: [u32; 8]| std::array::from_fn(|lane| first.get(lane).copied().unwrap_or(lane as u32 % 2));
        let one = Lanes::of(&row([0, 1, 2, 3, 4, 5, 6, 9]), &compared);
        let other = Lanes::of(&row([9, 8, 8, 7, 6, 4, 0, 5]), &compared);
        let met = |one: &Lanes, other: &Lanes| lanes_of(one.meets(other)).collect::<Vec<_>>();
        // Lane 2 has two sentences that open with 3, lane 7 one that ends with what the next opens with; those from 8
        // on have the same twice.
        assert_eq!(met(&one, &other), [2, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(met(&other, &one), [2, 8, 9, 10, 11, 12, 13, 14, 15]);
    }

    #[test]
    fn no_sentence_and_one() {
        assert!(Shuffled::of(&[], 1).repetitions().iter().all(|class| class.observed == 0 && class.p == 1.0));
        let found = Shuffled::of(&sentences(&[1], &[2]), 1).repetitions();
        assert!(found.iter().all(|class| class.expected == 0.0 && class.p == 1.0));
    }
}
