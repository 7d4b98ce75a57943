//! Reference values made elsewhere (tests/reference), compared on every field.

mod common;

use common::{assert_close, assert_fields, cases, flat, number};
use regularization_playground::nn::{
    Activation, DropoutScaling, LayerConfig, Loss, Network, NetworkConfig, Optimizer,
    OptimizerConfig, OptimizerKind, Parameter, Real, all_masks, copies_distance, dropout_penalty,
    dropout_ridge, ensemble_errors, nadaraya_watson, noise_terms, ridge,
};
use serde_json::Value;

fn network_of<T: Real>(case: &Value) -> Network<T> {
    let activation = match case["activation"].as_str().unwrap() {
        "tanh" => Activation::Tanh,
        "relu" => Activation::Relu,
        "sigmoid" => Activation::Sigmoid,
        _ => Activation::Linear,
    };
    let sizes: Vec<usize> = flat(&case["sizes"]).iter().map(|&size| size as usize).collect();
    let last = sizes.len() - 1;
    let layer = |i: usize| {
        let activation = if i == last { Activation::Linear } else { activation };
        let keep_prob = if i == last { 1.0 } else { number(&case["p_h"]) };
        LayerConfig { keep_prob, ..LayerConfig::dense(sizes[i], activation) }
    };
    let loss = match case["loss"].as_str().unwrap() {
        "mse" => Loss::Mse,
        "half_sse" => Loss::HalfSse,
        _ => Loss::CrossEntropy,
    };
    let mut network = Network::new(NetworkConfig {
        keep_prob_input: number(&case["p_in"]),
        l2: number(&case["l2_lambda"]),
        dropout_scaling: match case["dropout"].as_str() {
            Some("inverted") => DropoutScaling::Inverted,
            _ => DropoutScaling::AtTest,
        },
        ..NetworkConfig::new(sizes[0], (1..=last).map(layer).collect(), loss)
    })
    .unwrap();
    let mut parameters = Vec::new();
    for i in 0..last {
        let (w, b) = (flat(&case["W"][i]), flat(&case["b"][i]));
        let shape = vec![sizes[i + 1], sizes[i]];
        parameters.push(Parameter { name: format!("w{}", i + 1), shape, values: w });
        let shape = vec![sizes[i + 1]];
        parameters.push(Parameter { name: format!("b{}", i + 1), shape, values: b });
    }
    network.set_parameters(&parameters, 0).unwrap();
    network
}

fn masks_of(case: &Value) -> Option<Vec<Vec<f64>>> {
    Some(case["masks"].as_array()?.iter().map(flat).collect())
}

fn check_mlp<T: Real>(case: &Value, tolerance: f64) {
    let name = case["name"].as_str().unwrap();
    let close = |what: &str, got: &[f64], want: &Value| {
        assert_close(&format!("{name} {what}"), got, &flat(want), tolerance);
    };
    let network = network_of::<T>(case);
    let masks = masks_of(case);
    let (x, y) = (flat(&case["X"]), flat(&case["target"]));
    let gradients = network.gradients(&x, &y, masks.as_deref()).unwrap();
    let out = &case["out"];
    let known = ["pre", "hidden", "output", "probs", "data_loss", "l2_loss", "total_loss"];
    assert_fields(out, &[&known[..], &["dW", "db", "dX"]].concat());
    close("output", &gradients.output, &out["output"]);
    close("data_loss", &[gradients.loss], &out["data_loss"]);
    close("l2_loss", &[gradients.penalty], &out["l2_loss"]);
    close("total_loss", &[gradients.loss + gradients.penalty], &out["total_loss"]);
    close("dX", &gradients.input, &out["dX"]);
    for (i, pair) in gradients.parameters.chunks_exact(2).enumerate() {
        close("dW", &pair[0].values, &out["dW"][i]);
        close("db", &pair[1].values, &out["db"][i]);
    }
    check_layers(case, &network, masks.as_deref(), tolerance);
    if !out["probs"].is_null() && masks.is_none() {
        close("probs", &network.predict(&x).unwrap(), &out["probs"]);
    }
}

