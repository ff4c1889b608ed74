//! Surface forms as numbers: each worker's table of the distinct words it has met.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

/// Number of a surface form in the [`Forms`] it came from.
pub type FormId = u32;

/// Bytes of a form that fit into an inline key. Words hold no NUL, so zero padding is unambiguous.
const INLINE: usize = 16;

/// Slots of an empty table.
const SLOTS: usize = 1 << 14;

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
    /// Open addressing: the keys of short forms, and 0 where a slot is empty, apart from their numbers, so
    /// that many keys lie in the cache.
    keys: Vec<u128>,
    numbers: Vec<FormId>,
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
            keys: vec![0; SLOTS],
            numbers: vec![0; SLOTS],
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
    #[inline(always)]
    pub fn intern(&mut self, text: &str, start: usize, end: usize) -> FormId {
        let length = end.wrapping_sub(start);
        let Some(mask) = MASKS.get(length) else { return self.intern_long(text, start, end) };
        let bytes = text.as_bytes();
        let key = match bytes.get(start..start + INLINE).and_then(<[u8]>::first_chunk) {
            Some(window) => u128::from_le_bytes(*window) & mask,
            None => {
                let mut padded = [0; INLINE];
                padded[..length].copy_from_slice(&bytes[start..end]);
                u128::from_le_bytes(padded)
            }
        };
        let mask = self.keys.len() - 1;
        let mut place = self.hash(key) & mask;
        loop {
            match self.keys[place] {
                // The empty form has the key of an empty slot.
                0 => return self.add(key, place, &text[start..end]),
                found if found == key => return self.numbers[place],
                _ => place = (place + 1) & mask,
            }
        }
    }

    /// Adds a form with an inline key, whose place is free.
    #[cold]
    fn add(&mut self, key: u128, place: usize, form: &str) -> FormId {
        if form.is_empty() {
            return self.intern_long(form, 0, 0);
        }
        let id = self.push(form);
        self.keys[place] = key;
        self.numbers[place] = id;
        self.short += 1;
        if self.short * 2 > self.keys.len() {
            self.grow();
        }
        id
    }

    fn hash(&self, key: u128) -> usize {
        let low = key as u64 ^ self.seed[0];
        let high = (key >> 64) as u64 ^ self.seed[1];
        let product = u128::from(low) * u128::from(high);
        (product as u64 ^ (product >> 64) as u64) as usize
    }

    #[cold]
    fn grow(&mut self) {
        let size = self.keys.len() * 2;
        let keys = std::mem::replace(&mut self.keys, vec![0; size]);
        let numbers = std::mem::replace(&mut self.numbers, vec![0; size]);
        for (key, number) in keys.into_iter().zip(numbers).filter(|(key, _)| *key != 0) {
            let mut place = self.hash(key) & (size - 1);
            while self.keys[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.keys[place] = key;
            self.numbers[place] = number;
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
