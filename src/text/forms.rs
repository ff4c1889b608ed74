//! Surface forms as numbers: each worker's table of the distinct words it has met.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

#[cfg(target_arch = "x86_64")]
use super::vector::prefetch;

/// Number of a surface form in the [`Forms`] it came from.
pub type FormId = u32;

/// Bytes of a form that fit into an inline key. Words hold no NUL, so zero padding is unambiguous.
const INLINE: usize = 16;

/// Words that are looked up together: enough for the first to be near when the last has been asked for.
const TOGETHER: usize = 64;

/// Slots of an empty table.
const SLOTS: usize = 1 << 12;

/// Slots of a table that no longer grows fast.
const LARGE: usize = 1 << 16;

/// A place in the table: a short form and what belongs to it side by side, so that one look at memory finds all.
#[derive(Clone, Copy, Debug, Default)]
struct Slot<V> {
    /// The key of a short form, low half first; 0 where the slot is empty.
    key: [u64; 2],
    number: FormId,
    value: V,
}

/// By length: the bytes of a key that belong to the form.
static MASKS: [u128; INLINE + 1] = {
    let mut masks = [0; INLINE + 1];
    let mut length = 1;
    while length <= INLINE {
        masks[length] = u128::MAX >> (8 * (INLINE - length));
        length += 1;
    }
    masks
};

/// An interner of surface forms: `Liberty`, `liberty` and `LIBERTY` are three. Beside each a value can be kept.
///
/// Forms of up to 16 bytes are found by one comparison of an inline key; no allocation happens for a
/// form already known. A form's number depends on the order of meeting, so numbers never leave the
/// worker: they are folded into keys first.
#[derive(Debug)]
pub struct Forms<V = ()> {
    /// Open addressing; at least half of the slots are empty, in a large table a quarter, and their number is a power of
    /// two.
    slots: Vec<Slot<V>>,
    short: usize,
    long: HashTable<(FormId, V)>,
    text: String,
    ends: Vec<usize>,
    seed: [u64; 2],
}

impl Forms {
    /// An empty table of forms alone.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<V: Copy + Default> Default for Forms<V> {
    fn default() -> Self {
        let seed = RandomState::new();
        Self {
            slots: vec![Slot::default(); SLOTS],
            short: 0,
            long: HashTable::new(),
            text: String::new(),
            ends: Vec::new(),
            seed: [seed.hash_one(1_u8) | 1, seed.hash_one(2_u8) | 1],
        }
    }
}

impl<V: Copy + Default> Forms<V> {
    /// Number of distinct forms.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no form has been met.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The form with this number, which must come from this table.
    pub fn form(&self, id: FormId) -> &str {
        stretch(&self.text, &self.ends, id)
    }

    /// The number of `text[start..end]`, new if it has not been met.
    #[inline]
    pub fn intern(&mut self, text: &str, start: usize, end: usize) -> FormId {
        let key = key(text.as_bytes(), start, end);
        self.find(key, self.hash(key), text, [start, end]).0
    }

    /// Calls `met` with the number and the value of each of `words`, starts and ends in `text`, whose numbers are
    /// those that [`Forms::intern`] gives one by one.
    #[inline(always)]
    pub fn intern_each(&mut self, text: &str, words: &[[usize; 2]], mut met: impl FnMut(FormId, &mut V)) {
        let mut sought = [([0; 2], 0); TOGETHER];
        for words in words.chunks(TOGETHER) {
            // The table is larger than the nearest caches, so some words are asked for before they are needed.
            for (&[start, end], sought) in words.iter().zip(&mut sought) {
                let key = key(text.as_bytes(), start, end);
                let hash = self.hash(key);
                prefetch(&self.slots, hash & (self.slots.len() - 1));
                *sought = (key, hash);
            }
            for (word, &(key, hash)) in words.iter().zip(&sought) {
                let (number, value) = self.find(key, hash, text, *word);
                met(number, value);
            }
        }
    }

