//! What is trained, and the course it takes: a stage of an experiment that a change does not touch is
//! gone over again without being trained again.

use super::memo::Memo;
use crate::error::Result;

/// Something that is trained step by step.
pub trait Trained: Clone {
    /// Takes one step.
    ///
    /// # Errors
    /// Divergence.
    fn step(&mut self) -> Result<()>;

    /// Whether both are trained in the same way from the same beginning: two of which this is true at
    /// their first steps are the same at every later one.
    fn learns_like(&self, other: &Self) -> bool;

    /// About how many bytes a copy holds.
    fn bytes(&self) -> usize;
}

/// What the marks of one course may take of memory, in bytes, and how many there are at most; and how
/// many steps are recorded at most.
const BYTES_OF_MARKS: usize = 1 << 21;
const MOST_MARKS: usize = 64;
const MOST_RECORDED: usize = 512;

/// How many marks there may be of something of this size.
fn most_marks<S: Trained>(of: &S) -> usize {
    (BYTES_OF_MARKS / of.bytes().max(1)).clamp(2, MOST_MARKS)
}

/// The course of an `S`, with what was measured of it on the way, an `M`.
///
/// A lab that is begun anew with other settings takes up the courses of the lab before it that start
/// alike. They stand at their first step again, but as far as they have been trained they are known:
/// there a step takes no time, and what was recorded is recorded still. What they are at a step in
/// between is found from the last mark before it.
pub struct Course<S, M> {
    /// Where it stands.
    step: u64,
    /// How far it is trained, and what it is there.
    reached: u64,
    front: S,
    /// What it is where it stands, if that is not the front.
    behind: Memo<S>,
    /// The last step at which that was found.
    near: Option<(u64, S)>,
    /// Copies on the way, by rising steps, that of the first step among them.
    marks: Vec<(u64, S)>,
    /// Steps from mark to mark.
    spacing: u64,
    /// What is measured where it stands; and what was recorded, by rising steps.
    measured: Memo<M>,
    recorded: Vec<(u64, M)>,
    /// Whether it is what it would be from the beginning: no change on the way, and no divergence.
    clean: bool,
}

impl<S: Trained, M> Course<S, M> {
    /// A course of about `planned` steps from here.
    pub fn new(start: S, planned: usize) -> Self {
        let spacing = planned.div_ceil(most_marks(&start)).max(1) as u64;
        Course {
            step: 0,
            reached: 0,
            marks: vec![(0, start.clone())],
            front: start,
            behind: Memo::default(),
            near: None,
            spacing,
            measured: Memo::default(),
            recorded: Vec::new(),
            clean: true,
        }
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.step
    }

    /// What it is where it stands.
    pub fn now(&self) -> &S {
        if self.step == self.reached {
            return &self.front;
        }
        self.behind.get(|| {
            let before = self.marks.iter().chain(&self.near).filter(|(step, _)| *step <= self.step);
            let (from, state) = before.max_by_key(|(step, _)| *step).expect("the first mark");
            let mut state = state.clone();
            for _ in *from..self.step {
                state.step().expect("a step that was taken before");
            }
            state
        })
    }

    /// What it was at its first step.
    pub fn start(&self) -> &S {
        &self.marks[0].1
    }

    /// Takes one step; one that was taken before takes no time.
    ///
    /// # Errors
    /// Divergence.
    pub fn step(&mut self) -> Result<()> {
        self.measured.forget();
        if let Some(state) = self.behind.take() {
            self.near = Some((self.step, state));
        }
        if self.step < self.reached {
            self.step += 1;
            return Ok(());
        }
        self.near = None;
        if let Err(error) = self.front.step() {
            // It has gone back to a state before: what was measured here is not true of that.
            self.recorded.retain(|(step, _)| *step < self.step);
            self.clean = false;
            return Err(error);
        }
        self.step += 1;
        self.reached = self.step;
        if self.step.is_multiple_of(self.spacing) {
            self.mark();
        }
        Ok(())
    }

    /// Keeps a copy; where there are too many, every second one goes.
    fn mark(&mut self) {
        while self.marks.len() > most_marks(&self.front) {
            self.spacing *= 2;
            self.marks.retain(|(step, _)| step.is_multiple_of(self.spacing));
        }
        if self.step.is_multiple_of(self.spacing) {
            self.marks.push((self.step, self.front.clone()));
        }
    }

    /// What is measured where it stands: looked up where it was recorded, and found only once.
    pub fn measure(&self, find: impl FnOnce(&S) -> M) -> &M {
        match self.place() {
            Ok(place) => &self.recorded[place].1,
            Err(_) => self.measured.get(|| find(self.now())),
        }
    }

    /// Keeps what is measured where it stands, for a lab that goes over the course again.
    pub fn record(&mut self) {
        if let (Err(place), Some(measured)) = (self.place(), self.measured.take()) {
            self.recorded.insert(place, (self.step, measured));
            if self.recorded.len() > MOST_RECORDED {
                // Rather the next one than this: a run of other steps is recorded at other steps.
                let last = self.recorded.len() - 1;
                self.recorded.remove(if place < last { place + 1 } else { 0 });
            }
        }
    }

    /// Where this step is among those that were recorded, or would be.
    fn place(&self) -> std::result::Result<usize, usize> {
        self.recorded.binary_search_by_key(&self.step, |(step, _)| *step)
    }

    /// Changes what it is from here on; a change of nothing leaves the course as it is.
    pub fn change(&mut self, change: impl FnOnce(&mut S)) {
        let mut changed = self.now().clone();
        change(&mut changed);
        if changed.learns_like(self.now()) {
            return;
        }
        let step = self.step;
        self.marks.retain(|(at, _)| *at < step);
        self.marks.push((step, changed.clone()));
        self.recorded.retain(|(at, _)| *at < step);
        *self = Course {
            front: changed,
            reached: step,
            clean: false,
            marks: std::mem::take(&mut self.marks),
            recorded: std::mem::take(&mut self.recorded),
            behind: Memo::default(),
            measured: Memo::default(),
            near: None,
            ..*self
        };
    }

