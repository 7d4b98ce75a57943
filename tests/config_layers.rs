//! Inputs and layers of every kind are read strictly, and sizes that could overflow are refused.

use proptest::prelude::*;
use regularization_playground::error::Error;
use regularization_playground::nn::{
    Activation, Filters, Init, LayerConfig, LayerKind, Loss, Network, NetworkConfig, Shape,
    StepOutputs,
};

const CONV: &str = r#"{"kind":"conv2d","filters":2,"kernel":3}"#;
const RECURRENT: &str = r#"{"kind":"recurrent","units":2,"outputs":"last"}"#;
const STEPS: &str = r#"{"steps":4,"features":1}"#;

fn read(input: &str, layers: &str) -> Result<NetworkConfig, Error> {
    let json = format!(r#"{{"input":{input},"layers":[{layers}],"loss":"mse"}}"#);
    NetworkConfig::from_value(serde_json::from_str(&json).unwrap())
}

fn refusal(input: &str, layers: &str) -> String {
    match read(input, layers) {
        Err(Error::Invalid(sentences)) => sentences.join("; "),
        other => panic!("{input} {layers} gave {other:?}"),
    }
}

/// Every input with these layers is refused, with words among which are the third.
fn assert_refused(cases: &[(&str, &str, &str)]) {
    for (input, layers, want) in cases {
        let message = refusal(input, layers);
        assert!(message.contains(want), "{message}\nshould contain {want}");
    }
}

/// A layer with one more option.
fn with(layer: &str, option: &str) -> String {
    layer.replace('}', &format!(",{option}}}"))
}

fn assert_read_back(input: &str, layers: &str) -> NetworkConfig {
    let config = read(input, layers).unwrap();
    assert_eq!(NetworkConfig::from_value(config.to_value()).unwrap(), config);
    assert!(Network::<f32>::new(config.clone()).is_ok());
    config
}

#[test]
fn every_kind_of_input_and_layer_is_read_and_written_back() {
    assert_read_back(
        "[2, 9]",
        r#"{"kind":"conv1d","filters":3,"kernel":4,"stride":2,"padding":3,"activation":"relu",
            "keep_prob":0.5,"init":"glorot","learning_rate_scale":0.25,"shared":false},
            {"kind":"max_pool","size":2},{"kind":"dense","units":1}"#,
    );
    let config = assert_read_back(
        "[1, 8, 6]",
        r#"{"kind":"conv2d","filters":3,"kernel":[2,3],"padding":1},
            {"kind":"max_pool","size":2,"keep_prob":1},{"kind":"conv2d","filters":1,"kernel":2}"#,
    );
    let filters = Filters { count: 3, kernel: (2, 3), stride: 1, padding: 1, shared: true };
    assert_eq!(config.layers[0].kind, LayerKind::Conv2d(filters));
    let config = assert_read_back(
        r#"{"steps":5,"features":2}"#,
        r#"{"kind":"dense","units":3,"shared":false},
            {"kind":"recurrent","units":4,"outputs":"all","shared":false,"activation":"relu"},
            {"kind":"recurrent","units":2,"outputs":"last"},{"kind":"dense","units":1}"#,
    );
    assert_eq!(config.layers[2].activation, Activation::Tanh, "what recurrence takes by default");
    assert_eq!(config.layers[1].init, Init::He);
}

#[test]
fn bad_inputs_are_refused_by_name() {
    const BAD_STEPS: &str = r#"{"steps":0,"feature":1}"#;
    assert_refused(&[
        ("[]", CONV, "input = a list of 0: must be a whole number from 1 to 1048576, [channels,"),
        ("[1,2,3,4]", CONV, "input = a list of 4: must be"),
        ("[1,3.7,8]", CONV, "input[1] = 3.7: must be a whole number from 1 to 1048576"),
        ("[1,3.7,0]", CONV, "; input[2] = 0: must be"),
        ("[1024,1024,1024]", CONV, "input is an image of 1024 x 1024 x 1024: must be 1 to 1048576"),
        (BAD_STEPS, RECURRENT, "input.steps = 0: must be a whole number"),
        (BAD_STEPS, RECURRENT, "input.features is missing"),
        (BAD_STEPS, RECURRENT, "input.feature: unknown key, the nearest known key is features"),
    ]);
}

