//! The bindings: what JavaScript sees. Converts and delegates; no arithmetic, no loop over data.

use crate::error::{Error, Result as Checked};
use crate::figure::{self, Figure};
use crate::lab::Run;
use crate::nn::{self, NetworkConfig, Parameter, StepReport};
use crate::param::{Setting, Settings};
use crate::value::{Value, whole_number};
use crate::{labs, plot, sweep};
use js_sys::{Array, Float64Array, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("bindings.d.ts");

/// What every binding hands back: a value, or a real JavaScript `Error`.
type Result<T> = std::result::Result<T, JsValue>;

/// The largest whole number a binding takes where no smaller bound applies: 2^53 - 1.
const MAX_SAFE: u64 = 9_007_199_254_740_991;

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

fn set(target: &JsValue, key: &str, value: impl Into<JsValue>) {
    // Setting a plain property of an object made here cannot fail.
    let _ = Reflect::set(target, &key.into(), &value.into());
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    fields.into_iter().for_each(|(key, value)| set(&object, key, value));
    object.into()
}

fn numbers_to_js(numbers: &[f64]) -> JsValue {
    Float64Array::from(numbers).into()
}

fn to_js(value: &impl Serialize) -> Result<JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    Ok(value.serialize(&serializer)?)
}

fn from_js<T: for<'de> Deserialize<'de>>(name: &str, value: JsValue) -> Checked<T> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|error| Error::invalid(format!("{name}: {error}")))
}

/// The numbers of a typed array or an array.
fn numbers(name: &str, value: &JsValue) -> Checked<Vec<f64>> {
    if js_sys::ArrayBuffer::is_view(value) || Array::is_array(value) {
        Ok(Float64Array::new(value).to_vec())
    } else {
        Err(Error::invalid(format!("{name}: must be a Float64Array")))
    }
}

/// A whole number from JavaScript, where every number has a fraction to be refused.
fn whole(name: &str, number: f64, min: u64, max: u64) -> Checked<u64> {
    whole_number(&Value::Number(number), min, max).ok_or_else(|| {
        Error::invalid(format!("{name} = {number}: must be a whole number from {min} to {max}"))
    })
}

fn member_number(member: Option<f64>) -> Checked<usize> {
    Ok(whole("member", member.unwrap_or(0.0), 0, u64::from(u32::MAX))? as usize)
}

fn pairs_to_js<T: Into<JsValue>>(pairs: impl IntoIterator<Item = (&'static str, T)>) -> JsValue {
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

/// A clock that never goes back: `performance.now()`, which pages, workers and Node all have.
fn milliseconds() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into());
    performance
        .map_or(0.0, |performance| performance.unchecked_into::<web_sys::Performance>().now())
}

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

/// One run of a lab.
#[wasm_bindgen]
pub struct Lab {
    run: Run,
}

#[wasm_bindgen]
impl Lab {
    /// A run at its first step; parameters that are not given take their defaults.
    #[wasm_bindgen(constructor)]
    pub fn new(
        id: &str,
        #[wasm_bindgen(unchecked_optional_param_type = "Params")] params: JsValue,
    ) -> Result<Lab> {
        let spec = labs::find(id)?;
        let settings = Settings::from_value(spec.parameters, from_js("params", params)?)?;
        Ok(Lab { run: Run::new(spec, settings)? })
    }

    /// The run a link holds.
    #[wasm_bindgen(js_name = fromQuery)]
    pub fn from_query(id: &str, query: &str) -> Result<Lab> {
        let spec = labs::find(id)?;
        let settings = Settings::from_query(spec.parameters, query)?;
        Ok(Lab { run: Run::new(spec, settings)? })
    }

    /// Takes `n` optimization steps.
    #[wasm_bindgen(unchecked_return_type = "Metrics")]
    pub fn step(&mut self, n: f64) -> Result<JsValue> {
        self.run.step(whole("n", n, 0, MAX_SAFE)?)?;
        Ok(self.metrics())
    }

