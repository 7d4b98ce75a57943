//! "Ensemble of many smaller networks": all of them averaged, and networks that share nothing.

use super::claim::{
    Claim, Effort, Rows, assert_all_hold, cell, largest, mean, percent, print_table, printed,
};
use regularization_playground::data::{DIGIT_CLASSES, digits, mislabel, split};
use regularization_playground::nn::{
    Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind, score,
};

/// The rows of this section.
const ROWS: &[Rows] = &[
    ("subnetworks", exact),
    ("subnetworks", average),
    ("subnetworks", groups),
    ("subnetworks", drawn),
    ("subnetworks", sharing),
    ("subnetworks", wide),
];

#[test]
fn few_seeds() {
    assert_all_hold(ROWS);
}

#[test]
#[ignore = "many seeds"]
fn table() {
    print_table(ROWS);
}

/// The same keys of one run a seed, from 0 on: a list a key.
fn over_seeds<const N: usize>(query: &str, keys: [&str; N], seeds: u32) -> [Vec<f64>; N] {
    let run = |seed: u32| cell("subnetworks", &format!("{query}&seed={seed}"), keys);
    let rows: Vec<[f64; N]> = (0..seeds).map(run).collect();
    std::array::from_fn(|key| rows.iter().map(|row| row[key]).collect())
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn exact(effort: Effort) -> Vec<Claim> {
    let (seeds, steps) = effort.of((1, 300), (6, 3000));
    let run = |query: &str, key: &str| -> Vec<f64> {
        let [gaps] = over_seeds(&format!("{query}&steps={steps}"), [key], seeds);
        gaps
    };
    let linear: Vec<f64> = [0.3, 0.5, 0.8]
        .iter()
        .flat_map(|p| {
            let query = format!("activation=linear&units=5&hidden_layers=2&keep_prob={p}");
            run(&query, "gap_outputs")
        })
        .collect();
    let softmax: Vec<f64> = ["relu", "tanh", "sigmoid", "linear"]
        .iter()
        .flat_map(|activation| {
            let query = format!("units=8&activation={activation}&keep_prob=0.7");
            run(&query, "gap_geometric")
        })
        .collect();
    let two = run("units=5&hidden_layers=2", "gap_geometric");
    vec![
        Claim {
            claim: "linear networks with two dropped layers: the mean of all outputs is one pass"
                .into(),
            criterion: "to 1e-10",
            measured: format!("largest gap {:.1e}, {} networks", largest(&linear), linear.len()),
            holds: largest(&linear) <= 1e-10,
        },
        Claim {
            claim:
                "dropout before the softmax, any activation: the geometric mean of all is one pass"
                    .into(),
            criterion: "to 1e-10",
            measured: format!("largest gap {:.1e}, {} networks", largest(&softmax), softmax.len()),
            holds: largest(&softmax) <= 1e-10,
        },
        Claim {
            claim: "two dropped relu layers: not exact".into(),
            criterion: "a gap of 0.01 or more for every seed",
            measured: format!("{:.3} to {:.2}, {} networks", least(&two), largest(&two), two.len()),
            holds: least(&two) >= 0.01,
        },
    ]
}

fn average(effort: Effort) -> Vec<Claim> {
    let (seeds, steps) = effort.of((2, 900), (24, 3000));
    let keys = [
        "error_weight_scaled",
        "error_average",
        "error_mean_subnetwork",
        "agreement",
        "gap_average",
        "gap_average_mean",
    ];
    let told = |[whole, average, alone, agreement, gap, gap_mean]: &[Vec<f64>; 6]| {
        format!(
            "one pass {}, average of all {}, one alone {}; same answer for {} (least {:.1} %), \
             probabilities {:.3} apart on average, {:.2} at most",
            percent(whole),
            percent(average),
            percent(alone),
            percent(agreement),
            100.0 * least(agreement),
            mean(gap_mean),
            largest(gap)
        )
    };
    let gains = |runs: &[Vec<f64>; 6]| -> Vec<f64> {
        runs[2].iter().zip(&runs[1]).map(|(alone, average)| alone - average).collect()
    };
    let run = |query: &str| over_seeds(&format!("{query}&steps={steps}"), keys, seeds);
    let [half, most, few] = ["", "keep_prob=0.8", "keep_prob=0.3"].map(run);
    let two = run("units=6&hidden_layers=2");
    let mut claims = vec![
        Claim {
            claim: format!(
                "64-10-10, p = 0.5: one pass answers like the average of 1,024, {seeds} seeds"
            ),
            criterion: "same answer for at least 95 % in the mean, though some probability differs by 0.2 for every seed",
            measured: told(&half),
            holds: mean(&half[3]) >= 0.95 && least(&half[4]) >= 0.2,
        },
        Claim {
            claim: "64-10-10, p = 0.5: the average is far better than one of them alone".into(),
            criterion: "0.2 fewer wrong in the mean, 0.1 for every seed",
            measured: format!(
                "{:.2} fewer in the mean, {:.2} at least",
                mean(&gains(&half)),
                least(&gains(&half))
            ),
            holds: mean(&gains(&half)) >= 0.2 && least(&gains(&half)) >= 0.1,
        },
        Claim {
            claim: format!("64-10-10, p = 0.8, {seeds} seeds"),
            criterion: "same answer for at least 98 %",
            measured: told(&most),
            holds: mean(&most[3]) >= 0.98,
        },
        Claim {
            claim: format!("64-10-10, p = 0.3, {seeds} seeds"),
            criterion: "same answer for fewer than at p = 0.5",
            measured: told(&few),
            holds: mean(&few[3]) < mean(&half[3]),
        },
        Claim {
            claim: format!("64-6-6-10, p = 0.5: two dropped layers agree less, {seeds} seeds"),
            criterion: "same answer for fewer than with one",
            measured: told(&two),
            holds: mean(&two[3]) < mean(&half[3]),
        },
    ];
    let figures = [
        percent(&two[3]),
        format!("{:.3} apart", mean(&half[5])),
        format!("{:.2} in the worst case", largest(&half[4])),
    ];
    claims.extend(printed(effort, "subnetworks", &figures));
    claims
}

fn groups(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 24);
    let [slopes, sixteen, all] = over_seeds("", ["slope", "error_sixteen", "error_average"], seeds);
    let gap = mean(&sixteen) - mean(&all);
    vec![Claim {
        claim: format!(
            "averages of m networks drawn at random approach that of all, {seeds} seeds"
        ),
        criterion: "distance falls with a slope of -0.5 ± 0.05; 16 of them within 0.05 of the error",
        measured: format!(
            "slope {:.3}; 16 averaged {}, all {}",
            mean(&slopes),
            percent(&sixteen),
            percent(&all)
        ),
        holds: (mean(&slopes) + 0.5).abs() <= 0.05 && (0.0..=0.05).contains(&gap),
    }]
}

