//! What stands in a column.

use super::cells::Cells;
use super::marks::{Marks, marks};
use super::number::{Style, is_missing, number};
use crate::data::table::{LARGEST, MOST_CLASSES};
use serde::Serialize;

/// The most words of a column that is an input: each becomes a column of its own.
pub const MOST_WORDS: usize = 12;

/// Different values are counted up to one more than this.
pub const MOST_DISTINCT: usize = 100;

/// The most different whole numbers that are taken for classes unasked.
const MOST_GUESSED_CLASSES: usize = 10;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Numbers, in more than half of its cells.
    Number,
    /// Words.
    Words,
}

/// What is to be learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// To find a number.
    Regression,
    /// To tell classes apart.
    Classes,
}

impl Task {
    /// Every task by its name.
    pub const NAMES: [(&str, Task); 2] =
        [("regression", Task::Regression), ("classes", Task::Classes)];
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Its name: that of the header, made different from others; else "column 3".
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// How many different values, 101 where there are more than 100.
    pub distinct: usize,
    /// Cells that are empty or say so ("NA"), and in a column of numbers those that are none.
    pub missing: usize,
    /// Whether it can be an input: numbers, and a few different words.
    pub fits_input: bool,
    /// What it can be as the target, the likeliest first.
    pub tasks: Vec<Task>,
    /// What a reader should look at: how a number with a mark between thousands was understood, or why it was
    /// not, or why none of them is; mostly empty.
    pub note: String,
    /// How its numbers are written.
    #[serde(skip)]
    pub(super) style: Style,
    /// Its different words, or numbers, by rising order; the first 101 that were met.
    #[serde(skip)]
    pub(super) values: Values,
}

/// Different values by rising order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values {
    Words(Vec<String>),
    Numbers(Vec<f64>),
}

impl Values {
    pub fn count(&self) -> usize {
        match self {
            Values::Words(words) => words.len(),
            Values::Numbers(numbers) => numbers.len(),
        }
    }
}

impl Column {
    /// Looks through the cells of a column, from the row `first` on; `doubtful` as for [`marks`].
    pub(super) fn of(
        name: String,
        (cells, first, at): (&Cells, usize, usize),
        (decimal, doubtful): (char, bool),
    ) -> Self {
        let rows = move || (first..cells.rows()).map(move |row| cells.cell(row, at));
        let Marks { style, told, clash } = marks(rows, decimal, doubtful);
        let there = rows().filter(|cell| !is_missing(cell)).count();
        let numbers = || rows().filter_map(|cell| number(cell, style));
        let is_number = 2 * numbers().count() > there;
        let kind = if is_number { Kind::Number } else { Kind::Words };
        let fitting = || numbers().filter(|number| number.abs() <= LARGEST);
        let (values, used) = match kind {
            Kind::Number => (numbers_of(fitting()), fitting().count()),
            Kind::Words => (words_of(rows().filter(|cell| !is_missing(cell))), there),
        };
        let note = match (is_number, clash.is_empty()) {
            (true, true) if used == 0 => too_large(),
            (true, true) => told,
            _ => clash,
        };
        let missing = cells.rows() - first - used;
        let distinct = values.count();
        let fits_input = distinct > 0 && (kind == Kind::Number || distinct <= MOST_WORDS);
        let tasks = tasks(&values, used);
        Column { name, kind, distinct, missing, fits_input, tasks, note, style, values }
    }

    /// Whether nothing is written in it.
    pub fn is_empty(&self) -> bool {
        self.distinct == 0
    }
}

/// What is told of a column without a number that can be learned from.
fn too_large() -> String {
    format!("none of its numbers is at most {LARGEST:e} in size")
}

fn words_of<'a>(cells: impl Iterator<Item = &'a str>) -> Values {
    let mut words: Vec<String> = Vec::new();
    for cell in cells {
        if let Err(place) = words.binary_search_by(|word| word.as_str().cmp(cell)) {
            words.insert(place, cell.to_string());
        }
        if words.len() > MOST_DISTINCT {
            break;
        }
    }
    Values::Words(words)
}

fn numbers_of(cells: impl Iterator<Item = f64>) -> Values {
    let mut numbers: Vec<f64> = Vec::new();
    for cell in cells {
        let cell = cell + 0.0; // of the two zeros one
        if let Err(place) = numbers.binary_search_by(|number| number.total_cmp(&cell)) {
            numbers.insert(place, cell);
        }
        if numbers.len() > MOST_DISTINCT {
            break;
        }
    }
    Values::Numbers(numbers)
}

