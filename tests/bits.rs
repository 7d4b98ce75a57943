//! The same configuration and seed give the same bits: natively here, in browsers in tests/web.rs.

#[path = "common/runs.rs"]
mod runs;

use regularization_playground::nn::NetworkConfig;

/// To accept new bits (which breaks the numbers behind every link), replace the file by what the
/// failing test prints.
#[test]
fn weights_are_those_of_the_golden_file() {
    let got = runs::hashes().join("\n");
    let want = include_str!("reference/hashes.txt");
    assert!(got == want.trim_end(), "the bits have changed; they are now:\n{got}");
}

/// Cells of labs with every digit, which tests/node compares with what the package gives there.
#[test]
fn metrics_of_labs_are_those_of_the_golden_file() {
    use regularization_playground::{labs::find, param::Settings, sweep::run_cell};
    let cells: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("reference/cells.json")).unwrap();
    assert_eq!(cells.len(), 23);
    for cell in cells {
        let spec = find(cell["lab"].as_str().unwrap()).unwrap();
        let params = serde_json::from_value(cell["params"].clone()).unwrap();
        let settings = Settings::from_value(spec.parameters, params).unwrap();
        let keys: Vec<String> = spec.metrics.iter().map(|metric| metric.key.to_string()).collect();
        let got: serde_json::Map<String, serde_json::Value> = run_cell(spec, settings, &keys)
            .unwrap()
            .into_iter()
            .map(|(key, value)| (key.to_string(), value.into()))
            .collect();
        let (got, want) = (serde_json::Value::from(got), &cell["metrics"]);
        assert!(got == *want, "{} {}: the bits are now\n{got}", cell["lab"], cell["params"]);
    }
}

/// Networks as scripts make them, which tests/node makes too.
#[test]
fn networks_from_configurations_are_those_of_the_golden_file() {
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("reference/networks.json")).unwrap();
    let hash = |case: &serde_json::Value| {
        let config = serde_json::from_value(case["config"].clone()).unwrap();
        format!("{:016x}", runs::hash_of_script(NetworkConfig::from_value(config).unwrap()))
    };
    let got: Vec<String> = cases.iter().map(hash).collect();
    let want: Vec<&str> = cases.iter().map(|case| case["hash"].as_str().unwrap()).collect();
    assert!(got == want, "the bits have changed; they are now: {got:?}");
}
