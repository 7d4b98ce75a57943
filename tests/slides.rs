//! Every number the slides print for the labs there are: "Dropout: example".

#[path = "common/lab.rs"]
mod lab;

use lab::{metric, start};
use regularization_playground::figure::{Body, EntryState, Matrix};
use regularization_playground::lab::Run;
use regularization_playground::nn::{
    Activation, DropoutScaling, LayerConfig, Loss, Network, NetworkConfig, Parameter,
};

/// The slide's network: W(1), W(2), linear units, no biases.
fn slide_network(scaling: DropoutScaling, keep_prob_input: f64, keep_prob: f64) -> Network<f64> {
    let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(3, Activation::Linear) };
    let layers = vec![hidden, LayerConfig::dense(2, Activation::Linear)];
    let mut network = Network::new(NetworkConfig {
        keep_prob_input,
        dropout_scaling: scaling,
        ..NetworkConfig::new(3, layers, Loss::HalfSse)
    })
    .unwrap();
    let w1 = (1..=9).map(f64::from).collect();
    let w2 = (1..=6).map(f64::from).collect();
    network
        .set_parameters(
            &[
                Parameter { name: "w1".into(), shape: vec![3, 3], values: w1 },
                Parameter { name: "w2".into(), shape: vec![2, 3], values: w2 },
            ],
            0,
        )
        .unwrap();
    network
}

const X: [f64; 3] = [0.0, 1.0, 2.0];
const TARGET: [f64; 2] = [50.0, 100.0];

/// x2 and h2 are out. Because x1 is 0, the mask (0, 0, 1) would give the same answer: hence the mask
/// itself is asserted, in the lab, too.
fn slide_masks() -> Vec<Vec<f64>> {
    vec![vec![1.0, 0.0, 1.0], vec![1.0, 0.0, 1.0]]
}

fn matrices(run: &Run, key: &str) -> Vec<Matrix> {
    match run.figure(key).unwrap().body {
        Body::Matrices(matrices) => matrices.items,
        other => panic!("{key} is {other:?}"),
    }
}

fn matrix(run: &Run, key: &str, symbol: &str) -> Matrix {
    let found = matrices(run, key).into_iter().find(|matrix| matrix.symbol == symbol);
    found.unwrap_or_else(|| panic!("{key} has no {symbol}"))
}

fn example(query: &str) -> Run {
    start("dropout_example", query).unwrap()
}

#[test]
fn the_reduced_network_answers_60_and_132() {
    let network = slide_network(DropoutScaling::None, 0.5, 0.5);
    let pass = network.gradients(&X, &TARGET, Some(&slide_masks())).unwrap();
    assert_eq!(pass.output, [60.0, 132.0]);
    assert_eq!(pass.loss, 562.0);
}

#[test]
fn the_backward_pass_touches_retained_neurons_only() {
    let network = slide_network(DropoutScaling::None, 0.5, 0.5);
    let pass = network.gradients(&X, &TARGET, Some(&slide_masks())).unwrap();
    let gradient = |i: usize| pass.parameters[i].values.clone();
    assert_eq!(gradient(0), [0.0, 0.0, 276.0, 0.0, 0.0, 0.0, 0.0, 0.0, 444.0]);
    assert_eq!(gradient(1), [138.0, 0.0, 222.0]);
    assert_eq!(gradient(2), [60.0, 0.0, 180.0, 192.0, 0.0, 576.0]);
}

#[test]
fn without_dropout_it_answers_120_and_273() {
    let network = slide_network(DropoutScaling::None, 1.0, 1.0);
    assert_eq!(network.predict(&X).unwrap(), [120.0, 273.0]);
    let pass = network.gradients(&X, &TARGET, None).unwrap();
    assert_eq!((pass.output, pass.loss), (vec![120.0, 273.0], 17414.5));
}

#[test]
fn inverted_scaling_at_two_settings() {
    let inverted = |keep_prob_input, keep_prob| {
        let network = slide_network(DropoutScaling::Inverted, keep_prob_input, keep_prob);
        network.gradients(&X, &TARGET, Some(&slide_masks())).unwrap()
    };
    let half = inverted(0.5, 0.5);
    assert_eq!((half.output, half.loss), (vec![240.0, 528.0], 109_642.0));
    assert_eq!(half.parameters[0].values[2], 15_216.0);
    assert_eq!(half.parameters[2].values, [4560.0, 0.0, 13_680.0, 10_272.0, 0.0, 30_816.0]);
    let other = inverted(0.8, 0.5);
    assert_eq!((other.output, other.loss), (vec![150.0, 330.0], 31_450.0));
}

