//! What a file or a page says of an experiment, in JSON: `{ experiment, cells, map, average, runs }`, each
//! where it is there. Nothing is run.

use super::taken;
use regularization_playground::figure::Figure;
use regularization_playground::labs::find;
use regularization_playground::param::Settings;
use regularization_playground::sweep::{
    Average, Cell, Ended, Experiment, MapState, csv, map_figure, map_verdict, report,
};
use serde_json::Value;

/// More cells than this are work that was asked for, and no hang.
const MOST_CELLS: usize = 200;

/// What a sentence about an experiment speaks of.
const NAMES: [&str; 19] = [
    "lab = ",
    "x = ",
    "curves = ",
    "set = ",
    "seeds = ",
    "metric",
    "must be",
    "unknown key",
    "cells:",
    "runs",
    "given twice",
    "said twice",
    "and perhaps more",
    "guess",
    "at = ",
    "now.",
    "parameters",
    "has no map",
    "more",
];

/// Holds what is held of an experiment, a map and an average.
pub fn check(input: &[u8]) {
    let Ok(Value::Object(mut given)) = serde_json::from_slice(input) else { return };
    let mut take = |key: &str| given.remove(key).unwrap_or(Value::Null);
    let cells: Vec<Ended> = serde_json::from_value(take("cells")).unwrap_or_default();
    if let Ok(experiment) = serde_json::from_value::<Experiment>(take("experiment")) {
        found(&experiment, &cells);
    }
    if let Ok(state) = serde_json::from_value::<MapState>(take("map")) {
        let figure = taken(map_figure(state.clone()), &NAMES);
        let verdict = taken(map_verdict(state), &NAMES);
        assert!(figure.is_some() || verdict.is_none(), "a verdict on a map that cannot be drawn");
        figure.into_iter().for_each(drawn);
    }
    if let Ok(average) = serde_json::from_value::<Average>(take("average")) {
        let runs: Vec<Cell> = serde_json::from_value(take("runs")).unwrap_or_default();
        taken(average.figure(&runs), &NAMES).into_iter().for_each(drawn);
    }
}

/// Holds that each cell of a plan is a link of its own.
pub fn planned(experiment: &Experiment) {
    let Some(plan) = taken(experiment.plan(), &NAMES) else { return };
    let curves = plan.curves.as_ref().map_or(1, |curves| curves.values.len());
    let count = plan.over.values.len().saturating_mul(curves).saturating_mul(plan.seeds.len());
    if count > MOST_CELLS {
        return;
    }
    let Some(planned) = taken(experiment.planned(), &NAMES) else { return };
    assert_eq!(planned.cells.len(), count);
    let spec = find(&experiment.lab).expect("the lab of a plan");
    for cell in planned.cells {
        let settings = Settings::from_query(spec.parameters, &cell.query).expect("a link of ours");
        assert_eq!((settings.seed(), settings.query()), (cell.seed, cell.query));
    }
}

fn found(experiment: &Experiment, cells: &[Ended]) {
    planned(experiment);
    let Some(plan) = taken(experiment.plan(), &NAMES) else { return };
    assert!(csv(&plan, cells).lines().count() > cells.len());
    assert!(serde_json::to_value(report(&plan, cells)).is_ok());
    let lines = plan.over.values.len() * plan.curves.as_ref().map_or(1, |it| it.values.len());
    if lines <= MOST_CELLS {
        taken(experiment.found(cells), &NAMES).into_iter().for_each(|found| drawn(found.figure));
    }
}

fn drawn(figure: Figure) {
    super::figure::show(&figure);
}
