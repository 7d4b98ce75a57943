//! What the tests of all labs share.
#![allow(dead_code)]

use crate::error::Result;
use crate::figure::{Body, Chart, Figure, NetworkDrawing};
use crate::lab::{LabSpec, Run};
use crate::param::Settings;

/// A run of a lab at its first step, or its refusal of these settings.
pub fn start(spec: &'static LabSpec, query: &str) -> Result<Run> {
    Run::new(spec, Settings::from_query(spec.parameters, query)?)
}

/// A run of a lab after so many steps.
pub fn run(spec: &'static LabSpec, query: &str, steps: u64) -> Run {
    let mut run = start(spec, query).unwrap();
    run.step(steps).unwrap();
    run
}

/// A run of a lab at its planned end.
pub fn finished(spec: &'static LabSpec, query: &str) -> Run {
    let mut run = start(spec, query).unwrap();
    run.step(run.progress().of).unwrap();
    run
}

/// What a run measures under this key.
pub fn metric(run: &Run, key: &str) -> f64 {
    run.metrics().into_iter().find(|(known, _)| *known == key).expect("a metric of the lab").1
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
