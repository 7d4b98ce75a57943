//! Short training runs of many kinds, and a hash of the weights each ends with.
//!
//! The same runs are made natively and in browsers; the hashes must agree to the last bit.

use regularization_playground::nn::{
    Activation, DropoutScaling, Filters, LayerConfig, LayerKind, Loss, Network, NetworkConfig,
    OptimizerConfig, OptimizerKind, Real, Shape, StepOutputs, Stream, normal, stream,
};

const STEPS: u64 = 60;
const ROWS: usize = 23;

type Change = fn(&mut NetworkConfig);

/// Every regularizer on its own, and all of them together.
const CHANGES: [(&str, Change); 8] = [
    ("plain", |_| {}),
    ("dropout_inverted", |config| drop_out(config, DropoutScaling::Inverted)),
    ("dropout_at_test", |config| drop_out(config, DropoutScaling::AtTest)),
    ("noise", |config| config.alpha = 0.3),
    ("l2", |config| config.l2 = 0.01),
    ("max_norm", |config| config.max_norm = Some(0.7)),
    ("bootstrap_3", |config| (config.n_members, config.bootstrap) = (3, true)),
    ("everything", |config| {
        drop_out(config, DropoutScaling::Inverted);
        (config.alpha, config.l2, config.max_norm) = (0.1, 0.001, Some(2.0));
        (config.n_members, config.bootstrap) = (2, true);
    }),
];

fn drop_out(config: &mut NetworkConfig, scaling: DropoutScaling) {
    config.keep_prob_input = 0.8;
    config.layers[0].keep_prob = 0.5;
    config.dropout_scaling = scaling;
}

/// "name hash" for every run.
pub fn hashes() -> Vec<String> {
    let mut lines = Vec::new();
    for seed in [0, 4_000_000_007] {
        for (activation_name, activation) in Activation::NAMES {
            for (change_name, change) in CHANGES {
                let mut config = config(activation, seed);
                change(&mut config);
                let name = format!("{activation_name}/{change_name}/seed {seed}");
                lines.push(format!("{name} {:016x}", hash_of::<f32>(config)));
            }
        }
    }
    for (name, config) in layer_runs() {
        lines.push(format!("{name} {:016x}", hash_of::<f32>(config)));
    }
    for (name, kind) in OptimizerKind::NAMES {
        let mut config = config(Activation::Tanh, 1);
        config.optimizer = OptimizerConfig::new(kind, 0.01);
        lines.push(format!("optimizer/{name} {:016x}", hash_of::<f32>(config)));
    }
    let mut config = config(Activation::Tanh, 3);
    CHANGES.iter().for_each(|(_, change)| change(&mut config));
    lines.push(format!("64 bits/everything {:016x}", hash_of::<f64>(config)));
    lines
}

/// Convolution and recurrence, with weights that are shared and with weights that are not.
fn layer_runs() -> Vec<(String, NetworkConfig)> {
    let line = Shape::Line { channels: 2, length: 11 };
    let image = Shape::Image { channels: 2, height: 7, width: 6 };
    let steps = Shape::Steps { steps: 6, features: 3 };
    let mut runs = Vec::new();
    for shared in [true, false] {
        let filters = Filters { stride: 2, padding: 1, shared, ..Filters::line(5, 3) };
        let conv1d = LayerConfig::new(LayerKind::Conv1d(filters), Activation::Relu);
        runs.push((format!("conv1d/shared {shared}"), line, vec![conv1d]));
        let filters = Filters { padding: 1, shared, ..Filters::square(5, 3) };
        let conv2d = LayerConfig::new(LayerKind::Conv2d(filters), Activation::Tanh);
        let dropped = LayerConfig { keep_prob: 0.6, ..conv2d.clone() };
        let layers = vec![dropped, LayerConfig::max_pool(2), conv2d];
        runs.push((format!("conv2d/max_pool/conv2d/shared {shared}"), image, layers));
        for (name, outputs) in StepOutputs::NAMES {
            let kind = LayerKind::Recurrent { units: 7, outputs, shared };
            let layer = LayerConfig::new(kind, Activation::Tanh);
            let last = LayerKind::Recurrent { units: 5, outputs: StepOutputs::Last, shared };
            let last = LayerConfig::new(last, Activation::Tanh);
            let layers = if name == "all" { vec![layer, last] } else { vec![layer] };
            runs.push((format!("recurrent/{name}/shared {shared}"), steps, layers));
        }
    }
    let run = |(name, input, mut layers): (String, Shape, Vec<LayerConfig>)| {
        layers.push(LayerConfig::dense(3, Activation::Linear));
        (name, NetworkConfig { input, layers, ..config(Activation::Linear, 2) })
    };
    runs.into_iter().map(run).collect()
}

fn config(activation: Activation, seed: u32) -> NetworkConfig {
    let layers =
        vec![LayerConfig::dense(13, activation), LayerConfig::dense(3, Activation::Linear)];
    NetworkConfig {
        batch_size: 7,
        seed,
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, 0.01),
        ..NetworkConfig::new(5, layers, Loss::CrossEntropy)
    }
}

/// The hash of a run on normal inputs and three classes.
fn hash_of<T: Real>(config: NetworkConfig) -> u64 {
    let mut rng = stream(11, Stream::Data, 0);
    let x: Vec<f64> = (0..ROWS * config.input.size()).map(|_| normal(&mut rng)).collect();
    let y: Vec<f64> = (0..ROWS).map(|row| (row % 3) as f64).collect();
    hash_after::<T>(config, &x, &y)
}

/// The hash of a run on data that any language can make: small whole numbers over others.
#[allow(dead_code)]
pub fn hash_of_script(config: NetworkConfig) -> u64 {
    let network: Network<f32> = Network::new(config.clone()).unwrap();
    let fraction = |i: usize, a: usize, b: usize| ((i * a) % b) as f64 / b as f64;
    let x: Vec<f64> = (0..ROWS * network.inputs()).map(|i| fraction(i, 37, 101) - 0.5).collect();
    let width = network.target_width();
    let y: Vec<f64> = match config.loss {
        Loss::CrossEntropy => (0..ROWS * width).map(|i| (i % 3) as f64).collect(),
        _ => (0..ROWS * width).map(|i| fraction(i, 53, 97)).collect(),
    };
    hash_after::<f32>(config, &x, &y)
}

/// FNV-1a over the bits of one prediction after the steps, and of every parameter of every member.
fn hash_after<T: Real>(config: NetworkConfig, x: &[f64], y: &[f64]) -> u64 {
    let n_members = config.n_members;
    let mut network: Network<T> = Network::new(config).unwrap();
    network.load(x, y).unwrap();
    network.step(STEPS).unwrap();
    let mut values = network.predict(x).unwrap();
    for member in 0..n_members {
        values.extend(network.parameters(member).unwrap().into_iter().flat_map(|p| p.values));
    }
    values
        .iter()
        .flat_map(|value| value.to_bits().to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}
