//! What holds of every network, whatever it learns.

use regularization_playground::data::digits;
use regularization_playground::error::Error;
use regularization_playground::nn::{
    Activation, DropoutScaling, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig,
    OptimizerKind, Parameter,
};

const X: [f64; 8] = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
const Y: [f64; 4] = [0.0, 1.0, 1.0, 0.0];

fn config() -> NetworkConfig {
    let layers =
        vec![LayerConfig::dense(6, Activation::Tanh), LayerConfig::dense(2, Activation::Linear)];
    NetworkConfig {
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, 0.02),
        batch_size: 3,
        seed: 3,
        ..NetworkConfig::new(2, layers, Loss::CrossEntropy)
    }
}

fn dropping(keep_prob_input: f64, keep_prob: f64) -> NetworkConfig {
    let mut config = config();
    config.keep_prob_input = keep_prob_input;
    config.layers[0].keep_prob = keep_prob;
    config
}

fn loaded(config: NetworkConfig) -> Network<f32> {
    let mut network = Network::new(config).unwrap();
    network.load(&X, &Y).unwrap();
    network
}

fn trained(config: NetworkConfig, steps: u64) -> Network<f32> {
    let mut network = loaded(config);
    network.step(steps).unwrap();
    network
}

fn all_parameters(network: &Network<f32>) -> Vec<Vec<Parameter>> {
    (0..network.config().n_members).map(|member| network.parameters(member).unwrap()).collect()
}

#[test]
fn it_learns_exclusive_or() {
    let network = trained(config(), 600);
    let y_hat = network.predict(&X).unwrap();
    for (row, &class) in y_hat.chunks_exact(2).zip(&Y) {
        assert!(row[class as usize] > 0.9, "{y_hat:?}");
        assert!((row[0] + row[1] - 1.0).abs() < 1e-6);
    }
}

#[test]
fn one_step_a_thousand_times_is_a_thousand_steps_once() {
    let whole = trained(dropping(0.8, 0.5), 1000);
    let mut sliced = loaded(dropping(0.8, 0.5));
    for _ in 0..1000 {
        sliced.step(1).unwrap();
    }
    assert_eq!(all_parameters(&whole), all_parameters(&sliced));
}

#[test]
fn at_keep_probability_1_nothing_differs_from_no_dropout() {
    for scaling in [DropoutScaling::Inverted, DropoutScaling::AtTest, DropoutScaling::None] {
        let with = NetworkConfig { dropout_scaling: scaling, ..dropping(1.0, 1.0) };
        let (with, without) = (trained(with, 100), trained(config(), 100));
        assert_eq!(all_parameters(&with), all_parameters(&without));
        assert_eq!(with.predict(&X).unwrap(), without.predict(&X).unwrap());
        assert!(with.masks(0).unwrap().iter().flatten().all(|&kept| kept == 1.0));
    }
}

#[test]
fn predicting_is_deterministic_and_leaves_everything_alone() {
    let mut asked = trained(dropping(0.8, 0.3), 50);
    let mut left_alone = trained(dropping(0.8, 0.3), 50);
    let first = asked.predict(&X).unwrap();
    asked.predict_monte_carlo(&X, 20).unwrap();
    asked.predict_member(0, &X).unwrap();
    asked.gradients(&X, &Y, None).unwrap();
    assert_eq!(asked.predict(&X).unwrap(), first);
    assert_eq!(asked.masks(0).unwrap(), left_alone.masks(0).unwrap());
    asked.step(20).unwrap();
    left_alone.step(20).unwrap();
    assert_eq!(all_parameters(&asked), all_parameters(&left_alone));
}

/// One linear neuron after one linear hidden layer of two, so that every number can be followed.
fn by_hand(keep_prob: f64, scaling: DropoutScaling) -> Network<f64> {
    let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(2, Activation::Linear) };
    let layers = vec![hidden, LayerConfig::dense(1, Activation::Linear)];
    let mut network = Network::new(NetworkConfig {
        dropout_scaling: scaling,
        ..NetworkConfig::new(1, layers, Loss::Mse)
    })
    .unwrap();
    let parameter = |name: &str, shape: &[usize], values: &[f64]| Parameter {
        name: name.into(),
        shape: shape.to_vec(),
        values: values.to_vec(),
    };
    let w1 = parameter("w1", &[2, 1], &[3.0, 5.0]);
    let w2 = parameter("w2", &[1, 2], &[7.0, 11.0]);
    network.set_parameters(&[w1, w2], 0).unwrap();
    network
}

