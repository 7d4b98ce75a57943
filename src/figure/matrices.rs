//! Matrices: with their entries written out, or as a grid of colours.

use serde::{Deserialize, Serialize};

/// Matrices with their entries written out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrices {
    /// In reading order.
    pub items: Vec<Matrix>,
}

/// One matrix; a column vector has one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Its symbol: "W(1)".
    pub symbol: String,
    /// What it is, in words.
    pub label: String,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Entries, row by row.
    pub values: Vec<f64>,
    /// One state an entry.
    pub states: Vec<EntryState>,
}

/// How an entry of a matrix stands in this step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Nothing special.
    Plain,
    /// Updated in this step.
    Updated,
    /// In use in this step, and yet its gradient is zero: not because of dropout.
    Unchanged,
    /// Belongs to a dropped neuron: not used and not updated.
    Dropped,
}

/// A matrix as a grid of colours, its first row at the top; numbers are written into the cells where
/// there is room for them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// What the entries are, in words.
    pub label: String,
    /// What a row and what a column stands for: "filter" and "location". They are numbered from 1.
    pub items: [String; 2],
    /// Names for the rows instead of numbers; none where they are numbered. A row without a name is a
    /// gap between others.
    #[serde(default)]
    pub row_names: Vec<String>,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// The entry drawn in full orange; the middle between `low` and `high` is the neutral colour.
    pub low: f64,
    /// The entry drawn in full blue.
    pub high: f64,
    /// Entries, row by row.
    pub values: Vec<f64>,
    /// What makes it a wall of many small cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall: Option<Wall>,
}

/// A wall: rows and columns are not numbered, and what all cells come to frames them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wall {
    /// The entry whose sign gives the frame its colour: orange below 0, blue above.
    pub frame: f64,
    /// The cell with a ring around it.
    pub ringed: Option<usize>,
    /// The small square image that the cells are about, row by row; 0 is the background, 1 the ink.
    pub image: Vec<f64>,
}

impl Heat {
    /// Entries (rows x columns) between -`reach` and `reach`, with 0 in the neutral colour; `items` says
    /// what a row and what a column stands for.
    pub fn new(
        label: &str,
        items: [&str; 2],
        (rows, columns): (usize, usize),
        reach: f64,
        values: Vec<f64>,
    ) -> Self {
        let (label, items) = (label.to_string(), items.map(String::from));
        Heat {
            label,
            items,
            row_names: Vec::new(),
            rows,
            columns,
            low: -reach,
            high: reach,
            values,
            wall: None,
        }
    }
}
