//! What parameters and their values are called in the words of an experiment.

use crate::numbers;
use crate::param::{Kind, ParamSpec, Setting};
use crate::sweep::plan::Plan;
use crate::sweep::varied::{Varied, along, bare};

/// The parameter with a key, which the plan has checked.
fn parameter(plan: &Plan, key: &str) -> Option<&'static ParamSpec> {
    plan.spec.parameters.iter().find(|spec| spec.key == key)
}

/// What a parameter is called in a sentence.
pub(super) fn label_of(plan: &Plan, key: &str) -> String {
    parameter(plan, key).map_or(key.to_string(), |spec| spec.label.to_lowercase())
}

/// A value in a sentence.
pub(super) fn value_of(plan: &Plan, key: &str, value: &str) -> String {
    let Some(spec) = parameter(plan, key) else { return value.to_string() };
    let choice = spec.choices.iter().find(|choice| choice.value == value);
    match (choice, value) {
        (Some(choice), _) => choice.label.to_string(),
        (None, "true") => "yes".to_string(),
        (None, "false") => "no".to_string(),
        (None, _) => value.to_string(),
    }
}

/// "p = 0.5", "units per layer 64", "bootstrap samples", with what is set along.
pub(super) fn curve_name(plan: &Plan, value: &str) -> String {
    let key = plan.curves.as_ref().map_or("", |curves| curves.key.as_str());
    let mut parts = vec![setting(plan, key, bare(value))];
    parts.extend(
        along(value).unwrap_or_default().into_iter().map(|(key, value)| setting(plan, key, value)),
    );
    parts.join(", ")
}

fn setting(plan: &Plan, key: &str, value: &str) -> String {
    let said = value_of(plan, key, value);
    match parameter(plan, key) {
        Some(spec) if spec.kind == Kind::Choice => said,
        Some(spec) if !spec.symbol.is_empty() => format!("{} = {said}", spec.symbol),
        _ => format!("{} {said}", label_of(plan, key)),
    }
}

/// Whether the horizontal axis is one of numbers.
pub(super) fn is_numeric(plan: &Plan) -> bool {
    let Varied { key, values } = &plan.over;
    let of_numbers =
        parameter(plan, key).is_some_and(|spec| matches!(spec.default, Setting::Number(_)));
    let mut numbers: Vec<f64> =
        values.iter().filter_map(|value| numbers::read(bare(value))).collect();
    numbers.sort_by(f64::total_cmp);
    of_numbers && numbers.len() == values.len() && numbers.windows(2).all(|pair| pair[0] != pair[1])
}

/// A value of the horizontal axis by its name.
pub(super) fn place_name(plan: &Plan, value: &str) -> String {
    let mut name = value_of(plan, &plan.over.key, bare(value));
    for (key, value) in along(value).unwrap_or_default() {
        name += &format!(", {}", setting(plan, key, value));
    }
    name
}
