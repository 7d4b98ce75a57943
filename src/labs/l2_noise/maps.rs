//! The maps of the three labs on noise and ridge.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec, Trend, shapes};

/// Linear: noisy copies come nearer to ridge as one over the root of their number.
pub(super) const LINEAR: MainSpec = MainSpec {
    parameter: "copies",
    curves: &[CurveSpec::new("distance_copies_rms", "K noisy copies", Role::Average)],
    levels: &[LevelSpec::along("distance_copies_predicted", "predicted", Role::Theory)],
    by: None,
    looked_at: None,
    up: "distance to ridge",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Log,
    stops: &[1.0, 4.0, 16.0, 64.0, 256.0, 1024.0],
    seeds: 3,
    guesses: &[
        Guess::between("half", &[[0.02, 0.9], [0.98, 0.54]], "about half is left", (0.37, 0.8)),
        Guess::between(
            "a quarter",
            &[[0.02, 0.9], [0.98, 0.18]],
            "about a quarter is left",
            (0.17, 0.37),
        ),
        Guess::between(
            "a sixteenth",
            &[[0.02, 0.9], [0.59, 0.04]],
            "about a sixteenth is left",
            (0.0, 0.17),
        ),
    ],
    ask: Ask::PerTimes { curve: "distance_copies_rms", times: 16.0 },
    spread: 0.15,
};

/// Nonlinear: the network with noise comes to the exact answer for noise, the one with L2 does not.
pub(super) const NONLINEAR: MainSpec = MainSpec {
    parameter: "alpha",
    curves: &[
        CurveSpec::new("distance_noise_exact", "noise", Role::Test),
        CurveSpec::new("distance_l2_exact", "L2", Role::Test).dashed(),
    ],
    levels: &[],
    by: None,
    looked_at: None,
    up: "distance to the exact answer",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Linear,
    stops: &[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
    seeds: 3,
    guesses: &[
        Guess::trend("fall", shapes::FALLS, Trend::Falls),
        Guess::trend("stay the same", shapes::STAYS, Trend::Level),
        Guess::trend("fall, then rise", shapes::VALLEY, Trend::FallsThenRises),
    ],
    ask: Ask::Trend { curve: "distance_l2_exact", from: 0.001, to: 1.0 },
    spread: 0.03,
};

/// Dropout: on columns in other units ridge parts from it, the more so the more inputs are dropped. SGD
/// with dropout stays where the formula is at every p, and so does ridge on standardised columns: on
/// these alone, there would be nothing on this map but zeros.
pub(super) const DROPOUT: MainSpec = MainSpec {
    parameter: "keep_prob",
    curves: &[
        CurveSpec::new("distance_average", "SGD with dropout", Role::Average),
        CurveSpec::new("distance_ridge_units", "ridge, other units", Role::Theory).dashed(),
    ],
    levels: &[LevelSpec::along("distance_ridge", "ridge", Role::Theory)],
    by: None,
    looked_at: None,
    up: "distance to dropout’s formula",
    beside: &[],
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[0.2, 0.4, 0.6, 0.8, 1.0],
    seeds: 3,
    guesses: &[
        Guess::trend("stay at 0", &[[0.1, 0.03], [0.98, 0.03]], Trend::Level),
        Guess::trend("rise", shapes::RISES, Trend::Rises),
        Guess::trend("fall to 0", shapes::FALLS, Trend::Falls),
    ],
    ask: Ask::Trend { curve: "distance_ridge_units", from: 0.2, to: 1.0 },
    spread: 0.02,
};
