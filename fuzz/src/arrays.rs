//! Arrays and what goes with them, in JSON, as scripts hand them in: `{ call, … }`. What JSON cannot write
//! is written as words: "NaN", "-Infinity".

use super::taken;
use regularization_playground::data::{Examples, Table};
use regularization_playground::nn::{
    Network, NetworkConfig, Parameter, dropout_ridge, ensemble_errors, ridge,
};
use regularization_playground::value::Value as Plain;
use serde_json::Value;

/// A larger network than this is not built.
const MOST_BYTES: f64 = 200_000.0;

/// What a sentence about arrays speaks of.
const NAMES: [&str; 19] = [
    "x",
    "y",
    "columns",
    "alpha",
    "keep_prob",
    "predictions",
    "members",
    "parameters",
    "masks",
    "table",
    "rows",
    "n_train",
    "steps",
    "member",
    "parameter ",
    "w1",
    "w2",
    "b1",
    "b2",
];

/// Holds what is held of arrays.
pub fn check(input: &[u8]) {
    let Ok(given) = serde_json::from_slice::<Value>(input) else { return };
    let [x, y] = ["x", "y"].map(|key| numbers(&given[key]));
    let (columns, n) = (whole(&given["columns"]), number(&given["n"]));
    match given["call"].as_str() {
        Some("ridge") => {
            let fit = ridge(&x, &y, columns, n, given["intercept"] == true);
            let weights = taken(fit, &NAMES).map(|fit| fit.weights);
            assert!(weights.iter().flatten().all(|w| w.is_finite()));
        }
        Some("dropout_ridge") => {
            let weights = taken(dropout_ridge(&x, &y, columns, n), &NAMES);
            assert!(weights.iter().flatten().all(|w| w.is_finite()));
        }
        Some("ensemble_errors") => drop(taken(ensemble_errors(&x, columns, &y), &NAMES)),
        Some("table") => table(&given, x, y),
        Some("network") => drop(network(&given, &x, &y)),
        _ => {}
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => number.as_f64().unwrap_or(f64::NAN),
        Value::String(text) => text.parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().map(|items| items.iter().map(number).collect()).unwrap_or_default()
}

fn whole(value: &Value) -> usize {
    value.as_u64().map_or(0, |whole| whole.min(u64::from(u32::MAX)) as usize)
}

fn texts(value: &Value) -> Vec<String> {
    let text = |item: &Value| item.as_str().unwrap_or_default().to_string();
    value.as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
}

fn table(given: &Value, x: Vec<f64>, y: Vec<f64>) {
    let table = Table {
        inputs: texts(&given["inputs"]),
        target: given["target"].as_str().unwrap_or_default().to_string(),
        classes: texts(&given["classes"]),
        examples: Examples { x, y },
        standardize: given["standardize"] == true,
        image_side: given["image_side"].as_u64().map(|side| side as usize),
    };
    let Some(table) = taken(table.checked(), &NAMES) else { return };
    let n_train = whole(&given["n_train"]);
    let Some(divided) = taken(table.divided(n_train, 1), &NAMES) else { return };
    let all = [divided.split.train, divided.split.test].map(|set| [set.x, set.y].concat()).concat();
    assert!(all.iter().all(|number| number.is_finite()), "standardized to no number");
}

fn parameters(given: &Value) -> Vec<Parameter> {
    let one = |item: &Value| Parameter {
        name: item["name"].as_str().unwrap_or_default().to_string(),
        shape: numbers(&item["shape"]).into_iter().map(|side| side as usize).collect(),
        values: numbers(&item["values"]),
    };
    given.as_array().map(|items| items.iter().map(one).collect()).unwrap_or_default()
}

/// A network, and everything that takes arrays.
fn network(given: &Value, x: &[f64], y: &[f64]) -> Option<()> {
    let config: Plain = serde_json::from_value(given["config"].clone()).ok()?;
    let config = NetworkConfig::from_value(config).ok()?;
    if config.bytes().ok()? > MOST_BYTES {
        return None;
    }
    let mut network: Network<f64> = Network::new(config).expect("it was built once");
    taken(
        network.set_parameters(&parameters(&given["parameters"]), whole(&given["member"])),
        &NAMES,
    );
    taken(network.predict(x), &NAMES);
    taken(network.predict_monte_carlo(x, 2), &NAMES);
    let masks: Option<Vec<Vec<f64>>> =
        given["masks"].as_array().map(|masks| masks.iter().map(numbers).collect());
    taken(network.gradients(x, y, masks.as_deref()), &NAMES);
    taken(network.load(x, y), &NAMES)?;
    let _ = network.step(1); // it may diverge
    let weights = network.parameters(0).expect("the first member");
    assert!(weights.iter().flat_map(|weights| &weights.values).all(|w| w.is_finite()));
    Some(())
}