/// Sums, hidden outputs and probabilities, layer by layer: each is the output of the network cut off
/// after that layer.
fn check_layers<T: Real>(
    case: &Value,
    network: &Network<T>,
    masks: Option<&[Vec<f64>]>,
    tolerance: f64,
) {
    let name = case["name"].as_str().unwrap();
    let (out, config) = (&case["out"], network.config().clone());
    let parameters = network.parameters(0).unwrap();
    let rows = flat(&case["X"]).len() / network.inputs();
    let factor = |place: usize, i: usize| {
        let keep_prob =
            if place == 0 { config.keep_prob_input } else { config.layers[place - 1].keep_prob };
        let scale: f64 = config.dropout_scaling.in_training(keep_prob);
        masks.map_or(1.0, |masks| masks[place][i] * scale)
    };
    let x: Vec<f64> = flat(&case["X"]);
    let x: Vec<f64> = x.iter().enumerate().map(|(i, x)| x * factor(0, i)).collect();
    assert_close(&format!("{name} hidden[0]"), &x, &flat(&out["hidden"][0]), tolerance);
    for depth in 1..=config.layers.len() {
        for (what, activation) in
            [("pre", Activation::Linear), ("hidden", config.layers[depth - 1].activation)]
        {
            let mut cut =
                NetworkConfig::new(config.input, config.layers[..depth].to_vec(), Loss::Mse);
            cut.keep_prob_input = config.keep_prob_input;
            cut.dropout_scaling = config.dropout_scaling;
            cut.layers[depth - 1].keep_prob = 1.0;
            cut.layers[depth - 1].activation = activation;
            let mut cut = Network::<T>::new(cut).unwrap();
            let width = cut.outputs();
            cut.set_parameters(&parameters[..2 * depth], 0).unwrap();
            let y = vec![0.0; rows * width];
            let masks = masks.map(|masks| &masks[..depth]);
            let mut got = cut.gradients(&flat(&case["X"]), &y, masks).unwrap().output;
            if what == "pre" {
                let want = flat(&out["pre"][depth - 1]);
                assert_close(&format!("{name} pre[{depth}]"), &got, &want, tolerance);
            } else if depth < config.layers.len() {
                got.iter_mut().enumerate().for_each(|(i, h)| *h *= factor(depth, i));
                let want = flat(&out["hidden"][depth]);
                assert_close(&format!("{name} hidden[{depth}]"), &got, &want, tolerance);
            }
        }
    }
    if let (false, Some(_)) = (out["probs"].is_null(), masks) {
        let mut got = Vec::new();
        for row in flat(&out["pre"][config.layers.len() - 1]).chunks_exact(network.outputs()) {
            let sum: f64 = row.iter().map(|z| z.exp()).sum();
            got.extend(row.iter().map(|z| z.exp() / sum));
        }
        assert_close(&format!("{name} probs"), &got, &flat(&out["probs"]), tolerance);
    }
}

#[test]
fn mlp_in_64_and_in_32_bits() {
    let cases = cases("mlp");
    assert_eq!(cases.len(), 47);
    for case in &cases {
        assert_fields(
            case,
            &[
                "name",
                "sizes",
                "activation",
                "loss",
                "l2_lambda",
                "dropout",
                "p_in",
                "p_h",
                "masks",
                "W",
                "b",
                "X",
                "target",
                "out",
            ],
        );
        check_mlp::<f64>(case, 1e-10);
        check_mlp::<f32>(case, 1e-4);
    }
}

fn optimizer_of(case: &Value) -> OptimizerConfig {
    let options = &case["options"];
    let flag = |key: &str| options[key].as_bool().unwrap_or(false);
    let has_momentum = options["momentum"].is_number();
    let kind = match case["optimiser"].as_str().unwrap() {
        "sgd" if flag("nesterov") => OptimizerKind::Nesterov,
        "sgd" if has_momentum => OptimizerKind::Momentum,
        "sgd" => OptimizerKind::Sgd,
        "adam" => OptimizerKind::Adam,
        "adamw" => OptimizerKind::Adamw,
        "rmsprop" => OptimizerKind::Rmsprop,
        _ => OptimizerKind::Adagrad,
    };
    let mut config = OptimizerConfig::new(kind, number(&case["lr"]));
    for (key, value) in options.as_object().unwrap() {
        match key.as_str() {
            "momentum" => config.momentum = number(value),
            "dampening" => config.dampening = number(value),
            "weight_decay" => config.weight_decay = number(value),
            "eps" => config.eps = number(value),
            "alpha" => config.beta2 = number(value),
            "centered" => config.centered = flag("centered"),
            "betas" => (config.beta1, config.beta2) = (number(&value[0]), number(&value[1])),
            "nesterov" => {}
            other => panic!("nobody reads the option {other}"),
        }
    }
    config
}

