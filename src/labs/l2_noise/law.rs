//! The small-alpha law: what noise adds to the loss of a network is, for little of it, a penalty on slopes.

use crate::data::Examples;
use crate::nn::{Activation, Network, first_order_noise_penalty, noise_penalty};

/// The alphas of the small-alpha law; after them comes the run's own.
pub(super) const ALPHAS: [f64; 9] = [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3];

/// What noise adds to the loss of a network, over the small-alpha law; not a number where it has not
/// been looked at yet.
pub(super) struct Ratios {
    /// At the alphas of the list.
    pub at: [f64; ALPHAS.len()],
    /// At the run's own alpha.
    pub own: f64,
}

impl Ratios {
    /// Not looked at yet.
    pub const UNKNOWN: Ratios = Ratios { at: [f64::NAN; ALPHAS.len()], own: f64::NAN };

    /// Looks at the law at the alpha of this place; after the list comes the run's own.
    pub fn look(&mut self, place: usize, own: f64, network: &Network<f32>, train: &Examples) {
        let Ok(parameters) = network.parameters(0) else { return };
        let (of, on) = (Activation::Tanh, (&train.x[..], &train.y[..]));
        let ratio = |alpha| {
            let added = noise_penalty(&parameters, of, on, alpha);
            added / first_order_noise_penalty(&parameters, of, on, alpha)
        };
        match self.at.get_mut(place) {
            Some(at) => *at = ratio(ALPHAS[place]),
            None => self.own = ratio(own),
        }
    }
}
