//! The bindings: what JavaScript sees. Converts and delegates; no arithmetic, no loop over data.

mod arguments;
mod convert;
mod experiment;
mod lab;
mod network;
mod table;

pub use lab::Lab;
pub use network::Network;

use crate::data::{MOST_NUMBERS, Table};
use crate::error::Error;
use crate::figure::{self, Figure};
use crate::nn::{self, NetworkConfig};
use crate::param::Settings;
use crate::plot::Palette;
use crate::{data, labs, plot, sweep};
use arguments::{
    LAB, QUERY, bytes, count, data, flag, is_missing, number, numbers, real, record, text, texts,
    whole,
};
use convert::{Result, numbers_to_js, object, pairs_to_js, to_js};
use std::sync::Arc;
use table::table_for;
use wasm_bindgen::prelude::*;

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
    #[wasm_bindgen(unchecked_param_type = "string")] lab: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Params")] params: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[]")] metric_keys: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Table")] table: JsValue,
) -> Result<JsValue> {
    let spec = labs::find(&text("lab", &lab, LAB)?)?;
    let (params, table) = (record("params", &params)?, table_for(spec, &table)?);
    let settings = Settings::from_value_and(spec.parameters, params, table)?;
    let metric_keys = texts("metric_keys", &metric_keys, "a list of the keys of metrics")?;
    Ok(pairs_to_js(sweep::run_cell(spec, settings, &metric_keys)?))
}

/// A metric of runs that differ in their seeds: each of them, and their mean with its standard error.
#[wasm_bindgen(js_name = averageFigure, unchecked_return_type = "FigureData")]
pub fn average_figure(
    #[wasm_bindgen(unchecked_param_type = "Average")] average: JsValue,
    #[wasm_bindgen(unchecked_param_type = "SweepCell[]")] cells: JsValue,
) -> Result<JsValue> {
    let average: sweep::Average = data("average", &average)?;
    let cells: Vec<sweep::Cell> = data("cells", &cells)?;
    to_js(&average.figure(&cells)?)
}

/// The map of a lab as a chart: its main metric against its main parameter, a point for every finished
/// run, and the guess that was made.
#[wasm_bindgen(js_name = mapFigure, unchecked_return_type = "FigureData")]
pub fn map_figure(
    #[wasm_bindgen(unchecked_param_type = "MapState")] state: JsValue,
) -> Result<JsValue> {
    to_js(&sweep::map_figure(data("state", &state)?)?)
}

/// Whether the points of a map bear the guess out, in one sentence with what they measured.
#[wasm_bindgen(js_name = mapVerdict, unchecked_return_type = "MapVerdict")]
pub fn map_verdict(
    #[wasm_bindgen(unchecked_param_type = "MapState")] state: JsValue,
) -> Result<JsValue> {
    to_js(&sweep::map_verdict(data("state", &state)?)?)
}

/// The runs that fill in the map of a lab with these settings: seed after seed, every stop of one before
/// those of the next.
#[wasm_bindgen(js_name = mapCells, unchecked_return_type = "MapCell[]")]
pub fn map_cells(
    #[wasm_bindgen(unchecked_param_type = "string")] lab: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Params")] params: JsValue,
) -> Result<JsValue> {
    let spec = labs::find(&text("lab", &lab, LAB)?)?;
    let settings = Settings::from_value(spec.parameters, record("params", &params)?)?;
    to_js(&sweep::map_cells(spec, &settings)?)
}

/// Ridge regression in closed form: minimizes (1/n) |X w + b - y|^2 + alpha |w|^2.
#[wasm_bindgen(unchecked_return_type = "RidgeFit")]
pub fn ridge(
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] y: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] columns: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] alpha: JsValue,
    #[wasm_bindgen(unchecked_param_type = "boolean")] intercept: JsValue,
) -> Result<JsValue> {
    let (x, y, columns) = (numbers("x", &x)?, numbers("y", &y)?, count("columns", &columns, 1)?);
    let intercept = flag("intercept", &intercept)?;
    let fit = nn::ridge(&x, &y, columns, number("alpha", &alpha)?, intercept)?;
    Ok(object([
        ("weights", numbers_to_js(&fit.weights)),
        ("intercept", fit.intercept.into()),
        ("loss", fit.loss.into()),
        ("objective", fit.objective.into()),
    ]))
}

/// Linear regression with dropout on its inputs, in closed form.
#[wasm_bindgen(js_name = dropoutRidge, unchecked_return_type = "{ weights: Float64Array }")]
pub fn dropout_ridge(
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] y: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] columns: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] keep_prob: JsValue,
) -> Result<JsValue> {
    let (x, y, columns) = (numbers("x", &x)?, numbers("y", &y)?, count("columns", &columns, 1)?);
    let weights = nn::dropout_ridge(&x, &y, columns, number("keep_prob", &keep_prob)?)?;
    Ok(object([("weights", numbers_to_js(&weights))]))
}

/// The errors of an ensemble: v, c, the formula's prediction and what was measured.
#[wasm_bindgen(js_name = ensembleErrors, unchecked_return_type = "EnsembleErrors")]
pub fn ensemble_errors(
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] predictions: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] members: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] y: JsValue,
) -> Result<JsValue> {
    let members = count("members", &members, 1)?;
    let (predictions, y) = (numbers("predictions", &predictions)?, numbers("y", &y)?);
    let errors = nn::ensemble_errors(&predictions, members, &y)?;
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
    #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
) -> Result<JsValue> {
    let config = NetworkConfig::from_value(record("config", &config)?)?;
    let mut network: nn::Network<f64> = nn::Network::new(config)?;
    network.set_parameters(&arguments::parameters(&parameters)?, 0)?;
    let all = network.enumerate_subnetworks(&numbers("x", &x)?)?;
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
pub fn mnist(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | number[]")] images: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | number[]")] labels: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] seed: JsValue,
) -> Result<JsValue> {
    let seed = whole("seed", &seed, 0, u64::from(u32::MAX))? as u32;
    let all = data::mnist::decode(&bytes("images", &images)?, &bytes("labels", &labels)?, seed)?;
    Ok(object([("x", numbers_to_js(&all.x)), ("y", numbers_to_js(&all.y))]))
}

