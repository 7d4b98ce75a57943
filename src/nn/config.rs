//! The configuration of a network.

use super::layer::{Layer, LayerConfig};
use super::shape::{MAX_BYTES, MAX_ROW, too_large};
use super::{DropoutScaling, Loss, OptimizerConfig, OptimizerKind, Shape};
use crate::error::{Error, Result};

/// Everything that decides a network and its training, apart from the data.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkConfig {
    /// What a row of input is.
    pub input: Shape,
    /// The layers; the last one is the output layer.
    pub layers: Vec<LayerConfig>,
    /// What training makes small.
    pub loss: Loss,
    /// The probability that dropout keeps an input.
    pub keep_prob_input: f64,
    /// The variance of the Gaussian noise added to every input in training.
    pub alpha: f64,
    /// The coefficient of the sum of squared weights; biases are left out.
    pub l2: f64,
    /// How dropout is made up for.
    pub dropout_scaling: DropoutScaling,
    /// How gradients become updates.
    pub optimizer: OptimizerConfig,
    /// The largest norm of a neuron's incoming weights, if there is a limit.
    pub max_norm: Option<f64>,
    /// Rows a step; 0 is the whole set.
    pub batch_size: usize,
    /// Networks that are trained apart and averaged.
    pub n_members: usize,
    /// Whether every member draws its own training set, with replacement.
    pub bootstrap: bool,
    /// Where all chance comes from.
    pub seed: u32,
}

impl NetworkConfig {
    /// A network with all options at their defaults.
    pub fn new(input: impl Into<Shape>, layers: Vec<LayerConfig>, loss: Loss) -> Self {
        NetworkConfig {
            input: input.into(),
            layers,
            loss,
            keep_prob_input: 1.0,
            alpha: 0.0,
            l2: 0.0,
            dropout_scaling: DropoutScaling::Inverted,
            optimizer: OptimizerConfig::new(OptimizerKind::Sgd, 0.01),
            max_norm: None,
            batch_size: 32,
            n_members: 1,
            bootstrap: false,
            seed: 0,
        }
    }

    /// The probability that dropout keeps an input (place 0) or a neuron of a hidden layer (1, 2, …).
    pub(super) fn keep_prob(&self, place: usize) -> f64 {
        if place == 0 { self.keep_prob_input } else { self.layers[place - 1].keep_prob }
    }

    /// The layers, with the places of their parameters.
    ///
    /// # Errors
    /// Where a layer cannot take the outputs of the one before, or the network would not fit.
    pub(super) fn build(&self) -> Result<Vec<Layer>> {
        let size = self.input.numbers();
        if !(1.0..=MAX_ROW as f64).contains(&size) {
            let sentence = format!("input is {}: must be 1 to {MAX_ROW} numbers", self.input);
            return Err(Error::invalid(sentence));
        }
        let mut layers: Vec<Layer> = Vec::new();
        for (i, layer) in self.layers.iter().enumerate() {
            let (shape, offset) =
                layers.last().map_or((self.input, 0), |last| (last.shape, last.range.end));
            let layer = Layer::new(layer, shape, offset);
            layers.push(layer.map_err(|error| error.within(&format!("layers[{i}]")))?);
        }
        self.check_classes(&layers)?;
        self.check_pass(&layers, self.batch_size)?;
        Ok(layers)
    }

    /// Between fewer than two classes there is nothing to decide.
    fn check_classes(&self, layers: &[Layer]) -> Result<()> {
        let Some(Layer { shape, .. }) = layers.last() else { return Ok(()) };
        if self.loss != Loss::CrossEntropy || shape.size() >= 2 * shape.answers() {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "layers[{}] gives one output{}: must give two or more with loss = \"cross_entropy\", which \
             decides between classes",
            layers.len() - 1,
            if shape.answers() > 1 { " at every time step" } else { "" },
        )))
    }

    /// Weights and biases of one member.
    ///
    /// # Errors
    /// As [`super::Network::new`].
    pub fn parameter_count(&self) -> Result<usize> {
        Ok(self.build()?.last().map_or(0, |last| last.range.end))
    }

    /// An estimate of the bytes a network of this configuration takes while it trains on batches of
    /// its own size, without its training set.
    ///
    /// # Errors
    /// As [`super::Network::new`].
    pub fn bytes(&self) -> Result<f64> {
        Ok(self.bytes_of(&self.build()?))
    }

    fn bytes_of(&self, layers: &[Layer]) -> f64 {
        self.bytes_with(layers, self.batch_size)
    }

    /// The bytes with passes of so many rows: every member's weights before and after an update, its
    /// optimizer and its masks, and for all of them one list of gradients and one pass.
    fn bytes_with(&self, layers: &[Layer], rows: usize) -> f64 {
        /// Of a member's generators and lists, and of a layer's description and packed columns.
        const BYTES_OF_MEMBER: f64 = 1_200.0;
        const BYTES_OF_LAYER: f64 = 9_000.0;
        let rows = rows.max(1) as f64;
        let parameters = layers.last().map_or(0.0, |last| last.range.end as f64);
        let masks = rows * self.droppable(layers);
        let of_member = (2.0 + self.optimizer.moments() as f64) * parameters + masks;
        let numbers =
            self.n_members as f64 * of_member + parameters + self.numbers_of_pass(layers, rows);
        4.0 * numbers
            + self.n_members as f64 * BYTES_OF_MEMBER
            + layers.len() as f64 * BYTES_OF_LAYER
    }

    /// Numbers of one row that dropout can take away.
    fn droppable(&self, layers: &[Layer]) -> f64 {
        let dropped = layers.iter().enumerate().filter(|&(i, _)| self.keep_prob(i) < 1.0);
        dropped.map(|(_, layer)| layer.inputs as f64).sum()
    }

    /// Numbers that one pass of so many rows keeps and computes in: outputs and their gradients, and
    /// what is left of them after dropout.
    pub(super) fn numbers_of_pass(&self, layers: &[Layer], rows: f64) -> f64 {
        let widths = layers.iter().map(|layer| layer.outputs());
        let width: f64 = widths.chain([self.input.size()]).map(|width| width as f64).sum();
        let workspaces: f64 = layers.iter().map(|layer| layer.workspace_numbers(rows)).sum();
        rows * (2.0 * width + self.droppable(layers)) + workspaces
    }

    /// Refuses training sets that would not fit, with so many rows and numbers: every member has an order
    /// of the rows of its own.
    pub(super) fn check_rows(&self, layers: &[Layer], rows: usize, numbers: usize) -> Result<()> {
        let batch = if self.batch_size == 0 { rows } else { self.batch_size };
        let orders = self.n_members as f64 * rows as f64 * size_of::<usize>() as f64;
        match self.bytes_with(layers, batch) + 4.0 * numbers as f64 + orders {
            bytes if bytes > MAX_BYTES => Err(too_large(bytes)),
            _ => Ok(()),
        }
    }

    /// Refuses passes of so many rows where they would not fit.
    pub(super) fn check_pass(&self, layers: &[Layer], rows: usize) -> Result<()> {
        match self.bytes_with(layers, rows) {
            bytes if bytes > MAX_BYTES => Err(too_large(bytes)),
            _ => Ok(()),
        }
    }
}
