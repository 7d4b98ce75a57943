//! In a browser: the bindings load, train, predict and draw, and give the bits of native code.
#![cfg(target_arch = "wasm32")]

#[path = "common/runs.rs"]
mod runs;

use js_sys::{Array, Float64Array, Reflect};
use regularization_playground::{
    Lab, Network, catalogue, draw_figure, fresh_seed, run_cell, version,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

fn object(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap()
}

fn number(value: &JsValue, key: &str) -> f64 {
    get(value, key).as_f64().unwrap()
}

fn message<T>(result: Result<T, JsValue>) -> String {
    let error = result.err().expect("a refusal");
    error.dyn_into::<js_sys::Error>().expect("a real Error").message().into()
}

/// What JavaScript hands in for these numbers.
fn floats(numbers: &[f64]) -> JsValue {
    Float64Array::from(numbers).into()
}

const CONFIG: &str = r#"{"input": 2, "loss": "cross_entropy", "batch_size": 0, "seed": 3,
    "layers": [{"kind": "dense", "units": 8, "activation": "tanh"}, {"kind": "dense", "units": 2}],
    "optimizer": {"kind": "adam", "learning_rate": 0.02}}"#;
const X: [f64; 8] = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
const Y: [f64; 4] = [0.0, 1.0, 1.0, 0.0];

#[wasm_bindgen_test]
fn the_bits_are_those_of_native_code() {
    let want = include_str!("reference/hashes.txt").trim_end();
    assert_eq!(runs::hashes().join("\n"), want);
}

