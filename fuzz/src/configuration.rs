//! Settings as objects: a line that says of what (`network`, `train`, `csv`, or a lab's id), then JSON.

use super::taken;
use regularization_playground::data::CsvOptions;
use regularization_playground::labs::find;
use regularization_playground::nn::{Network, NetworkConfig, read_train_options};
use regularization_playground::param::Settings;
use regularization_playground::value::Value;

/// What a network of more bytes is not built for: it would be built, and take its time.
const MOST_BYTES: f64 = 200_000.0;

/// Rows that a small network is trained on.
const ROWS: usize = 2;

/// Holds what is held of settings.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let Some((what, json)) = text.split_once('\n') else { return };
    let Ok(given) = serde_json::from_str::<Value>(json) else { return };
    let keys = keys(&given);
    let fixed = ["parameters = ", "configuration", "input", "layers", "loss", "network", "more"];
    let names: Vec<&str> = keys.iter().map(String::as_str).chain(fixed).collect();
    match what {
        "network" => network(given, &names),
        "train" => drop(taken(read_train_options(given), &[&names[..], &["steps"]].concat())),
        "csv" => drop(taken(CsvOptions::from_value(given), &[&names[..], &["options"]].concat())),
        lab => settings(lab, given, &names),
    }
}

/// All keys in a value as a sentence names them.
fn keys(value: &Value) -> Vec<String> {
    match value {
        Value::Record(fields) => {
            let named = |(key, value): &(String, Value)| {
                let key = regularization_playground::value::shortened(key);
                [vec![key], keys(value)].concat()
            };
            fields.iter().flat_map(named).collect()
        }
        Value::List(items) => items.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

fn network(given: Value, names: &[&str]) {
    let Some(config) = taken(NetworkConfig::from_value(given), names) else { return };
    let again = NetworkConfig::from_value(config.to_value()).expect("a configuration of ours");
    assert_eq!(again, config);
    if config.bytes().expect("it was built once") > MOST_BYTES {
        return;
    }
    let mut network: Network<f32> = Network::new(config).expect("it was built once");
    let x = vec![0.5; ROWS * network.inputs()];
    network.load(&x, &vec![0.0; ROWS * network.target_width()]).expect("rows that fit");
    let _ = network.step(1); // it may diverge
    assert!(network.predict(&x).expect("rows that fit").iter().all(|y| !y.is_nan()));
}

fn settings(lab: &str, given: Value, names: &[&str]) {
    let Some(spec) = taken(find(lab), &["lab = "]) else { return };
    let Some(settings) = taken(Settings::from_value(spec.parameters, given), names) else { return };
    let again = Settings::from_query(spec.parameters, &settings.query());
    assert_eq!(again.expect("a link of ours"), settings);
}
