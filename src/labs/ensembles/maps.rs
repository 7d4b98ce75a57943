//! The maps of the two labs: the error of an average against covariance and against ensemble size.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec};

/// The formula: a straight line from v/n at c = 0 to v at c = v.
pub(super) const FORMULA: MainSpec = MainSpec {
    parameter: "covariance",
    curves: &[CurveSpec::new("measured", "measured", Role::Average)],
    levels: &[
        LevelSpec::along("predicted", "formula", Role::Theory),
        LevelSpec::flat("single", "v", Role::Neutral),
        LevelSpec::flat("variance_term", "v/n", Role::Neutral),
    ],
    by: None,
    looked_at: None,
    up: "squared error",
    beside: &[],
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[0.0, 0.25, 0.5, 0.75, 1.0],
    seeds: 3,
    guesses: &[
        Guess::between(
            "rise by half",
            &[[0.05, 0.1], [0.5, 0.15], [0.95, 0.2]],
            "it rises by half",
            (1.25, 1.75),
        ),
        Guess::between(
            "double",
            &[[0.05, 0.1], [0.5, 0.2], [0.95, 0.3]],
            "it doubles",
            (1.75, 3.0),
        ),
        Guess::between(
            "rise more than fivefold",
            &[[0.05, 0.1], [0.5, 0.55], [0.95, 0.95]],
            "it rises more than fivefold",
            (5.0, f64::INFINITY),
        ),
    ],
    ask: Ask::Ratio { curve: "measured", from: 0.0, to: 0.5 },
    spread: 0.002,
};

/// Networks: what is left of a member's error, one curve for every source of difference.
pub(super) const NETWORKS: MainSpec = MainSpec {
    parameter: "n_members",
    curves: &[CurveSpec::new("share", "", Role::Average)],
    levels: &[LevelSpec::along("predicted_share", "formula", Role::Theory)],
    by: Some("diversity"),
    looked_at: None,
    up: "part of a member’s error left",
    beside: &[],
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0],
    seeds: 3,
    guesses: &[
        Guess::between(
            "fall to almost nothing",
            &[[0.04, 0.95], [0.07, 0.5], [0.1, 0.34], [0.17, 0.2], [0.34, 0.1], [0.95, 0.04]],
            "it falls to almost nothing",
            (f64::NEG_INFINITY, 0.15),
        ),
        Guess::between(
            "fall, then level off",
            &[[0.04, 0.95], [0.07, 0.8], [0.1, 0.74], [0.17, 0.69], [0.34, 0.66], [0.95, 0.64]],
            "it falls, then levels off",
            (0.15, 0.9),
        ),
        Guess::between(
            "stay the same",
            &[[0.04, 0.95], [0.95, 0.95]],
            "it stays the same",
            (0.9, f64::INFINITY),
        ),
    ],
    ask: Ask::Ratio { curve: "share", from: 1.0, to: 30.0 },
    spread: 0.03,
};
