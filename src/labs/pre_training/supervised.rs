//! "Pre-training", supervised: a body learned on one task with many examples, then another task with
//! few, whose answers rest on the same features.
//!
//! With a teacher, x ~ N(0, I), h = relu(U'x) has four features in forty inputs; the source task is
//! ten linear heads on h, the target task one new head. With digits, the source task is to tell 0 to
//! 4 apart, the target task 5 to 9.

use super::metrics::{
    best_test_error_scratch, features_moved, gain, test_error_pretrained, test_error_scratch,
    train_error_pretrained, train_error_scratch,
};
use super::parameters::{
    LEARNING_RATE, SCRATCH_RATE, SHIFTED, SLIDE, TUNING, augment, body_rate, mark,
};
use super::placing::MANY_OF_EACH;
use super::tasks::{TaskPair, most_labels};
use super::transfer::{Plan, SOURCE_ERROR, Transfer};
use crate::data::{TEACHER_INPUTS, Teacher};
use crate::error::Result;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, share};
use crate::labs::images::{BUILT_IN, DIGITS, images_of};
use crate::nn::Network;
use crate::param::own::own;
use crate::param::{Choice, ParamSpec, Setting, Settings};

const TASKS: &[Choice] = &[
    Choice::new("teacher", "Teacher: a new answer")
        .suggests(&[("n_labels", Setting::Number(20.0)), ("dataset", Setting::Choice(DIGITS))]),
    Choice::new("digits", "Images: classes 0 to 4, then 5 to 9")
        .suggests(&[("n_labels", Setting::Number(25.0))]),
];

const IMAGES_AND_LABELS: &[Choice] =
    &[BUILT_IN, own(&[("task", Setting::Choice(DIGITS))]).of_images(MANY_OF_EACH)];

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_labels", 20, 5, 5000, 1)
        .log()
        .label("New examples")
        .symbol("n")
        .help("of the new task, to fine-tune on; of images, the same number of each of the five")
        .marks(&[mark("20", 20.0), mark("100", 100.0), mark("500", 500.0), mark("5,000", 5000.0)])
        .most(most_labels),
    TUNING,
    ParamSpec::choice("task", "teacher", TASKS)
        .label("Tasks")
        .help("which task the body is learned on, and which one comes after"),
    images_of(IMAGES_AND_LABELS),
    SHIFTED,
    augment(false),
    ParamSpec::integer("source_steps", 2000, 0, 10_000, 100)
        .label("Source steps")
        .help("updates on the first task before the new one comes; 0: nothing is pre-trained"),
    LEARNING_RATE,
    body_rate(0.04),
    SCRATCH_RATE,
    ParamSpec::steps(5000, 30_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Supervised>; 10] = [
    test_error_scratch("images: wrong answers; teacher: squared error divided by the variance"),
    test_error_pretrained("the same of the network that starts with the body"),
    gain(),
    train_error_scratch("on the examples of the new task, at most 200"),
    train_error_pretrained("on the examples of the new task, at most 200"),
    best_test_error_scratch(),
    features_moved(
        "distance of the body from where the first task left it, as a share of its length",
    ),
    share(SOURCE_ERROR, "Error on the first task", "on test examples of it")
        .of(|lab| lab.transfer.source_error()),
    share("overlap_scratch", "In the teacher’s plane, from scratch", OVERLAP)
        .of(|lab| lab.overlap(&lab.transfer.scratch)),
    share("overlap_pretrained", "In the teacher’s plane, pre-trained", OVERLAP)
        .of(|lab| lab.overlap(&lab.transfer.pretrained)),
];

const OVERLAP: &str = "share of the squared first-layer weights that lie along its four features";

const VIEWS: [View<Supervised>; 5] = [
    View::new(
        "course",
        "Test error while they learn the new task",
        "Pre-trained, and from scratch (dashed), on the same batches.",
        Supervised::course_picture,
    ),
    View::new(
        "source",
        "The first task",
        "Test error on the first task while the body is learned.",
        Supervised::source_picture,
    ),
    View::new(
        "features",
        "What the first layer looks at",
        "Of the teacher: how much of each neuron’s weights lies along the features the tasks share. \
         Of images: incoming weights as images.",
        Supervised::features_picture,
    ),
    View::new(
        "answers",
        "Pre-trained",
        "The pre-trained network’s answers on the test set against what is true: right ones lie on the \
         line.",
        |lab| lab.answers_picture(Of::Pretrained),
    ),
    View::new(
        "answers_scratch",
        "From scratch",
        "The answers of the network from scratch against what is true, for the same test examples.",
        |lab| lab.answers_picture(Of::Scratch),
    ),
];

