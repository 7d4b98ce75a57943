//! Reduced networks: what a network says with any of its hidden neurons taken out.

use super::layer::LayerKind;
use super::ridge::dot;
use super::{Activation, Matrix, MatrixMut, Network, Real, Scratch, Start, gemm};
use crate::error::{Error, Result};

/// A hidden layer: weights (units x inputs), row by row, and biases.
#[derive(Clone, Debug)]
struct Hidden {
    w: Vec<f64>,
    b: Vec<f64>,
    activation: Activation,
}

impl Hidden {
    /// What it makes of rows of inputs (rows x units).
    fn outputs(&self, x: &[f64], inputs: usize) -> Vec<f64> {
        let (rows, units) = (x.len() / inputs, self.b.len());
        let mut h = vec![0.0; rows * units];
        let w = Matrix::new(&self.w, units, inputs).transposed();
        let (x, to) = (Matrix::new(x, rows, inputs), MatrixMut::new(&mut h, rows, units));
        gemm(x, w, Start::Zero, to, &mut Scratch::default());
        for row in h.chunks_exact_mut(units) {
            row.iter_mut().zip(&self.b).for_each(|(h, b)| *h += b);
        }
        self.activation.apply(&mut h);
        h
    }
}

/// All reduced networks of a network of dense layers, ready to be asked one by one about the same rows
/// of inputs. Inputs stay, so the first hidden layer is the same for all: it is computed once.
///
/// How many `OUTPUTS` a row has is known while compiling, so that their sums stay in registers.
#[derive(Clone, Debug)]
pub struct ReducedNetworks<const OUTPUTS: usize> {
    /// The neurons of the first hidden layer.
    units: usize,
    /// What they hand on before dropout (rows x units).
    h1: Vec<f64>,
    /// The other hidden layers.
    later: Vec<Hidden>,
    /// The columns of the output layer, one a neuron of the last hidden layer, and its biases.
    columns: Vec<[f64; OUTPUTS]>,
    biases: [f64; OUTPUTS],
}

impl<const OUTPUTS: usize> ReducedNetworks<OUTPUTS> {
    /// Those of member 0 as it is now, in 64 bits.
    ///
    /// # Shapes
    /// `x` (rows x inputs).
    ///
    /// # Errors
    /// As [`Network::predict`]; and where not all layers are dense layers on numbers without an order,
    /// there is no hidden layer, the last layer is not linear, or there are not so many outputs.
    pub fn of<T: Real>(network: &Network<T>, x: &[f64]) -> Result<Self> {
        check(network, OUTPUTS)?;
        network.check_rows("x", x)?;
        let of = |layer: usize| -> Result<(Vec<f64>, Vec<f64>)> {
            let tensor = |letter| network.weights(0, &format!("{letter}{layer}"));
            Ok((tensor("w")?.to_f64(), tensor("b")?.to_f64()))
        };
        let last = network.config().layers.len();
        let mut hidden = Vec::with_capacity(last - 1);
        for layer in 1..last {
            let (w, b) = of(layer)?;
            hidden.push(Hidden { w, b, activation: network.config().layers[layer - 1].activation });
        }
        let first = hidden.remove(0);
        let h1 = first.outputs(x, network.inputs());
        let (w, b) = of(last)?;
        let inputs = w.len() / OUTPUTS;
        let column = |j: usize| std::array::from_fn(|output| w[output * inputs + j]);
        let columns = (0..inputs).map(column).collect();
        let biases = std::array::from_fn(|output| b[output]);
        Ok(ReducedNetworks { units: first.b.len(), h1, later: hidden, columns, biases })
    }

    /// Neurons that can be in or out.
    pub fn droppable(&self) -> usize {
        self.units + self.later.iter().map(|layer| layer.b.len()).sum::<usize>()
    }

    /// Outputs before any softmax, with each hidden neuron's output multiplied by its factor: 0 where it
    /// is out, 1/p where it is in, and 1 everywhere for the whole network in one pass.
    ///
    /// # Shapes
    /// `factors` ([`ReducedNetworks::droppable`] numbers, layer by layer); `outputs` (rows x outputs),
    /// written over.
    pub fn outputs(&self, factors: &[f64], outputs: &mut Vec<f64>) {
        outputs.resize(self.h1.len() / self.units * OUTPUTS, 0.0);
        let rows = self.h1.chunks_exact(self.units).zip(outputs.as_chunks_mut().0);
        let (first, rest) = factors.split_at(self.units);
        if self.later.is_empty() {
            let kept = self.kept(first);
            return rows.for_each(|(h1, z)| *z = self.last(h1, &kept));
        }
        let widths = self.later.iter().map(|layer| layer.b.len());
        let mut hidden: Vec<Vec<f64>> =
            std::iter::once(self.units).chain(widths).map(|width| vec![0.0; width]).collect();
        let kept = self.kept(&vec![1.0; self.columns.len()]);
        for (h1, z) in rows {
            let products = h1.iter().zip(first).map(|(h1, factor)| h1 * factor);
            hidden[0].iter_mut().zip(products).for_each(|(h, product)| *h = product);
            let mut rest = rest;
            for (i, Hidden { w, b, activation }) in self.later.iter().enumerate() {
                let (before, after) = hidden.split_at_mut(i + 1);
                let (x, h) = (&before[i], &mut after[0]);
                let (own, others) = rest.split_at(b.len());
                h.iter_mut().zip(sums(w, b, x)).for_each(|(h, sum)| *h = sum);
                activation.apply(h);
                h.iter_mut().zip(own).for_each(|(h, factor)| *h *= factor);
                rest = others;
            }
            *z = self.last(&hidden[self.later.len()], &kept);
        }
    }

