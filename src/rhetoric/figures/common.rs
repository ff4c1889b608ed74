//! The commonest words of a text, which no figure takes up.

use super::words::Knowledge;
use crate::text::{FormId, Token};

/// The keys that occur about as often as those of the commonest hundredth, or more often.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// A bit for each key.
    common: Vec<u64>,
    /// By key: occurrences in the text at hand.
    counts: Vec<u32>,
    /// The different keys of that text.
    met: Vec<u32>,
    /// By form: occurrences in the text that is being counted.
    forms: Vec<u32>,
    /// The different forms of that text.
    met_forms: Vec<FormId>,
}

impl Common {
    /// Finds the commonest words of a text. Every form of it is known.
    pub fn count(&mut self, tokens: &[Token], known: &Knowledge) {
        for key in self.met.drain(..) {
            self.counts[key as usize] = 0;
            self.common[key as usize / 64] = 0;
        }
        self.counts.resize(known.names(), 0);
        self.common.resize(known.names().div_ceil(64), 0);
        self.forms.resize(known.forms(), 0);
        for token in tokens {
            let count = &mut self.forms[token.form as usize];
            if *count == 0 {
                self.met_forms.push(token.form);
            }
            *count += 1;
        }
        for form in self.met_forms.drain(..) {
            let key = known.word(form).key;
            let count = &mut self.counts[key as usize];
            if *count == 0 {
                self.met.push(key);
            }
            *count += std::mem::take(&mut self.forms[form as usize]);
        }
        let Some(place) = (self.met.len() / 100).checked_sub(1) else { return };
        let mut counts: Vec<u32> = self.met.iter().map(|key| self.counts[*key as usize]).collect();
        let (_, last, _) = counts.select_nth_unstable_by(place, |a, b| b.cmp(a));
        // Words as frequent as the last of them are not all dropped.
        let most = *last - u32::from(*last > 1);
        for key in self.met.iter().filter(|key| self.counts[**key as usize] > most) {
            self.common[*key as usize / 64] |= 1 << (key % 64);
        }
    }

    /// Whether a key is one of them.
    pub fn holds(&self, key: u32) -> bool {
        self.common[key as usize / 64] >> (key % 64) & 1 == 1
    }
}
