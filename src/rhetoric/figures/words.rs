//! Words as numbers, and what is known of them.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::hash_table::Entry;
use hashbrown::{HashSet, HashTable};

use super::gaps::Gap;
use super::lists::{CAPITAL, DETERMINER, ED, ING, LY, Lists, NUMBER, STOP, Traits};
use crate::text::{FormId, Forms, append, fold, stretch};

/// A word of a paragraph.
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

/// What is known of a name.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// As a key: its lemma and what it is.
    lemma: u32,
    traits: Traits,
    /// As a lemma: its root.
    root: u32,
}

/// What is to be looked up yet: fewer names than that fit into a text.
const UNKNOWN: u32 = u32::MAX;

/// A worker's knowledge of the forms it has met: what they are is looked up once for each form, key and lemma. Keys,
/// lemmas and roots are names in one table: most keys are their own lemma, most lemmas their own root.
#[derive(Debug)]
pub(super) struct Knowledge {
    forms: Vec<Word>,
    names: Names,
    by_name: Vec<Known>,
    /// Pairs of keys, the lesser one first.
    opposites: HashSet<[u32; 2], FixedState>,
}

impl Knowledge {
    /// Knows no form yet, and the words that rules ask for.
    pub fn new(lists: &Lists) -> Self {
        let mut known = Self {
            forms: Vec::new(),
            names: Names::default(),
            by_name: Vec::new(),
            opposites: HashSet::default(),
        };
        for word in NAMED {
            known.name_of(word);
        }
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
            let Known { lemma, mut traits, .. } = self.by_name[key as usize];
            let root = self.by_name[lemma as usize].root;
            if form.chars().next().is_some_and(char::is_uppercase) {
                traits |= CAPITAL;
            }
            self.forms.push(Word { key, root, traits, gap: 0, class: class(traits) });
        }
    }

    /// The number of a key.
    fn learn_key(&mut self, word: &str, lists: &Lists) -> u32 {
        let key = self.name_of(word);
        if self.by_name[key as usize].lemma == UNKNOWN {
            let name = lists.lemma(word);
            let lemma = if name == word { key } else { self.name_of(&name) };
            if self.by_name[lemma as usize].root == UNKNOWN {
                let root = lists.root(&name);
                self.by_name[lemma as usize].root = if root == name { lemma } else { self.name_of(root) };
            }
            let known = &mut self.by_name[key as usize];
            (known.lemma, known.traits) = (lemma, lists.traits(word));
        }
        key
    }

    /// The number of a name.
    fn name_of(&mut self, word: &str) -> u32 {
        let name = self.names.intern(word);
        if name as usize == self.by_name.len() {
            self.by_name.push(Known { lemma: UNKNOWN, traits: 0, root: UNKNOWN });
        }
        name
    }

    /// The number of the lemma of a key.
    pub fn lemma(&self, key: u32) -> u32 {
        self.by_name[key as usize].lemma
    }

    /// Whether two keys are those of opposites.
    pub fn are_opposed(&self, one: u32, other: u32) -> bool {
        self.opposites.contains(&[one.min(other), one.max(other)])
    }

    /// The text of a key.
    pub fn name(&self, key: u32) -> &str {
        self.names.name(key)
    }

    /// Number of forms.
    pub fn forms(&self) -> usize {
        self.forms.len()
    }

    /// Number of names: of keys, lemmas and roots.
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// The word of a form, whatever stands before it.
    #[inline(always)]
    pub fn word(&self, form: FormId) -> Word {
        self.forms[form as usize]
    }
}