#[wasm_bindgen_test]
fn it_loads_trains_and_predicts() {
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
    let mut network = Network::new(object(CONFIG)).unwrap();
    network.load(floats(&X), floats(&Y)).unwrap();
    let reports: Array = network.train(object(r#"{"steps": 400, "every": 200}"#)).unwrap().into();
    assert_eq!(reports.length(), 2);
    assert_eq!(number(&reports.get(1), "step"), 400.0);
    assert!(number(&reports.get(1), "loss") < 0.1);
    let y_hat = network.predict(floats(&X)).unwrap();
    assert!(y_hat.chunks(2).zip(Y).all(|(row, class)| row[class as usize] > 0.5));
    let config = network.config().unwrap();
    assert_eq!(get(&config, "dropout_scaling"), "inverted");
}

#[wasm_bindgen_test]
fn parameters_and_gradients_are_typed_arrays_that_go_both_ways() {
    let mut network = Network::new(object(CONFIG)).unwrap();
    let parameters = network.parameters(NONE).unwrap();
    let w1 = get(&Array::from(&parameters).get(0), "values");
    assert_eq!(w1.unchecked_ref::<Float64Array>().length(), 16);
    w1.unchecked_ref::<Float64Array>().set_index(0, 0.5);
    network.set_parameters(parameters, NONE).unwrap();
    let back = get(&Array::from(&network.parameters(NONE).unwrap()).get(0), "values");
    assert_eq!(back.unchecked_ref::<Float64Array>().get_index(0), 0.5);
    let gradients = network.gradients(floats(&X), floats(&Y), NONE).unwrap();
    assert!(number(&gradients, "loss") > 0.0);
    assert_eq!(get(&gradients, "input").unchecked_ref::<Float64Array>().length(), 8);
}

#[wasm_bindgen_test]
fn refusals_are_errors_in_words_and_leave_the_object_usable() {
    let unknown = object(r#"{"input": 1, "layer": [], "loss": "mse", "layers": []}"#);
    let text = message(Network::new(unknown));
    assert!(text.contains("layer: unknown key, the nearest known key is layers"), "{text}");
    let own = js_sys::Object::new();
    Reflect::set(&own, &"input".into(), &own).unwrap();
    assert!(message(Network::new(own.into())).contains("nested too deeply"));
    let mut network = Network::new(object(CONFIG)).unwrap();
    network.load(floats(&X), floats(&Y)).unwrap();
    assert!(message(network.step(3.7.into())).contains("n = 3.7: must be a whole number"));
    assert!(message(network.step(f64::NAN.into())).contains("n = NaN"));
    assert!(message(network.predict(floats(&[1.0]))).contains("x has 1 numbers"));
    assert!(
        message(network.set_parameters(object("[{\"name\":\"w1\"}]"), JsValue::NULL))
            .contains("w1.shape")
    );
    assert_eq!(number(&network.step(1.0.into()).unwrap(), "step"), 1.0);
}

#[wasm_bindgen_test]
fn divergence_is_an_error_of_its_own_kind() {
    let config =
        CONFIG.replace("adam", "sgd").replace("0.02", "1e30").replace("cross_entropy", "mse");
    let mut network = Network::new(object(&config)).unwrap();
    network.load(floats(&X), floats(&[Y, Y].concat())).unwrap();
    let error = network.step(100.0.into()).unwrap_err();
    assert_eq!(get(&error, "name"), "DivergedError");
    let step = number(&error, "step");
    assert_eq!(get(&error, "message"), format!("diverged at step {step}").as_str());
}

/// An argument that is left out.
const NONE: JsValue = JsValue::UNDEFINED;

#[wasm_bindgen_test]
fn a_lab_runs_from_a_link_and_replays() {
    let mut lab =
        Lab::from_query("playground".into(), "v=1&steps=20&units=8&seed=5".into(), NONE).unwrap();
    while !get(&lab.train(5.0.into()).unwrap(), "done").is_truthy() {}
    let error = number(&lab.metrics(), "test_error");
    let mut again = Lab::from_query("playground".into(), lab.query().into(), NONE).unwrap();
    assert_eq!(number(&again.step(20.0.into()).unwrap(), "test_error"), error);
    let cell = run_cell(
        "playground".into(),
        object(r#"{"steps": 20, "units": 8, "seed": 5}"#),
        object(r#"["test_error"]"#),
        NONE,
    );
    assert_eq!(number(&cell.unwrap(), "test_error"), error);
    let text = message(Lab::from_query("playground".into(), "v=1&keep_prob=2&unit=3".into(), NONE));
    assert!(text.contains("keep_prob = 2") && text.contains("unit: unknown key"), "{text}");
}

/// How many pixels of a canvas are not fully transparent.
fn painted(canvas: &HtmlCanvasElement) -> usize {
    let context = canvas.get_context("2d").unwrap().unwrap();
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let image = context.get_image_data(0.0, 0.0, width, height).unwrap();
    image.data().chunks(4).filter(|pixel| pixel[3] > 0).count()
}

fn canvas() -> HtmlCanvasElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let canvas = document.create_element("canvas").unwrap().unchecked_into::<HtmlCanvasElement>();
    canvas.set_width(400);
    canvas.set_height(250);
    document.body().unwrap().append_child(&canvas).unwrap();
    canvas
}

#[wasm_bindgen_test]
fn every_figure_of_every_lab_draws_something() {
    for spec in Array::from(&catalogue().unwrap()).iter() {
        let id = get(&spec, "id").as_string().unwrap();
        let mut lab = Lab::new(id.as_str().into(), NONE, NONE).unwrap();
        lab.step(2.0.into()).unwrap();
        for figure in Array::from(&get(&spec, "figures")).iter() {
            let key = get(&figure, "key").as_string().unwrap();
            let canvas = canvas();
            lab.draw(key.as_str().into(), canvas.clone().into(), 2.into()).unwrap();
            let by_lab = painted(&canvas);
            assert!(by_lab > 50, "{id} {key}: {by_lab} pixels");
            draw_figure(
                lab.figure(key.as_str().into()).unwrap(),
                canvas.clone().into(),
                2.into(),
                NONE,
            )
            .unwrap();
            assert_eq!(painted(&canvas), by_lab, "{id} {key}: data draws the same picture");
            canvas.remove();
        }
    }
}

/// Values whose reading throws or that no binding takes, each made by a line of JavaScript.
fn hostile() -> Vec<JsValue> {
    let lines = [
        "return 10n",
        "return Symbol('s')",
        "return { valueOf() { throw 1 }, toString() { throw 2 } }",
        "return new Proxy([], new Proxy({}, { get() { throw 3 } }))",
        "return Object.create(HTMLCanvasElement.prototype)",
        "return new OffscreenCanvas(8, 8)",
        "return new Proxy(document.createElement('canvas'), {})",
        "const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy",
    ];
    let made = |line: &str| js_sys::Function::new_no_args(line).call0(&JsValue::NULL).unwrap();
    lines.into_iter().map(made).collect()
}

#[wasm_bindgen_test]
fn hostile_arguments_are_refused_by_name_and_nothing_else_changes() {
    let mut network = Network::new(object(CONFIG)).unwrap();
    network.load(floats(&X), floats(&Y)).unwrap();
    let mut lab = Lab::new("playground".into(), NONE, NONE).unwrap();
    let key = get(
        &Array::from(&get(&Array::from(&catalogue().unwrap()).get(0), "figures")).get(0),
        "key",
    );
    let figure = lab.figure(key.clone()).unwrap();
    let canvas = canvas();
    let (query, steps) = (lab.query(), number(&lab.progress().unwrap(), "steps"));
    for value in hostile() {
        let given = || value.clone();
        for (name, text) in [
            ("n", message(network.step(given()))),
            ("x", message(network.predict(given()))),
            ("config", message(Network::new(given()))),
            ("id", message(Lab::new(given(), NONE, NONE))),
            ("query", message(Lab::from_query("playground".into(), given(), NONE))),
            ("budget_ms", message(lab.train(given()))),
            ("key", message(lab.draw(given(), canvas.clone().into(), 1.into()))),
            ("canvas", message(lab.draw(key.clone(), given(), 1.into()))),
            ("pixel_ratio", message(lab.draw(key.clone(), canvas.clone().into(), given()))),
            ("canvas", message(draw_figure(figure.clone(), given(), 1.into(), NONE))),
            ("figure", message(draw_figure(given(), canvas.clone().into(), 1.into(), NONE))),
        ] {
            assert!(text.starts_with(name) || name == "config", "{name}: {text}");
        }
    }
    canvas.remove();
    assert_eq!((lab.query(), number(&lab.progress().unwrap(), "steps")), (query, steps));
    assert_eq!(number(&network.step(1.into()).unwrap(), "step"), 1.0);
}

#[wasm_bindgen_test]
fn fresh_seeds_differ() {
    let seeds: Vec<u32> = (0..4).map(|_| fresh_seed().unwrap()).collect();
    assert!(seeds.iter().any(|&seed| seed != seeds[0]));
}
