//! The map of co-adaptation: one pathway alone, against keep probability.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec};

const TOGETHER: &str = "all together";

/// How far up the map goes at least: filled in, it has the error of scaling by p at p = 0.3.
const HIGHEST: f64 = 5.0;

/// A curve a way of scaling. All four are trained in every run; the one that is looked at stands out.
pub(super) const MAP: MainSpec = MainSpec {
    parameter: "keep_prob",
    curves: &[
        CurveSpec::new("pathway_error_no_dropout", "nothing dropped", Role::Test)
            .of("no_dropout")
            .reaching(HIGHEST),
        CurveSpec::new("pathway_error_survivors", "survivors", Role::Test).of("survivors"),
        CurveSpec::new("pathway_error_inverted", "1/p", Role::Test).of("inverted"),
        CurveSpec::new("pathway_error_at_test", "p at test", Role::Test).of("at_test"),
    ],
    levels: &[
        LevelSpec::along("full_error_no_dropout", TOGETHER, Role::Average).of("no_dropout"),
        LevelSpec::along("full_error_survivors", TOGETHER, Role::Average).of("survivors"),
        LevelSpec::along("full_error_inverted", TOGETHER, Role::Average).of("inverted"),
        LevelSpec::along("full_error_at_test", TOGETHER, Role::Average).of("at_test"),
    ],
    by: None,
    looked_at: Some("scaling"),
    up: "error of one pathway alone",
    beside: &[],
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[0.3, 0.5, 0.7, 0.9, 1.0],
    seeds: 3,
    guesses: &[
        Guess::between(
            "rise a little",
            &[[0.3, 0.28], [0.9, 0.3], [0.98, 0.4]],
            "it rises a little",
            (0.25, 0.95),
        ),
        Guess::between(
            "jump from almost 0",
            &[[0.3, 0.03], [0.93, 0.03], [0.99, 0.4]],
            "it jumps from almost 0",
            (f64::NEG_INFINITY, 0.25),
        ),
        Guess::between(
            "stay as it is",
            &[[0.3, 0.4], [0.98, 0.4]],
            "it stays as it is",
            (0.95, f64::INFINITY),
        ),
    ],
    ask: Ask::Ratio { curve: "pathway_error_survivors", from: 1.0, to: 0.9 },
    spread: 0.01,
};
