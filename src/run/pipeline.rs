//! Work in parallel, results in order, memory in bounds.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::Result;

/// Results that may wait for an earlier one, per thread.
const WAITING_PER_THREAD: usize = 4;

/// Bytes of parts that may wait for an earlier result, per thread.
const ROOM_PER_THREAD: usize = 4_000_000;

struct State<R, S> {
    /// What came before its turn.
    waiting: BTreeMap<usize, Waiting<R>>,
    /// Bytes of their parts.
    kept: usize,
    /// How many these may be.
    room: usize,
    /// The next one to be handed on.
    next: usize,
    /// None while a thread hands results on.
    sink: Option<S>,
    /// Set at the first failure: everybody stops.
    outcome: Option<Result<()>>,
}

/// What is known of an item that waits for an earlier one.
struct Waiting<R> {
    /// Its parts so far.
    parts: Vec<u8>,
    /// The result, once it is there.
    result: Option<R>,
}

/// What is handed on of an item.
pub enum Handed<'a, R> {
    /// Some bytes of it, while it is being worked on; their order is that of [`Parts::hand_on`].
    Part(&'a [u8]),
    /// The result, after all parts.
    Result(R),
}

/// Where the work on an item leaves parts of the result, so that it need not have all of them in memory.
pub struct Parts<'a> {
    hand_on: &'a (dyn Fn(&[u8]) + Sync),
}

impl Parts<'_> {
    /// Hands a part on, at once if the item is due. Failures end the run where the result is handed on.
    pub fn hand_on(&self, part: &[u8]) {
        (self.hand_on)(part);
    }
}

/// Runs `work` on every item from 0 to `count` on all threads of the current pool, and hands the results
/// to `sink` in order of the items.
///
/// Each thread has its own state, made by `worker`. Items are taken in order, and none is begun that is
/// more than a few per thread ahead of the next result due, so that results waiting for an earlier one do
/// not pile up; nor do their parts. The item due is always being worked on by a thread that waits for
/// nobody. One thread at a time hands results on, those of the others too, which work meanwhile.
///
/// # Errors
/// The first error of `sink`; work then stops.
pub fn in_order<W, R: Send>(
    count: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, usize) -> R + Sync,
    mut sink: impl FnMut(usize, R) -> Result<()> + Send,
) -> Result<()> {
    in_order_with_parts(
        count,
        worker,
        |worker, item, _| work(worker, item),
        |item, handed| match handed {
            Handed::Part(_) => Ok(()),
            Handed::Result(result) => sink(item, result),
        },
    )
}

/// As [`in_order`], with results that `work` may hand on in parts.
///
/// # Errors
/// The first error of `sink`; work then stops.
pub fn in_order_with_parts<W, R: Send, S: FnMut(usize, Handed<'_, R>) -> Result<()> + Send>(
    count: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, usize, &Parts<'_>) -> R + Sync,
    sink: S,
) -> Result<()> {
    let window = WAITING_PER_THREAD * rayon::current_num_threads();
    let room = ROOM_PER_THREAD * rayon::current_num_threads();
    let taken = AtomicUsize::new(0);
    let state = Mutex::new(State {
        waiting: BTreeMap::new(),
        kept: 0,
        room,
        next: 0,
        sink: Some(sink),
        outcome: None,
    });
    let moved = Condvar::new();
    rayon::broadcast(|_| {
        let stop = StopOnPanic { state: &state, moved: &moved };
        let mut worker = worker();
        loop {
            let item = taken.fetch_add(1, Ordering::Relaxed);
            if item >= count {
                break;
            }
            let mut guard = lock(&state);
            while item >= guard.next + window && guard.outcome.is_none() {
                guard = moved.wait(guard).unwrap_or_else(PoisonError::into_inner);
            }
            if guard.outcome.is_some() {
                break;
            }
            drop(guard);
            let result =
                work(&mut worker, item, &Parts { hand_on: &|part| hand_on(&state, &moved, item, part) });
            let mut guard = lock(&state);
            guard.waiting_for(item).result = Some(result);
            let Some(mut sink) = guard.sink.take() else { continue };
            let mut due = guard.next;
            while guard.outcome.is_none()
                && let Some((parts, result)) = guard.complete(due)
            {
                drop(guard);
                let mut outcome = if parts.is_empty() { Ok(()) } else { sink(due, Handed::Part(&parts)) };
                if outcome.is_ok() {
                    outcome = sink(due, Handed::Result(result));
                }
                due += 1;
                guard = lock(&state);
                guard.next = due;
                if outcome.is_err() {
                    guard.outcome = Some(outcome);
                }
                moved.notify_all();
            }
            guard.sink = Some(sink);
        }
        drop(stop);
    });
    state.into_inner().unwrap_or_else(PoisonError::into_inner).outcome.unwrap_or(Ok(()))
}

