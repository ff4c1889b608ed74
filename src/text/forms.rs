//! Surface forms as numbers: each worker's table of the distinct words it has met.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

#[cfg(target_arch = "x86_64")]
use super::vector::prefetch;

/// Number of a surface form in the [`Forms`] it came from.
pub type FormId = u32;

/// Bytes of a form that fit into an inline key. Words hold no NUL, so zero padding is unambiguous.
const INLINE: usize = 16;

/// Words that are looked up together.
const TOGETHER: usize = 16;

/// Slots of an empty table.
const SLOTS: usize = 1 << 14;

/// A place in the table: a short form and its number side by side, so that one look at memory finds both.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The key of a short form, low half first; 0 where the slot is empty.
    key: [u64; 2],
    number: FormId,
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

/// An interner of surface forms: `Liberty`, `liberty` and `LIBERTY` are three.
///
/// Forms of up to 16 bytes are found by one comparison of an inline key; no allocation happens for a
/// form already known. A form's number depends on the order of meeting, so numbers never leave the
/// worker: they are folded into keys first.
#[derive(Debug)]
pub struct Forms {
    /// Open addressing; at least half of the slots are empty, and their number is a power of two.
    slots: Vec<Slot>,
    short: usize,
    long: HashTable<FormId>,
    text: String,
    ends: Vec<usize>,
    seed: [u64; 2],
}

impl Default for Forms {
    fn default() -> Self {
        Self::new()
    }
}

impl Forms {
    /// An empty table.
    pub fn new() -> Self {
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
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start..self.ends[id]]
    }

    /// The number of `text[start..end]`, new if it has not been met.
    #[inline]
    pub fn intern(&mut self, text: &str, start: usize, end: usize) -> FormId {
        let key = key(text.as_bytes(), start, end);
        self.find(key, self.hash(key), text, [start, end])
    }

    /// Calls `met` with the number of each of `words`, starts and ends in `text`, as [`Forms::intern`] does
    /// one by one.
    #[inline(always)]
    pub fn intern_each(&mut self, text: &str, words: &[[usize; 2]], mut met: impl FnMut(FormId)) {
        for words in words.chunks(TOGETHER) {
            // The table is larger than the nearest caches, so some words are asked for before they are needed.
            let mut sought = [([0; 2], 0); TOGETHER];
            for (&[start, end], sought) in words.iter().zip(&mut sought) {
                let key = key(text.as_bytes(), start, end);
                let hash = self.hash(key);
                prefetch(&self.slots, hash & (self.slots.len() - 1));
                *sought = (key, hash);
            }
            for (word, &(key, hash)) in words.iter().zip(&sought) {
                met(self.find(key, hash, text, *word));
            }
        }
    }

    /// The number of a form with this key, and this hash of it.
    #[inline(always)]
    fn find(&mut self, key: [u64; 2], hash: usize, text: &str, [start, end]: [usize; 2]) -> FormId {
        if key == [0; 2] {
            return self.intern_long(text, start, end);
        }
        let last = self.slots.len() - 1;
        let mut place = hash & last;
        loop {
            let slot = &self.slots[place];
            if slot.key == key {
                return slot.number;
            }
            if slot.key == [0; 2] {
                return self.add(key, place, &text[start..end]);
            }
            place = (place + 1) & last;
        }
    }

    /// Adds a form with an inline key, whose place is free.
    #[cold]
    #[inline(never)]
    fn add(&mut self, key: [u64; 2], place: usize, form: &str) -> FormId {
        let number = self.push(form);
        self.slots[place] = Slot { key, number };
        self.short += 1;
        if self.short * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    #[inline(always)]
    fn hash(&self, key: [u64; 2]) -> usize {
        let product = u128::from(key[0] ^ self.seed[0]) * u128::from(key[1] ^ self.seed[1]);
        (product as u64 ^ (product >> 64) as u64) as usize
    }

    #[cold]
    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in slots.into_iter().filter(|slot| slot.key != [0; 2]) {
            let mut place = self.hash(slot.key) & (size - 1);
            while self.slots[place].key != [0; 2] {
                place = (place + 1) & (size - 1);
            }
            self.slots[place] = slot;
        }
    }

    #[inline(never)]
    fn intern_long(&mut self, text: &str, start: usize, end: usize) -> FormId {
        let form = &text[start..end];
        let seed = self.seed[0];
        let hash = |form: &str| foldhash::fast::FixedState::with_seed(seed).hash_one(form);
        if let Some(id) = self.long.find(hash(form), |id| self.form(*id) == form) {
            return *id;
        }
        let id = self.push(form);
        let mut long = std::mem::take(&mut self.long);
        long.insert_unique(hash(form), id, |id| hash(self.form(*id)));
        self.long = long;
        id
    }

    fn push(&mut self, form: &str) -> FormId {
        let id = self.ends.len() as FormId;
        self.text.push_str(form);
        self.ends.push(self.text.len());
        id
    }
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
