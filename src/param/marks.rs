//! Named values of a slider.

use serde::Serialize;

/// A place on a slider.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At a number.
    Number(f64),
    /// Where another parameter stands now.
    Parameter(&'static str),
    /// Where a metric stands now.
    Metric(&'static str),
}

/// A named value of a slider: a case the lecture speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Its name: "c = v".
    pub label: &'static str,
    /// Where it stands.
    pub at: Place,
}
