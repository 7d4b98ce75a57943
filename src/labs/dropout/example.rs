//! "Dropout: example": the network of the slides, with every number of a step in sight.
//!
//! W(1) = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], W(2) = [[1, 2, 3], [4, 5, 6]], linear units, no biases.
//! With x2 and h2 dropped, the input [0, 1, 2] gives y_hat = [60, 132]. The slides use no rescaling
//! by 1/p; that is a separate, named choice here.

use super::example_neurons::INSPECTED;
use crate::error::{Error, Result};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number};
use crate::labs::arms::named;
use crate::labs::weights::weights_of;
use crate::nn::{
    Activation, DropoutScaling, Gradients, LaneRng, LayerConfig, Loss, Network, NetworkConfig,
    Parameter, Stream, all_masks, draw_mask, mask_chance,
};
use crate::param::presets;
use crate::param::{Choice, ParamSpec, Settings};
use std::iter;

/// Inputs, and as many hidden neurons.
pub(super) const WIDTH: usize = 3;

/// Outputs.
pub(super) const OUTPUTS: usize = 2;

const W1: [f64; 9] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
const W2: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

const KEPT: &str = "kept in the first step; dropped if not ticked";

const PARAMETERS: &[ParamSpec] = &[
    presets::keep_prob(0.5)
        .help("each input and hidden neuron of the next mask is kept with this probability")
        .live(),
    ParamSpec::choice(
        "input",
        "slide",
        &[
            Choice::new("slide", "x = [0, 1, 2], as on the slide"),
            Choice::new("no_zeros", "x = [1, 2, 3], without a zero"),
        ],
    )
    .label("Input")
    .help("the slide’s x₁ is 0, which hides a part of what dropout does"),
    ParamSpec::choice(
        "scaling",
        "none",
        &[
            Choice::new("none", "none, as on the slide"),
            Choice::new("at_test", "at test time, by p"),
            Choice::new("inverted", "in training, by 1/p"),
        ],
    )
    .label("Scaling")
    .help("how outputs are scaled to make up for the dropped neurons"),
    ParamSpec::real("target_1", 50.0, -1000.0, 1000.0, 1.0)
        .label("Target of output 1")
        .symbol("y₁")
        .help("what the first output should be"),
    ParamSpec::real("target_2", 100.0, -1000.0, 1000.0, 1.0)
        .label("Target of output 2")
        .symbol("y₂")
        .help("what the second output should be"),
    presets::learning_rate(0.0001, 0.000001, 0.01),
    ParamSpec::flag("keep_x1", true).label("Keep input").symbol("x₁").help(KEPT),
    ParamSpec::flag("keep_x2", false).label("Keep input").symbol("x₂").help(KEPT),
    ParamSpec::flag("keep_x3", true).label("Keep input").symbol("x₃").help(KEPT),
    ParamSpec::flag("keep_h1", true).label("Keep hidden neuron").symbol("h₁").help(KEPT),
    ParamSpec::flag("keep_h2", false).label("Keep hidden neuron").symbol("h₂").help(KEPT),
    ParamSpec::flag("keep_h3", true).label("Keep hidden neuron").symbol("h₃").help(KEPT),
    ParamSpec::choice("inspected", "none", INSPECTED)
        .label("Neuron inspected")
        .help("its products are written on the weights into it and out of it")
        .view(),
    ParamSpec::steps(20, 10_000),
    ParamSpec::seed(),
];

/// The choices of scaling, and what the figures call them.
const SCALINGS: [(&str, &str); 3] =
    [("inverted", "in training, by 1/p"), ("at_test", "at test time, by p"), ("none", "none")];

/// The flags of the first mask, in the order of [`Example::masks`].
pub(super) const FLAGS: [[&str; WIDTH]; 2] =
    [["keep_x1", "keep_x2", "keep_x3"], ["keep_h1", "keep_h2", "keep_h3"]];

const METRICS: [Metric<Example>; 5] = [
    number("y_hat_1", "Output 1", "of the reduced network")
        .symbol("ŷ₁")
        .of(|lab| lab.gradients().output[0]),
    number("y_hat_2", "Output 2", "of the reduced network")
        .symbol("ŷ₂")
        .of(|lab| lab.gradients().output[1]),
    number("loss", "Loss", "half the sum of squared errors of the reduced network")
        .of(|lab| lab.gradients().loss),
    number("mean_y_hat_1", "Output 1, mean over all 64 masks", "weighted by their probability")
        .of(|lab| lab.chosen().mean[0]),
    number("mean_y_hat_2", "Output 2, mean over all 64 masks", "weighted by their probability")
        .of(|lab| lab.chosen().mean[1]),
];

