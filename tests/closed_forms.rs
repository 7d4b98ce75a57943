//! Trained networks against the closed forms they must come to.

use regularization_playground::nn::{
    Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind, Stream,
    dropout_ridge, normal, ridge, stream,
};

const ROWS: usize = 40;
const COLUMNS: usize = 4;

/// A linear problem whose columns differ in size, without an intercept: every input comes with its
/// opposite, so that the trained bias has nothing to do.
fn data() -> (Vec<f64>, Vec<f64>) {
    let mut rng = stream(8, Stream::Data, 0);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for _ in 0..ROWS / 2 {
        let row: Vec<f64> = (1..=COLUMNS).map(|c| normal(&mut rng) * c as f64 / 2.0).collect();
        let target = row.iter().sum::<f64>() + 0.5 * normal(&mut rng);
        for sign in [1.0, -1.0] {
            x.extend(row.iter().map(|value| sign * value));
            y.push(sign * target);
        }
    }
    (x, y)
}

/// The weights of a linear model after `steps` full-batch steps, averaged over the second half.
fn trained(change: impl Fn(&mut NetworkConfig), steps: u64) -> Vec<f64> {
    let layers = vec![LayerConfig::dense(1, Activation::Linear)];
    let mut config = NetworkConfig::new(COLUMNS, layers, Loss::Mse);
    config.optimizer = OptimizerConfig::new(OptimizerKind::Sgd, 0.02);
    config.batch_size = 0;
    change(&mut config);
    let mut network: Network<f64> = Network::new(config).unwrap();
    let (x, y) = data();
    network.load(&x, &y).unwrap();
    network.step(steps / 2).unwrap();
    let mut mean = vec![0.0; COLUMNS];
    for _ in 0..steps / 2 {
        network.step(1).unwrap();
        let weights = &network.parameters(0).unwrap()[0].values;
        mean.iter_mut().zip(weights).for_each(|(mean, w)| *mean += w / (steps / 2) as f64);
    }
    mean
}

/// |a - b| / |b|.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    let norm = |v: Vec<f64>| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    norm(a.iter().zip(b).map(|(a, b)| a - b).collect()) / norm(b.to_vec())
}

#[test]
fn the_l2_penalty_comes_to_ridge() {
    let (x, y) = data();
    for l2 in [0.1, 0.7] {
        let exact = ridge(&x, &y, COLUMNS, l2, false).unwrap().weights;
        let weights = trained(|config| config.l2 = l2, 4000);
        assert!(distance(&weights, &exact) < 1e-9, "l2 = {l2}: {weights:?}, {exact:?}");
    }
}

/// The slides' claim, on the engine's own noise: its variance is alpha, not its standard deviation.
#[test]
fn noise_of_variance_alpha_comes_to_ridge_with_alpha() {
    let (x, y) = data();
    let plain = ridge(&x, &y, COLUMNS, 0.0, false).unwrap().weights;
    for alpha in [0.1, 0.7] {
        let exact = ridge(&x, &y, COLUMNS, alpha, false).unwrap().weights;
        let weights = trained(|config| config.alpha = alpha, 20_000);
        assert!(distance(&weights, &exact) < 0.03, "alpha = {alpha}: {weights:?}, {exact:?}");
        assert!(distance(&weights, &plain) > 0.06, "the noise does something");
    }
}

#[test]
fn dropout_on_the_inputs_comes_to_the_ridge_of_every_columns_size() {
    let (x, y) = data();
    for keep_prob in [0.5, 0.8] {
        let exact = dropout_ridge(&x, &y, COLUMNS, keep_prob).unwrap();
        let weights = trained(|config| config.keep_prob_input = keep_prob, 20_000);
        assert!(distance(&weights, &exact) < 0.03, "p = {keep_prob}: {weights:?}, {exact:?}");
    }
}
