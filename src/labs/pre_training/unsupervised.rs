//! "Pre-training", unsupervised: an autoencoder moves shifted digits back to the middle, without a
//! single label; its encoder then learns from few labels.
//!
//! h = relu(W(2) relu(W(1) x + b(1)) + b(2)); first W(3) h + b(3) is to be the digit r in the middle
//! of x, E\[(W(3) h + b(3) - r)^2\]; then a softmax over a new W(3) h + b(3) is to be its class. The
//! network beside it starts at the very weights the autoencoder started at.

use super::dragged::Dragged;
use super::metrics::{
    best_test_error_scratch, features_moved, gain, test_error_pretrained, test_error_scratch,
    train_error_pretrained, train_error_scratch,
};
use super::parameters::{
    LEARNING_RATE, SCRATCH_RATE, SHIFTED, SLIDE, TUNING, augment, body_rate, mark,
};
use super::placing::{MANY_OF_EACH, Placing, Use, images_by_class, split_by_class};
use super::transfer::{Plan, Task, Tasks, Transfer, body};
use crate::data::{CANVAS_SIDE, DIGIT_CLASSES, Examples, PLACES, evenly};
use crate::error::Result;
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, share};
use crate::labs::images::{BUILT_IN, images_of};
use crate::nn::{Init, LayerConfig, Loss, Network, NetworkConfig, Parameter};
use crate::param::own::own;
use crate::param::{Choice, ParamSpec, Settings};

const IMAGES_OF_EACH: &[Choice] = &[BUILT_IN, own(&[]).of_images(MANY_OF_EACH)];

const PRETEXTS: &[Choice] = &[
    Choice::new("centre", "Move the image to the middle"),
    Choice::new("copy", "Draw what it sees"),
    Choice::new("denoise", "Remove noise"),
];

/// The last place of a digit, along a side of the canvas.
const LAST_PLACE: u32 = PLACES as u32 - 1;

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_labels", 10, 10, 1000, 1)
        .log()
        .label("Labels")
        .symbol("n")
        .help("labelled images to fine-tune on, the same number of each class")
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
        .help("what the autoencoder is asked for, on images without labels"),
    images_of(IMAGES_OF_EACH),
    SHIFTED,
    ParamSpec::integer("pretext_steps", 2000, 0, 10_000, 100)
        .label("Pretext steps")
        .help("updates of the autoencoder before the labels come; 0: nothing is pre-trained"),
    LEARNING_RATE,
    body_rate(0.02),
    SCRATCH_RATE,
    ParamSpec::integer("digit", 2, 0, 9, 1)
        .label("Class on the canvas")
        .help("the class of the test image that is shown")
        .view(),
    ParamSpec::integer("place_x", 4, 0, LAST_PLACE, 1)
        .label("Columns from the left")
        .help("where on the canvas the image begins; it is 8 pixels wide, the canvas 12")
        .view(),
    ParamSpec::integer("place_y", 0, 0, LAST_PLACE, 1)
        .label("Rows from the top")
        .help("where on the canvas the image begins; it is 8 pixels high, the canvas 12")
        .view(),
    ParamSpec::steps(3500, 30_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Unsupervised>; 9] = [
    test_error_scratch("of the network that knows the labels only"),
    test_error_pretrained("of the network that starts with the encoder"),
    gain(),
    train_error_scratch("on the labelled images, at most 200"),
    train_error_pretrained("on the labelled images, at most 200"),
    best_test_error_scratch(),
    features_moved(
        "distance of the encoder from where the pretext task left it, as a share of its length",
    ),
    share(
        "reconstruction_error",
        "Reconstruction error",
        "squared error of the autoencoder on test images, divided by that of drawing their mean",
    )
    .of(|lab| lab.transfer.source_error()),
    share(
        "reconstruction_tuned",
        "Reconstruction error, fine-tuned",
        "the same of the old decoder on the fine-tuned features",
    )
    .of(|lab| lab.tuned_error().unwrap_or(f64::NAN)),
];

const VIEWS: [View<Unsupervised>; 6] = [
    View::new(
        "course",
        "Test error while they learn the labels",
        "Wrong answers on the test set: pre-trained, and from scratch (dashed), on the same batches.",
        Unsupervised::course_picture,
    ),
    View::new(
        "drawings",
        "What it sees and what it draws",
        "Test images on their canvases; what the autoencoder draws; and what its old decoder draws \
         from the fine-tuned features.",
        Unsupervised::drawings_picture,
    ),
    View::new(
        "pretext",
        "The pretext task",
        "Reconstruction error on test images while the autoencoder learns.",
        Unsupervised::pretext_picture,
    ),
    View::new(
        "features",
        "Features of the first layer",
        "Incoming weights of ten neurons as images: as pre-trained, after fine-tuning, and from \
         scratch.",
        |lab| lab.transfer.features_picture(),
    ),
    View::new(
        "placed",
        "An image to drag",
        "One test image, wherever it is dragged to on the canvas, and what the autoencoder draws of it.",
        Unsupervised::placed_picture,
    )
    .with_handles(|lab| vec![lab.dragged.on_the_canvas()]),
    View::new(
        "places",
        "Who can read it",
        "What both networks answer for this image at each of the 25 places: blue where it is right, orange \
         where it is wrong. The ring is the place where the image stands.",
        Unsupervised::places_picture,
    )
    .with_handles(|lab| lab.dragged.on_the_maps().to_vec()),
];

