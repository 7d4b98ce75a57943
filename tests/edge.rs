//! Numbers at the edge of the format: what 32 bits cannot hold is refused by name where it is given, or
//! answered right; it is never met later as NaN, as divergence or as a run that stands still.

use regularization_playground::data::{Examples, standardize};
use regularization_playground::error::Error;
use regularization_playground::nn::{
    Activation, DropoutScaling, LayerConfig, Loss, Network, NetworkConfig, Optimizer,
    OptimizerConfig, OptimizerKind, Parameter, Real, TestSet, ensemble_errors,
};
use regularization_playground::value::Value;

fn parameter(name: &str, shape: &[usize], values: &[f64]) -> Parameter {
    Parameter { name: name.into(), shape: shape.to_vec(), values: values.to_vec() }
}

/// One dense layer with these weights (outputs x inputs) and biases, and the inputs dropped at p = 1/2.
fn layer<T: Real>(loss: Loss, inputs: usize, w: &[f64], b: &[f64]) -> Network<T> {
    let layers = vec![LayerConfig::dense(b.len(), Activation::Linear)];
    let mut network = Network::new(NetworkConfig {
        keep_prob_input: 0.5,
        dropout_scaling: DropoutScaling::None,
        ..NetworkConfig::new(inputs, layers, loss)
    })
    .unwrap();
    let weights = [parameter("w1", &[b.len(), inputs], w), parameter("b1", &[b.len()], b)];
    network.set_parameters(&weights, 0).unwrap();
    network
}

fn says<R: std::fmt::Debug>(result: Result<R, Error>, wants: &[&str]) {
    let message = result.unwrap_err().to_string();
    for want in wants {
        assert!(message.contains(want), "{message}\nshould contain {want}");
    }
}

/// An answer is offset or offset + step, each with chance 1/2.
fn variances_of<T: Real>(offset: f64, step: f64) {
    let network: Network<T> = layer(Loss::Mse, 1, &[step], &[offset]);
    let all = network.enumerate_subnetworks(&[1.0]).unwrap();
    assert_eq!((all.variance[0], all.arithmetic_mean[0]), (step * step / 4.0, offset + step / 2.0));
    let drawn = network.predict_monte_carlo(&[1.0], 1000).unwrap();
    // With n draws the share of either is off by 1 / sqrt(4 n) or so, and the variance by the square of that.
    let share = 4.0 * drawn.variance[0] / (step * step);
    assert!((0.99..=1.0 + 1e-12).contains(&share), "{drawn:?}");
}

#[test]
fn a_common_offset_takes_no_digit_of_a_variance() {
    variances_of::<f64>(1e8, 1.0);
    variances_of::<f64>(-1e15, 8.0);
    variances_of::<f32>(1e8, 16.0);
    // Errors 1, -1 and 1, 1, each 1e8 too large: about their means they are 1, -1 and 0, 0.
    let all = [1.0, -1.0, 1.0, 1.0].map(|error| error + 1e8);
    let errors = ensemble_errors(&all, 2, &[0.0, 0.0]).unwrap();
    assert_eq!((errors.centred_variance, errors.centred_covariance), (0.5, 0.0));
}

#[test]
fn errors_whose_squares_would_overflow_are_refused_by_place() {
    let of = |size: f64| ensemble_errors(&[size, -size, size, -size], 2, &[-size, size]);
    let errors = of(1e140).unwrap();
    assert!((errors.variance / 4e280 - 1.0).abs() < 1e-15 && errors.ambiguity == 0.0);
    says(of(1.1e140), &["predictions[0] = 1.1e140", "at most 1e140 in size"]);
    says(ensemble_errors(&[0.0, 1.0], 1, &[0.0, f64::NAN]), &["y[1] = NaN", "finite"]);
}

/// Columns that differ in their offset alone are the same once they are standard.
#[test]
fn an_offset_is_gone_from_standard_units() {
    let standard = |offset: f64| {
        let x = (0..50).map(|i| offset + f64::from(i * i % 17)).collect();
        let y = (0..50).map(|i| offset - f64::from(i)).collect();
        let mut examples = Examples { x, y };
        standardize(&mut examples);
        [examples.x, examples.y].concat()
    };
    let (with, without) = (standard(1e8), standard(0.0));
    assert!(with.iter().zip(&without).all(|(a, b)| (a - b).abs() < 1e-8), "{with:?}");
}

