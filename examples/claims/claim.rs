//! A row of the table: what the lecture claims, what was asked of it, and what came out.

use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use regularization_playground::sweep::run_cell;

/// A lab's id and what measures its claims.
pub type Rows = (&'static str, fn(Effort) -> Vec<Claim>);

/// How much is spent on the measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effort {
    /// Few seeds: what the tests run.
    Quick,
    /// All of them: what the command runs.
    Full,
}

impl Effort {
    /// The one number or the other.
    pub fn of<T>(self, quick: T, full: T) -> T {
        if self == Effort::Quick { quick } else { full }
    }
}

/// One claim, measured.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What is claimed, in words.
    pub claim: String,
    /// What must come out.
    pub criterion: &'static str,
    /// What came out.
    pub measured: String,
    /// Whether it is what must come out.
    pub holds: bool,
}

/// The metrics of one run to its planned end, in the order of the keys.
///
/// # Panics
/// Where the lab, a key or a setting does not exist, or the run diverges.
pub fn cell<const N: usize>(lab: &str, query: &str, keys: [&str; N]) -> [f64; N] {
    let spec = find(lab).unwrap();
    let settings = Settings::from_query(spec.parameters, query).unwrap();
    let metrics = run_cell(spec, settings, &keys.map(str::to_string)).unwrap();
    keys.map(|wanted| metrics.iter().find(|(key, _)| *key == wanted).unwrap().1)
}
/// The mean.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The root of the mean square.
pub fn rms(values: &[f64]) -> f64 {
    mean(&values.iter().map(|value| value * value).collect::<Vec<f64>>()).sqrt()
}

/// The largest absolute value; NaN where one of them is.
pub fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest: f64, value| {
        if value.is_nan() || value.abs() > largest { value.abs() } else { largest }
    })
}
