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

/// A row that holds where the page prints all these figures in the section of this lab; none for few
/// seeds, which come to other figures.
///
/// # Panics
/// Where the page has no such section.
pub fn printed(effort: Effort, lab: &str, figures: &[String]) -> Option<Claim> {
    let missing = missing(lab, figures);
    (effort == Effort::Full).then(|| Claim {
        claim: "the page prints these figures".into(),
        criterion: "each of them",
        measured: format!("{}; not printed: {missing:?}", figures.join(", ")),
        holds: missing.is_empty(),
    })
}

/// Those of the figures that the page does not print in the section of this lab: 6.4 % is not in 16.4 %.
///
/// # Panics
/// Where the page has no such section.
pub fn missing<'a>(lab: &str, figures: &'a [String]) -> Vec<&'a String> {
    // There a number and its percent sign stay on one line.
    let page = include_str!("../../www/index.html").replace('\u{a0}', " ");
    let section = page.split(&format!("data-lab=\"{lab}\"")).nth(1);
    let section = section.and_then(|rest| rest.split("</section>").next()).expect(lab);
    let stands = |figure: &String| {
        let number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        section.match_indices(figure.as_str()).any(|(at, _)| !section[..at].ends_with(number))
    };
    figures.iter().filter(|figure| !stands(figure)).collect()
}

/// A mean as a percentage: "16.4 %".
pub fn percent(shares: &[f64]) -> String {
    format!("{:.1} %", 100.0 * mean(shares))
}
