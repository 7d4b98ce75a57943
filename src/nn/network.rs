//! A network, or an ensemble of them, and its training.

use super::batches::Batches;
use super::layer::{Layer, LayerConfig};
use super::member::{Member, TrainingSet};
use super::pass::{Dropout, Pass, to_f64};
use super::penalty::{limit_norms, penalize};
use super::real::all_finite;
use super::{Loss, NetworkConfig, Optimizer, Real, Shape};
use crate::error::{Error, Result};
use std::sync::Arc;

/// What one step found, before its update: on the step's own batch, noise and masks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepReport {
    /// Steps taken so far, this one among them.
    pub step: u64,
    /// The loss on the data, the mean over the members.
    pub loss: f64,
    /// `l2` times the sum of squared weights, the mean over the members.
    pub penalty: f64,
    /// Their sum: what the step made smaller.
    pub objective: f64,
}

/// A network, or an ensemble of `n_members` of them that are trained apart.
///
/// ```
/// use regularization_playground::nn::{Activation, LayerConfig, Loss, Network, NetworkConfig};
/// let layers = vec![LayerConfig::dense(1, Activation::Linear)];
/// let mut network: Network<f64> = Network::new(NetworkConfig::new(1, layers, Loss::Mse)).unwrap();
/// network.load(&[-1.0, 0.0, 1.0], &[-1.0, 1.0, 3.0]).unwrap();
/// network.train(2000, 2000).unwrap();
/// let y_hat = network.predict(&[2.0]).unwrap();
/// assert!((y_hat[0] - 5.0).abs() < 1e-9); // y = 2 x + 1
/// ```
#[derive(Clone, Debug)]
pub struct Network<T> {
    pub(super) config: NetworkConfig,
    pub(super) layers: Vec<Layer>,
    pub(super) members: Vec<Member<T>>,
    /// Copies of a network share it.
    training_set: Arc<TrainingSet<T>>,
    pub(super) steps: u64,
    pass: Pass<T>,
    batch_y: Vec<T>,
    gradients: Vec<T>,
}

impl<T: Real> Network<T> {
    /// A network with its initial weights.
    ///
    /// # Errors
    /// Where it would not fit into memory.
    pub fn new(config: NetworkConfig) -> Result<Self> {
        let layers = config.build()?;
        let members = 0..config.n_members as u32;
        let members = members.map(|member| Member::new(&config, &layers, member)).collect();
        Ok(Network {
            config,
            layers,
            members,
            training_set: Arc::default(),
            steps: 0,
            pass: Pass::default(),
            batch_y: Vec::new(),
            gradients: Vec::new(),
        })
    }

