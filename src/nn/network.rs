//! A network, or an ensemble of them, and its training.

use super::batches::Batches;
use super::dense::Dense;
use super::dropout::draw_mask;
use super::init::init_weights;
use super::pass::{Factor, Pass};
use super::{NetworkConfig, Optimizer, Real, Rng, Stream, normal, stream};
use crate::error::{Error, Result};

/// A list of numbers with a name and a shape: a weight matrix, a bias vector, or its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// `w1`, `b1`, `w2`, …
    pub name: String,
    /// Weights (out x in), biases (out).
    pub shape: Vec<usize>,
    /// Row by row.
    pub values: Vec<f64>,
}

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

/// The gradients of loss + penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients {
    /// The loss.
    pub loss: f64,
    /// The penalty.
    pub penalty: f64,
    /// The outputs (rows x outputs), before the softmax.
    pub output: Vec<f64>,
    /// One gradient a parameter.
    pub parameters: Vec<Parameter>,
    /// With respect to the unmasked inputs (rows x inputs).
    pub input: Vec<f64>,
}

/// One member of an ensemble: weights, and streams of its own.
#[derive(Debug)]
struct Member<T> {
    parameters: Vec<T>,
    /// The parameters one step ago; the next update is written over them, then the two change
    /// places. So a step that fails has a finite state to go back to.
    other: Vec<T>,
    optimizer: Optimizer<T>,
    batches: Option<Batches>,
    noise: Rng,
    mask_streams: Vec<Rng>,
    /// Of the last step: the inputs, then one a hidden layer, each (rows x width).
    masks: Vec<Vec<T>>,
}

/// The training set, row major.
#[derive(Clone, Debug, Default)]
struct TrainingSet<T> {
    x: Vec<T>,
    y: Vec<T>,
    rows: usize,
}

