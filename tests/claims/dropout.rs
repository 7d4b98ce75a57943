//! "Dropout": overfitting against the keep probability.

use super::claim::{
    Claim, Effort, Rows, assert_all_hold, cell, mean, percent, print_table, printed,
};

/// The rows of this section.
const ROWS: &[Rows] = &[
    ("dropout", prevents_overfitting),
    ("dropout", u_of_the_error),
    ("dropout", early_stopping),
    ("dropout", clean_labels),
    ("dropout", training_examples),
    ("dropout", where_and_how),
    ("dropout", sparsity),
    ("dropout", features),
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

/// Metrics of the lab with these settings over the seeds from 0 on, with which the page opens, one
/// column a key; the arms beside the chosen one are left out, since each arm is the same with and
/// without them.
fn columns<const N: usize>(settings: &str, seeds: u32, keys: [&str; N]) -> [Vec<f64>; N] {
    let run = |seed: u32| cell("dropout", &format!("compare=false&{settings}&seed={seed}"), keys);
    let runs: Vec<[f64; N]> = (0..seeds).map(run).collect();
    std::array::from_fn(|place| runs.iter().map(|run| run[place]).collect())
}

/// Percentage points, as the page prints them.
fn points(gain: f64) -> String {
    format!("{:.1} percentage points", 100.0 * gain)
}

/// The mean of one metric.
fn mean_of(settings: &str, seeds: u32, key: &str) -> f64 {
    mean(&columns(settings, seeds, [key])[0])
}

fn prevents_overfitting(effort: Effort) -> Vec<Claim> {
    let keys = ["gain", "baseline_train_error", "baseline_test_error", "test_error", "train_error"];
    let claim = |settings: &str, name: &str, seeds: u32| {
        let [gain, plain_train, plain_test, test, train] = columns(settings, seeds, keys);
        let least = gain.iter().copied().fold(f64::INFINITY, f64::min);
        let mut pairs = plain_train.iter().zip(&plain_test);
        let memorized = pairs.all(|(&train, test)| train <= 0.02 && test - train >= 0.2);
        Claim {
            claim: format!("dropout prevents overfitting to wrong labels: {name}"),
            criterion: "test error lower by 0.1 in the mean, by 0.03 for every seed; without it at \
                        most 2 % on the training set and at least 20 points more on the test set",
            measured: format!(
                "gain {:.3}, least {least:.3}; test {} with, {} without; train {} with, {} without; \
                 {seeds} seeds",
                mean(&gain),
                percent(&test),
                percent(&plain_test),
                percent(&train),
                percent(&plain_train),
            ),
            holds: mean(&gain) >= 0.1 && least >= 0.03 && memorized,
        }
    };
    let name = "two layers of 64, p = 0.5 (the defaults)";
    if effort == Effort::Quick {
        return vec![claim("keep_prob=0.5", name, 3)];
    }
    let wide = claim("keep_prob=0.3&units=128", "two layers of 128, p = 0.3", 12);
    vec![claim("keep_prob=0.5", name, 12), wide]
}

/// The test errors at these keep probabilities: least between, higher by `left` at the lowest. Those
/// at the keep probabilities `on_the_page` are added to the figures that are printed.
fn u(
    name: &str,
    settings: &str,
    (keep_probs, on_the_page): (&[f64], &[f64]),
    (seeds, left): (u32, f64),
    figures: &mut Vec<String>,
) -> Claim {
    let error = |p: &f64| mean_of(&format!("{settings}keep_prob={p}"), seeds, "test_error");
    let errors: Vec<f64> = keep_probs.iter().map(error).collect();
    let least = errors.iter().copied().fold(f64::INFINITY, f64::min);
    let told = keep_probs.iter().zip(&errors).map(|(p, e)| format!("{p}: {:.1} %", 100.0 * e));
    let told: Vec<String> = told.collect();
    let shown = keep_probs.iter().zip(&errors).filter(|(p, _)| on_the_page.contains(p));
    figures.extend(shown.map(|(_, &error)| percent(&[error])));
    Claim {
        claim: format!("the test error against p is a U: {name}"),
        criterion: "above the least by 0.1 at p = 1, and at the lowest p by 0.3 (one layer: 0.03)",
        measured: format!("{}; {seeds} seeds", told.join(", ")),
        holds: errors[0] >= least + left && errors[errors.len() - 1] >= least + 0.1,
    }
}

fn u_of_the_error(effort: Effort) -> Vec<Claim> {
    let all = &[0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.0][..];
    let figures = &mut Vec::new();
    if effort == Effort::Quick {
        return vec![u("two layers of 64", "", (&[0.1, 0.5, 1.0], &[]), (3, 0.3), figures)];
    }
    let (one, wide) = ("units=128&hidden_layers=1&", "units=128&");
    let mut claims = vec![
        u("two layers of 64", "", (all, &[0.1, 0.5, 1.0]), (12, 0.3), figures),
        u("two layers of 128", wide, (all, &[0.3]), (12, 0.3), figures),
        u("one layer of 128", one, (all, &[0.05, 0.2]), (12, 0.03), figures),
    ];
    claims.extend(printed(effort, "dropout", figures));
    claims
}

fn early_stopping(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 12);
    let keys = [
        "best_test_error",
        "best_step",
        "baseline_best_test_error",
        "baseline_best_step",
        "gain_stopped",
        "gain",
        "test_error",
    ];
    let [with, step, without, plain_step, gain, all, now] = columns("keep_prob=0.5", seeds, keys);
    let (late, more) = (effort.of(4500, 6000), effort.of(1, 12));
    let settings = format!("keep_prob=0.5&steps={late}");
    let [later, train] = columns(&settings, more, ["test_error", "train_error"]);
    let mut claims = vec![
        Claim {
            claim: "stopped at its best step, each arm is nearly as good: dropout gains little"
                .into(),
            criterion: "mean gain at the best steps at least 0 and at most 0.03",
            measured: format!(
                "{} at step {:.0} with, {} at step {:.0} without; gain {:.3}, {seeds} seeds",
                percent(&with),
                mean(&step),
                percent(&without),
                mean(&plain_step),
                mean(&gain)
            ),
            holds: (0.0..=0.03).contains(&mean(&gain)),
        },
        Claim {
            claim: "dropout slows memorising down and does not forbid it".into(),
            criterion: "test error at p = 0.5 higher after many more steps than after 1,500",
            measured: format!(
                "{} after 1500 steps ({seeds} seeds), {} after {late} ({more} seeds); train {}",
                percent(&now),
                percent(&later),
                percent(&train)
            ),
            holds: mean(&later) > mean(&now),
        },
    ];
    let mut figures =
        [&with, &without, &now, &later, &train].map(|errors| percent(errors)).to_vec();
    figures.extend([&step, &plain_step].map(|steps| format!("step {:.0}", mean(steps))));
    figures.extend([points(mean(&gain)), format!("not {:.1}", 100.0 * mean(&all))]);
    claims.extend(printed(effort, "dropout", &figures));
    claims
}

