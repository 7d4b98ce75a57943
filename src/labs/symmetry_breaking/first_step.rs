//! The first step of SGD in slow motion: what each image of the first batch adds to the weights of each
//! hidden neuron.
//!
//! The loss of a batch is the mean over its images, so its gradient is the mean of theirs, and the step
//! can be taken apart: image by image, each with its own masks. Neurons that have been kept and dropped
//! for the same images are equal to the last bit; the first image for which one of two equal neurons is
//! dropped and the other is kept sets them apart.

use crate::data::Examples;
use crate::nn::{Batches, Network};

/// The first step of one network.
pub(super) struct FirstStep {
    /// The images of the first batch: their rows of the training set.
    pub rows: Vec<usize>,
    /// Of each of them, whether each hidden neuron is kept.
    pub kept: Vec<Vec<bool>>,
    /// Pixels of an image.
    pixels: usize,
    /// W(1) after no image, after one, and so on: (neurons x pixels) each.
    weights: Vec<Vec<f64>>,
}

impl FirstStep {
    /// The first step of a network that is at its start.
    pub fn of(network: &Network<f64>, train: &Examples) -> Self {
        let (config, widths) = (network.config(), network.widths());
        let size = config.batch_size;
        let rows = Batches::new(train.y.len(), size, false, config.seed, 0).next_rows().to_vec();
        let masks = masks(network);
        let rate = config.optimizer.learning_rate / rows.len() as f64;
        let start = network.weights(0, "w1").expect("there is a first layer");
        let mut weights = vec![start.to_f64()];
        let mut kept = Vec::new();
        for (image, &row) in rows.iter().enumerate() {
            let own = masks.iter().zip(&widths).map(|(mask, &n)| mask[image * n..][..n].to_vec());
            let own: Vec<Vec<f64>> = own.collect();
            let gradients = network.gradients(train.row(row), &train.y[row..=row], Some(&own));
            let w1 = &gradients.expect("the lab's own images").parameters[0].values;
            let before = weights.last().expect("those of the start");
            weights.push(before.iter().zip(w1).map(|(w, slope)| w - rate * slope).collect());
            kept.push(own[1].iter().map(|&kept| kept == 1.0).collect());
        }
        FirstStep { rows, kept, pixels: widths[0], weights }
    }

    /// What so many images have added to W(1).
    pub fn added(&self, images: usize) -> Vec<f64> {
        self.weights[images].iter().zip(&self.weights[0]).map(|(w, start)| w - start).collect()
    }

    /// Which neurons are the same after so many images, to the last bit: each one's kind, counted from 0
    /// in the order of the neurons.
    pub fn kinds(&self, images: usize) -> Vec<usize> {
        let (mut first, mut kinds): (Vec<&[f64]>, Vec<usize>) = (Vec::new(), Vec::new());
        for row in self.weights[images].chunks_exact(self.pixels) {
            let known = first.iter().position(|&other| other == row);
            kinds.push(known.unwrap_or(first.len()));
            if known.is_none() {
                first.push(row);
            }
        }
        kinds
    }
}

/// The masks of the first step: of the inputs and of the hidden neurons, image by image.
fn masks(start: &Network<f64>) -> Vec<Vec<f64>> {
    let mut network = start.clone();
    network.step(1).expect("a step that a run can take");
    network.masks(0).expect("every network has a first member")
}

#[cfg(test)]
mod tests {
    use super::super::SYMMETRY_BREAKING;
    use super::super::arms::Arm;
    use super::*;
    use crate::data::{digits, split};
    use crate::lab::course::Trained;
    use crate::param::Settings;

    #[test]
    fn after_its_last_image_the_slow_motion_is_where_the_step_itself_goes() {
        let query = "units=5&batch_size=7&learning_rate=0.5&perturbation=0.01";
        let settings = Settings::from_query(SYMMETRY_BREAKING.parameters, query).unwrap();
        let split = split(&digits(), 100, 20, 0);
        for arm in Arm::all(&settings, &split).unwrap() {
            let first = FirstStep::of(&arm.course.start().network, &split.train);
            let mut taken = arm.course.start().clone();
            taken.step().unwrap();
            assert_eq!((first.rows.len(), &first.weights[0][..]), (7, arm.rows()));
            assert_ne!(&first.weights[0][..], &first.weights[1][..]);
            let pairs = first.weights[7].iter().zip(taken.rows());
            assert!(
                pairs.into_iter().all(|(w, taken)| (w - taken).abs() < 1e-14),
                "{}",
                arm.kind.key
            );
        }
    }
}
