//! "Ensembles": the formula alone, on errors that are drawn with chosen v, c and n.
//!
//! E\[((y_hat_1 + … + y_hat_n)/n - y)^2\] = v/n + (n-1)/n c, where v = E\[e_i^2\] and c = E\[e_i e_j\].
//! c = 0 divides the error by n; c = v gains nothing. c cannot be below -v/(n-1): the left side is
//! the mean of a square.

use super::{MOST_MEMBERS, expected};
use crate::error::{Error, Result};
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::nn::{LaneRng, Stream};
use crate::param::{Mark, ParamSpec, Place, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_members", 10, 1, MOST_MEMBERS, 1)
        .label("Ensemble size")
        .symbol("n")
        .help("predictors whose answers are averaged"),
    ParamSpec::real("covariance", 0.0, -1.0, 2.0, 0.05)
        .label("Covariance")
        .symbol("c")
        .help("how far two predictors err alike: from −v/(n−1) to v, on average over the examples")
        .marks(&[
            Mark { label: "c = 0", at: Place::Number(0.0) },
            Mark { label: "c = v", at: Place::Parameter("variance") },
        ]),
    ParamSpec::real("variance", 1.0, 0.1, 2.0, 0.05)
        .label("Variance")
        .symbol("v")
        .help("the squared error of a single predictor, on average over the examples"),
    ParamSpec::integer("samples", 20_000, 100, 100_000, 100)
        .label("Examples")
        .help("examples whose errors are drawn, in equal shares over the steps"),
    ParamSpec::integer("steps", 200, 1, 10_000, 1)
        .label("Steps")
        .help("shares the examples are drawn in, until the run's planned end"),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("predicted", "Formula", "v/n + (n−1)/n · c"),
    MetricSpec::new("measured", "Measured", "mean square of the average of the n drawn errors"),
    MetricSpec::new("measured_se", "Standard error", "of the measured mean square"),
    MetricSpec::new("deviation", "Deviation", "measured less formula, in standard errors"),
    MetricSpec::new("share", "Part of a single error", "formula over v: 1/n at c = 0, 1 at c = v")
        .unit("fraction"),
    MetricSpec::new("measured_variance", "Measured variance", "mean square of the drawn errors")
        .symbol("v"),
    MetricSpec::new("measured_covariance", "Measured covariance", "mean product of two of them")
        .symbol("c"),
    MetricSpec::new(
        "least_covariance",
        "Least covariance",
        "−v/(n−1): the average is always right",
    ),
    MetricSpec::new("products_sum", "Sum of all n² mean products", "measured: n² times the error"),
    MetricSpec::new("diagonal_sum", "Sum of the diagonal", "n v"),
    MetricSpec::new("off_diagonal_sum", "Sum off the diagonal", "n (n−1) c"),
    MetricSpec::new("variance_term", "First term", "v/n"),
    MetricSpec::new("covariance_term", "Second term", "(n−1)/n · c"),
];

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "sizes",
        title: "Error against ensemble size",
        description: "The formula from 1 to 30 predictors, and the first 1, 2, 3, … of the n drawn.",
    },
    FigureSpec {
        key: "matrix",
        title: "The slide’s n × n matrix",
        description: "The covariances of the n errors: v on the diagonal and c off it.",
    },
    FigureSpec {
        key: "drawn",
        title: "The same, measured",
        description: "The mean products of the errors drawn so far: near v and c, never exactly.",
    },
    FigureSpec {
        key: "course",
        title: "Measured and formula",
        description: "The measured error as examples are drawn, within two standard errors.",
    },
];

/// The catalogue's entry.
pub const ENSEMBLE_FORMULA: LabSpec = LabSpec {
    id: "ensemble_formula",
    title: "Ensembles: the formula",
    slide: "Ensembles",
    claim: "Averaging n predictors divides their squared error by n, if their errors are uncorrelated.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Formula::new(settings)?)),
};

/// The most errors one step may draw: where no worker starts, more would hold up the page.
const MOST_ERRORS: usize = 500_000;

/// The lab at one step.
pub(super) struct Formula {
    pub n: usize,
    pub variance: f64,
    pub covariance: f64,
    samples: usize,
    planned: usize,
    errors: LaneRng,
    pub steps: u64,
    /// Examples drawn so far.
    pub drawn: usize,
    /// For the average of the first 1, 2, … of the errors: the sums of its square and of its fourth
    /// power.
    squares: Vec<(f64, f64)>,
    /// The sums of the products of two errors (n x n).
    products: Vec<f64>,
    pub curves: Curves,
}