/// x = 2, mask [1, 0]: h = [6, 10], reduced to [6, 0] times the factor; y = 0.
#[test]
fn literal_masks_outputs_and_gradients_at_three_keep_probabilities() {
    for keep_prob in [0.3, 0.8, 1.0] {
        for (scaling, factor, at_test) in [
            (DropoutScaling::Inverted, 1.0 / keep_prob, 1.0),
            (DropoutScaling::AtTest, 1.0, keep_prob),
            (DropoutScaling::None, 1.0, 1.0),
        ] {
            let network = by_hand(keep_prob, scaling);
            let masks = [vec![1.0], vec![1.0, 0.0]];
            let pass = network.gradients(&[2.0], &[0.0], Some(&masks)).unwrap();
            let y_hat = 7.0 * 6.0 * factor;
            let close = |got: &[f64], want: &[f64]| {
                assert!(
                    got.iter().zip(want).all(|(g, w)| (g - w).abs() <= 1e-12 * w.abs().max(1.0)),
                    "p = {keep_prob}, {scaling:?}: got {got:?}, want {want:?}"
                );
            };
            close(&pass.output, &[y_hat]);
            let slope = 2.0 * y_hat;
            close(&pass.parameters[2].values, &[slope * 6.0 * factor, 0.0]);
            close(&pass.parameters[0].values, &[slope * 7.0 * factor * 2.0, 0.0]);
            close(&pass.input, &[slope * 7.0 * factor * 3.0]);
            close(&network.predict(&[2.0]).unwrap(), &[(42.0 + 110.0) * at_test]);
        }
    }
}

/// Over many masks the mean of inverted dropout in a linear network is the single pass.
#[test]
fn monte_carlo_agrees_with_weight_scaling_in_a_linear_network() {
    for keep_prob in [0.3, 0.8] {
        let network = by_hand(keep_prob, DropoutScaling::Inverted);
        let samples = 20_000;
        let drawn = network.predict_monte_carlo(&[2.0], samples).unwrap();
        let spread = (1.0 - keep_prob) / keep_prob;
        let variance = spread * (42.0f64.powi(2) + 110.0f64.powi(2));
        let se = (variance / samples as f64).sqrt();
        assert!((drawn.mean[0] - 152.0).abs() < 4.5 * se, "{} {se}", drawn.mean[0]);
        assert!((drawn.variance[0] / variance - 1.0).abs() < 0.05);
    }
}

#[test]
fn masks_are_kept_with_the_right_chance_and_drawn_anew() {
    let mut network = loaded(dropping(0.8, 0.3));
    assert!(network.masks(0).unwrap().is_empty());
    let (mut kept, mut of) = ([0.0; 2], [0.0; 2]);
    for _ in 0..2000 {
        network.step(1).unwrap();
        for (place, mask) in network.masks(0).unwrap().iter().enumerate() {
            kept[place] += mask.iter().sum::<f64>();
            of[place] += mask.len() as f64;
        }
    }
    for (place, keep_prob) in [0.8, 0.3].into_iter().enumerate() {
        let sd = (keep_prob * (1.0 - keep_prob) / of[place]).sqrt();
        assert!((kept[place] / of[place] - keep_prob).abs() < 5.0 * sd);
    }
}

#[test]
fn turning_one_regularizer_on_leaves_the_other_streams_alone() {
    // The first batch and the first noise are the same with and without dropout: with a learning
    // rate of next to nothing, the loss of a linear model shows which batch it was.
    let quiet = |keep_prob| {
        let mut config = dropping(1.0, keep_prob);
        config.optimizer = OptimizerConfig::new(OptimizerKind::Sgd, 1e-12);
        config.alpha = 0.5;
        loaded(config)
    };
    let (mut with, mut without) = (quiet(0.5), quiet(1.0));
    with.step(7).unwrap();
    without.step(7).unwrap();
    // Dropout off from here on: the eighth step must be the same to the last bit.
    with.set_keep_probs(1.0, 1.0);
    with.set_parameters(&without.parameters(0).unwrap(), 0).unwrap();
    assert_eq!(with.step(1).unwrap().loss, without.step(1).unwrap().loss);
}

