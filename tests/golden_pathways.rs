//! Co-adaptation: the closed form against reference values, and against SGD itself.

mod common;

use common::{assert_close, assert_fields, cases, flat, number};
use regularization_playground::nn::{
    PathwayScaling, Pathways, Rng, Stream, normal, stream, uniform,
};

#[test]
fn reference_values() {
    let cases = cases("coadapt");
    assert_eq!(cases.len(), 8);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let scaling = match case["mode"].as_str().unwrap() {
            "none" => PathwayScaling::NoDropout,
            "survivor" => PathwayScaling::Survivors,
            "inverted" => PathwayScaling::Inverted,
            "standard" => PathwayScaling::AtTest,
            other => panic!("{other}"),
        };
        let (w, beta, k) = (flat(&case["W0"]), flat(&case["beta"]), number(&case["k"]));
        let pathways = Pathways::new(k as usize, number(&case["p"]), scaling).unwrap();
        let steps = case["expected_W_trajectory"].as_array().unwrap().len() - 1;
        let trajectory =
            pathways.expected_trajectory(&w, &beta, number(&case["eta"]), steps).unwrap();
        let losses = trajectory.iter().map(|w| pathways.expected_loss(w, &beta).unwrap());
        let losses: Vec<f64> = losses.collect();
        let end = pathways.fixed_point(&beta);
        assert_eq!(end.is_none(), case["fixed_point"].is_null(), "{name} fixed_point");
        let mut got = vec![
            ("coefficient_second_moment", pathways.second_moment()),
            ("coefficient_mean", vec![pathways.mean()]),
            ("expected_W_trajectory", trajectory.concat()),
            ("expected_loss_trajectory", losses),
        ];
        got.extend(end.map(|end| ("fixed_point", end)));
        let compared: Vec<&str> = got.iter().map(|(field, _)| *field).collect();
        let used = ["name", "k", "p", "eta", "mode", "W0", "beta", "note", "fixed_point"];
        assert_fields(case, &[&compared[..], &used].concat());
        for (field, got) in got {
            assert_close(&format!("{name} {field}"), &got, &flat(&case[field]), 1e-10);
        }
    }
}

const BETA: [f64; 4] = [2.0, -3.0, 1.0, 1.0];
const START: [f64; 8] = [2.0, -3.0, 2.0, 0.0, 2.0, -3.0, 0.0, 2.0];
const LEARNING_RATE: f64 = 0.02;
const KEEP_PROB: f64 = 0.4;

fn coefficients(pathways: &Pathways, rng: &mut Rng) -> Vec<f64> {
    loop {
        let kept = [uniform(rng) < KEEP_PROB, uniform(rng) < KEEP_PROB];
        if let Some(a) = pathways.coefficients(&kept) {
            return a;
        }
    }
}

/// One step of SGD on a batch of 4 examples with noisy labels; every example has masks of its own.
fn sgd_step(pathways: &Pathways, w: &mut [f64], rng: &mut Rng) {
    let mut gradient = [0.0; 8];
    for _ in 0..4 {
        let x: [f64; 4] = std::array::from_fn(|_| normal(rng));
        let a = coefficients(pathways, rng);
        let y = (0..4).map(|i| BETA[i] * x[i]).sum::<f64>() + 0.5 * normal(rng);
        let y_hat: f64 = (0..8).map(|i| a[i / 4] * w[i] * x[i % 4]).sum();
        (0..8).for_each(|i| gradient[i] += 2.0 * (y_hat - y) * a[i / 4] * x[i % 4] / 4.0);
    }
    (0..8).for_each(|i| w[i] -= LEARNING_RATE * gradient[i]);
}

/// The mean of many runs, in standard errors from the recursion.
#[test]
fn sgd_takes_the_mean_course() {
    const RUNS: u32 = 400;
    for (name, scaling) in PathwayScaling::NAMES {
        let pathways = Pathways::new(2, KEEP_PROB, scaling).unwrap();
        let want = pathways.expected_trajectory(&START, &BETA, LEARNING_RATE, 50).unwrap();
        let mut ends = Vec::new();
        for run in 0..RUNS {
            let (mut w, mut rng) = (START, stream(11, Stream::Data, run));
            (0..50).for_each(|_| sgd_step(&pathways, &mut w, &mut rng));
            ends.push(w);
        }
        for i in 0..8 {
            let n = f64::from(RUNS);
            let mean = ends.iter().map(|w| w[i]).sum::<f64>() / n;
            let spread: f64 = ends.iter().map(|w| (w[i] - mean) * (w[i] - mean)).sum();
            let z = (mean - want[50][i]) / (spread / (n - 1.0) / n).sqrt();
            assert!(z.abs() < 4.5, "{name} w[{i}]: {mean}, not {}: z = {z}", want[50][i]);
        }
    }
}

/// Both pathways get the same gradient: what they differ by, they keep.
#[test]
fn without_dropout_the_difference_of_two_pathways_is_conserved() {
    let pathways = Pathways::new(2, 1.0, PathwayScaling::NoDropout).unwrap();
    let (mut w, mut rng) = (START, stream(12, Stream::Data, 0));
    (0..2000).for_each(|_| sgd_step(&pathways, &mut w, &mut rng));
    for i in 0..4 {
        let drift = (w[i] - w[i + 4]) - (START[i] - START[i + 4]);
        assert!(drift.abs() < 1e-12, "{drift}");
    }
}