/// Hands on a part of an item, after those that wait, or lets it wait. Without room for it the thread itself waits: until
/// the item is due or others have been handed on.
fn hand_on<R, S: FnMut(usize, Handed<'_, R>) -> Result<()>>(
    state: &Mutex<State<R, S>>,
    moved: &Condvar,
    item: usize,
    part: &[u8],
) {
    let mut guard = lock(state);
    while guard.next < item && guard.kept + part.len() > guard.room && guard.outcome.is_none() {
        guard = moved.wait(guard).unwrap_or_else(PoisonError::into_inner);
    }
    if guard.outcome.is_some() {
        return;
    }
    let sink = if guard.next == item { guard.sink.take() } else { None };
    let Some(mut sink) = sink else {
        guard.kept += part.len();
        guard.waiting_for(item).parts.extend_from_slice(part);
        return;
    };
    let before = guard.take_parts(item);
    drop(guard);
    let mut outcome = if before.is_empty() { Ok(()) } else { sink(item, Handed::Part(&before)) };
    if outcome.is_ok() {
        outcome = sink(item, Handed::Part(part));
    }
    let mut guard = lock(state);
    guard.sink = Some(sink);
    if outcome.is_err() {
        guard.outcome = Some(outcome);
    }
    moved.notify_all();
}

impl<R, S> State<R, S> {
    fn waiting_for(&mut self, item: usize) -> &mut Waiting<R> {
        self.waiting.entry(item).or_insert(Waiting { parts: Vec::new(), result: None })
    }

    /// Takes out an item whose result is there.
    fn complete(&mut self, item: usize) -> Option<(Vec<u8>, R)> {
        let result = self.waiting.get_mut(&item)?.result.take()?;
        Some((self.take_parts(item), result))
    }

