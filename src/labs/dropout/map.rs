//! The map of dropout: training and test error against keep probability.

use crate::figure::{Role, Scale};
use crate::lab::{Ask, Beside, CurveSpec, Guess, LevelSpec, MainSpec, Trend, shapes};

/// Where the same network is trained with other keep probabilities beside it, they are on the map as well.
const BESIDE: &[Beside] = &[
    Beside {
        at: 0.1,
        metrics: &[
            ("test_error", "test_error_10"),
            ("train_error", "train_error_10"),
            ("best_test_error", "best_test_error_10"),
        ],
    },
    Beside {
        at: 0.2,
        metrics: &[
            ("test_error", "test_error_20"),
            ("train_error", "train_error_20"),
            ("best_test_error", "best_test_error_20"),
        ],
    },
    Beside {
        at: 0.3,
        metrics: &[
            ("test_error", "test_error_30"),
            ("train_error", "train_error_30"),
            ("best_test_error", "best_test_error_30"),
        ],
    },
    Beside {
        at: 0.5,
        metrics: &[
            ("test_error", "test_error_50"),
            ("train_error", "train_error_50"),
            ("best_test_error", "best_test_error_50"),
        ],
    },
    Beside {
        at: 0.7,
        metrics: &[
            ("test_error", "test_error_70"),
            ("train_error", "train_error_70"),
            ("best_test_error", "best_test_error_70"),
        ],
    },
    Beside {
        at: 1.0,
        metrics: &[
            ("test_error", "test_error_100"),
            ("train_error", "train_error_100"),
            ("best_test_error", "best_test_error_100"),
        ],
    },
];

pub(super) const MAP: MainSpec = MainSpec {
    parameter: "keep_prob",
    curves: &[
        CurveSpec::new("test_error", "test", Role::Test),
        CurveSpec::new("train_error", "train", Role::Train),
    ],
    levels: &[LevelSpec::along("best_test_error", "test, at its best step", Role::Member)],
    by: None,
    looked_at: None,
    up: "error",
    beside: BESIDE,
    scale_x: Scale::Linear,
    scale_y: Scale::Linear,
    // The others are trained beside it.
    stops: &[0.4],
    seeds: 3,
    guesses: &[
        Guess::trend("fall to 0", shapes::FALLS, Trend::Falls),
        Guess::trend("rise", shapes::RISES, Trend::Rises),
        Guess::trend("fall, then rise", shapes::VALLEY, Trend::FallsThenRises),
    ],
    ask: Ask::Trend { curve: "train_error", from: 0.1, to: 1.0 },
    spread: 0.025,
};
