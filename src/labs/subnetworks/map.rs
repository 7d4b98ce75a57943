//! The map of the smaller networks: their average, one of them alone, and one pass.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec};

pub(super) const MAP: MainSpec = MainSpec {
    parameter: "keep_prob",
    curves: &[
        CurveSpec::new("error_average", "average of all", Role::Average),
        CurveSpec::new("error_mean_subnetwork", "one alone", Role::Member),
    ],
    levels: &[LevelSpec::along("error_weight_scaled", "one pass", Role::Test)],
    by: None,
    looked_at: None,
    up: "test error",
    beside: &[],
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[0.3, 0.4, 0.5, 0.7, 0.9, 1.0],
    seeds: 3,
    guesses: &[
        Guess::between(
            "close to one pass",
            &[[0.3, 0.24], [0.5, 0.17], [0.7, 0.13], [0.98, 0.1]],
            "it is close to one pass",
            (f64::NEG_INFINITY, 0.25),
        ),
        Guess::between(
            "halfway to one alone",
            &[[0.3, 0.54], [0.5, 0.36], [0.7, 0.22], [0.98, 0.1]],
            "it is halfway to one alone",
            (0.25, 0.75),
        ),
        Guess::between(
            "like one alone",
            &[[0.3, 0.84], [0.5, 0.58], [0.7, 0.34], [0.98, 0.1]],
            "it is like one alone",
            (0.75, f64::INFINITY),
        ),
    ],
    ask: Ask::Between {
        curve: "error_average",
        low: "error_weight_scaled",
        high: "error_mean_subnetwork",
        at: 0.3,
    },
    spread: 0.04,
};