    /// Takes out an item that is due, and gives its parts.
    fn take_parts(&mut self, item: usize) -> Vec<u8> {
        let parts = self.waiting.remove(&item).map_or_else(Vec::new, |waiting| waiting.parts);
        self.kept -= parts.len();
        parts
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread that panics would never hand on its item: the others must not wait for it.
struct StopOnPanic<'a, R, S> {
    state: &'a Mutex<State<R, S>>,
    moved: &'a Condvar,
}

impl<R, S> Drop for StopOnPanic<'_, R, S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.state).outcome.get_or_insert(Ok(()));
            self.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::error::Error;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn parts_come_in_order_before_their_result() {
        for threads in [1, 2, 8] {
            let mut seen = Vec::new();
            let work = |_: &mut (), item: usize, parts: &Parts<'_>| {
                for part in 0..item % 5 {
                    if (item + part).is_multiple_of(7) {
                        std::thread::sleep(Duration::from_millis(2));
                    }
                    parts.hand_on(format!("{item}.{part} ").as_bytes());
                }
                item
            };
            let sink = |item, handed: Handed<'_, usize>| {
                match handed {
                    Handed::Part(bytes) => seen.extend_from_slice(bytes),
                    Handed::Result(result) => seen.extend_from_slice(format!("{item}={result} ").as_bytes()),
                }
                Ok(())
            };
            pool(threads).install(|| in_order_with_parts(60, || (), work, sink)).unwrap();
            let expected: String = (0..60)
                .map(|item| {
                    (0..item % 5).map(|part| format!("{item}.{part} ")).collect::<String>()
                        + &format!("{item}={item} ")
                })
                .collect();
            assert_eq!(String::from_utf8(seen).unwrap(), expected);
        }
    }

    #[test]
    fn parts_that_wait_have_bounds() {
        let made = AtomicUsize::new(0);
        let handed_on = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let part = vec![0; ROOM_PER_THREAD / 4];
        let work = |_: &mut (), item: usize, parts: &Parts<'_>| {
            if item == 0 {
                std::thread::sleep(Duration::from_millis(50));
            }
            for _ in 0..3 {
                parts.hand_on(&part);
                let made = made.fetch_add(part.len(), Ordering::SeqCst) + part.len();
                let waiting = made.saturating_sub(handed_on.load(Ordering::SeqCst));
                most.fetch_max(waiting, Ordering::SeqCst);
            }
        };
        let sink = |_, handed: Handed<'_, ()>| {
            if let Handed::Part(bytes) = handed {
                handed_on.fetch_add(bytes.len(), Ordering::SeqCst);
            }
            Ok(())
        };
        pool(4).install(|| in_order_with_parts(40, || (), work, sink)).unwrap();
        assert_eq!(handed_on.into_inner(), 40 * 3 * part.len());
        // What waits, and what threads have in hand or hand on; without bounds it would be twice as much.
        assert!(most.into_inner() <= 4 * ROOM_PER_THREAD + 4 * 3 * part.len());
    }

    #[test]
    fn a_part_that_cannot_be_handed_on_ends_the_run() {
        let work = |_: &mut (), item: usize, parts: &Parts<'_>| parts.hand_on(&[item as u8]);
        let sink = |item, handed: Handed<'_, ()>| match handed {
            Handed::Part(_) if item == 3 => Err(Error::Threads { threads: 2, reason: "test".into() }),
            _ => Ok(()),
        };
        let outcome = pool(2).install(|| in_order_with_parts(1000, || (), work, sink));
        assert!(outcome.is_err());
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 8] {
            let mut seen = Vec::new();
            let work = |_: &mut (), item: usize| {
                if item.is_multiple_of(7) {
                    std::thread::sleep(Duration::from_millis(3));
                }
                item * 2
            };
            pool(threads)
                .install(|| {
                    in_order(
                        100,
                        || (),
                        work,
                        |item, result| {
                            seen.push((item, result));
                            Ok(())
                        },
                    )
                })
                .unwrap();
            assert_eq!(seen, (0..100).map(|item| (item, item * 2)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_item_runs_far_ahead() {
        let due = AtomicUsize::new(0);
        let farthest = AtomicUsize::new(0);
        let work = |_: &mut (), item: usize| {
            farthest.fetch_max(item - due.load(Ordering::SeqCst).min(item), Ordering::SeqCst);
            if item == 0 {
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        pool(4)
            .install(|| {
                in_order(
                    200,
                    || (),
                    work,
                    |item, ()| {
                        due.store(item + 1, Ordering::SeqCst);
                        Ok(())
                    },
                )
            })
            .unwrap();
        assert!(farthest.into_inner() <= 4 * WAITING_PER_THREAD + 4);
    }

    #[test]
    fn the_first_error_stops_the_run() {
        let outcome = pool(2).install(|| {
            in_order(
                50,
                || (),
                |(), item| item,
                |item, _| match item {
                    3 => Err(Error::Threads { threads: 3, reason: "test".into() }),
                    item if item > 3 => panic!("went on after the error"),
                    _ => Ok(()),
                },
            )
        });
        assert!(outcome.is_err());
    }

    #[test]
    fn a_panic_does_not_hang_the_others() {
        let outcome = std::panic::catch_unwind(|| {
            pool(4).install(|| {
                in_order(100, || (), |(), item| assert_ne!(item, 5, "on purpose"), |_, ()| Ok(()))
            })
        });
        assert!(outcome.is_err());
    }
}
