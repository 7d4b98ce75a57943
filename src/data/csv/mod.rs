//! A reader's own file of comma-separated values: what it holds, and as a table to learn from.
//!
//! Lines in refusals are the file's, the first being 1.

mod build;
mod cells;
mod columns;
mod encoding;
mod file;
mod first_line;
mod guess;
mod marks;
mod number;
mod options;

pub use cells::MOST_BYTES;
pub use columns::{Column, Kind, MOST_WORDS, Task};
pub use encoding::{Decoded, decoded};
pub use file::{CsvDescription, LeftOut};
pub use options::{CsvOptions, Missing};

use super::table::Table;
use crate::error::Result;
use file::File;

/// What a file holds, whatever can be learned of it: for a first look. Only the separator, the decimal mark
/// and the header of the options are of use here.
///
/// # Errors
/// What is no text or no table: each by its line.
pub fn describe_csv(text: &str, options: &CsvOptions) -> Result<CsvDescription> {
    let file = File::read(text, options)?;
    let used: Vec<usize> =
        (0..file.columns.len()).filter(|&at| !file.columns[at].is_empty()).collect();
    Ok(file.described(&file.faults(&used)))
}

/// Reads a file as a table to learn from; what the options leave open is guessed. Columns in which nothing
/// is written are left out.
///
/// # Shapes
/// A column of numbers is one input; one of a few words an input of 0 and 1 for each word.
///
/// # Errors
/// By line and column what cannot be read, unless such rows are to be left out; by name a column that can
/// be neither input nor target.
///
/// ```
/// use regularization_playground::data::{CsvOptions, read_csv};
/// let (table, _) = read_csv("size;price\n1,5;10\n2,5;20\n", &CsvOptions::default()).unwrap();
/// assert_eq!((table.inputs[0].as_str(), table.target.as_str()), ("size", "price"));
/// assert_eq!((table.examples.x, table.examples.y), (vec![1.5, 2.5], vec![10.0, 20.0]));
/// ```
pub fn read_csv(text: &str, options: &CsvOptions) -> Result<(Table, CsvDescription)> {
    build::table(&File::read(text, options)?, options)
}

#[cfg(test)]
mod tests;