impl Formula {
    fn new(settings: &Settings) -> Result<Self> {
        let (n, samples) = (settings.whole("n_members"), settings.whole("samples"));
        let (variance, covariance) = (settings.real("variance"), settings.real("covariance"));
        let planned = settings.whole("steps");
        check_covariance(variance, covariance, n)?;
        check_share(samples, n, planned)?;
        Ok(Formula {
            n,
            variance,
            covariance,
            samples,
            planned,
            errors: LaneRng::new(settings.whole("seed") as u32, Stream::Noise, 0),
            steps: 0,
            drawn: 0,
            squares: vec![(0.0, 0.0); n],
            products: vec![0.0; n * n],
            curves: Curves::new(3, planned),
        })
    }

    /// Examples at the planned end.
    pub fn planned_samples(&self) -> f64 {
        self.samples as f64
    }

    /// v/n + (n-1)/n c.
    pub fn predicted(&self) -> f64 {
        expected(self.variance, self.covariance, self.n as f64)
    }

    /// The mean square of the average of the first `size` errors, and its standard error.
    pub fn measured(&self, size: usize) -> (f64, f64) {
        let drawn = self.drawn as f64;
        let (square, fourth) = self.squares[size - 1];
        let mean = square / drawn;
        (mean, ((fourth / drawn - mean * mean).max(0.0) / drawn).sqrt())
    }

    /// The mean products of two errors (n x n).
    pub fn moments(&self) -> Vec<f64> {
        self.products.iter().map(|sum| sum / self.drawn as f64).collect()
    }

    /// The means of the measured products on the diagonal and off it.
    pub fn measured_moments(&self) -> (f64, f64) {
        let (moments, n) = (self.moments(), self.n);
        let on: f64 = (0..n).map(|i| moments[i * n + i]).sum();
        let all: f64 = moments.iter().sum();
        let off = if n > 1 { (all - on) / (n * (n - 1)) as f64 } else { f64::NAN };
        (on / n as f64, off)
    }

    /// Turns independent normal numbers into errors with variance v and covariance c: their mean
    /// gets variance v/n + (n-1)/n c, and what each is away from it shares out v - c.
    fn correlate(&self, errors: &mut [f64]) {
        let n = errors.len() as f64;
        let mean = errors.iter().sum::<f64>() / n;
        let together = (n * self.predicted()).max(0.0).sqrt();
        let apart = (self.variance - self.covariance).max(0.0).sqrt();
        errors.iter_mut().for_each(|error| *error = together * mean + apart * (*error - mean));
    }

    fn add(&mut self, errors: &[f64]) {
        let mut sum = 0.0;
        for (i, (error, (square, fourth))) in errors.iter().zip(&mut self.squares).enumerate() {
            sum += error;
            let average = sum / (i + 1) as f64;
            *square += average * average;
            *fourth += average * average * average * average;
        }
        for (row, &error) in self.products.chunks_exact_mut(self.n).zip(errors) {
            row.iter_mut().zip(errors).for_each(|(sum, other)| *sum += error * other);
        }
        self.drawn += 1;
    }

    /// How many examples the next step draws: equal shares, rounded so that they add up.
    fn share(&self) -> usize {
        let step = self.steps as usize;
        if step >= self.planned {
            return (self.samples / self.planned).max(1);
        }
        self.samples * (step + 1) / self.planned - self.samples * step / self.planned
    }
}

/// Refuses covariances that no n errors can have.
fn check_covariance(variance: f64, covariance: f64, n: usize) -> Result<()> {
    let least = least_covariance(variance, n);
    // A limit that was written down with fewer digits is still the limit.
    let slack = 1e-9 * variance;
    if covariance < least - slack {
        return Err(Error::invalid(format!(
            "covariance = {covariance}: must be at least -variance/(n_members - 1) = {least:.4}, \
             since the average's squared error, v/n + (n-1)/n c, cannot be below 0"
        )));
    }
    if covariance > variance + slack {
        return Err(Error::invalid(format!(
            "covariance = {covariance}: must be at most variance = {variance}, since no two errors \
             are more alike than each is to itself"
        )));
    }
    Ok(())
}

/// -v/(n-1); one error alone has no covariance, and the limit is -v.
fn least_covariance(variance: f64, n: usize) -> f64 {
    -variance / (n.max(2) - 1) as f64
}

fn check_share(samples: usize, n: usize, planned: usize) -> Result<()> {
    let least = (samples * n).div_ceil(MOST_ERRORS);
    if planned >= least {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "steps = {planned}: must be at least {least} for {samples} examples of {n} errors, so that \
         one step stays short"
    )))
}

