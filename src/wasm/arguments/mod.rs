//! What JavaScript hands in, read strictly and in one place.
//!
//! Every binding takes every argument as a `JsValue`. wasm-bindgen's own conversions take "123" for
//! a number and 3 for words, and run the caller's code (`valueOf`, getters, proxies): what that code
//! throws ends the module for every object on the page. Here a value is looked at by `typeof`,
//! which runs nothing, or by an import that hands back what was thrown. What reads is compiled once
//! and not into each of the forty bindings.

mod look;
mod plain;

pub use look::{is_missing, refusal, text, text_of_at_most, unreadable, whole};

use super::convert::{Result, to_js};
use crate::error::{Error, Result as Checked};
use crate::nn::Parameter;
use crate::plot::Theme;
use crate::value::{Value, shortened, whole_number};
use js_sys::{ArrayBuffer, DataView, Float64Array, Reflect};
use look::{bytes_of, copied, is_array, is_record, item, length, straight};
use plain::Plain;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// The largest whole number a binding takes where no smaller bound applies: 2^53 - 1.
pub const MAX_SAFE: u64 = 9_007_199_254_740_991;

/// What a run is opened by.
pub const QUERY: &str = "what a link holds, in words";

/// What a lab is asked for by.
pub const LAB: &str = "the id of a lab, such as \"playground\"";

/// The most numbers of one argument: 1 GiB of them, over which nothing is built.
const MAX_NUMBERS: u64 = 1 << 27;
/// The most items of a list that is read one by one.
const MAX_ITEMS: u64 = 100_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn get_for(owner: &JsValue, key: &str, object: &JsValue) -> Result<JsValue>;

    #[wasm_bindgen(catch, js_name = structuredClone)]
    fn structured_clone(value: &JsValue) -> Result<JsValue>;
}

/// A number; NaN and the infinities are numbers too.
pub fn number(name: &str, value: &JsValue) -> Checked<f64> {
    value.as_f64().ok_or_else(|| refusal(name, value, "a number"))
}

/// A number for which `allows` holds.
pub fn real(
    name: &str,
    value: &JsValue,
    allowed: &str,
    allows: impl Fn(f64) -> bool,
) -> Checked<f64> {
    value.as_f64().filter(|&number| allows(number)).ok_or_else(|| refusal(name, value, allowed))
}

/// A whole number from `min` up to what 32 bits hold: a count or a place.
#[inline(never)]
pub fn count(name: &str, value: &JsValue, min: u64) -> Checked<usize> {
    Ok(whole(name, value, min, u64::from(u32::MAX))? as usize)
}

/// The number of a member; 0 where none is named.
pub fn member_or_first(member: &JsValue) -> Checked<usize> {
    if is_missing(member) { Ok(0) } else { count("member", member, 0) }
}

/// `true` or `false`.
#[inline(never)]
pub fn flag(name: &str, value: &JsValue) -> Checked<bool> {
    value.as_bool().ok_or_else(|| refusal(name, value, "true or false"))
}

/// The items of an array, each with its name; `allowed` says of what it must be.
#[inline(never)]
pub fn list(name: &str, value: &JsValue, allowed: &str) -> Checked<Vec<(String, JsValue)>> {
    if !is_array(value) {
        return Err(refusal(name, value, allowed));
    }
    let named = |index| Ok((format!("{name}[{index}]"), item(name, value, index)?));
    (0..length(name, value, MAX_ITEMS)?).map(named).collect()
}

/// A list of words.
#[inline(never)]
pub fn texts(name: &str, value: &JsValue, allowed: &str) -> Checked<Vec<String>> {
    let items = list(name, value, allowed)?;
    items.iter().map(|(name, item)| text(name, item, "words")).collect()
}

/// The numbers of a typed array or of an array.
#[inline(never)]
pub fn numbers(name: &str, value: &JsValue) -> Checked<Vec<f64>> {
    let is_of_64_bits = value.is_instance_of::<Float64Array>();
    if let Some(numbers) = is_of_64_bits.then(|| straight(value, MAX_NUMBERS)).flatten() {
        return Ok(numbers);
    }
    let is_typed =
        is_of_64_bits || ArrayBuffer::is_view(value) && !value.is_instance_of::<DataView>();
    if !is_typed && !is_array(value) {
        return Err(refusal(name, value, "a Float64Array or an array of numbers"));
    }
    if !is_typed {
        length(name, value, MAX_NUMBERS)?;
    }
    match copied(value, is_typed) {
        Some(copy) if u64::from(copy.length()) <= MAX_NUMBERS => Ok(copy.to_vec()),
        Some(copy) => Err(refusal(
            &format!("{name}.length"),
            &copy.length().into(),
            &format!("at most {MAX_NUMBERS}"),
        )),
        None if is_typed => Err(refusal(name, value, "a Float64Array or an array of numbers")),
        None => numbers_one_by_one(name, value),
    }
}

#[inline(never)]
fn numbers_one_by_one(name: &str, value: &JsValue) -> Checked<Vec<f64>> {
    let length = length(name, value, MAX_NUMBERS)?;
    let at = |index| {
        let item = item(name, value, index)?;
        item.as_f64().ok_or_else(|| refusal(&format!("{name}[{index}]"), &item, "a number"))
    };
    (0..length).map(at).collect()
}

