//! Configurations are read strictly: property tests over good and bad ones.

use proptest::prelude::*;
use regularization_playground::error::Error;
use regularization_playground::nn::{
    Activation, Filters, Init, LayerConfig, LayerKind, Loss, Network, NetworkConfig, Shape,
    StepOutputs,
};
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

fn on(input: &str, layers: &str) -> String {
    format!(r#"{{"input":{input},"layers":[{layers}],"loss":"mse"}}"#)
}

const CONV: &str = r#"{"kind":"conv2d","filters":2,"kernel":3}"#;
const RECURRENT: &str = r#"{"kind":"recurrent","units":2,"outputs":"last"}"#;

#[test]
fn every_kind_of_input_and_layer_is_read_and_written_back() {
    let lines = [
        on(
            "[2, 9]",
            r#"{"kind":"conv1d","filters":3,"kernel":4,"stride":2,"padding":3,
            "activation":"relu","keep_prob":0.5,"init":"glorot","shared":false},
            {"kind":"max_pool","size":2},{"kind":"dense","units":1}"#,
        ),
        on(
            "[1, 8, 6]",
            r#"{"kind":"conv2d","filters":3,"kernel":[2,3],"padding":1},
            {"kind":"max_pool","size":2,"keep_prob":1},{"kind":"conv2d","filters":1,"kernel":2}"#,
        ),
        on(
            r#"{"steps":5,"features":2}"#,
            r#"{"kind":"dense","units":3,"shared":false},
            {"kind":"recurrent","units":4,"outputs":"all","shared":false,"activation":"relu"},
            {"kind":"recurrent","units":2,"outputs":"last"},{"kind":"dense","units":1}"#,
        ),
    ];
    for line in &lines {
        let config = NetworkConfig::from_value(parse(line)).unwrap();
        assert_eq!(NetworkConfig::from_value(config.to_value()).unwrap(), config);
        assert!(Network::<f32>::new(config).is_ok());
    }
    let config = NetworkConfig::from_value(parse(&lines[2])).unwrap();
    assert_eq!(config.layers[2].activation, Activation::Tanh, "what recurrence takes by default");
    assert_eq!(config.layers[1].init, Init::He);
    let config = NetworkConfig::from_value(parse(&lines[1])).unwrap();
    let filters = Filters { count: 3, kernel: (2, 3), stride: 1, padding: 1, shared: true };
    assert_eq!(config.layers[0].kind, LayerKind::Conv2d(filters));
}

