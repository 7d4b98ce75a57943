//! What is learned, and the networks that learn it: one with dropout, and others without it that
//! share nothing.

use crate::data::{self, DIGIT_CLASSES, Split};
use crate::error::{Error, Result};
use crate::nn::{
    Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind,
    ReducedNetworks,
};
use crate::param::Settings;

/// Images all are judged by.
pub(super) const TEST_IMAGES: usize = 697;

/// The most neurons that can be in or out: 4096 smaller networks.
const MOST_DROPPABLE: usize = 12;

/// The whole network, ready to be asked with any of its hidden neurons left out.
pub(super) type Whole = ReducedNetworks<DIGIT_CLASSES>;

/// What is learned.
pub(super) struct Problem {
    /// Images to learn from, and others to be judged by.
    pub split: Split,
    /// What a hidden neuron does to its weighted sum.
    pub activation: Activation,
    /// The probability that dropout keeps a hidden neuron.
    pub keep_prob: f64,
    /// Hidden neurons, all of which can be dropped.
    pub droppable: usize,
}

impl Problem {
    /// The problem of these settings.
    ///
    /// # Errors
    /// Where there would be too many smaller networks to vote.
    pub fn new(settings: &Settings) -> Result<Self> {
        let (units, layers) = (settings.whole("units"), settings.whole("hidden_layers"));
        let droppable = units * layers;
        if droppable > MOST_DROPPABLE {
            return Err(Error::invalid(format!(
                "units = {units}: must be at most {} with hidden_layers = {layers}, since all \
                 2^{droppable} smaller networks vote, which would be too many",
                MOST_DROPPABLE / layers
            )));
        }
        let (n_train, seed) = (settings.whole("n_train"), settings.whole("seed") as u32);
        let mut split = data::split(&data::digits(), n_train, TEST_IMAGES, seed);
        data::mislabel(&mut split.train, settings.real("label_noise"), DIGIT_CLASSES, seed);
        let name = settings.choice("activation");
        let activation = Activation::NAMES.iter().find(|(known, _)| *known == name);
        let activation = activation.expect("every choice of the lab is one of the engine's").1;
        Ok(Problem { split, activation, keep_prob: settings.real("keep_prob"), droppable })
    }

    /// A network of these settings with so many hidden neurons a layer, its training set loaded.
    ///
    /// # Errors
    /// As [`Network::new`].
    pub fn network(
        &self,
        settings: &Settings,
        units: usize,
        keep_prob: f64,
        n_members: usize,
    ) -> Result<Network<f64>> {
        let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(units, self.activation) };
        let mut layers = vec![hidden; settings.whole("hidden_layers")];
        layers.push(LayerConfig::dense(DIGIT_CLASSES, Activation::Linear));
        let train = &self.split.train;
        let rate = settings.real("learning_rate");
        let mut network = Network::new(NetworkConfig {
            optimizer: OptimizerConfig::new(OptimizerKind::Adam, rate),
            batch_size: settings.whole("batch_size"),
            seed: settings.whole("seed") as u32,
            n_members,
            ..NetworkConfig::new(train.inputs(), layers, Loss::CrossEntropy)
        })?;
        network.load(&train.x, &train.y)?;
        Ok(network)
    }
}
