//! The parameters of the lab of co-adaptation.

use crate::param::presets;
use crate::param::{Choice, ParamSpec};

/// The keys of what is cut, one a pathway.
pub const CUT: [&str; 2] = ["cut_h1", "cut_h2"];

/// All of them, in the order of the page.
pub const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::choice(
        "scaling",
        "survivors",
        &[
            Choice::new("no_dropout", "nothing dropped"),
            Choice::new("survivors", "average of the survivors"),
            Choice::new("inverted", "in training, by 1/p"),
            Choice::new("at_test", "at test time, by p"),
        ],
    )
    .label("Dropout and scaling")
    .help("what makes up for the dropped pathways; all four are trained side by side")
    .view(),
    presets::keep_prob(0.5)
        .help("each pathway is kept with this probability, drawn afresh for every example")
        .live(),
    ParamSpec::integer("n_pathways", 2, 2, 32, 1)
        .label("Pathways")
        .symbol("k")
        .help("hidden neurons; their weights start as the slide’s two rows, in turn"),
    ParamSpec::choice(
        "target",
        "slide",
        &[
            Choice::new("slide", "2x₁ − 3x₂, as on the slide"),
            Choice::new("x3_x4", "2x₁ − 3x₂ + x₃ + x₄"),
        ],
    )
    .label("Target y")
    .help("what has to be learned; in the second, x₃ and x₄ matter"),
    ParamSpec::real("label_noise", 0.0, 0.0, 3.0, 0.1)
        .label("Noise on y")
        .help("standard deviation of Gaussian noise on the labels of training")
        .live(),
    presets::learning_rate(0.02, 0.0001, 0.5),
    presets::batch_size(16, 128)
        .help("fresh examples per step, each with a mask of its own")
        .live(),
    ParamSpec::flag(CUT[0], false)
        .label("Cut h₁")
        .help("the network answers without this pathway; it is trained with it all the same")
        .view(),
    ParamSpec::flag(CUT[1], false)
        .label("Cut h₂")
        .help("the network answers without this pathway; it is trained with it all the same")
        .view(),
    ParamSpec::steps(1000, 100_000),
    ParamSpec::seed(),
];
