//! Dropout as an ensemble of many smaller networks: all of them, one by one.

use super::loss::log_softmax;
use super::network::Network;
use super::pass::Dropout;
use super::spread::Spread;
use super::{Loss, Real, all_masks, mask_chance};
use crate::error::{Error, Result};

/// The most neurons that may be in or out: 2^16 networks.
pub const MAX_DROPPABLE: usize = 16;

/// The averages over all networks that dropout can make of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Subnetworks {
    /// The mean of their predictions, each weighted by its chance (rows x outputs).
    pub arithmetic_mean: Vec<f64>,
    /// The normalized weighted geometric mean of their probabilities; empty without a softmax.
    pub geometric_mean: Vec<f64>,
    /// The variance of their predictions about the arithmetic mean.
    pub variance: Vec<f64>,
    /// The single pass of the whole network, scaled as at test time.
    pub weight_scaled: Vec<f64>,
    /// How many networks there are.
    pub count: usize,
}

impl<T: Real> Network<T> {
    /// Hands every reduced network of member 0 to `see`: which droppable neurons it keeps (inputs
    /// first, the last one changing fastest), its chance, and its prediction (rows x outputs).
    ///
    /// A neuron is droppable where its keep probability is below 1. Outputs are scaled as in
    /// training; every row of `x` goes through the same reduced network.
    ///
    /// # Errors
    /// As [`Network::predict`]; and where more than 16 neurons are droppable, or all networks together
    /// would take minutes.
    pub fn each_subnetwork(
        &self,
        x: &[f64],
        mut see: impl FnMut(&[bool], f64, &[f64]),
    ) -> Result<()> {
        self.each_output(x, |kept, chance, outputs| see(kept, chance, &self.answers(outputs)))
    }

    /// The same with their outputs before any softmax.
    fn each_output(&self, x: &[f64], mut see: impl FnMut(&[bool], f64, Vec<f64>)) -> Result<()> {
        let rows = self.check_rows("x", x)?;
        let droppable = self.droppable();
        let units: usize = droppable.iter().map(|(_, width)| width).sum();
        if units > MAX_DROPPABLE {
            return Err(Error::invalid(format!(
                "{units} neurons can be dropped: must be at most {MAX_DROPPABLE}, for 2^{units} \
                 networks are too many to count out"
            )));
        }
        self.check_asked("x", x, 2f64.powi(units as i32))?;
        self.config().check_pass(self.layers(), rows)?;
        for kept in all_masks(units) {
            let masks = self.masks_of(&kept, rows);
            let keep_probs = droppable.iter().flat_map(|&(place, width)| {
                std::iter::repeat_n(self.config().keep_prob(place), width)
            });
            let outputs = self.forward(0, x, Dropout::Masks(self.config(), &masks));
            see(&kept, mask_chance(&kept, keep_probs), outputs);
        }
        Ok(())
    }

    /// The averages over all networks that dropout can make of member 0.
    ///
    /// # Shapes
    /// `x` (rows x inputs).
    ///
    /// # Errors
    /// As [`Network::each_subnetwork`].
    ///
    /// # Source
    /// The slides "Ensemble of many smaller networks"; Baldi and Sadowski, 2013, for the geometric
    /// mean.
    pub fn enumerate_subnetworks(&self, x: &[f64]) -> Result<Subnetworks> {
        let weight_scaled = self.predict_member(0, x)?;
        let (mut mean, mut spread) = (vec![0.0; weight_scaled.len()], Spread::default());
        let has_softmax = self.config().loss == Loss::CrossEntropy;
        let mut logs = vec![0.0; if has_softmax { mean.len() } else { 0 }];
        let (mut y_hat, mut count) = (Vec::new(), 0);
        self.each_output(x, |_, chance, mut outputs| {
            count += 1;
            if has_softmax {
                log_softmax(&mut outputs, &mut y_hat, self.classes());
                add(&mut logs, chance, &outputs);
            } else {
                y_hat = outputs;
            }
            add(&mut mean, chance, &y_hat);
            spread.add(chance, &y_hat);
        })?;
        let mut geometric_mean = Vec::new();
        log_softmax(&mut logs, &mut geometric_mean, self.classes());
        let variance = spread.variance();
        Ok(Subnetworks { arithmetic_mean: mean, geometric_mean, variance, weight_scaled, count })
    }

    /// The places (0 the inputs, then the hidden layers) that have droppable neurons, and how many.
    fn droppable(&self) -> Vec<(usize, usize)> {
        let widths = self.layers().iter().map(|layer| layer.inputs).enumerate();
        widths.filter(|&(place, _)| self.config().keep_prob(place) < 1.0).collect()
    }

    /// The masks of one reduced network, the same for every row.
    fn masks_of(&self, kept: &[bool], rows: usize) -> Vec<Vec<T>> {
        let mut rest = kept;
        let layers = self.layers().iter().enumerate();
        let masks = layers.map(|(place, layer)| {
            if self.config().keep_prob(place) == 1.0 {
                return Vec::new();
            }
            let (own, later) = rest.split_at(layer.inputs);
            rest = later;
            let one_row = own.iter().map(|&kept| if kept { T::ONE } else { T::ZERO });
            one_row.collect::<Vec<T>>().repeat(rows)
        });
        masks.collect()
    }
}

fn add(sums: &mut [f64], weight: f64, terms: &[f64]) {
    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
}

#[cfg(test)]
mod tests {
    use crate::nn::{Activation, LayerConfig, Network, NetworkConfig};

    #[test]
    fn too_many_networks_are_refused_with_their_number() {
        let hidden = LayerConfig { keep_prob: 0.5, ..LayerConfig::dense(17, Activation::Relu) };
        let layers = vec![hidden, LayerConfig::dense(1, Activation::Linear)];
        let config = NetworkConfig::new(2, layers, super::Loss::Mse);
        let network: Network<f64> = Network::new(config).unwrap();
        let message = network.enumerate_subnetworks(&[1.0, 2.0]).unwrap_err().to_string();
        assert!(message.starts_with("17 neurons can be dropped: must be at most 16"), "{message}");
    }
}
