//! "Weight sharing": fewer parameters by tying weights, in a convolutional network (the same filter
//! at every location) and in a recurrent one (the same weights at every time step).

mod cnn;
mod drawing;
mod errors;
mod gradient;
mod maps;
mod rnn;

pub use cnn::WEIGHT_SHARING_CNN;
pub use rnn::WEIGHT_SHARING_RNN;

use crate::error::Result;
use crate::nn::{Network, Parameter};

/// Gives `apart`, which has weights of its own at every location or time step, the weights that
/// `tied` shares between them: so the two start as one function, and differ in the tie alone.
fn start_alike(apart: &mut Network<f32>, tied: &Network<f32>) -> Result<()> {
    let copied = apart.parameters(0)?.into_iter().zip(tied.parameters(0)?).map(|(to, from)| {
        let values = from.values.iter().copied().cycle().take(to.values.len()).collect();
        Parameter { values, ..to }
    });
    apart.set_parameters(&copied.collect::<Vec<_>>(), 0)
}

/// Weights and biases of a network.
fn parameter_count(network: &Network<f32>) -> f64 {
    network.config().parameter_count().expect("a network that was built") as f64
}

/// The weights of this name, "w1" or "wh1"; a network of these labs has them.
fn weights(network: &Network<f32>, name: &str) -> Vec<f64> {
    network.weights(0, name).expect("a layer of the lab's network").to_f64()
}

/// A setting that counts from 1 and can be larger than what there is to choose from: "filter 8", and
/// where 16 was asked for, why it is not that one.
fn chosen(what: &str, asked: usize, there: usize) -> String {
    if asked > there {
        format!("{what} {there} (there is no {asked})")
    } else {
        format!("{what} {asked}")
    }
}
