//! Looks at a value from JavaScript that cannot end the module: by `typeof`, which runs none of the
//! caller's code, or by an import that hands back what was thrown.

use crate::error::{Error, Result as Checked};
use crate::value::{Value, whole_number};
use js_sys::{ArrayBuffer, Float64Array, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// The longest text, in UTF-16 units: more than any link or name.
const MAX_TEXT: u32 = 1_000_000;

/// Built-in functions that may run the caller's code, or throw on their own.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array_of_js(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Array", "prototype", "every"], js_name = call)]
    fn every(array: &JsValue, holds: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(thread_local_v2, js_namespace = Number, js_name = isFinite)]
    static IS_FINITE: JsValue;

    #[wasm_bindgen(js_name = Float64Array, extends = Float64Array)]
    pub type Numbers;
    #[wasm_bindgen(catch, constructor, js_class = Float64Array)]
    fn new(values: &JsValue) -> Result<Numbers, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["Float64Array", "prototype", "set"], js_name = call)]
    fn fill(numbers: &Numbers, from: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = Uint8Array, extends = Uint8Array)]
    pub type Bytes;
    #[wasm_bindgen(catch, constructor, js_class = Uint8Array)]
    fn new(values: &JsValue) -> Result<Bytes, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Float64Array", "prototype", "set"], js_name = call)]
    fn fill_list(numbers: &mut [f64], from: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn kind_of_js(value: &JsValue) -> Result<String, JsValue>;
}

/// A refusal: `name = value: must be what is allowed`.
#[inline(never)]
pub fn refusal(name: &str, value: &JsValue, allowed: &str) -> Error {
    Error::invalid(format!("{name} = {}: must be {allowed}", shown(value)))
}

/// A refusal of what threw an error when it was read.
#[inline(never)]
pub fn unreadable(name: &str, thrown: &JsValue) -> Error {
    let message = Reflect::get(thrown, &"message".into()).ok().filter(JsValue::is_string);
    let reason = shown(message.as_ref().unwrap_or(thrown));
    Error::invalid(format!("{name}: must be readable, but reading it threw {reason}"))
}

/// A value in a sentence, in words that run none of its own code.
#[inline(never)]
fn shown(value: &JsValue) -> String {
    if let Some(simple) = simple(value) {
        simple.to_string()
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        Value::Text(text.substring(0, 100).into()).to_string()
    } else if value.is_bigint() {
        i64::try_from(value.clone()).map_or("a BigInt".to_string(), |number| format!("{number}n"))
    } else if value.is_symbol() {
        "a symbol".to_string()
    } else if value.is_function() {
        "a function".to_string()
    } else if is_array(value) {
        "a list".to_string()
    } else {
        "an object".to_string()
    }
}

/// Nothing, a flag or a number.
pub fn simple(value: &JsValue) -> Option<Value> {
    if let Some(number) = value.as_f64() {
        Some(Value::Number(number))
    } else if value.is_undefined() || value.is_null() {
        Some(Value::Missing)
    } else {
        value.as_bool().map(Value::Flag)
    }
}

/// A whole number from `min` to `max`: in JavaScript every number may have a fraction.
#[inline(never)]
pub fn whole(name: &str, value: &JsValue, min: u64, max: u64) -> Checked<u64> {
    let number = value.as_f64().and_then(|n| whole_number(&Value::Number(n), min, max));
    number.ok_or_else(|| refusal(name, value, &format!("a whole number from {min} to {max}")))
}

/// Words; `allowed` says which.
pub fn text(name: &str, value: &JsValue, allowed: &str) -> Checked<String> {
    text_of_at_most(MAX_TEXT, name, value, allowed)
}

/// Words of at most so many UTF-16 units.
#[inline(never)]
pub fn text_of_at_most(most: u32, name: &str, value: &JsValue, allowed: &str) -> Checked<String> {
    let words = value.dyn_ref::<JsString>().ok_or_else(|| refusal(name, value, allowed))?;
    let limit = || refusal(name, value, &format!("of at most {most} characters"));
    (words.length() <= most).then(|| words.into()).ok_or_else(limit)
}

/// Whether an argument was left out.
pub fn is_missing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// Whether this is an array; a proxy that no longer answers is none.
pub fn is_array(value: &JsValue) -> bool {
    is_array_of_js(value).unwrap_or(false)
}

/// The length of an array.
#[inline(never)]
pub fn length(name: &str, array: &JsValue, max: u64) -> Checked<u32> {
    let length =
        Reflect::get(array, &"length".into()).map_err(|thrown| unreadable(name, &thrown))?;
    Ok(whole(&format!("{name}.length"), &length, 0, max)? as u32)
}

/// One item of an array.
#[inline(never)]
pub fn item(name: &str, array: &JsValue, index: u32) -> Checked<JsValue> {
    Reflect::get_u32(array, index)
        .map_err(|thrown| unreadable(&format!("{name}[{index}]"), &thrown))
}

/// The numbers of a `Float64Array`, straight into a list; none where it is not what it seems: a shorter
/// one than it says leaves NaN at the end.
#[inline(never)]
pub fn straight(value: &JsValue, max: u64) -> Option<Vec<f64>> {
    let mut numbers = vec![f64::NAN; length("", value, max).ok()? as usize];
    fill_list(&mut numbers, value).ok()?;
    numbers.last().is_none_or(|last| !last.is_nan()).then_some(numbers)
}

/// The bytes of a `Uint8Array`, at most so many: a file of some fifty megabytes is not made numbers first.
#[inline(never)]
pub fn bytes_of(value: &JsValue, max: u64) -> Option<Vec<u8>> {
    let is_bytes = ArrayBuffer::is_view(value) && value.is_instance_of::<Uint8Array>();
    let copy = is_bytes.then(|| Bytes::new(value).ok())??;
    (u64::from(copy.length()) <= max).then(|| copy.to_vec())
}

/// A copy as the typed array it may be already; none of an array that holds anything but finite
/// numbers. It is read by its indices, never by an iterator of the caller's.
#[inline(never)]
pub fn copied(value: &JsValue, is_typed: bool) -> Option<Numbers> {
    if is_typed {
        return Numbers::new(value).ok();
    }
    let length = length("", value, u64::from(u32::MAX)).ok()?;
    // Of a long array with hardly anything in it no copy is begun.
    let mut ends = [0, length.saturating_sub(1)].into_iter().take(length as usize);
    let is_number = |at| item("", value, at).is_ok_and(|item| item.as_f64().is_some());
    let is_plain =
        ends.all(is_number) && IS_FINITE.with(|is_finite| every(value, is_finite)).unwrap_or(false);
    let numbers = is_plain.then(|| Numbers::new(&length.into()).ok())??;
    fill(&numbers, value).ok()?;
    // `every` passes over the gaps of a sparse array; in the copy they are NaN.
    (!numbers.includes(f64::NAN, 0)).then_some(numbers)
}

/// Whether this is an object of fields, not a date, an error, a promise or anything else of its own kind.
///
/// # Errors
/// What its own code threw when it was asked.
pub fn is_record(value: &JsValue) -> Result<bool, JsValue> {
    Ok(value.is_object() && kind_of_js(value)? == "[object Object]")
}
