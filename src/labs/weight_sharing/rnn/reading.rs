//! One sequence as a network reads it: its state and its answer after every step.

use crate::labs::weight_sharing::weights;
use crate::nn::{LayerConfig, LayerKind, Loss, Network, NetworkConfig, StepOutputs};

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
