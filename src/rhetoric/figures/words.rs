//! The words of a text as numbers, with what stands before each, and the stretches that figures live in.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::lists::{CAPITAL, DETERMINER, ED, ING, LY, Lists, NUMBER, STOP, Traits};
use crate::text::{BlockKind, Forms, Text, Voice, fold};

/// What stands between a word and the one before it, as bits.
pub(super) type Gap = u16;

pub(super) const COMMA: Gap = 1;
pub(super) const SEMICOLON: Gap = 1 << 1;
pub(super) const COLON: Gap = 1 << 2;
/// `?`, `!`, `…`: inside a sentence a full stop belongs to an abbreviation.
pub(super) const BREAK: Gap = 1 << 3;
/// An em dash, `--`, or a spaced en dash or hyphen.
pub(super) const DASH: Gap = 1 << 4;
/// An opening or a closing bracket.
pub(super) const BRACKET: Gap = 1 << 5;
/// A quotation mark or another sign.
pub(super) const SIGN: Gap = 1 << 6;
/// A line end.
pub(super) const LINE_END: Gap = 1 << 7;
/// No white space: the two are parts of a compound.
pub(super) const GLUED: Gap = 1 << 8;
/// A bracket, or a hyphen or dash of any kind, unless the gap is nothing but a hyphen: where parentheses are looked for.
pub(super) const ASIDE: Gap = 1 << 9;
/// Bounds a member of a sentence.
pub(super) const BOUND: Gap = COMMA | SEMICOLON | COLON | BREAK | DASH | BRACKET;

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
        name(&self.text, &self.ends, number)
    }

    fn intern(&mut self, word: &str) -> u32 {
        // The table looks at the bits at either end.
        let spread = |half: u32| u64::from(half) << 32 | u64::from(half);
        let Self { numbers, text, ends } = self;
        let half = FixedState::default().hash_one(word) as u32;
        let same = |known: &(u32, u32)| known.0 == half && name(text, ends, known.1) == word;
        match numbers.entry(spread(half), same, |known| spread(known.0)) {
            Entry::Occupied(known) => known.get().1,
            Entry::Vacant(place) => {
                let next = ends.len() as u32;
                place.insert((half, next));
                text.push_str(word);
                ends.push(text.len());
                next
            }
        }
    }
}

fn name<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &text[start..ends[number]]
}

/// What is known of a key.
#[derive(Clone, Copy, Debug)]
struct Key {
    lemma: u32,
    root: u32,
    traits: Traits,
}

/// A worker's knowledge of the forms it has met: what they are is looked up once for each form, key and lemma.
#[derive(Debug)]
pub(super) struct Knowledge {
    forms: Vec<Word>,
    keys: Names,
    by_key: Vec<Key>,
    lemmas: Names,
    /// By lemma: the number of its root.
    by_lemma: Vec<u32>,
    roots: Names,
}

impl Knowledge {
    /// Knows no form yet, and the words that rules ask for.
    pub fn new(lists: &Lists) -> Self {
        let mut known = Self {
            forms: Vec::new(),
            keys: Names::default(),
            by_key: Vec::new(),
            lemmas: Names::default(),
            by_lemma: Vec::new(),
            roots: Names::default(),
        };
        for word in NAMED {
            known.learn_key(word, lists);
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
            self.forms.push(Word { key, root, traits, gap: 0, class: class(traits) });
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

    /// The words of a text, and the places among them of those that [`ASIDE`] stands before.
    pub fn words(&self, text: &Text, words: &mut Vec<Word>, asides: &mut Vec<usize>) {
        words.clear();
        asides.clear();
        words.reserve(text.tokens.len());
        let bytes = text.content.as_bytes();
        let mut end = 0;
        words.extend(text.tokens.iter().enumerate().map(|(at, token)| {
            let start = token.start as usize;
            let gap = if start == end + 1 && bytes[end] == b' ' { 0 } else { gap(&text.content, end..start) };
            end = token.end as usize;
            if gap & ASIDE != 0 {
                asides.push(at);
            }
            Word { gap, ..self.forms[token.form as usize] }
        }));
    }
}

/// What a stretch between two words holds.
fn gap(content: &str, range: Range<usize>) -> Gap {
    let text = content.get(range).unwrap_or_default();
    match text.as_bytes() {
        b"" => return GLUED,
        b", " => return COMMA,
        b". " => return SIGN,
        b"\n" | b"\r\n" => return LINE_END,
        b"-" => return SIGN | GLUED,
        b",\n" | b",\r\n" => return COMMA | LINE_END,
        b".\n" | b".\r\n" => return SIGN | LINE_END,
        _ => {}
    }
    let (mut gap, mut spaced) = (0, false);
    let mut before = 'x';
    for c in text.chars() {
        gap |= match c {
            '—' | '―' | '–' | '-' | '(' | '[' | '{' | ')' | ']' | '}' | '（' | '）' => ASIDE,
            _ => 0,
        };
        gap |= match c {
            ',' | '，' | '、' | '،' => COMMA,
            ';' | '；' | '؛' => SEMICOLON,
            ':' | '：' => COLON,
            '.' if before == '.' => BREAK,
            '?' | '!' | '…' | '？' | '！' | '؟' => BREAK,
            '—' | '―' | '⸺' => DASH,
            '-' if before == '-' => DASH,
            '–' | '-' if before.is_whitespace() && text.ends_with(char::is_whitespace) => DASH,
            '(' | '[' | '{' | ')' | ']' | '}' | '（' | '）' => BRACKET,
            '\n' | '\r' => LINE_END,
            c if c.is_whitespace() => 0,
            _ => SIGN,
        };
        spaced |= c.is_whitespace();
        before = c;
    }
    if !spaced && gap & BOUND == 0 { gap | GLUED } else { gap }
}

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
            let at = text.tokens[start].start as usize;
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
pub(super) fn members(words: &[Word], units: &[Unit], members: &mut Vec<Member>) {
    members.clear();
    for (unit, &Unit { start, end, .. }) in units.iter().enumerate() {
        let mut from = start;
        for (at, word) in words[start..end].iter().enumerate().skip(1) {
            if word.gap & BOUND != 0 {
                members.push(Member { start: from, end: start + at, unit });
                from = start + at;
            }
        }
        members.push(Member { start: from, end, unit });
    }
}