fn clean_labels(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 12);
    let [gain, error] = columns("label_noise=0&keep_prob=0.5", seeds, ["gain", "test_error"]);
    let most = mean_of("label_noise=0&keep_prob=0.8", seeds, "gain");
    let [many, some] = ["label_noise=0.3", "label_noise=0.15"].map(|s| mean_of(s, seeds, "gain"));
    let mut claims = vec![Claim {
        claim: "with clean labels there is nothing to gain".into(),
        criterion: "mean gain within 0.02 of 0, higher with 15 % wrong labels, and still higher, at \
                    least 0.1, with 30 %",
        measured: format!(
            "p = 0.5: {:.3}, error {}; p = 0.8: {most:.3}; 15 % wrong labels, p = 0.5: {some:.3}; \
             30 %: {many:.3}; {seeds} seeds",
            mean(&gain),
            percent(&error)
        ),
        holds: mean(&gain).abs() <= 0.02
            && most.abs() <= 0.02
            && some > mean(&gain)
            && many > some
            && many >= 0.1,
    }];
    claims.extend(printed(effort, "dropout", &[points(mean(&gain))]));
    claims
}

fn training_examples(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(1, 12);
    let counts = effort.of(&[50, 400, 1100][..], &[50, 100, 200, 400, 800, 1100][..]);
    let gain = |n: &u32| mean_of(&format!("n_train={n}"), seeds, "gain");
    let gains: Vec<f64> = counts.iter().map(gain).collect();
    let told: Vec<String> =
        counts.iter().zip(&gains).map(|(n, gain)| format!("{n}: {gain:.3}")).collect();
    let most = gains[1..gains.len() - 1].iter().copied().fold(0.0, f64::max);
    let mut claims = vec![Claim {
        claim: "dropout gains most with neither few examples nor many".into(),
        criterion: "mean gain larger between than at 50 and at 1,100 examples",
        measured: format!("{}; {seeds} seeds", told.join(", ")),
        holds: most > gains[0] && most > gains[gains.len() - 1],
    }];
    if effort == Effort::Full {
        let figures = [0, 3, 5].map(|place| format!("gain {:.1}", 100.0 * gains[place]));
        claims.extend(printed(effort, "dropout", &figures));
    }
    claims
}

