//! Five ways to start and to train one network, from the same seed.
//!
//! All of them are made from the random one: equal rows are copies of its first row of W(1), equal
//! columns copies of its first column of W(2). Training set, batches and masks are the same too, so
//! that two arms differ in what their names say and in nothing else.

use super::first_step::FirstStep;
use crate::data::{DIGIT_CLASSES, DIGIT_SIDE, Examples, Split};
use crate::error::Result;
use crate::lab::course::{Course, Trained};
use crate::lab::memo::Memo;
use crate::labs::arms::{Judges, loaded};
use crate::labs::configs::learning_by;
use crate::nn::{
    Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerKind, Parameter, Stream,
    cosines, effective_rank, max_difference, mean_cosine, normal, stream,
};
use crate::param::Settings;

/// Inputs of the network.
pub(super) const PIXELS: usize = DIGIT_SIDE * DIGIT_SIDE;

/// How an arm starts and what is dropped.
pub(super) struct Kind {
    /// The choice of parameter `arm`.
    pub key: &'static str,
    /// What stands at the end of its lines.
    pub label: &'static str,
    rows_equal: bool,
    columns_equal: bool,
    drop_inputs: bool,
    drop_hidden: bool,
}

const RANDOM: Kind = kind("random", "all random");

/// The arms, in the order of the choices.
const KINDS: [Kind; 5] = [
    kind("tied", "equal, no dropout").rows().columns(),
    kind("tied_input_dropout", "equal, dropout on inputs").rows().columns().inputs(),
    kind("tied_hidden_dropout", "equal, dropout on hidden neurons").rows().columns().hidden(),
    kind("rows_equal", "only rows equal").rows(),
    RANDOM,
];

const fn kind(key: &'static str, label: &'static str) -> Kind {
    let (rows_equal, columns_equal, drop_inputs, drop_hidden) = (false, false, false, false);
    Kind { key, label, rows_equal, columns_equal, drop_inputs, drop_hidden }
}

impl Kind {
    const fn rows(self) -> Self {
        Kind { rows_equal: true, ..self }
    }

    const fn columns(self) -> Self {
        Kind { columns_equal: true, ..self }
    }

    const fn inputs(self) -> Self {
        Kind { drop_inputs: true, ..self }
    }

    const fn hidden(self) -> Self {
        Kind { drop_hidden: true, ..self }
    }

    /// Whether hidden neurons are dropped.
    pub fn drops_hidden(&self) -> bool {
        self.drop_hidden
    }

    /// Whether all hidden neurons are the same at the start.
    pub fn starts_tied(&self) -> bool {
        self.rows_equal && self.columns_equal
    }

    /// The keep probabilities of inputs and of hidden neurons.
    fn keep_probs(&self, settings: &Settings) -> (f64, f64) {
        let kept = |dropped: bool, key: &str| if dropped { settings.real(key) } else { 1.0 };
        (kept(self.drop_inputs, "keep_prob_input"), kept(self.drop_hidden, "keep_prob"))
    }

    /// Makes equal what this arm has equal of the parameters of the random network.
    fn tie(&self, parameters: &mut [Parameter], perturbation: &[f64]) {
        if self.rows_equal {
            let w1 = &mut parameters[0].values;
            let first = w1[..PIXELS].to_vec();
            w1.chunks_exact_mut(PIXELS).for_each(|row| row.copy_from_slice(&first));
            w1.iter_mut().zip(perturbation).for_each(|(w, shift)| *w += shift);
        }
        if self.columns_equal {
            let units = parameters[2].shape[1];
            let rows = parameters[2].values.chunks_exact_mut(units);
            rows.for_each(|row| row.fill(row[0]));
        }
    }
}

/// How one network stands.
pub(super) struct Measures {
    /// The largest difference between two rows of W(1).
    pub difference: f64,
    /// Between its rows of W(1).
    pub cosines: Vec<f64>,
    /// Their mean off the diagonal.
    pub mean_cosine: f64,
    /// The directions its rows of W(1) take.
    pub effective_rank: f64,
    /// The share of test images it gets wrong.
    pub test_error: f64,
}

/// One network in training.
pub(super) struct Arm {
    /// How it started and what is dropped.
    pub kind: &'static Kind,
    /// The network as it learns.
    pub course: Course<Tied, Measures>,
    first_step: Memo<FirstStep>,
}

/// A network, and how far apart its hidden neurons have been.
#[derive(Clone)]
pub(super) struct Tied {
    /// The network, in 64 bits.
    pub network: Network<f64>,
    /// The largest difference between two rows of W(1) now.
    pub difference: f64,
    /// The same after the first step; not a number before it.
    pub first: f64,
    /// The largest it has been at any step.
    pub most: f64,
}

impl Tied {
    fn new(network: Network<f64>) -> Self {
        let mut start = Tied { network, difference: 0.0, first: f64::NAN, most: 0.0 };
        start.difference = max_difference(start.rows(), PIXELS);
        Tied { most: start.difference, ..start }
    }

    /// W(1), row by row.
    pub fn rows(&self) -> &[f64] {
        self.network.weights(0, "w1").expect("there is a first layer").values
    }

    fn measures(&self, judges: &Judges<f64>) -> Measures {
        let rows = self.rows();
        let cosines = cosines(rows, PIXELS);
        Measures {
            difference: self.difference,
            mean_cosine: mean_cosine(&cosines, rows.len() / PIXELS),
            effective_rank: effective_rank(rows, PIXELS),
            test_error: judges.test.score(&self.network).error,
            cosines,
        }
    }
}

