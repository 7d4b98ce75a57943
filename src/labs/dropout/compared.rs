//! The same network trained with several keep probabilities at once.
//!
//! All arms have the same initial weights, the same training set and the same batches, and a neuron
//! kept at one keep probability is kept at every higher one: the arms differ in p alone.

use crate::data::Split;
use crate::error::Result;
use crate::lab::course::Course;
use crate::labs::arms::{Judges, check_weights, loaded, named};
use crate::labs::configs::{layers_like, learning_by};
use crate::nn::{
    Activation, DropoutScaling, LayerConfig, Loss, Network, NetworkConfig, OptimizerKind, TestSet,
};
use crate::param::Settings;

/// The keep probabilities trained beside the chosen one.
const KEEP_PROBS: [f64; 6] = [0.1, 0.2, 0.3, 0.5, 0.7, 1.0];

/// The most weights of all arms together: one scoring of them all must not hold up the page.
const MOST_WEIGHTS: usize = 200_000;

/// One network in training.
pub(super) struct Arm {
    /// The probability that a hidden neuron is kept.
    pub keep_prob: f64,
    /// The network as it learns, and its errors.
    pub course: Course<Network<f32>, Errors>,
    /// The least test error at a recorded step.
    pub best: Best,
}

/// The least test error of an arm, and the step at which it had it.
#[derive(Clone, Copy)]
pub(super) struct Best {
    pub error: f64,
    pub step: u64,
}

/// The arms, by rising keep probability.
pub(super) struct Arms {
    /// The arms.
    pub all: Vec<Arm>,
    /// The number of the arm with the chosen keep probability.
    pub own: usize,
    /// The number of the arm without any dropout. Where inputs are dropped it stands at the end,
    /// behind the one that keeps all hidden neurons.
    pub baseline: usize,
}

/// How an arm does: shares of wrong answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Errors {
    /// On the training set, against its labels, wrong ones too.
    pub train: f64,
    /// On the test set.
    pub test: f64,
}

impl Arms {
    /// The arms of these settings at their first step.
    ///
    /// # Errors
    /// Where they would be too many weights together.
    pub fn new(settings: &Settings, split: &Split, classes: usize) -> Result<Self> {
        let chosen = settings.real("keep_prob");
        let mut keep_probs = if settings.flag("compare") { KEEP_PROBS.to_vec() } else { vec![1.0] };
        if !keep_probs.contains(&chosen) {
            keep_probs.push(chosen);
        }
        keep_probs.sort_by(f64::total_cmp);
        let own = keep_probs.iter().position(|&keep_prob| keep_prob == chosen);
        let input = settings.real("keep_prob_input");
        let mut pairs: Vec<(f64, f64)> = keep_probs.iter().map(|&hidden| (input, hidden)).collect();
        if input < 1.0 {
            pairs.push((1.0, 1.0));
        }
        let widths = (split.train.inputs(), classes);
        let config = |&(input, hidden): &(f64, f64)| config(settings, widths, input, hidden);
        let configs: Vec<NetworkConfig> = pairs.iter().map(config).collect();
        check_weights(&configs, MOST_WEIGHTS, |weights| {
            format!(
                "units = {}: the networks of all keep probabilities would have {weights} weights \
                 together, must be at most {MOST_WEIGHTS} (fewer units or layers would fit, or no \
                 others to compare)",
                settings.whole("units")
            )
        })?;
        let arm = |config| Arm::new(config, split, settings.whole("steps"));
        let all = configs.into_iter().map(arm).collect::<Result<Vec<Arm>>>()?;
        let baseline = all.len() - 1;
        Ok(Arms { all, own: own.expect("the chosen one is among them"), baseline })
    }

    /// The courses of all arms.
    pub fn courses(&mut self) -> impl Iterator<Item = &mut Course<Network<f32>, Errors>> {
        self.all.iter_mut().map(|arm| &mut arm.course)
    }

    /// The number of the arm that differs from the chosen one in this keep probability alone.
    pub fn with(&self, keep_prob: f64) -> Option<usize> {
        self.all[..self.compared()].iter().position(|arm| arm.keep_prob == keep_prob)
    }