/// The geometric mean of two sides is the softmax of the mean outputs: with -800 and 798, each kept with
/// chance 1/2, that of -1 and 0.
#[test]
fn geometric_means_stand_however_small_a_probability_is() {
    fn check<T: Real>() {
        let mut config = layer::<T>(Loss::CrossEntropy, 2, &[0.0; 4], &[0.0; 2]).config().clone();
        config.dropout_scaling = DropoutScaling::AtTest;
        let mut network: Network<T> = Network::new(config).unwrap();
        let weights = parameter("w1", &[2, 2], &[-800.0, 798.0, 0.0, 0.0]);
        network.set_parameters(&[weights], 0).unwrap();
        let all = network.enumerate_subnetworks(&[1.0, 1.0]).unwrap();
        let want = 1.0 / (1.0 + 1f64.exp());
        for got in [&all.geometric_mean, &all.weight_scaled] {
            assert!((got[0] - want).abs() < 1e-12 && (got[1] - (1.0 - want)).abs() < 1e-12);
        }
    }
    check::<f64>();
    check::<f32>();
}

const SMALL: &str = r#"{"input": 2, "loss": "mse", "layers": [{"kind": "dense", "units": 3},
    {"kind": "dense", "units": 1}], "optimizer": {"kind": "adam", "learning_rate": 0.1}}"#;

/// The small configuration with one field of a path set.
fn with(path: &[&str], value: serde_json::Value) -> Result<NetworkConfig, Error> {
    let mut json: serde_json::Value = serde_json::from_str(SMALL).unwrap();
    let place = path.iter().fold(&mut json, |at, key| match key.parse::<usize>() {
        Ok(index) => &mut at[index],
        Err(_) => &mut at[*key],
    });
    *place = value;
    NetworkConfig::from_value(serde_json::from_value::<Value>(json).unwrap())
}

#[test]
fn what_32_bits_cannot_hold_is_refused_where_it_is_given() {
    let tiny = [1e-39, 1e-46, 1e-300];
    let paths: [&[&str]; 10] = [
        &["keep_prob_input"],
        &["alpha"],
        &["l2"],
        &["max_norm"],
        &["layers", "0", "keep_prob"],
        &["layers", "0", "learning_rate_scale"],
        &["optimizer", "learning_rate"],
        &["optimizer", "weight_decay"],
        &["optimizer", "eps"],
        &["optimizer", "beta1"],
    ];
    for path in paths {
        let name = path.join(".").replace(".0", "[0]");
        for value in tiny {
            says(with(path, value.into()).map(drop), &[&format!("{name} = {value:e}: must be ")]);
        }
        let has_top = path.last().is_some_and(|key| !key.starts_with("keep") && *key != "beta1");
        if has_top {
            let message = format!("{name} = {:e}: must be ", 1e39);
            says(with(path, 1e39.into()).map(drop), &[&message, "as 32 bits hold"]);
        }
    }
    for beta in ["beta1", "beta2"] {
        let path = ["optimizer", beta];
        says(with(&path, 0.999_999_99.into()).map(drop), &["optimizer.beta", "below 1"]);
        assert!(with(&path, 0.999_999.into()).is_ok());
    }
    says(with(&["optimizer", "learning_rate"], 1e38.into()).map(drop), &["learning_rate = 1e38"]);
    says(with(&["l2"], 3e38.into()).map(drop), &["l2 = 3e38: must be at most"]);
}

#[test]
fn an_eps_that_squares_fall_below_is_refused_by_every_optimizer() {
    for kind in ["adam", "adamw", "rmsprop", "adagrad"] {
        for eps in [1e-46, 1e-20] {
            let optimizer = serde_json::json!({"kind": kind, "learning_rate": 0.1, "eps": eps});
            let message = format!("optimizer.eps = {eps:e}: must be at least 1e-19");
            says(with(&["optimizer"], optimizer).map(drop), &[&message]);
        }
        // With the least eps, gradients of every size move a weight by about as much.
        let optimizer = serde_json::json!({"kind": kind, "learning_rate": 0.1, "eps": 1e-19});
        let config = with(&["optimizer"], optimizer).unwrap().optimizer;
        for gradient in [0.0, 1e-30, 1e-22, 1e-18, 1.0, 1e18] {
            let (w, mut new) = ([0.5f32], [0.0]);
            Optimizer::new(config.clone(), 1).update(&w, &[gradient], &mut new);
            assert!((new[0] - 0.5).abs() < 1.01, "{kind} {gradient}: {new:?}");
        }
    }
}