/// The catalogue's entry.
pub const PRE_TRAINING_SUPERVISED: LabSpec = LabSpec {
    id: "pre_training_supervised",
    title: "Pre-training with labels of another task",
    slide: SLIDE,
    claim: "What is learned on a task with many examples helps on a related one with few.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::SUPERVISED),
    build: build::<Supervised>,
};

/// The learning rate on the first task.
const SOURCE_RATE: f64 = 0.005;

/// One of the two networks that learn the new task.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// The one that knows the new task only.
    Scratch,
    /// The one that starts with the body.
    Pretrained,
}

/// The lab at one step.
pub(super) struct Supervised {
    pub transfer: Transfer,
    pub teacher: Option<Teacher>,
    /// Examples of the new task to learn from.
    pub n_labels: usize,
}

impl Supervised {
    /// How much of a network's first layer lies along the teacher's features; nothing where there is
    /// no teacher.
    pub fn overlaps(&self, network: &Network<f32>) -> Option<Overlaps> {
        let w1 = network.weights(0, "w1").expect("a layer");
        Some(Overlaps::of(self.teacher.as_ref()?, &w1.to_f64()))
    }

    fn overlap(&self, network: &Network<f32>) -> f64 {
        self.overlaps(network).map_or(f64::NAN, |overlaps| overlaps.all)
    }
}

/// The share of squared weights that lies along a teacher's features.
pub(super) struct Overlaps {
    /// For every neuron.
    pub neurons: Vec<f64>,
    /// For all of them together.
    pub all: f64,
}

impl Overlaps {
    /// Of the weights of a first layer (neurons x inputs).
    fn of(teacher: &Teacher, w1: &[f64]) -> Self {
        let squares = |values: &mut dyn Iterator<Item = f64>| values.map(|x| x * x).sum::<f64>();
        let parts: Vec<(f64, f64)> = w1
            .chunks_exact(TEACHER_INPUTS)
            .map(|w| {
                let along = |u: &[f64]| u.iter().zip(w).map(|(u, w)| u * w).sum::<f64>();
                let features = teacher.features.chunks_exact(TEACHER_INPUTS);
                (squares(&mut features.map(along)), squares(&mut w.iter().copied()))
            })
            .collect();
        let (along, all) = parts.iter().fold((0.0, 0.0), |(a, b), (c, d)| (a + c, b + d));
        let neurons = parts.iter().map(|(along, all)| along / all).collect();
        Overlaps { neurons, all: along / all }
    }
}

impl AsRef<Transfer> for Supervised {
    fn as_ref(&self) -> &Transfer {
        &self.transfer
    }
}

impl Lab for Supervised {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let TaskPair { tasks, teacher } = TaskPair::new(settings)?;
        let plan = Plan {
            source_steps: settings.whole("source_steps") as u64,
            source_rate: SOURCE_RATE,
            alpha: 0.0,
            on_source: "on the first task",
            on_target: "on the new task",
        };
        let n_labels = settings.whole("n_labels");
        Ok(Supervised { transfer: Transfer::new(settings, tasks, plan)?, teacher, n_labels })
    }

    fn step(&mut self) -> Result<()> {
        self.transfer.step()
    }

    fn set(&mut self, settings: &Settings) {
        self.transfer.set(settings);
    }

    /// The first task knows nothing of the new one.
    fn take_up(&mut self, before: &mut Self) {
        self.transfer.take_up(&mut before.transfer);
    }

    fn weights(&self) -> Vec<Weights> {
        super::weights(&self.transfer)
    }

    /// What the pre-trained network says; probabilities for digits.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.transfer.pretrained.predict(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, stream};

    #[test]
    fn weights_along_a_feature_lie_in_the_plane_and_others_do_not() {
        let teacher = Teacher::new(&mut stream(1, Stream::Data, 0));
        let u = &teacher.features[..TEACHER_INPUTS];
        let twice = u.iter().map(|u| 2.0 * u).collect::<Vec<f64>>();
        // What is left of a unit vector at right angles to all four features.
        let mut across: Vec<f64> =
            (0..TEACHER_INPUTS).map(|i| f64::from(u8::from(i == 0))).collect();
        for u in teacher.features.chunks_exact(TEACHER_INPUTS) {
            across.iter_mut().zip(u).for_each(|(x, along)| *x -= u[0] * along);
        }
        let size = across.iter().map(|x| x * x).sum::<f64>();
        let Overlaps { neurons, all } = Overlaps::of(&teacher, &[twice, across].concat());
        assert!((neurons[0] - 1.0).abs() < 1e-12 && neurons[1] < 1e-12, "{neurons:?}");
        assert!((all - 4.0 / (4.0 + size)).abs() < 1e-12);
    }
}
