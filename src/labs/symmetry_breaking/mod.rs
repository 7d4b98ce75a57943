//! "Symmetry breaking": neurons that start equal stay equal, until dropout tells them apart.
//!
//! Where all rows of W(1) are the same, all hidden units are the same. Where they also go on to the
//! next layer with the same weights, they get the same gradient, w_i <- w_i - eta dL/dh_i (1 - h_i^2) x,
//! and stay the same for ever: exactly, since every neuron's sum is taken in the same order. Dropping
//! inputs changes x, which is the same for all of them. Dropping hidden neurons changes dL/dh_i.

mod arms;
mod figures;

use crate::data::{DIGIT_CLASSES, Split, digits, split};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::nn::{Loss, cosines, effective_rank, max_difference, mean_cosine, score};
use crate::param::{Choice, ParamSpec, Settings};
use arms::{Arm, KINDS, PIXELS};
use std::sync::OnceLock;

/// Test images: the rest, when all that `n_train` allows are taken to learn from.
const N_TEST: usize = 697;

/// The first steps, all of them recorded: where symmetry breaks, it breaks there.
const FIRST_STEPS: u64 = 10;

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::choice(
        "arm",
        "tied",
        &[
            Choice::new("tied", "Equal start, no dropout"),
            Choice::new("tied_input_dropout", "Equal start, dropout on inputs"),
            Choice::new("tied_hidden_dropout", "Equal start, dropout on hidden neurons"),
            Choice::new("rows_equal", "Only the rows of W⁽¹⁾ equal"),
            Choice::new("random", "All random"),
        ],
    )
    .label("Numbers shown for")
    .help("all five are trained side by side from the same seed; the images show all of them")
    .view(),
    ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("of hidden neurons, in the network where they are dropped")
        .live(),
    ParamSpec::real("keep_prob_input", 0.8, 0.05, 1.0, 0.05)
        .label("Keep probability of inputs")
        .help("in the network where inputs are dropped")
        .live(),
    ParamSpec::real("perturbation", 0.0, 0.0, 0.1, 0.000000001)
        .log()
        .label("Perturbation")
        .help("standard deviation of what is added to rows that start equal; 0 is exactly equal"),
    ParamSpec::integer("units", 8, 2, 32, 1)
        .label("Hidden neurons")
        .help("tanh neurons in the hidden layer"),
    ParamSpec::integer("n_train", 400, 10, 1100, 10)
        .label("Training examples")
        .help("handwritten digits, with the right labels"),
    ParamSpec::real("learning_rate", 0.2, 0.001, 2.0, 0.001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("each weight changes by this times its gradient: plain SGD")
        .live(),
    ParamSpec::integer("batch_size", 16, 1, 128, 1)
        .label("Batch size")
        .help("training examples a step"),
    ParamSpec::steps(2000, 20_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("max_difference", "Largest difference", "of two hidden neurons’ weights, now"),
    MetricSpec::new(
        "first_difference",
        "Difference after the first step",
        "the largest of two hidden neurons’ weights",
    ),
    MetricSpec::new(
        "most_difference",
        "Largest difference so far",
        "of two hidden neurons’ weights, at any step",
    ),
    MetricSpec::new(
        "hidden_difference",
        "Largest difference of outputs",
        "in h⁽¹⁾, any test image",
    ),
    MetricSpec::new(
        "mean_cosine",
        "Mean cosine",
        "between two rows of W⁽¹⁾; 1: the same direction",
    )
    .decimals(3),
    MetricSpec::new("effective_rank", "Effective rank", "directions that the rows of W⁽¹⁾ take")
        .decimals(2),
    MetricSpec::new("test_error", "Test error", "wrong on images it never saw").unit("fraction"),
];

const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "rows",
        title: "The rows of W⁽¹⁾",
        description: "What each hidden neuron looks for: its weights as an image of 8 × 8 pixels, in one \
                      strip for each of the five networks.",
    },
    FigureSpec {
        key: "difference",
        title: "Largest difference between two rows",
        description: "Of all five networks, against steps, on a logarithmic axis; exactly 0 lies below it.",
    },
    FigureSpec {
        key: "error",
        title: "Test error",
        description: "Of all five networks, against steps.",
    },
    FigureSpec {
        key: "cosines",
        title: "How alike two neurons are",
        description: "The cosine of the angle between two rows of W⁽¹⁾.",
    },
    FigureSpec {
        key: "hidden",
        title: "h⁽¹⁾ for twenty digits",
        description: "What every hidden neuron answers to the same test images, one line a neuron.",
    },
    FigureSpec {
        key: "arms",
        title: "Five networks, one seed",
        description: "How the five networks stand now.",
    },
];

/// The catalogue's entry.
pub const SYMMETRY_BREAKING: LabSpec = LabSpec {
    id: "symmetry_breaking",
    title: "Symmetry breaking",
    slide: "Symmetry breaking",
    claim: "Hidden neurons that start equal stay equal; dropping some of them sets them apart.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Symmetry::new(settings)?)),
};

/// How one network stands.
struct Measures {
    /// Between its rows of W(1).
    cosines: Vec<f64>,
    mean_cosine: f64,
    effective_rank: f64,
    test_error: f64,
}