/// The catalogue's entry.
pub const PRE_TRAINING_UNSUPERVISED: LabSpec = LabSpec {
    id: "pre_training_unsupervised",
    title: "Pre-training without labels",
    slide: SLIDE,
    claim: "Features learned without labels help most where labels are few.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::UNSUPERVISED),
    build: build::<Unsupervised>,
};

/// Neurons in the layers of the encoder.
const BODY: &[usize] = &[64, 32];

/// The learning rate of the autoencoder.
const PRETEXT_RATE: f64 = 0.002;

/// The variance of the noise that is to be taken away.
const NOISE: f64 = 0.1;

/// Digits to reconstruct that are scored.
const RECONSTRUCTED: usize = 200;

/// The lab at one step.
pub(super) struct Unsupervised {
    pub transfer: Transfer,
    /// The classes of the digits to reconstruct; only the captions know them.
    pub classes: Vec<f64>,
    /// What the old decoder makes of the test digits through the fine-tuned encoder.
    tuned: Memo<Vec<f64>>,
    /// The digit that is dragged about, and what it is answered with.
    pub dragged: Dragged,
}

impl Unsupervised {
    /// What the old decoder makes of test digits through the encoder as it is now; nothing before
    /// the labels come.
    pub fn drawn_by_tuned(&self) -> Option<&[f64]> {
        let drawn = || {
            let encoder = body(&self.transfer.pretrained);
            self.through(&encoder).expect("an encoder of the same shape")
        };
        self.transfer.has_body().then(|| self.tuned.get(drawn).as_slice())
    }

    /// How wrong that is.
    pub fn tuned_error(&self) -> Option<f64> {
        self.drawn_by_tuned().map(|drawn| self.transfer.tasks.source.error(drawn))
    }

    /// What the autoencoder would draw with this encoder in the place of its own.
    fn through(&self, encoder: &[Parameter]) -> Result<Vec<f64>> {
        let source = self.transfer.source().config();
        // Every weight is replaced: none needs to be drawn.
        let blank = |layer: &LayerConfig| LayerConfig { init: Init::Zeros, ..layer.clone() };
        let layers = source.layers.iter().map(blank).collect();
        let mut network: Network<f32> =
            Network::new(NetworkConfig::new(source.input, layers, source.loss))?;
        network.set_parameters(&self.transfer.source().parameters(0)?, 0)?;
        network.set_parameters(encoder, 0)?;
        network.predict(&self.transfer.tasks.source.test.x)
    }
}

/// The pretext task, on digits without labels; with `few` to be judged by.
fn pretext_task(name: &str, placing: Placing, digits: &Examples, few: &Examples) -> Task {
    let mut test = placing.classes(few, Use::Test);
    let mut feed = placing.feed(digits, digits.x.clone(), Use::Source);
    if name == "centre" {
        test.y.clone_from(&few.x);
    } else {
        test.y.clone_from(&test.x);
        feed = feed.reproducing();
    }
    Task { feed, outputs: test.y.len() / test.rows, test, loss: Loss::Mse }
}

impl AsRef<Transfer> for Unsupervised {
    fn as_ref(&self) -> &Transfer {
        &self.transfer
    }
}

impl Lab for Unsupervised {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let (placing, pretext) = (Placing::new(settings), settings.choice("pretext"));
        let seed = settings.seed();
        let data = split_by_class(&images_by_class(settings)?, DIGIT_CLASSES, seed);
        let labelled = data.train.first(settings.whole("n_labels"));
        let few = evenly(&data.test, RECONSTRUCTED);
        let tasks = Tasks {
            inputs: CANVAS_SIDE * CANVAS_SIDE,
            body: BODY,
            source: pretext_task(pretext, placing, &data.train, &few),
            target: Task {
                feed: placing.feed(&labelled, labelled.y.clone(), Use::Target),
                test: placing.classes(&data.test, Use::Test),
                loss: Loss::CrossEntropy,
                outputs: DIGIT_CLASSES,
            },
            seen: placing.classes(&labelled, Use::Seen),
        };
        let plan = Plan {
            source_steps: settings.whole("pretext_steps") as u64,
            source_rate: PRETEXT_RATE,
            alpha: if pretext == "denoise" { NOISE } else { 0.0 },
            on_source: "on the pretext task",
            on_target: "with labels",
        };
        let transfer = Transfer::new(settings, tasks, plan)?;
        let dragged = Dragged::new(&data.test, settings);
        Ok(Unsupervised { transfer, classes: few.y, tuned: Memo::default(), dragged })
    }

    fn step(&mut self) -> Result<()> {
        self.tuned.forget();
        self.dragged.forget();
        self.transfer.step()
    }

    fn set(&mut self, settings: &Settings) {
        self.transfer.set(settings);
        self.dragged.set(settings);
    }

    /// The autoencoder sees no labels.
    fn take_up(&mut self, before: &mut Self) {
        self.transfer.take_up(&mut before.transfer);
    }

    fn weights(&self) -> Vec<Weights> {
        super::weights(&self.transfer)
    }

    /// Probabilities of the ten digits, by the pre-trained network.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.transfer.pretrained.predict(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_labels_keep_the_autoencoder() {
        let lab = |query: &str| {
            let query = format!("pretext_steps=5&steps=8&{query}");
            Unsupervised::new(&Settings::from_query(PARAMETERS, &query).unwrap()).unwrap()
        };
        let mut before = lab("n_labels=10");
        (0..8).for_each(|_| Lab::step(&mut before).unwrap());
        for (query, kept) in [("n_labels=20", 5), ("seed=1", 0)] {
            let mut now = lab(query);
            now.take_up(&mut before);
            assert_eq!(now.transfer.source.reached(), kept, "{query}");
        }
    }
}
