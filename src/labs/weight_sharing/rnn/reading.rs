//! One sequence, drawn or written by hand, as a network reads it: its state and its answer after every
//! step.

use crate::labs::weight_sharing::weights;
use crate::nn::{LayerConfig, LayerKind, Loss, Network, NetworkConfig, StepOutputs};

/// The letters a reader writes a sequence in, and the numbers they stand for.
pub(super) const LETTERS: &str = "+0-";

/// The numbers of a written sequence.
pub(super) fn numbers(written: &str) -> Vec<f64> {
    let number = |letter| match letter {
        '+' => 1.0,
        '-' => -1.0,
        _ => 0.0,
    };
    written.chars().map(number).collect()
}

/// A sequence as it is written.
pub(super) fn letters(x: &[f64]) -> String {
    let letter = |&x: &f64| match x {
        _ if x > 0.0 => '+',
        _ if x < 0.0 => '-',
        _ => '0',
    };
    x.iter().map(letter).collect()
}

/// How one network reads a sequence.
pub(super) struct Reading {
    /// The states (steps x units).
    pub states: Vec<f64>,
    /// What it would answer after every step.
    pub y_hat: Vec<f64>,
}

impl Reading {
    /// Of a sequence of any length.
    pub fn of(network: &Network<f32>, x: &[f64]) -> Self {
        let states = every_state(network, x);
        let (w, b) = (weights(network, "w2"), weights(network, "b2")[0]);
        let answer = |h: &[f64]| b + h.iter().zip(&w).map(|(h, w)| h * w).sum::<f64>();
        Reading { y_hat: states.chunks_exact(w.len()).map(answer).collect(), states }
    }
}

/// The states after every step (steps x units): those of the recurrent layer alone, with the same
/// weights, that hands on all of them.
fn every_state(network: &Network<f32>, x: &[f64]) -> Vec<f64> {
    let longer = network.with_steps(x.len()).expect("a short sequence");
    let config = longer.config();
    let LayerKind::Recurrent { units, shared, .. } = config.layers[0].kind else {
        unreachable!("the first layer is recurrent")
    };
    let kind = LayerKind::Recurrent { units, outputs: StepOutputs::All, shared };
    let layers = vec![LayerConfig { kind, ..config.layers[0].clone() }];
    let alone = NetworkConfig::new(config.input, layers, Loss::Mse);
    let mut alone: Network<f32> = Network::new(alone).expect("part of a network that was built");
    let mut of_layer = longer.parameters(0).expect("member 0");
    of_layer.retain(|parameter| ["wx1", "wh1", "b1"].contains(&parameter.name.as_str()));
    alone.set_parameters(&of_layer, 0).expect("the same layer");
    alone.predict(x).expect("the lab's own sequence")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Activation, Shape};

    #[test]
    fn the_answer_after_the_last_step_is_the_networks() {
        let x: Vec<f64> = (0..14).map(|step| f64::from(step * 5 % 7) / 3.0 - 1.0).collect();
        for shared in [true, false] {
            let kind = LayerKind::Recurrent { units: 6, outputs: StepOutputs::Last, shared };
            let recurrent = LayerConfig::new(kind, Activation::Tanh);
            let layers = vec![recurrent, LayerConfig::dense(1, Activation::Linear)];
            let input = Shape::Steps { steps: 10, features: 1 };
            let network = Network::new(NetworkConfig::new(input, layers, Loss::Mse)).unwrap();
            let y_hat = Reading::of(&network, &x).y_hat;
            let short = network.predict(&x[..10]).unwrap()[0];
            let long = network.with_steps(14).unwrap().predict(&x).unwrap()[0];
            assert!((y_hat[9] - short).abs() < 1e-5, "{} {short}", y_hat[9]);
            assert!((y_hat[13] - long).abs() < 1e-5, "{} {long}", y_hat[13]);
        }
    }
}
