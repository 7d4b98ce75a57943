//! Two phases: a network learns the source task; then its body goes on with a new output layer,
//! beside a network of the same shape that starts from scratch.

use super::feed::{Feed, Pairs};
use crate::error::{Error, Result};
use crate::labs::curves::Curves;
use crate::nn::{
    Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind,
    Parameter, score,
};
use crate::param::Settings;
use std::sync::OnceLock;

/// A task: what it is learned from and judged by.
pub(super) struct Task {
    pub feed: Feed,
    pub test: Pairs,
    pub loss: Loss,
    pub outputs: usize,
}

impl Task {
    /// How wrong predictions for the test set are.
    pub fn error(&self, y_hat: &[f64]) -> f64 {
        error(self.loss, y_hat, &self.test.y, self.outputs)
    }
}

/// Of classes the share of wrong answers; of numbers the squared error over the squared error of
/// answering with the test set's mean of each output.
fn error(loss: Loss, y_hat: &[f64], y: &[f64], outputs: usize) -> f64 {
    if loss == Loss::CrossEntropy {
        return score(loss, y_hat, y, outputs).error;
    }
    let mut means = vec![0.0; outputs];
    let rows = (y.len() / outputs) as f64;
    for row in y.chunks_exact(outputs) {
        means.iter_mut().zip(row).for_each(|(mean, y)| *mean += y / rows);
    }
    let squares = |pairs: &mut dyn Iterator<Item = (&f64, &f64)>| -> f64 {
        pairs.map(|(a, b)| (a - b) * (a - b)).sum()
    };
    squares(&mut y_hat.iter().zip(y)) / squares(&mut y.iter().zip(means.iter().cycle()))
}

/// Learning rates: of the source task, of the new output layer on the pre-trained body, what that
/// is multiplied by in the body, and of the network from scratch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    pub source: f64,
    pub pretrained: f64,
    pub body_scale: f64,
    pub scratch: f64,
}

/// What a run is made of.
pub(super) struct Parts<'a> {
    pub inputs: usize,
    /// Neurons in the layers of the body.
    pub body: &'a [usize],
    pub source: Task,
    pub target: Task,
    /// Examples of the target task that are learned from, to be scored.
    pub seen: Pairs,
    pub rates: Rates,
    /// The variance of the noise on the inputs of the source task.
    pub alpha: f64,
    /// What the steps of both phases are called: "on the first task".
    pub words: [&'static str; 2],
    pub source_steps: u64,
    pub planned: u64,
    pub seed: u32,
}

/// How both networks do on the target task, the one from scratch first.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    pub test: [f64; 2],
    pub train: [f64; 2],
    /// What the networks say of the test set.
    pub y_hat: [Vec<f64>; 2],
    /// How far the pre-trained body has moved, as a share of its length.
    pub moved: f64,
}

/// Both phases at one step.
pub(super) struct Transfer {
    pub source: Network<f32>,
    pub scratch: Network<f32>,
    pub pretrained: Network<f32>,
    pub source_task: Task,
    pub target: Task,
    seen: Pairs,
    pub words: [&'static str; 2],
    pub source_steps: u64,
    pub planned: u64,
    pub steps: u64,
    /// The error on the source task.
    pub source_course: Curves,
    /// The test errors from scratch and pre-trained, against steps on the target task.
    pub course: Curves,
    /// The body as the source task left it; empty before.
    pub handed: Vec<Parameter>,
    source_error: OnceLock<f64>,
    scores: OnceLock<Scores>,
}

impl Transfer {
    /// # Errors
    /// Where the networks would not fit into memory.
    pub fn new(parts: Parts) -> Result<Self> {
        let network = |scale: f64, task: &Task, rate: f64, alpha: f64| {
            let dense = |&units: &usize| LayerConfig {
                learning_rate_scale: scale,
                ..LayerConfig::dense(units, Activation::Relu)
            };
            let mut layers: Vec<LayerConfig> = parts.body.iter().map(dense).collect();
            layers.push(LayerConfig::dense(task.outputs, Activation::Linear));
            Network::new(NetworkConfig {
                optimizer: OptimizerConfig::new(OptimizerKind::Adam, rate),
                // A step is one batch of a feed, as a whole.
                batch_size: 0,
                seed: parts.seed,
                alpha,
                ..NetworkConfig::new(parts.inputs, layers, task.loss)
            })
        };
        let Rates { source, pretrained, body_scale, scratch } = parts.rates;
        let tuned = parts.planned.saturating_sub(parts.source_steps);
        let mut transfer = Transfer {
            source: network(1.0, &parts.source, source, parts.alpha)?,
            scratch: network(1.0, &parts.target, scratch, 0.0)?,
            pretrained: network(body_scale, &parts.target, pretrained, 0.0)?,
            source_task: parts.source,
            target: parts.target,
            seen: parts.seen,
            words: parts.words,
            source_steps: parts.source_steps,
            planned: parts.planned,
            steps: 0,
            source_course: Curves::new(1, parts.source_steps as usize),
            course: Curves::new(2, tuned as usize),
            handed: Vec::new(),
            source_error: OnceLock::new(),
            scores: OnceLock::new(),
        };
        transfer.source_course.record(0, &[transfer.source_error()]);
        if transfer.source_steps == 0 {
            transfer.hand_over()?;
        }
        Ok(transfer)
    }

