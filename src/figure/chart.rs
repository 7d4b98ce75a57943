//! Charts: series on two axes, and what a series stands for.

use super::axis::Axis;
use serde::{Deserialize, Serialize};

/// Lines, points, bands or bars on two axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// A map of values drawn under the series, filling the axes' whole range.
    pub map: Option<Map>,
    /// What is drawn, first to last.
    pub series: Vec<Series>,
    /// Moments on the horizontal axis worth a mark.
    pub events: Vec<Event>,
}

/// A grid of values that fills a chart: `values[row * columns + column]`, row 0 at the axis' min.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// Cells along the horizontal axis.
    pub columns: usize,
    /// Cells along the vertical axis.
    pub rows: usize,
    /// What the values are, in words.
    pub label: String,
    /// The value drawn in full orange; the middle between `low` and `high` is the neutral colour.
    pub low: f64,
    /// The value drawn in full blue.
    pub high: f64,
    /// One value a cell.
    pub values: Vec<f64>,
}

/// One line, cloud of points, band or set of bars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What it is called, in tables and where its values are read off.
    pub name: String,
    /// What stands at the end of its line, where that is not its name; nothing where it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it stands for; decides the colour.
    pub role: Role,
    /// Which run it belongs to; decides solid or dashed.
    pub run: LineStyle,
    /// How it is drawn.
    pub mark: Mark,
    /// Horizontal positions.
    pub x: Vec<f64>,
    /// Vertical positions; as many as `x`. A point that is not finite breaks the line.
    pub y: Vec<f64>,
    /// Lower ends of a band or of error bars; empty, or as many as `x`.
    pub low: Vec<f64>,
    /// Upper ends of a band or of error bars; empty, or as many as `x`.
    pub high: Vec<f64>,
    /// Whether it is of an earlier run, and steps back behind the present one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub faint: bool,
}

impl Series {
    /// A solid line without a band.
    pub fn line(name: impl Into<String>, role: Role, x: Vec<f64>, y: Vec<f64>) -> Self {
        let (low, high) = (Vec::new(), Vec::new());
        let (name, label, faint) = (name.into(), None, false);
        let (run, mark) = (LineStyle::Solid, Mark::Line);
        Series { name, label, role, run, mark, x, y, low, high, faint }
    }

    /// Separate points.
    pub fn points(name: impl Into<String>, role: Role, x: Vec<f64>, y: Vec<f64>) -> Self {
        Self::line(name, role, x, y).with_mark(Mark::Points)
    }

    /// A level line from one place to another.
    pub fn level(name: impl Into<String>, role: Role, ends: [f64; 2], y: f64) -> Self {
        Self::line(name, role, ends.to_vec(), vec![y; 2])
    }

    /// The same series drawn with another mark.
    pub fn with_mark(self, mark: Mark) -> Self {
        Series { mark, ..self }
    }

    /// The same series as part of the run that this one is compared with.
    pub fn dashed(self) -> Self {
        self.with_line(LineStyle::Dashed)
    }

    /// The same series with something else than its name at the end of its line.
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Series { label: Some(label.into()), ..self }
    }

    /// The same series with nothing at the end of its line.
    pub fn unlabelled(self) -> Self {
        self.labelled("")
    }

    /// What stands at the end of its line.
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// The same series with another line.
    pub fn with_line(self, run: LineStyle) -> Self {
        Series { run, ..self }
    }
}

/// What a series stands for: one meaning a hue, in all labs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Measured on the training set, or where training stands: its points, the weights it moves.
    Train,
    /// What a network does with what it was not trained on. Networks that are compared are told apart
    /// by their lines.
    Test,
    /// Given by a formula.
    Theory,
    /// An average: over the members of an ensemble, over steps, over draws.
    Average,
    /// One of several that are averaged, or that stand beside the one that is looked at.
    Member,
    /// Above zero, or the class drawn in blue.
    Positive,
    /// Below zero, or the class drawn in orange.
    Negative,
    /// None of these: data, the truth, a level to compare with.
    Neutral,
}

/// How a line is drawn, which says of which of two compared runs it is, or that it is of none. In data
/// they are "a", "b" and "c".
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LineStyle {
    /// This run.
    #[serde(rename = "a")]
    Solid,
    /// The run it is compared with.
    #[serde(rename = "b")]
    Dashed,
    /// What the reader has guessed: in ink, whatever its role.
    #[serde(rename = "c")]
    Dotted,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Joined points, with the band between `low` and `high` where they are given.
    Line,
    /// Separate points, with error bars where `low` and `high` are given.
    Points,
    /// Points with error bars as above, and a line that joins them.
    Joined,
    /// Large points, each with the name beside it.
    Spot,
    /// A ring around each point, with room for another point in it.
    Ring,
    /// A level across each place of an axis of names.
    Levels,
    /// Bars from 0 up to `y`, each as wide as the distance between neighbouring `x`.
    Bars,
}

/// A moment on the horizontal axis worth a mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where.
    pub x: f64,
    /// What happened: "keep_prob = 0.3".
    pub label: String,
}
