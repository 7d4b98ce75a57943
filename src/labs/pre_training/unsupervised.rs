//! "Pre-training", unsupervised: an autoencoder moves shifted digits back to the middle, without a
//! single label; its encoder then learns from few labels.
//!
//! h = relu(W(2) relu(W(1) x + b(1)) + b(2)); first W(3) h + b(3) is to be the digit r in the middle
//! of x, E\[(W(3) h + b(3) - r)^2\]; then a softmax over a new W(3) h + b(3) is to be its class. The
//! network beside it starts at the very weights the autoencoder started at.

use super::feed::Pairs;
use super::placing::{Placing, Use};
use super::transfer::{Parts, Task, Transfer};
use super::{DIGITS_A_CLASS, LEARNING_RATE, SCRATCH_RATE, SHIFTED, SLIDE, TUNING, augment, rates};
use crate::data::{CANVAS_SIDE, DIGIT_CLASSES, Examples, balanced_split, digits};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::nn::{Init, LayerConfig, Loss, Network, NetworkConfig, Parameter};
use crate::param::{Choice, Mark, ParamSpec, Place, Settings};
use std::sync::OnceLock;

const PRETEXTS: &[Choice] = &[
    Choice::new("centre", "Move the digit to the middle"),
    Choice::new("copy", "Draw what it sees"),
    Choice::new("denoise", "Take noise away"),
];

const fn mark(label: &'static str, at: f64) -> Mark {
    Mark { label, at: Place::Number(at) }
}

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_labels", 10, 10, 1000, 1)
        .log()
        .label("Labels")
        .symbol("n")
        .help("labelled digits to fine-tune on, evenly of all ten")
        .marks(&[
            mark("10", 10.0),
            mark("20", 20.0),
            mark("50", 50.0),
            mark("100", 100.0),
            mark("300", 300.0),
            mark("1,000", 1000.0),
        ]),
    TUNING,
    augment(true),
    ParamSpec::choice("pretext", "centre", PRETEXTS)
        .label("Pretext task")
        .help("what the autoencoder is asked for, on digits without labels"),
    SHIFTED,
    ParamSpec::integer("pretext_steps", 2000, 0, 10_000, 100)
        .label("Pretext steps")
        .help("updates of the autoencoder before the labels come; 0: nothing is pre-trained"),
    LEARNING_RATE,
    ParamSpec::real("body_rate", 0.02, 0.0, 1.0, 0.01)
        .label("Rate of the body")
        .help("where it is lower: as a share of the output layer’s"),
    SCRATCH_RATE,
    ParamSpec::steps(3500, 30_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new(
        "test_error_scratch",
        "Test error from scratch",
        "of the network that knows the labels only",
    )
    .unit("fraction"),
    MetricSpec::new(
        "test_error_pretrained",
        "Test error pre-trained",
        "of the network that starts with the encoder",
    )
    .unit("fraction"),
    MetricSpec::new("gain", "Gain", "test error from scratch less pre-trained").unit("points"),
    MetricSpec::new(
        "train_error_scratch",
        "Training error from scratch",
        "on the labelled digits, at most 200",
    )
    .unit("fraction"),
    MetricSpec::new(
        "train_error_pretrained",
        "Training error pre-trained",
        "on the labelled digits, at most 200",
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
        "distance of the encoder from where the pretext task left it, as a share of its length",
    )
    .unit("fraction"),
    MetricSpec::new(
        "reconstruction_error",
        "Reconstruction error",
        "squared error of the autoencoder on test digits, over that of drawing their mean",
    )
    .unit("fraction"),
    MetricSpec::new(
        "reconstruction_tuned",
        "Reconstruction error, fine-tuned",
        "the same of the old decoder on the fine-tuned features",
    )
    .unit("fraction"),
];

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "course",
        title: "Test error while they learn the labels",
        description: "Wrong answers on the test set: pre-trained, and from scratch (dashed), on the \
                      same batches.",
    },
    FigureSpec {
        key: "drawings",
        title: "What it sees and what it draws",
        description: "Test digits on their canvases; what the autoencoder draws; and what its old \
                      decoder draws from the fine-tuned features.",
    },
    FigureSpec {
        key: "pretext",
        title: "The pretext task",
        description: "Reconstruction error on test digits while the autoencoder learns.",
    },
    FigureSpec {
        key: "features",
        title: "Features of the first layer",
        description: "Incoming weights of eight neurons as images: as pre-trained, after \
                      fine-tuning, and from scratch.",
    },
];

