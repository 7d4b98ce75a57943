//! A file that was looked through: its rows and columns, and what cannot be read of it.

use super::cells::{Cells, readable};
use super::columns::{Column, Kind, names};
use super::first_line::announced;
use super::options::CsvOptions;
use super::{guess, number};
use crate::data::table::LARGEST;
use crate::error::{Error, Result};
use crate::numbers::counted;
use crate::value::shortened;
use serde::Serialize;

/// Rows shown of a file, and letters of a cell of them.
const PREVIEW: (usize, usize) = (8, 60);

/// The most cells that are named as standing in the way.
const MOST_NAMED: usize = 100;

/// What was understood of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CsvDescription {
    /// What the file was encoded in: "UTF-8" where it was given as text.
    pub encoding: &'static str,
    /// What separates cells.
    pub separator: char,
    /// What stands before decimals.
    pub decimal: char,
    /// Whether the first row names the columns.
    pub header: bool,
    /// Rows of data.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The first rows of data as they are written, long cells shortened.
    pub preview: Vec<Vec<String>>,
    /// The first hundred cells and rows that cannot be read, in the order of the file.
    pub left_out: Vec<LeftOut>,
    /// How many there are in all.
    pub left_out_count: usize,
    /// How many rows they are in.
    pub left_out_rows: usize,
}

/// A cell that cannot be read, or a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The line of its row.
    pub line: usize,
    /// The name of its column; empty where the row itself is at fault.
    pub column: String,
    /// What is wrong: "is empty".
    pub what: String,
}

/// A file that was looked through.
pub(super) struct File {
    pub cells: Cells,
    /// The number of its first row of data.
    first: usize,
    separator: char,
    decimal: char,
    pub columns: Vec<Column>,
}

impl File {
    /// # Errors
    /// What is no text or no table.
    pub fn read(text: &str, options: &CsvOptions) -> Result<Self> {
        let (said, text) = announced(readable(text)?)?;
        let separator = options.separator.or(said).unwrap_or_else(|| guess::separator(text));
        let cells = guess::rows(text, separator)?;
        let decimal = options.decimal.unwrap_or_else(|| guess::decimal(&cells, separator));
        let header = options.header.unwrap_or_else(|| guess::header(&cells, decimal));
        let first = usize::from(header).min(cells.rows());
        if cells.rows() == first {
            let what = if first == 1 { "a header and no rows below it" } else { "no rows" };
            return Err(Error::invalid(format!("the text has {what}; must have rows of data")));
        }
        let names = names(&cells, header).into_iter().enumerate();
        // where commas separate the cells, a point is of decimals
        let doubtful = separator != ',' && options.decimal.is_none();
        let column = |(at, name)| Column::of(name, (&cells, first, at), (decimal, doubtful));
        let columns: Vec<Column> = names.map(column).collect();
        if columns.len() < 2 {
            return Err(Error::invalid(format!(
                "line {}: has one column only, read with the separator {separator:?}; must have at \
                 least two, an input and the target",
                cells.line(0)
            )));
        }
        Ok(File { cells, first, separator, decimal, columns })
    }

    /// Whether the first row names the columns.
    fn header(&self) -> bool {
        self.first == 1
    }

    /// The numbers of its rows of data.
    pub fn rows(&self) -> std::ops::Range<usize> {
        self.first..self.cells.rows()
    }

    /// What cannot be read of a row in the columns used.
    pub fn faults_of<'a>(
        &'a self,
        row: usize,
        used: &'a [usize],
    ) -> impl Iterator<Item = LeftOut> + 'a {
        let (line, width, columns) =
            (self.cells.line(row), self.cells.width(row), self.columns.len());
        let row_fault = (width != columns).then(|| LeftOut {
            line,
            column: String::new(),
            what: format!("has {}, not {columns}", counted(width as u64, "cell")),
        });
        let used = if row_fault.is_some() { &[] } else { used };
        let cells = used.iter().filter_map(move |&at| {
            let what = self.fault(row, at)?;
            Some(LeftOut { line, column: self.columns[at].name.clone(), what })
        });
        row_fault.into_iter().chain(cells)
    }

    /// What is wrong with a cell, if anything.
    fn fault(&self, row: usize, at: usize) -> Option<String> {
        let cell = self.cells.cell(row, at);
        let Column { kind, style, .. } = self.columns[at];
        if number::is_missing(cell) {
            let empty = cell.is_empty();
            return Some(if empty { "is empty".to_string() } else { format!("is \"{cell}\"") });
        }
        if kind == Kind::Words {
            return None;
        }
        let cell = || shortened(cell);
        match number::number(self.cells.cell(row, at), style) {
            Some(number) if number.abs() <= LARGEST => None,
            Some(_) => Some(format!("is \"{}\", a number of more than {LARGEST:e}", cell())),
            None => Some(format!("is \"{}\", no number", cell())),
        }
    }

    /// What cannot be read of the file in the columns used.
    pub fn faults(&self, used: &[usize]) -> Faults {
        let mut faults = Faults::default();
        for row in self.rows() {
            let before = faults.count;
            for fault in self.faults_of(row, used) {
                faults.count += 1;
                if faults.named.len() < MOST_NAMED {
                    faults.named.push(fault);
                }
            }
            faults.rows += usize::from(faults.count > before);
        }
        faults
    }

    /// What was understood of it.
    pub fn described(&self, faults: &Faults) -> CsvDescription {
        let (rows, letters) = PREVIEW;
        let cell = |row, at| match self.cells.cell(row, at) {
            long if long.chars().count() > letters => {
                long.chars().take(letters).chain(['…']).collect()
            }
            cell => cell.to_string(),
        };
        let row = |row| (0..self.columns.len()).map(|at| cell(row, at)).collect();
        CsvDescription {
            encoding: "UTF-8",
            separator: self.separator,
            decimal: self.decimal,
            header: self.header(),
            rows: self.rows().len(),
            columns: self.columns.clone(),
            preview: self.rows().take(rows).map(row).collect(),
            left_out: faults.named.clone(),
            left_out_count: faults.count,
            left_out_rows: faults.rows,
        }
    }
}

/// What cannot be read of a file.
#[derive(Default)]
pub(super) struct Faults {
    /// The first of them.
    pub named: Vec<LeftOut>,
    pub count: usize,
    /// How many rows they are in.
    pub rows: usize,
}
