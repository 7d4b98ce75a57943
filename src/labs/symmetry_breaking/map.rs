//! The map of symmetry breaking: how far apart the rows end, against how far apart they start.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec};

/// A curve an arm. All of them are trained in every run; the one that is looked at stands out.
pub(super) const MAP: MainSpec = MainSpec {
    parameter: "perturbation",
    curves: &[
        CurveSpec::new("max_difference_tied", "no dropout", Role::Train).of("tied"),
        CurveSpec::new("max_difference_input", "inputs dropped", Role::Train)
            .of("tied_input_dropout"),
        CurveSpec::new("max_difference_hidden", "hidden neurons dropped", Role::Train)
            .of("tied_hidden_dropout"),
        CurveSpec::new("max_difference_rows", "only rows equal", Role::Train).of("rows_equal"),
        CurveSpec::new("max_difference_random", "all random", Role::Train).of("random"),
    ],
    levels: &[LevelSpec::along(
        "first_difference_tied",
        "no dropout, after one step",
        Role::Neutral,
    )],
    by: None,
    looked_at: Some("arm"),
    up: "largest difference",
    beside: &[],
    scale_x: Scale::Log,
    scale_y: Scale::Log,
    stops: &[0.0, 1e-8, 1e-6, 1e-4, 1e-2, 0.1],
    seeds: 3,
    guesses: &[
        Guess::between(
            "rise in proportion",
            &[[0.2, 0.16], [0.98, 0.92]],
            "it rises in proportion",
            (2e5, f64::INFINITY),
        ),
        Guess::between(
            "rise a hundredfold",
            &[[0.2, 0.7], [0.98, 0.92]],
            "it rises less than in proportion",
            (10.0, 2e5),
        ),
        Guess::between(
            "stay the same",
            &[[0.2, 0.92], [0.98, 0.92]],
            "it stays the same",
            (f64::NEG_INFINITY, 10.0),
        ),
    ],
    ask: Ask::Ratio { curve: "max_difference_tied", from: 1e-8, to: 0.1 },
    spread: 0.1,
};