impl AnyLab for Formula {
    /// Draws the errors of the next share of the examples.
    fn step(&mut self) -> Result<()> {
        let count = self.share();
        let mut drawn = vec![0.0; count * self.n];
        self.errors.normals(count * self.n, |start, block| {
            let to = &mut drawn[start..][..block.len()];
            to.iter_mut().zip(block).for_each(|(error, &normal)| *error = f64::from(normal));
        });
        for errors in drawn.chunks_exact_mut(self.n) {
            self.correlate(errors);
            self.add(errors);
        }
        self.steps += 1;
        if self.drawn > 0 && self.curves.due(self.steps) {
            let (measured, error) = self.measured(self.n);
            self.curves.record(
                self.drawn as u64,
                &[measured, measured - 2.0 * error, measured + 2.0 * error],
            );
        }
        Ok(())
    }

    fn set(&mut self, _: &Settings) {}

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        let rows = x.chunks_exact(self.n);
        if x.is_empty() || !rows.remainder().is_empty() || !x.iter().all(|e| e.is_finite()) {
            let n = self.n;
            return Err(Error::invalid(format!("x: must be rows of {n} finite predictions")));
        }
        Ok(rows.map(|row| row.iter().sum::<f64>() / self.n as f64).collect())
    }

    fn metrics(&self) -> Vec<f64> {
        let (n, v, c) = (self.n as f64, self.variance, self.covariance);
        let (measured, se) = self.measured(self.n);
        let (measured_variance, measured_covariance) = self.measured_moments();
        // Without spread (c = -v/(n-1)) there is nothing to measure a deviation in.
        let spread = se > 1e-12 * v;
        let deviation = if spread { (measured - self.predicted()) / se } else { f64::NAN };
        vec![
            self.predicted(),
            measured,
            se,
            deviation,
            self.predicted() / v,
            measured_variance,
            measured_covariance,
            least_covariance(v, self.n),
            self.moments().iter().sum(),
            n * v,
            n * (n - 1.0) * c,
            v / n,
            (n - 1.0) / n * c,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "sizes" => self.sizes_figure(),
            "matrix" => self.matrix_figure(),
            "drawn" => self.drawn_figure(),
            _ => self.course_figure(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Run;
    use crate::value::Value;

    fn run(query: &str) -> Result<Run> {
        let settings = Settings::from_query(PARAMETERS, query)?;
        let mut run = Run::new(&ENSEMBLE_FORMULA, settings)?;
        run.step(run.progress().of)?;
        Ok(run)
    }

    fn metric(run: &Run, key: &str) -> f64 {
        run.metrics().into_iter().find(|(known, _)| *known == key).unwrap().1
    }

    #[test]
    fn errors_of_two_by_hand() {
        // Normal numbers 1 and 0, v = 1 and c = 0.28: together sqrt 1.28, apart sqrt 0.72.
        let settings = Settings::from_query(PARAMETERS, "n_members=2&covariance=0.28").unwrap();
        let lab = Formula::new(&settings).unwrap();
        let mut errors = [1.0, 0.0];
        lab.correlate(&mut errors);
        let want = [1.28_f64.sqrt() + 0.72_f64.sqrt(), 1.28_f64.sqrt() - 0.72_f64.sqrt()];
        assert!(errors.iter().zip(want).all(|(error, want)| (error - want / 2.0).abs() < 1e-15));
    }

    #[test]
    fn at_the_least_covariance_the_average_is_always_right() {
        let run = run("n_members=5&covariance=-0.25").unwrap();
        assert!(metric(&run, "measured") < 1e-30);
        assert!((metric(&run, "measured_variance") - 1.0).abs() < 0.05);
    }

    #[test]
    fn equal_errors_gain_nothing_however_many() {
        let run = run("n_members=30&covariance=1").unwrap();
        let (measured, variance) = (metric(&run, "measured"), metric(&run, "measured_variance"));
        assert!((measured - variance).abs() < 1e-12);
    }

    #[test]
    fn covariances_that_cannot_be_are_refused_with_the_reason() {
        let message = run("covariance=-0.2").err().unwrap().to_string();
        let says = "covariance = -0.2: must be at least -variance/(n_members - 1) = -0.1111";
        assert!(message.starts_with(says), "{message}");
        let message = run("covariance=1.5").err().unwrap().to_string();
        assert!(message.starts_with("covariance = 1.5: must be at most variance = 1"), "{message}");
        let mut run = run("covariance=-0.1").unwrap();
        let before = run.settings().clone();
        assert!(run.set("n_members", &Value::Number(20.0)).is_err());
        assert_eq!(run.settings(), &before);
    }

    #[test]
    fn the_shares_of_the_steps_add_up_to_the_examples() {
        let settings = Settings::from_query(PARAMETERS, "samples=1000&steps=7").unwrap();
        let mut lab = Formula::new(&settings).unwrap();
        (0..7).for_each(|_| lab.step().unwrap());
        assert_eq!(lab.drawn, 1000);
        assert!(run("samples=100000&n_members=30&steps=5").is_err(), "a step would be long");
    }
}