    /// Takes up the course of the lab before, from its first step, if it is the same; that one is left
    /// with what this one was.
    pub fn take_up(&mut self, before: &mut Self) {
        if before.clean && self.marks[0].1.learns_like(&before.marks[0].1) {
            std::mem::swap(self, before);
            self.step = 0;
            self.behind.forget();
            self.measured.forget();
        }
    }
}

/// Takes up of the courses before whichever are the same as these.
pub fn take_up_any<'a, S: Trained + 'a, M: 'a>(
    courses: impl IntoIterator<Item = &'a mut Course<S, M>>,
    before: impl IntoIterator<Item = &'a mut Course<S, M>>,
) {
    let mut before: Vec<&mut Course<S, M>> = before.into_iter().collect();
    for course in courses {
        before.iter_mut().for_each(|before| course.take_up(before));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    impl<S, M> Course<S, M> {
        /// How far it has been trained, ahead of where it stands: for the tests of labs.
        pub fn reached(&self) -> u64 {
            self.reached
        }
    }

    /// Adds its rate at every step, diverges beyond its bound, and counts the steps all copies take.
    #[derive(Clone)]
    struct Sum {
        value: u64,
        rate: u64,
        bound: u64,
        taken: Arc<AtomicU64>,
    }

    impl Trained for Sum {
        fn step(&mut self) -> Result<()> {
            if self.value + self.rate > self.bound {
                self.value -= self.rate;
                return Err(Error::Diverged { step: 0 });
            }
            self.value += self.rate;
            self.taken.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }

        fn learns_like(&self, other: &Self) -> bool {
            (self.value, self.rate, self.bound) == (other.value, other.rate, other.bound)
        }

        fn bytes(&self) -> usize {
            // Room for four marks.
            BYTES_OF_MARKS / 4
        }
    }

    fn sum(rate: u64, bound: u64) -> (Course<Sum, u64>, Arc<AtomicU64>) {
        let taken = Arc::default();
        (Course::new(Sum { value: 0, rate, bound, taken: Arc::clone(&taken) }, 100), taken)
    }

    fn run(course: &mut Course<Sum, u64>, steps: u64) {
        for _ in 0..steps {
            course.step().unwrap();
            course.measure(|sum| sum.value);
            course.record();
        }
    }

    #[test]
    fn a_course_that_is_taken_up_is_not_trained_again() {
        let ((mut old, taken), (mut new, fresh)) = (sum(2, 1000), sum(2, 1000));
        run(&mut old, 100);
        new.take_up(&mut old);
        assert_eq!((new.steps(), new.now().value), (0, 0));
        run(&mut new, 100);
        assert_eq!((new.now().value, *new.measure(|_| 0)), (200, 200));
        assert_eq!((taken.load(Ordering::Relaxed), fresh.load(Ordering::Relaxed)), (100, 0));
        run(&mut new, 5);
        assert_eq!((new.now().value, taken.load(Ordering::Relaxed)), (210, 105));
    }

    #[test]
    fn between_its_steps_it_is_what_it_was() {
        let ((mut old, taken), (mut new, _)) = (sum(3, 10_000), sum(3, 10_000));
        run(&mut old, 130);
        new.take_up(&mut old);
        for step in 1..=130 {
            new.step().unwrap();
            assert_eq!((new.steps(), new.now().value), (step, 3 * step));
        }
        // Each step is found from the one before it, or from a mark.
        assert!(taken.load(Ordering::Relaxed) <= 130 + 130);
    }

    #[test]
    fn another_course_or_one_that_was_changed_is_not_taken_up() {
        let ((mut old, _), (mut new, fresh)) = (sum(2, 1000), sum(3, 1000));
        run(&mut old, 10);
        new.take_up(&mut old);
        run(&mut new, 1);
        assert_eq!((new.now().value, fresh.load(Ordering::Relaxed)), (3, 1));

        let ((mut old, _), (mut new, fresh)) = (sum(2, 1000), sum(2, 1000));
        run(&mut old, 10);
        old.change(|sum| sum.rate = 5);
        run(&mut old, 10);
        assert_eq!(old.now().value, 70);
        new.take_up(&mut old);
        run(&mut new, 20);
        assert_eq!((new.now().value, fresh.load(Ordering::Relaxed)), (40, 20));
    }

    #[test]
    fn a_change_on_known_ground_begins_there() {
        let ((mut old, _), (mut new, _)) = (sum(2, 1000), sum(2, 1000));
        run(&mut old, 50);
        new.take_up(&mut old);
        run(&mut new, 20);
        new.change(|sum| sum.rate = 2);
        run(&mut new, 10);
        assert_eq!(new.now().value, 60, "a change of nothing");
        new.change(|sum| sum.rate = 7);
        assert_eq!((new.steps(), *new.measure(|sum| sum.value)), (30, 60));
        run(&mut new, 10);
        assert_eq!((new.now().value, *new.measure(|_| 0)), (130, 130));
    }

    #[test]
    fn one_that_diverged_is_measured_anew_and_not_taken_up() {
        let ((mut old, _), (mut new, fresh)) = (sum(2, 20), sum(2, 20));
        run(&mut old, 10);
        assert!(old.step().is_err());
        assert_eq!((old.steps(), *old.measure(|sum| sum.value)), (10, 18));
        new.take_up(&mut old);
        run(&mut new, 10);
        assert_eq!((new.now().value, fresh.load(Ordering::Relaxed)), (20, 10));
    }
}
