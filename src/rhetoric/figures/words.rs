//! The words of a text as numbers, with what stands before each, and the stretches that figures live in.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::hash_table::Entry;
use hashbrown::{HashSet, HashTable};

use super::gaps::{ASIDE, BOUND, Gap, gap};
use super::lists::{CAPITAL, DETERMINER, ED, FRAME, ING, JOINER, LY, Lists, NEGATION, NUMBER, STOP, Traits};
use crate::text::{BlockKind, Forms, Text, Voice, append, fold, stretch};

/// A word of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// The number of its key: words that differ in case share it.
    pub key: u32,
    /// The number of its root: words of a family mostly share it.
    pub root: u32,
    pub traits: Traits,
    /// What stands before it.
    pub gap: Gap,
    /// What it is for the shape of a member; 0 for a function word, which is itself.
    class: u8,
}

impl Word {
    pub fn is(self, traits: Traits) -> bool {
        self.traits & traits != 0
    }

    pub fn is_content(self) -> bool {
        self.traits & (STOP | NUMBER) == 0
    }

    /// Whether it is this word.
    pub fn is_named(self, word: Named) -> bool {
        self.key == word as u32
    }

    /// Whether two words are the same for the shape of a member: as function words, or by the kind of other words.
    #[inline(always)]
    pub fn is_like(self, other: Self) -> bool {
        self.key == other.key || (self.class == other.class && self.class != 0)
    }
}

/// What a word with these traits is for the shape of a member.
fn class(traits: Traits) -> u8 {
    match traits {
        traits if traits & DETERMINER != 0 => 1,
        traits if traits & STOP != 0 => 0,
        traits if traits & NUMBER != 0 => 2,
        traits if traits & CAPITAL != 0 => 3,
        traits if traits & ING != 0 => 4,
        traits if traits & ED != 0 => 5,
        traits if traits & LY != 0 => 6,
        _ => 7,
    }
}

macro_rules! named {
    ($($name:ident $word:literal),* $(,)?) => {
        /// Words that rules ask for. Their keys are the same in every [`Knowledge`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Named {
            $($name),*
        }

        const NAMED: &[&str] = &[$($word),*];
    };
}

named! {
    A "a", Alone "alone", Also "also", And "and", As "as", At "at", Both "both", But "but", Either "either",
    Even "even", Few "few", From "from", Hand "hand", Into "into", Least "least", Less "less", Little "little",
    Long "long", Merely "merely", Much "much", Neither "neither", Never "never", No "no", Nor "nor", Not "not",
    Nothing "nothing", Of "of", On "on", One "one", Only "only", Or "or", Other "other", Rather "rather",
    Simply "simply", So "so", Sooner "sooner", Surprisingly "surprisingly", Than "than", That "that", The "the",
    To "to", Unlike "unlike", Whereas "whereas", Whether "whether", Yet "yet",
}

/// The part of a sentence that is in one voice.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub start: usize,
    pub end: usize,
    pub sentence: usize,
}

/// A stretch of a unit between marks, or between two sentences.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub start: usize,
    pub end: usize,
    /// Index of its unit in the units of its run.
    pub unit: usize,
}

/// Consecutive units in one voice segment of one paragraph.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub units: Range<usize>,
    pub voice: Voice,
}

/// Different strings as numbers, in the order of meeting.
#[derive(Debug, Default)]
struct Names {
    /// Half the hash of each beside its number, so that the table grows without a look at the strings.
    numbers: HashTable<(u32, u32)>,
    text: String,
    ends: Vec<usize>,
}

impl Names {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn name(&self, number: u32) -> &str {
        stretch(&self.text, &self.ends, number)
    }

    fn intern(&mut self, word: &str) -> u32 {
        // The table looks at the bits at either end.
        let spread = |half: u32| u64::from(half) << 32 | u64::from(half);
        let Self { numbers, text, ends } = self;
        let half = FixedState::default().hash_one(word) as u32;
        let same = |known: &(u32, u32)| known.0 == half && stretch(text, ends, known.1) == word;
        match numbers.entry(spread(half), same, |known| spread(known.0)) {
            Entry::Occupied(known) => known.get().1,
            Entry::Vacant(place) => {
                let next = append(text, ends, word);
                place.insert((half, next));
                next
            }
        }
    }
}

/// Places in order, taken stretch by stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'p>(pub &'p [u32]);