const VIEWS: [View<Example>; 6] = [
    View::new(
        "network",
        "The reduced network",
        "The slide’s network. Press an input or a hidden neuron to drop it or to put it back: its products \
         stand on the weights. Press an output to see what it adds up.",
        Example::network_picture,
    )
    .with_handles(Example::neurons),
    View::new(
        "forward",
        "Forward",
        "Every number on the way from x to ŷ.",
        Example::forward_picture,
    ),
    View::new(
        "backward",
        "Backward",
        "The gradient of the loss for every weight.",
        Example::backward_picture,
    ),
    View::new(
        "next",
        "After the update",
        "The weights after this step: only those of retained neurons have changed.",
        Example::next_picture,
    ),
    View::new(
        "masks",
        "All 64 masks",
        "The outputs of all 64 reduced networks, their mean, and the test-time pass; where \
         an input is 0, masks with and without it give the same output.",
        Example::masks_picture,
    ),
    View::new(
        "test_time",
        "Test time",
        "The three ways of scaling: mean over the masks against one pass.",
        Example::test_time_picture,
    ),
];

/// The catalogue's entry.
pub const DROPOUT_EXAMPLE: LabSpec = LabSpec {
    id: "dropout_example",
    title: "Dropout: example",
    slide: "Dropout: example",
    claim: "On the slide, dropping x₂ and h₂ turns ŷ = [120, 273] into [60, 132].",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: None,
    build: build::<Example>,
};

/// One way to scale, seen at test time.
pub(super) struct TestTime {
    /// The choice of parameter `scaling`.
    pub name: &'static str,
    /// What it is called in words.
    pub label: &'static str,
    /// The outputs of all 64 reduced networks and the chance of each.
    pub outputs: Vec<(f64, Vec<f64>)>,
    /// The mean of these outputs, each weighted by its chance.
    pub mean: Vec<f64>,
    /// The outputs of the single pass at test time.
    pub single: Vec<f64>,
}

/// The lab at one step.
pub(super) struct Example {
    /// The settings as they are now.
    pub settings: Settings,
    network: Network<f64>,
    mask_streams: [LaneRng; 2],
    /// 0 or 1 for every input, then for every hidden neuron.
    pub masks: [Vec<f64>; 2],
    /// Updates so far.
    pub steps: u64,
    gradients: Memo<Gradients>,
    test_times: Memo<[TestTime; 3]>,
}

impl Example {
    /// The input.
    pub fn x(&self) -> [f64; WIDTH] {
        if self.settings.choice("input") == "slide" { [0.0, 1.0, 2.0] } else { [1.0, 2.0, 3.0] }
    }

    /// The target.
    pub fn y(&self) -> [f64; OUTPUTS] {
        [self.settings.real("target_1"), self.settings.real("target_2")]
    }

    /// W(1), then W(2), row major.
    pub fn weights(&self) -> [&[f64]; 2] {
        ["w1", "w2"].map(|name| {
            self.network.weights(0, name).expect("a weight matrix of the slide's network").values
        })
    }

    /// What a kept neuron's output is multiplied by in training.
    pub fn factor(&self) -> f64 {
        chosen_scaling(&self.settings).in_training(self.settings.real("keep_prob"))
    }

    /// The reduced network's outputs and gradients.
    pub fn gradients(&self) -> &Gradients {
        self.gradients.get(|| {
            let pass = self.network.gradients(&self.x(), &self.y(), Some(&self.masks));
            pass.expect("the lab's own arrays fit, and its weights are finite")
        })
    }

    /// The weights after an update with these gradients.
    pub fn updated(&self) -> [Vec<f64>; 2] {
        let rate = self.settings.real("learning_rate");
        let weights = self.weights();
        [0, 1].map(|layer| {
            let gradients = &self.gradients().parameters[2 * layer].values;
            weights[layer].iter().zip(gradients).map(|(w, g)| w - rate * g).collect()
        })
    }

