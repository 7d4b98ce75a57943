//! Configurations are read strictly: property tests over good and bad ones.

use proptest::prelude::*;
use regularization_playground::error::Error;
use regularization_playground::nn::{LayerKind, Network, NetworkConfig};
use regularization_playground::value::Value;

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn refusal(json: &str) -> String {
    match NetworkConfig::from_value(parse(json)) {
        Err(Error::Invalid(sentences)) => sentences.join("; "),
        other => panic!("{json} gave {other:?}"),
    }
}

const SMALL: &str = r#"{"input":2,"layers":[{"kind":"dense","units":1}],"loss":"mse"}"#;

#[test]
fn what_is_left_out_takes_its_default_and_reads_back() {
    let config = NetworkConfig::from_value(parse(SMALL)).unwrap();
    assert_eq!((config.batch_size, config.n_members, config.seed), (32, 1, 0));
    assert_eq!((config.keep_prob_input, config.alpha, config.l2), (1.0, 0.0, 0.0));
    assert_eq!(NetworkConfig::from_value(config.to_value()).unwrap(), config);
}

#[test]
fn every_fault_is_named_with_its_place_its_value_and_what_is_allowed() {
    let message = refusal(
        r#"{"input":0,"layers":[{"kind":"dense","units":3.7,"keep_prob":0},
            {"kind":"dens","units":1,"unit":2},{"kind":"dense","units":1,"keep_prob":0.5}],
            "loss":"mse","alpha":-1,"seeds":1,
            "optimizer":{"kind":"adam","learning_rate":0.1,"momentum":0.9},"n_members":0}"#,
    );
    for want in [
        "input = 0: must be a whole number from 1",
        "layers[0].units = 3.7: must be a whole number",
        "layers[0].keep_prob = 0: must be above 0 and at most 1",
        "layers[1].kind = \"dens\": must be one of dense",
        "layers[1].unit: unknown key, the nearest known key is units",
        "layers[2].keep_prob = 0.5: must be 1 in the output layer",
        "alpha = -1: must be a number of at least 0",
        "seeds: unknown key, the nearest known key is seed",
        "optimizer.momentum: unknown key",
        "n_members = 0: must be a whole number from 1",
    ] {
        assert!(message.contains(want), "{message}\nshould contain {want}");
    }
}

#[test]
fn empty_and_missing_parts_are_refused() {
    assert!(refusal("[]").contains("must be an object"));
    assert!(refusal("{}").contains("input is missing"));
    assert!(refusal("{}").contains("loss is missing"));
    assert!(refusal(r#"{"input":1,"layers":[],"loss":"mse"}"#).contains("layers = a list of 0"));
    let no_rate = SMALL.replace("}]", r#"}],"optimizer":{"kind":"sgd"}"#);
    assert!(
        refusal(&no_rate).contains("optimizer.learning_rate = nothing: must be a number above 0")
    );
}

#[test]
fn what_would_not_fit_into_memory_is_refused_with_an_estimate() {
    let message =
        refusal(r#"{"input":1000000,"layers":[{"kind":"dense","units":1000000}],"loss":"mse"}"#);
    assert!(message.contains("this network would take about"), "{message}");
    assert!(message.contains("must be at most 1024 MiB"), "{message}");
}

#[test]
fn a_thing_that_holds_itself_is_refused_by_its_depth() {
    let deep = format!("{}1{}", "[".repeat(50), "]".repeat(50));
    assert!(
        serde_json::from_str::<Value>(&deep).unwrap_err().to_string().contains("nested too deeply")
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Missing),
        any::<bool>().prop_map(Value::Flag),
        any::<f64>().prop_map(Value::Number),
        (-3i32..40).prop_map(|number| Value::Number(f64::from(number))),
        prop_oneof![
            "dense|conv1d|conv2d|max_pool|recurrent",
            "mse",
            "relu",
            "adam",
            "he",
            "last|all",
            ".{0,12}"
        ]
        .prop_map(Value::Text),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let key = prop_oneof![
            "input|layers|loss|alpha|l2|kind|units|keep_prob|activation|optimizer|seed|batch_size",
            "filters|kernel|stride|padding|size|outputs|shared|steps|features",
            ".{0,8}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((key, inner), 0..8).prop_map(Value::Record),
        ]
    })
}

proptest! {
    /// Whatever comes in is either refused with words or gives a network that can be built.
    #[test]
    fn no_value_panics(value in any_value()) {
        match NetworkConfig::from_value(value) {
            Ok(config) => {
                if config.bytes().unwrap() < 1e7 {
                    prop_assert!(Network::<f32>::new(config).is_ok());
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn good_configurations_read_back_as_they_were(
        input in 1usize..50, units in 1usize..50, keep_prob in 0.01f64..=1.0,
        alpha in 0.0f64..100.0, l2 in 0.0f64..10.0, seed: u32, n_members in 1usize..20,
        bootstrap: bool, max_norm in prop::option::of(0.1f64..10.0),
    ) {
        let mut config = NetworkConfig::from_value(parse(SMALL)).unwrap();
        config.layers.insert(0, config.layers[0].clone());
        config.layers[0].kind = LayerKind::Dense { units, shared: true };
        config.layers[0].keep_prob = keep_prob;
        (config.input, config.alpha, config.l2, config.seed) = (input.into(), alpha, l2, seed);
        (config.n_members, config.bootstrap, config.max_norm) = (n_members, bootstrap, max_norm);
        prop_assert_eq!(NetworkConfig::from_value(config.to_value()).unwrap(), config);
    }
}
