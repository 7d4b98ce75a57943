//! Two phases: a network learns the source task; then its body goes on with a new output layer,
//! beside a network of the same shape that starts from scratch.

use super::feed::{Feed, Pairs, Pupil, learn};
use super::parameters::body_scale;
use crate::error::{Error, Result};
use crate::lab::course::Course;
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::nn::{
    Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind,
    Parameter, TestSet, score,
};
use crate::param::Settings;

/// The keys of the errors that are recorded: on the target task, and on the source task.
pub(super) const SCRATCH_ERROR: &str = "test_error_scratch";
pub(super) const PRETRAINED_ERROR: &str = "test_error_pretrained";
pub(super) const SOURCE_ERROR: &str = "source_error";

/// The most examples learned from that are scored.
const MOST_SEEN: usize = 200;

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

/// What is learned, and the shape of the body that learns it.
pub(super) struct Tasks {
    pub inputs: usize,
    /// Neurons in the layers of the body.
    pub body: &'static [usize],
    pub source: Task,
    pub target: Task,
    /// Examples of the target task that are learned from; at most 200 of them are scored.
    pub seen: Pairs,
}

/// How the source task is learned, and what the phases are called.
pub(super) struct Plan {
    /// Steps on the source task.
    pub source_steps: u64,
    /// Adam's learning rate on the source task.
    pub source_rate: f64,
    /// The variance of the noise on the inputs of the source task.
    pub alpha: f64,
    /// What the steps of the first phase are called: "on the first task".
    pub on_source: &'static str,
    /// And those of the second.
    pub on_target: &'static str,
}

/// How a network does on the target task.
pub(super) struct TargetScore {
    /// The error on the test set.
    pub test: f64,
    /// What the network says of the test set.
    pub y_hat: Vec<f64>,
}

/// How both networks do.
pub(super) struct Scores {
    pub scratch: TargetScore,
    pub pretrained: TargetScore,
}

/// Both phases at one step.
pub(super) struct Transfer {
    /// The network that learns the source task, and its error on it.
    pub source: Course<Pupil, f64>,
    pub scratch: Network<f32>,
    pub pretrained: Network<f32>,
    /// The test sets of both tasks, as the networks read them.
    source_test: TestSet<f32>,
    target_test: TestSet<f32>,
    pub tasks: Tasks,
    pub plan: Plan,
    /// Steps planned, of both phases together.
    pub planned: u64,
    pub steps: u64,
    /// The error on the source task against its steps.
    source_learning: LearningCurves<&'static str>,
    /// The test errors of both networks against steps on the target task.
    learning: LearningCurves<&'static str>,
    /// The body as the source task left it; empty before.
    pub handed: Vec<Parameter>,
    scores: Memo<Scores>,
}