#[test]
fn at_test_time_the_mean_over_all_64_masks() {
    let scaled = slide_network(DropoutScaling::AtTest, 0.5, 0.5);
    assert_eq!(scaled.predict(&X).unwrap(), [30.0, 68.25]);
    let run = example("");
    assert_eq!((metric(&run, "mean_y_hat_1"), metric(&run, "mean_y_hat_2")), (30.0, 68.25));
    let inverted = example("scaling=inverted");
    assert_eq!(metric(&inverted, "mean_y_hat_1"), 120.0);
    assert_eq!(metric(&inverted, "mean_y_hat_2"), 273.0);
}

#[test]
fn the_lab_opens_on_the_slide() {
    let run = example("");
    assert_eq!(matrix(&run, "forward", "x").values, X);
    assert_eq!(matrix(&run, "forward", "m(0)").values, [1.0, 0.0, 1.0]);
    assert_eq!(matrix(&run, "forward", "m(1)").values, [1.0, 0.0, 1.0]);
    let w1: Vec<f64> = (1..=9).map(f64::from).collect();
    let w2: Vec<f64> = (1..=6).map(f64::from).collect();
    assert_eq!(matrix(&run, "forward", "W(1)").values, w1);
    assert_eq!(matrix(&run, "forward", "W(2)").values, w2);
    assert_eq!(matrix(&run, "forward", "h(1)").values, [6.0, 0.0, 18.0]);
    assert_eq!(matrix(&run, "forward", "ŷ").values, [60.0, 132.0]);
    assert_eq!((metric(&run, "y_hat_1"), metric(&run, "y_hat_2")), (60.0, 132.0));
    assert_eq!(metric(&run, "loss"), 562.0);
}

/// The circled weights of the slide, 1, 3, 7 and 9, are those between retained neurons.
#[test]
fn the_slide_circles_the_weights_in_use() {
    let run = example("input=no_zeros");
    let w1 = matrix(&run, "next", "W(1)");
    let updated: Vec<usize> = (0..9).filter(|&i| w1.states[i] == EntryState::Updated).collect();
    assert_eq!(updated, [0, 2, 6, 8]);
    let before = matrix(&run, "forward", "W(1)").values;
    for (i, (after, before)) in w1.values.iter().zip(before).enumerate() {
        assert_eq!(*after != before, updated.contains(&i), "entry {i}");
    }
}

/// Of 15 weights 8 join two retained neurons; x1 = 0 keeps two of them from moving.
#[test]
fn six_weights_change_and_eight_without_the_zero() {
    for (query, want) in [("", 6), ("input=no_zeros", 8)] {
        let run = example(query);
        let states = matrices(&run, "next").into_iter().flat_map(|matrix| matrix.states);
        let updated = states.filter(|&state| state == EntryState::Updated).count();
        assert_eq!(updated, want, "{query}");
    }
}

/// With the slide's x1 = 0, column 1 of dW(1) is zero because of the input, not because of dropout.
#[test]
fn a_zero_input_hides_part_of_the_effect() {
    let states = matrix(&example(""), "backward", "dW(1)").states;
    assert_eq!((states[0], states[6]), (EntryState::Unchanged, EntryState::Unchanged));
    assert_eq!((states[2], states[8]), (EntryState::Updated, EntryState::Updated));
    assert_eq!((states[1], states[4]), (EntryState::Dropped, EntryState::Dropped));
}

#[test]
fn the_neurons_come_back_and_others_go() {
    let mut run = example("keep_prob=0.5&seed=1");
    let w1 = matrix(&run, "next", "W(1)").values;
    let mut seen = Vec::new();
    for _ in 0..8 {
        run.step(1).unwrap();
        seen.push((matrix(&run, "forward", "m(0)").values, matrix(&run, "forward", "m(1)").values));
    }
    seen.dedup();
    assert!(seen.len() > 4, "masks: {seen:?}");
    run.reset().unwrap();
    run.step(1).unwrap();
    assert_eq!(matrix(&run, "forward", "W(1)").values, w1);
}