    /// Takes `n` optimization steps without measuring, and beyond the planned end too.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn advance(&mut self, n: f64) -> Result<JsValue> {
        self.run.step(whole("n", n, 0, MAX_SAFE)?)?;
        self.progress()
    }

    /// Goes on towards the planned end, for about `budget_ms` milliseconds.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn train(&mut self, budget_ms: f64) -> Result<JsValue> {
        if budget_ms.is_nan() || budget_ms < 0.0 {
            let sentence = format!("budget_ms = {budget_ms}: must be a number of at least 0");
            return Err(Error::invalid(sentence).into());
        }
        to_js(&self.run.train(budget_ms, milliseconds)?)
    }

    /// How far the run has come.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn progress(&self) -> Result<JsValue> {
        to_js(&self.run.progress())
    }

    /// Rows of inputs in, rows of outputs out.
    pub fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        Ok(self.run.predict(x)?)
    }

    /// Every metric now; NaN where one does not apply.
    #[wasm_bindgen(unchecked_return_type = "Metrics")]
    pub fn metrics(&self) -> JsValue {
        pairs_to_js(self.run.metrics())
    }

    /// Changes one parameter: at once, or by starting the run anew where it defines the model or data.
    pub fn set(
        &mut self,
        key: &str,
        #[wasm_bindgen(unchecked_param_type = "Setting")] value: JsValue,
    ) -> Result<()> {
        Ok(self.run.set(key, &from_js(key, value)?)?)
    }

    /// Every parameter with its value.
    #[wasm_bindgen(unchecked_return_type = "Params")]
    pub fn params(&self) -> JsValue {
        pairs_to_js(self.run.settings().iter())
    }

    /// What a link holds: every parameter, and the format's version.
    pub fn query(&self) -> String {
        self.run.settings().query()
    }

    /// What a figure shows now, as data.
    #[wasm_bindgen(unchecked_return_type = "FigureData")]
    pub fn figure(&self, key: &str) -> Result<JsValue> {
        to_js(&self.run.figure(key)?)
    }

    /// Draws a figure on a canvas, sharp at the given device pixel ratio.
    pub fn draw(&self, key: &str, canvas: &HtmlCanvasElement, pixel_ratio: f64) -> Result<()> {
        Ok(plot::canvas(&self.run.figure(key)?, canvas, pixel_ratio)?)
    }

    /// The same run from its beginning: same seed, same bits.
    pub fn reset(&mut self) -> Result<()> {
        Ok(self.run.reset()?)
    }
}

/// A network, or an ensemble of them, to train from a script.
#[wasm_bindgen]
pub struct Network {
    network: nn::Network<f32>,
}