    /// The three ways to scale, side by side.
    pub fn test_times(&self) -> &[TestTime; 3] {
        self.test_times.get(|| {
            SCALINGS.map(|(name, label)| {
                let scaling = named(name, &DropoutScaling::NAMES);
                let network = network(&self.settings, scaling, self.weights());
                self.test_time(name, label, &network.expect("the lab's own network"))
            })
        })
    }

    fn test_time(
        &self,
        name: &'static str,
        label: &'static str,
        network: &Network<f64>,
    ) -> TestTime {
        let one = |kept: Vec<bool>| {
            let mask: Vec<f64> = kept.iter().map(|&kept| f64::from(u8::from(kept))).collect();
            let masks = [mask[..WIDTH].to_vec(), mask[WIDTH..].to_vec()];
            let pass = network.gradients(&self.x(), &self.y(), Some(&masks));
            let keep_probs = iter::repeat(self.settings.real("keep_prob"));
            (mask_chance(&kept, keep_probs), pass.expect("finite weights").output)
        };
        let outputs: Vec<(f64, Vec<f64>)> = all_masks(2 * WIDTH).map(one).collect();
        let mean =
            |output: usize| outputs.iter().map(|(chance, y_hat)| chance * y_hat[output]).sum();
        let (mean, single) = ((0..OUTPUTS).map(mean).collect(), network.predict(&self.x()));
        TestTime { name, label, mean, single: single.expect("one row"), outputs }
    }

    /// The chosen way to scale.
    pub fn chosen(&self) -> &TestTime {
        let name = self.settings.choice("scaling");
        self.test_times().iter().find(|time| time.name == name).expect("one of the three")
    }

    fn forget(&mut self) {
        self.gradients.forget();
        self.test_times.forget();
    }
}

fn chosen_scaling(settings: &Settings) -> DropoutScaling {
    named(settings.choice("scaling"), &DropoutScaling::NAMES)
}

/// The slide's network with these weights.
fn network(
    settings: &Settings,
    dropout_scaling: DropoutScaling,
    weights: [&[f64]; 2],
) -> Result<Network<f64>> {
    let mut hidden = LayerConfig::dense(WIDTH, Activation::Linear);
    hidden.keep_prob = settings.real("keep_prob");
    let layers = vec![hidden, LayerConfig::dense(OUTPUTS, Activation::Linear)];
    let mut network = Network::new(NetworkConfig {
        keep_prob_input: settings.real("keep_prob"),
        dropout_scaling,
        ..NetworkConfig::new(WIDTH, layers, Loss::HalfSse)
    })?;
    let [w1, w2] = weights.map(<[f64]>::to_vec);
    let parameter = |name: &str, rows, values| Parameter {
        name: name.to_string(),
        shape: vec![rows, WIDTH],
        values,
    };
    network.set_parameters(&[parameter("w1", WIDTH, w1), parameter("w2", OUTPUTS, w2)], 0)?;
    Ok(network)
}

impl Lab for Example {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let seed = settings.seed();
        let kept = |key| f64::from(u8::from(settings.flag(key)));
        Ok(Example {
            settings: settings.clone(),
            network: network(settings, chosen_scaling(settings), [&W1, &W2])?,
            mask_streams: [0, 1].map(|layer| LaneRng::new(seed, Stream::Mask(layer), 0)),
            masks: FLAGS.map(|keys| keys.map(kept).to_vec()),
            steps: 0,
            gradients: Memo::default(),
            test_times: Memo::default(),
        })
    }

    /// Updates the weights of the retained neurons, puts the others back and draws the next mask.
    fn step(&mut self) -> Result<()> {
        let [w1, w2] = self.updated();
        // What a network refuses as its weights is beyond all measure.
        let finite = w1.iter().chain(&w2).all(|w| w.abs() <= f64::from(f32::MAX));
        if !finite {
            return Err(Error::Diverged { step: self.steps + 1 });
        }
        self.forget();
        self.network = network(&self.settings, chosen_scaling(&self.settings), [&w1, &w2])?;
        for (rng, mask) in self.mask_streams.iter_mut().zip(&mut self.masks) {
            draw_mask(rng, self.settings.real("keep_prob"), mask);
        }
        self.steps += 1;
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.forget();
        self.network.set_keep_probs(settings.real("keep_prob"), settings.real("keep_prob"));
        self.settings = settings.clone();
    }

    fn weights(&self) -> Vec<Weights> {
        weights_of([("network", &self.network)])
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.network.predict(x)
    }
}
