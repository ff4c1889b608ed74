//! Where the bytes of a set stand in a text, found 64 at a time.

#[cfg(target_arch = "x86_64")]
use super::vector::{self, Nibbles};

/// Bytes of a window: as many as a mask has bits.
const WINDOW: usize = 64;
/// Windows that are looked at in one go.
pub(super) const WINDOWS: usize = 8;
/// Bytes of them.
const SPAN: usize = WINDOWS * WINDOW;

/// A set of bytes: at most eight rectangles of first and second hexadecimal digits.
pub(super) struct ByteSet {
    members: [bool; 256],
    #[cfg(target_arch = "x86_64")]
    nibbles: Nibbles,
}

impl ByteSet {
    /// The set of all bytes that begin with one of the first and end in one of the second digits of a rectangle.
    pub(super) const fn new(rectangles: &[(&[u8], &[u8])]) -> Self {
        let mut members = [false; 256];
        #[cfg(target_arch = "x86_64")]
        let mut nibbles = Nibbles::new(&[]);
        let mut set = 0;
        while set < rectangles.len() {
            let (high, low) = rectangles[set];
            #[cfg(target_arch = "x86_64")]
            nibbles.add(1 << set, high, low);
            let mut first = 0;
            while first < high.len() {
                let mut second = 0;
                while second < low.len() {
                    members[(high[first] << 4 | low[second]) as usize] = true;
                    second += 1;
                }
                first += 1;
            }
            set += 1;
        }
        Self {
            members,
            #[cfg(target_arch = "x86_64")]
            nibbles,
        }
    }

    /// The members among the bytes of the windows from `start` on, as bits; none beyond the end.
    #[inline(never)]
    fn masks(&self, bytes: &[u8], start: usize) -> [u64; WINDOWS] {
        let mut masks = [0; WINDOWS];
        let ahead = bytes.get(start..).unwrap_or_default();
        #[cfg(target_arch = "x86_64")]
        if vector::members(ahead, &self.nibbles, &mut masks) {
            // Where the text ends, NUL is looked up.
            let (last, rest) = (ahead.len() / WINDOW, ahead.len() % WINDOW);
            if let Some(mask) = masks.get_mut(last) {
                *mask &= (1 << rest) - 1;
            }
            return masks;
        }
        for (mask, window) in masks.iter_mut().zip(ahead.chunks(WINDOW)) {
            let members = window.iter().map(|byte| u64::from(self.members[usize::from(*byte)])).enumerate();
            *mask = members.fold(0, |mask, (bit, member)| mask | member << bit);
        }
        masks
    }
}

/// LF and CR.
pub(super) static LINE_ENDS: ByteSet = ByteSet::new(&[(&[0], &[10, 13])]);

/// Walks over the places of a set in a text.
pub(super) struct Places<'t> {
    bytes: &'t [u8],
    set: &'static ByteSet,
    /// Where the windows begin.
    start: usize,
    /// The places of each window, as bits.
    masks: [u64; WINDOWS],
}

impl<'t> Places<'t> {
    /// The places from `start` on.
    pub(super) fn new(bytes: &'t [u8], start: usize, set: &'static ByteSet) -> Self {
        Self { bytes, set, start, masks: set.masks(bytes, start) }
    }

    /// The first place at `from` or after it; `from` never goes back.
    #[inline(always)]
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        if from - self.start >= SPAN {
            self.look(from);
        }
        let mut window = (from - self.start) / WINDOW;
        let mut mask = self.masks[window] & !0 << ((from - self.start) % WINDOW);
        while mask == 0 {
            window += 1;
            if window == WINDOWS {
                if self.bytes.len().saturating_sub(self.start) <= SPAN {
                    return None;
                }
                self.look(self.start + SPAN);
                window = 0;
            }
            mask = self.masks[window];
        }
        Some(self.start + window * WINDOW + mask.trailing_zeros() as usize)
    }

    /// Goes on to the windows from `start` on.
    fn look(&mut self, start: usize) {
        self.start = start;
        self.masks = self.set.masks(self.bytes, start);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    static SET: ByteSet = ByteSet::new(&[(&[0, 2], &[0, 1, 14]), (&[14, 15], &[3, 15])]);

    proptest! {
        #[test]
        fn every_place_is_found(bytes in prop::collection::vec(any::<u8>(), 0..1500), skip in 0_usize..9) {
            let member = |byte: &u8| matches!(byte >> 4, 0 | 2) && matches!(byte & 15, 0 | 1 | 14)
                || matches!(byte >> 4, 14 | 15) && matches!(byte & 15, 3 | 15);
            let mut places = Places::new(&bytes, 0, &SET);
            let mut at = 0;
            while let Some(found) = places.next(at) {
                prop_assert!(!bytes[at..found].iter().any(member));
                prop_assert!(member(&bytes[found]));
                at = found + 1 + skip;
            }
            prop_assert!(!bytes.get(at..).unwrap_or_default().iter().any(member));
        }
    }
}