impl Trained for Tied {
    fn step(&mut self) -> Result<()> {
        self.network.step(1)?;
        self.difference = max_difference(self.rows(), PIXELS);
        self.most = self.most.max(self.difference);
        if self.network.steps() == 1 {
            self.first = self.difference;
        }
        Ok(())
    }

    fn learns_like(&self, other: &Self) -> bool {
        self.network.learns_like(&other.network)
    }

    fn bytes(&self) -> usize {
        self.network.bytes()
    }
}

impl Arm {
    /// Every arm at its first step, in the order of the choices.
    ///
    /// # Errors
    /// None with settings within their ranges.
    pub fn all(settings: &Settings, split: &Split) -> Result<Vec<Arm>> {
        let random = Network::<f64>::new(config(settings, &RANDOM))?.parameters(0)?;
        let rng = &mut stream(settings.seed(), Stream::Init, 1);
        let size = settings.real("perturbation");
        let shifts: Vec<f64> = random[0].values.iter().map(|_| size * normal(rng)).collect();
        let arm = |kind: &'static Kind| {
            let mut parameters = random.clone();
            kind.tie(&mut parameters, &shifts);
            let mut network = loaded(config(settings, kind), &split.train)?;
            network.set_parameters(&parameters, 0)?;
            let course = Course::new(Tied::new(network), settings.whole("steps"));
            Ok(Arm { kind, course, first_step: Memo::default() })
        };
        KINDS.iter().map(arm).collect()
    }

    /// Takes over the live settings.
    pub fn set(&mut self, settings: &Settings) {
        let (input, hidden) = self.kind.keep_probs(settings);
        self.first_step.forget();
        self.course.change(|tied| {
            tied.network.set_keep_probs(input, hidden);
            tied.network.set_learning_rate(settings.real("learning_rate"));
        });
    }

    /// Its first step, image by image.
    pub fn first_step(&self, train: &Examples) -> &FirstStep {
        self.first_step.get(|| FirstStep::of(&self.course.start().network, train))
    }

    /// How it stands now.
    pub fn measures(&self, judges: &Judges<f64>) -> &Measures {
        self.course.measure(|tied| tied.measures(judges))
    }

    /// W(1), row by row.
    pub fn rows(&self) -> &[f64] {
        self.course.now().rows()
    }

    /// h(1) for every image (images x neurons).
    pub fn hidden(&self, images: &[f64]) -> Vec<f64> {
        self.course.now().network.hidden(0, 1, images).expect("the lab's own images")
    }
}

fn config(settings: &Settings, kind: &Kind) -> NetworkConfig {
    let (keep_prob_input, keep_prob) = kind.keep_probs(settings);
    let dense = LayerConfig::dense(settings.whole("units"), Activation::Tanh);
    let hidden = LayerConfig { keep_prob, ..dense };
    let layers = vec![hidden, LayerConfig::dense(DIGIT_CLASSES, Activation::Linear)];
    NetworkConfig {
        keep_prob_input,
        ..learning_by(OptimizerKind::Sgd, settings, PIXELS, layers, Loss::CrossEntropy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{digits, split};
    use crate::labs::symmetry_breaking::SYMMETRY_BREAKING;

    fn arms(query: &str) -> Vec<Arm> {
        let settings = Settings::from_query(SYMMETRY_BREAKING.parameters, query).unwrap();
        Arm::all(&settings, &split(&digits(), 100, 20, 0)).unwrap()
    }

    #[test]
    fn arms_differ_in_what_they_are_named_for_alone() {
        let arms = arms("units=5");
        let of = |arm: usize| arms[arm].course.now().network.parameters(0).unwrap();
        assert_eq!(of(0), of(1));
        assert_eq!(of(0), of(2));
        assert_eq!(of(0)[0], of(3)[0], "the same equal rows");
        assert_eq!(of(3)[2], of(4)[2], "the same random next layer");
        assert_eq!(
            of(0)[0].values[..64],
            of(4)[0].values[..64],
            "the first row is the random one's"
        );
        let columns = |arm: usize| of(arm)[2].values.chunks_exact(5).all(|row| row == [row[0]; 5]);
        assert!(columns(0) && !columns(3));
        let zero = arms.iter().map(|arm| arm.course.now().difference == 0.0).collect::<Vec<_>>();
        assert_eq!(zero, [true, true, true, true, false]);
    }

    #[test]
    fn a_perturbation_moves_equal_rows_and_nothing_else() {
        let (plain, moved) = (arms("units=5"), arms("units=5&perturbation=0.001"));
        let of = |arms: &[Arm], arm: usize| arms[arm].course.now().network.parameters(0).unwrap();
        assert!((0..4).all(|arm| moved[arm].course.now().difference > 0.0
            && moved[arm].course.now().difference < 0.02));
        assert!((0..4).all(|arm| of(&plain, arm)[2] == of(&moved, arm)[2]));
        assert_eq!(of(&plain, 4), of(&moved, 4));
    }

    #[test]
    fn hidden_outputs_are_what_the_network_computes() {
        let arms = arms("units=6");
        let image = digits().row(7).to_vec();
        let (h, network) = (arms[4].hidden(&image), &arms[4].course.now().network);
        let parameters = network.parameters(0).unwrap();
        let z: Vec<f64> = parameters[2]
            .values
            .chunks_exact(6)
            .map(|row| row.iter().zip(&h).map(|(w, h)| w * h).sum())
            .collect();
        let sum: f64 = z.iter().map(|z| z.exp()).sum();
        let y_hat = network.predict(&image).unwrap();
        assert!(z.iter().zip(y_hat).all(|(z, y_hat)| (z.exp() / sum - y_hat).abs() < 1e-12));
    }
}
