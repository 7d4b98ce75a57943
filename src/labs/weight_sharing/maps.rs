//! The maps of the two labs: errors against the number of training examples.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, MainSpec, shapes};

/// Convolution, filters of their own, and full connection.
pub(super) const CNN: MainSpec = MainSpec {
    parameter: "n_train",
    curves: &[
        CurveSpec::new("test_error_shared", "convolutional", Role::Test),
        CurveSpec::new("test_error_local", "locally connected", Role::Test).dashed(),
        CurveSpec::new("test_error_dense", "fully connected", Role::Neutral).dashed(),
    ],
    // The three are compared with each other.
    levels: &[],
    by: None,
    looked_at: None,
    up: "wrong answers",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Linear,
    stops: &[20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0],
    seeds: 3,
    guesses: &[
        Guess::between(
            "twice as many",
            &[[0.06, 0.9], [0.25, 0.6], [0.43, 0.2], [0.55, 0.06], [0.97, 0.04]],
            "two or three times as many are enough",
            (1.0, 4.0),
        ),
        Guess::between(
            "ten times as many",
            &[[0.06, 0.9], [0.35, 0.62], [0.6, 0.28], [0.82, 0.06], [0.97, 0.04]],
            "about ten times as many are enough",
            (4.0, 20.0),
        ),
        Guess::between(
            "more than twenty times",
            &[[0.06, 0.9], [0.4, 0.66], [0.7, 0.38], [0.97, 0.2]],
            "it takes more than twenty times as many",
            (20.0, f64::INFINITY),
        ),
    ],
    ask: Ask::Reaches { curve: "test_error_dense", target: "test_error_shared", at: 100.0 },
    spread: 0.02,
};

/// Recurrence, and weights of its own at every step, on sequences longer than those trained on.
pub(super) const RNN: MainSpec = MainSpec {
    parameter: "n_train",
    curves: &[
        CurveSpec::new("long_error_shared", "tied", Role::Test),
        CurveSpec::new("long_error_unshared", "separate", Role::Test).dashed(),
    ],
    levels: &[],
    by: None,
    looked_at: None,
    up: "wrong answers on long sequences",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Linear,
    stops: &[10.0, 20.0, 50.0, 100.0, 300.0, 1000.0],
    // With separate weights what comes after the trained length is a matter of luck.
    seeds: 5,
    guesses: &[
        Guess::between("none", shapes::FALLS, "it gets none wrong", (f64::NEG_INFINITY, 0.01)),
        Guess::between(
            "a few percent",
            &[[0.06, 0.9], [0.3, 0.66], [0.6, 0.34], [0.94, 0.12]],
            "it gets a few percent wrong",
            (0.01, 0.1),
        ),
        Guess::between(
            "more than a tenth",
            &[[0.06, 0.9], [0.3, 0.84], [0.6, 0.68], [0.94, 0.5]],
            "it gets more than a tenth wrong",
            (0.1, f64::INFINITY),
        ),
    ],
    ask: Ask::Value { curve: "long_error_unshared", at: 1000.0 },
    spread: 0.1,
};