fn where_and_how(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(1, 12);
    let of = |settings: &str| columns(settings, seeds, ["test_error", "train_error"]);
    let [[hidden, learned], [both, _], [at_test, slower], [none, _]] =
        ["scaling=inverted", "keep_prob_input=0.8", "scaling=at_test", "scaling=none"].map(of);
    let mut claims = vec![
        Claim {
            claim: "dropping inputs as well helps here too".into(),
            criterion: "lower mean test error with inputs kept at 0.8",
            measured: format!("{} against {}, {seeds} seeds", percent(&both), percent(&hidden)),
            holds: mean(&both) < mean(&hidden),
        },
        Claim {
            claim: "with 1/p in training a network learns faster, wrong labels too".into(),
            criterion: "lower training error than with p at test time; test errors within 0.05",
            measured: format!(
                "train {} in training, {} at test time; test {}, {}, and {} without; {seeds} seeds",
                percent(&learned),
                percent(&slower),
                percent(&hidden),
                percent(&at_test),
                percent(&none)
            ),
            holds: mean(&learned) < mean(&slower) && (mean(&hidden) - mean(&at_test)).abs() <= 0.05,
        },
    ];
    let figures = [&hidden, &both, &at_test, &none].map(|errors| percent(errors));
    claims.extend(printed(effort, "dropout", &figures));
    claims
}

/// Figure 8 of Srivastava and others, 2014: whatever the labels, and however outputs are scaled.
fn sparsity(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 12);
    let keys = [
        "mean_activation",
        "baseline_mean_activation",
        "zero_activations",
        "baseline_zero_activations",
    ];
    let claim = |settings: &str| {
        let [with, without, zero, plain_zero] = columns(settings, seeds, keys);
        let smaller = with.iter().zip(&without).all(|(with, without)| 2.0 * with <= *without);
        let sparser = zero.iter().zip(&plain_zero).all(|(zero, plain)| zero - plain >= 0.15);
        Claim {
            claim: format!("dropout makes the activations of the first layer sparse: {settings}"),
            criterion: "for every seed at most half of the mean activation without dropout, and a \
                        share that is exactly 0 higher by 0.15",
            measured: format!(
                "mean {:.3}, without {:.3}; exactly 0 {}, without {}; {seeds} seeds",
                mean(&with),
                mean(&without),
                percent(&zero),
                percent(&plain_zero)
            ),
            holds: smaller && sparser,
        }
    };
    ["keep_prob=0.5", "label_noise=0", "scaling=at_test"].map(claim).into()
}

/// Figure 7 of the same paper, which is not seen here.
fn features(effort: Effort) -> Vec<Claim> {
    let keys = ["concentration", "baseline_concentration"];
    let shares = |settings: &str, seeds: u32| columns(settings, seeds, keys).map(|c| mean(&c));
    let (seeds, few) = (effort.of(3, 12), effort.of(1, 12));
    let [with, without] = shares("keep_prob=0.5", seeds);
    let [late, plain_late] = shares("label_noise=0&steps=10000", few);
    vec![Claim {
        claim: "weights of a neuron are no more concentrated with dropout, and a little so after \
                many steps on clean labels"
            .into(),
        criterion: "in its five largest weights as much within 0.02; after 10,000 steps on clean \
                    labels between 0.01 and 0.08 more",
        measured: format!(
            "{with:.3}, without {without:.3}, {seeds} seeds; later {late:.3}, without \
             {plain_late:.3}, {few} seeds"
        ),
        holds: (with - without).abs() <= 0.02 && (0.01..=0.08).contains(&(late - plain_late)),
    }]
}
