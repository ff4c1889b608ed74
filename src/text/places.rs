//! Where the bytes of a set stand in a text, found 64 at a time.

#[cfg(target_arch = "x86_64")]
use super::vector::{self, Nibbles};

/// Bytes of a window: as many as a mask has bits.
const WINDOW: usize = 64;

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

    /// The members among the bytes of the window at `window`, as bits.
    fn mask(&self, bytes: &[u8], window: usize) -> u64 {
        if window >= bytes.len() {
            return 0;
        }
        #[cfg(target_arch = "x86_64")]
        if let Some(mask) = vector::members(bytes, window, &self.nibbles) {
            // Beyond the end of the text stand zeros.
            let left = bytes.len() - window;
            return if left < WINDOW { mask & ((1 << left) - 1) } else { mask };
        }
        let bytes = bytes[window..].iter().take(WINDOW).enumerate();
        bytes.fold(0, |mask, (bit, byte)| mask | u64::from(self.members[usize::from(*byte)]) << bit)
    }
}

/// LF and CR.
pub(super) static LINE_ENDS: ByteSet = ByteSet::new(&[(&[0], &[10, 13])]);

/// Walks over the places of a set in a text.
pub(super) struct Places<'t> {
    bytes: &'t [u8],
    set: &'static ByteSet,
    /// Where the window begins.
    window: usize,
    /// The places of the window, as bits.
    mask: u64,
}

impl<'t> Places<'t> {
    /// The places from `start` on.
    pub(super) fn new(bytes: &'t [u8], start: usize, set: &'static ByteSet) -> Self {
        Self { bytes, set, window: start, mask: set.mask(bytes, start) }
    }

    /// The first place at `from` or after it; `from` never goes back.
    #[inline]
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        if from >= self.window + WINDOW {
            self.window = from;
            self.mask = self.set.mask(self.bytes, from);
        }
        let mut mask = self.mask & !0 << (from - self.window);
        while mask == 0 {
            self.window += WINDOW;
            if self.window >= self.bytes.len() {
                return None;
            }
            mask = self.set.mask(self.bytes, self.window);
            self.mask = mask;
        }
        Some(self.window + mask.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    static SET: ByteSet = ByteSet::new(&[(&[0, 2], &[0, 1, 14]), (&[14, 15], &[3, 15])]);

    proptest! {
        #[test]
        fn every_place_is_found(bytes in prop::collection::vec(any::<u8>(), 0..300), skip in 0_usize..9) {
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
