//! The cells of an experiment as files: the same from the page as from the program.

use super::plan::Plan;
use super::varied::Varied;
use crate::figure::quoted;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version whose bits the cells are.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A cell whose run has ended: with what it measured, or why it did not.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// The value on the horizontal axis, as it was written.
    pub x: String,
    /// That of the curve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<String>,
    /// The seed.
    pub seed: u32,
    /// What a link to it holds: every setting.
    pub query: String,
    /// What it measured, by key.
    #[serde(default)]
    pub metrics: BTreeMap<String, f64>,
    /// Why there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// All that is known of an experiment.
#[derive(Debug, Serialize)]
pub struct Report {
    version: &'static str,
    experiment: Described,
    cells: Vec<Ended>,
}

/// A plan as shards of one experiment know each other by.
#[derive(Debug, Serialize)]
pub struct Described {
    lab: &'static str,
    x: Values,
    #[serde(skip_serializing_if = "Option::is_none")]
    curves: Option<Values>,
    metrics: Vec<String>,
    seeds: [u32; 2],
    set: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct Values {
    key: String,
    values: Vec<String>,
}

impl Described {
    /// A plan in data.
    pub fn new(plan: &Plan) -> Self {
        let values =
            |varied: &Varied| Values { key: varied.key.clone(), values: varied.values.clone() };
        Described {
            lab: plan.spec.id,
            x: values(&plan.over),
            curves: plan.curves.as_ref().map(values),
            metrics: plan.metrics.clone(),
            seeds: [plan.seeds.start, plan.seeds.end],
            set: plan.fixed.clone(),
        }
    }
}

/// Everything: the plan, the version, and every cell with all its settings.
pub fn report(plan: &Plan, ended: &[Ended]) -> Report {
    let wanted = |cell: &Ended| {
        let mut metrics = cell.metrics.clone();
        metrics.retain(|key, _| plan.metrics.contains(key));
        Ended { metrics, ..cell.clone() }
    };
    let cells = ended.iter().map(wanted).collect();
    Report { version: VERSION, experiment: Described::new(plan), cells }
}

/// A row for each cell; what it measured is written so that reading it gives the same bits.
pub fn csv(plan: &Plan, ended: &[Ended]) -> String {
    let curves = plan.curves.as_ref().map(|curves| curves.key.as_str());
    let head = [plan.over.key.as_str()].into_iter().chain(curves).chain(["seed"]);
    let head =
        head.chain(plan.metrics.iter().map(String::as_str)).chain(["error", "query", "version"]);
    let mut text = line(head.map(str::to_string));
    for cell in ended {
        let number = |key: &String| cell.metrics.get(key).filter(|value| value.is_finite());
        let measured =
            plan.metrics.iter().map(|key| number(key).map(f64::to_string).unwrap_or_default());
        let place = [Some(cell.x.clone()), cell.curve.clone(), Some(cell.seed.to_string())];
        let rest =
            [cell.error.clone().unwrap_or_default(), cell.query.clone(), VERSION.to_string()];
        text += &line(place.into_iter().flatten().chain(measured).chain(rest));
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",") + "\n"
}
