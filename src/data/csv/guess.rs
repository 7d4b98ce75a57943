//! What a file does not say of itself, guessed: separator, decimal mark, and whether it has a header.

use super::cells::Cells;
use super::number::{is_missing, other, reads};
use crate::error::Result;

/// How much of a file is looked at.
const MOST_BYTES: usize = 65_536;
const MOST_ROWS: usize = 200;

/// What may separate cells. Of two that suit as well the first is taken: commas and then semicolons also
/// stand within cells.
pub const SEPARATORS: [char; 3] = ['\t', ';', ','];

/// The separator that gives the most rows one and the same number of cells, more than one.
pub fn separator(text: &str) -> char {
    let cut = text.char_indices().take_while(|(at, _)| *at < MOST_BYTES).last();
    let end = cut.map_or(0, |(at, letter)| at + letter.len_utf8());
    let (text, whole) = (&text[..end], end == text.len());
    let share = |separator: char| {
        let (cells, _) = Cells::as_far_as_can_be(text, separator as u8);
        let rows = cells.rows() - usize::from(!whole && cells.rows() > 1);
        let alike = |row: &usize| cells.width(*row) == cells.width(0) && cells.width(0) > 1;
        let rows = 0..rows.min(MOST_ROWS);
        rows.clone().filter(alike).count() as f64 / rows.len().max(1) as f64
    };
    let shares = SEPARATORS.map(share);
    let best = shares.iter().fold(0.0f64, |best, share| best.max(*share));
    let place = shares.iter().position(|share| *share == best && best > 0.0);
    place.map_or(',', |place| SEPARATORS[place])
}

/// The mark that is of decimals in some number and could not be in others: of "1,5", "1.234,5" and "1.234.567" the
/// comma. Where every mark may be either, a comma, unless commas separate the cells or there are points too.
pub fn decimal(cells: &Cells, separator: char) -> char {
    let all = || {
        let rows = 0..cells.rows().min(MOST_ROWS);
        let row = |row| (0..cells.width(row)).map(move |column| cells.cell(row, column));
        rows.flat_map(row).filter(|cell| cell.contains([',', '.']))
    };
    let clear = |mark| all().any(|cell| reads(cell, mark) && !reads(cell, other(mark)));
    let any = |mark: char| all().any(|cell| cell.contains(mark) && reads(cell, mark));
    let comma = match (clear(','), clear('.')) {
        (false, false) => separator != ',' && any(',') && !any('.'),
        (comma, point) => comma && !point,
    };
    if comma { ',' } else { '.' }
}

/// Whether the first row names the columns: where the rest of a column is numbers its first cell is none;
/// or, where there are no numbers at all, no word of the first row comes again below it.
pub fn header(cells: &Cells, decimal: char) -> bool {
    let rows = 1..cells.rows().min(MOST_ROWS);
    let is_number = |row: usize, column: usize| reads(cells.cell(row, column), decimal);
    let columns = 0..if cells.rows() == 0 { 0 } else { cells.width(0) };
    if columns.clone().any(|column| is_number(0, column)) {
        return false;
    }
    let of_numbers = |column: usize| {
        let there = rows.clone().filter(|&row| !is_missing(cells.cell(row, column)));
        let (there, numbers) =
            there.fold((0, 0), |(n, k), row| (n + 1, k + usize::from(is_number(row, column))));
        2 * numbers > there
    };
    let again =
        |column: usize| rows.clone().any(|row| cells.cell(row, column) == cells.cell(0, column));
    columns.clone().any(of_numbers) || !columns.clone().any(again)
}

/// The rows of a file by a separator, without empty ones.
///
/// # Errors
/// As [`Cells::read`].
pub fn rows(text: &str, separator: char) -> Result<Cells> {
    Ok(Cells::read(text, separator as u8)?.without_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(text: &str) -> (char, char, bool) {
        let separator = separator(text);
        let cells = rows(text, separator).unwrap();
        let decimal = decimal(&cells, separator);
        (separator, decimal, header(&cells, decimal))
    }

    #[test]
    fn files_of_many_kinds_are_understood() {
        for (text, want) in [
            ("a,b\n1,2\n3,4\n", (',', '.', true)),
            ("1,2\n3,4\n", (',', '.', false)),
            ("a;b\n1,5;2,5\n3;4\n", (';', ',', true)),
            ("a;b\n1.5;2\n3,5;4\n", (';', '.', true)),
            ("1,5\t2\n3,5\t4\n", ('\t', ',', false)),
            ("name,age\n\"Smith, J\",3\n\"Lee; Q\",4\n", (',', '.', true)),
            ("red,yes\nblue,no\nred,no\n", (',', '.', false)),
            ("colour,answer\nblue,no\nred,no\n", (',', '.', true)),
            ("x,y\n1,\n,2\n3,4\n", (',', '.', true)),
            ("a;b\n1.234,5;2\n", (';', ',', true)),
            ("a;b\n1.234.567;2\n", (';', ',', true)),
            ("a;b\n1 234,5;2\n", (';', ',', true)),
            ("a,b\n\"1,234.5\",2\n", (',', '.', true)),
            ("a,b\n\"1.234,5\",2\n", (',', ',', true)),
            ("1 234;2\n5 678;3\n", (';', '.', false)),
            ("n,price\n1,\"1,234\"\n2,\"2,345\"\n", (',', '.', true)),
            ("alone\n1\n", (',', '.', true)),
            ("", (',', '.', true)),
        ] {
            assert_eq!(guessed(text), want, "{text}");
        }
    }

    #[test]
    fn a_long_file_is_looked_at_by_its_beginning() {
        let text = "a;é\n".to_string() + &"1,5;é\n".repeat(100_000);
        assert_eq!(separator(&text), ';');
    }
}
