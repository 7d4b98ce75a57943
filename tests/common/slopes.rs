//! Gradients of a network against finite differences of its loss, in 64 bits.
#![allow(dead_code)]

use regularization_playground::nn::{Network, Stream, normal, stream};

/// Numbers from the standard normal distribution.
pub fn normals(count: usize, seed: u32) -> Vec<f64> {
    let mut rng = stream(seed, Stream::Data, 0);
    (0..count).map(|_| normal(&mut rng)).collect()
}

/// Sets every weight and bias to a number from the normal distribution, times `scale`.
pub fn scatter_parameters(network: &mut Network<f64>, scale: f64, seed: u32) {
    let mut parameters = network.parameters(0).unwrap();
    for (i, parameter) in parameters.iter_mut().enumerate() {
        parameter.values = normals(parameter.values.len(), seed + i as u32);
        parameter.values.iter_mut().for_each(|value| *value *= scale);
    }
    network.set_parameters(&parameters, 0).unwrap();
}

fn assert_slope(what: &str, gradient: f64, objective: impl Fn(f64) -> f64) {
    let step = 1e-5;
    let slope = (objective(step) - objective(-step)) / (2.0 * step);
    let ok = (gradient - slope).abs() <= 1e-7 * slope.abs().max(1.0);
    assert!(ok, "{what}: gradient {gradient}, finite difference {slope}");
}

/// Compares the gradient of every parameter and of every input.
pub fn assert_gradients(
    what: &str,
    network: &mut Network<f64>,
    x: &[f64],
    y: &[f64],
    masks: Option<&[Vec<f64>]>,
) {
    let gradients = network.gradients(x, y, masks).unwrap();
    let parameters = network.parameters(0).unwrap();
    for (i, gradient) in gradients.parameters.iter().enumerate() {
        assert_eq!((&gradient.name, &gradient.shape), (&parameters[i].name, &parameters[i].shape));
        for (j, &slope) in gradient.values.iter().enumerate() {
            let network = std::cell::RefCell::new(&mut *network);
            assert_slope(&format!("{what} {}[{j}]", gradient.name), slope, |step| {
                let mut moved = parameters[i].clone();
                moved.values[j] += step;
                let mut network = network.borrow_mut();
                network.set_parameters(&[moved], 0).unwrap();
                let moved = network.gradients(x, y, masks).unwrap();
                network.set_parameters(&parameters[i..=i], 0).unwrap();
                moved.loss + moved.penalty
            });
        }
    }
    for (j, &slope) in gradients.input.iter().enumerate() {
        assert_slope(&format!("{what} x[{j}]"), slope, |step| {
            let mut moved = x.to_vec();
            moved[j] += step;
            network.gradients(&moved, y, masks).unwrap().loss
        });
    }
}