#[test]
fn a_layer_on_an_input_of_another_kind_says_which_it_needs() {
    const IMAGE: &str =
        "conv2d\": must follow an image, input = [channels, height, width], and not ";
    let conv1d = CONV.replace("2d", "1d");
    assert_refused(&[
        ("64", CONV, &format!("layers[0].kind = \"{IMAGE}64 numbers without an order")),
        ("[1,64]", CONV, &format!("{IMAGE}a signal of 1 x 64")),
        (STEPS, CONV, &format!("{IMAGE}a sequence of 4 x 1")),
        ("[1,8,8]", &conv1d, "must follow a signal, input = [channels, length], and not an image"),
        ("[1,8,8]", RECURRENT, "must follow a sequence, input = {steps, features}, and not an im"),
        ("8", r#"{"kind":"max_pool","size":2}"#, "must follow a signal or an image"),
        ("8", r#"{"kind":"dense","units":2,"shared":false}"#, "layers[0].shared = false: must be"),
    ]);
}

#[test]
fn bad_options_are_refused_by_name() {
    assert_refused(&[
        ("[1,8,8]", &with(CONV, r#""stride":0"#), "layers[0].stride = 0: must be a whole number"),
        ("[1,8,8]", &with(CONV, r#""stride":1.5"#), "layers[0].stride = 1.5"),
        ("[1,8,8]", &with(CONV, r#""padding":-1"#), "layers[0].padding = -1: must be a whole"),
        ("[1,8,8]", &with(CONV, r#""padding":3"#), "layers[0].padding = 3: must be at most 2"),
        ("[1,8,8]", &with(CONV, r#""shared":1"#), "layers[0].shared = 1: must be true or false"),
        ("[1,8,8]", &with(CONV, r#""units":1"#), "layers[0].units: unknown key"),
        ("[1,8,8]", &CONV.replace('3', "9"), "kernel = 9: must be at most 8, the height"),
        ("[1,8,8]", &CONV.replace('3', "[3,9]"), "kernel = 9: must be at most 8, the width"),
        ("[1,8,8]", &CONV.replace('3', "[3,0]"), "layers[0].kernel = a list of 2: must be a whole"),
        ("[1,8]", r#"{"kind":"conv1d","filters":1,"kernel":[1,3]}"#, "kernel = a list of 2: must"),
        ("[1,8]", r#"{"kind":"conv1d","filters":1}"#, "layers[0].kernel is missing: must be"),
        (
            "[1,8,8]",
            r#"{"kind":"max_pool","size":9}"#,
            "size = 9: must be a whole number from 1 to 8",
        ),
        ("[1,8]", r#"{"kind":"max_pool","size":2,"activation":"relu"}"#, "activation: unknown key"),
        (
            STEPS,
            &RECURRENT.replace("last", "first"),
            r#"outputs = "first": must be one of last, all"#,
        ),
        (STEPS, r#"{"kind":"recurrent","units":2}"#, "layers[0].outputs is missing"),
    ]);
    let frozen =
        r#"{"kind":"max_pool","size":2,"learning_rate_scale":0},{"kind":"dense","units":1}"#;
    assert_refused(&[
        ("[1,8]", frozen, "learning_rate_scale: unknown key"),
        ("8", r#"{"kind":"dense","units":1,"learning_rate_scale":-1}"#, "at least 0"),
    ]);
    let dropped = r#"{"kind":"max_pool","size":2,"keep_prob":0.5},{"kind":"dense","units":1}"#;
    assert_refused(&[
        ("[1,8]", dropped, "layers[0].keep_prob = 0.5: must be 1: a max_pool layer is not dropped"),
        (STEPS, &with(RECURRENT, r#""keep_prob":0.5"#), "must be 1: a recurrent layer is not"),
    ]);
}

/// What is built in Rust goes past the reader, and must not panic either.
#[test]
fn bad_layers_built_in_rust_are_refused_too() {
    for kind in [
        LayerKind::Dense { units: 0, shared: true },
        LayerKind::Conv2d(Filters::square(0, 3)),
        LayerKind::Conv2d(Filters::square(2, 0)),
        LayerKind::Conv2d(Filters::square(2, usize::MAX)),
        LayerKind::Conv2d(Filters { stride: 0, ..Filters::square(2, 3) }),
        LayerKind::Conv2d(Filters { padding: usize::MAX, ..Filters::square(2, 3) }),
        LayerKind::MaxPool { size: 0 },
        LayerKind::Recurrent { units: 0, outputs: StepOutputs::Last, shared: true },
    ] {
        let input = match kind {
            LayerKind::Recurrent { .. } => Shape::Steps { steps: 2, features: 2 },
            _ => Shape::Image { channels: 1, height: 8, width: 8 },
        };
        let network =
            |layer| Network::<f32>::new(NetworkConfig::new(input, vec![layer], Loss::Mse));
        assert!(network(LayerConfig::new(kind, Activation::Linear)).is_err(), "{kind:?}");
    }
    let input = Shape::Line { channels: 1, length: 8 };
    let pool = LayerConfig::max_pool(2);
    for layer in [
        LayerConfig { keep_prob: 0.5, ..pool.clone() },
        LayerConfig { activation: Activation::Relu, ..pool.clone() },
        LayerConfig { learning_rate_scale: 0.0, ..pool },
        LayerConfig { learning_rate_scale: f64::NAN, ..LayerConfig::dense(2, Activation::Linear) },
    ] {
        assert!(Network::<f32>::new(NetworkConfig::new(input, vec![layer], Loss::Mse)).is_err());
    }
}

#[test]
fn sizes_that_would_overflow_are_refused_before_anything_is_built() {
    const LONG: &str = r#"{"steps":1048576,"features":1}"#;
    let conv = |filters: &str, kernel: &str, padding: u32| {
        format!(r#"{{"kind":"conv2d","filters":{filters},"kernel":{kernel},"padding":{padding}}}"#)
    };
    let recurrent =
        |units: u32, rest: &str| format!(r#"{{"kind":"recurrent","units":{units},{rest}}}"#);
    for (input, layers) in [
        ("[1,1024,1024]", conv("1048576", "1048576", 1_048_575)),
        ("[1,1024,1024]", conv("1", "524293", 524_292)),
        ("[1,1024,1024]", conv("1048576", "1", 0)),
        ("[1048576,1,1]", conv("1048576", "[1,1]", 0)),
        ("[1,512,512]", conv("2", "256", 0)),
        ("[1,512,512]", with(&conv("4", "256", 0), r#""shared":false"#)),
        (LONG, recurrent(1_048_576, r#""outputs":"all""#)),
        (LONG, recurrent(1_048_576, r#""outputs":"last","shared":false"#)),
        (LONG, recurrent(100, r#""outputs":"last""#)),
        (LONG, r#"{"kind":"dense","units":1048576,"shared":false}"#.to_string()),
        ("[1024,1024,1024]", CONV.to_string()),
    ] {
        let message = refusal(input, &layers);
        let known = ["would take about", "must be at most 1048576 n", "must be 1 to 1048576 n"];
        let is_known = known.iter().any(|words| message.contains(words));
        assert!(is_known, "{input} {layers}: {message}");
    }
}

fn any_layer() -> impl Strategy<Value = String> {
    (0usize..6, 1u32..6, 0u32..4, 1u32..4, any::<bool>()).prop_map(
        |(kind, n, padding, stride, shared)| {
            let filters =
                format!(r#""filters":{stride},"kernel":{n},"padding":{padding},"stride":{stride}"#);
            let (kind, options) = match kind {
                0 => ("conv1d", filters),
                1 => ("conv2d", filters),
                2 => return format!(r#"{{"kind":"max_pool","size":{n}}}"#),
                3 => ("recurrent", format!(r#""units":{n},"outputs":"all""#)),
                4 => ("recurrent", format!(r#""units":{n},"outputs":"last""#)),
                _ => ("dense", format!(r#""units":{n}"#)),
            };
            format!(r#"{{"kind":"{kind}",{options},"shared":{shared}}}"#)
        },
    )
}

proptest! {
    /// Layers that are nearly right, on inputs that may suit them.
    #[test]
    fn no_layer_panics(
        input in prop_oneof![
            (1u32..9).prop_map(|n| n.to_string()),
            prop::collection::vec(1u32..9, 2..4).prop_map(|sides| format!("{sides:?}")),
            (1u32..9, 1u32..9).prop_map(|(n, m)| format!(r#"{{"steps":{n},"features":{m}}}"#)),
        ],
        layers in prop::collection::vec(any_layer(), 1..4),
    ) {
        if let Ok(config) = read(&input, &layers.join(",")) {
            prop_assert_eq!(&NetworkConfig::from_value(config.to_value()).unwrap(), &config);
            let mut network = Network::<f32>::new(config).unwrap();
            let (x, y) = (vec![0.5; 3 * network.inputs()], vec![1.0; 3 * network.target_width()]);
            network.load(&x, &y).unwrap();
            prop_assert!(network.step(3).is_ok());
            prop_assert_eq!(network.predict(&x).unwrap().len(), y.len());
            prop_assert!(network.gradients(&x, &y, None).is_ok());
        }
    }
}
