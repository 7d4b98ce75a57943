//! The same configuration and seed give the same bits: natively here, in browsers in tests/web.rs.

#[path = "common/runs.rs"]
mod runs;

use regularization_playground::nn::{NetworkConfig, register_bits};

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

const ASKED: &str = "REGULARIZATION_REGISTERS";

/// These tests again, in programs of their own, on narrower registers than there are.
#[test]
fn registers_of_every_width_give_the_same_bits() {
    for bits in ["128", "256", "512"] {
        let tests = ["weights_", "networks_", "the_registers_"];
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(tests)
            .env(ASKED, bits)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("3 passed"), "{bits} bits: {said}");
    }
}

#[test]
fn the_registers_are_as_wide_as_is_asked_and_there_is() {
    let asked = std::env::var(ASKED).map_or(512, |bits| bits.parse().unwrap());
    #[cfg(target_arch = "x86_64")]
    let there = match (is_x86_feature_detected!("avx512vl"), is_x86_feature_detected!("avx2")) {
        (true, _) => 512,
        (_, true) => 256,
        _ => 128,
    };
    #[cfg(not(target_arch = "x86_64"))]
    let there = 128;
    assert_eq!(register_bits(), asked.min(there));
}
