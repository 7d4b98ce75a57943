//! One sequence in both networks: their states and answers after every step.

use super::named;
use super::rnn::Rnn;
use crate::data::last_nonzero;
use crate::nn::{LayerConfig, LayerKind, Loss, Network, NetworkConfig, StepOutputs};

/// What there is to see of one sequence now.
pub(super) struct Shown {
    /// The sequence.
    pub x: Vec<f64>,
    /// The right answer after every step.
    pub y: Vec<f64>,
    /// In the tied network, and in the one with weights of its own.
    pub courses: [Course; 2],
}

/// How one network reads the sequence.
pub(super) struct Course {
    /// The states (steps x units).
    pub states: Vec<f64>,
    /// What it would answer after every step.
    pub y_hat: Vec<f64>,
}

impl Shown {
    /// The sequence the settings choose, in the networks as they are.
    pub fn of(lab: &Rnn) -> Self {
        let x = lab.long.row(lab.settings.whole("sequence") - 1).to_vec();
        let y = (1..=x.len()).map(|step| last_nonzero(&x[..step])).collect();
        let courses = lab.networks.each_ref().map(|network| Course::of(network, &x));
        Shown { x, y, courses }
    }
}

impl Course {
    fn of(network: &Network<f32>, x: &[f64]) -> Self {
        let states = every_state(network, x);
        let parameters = network.parameters(0).expect("member 0");
        let (w, b) = (&named(&parameters, "w2").values, named(&parameters, "b2").values[0]);
        let answer = |h: &[f64]| b + h.iter().zip(w).map(|(h, w)| h * w).sum::<f64>();
        Course { y_hat: states.chunks_exact(w.len()).map(answer).collect(), states }
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
    let parameters = longer.parameters(0).expect("member 0");
    alone.set_parameters(&parameters[..3], 0).expect("the same layer");
    alone.predict(x).expect("the lab's own sequence")
}