/// Figure 11 of Srivastava and others: fifty do as well as one pass.
fn drawn(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 24);
    let keys = ["error_drawn", "error_weight_scaled"];
    let run = |m: u32| over_seeds(&format!("drawn={m}"), keys, seeds);
    let sizes = [1, 8, 64];
    let errors = sizes.map(run);
    let above = errors.each_ref().map(|[drawn, whole]| mean(drawn) - mean(whole));
    let told = sizes.iter().zip(&errors).map(|(m, [drawn, _])| format!("{m}: {}", percent(drawn)));
    vec![Claim {
        claim: format!("averages of 64 networks do as well as one pass, of 8 not, {seeds} seeds"),
        criterion: "64 within 0.01 of it, 8 at least 0.02 above, 1 at least 0.2 above",
        measured: format!(
            "{}; one pass {}",
            told.collect::<Vec<String>>().join(", "),
            percent(&errors[0][1])
        ),
        holds: above[0] >= 0.2 && above[1] >= 0.02 && above[2].abs() <= 0.01,
    }]
}

fn sharing(effort: Effort) -> Vec<Claim> {
    let (seeds, steps) = effort.of((1, 900), (24, 3000));
    let keys = [
        "error_mean_subnetwork",
        "error_sixteen",
        "correlation_shared",
        "error_mean_independent",
        "error_independent",
        "correlation_independent",
        "error_weight_scaled",
    ];
    let told = |runs: &[Vec<f64>; 7]| {
        format!(
            "shared: alone {}, 16 averaged {}, c/v {:.2}, one pass {}; independent: {}, {}, {:.2}",
            percent(&runs[0]),
            percent(&runs[1]),
            mean(&runs[2]),
            percent(&runs[6]),
            percent(&runs[3]),
            percent(&runs[4]),
            mean(&runs[5])
        )
    };
    let run = |query: &str| over_seeds(&format!("{query}&steps={steps}"), keys, seeds);
    let [clean, noisy, large] = ["", "label_noise=0.3", "independent=whole"].map(run);
    let wins = |runs: &[Vec<f64>; 7]| runs[4].iter().zip(&runs[6]).filter(|(a, b)| a < b).count();
    let mut claims = vec![
        Claim {
            claim: format!("the caveat: networks that share nothing do better, {seeds} seeds"),
            criterion: "alone, and averaged less than one pass of the whole network, for every seed",
            measured: told(&clean),
            holds: wins(&clean) == clean[0].len()
                && clean[3].iter().zip(&clean[0]).all(|(own, shared)| own < shared),
        },
        Claim {
            claim: format!("and if each is as large as the whole network, {seeds} seeds"),
            criterion: "averaged, in the mean, though two of them err more alike",
            measured: told(&large),
            holds: mean(&large[4]) < mean(&large[6]) && mean(&large[5]) > mean(&clean[5]),
        },
        Claim {
            claim: format!("and with 30 % wrong labels, {seeds} seeds"),
            criterion: "averaged, in the mean",
            measured: told(&noisy),
            holds: mean(&noisy[4]) < mean(&noisy[6]),
        },
    ];
    let mut figures: Vec<String> = [0, 1, 3, 4].map(|key| percent(&clean[key])).to_vec();
    figures.extend([percent(&noisy[6]), percent(&noisy[4]), percent(&large[4])]);
    figures.extend([2, 5].map(|key| format!("{:.2}", mean(&clean[key]))));
    figures.push(format!("{:.2}", mean(&large[5])));
    claims.extend(printed(effort, "subnetworks", &figures));
    claims
}