/// The lab at one step.
struct Symmetry {
    settings: Settings,
    split: Split,
    arms: Vec<Arm>,
    /// Of every arm the difference, then of every arm the test error.
    curves: Curves,
    /// How the arms stand now: found when first asked for, and forgotten at the next step.
    measures: OnceLock<Vec<Measures>>,
}

impl Symmetry {
    fn new(settings: &Settings) -> Result<Self> {
        let seed = settings.whole("seed") as u32;
        let split = split(&digits(), settings.whole("n_train"), N_TEST, seed);
        let arms = Arm::all(settings, &split.train)?;
        let curves = Curves::new(2 * arms.len(), settings.whole("steps"));
        let (settings, measures) = (settings.clone(), OnceLock::new());
        let mut lab = Symmetry { settings, split, arms, curves, measures };
        lab.record();
        Ok(lab)
    }

    /// The number of the arm that is shown.
    fn shown(&self) -> usize {
        let chosen = self.settings.choice("arm");
        KINDS.iter().position(|kind| kind.key == chosen).expect("every choice is an arm")
    }

    fn steps(&self) -> u64 {
        self.arms[0].network.steps()
    }

    /// How every arm stands now.
    fn measures(&self) -> &[Measures] {
        let of = |arm: &Arm| {
            let rows = arm.rows();
            let cosines = cosines(rows, PIXELS);
            let y_hat = arm.network.predict(&self.split.test.x).expect("the lab's own images");
            let y = &self.split.test.y;
            Measures {
                mean_cosine: mean_cosine(&cosines, rows.len() / PIXELS),
                effective_rank: effective_rank(rows, PIXELS),
                test_error: score(Loss::CrossEntropy, &y_hat, y, DIGIT_CLASSES).error,
                cosines,
            }
        };
        self.measures.get_or_init(|| self.arms.iter().map(of).collect())
    }

    /// The largest difference between two hidden neurons' outputs on any test image.
    fn hidden_difference(&self) -> f64 {
        let hidden = self.arms[self.shown()].hidden(&self.split.test.x);
        let images = hidden.chunks_exact(self.settings.whole("units"));
        images.map(|h| max_difference(h, 1)).fold(0.0, f64::max)
    }

    fn record(&mut self) {
        let differences = self.arms.iter().map(|arm| arm.difference);
        let errors = self.measures().iter().map(|measures| measures.test_error);
        let values: Vec<f64> = differences.chain(errors).collect();
        self.curves.record(self.steps(), &values);
    }
}

impl AnyLab for Symmetry {
    fn step(&mut self) -> Result<()> {
        self.measures = OnceLock::new();
        self.arms.iter_mut().try_for_each(Arm::step)?;
        if self.curves.due(self.steps()) || self.steps() <= FIRST_STEPS {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.arms.iter_mut().zip(&KINDS).for_each(|(arm, kind)| arm.set(kind, settings));
        self.settings = settings.clone();
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.arms[self.shown()].network.predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let (arm, measures) = (&self.arms[self.shown()], &self.measures()[self.shown()]);
        vec![
            arm.difference,
            arm.first,
            arm.most,
            self.hidden_difference(),
            measures.mean_cosine,
            measures.effective_rank,
            measures.test_error,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "rows" => self.rows_figure(),
            "difference" => self.difference_figure(),
            "error" => self.error_figure(),
            "cosines" => self.cosines_figure(),
            "hidden" => self.hidden_figure(),
            _ => self.arms_figure(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Run;
    use crate::value::Value;

    fn run(query: &str, steps: u64) -> Run {
        let settings = Settings::from_query(PARAMETERS, query).unwrap();
        let mut run = Run::new(&SYMMETRY_BREAKING, settings).unwrap();
        run.step(steps).unwrap();
        run
    }

    fn metric(run: &Run, key: &str) -> f64 {
        run.metrics().into_iter().find(|(known, _)| *known == key).unwrap().1
    }

    /// Whatever the number of neurons, their sums are taken in the same order: no bit differs.
    #[test]
    fn equal_neurons_stay_equal_to_the_last_bit_with_or_without_input_dropout() {
        for units in [2, 5, 8, 13, 32] {
            for arm in ["tied", "tied_input_dropout"] {
                let run = run(&format!("arm={arm}&units={units}&seed=3"), 150);
                for key in ["max_difference", "most_difference", "hidden_difference"] {
                    assert_eq!(metric(&run, key), 0.0, "{arm} {units} {key}");
                }
                assert!((metric(&run, "effective_rank") - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn hidden_dropout_or_a_random_next_layer_breaks_the_tie_at_the_first_step() {
        for arm in ["tied_hidden_dropout", "rows_equal"] {
            let run = run(&format!("arm={arm}"), 1);
            assert!(metric(&run, "first_difference") > 0.01, "{arm}");
            assert_eq!(metric(&run, "first_difference"), metric(&run, "max_difference"));
        }
    }

    #[test]
    fn hidden_dropout_with_nothing_dropped_is_the_tied_network() {
        let run = run("arm=tied_hidden_dropout&keep_prob=1", 50);
        assert_eq!(metric(&run, "most_difference"), 0.0);
    }

    #[test]
    fn another_network_is_shown_without_a_new_start() {
        let mut run = run("", 5);
        assert_eq!(metric(&run, "max_difference"), 0.0);
        run.set("arm", &Value::Text("random".into())).unwrap();
        assert_eq!(run.progress().steps, 5);
        assert!(metric(&run, "max_difference") > 0.1);
    }
}
