//! What dropout does to the neurons of the first hidden layer: how active they are, and what they look for.

use super::first_layer::FirstLayer;
use super::overfitting::Overfitting;
use crate::figure::{Axis, Body, Image, Images, Mark, Role, Series, doubled};
use crate::lab::Picture;
use crate::labs::histogram::histogram;
use crate::labs::pixels::shares_of_largest;
use crate::numbers::{fixed, percent, percent_to};

/// Bars of the histogram.
const BINS: usize = 20;

/// Where its axis ends, unless an activation is larger.
const USUAL: f64 = 5.0;

/// Neurons of each network whose weights are shown: the first.
const SHOWN: usize = 8;

impl Overfitting {
    pub(super) fn activations_picture(&self) -> Picture {
        let layers = self.first_layers();
        let largest = layers[0].largest().max(layers[1].largest());
        let reach = doubled(USUAL, largest);
        let [own, plain] =
            layers.each_ref().map(|layer| histogram(&layer.activations, (0.0, reach), BINS));
        let name = self.name(self.arms.own);
        let bars = Series::line(name.clone(), Role::Test, own.0, own.1).with_mark(Mark::Bars);
        let without = Series::line("no dropout", Role::Test, plain.0, plain.1).dashed();
        let x = Axis::linear("activation", 0.0, reach);
        let y = Axis::linear("share of activations", 0.0, 1.0).percent();
        let means = layers.each_ref().map(|layer| fixed(layer.mean(), 2));
        let zeros = layers.each_ref().map(|layer| percent(layer.zeros()));
        let note = format!("mean {}, without {}", means[0], means[1]);
        let description = format!(
            "How large the activations of the first hidden layer are on the test set: bars with {name}, \
             dashed without dropout. Their means are {} and {}; {} and {} of them are exactly 0.",
            means[0], means[1], zeros[0], zeros[1]
        );
        let body = Body::chart(x, y, vec![bars, without], Vec::new());
        Picture { note, description, body }.told_once(self.steps() > 0)
    }

    pub(super) fn features_picture(&self) -> Picture {
        let [own, plain] = self.first_layers();
        let items = [plain, own].map(images).concat();
        let shares = [own, plain].map(|layer| percent_to(layer.concentration(), 0));
        let name = self.name(self.arms.own);
        let note = format!("in five pixels {}, without {}", shares[0], shares[1]);
        let description = format!(
            "The incoming weights of the first neurons as images, blue where positive, orange where negative, \
             in the strongest colour where a neuron’s are largest, with each neuron’s mean activation: above \
             without dropout, below the same neurons with {name}. Of the sum of a \
             neuron’s squared weights its five largest have {} with {name} and {} without, as a mean over all \
             neurons.",
            shares[0], shares[1]
        );
        let rows = vec!["no dropout".to_string(), name];
        let images = Images { signed: true, ..Images::new((self.side, self.side), items) };
        let body = Body::Images(images.in_rows(rows));
        Picture { note, description, body }.told_once(self.steps() > 0)
    }
}

/// The weights of the first neurons, each by its own largest, with their mean activations.
fn images(layer: &FirstLayer) -> Vec<Image> {
    let image = |(neuron, weights): (usize, &[f64])| {
        let caption = fixed(layer.mean_of(neuron), 2);
        Image::new(shares_of_largest(weights), caption, Role::Neutral)
    };
    layer.weights_by_neuron().take(SHOWN).enumerate().map(image).collect()
}
