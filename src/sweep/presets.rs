//! Experiments that redraw figures of the field, each with its source and how ours differs; the quick ones of
//! a lab first.

use crate::error::Result;
use crate::figure::{LineStyle, Role};
use crate::lab::LabSpec;
use crate::labs::find;
use serde::Serialize;

/// An experiment that a press starts.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Preset {
    /// The lab's id.
    pub lab: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Where the field's figure is.
    pub source: &'static str,
    /// Its address.
    pub url: &'static str,
    /// How ours differs, in size and data.
    pub differs: &'static str,
    /// As in an experiment.
    pub x: &'static str,
    /// As in an experiment.
    pub curves: &'static str,
    /// As in an experiment.
    pub metrics: &'static [PresetMetric],
    /// As in an experiment.
    pub seeds: &'static str,
    /// As in an experiment.
    pub set: &'static str,
}

/// A metric of a preset, as in an experiment.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PresetMetric {
    key: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<LineStyle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
}

/// The presets of a lab.
///
/// # Errors
/// An unknown lab.
pub fn presets(lab: &str) -> Result<Vec<&'static Preset>> {
    let id = find(lab)?.id;
    Ok(PRESETS.iter().filter(|preset| preset.lab == id).collect())
}

/// Whether a preset of the lab goes across this parameter.
pub(super) fn goes_across(lab: &LabSpec, key: &str) -> bool {
    let across = |preset: &Preset| preset.lab == lab.id && preset.x.split('=').next() == Some(key);
    PRESETS.iter().any(across)
}

const fn metric(key: &'static str) -> PresetMetric {
    PresetMetric { key, role: None, run: None, name: None }
}

const fn named(key: &'static str, name: &'static str) -> PresetMetric {
    PresetMetric { name: Some(name), ..metric(key) }
}

/// What the others are compared with.
const fn other(key: &'static str, name: &'static str) -> PresetMetric {
    let (role, run) = (Some(Role::Test), Some(LineStyle::Dashed));
    PresetMetric { role, run, ..named(key, name) }
}

const fn of_role(key: &'static str, name: &'static str, role: Role) -> PresetMetric {
    PresetMetric { role: Some(role), ..named(key, name) }
}

const SRIVASTAVA: &str = "https://jmlr.org/papers/v15/srivastava14a.html";

/// What a preset has where it says nothing of it.
const PLAIN: Preset = Preset {
    lab: "",
    title: "",
    source: "",
    url: "",
    differs: "",
    x: "",
    curves: "",
    metrics: &[],
    seeds: "5",
    set: "",
};

/// The error of the lab on dropout against its keep probability.
const AGAINST_P: Preset = Preset {
    lab: "dropout",
    url: SRIVASTAVA,
    metrics: &[metric("test_error"), metric("train_error")],
    seeds: "3",
    set: "compare=false",
    ..PLAIN
};

/// Noise on the inputs of a linear model.
const NOISE: Preset = Preset {
    lab: "l2_noise",
    source: "Bishop, 1995: Training with noise is equivalent to Tikhonov regularization",
    url: "https://doi.org/10.1162/neco.1995.7.1.108",
    ..PLAIN
};