#[test]
fn bad_shapes_and_options_of_layers_are_refused_by_name() {
    let says = |input: &str, layers: &str, want: &str| {
        let message = refusal(&on(input, layers));
        assert!(message.contains(want), "{message}\nshould contain {want}");
    };
    says("[]", CONV, "input = a list of 0: must be a whole number from 1 to 1048576, [channels,");
    says("[1,2,3,4]", CONV, "input = a list of 4: must be");
    says(
        "[1,3.7,0]",
        CONV,
        "input[1] = 3.7: must be a whole number from 1 to 1048576; input[2] = 0",
    );
    says("[1024,1024,1024]", CONV, "input is an image of 1024 x 1024 x 1024: must be 1 to 1048576");
    says(r#"{"steps":0,"feature":1}"#, RECURRENT, "input.steps = 0: must be a whole number");
    says(r#"{"steps":0,"feature":1}"#, RECURRENT, "input.features is missing");
    says(r#"{"steps":0,"feature":1}"#, RECURRENT, "input.feature: unknown key, the nearest known");
    says(
        "64",
        CONV,
        r#"layers[0].kind = "conv2d": must follow an image, input = [channels, height, width], and not 64 numbers without an order"#,
    );
    says(
        "[1,64]",
        CONV,
        "must follow an image, input = [channels, height, width], and not a signal",
    );
    says("[1,8,8]", &CONV.replace("2d", "1d"), "must follow a signal, input = [channels, length],");
    says(
        "[1,8,8]",
        RECURRENT,
        "must follow a sequence, input = {steps, features}, and not an image",
    );
    says("8", r#"{"kind":"max_pool","size":2}"#, "must follow a signal or an image");
    says(
        "8",
        r#"{"kind":"dense","units":2,"shared":false}"#,
        "layers[0].shared = false: must be true",
    );
    let of = |key: &str, value: &str| CONV.replace('}', &format!(r#","{key}":{value}}}"#));
    says("[1,8,8]", &of("stride", "0"), "layers[0].stride = 0: must be a whole number from 1");
    says("[1,8,8]", &of("stride", "1.5"), "layers[0].stride = 1.5");
    says("[1,8,8]", &of("padding", "-1"), "layers[0].padding = -1: must be a whole number from 0");
    says("[1,8,8]", &of("padding", "3"), "layers[0].padding = 3: must be at most 2");
    says("[1,8,8]", &of("shared", "1"), "layers[0].shared = 1: must be true or false");
    says("[1,8,8]", &of("units", "1"), "layers[0].units: unknown key");
    says("[1,8,8]", &CONV.replace('3', "9"), "layers[0].kernel = 9: must be at most 8, the height");
    says(
        "[1,8,8]",
        &CONV.replace('3', "[3,9]"),
        "layers[0].kernel = 9: must be at most 8, the width",
    );
    says("[1,8,8]", &CONV.replace('3', "[3,0]"), "layers[0].kernel = a list of 2: must be a whole");
    says(
        "[1,8]",
        r#"{"kind":"conv1d","filters":1,"kernel":[1,3]}"#,
        "layers[0].kernel = a list of 2",
    );
    says("[1,8]", r#"{"kind":"conv1d","filters":1}"#, "layers[0].kernel is missing: must be");
    says(
        "[1,8,8]",
        r#"{"kind":"max_pool","size":9}"#,
        "layers[0].size = 9: must be a whole number from 1 to 8",
    );
    says(
        "[1,8]",
        r#"{"kind":"max_pool","size":2,"keep_prob":0.5},{"kind":"dense","units":1}"#,
        "layers[0].keep_prob = 0.5: must be 1: a max_pool layer is not dropped",
    );
    says("[1,8]", r#"{"kind":"max_pool","size":2,"activation":"relu"}"#, "activation: unknown key");
    let steps = r#"{"steps":4,"features":1}"#;
    let of = |key: &str, value: &str| RECURRENT.replace('}', &format!(r#","{key}":{value}}}"#));
    says(steps, &of("keep_prob", "0.5"), "layers[0].keep_prob = 0.5: must be 1: a recurrent layer");
    says(
        steps,
        &RECURRENT.replace("last", "first"),
        r#"layers[0].outputs = "first": must be one of last, all"#,
    );
    says(steps, r#"{"kind":"recurrent","units":2}"#, "layers[0].outputs is missing");
    says(
        steps,
        CONV,
        "must follow an image, input = [channels, height, width], and not a sequence of 4 x 1",
    );
    // What is built in Rust goes past the reader, and must not panic either.
    for kind in [
        LayerKind::Dense { units: 0, shared: true },
        LayerKind::Conv2d(Filters::square(0, 3)),
        LayerKind::Conv2d(Filters::square(2, 0)),
        LayerKind::Conv2d(Filters::square(2, usize::MAX)),
        LayerKind::Conv2d(Filters { stride: 0, ..Filters::square(2, 3) }),
        LayerKind::MaxPool { size: 0 },
        LayerKind::Recurrent { units: 0, outputs: StepOutputs::Last, shared: true },
    ] {
        let layers = vec![LayerConfig::new(kind, Activation::Linear)];
        let input = match kind {
            LayerKind::Recurrent { .. } => Shape::Steps { steps: 2, features: 2 },
            _ => Shape::Image { channels: 1, height: 8, width: 8 },
        };
        assert!(Network::<f32>::new(NetworkConfig::new(input, layers, Loss::Mse)).is_err());
    }
}

#[test]
fn sizes_that_would_overflow_are_refused_before_anything_is_built() {
    const MOST: u32 = 1 << 20;
    let wide = MOST / 2 + 5;
    for (input, layers) in [
        (
            "[1,1024,1024]",
            format!(
                r#"{{"kind":"conv2d","filters":{MOST},"kernel":{MOST},"padding":{}}}"#,
                MOST - 1
            ),
        ),
        (
            "[1,1024,1024]",
            format!(r#"{{"kind":"conv2d","filters":1,"kernel":{wide},"padding":{}}}"#, wide - 1),
        ),
        ("[1,1024,1024]", format!(r#"{{"kind":"conv2d","filters":{MOST},"kernel":1}}"#)),
        ("[1048576,1,1]", format!(r#"{{"kind":"conv2d","filters":{MOST},"kernel":[1,1]}}"#)),
        ("[1,512,512]", r#"{"kind":"conv2d","filters":4,"kernel":256,"shared":false}"#.to_string()),
        ("[1,512,512]", r#"{"kind":"conv2d","filters":2,"kernel":256}"#.to_string()),
        (
            r#"{"steps":1048576,"features":1}"#,
            format!(r#"{{"kind":"recurrent","units":{MOST},"outputs":"all"}}"#),
        ),
        (
            r#"{"steps":1048576,"features":1}"#,
            format!(r#"{{"kind":"recurrent","units":{MOST},"outputs":"last","shared":false}}"#),
        ),
        (
            r#"{"steps":1048576,"features":1}"#,
            r#"{"kind":"recurrent","units":100,"outputs":"last"}"#.to_string(),
        ),
        (
            r#"{"steps":1048576,"features":1}"#,
            format!(r#"{{"kind":"dense","units":{MOST},"shared":false}}"#),
        ),
        ("[1024,1024,1024]", CONV.to_string()),
    ] {
        let message = refusal(&on(input, &layers));
        assert!(
            message.contains("would take about")
                || message.contains("must be at most 1048576 numbers")
                || message.contains("must be 1 to 1048576 numbers"),
            "{input} {layers}: {message}"
        );
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

    /// Layers that are nearly right, on inputs that may suit them.
    #[test]
    fn no_layer_panics(
        input in prop_oneof![
            (1u32..9).prop_map(|n| n.to_string()),
            prop::collection::vec(1u32..9, 2..4).prop_map(|sides| format!("{sides:?}")),
            (1u32..9, 1u32..9).prop_map(|(n, m)| format!(r#"{{"steps":{n},"features":{m}}}"#)),
        ],
        kinds in prop::collection::vec((0usize..6, 1u32..6, 0u32..4, 1u32..4, any::<bool>()), 1..4),
    ) {
        let layer = |(kind, n, padding, stride, shared)| {
            let filters = format!(
                r#""filters":{stride},"kernel":{n},"padding":{padding},"stride":{stride},"shared":{shared}"#
            );
            match kind {
                0 => format!(r#"{{"kind":"conv1d",{filters}}}"#),
                1 => format!(r#"{{"kind":"conv2d",{filters}}}"#),
                2 => format!(r#"{{"kind":"max_pool","size":{n}}}"#),
                3 => format!(r#"{{"kind":"recurrent","units":{n},"outputs":"all","shared":{shared}}}"#),
                4 => format!(r#"{{"kind":"recurrent","units":{n},"outputs":"last","shared":{shared}}}"#),
                _ => format!(r#"{{"kind":"dense","units":{n},"shared":{shared}}}"#),
            }
        };
        let layers: Vec<String> = kinds.into_iter().map(layer).collect();
        if let Ok(config) = NetworkConfig::from_value(parse(&on(&input, &layers.join(",")))) {
            prop_assert_eq!(&NetworkConfig::from_value(config.to_value()).unwrap(), &config);
            let mut network = Network::<f32>::new(config).unwrap();
            let (x, y) = (vec![0.5; 3 * network.inputs()], vec![1.0; 3 * network.target_width()]);
            network.load(&x, &y).unwrap();
            prop_assert!(network.step(3).is_ok());
            prop_assert_eq!(network.predict(&x).unwrap().len(), y.len());
            prop_assert!(network.gradients(&x, &y, None).is_ok());
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
