//! The bindings: what JavaScript sees. Converts and delegates; no arithmetic, no loop over data.

mod convert;
mod lab;
mod network;

pub use lab::Lab;
pub use network::Network;

use crate::error::{Error, Result as Checked};
use crate::figure::{self, Figure};
use crate::nn::{self, NetworkConfig};
use crate::param::Settings;
use crate::{data, labs, plot, sweep};
use convert::{
    Result, from_js, numbers_to_js, object, pairs_to_js, parameters_from_js, to_js, whole,
};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("bindings.d.ts");

/// The version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// Every lab with its parameters, metrics and figures, in the order of the lecture.
#[wasm_bindgen(unchecked_return_type = "LabSpec[]")]
pub fn catalogue() -> Result<JsValue> {
    to_js(&labs::CATALOGUE)
}

/// A seed nobody chose, for a person who asks for a new one. The only use of the system's chance.
#[wasm_bindgen(js_name = freshSeed)]
pub fn fresh_seed() -> Result<u32> {
    getrandom::u32().map_err(|error| Error::invalid(format!("no fresh seed: {error}")).into())
}

/// Runs a lab to its planned end and hands back the metrics asked for.
#[wasm_bindgen(js_name = runCell, unchecked_return_type = "Record<string, number>")]
pub fn run_cell(
    lab: &str,
    #[wasm_bindgen(unchecked_param_type = "Params")] params: JsValue,
    metric_keys: Vec<String>,
) -> Result<JsValue> {
    let spec = labs::find(lab)?;
    let settings = Settings::from_value(spec.parameters, from_js("params", params)?)?;
    Ok(pairs_to_js(sweep::run_cell(spec, settings, &metric_keys)?))
}

/// The means of many runs with their standard deviations, as a chart.
#[wasm_bindgen(js_name = sweepFigure, unchecked_return_type = "FigureData")]
pub fn sweep_figure(
    #[wasm_bindgen(unchecked_param_type = "Sweep")] sweep: JsValue,
    #[wasm_bindgen(unchecked_param_type = "SweepCell[]")] cells: JsValue,
) -> Result<JsValue> {
    let sweep: sweep::Sweep = from_js("sweep", sweep)?;
    let cells: Vec<sweep::Cell> = from_js("cells", cells)?;
    to_js(&sweep.figure(&cells)?)
}

/// Ridge regression in closed form: minimizes (1/n) |X w + b - y|^2 + alpha |w|^2.
#[wasm_bindgen(unchecked_return_type = "RidgeFit")]
pub fn ridge(x: &[f64], y: &[f64], columns: f64, alpha: f64, intercept: bool) -> Result<JsValue> {
    let columns = whole("columns", columns, 1, u64::from(u32::MAX))? as usize;
    let fit = nn::ridge(x, y, columns, alpha, intercept)?;
    Ok(object([
        ("weights", numbers_to_js(&fit.weights)),
        ("intercept", fit.intercept.into()),
        ("loss", fit.loss.into()),
        ("objective", fit.objective.into()),
    ]))
}

/// Linear regression with dropout on its inputs, in closed form.
#[wasm_bindgen(js_name = dropoutRidge, unchecked_return_type = "{ weights: Float64Array }")]
pub fn dropout_ridge(x: &[f64], y: &[f64], columns: f64, keep_prob: f64) -> Result<JsValue> {
    let columns = whole("columns", columns, 1, u64::from(u32::MAX))? as usize;
    let weights = nn::dropout_ridge(x, y, columns, keep_prob)?;
    Ok(object([("weights", numbers_to_js(&weights))]))
}

/// The errors of an ensemble: v, c, the formula's prediction and what was measured.
#[wasm_bindgen(js_name = ensembleErrors, unchecked_return_type = "EnsembleErrors")]
pub fn ensemble_errors(predictions: &[f64], members: f64, y: &[f64]) -> Result<JsValue> {
    let members = whole("members", members, 1, u64::from(u32::MAX))? as usize;
    let errors = nn::ensemble_errors(predictions, members, y)?;
    Ok(object([
        ("variance", errors.variance.into()),
        ("covariance", errors.covariance.into()),
        ("predicted", errors.predicted.into()),
        ("measured", errors.measured.into()),
        ("ambiguity", errors.ambiguity.into()),
        ("bias", errors.bias.into()),
    ]))
}

/// The averages over all networks that dropout can make of one, in 64 bits.
#[wasm_bindgen(js_name = enumerateSubnetworks, unchecked_return_type = "Subnetworks")]
pub fn enumerate_subnetworks(
    #[wasm_bindgen(unchecked_param_type = "NetworkConfig")] config: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Parameter[]")] parameters: JsValue,
    x: &[f64],
) -> Result<JsValue> {
    let config = NetworkConfig::from_value(from_js("config", config)?)?;
    let mut network: nn::Network<f64> = nn::Network::new(config)?;
    network.set_parameters(&parameters_from_js(&parameters)?, 0)?;
    let all = network.enumerate_subnetworks(x)?;
    Ok(object([
        ("arithmetic_mean", numbers_to_js(&all.arithmetic_mean)),
        ("geometric_mean", numbers_to_js(&all.geometric_mean)),
        ("variance", numbers_to_js(&all.variance)),
        ("weight_scaled", numbers_to_js(&all.weight_scaled)),
        ("count", (all.count as f64).into()),
    ]))
}

/// Reads the files of the MNIST subset, one byte a pixel and one a label, into a random order.
#[wasm_bindgen(unchecked_return_type = "Examples")]
pub fn mnist(images: &[u8], labels: &[u8], seed: f64) -> Result<JsValue> {
    let seed = whole("seed", seed, 0, u64::from(u32::MAX))? as u32;
    let all = data::mnist::decode(images, labels, seed)?;
    Ok(object([("x", numbers_to_js(&all.x)), ("y", numbers_to_js(&all.y))]))
}

/// Draws a figure's data on a canvas, sharp at the given device pixel ratio, in the colours that go
/// with the canvas' own CSS `color`.
#[wasm_bindgen(js_name = drawFigure)]
pub fn draw_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    canvas: &HtmlCanvasElement,
    pixel_ratio: f64,
) -> Result<()> {
    Ok(plot::canvas(&figure_from_js(figure)?, canvas, pixel_ratio)?)
}

/// A figure's data as an SVG picture.
#[wasm_bindgen(js_name = svgFigure)]
pub fn svg_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    width: f64,
    height: f64,
) -> Result<String> {
    let width = whole("width", width, 1, 10_000)? as u32;
    let height = whole("height", height, 1, 10_000)? as u32;
    Ok(plot::svg(&figure_from_js(figure)?, width, height))
}

/// A figure's data as comma-separated values.
#[wasm_bindgen(js_name = csvFigure)]
pub fn csv_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
) -> Result<String> {
    Ok(figure::csv(&figure_from_js(figure)?))
}

/// A figure's data as one table.
#[wasm_bindgen(js_name = tableFigure, unchecked_return_type = "TableData")]
pub fn table_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
) -> Result<JsValue> {
    to_js(&figure::table(&figure_from_js(figure)?))
}

fn figure_from_js(figure: JsValue) -> Checked<Figure> {
    from_js("figure", figure)
}