const PRESETS: &[Preset] = &[
    Preset {
        title: "Error against p, the layers as wide as they are",
        source: "Srivastava and others, 2014, section 7.3, figure 9a",
        differs: "There: MNIST, three layers of 2,048. Here: 300 digits of 8 × 8 pixels, three labels in ten wrong, two layers of 64.",
        x: "keep_prob=0.1..1:0.1",
        ..AGAINST_P
    },
    Preset {
        title: "Error against p, p times the width fixed",
        source: "Srivastava and others, 2014, section 7.3, figure 9b",
        differs: "There: MNIST, p times the width 256 and 512. Here: 300 digits of 8 × 8 pixels, three labels in ten wrong, p times the width 32.",
        x: "keep_prob=0.125(units=256),0.2(units=160),0.25(units=128),0.4(units=80),0.5(units=64),0.8(units=40),1(units=32)",
        ..AGAINST_P
    },
    Preset {
        lab: "dropout",
        title: "Error against the number of examples, with and without dropout",
        source: "Srivastava and others, 2014, section 7.4, figure 10",
        url: SRIVASTAVA,
        differs: "There: MNIST, 100 to 50,000 examples, 784-1024-1024-2048-10. Here: 50 to 1,100 digits of 8 × 8 pixels, three labels in ten wrong, two layers of 64.",
        x: "n_train=50,100,200,400,800,1100",
        metrics: &[named("test_error", "with dropout"), other("baseline_test_error", "without")],
        set: "compare=false",
        ..PLAIN
    },
    Preset {
        lab: "dropout",
        title: "Sparsity: mean activation with and without dropout",
        source: "Srivastava and others, 2014, section 7.2, figure 8",
        url: SRIVASTAVA,
        differs: "There: an autoencoder of MNIST with one layer of 256, p = 0.5, and all activations. Here: a classifier of 300 digits of 8 × 8 pixels, three labels in ten wrong, the mean activation in the first of two layers of 64, against p.",
        x: "keep_prob=0.1..1:0.1",
        metrics: &[
            named("mean_activation", "with dropout"),
            other("baseline_mean_activation", "without"),
        ],
        seeds: "3",
        set: "compare=false",
        ..PLAIN
    },
    Preset {
        lab: "subnetworks",
        title: "Averaging networks against scaling weights: by the number drawn",
        source: "Srivastava and others, 2014, section 7.5, figure 11",
        url: SRIVASTAVA,
        differs: "There: up to 120 sampled networks, MNIST. Here: up to 64 of the 1,024 smaller networks of one layer of 10, sixteen times each, on 300 digits of 8 × 8 pixels.",
        x: "drawn=1,2,4,8,16,32,64",
        metrics: &[
            named("error_weight_scaled", "weights scaled"),
            of_role("error_drawn", "Monte Carlo, m networks", Role::Member),
            of_role("error_average", "all networks", Role::Average),
        ],
        ..PLAIN
    },
    Preset {
        lab: "subnetworks",
        title: "Averaging networks against scaling weights: by the number of examples",
        source: "Srivastava and others, 2014, section 7.5",
        url: SRIVASTAVA,
        differs: "There: sampled networks, MNIST. Here: all 1,024 smaller networks of one layer of 10, and sixteen of them, on digits of 8 × 8 pixels.",
        x: "n_train=50,100,200,400,800",
        metrics: &[
            named("error_weight_scaled", "weights scaled"),
            of_role("error_average", "all networks", Role::Average),
            of_role("error_sixteen", "sixteen of them", Role::Member),
        ],
        ..PLAIN
    },
    Preset {
        lab: "subnetworks",
        title: "Smaller networks that share their weights, against independent ones",
        source: "Warde-Farley and others, 2014",
        url: "https://arxiv.org/abs/1312.6197",
        differs: "There: networks of two layers with 4 to 9 million parameters in all, five data sets. Here: sixteen networks with one layer of 10, on digits of 8 × 8 pixels.",
        x: "n_train=50,100,200,400,800",
        metrics: &[named("error_sixteen", "shared"), other("error_independent", "independent")],
        ..PLAIN
    },
    Preset {
        lab: "playground",
        title: "Regularizers compared",
        source: "Srivastava and others, 2014, table 9",
        url: SRIVASTAVA,
        differs: "There: MNIST, layers of 1,024, 1,024 and 2,048, also max-norm and KL sparsity. Here: 300 digits of 8 × 8 pixels, three labels in ten wrong, two layers of 64; noise and an ensemble instead.",
        x: "keep_prob=1,1(l2=0.003),1(alpha=0.3),1(n_members=5),0.5,0.5(l2=0.003)",
        metrics: &[metric("test_error")],
        ..PLAIN
    },
    Preset {
        title: "Noise comes to ridge regression: against the number of copies",
        differs: "There: a proof for small noise. Here: linear regression on the diabetes data, where it holds for any noise.",
        x: "copies=1,4,16,64,256,1024",
        metrics: &[
            of_role("distance_copies_predicted", "expected", Role::Theory),
            of_role("distance_copies_rms", "measured", Role::Average),
        ],
        set: "steps=100",
        ..NOISE
    },
    Preset {
        title: "Noise comes to ridge regression: against the number of steps",
        differs: "There: a proof for small noise. Here: stochastic gradient descent on the diabetes data.",
        x: "steps=300,1000,3000,10000,30000",
        metrics: &[
            of_role("distance_average", "average over the steps", Role::Average),
            of_role("distance_last", "last step", Role::Member),
        ],
        ..NOISE
    },
    Preset {
        lab: "ensembles",
        title: "v/n + (n−1)c/n for each source of difference",
        source: "Goodfellow, Bengio and Courville, 2016, section 7.11",
        url: "https://www.deeplearningbook.org/contents/regularization.html",
        differs: "There: the formula. Here: 1 to 10 networks with one layer of 32, measured on the diabetes data.",
        x: "n_members=1,2,3,5,10",
        curves: "diversity=seed,bootstrap,features,architecture,dropout,independent_data",
        metrics: &[metric("measured")],
        seeds: "3",
        ..PLAIN
    },
    Preset {
        lab: "pre_training_unsupervised",
        title: "Labels saved by pre-training without labels",
        source: "Erhan and others, 2010",
        url: "https://jmlr.org/papers/v11/erhan10a.html",
        differs: "There: stacked autoencoders, MNIST and ten million drawn images. Here: one autoencoder of digits of 8 × 8 pixels that are shifted about.",
        x: "n_labels=10,20,50,100,200,500,1000",
        metrics: &[
            named("test_error_pretrained", "pre-trained"),
            other("test_error_scratch", "from scratch"),
        ],
        seeds: "3",
        ..PLAIN
    },
    Preset {
        lab: "weight_sharing_cnn",
        title: "Examples saved by sharing weights",
        source: "LeCun and others, 1989",
        url: "https://doi.org/10.1162/neco.1989.1.4.541",
        differs: "There: 7,291 scanned digits, two shared layers. Here: a short motif in a signal of 32 numbers, one shared layer of 8 filters.",
        x: "n_train=10,20,50,100,200,500,1000,2000",
        metrics: &[
            named("test_error_shared", "shared"),
            other("test_error_local", "one filter for each place"),
            of_role("test_error_dense", "dense", Role::Neutral),
        ],
        seeds: "3",
        ..PLAIN
    },
    Preset {
        lab: "dropout_ridge",
        title: "Dropout’s penalty goes by each column’s size",
        source: "Wager, Wang and Liang, 2013",
        url: "https://arxiv.org/abs/1307.1493",
        differs: "There: logistic regression on words, where rare words are penalised less. Here: linear regression on the diabetes data, columns in units of different size.",
        x: "keep_prob=0.5,0.6,0.7,0.8,0.9",
        metrics: &[
            of_role("distance_average", "dropout, column by column", Role::Average),
            of_role("distance_ridge", "one penalty for all", Role::Theory),
        ],
        seeds: "3",
        set: "rescale=true",
        ..PLAIN
    },
    Preset {
        lab: "dropout_ridge",
        title: "A rare feature is penalised less",
        source: "Wager, Wang and Liang, 2013",
        url: "https://arxiv.org/abs/1307.1493",
        differs: "There: logistic regression on words. Here: linear regression on the diabetes data, body mass index made 0 in most rows; what is found of its weight where it alone makes the target.",
        x: "rare=0.02,0.05,0.1,0.2,0.5,1",
        metrics: &[
            of_role("kept_dropout", "dropout, column by column", Role::Average),
            of_role("kept_ridge", "one penalty for all", Role::Theory),
        ],
        set: "steps=100",
        ..PLAIN
    },
    Preset {
        lab: "co_adaptation",
        title: "What scaling by 1/p shrinks the weights to",
        source: "The lecture’s example",
        differs: "With 2 to 32 pathways.",
        x: "n_pathways=2,3,4,6,8,16,32",
        metrics: &[
            of_role("exact_factor_inverted", "exact", Role::Theory),
            of_role("factor_inverted", "measured", Role::Average),
        ],
        set: "steps=4000",
        ..PLAIN
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::{Experiment, Wanted};

    #[test]
    fn every_preset_is_an_experiment_of_its_lab() {
        for preset in PRESETS {
            let Preset { lab, title, x, curves, seeds, set, .. } = preset;
            let wanted = |metric: &PresetMetric| Wanted {
                key: metric.key.into(),
                role: metric.role,
                run: metric.run,
                name: metric.name.map(str::to_string),
            };
            let experiment = Experiment {
                lab: lab.to_string(),
                x: x.to_string(),
                curves: curves.to_string(),
                metrics: preset.metrics.iter().map(wanted).collect(),
                seeds: seeds.to_string(),
                set: set.to_string(),
                base: String::new(),
                title: Some(title.to_string()),
                axis: None,
                bars: Default::default(),
                each: false,
            };
            let planned = experiment.planned().unwrap_or_else(|error| panic!("{title}: {error}"));
            assert!(planned.cells.len() <= 100, "{title}: {}", planned.told);
        }
        assert!(presets("dropout").unwrap().len() == 4 && presets("dropuot").is_err());
    }
}
