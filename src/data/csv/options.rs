//! How a file is to be read, where it is not to be guessed.

use super::cells::MOST_COLUMNS;
use super::columns::Task;
use super::guess::SEPARATORS;
use crate::error::Result;
use crate::value::{Reader, Value};

/// What is done about rows with empty cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// The file is refused, and the cells are named.
    #[default]
    Refuse,
    /// These rows are left out.
    LeaveOut,
}

/// How a file is to be read; what is left open is guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CsvOptions {
    /// What separates cells.
    pub separator: Option<char>,
    /// What stands before decimals.
    pub decimal: Option<char>,
    /// Whether the first row names the columns.
    pub header: Option<bool>,
    /// The name of the column that is to be learned.
    pub target: Option<String>,
    /// The names of columns that are no inputs.
    pub leave_out: Vec<String>,
    /// What is to be learned of the target.
    pub task: Option<Task>,
    /// What is done about rows with empty cells.
    pub missing: Missing,
    /// Whether columns are brought to mean 0 and variance 1; they are, where it is not said.
    pub standardize: Option<bool>,
}

impl CsvOptions {
    /// Reads options as scripts give them.
    ///
    /// # Errors
    /// One sentence for every unknown field and every value that is not allowed.
    pub fn from_value(given: Value) -> Result<Self> {
        let given = match given {
            Value::Missing => Value::Record(Vec::new()),
            given => given,
        };
        let mut reader = Reader::new("options.", given);
        let separators = SEPARATORS.map(|separator| (names_of(separator), Some(separator)));
        let decimals = ['.', ','].map(|decimal| (names_of(decimal), Some(decimal)));
        let tasks = Task::NAMES.map(|(name, task)| (name, Some(task)));
        let missing = [("refuse", Missing::Refuse), ("leave_out", Missing::LeaveOut)];
        let options = CsvOptions {
            separator: reader.choice("separator", Some(None), &separators).flatten(),
            decimal: reader.choice("decimal", Some(None), &decimals).flatten(),
            header: flag(&mut reader, "header"),
            target: texts(&mut reader, "target", |value| match value {
                Value::Text(name) => Some(vec![name]),
                _ => None,
            })
            .pop(),
            leave_out: texts(&mut reader, "leave_out", list),
            task: reader.choice("task", Some(None), &tasks).flatten(),
            missing: reader.choice("missing", Some(Missing::Refuse), &missing).unwrap_or_default(),
            standardize: flag(&mut reader, "standardize"),
        };
        reader.finish(Some(options))
    }
}

const fn names_of(mark: char) -> &'static str {
    match mark {
        '\t' => "\t",
        ';' => ";",
        ',' => ",",
        _ => ".",
    }
}

fn flag(reader: &mut Reader, key: &'static str) -> Option<bool> {
    match reader.take(key)? {
        Value::Flag(flag) => Some(flag),
        other => {
            reader.refuse(key, other, "true or false");
            None
        }
    }
}

fn list(value: Value) -> Option<Vec<String>> {
    let text = |item| match item {
        Value::Text(name) => Some(name),
        _ => None,
    };
    match value {
        Value::List(items) if items.len() <= MOST_COLUMNS => items.into_iter().map(text).collect(),
        _ => None,
    }
}

/// Names of columns, none where none are given.
fn texts(
    reader: &mut Reader,
    key: &'static str,
    read: fn(Value) -> Option<Vec<String>>,
) -> Vec<String> {
    let Some(value) = reader.take(key) else { return Vec::new() };
    let told = value.to_string();
    read(value).unwrap_or_else(|| {
        let allowed =
            if key == "target" { "the name of a column" } else { "a list of names of columns" };
        reader.refuse(key, told, allowed);
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Value {
        Value::Text(words.to_string())
    }

    #[test]
    fn options_are_read_and_every_fault_is_named() {
        let given = Value::record(vec![
            ("separator", text(";")),
            ("decimal", text(",")),
            ("target", text("price")),
            ("leave_out", Value::List(vec![text("id")])),
            ("missing", text("leave_out")),
            ("header", Value::Flag(false)),
        ]);
        let options = CsvOptions::from_value(given).unwrap();
        assert_eq!((options.separator, options.decimal), (Some(';'), Some(',')));
        assert_eq!(
            (options.target.as_deref(), options.leave_out.as_slice()),
            (Some("price"), &["id".to_string()][..])
        );
        assert_eq!(
            (options.missing, options.header, options.task),
            (Missing::LeaveOut, Some(false), None)
        );
        assert_eq!(CsvOptions::from_value(Value::Missing).unwrap(), CsvOptions::default());
        let bad = Value::record(vec![
            ("separator", text("|")),
            ("leave_out", text("id")),
            ("target", Value::Number(3.0)),
            ("tusk", text("classes")),
        ]);
        let said = CsvOptions::from_value(bad).unwrap_err().to_string();
        for part in [
            "options.separator = \"|\": must be one of",
            "options.leave_out = \"id\": must be a list",
            "options.target = 3: must be the name of a column",
            "options.tusk: unknown key, the nearest known key is task",
        ] {
            assert!(said.contains(part), "{said}");
        }
    }
}
