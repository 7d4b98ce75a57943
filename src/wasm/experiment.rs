//! Experiments over many runs.

use super::arguments::{LAB, data, text};
use super::convert::{Result, to_js};
use crate::sweep::{self, Ended, Experiment};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("experiment.d.ts");

/// The cells of an experiment, all of them checked: what will be run, in words too.
#[wasm_bindgen(js_name = planCells, unchecked_return_type = "PlannedCells")]
pub fn plan_cells(
    #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
) -> Result<JsValue> {
    to_js(&data::<Experiment>("experiment", &experiment)?.planned()?)
}

/// What the cells of an experiment that have ended have measured: a chart of means, tables, and paired
/// differences with their 95 % intervals.
#[wasm_bindgen(js_name = experimentFigure, unchecked_return_type = "ExperimentFound")]
pub fn experiment_figure(
    #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
    #[wasm_bindgen(unchecked_param_type = "EndedCell[]")] cells: JsValue,
) -> Result<JsValue> {
    let cells: Vec<Ended> = data("cells", &cells)?;
    to_js(&data::<Experiment>("experiment", &experiment)?.found(&cells)?)
}

/// The cells of an experiment as comma-separated values, as the program `sweep` writes them.
#[wasm_bindgen(js_name = experimentCsv)]
pub fn experiment_csv(
    #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
    #[wasm_bindgen(unchecked_param_type = "EndedCell[]")] cells: JsValue,
) -> Result<String> {
    let cells: Vec<Ended> = data("cells", &cells)?;
    Ok(sweep::csv(&data::<Experiment>("experiment", &experiment)?.plan()?, &cells))
}

/// The plan, the version and the cells of an experiment, as the program `sweep` writes them in JSON.
#[wasm_bindgen(js_name = experimentReport, unchecked_return_type = "ExperimentReport")]
pub fn experiment_report(
    #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
    #[wasm_bindgen(unchecked_param_type = "EndedCell[]")] cells: JsValue,
) -> Result<JsValue> {
    let cells: Vec<Ended> = data("cells", &cells)?;
    to_js(&sweep::report(&data::<Experiment>("experiment", &experiment)?.plan()?, &cells))
}

/// Experiments of a lab that redraw figures of the field.
#[wasm_bindgen(js_name = experimentPresets, unchecked_return_type = "ExperimentPreset[]")]
pub fn experiment_presets(
    #[wasm_bindgen(unchecked_param_type = "string")] lab: JsValue,
) -> Result<JsValue> {
    to_js(&sweep::presets(&text("lab", &lab, LAB)?)?)
}

/// What can be varied in a lab, with values to begin with.
#[wasm_bindgen(js_name = suggestedValues, unchecked_return_type = "SuggestedValues[]")]
pub fn suggested_values(
    #[wasm_bindgen(unchecked_param_type = "string")] lab: JsValue,
) -> Result<JsValue> {
    to_js(&sweep::suggested(&text("lab", &lab, LAB)?)?)
}
