//! The entries of a matrix as they are written.

use crate::figure::{EntryState, Matrix, Unit};
use crate::plot::numbers::{entry, shared_decimals};

/// One entry as it is drawn.
pub(super) struct Entry {
    pub text: String,
    pub state: EntryState,
}

/// The entries to show: all, or the first ones and dots.
pub(super) fn entries(matrix: &Matrix, most: usize) -> Vec<Vec<Entry>> {
    let decimals = shared_decimals(&matrix.values);
    let (rows, columns) = (matrix.rows.min(most), matrix.columns.min(most));
    let one = |row: usize, column: usize| {
        let below = matrix.rows > rows && row + 1 == rows;
        let beside = matrix.columns > columns && column + 1 == columns;
        let index = row * matrix.columns + column;
        match (below, beside) {
            (true, true) => plain("⋱"),
            (true, false) => plain("⋮"),
            (false, true) => plain("…"),
            (false, false) => numbered(matrix, index, decimals),
        }
    };
    (0..rows).map(|row| (0..columns).map(|column| one(row, column)).collect()).collect()
}

fn plain(text: &str) -> Entry {
    Entry { text: text.to_string(), state: EntryState::Plain }
}

fn numbered(matrix: &Matrix, index: usize, decimals: usize) -> Entry {
    let value = matrix.values.get(index).copied().unwrap_or(f64::NAN);
    let state = matrix.states.get(index).copied().unwrap_or(EntryState::Plain);
    Entry { text: entry(value, decimals, Unit::Plain), state }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, columns: usize) -> Matrix {
        let values = (0..rows * columns).map(|i| i as f64).collect();
        let states = vec![EntryState::Plain; rows * columns];
        let [symbol, label] = ["W(1)", "first layer"].map(str::to_string);
        Matrix { symbol, label, rows, columns, values, states }
    }

    fn texts(matrix: &Matrix, most: usize) -> Vec<Vec<String>> {
        let row = |row: Vec<Entry>| row.into_iter().map(|entry| entry.text).collect();
        entries(matrix, most).into_iter().map(row).collect()
    }

    #[test]
    fn a_small_matrix_is_written_in_full() {
        assert_eq!(texts(&matrix(2, 2), 3), [["0", "1"], ["2", "3"]]);
    }

    #[test]
    fn a_large_matrix_ends_in_dots() {
        let want = [["0", "1", "…"], ["9", "10", "…"], ["⋮", "⋮", "⋱"]];
        assert_eq!(texts(&matrix(9, 9), 3), want);
    }

    #[test]
    fn missing_entries_are_dashes() {
        let short = Matrix { values: vec![1.0], ..matrix(1, 2) };
        assert_eq!(texts(&short, 3), [["1", "–"]]);
    }
}
