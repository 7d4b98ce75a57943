//! Objects and lists from JavaScript, as plain values.

use super::look::{copied, is_array, is_record, item, length, refusal, simple, text, unreadable};
use crate::error::{Error, Result as Checked};
use crate::value::{MAX_DEPTH, Value, shortened};
use js_sys::{Array, Map, Reflect, Symbol};
use wasm_bindgen::prelude::*;

/// The most values in one argument, all that is within it counted.
const MAX_VALUES: u32 = 1_000_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys_of_js(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = fromEntries)]
    fn from_entries(entries: &JsValue) -> Result<JsValue, JsValue>;
}

/// Reads one argument. A complaint starts where the value does, so that whoever asked puts the
/// place in front: `config`, then `.layers`, then `[0]`.
pub struct Plain {
    left: u32,
    depth: usize,
}

impl Default for Plain {
    fn default() -> Self {
        Plain { left: MAX_VALUES, depth: 0 }
    }
}

impl Plain {
    /// The value with all that is within it.
    ///
    /// # Errors
    /// What is no plain data, throws when it is read, is nested too deeply or holds too much.
    pub fn read(&mut self, value: &JsValue) -> Checked<Value> {
        if let Some(simple) = simple(value) {
            Ok(simple)
        } else if value.is_string() {
            Ok(Value::Text(text("", value, "words")?))
        } else if self.depth == MAX_DEPTH {
            Err(Error::invalid(": nested too deeply"))
        } else {
            self.depth += 1;
            let read = self.nested(value);
            self.depth -= 1;
            read
        }
    }

    fn nested(&mut self, value: &JsValue) -> Checked<Value> {
        if is_array(value) {
            return self.list(value);
        }
        if value.is_instance_of::<Map>() {
            let record = from_entries(value).map_err(|thrown| unreadable("", &thrown))?;
            return self.record(&record);
        }
        let iterable = || Reflect::has(value, &Symbol::iterator());
        let fields = is_record(value).and_then(|record| Ok(record && !iterable()?));
        if fields.map_err(|thrown| unreadable("", &thrown))? {
            return self.record(value);
        }
        Err(refusal("", value, "a number, words, true or false, a list or an object"))
    }

    fn list(&mut self, value: &JsValue) -> Checked<Value> {
        let length = self.take(length("", value, u64::from(u32::MAX))?)?;
        if let Some(numbers) = copied(value, false) {
            return Ok(Value::List(numbers.to_vec().into_iter().map(Value::Number).collect()));
        }
        let one = |index| {
            let item = item("", value, index)?;
            self.read(&item).map_err(|error| error.within(&format!("[{index}]")))
        };
        Ok(Value::List((0..length).map(one).collect::<Checked<_>>()?))
    }

    fn record(&mut self, value: &JsValue) -> Checked<Value> {
        let keys = keys_of_js(value).map_err(|thrown| unreadable("", &thrown))?;
        self.take(keys.length())?;
        let one = |key: JsValue| {
            let name = text("", &key, "words")?;
            let read = Reflect::get(value, &key).map_err(|thrown| unreadable("", &thrown));
            let read = read.and_then(|field| self.read(&field));
            let value = read.map_err(|error| error.within(&format!(".{}", shortened(&name))))?;
            Ok((name, value))
        };
        Ok(Value::Record(keys.iter().map(one).collect::<Checked<_>>()?))
    }

    /// Counts `length` more values.
    fn take(&mut self, length: u32) -> Checked<u32> {
        let limit = || Error::invalid(format!(": must hold at most {MAX_VALUES} values"));
        self.left = self.left.checked_sub(length).ok_or_else(limit)?;
        Ok(length)
    }
}
