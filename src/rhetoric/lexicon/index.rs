//! What the matcher looks up of a lexicon: its opening words as a tree, its sets of words as bits.

use hashbrown::HashMap;

use super::format::{Code, Entry, Head, NO_WORD, Phrase, Slot, WordSet};

/// Number of a set of words among the different sets of a lexicon.
pub(in crate::rhetoric) type SetId = u32;

/// The opening words of a lexicon's phrases and its sets of words.
#[derive(Debug, Default)]
pub(in crate::rhetoric) struct Index {
    nodes: Vec<Node>,
    /// The nodes that follow others, those that follow one side by side in order of their codes.
    next: Vec<(Code, NodeId)>,
    /// The codes of words that stand second or later among opening words, in order.
    later: Vec<Code>,
    /// By entry.
    pub conditions: Vec<Conditions>,
    /// By phrase.
    pub slots: Vec<Vec<SlotSet>>,
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
    /// Place of the head that these words are.
    head: Option<u32>,
    /// Range of the nodes that follow.
    next: [u32; 2],
    /// Which codes may follow: a bit for each by its last six.
    may: u64,
}

/// The sets of words that an entry asks for.
#[derive(Clone, Debug, Default)]
pub(in crate::rhetoric) struct Conditions {
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
            before: entry.before.as_ref().map(&mut number),
            not_before: entry.not_before.as_ref().map(&mut number),
            after: entry.after.as_ref().map(&mut number),
            not_after: entry.not_after.as_ref().map(&mut number),
            except: entry.except.as_ref().map(&mut number),
        });
        let conditions = conditions.collect();
        let slots = phrases.iter().map(|phrase| {
            let slots = phrase.slots.iter().map(|slot| match slot {
                Slot::Word(set) => SlotSet::Word(number(set)),
                Slot::Open(most) => SlotSet::Open(*most),
            });
            slots.collect()
        });
        let slots = slots.collect();
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
            next: Vec::new(),
            conditions,
            slots,
            numbers,
            members,
            width,
        };
        index.grow(0, heads, 0, 0);
        index
    }

    /// Adds what follows a node: these heads share its words, of which there are `length`; the first of them has the
    /// place `first`.
    fn grow(&mut self, node: NodeId, heads: &[Head], first: u32, length: usize) {
        let (own, longer) = match heads.split_first() {
            Some((own, longer)) if own.words.len() == length => (Some(first), longer),
            _ => (None, heads),
        };
        let mut at = first + u32::from(own.is_some());
        let start = self.next.len();
        let groups = longer.chunk_by(|one, other| one.words[length] == other.words[length]);
        let groups: Vec<&[Head]> = groups.collect();
        for group in &groups {
            self.next.push((group[0].words[length], self.nodes.len() as NodeId));
            self.nodes.push(Node::default());
        }
        let end = self.next.len();
        let may = self.next[start..end].iter().fold(0, |may, (code, _)| may | bit(*code));
        self.nodes[node as usize] = Node { head: own, next: [start as u32, end as u32], may };
        for (place, group) in (start..end).zip(groups) {
            self.grow(self.next[place].1, group, at, length + 1);
            at += group.len() as u32;
        }
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
        let node = self.nodes.get(node as usize).filter(|node| node.may & bit(code) != 0)?;
        let next = &self.next[node.next[0] as usize..node.next[1] as usize];
        next.binary_search_by_key(&code, |(code, _)| *code).ok().map(|place| next[place].1)
    }

    /// The place of the head that the words of a node are, if they are one.
    pub fn head(&self, node: NodeId) -> Option<u32> {
        self.nodes[node as usize].head
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
