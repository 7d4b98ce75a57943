//! Between JavaScript's values and the crate's.

use crate::error::{Error, Result as Checked};
use crate::nn::Parameter;
use crate::param::Setting;
use crate::value::{Value, whole_number};
use js_sys::{Array, Float64Array, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// What every binding hands back: a value, or a real JavaScript `Error`.
pub type Result<T> = std::result::Result<T, JsValue>;

/// The largest whole number a binding takes where no smaller bound applies: 2^53 - 1.
pub const MAX_SAFE: u64 = 9_007_199_254_740_991;

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

/// Plain data from JavaScript; `name` is what a complaint calls it.
pub fn from_js<T: for<'de> Deserialize<'de>>(name: &str, value: JsValue) -> Checked<T> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|error| Error::invalid(format!("{name}: {error}")))
}

/// The numbers of a typed array or an array.
pub fn numbers(name: &str, value: &JsValue) -> Checked<Vec<f64>> {
    if js_sys::ArrayBuffer::is_view(value) || Array::is_array(value) {
        Ok(Float64Array::new(value).to_vec())
    } else {
        Err(Error::invalid(format!("{name}: must be a Float64Array")))
    }
}

/// A whole number from JavaScript, where every number has a fraction to be refused.
pub fn whole(name: &str, number: f64, min: u64, max: u64) -> Checked<u64> {
    whole_number(&Value::Number(number), min, max).ok_or_else(|| {
        Error::invalid(format!("{name} = {number}: must be a whole number from {min} to {max}"))
    })
}

/// The number of a member; 0 where none is named.
pub fn member_number(member: Option<f64>) -> Checked<usize> {
    Ok(whole("member", member.unwrap_or(0.0), 0, u64::from(u32::MAX))? as usize)
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
        }
    }
}

/// A JavaScript array.
pub fn list(name: &str, value: &JsValue) -> Checked<Array> {
    value.clone().dyn_into().map_err(|_| Error::invalid(format!("{name}: must be an array")))
}

/// Weights and biases as `Parameter[]`.
pub fn parameters_to_js(parameters: &[Parameter]) -> JsValue {
    let one = |parameter: &Parameter| {
        let shape: Array = parameter.shape.iter().map(|&n| JsValue::from(n as f64)).collect();
        object([
            ("name", parameter.name.as_str().into()),
            ("shape", shape.into()),
            ("values", numbers_to_js(&parameter.values)),
        ])
    };
    parameters.iter().map(one).collect::<Array>().into()
}

/// `Parameter[]` as weights and biases.
pub fn parameters_from_js(parameters: &JsValue) -> Checked<Vec<Parameter>> {
    list("parameters", parameters)?.iter().map(parameter_from_js).collect()
}

fn parameter_from_js(value: JsValue) -> Checked<Parameter> {
    let field = |key: &str| Reflect::get(&value, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let name = field("name")
        .as_string()
        .ok_or_else(|| Error::invalid("parameter.name: must be a name such as w1"))?;
    let shape = numbers(&format!("{name}.shape"), &field("shape"))?;
    let shape: Checked<Vec<usize>> = shape
        .iter()
        .map(|&n| Ok(whole(&format!("{name}.shape"), n, 0, u64::from(u32::MAX))? as usize))
        .collect();
    let values = numbers(&format!("{name}.values"), &field("values"))?;
    Ok(Parameter { name, shape: shape?, values })
}