impl Transfer {
    /// # Errors
    /// Where the networks would not fit into memory.
    pub fn new(settings: &Settings, mut tasks: Tasks, plan: Plan) -> Result<Self> {
        let planned = settings.whole("steps") as u64;
        let network = |task: &Task, rate: f64, body_scale: f64, alpha: f64| {
            let seed = settings.seed();
            Network::new(NetworkConfig { alpha, seed, ..config(&tasks, task, rate, body_scale) })
        };
        let (rate, scratch_rate) = (settings.real("learning_rate"), settings.real("scratch_rate"));
        let source = network(&tasks.source, plan.source_rate, 1.0, plan.alpha)?;
        let scratch = network(&tasks.target, scratch_rate, 1.0, 0.0)?;
        let pretrained = network(&tasks.target, rate, body_scale(settings), 0.0)?;
        tasks.seen = tasks.seen.first(MOST_SEEN);
        let test_set = |network: &Network<f32>, Pairs { x, y, .. }: &Pairs| {
            TestSet::new(network, x, y).expect("the lab's own examples")
        };
        let source_test = test_set(&source, &tasks.source.test);
        let target_test = test_set(&scratch, &tasks.target.test);
        let source = Pupil { network: source, feed: tasks.source.feed.clone() };
        let mut transfer = Transfer {
            source: Course::new(source, plan.source_steps as usize),
            scratch,
            pretrained,
            source_test,
            target_test,
            tasks,
            planned,
            steps: 0,
            source_learning: LearningCurves::new(plan.source_steps as usize),
            learning: LearningCurves::new(planned.saturating_sub(plan.source_steps) as usize),
            handed: Vec::new(),
            scores: Memo::default(),
            plan,
        };
        transfer.record_source();
        if transfer.plan.source_steps == 0 {
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
        if self.steps < self.plan.source_steps {
            self.source.step().map_err(diverged)?;
        } else {
            let batch = self.tasks.target.feed.next_batch();
            self.scores.forget();
            learn(&mut self.scratch, &batch).map_err(diverged)?;
            learn(&mut self.pretrained, &batch).map_err(diverged)?;
        }
        self.steps = step;
        if step > self.plan.source_steps {
            if self.learning.due(self.tuned()) {
                self.record();
            }
            return Ok(());
        }
        if self.source_learning.due(step) {
            self.record_source();
        }
        if step == self.plan.source_steps { self.hand_over() } else { Ok(()) }
    }

    fn record_source(&mut self) {
        self.source_learning.record(self.steps, self.source_errors());
        self.source.record();
    }

    fn record(&mut self) {
        self.learning.record(self.tuned(), self.test_errors());
    }

    fn source_errors(&self) -> [(&'static str, f64); 1] {
        [(SOURCE_ERROR, self.source_error())]
    }

    fn test_errors(&self) -> [(&'static str, f64); 2] {
        let Scores { scratch, pretrained, .. } = self.scores();
        [(SCRATCH_ERROR, scratch.test), (PRETRAINED_ERROR, pretrained.test)]
    }

    /// The learning curve of the source task.
    pub fn source_curves(&self) -> Curves<'_, &'static str> {
        self.source_learning.until(self.source_done(), self.source_errors())
    }

    /// The learning curves of the target task.
    pub fn curves(&self) -> Curves<'_, &'static str> {
        self.learning.until(self.tuned(), self.test_errors())
    }

    /// The pre-trained network takes over the body.
    fn hand_over(&mut self) -> Result<()> {
        self.handed = body(self.source());
        self.pretrained.set_parameters(&self.handed, 0)?;
        self.scores.forget();
        self.record();
        Ok(())
    }

    /// Whether the source task is done.
    pub fn has_body(&self) -> bool {
        !self.handed.is_empty()
    }

    /// Steps taken on the source task.
    pub fn source_done(&self) -> u64 {
        self.steps.min(self.plan.source_steps)
    }

    /// Steps taken on the target task.
    pub fn tuned(&self) -> u64 {
        self.steps.saturating_sub(self.plan.source_steps)
    }

    /// The error on the source task.
    pub fn source_error(&self) -> f64 {
        let error = |Pupil { network, .. }: &Pupil| {
            self.tasks.source.error(&self.source_test.predictions(network))
        };
        *self.source.measure(error)
    }

    /// The network that learns the source task.
    pub fn source(&self) -> &Network<f32> {
        &self.source.now().network
    }

    /// Takes up the source task of the lab before, where it is the same.
    pub fn take_up(&mut self, before: &mut Self) {
        if self.source_test == before.source_test {
            self.source.take_up(&mut before.source);
        }
    }

    /// How both networks do now.
    pub fn scores(&self) -> &Scores {
        self.scores.get(|| {
            let score = |network: &Network<f32>| {
                let y_hat = self.target_test.predictions(network);
                TargetScore { test: self.tasks.target.error(&y_hat), y_hat }
            };
            Scores { scratch: score(&self.scratch), pretrained: score(&self.pretrained) }
        })
    }

    /// The error of one of both networks on examples that are learned from.
    pub fn train_error(&self, network: &Network<f32>) -> f64 {
        let Tasks { target, seen, .. } = &self.tasks;
        let y_hat = network.predict(&seen.x).expect("the lab's own examples");
        error(target.loss, &y_hat, &seen.y, target.outputs)
    }

    /// How far the pre-trained body has moved, as a share of its length; nothing before there is one.
    pub fn moved(&self) -> Option<f64> {
        moved(&values(&self.handed), &values(&body(&self.pretrained)))
    }

    /// Takes over live settings.
    pub fn set(&mut self, settings: &Settings) {
        self.scratch.set_learning_rate(settings.real("scratch_rate"));
        self.pretrained.set_learning_rate(settings.real("learning_rate"));
        self.planned = settings.whole("steps") as u64;
    }
}

/// The body with an output layer for a task.
fn config(tasks: &Tasks, task: &Task, rate: f64, body_scale: f64) -> NetworkConfig {
    let dense = |&units: &usize| LayerConfig {
        learning_rate_scale: body_scale,
        ..LayerConfig::dense(units, Activation::Relu)
    };
    let mut layers: Vec<LayerConfig> = tasks.body.iter().map(dense).collect();
    layers.push(LayerConfig::dense(task.outputs, Activation::Linear));
    NetworkConfig {
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, rate),
        // A step is one batch of a feed, as a whole.
        batch_size: 0,
        ..NetworkConfig::new(tasks.inputs, layers, task.loss)
    }
}

/// Weights and biases of all layers but the last.
pub(super) fn body(network: &Network<f32>) -> Vec<Parameter> {
    let mut parameters = network.parameters(0).expect("every network has a member");
    parameters.truncate(parameters.len() - 2);
    parameters
}

fn values(parameters: &[Parameter]) -> Vec<f64> {
    parameters.iter().flat_map(|parameter| &parameter.values).copied().collect()
}

/// How far weights have moved, as a share of their length; nothing where there are none to compare.
pub(super) fn moved(from: &[f64], to: &[f64]) -> Option<f64> {
    let square: f64 = from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
    (from.len() == to.len()).then(|| (square / from.iter().map(|w| w * w).sum::<f64>()).sqrt())
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

    #[test]
    fn weights_move_by_a_share_of_their_length() {
        assert_eq!(moved(&[3.0, 4.0], &[3.0, 9.0]), Some(1.0));
        assert_eq!(moved(&[3.0, 4.0], &[]), None);
    }
}