    /// Every form and its value, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = (FormId, &mut V)> {
        let short = self.slots.iter_mut().filter(|slot| slot.key != [0; 2]);
        short
            .map(|slot| (slot.number, &mut slot.value))
            .chain(self.long.iter_mut().map(|(id, value)| (*id, value)))
    }

    /// The number and the value of a form with this key, and this hash of it.
    #[inline(always)]
    fn find(&mut self, key: [u64; 2], hash: usize, text: &str, [start, end]: [usize; 2]) -> (FormId, &mut V) {
        if key == [0; 2] {
            return self.intern_long(text, start, end);
        }
        let last = self.slots.len() - 1;
        let mut place = hash & last;
        while self.slots[place].key != key {
            if self.slots[place].key == [0; 2] {
                place = self.add(key, &text[start..end]);
                break;
            }
            place = (place + 1) & last;
        }
        let Slot { number, value, .. } = &mut self.slots[place];
        (*number, value)
    }

    /// Adds a form with an inline key, and gives its place.
    #[cold]
    #[inline(never)]
    fn add(&mut self, key: [u64; 2], form: &str) -> usize {
        self.short += 1;
        let slots = self.slots.len();
        if self.short > if slots < LARGE { slots / 2 } else { slots / 4 * 3 } {
            self.grow();
        }
        let number = append(&mut self.text, &mut self.ends, form);
        self.put(Slot { key, number, value: V::default() })
    }

    /// Puts a form that is not in the table into the first free place from its own on.
    fn put(&mut self, slot: Slot<V>) -> usize {
        let last = self.slots.len() - 1;
        let mut place = self.hash(slot.key) & last;
        while self.slots[place].key != [0; 2] {
            place = (place + 1) & last;
        }
        self.slots[place] = slot;
        place
    }

    #[inline(always)]
    fn hash(&self, key: [u64; 2]) -> usize {
        let product = u128::from(key[0] ^ self.seed[0]) * u128::from(key[1] ^ self.seed[1]);
        (product as u64 ^ (product >> 64) as u64) as usize
    }

    #[cold]
    fn grow(&mut self) {
        // A small table grows faster: putting all forms into it anew takes longer than leaving slots empty.
        let size = self.slots.len() * if self.slots.len() < LARGE { 4 } else { 2 };
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in slots.into_iter().filter(|slot| slot.key != [0; 2]) {
            self.put(slot);
        }
    }

    #[inline(never)]
    fn intern_long(&mut self, text: &str, start: usize, end: usize) -> (FormId, &mut V) {
        let Self { long, text: forms, ends, seed, .. } = self;
        let form = &text[start..end];
        let hash = |form: &str| foldhash::fast::FixedState::with_seed(seed[0]).hash_one(form);
        let same = |(id, _): &(FormId, V)| stretch(forms, ends, *id) == form;
        let entry = long.entry(hash(form), same, |(id, _)| hash(stretch(forms, ends, *id)));
        let (id, value) = match entry {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert((append(forms, ends, form), V::default())).into_mut(),
        };
        (*id, value)
    }
}

/// The form with a number, of forms one after another that end here.
pub(crate) fn stretch<'f>(forms: &'f str, ends: &[usize], id: FormId) -> &'f str {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] };
    &forms[start..ends[id]]
}

/// Adds a form, and gives its number.
pub(crate) fn append(forms: &mut String, ends: &mut Vec<usize>, form: &str) -> FormId {
    let id = ends.len() as FormId;
    forms.push_str(form);
    ends.push(forms.len());
    id
}

/// Only a hint, which is not given here.
#[cfg(not(target_arch = "x86_64"))]
fn prefetch<T>(_: &[T], _: usize) {}

/// The key of a form of 1 to [`INLINE`] bytes, 0 for any other.
#[inline(always)]
fn key(text: &[u8], start: usize, end: usize) -> [u64; 2] {
    let length = end.wrapping_sub(start);
    let (Some(mask), Some(ahead)) = (MASKS.get(length), text.get(start..)) else { return [0; 2] };
    let key = match ahead.first_chunk() {
        Some(window) => u128::from_le_bytes(*window) & mask,
        None => {
            let mut padded = [0; INLINE];
            padded[..length].copy_from_slice(&ahead[..length]);
            u128::from_le_bytes(padded)
        }
    };
    [key as u64, (key >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_a_plain_map(words in prop::collection::vec("[a-c\u{e9}]{1,20}", 0..300)) {
            let mut forms = Forms::new();
            let mut plain: HashMap<String, FormId> = HashMap::new();
            for word in &words {
                let next = plain.len() as FormId;
                let expected = *plain.entry(word.clone()).or_insert(next);
                prop_assert_eq!(forms.intern(word, 0, word.len()), expected);
                prop_assert_eq!(forms.form(expected), word.as_str());
            }
            prop_assert_eq!(forms.len(), plain.len());
        }

        #[test]
        fn values_stay_with_their_forms(words in prop::collection::vec("[a-c\u{e9}]{1,20}", 0..300)) {
            let mut forms = Forms::<u32>::default();
            let mut plain: HashMap<String, u32> = HashMap::new();
            for word in &words {
                *plain.entry(word.clone()).or_default() += 1;
                forms.intern_each(word, &[[0, word.len()]], |_, count| *count += 1);
            }
            let counts: Vec<(FormId, u32)> = forms.values_mut().map(|(id, count)| (id, *count)).collect();
            let found: HashMap<String, u32> =
                counts.into_iter().map(|(id, count)| (forms.form(id).to_owned(), count)).collect();
            prop_assert_eq!(found, plain);
        }
    }

    #[test]
    fn grows_past_its_first_size() {
        let mut forms = Forms::new();
        for number in 0..20_000_u32 {
            let word = format!("w{number}");
            assert_eq!(forms.intern(&word, 0, word.len()), number);
        }
        assert_eq!(forms.intern("see w777 here", 4, 8), 777);
    }
}
