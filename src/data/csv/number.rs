//! What is written in one cell.

use crate::data::table::LARGEST;
use crate::numbers;

/// What stands where nothing was measured, as spreadsheets, R, Python and old data sets write it.
const MISSING: [&str; 8] = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

/// Whether nothing is written.
pub fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell)
}

/// The number that is written with this decimal mark; none that is too large to be worked with.
pub fn number(cell: &str, decimal: char) -> Option<f64> {
    let first = cell.chars().next()?;
    if !(first.is_ascii_digit() || ['-', '+', '−', '.', ','].contains(&first)) {
        return None;
    }
    let plain = decimal == '.' && first != '−';
    let read = if plain {
        numbers::read(cell)
    } else if decimal == ',' && cell.contains('.') {
        None
    } else {
        numbers::read(&cell.replace('−', "-").replace(decimal, "."))
    };
    read.filter(|number| number.abs() <= LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_either_mark_and_words_are_none() {
        for (cell, decimal, want) in [
            ("1.5", '.', Some(1.5)),
            ("1,5", ',', Some(1.5)),
            ("−2", '.', Some(-2.0)),
            ("−2,5e1", ',', Some(-25.0)),
            (".5", '.', Some(0.5)),
            ("1,5", '.', None),
            ("1.5", ',', None),
            ("1.000,5", ',', None),
            ("inf", '.', None),
            ("-inf", '.', None),
            ("1e31", '.', None),
            ("1e400", '.', None),
            ("5 %", '.', None),
            ("", '.', None),
        ] {
            assert_eq!(number(cell, decimal), want, "{cell}");
        }
        assert!(is_missing("NA") && is_missing("") && !is_missing("0") && !is_missing("none"));
    }
}