/// Of gradients that are all g, the mean is (1 - m^t) g, and the variance about it m^t (1 - m^t) g^2.
#[test]
fn the_centred_moment_is_never_below_zero() {
    fn check<T: Real>(tolerance: f64) {
        let mut config = OptimizerConfig::new(OptimizerKind::Rmsprop, 1.0);
        (config.centered, config.beta2, config.eps) = (true, 0.9, 1.0);
        let mut optimizer: Optimizer<T> = Optimizer::new(config, 1);
        for t in 1..=2000 {
            let (w, mut new) = ([T::ZERO], [T::ZERO]);
            optimizer.update(&w, &[T::from_f64(3.0)], &mut new);
            let memory = 0.9f64.powi(t);
            let want = -3.0 / (3.0 * (memory * (1.0 - memory)).sqrt() + 1.0);
            assert!((new[0].to_f64() - want).abs() < tolerance, "{t}: {new:?} {want}");
        }
    }
    check::<f64>(1e-12);
    check::<f32>(2e-3);
}

#[test]
fn sums_that_32_bits_cannot_hold_are_answered_in_64() {
    let side = [1.0, 1.0, -1.0, -1.0];
    let network: Network<f32> = layer(Loss::CrossEntropy, 2, &side, &[0.0; 2]);
    assert_eq!(network.predict(&[2e38, 2e38]).unwrap(), [1.0, 0.0]);
    assert_eq!(network.predict_member(0, &[-2e38, -2e38]).unwrap(), [0.0, 1.0]);
    let all = network.enumerate_subnetworks(&[2e38, 2e38]).unwrap();
    // With both dropped it is even, with either kept sure.
    assert_eq!(all.arithmetic_mean, [0.875, 0.125]);
    assert!(all.geometric_mean.iter().chain(&all.variance).all(|number| number.is_finite()));
    let test_set = TestSet::new(&network, &[2e38, 2e38], &[0.0]).unwrap();
    assert_eq!(test_set.score(&network).error, 0.0);

    let network: Network<f32> = layer(Loss::Mse, 3, &[1.0, 1.0, -1.0], &[0.0]);
    let (x, want) = ([3e38, 3e38, 3.2e38], 6e38 - 3.2e38);
    assert_eq!(network.predict(&x).unwrap(), [want]);
    let drawn = network.predict_monte_carlo(&x, 50).unwrap();
    assert!(drawn.mean[0].is_finite() && drawn.variance[0] > 1e75);
    let found = network.gradients(&x, &[0.0], None).unwrap();
    assert!((found.loss / (want * want) - 1.0).abs() < 1e-12);
    assert!((found.parameters[0].values[0] / (2.0 * want * 3e38) - 1.0).abs() < 1e-12);

    // A sum that leaves 32 bits and would come back: tanh of it is -1 and not 1.
    let layers =
        vec![LayerConfig::dense(1, Activation::Tanh), LayerConfig::dense(1, Activation::Linear)];
    let mut network: Network<f32> = Network::new(NetworkConfig::new(4, layers, Loss::Mse)).unwrap();
    let w1 = parameter("w1", &[1, 4], &[1.0, 1.0, -1.0, -1.0]);
    network.set_parameters(&[w1, parameter("w2", &[1, 1], &[1.0])], 0).unwrap();
    assert_eq!(network.predict(&[3e38, 3e38, 3.2e38, 3.2e38]).unwrap(), [-1.0]);
    assert_eq!(network.hidden(0, 1, &[3e38, 3e38, 3.2e38, 3.2e38]).unwrap(), [-1.0]);
}

#[test]
fn examples_whose_first_step_leaves_32_bits_are_refused_with_what_is_borne() {
    for (kind, x, y) in [
        (OptimizerKind::Sgd, 1e25, 1.0),
        (OptimizerKind::Sgd, 1.0, 3e38),
        (OptimizerKind::Adam, 1e12, 1.0),
        (OptimizerKind::Rmsprop, 1.0, 1e25),
    ] {
        let layers = vec![LayerConfig::dense(2, Activation::Linear)];
        let mut config = NetworkConfig::new(2, layers, Loss::Mse);
        config.optimizer = OptimizerConfig::new(kind, 1e-30);
        let mut network: Network<f32> = Network::new(config).unwrap();
        network.load(&[1.0, 2.0], &[0.0, 1.0]).unwrap();
        let (xs, ys) = ([1.0, 2.0, 3.0, x], [0.0, 1.0, 2.0, y]);
        let message = network.load(&xs, &ys).unwrap_err().to_string();
        let large = if x > y { format!("x[3] = {x:e}") } else { format!("y[3] = {y:e}") };
        let large = large.replace("1e12", "1000000000000");
        assert!(message.starts_with(&format!("{large}: must be at most 1e")), "{message}");
        // What is said to be borne is, and what was there before is there still.
        network.step(3).unwrap();
        let most = message.split("at most ").nth(1).unwrap().split(' ').next().unwrap();
        let most: f64 = most.parse().unwrap();
        let (xs, ys) = match x > y {
            true => ([1.0, 2.0, 3.0, most], ys),
            false => (xs, [0.0, 1.0, 2.0, most]),
        };
        network.load(&xs, &ys).unwrap();
        network.step(1).unwrap();
    }
}

