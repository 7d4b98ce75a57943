//! Error curves of arms that are compared: one solid, the others dashed.

use crate::figure::{Axis, Body, Chart, Role, Run, Scale, Unit};
use crate::labs::curves::Curves;

/// One curve of a chart: its number among the curves, its name, and its value now.
pub(super) type Line<'a> = (usize, &'a str, f64);

/// Shares of wrong answers against the steps. The first curve is the arm whose weights are shared.
pub(super) fn error_chart(
    curves: &Curves,
    lines: &[Line],
    role: Role,
    (steps, planned): (u64, usize),
    most: f64,
) -> Body {
    let now = steps as f64;
    let series = lines.iter().enumerate().map(|(place, &(curve, name, value))| {
        let run = if place == 0 { Run::A } else { Run::B };
        curves.series(curve, name, role, run, (now, value))
    });
    let axis = |label: &str, unit, max| Axis {
        label: label.to_string(),
        unit,
        scale: Scale::Linear,
        min: 0.0,
        max,
    };
    Body::Chart(Chart {
        x: axis("step", Unit::Plain, now.max(planned as f64)),
        y: axis("wrong answers", Unit::Percent, most),
        map: None,
        series: series.collect(),
        events: Vec::new(),
    })
}