    /// Takes a step of the source task or, when that is done, of both networks on the target task,
    /// on the same batch.
    ///
    /// # Errors
    /// [`Error::Diverged`].
    pub fn step(&mut self) -> Result<()> {
        let step = self.steps + 1;
        let diverged = |error| match error {
            Error::Diverged { .. } => Error::Diverged { step },
            other => other,
        };
        if self.steps < self.source_steps {
            let batch = self.source_task.feed.next_batch();
            self.source_error = OnceLock::new();
            learn(&mut self.source, &batch).map_err(diverged)?;
        } else {
            let batch = self.target.feed.next_batch();
            self.scores = OnceLock::new();
            learn(&mut self.scratch, &batch).map_err(diverged)?;
            learn(&mut self.pretrained, &batch).map_err(diverged)?;
        }
        self.steps = step;
        self.record()
    }

    fn record(&mut self) -> Result<()> {
        if self.steps <= self.source_steps {
            if self.source_course.due(self.steps) {
                self.source_course.record(self.steps, &[self.source_error()]);
            }
            if self.steps == self.source_steps {
                self.hand_over()?;
            }
        } else if self.course.due(self.tuned()) {
            let test = self.scores().test;
            self.course.record(self.tuned(), &test);
        }
        Ok(())
    }

    /// The pre-trained network takes over the body.
    fn hand_over(&mut self) -> Result<()> {
        self.handed = self.body(&self.source);
        self.pretrained.set_parameters(&self.handed, 0)?;
        self.scores = OnceLock::new();
        let test = self.scores().test;
        self.course.record(0, &test);
        Ok(())
    }

    /// Weights and biases of all layers but the last.
    pub fn body(&self, network: &Network<f32>) -> Vec<Parameter> {
        let mut parameters = network.parameters(0).unwrap_or_default();
        parameters.truncate(parameters.len().saturating_sub(2));
        parameters
    }

    /// Whether the source task is done.
    pub fn has_body(&self) -> bool {
        !self.handed.is_empty()
    }

    /// Steps on the target task.
    pub fn tuned(&self) -> u64 {
        self.steps.saturating_sub(self.source_steps)
    }

    /// The error on the source task.
    pub fn source_error(&self) -> f64 {
        *self.source_error.get_or_init(|| {
            let y_hat = self.source.predict(&self.source_task.test.x);
            self.source_task.error(&y_hat.unwrap_or_default())
        })
    }

    /// How both networks do now.
    pub fn scores(&self) -> &Scores {
        self.scores.get_or_init(|| {
            let Task { test, loss, outputs, .. } = &self.target;
            let networks = [&self.scratch, &self.pretrained];
            let say = |x: &[f64]| networks.map(|network| network.predict(x).unwrap_or_default());
            let y_hat = say(&test.x);
            let train = say(&self.seen.x).map(|y_hat| error(*loss, &y_hat, &self.seen.y, *outputs));
            let moved = distance(&self.handed, &self.body(&self.pretrained));
            let test = [&y_hat[0], &y_hat[1]].map(|y_hat| self.target.error(y_hat));
            Scores { test, train, y_hat, moved }
        })
    }

    /// Takes over live settings.
    pub fn set(&mut self, settings: &Settings) {
        self.scratch.set_learning_rate(settings.real("scratch_rate"));
        self.pretrained.set_learning_rate(settings.real("learning_rate"));
        self.planned = settings.whole("steps") as u64;
    }

    /// What both labs measure: the test errors, the gain, the training errors, the least test error
    /// from scratch, the distance moved and the error on the source task.
    pub fn metrics(&self) -> Vec<f64> {
        let Scores { test, train, moved, .. } = self.scores();
        let best = self.course.least(0).min(test[0]);
        vec![
            test[0],
            test[1],
            test[0] - test[1],
            train[0],
            train[1],
            best,
            *moved,
            self.source_error(),
        ]
    }
}

/// One update on one batch.
fn learn(network: &mut Network<f32>, batch: &Pairs) -> Result<()> {
    network.load(&batch.x, &batch.y)?;
    network.step(1).map(drop)
}

/// How far weights are from others, as a share of the others' length; NaN where there are no others.
fn distance(from: &[Parameter], to: &[Parameter]) -> f64 {
    let weights = |of: &[Parameter]| -> Vec<f64> {
        of.iter().flat_map(|parameter| parameter.values.iter().copied()).collect()
    };
    let (from, to) = (weights(from), weights(to));
    let square: f64 = from.iter().zip(&to).map(|(a, b)| (a - b) * (a - b)).sum();
    (square / from.iter().map(|w| w * w).sum::<f64>()).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_by_hand() {
        // Means 1 and 10; squared errors 1 + 0 + 0 + 4 against 1 + 1 + 0 + 0.
        let (y, y_hat) = ([0.0, 10.0, 2.0, 10.0], [1.0, 10.0, 2.0, 12.0]);
        assert_eq!(error(Loss::Mse, &y_hat, &y, 2), 2.5);
        assert_eq!(error(Loss::Mse, &[1.0, 10.0, 1.0, 10.0], &y, 2), 1.0);
        assert_eq!(error(Loss::CrossEntropy, &[0.2, 0.8, 0.7, 0.3], &[1.0, 1.0], 2), 0.5);
    }
}
