//! The pairs of tasks of supervised pre-training: two heads of a teacher, or ten digits in two halves.

use super::feed::{Feed, Pairs};
use super::placing::{DIGITS_A_CLASS, Placing, Use, images_by_class, split_by_class};
use super::transfer::{Task, Tasks};
use crate::data::{
    CANVAS_SIDE, Examples, TEACHER_INPUTS, TEACHER_OUTPUTS, TEST_MEMBER, Teacher, split,
};
use crate::error::Result;
use crate::labs::images::check_learns_images;
use crate::nn::{Loss, Stream, stream};
use crate::param::Settings;

/// Examples of the teacher's source task, and those that judge each of its tasks.
const TEACHER_SOURCE: usize = 2000;
const TEACHER_TEST: usize = 1000;

/// The standard deviation of the noise on the teacher's training targets; its test targets are clean.
const TEACHER_NOISE: f64 = 0.1;

/// Digits a task.
pub(super) const HALF: usize = 5;

/// Images that judge the source task of digits.
const SOURCE_TEST: usize = 200;

/// Two tasks for one body.
pub(super) struct TaskPair {
    pub tasks: Tasks,
    /// The features both tasks of the teacher share.
    pub teacher: Option<Teacher>,
}

impl TaskPair {
    /// # Errors
    /// More labels than there are digits.
    pub fn new(settings: &Settings) -> Result<Self> {
        check_learns_images(settings)?;
        match settings.choice("task") {
            "teacher" => Ok(teacher(settings)),
            _ => halves(settings),
        }
    }
}

fn teacher(settings: &Settings) -> TaskPair {
    let (seed, n_labels) = (settings.seed(), settings.whole("n_labels"));
    let rng = |member| stream(seed, Stream::Data, member);
    let teacher = Teacher::new(&mut rng(0));
    let source = |member, rows, noise| {
        let (x, y) = teacher.source_examples(&mut rng(member), rows, noise);
        Pairs::new(x, y, rows)
    };
    let target = |member, rows, noise| {
        let Examples { x, y } = teacher.target_examples(&mut rng(member), rows, noise);
        Pairs::new(x, y, rows)
    };
    let labelled = target(2, n_labels, TEACHER_NOISE);
    let task = |all, member, test, outputs| Task {
        feed: Feed::new(all, seed, member),
        test,
        loss: Loss::Mse,
        outputs,
    };
    let known = source(1, TEACHER_SOURCE, TEACHER_NOISE);
    let tasks = Tasks {
        inputs: TEACHER_INPUTS,
        body: &[16],
        source: task(known, 1, source(3, TEACHER_TEST, 0.0), TEACHER_OUTPUTS),
        seen: labelled.clone(),
        target: task(labelled, 0, target(TEST_MEMBER, TEACHER_TEST, 0.0), 1),
    };
    TaskPair { tasks, teacher: Some(teacher) }
}

/// How many labels of the new task there are.
pub(super) fn most_labels(settings: &Settings) -> usize {
    if settings.choice("task") == "teacher" { usize::MAX } else { HALF * DIGITS_A_CLASS }
}

/// 0 to 4 are the source task, 5 to 9 the target task.
fn halves(settings: &Settings) -> Result<TaskPair> {
    let (seed, n_labels) = (settings.seed(), settings.whole("n_labels"));
    let why = " with task = digits, so that enough are left to be judged by";
    settings.check_most("n_labels", most_labels(settings), why)?;
    let placing = Placing::new(settings);
    let (low, high) = halves_of(&images_by_class(settings)?);
    let source = split(&low, low.y.len() - SOURCE_TEST, SOURCE_TEST, seed);
    let target = split_by_class(&high, HALF, seed);
    let labelled = target.train.first(n_labels);
    let task = |train: &Examples, test: Pairs, of| Task {
        feed: placing.feed(train, train.y.clone(), of),
        test,
        loss: Loss::CrossEntropy,
        outputs: HALF,
    };
    let tasks = Tasks {
        inputs: CANVAS_SIDE * CANVAS_SIDE,
        body: &[128, 64],
        source: task(&source.train, placing.classes(&source.test, Use::SourceTest), Use::Source),
        seen: placing.classes(&labelled, Use::Seen),
        target: task(&labelled, placing.classes(&target.test, Use::Test), Use::Target),
    };
    Ok(TaskPair { tasks, teacher: None })
}

/// The digits 0 to 4, and 5 to 9 with their classes counted from 0.
fn halves_of(all: &Examples) -> (Examples, Examples) {
    let rows = |high: bool| -> Vec<usize> {
        (0..all.y.len()).filter(|&row| (all.y[row] >= HALF as f64) == high).collect()
    };
    let mut high = all.pick(&rows(true));
    high.y.iter_mut().for_each(|y| *y -= HALF as f64);
    (all.pick(&rows(false)), high)
}
