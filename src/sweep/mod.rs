//! An experiment over many runs: any lab, any numeric parameter on the horizontal axis, any metrics,
//! many seeds. A cell is one run to its planned end; cells can be shared out, and come back in any
//! order.

mod average;
mod axes;
mod experiment;
mod map;
mod means;
mod plan;
mod presets;
mod report;
mod varied;
mod words;

pub use average::Average;
pub use experiment::{
    Bars, Differences, Experiment, Found, Place, Planned, Suggested, Wanted, suggested,
};
pub use map::{Judgement, MapCell, MapRun, MapState, Verdict, map_cells, map_figure, map_verdict};
pub use means::{Cell, Point, points};
pub use plan::{Plan, PlannedCell, read_seeds};
pub use presets::{Preset, presets};
pub use report::{Described, Ended, Report, VERSION, csv, report};
pub use varied::Varied;

use crate::error::{Error, Result};
use crate::lab::{LabSpec, Run};
use crate::param::Settings;
use crate::value::{Value, one_of};

/// Runs a lab to its planned end and hands back the metrics with the given keys.
///
/// # Errors
/// An unknown metric, whatever the lab refuses, and divergence.
pub fn run_cell(
    spec: &'static LabSpec,
    settings: Settings,
    metric_keys: &[String],
) -> Result<Vec<(&'static str, f64)>> {
    let known = || spec.metrics.iter().map(|metric| metric.key);
    if let Some(unknown) = metric_keys.iter().find(|key| known().all(|known| known != *key)) {
        let given = Value::Text(unknown.clone());
        return Err(Error::invalid(format!("metric = {given}: must be {}", one_of(known()))));
    }
    let mut run = Run::new(spec, settings)?;
    run.step(run.progress().of)?;
    let mut metrics = run.metrics();
    metrics.retain(|(key, _)| metric_keys.iter().any(|wanted| wanted == key));
    Ok(metrics)
}
