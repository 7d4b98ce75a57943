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
    network.load(&X, &Y).unwrap();
    let reports: Array = network.train(object(r#"{"steps": 400, "every": 200}"#)).unwrap().into();
    assert_eq!(reports.length(), 2);
    assert_eq!(number(&reports.get(1), "step"), 400.0);
    assert!(number(&reports.get(1), "loss") < 0.1);
    let y_hat = network.predict(&X).unwrap();
    assert!(y_hat.chunks(2).zip(Y).all(|(row, class)| row[class as usize] > 0.5));
    let config = network.config().unwrap();
    assert_eq!(get(&config, "dropout_scaling"), "inverted");
}

#[wasm_bindgen_test]
fn parameters_and_gradients_are_typed_arrays_that_go_both_ways() {
    let mut network = Network::new(object(CONFIG)).unwrap();
    let parameters = network.parameters(None).unwrap();
    let w1 = get(&Array::from(&parameters).get(0), "values");
    assert_eq!(w1.unchecked_ref::<Float64Array>().length(), 16);
    w1.unchecked_ref::<Float64Array>().set_index(0, 0.5);
    network.set_parameters(parameters, None).unwrap();
    let back = get(&Array::from(&network.parameters(None).unwrap()).get(0), "values");
    assert_eq!(back.unchecked_ref::<Float64Array>().get_index(0), 0.5);
    let gradients = network.gradients(&X, &Y, JsValue::UNDEFINED).unwrap();
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
    network.load(&X, &Y).unwrap();
    assert!(message(network.step(3.7)).contains("n = 3.7: must be a whole number"));
    assert!(message(network.step(f64::NAN)).contains("n = NaN"));
    assert!(message(network.predict(&[1.0])).contains("x has 1 numbers"));
    assert!(
        message(network.set_parameters(object("[{\"name\":\"w1\"}]"), None)).contains("w1.shape")
    );
    assert_eq!(number(&network.step(1.0).unwrap(), "step"), 1.0);
}

#[wasm_bindgen_test]
fn divergence_is_an_error_of_its_own_kind() {
    let config =
        CONFIG.replace("adam", "sgd").replace("0.02", "1e30").replace("cross_entropy", "mse");
    let mut network = Network::new(object(&config)).unwrap();
    network.load(&X, &[Y, Y].concat()).unwrap();
    let error = network.step(100.0).unwrap_err();
    assert_eq!(get(&error, "name"), "DivergedError");
    let step = number(&error, "step");
    assert_eq!(get(&error, "message"), format!("diverged at step {step}").as_str());
}

#[wasm_bindgen_test]
fn a_lab_runs_from_a_link_and_replays() {
    let mut lab = Lab::from_query("playground", "v=1&steps=20&units=8&seed=5").unwrap();
    while !get(&lab.train(5.0).unwrap(), "done").is_truthy() {}
    let error = number(&lab.metrics(), "test_error");
    let mut again = Lab::from_query("playground", &lab.query()).unwrap();
    assert_eq!(number(&again.step(20.0).unwrap(), "test_error"), error);
    let cell = run_cell(
        "playground",
        object(r#"{"steps": 20, "units": 8, "seed": 5}"#),
        vec!["test_error".to_string()],
    );
    assert_eq!(number(&cell.unwrap(), "test_error"), error);
    let text = message(Lab::from_query("playground", "v=1&keep_prob=2&unit=3"));
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
        let mut lab = Lab::new(&id, JsValue::UNDEFINED).unwrap();
        lab.step(2.0).unwrap();
        for figure in Array::from(&get(&spec, "figures")).iter() {
            let key = get(&figure, "key").as_string().unwrap();
            let canvas = canvas();
            lab.draw(&key, &canvas, 2.0).unwrap();
            let by_lab = painted(&canvas);
            assert!(by_lab > 50, "{id} {key}: {by_lab} pixels");
            draw_figure(lab.figure(&key).unwrap(), &canvas, 2.0).unwrap();
            assert_eq!(painted(&canvas), by_lab, "{id} {key}: data draws the same picture");
            canvas.remove();
        }
    }
}

#[wasm_bindgen_test]
fn fresh_seeds_differ() {
    let seeds: Vec<u32> = (0..4).map(|_| fresh_seed().unwrap()).collect();
    assert!(seeds.iter().any(|&seed| seed != seeds[0]));
}
