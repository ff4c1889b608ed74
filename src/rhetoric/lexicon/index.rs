//! What the matcher looks up of a lexicon: its opening words as a tree, its sets of words as bits.

use std::ops::Range;

use hashbrown::HashMap;

use super::format::{Case, Code, Entry, Head, NO_WORD, Number, Phrase, Position, Side, Slot, WordSet};

/// Number of a set of words among the different sets of a lexicon.
pub(in crate::rhetoric) type SetId = u32;

/// The opening words of a lexicon's phrases and its sets of words.
#[derive(Debug, Default)]
pub(in crate::rhetoric) struct Index {
    nodes: Vec<Node>,
    /// The node that follows another by a word.
    next: HashMap<(NodeId, Code), NodeId, foldhash::fast::FixedState>,
    /// The codes of words that stand second or later among opening words, in order.
    later: Vec<Code>,
    /// By entry.
    pub conditions: Vec<Conditions>,
    phrases: Vec<PhraseIndex>,
    /// The slots of all phrases, and their entries.
    slots: Vec<SlotSet>,
    entries: Vec<u32>,
    /// Words for numbers.
    pub numbers: SetId,
    /// By code, `width` numbers each: which sets hold the word.
    members: Vec<u64>,
    width: usize,
}

/// Place of a node. That of the root stands for none: no word leads there.
pub(in crate::rhetoric) type NodeId = u32;

/// Words that phrases open with.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The phrases whose opening words these are, the first and the one after the last.
    phrases: (u32, u32),
    /// Which codes may follow: a bit for each by its last six.
    may: u64,
}

/// Where the slots and the entries of a phrase begin; they end where those of the next phrase begin.
#[derive(Clone, Copy, Debug, Default)]
struct PhraseIndex {
    slots: u32,
    entries: u32,
}

/// What an entry asks for, close together, its sets of words by their numbers.
#[derive(Clone, Debug, Default)]
pub(in crate::rhetoric) struct Conditions {
    /// It is switched off.
    pub off: bool,
    /// It asks for nothing.
    pub none: bool,
    pub case: Case,
    pub position: Position,
    pub comma: Option<Side>,
    pub quotation: Option<Side>,
    pub number: Option<Number>,
    pub before: Option<SetId>,
    pub not_before: Option<SetId>,
    pub after: Option<SetId>,
    pub not_after: Option<SetId>,
    pub except: Option<SetId>,
}

/// A slot of a phrase.
#[derive(Clone, Copy, Debug)]
pub(in crate::rhetoric) enum SlotSet {
    /// One word of a set.
    Word(SetId),
    /// One to so many words, whatever they are.
    Open(u8),
}

impl Index {
    /// The index of the parts of a lexicon. `heads` are in order of their words.
    pub fn of(heads: &[Head], phrases: &[Phrase], entries: &[Entry], numbers: &WordSet) -> Self {
        let mut sets: HashMap<&WordSet, SetId, foldhash::fast::FixedState> = HashMap::default();
        let mut number = |set| {
            let next = sets.len() as SetId;
            *sets.entry(set).or_insert(next)
        };
        let numbers = number(numbers);
        let conditions = entries.iter().map(|entry| Conditions {
            off: entry.off,
            none: asks_for_nothing(entry),
            case: entry.case,
            position: entry.position,
            comma: entry.comma,
            quotation: entry.quotation,
            number: entry.number,
            before: entry.before.as_ref().map(&mut number),
            not_before: entry.not_before.as_ref().map(&mut number),
            after: entry.after.as_ref().map(&mut number),
            not_after: entry.not_after.as_ref().map(&mut number),
            except: entry.except.as_ref().map(&mut number),
        });
        let conditions = conditions.collect();
        let (mut slots, mut tried) = (Vec::new(), Vec::new());
        let mut places = vec![PhraseIndex::default()];
        for phrase in phrases {
            slots.extend(phrase.slots.iter().map(|slot| match slot {
                Slot::Word(set) => SlotSet::Word(number(set)),
                Slot::Open(most) => SlotSet::Open(*most),
            }));
            tried.extend_from_slice(&phrase.entries);
            places.push(PhraseIndex { slots: slots.len() as u32, entries: tried.len() as u32 });
        }
        let width = sets.len().div_ceil(64);
        let last = sets.keys().filter_map(|set| set.last()).max().copied().unwrap_or(NO_WORD);
        let mut members = vec![0; (last as usize + 1) * width];
        for (set, id) in &sets {
            for code in *set {
                members[*code as usize * width + *id as usize / 64] |= 1 << (id % 64);
            }
        }
        let mut later: Vec<Code> = heads.iter().flat_map(|head| &head.words[1..]).copied().collect();
        later.sort_unstable();
        later.dedup();
        let mut index = Self {
            later,
            nodes: vec![Node::default()],
            next: HashMap::default(),
            conditions,
            phrases: places,
            slots,
            entries: tried,
            numbers,
            members,
            width,
        };
        index.grow(0, heads, 0);
        index
    }