impl<'p> Places<'p> {
    /// Those of the next stretch, which are taken.
    pub fn take(&mut self, stretch: Range<usize>) -> Self {
        let before = |places: &[u32], bound: usize| {
            places.iter().take_while(|place| (**place as usize) < bound).count()
        };
        let rest = &self.0[before(self.0, stretch.start)..];
        let (taken, rest) = rest.split_at(before(rest, stretch.end));
        self.0 = rest;
        Self(taken)
    }

    /// The places.
    pub fn iter(self) -> impl Iterator<Item = usize> + use<'p> {
        self.0.iter().map(|place| *place as usize)
    }
}

/// What is known of a key.
#[derive(Clone, Copy, Debug)]
struct Key {
    lemma: u32,
    root: u32,
    traits: Traits,
}

/// What is known of a form.
#[derive(Clone, Copy, Debug)]
struct Known {
    word: Word,
    /// Occurrences in the text at hand.
    count: u32,
}

/// A worker's knowledge of the forms it has met: what they are is looked up once for each form, key and lemma.
#[derive(Debug)]
pub(super) struct Knowledge {
    forms: Vec<Known>,
    /// The different forms of the text at hand.
    met: Vec<u32>,
    keys: Names,
    by_key: Vec<Key>,
    lemmas: Names,
    /// By lemma: the number of its root.
    by_lemma: Vec<u32>,
    roots: Names,
    /// Pairs of keys, the lesser one first.
    opposites: HashSet<[u32; 2], FixedState>,
}

/// The root of words that no rule compares.
pub(super) const NO_ROOT: u32 = 0;

impl Knowledge {
    /// Knows no form yet, and the words that rules ask for.
    pub fn new(lists: &Lists) -> Self {
        let mut known = Self {
            forms: Vec::new(),
            met: Vec::new(),
            keys: Names::default(),
            by_key: Vec::new(),
            lemmas: Names::default(),
            by_lemma: Vec::new(),
            roots: Names::default(),
            opposites: HashSet::default(),
        };
        // No word is a space.
        known.roots.intern(" ");
        for word in NAMED {
            known.learn_key(word, lists);
        }
        for pair in lists.opposites() {
            let mut pair = pair.map(|word| known.learn_key(word, lists));
            pair.sort_unstable();
            known.opposites.insert(pair);
        }
        known
    }

    /// Looks up the forms met since the last text.
    pub fn learn(&mut self, forms: &Forms, lists: &Lists) {
        for id in self.forms.len()..forms.len() {
            let form = forms.form(id as u32);
            let key = self.learn_key(&fold(form), lists);
            let Key { root, mut traits, .. } = self.by_key[key as usize];
            if form.chars().next().is_some_and(char::is_uppercase) {
                traits |= CAPITAL;
            }
            let word = Word { key, root, traits, gap: 0, class: class(traits) };
            self.forms.push(Known { word, count: 0 });
        }
    }

    /// The number of a key.
    fn learn_key(&mut self, word: &str, lists: &Lists) -> u32 {
        let key = self.keys.intern(word);
        if key as usize == self.by_key.len() {
            let name = lists.lemma(word);
            let lemma = self.lemmas.intern(&name);
            if lemma as usize == self.by_lemma.len() {
                self.by_lemma.push(self.roots.intern(lists.root(&name)));
            }
            self.by_key.push(Key { lemma, root: self.by_lemma[lemma as usize], traits: lists.traits(word) });
        }
        key
    }

    /// The number of the lemma of a key.
    pub fn lemma(&self, key: u32) -> u32 {
        self.by_key[key as usize].lemma
    }

    /// Whether two keys are those of opposites.
    pub fn are_opposed(&self, one: u32, other: u32) -> bool {
        self.opposites.contains(&[one.min(other), one.max(other)])
    }

    /// The text of a key.
    pub fn name(&self, key: u32) -> &str {
        self.keys.name(key)
    }

    /// Number of distinct keys.
    pub fn keys(&self) -> usize {
        self.keys.len()
    }

    /// Number of distinct roots.
    pub fn roots(&self) -> usize {
        self.roots.len()
    }