fn check_optimizer<T: Real>(case: &Value, tolerance: f64) {
    let name = case["name"].as_str().unwrap();
    let (a, b, mut w) = (flat(&case["A"]), flat(&case["b"]), flat(&case["w0"]));
    let n = w.len();
    let mut optimizer: Optimizer<T> = Optimizer::new(optimizer_of(case), n);
    for step in 0..5 {
        let product: Vec<f64> =
            a.chunks_exact(n).map(|row| row.iter().zip(&w).map(|(a, w)| a * w).sum()).collect();
        let gradient: Vec<f64> = product.iter().zip(&b).map(|(product, b)| product - b).collect();
        let loss: f64 = (0..n).map(|i| w[i] * (0.5 * product[i] - b[i])).sum();
        let what = |field: &str| format!("{name} {field}[{step}]");
        assert_close(&what("grads"), &gradient, &flat(&case["grads"][step]), tolerance);
        let want = number(&case["losses_before_step"][step]);
        assert_close(&what("losses_before_step"), &[loss], &[want], tolerance);
        let numbers = |values: &[f64]| values.iter().map(|&x| T::from_f64(x)).collect::<Vec<T>>();
        let mut new = vec![T::ZERO; n];
        optimizer.update(&numbers(&w), &numbers(&gradient), &mut new);
        w = new.iter().map(|w| w.to_f64()).collect();
        assert_close(&what("w_after_step"), &w, &flat(&case["w_after_step"][step]), tolerance);
    }
}

#[test]
fn optimizers_in_64_and_in_32_bits() {
    let cases = cases("optim");
    assert_eq!(cases.len(), 12);
    for case in &cases {
        assert_fields(
            case,
            &[
                "name",
                "optimiser",
                "lr",
                "options",
                "problem",
                "A",
                "b",
                "w0",
                "grads",
                "losses_before_step",
                "w_after_step",
            ],
        );
        check_optimizer::<f64>(case, 1e-10);
        let centered = case["options"]["centered"].as_bool().unwrap_or(false);
        check_optimizer::<f32>(case, if centered { 1e-3 } else { 1e-5 });
    }
}

#[test]
fn terms_of_the_noise_derivation() {
    for case in &cases("noise_terms") {
        let name = case["name"].as_str().unwrap();
        let (x, y, w) = (flat(&case["X"]), flat(&case["y"]), flat(&case["w"]));
        let (noise, alpha) = (flat(&case["noise"]), number(&case["alpha"]));
        let terms = noise_terms(&x, &y, &w, &noise, alpha).unwrap();
        let columns = w.len();
        let copies = noise.len() / x.len();
        let noisy: Vec<f64> = noise.iter().enumerate().map(|(i, n)| x[i % x.len()] + n).collect();
        let repeated: Vec<f64> = (0..copies).flat_map(|_| y.clone()).collect();
        let on_copies = ridge(&noisy, &repeated, columns, 0.0, false).unwrap().weights;
        let exact = ridge(&x, &y, columns, alpha, false).unwrap().weights;
        let distance = copies_distance(&x, &y, columns, alpha).unwrap();
        let got = [
            ("f", vec![terms.loss]),
            ("cross_term", vec![terms.cross_term]),
            ("quad_term", vec![terms.quadratic_term]),
            ("augmented_loss", vec![terms.augmented_loss]),
            ("expected_augmented_loss", vec![terms.expected_augmented_loss]),
            ("cross_term_sd_per_sample", vec![terms.cross_term_sd]),
            ("quad_term_sd_per_sample", vec![terms.quadratic_term_sd]),
            ("ols_on_copies_w", on_copies),
            ("ridge_w", exact),
            ("asymptotic_rms_error_times_sqrtK", vec![distance]),
        ];
        let fields: Vec<&str> = got.iter().map(|(field, _)| *field).collect();
        assert_fields(case, &[&fields[..], &["name", "X", "y", "alpha", "noise", "w"]].concat());
        for (field, got) in got {
            assert_close(&format!("{name} {field}"), &got, &flat(&case[field]), 1e-10);
        }
        let sum = terms.loss + terms.cross_term + terms.quadratic_term;
        assert_close(&format!("{name} identity"), &[sum], &[terms.augmented_loss], 1e-12);
    }
}

#[test]
fn the_limit_of_training_with_noise() {
    for case in &cases("smoothing") {
        assert_fields(case, &["name", "x", "y", "alpha", "query", "value", "note"]);
        let (x, y, query) = (flat(&case["x"]), flat(&case["y"]), flat(&case["query"]));
        let got = nadaraya_watson(&x, &y, number(&case["alpha"]), &query).unwrap();
        assert_close(case["name"].as_str().unwrap(), &got, &flat(&case["value"]), 1e-10);
    }
}