    /// The neurons of the last hidden layer that are in, each with its factor and its column.
    fn kept(&self, factors: &[f64]) -> Vec<(usize, f64, [f64; OUTPUTS])> {
        let all = factors.iter().zip(&self.columns).enumerate();
        let kept = all.filter(|(_, (factor, _))| **factor != 0.0);
        kept.map(|(j, (&factor, &column))| (j, factor, column)).collect()
    }

    /// The outputs, from what the last hidden layer hands on.
    #[inline(always)]
    fn last(&self, h: &[f64], kept: &[(usize, f64, [f64; OUTPUTS])]) -> [f64; OUTPUTS] {
        let mut z = self.biases;
        for (j, factor, column) in kept {
            let h = h[*j] * factor;
            z.iter_mut().zip(column).for_each(|(z, w)| *z += w * h);
        }
        z
    }
}

/// W x + b, number by number.
fn sums<'a>(w: &'a [f64], b: &'a [f64], x: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    w.chunks_exact(x.len()).zip(b).map(move |(row, b)| dot(row, x) + b)
}

fn check<T: Real>(network: &Network<T>, outputs: usize) -> Result<()> {
    let config = network.config();
    let dense = |kind| matches!(kind, LayerKind::Dense { shared: true, .. });
    let flat = config.input.answers() == 1 && config.layers.iter().all(|layer| dense(layer.kind));
    let linear = config.layers.last().is_some_and(|layer| layer.activation == Activation::Linear);
    if flat && linear && config.layers.len() > 1 && network.outputs() == outputs {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "network: must be made of dense layers on numbers without an order, at least two, the last one \
         linear and with {outputs} outputs"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DropoutScaling, LayerConfig, Loss, NetworkConfig, Shape};

    fn network(layers: &[(usize, Activation)], input: impl Into<Shape>) -> Network<f64> {
        let mut dense: Vec<LayerConfig> = layers
            .iter()
            .map(|&(units, activation)| LayerConfig {
                keep_prob: 0.7,
                ..LayerConfig::dense(units, activation)
            })
            .collect();
        dense.last_mut().unwrap().keep_prob = 1.0;
        let config = NetworkConfig::new(input, dense, Loss::Mse);
        Network::new(NetworkConfig { seed: 5, ..config }).unwrap()
    }

    /// The engine takes the same networks through whole passes, with masks.
    #[test]
    fn every_reduced_network_is_that_of_its_mask() {
        let (tanh, relu, linear) = (Activation::Tanh, Activation::Relu, Activation::Linear);
        let x = [0.3, -1.2, 0.8, 2.0, -0.4, 0.1];
        for hidden in
            [&[(5, relu)][..], &[(3, tanh), (4, tanh)], &[(2, relu), (3, tanh), (2, relu)]]
        {
            let network = network(&[hidden, &[(2, linear)]].concat(), 3);
            let reduced = ReducedNetworks::<2>::of(&network, &x).unwrap();
            assert_eq!(reduced.droppable(), hidden.iter().map(|(units, _)| units).sum::<usize>());
            let (mut got, mut count) = (Vec::new(), 0);
            network
                .each_subnetwork(&x, |kept, _, want| {
                    reduced.outputs(&DropoutScaling::Inverted.factors(kept, 0.7), &mut got);
                    assert_eq!(got.len(), want.len());
                    assert!(got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-13));
                    count += 1;
                })
                .unwrap();
            assert_eq!(count, 1 << reduced.droppable());
        }
    }

    #[test]
    fn networks_of_another_kind_are_refused() {
        let (tanh, linear) = (Activation::Tanh, Activation::Linear);
        let refused =
            |network: &Network<f64>| ReducedNetworks::<2>::of(network, &[0.5; 6]).is_err();
        assert!(refused(&network(&[(4, tanh), (3, linear)], 3)), "three outputs");
        assert!(refused(&network(&[(2, linear)], 3)), "no hidden layer");
        assert!(refused(&network(&[(4, tanh), (2, tanh)], 3)), "no linear end");
        let sequence = Shape::Steps { steps: 1, features: 3 };
        let right = network(&[(4, tanh), (2, linear)], 3);
        assert!(!refused(&right));
        assert!(ReducedNetworks::<2>::of(&right, &[0.5; 5]).is_err(), "ragged rows");
        let two = Shape::Steps { steps: 2, features: 3 };
        assert!(refused(&network(&[(4, tanh), (1, linear)], two)), "a sequence");
        assert!(!refused(&network(&[(4, tanh), (2, linear)], sequence)), "one step is no order");
    }
}