    /// Reads the words of a text.
    pub fn read(&mut self, text: &Text, read: &mut Words) {
        let Words { words, marks, asides } = read;
        words.clear();
        words.reserve_exact(text.tokens.len());
        asides.clear();
        // Marks are written without a branch: the place after the last one is written over.
        marks.clear();
        marks.reserve_exact(text.tokens.len() + 1);
        marks.resize(text.tokens.len() + 1, 0);
        self.forget();
        let (mut end, mut marked, mut key) = (0, 0, u32::MAX);
        for (chunk, tokens) in text.tokens.chunks(CHUNK).enumerate() {
            let first = chunk * CHUNK;
            words.extend(tokens.iter().map(|token| {
                let known = &mut self.forms[token.form as usize];
                if known.count == 0 {
                    self.met.push(token.form);
                }
                known.count += 1;
                known.word
            }));
            for (at, (word, token)) in (first..).zip(words[first..].iter_mut().zip(tokens)) {
                word.gap = gap(&text.content, end..token.start as usize);
                end = token.end as usize;
                if word.gap & ASIDE != 0 {
                    asides.push(at);
                }
                marks[marked] = at as u32;
                marked += usize::from((word.gap & BOUND != 0) | word.is(MARKED) | (word.key == key));
                key = word.key;
            }
        }
        marks.truncate(marked);
    }

    /// Starts to count anew.
    fn forget(&mut self) {
        for form in self.met.drain(..) {
            self.forms[form as usize].count = 0;
        }
    }

    /// The forms of the text at hand: their keys, and how often each occurs.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u32)> {
        self.met.iter().map(|form| &self.forms[*form as usize]).map(|known| (known.word.key, known.count))
    }
}

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub words: Vec<Word>,
    /// The places of those that rules start from: that are [`MARKED`], repeat the one before, or have a mark before them.
    pub marks: Vec<u32>,
    /// The places of those that [`ASIDE`] stands before.
    pub asides: Vec<usize>,
}

/// Words that are looked up one after another, before what stands between them is looked at: the branches there would
/// make the processor wait for each.
const CHUNK: usize = 64;

/// Words that figures start from.
const MARKED: Traits = FRAME | NEGATION | JOINER;

/// Cuts the prose of a text into units and runs of units: in one paragraph or block quotation, in one
/// voice, and, where that is quoted, between one pair of marks.
pub(super) fn runs(text: &Text, units: &mut Vec<Unit>, runs: &mut Vec<Run>) {
    units.clear();
    runs.clear();
    let mut segments = text.segments.iter().filter(|segment| segment.kind.voice() == Voice::Quoted);
    let mut segment = segments.next();
    // Block and, for quoted words, the start of the segment.
    let mut place = (usize::MAX, 0);
    for (index, sentence) in text.sentences.iter().enumerate() {
        let kind = text.blocks[sentence.block].kind;
        if !matches!(kind, BlockKind::Paragraph | BlockKind::BlockQuotation) {
            continue;
        }
        let mut start = sentence.tokens.start;
        while start < sentence.tokens.end {
            // Most sentences are between quotations or inside one: their words need not be looked at.
            let at = match segment {
                Some(segment) if segment.range.start < sentence.range.end => {
                    if segment.range.start <= sentence.range.start && segment.range.end >= sentence.range.end
                    {
                        segment.range.start
                    } else {
                        text.tokens[start].start as usize
                    }
                }
                _ => sentence.range.start,
            };
            while segment.is_some_and(|segment| segment.range.end <= at) {
                segment = segments.next();
            }
            let inside = segment.filter(|segment| segment.range.start <= at);
            // Words up to this byte are in the same voice and segment.
            let bound = match (inside, segment) {
                (Some(inside), _) => inside.range.end,
                (None, Some(next)) => next.range.start,
                (None, None) => usize::MAX,
            };
            let tokens = &text.tokens[start..sentence.tokens.end];
            let end = if bound >= sentence.range.end {
                sentence.tokens.end
            } else {
                start + tokens.iter().take_while(|token| (token.start as usize) < bound).count().max(1)
            };
            // The author's words between two quotations are a stretch of their own: they follow the end of the
            // last one.
            let voice = if inside.is_some() { Voice::Quoted } else { Voice::Author };
            let here = (sentence.block, bound);
            if here == place && runs.last().is_some_and(|run: &Run| run.voice == voice) {
                if let Some(run) = runs.last_mut() {
                    run.units.end = units.len() + 1;
                }
            } else {
                runs.push(Run { units: units.len()..units.len() + 1, voice });
                place = here;
            }
            units.push(Unit { start, end, sentence: index });
            start = end;
        }
    }
}

/// Cuts the units of a run into members, at marks and between units.
pub(super) fn members(words: &[Word], units: &[Unit], mut marks: Places<'_>, members: &mut Vec<Member>) {
    members.clear();
    for (unit, &Unit { start, end, .. }) in units.iter().enumerate() {
        let mut from = start;
        for at in marks.take(start..end).iter().filter(|at| *at > start && words[*at].gap & BOUND != 0) {
            members.push(Member { start: from, end: at, unit });
            from = at;
        }
        members.push(Member { start: from, end, unit });
    }
}
