//! A reader's own data: files to tables, and tables on their way to labs.

use super::arguments::{
    bytes, flag, is_missing, numbers, record, refusal, text, text_of_at_most, texts, unreadable,
    whole,
};
use super::convert::{Result, numbers_to_js, object, set, to_js};
use crate::data::{
    self, CsvDescription, CsvOptions, Decoded, Examples, MOST_BYTES, MOST_INPUTS, MOST_NUMBERS,
    Table,
};
use crate::error::{Error, Result as Checked};
use crate::lab::LabSpec;
use crate::labs;
use js_sys::{ArrayBuffer, Reflect};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// What a file holds, before anything of it is learned.
#[wasm_bindgen(js_name = describeCsv, unchecked_return_type = "CsvDescription")]
pub fn describe_csv(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CsvOptions")] options: JsValue,
) -> Result<JsValue> {
    let (Decoded { text, encoding }, options) = file(&text, &options)?;
    to_js(&CsvDescription { encoding, ..data::describe_csv(&text, &options)? })
}

/// Reads a file of comma-separated values as a table to learn from.
#[wasm_bindgen(js_name = readCsv, unchecked_return_type = "Table")]
pub fn read_csv(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CsvOptions")] options: JsValue,
) -> Result<JsValue> {
    let (Decoded { text, encoding }, options) = file(&text, &options)?;
    let (table, understood) = data::read_csv(&text, &options)?;
    table_to_js(&table, 0, Some(&CsvDescription { encoding, ..understood }))
}

/// Reads images and their labels in IDX, the form of MNIST, as a table to learn from.
#[wasm_bindgen(js_name = readIdx, unchecked_return_type = "Table")]
pub fn read_idx(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | number[]")] images: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | number[]")] labels: JsValue,
) -> Result<JsValue> {
    let (images, labels) = (bytes("images", &images)?, bytes("labels", &labels)?);
    let (table, left_off) = data::read_idx(&images, &labels)?;
    table_to_js(&table, left_off, None)
}

/// The text of a file, given as text or as bytes, and how it is to be read.
fn file(given: &JsValue, options: &JsValue) -> Checked<(Decoded, CsvOptions)> {
    let decoded = if ArrayBuffer::is_view(given) {
        data::decoded(&bytes("text", given)?)
    } else {
        let allowed = "the text of a file, or its bytes";
        let text = text_of_at_most(MOST_BYTES as u32, "text", given, allowed)?;
        Decoded { text, encoding: "UTF-8" }
    };
    Ok((decoded, CsvOptions::from_value(record("options", options)?)?))
}

fn table_to_js(
    table: &Table,
    left_off: usize,
    understood: Option<&CsvDescription>,
) -> Result<JsValue> {
    let task = if table.of_classes() { "classes" } else { "regression" };
    let object = object([
        ("inputs", to_js(&table.inputs)?),
        ("target", table.target.as_str().into()),
        ("task", task.into()),
        ("classes", to_js(&table.classes)?),
        ("x", numbers_to_js(&table.examples.x)),
        ("y", numbers_to_js(&table.examples.y)),
        ("rows", (table.rows() as f64).into()),
        ("standardize", table.standardize.into()),
        ("rows_left_off", (left_off as f64).into()),
    ]);
    if let Some(side) = table.image_side {
        set(&object, "image_side", side as f64);
    }
    if let Some(understood) = understood {
        set(&object, "understood", to_js(understood)?);
    }
    Ok(object)
}

/// The table that a lab was given, where one was: checked, as scripts may make one themselves.
pub fn table_for(spec: &'static LabSpec, table: &JsValue) -> Checked<Option<Arc<Table>>> {
    if is_missing(table) {
        return Ok(None);
    }
    labs::check_takes_table(spec)?;
    if !table.is_object() {
        return Err(refusal("table", table, "a table, as readCsv gives it"));
    }
    let field = |key: &str| -> Checked<JsValue> {
        Reflect::get(table, &key.into())
            .map_err(|thrown| unreadable(&format!("table.{key}"), &thrown))
    };
    let names = |key: &str| texts(&format!("table.{key}"), &field(key)?, "a list of names");
    let classes = match is_missing(&field("classes")?) {
        true => Vec::new(),
        false => names("classes")?,
    };
    let side = field("image_side")?;
    let image_side = match is_missing(&side) {
        true => None,
        false => Some(whole("table.image_side", &side, 1, MOST_INPUTS as u64)? as usize),
    };
    let table = Table {
        inputs: names("inputs")?,
        target: text("table.target", &field("target")?, "a name")?,
        classes,
        examples: Examples {
            x: numbers("table.x", &field("x")?)?,
            y: numbers("table.y", &field("y")?)?,
        },
        standardize: flag("table.standardize", &field("standardize")?)?,
        image_side,
    };
    let rows = whole("table.rows", &field("rows")?, 1, MOST_NUMBERS as u64)? as usize;
    if rows != table.rows() {
        let there = table.rows();
        return Err(Error::invalid(format!("table.rows = {rows}: must be {there}, as .y has")));
    }
    Ok(Some(Arc::new(table.checked()?)))
}
