//! The map of free play: test error against keep probability, a U.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, CurveSpec, Guess, LevelSpec, MainSpec, Trend, shapes};

pub(super) const MAP: MainSpec = MainSpec {
    parameter: "keep_prob",
    curves: &[CurveSpec::new("test_error", "test error", Role::Test)],
    levels: &[LevelSpec::flat("baseline_test_error", "no regularization", Role::Test)],
    by: None,
    looked_at: None,
    up: "test error",
    beside: &[],
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    stops: &[0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0],
    seeds: 3,
    guesses: &[
        Guess::trend("fall", shapes::FALLS, Trend::Falls),
        Guess::trend("rise", shapes::RISES, Trend::Rises),
        Guess::trend("fall, then rise", shapes::VALLEY, Trend::FallsThenRises),
    ],
    ask: Ask::Trend { curve: "test_error", from: 0.1, to: 1.0 },
    spread: 0.025,
};