#[test]
fn member_0_is_the_network_that_stands_alone() {
    let ensemble = NetworkConfig { n_members: 4, ..dropping(0.8, 0.5) };
    let (ensemble, alone) = (trained(ensemble, 50), trained(dropping(0.8, 0.5), 50));
    assert_eq!(all_parameters(&ensemble)[0], all_parameters(&alone)[0]);
    assert_eq!(ensemble.predict_member(0, &X).unwrap(), alone.predict(&X).unwrap());
    let mut mean = [0.0; 8];
    for member in 0..4 {
        let y_hat = ensemble.predict_member(member, &X).unwrap();
        mean.iter_mut().zip(y_hat).for_each(|(mean, y_hat)| *mean += y_hat / 4.0);
    }
    let close = |(a, b): (&f64, f64)| (a - b).abs() < 1e-12;
    assert!(mean.iter().zip(ensemble.predict(&X).unwrap()).all(close));
    assert_ne!(all_parameters(&ensemble)[0], all_parameters(&ensemble)[1]);
}

#[test]
fn max_norm_holds_for_every_neuron() {
    let network = trained(NetworkConfig { max_norm: Some(0.4), ..config() }, 200);
    let parameters = network.parameters(0).unwrap();
    for matrix in parameters.iter().filter(|parameter| parameter.shape.len() == 2) {
        for row in matrix.values.chunks_exact(matrix.shape[1]) {
            let norm = row.iter().map(|w| w * w).sum::<f64>().sqrt();
            assert!(norm <= 0.4 * (1.0 + 1e-6), "{norm}");
        }
    }
}

#[test]
fn a_run_that_diverges_stops_at_that_step_and_keeps_finite_parameters() {
    let mut config = config();
    config.optimizer = OptimizerConfig::new(OptimizerKind::Sgd, 1e20);
    config.loss = Loss::Mse;
    let mut network: Network<f32> = Network::new(config).unwrap();
    network.load(&X, &[Y, Y].concat()).unwrap();
    let error = network.step(1000).unwrap_err();
    let Error::Diverged { step } = error else { panic!("{error}") };
    assert_eq!(step, network.steps() + 1);
    assert!(step < 50);
    assert_eq!(error.to_string(), format!("diverged at step {step}"));
    let finite = |p: &Parameter| p.values.iter().all(|value| value.is_finite());
    assert!(network.parameters(0).unwrap().iter().all(finite));
    let gradients = network.gradients(&X, &[Y, Y].concat(), None);
    assert!(gradients.unwrap().loss.is_finite(), "back at a step whose loss was finite");
    network.set_learning_rate(0.01);
    assert!(network.predict(&X).unwrap().iter().all(|y_hat| y_hat.is_finite()));
}

#[test]
fn refused_input_says_what_is_allowed_and_changes_nothing() {
    let mut network = trained(config(), 10);
    let before = all_parameters(&network);
    let mut untouched = trained(config(), 10);
    let says = |result: Result<(), Error>, want: &str| {
        let message = result.unwrap_err().to_string();
        assert!(message.contains(want), "{message} should contain {want}");
    };
    says(network.load(&[1.0, 2.0, 3.0], &[0.0]), "x has 3 numbers");
    says(network.load(&[], &[]), "one row or more of 2 numbers");
    says(network.load(&[1.0, 2.0], &[0.0, 1.0]), "y has 2 numbers: must be 1");
    says(network.load(&[1.0, f64::NAN], &[0.0]), "x[1] = NaN: must be a finite number");
    says(network.load(&[1.0, 2.0], &[2.0]), "y[0] = 2: must be a whole number from 0 to 1");
    says(network.load(&[1.0, 2.0], &[0.5]), "y[0] = 0.5");
    says(network.step(0).map(drop), "n = 0");
    says(network.predict(&[1.0]).map(drop), "x has 1 numbers");
    says(network.predict(&[1.0, 1e300]).map(drop), "x[1]");
    says(network.predict_member(1, &X).map(drop), "member = 1");
    says(network.predict_monte_carlo(&X, 0).map(drop), "samples = 0");
    says(network.gradients(&X, &Y, Some(&[])).map(drop), "masks has 0 entries: must be 2");
    let half = [vec![0.5; 8], vec![1.0; 24]];
    says(network.gradients(&X, &Y, Some(&half)).map(drop), "masks[0][0] = 0.5: must be 0 or 1");
    let mut wrong = network.parameters(0).unwrap();
    wrong[1].values[2] = f64::INFINITY;
    says(network.set_parameters(&wrong, 0), "b1[2] = inf");
    wrong[1].name = "v1".into();
    says(network.set_parameters(&wrong, 0), "parameter v1: must be one of w1, b1, w2, b2");
    wrong[1] = wrong[0].clone();
    says(network.set_parameters(&wrong, 0), "given twice");
    assert_eq!(all_parameters(&network), before);
    assert_eq!(network.step(5).unwrap(), untouched.step(5).unwrap());
    let mut empty: Network<f32> = Network::new(config()).unwrap();
    says(empty.step(1).map(drop), "call load");
}