    /// How many arms differ from the chosen one in the keep probability of hidden neurons alone:
    /// the first so many.
    pub fn compared(&self) -> usize {
        self.all.iter().take_while(|arm| arm.keep_prob < 1.0).count() + 1
    }
}

impl Arm {
    fn new(config: NetworkConfig, split: &Split, planned: usize) -> Result<Self> {
        let keep_prob = config.layers[0].keep_prob;
        let best = Best { error: f64::INFINITY, step: 0 };
        let course = Course::new(loaded(config, &split.train)?, planned);
        Ok(Arm { keep_prob, course, best })
    }

    /// How it does now.
    pub fn errors(&self, judges: &Judges<f32>) -> Errors {
        *self.course.measure(|network| {
            let error = |set: &TestSet<f32>| set.score(network).error;
            Errors { train: error(&judges.train), test: error(&judges.test) }
        })
    }

    /// Whichever is better: the best recorded test error, or this one now.
    pub fn best_with(&self, test: f64) -> Best {
        if test < self.best.error {
            Best { error: test, step: self.course.steps() }
        } else {
            self.best
        }
    }
}

fn config(
    settings: &Settings,
    (inputs, classes): (usize, usize),
    keep_prob_input: f64,
    keep_prob: f64,
) -> NetworkConfig {
    let dense = LayerConfig::dense(settings.whole("units"), Activation::Relu);
    let hidden = LayerConfig { keep_prob, ..dense };
    let layers = layers_like(hidden, settings, classes);
    NetworkConfig {
        keep_prob_input,
        dropout_scaling: named(settings.choice("scaling"), &DropoutScaling::NAMES),
        ..learning_by(OptimizerKind::Adam, settings, inputs, layers, Loss::CrossEntropy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{DIGIT_CLASSES, digits, split};
    use crate::labs::dropout::DROPOUT;

    fn arms(query: &str) -> Result<Arms> {
        let settings = Settings::from_query(DROPOUT.parameters, query)?;
        Arms::new(&settings, &split(&digits(), 40, 50, 0), DIGIT_CLASSES)
    }

    fn keep_probs(arms: &Arms) -> Vec<f64> {
        arms.all.iter().map(|arm| arm.keep_prob).collect()
    }

    #[test]
    fn the_chosen_keep_probability_is_trained_once_whatever_it_is() {
        let known = arms("keep_prob=0.5").unwrap();
        assert_eq!(keep_probs(&known), KEEP_PROBS);
        assert_eq!((known.own, known.baseline, known.compared()), (3, 5, 6));
        let between = arms("keep_prob=0.4").unwrap();
        assert_eq!(keep_probs(&between), [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0]);
        assert_eq!((between.own, between.baseline, between.compared()), (3, 6, 7));
        let alone = arms("keep_prob=0.4&compare=false").unwrap();
        assert_eq!(keep_probs(&alone), [0.4, 1.0]);
        let none = arms("keep_prob=1&compare=false").unwrap();
        assert_eq!((none.all.len(), none.own, none.baseline), (1, 0, 0));
    }

    #[test]
    fn the_baseline_drops_nothing_not_even_inputs() {
        let arms = arms("keep_prob=1&keep_prob_input=0.8").unwrap();
        assert_eq!((arms.own, arms.baseline, arms.compared()), (5, 6, 6));
        let input = |number: usize| arms.all[number].course.now().config().keep_prob_input;
        assert_eq!((input(arms.own), input(arms.baseline)), (0.8, 1.0));
    }

    #[test]
    fn all_arms_start_from_the_same_weights() {
        let arms = arms("units=8").unwrap();
        let first = arms.all[0].course.now().parameters(0).unwrap();
        assert!(arms.all.iter().all(|arm| arm.course.now().parameters(0).unwrap() == first));
    }

    #[test]
    fn more_weights_than_a_page_can_score_at_once_are_refused() {
        let message = arms("units=256").err().unwrap().to_string();
        assert!(message.starts_with("units = 256: ") && message.contains("must be at most 200000"));
        assert!(arms("units=256&compare=false").is_ok());
        assert!(arms("units=128&keep_prob=0.4").is_ok());
    }
}