/// The catalogue's entry.
pub const PRE_TRAINING_UNSUPERVISED: LabSpec = LabSpec {
    id: "pre_training_unsupervised",
    title: "Pre-training without labels",
    slide: SLIDE,
    claim: "Features learned without labels help most where labels are few.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Unsupervised::new(settings)?)),
};

/// Neurons in the layers of the encoder.
const BODY: &[usize] = &[64, 32];

/// The learning rate of the autoencoder.
const PRETEXT_RATE: f64 = 0.002;

/// The variance of the noise that is to be taken away.
const NOISE: f64 = 0.1;

/// Labelled digits, and digits to reconstruct, that are scored.
const MOST_SEEN: usize = 200;
const RECONSTRUCTED: usize = 200;

/// The lab at one step.
pub(super) struct Unsupervised {
    pub settings: Settings,
    pub transfer: Transfer,
    /// The classes of the digits to reconstruct; only the captions know them.
    pub classes: Vec<f64>,
    /// What the old decoder makes of the test digits through the fine-tuned encoder.
    tuned: OnceLock<Vec<f64>>,
}

impl Unsupervised {
    fn new(settings: &Settings) -> Result<Self> {
        let seed = settings.whole("seed") as u32;
        let (placing, pretext) = (Placing::new(settings), settings.choice("pretext"));
        let data = balanced_split(&digits(), DIGIT_CLASSES, DIGITS_A_CLASS, seed);
        let labelled = data.train.pick(&(0..settings.whole("n_labels")).collect::<Vec<usize>>());
        let few = spread(&data.test, RECONSTRUCTED);
        let placed = |digits: &Examples, of| {
            Pairs::new(placing.once(digits, of), digits.y.clone(), digits.y.len())
        };
        let mut reconstructed = placed(&few, Use::Test);
        let mut feed = placing.feed(&data.train, data.train.x.clone(), Use::Source);
        if pretext == "centre" {
            reconstructed.y.clone_from(&few.x);
        } else {
            reconstructed.y.clone_from(&reconstructed.x);
            feed = feed.reproducing();
        }
        let outputs = reconstructed.y.len() / RECONSTRUCTED;
        let transfer = Transfer::new(Parts {
            inputs: CANVAS_SIDE * CANVAS_SIDE,
            body: BODY,
            source: Task { feed, test: reconstructed, loss: Loss::Mse, outputs },
            target: Task {
                feed: placing.feed(&labelled, labelled.y.clone(), Use::Target),
                test: placed(&data.test, Use::Test),
                loss: Loss::CrossEntropy,
                outputs: DIGIT_CLASSES,
            },
            seen: placed(&labelled, Use::Seen).first(MOST_SEEN),
            rates: rates(settings, PRETEXT_RATE),
            alpha: if pretext == "denoise" { NOISE } else { 0.0 },
            words: ["on the pretext task", "with labels"],
            source_steps: settings.whole("pretext_steps") as u64,
            planned: settings.whole("steps") as u64,
            seed,
        })?;
        let tuned = OnceLock::new();
        Ok(Unsupervised { settings: settings.clone(), transfer, classes: few.y, tuned })
    }

    /// What the old decoder makes of test digits through the encoder as it is now; nothing before
    /// the labels come.
    pub fn drawn_by_tuned(&self) -> Option<&[f64]> {
        let drawn = || {
            let body = self.transfer.body(&self.transfer.pretrained);
            self.through(&body).unwrap_or_default()
        };
        self.transfer.has_body().then(|| self.tuned.get_or_init(drawn).as_slice())
    }

    /// What the autoencoder would draw with this encoder in the place of its own.
    fn through(&self, body: &[Parameter]) -> Result<Vec<f64>> {
        let source = self.transfer.source.config();
        // Every weight is replaced: none needs to be drawn.
        let blank = |layer: &LayerConfig| LayerConfig { init: Init::Zeros, ..layer.clone() };
        let layers = source.layers.iter().map(blank).collect();
        let mut network: Network<f32> =
            Network::new(NetworkConfig::new(source.input, layers, source.loss))?;
        let mut parameters = self.transfer.source.parameters(0)?;
        parameters.splice(..body.len(), body.iter().cloned());
        network.set_parameters(&parameters, 0)?;
        network.predict(&self.transfer.source_task.test.x)
    }
}