/// The bytes of a `Uint8Array`, or of an array of whole numbers.
#[inline(never)]
pub fn bytes(name: &str, value: &JsValue) -> Checked<Vec<u8>> {
    if let Some(bytes) = bytes_of(value, MAX_NUMBERS) {
        return Ok(bytes);
    }
    let byte = |(index, &number): (usize, &f64)| {
        whole_number(&Value::Number(number), 0, 255).map(|byte| byte as u8).ok_or_else(|| {
            Error::invalid(format!(
                "{name}[{index}] = {number}: must be a whole number from 0 to 255"
            ))
        })
    };
    numbers(name, value)?.iter().enumerate().map(byte).collect()
}

/// Plain data of any kind.
#[inline(never)]
pub fn plain(name: &str, value: &JsValue) -> Checked<Value> {
    Plain::default().read(value).map_err(|error| error.within(name))
}

/// The fields of an object, or nothing where the argument was left out.
#[inline(never)]
pub fn record(name: &str, value: &JsValue) -> Checked<Value> {
    match plain(name, value)? {
        Value::Missing => Ok(Value::Missing),
        given => given.fields(name).map(Value::Record),
    }
}

/// Plain data of a known type.
///
/// Figures are large and drawn many times a second, so serde reads them where they stand, in a copy
/// which the browser makes in one go and in which nothing can throw. What it cannot copy (a proxy, a
/// function) is read field by field.
pub fn data<T: DeserializeOwned>(name: &str, value: &JsValue) -> Result<T> {
    if !value.is_object() {
        return Err(refusal(name, value, "plain data, as the types of this package have it").into());
    }
    let copy = match structured_clone(value) {
        Ok(copy) => copy,
        Err(_) => to_js(&plain(name, value)?)?,
    };
    serde_wasm_bindgen::from_value(copy).map_err(|error| {
        // serde writes out what it was given, however long that is.
        let words: String = error.to_string().chars().take(200).collect();
        Error::invalid(format!("{name}: {words}")).into()
    })
}

/// The theme of a picture; the light one where none is asked for.
pub fn theme(theme: &JsValue) -> Checked<Theme> {
    const ALLOWED: &str = "\"light\" or \"dark\"";
    if is_missing(theme) {
        return Ok(Theme::Light);
    }
    match text("theme", theme, ALLOWED)?.as_str() {
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        _ => Err(refusal("theme", theme, ALLOWED)),
    }
}

/// `Parameter[]` as weights and biases.
pub fn parameters(parameters: &JsValue) -> Checked<Vec<Parameter>> {
    let items = list("parameters", parameters, "a list of parameters")?;
    items.iter().map(|(name, value)| parameter(name, value)).collect()
}

#[inline(never)]
fn parameter(place: &str, value: &JsValue) -> Checked<Parameter> {
    if !value.is_object() {
        return Err(refusal(place, value, "an object with name, shape and values"));
    }
    let field = |key: &str| {
        Reflect::get(value, &key.into())
            .map_err(|thrown| unreadable(&format!("{place}.{key}"), &thrown))
    };
    let name = text(&format!("{place}.name"), &field("name")?, "a name such as w1")?;
    let place = shortened(&name);
    let shape = list(&format!("{place}.shape"), &field("shape")?, "a list of whole numbers")?;
    let shape: Checked<Vec<usize>> = shape.iter().map(|(name, n)| count(name, n, 0)).collect();
    let values = numbers_or_json(&format!("{place}.values"), &field("values")?)?;
    Ok(Parameter { name, shape: shape?, values })
}

/// Numbers, or what JSON makes of a typed array of them: an object with the keys "0", "1", and so on.
#[inline(never)]
fn numbers_or_json(name: &str, value: &JsValue) -> Checked<Vec<f64>> {
    let is_list = is_array(value) || ArrayBuffer::is_view(value);
    if is_list || !is_record(value).map_err(|thrown| unreadable(name, &thrown))? {
        return numbers(name, value);
    }
    let one = |(index, (key, value)): (usize, (String, Value))| match value {
        _ if key != index.to_string() => {
            let allowed = "must have the keys 0, 1, 2 and so on, and no others";
            Err(Error::invalid(format!("{name}.{}: {allowed}", shortened(&key))))
        }
        Value::Number(number) => Ok(number),
        other => Err(Error::invalid(format!("{name}[{index}] = {other}: must be a number"))),
    };
    plain(name, value)?.fields(name)?.into_iter().enumerate().map(one).collect()
}

/// A canvas of a page, of this one or of one within it.
#[inline(never)]
pub fn canvas(value: &JsValue) -> Checked<HtmlCanvasElement> {
    // The getter of its width answers for true canvases alone, whatever `value` says of itself.
    let prototype = Reflect::get(&js_sys::global(), &"HTMLCanvasElement".into())
        .and_then(|class| Reflect::get(&class, &"prototype".into()));
    match prototype.and_then(|prototype| get_for(&prototype, "width", value)) {
        Ok(_) => Ok(value.clone().unchecked_into()),
        Err(_) => Err(refusal("canvas", value, "a canvas element of a page")),
    }
}

/// How many pixels of the device a pixel of the page has.
#[inline(never)]
pub fn pixel_ratio(value: &JsValue) -> Checked<f64> {
    real("pixel_ratio", value, "a finite number above 0", |ratio| ratio.is_finite() && ratio > 0.0)
}
