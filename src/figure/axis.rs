//! The axes of a chart.

use serde::{Deserialize, Serialize};

/// One axis of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// What is measured, in words: "step".
    pub label: String,
    /// How its numbers are written.
    pub unit: Unit,
    /// Linear or logarithmic.
    pub scale: Scale,
    /// Where the axis starts. Data outside is cut at the frame.
    pub min: f64,
    /// Where it ends.
    pub max: f64,
    /// The names of the places 1, 2, …, which are no numbers: "age", "bmi". Empty on other axes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Of a horizontal axis of numbers: those that are written along it, as far as there is room; where there are
    /// none, round ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<f64>,
    /// Of a horizontal axis: whether a unit is as long on it as on the vertical one, so that circles are
    /// round. The axis with room to spare then goes on further, and names stand beside ends of lines.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub equal: bool,
}

/// How the numbers of an axis or a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A plain number.
    Plain,
    /// A fraction written as a percentage: 0.2 as "20 %".
    Percent,
}

/// Linear or logarithmic.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Equal differences are equally far apart.
    Linear,
    /// Equal ratios are equally far apart; the range is above 0.
    Log,
}

impl Axis {
    /// An axis of plain numbers on which equal differences are equally far apart.
    pub fn linear(label: impl Into<String>, min: f64, max: f64) -> Self {
        let (label, unit, scale) = (label.into(), Unit::Plain, Scale::Linear);
        Axis { label, unit, scale, min, max, names: Vec::new(), marks: Vec::new(), equal: false }
    }

    /// An axis of named places, one beside the other.
    pub fn named(label: impl Into<String>, names: Vec<String>) -> Self {
        let end = names.len() as f64 + 0.5;
        Axis { names, ..Axis::linear(label, 0.5, end) }
    }

    /// The name of a place; none between places and on an axis of numbers.
    pub fn name_of(&self, place: f64) -> Option<&str> {
        let whole = place.fract() == 0.0 && place >= 1.0;
        self.names.get(whole.then(|| place as usize - 1)?).map(String::as_str)
    }

    /// An axis of plain numbers on which equal ratios are equally far apart.
    pub fn log(label: impl Into<String>, min: f64, max: f64) -> Self {
        Axis { scale: Scale::Log, ..Axis::linear(label, min, max) }
    }

    /// The same axis with these numbers written along it.
    pub fn marked(self, marks: Vec<f64>) -> Self {
        Axis { marks, ..self }
    }

    /// The same axis with units as long as those of the other axis.
    pub fn equal(self) -> Self {
        Axis { equal: true, ..self }
    }

    /// The same axis with its numbers written as percentages.
    pub fn percent(self) -> Self {
        Axis { unit: Unit::Percent, ..self }
    }
}

/// The next of a few round numbers times a power of ten: where an axis ends that is to move rarely.
pub fn round_up(value: f64) -> f64 {
    let mut unit = 1e-6;
    while 10.0 * unit < value && unit < 1e12 {
        unit *= 10.0;
    }
    let tops = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0];
    let top = tops.into_iter().find(|top| top * unit >= value);
    top.unwrap_or(10.0) * unit
}

/// Where an axis ends that stays at its usual end, so that it does not move while training runs or
/// while one drags: beyond it, by doubling, only where a value would not be seen.
pub fn doubled(usual: f64, value: f64) -> f64 {
    let mut top = usual;
    while top < value && top < 1e12 {
        top *= 2.0;
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, top) in [(0.31, 0.5), (1.1, 1.5), (0.08, 0.1), (37.0, 50.0), (0.0, 1e-6)] {
            assert!((round_up(value) / top - 1.0).abs() < 1e-9, "{value}: {}", round_up(value));
        }
    }

    #[test]
    fn an_axis_stays_at_its_usual_end_and_doubles() {
        let ends = [0.0, 0.4, 0.41, 1.7, f64::NAN].map(|value| doubled(0.4, value));
        assert_eq!(ends, [0.4, 0.4, 0.8, 3.2, 0.4]);
        assert!(doubled(1.0, f64::INFINITY).is_finite());
    }
}