/// So many examples, evenly from the first to the last: a split by class has the examples of its
/// rarest class at the end.
fn spread(all: &Examples, count: usize) -> Examples {
    all.pick(&(0..count).map(|i| i * all.y.len() / count).collect::<Vec<usize>>())
}

impl AnyLab for Unsupervised {
    fn step(&mut self) -> Result<()> {
        self.tuned = OnceLock::new();
        self.transfer.step()
    }

    fn set(&mut self, settings: &Settings) {
        self.transfer.set(settings);
        self.settings = settings.clone();
    }

    /// Probabilities of the ten digits, by the pre-trained network.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.transfer.pretrained.predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let mut metrics = self.transfer.metrics();
        let drawn = self.drawn_by_tuned();
        metrics.push(drawn.map_or(f64::NAN, |drawn| self.transfer.source_task.error(drawn)));
        metrics
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "course" => self.course_figure(),
            "drawings" => self.drawings_figure(),
            "pretext" => self.pretext_figure(),
            _ => self.transfer.features_figure(FIGURES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Body;
    use crate::lab::Run;

    fn run(query: &str) -> Run {
        let settings = Settings::from_query(PARAMETERS, query).unwrap();
        let mut run = Run::new(&PRE_TRAINING_UNSUPERVISED, settings).unwrap();
        run.step(run.progress().of).unwrap();
        run
    }

    fn metric(run: &Run, key: &str) -> f64 {
        run.metrics().into_iter().find(|(known, _)| *known == key).unwrap().1
    }

    #[test]
    fn without_a_pretext_and_at_one_rate_both_networks_are_the_same() {
        let run = run("pretext_steps=0&tuning=same_rate&learning_rate=0.002&steps=12");
        assert_eq!(metric(&run, "gain"), 0.0);
        assert!(metric(&run, "features_moved") > 0.0);
    }

    #[test]
    fn frozen_features_stay_and_the_old_decoder_still_fits_them() {
        let run = run("pretext_steps=5&steps=12&tuning=frozen");
        assert_eq!(metric(&run, "features_moved"), 0.0);
        assert_eq!(metric(&run, "reconstruction_tuned"), metric(&run, "reconstruction_error"));
    }

    #[test]
    fn the_pretext_task_sees_no_label() {
        let few = run("n_labels=10&pretext_steps=8&steps=8");
        let many = run("n_labels=1000&pretext_steps=8&steps=8&tuning=frozen&augment=false");
        let error = |run: &Run| metric(run, "reconstruction_error");
        assert_eq!(error(&few), error(&many));
        assert!(error(&few) < error(&run("pretext_steps=8&steps=1")));
    }

    #[test]
    fn every_pretext_task_and_placing_runs_and_looking_changes_nothing() {
        for pretext in ["centre", "copy", "denoise"] {
            for shifted in [true, false] {
                let query = format!("pretext={pretext}&shifted={shifted}&pretext_steps=3&steps=7");
                let settings = Settings::from_query(PARAMETERS, &query).unwrap();
                let mut watched = Run::new(&PRE_TRAINING_UNSUPERVISED, settings).unwrap();
                assert!(metric(&watched, "features_moved").is_nan());
                for _ in 0..7 {
                    watched.step(1).unwrap();
                    FIGURES.iter().for_each(|figure| drop(watched.figure(figure.key).unwrap()));
                }
                let drawings = watched.figure("drawings").unwrap();
                let Body::Images(images) = drawings.body else { panic!("images") };
                let mut pixels = images.items.iter().flat_map(|image| &image.pixels);
                assert!(pixels.all(|ink| (0.0..=1.0).contains(ink)), "{query}");
                let unwatched = run(&query);
                let words = |run: &Run| format!("{:?}", run.metrics());
                assert_eq!(words(&watched), words(&unwatched), "{query}");
                assert!(metric(&watched, "reconstruction_tuned").is_finite(), "{query}");
            }
        }
    }
}