#[test]
fn ridge_regression() {
    for case in &cases("ridge") {
        let name = case["name"].as_str().unwrap();
        let (x, y) = (flat(&case["X"]), flat(&case["y"]));
        let columns = x.len() / y.len();
        let (alpha, intercept) = (number(&case["alpha"]), case["intercept"].as_bool().unwrap());
        let fit = ridge(&x, &y, columns, alpha, intercept).unwrap();
        let network = linear_at(&flat(&case["w0"]), number(&case["b0"]), alpha);
        let at_w0 = network.gradients(&x, &y, None).unwrap();
        let got = [
            ("w", fit.weights),
            ("b", vec![fit.intercept]),
            ("f", vec![fit.loss]),
            ("objective", vec![fit.objective]),
            ("objective_at_w0", vec![at_w0.loss + at_w0.penalty]),
            ("grad_w_at_w0", at_w0.parameters[0].values.clone()),
            (
                "grad_b_at_w0",
                if intercept { at_w0.parameters[1].values.clone() } else { vec![0.0] },
            ),
        ];
        let fields: Vec<&str> = got.iter().map(|(field, _)| *field).collect();
        let given = ["name", "X", "y", "alpha", "intercept", "w0", "b0"];
        assert_fields(case, &[&fields[..], &given].concat());
        for (field, got) in got {
            assert_close(&format!("{name} {field}"), &got, &flat(&case[field]), 1e-9);
        }
    }
}

/// A linear model as a network: its objective is that of ridge regression.
fn linear_at(w: &[f64], b: f64, alpha: f64) -> Network<f64> {
    let layers = vec![LayerConfig::dense(1, Activation::Linear)];
    let config = NetworkConfig { l2: alpha, ..NetworkConfig::new(w.len(), layers, Loss::Mse) };
    let mut network = Network::new(config).unwrap();
    let w = Parameter { name: "w1".into(), shape: vec![1, w.len()], values: w.to_vec() };
    let b = Parameter { name: "b1".into(), shape: vec![1], values: vec![b] };
    network.set_parameters(&[w, b], 0).unwrap();
    network
}

#[test]
fn errors_of_ensembles() {
    for case in &cases("ensemble") {
        let name = case["name"].as_str().unwrap();
        let (predictions, y) = (flat(&case["predictions"]), flat(&case["y"]));
        let errors = ensemble_errors(&predictions, predictions.len() / y.len(), &y).unwrap();
        let n = (predictions.len() / y.len()) as f64;
        let centred = errors.centred_variance / n + (n - 1.0) / n * errors.centred_covariance;
        let got = [
            ("second_moment_matrix", errors.second_moments),
            ("v_bar", vec![errors.variance]),
            ("c_bar", vec![errors.covariance]),
            ("ensemble_mse", vec![errors.measured]),
            ("formula", vec![errors.predicted]),
            ("ambiguity", vec![errors.ambiguity]),
            ("mean_member_mse", vec![errors.variance]),
            ("kv_rhs", vec![errors.variance - errors.ambiguity]),
            ("centred_v_bar", vec![errors.centred_variance]),
            ("centred_c_bar", vec![errors.centred_covariance]),
            ("mean_bias", vec![errors.bias]),
            ("centred_formula_plus_bias2", vec![centred + errors.bias * errors.bias]),
        ];
        let fields: Vec<&str> = got.iter().map(|(field, _)| *field).collect();
        assert_fields(case, &[&fields[..], &["name", "predictions", "y"]].concat());
        for (field, got) in got {
            assert_close(&format!("{name} {field}"), &got, &flat(&case[field]), 1e-10);
        }
    }
}

#[test]
fn dropout_on_the_inputs_of_a_linear_model() {
    for case in &cases("dropout_ridge") {
        let name = case["name"].as_str().unwrap();
        let (x, y, w0) = (flat(&case["X"]), flat(&case["y"]), flat(&case["w0"]));
        let (columns, p) = (w0.len(), number(&case["p"]));
        let weights = dropout_ridge(&x, &y, columns, p).unwrap();
        let mean_over_masks = |scale: f64| -> f64 {
            all_masks(columns)
                .map(|kept| {
                    let chance: f64 = kept.iter().map(|&k| if k { p } else { 1.0 - p }).product();
                    let w = kept.iter().zip(&w0).map(|(&k, w)| if k { w * scale } else { 0.0 });
                    chance * mean_loss(&x, &y, &w.collect::<Vec<f64>>())
                })
                .sum()
        };
        let penalty = dropout_penalty(&x, &w0, p);
        let plain = mean_loss(&x, &y, &w0);
        let got = [
            ("w_inverted", weights.clone()),
            ("w_standard_train", weights.iter().map(|w| w / p).collect()),
            ("w_test_effective", weights),
            ("expected_mean_loss_inverted_at_w0", vec![mean_over_masks(1.0 / p)]),
            ("expected_mean_loss_standard_at_w0", vec![mean_over_masks(1.0)]),
            ("plain_mean_loss_at_w0", vec![plain]),
            ("penalty_inverted_at_w0", vec![penalty]),
        ];
        let fields: Vec<&str> = got.iter().map(|(field, _)| *field).collect();
        assert_fields(case, &[&fields[..], &["name", "X", "y", "p", "w0"]].concat());
        for (field, got) in got {
            assert_close(&format!("{name} {field}"), &got, &flat(&case[field]), 1e-9);
        }
        assert_close(name, &[mean_over_masks(1.0 / p)], &[plain + penalty], 1e-10);
    }
}

