//! The members of an ensemble, and what makes them differ.

use super::problem::Problem;
use crate::error::Result;
use crate::lab::course::Course;
use crate::labs::arms::check_weights;
use crate::labs::configs::learning_by;
use crate::nn::{
    Activation, Init, LayerConfig, Network, NetworkConfig, OptimizerKind, Stream, TestSet,
    check_rows, shuffle, stream, uniform,
};
use crate::param::Settings;

/// One network, and the inputs it sees.
pub(super) struct Member {
    /// The network as it learns, with what it says of the test set.
    pub course: Course<Network<f32>, Vec<f64>>,
    /// The test set as it sees it.
    test: TestSet<f32>,
    /// The numbers of its inputs among all of them, in order.
    columns: Vec<usize>,
    /// How many there are in all.
    inputs: usize,
}

/// The most weights of all members together: where no worker starts, one scoring of them all must
/// not hold up the page.
const MOST_WEIGHTS: usize = 40_000;

/// The networks of these settings, each with its training set.
///
/// # Errors
/// Where they would be too many weights together.
pub(super) fn build(settings: &Settings, problem: &Problem) -> Result<Vec<Member>> {
    let n_members = settings.whole("n_members");
    let plan = |number: usize| {
        let columns = columns(settings, problem.train(number).inputs(), number);
        (config(settings, problem, columns.len(), number), columns)
    };
    let plans: Vec<(NetworkConfig, Vec<usize>)> = (0..n_members).map(plan).collect();
    check_weights(plans.iter().map(|(config, _)| config), MOST_WEIGHTS, |weights| {
        format!(
            "n_members = {n_members}: members of this size would have {weights} weights together, \
             must be at most {MOST_WEIGHTS} (fewer members or units would fit)"
        )
    })?;
    let numbered = plans.into_iter().enumerate();
    let member =
        |(number, (config, columns))| Member::new(settings, problem, config, columns, number);
    numbered.map(member).collect()
}

/// The numbers of the inputs a member sees.
fn columns(settings: &Settings, inputs: usize, number: usize) -> Vec<usize> {
    match settings.choice("diversity") {
        "features" => some_columns(inputs, settings.seed(), number),
        _ => (0..inputs).collect(),
    }
}

/// The network of a member that sees so many inputs.
fn config(settings: &Settings, problem: &Problem, inputs: usize, number: usize) -> NetworkConfig {
    let (diversity, seed) = (settings.choice("diversity"), settings.seed());
    let mut layers = match diversity {
        "architecture" => architecture(settings.whole("units"), number),
        _ => vec![hidden(settings.whole("units"), Activation::Tanh)],
    };
    if diversity == "dropout" {
        layers[0].keep_prob = settings.real("keep_prob");
    }
    layers.push(LayerConfig::dense(problem.outputs, Activation::Linear));
    NetworkConfig {
        bootstrap: diversity == "bootstrap",
        seed: if diversity == "identical" { seed } else { member_seed(seed, number) },
        ..learning_by(OptimizerKind::Adam, settings, inputs, layers, problem.loss)
    }
}

impl Member {
    fn new(
        settings: &Settings,
        problem: &Problem,
        config: NetworkConfig,
        columns: Vec<usize>,
        number: usize,
    ) -> Result<Self> {
        let train = problem.train(number);
        let inputs = train.inputs();
        let mut network = Network::new(config)?;
        network.load(&seen(&columns, inputs, &train.x), &train.y)?;
        let test =
            TestSet::new(&network, &seen(&columns, inputs, &problem.test.x), &problem.test.y)?;
        let course = Course::new(network, settings.whole("steps"));
        Ok(Member { course, test, columns, inputs })
    }

    /// What it says of the test set now; probabilities for classes.
    pub fn predictions(&self) -> &[f64] {
        self.course.measure(|network| self.test.predictions(network))
    }

    /// What it says of rows of all inputs; probabilities for classes.
    ///
    /// # Errors
    /// Where `x` is no whole number of rows or not finite.
    pub fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        check_rows("x", x, self.inputs)?;
        self.course.now().predict(&seen(&self.columns, self.inputs, x))
    }
}

/// Some columns of rows of inputs.
fn seen(columns: &[usize], inputs: usize, x: &[f64]) -> Vec<f64> {
    if columns.len() == inputs {
        return x.to_vec();
    }
    let rows = x.chunks_exact(inputs);
    rows.flat_map(|row| columns.iter().map(|&column| row[column])).collect()
}

/// A hidden layer whose weights start large, so that networks start far apart.
fn hidden(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig { init: Init::He, ..LayerConfig::dense(units, activation) }
}

/// The seed of a member: the first has the run's own, so that it is the network that stands alone.
fn member_seed(seed: u32, number: usize) -> u32 {
    if number == 0 {
        return seed;
    }
    (uniform(&mut stream(seed, Stream::Init, number as u32)) * 4_294_967_296.0) as u32
}

/// The inputs a member sees: half of them, of many three in eight; a random choice of its own.
fn some_columns(inputs: usize, seed: u32, number: usize) -> Vec<usize> {
    let count = if inputs > 20 { 3 * inputs / 8 } else { inputs.div_ceil(2) };
    let mut columns: Vec<usize> = (0..inputs).collect();
    shuffle(&mut stream(seed, Stream::Mask(0), number as u32), &mut columns);
    columns.truncate(count);
    columns.sort_unstable();
    columns
}

/// The hidden layers of a member of a mix: none (linear), a quarter of the units, all of them, all
/// with relu, and two layers of half of them, in turn.
fn architecture(units: usize, number: usize) -> Vec<LayerConfig> {
    let dense = |share: usize, activation| hidden((units / share).max(1), activation);
    match number % 5 {
        0 => Vec::new(),
        1 => vec![dense(4, Activation::Tanh)],
        2 => vec![dense(1, Activation::Tanh)],
        3 => vec![dense(1, Activation::Relu)],
        _ => vec![dense(2, Activation::Tanh), dense(2, Activation::Tanh)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_have_seeds_of_their_own_and_the_first_has_the_runs() {
        let seeds: Vec<u32> = (0..30).map(|number| member_seed(7, number)).collect();
        assert_eq!(seeds[0], 7);
        assert!((0..30).all(|i| !seeds[..i].contains(&seeds[i])));
    }

    #[test]
    fn a_member_sees_half_of_the_inputs_or_24_pixels() {
        for (inputs, count) in [(3, 2), (10, 5), (64, 24)] {
            let columns = some_columns(inputs, 1, 4);
            assert_eq!(columns.len(), count);
            assert!(
                columns.windows(2).all(|pair| pair[0] < pair[1]) && columns[count - 1] < inputs
            );
        }
        assert_ne!(some_columns(64, 1, 4), some_columns(64, 1, 5));
    }
}
