//! What labs that train several networks side by side have in common.

use crate::data::{Examples, Split};
use crate::error::{Error, Result};
use crate::lab::course::{Course, Trained};
use crate::nn::{Network, NetworkConfig, Real, Score, TestSet, score};

/// A network with its training set, before its first step.
///
/// # Errors
/// What the engine refuses of the configuration.
pub fn loaded<T: Real>(config: NetworkConfig, train: &Examples) -> Result<Network<T>> {
    let mut network = Network::new(config)?;
    network.load(&train.x, &train.y)?;
    Ok(network)
}

impl<T: Real> Trained for Network<T> {
    fn step(&mut self) -> Result<()> {
        Network::step(self, 1).map(drop)
    }

    fn learns_like(&self, other: &Self) -> bool {
        Network::learns_like(self, other)
    }

    fn bytes(&self) -> usize {
        Network::bytes(self)
    }
}

/// The most examples of a training set that a network is judged by: as many as a page can score while it
/// is looked at. Of more, the first.
const MOST_JUDGED: usize = 1100;

/// The two sets a network is judged by.
#[derive(PartialEq)]
pub struct Judges<T> {
    /// What it learns.
    pub train: TestSet<T>,
    /// What it has never seen.
    pub test: TestSet<T>,
}

impl<T: Real> Judges<T> {
    /// The two sets, for networks that take and answer what this one does.
    pub fn new(network: &Network<T>, split: &Split) -> Self {
        let set = |Examples { x, y }: &Examples| {
            TestSet::new(network, x, y).expect("the lab's own examples")
        };
        let train = match split.train.y.len() {
            few if few <= MOST_JUDGED => set(&split.train),
            _ => set(&split.train.first(MOST_JUDGED)),
        };
        Judges { train, test: set(&split.test) }
    }
}

/// The same learning rate for each from here on.
pub fn learn_by<'a, T: Real, M: 'a>(
    courses: impl IntoIterator<Item = &'a mut Course<Network<T>, M>>,
    rate: f64,
) {
    let set = |course: &mut Course<Network<T>, M>| {
        course.change(|network| network.set_learning_rate(rate));
    };
    courses.into_iter().for_each(set);
}

/// One step of each.
///
/// # Errors
/// [`Error::Diverged`].
pub fn step_all<'a, T: Real>(networks: impl IntoIterator<Item = &'a mut Network<T>>) -> Result<()> {
    networks.into_iter().try_for_each(|network| network.step(1).map(drop))
}

/// The same learning rate for each.
pub fn set_learning_rates<'a, T: Real>(
    networks: impl IntoIterator<Item = &'a mut Network<T>>,
    rate: f64,
) {
    networks.into_iter().for_each(|network| network.set_learning_rate(rate));
}

/// How a network does on a set of the lab's own examples: its loss, and its share of wrong answers.
pub fn score_on<T: Real>(network: &Network<T>, set: &Examples) -> Score {
    let y_hat = network.predict(&set.x).expect("the lab's own examples");
    score(network.config().loss, &y_hat, &set.y, network.classes())
}

/// Refuses more than `most` weights in all networks together: where no worker starts, one scoring of
/// them all must not hold up the page. `refusal` says of how many there would be, and of the most,
/// which setting is at fault and what would fit.
///
/// # Errors
/// That sentence.
pub fn check_weights<'a>(
    configs: impl IntoIterator<Item = &'a NetworkConfig>,
    most: usize,
    refusal: impl FnOnce(usize) -> String,
) -> Result<()> {
    let counts = configs.into_iter().map(|config| Ok(config.parameter_count()? * config.n_members));
    let weights = counts.sum::<Result<usize>>()?;
    if weights <= most { Ok(()) } else { Err(Error::invalid(refusal(weights))) }
}

/// What the engine has under the name of a lab's choice.
///
/// # Panics
/// Where it has nothing: a mistake in the lab, not in its input.
pub fn named<T: Copy>(name: &str, names: &[(&str, T)]) -> T {
    let found = names.iter().find(|(known, _)| *known == name);
    found.map(|(_, item)| *item).expect("every choice of the lab has a name in the engine")
}