#[wasm_bindgen]
impl Network {
    /// A network with its initial weights.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "NetworkConfig")] config: JsValue,
    ) -> Result<Network> {
        let config = NetworkConfig::from_value(from_js("config", config)?)?;
        Ok(Network { network: nn::Network::new(config)? })
    }

    /// Takes a training set, row major; class targets are whole numbers, one a row.
    pub fn load(&mut self, x: &[f64], y: &[f64]) -> Result<()> {
        Ok(self.network.load(x, y)?)
    }

    /// Takes `n` updates, each on the next mini-batch; reports on the last one.
    #[wasm_bindgen(unchecked_return_type = "StepReport")]
    pub fn step(&mut self, n: f64) -> Result<JsValue> {
        Ok(report_to_js(&self.network.step(whole("n", n, 1, MAX_SAFE)?)?))
    }

    /// Takes `steps` updates and reports every `every`-th (1 where it is left out) and the last.
    #[wasm_bindgen(unchecked_return_type = "StepReport[]")]
    pub fn train(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "{ steps: number; every?: number }")]
        options: JsValue,
    ) -> Result<JsValue> {
        let (steps, every) = nn::read_train_options(from_js("options", options)?)?;
        let reports = self.network.train(steps, every)?;
        Ok(reports.iter().map(report_to_js).collect::<Array>().into())
    }

    /// The average over the members: deterministic; probabilities for cross_entropy.
    pub fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        Ok(self.network.predict(x)?)
    }

    /// One member's own prediction.
    #[wasm_bindgen(js_name = predictMember)]
    pub fn predict_member(&self, member: f64, x: &[f64]) -> Result<Vec<f64>> {
        Ok(self.network.predict_member(member_number(Some(member))?, x)?)
    }

    /// The mean and variance of predictions through `samples` random masks.
    #[wasm_bindgen(js_name = predictMonteCarlo, unchecked_return_type = "MonteCarlo")]
    pub fn predict_monte_carlo(&self, x: &[f64], samples: f64) -> Result<JsValue> {
        let samples = whole("samples", samples, 1, nn::MAX_SAMPLES as u64)? as usize;
        let prediction = self.network.predict_monte_carlo(x, samples)?;
        Ok(object([
            ("mean", numbers_to_js(&prediction.mean)),
            ("variance", numbers_to_js(&prediction.variance)),
        ]))
    }

    /// The gradients of loss + penalty for member 0, without an update; without masks, no dropout.
    #[wasm_bindgen(unchecked_return_type = "Gradients")]
    pub fn gradients(
        &self,
        x: &[f64],
        y: &[f64],
        #[wasm_bindgen(unchecked_optional_param_type = "Float64Array[]")] masks: JsValue,
    ) -> Result<JsValue> {
        let masks = if masks.is_undefined() || masks.is_null() {
            None
        } else {
            Some(list("masks", &masks)?.iter().map(|mask| numbers("masks", &mask)).collect())
        };
        let masks: Option<Vec<Vec<f64>>> = masks.transpose()?;
        let gradients = self.network.gradients(x, y, masks.as_deref())?;
        Ok(object([
            ("loss", gradients.loss.into()),
            ("penalty", gradients.penalty.into()),
            ("output", numbers_to_js(&gradients.output)),
            ("parameters", parameters_to_js(&gradients.parameters)),
            ("input", numbers_to_js(&gradients.input)),
        ]))
    }

    /// Weights and biases of a member (0 where none is named).
    #[wasm_bindgen(unchecked_return_type = "Parameter[]")]
    pub fn parameters(&self, member: Option<f64>) -> Result<JsValue> {
        Ok(parameters_to_js(&self.network.parameters(member_number(member)?)?))
    }

    /// Sets some or all weights and biases of a member (0 where none is named).
    #[wasm_bindgen(js_name = setParameters)]
    pub fn set_parameters(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Parameter[]")] parameters: JsValue,
        member: Option<f64>,
    ) -> Result<()> {
        let given = parameters_from_js(&parameters)?;
        Ok(self.network.set_parameters(&given, member_number(member)?)?)
    }

    /// The masks of the last step (of member 0 where none is named): the inputs', then one a hidden
    /// layer, each (rows x width) of zeros and ones; none before the first step.
    #[wasm_bindgen(unchecked_return_type = "Float64Array[]")]
    pub fn masks(&self, member: Option<f64>) -> Result<JsValue> {
        let masks = self.network.masks(member_number(member)?)?;
        Ok(masks.iter().map(|mask| numbers_to_js(mask)).collect::<Array>().into())
    }

    /// The configuration with every option written out.
    #[wasm_bindgen(unchecked_return_type = "NetworkConfig")]
    pub fn config(&self) -> Result<JsValue> {
        to_js(&self.network.config().to_value())
    }
}

fn list(name: &str, value: &JsValue) -> Checked<Array> {
    value.clone().dyn_into().map_err(|_| Error::invalid(format!("{name}: must be an array")))
}

fn report_to_js(report: &StepReport) -> JsValue {
    object([
        ("step", (report.step as f64).into()),
        ("loss", report.loss.into()),
        ("penalty", report.penalty.into()),
        ("objective", report.objective.into()),
    ])
}

fn parameters_to_js(parameters: &[Parameter]) -> JsValue {
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

fn parameters_from_js(parameters: &JsValue) -> Checked<Vec<Parameter>> {
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
