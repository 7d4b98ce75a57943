//! What a network is said to take before it is built, against what it takes.
#![allow(unsafe_code)]

#[path = "common/counting.rs"]
mod counting;

use counting::{HELD, REQUESTS};
use regularization_playground::nn::{
    Activation, Filters, LayerConfig, LayerKind, Loss, Network, NetworkConfig, OptimizerConfig,
    OptimizerKind, Shape, StepOutputs,
};
const ROWS: usize = 96;

/// Bytes a network holds after three steps, without its training set.
fn taken(config: NetworkConfig) -> f64 {
    let before = HELD.get();
    let mut network: Network<f32> = Network::new(config).unwrap();
    let x = vec![0.5; ROWS * network.inputs()];
    let y = vec![1.0; ROWS * network.target_width()];
    network.load(&x, &y).unwrap();
    network.step(3).unwrap();
    let held = HELD.get() - before;
    let lists = 8 * (x.len() + y.len());
    let training_set = 4 * (x.len() + y.len()) + 8 * ROWS * network.config().n_members;
    held as f64 - (lists + training_set) as f64
}

fn dense(widths: &[usize]) -> NetworkConfig {
    let last = widths.len() - 1;
    let layers = (1..=last).map(|i| {
        let activation = if i == last { Activation::Linear } else { Activation::Relu };
        LayerConfig::dense(widths[i], activation)
    });
    NetworkConfig::new(widths[0], layers.collect(), Loss::CrossEntropy)
}

/// Convolution with filters shared and not, pooling, and recurrence.
fn other_layers() -> Vec<(&'static str, NetworkConfig)> {
    let filters = |shared| Filters { count: 16, kernel: (3, 3), stride: 1, padding: 1, shared };
    let image = Shape::Image { channels: 1, height: 12, width: 12 };
    let conv = |shared| {
        let layers = vec![
            LayerConfig::new(LayerKind::Conv2d(filters(shared)), Activation::Relu),
            LayerConfig::new(LayerKind::MaxPool { size: 2 }, Activation::Linear),
            LayerConfig::dense(10, Activation::Linear),
        ];
        NetworkConfig::new(image, layers, Loss::CrossEntropy)
    };
    let recurrent = |shared| {
        let kind = LayerKind::Recurrent { units: 32, outputs: StepOutputs::Last, shared };
        let layers = vec![
            LayerConfig::new(kind, Activation::Tanh),
            LayerConfig::dense(4, Activation::Linear),
        ];
        NetworkConfig::new(Shape::Steps { steps: 20, features: 8 }, layers, Loss::CrossEntropy)
    };
    vec![
        ("convolution", conv(true)),
        ("filters of their own", conv(false)),
        ("recurrence", recurrent(true)),
        ("weights of its own at every step", recurrent(false)),
    ]
}

fn dense_cases() -> Vec<(&'static str, NetworkConfig)> {
    let adam = |config: NetworkConfig| NetworkConfig {
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, 0.01),
        ..config
    };
    let dropped = |mut config: NetworkConfig| {
        config.keep_prob_input = 0.8;
        config.layers[0].keep_prob = 0.5;
        config
    };
    vec![
        ("2-8-8-1", NetworkConfig { batch_size: 10, ..dense(&[2, 8, 8, 2]) }),
        ("64-64-10", dropped(dense(&[64, 64, 10]))),
        ("64-256-256-10", NetworkConfig { batch_size: 64, ..dropped(dense(&[64, 256, 256, 10])) }),
        ("784-800-800-10", dropped(dense(&[784, 800, 800, 10]))),
        ("adam", adam(dense(&[64, 128, 10]))),
        ("20 members", NetworkConfig { n_members: 20, ..dropped(dense(&[64, 32, 32, 10])) }),
        ("many rows", NetworkConfig { batch_size: ROWS, ..dense(&[8, 400, 4]) }),
    ]
}

#[test]
fn the_estimate_is_within_a_fifth_of_what_is_taken() {
    for (name, config) in dense_cases().into_iter().chain(other_layers()) {
        let (said, taken) = (config.bytes().unwrap(), taken(config));
        assert!((said / taken - 1.0).abs() < 0.2, "{name}: said {said}, taken {taken}");
    }
}

/// Every batch size of an epoch has been seen after one of them; the last is smaller.
#[test]
fn after_the_first_epoch_a_step_asks_for_no_memory() {
    for (name, mut config) in dense_cases().into_iter().chain(other_layers()) {
        (config.alpha, config.l2, config.max_norm) = (0.1, 0.001, Some(3.0));
        config.batch_size = config.batch_size.min(40);
        let mut network: Network<f32> = Network::new(config).unwrap();
        let x = vec![0.5; ROWS * network.inputs()];
        network.load(&x, &vec![1.0; ROWS * network.target_width()]).unwrap();
        network.step(3).unwrap();
        let before = REQUESTS.get();
        network.step(6).unwrap();
        assert_eq!(REQUESTS.get() - before, 0, "{name}");
    }
}
