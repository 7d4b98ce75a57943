//! A run of a lab.

use super::arguments::{self, LAB, QUERY, numbers, plain, real, record, text, whole};
use super::convert::{Result, object, pairs_to_js, parameter_to_js, to_js};
use super::table::table_for;
use crate::lab::Run;
use crate::lab::weights::{Numbers, Weights};
use crate::param::Settings;
use crate::{labs, plot};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The most steps of one call, ten times the longest run's: nothing can stop it on its way.
const MOST_STEPS: u64 = 1_000_000;

/// What a figure is asked for by.
const FIGURE: &str = "the key of a figure, in words";

/// One run of a lab.
#[wasm_bindgen]
pub struct Lab {
    run: Run,
}

#[wasm_bindgen]
impl Lab {
    /// A run at its first step; parameters that are not given take their defaults, or suit the table that
    /// is given.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Params")] params: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Table")] table: JsValue,
    ) -> Result<Lab> {
        let spec = labs::find(&text("id", &id, LAB)?)?;
        let (params, table) = (record("params", &params)?, table_for(spec, &table)?);
        let settings = Settings::from_value_and(spec.parameters, params, table)?;
        Ok(Lab { run: Run::new(spec, settings)? })
    }

    /// The run a link holds.
    #[wasm_bindgen(js_name = fromQuery)]
    pub fn from_query(
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] query: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Table")] table: JsValue,
    ) -> Result<Lab> {
        let spec = labs::find(&text("id", &id, LAB)?)?;
        let (query, table) = (text("query", &query, QUERY)?, table_for(spec, &table)?);
        let settings = Settings::from_query_and(spec.parameters, &query, table)?;
        Ok(Lab { run: Run::new(spec, settings)? })
    }

    /// Takes `n` optimization steps, at most a million at once.
    #[wasm_bindgen(unchecked_return_type = "Metrics")]
    pub fn step(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] n: JsValue,
    ) -> Result<JsValue> {
        self.run.step(whole("n", &n, 0, MOST_STEPS)?)?;
        Ok(self.metrics())
    }

    /// Takes `n` optimization steps without measuring, and beyond the planned end too.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn advance(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] n: JsValue,
    ) -> Result<JsValue> {
        self.run.step(whole("n", &n, 0, MOST_STEPS)?)?;
        self.progress()
    }

    /// Goes on towards the planned end, for about `budget_ms` milliseconds.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn train(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] budget_ms: JsValue,
    ) -> Result<JsValue> {
        let allowed = "a number of at least 0";
        let budget_ms = real("budget_ms", &budget_ms, allowed, |budget| budget >= 0.0)?;
        to_js(&self.run.train(budget_ms, now)?)
    }

    /// How far the run has come.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn progress(&self) -> Result<JsValue> {
        to_js(&self.run.progress())
    }

    /// Rows of inputs in, rows of outputs out.
    pub fn predict(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
    ) -> Result<Vec<f64>> {
        Ok(self.run.predict(&numbers("x", &x)?)?)
    }

    /// The weights of the networks that the lab trains, as they are now.
    #[wasm_bindgen(unchecked_return_type = "Weights[]")]
    pub fn weights(&self) -> JsValue {
        let numbers = |n: &Numbers| parameter_to_js(&n.name, &n.shape, &n.values);
        let one = |Weights { network, parameters }: Weights| {
            let parameters: Array = parameters.iter().map(numbers).collect();
            object([("network", network.into()), ("parameters", parameters.into())])
        };
        self.run.weights().into_iter().map(one).collect::<Array>().into()
    }

    /// Every metric now; NaN where one does not apply.
    #[wasm_bindgen(unchecked_return_type = "Metrics")]
    pub fn metrics(&self) -> JsValue {
        pairs_to_js(self.run.metrics())
    }

    /// Changes one parameter: at once, or by starting the run anew where it defines the model or data.
    pub fn set(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] key: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Setting")] value: JsValue,
    ) -> Result<()> {
        let key = text("key", &key, "the key of a parameter, in words")?;
        Ok(self.run.set(&key, &plain(&key, &value)?)?)
    }

    /// Changes several parameters, all of them or none, and tells what that did to the run.
    #[wasm_bindgen(unchecked_return_type = "Effect")]
    pub fn change(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Params")] changes: JsValue,
    ) -> Result<JsValue> {
        let changes = plain("changes", &changes)?.fields("changes")?;
        to_js(&self.run.change(&changes)?)
    }

    /// Opens what a link holds in the place of this run, and tells what that did to it: the run stays
    /// where the link asks for this very one.
    #[wasm_bindgen(unchecked_return_type = "Effect")]
    pub fn open(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] query: JsValue,
    ) -> Result<JsValue> {
        let query = text("query", &query, QUERY)?;
        let table = self.run.settings().table().cloned();
        let settings = Settings::from_query_and(self.run.spec().parameters, &query, table)?;
        to_js(&self.run.open(settings)?)
    }

    /// Whether a setting was changed on the way, so that no link holds this run.
    pub fn touched(&self) -> bool {
        self.run.touched()
    }

    /// Every parameter with its value.
    #[wasm_bindgen(unchecked_return_type = "Params")]
    pub fn params(&self) -> JsValue {
        pairs_to_js(self.run.settings().iter())
    }

    /// Every parameter that the data at hand limit, with how far it goes.
    #[wasm_bindgen(unchecked_return_type = "Record<string, number>")]
    pub fn limits(&self) -> JsValue {
        pairs_to_js(self.run.settings().limits())
    }

    /// What a link holds: every parameter, and the format's version.
    pub fn query(&self) -> String {
        self.run.settings().query()
    }

    /// What a figure shows now, as data.
    #[wasm_bindgen(unchecked_return_type = "FigureData")]
    pub fn figure(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] key: JsValue,
    ) -> Result<JsValue> {
        to_js(&self.run.figure(&text("key", &key, FIGURE)?)?)
    }

    /// Draws a figure on a canvas, sharp at the given device pixel ratio.
    pub fn draw(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] key: JsValue,
        #[wasm_bindgen(unchecked_param_type = "HTMLCanvasElement")] canvas: JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] pixel_ratio: JsValue,
    ) -> Result<()> {
        let key = text("key", &key, FIGURE)?;
        let (canvas, ratio) = (arguments::canvas(&canvas)?, arguments::pixel_ratio(&pixel_ratio)?);
        Ok(plot::canvas(&self.run.figure(&key)?, "", &canvas, ratio)?)
    }

    /// The same run from its beginning: same seed, same bits.
    pub fn reset(&mut self) -> Result<()> {
        Ok(self.run.reset()?)
    }
}

/// A clock that never goes back: `performance.now()`, which pages, workers and Node all have.
#[wasm_bindgen]
extern "C" {
    /// Asked at every step: so by its name, and not looked up.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}
