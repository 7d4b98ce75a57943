//! An allocator that counts what each thread holds: tests on other threads do not count.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Bytes this thread holds, and its requests for more.
    pub static HELD: Cell<isize> = const { Cell::new(0) };
    pub static REQUESTS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

fn add(bytes: isize) {
    // While a thread ends there is nothing left to count into.
    let _ = HELD.try_with(|held| held.set(held.get() + bytes));
}

// SAFETY: every request goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size() as isize);
        let _ = REQUESTS.try_with(|requests| requests.set(requests.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        add(-(layout.size() as isize));
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;
