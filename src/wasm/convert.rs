//! The crate's values as JavaScript's.

use crate::error::Error;
use crate::nn::Parameter;
use crate::param::Setting;
use js_sys::{Array, Float64Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What every binding hands back: a value, or a real JavaScript `Error`.
pub type Result<T> = std::result::Result<T, JsValue>;

impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        let thrown = js_sys::Error::new(&error.to_string());
        if let Error::Diverged { step } = error {
            thrown.set_name("DivergedError");
            set(&thrown, "step", step as f64);
        }
        thrown.into()
    }
}

/// Sets a plain property of an object made here.
pub fn set(target: &JsValue, key: &str, value: impl Into<JsValue>) {
    // Setting a plain property of an object made here cannot fail.
    let _ = Reflect::set(target, &key.into(), &value.into());
}

/// A JavaScript object with these fields.
pub fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    fields.into_iter().for_each(|(key, value)| set(&object, key, value));
    object.into()
}

/// A `Float64Array` of its own.
pub fn numbers_to_js(numbers: &[f64]) -> JsValue {
    Float64Array::from(numbers).into()
}

/// Plain data as JavaScript's.
pub fn to_js(value: &impl Serialize) -> Result<JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    Ok(value.serialize(&serializer)?)
}

/// A JavaScript object with these keys and values.
pub fn pairs_to_js<T: Into<JsValue>>(
    pairs: impl IntoIterator<Item = (&'static str, T)>,
) -> JsValue {
    let object = Object::new();
    pairs.into_iter().for_each(|(key, value)| set(&object, key, value));
    object.into()
}

impl From<Setting> for JsValue {
    fn from(setting: Setting) -> JsValue {
        match setting {
            Setting::Number(number) => number.into(),
            Setting::Choice(choice) => choice.into(),
            Setting::Flag(flag) => flag.into(),
            Setting::Text(word) => word.as_str().into(),
        }
    }
}

/// Weights and biases as `Parameter[]`.
pub fn parameters_to_js(parameters: &[Parameter]) -> JsValue {
    let one = |Parameter { name, shape, values }: &Parameter| parameter_to_js(name, shape, values);
    parameters.iter().map(one).collect::<Array>().into()
}

/// Numbers with a name and a shape, as a `Parameter`.
pub fn parameter_to_js(name: &str, shape: &[usize], values: &[f64]) -> JsValue {
    let shape: Array = shape.iter().map(|&n| JsValue::from(n as f64)).collect();
    object([("name", name.into()), ("shape", shape.into()), ("values", numbers_to_js(values))])
}