fn mean_loss(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let rows = x.chunks_exact(w.len()).zip(y);
    let errors = rows.map(|(x, y)| x.iter().zip(w).map(|(x, w)| x * w).sum::<f64>() - y);
    errors.map(|error| error * error).sum::<f64>() / y.len() as f64
}

/// The network of a case of sub-networks, with one hidden layer or none.
fn subnets_network<T: Real>(case: &Value) -> Network<T> {
    let activation = match case["activation"].as_str() {
        Some("relu") => Activation::Relu,
        Some("tanh") => Activation::Tanh,
        _ => Activation::Linear,
    };
    let outputs = flat(&case["b2"]).len();
    let mut layers = vec![LayerConfig::dense(outputs, Activation::Linear)];
    let mut tensors = vec![("W2", "b2")];
    if !case["W1"].is_null() {
        let hidden = LayerConfig::dense(flat(&case["b1"]).len(), activation);
        layers.insert(0, LayerConfig { keep_prob: number(&case["p_h"]), ..hidden });
        tensors.insert(0, ("W1", "b1"));
    }
    let loss = if case["head"] == "softmax" { Loss::CrossEntropy } else { Loss::Mse };
    let input = flat(&case["x"]).len();
    let mut network = Network::new(NetworkConfig {
        keep_prob_input: if case["drop_inputs"] == true { number(&case["p_in"]) } else { 1.0 },
        dropout_scaling: match case["convention"].as_str() {
            Some("inverted") => DropoutScaling::Inverted,
            _ => DropoutScaling::AtTest,
        },
        ..NetworkConfig::new(input, layers, loss)
    })
    .unwrap();
    let mut parameters = network.parameters(0).unwrap();
    for (pair, (w, b)) in parameters.chunks_exact_mut(2).zip(tensors) {
        (pair[0].values, pair[1].values) = (flat(&case[w]), flat(&case[b]));
    }
    network.set_parameters(&parameters, 0).unwrap();
    network
}

fn check_subnets<T: Real>(case: &Value, tolerance: f64) {
    let name = case["name"].as_str().unwrap();
    let network = subnets_network::<T>(case);
    let x = flat(&case["x"]);
    let all = network.enumerate_subnetworks(&x).unwrap();
    let mut each = Vec::new();
    network.each_subnetwork(&x, |_, _, y_hat| each.extend_from_slice(y_hat)).unwrap();
    let geometric = &case["normalised_geometric_mean"];
    let want = if geometric.is_null() { Vec::new() } else { flat(geometric) };
    assert_close(&format!("{name} geometric mean"), &all.geometric_mean, &want, tolerance);
    let got = [
        ("n_masks", vec![all.count as f64]),
        ("arithmetic_mean", all.arithmetic_mean),
        ("variance", all.variance),
        ("weight_scaled", all.weight_scaled),
        ("per_mask_output", each),
    ];
    let fields: Vec<&str> = got.iter().map(|(field, _)| *field).collect();
    let given = [
        "name",
        "activation",
        "head",
        "convention",
        "drop_inputs",
        "p_in",
        "p_h",
        "x",
        "W1",
        "b1",
        "W2",
        "b2",
        "mask_order",
        "normalised_geometric_mean",
    ];
    assert_fields(case, &[&fields[..], &given].concat());
    for (field, got) in got {
        assert_close(&format!("{name} {field}"), &got, &flat(&case[field]), tolerance);
    }
}

#[test]
fn all_subnetworks_in_64_and_in_32_bits() {
    for case in &cases("subnets") {
        check_subnets::<f64>(case, 1e-10);
        check_subnets::<f32>(case, 1e-4);
    }
}