/// Draws a figure's data on a canvas, sharp at the given device pixel ratio, in the colours that go
/// with the canvas' own CSS `color`; under it in a few lines what it is of, where a caption is given.
#[wasm_bindgen(js_name = drawFigure)]
pub fn draw_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    #[wasm_bindgen(unchecked_param_type = "HTMLCanvasElement")] canvas: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] pixel_ratio: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "string")] caption: JsValue,
) -> Result<()> {
    let caption = caption_of(&caption)?;
    let (canvas, ratio) = (arguments::canvas(&canvas)?, arguments::pixel_ratio(&pixel_ratio)?);
    Ok(plot::canvas(&data("figure", &figure)?, &caption, &canvas, ratio)?)
}

/// A chart with the curves of earlier runs, faint, named at their ends. Another figure comes back as it is.
#[wasm_bindgen(js_name = withEarlier, unchecked_return_type = "FigureData")]
pub fn with_earlier(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    #[wasm_bindgen(unchecked_param_type = "{ name: string; figure: FigureData }[]")]
    earlier: JsValue,
) -> Result<JsValue> {
    to_js(&figure::with_earlier(data("figure", &figure)?, data("earlier", &earlier)?))
}

/// What the curves of a chart say at `x` CSS pixels from the left of a canvas of this size, or the cell of
/// a grid of colours at `x` and `y`; null where there is neither.
#[wasm_bindgen(js_name = readFigure, unchecked_return_type = "Readout | null")]
pub fn read_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] width: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] height: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] x: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "number")] y: JsValue,
) -> Result<JsValue> {
    let width = whole("width", &width, 1, 10_000)? as u32;
    let height = whole("height", &height, 1, 10_000)? as u32;
    let figure: Figure = data("figure", &figure)?;
    let place = |name, value| real(name, value, "a finite number", f64::is_finite);
    let x = place("x", &x)?;
    let y = if is_missing(&y) { f64::NAN } else { place("y", &y)? };
    match plot::readout_on_page(&figure, width, height, (x, y)) {
        Some(readout) => to_js(&readout),
        None => Ok(JsValue::NULL),
    }
}

/// Where the handles of a figure lie in a picture of this size, in CSS pixels.
#[wasm_bindgen(js_name = placeHandles, unchecked_return_type = "Grip[]")]
pub fn place_handles(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] width: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] height: JsValue,
) -> Result<JsValue> {
    let width = whole("width", &width, 1, 10_000)? as u32;
    let height = whole("height", &height, 1, 10_000)? as u32;
    to_js(&plot::grips_on_page(&data("figure", &figure)?, width, height))
}

/// What can be understood of a link to a lab, as a link of its own, and what cannot, in words; where the
/// reader's own data comes with it, of so many rows, as far as these allow.
#[wasm_bindgen(js_name = readLink, unchecked_return_type = "{ query: string; problems: string[] }")]
pub fn read_link(
    #[wasm_bindgen(unchecked_param_type = "string")] lab: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] query: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "number")] rows: JsValue,
) -> Result<JsValue> {
    let spec = labs::find(&text("lab", &lab, LAB)?)?;
    let query = text("query", &query, QUERY)?;
    let table = match is_missing(&rows) {
        true => None,
        false => Some(Table::of_rows(whole("rows", &rows, 1, MOST_NUMBERS as u64)? as usize)),
    };
    let (settings, problems) =
        Settings::understood_with(spec.parameters, &query, table.map(Arc::new));
    let settings = settings.fitted();
    Ok(object([("query", settings.query().into()), ("problems", to_js(&problems)?)]))
}

/// A figure's data as an SVG picture, light unless `theme` says dark; a caption as for `drawFigure`.
#[wasm_bindgen(js_name = svgFigure)]
pub fn svg_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] width: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] height: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "\"light\" | \"dark\"")] theme: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "string")] caption: JsValue,
) -> Result<String> {
    let width = whole("width", &width, 1, 10_000)? as u32;
    let height = whole("height", &height, 1, 10_000)? as u32;
    let palette = Palette::of(arguments::theme(&theme)?);
    let (figure, caption) = (data::<Figure>("figure", &figure)?, caption_of(&caption)?);
    Ok(plot::svg_captioned(&figure, &caption, (width, height), &palette))
}

/// What a picture is of; nothing where that is left out.
fn caption_of(caption: &JsValue) -> Result<String> {
    match is_missing(caption) {
        true => Ok(String::new()),
        false => Ok(text("caption", caption, "a text")?),
    }
}

/// A figure's data as comma-separated values.
#[wasm_bindgen(js_name = csvFigure)]
pub fn csv_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
) -> Result<String> {
    Ok(figure::csv(&data::<Figure>("figure", &figure)?))
}

/// A figure's data as one table.
#[wasm_bindgen(js_name = tableFigure, unchecked_return_type = "TableData")]
pub fn table_figure(
    #[wasm_bindgen(unchecked_param_type = "FigureData")] figure: JsValue,
) -> Result<JsValue> {
    to_js(&figure::table(&data::<Figure>("figure", &figure)?))
}