    /// The configuration, with live changes in it.
    pub fn config(&self) -> &NetworkConfig {
        &self.config
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Numbers a row of input.
    pub fn inputs(&self) -> usize {
        self.layers[0].inputs
    }

    /// Numbers a row of output.
    pub fn outputs(&self) -> usize {
        self.output_shape().size()
    }

    /// The widths of inputs and layers, in order.
    pub fn widths(&self) -> Vec<usize> {
        let widths = self.layers.iter().map(|layer| layer.outputs());
        std::iter::once(self.inputs()).chain(widths).collect()
    }

    fn output_shape(&self) -> Shape {
        self.layers.last().expect("a network has layers").shape
    }

    /// Outputs that belong to one answer: classes between which a softmax decides (for a sequence,
    /// at every time step), or all of a row.
    pub fn classes(&self) -> usize {
        if self.config.loss == Loss::CrossEntropy {
            self.outputs() / self.output_shape().answers()
        } else {
            self.outputs()
        }
    }

    /// Numbers a row of targets: one class an answer, or one number an output.
    pub fn target_width(&self) -> usize {
        let answers = self.output_shape().answers();
        if self.config.loss == Loss::CrossEntropy { answers } else { self.outputs() }
    }

    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Takes a training set in place of the one before; the next step begins its first epoch.
    ///
    /// # Shapes
    /// `x` (rows x inputs); `y` (rows x outputs), or one whole number a row for cross-entropy (one a
    /// time step, where the outputs are a sequence).
    ///
    /// # Errors
    /// Empty or ragged arrays, numbers that are not finite or beyond what the network can compute with,
    /// classes out of range, and more rows than fit into memory.
    pub fn load(&mut self, x: &[f64], y: &[f64]) -> Result<()> {
        let rows = self.check_rows("x", x)?;
        self.check_targets(y, rows)?;
        self.config.check_rows(&self.layers, rows, x.len() + y.len())?;
        self.check_bearable(x, y)?;
        let numbers = |values: &[f64]| values.iter().map(|&value| T::from_f64(value)).collect();
        self.training_set = Arc::new(TrainingSet { x: numbers(x), y: numbers(y), rows });
        let NetworkConfig { batch_size, bootstrap, seed, .. } = self.config;
        for (number, member) in self.members.iter_mut().enumerate() {
            let batches = Batches::new(rows, batch_size, bootstrap, seed, number as u32);
            member.batches = Some(batches);
        }
        Ok(())
    }

    /// Takes `n` steps, each an update of every member on its next mini-batch.
    ///
    /// # Errors
    /// No training set; more steps than can be taken in minutes; [`Error::Diverged`] where a loss or a new parameter is not finite: then the
    /// parameters are those of the last step that was finite, and the optimizer starts afresh.
    pub fn step(&mut self, n: u64) -> Result<StepReport> {
        if n == 0 {
            return Err(Error::invalid("n = 0: must be a whole number of at least 1"));
        }
        if self.training_set.rows == 0 {
            return Err(Error::invalid("there is no training set: call load(x, y) first"));
        }
        self.check_steps("n", n, self.training_set.rows)?;
        for _ in 1..n {
            self.one_step()?;
        }
        self.one_step()
    }

    /// Takes `steps` steps and reports every `every`-th of them, and the last one.
    ///
    /// # Errors
    /// As [`Network::step`]; and where `every` is 0, or so small that there would be too many reports.
    pub fn train(&mut self, steps: u64, every: u64) -> Result<Vec<StepReport>> {
        check_reports(steps, every)?;
        self.check_steps("steps", steps, self.training_set.rows)?;
        let mut left = steps;
        let mut reports = Vec::new();
        while left > 0 || reports.is_empty() {
            reports.push(self.step(every.min(left))?);
            left -= every.min(left);
        }
        Ok(reports)
    }

    fn one_step(&mut self) -> Result<StepReport> {
        let (mut loss, mut penalty) = (0.0, 0.0);
        for member in 0..self.members.len() {
            let (member_loss, member_penalty) = self.prepare_update(member)?;
            loss += member_loss;
            penalty += member_penalty;
        }
        for member in &mut self.members {
            std::mem::swap(&mut member.parameters, &mut member.other);
        }
        self.steps += 1;
        let n_members = self.members.len() as f64;
        let (loss, penalty) = (loss / n_members, penalty / n_members);
        Ok(StepReport { step: self.steps, loss, penalty, objective: loss + penalty })
    }

    /// Writes a member's new parameters beside its old ones; hands back its loss and penalty.
    fn prepare_update(&mut self, number: usize) -> Result<(f64, f64)> {
        let (diverged, width) = (Error::Diverged { step: self.steps + 1 }, self.classes());
        let member = &mut self.members[number];
        let rows = member.next_batch(
            &self.config,
            &self.layers,
            &self.training_set,
            &mut self.pass,
            &mut self.batch_y,
        );
        member.draw_masks(&self.config, &self.layers, rows);
        let dropout = Dropout::Masks(&self.config, &member.masks);
        self.pass.forward(&self.layers, &member.parameters, dropout);
        let (output, gradient) = self.pass.output_and_gradient();
        let loss = self.config.loss.evaluate(output, &self.batch_y, width, gradient);
        if !loss.is_finite() {
            member.go_back(&self.config);
            return Err(diverged);
        }
        self.gradients.resize(member.parameters.len(), T::ZERO);
        let Member { parameters, other, optimizer, masks, .. } = member;
        let dropout = Dropout::Masks(&self.config, masks);
        let (layers, gradients) = (&self.layers, &mut self.gradients);
        self.pass.backward(layers, parameters, dropout, gradients, false);
        let penalty = penalize(self.config.l2, layers, parameters, gradients);
        optimizer.update(parameters, gradients, other);
        scale_updates(&self.config.layers, layers, parameters, other);
        if let Some(max_norm) = self.config.max_norm {
            limit_norms(max_norm, &self.config.layers, layers, other);
        }
        if !(penalty.is_finite() && all_finite(other)) {
            other.copy_from_slice(parameters);
            *optimizer = Optimizer::new(self.config.optimizer.clone(), parameters.len());
            return Err(diverged);
        }
        Ok((loss, penalty))
    }

    /// The masks of a member's last step: the inputs', then one a hidden layer; empty before the
    /// first step.
    ///
    /// # Errors
    /// Where there is no such member.
    pub fn masks(&self, member: usize) -> Result<Vec<Vec<f64>>> {
        self.check_member(member)?;
        let Member { masks, rows, .. } = &self.members[member];
        let whole = |(mask, layer): (&Vec<T>, &Layer)| {
            if mask.is_empty() { vec![1.0; rows * layer.inputs] } else { to_f64(mask) }
        };
        Ok(masks.iter().zip(&self.layers).map(whole).collect())
    }

    /// Keeps inputs and hidden neurons with other probabilities from the next step on.
    pub fn set_keep_probs(&mut self, inputs: f64, hidden: f64) {
        self.config.keep_prob_input = inputs;
        let (_, hidden_layers) = self.config.layers.split_last_mut().expect("a network has layers");
        for layer in hidden_layers.iter_mut().filter(|layer| layer.kind.can_drop()) {
            layer.keep_prob = hidden;
        }
    }

    /// Adds noise of another variance from the next step on.
    pub fn set_alpha(&mut self, alpha: f64) {
        self.config.alpha = alpha;
    }

    /// Penalizes squared weights by another coefficient from the next step on.
    pub fn set_l2(&mut self, l2: f64) {
        self.config.l2 = l2;
    }

    /// Takes another learning rate from the next step on.
    pub fn set_learning_rate(&mut self, learning_rate: f64) {
        self.config.optimizer.learning_rate = learning_rate;
        for member in &mut self.members {
            member.optimizer.set_learning_rate(learning_rate);
        }
    }

    /// Whether both learn the same examples in the same way from the same parameters: at their first
    /// steps, whether they will be the same for ever.
    pub fn learns_like(&self, other: &Self) -> bool {
        let pairs = self.members.iter().zip(&other.members);
        self.config == other.config
            && self.training_set == other.training_set
            && pairs.into_iter().all(|(a, b)| a.parameters == b.parameters)
    }

    /// About how many bytes a copy of it holds, the training set aside, which copies share.
    pub fn bytes(&self) -> usize {
        let numbers = |member: &Member<T>| {
            let of_parameters = 2 + self.config.optimizer.moments();
            let masks = member.masks.iter().map(Vec::len).sum::<usize>();
            member.parameters.len() * of_parameters + masks
        };
        let rows = self.training_set.rows * size_of::<usize>();
        let of_member = |member| numbers(member) * size_of::<T>() + rows;
        self.members.iter().map(of_member).sum::<usize>() + self.gradients.len() * size_of::<T>()
    }

    pub(super) fn member_parameters(&self, member: usize) -> &[T] {
        &self.members[member].parameters
    }
}

/// The most reports of one training.
const MOST_REPORTS: u64 = 1_000_000;

/// Refuses more reports than anyone reads.
fn check_reports(steps: u64, every: u64) -> Result<()> {
    if every == 0 {
        return Err(Error::invalid("every = 0: must be a whole number of at least 1"));
    }
    let least = steps.div_ceil(MOST_REPORTS);
    if every >= least {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "every = {every}: must be at least {least} for {steps} steps, so that there are at most \
         {MOST_REPORTS} reports"
    )))
}

/// Shortens or lengthens the updates of the layers that have a learning rate of their own: by every
/// rule, an update is proportional to the learning rate.
fn scale_updates<T: Real>(configs: &[LayerConfig], layers: &[Layer], w: &[T], new: &mut [T]) {
    for (config, layer) in configs.iter().zip(layers) {
        if config.learning_rate_scale == 1.0 {
            continue;
        }
        let (new, w) = (&mut new[layer.range.clone()], &w[layer.range.clone()]);
        if config.is_frozen() {
            new.copy_from_slice(w);
            continue;
        }
        let scale = T::from_f64(config.learning_rate_scale);
        new.iter_mut().zip(w).for_each(|(new, &w)| *new = w + scale * (*new - w));
    }
}
