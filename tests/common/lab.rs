//! Runs of labs, and what is read off them, by name.
#![allow(dead_code)]

use regularization_playground::error::Result;
use regularization_playground::figure::{Body, Chart, Figure, NetworkDrawing};
use regularization_playground::lab::Run;
use regularization_playground::labs::find;
use regularization_playground::param::Settings;

/// A run of a lab at its first step, or its refusal of these settings.
pub fn start(lab: &str, query: &str) -> Result<Run> {
    let spec = find(lab)?;
    Run::new(spec, Settings::from_query(spec.parameters, query)?)
}

/// What a lab says to settings it refuses.
pub fn refusal(lab: &str, query: &str) -> String {
    start(lab, query).err().unwrap_or_else(|| panic!("{lab} takes {query}")).to_string()
}

/// A run of a lab after so many steps.
pub fn run(lab: &str, query: &str, steps: u64) -> Run {
    let mut run = start(lab, query).unwrap();
    run.step(steps).unwrap();
    run
}

/// A run of a lab at its planned end.
pub fn finished(lab: &str, query: &str) -> Run {
    let mut run = start(lab, query).unwrap();
    run.step(run.progress().of).unwrap();
    run
}

/// What a run measures under this key.
pub fn metric(run: &Run, key: &str) -> f64 {
    let metrics = run.metrics();
    let found = metrics.iter().find(|(known, _)| *known == key);
    found.unwrap_or_else(|| panic!("{} measures no {key}", run.spec().id)).1
}

/// A figure of a run.
pub fn figure(run: &Run, key: &str) -> Figure {
    run.figure(key).unwrap()
}

/// A figure that is a chart.
pub fn chart(run: &Run, key: &str) -> Chart {
    let Body::Chart(chart) = figure(run, key).body else { panic!("{key} is no chart") };
    chart
}

/// A figure that is a drawing of a network.
pub fn drawing(run: &Run, key: &str) -> NetworkDrawing {
    let Body::Network(drawing) = figure(run, key).body else { panic!("{key} is no network") };
    drawing
}
