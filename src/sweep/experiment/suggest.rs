//! Values that are offered for a parameter that is varied.

use crate::error::Result;
use crate::lab::LabSpec;
use crate::labs::find;
use crate::param::{Kind, ParamSpec, SliderScale};
use crate::sweep::presets::goes_across;
use serde::Serialize;

/// So many values are offered of a range, or one more.
const VALUES: f64 = 5.0;

/// What can be varied in a lab.
#[derive(Debug, Serialize)]
pub struct Suggested {
    /// The parameter's key.
    pub key: &'static str,
    /// Its name in words.
    pub label: &'static str,
    /// Values as they are written: "0.1, 0.3, 0.5".
    pub values: String,
}

/// Every parameter of a lab that changes its runs, or that a preset goes across, with values to begin with:
/// those that fill in the map, all choices, or some of the range. The lab's main parameter is the first.
///
/// # Errors
/// An unknown lab.
pub fn suggested(lab: &str) -> Result<Vec<Suggested>> {
    let lab = find(lab)?;
    let main = |spec: &ParamSpec| lab.main.as_ref().is_some_and(|main| main.parameter == spec.key);
    let measured = |spec: &ParamSpec| !spec.view || goes_across(lab, spec.key);
    let varied =
        |spec: &&ParamSpec| measured(spec) && spec.key != "seed" && spec.kind != Kind::Text;
    let mut specs: Vec<&ParamSpec> = lab.parameters.iter().filter(varied).collect();
    specs.sort_by_key(|spec| !main(spec));
    let suggest = |spec: &&ParamSpec| Suggested {
        key: spec.key,
        label: spec.label,
        values: values(lab, spec).join(", "),
    };
    Ok(specs.iter().map(suggest).collect())
}

fn values(lab: &LabSpec, spec: &ParamSpec) -> Vec<String> {
    let stops = lab
        .main
        .as_ref()
        .filter(|main| main.parameter == spec.key)
        .map(|main| main.stops)
        .filter(|stops| stops.len() > 2);
    match (spec.kind, stops) {
        (_, Some(stops)) => stops.iter().map(f64::to_string).collect(),
        (Kind::Choice, _) => spec.choices.iter().map(|choice| choice.value.to_string()).collect(),
        (Kind::Flag, _) => vec!["false".to_string(), "true".to_string()],
        _ => range(spec).into_iter().map(|value| value.to_string()).collect(),
    }
}

/// Some numbers of a range, from its least to its greatest: evenly, or by ratios; a range that is too wide to
/// be gone through is gone through around its default.
fn range(spec: &ParamSpec) -> Vec<f64> {
    let (Some(min), Some(max)) = (spec.min, spec.max) else { return Vec::new() };
    if spec.scale == Some(SliderScale::Log) || (min > 0.0 && max / min > 100.0) {
        return doubled(spec, min, max);
    }
    let step = spec.step.unwrap_or(1.0);
    let wide = ((max - min) / VALUES / step).ceil().max(1.0) * step;
    let mut values: Vec<f64> = (0..=VALUES as usize).map(|i| tidy(min + i as f64 * wide)).collect();
    values.retain(|value| *value <= max);
    values
}

/// Powers of two times the default, as far as they are allowed.
fn doubled(spec: &ParamSpec, min: f64, max: f64) -> Vec<f64> {
    let usual = match spec.default {
        crate::param::Setting::Number(number) if number > 0.0 => number,
        _ => spec.step.unwrap_or(1.0),
    };
    let factors = [0.125, 0.25, 0.5, 1.0, 2.0, 4.0];
    let mut values: Vec<f64> = factors.iter().map(|factor| tidy(usual * factor)).collect();
    if spec.kind == Kind::Integer {
        values.iter_mut().for_each(|value| *value = value.round());
    }
    values.retain(|value| (min..=max).contains(value));
    values.dedup();
    values
}

/// Without the last digits of a sum of tenths in binary.
fn tidy(value: f64) -> f64 {
    crate::numbers::read(&format!("{value:.6e}")).unwrap_or(value)
}
