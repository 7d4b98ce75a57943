//! "Pre-training", supervised: a body learned on one task with many examples, then another task with
//! few, whose answers rest on the same features.
//!
//! With a teacher, x ~ N(0, I), h = relu(U'x) has four features in forty inputs; the source task is
//! ten linear heads on h, the target task one new head. With digits, the source task is to tell 0 to
//! 4 apart, the target task 5 to 9.

use super::tasks::TaskPair;
use super::transfer::{Parts, Transfer};
use super::{LEARNING_RATE, SCRATCH_RATE, SHIFTED, SLIDE, TUNING, augment, rates};
use crate::data::{TEACHER_INPUTS, Teacher};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::nn::{Network, Parameter};
use crate::param::{Choice, Mark, ParamSpec, Place, Setting, Settings};

const TASKS: &[Choice] = &[
    Choice::new("teacher", "Teacher: a new answer")
        .suggests(&[("n_labels", Setting::Number(20.0))]),
    Choice::new("digits", "Digits: 0 to 4, then 5 to 9")
        .suggests(&[("n_labels", Setting::Number(25.0))]),
];

const fn mark(label: &'static str, at: f64) -> Mark {
    Mark { label, at: Place::Number(at) }
}

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_labels", 20, 5, 5000, 1)
        .log()
        .label("New examples")
        .symbol("n")
        .help("of the new task, to fine-tune on; of digits, evenly of all five")
        .marks(&[mark("20", 20.0), mark("100", 100.0), mark("500", 500.0), mark("5,000", 5000.0)]),
    TUNING,
    ParamSpec::choice("task", "teacher", TASKS)
        .label("Tasks")
        .help("which task the body is learned on, and which one comes after"),
    SHIFTED,
    augment(false),
    ParamSpec::integer("source_steps", 2000, 0, 10_000, 100)
        .label("Source steps")
        .help("updates on the first task before the new one comes; 0: nothing is pre-trained"),
    LEARNING_RATE,
    ParamSpec::real("body_rate", 0.04, 0.0, 1.0, 0.01)
        .label("Rate of the body")
        .help("where it is lower: as a share of the output layer’s"),
    SCRATCH_RATE,
    ParamSpec::steps(5000, 30_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new(
        "test_error_scratch",
        "Test error from scratch",
        "of digits: wrong answers; of the teacher: squared error over the variance",
    )
    .unit("fraction"),
    MetricSpec::new(
        "test_error_pretrained",
        "Test error pre-trained",
        "the same of the network that starts with the body",
    )
    .unit("fraction"),
    MetricSpec::new("gain", "Gain", "test error from scratch less pre-trained").unit("points"),
    MetricSpec::new(
        "train_error_scratch",
        "Training error from scratch",
        "on the examples of the new task, at most 200",
    )
    .unit("fraction"),
    MetricSpec::new(
        "train_error_pretrained",
        "Training error pre-trained",
        "on the examples of the new task, at most 200",
    )
    .unit("fraction"),
    MetricSpec::new(
        "best_test_error_scratch",
        "Best from scratch",
        "its least test error so far: hindsight",
    )
    .unit("fraction"),
    MetricSpec::new(
        "features_moved",
        "Features moved",
        "distance of the body from where the first task left it, as a share of its length",
    )
    .unit("fraction"),
    MetricSpec::new("source_error", "Error on the first task", "on test examples of it")
        .unit("fraction"),
    MetricSpec::new(
        "overlap_scratch",
        "In the teacher’s plane, from scratch",
        "share of the squared first-layer weights that lie along its four features",
    )
    .unit("fraction"),
    MetricSpec::new(
        "overlap_pretrained",
        "In the teacher’s plane, pre-trained",
        "share of the squared first-layer weights that lie along its four features",
    )
    .unit("fraction"),
];

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "course",
        title: "Test error while they learn the new task",
        description: "Pre-trained, and from scratch (dashed), on the same batches.",
    },
    FigureSpec {
        key: "source",
        title: "The first task",
        description: "Test error on the first task while the body is learned.",
    },
    FigureSpec {
        key: "features",
        title: "What the first layer looks at",
        description: "Of the teacher: how much of each neuron's weights lies along the features the \
                      tasks share. Of digits: incoming weights as images.",
    },
    FigureSpec {
        key: "answers",
        title: "Answers on the test set",
        description: "Of the teacher: what both networks say against what is true. Of digits: test \
                      images and what the networks read.",
    },
];

/// The catalogue's entry.
pub const PRE_TRAINING_SUPERVISED: LabSpec = LabSpec {
    id: "pre_training_supervised",
    title: "Pre-training with labels of another task",
    slide: SLIDE,
    claim: "What is learned on a task with many examples helps on a related one with few.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Supervised::new(settings)?)),
};

/// The learning rate on the first task.
const SOURCE_RATE: f64 = 0.005;

/// The lab at one step.
pub(super) struct Supervised {
    pub settings: Settings,
    pub transfer: Transfer,
    pub teacher: Option<Teacher>,
}

impl Supervised {
    fn new(settings: &Settings) -> Result<Self> {
        let TaskPair { inputs, body, source, target, seen, teacher } = TaskPair::new(settings)?;
        let transfer = Transfer::new(Parts {
            inputs,
            body,
            source,
            target,
            seen,
            rates: rates(settings, SOURCE_RATE),
            alpha: 0.0,
            words: ["on the first task", "on the new task"],
            source_steps: settings.whole("source_steps") as u64,
            planned: settings.whole("steps") as u64,
            seed: settings.whole("seed") as u32,
        })?;
        Ok(Supervised { settings: settings.clone(), transfer, teacher })
    }

