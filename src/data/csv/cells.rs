//! Text with separators as rows of cells, each row with its line in the file.

use crate::error::{Error, Result};
use csv_core::{ReadRecordResult, ReaderBuilder};

/// The longest text, in bytes.
pub const MOST_BYTES: usize = 5_000_000;

/// The most columns: the most inputs and the target, and as many again to be left out.
pub const MOST_COLUMNS: usize = 2002;

/// Rows of cells.
#[derive(Default)]
pub struct Cells {
    /// All cells, one after the other, without their quotes.
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    rows: Vec<Row>,
}

/// A row of the file.
#[derive(Clone, Copy)]
struct Row {
    /// Its line, the first being 1.
    line: usize,
    /// The numbers of its first cell, and of the first cell after it.
    cells: (usize, usize),
}

impl Cells {
    /// The rows of a text; empty lines are none.
    ///
    /// # Errors
    /// By its line, a quotation mark that is never closed, and a row of far too many cells.
    pub fn read(text: &str, separator: u8) -> Result<Self> {
        match Self::as_far_as_can_be(text, separator) {
            (cells, None) => Ok(cells),
            (_, Some(error)) => Err(error),
        }
    }

    /// The rows up to where they cannot be read, and why they cannot.
    pub fn as_far_as_can_be(text: &str, separator: u8) -> (Self, Option<Error>) {
        let text = text.to_string() + "\n";
        let bytes = text.as_bytes();
        let mut reader = ReaderBuilder::new().delimiter(separator).build();
        let mut out = vec![0; bytes.len() + 1];
        let mut ends = [0; MOST_COLUMNS + 1];
        let (mut at, mut written, mut line) = (0, 0, 1);
        let (mut cells, mut fault) = (Cells::default(), None);
        while at < bytes.len() {
            let (found, read, wrote, count) =
                reader.read_record(&bytes[at..], &mut out[written..], &mut ends);
            let row = &text[at..at + read];
            // The end of the row before, and empty lines.
            let start = at + row.len() - row.trim_start_matches(['\r', '\n']).len();
            line += line_ends(bytes, at, start);
            match found {
                ReadRecordResult::Record => cells.add(line, &ends[..count], written),
                ReadRecordResult::OutputEndsFull => {
                    fault = Some(format!("line {line}: has more than {MOST_COLUMNS} cells"));
                    break;
                }
                _ if start < at + read => {
                    let what = "a quotation mark is opened here and never closed";
                    fault = Some(format!("line {line}: {what}"));
                }
                _ => {}
            }
            line += line_ends(bytes, start, at + read);
            (at, written) = (at + read, written + wrote);
        }
        out.truncate(written);
        // Only quotes and separators, which are ASCII, have been taken away.
        cells.text = String::from_utf8(out).unwrap_or_default();
        (cells, fault.map(Error::invalid))
    }

    fn add(&mut self, line: usize, ends: &[usize], written: usize) {
        let first = self.ends.len();
        self.ends.extend(ends.iter().map(|end| written + end));
        self.rows.push(Row { line, cells: (first, self.ends.len()) });
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The line on which a row begins.
    pub fn line(&self, row: usize) -> usize {
        self.rows[row].line
    }

    /// The number of cells of a row.
    pub fn width(&self, row: usize) -> usize {
        let (first, end) = self.rows[row].cells;
        end - first
    }

    /// A cell without the spaces around it; an empty one where the row ends before.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let (first, end) = self.rows[row].cells;
        let number = first + column;
        if number >= end {
            return "";
        }
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        self.text[start..self.ends[number]].trim()
    }

    /// Without rows in which nothing is written.
    pub fn without_empty(mut self) -> Self {
        let is_empty = |row: usize| self.width(row) < 2 && self.cell(row, 0).is_empty();
        let kept: Vec<Row> =
            (0..self.rows()).filter(|&row| !is_empty(row)).map(|row| self.rows[row]).collect();
        self.rows = kept;
        self
    }
}

/// How many lines end between two places.
fn line_ends(bytes: &[u8], from: usize, to: usize) -> usize {
    let ends = |&at: &usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (from..to).filter(ends).count()
}

/// A text as it can be read: without a byte order mark, not too long, and in the right encoding.
///
/// # Errors
/// A text that is too long, and by line and column a character that stands where none could be read.
pub fn readable(text: &str) -> Result<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MOST_BYTES {
        return Err(Error::invalid(format!(
            "the text has {} bytes; must have at most {MOST_BYTES}",
            text.len()
        )));
    }
    let Some(at) = text.find(['\u{fffd}', '\0']) else { return Ok(text) };
    let line = 1 + line_ends(text.as_bytes(), 0, at);
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let column = 1 + text[start..at].chars().count();
    let what = if text[at..].starts_with('\0') { "a zero byte" } else { "an unreadable character" };
    Err(Error::invalid(format!(
        "line {line}, character {column}: is {what}; must be text in UTF-8 (saved so, or as CSV UTF-8)"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let cells = Cells::read(text, b',').unwrap();
        let row = |row: usize| {
            let cells = (0..cells.width(row)).map(|column| cells.cell(row, column).to_string());
            (cells.collect(), cells_line(text, row))
        };
        (0..cells.rows()).map(row).map(|(cells, line)| (line, cells)).collect()
    }

    fn cells_line(text: &str, row: usize) -> usize {
        Cells::read(text, b',').unwrap().line(row)
    }

    #[test]
    fn lines_are_those_of_the_file_whatever_ends_them() {
        let told = |text: &str| rows(text).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(told("a,b\n1,2\n\n\n3,4"), [1, 2, 5]);
        assert_eq!(told("a,b\r\n1,2\r\n\r\n3,4\r\n"), [1, 2, 4]);
        assert_eq!(told("a,b\r1,2\r\r3,4\r"), [1, 2, 4]);
        assert_eq!(told("\n\na,\"b\n\nc\"\n1,2\n"), [3, 6]);
    }

    #[test]
    fn quotes_hold_separators_line_ends_and_quotes() {
        let text = "\"a,b\",\" c \"\n\"say \"\"x\"\"\",\"1\n2\"\n5\" pipe,\n";
        let read: Vec<Vec<String>> = rows(text).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(read, [["a,b", "c"], ["say \"x\"", "1\n2"], ["5\" pipe", ""]]);
        let said = Cells::read("a,b\n1,\"2\n3,4\n5,6", b',').err().unwrap().to_string();
        assert_eq!(said, "line 2: a quotation mark is opened here and never closed");
        let wide = "1,".repeat(MOST_COLUMNS + 1);
        assert!(
            Cells::read(&wide, b',').err().unwrap().to_string().starts_with("line 1: has more")
        );
    }

    #[test]
    fn what_is_no_text_is_told_by_line_and_character() {
        assert_eq!(readable("\u{feff}a,b").unwrap(), "a,b");
        let said = |text: &str| readable(text).unwrap_err().to_string();
        assert!(said("a,b\r\n1,é\u{fffd}").starts_with("line 2, character 4: is an unreadable"));
        assert!(said("a\0").starts_with("line 1, character 2: is a zero byte"));
        assert!(said(&"1".repeat(MOST_BYTES + 1)).starts_with("the text has 5000001 bytes"));
    }
}
