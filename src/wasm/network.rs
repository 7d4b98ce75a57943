//! A network to train from a script.

use super::arguments::{
    self, MAX_SAFE, count, is_missing, list, member_or_first, numbers, record, whole,
};
use super::convert::{Result, numbers_to_js, object, parameters_to_js, to_js};
use crate::error::Result as Checked;
use crate::nn::{self, NetworkConfig, StepReport};
use js_sys::Array;
use wasm_bindgen::prelude::*;

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
        let config = NetworkConfig::from_value(record("config", &config)?)?;
        Ok(Network { network: nn::Network::new(config)? })
    }

    /// Takes a training set, row major; class targets are whole numbers, one a row
    /// (one a time step, where the outputs are a sequence).
    pub fn load(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] y: JsValue,
    ) -> Result<()> {
        Ok(self.network.load(&numbers("x", &x)?, &numbers("y", &y)?)?)
    }

    /// Takes `n` updates, each on the next mini-batch; reports on the last one.
    #[wasm_bindgen(unchecked_return_type = "StepReport")]
    pub fn step(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] n: JsValue,
    ) -> Result<JsValue> {
        Ok(report_to_js(&self.network.step(whole("n", &n, 1, MAX_SAFE)?)?))
    }

    /// Takes `steps` updates and reports every `every`-th (1 where it is left out) and the last.
    #[wasm_bindgen(unchecked_return_type = "StepReport[]")]
    pub fn train(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "{ steps: number; every?: number }")]
        options: JsValue,
    ) -> Result<JsValue> {
        let (steps, every) = nn::read_train_options(record("options", &options)?)?;
        let reports = self.network.train(steps, every)?;
        Ok(reports.iter().map(report_to_js).collect::<Array>().into())
    }

    /// The average over the members: deterministic; probabilities for cross_entropy.
    pub fn predict(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
    ) -> Result<Vec<f64>> {
        Ok(self.network.predict(&numbers("x", &x)?)?)
    }

    /// One member's own prediction.
    #[wasm_bindgen(js_name = predictMember)]
    pub fn predict_member(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] member: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
    ) -> Result<Vec<f64>> {
        Ok(self.network.predict_member(count("member", &member, 0)?, &numbers("x", &x)?)?)
    }

    /// The mean and variance of predictions through `samples` random masks.
    #[wasm_bindgen(js_name = predictMonteCarlo, unchecked_return_type = "MonteCarlo")]
    pub fn predict_monte_carlo(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] samples: JsValue,
    ) -> Result<JsValue> {
        let samples = whole("samples", &samples, 1, nn::MAX_SAMPLES as u64)? as usize;
        let prediction = self.network.predict_monte_carlo(&numbers("x", &x)?, samples)?;
        Ok(object([
            ("mean", numbers_to_js(&prediction.mean)),
            ("variance", numbers_to_js(&prediction.variance)),
        ]))
    }

    /// The gradients of loss + penalty for member 0, without an update; without masks, no dropout.
    #[wasm_bindgen(unchecked_return_type = "Gradients")]
    pub fn gradients(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] x: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Float64Array | number[]")] y: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Float64Array[]")] masks: JsValue,
    ) -> Result<JsValue> {
        let masks = if is_missing(&masks) { None } else { Some(masks_from_js(&masks)?) };
        let (x, y) = (numbers("x", &x)?, numbers("y", &y)?);
        let gradients = self.network.gradients(&x, &y, masks.as_deref())?;
        Ok(object([
            ("loss", gradients.loss.into()),
            ("penalty", gradients.penalty.into()),
            ("output", numbers_to_js(&gradients.output)),
            ("parameters", parameters_to_js(&gradients.parameters)),
            ("input", numbers_to_js(&gradients.input)),
            ("untied", parameters_to_js(&gradients.untied)),
        ]))
    }

    /// A network for sequences of another length, with the same weights: where every time step has
    /// weights of its own, the last ones serve all steps beyond the length it was made for. It has
    /// no training set and has taken no step.
    #[wasm_bindgen(js_name = withSteps)]
    pub fn with_steps(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] steps: JsValue,
    ) -> Result<Network> {
        let steps = whole("steps", &steps, 1, nn::MAX_ROW as u64)? as usize;
        Ok(Network { network: self.network.with_steps(steps)? })
    }

    /// Weights and biases of a member (0 where none is named).
    #[wasm_bindgen(unchecked_return_type = "Parameter[]")]
    pub fn parameters(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "number | null")] member: JsValue,
    ) -> Result<JsValue> {
        Ok(parameters_to_js(&self.network.parameters(member_or_first(&member)?)?))
    }

    /// Sets some or all weights and biases of a member (0 where none is named).
    #[wasm_bindgen(js_name = setParameters)]
    pub fn set_parameters(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Parameter[]")] parameters: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "number | null")] member: JsValue,
    ) -> Result<()> {
        let given = arguments::parameters(&parameters)?;
        Ok(self.network.set_parameters(&given, member_or_first(&member)?)?)
    }

    /// The masks of the last step (of member 0 where none is named): the inputs', then one a hidden
    /// layer, each (rows x width) of zeros and ones; none before the first step.
    #[wasm_bindgen(unchecked_return_type = "Float64Array[]")]
    pub fn masks(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "number | null")] member: JsValue,
    ) -> Result<JsValue> {
        let masks = self.network.masks(member_or_first(&member)?)?;
        Ok(masks.iter().map(|mask| numbers_to_js(mask)).collect::<Array>().into())
    }

    /// The configuration with every option written out.
    #[wasm_bindgen(unchecked_return_type = "NetworkConfig")]
    pub fn config(&self) -> Result<JsValue> {
        to_js(&self.network.config().to_value())
    }
}

fn report_to_js(report: &StepReport) -> JsValue {
    object([
        ("step", (report.step as f64).into()),
        ("loss", report.loss.into()),
        ("penalty", report.penalty.into()),
        ("objective", report.objective.into()),
    ])
}

fn masks_from_js(masks: &JsValue) -> Checked<Vec<Vec<f64>>> {
    let items = list("masks", masks, "a list of masks")?;
    items.iter().map(|(name, mask)| numbers(name, mask)).collect()
}
