//! Rows of cells: what goes in, place by place or step by step, and what comes out.

use super::chart::Event;
use serde::{Deserialize, Serialize};

/// Rows of cells, one under the other; a column is a place or a time step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Strips {
    /// What a column is: "place". Columns are numbered from 1.
    pub item: String,
    /// Columns of every row.
    pub columns: usize,
    /// The rows, first at the top.
    pub rows: Vec<Strip>,
    /// The column that is looked at, from 1.
    pub now: Option<usize>,
    /// How many columns on each side of it belong to it too; beyond an end they go on at the other.
    pub reach: usize,
    /// Borders: behind which column, and what ends there.
    pub events: Vec<Event>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    /// What it is: "tied".
    pub name: String,
    /// A short remark on it: "wrong after 4 of 30 steps".
    pub note: String,
    /// How it is drawn.
    pub mark: StripMark,
    /// One value a column.
    pub values: Vec<f64>,
    /// The value drawn in full blue; its opposite is drawn in full orange.
    pub full: f64,
    /// What is to be said of the values as answers, one a column; empty where they are none.
    pub answers: Vec<Answer>,
}

/// How a row is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StripMark {
    /// Cells in the colours of their values.
    Cells,
    /// The same, with the outline of a key: each can be pressed.
    Keys,
    /// Bars up and down from the middle; those that are looked at stand out.
    Bars,
    /// Lamps: lit where the answer is right.
    Lamps,
}

/// What is to be said of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// There is no right one.
    Open,
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
}

impl Strip {
    /// A row of values that are no answers, drawn in full from 1 and -1 on.
    pub fn of(name: &str, note: impl Into<String>, mark: StripMark, values: Vec<f64>) -> Self {
        let (name, note) = (name.to_string(), note.into());
        Strip { name, note, mark, values, full: 1.0, answers: Vec::new() }
    }

    /// How many answers are of this kind.
    pub fn count(&self, kind: Answer) -> usize {
        self.answers.iter().filter(|&&answer| answer == kind).count()
    }
}
