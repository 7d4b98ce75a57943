//! What a hand can do in a figure: places to press and to drag, each of which changes parameters.
//!
//! What was done so is settings like all others: it stands in the link, and sliders do the same.

use serde::{Deserialize, Serialize};

/// A place of a figure where a hand changes settings: by a press, or by dragging.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handle {
    /// What it is called, for those who do not see it: "training point 3". Each of a figure has a
    /// name of its own, which stays while it is dragged.
    pub name: String,
    /// How it stands, in words: "dropped"; may be empty.
    pub state: String,
    /// Where it is.
    pub at: Place,
    /// What a press changes; where it is dragged, every move changes it too.
    pub sets: Vec<Change>,
    /// What a press in each cell of a grid changes; empty where a press only chooses the cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<Change>,
    /// Whether it is on, where it is a switch.
    pub pressed: Option<bool>,
    /// What changes as it is dragged to the right.
    pub across: Option<Along>,
    /// What changes as it is dragged to where the figure's vertical axis grows: up in a chart, down
    /// the rows of images.
    pub up: Option<Along>,
}

/// A setting that a hand makes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The parameter's key.
    pub parameter: String,
    /// Its new value.
    pub value: Given,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// Of a switch.
    Flag(bool),
    /// Of a number.
    Number(f64),
    /// Of a choice, or a word.
    Text(String),
}

impl From<bool> for Given {
    fn from(value: bool) -> Self {
        Given::Flag(value)
    }
}

impl From<f64> for Given {
    fn from(value: f64) -> Self {
        Given::Number(value)
    }
}

impl From<String> for Given {
    fn from(value: String) -> Self {
        Given::Text(value)
    }
}

impl From<&str> for Given {
    fn from(value: &str) -> Self {
        Given::Text(value.to_string())
    }
}

/// How a number follows a hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Along {
    /// The parameter's key.
    pub parameter: String,
    /// Its value now.
    pub from: f64,
    /// By how much a unit of the axis, a pixel of an image or a cell changes it; where the whole figure
    /// is dragged, from one side to the other.
    pub per: f64,
    /// Whether it begins anew beyond the end of its range.
    #[serde(default)]
    pub wraps: bool,
}

/// Where a handle is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At a point on the axes of a chart. It can be dragged along linear axes.
    Point {
        /// On the horizontal axis.
        x: f64,
        /// On the vertical axis.
        y: f64,
    },
    /// At a place of the picture, such as a neuron's.
    Spot {
        /// As a fraction of the width, from the left.
        x: f64,
        /// As a fraction of the height, from the top.
        y: f64,
    },
    /// On an image or a small network of a grid, in reading order, or a cell of a heat map or of rows of
    /// cells, row by row.
    Item(usize),
    /// On all cells of a heat map, all images of a grid, or all pixels of an only image: a press in a cell
    /// counts as dragged across by as many cells as it comes after the chosen one, row by row; where none
    /// is chosen, after the place before the first.
    Cells {
        /// The chosen cell, row by row.
        chosen: Option<usize>,
    },
    /// On the whole picture.
    All,
}

impl Handle {
    /// A place to press.
    pub fn press(name: impl Into<String>, state: impl Into<String>, at: Place) -> Self {
        let (name, state) = (name.into(), state.into());
        let (sets, each) = (Vec::new(), Vec::new());
        Handle { name, state, at, sets, each, pressed: None, across: None, up: None }
    }

    /// All cells of a grid, one of which is chosen by a whole number: 1 for the first, 0 for none.
    pub fn cells(
        name: impl Into<String>,
        state: impl Into<String>,
        parameter: &str,
        number: usize,
    ) -> Self {
        let at = Place::Cells { chosen: number.checked_sub(1) };
        Handle::press(name, state, at).across(parameter, number as f64, 1.0)
    }

    /// The same handle, which sets one parameter more.
    pub fn sets(mut self, parameter: &str, value: impl Into<Given>) -> Self {
        self.sets.push(Change { parameter: parameter.to_string(), value: value.into() });
        self
    }

    /// The same grid, a press in whose cells gives this parameter these values, cell by cell.
    pub fn each<V: Into<Given>>(mut self, parameter: &str, values: Vec<V>) -> Self {
        let change = |value: V| Change { parameter: parameter.to_string(), value: value.into() };
        self.each = values.into_iter().map(change).collect();
        self
    }

    /// The same handle as a switch.
    pub fn pressed(self, on: bool) -> Self {
        Handle { pressed: Some(on), ..self }
    }

    /// The same handle, which moves a number, now at `from`, as it is dragged to the right.
    pub fn across(self, parameter: &str, from: f64, per: f64) -> Self {
        Handle { across: Some(Along::new(parameter, from, per)), ..self }
    }

    /// The same handle, which moves a number, now at `from`, as it is dragged along the vertical axis.
    pub fn up(self, parameter: &str, from: f64, per: f64) -> Self {
        Handle { up: Some(Along::new(parameter, from, per)), ..self }
    }

    /// The same handle, whose numbers begin anew beyond the ends of their ranges.
    pub fn wrapping(mut self) -> Self {
        for along in [&mut self.across, &mut self.up].into_iter().flatten() {
            along.wraps = true;
        }
        self
    }
}

impl Along {
    fn new(parameter: &str, from: f64, per: f64) -> Self {
        Along { parameter: parameter.to_string(), from, per, wraps: false }
    }
}
