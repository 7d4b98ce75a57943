//! The parameters of the lab of smaller networks.

use super::draws::MOST;
use super::problem::{INDEPENDENT, SIZES};
use crate::labs::images::{IMAGES, TEST_IMAGES, images_of, judged, n_images};
use crate::param::{ParamSpec, Place, presets};

/// All of them, in the order of the page.
pub(super) const PARAMETERS: &[ParamSpec] = &[
    presets::keep_prob(0.5)
        .help("each hidden neuron is kept with this probability, in training and in the ensemble"),
    presets::units(10, 12)
        .label("Neurons per layer")
        .help("k in total make 2ᵏ smaller networks; at most 12, in one layer or two"),
    presets::hidden_layers(1, 2).help("with dropout in each of them"),
    presets::activation("relu"),
    ParamSpec::integer("image", 0, 0, TEST_IMAGES as u32 - 1, 1)
        .label("Test image")
        .help("the one whose answers are shown")
        .most(|settings| judged(settings, TEST_IMAGES) - 1)
        .view(),
    ParamSpec::integer("page", 0, 0, 171, 1)
        .label("Page of networks")
        .help("0: a selection from best to worst; then all of them, 24 per page, the best first")
        .view(),
    images_of(IMAGES),
    n_images(300).label("Training images").help("images to learn from"),
    presets::label_noise(0.0),
    ParamSpec::choice("independent", "smaller", SIZES)
        .label("Sixteen independent networks")
        .help("trained alongside it without dropout, sharing no weights"),
    presets::adam_rate(0.005),
    presets::batch_size(32, 128).help("training images per step"),
    // Not live, as in other labs: it says when training ends and the votes begin.
    ParamSpec::integer("steps", 3000, 1, 20_000, 1)
        .label("Steps")
        .help("two thirds are updates of the weights; in the rest the smaller networks vote"),
    ParamSpec::seed(),
    ParamSpec::integer("subnetwork", 0, 0, 4096, 1)
        .label("Network inspected")
        .help("0: none; then every smaller network in the order of the wall")
        .within(Place::Number(0.0), Place::Metric("subnetworks"))
        .view(),
    ParamSpec::integer("drawn", INDEPENDENT as u32, 1, MOST as u32, 1)
        .log()
        .label("Networks drawn")
        .symbol("m")
        .help("so many smaller networks, drawn at random, are averaged; 16 times")
        .view(),
];
