//! The trained network taken apart: what it says with any of its hidden neurons left out.

use crate::data::DIGIT_CLASSES;
use crate::nn::{Activation, Network};

/// Before the softmax, one number a class.
type Outputs = [f64; DIGIT_CLASSES];

/// The weights of a trained network, and its first hidden layer on some images. That layer is the
/// same for all of its smaller networks, since no input is dropped: it is computed once.
pub(super) struct Whole {
    units: usize,
    activation: Activation,
    /// The first hidden layer before dropout (images x units).
    h1: Vec<f64>,
    /// Weights (out x in) and biases of the second hidden layer, where there is one.
    second: Option<(Vec<f64>, Vec<f64>)>,
    /// The columns of the output layer, one a neuron of the last hidden layer, and its biases.
    columns: Vec<Outputs>,
    biases: Outputs,
}

impl Whole {
    /// The network as it is now, on rows of inputs.
    pub fn of(network: &Network<f64>, x: &[f64], activation: Activation) -> Self {
        let parameters = network.parameters(0).expect("every network has a first member");
        let layers: Vec<(&[f64], &[f64])> =
            parameters.chunks_exact(2).map(|pair| (&*pair[0].values, &*pair[1].values)).collect();
        let (w1, b1) = layers[0];
        let inputs = network.inputs();
        let mut h1 = Vec::with_capacity(x.len() / inputs * b1.len());
        x.chunks_exact(inputs).for_each(|x| h1.extend(sums(w1, b1, x)));
        activation.apply(&mut h1);
        let second = (layers.len() == 3).then(|| (layers[1].0.to_vec(), layers[1].1.to_vec()));
        let (w, b) = layers[layers.len() - 1];
        let units = b1.len();
        let column = |j: usize| std::array::from_fn(|class| w[class * units + j]);
        let columns = (0..units).map(column).collect();
        let biases = std::array::from_fn(|class| b[class]);
        Whole { units, activation, h1, second, columns, biases }
    }

    /// Neurons that can be in or out.
    pub fn droppable(&self) -> usize {
        if self.second.is_some() { 2 * self.units } else { self.units }
    }

    /// Outputs before the softmax for every image, with each hidden neuron multiplied by its factor:
    /// 0 where it is out, 1/p where it is in, and 1 everywhere for the whole network in one pass.
    ///
    /// # Shapes
    /// `factors` (hidden neurons, layer by layer); `outputs` (images x classes), written over.
    pub fn outputs(&self, factors: &[f64], outputs: &mut Vec<f64>) {
        let (first, second) = factors.split_at(self.units);
        let (mut h, mut h2) = (vec![0.0; self.units], vec![0.0; self.units]);
        outputs.clear();
        for h1 in self.h1.chunks_exact(self.units) {
            h.iter_mut().zip(h1.iter().zip(first)).for_each(|(h, (h1, f))| *h = h1 * f);
            if let Some((w, b)) = &self.second {
                h2.iter_mut().zip(sums(w, b, &h)).for_each(|(h2, sum)| *h2 = sum);
                self.activation.apply(&mut h2);
                h.iter_mut().zip(h2.iter().zip(second)).for_each(|(h, (h2, f))| *h = h2 * f);
            }
            let mut z = self.biases;
            for (h, column) in h.iter().zip(&self.columns).filter(|(h, _)| **h != 0.0) {
                z.iter_mut().zip(column).for_each(|(z, w)| *z += w * h);
            }
            outputs.extend(z);
        }
    }
}

/// W x + b, number by number.
fn sums<'a>(w: &'a [f64], b: &'a [f64], x: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    let dot = move |row: &[f64]| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    w.chunks_exact(x.len()).zip(b).map(move |(row, b)| dot(row) + b)
}

/// Logarithms of the probabilities softmax makes of each image's outputs, and those themselves.
///
/// # Shapes
/// All three (images x classes); `logs` holds the outputs and is written over.
pub(super) fn log_softmax(logs: &mut [f64], probabilities: &mut Vec<f64>) {
    probabilities.clear();
    for z in logs.chunks_exact_mut(DIGIT_CLASSES) {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Outputs = std::array::from_fn(|class| libm::exp(z[class] - largest));
        let total: f64 = powers.iter().sum();
        let shift = largest + libm::log(total);
        z.iter_mut().for_each(|z| *z -= shift);
        probabilities.extend(powers.map(|power| power / total));
    }
}

/// Which neurons the network of this number keeps: the last one changes fastest.
pub(super) fn kept(number: usize, droppable: usize) -> Vec<bool> {
    (0..droppable).map(|unit| number >> (droppable - 1 - unit) & 1 == 1).collect()
}

/// The factors of a smaller network: kept neurons are scaled up as in training.
pub(super) fn factors(kept: &[bool], keep_prob: f64) -> Vec<f64> {
    kept.iter().map(|&kept| if kept { 1.0 / keep_prob } else { 0.0 }).collect()
}

/// The chance with which dropout makes this smaller network.
pub(super) fn chance(kept: &[bool], keep_prob: f64) -> f64 {
    kept.iter().map(|&kept| if kept { keep_prob } else { 1.0 - keep_prob }).product()
}