/// What a column with these values in so many cells can be as the target.
fn tasks(values: &Values, cells: usize) -> Vec<Task> {
    match values {
        Values::Words(words) if (2..=MOST_CLASSES).contains(&words.len()) => vec![Task::Classes],
        Values::Words(_) => Vec::new(),
        Values::Numbers(numbers) if numbers.len() < 2 => Vec::new(),
        Values::Numbers(numbers) if numbers.len() > MOST_CLASSES => vec![Task::Regression],
        Values::Numbers(numbers) => {
            let few = numbers.len() <= MOST_GUESSED_CLASSES && cells >= 3 * numbers.len();
            let mut tasks = vec![Task::Regression, Task::Classes];
            if few && numbers.iter().all(|number| number.fract() == 0.0) {
                tasks.reverse();
            }
            tasks
        }
    }
}

/// The names of all columns: those of the header, repeated ones told apart, and numbers for those without.
pub fn names(cells: &Cells, header: bool) -> Vec<String> {
    let width = if cells.rows() == 0 { 0 } else { cells.width(0) };
    let mut names: Vec<String> = Vec::with_capacity(width);
    for column in 0..width {
        let given = if header { cells.cell(0, column) } else { "" };
        let name = match given {
            "" => format!("column {}", column + 1),
            given => given.to_string(),
        };
        let copies = (2..).map(|copy| format!("{name} ({copy})"));
        let mut free = std::iter::once(name.clone()).chain(copies);
        names.extend(free.find(|name| !names.contains(name)));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(text: &str) -> Column {
        let cells = Cells::read(text, b';').unwrap();
        Column::of("c".into(), (&cells, 0, 0), ('.', true))
    }

    #[test]
    fn a_column_is_what_most_of_its_cells_are() {
        let numbers = column("1;\n2;\nx;\nNA;\n2.0;\n");
        assert_eq!((numbers.kind, numbers.distinct, numbers.missing), (Kind::Number, 2, 2));
        let words = column("1;\nb;\na;\n?;\nb;\n");
        assert_eq!((words.kind, words.distinct, words.missing), (Kind::Words, 3, 1));
        assert_eq!(words.tasks, [Task::Classes]);
        let nothing = column(";\n;\n");
        assert!(nothing.is_empty() && !nothing.fits_input && nothing.tasks.is_empty());
    }

    #[test]
    fn thousands_are_numbers_where_the_whole_column_agrees() {
        let all = column("1,234.5;\n7;\nNA;\n12,345;\n");
        assert_eq!((all.kind, all.distinct, all.missing), (Kind::Number, 3, 1));
        assert_eq!(all.note, "\"1,234.5\" is read as 1234.5");
        let some = column("1,234;\n12,34;\n5,678;\n");
        assert_eq!(some.kind, Kind::Words);
        assert!(
            some.note.starts_with("\"1,234\" looks like a number with thousands, \"12,34\" does")
        );
        let unclear = column("1.234;\n5.678;\n9;\n");
        assert_eq!(unclear.note, "\"1.234\" is read as 1.234, not as 1234");
        assert!(column("1.234;\n0.5;\n").note.is_empty() && column("a 100;\nb;\n").note.is_empty());
        assert_eq!(column("17 300;\nnone;\nnone of it;\n").note, "");
    }

    #[test]
    fn decimals_that_are_marked_in_two_ways_are_told() {
        let most = column("1.5;\n2.5;\n3,5;\n");
        assert_eq!((most.kind, most.distinct, most.missing), (Kind::Number, 2, 1));
        let half = column("1.5;\n3,5;\nNA;\n");
        assert_eq!(half.kind, Kind::Words);
        for mixed in [most, half] {
            let want = "decimals are marked in two ways, \"1.5\" and \"3,5\"";
            assert_eq!(mixed.note, want);
        }
        assert!(column("1.5;\n2;\na,b;\n").note.is_empty() && column("1.5;\n.;\n").note.is_empty());
    }

    #[test]
    fn numbers_that_are_too_large_are_numbers() {
        let large = column("1e31;\n2e400;\n1;\n");
        assert_eq!((large.kind, large.distinct, large.missing), (Kind::Number, 1, 2));
        assert!(large.note.is_empty());
        assert_eq!(column("1e31;\n2e400;\n").note, "none of its numbers is at most 1e30 in size");
    }

    #[test]
    fn few_whole_numbers_are_taken_for_classes_and_many_words_for_no_input() {
        let tasks = |text: &str| column(text).tasks;
        assert_eq!(tasks(&"0;\n1;\n".repeat(3))[0], Task::Classes);
        assert_eq!(tasks("0;\n1;\n")[0], Task::Regression);
        assert_eq!(tasks(&"0.5;\n1;\n".repeat(3))[0], Task::Regression);
        assert!(tasks("1;\n1;\n").is_empty());
        let words: String = (0..300).map(|i| format!("word {i};\n")).collect();
        let many = column(&words);
        assert_eq!((many.distinct, many.fits_input, many.tasks.len()), (101, false, 0));
    }

    #[test]
    fn names_differ() {
        let cells = Cells::read("a,,a,a (2)\n1,2,3,4", b',').unwrap();
        assert_eq!(names(&cells, true), ["a", "column 2", "a (2)", "a (2) (2)"]);
        assert_eq!(names(&cells, false)[3], "column 4");
    }
}
