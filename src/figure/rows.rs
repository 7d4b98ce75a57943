//! Rows of numbers and words.

use super::axis::Unit;
use crate::value::Value;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// Rows of numbers and words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The heads of the columns.
    pub columns: Vec<Column>,
    /// The rows; each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// How its numbers are written.
    pub unit: Unit,
}

impl Column {
    /// A column of plain numbers or words.
    pub fn plain(label: impl Into<String>) -> Self {
        Column { label: label.into(), unit: Unit::Plain }
    }

    /// A column of fractions, written as percentages.
    pub fn percent(label: impl Into<String>) -> Self {
        Column { label: label.into(), unit: Unit::Percent }
    }
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// A number, written by the page in the reader's locale.
    Number(f64),
    /// Words.
    Text(String),
}

impl Cell {
    /// A row: its name, then numbers.
    pub fn row(name: impl Into<String>, numbers: impl IntoIterator<Item = f64>) -> Vec<Self> {
        let numbers = numbers.into_iter().map(Cell::Number);
        std::iter::once(Cell::Text(name.into())).chain(numbers).collect()
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match Value::deserialize(input)? {
            Value::Number(number) => Ok(Cell::Number(number)),
            Value::Text(text) => Ok(Cell::Text(text)),
            other => Err(D::Error::custom(format!("a cell = {other}: must be a number or words"))),
        }
    }
}
