//! "Weight sharing": fewer parameters by tying weights, in a convolutional network (the same filter
//! at every location) and in a recurrent one (the same weights at every time step).

mod cnn;
mod cnn_drawing;
mod cnn_figures;
mod cnn_problem;
mod cnn_shown;
mod gradient;
mod lines;
mod rnn;
mod rnn_drawing;
mod rnn_figures;
mod rnn_shown;

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

/// The parameter of this name; a network of these labs has it.
fn named<'a>(parameters: &'a [Parameter], name: &str) -> &'a Parameter {
    parameters.iter().find(|parameter| parameter.name == name).expect("a known parameter")
}
