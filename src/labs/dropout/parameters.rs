//! The parameters of "Dropout".

use crate::labs::images::{BUILT_IN, n_train};
use crate::param::own::own;
use crate::param::presets;
use crate::param::{Choice, OwnImages, ParamSpec, Setting};

pub(super) const PARAMETERS: &[ParamSpec] = &[
    presets::keep_prob(0.5),
    presets::label_noise(0.3)
        .help("share of the training labels made wrong; those of the test set are right"),
    ParamSpec::choice(
        "dataset",
        "digits",
        &[
            BUILT_IN,
            own(&[("units", Setting::Number(32.0))])
                .of_images(OwnImages { classes: None, of_each: 0 }),
        ],
    )
    .label("Images")
    .help("what the networks have to learn"),
    n_train(300),
    presets::keep_prob_input(1.0).help(
        "each pixel is kept with this probability, in all networks but the one without dropout",
    ),
    ParamSpec::choice(
        "scaling",
        "inverted",
        &[
            Choice::new("inverted", "in training, by 1/p"),
            Choice::new("at_test", "at test time, by p"),
            Choice::new("none", "none"),
        ],
    )
    .label("Scaling")
    .help("how outputs are scaled to make up for the dropped neurons"),
    presets::hidden_layers(2, 3),
    presets::units(64, 256),
    ParamSpec::flag("compare", true)
        .label("Other keep probabilities")
        .help("train the same network with p = 0.1, 0.2, 0.3, 0.5, 0.7 and 1 beside it"),
    presets::adam_rate(0.002),
    presets::batch_size(32, 128),
    ParamSpec::integer("looked_at", 0, 0, 550, 1)
        .label("Wrong label looked at")
        .help("its place among the images with wrong labels; 0: none")
        .most(|settings| (settings.real("label_noise") * settings.real("n_train")).round() as usize)
        .view(),
    ParamSpec::steps(1500, 20_000),
    ParamSpec::seed(),
];
