//! Parts of a text on several threads.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a run of this program shares parts of texts.
static CLAIMED: AtomicBool = AtomicBool::new(false);

/// The right to have parts of a text done by threads that have no text of their own, as at the end of a corpus.
///
/// One run at a time has it. A thread that waits for another to do its part may meanwhile take up any work of its pool,
/// a whole run too, if there is another; were that one to wait for such parts itself, each could wait for what lies
/// below the other.
#[derive(Debug)]
pub(crate) struct Sharing {
    held: bool,
}

impl Sharing {
    /// The right, if nobody has it; else the right to do all parts oneself.
    pub fn claim() -> Self {
        Self { held: !CLAIMED.swap(true, Ordering::AcqRel) }
    }

    /// Does both, `b` on another thread if one is free.
    pub fn join<A: Send, B: Send>(
        &self,
        a: impl FnOnce() -> A + Send,
        b: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        if self.held { rayon::join(a, b) } else { (a(), b()) }
    }
}

impl Drop for Sharing {
    fn drop(&mut self) {
        if self.held {
            CLAIMED.store(false, Ordering::Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_are_done_with_the_right_or_without() {
        for held in [false, true] {
            let sharing = std::mem::ManuallyDrop::new(Sharing { held });
            assert_eq!(sharing.join(|| 1, || "b"), (1, "b"));
        }
    }
}