#[test]
fn train_reports_every_few_steps_and_the_last_one() {
    let mut network = loaded(config());
    let reports = network.train(25, 10).unwrap();
    assert_eq!(reports.iter().map(|report| report.step).collect::<Vec<_>>(), [10, 20, 25]);
    assert!(reports.iter().all(|report| report.objective == report.loss + report.penalty));
    assert!(network.train(5, 0).is_err());
}

/// The largest difference between two rows of W(1), or two columns of W(2), after some steps on
/// digits; every row and every column started equal.
fn difference_of_tied(keep_prob_input: f64, keep_prob: f64, steps: u64) -> f64 {
    const UNITS: usize = 13; // no multiple of any tile
    let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(UNITS, Activation::Tanh) };
    let layers = vec![hidden, LayerConfig::dense(10, Activation::Linear)];
    let mut network: Network<f32> = Network::new(NetworkConfig {
        keep_prob_input,
        batch_size: 16,
        optimizer: OptimizerConfig::new(OptimizerKind::Sgd, 0.2),
        ..NetworkConfig::new(64, layers, Loss::CrossEntropy)
    })
    .unwrap();
    let mut parameters = network.parameters(0).unwrap();
    let row = parameters[0].values[..64].to_vec();
    parameters[0].values = row.repeat(UNITS);
    let column = parameters[2].values[..10].to_vec();
    parameters[2].values = column.iter().flat_map(|&w| [w; UNITS]).collect();
    network.set_parameters(&parameters, 0).unwrap();
    let digits = digits();
    network.load(&digits.x[..400 * 64], &digits.y[..400]).unwrap();
    network.step(steps).unwrap();
    let trained = network.parameters(0).unwrap();
    let of_rows = trained[0]
        .values
        .chunks_exact(64)
        .flat_map(|row| row.iter().zip(&trained[0].values).map(|(w, first)| (w - first).abs()));
    let of_columns = trained[2]
        .values
        .chunks_exact(UNITS)
        .flat_map(|weights| weights.iter().map(|w| (w - weights[0]).abs()));
    of_rows.chain(of_columns).fold(0.0, f64::max)
}

/// The slides' symmetry: equal neurons stay equal to the last bit, whatever drops out before them;
/// only dropping the neurons themselves sets them apart.
#[test]
fn a_tie_between_neurons_is_exactly_zero_until_one_of_them_is_dropped() {
    assert_eq!(difference_of_tied(1.0, 1.0, 1000), 0.0);
    assert_eq!(difference_of_tied(0.8, 1.0, 1000), 0.0);
    assert!(difference_of_tied(1.0, 0.5, 1) > 0.01);
}

/// Two layers on exclusive or, whose learning rates are the network's times these.
fn scaled(kind: OptimizerKind, rate: f64, scales: [f64; 2]) -> Network<f64> {
    let mut config = config();
    config.optimizer = OptimizerConfig { weight_decay: 0.01, ..OptimizerConfig::new(kind, rate) };
    config
        .layers
        .iter_mut()
        .zip(scales)
        .for_each(|(layer, scale)| layer.learning_rate_scale = scale);
    let mut network = Network::new(config).unwrap();
    network.load(&X, &Y).unwrap();
    network.step(20).unwrap();
    network
}

#[test]
fn a_scaled_learning_rate_is_a_learning_rate_by_every_rule() {
    for (name, kind) in OptimizerKind::NAMES {
        let values = |network: Network<f64>| -> Vec<f64> {
            network.parameters(0).unwrap().into_iter().flat_map(|p| p.values).collect()
        };
        let (scaled, plain) =
            (values(scaled(kind, 0.08, [0.25, 0.25])), values(scaled(kind, 0.02, [1.0, 1.0])));
        for (a, b) in scaled.iter().zip(plain) {
            assert!((a - b).abs() < 1e-9, "{name}: {a} and {b}");
        }
    }
}

#[test]
fn a_frozen_layer_keeps_every_bit_and_the_others_learn() {
    for (name, kind) in OptimizerKind::NAMES {
        let network = scaled(kind, 0.02, [0.0, 1.0]);
        let fresh: Network<f64> = Network::new(network.config().clone()).unwrap();
        let (now, then) = (network.parameters(0).unwrap(), fresh.parameters(0).unwrap());
        assert_eq!(now[..2], then[..2], "{name}");
        assert!(now[2..] != then[2..], "{name}");
    }
}
