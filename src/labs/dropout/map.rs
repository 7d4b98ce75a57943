//! The map of dropout: training and test error against keep probability.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec, Trend, shapes};

pub(super) const MAP: MainSpec = MainSpec {
    parameter: "keep_prob",
    curves: &[
        CurveSpec::new("test_error", "test", Role::Test),
        CurveSpec::new("train_error", "train", Role::Train),
    ],
    levels: &[LevelSpec::along("best_test_error", "test, at its best step", Role::Member)],
    by: None,
    up: "error",
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[0.1, 0.2, 0.3, 0.5, 0.7, 1.0],
    seeds: 3,
    guesses: &[
        Guess::trend("fall to 0", shapes::FALLS, Trend::Falls),
        Guess::trend("rise", shapes::RISES, Trend::Rises),
        Guess::trend("fall, then rise", shapes::VALLEY, Trend::FallsThenRises),
    ],
    ask: Ask::Trend { curve: "train_error", from: 0.1, to: 1.0 },
    spread: 0.025,
};
