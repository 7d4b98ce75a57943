//! One member of an ensemble, and the training set all members share.

use super::batches::Batches;
use super::dropout::draw_mask;
use super::init::init_tensor;
use super::layer::Layer;
use super::pass::Pass;
use super::{LaneRng, NetworkConfig, Optimizer, Real, Stream, stream};

/// One member of an ensemble: weights, and streams of its own.
#[derive(Clone, Debug)]
pub(super) struct Member<T> {
    pub(super) parameters: Vec<T>,
    /// The parameters one step ago; the next update is written over them, then the two change
    /// places. So a step that fails has a finite state to go back to.
    pub(super) other: Vec<T>,
    pub(super) optimizer: Optimizer<T>,
    pub(super) batches: Option<Batches>,
    pub(super) noise: LaneRng,
    pub(super) mask_streams: Vec<LaneRng>,
    /// Rows of the last step.
    pub(super) rows: usize,
    /// Of the last step: the inputs, then one a hidden layer, each (rows x width); empty where
    /// nothing can be dropped.
    pub(super) masks: Vec<Vec<T>>,
}

/// The training set, row major.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TrainingSet<T> {
    pub(super) x: Vec<T>,
    pub(super) y: Vec<T>,
    pub(super) rows: usize,
}

impl<T: Real> Member<T> {
    pub(super) fn new(config: &NetworkConfig, layers: &[Layer], number: u32) -> Self {
        let count = layers.last().map_or(0, |layer| layer.range.end);
        let mut parameters = vec![T::ZERO; count];
        let mut init = stream(config.seed, Stream::Init, number);
        for (layer, of) in layers.iter().zip(&config.layers) {
            for tensor in &layer.tensors {
                let values = &mut parameters[tensor.range.clone()];
                init_tensor(of.init, &mut init, tensor, values);
            }
        }
        let mask_stream = |layer| LaneRng::new(config.seed, Stream::Mask(layer as u16), number);
        Member {
            other: parameters.clone(),
            parameters,
            optimizer: Optimizer::new(config.optimizer.clone(), count),
            batches: None,
            noise: LaneRng::new(config.seed, Stream::Noise, number),
            mask_streams: (0..layers.len()).map(mask_stream).collect(),
            rows: 0,
            masks: Vec::new(),
        }
    }

    /// Copies the next batch into the pass, with fresh noise on its inputs; hands back its rows.
    pub(super) fn next_batch(
        &mut self,
        config: &NetworkConfig,
        layers: &[Layer],
        set: &TrainingSet<T>,
        pass: &mut Pass<T>,
        y: &mut Vec<T>,
    ) -> usize {
        let rows = self.batches.as_mut().expect("a training set is loaded").next_rows();
        let (width, target_width) = (layers[0].inputs, set.y.len() / set.rows);
        let inputs = pass.inputs(layers, rows.len());
        y.resize(rows.len() * target_width, T::ZERO);
        gather(&set.x, width, rows, inputs);
        gather(&set.y, target_width, rows, y);
        if config.alpha > 0.0 {
            let sd = T::from_f64(config.alpha.sqrt());
            self.noise.normals(inputs, |x, normal| *x += sd * T::from_f32(normal));
        }
        rows.len()
    }

    pub(super) fn draw_masks(&mut self, config: &NetworkConfig, layers: &[Layer], rows: usize) {
        self.rows = rows;
        self.masks.resize(self.mask_streams.len(), Vec::new());
        for (i, (mask, rng)) in self.masks.iter_mut().zip(&mut self.mask_streams).enumerate() {
            let keep_prob = config.keep_prob(i);
            let drops = keep_prob < 1.0;
            mask.resize(if drops { rows * layers[i].inputs } else { 0 }, T::ZERO);
            if drops {
                draw_mask(rng, keep_prob, mask);
            }
        }
    }

    /// Back to the parameters of the last step whose loss was finite.
    pub(super) fn go_back(&mut self, config: &NetworkConfig) {
        self.parameters.copy_from_slice(&self.other);
        self.optimizer = Optimizer::new(config.optimizer.clone(), self.parameters.len());
    }
}

/// Copies some rows of a list, `width` numbers each. Very short ones are copied number by number: a
/// call for each would take longer than the copy.
fn gather<T: Copy>(list: &[T], width: usize, rows: &[usize], to: &mut [T]) {
    match width {
        1 => to.iter_mut().zip(rows).for_each(|(to, &row)| *to = list[row]),
        2 => {
            for (to, &row) in to.chunks_exact_mut(2).zip(rows) {
                (to[0], to[1]) = (list[2 * row], list[2 * row + 1]);
            }
        }
        _ => {
            for (to, &row) in to.chunks_exact_mut(width).zip(rows) {
                to.copy_from_slice(&list[row * width..][..width]);
            }
        }
    }
}
