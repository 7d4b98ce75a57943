//! What several test files share: reading reference values and comparing with them.
#![allow(dead_code)]

use serde_json::Value;

/// The cases of a file of reference values.
pub fn cases(file: &str) -> Vec<Value> {
    let path = format!("{}/tests/reference/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let file: Value = serde_json::from_str(&text).expect("reference values are JSON");
    file["cases"].as_array().expect("a list of cases").clone()
}

/// Every number within nested lists, in order.
pub fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        Value::Number(number) => vec![number.as_f64().expect("a number")],
        other => panic!("{other} is no list of numbers"),
    }
}

/// One number.
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// The fields of a case that a test compares or uses; a field nobody looks at fails it.
pub fn assert_fields(case: &Value, known: &[&str]) {
    for key in case.as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "{}: nobody compares {key}", case["name"]);
    }
}

/// The pass rule of the reference values: max|got - want| <= tolerance * max(1, max|want|).
pub fn assert_close(what: &str, got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len(), "{what}: numbers");
    let size = want.iter().fold(1.0f64, |size, value| size.max(value.abs()));
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        let ok = (got - want).abs() <= tolerance * size;
        assert!(ok, "{what}[{i}]: got {got}, want {want}, tolerance {}", tolerance * size);
    }
}
