//! Predictions: of a whole ensemble, of one member, and averaged over random masks.

use super::dropout::draw_mask;
use super::layer::Layer;
use super::loss::softmax;
use super::pass::{Dropout, Pass, copy_into, to_f64};
use super::real::{all_moderate, is_narrow};
use super::spread::Spread;
use super::{LaneRng, Loss, Network, Real, Stream};
use crate::error::{Error, Result};
use std::ops::Range;

/// Rows that go through the network together, so that memory does not grow with the question: at
/// most so many, and fewer where their pass would hold more numbers than this.
const CHUNK: usize = 256;
const MOST_NUMBERS: f64 = 16_777_216.0;

/// The most masks one Monte-Carlo prediction may draw.
pub const MAX_SAMPLES: usize = 1_000_000;

/// Predictions averaged over random masks.
#[derive(Clone, Debug, PartialEq)]
pub struct MonteCarlo {
    /// The mean over the masks (rows x outputs).
    pub mean: Vec<f64>,
    /// The mean squared distance from the mean over the masks (rows x outputs).
    pub variance: Vec<f64>,
}

impl<T: Real> Network<T> {
    /// The average of the members' predictions: deterministic, without masks and without noise.
    ///
    /// # Shapes
    /// `x` (rows x inputs) in, (rows x outputs) out; probabilities for cross-entropy.
    ///
    /// # Errors
    /// An empty or ragged `x`, numbers that are not finite, and more rows than can be answered at once.
    pub fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.check_rows("x", x)?;
        self.check_asked("x", x, self.config().n_members as f64)?;
        Ok(self.average(Rows::Given(x)))
    }

    /// One member's own prediction.
    ///
    /// # Errors
    /// As [`Network::predict`]; and where there is no such member.
    pub fn predict_member(&self, member: usize, x: &[f64]) -> Result<Vec<f64>> {
        self.check_member(member)?;
        self.check_rows("x", x)?;
        self.check_asked("x", x, 1.0)?;
        Ok(self.member_prediction(member, Rows::Given(x)))
    }

    /// The outputs of a member's hidden layer, as in a prediction: without masks and without noise.
    /// They are those of the layer itself: what makes up for dropout comes after.
    ///
    /// # Shapes
    /// `x` (rows x inputs) in, (rows x numbers of the layer) out; `layer` counts from 1, as in h(1).
    ///
    /// # Errors
    /// As [`Network::predict`]; and where there is no such member or hidden layer.
    pub fn hidden(&self, member: usize, layer: usize, x: &[f64]) -> Result<Vec<f64>> {
        self.check_member(member)?;
        self.check_hidden(layer)?;
        self.check_rows("x", x)?;
        Ok(self.through(&self.layers()[..layer], member, Rows::Given(x)))
    }

    /// The mean and variance of predictions through `samples` random masks, the same at every call.
    ///
    /// # Errors
    /// As [`Network::predict`]; and where `samples` is not between 1 and a million.
    ///
    /// # Source
    /// Srivastava et al., "Dropout", 2014, section 7.5.
    pub fn predict_monte_carlo(&self, x: &[f64], samples: usize) -> Result<MonteCarlo> {
        if samples == 0 || samples > MAX_SAMPLES {
            return Err(Error::invalid(format!(
                "samples = {samples}: must be a whole number from 1 to {MAX_SAMPLES}"
            )));
        }
        self.check_rows("x", x)?;
        self.check_asked("samples and x", x, samples as f64 * self.config().n_members as f64)?;
        let mut streams: Vec<Vec<LaneRng>> = (0..self.config().n_members as u32)
            .map(|member| {
                let layers = 0..self.layers().len() as u16;
                let seed = self.config().seed;
                layers.map(|layer| LaneRng::new(seed, Stream::MonteCarlo(layer), member)).collect()
            })
            .collect();
        let (mut sum, mut spread) = (Vec::new(), Spread::default());
        for _ in 0..samples {
            let sample = self.masked_prediction(x, &mut streams);
            sum.resize(sample.len(), 0.0);
            add(&mut sum, &sample);
            spread.add(1.0, &sample);
        }
        let mean = sum.iter().map(|sum| sum / samples as f64).collect();
        Ok(MonteCarlo { variance: spread.variance(), mean })
    }

    /// The members' average through one fresh mask for every row and member.
    fn masked_prediction(&self, x: &[f64], streams: &mut [Vec<LaneRng>]) -> Vec<f64> {
        let (config, width) = (self.config(), self.inputs());
        let mut sum = Vec::new();
        for (member, streams) in streams.iter_mut().enumerate() {
            let mut y_hat = Vec::new();
            for rows in x.chunks(self.chunk() * width) {
                let mut masks: Vec<Vec<T>> = Vec::new();
                for (place, (layer, rng)) in self.layers().iter().zip(&mut *streams).enumerate() {
                    let mut mask = vec![T::ZERO; rows.len() / width * layer.inputs];
                    draw_mask(rng, config.keep_prob(place), &mut mask);
                    masks.push(mask);
                }
                let outputs = self.forward(member, rows, Dropout::Masks(config, &masks));
                y_hat.extend(self.answers(outputs));
            }
            sum.resize(y_hat.len(), 0.0);
            add(&mut sum, &y_hat);
        }
        sum.iter_mut().for_each(|y_hat| *y_hat /= config.n_members as f64);
        sum
    }

    /// How many rows go through the network together.
    pub(super) fn chunk(&self) -> usize {
        let numbers = |rows| self.config().numbers_of_pass(self.layers(), rows);
        // What a pass holds grows with its rows, from what it holds for none.
        let rows = (MOST_NUMBERS - numbers(0.0)) / (numbers(1.0) - numbers(0.0));
        (rows as usize).clamp(1, CHUNK)
    }

    /// The average of the members' predictions for rows that were checked.
    pub(super) fn average(&self, rows: Rows<T>) -> Vec<f64> {
        let n_members = self.config().n_members;
        let mut sum = self.member_prediction(0, rows);
        // A sum starts from 0, so that -0 becomes 0 in the average of one, too.
        sum.iter_mut().for_each(|y_hat| *y_hat += 0.0);
        for member in 1..n_members {
            add(&mut sum, &self.member_prediction(member, rows));
        }
        sum.iter_mut().for_each(|y_hat| *y_hat /= n_members as f64);
        sum
    }

    fn member_prediction(&self, member: usize, rows: Rows<T>) -> Vec<f64> {
        self.answers(self.through(self.layers(), member, rows))
    }

    /// What the outputs of the last layer say: probabilities for cross-entropy.
    pub(super) fn answers(&self, mut outputs: Vec<f64>) -> Vec<f64> {
        if self.config().loss == Loss::CrossEntropy {
            softmax(&mut outputs, self.classes());
        }
        outputs
    }

    /// One member's outputs, before any softmax, for so many rows that one pass holds them.
    pub(super) fn forward(&self, member: usize, x: &[f64], dropout: Dropout<T>) -> Vec<f64> {
        let (mut pass, parameters) = (Pass::default(), self.member_parameters(member));
        copy_into(x, pass.inputs(self.layers(), x.len() / self.inputs()));
        pass.forward(self.layers(), parameters, dropout);
        if is_narrow::<T>() && !(pass.is_moderate() && all_moderate(parameters)) {
            return dropout.wide(|dropout| self.wide().forward(member, x, dropout));
        }
        to_f64(pass.output())
    }

    /// The outputs of the last of the first layers, as in a prediction.
    pub(super) fn through(&self, layers: &[Layer], member: usize, rows: Rows<T>) -> Vec<f64> {
        let (width, parameters) = (self.inputs(), self.member_parameters(member));
        let outputs = layers.last().map_or(0, Layer::outputs);
        let (mut pass, mut all) = (Pass::default(), Vec::new());
        let mut moderate = layers.last().is_none_or(|l| all_moderate(&parameters[..l.range.end]));
        all.reserve_exact(rows.len() / width * outputs);
        for first in (0..rows.len()).step_by(self.chunk() * width) {
            let end = rows.len().min(first + self.chunk() * width);
            rows.copy(first..end, pass.inputs(layers, (end - first) / width));
            pass.forward(layers, parameters, Dropout::Predicting(self.config()));
            moderate &= pass.is_moderate();
            all.extend(pass.output().iter().map(|value| value.to_f64()));
        }
        if is_narrow::<T>() && !moderate {
            let wide = self.wide();
            return wide.through(&wide.layers()[..layers.len()], member, Rows::Given(&rows.wide()));
        }
        all
    }
}

/// Rows of inputs, whose numbers are finite.
#[derive(Clone, Copy)]
pub(super) enum Rows<'a, T> {
    /// As they came from outside.
    Given(&'a [f64]),
    /// In the network's own type.
    Own(&'a [T]),
}

impl<T: Real> Rows<'_, T> {
    fn len(self) -> usize {
        match self {
            Rows::Given(x) => x.len(),
            Rows::Own(x) => x.len(),
        }
    }

    fn wide(self) -> Vec<f64> {
        match self {
            Rows::Given(x) => x.to_vec(),
            Rows::Own(x) => to_f64(x),
        }
    }

    fn copy(self, range: Range<usize>, to: &mut [T]) {
        match self {
            Rows::Given(x) => copy_into(&x[range], to),
            Rows::Own(x) => to.copy_from_slice(&x[range]),
        }
    }
}

fn add(sum: &mut [f64], terms: &[f64]) {
    sum.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
}