    /// For every neuron of the first layer, the share of its squared weights that lies along the
    /// teacher's features; and that of all of them together.
    pub fn overlaps(&self, network: &Network<f32>) -> Option<(Vec<f64>, f64)> {
        let teacher = self.teacher.as_ref()?;
        let parameters = network.parameters(0).unwrap_or_default();
        Some(overlaps(teacher, parameters.first()?))
    }
}

fn overlaps(teacher: &Teacher, w1: &Parameter) -> (Vec<f64>, f64) {
    let squares = |values: &mut dyn Iterator<Item = f64>| values.map(|x| x * x).sum::<f64>();
    let parts: Vec<(f64, f64)> = w1
        .values
        .chunks_exact(TEACHER_INPUTS)
        .map(|w| {
            let along = |u: &[f64]| u.iter().zip(w).map(|(u, w)| u * w).sum::<f64>();
            let features = teacher.features.chunks_exact(TEACHER_INPUTS);
            (squares(&mut features.map(along)), squares(&mut w.iter().copied()))
        })
        .collect();
    let (along, all) = parts.iter().fold((0.0, 0.0), |(a, b), (c, d)| (a + c, b + d));
    (parts.iter().map(|(along, all)| along / all).collect(), along / all)
}

impl AnyLab for Supervised {
    fn step(&mut self) -> Result<()> {
        self.transfer.step()
    }

    fn set(&mut self, settings: &Settings) {
        self.transfer.set(settings);
        self.settings = settings.clone();
    }

    /// What the pre-trained network says; probabilities for digits.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.transfer.pretrained.predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let mut metrics = self.transfer.metrics();
        let networks = [&self.transfer.scratch, &self.transfer.pretrained];
        let overlap = |network| self.overlaps(network).map_or(f64::NAN, |(_, all)| all);
        metrics.extend(networks.map(overlap));
        metrics
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "course" => self.course_figure(),
            "source" => self.source_figure(),
            "features" => self.features_figure(),
            _ => self.answers_figure(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Run;
    use crate::value::Value;

    fn run(query: &str) -> Result<Run> {
        let settings = Settings::from_query(PARAMETERS, query)?;
        let mut run = Run::new(&PRE_TRAINING_SUPERVISED, settings)?;
        run.step(run.progress().of)?;
        Ok(run)
    }

    fn metric(run: &Run, key: &str) -> f64 {
        run.metrics().into_iter().find(|(known, _)| *known == key).unwrap().1
    }

    #[test]
    fn weights_along_a_feature_lie_in_the_plane_and_others_do_not() {
        let teacher = Teacher::new(&mut crate::nn::stream(1, crate::nn::Stream::Data, 0));
        let u = &teacher.features[..TEACHER_INPUTS];
        let twice = u.iter().map(|u| 2.0 * u).collect::<Vec<f64>>();
        // What is left of a unit vector at right angles to all four features.
        let mut across: Vec<f64> =
            (0..TEACHER_INPUTS).map(|i| f64::from(u8::from(i == 0))).collect();
        for u in teacher.features.chunks_exact(TEACHER_INPUTS) {
            across.iter_mut().zip(u).for_each(|(x, along)| *x -= u[0] * along);
        }
        let size = across.iter().map(|x| x * x).sum::<f64>();
        let values = [twice, across].concat();
        let w1 = Parameter { name: "w1".into(), shape: vec![2, TEACHER_INPUTS], values };
        let (shares, all) = overlaps(&teacher, &w1);
        assert!((shares[0] - 1.0).abs() < 1e-12 && shares[1] < 1e-12, "{shares:?}");
        assert!((all - 4.0 / (4.0 + size)).abs() < 1e-12);
    }

    #[test]
    fn without_a_first_task_and_at_one_rate_both_networks_are_the_same() {
        for task in ["teacher", "digits"] {
            let query =
                format!("task={task}&source_steps=0&tuning=same_rate&learning_rate=0.002&steps=12");
            let run = run(&query).unwrap();
            assert_eq!(metric(&run, "gain"), 0.0, "{task}");
            assert!(metric(&run, "features_moved") > 0.0);
        }
    }

    #[test]
    fn a_frozen_body_stays_where_the_first_task_left_it() {
        for task in ["teacher", "digits"] {
            let run = run(&format!("task={task}&source_steps=5&steps=12&tuning=frozen")).unwrap();
            assert_eq!(metric(&run, "features_moved"), 0.0, "{task}");
            assert_ne!(metric(&run, "gain"), 0.0);
        }
    }

    #[test]
    fn more_digits_than_there_are_to_learn_from_are_refused() {
        let mut run = run("n_labels=600&source_steps=2&steps=4").unwrap();
        let before = run.settings().clone();
        let digits = Value::Text("digits".to_string());
        let message = run.set("task", &digits).unwrap_err().to_string();
        let says = "n_labels = 600: must be at most 550 with task = digits";
        assert!(message.starts_with(says), "{message}");
        assert_eq!((run.settings(), run.progress().steps), (&before, 4));
    }

    #[test]
    fn looking_changes_nothing_across_the_change_of_task() {
        let query = "task=digits&source_steps=3&steps=8";
        let settings = Settings::from_query(PARAMETERS, query).unwrap();
        let mut watched = Run::new(&PRE_TRAINING_SUPERVISED, settings).unwrap();
        for _ in 0..8 {
            watched.step(1).unwrap();
            FIGURES.iter().for_each(|figure| drop(watched.figure(figure.key).unwrap()));
        }
        let unwatched = run(query).unwrap();
        assert_eq!(format!("{:?}", watched.metrics()), format!("{:?}", unwatched.metrics()));
    }
}
