//! Work in parallel, results in order, memory in bounds.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::Result;

/// Results that may wait for an earlier one, per thread.
const WAITING_PER_THREAD: usize = 4;

struct State<R, S> {
    /// Results that came before their turn.
    waiting: BTreeMap<usize, R>,
    /// The next one to be handed on.
    next: usize,
    /// None while a thread hands results on.
    sink: Option<S>,
    /// Set at the first failure: everybody stops.
    outcome: Option<Result<()>>,
}

/// Runs `work` on every item from 0 to `count` on all threads of the current pool, and hands the results
/// to `sink` in order of the items.
///
/// Each thread has its own state, made by `worker`. Items are taken in order, and none is begun that is
/// more than a few per thread ahead of the next result due, so that results waiting for an earlier one do
/// not pile up. The item due is always being worked on by a thread that waits for nobody. One thread at a time
/// hands results on, those of the others too, which work meanwhile.
///
/// # Errors
/// The first error of `sink`; work then stops.
pub fn in_order<W, R: Send>(
    count: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, usize) -> R + Sync,
    sink: impl FnMut(usize, R) -> Result<()> + Send,
) -> Result<()> {
    let window = WAITING_PER_THREAD * rayon::current_num_threads();
    let taken = AtomicUsize::new(0);
    let state = Mutex::new(State { waiting: BTreeMap::new(), next: 0, sink: Some(sink), outcome: None });
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
            let result = work(&mut worker, item);
            let mut guard = lock(&state);
            guard.waiting.insert(item, result);
            let Some(mut sink) = guard.sink.take() else { continue };
            let mut due = guard.next;
            while guard.outcome.is_none()
                && let Some(result) = guard.waiting.remove(&due)
            {
                drop(guard);
                let outcome = sink(due, result);
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