/// A hidden layer of so many neurons on digits with wrong labels; the network has learned them.
fn wide_network(units: usize, keep_prob: f64, n_members: usize, seed: u32) -> (Network<f32>, f64) {
    let mut split = split(&digits(), 300, 697, seed);
    mislabel(&mut split.train, 0.3, DIGIT_CLASSES, seed);
    let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(units, Activation::Relu) };
    let layers = vec![hidden, LayerConfig::dense(DIGIT_CLASSES, Activation::Linear)];
    let mut network = Network::new(NetworkConfig {
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, 0.002),
        seed,
        n_members,
        ..NetworkConfig::new(64, layers, Loss::CrossEntropy)
    })
    .unwrap();
    network.load(&split.train.x, &split.train.y).unwrap();
    network.step(1500).unwrap();
    let y_hat = network.predict(&split.test.x).unwrap();
    let error = score(Loss::CrossEntropy, &y_hat, &split.test.y, DIGIT_CLASSES).error;
    (network, error)
}

/// Where there are too many smaller networks to average: groups drawn at random.
fn wide(effort: Effort) -> Vec<Claim> {
    let (seeds, members) = effort.of((1, 4), (10, 16));
    let sizes = [1, 5, 20, 100];
    let (mut single, mut own, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut drawn = vec![Vec::new(); sizes.len()];
    for seed in 0..seeds {
        single.push(wide_network(64, 1.0, 1, seed).1);
        own.push(wide_network(64, 1.0, members, seed).1);
        let (network, error) = wide_network(128, 0.5, 1, seed);
        whole.push(error);
        let test = split(&digits(), 300, 697, seed).test;
        for (errors, samples) in drawn.iter_mut().zip(sizes) {
            let y_hat = network.predict_monte_carlo(&test.x, samples).unwrap().mean;
            errors.push(score(Loss::CrossEntropy, &y_hat, &test.y, DIGIT_CLASSES).error);
        }
    }
    let groups: Vec<String> =
        sizes.iter().zip(&drawn).map(|(m, errors)| format!("{m}: {}", percent(errors))).collect();
    let last = mean(&drawn[sizes.len() - 1]);
    let mut claims = vec![
        Claim {
            claim: format!(
                "64-128-10, 30 % wrong labels: one pass does as well as many masks, {seeds} seeds"
            ),
            criterion: "within 0.01 of the average of 100 masks, and better than one mask",
            measured: format!("one pass {}; averages of {}", percent(&whole), groups.join(", ")),
            holds: (mean(&whole) - last).abs() <= 0.01 && mean(&whole) < mean(&drawn[0]),
        },
        Claim {
            claim: format!(
                "wide networks on wrong labels: there sharing weights wins, {seeds} seeds"
            ),
            criterion: "one pass better than the average of 16 independent networks of 64 neurons",
            measured: format!(
                "one pass of 128 neurons {}, 16 independent networks {}, one of them {}",
                percent(&whole),
                percent(&own),
                percent(&single)
            ),
            holds: mean(&whole) < mean(&own),
        },
    ];
    let figures = drawn.iter().chain([&whole, &own]).map(|errors| percent(errors));
    claims.extend(printed(effort, "subnetworks", &figures.collect::<Vec<String>>()));
    claims
}