/// A network of dense layers, or an ensemble of `n_members` of them that are trained apart.
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
#[derive(Debug)]
pub struct Network<T> {
    config: NetworkConfig,
    layers: Vec<Dense>,
    members: Vec<Member<T>>,
    training_set: TrainingSet<T>,
    steps: u64,
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
        config.check_size()?;
        let mut layers: Vec<Dense> = Vec::new();
        for (pair, layer) in config.widths().windows(2).zip(&config.layers) {
            let offset = layers.last().map_or(0, |last| last.biases.end);
            layers.push(Dense::new(pair[0], pair[1], layer.activation, offset));
        }
        let members = 0..config.n_members as u32;
        let members = members.map(|member| Member::new(&config, &layers, member)).collect();
        Ok(Network {
            config,
            layers,
            members,
            training_set: TrainingSet::default(),
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

    pub(super) fn layers(&self) -> &[Dense] {
        &self.layers
    }

    /// Takes a training set in place of the one before; the next step begins its first epoch.
    ///
    /// # Shapes
    /// `x` (rows x inputs); `y` (rows x outputs), or one whole number a row for cross-entropy.
    ///
    /// # Errors
    /// Empty or ragged arrays, numbers that are not finite, classes out of range.
    pub fn load(&mut self, x: &[f64], y: &[f64]) -> Result<()> {
        let rows = self.check_rows("x", x)?;
        self.check_targets(y, rows)?;
        let numbers = |values: &[f64]| values.iter().map(|&value| T::from_f64(value)).collect();
        self.training_set = TrainingSet { x: numbers(x), y: numbers(y), rows };
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
    /// No training set; [`Error::Diverged`] where a loss or a new parameter is not finite: then the
    /// parameters are those of the last step that was finite, and the optimizer starts afresh.
    pub fn step(&mut self, n: u64) -> Result<StepReport> {
        if n == 0 {
            return Err(Error::invalid("n = 0: must be a whole number of at least 1"));
        }
        if self.training_set.rows == 0 {
            return Err(Error::invalid("there is no training set: call load(x, y) first"));
        }
        for _ in 1..n {
            self.one_step()?;
        }
        self.one_step()
    }

    /// Takes `steps` steps and reports every `every`-th of them, and the last one.
    ///
    /// # Errors
    /// As [`Network::step`]; and where `every` is 0.
    pub fn train(&mut self, steps: u64, every: u64) -> Result<Vec<StepReport>> {
        if every == 0 {
            return Err(Error::invalid("every = 0: must be a whole number of at least 1"));
        }
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
        let diverged = Error::Diverged { step: self.steps + 1 };
        let member = &mut self.members[number];
        let rows = member.next_batch(
            &self.config,
            &self.layers,
            &self.training_set,
            &mut self.pass,
            &mut self.batch_y,
        );
        member.draw_masks(&self.config, rows);
        let factors = training_factors(&self.config, &member.masks);
        self.pass.forward(&self.layers, &member.parameters, &factors);
        let (output, gradient) = self.pass.output_and_gradient(&self.layers);
        let width = self.config.outputs();
        let loss = self.config.loss.evaluate(output, &self.batch_y, width, gradient);
        if !loss.is_finite() {
            member.go_back(&self.config);
            return Err(diverged);
        }
        self.gradients.resize(member.parameters.len(), T::ZERO);
        let Member { parameters, other, optimizer, .. } = member;
        let (layers, gradients) = (&self.layers, &mut self.gradients);
        self.pass.backward(layers, parameters, &factors, gradients, false);
        let penalty = penalize(self.config.l2, layers, parameters, gradients);
        optimizer.update(parameters, gradients, other);
        if let Some(max_norm) = self.config.max_norm {
            limit_norms(max_norm, layers, other);
        }
        if !(penalty.is_finite() && other.iter().all(|value| value.is_finite())) {
            other.copy_from_slice(parameters);
            *optimizer = Optimizer::new(self.config.optimizer.clone(), parameters.len());
            return Err(diverged);
        }
        Ok((loss, penalty))
    }

    /// The gradients of loss + penalty for member 0, without an update and without noise.
    ///
    /// # Shapes
    /// `x` and `y` as [`Network::load`]; `masks`: the inputs', then one a hidden layer, each
    /// (rows x width) of zeros and ones, scaled as in training. Without masks, no dropout at all.
    ///
    /// # Errors
    /// Arrays that do not fit; a loss that is not finite.
    pub fn gradients(&self, x: &[f64], y: &[f64], masks: Option<&[Vec<f64>]>) -> Result<Gradients> {
        let rows = self.check_rows("x", x)?;
        self.check_targets(y, rows)?;
        let masks = masks.map(|masks| self.check_masks(masks, rows)).transpose()?;
        let factors = match &masks {
            Some(masks) => training_factors(&self.config, masks),
            None => vec![Factor::None; self.layers.len()],
        };
        let parameters = &self.members[0].parameters;
        let mut pass = Pass::default();
        copy_into(x, pass.inputs(&self.layers, rows));
        pass.forward(&self.layers, parameters, &factors);
        let y: Vec<T> = y.iter().map(|&y| T::from_f64(y)).collect();
        let (output, gradient) = pass.output_and_gradient(&self.layers);
        let loss = self.config.loss.evaluate(output, &y, self.config.outputs(), gradient);
        if !loss.is_finite() {
            return Err(Error::Diverged { step: self.steps + 1 });
        }
        let output = to_f64(output);
        let mut gradients = vec![T::ZERO; parameters.len()];
        pass.backward(&self.layers, parameters, &factors, &mut gradients, true);
        let penalty = penalize(self.config.l2, &self.layers, parameters, &mut gradients);
        let input = to_f64(pass.input_gradient());
        Ok(Gradients { loss, penalty, output, parameters: self.named(&gradients), input })
    }

    /// Weights and biases of a member.
    ///
    /// # Errors
    /// Where there is no such member.
    pub fn parameters(&self, member: usize) -> Result<Vec<Parameter>> {
        self.check_member(member)?;
        Ok(self.named(&self.members[member].parameters))
    }

    /// Sets some or all weights and biases of a member.
    ///
    /// # Errors
    /// Unknown or repeated names, wrong shapes, numbers that are not finite; nothing changes then.
    pub fn set_parameters(&mut self, given: &[Parameter], member: usize) -> Result<()> {
        self.check_member(member)?;
        let mut parameters = self.members[member].parameters.clone();
        let known = self.named(&parameters);
        let mut problems = Vec::new();
        for (i, new) in given.iter().enumerate() {
            match check_parameter(new, &known, &given[..i]) {
                Ok(number) => {
                    let layer = &self.layers[number / 2];
                    let range = if number % 2 == 0 { &layer.weights } else { &layer.biases };
                    copy_into(&new.values, &mut parameters[range.clone()]);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        self.members[member].other.copy_from_slice(&parameters);
        self.members[member].parameters = parameters;
        Ok(())
    }

    /// The masks of a member's last step: the inputs', then one a hidden layer; empty before the
    /// first step.
    ///
    /// # Errors
    /// Where there is no such member.
    pub fn masks(&self, member: usize) -> Result<Vec<Vec<f64>>> {
        self.check_member(member)?;
        Ok(self.members[member].masks.iter().map(|mask| to_f64(mask)).collect())
    }

    /// Keeps inputs and hidden neurons with other probabilities from the next step on.
    pub fn set_keep_probs(&mut self, inputs: f64, hidden: f64) {
        self.config.keep_prob_input = inputs;
        let (_, hidden_layers) = self.config.layers.split_last_mut().expect("a network has layers");
        hidden_layers.iter_mut().for_each(|layer| layer.keep_prob = hidden);
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

    pub(super) fn member_parameters(&self, member: usize) -> &[T] {
        &self.members[member].parameters
    }

    fn named(&self, values: &[T]) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for (i, layer) in self.layers.iter().enumerate() {
            let shapes = [vec![layer.outputs, layer.inputs], vec![layer.outputs]];
            let ranges = [&layer.weights, &layer.biases];
            for ((letter, shape), range) in ["w", "b"].iter().zip(shapes).zip(ranges) {
                let name = format!("{letter}{}", i + 1);
                let values = to_f64(&values[range.clone()]);
                parameters.push(Parameter { name, shape, values });
            }
        }
        parameters
    }

    pub(super) fn check_member(&self, member: usize) -> Result<()> {
        let last = self.members.len() - 1;
        if member > last {
            let sentence = format!("member = {member}: must be a whole number from 0 to {last}");
            return Err(Error::invalid(sentence));
        }
        Ok(())
    }

    /// The number of rows in `x`.
    pub(super) fn check_rows(&self, name: &str, x: &[f64]) -> Result<usize> {
        let width = self.config.input;
        if x.is_empty() || !x.len().is_multiple_of(width) {
            return Err(Error::invalid(format!(
                "{name} has {} numbers: must be one row or more of {width} numbers each",
                x.len()
            )));
        }
        check_finite(name, x)?;
        Ok(x.len() / width)
    }

    fn check_targets(&self, y: &[f64], rows: usize) -> Result<()> {
        let width = self.config.loss.target_width(self.config.outputs());
        if y.len() != rows * width {
            return Err(Error::invalid(format!(
                "y has {} numbers: must be {} ({rows} rows of {width})",
                y.len(),
                rows * width
            )));
        }
        check_finite("y", y)?;
        if self.config.loss != super::Loss::CrossEntropy {
            return Ok(());
        }
        let classes = self.config.outputs();
        match y.iter().position(|&y| y.fract() != 0.0 || y < 0.0 || y >= classes as f64) {
            None => Ok(()),
            Some(i) => Err(Error::invalid(format!(
                "y[{i}] = {}: must be a whole number from 0 to {}",
                y[i],
                classes - 1
            ))),
        }
    }

    fn check_masks(&self, masks: &[Vec<f64>], rows: usize) -> Result<Vec<Vec<T>>> {
        let widths = self.layers.iter().map(|layer| layer.inputs);
        if masks.len() != self.layers.len() {
            return Err(Error::invalid(format!(
                "masks has {} entries: must be {}, one for the inputs and one a hidden layer",
                masks.len(),
                self.layers.len()
            )));
        }
        for (i, (mask, width)) in masks.iter().zip(widths).enumerate() {
            if mask.len() != rows * width {
                return Err(Error::invalid(format!(
                    "masks[{i}] has {} numbers: must be {} ({rows} rows of {width})",
                    mask.len(),
                    rows * width
                )));
            }
            if let Some(j) = mask.iter().position(|&kept| kept != 0.0 && kept != 1.0) {
                let sentence = format!("masks[{i}][{j}] = {}: must be 0 or 1", mask[j]);
                return Err(Error::invalid(sentence));
            }
        }
        Ok(masks.iter().map(|mask| mask.iter().map(|&kept| T::from_f64(kept)).collect()).collect())
    }
}

impl<T: Real> Member<T> {
    fn new(config: &NetworkConfig, layers: &[Dense], number: u32) -> Self {
        let count = layers.last().map_or(0, |layer| layer.biases.end);
        let mut parameters = vec![T::ZERO; count];
        let mut init = stream(config.seed, Stream::Init, number);
        for (layer, of) in layers.iter().zip(&config.layers) {
            let weights = &mut parameters[layer.weights.clone()];
            init_weights(of.init, &mut init, layer.inputs, weights);
        }
        let mask_stream = |layer| stream(config.seed, Stream::Mask(layer as u16), number);
        Member {
            other: parameters.clone(),
            parameters,
            optimizer: Optimizer::new(config.optimizer.clone(), count),
            batches: None,
            noise: stream(config.seed, Stream::Noise, number),
            mask_streams: (0..layers.len()).map(mask_stream).collect(),
            masks: Vec::new(),
        }
    }

    /// Copies the next batch into the pass, with fresh noise on its inputs; hands back its rows.
    fn next_batch(
        &mut self,
        config: &NetworkConfig,
        layers: &[Dense],
        set: &TrainingSet<T>,
        pass: &mut Pass<T>,
        y: &mut Vec<T>,
    ) -> usize {
        let rows = self.batches.as_mut().expect("a training set is loaded").next();
        let (width, target_width) = (config.input, set.y.len() / set.rows);
        let inputs = pass.inputs(layers, rows.len());
        y.clear();
        for (&row, input) in rows.iter().zip(inputs.chunks_exact_mut(width)) {
            input.copy_from_slice(&set.x[row * width..(row + 1) * width]);
            y.extend_from_slice(&set.y[row * target_width..(row + 1) * target_width]);
        }
        if config.alpha > 0.0 {
            let sd = config.alpha.sqrt();
            inputs.iter_mut().for_each(|x| *x += T::from_f64(sd * normal(&mut self.noise)));
        }
        rows.len()
    }

    fn draw_masks(&mut self, config: &NetworkConfig, rows: usize) {
        self.masks.resize(self.mask_streams.len(), Vec::new());
        let widths = config.widths();
        for (i, (mask, rng)) in self.masks.iter_mut().zip(&mut self.mask_streams).enumerate() {
            mask.resize(rows * widths[i], T::ZERO);
            draw_mask(rng, keep_prob(config, i), mask);
        }
    }

    /// Back to the parameters of the last step whose loss was finite.
    fn go_back(&mut self, config: &NetworkConfig) {
        self.parameters.copy_from_slice(&self.other);
        self.optimizer = Optimizer::new(config.optimizer.clone(), self.parameters.len());
    }
}

/// The keep probability of the inputs (0) or of a hidden layer (1, 2, …).
pub fn keep_prob(config: &NetworkConfig, place: usize) -> f64 {
    if place == 0 { config.keep_prob_input } else { config.layers[place - 1].keep_prob }
}

/// What dropout does in a training pass with these masks.
pub fn training_factors<'a, T: Real>(
    config: &NetworkConfig,
    masks: &'a [Vec<T>],
) -> Vec<Factor<'a, T>> {
    let factor = |(place, mask): (usize, &'a Vec<T>)| {
        let keep_prob = keep_prob(config, place);
        let scale = config.dropout_scaling.in_training(keep_prob);
        let drops_nothing = keep_prob == 1.0 && mask.iter().all(|&kept| kept == T::ONE);
        if drops_nothing { Factor::None } else { Factor::Mask(mask, scale) }
    };
    masks.iter().enumerate().map(factor).collect()
}

/// Adds the penalty's gradient to the gradients of the weights; hands back the penalty.
fn penalize<T: Real>(l2: f64, layers: &[Dense], parameters: &[T], gradients: &mut [T]) -> f64 {
    if l2 == 0.0 {
        return 0.0;
    }
    let slope = T::from_f64(2.0 * l2);
    let mut sum = 0.0;
    for layer in layers {
        let weights = &parameters[layer.weights.clone()];
        for (g, &w) in gradients[layer.weights.clone()].iter_mut().zip(weights) {
            sum += w.to_f64() * w.to_f64();
            *g += slope * w;
        }
    }
    l2 * sum
}

/// Shortens every neuron's incoming weights to at most `max_norm`.
///
/// # Source
/// Srivastava et al., "Dropout", 2014, section 5.1.
fn limit_norms<T: Real>(max_norm: f64, layers: &[Dense], parameters: &mut [T]) {
    for layer in layers {
        for row in parameters[layer.weights.clone()].chunks_exact_mut(layer.inputs) {
            let norm = row.iter().map(|w| w.to_f64() * w.to_f64()).sum::<f64>().sqrt();
            if norm > max_norm {
                let shrink = max_norm / norm;
                row.iter_mut().for_each(|w| *w = T::from_f64(w.to_f64() * shrink));
            }
        }
    }
}

/// The place of a given parameter among the known ones.
fn check_parameter(
    new: &Parameter,
    known: &[Parameter],
    before: &[Parameter],
) -> std::result::Result<usize, String> {
    let name = &new.name;
    let Some(place) = known.iter().position(|parameter| parameter.name == *name) else {
        let names = known.iter().map(|parameter| parameter.name.as_str());
        return Err(format!("parameter {name}: must be {}", crate::value::one_of(names)));
    };
    if before.iter().any(|parameter| parameter.name == *name) {
        return Err(format!("parameter {name}: given twice; must be given once"));
    }
    let shape = &known[place].shape;
    if new.shape != *shape || new.values.len() != known[place].values.len() {
        return Err(format!(
            "{name} has shape {:?} and {} numbers: must be {shape:?} and {}",
            new.shape,
            new.values.len(),
            known[place].values.len()
        ));
    }
    check_finite(name, &new.values).map_err(|error| error.to_string())?;
    Ok(place)
}

/// Refuses NaN and infinity, and what would become infinite in 32 bits.
fn check_finite(name: &str, values: &[f64]) -> Result<()> {
    let too_large = |value: &f64| value.is_nan() || value.abs() > f64::from(f32::MAX);
    match values.iter().position(too_large) {
        None => Ok(()),
        Some(i) => {
            let sentence = format!("{name}[{i}] = {}: must be a finite number", values[i]);
            Err(Error::invalid(sentence))
        }
    }
}

pub(super) fn copy_into<T: Real>(from: &[f64], to: &mut [T]) {
    to.iter_mut().zip(from).for_each(|(to, &from)| *to = T::from_f64(from));
}

pub(super) fn to_f64<T: Real>(values: &[T]) -> Vec<f64> {
    values.iter().map(|value| value.to_f64()).collect()
}