#[test]
fn a_frozen_layer_stays_as_it_is() {
    for kind in OptimizerKind::NAMES.map(|(_, kind)| kind) {
        let mut first = LayerConfig::dense(1, Activation::Linear);
        first.learning_rate_scale = 0.0;
        let layers = vec![first, LayerConfig::dense(1, Activation::Linear)];
        let mut config = NetworkConfig::new(2, layers, Loss::Mse);
        (config.max_norm, config.l2) = (Some(1.0), 0.1);
        config.optimizer = OptimizerConfig::new(kind, 0.1);
        config.optimizer.weight_decay = 0.2;
        let mut network: Network<f32> = Network::new(config).unwrap();
        let frozen = [parameter("w1", &[1, 2], &[3.0, 4.0]), parameter("b1", &[1], &[-0.0])];
        network.set_parameters(&frozen, 0).unwrap();
        network.set_parameters(&[parameter("w2", &[1, 1], &[5.0])], 0).unwrap();
        network.load(&[1.0, 1.0, 0.0, 1.0], &[1.0, 2.0]).unwrap();
        network.step(3).unwrap();
        let after = network.parameters(0).unwrap();
        assert_eq!(after[..2], frozen, "{kind:?}");
        assert!(after[2].values[0].abs() <= 1.0 + 1e-6, "{kind:?}: the other is limited");
    }
}

#[test]
fn one_output_is_no_choice_between_classes() {
    for input in ["2", r#"{"steps": 4, "features": 2}"#] {
        let json = SMALL
            .replace("\"mse\"", "\"cross_entropy\"")
            .replace("\"input\": 2", &format!("\"input\": {input}"));
        let config = NetworkConfig::from_value(serde_json::from_str(&json).unwrap());
        says(config.map(drop), &["layers[1] gives one output", "must give two or more"]);
    }
    let one = vec![LayerConfig::dense(1, Activation::Linear)];
    let network = Network::<f32>::new(NetworkConfig::new(1, one, Loss::CrossEntropy));
    says(network.map(drop), &["layers[0] gives one output: must give two or more"]);
}

#[test]
fn what_would_not_fit_or_take_minutes_is_refused_before_it_begins() {
    let wide = |n_members, bootstrap| {
        let layers = vec![LayerConfig::dense(1000, Activation::Linear)];
        let config = NetworkConfig::new(1, layers, Loss::Mse);
        Network::<f32>::new(NetworkConfig { n_members, bootstrap, ..config }).unwrap()
    };
    let rows = vec![0.5; 1_000_000];
    let mut network = wide(1, false);
    says(network.predict(&rows), &["1000000 rows", "GiB", "fewer rows at a time"]);
    says(network.predict_member(0, &rows), &["1000000 rows", "GiB"]);
    says(network.predict_monte_carlo(&rows[..10_000], 1_000_000), &["samples and x", "billion"]);
    network.load(&rows[..2], &vec![0.5; 2000]).unwrap();
    says(network.step(1 << 53), &["n = 9007199254740992: must be at most"]);
    says(network.train(1 << 53, 1 << 40), &["steps = 9007199254740992: must be at most"]);
    says(network.train(50_000_000, 1), &["every = 1: must be at least 50 for 50000000 steps"]);
    assert_eq!(network.steps(), 0);

    let layers = vec![LayerConfig::dense(1, Activation::Linear)];
    let config = NetworkConfig::new(1, layers, Loss::Mse);
    let mut members: Network<f32> =
        Network::new(NetworkConfig { n_members: 1000, bootstrap: true, ..config }).unwrap();
    says(members.load(&rows, &rows), &["would take about", "must be at most 1024 MiB"]);
    members.load(&rows[..100], &rows[..100]).unwrap();

    says(ensemble_errors(&vec![0.0; 20_000], 20_000, &[0.0]), &["members = 20000", "GiB"]);
    let many = layer::<f64>(Loss::Mse, 16, &vec![0.1; 16 * 64], &[0.0; 64]);
    says(many.enumerate_subnetworks(&vec![0.5; 16 * 100_000]), &["100000 rows", "billion"]);
}
