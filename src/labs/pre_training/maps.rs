//! The maps of the two labs: errors against the number of labels.

use super::transfer::{PRETRAINED_ERROR, SCRATCH_ERROR};
use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, MainSpec, shapes};

const CURVES: &[CurveSpec] = &[
    CurveSpec::new(SCRATCH_ERROR, "from scratch", Role::Test).dashed(),
    CurveSpec::new(PRETRAINED_ERROR, "pre-trained", Role::Test),
];

/// Without labels: the gain shrinks to nothing.
pub(super) const UNSUPERVISED: MainSpec = MainSpec {
    parameter: "n_labels",
    curves: CURVES,
    levels: &[],
    by: None,
    looked_at: None,
    up: "test error",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Linear,
    stops: &[10.0, 20.0, 50.0, 100.0, 300.0, 1000.0],
    seeds: 3,
    guesses: &[
        Guess::between("grow", shapes::OPENS, "it grows", (1.5, f64::INFINITY)),
        Guess::between("stay the same", shapes::KEEPS, "it stays the same", (0.55, 1.5)),
        Guess::between(
            "shrink to nothing",
            shapes::CLOSES,
            "it shrinks to nothing",
            (f64::NEG_INFINITY, 0.55),
        ),
    ],
    ask: Ask::Gap { above: SCRATCH_ERROR, below: PRETRAINED_ERROR, from: 10.0, to: 1000.0 },
    spread: 0.03,
};

/// With labels of another task. Errors go up by ratios, since from scratch they begin several times as
/// large as those of always answering with the mean.
pub(super) const SUPERVISED: MainSpec = MainSpec {
    parameter: "n_labels",
    curves: CURVES,
    levels: &[],
    by: None,
    looked_at: None,
    up: "test error",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Log,
    stops: &[10.0, 20.0, 50.0, 100.0, 500.0, 1000.0, 5000.0],
    seeds: 3,
    guesses: &[
        Guess::between(
            "twice as many",
            &[[0.1, 0.9], [0.3, 0.7], [0.48, 0.3], [0.94, 0.1]],
            "about twice as many are enough",
            (1.0, 3.0),
        ),
        Guess::between(
            "five times as many",
            &[[0.1, 0.9], [0.35, 0.78], [0.66, 0.42], [0.94, 0.14]],
            "about five times as many are enough",
            (3.0, 10.0),
        ),
        Guess::between(
            "more than ten times",
            &[[0.1, 0.9], [0.45, 0.86], [0.75, 0.6], [0.94, 0.3]],
            "it takes more than ten times as many",
            (10.0, f64::INFINITY),
        ),
    ],
    ask: Ask::Reaches { curve: SCRATCH_ERROR, target: PRETRAINED_ERROR, at: 50.0 },
    spread: 0.3,
};