    /// Adds what follows a node: these heads share its words, of which there are `length`.
    fn grow(&mut self, node: NodeId, heads: &[Head], length: usize) {
        let (own, longer) = match heads.split_first() {
            Some((own, longer)) if own.words.len() == length => (own.phrases, longer),
            _ => ((0, 0), heads),
        };
        let mut may = 0;
        for group in longer.chunk_by(|one, other| one.words[length] == other.words[length]) {
            let (code, next) = (group[0].words[length], self.nodes.len() as NodeId);
            may |= bit(code);
            self.next.insert((node, code), next);
            self.nodes.push(Node::default());
            self.grow(next, group, length + 1);
        }
        self.nodes[node as usize] = Node { phrases: own, may };
    }

    /// The node of phrases that open with a word; none is 0.
    pub fn opening(&self, code: Code) -> NodeId {
        self.following(0, code).unwrap_or(0)
    }

    /// Whether any opening words go on with a word.
    pub fn goes_on(&self, code: Code) -> bool {
        self.later.binary_search(&code).is_ok()
    }

    /// The node of the words of a node and one more.
    #[inline(always)]
    pub fn following(&self, node: NodeId, code: Code) -> Option<NodeId> {
        self.nodes.get(node as usize).filter(|node| node.may & bit(code) != 0)?;
        self.next.get(&(node, code)).copied()
    }

    /// The phrases whose opening words are those of a node.
    #[inline(always)]
    pub fn phrases(&self, node: NodeId) -> Range<u32> {
        let (first, end) = self.nodes[node as usize].phrases;
        first..end
    }

    /// The slots of a phrase.
    #[inline(always)]
    pub fn slots(&self, phrase: u32) -> &[SlotSet] {
        let phrase = phrase as usize;
        &self.slots[self.phrases[phrase].slots as usize..self.phrases[phrase + 1].slots as usize]
    }

    /// The entries of a phrase that are not off, in the order in which they are tried.
    #[inline(always)]
    pub fn entries(&self, phrase: u32) -> impl Iterator<Item = u32> {
        let phrase = phrase as usize;
        let range = self.phrases[phrase].entries as usize..self.phrases[phrase + 1].entries as usize;
        self.entries[range].iter().copied().filter(|id| !self.conditions[*id as usize].off)
    }

    /// Takes over which entries are off.
    pub fn switch(&mut self, entries: &[Entry]) {
        for (conditions, entry) in self.conditions.iter_mut().zip(entries) {
            conditions.off = entry.off;
        }
    }

    /// Whether a set holds a word.
    #[inline(always)]
    pub fn holds(&self, set: SetId, code: Code) -> bool {
        let place = code as usize * self.width + set as usize / 64;
        self.members.get(place).is_some_and(|members| members >> (set % 64) & 1 == 1)
    }
}

fn bit(code: Code) -> u64 {
    1 << (code as u32 % 64)
}

/// Whether an entry has no constraint: its phrases are markers wherever they stand.
fn asks_for_nothing(entry: &Entry) -> bool {
    let sets = [&entry.before, &entry.not_before, &entry.after, &entry.not_after, &entry.except];
    sets.iter().all(|set| set.is_none())
        && (entry.case, entry.position) == (Case::Any, Position::Anywhere)
        && entry.comma.is_none()
        && entry.quotation.is_none()
        && entry.number.is_none()
}
