//! A reader's own file: a line of options in JSON, which may be empty, then the file.

use super::taken;
use regularization_playground::data::{CsvOptions, describe_csv, read_csv};
use regularization_playground::value::Value;

/// What a sentence about a file speaks of.
const NAMES: [&str; 11] = [
    "line ",
    "column",
    "text",
    "table",
    "target",
    "leave_out",
    "task",
    "no column",
    "rows",
    "inputs",
    "more",
];

/// Holds what is held of a file.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (options, text) = text.split_once('\n').unwrap_or(("", &text));
    let options = serde_json::from_str(options).unwrap_or(Value::Missing);
    let options = CsvOptions::from_value(options).unwrap_or_default();
    let seen = taken(describe_csv(text, &options), &NAMES);
    let Some((table, understood)) = taken(read_csv(text, &options), &NAMES) else { return };
    let seen = seen.expect("what was read can be looked at");
    assert_eq!((seen.rows, seen.columns), (understood.rows, understood.columns));
    assert_eq!(table.rows(), understood.rows - understood.left_out_rows);
    assert_eq!(table.examples.x.len(), table.rows() * table.inputs.len());
    let n_train = table.most_train().min(20);
    if let Some(divided) =
        taken(table.checked().expect("a table of ours").divided(n_train, 7), &["n_train"])
    {
        assert!(divided.split.train.x.iter().all(|x| x.is_finite()), "standardized to no number");
    }
}
